"""Running text under headings about one project (项目概述, 立项依据, 实施主体 …) to sections: whose, and what they say.

The headings are in `mapping/data/sections.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.amounts import parse_amount
from mapping.document import Paragraph, Span, squeeze
from mapping.forms import Filled
from mapping.lexicon import compiled, load, pattern
from mapping.passages import is_heading, level_of, unify, unnumbered

_LEAST_FIELDS = 3
_LONGEST_VALUE = 40
_CITES = re.compile(r"《|[〔﹝\[（【](?:19|20)\d\d[〕﹞\]）】]")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands about one project: `lines` are those below headings, each with its field (a key of `fields`).

    `said` are its implementing unit, term and amount of the year, as far as they are printed.
    """

    name: str
    place: Span
    lines: tuple[tuple[Paragraph, str], ...]
    said: tuple[Filled, ...]

    def value(self, field: str) -> Filled | None:
        """What it says of a field of forms, or None."""
        return next((one for one in self.said if one.field == field), None)


def read_sections(paragraphs: Sequence[Paragraph], year: int | None = None) -> Iterator[Section]:
    """The sections of a document of `year` in order; those that name no project are left out."""
    lines = [line for line in paragraphs if line.text.strip()]
    at = 0
    while at < len(lines):
        end, found = _fields(lines, at)
        fields = {field for _, field in found}
        told = "name" in fields or len(fields) >= _LEAST_FIELDS
        if "basis" in fields and told and (named := _named(lines, at, found)):
            held = tuple((line, field) for line, field in found if _field(line) is None)
            yield Section(*named, held, tuple(_said(held, year)))
        at = max(end, at + 1)


def _fields(lines: Sequence[Paragraph], start: int) -> tuple[int, list[tuple[Paragraph, str]]]:
    """Where the section ends whose first heading stands at `start`, and its lines; none where no heading does."""
    field = _field(lines[start])
    if field is None:
        return start, []
    level, seen = _level(lines[start]), {field}
    found = [(lines[start], field)]
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if headed := _field(line):
            if headed in seen:
                return at, found
            field = headed
            seen.add(field)
        elif is_heading(unify(line.text)) and _level(line) <= level and not _CITES.search(line.text):
            return at, found
        found.append((line, field))
    return len(lines), found


def _field(line: Paragraph) -> str | None:
    """The field whose heading a line is, or None."""
    words = _bare(line).rstrip("：")
    fields = load("sections")["fields"].items()
    return next((field for field, shape in fields if compiled(shape).fullmatch(words)), None)


def _bare(line: Paragraph) -> str:
    return unnumbered(unify(line.text))


def _level(line: Paragraph) -> int:
    return level_of(unify(line.text))


def _named(lines: Sequence[Paragraph], at: int, found: Sequence[tuple[Paragraph, str]]) -> tuple[str, Span] | None:
    """The name of the project, with its place: below its own heading, in the line above, or beside its amount."""
    below = [line for line, field in found if field == "name" and _field(line) is None]
    if len(below) == 1 and (called := _short(below[0])):
        return _placed(below[0], squeeze(called))
    above = lines[at - 1] if at else None
    if above and is_heading(unify(above.text)):
        whole = pattern("sections", "head").fullmatch(_bare(above))
        if whole and (name := _placed(above, whole["name"])):
            return name
    for line, field in found:
        said = pattern("sections", "named").search(line.text) if field == "budget" else None
        if said and (name := _placed(line, squeeze(said["name"]))):
            return name
    return None


def _placed(line: Paragraph, name: str) -> tuple[str, Span] | None:
    """A name as a line prints it, with its place; None when it names no project."""
    if pattern("sections", "no-name").search(name):
        return None
    signs = (f"[{re.escape(one)}–—－]" if one == "-" else re.escape(one) for one in name)
    place = re.search(r"\s*".join(signs), line.text)
    if place is None:
        return None
    start = line.span.start
    return squeeze(place[0]), Span(start + place.start(), start + place.end())


# --- what it says ---


def _said(lines: Sequence[tuple[Paragraph, str]], year: int | None) -> Iterator[Filled]:
    below = {field: [line for line, one in lines if one == field] for field in ("unit", "term", "budget")}
    if len(below["unit"]) == 1:
        yield from _unit(below["unit"][0])
    if below["term"]:
        yield from _whole("project-term", below["term"][0])
    yield from _amount(below["budget"], year)


def _unit(line: Paragraph) -> Iterator[Filled]:
    if found := pattern("sections", "by").search(line.text):
        yield _filled("implementing-unit", line, *found.span("unit"))
    elif re.search(f"{load('roles')['office']}[。；]?$", unify(line.text)):
        yield from _whole("implementing-unit", line)


def _whole(field: str, line: Paragraph) -> Iterator[Filled]:
    """The line as the value of a field, where it is short and no list."""
    if words := _short(line):
        start = line.text.index(words)
        yield _filled(field, line, start, start + len(words))


def _short(line: Paragraph) -> str:
    """A line without the stop at its end; empty where it is long or a list."""
    words = line.text.strip().rstrip("。；;")
    return "" if len(words) > _LONGEST_VALUE or re.search("[，,：:；;。]", words) else words


def _amount(lines: Sequence[Paragraph], year: int | None) -> Iterator[Filled]:
    """The first amount of the year's plan; what a line says of another year is none."""
    for line in lines:
        for found in pattern("sections", "amount").finditer(line.text):
            if year is None or found["year"] in (None, str(year)):
                start, end = found.span("number")
                yield _filled("budget-amount", line, start, end, found["unit"])
                return


def _filled(field: str, line: Paragraph, start: int, end: int, unit: str | None = None) -> Filled:
    words, at = line.text[start:end], line.span.start
    return Filled(field, None, words, (Span(at + start, at + end),), parse_amount(words) if unit else None, unit)
