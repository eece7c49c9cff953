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
from mapping.caption import is_caption, is_note, is_title, states_unit
from mapping.classes import is_class_code
from mapping.closed import begins_closed, read_closed
from mapping.document import Cell, Line, Paragraph, Text, squeeze, trim
from mapping.lexicon import load, pattern
from mapping.piped import read_joined, read_pipes
from mapping.sided import read_sided
from mapping.stacked import begins_stacked, read_stacked
from mapping.tabbed import read_tabs
from mapping.unruled import read_unruled

_LONGEST_TITLE = 300
_HEADED = 3
# The title and the unit of a table stand within so many lines above it.
_INTRODUCTION = 4
_BEGINS_TITLE = re.compile(
    r"第.{1,3}[部章节]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|表[\d一二三四五六七八九十]|附"
)
# The heading of a part of the disclosure (第四部分 名词解释), with which no cell goes on.
_PART = re.compile(r"\s*第[一二三四五六七八九十]{1,3}部分[\s:：、]*\S{0,24}\s*")
# A page has so many lines at least.
_SHORTEST_PAGE = 10
# What sets the two parts of the head of a page apart.
_APART = re.compile(r"(?<=\S)(?:\u3000{2,}| {4,})(?=\S)")
# Bars at the end of a line that has no other.
_ENDS = re.compile(r"^([^|]*[^|\s])\s*\|[|\s]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of cells that stand together; the rows may still differ in width. `toc` blocks are tables of contents.

    `gaps` tells that rows between them are left out, of which nobody can tell the columns.
    """

    form: str
    rows: tuple[tuple[Cell, ...], ...]
    first_line: int
    last_line: int
    gaps: bool = False


Item = Block | Paragraph
_Cells = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Segments:
    """The text in order: blocks and paragraphs, and apart from them the watermark lines."""

    items: tuple[Item, ...]
    watermarks: tuple[Paragraph, ...]


def segment(text: Text) -> Segments:
    """The blocks and paragraphs of `text`; page numbers and watermarks are taken out first."""
    lines = [Line(number, start, words) for number, (start, words) in enumerate(text.lines(), 1)]
    watermarks = [_paragraph(line) for line in lines if watermark_status(line.text)]
    told = _codes(lines) | _stacked(lines)
    noise = {at for at, line in enumerate(lines) if _is_noise(line)} | _page_heads(lines)
    kept = [line for at, line in enumerate(lines) if at not in noise or at in told or _is_printed(lines, at)]
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
        if rest != words and not pattern("noise", "watermark-rest").sub("", rest):
            return str(entry["status"])
    return None


def _next(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    rows = (_read_closed, _read_stacked, _read_barred, _read_cells, _read_headed_cells, _read_tabs, _read_unruled)
    for reader in (_read_toc, *rows):
        block, used = reader(lines, position)
        if used:
            return block, used
    line = lines[position]
    return ([_paragraph(line)] if line.text.strip() else []), 1


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


def _stacked(lines: Sequence[Line]) -> frozenset[int]:
    """The lines of forms that print one cell a line and nothing between: a number alone there is no page."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at not in found and begins_stacked(line.text):
            _, used = read_stacked([(one.start, one.text) for one in lines[at:]])
            found.update(range(at, at + used))
    return frozenset(found)


def _page_heads(lines: Sequence[Line]) -> frozenset[int]:
    """The lines right below the number of a page that print parts of the title of the document, set apart.

    So 云岭县林业局　　　　2025年预算公开, where the title is 2025年云岭县林业局单位预算公开情况说明.
    """
    title = next((set(line.text) for line in lines if not line.blank), set())
    pairs = enumerate(itertools.pairwise(lines), 1)
    heads = ((at, above, line) for at, (above, line) in pairs if _APART.search(line.text))
    return frozenset(at for at, above, line in heads if _is_noise(above) and set(squeeze(line.text)) <= title)


def _is_noise(line: Line) -> bool:
    if "\t" in line.text:
        return bool(watermark_status(line.text))
    words = line.text.strip()
    return bool(words) and (bool(pattern("noise", "page-numbers").fullmatch(words)) or bool(watermark_status(words)))


def _block(form: str, rows: Sequence[Sequence[Cell]], lines: Sequence[Line], gaps: bool = False) -> list[Item]:
    """Rows that stand on `lines` as a block; none without rows."""
    return [Block(form, tuple(map(tuple, rows)), lines[0].number, lines[-1].number, gaps)] if rows else []


def _paragraphs(lines: Sequence[Line]) -> list[Item]:
    """The lines that print something, as they are."""
    return [_paragraph(line) for line in lines if line.text.strip(" |\t")]


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
    return _block("toc", rows, lines[position : last + 1]), last + 1 - position


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


# --- bars and tabs ---


def _read_barred(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Rows of cells between bars; the lines as they are of rows of which nobody can tell the columns."""
    for reader in (read_joined, read_pipes):
        form, rows, used = reader(lines, position)
        if used:
            told = [(row, lines) for row, lines in rows if row]
            left = [line for row, lines in rows if not row for line in lines]
            block = _block(form, [row for row, _ in told], [line for _, lines in told for line in lines], bool(left))
            return [*block, *_paragraphs(left)], used
    return [], 0


def _read_tabs(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    rows, used = read_tabs(lines, position)
    return _block("tab", rows, lines[position : position + used]), used


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
        return _read_stacked_within(run), used
    return _block("cell", [[trim(start, words) for start, words in row] for row in read], run), used


def _read_stacked(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """A form that prints one cell a line and nothing between."""
    if not begins_stacked(lines[position].text):
        return [], 0
    rows, used = read_stacked([(line.start, line.text) for line in lines[position:]])
    cells = [[trim(start, words) for start, words in row] for row in rows]
    return _block("tab", cells, lines[position : position + used]), used


def _read_stacked_within(lines: Sequence[Line]) -> list[Item]:
    """The forms among lines that print one cell each, and the other lines as they are."""
    items: list[Item] = []
    at = 0
    while at < len(lines):
        found, used = _read_stacked(lines, at)
        items += found or _paragraphs(lines[at : at + 1])
        at += used or 1
    return items


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
        elif gap or "\t" in line.text or "|" in line.text or _ends_table(line.text, rows[-1][-1][1]):
            break
        else:
            start, words = rows[-1][-1]
            rows[-1][-1] = (start, words + "\n" + line.text)
            last = end
        end += 1
    if max(len(row) for row in rows) < 2:
        return [], 0
    cells = [[trim(start, words) for start, words in row] for row in _parted(rows)]
    return _block("cell", cells, lines[position : last + 1]), last + 1 - position


def _ends_table(words: str, cell: str) -> bool:
    """Whether words right below a cell do not go on with it: the heading of a part, or a note below no words."""
    return bool(_PART.fullmatch(words)) or (is_note(words) and not re.search("[\u4e00-\u9fff]", cell))


def _parted(rows: Sequence[_Cells]) -> list[_Cells]:
    """Rows of which the unit of the table, printed right above the headings, is one of its own.

    Behind it stands the heading of labels or codes; where it is that of amounts, the unit is in the corner of them.
    """
    kinds = [pattern("headings", "kinds", kind) for kind in ("label", "code", "sequence")]
    labels = [len(row) > 2 and any(kind.search(squeeze(row[1][1])) for kind in kinds) for row in rows]
    glued = [labelled and states_unit(row[0][1]) for labelled, row in zip(labels, rows, strict=True)]
    parts = ((row[:1], row[1:]) if is_glued else (row,) for row, is_glued in zip(rows, glued, strict=True))
    return list(itertools.chain.from_iterable(parts))


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
    return _block("cell", cells, lines[position : at - 1]), at - 1 - position


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


# --- no rules ---


def _read_unruled(lines: Sequence[Line], position: int) -> tuple[list[Item], int]:
    """Rows of a table without rules, right below the line that states its unit."""
    above = next((line.text for line in reversed(lines[max(0, position - 2) : position]) if not line.blank), "")
    if lines[position].blank or not states_unit(above):
        return [], 0
    run = list(itertools.takewhile(lambda line: "\t" not in line.text and "|" not in line.text, lines[position:]))
    texts = [(line.start, line.text) for line in run]
    rows, used, gaps = *read_unruled(texts), False
    if not used:
        rows, used, gaps = read_sided(texts)
        if _lacks_numbers(run[:used]):
            return [], 0
    return _block("unruled", rows, run[:used], gaps), used


def _lacks_numbers(run: Sequence[Line]) -> bool:
    """Whether numbers that look like those of pages were taken out between lines, closer together than pages end."""
    cuts = [line.number for above, line in itertools.pairwise(run) if line.number - above.number > 1]
    return any(after - before < _SHORTEST_PAGE for before, after in itertools.pairwise(cuts))
