"""Names of places to six-digit codes of GB/T 2260, and codes to the places above them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from mapping.lexicon import any_of, load, pattern
from mapping.spellings import within as is_in

# The region of bodies of the whole country.
CENTRAL = "cn"
_LEVELS = {"0000": "province", "00": "prefecture"}


@dataclass(frozen=True, slots=True)
class Region:
    """A place of GB/T 2260: `level` is province, prefecture or county (what has a code of its own below these)."""

    code: str
    name: str
    level: str


def region_chain(code: str) -> tuple[Region, ...]:
    """The province, the prefecture and the county of a code, as far as it goes; empty when no place has the code.

    >>> [region.name for region in region_chain("140525")]
    ['山西省', '晋城市', '泽州县']
    """
    if code not in _names():
        return ()
    above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return tuple(Region(one, _names()[one], _level(one)) for one in above if one in _names())


@lru_cache(maxsize=1 << 16)
def region_of(name: str) -> str | None:
    """The region that an organisation's name begins with, its most specific level; None when it is not unique.

    A name nested in another narrows it: 山西省…吕梁… is 吕梁市 in 山西省. Names that several provinces bear need such a
    name before them. What has no code of its own (开发区, 街道) is in the place above it that has one.
    """
    rest = pattern("regions", "between").sub("", pattern("regions", "leading").sub("", name))
    within: str | None = None
    while found := _any_name().match(rest):
        code = _one(found[0], rest[found.end() :], within)
        if code is None:
            break
        within, rest = code, pattern("regions", "between").sub("", rest[found.end() :])
    if within is None:
        return _zone(rest)
    return _mentioned(rest, within) if within.endswith("0000") else within


@lru_cache(maxsize=1 << 16)
def place_of(words: str) -> str | None:
    """The region of words that are names of places and nothing else, each in the one before.

    >>> place_of("山西省晋城市"), place_of("山西省总工会")
    ('140500', None)
    """
    within: str | None = None
    while words:
        found = _any_name().match(words)
        within = _one(found[0], words[found.end() :], within) if found else None
        if found is None or within is None:
            return None
        words = pattern("regions", "between").sub("", words[found.end() :])
    return within


def region_of_project(code: str) -> str | None:
    """The region that a nation-wide project code begins with (13070024P… is 130700, of 2024)."""
    found = re.match(r"(\d{6})\d{2}[A-Z]", code)
    if found is None:
        return None
    region = found[1]
    return region if region in _names() else None


@cache
def place_names() -> Mapping[str, tuple[str, ...]]:
    """Every name by which organisations are placed, 晋城 and 晋城市 alike, with the codes that it may mean.

    >>> place_names()["泽州县"], place_names()["泽州"]
    (('140525',), ('140525',))
    """
    return {name: (*_codes().get(name, ()), *_bare_codes().get(name, ())) for name in (*_codes(), *_bare_codes())}


def official_names() -> dict[str, str]:
    """The name in GB/T 2260 of each code."""
    return dict(_names())


def revision_of(code: str) -> str | None:
    """The year and month of the revision of GB/T 2260 that a code is taken from; None when no place has it."""
    return _revisions().get(code)


def without_peoples(name: str) -> str:
    """恩施州 for 恩施土家族苗族自治州; the name itself where nothing would be left of it."""
    found = _peoples().search(name, 2)
    return name[: found.start()] + name[found.end() :] if found else name


def bare_name(name: str) -> str:
    """晋城 for 晋城市: a name without what places of its level are called."""
    return pattern("regions", "suffix").sub("", name)


# --- the table ---


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _rows()}


@cache
def _revisions() -> dict[str, str]:
    return {row["code"]: row["revision"] for row in _rows()}


def _rows() -> csv.DictReader[str]:
    text = (files("mapping") / "data" / "regions.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """The codes of each way to print a place: full, autonomous without its peoples, a province's short name."""
    codes: dict[str, list[str]] = defaultdict(list)
    for code, name in _names().items():
        for one in {name, without_peoples(name), bare_name(name) if _level(code) == "province" else name}:
            codes[one].append(code)
    for name, code in load("regions")["names"].items():
        codes[name].append(code)
    return {name: tuple(dict.fromkeys(found)) for name, found in codes.items() if len(name) > 1}


@cache
def _bare_codes() -> dict[str, tuple[str, ...]]:
    """The codes of cities and counties by their names without suffix (长治, 昆山), words of other meaning left out.

    So are those of counties that provinces bear too (河北 is no district of Tianjin).
    """
    codes: dict[str, list[str]] = defaultdict(list)
    for code, name in _names().items():
        if _level(code) == "prefecture" or (_level(code) == "county" and bare_name(name) not in _short_provinces()):
            codes[bare_name(name)].append(code)
    words = load("regions")["words"]
    return {name: tuple(found) for name, found in codes.items() if len(name) > 1 and name not in words}


@cache
def _any_name() -> re.Pattern[str]:
    return re.compile(any_of(_codes()))


@cache
def _any_bare_name() -> re.Pattern[str]:
    return re.compile(any_of(_bare_codes()))


@cache
def _peoples() -> re.Pattern[str]:
    names = "|".join(sorted(load("regions")["peoples"], key=len, reverse=True))
    return re.compile(f"(?:(?:{names})族?)+自治(?=[州县旗]$)")


def _level(code: str) -> str:
    return next((level for zeros, level in _LEVELS.items() if code.endswith(zeros)), "county")


# --- names that need what stands around them ---


def _one(name: str, rest: str, within: str | None) -> str | None:
    """The one place that `name`, followed by `rest`, can mean inside `within`."""
    if within is None and name in load("regions")["generic"]:
        return None
    if name in _short_provinces() and not _is_of_province(_codes()[name][0], rest):
        return None
    inside = [code for code in _codes()[name] if within is None or (is_in(code, within) and code != within)]
    return inside[0] if len(inside) == 1 else None


@cache
def _short_provinces() -> frozenset[str]:
    return frozenset(
        bare_name(name) for code, name in _names().items() if _level(code) == "province" and "自治" not in name
    )


def _is_of_province(province: str, rest: str) -> bool:
    """Whether what follows a province's short name is a place in it, or what bears its name alone (河北医科大学)."""
    place = _any_name().match(rest)
    within = place and any(is_in(code, province) and code != province for code in _codes()[place[0]])
    return bool(within or pattern("regions", "of-province").match(rest) or _mentioned(rest, province) != province)


def _zone(rest: str) -> str | None:
    """The city that a zone or a branch is named after (长治高新技术产业开发区), when only one is so named."""
    found = _any_bare_name().match(rest)
    if found is None or not pattern("regions", "zone").match(rest[found.end() :]):
        return None
    codes = _bare_codes()[found[0]]
    cities = [code for code in codes if _level(code) == "prefecture"]
    if len(codes) == 1:
        return codes[0]
    return cities[0] if len(cities) == 1 and all(is_in(code, cities[0]) for code in codes) else None


def _mentioned(rest: str, province: str) -> str:
    """The prefecture of `province` that `rest` begins with, or names before a local office, else the province.

    Before the words for a school it may be a county (安徽省怀远第三中学).
    """
    words = load("regions")
    found = {
        code
        for name, code in _places_in(province)
        if name in rest
        if re.search(f"^{name}{words['school']}", rest)
        or (_level(code) == "prefecture" and re.search(f"^{name}|{name}{words['local']}", rest))
    }
    return found.pop() if len(found) == 1 else province


@cache
def _places_in(province: str) -> tuple[tuple[str, str], ...]:
    """The bare names of the places of a province, with their codes."""
    return tuple((name, code) for name, codes in _bare_codes().items() for code in codes if is_in(code, province))
