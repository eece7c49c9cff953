"""sources.csv to what a publisher says of each document: where, when and by whom it was published.

The file is optional and stands beside the documents. Nothing in it is invented: an empty cell is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from mapping.csvfile import check_there, day, path_below, read_cell, read_rows, stands
from mapping.document import Correction
from mapping.errors import ManifestError
from mapping.manifest import STATUSES

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


@dataclass(frozen=True, slots=True)
class Source:
    """A file to build: where it lies, the paths it goes by in the release, its row of sources.csv, its corrections."""

    path: Path
    names: tuple[str, ...]
    record: SourceRecord | None
    corrections: tuple[Correction, ...] = ()


def read_sources(folder: Path) -> Mapping[str, SourceRecord]:
    """What sources.csv in `folder` says of each file, by the file's path in that folder; empty without it.

    Raises ManifestError with every mistake of the file, each with row, column and remedy.
    """
    place = folder / MANIFEST_NAME
    records: dict[str, SourceRecord] = {}
    first_row: dict[str, int] = {}
    mistakes: list[str] = []
    try:
        for number, row in read_rows(place, COLUMNS, ("file",)) if stands(place) else ():
            record = _record(place, number, row, mistakes)
            if record is None:
                continue
            if record.file in records:
                mistakes.append(
                    f"{place}, row {number}: {record.file} has row {first_row[record.file]} already; keep one"
                )
            records[record.file], first_row[record.file] = record, number
    except ManifestError as error:
        mistakes += error.args
    if mistakes:
        raise ManifestError(*mistakes)
    return records


def _record(place: Path, number: int, row: Mapping[str, str], mistakes: list[str]) -> SourceRecord | None:
    """What a row says; None where a cell is wrong, which is then one of the `mistakes`."""
    said: dict[str, object] = {}
    before = len(mistakes)
    for column, written in row.items():
        if cell := written.strip():
            try:
                said[column] = read_cell(place, number, column, cell, _READERS.get(column, str))
                if column == "file":
                    check_there(place, number, column, str(said[column]))
            except ManifestError as error:
                mistakes += error.args
    if not row.get("file", "").strip():
        mistakes.append(f"{place}, row {number}, column file: is empty; name the document of this row")
    elif said.get("replaces", "") == said.get("file"):
        mistakes.append(
            f"{place}, row {number}, column replaces: a document cannot replace itself; name the one before it"
        )
    return SourceRecord(**said) if len(mistakes) == before else None  # type: ignore[arg-type]


# --- cells: what they mean, or ValueError with the remedy ---


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
    "file": path_below,
    "url": _address,
    "published": day,
    "retrieved": day,
    "region": _region,
    "unit_code": _unit_code,
    "year": _year,
    "kind": _one_of(_KINDS),
    "status": _one_of(STATUSES),
    "licence": _licence,
}
