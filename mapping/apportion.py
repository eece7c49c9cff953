"""Cells of indicators one after the other to the rows they make, where there is one way alone to divide them.

A level stands once for the rows below it. Where a blank cell is printed, each row has one for each heading; where it
leaves no trace, some headings may have none. Numbers below points and scores, operators, units, names of levels and
labels tell where rows end; where they leave two ways, nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mapping.amounts import parse_amount
from mapping.caption import is_title
from mapping.document import fold, trim
from mapping.lexicon import pattern
from mapping.place import LEVELS, POINTED, Slot, Wording, families, fitness
from mapping.targets import is_unit

Printed = tuple[int, str]
"""The offset of a cell and its characters."""

# Kinds of columns whose cells are often blank.
_OFTEN_BLANK = frozenset(("note", "sign", "unit", "description", "basis", "rate", "other"))
_REMARKS = frozenset(("note", "description", "basis", "other"))
# What a cell of a row holds, and a sentence that goes on below the form does not.
_LONGEST_CELL = 150
_LONGEST_LEVEL = 20
_ANY = Wording(level1=False, level2=False, cost=True)
_USUAL = Wording(level1=True, level2=True, cost=True)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?分?")
_NOTHING = re.compile(r"[-—–－/／]*")


def apportion(cells: Sequence[Printed], kinds: Sequence[str], *, told: bool) -> tuple[Sequence[Sequence[Printed]], int]:
    """The rows that cells below headings of these kinds begin with, and how many cells they take.

    A row has a cell for each kind, a blank one where nothing is printed. `told` says that blank cells are printed.
    Nothing and 0 where there is no way to divide the cells, or more than one.
    """
    stop = next((at for at, (_, words) in enumerate(cells) if _ends(words)), len(cells))
    counted = all(kind in kinds for kind in POINTED) or ("points" in kinds and "note" not in kinds)
    for loose in (False, True) if counted else (False,):
        rows, used = _divided(cells[:stop], kinds, told=told, loose=loose, counted=counted)
        if rows:
            return rows, used
    return (), 0


def _ends(words: str) -> bool:
    """Whether a cell stands behind the last row of the indicators: the total of their points, a signature, a note."""
    return any(pattern("indicators", name).match(fold(words)) for name in ("totals", "ends", "restarts", "aside"))


def _is_apart(cells: Sequence[Printed]) -> bool:
    """Whether what follows the rows is no row that cannot be told: nothing, a sentence, or a title."""
    return not cells or bool(re.search("[。；]", cells[0][1])) or is_title(cells[0][1])


_Ways = tuple[int, int, Sequence[Printed]]
"""How many ways lead to a place, the place before it and the row between them."""


def _divided(
    cells: Sequence[Printed], kinds: Sequence[str], *, told: bool, loose: bool, counted: bool
) -> tuple[Sequence[Sequence[Printed]], int]:
    ways: dict[int, _Ways] = {0: (1, 0, ())}
    for at in range(len(cells)):
        for used, row in _rows_at(cells, at, kinds, told=told, loose=loose, counted=counted) if at in ways else ():
            before = ways.get(at + used, (0, 0, ()))[0]
            ways[at + used] = (before + ways[at][0], at, row)
    end = max(ways)
    if ways[end][0] != 1 or not _is_apart(cells[end:]):
        return (), 0
    rows: list[Sequence[Printed]] = []
    place = end
    while place:
        _, before, row = ways[place]
        rows.append(row)
        place = before
    return [row for row in reversed(rows) if any(words.strip() for _, words in row)], end


def _rows_at(
    cells: Sequence[Printed], at: int, kinds: Sequence[str], *, told: bool, loose: bool, counted: bool
) -> Iterator[tuple[int, Sequence[Printed]]]:
    """The rows that may begin at a place, each with how many cells it takes."""
    upper = sum(kind in LEVELS for kind in kinds) - 1
    rest = kinds[upper:]
    for printed in range(upper, -1, -1):
        named = cells[at : at + printed]
        if len(named) < printed or (at == 0 and printed < upper) or not _are_levels(named, upper, loose=loose):
            continue
        below = cells[at + printed :]
        for taken in _bodies(below, rest, told=told, counted=counted):
            body = [one if one is not None else (_start(below or named), "") for one in taken]
            blank = (_start(named or below), "")
            yield printed + sum(one is not None for one in taken), [*([blank] * (upper - printed)), *named, *body]
        if printed and not told and _is_empty(named, below[:1], upper):
            yield printed, [*([(_start(named), "")] * (upper - printed)), *named, *([(_start(named), "")] * len(rest))]


def _are_levels(named: Sequence[Printed], upper: int, *, loose: bool) -> bool:
    """Whether cells are the names of the last of so many levels; whose satisfaction it is names a level below one."""
    words = [fold(words) for _, words in named]
    levels = LEVELS[upper - len(words) : upper]
    subject = len(words) == 1 and levels == ("level2",) and pattern("indicators", "subject-satisfied").match(words[0])
    return not subject and all(_is_level(one, level, loose=loose) for one, level in zip(words, levels, strict=True))


def _is_empty(named: Sequence[Printed], below: Sequence[Printed], upper: int) -> bool:
    """Whether nothing is printed below levels: the next cell names another level, and not one below the last."""
    if not _are_levels(named, upper, loose=False) or (below and not _is_upper(below[0][1])):
        return False
    last = families(fold(named[-1][1]), 1)
    return not below or not last or not last & families(fold(below[0][1]), 2)


def _is_upper(words: str) -> bool:
    """Whether a cell is surely the name of a level, and no label."""
    plain = fold(words)
    named = families(plain, 1) or (families(plain, 2) and plain.endswith("指标"))
    return bool(named or pattern("indicators", "level2-only").match(plain))


def _start(cells: Sequence[Printed]) -> int:
    return cells[0][0]


def _bodies(
    cells: Sequence[Printed], kinds: Sequence[str], *, told: bool, counted: bool
) -> Iterator[list[Printed | None]]:
    """The ways to give the first of the cells to kinds in their order; None where a kind has no cell."""
    if not told and cells and pattern("indicators", "empty-label").match(fold(cells[0][1])):
        yield [cells[0], *([None] * (len(kinds) - 1))]
    partial: list[list[Printed | None]] = [[]]
    for kind in kinds:
        longer: list[list[Printed | None]] = []
        for taken in partial:
            used = sum(one is not None for one in taken)
            if used < len(cells) and _suits(cells[used][1], kind, told=told, counted=counted):
                longer.append([*taken, cells[used]])
            if not told and kind in _OFTEN_BLANK:
                longer.append([*taken, None])
        partial = longer
    yield from partial


@cache
def _is_level(words: str, level: str, *, loose: bool) -> bool:
    if families(words, int(level[-1])):
        return True
    return loose and 1 < len(words) <= _LONGEST_LEVEL and fitness(trim(0, words), Slot(level, 0, ""), _ANY) > 0


@cache
def _suits(words: str, kind: str, *, told: bool, counted: bool) -> bool:
    """Whether a cell may stand below a heading of a kind."""
    plain = fold(words)
    if kind in POINTED:
        return bool(_NUMBER.fullmatch(plain) or (_NOTHING.fullmatch(plain) and (told or (plain and kind == "score"))))
    if not plain:
        return told
    if len(plain) > _LONGEST_CELL or (kind == "level3" and (parse_amount(plain) or is_unit(plain))):
        return False
    if (kind in _REMARKS and told) or (kind != "level3" and _is_upper(words)):
        return not _is_upper(words)
    fit = fitness(trim(0, words), Slot(kind, 0, ""), _USUAL)
    if kind in ("sign", "unit") or (kind == "target" and not counted and not told):
        return fit > 0 or (told and bool(_NOTHING.fullmatch(plain)))
    return fit >= 0
