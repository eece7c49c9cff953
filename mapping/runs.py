"""A document to runs of text: each cell one run, and what stands between the cells; every character in one run.

Patterns that look for words go through these: a cell that a page break cut is whole, and nothing is left out because
it is a heading, a caption or a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mapping.document import Document, Span, Table, quote
from mapping.lexicon import load, pattern
from mapping.passages import Passage

# Where a page break cut the text: no place in the document.
JOINT = -1
# The line below the end of a cell that is the last of its line.
_LINE_BELOW = re.compile(r"[^\S\n]*\n([^\n|\t]*\S[^\n|\t]*)(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of raw text and the code point of the rendition at which each of its characters stands.

    Pieces that a page break parted are joined by a line feed, whose place is `JOINT`.
    """

    text: str
    places: Sequence[int]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where the characters from `start` to `end` are printed: a span for each piece, whitespace at its ends off."""
        found: list[Span] = []
        begin = start
        for at in range(start, end + 1):
            if at == end or self.places[at] == JOINT:
                words = self.text[begin:at]
                low = begin + len(words) - len(words.lstrip())
                high = low + len(words.strip())
                if low < high:
                    found.append(Span(self.places[low], self.places[high - 1] + 1))
                begin = at + 1
        return tuple(found)


def read_runs(document: Document, passages: Sequence[Passage] = ()) -> Iterator[Run]:
    """The runs of a document in order of their first characters; `passages` tell which sentences a page break cut."""
    content = document.text.content
    cells = {cell.spans for table in document.tables for row in table.rows for cell in row if not cell.blank}
    sentences = (_pieces(passage) for passage in passages if len(passage.pieces) > 1)
    broken = (_adjoined(content, spans) for spans in sentences)
    cut = {spans for spans in broken if len(spans) > 1}
    cut |= {_adjoined(content, spans) for spans in _cut_cells(document.tables)}
    free = bytearray(b"\1" * len(content))
    owned: list[tuple[Span, ...]] = []
    for spans in [*sorted(cut, key=_from_longest), *sorted(cells, key=_from_longest)]:
        if all(all(free[span.start : span.end]) for span in spans):
            owned.append(spans)
            for span in spans:
                free[span.start : span.end] = bytes(span.end - span.start)
    owned = [_run_over(content, free, spans) for spans in owned]
    for found in re.finditer(b"\1+", free):
        owned += _without_pages(content, Span(*found.span()))
    return iter(sorted((run_of(content, spans) for spans in owned), key=lambda run: run.places[0]))


def _run_over(content: str, free: bytearray, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of a cell with the free lines below it in which its title or its number goes on; these are taken."""
    while line := _LINE_BELOW.match(content, spans[-1].end):
        start, end = line.span(1)
        words = quote(content, spans)
        if not all(free[start:end]) or not _goes_on(words.strip(), line[1].strip()):
            break
        free[spans[-1].end : end] = bytes(end - spans[-1].end)
        spans = (*spans[:-1], Span(spans[-1].start, end))
    return spans


def _without_pages(content: str, span: Span) -> list[tuple[Span, ...]]:
    """The text of a span as one run, each line that only numbers a page as another."""
    if not (pages := [Span(*one.span(1)) for one in _pages().finditer(content, span.start, span.end)]):
        return [(span,)]
    edges = [span.start, *(edge for page in pages for edge in (page.start - 1, page.end + 1)), span.end]
    kept = tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True) if pair[0] < pair[1])
    return [(page,) for page in pages] + ([kept] if kept else [])


@cache
def _pages() -> re.Pattern[str]:
    """A line between two others that numbers a page and could be nothing else."""
    return re.compile(rf"(?<=\n)({load('citations')['page']})(?=\n)")


def _cut_cells(tables: Sequence[Table]) -> Iterator[tuple[Span, ...]]:
    """The cells that go on in the next printed row though the tables do not tell: a title or a number is cut."""
    above: dict[int, tuple[str, tuple[Span, ...]]] = {}
    for row in (row for table in tables for row in table.rows):
        printed = {at: cell for at, cell in enumerate(row) if not cell.blank}
        if all(pattern("noise", "page-numbers").fullmatch(cell.text.strip()) for cell in printed.values()):
            continue
        below: dict[int, tuple[str, tuple[Span, ...]]] = {}
        for at, cell in printed.items():
            words, spans = above.get(at, ("", ()))
            goes_on = bool(spans) and _goes_on(words, cell.plain)
            if not goes_on and at == 0 and above:
                # A line of tabs that broke inside its last cell.
                words, spans = above[max(above)]
                goes_on = _goes_on(words, cell.plain)
            below[at] = (words + cell.plain, spans + cell.spans) if goes_on else (cell.plain, cell.spans)
            if goes_on:
                yield below[at][1]
        above = below


def _from_longest(spans: Sequence[Span]) -> tuple[int, Span]:
    return spans[0].start - spans[-1].end, spans[0]


def _adjoined(content: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans; those that only the end of a line parts are one."""
    found: list[Span] = []
    for span in spans:
        if found and content[found[-1].end : span.start].strip(" ") == "\n":
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _goes_on(words: str, rest: str) -> bool:
    """Whether `rest` is the end of a title or of a number that `words` begin."""
    if words.count("《") > words.count("》"):
        return rest.count("》") > rest.count("《") and rest.find("》") < (rest.find("《") + 1 or len(rest))
    return bool(words and rest) and any(above.search(words) and below.match(rest) for above, below in _cuts())


@cache
def _cuts() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """How a cell ends that is cut, and how the rest of it begins."""
    return tuple((re.compile(one["above"]), re.compile(one["below"])) for one in load("citations")["cut"])


def _pieces(passage: Passage) -> tuple[Span, ...]:
    return passage.spans(0, len(passage.words))


def run_of(content: str, spans: Sequence[Span]) -> Run:
    """The run of what stands at some spans of a document, with a joint between each two."""
    if len(spans) == 1:
        return Run(content[spans[0].start : spans[0].end], range(spans[0].start, spans[0].end))
    texts: list[str] = []
    places: list[int] = []
    for at, span in enumerate(spans):
        if at:
            texts.append("\n")
            places.append(JOINT)
        texts.append(content[span.start : span.end])
        places += range(span.start, span.end)
    return Run("".join(texts), places)
