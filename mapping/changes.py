"""Changes, growths and what stayed as it was to the amounts they are said of, and to those they are a change from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mapping.amounts import meet
from mapping.document import fold
from mapping.drafts import BUDGETS
from mapping.keys import UNKNOWN, Key
from mapping.lexicon import load, pattern
from mapping.measures import measures
from mapping.readings import Readings
from mapping.sayings import bounds
from mapping.statements import Statement
from mapping.tied import Target, Tie, exact, in_percent, is_amount, signed_twice

# What stands between two amounts of two years, and between the second and its change; how far before the change.
_PAIRED = (("second-year", 2), ("change-of-two", 1))
# How far behind a number, in code points, words say that it is what it was.
_NEAR = 60


def tie_changes(read: Readings) -> Iterator[Tie]:
    """The ties of all changes, growths and unchanged amounts of a document."""
    found = _Changes(read)
    return read.each(found.change, found.growth, found.year, found.unchanged)


class _Changes:
    """The changes of one document, and which amount each is said of."""

    def __init__(self, read: Readings) -> None:
        self._read = read
        self._told = read.told
        self._all = read.told.all
        self._changes: dict[int, int] = {}

    def change(self, at: int) -> Iterator[Tie]:
        one = self._all[at]
        if one.kind != "change" or not exact(one) or one.direction is None or self._told.apart(at) or signed_twice(one):
            return
        pair = self._pair(at) or self._over_the_year(at)
        base = pair[0] if pair else self._base(at)
        base = self._implying(at) if base is None else base
        if base is not None:
            self._changes[at] = base
            yield Tie(at, "changeOf", base)
            yield from [Tie(at, "comparedWith", pair[1])] if pair else self._compared(at, base)

    def growth(self, at: int) -> Iterator[Tie]:
        one = self._all[at]
        if one.kind != "growth" or not in_percent(one) or one.direction is None or self._told.apart(at):
            return
        change = self._all[at - 1] if at else None
        based = at - 1 in self._changes or at - 1 in self._read.implying
        beside = based and self._told.near(at - 1, at) and not (change and _is_from_another(one, change))
        beyond = bool(at) and bool(pattern("statements", "beyond-budget").search(fold(self._told.lead(at - 1))))
        if change and beside and not beyond and one.base in (change.base, at - 1):
            yield Tie(at, "growthOf", at - 1)
        elif (base := self._base_of_growth(at)) is not None:
            yield Tie(at, "changeOf", base)
            yield from self._compared(at, base)

    def unchanged(self, at: int) -> Iterator[Tie]:
        """An amount said to be what it was (与上年持平), to the readings of the earlier amount."""
        one = self._all[at]
        if not is_amount(one) or one.fiscal_year is None:
            return
        found = pattern("ties", "unchanged").match(fold(self._rest(at)))
        if found and not pattern("ties", "unchanged-unless").search(found[0]):
            for earlier in self._earlier(at, one.fiscal_year - 1, _phase_in(found[0])):
                yield Tie(at, "unchangedFrom", earlier)

    def year(self, at: int) -> Iterator[Tie]:
        """An amount with a change, said of the year before the document's, to the same that a table prints for its own.

        None where anything else says the amount of the year named, or the text says it of its own year too.
        """
        base = self._changes.get(at)
        said = None if base is None else self._all[base]
        last = self._read.year and self._read.year - 1
        if base is None or said is None or not last:
            return
        if (said.fiscal_year, self._all[at].relative_year) != (last, last - 1):
            return
        for key in self._read.keys.get(base, ()):
            others = [one for one in self._read.claims[key] if one != base]
            if not self._all[at].value or any(meet(bounds(said), self._read.interval(one)) for one in others):
                continue
            later = (one for other, own in self._read.claims.items() if _is_year_after(key, other) for one in own)
            same = [one for one in later if meet(bounds(said), self._read.interval(one))]
            if same and not any(isinstance(one, int) for one in same):
                yield Tie(base, "printedForYear", same[0])

    def _pair(self, at: int) -> tuple[int, int] | None:
        """The newer and the older of two amounts that a change without a base of its own follows.

        2020年预算124万元，2019年预算126万元，减少2万元.
        """
        one = self._all[at]
        if at < 2 or one.relative_phase or self._told.first_of_line(at) > at - 2:
            return None
        older, newer = sorted((at - 1, at - 2), key=lambda place: self._all[place].fiscal_year or 0)
        last, new = self._all[older], self._all[newer]
        if one.relative_year not in (None, last.fiscal_year):
            return None
        alike = last.measure == new.measure and last.functional_class == new.functional_class
        years = new.fiscal_year is not None and new.fiscal_year == (last.fiscal_year or 0) + 1
        alike = alike and years and is_amount(last) and is_amount(new)
        joined = (pattern("ties", name).search(self._told.between(at - back, at - back + 1)) for name, back in _PAIRED)
        return (newer, older) if alike and all(joined) else None

    def _over_the_year(self, at: int) -> tuple[int, int] | None:
        """What is left at the end of a year and at its beginning, where the line of a change prints each once.

        年初结转5万元，年末结转7万元，年末比年初增加2万元.
        """
        words = load("ties")
        if not re.search(words["over-the-year"], self._told.lead(at)):
            return None
        before = range(self._told.first_of_line(at), at)
        left = [[place for place in before if self._is_left(place, measure)] for measure in words["left-over"]]
        return (left[1][0], left[0][0]) if [len(one) for one in left] == [1, 1] else None

    def _is_left(self, at: int, measure: str) -> bool:
        one = self._all[at]
        return is_amount(one) and one.measure == measure and one.functional_class is None

    def _base(self, at: int) -> int | None:
        """The amount of its own year that a change is said of."""
        one = self._all[at]
        if (named := self._named_base(at)) is not None:
            return named
        if one.base is None or not is_amount(base := self._all[one.base]):
            return None
        of_both = load("keys")["both-sides"].get(one.measure, ())  # 收入总计9万元，支出总计9万元，各增加1万元
        alike = base.measure in (one.measure, *of_both) and base.functional_class == one.functional_class
        alike = alike and base.subject == one.subject and not self._another_between(one.base, at)
        alike = alike or self._is_of_both_sides(at, base)
        own = base.fiscal_year is not None and base.fiscal_year == one.fiscal_year != one.relative_year
        known = own and not self._may_be_earlier(one) and not self._is_completed(one.base, at)
        return one.base if alike and (known or one.relative_phase) else None

    def _implying(self, at: int) -> int | None:
        """The only amount further above, of the term that a change names, of which it implies the earlier one."""
        bases = self._read.implying.get(at, set())
        base = next(iter(bases)) if len(bases) == 1 and self._names_term(self._all[at]) else None
        alike = base is not None and self._names_funds_of(at, base) and not self._is_completed(base, at)
        return base if alike else None

    def _is_of_both_sides(self, at: int, base: Statement) -> bool:
        """Whether a change is said of income and expenditure alike (收支总计9万元，收支各增加1万元)."""
        sides = load("ties")["both-sides"]
        return base.measure in sides["of"] and bool(re.search(sides["words"], self._told.lead(at)))

    def _is_completed(self, base: int, at: int) -> bool:
        """Whether a rate tells how far an amount, a budget, was spent: a change from a year behind it is of what was.

        年初预算30万元，完成年初预算的120%，比上年增加2万元.
        """
        rates = (one for one in self._all[base + 1 : at] if one.kind == "rate" and one.base == base)
        return self._all[base].phase in BUDGETS and any(one.relative_phase for one in rates)

    def _another_between(self, base: int, at: int) -> bool:
        """Whether an amount that is called just like the base of a change stands nearer to the change."""
        first, between = self._all[base], self._all[base + 1 : at]
        called = (first.kind, first.measure, first.subject, first.fiscal_year)
        alike = any((one.kind, one.measure, one.subject, one.fiscal_year) == called for one in between)
        return first.measure == "money" and alike

    def _named_base(self, at: int) -> int | None:
        """The only amount on the line of a change that is of the term it names (基本支出比上年增加5万元)."""
        one = self._all[at]
        if not self._names_term(one) or self._all[at - 1].number[0].start >= one.spans[0].start:
            return None
        alike = [place for place in range(self._told.first_of_line(at), at) if self._is_same(self._all[place], one)]
        return alike[0] if len(alike) == 1 and self._names_funds_of(at, alike[0]) else None

    def _names_term(self, one: Statement) -> bool:
        """Whether the clause of a change from another year names the term that it is of."""
        if one.measure == "money" or one.relative_year is None or not (one.measure_spans and one.spans):
            return False
        return one.measure_spans[0].start >= one.spans[0].start

    def _names_funds_of(self, at: int, base: int) -> bool:
        """Whether a change names no fund that its base does not: 一般公共预算基本支出 may be less than 基本支出."""
        said, of = (set(re.findall(load("ties")["funds"], self._told.lead(one))) for one in (at, base))
        return said <= of

    def _is_same(self, amount: Statement, change: Statement) -> bool:
        """Whether an amount is of the measure, class, body and year that a change is of."""
        alike = amount.measure == change.measure and amount.functional_class == change.functional_class
        alike = alike and amount.subject == change.subject and amount.fiscal_year == change.fiscal_year
        return alike and is_amount(amount) and amount.fiscal_year != change.relative_year

    def _may_be_earlier(self, one: Statement) -> bool:
        """Whether the amount that a change follows may be what it is a change from (2024年预算232万元，减少4万元)."""
        past = self._read.year is not None and (one.fiscal_year or 0) < self._read.year
        return past and one.relative_year is None

    def _base_of_growth(self, at: int) -> int | None:
        """The amount right before a rate that is said of it, or before the one compared with (比上年9万元增长5%)."""
        one = self._all[at]
        if one.base is None or one.relative_year is None or not is_amount(base := self._all[one.base]):
            return None
        own = base.fiscal_year == one.fiscal_year != one.relative_year
        over = one.base == at - 2 and self._is_compared(at - 1, base)
        return one.base if own and (one.base == at - 1 or over) else None

    def _is_compared(self, at: int, base: Statement) -> bool:
        """Whether the number before a rate is the earlier amount of its base, in the clause of the rate."""
        one = self._all[at]
        alike = (one.base, one.measure, one.functional_class) == (
            self._all[at + 1].base,
            base.measure,
            base.functional_class,
        )
        return is_amount(one) and alike and not re.search("[，。；：（）、]", self._told.between(at, at + 1))

    def _compared(self, at: int, base: int) -> Iterator[Tie]:
        """The amounts that a change of `base` is a change from: of its own sentence, else of the same key."""
        one = self._all[at]
        beside = self._beside(at, base)
        earlier: list[Target] = [beside] if beside is not None else []
        if one.relative_year and not earlier:
            earlier = self._earlier(base, one.relative_year, one.relative_phase)
        for target in earlier:
            yield Tie(at, "comparedWith", target)

    def _beside(self, at: int, base: int) -> int | None:
        """The amount of the year compared with that stands between a change and its base (比2023年预算5万元增加…)."""
        one = self._all[at]
        for place in range(at - 1, base, -1):
            found = self._all[place]
            if is_amount(found) and found.fiscal_year == one.relative_year is not None:
                return place if found.measure == self._all[base].measure else None
        return None

    def _earlier(self, base: int, year: int, phase: str | None) -> list[Target]:
        """The readings of the same amount of another year; of no phase named, that of its own phase.

        Of none where a draft may be compared with last year's budget or with what was done of it: both are printed.
        """
        found: list[Target] = []
        for key in self._read.keys.get(base, ()):
            own = "approved" if key.phase == "reviewDraft" else key.phase
            last = replace(key, year=year, phase=phase or own)
            if phase or key.phase != "reviewDraft" or replace(last, phase="executed") not in self._read.claims:
                found += self._read.claims.get(last, ())
            if key.measure == "closing-carry-over" and key.year == year + 1:
                opened = measures()["opening-carry-over"].character or UNKNOWN
                found += self._read.claims.get(replace(key, measure="opening-carry-over", character=opened), ())
        return found

    def _rest(self, at: int) -> str:
        """The words behind a number to the end of its sentence, the number after it, or 60 code points."""
        start = self._all[at].number[-1].end
        return re.split(r"[。；\n]|\d[\d.,]*(?!\d*年)[万亿元%]", self._told.text[start : start + _NEAR], maxsplit=1)[0]


def _is_from_another(growth: Statement, change: Statement) -> bool:
    """Whether a rate is from another year than the change before it (比预算超支5万元，比上年增长8%)."""
    said = growth.relative_year is not None and change.relative_phase is not None
    return said and change.relative_year != growth.relative_year


def _is_year_after(key: Key, other: Key) -> bool:
    """Whether a key is of the same amount a year later, but for phase and what was carried over."""
    same = (key.entity, key.level, key.measure, key.classes) == (
        other.entity,
        other.level,
        other.measure,
        other.classes,
    )
    funds = key.fund_scope == other.fund_scope or UNKNOWN in (key.fund_scope, other.fund_scope)
    return same and funds and other.project is None and other.year == key.year + 1


def _phase_in(words: str) -> str | None:
    found = (one["phase"] for one in load("statements")["years"]["phases"] if re.search(one["words"], words))
    return next(found, None)
