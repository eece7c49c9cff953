"""A file's bytes to a Document: frozen text with persons masked, its tables and its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapping.decode import decode
from mapping.document import Document, Table, Text
from mapping.errors import SourceError
from mapping.join import join
from mapping.mask import mask
from mapping.segment import Block, Item, segment

WIDEST_TABLE = 300


def read(data: bytes) -> Document:
    """The document in `data`.

    Raises SourceError when the bytes are no text, hold neither a table nor a paragraph, or a table too wide to be one.
    """
    decoded = decode(data)
    text = Text.of(mask(decoded.content))
    parts = segment(text)
    _check_width(parts.items)
    tables, paragraphs = join(parts.items)
    tables = tuple(_with_lines(table, text) for table in tables)
    if not tables and not paragraphs:
        raise SourceError("the text holds no table and no sentence: export the disclosure again")
    return Document(text, tables, paragraphs, parts.watermarks, decoded.encoding)


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
