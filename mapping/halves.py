"""A document that publishes accounts and a budget to the year and kind of each of its parts.

The heading of each part names one of them (第二部分 2024年度部门决算, 第三部分 2025年部门预算情况): tables and
sentences there that name no year and no phase are of that part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mapping.describe import Description
from mapping.document import fold
from mapping.keys import Frame
from mapping.lexicon import load, pattern
from mapping.passages import level_of


@dataclass(frozen=True, slots=True)
class Half:
    """What a part is of from `start` on: its year and kind (budget or accounts); None where no heading says it."""

    start: int
    year: int | None = None
    kind: str | None = None

    @property
    def phase(self) -> str:
        """The phase of the money that it tells of, where no word says another (`code:phase`)."""
        return "approved" if self.kind == "budget" else "finalAccounts"


@dataclass(frozen=True, slots=True)
class Halves:
    """The parts of a document in order; none where all of them are of one year and kind."""

    parts: tuple[Half, ...] = ()

    def at(self, place: int) -> Half | None:
        """The part of a place, or None where no heading says of which year and kind it is."""
        found = bisect_right(self.parts, place, key=lambda one: one.start) - 1
        return self.parts[found] if found >= 0 and self.parts[found].kind else None

    def framed(self, frame: Frame, place: int) -> Frame:
        """`frame` as it holds at a place: of the year and the phase of its part."""
        half = self.at(place)
        return replace(frame, year=half.year, phase=half.phase) if half else frame

    def described(self, said: Description, place: int) -> Description:
        """What a document says of itself as it holds at a place: budget or accounts."""
        half = self.at(place)
        return replace(said, kind=half.kind or said.kind) if half else said


WHOLE = Halves()
"""Those of a document that has no such parts."""


def read_halves(text: str) -> Halves:
    """The parts of a text by their outermost headings (第三部分): accounts, and the budget of a later year."""
    parts = tuple(_parts(text))
    years = {kind: [one.year for one in parts if one.kind == kind and one.year] for kind in ("accounts", "budget")}
    both = all(years.values()) and max(years["accounts"]) < min(years["budget"])
    return Halves(parts) if both else WHOLE


def _parts(text: str) -> Iterator[Half]:
    start = 0
    for line in text.split("\n"):
        words = fold(line).lstrip("#*")
        if level_of(words) == 1:
            named = pattern("describe", "half").match(words)
            kinds = {str(kind) for kind, shape in load("describe")["half-kinds"].items() if named and shape in words}
            one = named and len(kinds) == 1
            yield Half(start, int(named["year"]), kinds.pop()) if one and named else Half(start)
        start += len(line) + 1
