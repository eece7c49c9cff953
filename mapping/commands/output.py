"""What commands write: answers to standard output, notes to standard error."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import click

from mapping.release import current_release, read_manifest
from server.table import render_rows

TICK = 1.0
"""Seconds after which progress is drawn anew."""

Value = str | int | bool | None
"""A cell of rows to write; JSON keeps its kind, as that of /api does."""


class OutputError(click.ClickException):
    """An answer that cannot be written."""

    exit_code = 2


@contextlib.contextmanager
def output() -> Iterator[BinaryIO]:
    """Standard output for bytes; raises OutputError where it is closed or full."""
    if sys.stdout is None:
        raise OutputError("the answer cannot be written: standard output is closed")
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.filename or isinstance(error, BrokenPipeError):
            raise
        drop_output()
        raise OutputError(f"the answer cannot be written: {error.strerror or error}") from error


def drop_output() -> None:
    """Sends to nowhere what is still to be written, or the interpreter would fail at it once more when it ends."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(answer: bytes) -> None:
    """Writes an answer, with a line end; raises OutputError."""
    with output() as stream:
        stream.write(answer if answer.endswith(b"\n") else answer + b"\n")


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[Value]], form: str) -> None:
    """Writes rows as table, csv or json; raises OutputError."""
    if form == "json":
        write(json_of([dict(zip(columns, row, strict=True)) for row in rows]))
        return
    plain = [[_text(value) for value in row] for row in rows]
    if form == "table":
        write(render_rows(columns, plain).encode())
    else:
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows([columns, *plain])
        write(written.getvalue().encode())


def _text(value: Value) -> str:
    """A value where all is text: truth values as queries write them, nothing for a missing one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def json_of(said: object) -> bytes:
    """What commands write as JSON: in the characters that were read."""
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


@contextlib.contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[str], None]]:
    """What hears of each thing that is finished: on standard error a bar of so many, without a terminal the label.

    Beside the bar stand the seconds since it began, so that it is seen to go on however long one thing takes.
    """
    began, drawing, ended = time.monotonic(), threading.Lock(), threading.Event()

    def taken(_: object) -> str:
        return f"{time.monotonic() - began:.0f} s"

    with click.progressbar(length=length, label=label, file=sys.stderr, item_show_func=taken, show_eta=False) as bar:

        def finish(_: str) -> None:
            with drawing:
                bar.update(1)

        def tick() -> None:
            while not ended.wait(TICK):
                with drawing:
                    bar.render_progress()

        ticking = threading.Thread(target=tick, daemon=True)
        ticking.start()
        try:
            yield finish
        finally:
            ended.set()
            ticking.join()


def note(notices: Iterable[tuple[str, str]]) -> None:
    """Says of each source what a reader should know."""
    for source, words in notices:
        click.echo(f"note: {source}: {words}", err=True)


def note_imported(data: Path, words: str) -> bool:
    """Whether the release was imported, which is then noted with what that means for a command."""
    release = current_release(data)
    imported = read_manifest(release).imported
    if imported:
        click.echo(f"note: release {release.name} was imported: {words}", err=True)
    return imported
