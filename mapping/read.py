"""A file's bytes to a Document: frozen text with persons masked, its tables and its paragraphs."""

from __future__ import annotations

from dataclasses import replace

from mapping.decode import decode
from mapping.document import Document, Table, Text
from mapping.errors import SourceError
from mapping.join import join
from mapping.mask import mask
from mapping.segment import segment


def read(data: bytes) -> Document:
    """The document in `data`.

    Raises SourceError when the bytes are no text, or hold neither a table nor a paragraph.
    """
    decoded = decode(data)
    text = Text.of(mask(decoded.content))
    parts = segment(text)
    tables, paragraphs = join(parts.items)
    tables = tuple(_with_lines(table, text) for table in tables)
    if not tables and not paragraphs:
        raise SourceError("the text holds no table and no sentence: export the disclosure again")
    return Document(text, tables, paragraphs, parts.watermarks, decoded.encoding)


def _with_lines(table: Table, text: Text) -> Table:
    """`table` with the lines of its grid: captions that stood in its first rows are no part of it."""
    span = table.span
    return replace(table, first_line=text.line_of(span.start), last_line=text.line_of(max(span.start, span.end - 1)))
