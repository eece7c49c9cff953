"""Lines to blocks: runs of table lines in one of four text forms, tables of contents, and the lines between.

Forms: `pipe` (Markdown), `tab` (a line a row, tabs between cells), `cell` (a line a cell, a tab before each, an empty
line after each row, as word processors export tables; some drop the tab of a row's first cell, and pages of the web end
each cell with a bar), `unruled` (cells parted by blanks or lines, as the text layer of a PDF has them).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mapping.amounts import parse_amount
from mapping.barred import sure_rows
from mapping.caption import is_caption, is_note, is_title, states_unit
from mapping.classes import is_class_code
from mapping.closed import begins_closed, joined_lines, read_closed
from mapping.document import Cell, Paragraph, Span, Text, squeeze
from mapping.lexicon import load, pattern
from mapping.unruled import read_unruled

_SEPARATOR = re.compile(r"[\s|:\-]*-[\s|:\-]*")
_LEAD = re.compile(r"(?:\[bookmark:[^\]]*\]|\s)*")
_LONGEST_TITLE = 300
# No row is broken into more lines than one and this.
_LONGEST_REST = 3
_HEADED = 3
# So many lines show how those of a table are cut.
_LONGEST_RUN = 1_000
# The title and the unit of a table stand within so many lines above it.
_INTRODUCTION = 4
# A numbered part of a row above, or a sum, that prints no value, in files that drop tabs at the end of a line.
_UNVALUED = re.compile(r"\s*(?:(?:[(（]\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨]|其中[:：]).{1,30}|[合总][\s\u3000]*计)\s*$")
# What a row begins with, and never goes on with: numbering, 其中, a sum, a class code.
_BEGINS_ROW = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}|[IVX]{1,5}|[A-Z]\d{0,2}|[a-z])[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑩]|"
    r"\d{1,2}[、.．](?!\d)|其中|合\s*计|总\s*计|小\s*计|[235]\d{2}(?:\d{2}){0,2}(?!\d)"
)
_BEGINS_TITLE = re.compile(
    r"第.{1,3}[部章节]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|表[\d一二三四五六七八九十]|附"
)
# The heading of a part of the disclosure (第四部分 名词解释), with which no cell goes on.
_PART = re.compile(r"\s*第[一二三四五六七八九十]{1,3}部分[\s:：、]*\S{0,24}\s*")
# Bars at the end of a line that has no other.
_ENDS = re.compile(r"^([^|]*[^|\s])\s*\|[|\s]*$")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rendition."""

    number: int
    start: int
    text: str

    @property
    def blank(self) -> bool:
        return "\t" not in self.text and not self.text.strip()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of cells that stand together; the rows may still differ in width. `toc` blocks are tables of contents."""

    form: str
    rows: tuple[tuple[Cell, ...], ...]
    first_line: int
    last_line: int


Item = Block | Paragraph


@dataclass(frozen=True, slots=True)
class Segments:
    """The text in order: blocks and paragraphs, and apart from them the watermark lines."""

    items: tuple[Item, ...]
    watermarks: tuple[Paragraph, ...]


def segment(text: Text) -> Segments:
    """The blocks and paragraphs of `text`; page numbers and watermarks are taken out first."""
    lines = [Line(number, start, words) for number, (start, words) in enumerate(text.lines(), 1)]
    watermarks = [_paragraph(line) for line in lines if watermark_status(line.text)]
    coded = _codes(lines)
    kept = [line for at, line in enumerate(lines) if not _is_noise(line) or at in coded or _is_printed(lines, at)]
    items: list[Item] = []
    position = 0
    while position < len(kept):
        item, used = _next(kept, position)
        items.extend(item)
        position += used
    return Segments(tuple(items), tuple(watermarks))


def watermark_status(text: str) -> str | None:
    """The publication status that a watermark line states, or None for any other line."""
    words = squeeze(text)
    for entry in load("noise")["watermarks"]:
        rest = words.replace(entry["phrase"], "", 1)
        if rest != words and not re.sub(load("noise")["watermark-rest"], "", rest):
            return str(entry["status"])
    return None


def trim(start: int, words: str) -> Cell:
    """The cell that `words`, standing at offset `start`, hold: blanks and bookmarks around them left out."""
    lead = _LEAD.match(words)
    left = lead.end() if lead else 0
    core = words[left:].rstrip()
    indent = sum(2 if one == "\u3000" else 1 for one in words[:left] if one in " \u3000")
    return Cell(core, (Span(start + left, start + left + len(core)),), indent)


def _next(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    for reader in (
        _read_toc,
        _read_closed,
        _read_joined,
        _read_pipes,
        _read_cells,
        _read_headed_cells,
        _read_tabs,
        _read_unruled,
    ):
        block, used = reader(lines, position)
        if used:
            return block, used
    line = lines[position]
    return ([] if line.blank or not line.text.strip() else [_paragraph(line)]), 1


def _paragraph(line: Line) -> Paragraph:
    """A line as a paragraph, without the bars that only end it."""
    cell = trim(line.start, _ENDS.sub(r"\1", line.text))
    return Paragraph(cell.text, cell.spans[0], line.number)


def _is_printed(lines: Sequence[Line], at: int) -> bool:
    """Whether a number alone is no page: a class code before the cells of its row, or one that a bar below closes."""
    below = lines[at + 1 : at + 3]
    if below and below[0].text.strip() == "|":
        return True
    return is_class_code(lines[at].text.strip()) and len(below) == 2 and all(map(_is_cell, below))


def _codes(lines: Sequence[Line]) -> frozenset[int]:
    """The lines of digits alone that are together a class code, one to three, over the name and the amount of a row."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        code = list(itertools.takewhile(str.isdigit, (one.text.strip() for one in lines[at : at + 3])))
        below = [one.text.strip() for one in lines[at + len(code) : at + len(code) + 2]]
        if code and len(code[0]) == 3 and is_class_code("".join(code)) and "\t" not in line.text and len(below) == 2:
            named = parse_amount(below[0]) is None and bool(below[0])
            if named and parse_amount(below[1].partition(" ")[0]):
                found.update(range(at, at + len(code)))
    return frozenset(found)


def _is_noise(line: Line) -> bool:
    if "\t" in line.text:
        return bool(watermark_status(line.text))
    words = line.text.strip()
    return bool(words) and (bool(pattern("noise", "page-numbers").fullmatch(words)) or bool(watermark_status(words)))


def _block(form: str, rows: Sequence[Sequence[Cell]], first: Line, last: Line) -> list[Item]:
    return [Block(form, tuple(tuple(row) for row in rows), first.number, last.number)]


# --- table of contents ---


def _read_toc(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """A run of lines that end in dot leaders and a page number; `title<TAB>3` counts beside such lines."""
    end, leaders, last = position, 0, position
    while end < len(lines):
        line = lines[end]
        if len(line.text) > _LONGEST_TITLE:
            break
        if not line.blank:
            led = bool(pattern("noise", "toc-leaders").search(line.text)) and "|" not in line.text
            if not led and not re.fullmatch(r"[^\t]*\S[^\t]*\t+\s*\d{1,3}\s*", line.text):
                break
            leaders, last = leaders + led, end
        end += 1
    if end == position:
        return [], 0
    rows = [_toc_row(line) for line in lines[position : last + 1] if not line.blank]
    if leaders < 2 and not lists_pages(rows):
        return [], 0
    return _block("toc", rows, lines[position], lines[last]), last + 1 - position


def lists_pages(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows are titles, mostly numbered ones, with page numbers that never fall."""
    titled = [row for row in rows if len(row) > 1 and row[0].plain and row[-1].plain.isdigit()]
    pages = [int(row[-1].plain) for row in titled]
    numbered = sum(1 for row in titled if _BEGINS_TITLE.match(row[0].plain))
    rising = all(before <= after for before, after in itertools.pairwise(pages))
    return len(titled) >= 4 and len(titled) >= len(rows) - 1 and rising and numbered * 2 > len(titled)


def _toc_row(line: Line) -> list[Cell]:
    found = re.fullmatch(r"(.*?)[\s.…·•․‥\-_—]*?(\d{1,4})\s*", line.text)
    if not found:
        return [trim(line.start, line.text)]
    title = found[1].rstrip(" .…·•․‥-_—\t")
    return [trim(line.start, title), trim(line.start + found.start(2), found[2])]


# --- pipes ---


def _read_pipes(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Markdown rows; without a pipe before them only below a separator line, or where several end with one."""
    first = lines[position]
    headed = position + 1 < len(lines) and _is_separator(lines[position + 1])
    columns = _bare_columns(lines[position + 1]) if headed else None
    outer = columns is None and first.text.lstrip().startswith("|")
    if not outer and not (_PIPE.search(first.text) and headed) and not _closed_alike(lines[position : position + 3]):
        return [], 0
    groups: list[Sequence[Line]] = []
    end = position
    width = len(_pipe_row([first]))
    while end < len(lines) and _PIPE.search(lines[end].text):
        used = _pipe_row_lines(lines, end, width) if outer else 1
        groups += [] if _is_separator(lines[end]) else [lines[end : end + used]]
        end += used
    rows = [(row, group) for group in groups if (row := _pipe_row(group, columns))]
    return (_piped(rows, headed), end - position) if rows else ([], 0)


def _read_joined(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Rows whose cells each end with a bar, and which go over several lines."""
    if not lines[position].text.rstrip().endswith("|"):
        return [], 0
    run = list(itertools.takewhile(lambda line: not line.blank, lines[position : position + _LONGEST_RUN]))
    sizes = joined_lines([line.text for line in run])
    ends = itertools.accumulate(sizes)
    groups = [run[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    if not groups:
        return [], 0
    width = sum(line.text.count("|") for line in groups[0])
    return _piped([(_pipe_row(group, width), group) for group in groups], headed=False), sum(sizes)


def _piped(printed: Sequence[tuple[Sequence[Cell], Sequence[Line]]], headed: bool) -> list[Item]:
    """The block of rows, each with its lines; the lines as they are of rows of which nobody can tell the columns."""
    form, rows = "pipe", [row for row, _ in printed]
    if not headed:
        form, rows = sure_rows([(row, [line.text for line in lines]) for row, lines in printed])
    told = [(row, lines) for row, (_, lines) in zip(rows, printed, strict=True) if row]
    left = [line for row, (_, lines) in zip(rows, printed, strict=True) if not row for line in lines]
    block = _block(form, [row for row, _ in told], told[0][1][0], told[-1][1][-1]) if told else []
    return [*block, *(_paragraph(line) for line in left if line.text.strip(" |\t"))]


def _closed_alike(lines: Sequence[Line]) -> bool:
    """Whether three lines end with a pipe and have equally many cells, more than one; or two alone, more than two.

    The first are headings: rows of figures alone have lost theirs.
    """
    rows = [row for line in lines if line.text.rstrip().endswith("|") and len(row := _pipe_row([line])) > 1]
    width = len(rows[0]) if rows else 0
    alone = len(rows) == 2 and width > 2 and not any(_filled(line)[1:] for line in lines[2:])
    alike = (alone or len(rows) == 3) and all(len(row) == width for row in rows)
    return alike and not any(parse_amount(cell.plain) for cell in rows[0])


def _bare_columns(separator: Line) -> int | None:
    """How many columns a separator line without outer pipes parts: the rows below print none either; else None."""
    words = separator.text.strip()
    return None if words.startswith("|") else len(_PIPE.split(words.removesuffix("|")))


def _filled(line: Line) -> list[str]:
    return [words for words in line.text.split("|") if words.strip()]


def _is_separator(line: Line) -> bool:
    return "|" in line.text and bool(_SEPARATOR.fullmatch(line.text))


def _pipe_row_lines(lines: Sequence[Line], start: int, width: int) -> int:
    """How many lines one row takes: a cell may go on below when its line has no closing pipe and too few cells."""
    used = 1
    while start + used < len(lines) and _PIPE.search(lines[start + used].text):
        above, below = lines[start + used - 1], lines[start + used]
        closed = above.text.rstrip().endswith("|") or below.text.lstrip().startswith("|")
        if closed or len(_pipe_row(lines[start : start + used])) >= width:
            break
        used += 1
    return used


def _pipe_row(lines: Sequence[Line], columns: int | None = None) -> list[Cell]:
    """The cells of a row; of a table of so many `columns` without outer pipes, a blank first or last one is a cell."""
    start = lines[0].start
    words = "\n".join(line.text for line in lines)
    bounds = [-1, *(found.start() for found in _PIPE.finditer(words)), len(words)]
    cells = [trim(start + a + 1, words[a + 1 : b]) for a, b in itertools.pairwise(bounds)]
    if not words[bounds[-2] + 1 :].strip() and (columns is None or len(cells) > columns):
        cells = cells[:-1]
    if cells and not words[: bounds[1]].strip() and (columns is None or len(cells) > columns):
        cells = cells[1:]
    return cells


# --- one cell a line ---


def _read_closed(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Rows of cells that each end with a bar; the lines as they are where the rows cannot be told."""
    if not begins_closed([line.text for line in lines[position : position + 2]]):
        return [], 0
    above = [line.text for line in lines[max(0, position - _INTRODUCTION) : position] if not line.blank]
    titled = any(is_title(text) or states_unit(text) for text in above)
    read, used = read_closed([(line.start, line.text) for line in lines[position:]], titled)
    run = lines[position : position + used]
    if not read:
        return [_paragraph(line) for line in run if line.text.strip(" |\t")], used
    return _block("cell", [[trim(start, words) for start, words in row] for row in read], run[0], run[-1]), used


def _is_cell(line: Line) -> bool:
    return line.text.startswith("\t") and "\t" not in line.text[1:].rstrip("\t") and not line.text.endswith("\t\t")


def _read_cells(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Rows of a word-processor table; a single cell alone is an indented paragraph, not a table."""
    if not _is_cell(lines[position]):
        return [], 0
    rows: list[list[tuple[int, str]]] = [[]]
    end, last, gap = position, position, 0
    while end < len(lines) and gap < 2:
        line = lines[end]
        if line.blank:
            gap += 1
        elif _is_cell(line):
            if gap:
                rows.append([])
            rows[-1].append((line.start + 1, line.text[1:]))
            last, gap = end, 0
        elif gap or "\t" in line.text or "|" in line.text or _PART.fullmatch(line.text):
            break
        else:
            start, words = rows[-1][-1]
            rows[-1][-1] = (start, words + "\n" + line.text)
            last = end
        end += 1
    if max(len(row) for row in rows) < 2:
        return [], 0
    cells = [[trim(start, words) for start, words in row] for row in rows]
    return _block("cell", cells, lines[position], lines[last]), last + 1 - position


def _read_headed_cells(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Rows of such a table in files that drop the tab before the first cell of each; most are of one width.

    At least three first cells have words: blank lines before rows with all their tabs are none.
    """
    rows: list[Sequence[Line]] = []
    at = len(lines) if lines[position].blank else position
    while row := _headed_row(lines, at):
        rows.append(row)
        at += len(row) + 1
    widths = Counter(len(row) for row in rows).values()
    if sum(not row[0].blank for row in rows) < _HEADED or 2 * max(widths) < len(rows):
        return [], 0
    cells = [[trim(one.start, one.text) for one in row] for row in rows]
    return _block("cell", cells, lines[position], rows[-1][-1]), at - 1 - position


def _headed_row(lines: Sequence[Line], position: int) -> Sequence[Line]:
    """A line without a tab, the cells right below it, and an empty line after these.

    Nothing where it is no row, or a title beside its captions.
    """
    if position >= len(lines) or "\t" in lines[position].text or "|" in lines[position].text:
        return ()
    cells = list(itertools.takewhile(_is_cell, lines[position + 1 :]))
    end = position + 1 + len(cells)
    row = lines[position:end]
    titled = any(is_caption(one.text) and not squeeze(one.text).isdigit() for one in row)
    return row if cells and not titled and (end == len(lines) or lines[end].blank) else ()


# --- tabs ---


def _read_tabs(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Rows of tab-separated cells; a row broken inside a cell goes on in the next line."""
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
    return _block("tab", rows, run[0], run[-1]), len(run)


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
    if at and "\t" in lines[at - 1].text and _UNVALUED.match(line.text):
        return True
    if line.blank or "|" in line.text or is_title(line.text) or is_caption(line.text) or is_note(line.text):
        return False
    return (at + 1 < len(lines) and "\t" in lines[at + 1].text) or _is_in_field(lines, at)


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
    return bool(tab) and any(re.match(entry["label"], words) for entry in load("forms")["fields"])


def _cuts_cell(above: Line, line: Line) -> bool:
    """Whether a cell of words may be cut between two lines; no word goes on with an amount of its own."""
    tail, head = above.text.rsplit("\t", 1)[-1].strip(), line.text.split("\t", 1)[0].strip()
    number = re.fullmatch(r"[\d.,，]+", tail) or re.fullmatch(r"[\d,，]+\.\d+", head)
    return bool(tail) and bool(head) and not number and not _BEGINS_ROW.match(head)


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


# --- no rules ---


def _read_unruled(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Rows of a table without rules, right below the line that states its unit."""
    above = next((line.text for line in reversed(lines[max(0, position - 2) : position]) if not line.blank), "")
    if lines[position].blank or not states_unit(above):
        return [], 0
    run = list(itertools.takewhile(lambda line: "\t" not in line.text and "|" not in line.text, lines[position:]))
    rows, used = read_unruled([(line.start, line.text) for line in run])
    return (_block("unruled", rows, run[0], run[used - 1]), used) if used else ([], 0)
