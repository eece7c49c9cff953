"""Headings that a file prints once each, without the blanks of those merged downwards, to where each of them stands.

How many of them have parts follows from the columns of the rows below; which, from what the words say that belongs
together, from equal parts under years, and from which columns make up their totals.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mapping.amounts import PrintedAmount
from mapping.divide import belongs, is_of_kind
from mapping.document import Row, fold
from mapping.header import is_named_as
from mapping.lexicon import pattern
from mapping.weigh import SEVERAL, Sum, amounts, is_summed, is_total, judged

_YEAR = re.compile(r"20\d\d年?度?|[上本当去今]年度?")
# Headings of what belongs to a row beside its name, in words: its office, its kind.
_WORDED = re.compile("(?:单位|部门|类型|类别|性质|属性)$")
_NAMING = ("label", "code")
_PARTLESS = ("percent", "sequence", "text")
_MOST_WAYS = 2_000
# The heading that covers headings below it, the first of these, and the one after the last.
_Group = tuple[int, int, int]
_Way = tuple[_Group, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading where it stands: its row and place among those printed in it, the columns from `start` to `end`."""

    row: int
    at: int
    words: str
    start: int
    end: int
    parts: tuple[_Heading, ...]


def is_printed_once(rows: Sequence[Row], width: int) -> bool:
    """Whether rows of headings print none of the blanks below headings that are merged downwards."""
    whole = all(not cell.blank for row in rows for cell in row)
    return len(rows) > 1 and whole and len(rows[-1]) < width and all(len(row) > 1 for row in rows)


def nest(rows: Sequence[Row], width: int, body: Sequence[Row]) -> list[list[tuple[int, int]]] | None:
    """For each row of headings the first column of each and how many it covers; None where that cannot be told."""
    words = [[fold(cell.text) for cell in row] for row in rows]
    printed = [row for row in body if len(row) == width]
    filled = [_filled(printed, column) for column in range(width)]
    found = [one for one in _forests(words, width) if _suits(one, filled)]
    for judge in (_unevidenced, _unlike):
        least = min(map(judge, found), default=0)
        found = [one for one in found if judge(one) == least]
    rows_of = amounts(printed, width)
    if len(found) > 1:
        found = [one for one in found if _adds_up(one, rows_of)]
    found = [one for one in found if not _is_contradicted(one, rows_of)]
    return _places(found[0], rows) if len(found) == 1 else None


def _places(forest: Sequence[_Heading], rows: Sequence[Row]) -> list[list[tuple[int, int]]]:
    places = [[(0, 0)] * len(row) for row in rows]
    for one in _all(forest):
        places[one.row][one.at] = (one.start, one.end - one.start)
    return places


def _all(forest: Sequence[_Heading]) -> Iterator[_Heading]:
    for one in forest:
        yield one
        yield from _all(one.parts)


# --- ways ---


def _forests(words: Sequence[Sequence[str]], width: int) -> list[Sequence[_Heading]]:
    """Every way in which the headings of each row stand under those of the row above and cover so many columns."""
    needed = sum(map(len, words)) - width
    levels = [_ways(tuple(upper), tuple(lower)) for upper, lower in itertools.pairwise(words)]
    if any(len(ways) >= _MOST_WAYS for ways in levels):
        return []
    chosen = itertools.islice(itertools.product(*levels), _MOST_WAYS * 10)
    return [_forest(words, choice) for choice in chosen if sum(map(len, choice)) == needed]


@lru_cache(maxsize=1 << 10)
def _ways(uppers: tuple[str, ...], lowers: tuple[str, ...]) -> list[_Way]:
    """The ways to share out all lower headings among some of the upper ones, in order; at most so many."""
    return list(itertools.islice(_shared_out(uppers, lowers, 0, 0), _MOST_WAYS))


def _shared_out(uppers: Sequence[str], lowers: Sequence[str], above: int, below: int) -> Iterator[_Way]:
    if below == len(lowers):
        yield ()
        return
    for upper in range(above, len(uppers)):
        for end in range(below + 2, len(lowers) + 1):
            if _may_cover(uppers[upper], tuple(lowers[below:end])):
                yield from (((upper, below, end), *rest) for rest in _shared_out(uppers, lowers, upper + 1, end))


@lru_cache(maxsize=1 << 14)
def _may_cover(upper: str, lowers: tuple[str, ...]) -> bool:
    """Whether headings may be the parts of one: each once, a total first or last, none that belongs under others."""
    totals = [at for at, word in enumerate(lowers) if is_total(word)]
    placed = not totals or (len(totals) == 1 and totals[0] in (0, len(lowers) - 1))
    if len(set(lowers)) < len(lowers) or not placed or is_total(upper) or is_of_kind(upper, _PARTLESS):
        return False
    naming = [is_of_kind(word, _NAMING) for word in lowers]
    if any(naming):
        fitting = all(naming) or (naming == sorted(naming, reverse=True) and _is_side(upper))
    else:
        fitting = not is_of_kind(upper, _NAMING)
    return fitting and all(belongs(upper, word) >= 0 for word in lowers)


def _is_side(words: str) -> bool:
    """Whether a heading is that of all income or all expenditure, under which names and amounts stand together."""
    return any(pattern("headings", "side", side).search(words) for side in ("income", "expenditure"))


def _forest(words: Sequence[Sequence[str]], ways: Sequence[_Way]) -> Sequence[_Heading]:
    below = [{upper: range(start, end) for upper, start, end in way} for way in ways]
    column = itertools.count()

    def grow(row: int, at: int) -> _Heading:
        if row < len(below) and at in below[row]:
            parts = tuple(grow(row + 1, one) for one in below[row][at])
            return _Heading(row, at, words[row][at], parts[0].start, parts[-1].end, parts)
        start = next(column)
        return _Heading(row, at, words[row][at], start, start + 1, ())

    return [grow(0, at) for at in range(len(words[0]))]


# --- evidence ---


def _filled(body: Sequence[Row], column: int) -> tuple[int, int]:
    """How many cells of a column are printed, and how many of these hold words."""
    cells = [row[column].plain for row in body if not row[column].blank]
    return len(cells), sum(bool(re.search("[\u4e00-\u9fff]", words)) for words in cells)


def _suits(forest: Sequence[_Heading], filled: Sequence[tuple[int, int]]) -> bool:
    """Whether names stand over words and no other heading does, but one of offices, kinds or remarks."""
    for one in _all(forest):
        if one.parts:
            continue
        cells, wordy = filled[one.start]
        named = is_of_kind(one.words, ("label",))
        worded = is_of_kind(one.words, ("label", "code", "text", "sequence")) or _WORDED.search(one.words)
        if (named and re.search("名称$", one.words) and cells and not wordy) or (wordy > 1 and not worded):
            return False
    return True


def _unevidenced(forest: Sequence[_Heading]) -> int:
    """How many headings cover others of which nothing says that they are their parts, or end with their total."""
    wholes = [one for one in _all(forest) if one.parts]
    return sum(not _is_evident(one) for one in wholes) + sum(is_total(one.parts[-1].words) for one in wholes)


def _is_evident(one: _Heading) -> bool:
    words = [part.words for part in one.parts]
    named = any(is_named_as(word, one.words) for word in words)
    return named or is_total(words[0]) or any(belongs(one.words, word) > 0 for word in words)


def _unlike(forest: Sequence[_Heading]) -> int:
    """How many headings that differ in their year only do not cover the same."""
    kinds: dict[str, set[tuple[str, ...]]] = {}
    for one in _all(forest):
        if _YEAR.search(one.words):
            kinds.setdefault(_YEAR.sub("", one.words), set()).add(tuple(part.words for part in one.parts))
    return sum(len(parts) - 1 for parts in kinds.values())


def _is_contradicted(forest: Sequence[_Heading], rows: Sequence[Mapping[int, PrintedAmount]]) -> bool:
    """Whether in most of several rows totals are not made up by the headings beside them under one heading."""
    told = judged(itertools.chain.from_iterable(_sums(one.parts) for one in forest), rows)
    return len(told) >= SEVERAL and sum(told) * 2 < len(told)


def _adds_up(forest: Sequence[_Heading], rows: Sequence[Mapping[int, PrintedAmount]]) -> bool:
    """Whether in most rows the totals are made up by the headings beside them."""
    told = judged(_sums(forest), rows)
    return bool(told) and sum(told) * 2 > len(told)


def _sums(forest: Sequence[_Heading]) -> Iterator[Sum]:
    """The column of each total with those it is the sum of: its siblings', each one's total or all of its columns."""
    whole = next((one for one in forest if not one.parts and is_total(one.words)), None)
    memo = any(pattern("headings", "memo").search(one.words) for one in forest)
    if whole and not memo and (beside := [one for one in forest if one is not whole and is_summed(one.words)]):
        yield whole.start, [column for one in beside for column in _columns(one)]
    for one in forest:
        yield from _sums(one.parts)


def _columns(one: _Heading) -> list[int]:
    total = next((part for part in one.parts if is_total(part.words)), None)
    if total:
        return [total.start]
    return [column for part in one.parts for column in _columns(part)] if one.parts else [one.start]
