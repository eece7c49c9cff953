"""A number without a name of its own to the amount before it that it speaks of too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapping.drafts import Draft, Reading
from mapping.language import Term
from mapping.lexicon import load, pattern
from mapping.measures import lies_within, measures
from mapping.relating import compared_beside, completes, differs, respectively
from mapping.terms import is_cost, item_term


def find_antecedent(here: Reading, draft: Draft) -> tuple[Draft, str] | None:
    """The amount that a number changes, is compared with or stands in one list with, and how it is of its measure."""
    for find, reason in (
        (Reading.changed, "measure of the amount that was changed"),
        (_respective_before, "measure of the amount in the same place before it"),
        (_named_beside, "measure named before it and the amounts beside it"),
        (spent_before, "measure of the amount that was spent"),
        (_changed, "measure of the amount it changes"),
        (compared_beside, "measure of the amount it is compared with"),
        (_changed_to, "measure of the change that it is come to by"),
        (_told_aside, "measure of the amount before its bracket"),
    ):
        if found := find(here, draft):
            return found, reason
    return None


def _changed(_: Reading, draft: Draft) -> Draft | None:
    """The amount that a change, or what it is compared with, is said of."""
    return draft.base if draft.kind == "change" or draft.compared_with else None


def _changed_to(here: Reading, draft: Draft) -> Draft | None:
    """The change right before the amount that something came to by it (教育支出减少3万元，下降5%，为57万元)."""
    changes = [one for one in here.told(draft) if one.kind == "change"]
    comes_to = draft.kind == "amount" and pattern("statements", "comes-to").fullmatch(here.lead(draft))
    if not comes_to or not changes or changes[-1].scope != draft.scope:
        return None
    between = here.text[changes[-1].quantity.stop : draft.clause[0]]
    for rate in (one for one in here.told(draft) if one.kind == "growth"):
        between = between.replace(here.text[slice(*rate.clause)], "")
    alike = changes[-1].quantity.kind == draft.quantity.kind
    return changes[-1] if alike and not between.strip("，") else None


def _told_aside(here: Reading, draft: Draft) -> Draft | None:
    """The amount before a bracket that only tells it of the year that it is compared with (与上年持平（上年9万元）)."""
    said = next((one for one in here.years if one.end == draft.quantity.start), None)
    if said is None or here.text[said.start - 1] != "（" or not here.text.startswith("）", draft.quantity.stop):
        return None
    segment = here.clauses.segment(draft.quantity.start)
    years = [one.year.of(here.document_year) for one in here.comparisons if one.year and one.start >= segment]
    return next(reversed(_amounts(here, draft)), None) if said.of(here.document_year) in years else None


def _amounts(here: Reading, draft: Draft) -> list[Draft]:
    """The amounts of the sentence of a number, but for what others are compared with."""
    return [one for one in here.told(draft) if one.kind == "amount" and not one.compared_with]


def paid_before(here: Reading, draft: Draft, own: Term) -> Draft | None:
    """The cost whose fund the amount before names, where only that fund is named again.

    2010年出国费财政拨款支出5万元，2011年财政拨款预算4万元.
    """
    last = here.drafts[-1] if here.drafts else None
    named = pattern("statements", "appropriated").match(here.text, own.start)
    again = own.measure in ("fiscal-income", "fiscal-expenditure")
    if not again or not named or last is None or not is_cost(last.measure):
        return None
    near = last.quantity.start >= here.clauses.sentence(draft.quantity.start) and last.scope == draft.scope
    alone = own.start <= here.start_of(draft) + len("（2011）年度")
    return last if near and alone and named["fund"] in here.lead(last) else None


def spent_before(here: Reading, draft: Draft) -> Draft | None:
    """The last amount of the sentence before the budget that it is said to complete."""
    found = [one for one in _amounts(here, draft) if not completes(here, one)]
    return found[-1] if found and completes(here, draft) else None


def _respective_before(here: Reading, draft: Draft) -> Draft | None:
    """The amount of the sentence in the same place of as many (分别为5万元、3万元，2023年分别为4万元和2万元)."""
    apart = respectively(here, draft) if draft.kind == "amount" else None
    found = [one for one in here.told(draft) if one.kind == "amount"] if apart else []
    return next((one for one in reversed(found) if respectively(here, one) == apart), None)


def _named_beside(here: Reading, draft: Draft) -> Draft | None:
    """The amount right before one of several of the one name before them (其他收入分别为5万元、4万元)."""
    apart = respectively(here, draft)
    last = here.drafts[-1] if apart and apart[0] else None
    alike = last and last.kind == draft.kind == "amount" and (last.term or last.like)
    return last if alike else None


def cost_before(here: Reading, draft: Draft) -> Draft | None:
    """The one cost that all amounts of the sentence before are of, where this one begins with its spending alone.

    “三公”经费预算9万元，决算8万元。支出比上年的7万元增加1万元.
    """
    sentence = here.clauses.sentence(draft.quantity.start)
    if not pattern("statements", "spending-alone").match(here.text, sentence):
        return None
    before = here.clauses.sentence(sentence - 1) if sentence else 0
    told = [one for one in here.drafts if before <= one.quantity.start < sentence and one.kind == "amount"]
    told = [one for one in told if not differs(here, one)]
    alone = sentence == draft.clause[0] and len({one.measure for one in told}) == 1
    return told[-1] if alone and is_cost(told[-1].measure) else None


def whole_before(here: Reading, draft: Draft) -> Draft | None:
    """The only amount of the sentence before, whose parts this one may list (政府采购9万元。货物4万元；服务5万元).

    Or the last spending of its own sentence that can be divided (政府采购9万元，货物4万元、服务5万元).
    """
    sentence = here.clauses.sentence(draft.quantity.start)
    divided = [one for one in _amounts(here, draft) if one.measure in load("statements")["parts"]]
    if divided and draft.kind == "amount" and measures()[divided[-1].measure].character == "expenditure":
        return divided[-1]
    before = here.clauses.sentence(sentence - 1) if sentence else 0
    found = [one for one in here.drafts if before <= one.quantity.start < sentence and one.kind == "amount"]
    return found[0] if len(found) == 1 and draft.kind == "amount" else None


def changed_item(here: Reading, draft: Draft) -> Draft | None:
    """The expenditure that a change is of, whose own words only call it that (会议费…，支出决算小于预算数1万元).

    So what it is compared with, in all of its sentence (会议费…；与上年支出决算3万元相比).
    """
    base = draft.base if draft.kind == "change" or draft.compared_with else None
    start = here.clauses.sentence if draft.compared_with and base and not base.parent else here.clauses.segment
    near = base and base.quantity.start >= start(draft.quantity.start)
    return base if base and near and measures()[base.measure].character == "expenditure" else None


def changed_fund(here: Reading, draft: Draft, own: Term) -> Draft | None:
    """The expenditure of a fund that a change is of, where its own words name the fund alone.

    一般公共预算财政拨款支出9万元。与上年相比，一般公共预算财政拨款增加1万元.
    """
    base = draft.base if draft.kind == "change" else None
    spent = load("statements")["of-funds"]["side-expenditure"].get(measures()[own.measure].fund_scope)
    alone = not re.search("[收支]", here.text[own.start : own.end])
    return base if base and alone and base.measure == spent else None


def budgeted_before(here: Reading, draft: Draft, measure: str) -> Draft | None:
    """The budgeted amount before 支出决算 of the same (“三公”经费支出预算为9万元，支出决算为8万元)."""
    segment = here.clauses.segment(draft.quantity.start)
    near = [one for one in here.drafts if one.quantity.start >= segment and one.kind == "amount"]
    budgeted = measure == "expenditure" and near[-1:] and near[-1].scope == draft.scope
    return _budget(near) if budgeted and _is_of_phase(here.lead(draft)) else None


def spoken_of(here: Reading, draft: Draft) -> Draft | None:
    """The amount of the sentence that a number without a name of its own speaks of too.

    The first for a total (共计支出5万元), but not of several that it sums up, the last for another phase of it
    (全年预算5万元，决算数4万元) and for what it was changed from (决算数4万元，由上年的5万元降至4万元).
    """
    lead, amounts = here.lead(draft), _amounts(here, draft)
    found = [one for one in amounts if one.measure != "money"]
    beside = [one for one in found if one.scope == draft.scope]
    if pattern("statements", "spent").search(lead):
        beside = [one for one in amounts if one.scope == draft.scope and (one in found or one.phrase)]
        return _budget(beside, "" if pattern("statements", "done-or-spent").search(lead) else "expenditure")
    if here.changed_from(draft) and not here.clauses.in_reason(draft.quantity.start):
        return next(reversed(found), None)
    if re.search("合计|总计|共", lead) and _is_of_new_topic(here, draft):
        return None
    if re.search("合计|总计|共", lead):
        summands = {one.measure for one in amounts if one.scope == draft.scope}
        return found[0] if found and len(summands) < 2 else None
    told = _is_of_phase(lead) and not _is_of_count(here, draft)
    return next(reversed(beside or found or ([] if amounts else _roots(here, draft))), None) if told else None


def _is_of_new_topic(here: Reading, draft: Draft) -> bool:
    """Whether words without a number lead to a number behind ； (；出国次之，共5万元): no amount before it is meant."""
    segment = here.clauses.segment(draft.quantity.start)
    told = any(segment <= one.start < draft.quantity.start for one in here.quantities)
    return here.clauses.sentence(segment) < segment < draft.clause[0] and not told


def _is_of_count(here: Reading, draft: Draft) -> bool:
    """Whether a budget stands right behind things that are bought for it (新购设备1台，预算5万元)."""
    last = here.drafts[-1] if here.drafts else None
    bought = last is not None and last.quantity.measure == "pieces" and last.clause[1] + 1 == draft.clause[0]
    return bought and here.lead(draft).startswith("预算")


def _roots(here: Reading, draft: Draft) -> list[Draft]:
    """The amounts of no list that have a name, behind what heads the item of a number."""
    item = item_term(here, draft)
    amounts = [one for one in here.drafts if one.kind == "amount" and not one.compared_with]
    amounts = [one for one in amounts if item is None or one.quantity.start > item.end]
    return [one for one in amounts if one.scope is None and one.measure != "money"]


def _is_of_phase(lead: str) -> bool:
    """Whether the words before a number only name its phase (决算数4万元)."""
    return bool(pattern("statements", "other-phase").search(lead))


def _budget(amounts: Sequence[Draft], character: str = "expenditure") -> Draft | None:
    """The last amount where it is a budget, of expenditure or any (出国费预算5万元（含税3万元），支出4万元)."""
    last = amounts[-1] if amounts else None
    own = last and last.phase in ("approved", "adjusted")
    return last if last and own and character in ("", measures()[last.measure].character) else None


def is_beside_income(here: Reading, draft: Draft) -> bool:
    """Whether a sentence begins with the whole income, beside which an amount is spent (本单位收入9万元，支出8万元)."""
    first = next((one for one in here.told(draft) if one.quantity.kind == "money"), None)
    told = first is not None and first.kind == "amount" and first.measure in ("income", "total-income")
    return told and not any(lies_within(one.measure, "expenditure") for one in here.told(draft))


def whole_of_sentence(here: Reading, draft: Draft) -> str | None:
    """The measure within which a sentence tells of its parts (“三公”经费支出决算中，接待费5万元，占20%)."""
    start = here.clauses.sentence(draft.quantity.start)
    within = pattern("statements", "share-within")
    heads = (one for one in here.terms if start <= one.start < draft.quantity.start)
    named = next((one.measure for one in heads if within.match(here.text, one.end)), None)
    part = draft.base.measure if draft.base else None
    return named if named and part and part != named and lies_within(part, named) else None
