"""Rows between bars to those of which the columns are sure, where a page that was made text may have lost blanks.

Such a page has bars for its blank cells at the ends of rows, or none for what a wide cell covers: what stands left of
them may belong under another heading than the one above it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from mapping.amounts import parse_amount
from mapping.divide import belongs, is_of_kind
from mapping.document import Cell
from mapping.fields import fields_named
from mapping.lexicon import pattern

_LEAST_FIELDS = 2
Printed = tuple[Sequence[Cell], Sequence[str]]
"""The cells of a row, and the text of its lines."""


def sure_rows(printed: Sequence[Printed]) -> tuple[str, list[Sequence[Cell]]]:
    """The form of rows, and for each its cells where their columns are sure; none where nobody can tell.

    A form is read by its labels, so all its rows are. The form is `cell` where blanks at the ends of rows are none of
    their cells, as in the files of word processors, else `pipe`.
    """
    rows = [row for row, _ in printed]
    if is_form(rows):
        return "pipe", rows
    lost, narrow = _drops_blanks(printed), _is_narrow(rows)
    if any(map(_is_under_names, rows, rows[1:])) or (narrow and (lost or any(map(_slid, rows, rows[1:])))):
        return "cell", _without_ends(rows) if narrow else [() for _ in rows]
    sure = [row if not lost or _is_told(row, rows) else () for row in rows]
    return "pipe", sure if all(sure) or any(map(_has_number, sure)) else [() for _ in rows]


def is_form(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether several rows begin with the labels of fields."""
    return sum(map(_is_field, rows)) >= _LEAST_FIELDS


def _drops_blanks(printed: Sequence[Printed]) -> bool:
    """Whether a page that was made text lost the blank cells of its rows, and has bars for them at the ends only.

    No row of words begins with a pipe, and what each prints stands at its left.
    """
    filled = [[at for at, cell in enumerate(row) if not cell.blank] for row, _ in printed]
    plain = not any(_opens(text) for _, texts in printed for text in texts)
    return plain and all(places == list(range(len(places))) for places in filled if len(places) > 1)


def _opens(text: str) -> bool:
    """Whether a line of several cells begins with a bar."""
    return text.lstrip().startswith("|") and sum(bool(words.strip()) for words in text.split("|")) > 1


def _is_narrow(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether headings, the first row of several cells, print fewer than a row below: some cover several columns."""
    counts = [count for row in rows if (count := sum(not cell.blank for cell in row)) > 1]
    return bool(counts) and counts[0] < max(counts)


def _is_told(row: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the columns of a row that lost its blank cells are sure.

    It has no number, lacks but remarks at the end, or fills the left one of two sides with the same headings.
    """
    head = next((words for one in rows if len(words := [cell.plain for cell in one if not cell.blank]) > 1), [])
    remarks = list(itertools.takewhile(pattern("headings", "kinds", "text").search, reversed(head)))
    count = sum(not cell.blank for cell in row)
    half = len(head) // 2
    sided = len(head) > 3 and head[1:half] == head[half + 1 :]
    return count >= len(head) - len(remarks) or (sided and count == half) or not _has_number(row)


def _has_number(row: Sequence[Cell]) -> bool:
    return any(parse_amount(cell.plain) for cell in row)


def _slid(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether a row prints headings at its left that belong under others than those above, and blanks behind them."""
    words = _at_left(row)
    return not _has_number(row) and any(belongs(over.plain, word) < 0 for over, word in zip(above, words, strict=False))


def _is_under_names(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether such a row has a heading of amounts below the one of names, with others beside both."""
    words, heads = _at_left(row), [cell.plain for cell in above]
    if not words or not all(heads[: len(words)]) or _has_number(row):
        return False
    headings = all(map(pattern("headings", "word").search, words))
    return headings and any(map(is_of_kind, heads[: len(words)])) and not any(map(is_of_kind, words))


def _at_left(row: Sequence[Cell]) -> list[str]:
    """The words of a row that prints several at its left, and blanks behind them; nothing of any other."""
    words = [cell.plain for cell in itertools.takewhile(lambda cell: not cell.blank, row)]
    return words if 1 < len(words) < len(row) and all(cell.blank for cell in row[len(words) :]) else []


def _is_field(row: Sequence[Cell]) -> bool:
    """Whether a row begins with the label of a field, and is none of headings, which begin so too."""
    entry = next(fields_named(row[0].plain), None)
    beside = next((cell.plain for cell in row[1:] if not cell.blank), "")
    if entry is None or entry.get("everywhere"):
        return False
    if _has_number(row):
        return True
    headed = pattern("headings", "total").search(beside) or is_of_kind(beside)
    return not headed and not (entry.get("money") and pattern("headings", "word").search(beside))


def _without_ends(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Rows without the blanks at their ends; none of their cells where rows of figures differ in how many they have."""
    kept = [row[: max((at for at, cell in enumerate(row, 1) if not cell.blank), default=0)] for row in rows]
    counts = {len(row) for row in kept if _has_number(row)}
    return kept if counts == {max(map(len, kept))} else [() for _ in rows]
