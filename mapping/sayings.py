"""Statements to the canonical facts they state: by their term, its clause, the head of its list, and the section.

A term that may mean two things states the one that a printed total agrees with; parts of something state nothing of it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mapping.adding import adds_up, read_added
from mapping.amounts import MULTIPLIERS, PrintedAmount, meet, together
from mapping.document import fold
from mapping.governed import Report, names_level, read_report
from mapping.keys import INCOMES, UNKNOWN, Frame, Key, make_key
from mapping.lexicon import compiled, load, pattern
from mapping.measures import measures
from mapping.passages import unify
from mapping.statements import Statement
from mapping.tied import Told

_NUMERAL = "[一二三四五六七八九十]+"
_HEADING = re.compile(rf"(?m)^[\s#*]*(?:{_NUMERAL}[、.]|[(（]{_NUMERAL}[)）])(?P<words>[^。；\n]{{2,50}})$")
# How far before a statement, in code points, the heading of its section may stand.
_SECTION = 2000
# How far before a number, in code points, the words may stand that make it part of a reason or of some projects.
_BEFORE = 200
# How many ends of lines may stand between a total and the paragraph that divides it.
_PARAGRAPH = 2
# How many lines at the head of a text may be its title, and how long one is.
_TITLES, _TITLE = 12, 50
# Phases of money that is planned, for the whole year.
_PLANNED = ("approved", "adjusted", "reviewDraft")
# How far before its number, in code points, a term may stand, and behind it what sets it apart.
_NEAR = 60
# What explains a term in brackets stands between it and no number.
_BRACKETED = re.compile("[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Printed:
    """What statements are read beside: the text, the IRIs of projects by name, and the facts that the tables state.

    Totals are intervals in 元 by measure, of the entity's own year and of all funds; `open` are those of the facts
    without class of which the tables leave open what was carried over.
    """

    text: str
    projects: Mapping[str, str]
    facts: frozenset[Key]
    totals: Mapping[str, tuple[Decimal, Decimal]]
    open: Mapping[Key, tuple[Decimal, Decimal]]

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


def key_statements(statements: Sequence[Statement], frame: Frame, printed: Printed) -> dict[int, tuple[Key, ...]]:
    """The keys of statements by their place in the list: of amounts of a term that their own clause prints.

    A part of an enumeration has the fund and the carry-over of its head where its own words leave them open; parts of
    what has no key have none. A sentence on income and expenditure together (收支总计) states two facts.
    """
    found: dict[int, tuple[Key, ...]] = {}
    heads: dict[int, Key] = {}
    report, months = read_report(printed.text), _is_of_months(printed.text)
    told = Told(statements, printed.text)
    sums = list(read_added(told))
    bases = {at: added.base for added in sums for at in (*added.others, added.total)}
    totals = {added.total for added in sums}
    unsure = {at for at in range(1, len(statements)) if adds_up(told, at)} - totals
    for at, statement in enumerate(statements):
        headed = statement.parent is None or statement.parent in heads
        if not headed or not (_is_amount(statement, printed.text) or _is_of_project(statement, printed)):
            continue
        if statement.phase not in _PLANNED and (months or _tells_of_months(statement, printed.text)):
            continue
        if _is_followed_by_account(at, statements) or _is_left_of_budget(at, statements, printed.text):
            continue
        if (
            at in unsure
            or _adds_to_unknown(told, at, heads)
            or (at in bases and (bases[at] not in heads or _is_transfer(statement)))
        ):
            continue
        above = heads.get(bases.get(at, _whole(statements, at)))
        above = above or _scope_of_sentence(at, statements, heads, printed.text)
        above = above or _divided_above(at, statements, heads, printed.text)
        keys = list(_keys_of_statement(_planned_with_whole(statement, statements), frame, printed, above))
        if report:
            keys = [one for key in keys if (one := _governed(key, report, statement.number[0].start))]
        if at in bases and above:
            keys = [_added(key, above, total=at in totals) for key in keys[:1]]
        keys = [printed.accounted(printed.settled(key), frame) for key in keys]
        if statement.parent is not None and _only_divides(at, statement.parent, statements):
            keys = [key for key in keys if key != above]
        if statement.parent is not None and _is_of_whole(statement, statements[statement.parent]):
            continue
        keys = _with_carried(at, keys, statements)
        if keys:
            heads[at] = keys[0]
        if _may_include(at, statements, above, printed):
            continue
        if stated := tuple(key for key in keys if _agrees(statement, key, printed)):
            found[at] = stated
    return _as_tabled(found, statements, printed)


def _adds_to_unknown(told: Told, at: int, heads: Mapping[int, Key]) -> bool:
    """Whether an amount is added to one right before it that has no key (项目预算9万元加上年结转1万元): of it alone."""
    between = told.between(at - 1, at) if at else ""
    return bool(re.match(rf"[万亿]?元[，、]?(?:{load('ties')['adds']})", between)) and at - 1 not in heads


def _as_tabled(
    found: Mapping[int, tuple[Key, ...]], statements: Sequence[Statement], printed: Printed
) -> dict[int, tuple[Key, ...]]:
    """The keys with the year's money of classes (当年拨款) as that of the table that leaves open what was carried over.

    Only where the text states a total of the year's money, and it is the table's total.
    """
    stated = ((statements[at], _opened(key)) for at, keys in found.items() for key in keys if _is_current(key))
    totals = {key for said, key in stated if key in printed.open and meet(bounds(said), printed.open[key])}
    scopes = {replace(key, year=0) for key in totals}
    return {at: tuple(_in_table(key, scopes, printed) for key in keys) for at, keys in found.items()}


def _in_table(key: Key, scopes: Collection[Key], printed: Printed) -> Key:
    scope = replace(_opened(key), year=0, functional=None)
    opened = _opened(key) in printed.facts and key not in printed.facts
    return _opened(key) if opened and _is_current(key) and scope in scopes else key


def _is_current(key: Key) -> bool:
    return key.carry_over == "current" and key.project is None


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

    It says how a cost is paid for (用车运行费8万元，其中项目支出安排3万元), or lies within a measure that its own term
    stands beside (国内接待费5万元，其中外事接待费2万元).
    """
    words, beside = load("keys")["paid-as"], load("keys")["beside"]
    spent = part.measure in words["measures"] and whole.measure in words["of"]
    return spent or whole.measure in beside.get(part.measure, ())


def _with_carried(at: int, keys: Sequence[Key], statements: Sequence[Statement]) -> list[Key]:
    """The keys of income without that of the year's own money, where its list has what was carried over in it."""
    carried = any(one.parent == at and one.measure == "opening-carry-over" and one.value for one in statements)
    total = any(key.measure == load("keys")["either"]["income"] for key in keys)
    return [key for key in keys if not (carried and total and key.measure == "income")]


def _only_divides(at: int, whole: int, statements: Sequence[Statement]) -> bool:
    """Whether a part cannot be its whole again: it is named alike, less, or others make up the whole with it."""
    money = all(statements[place].unit in MULTIPLIERS for place in (at, whole))
    less = money and bounds(statements[at])[1] < bounds(statements[whole])[0]
    if less or statements[at].measure_spans == statements[whole].measure_spans:
        return True
    listed = [one for one in statements if one.parent == whole and one.kind == "amount" and one.unit in MULTIPLIERS]
    if sum(one.value != 0 for one in listed) < 2 or statements[whole].unit not in MULTIPLIERS:
        return False
    return meet(together(map(bounds, listed)), bounds(statements[whole]))


def _may_include(at: int, statements: Sequence[Statement], head: Key | None, printed: Printed) -> bool:
    """Whether a fund's income holds what was carried over: the funds alone make up a total that includes some."""
    one = statements[at]
    funds = load("keys")["income-of-fund"].values()
    if head is None or one.parent is None or head.carry_over != "including" or one.measure not in funds:
        return False
    carried = printed.totals.get("opening-carry-over")
    listed = [each for each in statements if each.parent == one.parent]
    some = bool(carried and carried[0] > 0) or any(
        each.measure == "opening-carry-over" and each.value for each in listed
    )
    alike = [each for each in listed if each.measure in funds and each.measure != "fiscal-income"]
    if not some or any(each.unit not in MULTIPLIERS for each in (*alike, statements[one.parent])):
        return False
    return meet(together(map(bounds, alike)), bounds(statements[one.parent]))


def _agrees(statement: Statement, key: Key, printed: Printed) -> bool:
    """Whether a key is what a statement means: of an ambiguous term the one that a printed total agrees with."""
    pair = ambiguous_pair(statement, printed)
    if pair is None or key.fund_scope != "all" or not all(name in printed.totals for name in pair):
        return True
    meets = [name for name in pair if meet(bounds(statement), printed.totals[name])]
    return key.measure == meets[0] if meets else key.measure == pair[0] and _alike(pair, printed)


def _alike(pair: tuple[str, str], printed: Printed) -> bool:
    return meet(printed.totals[pair[0]], printed.totals[pair[1]])


def _is_amount(statement: Statement, text: str) -> bool:
    """Whether a statement is an exact amount of a budget term, and of all of it (not 涉及金额)."""
    measure = measures()[statement.measure]
    named = measure.unit_kind == "money" and statement.measure not in ("money", "standard")
    told = named and _is_money(statement) and not re.search(load("keys")["part-of"], statement.lead(text))
    return told and not any(found(statement, text) for found in (_gives_reason, _is_of_some, _is_set_apart))


def _is_of_project(statement: Statement, printed: Printed) -> bool:
    """Whether a statement is an exact amount of which its clause says nothing but the name of a project."""
    if not _is_money(statement) or statement.subject not in printed.projects:
        return False
    words = re.sub(load("keys")["beside-project"], "", fold(statement.lead(printed.text)))
    return words == fold(statement.subject or "") and not _gives_reason(statement, printed.text)


def _is_money(statement: Statement) -> bool:
    """Whether a statement is one amount of money, neither a range nor a limit."""
    one = statement.operator == "=" and statement.low is None
    return statement.kind == "amount" and one and statement.unit in MULTIPLIERS


def _gives_reason(statement: Statement, text: str) -> bool:
    """Whether a number stands in a reason (主要原因是…，结转下年120万元): it is none of the sentence's own amounts."""
    sentence = re.split(r"[。；;\n]", _before(statement, text))[-1]
    return bool(pattern("statements", "reason").search(fold(sentence)))


def _is_followed_by_account(at: int, statements: Sequence[Statement]) -> bool:
    """Whether an amount of no phase stands before what was spent of it (项目支出4万元，决算3万元): it is a budget."""
    one, after = statements[at], statements[at + 1] if at + 1 < len(statements) else None
    alike = after is not None and after.kind == one.kind and after.measure_spans == one.measure_spans != ()
    spent = after is not None and after.phase in ("finalAccounts", "executed")
    return bool(alike and after and spent and one.phase is None and after.fiscal_year == one.fiscal_year)


def _is_left_of_budget(at: int, statements: Sequence[Statement], text: str) -> bool:
    """Whether what is left is so of the budget and the spending right before it (预算9万元，支出7万元，结余2万元).

    It is of that money alone, and no balance of the body at the end of the year.
    """
    one = statements[at]
    if at <= 1 or one.measure != "closing-carry-over" or not re.fullmatch(load("keys")["bare-left"], one.lead(text)):
        return False
    budget, spent = statements[at - 2], statements[at - 1]
    between = text[budget.number[-1].end : one.number[0].start]
    if budget.phase not in _PLANNED or re.search("[。；;\n]", between) or not (_is_money(budget) and _is_money(spent)):
        return False
    return meet(together(map(bounds, (spent, one))), bounds(budget))


def _planned_with_whole(part: Statement, statements: Sequence[Statement]) -> Statement:
    """A part of no phase with that of the budget that its list divides."""
    whole = part
    while whole.phase is None and whole.parent is not None:
        whole = statements[whole.parent]
    planned = whole.phase in _PLANNED and whole.fiscal_year == part.fiscal_year
    return replace(part, phase=whole.phase) if planned else part


def _is_of_months(text: str) -> bool:
    """Whether a title says that a document tells of some months of a year (2024年上半年财政收支情况)."""
    words = load("keys")
    titles = [fold(line) for line in itertools.islice(filter(str.strip, text.split("\n")), _TITLES)]
    said = [(one, found) for one in titles if len(one) <= _TITLE and (found := pattern("keys", "months").search(one))]
    return any(re.search(words["months-title"], one[found.end() :]) for one, found in said)


def _tells_of_months(statement: Statement, text: str) -> bool:
    """Whether the sentence of a number begins with some months of a year (1-6月，收入完成5万元)."""
    sentence = fold(re.split(r"[。；;\n]", _before(statement, text))[-1])
    lead = re.match(load("keys")["months-lead"], sentence)
    return bool(lead and pattern("keys", "months").match(sentence, lead.end()))


def _is_of_some(statement: Statement, text: str) -> bool:
    """Whether an amount is of some projects counted before it (共涉及14个项目，一般公共预算拨款9万元)."""
    return bool(pattern("keys", "of-some").search(fold(_before(statement, text))))


def _is_set_apart(statement: Statement, text: str) -> bool:
    """Whether an amount is said to be none of what the text speaks of (公用经费8万元不计入机关运行经费)."""
    return bool(pattern("keys", "set-apart").match(unify(_behind(statement, text))))


def _before(statement: Statement, text: str) -> str:
    start = statement.number[0].start
    return text[max(0, start - _BEFORE) : start]


def _behind(statement: Statement, text: str) -> str:
    end = statement.number[-1].end
    return text[end : end + _NEAR]


def _scope_of_sentence(at: int, statements: Sequence[Statement], heads: Mapping[int, Key], text: str) -> Key | None:
    """The key of an amount of one fund before, in the same sentence, that rules what follows.

    That of money carried over rules all of it; any rules what is left (政府性基金收入3万元，支出2万元，年末结转1万元),
    and what there was at first where the heading names the same fund. Expenditure beside the year's own income
    (年初结转1万元，本年收入3万元，支出2万元) is not of what was carried over alone.
    """
    balance = statements[at].measure in load("keys")["balances"]
    headed = _worded("fund", _heading(statements[at], text))
    opening = headed if statements[at].measure == "opening-carry-over" else None
    spent = measures()[statements[at].measure].character == "expenditure"
    line = re.split("[。！？\n]", text[: statements[at].number[0].start])[-1]
    first = statements[at].number[0].start - len(line)
    own = any(key.carry_over == "current" and statements[one].number[0].start >= first for one, key in heads.items())
    for before in range(at - 1, -1, -1):
        if re.search("[。！？\n]", text[statements[before].number[-1].end : statements[at].number[0].start]):
            return None
        key, whole = heads.get(before), heads.get(_whole(statements, before))
        if key and whole and whole.fund_scope != key.fund_scope and statements[at].parent != statements[before].parent:
            continue  # 年初结转9万元中，财政拨款结转5万元；年末结转8万元 is not of the fund of a part
        rules = key and (balance or key.measure == "opening-carry-over" or key.fund_scope == opening)
        rules = rules and key and key.character != "balance"
        if key and rules and key.fund_scope in load("keys")["income-of-fund"]:
            return replace(key, carry_over=UNKNOWN) if own and spent else key
    return None


def _whole(statements: Sequence[Statement], at: int) -> int:
    """The place of the amount that a list divides, or -1."""
    parent = statements[at].parent
    return -1 if parent is None else parent


def _divided_above(at: int, statements: Sequence[Statement], heads: Mapping[int, Key], text: str) -> Key | None:
    """The key of the total expenditure that the paragraph above prints alone and that this one divides.

    By classes, or into basic and project expenditure.
    """
    divides = statements[at].functional_class or statements[at].measure in load("keys")["divide-expenditure"]
    start = statements[at].number[0].start
    line = text.rfind("\n", 0, start) + 1
    if not divides or not pattern("keys", "divides-above").match(fold(text[line:start])):
        return None
    before = next((one for one in range(at - 1, -1, -1) if statements[one].number[0].start < line), -1)
    key = heads.get(before)
    near = before >= 0 and text.count("\n", statements[before].number[-1].end, line) <= _PARAGRAPH
    total = key is not None and key.measure in ("expenditure", "total-expenditure") and not key.classes
    return key if near and total else None


def _leaves_out(statement: Statement, text: str) -> bool:
    """Whether the words right behind an amount leave out what was carried over (300万元（不含上年结转80万元）)."""
    return bool(pattern("keys", "leaves-out").match(fold(_behind(statement, text))))


def _keys_of_statement(statement: Statement, frame: Frame, printed: Printed, head: Key | None) -> Iterator[Key]:
    if statement.fiscal_year is None:
        return
    phase = _phase(statement, frame, printed.text)
    partial = _leaves_out(statement, printed.text)
    if (statement.subject or "") in printed.projects and partial:
        return
    if project := printed.projects.get(statement.subject or ""):
        key = make_key({"measure": "project-budget", "project": project}, frame, statement.fiscal_year, phase)
        yield printed.whole_of(key) if _is_of_project(statement, printed) else key
        return
    unnamed = statement.measure == "project-budget"  # of a project that no word names
    if unnamed or not (_is_own(statement, frame) and _names_measure(statement, printed.text)):
        return
    if _is_of_other(statement, frame, printed.text):
        return
    found = _said(statement, frame, printed.text, head)
    if found["fund"] in ("all", UNKNOWN) and statement.measure in load("keys")["sent-down"]:
        return  # a government's, of no budget that anything names
    if statement.subject in frame.offices:
        found["office"] = str(statement.subject)
    found |= _level(statement, printed.text, head)
    if statement.functional_class:
        found["functional"] = statement.functional_class
        _account(found, statement, phase)
    if partial:
        found["carry"] = "current"
    for measure in _meant(statement, head, printed):
        yield make_key({**found, "measure": measure}, frame, statement.fiscal_year, phase)


def _account(found: dict[str, str], statement: Statement, phase: str) -> None:
    """In final accounts the expenditure of a class holds what was carried over, unless its words leave that out."""
    spent = phase == "finalAccounts" and measures()[statement.measure].character == "expenditure"
    if spent and found["carry"] == UNKNOWN and found["fund"] in load("keys")["accounts-of"]:
        found["carry"] = "including"


def _is_of_other(statement: Statement, frame: Frame, text: str) -> bool:
    """Whether the last body that heads a sentence of the line before a number is another than the document's own.

    Or a place heads one, where the document is of a body.
    The letters of a short name (机管局) stand in the full one in their order.
    """
    line = text[: statement.number[0].start].rpartition("\n")[2]
    named = [one["body"] for one in pattern("keys", "of-other").finditer(line)]
    named = [one for one in named if not re.search(load("keys")["no-other"], one)]
    own = [one for one in (frame.entity, *frame.offices) if one]
    if frame.entity and not frame.of_government and pattern("keys", "of-place").search(line):
        return True
    return bool(named and frame.entity) and not any(_is_short(*sorted((named[-1], one), key=len)) for one in own)


def _is_short(name: str, other: str) -> bool:
    """Whether the letters of a name stand in another in their order."""
    letters = iter(other)
    return all(letter in letters for letter in name)


def _is_own(statement: Statement, frame: Frame) -> bool:
    """Whether a statement is of a body as a whole, or of a class of its spending: not of some part of it."""
    whole = statement.subject in (None, frame.entity) or statement.subject in frame.offices
    whole = whole or names_level(statement.subject or "")
    return whole or statement.functional_class is not None


def _names_measure(statement: Statement, text: str) -> bool:
    """Whether the term is printed shortly before the number, on its line, and says by itself what it means."""
    if statement.functional_class:
        return True
    if not statement.measure_spans:
        return False
    between = _BRACKETED.sub("", text[statement.measure_spans[0].start : statement.number[0].start])
    term = fold("".join(text[span.start : span.end] for span in statement.measure_spans))
    near = 0 < len(between) <= _NEAR and "\n" not in between
    start = statement.measure_spans[0].start
    more = re.match(load("keys")["and-more"], text[statement.measure_spans[-1].end :])
    if more or re.search(load("keys")["other-before"], fold(text[max(0, start - 4) : start])):
        return False
    left = statement.measure in ("opening-carry-over", "closing-carry-over")
    if left and _is_some_left(statement.measure, fold(text[max(0, start - _NEAR) : start]), fold(between)):
        return False
    if pattern("keys", "other-scope").search(re.split(r"[。；\d]", fold(text[max(0, start - _NEAR) : start]))[-1]):
        return False
    return near and not re.fullmatch(load("keys")["generic"], term)


def _is_some_left(measure: str, before: str, between: str) -> bool:
    """Whether what is left is only of some money, or no balance of a year: by the words before and behind its term."""
    words = load("keys")
    return bool(re.search(words["some-left"], before) or re.search(words["left-else"][measure], between))


def _meant(statement: Statement, head: Key | None, printed: Printed) -> Sequence[str]:
    """The measures that a term may mean: both sides of the account, its head's of a fund, or a total."""
    measure = statement.measure
    if _is_carried(statement, printed.text):
        return ("opening-carry-over",)
    if measure in load("keys")["both-sides"]:
        return tuple(load("keys")["both-sides"][measure])
    of_fund = set(load("keys")["income-of-fund"].values())
    if head and measure in of_fund and head.measure not in {*INCOMES, *of_fund}:
        return (head.measure,)
    return ambiguous_pair(statement, printed) or (measure,)


def _is_carried(statement: Statement, text: str) -> bool:
    """Whether the income of a fund is said to be what was carried over (上年结转的一般公共预算收入)."""
    words = load("keys")
    of_fund = statement.measure in words["income-of-fund"].values()
    return of_fund and bool(re.search(words["carried-words"], fold(statement.lead(text))))


def ambiguous_pair(statement: Statement, printed: Printed) -> tuple[str, str] | None:
    """The measures that a term may mean (支出预算): the year's money, or the total with what was carried over."""
    other = load("keys")["either"].get(statement.measure)
    term = "".join(printed.text[span.start : span.end] for span in statement.measure_spans)
    return (statement.measure, other) if other and re.search(load("keys")["ambiguous"], fold(term)) else None


def bounds(statement: Statement) -> tuple[Decimal, Decimal]:
    """The lowest and highest amount in 元 that a statement of money stands for, by its printed decimals."""
    printed = PrintedAmount(statement.printed, statement.value, statement.decimals)
    return printed.interval(MULTIPLIERS[statement.unit or "元"])


def is_share(share: Statement, part: Statement, whole: tuple[Decimal, Decimal]) -> bool:
    """Whether a printed share is what one amount is of another (its bounds), give or take one of its last decimal."""
    step = Decimal(1).scaleb(-share.decimals)
    (low, high), (least, most) = bounds(part), whole
    return meet(((share.value - step) * least, (share.value + step) * most), (low * 100, high * 100))


def _said(statement: Statement, frame: Frame, text: str, head: Key | None) -> dict[str, str]:
    """Fund and carry-over: of the term, else of the words before the number, else of the head, else of all funds.

    What a government is sent from above is of the fund that all these say, not of the term's own.
    """
    measure = measures()[statement.measure]
    sent = frame.of_government and statement.measure in load("keys")["sent-down"]
    words, heading = statement.lead(text), _heading(statement, text)
    carried = "carry-over" if _is_carried(statement, text) else None
    carried_over = ("opening-carry-over", *load("keys")["balances"])
    of_section = sent or statement.measure in carried_over  # what a section on one fund carries over is of that fund
    scope = None if sent else measure.fund_scope
    found: dict[str, str] = {}
    for name, own, above in (
        ("fund", scope, head.fund_scope if head else None),
        ("carry", carried or measure.carry_over, head.carry_over if head else None),
    ):
        headed = _worded(name, heading)
        known = (own if own != "all" else None, _worded(name, words), above, headed if of_section else None, own)
        value = next((value for value in known if value and value != UNKNOWN), None)
        found[name] = value or headed or _worded(f"{name}-of-section", heading) or UNKNOWN
    return found


def _level(statement: Statement, text: str, head: Key | None) -> dict[str, str]:
    """The department's own level, where the words before a number say it (局本级), or the head of its list is of it."""
    own = pattern("keys", "own-level").search(fold(statement.lead(text)))
    return {"level": "ownLevel"} if own or (head and head.level == "ownLevel") else {}


def _worded(name: str, words: str) -> str | None:
    """What words say of the fund or of the carry-over."""
    entry = next((one for one in load("keys")["said"][name] if compiled(one["words"]).search(words)), None)
    return str(entry["is"]) if entry else None


def _heading(statement: Statement, text: str) -> str:
    """The words of the last numbered heading above a statement, in its section."""
    found = list(_HEADING.finditer(text, max(0, statement.number[0].start - _SECTION), statement.number[0].start))
    return fold(found[-1]["words"]) if found else ""


def _is_executed(statement: Statement, text: str) -> bool:
    """Whether an amount is called done (收入完成9万元), or the heading of its section tells of execution."""
    done = pattern("keys", "done").search(fold(statement.lead(text)))
    return bool(done or pattern("keys", "of-execution").search(_heading(statement, text)))


def _phase(statement: Statement, frame: Frame, text: str) -> str:
    if statement.phase is None and frame.phase in ("approved", "reviewDraft") and _is_executed(statement, text):
        return "executed"
    if statement.phase in (None, "approved") and statement.fiscal_year == frame.draft_year:
        return "reviewDraft"
    accounted = frame.phase == "finalAccounts" and frame.year and statement.fiscal_year == frame.year - 1
    if statement.phase is None and (statement.fiscal_year == frame.year or accounted):
        return frame.phase
    return statement.phase or "unspecified"
