"""The page of a unit: what it publishes, its money by year and by function, its projects, staff and other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from server.ask import MOST_ROWS, Row, ask
from server.pivot import Grid, pivot
from server.reasons import reason_in

THREE_PUBLIC = ("three-public", "abroad", "official-vehicles", "vehicle-purchase", "vehicle-operation", "reception")
"""The measures of the three-public expenses, the whole first, each part after what holds it."""
HEAD = (
    "total-income",
    "income",
    "total-expenditure",
    "expenditure",
    "basic-expenditure",
    "personnel",
    "public-expenses",
    "project-expenditure",
)
"""The measures that are shown first, of all funds, or of fiscal appropriation where all is not stated."""

_SCOPES = ("all", "fiscal-appropriation", "general-public")


@dataclass(frozen=True, slots=True)
class Functions:
    """Expenditure by functional class under one fund scope, carry-over and level, so that a column adds up."""

    fund_scope: str
    carry_over: str
    level: str
    grid: Grid


def show(iri: str, language: str) -> tuple[str, dict[str, Any]] | None:
    """Return the template of the page of a unit and what it is told; None where the release has no name of it."""
    asked = {"iri": iri}
    related = ask("unit-relations", asked)
    if not related:
        return None
    money = ask("unit-money", asked)
    functions = by_function(ask("unit-functions", asked))
    headline = [row for row in money if row["measure"] in HEAD]
    three_public = [row for row in money if row["measure"] in THREE_PUBLIC]
    others = [row for row in money if row not in headline and row not in three_public]
    projects = ask("unit-projects", asked)
    return "unit.html", {
        "names": [row["label"] for row in related if row["relation"] == "name"],
        "place": related[0],
        "aliases": _once(related, "alias"),
        "parents": _once(related, "parent"),
        "children": _once(related, "child"),
        "entries": [row for row in related if row["relation"] == "entry"],
        "disclosures": ask("unit-disclosures", asked),
        "headline": by_year(_first_scope(headline), HEAD),
        "three_public": by_year(three_public, THREE_PUBLIC),
        "headline_all": by_year(headline, HEAD),
        "other_money": by_year(others, ()),
        "functions": functions[:1],
        "other_functions": functions[1:],
        "projects": projects,
        "staff": ask("unit-staff", asked),
        "shortened": MOST_ROWS in (len(money), len(projects)),
        "label": f"label_{language}",
        "reason_in": reason_in,
    }


def by_year(rows: Sequence[Row], order: Sequence[str]) -> Grid:
    """Return the amounts of a unit: lines by measure and what it covers, columns by year and phase in their order."""

    def rank(row: Row) -> tuple[int, str, int, str, str]:
        scope = _SCOPES.index(row["fund_scope"]) if row["fund_scope"] in _SCOPES else len(_SCOPES)
        place = order.index(row["measure"]) if row["measure"] in order else len(order)
        return (place, row["measure"], scope, row["fund_scope"], row["carry_over"])

    return pivot(
        sorted(rows, key=rank), lambda row: (row["measure"], row["fund_scope"], row["carry_over"], row["level"])
    )


def by_function(rows: Sequence[Row]) -> list[Functions]:
    """Return the expenditure by class, one grid for what can be added up; that of all funds with most classes first."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["fund_scope"], row["carry_over"], row["level"]), []).append(row)
    made = [
        Functions(*key, pivot(sorted(group, key=lambda row: row["code"]), lambda row: (row["code"],)))
        for key, group in found.items()
    ]
    return sorted(made, key=lambda each: (each.fund_scope != "all", -len(each.grid.lines), each.fund_scope))


def _first_scope(rows: Sequence[Row]) -> list[Row]:
    """Return of each measure the rows of all funds, or of the widest scope that is stated; with carry-over, if told."""
    kept: list[Row] = []
    for measure in HEAD:
        of_measure = [row for row in rows if row["measure"] == measure]
        for scope in _SCOPES:
            of_scope = [row for row in of_measure if row["fund_scope"] == scope]
            if of_scope:
                including = [row for row in of_scope if row["carry_over"] == "including"]
                kept += including or of_scope
                break
    return kept


def _once(rows: Sequence[Row], relation: str) -> list[Row]:
    """Return the rows of one relation, each other unit once; one without an IRI only where none of its name has one."""
    found = [row for row in rows if row["relation"] == relation]
    known = {row["label"] for row in found if row["other"]}
    kept = [row for row in found if row["other"] or row["label"] not in known]
    return list({(row["other"], row["label"]): row for row in reversed(kept)}.values())[::-1]
