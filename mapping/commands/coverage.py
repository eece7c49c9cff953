"""`yusuan coverage`: the share of digits that facts explain."""

from __future__ import annotations

from pathlib import Path

import click

from mapping.commands import options
from mapping.commands.output import note_imported, write_rows
from mapping.coverage import COLUMNS, cover
from mapping.release import current_release, read_manifest


@click.command()
@options.data
@options.form
def coverage(data: Path, form: str) -> None:
    """The share of digits that facts explain.

    For each document, with the text that no fact explains.
    """
    release = current_release(data)
    note_imported(data, "it has no documents")
    found = (cover(release, document) for document in read_manifest(release).documents)
    rows = [row for one in sorted(found, key=lambda one: one.source) for row in one.rows()]
    write_rows(COLUMNS, rows, form)
