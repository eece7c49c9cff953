"""Statements to the numbered headings of their section, by the lines of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from mapping.document import fold
from mapping.lexicon import pattern
from mapping.statements import Statement

_NUMERAL = "[一二三四五六七八九十]+"
_HEADING = re.compile(
    rf"(?m)^[\s#*]*(?:{_NUMERAL}[、.]|[(（]{_NUMERAL}[)）])(?P<words>[^。；\n]{{2,50}})(?:(?<=情况)。)?$"
)
_NUMBERED = re.compile(rf"[\s#*]*(?:(?:{_NUMERAL}|\d{{1,2}})[、.．](?!\d)|[（(](?:{_NUMERAL}|\d{{1,2}})[)）])")
# How far before a statement, in code points, the heading of its section may stand, and of one that lists all classes.
_SECTION, _LISTING = 2000, 12000
# A line that begins a part of the document, where no heading above rules any more.
_PART = re.compile(rf"(?m)^[\s#*]*第{_NUMERAL}(?:部分|章|篇)[^。；\n]{{0,60}}$")


def headings_above(statement: Statement, text: str) -> Sequence[str]:
    """The words of the last numbered heading above a statement, in its section.

    Before them those that its own numbered line begins with, which the heading is above in another numbering
    (（一）按性质分：基本支出9万元, below 二、支出情况).
    """
    end = statement.number[0].start
    start = text.rfind("\n", 0, end) + 1
    own = _HEADING.match(text, start, end)
    headings = _above(text, start, end - (_LISTING if statement.functional_class else _SECTION))
    above = (one for one in headings if own is None or _is_bracketed(one) != _is_bracketed(own))
    return [fold(one["words"]) for one in (own, next(above, None)) if one]


def is_set_apart(statement: Statement, text: str) -> bool:
    """Whether a line above a statement, below the last numbered one, sets what follows apart (剔除高新区后：)."""
    end = statement.number[0].start
    lines = reversed(text[max(0, end - _SECTION) : end].splitlines())
    near = takewhile(lambda line: not _NUMBERED.match(line), lines)
    return any(pattern("keys", "scope-line").search(fold(line)) for line in near)


def _above(text: str, start: int, first: int) -> Iterator[re.Match[str]]:
    """The numbered headings above a line, in its part of the document and behind `first`, the nearest first."""
    headings, starts, parts = _outline(text)
    part = parts[at - 1] if (at := bisect_left(parts, start)) else 0
    return reversed(headings[bisect_left(starts, max(part, first)) : bisect_left(starts, start)])


@lru_cache(maxsize=4)
def _outline(text: str) -> tuple[Sequence[re.Match[str]], Sequence[int], Sequence[int]]:
    """The numbered headings of a text, where each begins, and where its parts do."""
    headings = tuple(_HEADING.finditer(text))
    return headings, [one.start() for one in headings], [one.start() for one in _PART.finditer(text)]


def _is_bracketed(heading: re.Match[str]) -> bool:
    """Whether the number of a heading stands in brackets."""
    return bool(re.match("[\\s#*]*[(（]", heading[0]))
