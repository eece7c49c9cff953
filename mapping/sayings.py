"""What one statement says to the keys of facts: by its term, its clause, the head of its list, and the section.

A term that may mean two things has two keys; parts of something say nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, PrintedAmount, meet, together
from mapping.beside import Printed
from mapping.document import fold, quote, unbracketed
from mapping.governed import names_level
from mapping.governing import may_own
from mapping.headed import headings_above, is_set_apart
from mapping.keys import INCOMES, UNKNOWN, Frame, Key, make_key, says_which
from mapping.lexicon import compiled, load, pattern
from mapping.likeness import abridges
from mapping.measures import measures
from mapping.passages import is_heading, unify
from mapping.statements import Statement
from mapping.tied import is_amount

# How far before a number, in code points, the words may stand that make it part of a reason or of some projects.
_BEFORE = 200
# How far before its number, in code points, a term may stand, and behind it what sets it apart.
_NEAR = 80


def says_amount(statement: Statement, printed: Printed) -> bool:
    """Whether a statement is an exact amount, of a budget term or of a project."""
    return is_amount(statement) and (_is_amount(statement, printed.text) or _is_of_project(statement, printed))


def _is_amount(statement: Statement, text: str) -> bool:
    """Whether an amount is of a budget term, and of all of it (not 涉及金额)."""
    measure = measures()[statement.measure]
    named = measure.unit_kind == "money" and statement.measure not in ("money", "standard")
    words, lead = load("keys"), statement.lead(text)
    told = named and not any(re.search(words[name], lead) for name in ("part-of", "of-other-money"))
    apart = (_gives_reason, _is_of_some, _is_set_apart, _is_taken)
    return told and not any(found(statement, text) for found in apart)


def _is_of_project(statement: Statement, printed: Printed) -> bool:
    """Whether the clause of an amount says nothing of it but the name of a project, or that it was planned or spent."""
    if statement.subject not in printed.projects:
        return False
    beside = pattern("keys", "beside-project")
    lead, name = fold(statement.lead(printed.text)), fold(statement.subject or "")
    alone = beside.sub("", lead) in (name, beside.sub("", name))  # a name may end with such a word (补助资金)
    alone = alone or bool(pattern("forms", "of-appraised").search(lead))
    return alone and not _gives_reason(statement, printed.text)


def _gives_reason(statement: Statement, text: str) -> bool:
    """Whether a number stands in a reason (主要原因是…，结转下年120万元): it is none of the sentence's own amounts."""
    return bool(pattern("statements", "reason").search(_sentence_before(statement, text)))


def tells_of_months(statement: Statement, text: str) -> bool:
    """Whether the sentence of a number begins with some months of a year (1-6月，收入完成5万元)."""
    sentence = _sentence_before(statement, text)
    lead = pattern("keys", "months-lead").match(sentence)
    return bool(lead and pattern("keys", "months").match(sentence, lead.end()))


def sets_goal(statement: Statement, text: str) -> bool:
    """Whether the sentence of an amount sets it as a goal (收入预期目标为：一般公共预算收入32亿元)."""
    return bool(pattern("keys", "of-goal").search(fold(_before(statement, text))))


def speaks_of_fund(statement: Statement, text: str) -> bool:
    """Whether the sentence of an amount speaks before it of one fund or bond (收到债券资金9万元，本年支出9万元).

    Or the heading of its section does (社会保险基金预算).
    """
    if measures()[statement.measure].fund_scope not in ("all", UNKNOWN, None):
        return False
    said = (_sentence_before(statement, text), *headings_above(statement, text)[:1])
    return any(pattern("keys", "of-one-fund").search(words) for words in said)


def _is_of_some(statement: Statement, text: str) -> bool:
    """Whether an amount is of some projects counted before it (共涉及14个项目，一般公共预算拨款9万元).

    Or of the kind of expenditure that its sentence divides (项目支出中，财政拨款安排9万元).
    """
    before = _before(statement, text)
    of_kind = pattern("keys", "of-kind").search(fold(before.rpartition("\n")[2]))
    return bool(of_kind or pattern("keys", "of-some").search(fold(before)))


def _is_set_apart(statement: Statement, text: str) -> bool:
    """Whether an amount is said to be none of what the text speaks of (公用经费8万元不计入机关运行经费)."""
    return bool(pattern("keys", "set-apart").match(unify(_behind(statement, text))))


def _is_taken(statement: Statement, text: str) -> bool:
    """Whether an amount is only taken out of what its term means (将基本支出9万元用于下属公司)."""
    taken = pattern("keys", "taken").search(fold(statement.lead(text)))
    return bool(taken and pattern("keys", "goes-to").match(unify(_behind(statement, text))))


def _before(statement: Statement, text: str) -> str:
    start = statement.number[0].start
    return text[max(0, start - _BEFORE) : start]


def _sentence_before(statement: Statement, text: str) -> str:
    return fold(re.split(r"[。；;\n]", _before(statement, text))[-1])


def _behind(statement: Statement, text: str) -> str:
    end = statement.number[-1].end
    return text[end : end + _NEAR]


def _leaves_out(statement: Statement, text: str) -> bool:
    """Whether the words right behind an amount leave out what was carried over (300万元（不含上年结转80万元）)."""
    return bool(pattern("keys", "leaves-out").match(fold(_behind(statement, text))))


def _takes_in(statement: Statement, text: str) -> bool:
    """Whether the words right behind an amount take in what was carried over (380万元（含上年结转80万元）)."""
    return bool(pattern("keys", "takes-in").match(fold(_behind(statement, text))))


def keys_of_statement(statement: Statement, frame: Frame, printed: Printed, head: Key | None) -> Iterator[Key]:
    """The keys of the facts that an amount may state; none where something printed of it is not understood."""
    if statement.fiscal_year is None:
        return
    frame = printed.halves.framed(frame, statement.number[0].start)
    phase = _phase(statement, frame, printed.text)
    partial = _leaves_out(statement, printed.text)
    if (statement.subject or "") in printed.projects and partial:
        return
    if project := printed.projects.get(statement.subject or ""):
        key = make_key({"measure": "project-budget", "project": project}, frame, statement.fiscal_year, phase)
        yield printed.whole_of(key) if _is_of_project(statement, printed) else key
        return
    unnamed = statement.measure == "project-budget"  # of a project that no word names
    unknown = statement.measure in load("keys")["of-class"] and not statement.functional_class
    if unnamed or unknown or not (_is_own(statement, frame) and _names_measure(statement, printed)):
        return
    if _is_of_other(statement, frame, printed.text) or _is_of_place(statement, frame, printed):
        return
    found = _said(statement, frame, printed.text, head)
    if found["fund"] in ("all", UNKNOWN) and statement.measure in load("keys")["sent-down"]:
        return  # a government's, of no budget that anything names
    if statement.subject in frame.offices:
        found["office"] = str(statement.subject)
    found |= _level(statement, printed.text, head)
    if statement.functional_class:
        found["functional"] = statement.functional_class
    if (statement.functional_class or frame.governs) and frame.accounts_for(phase):
        _account(found, statement)
    if partial:
        found["carry"] = "current"
    elif found["carry"] == "current" and _takes_in(statement, printed.text):
        found["carry"] = "including"
    for measure in _meant(statement, head, printed):
        total = measure != statement.measure and measure in load("keys")["either"].values() and not partial
        carry = measures()[measure].carry_over if total else None
        meant = found | {"measure": measure, "carry": carry or found["carry"]}
        yield make_key(meant, frame, statement.fiscal_year, phase)


def _account(found: dict[str, str], statement: Statement) -> None:
    """In accounts what is spent on a class, or by a government, holds money carried over, unless words leave it out."""
    spent = measures()[statement.measure].character == "expenditure"
    if spent and found["carry"] == UNKNOWN and found["fund"] in load("keys")["accounts-of"]:
        found["carry"] = "including"


def _is_of_other(statement: Statement, frame: Frame, text: str) -> bool:
    """Whether the last body that heads a sentence of the line before a number is another than the document's own.

    Or a place heads one, where the document is of a body.
    The letters of a short name (机管局) stand in the full one in their order.
    """
    line = text[: statement.number[0].start].rpartition("\n")[2]
    named = [one["body"] for one in pattern("keys", "of-other").finditer(line)]
    named = [one for one in named if not pattern("keys", "no-other").search(one)]
    own = [one for one in (frame.entity, *frame.offices) if one]
    if frame.entity and not frame.of_government and pattern("keys", "of-place").search(line):
        return True
    return bool(named) and not any(abridges(*sorted((named[-1], one), key=len)) for one in own)


def _is_of_place(statement: Statement, frame: Frame, printed: Printed) -> bool:
    """Whether the sentence of a number tells of the money of a place, in a text of a body that has only its own.

    None where the text tells apart whose money each of its levels is. In a government's text, whether the money is of a
    place below it, which is named right before the term (青山区本级…收入).
    """
    if frame.of_government:
        start = statement.measure_spans[0].start if statement.measure_spans else statement.number[0].start
        line = printed.text[max(0, start - _NEAR) : start].rpartition("\n")[2]
        named = pattern("keys", "placed").search(unify(line))
        if named and named["place"] not in (frame.entity or named["place"]):
            return True
    own = printed.report or frame.governs or not frame.entity or may_own(frame.entity)
    return not own and bool(pattern("keys", "whole-place").search(_sentence_before(statement, printed.text)))


def _is_own(statement: Statement, frame: Frame) -> bool:
    """Whether a statement is of a body as a whole, or of a class of its spending: not of some part of it."""
    whole = statement.subject in (None, frame.entity) or statement.subject in frame.offices
    whole = whole or names_level(statement.subject or "")
    return whole or statement.functional_class is not None


def _names_measure(statement: Statement, printed: Printed) -> bool:
    """Whether the term is printed shortly before the number, on its line, and says by itself what it means.

    Or is that of the heading right above.
    """
    if statement.functional_class:
        return True
    which = bool(statement.measure_spans) and says_which(statement.measure, statement.lead(printed.text))
    if not which or _is_headed(statement, printed.text):
        return which
    text, start, end = printed.text, statement.measure_spans[0].start, statement.number[0].start
    # What explains a term in brackets stands between it and no number.
    between = unbracketed(text[start:end])
    term = fold(quote(text, statement.measure_spans))
    near = 0 < len(between) <= _NEAR and printed.on_one_line(start, end)
    behind = text[statement.measure_spans[-1].end :]
    more = pattern("keys", "and-more").match(behind) or pattern("keys", "scope-behind").match(behind)
    if more or pattern("keys", "other-before").search(fold(text[max(0, start - 6) : start])):
        return False
    left = statement.measure in ("opening-carry-over", "closing-carry-over")
    if left and _is_some_left(statement.measure, fold(text[max(0, start - _NEAR) : start]), fold(between)):
        return False
    if pattern("keys", "other-scope").search(re.split(r"[。；\d]", fold(text[max(0, start - _NEAR) : start]))[-1]):
        return False
    alone = not pattern("keys", "generic").fullmatch(term) and not pattern("keys", "row-between").search(between)
    return near and alone and not (_is_of_bodies(statement, text) or is_set_apart(statement, text))


def _is_headed(statement: Statement, text: str) -> bool:
    """Whether an amount stands right below the heading that names its measure, and is only called a budget or spent.

    四、“三公”经费情况 over 全年支出9万元，完成年初预算8万元的112.50%. Or first in a numbered paragraph of its
    section that names nothing else (（二）具体情况。年初预算8万元).
    """
    named, place = statement.measure_spans[-1].end, statement.number[0].start
    line = text.rfind("\n", 0, place) + 1
    above, said = text[named:line], fold(text[line:place])
    part = pattern("keys", "headed-part").match(said)
    if "\n" not in above or (above.strip() and not part):
        return False
    bare = pattern("keys", "headed-amount").fullmatch(fold(statement.lead(text)))
    under = is_heading(unify(text[text.rfind("\n", 0, named) + 1 : named]))
    return bool(bare) and under and not re.search("[。；;]", said[part.end() if part else 0 :])


def _is_of_bodies(statement: Statement, text: str) -> bool:
    """Whether the line before an amount makes it one of some bodies, or of a place with all its bodies."""
    some = load("keys")["some-of"].get(statement.measure)
    return bool(some and re.search(some, fold(_before(statement, text).rpartition("\n")[2])))


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
    carried = head and head.measure == "opening-carry-over" and statement.parent is None
    if head and measure in of_fund and not carried and head.measure not in {*INCOMES, *of_fund}:
        return (head.measure,)
    return ambiguous_pair(statement, printed) or (measure,)


def _is_carried(statement: Statement, text: str) -> bool:
    """Whether the income of a fund is said to be what was carried over (上年结转的一般公共预算收入)."""
    words = load("keys")
    of_fund = statement.measure in words["income-of-fund"].values()
    return of_fund and bool(re.search(words["carried-words"], fold(statement.lead(text))))


def ambiguous_pair(statement: Statement, printed: Printed) -> tuple[str, str] | None:
    """The measures that a term may mean (支出预算): the year's money, or the total with what was carried over.

    So may a total that is only named as the whole of a share (占总支出90万元的44%).
    """
    pairs, lead = load("keys")["either"], fold(statement.lead(printed.text))
    if re.search(load("keys")["loose-whole"], lead):
        return next(((one, total) for one, total in pairs.items() if total == statement.measure), None)
    other = pairs.get(statement.measure)
    term = quote(printed.text, statement.measure_spans)
    sure = printed.report and fold(term).startswith("预算")  # a government calls what it spends so (全县预算支出)
    return (
        (statement.measure, other) if other and not sure and pattern("keys", "ambiguous").search(fold(term)) else None
    )


def bounds(statement: Statement) -> tuple[Decimal, Decimal]:
    """The lowest and highest amount in 元 that a statement of money stands for, by its printed decimals."""
    printed = PrintedAmount(statement.printed, statement.value, statement.decimals)
    return printed.interval(MULTIPLIERS[statement.unit or "元"])


def come_to(parts: Iterable[Statement], whole: Statement) -> bool:
    """Whether amounts make up another, by their printed decimals."""
    return meet(together(map(bounds, parts)), bounds(whole))


def is_share(share: Statement, part: Statement, whole: tuple[Decimal, Decimal]) -> bool:
    """Whether a printed share is what one amount is of another (its bounds), give or take one of its last decimal."""
    step = Decimal(1).scaleb(-share.decimals)
    (low, high), (least, most) = bounds(part), whole
    return meet(((share.value - step) * least, (share.value + step) * most), (low * 100, high * 100))


def _said(statement: Statement, frame: Frame, text: str, head: Key | None) -> dict[str, str]:
    """Fund and carry-over: of the term, else of the words before the number, else of the head, else of all funds.

    What a government is sent from above is of the fund that all these say, not of the term's own; what it
    carries over is of one of its budgets, never of all.
    """
    measure = measures()[statement.measure]
    words, headings = statement.lead(text), headings_above(statement, text)
    budgets = {head.fund_scope if head else None, worded("fund", words)} & set(load("keys")["budgets"])
    sent = (frame.of_government or bool(budgets)) and statement.measure in load("keys")["sent-down"]
    carried = "carry-over" if _is_carried(statement, text) else None
    carried_over = ("opening-carry-over", *load("keys")["balances"])
    of_section = sent or statement.measure in carried_over  # what a section on one fund carries over is of that fund
    scope = None if sent else measure.fund_scope
    budgeted = frame.of_government and statement.measure == "opening-carry-over"
    found: dict[str, str] = {}
    for name, own, above in (
        ("fund", scope, head.fund_scope if head else None),
        ("carry", carried or measure.carry_over, head.carry_over if head else None),
    ):
        headed = _worded_by(name, headings[:1])
        budget = _budget_of_total(statement, frame, text) if name == "fund" else None
        listed = _fund_of_all(statement, text) if name == "fund" else None
        named = (own if own != "all" else None, worded(name, words), listed, above)
        known = (*named, (headed or budget) if of_section else budget, None if budgeted else own)
        value = next((value for value in known if value and value != UNKNOWN), None)
        whole = any(re.search("部门|单位", one) for one in headings[:1])
        over = None if whole else _worded_by(name, headings[1:])  # 二、财政拨款支出 over （一）基本支出：9万元
        found[name] = value or headed or over or _worded_by(f"{name}-of-section", headings) or UNKNOWN
    return found


def _fund_of_all(statement: Statement, text: str) -> str | None:
    """The fund that the sentence of a number says all of its list is of (收入全部为财政拨款，其中本年收入9万元)."""
    said = pattern("keys", "all-of-fund").search(_sentence_before(statement, text))
    return worded("fund", said["fund"]) if said else None


def _budget_of_total(statement: Statement, frame: Frame, text: str) -> str | None:
    """The one budget of a government that a total, or what it carried over, is of, which its own words do not name.

    By the head of its sentence, of one before on its line (政府性基金收入9万元，收入总计9万元), or the heading above.
    """
    words = load("keys")
    carried = frame.of_government and statement.measure == "opening-carry-over"
    if not carried and statement.measure not in words["of-budget"]:
        return None
    line = fold(text[: statement.number[0].start].rpartition("\n")[2])
    for sentence in reversed(re.split("[。；;！？]", line)):
        if pattern("keys", "more-funds").search(sentence):
            return None
        if named := {str(one["is"]) for one in words["said"]["fund"] if re.search(one["words"], sentence)}:
            return named.pop() if len(named) == 1 and pattern("keys", "budget-first").match(sentence) else None
    return _budget_of_heading(statement, text)


def _budget_of_heading(statement: Statement, text: str) -> str | None:
    """The budget that the last numbered heading above a statement names and nothing else (2.政府性基金预算收支情况)."""
    above = reversed(text[: statement.number[0].start].split("\n")[:-1])
    heading = next((one for one in map(unify, above) if pattern("statements", "numbering").match(one)), "")
    found = pattern("keys", "budget-heading").fullmatch(heading)
    return worded("fund", heading) if found else None


def _level(statement: Statement, text: str, head: Key | None) -> dict[str, str]:
    """The department's own level, where the words before a number say it (局本级), or the head of its list is of it."""
    own = pattern("keys", "own-level").search(fold(statement.lead(text)))
    return {"level": "ownLevel"} if own or (head and head.level == "ownLevel") else {}


def worded(name: str, words: str) -> str | None:
    """What words say of the fund or of the carry-over."""
    entry = next((one for one in load("keys")["said"][name] if compiled(one["words"]).search(words)), None)
    return str(entry["is"]) if entry else None


def _worded_by(name: str, words: Sequence[str]) -> str | None:
    """What the first of several words that say anything say of the fund or of the carry-over."""
    return next((said for one in words if (said := worded(name, one))), None)


def fund_of_heading(statement: Statement, text: str) -> str | None:
    """The fund that the heading above a statement names."""
    return _worded_by("fund", headings_above(statement, text)[:1])


def _is_executed(statement: Statement, text: str) -> bool:
    """Whether an amount is called done (收入完成9万元), or the heading of its section tells of execution."""
    done = pattern("keys", "done").search(fold(statement.lead(text)))
    done = done or pattern("keys", "done-behind").match(unify(_behind(statement, text)))
    return bool(done or any(pattern("keys", "of-execution").search(one) for one in headings_above(statement, text)[:1]))


def _phase(statement: Statement, frame: Frame, text: str) -> str:
    if statement.phase is None and frame.phase in ("approved", "reviewDraft") and _is_executed(statement, text):
        return "executed"
    if statement.phase in (None, "approved") and statement.fiscal_year == frame.draft_year:
        return "reviewDraft"
    accounted = frame.phase == "finalAccounts" and frame.year and statement.fiscal_year == frame.year - 1
    if statement.phase is None and (statement.fiscal_year == frame.year or accounted):
        return frame.phase
    return statement.phase or "unspecified"
