"""Names that differ by one character, or by the order of two, without anything that shows that they are two."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from mapping.document import fold
from mapping.lexicon import load, pattern

_OUTER = re.compile("[《》〈〉“”\"'（）()、，,·\\s-]")


def near_pairs(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of each two names that are near each other, the earlier one first."""
    folded = [_OUTER.sub("", fold(name)) for name in names]
    for one, other in itertools.combinations(range(len(names)), 2):
        if folded[one] != folded[other] and are_near(folded[one], folded[other]):
            yield one, other


def are_near(one: str, other: str) -> bool:
    """Whether two names differ by a single character, put in, left out or replaced, or by two that changed places.

    Numbers, years, sides and levels tell two things apart, and so do characters of opposite or different matters. Words
    that join what a name lists (和, 及) make no difference.

    >>> are_near("离休干部遗属补助", "离休干部遗孀补助"), are_near("道路维修一期工程", "道路维修二期工程")
    (True, False)
    """
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < load("likeness")["shortest"]:
        return False
    left, right = difference(one, other)
    if _ends(one, left) and _ends(other, right):
        return False
    if pattern("likeness", "joins").fullmatch(left + right):
        return False
    if len(left) == len(right) == 2 and left == right[::-1]:
        return not _apart(left)
    return len(left) <= 1 and len(right) <= 1 and not _apart(left + right)


def difference(one: str, other: str) -> tuple[str, str]:
    """What is left of two names without what they begin and end with alike."""
    start = common_start(one, other)
    end = common_start(one[start:][::-1], other[start:][::-1])
    return one[start : len(one) - end], other[start : len(other) - end]


def _ends(name: str, rest: str) -> bool:
    """Whether `rest` is the last character of a name and says what kind of body it is."""
    return name.endswith(rest) and bool(pattern("likeness", "bodies").fullmatch(rest))


def common_start(one: str, other: str) -> int:
    """How many characters two strings begin with alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _apart(characters: str) -> bool:
    """Whether the characters that differ show that two things are meant."""
    if pattern("likeness", "two").search(characters):
        return True
    return any(set(characters) <= set(pair) for pair in load("likeness")["pairs"])


def abridges(short: str, name: str) -> bool:
    """Whether all characters of one name stand in another one in their order.

    >>> abridges("洮阳县委老干局", "中共洮阳县委老干部局"), abridges("洮阳县委组织部", "中共洮阳县委老干部局")
    (True, False)
    """
    rest = iter(name)
    return all(character in rest for character in short)
