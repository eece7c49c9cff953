"""Citations of one document to those that cannot both be right: a title with two numbers, a number with two titles."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from mapping.bases import Cited
from mapping.cited import PAST
from mapping.lexicon import pattern
from mapping.rivals import NEAR, differ_by_one
from mapping.titles import SPECIFIC, carried_titles, difference, is_yearly, likeness, marks, normal, year_of

_NUMBERED = ("docnum", "decree")
_ORDER = "decree"
# Titles of two years under one serial name one document though they are short.
_SHORTEST = 6


def contradictions(citations: Sequence[Cited]) -> Iterator[tuple[Cited, Cited]]:
    """Pairs of citations, each of the first with its number and title, that contradict each other."""
    first: dict[tuple[str, str], Cited] = {}
    for cited in citations:
        said = cited.mention
        if said.kind in _NUMBERED and said.doc_number and said.title and not said.reason and cited.names:
            first.setdefault((said.doc_number, normal(said.title)), cited)
    seen: set[frozenset[str]] = set()
    for ((number, title), one), ((other_number, other_title), other) in itertools.combinations(first.items(), 2):
        numbers = frozenset((number, other_number))
        rivals = _rival_titles(title, other_title) if number == other_number else _rival_numbers(one, other)
        if rivals and numbers not in seen:
            seen.add(numbers)
            yield one, other


def _rival_titles(title: str, other: str) -> bool:
    """Whether two titles of one number are more than two ways to print one: neither is part of the other."""
    if min(len(title), len(other)) < SPECIFIC or _is_part(title, other) or _is_part(other, title):
        return False
    return not {title, *carried_titles(title)} & {other, *carried_titles(other)}


def _is_part(title: str, other: str) -> bool:
    """Whether `other` has all characters of `title`, in any order (办法试行 and 试行办法)."""
    return not Counter(title) - Counter(other)


def _rival_numbers(one: Cited, other: Cited) -> bool:
    """Whether two numbers of one agency code bear what is one title, not a sibling's and none that comes every year.

    None of which the text says that the other took its place. Of two years only where the serial is the same: a
    document issued anew gets another one. What comes every year
    counts there too where the title says of which year it is.
    """
    names, others = one.names, other.names
    if names is None or others is None or names.code != others.code or _is_past(one) or _is_past(other):
        return False
    if one.mention.kind == _ORDER:
        return _is_swapped(one, other)
    if names.year != others.year and names.serial != others.serial:
        return False
    title, other_title = normal(one.mention.title or ""), normal(other.mention.title or "")
    dated = names.year != others.year and year_of(title)
    if (is_yearly(title) and not dated) or marks(title) != marks(other_title):
        return False
    if names.year != others.year:
        return title == other_title and len(title) >= _SHORTEST and not pattern("legal", "generic").search(title)
    return _are_one(title, other_title, misprint=differ_by_one(names.serial or "", others.serial or ""))


def _is_past(cited: Cited) -> bool:
    """Whether the text says that another document took the place of one."""
    return cited.validity in PAST


def _is_swapped(one: Cited, other: Cited) -> bool:
    """Whether two orders bear one title and the digits of one number: an act amended by another order has two."""
    serials = [cited.names.serial or "" for cited in (one, other) if cited.names]
    same = normal(one.mention.title or "") == normal(other.mention.title or "")
    return same and sorted(serials[0]) == sorted(serials[-1]) and "".join(serials) != ""


def _are_one(title: str, other_title: str, *, misprint: bool) -> bool:
    """Whether two titles of numbers of one year are one, or nearly so where the serial may be a misprint."""
    if min(len(title), len(other_title)) < SPECIFIC or title == other_title:
        return min(len(title), len(other_title)) >= SPECIFIC
    near = likeness(title, other_title) >= NEAR and difference(title, other_title) == "slip"
    return near and misprint
