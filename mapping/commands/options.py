"""What several commands take: folders, paths, processes and formats."""

from __future__ import annotations

import os
from pathlib import Path

import click


class Place(click.Path):
    """A path that is stated: an empty one, as of a variable that is not set, would be the folder one is in."""

    def __init__(self, *, exists: bool = False, dir_okay: bool = True) -> None:
        super().__init__(exists=exists, dir_okay=dir_okay, path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path; a usage error where it is empty."""
        if not os.fspath(value):
            self.fail("the path is empty: name one, or . for the folder you are in", param, ctx)
        return super().convert(value, param, ctx)


DEFAULT_BASE = "http://localhost:8000/"
LEFT_OUT = 3
data = click.option(
    "--data",
    type=Place(),
    default=Path("data"),
    show_default=True,
    help="Folder of releases, or one release.",
)
out = click.option(
    "--out",
    type=Place(),
    default=Path("data"),
    show_default=True,
    help="Folder that the release goes to; what reads it takes it as --data.",
)
paths = click.argument("paths", nargs=-1, required=True, type=Place(exists=True))
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
        return path if words and path.exists() else None
    except (OSError, ValueError):
        return None
