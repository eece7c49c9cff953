"""Tables of two sides that have lost their rules (收入 beside 支出): what a line prints of each side, to rows of cells.

Such a text leaves no trace of a blank cell. A name with its numbers is an item; two items of a line are those of the
two sides, one alone is of the side that its name or its place in a list tells, and is left out where neither does.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.align import blank_at
from mapping.amounts import agree, parse_amount
from mapping.caption import states_unit
from mapping.classes import codes_of
from mapping.divide import is_of_kind
from mapping.document import Row, fold
from mapping.lexicon import pattern
from mapping.measures import measure_named
from mapping.quantities import numeral
from mapping.worded import Word, cell_of, words_of

_LONGEST_HEADING = 40
_LEAST_ITEMS = 4
_NUMERALS = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?P<numeral>[{_NUMERALS}]{{1,3}})[、.．]|[(（][{_NUMERALS}\d]{{1,3}}[)）]|\d{{1,2}}(?:[、．]|\.(?!\d))|其中[:：]"
)
_COUNTER = re.compile(r"\d{1,3}")
_SPACED = re.compile(r"\S(?:\s+\S)?")  # a letter, or two that the words of a heading may be
_NAME = re.compile("[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class _Side:
    """The words over one side: over all of it, where printed, over its names, and over each column of numbers."""

    over: tuple[Word, ...]
    label: Word
    columns: tuple[Word, ...]

    @property
    def counted(self) -> bool:
        """Whether its first column numbers the lines (行次)."""
        return is_of_kind(fold(self.columns[0].text), ("sequence",))


@dataclass(slots=True)
class _Item:
    """A name and the numbers behind it."""

    name: list[Word]
    numbers: list[Word]

    @property
    def words(self) -> str:
        """The name without its number in the list."""
        return _MARK.sub("", "".join(one.text for one in self.name), count=1)

    @property
    def numeral(self) -> str | None:
        found = _MARK.match(self.name[0].text)
        return found["numeral"] if found else None

    @property
    def last(self) -> Word:
        return (self.numbers or self.name)[-1]

    @property
    def takes_more(self) -> bool:
        """Whether another word may belong to the name: one behind its number in the list, or a letter among letters."""
        return not self.numbers and (not self.words or all(_SPACED.fullmatch(one.text) for one in self.name))


def read_sided(lines: Sequence[tuple[int, str]]) -> tuple[Sequence[Row], int, bool]:
    """The rows that lines, given with their offsets, begin with, all equally wide, and how many lines they take.

    Nothing and 0 where they are no such table, or one that cannot be told. True where a row with numbers is left out.
    """
    words = list(words_of(list(itertools.takewhile(lambda line: not states_unit(line[1]), lines))))
    begin = next((at for at, word in enumerate(words) if _MARK.match(word.text)), 0)
    sides = _read_heading(words[:begin]) if begin <= _LONGEST_HEADING else ()
    items = _to_totals(_read_items(words[begin:]))
    if not sides or len(items) < _LEAST_ITEMS or not all(_NAME.search(one.words) for one in items):
        return (), 0, False
    used = items[-1].last
    told = _tell_sides(items)
    alone = all(word.line != used.line or word.start <= used.start for word in words)
    if told is None or not alone or not _count_lines(sides, told):
        return (), 0, False
    rows = _rows(sides, told)
    kept = {id(one) for one, _ in told}
    return (rows, used.line + 1, any(one.numbers and id(one) not in kept for one in items)) if rows else ((), 0, False)


def _read_heading(words: Sequence[Word]) -> tuple[_Side, ...]:
    """The two sides that headings tell of; none where they tell of more or less."""
    words = [one for one in words if not one.text.isdigit() and fold(one.text) != "栏次"]
    labels = [at for at, (one, after) in enumerate(itertools.pairwise(words)) if one.is_label and not after.is_label]
    if len(labels) != 2 or labels[0] not in (0, 2):
        return ()
    over: list[tuple[Word, ...]] = [(one,) for one in words[: labels[0]]] or [(), ()]
    ends = (labels[1], len(words))
    sides = tuple(
        _Side(above, words[at], tuple(words[at + 1 : end])) for above, at, end in zip(over, labels, ends, strict=True)
    )
    return sides if sides[0].counted == sides[1].counted else ()


def _read_items(words: Sequence[Word]) -> list[_Item]:
    """Names with the numbers behind them, in the order they are printed in."""
    items: list[_Item] = []
    for word in words:
        if word.is_number and not _MARK.match(word.text) and items:
            items[-1].numbers.append(word)
        elif items and items[-1].takes_more and not _MARK.match(word.text):
            items[-1].name.append(word)
        else:
            items.append(_Item([word], []))
    return items


def _to_totals(items: Sequence[_Item]) -> Sequence[_Item]:
    """Items up to the last total that states a number."""
    totals = [at for at, one in enumerate(items) if one.numbers and _is_total(one)]
    return items[: totals[-1] + 1] if totals else ()


def _is_total(item: _Item) -> bool:
    return bool(pattern("headings", "total-of").search(fold(item.words)))


# --- sides ---


def _tell_sides(items: Sequence[_Item]) -> list[tuple[_Item, int]] | None:
    """The items with their sides, 0 or 1, without those of which nothing tells it; None where the lines are no rows."""
    found: list[tuple[_Item, int]] = []
    untold: list[_Item] = []
    for _, line in itertools.groupby(items, lambda one: one.name[0].line):
        beside = list(line)
        if len(beside) > 2 or (len(beside) == 2 and [_side_named(one) for one in beside] == [1, 0]):
            return None
        sides = (0, 1) if len(beside) == 2 else (_side_of(beside[0], found, untold),)
        untold += [one for one, side in zip(beside, sides, strict=True) if side is None]
        found += [(one, side) for one, side in zip(beside, sides, strict=True) if side is not None]
    return found


def _side_of(item: _Item, before: Sequence[tuple[_Item, int]], untold: Sequence[_Item]) -> int | None:
    """The side of an item that is alone: by its name, else by the one list that its number goes on with.

    Where it may go on with an item of an untold side, nothing tells its own.
    """
    named = _side_named(item)
    if named is not None or item.numeral is None:
        return named
    if any(_place(one.numeral) + 1 == _place(item.numeral) for one in untold if one.numeral):
        return None
    last = [next((one.numeral for one, at in reversed(before) if at == side and one.numeral), None) for side in (0, 1)]
    follows = [side for side in (0, 1) if _place(last[side]) + 1 == _place(item.numeral)]
    return follows[0] if len(follows) == 1 else None


def _place(printed: str | None) -> int:
    """The place in a list that a Chinese number prints; 0 for none."""
    return (numeral(printed) or 0) if printed else 0


def _side_named(item: _Item) -> int | None:
    """The side that a name is of: 0 receipts, 1 spending and what is left of the year; None where it may be of both."""
    if any(codes_of(scheme, item.words) for scheme in ("functional", "economic", "government-economic")):
        return 1
    measure = measure_named(item.words)
    return {"income": 0, "expenditure": 1, "balance": 1}.get((measure and measure.character) or "")


def _count_lines(sides: Sequence[_Side], told: Sequence[tuple[_Item, int]]) -> bool:
    """Whether the numbers of lines go up on both sides; that of a line without a name is taken from what it follows.

    False too where an amount looks like such a number.
    """
    if not sides[0].counted:
        return True
    last = [0, 0]
    for item, side in told:
        own = item.numbers[:1]
        if not own or not _COUNTER.fullmatch(own[0].text) or int(own[0].text) <= last[side]:
            return False
        last[side] = int(own[0].text)
        while len(item.numbers) > 1 and item.numbers[-1].text == str(last[1 - side] + 1):
            item.numbers.pop()
            last[1 - side] += 1
        if any(_COUNTER.fullmatch(one.text) and int(one.text) for one in item.numbers[1:]):
            return False
    return True


# --- cells ---


def _rows(sides: Sequence[_Side], told: Sequence[tuple[_Item, int]]) -> tuple[Row, ...]:
    """The table: headings over both sides, then its rows; nothing where numbers stand in columns that nothing tells."""
    laid = [_laid(item, sides[side]) for item, side in told]
    if any(one is None for one in laid) or {side for item, side in told if item.numbers} != {0, 1}:
        return ()
    shown = [
        max(len(numbers or ()) for numbers, (_, at) in zip(laid, told, strict=True) if at == side) for side in (0, 1)
    ]
    rows: list[Row] = []
    for (item, side), numbers in zip(told, laid, strict=True):
        cells = (cell_of(item.name), *(cell_of((one,)) for one in numbers or ()))
        cells += (blank_at(item.last.end),) * (1 + shown[side] - len(cells))
        other = (blank_at(item.last.end),) * (1 + shown[1 - side])
        if side and rows and _awaits(rows[-1], shown[1]):
            rows[-1] = (*rows[-1][: 1 + shown[0]], *cells)
        else:
            rows.append((*other, *cells) if side else (*cells, *other))
    return (*_headings(sides, shown), *rows)


def _awaits(row: Row, width: int) -> bool:
    """Whether a row has nothing on its right side yet."""
    return all(cell.blank for cell in row[-1 - width :])


def _headings(sides: Sequence[_Side], shown: Sequence[int]) -> Iterator[Row]:
    if sides[0].over:
        yield tuple(
            cell
            for side, width in zip(sides, shown, strict=True)
            for cell in (cell_of(side.over), *[blank_at(side.over[-1].end)] * width)
        )
    yield tuple(
        cell_of((one,)) for side, width in zip(sides, shown, strict=True) for one in (side.label, *side.columns[:width])
    )


def _laid(item: _Item, side: _Side) -> Sequence[Word] | None:
    """The numbers of an item as they stand in the first columns of its side; None where nothing tells how they stand.

    Where only some of several columns hold a number, that is the total of the others, and those are left out.
    """
    counted = item.numbers[: int(side.counted)]
    numbers, columns = item.numbers[len(counted) :], side.columns[int(side.counted) :]
    if len(numbers) in (0, len(columns)):
        return item.numbers
    amounts = [amount for one in numbers if (amount := parse_amount(one.text))]
    whole = columns and columns[0].is_total and len(numbers) < len(columns) and len(amounts) == len(numbers)
    return (*counted, numbers[0]) if whole and agree(amounts[0], amounts[1:]) else None
