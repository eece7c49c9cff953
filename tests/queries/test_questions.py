"""The public questions: their columns, their answers in two engines, and what they print of the sample."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest
from pyoxigraph import Literal, NamedNode, Store
from rdflib import Dataset

from server.catalogue import question, questions
from server.evaluate import evaluate, named_query
from tests.queries.engines import rows_of_pyoxigraph, rows_of_rdflib
from tests.server.sample_release import (
    BASE,
    DOCUMENT,
    LEAF,
    ORGANISATION,
    PROJECT,
    TOTAL,
    text,
)

# From the table of stable columns of the design; columns may be appended, never moved.
COLUMNS = {
    "documents": "source, title, fiscal_year, kind, status, tables, figures, projects, iri",
    "tables": "source, title, kind, first_line, last_line, empty",
    "figures": "source, line, start, end, table_kind, row_label, code, column, value, unit, amount_yuan, "
    "role, fiscal_year, phase, iri",
    "projects": "source, name, code, amount_yuan, period_total_yuan, annual_total_yuan, implementing_unit, has_targets",
    "organisations": "source, name, role, code, nature, grade, funding, parent",
    "find": "source, line, type, label, value, iri",
    "lineage": "step, relation, iri, type, label, value, source, line, start, end, quote",
}
OPEN = ("documents", "figures", "organisations", "projects", "tables")
"""Questions that need no parameter."""
HITS = ("甲市/预算.txt", "copies/甲市.txt", "乙县.txt")
BY_SOURCE = ("tables", "figures", "projects", "organisations")
SPAN = f"{DOCUMENT}/text#char=54,59"
THINGS = (
    TOTAL,
    LEAF,
    SPAN,
    PROJECT,
    ORGANISATION,
    DOCUMENT,
    f"{DOCUMENT}/text",
    f"{DOCUMENT}/table/16-72",
    f"{DOCUMENT}/organisation/162-168",
    f"{DOCUMENT}/reading/187-194",
    f"{BASE}disclosure/130700/0000000000000001/2024/budget",
    f"{BASE}code/functional/2024/2012999",
)
CASES: list[tuple[str, Mapping[str, Literal | NamedNode], bool]] = [
    *((name, {}, True) for name in OPEN),
    *((name, {"source": Literal(source)}, True) for name in BY_SOURCE for source in HITS),
    *((name, {"source": Literal("no such file")}, False) for name in BY_SOURCE),
    *(("find", {"wanted": Literal(text)}, True) for text in ("培训", "36.70", "24P0000", "乙县")),
    ("find", {"wanted": Literal("no such words")}, False),
    *(("lineage", {"fact": NamedNode(iri)}, True) for iri in THINGS),
    ("lineage", {"fact": NamedNode(f"{BASE}nothing")}, False),
]


def answer(store: Store, name: str, **bindings: NamedNode | Literal) -> list[dict[str, str]]:
    """Return the rows of the CSV answer."""
    content = evaluate(store, named_query(question(name), bindings, "csv")).decode("utf-8")
    return list(csv.DictReader(io.StringIO(content)))


def test_every_question_is_tested() -> None:
    assert set(questions()) == set(COLUMNS)
    assert len(CASES) >= 39


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_columns_are_those_promised(store: Store, name: str) -> None:
    header = evaluate(store, named_query(question(name), {}, "csv")).decode("utf-8").split("\r\n")[0]
    assert header == COLUMNS[name].replace(", ", ",")


@pytest.mark.parametrize(("name", "bindings", "hit"), CASES)
def test_both_engines_answer_alike(
    store: Store, dataset: Dataset, name: str, bindings: Mapping[str, NamedNode | Literal], hit: bool
) -> None:
    rows = rows_of_pyoxigraph(store, question(name), bindings)
    assert rows == rows_of_rdflib(dataset, question(name), bindings)
    assert bool(rows) is hit


@pytest.mark.parametrize("name", OPEN)
def test_every_column_is_filled_somewhere(store: Store, name: str) -> None:
    rows = answer(store, name)
    assert [column for column in rows[0] if not any(row[column] for row in rows)] == []


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("documents", "title fiscal_year"),
        ("tables", "title"),
        ("figures", "row_label code column unit amount_yuan fiscal_year"),
        ("projects", "code amount_yuan period_total_yuan annual_total_yuan implementing_unit"),
        ("organisations", "code nature grade funding parent"),
    ],
)
def test_every_optional_column_is_empty_somewhere(store: Store, name: str, columns: str) -> None:
    rows = answer(store, name)
    assert [column for column in columns.split() if all(row[column] for row in rows)] == []


def test_figures_print_values_as_promised(store: Store) -> None:
    rows = answer(store, "figures", source=Literal("甲市/预算.txt"))
    assert [(row["value"], row["amount_yuan"], row["role"]) for row in rows] == [
        ("1870.30", "18703000", "total"),
        ("36.70", "367000", "leaf"),
        ("1833.60", "18336000", "leaf"),
        ("1833.60", "", "leaf"),
        ("0", "", "leaf"),
    ]
    assert [(row["fiscal_year"], row["phase"]) for row in rows][2:4] == [
        ("2024", "approved"),
        ("", "unspecified"),
    ]


def test_figures_leave_out_tables_of_targets(store: Store) -> None:
    assert "performance-target" in {row["kind"] for row in answer(store, "tables")}
    assert "performance-target" not in {row["table_kind"] for row in answer(store, "figures")}


def test_offsets_of_figures_read_the_value(store: Store) -> None:
    rows = answer(store, "figures", source=Literal("甲市/预算.txt"))
    assert any(";" in row["start"] for row in rows)
    for row in rows:
        pairs = zip(row["start"].split(";"), row["end"].split(";"), strict=True)
        printed = "".join(text("published")[int(start) : int(end)] for start, end in pairs)
        assert printed.replace(",", "") == row["value"]


@pytest.mark.parametrize("name", ["figures", "tables"])
def test_rows_follow_the_text_by_number(store: Store, name: str) -> None:
    first = "start" if name == "figures" else "first_line"
    rows = answer(store, name, source=Literal("甲市/预算.txt"))
    starts = [int(row[first].split(";")[0]) for row in rows]
    assert starts == sorted(starts)
    assert [str(start) for start in starts] != sorted(str(start) for start in starts)


def test_a_document_of_two_paths_gives_a_row_each(store: Store) -> None:
    named = [row["source"] for row in answer(store, "projects") if row["name"] == "职工培训项目"]
    assert named == ["copies/甲市.txt", "甲市/预算.txt"]


def test_implementing_unit_is_a_name_in_either_form(store: Store) -> None:
    units = {row["name"]: row["implementing_unit"] for row in answer(store, "projects")}
    assert units == {"职工培训项目": "甲市职工学校", "慰问项目": "", "下乡调研": "乙县工人文化宫"}


def test_booleans_are_true_and_false(store: Store) -> None:
    assert {row["has_targets"] for row in answer(store, "projects")} == {"true", "false"}
    assert {row["empty"] for row in answer(store, "tables")} == {"true", "false"}


def test_documents_are_counted_once_each(store: Store) -> None:
    counts = {row["source"]: (row["tables"], row["figures"], row["projects"]) for row in answer(store, "documents")}
    assert counts == {
        "甲市/预算.txt": ("4", "6", "2"),
        "copies/甲市.txt": ("4", "6", "2"),
        "乙县.txt": ("1", "1", "1"),
    }


def test_find_names_each_thing_once_per_path(store: Store) -> None:
    rows = answer(store, "find", wanted=Literal("36.70"))
    assert [(row["source"], row["type"], row["label"], row["iri"]) for row in rows] == [
        ("copies/甲市.txt", "Observation", "工会经费", LEAF),
        ("甲市/预算.txt", "Observation", "工会经费", LEAF),
    ]


def relations(store: Store, iri: str) -> set[tuple[str, str, str]]:
    """Return step, relation and IRI below the document of what is linked to a thing."""
    rows = answer(store, "lineage", fact=NamedNode(iri))
    return {(row["step"], row["relation"], row["iri"].removeprefix(DOCUMENT)) for row in rows}


def test_lineage_of_a_leaf_goes_both_ways(store: Store) -> None:
    assert relations(store, LEAF) >= {
        ("0", "self", "/observation/54-59"),
        ("1", "read-from", "/text#char=54,59"),
        ("1", "in-table", "/table/16-72"),
        ("1", "part-of-sum", "/observation/40-48"),
        ("1", "classified-as", f"{BASE}code/functional/2024/2012999"),
        ("2", "in-document", ""),
        ("3", "in-disclosure", f"{BASE}disclosure/130700/0000000000000001/2024/budget"),
    }


def test_lineage_of_a_total_names_its_parts(store: Store) -> None:
    parts = {iri for step, relation, iri in relations(store, TOTAL) if (step, relation) == ("1", "sum-of")}
    assert parts == {"/observation/54-59", "/observation/64-72"}


def test_lineage_of_a_project_reaches_entry_span_and_amount(store: Store) -> None:
    found = {(step, relation) for step, relation, _ in relations(store, PROJECT)}
    assert found >= {("0", "self"), ("1", "stated-by"), ("2", "read-from"), ("2", "named-by")}


def test_lineage_quotes_the_span(store: Store) -> None:
    rows = answer(store, "lineage", fact=NamedNode(LEAF))
    (span,) = {(row["quote"], row["line"], row["start"], row["end"]) for row in rows if row["type"] == "Span"}
    assert span == ("36.70", "7", "54", "59")
    itself = next(row for row in rows if row["relation"] == "self")
    assert (itself["type"], itself["label"], itself["value"]) == ("Observation", "工会经费 / 预算数", "36.70")
    assert itself["source"] == "copies/甲市.txt"
