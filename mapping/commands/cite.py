"""`yusuan cite`: the citations in a text."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from mapping.cite import Citation
from mapping.cite import cite as citations
from mapping.commands import options
from mapping.commands.output import write_rows
from mapping.decode import decode

_COLUMNS = ("line", "start", "end", "quote", "doc_number", "title", "article", "kind", "informal")
_LONGEST_PATH = 1024
_LIKE_A_PATH = re.compile(r"[^\s《》〔〕]*(?:/[^\s《》〔〕]+|\.(?:txt|md))")


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
        return decode(sys.stdin.buffer.read()).content
    if not what.strip():
        raise click.ClickException("the text is empty: give a text, a file, or - for standard input")
    path = Path(what) if len(what.encode(errors="surrogateescape")) < _LONGEST_PATH else None
    if path and path.is_dir():
        raise click.UsageError(f"{what} is a folder: name a file")
    if path and path.is_file():
        return decode(path.read_bytes()).content
    if _LIKE_A_PATH.fullmatch(what):
        click.echo(f"note: there is no file {what}: read as a text", err=True)
    return decode(what.encode()).content


def _row(text: str, said: Citation) -> list[str]:
    first = text.count("\n", 0, said.spans[0].start) + 1
    starts, ends = (";".join(str(getattr(span, name)) for span in said.spans) for name in ("start", "end"))
    quote = "".join(text[span.start : span.end] for span in said.spans)
    fields = (said.doc_number, said.title, said.article, said.kind, "true" if said.informal else "false")
    return [str(first), starts, ends, quote, *(one or "" for one in fields)]
