"""Ragged rows to a grid: where merged cells are printed once, each cell is put over or under its own columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from mapping.amounts import parse_amount
from mapping.divide import divide
from mapping.document import Cell, Row, Span
from mapping.header import heading_rows, inner_headings, is_named_as


def align(rows: Sequence[Row], collapsed: bool) -> tuple[Row, ...]:
    """`rows` all equally wide.

    `collapsed` says that the text form prints a merged cell once (word processors); otherwise blanks stand for the
    merged places and only missing cells at the end are filled. Headings in a total row are a row of their own.
    """
    if collapsed and rows:
        usual = _usual_width(rows)
        count = heading_rows(rows)
        head = _align_heading([_trim(row, usual) for row in rows[:count]], usual)
        amounts = _amount_columns(rows[count:], usual)
        rows = [*head, *(_align_body(row, usual, amounts) for row in rows[count:])]
    width = max((len(row) for row in rows), default=0)
    return _without_heading(tuple(_pad(row, width) for row in rows))


def _without_heading(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows with the lowest headings apart from the total row that they are printed in.

    合计 | 0 | 30.00 | 合计 | 基本支出 | 项目支出 | 0 below 本年收入 and 本年支出, which is merged over three columns.
    """
    count = heading_rows(rows)
    if not count or count + 1 >= len(rows) or not (inner := inner_headings(rows[:count], rows[count])):
        return rows
    row = rows[count]
    head, total = (
        tuple(cell if (at in inner) == wanted else blank_at(cell.start) for at, cell in enumerate(row))
        for wanted in (True, False)
    )
    return (*rows[:count], head, total, *rows[count + 1 :])


def blank_at(offset: int) -> Cell:
    """A cell that is not printed: it has a place and no words."""
    return Cell("", (Span(offset, offset),))


def _trim(row: Row, width: int) -> Row:
    """A heading row without the blank cells at its end that no row below has."""
    while len(row) > width and row[-1].blank:
        row = row[:-1]
    return row


def _pad(row: Row, width: int) -> Row:
    return row + (blank_at(row[-1].end),) * (width - len(row)) if row else row


def _usual_width(rows: Sequence[Row]) -> int:
    counts = Counter(len(row) for row in rows)
    repeated = [width for width, times in counts.items() if times > 1]
    return max(repeated or counts)


def _amount_columns(rows: Sequence[Row], width: int) -> list[int]:
    """The columns in which whole rows print numbers with decimals."""
    whole = [row for row in rows if len(row) == width]
    return [at for at in range(width) if any(re.search(r"\d[.．]\d", row[at].plain) for row in whole)]


def _align_body(row: Row, width: int, amounts: Sequence[int]) -> Row:
    """A row with too few cells, whose labels are merged over the columns beside them (合计 over code and name).

    With several labels (人员经费合计 | 1.00 | 公用经费合计 | 2.00) each number goes to the next column of numbers, the
    last to the last one; with one label the rest stays at the right.
    """
    missing = width - len(row)
    labels = [at for at, cell in enumerate(row) if not cell.blank and parse_amount(cell.plain) is None]
    if missing <= 0 or not labels:
        return row
    if len(labels) > 1 and amounts and all(not cell.blank for cell in row):
        return _lay(row, width, amounts)
    filler = (blank_at(row[labels[0]].end),) * missing
    return row[: labels[0] + 1] + filler + row[labels[0] + 1 :]


def _lay(row: Row, width: int, amounts: Sequence[int]) -> Row:
    laid: list[Cell] = []
    for at, cell in enumerate(row):
        if parse_amount(cell.plain) is not None:
            last = at == len(row) - 1
            place = amounts[-1] if last else next((one for one in amounts if one >= len(laid)), len(laid))
            laid += [blank_at(cell.start)] * (place - len(laid))
        laid.append(cell)
    return tuple(laid[:width]) if len(laid) <= width else row


def _align_heading(rows: Sequence[Row], width: int) -> list[Row]:
    """Heading rows from the lowest up, each spread over the row below it."""
    aligned: list[Row] = []
    runs: list[tuple[int, ...]] = []
    whole = [*rows[:1], *(_with_blanks(above, row, width) for above, row in pairwise(rows))]
    for row in reversed(whole):
        spread = _spread(row, runs, aligned[0]) if aligned and len(row) < width else [(cell, 1) for cell in row]
        aligned.insert(0, tuple(one for cell, size in spread for one in _covering(cell, size)))
        runs = _runs(spread)
    return aligned


def _with_blanks(above: Row, row: Row, width: int) -> Row:
    """A row of headings with the blanks below headings that are merged downwards, where the file prints none.

    It is groups of the same words, one below each heading above that is named as its parts are: 小计, 公务用车购置费
    and 公务用车运行费, twice, below 公务用车购置及运行费.
    """
    number = len(above) + len(row) - width
    if number < 1 or len(row) % number or width in (len(above), len(row)) or any(cell.blank for cell in (*above, *row)):
        return row
    size = len(row) // number
    groups = [row[at : at + size] for at in range(0, len(row), size)]
    heads = {at for at, one in enumerate(above) if any(is_named_as(cell, one) for cell in groups[0])}
    alike = all([cell.plain for cell in group] == [cell.plain for cell in groups[0]] for group in groups)
    if len(heads) != number or not alike:
        return row
    waiting = iter(groups)
    parts = [next(waiting) if at in heads else (blank_at(one.end),) for at, one in enumerate(above)]
    return tuple(cell for part in parts for cell in part)


def _covering(cell: Cell, size: int) -> tuple[Cell, ...]:
    return (cell, *([blank_at(cell.end)] * (size - 1)))


def _spread(row: Row, runs: list[tuple[int, ...]], lower: Row) -> list[tuple[Cell, int]]:
    """`row` laid over the row below, each cell with its width: one over each blank, the others over the runs."""
    sizes = divide([cell.plain for cell in row], runs, [cell.plain for cell in lower])
    return [(cell, 1) for cell in row] if sizes is None else list(zip(row, sizes, strict=True))


def _runs(spread: list[tuple[Cell, int]]) -> list[tuple[int, ...]]:
    """The columns of a row: () for each blank cell (merged downwards), a tuple for each run of printed ones."""
    runs: list[tuple[int, ...]] = []
    column = 0
    for cell, size in spread:
        columns = tuple(range(column, column + size))
        if cell.blank:
            runs.append(())
        elif runs and runs[-1]:
            runs[-1] += columns
        else:
            runs.append(columns)
        column += size
    return runs
