"""Lines above a table to what they say of it: title, unit, office, year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mapping.amounts import MULTIPLIERS
from mapping.document import Caption, fold, squeeze
from mapping.lexicon import load

_KINDS = ("unit", "office", "year", "as-of", "number")
_SENTENCE = re.compile(r"[。；！？]|：.{12,}")
TITLE_LENGTH = 90
LONGEST_CAPTION = 300


@dataclass(frozen=True, slots=True)
class Captions:
    """What the captions of one table say; None where they are silent."""

    title: Caption | None = None
    unit: str | None = None
    office: str | None = None
    office_code: str | None = None
    year: int | None = None


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in load("captions")[kind])


def strip_captions(text: str) -> str:
    """What is left of a line once unit, office, year, date and table number are taken out."""
    rest = fold(text)
    for kind in _KINDS:
        for shape in _patterns(kind):
            rest = shape.sub("", rest) if kind != "office" else _strip_office(shape, rest)
    return rest


def _strip_office(shape: re.Pattern[str], rest: str) -> str:
    found = shape.match(rest)
    return rest[found.end() :] if found else rest


def is_caption(text: str) -> bool:
    """Whether a line says nothing but unit, office, year, date or number of a table."""
    return 0 < len(squeeze(text)) <= LONGEST_CAPTION and not strip_captions(text)


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
    words = _read_over(text)
    if not 2 <= len(words) <= TITLE_LENGTH or _SENTENCE.search(words) or is_note(words) or is_caption(words):
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
    return bool(re.search(load("captions")["continued"], fold(text)))


def bare_title(text: str) -> str:
    """A title without whitespace and without its own number (附件2-1, 表三, 一、)."""
    return re.sub(load("captions")["numbering"], "", _read_over(text))


def read_captions(captions: Sequence[Caption]) -> Captions:
    """Title, unit, office and year that `captions` (top to bottom) state; the line nearest to the table wins."""
    nearest = list(reversed(captions))
    return Captions(
        title=_title(nearest),
        unit=next(_found(nearest, "unit", "unit"), None),
        office=next((name for name in _found(nearest, "office", "name") if name), None),
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
        for shape in _patterns(kind):
            found = shape.match(words) if kind == "office" else shape.search(words)
            words_found = found.groupdict().get(group) if found else None
            if words_found and not (group == "name" and words_found in MULTIPLIERS):
                yield _trim_office(words_found) if group == "name" else words_found


def _trim_office(name: str) -> str:
    """An office's name without what stands in the same line after it."""
    return re.split("单位|预算年度|金额|日期|[,，。]", name)[0] if "单位" in name[2:] or "金额" in name else name
