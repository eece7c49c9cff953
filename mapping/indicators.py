"""Performance-target and self-evaluation forms to their indicators (绩效指标), each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mapping.compose import compose
from mapping.document import Cell, Row, Span, fold
from mapping.forms import SCOPES, Form, scopes_headed
from mapping.header import is_numbers_row
from mapping.itemise import itemised, items_of, phrase_of
from mapping.levels import Draft, fill_levels
from mapping.lexicon import compiled, load, pattern
from mapping.place import (
    Slot,
    Wording,
    families,
    is_blank,
    over_levels,
    place,
    read_heading,
    refined,
    templates,
    wording,
)
from mapping.recognise import Recognised
from mapping.targets import is_measure, read_target

PRINTED = ("level3", "description", "target", "unit", "actual", "points", "score", "basis")
_LONGEST_LABEL = 20
UNHEADED = "no heading printed: columns by what they hold"


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
    level3: Cell | None = None
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
    def label(self) -> str:
        """Its label as it is matched; "" where it has none."""
        return fold(self.level3.text) if self.level3 else ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The place of the target, else of the label, else of the result: unique in its form."""
        cells = (self.target, self.level3, self.actual, self.score)
        return next(cell.spans for cell in cells if cell is not None)


def read_indicators(form: Form) -> list[Indicator]:
    """The indicators of a form in order of appearance: left half of a row before the right one."""
    rows = form.table.table.rows
    if runs_together(rows):
        return []
    listed = list(_listed(form, rows))
    if listed:
        return _unique(listed)
    usual = wording(rows)
    parts = list(_parts(rows)) or list(_unheaded(rows, usual))
    found: list[Indicator] = []
    for slots, body, reason, opened in parts:
        scopes = _scopes(form, slots)
        drafts = compose(slots, body, usual, opened)
        for half in sorted({draft.half for draft in drafts}):
            fill_levels([draft for draft in drafts if draft.half == half], drafts)
        for draft in drafts:
            found += _finish(form, draft, scopes[draft.half], reason)
    return _unique(found)


def runs_together(rows: Sequence[Row]) -> bool:
    """Whether a row heads columns of indicators and goes on with the first of them: nobody can tell the columns then.

    Its first cell may be a level that a page break cut off.
    """
    return any(read_heading(row) and any(_names_level(cell) for cell in row[1:]) for row in rows)


def _names_level(cell: Cell) -> bool:
    words = fold(cell.text)
    return bool(families(words, 1) or pattern("indicators", "level2-only").match(words)) and words.endswith("指标")


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
    headings = _headings(rows)
    for at, row in enumerate(rows):
        heading = headings.get(at, ())
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


def _headings(rows: Sequence[Row]) -> dict[int, tuple[Slot, ...]]:
    """The slots of each heading by its row, and by the rows below that divide its targets, with what these say."""
    found: dict[int, tuple[Slot, ...]] = {}
    own = [read_heading(row) for row in rows]
    for at, heading in enumerate(own):
        if heading:
            two_rows = at and (not own[at - 1] or over_levels(heading, own[at - 1]))
            divided = _divided(read_heading(rows[at], rows[at - 1]) if two_rows else heading, rows[at + 1 : at + 3])
            found |= dict.fromkeys(range(at, at + len(divided)), divided[-1])
    return found


def _divided(heading: tuple[Slot, ...], below: Sequence[Row]) -> list[tuple[Slot, ...]]:
    """A heading, then with each row below that divides its targets."""
    found = [heading]
    for row in below:
        if not (slots := refined(found[-1], row)):
            break
        found.append(slots)
    return found


def _same(one: Sequence[Slot], other: Sequence[Slot]) -> bool:
    return [(slot.kind, slot.column) for slot in one] == [(slot.kind, slot.column) for slot in other]


def _level_in(row: Row) -> Cell | None:
    """The level-1 cell that a damaged heading row prints at its left."""
    return next((cell for cell in row[:1] if families(fold(cell.text), 1)), None)


def _ends(row: Row) -> bool:
    words = [fold(cell.text) for cell in row if not cell.blank]
    return bool(words) and any(pattern("indicators", name).match(words[0]) for name in ("ends", "restarts"))


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
    cited = [bool(pattern("indicators", "cites").search(row[-1].plain)) for row in body if not row[-1].blank]
    return sum(cited) * 2 >= len(cited) > 0


def _names_levels(row: Row) -> bool:
    words = [fold(cell.text) for cell in row if not cell.blank]
    return any(families(one, 2) or families(one, 1) for one in words[:2]) and any(is_measure(one) for one in words[2:])


def _scopes(form: Form, slots: Sequence[Slot]) -> tuple[str | None, str | None]:
    """The scope of each half: as its headings say; two halves are period and annual unless they say otherwise.

    Where the headings of the only half say nothing, it is annual if the goals of the form are (年度绩效目标).
    """
    halves = {slot.half for slot in slots if slot.kind == "target"}
    named = [slot for slot in slots if slot.kind in ("section", "target")]
    said = [_said(slot.words for slot in named if slot.half == half) for half in (0, 1)]
    if halves != {0, 1}:
        return said[0] or ("annual" if _are_annual(form) else None), None
    if said == [None, None]:
        said = list(next((heads for row in form.table.table.rows if len(heads := _heads(row)) == 2), SCOPES))
    return said[0], said[1]


def _are_annual(form: Form) -> bool:
    """Whether a form has goals of the year, and of no longer term.

    Where it prints the words of both (总体目标 | 年度目标), the goals that are filled in say of which they are.
    """
    headed = {scope for row in form.table.table.rows for _, scope in scopes_headed(row, _LONGEST_LABEL)}
    goals = {one.scope for one in form.fields if one.field == "goal"}
    return headed == {"annual"} or (headed == set(SCOPES) and goals == {"annual"})


def _said(words: Iterator[str]) -> str | None:
    for one in words:
        for scope in SCOPES:
            if pattern("indicators", scope).match(one):
                return scope
    return None


def _heads(row: Row) -> list[str]:
    """The scopes of the cells of a row that head the halves (实施期目标 | 年度目标)."""
    found = [scope for _, scope in scopes_headed(row, _LONGEST_LABEL)]
    return found if len(set(found)) == 2 else []


# --- finished indicators ---


def _finish(form: Form, draft: Draft, scope: str | None, reason: str | None) -> Iterator[Indicator]:
    said = set(draft.cells) & {"level3", "target", "actual", "score"}
    if not said or (said == {"level3"} and pattern("indicators", "empty-label").match(draft.words("level3"))):
        return
    reasons = [*draft.reasons, *([reason] if reason else [])]
    for cells in itemised(draft.cells):
        yield Indicator(
            form=form,
            scope=None if draft.total else scope,
            level1=draft.level("level1"),
            level2=draft.level("level2"),
            project=draft.project,
            **_said_of(cells),
            reason="; ".join(reasons) or None,
        )


def _said_of(cells: dict[str, Cell]) -> dict[str, Any]:
    """The printed cells of an indicator, and the operator, value, unit and number of its target."""
    found: dict[str, Any] = {kind: cells.get(kind) for kind in PRINTED}
    if "target" not in cells:
        return found
    texts = {kind: cells[kind].text if kind in cells else None for kind in ("sign", "unit", "level3")}
    said = read_target(cells["target"].text, texts["sign"], texts["unit"], texts["level3"])
    return found | {"operator": said.operator, "value": said.value, "printed_unit": said.unit, "number": said.number}


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
    if compiled(listed["level1"]).match(words):
        return {"level1": cell}
    if families(words, 2):
        return {"level2": cell}
    return {} if compiled(listed["goal"]).match(words) else None
