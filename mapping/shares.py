"""Shares to the part and the whole that they are said of, named or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from mapping.adding import first_added
from mapping.amounts import meet, together
from mapping.document import quote
from mapping.drafts import PLANNED
from mapping.keys import UNKNOWN, Key
from mapping.lexicon import load, pattern
from mapping.measures import Measure, measures
from mapping.passages import unify
from mapping.readings import Readings
from mapping.sayings import bounds, is_share, worded
from mapping.statements import Statement
from mapping.tied import Target, Tie, counted, exact, in_percent, is_amount

# Shares of a list whose whole is not named, at least so many; how many statements before it the whole may stand.
_LEAST = 2
_BEFORE = 24
# No shorter piece tells a name.
_SHORT = 2


def tie_shares(read: Readings) -> Iterator[Tie]:
    """The ties of all shares of a document."""
    found = _Shares(read)
    for at in range(1, len(read.told.all)):
        yield from found.share(at)
    yield from found.shares()
    yield from found.by_name()


class _Shares:
    """The shares of one document, and which wholes those name that are tied."""

    def __init__(self, read: Readings) -> None:
        self._read = read
        self._told = read.told
        self._all = read.told.all
        self._named: dict[int, list[Target]] = {}

    def share(self, at: int) -> Iterator[Tie]:
        one = self._all[at]
        if one.kind == "rate" and in_percent(one):
            yield from self._rate_of_counts(at)
            yield from self._rate_of_plan(at)
        if one.kind != "share" or not in_percent(one):
            return
        part = self._all[at - 1]
        if (printed := self._printed_whole(at)) is not None:
            yield from _share_of(at, printed, [at - 1])
            return
        if (counts := self._counted_whole(at)) is not None:
            yield from _share_of(at, at - 1, [counts])
            return
        apart = pattern("statements", "respectively").search(self._told.between(at - 1, at))
        place = at - 1 if is_amount(part) and self._follows(at) and not apart else self._part_before(at)
        wholes = list(self._wholes(at, place)) if place is not None else []
        if wholes and place is not None:
            self._named[at] = wholes
            yield from _share_of(at, place, wholes)

    def _part_before(self, at: int) -> int | None:
        """The amount that a share is said of over a bracket that divides it, over another share of it, or its change.

        项目支出50万元（当年30万元、结转20万元），占40%; 拨款支出80万元，占总支出的80%，占拨款支出的90%; or over how it
        changed (拨款80万元，比上年增加5万元，增长7%，占总支出的80%).
        """
        base = self._all[at].base
        if base is None or base >= at - 1 or not is_amount(self._all[base]):
            return None
        words = re.sub("（[^（）]*）", "", self._told.between(base, at))
        words = re.sub(r"，占[^，。；（）]*\d%(?=，占)", "", words)
        between = self._all[base + 1 : at]
        if between and all(one.base == base and one.kind in ("change", "growth") for one in between):
            words = re.sub("^([百千万亿]*元)，.*(?=，占)", r"\1", words)
        return base if pattern("ties", "share-over").fullmatch(words) else None

    def _printed_whole(self, at: int) -> int | None:
        """The part of a share right before its whole (48万元，占支出合计50万元的96%)."""
        part, whole = self._all[at - 2] if at > 1 else None, self._all[at - 1]
        between = part and self._all[at].base == at - 2
        alike = part and ((is_amount(part) and is_amount(whole)) or (counted(part) and part.unit == whole.unit))
        behind = pattern("statements", "whole-behind").fullmatch(self._told.lead(at))
        return at - 2 if between and behind and alike and self._told.near(at - 2, at) else None

    def _counted_whole(self, at: int) -> int | None:
        """The count that a share right behind one of its parts is of (文物12846件，其中珍贵文物1632件，占12.7%)."""
        part = self._all[at - 1]
        whole = None if part.parent is None else self._all[part.parent]
        if whole is None or not (counted(part) and counted(whole)) or part.unit != whole.unit:
            return None
        words = self._told.between(at - 1, at).removeprefix(unify(part.unit or ""))
        return part.parent if pattern("ties", "share-of-count").fullmatch(words) else None

    def _rate_of_counts(self, at: int) -> Iterator[Tie]:
        """A rate named like the count right before it, of the only other count of its unit beside it.

        提案36件，立案33件，立案率91.67%.
        """
        part = self._all[at - 1]
        done = pattern("ties", "done-beside").sub("", self._told.lead(at - 1))
        if not counted(part) or len(done) < _SHORT or self._told.lead(at) != f"{done}率":
            return
        before = range(self._told.first_of_line(at), at - 1)
        near = [place for place in before if not re.search("[。；]", self._told.between(place, at))]
        alike = [place for place in near if counted(self._all[place]) and self._all[place].unit == part.unit]
        wholes = [place for place in alike if self._all[place].parent not in alike]
        if len(wholes) == 1:
            yield from _share_of(at, at - 1, wholes)

    def _rate_of_plan(self, at: int) -> Iterator[Tie]:
        """A rate of completion of the count right before it, what was done, of the plan right before that.

        计划培训500人，实际培训520人，完成计划的104%.
        """
        words, plan = load("ties")["of-plan"], at - 2
        if plan < self._told.first_of_line(at) or not re.search(words["rate"], self._told.lead(at)):
            return
        planned, done = self._all[plan], self._all[at - 1]
        alike = counted(planned) and counted(done) and planned.unit == done.unit and self._told.near(plan, at)
        led = all(re.search(words[name], self._told.lead(one)) for name, one in (("plan", plan), ("done", at - 1)))
        if alike and led:
            yield from _share_of(at, at - 1, [plan])

    def _wholes(self, at: int, place: int) -> Iterator[Target]:
        one, part = self._all[at], self._all[place]
        named = self._named_whole(at)
        if (broader := self._broader_beside(at, place, named)) is not None:
            yield broader
            return
        if one.relative_measure is None:
            return
        parent = part.parent
        beside = parent is not None and self._all[parent].measure == one.relative_measure
        if beside and parent is not None and _is_short_for(named.removesuffix("的"), self._told.lead(parent)):
            named = ""
        if named and not _calls(named, one.relative_measure):
            return
        if parent is not None and self._all[parent].measure == one.relative_measure and exact(self._all[parent]):
            alike = [] if self._named_whole(at) else self._as_its_list(at, part, parent)
            yield from alike or [parent if named else self._before_added(at, part, parent)]
            return
        if parent is not None and (not named or self._is_loosely_of(at, part, parent)):
            yield from [parent] if named else []
            return
        wanted = measures()[one.relative_measure]
        if (called := self._called_so(at, named)) is not None:
            yield called
            return
        funds = self._funds_of_whole(wanted, named, place)
        found: dict[Key, list[Target]] = {}
        for key, claims in self._read.claims.items():
            whole = key.measure == wanted.counts_as and not key.classes and not key.project
            own = key.fund_scope in funds and (key.entity, key.year) == (self._read.publisher or "", part.fiscal_year)
            if whole and own and (part.phase in (None, key.phase) or key.phase == "reviewDraft"):
                found[key] = claims
        last = self._last_told(at, found)
        done = {key.phase for key in self._read.keys.get(place, ())} - PLANNED  # what was spent is a share of that
        phases = {key.phase for key in found if key.phase in done} or {key.phase for key in found}
        for key, claims in found.items():
            if (key.level, key.phase) == (last.level, last.phase) if last else key.phase in phases:
                yield from claims

    def _broader_beside(self, at: int, place: int, named: str) -> int | None:
        """The only amount before a share on its line of the broader measure of its part, where no whole is named."""
        one, part = self._all[at], self._all[place]
        open_whole = one.relative_measure is None or part.parent is None
        broader = load("ties")["share-of-broader"].get(part.measure)
        if not open_whole or named or one.relative_measure not in (None, broader):
            return None
        wholes = [place for place in self._told.line(at) if place < at and self._all[place].measure == broader]
        return wholes[0] if len(wholes) == 1 and is_amount(self._all[wholes[0]]) else None

    def _funds_of_whole(self, whole: Measure, named: str, place: int) -> Collection[str]:
        """The funds that a whole may be of, by its measure and its name: 年末财政拨款结转 is none of all funds.

        A part of “三公” spending is one of that of its own fund, too, or of the only one that is told.
        """
        if said := worded("fund", named):
            return (said,)
        if whole.fund_scope != UNKNOWN:
            return (whole.fund_scope or "all",)
        told = {key.fund_scope for key in self._read.claims if key.measure == whole.counts_as}
        own = {key.fund_scope for key in self._read.keys.get(place, ())} | (told if len(told) == 1 else set())
        return {"all", UNKNOWN, *(() if named else own)}

    def _called_so(self, at: int, named: str) -> int | None:
        """The last amount that the text calls by the very words of a share's whole (收入预算90万元…，占收入预算的80%).

        Only where they may mean the year's money or the total with what was carried over.
        """
        whole = named.removesuffix("的")
        either = re.search(load("keys")["ambiguous"], whole)
        for place in range(at - 1, -1, -1) if either else ():
            one = self._all[place]
            own = is_amount(one) and one.fiscal_year == self._all[at].fiscal_year and one.base is None
            if own and whole in self._names(place):
                return place if one.parent is None and self._read.keys.get(place) else None
        return None

    def _names(self, at: int) -> Collection[str]:
        """What the text calls an amount: its term, and all words from there to the number, without 部门 before them."""
        one, text = self._all[at], self._told.text
        term = unify(quote(text, one.measure_spans))
        words = unify(text[one.measure_spans[0].start : one.number[0].start]) if one.measure_spans else ""
        return {term, words, words.removeprefix("部门")}

    def _last_told(self, at: int, keys: Collection[Key]) -> Key | None:
        """The last of some facts that the text states before a share, on its line or the one above; no planned one."""
        for place in range(at - 1, -1, -1):
            if not (self._told.adjacent(place, at) or place >= self._told.first_of_line(at)):
                return None
            found = (key for key in self._read.keys.get(place, ()) if key in keys)
            if last := next((key for key in found if key.phase not in PLANNED), None):
                return last
        return None

    def _is_loosely_of(self, at: int, part: Statement, parent: int) -> bool:
        """Whether a share of 总收入 or 总支出 is one of the year's income or expenditure that its list divides."""
        one, whole = self._all[at], self._all[parent]
        loose = pattern("ties", "loose-total").search(self._named_whole(at))
        total = load("keys")["either"].get(whole.measure) == one.relative_measure
        return bool(loose) and total and exact(whole) and is_share(one, part, bounds(whole))

    def _as_its_list(self, at: int, part: Statement, parent: int) -> Sequence[Target]:
        """The wholes of the share that the head of its list is, where a share is of them and not of the head.

        授予中小企业合同金额80万元，占采购支出总额的80%，其中：小微企业40万元，占40%.
        """
        one, above = self._all[at], self._named.get(parent + 1, [])
        own = is_share(one, part, bounds(self._all[parent]))
        return [] if own else [whole for whole in above if is_share(one, part, self._read.interval(whole))]

    def _before_added(self, at: int, part: Statement, parent: int) -> int:
        """The amount that a share of no named whole is of, where its list divides that with what is added to it.

        收入80万元，加上结转20万元，可用100万元，其中：拨款60万元，占75%.
        """
        added = first_added(self._told, parent)
        before = range(self._told.first_of_line(parent), parent if added is None else added)
        amounts = [place for place in before if is_amount(self._all[place])]
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
            ties = self._of_sum(listed) or self._of_hundred(listed) or self._as_before(listed)
            yield from ties or self._of_total(listed)
            first = listed[-1] + 1 if listed else first + 1

    def by_name(self) -> Iterator[Tie]:
        """Shares of the amount before them whose parts are only named, told with their amounts further above.

        收入预算90万元，其中：拨款收入占80.00%，事业收入占15.00%，其他收入占5.00%. All but one must be what they say.
        """
        first = 1
        while first < len(self._all):
            listed, whole = list(self._named_alone(first)), first - 1
            measured = all(self._all[at].relative_measure == self._all[whole].measure for at in listed)
            if len(listed) > _LEAST and is_amount(self._all[whole]) and measured and self._told.near(whole, first):
                parts = [self._told_above(at, whole) for at in listed]
                pairs = [(at, part) for at, part in zip(listed, parts, strict=True) if part is not None]
                among = bounds(self._all[whole])
                fit = sum(is_share(self._all[at], self._all[part], among) for at, part in pairs)
                if len(pairs) == len(listed) <= fit + 1:
                    yield from (tie for at, part in pairs for tie in _share_of(at, part, [whole]))
            first += len(listed) or 1

    def _named_alone(self, first: int) -> Iterator[int]:
        """A run of shares of one sentence that stand behind the name of their part, without its amount."""
        for at in range(first, len(self._all)):
            one = self._all[at]
            share = one.kind == "share" and in_percent(one) and one.decimals and one.base is None
            if not share or not self._told.near(first, at) or not self._name_of_part(at):
                return
            yield at

    def _name_of_part(self, at: int) -> str:
        """What a share calls its part, without its amount (其中：事业收入占); empty where it does not."""
        found = pattern("ties", "share-of-named").fullmatch(self._told.lead(at))
        return found[1] if found else ""

    def _told_above(self, at: int, whole: int) -> int | None:
        """The last amount before a whole that has the name of a share's part, of its year; None where they differ."""
        name, year = self._name_of_part(at), self._all[at].fiscal_year
        called = [place for place in range(whole) if self._told.lead(place).endswith(name)]
        told = [place for place in called if is_amount(self._all[place]) and self._all[place].fiscal_year == year]
        return told[-1] if len({self._all[place].value for place in told}) == 1 else None

    def _shareless(self, at: int) -> bool:
        """Whether a statement is a share of unknown whole, right behind its part."""
        one = self._all[at] if 0 < at < len(self._all) else None
        if one is None or one.kind != "share" or not in_percent(one) or at in self._named:
            return False
        part = self._all[at - 1]
        open_whole = (one.relative_measure in (None, "money") or part.parent is None) and not self._named_whole(at)
        return is_amount(part) and self._follows(at) and open_whole

    def _listed(self, first: int) -> Iterator[int]:
        """A run of such shares on one line, each behind its own part."""
        at, line = first, self._told.first_of_line(first)
        while self._shareless(at) and self._told.first_of_line(at) == line:
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

    def _of_sum(self, listed: Sequence[int]) -> Sequence[Tie]:
        """Shares of the amount before them that their parts add up to: of the nearest of those that most fit."""
        if len(listed) < _LEAST:
            return ()
        parts = together(bounds(self._all[at - 1]) for at in listed)
        before = range(listed[0] - 2, max(-1, listed[0] - _BEFORE), -1)
        amounts = [whole for whole in before if is_amount(self._all[whole]) and parts[0] > 0]
        summed = [whole for whole in amounts if meet(bounds(self._all[whole]), parts)]
        best = max(summed, key=lambda whole: self._fit(listed, whole), default=None)
        return self._half_of(listed, best) if best is not None else ()

    def _of_hundred(self, listed: Sequence[int]) -> Sequence[Tie]:
        """Shares that come to 100 % of the amount before them of which all but one are, where their parts do not.

        Only with decimals: shares of whole per cents fit many an amount.
        """
        shares = [self._all[at] for at in listed]
        slack = sum((Decimal(1).scaleb(-one.decimals) for one in shares), Decimal(0)) / 2
        whole_list = abs(sum((one.value for one in shares), Decimal(0)) - 100) <= slack
        if len(listed) <= _LEAST or not whole_list or not all(one.decimals for one in shares):
            return ()
        for whole in range(listed[0] - 2, max(-1, listed[0] - _BEFORE), -1):
            among = bounds(self._all[whole]) if is_amount(self._all[whole]) else None
            if among and sum(is_share(self._all[at], self._all[at - 1], among) for at in listed) == len(listed) - 1:
                return [tie for at in listed for tie in _share_of(at, at - 1, [whole])]
        return ()

    def _of_total(self, listed: Sequence[int]) -> Sequence[Tie]:
        """Shares of a total that only a table prints, which their parts come to and of which all but one are."""
        if len(listed) <= _LEAST or not all(self._all[at].decimals for at in listed):
            return ()
        parts = together(bounds(self._all[at - 1]) for at in listed)
        for key, claims in self._read.claims.items():
            printed = [one for one in claims if not isinstance(one, int)][:1]
            among = self._read.interval(printed[0]) if printed and not (key.classes or key.project) else None
            if among is None or not meet(among, parts):
                continue
            fit = sum(is_share(self._all[at], self._all[at - 1], among) for at in listed)
            if fit >= len(listed) - 1:
                return [tie for at in listed for tie in _share_of(at, at - 1, printed)]
        return ()

    def _as_before(self, listed: Sequence[int]) -> Sequence[Tie]:
        """Shares of the whole that the share before them on their line names, half of them at least.

        A类20万元，占支出总额的20%；B类30万元，占30%；C类50万元，占50%.
        """
        before = listed[0] - 2 if len(listed) >= _LEAST else -1
        if before not in self._named or not self._told.near(before, listed[-1]):
            return ()
        parts = [self._all[before - 1], *(self._all[at - 1] for at in listed)]
        alike = len({(part.measure, len(part.functional_class or "")) for part in parts}) == 1
        wholes = self._named[before] if alike and before >= self._told.first_of_line(listed[0]) else ()
        return next((ties for whole in wholes if (ties := self._half_of(listed, whole))), ())

    def _half_of(self, listed: Sequence[int], whole: Target) -> Sequence[Tie]:
        """A list as shares of a whole; nothing where fewer than half of them are shares of it."""
        if self._fit(listed, whole) * 2 < len(listed):
            return ()
        return [one for at in listed for one in _share_of(at, at - 1, [whole])]

    def _fit(self, listed: Sequence[int], whole: Target) -> int:
        """How many shares of a list are shares of a whole."""
        among = self._read.interval(whole)
        return sum(is_share(self._all[at], self._all[at - 1], among) for at in listed)

    def _follows(self, at: int) -> bool:
        """Whether a share stands right behind the amount before it (5万元，占…)."""
        return bool(pattern("ties", "share-follows").match(self._told.between(at - 1, at)))

    def _named_whole(self, at: int) -> str:
        """What the clause of a share calls the whole (占项目支出总额的100%); empty where it does not."""
        found = pattern("ties", "whole-named").search(self._told.between(at - 1, at))
        return found[1] if found else ""


def _share_of(at: int, part: int, wholes: Iterable[Target]) -> Iterator[Tie]:
    yield Tie(at, "shareOf", part)
    yield from (Tie(at, "shareWhole", whole) for whole in wholes)


def _calls(words: str, measure: str) -> bool:
    """Whether words name a measure, but for words that name no other (部门（单位）项目支出总额)."""
    if re.search(load("ties")["whole-called"].get(measure, "(?!)"), words):
        return True
    bare = pattern("ties", "whole-beside").sub("", words)
    wanted = measures()[measure]
    names = {pattern("ties", "whole-beside").sub("", unify(name)) for name in wanted.names}
    return bare in names


def _is_short_for(words: str, name: str) -> bool:
    """Whether words leave out something in the middle of a name (预留份额, of 预留面向中小企业采购份额)."""
    ends = [(words[:at], words[at:]) for at in range(_SHORT, len(words) - _SHORT + 1)]
    return any(first in name and name.endswith(last) for first, last in ends)
