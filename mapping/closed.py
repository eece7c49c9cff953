"""Lines of a table that each close one cell with a bar: a page of the web made text, one cell a line.

Rows show themselves by bars alone: a row begins with one that closes nothing, or ends with those of the cells that its
wide ones cover. Which these are is not printed: a wide cell stands there once, as in the files of word processors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from mapping.caption import is_caption, is_note, is_title

_CLOSED = re.compile(r"([^|\t]*?)[ \u3000]*(\|+)\s*")
# A cell is broken into no more lines than these.
_LONGEST_CELL = 4
_LONGEST_LINE = 300
_WIDEST = 30
_NARROWEST = 3
_LEAST_ROWS = 2


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


def read_closed(lines: Sequence[tuple[int, str]]) -> tuple[Sequence[Sequence[tuple[int, str]]], int]:
    """The rows that lines, given with their offsets, begin with, and how many lines they take.

    A cell is its offset and its characters. Nothing and 0 where the bars do not tell the rows.
    """
    closings = _closings(lines)
    ends = list(accumulate(one.bars for one in closings))
    width = _width(closings, ends)
    if not width:
        return (), 0
    count = max(at for at, end in enumerate(ends) if end % width == 0) + 1
    rows: list[list[tuple[int, str]]] = [[] for _ in range(ends[count - 1] // width)]
    for one, end in zip(closings[:count], ends, strict=False):
        place = (end - 1) // width
        opener = one.opens and end - 1 == place * width
        if one.words.strip() or (one.opens and not opener):
            rows[place].append((one.start, one.words))
    return [row for row in rows if row], closings[count - 1].line + 1


def closes(text: str) -> bool:
    """Whether a line ends with a bar and has no other within."""
    return bool(_CLOSED.fullmatch(text))


def _closings(lines: Sequence[tuple[int, str]]) -> list[_Closing]:
    """What the lines close, up to the first that is no part of a cell."""
    closings: list[_Closing] = []
    first = 0
    for at, (_, text) in enumerate(lines):
        found = _CLOSED.fullmatch(text)
        if len(text) > _LONGEST_LINE or ("|" in text and not found) or at - first >= _LONGEST_CELL:
            break
        if not found:
            if not closings or not text.strip() or is_title(text) or is_caption(text) or is_note(text):
                break
            continue
        words = "\n".join([*(words for _, words in lines[first:at]), found[1]])
        closings.append(_Closing(lines[first][0], words, len(found[2]), at))
        first = at + 1
    return closings


def _width(closings: Sequence[_Closing], ends: Sequence[int]) -> int:
    """How many bars each row has; 0 where that cannot be told.

    Rows that all begin with a bar of their own have as few as may be; others are told by the bars at their ends only.
    """
    fitting = [width for width in range(_NARROWEST, _WIDEST) if _fits(closings, ends, width)]
    opened = [width for width in fitting if _all_open(closings, ends, width)]
    if opened:
        return opened[0]
    return fitting[-1] if fitting and any(one.ends for one in closings) else 0


def _fits(closings: Sequence[_Closing], ends: Sequence[int], width: int) -> bool:
    """Whether rows of so many bars end where lines end, each run of bars at the end of one."""
    rows = ends[-1] // width if ends else 0
    reached = {end for end in ends if end % width == 0}
    whole = all(end % width == 0 for one, end in zip(closings, ends, strict=True) if one.ends and end <= rows * width)
    return rows >= _LEAST_ROWS and len(reached) == rows and whole and ends[-1] == rows * width


def _all_open(closings: Sequence[_Closing], ends: Sequence[int], width: int) -> bool:
    return all(one.opens for one, end in zip(closings, ends, strict=True) if (end - one.bars) % width == 0)
