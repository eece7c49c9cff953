"""Grids inside forms to their numbers: budget, execution, rate and score side by side, or tasks with their money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapping.amounts import UNIT_PATTERN
from mapping.counts import Quantity, bracketed, printed_number
from mapping.document import Cell, Row
from mapping.forms import Form
from mapping.lexicon import load

_MONEY = re.compile(rf"[(（](?:单位[:：])?(?P<unit>{UNIT_PATTERN})[)）]")


def read_grids(form: Form, year: int | None) -> list[Quantity]:
    """The numbers of a form that stand under headings of their own; neither its fields nor its indicators."""
    words = load("forms")
    read = {span for filled in form.fields for span in filled.spans}
    found: list[Quantity] = []
    heads: dict[int, Cell] = {}
    unit: str | None = form.table.captions.unit
    for row in form.table.table.rows:
        filled = [cell for cell in row if not cell.blank]
        unit = next((said["unit"] for cell in filled if (said := _MONEY.search(cell.plain))), unit)
        headed = {at: cell for at, cell in enumerate(row) if re.search(words["grid-heading"], cell.plain)}
        if pairs := _pairs(filled):
            found += [one for one in _beside(form, pairs, unit, year) if not read & set(one.spans)]
        elif any(re.search(words["grid-ends"], cell.plain) for cell in filled):
            heads = {}
        elif len(headed) > 1 and not any(printed_number(cell) for cell in filled):
            heads = headed
        elif heads:
            found += [one for one in _row(form, row, heads, unit, year) if not read & set(one.spans)]
    return found


def _row(form: Form, row: Row, heads: dict[int, Cell], unit: str | None, year: int | None) -> Iterator[Quantity]:
    """The numbers of a row under the headings above: in order where there are as many, else by column."""
    numbers = [(at, found) for at, cell in enumerate(row) if (found := printed_number(cell))]
    label = next((cell for cell in row if not cell.blank and not printed_number(cell)), None)
    if label is None or not numbers:
        return
    filled = [at for at, cell in enumerate(row) if at >= numbers[0][0] and not cell.blank]
    ordered = dict(zip(filled, heads.values(), strict=True)) if len(filled) == len(heads) else heads
    for at, (printed, printed_unit, spans) in numbers:
        if head := ordered.get(at):
            own = printed_unit or bracketed(head.plain) or _unit_of(head, unit)
            yield Quantity(form.table, tuple(spans), printed, label.plain, head.plain, own, year)


def _pairs(filled: Sequence[Cell]) -> list[tuple[Cell, Cell]]:
    """The headings of a row each with the number beside it (全年预算数 | 181.45 | 执行率 | 83.99%)."""
    heads, numbers = filled[::2], filled[1::2]
    alike = len(heads) == len(numbers) > 1 and all(printed_number(cell) for cell in numbers)
    headed = alike and all(re.search(load("forms")["grid-heading"], cell.plain) for cell in heads)
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
