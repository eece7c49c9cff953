"""Causes to findings: one document's audit as RDF, a SHACL validation report of which each result is a def:Finding.

A finding has a key made of its rule and of what its cells say, not of where they stand: in a new version of a
document the same contradiction has the same key, so that an office's reply to it is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Store

from mapping import identity
from mapping.audit import Result, audit
from mapping.causes import Cause, find_causes
from mapping.graph import DEF, DERIVED, LABEL, PART_OF, RDF_TYPE, Statements
from mapping.rules import SH

_LANGUAGES = {"zh": "zh-Hans", "en": "en"}
_SEVERITIES = {"violation": "Violation", "warning": "Warning", "info": "Info"}
_COLUMNS = ("found", "expected", "slack")
# What a cell says, whatever it is a reading of; never where it stands.
_CONTENT = (
    *(DEF + name for name in ("rowLabel", "columnPath", "clause", "printedValue", "description", "field")),
    *(DEF + name for name in ("documentNumber", "citedTitle")),
    LABEL,
)


def write_findings(store: Store, document: str) -> str:
    """The audit of one document, whose graph is the default graph of `store`, as sorted N-Quads lines."""
    return "".join(sorted(_Report(store, document).lines(find_causes(audit(store)))))


class _Report:
    """The statements about one document's findings, gathered."""

    def __init__(self, store: Store, document: str) -> None:
        self._store = store
        self._document = document
        self._graph = Statements(identity.findings_graph_iri(document))
        self._iris: dict[str, int] = {}

    def lines(self, causes: Sequence[Cause]) -> set[str]:
        """Every line of the graph; a document without findings has a report that says so."""
        report = f"{self._document}/report"
        self._graph.link(report, RDF_TYPE, SH + "ValidationReport")
        self._graph.link(report, PART_OF, self._document)
        self._graph.typed(report, SH + "conforms", str(not causes).lower(), "boolean")
        for cause in causes:
            root = self._about(report, cause.result)
            for suspect in cause.suspects:
                self._graph.link(root, DEF + "suspect", suspect)
            for result in cause.consequences:
                self._graph.link(self._about(report, result), DEF + "consequenceOf", root)
        return self._graph.lines

    def _about(self, report: str, result: Result) -> str:
        """The finding's IRI, described."""
        key = self._key(result)
        iri = self._free(identity.finding_iri(self._document, result.rule.name, key))
        graph = self._graph
        graph.link(report, SH + "result", iri)
        graph.link(iri, RDF_TYPE, DEF + "Finding")
        graph.link(iri, PART_OF, self._document)
        graph.string(iri, "findingKey", key)
        graph.link(iri, DEF + "rule", result.rule.iri)
        graph.code(iri, "severity", "severity", result.rule.severity)
        for name in _COLUMNS:
            graph.string(iri, name, result.said.get(name))
        for language, tag in _LANGUAGES.items():
            graph.worded(iri, LABEL, result.message(language), tag)
        self._about_result(iri, result)
        self._about_cells(iri, result)
        return iri

    def _about_result(self, iri: str, result: Result) -> None:
        """What SHACL's own report says (SHACL 3.6.2)."""
        self._graph.link(iri, RDF_TYPE, SH + "ValidationResult")
        self._graph.link(iri, SH + "focusNode", result.focus)
        self._graph.link(iri, SH + "sourceShape", result.rule.iri)
        self._graph.link(iri, SH + "sourceConstraintComponent", SH + "SPARQLConstraintComponent")
        self._graph.link(iri, SH + "resultSeverity", SH + _SEVERITIES[result.rule.severity])
        if result.path:
            self._graph.link(iri, SH + "resultPath", result.path)
        self._graph.say(iri, SH + "value", result.term or f"<{result.focus}>")

    def _about_cells(self, iri: str, result: Result) -> None:
        lines = sorted({int(line) for cell in result.cells for line in self._said(cell, DEF + "line")})
        for cell in result.cells:
            self._graph.link(iri, DERIVED, cell)
        self._graph.typed(iri, "line", lines[0], "integer")
        self._graph.string(iri, "lines", ",".join(map(str, lines)))

    def _key(self, result: Result) -> str:
        """Sixteen hexadecimal digits over the rule and what the cells say, in no order."""
        cells = sorted(str([self._said(cell, name) for name in _CONTENT]) for cell in result.cells)
        return hashlib.sha256("\n".join([result.rule.name, *cells]).encode()).hexdigest()[:16]

    def _said(self, subject: str, predicate: str) -> list[str]:
        found = self._store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
        return sorted(quad.object.value for quad in found if isinstance(quad.object, Literal | NamedNode))

    def _free(self, iri: str) -> str:
        """The IRI, numbered where two findings say the same of cells that print the same."""
        self._iris[iri] = self._iris.get(iri, 0) + 1
        return iri if self._iris[iri] == 1 else f"{iri}/{self._iris[iri]}"
