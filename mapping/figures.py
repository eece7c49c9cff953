"""Tables to figures: every printed amount with its label, headings, code, unit, year, phase and place in the sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from mapping.amounts import SIGN, PrintedAmount, agree, multiplier, parse_amount
from mapping.chart import chart_points
from mapping.classes import codes_of, scheme_of
from mapping.columns import Column, ColumnRole, column_roles, slipped
from mapping.document import Cell, Span, fold, squeeze
from mapping.lexicon import compiled, load, pattern
from mapping.lines import MONEY_CELL, MONEY_UNIT, NUMBER, STATED_UNIT, Block, measured_in
from mapping.recognise import Recognised
from mapping.rows import Line, shared_names, total_parts

UNFIGURED = frozenset({"performance-target", "self-evaluation", "organisation", "toc", "glossary"})
# Totals of one fund among several: 合计（一般公共预算）.
_BY_SOURCE = re.compile(r"[)）]$")
# A column of what came in, in a table of what was spent.
_INCOME = re.compile("(?:本年|当年)?收入(?:合计|小计)?")
_YEAR_ROW = re.compile(r"(?P<year>20\d\d)年?度?(?:预算|决算|执行)?数?")
# Blanks that part the thousands of a number (8 000 000.00), or its sign from it (- 825).
_SPACED = re.compile(rf"(?:{SIGN}\s*)?\d{{1,3}}(?:\s\d{{3}})+(?:[.．]\d+)?(?!\d)|{SIGN}\s+\d[\d,，]*(?:[.．]\d+)?")


@dataclass(slots=True)
class Figure:
    """One printed amount and all that its table says of it.

    `above` are the labels of the rows it stands under, nearest first; `office` is the nearest row that names an office,
    its own row among them.
    """

    table: Recognised
    spans: tuple[Span, ...]
    printed: PrintedAmount
    row_label: str
    code: str
    column_path: str
    unit: str | None
    unit_inferred: bool
    fiscal_year: int | None
    phase: str
    row_role: str
    column_role: str
    safe_to_sum: bool
    row: int
    column: int
    character: str
    above: tuple[str, ...] = ()
    office: str | None = None
    classes: Mapping[str, str] = field(default_factory=dict)
    sum_of_rows: list[Figure] = field(default_factory=list)
    sum_of_columns: list[Figure] = field(default_factory=list)

    @property
    def amount(self) -> Decimal | None:
        """The amount in 元, or None when the unit is unknown."""
        return self.printed.in_yuan(multiplier(self.unit)) if self.unit else None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its lines and figures."""

    table: Recognised
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document says for all of its tables: whether it is a draft, and of which other year it proposes one."""

    year: int | None
    kind: str
    draft: bool
    proposed: int | None
    unit: str | None
    offices: frozenset[str]


def read_figures(table: Recognised, blocks: Sequence[Block], setting: Setting, goes_on: bool) -> list[Figure]:
    """The figures of one table, in order of appearance; where it `goes_on` elsewhere, what is open has no sum."""
    if table.kind in UNFIGURED:
        return []
    if table.kind == "chart":
        return list(_chart_figures(table, setting))
    figures = [figure for block in blocks for figure in _block_figures(table, block, setting, goes_on)]
    _link_apart(figures)
    return sorted(figures, key=lambda figure: figure.spans)


# --- one block of columns ---


def _block_figures(table: Recognised, block: Block, setting: Setting, goes_on: bool) -> list[Figure]:
    roles = column_roles(block.amounts, [line.values for line in block.lines])
    grid: dict[tuple[int, int], Figure] = {}
    for line in block.lines:
        single = _only_totals(line, roles)
        for column in block.amounts:
            if column.index in line.values:
                role = "single" if column.index in single else roles[column.index].role
                actual = table.columns[column.index + line.offset]
                grid[_place(line, column.index)] = _figure(
                    table, line, actual, role=role, setting=setting, lines=block.lines
                )
    if not slipped(table.columns):
        if not table.table.gaps:
            _link_rows(block.lines, grid, block.amounts, goes_on)
        _link_columns(block.lines, grid, roles)
    return list(grid.values())


def _only_totals(line: Line, roles: Mapping[int, ColumnRole]) -> frozenset[int]:
    """Total columns of a row whose parts are all blank: there the total is the only amount."""
    return frozenset(
        column
        for column in line.values
        if roles[column].parts and not any(part in line.values for part in _all_parts(column, roles))
    )


def _all_parts(column: int, roles: Mapping[int, ColumnRole]) -> Iterator[int]:
    for part in roles[column].parts:
        yield part
        yield from _all_parts(part, roles)


# --- one figure ---


def _figure(
    table: Recognised, line: Line, column: Column, *, role: str, setting: Setting, lines: Sequence[Line]
) -> Figure:
    cell = table.table.rows[line.row][column.index]
    unit, inferred = _unit(table, column, line, cell, setting)
    above = list(_above(line, lines))
    year = year_of(table, column, (line, *above), setting)
    return Figure(
        table=table,
        spans=number_spans(cell),
        printed=line.values[column.index - line.offset],
        row_label=line.label,
        code=line.code if line.code.isdigit() else "",
        column_path=column.printed_path,
        unit=unit,
        unit_inferred=inferred,
        fiscal_year=year,
        phase=_phase(table, column, (line, *above), year, setting),
        row_role=line.role,
        column_role=role,
        safe_to_sum=line.role == "leaf" and role in ("part", "single"),
        row=line.row,
        column=column.index,
        character=_character(table, column, line),
        above=tuple(one.label for one in above),
        office=next((one.label for one in (line, *above) if one.kind == "office"), None),
        classes=_classes(table, line, column),
    )


def _above(line: Line, lines: Sequence[Line]) -> Iterator[Line]:
    while line.parent is not None:
        line = lines[line.parent]
        yield line


def number_spans(cell: Cell) -> tuple[Span, ...]:
    """Exactly the number with sign and separators; a number in several spans keeps them all."""
    if len(cell.spans) > 1:
        return cell.spans
    found = _SPACED.search(cell.text) or NUMBER.search(cell.text)
    start = cell.spans[0].start
    return (Span(start + found.start(), start + found.end()),) if found else cell.spans


def _unit(table: Recognised, column: Column, line: Line, cell: Cell, setting: Setting) -> tuple[str | None, bool]:
    """The unit nearest to the number: in the cell, the row, the heading, the caption; else of the document."""
    found = MONEY_CELL.fullmatch(cell.plain)
    if found and found["unit"]:
        return found["unit"], False
    own = measured_in(table.table.rows[line.row], [one for one in table.columns if one.block == column.block])
    if MONEY_UNIT.fullmatch(own):
        return own, False
    for words in (line.label, *reversed(column.path)):
        if said := STATED_UNIT.search(words):
            return said["unit"], False
    stated = _stated_unit(table)
    return (stated, False) if stated else (setting.unit, setting.unit is not None)


def _stated_unit(table: Recognised) -> str | None:
    """The unit that the captions of a table state, or the heading of a column without amounts: 科目编码（单位：元）."""
    headings = (level for one in table.columns if one.kind in ("code", "label") for level in one.path)
    found = (STATED_UNIT.search(level) for level in headings)
    return table.captions.unit or next((said["unit"] for said in found if said), None)


def year_of(table: Recognised, column: Column, lines: Sequence[Line], setting: Setting) -> int | None:
    """The year of the money: of its row (a 年度 column, a label that is a year), its headings, a label, its table.

    `lines` are its row and those that this stands under, nearest first.
    """
    base = table.captions.year or table.title_year or setting.year
    row = table.table.rows[lines[0].row]
    headed = [fold(row[one.index].text) for one in table.columns if one.path and one.path[-1] in ("年度", "年份")]
    for words in (*headed, fold(lines[0].label)):
        if said := _YEAR_ROW.fullmatch(words):
            return int(said["year"])
    for level in map(fold, reversed(column.path)):
        if said := re.search(r"20\d\d", level):
            return int(said[0])
        if base and pattern("phases", "last-year").search(level):
            return base - 1
    if base and pattern("phases", "last-year").search(_phase_cell(table, lines[0])):
        return base - 1
    dated = _dated(lines)
    return int(dated["year"]) if dated else base


def _dated(lines: Sequence[Line]) -> re.Match[str] | None:
    """What the nearest label among some rows says of its year, and maybe its phase, or None."""
    labels = (fold(line.label) for line in lines)
    return next(
        (said for label in labels for one in load("phases")["dated"] if (said := compiled(one).fullmatch(label))), None
    )


def _phase(table: Recognised, column: Column, lines: Sequence[Line], year: int | None, setting: Setting) -> str:
    words = load("phases")
    dated, cell = _dated(lines), _phase_cell(table, lines[0])
    named = [column.printed_path, cell, *([dated[0]] if dated else [])]
    if phase := next(filter(None, map(_phase_named, named)), None):
        return phase
    adjusted = pattern("phases", "adjusted-title").search(fold(table.title or ""))
    if adjusted and year == (table.title_year or setting.year):
        return "adjusted"
    levels = [*column.path, *named[1:]]
    kind = setting.kind if setting.kind != "unknown" else table.stated_kind
    if kind == "accounts":
        return "unspecified" if any(re.search(words["budgeted"], level) for level in levels) else "finalAccounts"
    if kind == "budget":
        drafted = setting.draft and year == setting.year
        return "reviewDraft" if drafted or (year and year == setting.proposed) else "approved"
    return "unspecified"


def _phase_cell(table: Recognised, line: Line) -> str:
    """What a cell of a row says that names nothing but its phase (2022年 | 年初预算数), else no words."""
    row = table.table.rows[line.row]
    cells = (fold(row[one.index].text) for one in table.columns if one.kind != "amount")
    return next((words for words in cells if compiled(load("phases")["row"]).fullmatch(words)), "")


@lru_cache(maxsize=1 << 12)
def _phase_named(headings: str) -> str | None:
    """The phase that the headings of a column name (年初预算数), or None."""
    for entry in load("phases")["phases"]:
        if any(compiled(one).search(headings) for one in entry["words"]):
            return str(entry["phase"])
    return None


def _character(table: Recognised, column: Column, line: Line) -> str:
    if column.side:
        return column.side
    if any(_INCOME.fullmatch(fold(level)) for level in column.path):
        return "income"
    if table.kind in ("income", "gov-fund-income"):
        return "income"
    if table.kind in (
        "other",
        "assets",
        "chart",
        "budget-summary",
        "fiscal-appropriation-summary",
        "state-capital",
    ):
        income, spent = "收入" in line.label, "支出" in line.label
        return "income" if income and not spent else "expenditure" if spent and not income else "unknown"
    return "expenditure"


def _classes(table: Recognised, line: Line, column: Column) -> dict[str, str]:
    """The classification codes of a figure by scheme: as printed, else by a name that only one class bears."""
    scheme = scheme_of(line.code)
    if scheme and line.role != "total":
        return {scheme: line.code}
    if line.code or line.role == "total" or column.side == "income":
        return {}
    if table.kind == "basic-expenditure-economic":
        found = codes_of("economic", line.label)
        return {"economic": found[0]} if len(found) == 1 else {}
    if pattern("headings", "by-economic").search(fold(table.title or "")) or _names_fund(table, line):
        return {}
    found = tuple(code for code in codes_of("functional", line.label) if len(code) == 3)
    return {"functional": found[0]} if len(found) == 1 else {}


def _names_fund(table: Recognised, line: Line) -> bool:
    """Whether a row is all that one fund of a government spends (国有资本经营预算支出): its table prints others."""
    shape = pattern("headings", "spent-of-fund")
    own = shape.search(line.words)
    labels = (fold(cell.plain) for row in table.table.rows for cell in row) if own else ()
    return own is not None and any(found["fund"] != own["fund"] for one in labels if (found := shape.search(one)))


# --- sums ---


def _place(line: Line, column: int) -> tuple[int, int]:
    """Row and column of a line's cell."""
    return line.row, column + line.offset


def _link_rows(
    lines: Sequence[Line], grid: Mapping[tuple[int, int], Figure], amounts: Sequence[Column], goes_on: bool
) -> None:
    unfinished = {id(one) for one in (lines[-1], *_above(lines[-1], lines))} if goes_on and lines else set[int]()
    for at, line in enumerate(lines):
        if id(line) in unfinished or (goes_on and line.kind == "total"):
            continue
        by_source = line.kind == "total" and _BY_SOURCE.search(line.words)
        parts = line.children if line.role == "subtotal" else []
        if line.kind == "total" and not by_source:
            parts = total_parts(lines, at)
        for column in amounts:
            whole = grid.get(_place(line, column.index))
            unsummed = pattern("headings", "unsummed").search(fold(column.printed_path))
            if whole is not None and not (unsummed and line.kind in ("total", "subtotal")):
                found = printed_parts(parts, lines, grid, column.index)
                if all(part.fiscal_year == whole.fiscal_year for part in found):  # not of years in rows: 2023年, 2024年
                    whole.sum_of_rows += found


def _link_apart(figures: Sequence[Figure]) -> None:
    """Adds to subtotals of named classes those that stand in other columns, and in no sum (人员经费合计, and 303)."""
    summed = {id(part) for whole in figures for part in whole.sum_of_rows}
    apart = [one for one in figures if len(one.code) == 3 and id(one) not in summed]
    for whole in figures if apart else ():
        if whole.row_role == "subtotal" and whole.sum_of_rows and (names := shared_names(whole.row_label)):
            own = (one for one in apart if re.search(names, one.row_label))
            whole.sum_of_rows += [one for one in own if _is_apart(one, whole)]


def _is_apart(one: Figure, whole: Figure) -> bool:
    """Whether a figure stands in other columns than a subtotal, with its lowest heading and the name of no part."""
    leaves = {figure.column_path.rpartition("/")[2] for figure in (one, whole)}
    named = any(part.row_label == one.row_label for part in whole.sum_of_rows)
    return one.column != whole.column and len(leaves) == 1 and not named


def printed_parts(
    parts: Sequence[int], lines: Sequence[Line], grid: Mapping[tuple[int, int], Figure], column: int
) -> list[Figure]:
    """The printed amounts of `parts`; for a blank subtotal those of the rows under it."""
    found: list[Figure] = []
    for part in parts:
        if lines[part].role == "memo":
            continue
        figure = grid.get(_place(lines[part], column))
        found += [figure] if figure else printed_parts(lines[part].children, lines, grid, column)
    return found


def _link_columns(
    lines: Sequence[Line], grid: Mapping[tuple[int, int], Figure], roles: Mapping[int, ColumnRole]
) -> None:
    for line in lines:
        for column in line.values:
            found = [grid.get(_place(line, part)) for part in roles[column].parts]
            grid[_place(line, column)].sum_of_columns += [part for part in found if part is not None]
    undivided = {id(grid[_place(line, column)]) for line in lines for column in _only_totals(line, roles)}
    for whole in grid.values():
        alone = [part.printed for part in _below(whole) if id(part) in undivided and part.printed.value]
        if alone and agree(whole.printed, [*(part.printed for part in whole.sum_of_columns), *alone]):
            whole.sum_of_columns.clear()  # 县级统筹, which its row does not divide, is part of the total alone


def _below(whole: Figure) -> Iterator[Figure]:
    """The figures that a figure is the sum of by rows, and those that these are the sum of."""
    for part in whole.sum_of_rows:
        yield part
        yield from _below(part)


# --- charts ---


def _chart_figures(table: Recognised, setting: Setting) -> Iterator[Figure]:
    for point in chart_points(table.table):
        printed = parse_amount(point.value.plain)
        if printed is None:
            continue
        label = squeeze(point.name.text)
        unit = table.captions.unit or setting.unit
        said = re.search(r"20\d\d", label)
        line = Line(point.row, label, "", 0, {})
        column = Column(point.column, (), "amount")
        year = int(said[0]) if said else table.title_year or setting.year
        yield Figure(
            table=table,
            spans=point.value.spans,
            printed=printed,
            row_label=label,
            code="",
            column_path="",
            unit=unit,
            unit_inferred=unit is not None and table.captions.unit is None,
            fiscal_year=year,
            phase=_phase(table, column, (line,), year, setting),
            row_role="leaf",
            column_role="single",
            safe_to_sum=False,
            row=point.row,
            column=point.column,
            character=_character(table, column, line),
        )
