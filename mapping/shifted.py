"""Amounts that stand some rows beside their labels, as other tables show: three or more rows together, never one alone.

An amount is compared with those that other tables print of its own row and of the rows near it: of their facts or
classes. A run has one distance; a table may slip by several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from mapping.amounts import agree, meet, multiplier
from mapping.figures import Figure
from mapping.keys import Key

# So many different amounts, row after row, that agree with another row and not with their own are no chance.
_LEAST = 3
# To an amount those of other tables that are comparable with it.
Elsewhere = Callable[[Figure], list[Figure]]


@dataclass(frozen=True, slots=True)
class Shift:
    """That `figure` prints the amount that `source`, in another table, prints of a row above or below its own."""

    figure: Figure
    source: Figure


def read_shifted(figures: Sequence[Figure], keys: Mapping[int, Key]) -> list[Shift]:
    """The amounts that stand in the wrong row; `keys` are by the figures' `id`."""
    matters: dict[object, list[Figure]] = defaultdict(list)
    columns: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in (one for one in figures if one.unit):
        columns[id(figure.table), figure.column].append(figure)
        for matter in _matters(figure, keys):
            matters[matter].append(figure)

    @cache
    def around(place: int) -> list[Figure]:
        alike = (one for matter in _matters(placed[place], keys) for one in matters[matter])
        return [one for one in alike if one.table is not placed[place].table]

    def elsewhere(figure: Figure) -> list[Figure]:
        return around(id(figure))

    placed = {id(figure): figure for figure in figures}
    found: dict[int, Shift] = {}
    for column in columns.values():
        rows = {figure.row: figure for figure in sorted(column, key=lambda one: one.row)}
        for distance in _distances(rows, elsewhere):
            for one in _of_column(rows, distance, elsewhere):
                found.setdefault(id(one.figure), one)
    return list(_settled(list(found.values()), figures))


def _matters(figure: Figure, keys: Mapping[int, Key]) -> list[object]:
    """What an amount is comparable by: its canonical fact, and its classes in its year whatever the fund or phase."""
    key = keys.get(id(figure))
    return [*([key] if key else []), *((*one, figure.fiscal_year) for one in figure.classes.items())]


def _settled(found: Sequence[Shift], figures: Sequence[Figure]) -> Iterator[Shift]:
    """Of tables that accuse each other only the shifts of the one more of whose sums are broken, else of the later."""
    tables = list({id(figure.table): 0 for figure in figures})
    broken = Counter(id(one.table) for one in figures if one.sum_of_rows and not _adds_up(one))
    accused: set[int] = set()
    for table in sorted(tables, key=lambda one: (broken[one], tables.index(one)), reverse=True):
        own = [one for one in found if id(one.figure.table) == table and id(one.source.table) not in accused]
        accused |= {id(one.figure.table) for one in own}
        yield from own


def _adds_up(total: Figure) -> bool:
    return agree(total.printed, [part.printed for part in total.sum_of_rows])


def _distances(rows: Mapping[int, Figure], elsewhere: Elsewhere) -> list[int]:
    """How far amounts of a column may have slipped, the least first: so far that enough different ones agree there."""
    wrong = {row: one for row, one in rows.items() if one.printed.value and _contradicted(one, elsewhere(one))}
    met: dict[int, set[Decimal]] = defaultdict(set)
    if len({one.printed.value for one in wrong.values()}) >= _LEAST:
        for row, figure in wrong.items():
            for place, beside in rows.items():
                if any(_agree(figure, one) for one in elsewhere(beside)):
                    met[row - place].add(figure.printed.value)
    return sorted((far for far, values in met.items() if len(values) >= _LEAST), key=lambda far: (abs(far), -far))


def _of_column(rows: Mapping[int, Figure], distance: int, elsewhere: Elsewhere) -> Iterator[Shift]:
    """The shifts of one column, by rows, of which each amount belongs `distance` rows above."""
    run: list[Shift] = []
    for row, figure in rows.items():
        beside = rows.get(row - distance)
        source = next((one for one in elsewhere(beside) if _agree(figure, one)), None) if beside else None
        if source is None:
            yield from _shifted(run, elsewhere)
            run = []
        else:
            run.append(Shift(figure, source))
    yield from _shifted(run, elsewhere)


def _shifted(run: Sequence[Shift], elsewhere: Elsewhere) -> Iterator[Shift]:
    """The shifts of a run whose own rows have other amounts elsewhere, if these are enough different ones."""
    wrong = [one for one in run if _contradicted(one.figure, elsewhere(one.figure))]
    if len({one.figure.printed.value for one in wrong if one.figure.printed.value}) >= _LEAST:
        yield from wrong


def _contradicted(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether other tables print amounts of its own row, none of which agrees."""
    return bool(others) and not any(_agree(figure, one) for one in others)


def _agree(one: Figure, other: Figure) -> bool:
    first, second = (each.printed.interval(multiplier(each.unit or "元")) for each in (one, other))
    return meet(first, second)
