"""Lines of a form of indicators to rows of cells where only the ends of lines part them: plain text, one cell a line.

Empty lines may stand between cells, or a bar may end each. Labels and values of fields stand in turn, of a goal two
heads and two texts, of money headings and rows of numbers, then the headings of the indicators and their rows. Where
a blank cell is printed, as a line of blanks or a bar alone, rows are told by their number of cells; where it leaves no
trace, a form is read only if there is one way to divide its cells. What cannot be told is left in rows of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from operator import or_

from mapping.amounts import parse_amount
from mapping.apportion import Printed, apportion
from mapping.document import fold, squeeze
from mapping.fields import fields_named
from mapping.lexicon import pattern
from mapping.place import LEVELS, POINTED, families, heading_kinds

# The heads, in forms.yaml, of what a goal expects and of what was reached.
_GOALS = ("expected-head", "reached-head")
# A label is no longer, nor are there more cells above the headings or more lines of a form.
_LONGEST_LABEL = 24
_MOST_ABOVE = 120
_MOST_LINES = 2_000
_LEAST_ROWS = 2
_LEAST_HEADS = 3
_LEAST_LEVELS = 2
_FIGURE = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?[%％分]?|[-—–－/／]+")
# What a cell broken over two paragraphs goes on with.
_REST = re.compile(r"(?:指标|完?成?值|预算数|执行数|指标值)$")
_BAR = re.compile(r"\s*\|\s*$")

_Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its offset, its characters, and the line that ends it."""

    start: int
    words: str
    last: int

    @property
    def plain(self) -> str:
        return squeeze(self.words)


def begins_stacked(words: str) -> bool:
    """Whether a line may be the first of such a form: the label of its project or the first heading, alone."""
    label = squeeze(_BAR.sub("", words))
    return bool(pattern("forms", "anew").match(label)) or _field(label) == "project-name" or _kind(label) == "level1"


def read_stacked(lines: Sequence[_Line]) -> tuple[Sequence[Sequence[_Line]], int]:
    """The rows that lines, given with their offsets, begin with, and how many lines they take.

    A cell is its offset and its characters; a level printed above is blank. Nothing and 0 where they are no such form.
    """
    cells, told = _cells(lines[:_MOST_LINES])
    cells = list(_joined(cells))
    head = next((at for at, cell in enumerate(cells[:_MOST_ABOVE]) if _kind(cell.words) == "level1"), len(cells))
    kinds = [kind for kind in takewhile(bool, (_kind(cell.words) for cell in cells[head:])) if kind]
    levels = sum(kind in LEVELS for kind in kinds)
    if levels < _LEAST_LEVELS or tuple(kinds[:levels]) != LEVELS[:levels] or len(kinds) < _LEAST_HEADS:
        return (), 0
    heads, below = cells[head : head + len(kinds)], cells[head + len(kinds) :]
    rows, used = apportion([(cell.start, cell.words) for cell in below], kinds, told=told)
    if len(rows) < _LEAST_ROWS:
        return (), 0
    total = _total(below[used:], kinds, told=told)
    end = [*cells[: head + len(kinds)], *below[:used], *total][-1].last + 1
    above = _read_above(cells[:head], told=told)
    printed = [[(cell.start, cell.words) for cell in row] for row in (*above, heads)]
    return [*printed, *rows, *([_total_row(total, kinds)] if total else [])], end


# --- lines to cells ---


def _cells(lines: Sequence[_Line]) -> tuple[Sequence[_Cell], bool]:
    """The cells that lines print, to the first that is none, and whether blank ones leave a trace."""
    if _BAR.search(lines[0][1]):
        closed = takewhile(lambda line: _BAR.search(line[1]) and "|" not in _BAR.sub("", line[1]), lines)
        return [_Cell(start, _BAR.sub("", words), at) for at, (start, words) in enumerate(closed)], True
    if len(lines) > 1 and not lines[1][1].strip():
        return _paragraphs(lines)
    bare = takewhile(lambda line: line[1].strip() and not re.search(r"[\t|]", line[1]), lines)
    return [_Cell(start, words, at) for at, (start, words) in enumerate(bare)], False


def _paragraphs(lines: Sequence[_Line]) -> tuple[Sequence[_Cell], bool]:
    """Cells between empty lines; a line of blanks alone is a blank cell, and tells that others are printed so too."""
    cells: list[_Cell] = []
    opened = False
    for at, (start, words) in enumerate(lines):
        if re.search(r"[\t|]", words):
            break
        if opened and words.strip() and cells:
            last = cells[-1]
            cells[-1] = _Cell(last.start, last.words + "\n" * (start - last.start - len(last.words)) + words, at)
        elif words:
            cells.append(_Cell(start, words, at))
        opened = bool(words.strip())
    return cells, any(not cell.plain for cell in cells)


def _joined(cells: Sequence[_Cell]) -> Iterator[_Cell]:
    """The cells, those joined that are one heading or the name of one level only together (年初 | 预算数)."""
    waiting = list(reversed(cells))
    while waiting:
        cell = waiting.pop()
        if waiting and _breaks(cell.plain, waiting[-1].plain):
            rest = waiting.pop()
            gap = "\n" * (rest.start - cell.start - len(cell.words))
            cell = _Cell(cell.start, cell.words + gap + rest.words, rest.last)
        yield cell


def _breaks(words: str, rest: str) -> bool:
    whole = words + rest
    if not words or not _REST.match(rest) or len(whole) > _LONGEST_LABEL or _heads(words):
        return False
    leveled = rest == "指标" and (families(whole, 1) or families(whole, 2))
    return bool(leveled or (_kind(words) is None and _heads(whole)))


# --- above the indicators ---


def _heads(words: str) -> bool:
    """Whether words head a column of indicators or of money."""
    return bool(_kind(words) or pattern("forms", "grid-heading").search(words))


def _field(words: str) -> str | None:
    """The field that a label names."""
    return next((str(one["field"]) for one in fields_named(words)), None) if len(words) <= _LONGEST_LABEL else None


def _kind(words: str) -> str | None:
    """What a heading of indicators stands over, the first of several; None where a line is no heading."""
    return next(iter(heading_kinds(fold(words))), None)


def _read_above(cells: Sequence[_Cell], *, told: bool) -> Sequence[Sequence[_Cell]]:
    """The rows above the headings of the indicators: fields, money and goals, and what is none in rows of its own."""
    rows: list[Sequence[_Cell]] = []
    at = 0
    while at < len(cells):
        heads = _money_heads(cells[at:])
        if len(heads) >= _LEAST_HEADS:
            corner = [rows.pop()[0]] if rows and len(rows[-1]) == 1 else [_blank(cells[at])]
            rows.append([*corner, _blank(cells[at]), *heads])
            read = _read_money(cells[at + len(heads) :], heads, told=told)
            rows += read
            at += len(heads) + sum(cell.last >= 0 for row in read for cell in row)
        elif _is_goal(cells[at : at + 3]):
            texts = [cell for cell in cells[at + 3 :] if not _is_section(cell)]
            rows.append(cells[at : at + 3])
            pair = len(texts) == len(_GOALS)
            rows += [[_blank(texts[0]), *texts]] if pair else [[cell] for cell in texts]
            at = len(cells)
        elif len(labels := list(takewhile(lambda cell: _is_source(cell.plain), cells[at:]))) > 1:
            beside = cells[at + len(labels) : at + 2 * len(labels)]
            whole = len(beside) == len(labels) and all(_is_figure(cell, told=told) for cell in beside)
            rows += [labels, beside] if whole else [[cell] for cell in labels]
            at += len(labels) * (2 if whole else 1)
        else:
            value = cells[at + 1 : at + 2] if _field(cells[at].plain) else []
            valued = bool(value) and not _field(value[0].plain) and not _heads(value[0].plain)
            rows.append(cells[at : at + 2] if valued else cells[at : at + 1])
            at += 2 if valued else 1
    return rows


def _blank(cell: _Cell) -> _Cell:
    """A cell that is not printed, right before another."""
    return _Cell(cell.start, "", -1)


def _is_section(cell: _Cell) -> bool:
    return not cell.plain or _kind(cell.words) == "section"


def _is_goal(cells: Sequence[_Cell]) -> bool:
    """Whether cells are the label of a goal, the head of what it expects and that of what was reached."""
    heads = [cell.plain for cell in cells[1:]]
    named = bool(cells) and _field(cells[0].plain) == "goal" and len(heads) == len(_GOALS)
    return named and all(pattern("forms", name).search(words) for name, words in zip(_GOALS, heads, strict=True))


def _money_heads(cells: Sequence[_Cell]) -> Sequence[_Cell]:
    """The cells that head columns of money, rates and scores, and of remarks beside them, up to a label's number."""
    heads: list[_Cell] = []
    for cell, beside in zip_longest(cells, cells[1:]):
        headed = pattern("forms", "grid-heading").search(cell.plain) or (heads and _kind(cell.words) == "note")
        if not headed or (beside and _FIGURE.fullmatch(beside.plain) and _is_source(cell.plain)):
            break
        heads.append(cell)
    return heads


def _read_money(cells: Sequence[_Cell], heads: Sequence[_Cell], *, told: bool) -> Sequence[Sequence[_Cell]]:
    """The rows of numbers below headings, with a remark at the end where one is headed and blank cells are printed.

    Where they leave no trace, nothing is told of the numbers of a row that lacks some.
    """
    rows: list[Sequence[_Cell]] = []
    width = sum(_kind(head.words) != "note" for head in heads)
    at = 0
    while at < len(cells) and _is_source(cells[at].plain):
        label = cells[at]
        numbers = list(takewhile(lambda cell: _is_figure(cell, told=told), cells[at + 1 : at + 1 + width]))
        rest = cells[at + 1 + len(numbers) :][: len(heads) - width]
        remark = [cell for cell in rest if told and len(numbers) == width and not _is_label(cell.plain)]
        if len(numbers) == width or told:
            rows.append([_blank(label), label, *numbers, *remark])
        else:
            rows += [[_blank(label), label], *([cell] for cell in numbers)]
        at += 1 + len(numbers) + len(remark)
    return rows


def _is_label(words: str) -> bool:
    return _is_source(words) or _field(words) is not None or _heads(words)


def _is_source(words: str) -> bool:
    """Whether a label is that of all of a form's money or of a source of it."""
    shapes = (pattern("appraisals", name) for name in ("funds-total", "funds-source"))
    money = any(one.get("money") for one in fields_named(words))
    return bool(words) and (money or any(shape.search(words) for shape in shapes))


def _is_figure(cell: _Cell, *, told: bool) -> bool:
    return bool(_FIGURE.fullmatch(cell.plain)) or (told and not cell.plain)


# --- below the indicators ---


def _total(cells: Sequence[_Cell], kinds: Sequence[str], *, told: bool) -> Sequence[_Cell]:
    """The cells of the row of all points: its name, then a number below each heading of points and scores.

    One of them may be a blank cell where these are printed.
    """
    points = [kind for kind in kinds if kind in POINTED]
    numbers = cells[1 : 1 + len(points)]
    named = bool(cells) and pattern("indicators", "totals").match(cells[0].plain)
    printed = [parse_amount(cell.words.strip()) is not None for cell in numbers]
    blank = [told and not cell.plain for cell in numbers]
    whole = len(numbers) == len(points) and any(printed) and all(map(or_, printed, blank))
    return [cells[0], *numbers] if named and whole else []


def _total_row(total: Sequence[_Cell], kinds: Sequence[str]) -> Sequence[Printed]:
    left = iter(total[1:])
    below = (next(left) if kind in POINTED else _blank(total[0]) for kind in kinds[1:])
    return [(cell.start, cell.words) for cell in (total[0], *below)]
