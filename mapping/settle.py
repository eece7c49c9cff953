"""The citations of a document to what they say of each other: short names, places, years, which number sends money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mapping.bases import BASIS, FUNDING, Cited, is_bare, sends_funds
from mapping.docnumber import SIMPLIFIED
from mapping.document import squeeze
from mapping.legal import LegalDocument
from mapping.wording import wording

_SETTLED = "its place is that of the same number where its title is printed too"
_TITLED = "its place is that of the same title elsewhere in the document"
_SHORTENED = "a name that the document made shorter (以下简称)"
_DATED = "the year is that of the same standard elsewhere in the document"
_SENT = "the same number sends money elsewhere in the document"


def settle(found: Sequence[Cited]) -> list[Cited]:
    """The citations of a document in order, each with what the others say of the document that it names."""
    return _funding(_dated(_titled(_settled(_shortened(found)))))


def _shortened(found: Sequence[Cited]) -> list[Cited]:
    """The citations; those by a name that the document made for another one (以下简称《办法》) name that one.

    So does the kind alone (《通知》要求); it is no citation where no document of that kind was named before.
    """
    long: dict[str, LegalDocument] = {}
    cited: list[Cited] = []
    for one in found:
        title = squeeze(one.mention.title or "").translate(SIMPLIFIED)
        if one.names and not one.mention.doc_number and title in long:
            cited.append(replace(one, names=long[title], reason=one.reason or _SHORTENED))
            continue
        if one.names and one.short:
            long[one.short] = one.names
        if not _is_kind(one):
            cited.append(one)
        elif meant := _meant(title, cited):
            cited.append(replace(one, names=meant, reason=one.reason or _SHORTENED))
    return cited


def _is_kind(cited: Cited) -> bool:
    """Whether a title without number only says of what kind the document is that it names (《通知》要求)."""
    said = cited.mention
    return bool(said.title and not said.doc_number and wording("title", "kind-alone").fullmatch(squeeze(said.title)))


def _meant(kind: str, before: Sequence[Cited]) -> LegalDocument | None:
    """The last of some citations whose title ends as a bare kind does; None where there is none."""
    found = (one for one in reversed(before) if (one.mention.title or "").endswith(kind) and not _is_kind(one))
    return next((one.names for one in found), None)


def _funding(found: Sequence[Cited]) -> list[Cited]:
    """The citations; a number among the bases of a project that sends money by all else the document says sends it."""
    sent = {one.names.tail for one in found if one.names and one.role == FUNDING and one.mention.kind == "docnum"}
    other = {one.names.tail for one in found if one.names and one.mention.title and not sends_funds(one)}
    return [
        replace(one, role=FUNDING, reason=one.reason or _SENT)
        if one.names and one.role == BASIS and is_bare(one) and one.names.tail in sent - other
        else one
        for one in found
    ]


def _dated(found: Sequence[Cited]) -> list[Cited]:
    """The citations; a standard without year is the one edition of it that the document prints."""
    editions: dict[tuple[str | None, str | None], dict[int, LegalDocument]] = {}
    for one in found:
        if one.names and one.mention.kind == "standard" and one.names.year:
            editions.setdefault((one.names.code, one.names.serial), {})[one.names.year] = one.names
    return [_dated_by(one, editions.get((one.names.code, one.names.serial), {})) if one.names else one for one in found]


def _dated_by(cited: Cited, editions: Mapping[int, LegalDocument]) -> Cited:
    if cited.mention.kind != "standard" or cited.names is None or cited.names.year or len(editions) != 1:
        return cited
    return replace(cited, names=next(iter(editions.values())), reason=cited.reason or _DATED)


def _settled(found: Sequence[Cited]) -> list[Cited]:
    """The citations; a number whose code says no place is of the place that the same number has elsewhere."""
    placed = [one for one in _named(found) if one.region]
    known = _places_of([one for one in placed if one.code_known is True])
    printed = _places_of([one for one in placed if one.code_known is False])
    return [
        _settled_by(one, known.get(one.names.tail) or printed.get(one.names.tail) or {}) if one.names else one
        for one in found
    ]


def _titled(found: Sequence[Cited]) -> list[Cited]:
    """The citations; a title without number or place is of the one place that the same title has elsewhere."""
    placed = [one for one in _named(found) if one.code_known is None and (one.region or one.issuers)]
    places = _places_of(placed)
    return [_titled_by(one, places.get(one.names.tail, {})) if one.names else one for one in found]


def _titled_by(cited: Cited, places: Mapping[str | None, LegalDocument]) -> Cited:
    names = cited.names
    if names is None or names.code_known is not None or names.region or names.issuers or len(places) != 1:
        return cited
    (other,) = places.values()
    if other.region is None:
        return cited
    named = replace(names, region=other.region, issuers=other.issuers)
    return replace(cited, names=named, reason=cited.reason or _TITLED)


def _named(found: Iterable[Cited]) -> Iterator[LegalDocument]:
    """The documents that citations name."""
    return (one.names for one in found if one.names)


def _places_of(named: Iterable[LegalDocument]) -> Mapping[str, Mapping[str | None, LegalDocument]]:
    """The documents of each number or title by region, the first that was named of each."""
    places: dict[str, dict[str | None, LegalDocument]] = {}
    for one in named:
        places.setdefault(one.tail, {}).setdefault(one.region, one)
    return places


def _settled_by(cited: Cited, places: Mapping[str | None, LegalDocument]) -> Cited:
    """A citation whose code is not understood, by the one region in which its number is."""
    if cited.names is None or cited.names.code_known is not False or len(places) != 1:
        return cited
    (other,) = places.values()
    if other.region == cited.names.region and not other.code_known:
        return cited
    names = replace(cited.names, region=other.region, code_known=other.code_known, issuers=other.issuers)
    return replace(cited, names=names, reason=cited.reason or _SETTLED)
