"""Statements to the readings they are said of: a change to its amounts, a share to part and whole, parts to their sum.

What is tied is comparable; whether it agrees is left to `shapes/audit`. What words and keys leave open is not tied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mapping.adding import first_added
from mapping.amounts import Interval, meet, multiplier, together
from mapping.document import fold
from mapping.factors import tie_averages, tie_factors
from mapping.figures import Figure
from mapping.keys import UNKNOWN, Key
from mapping.kinds import tie_parts
from mapping.lexicon import load, pattern
from mapping.measures import measures
from mapping.passages import unify
from mapping.sayings import bounds, is_share
from mapping.state import Stated
from mapping.statements import Statement
from mapping.tied import Target, Tie, Told, counted, exact, in_percent

# Shares of a list whose whole is not named, at least so many; how many statements before it the whole may stand.
_LEAST = 2
_BEFORE = 24
# How far before a count of staff, in code points, the posts stand that it fills.
_NEAR = 60
# No shorter piece tells a name.
_SHORT = 2
# Phases of a column of budgeted amounts; unspecified where it says no more than 预算数.
_PLANNED = ("approved", "adjusted", "unspecified")
_BUDGETS = frozenset({"approved", "adjusted"})
# What stands between two amounts of two years, and between the second and its change; how far before the change.
_PAIRED = (("second-year", 2), ("change-of-two", 1))
_STAFF = frozenset({"staff", "staff-civil", "staff-institution", "staff-worker"})


@dataclass(frozen=True)
class Said:
    """What ties are made from: statements and their keys, figures and their keys, the text, the bodies it covers."""

    statements: Sequence[Statement]
    figures: Sequence[Figure]
    stated: Stated
    text: str
    publisher: str | None
    year: int | None = None
    units: frozenset[str] = frozenset()


def tie(said: Said) -> list[Tie]:
    """All ties of a document's statements, in the order of the text."""
    found = _Ties(said)
    steps = (
        found.change,
        found.growth,
        found.year,
        found.unchanged,
        found.share,
        found.completion,
        found.deviation,
        found.restated,
        found.posts,
        found.balance,
    )
    told = Told(said.statements, said.text)
    ties = [one for at in range(len(said.statements)) for step in steps for one in step(at)]
    ties += [one for at in range(len(said.statements)) for of in (tie_factors, tie_averages) for one in of(told, at)]
    return [*ties, *found.shares(), *tie_parts(told, said.units)]


class _Ties:
    """The ties of one document."""

    def __init__(self, said: Said) -> None:
        self._all = said.statements
        self._said = said
        self._keys = said.stated.statements
        self._claims: dict[Key, list[Target]] = defaultdict(list)
        self._planned: dict[Key, list[Target]] = defaultdict(list)
        for at, keys in self._keys.items():
            for key in keys:
                self._claims[key].append(at)
        for figure in said.figures:
            stated = said.stated.figures.get(id(figure))
            if figure.unit and stated:
                self._claims[stated].append(tuple(figure.spans))
                if "预算" in fold(figure.column_path):
                    self._planned[stated].append(tuple(figure.spans))
        self._figures = {tuple(one.spans): one for one in said.figures}
        self._told = Told(said.statements, said.text)
        self._shared: set[int] = set()
        self._named: dict[int, list[Target]] = {}
        self._changes: dict[int, int] = {}
        self._rated = {one.base for at, one in enumerate(said.statements) if one.kind == "rate" and one.base == at - 1}
        self._implying = {one.change for one in said.stated.implied}

    # --- changes and growths ---

    def change(self, at: int) -> Iterator[Tie]:
        one = self._all[at]
        if one.kind != "change" or not exact(one) or one.direction is None or self._told.apart(at):
            return
        if pair := self._pair(at):
            self._changes[at] = pair[0]
            yield Tie(at, "changeOf", pair[0])
            yield Tie(at, "comparedWith", pair[1])
            return
        if year := self._over_the_year(at):
            self._changes[at] = year[0]
            yield Tie(at, "changeOf", year[0])
            yield Tie(at, "comparedWith", year[1])
            return
        if (base := self._base(at)) is None:
            return
        self._changes[at] = base
        yield Tie(at, "changeOf", base)
        yield from self._compared(at, base)

    def growth(self, at: int) -> Iterator[Tie]:
        one = self._all[at]
        if one.kind != "growth" or not in_percent(one) or one.direction is None or self._told.apart(at):
            return
        change = self._all[at - 1] if at else None
        based = at - 1 in self._changes or at - 1 in self._implying
        beside = based and self._told.near(at - 1, at) and not (change and _is_from_another(one, change))
        if change and beside and one.base in (change.base, at - 1):
            yield Tie(at, "growthOf", at - 1)
        elif (base := self._base_of_growth(at)) is not None:
            yield Tie(at, "changeOf", base)
            yield from self._compared(at, base)

    def unchanged(self, at: int) -> Iterator[Tie]:
        """An amount said to be what it was (与上年持平), to the readings of the earlier amount."""
        one = self._all[at]
        if one.kind != "amount" or not exact(one) or one.fiscal_year is None:
            return
        found = pattern("ties", "unchanged").match(fold(self._rest(at)))
        if found and not re.search(load("ties")["unchanged-unless"], found[0]):
            for earlier in self._earlier(at, one.fiscal_year - 1, _phase_in(found[0])):
                yield Tie(at, "unchangedFrom", earlier)

    def _pair(self, at: int) -> tuple[int, int] | None:
        """The newer and the older of two amounts that a change without a base of its own follows.

        2020年预算124万元，2019年预算126万元，减少2万元.
        """
        one = self._all[at]
        if at < 2 or one.relative_year or one.relative_phase or self._told.first_of_line(at) > at - 2:
            return None
        older, newer = sorted((at - 1, at - 2), key=lambda place: self._all[place].fiscal_year or 0)
        last, new = self._all[older], self._all[newer]
        alike = last.measure == new.measure and last.functional_class == new.functional_class
        years = new.fiscal_year is not None and new.fiscal_year == (last.fiscal_year or 0) + 1
        alike = alike and years and all(each.kind == "amount" and exact(each) for each in (last, new))
        joined = (re.search(load("ties")[name], self._told.between(at - back, at - back + 1)) for name, back in _PAIRED)
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
        return one.kind == "amount" and exact(one) and one.measure == measure and one.functional_class is None

    def _base(self, at: int) -> int | None:
        """The amount of its own year that a change is said of."""
        one = self._all[at]
        if (named := self._named_base(at)) is not None:
            return named
        if one.base is None or not exact(base := self._all[one.base]):
            return None
        alike = base.measure == one.measure and base.functional_class == one.functional_class
        alike = alike and base.subject == one.subject and not self._another_between(one.base, at)
        own = base.fiscal_year is not None and base.fiscal_year == one.fiscal_year != one.relative_year
        known = own and not self._may_be_earlier(one) and not self._is_completed(one.base, at)
        return one.base if base.kind == "amount" and alike and (known or one.relative_phase) else None

    def _is_completed(self, base: int, at: int) -> bool:
        """Whether a rate tells how far an amount, a budget, was spent: a change from a year behind it is of what was.

        年初预算30万元，完成年初预算的120%，比上年增加2万元.
        """
        rates = (one for one in self._all[base + 1 : at] if one.kind == "rate" and one.base == base)
        return self._all[base].phase in _BUDGETS and any(one.relative_phase for one in rates)

    def _another_between(self, base: int, at: int) -> bool:
        """Whether an amount that is called just like the base of a change stands nearer to the change."""
        first, between = self._all[base], self._all[base + 1 : at]
        called = (first.kind, first.measure, first.subject, first.fiscal_year)
        alike = any((one.kind, one.measure, one.subject, one.fiscal_year) == called for one in between)
        return first.measure == "money" and alike

    def _named_base(self, at: int) -> int | None:
        """The only amount on the line of a change that is of the term it names (基本支出比上年增加5万元)."""
        one = self._all[at]
        clause = one.spans[0].start if one.spans else 0
        if one.measure == "money" or one.relative_year is None or not one.measure_spans:
            return None
        if one.measure_spans[0].start < clause or self._all[at - 1].number[0].start >= clause:
            return None
        alike = [place for place in range(self._told.first_of_line(at), at) if self._is_same(self._all[place], one)]
        funds = load("ties")["funds"]
        said = set(re.findall(funds, self._told.lead(at)))
        return alike[0] if len(alike) == 1 and said <= set(re.findall(funds, self._told.lead(alike[0]))) else None

    def _is_same(self, amount: Statement, change: Statement) -> bool:
        """Whether an amount is of the measure, class, body and year that a change is of."""
        alike = amount.measure == change.measure and amount.functional_class == change.functional_class
        alike = alike and amount.subject == change.subject and amount.fiscal_year == change.fiscal_year
        return alike and amount.kind == "amount" and exact(amount) and amount.fiscal_year != change.relative_year

    def _may_be_earlier(self, one: Statement) -> bool:
        """Whether the amount that a change follows may be what it is a change from (2024年预算232万元，减少4万元)."""
        past = self._said.year is not None and (one.fiscal_year or 0) < self._said.year
        return past and one.relative_year is None

    def _base_of_growth(self, at: int) -> int | None:
        one = self._all[at]
        if one.base is None or one.relative_year is None or not exact(base := self._all[one.base]):
            return None
        own = base.fiscal_year == one.fiscal_year != one.relative_year
        return one.base if base.kind == "amount" and own and one.base == at - 1 else None

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
            if found.kind == "amount" and exact(found) and found.fiscal_year == one.relative_year is not None:
                return place if found.measure == self._all[base].measure else None
        return None

    def _earlier(self, base: int, year: int, phase: str | None) -> list[Target]:
        """The readings of the same amount of another year; of no phase named, that of its own phase."""
        found: list[Target] = []
        for key in self._keys.get(base, ()):
            own = "approved" if key.phase == "reviewDraft" else key.phase
            found += self._claims.get(replace(key, year=year, phase=phase or own), ())
            if key.measure == "closing-carry-over" and key.year == year + 1:
                opened = measures()["opening-carry-over"].character or UNKNOWN
                found += self._claims.get(replace(key, measure="opening-carry-over", character=opened), ())
        return found

    def year(self, at: int) -> Iterator[Tie]:
        """An amount with a change, said of the year before the document's, to the same that a table prints for its own.

        None where anything else says the amount of the year named, or the text says it of its own year too.
        """
        base = self._changes.get(at)
        said = None if base is None else self._all[base]
        last = self._said.year and self._said.year - 1
        if base is None or said is None or not last:
            return
        if (said.fiscal_year, self._all[at].relative_year) != (last, last - 1):
            return
        for key in self._keys.get(base, ()):
            others = [one for one in self._claims[key] if one != base]
            if not self._all[at].value or any(meet(bounds(said), self._interval(one)) for one in others):
                continue
            own = {other for other in self._claims if _is_year_after(key, other)}
            same = [one for other in own for one in self._claims[other] if meet(bounds(said), self._interval(one))]
            if same and not any(isinstance(one, int) for one in same):
                yield Tie(base, "printedForYear", same[0])

    def _interval(self, target: Target) -> Interval:
        if isinstance(target, int):
            return bounds(self._all[target])
        figure = self._figures[target]
        return figure.printed.interval(multiplier(figure.unit or "元"))

    # --- shares ---

    def share(self, at: int) -> Iterator[Tie]:
        one = self._all[at]
        if one.kind == "rate" and in_percent(one) and at:
            yield from self._rate_of_counts(at)
        if one.kind != "share" or not in_percent(one) or not at:
            return
        part = self._all[at - 1]
        if (counts := self._counted_whole(at)) is not None:
            yield Tie(at, "shareOf", at - 1)
            yield Tie(at, "shareWhole", counts)
            return
        place = at - 1 if part.kind == "amount" and exact(part) and self._follows(at) else self._part_before(at)
        wholes = list(self._wholes(at, self._all[place])) if place is not None else []
        if wholes and place is not None:
            self._shared.add(at)
            self._named[at] = wholes
            yield Tie(at, "shareOf", place)
        for whole in wholes:
            yield Tie(at, "shareWhole", whole)

    def _part_before(self, at: int) -> int | None:
        """The amount that a share is said of over a bracket that divides it, or over another share of it.

        项目支出50万元（当年30万元、结转20万元），占40%; 拨款支出80万元，占总支出的80%，占拨款支出的90%.
        """
        base = self._all[at].base
        if base is None or base >= at - 1 or self._all[base].kind != "amount" or not exact(self._all[base]):
            return None
        words = re.sub("（[^（）]*）", "", self._told.between(base, at))
        words = re.sub(r"，占[^，。；（）]*\d%(?=，占)", "", words)
        return base if pattern("ties", "share-over").fullmatch(words) else None

    def _counted_whole(self, at: int) -> int | None:
        """The count that a share right behind one of its parts is of (文物12846件，其中珍贵文物1632件，占12.7%)."""
        part = self._all[at - 1]
        whole = None if part.parent is None else self._all[part.parent]
        if whole is None or not (counted(part) and counted(whole)) or part.unit != whole.unit:
            return None
        words = self._told.between(at - 1, at).removeprefix(unify(part.unit or ""))
        return part.parent if re.fullmatch(load("ties")["share-of-count"], words) else None

    def _rate_of_counts(self, at: int) -> Iterator[Tie]:
        """A rate named like the count right before it, of the only other count of its unit beside it.

        提案36件，立案33件，立案率91.67%.
        """
        part = self._all[at - 1]
        done = re.sub(load("ties")["done-beside"], "", self._told.lead(at - 1))
        if not counted(part) or len(done) < _SHORT or self._told.lead(at) != f"{done}率":
            return
        before = range(self._told.first_of_line(at), at - 1)
        near = [place for place in before if not re.search("[。；]", self._told.between(place, at))]
        alike = [place for place in near if counted(self._all[place]) and self._all[place].unit == part.unit]
        wholes = [place for place in alike if self._all[place].parent not in alike]
        if len(wholes) == 1:
            yield Tie(at, "shareOf", at - 1)
            yield Tie(at, "shareWhole", wholes[0])

    def _wholes(self, at: int, part: Statement) -> Iterator[Target]:
        one = self._all[at]
        named = self._named_whole(at)
        if one.relative_measure is None:
            broader = None if named else load("ties")["share-of-broader"].get(part.measure)
            wholes = [place for place in self._told.line(at) if place < at and self._all[place].measure == broader]
            if len(wholes) == 1 and exact(self._all[wholes[0]]) and self._all[wholes[0]].kind == "amount":
                yield wholes[0]
            return
        parent = part.parent
        beside = parent is not None and self._all[parent].measure == one.relative_measure
        if beside and parent is not None and _is_short_for(named.removesuffix("的"), self._told.lead(parent)):
            named = ""
        if named and not _calls(named, one.relative_measure):
            return
        if parent is not None and self._all[parent].measure == one.relative_measure and exact(self._all[parent]):
            yield parent if named else self._before_added(at, part, parent)
            return
        if parent is not None and (not named or self._is_loosely_of(at, part, parent)):
            yield from [parent] if named else []
            return
        wanted = measures()[one.relative_measure]
        funds = ("all", UNKNOWN) if wanted.fund_scope == UNKNOWN else (wanted.fund_scope or "all",)
        for key, claims in self._claims.items():
            whole = key.measure == wanted.counts_as and not key.classes and not key.project
            own = key.fund_scope in funds and (key.entity, key.year) == (self._said.publisher or "", part.fiscal_year)
            if whole and own and (part.phase in (None, key.phase) or key.phase == "reviewDraft"):
                yield from claims

    def _is_loosely_of(self, at: int, part: Statement, parent: int) -> bool:
        """Whether a share of 总收入 or 总支出 is one of the year's income or expenditure that its list divides."""
        one, whole = self._all[at], self._all[parent]
        loose = re.search(load("ties")["loose-total"], self._named_whole(at))
        total = load("keys")["either"].get(whole.measure) == one.relative_measure
        return bool(loose) and total and exact(whole) and is_share(one, part, bounds(whole))

    def _before_added(self, at: int, part: Statement, parent: int) -> int:
        """The amount that a share of no named whole is of, where its list divides that with what is added to it.

        收入80万元，加上结转20万元，可用100万元，其中：拨款60万元，占75%.
        """
        added = first_added(self._told, parent)
        before = range(self._told.first_of_line(parent), parent if added is None else added)
        amounts = [place for place in before if self._all[place].kind == "amount" and exact(self._all[place])]
        fit = [place for place in amounts if is_share(self._all[at], part, bounds(self._all[place]))]
        own = is_share(self._all[at], part, bounds(self._all[parent]))
        return fit[-1] if added is not None and fit and not own else parent

    def shares(self) -> Iterator[Tie]:
        """Shares of a whole that is not named: of the amount before them that their parts add up to.

        Half of them must be shares of it, or they may be of something else.
        """
        first = 1
        while first < len(self._all):
            listed = max(list(self._listed(first)), list(self._listed_below(first)), key=len)
            yield from list(self._of_sum(listed)) or self._as_before(listed)
            first = listed[-1] + 1 if listed else first + 1

    def _shareless(self, at: int) -> bool:
        """Whether a statement is a share of unknown whole, right behind its part."""
        one = self._all[at] if 0 < at < len(self._all) else None
        if one is None or one.kind != "share" or not in_percent(one) or at in self._shared:
            return False
        part = self._all[at - 1]
        open_whole = one.relative_measure in (None, "money") and not self._named_whole(at)
        return part.kind == "amount" and exact(part) and self._follows(at) and open_whole

    def _listed(self, first: int) -> Iterator[int]:
        """A run of such shares on one line, each behind its own part."""
        at, line = first, self._told.first_of_line(first)
        while at < len(self._all) and self._shareless(at) and self._told.first_of_line(at) == line:
            yield at
            at += 2

    def _listed_below(self, first: int) -> Iterator[int]:
        """A run of such shares, each the only one of its line, behind the part that its line begins with."""
        at = first
        while self._shareless(at):
            line = self._told.line(at)
            shares = [place for place in line if self._all[place].kind == "share"]
            if shares != [at] or line.start != at - 1:
                return
            yield at
            if line.stop == len(self._all) or not self._told.adjacent(line.stop - 1, line.stop):
                return
            at = line.stop + 1

    def _of_sum(self, listed: Sequence[int]) -> Iterator[Tie]:
        if len(listed) < _LEAST:
            return
        parts = together(bounds(self._all[at - 1]) for at in listed)
        for whole in range(listed[0] - 2, max(-1, listed[0] - _BEFORE), -1):
            one = self._all[whole]
            summed = one.kind == "amount" and exact(one) and parts[0] > 0 and meet(bounds(one), parts)
            if summed and sum(is_share(self._all[at], self._all[at - 1], bounds(one)) for at in listed) * 2 >= len(
                listed
            ):
                for at in listed:
                    yield Tie(at, "shareOf", at - 1)
                    yield Tie(at, "shareWhole", whole)
                return

    def _as_before(self, listed: Sequence[int]) -> Iterator[Tie]:
        """Shares of the whole that the share before them on their line names, half of them at least.

        A类20万元，占支出总额的20%；B类30万元，占30%；C类50万元，占50%.
        """
        before = listed[0] - 2 if len(listed) >= _LEAST else -1
        near = before in self._named and self._told.near(before, listed[-1])
        for whole in self._named[before] if near and before >= self._told.first_of_line(listed[0]) else ():
            parts = [self._all[before - 1], *(self._all[at - 1] for at in listed)]
            alike = len({(part.measure, len(part.functional_class or "")) for part in parts}) == 1
            among = self._interval(whole)
            if alike and sum(is_share(self._all[at], self._all[at - 1], among) for at in listed) * 2 >= len(listed):
                for at in listed:
                    yield Tie(at, "shareOf", at - 1)
                    yield Tie(at, "shareWhole", whole)
                return

    def _follows(self, at: int) -> bool:
        """Whether a share stands right behind the amount before it (5万元，占…)."""
        return bool(pattern("ties", "share-follows").match(self._told.between(at - 1, at)))

    def _named_whole(self, at: int) -> str:
        """What the clause of a share calls the whole (占项目支出总额的100%); empty where it does not."""
        found = pattern("ties", "whole-named").search(self._told.between(at - 1, at))
        return found[1] if found else ""

    # --- completion ---

    def completion(self, at: int) -> Iterator[Tie]:
        one = self._all[at]
        words = fold("".join(self._said.text[span.start : span.end] for span in one.spans))
        if one.kind != "rate" or not in_percent(one) or one.base is None or not at:
            return
        if self._is_of_both(at):
            yield Tie(at, "completionOf", at - 1)
            yield Tie(at, "completionBase", at - 2)
            yield from self._outcome(at, at - 1, [at - 2])
            return
        named = pattern("ties", "completion").search(words)
        done = self._all[one.base]
        if one.relative_phase is None or not exact(done) or done.phase == one.relative_phase:
            return
        budgets = list(self._budgets(at, one.base) if named else self._only_budget(at, one.base))
        budgets = budgets or ([] if named else list(self._printed_budget(one.base)))
        if budgets and self._told.near(one.base, at):
            yield Tie(at, "completionOf", one.base)
            yield from (Tie(at, "completionBase", budget) for budget in budgets)
            yield from self._outcome(at, one.base, budgets)

    def deviation(self, at: int) -> Iterator[Tie]:
        """A rate of deviation to the budget and to what was spent, the two amounts right before it.

        年初预算数30万元，决算数28万元，预决算差异率-6.67%.
        """
        one = self._all[at]
        if at < 2 or one.kind != "rate" or not in_percent(one):
            return
        budget, done = self._all[at - 2], self._all[at - 1]
        amounts = all(each.kind == "amount" and exact(each) for each in (budget, done)) and self._told.near(at - 2, at)
        alike = budget.fiscal_year == done.fiscal_year and budget.phase in _BUDGETS and done.phase not in _BUDGETS
        named = re.search(load("ties")["deviation"], self._told.lead(at))
        if amounts and alike and done.phase and named and self._told.first_of_line(at) <= at - 2:
            yield Tie(at, "deviationOf", at - 1)
            yield Tie(at, "deviationBase", at - 2)

    def _outcome(self, at: int, done: int, budgets: Sequence[Target]) -> Iterator[Tie]:
        """The budgets that the words behind a rate say more or less was spent than (决算数小于预算数)."""
        found = re.search(load("ties")["outcome"], self._told.behind(at))
        other = {"approved": "adjusted", "adjusted": "approved"}.get(self._all[at].relative_phase or "")
        if found and not (other and found[other]):
            name = "calledAbove" if found["above"] else "calledBelow"
            yield from (Tie(done, name, budget) for budget in budgets)

    def _is_of_both(self, at: int) -> bool:
        """Whether a rate is of the amount right before it, and that of the budget right before (执行率)."""
        if at < 2 or not re.search(load("ties")["rate-of-both"], self._told.lead(at)):
            return False
        budget, done = self._all[at - 2], self._all[at - 1]
        amounts = all(one.kind == "amount" and exact(one) and self._told.near(at - 2, at) for one in (budget, done))
        spent = re.search(load("ties")["executed"], self._told.lead(at - 1)) and done.phase not in _BUDGETS
        return bool(amounts and spent and budget.phase in _BUDGETS)

    def _budgets(self, at: int, done: int) -> Iterator[Target]:
        one = self._all[at]
        for place in self._budgets_beside(at, done):
            if self._all[place].phase == one.relative_phase:
                yield place
                return
        for key in self._keys.get(done, ()):
            for claim in self._claims.get(replace(key, phase=one.relative_phase or ""), ()):
                if not (isinstance(claim, int) and self._is_spent(claim)):
                    yield claim

    def _is_spent(self, at: int) -> bool:
        """Whether an amount is no budget: its words call it done (收入完成9万元), or a rate right behind is of it."""
        return at in self._rated or bool(re.search(load("ties")["done"], self._told.lead(at)))

    def _only_budget(self, at: int, done: int) -> Sequence[int]:
        """The budget of the sentence, where it is the only one that a rate without a named base can be of."""
        found = list(self._budgets_beside(at, done))
        return found if len(found) == 1 else ()

    def _printed_budget(self, done: int) -> Sequence[Target]:
        """The budgets that tables print of what was spent, where they print but one phase of it (预算数)."""
        keys = self._keys.get(done, ())
        phases = [[*self._planned.get(replace(key, phase=phase), ())] for key in keys for phase in _PLANNED]
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
            budgeted = found.phase in _BUDGETS and found.fiscal_year == spent.fiscal_year
            if same and budgeted and found.kind == "amount" and exact(found) and not self._is_spent(place):
                yield place

    # --- the same in another unit ---

    def restated(self, at: int) -> Iterator[Tie]:
        """An amount in brackets to the one before it that it repeats in another unit, or in words.

        85759元（折合8.58万元）; 120万元（大写：壹佰贰拾万元整）.
        """
        one, before = self._all[at], self._all[max(at - 1, 0)]
        alike = at and one.kind == before.kind == "amount" and exact(one) and exact(before)
        words = load("ties")["restates-unless"]
        broken = alike and any(re.match(words, self._told.behind(place)) for place in (at - 1, at))
        if alike and not broken and re.search(load("ties")["restates"], self._told.between(at - 1, at)):
            yield Tie(at, "restates", at - 1)

    # --- posts ---

    def posts(self, at: int) -> Iterator[Tie]:
        """The posts that a count of staff fills: those of the same body shortly before it."""
        one = self._all[at]
        if one.measure != "staff" or one.kind != "count" or one.operator != "=" or one.parent is not None:
            return
        posts: list[int] = []
        for place in range(at - 1, -1, -1):
            found = self._all[place]
            if one.number[0].start - found.number[-1].end > _NEAR or found.measure in _STAFF:
                break
            exact = found.kind == "count" and found.operator == "=" and found.parent is None
            if exact and found.measure == "authorised-posts" and found.subject == one.subject:
                posts.append(place)
        if (total := self._total(posts)) is not None:
            yield Tie(self._on_posts(at), "postsOf", total)
            yield from self._vacant(at, total)

    def _vacant(self, at: int, posts: int) -> Iterator[Tie]:
        """The posts that a count of staff leaves free, right behind it, with the staff: parts of all posts.

        核定编制30名，在职26人，空编4名.
        """
        free = at + 1
        beside = free < len(self._all) and counted(self._all[free]) and self._told.near(at, free)
        vacant = beside and re.fullmatch(load("ties")["vacant"], self._told.lead(free))
        if vacant and self._on_posts(at) == at:
            yield from (Tie(posts, "dividedInto", part) for part in (at, free))

    def _on_posts(self, at: int) -> int:
        """The only part of a count of staff that has posts (在岗34人，其中：在编21人，聘用13人), else all of it."""
        parts = [place for place in range(at + 1, len(self._all)) if self._all[place].parent == at]
        filled = [place for place in parts if re.search(load("ties")["on-posts"], self._told.lead(place))]
        return filled[0] if len(filled) == 1 and counted(self._all[filled[0]]) else at

    def _total(self, counts: Sequence[int]) -> int | None:
        """Of several counts the one that the others add up to; the only one."""
        values = {place: self._all[place].value for place in counts}
        whole = sum(values.values())
        fit = [place for place, value in values.items() if len(counts) == 1 or value * 2 == whole]
        return fit[0] if len(fit) == 1 else None

    # --- balance ---

    def balance(self, at: int) -> Iterator[Tie]:
        """Total expenditure to the total income of its sentence: of one year, phase and fund."""
        spent = {_account(key) for key in self._keys.get(at, ()) if key.measure == "total-expenditure"}
        for place in range(at - 1, -1, -1) if len(self._keys.get(at, ())) == 1 and spent else ():
            if not self._told.near(place, at):
                return
            keys = self._keys.get(place, ())
            if len(keys) == 1 and keys[0].measure == "total-income" and _account(keys[0]) in spent:
                yield Tie(at, "balancedBy", place)
                return

    # --- the text ---

    def _rest(self, at: int) -> str:
        """The words behind a number to the end of its sentence, the number after it, or 60 code points."""
        start = self._all[at].number[-1].end
        return re.split(r"[。；\n]|\d[\d.,]*(?!\d*年)[万亿元%]", self._said.text[start : start + _NEAR], maxsplit=1)[0]


def _is_from_another(growth: Statement, change: Statement) -> bool:
    """Whether a rate is from the year before, the change before it from a budget (比预算超支5万元，比上年增长8%)."""
    said = growth.relative_year is not None and growth.relative_phase is None
    return said and change.relative_phase in _BUDGETS and change.relative_year != growth.relative_year


def _account(key: Key) -> tuple[str, str, int, str, str]:
    """What total income and total expenditure that must balance have in common."""
    return key.entity, key.level, key.year, key.phase, key.fund_scope


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


def _calls(words: str, measure: str) -> bool:
    """Whether words name a measure, but for words that name no other (部门（单位）项目支出总额)."""
    if re.search(load("ties")["whole-called"].get(measure, "(?!)"), words):
        return True
    bare = re.sub(load("ties")["whole-beside"], "", words)
    wanted = measures()[measure]
    names = {re.sub(load("ties")["whole-beside"], "", unify(name)) for name in wanted.names}
    return bare in names


def _is_short_for(words: str, name: str) -> bool:
    """Whether words leave out something in the middle of a name (预留份额, of 预留面向中小企业采购份额)."""
    ends = [(words[:at], words[at:]) for at in range(_SHORT, len(words) - _SHORT + 1)]
    return any(first in name and name.endswith(last) for first, last in ends)


def _phase_in(words: str) -> str | None:
    found = (one["phase"] for one in load("statements")["years"]["phases"] if re.search(one["words"], words))
    return next(found, None)
