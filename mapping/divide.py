"""Merged headings to widths: how many columns each of a row's headings covers, judged by the headings below."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from mapping.lexicon import compiled, load, pattern

Run = tuple[int, ...]
# What the amounts in columns say of the headings below that stand over these: 1 that they are one group, -1 that not.
Weigh = Callable[[range], float]
_MOST_CUTS = 4
# What weighs against a cut between two headings of one kind: less than what the lexicon says.
_KIN = 0.5
# What weighs for headings of which the amounts say that one totals the others: more than the lexicon says of two.
_SUM = 2.5
# What one division is better than another by where a heading says so, not only their widths or kin.
_SURE = 0.9
_YEAR = re.compile(r"20\d\d年度?")


def divide(uppers: Sequence[str], runs: Sequence[Run], lowers: Sequence[str], weigh: Weigh) -> list[int] | None:
    """The width of each upper heading, or None when they do not fit.

    A blank below (an empty run) is merged downwards and takes one heading; a printed run takes one or more. Of all
    ways to divide the runs the likeliest is taken: a new heading begins where a label follows amounts, where the
    headings below repeat, above headings that the lexicon knows to belong to it, and so that totals stand beside what
    makes them up (`weigh`).
    """
    best = max(_divisions(uppers, runs, lowers, weigh), key=lambda found: found[0], default=None)
    return best[1] if best else None


def divides_surely(uppers: Sequence[str], runs: Sequence[Run], lowers: Sequence[str], weigh: Weigh) -> bool:
    """Whether what headings and amounts say makes one division likelier than every other, run by run."""
    ranked = sorted(_divisions(uppers, runs, lowers, weigh), key=lambda found: found[0], reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _SURE):
        return False
    if not runs:
        return True
    ends = list(itertools.accumulate(ranked[0][1]))
    return divides_surely(uppers[ends.index(max(1, len(runs[0]))) + 1 :], runs[1:], lowers, weigh)


def _divisions(
    uppers: Sequence[str], runs: Sequence[Run], lowers: Sequence[str], weigh: Weigh
) -> Iterator[tuple[float, list[int]]]:
    """Every division of the first run among `uppers` with its score, those after it in the best way."""
    if not runs:
        if not uppers:
            yield 0, []
        return
    needed = len(runs) - 1
    run, rest = runs[0], runs[1:]
    most = 1 + len(_starts([lowers[column] for column in run]))
    for count in range(1, min(most, len(uppers) - needed, _MOST_CUTS + 1) + 1):
        after = max(_divisions(uppers[count:], rest, lowers, weigh), key=lambda found: found[0], default=None)
        if after is not None:
            yield from (
                (score + after[0], sizes + after[1]) for score, sizes in _cut(run, uppers[:count], lowers, weigh)
            )


def _cut(run: Run, uppers: Sequence[str], lowers: Sequence[str], weigh: Weigh) -> Iterator[tuple[float, list[int]]]:
    """Every way to divide one run among its headings with its score."""
    if len(run) <= 1:
        yield 0, [1]
        return
    words = tuple(lowers[column] for column in run)
    begins = _beginnings(words)
    for cuts in itertools.combinations(_starts(words), len(uppers) - 1):
        ends = [run[0] + at for at in (0, *cuts, len(run))]
        summed = _SUM * sum(weigh(range(*group)) for group in itertools.pairwise(ends))
        yield _score(words, cuts, uppers, begins) + summed, [b - a for a, b in itertools.pairwise(ends)]


def _starts(words: Sequence[str]) -> list[int]:
    """Where a heading below begins, but the first; a blank in a run is covered by the heading before it."""
    return [at for at in range(1, len(words)) if words[at]]


def _beginnings(words: Sequence[str]) -> list[tuple[float, float]]:
    """For each place but the first what speaks for a heading that goes on over it, and for one that begins there."""
    labels = [is_of_kind(words[at]) for at in _owners(words)]
    found: list[tuple[float, float]] = []
    for at in range(1, len(words)):
        again = labels[at] and not labels[at - 1]
        repeats = bool(words[at]) and words[at] == words[0]
        begins = 3 * (again + repeats) + (labels[at - 1] and not labels[at])
        found.append((-2 * (again + repeats), begins - _KIN * _kinship(words[at - 1], words[at])))
    return found


def _score(
    words: tuple[str, ...], cuts: Sequence[int], uppers: Sequence[str], begins: Sequence[tuple[float, float]]
) -> float:
    groups = list(itertools.pairwise((0, *cuts, len(words))))
    score = sum(of_place[at in cuts] for at, of_place in enumerate(begins, 1))
    score += sum(_below(upper, words[start:end]) for upper, (start, end) in zip(uppers, groups, strict=True))
    widths = [end - start for start, end in groups]
    return score - (max(widths) - min(widths)) / 100


@lru_cache(maxsize=1 << 12)
def _below(upper: str, words: tuple[str, ...]) -> int:
    """How many words the lexicon puts under a heading, less those that it puts elsewhere or that come again."""
    named = [word for word in words if word]
    return sum(belongs(upper, word) for word in words) - 2 * (len(named) - len(set(named)))


def _owners(words: Sequence[str]) -> list[int]:
    """For each place below the heading that covers it: its own, or the one before where it is blank."""
    return list(itertools.accumulate((at if word else 0 for at, word in enumerate(words)), max))


@lru_cache(maxsize=1 << 12)
def belongs(upper: str, lower: str) -> int:
    """1 where the lexicon puts `lower` under `upper`, -1 where it puts it under another heading, else 0."""
    for entry in load("headings")["belongs"]:
        if compiled(entry["lower"]).search(lower):
            return 1 if compiled(entry["upper"]).search(upper) else -1
    return 0


def _kinship(one: str, other: str) -> int:
    """1 where two headings end in the same word (省级资金, 自筹资金) or are years; -1 where one of them is a year."""
    years = sum(bool(_YEAR.fullmatch(word)) for word in (one, other))
    if years:
        return 1 if years == 2 else -1
    return int(min(len(one), len(other)) > 2 and one[-2:] == other[-2:])


@lru_cache(maxsize=1 << 12)
def is_of_kind(words: str, kinds: tuple[str, ...] = ("label", "code", "sequence")) -> bool:
    """Whether a heading is of one of some kinds of headings.yaml, else over names, codes or numbers of rows."""
    return any(pattern("headings", "kinds", kind).search(words) for kind in kinds)
