"""Agency codes (机关代字: 晋财行, 泽政办发, 财建) to the place and the body that number documents with them.

A code is a place (letters of a region, none for a central body), an organ with its sub-office, and a kind of document
(发, 函, 字 …). The words of each part are in `mapping/data/codes.yaml`, the places in `mapping/data/regions.csv`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product
from typing import Any

from mapping.document import unbracketed
from mapping.letters import (
    BEHIND_LETTERS,
    SIGNS,
    Places,
    cities_of,
    is_province_letter,
    longest_prefix,
    places_of,
    prefixes,
)
from mapping.lexicon import load, pattern
from mapping.regions import CENTRAL, region_chain
from mapping.spellings import within

_MUNICIPALITIES = ("11", "12", "31", "50")
# What a level is called like where an organ says nothing of its own for it.
_LIKE = {"municipality": "prefecture", "autonomous": "province", "league": "prefecture"}
_TAIL = 18
_BRACKETS = "[()（）]"


@dataclass(frozen=True, slots=True)
class AgencyCode:
    """What an agency code says.

    `region` is 'cn' for central bodies, else six digits of GB/T 2260; None where the letters leave it open, and then
    `candidates` are the regions they may mean (empty: any). `organ` is a key of the lexicon, `issuer` the body's name
    (山西省总工会), `kind` the word for the kind of document (发, 函 …). `valid_from` and `valid_until` are ISO dates,
    given only where `source` states them.
    """

    code: str
    region: str | None = None
    candidates: tuple[str, ...] = ()
    organ: str | None = None
    issuer: str | None = None
    kind: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class _Term:
    """The words of a code without its place: whose they are and the kind that they end in."""

    organ: str
    kind: str | None


@lru_cache(maxsize=1 << 14)
def read_code(code: str, region: str | None = None) -> AgencyCode | None:
    """The reading of a whole code without blanks, brackets left aside (闽财（社）指); None when the lexicon lacks it.

    `region` is that of the citing document. Letters of prefectures and counties count for the place itself and those
    above it; of places below it they are candidates only; others are unknown. Without a region they are candidates.
    A province's letter is the province, also where a prefecture or county of it begins with the same character (晋 in
    a document of 晋城市), unless 市, 县 or 区 follows (晋市). Letters of provinces that many places bear (宁, 青, 新,
    云) stay open in documents of third provinces, and are the city's in documents of a city that writes them itself.
    A code that reads as a central one and as one of the place itself stays open.

    >>> read_code("泽政办发", "140525").issuer
    '泽州县人民政府办公室'
    """
    region = region if region and region_chain(region) else None
    # The lexicon need not know a sub-office in brackets (云发改价格（管理）).
    reading = _read(re.sub(_BRACKETS, "", code), region) or _read(unbracketed(code), region)
    return replace(reading, code=code) if reading else None


def _read(code: str, region: str | None) -> AgencyCode | None:
    central = _of_term(code, _central()[code], Places((CENTRAL,), True)) if code in _central() else None
    placed = _placed(code, region)
    if central is None:
        return _alone(code, region) or placed
    if placed and placed.region and region:
        kind = central.kind if central.kind == placed.kind else None
        return AgencyCode(code, None, (CENTRAL, placed.region), kind=kind)
    return central


def code_start(words: str) -> int | None:
    """Where in `words` the longest known code begins that they end in; None when they end in none.

    What stands before it must be an edge (nothing, no Han character, the last character of a basis word, an issuer or a
    title); so a code behind a letter that no place bears (管人社厅发) is no central code. No citing document is known
    here: letters below a province count before organs that are unmistakable.
    """
    for start in range(max(0, len(words) - _TAIL), len(words) - 1):
        if not re.match(_BRACKETS, words[start]) and _readable(words[start:]):
            if _begins(words, start):
                return start
            if words[start] in load("codes")["edges"]["whole"]:
                return None
    return None


def lettered_place(code: str, region: str | None) -> str | None:
    """The one place whose letters a code begins with that the lexicon lacks; `region` is that of the citing document.

    None where the letters leave it open, and where no organ's word follows them: schools, companies and societies
    number their papers with the letters of their place too.
    """
    for cut in _cuts(code):
        places = places_of(code[:cut], region)
        if places.sure and pattern("codes", "organ-words").match(code[cut:]):
            return places.codes[0]
    return None


def _cuts(code: str) -> Iterable[int]:
    """Where the letters of a place may end in a code, the longest letters first."""
    return range(min(len(code) - 1, longest_prefix()), 0, -1)


def cuts_word(words: str, at: int) -> bool:
    """Whether a place in words lies within one that is no letter of a place and a code: 高新."""
    return at > 0 and words[at - 1 : at + 1] in load("codes")["edges"]["uncut"]


def is_lettered(code: str) -> bool:
    """Whether a code is the letter of a province and a known organ."""
    return is_province_letter(code[0]) and code[1:] in _local()


def is_local(code: str) -> bool:
    """Whether bodies of places write these words too, behind their letters (泽财社 and 财社)."""
    return re.sub(_BRACKETS, "", code) in _local()


# --- readings ---


def _of_term(code: str, term: _Term, places: Places) -> AgencyCode:
    organ = _organs()[term.organ]
    place = places.codes[0] if places.sure else None
    return AgencyCode(
        code,
        place,
        () if places.sure else places.codes,
        term.organ,
        _issuer(term.organ, place, places.body) if place else None,
        term.kind,
        organ.get("from"),
        organ.get("until"),
        organ.get("source"),
    )


def _placed(code: str, region: str | None) -> AgencyCode | None:
    """The reading with letters of a place in front, the longest letters first."""
    for cut in _cuts(code):
        terms = _local().get(code[cut:])
        if terms is None or _is_name_and_kind(code, cut) or (cut > 1 and cuts_word(code, cut)):
            continue
        places = places_of(code[:cut], region)
        for term in terms:
            fitting = _fitting(term, places, region)
            if fitting and _is_wordless(term, code, cut) and not _is_near(fitting.codes, region):
                continue
            if fitting and (region or places.sure or _unmistakable(code, cut)):
                return _of_term(code, term, fitting if region or code[:cut] not in SIGNS else Places((), False))
        if cities := _of_cities(code[:cut], terms):
            return _of_term(code, *cities)
    return None


def _of_cities(letter: str, terms: Sequence[_Term]) -> tuple[_Term, Places] | None:
    """A term that of provinces only others write, with the cities that write a province's letter (苏府 of 苏州)."""
    if not is_province_letter(letter):
        return None
    term = next((one for one in terms if "provinces" in _organs()[one.organ]), None)
    return (term, Places(cities_of(letter), False)) if term else None


def _is_wordless(term: _Term, code: str, cut: int) -> bool:
    """Whether letters are a bare name and the organ has no word of its own: 平安办发 may be an office's."""
    return cut > 1 and code[cut - 1] not in BEHIND_LETTERS and bool(_organs()[term.organ].get("wordless"))


def _is_near(codes: Sequence[str], region: str | None) -> bool:
    """Whether one of some places is the citing document's, or above it."""
    return region is not None and any(within(region, one) for one in codes)


def _is_name_and_kind(code: str, cut: int) -> bool:
    """Whether the letters are a bare name and the organ one character: 桂林发 is not 桂林's, it may be 桂's 林发."""
    return cut > 1 and code[cut - 1] not in BEHIND_LETTERS and len(code) - cut == 1


def _alone(code: str, region: str | None) -> AgencyCode | None:
    """A local code without letters of a place (政办发): of any place the citing document's region names."""
    chain = Places(tuple(one.code for one in reversed(region_chain(region))) if region else (), False)
    terms = (term for term in _local().get(code, ()) if _organs()[term.organ].get("alone"))
    return next((_of_term(code, term, chain) for term in terms), None)


def _fitting(term: _Term, places: Places, region: str | None) -> Places | None:
    """The places whose bodies write so; one alone that is left is sure where it is the citing document's."""
    codes = tuple(one for one in places.codes if _fits(_organs()[term.organ], one))
    alone = len(codes) == 1 < len(places.codes) and _is_near(codes, region)
    return replace(places, codes=codes, sure=places.sure or alone) if codes else None


def _fits(organ: dict[str, Any], code: str) -> bool:
    fits = code[:2] in organ["in"] if "in" in organ else code[:2] not in organ.get("not-in", ())
    if code.endswith("0000") and "provinces" in organ:
        fits = fits and code[:2] in organ["provinces"]
    return fits and ("levels" not in organ or region_chain(code)[-1].level in organ["levels"])


def _unmistakable(code: str, cut: int) -> bool:
    """Whether letters and an organ say so without a citing document: 泽政发, 晋市财行, 晋城市工发; not 泽发, 公安办发.

    Of names without 市, 县 … only those of provinces and prefectures that no other place bears are sure.
    """
    of_province = is_province_letter(code[:cut])
    return of_province or ((cut == 1 or code[cut - 1] in BEHIND_LETTERS) and len(code) - cut > 1)


@lru_cache(maxsize=1 << 14)
def _readable(code: str) -> bool:
    return read_code(code) is not None


# --- issuers ---


def _issuer(organ: str, code: str, body: str | None) -> str | None:
    entry = _organs()[organ]
    if code in entry.get("unsure", ()):
        return None
    names = entry.get("issuer", {})
    level = "prefecture" if body else _level(code)
    template = names[level] if level in names else names.get(_LIKE.get(level, level))
    if body and not (template or "").startswith("{region}"):
        return None
    name = body or (region_chain(code)[-1].name if code != CENTRAL else "")
    return template.format(region=name) if template else None


def _level(code: str) -> str:
    """The level of a place as issuers are named after it."""
    if code == CENTRAL:
        return CENTRAL
    place = region_chain(code)[-1]
    if place.level == "province":
        return "municipality" if code[:2] in _MUNICIPALITIES else "autonomous" if "自治" in place.name else "province"
    if place.level == "prefecture":
        return "league" if place.name.endswith(("盟", "地区")) else "prefecture"
    return "county"


# --- the lexicon ---


@cache
def _organs() -> dict[str, dict[str, Any]]:
    organs: dict[str, dict[str, Any]] = load("codes")["organs"]
    return organs


@cache
def _central() -> dict[str, _Term]:
    return dict(_terms("central"))


@cache
def _local() -> dict[str, tuple[_Term, ...]]:
    found: dict[str, list[_Term]] = defaultdict(list)
    for words, term in _terms("local"):
        found[words].append(term)
    return {words: tuple(terms) for words, terms in found.items()}


def _terms(section: str) -> Iterator[tuple[str, _Term]]:
    for key, organ in _organs().items():
        for words in organ.get(section, ()):
            stem, _, kinds = words.partition("/")
            for named, kind in product(_expand(stem), _expand(kinds)):
                yield named + kind, _Term(key, kind or None)


def _expand(pattern: str) -> Iterator[str]:
    """Every string of a pattern of words, lists in braces and alternatives in brackets: 财({finance}|绩)(发|函|)."""
    parts = re.findall(r"\([^)]*\)|\{[\w-]+\}|[^(){}]+", pattern)
    return map("".join, product(*map(_alternatives, parts)))


def _alternatives(part: str) -> tuple[str, ...]:
    """The words of one part of a pattern."""
    listed = load("codes")["parts"]
    return tuple(
        word for one in part.strip("()").split("|") for word in (listed[one[1:-1]] if one.startswith("{") else (one,))
    )


# --- where a code begins ---


def _begins(words: str, start: int) -> bool:
    edges = load("codes")["edges"]
    if words[start] in edges["joining"] and _readable(words[start + 1 :]):
        return False
    before = words[start - 1] if start else ""
    if cuts_word(words, start):
        return False
    at_edge = not re.match(r"[\u4e00-\u9fff]", before) or before in edges["before"]
    named = before + words[start] in prefixes()
    return at_edge or words[start] in SIGNS or (_stands_out(words[start:]) and not named)


def _stands_out(code: str) -> bool:
    """Whether a code needs no edge before it: it begins with a letter of a province that is no part of other words."""
    return code[0] in load("codes")["letters"]["strong"] and code[1:] in _local()
