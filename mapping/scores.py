"""Self-evaluation forms to their points: what each indicator may have, has, and what the totals add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mapping.amounts import parse_amount
from mapping.bonds import Bond, Place
from mapping.counts import Quantity
from mapping.document import Cell, fold, squeeze
from mapping.indicators import Indicator
from mapping.lexicon import load
from mapping.targets import read_target

_POINTS = re.compile("分$")
_ALL = 100


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


def _is_score(quantity: Quantity) -> bool:
    return bool(re.search("得分|评分", quantity.column_path))
