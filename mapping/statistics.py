"""A store to the counts that VoID states of a data set: of its default graph, each as SPARQL counts it.

The counts follow the note "Describing Linked Datasets with the VoID Vocabulary" (W3C, 2011), section 4: distinct
objects are IRIs, blank nodes and literals; an entity is what has a type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import QuerySolutions, Store

_WHOLE = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties)
  (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }"""
_ENTITIES = "SELECT (COUNT(DISTINCT ?s) AS ?entities) (COUNT(DISTINCT ?c) AS ?classes) WHERE { ?s a ?c }"
_CLASSES = """SELECT ?class (COUNT(?s) AS ?entities) (MIN(?iri) AS ?example)
WHERE { ?s a ?class BIND(IF(isIRI(?s), STR(?s), ?none) AS ?iri) } GROUP BY ?class"""
_PROPERTIES = """SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?property ?o } GROUP BY ?property"""
_LINKS = """SELECT ?property ?namespace (COUNT(*) AS ?triples) WHERE {
  ?s ?property ?o
  FILTER(isIRI(?o) && ?property != <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> && REGEX(STR(?o), "^https?://"))
  FILTER(!STRSTARTS(STR(?o), "%s"))
  BIND(REPLACE(STR(?o), "[^/#]*$", "") AS ?namespace)
} GROUP BY ?property ?namespace"""


@dataclass(frozen=True, slots=True, order=True)
class ClassCount:
    """How many entities have a class; `example` is the first of their IRIs, if any."""

    iri: str
    entities: int
    example: str | None


@dataclass(frozen=True, slots=True, order=True)
class PropertyCount:
    """How often a property is used, with how many different subjects and objects."""

    iri: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True, order=True)
class LinkCount:
    """How many triples lead to the data of others with one property.

    `target` is what all their IRIs begin with: the root of the host, or as much more as leaves out what is no link.
    """

    target: str
    property: str
    triples: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a default graph holds, in numbers; the parts are in order of their IRIs."""

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: tuple[ClassCount, ...]
    properties: tuple[PropertyCount, ...]
    links: tuple[LinkCount, ...]


def count(store: Store, base: str, vocabularies: Iterable[str]) -> Statistics:
    """The counts of the default graph of a store.

    Links are those out of `base` and out of the namespaces of the `vocabularies`; a type is no link.
    """
    whole, entities = next(_rows(store, _WHOLE)), next(_rows(store, _ENTITIES))
    classes = sorted(
        ClassCount(row["class"], int(row["entities"]), row.get("example")) for row in _rows(store, _CLASSES)
    )
    properties = sorted(
        PropertyCount(row["property"], int(row["triples"]), int(row["subjects"]), int(row["objects"]))
        for row in _rows(store, _PROPERTIES)
    )
    if (len(classes), len(properties)) != (int(entities["classes"]), int(whole["properties"])):
        raise ValueError("the store does not count its classes and properties alike")
    return Statistics(
        triples=int(whole["triples"]),
        entities=int(entities["entities"]),
        subjects=int(whole["subjects"]),
        objects=int(whole["objects"]),
        classes=tuple(classes),
        properties=tuple(properties),
        links=tuple(_links(store, base, tuple(vocabularies))),
    )


def _links(store: Store, base: str, vocabularies: tuple[str, ...]) -> Iterator[LinkCount]:
    found: Counter[tuple[str, str]] = Counter()
    for row in _rows(store, _LINKS % base):
        space = _space(row["namespace"], (base, *vocabularies))
        if space and not row["namespace"].startswith(vocabularies):
            found[space, row["property"]] += int(row["triples"])
    return (LinkCount(target, name, triples) for (target, name), triples in sorted(found.items()))


def _space(namespace: str, left_out: Sequence[str]) -> str:
    """The shortest beginning of a namespace, by steps of its path, in which nothing stands that is left out.

    >>> _space("http://purl.org/a/b/", ["http://purl.org/dc/terms/"])
    'http://purl.org/a/'
    """
    at = [place + 1 for place, sign in enumerate(namespace) if sign in "/#"][2:]
    spaces = (namespace[:end] for end in at)
    return next((each for each in spaces if not any(one.startswith(each) for one in left_out)), "")


def _rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    """The solutions of a query: what is bound, as text."""
    found = store.query(query)
    if not isinstance(found, QuerySolutions):
        raise TypeError("counts are asked for with SELECT")
    names = [each.value for each in found.variables]
    for row in found:
        yield {name: row[name].value for name in names if row[name] is not None}
