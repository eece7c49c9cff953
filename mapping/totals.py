"""Totals to the numbers before them that they sum up."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from mapping.adding import first_added
from mapping.lexicon import load, pattern
from mapping.measures import measures
from mapping.statements import Statement
from mapping.tied import Tie, Told, counted, in_one_unit, is_amount

# A list of fewer amounts than these may leave out what its total takes in.
_PLAIN = 3


def tie_total(told: Told, at: int) -> Iterator[Tie]:
    """A number to those that it is the total of; none of what is no total."""
    if at:
        yield from _summed(told, at)
        yield from _summed_by_name(told, at)
        yield from _summed_by_noun(told, at)
        yield from _summed_behind_colon(told, at)


def _summed(told: Told, at: int) -> Iterator[Tie]:
    """A total to the numbers listed right before it (在编486人、合同制374人，合计860人)."""
    whole = told.all[at]
    if not (counted(whole) or is_amount(whole)):
        return
    if not pattern("ties", "sums-up").search(told.between(at - 1, at)) or first_added(told, at) is not None:
        return
    listed, spoken = (_run(told, at, joined) for joined in ("lists", "sums"))
    if len(listed) > 1 and listed == spoken and not _goes_on(told, listed):
        yield from (Tie(at, "dividedInto", part) for part in reversed(listed))


def _goes_on(told: Told, listed: Sequence[int]) -> bool:
    """Whether a list is not all that its total may sum up.

    A bracket ends in it, whose numbers only divide one of them (9万元（甲4万元）、2万元), or it goes on with what the
    sentence before tells (。同时，上解支出2万元、还本支出1万元，支出合计9万元).
    """
    between = (told.between(one, other) for other, one in itertools.pairwise(listed))
    divided = any(re.match("[^（]*）", words) for words in between)
    return divided or bool(pattern("ties", "goes-on").search(told.before(listed[-1])))


def _summed_by_name(told: Told, at: int) -> Iterator[Tie]:
    """A total of posts or staff to those of each kind of body before it in its sentence, what else is counted aside.

    行政编制21名，实有20人；事业编制45名，实有43人；合计在职63人.
    """
    words, whole = load("ties"), told.all[at]
    named = counted(whole) and whole.measure in words["summed-over"]
    if not named or not re.search(words["sums-up-named"], told.between(at - 1, at)):
        return
    before = [place for place in range(at) if told.near(place, at)]
    parts = [place for place in before if told.all[place].measure == whole.measure]
    parents = {told.all[place].parent for place in parts} | {whole.parent}
    sure = len(parts) > 1 and len(parents) == 1 and all(counted(told.all[place]) for place in parts)
    if sure and not any(told.all[place].measure in words["kinds-of-staff"] for place in before):
        yield from (Tie(at, "dividedInto", part) for part in parts)


def _summed_by_noun(told: Told, at: int) -> Iterator[Tie]:
    """A total to all amounts of its sentence before it, each called what it is the total of, the counts aside.

    房屋900平方米，价值50万元；车辆2辆，价值30万元；家具价值9万元，合计价值89万元.
    """
    noun = re.search(load("ties")["sums-up-noun"], told.between(at - 1, at)) if is_amount(told.all[at]) else None
    before = range(told.first_of_line(at), at)
    parts = [place for place in before if told.near(place, at) and not counted(told.all[place])]
    called = all(is_amount(told.all[one]) and noun and told.lead(one).endswith(noun["noun"]) for one in parts)
    if noun and called and len(parts) >= _PLAIN and not any(re.search("其中|[共总]", told.lead(one)) for one in parts):
        yield from (Tie(at, "dividedInto", part) for part in parts)


def _summed_behind_colon(told: Told, at: int) -> Iterator[Tie]:
    """A total to all amounts of a plain list that a colon opens (支出：水费1元，电费2元，房租5元，合计支出8元)."""
    words, listed = load("ties"), [at - 1]
    if not re.fullmatch(words["sums-up-listed"], told.between(at - 1, at)):
        return
    start = told.first_of_line(at)
    while (first := listed[-1]) > start and re.fullmatch(words["listed"], told.between(first - 1, first)):
        listed.append(first - 1)
    opened = re.search(words["list-opens"], told.before(first))
    alone = first == start or not told.near(first - 1, first)
    sides = {measures()[told.all[place].measure].character for place in (*listed, at)} - {None}
    amounts = all(is_amount(told.all[place]) for place in (*listed, at))
    if opened and alone and amounts and len(listed) >= _PLAIN and len(sides) < 2:
        yield from (Tie(at, "dividedInto", part) for part in reversed(listed))


def _run(told: Told, at: int, joined: str) -> list[int]:
    """The numbers of one kind before a total that are joined as `joined` says, the last first."""
    whole = told.all[at]
    found: list[int] = []
    for place in range(at - 1, told.first_of_line(at) - 1, -1):
        one = told.all[place]
        same = one.kind == whole.kind and one.operator == "=" and one.low is None and in_one_unit(one, whole)
        same = same and (not found or _counts_posts(one) == _counts_posts(told.all[found[0]]))
        if not same or (found and not pattern("ties", joined).search(told.between(place, found[-1]))):
            break
        found.append(place)
    return found


def _counts_posts(one: Statement) -> bool:
    return one.measure in ("authorised-posts", "vehicle-posts", "leaders")
