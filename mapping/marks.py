"""Places whose words show how a document was made (template, damage, copy), and their statements in its graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapping.document import Span
from mapping.graph import DEF, PART_OF, RDF_TYPE, Graph
from mapping.recognise import Recognised

# A document that is damaged on every line says so with these.
_MOST_ALIKE = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that do not belong where they stand: `kind` is a notation of `code:mark-kind`.

    `printed` are the words, `meant` is what would agree with the rest (None when nothing says); `table` is the table
    of which they hold, where it is the whole of one.
    """

    kind: str
    printed: str
    spans: tuple[Span, ...]
    meant: str | None = None
    table: Recognised | None = None


def distinct(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Each mark once, and no more than forty of one kind and wording."""
    alike: Counter[tuple[str, str]] = Counter()
    places: set[tuple[str, Span]] = set()
    for mark in marks:
        place, words = (mark.kind, mark.spans[0]), (mark.kind, mark.printed)
        if place not in places and alike[words] < _MOST_ALIKE:
            places.add(place)
            alike[words] += 1
            yield mark


def write_marks(marks: Iterable[Mark], graph: Graph) -> None:
    """Writes the marks of a document into its graph."""
    for mark in marks:
        iri = graph.part(f"mark/{mark.kind}", mark.spans)
        graph.link(iri, RDF_TYPE, DEF + "Mark")
        graph.link(iri, PART_OF, graph.document)
        graph.code(iri, "markKind", "mark-kind", mark.kind)
        graph.string(iri, "wording", mark.printed)
        graph.string(iri, "agreesWith", mark.meant)
        if mark.table:
            graph.link(iri, DEF + "inTable", graph.part("table", mark.table.spans))
        graph.evidence(iri, mark.spans, _REASONS[mark.kind])


_REASONS = {
    "class-name": "the name printed beside the code is that of another class",
    "class-parent": "the class stands below the heading of another one, among its classes",
    "placeholder": "the words are of a template, or stand where a number was",
    "garbled": "the characters are those of a wrong decoding, or cut off",
    "watermark": "the words call the document a draft",
    "other-level": "the words name another level of government than the publisher's as its own",
    "other-unit": "the words name another body or place as the publisher's own",
    "publisher-name": "the name differs from that of the publisher by one character",
    "impossible-date": "the calendar has no such date",
    "doubled": "the words are printed twice in a row",
    "near-name": "the words differ from the name of a project by one character",
    "list-count": "the number is not that of the names listed beside it",
    "table-unit": "the table's amounts are those of other places only in another unit",
    "purchase-kind": "the code is of another kind of purchases",
    "grade": "the scale of the text gives the score another grade",
    "citation-year": "the number is of a year long before the one that the title of the notice is on",
    "term-year": "the sentence spends money in a year that is not of the term",
    "title-year": "the year is not that of the document",
}
