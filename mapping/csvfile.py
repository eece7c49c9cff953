"""A CSV file that people keep beside documents to its rows; every mistake is named by row and column.

Rows count from 1, the heading being row 1.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from mapping.decode import readable_name
from mapping.errors import ManifestError


def stands(place: Path) -> bool:
    """Whether there is a file at `place` that can be looked at; ManifestError for a folder of that name."""
    try:
        if place.is_dir():
            raise ManifestError(f"{place} is a folder, not a file: give the folder another name")
        return place.is_file()
    except PermissionError:
        return False


def read_rows(place: Path, columns: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows that say something, with their numbers: each cell that is there by its column, as it is written.

    Raises ManifestError for a file in no known encoding, an unclosed quotation mark, a column that comes twice, one of
    the `needed` that is missing, and, after the last row, for columns that are unknown and for rows of more cells than
    there are columns.
    """
    rows = _rows(place, _decoded(place))
    _, heading = next(rows, (1, []))
    names = [cell.strip() for cell in heading]
    mistakes = list(_columns(place, names, columns, needed))
    if len(set(names)) < len(names) or not set(needed) <= set(names):  # no cell can be told by its column
        raise ManifestError(*mistakes)
    for number, row in rows:
        if len(row) > len(names):
            mistakes.append(
                f"{place}, row {number}: {len(row)} cells under {len(names)} columns; "
                "put cells that contain a comma in quotation marks"
            )
        else:
            yield number, {name: cell for name, cell in zip(names, row, strict=False) if name in columns}
    if mistakes:
        raise ManifestError(*mistakes)


def read_cell(place: Path, number: int, column: str, cell: str, reader: Callable[[str], Any]) -> Any:
    """What a cell means; ManifestError naming its place where `reader` raises ValueError with the remedy."""
    try:
        return reader(cell)
    except ValueError as error:
        raise ManifestError(f"{place}, row {number}, column {column}: {cell.strip()!r} {error}") from error


def day(cell: str) -> date:
    """The date that a cell says; ValueError with the remedy."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        raise ValueError("is no date; write it as 2024-03-01")
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise ValueError(f"is no day of the calendar ({error})") from error


def check_there(place: Path, number: int, column: str, file: str) -> None:
    """Raises ManifestError when there is no `file` in the folder of `place`."""
    folder = place.parent
    if not (folder / file).is_file() and file not in (
        readable_name(one.relative_to(folder)) for one in folder.rglob("*")
    ):
        hint = "; write / between folders" if "\\" in file else ""
        raise ManifestError(
            f"{place}, row {number}, column {column}: there is no {file} in this folder; "
            f"correct its name or remove the row{hint}"
        )


def path_below(cell: str) -> str:
    """The path of a file below the folder, as plainly as it can be written; ValueError when it leaves the folder."""
    path = PurePosixPath(cell)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError("leaves the folder; write the path below it")
    return path.as_posix()


def _decoded(place: Path) -> str:
    """The text of the file: UTF-8 with or without byte order mark, else GB18030, as spreadsheets save it."""
    content = place.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ManifestError(f"{place} is neither UTF-8 nor GB18030: save it as CSV UTF-8")


def _rows(place: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that say something, with their numbers."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                yield number, row
    except csv.Error as error:
        raise ManifestError(f"{place}, row {number + 1}: {error}; close every quotation mark") from error


def _columns(place: Path, heading: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> Sequence[str]:
    """The mistakes of a heading."""
    known = ", ".join(columns)
    mistakes = []
    for at, name in enumerate(heading, 1):
        if name not in columns:
            hint = _hint(name, columns)
            mistakes.append(f"{place}, row 1, column {at}: {name!r} is unknown{hint}; known columns are {known}")
        elif name in heading[: at - 1]:
            mistakes.append(f"{place}, row 1, column {at}: {name} comes twice; keep one of them")
    mistakes += [
        f"{place}, row 1: the column {name} is missing; known columns are {known}"
        for name in needed
        if name not in heading and not mistakes
    ]
    return mistakes


def _hint(name: str, columns: Sequence[str]) -> str:
    """What was likely meant by a heading that is no column."""
    if name.lower() in columns:
        return f", write {name.lower()}"
    sign = re.search("[，;；、\t|]", name)
    return f", separate columns by a comma (,), not by {sign[0]!r}" if sign else ""
