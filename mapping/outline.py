"""Rows that nothing marks to a hierarchy by their sums alone: 合计, then each class with its own parts right below it.

A text that keeps neither numbering nor indentation still says which rows are parts of which, where there is one way
only to read all of them that adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mapping.rows import Line

# Of more rows than these, or such as take more steps to read, chance finds a way.
_ROWS, _STEPS = 200, 20_000

Amounts = Mapping[int, Decimal]
# Rows with the row that each is a part of, by their places; None for the whole's own.
Way = tuple[tuple[int, int | None], ...]


def outline(whole: Line, rows: Sequence[Line]) -> dict[int, int | None] | None:
    """The one way to read `rows`, by their places, as the parts of `whole`, each with its own parts right below it.

    Every row with parts is their sum in all columns, to the last digit, or else but for rounding; a row without an
    amount stands beside the one before it. None where no way adds up, or more than one does.
    """
    filled = [at for at, row in enumerate(rows) if _amounts(row)]
    if len(filled) > _ROWS:
        return None
    unit = Decimal(1).scaleb(-max((one.decimals for one in whole.values.values()), default=0))
    amounts = [_amounts(rows[at]) for at in filled]
    found = next((one for slack in (Decimal(0), unit / 2) if (one := _Search(amounts, slack).all(_amounts(whole)))), [])
    if len(found) != 1:
        return None
    heads = {filled[at]: None if head is None else filled[head] for at, head in found[0]}
    beside: int | None = None
    return {at: (beside := heads.get(at, beside)) for at in range(len(rows))}


def _amounts(row: Line) -> Amounts:
    return {column: amount.value for column, amount in row.values.items() if amount.value}


class _Search:
    """The ways to read rows below each other: those of each row's own parts, from the last row up.

    `slack` is how much each amount may be rounded by. A column that no part prints is not compared.
    """

    def __init__(self, rows: Sequence[Amounts], slack: Decimal) -> None:
        self._rows, self._slack, self._steps = rows, slack, 0
        self._taken_off = any(value < 0 for row in rows for value in row.values())
        self._inside: list[list[tuple[int, Way]]] = [[] for _ in rows]

    def all(self, whole: Amounts) -> list[Way]:
        """The ways to read all rows; none where looking takes too long."""
        for at in range(len(self._rows) - 1, -1, -1):
            self._inside[at] = list(self._ways(self._rows[at], at + 1, at))
        found = [way for end, way in self._ways(whole, 0, None) if end == len(self._rows)]
        return found if self._steps <= _STEPS else []

    def _ways(
        self, rest: Amounts, at: int, head: int | None, count: int = 0, columns: frozenset[int] = frozenset()
    ) -> Iterator[tuple[int, Way]]:
        """The ways in which the rows from `at` go on to make up the amounts of `head`, and where they end.

        `rest` is what the parts so far leave of these, `count` how many they are, `columns` those that they print.
        """
        self._steps += 1
        slack = self._slack * (count + 1)
        if columns and all(abs(rest[column]) <= slack for column in columns):
            yield at, ()
        if at < len(self._rows) and self._steps <= _STEPS and self._fits(self._rows[at], rest, slack + self._slack):
            left = {column: value - self._rows[at].get(column, 0) for column, value in rest.items()}
            printed = columns.union(self._rows[at])
            for end, below in ((at + 1, ()), *self._inside[at]):
                for stop, beside in self._ways(left, end, head, count + 1, printed):
                    yield stop, ((at, head), *below, *beside)

    def _fits(self, part: Amounts, rest: Amounts, slack: Decimal) -> bool:
        """Whether a part is of columns of its whole, and no more than what is left of it where nothing is negative."""
        return all(
            column in rest and (self._taken_off or value <= rest[column] + slack) for column, value in part.items()
        )
