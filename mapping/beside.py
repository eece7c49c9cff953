"""What the statements of a document are read beside: its text, its projects and what its tables state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from mapping.governed import Report
from mapping.halves import Halves
from mapping.keys import UNKNOWN, Frame, Key
from mapping.lexicon import load


@dataclass(frozen=True, slots=True)
class Printed:
    """What statements are read beside: the text, the IRIs of projects by name, and the facts that the tables state.

    Totals are intervals in 元 by measure, of the entity's own year and of all funds; `open` are those of the facts
    without class of which the tables leave open what was carried over. `report` tells the levels of a government apart,
    `halves` the parts of a document that publishes the accounts of one year and the budget of another, `cuts` are the
    places where a passage goes on that the end of a line or of a page cuts.
    """

    text: str
    projects: Mapping[str, str]
    facts: frozenset[Key]
    totals: Mapping[str, tuple[Decimal, Decimal]]
    open: Mapping[Key, tuple[Decimal, Decimal]]
    report: Report | None
    halves: Halves
    cuts: frozenset[int]

    def on_one_line(self, start: int, end: int) -> bool:
        """Whether no line ends between two places, but one that goes on with what is cut at its end."""
        ends = re.finditer(r"\s*\n\s*", self.text[start:end])
        return all(start + one.end() in self.cuts for one in ends)

    def settled(self, key: Key) -> Key:
        """`key` with the fund and carry-over that it leaves open, where the tables state one such fact only."""
        if key.measure in load("keys")["appropriated"] and key not in self.facts:
            key = replace(key, fund_scope=UNKNOWN) if replace(key, fund_scope=UNKNOWN) in self.facts else key
        if key.classes or UNKNOWN not in (key.fund_scope, key.carry_over):
            return key
        alike = {
            fact
            for fact in self.facts
            if key.fund_scope in (UNKNOWN, fact.fund_scope) and key.carry_over in (UNKNOWN, fact.carry_over)
            if fact.measure == key.measure
            if replace(fact, fund_scope=key.fund_scope, carry_over=key.carry_over) == key
        }
        return alike.pop() if len(alike) == 1 else key

    def accounted(self, key: Key, frame: Frame) -> Key:
        """`key` of no phase as money spent, where a table prints the account of the same: the text tells of that.

        Only in a document of no phase (a report), not in a budget or accounts.
        """
        spent = replace(key, phase="finalAccounts")
        return spent if frame.phase == key.phase == "unspecified" and spent in self.facts else key

    def whole_of(self, key: Key) -> Key:
        """A project's fact with what was carried over, where the tables state that one only for all its funds."""
        whole = replace(key, carry_over="including")
        return whole if key not in self.facts and whole in self.facts else key
