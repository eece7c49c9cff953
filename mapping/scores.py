"""Self-evaluation forms to their points and rates of execution: what each row may have, has, and what totals add up."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, PrintedAmount, parse_amount
from mapping.bonds import Bond, Place
from mapping.counts import Quantity, printed_number
from mapping.document import Cell, Text, fold, squeeze
from mapping.forms import Form
from mapping.indicators import Indicator
from mapping.lexicon import load, pattern
from mapping.project import same_name
from mapping.statements import Statement
from mapping.targets import read_target

_POINTS = re.compile("分$")
_ALL = 100
_EXECUTION = 10
_SLACK = Decimal("0.05")
# No shorter name of a project tells it in a sentence.
_NAMED = 5


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


def numbers_beside(indicator: Indicator) -> Iterator[tuple[str, Quantity]]:
    """The numbers that an indicator prints in cells of their own beside its target, by the property that names them."""
    label = indicator.level3 or indicator.level1
    for name, cell, unit in (
        ("actualCell", indicator.actual, None),
        ("pointsCell", indicator.points, "分"),
        ("scoreCell", indicator.score, "分"),
    ):
        if cell is not None and cell.spans != indicator.spans and (found := printed_number(cell)):
            printed, own, spans = found
            row = label.plain if label else ""
            yield name, Quantity(indicator.form.table, spans, printed, row, "", own or unit, None)


def is_total(indicator: Indicator) -> bool:
    """Whether an indicator is the row of the points reached."""
    return bool(indicator.level1 and pattern("indicators", "totals").match(fold(indicator.level1.text)))


def score_bonds(indicators: Sequence[Indicator], quantities: Sequence[Quantity]) -> Iterator[Bond]:
    """The total of a form's points with the scores that it adds up: those of its indicators and of its execution.

    Only where the form is read whole, that is where the points of its rows come to 100, or to 90 beside the score of
    execution; not where it has two totals, or prints a score that is no number.
    """
    totals = [one for one in indicators if is_total(one)]
    rows = [one for one in indicators if not is_total(one) and (one.score or one.points)]
    known = all(printed_points(one.score) is not None for one in rows if one.score)
    graded = [one for one in quantities if one.unit == "分"]
    points = [printed_points(one.points) for one in rows]
    points += [one.printed.value for one in graded if not _is_score(one)]
    if len(totals) != 1 or not known or printed_points(totals[0].score) is None:
        return
    beside = [one.printed.value for one in graded if _is_score(one)] if len(points) == len(rows) else []
    execution = _EXECUTION if len(beside) == 1 and beside[0] <= _EXECUTION else 0  # its ten points need not be printed
    if _sum(points) not in (_ALL, _ALL - execution):
        return
    # A blank score of a row that has points is part of the sum: as nothing.
    whole = Place("indicator", totals[0].spans)
    yield from (Bond("sumOf", whole, Place("indicator", one.spans)) for one in rows)
    yield from (Bond("sumOf", whole, Place("quantity", one.spans)) for one in graded if _is_score(one))


def point_bonds(indicators: Sequence[Indicator], quantities: Sequence[Quantity]) -> Iterator[Bond]:
    """The total of a form's points with the points that it adds up, where they do not come to it.

    Only where the form is surely read whole: each row prints points and a score, and the scores come to the total; or
    the points, too many, can lack none. Without the row of execution a form may be short of its points; a row of it
    that prints only a tenth of its rate has ten.
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
    headed = [_headed_points(one) for one in graded if _is_score(one)] if not weights else []
    ten = not weights and not any(headed) and _has_ten(quantities)
    headed = [Decimal(_EXECUTION)] if ten else headed
    given = _sum([*points, *(one.printed.value for one in weights), *headed])
    whole, own = printed_points(totals[0].score), printed_points(totals[0].points) or Decimal(_ALL)
    short = given < own and not weights and not any(headed) and not any(_is_execution(one) for one in rows)
    whole_read = whole is not None and abs(reached_points - whole) <= _SLACK
    too_many = totals[0].points is not None and given > own
    if not (whole_read or too_many) or given in (own, own + _EXECUTION if ten else own) or short:
        return
    total = Place("indicator", totals[0].spans)
    yield from (Bond("pointsOf", total, Place("indicator", one.spans)) for one in rows)
    yield from (Bond("pointsOf", total, Place("quantity", one.spans)) for one in weights)


def _has_ten(graded: Sequence[Quantity]) -> bool:
    """Whether the row of execution has ten points that it does not print: its only number is a tenth of its rate."""
    rates = [one.printed.value / _EXECUTION for one in graded if one.unit == "%"]
    scores = [one.printed.value for one in graded if one.unit == "分"]
    return len(rates) == len(scores) == 1 and abs(rates[0] - scores[0]) <= _SLACK


def weight_bonds(indicators: Sequence[Indicator], quantities: Sequence[Quantity]) -> Iterator[Bond]:
    """The total of the points of a form of targets with those of its indicators, where they do not come to it.

    The total is printed in a row or in the heading of the points; without one it is 100 for each project of the form,
    which only points that are too many surely miss, and such as are too few where those of all other projects come to
    it: the first of them is then the total's place. Only where each indicator prints points of its own. A rate of
    execution may have ten points without a row, or be counted beside the indicators.
    """
    graded = [one for one in quantities if one.unit == "分" and not _is_score(one)]
    totals = [one for one in graded if _is_total_of_points(one)]
    beside = [one.printed.value for one in graded if one not in totals]
    places = {one.points.spans for one in indicators if one.points}
    scored = any(one.score or is_total(one) for one in indicators) or len({one.scope for one in indicators}) > 1
    if len(totals) > 1 or scored or len(places) < len(indicators):
        return
    own = totals[0].printed.value if totals else Decimal(_ALL)
    projects = [indicators] if totals or beside else _by_project(indicators)
    right = sum(_given(one) == own for one in projects)
    for rows in projects:
        given = _given(rows)
        known = bool(totals) or own < given < 2 * (own - _EXECUTION) or right == len(projects) - 1 > 0
        unlisted = own - given == _EXECUTION and not any(_is_execution(one) for one in rows)
        if known and given and own not in (given, given + _sum(beside)) and not unlisted:
            total = Place("quantity", totals[0].spans) if totals else Place("indicator", rows[0].spans)
            yield from (Bond("pointsOf", total, Place("indicator", one.spans)) for one in rows)


def _by_project(indicators: Sequence[Indicator]) -> list[Sequence[Indicator]]:
    """The indicators of a form by the project that its rows name, in order."""
    named = itertools.groupby(indicators, key=lambda one: fold(one.project.text) if one.project else "")
    return [list(rows) for _, rows in named]


def _given(indicators: Sequence[Indicator]) -> Decimal:
    """The points of some indicators; 0 where one prints none as a number."""
    points = [printed_points(one.points) for one in indicators]
    return Decimal(0) if None in points else _sum(points)


def _is_total_of_points(one: Quantity) -> bool:
    """Whether a number of points is that of a row of the totals, or of the heading that prints all of them."""
    return one.row_label == one.column_path or bool(pattern("indicators", "totals").match(fold(one.row_label)))


def listed_scores(
    forms: Sequence[Form], indicators: Sequence[Indicator], quantities: Sequence[Quantity]
) -> Iterator[Bond]:
    """The score of each project in a list with the total of its only form of evaluation."""
    named = [(form, form.name) for form in forms if form.name]
    lists = {id(one.table) for one in forms if not one.name}
    scores = [one for one in quantities if id(one.table) in lists and one.unit == "分" and _is_score(one)]
    for form, name in named:
        own = [one for one in indicators if one.form is form and is_total(one)]
        totals = [one for one in own if printed_points(one.score) is not None]
        listed = [one for one in scores if same_name(one.row_label, name)]
        alone = sum(same_name(other, name) for _, other in named) == 1
        if len(totals) == len(listed) == 1 and alone:
            yield Bond("scoredAs", Place("quantity", listed[0].spans), Place("indicator", totals[0].spans))


def summed_scores(quantities: Sequence[Quantity]) -> Iterator[Bond]:
    """The total score of each row of a list with the scores that it adds up: of headings whose points come to 100.

    执行率得分（10分）, 指标得分（90分）, 自评总分.
    """
    rows: dict[tuple[int, str], list[Quantity]] = {}
    for one in quantities:
        if one.unit == "分":
            rows.setdefault((id(one.table), one.row_label), []).append(one)
    for row in rows.values():
        totals = [one for one in row if pattern("appraisals", "total-score").search(fold(one.column_path))]
        parts = [one for one in row if _headed_points(one) is not None]
        if len(totals) == 1 and len(parts) + 1 == len(row) and _sum([_headed_points(one) for one in parts]) == _ALL:
            yield from (Bond("sumOf", *(Place("quantity", each.spans) for each in (totals[0], one))) for one in parts)


def _headed_points(score: Quantity) -> Decimal | None:
    """The points that the heading of a score prints (得分（10分）), or None."""
    found = re.search(r"[(（](\d+)分[)）]$", squeeze(score.column_path))
    return Decimal(found[1]) if found else None


def said_scores(
    forms: Sequence[Form], indicators: Sequence[Indicator], statements: Sequence[Statement], text: Text
) -> Iterator[Bond]:
    """The score that a clause gives a project by its name with the total of its only form of evaluation.

    该项目 is the only one of them that the sentence before names.
    """
    shape = pattern("appraisals", "score-said")
    for said in statements:
        words = fold(said.lead(text.content))
        if said.kind != "score" or said.operator != "=" or not shape.search(words):
            continue
        named = _named_in(words, forms) or _named_in(_said_before(said, text), forms)
        totals = [one for one in indicators if any(one.form is form for form in named) and is_total(one)]
        if len(named) == len(totals) == 1 and printed_points(totals[0].score) is not None:
            yield Bond("scoredAs", Place("statement", said.number), Place("indicator", totals[0].spans))


def _named_in(words: str, forms: Sequence[Form]) -> list[Form]:
    return [form for form in forms if form.name and len(form.name) >= _NAMED and fold(form.name) in words]


def _said_before(said: Statement, text: Text) -> str:
    """The sentence of a score that is on 该项目 and the one before; nothing where its paragraph gives more scores."""
    start, at = text.line_starts[text.line_of(said.number[0].start) - 1], said.number[0].start
    words = fold(text.content[start:at])
    return "。".join(words.split("。")[-2:]) if pattern("appraisals", "that-project").search(words) else ""


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((one for one in values if one is not None), Decimal(0))


def _is_execution(indicator: Indicator) -> bool:
    """Whether an indicator is that of how much of the budget was spent."""
    words = "".join(fold(cell.text) for cell in (indicator.level1, indicator.level2, indicator.level3) if cell)
    return bool(pattern("appraisals", "execution", "indicator").search(words))


_Base = tuple[PrintedAmount, str | None]


@dataclass(frozen=True, slots=True)
class _Rated:
    """A rate of execution with the expenditure, the budget as adjusted and all budgets of its row."""

    rate: Quantity
    spent: Quantity
    budget: Quantity
    plans: Sequence[Quantity]

    def agrees(self, bases: Iterable[_Base]) -> bool:
        """Whether the rate is of one of some budgets."""
        return any(_agrees(self.rate, self.spent, *base) for base in bases)

    def tells(self, bases: Iterable[_Base]) -> bool:
        """Whether the rate is of the budget of the year, and of none of the others, of which there is one."""
        own = (self.budget.printed, self.budget.unit)
        others = [base for base in bases if base[0].value != own[0].value]
        return bool(others) and self.agrees([own]) and not self.agrees(others)


def execution_bonds(form: Form, quantities: Sequence[Quantity]) -> Iterator[Bond]:
    """The rates of execution that a form prints beside budget and expenditure, with these.

    The budget is the one of the year as adjusted, or the only one; a rate that agrees with another one, which may be
    a field of the form, says nothing, unless another rate of the form can only be of the adjusted one.
    """
    fields = [(one.amount, one.unit) for one in form.fields if one.amount]
    found = [(one, [*fields, *((each.printed, each.unit) for each in one.plans)]) for one in _rated(quantities)]
    settled = any(one.tells(bases) for one, bases in found)
    for one, bases in found:
        if not one.agrees([(one.budget.printed, one.budget.unit)] if settled else bases):
            yield Bond("executedAmount", Place("quantity", one.rate.spans), Place("quantity", one.spent.spans))
            yield Bond("plannedAmount", Place("quantity", one.rate.spans), Place("quantity", one.budget.spans))


def _rated(quantities: Sequence[Quantity]) -> Iterator[_Rated]:
    words = load("appraisals")["execution"]
    rows: dict[tuple[int, str], list[Quantity]] = {}
    for one in quantities:
        rows.setdefault((id(one.table), one.row_label), []).append(one)
    for row in rows.values():
        rates = [one for one in row if one.unit == "%" and re.search(words["rate"], fold(one.column_path))]
        money = [one for one in row if one.unit is None or one.unit in MULTIPLIERS]
        spent = [one for one in money if re.search(words["spent"], fold(one.column_path))]
        plans = [one for one in money if re.search(words["budget"], fold(one.column_path))]
        final = [one for one in plans if re.search(words["adjusted"], fold(one.column_path))] or plans
        if len(rates) == len(spent) == len(final) == 1:
            yield _Rated(rates[0], spent[0], final[0], plans)


def _agrees(rate: Quantity, spent: Quantity, budget: PrintedAmount, unit: str | None) -> bool:
    """Whether a rate is that of expenditure to a budget, give or take one of its last decimal, or may be."""
    if spent.unit != unit:
        return True
    step = Decimal(1).scaleb(-rate.printed.decimals)
    (least, most), (low, high) = spent.printed.interval(1), budget.interval(1)
    return (rate.printed.value - step) * low <= 100 * most and (rate.printed.value + step) * high >= 100 * least


def _is_score(quantity: Quantity) -> bool:
    return _headed_points(quantity) is not None or bool(re.search("得分|评分", quantity.column_path))
