"""Numbers of a list to the amount that the list divides, and changes to the amount that they change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapping.clauses import Scope
from mapping.drafts import BUDGETS, Draft, Reading
from mapping.lexicon import load, pattern
from mapping.measures import measures
from mapping.relating import (
    compared_beside,
    completes,
    in_bracket,
    is_aside,
    is_included,
    names_growth,
    respectively,
    row,
    says_share,
)

# How much may stand before a list in its sentence, so that it divides an amount of the sentence before.
_FIRST = 4
# The sides of an account, and the character of the money on each.
SIDES = {"收入": "income", "支出": "expenditure"}
# Kinds of statements that changes and shares are said of.
_BASES = ("amount", "count", "standard")


def find_parent(here: Reading, draft: Draft) -> None:
    draft.base = _base(here, draft)
    if (
        draft.compared_with
        or draft.kind not in ("amount", "count", "change")
        or here.clauses.in_reason(draft.quantity.start)
        or completes(here, draft)
        or here.names_whole(draft)
    ):
        return
    if draft.kind == "change" and not draft.phrase:
        return
    whole = _divided(here, draft) or _whole_of_list(here, draft)
    draft.parent = None if whole and _is_set_against(here, draft, whole.measure) else whole


def _is_set_against(here: Reading, draft: Draft, whole: str) -> bool:
    """Whether an amount is none of the parts of `whole` by its name: debts are no assets."""
    words = load("statements")["set-against"].get(whole)
    return bool(words and re.search(words, here.phrase(draft)))


def _whole_of_list(here: Reading, draft: Draft) -> Draft | None:
    """The last amount that a list names as what it divides, else its head."""
    named = _named_in(here, draft.scope)
    if named is None:
        return _head(here, draft, draft.scope)
    return _last(draft, [one for one in (*here.heads, *_before(here, draft.scope or 0)) if named in here.lead(one)])


def _head(here: Reading, draft: Draft, scope: int | None) -> Draft | None:
    """The amount that a list divides: the nearest that `draft` can be a part of before it, not in a closed list.

    A bracket of what the amount before it leaves out (（不含结转下年2万元）) divides none, nor does one that counts all
    that there are (新增车辆2辆（现有车辆30辆）).
    """
    if scope is None:
        return _last(draft, here.heads)
    earlier = _before(here, scope)
    opened = here.clauses.scopes[scope]
    if opened.bracket and pattern("statements", "excluded").match(here.text, opened.start):
        return None
    found = _last(
        draft,
        [
            one
            for one in earlier
            if one.kind in ("amount", "count", "change")
            and _is_of_side(here, opened, one)
            and not _tells_units(here, opened, draft, one)
        ],
    )
    if opened.bracket:
        near = bool(earlier) and found is earlier[-1] and _reaches(here, found, opened)
        return found if found and near and not _counts_all(here, draft, found) else None
    if found and _is_of_several(here, found):
        return None
    if found and _announced_of(here, scope, found):
        return found
    return _last(draft, here.heads) if opened.outer is None else None


def _named_in(here: Reading, scope: int | None) -> str | None:
    """What a list says right behind the words that open it that it divides (从结构看，全县收入中，税收收入…)."""
    opened = None if scope is None else here.clauses.scopes[scope].start
    named = None if opened is None else pattern("statements", "divides-named").match(here.text, opened)
    return named["whole"] if named else None


def _counts_all(here: Reading, draft: Draft, head: Draft) -> bool:
    """Whether a number in a bracket is of all that there are, and more than the one before the bracket."""
    more = draft.quantity.unit == head.quantity.unit and draft.quantity.value > head.quantity.value
    return more and bool(pattern("statements", "of-all").search(here.lead(draft)))


def _is_of_side(here: Reading, opened: Scope, head: Draft) -> bool:
    """Whether an amount can be what a list at the head of its sentence divides: of 支出包括： no income."""
    side = pattern("statements", "side-listed").fullmatch(here.text, here.clauses.sentence(opened.at), opened.at)
    both = head.measure in ("total-fiscal-income", *load("statements")["both-sides"])
    return not side or both or measures()[head.measure].character == SIDES[side[1]]


def _tells_units(here: Reading, opened: Scope, draft: Draft, head: Draft) -> bool:
    """Whether a list says of which units the department is made up, its own level with them: no part of those below it.

    下设4个事业单位。从单位构成看，编报单位共5个. Of all its units what the list calls a kind is a part (行政单位1个).
    """
    if head.measure != "budget-units" or not pattern("statements", "units-told").match(here.text, opened.at):
        return False
    below = pattern("statements", "units-below").search(here.text[slice(*head.clause)])
    return bool(below) or not pattern("statements", "kind-of-units").match(here.lead(draft))


def _is_of_several(here: Reading, head: Draft) -> bool:
    """Whether a count stands beside another in its unit, so that a list divides both (3个项目、4个部门，其中…)."""
    before = [one for one in here.drafts if one.quantity.start < head.quantity.start][-1:]
    alike = bool(before) and before[0].kind == head.kind == "count" and before[0].quantity.unit == head.quantity.unit
    between = here.text[before[0].quantity.stop : head.quantity.start] if alike else ""
    return bool(pattern("statements", "beside").fullmatch(between))


def _reaches(here: Reading, head: Draft, opened: Scope) -> bool:
    """Whether a bracket is of the amount before it: right behind it, or with words that announce parts."""
    announces = pattern("statements", "opener").match(here.text, opened.start)
    segment = here.clauses.segment(opened.at)
    return head.quantity.stop >= opened.at - 2 or bool(announces and head.quantity.start >= segment)


def _divided(here: Reading, draft: Draft) -> Draft | None:
    """The amount that opens the sentence of its parts without a list (…，计72万元，其余345万元用于…)."""
    words = here.lead(draft)
    amounts = [one for one in here.told(draft) if one.kind == "amount"]
    if draft.kind != "amount" or not amounts:
        return None
    if is_included(here, draft):
        return amounts[-1]
    if not any(pattern("statements", name).match(words) for name in ("rest", "summed")):
        return None
    whole = amounts[0]
    return whole if draft.divides(whole) and not (whole.named or whole.compared_with) else None


def _before(here: Reading, scope: int) -> list[Draft]:
    """The drafts before a list, without those in lists that have ended, or in a reason that the list is none of."""
    opened, in_reason = here.clauses.scopes[scope], here.clauses.in_reason
    allowed = set(here.clauses.outer(opened.outer))
    earlier = [one for one in here.drafts if one.quantity.start < opened.at and one.scope in allowed]
    earlier = [one for one in earlier if in_reason(opened.at) or not in_reason(one.quantity.start)]
    return [one for one in earlier if not (one.compared_with or is_aside(here, one))]


def _announced_of(here: Reading, scope: int, head: Draft) -> bool:
    """Whether a list is one of the parts of `head`: 其中 in its sentence, other words right behind a number."""
    at = here.clauses.scopes[scope].at
    sentence = here.clauses.sentence(at)
    if at - sentence <= _FIRST:
        return True
    last = max(one.stop for one in here.quantities if one.start < at)
    behind = not re.search("[\u4e00-\u9fff]", here.text[last:at].removeprefix("等"))
    return head.quantity.start >= sentence and (here.text.startswith("其中", at) or behind)


def _last(draft: Draft, found: Sequence[Draft]) -> Draft | None:
    return next((one for one in reversed(found) if draft.divides(one)), None)


def _base(here: Reading, draft: Draft) -> Draft | None:
    """The amount that a change, a growth or a share without a term of its own is said of."""
    if draft.kind not in ("change", "growth", "share", "rate") and not draft.compared_with:
        return None
    rate, shared = _rate_before(here, draft), says_share(here, draft)
    named = here.lead(shared).partition("占")[0].lstrip("和及与或").removeprefix("分别")
    if rate or (draft.kind == "share" and named):
        return rate
    sentence = here.clauses.sentence(draft.quantity.start)
    segment = here.clauses.segment(draft.quantity.start)
    alike = [one for one in here.drafts if one is not shared and _alike(here, draft, one) and not is_aside(here, one)]
    before_it = _told(here, draft, alike)
    if item := _unchanged_item(here, draft, segment):
        before_it = [one for one in before_it if one.quantity.start > item]
    beside = _respective(here, draft, before_it) or _side_beside(here, draft)
    if beside or _is_of_several_names(here, draft):
        return beside
    near = [one for one in before_it if one.quantity.start >= segment and one.scope == draft.scope]
    items = [one for one in near if one.kind not in ("change", "standard") and one.like not in near]
    listed = draft.scope is not None and len(items) > 1 and not _one_by_one(here, draft)
    if listed and draft.scope is not None and draft.kind != "share":
        head = head_of(here, draft.scope)
        if head and not _is_told(here, head, draft):
            return head
    same = [one for one in before_it if one.quantity.start >= sentence]
    again = _side_again(here, draft, same) or _sum_again(here, draft, same)
    if whole := again or (None if near else _divided_before(here, draft, same)):
        return whole
    same = same if near else _before_included(here, draft, same)
    roots = [one for one in before_it if one.scope is None]
    called = _of_named(here, draft, before_it)
    found = _spent(here, draft, near) if draft.kind == "rate" else near or same or called or roots or before_it
    found = _of_side_changed(here, draft, found)
    other = None if same or called else compared_beside(here, draft)
    fit = [one for one in found if other is None or one.measure == other.measure]
    return _of_own_year(draft, _accounted(here, draft, fit)) if fit else None


def _side_beside(here: Reading, draft: Draft) -> Draft | None:
    """The amount of a side of the account whose change a rate right behind it tells again (支出比上年减5万元，降3%)."""
    last = here.drafts[-1] if here.drafts and draft.kind == "growth" else None
    alone = pattern("statements", "after-term").fullmatch(here.lead(draft))
    if last is None or last.kind != "change" or last.clause[1] + 1 != draft.clause[0]:
        return None
    named = any(pattern("statements", name).match(here.lead(last)) for name in ("side-again", "side-changed"))
    return last.base if alone and named else None


def _rate_before(here: Reading, draft: Draft) -> Draft | None:
    """The rate or share right before a rate that only a year is named of (负债率74%，比上年的81%下降7个百分点)."""
    last = here.drafts[-1] if here.drafts and draft.kind == "rate" else None
    ends = (draft.quantity.start, draft.quantity.start - len("的"))
    named = any(one.year and one.start >= here.start_of(draft) and one.end in ends for one in here.comparisons)
    near = last and last.clause[1] + 1 >= draft.clause[0]
    return last if last and near and named and last.kind in ("rate", "share") else None


def _divided_before(here: Reading, draft: Draft, found: Sequence[Draft]) -> Draft | None:
    """The amount whose parts stand right before a change that begins anew; those of one measure may be of two years.

    其中基本支出5万元，项目支出4万元；较上年增加1万元.
    """
    segment = here.clauses.segment(draft.quantity.start)
    begins = draft.kind in ("change", "growth") and any(one.start == segment for one in here.comparisons)
    parts = [one for one in found if one.parent and one.scope == draft.scope]
    apart = len({one.measure for one in parts}) > 1 and not _one_by_one(here, draft)
    whole = parts[-1].parent if begins and apart else None
    return whole if whole and all(one.parent is whole for one in parts) and not _is_told(here, whole, draft) else None


def _before_included(here: Reading, draft: Draft, found: list[Draft]) -> list[Draft]:
    """Those before what the part of the sentence before only includes (9万元，含甲2万元，乙3万元；比上年增加1万元)."""
    segment = here.clauses.segment(draft.quantity.start)
    start = here.clauses.segment(max(segment - 1, 0))
    told = [one for one in here.told(draft) if start <= one.quantity.start < segment]
    included = [one.quantity.start for one in told if is_included(here, one)]
    return [one for one in found if not included or one.quantity.start < included[0]] or found


def _of_named(here: Reading, draft: Draft, found: Sequence[Draft]) -> list[Draft]:
    """Those called by the very term that the sentence of a change begins with (经营收入即检测费，较上年多收2万元)."""
    sentence = here.clauses.sentence(draft.quantity.start)
    named = [here.text[slice(*one.place)] for one in here.terms if one.start == sentence]
    told = [one for one in found if one.term and (draft.kind == "change" or draft.compared_with)]
    return [one for one in told if one.term and one.passage.words[slice(*one.term)] in named]


def _side_again(here: Reading, draft: Draft, found: Sequence[Draft]) -> Draft | None:
    """The amount of a side of the account that a change names again behind its parts (…；支出较去年增加5万元)."""
    again = pattern("statements", "side-again").match(here.lead(draft))
    wholes = [one for one in found if one.kind == "amount" and one.parent is None]
    named = [one for one in wholes if again and again["side"] in here.lead(one)]
    budget = [one for one in wholes[:1] if again and pattern("statements", "whole-budget").fullmatch(here.lead(one))]
    return next(iter(named[-1:] or budget), None)


def _of_side_changed(here: Reading, draft: Draft, found: Sequence[Draft]) -> Sequence[Draft]:
    """Those of the side of the account that a change names (收入9万元，支出8万元。与上年相比，收入增加1万元)."""
    changed = pattern("statements", "side-changed").match(here.lead(draft))
    named = [one for one in found if changed and changed["side"] in here.lead(one)]
    other = SIDES["支出" if changed and changed["side"] == "收入" else "收入"]
    return named or [one for one in found if not changed or measures()[one.measure].character != other]


def _sum_again(here: Reading, draft: Draft, found: Sequence[Draft]) -> Draft | None:
    """The amount that a change calls the sum behind its parts (分别为5万元和4万元，合计数比上年增加1万元)."""
    compared = [one.start for one in here.comparisons if one.start < draft.quantity.start]
    named = compared and pattern("statements", "sum-again").search(here.text[: compared[-1]])
    parts = [one for one in found if one.parent and one.quantity.stop <= (named.start() if named else 0)]
    return parts[-1].parent if parts else None


def _unchanged_item(here: Reading, draft: Draft, start: int) -> int | None:
    """Where the last item is named, from `start` on, that is as it was by one measure and then changes by another.

    接待费与预算持平，比上年增加2万元: the change is said of it, not of the amount before. None where none is, nor where
    only what is compared with is named (接待费5万元，与上年预算持平，增加0万元).
    """
    named = [one for one in here.terms if start <= one.start < draft.quantity.start]
    named = [one for one in named if not any(apart.start <= one.start < apart.end for apart in here.comparisons)]
    shape = pattern("statements", "unchanged-item")
    found = [one.start for one in named if shape.match(here.text, one.end, draft.quantity.start)]
    return found[-1] if found else None


def _is_told(here: Reading, head: Draft, draft: Draft) -> bool:
    """Whether it was told before its list how the amount that a list divides changed: no number of the list says it."""
    opened = here.clauses.scopes[draft.scope].at if draft.scope is not None else 0
    told = [one for one in here.drafts if one.kind in ("change", "growth") and one.quantity.start < opened]
    return any(one.base is head for one in told)


def _accounted(here: Reading, draft: Draft, found: Sequence[Draft]) -> Sequence[Draft]:
    """The accounts among amounts, for a change from those of the year before.

    决算20万元，预算为40万元，比上年决算数增加5万元.
    """
    sentence = here.clauses.sentence(draft.quantity.start)
    compared = [one for one in here.comparisons if sentence <= one.start < draft.quantity.start]
    if draft.kind not in ("change", "growth") or not compared or compared[-1].phase != "finalAccounts":
        return found
    spent = [one for one in found if one.phase == "finalAccounts"]
    return spent if spent and found[-1].phase in BUDGETS and spent[-1].year == found[-1].year else found


def _told(here: Reading, draft: Draft, found: list[Draft]) -> list[Draft]:
    """Those that a change speaks of: none of a reason or of a bracket that has ended, where others are there.

    决算36万元，主要原因是动用结转6万元；比上年增加2万元 is told of the 36万元.
    """
    if draft.kind not in ("change", "growth") and not draft.compared_with:
        return found
    inside = set(here.clauses.outer(draft.scope))
    reasoned = here.clauses.in_reason(draft.quantity.start)
    fit = [one for one in found if one.scope in inside or not in_bracket(here, one)]
    return [one for one in fit if reasoned or not here.clauses.in_reason(one.quantity.start)] or found


def _one_by_one(here: Reading, draft: Draft) -> bool:
    """Whether a list tells of an item before how it changed: then so of each (接待费2万元，减少1万元；…)."""
    told = [one for one in here.drafts if one.kind in ("change", "growth") and one.scope == draft.scope]
    return any(one.base is not None and one.base.scope == draft.scope for one in told)


def _of_own_year(draft: Draft, found: Sequence[Draft]) -> Draft:
    """The last amount, or the one of the year after before it (2024年预算5万元，2023年预算4万元，减少1万元)."""
    last, other = found[-1], found[-2] if len(found) > 1 else None
    changed = draft.kind in ("change", "growth") and other is not None and other.measure == last.measure
    if changed and other and last.year and other.year == last.year + 1 and other.kind == last.kind == "amount":
        return other
    return last


def _spent(here: Reading, draft: Draft, amounts: Sequence[Draft]) -> Sequence[Draft]:
    """The amounts that a rate of completion can be of: not budgets, where another is there."""
    if not pattern("statements", "done").search(here.lead(draft)):
        return amounts
    return [one for one in amounts if one.phase not in BUDGETS] or amounts


def _respective(here: Reading, draft: Draft, bases: Sequence[Draft]) -> Draft | None:
    """The amount that one of several changes is said of, each of its own (分别减少5万元和3万元).

    None of one amount's changes from several years (比2020年和2019年分别增长5%、6%).
    """
    if _is_of_years(here, draft):
        return None
    for scope in here.clauses.outer(draft.scope):
        amounts = [one for one in bases if one.kind != "change" and one.scope == scope]
        apart = respectively(here, draft) or _in_step(here, draft, amounts)
        if apart and len(amounts) >= apart[1]:
            return amounts[apart[0] - apart[1]]
    apart = respectively(here, draft)
    listed = [one for one in bases if one.kind == "amount" and one.scope == bases[-1].scope]
    return listed[apart[0]] if apart and len(listed) == apart[1] else None


def _is_of_years(here: Reading, draft: Draft) -> bool:
    """Whether the words before a row of numbers compare with as many years as they are."""
    place, count = row(here, draft)
    first = here.quantities[here.quantities.index(draft.quantity) - place]
    start = here.clauses.clause(first.start, first.stop)[0]
    return any(len(one.others) + 1 == count > 1 for one in here.comparisons if start <= one.start < first.start)


def _is_of_several_names(here: Reading, draft: Draft) -> bool:
    """Whether a growth is one of several that 分别 gives to as many names, which no amount beside them has.

    None of one amount's rates from several years, or from a year and a budget.
    """
    if draft.kind != "growth" or "百分点" in (draft.quantity.unit or ""):
        return False
    start = here.clauses.back_to(draft.quantity.start, "，。！？；：")
    compared = [one for one in here.comparisons if start <= one.start < draft.quantity.start]
    return respectively(here, draft) is not None and len(compared) < 2 and not _is_of_years(here, draft)


def _in_step(here: Reading, draft: Draft, amounts: Sequence[Draft]) -> tuple[int, int] | None:
    """The place of a number among as many as 分别 gave before it (分别为5万元、3万元，占6%、4%), and their count."""
    place, count = row(here, draft)
    last = respectively(here, amounts[-1]) if amounts else None
    return (place, count) if last == (count - 1, count) else None


def _alike(here: Reading, draft: Draft, base: Draft) -> bool:
    """Whether a number can be said of `base`: points of rates and shares, what changes and is compared of its unit."""
    if "百分点" in (draft.quantity.unit or ""):
        rate = base.kind in ("rate", "share") or (base.kind == "growth" and names_growth(here, base))
        return rate and "百分点" not in (base.quantity.unit or "")
    bears = base.kind in _BASES or (base.kind == "change" and base.label is not None)
    same = draft.kind == "change" or draft.compared_with
    return bears and not base.compared_with and (not same or draft.quantity.kind == base.quantity.kind)


def head_of(here: Reading, scope: int) -> Draft | None:
    """The amount or count before a list, not in one that has ended."""
    found = [one for one in _before(here, scope) if one.kind in ("amount", "count")]
    return found[-1] if found else None
