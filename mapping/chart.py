"""Chart residue to series: exported charts leave their category names first, then their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.amounts import parse_amount
from mapping.document import Cell, Row, Table

_LARGE = 10


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One value of a chart with the category it belongs to, and its row in the residue."""

    name: Cell
    value: Cell
    row: int
    column: int


def is_series(row: Row) -> bool:
    """Whether a row is the residue of one chart series: names, then about as many numbers."""
    names, values = _halves(row)
    return len(names) >= 2 and 0 <= len(names) - len(values) <= 1 and len(values) >= 1


def is_chart(table: Table) -> bool:
    """Whether every printed row of a table is a chart series."""
    rows = [row for row in table.rows if any(not cell.blank for cell in row)]
    return bool(rows) and all(is_series(row) for row in rows)


def chart_points(table: Table) -> list[ChartPoint]:
    """The amounts of a chart, in order."""
    return [point for points, shares in _series(table) for point in points if not shares]


def chart_shares(table: Table) -> list[ChartPoint]:
    """The shares of one that a chart prints after its amounts; the sum of the amounts has none."""
    return [point for points, shares in _series(table) for point in points if shares]


def _series(table: Table) -> Iterator[tuple[list[ChartPoint], bool]]:
    """The points of each series; whether they repeat the names above with shares of one."""
    before: tuple[list[str], list[Decimal]] | None = None
    for at, row in enumerate(table.rows):
        names, values = _halves(row)
        words, numbers = [cell.plain for cell in names], [_number(cell) for cell in values]
        shares = bool(before and before[0] == words and _is_shares(numbers, before[1]))
        if names and (shares or len(names) == len(values)):
            named = zip(names[len(names) - len(values) :], values, strict=True)
            yield [ChartPoint(name, value, at, column) for column, (name, value) in enumerate(named)], shares
            before = before if shares else (words, numbers)


def _halves(row: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The names and the numbers of a series row; two empty lists when a name follows a number."""
    filled = [cell for cell in row if not cell.blank]
    first = next((at for at, cell in enumerate(filled) if parse_amount(cell.plain) is not None), len(filled))
    names, values = filled[:first], filled[first:]
    if any(parse_amount(cell.plain) is None for cell in values):
        return [], []
    return names, values


def _number(cell: Cell) -> Decimal:
    found = parse_amount(cell.plain)
    return found.value if found else Decimal(0)


def _is_shares(numbers: Sequence[Decimal], amounts: Sequence[Decimal]) -> bool:
    """Whether `numbers` are the parts of one that `amounts` make of their sum (the first may be the sum itself).

    Amounts of some size tell by themselves: beside them all numbers but one at most are no larger than one.
    """
    large = sum(1 for number in numbers if not 0 <= number <= 1)
    if max(amounts) >= _LARGE:
        return large <= 1 < len(numbers)
    if large or not any(amounts):
        return False
    for parts in (amounts, amounts[1:]):
        whole = sum(parts)
        if whole and len(parts) == len(numbers):
            return all(
                abs(number - part / whole) <= Decimal("0.006") for number, part in zip(numbers, parts, strict=True)
            )
    return False
