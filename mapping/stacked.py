"""Lines of a form of indicators to rows of cells where only the ends of lines part them: plain text, one cell a line.

An empty line may stand between every two cells. Labels and values of fields stand in turn, of a goal two heads and two
texts, then the headings, then the rows, in which a level stands once for the rows below it. A blank cell leaves no
trace, so only a form is read all of whose headings but those of the levels have a cell in each row: points and scores
stand where the headings say.
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
# The heads, in forms.yaml, of what a goal expects and of what was reached.
_GOALS = ("expected-head", "reached-head")
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
    step = 2 if len(lines) > 1 and not lines[1][1].strip() else 1
    run = _cells(lines[:_MOST_LINES], step)
    head = next((at for at, (_, words) in enumerate(run[: 2 * _MOST_FIELDS]) if _kind(words) == "level1"), 0)
    fields = _read_fields(run[:head])
    if not fields:
        return (), 0
    kinds = [kind for kind in takewhile(bool, (_kind(words) for _, words in run[head:])) if kind]
    levels = sum(kind in _LEVELS for kind in kinds)
    if tuple(kinds[:levels]) != _LEVELS[:levels] or "note" in kinds or not set(_POINTS) & set(kinds):
        return (), 0
    rows, at = _read_rows(run, head + len(kinds), kinds, levels)
    if len(rows) < _LEAST_ROWS:
        return (), 0
    return [*fields, run[head : head + len(kinds)], *rows], at * step - (step - 1)


def _cells(lines: Sequence[_Line], step: int) -> Sequence[_Line]:
    """The lines that print a cell each, to the first that is none; all between every `step` of them are empty."""
    cells = takewhile(lambda line: line[1].strip() and not re.search(r"[\t|]", line[1]), lines[::step])
    between = takewhile(lambda line: not line[1].strip(), lines[1::2]) if step > 1 else lines
    return [cell for cell, _ in zip(cells, [*between, (0, "")], strict=False)]


def _read_fields(cells: Sequence[_Line]) -> Sequence[Sequence[_Line]]:
    """The rows of the fields above the headings, or none where labels and values do not stand in turn."""
    rows: list[Sequence[_Line]] = []
    at = 0
    while at < len(cells):
        heads = [squeeze(words) for _, words in cells[at + 1 : at + 3]]
        if len(heads) == len(_GOALS) and all(
            pattern("forms", name).search(words) for name, words in zip(_GOALS, heads, strict=True)
        ):
            texts = cells[at + 3 : at + 5]
            rows += [cells[at : at + 3], [(texts[0][0], ""), *texts]] if len(texts) == len(_GOALS) else [()]
            at += 5
        else:
            rows.append(cells[at : at + 2])
            at += 2
    labels = [squeeze(row[0][1]) if len(row) > 1 else "" for row in rows]
    told = all(len(one) <= _LONGEST_LABEL and not parse_amount(one) for one in labels)
    return rows if told and all(len(row) > 1 for row in rows) else ()


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
    if rows and (total := _read_total(run, at, kinds)):
        rows.append(total)
        at += sum(bool(words) for _, words in total)
    return rows, at


def _read_total(run: Sequence[_Line], at: int, kinds: Sequence[str]) -> Sequence[_Line]:
    """The last row where it is that of all points: its name, then a number below each heading of points and scores."""
    points = [kind in _POINTS for kind in kinds]
    numbers = run[at + 1 : at + 1 + sum(points)]
    named = at < len(run) and re.search(load("indicators")["totals"], squeeze(run[at][1]))
    if not named or len(numbers) < sum(points) or any(parse_amount(words.strip()) is None for _, words in numbers):
        return ()
    left = iter(numbers)
    return [run[at], *(next(left) if counted else (run[at][0], "") for counted in points[1:])]


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
