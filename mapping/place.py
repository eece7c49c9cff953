"""Cells of an indicator row to the headings they belong under, also where the row slid sideways."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from mapping.amounts import parse_amount
from mapping.document import Cell, Row, fold
from mapping.lexicon import load, pattern
from mapping.targets import is_measure, is_sign, is_unit

LEVELS = ("level1", "level2", "level3")
_LABELS = frozenset(LEVELS)
_VALUES = frozenset(("target", "actual", "points", "score"))
_UPPER = ("level1", "level2")
POINTED = frozenset(("points", "score"))
_DROPPED = -5.0
_LONGEST_SECTION = 4
_CHANGED = -1.2
_STEP = -0.2
_SKIPPED = -2.0
_MISFIT = -4.0
# How well the satisfaction of certain people (职工满意度) fits as level 2: it may as well be the label of an indicator.
_SUBJECTED = 1.5
_PERCENT = re.compile(r"[-+]?\d+(?:\.\d+)?%")
_POINTS = re.compile(r"(?:[(（]\d{1,3}(?:\.\d+)?(?:[-－—~～]\d{1,3})?(?:分|%)?[)）]分?)?[:：]?$")
_SCORE = re.compile(r"[-－]?\d{1,4}(?:\.\d+)?分?(?:[(（].{0,6}[)）])?|[-—–－]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """A heading of an indicator table: the kind of its column, its place, its words, and its half (0 left, 1 right)."""

    kind: str
    column: int
    words: str
    half: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's cells by slot, which of them stand outside the column of their heading, and how well all fit."""

    cells: dict[Slot, Cell]
    strays: frozenset[Slot]
    fit: float

    def of(self, kind: str, half: int) -> Cell | None:
        """The cell of a kind in one half."""
        return next((cell for slot, cell in self.cells.items() if slot.kind == kind and slot.half == half), None)

    def stray(self, half: int) -> list[str]:
        """The kinds of the cells of one half that stand outside the column of their heading."""
        return [slot.kind for slot in self.cells if slot.half == half and slot in self.strays]


# --- headings ---


@cache
def _headings() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(one["heading"]), tuple(one["kinds"])) for one in load("indicators")["headings"])


@lru_cache(maxsize=1 << 12)
def heading_kinds(words: str) -> tuple[str, ...]:
    """What a heading of indicators may stand over, given its folded words; () where they are no such heading."""
    return next((kinds for shape, kinds in _headings() if shape.search(words)), ()) if len(words) <= 20 else ()


def read_heading(row: Row, above: Row | None = None) -> tuple[Slot, ...]:
    """The slots of a heading row (blank places filled from the row above it), or () when the row is none."""
    own = _headed(row)
    kinds = {kind for kind, _ in own.values()}
    if not _is_heading(kinds):
        return ()
    if above is not None:
        over = {at: kind for at, kind in _headed(above).items() if at < len(row) and row[at].blank}
        own |= {at: kind for at, kind in over.items() if kind[0] != "section" or at < min(own)}
        own |= _behind(own, _headed(above), len(row))
    return _halved([Slot(kind, at, words) for at, (kind, words) in sorted(own.items())])


def _behind(own: Mapping[int, _Heading], over: Mapping[int, _Heading], width: int) -> dict[int, _Heading]:
    """The headings above that stand behind those of a row, where a page printed once what is merged over several.

    绩效指标 | 年度指标值 | 实际完成值 over 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值: the first two are merged
    over the five, the other follows.
    """
    kinds = [kind for kind, _ in over.values()]
    whole = next((heading_kinds(words)[:1] for _, words in over.values()), ())
    once = whole == ("section",) and kinds[1:2] == ["target"] and list(over) == list(range(len(over))) and len(over) > 2
    covered = once and list(own) == list(range(len(own))) and len(own) >= len(over) and "target" in dict(own.values())
    rest = list(over.values())[2:] if covered and len(own) + len(over) - 2 <= width else []
    return dict(enumerate(rest, len(own)))


def over_levels(heading: Sequence[Slot], above: Sequence[Slot]) -> bool:
    """Whether a heading of levels is the lower of two rows, of which the upper heads the levels together (绩效指标)."""
    return any(slot.kind in _UPPER for slot in heading) and not any(slot.kind in _UPPER for slot in above)


def refined(slots: Sequence[Slot], row: Row) -> tuple[Slot, ...]:
    """The slots with the headings of a further row below them; () where the row prints anything else.

    Such a row divides the heading of targets (指标值) into years before and the year itself (上年 | 预期当年实现值).
    """
    below = {at: heading_kinds(fold(cell.text)) for at, cell in enumerate(row) if not cell.blank}
    columns = {slot.column: slot for slot in slots}
    begins = max((slot.column for slot in slots if slot.kind in _LABELS), default=len(row)) + 1
    if not below or min(below) < begins or any(kinds[:1] not in (("target",), ("other",)) for kinds in below.values()):
        return ()
    parts = {at: Slot(kinds[0], at, fold(row[at].text)) for at, kinds in below.items()}
    whole = {at: Slot("other", at, slot.words) for at, slot in columns.items() if slot.kind == "target"}
    told = any(slot.kind == "target" for slot in parts.values())
    merged = {**columns, **(whole if told else {}), **parts}
    return tuple(slot for _, slot in sorted(merged.items()))


_Heading = tuple[str, str]
"""The kind and the words of a heading."""


def _is_heading(kinds: set[str]) -> bool:
    return len(kinds & _LABELS) >= 2 or bool(kinds & _LABELS and kinds & _VALUES)


def _headed(row: Row) -> dict[int, _Heading]:
    """Kind and words of each cell that is a heading; the first kind that no other cell is sure to have."""
    found = _with_signed({at: fold(cell.text) for at, cell in enumerate(row) if not cell.blank})
    filled = [at for at, kinds in found.items() if kinds]
    sure = {kinds[0] for kinds in found.values() if len(kinds) == 1}
    sure |= {"target"} if sure & POINTED else set()  # a standard beside points says how they are given
    chosen: dict[int, _Heading] = {}
    for at, kinds in found.items():
        open_kinds = [kind for kind in kinds if kind not in sure and (kind != "section" or at == filled[0])]
        last = kinds[-1] if kinds and "section" not in kinds else "other"
        kind = next(iter(open_kinds), last)
        if kind != "other" or not _named(fold(row[at].text)):
            chosen[at] = (kind, fold(row[at].text))
    labels = {kind for kind, _ in chosen.values()} & _LABELS
    if not labels and filled and "level3" in found[filled[0]]:
        chosen[filled[0]] = ("level3", fold(row[filled[0]].text))
    return chosen


def _with_signed(words: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """The kinds that headings may be of; contents are targets where operators have a column and nothing else is one.

    三级指标 | 运算符号 | 内容 | 度量单位.
    """
    found = {at: heading_kinds(one) for at, one in words.items()}
    printed = {kind for kinds in found.values() for kind in kinds}
    if not {"level3", "sign"} <= {kinds[0] for kinds in found.values() if kinds} or "target" in printed:
        return found
    signed = (at for at, one in words.items() if pattern("indicators", "signed-target").match(one))
    return found | dict.fromkeys(signed, ("target",))


def _halved(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots with their half: the right one begins where the kinds of the left one come again after a target."""
    half, seen, halved = 0, set[str](), list[Slot]()
    upper = _points_of_levels(slots)
    for slot in slots:
        if half == 0 and slot.kind in seen and "target" in seen and slot.kind in (*LEVELS, "target"):
            half, seen = 1, set()
        kind = "other" if slot.kind in seen or slot in upper else slot.kind
        seen.add(kind)
        halved.append(Slot(kind, slot.column, slot.words, half))
    return tuple(halved)


def _points_of_levels(slots: Sequence[Slot]) -> list[Slot]:
    """The headings of points right behind those of the upper levels, where others are of the indicators themselves.

    一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值: only the last is of the indicator.
    """
    points = [(before, slot) for before, slot in itertools.pairwise(slots) if slot.kind == "points"]
    upper = [slot for before, slot in points if before.kind in _UPPER]
    return upper if len(upper) < len(points) else []


def templates(width: int, *, cited: bool) -> Iterable[tuple[Slot, ...]]:
    """Sequences of columns that a form without heading may have, no wider than `width`.

    `cited` tells one whose rows end in cells that cite documents.
    """
    lexicon = load("indicators")
    for kinds in (*(lexicon["cited-templates"] if cited else ()), *lexicon["templates"]):
        if len(kinds) <= width:
            yield _halved([Slot(kind, at, "") for at, kind in enumerate(kinds)])


# --- words ---


@cache
def _families() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    entries: dict[str, Any] = load("indicators")["families"]
    return tuple((name, re.compile(one["level1"]), re.compile(one["level2"])) for name, one in entries.items())


@lru_cache(maxsize=1 << 14)
def families(words: str, level: int) -> frozenset[str]:
    """The families that a word names as level 1 or level 2, whatever points stand behind it (产出指标（50分）)."""
    bare = _POINTS.sub("", words)
    return frozenset(name for name, *shapes in _families() if shapes[level - 1].match(bare))


def is_blank(cell: Cell | None) -> bool:
    """Whether a cell prints nothing, or only a dash."""
    return cell is None or bool(pattern("indicators", "blank").match(cell.plain))


def is_section(cell: Cell) -> bool:
    """Whether a cell names the whole list of indicators (绩效指标)."""
    return heading_kinds(fold(cell.text))[:1] == ("section",)


# --- rows ---


@dataclass(frozen=True, slots=True)
class Wording:
    """Whether a form names its levels in the usual words, so that others are no levels; and 成本指标 as level 1."""

    level1: bool
    level2: bool
    cost: bool


def wording(rows: Iterable[Row]) -> Wording:
    """How the rows of a form name their levels."""
    words = {cell.plain for row in rows for cell in row if not cell.blank}
    return Wording(
        level1=any(families(one, 1) for one in words),
        level2=sum(bool(families(one, 2)) for one in words) >= 2,
        cost=any(pattern("indicators", "cost-parts").match(one) for one in words),
    )


def place(row: Row, slots: Sequence[Slot], usual: Wording) -> Placed:
    """The row's printed cells under the headings they fit best, in order; all in their own columns where that fits.

    What level the words of a full row name counts for nothing there, nor those of the upper levels of a row that prints
    all levels, none of them by the name of another or a value, or numbers below all headings of points and scores: no
    cell can have slid.
    """
    cells = [(at, cell) for at, cell in enumerate(row) if not cell.blank]
    columns = {slot.column: slot for slot in slots}
    own = {columns[at]: cell for at, cell in cells if at in columns}
    free = _LABELS if len(own) == len(slots) else _UPPER if _is_anchored(slots, own, usual) else ()
    fits = (
        slot.kind in free or fitness(cell, slot, usual) >= 0 or _is_twofold(slot, own) for slot, cell in own.items()
    )
    if len(own) == len(cells) and all(fits):
        return Placed(own, frozenset(), sum(fitness(cell, slot, usual) for slot, cell in own.items()))
    return _aligned(cells, slots, usual)


def _is_anchored(slots: Sequence[Slot], own: Mapping[Slot, Cell], usual: Wording) -> bool:
    """Whether a row prints all levels, or numbers below all headings of points and scores, of which there are both."""
    levels = {slot for slot in slots if slot.kind in _LABELS and not slot.half}
    graded = {slot for slot in slots if slot.kind in POINTED}
    counted = graded <= own.keys() and all(fitness(own[slot], slot, usual) > 0 for slot in graded)
    both = {slot.kind for slot in graded} == POINTED
    named = len(levels) == len(_LABELS) and levels <= own.keys()
    return (named and not any(_has_slid(slot, own[slot]) for slot in levels)) or (both and counted)


def _has_slid(slot: Slot, cell: Cell) -> bool:
    """Whether a cell below the heading of an upper level names the other one, or prints a value."""
    if slot.kind not in _UPPER:
        return False
    words = fold(cell.text)
    own, other = (1, 2) if slot.kind == "level1" else (2, 1)
    return is_measure(cell.text) or bool(families(words, other) and not families(words, own))


def _is_twofold(slot: Slot, own: Mapping[Slot, Cell]) -> bool:
    """Whether a label that reads like a level 2 (满意度 | 职工满意度 | ≥85%) stands between a level and a target."""
    beside = {one.kind: cell for one, cell in own.items() if one.half == slot.half}
    target = beside.get("target")
    return slot.kind == "level3" and "level2" in beside and target is not None and is_measure(target.text)


_Step = tuple[float, tuple[tuple[int, int], ...]]


def _aligned(cells: Sequence[tuple[int, Cell]], slots: Sequence[Slot], usual: Wording) -> Placed:
    """The best assignment of cells to slots that keeps their order: dynamic programming over the last pair."""
    fits = [[fitness(cell, slot, usual) for slot in slots] for _, cell in cells]
    best: _Step = (_DROPPED * len(cells), ())
    table: dict[tuple[int, int], _Step] = {}
    for i, (at, _) in enumerate(cells):
        for j, slot in enumerate(slots):
            score, path = _DROPPED * i + _opened(at - slot.column, slots, j), ()
            step: _Step = (score, path)
            for (before, left), (past, trail) in table.items():
                if before < i and left < j:
                    found = past + _DROPPED * (i - before - 1) + _moved(cells, slots, (before, left), (i, j))
                    step = max(step, (found, trail))
            table[i, j] = (step[0] + fits[i][j], (*step[1], (i, j)))
            best = max(best, (table[i, j][0] + _DROPPED * (len(cells) - 1 - i), table[i, j][1]))
    placed = {slots[j]: cells[i][1] for i, j in best[1]}
    strays = frozenset(slots[j] for i, j in best[1] if cells[i][0] != slots[j].column)
    return Placed(placed, strays, best[0])


def _opened(shift: int, slots: Sequence[Slot], at: int) -> float:
    return _shifted(shift, 0) + (_SKIPPED if slots[at].half and slots[at].kind == "target" else 0)


def _moved(
    cells: Sequence[tuple[int, Cell]], slots: Sequence[Slot], last: tuple[int, int], new: tuple[int, int]
) -> float:
    before, after = slots[last[1]], slots[new[1]]
    cost = _shifted(cells[new[0]][0] - after.column, cells[last[0]][0] - before.column)
    between = {slot.kind for slot in slots[last[1] + 1 : new[1]] if slot.half == before.half}
    same = before.half == after.half
    if before.kind == "level1" and same and after.kind != "level2" and "level2" in between:
        cost += _SKIPPED
    if before.kind in _UPPER and same and after.kind in _VALUES and "level3" in between:
        cost += _SKIPPED
    return cost


def _shifted(shift: int, before: int) -> float:
    return 0.0 if shift == before else _CHANGED + _STEP * abs(shift - before)


# --- how well a cell fits under a heading ---


def fitness(cell: Cell, slot: Slot, usual: Wording) -> float:
    """How well a printed cell fits under a heading: above 0 well, 0 it may, below 0 badly."""
    return _fitness(fold(cell.text), slot.kind, usual)


@lru_cache(maxsize=1 << 16)
def _fitness(words: str, kind: str, usual: Wording) -> float:
    if kind in _UPPER:
        if kind == "level1" and families(words, 1) == {"cost"} and families(words, 2) and not usual.cost:
            return -0.5
        return _level(words, int(kind[-1]), getattr(usual, kind))
    if kind in _WEIGHED:
        return float(_WEIGHED[kind](words))
    if kind == "section" and len(words) > _LONGEST_SECTION:
        return _DROPPED
    return 1.0 if kind == "project" and not is_measure(words) else -3.0


def _level(words: str, level: int, usual: bool) -> float:
    if families(words, level):
        return _SUBJECTED if level == 2 and pattern("indicators", "subject-satisfied").match(words) else 3.0
    if is_measure(words) or is_sign(words):
        return _MISFIT
    if families(words, 3 - level):
        return -1.0
    if words.endswith("指标") and len(words) <= 12:
        return 1.0
    return _MISFIT if usual or len(words) > 24 else 0.2


def _label(words: str) -> float:
    if is_measure(words) and parse_amount(words) is None and len(words) < 3:
        return -2.0
    if is_measure(words) or is_sign(words) or pattern("indicators", "no-label").match(words):
        return -3.0
    return -2.0 if pattern("indicators", "level2-only").match(words) or families(words, 1) - {"satisfaction"} else 1.0


def _target(words: str) -> float:
    if is_measure(words):
        return 3.0
    if _named(words) or is_sign(words):
        return -3.0
    said = any(pattern("indicators", name).search(words) for name in ("dates", "qualities"))
    return 2.0 if said and len(words) <= 20 else 0.0


def _other(words: str) -> float:
    return -1.0 if _named(words) else 0.0


def _named(words: str) -> bool:
    return bool(pattern("indicators", "level2-only").match(words)) or bool(families(words, 1) - {"satisfaction"})


def _sentence(words: str) -> float:
    if is_measure(words) or is_sign(words) or _named(words):
        return -3.0
    return 1.2 if len(words) > 8 else 0.8


def _basis(words: str) -> float:
    if is_measure(words) or is_sign(words) or _named(words):
        return -2.0
    return 2.0 if pattern("indicators", "sources").search(words) else 0.8


def _unit(words: str) -> float:
    if is_unit(words) and not _named(words):
        return 3.0
    other = len(words) > 4 or pattern("indicators", "qualities").search(words) or is_measure(words)
    return -3.0 if other else 0.0


def _sign(words: str) -> float:
    return 3.0 if is_sign(words) else -3.0


def _points(words: str) -> float:
    return 2.0 if _SCORE.fullmatch(words) else 1.0 if _PERCENT.fullmatch(words) else -3.0


def _actual(words: str) -> float:
    return 2.5 if is_measure(words) else -3.0 if _named(words) else 0.5


def _rate(words: str) -> float:
    return 2.0 if _PERCENT.fullmatch(words) or _SCORE.fullmatch(words) else 0.0


def _note(words: str) -> float:
    return -0.5 if is_measure(words) else 0.5


_WEIGHED = {
    "level3": _label,
    "target": _target,
    "description": _sentence,
    "basis": _basis,
    "unit": _unit,
    "sign": _sign,
    "points": _points,
    "score": _points,
    "actual": _actual,
    "rate": _rate,
    "note": _note,
    "other": _other,
}
