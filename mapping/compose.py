"""Rows under a heading of a form to drafts of indicators: one a row and half, or more words for the one above."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mapping.align import blank_at
from mapping.document import Cell, Row, fold
from mapping.levels import Draft
from mapping.lexicon import load, pattern
from mapping.place import Placed, Slot, Wording, families, is_blank, is_section, place
from mapping.targets import is_measure, is_unit, read_sign, read_target

SHARED = ("level1", "level2", "level3", "description", "sign", "unit")
SLID = "stands outside the column of its heading: "
NEXT_ROW = "value from the next row, which prints no label"
NEXT_LABEL = "label goes on in the next row"


def compose(slots: Sequence[Slot], body: Sequence[Row], usual: Wording, opened: Cell | None) -> list[Draft]:
    """The drafts of the rows of a part; `opened` is the level 1 that its heading row prints."""
    drafts: list[Draft] = []
    project: Cell | None = None
    standing: dict[str, Cell] = {}
    for row in body:
        if _is_total(row):
            drafts += _total(row, slots)
            continue
        if _is_aside(row):
            continue
        if level := _level_row(row, slots, standing):
            standing = level
            continue
        placed = place(_whole_targets(_without_section(row, slots), {slot.kind for slot in slots}), slots, usual)
        project = placed.of("project", 0) or project
        for half in sorted({slot.half for slot in slots}):
            before = [one for one in reversed(drafts) if one.half == half]
            above = next((one.cells["level2"] for one in before if "level2" in one.cells), None)
            cells = _relabelled(_cells(placed, slots, half), placed.stray(half), above)
            draft = Draft(half, cells, project, _slid(placed, half), standing)
            if before and draft.cells and before[0].project is project and _goes_on(before[0], draft):
                continue
            if draft.cells and not _is_lone(row, draft):
                drafts.append(draft)
    for half in (0, 1):
        first = next((draft for draft in drafts if draft.half == half), None)
        if opened is not None and first is not None and "level1" not in first.cells:
            first.carried = {"level1": opened}
    return drafts


def _level_row(row: Row, slots: Sequence[Slot], standing: Mapping[str, Cell]) -> dict[str, Cell] | None:
    """The levels that stand after a row of one level's name alone, where no column is headed for levels; else None."""
    filled = [cell for cell in row if not cell.blank]
    if len(filled) != 1 or any(slot.kind in ("level1", "level2") for slot in slots):
        return None
    words = fold(filled[0].text)
    above = families(fold(standing["level1"].text), 1) if "level1" in standing else frozenset()
    if families(words, 2) and (families(words, 2) & above or not families(words, 1)):
        return {**standing, "level2": filled[0]}
    return {"level1": filled[0]} if families(words, 1) else None


def _without_section(row: Row, slots: Sequence[Slot]) -> Row:
    """The row with a blank for the words that name the whole list (绩效指标, merged over all rows at the left)."""
    levels = {slot.column for slot in slots if slot.kind in ("level1", "level2")}
    named = [at for at, cell in enumerate(row[:2]) if is_section(cell) and (at not in levels or "指标" in cell.plain)]
    return tuple(replace(cell, text="") if at in named else cell for at, cell in enumerate(row))


def _whole_targets(row: Row, kinds: set[str]) -> Row:
    """The row with operator, number and unit in one cell where one heading is merged over them (≥ | 500 | 人)."""
    cells = list(row)
    filled = [at for at, cell in enumerate(cells) if not cell.blank]
    for left, right in itertools.pairwise(filled):
        sign = "sign" not in kinds and read_sign(cells[left].text) and is_measure(cells[right].text)
        unit = "unit" not in kinds and is_unit(cells[right].text) and is_measure(cells[left].text)
        if sign or (unit and read_target(cells[left].text).unit is None):
            cells[left], cells[right] = blank_at(cells[left].start), _joined(cells[left], cells[right])
    return tuple(cells)


def _is_aside(row: Row) -> bool:
    """Whether a row says what else is to be said of the form (其他需要说明的问题 | 无)."""
    first = next((cell for cell in row if not cell.blank), None)
    return first is not None and bool(pattern("indicators", "aside").match(fold(first.text)))


def _is_lone(row: Row, draft: Draft) -> bool:
    """Whether a row prints one cell only, and not under the heading of labels: a line of the page, no indicator."""
    lone = sum(not cell.blank for cell in row) == 1
    return lone and bool(draft.reasons) and not {"level1", "level2"} & set(draft.cells)


def _cells(placed: Placed, slots: Sequence[Slot], half: int) -> dict[str, Cell]:
    """The printed cells of one half by kind; what the right half has no column for, it shares with the left one."""
    found = {slot.kind: cell for slot, cell in placed.cells.items() if slot.half == half and not is_blank(cell)}
    if half:
        own = {slot.kind for slot in slots if slot.half == half}
        left = {slot.kind: cell for slot, cell in placed.cells.items() if not slot.half and not is_blank(cell)}
        shared = SHARED if set(found) - set(SHARED) else ("level1", "level2")
        found |= {kind: cell for kind, cell in left.items() if kind in shared and kind not in own}
    return {kind: cell for kind, cell in found.items() if kind not in ("section", "project", "other", "note", "rate")}


def _relabelled(cells: dict[str, Cell], strays: Sequence[str], above: Cell | None) -> dict[str, Cell]:
    """The cells of a row whose level 2 (社会影响, 职工满意度) is its label: it has no other and slid sideways.

    So where the level 2 above is named in full (社会效益指标), as this one is not.
    """
    alone = not {"level1", "level3"} & cells.keys() and {"target", "level2"} <= cells.keys() and "level2" in strays
    if not alone or not above or not above.plain.endswith("指标") or cells["level2"].plain.endswith("指标"):
        return cells
    return {"level3" if kind == "level2" else kind: cell for kind, cell in cells.items()}


def _slid(placed: Placed, half: int) -> list[str]:
    kinds = [kind for kind in placed.stray(half) if kind not in ("section", "note", "other")]
    return [SLID + ", ".join(kinds)] if kinds else []


def _goes_on(last: Draft, draft: Draft) -> bool:
    """Whether a row goes on with the indicator above it, which it then has been added to."""
    return _adds_value(last, draft) or _adds_words(last, draft) or _adds_label(last, draft)


def _adds_value(last: Draft, draft: Draft) -> bool:
    """A value that stands alone below a label without one."""
    if not draft.bare or "level3" not in last.cells or set(draft.cells) & set(last.cells):
        return False
    if "target" not in draft.cells and "actual" not in draft.cells and "score" not in draft.cells:
        return False
    last.cells |= draft.cells
    last.reasons.append(NEXT_ROW)
    return True


def _adds_words(last: Draft, draft: Draft) -> bool:
    """Words that go on with the description, the basis or the end of a target above."""
    if not draft.bare:
        return False
    texts = {"description", "basis"}
    end = draft.words("target")
    if end and not is_measure(end) and is_measure(last.words("target") + end):
        texts.add("target")
    if not set(draft.cells) <= texts:
        return False
    for kind, cell in draft.cells.items():
        last.cells[kind] = _joined(last.cells.get(kind), cell)
    return True


def _adds_label(last: Draft, draft: Draft) -> bool:
    """The rest of a label, and of the words beside it, that break off in the row above."""
    shared = set(draft.cells) & set(last.cells)
    if "level3" not in shared or shared - {"level3", "description", "basis"} or {"level1", "level2"} & set(draft.cells):
        return False
    if not _breaks_off(last.words("level3"), draft.words("level3"), valued="target" in draft.cells):
        return False
    last.cells |= draft.cells | {kind: _joined(last.cells[kind], draft.cells[kind]) for kind in shared}
    last.reasons.append(NEXT_LABEL)
    return True


def _breaks_off(label: str, rest: str, *, valued: bool) -> bool:
    """Whether `rest` completes a label: it ends as one where `label` does not, and is a whole one only by its value."""
    opened = label.count("（") + label.count("(") > label.count("）") + label.count(")")
    lexicon = load("indicators")
    if opened or re.search(lexicon["label-open"], label) or re.match(lexicon["label-rest"], rest):
        return True
    ends = [bool(re.search(lexicon["label-ends"], words)) for words in (label, rest)]
    return ends == [False, True] and (valued or len(rest) <= lexicon["short-rest"])


def _joined(one: Cell | None, rest: Cell) -> Cell:
    return Cell(one.text + rest.text, (*one.spans, *rest.spans), one.indent) if one else rest


def _is_total(row: Row) -> bool:
    first = next((cell for cell in row if not cell.blank), None)
    return first is not None and bool(pattern("indicators", "totals").match(fold(first.text)))


def _total(row: Row, slots: Sequence[Slot]) -> Iterator[Draft]:
    """The row of the points reached; one that prints only the points to be had is none.

    Where both are headed, a number alone under neither heading may be either: such a row says nothing.
    """
    filled = [(at, cell) for at, cell in enumerate(row) if not cell.blank]
    numbers = [(at, cell) for at, cell in filled[1:] if is_measure(cell.text)]
    columns = {slot.column: slot.kind for slot in slots}
    found = {columns[at]: cell for at, cell in numbers if columns.get(at) in ("points", "score")}
    kinds = {slot.kind for slot in slots}
    headed = "score" in kinds and not (len(numbers) == 1 and not found and "points" in kinds)
    if headed and len(numbers) == 2 and "points" in kinds:  # in a row of few cells they stand under other headings
        found = {"points": numbers[0][1], "score": numbers[1][1]}
    if headed and "score" not in found and numbers and len(numbers) > len(found):
        rest = [cell for _, cell in numbers if cell not in found.values()]
        found["score"] = rest[-1]
    if "score" in found:
        yield Draft(0, {"level1": filled[0][1], **found}, None, [], total=True)
