"""What several commands take: folders, paths, processes and formats."""

from __future__ import annotations

import os
from pathlib import Path

import click

DEFAULT_BASE = "http://localhost:8000/"
LEFT_OUT = 3
data = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Folder of releases, or one release.",
)
out = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Folder that the release goes to; what reads it takes it as --data.",
)
paths = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
jobs = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default=True,
    help="Processes that read documents side by side.",
)
form = click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)


def path_of(words: str) -> Path | None:
    """The path that words name; None where nothing lies there, as for words too long to be a path."""
    try:
        path = Path(words)
        return path if path.exists() else None
    except (OSError, ValueError):
        return None
