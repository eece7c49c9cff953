"""The statements of a document to the canonical facts they state, read in order beside each other and the tables.

A part has the fund and the carry-over of its head where its own words leave them open; parts of what states nothing
state nothing. A term that may mean two things states the one that a printed total agrees with.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mapping.adding import adds_up, read_added
from mapping.amounts import MULTIPLIERS, meet
from mapping.beside import Printed
from mapping.describe import title_words, year_accounted
from mapping.document import fold
from mapping.drafts import PLANNED
from mapping.governed import Report
from mapping.keys import UNKNOWN, Frame, Key
from mapping.lexicon import load, pattern
from mapping.measures import measures
from mapping.sayings import (
    ambiguous_pair,
    bounds,
    come_to,
    fund_of_heading,
    keys_of_statement,
    says_amount,
    sets_goal,
    speaks_of_fund,
    tells_of_months,
)
from mapping.statements import Statement
from mapping.tied import Told, is_amount

# How many ends of lines may stand between a total and the paragraph that divides it.
_PARAGRAPH = 2
# How many lines at the head of a text may be its title, and how long one is.
_TITLES, _TITLE = 12, 50


def key_statements(statements: Sequence[Statement], frame: Frame, printed: Printed) -> dict[int, tuple[Key, ...]]:
    """The keys of statements by their place in the list: of amounts of a term that their own clause prints.

    A sentence on income and expenditure together (收支总计) states two facts.
    """
    return _Reading(statements, frame, printed).read()


class _Reading:
    """The statements of a document, the keys of each that was read so far, and the first of them, by its place."""

    def __init__(self, statements: Sequence[Statement], frame: Frame, printed: Printed) -> None:
        self._all, self._frame, self._printed, self._text = statements, frame, printed, printed.text
        self._heads: dict[int, Key] = {}
        self._meant: dict[int, Sequence[Key]] = {}
        self._report, self._months = printed.report, _is_of_months(self._text)
        titles = _titles(self._text)
        self._accounted = year_accounted(titles) or 0
        self._of_months = _told_of_months(statements, self._text)
        self._one_fund, of_place, self._of_body = (
            any(pattern("keys", f"{one}-title").search(title) for title in titles) for one in ("fund", "place", "body")
        )
        self._of_place = of_place and not pattern("keys", "place-body").search(frame.entity or "")
        self._told = Told(statements, self._text)
        sums = list(read_added(self._told))
        self._bases = {at: added.base for added in sums for at in (*added.others, added.total)}
        elsewhere = load("keys")["of-other-money"]
        mixed = [one for one in sums if any(re.search(elsewhere, self._told.lead(at)) for at in one.others)]
        self._totals = {added.total for added in sums} - {added.total for added in mixed}
        funds = load("keys")["income-of-fund"].values()
        divided = (one for at, one in enumerate(statements) if one.measure in funds and self._has_carried(at))
        self._including = {_said_of(one) for one in divided}

    def read(self) -> dict[int, tuple[Key, ...]]:
        """The keys of each statement that states a fact."""
        found: dict[int, tuple[Key, ...]] = {}
        for at, one in enumerate(() if self._of_place else self._all):
            if not self._is_fact(at) or self._is_added_to_unknown(at):
                continue
            above = self._heads.get(self._bases.get(at, self._whole(at)))
            above = above or self._compared(at) or self._other_side(at)
            above = above or self._scope_of_sentence(at) or self._divided_above(at)
            keys = self._keys(at, above)
            if self._sums_up_more(at, keys, found):
                continue
            if keys:
                self._heads[at], self._meant[at] = keys[0], keys
            stated = tuple(key for key in keys if _agrees(one, key, self._printed))
            if stated and not self._may_include(at, above):
                found[at] = stated
        return self._as_tabled(self._unrefuted(found))

    def _is_fact(self, at: int) -> bool:
        """Whether a statement is of a whole year, and of all of its term: not of some part of it."""
        one = self._all[at]
        if not says_amount(one, self._printed) or self._is_of_part(at):
            return False
        if one.phase not in PLANNED and self._is_of_months(at):
            return False
        if self._is_of_goal(one) or self._is_gathered(one) or (self._is_of_one_fund(at) and not one.functional_class):
            return False
        of_whole = one.parent is not None and _is_of_whole(one, self._all[one.parent])
        return not (of_whole or self._is_followed_by_account(at) or self._is_left_of_budget(at))

    def _is_of_part(self, at: int) -> bool:
        """Whether an amount divides one that states no fact, or is compared with a part that states none."""
        one = self._all[at]
        beside = one.base is not None and self._all[one.base].parent is not None and one.base not in self._heads
        return beside or (one.parent is not None and one.parent not in self._heads)

    def _is_of_months(self, at: int) -> bool:
        """Whether an amount is told of some months of a year: by its sentence, or by the title.

        Not by a title that tells of the accounts of its year too (2022年决算和2023年上半年预算执行情况).
        """
        one = self._all[at]
        titled = self._months and (one.fiscal_year or self._accounted + 1) > self._accounted
        return titled or at in self._of_months

    def _is_of_goal(self, one: Statement) -> bool:
        """Whether an amount is only a goal that the sentence sets, of another year than the draft's."""
        return one.fiscal_year != self._frame.draft_year and sets_goal(one, self._text)

    def _is_gathered(self, one: Statement) -> bool:
        """Whether an amount is revenue gathered in a place: none of the body whose budget or accounts tell of it."""
        return self._of_body and bool(pattern("keys", "gathered").search(fold(one.lead(self._text))))

    def _is_of_one_fund(self, at: int) -> bool:
        """Whether an amount is of one fund or bond that the title or the sentence speaks of, and no office's total."""
        added = at in self._bases
        return self._one_fund or (not added and speaks_of_fund(self._all[at], self._text))

    def _is_added_to_unknown(self, at: int) -> bool:
        """Whether an amount is added to others, nobody knows which, or to one that has no key.

        项目预算9万元加上年结转1万元: of the project alone.
        """
        if at and at not in self._totals and adds_up(self._told, at):
            return True
        between = self._told.between(at - 1, at) if at else ""
        if re.match(rf"[万亿]?元[，、]?(?:{load('ties')['adds']})", between) and at - 1 not in self._heads:
            return True
        return at in self._bases and (self._bases[at] not in self._heads or _is_transfer(self._all[at]))

    def _sums_up_more(self, at: int, keys: Sequence[Key], found: Mapping[int, Sequence[Key]]) -> bool:
        """Whether a total is of its sentence, not of its term alone, of which a lesser amount stands in its list.

        支出9万元，上解支出2万元，支出合计11万元 tells what both come to, and not what was spent.
        """
        between = re.sub("（[^（）]*）", "", self._told.between(at - 1, at)) if at else ""
        if self._report and pattern("ties", "sums-up-again").search(between):
            return True
        if not pattern("ties", "sums-up").search(between):
            return False
        before = (one for one in range(self._told.first_of_line(at), at) if self._told.near(one, at))
        alike = (one for one in before if {*found.get(one, ())} & {*keys})
        return any(bounds(self._all[one])[1] < bounds(self._all[at])[0] for one in alike)

    def _keys(self, at: int, above: Key | None) -> list[Key]:
        one, printed, frame = self._all[at], self._printed, self._frame
        keys = [self._classed(at, key) for key in keys_of_statement(self._planned(one), frame, printed, above)]
        if report := self._report:
            keys = [told for key in keys if (told := _governed(key, report, one.number[0].start))]
        if at in self._bases and above:
            keys = [_added(key, above, total=at in self._totals) for key in keys[:1]]
        keys = [printed.accounted(printed.settled(key), frame) for key in keys]
        if one.parent is not None and self._only_divides(at, one.parent):
            wholes = [*([above] if above else []), *self._meant.get(one.parent, ())]
            keys = [key for key in keys if all(_like(key, whole) != whole for whole in wholes)]
        if _said_of(one) in self._including:  # 一般公共预算拨款9万元（含上年结转1万元）, here or elsewhere
            keys = [replace(key, carry_over="including") for key in keys]
        return self._with_carried(at, keys)

    def _classed(self, at: int, key: Key) -> Key:
        """The key of what a class divides into, of that class (教育支出9万元，其中：基本支出8万元)."""
        head = self._heads.get(self._whole(at))
        within = head is not None and head.functional and key.character == "expenditure" and not key.classes
        return replace(key, functional=head.functional) if head and within and not key.project else key

    def _planned(self, part: Statement) -> Statement:
        """A part of no phase with that of the budget that its list divides; of what was spent, last year's as well."""
        spent = None if part.base is None or part.kind != "amount" else self._all[part.base].phase
        if part.phase is None and spent in ("executed", "finalAccounts"):
            return replace(part, phase=spent)
        whole = part
        while whole.phase is None and whole.parent is not None:
            whole = self._all[whole.parent]
        planned = whole.phase in PLANNED and whole.fiscal_year == part.fiscal_year
        return replace(part, phase=whole.phase) if planned else part

    def _with_carried(self, at: int, keys: list[Key]) -> list[Key]:
        """The keys of income without that of the year's own money, where its list has what was carried over in it."""
        total = any(key.measure == load("keys")["either"]["income"] for key in keys)
        return [key for key in keys if not (total and key.measure == "income" and self._has_carried(at))]

    def _has_carried(self, at: int) -> bool:
        """Whether the list of an amount has money carried over in it."""
        return any(one.parent == at and one.measure == "opening-carry-over" and one.value for one in self._all)

    def _only_divides(self, at: int, whole: int) -> bool:
        """Whether a part cannot be its whole again: it is named alike, less, or others make up the whole with it."""
        part, head = self._all[at], self._all[whole]
        money = head.unit in MULTIPLIERS
        less = money and part.unit in MULTIPLIERS and bounds(part)[1] < bounds(head)[0]
        listed = [one for one in self._all if one.parent == whole and one.kind == "amount" and one.unit in MULTIPLIERS]
        divided = money and sum(one.value != 0 for one in listed) > 1 and come_to(listed, head)
        return less or part.measure_spans == head.measure_spans or divided

    def _may_include(self, at: int, head: Key | None) -> bool:
        """Whether a fund's income holds what was carried over: the funds alone make up a total that includes some."""
        one = self._all[at]
        funds = load("keys")["income-of-fund"].values()
        if head is None or one.parent is None or head.carry_over != "including" or one.measure not in funds:
            return False
        carried = self._printed.totals.get("opening-carry-over")
        listed = [each for each in self._all if each.parent == one.parent]
        some = bool(carried and carried[0] > 0) or any(
            each.measure == "opening-carry-over" and each.value for each in listed
        )
        alike = [each for each in listed if each.measure in funds and each.measure != "fiscal-income"]
        if not some or any(each.unit not in MULTIPLIERS for each in (*alike, self._all[one.parent])):
            return False
        return come_to(alike, self._all[one.parent])

    def _is_followed_by_account(self, at: int) -> bool:
        """Whether an amount of no phase is a budget: what was spent of it is next (项目支出4万元，决算3万元)."""
        one, after = self._all[at], self._all[at + 1] if at + 1 < len(self._all) else None
        alike = after is not None and after.kind == one.kind and after.measure_spans == one.measure_spans != ()
        spent = after is not None and after.phase in ("finalAccounts", "executed")
        return bool(alike and after and spent and one.phase is None and after.fiscal_year == one.fiscal_year)

    def _is_left_of_budget(self, at: int) -> bool:
        """Whether what is left is so of the budget and the spending right before it (预算9万元，支出7万元，结余2万元).

        It is of that money alone, and no balance of the body at the end of the year.
        """
        one = self._all[at]
        if (
            at <= 1
            or one.measure != "closing-carry-over"
            or not pattern("keys", "bare-left").fullmatch(one.lead(self._text))
        ):
            return False
        budget, spent = self._all[at - 2 : at]
        between = self._text[budget.number[-1].end : one.number[0].start]
        if (
            budget.phase not in PLANNED
            or re.search("[。；;\n]", between)
            or not (is_amount(budget) and is_amount(spent))
        ):
            return False
        return come_to((spent, one), budget)

    def _other_side(self, at: int) -> Key | None:
        """The key of the total income of one fund that a total of expenditure stands beside, and whose fund it has.

        财政拨款收入总计9万元，支出总计9万元: none of the two is of all funds.
        """
        one, income = self._all[at], self._heads.get(at - 1)
        sides = load("keys")["other-side"].get(one.measure, ())
        total = income is not None and (income.measure in sides or re.search("收入总[计额]", self._told.lead(at - 1)))
        if income is None or not (sides and total) or one.parent != self._all[at - 1].parent:
            return None
        beside = pattern("keys", "beside-side").fullmatch(self._told.between(at - 1, at))
        return income if beside and income.fund_scope in load("keys")["income-of-fund"] else None

    def _compared(self, at: int) -> Key | None:
        """The key of the amount that another of its measure is compared with (“三公”经费9万元，比上年预算8万元)."""
        one = self._all[at]
        base = one.base if one.kind == "amount" else None
        return self._heads.get(base) if base is not None and self._all[base].measure == one.measure else None

    def _scope_of_sentence(self, at: int) -> Key | None:
        """The key of an amount of one fund before, in the same sentence, that rules what follows.

        That of money carried over rules all of it; any rules what is left (基金收入3万元，年末结转1万元), and where the
        heading names the same fund what there was at first and what was spent (财政拨款收入3万元；支出2万元).
        Expenditure beside the year's own income (年初结转1万元，本年收入3万元，支出2万元) is not of what was carried
        over alone, and takes it in.
        """
        one = self._all[at]
        balance = one.measure in load("keys")["balances"]
        spent = measures()[one.measure].character == "expenditure"
        either = one.measure == "opening-carry-over" or (spent and measures()[one.measure].fund_scope == "all")
        headed = fund_of_heading(one, self._text) if either else None
        start = one.number[0].start
        first = 1 + max(self._text.rfind(sign, 0, start) for sign in "。！？\n")
        current = [place for place, key in self._heads.items() if key.carry_over == "current"]
        own = any(self._all[place].number[0].start >= first for place in current)
        for before in range(at - 1, -1, -1):
            if re.search("[。！？\n]", self._text[self._all[before].number[-1].end : start]):
                return None
            key, whole = self._heads.get(before), self._heads.get(self._whole(before))
            if key and whole and whole.fund_scope != key.fund_scope and one.parent != self._all[before].parent:
                continue  # 年初结转9万元中，财政拨款结转5万元；年末结转8万元 is not of the fund of a part
            rules = key and (balance or key.measure == "opening-carry-over" or key.fund_scope == headed)
            rules = rules and key and key.character != "balance"
            if key and rules and key.fund_scope in load("keys")["income-of-fund"]:
                return replace(key, carry_over="including") if own and spent else key
        return None

    def _whole(self, at: int) -> int:
        """The place of the amount that a list divides, or -1."""
        parent = self._all[at].parent
        return -1 if parent is None else parent

    def _divided_above(self, at: int) -> Key | None:
        """The key of the total expenditure that the paragraph above prints alone and that this one divides.

        By classes, or into basic and project expenditure.
        """
        one, start = self._all[at], self._all[at].number[0].start
        divides = one.functional_class or one.measure in load("keys")["divide-expenditure"]
        line = self._text.rfind("\n", 0, start) + 1
        if not divides or not pattern("keys", "divides-above").match(fold(self._text[line:start])):
            return None
        before = self._told.first_of_line(at) - 1
        key = self._heads.get(before)
        near = before >= 0 and self._text.count("\n", self._all[before].number[-1].end, line) <= _PARAGRAPH
        total = key is not None and key.measure in ("expenditure", "total-expenditure") and not key.classes
        return key if near and total else None

    def _unrefuted(self, found: Mapping[int, tuple[Key, ...]]) -> dict[int, tuple[Key, ...]]:
        """The keys without those of an ambiguous term (支出合计8万元) that the text states otherwise (总计9万元)."""
        either = {at for at in found if ambiguous_pair(self._all[at], self._printed)}
        sure: dict[Key, list[tuple[Decimal, Decimal]]] = defaultdict(list)
        for at, key in ((at, key) for at, keys in found.items() if at not in either for key in keys):
            sure[_opened(key)].append(bounds(self._all[at]))

        def is_refuted(at: int, key: Key) -> bool:
            others = sure.get(_opened(key), ()) if at in either else ()
            return not all(meet(bounds(self._all[at]), amount) for amount in others)

        return {at: tuple(key for key in keys if not is_refuted(at, key)) for at, keys in found.items()}

    def _as_tabled(self, found: Mapping[int, tuple[Key, ...]]) -> dict[int, tuple[Key, ...]]:
        """The keys, of the year's money of classes as in the table that leaves open what was carried over.

        Only where the text states a total of the year's money, and it is the table's total.
        """
        totals = self._printed.open
        stated = ((self._all[at], _opened(key)) for at, keys in found.items() for key in keys if _is_current(key))
        agreed = {key for said, key in stated if key in totals and meet(bounds(said), totals[key])}
        scopes = {replace(key, year=0) for key in agreed}

        def tabled(key: Key) -> Key:
            opened, facts = _opened(key), self._printed.facts
            only = opened in facts and key not in facts and _is_current(key)
            return opened if only and replace(opened, year=0, functional=None) in scopes else key

        return {at: tuple(map(tabled, keys)) for at, keys in found.items()}


def _is_current(key: Key) -> bool:
    return key.carry_over == "current" and key.project is None


def _like(key: Key, above: Key) -> Key:
    """The key of the phase of another, and with what was carried over as there."""
    return replace(key, phase=above.phase, carry_over=above.carry_over)


def _said_of(one: Statement) -> tuple[str, int | None, Decimal, str | None]:
    """What an amount is said of, and how much: two such amounts of a text are one."""
    return one.measure, one.fiscal_year, one.value, one.unit


def _opened(key: Key) -> Key:
    return replace(key, carry_over=UNKNOWN)


def _governed(key: Key, report: Report, place: int) -> Key | None:
    """The key of money in a government's report: of the level said there, of the fund said there unless of another.

    None where that is a fund without a scope of its own (社会保险基金).
    """
    if key.project:
        return key
    fund = report.funds.at(place) if key.fund_scope == "all" else None
    if fund == UNKNOWN:
        return None
    return replace(key, level=report.levels.at(place) or key.level, fund_scope=fund or key.fund_scope)


def _added(key: Key, base: Key, *, total: bool) -> Key:
    """The key of what a sentence adds to an amount of `base`, or of the total: of its fund, the total with all."""
    measure = load("keys")["added-up"].get(measures()[key.measure].character or "")
    if total and measure:
        return replace(key, measure=measure, fund_scope=base.fund_scope, carry_over="including")
    return replace(key, fund_scope=base.fund_scope)


def _is_transfer(added: Statement) -> bool:
    """Whether what a sentence adds to a government's expenditure is a transfer (上解支出), which no class spends."""
    return (added.functional_class or "").startswith(load("keys")["transfers"])


def _is_of_whole(part: Statement, whole: Statement) -> bool:
    """Whether a part is no fact of its term, but of its whole alone.

    It says how a cost is paid for (用车运行费8万元，其中项目支出安排3万元; 采购8万元，其中事业收入3万元), is what
    projects alone spend on a class (项目支出8万元，其中教育支出3万元), or lies within a measure that its own term
    stands beside (国内接待费5万元，其中外事接待费2万元).
    """
    words, beside = load("keys")["paid-as"], load("keys")["beside"]
    spent = part.measure in words["measures"] and whole.measure in words["of"]
    own = part.measure not in load("keys")["income-of-fund"].values() and whole.measure in words["bought"]
    source = own and measures()[part.measure].character == "income"
    classed = part.functional_class is not None and whole.measure in words["measures"]
    return spent or source or classed or whole.measure in beside.get(part.measure, ())


def _agrees(statement: Statement, key: Key, printed: Printed) -> bool:
    """Whether a key is what a statement means: of an ambiguous term the one that a printed total agrees with."""
    pair = ambiguous_pair(statement, printed)
    if pair is None or key.fund_scope != "all" or not all(name in printed.totals for name in pair):
        return True
    meets = [name for name in pair if meet(bounds(statement), printed.totals[name])]
    return (
        key.measure == meets[0] if meets else key.measure == pair[0] and meet(*(printed.totals[name] for name in pair))
    )


def _is_of_months(text: str) -> bool:
    """Whether a title says that a document tells of some months of a year (2024年上半年财政收支情况)."""
    words = load("keys")
    said = [(one, found) for one in _titles(text) if (found := pattern("keys", "months").search(one))]
    return any(re.search(words["months-title"], one[found.end() :]) for one, found in said)


def _told_of_months(statements: Sequence[Statement], text: str) -> frozenset[int]:
    """The places of numbers told of some months: of a sentence that begins so.

    Where it heads its line, also those behind it to a year or another number of a line.
    """
    found: set[int] = set()
    goes_on = False
    for at, one in enumerate(statements):
        start = one.number[0].start
        between = text[statements[at - 1].number[-1].end : start] if at else ""
        goes_on = goes_on and not pattern("keys", "months-end").search(between)
        if told := tells_of_months(one, text):
            line = text[text.rfind("\n", 0, start) + 1 : start]
            goes_on = goes_on or bool(pattern("keys", "heads-line").fullmatch(line))
        if told or goes_on:
            found.add(at)
    return frozenset(found)


def _titles(text: str) -> list[str]:
    """The lines at the head of a text that may be its title, without whitespace and what stands around it."""
    lines = map(title_words, itertools.islice(filter(str.strip, text.split("\n")), _TITLES))
    return [line for line in lines if len(line) <= _TITLE]
