"""Blocks to pieces of tables: captions taken out of their rows, what a page printed again left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapping.align import align
from mapping.caption import is_caption, title_score
from mapping.divide import is_of_kind
from mapping.document import Caption, Paragraph, Row
from mapping.header import heading_rows
from mapping.lexicon import pattern
from mapping.segment import Block

# What only explains the title of a table: （按政府预算支出经济分类科目）.
_REMARK = re.compile("[(（][^()（）]+[)）]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as a grid, its captions taken out of its first rows, with the lines before it.

    `printed` are the rows of the grid before they were made equally wide, `told` is false where it could not be told
    which columns the headings stand over.
    """

    block: Block
    printed: tuple[Row, ...]
    rows: tuple[Row, ...]
    heading: int
    told: bool
    inner: tuple[Caption, ...]
    before: tuple[Paragraph, ...]


def read_piece(block: Block, before: Sequence[Paragraph]) -> Piece:
    """A block and the lines before it as a piece; of a block that is nothing but captions one without rows."""
    rows = list(block.rows)
    inner: list[Caption] = []
    while rows and block.form != "toc" and (found := _caption_row(rows)):
        inner += found
        rows.pop(0)
    rows = _without_repeats(rows)
    grid = align(rows, collapsed=block.form == "cell", ruled=block.form in ("tab", "pipe"))
    return Piece(block, tuple(rows), grid.rows, heading_rows(grid.rows), grid.told, tuple(inner), tuple(before))


def _without_repeats(rows: list[Row]) -> list[Row]:
    """Rows without the captions and headings that a page break printed again between them; another form has its own."""
    count = heading_rows(rows)
    head = [texts([row]) for row in rows[:count]]
    kept = list(rows[:count])
    at, anew = count, False
    while at < len(rows):
        filled = [cell for cell in rows[at] if not cell.blank]
        anew = anew or begins_form(rows[at])
        if not anew and head and len(head[0]) > 1 and [texts([row]) for row in rows[at : at + count]] == head:
            at += count
        elif len(filled) > 1 and all(is_caption(cell.plain) for cell in filled):
            at += 1
        else:
            kept.append(rows[at])
            at += 1
    return kept


def _caption_row(rows: Sequence[Row]) -> list[Caption]:
    """The captions that the first of `rows` consists of, or nothing when it is a row of the table."""
    row = rows[0]
    filled = [cell for cell in row if re.search(r"\w", cell.plain)]
    if not filled:
        return []
    found = [Caption(cell.text, cell.spans[0]) for cell in filled]
    said = [is_caption(cell.plain) for cell in filled]
    if all(said):
        return found
    if len(rows) < 2:
        return []
    remarks = all(one or _REMARK.fullmatch(cell.plain) for one, cell in zip(said, filled, strict=True))
    if remarks and (any(said) or (len(filled) == 1 and heading_rows(rows[1:]))):
        return found
    same = len({cell.plain for cell in filled}) == 1
    wide = len(filled) in (1, len(row))
    if same and wide and title_score(filled[0].plain) >= (2 if len(row) == 1 else 3):
        return found[:1]
    titles = [cell for cell in filled if not is_caption(cell.plain)]
    titled = len(titles) == 1 and title_score(titles[0].plain) == 3
    return found if titled and len(filled) > 1 else []


def begins_form(row: Row) -> bool:
    """Whether a row names the project of a form: its first words are the label, those beside it no heading."""
    words = texts([row])
    return len(words) > 1 and bool(pattern("forms", "anew").search(words[0])) and not is_of_kind(words[1])


def texts(rows: Sequence[Row]) -> list[str]:
    """The words of all printed cells, row by row."""
    return [cell.plain for row in rows for cell in row if not cell.blank]
