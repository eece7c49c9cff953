"""Changes printed in text to the earlier amounts they imply: 比上年增加365.98万元 with the amount it is said of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mapping.amounts import MULTIPLIERS
from mapping.keys import Key
from mapping.lexicon import load
from mapping.sayings import bounds
from mapping.statements import Statement
from mapping.tied import Told, signed_twice

# How far before a change, in code points, the amount stands that it is said of.
_NEAR = 400


@dataclass(frozen=True, slots=True)
class Implied:
    """The amount of the year compared with, between `low` and `high` 元. `base` and `change` are places in the list."""

    base: int
    change: int
    low: Decimal
    high: Decimal
    key: Key


def imply(told: Told, keys: Mapping[int, tuple[Key, ...]]) -> list[Implied]:
    """The implied earlier amounts of all changes whose year compared with and whose base are known.

    None of a change on another base than the printed amounts, and none below zero.
    """
    own = [at for at in range(len(told.all)) if not told.apart(at)]
    found = [implied for at in own for implied in _of_change(at, told.all[at], told.all, keys)]
    return [one for one in found if one.high >= 0]


def _of_change(
    at: int, change: Statement, statements: Sequence[Statement], keys: Mapping[int, tuple[Key, ...]]
) -> Iterator[Implied]:
    if change.kind != "change" or change.relative_year is None or change.unit not in MULTIPLIERS or change.low:
        return
    if signed_twice(change):
        return
    for base in _bases(at, change, statements, keys):
        now, by = bounds(statements[base]), bounds(change)
        rises = change.direction == "increase"
        low, high = (now[0] - by[1], now[1] - by[0]) if rises else (now[0] + by[0], now[1] + by[1])
        for key in keys[base]:
            earlier = replace(key, year=change.relative_year, phase=change.relative_phase or "unspecified")
            yield Implied(base, at, low, high, earlier)


def _bases(
    at: int, change: Statement, statements: Sequence[Statement], keys: Mapping[int, tuple[Key, ...]]
) -> list[int]:
    """The amount that a change is said of, of one of both sides (各增加3万元) that of each.

    Only the last of the two where an income nearer to it is called otherwise: an earlier total is of other money.
    """
    own = _base(at, change, statements, keys)
    sides = [change.measure] if own is not None else load("keys")["both-sides"].get(change.measure, ())
    found = (_base(at, replace(change, measure=side), statements, keys) for side in sides)
    bases = sorted(one for one in found if one is not None)
    return [one for one in bases if not any(_is_other_income(statements[at]) for at in range(one + 1, bases[-1]))]


def _is_other_income(one: Statement) -> bool:
    """Whether an amount is the total income of fiscal appropriation alone."""
    return one.measure in load("keys")["other-side"]["total-expenditure"] and one.kind == "amount"


def _base(
    at: int, change: Statement, statements: Sequence[Statement], keys: Mapping[int, tuple[Key, ...]]
) -> int | None:
    """The amount of its measure and year that a change is said of, else the nearest such before it.

    支出8万元，完成预算10万元的80%，比上年增加1万元: of 8万元, not of 10万元.
    """
    if change.base is not None and _is_like(statements[change.base], change):
        return change.base if _bears(change.base, change, statements, keys) else None
    for place in range(at - 1, -1, -1):
        found = statements[place]
        if change.number[0].start - found.number[0].start > _NEAR:
            return None
        if _bears(place, change, statements, keys):
            return place
    return None


def _bears(place: int, change: Statement, statements: Sequence[Statement], keys: Mapping[int, tuple[Key, ...]]) -> bool:
    """Whether an amount that states a fact is of the measure, year, class and body of a change."""
    return _is_like(statements[place], change) and bool(keys.get(place)) and change.direction is not None


def _is_like(one: Statement, change: Statement) -> bool:
    """Whether an amount is of the measure, year, class and body of a change."""
    same = (one.measure, one.fiscal_year, one.functional_class) == (
        change.measure,
        change.fiscal_year,
        change.functional_class,
    )
    return same and one.subject == change.subject
