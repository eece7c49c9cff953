"""The page of a text, its lines numbered and what was read in them linked, and that of some characters of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import current_app, request

from server.ask import Row, ask
from server.errors import FileUnknownError, PageUnknownError, ParameterError
from server.parameters import whole_number
from server.passages import PART, Kind, Line, Lines, Mark
from server.release import Release
from server.wording import word

_TEXT = re.compile(r".*/document/([0-9a-f]{64})/text")
_SPAN = re.compile(r"(.*/document/([0-9a-f]{64}))/text#char=(\d{1,9}),(\d{1,9})")
_TEXTS_KEPT = 16
_READING = re.compile(r".*/document/([0-9a-f]{64})/[a-z/]+/([0-9]{1,9})-([0-9]{1,9})")
_SEPARATORS = {ord(","): "", ord("，"): ""}
_SIGNS = re.compile(r"[，。；：！？（）,;:!?()|\t\n]")
_LONGEST_CLAUSE = 60
_DOCUMENT = re.compile(r"(.*/document/([0-9a-f]{64}))/.*")
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_OFFSET = re.compile("[0-9]{1,9}")
_MOST_MARKS = 50
_MOST_READINGS = 4000


@dataclass(frozen=True, slots=True)
class Source:
    """What stands beside a thing: the text of one document around the characters that it was read in."""

    text: str
    name: str
    lines: tuple[Line, ...]
    whole: str


def show_text(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return a part of the text of a document; `?part=` says which, `?at=` what is marked in it."""
    found = _TEXT.fullmatch(iri)
    lines = lines_of(found[1]) if found else None
    if lines is None:
        return None
    part, parts = whole_number("part", request.args), max(1, -(-lines.count // PART))
    if part > parts:
        raise PageUnknownError(f"the last part is {parts}")
    first, last = (part - 1) * PART + 1, min(part * PART, lines.count)
    document = iri.removesuffix("/text")
    asked = {"document": document, "first": str(first), "last": str(last)}
    marks = [*_asked_marks(len(lines.text)), *_links(ask("text-readings", asked, limit=_MOST_READINGS), language)]
    return "text.html", {
        "document": document,
        "lines": lines.window(first, last, marks),
        "first": first,
        "last": last,
        "count": lines.count,
        "part": part,
        "parts": parts,
        "part_at": lambda number: f"?{urlencode({'part': number, 'lang': language})}",
    }


def show_span(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return some characters of a text with the lines around them, and what was read in them."""
    found = _SPAN.fullmatch(iri)
    if not found:
        return None
    source = source_at(found[1], found[2], "", [Mark(int(found[3]), int(found[4]))])
    if source is None:
        return None
    return "span.html", {"source": source, "readings": ask("span-readings", {"iri": iri}, limit=50)}


def source_at(document: str, sha256: str, name: str, marks: Sequence[Mark]) -> Source | None:
    """Return the text of a document around some marks, None where it is not shown or has none of them."""
    lines = lines_of(sha256)
    shown = marks[:_MOST_MARKS]
    around = tuple(lines.around(shown)) if lines else ()
    return Source(f"{document}/text", name, around, _whole(lines, shown)) if lines and around else None


def sources_of(spans: Iterable[Row], name: str = "") -> list[Source]:
    """Return the texts around spans, one for each text that is shown; `name` is the path of the file.

    A row has `span`, `start` and `end`, and is left out where these are no offsets. Where its `value` is false it is
    what the characters in question belong to, and may lead to a `thing` with a `title`.
    """
    by_text: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for row in spans:
        if not (_OFFSET.fullmatch(row["start"]) and _OFFSET.fullmatch(row["end"])):
            continue
        own, thing = row.get("value", "true") == "true", row.get("thing", "")
        kind: Kind = "own" if own else "reading" if thing else "clause"
        mark = Mark(int(row["start"]), int(row["end"]), kind, thing, row.get("title", ""))
        by_text[document_of(row["span"])].append(mark)
    found = (source_at(*each, name, marks) for each, marks in by_text.items())
    return [each for each in found if each]


def lines_of(sha256: str) -> Lines | None:
    """Return the lines of the text of a document, None where the release does not show it."""
    release: Release = current_app.extensions["yusuan.release"]
    kept: dict[str, Lines] = current_app.extensions.setdefault("yusuan.lines", {})
    if (lines := kept.get(sha256)) is None:
        try:
            lines = Lines(release.rendition(sha256))
        except (FileUnknownError, OSError):
            return None
        for old in list(kept)[: max(0, len(kept) + 1 - _TEXTS_KEPT)]:
            kept.pop(old, None)
        kept[sha256] = lines
    return lines


def document_of(iri: str) -> tuple[str, str]:
    """Return the IRI and the digest of the document that a reading or span belongs to, empty where of none.

    >>> document_of("urn:x")
    ('', '')
    """
    found = _DOCUMENT.fullmatch(iri)
    return (found[1], found[2]) if found else ("", "")


def as_printed(iri: str, value: str) -> str:
    """Return a number with the separators that the text has where it was read; the value itself where that is not sure.

    The IRI of a reading ends in the place of its first characters; the data keep values without separators.
    """
    found = _READING.fullmatch(iri)
    lines = lines_of(found[1]) if found and value else None
    if not found or lines is None:
        return value
    there = lines.text[int(found[2]) : int(found[3])]
    return there if there.translate(_SEPARATORS) == value else value


def clause_around(iri: str) -> str:
    """Return the words that a reading stands in, from one sign of punctuation to the next; empty where not sure.

    The IRI of a reading ends in the place of its first characters.
    """
    found = _READING.fullmatch(iri)
    lines = lines_of(found[1]) if found else None
    if not found or lines is None:
        return ""
    start, end = int(found[2]), int(found[3])
    before = _SIGNS.split(lines.text[max(0, start - _LONGEST_CLAUSE) : start])[-1]
    after = _SIGNS.split(lines.text[end : end + _LONGEST_CLAUSE])[0]
    return f"{before}{lines.text[start:end]}{after}".strip()


def _whole(lines: Lines, marks: Sequence[Mark]) -> str:
    """Return what leads from the address of a text to the marks in all of it."""
    own = [each for each in marks if each.own]
    first = min(own or marks, key=lambda each: each.start)
    at = ",".join(f"{each.start}-{each.end}" for each in own or marks)
    part = (lines.number(first.start) - 1) // PART + 1
    return f"?{urlencode({'part': part, 'at': at}, safe=',')}#e{first.start}-{first.end}"


def _asked_marks(length: int) -> list[Mark]:
    """Return the marks that `?at=` states in a text of so many characters; raises `ParameterError` for what is none."""
    stated = request.args.get("at", "")
    found = [_PLACE.fullmatch(each) for each in stated.split(",")] if stated else []
    places = [(int(each[1]), int(each[2])) for each in found if each]
    if len(places) < len(found) or not all(start < end <= length for start, end in places):
        raise ParameterError(f"at is places of characters in the text, which has {length}, like 0-12,40-52")
    return [Mark(start, end) for start, end in places[:_MOST_MARKS]]


def _links(rows: Sequence[Row], language: str) -> list[Mark]:
    """Return marks that lead to what was read; where they overlap the first and longest is kept."""
    marks: list[Mark] = []
    rows = sorted(rows, key=lambda row: (int(row["start"]), -int(row["end"]), row["thing"]))
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        if not marks or start >= marks[-1].end:
            marks.append(Mark(start, end, "reading", row["thing"], word(f"text.read-{row['type']}", language)))
    return marks
