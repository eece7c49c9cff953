"""What the audit found, as notes beside what it was found in: the message, and all places that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from server.ask import Row


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a finding rests on: what is read there, in which table or clause, on which line."""

    iri: str
    line: str
    label: str
    value: str
    table: str


@dataclass(slots=True)
class Note:
    """One finding: its severity, rule (an IRI) and message in the language of the page, and its places."""

    iri: str
    severity: str
    rule: str
    lines: str
    message: str
    status: str
    reply: str
    key: str
    places: list[Place] = field(default_factory=list)


def notes_of(rows: Iterable[Row], language: str) -> list[Note]:
    """Return the findings of rows that have one place each, in their order."""
    found: dict[str, Note] = {}
    for row in rows:
        note = found.setdefault(row["finding"], _note(row, language, len(found) + 1))
        if row.get("place") and row["place"] not in {each.iri for each in note.places}:
            note.places.append(_place(row))
    return list(found.values())


def by_place(notes: Iterable[Note]) -> Mapping[str, list[Note]]:
    """Return the findings by the IRIs of the places that they rest on."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        for place in note.places:
            found.setdefault(place.iri, []).append(note)
    return found


def _note(row: Row, language: str, number: int) -> Note:
    message = row["message_zh" if language == "zh" else "message_en"] or row["message_zh"]
    return Note(
        row["finding"], row["severity"], row["rule"], row["lines"], message, row["status"], row["reply"], f"n{number}"
    )


def _place(row: Row) -> Place:
    cell = " · ".join(each for each in (row["label"], row["path"]) if each)
    label = row["clause"] or cell or row["name"]
    return Place(row["place"], row["line"], label, f"{row['printed']}{row['unit']}", row["title"])
