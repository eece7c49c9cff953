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

    Raises ManifestError with every mistake of the file, each with row, column and remedy.
    """
    place = folder / CORRECTIONS_NAME
    mistakes: list[str] = []
    said: list[tuple[int, dict[str, object]]] = []
    try:
        for number, row in read_rows(place, COLUMNS, COLUMNS) if stands(place) else ():
            said.append((number, _cells(place, number, row, mistakes)))
    except ManifestError as error:
        mistakes += error.args
    named = [(number, cells, str(cells.pop("document"))) for number, cells in said if "document" in cells]
    digests = _by_digest(folder) if any(_SHA256.fullmatch(document) for _, _, document in named) else {}
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for number, cells, document in named:
        try:
            files = _files(place, number, document, digests)
        except ManifestError as error:
            mistakes += error.args
        else:
            for file in files if not mistakes else ():
                found[file].append(Correction(**cells, place=f"{CORRECTIONS_NAME}, row {number}"))  # type: ignore[arg-type]
    if mistakes:
        raise ManifestError(*mistakes)
    return {file: tuple(corrections) for file, corrections in found.items()}


def _cells(place: Path, number: int, row: Mapping[str, str], mistakes: list[str]) -> dict[str, object]:
    """What the cells of a row say by column, as_read and corrected with their blanks; what is wrong is a mistake."""
    said: dict[str, object] = {}
    for column in COLUMNS:
        cell = row.get(column, "")
        if not cell if column in ("as_read", "corrected") else not cell.strip():
            mistakes.append(f"{place}, row {number}, column {column}: is empty; {_REMEDIES[column]}")
            continue
        try:
            said[column] = read_cell(place, number, column, cell, _READERS[column])
        except ManifestError as error:
            mistakes += error.args
    return said


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
