"""Causes to findings: an audit as RDF, a SHACL validation report of which each result is a def:Finding.

A finding has a key made of its rule and of what its cells say, not of where they stand: in a new version of a
document the same contradiction has the same key, so that an office's reply to it is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from mapping import identity
from mapping.audit import Result, audit
from mapping.causes import Cause, find_causes
from mapping.graph import CODE, DCT, DEF, DERIVED, LABEL, PART_OF, RDF_TYPE, Statements
from mapping.reviews import Review
from mapping.rules import SH, corpus_rules

# Tags as the parsers of the vocabulary and of the store write them: BCP 47 compares them without case.
_LANGUAGES = {"zh": "zh-hans", "en": "en"}
_DATA_SET = "http://purl.org/linked-data/cube#dataSet"
_COLUMNS = ("found", "expected", "slack")
# What a cell says, whatever it is a reading of; never where it stands.
_CONTENT = (
    *(DEF + name for name in ("rowLabel", "columnPath", "clause", "printedValue", "description", "field")),
    *(DEF + name for name in ("documentNumber", "citedTitle", "wording")),
    LABEL,
)
# Printed amounts, and those that another place may confirm or contradict: of their document it states the same fact, of
# others where the key is known whole.
_AMOUNTS = f"SELECT (COUNT(DISTINCT ?claim) AS ?n) WHERE {{ ?claim <{DEF}unitMultiplier> ?unit ; <{DEF}line> ?line }}"
_COMPARABLE = f"""
    SELECT (COUNT(DISTINCT ?claim) AS ?n) WHERE {{
      ?claim <{DEF}unitMultiplier> ?unit ; <{DEF}line> ?line ; <{DEF}states> ?fact .
      {{
        ?one <{DEF}states> ?fact . ?other <{DEF}states> ?fact . FILTER(?other != ?one)
      }} UNION {{
        ?fact <{DEF}reportingLevel> ?level ; <{DEF}carryOver> ?carry ; <{DEF}fundScope> ?fund ; <{DEF}phase> ?phase .
        FILTER(?level != <{CODE}reporting-level/unknown> && ?carry != <{CODE}carry-over/unknown>
          && ?fund != <{CODE}fund-source/unknown> && ?phase != <{CODE}phase/unspecified>)
      }}
    }}"""


def write_findings(store: Store, document: str, reviews: Sequence[Review] = ()) -> str:
    """The audit of one document, whose graph is the default graph of `store`, as sorted N-Quads lines.

    Of the `reviews` those of its findings are written, too.
    """
    report = _Report(store, identity.findings_graph_iri(document), f"{document}/report", reviews)
    report.add(find_causes(audit(store), _tables(store)), document)
    report.count_amounts(document)
    return "".join(sorted(report.lines))


def _tables(store: Store) -> dict[str, str]:
    """The table that each of its cells stands in; a table stands in itself."""
    found = store.quads_for_pattern(None, NamedNode(_DATA_SET), None)
    cells = {str(getattr(quad.subject, "value", "")): str(getattr(quad.object, "value", "")) for quad in found}
    return cells | {table: table for table in cells.values()}


def write_corpus_findings(folder: Path, base: str, reviews: Sequence[Review]) -> list[bytes]:
    """What the documents together do not agree in, as sorted N-Quads lines; a store in `folder` holds their merge.

    A finding belongs to the document that its rule names; the lines are those of this document.
    """
    store = Store.read_only(str(folder))
    report = _Report(store, identity.corpus_findings_iri(base), f"{base}report", reviews)
    for result in audit(store, corpus_rules()):
        report.add([Cause(result, (), ())], result.said["document"])
    return sorted(line.encode() for line in report.lines)


class _Report:
    """The statements about the findings of one graph, gathered."""

    def __init__(self, store: Store, graph: str, report: str, reviews: Sequence[Review]) -> None:
        self._store = store
        self._report = report
        self._graph = Statements(graph)
        self._iris: dict[str, int] = {}
        self._reviews = {review.key: review for review in reviews}
        self._graph.link(report, RDF_TYPE, SH + "ValidationReport")

    @property
    def lines(self) -> set[str]:
        """Every line of the graph; without findings the report says so."""
        self._graph.typed(self._report, SH + "conforms", str(not self._iris).lower(), "boolean")
        return self._graph.lines

    def add(self, causes: Sequence[Cause], document: str) -> None:
        """Adds what was found in a document."""
        for cause in causes:
            root = self._about(cause.result, document)
            for suspect in cause.suspects:
                self._graph.link(root, DEF + "suspect", suspect)
            for result in cause.consequences:
                self._graph.link(self._about(result, document), DEF + "consequenceOf", root)

    def count_amounts(self, document: str) -> None:
        """Adds how many amounts the document prints, and how many no other place can confirm."""
        self._graph.link(self._report, PART_OF, document)
        amounts, comparable = self._count(_AMOUNTS), self._count(_COMPARABLE)
        self._graph.typed(self._report, "amounts", amounts, "integer")
        self._graph.typed(self._report, "notComparable", amounts - comparable, "integer")

    def _about(self, result: Result, document: str) -> str:
        """The finding's IRI, described."""
        key = self._key(result, document)
        iri = self._free(identity.finding_iri(document, result.rule.name, key))
        graph = self._graph
        graph.link(self._report, SH + "result", iri)
        graph.link(iri, RDF_TYPE, DEF + "Finding")
        graph.link(iri, PART_OF, document)
        graph.string(iri, "findingKey", key)
        graph.link(iri, DEF + "rule", result.rule.iri)
        graph.code(iri, "severity", "severity", result.rule.severity)
        for name in _COLUMNS:
            graph.string(iri, name, result.said.get(name))
        for language, tag in _LANGUAGES.items():
            graph.worded(iri, LABEL, result.message(language), tag)
        self._about_result(iri, result)
        self._about_cells(iri, result, document)
        if key in self._reviews:
            self._about_review(document, self._reviews[key])
        return iri

    def _about_review(self, document: str, review: Review) -> None:
        iri = identity.review_iri(document, review.key)
        self._graph.link(iri, RDF_TYPE, DEF + "Review")
        self._graph.link(iri, PART_OF, document)
        self._graph.string(iri, "findingKey", review.key)
        self._graph.code(iri, "findingStatus", "finding-status", review.status)
        self._graph.string(iri, "reply", review.reply)
        self._graph.string(iri, "reviewer", review.reviewer)
        if review.date:
            self._graph.typed(iri, DCT + "date", review.date, "date")

    def _about_result(self, iri: str, result: Result) -> None:
        """What SHACL's own report says (SHACL 3.6.2)."""
        self._graph.link(iri, RDF_TYPE, SH + "ValidationResult")
        self._graph.link(iri, SH + "focusNode", result.focus)
        self._graph.link(iri, SH + "sourceShape", result.rule.iri)
        self._graph.link(iri, SH + "sourceConstraintComponent", SH + "SPARQLConstraintComponent")
        self._graph.link(iri, SH + "resultSeverity", SH + result.rule.severity.capitalize())
        if result.path:
            self._graph.link(iri, SH + "resultPath", result.path)
        self._graph.say(iri, SH + "value", result.term or f"<{result.focus}>")

    def _about_cells(self, iri: str, result: Result, document: str) -> None:
        own = [cell for cell in result.cells if cell.startswith(f"{document}/")]
        lines = sorted({int(line) for cell in own for line in self._said(cell, DEF + "line")})
        for cell in result.cells:
            self._graph.link(iri, DERIVED, cell)
        self._graph.typed(iri, "line", lines[0], "integer")
        self._graph.string(iri, "lines", ",".join(map(str, lines)))

    def _count(self, query: str) -> int:
        rows = self._store.query(query)
        if not isinstance(rows, QuerySolutions):
            raise TypeError("a count is asked for with SELECT")
        return int(next(rows)["n"].value)

    def _key(self, result: Result, document: str) -> str:
        """Sixteen hexadecimal digits over the rule and what the document's cells say, in no order."""
        own = (cell for cell in result.cells if cell.startswith(f"{document}/"))
        cells = sorted(str([self._said(cell, name) for name in _CONTENT]) for cell in own)
        return hashlib.sha256("\n".join([result.rule.name, *cells]).encode()).hexdigest()[:16]

    def _said(self, subject: str, predicate: str) -> list[str]:
        found = self._store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
        return sorted(quad.object.value for quad in found if isinstance(quad.object, Literal | NamedNode))

    def _free(self, iri: str) -> str:
        """The IRI, numbered where two findings say the same of cells that print the same."""
        self._iris[iri] = self._iris.get(iri, 0) + 1
        return iri if self._iris[iri] == 1 else f"{iri}/{self._iris[iri]}"
