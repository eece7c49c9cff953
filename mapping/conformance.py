"""A catalogue to what it lacks by the shapes of shapes/catalogue, which restate DCAT-AP; asked before publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyshacl
from rdflib import Graph, Literal
from rdflib.namespace import SH

from mapping.errors import ReleaseError
from mapping.rules import turtle_files

VIOLATION, WARNING, INFO = "Violation", "Warning", "Info"


@dataclass(frozen=True, slots=True, order=True)
class Lack:
    """One result of a shape: `severity` is one of VIOLATION, WARNING, INFO; the message is in English."""

    severity: str
    message: str
    shape: str
    focus: str
    path: str
    component: str


@cache
def catalogue_shapes() -> Graph:
    """All shapes of `shapes/catalogue` as one graph."""
    shapes = Graph(bind_namespaces="none")
    for file in turtle_files(files("shapes") / "catalogue"):
        shapes.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return shapes


def lacks(catalogue: Graph) -> list[Lack]:
    """What a catalogue lacks, in order; empty when it has all that DCAT-AP requires or recommends."""
    _, report, text = pyshacl.validate(catalogue, shacl_graph=catalogue_shapes(), inference="none", inplace=True)
    if not isinstance(report, Graph):
        raise RuntimeError(f"the shapes themselves could not be evaluated: {text}")
    return sorted(_found(report))


def check_catalogue(turtle: bytes) -> list[Lack]:
    """What the catalogue, written as Turtle, does not say although DCAT-AP recommends it.

    Raises ReleaseError with all that it must say and does not.
    """
    found = lacks(Graph(bind_namespaces="none").parse(data=turtle, format="turtle"))
    violations = [one for one in found if one.severity == VIOLATION]
    if violations:
        raise ReleaseError("\n".join(["the catalogue is not what DCAT-AP requires:", *summary(violations)]))
    return [one for one in found if one.severity == WARNING]


def summary(found: Iterable[Lack]) -> list[str]:
    """A line for each message, with the first of the nodes that it is about and how many others there are."""
    nodes: dict[str, list[str]] = {}
    for one in found:
        nodes.setdefault(one.message, []).append(one.focus)
    return [
        f"{message} ({focus[0]}{f' and {len(focus) - 1} more' if focus[1:] else ''})"
        for message, focus in nodes.items()
    ]


def _found(report: Graph) -> Iterator[Lack]:
    for result in report.objects(None, SH.result):
        messages = report.objects(result, SH.resultMessage)
        yield Lack(
            severity=_name(report.value(result, SH.resultSeverity)),
            message=next(str(one) for one in messages if isinstance(one, Literal) and one.language == "en"),
            shape=_name(report.value(result, SH.sourceShape)),
            focus=str(report.value(result, SH.focusNode)),
            path=str(report.value(result, SH.resultPath) or ""),
            component=_name(report.value(result, SH.sourceConstraintComponent)),
        )


def _name(iri: object) -> str:
    """What stands behind the # of an IRI."""
    return str(iri).rpartition("#")[2]
