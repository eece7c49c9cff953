"""Tables whose amounts are those of the rest of the document only in another unit: 元 stands where 万元 is meant.

An amount is comparable with those of its canonical fact, and of rows of other tables with its label or class. Amounts
of one digit and zeros say nothing: they agree by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, Interval, PrintedAmount, meet, multiplier
from mapping.caption import unit_caption
from mapping.document import Span
from mapping.figures import Figure
from mapping.keys import bare_label
from mapping.marks import Mark
from mapping.recognise import Recognised
from mapping.state import Stated
from mapping.statements import Statement

# So many different amounts of a table must agree in the other unit.
_LEAST = 3
_DIGITS = 2
# The largest amount, in 元, of a table on the budget of a body: from that of a small office to that of a ministry.
_USUAL = (Decimal(100_000), Decimal(100_000_000_000))
_UNITS = {each: unit for unit, each in MULTIPLIERS.items()}


@dataclass(frozen=True, slots=True)
class _Amount:
    """A printed amount with how many 元 its unit is, and the bounds in 元 of what it stands for.

    `place` is its table, by `id`, None in running text.
    """

    printed: PrintedAmount
    multiplier: int
    place: int | None
    bounds: Interval

    @staticmethod
    def of(printed: PrintedAmount, multiplier: int, place: int | None) -> _Amount:
        """The amount with the bounds of what it stands for in 元."""
        return _Amount(printed, multiplier, place, printed.interval(multiplier))


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A table of which none but `agreeing` amounts agree with other places, and these only in another `unit`."""

    table: Recognised
    printed: str
    unit: str
    agreeing: int
    usual: bool


def read_misscaled(
    figures: Sequence[Figure], statements: Sequence[Statement], stated: Stated, unit: str | None
) -> Iterator[Mark]:
    """A mark at the unit of each table that is wrong for the whole of it; `unit` is that of most tables.

    Of two tables that only contradict each other, the one is doubted whose amounts no budget has; then the one with
    more contradictions, then the one that does not print `unit`.
    """
    tables = {id(figure.table): figure.table for figure in figures}
    doubted: set[int] = set()
    while True:
        amounts = _by_matter(figures, statements, stated, doubted)
        found = [doubt for place, table in tables.items() if place not in doubted for doubt in _doubts(table, amounts)]
        if not found:
            return
        worst = max(found, key=lambda one: (not one.usual, one.agreeing, one.printed != unit))
        doubted.add(id(worst.table))
        yield _mark(worst)


def _by_matter(
    figures: Sequence[Figure], statements: Sequence[Statement], stated: Stated, doubted: set[int]
) -> list[list[_Amount]]:
    """Amounts that may be compared: of one canonical fact, label or class; those of `doubted` tables are left out."""
    found: dict[object, list[_Amount]] = defaultdict(list)
    for figure in figures:
        if figure.unit and not figure.unit_inferred and id(figure.table) not in doubted and _tells(figure.printed):
            amount = _Amount.of(figure.printed, multiplier(figure.unit), id(figure.table))
            for matter in (bare_label(figure.row_label), stated.figures.get(id(figure)), *figure.classes.items()):
                found[matter].append(amount)
    for at, keys in stated.statements.items():
        said = statements[at]
        printed = PrintedAmount(said.printed, said.value, said.decimals)
        if said.unit in MULTIPLIERS and _tells(printed):
            for key in keys:
                found[key].append(_Amount.of(printed, multiplier(said.unit), None))
    return [amounts for matter, amounts in found.items() if matter]


def _tells(printed: PrintedAmount) -> bool:
    return len(str(abs(printed.value)).replace(".", "").strip("0")) >= _DIGITS


def _doubts(table: Recognised, matters: Iterable[Sequence[_Amount]]) -> Iterator[_Doubt]:
    """The doubt about one table, if there is one: it prints one unit, and no amount of it agrees elsewhere as it is."""
    own: set[int] = set()
    largest = Decimal(0)
    agreeing: dict[int, set[Decimal]] = defaultdict(set)
    for amounts in matters:
        mine = [one for one in amounts if one.place == id(table)]
        others = [one.bounds for one in amounts if one.place != id(table)] if mine else []
        for amount in mine:
            own.add(amount.multiplier)
            largest = max(largest, amount.printed.in_yuan(amount.multiplier))
            for each in MULTIPLIERS.values():
                could_be = amount.printed.interval(each)
                if any(meet(could_be, bounds) for bounds in others):
                    agreeing[each].add(amount.printed.value)
    if len(own) == 1 and agreeing and not agreeing.keys() & own:
        meant, values = max(agreeing.items(), key=lambda one: len(one[1]))
        chance = sum(len(found) for each, found in agreeing.items() if each != meant)
        if len(values) >= max(_LEAST, 2 * chance):
            usual = _USUAL[0] <= largest <= _USUAL[1]
            yield _Doubt(table, _UNITS[own.pop()], _UNITS[meant], len(values), usual)


def _mark(doubt: _Doubt) -> Mark:
    caption = unit_caption(doubt.table.table.captions)
    spans: tuple[Span, ...] = (caption.span,) if caption else doubt.table.spans[:1]
    return Mark("table-unit", doubt.printed, spans, doubt.unit, doubt.table)
