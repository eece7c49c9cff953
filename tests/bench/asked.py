"""Eight questions as people ask them of a budget graph, each of many things in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.bench.quads import DEF, FACTS, OBSERVATIONS, YEARS, document, functional_class, graph, measure, region, unit
from tests.protocol.cases import JSON, NTRIPLES

VARIANTS = 40
"""Of how many things each question is asked, in turn, so that no answer is asked for again at once."""
_STRIDE = 97  # a prime, so that things of every year, region and measure are asked for
_PREFIXES = f"PREFIX def: <{DEF}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def _year(number: int) -> str:
    return f'"{YEARS[number % len(YEARS)]}"^^<http://www.w3.org/2001/XMLSchema#gYear>'


def _lookup(number: int) -> str:
    return f"SELECT ?p ?o {{ <{document(number)}/observation/{number % OBSERVATIONS}> ?p ?o }}"


def _describe(number: int) -> str:
    fact = f"{unit(number)}/fact/{YEARS[number % len(YEARS)]}/{number % FACTS}"
    return f"SELECT ?p ?o ?q ?v {{ <{fact}> ?p ?o OPTIONAL {{ ?o ?q ?v }} }}"


def _join(number: int) -> str:
    return (
        f"SELECT ?row ?amount ?name {{ ?o def:document <{document(number)}> ; def:row ?row ; def:amount ?amount ; "
        "def:functionalClass ?c . ?c rdfs:label ?name }"
    )


def _filter(number: int) -> str:
    return (
        f"SELECT ?name ?project ?amount {{ ?u def:region <{region(number // len(YEARS))}> ; rdfs:label ?name . "
        f"?p def:organisation ?u ; def:fiscalYear {_year(number)} ; rdfs:label ?project ; def:amount ?amount "
        "FILTER(?amount > 20000) }"
    )


def _group(number: int) -> str:
    return (
        "SELECT ?year (SUM(?amount) AS ?sum) (COUNT(*) AS ?n) { "
        f"?o def:functionalClass <{functional_class(number)}> ; def:amount ?amount ; def:fiscalYear ?year }} "
        "GROUP BY ?year"
    )


def _sum(number: int) -> str:
    return (
        f"SELECT (SUM(?amount) AS ?sum) (COUNT(*) AS ?n) {{ ?f a def:Fact ; def:measure <{measure(number)}> ; "
        f"def:fiscalYear {_year(number)} ; def:amount ?amount }}"
    )


def _order(number: int) -> str:
    return (
        f"SELECT ?p ?name ?amount {{ ?p a def:Project ; def:fiscalYear {_year(number)} ; def:amount ?amount ; "
        "rdfs:label ?name } ORDER BY DESC(?amount) LIMIT 20"
    )


def _construct(number: int) -> str:
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph(number)}> {{ ?s ?p ?o }} }}"


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


def questions(documents: int) -> Mapping[str, Sequence[str]]:
    """Return the texts of each question by its name, about things spread over all the documents."""
    return {
        name: [_PREFIXES + ask(number * _STRIDE % documents) for number in range(VARIANTS)]
        for name, ask in _QUESTIONS.items()
    }


def accept_of(query: str) -> str:
    """Return the media type to ask a question's answer in."""
    return NTRIPLES if "CONSTRUCT" in query else JSON
