"""Blocks to tables: pieces that a page break parted are one table again, cut rows and repeated headings mended."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from mapping.align import align, blank_at
from mapping.caption import is_caption, is_continued, is_note, title_score
from mapping.continuing import (
    CAPTION_LINES,
    continued_from,
    continues,
    ends_in_rest,
    goes_on_below_note,
    goes_on_form,
    goes_on_name,
    is_cut,
    is_unheaded_list,
    repeats_heading,
    running_heads,
    shared_columns,
)
from mapping.document import Caption, Cell, Paragraph, Row, Table
from mapping.header import heading_rows
from mapping.lexicon import pattern
from mapping.pieces import Piece, begins_form, read_piece, texts
from mapping.segment import Item


def join(items: Sequence[Item]) -> tuple[tuple[Table, ...], tuple[Paragraph, ...]]:
    """The tables, and the paragraphs that are not captions or notes of one."""
    running = running_heads(items)
    tables: list[Table] = []
    loose: list[Paragraph] = []
    waiting: list[Paragraph] = []
    for item in items:
        if isinstance(item, Paragraph):
            waiting.append(item)
            continue
        before = _give_notes(tables, waiting)
        piece = read_piece(item, before)
        if tables and ends_in_rest(tables[-1], piece):
            piece = replace(piece, heading=piece.heading - 1)
        if not texts(piece.rows):
            waiting = [*before, *(Paragraph(one.text, one.span, item.first_line) for one in piece.inner)]
            continue
        origin = continued_from(tables, piece)
        if origin is not None:
            tables[origin] = _append(tables[origin], piece)
            loose += [line for line in before if not is_continued(line.text) and not is_caption(line.text)]
        elif tables and (longer := _longer(tables[-1], piece, running, noted=len(before) < len(waiting))):
            tables[-1] = longer
        else:
            kept = _caption_lines(before)
            loose += before[: len(before) - len(kept)]
            tables.append(_captioned(tables, _table(piece, kept)))
        waiting = []
    loose += _give_notes(tables, waiting)
    return tuple(form for table in tables for form in _forms_apart(_names_whole(table))), tuple(loose)


def _longer(table: Table, piece: Piece, running: frozenset[str], *, noted: bool) -> Table | None:
    """`table` with a piece that goes on with it; None where it does not. `noted` tells one with notes between."""
    if continues(table, piece, running) and (not noted or goes_on_below_note(table, piece)):
        return _append(table, piece)
    if shared := shared_columns(table, piece):
        rows: Sequence[Row] = [(*old, *new[shared:]) for old, new in zip(table.rows, piece.rows, strict=True)]
    elif not piece.before and goes_on_form(table, piece):
        rows = align([*table.rows, *piece.rows], collapsed=False).rows
    else:
        return None
    return _reaching(table, rows, piece)


def _give_notes(tables: list[Table], lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Hands the 注 lines at the top of `lines` to the table above them, returns the other lines."""
    notes = list(itertools.takewhile(lambda line: is_note(line.text), lines)) if tables else []
    if notes:
        found = tuple(Caption(line.text, line.span) for line in notes)
        tables[-1] = replace(tables[-1], notes=tables[-1].notes + found)
    return list(lines[len(notes) :])


def _caption_lines(before: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines right above a table that introduce it: up to its title, and the captions right above that."""
    kept: list[Paragraph] = []
    titled = False
    for line in reversed(before[-CAPTION_LINES:]):
        caption = is_caption(line.text)
        if not caption and (titled or not (title_score(line.text) or is_note(line.text))):
            break
        kept.insert(0, line)
        titled = titled or title_score(line.text) == 3
    return kept


def _table(piece: Piece, kept: Sequence[Paragraph]) -> Table:
    captions = (*(Caption(line.text, line.span) for line in kept if not is_note(line.text)), *piece.inner)
    return Table(
        rows=piece.rows,
        captions=captions,
        notes=tuple(Caption(line.text, line.span) for line in kept if is_note(line.text)),
        form=piece.block.form,
        first_line=piece.block.first_line,
        last_line=piece.block.last_line,
        header_rows=piece.heading,
        told=piece.told,
        gaps=piece.block.gaps,
    )


def _captioned(tables: Sequence[Table], table: Table) -> Table:
    """A table with the captions of the one before above its own, where these only say that it goes on (表3续)."""
    continued = any(is_continued(caption.text) for caption in table.captions)
    if not tables or not continued or not all(is_caption(caption.text) for caption in table.captions):
        return table
    return replace(table, captions=(*tables[-1].captions, *table.captions))


def _names_whole(table: Table) -> Table:
    """`table` with each class name whole that goes on in a row of its own, as printed where cells are narrow."""
    rows = list(table.rows[: table.header_rows])
    for row in table.rows[table.header_rows :]:
        if len(rows) > table.header_rows and goes_on_name(rows[-1], row):
            rows[-1] = _mend(rows[-1], row)
        else:
            rows.append(row)
    return replace(table, rows=tuple(rows))


def _append(table: Table, piece: Piece) -> Table:
    """`table` with the data rows of `piece`; a row that the break cut is one row with cells of two spans."""
    piece = _realigned(table, piece)
    head = texts(piece.rows[: piece.heading])
    whole = not repeats_heading(table, head) or is_unheaded_list(table, piece)
    body = [_fit(row, table, piece) for row in piece.rows[0 if whole else piece.heading :]]
    rows = list(table.rows)
    while body and all(cell.blank for cell in body[0]):
        body.pop(0)
    if body and len(rows) > table.header_rows and is_cut(rows[-1], body[0]):
        rows[-1] = _mend(rows[-1], body.pop(0))
    return _reaching(table, align([*rows, *body], collapsed=False).rows, piece)


def _reaching(table: Table, rows: Sequence[Row], piece: Piece) -> Table:
    """`table` with the rows that reach to the end of `piece`."""
    gaps = table.gaps or piece.block.gaps
    return replace(table, rows=tuple(rows), last_line=piece.block.last_line, gaps=gaps)


def _realigned(table: Table, piece: Piece) -> Piece:
    """`piece` with its merged cells over the columns of the table: the page alone may leave some of these blank."""
    if table.form != "cell" or len(piece.rows[0]) != table.width:
        return piece
    return replace(piece, rows=align([*table.rows, *piece.printed], collapsed=True).rows[len(table.rows) :])


def _fit(row: Row, table: Table, piece: Piece) -> Row:
    """A row of a narrower piece under the table's columns: by the repeated headings where they stand further right."""
    head = piece.rows[piece.heading - 1] if piece.heading else ()
    if len(row) >= table.width or not head:
        return row
    origin = next((one for one in table.rows if texts([one]) == texts([head])), None)
    places = [at for at, cell in enumerate(origin or ()) if not cell.blank]
    if len(places) != len(row):
        return row
    fitted = [blank_at(row[0].start)] * table.width
    for place, cell in zip(places, row, strict=True):
        fitted[place] = cell
    return tuple(fitted)


def _mend(last: Row, first: Row) -> Row:
    """The cells of `last` with the words of `first` added: in the same column, else in its last printed cell."""
    cells = list(last)
    for place, cell in enumerate(first):
        if cell.blank:
            continue
        target = place
        if cells[place].blank:
            target = max(at for at, one in enumerate(cells) if not one.blank)
        cells[target] = _joined(cells[target], cell)
    return tuple(cells)


def _joined(one: Cell, rest: Cell) -> Cell:
    return Cell(one.text + rest.text, (*one.spans, *rest.spans), one.indent)


def _forms_apart(table: Table) -> list[Table]:
    """The forms that one grid holds, each from the row that names its project to the next; else the table itself.

    The first has the title of all, unless titles stand in rows of their own; it may be the rest of a form.
    """
    begins = [at for at, row in enumerate(table.rows) if begins_form(row)]
    cuts = [at - 1 if at and _title_row(table.rows[at - 1]) else at for at in begins]
    if begins and cuts[0] < begins[0] and cuts[0]:
        cuts.insert(0, 0)
    if len(cuts) < 2 or cuts[0] != 0:
        return [table]
    parts = [table.rows[at:end] for at, end in itertools.pairwise([*cuts, len(table.rows)])]
    if not all(map(_is_form, parts)):
        return [table]
    beside = tuple(one for one in table.captions if is_caption(one.text))
    forms = [replace(table, rows=tuple(rows), notes=(), header_rows=heading_rows(rows)) for rows in parts]
    own = [_under_title(replace(form, captions=beside)) for form in forms[1:]]
    return [forms[0], *own[:-1], replace(own[-1], notes=table.notes)]


def _title_row(row: Row) -> Caption | None:
    """The title that is all a row prints."""
    filled = [cell for cell in row if not cell.blank]
    titled = len(filled) == 1 and title_score(filled[0].plain) == 3
    return Caption(filled[0].text, filled[0].spans[0]) if titled else None


def _under_title(form: Table) -> Table:
    """A form whose first row is its title with this as a caption."""
    title = _title_row(form.rows[0])
    if title is None:
        return form
    rows = form.rows[1:]
    return replace(form, rows=rows, captions=(title, *form.captions), header_rows=heading_rows(rows))


def _is_form(rows: Sequence[Row]) -> bool:
    """Whether rows hold more of a form than its project: goals or indicators, or a row that begins with its label."""
    goes_on, begins = pattern("forms", "goes-on"), pattern("forms", "begins")
    labels = (words for row in rows[1:] for words in texts([row])[:1])
    return any(map(goes_on.search, texts(rows))) or any(map(begins.search, labels))
