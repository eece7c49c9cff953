"""Eight questions as people ask them of a budget graph, each of many things in turn.

They have the shape of those in queries/questions: codes are shown by their notation, things by their label.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.bench.quads import (
    DEF,
    FACTS,
    NOTATION,
    OBSERVATIONS,
    document,
    functional_class,
    graph,
    region,
    unit,
    year,
)
from tests.protocol.cases import JSON, NTRIPLES

VARIANTS = 40
"""Of how many things each question is asked, in turn, so that no answer is asked for again at once."""
_STRIDE = 97  # a prime, so that things of every year, region and class are asked for
_PREFIXES = (
    f"PREFIX def: <{DEF}> PREFIX skos: <{NOTATION.removesuffix('notation')}> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)


def questions(documents: int) -> Mapping[str, Sequence[str]]:
    """Return the texts of each question by its name, about things spread over all the documents."""
    return {
        name: [_PREFIXES + ask(number * _STRIDE % documents) for number in range(VARIANTS)]
        for name, ask in _QUESTIONS.items()
    }


def accept_of(query: str) -> str:
    """Return the media type to ask a question's answer in."""
    return NTRIPLES if "CONSTRUCT" in query else JSON


def _lookup(number: int) -> str:
    return f"SELECT ?p ?o {{ <{document(number)}/observation/{number % OBSERVATIONS}> ?p ?o }}"


def _describe(number: int) -> str:
    fact = f"<{unit(number)}/fact/{year(number)}/{number % FACTS}>"
    return f"SELECT ?p ?o ?label {{ {{ {fact} ?p ?o }} UNION {{ ?o ?p {fact} }} OPTIONAL {{ ?o rdfs:label ?label }} }}"


def _join(number: int) -> str:
    return (
        "SELECT ?line ?kind ?row ?column ?code ?phase ?role ?amount { "
        f"?table def:isPartOf <{document(number)}> ; def:tableKind/skos:notation ?kind . "
        "?o def:dataSet ?table ; rdfs:label ?row ; def:line ?line ; def:columnPath ?column ; def:amount ?amount ; "
        "def:functionalClass/skos:notation ?code ; def:phase/skos:notation ?phase ; def:rowRole/skos:notation ?role }"
    )


def _filter(number: int) -> str:
    return (
        "SELECT ?unit ?measure ?phase ?scope ?level ?amount { "
        f"?entity def:region <{region(number)}> ; rdfs:label ?unit . "
        f"?fact def:reportingEntity ?entity ; a def:CanonicalFact ; def:fiscalYear {_year(number)} ; "
        "def:amount ?amount ; def:measure/rdfs:label ?measure ; def:phase/skos:notation ?phase ; "
        "def:fundScope/skos:notation ?scope ; def:reportingLevel/skos:notation ?level FILTER(?amount > 50000) }"
    )


def _group(number: int) -> str:
    return (
        "SELECT ?code ?year (SUM(?amount) AS ?sum) (COUNT(*) AS ?n) { "
        f"?o def:reportingEntity <{unit(number)}> ; a def:Observation ; def:functionalClass/skos:notation ?code ; "
        'def:rowRole/skos:notation "row-role-0" ; def:fiscalYear ?year ; def:amount ?amount } GROUP BY ?code ?year'
    )


def _sum(number: int) -> str:
    return (
        f"SELECT (SUM(?amount) AS ?sum) (COUNT(*) AS ?n) {{ ?o def:functionalClass <{functional_class(number)}> ; "
        'def:rowRole/skos:notation "row-role-0" ; def:phase/skos:notation ?phase ; def:amount ?amount '
        'FILTER(?phase IN ("phase-1", "phase-3")) }'
    )


def _order(number: int) -> str:
    return (
        f"SELECT ?project ?name ?unit ?amount {{ ?project a def:Project ; def:fiscalYear {_year(number)} ; "
        "def:amount ?amount ; rdfs:label ?name ; def:implementingUnit/rdfs:label ?unit } "
        "ORDER BY DESC(?amount) LIMIT 20"
    )


def _construct(number: int) -> str:
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph(number)}> {{ ?s ?p ?o }} }}"


def _year(number: int) -> str:
    return f'"{year(number)}"^^xsd:gYear'


_QUESTIONS: Mapping[str, Callable[[int], str]] = {
    "point lookup": _lookup,
    "describe-like": _describe,
    "small join": _join,
    "filtered join": _filter,
    "aggregate by group": _group,
    "sum over a class": _sum,
    "ordered top 20": _order,
    "construct of a document": _construct,
}
