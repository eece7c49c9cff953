"""Sentences that add to an amount what it is counted with: A万元，加上B、C，合计D (A+B+C=D)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mapping.lexicon import load
from mapping.tied import Told, exact


@dataclass(frozen=True, slots=True)
class Added:
    """That a total is an amount with others; all are places in the list of statements."""

    base: int
    others: tuple[int, ...]
    total: int


def read_added(told: Told) -> Iterator[Added]:
    """The totals of all sentences whose parts, the amount added to among them, are all sure."""
    for total in range(1, len(told.all)):
        if _sums_up(told, total) and (first := first_added(told, total)) is not None:
            others = [at for at in range(first, total) if not _in_brackets(told, first, at)]
            base = _base(told, first)
            if base is not None and all(_is_amount(told, at) for at in others):
                yield Added(base, tuple(others), total)


def first_added(told: Told, total: int) -> int | None:
    """The first amount behind 加上 that stands before a total in its sentence, the last such list; None without one."""
    words = load("ties")
    for at in range(total - 1, -1, -1):
        if not told.near(at, total) or re.search(words["takes-off"], told.lead(at)):
            return None
        if re.match(words["adds"], told.lead(at)):
            return at
    return None


def _sums_up(told: Told, at: int) -> bool:
    return _is_amount(told, at) and bool(re.search(load("ties")["sums-up"], told.between(at - 1, at)))


def _is_amount(told: Told, at: int) -> bool:
    return told.all[at].kind == "amount" and exact(told.all[at])


def _in_brackets(told: Told, first: int, at: int) -> bool:
    """Whether a number stands in brackets that the list opened."""
    between = told.between(first, at) if at > first else ""
    return between.count("（") > between.count("）")


def _base(told: Told, first: int) -> int | None:
    """The amount that others are added to: the only one before them in their sentence, else in the sentence before.

    What a list divides it into is none, nor what stands in brackets.
    """
    sentence = _sentence_before(told, first)
    found = [at for at in sentence if _is_amount(told, at) and told.all[at].parent is None]
    found = [at for at in found if not _in_brackets(told, sentence[0], at) and not _compared(told, at)]
    return found[0] if len(found) == 1 else None


def _sentence_before(told: Told, first: int) -> list[int]:
    """The numbers before one in its sentence, or, where it begins one, those of the sentence before on its line."""
    line = range(told.first_of_line(first), first)
    own = [at for at in line if told.near(at, first)]
    return own or [at for at in line if told.near(at, line[-1])]


def _compared(told: Told, at: int) -> bool:
    """Whether an amount is only one that a rate is of (为预算141亿元的96.4%)."""
    return bool(re.match(load("ties")["rated"], told.behind(at)))
