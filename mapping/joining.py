"""Numbers, titles and names of laws of one view to citations: what stands side by side is one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from mapping.flatten import View
from mapping.following import Around, Part, bracketed, followed, leads, renames, with_article
from mapping.informal import after_basis, named
from mapping.printed import Printed
from mapping.titling import Title, counts
from mapping.unquoted import numbered
from mapping.wording import wording


def join(
    view: View,
    numbers: Sequence[Printed],
    titles: Sequence[Title],
    names: Sequence[tuple[int, int]],
    given: Collection[str] = (),
) -> list[Part]:
    """The citations of a view in order, none overlapping another; a title that is a `given` name always counts."""
    around = Around(view, numbers)
    titled = list(_titled(around, titles, given))
    by_number = list(numbered(around, titled))
    loose = (*named(around, names), *after_basis(around))
    unsigned = [one for one in loose if not any(title.start <= one.start < title.end for title in titles)]
    return _apart(view, (*_not_carried(titled, by_number), *by_number, *unsigned))


def _titled(around: Around, titles: Sequence[Title], given: Collection[str]) -> Iterator[Part]:
    """The titles with what belongs to each; one that only says of what kind a numbered document is counts for none."""
    used: set[int] = set()
    for title in titles:
        proper = around.words[title.low : title.high]
        part = Part(title.start, title.end, title.low, title.high, title.number, title.article)
        wanted = (counts(proper) or proper in given) and not renames(around.words, title.start)
        part = replace(part, wanted=wanted, informal=not title.quoted, broken=title.broken)
        part = followed(around, part)
        before = around.preceding(title.start)
        if part.number is None and before and before.start not in used and leads(around, before, part):
            end = part.end + around.words.startswith("(", title.start - 1)
            part = replace(part, start=before.start - bracketed(around.words, before), end=end, number=before)
            part = with_article(around, part) or part
        if part.number:
            used.add(part.number.start)
            part = replace(part, wanted=not wording("title", "private").search(proper))
            part = replace(part, low=0, high=0) if wording("title", "typed").fullmatch(proper) else part
        yield part


def _not_carried(titled: Sequence[Part], numbered: Iterable[Part]) -> list[Part]:
    """The titles that do not stand within the unquoted title of a number (关于印发《…》的通知)."""
    whole = sorted((one.low, one.high) for one in numbered if one.high)
    kept = []
    for part in titled:
        at = bisect_left(whole, (part.start + 1, 0)) - 1
        if at < 0 or part.end > whole[at][1]:
            kept.append(part)
    return kept


def _apart(view: View, parts: Iterable[Part]) -> list[Part]:
    """The parts that overlap none before them, in order of place; of these, the ones that count."""
    taken = bytearray(len(view.words))
    found = []
    for part in parts:
        clear = not any(taken[part.start : part.end])
        kept = part if clear or part.number is None else Part(part.number.start, part.number.end, number=part.number)
        if not any(taken[kept.start : kept.end]):
            taken[kept.start : kept.end] = b"\1" * (kept.end - kept.start)
            found.append(kept)
    return sorted((one for one in found if one.wanted), key=lambda one: one.start)
