"""`yusuan verify`: every span of a release re-read."""

from __future__ import annotations

from pathlib import Path

import click

from mapping.commands import options
from mapping.release import current_release, read_manifest
from mapping.report import counted
from mapping.verify import verify as failures_of


@click.command()
@options.data
def verify(data: Path) -> None:
    """Re-reads every span of a release.

    Names every fact that does not hold.
    """
    release = current_release(data)
    failures = list(dict.fromkeys(failures_of(release)))
    for failure in failures:
        click.echo(f"{failure.iri}: {failure.problem}")
    manifest = read_manifest(release)
    if failures:
        again = "import" if manifest.imported else "build"
        raise click.ClickException(f"{counted(len(failures), 'failure')} in release {release.name}: {again} it again")
    if manifest.imported:
        click.echo(
            f"release {release.name} was imported: its dump is the one released, and its store says the same; "
            "there is no span to re-read"
        )
        return
    documents = counted(len(manifest.documents), "document")
    click.echo(f"release {release.name} holds: {documents}, every span re-read")
