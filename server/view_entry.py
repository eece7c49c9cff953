"""The pages of what one document says of a project or a unit, and of a number of posts or persons that it states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.ask import Row, ask
from server.present import coded
from server.standing import Near, of_relation, standing, told
from server.view_text import as_printed, clause_around
from server.wording import word

_NUMBERS = 200
_LINKS = 300
_STAFF = 200
_FIELDS = {"amount": ("budget-amount",), "annual_total": ("annual-total",), "period_total": ("period-total",)}


def show_project_entry(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of what one document says of a project; None where no document has it."""
    asked = {"iri": iri}
    found = ask("project-entry", asked, limit=1)
    numbers = ask("project-entry-amounts", asked, limit=_NUMBERS)
    title = word("entry.its-amount", language)
    stands = standing(iri, [Near(row["number"], row["line"], title) for row in numbers])
    if not found or stands is None:
        return None
    for row in numbers:
        row["printed"] = as_printed(row["number"], row["printed"])
    links = ask("project-entry-links", asked, limit=_LINKS)
    return "project-entry.html", {
        "row": found[0],
        **told(stands, language),
        "numbers": numbers,
        "stating": {each: stating(found[0][each], fields, numbers) for each, fields in _FIELDS.items()},
        "bases": bases(links),
        "near": of_relation(links, "near"),
        "same": of_relation(links, "same"),
    }


def show_organisation_entry(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of what one document says of a unit; None where no document has it."""
    asked = {"iri": iri}
    found, stands = ask("organisation-entry", asked, limit=1), standing(iri)
    if not found or stands is None:
        return None
    links = ask("organisation-entry-links", asked, limit=_LINKS)
    named = ask("organisation-entry-names", asked, limit=_LINKS)
    row = found[0]
    return "organisation-entry.html", {
        "row": row,
        **told(stands, language),
        "parents": of_relation(links, "parent"),
        "children": of_relation(links, "child"),
        "near": of_relation(links, "near"),
        "projects": of_relation(links, "project"),
        "staff": [_counted(each, each["other"], each["label"]) for each in of_relation(links, "staff")],
        "names": [each["label"] for each in of_relation(named, "name") if each["label"] not in (row["name"], "")],
        "aliases": of_relation(named, "alias"),
        "entries": of_relation(named, "entry"),
    }


def show_staffing(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of a number of posts or persons; None where no document has it."""
    asked = {"iri": iri}
    found = ask("staffing", asked, limit=1)
    row = found[0] if found else {}
    unit = row.get("organisation")
    counted = ask("unit-staff", {"iri": unit}, limit=_STAFF) if unit else []
    stands = standing(iri, [Near(each["staffing"], each["line"], _measure(each, language)) for each in counted])
    if not found or stands is None:
        return None
    return "staffing.html", {
        "row": _counted(row, iri, row["printed"]),
        **told(stands, language),
        "counted": [_counted(each, each["staffing"], each["printed"]) for each in counted],
    }


def stating(amount: str, fields: Sequence[str], numbers: Iterable[Row]) -> Row | None:
    """Return the number that an amount of an entry comes from: one of these fields, else the first; None if none."""
    same = [row for row in numbers if amount and row["derived"] == "true" and row["amount"] == amount]
    return next((row for row in same if row["field"] in fields), next(iter(same), None))


def bases(links: Iterable[Row]) -> list[tuple[Row, list[Row]]]:
    """Return the legal documents that a project rests on, each with the places that cite it for the project."""
    found: dict[tuple[str, str], tuple[Row, list[Row]]] = {}
    for row in links:
        if row["relation"] in ("funded-by", "justified-by"):
            places = found.setdefault((row["relation"], row["other"]), (row, []))[1]
            if row["place"]:
                places.append(row)
    return list(found.values())


def _counted(row: Row, iri: str, printed: str) -> Row:
    """Return a number of posts or persons as the text prints it, with the words that it stands in, if it has any."""
    shown, clause = as_printed(iri, printed), clause_around(iri)
    return row | {"printed": shown, "clause": "" if clause == shown else clause}


def _measure(row: Row, language: str) -> str:
    found = coded("measure", row["measure"])
    return found.label.get(language, "") if found else word("text.read-Staffing", language)
