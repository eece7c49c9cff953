"""Legal documents by their number, in any spelling: the one that is meant, those that it may be, or the nearest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from mapping.docnumber import normalise, parse
from server.errors import PageUnknownError, ParameterError, ThingUnknownError
from server.evaluate import Evaluation, Evaluator
from server.formats import JSON
from server.table import columns_and_rows

PAGE = 100
"""Legal documents of one page of the list."""
_NEAREST = 3
# Characters of what was looked for that an error repeats.
_LONGEST = 80
_NEAR_ENOUGH = 0.6

_PREFIXES = (
    "PREFIX def: <https://w3id.org/yusuan/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)
# By its number, or by one that a citation prints for it (住建部令 for 住房和城乡建设部令).
_BY_NUMBER = f"""{_PREFIXES}
SELECT ?document ?number (GROUP_CONCAT(DISTINCT ?label; separator="；") AS ?title)
WHERE {{
  ?document a def:LegalDocument ; def:documentNumber|(^def:names/def:documentNumber) ?number
  OPTIONAL {{ ?document rdfs:label ?label }}
}}
GROUP BY ?document ?number ORDER BY ?document"""
# Of the same body, or of the same year with the same serial.
_ALIKE = f"""{_PREFIXES}
SELECT DISTINCT ?code ?year ?serial ?near WHERE {{
  {{ ?document def:agencyCode ?code ; def:documentNumber ?near }}
  UNION {{ ?document def:serial ?serial ; def:issueYear ?year ; def:documentNumber ?near }}
}}"""
_LIST = f"""{_PREFIXES}
SELECT ?document ?number (GROUP_CONCAT(DISTINCT ?label; separator="；") AS ?title) WHERE {{
  {{ SELECT ?document ?number WHERE {{
    ?document a def:LegalDocument OPTIONAL {{ ?document def:documentNumber ?number }}
  }} ORDER BY (!BOUND(?number)) ?number ?document LIMIT %d OFFSET %d }}
  OPTIONAL {{ ?document rdfs:label ?label }}
}} GROUP BY ?document ?number ORDER BY (!BOUND(?number)) ?number ?document"""
_COUNT = f"{_PREFIXES} SELECT (COUNT(DISTINCT ?document) AS ?count) WHERE {{ ?document a def:LegalDocument }}"


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """A legal document of the release; `number` or `title` is empty where none is printed."""

    iri: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of all legal documents."""

    documents: Sequence[LegalDocument]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def find_by_number(evaluator: Evaluator, printed: str) -> list[LegalDocument]:
    """Return the legal documents with a number, in any spelling: several where several regions have it.

    Raises `ParameterError` for what is no number, `ThingUnknownError` naming the nearest where there is none.
    """
    number = normalise(printed)
    if number is None:
        search = [(printed, f"/search?{urlencode({'q': printed, 'kind': 'legal'})}")] if printed else []
        raise ParameterError(f"{printed[:_LONGEST]!r} is no document number, such as 财建〔2006〕468号", see=search)
    found = _documents(evaluator, _BY_NUMBER, number=Literal(number))
    if not found:
        near = nearest(number, _alike(evaluator, number))
        hint = f"; the nearest: {', '.join(near)}" if near else ""
        see = [(each, f"/legal?{urlencode({'number': each})}") for each in near]
        raise ThingUnknownError(f"no document of this release cites {number}{hint}", see=see)
    return found


def list_page(evaluator: Evaluator, page: int) -> Listed:
    """Return one page of the legal documents, those with a number first; raises `PageUnknownError`."""
    _, rows = columns_and_rows(evaluator.evaluate(Evaluation(_COUNT, JSON.name)))
    listed = Listed((), int(rows[0][0]), page)
    if page > listed.pages:
        raise PageUnknownError(f"the last page is {listed.pages}")
    return Listed(_documents(evaluator, _LIST % (PAGE, (page - 1) * PAGE)), listed.total, page)


def nearest(number: str, known: Iterable[str]) -> list[str]:
    """Return the few numbers that are written most like one.

    >>> nearest("财建〔2006〕468号", ["财建〔2006〕469号", "国发〔2014〕45号"])
    ['财建〔2006〕469号']
    """
    return difflib.get_close_matches(number, sorted(known), _NEAREST, _NEAR_ENOUGH)


def _alike(evaluator: Evaluator, number: str) -> set[str]:
    """Return the numbers of the release that share the body, or the year and the serial."""
    parts = parse(number)
    assert parts
    bound: dict[str, NamedNode | Literal] = {"code": Literal(parts.code), "serial": Literal(parts.serial)}
    if parts.year:
        year = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
        bound["year"] = Literal(str(parts.year), datatype=year)
    columns, rows = columns_and_rows(evaluator.evaluate(Evaluation(_ALIKE, JSON.name, bound)))
    place = columns.index("near")
    return {row[place] for row in rows}


def _documents(evaluator: Evaluator, text: str, **bound: Literal) -> list[LegalDocument]:
    columns, rows = columns_and_rows(evaluator.evaluate(Evaluation(text, JSON.name, bound)))
    places = [columns.index(each) for each in ("document", "number", "title")]
    return [LegalDocument(*(row[place] for place in places)) for row in rows if row[places[0]]]
