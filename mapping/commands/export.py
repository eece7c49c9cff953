"""`yusuan export`: the whole release, or the table of its figures."""

from __future__ import annotations

from pathlib import Path

import click

from mapping.commands import options
from mapping.commands.asking import answer, store_of
from mapping.commands.output import note_imported, output, write
from mapping.export import FORMATS
from mapping.export import export as write_release
from mapping.release import current_release


@click.command()
@options.data
@click.option("--format", "form", type=click.Choice([*FORMATS, "csv"]), default="nquads", show_default=True)
def export(data: Path, form: str) -> None:
    """The whole release on standard output.

    csv is the table of figures.
    """
    if form == "csv":
        note_imported(data, "csv lists the figures in this vocabulary, which it may not have; nquads is all of it")
        write(answer(store_of(data), "figures", "csv"))
        return
    with output() as stream:
        write_release(current_release(data), form, stream)
