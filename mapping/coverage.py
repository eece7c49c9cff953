"""A released document to the digits of its text that facts explain, and to the text that none does.

A digit is explained when a fact was read from it, or when it belongs to something that is no fact by design: a code, a
date, numbering, a citation. Page numbers, contents and watermarks are page furniture and are not counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mapping.correct import Corrected
from mapping.document import Document, Span
from mapping.graph import DEF, DERIVED, RDF_TYPE
from mapping.lexicon import load, pattern
from mapping.read import read
from mapping.recognise import Recognised, recognise
from mapping.release import ReleasedDocument, lines_of, parts_of
from mapping.segment import watermark_status

FACTS = ("figure", "quantity", "statement", "indicator", "field", "name", "staffing")
WORDS = ("citation", "date", "numbering", "code")
KINDS = (*FACTS, *WORDS)
# Classes of the graph by kind. A form's fields count where they hold money, a code or a term, not as long texts.
_CLASSES = {
    "Observation": "figure",
    "Quantity": "quantity",
    "Indicator": "indicator",
    "FormReading": "field",
    "ProjectEntry": "name",
    "OrganisationEntry": "name",
    "Table": "name",
    "Citation": "citation",
    "Staffing": "staffing",
}
_LONGEST_FIELD = 40
_DIGIT = re.compile("[0-9０-９]")
_PLACE = re.compile(r"#char=(\d+),(\d+)>$")


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of text on one line whose digits nothing explains."""

    line: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Digits of a document: how many outside page furniture, how many each kind explains, and the gaps."""

    source: str
    digits: int
    explained: Mapping[str, int]
    gaps: tuple[Gap, ...]

    @property
    def share(self) -> float:
        """The explained part, from 0 to 1; 1 for a text without digits."""
        return sum(self.explained.values()) / self.digits if self.digits else 1.0

    def rows(self) -> list[list[str | int | None]]:
        """Columns source, line, kind, digits, share, quote: one row a kind, one for all, one a gap; None is missing."""
        whole = sum(self.explained.values())
        counted = [*self.explained.items(), ("explained", whole), ("unexplained", self.digits - whole)]
        shares = [(kind, count, _percent(count, self.digits)) for kind, count in counted if count]
        gaps = ([self.source, gap.line, "gap", None, None, gap.quote] for gap in self.gaps)
        return [*([self.source, None, *share, None] for share in shares), *gaps]


COLUMNS = ("source", "line", "kind", "digits", "share", "quote")


def _percent(count: int, whole: int) -> str:
    return f"{100 * count / whole:.2f}%" if whole else ""


def cover(release: Path, document: ReleasedDocument) -> Coverage:
    """The coverage of one document of a release."""
    content = (release / document.rendition).read_bytes()
    text = content.decode()
    parts = read(content)
    tables = recognise(parts)
    spans = _fact_spans(lines_of(release / document.dump))
    for kind, found in _word_spans(text).items():
        spans[kind] += found
    origin = Corrected(text, ()).origin
    spans["code"] += map(origin, _code_cells(tables))
    kinds = _paint(len(text), spans)
    furniture = {at for span in map(origin, _furniture(parts, tables)) for at in range(span.start, span.end)}
    digits = [found.start() for found in _DIGIT.finditer(text) if found.start() not in furniture]
    counts = Counter(kinds[at] for at in digits)
    return Coverage(
        source=document.source[0],
        digits=len(digits),
        explained={kind: counts[kind] for kind in KINDS},
        gaps=tuple(_gaps([at for at in digits if not kinds[at]], parts, text)),
    )


def _paint(length: int, spans: Mapping[str, Iterable[Span]]) -> list[str]:
    """The kind of each character: the first kind that covers it, or nothing."""
    kinds = [""] * length
    for kind in reversed(KINDS):
        for span in spans.get(kind, ()):
            kinds[span.start : span.end] = [kind] * (span.end - span.start)
    return kinds


def _fact_spans(dump: Iterable[bytes]) -> defaultdict[str, list[Span]]:
    """The spans that facts of each kind were read from; of a statement its number."""
    kinds: dict[str, str] = {}
    places: dict[str, list[Span]] = defaultdict(list)
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for line in dump:
        said = parts_of(line)
        if said is None:
            continue
        subject, predicate, term = said
        place = _PLACE.search(term)
        if predicate == RDF_TYPE and (kind := _CLASSES.get(term[1:-1].removeprefix(DEF))):
            kinds[subject] = kind
        elif place and predicate == DERIVED:
            places[subject].append(Span(int(place[1]), int(place[2])))
        elif place and predicate == DEF + "valueSpan":
            found["statement"].append(Span(int(place[1]), int(place[2])))
    for subject, kind in kinds.items():
        short = [span for span in places[subject] if kind != "field" or span.end - span.start <= _LONGEST_FIELD]
        found[kind] += short
    return found


@cache
def _patterns() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    return {kind: tuple(map(re.compile, load("coverage")[kind])) for kind in WORDS}


def _word_spans(text: str) -> dict[str, list[Span]]:
    """The spans of citations, dates, numbering and codes in the text."""
    return {
        kind: [Span(found.start(), found.end()) for shape in shapes for found in shape.finditer(text)]
        for kind, shapes in _patterns().items()
    }


def _code_cells(tables: Sequence[Recognised]) -> Iterator[Span]:
    """The cells of columns of codes, of row numbers and of column numbers; headings of tables are names of columns."""
    for table in tables:
        coded = [column.index for column in table.columns if column.kind in ("code", "sequence")]
        data = {at for at, _ in table.body()}
        for at, row in enumerate(table.table.rows):
            for place, cell in enumerate(row):
                if at not in data or place in coded:
                    yield from cell.spans


def _furniture(parts: Document, tables: Sequence[Recognised]) -> Iterator[Span]:
    """The places of page numbers, tables of contents and watermarks."""
    for table in tables:
        if table.kind == "toc":
            yield table.table.span
    for found in pattern("coverage", "furniture").finditer(parts.text.content):
        yield Span(*found.span())
    for start, line in parts.text.lines():
        if pattern("noise", "page-numbers").fullmatch(line.strip()) or watermark_status(line):
            yield Span(start, start + len(line))


def _gaps(places: Sequence[int], parts: Document, text: str) -> Iterator[Gap]:
    """Each unexplained number with the words around it, one a line."""
    by_line: dict[int, list[int]] = defaultdict(list)
    for at in places:
        by_line[parts.rendition.line_of(at)].append(at)
    for line, found in sorted(by_line.items()):
        low = parts.rendition.line_starts[line - 1]
        high = text.find("\n", low)
        start, end = max(low, found[0] - 20), min(high if high >= 0 else len(text), found[-1] + 20)
        yield Gap(line, start, end, text[start:end])
