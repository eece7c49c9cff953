"""Statements of one document's graph, as N-Quads lines: the words that every writer of facts shares.

Every term is written once, from strings, so that a decimal keeps its printed form; no blank nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mapping import identity
from mapping.amounts import PrintedAmount, multiplier, plain
from mapping.correct import Corrected
from mapping.document import Correction, Document, Span
from mapping.errors import SourceError

DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
GENERATED = "http://www.w3.org/ns/prov#wasGeneratedBy"
USED = "http://www.w3.org/ns/prov#used"
DCT = "http://purl.org/dc/terms/"
PART_OF = "http://purl.org/dc/terms/isPartOf"
SKOS = "http://www.w3.org/2004/02/skos/core#"
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
    """The named graph of one document. Spans come as places in its text, and are written as places in its rendition."""

    def __init__(self, base: str, iri: str, document: Document) -> None:
        super().__init__(identity.graph_iri(iri))
        self.base = base
        self.document = iri
        self.text = document.text
        self.rendition = document.rendition
        self._corrected = Corrected(document.rendition.content, document.corrections)
        self._described: set[tuple[str, str]] = set()
        for correction in document.corrections:
            self._correction(correction)

    def is_new(self, iri: str, words: str = "") -> bool:
        """Whether a thing is asked about for the first time under these words: later it is described already."""
        known = len(self._described)
        self._described.add((iri, words))
        return len(self._described) > known

    # --- evidence ---

    def evidence(self, subject: str, spans: Sequence[Span], reason: str | None = None, line: int | None = None) -> None:
        """What every reading has: its spans, offsets, line (of the first span, if not given) and how it is grounded."""
        places = self._places(spans)
        for place in places:
            self.link(subject, DERIVED, self._span(place))
        self.typed(subject, "line", line or self.rendition.line_of(places[0].start), "integer")
        self.string(subject, "starts", ";".join(str(place.start) for place in places))
        self.string(subject, "ends", ";".join(str(place.end) for place in places))
        corrections = dict.fromkeys(one for place in places for one in self._corrected.touching(place))
        for correction in corrections:
            self.link(subject, GENERATED, self._correction(correction))
        grounding = "inferred" if reason else "derived" if corrections else "verbatim"
        self.code(subject, "grounding", "grounding", grounding)
        self.string(subject, "reason", "; ".join([*([reason] if reason else []), *map(_as_corrected, corrections)]))

    def span(self, span: Span) -> str:
        """The IRI of a span, described."""
        return self._span(self.place(span))

    def place(self, span: Span) -> Span:
        """Where in the rendition a span stands."""
        return self._corrected.origin(span)

    def words(self, spans: Sequence[Span]) -> str:
        """What the text reads at the places of `spans`, joined."""
        return "".join(map(self._corrected.words, self._places(spans)))

    def part(self, kind: str, spans: Sequence[Span]) -> str:
        """The IRI of what was read at the first of `spans`.

        Raises SourceError when one of them is only part of what a correction changes: its place is not known.
        """
        for span in spans:
            if correction := self._corrected.cut(span):
                raise SourceError(
                    f"{correction.place}, column corrected: changes more than one reading at once; "
                    "correct each word and number in a row of its own"
                )
        return identity.part_iri(self.document, kind, self.place(spans[0]))

    def _places(self, spans: Sequence[Span]) -> list[Span]:
        """Where in the rendition spans stand, each place once."""
        return list(dict.fromkeys(map(self.place, spans)))

    def _span(self, place: Span) -> str:
        iri = identity.span_iri(self.document, place)
        if self.is_new(iri):
            self.link(iri, RDF_TYPE, DEF + "Span")
            self.typed(iri, "start", place.start, "integer")
            self.typed(iri, "end", place.end, "integer")
            self.typed(iri, "line", self.rendition.line_of(place.start), "integer")
            self.string(iri, "quote", self.rendition.content[place.start : place.end])
            self.link(iri, DEF + "spanOf", identity.text_iri(self.document))
        return iri

    def _correction(self, said: Correction) -> str:
        """The IRI of a correction, described."""
        iri = identity.part_iri(self.document, "correction", said.span)
        self.link(iri, RDF_TYPE, DEF + "Correction")
        self.link(iri, PART_OF, self.document)
        self.link(iri, USED, self._span(said.span))
        self.string(iri, LABEL, f"{said.as_read} → {said.corrected}")
        self.typed(iri, "line", self.rendition.line_of(said.span.start), "integer")
        self.string(iri, "asRead", said.as_read)
        self.string(iri, "correctedTo", said.corrected)
        self.string(iri, "reason", said.reason)
        self.string(iri, "reviewer", said.who)
        return iri

    def money(self, iri: str, printed: PrintedAmount, unit: str | None, upper: PrintedAmount | None = None) -> None:
        """A printed amount: as printed, and in 元 with the interval that its decimals leave open.

        Of a range the interval goes on to that of its `upper` end.
        """
        self.string(iri, "printedValue", printed.printed)
        self.typed(iri, "decimals", printed.decimals, "integer")
        if unit:
            self.string(iri, "unit", unit)
            self.typed(iri, "unitMultiplier", multiplier(unit), "integer")
            self.decimal(iri, "amount", printed.in_yuan(multiplier(unit)))
            low, _ = printed.interval(multiplier(unit))
            self.interval(iri, (low, (upper or printed).interval(multiplier(unit))[1]))

    def interval(self, iri: str, bounds: tuple[Decimal, Decimal]) -> None:
        """The closed interval in 元 that a printed amount stands for."""
        self.decimal(iri, "low", bounds[0])
        self.decimal(iri, "high", bounds[1])


def _as_corrected(said: Correction) -> str:
    return f"read as corrected: {said.as_read} → {said.corrected}"
