"""Lines above a table to what they say of it: title, unit, office, year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from mapping.amounts import MULTIPLIERS
from mapping.document import Caption, fold, squeeze
from mapping.lexicon import load, pattern

_BESIDE_OFFICE = ("unit", "year", "as-of", "number")
_SENTENCE = re.compile(r"[。；！？]|：.{12,}")
# Words on both sides of a bar: a row of which the columns are not told.
_PARTED = re.compile(r"[^|\s]\s*\|[|\s]*[^|\s]")
TITLE_LENGTH = 90
LONGEST_CAPTION = 300


@dataclass(frozen=True, slots=True)
class Captions:
    """What the captions of one table say; None where they are silent. `counted` is a unit that is none of money."""

    title: Caption | None = None
    unit: str | None = None
    counted: str | None = None
    office: str | None = None
    office_code: str | None = None
    year: int | None = None


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in load("captions")[kind])


def strip_captions(text: str) -> str:
    """What is left of a line once unit, office, year, date and table number are taken out."""
    rest = _beside_office(text)
    return rest[sum(found.end() - found.start() for found in _offices(rest)) :]


@lru_cache(maxsize=1 << 14)
def _beside_office(text: str) -> str:
    """What is left of a line once all but the office is taken out."""
    rest = fold(text)
    for kind in _BESIDE_OFFICE:
        for shape in _patterns(kind):
            rest = shape.sub("", rest)
    return rest


def _offices(words: str) -> Iterator[re.Match[str]]:
    """The labels of offices and their codes that words begin with, one after the other."""
    at = 0
    while found := next((one for shape in _patterns("office") if (one := shape.match(words, at))), None):
        yield found
        at = found.end()


def is_caption(text: str) -> bool:
    """Whether a line says nothing but unit, office, year, date or number of a table."""
    return 0 < len(squeeze(text)) <= LONGEST_CAPTION and not strip_captions(text)


def states_unit(text: str) -> bool:
    """Whether a line says nothing but what captions say, the unit of a table among it."""
    return is_caption(text) and any(shape.search(fold(text)) for shape in _patterns("unit"))


def is_note(text: str) -> bool:
    """Whether a line is a 注 below a table."""
    words = squeeze(text)
    return any(shape.match(words) for shape in _patterns("note")) or is_empty_note(words)


def is_empty_note(text: str) -> bool:
    """Whether a note says that the table above it has no data."""
    words = squeeze(text)
    return len(words) < 80 and any(shape.search(words) for shape in _patterns("empty-note"))


def title_score(text: str) -> int:
    """How much a line looks like a table's title: 0 not at all, 1 might be, 2 a short phrase, 3 named 表."""
    if len(text) > LONGEST_CAPTION * 2:
        return 0
    words = "" if _PARTED.search(text) else _read_over(text)
    if not 2 <= len(words) <= TITLE_LENGTH or is_note(words) or is_caption(words):
        return 0
    if _SENTENCE.search(_without_number(words)):
        return 0
    named, phrase = _patterns("title")
    if named.fullmatch(words):
        return 3
    if phrase.fullmatch(words):
        return 2
    return 1 if len(words) <= 40 else 0


def _read_over(text: str) -> str:
    """A title's words without the unit printed in the same line, and with 表 where it is a known misreading."""
    words = fold(text)
    for shape in _patterns("unit"):
        words = shape.sub("", words)
    return words


def is_title(text: str) -> bool:
    """Whether a line begins a new table (and so ends one that runs over pages)."""
    return title_score(text) >= 2 and not is_continued(text)


def is_continued(text: str) -> bool:
    """Whether a title says that it continues the table before (续表)."""
    return bool(pattern("captions", "continued").search(fold(text)))


def bare_title(text: str) -> str:
    """A title without whitespace and without its own number (附件2-1, 表三, 一、)."""
    return _without_number(_read_over(text))


def _without_number(words: str) -> str:
    return pattern("captions", "numbering").sub("", words)


def read_captions(captions: Sequence[Caption]) -> Captions:
    """Title, unit, office and year that `captions` (top to bottom) state; the line nearest to the table wins."""
    nearest = list(reversed(captions))
    return Captions(
        title=_title(nearest),
        unit=next(_found(nearest, "unit", "unit"), None),
        counted=next(_found(nearest, "unit", "counted"), None),
        office=next(map(_trim_office, _found(nearest, "office", "name")), None),
        office_code=next(_found(nearest, "office", "code"), None),
        year=next((int(year) for year in _found(nearest, "year", "year")), None),
    )


def unit_caption(captions: Sequence[Caption]) -> Caption | None:
    """The line nearest to the table that states its unit."""
    return next((one for one in reversed(captions) if next(_found([one], "unit", "unit"), None)), None)


def _title(nearest: Sequence[Caption]) -> Caption | None:
    """The nearest line that is named 表 or 情况, else the nearest short phrase."""
    strong = next((one for one in nearest if title_score(one.text) >= 2), None)
    return strong or next((one for one in nearest if title_score(one.text)), None)


def _found(captions: Iterable[Caption], kind: str, group: str) -> Iterator[str]:
    for caption in captions:
        words = fold(caption.text)
        searched = (shape.search(words) for shape in _patterns(kind)) if kind != "office" else _offices_of(caption)
        yield from (said for found in searched if found and (said := found.groupdict().get(group)))


def _offices_of(caption: Caption) -> Iterator[re.Match[str]]:
    return (found for found in _offices(_beside_office(caption.text)) if found["name"] not in MULTIPLIERS)


def _trim_office(name: str) -> str:
    """An office's name without what stands in the same line after it."""
    return re.split("(?<=..)(?:单位|(?:预算|决算|会计)?年度|金额|(?:填报|编制|报送)?日期|[,，。])", name)[0]
