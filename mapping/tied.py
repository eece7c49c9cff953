"""What a statement is tied to: the noun that `ties` and the modules it asks return, and what all of them read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapping.amounts import MULTIPLIERS
from mapping.document import Span
from mapping.lexicon import pattern
from mapping.passages import unify
from mapping.statements import Statement

# How far before and behind a number, in code points, words are read.
_BEHIND = 60
Target = int | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """That statement `at` (its place in the list) has the property `name` to another.

    `to` is the place of the other statement, or the spans of a number in a table; `times` is how often a standard is
    paid.
    """

    at: int
    name: str
    to: Target
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The statements of a document in order, and the text that they are printed in."""

    all: Sequence[Statement]
    text: str

    def between(self, one: int, other: int) -> str:
        """The words between the numbers of two statements, the unit of the first at their head."""
        return unify(self._between(one, other))

    def lead(self, at: int) -> str:
        """The words before a number in its clause."""
        return unify(self.all[at].lead(self.text))

    def before(self, at: int) -> str:
        """The words before a number on its line, at most 60 code points."""
        end = self.all[at].number[0].start
        return unify(self.text[max(0, end - _BEHIND) : end].rpartition("\n")[2])

    def behind(self, at: int) -> str:
        """The words behind a number to the end of its line, at most 60 code points, its unit at their head."""
        end = self.all[at].number[-1].end
        return unify(self.text[end : end + _BEHIND].partition("\n")[0])

    def apart(self, at: int) -> bool:
        """Whether a change or a rate is told on another base than the printed amounts (同口径, 剔除退税因素后)."""
        words = self.between(at - 1, at) if at else self.before(at)
        return bool(pattern("ties", "other-base").search(re.split("[。；]", words)[-1]))

    def first_of_line(self, at: int) -> int:
        """The place of the first statement on the line of `at`."""
        start = self.text.rfind("\n", 0, self.all[at].number[0].start)
        first = at
        while first and self.all[first - 1].number[0].start > start:
            first -= 1
        return first

    def line(self, at: int) -> range:
        """The places of the statements on the line of `at`."""
        end = self.text.find("\n", self.all[at].number[-1].end)
        last = at
        while last + 1 < len(self.all) and not 0 <= end < self.all[last + 1].number[0].start:
            last += 1
        return range(self.first_of_line(at), last + 1)

    def adjacent(self, one: int, other: int) -> bool:
        """Whether the statement `other` stands on the line below that of `one`, blank lines left out."""
        return "\n" not in "\n".join(self._between(one, other).split("\n")[1:]).strip()

    def near(self, one: int, other: int) -> bool:
        """Whether two statements stand in one sentence."""
        return not re.search("[。！？]", self._between(one, other))

    def _between(self, one: int, other: int) -> str:
        return self.text[self.all[one].number[-1].end : self.all[other].number[0].start]


def exact(one: Statement) -> bool:
    """Whether a statement is one amount of money, neither a range nor a limit."""
    return one.operator == "=" and one.low is None and one.unit in MULTIPLIERS


def signed_twice(one: Statement) -> bool:
    """Whether a decrease prints a sign too (减少-3万元): that it fell by so much, or rose, nobody knows."""
    return one.direction == "decrease" and one.value < 0


def is_amount(one: Statement) -> bool:
    """Whether a statement is an amount of money, neither a range nor a limit."""
    return one.kind == "amount" and exact(one)


def counted(one: Statement) -> bool:
    """Whether a statement is one number of things, neither a range nor a limit."""
    return one.kind == "count" and one.operator == "=" and one.low is None


def in_percent(one: Statement) -> bool:
    """Whether a statement is one rate in per cent: one in 倍, 成 or words is rougher than its number tells."""
    return one.operator == "=" and one.low is None and one.unit == "%"


def in_one_unit(one: Statement, other: Statement) -> bool:
    """Whether two statements are in units that add up: both of money, or of the same things."""
    if one.unit in MULTIPLIERS or other.unit in MULTIPLIERS:
        return one.unit in MULTIPLIERS and other.unit in MULTIPLIERS
    return one.unit == other.unit or {one.unit, other.unit} <= {"人", "名"}


def counts_in(one: Statement, whole: Statement) -> bool:
    """Whether a part is a number of the kind of its whole: exact money, or a count in the same unit."""
    if one.kind != whole.kind or one.operator != "=" or one.low is not None:
        return False
    return (one.unit in MULTIPLIERS) == (whole.unit in MULTIPLIERS) if one.kind != "count" else True
