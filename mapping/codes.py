"""Agency codes (机关代字: 晋财行, 泽政办发, 财建) to the place and the body that number documents with them.

A code is a place (letters of a region, none for a central body), an organ with its sub-office, and a kind of document
(发, 函, 字 …). The words of each part are in `mapping/data/codes.yaml`, the places in `mapping/data/regions.csv`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import product
from typing import Any

from mapping.lexicon import lines, load
from mapping.regions import region_chain

CENTRAL = "cn"
_MUNICIPALITIES = ("11", "12", "31", "50")
# What a level is called like where an organ says nothing of its own for it.
_LIKE = {"municipality": "prefecture", "autonomous": "province", "league": "prefecture"}
# What places of one level are called: before an organ, the citing document's own place of that level.
_SIGNS = "省市县区州旗盟"
# Banners are named by two characters: 乌中 is 乌拉特中旗.
_BANNERS = ("前旗", "后旗", "左旗", "右旗", "中旗")
_BASE, _EVIDENCE = Decimal("0.5"), Decimal("0.2")
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


@dataclass(frozen=True, slots=True)
class _Places:
    """The regions that the letters before an organ may mean; `sure` when it is exactly the one.

    `body` is whose letters they are, where that is not the region itself (the Production and Construction Corps).
    """

    codes: tuple[str, ...]
    sure: bool
    body: str | None = None


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
    reading = _read(re.sub(_BRACKETS, "", code), region)
    return replace(reading, code=code) if reading else None


def _read(code: str, region: str | None) -> AgencyCode | None:
    central = _of_term(code, _central()[code], _Places((CENTRAL,), True)) if code in _central() else None
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
            if words[start] in _edges()["whole"]:
                return None
    return None


def letter_start(words: str) -> int:
    """Where the last letter of a province stands in `words` that is no part of other words; 0 without one.

    Letters side by side (京津冀) count from the first; one that ends a place's name (通辽) does not count.
    """
    for found in reversed(list(_letter_runs().finditer(words, 0, max(0, len(words) - 1)))):
        if words[found.start() - 1 : found.start() + 1] not in _prefixes() or not found.start():
            return found.start()
    return 0


def is_lettered(code: str) -> bool:
    """Whether a code is the letter of a province and a known organ."""
    return code[0] in _letters()["provinces"] and code[1:] in _local()


def is_local(code: str) -> bool:
    """Whether bodies of places write these words too, behind their letters (泽财社 and 财社)."""
    return re.sub(_BRACKETS, "", code) in _local()


def is_place_letter(letter: str) -> bool:
    """Whether a place's codes begin with a character."""
    return letter in _letters()["provinces"] or letter in _prefixes()


def is_province_letter(letter: str) -> bool:
    """Whether a province's codes begin with a character."""
    return letter in _letters()["provinces"]


def similar_codes(code: str, region: str | None, *, lettered: bool = False) -> list[tuple[str, Decimal]]:
    """Known codes that differ from an unknown one in one character, best first; empty for a known code.

    Score: 0.5, and 0.2 when the character is a letter of the citing document's place or of one above it (shared by the
    letters that do equally well), and 0.2 when the two shapes are known to be taken for each other. One of the two is
    needed. At most 0.9: a proposal is never a reading. In a `lettered` code, and where the name of the document's place
    or of one in its prefecture has its first character (前政办发 of 科尔沁右翼前旗), only shapes count.
    """
    if not code or read_code(code, region) is not None:
        return []
    lettered = lettered or bool(region and code[0] in _letters_around(region))
    letters = {one for one in _chain_variants(code, region) if _known_in(one, region)} if not lettered else set()
    shapes = {one for one in _shape_variants(code) if _known_in(one, region)}
    share = _EVIDENCE / len(letters) if letters else Decimal(0)
    scores = {
        one: _BASE + (share if one in letters else 0) + (_EVIDENCE if one in shapes else 0) for one in letters | shapes
    }
    rounded = {one: score.quantize(Decimal("0.01")) for one, score in scores.items()}
    return sorted(rounded.items(), key=lambda item: (-item[1], item[0]))


# --- readings ---


def _of_term(code: str, term: _Term, places: _Places) -> AgencyCode:
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
    for cut in range(min(len(code) - 1, _longest_prefix()), 0, -1):
        terms = _local().get(code[cut:])
        if terms is None or _is_name_and_kind(code, cut):
            continue
        places = _places(code[:cut], region)
        for term in terms:
            fitting = _fitting(term, places)
            if fitting and (region or places.sure or _unmistakable(code, cut)):
                return _of_term(code, term, fitting if region or code[:cut] not in _SIGNS else _Places((), False))
    return None


def _is_name_and_kind(code: str, cut: int) -> bool:
    """Whether the letters are a bare name and the organ one character: 桂林发 is not 桂林's, it may be 桂's 林发."""
    return cut > 1 and code[cut - 1] not in _SIGNS and len(code) - cut == 1


def _alone(code: str, region: str | None) -> AgencyCode | None:
    """A local code without letters of a place (政办发): of any place the citing document's region names."""
    chain = _Places(tuple(one.code for one in reversed(region_chain(region))) if region else (), False)
    terms = (term for term in _local().get(code, ()) if _organs()[term.organ].get("alone"))
    return next((_of_term(code, term, chain) for term in terms), None)


def _fitting(term: _Term, places: _Places) -> _Places | None:
    codes = tuple(one for one in places.codes if _fits(_organs()[term.organ], one))
    return replace(places, codes=codes) if codes else None


def _fits(organ: dict[str, Any], code: str) -> bool:
    within = code[:2] in organ["in"] if "in" in organ else code[:2] not in organ.get("not-in", ())
    return within and ("levels" not in organ or _plain_level(code) in organ["levels"])


def _unmistakable(code: str, cut: int) -> bool:
    """Whether letters and an organ say so without a citing document: 泽政发, 晋市财行, 晋城市工发; not 泽发, 公安办发.

    Of names without 市, 县 … only those of provinces and prefectures that no other place bears are sure.
    """
    of_province = code[:cut] in _letters()["provinces"]
    return of_province or ((cut == 1 or code[cut - 1] in _SIGNS) and len(code) - cut > 1)


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


def _plain_level(code: str) -> str:
    return region_chain(code)[-1].level


# --- places ---


def _places(prefix: str, region: str | None) -> _Places:
    """The places that letters or a name before an organ may mean, for a document of `region`."""
    chain = tuple(one.code for one in region_chain(region)) if region else ()
    if prefix in _letters()["provinces"]:
        return _province(prefix, chain)
    codes = _prefixes().get(prefix, ())
    if region is None or prefix in _names_of_one():
        return _Places(codes, prefix in _names_of_one())
    near = tuple(one for one in chain if one in codes or prefix == _second(one))
    if near:
        return _Places(near, len(near) == 1)
    if len(codes) == 1 and _is_named(prefix, codes[0]):
        return _Places(codes, True)
    return _Places(tuple(one for one in codes if _is_below(one, region)), False)


def _province(letter: str, chain: tuple[str, ...]) -> _Places:
    """The province of a letter, where no place of the chain makes it doubtful."""
    home = _letters()["provinces"][letter]
    if letter in _letters()["bodies"]:
        return _Places((home,), True, _letters()["bodies"][letter])
    others = _letters()["used-by"].get(letter, ())
    own = tuple(one for one in others if one in chain)
    if chain and chain[0] == home:
        return _Places((home, *own), not own)
    if own:
        return _Places(own, len(own) == 1)
    near = tuple(one for one in chain if one in _prefixes().get(letter, ()))
    rivals = near or (tuple(others) if letter in _letters()["shared"] else ())
    return _Places((*near, home) if near else (home, *rivals), not rivals)


def _is_named(name: str, code: str) -> bool:
    """Whether the name of a place is printed, with or without its suffix, of two characters at least."""
    full = dict(_table())[code]
    return len(name) > 1 and name in (full, _bare(full))


def _is_below(code: str, region: str) -> bool:
    return code != region and code.startswith(region.rstrip("0") if region.endswith("00") else region)


@cache
def _prefixes() -> dict[str, tuple[str, ...]]:
    """The places by name, by 省, 市, 县 … alone and, below a province, by first character with or without 市, 县 …."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in sorted(_table(), key=lambda row: not row[0].endswith("00")):
        for prefix in _prefixes_of(code, name):
            found[prefix].append(code)
    for letter, codes in _letters()["special"].items():
        found[letter].extend(codes)
    return {prefix: tuple(dict.fromkeys(codes)) for prefix, codes in found.items()}


def _prefixes_of(code: str, name: str) -> Iterator[str]:
    bare = _bare(name)
    yield from {name, bare} if len(bare) > 1 else {name}
    yield from _short(name)
    sign = "" if name.endswith("地区") else name[-1]
    if code.endswith("0000"):
        yield from (sign,) if sign == "省" else ()
        return
    yield name[0]
    yield from (name[0] + sign, sign) if sign else ()
    yield from (name[0] + name[-2],) if name.endswith(_BANNERS) else ()


@cache
def _second(code: str) -> str | None:
    """The second character of a county's name, which its codes may begin with where the first is not its own.

    So where its prefecture's name or that of another county there begins alike (黄梅 in 黄冈, 五台 beside 五寨).
    """
    table = dict(_table())
    name, above = _bare(table[code]), code[:4]
    others = (_bare(other) for one, other in table.items() if one.startswith(above) and one != code)
    alike = not code.endswith("00") and any(other.startswith(name[0]) for other in others)
    return name[1] if alike and len(name) > 1 else None


@cache
def _names_of_one() -> frozenset[str]:
    """The names of provinces and prefectures that no other place bears; they need no citing document."""
    words = load("regions")["words"]
    names = {one for code, name in _table() if code.endswith("00") for one in (name, _bare(name), *_short(name))}
    unique = (one for one in names if len(one) > 1 and len(_prefixes()[one]) == 1)
    return frozenset(one for one in unique if one not in words)


@cache
def _table() -> tuple[tuple[str, str], ...]:
    rows = (line.split(",") for line in lines("regions.csv")[1:])
    return tuple((code, name) for code, name, _ in rows)


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(load("regions")["suffix"])


def _short(name: str) -> Iterator[str]:
    """恩施州 and 恩施 of 恩施土家族苗族自治州; nothing for names without peoples."""
    short = _peoples().sub("", name)
    yield from (short, short[:-1]) if short != name else ()


@cache
def _peoples() -> re.Pattern[str]:
    """What codes leave out of names of autonomous places (恩施州财 of 恩施土家族苗族自治州)."""
    names = "|".join(sorted(load("regions")["peoples"], key=len, reverse=True))
    return re.compile(f"(?<=..)(?:(?:{names})族?)+自治(?=[州县旗]$)")


def _bare(name: str) -> str:
    return _suffix().sub("", name)


@cache
def _longest_prefix() -> int:
    return max(map(len, _prefixes()))


# --- the lexicon ---


@cache
def _letters() -> dict[str, Any]:
    letters: dict[str, Any] = load("codes")["letters"]
    return letters


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
        for pattern in organ.get(section, ()):
            stem, _, kinds = pattern.partition("/")
            for words, kind in product(_expand(stem), _expand(kinds)):
                yield words + kind, _Term(key, kind or None)


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
    if words[start] in _edges()["joining"] and _readable(words[start + 1 :]):
        return False
    before = words[start - 1] if start else ""
    if before + words[start] in _edges()["uncut"]:
        return False
    at_edge = not re.match(r"[\u4e00-\u9fff]", before) or before in _edges()["before"]
    named = before + words[start] in _prefixes()
    return at_edge or words[start] in _SIGNS or (_stands_out(words[start:]) and not named)


def _stands_out(code: str) -> bool:
    """Whether a code needs no edge before it: it begins with a letter of a province that is no part of other words."""
    return code[0] in _letters()["strong"] and code[1:] in _local()


@cache
def _letter_runs() -> re.Pattern[str]:
    strong = _letters()["strong"]
    return re.compile(f"京?[{strong}]+(?![省市县区州])")


@cache
def _edges() -> dict[str, Any]:
    edges: dict[str, Any] = load("codes")["edges"]
    return edges


# --- misreads ---


def _known_in(code: str, region: str | None) -> bool:
    """Whether a code reads to one place: a central body or one of the citing document's chain, if it has one."""
    reading = read_code(code, region)
    if reading is None or reading.region is None:
        return False
    chain = [one.code for one in region_chain(region)] if region else []
    return reading.region == CENTRAL or not chain or reading.region in chain


def _chain_variants(code: str, region: str | None) -> Iterator[str]:
    for place in region_chain(region) if region else ():
        letters = _letters_of(place.code)
        yield from (letter + code[1:] for letter in letters if letter != code[0])


@cache
def _letters_of(code: str) -> tuple[str, ...]:
    """The letters that a place's codes begin with; those of a body in it, which is no place above, are none."""
    provinces, bodies = _letters()["provinces"], _letters()["bodies"]
    if code.endswith("0000"):
        return tuple(letter for letter, home in provinces.items() if home == code and letter not in bodies)
    letters = [letter for letter, codes in _prefixes().items() if len(letter) == 1 and code in codes]
    return tuple(letter for letter in (*letters, _second(code)) if letter and letter not in _SIGNS)


@cache
def _letters_around(region: str) -> frozenset[str]:
    """The characters of the names of a place, of those above it, and of all in its prefecture."""
    around = {place.name for place in region_chain(region)}
    if not region.endswith("0000"):
        around.update(_bare(name) for code, name in _table() if code.startswith(region[:4]))
    return frozenset("".join(around))


def _shape_variants(code: str) -> Iterator[str]:
    for index, char in enumerate(code):
        yield from (code[:index] + other + code[index + 1 :] for other in _shapes().get(char, ()))


@cache
def _shapes() -> dict[str, tuple[str, ...]]:
    """What each misread character may stand for."""
    found: dict[str, list[str]] = defaultdict(list)
    for right, wrong in load("codes")["shapes"].items():
        for char in wrong:
            found[char].append(right)
    return {char: tuple(rights) for char, rights in found.items()}
