"""Self-evaluation forms to their points and rates of execution: what each row may have, has, and what totals add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, PrintedAmount, parse_amount
from mapping.bonds import Bond, Place
from mapping.counts import Quantity
from mapping.document import Cell, fold, squeeze
from mapping.forms import Form
from mapping.indicators import Indicator
from mapping.lexicon import load
from mapping.targets import read_target

_POINTS = re.compile("分$")
_ALL = 100
_SLACK = Decimal("0.05")


def printed_points(cell: Cell | None) -> Decimal | None:
    """The points that a cell prints as a whole (15, 9.69分), or None."""
    found = parse_amount(_POINTS.sub("", squeeze(cell.text))) if cell else None
    return found.value if found else None


def reached(indicator: Indicator) -> Decimal | None:
    """The actual value as a number of the target's unit, or None where it prints another unit or words."""
    if indicator.actual is None or indicator.number is None:
        return None
    said = read_target(indicator.actual.text)
    same = said.unit is None or squeeze(said.unit) == squeeze(indicator.printed_unit or "")
    return said.number if same else None


def is_total(indicator: Indicator) -> bool:
    """Whether an indicator is the row of the points reached."""
    return bool(indicator.level1 and re.match(load("indicators")["totals"], fold(indicator.level1.text)))


def score_bonds(indicators: Sequence[Indicator], quantities: Sequence[Quantity]) -> Iterator[Bond]:
    """The total of a form's points with the scores that it adds up: those of its indicators and of its execution.

    Only where the form is read whole, that is where the points of its rows come to 100; not where it has two totals,
    or prints a score that is no number.
    """
    totals = [one for one in indicators if is_total(one)]
    rows = [one for one in indicators if not is_total(one) and (one.score or one.points)]
    known = all(printed_points(one.score) is not None for one in rows if one.score)
    graded = [one for one in quantities if one.unit == "分"]
    points = [printed_points(one.points) for one in rows]
    points += [one.printed.value for one in graded if not _is_score(one)]
    if len(totals) != 1 or not known or printed_points(totals[0].score) is None:
        return
    if sum((one for one in points if one is not None), Decimal(0)) != _ALL:
        return
    # A blank score of a row that has points is part of the sum: as nothing.
    whole = Place("indicator", totals[0].spans)
    yield from (Bond("sumOf", whole, Place("indicator", one.spans)) for one in rows)
    yield from (Bond("sumOf", whole, Place("quantity", one.spans)) for one in graded if _is_score(one))


def point_bonds(indicators: Sequence[Indicator], quantities: Sequence[Quantity]) -> Iterator[Bond]:
    """The total of a form's points with the points that it adds up, where they do not come to it.

    Only where the form is surely read whole: each row prints points and a score, and the scores come to the total; or
    the points, too many, can lack none. Without the row of execution a form may be short of its points.
    """
    totals = [one for one in indicators if is_total(one)]
    rows = [one for one in indicators if not is_total(one) and (one.score or one.points)]
    points = [*(printed_points(one.points) for one in rows)]
    scores = [*(printed_points(one.score) for one in rows)]
    graded = [one for one in quantities if one.unit == "分"]
    weights = [one for one in graded if not _is_score(one)]
    if len(totals) != 1 or None in points or None in scores or len({one.row_label for one in graded}) > 1:
        return
    reached_points = _sum([*scores, *(one.printed.value for one in graded if _is_score(one))])
    given = _sum([*points, *(one.printed.value for one in weights)])
    whole, own = printed_points(totals[0].score), printed_points(totals[0].points) or Decimal(_ALL)
    short = given < own and not weights and not any(_is_execution(one) for one in rows)
    if whole is None or abs(reached_points - whole) > _SLACK or given == own or short:
        return
    total = Place("indicator", totals[0].spans)
    yield from (Bond("pointsOf", total, Place("indicator", one.spans)) for one in rows)
    yield from (Bond("pointsOf", total, Place("quantity", one.spans)) for one in weights)


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((one for one in values if one is not None), Decimal(0))


def _is_execution(indicator: Indicator) -> bool:
    """Whether an indicator is that of how much of the budget was spent."""
    words = "".join(fold(cell.text) for cell in (indicator.level1, indicator.level2, indicator.level3) if cell)
    return bool(re.search(load("appraisals")["execution"]["indicator"], words))


def execution_bonds(form: Form, quantities: Sequence[Quantity]) -> Iterator[Bond]:
    """The rates of execution that a form prints beside budget and expenditure, with these.

    The budget is the one of the year as adjusted, or the only one; a rate that agrees with another one, which may be
    a field of the form, says nothing.
    """
    words = load("appraisals")["execution"]
    rows: dict[tuple[int, str], list[Quantity]] = {}
    for one in quantities:
        rows.setdefault((id(one.table), one.row_label), []).append(one)
    for row in rows.values():
        rates = [one for one in row if one.unit == "%" and re.search(words["rate"], fold(one.column_path))]
        spent = [one for one in row if re.search(words["spent"], fold(one.column_path)) and one.unit in MULTIPLIERS]
        plans = [one for one in row if re.search(words["budget"], fold(one.column_path)) and one.unit in MULTIPLIERS]
        final = [one for one in plans if re.search(words["adjusted"], fold(one.column_path))] or plans
        if not len(rates) == len(spent) == len(final) == 1:
            continue
        fields = [(one.amount, one.unit) for one in form.fields if one.amount]
        bases = [*fields, *((one.printed, one.unit) for one in plans)]
        if not any(_agrees(rates[0], spent[0], *base) for base in bases):
            yield Bond("executedAmount", Place("quantity", rates[0].spans), Place("quantity", spent[0].spans))
            yield Bond("plannedAmount", Place("quantity", rates[0].spans), Place("quantity", final[0].spans))


def _agrees(rate: Quantity, spent: Quantity, budget: PrintedAmount, unit: str | None) -> bool:
    """Whether a rate is that of expenditure to a budget, give or take one of its last decimal, or may be."""
    if spent.unit != unit:
        return True
    step = Decimal(1).scaleb(-rate.printed.decimals)
    (least, most), (low, high) = spent.printed.interval(1), budget.interval(1)
    return (rate.printed.value - step) * low <= 100 * most and (rate.printed.value + step) * high >= 100 * least


def _is_score(quantity: Quantity) -> bool:
    return bool(re.search("得分|评分", quantity.column_path))
