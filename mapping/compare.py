"""Columns that compare others to what they compare: 增减额 to the two amounts it is the difference of, rates to theirs.

So do rows of the net value of assets, of what was paid and of what is taken off that.

Headings say what is compared; where they leave several columns open, the one is taken that agrees in most of the rows.
A base that neither says nor shows itself is unknown: then nothing is compared.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.amounts import PrintedAmount
from mapping.columns import Column, ColumnRole, column_roles, is_adjustment
from mapping.counts import Quantity, printed_number
from mapping.document import fold
from mapping.figures import Figure
from mapping.lexicon import load, pattern
from mapping.lines import Block
from mapping.recognise import Recognised
from mapping.rows import Line, net_values

_YEAR = re.compile(r"20\d\d")
_LAST = re.compile("上年|去年|上一年")
_TAIL = re.compile(r"[(（].*[)）]|数$|[%％]$")
_ONE = Decimal(1)
# So many rows at least tell which columns a rate is of where its heading does not.
_MANY = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """That a number is said of two amounts of its row: `difference`, rate of `growth` or `share` (completion, too).

    `first` is the newer amount or the part, `second` the older one or the whole; None where that cell is blank.
    """

    kind: str
    said: Figure | Quantity
    first: Figure | None
    second: Figure | None


_Pair = tuple[Figure | None, Figure | None]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One block of a table with its amounts by row and column, and the roles of its columns."""

    table: Recognised
    block: Block
    figures: Mapping[tuple[int, int], Figure]
    rates: Mapping[int, Quantity]
    roles: Mapping[int, ColumnRole]

    def figure(self, line: Line, column: int) -> Figure | None:
        """The amount of a row in a column."""
        return self.figures.get((line.row, column + line.offset))

    def said(self, line: Line, column: Column) -> Figure | Quantity | None:
        """The difference or the rate that a row prints in a column."""
        if column.kind != "percent":
            return self.figure(line, column.index)
        found = printed_number(self.table.table.rows[line.row][column.index + line.offset])
        return self.rates.get(found[2][0].start) if found else None


def compare(
    table: Recognised, blocks: Sequence[Block], figures: Sequence[Figure], quantities: Sequence[Quantity]
) -> list[Comparison]:
    """What the differences and rates of one table are said of."""
    rates = {one.spans[0].start: one for one in quantities}
    grid = {(one.row, one.column): one for one in figures}
    found: list[Comparison] = []
    for block in blocks:
        roles = column_roles(block.amounts, [line.values for line in block.lines])
        sheet = _Sheet(table, block, grid, rates, roles)
        for column in block.columns:
            found += _of_column(sheet, column)
        found += _of_row(sheet)
        found += _of_values(sheet)
    return found


def _of_row(sheet: _Sheet) -> Iterator[Comparison]:
    """The rates of a row of completion (完成预算（%）), of the only rows of what was spent and of the budget."""
    words = load("comparisons")
    rated = [line for line in sheet.block.lines if re.search(words["completion-row"], fold(line.label))]
    done = [line for line in sheet.block.lines if re.search(words["done-row"], fold(line.label))]
    planned = [line for line in sheet.block.lines if re.search(words["planned-row"], fold(line.label))]
    for column in sheet.block.amounts if len(rated) == len(done) == len(planned) == 1 else ():
        found = printed_number(sheet.table.table.rows[rated[0].row][column.index + rated[0].offset])
        said = sheet.rates.get(found[2][0].start) if found else None
        spent, budget = sheet.figure(done[0], column.index), sheet.figure(planned[0], column.index)
        if said and spent and budget:
            yield Comparison("share", said, spent, budget)


def _of_values(sheet: _Sheet) -> Iterator[Comparison]:
    """The net values of assets: what was paid less the one amount below it that is taken off (减：累计折旧)."""
    for net, gross, off in net_values(sheet.block.lines):
        taken = [sheet.block.lines[at] for at in off]
        for column in sheet.block.amounts if len(taken) == 1 else ():
            lines = (sheet.block.lines[net], sheet.block.lines[gross], taken[0])
            left, whole, worn = (sheet.figure(line, column.index) for line in lines)
            if left and whole and worn and worn.printed.value > 0:
                yield Comparison("difference", left, whole, worn)


def _of_column(sheet: _Sheet, column: Column) -> list[Comparison]:
    words = load("comparisons")
    leaf, path = fold(column.path[-1]) if column.path else "", fold(column.printed_path)
    if column.kind == "amount" and column.path and sheet.roles[column.index].role == "difference":
        return _best(sheet, column, "difference", _pairs(sheet, column), _is_difference)
    if column.kind != "percent" or re.search(words["unsigned"], path):
        return []
    if re.search(words["part-of"], path) or re.search(words["completion"], leaf):
        return _best(sheet, column, "share", _parts(sheet, column), _is_share)
    if re.search(words["growth"], path):
        return _best(sheet, column, "growth", _pairs(sheet, column), _is_growth)
    if re.search(words["share"], leaf):
        return _of_total(sheet, column) or _of_any(sheet, column)
    return []


# --- what may be compared ---


def _candidates(sheet: _Sheet, column: Column) -> list[Column]:
    """The columns of amounts that are no part of another, no difference and no 其中."""
    amounts = [one for one in sheet.block.amounts if one.index != column.index and one.path]
    return [one for one in amounts if sheet.roles[one.index].role in ("single", "total")]


def _pairs(sheet: _Sheet, column: Column) -> list[tuple[int, int]]:
    """Newer and older columns that a difference or a rate of change may be said of."""
    found = _candidates(sheet, column)
    if is_adjustment(column.path[-1:], found):
        after = pattern("headings", "adjustment", "after")
        then = {one.index for one in found if after.search(fold(one.path[-1]))}
        alike = [one.index for one in found if one.path[:-1] == column.path[:-1]]
        return [(new, old) for new, old in itertools.permutations(alike, 2) if new in then and old not in then]
    named = pattern("comparisons", "versus").search(fold(column.printed_path))
    if named:
        new, old = _named(named["new"], found), _named(named["old"], found)
        return [pair for pair in itertools.product(new, old) if pair[0] != pair[1]]
    dated = [(year, one.index) for one in found if (year := _year(one, sheet.table))]
    return [(new, old) for (later, new), (earlier, old) in itertools.permutations(dated, 2) if later > earlier]


def _named(words: str, found: Sequence[Column]) -> list[int]:
    """The columns that words of a heading may mean: those that say the same year and all of the other words."""
    said = _TAIL.sub("", words)
    years, last = _YEAR.findall(said), bool(_LAST.search(said))
    rest = re.sub(r"20\d\d年?度?|上年度?|去年|上一年|本年度?|今年", "", said)
    named = []
    for one in found:
        path = fold(one.printed_path)
        of_year = not years or any(year in path for year in years)
        if of_year and (last or not rest or rest in path):
            named.append(one.index)
    return named


def _year(column: Column, table: Recognised) -> int | None:
    """The year of a column, for telling the newer from the older one: of headings without one the year of the table."""
    path = fold(column.printed_path)
    years = _YEAR.findall(path)
    base = table.captions.year or table.title_year
    if years:
        return int(years[-1])
    return (base or 2) - 1 if _LAST.search(path) else base or 2


def _parts(sheet: _Sheet, column: Column) -> list[tuple[int, int]]:
    """Parts and wholes that a share of another column may be said of."""
    words, found = load("comparisons"), _candidates(sheet, column)
    named = re.search(words["part-of"], fold(column.printed_path))
    if named:
        part, whole = _named(named["part"], found), _named(named["whole"], found)
    else:
        part = [one.index for one in found if re.search(words["done"], fold(one.printed_path))]
        whole = [one.index for one in found if re.search(words["planned"], fold(one.printed_path))]
    return [pair for pair in itertools.product(part, whole) if pair[0] != pair[1]]


# --- which of them it is ---


def _best(
    sheet: _Sheet,
    column: Column,
    kind: str,
    pairs: Sequence[tuple[int, int]],
    agrees: Callable[[PrintedAmount, _Pair], bool],
) -> list[Comparison]:
    """The comparisons of a column with the pair that most of its rows agree with; of one pair alone, half of them."""
    tried = []
    for first, second in pairs:
        rows = [
            Comparison(kind, said, *pair)
            for line in sheet.block.lines
            if (said := sheet.said(line, column))
            and any(pair := (sheet.figure(line, first), sheet.figure(line, second)))
            and _is_whole(said, pair)
        ]
        right = sum(agrees(one.said.printed, (one.first, one.second)) for one in rows)
        tried.append((right, rows))
    right, rows = max(tried, key=lambda one: one[0], default=(0, []))
    alone = len(pairs) == 1 and len(rows) == 1
    return rows if alone or (right * 2 >= len(rows) and right > 1) else []


def _is_whole(said: Figure | Quantity, pair: _Pair) -> bool:
    """Whether no row below is left out of the difference for lack of one of its two amounts (a new county: —)."""
    rows = [{part.row for part in one.sum_of_rows} if one else set[int]() for one in pair]
    compared = {part.row for part in said.sum_of_rows} if isinstance(said, Figure) else rows[0] & rows[1]
    return not (rows[0] ^ rows[1]) - compared


def _bounds(figure: Figure | None) -> tuple[Decimal, Decimal]:
    """The interval of an amount, in 元 where its unit is known; a blank is nothing."""
    if figure is None:
        return Decimal(0), Decimal(0)
    low, high = figure.printed.interval(1)
    factor = figure.amount / figure.printed.value if figure.amount and figure.printed.value else _ONE
    return low * factor, high * factor


def _is_difference(said: PrintedAmount, pair: _Pair) -> bool:
    (new_low, new_high), (old_low, old_high) = map(_bounds, pair)
    factor = next((one.amount / one.printed.value for one in pair if one and one.amount), _ONE)
    low, high = said.interval(1)
    return low * factor <= new_high - old_low and high * factor >= new_low - old_high


def _is_growth(said: PrintedAmount, pair: _Pair) -> bool:
    (new_low, new_high), (old_low, old_high) = map(_bounds, pair)
    return old_low > 0 and _is_percentage(said, (new_low - old_high, new_high - old_low), (old_low, old_high))


def _is_share(said: PrintedAmount, pair: _Pair) -> bool:
    part, whole = map(_bounds, pair)
    return whole[0] > 0 and _is_percentage(said, part, whole)


def _is_percentage(said: PrintedAmount, part: tuple[Decimal, Decimal], whole: tuple[Decimal, Decimal]) -> bool:
    """Whether `said` is the percentage that `part` is of `whole`, give or take one of its last decimal."""
    step = _ONE.scaleb(-said.decimals)
    least, most = (said.value - step) / 100, (said.value + step) / 100
    return min(least * whole[0], least * whole[1]) <= part[1] and max(most * whole[0], most * whole[1]) >= part[0]


def _of_total(sheet: _Sheet, column: Column) -> list[Comparison]:
    """The shares of a column whose total is the only one: of the column to its left, or another that agrees."""
    totals = [line for line in sheet.block.lines if line.kind == "total"]
    if len(totals) != 1:
        return []
    tried = []
    for amount in _candidates(sheet, column):
        whole = sheet.figure(totals[0], amount.index)
        rows = [
            Comparison("share", said, sheet.figure(line, amount.index), whole)
            for line in sheet.block.lines
            if whole and (said := sheet.said(line, column)) and sheet.figure(line, amount.index)
        ]
        right = sum(_is_share(one.said.printed, (one.first, one.second)) for one in rows)
        tried.append((right, -abs(column.index - amount.index), rows))
    right, _, rows = max(tried, key=lambda one: one[:2], default=(0, 0, []))
    return rows if right * 2 >= len(rows) and right > 2 else []


def _of_any(sheet: _Sheet, column: Column) -> list[Comparison]:
    """The shares of a column whose heading says of what in no words (下达比例): so nearly all of several rows tell."""
    pairs = itertools.permutations([one.index for one in _candidates(sheet, column)], 2)
    found = _best(sheet, column, "share", list(pairs), _is_share)
    right = sum(_is_share(one.said.printed, (one.first, one.second)) for one in found)
    return found if right >= _MANY and right >= len(found) - 1 else []
