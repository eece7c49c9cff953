"""Running one query in both engines, with answers as plain values that can be compared."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Mapping
from decimal import Decimal

import pyoxigraph
import rdflib
from rdflib.term import Identifier

from server.catalogue import Query, question
from server.evaluate import evaluate, named_query

Value = str | int | Decimal | bool | None
Rows = list[tuple[Value, ...]]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal")}


def as_dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """Return the default graph of a store in rdflib, as the default graph of a dataset."""
    dump = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    assert dump is not None
    dataset = rdflib.Dataset()
    dataset.default_graph.parse(data=dump, format="nt")
    return dataset


def answer(
    store: pyoxigraph.Store, name: str, **bindings: pyoxigraph.NamedNode | pyoxigraph.Literal
) -> list[dict[str, str]]:
    """Return the rows of the CSV answer to a named question."""
    content = evaluate(store, named_query(question(name), bindings, "csv")).decode("utf-8")
    return list(csv.DictReader(io.StringIO(content)))


def rows_of_pyoxigraph(
    store: pyoxigraph.Store, query: Query, bindings: Mapping[str, pyoxigraph.NamedNode | pyoxigraph.Literal]
) -> Rows:
    """Return the rows in order, with hidden columns."""
    solutions = store.query(
        query.text, substitutions={pyoxigraph.Variable(name): term for name, term in bindings.items()}
    )
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = solutions.variables
    return [tuple(_oxigraph_value(solution[name]) for name in names) for solution in solutions]


def rows_of_rdflib(
    dataset: rdflib.Dataset, query: Query, bindings: Mapping[str, pyoxigraph.NamedNode | pyoxigraph.Literal]
) -> Rows:
    """Return the rows in order, with hidden columns."""
    terms: dict[str, Identifier] = {name: _rdflib_term(term) for name, term in bindings.items()}
    with warnings.catch_warnings():
        # rdflib 7.6 uses what it deprecates itself, in Dataset.query.
        warnings.filterwarnings("ignore", "Dataset.default_context", DeprecationWarning)
        result = dataset.query(query.text, initBindings=terms)
        rows = list(result.bindings)
    assert result.vars is not None
    return [tuple(_rdflib_value(row.get(name)) for name in result.vars) for row in rows]


def _oxigraph_value(term: object) -> Value:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.Literal):
        return _value(term.value, term.datatype.value)
    assert isinstance(term, pyoxigraph.NamedNode)
    return term.value


def _rdflib_value(term: Identifier | None) -> Value:
    if isinstance(term, rdflib.Literal):
        return _value(str(term), str(term.datatype))
    return None if term is None else str(term)


def _value(text: str, datatype: str) -> Value:
    if datatype in _NUMBERS:
        return Decimal(text)
    return text == "true" if datatype == f"{_XSD}boolean" else text


def _rdflib_term(term: pyoxigraph.NamedNode | pyoxigraph.Literal) -> Identifier:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    datatype = term.datatype.value
    # To rdflib, a plain literal and an xsd:string are two terms.
    return rdflib.Literal(term.value, datatype=None if datatype == f"{_XSD}string" else rdflib.URIRef(datatype))
