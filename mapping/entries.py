"""A release's store to what its catalogue lists: each document with its unit, year, place and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from mapping.graph import DCT, DEF, LABEL
from mapping.release import ReleasedDocument

_SPECIALIZES = "http://www.w3.org/ns/prov#specializationOf"
_DOWNLOAD = "http://www.w3.org/ns/dcat#downloadURL"
_NOTATION = "http://www.w3.org/2004/02/skos/core#notation"


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation that disclosed documents; `region` is a Region with its six digits and its name."""

    iri: str
    name: str
    region: str | None
    region_code: str | None
    region_name: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One document; `licence` is an IRI or the words of its row in sources.csv, `before` the entries it follows on."""

    document: ReleasedDocument
    title: str
    disclosure: str | None
    kind: str
    year: str | None
    unit: Unit | None
    url: str | None
    issued: str | None
    licence: str | None
    replaces: str | None


def read_entries(store: Store, documents: Iterable[ReleasedDocument]) -> list[Entry]:
    """The documents as the store describes them, in order of their IRIs."""
    read = _Reader(store)
    return [read.entry(document) for document in sorted(documents, key=lambda each: each.iri)]


def years_before(entries: Sequence[Entry]) -> Mapping[str, Entry]:
    """The entry of the year before by document: same unit, same kind, last year that there is one of.

    Where several versions of that year are shown, none is chosen.
    """
    groups: dict[tuple[str, str], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        if entry.unit and entry.year and entry.kind != "unknown":
            groups[entry.unit.iri, entry.kind][entry.year].append(entry)
    before: dict[str, Entry] = {}
    for years in groups.values():
        for earlier, later in zip(sorted(years), sorted(years)[1:], strict=False):
            shown = [entry for entry in years[earlier] if not entry.document.hidden]
            if len(shown) == 1:
                before |= {entry.document.iri: shown[0] for entry in years[later]}
    return before


def replaced(entries: Sequence[Entry]) -> Mapping[str, Entry]:
    """The entry that each document says it replaces, by document, where one document has that path."""
    paths: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for path in entry.document.source:
            paths[path].append(entry)
    found = ((entry, paths.get(entry.replaces or "", [])) for entry in entries)
    return {entry.document.iri: others[0] for entry, others in found if len(others) == 1 and others[0] != entry}


class _Reader:
    """Values of properties in the default graph of a store; of several the first in order."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entry(self, document: ReleasedDocument) -> Entry:
        iri = document.iri
        disclosure = self._value(iri, _SPECIALIZES)
        unit = self._value(disclosure, DCT + "publisher")
        return Entry(
            document=document,
            title=self._value(iri, LABEL) or document.source[0],
            disclosure=disclosure,
            kind=(self._value(disclosure, DEF + "disclosureKind") or "unknown").rpartition("/")[2],
            year=self._value(disclosure, DEF + "fiscalYear"),
            unit=self._unit(unit) if unit else None,
            url=self._value(iri, _DOWNLOAD),
            issued=self._value(iri, DCT + "issued"),
            licence=self._value(iri, DCT + "license"),
            replaces=self._value(iri, DCT + "replaces"),
        )

    def _unit(self, iri: str) -> Unit:
        region = self._value(iri, DEF + "inRegion")
        return Unit(
            iri=iri,
            name=self._value(iri, LABEL) or iri,
            region=region,
            region_code=self._value(region, _NOTATION),
            region_name=self._value(region, LABEL),
        )

    def _value(self, subject: str | None, predicate: str) -> str | None:
        if not subject:
            return None
        found = self._store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, DefaultGraph())
        values = (quad.object.value for quad in found if isinstance(quad.object, Literal | NamedNode))
        return min(values, default=None)
