"""Performance-target forms (绩效目标表) to their filled fields, each with its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from mapping.amounts import MULTIPLIERS, PrintedAmount, multiplier, parse_amount
from mapping.caption import bare_title
from mapping.document import Caption, Cell, Row, Span, fold, squeeze
from mapping.fields import fields_named
from mapping.lexicon import load, pattern
from mapping.recognise import Recognised

FORMS = ("performance-target", "self-evaluation")
SCOPES = ("period", "annual")
_INLINE = re.compile(r"(?P<label>[^:：\n]{2,16}[:：])\s*(?P<value>\S.*)", re.DOTALL)
_UNIT = re.compile(r"[(（](?:单位[:：])?(?P<unit>亿元|万元|千元|元)[)）]")
# Longer than any head of a half of the goal, and the longest of such heads, in characters.
_SHORTEST_GOAL = 6
_LONGEST_HEAD = 14
# Longer than this no label of a field is, which its value may follow in one cell behind a colon.
_LONGEST_LABEL = 24
_BRACKETED = re.compile("[(（][^()（）]*[)）]$")
_MONEY = re.compile(r"[-－]?\d[\d,，]*(?:[.．]\d+)?")


@dataclass(frozen=True, slots=True)
class Filled:
    """One filled field: `field` is a notation of `code:form-field`, `scope` period, annual or None.

    `unit_inferred` where the unit is that of the document's other tables; `phase` is the one that its label or the
    heading above it names (年初预算数), if any.
    """

    field: str
    scope: str | None
    text: str
    spans: tuple[Span, ...]
    amount: PrintedAmount | None = None
    unit: str | None = None
    unit_inferred: bool = False
    phase: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its project's name (from its field, else from its title) and all filled fields."""

    table: Recognised
    name: str | None
    name_spans: tuple[Span, ...]
    whole_department: bool
    fields: tuple[Filled, ...]

    def first(self, field: str) -> Filled | None:
        """The first filled field of a kind."""
        return next((one for one in self.fields if one.field == field), None)


def read_form(table: Recognised, document_unit: str | None) -> Form:
    """The form that a performance-target table is; where it prints no unit of money, in that of the document."""
    fields = tuple(_inheriting(one, document_unit) for one in _fields(table, _unit(table)))
    named = next((one for one in fields if one.field == "project-name"), None)
    if named and (parts := _coded(named)):
        fields = tuple(part for one in fields for part in (parts if one is named else (one,)))
        named = parts[1]
    titled = None if named else _titled(table)
    name = named.text if named else titled.text if titled else None
    spans = named.spans if named else (titled.span,) if titled else ()
    return Form(table, squeeze(name) if name else None, spans, _is_whole(table), fields)


def _coded(named: Filled) -> tuple[Filled, Filled] | None:
    """The code and the name of a project printed in one cell, each with its place; None where no code is printed."""
    found = re.fullmatch(load("forms")["coded-name"], named.text, re.DOTALL)
    if not found or len(named.spans) > 1:
        return None
    start = named.spans[0].start
    fields = (("project-code", "code"), ("project-name", "name"))
    code, name = (
        Filled(field, named.scope, found[part], (Span(start + found.start(part), start + found.end(part)),))
        for field, part in fields
    )
    return code, name


def _inheriting(filled: Filled, unit: str | None) -> Filled:
    """A field, its money in the unit of the document's other tables where it prints none."""
    unitless = filled.amount is not None and filled.unit is None and unit is not None
    return replace(filled, unit=unit, unit_inferred=True) if unitless else filled


def within(form: Form, most: Decimal | None) -> Form:
    """The form, its money without a unit where in that of other tables a year's would be more than `most`, in 元.

    Such a form is printed in 元 beside tables in 万元, or it cannot be told in what.
    """
    inferred = [one for one in form.fields if one.unit_inferred and not one.field.startswith("period")]
    amounts = [one.amount.in_yuan(multiplier(one.unit)) for one in inferred if one.amount and one.unit]
    if most is None or max(amounts, default=most) <= most:
        return form
    fields = (replace(one, unit=None, unit_inferred=False) if one.unit_inferred else one for one in form.fields)
    return replace(form, fields=tuple(fields))


def _is_whole(table: Recognised) -> bool:
    return bool(pattern("forms", "whole-department").search(squeeze(table.title or "")))


def _titled(table: Recognised) -> Caption | None:
    """The project name inside a numbered title (1、工会经费项目绩效目标表), with its own characters."""
    title = table.captions.title
    if title is None or _is_whole(table):
        return None
    found = pattern("forms", "title").match(squeeze(title.text))
    if not found:
        return None
    name = bare_title(found["name"])
    if pattern("forms", "no-names").match(name):
        return None
    place = re.search(r"\s*".join(map(re.escape, name)), title.text)
    if place is None:
        return None
    start = title.span.start
    return Caption(name, Span(start + place.start(), start + place.end()))


def _unit(table: Recognised) -> str | None:
    """The unit of the form's money: in a funds label, beside its own, else in the caption."""
    for row in table.table.rows:
        for cell in row:
            if re.search("资金|预算|金额", cell.plain) and len(cell.plain) < 20 and (said := _UNIT.search(cell.plain)):
                return said["unit"]
    return stated_unit(table) or table.captions.unit


def stated_unit(table: Recognised) -> str | None:
    """The unit of money that a form prints beside a label of its own (资金单位 | 万元)."""
    for row in table.table.rows:
        for label, cell in itertools.pairwise(cell for cell in row if not cell.blank):
            if pattern("forms", "money-unit").search(label.plain) and cell.plain in MULTIPLIERS:
                return cell.plain
    return None


def yuan(filled: Filled | None) -> Decimal | None:
    """The amount of a field in 元; None where it prints none or no unit."""
    if filled is None or filled.amount is None or filled.unit is None:
        return None
    return filled.amount.in_yuan(multiplier(filled.unit))


# --- fields ---


def _fields(table: Recognised, unit: str | None) -> Iterator[Filled]:
    opened: dict[int, str] = {}
    heads: dict[int, str] = {}
    waiting: dict[int, dict[str, Any]] = {}
    above: dict[int, Cell] = {}
    going: tuple[int, str] | None = None
    expected: int | None = None
    yearly = _names_year(table)
    for row in table.table.rows:
        yield from _below(waiting, row, unit)
        if expected is not None and len(row[expected].plain) > _SHORTEST_GOAL:
            yield Filled("goal", None, row[expected].text, row[expected].spans)
        expected = _expected(row)
        if found := _heads(row):
            heads = found
            continue
        if _is_indicator_head(row):
            return
        labelled = [(at, entry if yearly else _alone_entry(entry), values) for at, entry, values in _labelled(row)]
        rest = _alone(row)
        going = _list_field(labelled) if labelled else going if going and rest and _goes_on(going[0], rest) else None
        if going and rest and not labelled:
            yield Filled(going[1], None, rest[1].text, rest[1].spans)
        waiting = {at: entry for at, entry, values in labelled if _waits(entry) and not values}
        above = _grid_heads(row) or above
        if not labelled and heads:
            yield from _goals(row, [cell for cell in row if len(cell.plain) > _SHORTEST_GOAL], heads)
        for place, (at, entry, values) in enumerate(labelled):
            if entry.get("opens"):
                opened[at] = entry["opens"]
            if entry["field"] == "goal" and heads:
                yield from _goals(row, values, heads)
            elif entry["field"] == "goal" and values and _is_expected(values[0]):
                yield from (Filled("goal", None, cell.text, cell.spans) for cell in _beside(values))
            else:
                scope = _scope(entry, at, place, opened)
                read = _filled(entry, scope, values, unit)
                yield from (replace(one, phase=one.phase or _phase_under(above, row, values, one)) for one in read)
        if any(entry["field"] == "goal" for _, entry, _ in labelled):
            heads = {}


def _names_year(table: Recognised) -> bool:
    """Whether a form has a label for the amount of the year (年度资金总额)."""
    entries = (_label_of(cell)[0] for row in table.table.rows for cell in row)
    return any(entry is not None and entry["field"] == "annual-total" for entry in entries)


def _alone_entry(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry of a label that may mean all years (项目资金总额), where nothing is said of one year beside it."""
    if "alone" not in entry:
        return entry
    return {name: value for name, value in entry.items() if name != "opens"} | {"field": entry["alone"]}


def _list_field(labelled: Sequence[tuple[int, dict[str, Any], list[Cell]]]) -> tuple[int, str] | None:
    """Column of the label and field of a row, where its value may be the first of a list that goes on in rows below."""
    if len(labelled) != 1 or labelled[0][1]["field"] not in load("forms")["lists"]:
        return None
    return labelled[0][0], labelled[0][1]["field"]


def _goes_on(label: int, rest: tuple[int, Cell]) -> bool:
    """Whether the only cell of a row goes on with a list whose label stands in a column: beside it, or as its item."""
    at, cell = rest
    return at > label or (at == label and bool(pattern("forms", "list-item").match(cell.plain)))


def _alone(row: Row) -> tuple[int, Cell] | None:
    """The only printed cell of a row, with its column."""
    filled = [(at, cell) for at, cell in enumerate(row) if not cell.blank]
    return filled[0] if len(filled) == 1 else None


def _expected(row: Row) -> int | None:
    """The column whose head (预期目标) stands beside the label of the goal, in a row that prints no goal."""
    filled = [at for at, cell in enumerate(row) if not cell.blank]
    at = filled[1] if len(filled) > 1 else -1
    entry = _label_of(row[filled[0]])[0] if at >= 0 else None
    headed = entry is not None and entry["field"] == "goal" and _is_expected(row[at])
    return at if headed and all(len(row[one].plain) <= _LONGEST_HEAD for one in filled) else None


def _is_expected(cell: Cell) -> bool:
    return bool(pattern("forms", "expected-head").match(cell.plain))


def _beside(values: Sequence[Cell]) -> Sequence[Cell]:
    """The goal beside its own head (预期目标 | 举办24场活动), where it is printed there."""
    return [cell for cell in values[1:2] if len(cell.plain) > _SHORTEST_GOAL and not _is_reached(cell)]


def _is_reached(cell: Cell) -> bool:
    return bool(pattern("forms", "reached-head").match(cell.plain))


def _below(waiting: dict[int, dict[str, Any]], row: Row, unit: str | None) -> Iterator[Filled]:
    """The amounts right below labels that stand side by side (资金总额 | 财政拨款 | 其他资金).

    Each below its label; where some stand below none, in order if there are as many: a label merged over both rows at
    the left may be printed once.
    """
    if len(waiting) < 2 or any(_label_of(cell)[0] for cell in row):
        return
    printed = [at for at, cell in enumerate(row) if not cell.blank]
    amounts = [at for at in printed if _MONEY.search(row[at].text)]
    places = dict(zip(waiting, waiting, strict=True))
    if not set(amounts) <= set(waiting):
        places = dict(zip(amounts, waiting, strict=True)) if len(printed) == len(amounts) == len(waiting) else {}
    for at, label in places.items():
        entry = waiting[label]
        field = "other-funds" if entry["field"] == "other" else entry["field"]
        yield from _filled(entry | {"field": field, "scoped": False}, None, [row[at]], unit)


def _waits(entry: dict[str, Any]) -> bool:
    """Whether the amount of a label without one may stand right below it."""
    return bool(entry.get("money")) and not entry.get("beside")


def scopes_headed(row: Row, longest: int) -> list[tuple[int, str]]:
    """The scopes of goals or targets that the cells of a row of at most so many characters head, with their columns.

    What stands in brackets at the end (2024年-2026年) does not count.
    """
    short = [(at, fold(cell.text)) for at, cell in enumerate(row) if len(_BRACKETED.sub("", cell.plain)) <= longest]
    return [(at, scope) for at, words in short for scope in SCOPES if pattern("forms", f"{scope}-head").match(words)]


def _heads(row: Row) -> dict[int, str]:
    """The scopes of a row that heads the halves of a form's targets (实施期目标 | 年度目标), by column."""
    found = scopes_headed(row, _LONGEST_HEAD)
    filled = [cell for cell in row if not cell.blank]
    if len(found) < 2 or len(found) < len(filled) - 1 or len(filled) > 3:
        return {}
    return dict(found[-2:])  # the label of them all (总体目标) may read like one of them


def _grid_heads(row: Row) -> dict[int, Cell]:
    """The headings of a row over a grid of money and scores (年初预算数 | 全年执行数 | 分值), by column."""
    heads = {at: cell for at, cell in enumerate(row) if pattern("forms", "grid-heading").search(cell.plain)}
    return heads if len(heads) > 1 and not any(_MONEY.fullmatch(cell.plain) for cell in row) else {}


def _phase_under(heads: dict[int, Cell], row: Row, values: Sequence[Cell], filled: Filled) -> str | None:
    """The phase of a budget that the heading of the value that is read names: in order where as many, else by column.

    In order too where the row slid to the left of the headings, whose label is merged over it.
    """
    if not heads or not values:
        return None
    begins = filled.spans[0].start
    place = next((at for at, cell in enumerate(values) if cell.start <= begins < cell.end), 0)
    column = next((at for at, cell in enumerate(row) if any(one.start <= begins < one.end for one in cell.spans)), -1)
    ordered = len(values) == len(heads) or (column < min(heads) and len(values) > len(heads))
    head = next(islice(heads.values(), place, None), None) if ordered else heads.get(column)
    entries = [entry for entry in load("phases")["phases"] if entry["phase"] in ("approved", "adjusted")]
    found = (one["phase"] for one in entries if head and any(re.search(words, head.plain) for words in one["words"]))
    return next(found, None)


def _is_indicator_head(row: Row) -> bool:
    words = {cell.plain for cell in row}
    return len(words & {"一级指标", "二级指标", "三级指标"}) >= 2


def _goals(row: Row, values: Sequence[Cell], heads: Mapping[int, str]) -> Iterator[Filled]:
    """The goals of a row, in the order of their heads; one alone is that of the head above it.

    The only goal below 总体目标 | 年度目标 is of the year: the first is the label of them all.
    """
    above = next((scope for at, scope in heads.items() if [row[at]] == values), None)
    for scope, cell in zip([above] if above else heads.values(), values, strict=False):
        yield Filled("goal", scope, cell.text, cell.spans)


def _labelled(row: Row) -> Iterator[tuple[int, dict[str, Any], list[Cell]]]:
    """Each label cell of a row with its place, its entry of the lexicon, and the value cells up to the next label."""
    current: tuple[int, dict[str, Any], list[Cell]] | None = None
    for at, cell in enumerate(row):
        if cell.blank:
            continue
        entry, inside = _label_of(cell)
        if entry is None:
            if current:
                current[2].append(cell)
            continue
        if current:
            yield current
        current = (at, entry, [inside] if inside else [])
    if current:
        yield current


def _label_of(cell: Cell) -> tuple[dict[str, Any] | None, Cell | None]:
    """The lexicon entry of a label cell, and the value when it stands in the same cell after a colon."""
    words = cell.plain
    if len(words) > 200:
        return None, None
    if len(words) <= _LONGEST_LABEL and (entry := next(fields_named(words), None)):
        return entry, None
    inline = _INLINE.fullmatch(cell.text)
    entry = next(fields_named(squeeze(inline["label"])), None) if inline and len(cell.spans) == 1 else None
    if inline is None or entry is None:
        return None, None
    start = cell.start + inline.start("value")
    return entry, Cell(inline["value"], (Span(start, start + len(inline["value"])),))


def _is_heading(cell: Cell) -> bool:
    """Whether a cell beside 项目名称 heads the next column of a list, as in lists of evaluated projects.

    The unit in its brackets (金额（万元）) says nothing else.
    """
    words = _UNIT.sub("", cell.plain)
    coded = pattern("headings", "kinds", "code").search(words)
    return bool(coded or pattern("forms", "grid-heading").search(words))


def names_column(row: Row) -> int | None:
    """The column of names where a row heads a list of projects (项目名称 | 全年预算数 | …); None where it is none.

    Other headings may stand between (项目名称 | 主管部门 | 预算数 | 执行数).
    """
    heads = [_is_heading(cell) for cell in row]
    for at, cell in enumerate(row):
        if pattern("forms", "list-name").search(cell.plain):
            rest = heads[at + 1 :]
            return at if rest[:1] == [True] or (True, True) in itertools.pairwise(rest) else None
    return None


def _scope(entry: dict[str, Any], at: int, place: int, opened: dict[int, str]) -> str | None:
    """Whether a sum by source belongs to the whole period or to the year: by the total it stands under."""
    if entry.get("opens"):
        return str(entry["opens"])
    if not entry.get("scoped") or not opened:
        return None
    if at in opened:
        return opened[at]
    order = [opened[column] for column in sorted(opened)]
    return order[min(place, len(order) - 1)]


def _filled(entry: dict[str, Any], scope: str | None, values: Sequence[Cell], unit: str | None) -> Iterator[Filled]:
    if not entry.get("money"):
        if values and not (entry["field"] == "project-name" and _is_heading(values[0])):
            yield Filled(entry["field"], scope, values[0].text, values[0].spans)
        return
    field = entry["field"]
    if entry.get("scoped"):
        field = f"{scope}-{field}" if scope else "other-funds" if field == "other" else ""
    for cell in values:
        found = _MONEY.search(cell.text)
        amount = parse_amount(found[0]) if found else None
        rest = squeeze(cell.text[found.end() :]) if found else ""
        if field and found and amount and rest in ("", "元", "万元") and not cell.text[: found.start()].strip():
            start = cell.start + found.start()
            spans = (Span(start, start + len(found[0])),)
            yield Filled(field, scope, found[0], spans, amount, rest or unit, phase=entry.get("phase"))
            return
