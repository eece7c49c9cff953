"""`yusuan import`: RDF files to a release."""

from __future__ import annotations

from pathlib import Path

import click

from mapping.commands import options
from mapping.commands.options import DEFAULT_BASE
from mapping.commands.output import progress
from mapping.errors import CallError
from mapping.imported import rdf_files
from mapping.publish import publish_imported
from mapping.release import AUTO, GIVEN, MERGE, read_manifest
from mapping.report import counted
from mapping.swap import check_target

_DEFAULT_GRAPHS = {MERGE: "the merge of all graphs", GIVEN: "what the files state in no named graph"}


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=options.Place(), metavar="RDF...")
@options.out
@click.option(
    "--base", default=DEFAULT_BASE, show_default=True, help="IRI that relative IRIs of the files are read from."
)
@click.option(
    "--default",
    "default_graph",
    type=click.Choice([AUTO, MERGE, GIVEN]),
    default=AUTO,
    show_default=True,
    help="The default graph: as the files give it, or the merge of all graphs; auto: given, if they state any.",
)
def import_files(paths: tuple[Path, ...], out: Path, base: str, default_graph: str) -> None:
    """RDF files (or folders) as they are, to a release.

    TriG, N-Quads, Turtle, N-Triples, RDF/XML and JSON-LD by their endings, also .gz of them. Exit code 2 where a file
    cannot be imported: then nothing is released.
    """
    check_target(out, base)
    try:
        files = rdf_files(paths)
        with progress("reading", len(files)) as finished:
            release = publish_imported(out, base, files, default_graph, finished)
    except CallError as error:
        click.echo(f"{error}\nnothing is released", err=True)
        raise SystemExit(2) from None
    manifest = read_manifest(release)
    for source in manifest.sources:
        if not source.quads:
            click.echo(f"note: {source.source}: states nothing", err=True)
    click.echo(f"note: the default graph is {_DEFAULT_GRAPHS[manifest.default_graph]}", err=True)
    click.echo(f"{counted(len(files), 'file')} in release {release.name}")
