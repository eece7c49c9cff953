"""Amounts side by side: rows of a query by year and phase; a cell is one fact, with all the ways it is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from server.ask import Row

Key = tuple[str, ...]

# The phases of a year's money in the order in which they come.
_PHASES = ("reviewDraft", "approved", "adjusted", "executed", "finalAccounts", "unspecified")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of money: `printed` are its value and unit as printed, each way once; `yuan` is empty in a conflict.

    `low` and `high` are the ends of what it may be, `status` is that of its fact. `alike` are the other facts of its
    cell that are the same amount: what several versions state of which no key (口径) tells that it is one fact.
    """

    fact: str
    printed: tuple[tuple[str, str], ...]
    yuan: str
    low: str
    high: str
    status: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a grid: `cells` has for each column the amounts of the line, none, one or several."""

    key: Key
    row: Row
    cells: tuple[tuple[Amount, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines by columns, both in their order; a column is a year, the place of a phase in its course, and the phase."""

    columns: tuple[Key, ...]
    lines: tuple[Line, ...]


def pivot(rows: Sequence[Row], line_of: Callable[[Row], Key]) -> Grid:
    """Return a grid of the rows: lines keep their order, columns go by time; rows of one fact are one amount."""
    columns = sorted({_column(row) for row in rows})
    lines: dict[Key, list[Row]] = {}
    for row in rows:
        lines.setdefault(line_of(row), []).append(row)
    return Grid(
        tuple(columns),
        tuple(
            Line(key, found[0], tuple(_cell([r for r in found if _column(r) == column]) for column in columns))
            for key, found in lines.items()
        ),
    )


def amounts(rows: Sequence[Row]) -> list[Amount]:
    """Return the amounts that rows state, each fact once, with the ways in which its rows print it."""
    facts: dict[str, list[Row]] = {}
    for row in rows:
        facts.setdefault(row["fact"], []).append(row)
    return [_amount(found) for found in facts.values()]


def _cell(rows: Sequence[Row]) -> tuple[Amount, ...]:
    """Return the amounts of a cell, each once, however many facts are it."""
    same: dict[tuple[str, ...], list[Amount]] = {}
    for each in amounts(rows):
        same.setdefault((each.yuan or each.fact, each.low, each.high, each.status), []).append(each)
    return tuple(_merged(found) for found in same.values())


def _merged(found: Sequence[Amount]) -> Amount:
    ways = dict.fromkeys(way for each in found for way in each.printed)
    return replace(found[0], printed=tuple(ways), alike=tuple(each.fact for each in found[1:]))


def _column(row: Row) -> Key:
    place = _PHASES.index(row["phase"]) if row["phase"] in _PHASES else len(_PHASES)
    return (row["year"], str(place), row["phase"])


def _amount(rows: Sequence[Row]) -> Amount:
    first = rows[0]
    ways = ((row.get("printed", ""), row.get("printed_unit", "")) for row in rows)
    printed = tuple(dict.fromkeys(way for way in ways if way[0]))
    return Amount(first["fact"], printed, first["amount"], first["low"], first["high"], first["status"])
