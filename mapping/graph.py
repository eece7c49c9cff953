"""Statements of one document's graph, as N-Quads lines: the words that every writer of facts shares.

Every term is written once, from strings, so that a decimal keeps its printed form; no blank nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mapping import identity
from mapping.amounts import PrintedAmount, multiplier, plain
from mapping.document import Span, Text

DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
DCT = "http://purl.org/dc/terms/"
PART_OF = "http://purl.org/dc/terms/isPartOf"
XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


class Statements:
    """A named graph, gathered line by line."""

    def __init__(self, graph: str) -> None:
        self.lines: set[str] = set()
        self._graph = graph

    def say(self, subject: str, predicate: str, term: str) -> None:
        """A statement; `term` is an N-Quads term."""
        self.lines.add(f"<{subject}> <{predicate}> {term} <{self._graph}> .\n")

    def link(self, subject: str, predicate: str, target: str) -> None:
        """A statement about another resource."""
        self.say(subject, predicate, f"<{target}>")

    def string(self, subject: str, name: str, words: str | None) -> None:
        """A string, unless there is none; `name` is a local name of the vocabulary or a whole IRI."""
        if words:
            predicate = name if name.startswith("http") else DEF + name
            self.say(subject, predicate, f'"{words.translate(_ESCAPES)}"')

    def worded(self, subject: str, name: str, words: str, language: str) -> None:
        """A text in a language."""
        predicate = name if name.startswith("http") else DEF + name
        self.say(subject, predicate, f'"{words.translate(_ESCAPES)}"@{language}')

    def typed(self, subject: str, name: str, lexical: str | int, datatype: str) -> None:
        """A literal of an XML Schema datatype."""
        predicate = name if name.startswith("http") else DEF + name
        self.say(subject, predicate, f'"{lexical}"^^<{XSD}{datatype}>')

    def code(self, subject: str, name: str, scheme: str, notation: str) -> None:
        """A concept of one of the vocabulary's small code lists."""
        self.link(subject, DEF + name, f"{CODE}{scheme}/{notation}")

    def decimal(self, subject: str, name: str, amount: Decimal | None) -> None:
        """An exact number, unless there is none."""
        if amount is not None:
            self.typed(subject, name, plain(amount), "decimal")


class Graph(Statements):
    """The named graph of one document."""

    def __init__(self, base: str, document: str, text: Text) -> None:
        super().__init__(identity.graph_iri(document))
        self.base = base
        self.document = document
        self.text = text

    # --- evidence ---

    def evidence(self, subject: str, spans: Sequence[Span], reason: str | None = None, line: int | None = None) -> None:
        """What every reading has: its spans, offsets, line (of the first span, if not given) and how it is grounded."""
        for span in spans:
            self.link(subject, DERIVED, self.span(span))
        self.typed(subject, "line", line or self.text.line_of(spans[0].start), "integer")
        self.string(subject, "starts", ";".join(str(span.start) for span in spans))
        self.string(subject, "ends", ";".join(str(span.end) for span in spans))
        self.code(subject, "grounding", "grounding", "inferred" if reason else "verbatim")
        self.string(subject, "reason", reason)

    def span(self, span: Span) -> str:
        """The IRI of a span, described."""
        iri = identity.span_iri(self.document, span)
        self.link(iri, RDF_TYPE, DEF + "Span")
        self.typed(iri, "start", span.start, "integer")
        self.typed(iri, "end", span.end, "integer")
        self.typed(iri, "line", self.text.line_of(span.start), "integer")
        self.string(iri, "quote", self.text.content[span.start : span.end])
        self.link(iri, DEF + "spanOf", identity.text_iri(self.document))
        return iri

    def part(self, kind: str, spans: Sequence[Span]) -> str:
        """The IRI of what was read at the first of `spans`."""
        return identity.part_iri(self.document, kind, spans[0])

    def money(self, iri: str, printed: PrintedAmount, unit: str | None) -> None:
        """A printed amount: as printed, and in 元 with the interval that its decimals leave open."""
        self.string(iri, "printedValue", printed.printed)
        self.typed(iri, "decimals", printed.decimals, "integer")
        if unit:
            self.string(iri, "unit", unit)
            self.typed(iri, "unitMultiplier", multiplier(unit), "integer")
            self.decimal(iri, "amount", printed.in_yuan(multiplier(unit)))
            self.interval(iri, printed.interval(multiplier(unit)))

    def interval(self, iri: str, bounds: tuple[Decimal, Decimal]) -> None:
        """The closed interval in 元 that a printed amount stands for."""
        self.decimal(iri, "low", bounds[0])
        self.decimal(iri, "high", bounds[1])
