"""Pieces of a source text as people read them: numbered lines, in which the very characters are marked.

Everything counts code points, as the offsets of spans do, so a page needs no script to find what it marks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

AROUND = 3
"""Lines shown before and after what is marked."""
MOST_LINES = 60
"""Lines that the surroundings of one thing may have; of more, the first are shown."""
LONGEST_LINE = 600
"""Characters of a line that are shown around what is marked in it, of lines that are much longer."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text: `own` for the characters in question, else what they belong to; `href` where it leads."""

    start: int
    end: int
    own: bool = True
    href: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line with the mark that they are in; `key` only on the first piece of a mark."""

    text: str
    mark: Mark | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its number from 1; `cut` tells whether some of it is left out."""

    number: int
    pieces: tuple[Piece, ...]
    cut: bool = False


class Lines:
    """The lines of one text."""

    def __init__(self, text: str) -> None:
        """Take the text as the release keeps it, its lines ended by line feeds."""
        self.text = text
        self._starts = [0, *(at + 1 for at, each in enumerate(text) if each == "\n")]
        self.count = len(self._starts) - (text.endswith("\n") or not text)

    def number(self, offset: int) -> int:
        """Return the number of the line of a character.

        >>> Lines("甲\\n乙").number(2)
        2
        """
        return bisect_right(self._starts, offset)

    def window(self, first: int, last: int, marks: Sequence[Mark]) -> list[Line]:
        """Return the lines from one number to another, whole, with what is marked in them."""
        return [self._line(number, marks, whole=True) for number in range(max(1, first), min(last, self.count) + 1)]

    def around(self, marks: Sequence[Mark]) -> list[list[Line]]:
        """Return what is marked with the lines around it, as runs of lines with gaps between the runs."""
        wanted = sorted(set(self._near(marks)))[:MOST_LINES]
        runs: list[list[Line]] = []
        for number in wanted:
            if not runs or runs[-1][-1].number != number - 1:
                runs.append([])
            runs[-1].append(self._line(number, marks, whole=False))
        return runs

    def _near(self, marks: Sequence[Mark]) -> Iterator[int]:
        for each in marks:
            first, last = self.number(each.start), self.number(max(each.start, each.end - 1))
            yield from range(max(1, first - AROUND), min(last + AROUND, self.count, first + MOST_LINES) + 1)

    def _line(self, number: int, marks: Sequence[Mark], *, whole: bool) -> Line:
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        here = [each for each in marks if each.start < end and each.end > start]
        begin, stop = start, end
        if not whole and end - start > 2 * LONGEST_LINE:
            near = min((each.start for each in here if each.own), default=start)
            begin, stop = max(start, near - LONGEST_LINE), min(end, near + LONGEST_LINE)
        return Line(number, tuple(self._pieces(begin, stop, here)), (begin, stop) != (start, end))

    def _pieces(self, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
        inside = {at for each in marks for at in (each.start, each.end) if start < at < end}
        edges = [start, *sorted(inside), end]
        for begin, stop in pairwise(edges):
            if begin == stop:
                continue
            over = [each for each in marks if each.start <= begin and each.end >= stop]
            mark = min(over, key=lambda each: (not each.own, each.end - each.start), default=None)
            key = f"e{mark.start}-{mark.end}" if mark and mark.own and mark.start == begin else ""
            yield Piece(self.text[begin:stop], mark, key)
