"""The nouns every step passes along: frozen text, its lines, and tables with cells that know their place."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from mapping.lexicon import any_of, lines

# What stands in brackets, and these.
_BRACKETED = re.compile("[(（][^()（）]*[)）]")
_FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
_FOLDED = {**_FULL_WIDTH, "．": ".", "％": "%"}
_WIDE = re.compile(f"[{''.join(_FOLDED)}]")
_LEAD = re.compile(r"(?:\[bookmark:[^\]]*\]|\s)*")
_MARKUP = re.compile(r"\*\*|^#{1,6}(?= )|<br\s*/?>|\[bookmark:[^\]]*\]")


def plain(text: str) -> str:
    """`text` without markup (bold, line breaks of Markdown, bookmarks)."""
    return _MARKUP.sub("", text)


def without_markup(text: str) -> str:
    """`text` with blanks in the place of its markup: as long."""
    return _MARKUP.sub(lambda found: " " * len(found[0]), text)


@lru_cache(maxsize=1 << 16)
def squeeze(text: str) -> str:
    """`text` without any whitespace (full-width blanks too) and without markup: how labels are compared and printed."""
    return "".join(plain(text).split())


def unbracketed(text: str) -> str:
    """`text` without what stands in brackets, of brackets within brackets the inner ones."""
    return _BRACKETED.sub("", text)


def normal_name(name: str) -> str:
    """A name as names are compared: NFKC, without whitespace."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """`squeeze(text)` as patterns see it: full-width digits and letters in ASCII, known misreadings read over.

    As long as `squeeze(text)`, character for character; never printed.
    """
    words = _WIDE.sub(lambda found: _FOLDED[found[0]], squeeze(text))
    return _misread().sub(lambda found: _misreadings()[found[0]], words)


@cache
def _misreadings() -> dict[str, str]:
    """What scanners make of the words of headings, and what was printed (mapping/data/misreadings.txt)."""
    return dict(line.split(maxsplit=1) for line in lines("misreadings.txt"))


@cache
def _misread() -> re.Pattern[str]:
    return re.compile(any_of(_misreadings()))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (exclusive) of the frozen rendition."""

    start: int
    end: int


def quote(content: str, spans: Iterable[Span]) -> str:
    """The characters of a text at places, in order."""
    return "".join(content[one.start : one.end] for one in spans)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: the printed words (trimmed) and where they stand; two spans when a page break cut it.

    `plain` are its words without whitespace and markup.
    """

    text: str
    spans: tuple[Span, ...]
    indent: int = 0
    plain: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", squeeze(self.text))

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end

    @property
    def blank(self) -> bool:
        return not self.plain


def trim(start: int, words: str) -> Cell:
    """The cell that `words`, standing at offset `start`, hold: blanks and bookmarks around them left out."""
    lead = _LEAD.match(words)
    left = lead.end() if lead else 0
    core = words[left:].rstrip()
    indent = sum(2 if one == "\u3000" else 1 for one in words[:left] if one in " \u3000")
    return Cell(core, (Span(start + left, start + left + len(core)),), indent)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rendition."""

    number: int
    start: int
    text: str

    @property
    def blank(self) -> bool:
        return "\t" not in self.text and not self.text.strip()


@dataclass(frozen=True, slots=True)
class Caption:
    """A line (or row of one cell) that stands above a table: its words and place."""

    text: str
    span: Span


@dataclass(frozen=True)
class Table:
    """A grid of cells, all rows equally wide, with the lines that introduce and follow it.

    `told` is false where nobody can tell which columns its headings stand over, `gaps` true where rows are left out.
    """

    rows: tuple[Row, ...]
    captions: tuple[Caption, ...]
    notes: tuple[Caption, ...]
    form: str
    first_line: int
    last_line: int
    header_rows: int = -1
    told: bool = True
    gaps: bool = False

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @cached_property
    def span(self) -> Span:
        """From the first to the last own character of the grid."""
        cells = [cell for row in self.rows for cell in row]
        return Span(min(cell.start for cell in cells), max(cell.end for cell in cells))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text (a heading or a paragraph)."""

    text: str
    span: Span
    line: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reviewer says that the rendition reads at `span`: `corrected` in place of `as_read`, with the reason.

    `who` is a post or body. `place` names the row of corrections.csv in messages, and is no part of what is said.
    """

    span: Span
    as_read: str
    corrected: str
    reason: str
    who: str
    place: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is read: only LF ends a line, offsets are code points."""

    content: str
    line_starts: tuple[int, ...] = field(repr=False)

    @staticmethod
    def of(content: str) -> Text:
        """`content` with the offset at which each line begins."""
        starts = [0, *(found.end() for found in re.finditer("\n", content))]
        return Text(content, tuple(starts))

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds code point `offset`."""
        return bisect_right(self.line_starts, offset)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Offset and words of each line, without its LF."""
        for number, start in enumerate(self.line_starts):
            last = number + 1 == len(self.line_starts)
            end = len(self.content) if last else self.line_starts[number + 1] - 1
            yield start, self.content[start:end]


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: text, tables and paragraphs in order of appearance.

    `text` is what every step reads and where its spans stand: the frozen `rendition` with its `corrections` made, line
    for line, and without the characters that print nothing (`correct`).
    """

    text: Text
    rendition: Text
    tables: tuple[Table, ...]
    paragraphs: tuple[Paragraph, ...]
    watermarks: tuple[Paragraph, ...]
    encoding: str = "utf-8"
    corrections: tuple[Correction, ...] = ()
