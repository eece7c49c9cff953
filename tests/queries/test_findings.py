"""The questions on findings: their answers in two engines, and what they print of the sample of `findings.ttl`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from rdflib import Dataset

from server.catalogue import question
from tests.queries.engines import answer, as_dataset, rows_of_pyoxigraph, rows_of_rdflib
from tests.server.sample_release import DOCUMENT, sample_store

FINDINGS = Path(__file__).parent / "findings.ttl"
ROOT = f"{DOCUMENT}/finding/row-sum/00000000000000a1"
CASES: list[tuple[str, Mapping[str, Literal | NamedNode], bool]] = [
    ("findings", {}, True),
    *(("findings", {"source": Literal(source)}, True) for source in ("甲市/预算.txt", "copies/甲市.txt", "乙县.txt")),
    ("findings", {"source": Literal("no such file")}, False),
    *(("findings", {"severity": Literal(severity)}, True) for severity in ("violation", "warning", "info")),
    ("findings", {"severity": Literal("error")}, False),
    ("findings", {"rule": Literal("near-names")}, True),
    ("findings", {"rule": Literal("income-expenditure-balance")}, False),
    ("audit-summary", {}, True),
    ("rules", {}, True),
    ("rules", {"rule": Literal("row-sum")}, True),
    ("rules", {"rule": Literal("no-such-rule")}, False),
    ("finding-cells", {}, True),
    ("finding-cells", {"finding": NamedNode(ROOT)}, True),
    ("finding-cells", {"finding": NamedNode(DOCUMENT)}, False),
]


@pytest.fixture(scope="module")
def store() -> Store:
    """Return the sample release with findings in pyoxigraph; tests must not change it."""
    store = sample_store()
    store.load(files("ontology").joinpath("audit.ttl").read_bytes(), format=RdfFormat.TURTLE)
    store.load(path=FINDINGS, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def dataset(store: Store) -> Dataset:
    return as_dataset(store)


@pytest.mark.parametrize(("name", "bindings", "hit"), CASES)
def test_both_engines_answer_alike(
    store: Store, dataset: Dataset, name: str, bindings: Mapping[str, NamedNode | Literal], hit: bool
) -> None:
    rows = rows_of_pyoxigraph(store, question(name), bindings)
    assert rows == rows_of_rdflib(dataset, question(name), bindings)
    assert bool(rows) is hit
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", ["findings", "finding-cells", "audit-summary", "rules"])
def test_every_column_is_filled_somewhere(store: Store, name: str) -> None:
    rows = answer(store, name)
    assert [column for column in rows[0] if not any(row[column] for row in rows)] == []


def test_findings_come_worst_first_once_a_path(store: Store) -> None:
    rows = answer(store, "findings")
    assert [(row["severity"], row["source"]) for row in rows] == [
        ("violation", "copies/甲市.txt"),
        ("violation", "甲市/预算.txt"),
        ("warning", "copies/甲市.txt"),
        ("warning", "甲市/预算.txt"),
        ("info", "乙县.txt"),
    ]


def test_what_follows_is_counted_with_its_cause(store: Store) -> None:
    rows = answer(store, "findings", source=Literal("甲市/预算.txt"))
    assert [(row["rule"], row["consequences"]) for row in rows] == [("row-sum", "1"), ("near-names", "0")]


def test_a_review_says_what_became_of_a_finding(store: Store) -> None:
    rows = answer(store, "findings", source=Literal("甲市/预算.txt"))
    assert [(row["status"], row["reply"]) for row in rows] == [("open", ""), ("explained", "两个项目")]


def test_a_finding_names_its_cells_in_the_order_of_the_text(store: Store) -> None:
    rows = answer(store, "finding-cells", finding=NamedNode(ROOT))
    assert [(row["line"], row["label"], row["quote"], row["suspect"]) for row in rows] == [
        ("6", "总计", "1,870.30", "true"),
        ("7", "工会经费", "36.70", "false"),
        ("8", "培训费", "1,833.60", "false"),
    ]
    assert {row["table"] for row in rows} == {"收支总体情况表"}


def test_a_document_without_findings_is_in_the_summary(store: Store) -> None:
    rows = answer(store, "audit-summary")
    assert [tuple(row.values())[:6] for row in rows] == [
        ("copies/甲市.txt", "1", "1", "0", "5", "2"),
        ("乙县.txt", "0", "0", "1", "0", "0"),
        ("甲市/预算.txt", "1", "1", "0", "5", "2"),
    ]


def test_a_rule_counts_its_findings(store: Store) -> None:
    (row,) = answer(store, "rules", rule=Literal("row-sum"))
    assert (row["severity"], row["concern"], row["findings"]) == ("violation", "in-table", "1")
