"""Amounts that stand one row beside their labels, as other tables show: three or more rows together, never one alone.

An amount is compared with those that other tables print of its own row and of the rows next to it: of their facts or
classes.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapping.amounts import agree, meet, multiplier
from mapping.figures import Figure
from mapping.keys import Key

# So many different amounts, row after row, that agree with the next row and not with their own are no chance.
_LEAST = 3
# To an amount those of other tables that are comparable with it.
Elsewhere = Callable[[Figure], list[Figure]]


@dataclass(frozen=True, slots=True)
class Shift:
    """That `figure` prints the amount that `source`, in another table, prints of the row above or below its own."""

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

    def elsewhere(figure: Figure) -> list[Figure]:
        alike = (one for matter in _matters(figure, keys) for one in matters[matter])
        return [one for one in alike if one.table is not figure.table]

    found: list[Shift] = []
    for column in columns.values():
        rows = sorted(column, key=lambda one: one.row)
        for pairs in (itertools.pairwise(rows), itertools.pairwise(reversed(rows))):
            found += _of_column(pairs, elsewhere)
    return list(_settled(found, figures))


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


def _of_column(pairs: Iterable[tuple[Figure, Figure]], elsewhere: Elsewhere) -> Iterator[Shift]:
    """The shifts of one column in one direction; of each pair the second figure may have the amount of the first."""
    run: list[Shift] = []
    for beside, figure in pairs:
        near = elsewhere(beside) if abs(figure.row - beside.row) == 1 else []
        source = next((one for one in near if _agree(figure, one)), None)
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
