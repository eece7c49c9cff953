"""How well an entry of the index fits what somebody calls it: a score from 0 to 100, and whether it is certain.

Certain is what leaves no other reading: a document number, a project's code, a unit's name with its place, a title of
the whole country. A name that others elsewhere may bear too scores as high, and is certain only where the region, or
for a project the unit, is stated and agrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mapping.docnumber import CODE, TAILS, YEARLESS, flatten, normalise
from mapping.spellings import Parts, fold, grams, level, parts, within
from server.index import Entry, Index, Named

# What each way to fit is worth; likeness counts for less than what is equal.
_EXACT, _PLACED, _TITLED, _OWN, _LEVELLED, _BARE = 100.0, 97.0, 98.0, 92.0, 88.0, 85.0
_LIKE, _IN_PLACE, _ELSEWHERE, _OTHER_NUMBER = 0.93, 0.90, 0.5, 0.6
# The first match in a run of Chinese characters begins with the run: to try each of them as well would cost its square.
_EMBEDDED = tuple(re.compile(f"(?<![\u4e00-\u9fff])(?P<code>{CODE}){tail}") for tail in (*TAILS, YEARLESS))
# How like a title beside a number must be to that of the document with this number.
_SAME_TITLE = 0.5
# Characters of a name that are compared, and of a 机关代字 at most: longer ones have a title before them.
_LONGEST, _CODE = 100, 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody calls a thing, read: folded, its document number in normal form, the rest, a unit's parts.

    `regions` are the codes that are stated beside it.
    """

    key: str
    number: str
    title: str
    readings: tuple[Parts, ...]
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an entry fits; `certain` where its words leave no other reading, but for what is equal to it."""

    score: float
    exact: bool = False
    certain: bool = False


def read_name(text: str, index: Index, regions: Iterable[str] = ()) -> Asked:
    """Return a name as somebody wrote it, read."""
    key = fold(text)[:_LONGEST]
    number, rest = _number_in(text)
    title = re.sub(index.about["state"], "", fold(rest)[:_LONGEST])
    return Asked(key, number, title, tuple(parts(key, index.places, index.affixes)), frozenset(regions))


def _number_in(text: str) -> tuple[str, str]:
    """Return the document number that a text is, or has somewhere, in normal form, and the text without it."""
    if whole := normalise(text):
        return whole, ""
    solid = "".join(text.split())[: 2 * _LONGEST]
    flat = flatten(solid)
    for shape in _EMBEDDED:
        found = shape.search(flat)
        if found and len(found["code"]) <= _CODE and (number := normalise(found[0])):
            return number, solid[: found.start()] + solid[found.end() :]
    return "", solid


def fit(asked: Asked, entry: Entry, names: Sequence[Named], state: str) -> Fit:
    """Return how well an entry with its names fits; `state` is the pattern of what the names of laws leave out."""
    if entry.kind == "organisation":
        return _fit_unit(asked, entry, names)
    if entry.kind == "legal":
        return _fit_legal(asked, entry, names, state)
    return _fit_project(asked, entry, names)


def _fit_unit(asked: Asked, entry: Entry, names: Sequence[Named]) -> Fit:
    keys = [named.key for named in names if named.form == "name"]
    if asked.key in keys:
        return Fit(_EXACT, exact=True, certain=_says_place(asked, entry))
    found = [Fit(100 * _LIKE * likeness(asked.key, key) * _elsewhere(asked, entry)) for key in keys]
    for reading in asked.readings:
        cores = [(named.key, named.name) for named in names if named.form == "core"]
        found += [_fit_core(reading, asked, entry, *core) for core in cores]
        if reading.codes and any(within(entry.region, code) for code in reading.codes - {entry.region} if entry.region):
            found += [Fit(100 * _IN_PLACE * likeness(reading.core + reading.own, key)) for key in keys]
    return max(found, key=lambda one: (one.score, one.certain), default=Fit(0.0))


def _fit_core(reading: Parts, asked: Asked, entry: Entry, core: str, own: str) -> Fit:
    """Return how well a unit fits without its place: as well as the place is stated, and agrees."""
    codes = reading.codes or asked.regions
    alike = likeness(reading.core, core)
    if codes and entry.region not in codes:
        return Fit(0.0)
    if alike < 1:
        return Fit(_PLACED * alike * _LIKE if codes else 0.0)
    if codes:
        same = reading.own == own
        return Fit(_PLACED if same else _OWN, certain=same and codes == {entry.region})
    if reading.level:
        return Fit(_LEVELLED if reading.level == level(entry.region) else 0.0)
    return Fit(_BARE if reading.own == own else _BARE - _PLACED + _OWN)


def _says_place(asked: Asked, entry: Entry) -> bool:
    """Return whether a name, or what is stated beside it, places a unit where it is, and nowhere else."""
    codes = asked.readings[0].codes or asked.regions
    return bool(entry.region) and codes == {entry.region}


def _elsewhere(asked: Asked, entry: Entry) -> float:
    """Return what a likeness counts for a unit of a place that the name, or what is stated, says or does not say."""
    codes = asked.readings[0].codes or asked.regions
    if not codes or not entry.region or any(within(entry.region, code) or within(code, entry.region) for code in codes):
        return 1.0
    return _ELSEWHERE / _LIKE


def _fit_legal(asked: Asked, entry: Entry, names: Sequence[Named], state: str) -> Fit:
    titles = {re.sub(state, "", named.key) for named in names if named.form == "name"} - {fold(entry.code)}
    if asked.number and entry.code:
        if asked.number != entry.code:
            return Fit(100 * _OTHER_NUMBER * likeness(asked.number, entry.code))
        titled = [_contained(asked.title, title) for title in titles] if asked.title else []
        return Fit(_EXACT, exact=True, certain=max(titled, default=1.0) >= _SAME_TITLE)
    if asked.title in titles:
        known = entry.region == "cn" or entry.region in asked.regions
        return Fit(_TITLED, exact=True, certain=known and not asked.number)
    return Fit(max((100 * _LIKE * _contained(asked.title, title) for title in titles), default=0.0))


def _fit_project(asked: Asked, entry: Entry, names: Sequence[Named]) -> Fit:
    if entry.code and asked.key == fold(entry.code):
        return Fit(_EXACT, exact=True, certain=True)
    keys = [named.key for named in names if named.form == "name"]
    if asked.key in keys:
        return Fit(_EXACT, exact=True)
    return Fit(max((100 * _LIKE * _contained(asked.key, key) for key in keys), default=0.0))


def _contained(one: str, other: str) -> float:
    """Return the likeness of two titles; one that is a piece of the other is the more like it the longer it is."""
    shorter, longer = sorted((one, other), key=len)
    alike = likeness(one, other)
    return max(alike, 0.6 + 0.35 * len(shorter) / len(longer)) if len(shorter) > 2 and shorter in longer else alike


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1: by the characters to change, and by the pairs that they share.

    >>> likeness("泽州县总工会", "泽州县总工会"), round(likeness("泽洲县总工会", "泽州县总工会"), 2)
    (1.0, 0.79)
    """
    if one == other or not (one and other):
        return float(one == other)
    first, second = grams(one), grams(other)
    shared = 2 * len(first & second) / (len(first) + len(second))
    return 0.4 * shared + 0.6 * (1 - distance(one, other) / max(len(one), len(other)))


def distance(one: str, other: str) -> int:
    """Return how many characters must be changed, put in or left out to make one text of the other.

    Myers' bit vectors: a column of the table is a number, so a step costs one operation for all rows.
    """
    places: dict[str, int] = {}
    for at, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << at
    every, last = (1 << len(one)) - 1, (1 << len(one)) >> 1
    more, less, score = every, 0, len(one)
    for character in other:
        equal = places.get(character, 0)
        across = (((equal & more) + more) ^ more) | equal
        rises, falls = less | (~(across | more) & every), more & across
        score += bool(rises & last) - bool(falls & last)
        rises, falls = (rises << 1 | 1) & every, falls << 1 & every
        steady = equal | less
        more, less = falls | (~(steady | rises) & every), rises & steady
    return score if one else len(other)
