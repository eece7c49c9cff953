"""Organisations that a document names in its captions, its 机构设置 table, its project tables and its forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.describe import Description
from mapping.document import Cell, Paragraph, Span, fold, squeeze
from mapping.figures import UNFIGURED
from mapping.forms import Form
from mapping.lexicon import load
from mapping.projects import Grid, office_code, office_name, office_words
from mapping.recognise import Recognised

# The heading of a column of units.
_UNITS = re.compile("^(?:预算)?单位(?:名称)?(?:[(（].*[)）])?$")
_COLUMNS = {
    "name": "^(?:预算|所属|下属)?(?:单位|机构|部门)(?:全称)?(?:名称)?$|^名称$",
    "nature": "性质|单位类型|机构类型",
    "grade": "规格|级别|机构级别",
    "funding": "经费(?:保障|来源|形式|供给|管理)|预算管理",
    "code": "单位(?:编码|代码)|^(?:编码|代码)$",
}


@dataclass(frozen=True, slots=True)
class Office:
    """An organisation in one role (notation of `code:organisation-role`), as printed."""

    name: str
    spans: tuple[Span, ...]
    role: str
    code: str | None = None
    nature: str | None = None
    grade: str | None = None
    funding: str | None = None
    parent: str | None = None


def read_organisations(
    description: Description, grids: Sequence[Grid], forms: Sequence[Form], lines: Sequence[Paragraph]
) -> list[Office]:
    """The organisations of a document, one for each name and role, in order of appearance."""
    found: dict[tuple[str, str], Office] = {}
    places: set[tuple[Span, ...]] = set()
    for office in _all(description, grids, forms, lines):
        if (squeeze(office.name), office.role) not in found and office.spans not in places:
            found[squeeze(office.name), office.role] = office
            places.add(office.spans)
    return sorted(found.values(), key=lambda office: (office.spans, office.role))


def _all(
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
    for span in description.publisher_spans:
        yield Office(publisher or "", (span,), "publisher", description.publisher_code)


def _from_list(lines: Sequence[Paragraph], publisher: str | None) -> Iterator[Office]:
    """Units that lines of their own name after 纳入…编制范围的预算单位包括."""
    words = load("describe")
    open_list = False
    for line in lines:
        item = re.match(words["unit-item"], squeeze(line.text)) if open_list else None
        if item and office_words().search(item["name"]):
            start = line.span.start + _offset(line.text, item["name"])
            parent = publisher if publisher != item["name"] else None
            yield Office(item["name"], (Span(start, start + len(item["name"])),), "budget-unit", parent=parent)
        else:
            open_list = bool(re.search(words["units-follow"], squeeze(line.text)))


def _from_table(table: Recognised, publisher: str | None) -> Iterator[Office]:
    places = {key: _column(table, words) for key, words in _COLUMNS.items()}
    name = places["name"]
    if name is None:
        return
    for _, row in table.body():
        cell = row[name]
        if cell.blank or re.fullmatch("合计|总计|小计", cell.plain):
            continue
        texts = {key: _text(row[place]) for key, place in places.items() if place is not None}
        yield Office(
            name=cell.plain,
            spans=cell.spans,
            role="budget-unit",
            code=texts.get("code"),
            nature=texts.get("nature"),
            grade=texts.get("grade"),
            funding=texts.get("funding"),
            parent=publisher if publisher and publisher != cell.plain else None,
        )


def _column(table: Recognised, words: str) -> int | None:
    return next((column.index for column in table.columns if column.path and re.search(words, column.path[-1])), None)


def _text(cell: Cell) -> str | None:
    return cell.plain or None


def _from_rows(grid: Grid, publisher: str | None) -> Iterator[Office]:
    """Units that head rows of a table, or that a column headed 单位 names."""
    headed = {column.index for column in grid.table.columns if column.path and _UNITS.search(fold(column.path[-1]))}
    for block in grid.blocks:
        for line in block.lines:
            cell = line.cell
            in_column = cell is not None and any(grid.table.table.rows[line.row][at] is cell for at in headed)
            if cell is not None and (line.kind == "office" or in_column) and office_words().search(line.label):
                parent = publisher if publisher != line.label else None
                yield Office(line.label, cell.spans, "budget-unit", parent=parent)


def _from_form(form: Form) -> Iterator[Office]:
    for name, role in (
        ("competent-department", "competent-department"),
        ("implementing-unit", "implementing-unit"),
    ):
        filled = form.first(name)
        words = squeeze(filled.text) if filled else ""
        if filled and words and len(filled.spans) == 1:
            plain = office_name(words)
            start = filled.spans[0].start + _offset(filled.text, plain)
            yield Office(plain, (Span(start, filled.spans[0].end),), role, office_code(words))


def _offset(text: str, name: str) -> int:
    found = re.search(r"\s*".join(map(re.escape, name)), text)
    return found.start() if found else 0
