"""Ragged rows to a grid: where merged cells are printed once, each cell is put over or under its own columns."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mapping.amounts import parse_amount
from mapping.barred import is_form
from mapping.divide import Weigh, divide, divides_surely, is_of_kind
from mapping.document import Cell, Row, Span, fold
from mapping.header import CLASS_LEVELS, MAXIMUM_LEVELS, heading_rows, inner_headings, is_numbers_row
from mapping.nest import is_printed_once, nest
from mapping.weigh import amounts, weigher

# Kinds of headings that no amounts stand below.
_NAMING = ("label", "code")
_TOTAL = re.compile("[合总小]计$")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Rows all equally wide; `told` is false where nobody knows which columns the headings stand over."""

    rows: tuple[Row, ...]
    told: bool = True


def align(rows: Sequence[Row], collapsed: bool, *, ruled: bool = False) -> Aligned:
    """`rows` as a grid.

    `collapsed` says that the text form prints a merged cell once (word processors); otherwise blanks stand for the
    merged places and only missing cells at the end are filled. Headings in a total row are a row of their own.
    `ruled` says that tabs or bars part the cells: some such files print merged headings once all the same.
    """
    told = True
    if collapsed and rows:
        rows = _with_whole_codes(rows)
        count = heading_rows(rows)
        usual = _usual_width(rows, count)
        body = _without_padding(rows[count:], usual)
        head, told = _align_heading(_without_filling([_trim(row, usual) for row in rows[:count]], usual), usual, body)
        amounts = _amount_columns(body, usual)
        rows = [*head, *(_align_body(row, usual, amounts) for row in body)]
    elif rows and ruled:
        rows, told = _with_merged_headings(rows)
        rows = _with_merged_labels(rows)
    width = max((len(row) for row in rows), default=0)
    return Aligned(_without_heading(tuple(_pad(row, width) for row in rows)), told)


def _with_merged_headings(rows: Sequence[Row]) -> tuple[Sequence[Row], bool]:
    """Rows of a form that prints blanks for merged cells; headings that it prints once all the same in their places.

    Such headings print no blank, and are fewer than the columns. Where those below do not tell how many each covers,
    the rows stay as they are, and nobody knows.
    """
    count = heading_rows(rows)
    end = next((at for at, row in enumerate(rows[:count]) if is_numbers_row(row)), count)
    usual = max(_usual_width(rows, count), *map(len, rows[:count]), 0)
    merged = [1 < len(row) < usual and _is_unparted(row, at) for at, row in enumerate(rows[:end])]
    if is_form(rows):
        return rows, True
    if not any(merged[:-1]):
        return rows, not (merged and merged[-1] and _leaves_amounts(rows[end - 1], rows[count:]))
    heads = [row if once else _pad(row, usual) for row, once in zip(rows, merged, strict=False)]
    laid, told = _align_heading(heads, usual, rows[count:], ruled=True)
    return ([*laid, *rows[end:]], True) if told else (rows, False)


def _leaves_amounts(head: Row, body: Sequence[Row]) -> bool:
    """Whether rows print amounts behind the last of several headings of amounts: one of these covers more than one."""
    headed = [cell for cell in head if not is_of_kind(fold(cell.text), ("label", "code", "sequence", "text"))]
    behind = [any(parse_amount(cell.plain) for cell in row[len(head) :]) for row in body]
    return len(headed) > 1 and 2 * sum(behind) > len(behind)


def _with_merged_labels(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows with the label of a total, merged over the columns of names and codes but printed once, over all of these.

    So it is where an amount would else stand among them, and nothing lies behind the columns then.
    """
    count = heading_rows(rows)
    width = max(map(len, rows), default=0)
    named = list(itertools.takewhile(lambda at: _names(rows[:count], at), range(width)))
    body = (_past_names(row, len(named), width) if len(named) > 1 else row for row in rows[count:])
    return [*rows[:count], *body]


def _names(heads: Sequence[Row], at: int) -> bool:
    """Whether a column is headed by names or codes alone."""
    words = [fold(row[at].text) for row in heads if at < len(row) and not row[at].blank]
    return bool(words) and is_of_kind(words[-1], ("label", "code"))


def _past_names(row: Row, names: int, width: int) -> Row:
    among = [cell.plain for cell in row[1:names]]
    once = len(row) + names - 1 <= width and all("." in words and parse_amount(words) for words in among)
    if not once or not among or not _TOTAL.fullmatch(fold(row[0].text)):
        return row
    return (row[0], *[blank_at(row[0].end)] * (names - 1), *row[1:])


def _is_unparted(row: Row, at: int) -> bool:
    """Whether the row of headings at `at` prints nothing for what merged cells cover; a corner may be blank."""
    corner = next((place for place, cell in enumerate(row) if not cell.blank), 0) if at == 0 else 0
    again = any(one.plain == other.plain for one, other in itertools.pairwise(row))
    return all(not cell.blank for cell in row[corner:]) and not again


def _with_whole_codes(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows in which 类, 款 and 项, printed beside the numbers of the columns, are one cell where the codes are.

    So they are where the row above has one heading over the three, and no row below prints parts of a code; the blanks
    below them in a total row are one cell too.
    """
    at = next((number for number, row in enumerate(rows[:MAXIMUM_LEVELS]) if is_numbers_row(row)), 0)
    levels = [place for place, cell in enumerate(rows[at]) if fold(cell.text) in CLASS_LEVELS]
    more = len(levels) - 1
    if at == 0 or more < 1 or len(rows[at - 1]) != len(rows[at]) - more or levels[-1] - levels[0] != more:
        return rows
    parts, width = slice(levels[0], levels[-1] + 1), len(rows[at])
    if not all(cell.blank for row in rows[at + 1 :] if len(row) == width for cell in row[parts]):
        return rows
    return [_with_one(row, parts) if len(row) == width else row for row in rows]


def _with_one(row: Row, parts: slice) -> Row:
    """A row with some of its cells as one."""
    spans = tuple(span for cell in row[parts] for span in cell.spans)
    words = "".join(cell.text for cell in row[parts])
    return (*row[: parts.start], Cell(words, spans) if words else row[parts.start], *row[parts.stop :])


def _without_heading(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows with the lowest headings apart from the total row that they are printed in.

    合计 | 0 | 30.00 | 合计 | 基本支出 | 项目支出 | 0 below 本年收入 and 本年支出, which is merged over three columns.
    """
    count = heading_rows(rows)
    if not count or count + 1 >= len(rows) or not (inner := inner_headings(rows[:count], rows[count])):
        return rows
    row = rows[count]
    head, total = (
        tuple(cell if (at in inner) == wanted else blank_at(cell.start) for at, cell in enumerate(row))
        for wanted in (True, False)
    )
    return (*rows[:count], head, total, *rows[count + 1 :])


def blank_at(offset: int) -> Cell:
    """A cell that is not printed: it has a place and no words."""
    return Cell("", (Span(offset, offset),))


def _trim(row: Row, width: int) -> Row:
    """A heading row without the blank cells at its end that no row below has."""
    while len(row) > width and row[-1].blank:
        row = row[:-1]
    return row


def _without_filling(rows: Sequence[Row], width: int) -> list[Row]:
    """Heading rows without the blanks that fill up a row of parts, which no code or name as the first heading has.

    编码 | 收入 | 支出 over 小计 | 基本支出 | 项目支出 | 0 | 0: they stand below 支出.
    """
    once = bool(rows) and len(rows[0]) < width and not any(cell.blank for cell in rows[0])
    lower = [row for row in rows[1:] if not is_numbers_row(row)]
    filled = all(len(row) == width and row[-1].blank and not row[0].blank for row in lower)
    if not (once and lower and filled and is_of_kind(fold(rows[0][0].text), _NAMING)):
        return list(rows)
    named = any(is_of_kind(fold(row[0].text), _NAMING) for row in lower)
    return [_trim(row, 1) if row in lower and not named else row for row in rows]


def _without_padding(rows: Sequence[Row], width: int) -> Sequence[Row]:
    """Rows in which totals that print one label over columns of words lose the blanks that fill them up at the end.

    合计 | 9.00 | 5.00 | 4.00 | 0 above 201 | 公共服务支出 | 9.00 | 5.00 | 4.00: no amount stands in a column of words.
    """
    whole = [row for row in rows if len(row) == width]
    totals = [row for row in whole if width > 1 and _TOTAL.search(fold(row[0].text))]
    early = [row for row in totals if parse_amount(row[1].plain) is not None]
    others = [row for row in whole if row not in early]
    if len(others) <= len(early) or not all(_is_label(row[1]) for row in others):
        return rows
    columns = next((at for at in range(1, width) if not all(_is_label(row[at]) for row in others)), width) - 1
    return [row[:-columns] if row in early and all(cell.blank for cell in row[-columns:]) else row for row in rows]


def _is_label(cell: Cell) -> bool:
    return not cell.blank and parse_amount(cell.plain) is None


def _pad(row: Row, width: int) -> Row:
    return row + (blank_at(row[-1].end),) * (width - len(row)) if row else row


def _usual_width(rows: Sequence[Row], heading: int) -> int:
    """The width of several rows below the headings, the largest; of any row where there are no such.

    One row as wide as the only row of headings is enough: it prints what is merged over the others.
    """
    counts = Counter(len(row) for row in rows[heading:])
    headed = len(rows[0]) if heading == 1 and not any(cell.blank for cell in rows[0]) else 0
    repeated = [width for width, times in counts.items() if times > 1 or width == headed]
    return max(repeated or map(len, rows))


def _amount_columns(rows: Sequence[Row], width: int) -> list[int]:
    """The columns in which whole rows print numbers with decimals."""
    whole = [row for row in rows if len(row) == width]
    return [at for at in range(width) if any(re.search(r"\d[.．]\d", row[at].plain) for row in whole)]


def _align_body(row: Row, width: int, amounts: Sequence[int]) -> Row:
    """A row with too few cells, whose labels are merged over the columns beside them (合计 over code and name).

    With several labels (人员经费合计 | 1.00 | 公用经费合计 | 2.00) each number goes to the next column of numbers, the
    last to the last one; with one label the rest stays at the right.
    """
    missing = width - len(row)
    labels = [at for at, cell in enumerate(row) if not cell.blank and parse_amount(cell.plain) is None]
    if missing <= 0 or not labels:
        return row
    if len(labels) > 1 and amounts and all(not cell.blank for cell in row):
        return _lay(row, width, amounts)
    filler = (blank_at(row[labels[0]].end),) * missing
    return row[: labels[0] + 1] + filler + row[labels[0] + 1 :]


def _lay(row: Row, width: int, amounts: Sequence[int]) -> Row:
    laid: list[Cell] = []
    for at, cell in enumerate(row):
        if parse_amount(cell.plain) is not None:
            last = at == len(row) - 1
            place = amounts[-1] if last else next((one for one in amounts if one >= len(laid)), len(laid))
            laid += [blank_at(cell.start)] * (place - len(laid))
        laid.append(cell)
    return tuple(laid[:width]) if len(laid) <= width else row


def _align_heading(
    rows: Sequence[Row], width: int, body: Sequence[Row], *, ruled: bool = False
) -> tuple[list[Row], bool]:
    """Heading rows where they stand, and whether that could be told: in a `ruled` one by words and sums."""
    count = next((at for at, row in enumerate(rows) if is_numbers_row(row)), len(rows))
    if not is_printed_once(rows[:count], width):
        laid, sure = _spread_headings(rows, width, body, ruled=ruled)
        return laid, (sure or not ruled) and not _lacks_heading(rows, width, body)
    places = nest(rows[:count], width, body)
    if places is None:
        return _spread_headings(rows, width, body)[0], False
    laid = [_laid(row, at, width) for row, at in zip(rows[:count], places, strict=True)]
    return [*laid, *rows[count:]], True


def _lacks_heading(rows: Sequence[Row], width: int, body: Sequence[Row]) -> bool:
    """Whether the row below too short a row of headings is another of them, in words that nobody knows for headings."""
    short = len(rows) == 1 and len(rows[0]) < width and bool(body) and 1 < len(body[0]) < width
    return short and all(re.search("[\u4e00-\u9fff]", cell.plain) for cell in (*rows[0], *body[0]))


def _laid(row: Row, places: Sequence[tuple[int, int]], width: int) -> Row:
    """A row of headings at their columns, blanks between them."""
    cells = {start: cell for cell, (start, _) in zip(row, places, strict=True)}
    return tuple(cells.get(column) or blank_at(row[-1].end) for column in range(width))


def _spread_headings(
    rows: Sequence[Row], width: int, body: Sequence[Row], *, ruled: bool = False
) -> tuple[list[Row], bool]:
    """Heading rows from the lowest up, each spread over the row below it, and whether they or the amounts say so.

    In a row of a `ruled` table that prints its blanks, one above a heading belongs to the heading at its left.
    """
    aligned: list[Row] = []
    runs: list[tuple[int, ...]] = []
    sure = True
    printed = amounts(body, width) if any(len(row) < width for row in rows[:-1]) else []
    for row in reversed(rows):
        spread = [(cell, 1) for cell in row]
        if aligned and len(row) < width:
            weigh = weigher([fold(cell.text) for cell in aligned[0]], printed)
            spread = _spread(row, runs, aligned[0], weigh)
            sure = sure and (not ruled or _divides_surely(row, runs, aligned[0], weigh))
        aligned.insert(0, tuple(one for cell, size in spread for one in _covering(cell, size)))
        runs = _runs(_merged(spread, aligned[1]) if ruled and len(aligned) > 1 else spread)
    return aligned, sure


def _merged(spread: list[tuple[Cell, int]], lower: Row) -> list[tuple[Cell, int]]:
    """Headings of a row with the blanks that they cover, above headings of the row below."""
    merged: list[tuple[Cell, int]] = []
    for at, (cell, size) in enumerate(spread):
        if cell.blank and size == 1 and merged and not merged[-1][0].blank and not lower[at].blank:
            merged[-1] = (merged[-1][0], merged[-1][1] + 1)
        else:
            merged.append((cell, size))
    return merged


def _covering(cell: Cell, size: int) -> tuple[Cell, ...]:
    return (cell, *([blank_at(cell.end)] * (size - 1)))


def _spread(row: Row, runs: list[tuple[int, ...]], lower: Row, weigh: Weigh) -> list[tuple[Cell, int]]:
    """`row` laid over the row below, each cell with its width: one over each blank, the others over the runs."""
    uppers, lowers = [[cell.plain for cell in one] for one in (row, lower)]
    sizes = _over_numbers(row, lower) or divide(uppers, runs, lowers, weigh)
    return [(cell, 1) for cell in row] if sizes is None else list(zip(row, sizes, strict=True))


def _divides_surely(row: Row, runs: list[tuple[int, ...]], lower: Row, weigh: Weigh) -> bool:
    return divides_surely([cell.plain for cell in row], runs, [cell.plain for cell in lower], weigh)


def _over_numbers(row: Row, lower: Row) -> list[int] | None:
    """The widths of headings right above the numbers of columns: one for each number, the first what they leave.

    None where no numbers stand below, or too many or too few headings above.
    """
    first = next((at for at, cell in enumerate(lower) if fold(cell.text) == "1"), 0) if is_numbers_row(lower) else 0
    labels = len(row) - len(lower) + first
    return [first - labels + 1, *[1] * (len(row) - 1)] if 0 < labels <= first else None


def _runs(spread: list[tuple[Cell, int]]) -> list[tuple[int, ...]]:
    """The columns of a row: () for each blank cell (merged downwards), a tuple for each run of printed ones."""
    runs: list[tuple[int, ...]] = []
    column = 0
    for cell, size in spread:
        columns = tuple(range(column, column + size))
        if cell.blank:
            runs.append(())
        elif runs and runs[-1]:
            runs[-1] += columns
        else:
            runs.append(columns)
        column += size
    return runs
