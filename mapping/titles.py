"""Titles of legal documents to what two of them have in common: normal form, likeness, and in what they differ.

Likeness is the share of characters in the longest common subsequence, 2·|LCS| / (|a| + |b|): symmetric, exact, and
blind to nothing but order. Patterns are in `data/legal.yaml`, carriers in `data/bases.yaml`.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache

from mapping.docnumber import SIMPLIFIED
from mapping.document import normal_name
from mapping.lexicon import load, pattern

# Shorter titles are shared by documents that have nothing else in common.
SPECIFIC = 10
_CACHED = 1 << 16
_WIDE = str.maketrans("()", "（）")
_MOST_LAYERS = 4


@lru_cache(maxsize=_CACHED)
def normal(title: str) -> str:
    """A title as titles are compared: NFKC, simplified, without whitespace, signs of quotation, issuers before 关于.

    >>> normal("山西省总工会、山西省财政厅关于印发《工会经费管理办法（试行）》的通知")
    '关于印发工会经费管理办法(试行)的通知'
    """
    words = normal_name(title).translate(SIMPLIFIED)
    words = "".join(one for one in words if one not in load("legal")["signs"])
    return pattern("legal", "issuers").sub("", words)


def stateless(title: str) -> str:
    """A normal title without the name of the state, with or without which it is one title."""
    return pattern("legal", "state").sub("", title)


def is_specific(title: str) -> bool:
    """Whether a normal title is long enough and of a subject of its own, so that it names one document."""
    return len(title) >= SPECIFIC and not pattern("legal", "generic").search(title)


@lru_cache(maxsize=_CACHED)
def carried_titles(title: str) -> tuple[str, ...]:
    """What a normal title carries, outermost first, each in normal form; empty for a title that carries none.

    >>> carried_titles("关于转发财政部关于印发差旅费管理办法的通知的通知")
    ('关于印发差旅费管理办法的通知', '差旅费管理办法')
    """
    found: list[str] = []
    while len(found) < _MOST_LAYERS and (inner := _carried(found[-1] if found else title)):
        found.append(inner)
    return tuple(found)


def _carried(title: str) -> str | None:
    wide = title.translate(_WIDE)
    for entry in load("bases")["carriers"]:
        if found := re.match(entry["title"], wide):
            inside = title[slice(*found.span("carried"))]
            return normal(inside) if pattern("bases", "carried").search(inside.translate(_WIDE)) else None
    return None


# --- what makes documents of one kind different ---


@lru_cache(maxsize=_CACHED)
def marks(title: str) -> tuple[str, ...]:
    """The years, months, ordinals and digits of a normal title, in order.

    >>> marks("关于下达2023年第二批工会经费的通知")
    ('2023年', '第二批')
    """
    return tuple(pattern("legal", "marks").findall(title))


@lru_cache(maxsize=_CACHED)
def stem(title: str) -> str:
    """A normal title without its marks and its frame: what the documents of a series share.

    >>> stem("关于下达2023年第二批工会经费的通知")
    '下达工会经费'
    """
    return pattern("legal", "frame").sub("", pattern("legal", "marks").sub("", title))


def year_of(title: str) -> int | None:
    """The last year that a normal title prints in digits."""
    years = [found for mark in marks(title) for found in pattern("legal", "year").findall(mark)]
    return int(years[-1]) if years else None


def sends_money(title: str) -> bool:
    """Whether a normal title is of a document that sends money, of which one body issues many a year."""
    return bool(pattern("legal", "money").search(title))


def is_yearly(title: str) -> bool:
    """Whether a normal title is of a document that comes again every year."""
    return sends_money(title) or bool(pattern("legal", "yearly").search(title))


def difference(one: str, other: str) -> str:
    """In what two normal titles that are nearly the same differ: `none`, `marks`, `subject` or `slip`.

    `marks`: only siblings print other years or ordinals. `subject`: a word of two or more characters stands for
    another one, a word of the lexicon makes it another document (补充, 提前; 小学 and 中学), or both send money, for
    whatever is named otherwise. `slip`: characters were added, left out or moved, or one is another, as in careless
    quotations of one title.
    """
    if one == other:
        return "none"
    if marks(one) != marks(other):
        return "marks"
    return "subject" if _another_subject(*sorted((one, other))) else "slip"


def _another_subject(one: str, other: str) -> bool:
    if sends_money(one) and sends_money(other):
        return True
    if any((word in one) != (word in other) for word in load("legal")["turns"]):
        return True
    for words in load("legal")["contrasts"]:
        said, said_there = ({word for word in words if word in title} for title in (one, other))
        if said and said_there and said != said_there:
            return True
    changes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return any(tag == "replace" and min(b - a, d - c) > 1 for tag, a, b, c, d in changes)


# --- likeness ---


def likeness(one: str, other: str) -> Fraction:
    """How much of two titles is common, in order, from 0 to 1; the same either way round.

    >>> likeness("工会经费", "工会的经费")
    Fraction(8, 9)
    """
    if not one and not other:
        return Fraction(1)
    return Fraction(2 * _common(one, other), len(one) + len(other))


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence, by bit vectors (H. Hyyrö, Bit-parallel LCS-length, 2004)."""
    places: dict[str, int] = defaultdict(int)
    for at, character in enumerate(one):
        places[character] |= 1 << at
    full = (1 << len(one)) - 1
    row = full
    for character in other:
        match = row & places.get(character, 0)
        row = ((row + match) | (row - match)) & full
    return len(one) - row.bit_count()


def near_pairs(titles: Collection[str], least: Fraction) -> Iterator[tuple[str, str, Fraction]]:
    """Each pair of different titles whose likeness is `least` or more, with it; the lesser title first.

    No pair is lost, and few others are looked at: two titles that are so alike share one of the rarest characters of
    each, as many as its length leaves open (prefix filtering of similarity joins, Chaudhuri et al. 2006). The cost
    grows with the titles times those that share a rare character, not with all pairs.
    """
    counts = Counter(itertools.chain.from_iterable(set(title) for title in titles))
    holders: dict[tuple[str, int], list[str]] = defaultdict(list)
    for title in sorted(titles):
        rare = _rarest(title, counts, least)
        for other in sorted({one for item in rare for one in holders[item]}):
            if _may_be(title, other, least) and (alike := likeness(other, title)) >= least:
                yield other, title, alike
        for item in rare:
            holders[item].append(title)


def _rarest(title: str, counts: Counter[str], least: Fraction) -> Sequence[tuple[str, int]]:
    """The rarest characters of a title, one of which every title so alike has; a repeated one counts anew."""
    seen: Counter[str] = Counter()
    items = []
    for character in title:
        items.append((character, seen[character]))
        seen[character] += 1
    items.sort(key=lambda item: (counts[item[0]], item))
    common = math.ceil(len(title) * least / (2 - least))
    return items[: len(title) - common + 1]


def _may_be(one: str, other: str, least: Fraction) -> bool:
    """Whether two lengths allow the likeness at all."""
    return 2 * min(len(one), len(other)) >= least * (len(one) + len(other))
