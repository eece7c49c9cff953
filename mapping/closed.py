"""Lines of a table that each close one cell with a bar: a page of the web made text, one cell a line.

Rows show themselves by bars: a row begins with one that closes nothing, or ends with those of the cells that its wide
ones cover. Which these are is not printed: a wide cell stands there once, as in the files of word processors. Where
bars tell nothing, what the cells hold does: below so many headings rows of as many cells follow, words below words,
numbers below numbers. Where lines close several cells each, a row goes on until it has the bars of the widest line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from mapping.amounts import SIGN, parse_amount
from mapping.caption import is_caption, is_note, is_title
from mapping.divide import is_of_kind
from mapping.document import fold

_CLOSED = re.compile(r"([^|\t]*?)[ \u3000]*(\|+)\s*")
# A cell is broken into no more lines than these.
_LONGEST_CELL = 4
_LONGEST_LINE = 300
_LONGEST_ROW = 3_000
_WIDEST = 30
_NARROWEST = 3
_LEAST_ROWS = 2
_LONE = re.compile(r"\s*\|\s*")
# What stands in a column of numbers: a share, or a sign that there is nothing.
_NO_AMOUNT = re.compile(rf"{SIGN}?\d[\d,，]*(?:[.．]\d+)?[%％]|[-—－–/／]+")


@dataclass(frozen=True, slots=True)
class _Closing:
    """What is printed up to a bar or several: the offset and the characters of the cell, and the line that ends it."""

    start: int
    words: str
    bars: int
    line: int

    @property
    def opens(self) -> bool:
        """Whether it is the bar that a row begins with, or a blank cell."""
        return self.bars == 1 and not self.words.strip()

    @property
    def ends(self) -> bool:
        """Whether it closes cells that a wide one covers, which end a row."""
        return self.bars > 1


def read_closed(lines: Sequence[tuple[int, str]], titled: bool) -> tuple[Sequence[Sequence[tuple[int, str]]], int]:
    """The rows that lines, given with their offsets, begin with, and how many lines they take.

    A cell is its offset and its characters. Nothing and 0 where the lines are no table; no rows where they are one of
    which the rows cannot be told. `titled` says that a title or a unit stands above.
    """
    closings = _closings(lines)
    if len(closings) < _NARROWEST:
        return (), 0
    below = "".join(text.strip() for _, text in lines[closings[-1].line + 1 :][:1])
    rows = _by_bars(closings, cut=not _is_number(below)) or _by_cells(closings, titled)
    return rows, closings[-1].line + 1


def _by_bars(closings: Sequence[_Closing], *, cut: bool) -> Sequence[Sequence[tuple[int, str]]]:
    """The rows that bars tell; nothing where they tell none.

    `cut` says that the last row may have lost its last bar.
    """
    ends = list(accumulate(one.bars for one in closings))
    width = _width(closings, ends, cut=cut)
    if not width:
        return ()
    rows: list[list[tuple[int, str]]] = [[] for _ in range((ends[-1] - 1) // width + 1)]
    for one, end in zip(closings, ends, strict=True):
        place = (end - 1) // width
        opener = one.opens and end - 1 == place * width
        if one.words.strip() or (one.opens and not opener):
            rows[place].append((one.start, one.words))
    if ends[-1] % width:
        rows[-1].append((closings[-1].start, ""))
    return [row for row in rows if row]


def _by_cells(closings: Sequence[_Closing], titled: bool) -> Sequence[Sequence[tuple[int, str]]]:
    """The rows that what the cells hold tells, below rows of a title and a unit; nothing where it tells no one way.

    A bar alone is a blank cell. The last row may be a label alone.
    """
    lead = list(takewhile(lambda one: one.opens or _introduces(one.words), closings))
    named = [one for one in lead if not one.opens]
    cells = closings[len(lead) :]
    if not (titled or named) or any(one.ends for one in cells):
        return ()
    cut = ([cells[at : at + width] for at in range(0, len(cells), width)] for width in range(2, _WIDEST))
    ways = [rows for rows in cut if _is_table(rows)]
    rows = [*((one,) for one in named), *ways[0]] if len(ways) == 1 else []
    return [[(one.start, one.words) for one in row] for row in rows]


def _introduces(words: str) -> bool:
    """Whether a cell is the title of the table or says its unit."""
    return is_caption(words) or is_title(words)


def _is_table(rows: Sequence[Sequence[_Closing]]) -> bool:
    """Whether the first row heads the others: numbers below numbers, words below words, a label in each row."""
    head, *body = [[fold(one.words) for one in row] for row in rows] or [[]]
    if len(body) < _LEAST_ROWS or not all(head) or any(map(_is_number, head)) or not any(map(is_of_kind, head[:2])):
        return False
    if len(body[-1]) == 1 and not _is_number(body[-1][0]):
        body.pop()
    if len(body[-1]) < len(head):
        return False
    columns = list(zip(*body, strict=True))
    kinds = [{_is_number(cell) for cell in column if cell} for column in columns]
    label = next((at for at, kind in enumerate(kinds) if kind == {False}), len(head))
    codes = all(cell.isdigit() or not cell for column in columns[:label] for cell in column)
    whole = label < len(head) and all(columns[label]) and codes
    return whole and all(len(kind) < 2 for kind in kinds) and any(kind == {True} for kind in kinds[label:])


def _is_number(words: str) -> bool:
    return parse_amount(words) is not None or bool(_NO_AMOUNT.fullmatch(words))


def joined_lines(texts: Sequence[str]) -> Sequence[int]:
    """How many lines each row takes where lines that end with bars hold several cells each, and rows go over lines.

    Every row has as many bars as the widest line. Nothing where no row goes over lines, or the rows cannot be told.
    """
    if texts[0].lstrip().startswith("|"):
        return ()
    counts = [text.count("|") for text in takewhile(lambda text: len(text) <= _LONGEST_ROW, texts)]
    widths = sorted({count for count in counts if _NARROWEST <= count <= 2 * _WIDEST}, reverse=True)
    found = list(max((_grouped(texts, counts, width) for width in widths), key=sum, default=()))
    while found and not any(text.strip(" |\t") for text in texts[sum(found[:-1]) : sum(found)]):
        found.pop()  # rows that print nothing
    return found if len(found) > _LEAST_ROWS and max(found) > 1 else ()


def _grouped(texts: Sequence[str], counts: Sequence[int], width: int) -> Sequence[int]:
    """The lines of each row of so many bars, up to the first that is no row; a cell may be broken within a row."""
    sizes: list[int] = []
    bars = size = 0
    for text, count in zip(texts, counts, strict=False):
        introduced = not size and count < 2 and (not count or _introduces(text.strip(" |")))
        bars, size = bars + count, size + 1
        if introduced or bars > width or size > _LONGEST_CELL * 2:
            break
        if bars == width and text.rstrip().endswith("|"):
            sizes.append(size)
            bars = size = 0
    return sizes


def closes(text: str) -> bool:
    """Whether a line ends with a bar and has no other within."""
    return bool(_CLOSED.fullmatch(text))


def begins_closed(lines: Sequence[str]) -> bool:
    """Whether the first of lines closes a cell, or holds one that the bar alone on the next line closes."""
    first, *rest = lines
    cell = bool(first.strip()) and "|" not in first and not _introduces(first)
    return closes(first) or (cell and bool(rest) and bool(_LONE.fullmatch(rest[0])))


def _closings(lines: Sequence[tuple[int, str]]) -> list[_Closing]:
    """What the lines close, up to the first that is no part of a cell."""
    closings: list[_Closing] = []
    first = 0
    for at, (_, text) in enumerate(lines):
        found = _CLOSED.fullmatch(text)
        if len(text) > _LONGEST_LINE or ("|" in text and not found) or at - first >= _LONGEST_CELL:
            break
        if not found:
            lone = at + 1 < len(lines) and _LONE.fullmatch(lines[at + 1][1])
            ends = not closings or is_title(text) or is_caption(text) or is_note(text)
            if not text.strip() or (ends and not lone):
                break
            continue
        words = "\n".join([*(words for _, words in lines[first:at]), found[1]])
        closings.append(_Closing(lines[first][0], words, len(found[2]), at))
        first = at + 1
    return closings


def _width(closings: Sequence[_Closing], ends: Sequence[int], *, cut: bool) -> int:
    """How many bars each row has; 0 where that cannot be told.

    Rows that all begin with a bar of their own have as few as may be; others are told by the bars at their ends only.
    Where none fits and the last row may have lost the bar of a blank cell, the one that fits with it, if only one does.
    """
    fitting = [width for width in range(_NARROWEST, _WIDEST) if _fits(closings, ends, width)]
    opened = [width for width in fitting if _all_open(closings, ends, width)]
    if opened:
        return opened[0]
    if not any(one.ends for one in closings):
        return 0
    if fitting:
        return fitting[-1]
    whole = [width for width in range(_NARROWEST, _WIDEST) if cut and _fits(closings, ends, width, lost=1)]
    return whole[0] if len(whole) == 1 else 0


def _fits(closings: Sequence[_Closing], ends: Sequence[int], width: int, lost: int = 0) -> bool:
    """Whether rows of so many bars, the last without those `lost`, end where lines end, each run of bars at one."""
    rows, over = divmod(ends[-1] + lost, width)
    reached = {end for end in ends if end % width == 0}
    whole = all(end % width == 0 for one, end in zip(closings, ends, strict=True) if one.ends)
    return rows >= _LEAST_ROWS and not over and len(reached) == rows - lost and whole


def _all_open(closings: Sequence[_Closing], ends: Sequence[int], width: int) -> bool:
    return all(one.opens for one, end in zip(closings, ends, strict=True) if (end - one.bars) % width == 0)
