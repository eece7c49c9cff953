"""Words around a number to its measure, a concept of `code:measure`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from mapping.amounts import plain
from mapping.antecedents import (
    budgeted_before,
    changed_fund,
    changed_item,
    cost_before,
    find_antecedent,
    is_beside_income,
    paid_before,
    spent_before,
    spoken_of,
    whole_before,
    whole_of_sentence,
)
from mapping.classes import codes_of
from mapping.drafts import Draft, Reading
from mapping.language import Term
from mapping.lexicon import compiled, load, pattern
from mapping.measures import lies_within, measures
from mapping.parts import SIDES, head_of
from mapping.phrases import Phrase, after, before
from mapping.quantities import PrintedNumber
from mapping.relating import in_bracket, respectively, says_share
from mapping.terms import (
    earlier_term,
    heading_measure,
    item_term,
    label_before,
    named_money,
    own_term,
    pays_class,
    respective_term,
    term_behind,
    term_of_item,
    weak_term,
)

# What divides a count of posts.
_OF_POSTS = ("authorised-posts", "leaders")
_THREE = "three-public"
_AROUND = 60
# How many per cent one of a unit is; of no unit, of a fraction in words.
_PER_CENTS = {"倍": 100, "": 100, "成": 10}
# No amount doubles so often.
_MOST_DOUBLED = 10
# A closed bracket with a number of its own: what it counts is no word for the number behind it.
_CLOSED = re.compile("（[^（）]*@[^（）]*）")


def find_measure(here: Reading, draft: Draft) -> None:
    """Gives a number its measure, and the whole of a share; what divides a count of posts and is none is no part."""
    quantity = draft.quantity
    if draft.kind == "threshold":
        own = own_term(here, draft)
        draft.measure = own.measure if own else quantity.measure
    elif quantity.kind == "ratio":
        draft.measure = {"growth": "growth", "share": "share"}.get(draft.kind, "rate")
        draft.whole = _whole(here, draft) if draft.kind == "share" else None
        if percent := _in_percent(quantity):
            draft.reasons.append(f"it is {plain(percent)} %")
    elif draft.kind == "standard":
        draft.measure = "standard"
    elif quantity.kind == "money":
        _money_measure(here, draft)
    else:
        _count_measure(here, draft)
    if draft.parent and draft.parent.measure == "authorised-posts" and draft.measure not in _OF_POSTS:
        draft.parent = None
    if draft.parent and _is_beside(draft.measure, draft.parent.measure):
        draft.parent = draft.parent.parent


def _is_beside(measure: str, whole: str) -> bool:
    """Whether a cost of 三公 is another than the one that its list divides (公车费，其中购置费4万元，出国费3万元)."""
    return measures()[measure].broader == _THREE and lies_within(whole, _THREE) and whole not in (measure, _THREE)


def _in_percent(quantity: PrintedNumber) -> Decimal | None:
    """What a ratio that is printed otherwise is in per cent: 150 of 1.5倍, 300 of 两番, 33.3 of 三分之一."""
    if quantity.unit == "番":
        whole = quantity.value == int(quantity.value) and quantity.value < _MOST_DOUBLED
        return Decimal((2 ** int(quantity.value) - 1) * 100) if whole else None
    times = _PER_CENTS.get(quantity.unit or "")
    return quantity.value * times if times else None


def _money_measure(here: Reading, draft: Draft) -> None:
    if _by_its_words(here, draft) or (not draft.phrase and _by_the_text_before(here, draft)):
        return
    if draft.parent and _is_of_side(here, draft, draft.parent.measure):
        _take(draft, draft.parent, "measure of the amount that its list divides")
        said_again = draft.scope is not None and here.clauses.scopes[draft.scope].bracket
        if draft.measure in load("statements")["totals"] and draft.phrase and not said_again:
            draft.measure, draft.like = draft.quantity.measure, None
        return
    draft.parent = None
    if weak := weak_term(here, draft):
        _name(draft, weak)
    else:
        _measure_from_above(here, draft)


def _is_of_side(here: Reading, draft: Draft, whole: str) -> bool:
    """Whether the words before an amount do not call it income, or expenditure, where `whole` has none of it."""
    words = here.phrase(draft) or here.lead(draft)
    said = next((side for side, shape in load("statements")["ends-of-flow"].items() if re.search(shape, words)), None)
    character = measures()[whole].character
    return said is None or character in (said, None, "unknown")


def _by_its_words(here: Reading, draft: Draft) -> bool:
    """Gives a number the measure that its own words say; False when they say none."""
    own = respective_term(here, draft) or own_term(here, draft)
    if draft.phrase and (part := _part(here, draft)):
        draft.measure, draft.term = part, draft.phrase.place
    elif each := _respective_part(here, draft):
        draft.measure, draft.term = each
    elif _is_classed(here, draft, own):
        draft.measure, draft.term = "functional-expenditure", own.place if own else None
    elif own and pattern("statements", "economic-item").search(here.text, draft.clause[0], own.end):
        draft.measure = "economic-expenditure"
    elif own:
        _by_term(here, draft, own)
    elif _by_its_side(here, draft):
        return True
    elif found := _in_context(here, draft):
        _by_context(here, draft, found)
    elif draft.phrase and codes_of("economic", here.phrase(draft)):
        draft.measure = "economic-expenditure"
    else:
        return False
    return True


def _by_context(here: Reading, draft: Draft, found: str) -> None:
    """Gives a number the measure that the words around it say, and the term of the amount before it or of its own."""
    both = load("statements")["both-sides"]
    if found == "expenditure" and (cost := cost_before(here, draft)):
        _take(draft, cost, "measure of the cost that the sentence before tells of")
    elif not draft.phrase and (same := spoken_of(here, draft)) and same.measure == found:
        _take(draft, same, "measure of the amount before it")
    else:
        draft.measure = found
        draft.parent = _whole_of_both(here, draft) or draft.parent
        if draft.phrase and (found in both or (found == "opening-carry-over" and _names_fund(here, draft.phrase))):
            draft.term = draft.phrase.place
        elif draft.kind == "amount" and found in ("income", "expenditure"):
            draft.term = _side_in(here, draft)


def _whole_of_both(here: Reading, draft: Draft) -> Draft | None:
    """The amount of the sentence that both an amount and the one before its list are parts of, by their measures.

    政府采购9万元，货物4万元、服务5万元；授予中小企业，其中小微企业3万元.
    """
    part, beside = draft.measure, draft.parent
    if beside is None or lies_within(part, beside.measure):
        return None
    wholes = (one for one in here.told(draft) if one.kind == "amount" and one.measure != part)
    both = (part, beside.measure)
    return next((one for one in wholes if all(lies_within(each, one.measure) for each in both)), None)


def _side_in(here: Reading, draft: Draft) -> tuple[int, int] | None:
    """Where the words before a number name its side of the account (本单位收入为5万元)."""
    found = list(re.finditer("收入|支出", here.lead(draft)))
    start = here.start_of(draft)
    return (start + found[-1].start(), start + found[-1].end()) if found else None


def _names_fund(here: Reading, phrase: Phrase) -> bool:
    """Whether a phrase begins with the fund that money is of."""
    return bool(pattern("statements", "fund-first").match(here.text, phrase.start))


def _by_term(here: Reading, draft: Draft, own: Term) -> None:
    """Gives a number the measure of its own term, or what that means beside the words before it."""
    _name(draft, own)
    draft.functional = None
    if _is_of_vehicles(here, own):
        draft.measure = "vehicle-operation"
        return
    bare = pattern("statements", "bare-side").fullmatch(here.text, *own.place)
    if bare and (label := label_before(here, draft)):
        _name(draft, label, "measure that its item is headed by")
    elif own.measure in SIDES.values() and (spent := spent_before(here, draft)):
        _take(draft, spent, "measure of the amount that was spent")
    elif same := budgeted_before(here, draft, own.measure):
        _take(draft, same, "measure of the amount before it")
        draft.term, draft.functional = same.term, same.functional
    elif own.measure == "expenditure" and (item := item_term(here, draft)) and lies_within(item.measure, own.measure):
        _name(draft, item, "measure that its item is headed by")
    elif cost := paid_before(here, draft, own):
        _take(draft, cost, "measure of the amount before it, of which the fund is named")
    elif of_spent := _spent_of(here, draft, own):
        draft.measure = of_spent
        draft.reasons.append("spent of the fund named before it")
    elif of_fund := _of_fund(here, draft, own.measure):
        draft.measure = of_fund
        draft.reasons.append("of the fund named before it")
    elif whole := changed_fund(here, draft, own) or (changed_item(here, draft) if bare else None):
        _take(draft, whole, "measure of the amount it changes")


def _spent_of(here: Reading, draft: Draft, own: Term) -> str | None:
    """The expenditure of the fund that a term of income names, where it is spent (政府性基金预算拨款安排的支出)."""
    spent = pattern("statements", "spent-of-fund").fullmatch(here.text, own.end, draft.quantity.start)
    found: str | None = load("statements")["of-funds"]["side-expenditure"].get(measures()[own.measure].fund_scope)
    return found if spent and measures()[own.measure].character == "income" else None


def _is_of_vehicles(here: Reading, term: Term) -> bool:
    """Whether a term is of a cost of vehicles, of which the sentence speaks before it (公务用车11辆，运行费25万元)."""
    cost = pattern("statements", "vehicle-costs").fullmatch(here.text, *term.place)
    before = here.text[here.clauses.sentence(term.start) : term.start]
    return bool(cost and pattern("statements", "of-vehicles").search(before))


def _by_the_text_before(here: Reading, draft: Draft) -> bool:
    """Gives a number without a name of its own the measure that the text before it says; False when it says none."""
    if term := term_behind(here, draft):
        _name(draft, term)
    elif term := term_of_item(here, draft):
        _name(draft, term, "measure that its item is headed by")
    elif found := find_antecedent(here, draft):
        _take(draft, *found)
    elif term := earlier_term(here, draft):
        _name(draft, term, "measure named earlier in the sentence")
    elif (same := spoken_of(here, draft)) and _is_of_side(here, draft, same.measure):
        _take(draft, same, "measure of the amount before it")
        draft.functional, draft.named = draft.functional or same.functional, draft.named or same.named
    elif term := item_term(here, draft):
        _name(draft, term, "measure that its item is headed by")
    else:
        return False
    return True


def _name(draft: Draft, term: Term, *reasons: str) -> None:
    """Gives a number the measure of a term."""
    draft.measure, draft.term = term.measure, term.place
    draft.reasons += reasons


def _take(draft: Draft, other: Draft, reason: str) -> None:
    """Gives a number the measure of another."""
    draft.measure, draft.like = other.measure, other
    draft.reasons.append(reason)


def _part(here: Reading, draft: Draft) -> str | None:
    """The measure of a part named by what its whole leaves out (政府采购…，其中货物…)."""
    whole = draft.parent or whole_before(here, draft)
    named = load("statements")["parts"].get(whole.measure, []) if whole else []
    found = _named_part(named, here.phrase(draft))
    told = whole and found != whole.measure and any(one.parent is whole and one.measure == found for one in here.drafts)
    own = own_term(here, draft) if told else None  # 服务类5万元…；政府购买服务预算3万元 is none of the list
    return None if own and draft.phrase and own.place == draft.phrase.place else found


def _respective_part(here: Reading, draft: Draft) -> tuple[str, tuple[int, int]] | None:
    """The measure and the name of one of several parts of a whole told before, each of its own amount.

    政府采购9万元，货物类、工程类和服务类采购金额分别为4万元、3万元和2万元.
    """
    apart = respectively(here, draft)
    first = here.quantities[here.quantities.index(draft.quantity) - apart[0]] if apart else draft.quantity
    start = here.clauses.back_to(first.start, "，。！？；：")
    phrase = before(here.text, start, first.start, names=apart[1]) if apart else None
    pieces = list(re.finditer("[^、和及与]+", here.text[phrase.start : phrase.end])) if phrase else []
    for whole, parts in load("statements")["parts"].items() if apart and len(pieces) == apart[1] else ():
        named = [_named_part(parts, one[0]) for one in pieces]
        told = any(one.measure == whole for one in here.drafts)
        if told and apart and phrase and all(named) and len(set(named)) == len(named):
            piece = pieces[apart[0]]
            return str(named[apart[0]]), (phrase.start + piece.start(), phrase.start + piece.end())
    return None


def _named_part(parts: Sequence[Mapping[str, str]], words: str) -> str | None:
    return next((str(one["measure"]) for one in parts if compiled(one["words"]).fullmatch(words)), None)


def _of_fund(here: Reading, draft: Draft, measure: str) -> str | None:
    """The measure of the one fund that the sentence or the heading speaks of, for a term of all funds (本年支出)."""
    of_funds = load("statements")["of-funds"]
    if draft.parent and measure in of_funds and draft.parent.measure in of_funds["totals"]:
        of_total: str | None = of_funds[measure].get(of_funds["totals"][draft.parent.measure])
        return of_total
    if measure not in of_funds or (draft.scope is not None and draft.parent):
        return None
    starts = (here.clauses.back_to(draft.quantity.start, marks) for marks in ("。！？；：", "。！？；", "。！？"))
    words = [here.text[start : draft.quantity.start].lstrip("，") for start in starts]
    named = [one for part in words for one in of_funds["funds"] if re.match(one["words"], part)]
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
        if bare and side == "expenditure" and is_beside_income(here, draft):
            draft.measure, draft.term, draft.parent = side, (start, draft.quantity.start), None
            return True
    return False


def _opens_account(here: Reading, draft: Draft) -> bool:
    """Whether a sentence speaks of the account itself up to a number, not of something done (开展体检，支出3万元)."""
    told = here.told(draft)
    first = [one for one in told if one.quantity.kind == "money"][:1]
    sides = (load("statements")["of-funds"][f"side-{side}"] for side in ("income", "expenditure"))
    account = {name for side in sides for name in side.values()}
    sentence = here.clauses.sentence(draft.quantity.start)
    alone = pattern("statements", "sides", "lead").fullmatch(here.text[sentence : draft.clause[0]])
    begun = first and first[0].measure in account
    segment = here.clauses.segment(draft.quantity.start)
    counts = any(one.kind == "count" and one.quantity.start >= segment for one in told)
    return not counts and bool(begun if told else alone)


def _is_classed(here: Reading, draft: Draft, own: Term | None) -> bool:
    """Whether an amount is expenditure of the functional class named before it, not its balance (结转下年).

    A term of one fund behind ； ends the class, which the draft then loses.
    """
    measure = measures()[own.measure] if own else None
    if own and here.names_whole(draft):
        draft.functional = draft.named = None
    ended = draft.named and "；" in here.text[draft.named[1] : draft.quantity.start]
    alone = draft.named is None and draft.scope is None and draft.parent is None  # 国有资本经营预算支出 is a class, too
    if (ended or alone) and measure and measure.fund_scope not in ("all", "unknown", None):
        draft.functional = draft.named = None
    spent = measure is None or measure.character == "expenditure" or pays_class(here, draft, own)
    return bool(draft.functional or draft.named) and spent


def _measure_from_above(here: Reading, draft: Draft) -> None:
    named = heading_measure(here)
    money = named and named.unit_kind == "money" and named.notation != "money"
    apart = here.clauses.in_reason(draft.quantity.start) or in_bracket(here, draft)
    fits = named and money and _is_of_side(here, draft, named.notation)
    if named and fits and not (draft.phrase or apart or here.passage.form):
        draft.measure, draft.headed = named.notation, here.passage.headed
        draft.reasons.append("measure named in the heading")
    else:
        draft.measure = draft.quantity.measure
        draft.reasons.append("measure by its unit")


def _count_measure(here: Reading, draft: Draft) -> None:
    quantity, base = draft.quantity, draft.base
    if draft.kind == "change" and not draft.phrase and base and base.quantity.kind == quantity.kind:
        _take(draft, base, "measure of the count it changes")
        return
    if draft.parent and (_are_posts(here, draft) or _is_same_unnamed(here, draft, draft.parent)):
        _take(draft, draft.parent, "measure of the count that its list divides")
        return
    own = own_term(here, draft)
    if found := _in_context(here, draft):
        draft.measure, draft.term = found, own.place if own and own.measure == found else None
        return
    reach = quantity.stop + load("statements")["near-after"]
    follows = [one for one in here.terms if quantity.stop <= one.start <= reach and one.end <= draft.clause[1]]
    count = [one for one in follows if measures()[one.measure].unit_kind == "count"]
    for term in (None if own and _is_counted_before(here, draft, own) else own, *count[:1]):
        if term and _suits(term.measure, quantity):
            _name(draft, term)
            return
    if _is_graded(here, draft):
        draft.measure = "projects"
        draft.reasons.append("of the projects counted before it")
        return
    draft.measure = quantity.measure
    draft.reasons.append("measure by its unit")


def _is_counted_before(here: Reading, draft: Draft, term: Term) -> bool:
    """Whether a term is the noun of the number before, and another stands behind this one (9个单位共计50项问题)."""
    last = here.drafts[-1] if here.drafts else None
    return bool(last and last.quantity.stop == term.start and after(here.text, draft.quantity.stop))


def _is_graded(here: Reading, draft: Draft) -> bool:
    """Whether a number counts those of the projects counted before it that have a score or a grade (“优”的7个)."""
    counts = [one.measure for one in here.drafts if one.kind == "count"]
    ends = here.text[draft.quantity.stop : draft.quantity.stop + 1] in ("", *"，。；、（）")
    if draft.quantity.kind != "pieces" or counts[-1:] != ["projects"] or not ends:
        return False
    lead, last = here.lead(draft), here.drafts[-1]
    scored = last.quantity.kind == "score" and pattern("statements", "of-score").fullmatch(lead)
    return bool(scored or pattern("appraisals", "projects", "grades").search(lead))


def _are_posts(here: Reading, draft: Draft) -> bool:
    """Whether a number is one of the kinds of the posts that its list divides (编制62名（行政20名、事业42名）)."""
    divides = draft.parent is not None and draft.parent.measure == "authorised-posts"
    return divides and bool(pattern("statements", "posts").fullmatch(here.phrase(draft)))


def _is_same_unnamed(here: Reading, draft: Draft, whole: Draft) -> bool:
    """Whether a part of a count has its unit and no noun (涉及项目21个，其中500万元以上的2个)."""
    ends = here.text[draft.quantity.stop : draft.quantity.stop + 1] in ("", *"，。；、（）")
    limited = bool(here.drafts) and here.drafts[-1].kind == "threshold" and here.lead(draft).endswith("的")
    return limited and ends and draft.quantity.unit == whole.quantity.unit


def _in_context(here: Reading, draft: Draft) -> str | None:
    """The measure that the words around a number tell together, `@` for each other number and `#` for its own."""
    quantity = draft.quantity
    start = max(here.clauses.sentence(quantity.start), quantity.start - _AROUND)
    earlier = [one for one in here.quantities if start <= one.start and one.stop <= quantity.start]
    ends = (start, *(at for one in earlier for at in (one.start, one.stop)), quantity.start)
    lead = "@".join(here.text[end:begin] for end, begin in zip(ends[::2], ends[1::2], strict=True))
    follows = here.text[quantity.stop : quantity.stop + _AROUND // 2]
    around = f"{_CLOSED.sub('', lead)}#{follows}"
    kinds = {quantity.kind, *([] if quantity.unit else ["bare"])}
    for entry in load("statements")["contexts"]:
        if kinds & set(entry["kinds"]) and compiled(entry["words"]).search(around):
            return str(entry["measure"])
    return None


def _whole(here: Reading, draft: Draft) -> str | None:
    """The measure of what a share is of: named after 占, else the head of the list that the amount stands in."""
    shared = says_share(here, draft)
    found = pattern("statements", "whole", 0).search(here.lead(shared))
    if found:
        start = shared.quantity.start - len(here.lead(shared)) + found.start("whole")
        named = named_money(here, start, start + len(found["whole"]))
        if named:
            return named
    if draft.base is None and draft.scope is not None and (head := head_of(here, draft.scope)):
        draft.reasons.append("share of the amount that its list divides")
        return head.measure
    if draft.base and draft.base.parent:
        draft.reasons.append("share of the amount that its list divides")
        return draft.base.parent.measure
    return whole_of_sentence(here, draft)


def _suits(measure: str, quantity: PrintedNumber) -> bool:
    """Whether a measure can be counted in a unit."""
    fit = load("statements")["counted-in"].get(measure)
    return fit is None or quantity.kind in fit
