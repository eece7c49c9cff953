"""Words before a number to what kind of statement it is: amount, change, share, rate, count, threshold."""

from __future__ import annotations

import re

from mapping.classes import codes_of
from mapping.drafts import BUDGETS, Draft, Reading
from mapping.functions import class_in, class_labelled
from mapping.lexicon import load, pattern
from mapping.measures import measures
from mapping.passages import heads_list
from mapping.periods import Comparison, Year
from mapping.phrases import Phrase, before
from mapping.quantities import PrintedNumber
from mapping.relating import completes, of_its_budget, respectively, says_share

# Kinds of units (units.yaml) to the kind of a statement that no other words decide.
_KINDS = {"money": "amount", "ratio": "rate", "duration": "duration", "score": "score"}
_RESERVE = "227"  # the functional class 预备费
_CLASS = 3  # the digits of a functional class (类)
_TRANSFERS = "230"  # the functional class 转移性支出


def find_direction(here: Reading, draft: Draft) -> None:
    if fellow := _fellow(here, draft):
        draft.direction, draft.kind = (
            _direction_beside(draft, fellow),
            "change" if fellow.kind == "growth" else fellow.kind,
        )
        return
    if changed := _bracketed_growth(here, draft):
        draft.direction, draft.kind = changed.direction, "change"
        return
    lead = re.sub("(?:(?<!节)约|近|超过?|不低于|不超过|高达|低至|达|≥|≤|>|<)$", "", here.lead(draft))
    both = pattern("statements", "undirected").search(lead)
    found = []
    for direction in ("increase", "decrease"):
        found += [(one.end(), direction) for one in pattern("statements", direction).finditer(lead)]
    if draft.quantity.kind == "money" and pattern("statements", "named-change").search(lead):
        return
    if both and not lead[both.end() :].strip("了：为）"):
        draft.kind = "change"
    elif found:
        end, direction = max(found)
        money = draft.quantity.kind == "money"
        if not (pattern("statements", "level").search(lead, end) or (money and here.changed(draft))):
            negative = draft.quantity.kind == "ratio" and draft.quantity.value < 0 and direction == "increase"
            draft.direction, draft.kind = "decrease" if negative else direction, "change"


def _fellow(here: Reading, draft: Draft) -> Draft | None:
    """The change, share or standard before that a number only adds to (减少96万元和38万元, 每年3300元、4400元)."""
    last = here.drafts[-1] if here.drafts else None
    if last is None or last.kind not in ("change", "growth", "share", "standard"):
        return None
    between = here.text[last.quantity.stop : draft.quantity.start]
    borne = last.kind == "share" and pattern("statements", "borne-by").fullmatch(between)
    joined = borne or pattern("statements", "joined").fullmatch(between)
    alike = last.quantity.kind == draft.quantity.kind or (last.kind == "change" and respectively(here, draft))
    return last if joined and alike else None


def _direction_beside(draft: Draft, fellow: Draft) -> str | None:
    """The direction of one of several changes; a rate below zero of an increase is a decrease (增幅为6.7%、-4.5%)."""
    if draft.quantity.kind != "ratio" or (fellow.quantity.value < 0) == (draft.quantity.value < 0):
        return fellow.direction
    return "increase" if fellow.direction == "decrease" else "decrease"


def _bracketed_growth(here: Reading, draft: Draft) -> Draft | None:
    """The change right before a bracket that holds nothing but its rate (增加5万元（8%）)."""
    last = here.drafts[-1] if here.drafts else None
    if last is None or last.kind != "change" or last.quantity.kind == "ratio":
        return None
    if draft.quantity.kind != "ratio" or (draft.quantity.value < 0 and last.direction != "decrease"):
        return None
    alone = here.text[last.quantity.stop : draft.quantity.start] == "（" and here.text.startswith(
        "）", draft.quantity.stop
    )
    return last if alone else None


def find_comparand(here: Reading, draft: Draft) -> None:
    """The year of an amount that stands right behind a comparison: another amount is compared with it.

    So of a count, where a year is named and what follows is told of both (较上年9人增加2人).
    """
    money = draft.quantity.kind == "money"
    if draft.kind not in ("", "amount") or draft.quantity.kind == "ratio" or (money and _is_left(here, draft)):
        return
    for one in here.comparisons:
        if stands_behind(here, draft, one) and (money or (one.year and is_base(here, draft))):
            draft.kind, draft.direction = _KINDS.get(draft.quantity.kind, "count"), None
            draft.compared = one.year or _unnamed_year(here, one)
            draft.phase = (one.phase or _phase_in(here.text[one.end : draft.quantity.start])) if money else None


def _is_left(here: Reading, draft: Draft) -> bool:
    """Whether money is only what was left of a budget that it is compared with (较预算结余2万元)."""
    return bool(pattern("statements", "left-of-budget").search(here.lead(draft)))


def stands_behind(here: Reading, draft: Draft, compared: Comparison) -> bool:
    """Whether a number stands right behind a comparison, or only its name between."""
    between = here.text[compared.end : draft.quantity.start]
    return here.start_of(draft) < compared.end <= draft.quantity.start and _leads_on(between)


def is_base(here: Reading, draft: Draft) -> bool:
    """Whether the words behind a number tell of it and of another (与上年90分相比, 较上年9人增加, 是上年30人的2倍)."""
    return bool(pattern("statements", "told-of-base").match(here.text, draft.quantity.stop))


def _phase_in(words: str) -> str | None:
    """The phase that the name of an amount says behind the year it is compared by (比2023年“三公”经费年初预算5万元)."""
    return next((str(one["phase"]) for one in load("statements")["phases"] if re.search(one["words"], words)), None)


def _unnamed_year(here: Reading, compared: Comparison) -> Year:
    """The year of what is compared with, where only a phase is named: what was spent, with its own budget.

    So where the same is compared with a year that is named, too (比预算90万元减少5万元，比上年减少3万元).
    """
    spent = bool(here.drafts) and here.drafts[-1].phase in ("finalAccounts", "executed")
    words = here.text[compared.start : compared.end]
    own = pattern("statements", "own-budget").search(words)
    segment = here.clauses.segment(compared.start)
    beside = [one for one in here.comparisons if one.start >= segment and here.clauses.segment(one.start) == segment]
    apart = any(one.year and one.year.of(here.document_year) is not None for one in beside)
    reported = pattern("statements", "reported").search(words)
    same = reported or (compared.phase in BUDGETS and (spent or own or apart))
    return Year(compared.start, compared.end, None, 0 if same else 1)


def _leads_on(words: str) -> bool:
    """Whether only the name of the amount stands between a comparison and the number."""
    changes = any(pattern("statements", name).search(words) for name in ("increase", "decrease"))
    return not changes and not re.search("[，；。、：]|原因", words)


def find_kind(here: Reading, draft: Draft) -> None:
    quantity, lead = draft.quantity, here.lead(draft)
    if draft.compared_with:
        return
    clause = pattern("statements", "standard-before").sub("", here.text[draft.clause[0] : quantity.start])
    if quantity.limits:
        draft.kind, draft.direction = "threshold", None
    elif quantity.kind == "ratio":
        lead = here.lead(says_share(here, draft))
        said = pattern("statements", "share").search(lead) and not pattern("statements", "done").search(lead)
        said = said and not of_its_budget(here, says_share(here, draft))
        changed = here.changed(draft)
        share = (changed or draft).kind == "share" or (not draft.kind and said)
        if changed and changed.kind == "growth" and not draft.kind:  # 降幅由15%收窄至5%
            draft.kind, draft.direction = "change", changed.direction
        draft.kind = "share" if share else "growth" if draft.kind == "change" else "rate"
    elif draft.kind == "change" and (quantity.kind not in ("duration", "score") or _is_compared(here, draft)):
        return
    elif quantity.kind == "money" and (
        draft.kind == "standard" or _limits_standard(here, draft) or _is_standard(here, clause, quantity)
    ):
        draft.kind = "standard"
    else:
        draft.kind = _KINDS.get(quantity.kind, "count")
        draft.direction = None


def _is_compared(here: Reading, draft: Draft) -> bool:
    """Whether a year is named before a number that it is compared with, and with what (较上年9天相比，缩短0.4天)."""
    start, before = draft.clause[0], here.drafts[-1] if here.drafts else None
    if before and pattern("statements", "compared").fullmatch(here.text, before.quantity.stop, start):
        start = before.clause[0]
    return any(start <= one.start < draft.quantity.start and one.year for one in here.comparisons)


def _is_standard(here: Reading, clause: str, quantity: PrintedNumber) -> bool:
    named = pattern("statements", "standard").search(clause + (quantity.unit or ""))
    return bool(named or pattern("statements", "standard-behind").match(here.text, quantity.stop))


def _limits_standard(here: Reading, draft: Draft) -> bool:
    """Whether a number in brackets limits the standard before them (200元（最高不超过200元）)."""
    if draft.scope is None or not here.clauses.scopes[draft.scope].bracket or not here.drafts:
        return False
    last = here.drafts[-1]
    return last.kind == "standard" and last.quantity.stop == here.clauses.scopes[draft.scope].at


def find_phrase(here: Reading, draft: Draft) -> None:
    start, end = here.start_of(draft), draft.quantity.start
    if draft.kind == "share":
        shared = here.text.rfind("占", start, end)
        end = shared if shared >= start else end
    elif both := _undirected(here, draft):
        end = both.start()
    elif here.changed_from(draft):
        end = max(here.text.rfind(one, start, end) for one in "由从")
    bodies = [one.end for one in here.named if start <= one.start and one.end <= end]
    lists = [one.start for one in here.clauses.scopes if start <= one.at and one.start <= end]
    phrase = before(here.text, max([start, *bodies, *lists]), end)
    if phrase is None and draft.kind == "amount" and heads_list(here.text):  # 一、衔接资金（9万元）
        phrase = before(here.text, 0, here.text.index("（", 1))
    if phrase is None and draft.kind == "amount" and (explained := here.explained(draft)):
        phrase = before(here.text, *explained)
    phrase = phrase or _before_bracket(here, draft)
    if phrase and pattern("statements", "part-of-share").fullmatch(here.text, phrase.start, phrase.end):
        phrase = before(here.text, draft.clause[0], end)
    phrase = phrase and _with_those_before(here, draft, phrase)
    generic = phrase and pattern("statements", "generic-phrase").fullmatch(here.text[phrase.start : phrase.end])
    draft.phrase = None if generic or draft.compared_with or completes(here, draft) else phrase


def _before_bracket(here: Reading, draft: Draft) -> Phrase | None:
    """The noun before a bracket that holds nothing but its amount or rate (农田建设（50万元）); none that is a term."""
    at = draft.quantity.start - 1
    alone = here.text[max(at, 0)] == "（" and here.text.startswith("）", draft.quantity.stop)
    start = here.clauses.clause(at - 1, at - 1)[0] if alone else at
    if alone and draft.kind == "rate":
        rated = pattern("statements", "rate-of-bracket").fullmatch(here.text, start, at)
        return Phrase(*rated.span("noun")) if rated else None
    if not alone or draft.kind != "amount" or any(start <= one.start < at for one in here.quantities):
        return None
    bare = {"expenditure", "income", *load("statements")["generic"]}  # 教育支出, 改造项目资金
    named = [one for one in here.terms if one.end == at and measures()[one.measure].unit_kind == "money"]
    return None if any(one.start == start or one.measure not in bare for one in named) else before(here.text, start, at)


def _with_those_before(here: Reading, draft: Draft, phrase: Phrase) -> Phrase:
    """The phrase with the names before it that have no number of their own (教育、卫生健康支出5万元): it is of all.

    Those of functional classes, and of money of one kind (增值税、消费税).
    """
    start = phrase.start
    while start == draft.clause[0] and here.text[start - 1] == "、" and not respectively(here, draft):
        first = here.clauses.clause(start - 1, start - 1)[0]
        name = before(here.text, first, start - 1)
        if name is None or not _is_beside(here.text[slice(*name.place)], here.text[slice(*phrase.place)]):
            break
        draft.clause, start = (name.start, draft.clause[1]), name.start
    return Phrase(start, phrase.end)


def _is_beside(name: str, other: str) -> bool:
    """Whether two names stand in one list: two functional classes, or money of one kind."""
    kinds = load("statements")["names-of-money"]
    classed = all(class_labelled(f"{one.removesuffix('支出')}支出") for one in (name, _unphased(other)))
    return classed or any(re.search(kind, name) and re.search(kind, other) for kind in kinds)


def _undirected(here: Reading, draft: Draft) -> re.Match[str] | None:
    """The words before a change or a rate of it that leave open which way it goes (增加（减少）3%)."""
    shape = pattern("statements", "undirected")
    goes = draft.kind in ("change", "growth")
    return shape.search(here.text, here.start_of(draft), draft.quantity.start) if goes else None


def find_class(here: Reading, draft: Draft) -> None:
    if draft.quantity.kind != "money" or draft.kind in ("threshold", "standard"):
        return
    if draft.base and not draft.phrase:
        draft.functional, draft.named = draft.base.functional, draft.base.named
        return
    if each := _respective_class(here, draft):
        draft.functional = each
        return
    own = class_labelled(_unphased(here.phrase(draft)))
    if own and (_divides_sent(here, draft) or (own.startswith(_TRANSFERS) and _adds_to_income(here, draft))):
        own = None
    if own == _RESERVE and _builds(here, draft):
        own = None
    if own and _is_economic(here, draft):
        own = None
    found = class_in(here.text[: draft.quantity.start])
    if found and (_apart(here, draft, found[2]) or (own and found[2] < draft.clause[0])):
        found = None
    if found:
        draft.functional, draft.named = found[0], (found[1], found[2])
        if found[1] >= draft.clause[0] and draft.parent and draft.parent.named and not _within(draft, draft.parent):
            draft.parent = draft.parent.parent
    else:
        draft.functional = own or None


def _respective_class(here: Reading, draft: Draft) -> str | None:
    """The class of one of several amounts, each of its own, that are called 支出 together.

    教育、社会保障和就业、农林水支出分别为5万元、4万元和3万元. Of others of the same behind them (支出决算分别为…) it is
    that of the one in the same place.
    """
    apart = respectively(here, draft)
    if apart is None:
        return None
    first = here.quantities[here.quantities.index(draft.quantity) - apart[0]]
    start = here.clauses.back_to(first.start, "，。！？；")
    labels = [
        one.end()
        for one in re.finditer("（[类款项]）(?=[、和及与]|(?:：[^，。；：、]{0,14})?分别|各)", here.text[: first.start])
        if one.start() >= start
    ]
    if len(labels) == apart[1]:
        found = class_in(here.text[: labels[apart[0]]])
        return found[0] if found else None
    start = here.clauses.back_to(first.start, "，。！？；：")
    phrase = before(here.text, start, first.start, names=apart[1])
    words = here.text[phrase.start : phrase.end] if phrase else ""
    told = [one for one in here.told(draft) if one.kind == "amount" and respectively(here, one) == apart]
    if told and not _unphased(words).removesuffix("支出"):
        return told[-1].functional
    named = _unphased(words).split("、")
    if len(named) == apart[1] - 1:
        named[-1:] = re.split("[和及与](?!.*[和及与])", named[-1])
    codes = [class_labelled(f"{one.removesuffix('支出')}支出") for one in named]
    known = len(codes) == apart[1] and all(code and len(code) == _CLASS for code in codes)
    return codes[apart[0]] if known else None


def _unphased(words: str) -> str:
    """A noun phrase without the year and the phase behind it (教育支出2024年预算)."""
    return pattern("statements", "phase-behind").sub("", words)


def _is_economic(here: Reading, draft: Draft) -> bool:
    """Whether a name of both classifications (住房公积金) divides, or stands behind, economic classes."""
    if not codes_of("economic", _unphased(here.phrase(draft))):
        return False
    beside = [one for one in here.told(draft)[-1:] if one.clause[1] + 1 == draft.clause[0]]
    around = [*([draft.parent] if draft.parent else []), *beside]
    return any(one.functional is None and one.measure in load("statements")["by-economic-class"] for one in around)


def _divides_sent(here: Reading, draft: Draft) -> bool:
    """Whether an amount divides what a government is sent from above (上级转移支付9万元，其中：教育2万元).

    By the words of the amounts that its list divides, or before it in its sentence where it is not called 支出.
    """
    sent, whole = pattern("statements", "sent-down"), draft.parent
    told = sent.search(here.text, here.clauses.sentence(draft.quantity.start), draft.quantity.start)
    if told and not here.phrase(draft).endswith("支出"):
        return True
    while whole:
        if sent.search(whole.passage.words, whole.clause[0], whole.quantity.start):
            return True
        whole = whole.parent
    return False


def _adds_to_income(here: Reading, draft: Draft) -> bool:
    """Whether an amount is added to the income of its sentence (收入8万元，加上返还收入1万元，专项转移支付2万元)."""
    told = here.text[here.clauses.sentence(draft.quantity.start) : draft.quantity.start]
    return bool(pattern("statements", "adds-to-income").search(told))


def _builds(here: Reading, draft: Draft) -> bool:
    """Whether the sentence lists what a building costs: its reserve (预备费) is no class of spending."""
    words = here.text[here.clauses.sentence(draft.quantity.start) : draft.quantity.start]
    return bool(pattern("statements", "building-costs").search(words))


def _within(draft: Draft, whole: Draft) -> bool:
    """Whether the class of an amount lies within that of its whole."""
    inner, outer = draft.functional, whole.functional
    return bool(inner and outer and inner.startswith(outer) and inner != outer)


def _apart(here: Reading, draft: Draft, named: int) -> bool:
    """Whether an amount after a class is none of it: one in a reason, or what is left of a whole (其余)."""
    rest = pattern("statements", "rest").match(here.lead(draft))
    other = here.clauses.in_reason(draft.quantity.start) and not here.clauses.in_reason(named - 1)
    return bool(rest) or (other and draft.phrase is not None)
