"""Years and phases named around a number to those that it is of and that it is compared with."""

from __future__ import annotations

import itertools
import re

from mapping.drafts import Draft, Reading
from mapping.lexicon import load, pattern
from mapping.parts import completes, respectively
from mapping.periods import Comparison, Year


def find_comparison(here: Reading, draft: Draft) -> None:
    if draft.kind not in ("change", "growth", "rate"):
        return
    if draft.kind == "rate" and draft.quantity.unit != "倍":
        done = pattern("statements", "done").search(_lead_of_rate(here, draft))
        if done and not re.search("预期|计划|任务|目标", done[0]):
            draft.relative_phase = "adjusted" if re.search("调整|全年", done[0]) else "approved"
        return
    if here.clauses.in_reason(draft.quantity.start) and not _compared(here, draft, draft.clause[0]):
        return
    found = _compared(here, draft, here.clauses.sentence(draft.quantity.start)) or _compared(here, draft, 0)
    if found:
        draft.relative_phase = found.phase
        draft.compared = found.year


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
    elif inherited := (draft.parent or draft.base):
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


def _shift(here: Reading, draft: Draft) -> None:
    """Sets the years of what was changed, and of what it was changed to, one apart."""
    before = here.changed(draft)
    if draft.compared_with:
        return
    if before:
        draft.year = before.year + 1 if before.year else None
        draft.reasons.append("year of the change")
    elif draft.year and here.changed_from(draft) and not _named_as_past(here, draft):
        draft.year -= 1
        draft.reasons.append("year before the change")
    elif _is_of_later(here, draft) and draft.year:
        draft.year += 1
        draft.reasons.append("year after the one compared with")


def _is_of_later(here: Reading, draft: Draft) -> bool:
    """Whether a change seems to be of the very year that it is compared with, and that is one before the document's."""
    if draft.kind not in ("change", "growth") or draft.relative_phase or not (draft.compared and here.document_year):
        return False
    if draft.base and draft.year and draft.base.year == draft.year + 1 and not _named_in_clause(here, draft):
        return True
    return draft.compared.year == draft.year and draft.year is not None and draft.year < here.document_year


def _named_as_past(here: Reading, draft: Draft) -> bool:
    """Whether the year is named that an amount is of before its change (由2022年的3万元增至, not 2023年由3万元增至)."""
    led = max(here.text.rfind(one, draft.clause[0], draft.quantity.start) for one in "由从")
    return any(led <= one.start < draft.quantity.start for one in here.years)


def _named_in_clause(here: Reading, draft: Draft) -> bool:
    return any(draft.clause[0] <= one.start < draft.quantity.start for one in here.years)


def _year_for(here: Reading, draft: Draft) -> Year | None:
    at = draft.quantity.start
    compared = (one.year for one in here.comparisons if here.text[one.end : at] == "（" and one.year)
    if own := next(compared, None) or _respective_year(here, draft) or _once(here, draft):  # 降幅较上年（25%）扩大
        return own
    sentence = here.clauses.sentence(at)
    apart = not here.clauses.in_reason(at)
    known = [one for one in here.years if here.document_year or one.back != 0]  # 当年 is of no year that is not named
    earlier = [one for one in known if one.start < at and not (apart and here.clauses.in_reason(one.start))]
    earlier = [one for one in earlier if not _is_of_base(here, one)]
    near = [one for one in earlier if draft.clause[0] <= one.start]
    if near:
        return near[-1]
    earlier = [one for one in earlier if not _is_aside(here, draft, one)]
    same = [one for one in earlier if sentence <= one.start and (_carries(here, one) or _frames(here, one))]
    if same and draft.kind in ("change", "growth"):
        return max(same, key=lambda one: (one.of(here.document_year) or 0, one.start))
    if same:
        return same[-1]
    before_it = [one for one in earlier if _carries(here, one) and not (one.dated and not one.as_of)]
    if not before_it:
        return here.state
    last = here.clauses.sentence(before_it[-1].start)
    return max(
        (one for one in before_it if one.start >= last), key=lambda one: (one.of(here.document_year) or 0, one.start)
    )


def _once(here: Reading, draft: Draft) -> Year | None:
    """The year behind a number of which alone it was (维修30万元是上年一次性支出)."""
    told = pattern("statements", "once").match(here.text, draft.quantity.stop)
    return next((one for one in here.years if told and one.start == told.end()), None)


def _respective_year(here: Reading, draft: Draft) -> Year | None:
    """The year of one of several numbers, each of its own (2024年、2023年其他收入分别为5万元、4万元)."""
    apart = respectively(here, draft)
    if apart is None:
        return None
    first = here.quantities[here.quantities.index(draft.quantity) - apart[0]]
    starts = (here.clauses.back_to(first.start, "，。！？；："), here.clauses.sentence(first.start))
    inside = ([one for one in here.years if start <= one.start < first.start] for start in starts)
    named = next((years for years in inside if years), [])
    joined = all(
        pattern("statements", "joined").fullmatch(here.text[one.end : other.start])
        for one, other in itertools.pairwise(named)
    )
    return named[apart[0]] if joined and len(named) == apart[1] else None


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
    if any(here.changed_from(one) and one.clause[0] <= year.start < one.quantity.start for one in here.drafts):
        return True
    said = year.of(here.document_year)
    past = said is not None and here.document_year is not None and said < here.document_year
    if past and draft.kind in ("change", "growth") and here.clauses.in_reason(year.start):
        return True
    lead = here.text[here.clauses.clause(year.start, year.end)[0] : year.start]
    return bool(pattern("statements", "year-of-reason").fullmatch(lead))


def _is_of_base(here: Reading, year: Year) -> bool:
    """Whether a year is that of the budget of which a rate is told (为2025年预算数的104%)."""
    led = pattern("statements", "years", "rate-of").search(here.text[: year.start])
    return bool(led and pattern("statements", "years", "of-year").match(here.text, year.end))


def _frames(here: Reading, year: Year) -> bool:
    """Whether a year heads its sentence (在2022年度绩效评价中，…)."""
    clause = here.text[slice(*here.clauses.clause(year.start, year.end))]
    return bool(pattern("statements", "years", "frame").fullmatch(clause))


def _carries(here: Reading, year: Year) -> bool:
    """Whether a year goes on beyond its clause: not one of the past, before the year compared with."""
    said = year.of(here.document_year)
    return said is None or here.document_year is None or said >= here.document_year - 1


def find_phase(here: Reading, draft: Draft) -> None:
    if draft.phase or draft.kind not in ("amount", "change") or draft.quantity.kind != "money":
        return
    words = "" if here.clauses.in_reason(draft.quantity.start) else _without_comparisons(here, draft)
    for entry in load("statements")["phases"]:
        if re.search(entry["words"], words) and not ("unless" in entry and _says_itself(here, draft, entry["unless"])):
            draft.phase = str(entry["phase"])
            return


def _says_itself(here: Reading, draft: Draft, kind: str) -> bool:
    """Whether a document is of a kind that says the phase of its money, or the amount of the year that it plans."""
    return here.said.kind == kind or (draft.year is not None and draft.year == here.said.draft_year)


def _without_comparisons(here: Reading, draft: Draft) -> str:
    start = here.start_of(draft)
    words = here.text[start : draft.quantity.start]
    for one in here.comparisons:
        if start <= one.start < draft.quantity.start:
            words = words.replace(here.text[one.start : one.end], "")
    return words
