"""Printed money: what a number in a table says, exactly, with its printed decimals and unit."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

MULTIPLIERS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000, "万亿元": 10**12}

UNIT_PATTERN = "|".join(sorted(MULTIPLIERS, key=lambda unit: -len(unit)))

# What stands before a number for less or more; a triangle is less, as accountants print it.
SIGN = "[-+－＋−▲△▼▽]"
# 2,800.19  -1.05  ＋3  (1.05)  ▲825  1 234.56 is not a number here: a blank separates two values.
# Thousands groups are whole (1,234,567.8) or absent; a lone "1,23" is no amount.
_NUMBER = re.compile(rf"(?P<sign>{SIGN}?)(?P<whole>\d{{1,3}}(?:[,，]\d{{3}})+|\d+)(?:[.．](?P<fraction>\d+))?")
_BRACKETED = re.compile(r"[(（](?P<inner>[^()（）]+)[)）]")

# The lowest and the highest of what a number may stand for, both ends included.
Interval = tuple[Decimal, Decimal]


def spaced_thousands(blank: str) -> str:
    """The expression of a number with a blank, an expression too, between its thousands (ISO 80000-1, 7.3.1)."""
    return rf"(?<![\d.,，])\d{{1,3}}(?:{blank}\d{{3}})+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """A number as printed: `printed` without thousands separators, its exact value and its printed decimals."""

    printed: str
    value: Decimal
    decimals: int

    def in_yuan(self, multiplier: int) -> Decimal:
        """The amount in 元, exactly."""
        return self.value * multiplier

    def interval(self, multiplier: int) -> Interval:
        """The lowest and highest amount in 元 that it stands for: half a unit of its last decimal either way.

        >>> PrintedAmount("36.70", Decimal("36.70"), 2).interval(10000)
        (Decimal('366950.000'), Decimal('367050.000'))
        """
        half = _half_unit(self.decimals)
        return (self.value - half) * multiplier, (self.value + half) * multiplier


@cache
def _half_unit(decimals: int) -> Decimal:
    """Half a unit of the last of so many decimals."""
    return Decimal(1).scaleb(-decimals) / 2


def parse_amount(text: str) -> PrintedAmount | None:
    """The number that `text` is as a whole (sign, separators, decimals), or None.

    Full-width digits and signs are read as their ASCII forms; a number in brackets or behind a triangle is
    negative, as accountants print it.

    >>> parse_amount("2,800.19")
    PrintedAmount(printed='2800.19', value=Decimal('2800.19'), decimals=2)
    >>> parse_amount("12%") is None
    True
    """
    bracketed = _BRACKETED.fullmatch(text)
    found = _NUMBER.fullmatch(bracketed["inner"] if bracketed else text)
    if found is None or (bracketed and found["sign"]):
        return None
    digits = unicodedata.normalize("NFKC", found["whole"]).replace(",", "")
    fraction = unicodedata.normalize("NFKC", found["fraction"] or "")
    negative = bool(bracketed) or found["sign"] not in ("", "+", "＋")
    value = Decimal(digits + ("." + fraction if fraction else ""))
    printed = re.sub("[,，]", "", text)
    return PrintedAmount(printed, -value if negative else value, len(fraction))


def agree(total: PrintedAmount, parts: Sequence[PrintedAmount]) -> bool:
    """Whether `parts` add to `total` within the printed precision.

    Interval arithmetic (XBRL Calculations 1.1): each number stands for half a unit of its last decimal either way.
    """
    slack = sum((_half_unit(one.decimals) for one in (total, *parts)), Decimal(0))
    return abs(total.value - sum((part.value for part in parts), Decimal(0))) <= slack


def meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals have a number in common: the amounts may be the same."""
    return one[0] <= other[1] and other[0] <= one[1]


def together(parts: Iterable[Interval]) -> Interval:
    """The lowest and the highest sum of amounts that are known to lie within intervals."""
    ends = list(parts)
    return sum((low for low, _ in ends), Decimal(0)), sum((high for _, high in ends), Decimal(0))


def swapped(printed: str) -> Iterator[Decimal]:
    """What a number may have been whose digits were swapped: those with two digits side by side changed over.

    None of what is printed otherwise than in digits (三, 20-30).

    >>> [str(one) for one in swapped("84.6")], list(swapped("二十"))
    (['48.6', '86.4'], [])
    """
    places = [at for at, one in enumerate(printed) if one.isdigit()] if _NUMBER.fullmatch(printed) else []
    for one, other in itertools.pairwise(places):
        if printed[one] != printed[other]:
            changed = printed[:one] + printed[other] + printed[one + 1 : other] + printed[one] + printed[other + 1 :]
            read = parse_amount(changed)
            if read:
                yield read.value


def multiplier(unit: str) -> int:
    """How many 元 one of `unit` is.

    Raises KeyError for a unit that is not money.
    """
    return MULTIPLIERS[unit]


def plain(value: Decimal) -> str:
    """`value` without exponent and without trailing zeros: the lexical form of every `def:amount`.

    >>> plain(Decimal("6502400.00"))
    '6502400'
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
