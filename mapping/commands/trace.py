"""`yusuan trace`: where a fact comes from and what it feeds."""

from __future__ import annotations

import re
from pathlib import Path

import click
from pyoxigraph import Store

from mapping.commands import options
from mapping.commands.asking import answer
from mapping.commands.output import write
from mapping.docnumber import normalise
from server.release import Release, open_release, open_store
from server.table import columns_and_rows, render_table

_TRACED = 5
_PLACE = re.compile(r"(.+):([0-9]{1,18})")
# Several lines of a document (a.txt:41-43, a.txt:41,43), as findings list them.
_PLACES = re.compile(r"(.+:[0-9]{1,18})(?:[-,;~][0-9]{1,18})+")


@click.command()
@click.argument("what", metavar="IRI|SOURCE:LINE|TEXT")
@options.data
def trace(what: str, data: Path) -> None:
    """Where a fact comes from and what it feeds.

    Named by its IRI, by a place SOURCE:LINE (2024.txt:162), or by a TEXT: facts are found by it in labels, clauses,
    values and codes, legal documents by any spelling of their number.
    """
    if not what.strip():
        raise click.UsageError("nothing is asked for: name an IRI, a place SOURCE:LINE, or a text")
    release = open_release(data)
    store = open_store(release.store_path)
    what = normalise(what) or what
    iris = [what] if what.startswith(("http://", "https://")) else list(dict.fromkeys(_found(store, what)))
    shown = 0
    for iri in iris[:_TRACED]:
        lineage = answer(store, "lineage", iri=iri)
        shown += len(columns_and_rows(lineage)[1])
        write(f"\n{iri}\n{render_table(lineage)}".encode())
    if len(iris) > _TRACED:
        click.echo(f"… and {len(iris) - _TRACED} more: trace one by its IRI", err=True)
    if not shown:
        raise click.ClickException(f"nothing in the release is, or bears, {what!r}{_no_such_place(release, what)}")


def _found(store: Store, what: str) -> list[str]:
    """The IRIs of what was read at a place, or bears a text; printed as a table too."""
    found = _read_at(store, what) or answer(store, "find", text=what)
    columns, rows = columns_and_rows(found)
    write(render_table(found).encode())
    return [row[columns.index("iri")] for row in rows]


def _read_at(store: Store, what: str) -> bytes | None:
    """What was read at a place SOURCE:LINE; none where `what` is no such place, though a text with a colon."""
    place = _PLACE.fullmatch(what)
    if not place:
        return None
    found = answer(store, "read-at", source=place[1], line=place[2])
    return found if columns_and_rows(found)[1] else None


def _no_such_place(release: Release, what: str) -> str:
    """Why nothing is at a place SOURCE:LINE; empty where `what` is no such place, or one of the release."""
    if several := _PLACES.fullmatch(what):
        return f": name one line, {several[1]}"
    place = _PLACE.fullmatch(what)
    if not place or not release.documents:
        return ""
    for document in release.documents:
        if place[1] in document.sources:
            lines = len(release.rendition(document.sha256).splitlines())
            return f": {place[1]} has only {lines} lines" if int(place[2]) > lines else ""
    return f": no document of it is called {place[1]}"
