"""`yusuan cite`: the citations in a text."""

from __future__ import annotations

import os
import re
import sys

import click

from mapping.cite import Citation
from mapping.cite import cite as citations
from mapping.commands import options
from mapping.commands.output import Value, write_rows
from mapping.decode import decode
from mapping.document import quote
from mapping.errors import SourceError

_COLUMNS = ("line", "start", "end", "quote", "doc_number", "title", "article", "kind", "informal")
_LIKE_A_PATH = re.compile(r"[^\s《》〔〕]*(?:/[^\s《》〔〕]+|\.[A-Za-z]{1,4}\d?)")


@click.command()
@click.argument("what", metavar="TEXT|FILE")
@options.form
def cite(what: str, form: str) -> None:
    """The citations in a text, or in a FILE; - reads standard input.

    Offsets are code points of the whole text, in which only LF ends a line; several spans are joined by ;.
    """
    text = _meant(what)
    write_rows(_COLUMNS, [_row(text, citation) for citation in citations(text)], form)


def _meant(what: str) -> str:
    """The text that is meant: standard input, a file, or the words themselves, which may look like a path."""
    if what == "-":
        if not (read := sys.stdin.buffer.read()).strip():
            raise click.UsageError("standard input is empty: give it a text")
        return _decoded("standard input", read)
    if not what.strip():
        raise click.UsageError("the text is empty: give a text, a file, or - for standard input")
    path = options.path_of(what)
    if path and path.is_dir():
        raise click.UsageError(f"{what} is a folder: name a file")
    if path and path.is_file():
        return _decoded(what, path.read_bytes())
    if _LIKE_A_PATH.fullmatch(what):
        click.echo(f"note: there is no file {what}: read as a text", err=True)
    return _decoded("the text", os.fsencode(what))


def _decoded(place: str, data: bytes) -> str:
    """The text in some bytes; raises SourceError naming the place."""
    try:
        return decode(data).content
    except SourceError as error:
        raise SourceError(f"{place}: {error}") from error


def _row(text: str, said: Citation) -> list[Value]:
    first = text.count("\n", 0, said.spans[0].start) + 1
    starts, ends = (";".join(str(getattr(span, name)) for span in said.spans) for name in ("start", "end"))
    fields = (one or None for one in (said.doc_number, said.title, said.article))
    return [first, starts, ends, quote(text, said.spans), *fields, said.kind, said.informal]
