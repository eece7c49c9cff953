"""Pieces of a source text as people read them: numbered lines, in which the very characters are marked.

Everything counts code points, as the offsets of spans do, so a page needs no script to find what it marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from operator import itemgetter
from typing import Literal, get_args

AROUND = 3
"""Lines before and after what is marked."""
NEAR = 200
"""Characters before and after what is marked in a long line, which is one of more than three times as many."""
MOST_LINES = 120
"""Lines that the surroundings of some marks may have; those in which marks begin come first."""

PART = 400
"""Lines of one page of a text."""

Kind = Literal["own", "focus", "suspect", "other", "clause", "reading"]
_TOLD = re.compile(r"\S")
_RANK = {kind: number for number, kind in enumerate(get_args(Kind))}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place of a text, from its first character to before `end`.

    `own` is the kind of the characters in question, of which those of a finding are `focus`, `suspect` or `other`; a
    `clause` is what such characters belong to, and a `reading` leads to `href`.
    """

    start: int
    end: int
    kind: Kind = "own"
    href: str = ""
    title: str = ""

    @property
    def own(self) -> bool:
        """Return whether the characters are those in question."""
        return _RANK[self.kind] < _RANK["clause"]

    @property
    def name(self) -> str:
        """Return the name of the place within a page: e1352-1363."""
        return f"e{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters in order; `mark` is what they are of, if anything, `begins` whether nothing of it is shown before."""

    text: str
    mark: Mark | None = None
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its number from 1; `skips` tells that lines between it and the one shown before are left out."""

    number: int
    pieces: tuple[Piece, ...]
    skips: bool = False


Cover = tuple[int, int, Mark]
"""From where to where a mark is shown, whatever other marks the characters are of."""


class Lines:
    """The lines of one text. Marks that reach beyond the text, or are of no characters, are left out."""

    def __init__(self, text: str) -> None:
        """Take the text as the release keeps it, its lines ended by line feeds."""
        self.text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.count = len(self._starts) - (text.endswith("\n") or not text)

    def number(self, offset: int) -> int:
        """Return the number of the line of a character.

        >>> Lines("甲\\n乙").number(2)
        2
        """
        return bisect_right(self._starts, offset)

    def window(self, first: int, last: int, marks: Iterable[Mark]) -> list[Line]:
        """Return the lines from one number to another, whole, with what is marked in them."""
        return self._shown(range(max(1, first), min(last, self.count) + 1), self._sound(marks), len(self.text))

    def around(self, marks: Iterable[Mark], lines: int = AROUND, characters: int = NEAR) -> list[Line]:
        """Return the lines of some marks and so many before and after them but blank ones; long lines are cut with "…".

        Of a long line so many characters before and after each mark are kept, and its beginning where it has none.
        """
        sound = self._sound(marks)
        wanted = list(dict.fromkeys(self._near(sound, lines)))
        return self._shown(sorted(wanted[:MOST_LINES]), sound, characters)

    def _sound(self, marks: Iterable[Mark]) -> list[Mark]:
        return sorted({each for each in marks if 0 <= each.start < each.end <= len(self.text)})

    def _near(self, marks: Sequence[Mark], around: int) -> Iterator[int]:
        """Yield the lines where marks begin, then the others that they are in, then those around them."""
        ranked = sorted(marks, key=lambda each: _RANK[each.kind])
        spans = [(self.number(each.start), self.number(each.end - 1)) for each in ranked]
        yield from (first for first, _ in spans)
        for first, last in spans:
            yield from range(first, min(last, first + MOST_LINES) + 1)
        for first in dict.fromkeys(first for first, _ in spans):
            yield from self._beside(range(first - 1, max(0, first - 1 - around), -1))
        for last in dict.fromkeys(last for _, last in spans):
            yield from self._beside(range(last + 1, min(self.count, last + around) + 1))

    def _beside(self, numbers: range) -> range:
        """Return these lines without the blank ones at the far end."""
        told = (at for at, number in enumerate(numbers, 1) if _TOLD.search(self.text, *self._bounds(number)))
        return numbers[: max(told, default=0)]

    def _bounds(self, number: int) -> tuple[int, int]:
        start = self._starts[number - 1]
        return start, self._starts[number] - 1 if number < len(self._starts) else len(self.text)

    def _shown(self, numbers: Sequence[int], marks: Sequence[Mark], characters: int) -> list[Line]:
        covers, seen = _covers(marks), set[Mark]()
        lines: list[Line] = []
        for number in numbers:
            pieces = tuple(self._pieces(number, covers, seen, characters))
            lines.append(Line(number, pieces, skips=bool(lines) and lines[-1].number < number - 1))
        return lines

    def _pieces(self, number: int, covers: Sequence[Cover], seen: set[Mark], characters: int) -> Iterator[Piece]:
        """Yield the pieces of a line, of a long one what stands near its marks; marks that it shows join `seen`."""
        start, end = self._bounds(number)
        kept = characters if end - start > 3 * characters else end - start
        at = start
        for begin, stop, mark in _within(covers, start, end):
            yield from self._between(at, begin, kept if at > start else 0, kept)
            yield Piece(self.text[begin:stop], mark, mark not in seen)
            seen.add(mark)
            at = stop
        yield from self._between(at, end, kept if at > start else 3 * kept, 0)

    def _between(self, start: int, end: int, first: int, last: int) -> Iterator[Piece]:
        """Yield what is not marked, if there is any; of more than so many first and last characters, only these."""
        if end - start > first + last:
            yield Piece(f"{self.text[start : start + first]}…{self.text[end - last : end]}")
        elif start < end:
            yield Piece(self.text[start:end])


def line_address(line: str) -> str:
    """Return what is added to the address of a text to reach a line of it, by number; empty for none."""
    if not line.isdecimal():
        return ""
    number = int(line)
    return f"?part={(number - 1) // PART + 1}#L{number}"


def _covers(marks: Iterable[Mark]) -> list[Cover]:
    """Return what shows which mark, in order: of marks over each other an own one, then the shortest."""
    waiting = sorted(marks, reverse=True)
    edges = sorted({at for each in waiting for at in (each.start, each.end)})
    over: list[tuple[bool, int, int, Mark]] = []
    covers: list[Cover] = []
    for begin, stop in pairwise(edges):
        while waiting and waiting[-1].start == begin:
            mark = waiting.pop()
            heappush(over, (not mark.own, mark.end - mark.start, _RANK[mark.kind], mark))
        while over and over[0][-1].end <= begin:
            heappop(over)
        if over and covers and covers[-1][1:] == (begin, over[0][-1]):
            covers[-1] = (covers[-1][0], stop, over[0][-1])
        elif over:
            covers.append((begin, stop, over[0][-1]))
    return covers


def _within(covers: Sequence[Cover], start: int, end: int) -> Iterator[Cover]:
    """Yield what shows a mark between two places, cut off at these."""
    first = bisect_right(covers, start, key=itemgetter(1))
    last = bisect_left(covers, end, key=itemgetter(0))
    for begin, stop, mark in covers[first:last] if start < end else ():
        yield max(begin, start), min(stop, end), mark
