"""Where something that was read stands: its table, document and disclosure, its words, and the text beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.ask import Row, ask
from server.notes import notes_of
from server.passages import line_address
from server.reasons import reason_in
from server.view_text import Source, document_of, sources_of

_SPANS = 100
_NOTED = 300
_PLACE = re.compile(r".*/([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Near:
    """Another reading of the document: where it is, and words of ours that say what is read there."""

    iri: str
    line: str
    title: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`place` is the row of its table, document and disclosure, `words` its characters, `sources` the text around."""

    iri: str
    place: Row
    words: str
    sources: list[Source]


def standing(iri: str, near: Iterable[Near] = ()) -> Standing | None:
    """Return where a reading stands, None where no document has it; two queries.

    Of the readings `near` it the text links those on its line.
    """
    places = ask("reading-place", {"iri": iri}, limit=1)
    if not places:
        return None
    place = places[0]
    spans = ask("reading-spans", {"iri": iri}, limit=_SPANS)
    words = "".join({row["span"]: row["quote"] for row in spans}.values())
    return Standing(iri, place, words, sources_of([*spans, *_beside(iri, place["line"], near)], place["source"]))


def told(stands: Standing, language: str) -> Mapping[str, Any]:
    """Return what every page of a reading is told: where it stands, and what was found of it; one query."""
    return {
        "stands": stands,
        "notes": notes_of(ask("number-findings", {"iri": stands.iri}, limit=_NOTED), language),
        "reason_in": reason_in,
        "line_address": line_address,
    }


def of_relation(links: Iterable[Row], relation: str) -> list[Row]:
    """Return those rows of a query on what a reading is linked to that are of one relation."""
    return [each for each in links if each["relation"] == relation]


def _beside(iri: str, line: str, near: Iterable[Near]) -> Iterator[Row]:
    """Yield the places of other readings of a line as what the characters in question stand among."""
    document = document_of(iri)[0]
    for each in near:
        found = _PLACE.fullmatch(each.iri)
        if found and each.iri != iri and each.line == line and document_of(each.iri)[0] == document:
            yield {
                "span": f"{document}/text",
                "start": found[1],
                "end": found[2],
                "value": "false",
                "thing": each.iri,
                "title": each.title,
            }
