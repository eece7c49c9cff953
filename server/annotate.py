"""A span of a text as Web Annotation has it: the text, and three ways to find the span in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from server.errors import ThingUnknownError

CONTEXT = 32
"""Characters before and after a quotation that tell it from others like it."""
SURROUNDINGS = 200
"""Characters before and after it that people are shown."""

_OA = "http://www.w3.org/ns/oa#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD_COUNT = NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
_RFC5147 = NamedNode("http://tools.ietf.org/rfc/rfc5147")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span of a text with what stands around it; `start` and `end` count code points from 0."""

    document: str
    start: int
    end: int
    before: str
    exact: str
    after: str

    @property
    def iri(self) -> str:
        """Return the IRI of the description of the span."""
        return f"{self.document}/span/{self.start}-{self.end}"

    @property
    def source(self) -> str:
        """Return the IRI of the text."""
        return f"{self.document}/text"

    @property
    def span(self) -> str:
        """Return the IRI of the span itself, a fragment of the text (RFC 5147)."""
        return f"{self.source}#char={self.start},{self.end}"


def quote(document: str, text: str, start: int, end: int) -> Quotation:
    """Return a span of the text of a document; raises `ThingUnknownError` where the text has no such span."""
    if not start < end:
        raise ThingUnknownError(f"a span ends after it starts: {start}-{end} has no character")
    if end > len(text):
        raise ThingUnknownError(f"the text has {len(text)} characters: there is no span {start}-{end}")
    before, after = text[max(0, start - SURROUNDINGS) : start], text[end : end + SURROUNDINGS]
    return Quotation(document, start, end, before, text[start:end], after)


def annotate(quotation: Quotation) -> list[Triple]:
    """Return the triples of an oa:SpecificResource with a selector by position, by quotation and by fragment."""
    return [Triple(NamedNode(subject), NamedNode(predicate), term) for subject, predicate, term in _stated(quotation)]


def _stated(of: Quotation) -> Iterator[tuple[str, str, NamedNode | Literal]]:
    position, words, fragment = (f"{of.iri}#{each}" for each in ("position", "quotation", "fragment"))
    yield of.iri, f"{_RDF}type", NamedNode(f"{_OA}SpecificResource")
    yield of.iri, f"{_OA}hasSource", NamedNode(of.source)
    for each in (position, words, fragment):
        yield of.iri, f"{_OA}hasSelector", NamedNode(each)
    yield of.iri, "http://www.w3.org/2000/01/rdf-schema#seeAlso", NamedNode(of.span)
    yield position, f"{_RDF}type", NamedNode(f"{_OA}TextPositionSelector")
    yield position, f"{_OA}start", Literal(str(of.start), datatype=_XSD_COUNT)
    yield position, f"{_OA}end", Literal(str(of.end), datatype=_XSD_COUNT)
    yield words, f"{_RDF}type", NamedNode(f"{_OA}TextQuoteSelector")
    yield words, f"{_OA}exact", Literal(of.exact)
    yield words, f"{_OA}prefix", Literal(of.before[-CONTEXT:])
    yield words, f"{_OA}suffix", Literal(of.after[:CONTEXT])
    yield fragment, f"{_RDF}type", NamedNode(f"{_OA}FragmentSelector")
    yield fragment, "http://purl.org/dc/terms/conformsTo", _RFC5147
    yield fragment, f"{_RDF}value", Literal(f"char={of.start},{of.end}")
