"""Pieces of a text around the places that a page speaks of: whole lines where they are short, places marked in them.

Offsets count code points, as in the data, so that nothing has to be converted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LINES_AROUND = 1
"""Lines before and after a marked one."""
MOST_LINES = 40
"""Lines of one excerpt."""
AROUND = 70
"""Characters of a long line before and after what is marked in it."""

_LONG_LINE = 220


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place: its first character, the one after its last, and what it is (`focus`, `suspect` or `other`)."""

    start: int
    end: int
    kind: str = "other"

    @property
    def name(self) -> str:
        """Return the name of the place within a page: e1352-1363."""
        return f"e{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters in order; `mark` is what they are of, if anything, `begins` whether they are its first."""

    text: str
    mark: Mark | None = None
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its number from 1; `skips` tells that lines before it are left out."""

    number: int
    pieces: tuple[Piece, ...]
    skips: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of one text that stand near each other."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> int:
        """Return the number of the first line that has a mark."""
        return next(line.number for line in self.lines if any(piece.mark for piece in line.pieces))


def excerpts(text: str, marks: Sequence[Mark], around: int = LINES_AROUND) -> list[Excerpt]:
    """Return the excerpts of a text that show all marks, in order; marks that the text does not have are left out."""
    starts = _line_starts(text)
    sound = sorted({mark for mark in marks if 0 <= mark.start < mark.end <= len(text)})
    groups: list[tuple[int, int, list[Mark]]] = []
    for mark in sound:
        first, last = _line_of(starts, mark.start), _line_of(starts, mark.end - 1)
        if groups and first - around <= groups[-1][1] + around + 1:
            before = groups.pop()
            groups.append((before[0], max(before[1], last), [*before[2], mark]))
        else:
            groups.append((first, last, [mark]))
    return [_excerpt(text, starts, group, around) for group in groups]


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while (at := text.find("\n", starts[-1])) >= 0:
        starts.append(at + 1)
    return starts


def _line_of(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _excerpt(text: str, starts: Sequence[int], group: tuple[int, int, list[Mark]], around: int) -> Excerpt:
    first, last, marks = group
    chosen: list[int] = []
    for number in range(max(0, first - around), min(len(starts) - 1, last + around) + 1):
        start, end = _bounds(text, starts, number)
        marked = any(mark.start < end and mark.end > start for mark in marks)
        if marked or (text[start:end].strip() and (last - first < MOST_LINES)):
            chosen.append(number)
    lines = []
    for at, number in enumerate(chosen[:MOST_LINES]):
        skips = at > 0 and chosen[at - 1] != number - 1
        lines.append(Line(number + 1, tuple(_pieces(text, *_bounds(text, starts, number), marks)), skips))
    return Excerpt(tuple(lines))


def _bounds(text: str, starts: Sequence[int], number: int) -> tuple[int, int]:
    end = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
    return starts[number], end


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield the pieces of a line; of a long one, what stands near its marks, or its beginning where it has none."""
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    long = end - start > _LONG_LINE
    if not here:
        yield Piece(text[start : start + _LONG_LINE] + "…" if long else text[start:end])
        return
    at = start
    for mark in here:
        opens, closes = max(mark.start, at), min(mark.end, end)
        if opens >= closes:
            continue
        yield from _between(text, at, opens, long, at > start)
        yield Piece(text[opens:closes], mark, opens == mark.start)
        at = closes
    yield from _after(text, at, end, long)


def _between(text: str, start: int, end: int, long: bool, marked_before: bool) -> Iterator[Piece]:
    """Yield what stands before a mark, its middle left out where it is far from any."""
    kept = AROUND * 2 if marked_before else AROUND
    if not long or end - start <= kept:
        yield Piece(text[start:end])
        return
    yield Piece((text[start : start + AROUND] if marked_before else "") + "…" + text[end - AROUND : end])


def _after(text: str, start: int, end: int, long: bool) -> Iterator[Piece]:
    if start < end:
        cut = long and end - start > AROUND
        yield Piece(text[start : start + AROUND] + "…" if cut else text[start:end])
