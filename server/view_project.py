"""The page of a project: its money year by year, its legal bases, indicators and findings, and where it is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from server.ask import MOST_ROWS, Row, ask
from server.pivot import Grid, pivot
from server.reasons import reason_in


@dataclass(frozen=True, slots=True)
class Target:
    """One indicator of a project: a row of each half of its form where the halves say the same (period, annual)."""

    row: Row
    scopes: tuple[tuple[str, str], ...]


def show(iri: str, language: str) -> tuple[str, dict[str, Any]] | None:
    """Return the template of the page of a project and what it is told; None where no document has an entry of it."""
    asked = {"iri": iri}
    entries = ask("project-entries", asked)
    if not entries:
        return None
    money = ask("project-money", asked)
    indicators = ask("project-indicators", asked)
    grid = by_year(money)
    owners = {(row["year"], row["phase"]): row["one"] for row in money if row["one"] != iri}
    return "project.html", {
        "names": list(dict.fromkeys(row["name"] for row in entries)),
        "entries": entries,
        "units": once(entries, "unit", "unit_name"),
        "implementers": once(entries, "implementer", "implementer_name"),
        "grid": grid,
        "owners": owners,
        "joined": [(row, reason_in(row["reason"], language)) for row in ask("project-line", asked)] if owners else [],
        "chart": grid if len(grid.columns) > 1 else None,
        "forms": ask("project-form", asked),
        "bases": ask("project-bases", asked),
        "targets": targets(indicators),
        "shortened": MOST_ROWS in (len(money), len(indicators)),
        "findings": ask("project-findings", asked),
        "message": f"message_{language}",
        "label": f"label_{language}",
    }


def by_year(rows: Sequence[Row]) -> Grid:
    """Return the amounts of a project: lines by measure and fund scope, columns by year and phase in their order."""
    return pivot(sorted(rows, key=_rank), lambda row: (row["measure"], row["fund_scope"]))


def _rank(row: Row) -> tuple[bool, str, bool, str]:
    return (row["measure"] != "project-budget", row["measure"], row["fund_scope"] != "all", row["fund_scope"])


def targets(rows: Sequence[Row]) -> list[Target]:
    """Return the indicators in their order; those of both halves of a form that say the same are one line."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        said = (
            row[each] for each in ("source", "level2", "level3", "description", "operator", "value", "unit", "actual")
        )
        found.setdefault(tuple(said), []).append(row)
    return [Target(group[0], tuple((row["scope"], row["indicator"]) for row in group)) for group in found.values()]


def once(rows: Sequence[Row], iri: str, name: str) -> list[tuple[str, str]]:
    """Return the things of two columns, an IRI and a name, each once; those without a name are left out."""
    return list(dict.fromkeys((row[iri], row[name]) for row in rows if row[name]))
