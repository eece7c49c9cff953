"""Grids inside forms to their numbers: budget, execution and score side by side, money of tasks, totals of weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mapping.amounts import UNIT_PATTERN, PrintedAmount, parse_amount
from mapping.counts import Quantity, bracketed, printed_number
from mapping.document import Cell, Row, Span, fold
from mapping.forms import Form, stated_unit
from mapping.lexicon import load, pattern
from mapping.place import Slot, families, read_heading

_POINTS = "分"
_RATE = "%"
_ALL_POINTS = re.compile(r"^\D*[(（](?P<number>\d{2,3})分?[)）]$")
_MONEY = re.compile(rf"[(（](?:单位[:：])?(?P<unit>{UNIT_PATTERN})[)）]")

# A printed number, its unit and its place.
_Number = tuple[PrintedAmount, str | None, tuple[Span, ...]]


def read_grids(form: Form, year: int | None) -> list[Quantity]:
    """The numbers of a form that stand under headings of their own; neither its fields nor its indicators."""
    words = load("forms")
    read = {span for filled in form.fields for span in filled.spans}
    found: list[Quantity] = []
    heads: dict[int, Cell] = {}
    weighed: Cell | None = None
    unit = stated_unit(form.table) or form.table.captions.unit
    rows = form.table.table.rows
    for number, row in enumerate(rows):
        filled = [cell for cell in row if not cell.blank]
        unit = next((said["unit"] for cell in filled if (said := _MONEY.search(cell.plain))), unit)
        headed = _headings(row)
        if pairs := _pairs(filled):
            found += [one for one in _beside(form, pairs, unit, year) if not read & set(one.spans)]
        elif any(re.search(words["grid-ends"], cell.plain) for cell in filled) or _is_indicator(filled):
            heads = {}
        elif len(headed) > 1 and not any(printed_number(cell) for cell in filled):
            heads = headed
        elif heads:
            found += [one for one in _row(form, row, heads, unit, year) if not read & set(one.spans)]
        if slots := read_heading(row, rows[number - 1] if number else None):
            weighed = _weighed(row, slots)
            found += _headed_total(form, weighed, year) if weighed else ()
        elif weighed and not heads:
            found += _total(form, filled, weighed, year)
    return found


def _headings(row: Row) -> dict[int, Cell]:
    """The headings of a grid in a row; 年度预算数 is one where no other names a budget."""
    heading, budget, other = (pattern("forms", f"grid-{name}") for name in ("heading", "budget", "other-budget"))
    named = {at: cell for at, cell in enumerate(row) if heading.search(cell.plain)}
    only = not any(other.search(cell.plain) for cell in named.values())
    return {at: cell for at, cell in enumerate(row) if at in named or (only and budget.search(cell.plain))}


def _is_indicator(filled: Sequence[Cell]) -> bool:
    """Whether a row begins with the level of an indicator, below headings that a page printed once.

    Not with the label of one whose words may be a level's too (林农满意度).
    """
    words = fold(filled[0].text) if filled else ""
    return bool(families(words, 1) or (words.endswith("指标") and families(words, 2)))


def _weighed(row: Row, slots: Sequence[Slot]) -> Cell | None:
    """The only heading of points of a form of targets; None where scores are given, and their total has the points."""
    points = [row[slot.column] for slot in slots if slot.kind == "points"]
    return points[0] if len(points) == 1 and not any(slot.kind == "score" for slot in slots) else None


def _headed_total(form: Form, weighed: Cell, year: int | None) -> Iterator[Quantity]:
    """The total of a form's points that their heading prints: 分值权重（90）."""
    said = _ALL_POINTS.search(weighed.text.rstrip())
    if said and len(weighed.spans) == 1 and (printed := parse_amount(said["number"])):
        at = weighed.spans[0].start
        spans = (Span(at + said.start("number"), at + said.end("number")),)  # in brackets it would be below zero
        yield Quantity(form.table, spans, printed, weighed.plain, weighed.plain, _POINTS, year)


def _total(form: Form, filled: Sequence[Cell], weighed: Cell, year: int | None) -> Iterator[Quantity]:
    """The total of a form's points: the only number of a row of the totals."""
    numbers = [number for cell in filled[1:] if (number := printed_number(cell))]
    if len(filled) == 2 and len(numbers) == 1 and pattern("indicators", "totals").match(fold(filled[0].text)):
        printed, unit, spans = numbers[0]
        if unit in (None, _POINTS):
            yield Quantity(form.table, tuple(spans), printed, filled[0].plain, weighed.plain, _POINTS, year)


def _row(form: Form, row: Row, heads: dict[int, Cell], unit: str | None, year: int | None) -> Iterator[Quantity]:
    """The numbers of a row under the headings above them."""
    numbers = {at: found for at, cell in enumerate(row) if (found := printed_number(cell))}
    words = [at for at, cell in enumerate(row) if not cell.blank and at not in numbers]
    if not words or not numbers:
        return
    label = row[max((at for at in words if at < min(numbers)), default=words[0])]
    for at, head in _under(row, heads, numbers).items():
        printed, printed_unit, spans = numbers[at]
        own = printed_unit or bracketed(head.plain) or _unit_of(head, unit)
        yield Quantity(form.table, tuple(spans), printed, label.plain, head.plain, own, year)


def _under(row: Row, heads: Mapping[int, Cell], numbers: Mapping[int, _Number]) -> Mapping[int, Cell]:
    """The heading of each number of a row: in order where there are as many, else by column.

    A label merged over rows at the left of the headings moves the row below to the left. What is printed in % stands
    under a rate: where no way has it there, nothing is told.
    """
    filled = [at for at, cell in enumerate(row) if at >= min(numbers) and not cell.blank]
    ways = [dict(zip(filled, heads.values(), strict=True))] if len(filled) == len(heads) else []
    ways += [{at - shift: head for at, head in heads.items()} for shift in range(min(heads))]
    laid = ({at: way[at] for at in numbers if at in way} for way in ways)
    rates = {at for at, (_, unit, _) in numbers.items() if unit == _RATE}
    return next(
        (way for way in laid if rates == {at for at in rates & set(way) if _unit_of(way[at], None) == _RATE}), {}
    )


def _pairs(filled: Sequence[Cell]) -> list[tuple[Cell, Cell]]:
    """The headings of a row each with the number beside it (全年预算数 | 181.45 | 执行率 | 83.99%)."""
    heads, numbers = filled[::2], filled[1::2]
    alike = len(heads) == len(numbers) > 1 and all(printed_number(cell) for cell in numbers)
    headed = alike and all(pattern("forms", "grid-heading").search(cell.plain) for cell in heads)
    return list(zip(heads, numbers, strict=True)) if headed else []


def _beside(form: Form, pairs: Sequence[tuple[Cell, Cell]], unit: str | None, year: int | None) -> Iterator[Quantity]:
    """The numbers of a row in which each stands beside its heading; the first heading is the row's label."""
    label = pairs[0][0].plain
    for head, cell in pairs:
        if number := printed_number(cell):
            printed, printed_unit, spans = number
            own = printed_unit or bracketed(head.plain) or _unit_of(head, unit)
            yield Quantity(form.table, tuple(spans), printed, label, head.plain, own, year)


def _unit_of(head: Cell, money: str | None) -> str | None:
    """The unit that a heading implies: of rates and scores their own, of all else that of the form's money."""
    for entry in load("forms")["grid-units"]:
        if re.search(entry["words"], head.plain):
            return str(entry["unit"])
    return money
