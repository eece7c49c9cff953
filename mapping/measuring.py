"""Words around a number to its measure, a concept of `code:measure`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal

from mapping.amounts import plain
from mapping.classes import codes_of
from mapping.drafts import Draft, Reading
from mapping.lexicon import compiled, load, pattern
from mapping.measures import lies_within, measure_named, measures, whole_of
from mapping.parts import compared_beside, completes, head_of, respectively
from mapping.passages import unnumbered
from mapping.phrases import Phrase
from mapping.quantities import PrintedNumber

# Kinds of units to the kind of the measures (code:unit-kind) that they count.
_COUNTED = {"money": "money", "ratio": "ratio", "duration": "duration", "score": "score", "area": "area"}
# What divides a count of posts.
_OF_POSTS = ("authorised-posts", "leaders")
_OF_FUNDS = ("general-public-income", "gov-fund-income", "state-capital-income", "fiscal-income")
_SPENT_OF_FUNDS = ("general-public-expenditure", "fiscal-expenditure")
_AROUND = 60
# How many per cent one of a unit is; of no unit, of a fraction in words.
_PER_CENTS = {"倍": 100, "": 100, "成": 10}
# No amount doubles so often.
_MOST_DOUBLED = 10
# A closed bracket with a number of its own: what it counts is no word for the number behind it.
_CLOSED = re.compile("（[^（）]*@[^（）]*）")


def find_measure(here: Reading, draft: Draft) -> None:
    quantity = draft.quantity
    if draft.kind == "threshold":
        draft.measure = _threshold_measure(here, draft)
    elif quantity.kind == "ratio":
        draft.measure = {"growth": "growth", "share": "share"}.get(draft.kind, "rate")
        draft.whole = _whole(here, draft) if draft.kind == "share" else None
        if percent := _in_percent(draft.quantity):
            draft.reasons.append(f"it is {plain(percent)} %")
    elif draft.kind == "standard":
        draft.measure = "standard"
    elif quantity.kind == "money":
        _money_measure(here, draft)
    else:
        _count_measure(here, draft)
    if draft.parent and draft.parent.measure == "authorised-posts" and draft.measure not in _OF_POSTS:
        draft.parent = None


def _in_percent(quantity: PrintedNumber) -> Decimal | None:
    """What a ratio that is printed otherwise is in per cent: 150 of 1.5倍, 300 of 两番, 33.3 of 三分之一."""
    if quantity.unit == "番":
        whole = quantity.value == int(quantity.value) and quantity.value < _MOST_DOUBLED
        return Decimal((2 ** int(quantity.value) - 1) * 100) if whole else None
    times = _PER_CENTS.get(quantity.unit or "")
    return quantity.value * times if times else None


def _threshold_measure(here: Reading, draft: Draft) -> str:
    own = _own_term(here, draft)
    return own[2] if own else draft.quantity.measure


def _own_term(here: Reading, draft: Draft) -> tuple[int, int, str] | None:
    """The specific term of its kind that heads the noun phrase before a number, in its own clause."""
    found = _term(here, draft, here.start_of(draft), draft.quantity.start)
    return _of_all(here, draft, found) if found and _heads_phrase(here, found, draft) else None


def _of_all(here: Reading, draft: Draft, last: tuple[int, int, str]) -> tuple[int, int, str] | None:
    """The term of an amount of several names (出国费、公车费和接待费9万元): that of their whole, else None.

    The last name where it is one alone, or each has the amount.
    """
    listed = _listed_with(here, last) if draft.quantity.kind == "money" else [last]
    each = pattern("statements", "each").search(here.text, last[1], draft.quantity.start)
    if len(listed) == 1 or each or not draft.quantity.value:
        return last
    whole = whole_of({one[2] for one in listed})
    return (listed[0][0], last[1], whole) if whole else None


def _listed_with(here: Reading, last: tuple[int, int, str]) -> list[tuple[int, int, str]]:
    """The terms that stand before one, each joined to the next (A、B和C), and the one itself."""
    listed = [last]
    named = [one for one in here.terms if one[1] <= last[0] and one[2] not in load("statements")["generic"]]
    for one in reversed(named):
        if not pattern("statements", "joined").fullmatch(here.text[one[1] : listed[0][0]]):
            break
        listed.insert(0, one)
    return listed


def _heads_phrase(here: Reading, term: tuple[int, int, str], draft: Draft) -> bool:
    """Whether no other noun stands between a term and the number (一般公共预算服务支出 is no 一般公共预算)."""
    between = here.text[term[1] : draft.quantity.start]
    if draft.quantity.kind == "money" and here.changed_from(draft):
        between = between.rstrip("由从")
    return bool(pattern("statements", "after-term").fullmatch(between))


def _term(here: Reading, draft: Draft, start: int, end: int) -> tuple[int, int, str] | None:
    kind = _COUNTED.get(draft.quantity.kind, "count")
    generic = {*load("statements")["generic"], "standard"}
    inside = [one for one in here.terms if start <= one[0] and one[1] <= end and not _is_destination(here, one)]
    inside = [one for one in inside if not _is_compared_with(here, one)]
    fit = [one for one in inside if measures()[one[2]].unit_kind == kind and one[2] not in generic]
    if len(fit) > 1 and fit[-1][2] in ("expenditure", "income") and fit[-2][1] == fit[-1][0]:
        return fit[-2]
    if len(fit) > 1 and fit[-1][2] == "total-expenditure" and _is_cost(fit[-2][2]) and fit[-2][1] == fit[-1][0]:
        return fit[-2]
    if len(fit) > 1 and _only_funds(fit[-2][2], fit[-1][2]) and _is_source(here.text[fit[-2][1] : fit[-1][0]]):
        return fit[-2]
    return (_bracketed(here, fit) or fit[-1]) if fit else None


def _is_cost(measure: str) -> bool:
    """Whether a measure is a cost of its own, of which 总支出 says no more than all (公务接待费总支出)."""
    fund = measure in _OF_FUNDS or lies_within(measure, "fiscal-expenditure")
    return lies_within(measure, "expenditure") and measure != "expenditure" and not fund


def _only_funds(measure: str, fund: str) -> bool:
    """Whether the name of a fund behind that of a measure only says who pays (“三公”经费财政拨款支出)."""
    narrow = lies_within(measure, "expenditure") and not lies_within(measure, "fiscal-expenditure")
    return fund in _OF_FUNDS or (fund in _SPENT_OF_FUNDS and narrow and measure != "expenditure")


def _is_destination(here: Reading, term: tuple[int, int, str]) -> bool:
    """Whether a term names the fund that money goes to (调入一般公共预算3万元)."""
    return term[2] in _OF_FUNDS and bool(pattern("statements", "destination").search(here.text[: term[0]]))


def _is_compared_with(here: Reading, term: tuple[int, int, str]) -> bool:
    """Whether the name of a fund only says what is compared with (接待费比2012年财政拨款预算数减少3万元)."""
    within = any(one.start <= term[0] and term[1] <= one.end for one in here.comparisons)
    return within and term[2] in (*_OF_FUNDS, *_SPENT_OF_FUNDS)


def _is_source(between: str) -> bool:
    """Whether words join a term to the fund that pays for it (机关运行经费当年一般公共预算拨款)."""
    return bool(pattern("statements", "paid-by").fullmatch(between))


def _bracketed(here: Reading, fit: Sequence[tuple[int, int, str]]) -> tuple[int, int, str] | None:
    """The term right before the bracket that explains it by the last one (机关运行经费（行政机构公用经费）).

    None where the last one means it and others before it together (公务接待费、公车购置费、公车运行费（“三公”经费）).
    """
    if len(fit) < 2 or not re.match("[^（）]*）", here.text[fit[-1][1] :]):
        return None
    explained = re.fullmatch("（[^（）]*", here.text[fit[-2][1] : fit[-1][0]])
    return fit[-2] if explained and not _sums_up(here, fit[-2], fit[-1]) else None


def _sums_up(here: Reading, last: tuple[int, int, str], whole: tuple[int, int, str]) -> bool:
    """Whether a term in brackets means all the parts that the sentence lists before it, no number between."""
    start = here.clauses.sentence(last[0])
    listed = [one for one in here.terms if start <= one[0] <= last[0] and lies_within(one[2], whole[2])]
    numbered = any(start <= one.start < last[0] for one in here.quantities)
    return len({one[2] for one in listed}) > 1 and last in listed and not numbered


def _money_measure(here: Reading, draft: Draft) -> None:
    if _by_its_words(here, draft) or (not draft.phrase and _by_the_text_before(here, draft)):
        return
    if draft.parent and _is_of_side(here, draft, draft.parent):
        _take(draft, draft.parent, "measure of the amount that its list divides")
        said_again = draft.scope is not None and here.clauses.scopes[draft.scope].bracket
        if draft.measure in load("statements")["totals"] and draft.phrase and not said_again:
            draft.measure, draft.like = draft.quantity.measure, None
        return
    draft.parent = None
    weak = _term(here, draft, here.start_of(draft), draft.quantity.start)
    weak = _of_all(here, draft, weak) if weak else None
    if weak and not (_only_pays(here, draft, weak) or _opens_list(here, draft, weak)):
        draft.measure, draft.term = weak[2], weak[:2]
    else:
        _measure_from_above(here, draft)


def _is_of_side(here: Reading, draft: Draft, whole: Draft) -> bool:
    """Whether the words before an amount do not call it income, or expenditure, where its whole can have none."""
    words = here.text[draft.phrase.start : draft.phrase.end] if draft.phrase else here.lead(draft)
    said = next((side for side, shape in load("statements")["ends-of-flow"].items() if re.search(shape, words)), None)
    character = measures()[whole.measure].character
    return said is None or character in (said, None, "unknown")


def _opens_list(here: Reading, draft: Draft, term: tuple[int, int, str]) -> bool:
    """Whether a term only names the whole of the list that an amount stands in (项目支出包括活动经费36万元)."""
    return any(term[1] <= one.at < draft.quantity.start and not one.bracket for one in here.clauses.scopes)


def _only_pays(here: Reading, draft: Draft, term: tuple[int, int, str]) -> bool:
    """Whether a term only names the fund that pays for the noun behind it (一般公共预算教育经费)."""
    fund = term[2] in _OF_FUNDS and not re.search("收入|拨款|资金", here.text[term[0] : term[1]])
    return fund and draft.phrase is not None and draft.phrase.end > term[1]


def _by_its_words(here: Reading, draft: Draft) -> bool:
    """Gives a number the measure that its own words say; False when they say none."""
    own = _respective_term(here, draft) or _own_term(here, draft)
    if draft.phrase and (part := _part(here, draft, draft.phrase)):
        draft.measure, draft.term = part, (draft.phrase.start, draft.phrase.end)
    elif _is_classed(here, draft, own):
        draft.measure, draft.term = "functional-expenditure", own[:2] if own else None
    elif own:
        _by_term(here, draft, own)
    elif _by_its_side(here, draft):
        return True
    elif found := _in_context(here, draft):
        draft.measure = found
        if found == "opening-carry-over" and draft.phrase and _names_fund(here, draft.phrase):
            draft.term = (draft.phrase.start, draft.phrase.end)
        elif draft.kind == "amount" and found in ("income", "expenditure"):
            draft.term = _side_in(here, draft)
    elif draft.phrase and codes_of("economic", here.text[draft.phrase.start : draft.phrase.end]):
        draft.measure = "economic-expenditure"
    else:
        return False
    return True


def _side_in(here: Reading, draft: Draft) -> tuple[int, int] | None:
    """Where the words before a number name its side of the account (本单位收入为5万元)."""
    found = list(re.finditer("收入|支出", here.lead(draft)))
    start = here.start_of(draft)
    return (start + found[-1].start(), start + found[-1].end()) if found else None


def _names_fund(here: Reading, phrase: Phrase) -> bool:
    """Whether a phrase begins with the fund that money is of."""
    return bool(pattern("statements", "fund-first").match(here.text, phrase.start))


def _by_term(here: Reading, draft: Draft, own: tuple[int, int, str]) -> None:
    """Gives a number the measure of its own term, or what that means beside the words before it."""
    draft.measure, draft.term, draft.functional = own[2], own[:2], None
    if pattern("statements", "vehicle-costs").fullmatch(here.text, own[0], own[1]) and _tells_of_vehicles(here, own):
        draft.measure = "vehicle-operation"
        return
    bare = pattern("statements", "bare-side").fullmatch(here.text, own[0], own[1])
    if bare and (label := _label_before(here, draft)):
        _by_heading(draft, label)
    elif same := _other_phase(here, draft, own[2]):
        _take(draft, same, "measure of the amount before it")
        draft.term, draft.functional = same.term, same.functional
    elif own[2] == "expenditure" and (item := _item_term(here, draft)) and lies_within(item[2], own[2]):
        _by_heading(draft, item)
    elif cost := _paid_before(here, draft, own):
        _take(draft, cost, "measure of the amount before it, of which the fund is named")
    elif of_fund := _of_fund(here, draft, own[2]):
        draft.measure = of_fund
        draft.reasons.append("of the fund named before it")
    elif bare and (whole := _changed_item(here, draft)):
        _take(draft, whole, "measure of the amount it changes")


def _paid_before(here: Reading, draft: Draft, own: tuple[int, int, str]) -> Draft | None:
    """The cost whose fund the amount before names, where only that fund is named again.

    2010年出国费财政拨款支出5万元，2011年财政拨款预算4万元.
    """
    last = here.drafts[-1] if here.drafts else None
    named = pattern("statements", "appropriated").match(here.text, own[0])
    if own[2] not in ("fiscal-income", "fiscal-expenditure") or not named or last is None or not _is_cost(last.measure):
        return None
    near = last.quantity.start >= here.clauses.sentence(draft.quantity.start) and last.scope == draft.scope
    alone = own[0] <= here.start_of(draft) + len("（2011）年度")
    return last if near and alone and named["fund"] in here.lead(last) else None


def _tells_of_vehicles(here: Reading, term: tuple[int, int, str]) -> bool:
    """Whether the sentence speaks of vehicles before a term (公务用车11辆，运行费25万元)."""
    return bool(pattern("statements", "of-vehicles").search(here.text[here.clauses.sentence(term[0]) : term[0]]))


def _by_heading(draft: Draft, term: tuple[int, int, str]) -> None:
    """Gives a number the measure that its item is headed by ((一)公务接待费。2024年预算支出5万元)."""
    draft.measure, draft.term = term[2], term[:2]
    draft.reasons.append("measure that its item is headed by")


def _by_the_text_before(here: Reading, draft: Draft) -> bool:
    """Gives a number without a name of its own the measure that the text before it says; False when it says none."""
    if term := _term_behind(here, draft):
        draft.measure, draft.term = term[2], term[:2]
    elif before := here.changed(draft):
        _take(draft, before, "measure of the amount that was changed")
    elif before := _respective_before(here, draft):
        _take(draft, before, "measure of the amount in the same place before it")
    elif before := _shares_term(here, draft):
        _take(draft, before, "measure named before it and the amounts beside it")
    elif completes(here, draft) and (spent := _spent(here, draft)):
        _take(draft, spent, "measure of the amount that was spent")
    elif (draft.kind == "change" or draft.compared_with) and draft.base:
        _take(draft, draft.base, "measure of the amount it changes")
    elif draft.kind == "change" and (before := compared_beside(here, draft)):
        _take(draft, before, "measure of the amount it is compared with")
    elif term := _earlier_term(here, draft):
        draft.measure, draft.term = term[2], term[:2]
        draft.reasons.append("measure named earlier in the sentence")
    elif (same := _same_sentence(here, draft)) and _is_of_side(here, draft, same):
        _take(draft, same, "measure of the amount before it")
        draft.functional, draft.named = draft.functional or same.functional, draft.named or same.named
    elif term := _item_term(here, draft):
        _by_heading(draft, term)
    else:
        return False
    return True


def _term_behind(here: Reading, draft: Draft) -> tuple[int, int, str] | None:
    """The expenditure named right behind an amount, which is no other amount's (3万元公务接待费不足)."""
    start = draft.quantity.stop + here.text.startswith("的", draft.quantity.stop)
    term = next((one for one in here.terms if one[0] == start), None)
    if term is None or term[2] in load("statements")["generic"] or measures()[term[2]].character != "expenditure":
        return None
    stop = next((one.start for one in here.quantities if one.start >= term[1]), len(here.text))
    return None if pattern("statements", "after-term").fullmatch(here.text, term[1], stop) else term


def _take(draft: Draft, other: Draft, reason: str) -> None:
    """Gives a number the measure of another."""
    draft.measure, draft.like = other.measure, other
    draft.reasons.append(reason)


def _spent(here: Reading, draft: Draft) -> Draft | None:
    """The last amount of the sentence before the budget that it is said to complete."""
    sentence = here.clauses.sentence(draft.quantity.start)
    amounts = [one for one in here.drafts if one.kind == "amount" and one.quantity.start >= sentence]
    found = [one for one in amounts if not one.compared_with and not completes(here, one)]
    return found[-1] if found else None


def _respective_term(here: Reading, draft: Draft) -> tuple[int, int, str] | None:
    """The term of one of several numbers, each of its own (基本支出、项目支出分别增加3万元、5万元)."""
    apart = respectively(here, draft)
    start = here.clauses.back_to(draft.quantity.start, "，。！？；：")
    if here.text.startswith("分别", start):
        start = here.clauses.back_to(start - 1, "，。！？；：")
    listed = [one for one in here.terms if start <= one[0] < draft.quantity.start] if apart else []
    named = [one for one in listed if measures()[one[2]].unit_kind == "money"][-apart[1] :] if apart else []
    if apart and len(named) == 1 and (sides := load("statements")["both-sides"].get(named[0][2], [])):
        return (*named[0][:2], sides[apart[0]]) if apart[1] == len(sides) else None
    between = [here.text[one[1] : other[0]] for one, other in itertools.pairwise(named)]
    joined = all(pattern("statements", "joined").fullmatch(words) for words in between)
    return named[apart[0]] if apart and joined and len(named) == apart[1] else None


def _respective_before(here: Reading, draft: Draft) -> Draft | None:
    """The amount of the sentence in the same place of as many (分别为5万元、3万元，2023年分别为4万元和2万元)."""
    apart = respectively(here, draft) if draft.kind == "amount" else None
    sentence = here.clauses.sentence(draft.quantity.start)
    found = [one for one in here.drafts if one.kind == "amount" and one.quantity.start >= sentence] if apart else []
    return next((one for one in reversed(found) if respectively(here, one) == apart), None)


def _shares_term(here: Reading, draft: Draft) -> Draft | None:
    """The amount right before one of several of the one name before them (其他收入分别为5万元、4万元)."""
    apart = respectively(here, draft)
    last = here.drafts[-1] if apart and apart[0] else None
    alike = last and last.kind == draft.kind == "amount" and (last.term or last.like)
    return last if alike else None


def _part(here: Reading, draft: Draft, phrase: Phrase) -> str | None:
    """The measure of a part named by what its whole leaves out (政府采购…，其中货物…)."""
    words = here.text[phrase.start : phrase.end]
    whole = draft.parent or _whole_before(here, draft)
    named = load("statements")["parts"].get(whole.measure, []) if whole else []
    return next((str(one["measure"]) for one in named if compiled(one["words"]).fullmatch(words)), None)


def _whole_before(here: Reading, draft: Draft) -> Draft | None:
    """The only amount of the sentence before, whose parts this one may list (政府采购9万元。货物4万元；服务5万元)."""
    sentence = here.clauses.sentence(draft.quantity.start)
    before = here.clauses.sentence(sentence - 1) if sentence else 0
    found = [one for one in here.drafts if before <= one.quantity.start < sentence and one.kind == "amount"]
    return found[0] if len(found) == 1 and draft.kind == "amount" else None


def _of_fund(here: Reading, draft: Draft, measure: str) -> str | None:
    """The measure of the one fund that the sentence or the heading speaks of, for a term of all funds (本年支出)."""
    of_funds = load("statements")["of-funds"]
    if draft.parent and measure in of_funds and draft.parent.measure in of_funds["totals"]:
        of_total: str | None = of_funds[measure].get(of_funds["totals"][draft.parent.measure])
        return of_total
    if measure not in of_funds or draft.scope is not None:
        return None
    start = here.clauses.sentence(draft.quantity.start)
    words = here.text[start : draft.quantity.start].lstrip("，")
    named = [one for one in of_funds["funds"] if re.match(one["words"], words)]
    headed = [one for one in of_funds["funds"] if re.search(one.get("heading", one["words"]), here.passage.heading)]
    fund = next((str(one["fund"]) for one in (*named, *headed)), None)
    return of_funds[measure].get(fund) if fund else None


def _by_its_side(here: Reading, draft: Draft) -> bool:
    """Gives a number the income or expenditure of the one fund that the sentence or the heading speaks of.

    It is named by its side alone (政府性基金收入9万元，支出8万元), in a government's report with the level.
    """
    lead, start = here.lead(draft), here.start_of(draft)
    for side in ("income", "expenditure"):
        bare = draft.kind == "amount" and pattern("statements", "sides", side).fullmatch(lead)
        if bare and _opens_account(here, draft) and (found := _of_fund(here, draft, f"side-{side}")):
            draft.measure, draft.term = found, (start, draft.quantity.start)
            return True
    return False


def _opens_account(here: Reading, draft: Draft) -> bool:
    """Whether a sentence speaks of the account itself up to a number, not of something done (开展体检，支出3万元)."""
    sentence = here.clauses.sentence(draft.quantity.start)
    told = [one for one in here.drafts if one.quantity.start >= sentence]
    first = [one for one in told if one.quantity.kind == "money"][:1]
    account = {
        name for side in ("income", "expenditure") for name in load("statements")["of-funds"][f"side-{side}"].values()
    }
    alone = pattern("statements", "sides", "lead").fullmatch(here.text[sentence : draft.clause[0]])
    begun = first and first[0].measure in account
    segment = here.clauses.segment(draft.quantity.start)
    counts = any(one.kind == "count" and one.quantity.start >= segment for one in told)
    return not counts and bool(begun if told else alone)


def _item_term(here: Reading, draft: Draft) -> tuple[int, int, str] | None:
    """The term that alone is the first sentence of an item ((二)公务接待费。2024年预算安排5万元)."""
    label = unnumbered(here.text.partition("。")[0])
    stop = here.text.find("。")
    named = measure_named(label) if 0 <= stop < draft.quantity.start else None
    if named is None or named.unit_kind != "money" or here.clauses.in_reason(draft.quantity.start):
        return None
    return stop - len(label), stop, named.notation


def _changed_item(here: Reading, draft: Draft) -> Draft | None:
    """The expenditure that a change is of, whose own words only call it that (会议费…，支出决算小于预算数1万元)."""
    base = draft.base if draft.kind == "change" else None
    near = base and base.quantity.start >= here.clauses.segment(draft.quantity.start)
    return base if base and near and measures()[base.measure].character == "expenditure" else None


def _label_before(here: Reading, draft: Draft) -> tuple[int, int, str] | None:
    """The term that alone, with a number before it, leads to the clause of an amount (一是公务接待费：支出5万元)."""
    stop = draft.clause[0] - 1
    named = [one for one in here.terms if one[1] == stop] if here.text[max(stop, 0)] == "：" else []
    start = here.clauses.clause(stop, stop)[0] if named else 0
    alone = named and pattern("statements", "listed-as").fullmatch(here.text, start, named[0][0])
    return named[0] if alone else None


def _is_classed(here: Reading, draft: Draft, own: tuple[int, int, str] | None) -> bool:
    """Whether an amount is expenditure of the functional class named before it, not its balance (结转下年).

    A term of one fund behind ； ends the class, which the draft then loses.
    """
    measure = measures()[own[2]] if own else None
    ended = draft.named and "；" in here.text[draft.named[1] : draft.quantity.start]
    alone = draft.named is None and draft.scope is None and draft.parent is None  # 国有资本经营预算支出 is a class, too
    if (ended or alone) and measure and measure.fund_scope not in ("all", "unknown", None):
        draft.functional = draft.named = None
    spent = measure is None or measure.character == "expenditure"
    return bool(draft.functional or draft.named) and spent


def _other_phase(here: Reading, draft: Draft, measure: str) -> Draft | None:
    """The budgeted amount before 支出决算 of the same (“三公”经费支出预算为9万元，支出决算为8万元)."""
    if measure != "expenditure" or not pattern("statements", "other-phase").search(here.lead(draft)):
        return None
    segment = here.clauses.segment(draft.quantity.start)
    near = [one for one in here.drafts if one.quantity.start >= segment and one.kind == "amount"]
    last = near[-1] if near else None
    budgeted = last and last.phase in ("approved", "adjusted") and last.scope == draft.scope
    return last if last and budgeted and measures()[last.measure].character == "expenditure" else None


def _same_sentence(here: Reading, draft: Draft) -> Draft | None:
    """The amount of the sentence that a number without a name of its own speaks of too.

    The first for a total (共计支出5万元), but not of several that it sums up, the last for another phase of it
    (全年预算5万元，决算数4万元) and for what it was changed from (决算数4万元，由上年的5万元降至4万元).
    """
    sentence = here.clauses.sentence(draft.quantity.start)
    amounts = [one for one in here.drafts if one.kind == "amount" and one.measure != "money"]
    found = [one for one in amounts if one.quantity.start >= sentence and not one.compared_with]
    roots = [one for one in amounts if one.scope is None and not one.compared_with]
    summed = re.search("(?:共计|合计|总计|共)", here.lead(draft))
    other = pattern("statements", "other-phase").search(here.lead(draft))
    if pattern("statements", "spent").search(here.lead(draft)):
        return _budgeted(found, draft)
    if here.changed_from(draft) and not here.clauses.in_reason(draft.quantity.start):
        return next(reversed(found), None)
    if summed:
        told = [one for one in here.drafts if one.kind == "amount" and one.quantity.start >= sentence]
        summands = {one.measure for one in told if one.scope == draft.scope and not one.compared_with}
        return found[0] if found and len(summands) < 2 else None
    beside = [one for one in found if one.scope == draft.scope]
    return next(reversed(beside or found or roots), None) if other else None


def _budgeted(amounts: Sequence[Draft], draft: Draft) -> Draft | None:
    """The budget before what was spent of it (出国费预算5万元（含税3万元），支出4万元)."""
    beside = [one for one in amounts if one.scope == draft.scope]
    last = beside[-1] if beside else None
    own = last and last.phase in ("approved", "adjusted")
    return last if last and own and measures()[last.measure].character == "expenditure" else None


def _earlier_term(here: Reading, draft: Draft) -> tuple[int, int, str] | None:
    """The term that the sentence names before the clause, no number between."""
    sentence = here.clauses.sentence(draft.quantity.start)
    ends = [one.stop for one in here.quantities if one.stop <= draft.quantity.start]
    start = max([sentence, *ends[-1:]])
    if here.clauses.in_reason(draft.quantity.start):
        return None
    return _term(here, draft, start, draft.clause[0])


def _measure_from_above(here: Reading, draft: Draft) -> None:
    named = [one for one in _heading_terms(here) if measures()[one].unit_kind == "money" and one != "money"]
    if named and not draft.phrase and not here.clauses.in_reason(draft.quantity.start) and not here.passage.form:
        draft.measure = named[-1]
        draft.reasons.append("measure named in the heading")
    else:
        draft.measure = draft.quantity.measure
        draft.reasons.append("measure by its unit")


def _heading_terms(here: Reading) -> list[str]:
    """The measure that the heading names, its last words (支出决算情况说明) left off one by one."""
    heading = unnumbered(here.passage.heading)
    while heading:
        if found := measure_named(heading):
            return [found.notation]
        shorter = pattern("statements", "heading-tail").sub("", heading, count=1)
        if shorter == heading:
            break
        heading = shorter
    return []


def _count_measure(here: Reading, draft: Draft) -> None:
    quantity, base = draft.quantity, draft.base
    if draft.kind == "change" and not draft.phrase and base and base.quantity.kind == quantity.kind:
        _take(draft, base, "measure of the count it changes")
        return
    if _are_posts(here, draft) and draft.parent:
        _take(draft, draft.parent, "measure of the count that its list divides")
        return
    if found := _in_context(here, draft):
        draft.measure = found
        own = _own_term(here, draft)
        draft.term = own[:2] if own and own[2] == found else None
        return
    own = _own_term(here, draft)
    reach = quantity.stop + load("statements")["near-after"]
    follows = [one for one in here.terms if quantity.stop <= one[0] <= reach and one[1] <= draft.clause[1]]
    count = [one for one in follows if measures()[one[2]].unit_kind == "count"]
    for term in (own, *count[:1]):
        if term and _suits(term[2], quantity):
            draft.measure, draft.term = term[2], term[:2]
            return
    if _is_graded(here, draft):
        draft.measure = "projects"
        draft.reasons.append("of the projects counted before it")
        return
    draft.measure = quantity.measure
    draft.reasons.append("measure by its unit")


def _is_graded(here: Reading, draft: Draft) -> bool:
    """Whether a number counts those of the projects counted before it that have a score or a grade (“优”的7个)."""
    counts = [one.measure for one in here.drafts if one.kind == "count"]
    ends = here.text[draft.quantity.stop : draft.quantity.stop + 1] in ("", *"，。；、（）")
    if draft.quantity.kind != "pieces" or counts[-1:] != ["projects"] or not ends:
        return False
    lead, last = here.lead(draft), here.drafts[-1]
    scored = last.quantity.kind == "score" and pattern("statements", "of-score").fullmatch(lead)
    return bool(scored or re.search(load("appraisals")["projects"]["grades"], lead))


def _are_posts(here: Reading, draft: Draft) -> bool:
    """Whether a number is one of the kinds of the posts that its list divides (编制62名（行政20名、事业42名）)."""
    named = draft.phrase and here.text[draft.phrase.start : draft.phrase.end]
    divides = draft.parent is not None and draft.parent.measure == "authorised-posts"
    return divides and bool(named and pattern("statements", "posts").fullmatch(named))


def _in_context(here: Reading, draft: Draft) -> str | None:
    quantity = draft.quantity
    sentence = here.clauses.sentence(quantity.start)
    start = max(sentence, quantity.start - _AROUND)
    earlier = [one for one in here.quantities if start <= one.start and one.stop <= quantity.start]
    lead, at = "", start
    for one in earlier:
        lead += here.text[at : one.start] + "@"
        at = one.stop
    lead += here.text[at : quantity.start]
    follows = here.text[quantity.stop : quantity.stop + _AROUND // 2]
    around = f"{_CLOSED.sub('', lead)}#{follows}"
    kinds = {quantity.kind, *([] if quantity.unit else ["bare"])}
    for entry in load("statements")["contexts"]:
        if kinds & set(entry["kinds"]) and compiled(entry["words"]).search(around):
            return str(entry["measure"])
    return None


def _whole(here: Reading, draft: Draft) -> str | None:
    """The measure of what a share is of: named after 占, else the head of the list that the amount stands in."""
    found = re.search(load("statements")["whole"][0], here.lead(draft))
    if found:
        start = draft.quantity.start - len(here.lead(draft)) + found.start("whole")
        named = _spoken(here, start, start + len(found["whole"]))
        if named:
            return named
    if draft.base is None and draft.scope is not None and (head := head_of(here, draft.scope)):
        draft.reasons.append("share of the amount that its list divides")
        return head.measure
    if draft.base and draft.base.parent:
        draft.reasons.append("share of the amount that its list divides")
        return draft.base.parent.measure
    return None


def _spoken(here: Reading, start: int, end: int) -> str | None:
    inside = [one[2] for one in here.terms if start <= one[0] and one[1] <= end]
    generic = load("statements")["generic"]
    named = [one for one in inside if measures()[one].unit_kind == "money" and one not in generic]
    return named[-1] if named else None


def _suits(measure: str, quantity: PrintedNumber) -> bool:
    """Whether a measure can be counted in a unit."""
    fit = load("statements")["counted-in"].get(measure)
    return fit is None or quantity.kind in fit
