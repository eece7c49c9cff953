"""Sentences that add to an amount what it is counted with: A万元，加上B、C，合计D (A+B+C=D)."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.amounts import MULTIPLIERS
from mapping.lexicon import load, pattern
from mapping.tied import Told, is_amount

# Of a sentence that can be read in more ways than these, some way fits any total by chance.
_WAYS = 100


@dataclass(frozen=True, slots=True)
class Added:
    """That a total is an amount with others; all are places in the list of statements.

    What only divides one of the others (加上补助收入9万元，其中：专项5万元) is none of them.
    """

    base: int
    others: tuple[int, ...]
    total: int


def read_added(told: Told) -> Iterator[Added]:
    """The totals of all sentences whose parts, the amount added to among them, are all sure.

    Where 其中 leaves it open what is added, the way to read it that comes nearest to the total.
    """
    for total in range(1, len(told.all)):
        if _sums_up(told, total) and (first := first_added(told, total)) is not None:
            others = [at for at in range(first, total) if not _in_brackets(told, first, at)]
            bases = _bases(told, first)
            if not bases or not all(is_amount(told.all[at]) for at in others):
                continue
            ways = [Added(base, tuple(way), total) for base in bases for way in _ways(told, others)]
            if ways:
                yield min(ways, key=lambda way: abs(_yuan(told, way.base, *way.others) - _yuan(told, total)))


def _yuan(told: Told, *places: int) -> Decimal:
    """What amounts come to, in 元."""
    return sum((told.all[at].value * MULTIPLIERS[told.all[at].unit or "元"] for at in places), Decimal(0))


def _ways(told: Told, others: Sequence[int]) -> Iterator[list[int]]:
    """The ways to read what is added, each without what 其中 divides, however far; none where they are many."""
    starts = [at for at in range(1, len(others)) if _divides(told, others[at - 1], others[at])]
    lists = [others[start:stop] for start, stop in itertools.pairwise([*starts, len(others)])]
    wholes = [others[start - 1] for start in starts]
    rests = [list(_rests(told, *pair)) for pair in zip(wholes, lists, strict=True)]
    if math.prod(map(len, rests)) <= _WAYS:
        head = others[: starts[0]] if starts else others
        yield from ([*head, *itertools.chain.from_iterable(way)] for way in itertools.product(*rests))


def _rests(told: Told, whole: int, listed: Sequence[int]) -> Iterator[Sequence[int]]:
    """What may stand behind the parts of `whole` that a list begins with: one part, or more that are not above it."""
    sums = itertools.accumulate(_yuan(told, at) for at in listed)
    for count, parts in enumerate(sums, 1):
        if count > 1 and parts > _yuan(told, whole):
            return
        yield listed[count:]


def _divides(told: Told, one: int, other: int) -> bool:
    """Whether the words between two amounts, but for brackets, say that what follows is part of what stands before."""
    between = re.sub("（[^（）]*）?", "", told.between(one, other))
    return bool(pattern("ties", "divides").search(between))


def first_added(told: Told, total: int) -> int | None:
    """The first amount behind 加上 that stands before a total in its sentence, the last such list; None without one."""
    words = load("ties")
    for at in range(total - 1, -1, -1):
        if not told.near(at, total) or re.search(words["takes-off"], told.lead(at)):
            return None
        if _adds(told, at):
            return at
    return None


def _adds(told: Told, at: int) -> re.Match[str] | None:
    """The words that lead on to what is added, before the number or the colon that its clause stands behind."""
    return pattern("ties", "adds").match(re.split("[，。；、（）]|(?<=[百千万亿]元)", told.before(at))[-1])


def adds_up(told: Told, at: int) -> bool:
    """Whether an amount is a total that its sentence adds up (加上…，收入合计9万元), its parts sure or not."""
    return _sums_up(told, at) and first_added(told, at) is not None


def _sums_up(told: Told, at: int) -> bool:
    return is_amount(told.all[at]) and bool(pattern("ties", "sums-up").search(told.between(at - 1, at)))


def _in_brackets(told: Told, first: int, at: int) -> bool:
    """Whether a number stands in brackets that the list opened."""
    between = told.between(first, at) if at > first else ""
    return between.count("（") > between.count("）")


def _bases(told: Told, first: int) -> Sequence[int]:
    """What others may be added to: the only amount before them in their sentence, else in the sentence before.

    Or a part of it that 其中 names. What stands in brackets is none, nor what the words before 加上 call otherwise:
    what they call so may stand anywhere before on the line.
    """
    sentence, leads = _sentence_before(told, first), _adds(told, first)
    named = leads["named"] if leads else None
    found = [at for at in sentence if not named or named in told.lead(at)]
    if named and not found:
        sentence = list(range(told.first_of_line(first), first))
        found = [at for at in sentence if named in told.lead(at)]
    found = [at for at in found if is_amount(told.all[at]) and not _in_brackets(told, sentence[0], at)]
    found = [at for at in found if not _compared(told, at)]
    wholes = [at for at in found if told.all[at].parent is None]
    parts = [at for at in found if told.all[at].parent in wholes and _divides(told, at - 1, at)]
    return [*wholes, *parts] if len(wholes) == 1 else ()


def _sentence_before(told: Told, first: int) -> list[int]:
    """The numbers before one in its sentence, or, where it begins one, those of the sentence before on its line."""
    line = range(told.first_of_line(first), first)
    own = [at for at in line if told.near(at, first)]
    return own or [at for at in line if told.near(at, line[-1])]


def _compared(told: Told, at: int) -> bool:
    """Whether an amount is only one that a rate is of (为预算141亿元的96.4%)."""
    return bool(pattern("ties", "rated").match(told.behind(at)))
