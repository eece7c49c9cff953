"""Organisations that a document names in captions, tables, forms, lists and sentences, with what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mapping.affiliation import Affiliation, read_superiors, read_units
from mapping.attributes import ATTRIBUTES, read_attributes
from mapping.describe import Description
from mapping.document import Cell, Paragraph, Row, Span, fold, squeeze
from mapping.figures import UNFIGURED, Grid
from mapping.forms import Filled, Form
from mapping.lexicon import load, pattern
from mapping.offices import office_code, office_name, office_words, same_office
from mapping.recognise import Recognised
from mapping.staffing import Staffing, read_staffing, staffing_of_row, staffing_of_table
from mapping.subjects import Told, all_lines, tell

# Where a body has several roles, the first of these bears what sentences say of it; the publisher's, what is above it.
_BEARERS = ("budget-unit", "subordinate-unit", "implementing-unit", "publisher", "competent-department")
_BELOW = ("publisher", *_BEARERS)


@dataclass(frozen=True, slots=True)
class Office:
    """An organisation in one role (notation of `code:organisation-role`), as printed.

    `parent` is the first of `parents`, the names of the bodies above it. `attribute_spans` says where code, nature,
    grade, funding and accounting are printed.
    """

    name: str
    spans: tuple[Span, ...]
    role: str
    code: str | None = None
    nature: str | None = None
    grade: str | None = None
    funding: str | None = None
    parent: str | None = None
    accounting: str | None = None
    parents: tuple[str, ...] = ()
    attribute_spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, hash=False)
    staffing: tuple[Staffing, ...] = ()


def read_organisations(
    description: Description, grids: Sequence[Grid], forms: Sequence[Form], lines: Sequence[Paragraph]
) -> list[Office]:
    """The organisations of a document, one for each name and role, in order of appearance."""
    publisher = description.publisher
    text = all_lines(lines, (one for grid in grids for one in (*grid.table.table.captions, *grid.table.table.notes)))
    printed = list(_printed(description, grids, forms, lines))
    told = list(tell(text, publisher, (office.name for office in printed)))
    below = list(read_units(told))
    units = [_affiliated(one) for one in below]
    told = list(tell(text, publisher, (office.name for office in (*printed, *units))))
    superiors = list(read_superiors(told))
    found = _collect((*printed, *units, *_published(description), *map(_affiliated, superiors)))
    _complete(found, (Office(one.other or "", (), "", parents=(one.name,)) for one in superiors), _BELOW)
    _complete(found, _said(told), _BEARERS)
    _complete(found, (_natured(one) for one in below), _BEARERS)
    _complete(found, _counted(grids, told, publisher), _BEARERS)
    return sorted(found.values(), key=lambda office: (office.spans, office.role))


def _collect(offices: Iterable[Office]) -> dict[tuple[str, str], Office]:
    """One office for each name and role: the first, completed by what later ones say; no place serves two."""
    found: dict[tuple[str, str], Office] = {}
    places: set[tuple[Span, ...]] = set()
    for office in offices:
        key = squeeze(office.name), office.role
        if key in found:
            found[key] = _merged(found[key], office)
        elif office.spans not in places:
            found[key] = office
            places.add(office.spans)
    return found


def _complete(found: dict[tuple[str, str], Office], said: Iterable[Office], roles: Sequence[str]) -> None:
    """Adds what is said of a body to it in the first of `roles` that it has; what has none is left out."""
    for office in said:
        key = next((key for role in roles if (key := (squeeze(office.name), role)) in found), None)
        if key:
            found[key] = _merged(found[key], office)


def _merged(office: Office, other: Office) -> Office:
    """`office` with what only `other` says."""
    values: dict[str, Any] = {name: getattr(office, name) or getattr(other, name) for name in ("code", *ATTRIBUTES)}
    parents = tuple(dict.fromkeys(one for one in (*office.parents, *other.parents) if one != office.name))
    return replace(
        office,
        **values,
        parents=parents,
        parent=parents[0] if parents else None,
        attribute_spans={
            name: spans
            for name, value in values.items()
            if value and (spans := (office if getattr(office, name) else other).attribute_spans.get(name))
        },
        staffing=_distinct((*office.staffing, *other.staffing)),
    )


def _distinct(staffing: Iterable[Staffing]) -> tuple[Staffing, ...]:
    """Each count once where one sentence repeats another."""
    found: dict[tuple[str, str, int], Staffing] = {}
    for one in staffing:
        found.setdefault((one.kind, one.label, one.count), one)
    return tuple(found.values())


# --- what is printed as an organisation ---


def _printed(
    description: Description, grids: Sequence[Grid], forms: Sequence[Form], lines: Sequence[Paragraph]
) -> Iterator[Office]:
    publisher = description.publisher
    for grid in sorted(grids, key=lambda grid: grid.table.kind != "organisation"):
        if grid.table.kind == "organisation":
            yield from _from_table(grid.table, publisher)
        elif grid.table.kind not in UNFIGURED:
            yield from _from_rows(grid, publisher)
    for form in forms:
        yield from _from_form(form)
    yield from _from_list(lines, publisher)


def _published(description: Description) -> Iterator[Office]:
    for span in description.publisher_spans:
        yield Office(description.publisher or "", (span,), "publisher", description.publisher_code)


def _below(name: str, spans: tuple[Span, ...], role: str, above: str | None) -> Office:
    parents = (above,) if above and above != name else ()
    return Office(name, spans, role, parent=next(iter(parents), None), parents=parents)


def _from_list(lines: Sequence[Paragraph], publisher: str | None) -> Iterator[Office]:
    """Units that lines of their own name after 纳入…编制范围的预算单位包括."""
    words = load("describe")
    open_list = False
    for line in lines:
        item = re.match(words["unit-item"], squeeze(line.text)) if open_list else None
        if item and office_words().search(item["name"]):
            start = line.span.start + _offset(line.text, item["name"])
            yield _below(item["name"], (Span(start, start + len(item["name"])),), "budget-unit", publisher)
        else:
            open_list = bool(re.search(words["units-follow"], squeeze(line.text)))


def _from_table(table: Recognised, publisher: str | None) -> Iterator[Office]:
    places = {key: _column(table, words) for key, words in load("organisations")["columns"].items()}
    name = places.pop("name")
    if name is None:
        return
    for _, row in table.body():
        cell = row[name]
        if cell.blank or pattern("organisations", "no-units").fullmatch(cell.plain):
            continue
        office = _unit(cell.plain, cell, publisher)
        told = {key: row[at] for key, at in places.items() if at is not None and not row[at].blank}
        said = _having(office, {key: (one.plain, one.spans) for key, one in told.items()})
        yield replace(said, staffing=staffing_of_row(table, row))


def _having(office: Office, told: Mapping[str, tuple[str, tuple[Span, ...]]]) -> Office:
    """`office` with attributes, each with its value and place."""
    values: dict[str, Any] = {key: value for key, (value, _) in told.items()}
    places = {**office.attribute_spans, **{key: spans for key, (_, spans) in told.items()}}
    return replace(office, **values, attribute_spans=places)


def _coded(office: Office, text: str, spans: tuple[Span, ...]) -> Office:
    """`office` with the code that `text`, printed at `spans`, puts before its name."""
    code = office_code(squeeze(text))
    if code is None:
        return office
    start = _offset(text, code)
    return _having(office, {"code": (code, _cut(spans, start, start + len(code)))})


def _column(table: Recognised, words: str) -> int | None:
    return next((column.index for column in table.columns if column.path and re.search(words, column.path[-1])), None)


def _from_rows(grid: Grid, publisher: str | None) -> Iterator[Office]:
    """Units that head rows of a table, or that a column headed 单位 names."""
    units, generic = load("organisations")["units"], load("organisations")["no-units"]
    headed = {column.index for column in grid.table.columns if column.path and re.search(units, fold(column.path[-1]))}
    for block in grid.blocks:
        for line in block.lines:
            cell = line.cell
            in_column = cell is not None and any(grid.table.table.rows[line.row][at] is cell for at in headed)
            named = office_words().search(line.label) and not re.fullmatch(generic, line.label)
            if cell is not None and (line.kind == "office" or in_column) and named:
                beside = _code_beside(line.code, grid.table.table.rows[line.row])
                yield _merged(_unit(line.label, cell, publisher), _having(Office("", (), ""), beside))


def _unit(label: str, cell: Cell, publisher: str | None) -> Office:
    """The unit that a cell names, with the code printed before its name."""
    coded = pattern("organisations", "coded").search(cell.plain)
    name = office_name(label) if coded else label
    office = _below(name, _name_spans(cell.text, cell.spans, name), "budget-unit", publisher)
    return _coded(office, cell.text, cell.spans) if coded else office


def _code_beside(code: str, row: Row) -> dict[str, tuple[str, tuple[Span, ...]]]:
    """The unit code that a row prints in a cell of its own, with its place."""
    beside = next((one for one in row if fold(one.text) == code), None)
    return {"code": (code, beside.spans)} if beside and pattern("organisations", "unit-code").search(code) else {}


def _from_form(form: Form) -> Iterator[Office]:
    """The competent department of a form and, below it, the implementing unit."""
    department, unit = (form.first(name) for name in ("competent-department", "implementing-unit"))
    above = office_name(squeeze(department.text)) if department else None
    if department and above:
        yield _from_field(department, "competent-department", None)
    if unit and (name := office_name(squeeze(unit.text))):
        yield _from_field(unit, "implementing-unit", None if above and same_office(above, name) else above)


def _from_field(filled: Filled, role: str, above: str | None) -> Office:
    name = office_name(squeeze(filled.text))
    office = _below(name, _name_spans(filled.text, filled.spans, name), role, above)
    return _coded(office, filled.text, filled.spans)


def _name_spans(text: str, spans: tuple[Span, ...], name: str) -> tuple[Span, ...]:
    """The places of `name` at the end of `text`, which `spans` print."""
    start = _offset(text, name)
    return _cut(spans, start, sum(span.end - span.start for span in spans))


def _cut(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The part of `spans` from their character `start` to `end`."""
    kept, before = [], 0
    for span in spans:
        first, last = max(span.start, span.start + start - before), min(span.end, span.start + end - before)
        if first < last:
            kept.append(Span(first, last))
        before += span.end - span.start
    return tuple(kept) or spans


def _offset(text: str, name: str) -> int:
    found = re.search(r"\s*".join(map(re.escape, name)), text)
    return found.start() if found else 0


# --- what sentences say ---


def _affiliated(one: Affiliation) -> Office:
    """A unit that a sentence puts below another body, or the body above one."""
    if one.role == "superior-body":
        return Office(one.name, (one.span,), one.role)
    return _below(one.name, (one.span,), one.role, one.other)


def _natured(one: Affiliation) -> Office:
    """What the introduction of a list says of each unit in it."""
    office = Office(one.name, (), "")
    return _having(office, {"nature": (one.nature, (one.nature_span,))}) if one.nature and one.nature_span else office


def _said(told: Sequence[Told]) -> Iterator[Office]:
    """The attributes that sentences give to bodies."""
    for said in read_attributes(told):
        yield _having(Office(said.body, (), ""), {said.field: (said.value, (said.span,))})


def _counted(grids: Sequence[Grid], told: Sequence[Told], publisher: str | None) -> Iterator[Office]:
    """The staff that sentences count, and tables whose rows are kinds of staff."""
    for name, one in read_staffing(told):
        yield Office(name, (), "", staffing=(one,))
    for grid in grids:
        if grid.table.kind in ("organisation", "other") and not _names_units(grid.table):
            for one in staffing_of_table(grid.table):
                yield Office(publisher or "", (), "", staffing=(one,))


def _names_units(table: Recognised) -> bool:
    return _column(table, load("organisations")["columns"]["name"]) is not None
