"""A recognised table to its lines: for each block of columns the data rows with label, code, amounts and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mapping.amounts import SIGN, UNIT_PATTERN, PrintedAmount, parse_amount
from mapping.classes import scheme_of
from mapping.columns import Column
from mapping.document import Cell, Row, fold
from mapping.hierarchy import place_rows
from mapping.lexicon import load, pattern
from mapping.recognise import Recognised
from mapping.rows import Line

NUMBER = re.compile(rf"[(（]?{SIGN}?\d[\d,，]*(?:[.．]\d+)?[)）]?")
MONEY_CELL = re.compile(rf"(?:[￥¥])?(?P<number>{NUMBER.pattern})(?P<unit>{UNIT_PATTERN})?")
MONEY_UNIT = re.compile(UNIT_PATTERN)
STATED_UNIT = re.compile(rf"[(（](?:(?:金额|计量)?单位[:：])?(?:人民币)?(?P<unit>{UNIT_PATTERN})[)）]")
# A class code before its name; of revenue (1030601利润收入) from 款 on, and no number of things or of money.
_CODE_IN_LABEL = re.compile(
    r"[\[【(（]?(?P<code>[235]\d{2}(?:\d{2}){0,2}|1(?:0[1-5]|1[01])(?:0[1-9]|[1-9]\d){1,3}(?![万亿元人个户件年月]))"
    r"[\]】)）]?[-—_]?(?P<name>[^\d].*)"
)
# A class code as some print it: 【2040201】, 208-05-05.
_DRESSED = re.compile(r"[\[【〔(（]?(?P<code>[235]\d{2}(?:[-.．]?\d{2}){0,2})[\]】〕)）]?")
_SCANNED = str.maketrans("OoIl", "0011")
_LEVELS = ("类", "款", "项")
# A year or a code, which names no row that has a name beside it.
_NO_NAME = re.compile(r"20\d\d年?度?|[A-Z]?\d*")
# What stands where nothing is printed.
_DASH = re.compile(r"[-—–－]+")
_NUMBERED = re.compile("序号|编号")
_MARK = re.compile(r"[一二三四五六七八九十]{1,3}|\d{1,2}")


@dataclass(frozen=True, slots=True)
class Block:
    """One run of label, code and amount columns with its lines, top to bottom."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def amounts(self) -> tuple[Column, ...]:
        """The columns that print money."""
        return tuple(column for column in self.columns if column.kind == "amount")


def read_blocks(table: Recognised, offices: frozenset[str]) -> tuple[Block, ...]:
    """The blocks of a table, left to right; `offices` are names that the document knows to be offices.

    Blocks of like columns under one heading are one list that goes on at the right (公用经费, twice side by side).
    """
    groups: list[list[tuple[Column, ...]]] = []
    for number in sorted({column.block for column in table.columns}):
        columns = tuple(column for column in table.columns if column.block == number)
        if groups and _goes_on_beside(groups[-1][0], columns, table):
            groups[-1].append(columns)
        else:
            groups.append([columns])
    return tuple(_block(table, group, offices) for group in groups)


def _goes_on_beside(first: Sequence[Column], columns: Sequence[Column], table: Recognised) -> bool:
    """Whether `columns` print the list of `first` further: under the same headings, and of no other side.

    One heading is above all of them, one is of codes, the first is of places, or the numbers of the rows go on.
    """
    if [column.path for column in first] != [column.path for column in columns]:
        return False
    deep = all(len(column.path) > 1 for column in columns) and len({column.path[0] for column in columns}) == 1
    coded = any(column.kind == "code" for column in columns)
    return deep or coded or _lists_places(columns) or _counts_on(first[0], columns[0], table)


def _lists_places(columns: Sequence[Column]) -> bool:
    """Whether the names of rows stand under a heading of places or units."""
    named = next((column for column in columns if column.kind != "sequence" and column.path), None)
    return named is not None and bool(pattern("headings", "places").match(fold(named.path[-1])))


def _counts_on(first: Column, other: Column, table: Recognised) -> bool:
    """Whether the numbers of rows in one column (序号) go on in another."""
    numbered = bool(first.path) and bool(_NUMBERED.fullmatch(fold(first.path[-1])))
    printed = [[row[one.index].plain for _, row in table.body()] for one in (first, other)]
    left, right = ([int(words) for words in column if words.isdigit()] for column in printed)
    return numbered and bool(left and right) and right[0] == left[-1] + 1


def _block(table: Recognised, group: Sequence[tuple[Column, ...]], offices: frozenset[str]) -> Block:
    lines: list[Line] = []
    for columns in group:
        found = _lines(table, columns)
        offset = columns[0].index - group[0][0].index
        for line in found:
            line.offset = offset
            line.values = {at - offset: value for at, value in line.values.items()}
        lines += [line for line in found if line.label or line.code or line.values]
    lent = {line.cell for line in lines if line.values and line.cell}
    kept = [line for line in lines if line.values or line.cell not in lent]
    kept.sort(key=lambda line: len(group) > 1 and _ends_list(line, table))
    return Block(group[0], tuple(place_rows(kept, table.kind, offices)))


def _ends_list(line: Line, table: Recognised) -> bool:
    """Whether a row is a total in the last row of its table, at the end of a list whichever part of it is above."""
    return line.row == len(table.table.rows) - 1 and bool(pattern("roles", "total").match(line.words))


def _lines(table: Recognised, columns: Sequence[Column]) -> list[Line]:
    amounts = [column for column in columns if column.kind == "amount"]
    lines = [_line(at, row, columns, amounts) for at, row in table.body()]
    _mark(lines, table, columns)
    _drop_counts(lines, amounts, [measured_in(row, columns) for _, row in table.body()])
    _lend_labels(lines, table, columns)
    _carry_codes(lines, table, columns)
    return lines


def _line(at: int, row: Row, columns: Sequence[Column], amounts: Sequence[Column]) -> Line:
    cell = _label_cell(row, columns)
    label = cell.plain if cell else ""
    code = _code(row, [column for column in columns if not _is_of_unit_beside(column, columns, row, cell)])
    inside = _CODE_IN_LABEL.fullmatch(label)
    if inside and not code:
        label, code = inside["name"], inside["code"]
    values = {c.index: found for c in amounts if (found := _amount(row[c.index]))}
    return Line(at, label, code, cell.indent if cell else 0, values, cell=cell)


def _label_cell(row: Row, columns: Sequence[Column]) -> Cell | None:
    """The cell that names the row: in a column headed 名称 (of 二级项目 first), else of a label, else any words.

    A row that prints a project beside the class it is spent on (科目名称, 项目名称) is the project's, and one that
    prints what is bought or added beside its project or its kind (采购项目, 资产名称) is that thing's.
    """
    labels = [column for column in columns if column.kind == "label"]
    names = [
        column
        for column in labels
        if re.search("(?:科目|项目|功能|经济)名称$|^名称$", column.path[-1] if column.path else "")
    ]
    names.sort(key=lambda column: (_depth(column.path[-1]), column.path[-1].endswith("项目名称")), reverse=True)
    names.sort(key=_is_governmental)
    texts, rest = ([one for one in columns if one.kind in kinds] for kinds in (("text",), ("code", "sequence")))
    things = [one for one in (*labels, *texts) if one.path and pattern("headings", "thing").search(one.path[-1])]
    ordered = (*things, *names, *_last(labels, row), *_last(texts, row), *rest)
    wordy = (row[one.index] for one in ordered if one.kind == "label" or not row[one.index].plain.isdigit())
    return next((cell for cell in wordy if not cell.blank and not _DASH.fullmatch(cell.plain)), None)


def _last(columns: Sequence[Column], row: Row) -> list[Column]:
    """Columns that may name a row, those last whose cell only says whose row it is, or prints a year or a code."""
    owned = [one for one in columns if one.path and _names_unit(one.path[-1])]
    marked = [one for one in columns if _NO_NAME.fullmatch(fold(row[one.index].text))]
    return sorted(columns, key=lambda one: one in owned or one in marked)


@lru_cache(maxsize=1 << 12)
def _names_unit(heading: str) -> bool:
    """Whether a column is headed as the names of units are (单位名称)."""
    return bool(pattern("headings", "unit", "name").search(fold(heading)))


def _depth(heading: str) -> int:
    """The level that a heading names: 二级项目名称 is 2, 0 where it names none."""
    found = re.match("([一二三四])级", heading)
    return "一二三四".index(found[1]) + 1 if found else 0


def _is_of_unit_beside(column: Column, columns: Sequence[Column], row: Row, label: Cell | None) -> bool:
    """Whether a column prints the code of a unit, and the row's label is another's (单位编码, 单位名称, 项目名称).

    The unit's own row, whose label is the unit's name, keeps the code.
    """
    named = [one for one in columns if one.path and _names_unit(one.path[-1])]
    coded = bool(column.path) and bool(pattern("headings", "unit", "code").search(fold(column.path[-1])))
    return coded and bool(named) and not any(row[one.index] is label for one in named)


def _code(row: Row, columns: Sequence[Column]) -> str:
    """The digits of the row's class code: of the departmental scheme where two are printed."""
    printed = [
        (column, digits)
        for column in columns
        if column.kind == "code" and (digits := _digits(row[column.index])).isdigit()
    ]
    likely = [(column, digits) for column, digits in printed if scheme_of(digits)]
    likely.sort(key=lambda one: _is_governmental(one[0]))
    return likely[0][1] if likely else printed[0][1] if printed else ""


def _digits(cell: Cell) -> str:
    """A printed code without its brackets; a scanner's letters (3O108) are read as digits where that makes a class."""
    words = fold(cell.text)
    dressed = _DRESSED.fullmatch(words.translate(_SCANNED))
    digits = re.sub(r"\D", "", dressed["code"]) if dressed else ""
    return digits if scheme_of(digits) else words


def _mark(lines: Sequence[Line], table: Recognised, columns: Sequence[Column]) -> None:
    """Notes the numbering that a 序号 column prints in Chinese numerals (一, 1, 2, 二): it tells levels apart."""
    column = next((one for one in columns if one.kind in ("sequence", "text", "label")), None)
    if column is None:
        return
    marks = {line.row: fold(table.table.rows[line.row][column.index].text) for line in lines}
    printed = [mark for mark in marks.values() if mark]
    if not any(not mark.isdigit() for mark in printed) or not all(map(_MARK.fullmatch, printed)):
        return
    for line in lines:
        line.mark = marks[line.row] + "、" if marks[line.row] else ""


def measured_in(row: Row, columns: Sequence[Column]) -> str:
    """The unit that a row prints for its numbers (万元 under 计算单位), empty where no column is of such units.

    Beside a column of quantities it is the unit of these.
    """
    leaves = [(fold(one.path[-1]), one.index) for one in columns if one.path]
    if any(pattern("comparisons", "bought").search(leaf) for leaf, _ in leaves):
        return ""
    headed = (at for leaf, at in leaves if pattern("headings", "measured").search(leaf))
    return next((words for at in headed if (words := row[at].plain)), "")


def _drop_counts(lines: Sequence[Line], amounts: Sequence[Column], units: Sequence[str]) -> None:
    """Takes out what counts things (公务用车保有量（辆）) or is a rate (完成预算（%）), with the rows below it.

    `units` are those that the rows print for their numbers: where some are of money, the others are not. A column
    headed 价值 or 金额 prints money even beside 车辆（辆）, and so does 其中 right behind it.
    """
    generic = {column.index for column in amounts if not _is_worth(column, amounts)}
    told = any(map(MONEY_UNIT.fullmatch, units))
    level: int | None = None
    for line, unit in zip(lines, units, strict=True):
        own = line.level
        inside = level is not None and own > level > 0
        counts = any(pattern("headings", *name).search(line.words) for name in (("kinds", "count"), ("rate-row",)))
        if told and unit and not MONEY_UNIT.fullmatch(unit):
            line.values = {}
        elif inside or (counts and not STATED_UNIT.search(line.words)):
            line.values = {at: value for at, value in line.values.items() if at not in generic}
            level = level if inside else own
        else:
            level = None


def _is_worth(column: Column, amounts: Sequence[Column]) -> bool:
    """Whether a heading says that its column prints what things are worth, or a part of the column before that does."""
    words = load("headings")
    if re.search(words["worth"], fold(column.printed_path)):
        return True
    before = next((one for one in amounts if one.index == column.index - 1), None)
    part = column.path and re.search(words["memo"], fold(column.path[-1]))
    return bool(part) and before is not None and _is_worth(before, amounts)


def _lend_labels(lines: Sequence[Line], table: Recognised, columns: Sequence[Column]) -> None:
    """Names the rows of a further block (采购物品) that print no label of their own after the nearest one before."""
    if columns[0].side:
        return
    blocks = [[one for one in table.columns if one.block == number] for number in range(columns[0].block)]
    for line in lines:
        if line.values and not line.label:
            found = (_label_cell(table.table.rows[line.row], block) for block in reversed(blocks))
            cell = next((cell for cell in found if cell and not cell.blank), None)
            line.label, line.cell = cell.plain if cell else "", cell


def _amount(cell: Cell) -> PrintedAmount | None:
    found = MONEY_CELL.fullmatch(cell.plain)
    return parse_amount(found["number"]) if found else None


def _carry_codes(lines: Sequence[Line], table: Recognised, columns: Sequence[Column]) -> None:
    """Completes codes that 类, 款 and 项 columns print once for all rows below."""
    coded = _levels(columns)
    if len(coded) < 2:
        return
    parts = ["", "", ""]
    for line, (_, row) in zip(lines, table.body(), strict=True):
        printed = [fold(row[column.index].text) for column in coded]
        filled = [at for at, text in enumerate(printed) if text.isdigit()]
        if not filled or len(printed[filled[0]]) > 3:
            continue
        for at in range(filled[0], 3):
            parts[at] = printed[at] if at < len(printed) and printed[at].isdigit() else ""
        line.code = "".join(parts)


def _levels(columns: Sequence[Column]) -> Sequence[Column]:
    """The columns of 类, 款 and 项: of the departmental scheme where those of two schemes stand side by side."""
    groups: list[list[Column]] = []
    for column in columns:
        if column.kind == "code" and column.path and column.path[-1] in _LEVELS:
            if not groups or _LEVELS.index(groups[-1][-1].path[-1]) >= _LEVELS.index(column.path[-1]):
                groups.append([])
            groups[-1].append(column)
    return min(groups, key=lambda group: _is_governmental(group[0]), default=[])


def _is_governmental(column: Column) -> bool:
    """Whether a column is headed as of the economic scheme of governments, beside which stands that of departments."""
    return any(pattern("headings", "governmental").search(fold(level)) for level in column.path)
