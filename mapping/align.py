"""Ragged rows to a grid: where merged cells are printed once, each cell is put over or under its own columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mapping.amounts import parse_amount
from mapping.divide import divide
from mapping.document import Cell, Row, Span
from mapping.header import heading_rows


def align(rows: Sequence[Row], collapsed: bool) -> tuple[Row, ...]:
    """`rows` all equally wide.

    `collapsed` says that the text form prints a merged cell once (word processors); otherwise blanks stand for the
    merged places and only missing cells at the end are filled.
    """
    if collapsed and rows:
        usual = _usual_width(rows)
        count = heading_rows(rows)
        head = _align_heading([_trim(row, usual) for row in rows[:count]], usual)
        rows = [*head, *(_align_body(row, usual) for row in rows[count:])]
    width = max((len(row) for row in rows), default=0)
    return tuple(_pad(row, width) for row in rows)


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


def _align_body(row: Row, width: int) -> Row:
    """A row with too few cells has its label merged over the columns beside it (合计 over code and name)."""
    missing = width - len(row)
    label = next((at for at, cell in enumerate(row) if not cell.blank and parse_amount(cell.plain) is None), None)
    if missing <= 0 or label is None:
        return row
    filler = (blank_at(row[label].end),) * missing
    return row[: label + 1] + filler + row[label + 1 :]


def _align_heading(rows: Sequence[Row], width: int) -> list[Row]:
    """Heading rows from the lowest up, each spread over the row below it."""
    aligned: list[Row] = []
    runs: list[tuple[int, ...]] = []
    for row in reversed(rows):
        spread = _spread(row, runs, aligned[0]) if aligned and len(row) < width else [(cell, 1) for cell in row]
        aligned.insert(0, tuple(one for cell, size in spread for one in _covering(cell, size)))
        runs = _runs(spread)
    return aligned


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
