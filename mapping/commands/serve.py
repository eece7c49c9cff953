"""`yusuan serve`: a release as pages and an endpoint."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mapping.commands import options
from server.serve import serve as serve_release
from server.settings import read_settings


@click.command()
@options.data
@click.option(
    "--config",
    type=options.Place(exists=True, dir_okay=False),
    help="Settings in TOML; docs/operations.md lists them.",
)
@click.option("--host", help="Address to listen on; 127.0.0.1 where nothing says otherwise.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 8000 where nothing says otherwise.")
@click.option("--workers", "light_workers", type=click.IntRange(1), help="Processes that answer short queries.")
def serve(data: Path, config: Path | None, **given: str | int | None) -> None:
    """Serves a release: pages and /sparql.

    Drafts are left out on public addresses.
    """
    serve_release(data, read_settings(config, os.environ, **given))
