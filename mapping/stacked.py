"""Lines of a form of indicators to rows of cells where only the ends of lines part them: plain text, one cell a line.

Labels and values of fields stand in turn, then the headings, then the rows, in which a level stands once for the rows
below it. A blank cell leaves no trace, so only a form is read all of whose headings but those of the levels have a cell
in each row: points and scores stand where the headings say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from mapping.amounts import parse_amount
from mapping.document import squeeze
from mapping.lexicon import load, pattern

_LEVELS = ("level1", "level2", "level3")
_POINTS = ("points", "score")
# A label is no longer, nor are there more fields, more lines of a form or fewer rows.
_LONGEST_LABEL = 14
_MOST_FIELDS = 20
_MOST_LINES = 2_000
_LEAST_ROWS = 2
# What a cell of a row holds, and a sentence that goes on below the form does not.
_LONGEST_CELL = 60

_Line = tuple[int, str]


def begins_stacked(words: str) -> bool:
    """Whether a line may be the first of such a form: the label of its project, alone."""
    return bool(pattern("forms", "anew").match(squeeze(words)))


def read_stacked(lines: Sequence[_Line]) -> tuple[Sequence[Sequence[_Line]], int]:
    """The rows that lines, given with their offsets, begin with, and how many lines they take.

    A cell is its offset and its characters; a level printed above is blank. Nothing and 0 where they are no such form.
    """
    run = list(takewhile(lambda line: line[1].strip() and not re.search(r"[\t|]", line[1]), lines[:_MOST_LINES]))
    head = next((at for at, (_, words) in enumerate(run[: 2 * _MOST_FIELDS]) if _kind(words) == "level1"), 0)
    labels = [squeeze(words) for _, words in run[:head:2]]
    if not head or head % 2 or any(len(one) > _LONGEST_LABEL or parse_amount(one) for one in labels):
        return (), 0
    kinds = [kind for kind in takewhile(bool, (_kind(words) for _, words in run[head:])) if kind]
    levels = sum(kind in _LEVELS for kind in kinds)
    if tuple(kinds[:levels]) != _LEVELS[:levels] or "note" in kinds or not set(_POINTS) & set(kinds):
        return (), 0
    rows, at = _read_rows(run, head + len(kinds), kinds, levels)
    if len(rows) < _LEAST_ROWS:
        return (), 0
    fields = [run[one : one + 2] for one in range(0, head, 2)]
    return [*fields, run[head : head + len(kinds)], *rows], at


def _kind(words: str) -> str | None:
    """What a heading of indicators stands over, the first of several; None where a line is no heading."""
    entries = load("indicators")["headings"]
    return next((str(one["kinds"][0]) for one in entries if re.search(one["heading"], squeeze(words))), None)


def _read_rows(
    run: Sequence[_Line], at: int, kinds: Sequence[str], levels: int
) -> tuple[Sequence[Sequence[_Line]], int]:
    """The rows from a place on, and where they end: at the first line that is none of a row."""
    rows: list[Sequence[_Line]] = []
    while row := _read_row(run, at, kinds, levels, first=not rows):
        rows.append(row)
        at += sum(bool(words) for _, words in row)
    return rows, at


def _read_row(run: Sequence[_Line], at: int, kinds: Sequence[str], levels: int, *, first: bool) -> Sequence[_Line]:
    """The cells of a row: all levels above the last are printed, or the last of these, or none of them."""
    above = levels - 1
    for printed in range(above, above - 1 if first else -1, -1):
        named = run[at : at + printed]
        names = _LEVELS[above - printed : above]
        cells = run[at + printed : at + printed + len(kinds) - above]
        leveled = all(_is_level(words, name) for (_, words), name in zip(named, names, strict=False))
        if leveled and len(named) == printed and _fits(cells, kinds[above:]):
            return [*((cells[0][0], "") for _ in range(above - printed)), *named, *cells]
    return ()


def _is_level(words: str, level: str) -> bool:
    families = load("indicators")["families"].values()
    return any(re.search(one[level], squeeze(words)) for one in families)


def _fits(cells: Sequence[_Line], kinds: Sequence[str]) -> bool:
    """Whether cells are those of a row: numbers below points and scores, none as its label, no sentence."""
    if len(cells) < len(kinds) or any(len(words) > _LONGEST_CELL for _, words in cells):
        return False
    numbers = [parse_amount(words.strip()) is not None for _, words in cells]
    counted = all(number for number, kind in zip(numbers, kinds, strict=True) if kind in _POINTS)
    return counted and not numbers[0]
