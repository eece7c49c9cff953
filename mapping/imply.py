"""Changes printed in text to the earlier amounts they imply: 比上年增加365.98万元 with the amount it is said of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mapping.amounts import MULTIPLIERS
from mapping.keys import Key
from mapping.sayings import bounds
from mapping.statements import Statement

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


def imply(statements: Sequence[Statement], keys: Mapping[int, tuple[Key, ...]]) -> list[Implied]:
    """The implied earlier amounts of all changes whose year compared with and whose base are known."""
    return [implied for at, change in enumerate(statements) for implied in _of_change(at, change, statements, keys)]


def _of_change(
    at: int, change: Statement, statements: Sequence[Statement], keys: Mapping[int, tuple[Key, ...]]
) -> Iterator[Implied]:
    if change.kind != "change" or change.relative_year is None or change.unit not in MULTIPLIERS or change.low:
        return
    base = _base(at, change, statements, keys)
    if base is None:
        return
    now, by = bounds(statements[base]), bounds(change)
    rises = change.direction == "increase"
    low, high = (now[0] - by[1], now[1] - by[0]) if rises else (now[0] + by[0], now[1] + by[1])
    for key in keys[base]:
        earlier = replace(key, year=change.relative_year, phase=change.relative_phase or "unspecified")
        yield Implied(base, at, low, high, earlier)


def _base(
    at: int, change: Statement, statements: Sequence[Statement], keys: Mapping[int, tuple[Key, ...]]
) -> int | None:
    """The nearest amount before the change that is of its measure and year."""
    for place in range(at - 1, -1, -1):
        found = statements[place]
        if change.number[0].start - found.number[0].start > _NEAR:
            return None
        same = found.measure == change.measure and found.fiscal_year == change.fiscal_year
        if same and found.functional_class == change.functional_class and keys.get(place) and change.direction:
            return place
    return None
