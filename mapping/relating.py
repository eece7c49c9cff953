"""What a number is to those told beside it: a share, a completion, a plan, a difference, one of several in a row."""

from __future__ import annotations

from mapping.drafts import BUDGETS, Draft, Reading
from mapping.lexicon import pattern


def says_share(here: Reading, draft: Draft) -> Draft:
    """The number whose words say what a ratio is of: its own, or the one that it is of (占全部项目50个的96%)."""
    last = here.drafts[-1] if here.drafts else None
    behind = last and pattern("statements", "whole-behind").fullmatch(here.lead(draft))
    return last if last and behind and _is_shared(here, last) else draft


def _is_shared(here: Reading, one: Draft) -> bool:
    """Whether a number is only what a share is of (占支出合计90万元的80%)."""
    named = "占" in here.lead(one) and not (one.compared_with or completes(here, one))
    return named and bool(pattern("statements", "of-which").match(here.text, one.quantity.stop))


def is_included(here: Reading, draft: Draft) -> bool:
    """Whether a number only says what the amount before it includes (支出9万元，含上年结转2万元，增长3%)."""
    beside = draft.scope is None or (bool(here.drafts) and here.drafts[-1].scope == draft.scope)
    return beside and bool(pattern("statements", "included").match(here.lead(draft)))


def is_aside(here: Reading, one: Draft) -> bool:
    """Whether a number only says what the one before it includes, of what it is a rate or a share, or what differs."""
    aside = is_included(here, one) or completes(here, one) or plans(here, one) or differs(here, one)
    return aside or _is_shared(here, one)


def completes(here: Reading, one: Draft) -> bool:
    """Whether a number is the budget of a rate of completion (完成预算62万元的94%)."""
    if one.kind != "amount":
        return False
    return bool(pattern("statements", "done").search(here.lead(one))) or of_its_budget(here, one)


def of_its_budget(here: Reading, one: Draft) -> bool:
    """Whether a number is a rate of the budget of what was done right before it, or that budget.

    收入完成9万元，占预算的90%; 收入完成9万元，占预算10万元的90%.
    """
    last = next((other for other in reversed(here.drafts) if other.quantity.start < one.quantity.start), None)
    if last is None or not pattern("statements", "of-its-budget").fullmatch(here.lead(one)):
        return False
    done = pattern("statements", "done-before").search(here.lead(last))
    return bool(done) and one.clause[0] <= last.clause[1] + 1


def plans(here: Reading, one: Draft) -> bool:
    """Whether a number is the budget of the amount before it, of which a rate behind it is told.

    支出2万元，年初预算4万元，完成预算的50%，比上年减少1万元: what follows is said of the 2万元.
    """
    if one.kind != "amount" or one.phase not in BUDGETS:
        return False
    rates = (rate for rate in here.told(one) if rate.kind == "rate" and rate.relative_phase and rate.base is not one)
    bases = (rate.base for rate in rates if rate.base and rate.quantity.start > one.quantity.start)
    return any(base.measure == one.measure and base.quantity.start < one.quantity.start for base in bases)


def differs(here: Reading, one: Draft) -> bool:
    """Whether money is only what a budget and its account differ by (决算数大于预算数5万元)."""
    return one.quantity.kind == "money" and bool(pattern("statements", "differs").search(here.lead(one)))


def names_growth(here: Reading, one: Draft) -> bool:
    """Whether a growth is called by a noun, whose points may change in turn (增幅达到9%，比上月提高2个百分点)."""
    return bool(pattern("statements", "growth-named").search(here.lead(one)))


def compared_beside(here: Reading, draft: Draft) -> Draft | None:
    """The amount that a change names in its sentence to be compared with (比上年收入5万元增加1万元)."""
    found = [one for one in here.told(draft) if one.compared_with]
    return found[-1] if found and draft.kind in ("change", "growth") else None


def in_bracket(here: Reading, one: Draft) -> bool:
    """Whether a number stands in a bracket."""
    return any(scope is not None and here.clauses.scopes[scope].bracket for scope in here.clauses.outer(one.scope))


def respectively(here: Reading, draft: Draft) -> tuple[int, int] | None:
    """The place of a number among several that 分别 gives to as many, and how many they are."""
    place, count = row(here, draft)
    first = here.quantities[here.quantities.index(draft.quantity) - place]
    start = here.clauses.clause(first.start, first.stop)[0]
    apart = count > 1 and pattern("statements", "respectively").search(here.text, start, first.start)
    return (place, count) if apart else None


def row(here: Reading, draft: Draft) -> tuple[int, int]:
    """The place of a number among those that share the words before them, and how many they are."""
    first = last = at = here.quantities.index(draft.quantity)
    while first and _joined(here, first - 1):
        first -= 1
    while last + 1 < len(here.quantities) and _joined(here, last):
        last += 1
    return at - first, last - first + 1


def _joined(here: Reading, at: int) -> bool:
    """Whether a number and the next share the words before them."""
    words = here.text[here.quantities[at].stop : here.quantities[at + 1].start]
    return bool(pattern("statements", "joined-apart").fullmatch(words))
