"""Lines of cells parted by tabs to rows: each a line, or several where a cell is broken over them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from mapping.caption import is_caption, is_note, is_title, states_unit
from mapping.docnumber import serial_of
from mapping.document import Cell, Line, Span, trim
from mapping.fields import fields_named

# No row is broken into more lines than one and this.
_LONGEST_REST = 3
# A numbered part of a row above, a sum or a fund that prints no value, in files that drop tabs at the end of a line.
_UNVALUED = re.compile(
    r"\s*(?:(?:[(（]\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨]|其中[:：]).{1,30}|[合总][\s\u3000]*计|"
    r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)(?:财政)?拨款(?:收入)?)\s*$"
)
# A numbered row without a value in such files; a heading of text below a table is numbered, too.
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?P<mark>[、.．])[^\t|]{1,30}")
# What a row begins with, and never goes on with: numbering, 其中, a sum, what was carried over, a class code.
_BEGINS_ROW = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}|[IVX]{1,5}|[A-Z]\d{0,2}|[a-z])[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑩]|"
    r"\d{1,2}[、.．](?!\d)|其中|(?:上年|年初)结[转余]|合\s*计|总\s*计|小\s*计|[235]\d{2}(?:\d{2}){0,2}(?!\d)"
)


def read_tabs(lines: Sequence[Line], position: int) -> tuple[list[list[Cell]], int]:
    """Rows, and how many lines they take; a row broken inside a cell goes on in the next line."""
    first = lines[position].text
    if "\t" not in first.lstrip() and first.count("\t") < 2:
        return [], 0
    end = position
    while end < len(lines) and _goes_on(lines, end):
        end += 1
    run = lines[position:end]
    rows = _collapse([_tab_row(group) for group in _join_broken(run)])
    if max(len(row) for row in rows) < 2 or all(cell.blank for row in rows for cell in row[1:]):
        return [], 0
    return rows, len(run)


def _collapse(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows without the blank cells of a file that aligns its columns by several tabs in a row.

    Such a file shows itself: rows of one number of words, none of more, with ever other numbers of tabs between them.
    """
    filled = [[cell for cell in row if not cell.blank] for row in rows]
    width, times = Counter(len(row) for row in filled).most_common(1)[0]
    lengths = {len(row) for row, words in zip(rows, filled, strict=True) if len(words) == width}
    if (
        width < max(2, *map(len, filled))
        or len(rows) < 4
        or times * 10 < len(rows) * 7
        or len(lengths) < 3
        or max(lengths) <= width
    ):
        return rows
    return [words if len(words) == width else row for row, words in zip(rows, filled, strict=True)]


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if "\t" in line.text:
        return True
    if at and "\t" in lines[at - 1].text and (_UNVALUED.match(line.text) or _is_next_row(lines, at)):
        return True
    if not _is_inside(line):
        return False
    return _leads_to_row(lines, at) or _is_in_field(lines, at)


def _leads_to_row(lines: Sequence[Line], at: int) -> bool:
    """Whether a row stands right below a line without tabs, or below rows like it that print no value."""
    for line in lines[at + 1 : at + 1 + _LONGEST_REST]:
        if "\t" in line.text:
            return True
        if not _is_inside(line):
            return False
    return False


def _is_inside(line: Line) -> bool:
    """Whether a line without tabs may be part of a table: neither blank nor what stands around one."""
    return not (line.blank or "|" in line.text or is_title(line.text) or is_caption(line.text) or is_note(line.text))


def _is_next_row(lines: Sequence[Line], at: int) -> bool:
    """Whether a line without tabs below a row is numbered between that row and the next, or before one right below."""
    below = list(itertools.takewhile(lambda line: not line.blank, lines[at + 1 : at + 1 + _LONGEST_REST]))
    rows = [line for line in below if "\t" in line.text][:1]
    if not rows or not _NUMBERED.fullmatch(lines[at].text):
        return False
    above, own, after = map(_number, (lines[at - 1], lines[at], *rows))
    return own is not None and ((own[0] - 1, own[1]) == above or (own[0] + 1, own[1]) == after)


def _number(line: Line) -> tuple[int, str] | None:
    """The number that a row begins with, and the mark behind it."""
    found = _NUMBERED.match(line.text.split("\t")[0])
    number = serial_of(found["number"]) if found else None
    return (int(number), found["mark"]) if found and number else None


def _is_in_field(lines: Sequence[Line], at: int) -> bool:
    """Whether a line without tabs goes on with a field of a form, which lines below it fill as the one above is."""
    first = next((one for one in range(at - 1, 0, -1) if "\t" in lines[one].text), 0)
    return first > 0 and at < first + _field_lines(lines, first)


def _field_lines(lines: Sequence[Line], at: int) -> int:
    """How many lines a field of a form takes: more than one where they have together the tabs of the field above."""
    if at == 0 or not _is_labelled(lines[at]) or not _is_labelled(lines[at - 1]):
        return 1
    wanted, tabs = (one.text.count("\t") for one in (lines[at - 1], lines[at]))
    for used, (above, line) in enumerate(itertools.pairwise(lines[at : at + 2 + _LONGEST_REST]), 2):
        if tabs >= wanted or line.blank or _is_labelled(line) or not _cuts_cell(above, line):
            return 1
        tabs += line.text.count("\t")
        if tabs == wanted:
            return used
    return 1


def _join_broken(run: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped to rows: those that each have too few tabs, and together the usual number, are one row."""
    usual, times = Counter(line.text.count("\t") for line in run).most_common(1)[0]
    groups: list[list[Line]] = []
    positional = any(line.text.endswith("\t") for line in run)
    field = 0
    for at, line in enumerate(run):
        if at < field:
            groups[-1].append(line)
            continue
        field = at + _field_lines(run, at)
        whole = groups and (positional or "\t" in groups[-1][0].text)
        rest = run[at : at + _LONGEST_REST]
        if whole and (times * 2 >= len(run) or '"' in line.text) and _is_rest(groups[-1], rest, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_rest(group: Sequence[Line], lines: Sequence[Line], usual: int) -> bool:
    """Whether the first of `lines` goes on with the row of `group`, which it or the lines below it then fill."""
    if group[-1].text.count('"') % 2 and lines[0].text.count('"') % 2:
        return True
    if _is_labelled(group[0]) and _is_labelled(lines[0]):
        return False
    tabs = sum(one.text.count("\t") for one in group)
    for above, line in itertools.pairwise([group[-1], *lines]):
        if tabs >= usual or not _cuts_cell(above, line):
            return False
        tabs += line.text.count("\t")
        if tabs == usual:
            return True
    return False


def _is_labelled(line: Line) -> bool:
    """Whether a line begins with the label of a field of a form, and so a row."""
    label, tab, _ = line.text.partition("\t")
    words = trim(line.start, label).plain
    return bool(tab) and any(fields_named(words))


def _cuts_cell(above: Line, line: Line) -> bool:
    """Whether a cell of words may be cut between two lines; no unit of a table is, no word goes on with an amount."""
    tail, head = above.text.rsplit("\t", 1)[-1].strip(), line.text.split("\t", 1)[0].strip()
    number = re.fullmatch(r"[\d.,，]+", tail) or re.fullmatch(r"[\d,，]+\.\d+", head)
    return bool(tail) and bool(head) and not number and not states_unit(tail) and not _BEGINS_ROW.match(head)


def _unquoted(cell: Cell) -> Cell:
    """A cell without the quotes that spreadsheets put around one that holds a line break."""
    if len(cell.text) < 3 or cell.text[0] != '"' or cell.text[-1] != '"' or "\n" not in cell.text:
        return cell
    return Cell(cell.text[1:-1], (Span(cell.start + 1, cell.end - 1),), cell.indent)


def _tab_row(group: Sequence[Line]) -> list[Cell]:
    words = "\n".join(line.text for line in group)
    cells, start = [], group[0].start
    for part in words.split("\t"):
        cells.append(_unquoted(trim(start, part)))
        start += len(part) + 1
    return cells
