"""Text of a government's report to the money each place speaks of: its level (全市, 市级, 市直) and its fund.

The words stand before the money in its line, or in the numbered line above that its line belongs to, or in the title of
its table. A document that names one level only (`code:reporting-level`) leaves nothing to tell apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from mapping.document import fold
from mapping.lexicon import load

# Numbering of lines, from the widest to the narrowest: what is numbered in a narrower way belongs to what is above it.
_RANKS = (
    re.compile("[一二三四五六七八九十]{1,3}、"),
    re.compile("[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]"),
)
_UNNUMBERED = len(_RANKS)
# No heading is longer.
_HEADING = 50


@dataclass(frozen=True, slots=True)
class Lines:
    """What the lines of a text name: where each begins, the rank of its numbering, what it names with the places."""

    starts: tuple[int, ...]
    ranks: tuple[int, ...]
    named: tuple[tuple[tuple[int, str], ...], ...]

    def at(self, place: int) -> str | None:
        """What the money at a place is of; None where nothing says it, or the line above names several."""
        line = bisect_right(self.starts, place) - 1
        if own := [name for at, name in self.named[line] if at < place]:
            return own[-1]
        rank = self.ranks[line]
        for above in range(line - 1, -1, -1):
            if self.ranks[above] < rank:
                rank = self.ranks[above]
                if named := {name for _, name in self.named[above]}:
                    return named.pop() if len(named) == 1 else None
        return None


@dataclass(frozen=True, slots=True)
class Report:
    """The levels of a government (`code:reporting-level`) and the funds that the lines of its report name.

    `titled` are the levels of its tables by their titles; `several` says that these or the lines name more than one.
    """

    levels: Lines
    funds: Lines
    titled: Mapping[str, str]
    several: bool

    def level_of(self, title: str | None, usual: str) -> str:
        """The level that the title of a table names, else the usual one.

        Unknown where titles name several, or one while the text tells of others: the table may be of these.
        """
        return self.titled.get(title or "", "unknown" if self.titled and self.several else usual)


def read_report(text: str, titles: Iterable[str] = (), least: int = 2) -> Report | None:
    """What is told of a government's money; None where text and tables name fewer levels than `least`.

    None is needed where the text is a government's own: its lines still name funds.
    """
    lines = text.split("\n")
    starts = tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    levels = [tuple(_levels(line, start, money=True)) for line, start in zip(lines, starts, strict=True)]
    titled = dict(_of_titles(titles))
    if len(_told(titled, levels)) < least:
        return None
    ranks = tuple(_rank(line) for line in lines)
    for at, line in enumerate(lines):
        if ranks[at] < _UNNUMBERED and len(line) <= _HEADING and not re.search("[。；，,;]", line):
            levels[at] = tuple(_levels(line, starts[at], money=False))
    funds = tuple(tuple(_funds(line, start)) for line, start in zip(lines, starts, strict=True))
    several = len(_told(titled, levels)) > 1
    return Report(Lines(starts, ranks, tuple(levels)), Lines(starts, ranks, funds), titled, several)


def _told(titled: Mapping[str, str], levels: Iterable[Sequence[tuple[int, str]]]) -> set[str]:
    """The levels that titles or lines name."""
    return {*titled.values(), *(level for line in levels for _, level in line)}


def _of_titles(titles: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The titles of tables that name one level, with it (2030年市本级政府性基金收支表)."""
    for title in titles:
        named = {level for _, level in _levels(title, 0, money=False)}
        if len(named) == 1:
            yield title, named.pop()


def _rank(line: str) -> int:
    return next((rank for rank, shape in enumerate(_RANKS) if shape.match(line.strip())), _UNNUMBERED)


def _funds(line: str, start: int) -> Iterator[tuple[int, str]]:
    """The places and funds that a line names."""
    places = [at for at, one in enumerate(line, start) if not one.isspace()]
    words = fold(line)
    found = [
        (one.start(), str(each["is"]))
        for each in (*load("keys")["said"]["fund"], *load("keys")["governed"]["other-funds"])
        for one in re.finditer(each["words"], words)
    ]
    yield from ((places[at], fund) for at, fund in sorted(found))


def _levels(line: str, start: int, *, money: bool) -> Iterator[tuple[int, str]]:
    """The places and levels that a line names, only before `money` or anywhere.

    地方 in the list of another level is none of its own (全市总收入9万元，其中：地方一般公共预算收入5万元).
    """
    places = [at for at, one in enumerate(line, start) if not one.isspace()]
    words, begun = fold(line), len(line)
    for found in _shape().finditer(words):
        listed = re.fullmatch(load("keys")["governed"]["local-listed"], words[begun : found.end("level")])
        if (found["money"] is not None or not money) and not listed:
            begun = found.start()
            yield places[found.start()], _level(found["level"])


@cache
def _shape() -> re.Pattern[str]:
    """A level, and the money that it stands before."""
    words: Mapping[str, Any] = load("keys")["governed"]
    level = "|".join(entry["words"] for entry in words["levels"])
    return re.compile(f"(?P<level>{level})(?P<money>(?:{words['before']})*(?:{words['money']}))?")


def names_level(words: str) -> bool:
    """Whether words say nothing but the level or the place that money is of (全县, 市级, 我县)."""
    governed = load("keys")["governed"]
    return any(re.fullmatch(one, words) for one in (governed["own"], *(each["words"] for each in governed["levels"])))


def _level(words: str) -> str:
    """The level (`code:reporting-level`) that words name."""
    entries = load("keys")["governed"]["levels"]
    return next(str(entry["level"]) for entry in entries if re.fullmatch(entry["words"], words))
