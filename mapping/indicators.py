"""Performance-target and self-evaluation forms to their indicators (绩效指标), each with its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mapping.align import blank_at
from mapping.document import Cell, Row, Span, fold
from mapping.forms import Form
from mapping.header import is_numbers_row
from mapping.itemise import itemised, items_of, phrase_of
from mapping.levels import Draft, fill_levels
from mapping.lexicon import compiled, load
from mapping.place import (
    Placed,
    Slot,
    Wording,
    families,
    is_blank,
    is_section,
    place,
    read_heading,
    templates,
    wording,
)
from mapping.recognise import Recognised
from mapping.targets import Target, is_measure, is_unit, read_sign, read_target

SCOPES = ("period", "annual")
SHARED = ("level1", "level2", "level3", "description", "sign", "unit")
SLID = "stands outside the column of its heading: "
UNHEADED = "no heading printed: columns by what they hold"
NEXT_ROW = "value from the next row, which prints no label"
NEXT_LABEL = "label goes on in the next row"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a form: the printed cells, and what its target says.

    `scope` is period, annual or None where the form does not say; `operator` is None without target; `value` is without
    thousands separators; `project` is the cell that names the project where a table lists several. `reason` says why,
    where context was needed.
    """

    form: Form
    scope: str | None
    level1: Cell | None
    level2: Cell | None
    level3: Cell | None
    description: Cell | None = None
    target: Cell | None = None
    unit: Cell | None = None
    actual: Cell | None = None
    points: Cell | None = None
    score: Cell | None = None
    basis: Cell | None = None
    project: Cell | None = None
    operator: str | None = None
    value: str | None = None
    printed_unit: str | None = None
    number: Decimal | None = None
    reason: str | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The place of the target, else of the label, else of the result: unique in its form."""
        cells = (self.target, self.level3, self.actual, self.score)
        return next(cell.spans for cell in cells if cell is not None)


def read_indicators(form: Form) -> list[Indicator]:
    """The indicators of a form in order of appearance: left half of a row before the right one."""
    rows = form.table.table.rows
    listed = list(_listed(form, rows))
    if listed:
        return _unique(listed)
    usual = wording(rows)
    parts = list(_parts(rows)) or list(_unheaded(rows, usual))
    found: list[Indicator] = []
    for slots, body, reason, opened in parts:
        scopes = _scopes(rows, slots)
        drafts = _drafts(slots, body, usual, opened)
        for half in sorted({draft.half for draft in drafts}):
            fill_levels([draft for draft in drafts if draft.half == half], drafts)
        for draft in drafts:
            found += _finish(form, draft, scopes[draft.half], reason)
    return _unique(found)


def read_listed(table: Recognised) -> list[Indicator]:
    """The indicators of a table that is no form: it lists projects and their targets beside them."""
    return _unique(list(_listed(Form(table, None, (), False, ()), table.table.rows)))


def _unique(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The indicators without those that stand where another one does, in order of appearance."""
    kept: dict[tuple[Span, ...], Indicator] = {}
    for one in indicators:
        kept.setdefault(one.spans, one)
    return list(kept.values())


# --- parts of a form ---

_Part = tuple[tuple[Slot, ...], list[Row], str | None, Cell | None]


def _parts(rows: Sequence[Row]) -> Iterator[_Part]:
    """Each heading with the rows under it, up to signatures or another form; a repeated heading opens no part."""
    slots: tuple[Slot, ...] = ()
    body: list[Row] = []
    opened: Cell | None = None
    for at, row in enumerate(rows):
        heading = read_heading(row, rows[at - 1] if at and not read_heading(rows[at - 1]) else None)
        if heading and _same(heading, slots):
            continue
        if heading or (slots and _ends(row)):
            if slots and body:
                yield slots, body, None, opened
            slots, body, opened = heading, [], _level_in(row)
        elif slots and not is_numbers_row(row):
            body.append(row)
    if slots and body:
        yield slots, body, None, opened


def _same(one: Sequence[Slot], other: Sequence[Slot]) -> bool:
    return [(slot.kind, slot.column) for slot in one] == [(slot.kind, slot.column) for slot in other]


def _level_in(row: Row) -> Cell | None:
    """The level-1 cell that a damaged heading row prints at its left."""
    return next((cell for cell in row[:1] if families(fold(cell.text), 1)), None)


def _ends(row: Row) -> bool:
    words = [fold(cell.text) for cell in row if not cell.blank]
    return bool(words) and any(re.match(load("indicators")[name], words[0]) for name in ("ends", "restarts"))


def _unheaded(rows: Sequence[Row], usual: Wording) -> Iterator[_Part]:
    """The rows that name levels in a form without heading, under the sequence of columns that fits them best."""
    start = next((at for at, row in enumerate(rows) if _names_levels(row)), None)
    if start is None:
        return
    body = []
    for row in rows[start:]:
        if _ends(row):
            break
        body.append(row)
    width = max(sum(not cell.blank for cell in row) for row in body)
    fits = [
        (sum(place(row, slots, usual).fit for row in body), slots)
        for slots in templates(len(rows[0]), cited=_cites(body))
    ]
    fits = [(fit, slots) for fit, slots in fits if len(slots) >= width]
    if fits and (best := max(fits, key=lambda one: one[0]))[0] > 2 * len(body):
        yield best[1], body, UNHEADED, None


def _cites(body: Sequence[Row]) -> bool:
    """Whether the last cells of rows cite documents, at least as many as do not."""
    cited = [bool(re.search(load("indicators")["cites"], row[-1].plain)) for row in body if not row[-1].blank]
    return sum(cited) * 2 >= len(cited) > 0


def _names_levels(row: Row) -> bool:
    words = [fold(cell.text) for cell in row if not cell.blank]
    return any(families(one, 2) or families(one, 1) for one in words[:2]) and any(is_measure(one) for one in words[2:])


def _scopes(rows: Sequence[Row], slots: Sequence[Slot]) -> tuple[str | None, str | None]:
    """The scope of each half: as its headings say; two halves are period and annual unless they say otherwise."""
    halves = {slot.half for slot in slots if slot.kind == "target"}
    named = [slot for slot in slots if slot.kind in ("section", "target")]
    said = [_said(slot.words for slot in named if slot.half == half) for half in (0, 1)]
    if halves != {0, 1}:
        return said[0], None
    if said == [None, None]:
        said = list(next((heads for row in rows if len(heads := _heads(row)) == 2), SCOPES))
    return said[0], said[1]


def _said(words: Iterator[str]) -> str | None:
    for one in words:
        for scope in SCOPES:
            if re.match(load("indicators")[scope], one):
                return scope
    return None


def _heads(row: Row) -> list[str]:
    """The scopes of the cells of a row that head the halves (实施期目标 | 年度目标)."""
    found = []
    for cell in row:
        for scope in SCOPES:
            if len(cell.plain) <= 20 and re.match(load("forms")[f"{scope}-head"], fold(cell.text)):
                found.append(scope)
    return found if len(set(found)) == 2 else []


# --- rows ---


def _drafts(slots: Sequence[Slot], body: Sequence[Row], usual: Wording, opened: Cell | None) -> list[Draft]:
    drafts: list[Draft] = []
    project: Cell | None = None
    standing: dict[str, Cell] = {}
    for row in body:
        if _is_total(row):
            drafts += _total(row, slots)
            continue
        if level := _level_row(row, slots, standing):
            standing = level
            continue
        placed = place(_whole_targets(_without_section(row, slots), {slot.kind for slot in slots}), slots, usual)
        project = placed.of("project", 0) or project
        for half in sorted({slot.half for slot in slots}):
            last = next((one for one in reversed(drafts) if one.half == half), None)
            above = next(
                (one.cells["level2"] for one in reversed(drafts) if one.half == half and "level2" in one.cells), None
            )
            cells = _relabelled(_cells(placed, slots, half), placed.stray(half), above)
            draft = Draft(half, cells, project, _slid(placed, half), standing)
            if last and draft.cells and last.project is project and _goes_on(last, draft):
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
    level1 = {slot.column for slot in slots if slot.kind == "level1"}
    named = [at for at, cell in enumerate(row[:2]) if is_section(cell) and (at not in level1 or "指标" in cell.plain)]
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
    alone = "level3" not in cells and "level1" not in cells and "target" in cells and "level2" in strays
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


# --- the row of totals ---


def _is_total(row: Row) -> bool:
    first = next((cell for cell in row if not cell.blank), None)
    return first is not None and bool(re.match(load("indicators")["totals"], fold(first.text)))


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


# --- finished indicators ---


def _finish(form: Form, draft: Draft, scope: str | None, reason: str | None) -> Iterator[Indicator]:
    if not set(draft.cells) & {"level3", "target", "actual", "score"}:
        return
    reasons = [*draft.reasons, *([reason] if reason else [])]
    for cells in itemised(draft.cells):
        yield Indicator(
            form=form,
            scope=None if draft.total else scope,
            level1=draft.level("level1"),
            level2=draft.level("level2"),
            level3=cells.get("level3"),
            description=cells.get("description"),
            target=cells.get("target"),
            unit=cells.get("unit"),
            actual=cells.get("actual"),
            points=cells.get("points"),
            score=cells.get("score"),
            basis=cells.get("basis"),
            project=draft.project,
            **_said_of(cells),
            reason="; ".join(reasons) or None,
        )


def _said_of(cells: dict[str, Cell]) -> dict[str, Any]:
    """Operator, value, unit and number of the target among `cells`."""
    if "target" not in cells:
        return {}
    texts = {kind: cells[kind].text if kind in cells else None for kind in ("sign", "unit", "level3")}
    said: Target = read_target(cells["target"].text, texts["sign"], texts["unit"], texts["level3"])
    return {"operator": said.operator, "value": said.value, "printed_unit": said.unit, "number": said.number}


# --- lists of projects with their targets ---


def _listed(form: Form, rows: Sequence[Row]) -> Iterator[Indicator]:
    """The targets in a table that lists projects and heads its columns with levels (数量指标 | 质量指标)."""
    head, name, columns = next(_list_heads(rows), (len(rows), 0, {}))
    project: Cell | None = None
    for row in rows[head + 1 :]:
        project = row[name] if not row[name].blank else project
        for at, levels in columns.items():
            for cell in items_of(row[at]) if not is_blank(row[at]) else []:
                cells = phrase_of(cell) or ({"target": cell} if levels else None)
                if cells:
                    yield Indicator(
                        form=form,
                        scope=None,
                        level1=levels.get("level1"),
                        level2=levels.get("level2"),
                        level3=cells.get("level3"),
                        target=cells["target"],
                        project=project,
                        **_said_of(cells),
                    )


def _list_heads(rows: Sequence[Row]) -> Iterator[tuple[int, int, dict[int, dict[str, Cell]]]]:
    """Row, column of the names, and levels by column, of each row that heads such a list."""
    listed = load("indicators")["listed"]
    for at, row in enumerate(rows):
        above = rows[at - 1] if at else row
        if read_heading(row, above):
            return
        heads = [(column, fold(cell.text)) for one in (row, above) for column, cell in enumerate(one)]
        names = [column for column, words in heads if compiled(listed["name"]).search(words)]
        columns = {column: levels for column, cell in enumerate(row) if (levels := _listed_level(cell)) is not None}
        if any(columns.values()):
            columns = {column: levels for column, levels in columns.items() if levels}
            if len(columns) == 1 and not any("指标" in cell.plain for cell in row):
                continue  # 数量 alone counts what is bought
        if names and columns and names[0] not in columns and len([cell for cell in row if not cell.blank]) > 1:
            yield at, names[0], columns


def _listed_level(cell: Cell) -> dict[str, Cell] | None:
    """The level that heads a column of targets; {} for one of goals in general; None for any other column."""
    listed, words = load("indicators")["listed"], fold(cell.text)
    if re.match(listed["level1"], words):
        return {"level1": cell}
    if families(words, 2):
        return {"level2": cell}
    return {} if re.match(listed["goal"], words) else None
