"""One document's graph against the structural shapes: every place where our own mapping went wrong.

A failure here quarantines the document; what the source got wrong is the audit's business. The shapes are
SHACL Core and are targeted property by property: pyshacl then looks at all focus nodes of a property at once,
where a property nested in a node shape would be set up again for every single node.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH, XSD
from rdflib.term import Node


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
    folder = files("shapes") / "structure"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ttl"):
            shapes.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return shapes


def validate(quads: str) -> list[ShapeFailure]:
    """The failures of one document's graph, given as N-Quads, in order of shape and focus node.

    Raises SyntaxError when `quads` is not N-Quads.
    """
    return failures(document_graph(quads), structural_shapes())


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
    path = report.value(result, SH.resultPath)
    return ShapeFailure(
        shape=_local_name(report.value(result, SH.sourceShape)),
        focus=str(report.value(result, SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else "",
        value=str(report.value(result, SH.value) or ""),
        component=_local_name(report.value(result, SH.sourceConstraintComponent)),
        message=_english(report.objects(result, SH.resultMessage)),
    )


def _local_name(iri: Node | None) -> str:
    """The last part of an IRI: what stands behind # or the last slash."""
    return str(iri).replace("#", "/").rpartition("/")[2]


def _english(messages: Iterable[Node]) -> str:
    """The English one of a shape's messages."""
    return next(str(text) for text in messages if isinstance(text, Literal) and text.language == "en")
