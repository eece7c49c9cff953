"""What rdflib says of the same data: the second opinion on merges, sums and whole graphs."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from rdflib import Dataset, Graph, URIRef

from tests.protocol.cases import DATA


@cache
def dataset() -> Dataset:
    """Return the data of the suite with its named graphs."""
    read = Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's own parts, used by its parsers
        read.parse(DATA, format="trig")
    return read


def merge(graphs: Iterable[str] | None = None) -> Graph:
    """Return the RDF merge of some named graphs, or of all: a set of triples, each once."""
    found = Graph()
    names = [each.identifier for each in dataset().graphs()] if graphs is None else [URIRef(name) for name in graphs]
    for name in names:
        for triple in dataset().graph(name):
            found.add(triple)
    return found


def counted(graphs: Iterable[str] | None = None, pattern: str = "?s ?p ?o") -> int:
    """Return how many solutions rdflib finds for a pattern in a merge."""
    return len(list(merge(graphs).query(f"SELECT * WHERE {{ {pattern} }}")))


def summed(predicate: str, graphs: Iterable[str] | None = None) -> Decimal:
    """Return the sum of a predicate's values as rdflib has it over a merge."""
    rows = list(merge(graphs).query(f"SELECT (SUM(?v) AS ?sum) WHERE {{ ?s <{predicate}> ?v }}"))
    return Decimal(str(rows[0][0]))  # type: ignore[index]
