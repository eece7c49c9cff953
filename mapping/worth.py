"""An amount, printed or typed, in the forms that searches compare: its figure, and the same money in every unit.

Pure, no files: the index is written with it and read with it, so that both sides compare exact decimals alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, parse_amount, plain, spaced_thousands
from mapping.spellings import plain as spelled
from mapping.spellings import words

ZERO = "0"
"""The figure of all that is printed as nothing, which no index has."""

# Longer ones are no amount (server/present.py).
_DIGITS = 28
# What may stand before an amount and says no more than that it is one: ¥2800.19, 人民币2800.19万元, 约0.28亿.
_LEAD = "(?:大?约|人民币|(?i:RMB|CNY)|¥)+"
_LED = re.compile(rf"(?:(?<=\s)|^){_LEAD}[:：]?\s+(?=[-(]?\d)")
# 2800.19万元, 0.28亿, 1,234元; behind it what ends a clause.
_TYPED = re.compile(rf"(?:{_LEAD}[:：]?)?(?P<number>.+?)(?P<scale>百万|千|万|亿)?(?P<yuan>元)?[，,。.;；:：、]*")
_UNIT = "(?:(?:百万|千|万|亿)元?|元)"
_APART = re.compile(rf"(?<=\d)\s+(?={_UNIT}(?:\s|$))")
_THOUSANDS = re.compile(spaced_thousands(r"\s") + rf"(?=\s*{_UNIT}(?:\s|$))")
# No sign of a token that a text can have: none is typed or printed by chance.
_SIGNS = str.maketrans({".": "·", "-": "−"})


@dataclass(frozen=True, slots=True)
class Amount:
    """What a search asks for: a figure, and the unit of money that was typed behind it, empty where none was."""

    figure: str
    unit: str = ""

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The figure with the unit of every place that prints this money; without a unit any place with the figure."""
        if not self.unit:
            return ((self.figure, ""),)
        return tuple((_moved(self.figure, _power(self.unit) - _power(unit)), unit) for unit in MULTIPLIERS)

    @property
    def token(self) -> str:
        """The one of `worth_tokens` that tells what states this amount; empty of zero."""
        return (worth_tokens(self.figure, self.unit) or [""])[-1]


def figure(printed: str) -> str | None:
    """The decimal that a printed number is, without separators and trailing zeros; None where it is none.

    >>> figure("2,800.190"), figure("（1.05）"), figure("0.00"), figure("12%")
    ('2800.19', '-1.05', '0', None)
    """
    found = parse_amount(printed) if len(printed) <= 2 * _DIGITS else None
    said = plain(found.value) if found else None
    return said if said is None or len(said) <= _DIGITS else None


def asked(search: str) -> list[tuple[str, Amount | None]]:
    """The words of a search, each with the amount that it is; blanks before its unit and between thousands are in it.

    >>> asked("劳务费 4.00 万元")
    [('劳务费', None), ('4.00万元', Amount(figure='4', unit='万元'))]
    >>> asked("788 032.41 万元")
    [('788032.41万元', Amount(figure='788032.41', unit='万元'))]
    >>> asked("￥2800.19 约 4万元")
    [('¥2800.19', Amount(figure='2800.19', unit='')), ('4万元', Amount(figure='4', unit='万元'))]
    """
    whole = _THOUSANDS.sub(lambda found: "".join(found[0].split()), _LED.sub("", spelled(search)))
    joined = _APART.sub("", whole)
    return [(word, _amount(word)) for word in words(joined)]


def worth_tokens(printed: str, unit: str) -> list[str]:
    """What full text finds a number by: a token of its figure, and of one in a unit of money one of its yuan.

    >>> worth_tokens("2,800.19", "万元"), worth_tokens("8", "%"), worth_tokens("约8", "元")
    (['¤2800·19', '¥28001900'], ['¤8'], [])
    """
    found = figure(printed)
    if found in (None, ZERO):
        return []
    yuan = [f"¥{_moved(found, _power(unit))}"] if unit in MULTIPLIERS else []
    return [each.translate(_SIGNS) for each in (f"¤{found}", *yuan)]


def _amount(word: str) -> Amount | None:
    read = _TYPED.fullmatch(word)
    found = figure(read["number"]) if read else None
    if read is None or found is None:
        return None
    return Amount(found, f"{read['scale'] or ''}元" if read["scale"] or read["yuan"] else "")


def _moved(said: str, by: int) -> str:
    """A figure with its point moved: exact, as it has no more digits than decimals are computed with."""
    return plain(Decimal(said).scaleb(by))


def _power(unit: str) -> int:
    return len(str(MULTIPLIERS[unit])) - 1
