"""One document's graph against the structural shapes: every place where our own mapping went wrong.

A failure here quarantines the document; what the source got wrong is the audit's business. The shapes are SHACL Core
and are compiled to queries over a store; pyshacl answers for shapes that are not, and for graphs that a store would not
keep as they are written. The answers are the same (tests/equivalence).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from mapping.ask import Constraint, Known, Query
from mapping.audit import open_graph
from mapping.compile import Compiled, compile_shapes
from mapping.rules import turtle_files
from mapping.tally import CANONICAL, Tally, read_tally

_Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
_TYPED = re.compile(r'"([^"]*"\^\^<[^>]*>)')
_CANONICAL = re.compile(CANONICAL)
_SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


@dataclass(frozen=True, slots=True, order=True)
class ShapeFailure:
    """One result of a shape: which node is wrong, in which property, and what to do about it.

    `path` is empty when the shape is about the node itself or follows a longer path, `value` when something
    is missing; `component` is the kind of SHACL constraint; `message` is in English.
    """

    shape: str
    focus: str
    path: str
    value: str
    component: str
    message: str


@cache
def structural_shapes() -> Graph:
    """All shapes of `shapes/structure` as one graph, read once per process."""
    shapes = Graph(bind_namespaces="none")
    for file in turtle_files(files("shapes") / "structure"):
        shapes.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return shapes


@cache
def compiled_shapes() -> Compiled:
    """The shapes of `shapes/structure` as queries, made once per process."""
    return compile_shapes(file.read_bytes() for file in turtle_files(files("shapes") / "structure"))


def validate(quads: str, store: pyoxigraph.Store | None = None, tally: Tally | None = None) -> list[ShapeFailure]:
    """The failures of one document's graph, given as N-Quads, in order of shape and focus node.

    `store` is the same graph, opened (`mapping.audit.open_graph`), and `tally` what `mapping.tally.read_tally` says of
    it, where they are at hand. Raises SyntaxError when `quads` is not N-Quads.
    """
    tally = tally or read_tally(quads)
    if tally is None and not kept_by_a_store(quads):
        return failures(document_graph(quads), structural_shapes())
    compiled = compiled_shapes()
    found = validate_store(open_graph(quads, tally) if store is None else store, tally)
    if compiled.left:
        found += failures(document_graph(quads), only(structural_shapes(), compiled.left))
    return sorted(found)


def validate_store(store: pyoxigraph.Store, tally: Tally | None) -> list[ShapeFailure]:
    """The failures that the compiled shapes find in a graph whose literals are canonical, in no order.

    With its `tally` only what that does not rule out is asked.
    """
    known = Known(store)
    answers = (answer for query in compiled_shapes().queries for answer in _answers(query, store, known, tally))
    return [_found(constraint, dict(row)) for constraint, row in dict.fromkeys(answers)]


def _answers(
    query: Query, store: pyoxigraph.Store, known: Known, tally: Tally | None
) -> Iterator[tuple[Constraint, frozenset[tuple[str, _Term]]]]:
    """The rows of a query by their constraint; two queries give the same one where several targets name a node."""
    names, rows = query.ask(store, known, tally)
    for row in rows:
        number = int(row["n"].value) if "n" in names else 0
        said = frozenset((name, row[name]) for name in names if name != "n" and row[name] is not None)
        yield query.constraints[number], said


def _found(constraint: Constraint, row: Mapping[str, _Term]) -> ShapeFailure:
    return ShapeFailure(
        shape=_local_name(constraint.shape),
        focus=row["this"].value,
        path=row["path"].value if "path" in row else constraint.path,
        value=row["value"].value if "value" in row else "",
        component=constraint.component,
        message=constraint.message,
    )


def kept_by_a_store(quads: str) -> bool:
    """Whether a store gives these statements back as they are written, and they declare no classes."""
    if _SUBCLASS in quads:
        return False
    return all(map(_CANONICAL.fullmatch, set(_TYPED.findall(quads))))


def only(shapes: Graph, iris: Iterable[str]) -> Graph:
    """The statements about some shapes and all that they lead to."""
    found, done = Graph(bind_namespaces="none"), set[Node]()
    wanted: set[Node] = {URIRef(iri) for iri in iris}
    while wanted:
        node = wanted.pop()
        done.add(node)
        for triple in shapes.triples((node, None, None)):
            found.add(triple)
            wanted |= {triple[2]} - done
    return found


def document_graph(quads: str) -> Graph:
    """The triples of `quads` without their graph name, literals in the very lexical form they are written in.

    Oxigraph parses, since it is many times faster than rdflib; each distinct term is converted once.
    """
    graph = Graph(bind_namespaces="none")
    terms: dict[object, Node] = {}
    for quad in pyoxigraph.parse(quads, format=pyoxigraph.RdfFormat.N_QUADS):
        triple = (quad.subject, quad.predicate, quad.object)
        for term in triple:
            if term not in terms:
                terms[term] = _rdflib_term(term)
        subject, predicate, value = (terms[term] for term in triple)
        graph.add((subject, predicate, value))
    return graph


def failures(data: Graph, shapes: Graph) -> list[ShapeFailure]:
    """The results of `shapes` over `data`, sorted; empty when the data conform."""
    conforms, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    if conforms:
        return []
    if not isinstance(report, Graph):
        raise RuntimeError(f"the shapes themselves could not be evaluated: {text}")
    return sorted(_failure(report, result) for result in report.objects(None, SH.result))


def _rdflib_term(term: object) -> Node:
    """The rdflib term of an Oxigraph term; a plain string has no datatype in rdflib's Turtle either."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise TypeError(f"a document's graph holds no quoted triples: {term}")
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    return Literal(term.value, datatype=None if datatype == XSD.string else datatype, normalize=False)


def _failure(report: Graph, result: Node) -> ShapeFailure:
    """One validation result as a failure."""
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    return ShapeFailure(
        shape=_local_name(report.value(result, SH.sourceShape)),
        focus=str(report.value(result, SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else "",
        value="" if value is None else str(value),
        component=_local_name(report.value(result, SH.sourceConstraintComponent)),
        message=_english(report.objects(result, SH.resultMessage)),
    )


def _local_name(iri: object) -> str:
    """The last part of an IRI: what stands behind # or the last slash."""
    return str(iri).replace("#", "/").rpartition("/")[2]


def _english(messages: Iterable[Node]) -> str:
    """The English one of a shape's messages."""
    return next(str(text) for text in messages if isinstance(text, Literal) and text.language == "en")
