"""Tables to the numbers in them that are no money: counts of things and persons, shares and rates of change."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.amounts import PrintedAmount, parse_amount
from mapping.chart import chart_shares
from mapping.columns import Column
from mapping.document import Cell, Span, fold
from mapping.figures import UNFIGURED, Setting, number_spans, year_of
from mapping.forms import FORMS
from mapping.lexicon import pattern
from mapping.lines import NUMBER, Block
from mapping.recognise import Recognised
from mapping.rows import Line

_PRINTED = re.compile(rf"(?P<number>{NUMBER.pattern})(?P<unit>%|[\u4e00-\u9fff㎡]{{1,4}})?")
# What stands in brackets behind a label and is no unit: 不含车辆, 本级, 一类.
_NO_UNIT = "不?含|本[级部]|机关|[一二三四五六七八九十]"
_UNIT = re.compile(rf"[(（](?:单位[:：])?(?P<unit>%|(?!{_NO_UNIT})[\u4e00-\u9fff㎡、/／]{{1,6}})[)）]$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed count or percentage, with its row, heading and unit as printed.

    A chart's label has no table: it `repeats` the number of a statement, at these spans.
    """

    table: Recognised | None
    spans: tuple[Span, ...]
    printed: PrintedAmount
    row_label: str
    column_path: str
    unit: str | None
    fiscal_year: int | None
    reason: str | None = None
    repeats: tuple[Span, ...] = ()


def read_quantities(table: Recognised, blocks: Sequence[Block], setting: Setting) -> list[Quantity]:
    """The counts and percentages of a table, in order of appearance; contents and glossaries have none."""
    if table.kind == "chart":
        return list(_shares(table, setting))
    if table.kind in FORMS:
        return list(_plans(table, setting))
    if table.kind in UNFIGURED - {"organisation"}:
        return []
    found = (
        quantity
        for block in blocks
        for line in block.lines
        for column in block.columns
        if (quantity := _quantity(table, line, column, setting))
    )
    return sorted(found, key=lambda quantity: quantity.spans)


def _shares(table: Recognised, setting: Setting) -> Iterator[Quantity]:
    """The shares of one that a chart prints."""
    for point in chart_shares(table.table):
        if printed := parse_amount(point.value.plain):
            yield Quantity(table, point.value.spans, printed, point.name.plain, "", None, setting.year)


def _plans(table: Recognised, setting: Setting) -> Iterator[Quantity]:
    """The percentages of a spending plan (资金支出计划): months side by side, the percentages in the row below."""
    for row, below in itertools.pairwise(table.table.rows):
        label = next((cell for cell in row if not cell.blank), None)
        if label is None or not pattern("forms", "spending-plan").search(label.plain):
            continue
        for at, (month, cell) in enumerate(zip(row, below, strict=True)):
            if at and not month.blank and (found := printed_number(cell)):
                printed, unit, spans = found
                yield Quantity(
                    table, spans, printed, label.plain, month.plain, unit or bracketed(label.plain), setting.year
                )


def _quantity(table: Recognised, line: Line, column: Column, setting: Setting) -> Quantity | None:
    counted = column.kind == "amount" and column.index not in line.values and column.path
    if column.kind not in ("count", "percent") and not counted:
        return None
    cell = table.table.rows[line.row][column.index + line.offset]
    found = printed_number(cell)
    if found is None:
        return None
    printed, unit, spans = found
    return Quantity(
        table=table,
        spans=spans,
        printed=printed,
        row_label=line.label,
        column_path=column.printed_path,
        unit=unit or _unit(column, line) or _captioned(table),
        fiscal_year=year_of(table, column, (line,), setting),
    )


def printed_number(cell: Cell) -> tuple[PrintedAmount, str | None, tuple[Span, ...]] | None:
    """The number that a cell is, with the unit it prints and the place of the number alone; None for any other cell."""
    found, number = _PRINTED.fullmatch(fold(cell.text)), NUMBER.match(cell.plain)
    printed = parse_amount(number[0]) if found and number else None
    return (printed, found["unit"], number_spans(cell)) if found and printed else None


def _unit(column: Column, line: Line) -> str | None:
    """The unit that the heading or the row's label prints in brackets; % under a heading of shares."""
    if column.kind == "percent":
        return "%"
    found = (bracketed(words) for words in (*reversed(column.path), line.label))
    return next((unit for unit in found if unit), None)


def _captioned(table: Recognised) -> str | None:
    """The one unit of things or persons that the captions of a table state (单位：人)."""
    counted = table.captions.counted
    return counted if counted and counted.isalpha() else None


def bracketed(words: str) -> str | None:
    """The unit in brackets that ends a label."""
    said = _UNIT.search(words)
    return said["unit"] if said else None
