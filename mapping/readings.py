"""Canonical facts to their readings: which statements and which printed figures say each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from mapping.amounts import Interval, multiplier
from mapping.document import fold
from mapping.figures import Figure
from mapping.keys import Key
from mapping.sayings import bounds
from mapping.state import Stated
from mapping.tied import Target, Tie, Told


class Readings:
    """What a document says of each canonical fact: `claims` are all its readings, `planned` those of budget columns.

    `keys` are the facts of a statement, `implying` the amounts of which a change implies the earlier one.
    """

    def __init__(
        self, told: Told, figures: Sequence[Figure], stated: Stated, publisher: str | None, year: int | None
    ) -> None:
        self.told = told
        self.publisher = publisher
        self.year = year
        self.keys = stated.statements
        self.implying: dict[int, set[int]] = defaultdict(set)
        for one in stated.implied:
            self.implying[one.change].add(one.base)
        self.claims: dict[Key, list[Target]] = defaultdict(list)
        self.planned: dict[Key, list[Target]] = defaultdict(list)
        self._figures = {tuple(one.spans): one for one in figures}
        for at, keys in self.keys.items():
            for key in keys:
                self.claims[key].append(at)
        for figure in figures:
            of = stated.figures.get(id(figure))
            if figure.unit and of:
                self.claims[of].append(tuple(figure.spans))
                if "预算" in fold(figure.column_path):
                    self.planned[of].append(tuple(figure.spans))

    def interval(self, target: Target) -> Interval:
        """What a reading may be exactly, in 元."""
        if isinstance(target, int):
            return bounds(self.told.all[target])
        figure = self._figures[target]
        return figure.printed.interval(multiplier(figure.unit or "元"))

    def each(self, *steps: Callable[[int], Iterator[Tie]]) -> Iterator[Tie]:
        """The ties that some steps find of each statement, by its place, in the order of the text."""
        return (tie for at in range(len(self.told.all)) for step in steps for tie in step(at))
