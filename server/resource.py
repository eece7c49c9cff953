"""What the release says of one thing: its own triples, those that point to it page by page, and its neighbours' names.

All of it takes one query, or a second one for a page of many that point to it; never one per neighbour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from server.errors import PageUnknownError
from server.evaluate import Evaluation, Evaluator
from server.formats import JSON, NTRIPLES, Format
from server.table import columns_and_rows

PAGE = 100
"""Triples that point to a thing, of one page."""
SORTED = 10_000
"""Up to so many they come in order of property and subject; more, in the order of the store, which lasts as it does."""

_DEF = "https://w3id.org/yusuan/def#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
NAMES = (
    f"{_SKOS}prefLabel",
    LABEL,
    "http://purl.org/dc/terms/title",
    "http://xmlns.com/foaf/0.1/name",
    f"{_DEF}documentNumber",
    f"{_SKOS}altLabel",
    f"{_SKOS}notation",
)
"""Properties that name a thing, the best first."""
TELLING = tuple(
    _DEF + each
    for each in (
        "rowLabel",
        "columnPath",
        "printedValue",
        "unit",
        "clause",
        "level3",
        "citedTitle",
        "wording",
        "quote",
        "sourcePath",
    )
)
"""Properties that tell people which of many things without a name is meant, in the order in which they are read."""

_COUNTED = "urn:yusuan:counted"
# Every sub-SELECT projects ?thing, since a bound variable reaches no other one; and the names are filtered, since with
# VALUES the store begins with everything that has a name. None may have FROM or GRAPH in it (server/held.py).
_STATED = """
CONSTRUCT {{ ?thing ?p ?o . ?near ?name ?words . ?thing <{counted}> ?count }} WHERE {{
  {{ ?thing ?p ?o }}
  UNION {{ ?thing ?any ?near . ?near ?name ?words FILTER(?name IN ({names})) }}
  UNION {{ SELECT ?thing (COUNT(*) AS ?count) WHERE {{ ?x ?y ?thing }} GROUP BY ?thing }}
  {labels}
}}
"""
_POINTING = """
CONSTRUCT {{ ?other ?by ?thing . ?other ?name ?words . ?by <{label}> ?called }} WHERE {{
  {{ SELECT ?thing ?other ?by WHERE {{ ?other ?by ?thing }} {order} LIMIT {page} OFFSET {offset} }}
  OPTIONAL {{ ?other ?name ?words FILTER(?name IN ({names})) }}
  {labels}
}}
"""
# What people read properties as; a program that meets one asks for it.
_LABELS_STATED = f"UNION {{ ?thing ?near ?x . ?near ?name ?words FILTER(?name = <{LABEL}>) }}"
_LABELS_POINTING = f"OPTIONAL {{ ?by <{LABEL}> ?called }}"
_PARTS = f"CONSTRUCT {{ ?part ?p ?o }} WHERE {{ ?part <{_DEF}spanOf> ?thing ; ?p ?o }}"
_MOVED = """PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?thing ?end WHERE {
  ?thing dct:isReplacedBy+ ?end FILTER(isIRI(?end) && NOT EXISTS { ?end dct:isReplacedBy ?x })
}"""
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?thing { ?s ?p ?o } }"
_GRAPH_COUNTED = "SELECT ?thing (COUNT(*) AS ?count) WHERE { GRAPH ?thing { ?s ?p ?o } } GROUP BY ?thing"


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a thing: `pointing` is one page of the `total` triples that have it as their object.

    `names` are those of its neighbours and, where people read it, of the properties.
    """

    thing: str
    stated: tuple[Triple, ...]
    pointing: tuple[Triple, ...]
    total: int
    names: tuple[Triple, ...]
    page: int = 1

    @property
    def triples(self) -> tuple[Triple, ...]:
        """Return all triples of this page of the description."""
        return (*self.stated, *self.pointing, *self.names)

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))

    def values(self, *properties: str) -> list[str]:
        """Return the objects of some properties of the thing, as text."""
        found = (each.object for each in self.stated if each.predicate.value in properties)
        return [term.value for term in found if isinstance(term, NamedNode | Literal)]


def describe(evaluator: Evaluator, iri: str, page: int, *, for_people: bool) -> Description | None:
    """Return the description of a thing, None where the release says nothing of it.

    With `for_people` it has more names. Raises `PageUnknownError` where fewer triples point to it.
    """
    names = ", ".join(f"<{each}>" for each in (NAMES + TELLING if for_people else NAMES))
    labels = _LABELS_STATED if for_people else ""
    stated = _Found(evaluator, _STATED.format(counted=_COUNTED, names=names, labels=labels), iri)
    if not stated.of and not stated.total:
        return None
    described = Description(iri, stated.of, (), stated.total, stated.others, page)
    if page > described.pages:
        raise PageUnknownError(f"the last page is {described.pages}")
    if not stated.total:
        return described
    text = _POINTING.format(
        order="ORDER BY ?by ?other" if stated.total <= SORTED else "",
        page=PAGE,
        offset=(page - 1) * PAGE,
        names=names,
        label=LABEL,
        labels=_LABELS_POINTING if for_people else "",
    )
    turned = _Found(evaluator, text, iri)
    return replace(described, pointing=turned.to, names=(*stated.others, *turned.others))


def spans_of(evaluator: Evaluator, iri: str) -> list[Triple]:
    """Return what is said of the spans of a text, whose IRIs are its own with a fragment."""
    return _triples(evaluator, _PARTS, NamedNode(iri))


def end_of_moves(evaluator: Evaluator, iri: str) -> str | None:
    """Return the one IRI that a thing was replaced by in the end; None where there are several, or a circle."""
    answer = evaluator.evaluate(Evaluation(_MOVED, JSON.name, {"thing": NamedNode(iri)}))
    columns, rows = columns_and_rows(answer)
    ends = {row[columns.index("end")] for row in rows}
    return ends.pop() if len(ends) == 1 else None


def size_of_graph(evaluator: Evaluator, iri: str) -> int:
    """Return how many triples a named graph has, 0 where there is none."""
    answer = evaluator.evaluate(Evaluation(_GRAPH_COUNTED, JSON.name, {"thing": NamedNode(iri)}))
    columns, rows = columns_and_rows(answer)
    return int(rows[0][columns.index("count")] or 0) if rows else 0


def whole_graph(evaluator: Evaluator, iri: str, chosen: Format) -> bytes:
    """Return a named graph in a format of RDF."""
    return evaluator.evaluate(Evaluation(_GRAPH, chosen.name, {"thing": NamedNode(iri)}))


class _Found:
    """The triples of an answer: those of the thing, those to it, others; and how many to it there are, if counted."""

    def __init__(self, evaluator: Evaluator, text: str, iri: str) -> None:
        thing = NamedNode(iri)
        found = _triples(evaluator, text, thing)
        counted = [each for each in found if each.predicate.value == _COUNTED]
        self.total = sum(int(each.object.value) for each in counted if isinstance(each.object, Literal))
        kept = sorted((each for each in found if each.predicate.value != _COUNTED), key=str)
        self.of = tuple(each for each in kept if each.subject == thing)
        pointing = (each for each in kept if each.object == thing)
        self.to = tuple(sorted(pointing, key=lambda each: (str(each.predicate), str(each.subject))))
        self.others = tuple(each for each in kept if thing not in (each.subject, each.object))


def _triples(evaluator: Evaluator, text: str, thing: NamedNode) -> list[Triple]:
    answer = evaluator.evaluate(Evaluation(text, NTRIPLES.name, {"thing": thing}))
    return [Triple(each.subject, each.predicate, each.object) for each in parse(answer, format=RdfFormat.N_TRIPLES)]
