"""Lines of cells parted by bars to rows: as in Markdown, or with a bar at the end of each cell."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from mapping.amounts import parse_amount
from mapping.barred import sure_rows
from mapping.closed import joined_lines
from mapping.document import Cell, Line, trim

_SEPARATOR = re.compile(r"[\s|:\-]*-[\s|:\-]*")
# So many lines show how those of a table are cut.
_LONGEST_RUN = 1_000
_PIPE = re.compile(r"(?<!\\)\|")
_ANNEX = re.compile(r"\s*附\s*[件表]\s*[一二三四五六七八九十\d]{0,3}[:：.．]?\s*")
Printed = list[tuple[Sequence[Cell], Sequence[Line]]]
"""The cells of each row and its lines; no cells where nobody can tell the columns."""
_NOTHING: tuple[str, Printed, int] = ("pipe", [], 0)


def read_pipes(lines: Sequence[Line], position: int) -> tuple[str, Printed, int]:
    """The form of rows of Markdown, the rows, and how many lines they take.

    Without a pipe before them only below a separator line, or where several end with one.
    """
    first = lines[position]
    headed = position + 1 < len(lines) and _is_separator(lines[position + 1])
    columns = _bare_columns(lines[position + 1]) if headed else None
    outer = columns is None and _opens(first)
    if not outer and not (_PIPE.search(first.text) and headed) and not _closed_alike(lines[position : position + 3]):
        return _NOTHING
    rows: Printed = []
    end = position
    width = len(_pipe_row(lines[position : position + _broken_lines(lines, position)]))
    while end < len(lines) and _PIPE.search(lines[end].text) and not (rows and _begins_another(lines[end])):
        used = max(_broken_lines(lines, end), _pipe_row_lines(lines, end, width)) if outer else 1
        row = [] if _is_separator(lines[end]) else _pipe_row(lines[end : end + used], columns)
        if outer and row and (cut := _over_page(row, lines, end + used, width)):
            row, used = cut[0], cut[1] - end
        rows += [(row, lines[end : end + used])] if row else []
        end += used
    form, rows = ("pipe", rows) if headed else _sure(rows)
    return form, rows, end - position if rows else 0


def read_joined(lines: Sequence[Line], position: int) -> tuple[str, Printed, int]:
    """The same of rows whose cells each end with a bar, and which go over several lines."""
    if not lines[position].text.rstrip().endswith("|"):
        return _NOTHING
    run = list(itertools.takewhile(lambda line: not line.blank, lines[position : position + _LONGEST_RUN]))
    sizes = joined_lines([line.text for line in run])
    if not sizes:
        return _NOTHING
    groups = [run[end - size : end] for end, size in zip(itertools.accumulate(sizes), sizes, strict=True)]
    width = sum(line.text.count("|") for line in groups[0])
    return *_sure([(_pipe_row(group, width), group) for group in groups]), sum(sizes)


def _sure(printed: Printed) -> tuple[str, Printed]:
    """The form of rows below no separator line, and the rows without the cells of which the columns are not sure."""
    form, rows = sure_rows([(row, [line.text for line in lines]) for row, lines in printed])
    return form, [(row, lines) for row, (_, lines) in zip(rows, printed, strict=True)]


def _closed_alike(lines: Sequence[Line]) -> bool:
    """Whether three lines end with a pipe and have equally many cells, more than one; or two alone, more than two.

    The first are headings: rows of figures alone have lost theirs.
    """
    rows = [row for line in lines if line.text.rstrip().endswith("|") and len(row := _pipe_row([line])) > 1]
    width = len(rows[0]) if rows else 0
    alone = len(rows) == 2 and width > 2 and not any(_filled(line)[1:] for line in lines[2:])
    alike = (alone or len(rows) == 3) and all(len(row) == width for row in rows)
    return alike and not any(parse_amount(cell.plain) for cell in rows[0])


def _bare_columns(separator: Line) -> int | None:
    """How many columns a separator line without outer pipes parts: the rows below print none either; else None."""
    words = separator.text.strip()
    return None if words.startswith("|") else len(_PIPE.split(words.removesuffix("|")))


def _filled(line: Line) -> list[str]:
    return [words for words in line.text.split("|") if words.strip()]


def _begins_another(line: Line) -> bool:
    """Whether a line prints nothing but the number of another table, or that it is one (附件2 | |||)."""
    filled = _filled(line)
    return len(filled) == 1 and bool(_ANNEX.fullmatch(filled[0]))


def _is_separator(line: Line) -> bool:
    return "|" in line.text and bool(_SEPARATOR.fullmatch(line.text))


def _broken_lines(lines: Sequence[Line], start: int) -> int:
    """How many lines a row takes that goes on behind closing pipes, up to one that begins with a pipe.

    1 where both have not equally many cells.
    """
    below = start + 1
    while below < len(lines) and lines[below].text.rstrip().endswith("|") and not _opens(lines[below]):
        below += 1
    if below == start + 1 or below == len(lines) or not _opens(lines[below]):
        return 1
    alike = len(_pipe_row([lines[below]])) == len(_pipe_row(lines[start:below]))
    return below - start if alike else 1


def _opens(line: Line) -> bool:
    return line.text.lstrip().startswith("|")


def _pipe_row_lines(lines: Sequence[Line], start: int, width: int) -> int:
    """How many lines one row takes: a cell may go on below when its line has no closing pipe and too few cells."""
    used = 1
    while start + used < len(lines) and _PIPE.search(lines[start + used].text):
        above, below = lines[start + used - 1], lines[start + used]
        closed = above.text.rstrip().endswith("|") or _opens(below)
        if closed or len(_pipe_row(lines[start : start + used])) >= width:
            break
        used += 1
    return used


def _over_page(row: Sequence[Cell], lines: Sequence[Line], end: int, width: int) -> tuple[list[Cell], int] | None:
    """A row that a page cut within a cell, and where it ends; None where none did.

    Its last line, before `end`, lacks its pipe; below blank lines the rest begins without one and ends with one, and
    both together have all cells of the table.
    """
    below = next((at for at in range(end, len(lines)) if not lines[at].blank), end)
    if below == end or below == len(lines) or lines[end - 1].text.rstrip().endswith("|"):
        return None
    words = lines[below].text.strip()
    rest = _pipe_row([lines[below]])
    if words.startswith("|") or not words.endswith("|") or len(row) + len(rest) - 1 != width:
        return None
    cut = Cell(f"{row[-1].text}\n{rest[0].text}", (*row[-1].spans, *rest[0].spans), row[-1].indent)
    return [*row[:-1], cut, *rest[1:]], below + 1


def _pipe_row(lines: Sequence[Line], columns: int | None = None) -> list[Cell]:
    """The cells of a row; of a table of so many `columns` without outer pipes, a blank first or last one is a cell."""
    start = lines[0].start
    words = "\n".join(line.text for line in lines)
    bounds = [-1, *(found.start() for found in _PIPE.finditer(words)), len(words)]
    cells = [trim(start + a + 1, words[a + 1 : b]) for a, b in itertools.pairwise(bounds)]
    if not words[bounds[-2] + 1 :].strip() and (columns is None or len(cells) > columns):
        cells = cells[:-1]
    if cells and not words[: bounds[1]].strip() and (columns is None or len(cells) > columns):
        cells = cells[1:]
    return cells
