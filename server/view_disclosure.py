"""The pages of a disclosure, of a document that is a version of it, and of one of its tables as it was printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request

from server.ask import Row, ask
from server.errors import PageUnknownError
from server.grid import Grid, grid_of
from server.notes import Note, by_place, notes_of
from server.parameters import one_of, whole_number
from server.passages import line_address
from server.release import Release, ReleasedDocument
from server.view_number import Said, Value
from server.view_text import as_printed

SECTIONS = ("tables", "findings", "projects", "indicators", "citations", "statements")
"""What a document's page can show, by `?show=`; unless one is stated its tables, of a text without any its numbers."""
PART_FIGURES = 120
"""Amounts after which the tables of a document go on on another page."""
PART_TABLES = 6
"""Tables, or forms, of one page at most."""
LARGE = 600
"""Amounts of a table that is shown on a page of its own only."""
ROWS = 200
"""Rows of a table's own page."""
LISTED = 100
"""Entries of a section's page."""

_KINDS = {
    "findings": "Finding",
    "projects": "ProjectEntry",
    "indicators": "Indicator",
    "citations": "Citation",
    "statements": "Statement",
}
_MOST_TABLES = 1000
_MOST_CELLS = 5000
_MOST_FIELDS = 1000
_MOST_MARKS = 600


@dataclass(frozen=True, slots=True)
class Printed:
    """A table to show: its row of the query `document-tables`, its grid or the fields of its form, and its findings."""

    table: Row
    grid: Grid | None
    fields: tuple[Row, ...]
    notes: tuple[Note, ...]
    large: bool = False


def show_disclosure(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of a disclosure: its newest version in force, and which others there are."""
    versions = ask("disclosure-versions", {"iri": iri})
    if not versions:
        return None
    return _page(versions[0]["document"], language, versions)


def show_document(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of a document."""
    return _page(iri, language, [])


def show_table(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of one table, its rows page by page, between the tables before and after it."""
    document = iri.rpartition("/table/")[0]
    tables = ask("document-tables", {"document": document}, limit=_MOST_TABLES)
    at = next((number for number, each in enumerate(tables) if each["table"] == iri), None)
    if at is None:
        return None
    table = tables[at]
    parts = max(1, -(-(int(table["last_row"] or 0) + 1) // ROWS))
    part = _part(parts)
    first = (part - 1) * ROWS
    rows = {"iri": iri, "first": str(first), "last": str(first + ROWS - 1)}
    cells = _as_printed(ask("table-cells", rows, limit=_MOST_CELLS)) if int(table["figures"]) else []
    lines = {"document": document, "first": table["first"], "last": table["last"]}
    notes = notes_of(ask("finding-marks", lines, limit=_MOST_MARKS), language)
    fields = [] if cells else ask("document-fields", lines, limit=_MOST_FIELDS)
    return "printed.html", {
        "printed": Printed(table, grid_of(cells, first), tuple(fields), tuple(notes)),
        "marks": by_place(notes),
        "document": document,
        "facts": _facts(ask("document-facts", {"document": document})),
        "line_address": line_address,
        "before": tables[at - 1] if at else None,
        "after": tables[at + 1] if at + 1 < len(tables) else None,
        "part": part,
        "parts": parts,
        "part_at": lambda number: f"?part={number}&lang={language}",
    }


def _page(document: str, language: str, versions: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Return the page of a document, with the versions of the disclosure if that was asked for."""
    tables = [each for each in ask("document-tables", {"document": document}, limit=_MOST_TABLES) if _prints(each)]
    counts = {row["kind"]: int(row["total"]) for row in ask("document-counts", {"document": document})}
    counted = {section: counts.get(kind, 0) for section, kind in _KINDS.items()}
    shown = request.args.get("show", SECTIONS[0] if tables or not counted["statements"] else "statements")
    shown = one_of("show", shown, dict.fromkeys(SECTIONS, ""))
    told = _tables(document, tables, language) if shown == SECTIONS[0] else _listed(document, shown, counted, language)
    sections = [(each, counted.get(each, len(tables))) for each in SECTIONS]
    return "disclosure.html", {
        "document": document,
        "facts": _facts(ask("document-facts", {"document": document})),
        "released": _released(document),
        "versions": [each for each in versions if each["document"] != document],
        "sections": [(each, count) for each, count in sections if count or each == shown],
        "shown": shown,
        "section_at": lambda section: f"?show={section}&lang={language}#shown",
        "part_at": lambda number: f"?show={shown}&part={number}&lang={language}#shown",
        "tables": tables,
        "line_address": line_address,
        **told,
    }


def _prints(table: Row) -> bool:
    """Return whether a table is more than a list of contents."""
    return table["kind"] not in ("toc", "glossary") or table["figures"] != "0"


def _released(document: str) -> ReleasedDocument | None:
    release: Release = current_app.extensions["yusuan.release"]
    return next((each for each in release.shown_documents if each.iri == document), None)


def _facts(rows: Sequence[Row]) -> Mapping[str, Said]:
    """Return what is said of a document, of its disclosure, and which disclosures point to that."""
    told: dict[str, Said] = defaultdict(Said)
    for row in rows:
        name = row["property"][max(row["property"].rfind("#"), row["property"].rfind("/")) + 1 :]
        told[row["about"]].values[name].append(Value(row["value"], row["label"]))
    return {name: told[name] for name in ("document", "disclosure", "back")}


def _as_printed(rows: Sequence[Row]) -> list[Row]:
    """Return rows of readings with their numbers as the text has them."""
    return [
        row | {"printed": as_printed(row.get("cell") or row["thing"], row["printed"])} if row.get("printed") else row
        for row in rows
    ]


def _part(parts: int) -> int:
    part = whole_number("part", request.args)
    if part > parts:
        raise PageUnknownError(f"the last part is {parts}")
    return part


# --- tables ---


def _tables(document: str, tables: Sequence[Row], language: str) -> Mapping[str, Any]:
    """Return the tables of one part of a document, and in which part each is."""
    parts = divide([int(each["figures"]) for each in tables])
    part = _part(len(parts))
    here = [tables[at] for at in parts[part - 1]]
    where = {tables[at]["table"]: number for number, each in enumerate(parts, 1) for at in each}
    printed, marks = _printed(document, here, language)
    return {"printed": printed, "marks": marks, "part": part, "parts": len(parts), "part_of": where}


def divide(figures: Sequence[int]) -> list[list[int]]:
    """Return which tables are shown together: as few parts as keep each short.

    >>> divide([10, 100, 20, 5000, 3])
    [[0, 1], [2, 3, 4]]
    """
    parts: list[list[int]] = [[]]
    held = 0
    for at, count in enumerate(figures):
        counted = 0 if count > LARGE else count
        if parts[-1] and (held + counted > PART_FIGURES or len(parts[-1]) == PART_TABLES):
            parts.append([])
            held = 0
        parts[-1].append(at)
        held += counted
    return parts


def _printed(document: str, tables: Sequence[Row], language: str) -> tuple[list[Printed], Mapping[str, Sequence[Note]]]:
    """Return some tables that follow each other, with what was found in them, by three queries."""
    if not tables:
        return [], {}
    lines = {
        "document": document,
        "first": tables[0]["first"],
        "last": str(max(int(each["last"]) for each in tables)),
    }
    cells: dict[str, list[Row]] = defaultdict(list)
    for row in ask("document-cells", lines, limit=_MOST_CELLS) if not _any_large(tables) else _cells_of(tables):
        cells[row["table"]].append(row)
    fields = _as_printed(ask("document-fields", lines, limit=_MOST_FIELDS))
    notes = notes_of(ask("finding-marks", lines, limit=_MOST_MARKS), language)
    printed = [_one(each, _as_printed(cells[each["table"]]), fields, notes) for each in tables]
    return printed, by_place(notes)


def _one(table: Row, cells: Sequence[Row], fields: Sequence[Row], notes: Sequence[Note]) -> Printed:
    large = int(table["figures"]) > LARGE
    inside = tuple(each for each in fields if _within(each["line"], table)) if not cells and not large else ()
    found = tuple(each for each in notes if any(_within(place.line, table) for place in each.places))
    return Printed(table, None if large else grid_of(cells), inside, found, large)


def _any_large(tables: Sequence[Row]) -> bool:
    return any(int(each["figures"]) > LARGE for each in tables)


def _cells_of(tables: Sequence[Row]) -> list[Row]:
    """Return the cells of the tables that are not large, one query each: there are at most `PART_TABLES`."""
    found: list[Row] = []
    for each in tables:
        if int(each["figures"]) <= LARGE:
            rows = {"iri": each["table"], "first": "0", "last": each["last_row"] or "0"}
            found += ask("table-cells", rows, limit=LARGE * 2)
    return found


def _within(line: str, table: Row) -> bool:
    return line.isdecimal() and int(table["first"]) <= int(line) <= int(table["last"])


# --- the other sections ---


def _listed(document: str, shown: str, counted: Mapping[str, int], language: str) -> Mapping[str, Any]:
    """Return one page of a section that is a list."""
    parts = max(1, -(-counted[shown] // LISTED))
    part = _part(parts)
    rows = _as_printed(ask(f"document-{shown}", {"document": document}, limit=LISTED, offset=(part - 1) * LISTED))
    told = {"rows": rows, "part": part, "parts": parts, "counted": counted[shown]}
    return told | ({"notes": notes_of(rows, language)} if shown == "findings" else {})
