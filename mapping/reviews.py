"""reviews.csv to what became of findings: reviewed before, they need not be read again.

The file is optional and stands beside the documents; `audit --accepted` takes one from anywhere. A finding is named by
its key, which stays the same as long as its rule and what its cells say do, in whichever version of the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from mapping.csvfile import day, read_cell, read_rows, stands
from mapping.errors import ManifestError
from mapping.mask import of_no_person, post_or_body

REVIEWS_NAME = "reviews.csv"
STATUSES = ("open", "explained", "corrected", "dismissed")


@dataclass(frozen=True, slots=True, order=True)
class Review:
    """One row: a finding's key and status; the reply of the office, who reviewed (a post or body), when; or empty."""

    key: str
    status: str
    reply: str = ""
    reviewer: str = ""
    date: str = ""


COLUMNS = tuple(one.name for one in fields(Review))
_NEEDED = ("key", "status")


def read_reviews(places: Iterable[Path]) -> tuple[Review, ...]:
    """The reviews in some files, by key; those that do not exist say nothing.

    Raises ManifestError with every mistake of the files, each with row, column and remedy, also where two rows say
    different things of one finding.
    """
    found: dict[str, Review] = {}
    mistakes: list[str] = []
    for place in places:
        try:
            for number, row in read_rows(place, COLUMNS, _NEEDED) if stands(place) else ():
                review = _review(place, number, row, mistakes)
                if review and found.setdefault(review.key, review) != review:
                    mistakes.append(f"{place}, row {number}: {review.key} is reviewed otherwise before; keep one row")
        except ManifestError as error:
            mistakes += error.args
    if mistakes:
        raise ManifestError(*mistakes)
    return tuple(sorted(found.values()))


def _review(place: Path, number: int, row: Mapping[str, str], mistakes: list[str]) -> Review | None:
    """What a row says; None where a cell is wrong, which is then one of the `mistakes`."""
    said: dict[str, str] = {}
    before = len(mistakes)
    for column, cell in {**dict.fromkeys(_NEEDED, ""), **row}.items():
        try:
            said[column] = read_cell(place, number, column, cell.strip(), _READERS[column])
        except ManifestError as error:
            mistakes += error.args
    return Review(**said) if len(mistakes) == before else None


# --- cells: what they mean, or ValueError with the remedy ---


def _key(cell: str) -> str:
    if not re.fullmatch("[0-9a-f]{16}", cell):
        raise ValueError("is no key of a finding; write the 16 digits that `yusuan audit --format csv` prints as key")
    return cell


def _status(cell: str) -> str:
    if cell not in STATUSES:
        raise ValueError(f"is not known; write one of {', '.join(STATUSES)}")
    return cell


def _day(cell: str) -> str:
    return day(cell).isoformat() if cell else ""


_READERS: Mapping[str, Callable[[str], str]] = {
    "key": _key,
    "status": _status,
    "reply": of_no_person,
    "reviewer": post_or_body,
    "date": _day,
}
