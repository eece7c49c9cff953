"""Words around a number to the noun phrase or organisation that it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mapping.lexicon import any_of, load, pattern
from mapping.passages import unify
from mapping.periods import find_comparisons

_AFTER = re.compile(
    "(?:（[^（）]{1,8}）)?(?:及|或)?(?:以上|以下|以内|左右)?的?(?!的|等|以|内|[和及与](?!谐|平))(?P<noun>[\u4e00-\u9fff“]{2,24}?)"
    "(?=[，。；、：（）]|$|分别|进行|实施|开展|给予|发放|全覆盖|全部|提供|参加|实现|完成|编报|的?(?:补助|慰问|救助)"
    r"|(?:以及|[和及与])\d|(?<=单位|机构|机关)的?财政拨款)"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a text and their place in it; `name` is what they mean where that is not what is printed."""

    start: int
    end: int
    name: str | None = None

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end


def before(text: str, start: int, end: int, names: int = 1) -> Phrase | None:
    """The noun phrase that ends where a number begins, between `start` and `end`; None when there is none.

    `names` is how many names it may be made of (甲、乙和丙分别为3、4、5万元).
    """
    end = _before_tail(text, start, end)
    start = _past_lead(text, start, end)
    words = text[start:end]
    if not 2 <= len(words) <= names * load("statements")["longest-subject"] or not re.search(
        "[\u4e00-\u9fff]{2}", words
    ):
        return None
    return Phrase(start, end)


def _before_tail(text: str, start: int, end: int) -> int:
    """Where the noun phrase ends: before verbs, and comparisons behind it (教育支出较上年减少)."""
    moved = -1
    while moved != end:
        moved = end
        tail = pattern("statements", "subject-tail").search(text[start:end])
        end = start + tail.start() if tail else end
        ends = [start + one.start for one in find_comparisons(text[start:end]) if start + one.end == end]
        end = max([start, *ends]) if ends else end
    return end


def _past_lead(text: str, start: int, end: int) -> int:
    """Where the noun phrase begins: behind years, comparisons and words that join clauses."""
    moved = -1
    while moved != start:
        moved = start
        for compared in find_comparisons(text[start:end]):
            start += compared.end
            break
        for shape in (pattern("statements", "years", "lead"), pattern("statements", "subject-lead")):
            found = shape.match(text[start:end])
            start += found.end() if found else 0
    return start


def after(text: str, stop: int) -> Phrase | None:
    """The noun that follows a number and its unit, or None."""
    found = _AFTER.match(text, stop)
    return Phrase(found.start("noun"), found.end("noun")) if found else None


class Bodies:
    """The organisations that a document speaks of, found in its text."""

    def __init__(self, publisher: str | None, names: Iterable[str], places: bool = False) -> None:
        """`places` tells a text whose money is of places (全县, 县级)."""
        self.publisher = publisher
        self._places = pattern("statements", "government" if places else "place")
        known = {unify(name): name for name in [*names, *([publisher] if publisher else [])] if len(name) >= 4}
        placed = pattern("statements", "placed-name").fullmatch(unify(publisher or ""))
        self._known = known = {placed["own"]: publisher, **known} if placed and publisher else known
        own = pattern("statements", "own").pattern
        self._known_or_own = re.compile(f"(?P<known>{any_of(known)})|(?P<own>{own})")
        self._office = pattern("statements", "office")

    def find(self, text: str) -> list[Phrase]:
        """The organisations named in `text`, in order; a word for the publisher means the publisher."""
        found = [Phrase(one.start(), one.end(), self._name(one)) for one in self._known_or_own.finditer(text)]
        named = [one for one in found if one.name]
        named += [Phrase(*one.span("place"), one["place"]) for one in self._places.finditer(text)]
        for one in self._office.finditer(self._known_or_own.sub(lambda known: "□" * len(known[0]), text)):
            lead = pattern("statements", "office-lead").match(one[0])
            start = one.start() + (lead.end() if lead else 0)
            words = text[start : one.end()]
            if len(words) >= 4 and not pattern("statements", "no-office").match(words):
                named.append(Phrase(start, one.end(), words))
        return sorted(named, key=lambda phrase: phrase.start)

    def _name(self, found: re.Match[str]) -> str | None:
        return self._known[found["known"]] if found["known"] else self.publisher
