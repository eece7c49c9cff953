"""One graph, two reports: that of our queries and that of stock pyshacl over the same shapes.

pyshacl parses a rule's query again for every focus node, and looks through the shapes again for every graph; here it is
given the same parsed query and the same shapes each time, or a night would not be enough. Everything else is its own.
"""

from __future__ import annotations

import logging
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from unittest.mock import patch

import pyshacl
from pyparsing import ParseResults
from pyshacl import validator
from pyshacl.shape import Shape
from pyshacl.shapes_graph import ShapesGraph
from rdflib import SH, Graph, URIRef
from rdflib.plugins.sparql import algebra, parser, processor
from rdflib.term import Node

from mapping.audit import audit, open_graph
from mapping.tally import read_tally
from mapping.validate import document_graph, structural_shapes, validate

SHAPE = "https://w3id.org/yusuan/shapes#"
# Shape, component, focus node, path, value and severity of a result.
Reported = tuple[str, str, str, str, str, str]


@cache
def all_shapes() -> Graph:
    """The shapes of the structure and of the audit in one graph."""
    graph = Graph("SimpleMemory", bind_namespaces="none")
    for triple in structural_shapes():
        graph.add(triple)
    for file in (files("shapes") / "audit").iterdir():
        if file.name.endswith(".ttl"):
            graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return graph


def our_report(quads: str) -> Counter[Reported]:
    """The results of our queries over a document's graph."""
    tally = read_tally(quads)
    store = open_graph(quads, tally)
    report = Counter(
        (SHAPE + one.shape, one.component, one.focus, one.path, one.value, "violation")
        for one in validate(quads, store, tally)
    )
    report.update(
        (
            one.rule.iri,
            "SPARQLConstraintComponent",
            one.focus,
            one.path,
            one.value if one.term else one.focus,
            one.rule.severity,
        )
        for one in audit(store)
    )
    return report


def stock_report(quads: str, patience: float = 60) -> Counter[Reported]:
    """The results of pyshacl over the same graph; raises TimeoutError when that takes more than so many seconds."""
    with parsing_once(), no_longer_than(patience):
        data = document_graph(quads)
        _, report, text = pyshacl.validate(data, shacl_graph=all_shapes(), inference="none", inplace=True)
    if not isinstance(report, Graph):
        raise RuntimeError(text)
    return Counter(_reported(report, result) for result in report.objects(None, SH.result))


def _reported(report: Graph, result: Node) -> Reported:
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    return (
        str(report.value(result, SH.sourceShape)),
        str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
        str(report.value(result, SH.focusNode)),
        str(path) if isinstance(path, URIRef) else "",
        "" if value is None else str(value),
        str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)).lower(),
    )


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in what takes longer."""

    def give_up(number: int, frame: object) -> None:
        raise TimeoutError(f"more than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def parsing_once() -> Iterator[None]:
    """rdflib parses and translates the text of a query once."""
    with (
        patch.object(logging.getLogger("rdflib.term"), "disabled", True),  # it tells of each ill-typed literal
        patch.object(validator, "ShapesGraph", _found),
        patch.object(Shape, "target", _targets),
        patch.object(processor, "parseQuery", _parsed),
        patch.object(processor, "translateQuery", lambda tree, base, names: _translated(id(tree), base)),
    ):
        yield


_parse, _translate = parser.parseQuery, algebra.translateQuery
_target: Callable[[Shape], tuple[Iterable[Node], ...]] = Shape.target
_trees: dict[int, ParseResults] = {}


@cache
def _parsed(text: str) -> ParseResults:
    tree = _parse(text)
    _trees[id(tree)] = tree
    return tree


@cache
def _translated(tree: int, base: str | None) -> object:
    return _translate(_trees[tree], base, {})


@lru_cache(maxsize=1)
def _found(shapes: Graph, debug: bool, logger: logging.Logger) -> ShapesGraph:
    return ShapesGraph(shapes, debug, logger)


@lru_cache(maxsize=1 << 10)
def _targets(shape: Shape) -> tuple[list[Node], ...]:
    return tuple(list(each) for each in _target(shape))
