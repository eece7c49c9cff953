"""sources.csv to what a publisher says of each document: where, when and by whom it was published.

The file is optional and stands beside the documents. Nothing in it is invented: an empty cell is missing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from mapping.errors import ManifestError
from mapping.release import STATUSES

MANIFEST_NAME = "sources.csv"
_KINDS = ("budget", "accounts")
# Characters that no IRI may have (RFC 3987), blanks included.
_NO_IRI = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One row of sources.csv; None where the file does not say."""

    file: str
    url: str | None = None
    published: date | None = None
    retrieved: date | None = None
    publisher: str | None = None
    region: str | None = None
    unit_code: str | None = None
    year: int | None = None
    kind: str | None = None
    status: str | None = None
    replaces: str | None = None
    licence: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that say nothing of this file: objects of `def:missing`."""
        return tuple(name for name in COLUMNS if getattr(self, name) is None)


COLUMNS = tuple(one.name for one in fields(SourceRecord))


def read_sources(folder: Path) -> Mapping[str, SourceRecord]:
    """What sources.csv in `folder` says of each file, by the file's path in that folder; empty without it.

    Raises ManifestError naming row, column and remedy; rows count from 1, the heading being row 1.
    """
    place = folder / MANIFEST_NAME
    if not place.is_file():
        return {}
    rows = _rows(place, _decoded(place))
    _, heading = next(rows, (1, []))
    columns = _columns(place, heading)
    records: dict[str, SourceRecord] = {}
    first_row: dict[str, int] = {}
    for number, row in rows:
        record = _record(place, number, columns, row)
        if record.file in records:
            raise ManifestError(
                f"{place}, row {number}: {record.file} has row {first_row[record.file]} already; keep one"
            )
        _check_there(folder, place, number, record.file)
        records[record.file], first_row[record.file] = record, number
    return records


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
    """Rows that say something, with their numbers; cells without blanks around them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        raise ManifestError(f"{place}, row {number + 1}: {error}; close every quotation mark") from error


def _columns(place: Path, heading: Sequence[str]) -> list[str]:
    """The columns in their order; raises ManifestError for an unknown, repeated or missing one."""
    known = ", ".join(COLUMNS)
    for at, name in enumerate(heading, 1):
        if name not in COLUMNS:
            raise ManifestError(f"{place}, row 1, column {at}: {name!r} is unknown; known columns are {known}")
        if name in heading[: at - 1]:
            raise ManifestError(f"{place}, row 1, column {at}: {name} comes twice; keep one of them")
    if "file" not in heading:
        raise ManifestError(f"{place}, row 1: the column file is missing; known columns are {known}")
    return list(heading)


def _record(place: Path, number: int, columns: Sequence[str], row: Sequence[str]) -> SourceRecord:
    if len(row) > len(columns):
        raise ManifestError(
            f"{place}, row {number}: {len(row)} cells under {len(columns)} columns; "
            "put cells that contain a comma in quotation marks"
        )
    said: dict[str, object] = {}
    for column, cell in zip(columns, row, strict=False):
        try:
            if cell:
                said[column] = _READERS.get(column, str)(cell)
        except ValueError as error:
            raise ManifestError(f"{place}, row {number}, column {column}: {cell!r} {error}") from error
    if "file" not in said:
        raise ManifestError(f"{place}, row {number}, column file: is empty; name the document of this row")
    return SourceRecord(**said)  # type: ignore[arg-type]


def _check_there(folder: Path, place: Path, number: int, file: str) -> None:
    if not (folder / file).is_file():
        hint = "; write / between folders" if "\\" in file else ""
        raise ManifestError(
            f"{place}, row {number}, column file: there is no {file} in this folder; "
            f"correct its name or remove the row{hint}"
        )


# --- cells: what they mean, or ValueError with the remedy ---


def _file(cell: str) -> str:
    path = PurePosixPath(cell)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError("leaves the folder; write the path below it")
    return path.as_posix()


def _date(cell: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        raise ValueError("is no date; write it as 2024-03-01")
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise ValueError(f"is no day of the calendar ({error})") from error


def _region(cell: str) -> str:
    if not re.fullmatch("[1-9][0-9]{5}", cell):
        raise ValueError("is no region; write the six digits of GB/T 2260, like 140500")
    return cell


def _unit_code(cell: str) -> str:
    if not re.fullmatch("[0-9]+", cell):
        raise ValueError("is no unit code; write its digits, like 711001")
    return cell


def _year(cell: str) -> int:
    if not re.fullmatch("(?:19|20)[0-9]{2}", cell):
        raise ValueError("is no year; write its four digits, like 2024")
    return int(cell)


def _address(cell: str) -> str:
    parts = urlsplit(cell)
    if parts.scheme not in ("http", "https") or not parts.netloc or _NO_IRI.search(cell):
        raise ValueError("is no address; write it whole, from http:// or https:// on, without blanks")
    return cell


def _licence(cell: str) -> str:
    return _address(cell) if cell.startswith(("http://", "https://")) else cell


def _one_of(words: Sequence[str]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in words:
            raise ValueError(f"is not known; write one of {', '.join(words)}")
        return cell

    return read


_READERS: Mapping[str, Callable[[str], object]] = {
    "file": _file,
    "url": _address,
    "published": _date,
    "retrieved": _date,
    "region": _region,
    "unit_code": _unit_code,
    "year": _year,
    "kind": _one_of(_KINDS),
    "status": _one_of(STATUSES),
    "licence": _licence,
}
