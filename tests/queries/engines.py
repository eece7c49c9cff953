"""Running one query in both engines, with answers as plain values that can be compared."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType

import pyoxigraph
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query as Prepared
from rdflib.term import Identifier, Variable

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
    dataset: rdflib.Dataset,
    query: Query,
    bindings: Mapping[str, pyoxigraph.NamedNode | pyoxigraph.Literal],
    table: Mapping[str, pyoxigraph.NamedNode | pyoxigraph.Literal] = MappingProxyType({}),
) -> Rows:
    """Return the rows in order, with hidden columns; what is in `table` stands at the end of the query, as VALUES."""
    terms: dict[str, Identifier] = {name: _rdflib_term(term) for name, term in bindings.items()}
    prepared, given = _prepared(query.text, tuple(table))
    given.update({Variable(name): _rdflib_term(term) for name, term in table.items()})
    with warnings.catch_warnings():
        # rdflib 7.6 uses what it deprecates itself, in Dataset.query.
        warnings.filterwarnings("ignore", "Dataset.default_context", DeprecationWarning)
        result = dataset.query(prepared, initBindings=terms)
        rows = list(result.bindings)
    assert result.vars is not None
    return [tuple(_rdflib_value(row.get(name)) for name in result.vars) for row in rows]


@cache
def _prepared(text: str, names: tuple[str, ...]) -> tuple[Prepared, dict[Variable, Identifier]]:
    """Return a query as rdflib has translated it, which takes it longer than any answer, and the row of its table.

    The query joins what it finds with that one row, which may be written over; without names it has no table.
    """
    if not names:
        return prepareQuery(text), {}
    variables, terms = " ".join(f"?{name}" for name in names), " ".join("<urn:any>" for _ in names)
    prepared = prepareQuery(f"{text}\nVALUES ({variables}) {{ ({terms}) }}\n")
    (row,) = (row for row in _rows_given(prepared.algebra) if set(row.values()) == {rdflib.URIRef("urn:any")})
    return prepared, row


def _rows_given(part: object) -> Iterator[dict[Variable, Identifier]]:
    """Yield the rows of all tables of a translated query."""
    if isinstance(part, CompValue):
        for each in part.values():
            yield from part["res"] if part.name == "values" and each is part["res"] else _rows_given(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _rows_given(each)


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
