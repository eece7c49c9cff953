"""`yusuan audit`: what does not agree in a release."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path

import click

from mapping.commands import options
from mapping.commands.asking import answer, exit_for, findings, rows, store_of, unborne
from mapping.commands.output import json_of, note, note_imported, output, write
from mapping.export import export_findings
from mapping.release import current_release
from mapping.report import OPEN, render_findings
from mapping.reviews import read_reviews


@click.command()
@options.data
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "ttl"]), default="table", show_default=True
)
@click.option(
    "--accepted",
    type=options.Place(exists=True, dir_okay=False),
    help="A reviews.csv: findings that it says are explained, corrected or dismissed are left out and counted.",
)
def audit(data: Path, form: str, accepted: Path | None) -> None:
    """What does not agree in a release, worst first.

    Exit code 1 where a contradiction is open.
    """
    store = store_of(data)
    note_imported(data, "nothing of it was audited, only findings that it states itself are listed")
    reviews = read_reviews([accepted] if accepted else [])
    if accepted:
        note((accepted.name, words) for words in unborne(reviews, store))
    reviewed = {review.key for review in reviews if review.status != OPEN}
    everything = findings(store)
    found = [one for one in everything if one.row["key"] not in reviewed]
    if form == "table":
        write(render_findings(found, rows(store, "audit-summary"), len(everything) - len(found)).encode())
    elif form == "csv":
        write(_without(answer(store, "findings", "csv"), reviewed))
    elif form == "json":
        write(json_of([{**one.row, "cells": [dict(cell) for cell in one.cells]} for one in found]))
    else:
        with output() as stream:
            export_findings(current_release(data), stream)
    exit_for(found)


def _without(said: bytes, keys: Collection[str]) -> bytes:
    """The rows of a CSV answer that have none of the keys."""
    heading, *found = csv.reader(io.StringIO(said.decode(), newline=""))
    written = io.StringIO()
    kept = [row for row in found if row[heading.index("key")] not in keys]
    csv.writer(written, lineterminator="\r\n").writerows([heading, *kept])
    return written.getvalue().encode()
