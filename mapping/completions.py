"""Rates of what was budgeted to the budget and to what was spent: of completion, and of deviation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mapping.document import fold
from mapping.drafts import BUDGETS
from mapping.lexicon import load, pattern
from mapping.readings import Readings
from mapping.tied import Target, Tie, exact, in_percent, is_amount

# Phases of a column of budgeted amounts; unspecified where it says no more than 预算数.
_PLANNED = ("approved", "adjusted", "unspecified")


def tie_completions(read: Readings) -> Iterator[Tie]:
    """The ties of all rates of completion and of deviation of a document."""
    found = _Completions(read)
    return read.each(found.completion, found.deviation)


class _Completions:
    """The rates of one document."""

    def __init__(self, read: Readings) -> None:
        self._read = read
        self._told = read.told
        self._all = read.told.all
        self._rated = {one.base for at, one in enumerate(self._all) if one.kind == "rate" and one.base == at - 1}

    def completion(self, at: int) -> Iterator[Tie]:
        one = self._all[at]
        base = self._base(at)
        if one.kind != "rate" or not in_percent(one) or base is None or not at or self._is_apart(at, base):
            return
        if self._is_of_both(at):
            yield Tie(at, "completionOf", at - 1)
            yield Tie(at, "completionBase", at - 2)
            yield from self._outcome(at, at - 1, [at - 2])
            return
        words = fold("".join(self._told.text[span.start : span.end] for span in one.spans))
        named = pattern("ties", "completion").search(words)
        done = self._all[base]
        if one.relative_phase is None or not exact(done) or done.phase == one.relative_phase:
            return
        phased = named or pattern("ties", "of-budget").search(words)
        budgets = list(self._budgets(at, base)) if phased else []
        if not (budgets or named):
            budgets = list(self._only_budget(at, base)) or list(self._printed_budget(base))
        if budgets and self._told.near(base, at):
            yield Tie(at, "completionOf", base)
            yield from (Tie(at, "completionBase", budget) for budget in budgets)
            yield from self._outcome(at, base, budgets)

    def _is_apart(self, at: int, base: int) -> bool:
        """Whether a rate, or the budget right before it, is told on another base (剔除专项后为预算80万元的99%)."""
        named = at - 1 > base and self._all[at - 1].phase in BUDGETS
        return self._told.apart(at) or (named and self._told.apart(at - 1))

    def _base(self, at: int) -> int | None:
        """The amount that a rate is of; that of the last one of its sentence where no amount stands between them.

        收入9万元，为调整预算的98%，增长2%；为年初预算的99%.
        """
        one = self._all[at]
        if one.base is not None or one.kind != "rate" or one.relative_phase is None:
            return one.base
        for place in range(at - 1, self._told.first_of_line(at) - 1, -1):
            before = self._all[place]
            if before.kind == "amount" or not self._told.near(place, at):
                return None
            if before.kind == "rate" and before.relative_phase and before.base is not None:
                return before.base
        return None

    def deviation(self, at: int) -> Iterator[Tie]:
        """A rate of deviation to the budget and to what was spent, the two amounts right before it.

        年初预算数30万元，决算数28万元，预决算差异率-6.67%.
        """
        one = self._all[at]
        if one.kind != "rate" or not in_percent(one) or not self._is_behind_both(at):
            return
        budget, done = self._all[at - 2], self._all[at - 1]
        named = pattern("ties", "deviation").search(self._told.lead(at))
        alike = budget.fiscal_year == done.fiscal_year and done.phase and self._told.first_of_line(at) <= at - 2
        if alike and named:
            yield Tie(at, "deviationOf", at - 1)
            yield Tie(at, "deviationBase", at - 2)

    def _is_behind_both(self, at: int) -> bool:
        """Whether a budget and what was spent are the two amounts right before a rate, in its sentence."""
        budget, done = self._all[max(at - 2, 0)], self._all[at - 1]
        phases = budget.phase in BUDGETS and done.phase not in BUDGETS
        return at > 1 and phases and is_amount(budget) and is_amount(done) and self._told.near(at - 2, at)

    def _outcome(self, at: int, done: int, budgets: Sequence[Target]) -> Iterator[Tie]:
        """The budgets that the words behind a rate say more or less was spent than (决算数小于预算数)."""
        found = pattern("ties", "outcome").search(self._told.behind(at))
        other = {"approved": "adjusted", "adjusted": "approved"}.get(self._all[at].relative_phase or "")
        if found and not (other and found[other]):
            name = "calledAbove" if found["above"] else "calledBelow"
            yield from (Tie(done, name, budget) for budget in budgets)

    def _is_of_both(self, at: int) -> bool:
        """Whether a rate is of the amount right before it, and that of the budget right before (执行率)."""
        words = load("ties")
        named = re.search(words["rate-of-both"], self._told.lead(at)) and self._is_behind_both(at)
        return bool(named and re.search(words["executed"], self._told.lead(at - 1)))

    def _budgets(self, at: int, done: int) -> Iterator[Target]:
        one = self._all[at]
        for place in self._budgets_beside(at, done):
            if self._all[place].phase == one.relative_phase:
                yield place
                return
        for key in self._read.keys.get(done, ()):
            for claim in self._read.claims.get(replace(key, phase=one.relative_phase or ""), ()):
                if not (isinstance(claim, int) and self._is_spent(claim)):
                    yield claim

    def _is_spent(self, at: int) -> bool:
        """Whether an amount is no budget: its words call it done (收入完成9万元), or a rate right behind is of it."""
        return at in self._rated or bool(pattern("ties", "done").search(self._told.lead(at)))

    def _only_budget(self, at: int, done: int) -> Sequence[int]:
        """The budget of the sentence, where it is the only one that a rate without a named base can be of."""
        found = list(self._budgets_beside(at, done))
        return found if len(found) == 1 else ()

    def _printed_budget(self, done: int) -> Sequence[Target]:
        """The budgets that tables print of what was spent, where they print but one phase of it (预算数)."""
        keys = self._read.keys.get(done, ())
        phases = [[*self._read.planned.get(replace(key, phase=phase), ())] for key in keys for phase in _PLANNED]
        printed = [one for one in phases if one]
        return printed[0] if len(printed) == 1 else []

    def _budgets_beside(self, at: int, done: int) -> Iterator[int]:
        """The budgets in the sentence of a rate, the nearest first, of what was spent."""
        spent = self._all[done]
        for place in range(at - 1, -1, -1):
            found = self._all[place]
            if not self._told.near(place, at):
                return
            same = found.functional_class == spent.functional_class and found.measure == spent.measure
            budgeted = found.phase in BUDGETS and found.fiscal_year == spent.fiscal_year
            if same and budgeted and is_amount(found) and not self._is_spent(place):
                yield place
