"""A citation to the legal document it names: who issued it, where, and what stays the same however it is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from mapping.codes import AgencyCode, is_local, lettered_place, read_code
from mapping.docnumber import SIMPLIFIED, Number, normal, parse
from mapping.identity import name_key
from mapping.laws import Law, law_named
from mapping.letters import SIGNS, may_begin
from mapping.lexicon import any_of, load, pattern
from mapping.passages import unify
from mapping.regions import CENTRAL, region_chain, region_of

# Only a type: who links documents reads no text.
if TYPE_CHECKING:
    from mapping.citations import Mention

_SIGNS = str.maketrans("", "", "《》〈〉“”‘’\"'「」")
_LEVELS = {"province": 2, "prefecture": 4, "county": 6}
_NAMES = {"province": "provincial", "prefecture": "municipal", "county": "county"}


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """What one mention says of the document it names.

    `region` is `cn`, six digits of GB/T 2260, or None where it is not known; `tail` is what identifies the document in
    its region. `code_known` is None for a document without number, `law_known` for one with.
    """

    region: str | None
    tail: str
    kind: str
    number: str | None = None
    code: str | None = None
    year: int | None = None
    serial: str | None = None
    title: str | None = None
    issuers: tuple[str, ...] = ()
    code_known: bool | None = None
    law_known: bool | None = None
    funding: bool = False

    @property
    def level(self) -> str:
        """The level of government that issued it: a notation of `code:legal-level`."""
        return level_of(self.region)


def level_of(region: str | None) -> str:
    """The level of a region: central, provincial, municipal, county, or unknown.

    >>> level_of("cn"), level_of("140000"), level_of("140500"), level_of("140525"), level_of(None)
    ('central', 'provincial', 'municipal', 'county', 'unknown')
    """
    if region is None:
        return "unknown"
    if region == CENTRAL:
        return "central"
    return "provincial" if region.endswith("0000") else "municipal" if region.endswith("00") else "county"


def name_document(mention: Mention, region: str | None) -> LegalDocument | None:
    """The document that a mention names; None for a court case. `region` is that of the document that cites."""
    if mention.kind == "case":
        return None
    issuing = _region_of_issuers(mention.issuers, region)
    number = parse(mention.doc_number, coded=mention.kind == "docnum") if mention.doc_number else None
    if number:
        return _numbered(mention, number, region, issuing)
    return _titled(mention, region, issuing)


def _numbered(mention: Mention, number: Number, region: str | None, issuing: str | None) -> LegalDocument:
    titled = _region_of_title(mention, region)
    read, where = _read_placed(number.code, mention, region)
    where = CENTRAL if number.form == "standard" and not read else where
    if full := _in_full(number.code) if number.form in ("order", "announcement") else None:
        number, where = replace(number, code=full), CENTRAL
    if where == CENTRAL and is_local(number.code) and _is_of_place(issuing, titled, region):
        read = where = None
    if where is None and number.form in ("order", "announcement"):
        where = _region_of_issuers([number.code], region)
        number = replace(number, code=_of_place(number.code, where))
    if where is None and _is_body(number.code):
        where = _region_of_issuers([number.code], region)
    return LegalDocument(
        region=where or (None if read else _place_unread(number.code, mention, region)),
        tail=f"{number.code.encode('utf-16-be').hex()}-{number.year or 'x'}-{number.serial.replace('/', '_')}",
        kind=mention.kind,
        number=normal(number),
        code=number.code,
        year=number.year,
        serial=number.serial,
        title=mention.title,
        issuers=_issuers(mention.issuers, read, number),
        code_known=bool(where),
        funding=_is_funding(mention.title),
    )


def _in_full(code: str) -> str | None:
    """The issuer of an order or an announcement by the full names of central bodies: 住建部令 is 住房和城乡建设部令.

    None where a body is of a place, or none of the list.
    """
    found = re.fullmatch("(.+?)(令|公告|通告)", code)
    full = _bodies(found[2] == "令") if found else {}
    if found is None or not any(name in found[1] for name in full):
        return None
    names = any_of(full)
    if not re.fullmatch(f"(?:{names}|{load('legal')['beside']})+", found[1]):
        return None
    return re.sub(names, lambda one: full[one[0]], found[1]) + found[2]


def _of_place(code: str, region: str | None) -> str:
    """The issuer of an order or an announcement with a government or a congress of `region` by its full name.

    省政府令 and 山西省政府令 are 山西省人民政府令.
    """
    if not (places := region_chain(region or "")):
        return code
    for name, shape in load("legal")["of-place"].items():
        code = re.sub(shape, places[-1].name + name, code)
    return code


@cache
def _bodies(order: bool) -> Mapping[str, str]:
    """The full names of the bodies that number orders, or announcements, by all their names."""
    listed = [load("legal")["bodies"], *([load("legal")["of-orders"]] if order else [])]
    return {name: full for one in listed for full, short in one.items() for name in (full, *short)}


def _is_of_place(issuing: str | None, titled: str | None, region: str | None) -> bool:
    """Whether what is printed beside a number says that a body of a place issued it, though its code has no letters.

    Its issuer says so, else the document's own place that its title begins with.
    """
    return issuing != CENTRAL if issuing else titled not in (None, CENTRAL) and titled == region


def _read_placed(code: str, mention: Mention, region: str | None) -> tuple[AgencyCode | None, str | None]:
    """The reading of a code, and the region that it says; of several that it may mean, the one printed with the number.

    It is read in the region of the document and in those of the issuers and of the place that are printed with the
    number; where the code names its place by the level alone (市府办发), in the place printed with it first.
    """
    stated = _region_of_issuers(mention.issuers, None) or _region_of_title(mention, None)
    beside = (_region_of_issuers(mention.issuers, region), _region_of_title(mention, region))
    regions = (stated, region, *beside) if code[0] in SIGNS else (region, *beside)
    named = tuple(dict.fromkeys(one for one in regions if one)) or (None,)
    known = [read for one in named if (read := read_code(code, one))]
    if placed := next((read for read in known if read.region), None):
        return placed, placed.region
    meant = {one for read in known for one in read.candidates}
    where = next((one for one in (stated, *beside) if one in meant), None)
    return (known[0], where or _named_within(mention.title or "", meant)) if known else (None, None)


def _named_within(title: str, places: Collection[str]) -> str | None:
    """The one of some places whose full name a title holds (市人民政府关于公布云岭市…的通知)."""
    found = [code for code in places if any(one.code == code and one.name in title for one in region_chain(code))]
    return found[0] if len(found) == 1 else None


def _place_unread(code: str, mention: Mention, region: str | None) -> str | None:
    """The region of a number whose code the lexicon lacks: of its issuers by name, by its letters, or of its title.

    A body named by its level alone (市财政局) is of the document's own place only where the code may be of that too.
    """
    lettered = lettered_place(code, region)
    issuer = _region_of_issuers(mention.issuers, None)
    if issuer and not (lettered and issuer == CENTRAL):
        return issuer
    own = (_region_of_issuers(mention.issuers, region), _region_of_title(mention, region))
    near = next((one for one in own if one and may_begin(code[0], one)), None)
    return lettered or _region_of_title(mention, None) or near


def _region_of_title(mention: Mention, region: str | None) -> str | None:
    """The region that a citation's title begins with."""
    return _region_of_issuers([mention.title], region) if mention.title else None


def _titled(mention: Mention, region: str | None, issuing: str | None) -> LegalDocument:
    title = mention.title or ""
    law = _law_of(title, issuing)
    where = law.region if law else issuing or _region_of_issuers([title], region)
    return LegalDocument(
        region=where,
        tail=f"t-{name_key(plain_title(law.key if law else title))}",
        kind=_kind(mention, law),
        title=title,
        issuers=mention.issuers,
        law_known=law is not None,
        funding=_is_funding(title),
    )


def _law_of(title: str, issuing: str | None) -> Law | None:
    """The act that a title names; None for a rule's name that a body of a place at `issuing` gave to one of its own."""
    law = law_named(title)
    own = law and law.kind == "other" and law.region == CENTRAL and issuing not in (None, CENTRAL)
    return None if own else law


def _kind(mention: Mention, law: Law | None) -> str:
    return law.kind if law else mention.kind


def plain_title(title: str) -> str:
    """A title in simplified characters, without the signs that printings of it add or drop."""
    return unify(title).translate(_SIGNS).translate(SIMPLIFIED)


def _issuers(printed: Sequence[str], read: AgencyCode | None, number: Number) -> tuple[str, ...]:
    """The lead organ, that of the code, and the printed ones; those of an order or announcement by their full names."""
    if number.form in ("order", "announcement"):
        full = _bodies(True)
        return tuple(dict.fromkeys((*_issuers_of_order(number.code), *(full.get(name, name) for name in printed))))
    lead = (read.issuer,) if read and read.issuer else (number.code,) if _is_body(number.code) else ()
    return tuple(dict.fromkeys((*lead, *printed)))


def _is_body(code: str) -> bool:
    """Whether a code is the name of a body in full: 泽州县扶贫开发领导小组〔2018〕3号."""
    return bool(pattern("legal", "body-code").search(code))


def _issuers_of_order(code: str) -> tuple[str, ...]:
    """The bodies whose order or announcement a code in full is, each by its full name; empty where it names others."""
    body = re.sub("(?:令|公告|通告)$", "", code)
    if region_of(body) and re.search("人民政府$|人民代表大会常务委员会$", body):
        return (body,)
    found = re.findall(f"{any_of(set(_bodies(True).values()))}|{load('legal')['beside']}", body)
    return tuple(found) if "".join(found) == body else ()


def _is_funding(title: str | None) -> bool:
    return bool(title and pattern("bases", "funding").search(unify(title).translate(SIMPLIFIED)))


def _region_of_issuers(names: Sequence[str], region: str | None) -> str | None:
    """The region of the first body whose name says one; `region` is that of the document that names it."""
    return next((found for name in names if (found := region_of_issuer(name, region))), None)


def region_of_issuer(name: str, region: str | None) -> str | None:
    """The region of a body by its name: `cn`, six digits, or None where it says none.

    For a body named by its level alone (省…, 市…, 县…) it is that of `region`, the document's.
    """
    plain = name.translate(SIMPLIFIED)
    if pattern("bases", "central").search(unify(plain)):
        return CENTRAL
    if found := region_of(plain):
        return found
    return _relative(plain, region) if region else None


def issued_by_places(names: Sequence[str]) -> bool:
    """Whether bodies are those of places, by their names or by the level alone, and none of the whole country.

    >>> issued_by_places(["省民政厅", "省财政厅"]), issued_by_places(["民政部", "省民政厅"]), issued_by_places([])
    (True, False, False)
    """
    levels = load("bases")["relative"].values()
    regions = [region_of_issuer(name, None) for name in names]
    placed = any(regions) or any(re.search(shape, name) for name in names for shape in levels)
    return placed and CENTRAL not in regions


def _relative(name: str, region: str) -> str | None:
    """The province, prefecture or county of `region`, for a body that is named by its level alone (省财政厅).

    None for 市 in a document of a city below a prefecture: it may be that city or the one above it.
    """
    for level, shape in load("bases")["relative"].items():
        if re.search(shape, name):
            code = region[: _LEVELS[level]].ljust(6, "0")
            either = name.startswith("市") and _is_lesser_city(region)
            return code if level_of(code) == _NAMES[level] and not either else None
    return None


def _is_lesser_city(region: str) -> bool:
    """Whether a region is a city below a prefecture."""
    return level_of(region) == "county" and region_chain(region)[-1].name.endswith("市")
