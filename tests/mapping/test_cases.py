"""Disclosures in layouts of many provinces against their gold answers (tests/cases, its README says what they are)."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from mapping.amounts import agree, plain
from mapping.facts import Facts
from mapping.figures import Figure
from mapping.project import Project
from tests.mapping.assembled import assembled

# Those of what is said are judged by test_said.
CASES = sorted(
    source
    for source in (Path(__file__).parent.parent / "cases").glob("*/source*.txt")
    if not source.parent.name.startswith(("said-", "cited-"))
)
Row = Mapping[str, str]
JUDGED = ("unit", "amount_yuan", "role", "row_label", "code", "column", "table_kind", "fiscal_year", "phase")
PROJECT_COLUMNS = (
    "code",
    "amount_yuan",
    "period_total_yuan",
    "annual_total_yuan",
    "implementing_unit",
    "has_targets",
)


def _known() -> dict[tuple[str, str], str]:
    """What is known not to be read yet, by case and check, with the reason (tests/cases/KNOWN.csv)."""
    text = (CASES[0].parent.parent / "KNOWN.csv").read_text(encoding="utf-8")
    return {(row["case"], row["check"]): row["reason"] for row in csv.DictReader(text.splitlines())}


def cases(check: str, gold: str) -> pytest.MarkDecorator:
    """The cases that have a gold answer, one test each; known failures must fail, or leave the list."""
    known = _known()
    found = [source for source in CASES if (source.parent / gold).exists()]
    marks = {
        name: pytest.mark.xfail(reason=reason, strict=True) for (name, one), reason in known.items() if one == check
    }
    return pytest.mark.parametrize(
        "source",
        [pytest.param(one, id=one.parent.name, marks=marks.get(one.parent.name, ())) for one in found],
    )


def test_there_are_cases() -> None:
    assert len(CASES) >= 159
    assert sum(len(_gold(source, "figures.csv")) for source in CASES) >= 40200
    assert {name for name, _ in _known()} <= {source.parent.name for source in CASES}
    assert len(_known()) <= 6


@cases("figures", "figures.csv")
def test_every_figure_and_no_other_is_read_as_printed(source: Path) -> None:
    facts = assembled(source)
    found = [_figure_row(facts, figure) for figure in facts.figures]
    gold = _gold(source, "figures.csv")
    assert _places(found) == _places(gold)
    differences = [
        (row["line"], row["value"], column, row[column], mine[column])
        for row, mine in _paired(gold, found)
        for column in JUDGED
        if row[column] not in ("?", mine[column])
    ]
    assert differences == []


@cases("sums", "figures.csv")
def test_every_sum_adds_up_from_its_parts(source: Path) -> None:
    facts = assembled(source)
    wrong = [
        (figure.row_label, figure.column_path, figure.printed.printed)
        for figure in facts.figures
        for parts in (figure.sum_of_rows, figure.sum_of_columns)
        if parts and not agree(figure.printed, [part.printed for part in parts])
    ]
    assert wrong == []


@cases("tables", "tables.csv")
def test_every_table_is_found_whole(source: Path) -> None:
    facts = assembled(source)
    found = [
        {
            "kind": table.kind,
            "first_line": str(table.table.first_line),
            "last_line": str(table.table.last_line),
            "empty": str(table.empty).lower(),
            "title": (table.title or "").replace(" ", ""),
        }
        for table in facts.tables
    ]
    for row in _gold(source, "tables.csv"):
        wanted = {name: value.replace(" ", "") for name, value in row.items() if value != "?"}
        assert any(wanted.items() <= one.items() for one in found), row


@cases("projects", "projects.csv")
def test_every_project_has_one_entry(source: Path) -> None:
    facts = assembled(source)
    gold = _gold(source, "projects.csv")
    assert Counter(project.name for project in facts.projects) == Counter(row["name"] for row in gold)
    for row in gold:
        wanted = {name: row[name] for name in PROJECT_COLUMNS if row[name] != "?"}
        mine = [_project_row(project) for project in facts.projects if project.name == row["name"]]
        assert any(wanted.items() <= one.items() for one in mine), (wanted, mine)


def _project_row(project: Project) -> Row:
    return {
        "code": project.code or "",
        "amount_yuan": "" if project.amount is None else plain(project.amount),
        "period_total_yuan": "" if project.period_total is None else plain(project.period_total),
        "annual_total_yuan": "" if project.annual_total is None else plain(project.annual_total),
        "implementing_unit": project.implementing_unit or "",
        "has_targets": str(project.has_targets).lower(),
    }


def _gold(source: Path, name: str) -> list[Row]:
    return list(csv.DictReader((source.parent / name).read_text(encoding="utf-8").splitlines()))


def _figure_row(facts: Facts, figure: Figure) -> Row:
    return {
        "line": str(facts.document.text.line_of(figure.spans[0].start)),
        "value": figure.printed.printed,
        "unit": figure.unit or "",
        "amount_yuan": "" if figure.amount is None else plain(figure.amount),
        "role": figure.row_role,
        "row_label": figure.row_label,
        "code": figure.code,
        "column": figure.column_path,
        "table_kind": figure.table.kind,
        "fiscal_year": str(figure.fiscal_year or ""),
        "phase": figure.phase,
    }


def _places(rows: Sequence[Row]) -> Counter[tuple[str, str]]:
    return Counter((row["line"], row["value"]) for row in rows)


def _paired(gold: Sequence[Row], found: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Each gold row with the figure of the same line and value, in order of position."""
    waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        waiting[row["line"], row["value"]].append(row)
    for row in gold:
        yield row, waiting[row["line"], row["value"]].pop(0)


@cases("organisations", "organisations.csv")
def test_every_organisation_of_tables_and_forms_is_read(source: Path) -> None:
    facts = assembled(source)
    found = [
        {
            "name": office.name,
            "role": office.role,
            "code": office.code or "",
            "nature": office.nature or "",
            "grade": office.grade or "",
            "funding": office.funding or "",
        }
        for office in facts.offices
    ]
    for row in _gold(source, "organisations.csv"):
        wanted = {
            name: row[name] for name in ("name", "role", "code", "nature", "grade", "funding") if row[name] != "?"
        }
        assert any(wanted.items() <= one.items() for one in found), row
