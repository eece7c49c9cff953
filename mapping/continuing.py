"""Whether a piece goes on with a table above it, its words, columns or form, and whether a row is the rest of one."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from mapping.amounts import parse_amount
from mapping.caption import bare_title, is_caption, is_continued, is_title, title_score
from mapping.chart import is_series
from mapping.classes import is_class_code, names, scheme_of
from mapping.classify import is_contents
from mapping.divide import is_of_kind
from mapping.document import Cell, Paragraph, Row, Table, fold, squeeze
from mapping.header import is_numbers_row
from mapping.lexicon import pattern
from mapping.pieces import Piece, texts
from mapping.rows import Line, is_known_part, numbering
from mapping.segment import Item

CAPTION_LINES = 8
_SHORTEST_HEAD = 6
# Among so many lines a document says what it is called.
_COVER_LINES = 3
# A class code, in one cell or several, and the name beside it.
_CODE_AND_NAME = re.compile(r"(?P<code>[235]\d{2}(?:\d{2}){0,2})(?P<name>\D.*)")


def running_heads(items: Sequence[Item]) -> frozenset[str]:
    """The words of lines that stand on three pages or more, or say again what the document begins with.

    These are heads of pages, not titles of tables: one that is named 表 is the document's, and no table has it.
    """
    words = [fold(item.text) for item in items if isinstance(item, Paragraph)]
    often = {line for line, count in Counter(words).items() if count >= 3}
    again = {line for line in words[1:] if len(line) >= _SHORTEST_HEAD and words[0].startswith(line)}
    heads = {line for line in often | again if title_score(line) < 3}
    return frozenset(heads | _own_title(items))


def _own_title(items: Sequence[Item]) -> set[str]:
    """The title that is the document's own: among its first lines, without a number, and not that of its first table.

    Another title stands between the two.
    """
    before = itertools.takewhile(lambda item: isinstance(item, Paragraph) or item.form == "toc", items)
    lines = [fold(item.text) for item in before if isinstance(item, Paragraph)]
    titles = [line for line in lines if title_score(line) == 3]
    own = titles[:1] if titles and titles[0] != titles[-1] and titles[0] in lines[:_COVER_LINES] else []
    return {title for title in own if bare_title(title) == title and not is_continued(title)}


def continues(table: Table, piece: Piece, running: frozenset[str]) -> bool:
    """Whether `piece` goes on with `table`: no new title between, and the same headings again or none."""
    if table.form != piece.block.form:
        return False
    head = texts(piece.rows[: piece.heading])
    same = bool(head) and head == texts(table.rows[: table.header_rows])
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
    if head and repeats_heading(table, head):
        return True
    unheaded = (not between or not is_contents(table)) and (not head or not _names_columns(piece))
    chart = table.header_rows == 0 and is_series(piece.rows[0])
    fits = table.width == len(piece.rows[0]) or _is_stripped(table, piece)
    return unheaded and fits and not chart


def goes_on_below_note(table: Table, piece: Piece) -> bool:
    """Whether a piece right below a note (注：…) goes on with the rows above that: these do not end in a total.

    It prints no heading, and figures below figures, words below words.
    """
    ends = any(pattern("roles", "total").match(fold(cell.text)) for cell in table.rows[-1])
    return not ends and not piece.before and not piece.heading and _is_alike(table, piece)


def _is_stripped(table: Table, piece: Piece) -> bool:
    """Whether a piece is rows of `table` in a file that drops tabs at the end of a line.

    All that it prints is of the kind of what stands above it.
    """
    return table.form == "tab" and len(piece.rows[0]) < table.width and _is_alike(table, piece)


def _is_alike(table: Table, piece: Piece) -> bool:
    """Whether a piece that is no wider than a table prints figures, and these and words below their like.

    In the first column codes and 合计 take turns.
    """
    body = table.rows[table.header_rows :]
    kinds = [{_is_figure(row[at]) for row in body if not row[at].blank} for at in range(table.width)]
    printed = [(at, _is_figure(cell)) for row in piece.rows for at, cell in enumerate(row) if at and not cell.blank]
    fits = len(piece.rows[0]) <= table.width
    return fits and any(figure for _, figure in printed) and all(figure in kinds[at] for at, figure in printed)


def continued_from(tables: Sequence[Table], piece: Piece) -> int | None:
    """The table that a piece titled 续表 or …（续） goes on with: the last one of the same headings."""
    words = [
        *(line.text for line in piece.before[-CAPTION_LINES:]),
        *(caption.text for caption in piece.inner),
    ]
    if not any(is_continued(text) for text in words):
        return None
    head = texts(piece.rows[: piece.heading])
    alike = (
        at
        for at in reversed(range(len(tables)))
        if tables[at].form == piece.block.form
        and (repeats_heading(tables[at], head) if head else tables[at].width == len(piece.rows[0]))
    )
    return next(alike, None)


def goes_on_form(table: Table, piece: Piece) -> bool:
    """Whether `piece`, right below a form, is its next part: targets, indicators or signatures, and no new form."""
    words = [*(caption.text for caption in table.captions), *texts(table.rows)]
    begun = any(pattern("forms", "begins").search(squeeze(text)) for text in words)
    rest = any(pattern("forms", "goes-on").search(text) for text in texts(piece.rows))
    return begun and rest and not _is_new_form(piece) and not piece.inner


def _is_new_form(piece: Piece) -> bool:
    """Whether a piece begins as a form does, with the name of its project or department."""
    return any(pattern("forms", "anew").search(text) for text in texts(piece.rows[:2]))


def _names_columns(piece: Piece) -> bool:
    """Whether the piece has headings of its own: one that names labels, codes or a total."""
    words = texts(piece.rows[: piece.heading])
    return any(is_of_kind(text) or pattern("headings", "total").search(text) for text in words)


def shared_columns(table: Table, piece: Piece) -> int:
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


def is_unheaded_list(table: Table, piece: Piece) -> bool:
    """Whether a piece goes on with a list of indicators and prints no heading: its words only look like one."""
    level = pattern("forms", "goes-on-levels")
    heads = [any(level.search(text) for text in texts(rows)) for rows in (table.rows, piece.rows[: piece.heading])]
    return heads == [True, False]


def repeats_heading(table: Table, head: list[str]) -> bool:
    """Whether `head` reads like the table's own headings, or like a row inside it (as forms repeat theirs).

    The row that numbers the columns is not always repeated.
    """
    whole = table.rows[: table.header_rows]
    if _alike(texts(whole), head) or _alike(texts([row for row in whole if not is_numbers_row(row)]), head):
        return True
    return len(head) >= 4 and any(texts([row]) == head for row in table.rows)


def _alike(one: list[str], other: list[str]) -> bool:
    if not one or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, "\n".join(one), "\n".join(other), autojunk=False).ratio() >= 0.9


def ends_in_rest(table: Table, piece: Piece) -> bool:
    """Whether what looks like the last heading of a piece is the rest of the last row of `table`, which a page cut.

    It stands right below the headings printed again, and prints no word of them.
    """
    head, rest = piece.rows[: piece.heading - 1], piece.rows[piece.heading - 1 : piece.heading]
    if not head or not repeats_heading(table, texts(head)) or not is_cut(table.rows[-1], rest[0]):
        return False
    return set(texts(rest)).isdisjoint(texts(table.rows[: table.header_rows]))


def goes_on_name(last: Row, row: Row) -> bool:
    """Whether `row` prints nothing but how the name of the class of `last` goes on (其他统计信息事务, then 支出).

    Code and name are those of the code lists: else the row may be a heading.
    """
    filled = [at for at, cell in enumerate(row) if not cell.blank]
    if len(filled) != 1 or len(last) <= filled[0] or last[filled[0]].blank:
        return False
    printed = "".join(cell.plain for cell in last[: filled[0] + 1])
    if not (found := _CODE_AND_NAME.fullmatch(printed)):
        return False
    whole = found["name"] + row[filled[0]].plain
    named = names(scheme_of(found["code"]) or "functional").get(found["code"], ())
    return any(name.startswith(whole) for name in named)


def is_cut(last: Row, first: Row) -> bool:
    """Whether `first` only goes on with words of `last`: no figures of its own, and its label column is blank."""
    filled = [cell for cell in first if not cell.blank]
    if filled and all(_is_cut_number(last, first.index(cell), cell) for cell in filled):
        return True
    wordy = [cell for cell in filled if not _is_figure(cell)]
    if not filled or len(wordy) != len(filled) or len(filled) > 2 or len(first) < 3 or _begins(filled[0].plain):
        return False
    place = first.index(filled[0])
    same = last[place] if place < len(last) else None
    if place > 0:
        return (same is not None and not same.blank) or first[0].blank
    return same is not None and not same.blank and _looks_cut(last, first)


def _begins(words: str) -> bool:
    """Whether words begin a row: with a number, or the code of a class that they name."""
    found = _CODE_AND_NAME.fullmatch(words)
    return bool(numbering(words)) or (found is not None and is_class_code(found["code"]))


def _is_cut_number(last: Row, place: int, cell: Cell) -> bool:
    """Whether a number breaks off above (1,347,) and goes on in `cell` (500.00)."""
    head = last[place].plain if place < len(last) else ""
    broken = bool(re.fullmatch(r"[-－]?[\d,，]+[,，.．]", head))
    return broken and parse_amount(head + cell.plain) is not None


def _looks_cut(last: Row, first: Row) -> bool:
    """Whether the label of `last` breaks off: its figures are printed and the rest row prints only a short word.

    The name of a part of it (其中：公务用车购置费) is no rest, but a row that prints no amount.
    """
    figures = any(map(_is_figure, last))
    rest = next(cell for cell in first if not cell.blank).plain
    part = is_known_part(*(Line(0, words, "", 0, {}) for words in (rest, last[0].plain)))
    if part or pattern("roles", "memo").match(rest):
        return False
    return figures and len(rest) <= 12 and title_score(rest) < 2 and rest.endswith(("支出", "费", "缴费", "补助", "出"))


def _is_figure(cell: Cell) -> bool:
    return parse_amount(cell.plain) is not None
