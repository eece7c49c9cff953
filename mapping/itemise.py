"""Cells that list several indicators (1.慰问职工≥500人；2.…) to one set of cells for each."""

from __future__ import annotations

import re
import unicodedata

from mapping.document import Cell, Span
from mapping.targets import split_phrase

_ITEM = re.compile(r"(?:^|(?<=[\s;；。,，、>]))\s*(?:[(（](?P<a>\d{1,2})[)）]|(?P<b>\d{1,2})[.．、]|(?P<c>[①-⑳]))\s*")
_EDGES = re.compile(r"(?:<br\s*/?>|[\s;；。,，、])*(?P<words>.*?)(?:<br\s*/?>|[\s;；。,，、])*", re.DOTALL)


def itemised(cells: dict[str, Cell]) -> list[dict[str, Cell]]:
    """The cells of each indicator where a label or a target lists several (1.…；2.…), else the cells as they are."""
    labels = items_of(cells.get("level3"))
    targets = items_of(cells.get("target"))
    if len(labels) > 1 and len(labels) == len(targets):
        return [cells | {"level3": one, "target": two} for one, two in zip(labels, targets, strict=True)]
    several = targets if len(targets) > 1 and len(labels) < 2 else labels if "target" not in cells else []
    phrases = [phrase for one in several if (phrase := phrase_of(one))]
    if len(phrases) > 1 and len(phrases) == len(several):
        return [cells | phrase for phrase in phrases]
    return [cells]


def items_of(cell: Cell | None) -> list[Cell]:
    """The parts of a numbered list in one cell, without their numbers; the cell itself when it is none."""
    if cell is None or len(cell.spans) != 1 or len(cell.text) != cell.end - cell.start:
        return [cell] if cell else []
    marks = list(_ITEM.finditer(cell.text))
    numbers = [int(unicodedata.numeric(mark["c"]) if mark["c"] else mark["a"] or mark["b"]) for mark in marks]
    if len(marks) < 2 or marks[0].start() or numbers != list(range(1, len(marks) + 1)):
        return [cell]
    ends = [mark.start() for mark in marks[1:]] + [len(cell.text)]
    return [_part(cell, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _part(cell: Cell, start: int, end: int) -> Cell:
    """The characters `start` to `end` of a cell, without blanks and separators around them."""
    found = _EDGES.fullmatch(cell.text, start, end)
    first, last = found.span("words") if found else (start, end)
    return Cell(cell.text[first:last], (Span(cell.start + first, cell.start + last),))


def phrase_of(cell: Cell) -> dict[str, Cell] | None:
    """Label and target of a cell that says both (慰问职工≥500人)."""
    found = split_phrase(cell.text)
    if found is None or len(cell.spans) != 1:
        return None
    return {"level3": _part(cell, 0, found.at), "target": _part(cell, found.at, len(cell.text))}
