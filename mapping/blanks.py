"""Blank cells where an amount belongs: totals of rows that print some, and what a printed total lacks of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, PrintedAmount, agree, meet
from mapping.classes import is_class_code
from mapping.columns import Column, ColumnRole, column_roles
from mapping.document import Span, fold
from mapping.figures import Figure, printed_parts
from mapping.keys import bare_label
from mapping.lexicon import pattern
from mapping.lines import Block
from mapping.recognise import Recognised
from mapping.rows import Line, completes_by_name, total_parts

Grid = Mapping[tuple[int, int], Figure]


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank cell: the spans are those of its row's label, `at` is where the cell stands.

    `parts` are the amounts printed below a blank total, `whole` is the total that lacks a blank part.
    """

    table: Recognised
    spans: tuple[Span, ...]
    at: int
    row_label: str
    column_path: str
    row: int
    column: int
    parts: tuple[Figure, ...] = ()
    whole: Figure | None = None


def read_blanks(table: Recognised, blocks: Sequence[Block], figures: Sequence[Figure]) -> list[Blank]:
    """The blank amounts of one table of all `figures`, top to bottom.

    A dash is no blank, and a mere heading is no total.
    """
    grid = {(figure.row, figure.column): figure for figure in figures if figure.table is table}
    totals = [blank for block in blocks for blank in _of_block(table, block, grid)]
    taken = {(one.row, one.column) for one in totals}
    lacking = (one for block in blocks for one in _lacking(table, block, grid, figures))
    return [*totals, *(one for one in lacking if (one.row, one.column) not in taken)]


def _of_block(table: Recognised, block: Block, grid: Grid) -> Iterator[Blank]:
    for at, line in enumerate(block.lines):
        for column in block.amounts:
            if not (blank := _blank(line, column, table, grid)):
                continue
            below = line.children if line.role == "subtotal" else []
            below = total_parts(block.lines, at) if line.kind == "total" else below
            parts = printed_parts(below, block.lines, grid, column.index)
            untold = any(_says_in_words(block.lines[part], column, table) for part in below)
            untold = untold or (line.kind == "total" and _is_of_other_phase(below, block, column, parts, grid))
            if parts and not untold and _is_sum(line, column, block) and not _ends_above(below, block.lines, column):
                yield replace(blank, parts=tuple(parts))


def _ends_above(parts: Sequence[int], lines: Sequence[Line], column: Column) -> bool:
    """Whether a column ends with the sums among the parts of a total (本年收入合计): it prints none of the others."""
    printed = [lines[part] for part in parts if column.index in lines[part].values]
    return 0 < len(printed) < len(parts) and all(one.kind == "subtotal" for one in printed)


def _is_of_other_phase(below: Sequence[int], block: Block, column: Column, parts: Sequence[Figure], grid: Grid) -> bool:
    """Whether a row of a total, blank in a column, prints an amount of another phase: not all is told of this one."""
    blank = [line for part in below if column.index not in (line := block.lines[part]).values]
    beside = (grid.get((line.row, other.index + line.offset)) for line in blank for other in block.amounts)
    return any(one and one.printed.value and one.phase != parts[0].phase for one in beside if parts)


def _says_in_words(line: Line, column: Column, table: Recognised) -> bool:
    """Whether a row prints words where others print amounts (据实安排): their total cannot be told."""
    words = table.table.rows[line.row][column.index + line.offset].plain
    return column.index not in line.values and bool(re.search("[\u4e00-\u9fff]{2}", words))


def _blank(line: Line, column: Column, table: Recognised, grid: Grid) -> Blank | None:
    """The cell of a row in a column, where it is blank and no heading is printed in its place."""
    place = (line.row, column.index + line.offset)
    cell = table.table.rows[place[0]][place[1]]
    headed = any(one[place[1]].start == cell.start for one in table.table.rows[: max(table.table.header_rows, 0)])
    if place in grid or line.cell is None or not cell.blank or headed:
        return None
    return Blank(table, line.cell.spans, cell.start, line.label, column.printed_path, *place)


def _is_sum(line: Line, column: Column, block: Block) -> bool:
    """Whether an amount should stand there: the row prints others, its like do in this column, or its name says so."""
    if pattern("headings", "unsummed").search(fold(column.printed_path)):
        return False
    if line.kind != "item":
        return line.kind in ("total", "subtotal") and bool(line.values)
    if completes_by_name(line, block.lines):
        return True
    if not is_class_code(line.code):
        return False
    like = (one for one in block.lines if one.role == "subtotal" and is_class_code(one.code))
    return any(column.index in one.values for one in like)


# --- what a printed total lacks ---


def _lacking(table: Recognised, block: Block, grid: Grid, figures: Sequence[Figure]) -> Iterator[Blank]:
    """The blank cell of each column that a total lacks.

    It is the only one among the parts of the total whose row, or whose name elsewhere, tells the very amount that they
    are short of.
    """
    roles = column_roles(block.amounts, [line.values for line in block.lines])
    for at, line in enumerate(block.lines):
        below = total_parts(block.lines, at) if line.kind == "total" else line.children
        parts = [block.lines[part] for part in below if block.lines[part].role == "leaf"]
        for column in block.amounts:
            whole = grid.get((line.row, column.index + line.offset))
            short = _short(whole) if whole else None
            if whole is None or short is None:
                continue
            told = [
                blank
                for one in parts
                if (blank := _blank(one, column, table, grid))
                and (_row_tells(one, column, roles, short) or _name_tells(one, short, whole, figures))
            ]
            if len(told) == 1:
                yield replace(told[0], whole=whole)


def _short(whole: Figure) -> PrintedAmount | None:
    """What the rows of a total are short of it, beyond rounding; None where they are not."""
    parts = [part.printed for part in whole.sum_of_rows]
    lacks = whole.printed.value - sum((part.value for part in parts), Decimal(0))
    alike = whole.unit in MULTIPLIERS and {part.unit for part in whole.sum_of_rows} == {whole.unit}
    if not alike or lacks <= 0 or agree(whole.printed, parts):
        return None
    return PrintedAmount(str(lacks), lacks, max(one.decimals for one in (whole.printed, *parts)))


def _row_tells(line: Line, column: Column, roles: Mapping[int, ColumnRole], short: PrintedAmount) -> bool:
    """Whether a row's own total and parts leave this amount for the blank column."""
    for index, role in roles.items():
        printed = [line.values[part] for part in role.parts if part in line.values]
        if index == column.index and printed and agree(short, printed):
            return True
        if column.index in role.parts and index in line.values and agree(line.values[index], [*printed, short]):
            return True
    return False


def _name_tells(line: Line, short: PrintedAmount, whole: Figure, figures: Sequence[Figure]) -> bool:
    """Whether another table prints this amount in a row or column of the same name."""
    name, unit = bare_label(line.label), MULTIPLIERS[whole.unit or "元"]
    others = (
        one for one in figures if one.table is not whole.table and one.unit and one.fiscal_year == whole.fiscal_year
    )
    return bool(name) and any(
        name in (bare_label(one.row_label), bare_label(one.column_path.rpartition("/")[2]))
        and meet(one.printed.interval(MULTIPLIERS[one.unit or "元"]), short.interval(unit))
        for one in others
    )
