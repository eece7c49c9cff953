"""The words around a number, and the heading above it, to the term in them that says what it is of."""

from __future__ import annotations

import itertools
import re

from mapping.drafts import Draft, Reading
from mapping.language import Term
from mapping.lexicon import load, pattern
from mapping.measures import Measure, lies_within, measure_named, measures, whole_of
from mapping.passages import unnumbered
from mapping.relating import respectively

# Kinds of units to the kind of the measures (code:unit-kind) that they count.
_COUNTED = {"money": "money", "ratio": "ratio", "duration": "duration", "score": "score", "area": "area"}
_OF_FUNDS = ("general-public-income", "gov-fund-income", "state-capital-income", "fiscal-income")
_SPENT_OF_FUNDS = ("general-public-expenditure", "fiscal-expenditure")


def own_term(here: Reading, draft: Draft) -> Term | None:
    """The specific term of its kind that heads the noun phrase before a number, in its own clause."""
    found = _last_term(here, draft, here.start_of(draft), draft.quantity.start)
    if found is None and (place := here.explained(draft)):
        named = _last_term(here, draft, *place)
        heads = named and pattern("statements", "after-term").fullmatch(here.text, named.end, place[1])
        return _of_all(here, draft, named) if named and heads else None
    return _of_all(here, draft, found) if found and _heads_phrase(here, found, draft) else None


def _of_all(here: Reading, draft: Draft, last: Term) -> Term | None:
    """The term of an amount of several names (出国费、公车费和接待费9万元): that of their whole, else None.

    The last name where it is one alone, or each has the amount; none of a list left open (加上补助、结转等9万元).
    """
    listed = _listed_with(here, last) if draft.quantity.kind == "money" else [last]
    each = pattern("statements", "each").search(here.text, last.end, draft.quantity.start)
    if draft.quantity.kind == "money" and _ends_open_list(here, last, draft):
        return None
    if len(listed) == 1 or each or not draft.quantity.value:
        return last
    whole = whole_of({one.measure for one in listed})
    return Term(listed[0].start, last.end, whole) if whole else None


def _ends_open_list(here: Reading, last: Term, draft: Draft) -> bool:
    """Whether a term is the last of several, with others that are not named (上解支出、还本支出、结转下年支出等)."""
    listed = "、" in here.text[here.clauses.back_to(last.start, "，。；：（") : last.start]
    return listed and bool(pattern("statements", "open-list").match(here.text, last.end, draft.quantity.start))


def _listed_with(here: Reading, last: Term) -> list[Term]:
    """The terms that stand before one, each joined to the next (A、B和C), and the one itself."""
    listed = [last]
    named = [one for one in here.terms if one.end <= last.start and one.measure not in load("statements")["generic"]]
    for one in reversed(named):
        if not pattern("statements", "joined").fullmatch(here.text[one.end : listed[0].start]):
            break
        listed.insert(0, one)
    return listed


def _heads_phrase(here: Reading, term: Term, draft: Draft) -> bool:
    """Whether no other noun stands between a term and the number (一般公共预算服务支出 is no 一般公共预算)."""
    between = here.text[term.end : draft.quantity.start]
    if draft.quantity.kind == "money" and here.changed_from(draft):
        between = between.rstrip("由从")
    return bool(pattern("statements", "after-term").fullmatch(between))


def _last_term(here: Reading, draft: Draft, start: int, end: int) -> Term | None:
    """The specific term of the kind of a number that the words from `start` to `end` say last.

    Or the one before, where the last only says of what side it is, who pays for it, or explains it.
    """
    kind = _COUNTED.get(draft.quantity.kind, "count")
    generic = {*load("statements")["generic"], "standard"}
    inside = [one for one in here.terms if start <= one.start and one.end <= end and not _is_destination(here, one)]
    inside = [one for one in inside if not (_is_compared_with(here, one) or _pays_cost(here, one))]
    fit = [one for one in inside if measures()[one.measure].unit_kind == kind and one.measure not in generic]
    if len(fit) < 2:
        return fit[0] if fit else None
    named, last = fit[-2:]
    side = last.measure in ("expenditure", "income") or (last.measure == "total-expenditure" and is_cost(named.measure))
    between = here.text[named.end : last.start]
    spent = load("statements")["of-funds"]["side-expenditure"].get(measures()[named.measure].fund_scope)
    if last.measure == "expenditure" and not between and named.measure in _OF_FUNDS and spent:
        return Term(named.start, last.end, spent)
    if side and (not between or (is_cost(named.measure) and _is_source(between)) or _is_called(here, named, last)):
        return named
    paid = _only_funds(named.measure, last.measure) and _is_source(between)
    return named if paid or _explains(here, named, last) else last


def _is_called(here: Reading, name: Term, last: Term) -> bool:
    """Whether a term stands in the bracket that names what a total is of (出国费、公车费（简称“三公”经费）支出合计)."""
    called = pattern("statements", "called").search(here.text, 0, name.start)
    return bool(called) and here.text[name.end : last.start] == "）"


def is_cost(measure: str) -> bool:
    """Whether a measure is a cost of its own, of which 总支出 says no more than all (公务接待费总支出)."""
    fund = measure in _OF_FUNDS or lies_within(measure, "fiscal-expenditure")
    return lies_within(measure, "expenditure") and measure != "expenditure" and not fund


def _only_funds(measure: str, fund: str) -> bool:
    """Whether the name of a fund behind that of a measure only says who pays (“三公”经费财政拨款支出)."""
    narrow = lies_within(measure, "expenditure") and not lies_within(measure, "fiscal-expenditure")
    return fund in _OF_FUNDS or (fund in _SPENT_OF_FUNDS and narrow and measure != "expenditure")


def _is_destination(here: Reading, term: Term) -> bool:
    """Whether a term names the fund that money goes to (调入一般公共预算3万元), or is drawn from (调入基金结余)."""
    shapes = {**dict.fromkeys(_OF_FUNDS, "destination"), "closing-carry-over": "drawn-from"}
    shape = shapes.get(term.measure)
    return bool(shape and pattern("statements", shape).search(here.text[: term.start]))


def _is_compared_with(here: Reading, term: Term) -> bool:
    """Whether the name of a fund only says what is compared with (接待费比2012年财政拨款预算数减少3万元)."""
    within = any(one.start <= term.start and term.end <= one.end for one in here.comparisons)
    return within and term.measure in (*_OF_FUNDS, *_SPENT_OF_FUNDS)


def _pays_cost(here: Reading, term: Term) -> bool:
    """Whether a fund stands right behind the cost that it pays for (印刷费财政拨款3万元)."""
    fund = term.measure in (*_OF_FUNDS, *_SPENT_OF_FUNDS) and not here.text.endswith("收入", 0, term.end)
    return fund and bool(pattern("statements", "cost-paid").search(here.text[: term.start]))


def _is_source(between: str) -> bool:
    """Whether words join a term to the fund that pays for it (机关运行经费当年一般公共预算拨款)."""
    return bool(pattern("statements", "paid-by").fullmatch(between))


def _explains(here: Reading, named: Term, last: Term) -> bool:
    """Whether the last term stands in the bracket that explains the one before (机关运行经费（行政机构公用经费）).

    Not where it means that and others before it together (公务接待费、公车购置费、公车运行费（“三公”经费）).
    """
    opened = re.fullmatch("（[^（）]*", here.text[named.end : last.start])
    return bool(opened and re.match("[^（）]*）", here.text[last.end :])) and not _sums_up(here, named, last)


def _sums_up(here: Reading, last: Term, whole: Term) -> bool:
    """Whether a term in brackets means all the parts that the sentence lists before it, no number between."""
    start = here.clauses.sentence(last.start)
    listed = [one for one in here.terms if start <= one.start <= last.start and lies_within(one.measure, whole.measure)]
    numbered = any(start <= one.start < last.start for one in here.quantities)
    return len({one.measure for one in listed}) > 1 and last in listed and not numbered


def weak_term(here: Reading, draft: Draft) -> Term | None:
    """The last specific term before a number, which need not head its noun phrase."""
    last = _last_term(here, draft, here.start_of(draft), draft.quantity.start)
    weak = _of_all(here, draft, last) if last else None
    apart = weak and any(found(here, draft, weak) for found in (_only_pays, _opens_list, _includes, _goes_on))
    return None if apart else weak


def _opens_list(here: Reading, draft: Draft, term: Term) -> bool:
    """Whether a term only names the whole of the list that an amount stands in (项目支出包括活动经费36万元)."""
    return any(term.end <= one.at < draft.quantity.start and not one.bracket for one in here.clauses.scopes)


def _includes(here: Reading, draft: Draft, term: Term) -> bool:
    """Whether a term only names what includes an amount and its noun (其他收入含利息3万元), or is made up of such."""
    made_up = draft.phrase and pattern("statements", "made-up").match(here.text, term.end)
    whole = made_up and made_up.end() == draft.quantity.start
    return bool(whole or pattern("statements", "includes").fullmatch(here.text, term.end, draft.quantity.start))


def _goes_on(here: Reading, draft: Draft, term: Term) -> bool:
    """Whether a term is one of several names (上级补助和调入资金5万元), or only what is paid on (政府债务还本)."""
    more = pattern("statements", "term-goes-on").match(here.text, term.end)
    return bool(more and (draft.phrase is None or draft.phrase.end > more.end()))


def _only_pays(here: Reading, draft: Draft, term: Term) -> bool:
    """Whether a term only names the fund that pays for a noun behind it (一般公共预算教育经费, 财政拨款安排的房租)."""
    fund = term.measure in _OF_FUNDS and draft.phrase is not None and draft.phrase.end > term.end
    pays = pattern("statements", "pays-for").match(here.text, term.end)
    return fund and bool(pays or not re.search("收入|拨款|资金", here.text[term.start : term.end]))


def pays_class(here: Reading, draft: Draft, own: Term | None) -> bool:
    """Whether a fund stands behind the class that it pays for (教育支出（类）2024年财政拨款预算数5万元)."""
    paid = own and pattern("statements", "appropriated").match(here.text, own.start)
    return bool(paid and draft.named and draft.clause[0] <= draft.named[0] < paid.start())


def term_behind(here: Reading, draft: Draft) -> Term | None:
    """The expenditure named right behind an amount, which is no other amount's (3万元公务接待费不足)."""
    start = draft.quantity.stop + here.text.startswith("的", draft.quantity.stop)
    term = next((one for one in here.terms if one.start == start), None)
    if (
        term is None
        or term.measure in load("statements")["generic"]
        or measures()[term.measure].character != "expenditure"
    ):
        return None
    stop = next((one.start for one in here.quantities if one.start >= term.end), len(here.text))
    return None if pattern("statements", "after-term").fullmatch(here.text, term.end, stop) else term


def respective_term(here: Reading, draft: Draft) -> Term | None:
    """The term of one of several numbers, each of its own (基本支出、项目支出分别增加3万元、5万元)."""
    apart = respectively(here, draft)
    start = here.clauses.back_to(draft.quantity.start, "，。！？；：")
    if here.text.startswith("分别", start):
        start = here.clauses.back_to(start - 1, "，。！？；：")
    listed = [one for one in here.terms if start <= one.start < draft.quantity.start] if apart else []
    named = [one for one in listed if measures()[one.measure].unit_kind == "money"][-apart[1] :] if apart else []
    if apart and len(named) == 1 and (sides := load("statements")["both-sides"].get(named[0].measure, [])):
        return named[0]._replace(measure=sides[apart[0]]) if apart[1] == len(sides) else None
    between = [here.text[one.end : other.start] for one, other in itertools.pairwise(named)]
    joined = all(pattern("statements", "joined").fullmatch(words) for words in between)
    return named[apart[0]] if apart and joined and len(named) == apart[1] else None


def item_term(here: Reading, draft: Draft) -> Term | None:
    """The term that alone is the sentence which heads the item of a number ((二)公务接待费。2024年预算安排5万元).

    The first sentence of the text, or a numbered one in it (其中：1、公务接待费。2024年预算安排5万元).
    """
    stop = here.clauses.sentence(draft.quantity.start) - 1
    while stop > 0 and not here.clauses.in_reason(draft.quantity.start):
        start = here.clauses.sentence(stop)
        words = pattern("statements", "list-begins").sub("", here.text[start:stop])
        label = unnumbered(words)
        named = (measure_named(label) or _headed(label)) if start == 0 or label != words else None
        if named and named.unit_kind == "money":
            return Term(stop - len(label), stop, named.notation)
        stop = start - 1
    return None


def _headed(label: str) -> Measure | None:
    """The cost whose 支出情况 an item begins with."""
    words = re.sub("(?:具体)?(?:情况|说明)+$", "", label)
    named = measure_named(words) or measure_named(words.removesuffix("支出"))
    return named if named and words != label and is_cost(named.notation) else None


def label_before(here: Reading, draft: Draft) -> Term | None:
    """The term that alone, with a number before it, leads to the clause of an amount (一是公务接待费：支出5万元)."""
    stop = draft.clause[0] - 1
    named = [one for one in here.terms if one.end == stop] if here.text[max(stop, 0)] == "：" else []
    start = here.clauses.clause(stop, stop)[0] if named else 0
    alone = named and pattern("statements", "listed-as").fullmatch(here.text, start, named[0].start)
    return named[0] if alone else None


def term_of_item(here: Reading, draft: Draft) -> Term | None:
    """The term that an item of a list begins with, where a change is all that it tells (；③上年结转较多，增加5万元)."""
    segment = here.clauses.segment(draft.quantity.start)
    first = next(one for one in here.quantities if one.start >= segment)
    if draft.kind != "change" or first is not draft.quantity or draft.clause[0] == segment:
        return None
    numbering = pattern("statements", "numbering").match(here.text[segment : draft.clause[0]])
    term = _last_term(here, draft, segment, draft.clause[0]) if numbering else None
    return term if term and numbering and term.start == segment + numbering.end() else None


def earlier_term(here: Reading, draft: Draft) -> Term | None:
    """The term that the sentence names before the clause, no number between but the rate of the same change."""
    if here.clauses.in_reason(draft.quantity.start):
        return None
    ends = [one.quantity.stop for one in here.drafts if not _is_rate_of_same(here, draft, one)]
    start = max([here.clauses.sentence(draft.quantity.start), *ends[-1:]])
    if pattern("statements", "sums-named").fullmatch(here.lead(draft)):
        named = [one for one in here.terms if start <= one.start and one.end < draft.clause[0] and is_cost(one.measure)]
        if len(named) > 1:
            whole = whole_of({one.measure for one in named})
            return Term(named[0].start, named[-1].end, whole) if whole else None
    found = _last_term(here, draft, start, draft.clause[0])
    return None if found and pattern("statements", "work-on").match(here.text, found.end) else found


def _is_rate_of_same(here: Reading, draft: Draft, rate: Draft) -> bool:
    """Whether a rate right before a change is all that is told of what changed (接待费较上年下降5%，减少2万元)."""
    beside = rate is here.drafts[-1] and rate.kind == "growth" and rate.base is None
    return beside and draft.kind == "change" and rate.clause[1] + 1 == draft.clause[0]


def named_money(here: Reading, start: int, end: int) -> str | None:
    """The last specific measure of money that words name."""
    inside = [one.measure for one in here.terms if start <= one.start and one.end <= end]
    generic = load("statements")["generic"]
    return next((one for one in reversed(inside) if measures()[one].unit_kind == "money" and one not in generic), None)


def heading_measure(here: Reading) -> Measure | None:
    """The measure that the heading names, its last words (支出决算情况说明) left off one by one.

    Before the name of a cost may stand the fund that pays for it (财政拨款“三公”经费支出情况).
    """
    heading, longer = unnumbered(here.passage.heading), ""
    while heading != longer:
        cost = measure_named(pattern("statements", "heading-lead").sub("", heading))
        if found := measure_named(heading) or (cost if cost and is_cost(cost.notation) else None):
            return found
        heading, longer = pattern("statements", "heading-tail").sub("", heading, count=1), heading
    return None
