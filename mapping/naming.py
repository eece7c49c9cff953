"""Words around a number to its subject: what, or whom, it is said of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapping.drafts import Draft, Reading
from mapping.governed import names_level
from mapping.lexicon import load, pattern
from mapping.narrate import names_none
from mapping.phrases import Phrase, after, before
from mapping.relating import completes, respectively

# What a summary of a self-evaluation says of its project.
_OF_PROJECT = ("amount", "rate", "score")


def find_subject(here: Reading, draft: Draft) -> None:
    if draft.kind == "threshold":
        draft.subject = after(here.text, draft.quantity.stop) or draft.phrase
    elif draft.kind in ("growth", "share", "rate") or not _is_specific(here, draft):
        draft.subject = _noun(here, draft)
    own = draft.kind == "change" and draft.label
    if some := _respective(here, draft):
        draft.subject = some
    if draft.subject is None and _is_said_of_base(draft) and draft.base and not own:
        draft.subject = _of_base(here, draft)
        if draft.subject:
            draft.reasons.append("said of the amount before it")
    if before := here.changed(draft):
        draft.subject = before.subject
    elif draft.like and completes(here, draft):  # the budget of the very thing (税收收入8万元，完成预算9万元的89%)
        draft.subject = draft.like.subject
    elif some := _some(here, draft) or _place_before(here, draft):
        draft.subject = some
    if appraised := _appraised(here, draft):
        draft.subject = appraised
    if draft.subject is None and (counted := _counted(here, draft)):
        draft.subject = counted.subject
        draft.reasons.append("cost of what is counted before it")
    if draft.subject is None:
        draft.subject = _body(here, draft)


def _is_said_of_base(draft: Draft) -> bool:
    """Whether a number is said of another: a change or rate, or an amount that is compared with it."""
    return draft.kind in ("growth", "share", "change", "rate") or draft.compared_with


def _is_specific(here: Reading, draft: Draft) -> bool:
    """Whether the measure itself says what is counted, so that the subject is whose it is."""
    classed = draft.functional or draft.named
    if draft.kind in ("amount", "change") and draft.phrase and not draft.term and not classed:
        return False
    if draft.measure in load("statements")["narrow-subjects"]:
        own = here.text[slice(*draft.term)] if draft.term else ""
        return bool(pattern("statements", "base-terms").fullmatch(own)) if own else not draft.phrase
    return draft.measure not in load("statements")["open-measures"] and not _names_bodies(here, draft)


def _names_bodies(here: Reading, draft: Draft) -> bool:
    """Whether a measure is named as that of some bodies or of a trade (教育行业资产总额)."""
    some = load("keys")["some-of"].get(draft.measure)
    named = bool(draft.phrase and draft.term and draft.phrase.start < draft.term[0])
    return named and bool(some and re.search(some, here.phrase(draft)))


def _noun(here: Reading, draft: Draft) -> Phrase | None:
    """The noun phrase before a number, or behind it (37名困难职工)."""
    quantity = draft.quantity
    if quantity.kind == "ratio":
        lead = here.lead(draft)
        done = pattern("statements", "done").search(lead) or pattern("statements", "of-its-budget").fullmatch(lead)
        return None if draft.kind == "rate" and done else draft.phrase
    if pattern("statements", "rest").match(here.lead(draft)):
        return _use(here, draft)
    if _ends_list(here, draft):
        return None
    behind = after(here.text, quantity.stop)
    if behind and pattern("statements", "base-terms").fullmatch(here.text[slice(*behind.place)].partition("的")[0]):
        behind = None
    if quantity.kind == "money" and behind:
        funds = pattern("statements", "funds").search(here.text[behind.start : behind.end])
        return behind if funds else draft.phrase
    if behind and quantity.kind in load("statements")["noun-behind"]:
        return behind
    words = here.text[slice(*draft.phrase.place)] if draft.phrase else ""
    bare = pattern("statements", "units-of").fullmatch(words)
    joins = words and pattern("statements", "joined").match(words, len(words) - 1)  # 资金和9项: of what stands behind
    return None if bare or joins else draft.phrase


def _ends_list(here: Reading, draft: Draft) -> bool:
    """Whether the phrase before a number of bodies is the last of those that it counts (甲中心、乙中心3家单位)."""
    phrase = draft.phrase
    if phrase is None or not _counts_bodies(here, draft):
        return False
    joined = pattern("statements", "joined").search(here.text, phrase.start, phrase.end)
    listed = here.text[max(phrase.start - 1, 0)] == "、" or joined is not None
    return listed and not _is_next_kind(here, draft, phrase)


def _is_next_kind(here: Reading, draft: Draft, phrase: Phrase) -> bool:
    """Whether a number counts bodies of one kind right behind a number of those of another (1家机关和2家事业单位)."""
    last, kind = here.drafts[-1] if here.drafts else None, after(here.text, draft.quantity.stop)
    beside = last is not None and last.kind == "count" and last.quantity.stop == phrase.start
    joined = beside and re.search("[和及与]$", here.text[slice(*phrase.place)])
    return bool(joined and kind and re.search("..(?:单位|机构|机关)$", here.text[slice(*kind.place)]))


def _counts_bodies(here: Reading, draft: Draft) -> bool:
    behind = pattern("statements", "bodies-counted").match(here.text, draft.quantity.stop)
    return draft.measure == "budget-units" or behind is not None


def _respective(here: Reading, draft: Draft) -> Phrase | None:
    """The name of one of several rates or amounts, each of its own (甲、乙分别增长3%、5%), or None."""
    apart = respectively(here, draft) if draft.kind in ("growth", "rate", "amount", "share", "standard") else None
    if apart is None or draft.measure not in load("statements")["open-measures"]:
        return None
    first = here.quantities[here.quantities.index(draft.quantity) - apart[0]]
    start = here.clauses.back_to(first.start, "，。！？；：")
    shared = here.text.rfind("占", start, first.start) if draft.kind == "share" else -1
    shared = here.text.rfind("分别", start, first.start) if shared < 0 else shared
    phrase = before(here.text, start, first.start if shared < 0 else shared, names=apart[1])
    if phrase is None:
        return None
    joints = list(pattern("statements", "joined").finditer(here.text, phrase.start, phrase.end))
    if len(joints) >= apart[1]:  # 教育、社会保障和就业、卫生健康: 和 is part of a name, but perhaps the last
        marks = [one for one in joints if one[0] == "、"]
        joints = marks if len(marks) + 1 == apart[1] else [*marks, *joints[-1:]]
    starts, ends = [phrase.start, *(one.end() for one in joints)], [*(one.start() for one in joints), phrase.end]
    return Phrase(starts[apart[0]], ends[apart[0]]) if len(starts) == apart[1] else None


def _of_base(here: Reading, draft: Draft) -> Phrase | None:
    base = draft.base
    while base and base.base and not base.label:
        base = base.base
    named = base
    while named and named.like and not named.label:
        named = named.like
    if named and named.term:
        base = named
    if base is None or base.passage is not here.passage:
        return None
    if draft.kind == "change" or draft.compared_with:
        return base.subject
    return Phrase(*base.label) if base.label else base.subject


def _use(here: Reading, draft: Draft) -> Phrase | None:
    """What an amount is for, by the words behind it (其余345万元用于产业发展)."""
    found = pattern("statements", "use").match(here.text, draft.quantity.stop)
    return Phrase(found.end(), draft.clause[1]) if found and found.end() < draft.clause[1] else None


def _some(here: Reading, draft: Draft) -> Phrase | None:
    """The few, counted at the head of the clause, that an amount is of (三所学校年末结余52万元)."""
    last = here.drafts[-1] if here.drafts else None
    if last is None or last.kind != "count" or draft.kind != "amount" or last.quantity.start != draft.clause[0]:
        return None
    found = pattern("statements", "some").match(here.text, last.quantity.stop, draft.quantity.start)
    return Phrase(last.quantity.start, found.end()) if found and last.clause == draft.clause else None


def _place_before(here: Reading, draft: Draft) -> Phrase | None:
    """The place before a colon whose money an amount is (白石区：扶贫资金5万元)."""
    if draft.kind != "amount" or not here.text.endswith("：", 0, draft.clause[0]):
        return None
    found = pattern("statements", "place-before").search(here.text[: draft.clause[0]])
    return Phrase(*found.span("place")) if found else None


def _appraised(here: Reading, draft: Draft) -> Phrase | None:
    """The project whose self-evaluation is summed up (渔港建设项目绩效自评综述：执行数8万元); None of another noun."""
    *_, found = [None, *pattern("forms", "appraised").finditer(here.text, 0, draft.quantity.start)]
    said = found and draft.kind in _OF_PROJECT and pattern("forms", "of-appraised").search(here.lead(draft))
    return Phrase(*found.span("name")) if found and said and not names_none(found["name"]) else None


def _counted(here: Reading, draft: Draft) -> Draft | None:
    """The count that an amount is the cost of (轿车0辆、金额0万元)."""
    last = here.drafts[-1] if here.drafts else None
    if last is None or last.kind != "count" or draft.kind != "amount":
        return None
    words = here.text[last.quantity.stop : draft.quantity.start]
    return last if pattern("statements", "cost-of").fullmatch(words) else None


def _is_counted(here: Reading, draft: Draft, office: Phrase) -> bool:
    """Whether an office only stands in the list of those that a number counts (设法制处12个内设机构, 甲镇等5个单位).

    Also before a comma (包括甲中心、乙中心，2个所属单位).
    """
    between = here.text[office.end : draft.quantity.start]
    in_clause = office.start >= here.clauses.back_to(draft.quantity.start, "，。！？；：")
    sets_up = pattern("statements", "sets-up").match(between)
    counted = between in ("等", "等共") or (draft.measure == "divisions" and not sets_up)
    beside = "、" in (here.text[office.end], here.text[max(office.start - 1, 0)])
    return draft.kind == "count" and ((in_clause and counted) or (beside and _counts_bodies(here, draft)))


def _is_above(here: Reading, office: Phrase) -> bool:
    """Whether an office only says whose unit another is (某院为某局的下属单位), or gives us (某厅核定我县…)."""
    led = pattern("statements", "unit-of").search(here.text[: office.start])
    below = led and pattern("statements", "unit-below").match(here.text, office.end)
    return bool(below or pattern("statements", "gives-us").match(here.text, office.end))


def _is_beside_units(here: Reading, office: Phrase) -> bool:
    """Whether an office stands beside the units of a body (某局本部以及下属4家单位), so that it has none of them."""
    return bool(pattern("statements", "beside-units").match(here.text, office.end))


def _of_several(here: Reading, draft: Draft, named: Sequence[Phrase]) -> Phrase | None:
    """The last of some organisations; of several that are named together the one in the place of a number, or all.

    All are the publisher where it is one of them (某局及下属某中心支出9万元); none if a sentence before lists them.
    """
    together = [named[-1]]
    for one in reversed(named[:-1]):
        if not pattern("statements", "body-beside").fullmatch(here.text[one.end : together[0].start]):
            break
        together.insert(0, one)
    apart = respectively(here, draft)
    if apart and apart[1] == len(together):
        return together[apart[0]]
    own = (one for one in together if one.name == here.bodies.publisher)
    listed = len(together) > 1 and named[-1].start < here.clauses.sentence(draft.quantity.start)
    return next(own, None if listed else named[-1])


def _body(here: Reading, draft: Draft) -> Phrase | None:
    """The organisation named last before the number; in a form its project; else the publisher."""
    sentence = here.clauses.sentence(draft.quantity.start)
    earlier = [one for one in here.named if one.end <= draft.quantity.start and not _is_above(here, one)]
    earlier = [one for one in earlier if not (_is_counted(here, draft, one) or _is_beside_units(here, one))]
    if here.bodies.publisher:  # of a place it tells in one sentence, then again of itself
        earlier = [one for one in earlier if one.start >= sentence or not names_level(one.name or "")]
    if earlier and (one := _of_several(here, draft, earlier)):
        if earlier[-1].start < sentence:
            draft.reasons.append("organisation named in a sentence before")
        return one
    form = here.passage.form
    name = form.name if form and form.name else here.bodies.publisher
    if name is None:
        return None
    draft.reasons.append("of the form's project" if form and form.name else "of the publisher")
    return Phrase(-1, -1, name)
