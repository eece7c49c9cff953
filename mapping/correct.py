"""A rendition and its corrections to the corrected text, and places in the one to places in the other.

Of a correction only what differs is a change: character by character where both spellings are equally long, else from
the first difference to the last. A place that touches a change covers all of it. No change touches a line end, so that
lines keep their numbers. Characters that print nothing are left out of the corrected text, as if a correction said so;
so are the backslashes of Markdown, and its references to blanks (&nbsp;) are blanks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.docnumber import UNPRINTED, as_printed
from mapping.document import Correction, Span
from mapping.errors import SourceError
from mapping.mask import MASK, mask

# What parts cells and words: where only this is put in or left out, what stands beside it is as printed.
_PARTING = re.compile(r"[\s|]+")
_NUMERIC = re.compile(r"[\d.,，．]")


@dataclass(frozen=True, slots=True)
class Change:
    """Code points `old` of the rendition that stand at `new` in the corrected text; no one corrects what is unseen."""

    old: Span
    new: Span
    correction: Correction | None


class Corrected:
    """A rendition with its corrections made: `content`; their order makes no difference."""

    def __init__(self, rendition: str, corrections: Sequence[Correction]) -> None:
        pieces, at, length = [], 0, 0
        self.changes: list[Change] = []
        for old, words, correction in _changed(rendition, corrections):
            pieces += [rendition[at : old.start], words]
            length += old.start - at
            self.changes.append(Change(old, Span(length, length + len(words)), correction))
            at, length = old.end, length + len(words)
        self.content = "".join([*pieces, rendition[at:]])
        self._old = [change.old for change in self.changes]
        self._new = [change.new for change in self.changes]

    def origin(self, span: Span) -> Span:
        """Where what stands at `span` of the corrected text was read in the rendition."""
        return _moved(span, self._new, self._old) if self.changes else span

    def words(self, span: Span) -> str:
        """What the corrected text reads at `span` of the rendition."""
        place = _moved(span, self._old, self._new) if self.changes else span
        return self.content[place.start : place.end]

    def touching(self, span: Span) -> list[Correction]:
        """The corrections that change something at `span` of the rendition."""
        found = (one.correction for one in self.changes if one.correction and _meet(one.old, span))
        return list(dict.fromkeys(found))

    def cut(self, span: Span) -> Correction | None:
        """The correction of which `span` of the corrected text begins or ends within a change, if there is one."""
        for change in self.changes:
            inside = any(change.new.start < end < change.new.end for end in (span.start, span.end))
            if inside and change.old.start < change.old.end:
                return change.correction
        return None


def correct(masked: str, corrections: Sequence[Correction]) -> tuple[str, str]:
    """The rendition and the corrected text of what `mask` left, both without persons.

    Where a corrected label shows that a name follows, the name is masked in the rendition too. Raises SourceError,
    naming the row of corrections.csv and the column, for a correction that cannot be made.
    """
    for correction, column, words in problems(masked, corrections):
        raise SourceError(f"{correction.place}, column {column}: {words}")
    if not corrections:
        return masked, UNPRINTED.sub(as_printed, masked)
    before = Corrected(masked, corrections)
    hidden = list(masked)
    for at, (one, other) in enumerate(zip(before.content, mask(before.content), strict=True)):
        if one != other:
            place = before.origin(Span(at, at + 1))
            _check_unnamed(place, corrections)
            hidden[place.start : place.end] = MASK * (place.end - place.start)
    rendition = "".join(hidden)
    return rendition, Corrected(rendition, corrections).content


def problems(rendition: str, corrections: Sequence[Correction]) -> Iterator[tuple[Correction, str, str]]:
    """What is wrong with corrections of a rendition: the correction, the column and the words with the remedy."""
    before: Correction | None = None
    for one in sorted(corrections, key=lambda one: (one.span, one.place)):
        start, end = one.span.start, one.span.end
        found = rendition[start:end]
        if not 0 <= start < end <= len(rendition):
            yield one, "span", f"{start}-{end} is not inside the text, which has {len(rendition)} characters"
        elif before and start < before.span.end:
            yield one, "span", f"{start}-{end} overlaps {before.place}; keep one of them"
        elif MASK in found or MASK in one.as_read:
            yield one, "as_read", f"{MASK} hides what identifies a person; correct only the characters around it"
        elif found != one.as_read:
            yield one, "as_read", f"{one.as_read!r} does not stand at {start}-{end}, but {found!r}; correct one of them"
        elif one.corrected in ("", one.as_read):
            yield one, "corrected", f"{one.corrected!r} corrects nothing; write what the text should read"
        elif any("\n" in words or "\r" in words for words in (one.as_read, one.corrected)):
            yield one, "as_read", "goes over the end of a line; correct each line in a row of its own"
        elif MASK in one.corrected:
            yield one, "corrected", f"{MASK} stands for persons only; write what the text should read"
        before = one


def _check_unnamed(place: Span, corrections: Sequence[Correction]) -> None:
    """Raises SourceError when what identifies a person stands in a correction."""
    for one in corrections:
        if one.span.start < place.end and place.start < one.span.end:
            raise SourceError(
                f"{one.place}, column corrected: it would spell out what identifies a person; leave that out of the row"
            )


def _changed(rendition: str, corrections: Sequence[Correction]) -> Iterator[tuple[Span, str, Correction | None]]:
    """The places in a rendition that read otherwise, in order: what reviewers correct, and what nobody sees."""
    at = 0
    for correction in sorted(corrections, key=lambda one: one.span):
        for old, words in _differences(correction):
            yield from _unprinted(rendition, at, old.start)
            yield old, UNPRINTED.sub(as_printed, words), correction
            at = old.end
    yield from _unprinted(rendition, at, len(rendition))


def _unprinted(rendition: str, start: int, end: int) -> Iterator[tuple[Span, str, None]]:
    for found in UNPRINTED.finditer(rendition, start, end):
        yield Span(*found.span()), as_printed(found), None


def _differences(said: Correction) -> Iterator[tuple[Span, str]]:
    """The places in the rendition that a correction changes, each with what the text reads there."""
    old, new, first = said.as_read, said.corrected, said.span.start
    if len(old) == len(new):
        for at, (one, other) in enumerate(zip(old, new, strict=True), first):
            if one != other:
                yield Span(at, at + 1), other
        return
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    put_in = new[head : len(new) - tail] or old[head : len(old) - tail]
    if head + tail == min(len(old), len(new)) and not _PARTING.fullmatch(put_in):
        head, tail = _with_neighbour(old, head, tail, put_in)
    yield Span(first + head, first + len(old) - tail), new[head : len(new) - tail]


def _alike(one: str, other: str) -> int:
    """How many characters two words have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def _with_neighbour(old: str, head: int, tail: int, words: str) -> tuple[int, int]:
    """One character less in common: what is put in or left out belongs to one that is printed beside it, if it can to
    one of its kind.
    """
    before = old[head - 1 : head]
    alike_before = bool(before) and _kind(before) == _kind(words[0])
    alike_after = bool(tail) and _kind(old[len(old) - tail]) == _kind(words[-1])
    return (head - 1, tail) if alike_before or (before and not alike_after) else (head, tail - 1)


def _kind(character: str) -> str:
    if _PARTING.match(character):
        return "parting"
    return "numeric" if _NUMERIC.match(character) else "word"


def _moved(span: Span, here: Sequence[Span], there: Sequence[Span]) -> Span:
    """`span` among changes `here` as a span among the same changes `there`; all of a change that it touches."""
    before = bisect_right(here, span.start, key=lambda one: one.end)
    start = span.start if not before else there[before - 1].end + span.start - here[before - 1].end
    if before < len(here) and here[before].start < span.start:
        start = there[before].start
    last = bisect_left(here, span.end, key=lambda one: one.start)
    end = span.end if not last else there[last - 1].end + span.end - here[last - 1].end
    if last and span.end < here[last - 1].end:
        end = there[last - 1].end
    return Span(start, max(start, end))


def _meet(change: Span, span: Span) -> bool:
    """Whether a change is at a place; one that only puts something in, when it is inside."""
    if change.start == change.end:
        return span.start < change.start < span.end
    return change.start < span.end and span.start < change.end
