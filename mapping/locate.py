"""The store of a release to the numbers of its search index: each that a table or a form prints, and where.

Sentences and indicators, which print numbers too, are entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mapping.searchable import Context, Reader
from mapping.spellings import fold
from mapping.worth import ZERO, figure

_IN_PLACE = re.compile(r"(?P<document>.+)/(?P<place>[a-z]+/(?P<start>\d{1,15})-\d+)")
_PREFIXES = """PREFIX def: <https://w3id.org/yusuan/def#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# Of a reading of a class, and the property that leads to its table; one that has decimals is a number.
_IN_TABLE = """SELECT ?iri ?printed ?unit ?label ?path ?title WHERE {
  ?iri a %s ; def:decimals ?decimals ; def:printedValue ?printed .
  FILTER NOT EXISTS { ?iri def:smallCell true }
  OPTIONAL { ?iri def:unit ?unit }
  OPTIONAL { ?iri def:rowLabel ?label }
  OPTIONAL { ?iri def:columnPath ?path }
  OPTIONAL { ?iri %s ?table . ?table rdfs:label ?title }
}"""
# Cells, other numbers of tables and charts, and fields of forms.
_QUERIES = (
    _IN_TABLE % ("def:Observation", "qb:dataSet"),
    _IN_TABLE % ("def:Quantity", "def:inTable"),
    """SELECT ?iri ?printed ?unit ?label ?path ("" AS ?title) WHERE {
  ?iri a def:FormReading ; def:decimals ?decimals ; def:printedValue ?printed .
  OPTIONAL { ?iri def:unit ?unit }
  OPTIONAL { ?project def:reading ?iri . ?project rdfs:label ?label }
  OPTIONAL { ?iri def:field ?field . ?field skos:prefLabel ?path FILTER(LANGMATCHES(LANG(?path), "zh")) }
}""",
)


class Number(NamedTuple):
    """One number in its place: its figure, how and in which unit it is printed, and what row, column and table say.

    Of a field of a form the label is the project's, the path the field's; what is not known is empty. The IRI is
    `document` and `place`, which begins at a character of the text; one of another form is all in `place`.
    """

    document: str
    start: int
    place: str
    figure: str
    printed: str
    unit: str
    label: str
    path: str
    title: str


class Source(NamedTuple):
    """A document that prints numbers: what a search narrows down by, and the names by which it is asked for, folded."""

    document: str
    region: str
    year: str
    unit: str
    names: str


def numbers(reader: Reader) -> Iterator[Number]:
    """The numbers of tables and forms but zeros, in any order and one perhaps more than once."""
    for query in _QUERIES:
        for iri, printed, *said in reader.rows(_PREFIXES + query):
            read = figure(printed)
            if read not in (None, ZERO):
                found = _IN_PLACE.fullmatch(iri)
                place = (found["document"], int(found["start"]), found["place"]) if found else ("", 0, iri)
                yield Number(*place, read, printed, *said)


def sources(reader: Reader, documents: Iterable[str]) -> list[Source]:
    """The documents by their IRIs, those of the newest year first."""
    context = Context(reader)
    found = []
    for iri in documents:
        where = context.of_document(iri)
        names = [name for thing in (iri, where.unit) if thing for name in context.labels(thing)]
        found.append(Source(iri, where.region, where.year, where.unit, " ".join(map(fold, names))))
    found.sort(key=lambda one: (one.region, one.unit, one.document))
    return sorted(found, key=lambda one: one.year, reverse=True)
