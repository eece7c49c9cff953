"""Forms of payments to persons: what the standards that they set come to in a year, for all who are paid."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.addends import is_cost, year_amount
from mapping.amounts import MULTIPLIERS, parse_amount
from mapping.document import fold
from mapping.forms import Filled, Form
from mapping.indicators import Indicator
from mapping.lexicon import load
from mapping.senses import unit_kind

_MONEY = re.compile(r"(?P<money>万元|千元|元)(?P<per>(?:[/／·.每][\u4e00-\u9fff]{1,2})*)")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Payment:
    """What one standard comes to in a year for all who are paid: lowest and highest amount in 元."""

    standard: Indicator
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Payments:
    """The payments that a form's amount should be the sum of, and the indicator of how many are paid."""

    amount: Filled
    heads: Indicator
    parts: tuple[Payment, ...]


def read_payments(form: Form, indicators: Sequence[Indicator]) -> Payments | None:
    """The payments of a form that sets nothing but standards, where no way to multiply them gives its amount.

    A standard counts for each person or household and, where it is paid by the month, twelve times; one without 每人
    may be that of all. None where anything else is set, or is no exact number.
    """
    words = load("appraisals")["payments"]
    if not re.search(words["names"], fold(form.name or "")):
        return None
    for scope in ("annual", None):
        own = [one for one in indicators if one.scope == scope]
        amount = year_amount(form, scope)
        costs = [one for one in own if is_cost(one)]
        heads = [one for one in own if unit_kind(one.printed_unit) in ("persons", "households")]
        count = heads[0].number if len(heads) == 1 and heads[0].operator == "=" else None
        if amount and costs and count and all(map(_is_standard, costs)):
            monthly = any(re.search(words["monthly"], fold(one.target.text)) for one in own if one.target)
            ways = [list(_ways(one, count, monthly=monthly)) for one in costs]
            if not any(_fits(amount, way) for way in itertools.product(*ways)):
                return Payments(amount, heads[0], tuple(way[0] for way in ways))
    return None


def _is_standard(indicator: Indicator) -> bool:
    return (
        indicator.operator == "="
        and indicator.number is not None
        and bool(_MONEY.fullmatch(fold(indicator.printed_unit or "")))
    )


def _ways(indicator: Indicator, heads: Decimal, *, monthly: bool) -> Iterator[Payment]:
    """What a standard may come to, the likeliest first."""
    found, printed = _MONEY.fullmatch(fold(indicator.printed_unit or "")), parse_amount(indicator.value or "")
    if found is None or printed is None:
        return
    per = found["per"]
    times = [_MONTHS] if "月" in per else [1] if "年" in per else [_MONTHS, 1] if monthly else [1]
    many = [heads] if re.search("[人户名]", per) else [heads, Decimal(1)]
    low, high = printed.interval(MULTIPLIERS[found["money"]])
    for count, time in itertools.product(many, times):
        yield Payment(indicator, low * count * time, high * count * time)


def _fits(amount: Filled, way: Sequence[Payment]) -> bool:
    if amount.amount is None or amount.unit is None:
        return True
    low, high = amount.amount.interval(MULTIPLIERS[amount.unit])
    return sum(one.low for one in way) <= high and sum(one.high for one in way) >= low
