"""Years and phases named around a number to those that it is of and that it is compared with."""

from __future__ import annotations

import itertools
import re

from mapping.characterise import is_base, stands_behind
from mapping.drafts import Draft, Reading
from mapping.lexicon import load, pattern
from mapping.periods import Comparison, Year
from mapping.relating import completes, respectively, row

# Words before and behind a year that is none of the number: that of the budget of which a rate is told
# (为2025年预算数的104%), the one since when something is done (从2009年开始每年安排3万元), the one whose debts are paid
# (结算上年尾款5万元).
_OF_OTHERS = (("rate-of", "of-year"), ("since", "since-year"), ("settled", "owed"))


def find_comparison(here: Reading, draft: Draft) -> None:
    if draft.kind not in ("change", "growth", "rate"):
        return
    if draft.kind == "rate" and draft.quantity.unit != "倍":
        if first := _first_of_row(here, draft):
            draft.relative_phase = first.relative_phase
        done = pattern("statements", "done").search(_lead_of_rate(here, draft))
        if done and not re.search("预期|计划|任务|目标", done[0]):
            draft.relative_phase = "adjusted" if re.search("调整|变动|全年", done[0]) else "approved"
        return
    if _is_beyond_budget(here, draft):
        draft.relative_phase = _budget_before(here, draft)
        return
    if here.clauses.in_reason(draft.quantity.start) and not _compared(here, draft, draft.clause[0]):
        return
    starts = (draft.clause[0],) if draft.kind == "rate" else (here.clauses.sentence(draft.quantity.start), 0)
    if found := next((one for start in starts if (one := _compared(here, draft, start))), None):
        apart, years = respectively(here, draft), (found.year, *found.others)
        draft.relative_phase = found.phase
        draft.compared = years[apart[0]] if apart and apart[1] == len(years) else found.year


def _is_beyond_budget(here: Reading, draft: Draft) -> bool:
    """Whether a change is one from the budget by its word (超收5万元), and no year is named to compare it with."""
    beyond = pattern("statements", "beyond-budget").search(here.lead(draft))
    return bool(beyond) and not _compared(here, draft, draft.clause[0])


def _budget_before(here: Reading, draft: Draft) -> str:
    """The phase of the budget named last in the sentence of a number, of which a rate of completion was told."""
    named = (one.relative_phase for one in reversed(here.told(draft)) if one.kind == "rate" and one.relative_phase)
    return next(named, "approved")


def _first_of_row(here: Reading, draft: Draft) -> Draft | None:
    """The first of several numbers of one kind that share the words before them (年初预算分别为5万元、3万元)."""
    apart = respectively(here, draft)
    first = here.drafts[-apart[0]] if apart and 0 < apart[0] <= len(here.drafts) else None
    return first if first and first.kind == draft.kind else None


def _lead_of_rate(here: Reading, draft: Draft) -> str:
    """The words before a rate; those before its budget where that alone stands between (完成预算62万元的94%)."""
    lead = here.lead(draft)
    last = here.drafts[-1] if here.drafts else None
    return here.lead(last) if lead == "的" and last and completes(here, last) else lead


def _compared(here: Reading, draft: Draft, start: int) -> Comparison | None:
    found = [one for one in here.comparisons if start <= one.start < draft.quantity.start]
    return found[-1] if found else None


def find_year(here: Reading, draft: Draft) -> None:
    like = None if draft.compared_with else _of_another(here, draft)
    found = draft.compared if draft.compared_with else None if like else _year_for(here, draft)
    if like:
        draft.year, draft.as_of = like.year, like.as_of
        draft.reasons.append("year of the amount it is said of")
    elif found:
        known = here.document_year or (draft.base.year if draft.compared_with and draft.base else None)
        draft.year, draft.as_of = found.of(known), found.day(known)
        if found is here.state or found.start < draft.clause[0] or found.end > draft.clause[1]:
            draft.reasons.append("year named before the clause")
    elif inherited := (draft.parent or _told_of(here, draft)):
        draft.year, draft.as_of = inherited.year, inherited.as_of
        if draft.year:
            draft.reasons.append("year of the amount before it")
    if found is None and draft.year is None and here.document_year:
        draft.year = here.document_year
        draft.reasons.append("year of the document")
    _shift(here, draft)
    if draft.compared and not draft.compared_with:
        draft.relative_year = draft.compared.of(draft.year or here.document_year)
    if draft.relative_year == draft.year and not draft.relative_phase:
        draft.relative_year = None


def _told_of(here: Reading, draft: Draft) -> Draft | None:
    """The amount or rate that a number is said of, of its own year: not one that it is only compared with."""
    base = draft.base
    compared = base is not None and any(_is_base(here, base, one) for one in here.comparisons)
    return base.base if base and compared else base


def _of_another(here: Reading, draft: Draft) -> Draft | None:
    """The number whose year another one has that names none: each of several its own, and a change what explains it."""
    if draft.base and draft.base.year and draft.kind in ("change", "growth") and respectively(here, draft):
        return draft.base
    at, sentence = draft.quantity.start, here.clauses.sentence(draft.quantity.start)
    if (
        not here.clauses.in_reason(at)
        or _once(here, draft)
        or any(here.clauses.in_reason(one.start) for one in _earlier(here, sentence, at))
    ):
        return None
    changes = [one for one in here.told(draft) if one.kind in ("change", "growth")]
    explained = [one for one in changes if not here.clauses.in_reason(one.quantity.start)]
    return explained[-1] if explained and draft.kind != "change" else None


def _earlier(here: Reading, start: int, at: int) -> list[Year]:
    """The years named from one place to another."""
    return [one for one in here.years if start <= one.start < at]


def _is_at_first(here: Reading, draft: Draft) -> bool:
    """Whether words leave open when a number was so that something was changed from."""
    return here.changed_from(draft) and bool(pattern("statements", "at-first").search(here.lead(draft)))


def _shift(here: Reading, draft: Draft) -> None:
    """Sets the years of what was changed, and of what it was changed to, one apart."""
    before = here.changed(draft)
    if draft.compared_with or _year_of_range(here, draft):
        return
    if before and any(before.quantity.stop <= one.start < draft.quantity.start for one in here.years):
        return  # 由2015年的3万元增加到2020年的5万元
    if before and before.year:
        draft.year = before.year + (0 if _is_budget(here, before) else 1)
        draft.reasons.append("year of the change")
    elif here.changed_from(draft) and any(_is_at_first(here, one) for one in (draft, *here.told(draft))):
        draft.year = None
        draft.reasons.append("what it was at first, nothing says when")
    elif draft.year and here.changed_from(draft) and not (_is_budget(here, draft) or _named_as_past(here, draft)):
        draft.year -= 1
        draft.reasons.append("year before the change")
    elif draft.year and _is_no_more(here, draft):
        draft.year -= 1
        draft.reasons.append("year before it ended")
    elif draft.kind == "change" and draft.base and _is_no_more(here, draft.base) and draft.year == draft.base.year:
        draft.year = draft.year + 1 if draft.year else None
        draft.reasons.append("year after what ended")
    elif _is_of_later(here, draft) and draft.year:
        draft.year += 1
        draft.reasons.append("year after the one compared with")


def _is_no_more(here: Reading, draft: Draft) -> bool:
    """Whether an amount is said to be spent no more (一次性经费5万元不再安排): it was of the year before."""
    told = draft.kind == "amount" and pattern("statements", "no-more").match(here.text, draft.quantity.stop)
    return bool(told) and not _named_in_clause(here, draft)


def _is_of_later(here: Reading, draft: Draft) -> bool:
    """Whether a change seems to be of the very year that it is compared with, and that is one before the document's."""
    if draft.kind not in ("change", "growth") or draft.relative_phase or not (draft.compared and here.document_year):
        return False
    if draft.base and draft.year and draft.base.year == draft.year + 1 and not _named_in_clause(here, draft):
        return True
    return draft.compared.year == draft.year and draft.year is not None and draft.year < here.document_year


def _is_budget(here: Reading, draft: Draft) -> bool:
    """Whether what an amount was changed from is the budget of the same year (由年初的3万元调整为5万元)."""
    led = pattern("statements", "changed-from").search(here.lead(draft))
    if draft.kind != "amount" or draft.quantity.kind != "money" or not (led and here.changed_from(draft)):
        return False
    after = here.text[draft.quantity.stop : draft.clause[1]]
    own = pattern("statements", "own-budget").search(led[0])
    return bool(own or pattern("statements", "budget-changed").match(after))


def _named_as_past(here: Reading, draft: Draft) -> bool:
    """Whether the year is named that an amount is of before its change (由2022年的3万元增至, not 2023年由3万元增至)."""
    return any(_leads(here, draft) <= one.start < draft.quantity.start for one in here.years)


def _leads(here: Reading, draft: Draft) -> int:
    """Where the word stands that leads to what something was changed from."""
    return max(here.text.rfind(one, draft.clause[0], draft.quantity.start) for one in "由从")


def _named_in_clause(here: Reading, draft: Draft) -> bool:
    return any(draft.clause[0] <= one.start < draft.quantity.start for one in here.years)


def _year_for(here: Reading, draft: Draft) -> Year | None:
    at = draft.quantity.start
    compared = (one.year for one in here.comparisons if one.year and _is_base(here, draft, one))
    if own := next(compared, None) or _respective_year(here, draft) or _once(here, draft):  # 降幅较上年（25%）扩大
        return own
    sentence = here.clauses.sentence(at)
    apart = not here.clauses.in_reason(at)
    known = [one for one in here.years if here.document_year or one.back != 0]  # 当年 is of no year that is not named
    earlier = [one for one in known if one.start < at and not (apart and here.clauses.in_reason(one.start))]
    earlier = [one for one in earlier if not any(_stands_between(here, one, *words) for words in _OF_OTHERS)]
    near = [one for one in earlier if draft.clause[0] <= one.start]
    if near:
        return near[-1]
    earlier = [one for one in earlier if not (_is_aside(here, draft, one) or _is_passed(here, draft, one))]
    same = [one for one in earlier if sentence <= one.start and (_carries(here, one) or _frames(here, one))]
    if same and draft.kind in ("change", "growth"):
        return max(same, key=lambda one: (one.of(here.document_year) or 0, one.start))
    if same:
        return same[-1]
    before_it = [one for one in earlier if _carries(here, one) and not (one.dated and not one.as_of)]
    before_it = [one for one in before_it if not _is_told_apart(here, one)]
    if not before_it:
        return here.state
    last = here.clauses.sentence(before_it[-1].start)
    return max(
        (one for one in before_it if one.start >= last), key=lambda one: (one.of(here.document_year) or 0, one.start)
    )


def _is_base(here: Reading, draft: Draft, compared: Comparison) -> bool:
    """Whether a rate is what another is compared with: in a bracket, or before what is told of both.

    降幅较上年（25%）扩大, 较上年的25%提高3个百分点.
    """
    percent = draft.quantity.kind == "ratio" and draft.quantity.unit != "倍"
    bracketed = here.text[compared.end : draft.quantity.start] == "（"
    return bracketed or (percent and stands_behind(here, draft, compared) and is_base(here, draft))


def _once(here: Reading, draft: Draft) -> Year | None:
    """The year behind a number of which alone it was (维修30万元是上年一次性支出)."""
    told = pattern("statements", "once").match(here.text, draft.quantity.stop)
    return next((one for one in here.years if told and one.start == told.end()), None)


def _respective_year(here: Reading, draft: Draft) -> Year | None:
    """The year of one of several numbers, each of its own (2024年、2023年其他收入分别为5万元、4万元)."""
    if found := _year_of_range(here, draft):
        return found
    if (same := _of_same_years(here, draft)) and same.year:
        return Year(draft.quantity.start, draft.quantity.start, same.year, None)
    apart = respectively(here, draft)
    if apart is None:
        return None
    first = here.quantities[here.quantities.index(draft.quantity) - apart[0]]
    starts = (here.clauses.back_to(first.start, "，。！？；："), here.clauses.sentence(first.start))
    inside = ([one for one in here.years if start <= one.start < first.start] for start in starts)
    named = next((years for years in inside if years), [])
    joined = all(
        pattern("statements", "years-joined").fullmatch(here.text[one.end : other.start])
        for one, other in itertools.pairwise(named)
    )
    return named[apart[0]] if joined and len(named) == apart[1] else None


def _of_same_years(here: Reading, draft: Draft) -> Draft | None:
    """The number of a row told of several years, in the place of one of as many told of the same (同期检验1批、2批)."""
    at, count = row(here, draft)
    first = here.quantities[here.quantities.index(draft.quantity) - at]
    led = pattern("statements", "same-years").match(here.text, here.clauses.clause(first.start, first.stop)[0])
    told = [one for one in here.told(draft) if respectively(here, one) == (at, count)] if led else []
    return told[-1] if told else None


def _year_of_range(here: Reading, draft: Draft) -> Year | None:
    """The year of one of as many numbers as the sentence names years together (2021-2023年分别为5万元、4万元、3万元).

    So of those of the next such row (到位5万元、3万元、3万元), and of rates from year to year (由100%逐年降至75%、60%).
    """
    at, count = row(here, draft)
    sentence = here.clauses.sentence(draft.quantity.start)
    named = [one for one in here.years if sentence <= one.start < draft.quantity.start]
    found = (
        pattern("statements", "years", "from-to").fullmatch(here.text, named[-1].start, named[-1].end)
        if named
        else None
    )
    first, last = (int(found["first"]), int(found["last"])) if found else (0, 0)
    rows = [one for one in here.quantities if named and named[-1].end <= one.start <= draft.quantity.start]
    told = rows and pattern("statements", "respectively").search(here.text, named[-1].end, rows[0].start)
    if not told or count < 2 or last - first + 1 != count:
        return None
    return Year(named[-1].start, named[-1].end, first + at, None)


def _is_aside(here: Reading, draft: Draft, year: Year) -> bool:
    """Whether a year is said of other words alone.

    Of what a bracket counts (（含2022年项目3个）), of a reason, of the amount that something was changed from; where a
    reason tells what changes since, of what was then (减少原因：一是2023年已完工，减少支出9万元).
    """
    scope = here.clauses.scope(year.start)
    inside = here.clauses.scopes[scope] if scope is not None else None
    if inside and inside.bracket and not inside.start <= draft.quantity.start < inside.end:
        done = year.dated and not year.as_of  # （2022年12月下达）
        return done or any(inside.start <= one.start < inside.end for one in here.quantities)
    if any(here.changed_from(one) and _leads(here, one) <= year.start < one.quantity.start for one in here.drafts):
        return True
    said = year.of(here.document_year)
    past = said is not None and here.document_year is not None and said < here.document_year
    if past and draft.kind in ("change", "growth") and here.clauses.in_reason(year.start):
        return True
    lead = here.text[here.clauses.clause(year.start, year.end)[0] : year.start]
    return bool(pattern("statements", "year-of-reason").fullmatch(lead))


def _is_passed(here: Reading, draft: Draft, year: Year) -> bool:
    """Whether a year is named in passing in a part of the text that has ended.

    A word for the year before reaches to ； (上年支出4万元；接待费3万元) or to a plan (上年支出4万元，拟派2人), a day
    of a state behind other numbers of its sentence to 。 (编制9名，2024年末实有8人。学生90人).
    """
    if year.as_of:
        sentence = here.clauses.sentence(year.start)
        inside = any(sentence <= one.start < year.start for one in here.quantities)
        return inside and sentence < here.clauses.sentence(draft.quantity.start)
    ended = here.clauses.segment(year.start) < here.clauses.segment(draft.quantity.start)
    return year.back == 1 and bool(ended or pattern("statements", "planned").match(here.text, draft.clause[0]))


def _stands_between(here: Reading, year: Year, before: str, behind: str) -> bool:
    """Whether the words before and behind a year are of two kinds."""
    led = pattern("statements", "years", before).search(here.text[: year.start])
    return bool(led and pattern("statements", "years", behind).match(here.text, year.end))


def _is_told_apart(here: Reading, year: Year) -> bool:
    """Whether several years have each a number of its own behind them (2021-2023年分别为…): no more is of them."""
    several = year.year is None and year.back is None and here.document_year is not None
    after = [one for one in here.quantities if one.start >= year.end] if several else []
    return bool(after and pattern("statements", "respectively").search(here.text, year.end, after[0].start))


def _frames(here: Reading, year: Year) -> bool:
    """Whether a year heads its sentence (在2022年度绩效评价中，…)."""
    clause = here.text[slice(*here.clauses.clause(year.start, year.end))]
    return bool(pattern("statements", "years", "frame").fullmatch(clause))


def _carries(here: Reading, year: Year) -> bool:
    """Whether a year goes on beyond its clause: not one of the past, before the year compared with.

    Nor one to come that only says of which budget something is (压减2031年预算5万元，收回资金3万元).
    """
    said = year.of(here.document_year)
    if said is None or here.document_year is None:
        return True
    lead = here.text[here.clauses.clause(year.start, year.end)[0] : year.start]
    touched = said > here.document_year and pattern("statements", "years", "touched").search(lead)
    return said >= here.document_year - 1 and not touched


def find_phase(here: Reading, draft: Draft) -> None:
    if draft.phase or draft.kind not in ("amount", "change") or draft.quantity.kind != "money":
        return
    if each := _respective_phase(here, draft):
        draft.phase = each
        return
    if (first := _first_of_row(here, draft)) and first.phase:
        draft.phase = first.phase
        return
    words = "" if here.clauses.in_reason(draft.quantity.start) else _without_comparisons(here, draft)
    if said := _phase_in(here, draft, words):
        draft.phase = said
        return
    if (before := here.changed(draft)) and _is_budget(here, before):
        draft.phase = "adjusted"
    elif draft.kind == "amount" and (_is_budget(here, draft) or _is_first_budget(here, draft)):
        draft.phase = "approved"


def _phase_in(here: Reading, draft: Draft, words: str) -> str | None:
    """The phase that words say for the money of a number."""
    for entry in load("statements")["phases"]:
        if re.search(entry["words"], words) and not ("unless" in entry and _says_itself(here, draft, entry["unless"])):
            return str(entry["phase"])
    return None


def _respective_phase(here: Reading, draft: Draft) -> str | None:
    """The phase of one of several amounts, each of its own (2010年决算和2011年预算分别为5万元和4万元)."""
    apart = respectively(here, draft)
    if apart is None:
        return None
    first = here.quantities[here.quantities.index(draft.quantity) - apart[0]]
    names = re.split("[、和及与]|以及", here.text[here.clauses.back_to(first.start, "，。！？；：") : first.start])
    phases = [_phase_in(here, draft, one) for one in names[-apart[1] :]]
    return phases[apart[0]] if len(phases) == apart[1] and all(phases) and len(set(phases)) > 1 else None


def _is_first_budget(here: Reading, draft: Draft) -> bool:
    """Whether words before an amount in its passage make it one of the budget that was first approved.

    Beyond their sentence, of which one amount is too, only where nothing grows and no year is named between.
    """
    at = draft.quantity.start
    led = [one.end() for one in pattern("statements", "approved-first").finditer(here.text[:at])]
    if not led or pattern("statements", "no-longer-first").search(here.text[:at], led[-1]):
        return False
    if here.clauses.sentence(at) <= led[-1]:
        return True
    told = [one for one in here.drafts if one.quantity.start > led[-1]]
    money = [one for one in told if one.quantity.kind == "money"]
    first = bool(money) and here.clauses.sentence(money[0].quantity.start) <= led[-1]
    named = any(here.clauses.sentence(one.start) > led[-1] for one in here.years if led[-1] <= one.start < at)
    return first and not named and all(one.kind == "amount" for one in told)


def _says_itself(here: Reading, draft: Draft, kind: str) -> bool:
    """Whether a document is of a kind that says the phase of its money, or the amount of the year that it plans."""
    if kind == "government":
        return here.said.of_government
    return here.said.kind == kind or (draft.year is not None and draft.year == here.said.draft_year)


def _without_comparisons(here: Reading, draft: Draft) -> str:
    start = here.start_of(draft)
    words = here.text[start : draft.quantity.start]
    for one in here.comparisons:
        if start <= one.start < draft.quantity.start:
            words = words.replace(here.text[one.start : one.end], "")
    return words
