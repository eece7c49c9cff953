"""The store of a release to the entries of its search index: each thing with its names, words and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from mapping.identity import UNKNOWN
from mapping.laws import law_named
from mapping.spellings import HAN, tokens
from mapping.worth import worth_tokens

OTHER = "other"
"""Kind of the things of an imported release that are of no kind below."""

_DEF, _CODE = "https://w3id.org/yusuan/def#", "https://w3id.org/yusuan/code/"
_RDFS, _SKOS = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"
_PROV, _DCT = "http://www.w3.org/ns/prov#", "http://purl.org/dc/terms/"
_TYPE, _LABEL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"{_RDFS}label"
_ALTERNATIVE = f"{_SKOS}altLabel"
_NAMES = (_LABEL, f"{_SKOS}prefLabel", _ALTERNATIVE, f"{_DCT}title", "http://xmlns.com/foaf/0.1/name")
_NUMBER = f"{_DEF}documentNumber"
_CENTRAL = f"{_CODE}legal-level/central"


_Said = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How the things of a class are found by words: their labels, other names, and what else they say.

    `spelled` kinds have names that people write in many ways; of `quoted` ones the label is no name but a quotation;
    `numbered` ones print a number.
    """

    name: str
    type: str
    labels: tuple[str, ...] = (_LABEL,)
    others: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    number: str = ""
    spelled: bool = False
    quoted: bool = False
    numbered: bool = False


KINDS = (
    Kind("organisation", "http://www.w3.org/ns/org#Organization", spelled=True),
    Kind("project", f"{_DEF}Project", number=f"{_DEF}projectCode", spelled=True),
    Kind("legal", f"{_DEF}LegalDocument", (_LABEL, _NUMBER), number=_NUMBER, spelled=True),
    Kind("disclosure", f"{_DEF}Disclosure"),
    Kind("document", f"{_DEF}Document"),
    Kind("table", f"{_DEF}Table"),
    Kind(
        "indicator",
        f"{_DEF}Indicator",
        tuple(f"{_DEF}{name}" for name in ("level3", "description", "level2", "level1")),
        texts=tuple(f"{_DEF}{name}" for name in ("level1", "level2", "description", "printedValue", "unit", "basis")),
        numbered=True,
    ),
    Kind("statement", f"{_DEF}Statement", (f"{_DEF}clause",), quoted=True, numbered=True),
    Kind(
        "citation",
        f"{_DEF}Citation",
        (f"{_DEF}citedTitle", _NUMBER),
        texts=(f"{_DEF}issuerName",),
        number=_NUMBER,
        quoted=True,
    ),
    Kind("measure", f"{_SKOS}Concept", (f"{_SKOS}prefLabel",), (f"{_SKOS}altLabel",)),
    Kind("class", f"{_SKOS}Concept", (f"{_SKOS}prefLabel",), (f"{_SKOS}altLabel",), number=f"{_SKOS}notation"),
)
_ANYTHING = Kind(OTHER, "", tuple(name for name in _NAMES if name != _ALTERNATIVE), (_ALTERNATIVE,))


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as it is found: its label, other names and further words, and what a search narrows down by.

    `number` is a document number in normal form, or the code of a project or class; what is not known is empty.
    `worth` are the tokens of the number that it prints, `of` those of its document, unit and year.
    """

    kind: str
    iri: str
    label: str
    names: tuple[str, ...]
    text: str
    number: str
    region: str
    year: str
    unit: str
    document: str
    worth: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """The region, the year and the unit that a thing is of, and the document that says it; empty where none is."""

    region: str = ""
    year: str = ""
    unit: str = ""
    document: str = ""


class Reader:
    """The store by pattern; `merged` reads the merge that is the default graph, else all graphs."""

    def __init__(self, store: Store, *, merged: bool) -> None:
        self._store = store
        self._graph = DefaultGraph() if merged else None

    def of_type(self, iri: str) -> Iterator[str]:
        """The IRIs of the things of a class."""
        for quad in self._store.quads_for_pattern(None, NamedNode(_TYPE), NamedNode(iri), self._graph):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def named(self) -> Iterator[str]:
        """The IRIs of whatever has a name."""
        for name in _NAMES:
            for quad in self._store.quads_for_pattern(None, NamedNode(name), None, self._graph):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject.value

    def say(self, iri: str) -> dict[str, list[str]]:
        """What is said of a thing: the values of each property, sorted and without their types and languages."""
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, self._graph):
            if isinstance(quad.object, NamedNode | Literal):
                found.setdefault(quad.predicate.value, set()).add(quad.object.value)
        return {name: sorted(values) for name, values in found.items()}

    def rows(self, query: str) -> Iterator[list[str]]:
        """The rows of a query, as strings; what is not bound is empty."""
        found = self._store.query(query, use_default_graph_as_union=self._graph is None)
        assert isinstance(found, QuerySolutions)
        for row in found:
            yield ["" if value is None else str(getattr(value, "value", value)) for value in row]

    def from_(self, predicate: str, iri: str) -> list[str]:
        """The IRIs of the things that say a property of this one, sorted."""
        quads = self._store.quads_for_pattern(None, NamedNode(predicate), NamedNode(iri), self._graph)
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})


def entries(reader: Reader, *, imported: bool) -> Iterator[tuple[int, Entry]]:
    """The entries with the place of their kind among all, in any order and a thing perhaps more than once.

    Of an imported release whatever has a name is among them, of a built one what is of a kind alone.
    """
    context = Context(reader)
    for place, kind in enumerate(KINDS):
        for iri in _things(kind, reader):
            if entry := _entry(kind, iri, context):
                yield place, entry
    if imported:
        kinds = {iri for kind in KINDS for iri in reader.of_type(kind.type)}
        for iri in reader.named():
            if iri not in kinds and (entry := _entry(_ANYTHING, iri, context)):
                yield len(KINDS), entry


def _things(kind: Kind, reader: Reader) -> Iterator[str]:
    """The things of a kind: of the concepts the measures, or those of a classification of the release."""
    if kind.name == "measure":
        measures = set(reader.from_(f"{_SKOS}inScheme", f"{_CODE}measure"))
        return (iri for iri in reader.of_type(kind.type) if iri in measures)
    if kind.name == "class":
        return (iri for iri in reader.of_type(kind.type) if not iri.startswith(_CODE))
    return reader.of_type(kind.type)


def _entry(kind: Kind, iri: str, context: Context) -> Entry | None:
    """The entry of a thing; None where it has no label."""
    said = context.reader.say(iri)
    labels = [label for name in kind.labels for label in _best_first(said.get(name, ()))]
    if not labels:
        return None
    others = [*labels[1:], *(other for name in kind.others for other in said.get(name, ()))]
    names = dict.fromkeys(other for other in (*others, *context.names(kind, iri, labels)) if other != labels[0])
    texts = [value for name in kind.texts for value in said.get(name, ()) if value != labels[0]]
    where = context.where(kind, iri, said)
    return Entry(
        kind.name,
        iri,
        labels[0],
        tuple(names),
        " ".join(dict.fromkeys((*texts, *context.quotes(kind, said)))),
        _first(said, kind.number) if kind.number else "",
        where.region,
        where.year,
        where.unit,
        where.document,
        tuple(worth_tokens(_first(said, f"{_DEF}printedValue"), _first(said, f"{_DEF}unit"))) if kind.numbered else (),
        context.of(iri, where),
    )


def _best_first(labels: Iterable[str]) -> list[str]:
    """Labels with the one to show first: a Chinese one, the fullest."""
    return sorted(labels, key=lambda label: (not re.search(f"[{HAN}]", label), -len(label), label))


class Context:
    """What a thing takes from others: the place, the year and the unit of its document, names that others give it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._documents: dict[str, Where] = {}
        self._named: dict[tuple[str, str], list[tuple[str, list[str]]]] = {}

    def names(self, kind: Kind, iri: str, labels: list[str]) -> list[str]:
        """The other names of a thing: as its entries print them, its aliases, those by which a law goes."""
        if kind.name == "legal":
            laws = (law for label in labels if (law := law_named(label)))
            return [name for law in laws for name in (law.key, *law.short)]
        if not kind.spelled:
            return []
        entries = self.reader.from_(f"{_DEF}entryOf", iri)
        printed = [name for entry in entries for name in self.reader.say(entry).get(_LABEL, ())]
        return [*printed, *self._aliases(iri)]

    def _aliases(self, iri: str) -> list[str]:
        found = []
        for one, other in (("aliasOf", "alias"), ("alias", "aliasOf")):
            for entry in map(self.reader.say, self.reader.from_(f"{_DEF}{one}", iri)):
                if f"{_CODE}alias-status/same" in entry.get(f"{_DEF}aliasStatus", ()):
                    found += [name for alias in entry.get(f"{_DEF}{other}", ()) for name in self.labels(alias)]
        return found

    def labels(self, iri: str) -> list[str]:
        """The labels of a thing, sorted."""
        return self.reader.say(iri).get(_LABEL, [])

    def quotes(self, kind: Kind, said: _Said) -> list[str]:
        """The very words of a citation."""
        if kind.name != "citation":
            return []
        spans = map(self.reader.say, said.get(f"{_PROV}wasDerivedFrom", ()))
        return [quote for span in spans for quote in span.get(f"{_DEF}quote", ())]

    def where(self, kind: Kind, iri: str, said: _Said) -> Where:
        """The place, the year, the unit and the document of a thing."""
        of_kind = {
            "organisation": lambda: Where(_first(said, f"{_DEF}region"), unit=iri),
            "project": lambda: self._project(iri, said),
            "legal": lambda: Where(self._legal_region(said), _first(said, f"{_DEF}issueYear")),
            "disclosure": lambda: self._disclosure(iri),
            "document": lambda: self.of_document(iri),
            "class": lambda: Where(year=_year_of_class(iri)),
        }
        return of_kind.get(kind.name, lambda: self.of_document(_first(said, f"{_DCT}isPartOf")))()

    def _legal_region(self, said: _Said) -> str:
        if _CENTRAL in said.get(f"{_DEF}legalLevel", ()):
            return "cn"
        return _six(_first(said, f"{_DEF}inRegion"))

    def _project(self, iri: str, said: _Said) -> Where:
        entries = self.reader.from_(f"{_DEF}entryOf", iri)
        documents = sorted(_first(self.reader.say(entry), f"{_DCT}isPartOf") for entry in entries)
        of = self.of_document(documents[0]) if documents else Where()
        return Where(of.region, _first(said, f"{_DEF}fiscalYear") or of.year, of.unit)

    def of(self, iri: str, where: Where) -> tuple[str, ...]:
        """Tokens of what tells which of many things that say the same is meant: of document, unit and year."""
        key = (where.document, where.unit)
        if key not in self._named:
            named = {name: each for each in key if each for name in self.labels(each)}
            self._named[key] = [(each, tokens(name)) for name, each in named.items()]
        year = tokens(f"{where.year}年度") if where.year else []
        return (*(token for each, words in self._named[key] if each != iri for token in words), *year)

    def of_document(self, iri: str) -> Where:
        """The region, the year and the unit of a document."""
        if iri and iri not in self._documents:
            disclosure = _first(self.reader.say(iri), f"{_PROV}specializationOf")
            of = self._disclosure(disclosure) if disclosure else Where()
            self._documents[iri] = Where(of.region, of.year, of.unit, iri)
        return self._documents.get(iri, Where())

    def _disclosure(self, iri: str) -> Where:
        said = self.reader.say(iri)
        unit = _first(said, f"{_DCT}publisher")
        region = _first(self.reader.say(unit), f"{_DEF}region") if unit else ""
        return Where(region, _first(said, f"{_DEF}fiscalYear"), unit)


def _first(said: _Said, name: str) -> str:
    return next(iter(said.get(name, ())), "")


def _year_of_class(iri: str) -> str:
    """The year of a yearly classification, which the IRIs of its classes name before their digits."""
    found = re.search(r"/(\d{4})/[^/]*$", iri)
    return found[1] if found else ""


def _six(region: str) -> str:
    """The code that ends the IRI of a region; empty where it is none."""
    code = region.rpartition("/")[2]
    return "" if code in ("", UNKNOWN) else code
