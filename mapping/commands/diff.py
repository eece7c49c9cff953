"""`yusuan diff`: what two releases, or two documents, say differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from pyoxigraph import Store

from mapping.commands import options
from mapping.commands.asking import rows
from mapping.commands.options import DEFAULT_BASE
from mapping.commands.output import note_imported, progress, write_rows
from mapping.diff import COLUMNS, Version, compare
from mapping.identity import UNKNOWN
from mapping.release import STORE, current_release, read_manifest
from mapping.rules import vocabulary
from mapping.unreleased import open_document
from server.release import open_store


@click.command()
@click.argument("old", type=options.Place(exists=True))
@click.argument("new", type=options.Place(exists=True))
@options.form
def diff(old: Path, new: Path, form: str) -> None:
    """What two releases, or two documents, say differently.

    Fact by fact, then the numbers of sentences, tables and indicators that are no facts; the documents are versions of
    one. OLD and NEW are folders (data or one release) or two document files. Exit code 1 where something differs.
    """
    if old.is_dir() != new.is_dir():
        raise click.UsageError(f"{old} and {new} cannot be compared: name two folders of releases, or two documents")
    if old.is_dir():
        for folder in (old, new):
            note_imported(
                folder, "only figures, sentences, indicators, projects and findings in this vocabulary are compared"
            )
        found = compare(_released(old), _released(new))
    else:
        found = compare(*_unreleased(old, new))
    write_rows(COLUMNS, [[row[column] for column in COLUMNS] for row in found], form)
    if found:
        raise SystemExit(1)


def _released(folder: Path) -> Version:
    release = current_release(folder)
    store, base = open_store(release / STORE), read_manifest(release).base
    return _version(
        store, base, {row["source"]: row["disclosure"].removeprefix(base) for row in rows(store, "documents")}
    )


def _unreleased(*paths: Path) -> Iterator[Version]:
    """Documents of their own, versions of one, whatever they are called; where their units differ, that is noted."""
    with progress("reading", len(paths)) as finished:
        stores = [open_document(path, DEFAULT_BASE, vocabulary(), finished) for path in paths]
    said = [rows(store, "documents")[0] for store in stores]
    units = {row["disclosure"].rsplit("/", 2)[0] for row in said}
    if len([each for each in units if f"/{UNKNOWN}-" not in each]) > 1:
        titles = " and ".join(row["title"] for row in said)
        click.echo(f"note: {titles} are of two units: of one unit, name two versions", err=True)
    for path, store in zip(paths, stores, strict=True):
        yield _version(store, DEFAULT_BASE, {path.name: ""})


def _version(store: Store, base: str, homes: Mapping[str, str]) -> Version:
    facts, projects, findings = (rows(store, name) for name in ("facts", "projects", "findings"))
    statements, quantities, indicators = (rows(store, name) for name in ("statements", "quantities", "indicators"))
    return Version(base, facts, projects, findings, homes, statements, quantities, indicators)
