"""corrections.csv to what reviewers correct in the documents beside it, where a scan or its reading damaged them.

The file is optional. Whether a correction fits its document is seen when that is read (`correct`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from mapping.csvfile import check_there, path_below, read_cell, read_rows, stands
from mapping.decode import readable_name
from mapping.document import Correction, Span
from mapping.errors import ManifestError
from mapping.mask import of_no_person, post_or_body
from mapping.release import file_sha256

CORRECTIONS_NAME = "corrections.csv"
COLUMNS = ("document", "span", "as_read", "corrected", "reason", "who")
_SHA256 = re.compile("[0-9a-f]{64}")


def read_corrections(folder: Path) -> Mapping[str, tuple[Correction, ...]]:
    """The corrections of corrections.csv in `folder` by the path of their document in it; empty without the file.

    Raises ManifestError naming row, column and remedy.
    """
    place = folder / CORRECTIONS_NAME
    if not stands(place):
        return {}
    rows = [(number, *_correction(place, number, row)) for number, row in read_rows(place, COLUMNS, COLUMNS)]
    digests = _by_digest(folder) if any(_SHA256.fullmatch(document) for _, document, _ in rows) else {}
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for number, document, correction in rows:
        for file in _files(place, number, document, digests):
            found[file].append(correction)
    return {file: tuple(corrections) for file, corrections in found.items()}


def _correction(place: Path, number: int, row: Mapping[str, str]) -> tuple[str, Correction]:
    """The document that a row names, and what it corrects there; as_read and corrected keep their blanks."""
    said: dict[str, object] = {}
    for column in COLUMNS:
        cell = row.get(column, "")
        if not cell if column in ("as_read", "corrected") else not cell.strip():
            raise ManifestError(f"{place}, row {number}, column {column}: is empty; {_REMEDIES[column]}")
        said[column] = read_cell(place, number, column, cell, _READERS[column])
    document = str(said.pop("document"))
    return document, Correction(**said, place=f"{CORRECTIONS_NAME}, row {number}")  # type: ignore[arg-type]


def _files(place: Path, number: int, document: str, digests: Mapping[str, list[str]]) -> Sequence[str]:
    """The paths in the folder of the document that a row names by its path or by the SHA-256 of its bytes."""
    if not _SHA256.fullmatch(document):
        check_there(place, number, "document", document)
        return (document,)
    if document not in digests:
        raise ManifestError(
            f"{place}, row {number}, column document: no file in this folder has the SHA-256 {document}; "
            "correct it, write the path of the document, or remove the row"
        )
    return digests[document]


def _by_digest(folder: Path) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found[file_sha256(file)].append(readable_name(file.relative_to(folder)))
    return found


# --- cells: what they mean, or ValueError with the remedy ---


def _document(cell: str) -> str:
    return path_below(cell.strip())


def _span(cell: str) -> Span:
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", cell.strip())
    if not found or int(found[1]) >= int(found[2]):
        raise ValueError("is no span; write its first character and the one after its last, like 518-525")
    return Span(int(found[1]), int(found[2]))


def _words(cell: str) -> str:
    return cell


def _reason(cell: str) -> str:
    return " ".join(of_no_person(cell).split())


def _who(cell: str) -> str:
    return " ".join(post_or_body(cell.strip()).split())


_READERS: Mapping[str, Callable[[str], object]] = {
    "document": _document,
    "span": _span,
    "as_read": _words,
    "corrected": _words,
    "reason": _reason,
    "who": _who,
}
_REMEDIES = {
    "document": "write the path of the document below the folder, or its SHA-256",
    "span": "write where the reading stands, like 518-525",
    "as_read": "write what stands there",
    "corrected": "write what it should read; to take characters out, write those beside them in both columns",
    "reason": "write how it is known",
    "who": "write the post or body that corrects it",
}
