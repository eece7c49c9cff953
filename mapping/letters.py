"""Letters and names of places in agency codes (晋, 泽, 晋市, 恩施州) to the regions that they may mean.

The letters of provinces are in `mapping/data/codes.yaml`; those of other places follow from their names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mapping.lexicon import load
from mapping.regions import CENTRAL, bare_name, official_names, region_chain, without_peoples
from mapping.spellings import within

# What places of one level are called: before an organ, the citing document's own place of that level.
SIGNS = "省市县区州旗盟"
# The same behind the letter of a place: 地 is that of prefectures that are no cities (和地财行 of 和田地区).
BEHIND_LETTERS = f"{SIGNS}地"
# Banners are named by two characters: 乌中 is 乌拉特中旗.
_BANNERS = ("前旗", "后旗", "左旗", "右旗", "中旗")


@dataclass(frozen=True, slots=True)
class Places:
    """The regions that the letters before an organ may mean; `sure` when it is exactly the one.

    `body` is whose letters they are, where that is not the region itself (the Production and Construction Corps).
    """

    codes: tuple[str, ...]
    sure: bool
    body: str | None = None


def places_of(prefix: str, region: str | None) -> Places:
    """The places that letters or a name before an organ may mean, for a document of `region`."""
    chain = tuple(one.code for one in region_chain(region)) if region else ()
    if prefix in _letters()["provinces"]:
        return _province(prefix, chain)
    codes = prefixes().get(prefix, ())
    if region is None or prefix in _names_of_one():
        return Places(codes, prefix in _names_of_one())
    near = tuple(one for one in chain if one in codes or prefix == _second(one))
    if near:
        return Places(near, len(near) == 1)
    if len(codes) == 1 and _is_named(prefix, codes[0]):
        return Places(codes, True)
    return Places(tuple(one for one in codes if one != region and within(one, region)), False)


def _province(letter: str, chain: tuple[str, ...]) -> Places:
    """The province of a letter, where no place of the chain makes it doubtful."""
    home = _letters()["provinces"][letter]
    if letter in _letters()["bodies"]:
        return Places((home,), True, _letters()["bodies"][letter])
    others = cities_of(letter)
    own = tuple(one for one in others if one in chain)
    if chain and chain[0] == home:
        return Places((home, *own), not own)
    if own:
        return Places(own, len(own) == 1)
    near = tuple(one for one in chain if one in prefixes().get(letter, ()))
    rivals = near or (tuple(others) if letter in _letters()["shared"] else ())
    return Places((*near, home) if near else (home, *rivals), not rivals)


def is_place_letter(letter: str) -> bool:
    """Whether a place's codes begin with a character."""
    return letter in _letters()["provinces"] or letter in prefixes()


def is_province_letter(letter: str) -> bool:
    """Whether a province's codes begin with a character."""
    return letter in _letters()["provinces"]


def cities_of(letter: str) -> tuple[str, ...]:
    """The cities that write the letter of a province for themselves."""
    return tuple(_letters()["used-by"].get(letter, ()))


def may_begin(letter: str, region: str) -> bool:
    """Whether codes of a region may begin with a letter, so far as is known.

    It is one of its name (前政办发 of 科尔沁右翼前旗), one of a place there, or one of no place.
    """
    if letter in SIGNS or region == CENTRAL or letter in region_chain(region)[-1].name:
        return True
    home = _letters()["provinces"].get(letter)
    held = region[:2] if region.endswith("0000") else region[:4]
    places = (*prefixes().get(letter, ()), *((home,) if home else ()))
    return not places or any(one.startswith(held) or one == f"{region[:2]}0000" for one in places)


def letter_start(words: str) -> int:
    """Where the last letter of a province stands in `words` that is no part of other words; 0 without one.

    Letters side by side (京津冀) count from the first; one that ends a place's name (通辽) does not count.
    """
    for found in reversed(list(_letter_runs().finditer(words, 0, max(0, len(words) - 1)))):
        if words[found.start() - 1 : found.start() + 1] not in prefixes() or not found.start():
            return found.start()
    return 0


@cache
def _letter_runs() -> re.Pattern[str]:
    strong = _letters()["strong"]
    return re.compile(f"京?[{strong}]+(?![省市县区州])")


@cache
def letters_of(code: str) -> tuple[str, ...]:
    """The letters that a place's codes begin with; those of a body in it, which is no place above, are none."""
    provinces, bodies = _letters()["provinces"], _letters()["bodies"]
    if code.endswith("0000"):
        return tuple(letter for letter, home in provinces.items() if home == code and letter not in bodies)
    letters = [letter for letter, codes in prefixes().items() if len(letter) == 1 and code in codes]
    return tuple(letter for letter in (*letters, _second(code)) if letter and letter not in SIGNS)


@cache
def letters_around(region: str) -> frozenset[str]:
    """The characters of the names of a place, of those above it, and of all in its prefecture."""
    around = {place.name for place in region_chain(region)}
    if not region.endswith("0000"):
        around.update(bare_name(name) for code, name in official_names().items() if code.startswith(region[:4]))
    return frozenset("".join(around))


def is_of_another(letter: str, region: str) -> bool:
    """Whether codes of a prefecture, or of a county in the province of `region`, may begin with a letter."""
    return any(one.endswith("00") or one[:2] == region[:2] for one in prefixes().get(letter, ()))


@cache
def _letters() -> dict[str, Any]:
    letters: dict[str, Any] = load("codes")["letters"]
    return letters


@cache
def prefixes() -> dict[str, tuple[str, ...]]:
    """The places by name, by 省, 市, 县 … alone and, below a province, by first character with or without 市, 县 ….

    Provinces also by their letter and 省 (吉省, beside 吉市 of a city), districts of some cities also by the letter of
    the city and a character (京海).
    """
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in sorted(official_names().items(), key=lambda row: not row[0].endswith("00")):
        for prefix in _prefixes_of(code, name):
            found[prefix].append(code)
    for letter, codes in _letters()["special"].items():
        found[letter].extend(codes)
    for prefix, code in (*_of_provinces(), *_of_districts()):
        found[prefix].append(code)
    return {prefix: tuple(dict.fromkeys(codes)) for prefix, codes in found.items()}


def _of_provinces() -> Iterator[tuple[str, str]]:
    """The letter of a province before 省 (吉省), which no other place writes."""
    homes = (row for row in _letters()["provinces"].items() if official_names()[row[1]].endswith("省"))
    yield from ((f"{letter}省", home) for letter, home in homes)


def _of_districts() -> Iterator[tuple[str, str]]:
    """The letter of a city before the name of a district or a character of it that no other one has (京海, 京兴)."""
    for letter, city in _letters()["districted"].items():
        inside = (row for row in official_names().items() if within(row[0], city) and not row[0].endswith("00"))
        names = {one: bare_name(name) for one, name in inside}
        borne = Counter(sign for name in names.values() for sign in name)
        for code, name in names.items():
            yield letter + name, code
            yield from ((letter + sign, code) for sign in name if sign == name[0] or borne[sign] == 1)


def _prefixes_of(code: str, name: str) -> Iterator[str]:
    bare = bare_name(name)
    yield from {name, bare} if len(bare) > 1 else {name}
    yield from _shortened(name)
    sign = "地" if name.endswith("地区") else name[-1]
    if code.endswith("0000"):
        yield from (sign,) if sign == "省" else ()
        return
    yield name[0]
    yield from (name[0] + sign, *(sign for _ in sign if sign in SIGNS))
    yield from (name[0] + name[-2],) if name.endswith(_BANNERS) else ()


@cache
def longest_prefix() -> int:
    """How many characters the longest name of a place has."""
    return max(map(len, prefixes()))


def _shortened(name: str) -> Iterator[str]:
    """恩施州 and 恩施 of 恩施土家族苗族自治州; nothing for names without peoples."""
    short = without_peoples(name)
    yield from (short, short[:-1]) if short != name else ()


def _is_named(name: str, code: str) -> bool:
    """Whether the name of a place is printed, with or without its suffix, of two characters at least."""
    full = region_chain(code)[-1].name
    return len(name) > 1 and name in (full, bare_name(full))


@cache
def _second(code: str) -> str | None:
    """The second character of a county's name, which its codes may begin with where the first is not its own.

    So where its prefecture's name or that of another county there begins alike (黄梅 in 黄冈, 五台 beside 五寨).
    """
    table = official_names()
    name, above = bare_name(table[code]), code[:4]
    others = (bare_name(other) for one, other in table.items() if one.startswith(above) and one != code)
    alike = not code.endswith("00") and any(other.startswith(name[0]) for other in others)
    return name[1] if alike and len(name) > 1 else None


@cache
def _names_of_one() -> frozenset[str]:
    """The names of provinces and prefectures that no other place bears, and letters; they need no citing document."""
    words = load("regions")["words"]
    above = (name for code, name in official_names().items() if code.endswith("00"))
    names = {one for name in above for one in (name, bare_name(name), *_shortened(name))}
    unique = (one for one in names if len(one) > 1 and len(prefixes()[one]) == 1)
    lettered = (prefix for prefix, _ in (*_of_provinces(), *_of_districts()) if len(prefixes()[prefix]) == 1)
    return frozenset((*(one for one in unique if one not in words), *_letters()["of-one"], *lettered))
