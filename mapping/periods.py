"""Running text to the years it speaks of, and those it compares with."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mapping.lexicon import load, pattern

_MONTHS = 12
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Year:
    """A printed year: `year` where digits say it, `back` years before the document's year where a word does.

    `as_of` is the ISO day of a state (截至2023年12月31日); of 上年末 the year is open: `????-12-31`. `dated` tells
    a year with a month.
    """

    start: int
    end: int
    year: int | None
    back: int | None
    as_of: str | None = None
    dated: bool = False

    def of(self, document: int | None) -> int | None:
        """The year, in a document of the year `document`."""
        return self.year if self.year or document is None or self.back is None else document - self.back

    def day(self, document: int | None) -> str | None:
        """The day of a state, in a document of the year `document`."""
        year = self.of(document)
        return self.as_of.replace("????", str(year)) if self.as_of and year else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an amount is compared with: a year, a phase (notation of `code:phase`), or the year before (同比).

    `others` are the years named with the first one (较2020年和2021年分别提高).
    """

    start: int
    end: int
    year: Year | None
    phase: str | None
    others: tuple[Year, ...] = ()


def find_comparisons(text: str) -> tuple[Comparison, ...]:
    """The comparisons of a text, in order."""
    return tuple(_comparison(found) for found in _compared().finditer(text))


def find_years(text: str, comparisons: Sequence[Comparison] = ()) -> tuple[Year, ...]:
    """The years a text speaks of, without those it compares with and those of documents that it names.

    Nor those in which something was done about another. Several years (2024-2026年) are one, without year.
    """
    titles = [one.span() for one in pattern("statements", "years", "title").finditer(text)]
    others = [*((one.start, one.end) for one in comparisons), *titles]
    spans = (one.span() for one in pattern("statements", "years", "range").finditer(text))
    ranges = [span for span in spans if not _inside(span[0], titles)]
    found = (_year(one) for one in pattern("statements", "years", "year").finditer(text))
    named = [one for one in found if not _inside(one.start, (*others, *ranges))]
    apart = [pattern("statements", "years", name) for name in ("done-in", "of-document")]
    single = [one for one in named if not any(shape.match(text, one.end) for shape in apart)]
    several = [Year(start, end, None, None) for start, end in ranges]
    told = sorted([*single, *several], key=lambda one: one.start)
    return tuple(_same_year(text, one, told) for one in told)


def _same_year(text: str, year: Year, told: Sequence[Year]) -> Year:
    """The only year that a sentence names before 当年, at its head (2022年末9户，当年新增2户); any other as it is."""
    if not pattern("statements", "years", "same-year").match(text, year.start):
        return year
    sentence = max(text.rfind(mark, 0, year.start) for mark in "。！？") + 1
    named = [one for one in told if sentence <= one.start < year.start]
    heads = named and pattern("statements", "years", "sentence-head").fullmatch(text, sentence, named[0].start)
    only = heads and len({(one.year, one.back) for one in named}) == 1
    return replace(year, year=named[0].year, back=None) if only and named[0].year else year


def _inside(at: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in ranges)


@cache
def _compared() -> re.Pattern[str]:
    words = load("statements")["years"]
    year = re.sub(r"\?P<\w+>", "?:", words["year"])
    return re.compile("|".join(one.replace("YEAR", f"(?:{year})") for one in words["comparisons"]))


def _year(found: re.Match[str]) -> Year:
    if found["word"]:
        return _worded(found.start(), found.end(), found["word"])
    year = _number(found["year"] or found["bracketed"])
    state = bool(found["until"] or found["close"])
    return Year(found.start(), found.end(), year, None, _day(year, found) if state else None, bool(found["month"]))


def _number(printed: str) -> int:
    """The year that four digits or Chinese numerals print."""
    return int("".join(one if one.isdigit() else str(max(_NUMERALS.find(one), 0)) for one in printed))


def _day(year: int, found: re.Match[str]) -> str:
    month = int(found["month"] or _MONTHS)
    return f"{year}-{month:02d}-{int(found['day'] or calendar.monthrange(year, month)[1]):02d}"


def _worded(start: int, end: int, word: str) -> Year:
    entry = next(one for one in load("statements")["years"]["words"] if re.fullmatch(one["words"], word))
    return Year(start, end, None, entry["back"], "????-12-31" if entry.get("close") else None)


def _comparison(found: re.Match[str]) -> Comparison:
    words = load("statements")["years"]
    said = [*map(_year, pattern("statements", "years", "year").finditer(found[0]))]
    year = said[0] if said else None
    if year is None and re.search(words["year-before"], found[0]):
        year = Year(found.start(), found.end(), None, 1)
    named = re.sub("（[^（）]*）", "", found[0])
    phase = next((one["phase"] for one in words["phases"] if re.search(one["words"], named)), None)
    return Comparison(found.start(), found.end(), year, phase, tuple(said[1:]))
