"""Blocks to tables: pieces that a page break parted are one table again, cut rows and repeated headings mended."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from mapping.align import align, blank_at
from mapping.amounts import parse_amount
from mapping.caption import is_caption, is_continued, is_note, is_title, title_score
from mapping.chart import is_series
from mapping.classify import is_contents
from mapping.divide import is_of_kind
from mapping.document import Caption, Cell, Paragraph, Row, Table, fold, squeeze
from mapping.header import heading_rows, is_numbers_row
from mapping.lexicon import load, pattern
from mapping.rows import numbering
from mapping.segment import Block, Item

CAPTION_LINES = 8
_SHORTEST_HEAD = 6
# What only explains the title of a table: （按政府预算支出经济分类科目）.
_REMARK = re.compile("[(（][^()（）]+[)）]")


@dataclass(frozen=True, slots=True)
class _Piece:
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


def join(items: Sequence[Item]) -> tuple[tuple[Table, ...], tuple[Paragraph, ...]]:
    """The tables, and the paragraphs that are not captions or notes of one."""
    running = _running_heads(items)
    tables: list[Table] = []
    loose: list[Paragraph] = []
    waiting: list[Paragraph] = []
    for item in items:
        if isinstance(item, Paragraph):
            waiting.append(item)
            continue
        before = _give_notes(tables, waiting)
        piece = _piece(item, before)
        if tables and _ends_in_rest(tables[-1], piece):
            piece = replace(piece, heading=piece.heading - 1)
        if not _texts(piece.rows):
            waiting = [*before, *(Paragraph(one.text, one.span, item.first_line) for one in piece.inner)]
            continue
        origin = _continued_from(tables, piece)
        if origin is not None:
            tables[origin] = _append(tables[origin], piece)
            loose += [line for line in before if not is_continued(line.text) and not is_caption(line.text)]
        elif tables and not _notes(waiting) and _continues(tables[-1], piece, running):
            tables[-1] = _append(tables[-1], piece)
        elif tables and (shared := _shared_columns(tables[-1], piece)):
            tables[-1] = _widen(tables[-1], piece, shared)
        elif tables and not before and _goes_on_form(tables[-1], piece):
            rows = align([*tables[-1].rows, *piece.rows], collapsed=False).rows
            tables[-1] = replace(tables[-1], rows=rows, last_line=piece.block.last_line)
        else:
            kept = _caption_lines(before)
            loose += before[: len(before) - len(kept)]
            tables.append(_table(piece, kept))
        waiting = []
    loose += _give_notes(tables, waiting)
    return tuple(form for table in tables for form in _forms_apart(table)), tuple(loose)


def _forms_apart(table: Table) -> list[Table]:
    """The forms that one grid holds, each from the row that names its project to the next; else the table itself.

    The first has the title of all, unless titles stand in rows of their own; it may be the rest of a form.
    """
    begins = [at for at, row in enumerate(table.rows) if _begins_form(row)]
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
    labels = (words for row in rows[1:] for words in _texts([row])[:1])
    return any(map(goes_on.search, _texts(rows))) or any(map(begins.search, labels))


def _begins_form(row: Row) -> bool:
    """Whether a row names the project of a form: its first words are the label, those beside it no heading."""
    words = _texts([row])
    return len(words) > 1 and bool(pattern("forms", "anew").search(words[0])) and not is_of_kind(words[1])


def _running_heads(items: Sequence[Item]) -> frozenset[str]:
    """The words of lines that stand on three pages or more, or say again what the document begins with.

    These are heads of pages, not titles of tables.
    """
    words = [fold(item.text) for item in items if isinstance(item, Paragraph)]
    often = {line for line, count in Counter(words).items() if count >= 3}
    again = {line for line in words[1:] if len(line) >= _SHORTEST_HEAD and words[0].startswith(line)}
    return frozenset(line for line in often | again if title_score(line) < 3)


def _notes(lines: Sequence[Paragraph]) -> list[Paragraph]:
    count = next((at for at, line in enumerate(lines) if not is_note(line.text)), len(lines))
    return list(lines[:count])


def _give_notes(tables: list[Table], lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Hands the 注 lines at the top of `lines` to the table above them, returns the other lines."""
    notes = _notes(lines) if tables else []
    if notes:
        found = tuple(Caption(line.text, line.span) for line in notes)
        tables[-1] = replace(tables[-1], notes=tables[-1].notes + found)
    return list(lines[len(notes) :])


def _piece(block: Block, before: Sequence[Paragraph]) -> _Piece:
    rows = list(block.rows)
    inner: list[Caption] = []
    while rows and block.form != "toc" and (found := _caption_row(rows)):
        inner += found
        rows.pop(0)
    rows = _without_repeats(rows)
    grid = align(rows, collapsed=block.form == "cell")
    return _Piece(block, tuple(rows), grid.rows, heading_rows(grid.rows), grid.told, tuple(inner), tuple(before))


def _without_repeats(rows: list[Row]) -> list[Row]:
    """Rows without the captions and headings that a page break printed again between them; another form has its own."""
    count = heading_rows(rows)
    head = [_texts([row]) for row in rows[:count]]
    kept = list(rows[:count])
    at, anew = count, False
    while at < len(rows):
        filled = [cell for cell in rows[at] if not cell.blank]
        anew = anew or _begins_form(rows[at])
        if not anew and head and len(head[0]) > 1 and [_texts([row]) for row in rows[at : at + count]] == head:
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


def _table(piece: _Piece, kept: Sequence[Paragraph]) -> Table:
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
    )


def _continues(table: Table, piece: _Piece, running: frozenset[str]) -> bool:
    """Whether `piece` goes on with `table`: no new title between, and the same headings again or none."""
    if table.form != piece.block.form:
        return False
    head = _texts(piece.rows[: piece.heading])
    same = bool(head) and head == _texts(table.rows[: table.header_rows])
    own = {fold(caption.text) for caption in table.captions} if same and not _is_new_form(piece) else set()
    between = [
        line
        for line in piece.before
        if not is_caption(line.text) and fold(line.text) not in running and fold(line.text) not in own
    ]
    if table.form == "toc":
        return not between
    if any(is_title(line.text) or not title_score(line.text) for line in between) or len(between) > 1:
        return False
    if any(is_title(caption.text) for caption in piece.inner):
        return False
    if head and _repeats_heading(table, head):
        return True
    unheaded = (not between or not is_contents(table)) and (not head or not _names_columns(piece))
    chart = table.header_rows == 0 and is_series(piece.rows[0])
    fits = table.width == len(piece.rows[0]) or _is_stripped(table, piece)
    return unheaded and fits and not chart


def _is_stripped(table: Table, piece: _Piece) -> bool:
    """Whether a piece is rows of `table` in a file that drops tabs at the end of a line.

    All that it prints is of the kind of what stands above it: figures below figures, words below words. In the first
    column codes and 合计 take turns.
    """
    body = table.rows[table.header_rows :]
    kinds = [{_is_figure(row[at]) for row in body if not row[at].blank} for at in range(table.width)]
    printed = [(at, _is_figure(cell)) for row in piece.rows for at, cell in enumerate(row) if at and not cell.blank]
    narrow = table.form == "tab" and len(piece.rows[0]) < table.width
    return narrow and any(figure for _, figure in printed) and all(figure in kinds[at] for at, figure in printed)


def _is_figure(cell: Cell) -> bool:
    return parse_amount(cell.plain) is not None


def _goes_on_form(table: Table, piece: _Piece) -> bool:
    """Whether `piece`, right below a form, is its next part: targets, indicators or signatures, and no new form."""
    words = [*(caption.text for caption in table.captions), *_texts(table.rows)]
    begun = any(pattern("forms", "begins").search(squeeze(text)) for text in words)
    rest = any(pattern("forms", "goes-on").search(text) for text in _texts(piece.rows))
    return begun and rest and not _is_new_form(piece) and not piece.inner


def _is_new_form(piece: _Piece) -> bool:
    """Whether a piece begins as a form does, with the name of its project or department."""
    return any(pattern("forms", "anew").search(text) for text in _texts(piece.rows[:2]))


def _names_columns(piece: _Piece) -> bool:
    """Whether the piece has headings of its own: one that names labels, codes or a total."""
    words = _texts(piece.rows[: piece.heading])
    return any(is_of_kind(text) or re.search(load("headings")["total"], text) for text in words)


def _continued_from(tables: Sequence[Table], piece: _Piece) -> int | None:
    """The table that a piece titled 续表 or …（续） goes on with: the last one of the same headings."""
    words = [
        *(line.text for line in piece.before[-CAPTION_LINES:]),
        *(caption.text for caption in piece.inner),
    ]
    if not any(is_continued(text) for text in words):
        return None
    head = _texts(piece.rows[: piece.heading])
    alike = (
        at
        for at in reversed(range(len(tables)))
        if tables[at].form == piece.block.form
        and (_repeats_heading(tables[at], head) if head else tables[at].width == len(piece.rows[0]))
    )
    return next(alike, None)


def _ends_in_rest(table: Table, piece: _Piece) -> bool:
    """Whether what looks like the last heading of a piece is the rest of the last row of `table`, which a page cut.

    It stands right below the headings printed again, and prints no word of them.
    """
    head, rest = piece.rows[: piece.heading - 1], piece.rows[piece.heading - 1 : piece.heading]
    if not head or not _repeats_heading(table, _texts(head)) or not _is_cut(table.rows[-1], rest[0]):
        return False
    return set(_texts(rest)).isdisjoint(_texts(table.rows[: table.header_rows]))


def _texts(rows: Sequence[Row]) -> list[str]:
    return [cell.plain for row in rows for cell in row if not cell.blank]


def _repeats_heading(table: Table, head: list[str]) -> bool:
    """Whether `head` reads like the table's own headings, or like a row inside it (as forms repeat theirs).

    The row that numbers the columns is not always repeated.
    """
    whole = table.rows[: table.header_rows]
    if _alike(_texts(whole), head) or _alike(_texts([row for row in whole if not is_numbers_row(row)]), head):
        return True
    return len(head) >= 4 and any(_texts([row]) == head for row in table.rows)


def _alike(one: list[str], other: list[str]) -> bool:
    if not one or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, "\n".join(one), "\n".join(other), autojunk=False).ratio() >= 0.9


def _append(table: Table, piece: _Piece) -> Table:
    """`table` with the data rows of `piece`; a row that the break cut is one row with cells of two spans."""
    piece = _realigned(table, piece)
    head = _texts(piece.rows[: piece.heading])
    whole = not _repeats_heading(table, head) or _is_unheaded_list(table, piece)
    body = [_fit(row, table, piece) for row in piece.rows[0 if whole else piece.heading :]]
    rows = list(table.rows)
    while body and all(cell.blank for cell in body[0]):
        body.pop(0)
    if body and len(rows) > table.header_rows and _is_cut(rows[-1], body[0]):
        rows[-1] = _mend(rows[-1], body.pop(0))
    return replace(table, rows=align([*rows, *body], collapsed=False).rows, last_line=piece.block.last_line)


def _shared_columns(table: Table, piece: _Piece) -> int:
    """How many columns of labels a piece prints again whose further columns go on with those of the table (…表（续）).

    0 where it does not: all rows must be the same.
    """
    titles = [line.text for line in piece.before if not is_caption(line.text)]
    if len(titles) != 1 or not is_continued(titles[0]) or len(piece.rows) != len(table.rows):
        return 0
    pairs = list(zip(table.rows, piece.rows, strict=True))
    shared = itertools.takewhile(
        lambda at: all(at < len(new) and old[at].plain == new[at].plain for old, new in pairs), range(table.width)
    )
    count = len(list(shared))
    return count if any(row[0].plain for row in piece.rows) and count < len(piece.rows[0]) else 0


def _widen(table: Table, piece: _Piece, shared: int) -> Table:
    """`table` with the columns of `piece` behind its own."""
    rows = tuple((*old, *new[shared:]) for old, new in zip(table.rows, piece.rows, strict=True))
    return replace(table, rows=rows, last_line=piece.block.last_line)


def _realigned(table: Table, piece: _Piece) -> _Piece:
    """`piece` with its merged cells over the columns of the table: the page alone may leave some of these blank."""
    if table.form != "cell" or len(piece.rows[0]) != table.width:
        return piece
    return replace(piece, rows=align([*table.rows, *piece.printed], collapsed=True).rows[len(table.rows) :])


def _is_unheaded_list(table: Table, piece: _Piece) -> bool:
    """Whether a piece goes on with a list of indicators and prints no heading: its words only look like one."""
    level = pattern("forms", "goes-on-levels")
    heads = [any(level.search(text) for text in _texts(rows)) for rows in (table.rows, piece.rows[: piece.heading])]
    return heads == [True, False]


def _fit(row: Row, table: Table, piece: _Piece) -> Row:
    """A row of a narrower piece under the table's columns: by the repeated headings where they stand further right."""
    head = piece.rows[piece.heading - 1] if piece.heading else ()
    if len(row) >= table.width or not head:
        return row
    origin = next((one for one in table.rows if _texts([one]) == _texts([head])), None)
    places = [at for at, cell in enumerate(origin or ()) if not cell.blank]
    if len(places) != len(row):
        return row
    fitted = [blank_at(row[0].start)] * table.width
    for place, cell in zip(places, row, strict=True):
        fitted[place] = cell
    return tuple(fitted)


def _is_cut(last: Row, first: Row) -> bool:
    """Whether `first` only goes on with words of `last`: no figures of its own, and its label column is blank."""
    filled = [cell for cell in first if not cell.blank]
    if filled and all(_is_cut_number(last, first.index(cell), cell) for cell in filled):
        return True
    wordy = [cell for cell in filled if not _is_figure(cell)]
    if not filled or len(wordy) != len(filled) or len(filled) > 2 or len(first) < 3 or numbering(filled[0].plain):
        return False
    place = first.index(filled[0])
    same = last[place] if place < len(last) else None
    if place > 0:
        return (same is not None and not same.blank) or first[0].blank
    return same is not None and not same.blank and _looks_cut(last, first)


def _is_cut_number(last: Row, place: int, cell: Cell) -> bool:
    """Whether a number breaks off above (1,347,) and goes on in `cell` (500.00)."""
    head = last[place].plain if place < len(last) else ""
    broken = bool(re.fullmatch(r"[-－]?[\d,，]+[,，.．]", head))
    return broken and parse_amount(head + cell.plain) is not None


def _looks_cut(last: Row, first: Row) -> bool:
    """Whether the label of `last` breaks off: its figures are printed and the rest row prints only a short word."""
    figures = any(map(_is_figure, last))
    rest = next(cell for cell in first if not cell.blank).plain
    return figures and len(rest) <= 12 and title_score(rest) < 2 and rest.endswith(("支出", "费", "缴费", "补助", "出"))


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
