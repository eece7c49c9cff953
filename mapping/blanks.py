"""Totals that are blank where the rows below them are not: no amount is read there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapping.classes import is_class_code
from mapping.columns import Column
from mapping.document import Span, fold
from mapping.figures import Figure, printed_parts
from mapping.lexicon import load
from mapping.lines import Block
from mapping.recognise import Recognised
from mapping.rows import Line, completes_by_name, total_parts

Grid = Mapping[tuple[int, int], Figure]


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank cell of a total: the spans are those of its row's label, `parts` the printed amounts below it."""

    table: Recognised
    spans: tuple[Span, ...]
    row_label: str
    column_path: str
    row: int
    column: int
    parts: tuple[Figure, ...]


def read_blanks(table: Recognised, blocks: Sequence[Block], figures: Sequence[Figure]) -> list[Blank]:
    """The blank totals of one table, top to bottom; a dash is no blank, and a mere heading is no total."""
    grid = {(figure.row, figure.column): figure for figure in figures}
    return [blank for block in blocks for blank in _of_block(table, block, grid)]


def _of_block(table: Recognised, block: Block, grid: Grid) -> Iterator[Blank]:
    for at, line in enumerate(block.lines):
        for column in block.amounts:
            place = (line.row, column.index + line.offset)
            if place in grid or line.cell is None or not table.table.rows[place[0]][place[1]].blank:
                continue
            below = line.children if line.role == "subtotal" else []
            below = total_parts(block.lines, at) if line.kind == "total" else below
            parts = printed_parts(below, block.lines, grid, column.index)
            if parts and _is_sum(line, column, block):
                yield Blank(table, line.cell.spans, line.label, column.printed_path, *place, tuple(parts))


def _is_sum(line: Line, column: Column, block: Block) -> bool:
    """Whether an amount should stand there: the row prints others, its like do in this column, or its name says so."""
    if re.search(load("headings")["unsummed"], fold(column.printed_path)):
        return False
    if line.kind != "item":
        return line.kind in ("total", "subtotal") and bool(line.values)
    if completes_by_name(line, block.lines):
        return True
    if not is_class_code(line.code):
        return False
    like = (one for one in block.lines if one.role == "subtotal" and is_class_code(one.code))
    return any(column.index in one.values for one in like)
