"""Project tables to projects: one for each row that names one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mapping.classes import names, scheme_of
from mapping.columns import Column
from mapping.document import Cell, fold, squeeze
from mapping.figures import Figure, Grid
from mapping.lexicon import load, pattern
from mapping.offices import office_name, office_words
from mapping.project import Project, may_name, project_code
from mapping.recognise import Recognised
from mapping.rows import Line

_SUM = re.compile("[合总小]计")
_UNIT_COLUMN = "(?<!度量)(?<!计[量算价])单位(?:名称)?$"
# Which phase is the project's amount where its row prints several: the budget of the year before what became of it.
_PHASES = ("approved", "unspecified", "reviewDraft", "adjusted", "finalAccounts", "executed")


def enrol(grid: Grid, year: int | None) -> Iterator[Project]:
    """One project for each row that names one; rows that print it again by class or source go into it."""
    for block in grid.blocks:
        columns = {column.index for column in block.columns}
        figures: dict[int, list[Figure]] = {}
        for figure in grid.figures:
            if figure.column in columns:
                figures.setdefault(figure.row, []).append(figure)
        for line in block.lines:
            if line.cell is not None and _is_project(line, block.lines, grid.table) and _is_named(line, grid.table):
                rows = [line, *(block.lines[child] for child in line.children if line.kind == "group")]
                heading = _office_above(line, block.lines) or _office_row_above(grid.table, line)
                unit = _cell_under(grid.table, rows, _UNIT_COLUMN) or _unit_above(grid.table, line)
                code = _cell_under(grid.table, rows, "项目(?:编码|代码|编号)$")
                yield Project(
                    name=line.label,
                    spans=line.cell.spans,
                    code=project_code(code.plain) if code else None,
                    amount=_row_amount(_budgeted(figures.get(line.row, []), grid.table, year)),
                    implementing_unit=office_name(unit.plain) if unit and unit is not line.cell else heading,
                    figures=[figure for row in rows for figure in figures.get(row.row, [])],
                    listed_targets=_lists_targets(grid.table, rows),
                )


def _unit_above(table: Recognised, line: Line) -> Cell | None:
    """The unit printed further up in the column of units: a merged cell stands in its first row only.

    Where the column has names of offices all its words are units, of whatever name (车队), but for sums.
    """
    first = table.table.header_rows
    for column in table.columns:
        if column.path and re.search(_UNIT_COLUMN, fold(column.path[-1])):
            printed = [cell for row in table.table.rows[first:] if _says(cell := row[column.index])]
            above = (table.table.rows[at][column.index] for at in range(line.row - 1, first - 1, -1))
            found = next(filter(_says, above), None)
            offices = any(office_words().search(cell.plain) for cell in printed)
            return found if found and offices and not _SUM.search(found.plain) else None
    return None


def lists_projects(table: Recognised) -> bool:
    """Whether the rows of a table are projects: by its kind, or by a column of names beside money or targets."""
    if table.kind in ("project-expenditure", "project-carryover"):
        return True
    revenue = pattern("forms", "no-list").search(fold(table.title or ""))
    named = not revenue and any(_names(column) for column in table.columns)
    return named and (table.kind == "other" or (table.kind == "performance-target" and any(_target_columns(table))))


def _is_named(line: Line, table: Recognised) -> bool:
    """Whether a row's label stands in the column headed 项目名称; where there is none, not in one of 科目."""
    row = table.table.rows[line.row]
    named = [column for column in table.columns if _names(column)]
    if named:
        return any(row[column.index] is line.cell for column in named)
    return not any(row[one.index] is line.cell and one.path and "科目" in one.path[-1] for one in table.columns)


def _lists_targets(table: Recognised, rows: Sequence[Line]) -> bool:
    """Whether some rows print anything under a heading of targets."""
    return any(_says(table.table.rows[line.row][column.index]) for column in _target_columns(table) for line in rows)


def _target_columns(table: Recognised) -> Iterator[Column]:
    return (column for column in table.columns if _headed(column, "list-target"))


def _names(column: Column) -> bool:
    """Whether the lowest heading of a column is that of project names; in a form the name itself stands beside it."""
    return bool(column.path) and bool(pattern("forms", "list-name").search(fold(column.path[-1])))


def _headed(column: Column, words: str) -> bool:
    return any(pattern("forms", words).search(fold(level)) for level in column.path)


def _is_project(line: Line, lines: Sequence[Line], table: Recognised) -> bool:
    if line.kind not in ("item", "memo", "group") or not may_name(line.label) or _is_class(line, table):
        return False
    if line.parent is not None and lines[line.parent].kind == "group":
        return False
    if not line.values and office_words().search(line.label):
        return False
    return line.kind == "group" or line.role in ("leaf", "memo")


def _is_class(line: Line, table: Recognised) -> bool:
    """Whether a row names a functional or economic class, not a project of its class, which it prints beside it."""
    scheme, label = scheme_of(line.code), squeeze(line.label)
    if scheme is None or label not in names(scheme).get(line.code, ()):
        return False
    return sum(squeeze(cell.text) == label for cell in table.table.rows[line.row]) == 1


def _office_above(line: Line, lines: Sequence[Line]) -> str | None:
    """The office that heads a row most closely."""
    at = line.parent
    while at is not None and lines[at].kind != "office":
        at = lines[at].parent
    return lines[at].label if at is not None else None


def _office_row_above(table: Recognised, line: Line) -> str | None:
    """The office that is all a row above prints, in the column of names of a list of targets: it heads what follows."""
    rows = table.table.rows[: line.row] if table.kind == "performance-target" and line.cell else ()
    at = next((place for place, cell in enumerate(table.table.rows[line.row]) if cell is line.cell), 0)
    for row in reversed(rows[table.table.header_rows :]):
        printed = [cell for cell in row if _says(cell)]
        if len(printed) == 1 and printed[0] is row[at] and office_words().search(printed[0].plain):
            return office_name(printed[0].plain)
    return None


def _cell_under(table: Recognised, rows: Sequence[Line], heading: str) -> Cell | None:
    """The first printed cell of some rows in the column of this heading."""
    for column in table.columns:
        if column.path and re.search(heading, fold(column.path[-1])):
            cells = (table.table.rows[line.row][column.index] for line in rows)
            if found := next(filter(_says, cells), None):
                return found
    return None


def _says(cell: Cell) -> bool:
    """Whether a cell prints words or digits, and no dash that stands for none."""
    return bool(re.search(r"\w", cell.text))


def _row_amount(figures: Sequence[Figure]) -> Decimal | None:
    """The row's own total, its only amount, or the sum of its parts: of its last year, one phase, what is spent."""
    last = max((figure.fiscal_year for figure in figures if figure.fiscal_year), default=None)
    known = [figure for figure in figures if figure.amount is not None and figure.fiscal_year in (None, last)]
    phase = min((figure.phase for figure in known), key=_PHASES.index, default=None)
    known = [figure for figure in known if figure.phase == phase]
    wholes = [figure for figure in known if figure.column_role == "total" or figure.sum_of_columns]
    if wholes:
        return max(wholes, key=lambda figure: len(figure.sum_of_columns)).amount
    current = [figure for figure in known if figure.column_role in ("part", "single")]
    characters = {figure.character for figure in current}
    if {"income", "expenditure"} <= characters:
        spent = [figure for figure in current if figure.character == "expenditure"]
        current = [figure for figure in spent if not re.search("结转|结余", figure.column_path)]
    parts = [figure.amount for figure in current if figure.amount is not None]
    whole = _whole_amount(current)
    return whole if whole is not None else sum(parts, Decimal(0)) if parts else None


def _budgeted(figures: Sequence[Figure], table: Recognised, year: int | None) -> Sequence[Figure]:
    """The amounts of the budget of one year, of those that a row prints.

    Where the table plans for later years too these are the amounts whose headings name the year, if any do.
    """
    budget = table.captions.year or table.title_year or year
    headed = [set(map(int, re.findall(r"20\d\d", fold(column.printed_path)))) for column in table.columns]
    others = "|".join(load("headings")[name] for name in ("unbudgeted", "unsummed"))
    own = [figure for figure in figures if not re.search(others, fold(figure.column_path))] or figures
    if budget is None or max(set().union(*headed), default=0) <= budget:
        return own
    if any(budget in years for years in headed):
        return [figure for figure in own if budget in headed[figure.column]]
    return [figure for figure in own if (figure.fiscal_year or budget) <= budget]


def _whole_amount(figures: Sequence[Figure]) -> Decimal | None:
    """The amount whose heading names no fund (本年安排), where the columns beside it print no more than it together."""
    words = load("headings")["whole"]
    wholes = [one for one in figures if re.match(words, fold(one.column_path.rpartition("/")[2]))]
    if len(wholes) != 1 or wholes[0].amount is None:
        return None
    rest = sum((one.amount for one in figures if one is not wholes[0] and one.amount is not None), Decimal(0))
    return wholes[0].amount if rest <= wholes[0].amount else None
