"""Amounts to the standard and the count that they are computed from, and averages to what they divide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, meet, swapped
from mapping.document import quote
from mapping.lexicon import compiled, load, pattern
from mapping.passages import unify
from mapping.sayings import bounds
from mapping.statements import Statement
from mapping.tied import Tie, Told, counted, exact, is_amount

# Units that begin so are of many (万吨).
_SCALES = ("十", "百", "千", "万", "亿")
# A number of fewer digits is not told from another by two digits changed over.
_MANY = 4
# How many statements stand before an average in brackets: the amount and the count.
_BRACKETED = 2
# What a sentence says of sessions: how many, of how many persons, how long, for how much.
_OF_SESSIONS = ("count", "duration", "standard")


@dataclass(frozen=True, slots=True)
class _Factors:
    """The places of the only standard and the only count of some statements, and of durations beside them.

    `often` is how often so many take part.
    """

    standard: int
    heads: int
    durations: tuple[int, ...]
    often: int = 1


def tie_factors(told: Told, at: int) -> Iterator[Tie]:
    """The standard, the count and how often it is paid, of an amount that its passage computes from them."""
    one = told.all[at]
    if not is_amount(one):
        return
    found = _given(told, at) or _bracketed(told, at)
    lead = told.between(at, at + 1) if found else ""
    if found is None and (found := _before(told, at)):
        lead = told.between(at - 1, at)
    if found is None and (found := _after(told, at)):
        lead = told.between(at, at + 1)
    if found is None and (found := _changed_factors(told, at)):
        lead = told.between(at, at + 1)
    found = found or _sessions(told, at)
    times = _times(told, found, lead) if found else None
    if found and times:
        yield Tie(at, "standardFactor", found.standard)
        yield Tie(at, "headFactor", found.heads, times * found.often)


def _given(told: Told, at: int) -> _Factors | None:
    """The factors by which an amount is said to be computed right behind it (96万元，按每件200元、4800件测算)."""
    words = load("remarks")
    if at + 1 == len(told.all) or not re.search(words["computed-by"], told.between(at, at + 1)):
        return None
    last = at + 1
    while last + 1 < len(told.all) and not re.search("[。；\n]", told.between(last, last + 1)):
        last += 1
    places = range(at + 1, last + 1)
    known = all(told.all[place].kind in ("standard", "count", "duration") for place in places)
    said = unify(told.text[told.all[at].number[-1].end : told.all[last].number[-1].end])
    closed = re.match(words["computed-so"], told.behind(last).removeprefix(unify(told.all[last].unit or "")))
    return _choose(told, places) if known and closed and not re.search(words["costs-besides"], said) else None


def _bracketed(told: Told, at: int) -> _Factors | None:
    """The factors that alone stand in brackets right behind an amount (外包192万元（辅助人员32名，每人每年6万元）).

    How long the standard is paid may stand with them (劳务费86.40万元（24人，每人每月3000元，12个月）).
    """
    if at + 2 >= len(told.all) or not re.fullmatch("[百千万亿]*元（[^（）]*", told.between(at, at + 1)):
        return None
    end = told.text.find("\n", told.all[at].number[-1].end)
    inside, closed, _ = unify(told.text[told.all[at].number[-1].end : end if end >= 0 else None]).partition("）")
    plain = closed and inside.count("（") == 1 and not pattern("remarks", "costs-besides").search(inside)
    for last in (at + 2, at + 3) if plain else ():
        printed = "".join(one.printed for one in told.all[at + 1 : last + 1])
        if sum(map(str.isdigit, inside)) == sum(map(str.isdigit, printed)):
            found = _choose(told, range(at + 1, last + 1))
            return None if found and pattern("remarks", "averaged").search(told.lead(found.standard)) else found
    return None


def _before(told: Told, at: int) -> _Factors | None:
    """The factors that lead to an amount (34人，每人每月600元，全年24.48万元): back to the amount before them."""
    first = told.first_of_line(at)
    computed, between = load("remarks")["computed"], told.between(at - 1, at)
    *_, own = between.rpartition("。")
    if at == first or not (re.match if "。" in between else re.search)(computed, own):
        return None  # what begins a sentence of its own with its name is not what the one before computes
    places: list[int] = []
    for place in range(at - 1, first - 1, -1):
        apart = "；" in told.between(place, place + 1) or not told.near(place, place + 1)
        if told.all[place].kind in ("amount", "change", "rate", "share") or (apart and _choose(told, places)):
            break
        places.append(place)
    before = at - len(places) - 1
    found = None if before >= first and _given(told, before) else _choose(told, places)
    return None if found and _is_average(told, found.standard) else found


def _is_average(told: Told, at: int) -> bool:
    """Whether a standard only says what each cost of the amount right before it (购置费30万元，平均每辆15万元)."""
    amount = bool(at) and told.all[at - 1].kind == "amount" and told.near(at - 1, at)
    return amount and bool(pattern("remarks", "averaged").search(told.lead(at)))


def _after(told: Told, at: int) -> _Factors | None:
    """The factors that alone follow the only amount of a line (补助11.52万元。聘请48人，每人每月200元，12个月)."""
    last = at
    while last + 1 < len(told.all) and told.first_of_line(last + 1) <= at:
        last += 1
    rest = told.all[at + 1 : last + 1]
    if told.first_of_line(at) != at or any(one.kind in ("amount", "change", "threshold", "rate") for one in rest):
        return None
    end = told.text.find("\n", told.all[last].number[-1].end)
    line = unify(told.text[told.all[at].number[-1].end : end if end >= 0 else None])
    found = None if pattern("remarks", "costs-besides").search(line) else _choose(told, range(at + 1, last + 1))
    return None if found and pattern("remarks", "averaged").search(told.lead(found.standard)) else found


def _changed_factors(told: Told, at: int) -> _Factors | None:
    """The count and the standard right behind an amount that make it once two digits of the count change over.

    48.60万元，发放补助801人，每人每年600元, of 810.
    """
    heads, standard = at + 1, at + 2
    if standard not in told.line(at) or re.search("[。；]", told.between(at, standard)) or not _has_many(told.all[at]):
        return None
    found = _choose(told, (heads, standard))
    times = _times(told, found, told.between(at, heads)) if found else None
    averaged = pattern("remarks", "averaged").search(told.lead(standard))
    if found is None or times is None or found.heads != heads or averaged:
        return None
    number, each = told.all[heads], MULTIPLIERS[told.all[standard].unit or "元"] * told.all[standard].value * times
    least, most = bounds(told.all[at])
    meant = [value for value in (number.value, *swapped(number.printed)) if least <= each * value <= most]
    return found if len(meant) == 1 and meant != [number.value] else None


def _sessions(told: Told, at: int) -> _Factors | None:
    """The factors of sessions that an amount is for (培训6万元，举办2期，每期50人、3天，按每人每天200元执行).

    They are all that its sentence says up to a change. How many persons there are in all must be sure, and that the
    standard is what is paid, no limit.
    """
    words = load("remarks")["sessions"]
    places: list[int] = []
    for place in range(at + 1, len(told.all)):
        if told.all[place].kind not in _OF_SESSIONS or re.search("[。；\n]", told.between(place - 1, place)):
            break
        places.append(place)
    said = unify(told.text[told.all[at].number[-1].end : told.all[places[-1]].number[-1].end]) if places else ""
    sessions = [place for place in places if re.fullmatch(words["unit"], told.all[place].unit or "")]
    found = _choose(told, [place for place in places if place not in sessions])
    besides = pattern("remarks", "costs-besides").search(said)
    if found is None or len(sessions) > 1 or len(found.durations) != 1 or besides:
        return None
    paid = re.search(words["paid"], told.lead(found.standard)) and all(counted(told.all[place]) for place in sessions)
    often = int(told.all[sessions[0]].value) if sessions else 1
    if re.search(words["each"], told.lead(found.heads)):
        return replace(found, often=often) if paid and sessions else None
    return found if paid and (often == 1 or told.all[found.heads].unit == "人次") else None


def _choose(told: Told, places: Sequence[int]) -> _Factors | None:
    """The only standard and the only count among statements; None where there are more, or none.

    None of a count in a unit that is itself a number of others (12万吨): its number is not what the standard is per.
    """
    standards = [place for place in places if told.all[place].kind == "standard"]
    heads = [place for place in places if counted(told.all[place])]
    counts = [place for place in places if told.all[place].kind == "count"]
    durations = tuple(place for place in places if told.all[place].kind == "duration" and _lasts(told.all[place]))
    if len(standards) != 1 or len(heads) != 1 or len(counts) != 1 or not exact(told.all[standards[0]]):
        return None
    if (told.all[heads[0]].unit or "").startswith(_SCALES):
        return None
    return _Factors(standards[0], heads[0], durations)


def _lasts(one: Statement) -> bool:
    """Whether a duration is one in which something is paid: no age, no limit."""
    lasting = "|".join(period["lasting"] for period in load("remarks")["periods"].values())
    return one.operator == "=" and bool(re.fullmatch(lasting, one.unit or ""))


def _times(told: Told, found: _Factors, lead: str) -> int | None:
    """How often a standard is paid: as often as the words say, 12 of a monthly one in a yearly sum; None if unknown."""
    words = load("remarks")
    standard = told.all[found.standard]
    clause = unify(quote(told.text, standard.spans) + (standard.unit or ""))
    pers = {one["per"] for shape in words["per"] for one in re.finditer(shape, clause)}
    counted_in = told.all[found.heads].unit or ""
    periods = [one for one in pers if one in words["periods"] and one not in counted_in]
    if len(periods) > 1 or len(found.durations) > 1 or not pers:
        return None
    if not periods:
        return None if found.durations else 1
    paid = words["periods"][periods[0]]
    if found.durations:
        lasting = told.all[found.durations[0]]
        whole = lasting.value == int(lasting.value) and re.fullmatch(paid["lasting"], lasting.unit or "")
        return int(lasting.value) if whole and lasting.operator == "=" else None
    yearly = paid["yearly"] if re.search(words["yearly"], lead) or paid["yearly"] == 1 else None
    return int(yearly) if yearly else None


def tie_averages(told: Told, at: int) -> Iterator[Tie]:
    """The amounts and the counts of its line that an average (车均1.90万元) may divide: those of its words.

    Where its line prints no such amount before it, that which it names behind it (平均每辆3万元，运行费72万元), else
    those of all lines above, if only one thing is called so.
    """
    one = told.all[at]
    if one.kind not in ("amount", "standard") or not exact(one):
        return
    lead = told.lead(at)
    if pattern("ties", "average-unless").search(told.behind(at)) or _is_price_of_other(told, at):
        return
    if _is_one_of_kinds(told, at):
        return
    readings = (one(told, at) for one in (_bought, _bracketed_average, _slipped, _changed_over))
    found = next((one for one in readings if one), ([], []))
    for entry in load("ties")["averages"]:
        if not compiled(entry["words"]).search(lead):
            continue
        before = range(told.first_of_line(at), at)
        counts = [place for place in (*before, *_beside(told, at)) if _is_per(told, place, entry["over"])]
        amounts = [place for place in before if _divisible(told, place, at, entry["of"])]
        amounts = [place for place in amounts if told.all[place].value or not one.value]
        amounts = amounts or list(_named_behind(told, at, entry.get("named")))
        above = range(before.start) if entry.get("above") and not amounts else ()
        if led := entry.get("led"):
            counts = [place for place in counts if place == at - 1 and re.search(led, told.lead(place))]
            amounts = [place for place in amounts[-1:] if told.near(place, at)]
        amounts = amounts or [place for place in above if _divisible(told, place, at, entry["of"])]
        if amounts and counts and (not found[0] or amounts[-1] > found[0][-1]):
            found = (amounts, counts)
    yield from (Tie(at, "averageOf", place) for place in found[0])
    yield from (Tie(at, "averageOver", place) for place in found[1])


def _is_price_of_other(told: Told, at: int) -> bool:
    """Whether an average is what each of some other things costs, counted right before it (仪器2台、每台3万元)."""
    before = told.all[at - 1] if at > told.first_of_line(at) and told.near(at - 1, at) else None
    other = before is not None and counted(before) and before.measure in load("ties")["other-things"]
    return other and before is not None and told.lead(at).endswith(f"每{before.unit}")


def _is_one_of_kinds(told: Told, at: int) -> bool:
    """Whether an average is that of one of several kinds, each counted and priced in its sentence."""
    return _is_price_of_kind(told, at) and any(
        place != at and _is_price_of_kind(told, place) and told.near(*sorted((place, at))) for place in told.line(at)
    )


def _is_price_of_kind(told: Told, at: int) -> bool:
    """Whether a number is what each of the things costs that are counted right before it (轿车3辆、每辆2万元)."""
    before = told.all[at - 1] if at and told.near(at - 1, at) and counted(told.all[at - 1]) else None
    return before is not None and bool(re.fullmatch(f"{before.unit}[、，]?每{before.unit}", told.between(at - 1, at)))


def _bought(told: Told, at: int) -> tuple[list[int], list[int]] | None:
    """What vehicles cost and how many were bought, before what each cost (购置费36万元，更新2辆，每辆18万元)."""
    words, first, at_paid = load("ties"), told.first_of_line(at), at - 2
    while at_paid > first and told.all[at_paid].kind in ("change", "growth"):
        at_paid -= 1  # 购置费36万元，比上年增加9万元，更新2辆，每辆18万元
    if at_paid < first or not re.search(words["average-bought"], told.lead(at)) or not told.near(at_paid, at):
        return None
    paid, count = told.all[at_paid], told.all[at - 1]
    bought = counted(count) and count.unit == "辆" and re.search(words["average-over-unless"], told.lead(at - 1))
    own = _divisible(told, at_paid, at, ["vehicle-purchase"])
    return ([at_paid], [at - 1]) if bought and own and paid.value and count.value else None


def _bracketed_average(told: Told, at: int) -> tuple[list[int], list[int]] | None:
    """The amount before a bracket of nothing but a count and its average (伙食费9万元（学员30人，人均0.3万元）)."""
    if at < _BRACKETED or not _averages_heads(told, at):
        return None
    amount, opened = at - 2, told.between(at - 2, at - 1)
    closed = re.match("[百千万亿]*元）", told.behind(at))
    alone = is_amount(told.all[amount]) and re.fullmatch("[百千万亿]*元（[^（）\\d，；。]*", opened) and closed
    return ([amount], [at - 1]) if alone else None


def _slipped(told: Told, at: int) -> tuple[list[int], list[int]] | None:
    """An amount and a count before an average in their unit that is theirs once 元 is read as 万元, or 万元 as 元."""
    one, first = told.all[at], told.first_of_line(at)
    per = pattern("ties", "average-per").search(told.lead(at))
    counts = [place for place in range(first, at) if per and counted(told.all[place])]
    counts = [place for place in counts if told.all[place].unit == (per["per"] if per else None)]
    if len(counts) != 1 or not told.all[counts[0]].value or one.unit not in ("元", "万元"):
        return None
    amounts = [place for place in range(first, at) if is_amount(told.all[place])]
    amounts = [place for place in amounts if told.all[place].value]
    other = bounds(replace(one, unit="万元" if one.unit == "元" else "元"))
    number = told.all[counts[0]].value
    meant = [at for at in amounts if meet(bounds(told.all[at]), (other[0] * number, other[1] * number))]
    return (meant, counts) if len(meant) == 1 else None


def _changed_over(told: Told, at: int) -> tuple[list[int], list[int]] | None:
    """An amount and the count right before an average that are its own once two digits of count or average change over.

    16.43万元，补助对象1396人，人均120元 of 1369. None where the average is that of any amount of its line as printed.
    """
    before = range(told.first_of_line(at), at - 1)
    if not before or not _averages_heads(told, at):
        return None
    one, heads = told.all[at], told.all[at - 1]
    amounts = [place for place in before if is_amount(told.all[place])]
    whole = one.unit == "元" and not one.decimals  # a standard, paid as printed

    def of(average: Decimal, number: Decimal) -> list[int]:
        each = bounds(replace(one, value=average))
        least, most = (average, average) if whole else each
        return [at for at in amounts if meet(bounds(told.all[at]), (least * number, most * number))]

    if of(one.value, heads.value):
        return None
    averages = [(value, heads.value) for value in swapped(one.printed)] if _has_many(one) else []
    numbers = [(one.value, value) for value in swapped(heads.printed)] if _has_many(heads) else []
    meant = [of(*pair) for pair in (*averages, *numbers)]
    found = [places for places in meant if places]
    return (found[0], [at - 1]) if [len(one) for one in found] == [1] else None


def _averages_heads(told: Told, at: int) -> bool:
    """Whether an average is one over the count right before it in its sentence, of its unit and neither zero."""
    one, heads = told.all[at], told.all[at - 1]
    per = pattern("ties", "average-of-count").search(told.lead(at))
    if not per or not counted(heads) or not told.near(at - 1, at):
        return False
    unit = per["per"] or per["each"]
    return heads.unit in ([unit] if unit else ["人", "名"]) and min(one.value, heads.value) > 0


def _has_many(one: Statement) -> bool:
    """Whether a number has digits enough to tell it from another by two of them changed over."""
    return sum(map(str.isdigit, one.printed)) >= _MANY


def _beside(told: Told, at: int) -> Iterator[int]:
    """The statements right behind an average, to the next amount or the end of its part of the sentence."""
    for place in range(at + 1, len(told.all)):
        if told.all[place].kind == "amount" or re.search("[。；]", told.between(place - 1, place)):
            return
        yield place


def _named_behind(told: Told, at: int, name: str | None) -> Iterator[int]:
    """The first amount behind an average on its line, where its words name what the average divides."""
    behind = (place for place in told.line(at) if place > at and is_amount(told.all[place]))
    first = next(behind, None)
    if name and first is not None and re.search(name, told.lead(first)):
        yield first


def _is_per(told: Told, place: int, measures: Sequence[str]) -> bool:
    """Whether a statement counts what an average is per: not what is bought new, nor a part of it, which is no more."""
    one = told.all[place]
    divided = one.parent is not None and told.all[one.parent].value >= one.value
    named = [place, one.parent] if one.parent is not None and divided else [place]
    bought = any(pattern("ties", "average-over-unless").search(told.lead(at)) for at in named)
    return counted(one) and one.measure in measures and not bought


def _divisible(told: Told, place: int, at: int, measures: Sequence[str]) -> bool:
    one = told.all[place]
    return is_amount(one) and one.measure in measures and one.fiscal_year == told.all[at].fiscal_year
