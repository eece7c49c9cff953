"""Printed terms and deadlines to the first and the last month that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mapping.document import fold
from mapping.indicators import Indicator
from mapping.lexicon import load

_YEAR = r"(?P<{0}year>20\d\d)"
_MONTH = r"(?P<{0}month>1[0-2]|0?[1-9])"
_DAY = r"(?:[年月.\-/]?\d{1,2}日?)?"
_ONE = re.compile(rf"{_YEAR.format('')}(?:[年.\-/]{_MONTH.format('')}(?![\d]))?")
_TERM = re.compile(
    rf"{_YEAR.format('a')}(?:[年.\-/]{_MONTH.format('a')}{_DAY})?[年月日]?(?:-|－|—|–|~|～|至|到)+"
    rf"(?:{_YEAR.format('b')}[年.\-/]?)?(?:{_MONTH.format('b')}(?=月|[.\-/日底前]|$){_DAY})?"
)


@dataclass(frozen=True, slots=True)
class Months:
    """The first and the last month, as `2024-07`; `None` where nothing is said of it."""

    first: str | None
    last: str | None


def read_months(text: str) -> Months | None:
    """The months from the first to the last that words name with a year, or None; a year alone is all of it.

    >>> read_months("2024年7月-12月")
    Months(first='2024-07', last='2024-12')
    >>> read_months("2024年11月底前")
    Months(first=None, last='2024-11')
    """
    words = fold(text)
    if (term := _TERM.search(words)) and (term["byear"] or term["bmonth"]):
        last_year = term["byear"] or term["ayear"]
        return Months(_month(term["ayear"], term["amonth"], "01"), _month(last_year, term["bmonth"], "12"))
    found = list(_ONE.finditer(words))
    if len(found) != 1:
        return None
    year, month = found[0]["year"], found[0]["month"]
    return Months(None, _month(year, month, "12"))


def read_deadline(indicator: Indicator) -> Months | None:
    """The months of an indicator's target, else of its label, where it is about time; None where no year is printed."""
    words = load("appraisals")["deadlines"]
    level = fold(indicator.level2.text) if indicator.level2 else ""
    label = indicator.label
    if not (re.search(words["timed"], level) or re.search(words["label"], label)):
        return None
    printed = (fold(cell.text) for cell in (indicator.target, indicator.level3) if cell)
    said = (read_months(text) for text in printed if not re.search(words["not"], text))
    return next((months for months in said if months), None)


def _month(year: str, month: str | None, default: str) -> str:
    return f"{year}-{month.zfill(2) if month else default}"
