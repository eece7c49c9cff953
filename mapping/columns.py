"""Headings to columns: what each column holds, which side it is on, which columns it totals."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mapping.amounts import SIGN, PrintedAmount, agree, parse_amount
from mapping.classes import scheme_of
from mapping.document import Row, Table, fold
from mapping.header import column_paths
from mapping.lexicon import load, pattern
from mapping.measures import Measure, lies_within, measure_named

_HEADING_KINDS = ("sequence", "percent", "count", "time", "text", "code", "label")
_NUMBERS = ("amount", "percent", "count")
# What stands for no amount: a dash, a stroke, 无.
_NOTHING = re.compile(r"[-—–－/／·…*]*|无")
_RATE = re.compile(rf"{SIGN}?\d[\d,，]*(?:[.．]\d+)?[%％]")
# What points up before a number and may mean more where others point down, or where less has a sign of its own.
_RISES, _FALLS, _MINUS = re.compile("[▲△]"), re.compile("[▼▽]"), re.compile(r"[-－−]\s*\d")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
# Headings of names and codes, never of amounts.
_NAMING = re.compile(r"(?:名称|编码)$|^(?:科目|项目)$")
_WHOLE = re.compile(r"(?:总计|合计)(?:[(（].*[)）])?$")
# Headings that begin with so many same characters are of one kind.
_NAME_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its printed headings, what it holds (`amount`, `label`, `code`, …), its side and its block.

    It is `untold` where nobody can tell over which numbers its headings stand, or whether these mean more or less.

    A block is a run of label and code columns with the amounts to their right: two-sided tables have two.
    """

    index: int
    path: tuple[str, ...]
    kind: str
    side: str = ""
    block: int = 0

    @property
    def printed_path(self) -> str:
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """`part`, `total`, `memo`, `difference` or `single`, with the columns a total is the sum of."""

    role: str
    parts: tuple[int, ...] = ()


def read_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table, left to right."""
    count = max(table.header_rows, 0)
    paths = column_paths(table.rows[:count], table.width)
    body = table.rows[count:]
    columns = _with_counts([Column(at, path, _kind(path, at, body)) for at, path in enumerate(paths)], body)
    untold = range(table.width) if not table.told else _pointed(body)
    columns = [replace(one, kind="untold") if one.index in untold and one.kind in _NUMBERS else one for one in columns]
    columns = [replace(one, kind="untold") if one.kind == "amount" and _only_signed(one) else one for one in columns]
    return _with_sides(_with_blocks(columns), body)


def _pointed(body: Sequence[Row]) -> frozenset[int]:
    """The columns of which nobody can say that ▲ means less: their table prints ▼ too, or they themselves print -."""

    def printing(sign: re.Pattern[str]) -> frozenset[int]:
        return frozenset(at for row in body for at, cell in enumerate(row) if sign.match(cell.plain))

    rises = printing(_RISES)
    return rises if printing(_FALLS) else rises & printing(_MINUS)


def _only_signed(column: Column) -> bool:
    """Whether a heading says of a change only that it has a sign (比上年±), not whether it is an amount or a rate."""
    return bool(column.path) and bool(pattern("headings", "only-signed").search(fold(column.path[-1])))


def slipped(columns: Sequence[Column]) -> bool:
    """Whether headings stand over the wrong columns: one of names or codes over amounts, as when a page is cut."""
    return any(column.kind == "amount" and column.path and _NAMING.search(fold(column.path[-1])) for column in columns)


# --- what a column holds ---


def _kind(path: tuple[str, ...], at: int, body: Sequence[Row]) -> str:
    leaf = _leaf(path)
    named = next((kind for kind in _HEADING_KINDS if pattern("headings", "kinds", kind).search(leaf)), None)
    texts = [text for row in body if at < len(row) and not _NOTHING.fullmatch(text := fold(row[at].text))]
    numbers = [text for text in texts if parse_amount(text) is not None and not re.fullmatch(r"20\d\d", text)]
    if named in ("percent", "count", "sequence", "time"):
        return named
    if len(numbers) * 2 > len(texts):
        return _number_kind(named, path, numbers)
    if named is None and sum(1 for text in texts if _RATE.fullmatch(text)) * 2 > len(texts):
        return "percent"
    if named is None and texts:
        return "text" if path else "label"
    return named or "amount"


def _with_counts(columns: Sequence[Column], body: Sequence[Row]) -> list[Column]:
    """Columns of which those are counts whose heading counts what another beside it is worth, or adds to.

    Most of what they print is whole numbers.
    """
    named = [(fold(one.path[-1]) if one.path else "", one.path[:-1]) for one in columns]

    def counts(at: int) -> bool:
        words, above = named[at]
        beside = (f"{words}/{other}" for other, over in named if over == above)
        if columns[at].kind != "amount" or not any(map(pattern("headings", "counted-beside").match, beside)):
            return False
        printed = [found for row in body if at < len(row) and (found := parse_amount(row[at].plain))]
        return 2 * sum(one.decimals == 0 for one in printed) > len(printed)

    return [replace(one, kind="count") if counts(at) else one for at, one in enumerate(columns)]


def _leaf(path: tuple[str, ...]) -> str:
    """The lowest heading; where it only explains the one above in brackets, both: 项目 over （按功能分类）."""
    words = [fold(level) for level in path[-2:]] or [""]
    return "".join(words) if _BRACKETED.fullmatch(words[-1]) else words[-1]


def _number_kind(named: str | None, path: tuple[str, ...], numbers: Sequence[str]) -> str:
    """What a column of numbers holds: codes where the heading says so, row numbers, else amounts."""
    whole = all(text.isdigit() for text in numbers)
    coded = any(pattern("headings", "kinds", "coded-words").search(level) for level in path)
    classes = sum(1 for text in numbers if scheme_of(text))
    if named == "code" and (whole or classes * 10 >= len(numbers) * 8):
        return "code"
    if whole and coded and classes == len(numbers):
        return "code"
    if not path and whole and _counts_up([int(text) for text in numbers]):
        return "sequence"
    if not path and whole and all(len(text) in (3, 5, 7) and text[0] in "1235" for text in numbers):
        return "code"
    return "count" if path and _is_counted(path, whole) else "amount"


def _is_counted(path: tuple[str, ...], whole: bool) -> bool:
    """Whether a heading above the lowest is one of counts (编制数 over 行政, 事业), and the lowest names no money.

    Of numbers that are not `whole` it must say the unit, and name no money or price (里程（公里）, not 标准（月）).
    """
    money, price, unit = (pattern("headings", name) for name in ("money", "price", "counted-in"))
    if money.search(fold(path[-1])):
        return False
    above = [fold(level) for level in path[:-1]]
    if whole:
        return any(pattern("headings", "kinds", "count").search(level) for level in above)
    return any(unit.search(level) and not money.search(level) and not price.search(level) for level in above)


def _counts_up(numbers: Sequence[int]) -> bool:
    return numbers[0] in (1, 2) and all(b - a == 1 for a, b in itertools.pairwise(numbers))


# --- blocks and sides ---


def _with_blocks(columns: Sequence[Column]) -> list[Column]:
    """Columns with the number of their block: a new one begins with names or codes behind amounts.

    So it does with the headings that the table begins with, again (序号, 县区).
    """
    block, amounts = 0, False
    placed = []
    for column in columns:
        again = bool(column.path) and column.path == columns[0].path
        if amounts and (again or column.kind in ("label", "code")):
            block, amounts = block + 1, False
        amounts = amounts or column.kind in ("amount", "percent", "count")
        placed.append(replace(column, block=block))
    return placed


def _with_sides(columns: Sequence[Column], body: Sequence[Row]) -> tuple[Column, ...]:
    """Columns with `income` or `expenditure` where a table has both halves; the path then begins with the side."""
    blocks = sorted({column.block for column in columns})
    sides = {block: _side(block, columns, body) for block in blocks}
    if not {"income", "expenditure"} <= set(sides.values()):
        return tuple(columns)
    return tuple(_sided(column, sides[column.block]) for column in columns)


def _sided(column: Column, side: str) -> Column:
    words = load("headings")["side"]
    if not side:
        return column
    said = any(re.search(words[f"{side}-anywhere"], fold(level)) for level in column.path[:1])
    path = column.path if said else ("收入" if side == "income" else "支出", *column.path)
    return replace(column, side=side, path=path)


def _side(block: int, columns: Sequence[Column], body: Sequence[Row]) -> str:
    words = load("headings")["side"]
    mine = [column for column in columns if column.block == block]
    tops = [fold(column.path[0]) for column in mine if column.path]
    for side in ("income", "expenditure"):
        if any(re.search(words[side], top) for top in tops):
            return side
    if any(column.kind == "code" for column in mine):
        return ""
    labels = [fold(row[column.index].text) for column in mine if column.kind == "label" for row in body]
    income = sum(1 for text in (*labels, *tops) if re.search("收入|拨款$", text) and "支出" not in text)
    expenditure = sum(1 for text in (*labels, *tops) if re.search("支出", text) and "收入" not in text)
    if income == expenditure:
        return ""
    return "income" if income > expenditure else "expenditure"


# --- how columns add up ---


def column_roles(amounts: Sequence[Column], rows: Sequence[Mapping[int, PrintedAmount]]) -> Mapping[int, ColumnRole]:
    """The role of every amount column of a block; `rows` are its printed amounts.

    A column whose heading says 合计 is a total; so is one that the columns after it make up in every row.
    """
    roles = _block_roles(amounts)
    roles.update(_completed(amounts, roles, rows))
    for column in amounts:
        own = _own_parts(column, amounts, roles[column.index].parts, rows)
        left_out = {part: ColumnRole("single") for part in roles[column.index].parts if part not in own}
        roles.update({**left_out, column.index: ColumnRole(roles[column.index].role, own)})
    for index, role in roles.items():
        if role.parts and _never_sums(index, role.parts, rows):
            roles[index] = ColumnRole("total")
    for place, column in enumerate(amounts):
        parts = _following_singles(amounts[place + 1 :], column, roles)
        if roles[column.index].role == "single" and len(parts) > 1 and _made_up(column.index, parts, rows):
            roles[column.index] = ColumnRole("total", parts)
            roles.update({part: ColumnRole("part") for part in parts})
    return roles


def _completed(
    amounts: Sequence[Column], roles: Mapping[int, ColumnRole], rows: Sequence[Mapping[int, PrintedAmount]]
) -> dict[int, ColumnRole]:
    """Totals that more rows make up with the 其中 columns beside their parts than without: those are parts too.

    其中：基本支出 before 项目支出, under 小计.
    """
    found: dict[int, ColumnRole] = {}
    for column in amounts:
        parts = roles[column.index].parts
        memos = tuple(one.index for one in amounts if _is_memo(one) and one.path[:-1] == column.path[:-1])
        whole = tuple(sorted({*parts, *memos}))
        if parts and memos and sum(_right(column.index, whole, rows)) > sum(_right(column.index, parts, rows)):
            found |= {column.index: ColumnRole("total", whole), **{one: ColumnRole("part") for one in memos}}
    return found


def _right(whole: int, parts: Sequence[int], rows: Sequence[Mapping[int, PrintedAmount]]) -> list[bool]:
    """Whether `whole` is the sum of `parts`, for each row that prints it and any of them."""
    printed = [row for row in rows if whole in row and any(part in row for part in parts)]
    return [agree(row[whole], [row[part] for part in parts if part in row]) for row in printed]


def _own_parts(
    total: Column, amounts: Sequence[Column], parts: tuple[int, ...], rows: Sequence[Mapping[int, PrintedAmount]]
) -> tuple[int, ...]:
    """The columns among `parts` that a total is of: not 会议费 beside 三公经费合计."""
    paths = {column.index: fold(column.printed_path) for column in amounts}
    for entry in load("roles")["alone"]:
        own = tuple(part for part in parts if re.search(entry["parts"], paths[part]))
        named = re.search(entry["total"], fold(total.path[-1])) if total.path else None
        if len(own) > 1 and (named or _made_up(total.index, own, rows)):
            return own
    return parts


def _following_singles(after: Sequence[Column], column: Column, roles: Mapping[int, ColumnRole]) -> tuple[int, ...]:
    """The columns right after one that are alone as it is, up to the first that is not."""
    singles = itertools.takewhile(lambda one: roles[one.index].role == "single", after)
    return tuple(one.index for one in singles if len(one.path) >= len(column.path))


def _made_up(whole: int, parts: Sequence[int], rows: Sequence[Mapping[int, PrintedAmount]]) -> bool:
    """Whether `parts` add to `whole` in every row that prints them, and more than one part is printed somewhere."""
    printed = [row for row in rows if whole in row]
    several = any(sum(part in row and row[part].value != 0 for part in parts) > 1 for row in printed)
    return several and all(_right(whole, parts, rows))


def _never_sums(whole: int, parts: Sequence[int], rows: Sequence[Mapping[int, PrintedAmount]]) -> bool:
    """Whether a column differs from its parts in most of several rows: only some of its parts are printed."""
    right = _right(whole, parts, rows)
    return len(right) > 2 and sum(right) * 2 < len(right)


def _block_roles(amounts: Sequence[Column]) -> dict[int, ColumnRole]:
    roles: dict[int, ColumnRole] = {}
    differences = {one.index for one in amounts if _is_difference(one) or is_adjustment(one.path[-1:], amounts)}
    plain = [one for one in amounts if not (one.index in differences or _is_memo(one) or _is_price(one))]
    totals = {column.index: _parts(column, plain) for column in plain if _is_total(column)}
    inside = {part for parts in totals.values() for part in parts}
    for column in amounts:
        if column.index in differences:
            roles[column.index] = ColumnRole("difference")
        elif _is_memo(column):
            roles[column.index] = ColumnRole("memo")
        elif totals.get(column.index):
            roles[column.index] = ColumnRole("total", totals[column.index])
        else:
            roles[column.index] = ColumnRole("part" if column.index in inside else "single")
    return roles


def _is_difference(column: Column) -> bool:
    return bool(pattern("headings", "difference").search(fold(column.path[-1]))) if column.path else False


def is_adjustment(headings: Sequence[str], beside: Sequence[Column]) -> bool:
    """Whether a heading is of what a budget was changed by (调整数), and columns beside it of it before and after."""
    words = [fold(one.path[-1]) for one in beside if one.path]
    named = any(pattern("headings", "adjustment", "words").search(fold(heading)) for heading in headings)
    return named and all(any(map(pattern("headings", "adjustment", at).search, words)) for at in ("before", "after"))


def _is_price(column: Column) -> bool:
    """Whether a column prints what one thing costs, which is no part of any sum."""
    return bool(column.path) and bool(pattern("headings", "price").search(fold(column.path[-1])))


def _is_memo(column: Column) -> bool:
    return any(pattern("headings", "memo").search(fold(level)) for level in column.path)


def _is_total(column: Column) -> bool:
    words = fold(column.path[-1]) if column.path else ""
    return bool(pattern("headings", "total").match(words) or pattern("headings", "total-of").search(words))


def _parts(total: Column, plain: Sequence[Column]) -> tuple[int, ...]:
    """The columns a total sums: its neighbours under the same heading, a group by its own total where it has one."""
    prefix = total.path[:-1]
    group = [
        one
        for one in plain
        if one.path[: len(prefix)] == prefix
        and one.index != total.index
        and (not _years(one) or _years(one) == _years(total))
    ]
    siblings = _flat_parts(total, [one for one in group if len(one.path) == len(prefix) + 1])
    deeper = [one for one in group if len(one.path) > len(prefix) + 1]
    if siblings is None:
        return tuple(one.index for one in _own(total, group))
    return tuple(sorted(one.index for one in (*siblings, *_tops(deeper, len(prefix) + 1))))


def _years(column: Column) -> list[str]:
    """The years that the lowest heading names: money of another year is no part of a total."""
    return re.findall(r"20\d\d(?=年)|上年(?!.*结[转余])", fold(column.path[-1])) if column.path else []


def _flat_parts(total: Column, flat: Sequence[Column]) -> list[Column] | None:
    """The neighbours of a whole total, those behind one with a name; None for a total of its own columns only."""
    others = [one for one in flat if _is_total(one)]
    whole = not others or bool(_WHOLE.fullmatch(total.path[-1]))
    if not whole and _outranks(total, others):  # “三公”经费小计 before 公务用车购置及运行费小计
        flat, whole = [one for one in flat if one.index > total.index], True
    if whole:
        owned = {one.index for other in others for one in _own(other, flat)}
        owned |= {part.index for one in flat for part in _parts_by_name(one, flat)}
        return [one for one in flat if one.index not in owned and not _WHOLE.fullmatch(fold(one.path[-1]))]
    return None


def _parts_by_name(one: Column, flat: Sequence[Column]) -> Sequence[Column]:
    """The columns right behind one that are its parts by name, two at least (公务用车购置及运行费 before 购置费)."""
    whole = measure_named(fold(one.path[-1]))
    behind = sorted((other for other in flat if other.index > one.index), key=lambda other: other.index)
    parts = list(itertools.takewhile(lambda other: _is_within(other, whole), behind)) if whole else []
    return parts if len(parts) > 1 else ()


def _is_within(column: Column, whole: Measure | None) -> bool:
    named = measure_named(fold(column.path[-1]))
    return bool(whole and named and named != whole and lies_within(named.notation, whole.notation))


def _outranks(total: Column, others: Sequence[Column]) -> bool:
    """Whether one total is a 合计 and the others are none, or they are parts of it by name."""
    name, *rest = (fold(one.path[-1]) for one in (total, *others))
    if _WHOLE.search(name):
        return not any(map(_WHOLE.search, rest))
    own = [entry["parts"] for entry in load("roles")["alone"] if re.search(entry["total"], name)]
    return any(all(re.search(parts, one) for one in rest) for parts in own)


def _own(total: Column, group: Sequence[Column]) -> list[Column]:
    """The columns that follow a subtotal up to the next total, or those of them that are named as it is."""
    after = sorted((one for one in group if one.index > total.index), key=lambda one: one.index)
    following = list(itertools.takewhile(lambda one: not _is_total(one), after))
    named = list(itertools.takewhile(lambda one: _begins_alike(one, total), following))
    return named if len(named) > 1 else following


def _begins_alike(one: Column, other: Column) -> bool:
    """Whether two headings begin with the same words (公务用车运行费 and 公务用车购置及运行费小计)."""
    name = fold(one.path[-1])[:_NAME_LENGTH]
    return len(name) == _NAME_LENGTH and fold(other.path[-1]).startswith(name)


def _tops(columns: Sequence[Column], depth: int) -> list[Column]:
    """For each group below: its own total, or all of its columns."""
    groups: dict[tuple[str, ...], list[Column]] = {}
    for column in columns:
        groups.setdefault(column.path[:depth], []).append(column)
    tops: list[Column] = []
    for members in groups.values():
        direct = [one for one in members if len(one.path) == depth + 1]
        whole = next((one for one in direct if _is_total(one)), None)
        deeper = [one for one in members if len(one.path) > depth + 1]
        tops += [whole] if whole else [*direct, *_tops(deeper, depth + 1)]
    return tops
