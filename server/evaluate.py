"""Evaluating one query on a store and writing its answer, in one call.

A result of pyoxigraph must stay in the thread that made it, so nothing but bytes leaves this module.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
    parse_query_results,
    serialize,
)

from server.catalogue import Query
from server.errors import EndpointError, NotAcceptableError, QuerySyntaxError, ResultTooLargeError
from server.explain import REASON_LENGTH, explain
from server.formats import CSV, GRAPH_WRITERS, RDFXML, RESULT_WRITERS, TRIG, TURTLE, XML
from server.prefixes import prefixes
from server.scan import Dataset, scan

# Controls; U+FFFE and U+FFFF.
_NOT_IN_XML = (re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"), re.compile(rb"\xef\xbf[\xbe\xbf]"))
# An element with a prefix and no name: how pyoxigraph writes a property or a type whose IRI does not end in a name.
_NAMELESS = re.compile(rb"<[^\s<>/:]+:[\s>/]")
# What Turtle and TriG begin with.
_DECLARED = re.compile(rb"(?:@prefix [^\n]*\n)+")
_UNSAYABLE = re.compile("RDF 1.2|reserved syntax term")
_UNKNOWN_FUNCTION = re.compile("The custom function (.*) is not supported", re.DOTALL)
_Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One query to evaluate: its text, the terms bound to its variables, and how the answer is written.

    `format` is a name of `server.formats`; `hidden` are variables that are no columns of the answer;
    `dataset` is asked instead of the release or what FROM names; `largest` is the most bytes of the answer;
    relative IRIs are resolved against `base`.
    """

    text: str
    format: str
    bindings: Mapping[str, NamedNode | Literal] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    dataset: Dataset | None = None
    largest: int | None = None
    base: str = ""


class Evaluator(Protocol):
    """What pages need: answers, or an error of `server.errors`."""

    def evaluate(self, evaluation: Evaluation) -> bytes:
        """Return the answer in the asked format."""


def named_query(query: Query, bindings: Mapping[str, NamedNode | Literal], format_name: str) -> Evaluation:
    """Return the evaluation of a query of the catalogue with bound parameters."""
    return Evaluation(query.text, format_name, bindings, query.hidden_variables)


def evaluate(store: Store, evaluation: Evaluation) -> bytes:
    """Return the answer in the asked format.

    A graph that the store does not have is an empty one; nothing is fetched. Raises `QuerySyntaxError` for what is no
    query or has no such format, `QueryRefusedError` for SERVICE and updates, `ResultTooLargeError` past the limit,
    `NotAcceptableError` for what the format cannot say.
    """
    dataset = evaluation.dataset or scan(evaluation.text, evaluation.base).dataset
    result = _run(store, evaluation, dataset)
    output = _Limited(evaluation.largest)
    _write(result, evaluation, output)
    finished = _FINISHED.get(evaluation.format)
    return finished(output.getvalue()) if finished else output.getvalue()


def check_syntax(text: str, base: str) -> None:
    """Raise `QuerySyntaxError` for what is no query; nothing is asked of any data."""
    _run(Store(), Evaluation(text, "", base=base), None)


def rewrite_results(results: bytes, hidden: Sequence[str], format_name: str) -> bytes:
    """Return SPARQL results in JSON written in another format, without the hidden columns."""
    try:
        parsed = parse_query_results(results, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise EndpointError("the endpoint did not answer with SPARQL results in JSON") from error
    output = io.BytesIO()
    if isinstance(parsed, QuerySolutions):
        _write_columns(parsed, hidden, format_name, output)
    elif isinstance(parsed, QueryBoolean):
        parsed.serialize(output, format=RESULT_WRITERS[format_name])
    return output.getvalue()


def as_xml(written: bytes) -> bytes:
    """Return XML in which a carriage return survives reading (XML 1.0, 2.11), as pyoxigraph does not write it.

    Raises `NotAcceptableError` for characters that XML cannot have (2.2), and for properties and types without a name
    at their end, which an element of RDF/XML needs.
    """
    if any(each.search(written) for each in _NOT_IN_XML):
        raise NotAcceptableError("the answer has characters that XML cannot carry: ask for another format")
    if _NAMELESS.search(written):
        raise NotAcceptableError("RDF/XML cannot name a property or a type of the answer: ask for another format")
    return written.replace(b"\r", b"&#13;")


def _without_idle_prefixes(written: bytes) -> bytes:
    """Return Turtle or TriG without the prefixes that nothing in it is written with.

    >>> _without_idle_prefixes(b"@prefix b: <x:> .\\n@prefix ab: <y:> .\\nab:c ab:d ab:e .\\n")
    b'@prefix ab: <y:> .\\nab:c ab:d ab:e .\\n'
    """
    declared = _DECLARED.match(written)
    if declared is None:
        return written
    body = written[declared.end() - 1 :]
    lines = declared[0].splitlines(keepends=True)
    return b"".join(each for each in lines if _begins_names(each.split(maxsplit=2)[1], body)) + body[1:]


def _begins_names(prefix: bytes, body: bytes) -> bool:
    return any(before + prefix in body for before in (b" ", b"\t", b"\n", b"^"))


# What is left to do once an answer is written, by format.
_FINISHED: Mapping[str, Callable[[bytes], bytes]] = {
    XML.name: as_xml,
    RDFXML.name: as_xml,
    TURTLE.name: _without_idle_prefixes,
    TRIG.name: _without_idle_prefixes,
}


class _Limited(io.BytesIO):
    """A buffer that refuses to grow past the limit, so that an answer too large ends while it is written."""

    def __init__(self, largest: int | None) -> None:
        super().__init__()
        self.largest = largest

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        if self.largest is not None and self.tell() + len(data) > self.largest:
            raise ResultTooLargeError(f"the answer has more than {self.largest} bytes: ask for less, or add LIMIT")
        return super().write(data)


def _run(store: Store, evaluation: Evaluation, dataset: Dataset | None) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Return the result; raises `QuerySyntaxError` for what is no query, or calls a function that there is not."""
    try:
        return _ask(store, evaluation, dataset)
    except SyntaxError as error:
        raise QuerySyntaxError(f"not a SPARQL 1.1 query: {explain(evaluation.text, error.msg)}") from error
    except ValueError as error:
        raise QuerySyntaxError(f"the query cannot be evaluated: {error}") from error
    except RuntimeError as error:
        unknown = _UNKNOWN_FUNCTION.fullmatch(str(error))
        if unknown is None:
            raise
        raise QuerySyntaxError(f"there is no function {unknown[1][:REASON_LENGTH]}") from error


def _ask(store: Store, evaluation: Evaluation, dataset: Dataset | None) -> QuerySolutions | QueryBoolean | QueryTriples:
    substitutions: dict[Variable, _Term] = {Variable(name): term for name, term in evaluation.bindings.items()}
    if dataset is None:
        return store.query(evaluation.text, base_iri=evaluation.base or None, substitutions=substitutions)
    default: list[NamedNode | BlankNode | DefaultGraph]
    if len(set(dataset.default)) > 1:
        store, default = _merged(store, dataset), [DefaultGraph()]
    else:
        default = [NamedNode(graph) for graph in set(dataset.default)]
    return store.query(
        evaluation.text,
        base_iri=evaluation.base or None,
        substitutions=substitutions,
        default_graph=default,
        named_graphs=[NamedNode(graph) for graph in dataset.named],
    )


def _merged(store: Store, dataset: Dataset) -> Store:
    """Return a store whose default graph is the RDF merge of the named default graphs (SPARQL 1.1, 13.2).

    pyoxigraph takes a union, which repeats a triple for each graph that holds it and inflates sums.
    """
    merged = Store()
    for graph in dataset.default:
        quads = store.quads_for_pattern(None, None, None, NamedNode(graph))
        merged.extend(Quad(each.subject, each.predicate, each.object) for each in quads)
    for graph in dataset.named:
        merged.add_graph(NamedNode(graph))
        merged.extend(store.quads_for_pattern(None, None, None, NamedNode(graph)))
    return merged


def _write(result: QuerySolutions | QueryBoolean | QueryTriples, evaluation: Evaluation, output: io.BytesIO) -> None:
    name = evaluation.format
    if isinstance(result, QueryTriples):
        if name not in GRAPH_WRITERS:
            raise QuerySyntaxError(f"CONSTRUCT and DESCRIBE answer as {', '.join(GRAPH_WRITERS)}, not {name}")
        _write_graph(result, name, output)
    elif name not in RESULT_WRITERS:
        raise QuerySyntaxError(f"SELECT and ASK answer as {', '.join(RESULT_WRITERS)}, not {name}")
    elif isinstance(result, QuerySolutions) and (evaluation.hidden or name == CSV.name):
        _write_columns(result, evaluation.hidden, name, output)
    else:
        result.serialize(output, format=RESULT_WRITERS[name])


def _write_graph(triples: QueryTriples, name: str, output: io.BytesIO) -> None:
    """Write a graph, with the prefixes of the vocabulary where people read it.

    Raises `NotAcceptableError` for triples within triples in JSON-LD, and rdf:li in RDF/XML.
    """
    try:
        if name in (TURTLE.name, TRIG.name):
            serialize(triples, output, format=GRAPH_WRITERS[name], prefixes=dict(prefixes()))
        else:
            triples.serialize(output, format=GRAPH_WRITERS[name])
    except OSError as error:
        if not _UNSAYABLE.search(str(error)):
            raise
        raise NotAcceptableError(f"{name} cannot say this: ask for another format") from error


def _write_columns(solutions: QuerySolutions, hidden: Sequence[str], format_name: str, output: io.BytesIO) -> None:
    """Write the solutions without some columns: as a VALUES table read back by a store that is empty."""
    shown = [each for each in solutions.variables if each.value not in hidden]
    rows = ([solution[each] for each in shown] for solution in solutions)
    if format_name == CSV.name:
        _write_csv(shown, rows if hidden else solutions, output)
        return
    names = " ".join(str(each) for each in shown)
    table = f"SELECT {names} WHERE {{ VALUES ({names}) {{ {' '.join(_values(rows))} }} }}"
    written = Store().query(table)
    assert isinstance(written, QuerySolutions)
    written.serialize(output, format=RESULT_WRITERS[format_name])


def _write_csv(columns: Sequence[Variable], rows: Iterable[Iterable[_Term | None]], output: io.BytesIO) -> None:
    """Write rows as W3C CSV; pyoxigraph does not quote an IRI with a comma, as every span's has."""
    text = io.TextIOWrapper(output, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(each.value for each in columns)
    writer.writerows([_text(term) for term in row] for row in rows)
    text.detach()


def _text(term: _Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Triple):  # as table.py writes it for people
        return f"<<( {_text(term.subject)} {_text(term.predicate)} {_text(term.object)} )>>"
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _values(rows: Iterable[Sequence[_Term | None]]) -> Iterator[str]:
    for row in rows:
        yield f"({' '.join('UNDEF' if term is None else str(term) for term in row)})"
