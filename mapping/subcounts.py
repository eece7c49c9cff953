"""Counts of tables to the counts of the rows below them: what a number of vehicles, persons or rooms is made up of.

Only counts of one unit are compared. A row that calls itself a total, or is the sum of its parts in another column, is
the sum of them; any other row must not be less than its parts, nor than the largest 其中.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapping.amounts import MULTIPLIERS, agree
from mapping.counts import Quantity, printed_number
from mapping.document import fold
from mapping.forms import FORMS
from mapping.lexicon import load, pattern
from mapping.lines import Block
from mapping.recognise import Recognised
from mapping.rows import Line, total_parts

Counts = Mapping[tuple[int, int], Quantity]


@dataclass(frozen=True, slots=True)
class Subcount:
    """That a count is the sum of others, or, unless `complete`, not less than it."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    complete: bool


def read_subcounts(table: Recognised, blocks: Sequence[Block], quantities: Sequence[Quantity]) -> list[Subcount]:
    """The counts of one table that others make up, top to bottom; nothing of what rounding explains."""
    counted = (one for one in quantities if one.unit not in (*MULTIPLIERS, "%") and table.kind not in FORMS)
    starts = {one.spans[0].start: one for one in counted}
    found = (one for block in blocks for one in _of_block(block, _counts(table, block, starts))) if starts else ()
    return [one for one in found if not _is_rounded(one)]


def _counts(table: Recognised, block: Block, starts: Mapping[int, Quantity]) -> Counts:
    """The counts of a block, which begin at `starts`, by place of the line and column."""
    unsummed = load("headings")["unsummed"]
    columns = [one.index for one in block.columns if not re.search(unsummed, fold(one.printed_path))]
    found: dict[tuple[int, int], Quantity] = {}
    for at, line in enumerate(block.lines):
        for column in columns:
            number = printed_number(table.table.rows[line.row][column + line.offset])
            if number and number[2][0].start in starts:
                found[at, column] = starts[number[2][0].start]
    return found


def _of_block(block: Block, counts: Counts) -> Iterator[Subcount]:
    for at, line in enumerate(block.lines):
        below = total_parts(block.lines, at) if line.kind == "total" else line.children
        parts = {
            column: [*_printed(below, block.lines, counts, column)] for row, column in counts if row == at and below
        }
        memos = any(block.lines[one].role == "memo" for one in below)
        complete = not memos and _is_complete(line, [(counts[at, column], found) for column, found in parts.items()])
        for column, found in parts.items():
            compared = sorted(found, key=lambda one: one.printed.value)[-1:] if memos else found
            if compared and _are_alike(counts[at, column], compared):
                yield Subcount(counts[at, column], tuple(compared), complete)


def _printed(rows: Sequence[int], lines: Sequence[Line], counts: Counts, column: int) -> Iterator[Quantity]:
    """The printed counts of `rows`; for a row without one those of the rows under it."""
    for row in rows:
        if (row, column) in counts:
            yield counts[row, column]
        elif lines[row].role != "memo":
            yield from _printed(lines[row].children, lines, counts, column)


def _is_complete(line: Line, sums: Sequence[tuple[Quantity, Sequence[Quantity]]]) -> bool:
    """Whether the rows below a line are all that there is: by its name, or by another column that adds up."""
    if line.kind in ("total", "subtotal") or pattern("comparisons", "counted").search(line.words):
        return True
    return any(len(parts) > 1 and agree(whole.printed, [one.printed for one in parts]) for whole, parts in sums)


def _are_alike(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether all count the same; a part without a unit has that of the whole."""
    return all(one.unit in (whole.unit, None) for one in parts)


def _is_rounded(one: Subcount) -> bool:
    """Whether whole numbers of what is measured, not counted, differ by no more than rounding: 1200平方米."""
    measured = one.whole.unit is not None and pattern("comparisons", "measured").search(one.whole.unit)
    return bool(measured) and agree(one.whole.printed, [part.printed for part in one.parts])
