"""Forms to what their money adds up to: a total and its sources, an amount and the costs that indicators set for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapping.amounts import MULTIPLIERS, agree
from mapping.bonds import Bond, Place
from mapping.counts import Quantity
from mapping.document import fold
from mapping.forms import SCOPES, Filled, Form
from mapping.indicators import Indicator
from mapping.lexicon import load, pattern
from mapping.senses import money_unit

_LEVELS = ("central", "provincial", "local", "fiscal")
_SOURCES = (*_LEVELS, "carried-over", "own", "other")
# A total and two sources.
_ROWS = 3
_SUM, _PART = "sumOf", "atLeastSumOf"


def fund_bonds(form: Form) -> Iterator[Bond]:
    """The totals of a form, each with its sources of money.

    A total is the sum of its sources where the list of them is closed (其他资金), else no less than that.
    """
    name = _SUM if _is_closed(form) else _PART
    totals = [one for one in form.fields if one.field in ("budget-amount", "annual-total", "period-total")]
    sources = [one for one in form.fields if one.field == "fiscal-funds"]
    fiscal = sources if len(totals) == len(sources) == 1 else []  # of the only total there is
    for scope in SCOPES:
        total, parts = _only(form, f"{scope}-total"), _scoped(form, scope)
        if total and parts and ((total in totals and fiscal) or any(part.field.endswith(_LEVELS) for part in parts)):
            yield from _bonds(name, total, [*fiscal, *parts])
    others = [one for one in form.fields if one.field in ("other-funds", "own")]
    if fiscal and len(others) <= 1 and not any(_scoped(form, scope) for scope in SCOPES):
        yield from _bonds(name, totals[0], [*fiscal, *others])


def _is_closed(form: Form) -> bool:
    words = load("appraisals")
    labels = [fold(cell.text) for row in form.table.table.rows for cell in row if not cell.blank]
    carried = any(re.match(words["carried-source"], label) for label in labels)
    carried = carried and not any(one.field.endswith("carried-over") for one in form.fields)
    return not carried and any(re.match(words["last-source"], label) for label in labels)


def _only(form: Form, field: str) -> Filled | None:
    found = [one for one in form.fields if one.field == field]
    return found[0] if len(found) == 1 else None


def _scoped(form: Form, scope: str) -> list[Filled]:
    return [one for one in form.fields if one.field in {f"{scope}-{source}" for source in _SOURCES}]


def _bonds(name: str, total: Filled, parts: Sequence[Filled]) -> Iterator[Bond]:
    known = total.amount and total.unit and all(part.amount and part.unit for part in parts)
    if known and {part.phase for part in parts} == {total.phase}:  # else they stand under two headings
        yield from (Bond(name, Place("reading", total.spans), Place("reading", part.spans)) for part in parts)


def source_bonds(graded: Sequence[Quantity]) -> Iterator[Bond]:
    """The totals of a form of evaluation, each with its sources, in the columns where they do not come to it.

    Only where the same rows come to the total of another column, more than one of them with some money: the list of
    sources is closed then (全年预算数, 全年执行数).
    """
    printed: dict[str, list[Quantity]] = {}
    for one in graded:
        if one.unit in MULTIPLIERS:
            printed.setdefault(one.column_path, []).append(one)
    total, source = (pattern("appraisals", name) for name in ("funds-total", "funds-source"))
    columns = [column for column in printed.values() if total.match(fold(column[0].row_label))]
    labels = {tuple(fold(one.row_label) for one in column) for column in columns}
    rows = labels.pop() if len(labels) == 1 else ()
    if len(rows) < _ROWS or len(set(rows)) < len(rows) or not all(map(source.match, rows[1:])):
        return
    wrong = [column for column in columns if not _comes_to(column)]
    closed = [column for column in columns if column not in wrong]
    if any(sum(one.printed.value != 0 for one in column[1:]) > 1 for column in closed):
        for column in wrong:
            whole = Place("quantity", column[0].spans)
            yield from (Bond(_SUM, whole, Place("quantity", one.spans)) for one in column[1:])


def _comes_to(column: Sequence[Quantity]) -> bool:
    """Whether the first amount of a column is the sum of the others."""
    total, parts = column[0].printed, [one.printed for one in column[1:]]
    return len({one.unit for one in column}) == 1 and agree(total, parts)


# --- costs ---


def cost_bonds(form: Form, indicators: Sequence[Indicator], graded: Sequence[Quantity]) -> Iterator[Bond]:
    """The amount of a form with the cost indicators that set the whole of it, or parts of it.

    Indicators cover the amount where one says that it is the whole, or where all costs are totals of activities. An
    evaluation prints several amounts (`graded`): a cost that is one of them is no contradiction to another.
    """
    words = load("appraisals")["costs"]
    printed: set[tuple[object, ...]] = set()
    for scope in ("annual", None, "period"):
        amount = year_amount(form, scope)
        costs = [one for one in indicators if one.scope == scope and is_cost(one)]
        if amount is None or not costs or (same := _printed(amount, costs)) in printed:
            continue
        printed.add(same)
        money = [one for one in costs if one.printed_unit in MULTIPLIERS and one.number is not None]
        wholes = [one for one in money if re.search(words["whole"], one.label)]
        rest = [one for one in money if one not in wholes and one.operator == "="]
        totals = [one for one in rest if re.search(words["total"], one.label)]
        others = {(one.printed.value, one.unit) for one in graded}
        yield from (
            _cost(_SUM, amount, one)
            for one in wholes
            if len(wholes) == 1 and (one.number, one.printed_unit) not in others
        )
        if not wholes and totals == costs:
            yield from (_cost(_SUM, amount, one) for one in totals)
        elif not wholes:
            yield from (_cost(_PART, amount, one) for one in totals)
    yield from _dear(form, indicators)


def _dear(form: Form, indicators: Sequence[Indicator]) -> Iterator[Bond]:
    """The amount of a form with the cost of one thing (万元/公里) where that alone is more than all of it."""
    for one in indicators:
        amount, unit = year_amount(form, one.scope), money_unit(one.printed_unit)
        if amount is None or amount.amount is None or one.number is None or one.number <= 0 or unit is None:
            continue
        most = amount.amount.interval(MULTIPLIERS[amount.unit or "元"])[1]
        single = unit != one.printed_unit and pattern("appraisals", "costs", "single").search(one.label)
        if single and one.number * MULTIPLIERS[unit] > most:
            yield _cost(_PART, amount, one)


def is_cost(indicator: Indicator) -> bool:
    """Whether an indicator stands among those of cost."""
    return any("成本" in fold(cell.text) for cell in (indicator.level1, indicator.level2) if cell)


def year_amount(form: Form, scope: str | None) -> Filled | None:
    """The amount that the costs of a scope are of; None where the form prints several or none."""
    fields = {"period": ("period-total",), "annual": ("annual-total", "budget-amount")}
    names = fields.get(scope or "", ("annual-total", "budget-amount"))
    found = [one for one in form.fields if one.field in names and one.amount and one.unit]
    return found[0] if len(found) == 1 else None


def _printed(amount: Filled, costs: Sequence[Indicator]) -> tuple[object, ...]:
    """What a half of a form prints: the halves of many are the same."""
    return (amount.text, *sorted((one.label, one.value or "") for one in costs))


def _cost(name: str, amount: Filled, indicator: Indicator) -> Bond:
    return Bond(name, Place("reading", amount.spans), Place("indicator", indicator.spans))
