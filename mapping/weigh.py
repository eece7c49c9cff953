"""Amounts to evidence of which columns headings cover: whether a total is made up by the columns beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from mapping.amounts import PrintedAmount, agree, parse_amount
from mapping.divide import is_of_kind
from mapping.document import Row
from mapping.lexicon import pattern

# The column of a total, and those that make it up.
Sum = tuple[int, Sequence[int]]
# So many rows that a total is not made up in tell that it is no total of these columns.
SEVERAL = 3
# So many rows tell what all do.
_MOST = 40
# A total seldom stands behind its parts: that they make it up tells less there.
_LAST = 0.9
_UNSUMMED = ("percent", "sequence", "text", "label", "code")


def amounts(body: Sequence[Row], width: int) -> list[Mapping[int, PrintedAmount]]:
    """The amounts of each whole row by column."""
    rows = (row for row in body if len(row) == width)
    return [{at: one for at, cell in enumerate(row) if (one := parse_amount(cell.plain))} for row in rows]


def judged(sums: Iterable[Sum], rows: Sequence[Mapping[int, PrintedAmount]]) -> list[bool]:
    """For each total and row of which parts are printed whether these make it up."""
    return [
        agree(row[total], amounts)
        for total, parts in sums
        for row in rows
        if total in row and (amounts := [row[part] for part in parts if part in row])
    ]


def is_total(words: str) -> bool:
    """Whether a heading says that its column totals those beside it."""
    return bool(pattern("headings", "total-of").search(words))


def is_summed(words: str) -> bool:
    """Whether a heading is one of amounts that a total beside it may be of."""
    return not is_of_kind(words, _UNSUMMED)


def weigher(words: Sequence[str], rows: Sequence[Mapping[int, PrintedAmount]]) -> Callable[[range], float]:
    """Says of columns under the headings `words` whether one of them, the first or the last, is the sum of the others.

    1 (less for the last) where it is in most rows, -1 where it is not in most of several or stands between, else 0.
    """

    @cache
    def weigh(columns: range) -> float:
        summed = [at for at in columns if is_summed(words[at])]
        totals = [at for at in summed if is_total(words[at])]
        memo = any(not words[at] or pattern("headings", "memo").search(words[at]) for at in columns)
        if len(totals) != 1 or len(summed) < 2 or memo:
            return 0
        parts = [at for at in summed if at not in totals]
        told = judged([(totals[0], parts)], rows[:_MOST])
        right = 2 * sum(told) - len(told) if totals[0] in (summed[0], summed[-1]) else -1
        if right > 0:
            return 1 if totals[0] == summed[0] else _LAST
        return -1 if right < 0 and len(told) >= SEVERAL else 0

    return weigh
