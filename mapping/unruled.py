"""Lines of a table that has lost its rules to rows of cells: the text layer of a PDF, cells parted by blanks or lines.

Such a text leaves no trace of a blank cell. Rows are told by their class codes and totals, columns by the headings; a
number that may stand in several columns is placed where only one way lets totals and parts agree. Where some cannot be
placed, only the totals of the rows are read; where totals and parts do not agree either, nothing is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb, prod

from mapping.align import blank_at
from mapping.amounts import PrintedAmount, agree, parse_amount
from mapping.classes import is_class_code
from mapping.divide import is_of_kind
from mapping.document import Row, fold
from mapping.lexicon import pattern
from mapping.measures import measure_named
from mapping.worded import Word, cell_of, words_of

_LONGEST_HEADING = 40
_LONGEST_NAME = 6
_LEAST_ROWS = 3
_MOST_WAYS = 4_096
_DIGITS = frozenset({"类", "款", "项"})
_Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: the words of its code and its name, and the numbers that are printed of it."""

    code: tuple[Word, ...]
    name: tuple[Word, ...]
    numbers: tuple[Word, ...]

    @property
    def digits(self) -> str:
        return "".join(one.text for one in self.code)

    def amount(self, at: int) -> PrintedAmount | None:
        """What the number at a place says; none for a dash."""
        return parse_amount(self.numbers[at].text)


@dataclass(frozen=True, slots=True)
class _Heading:
    """The words over the columns: of codes, of names, of each column of amounts, over all of these, and below them.

    `whole` is false where words are left of which nobody knows what column they stand over.
    """

    code: tuple[Word, ...]
    name: Word
    columns: tuple[tuple[Word, ...], ...]
    over: tuple[Word, ...]
    below: tuple[Word, ...]
    whole: bool


def read_unruled(lines: Sequence[tuple[int, str]]) -> tuple[Sequence[Row], int]:
    """The rows that lines, given with their offsets, begin with, all equally wide, and how many lines they take.

    Nothing and 0 where they are no such table, or one that cannot be told.
    """
    words = list(words_of(lines))
    begin = next((at for at in range(len(words)) if _begins(words, at)), 0)
    if not 2 <= begin <= _LONGEST_HEADING:
        return (), 0
    read, used = _read_lines(words, begin)
    heading = _read_heading(words[:begin], read)
    if len(read) < _LEAST_ROWS or not heading or words[used - 1].line == _line_after(words, used):
        return (), 0
    places = _place(read, heading)
    return (_rows(heading, read, places), words[used - 1].line + 1) if places else ((), 0)


def _line_after(words: Sequence[Word], at: int) -> int:
    return words[at].line if at < len(words) else -1


# --- rows ---


def _begins(words: Sequence[Word], at: int) -> int:
    """How many words are what a row begins with: its class code, one to three, or the word for a total; else 0.

    A total right before a code is the last word of the headings.
    """
    for count in (3, 2, 1):
        code = "".join(one.text for one in words[at : at + count])
        named = at + count < len(words) and not words[at + count].is_number
        if named and is_class_code(code) and len(words[at].text) in (3, len(code)):
            return count
    total = at + 1 < len(words) and words[at + 1].is_number and not words[at].is_number
    return int(total and words[at].is_total and not _begins(words, at + 1))


def _read_lines(words: Sequence[Word], at: int) -> tuple[list[_Line], int]:
    """The rows from a place on, and where the words after the last one begin; headings printed again are left out."""
    again = {one.text for one in words[:at]}
    found: list[_Line] = []
    end = at
    while at < len(words):
        if count := _begins(words, at):
            line, at = _read_line(words, at, count)
            found.append(line)
            end = at
        elif words[at].text in again:
            at += 1
        else:
            break
    return found, end


def _read_line(words: Sequence[Word], at: int, count: int) -> tuple[_Line, int]:
    coded = words[at].is_number
    middle = at + count
    while coded and middle < len(words) and not words[middle].is_number and middle - at - count < _LONGEST_NAME:
        if middle > at + count and _begins(words, middle):
            break  # the row before a total has lost its number
        middle += 1
    end = middle
    while end < len(words) and words[end].is_number and not _begins(words, end):
        end += 1
    named = at + count if coded else at
    return _Line(tuple(words[at:named]), tuple(words[named:middle]), tuple(words[middle:end])), end


# --- heading ---


def _read_heading(words: Sequence[Word], lines: Sequence[_Line]) -> _Heading | None:
    """The heading of rows; none where it has fewer columns than a row has numbers, or totals of several levels."""
    named, below = _repeated([one for one in words if not _is_counting(one)])
    words = _once(named)
    at = next((at for at, one in enumerate(words) if fold(one.text).endswith("名称")), -1)
    if at < 0:
        return None
    naming = [one for one in words[: at + 1] if _is_naming(one.text)]
    over = [one for one in words[:at] if one not in naming]
    columns: list[tuple[Word, ...]] = [(one,) for one in words[at + 1 :]]
    if not columns:
        columns, over = [(one,) for one in over], []
    widths = {len(line.numbers) for line in lines}
    if widths == {len(columns) - 1}:
        columns = _merged(columns)
    totals = sum(column[0].is_total for column in columns)
    if not columns or max(widths) > len(columns) or totals > 1:
        return None
    whole = (not over or (len(over) == 1 and words[1] is over[0])) and len(below) in (0, len(columns))
    shown = (tuple(over), below) if whole else ((), ())
    return _Heading(tuple(naming[-2:-1]), words[at], tuple(columns), *shown, whole)


def _is_counting(word: Word) -> bool:
    """Whether a word of a heading only numbers columns or lines, or stands over the digits of a code."""
    words = fold(word.text)
    return words in _DIGITS or words.isdigit() or bool(pattern("headings", "kinds", "sequence").search(words))


def _is_naming(text: str) -> bool:
    """Whether a word of a heading stands over names and codes."""
    return is_of_kind(fold(text), ("code", "label"))


def _once(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a heading without those that a page break printed again below them."""
    texts = [one.text for one in words]
    for at in range(len(words) // 2, len(words)):
        if len(words) - at > 2 and texts[at:] == texts[2 * at - len(words) : at]:
            return words[:at]
    return words


def _repeated(words: Sequence[Word]) -> tuple[Sequence[Word], tuple[Word, ...]]:
    """The words of a heading, and the one word that its last line prints under each column (决算数 决算数 …)."""
    last = tuple(itertools.takewhile(lambda one: one.text == words[-1].text, reversed(words)))[::-1]
    return (words[: -len(last)], last) if len(last) > 1 else (words, ())


def _merged(columns: list[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """The columns, the only two that name one measure together made one; as they were where there are no such two."""
    pairs = [
        at
        for at, (left, right) in enumerate(itertools.pairwise(columns))
        if measure_named(left[0].text + right[0].text)
    ]
    if len(pairs) != 1:
        return columns
    at = pairs[0]
    return [*columns[:at], columns[at] + columns[at + 1], *columns[at + 2 :]]


# --- places ---


def _place(lines: Sequence[_Line], heading: _Heading) -> list[_Place] | None:
    """The columns that the numbers of each row stand in; () for a row of none, the first alone where others are open.

    None where nothing can be told.
    """
    width = len(heading.columns)
    if heading.whole and all(len(line.numbers) in (0, width) for line in lines):
        return [tuple(range(len(line.numbers))) for line in lines]
    if not heading.columns[0][0].is_total:
        return None
    if heading.whole and all(comb(width, len(line.numbers)) <= _MOST_WAYS for line in lines):
        ways = [_ways(line, width) for line in lines]
        if not all(ways):
            return None
        found = _decide(lines, ways)
        if all(len(each) == 1 for each in found):
            return [each[0] for each in found]
    elif not all(_adds_up(line) for line in lines):
        return None
    return [(0,) if line.numbers else () for line in lines]


def _ways(line: _Line, width: int) -> list[_Place]:
    """The ways to place the numbers of a row, whose first one is the total of the others."""
    count = len(line.numbers)
    if count in (0, width):
        return [tuple(range(count))]
    if not _adds_up(line):
        return []
    return [(0, *rest) for rest in itertools.combinations(range(1, width), count - 1)]


def _adds_up(line: _Line) -> bool:
    """Whether the first number of a row is the sum of the others."""
    amounts = [amount for at in range(len(line.numbers)) if (amount := line.amount(at))]
    return not amounts or agree(amounts[0], amounts[1:])


def _decide(lines: Sequence[_Line], ways: Sequence[list[_Place]]) -> list[list[_Place]]:
    """The ways that are left when the parts of each row must add up to it, from the total of all rows down."""
    found = list(ways)
    for parent, parts in _families(lines):
        if len(found[parent]) == 1:
            whole = _laid(lines[parent], found[parent][0])
            for part in parts:
                found[part] = [way for way in found[part] if set(way) <= set(whole)]
            kept = _agreeing(whole, [lines[part] for part in parts], [found[part] for part in parts])
            for part, way in zip(parts, kept, strict=True):
                found[part] = way
    return found


def _families(lines: Sequence[_Line]) -> Iterator[tuple[int, list[int]]]:
    """Each row with the rows right below it, wider classes first; the first row without a code is over all."""
    codes = {line.digits: at for at, line in reversed(list(enumerate(lines)))}
    for length in (0, 3, 5):
        for code, at in codes.items():
            if len(code) == length:
                parts = [other for one, other in codes.items() if len(one) > length and _above(one, codes) == code]
                if parts:
                    yield at, parts


def _above(code: str, codes: Mapping[str, int]) -> str | None:
    """The code of the row that a row is a part of."""
    return next((code[:length] for length in (5, 3, 0) if length < len(code) and code[:length] in codes), None)


def _laid(line: _Line, way: _Place) -> dict[int, PrintedAmount]:
    """The amounts of a row by column."""
    return {column: amount for at, column in enumerate(way) if (amount := line.amount(at))}


def _agreeing(
    whole: Mapping[int, PrintedAmount], parts: Sequence[_Line], ways: Sequence[list[_Place]]
) -> list[list[_Place]]:
    """The ways of parts that some choice has in which each column adds up; all where there are too many choices."""
    if prod(map(len, ways)) > _MOST_WAYS:
        return list(ways)
    chosen = [choice for choice in itertools.product(*ways) if _adds_to(whole, parts, choice)]
    return [list(dict.fromkeys(one)) for one in zip(*chosen, strict=True)] if chosen else list(ways)


def _adds_to(whole: Mapping[int, PrintedAmount], parts: Sequence[_Line], choice: Sequence[_Place]) -> bool:
    laid = [_laid(part, way) for part, way in zip(parts, choice, strict=True)]
    columns = {column for one in laid for column in one} | set(whole)
    return all(
        column in whole and agree(whole[column], [one[column] for one in laid if column in one]) for column in columns
    )


# --- cells ---


def _rows(heading: _Heading, lines: Sequence[_Line], places: Sequence[_Place]) -> tuple[Row, ...]:
    """The table: headings over code, name and the columns that hold something, then the rows."""
    shown = range(max(max(place, default=0) for place in places) + 1)
    columns = [cell_of(heading.columns[at]) for at in shown]
    start, end = heading.name.start, heading.columns[shown[-1]][-1].end
    leaf = (cell_of(heading.code, start), cell_of((heading.name,)), *columns)
    above = (blank_at(start), blank_at(start), cell_of(heading.over), *(blank_at(end) for _ in shown[1:]))
    under = (blank_at(end), blank_at(end), *(cell_of((heading.below[at],)) for at in shown if heading.below))
    rows = [_row(line, place, len(shown)) for line, place in zip(lines, places, strict=True)]
    return (*((above,) if heading.over else ()), leaf, *((under,) if heading.below else ()), *rows)


def _row(line: _Line, place: _Place, width: int) -> Row:
    start = (*line.code, *line.name)[0].start
    end = (*line.name, *line.numbers)[-1].end
    laid = {column: line.numbers[at] for at, column in enumerate(place)}
    amounts = [cell_of((laid[at],)) if at in laid else blank_at(end) for at in range(width)]
    return (cell_of(line.code, start), cell_of(line.name, end), *amounts)
