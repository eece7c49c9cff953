"""A file's bytes to a Document: frozen text with persons masked and corrections made, its tables and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapping.correct import correct
from mapping.decode import decode
from mapping.document import Correction, Document, Table, Text
from mapping.errors import SourceError
from mapping.join import join
from mapping.lexicon import pattern
from mapping.mask import mask
from mapping.segment import Block, Item, segment

WIDEST_TABLE = 300


def read(data: bytes, corrections: Sequence[Correction] = ()) -> Document:
    """The document in `data`, read as it is corrected.

    Raises SourceError when the bytes are no text, hold neither a table nor a paragraph, or a table too wide to be one,
    and for a correction that cannot be made.
    """
    decoded = decode(data)
    if decoded.encoding == "gb18030" and not of_the_trade(decoded.content):
        raise SourceError("no word of a budget in it when read as GB18030 (Big5, or a binary file?): save it as UTF-8")
    rendition, text = map(Text.of, correct(mask(decoded.content), corrections))
    parts = segment(text)
    _check_width(parts.items)
    tables, paragraphs = join(parts.items)
    tables = tuple(_with_lines(table, text) for table in tables)
    if not tables and not paragraphs:
        raise SourceError("the text holds no table and no sentence: export the disclosure again")
    return Document(text, rendition, tables, paragraphs, parts.watermarks, decoded.encoding, tuple(corrections))


def of_the_trade(content: str) -> bool:
    """Whether a text has any of the words that every disclosure has."""
    return bool(pattern("noise", "trade").search(content))


def _check_width(items: Sequence[Item]) -> None:
    for item in items:
        if isinstance(item, Block) and max(len(row) for row in item.rows) > WIDEST_TABLE:
            raise SourceError(
                f"the table at line {item.first_line} has more than {WIDEST_TABLE} columns: export it with line breaks"
            )


def _with_lines(table: Table, text: Text) -> Table:
    """`table` with the lines of its grid: captions that stood in its first rows are no part of it."""
    span = table.span
    return replace(table, first_line=text.line_of(span.start), last_line=text.line_of(max(span.start, span.end - 1)))
