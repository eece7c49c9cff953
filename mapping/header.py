"""Rows to headings: where a table's heading ends, and for each column the printed levels from top to leaf."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from mapping.amounts import parse_amount
from mapping.divide import belongs
from mapping.document import Cell, Row, fold
from mapping.lexicon import pattern

MAXIMUM_LEVELS = 6
_ENUMERATED = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）]|[①②③④⑤⑥⑦⑧⑨]).+")
_CODE = re.compile(r"(?:[23]\d{2}(?:\d{2}){0,2}|[35]\d{2}(?:\d{2})?)")
_TOTAL = re.compile(r"(?:部门|单位|本年|全部|支出|收入|预算)?(?:合计|总计|小计)")
# How a column is reckoned: 4=2+3, 6=5/1*100%, C=(A-B)/B.
_RECKONED = r"(?:=[A-Z\d+\-－*×/／÷%％()（）]+)?"
_FORMULA = re.compile(rf"[(（]?\d{{1,2}}[)）]?{_RECKONED}|[甲乙丙丁]|[A-Z]{_RECKONED}")
# Headings that begin with so many same characters are of one thing.
_NAME_LENGTH = 4
_LONGEST = 24
CLASS_LEVELS = ("类", "款", "项")
_YEAR = re.compile(r"(?:19|20)\d\d")
# A heading of indicators, under which only indicators stand.
_LEVEL = re.compile("[一二三]级指标")


def heading_rows(rows: Sequence[Row]) -> int:
    """How many of `rows`, from the top, are headings (the row of column numbers included)."""
    numbered = next((at for at, row in enumerate(rows[:MAXIMUM_LEVELS]) if is_numbers_row(row)), None)
    if numbered is not None and not any(_begins_body(row) for row in rows[:numbered]):
        return numbered + 1
    if not rows or _begins_body(rows[0]):
        return 0
    count, widest = 1, max(map(len, rows))
    while count < min(len(rows), MAXIMUM_LEVELS) and (
        _deepens(rows[count - 1], rows[count]) or _goes_on_below(rows[count - 1], rows[count], widest)
    ):
        count += 1
    return count


def inner_headings(rows: Sequence[Row], row: Row) -> range:
    """The columns of a total row below headings in which it prints headings of its own: all that one of them covers.

    Besides these it prints its label and figures; of headings there are two or more, the first a total, too.
    """
    labels = [at for at, cell in enumerate(row) if not cell.blank and not _is_figure(cell)]
    if len(labels) < 3 or not _TOTAL.fullmatch(fold(row[labels[0]].text)):
        return range(0)
    inner = range(labels[1], labels[-1] + 1)
    first, *others = inner
    merged = not rows[0][first].blank and all(one[at].blank for one in rows for at in others)
    ends = first + len(inner) == len(row) or any(not one[inner.stop].blank for one in rows)
    words = [fold(row[at].text) for at in inner]
    headed = list(inner) == labels[1:] and all(map(_is_word, words)) and bool(_TOTAL.fullmatch(words[0]))
    figures = any(_is_figure(cell) for cell in row)
    return inner if merged and ends and headed and figures else range(0)


def is_numbers_row(row: Row) -> bool:
    """Whether a row numbers the columns (栏次 1 2 3, 甲 1 2=3+4); OCR may have misspelt its first word.

    On a page that goes on with the columns of the one before, 栏次 goes on counting.
    """
    filled = [fold(cell.text) for cell in row if not cell.blank]
    words = [text for text in filled if not _FORMULA.fullmatch(text) and text not in CLASS_LEVELS]
    numbers = [int(found[0]) for text in filled if text not in words and (found := re.search(r"\d+", text))]
    if any(not pattern("headings", "numbers-word").match(text) for text in words) or len(set(words)) > 2:
        return False
    if not numbers and len(filled) - len(words) > 2:
        return all(re.match("[A-Z]", text) for text in filled if text not in words)
    steps = all(after - before in (1, 2) for before, after in itertools.pairwise(numbers))
    counted = len(numbers) > 2 and any(pattern("headings", "kinds", "sequence").search(text) for text in words)
    return steps and (counted or (numbers[:1] == [1] and (len(numbers) > 1 or bool(words))))


def _begins_body(row: Row) -> bool:
    """Whether a row can only be data: a figure, a class code, an enumerated or total label, or nothing at all."""
    filled = [cell for cell in row if not cell.blank]
    if not filled:
        return True
    first, rest = fold(filled[0].text), filled[1:]
    if any(
        _is_figure(cell) or _CODE.fullmatch(fold(cell.text)) or _ENUMERATED.fullmatch(cell.plain) for cell in filled
    ):
        return True
    if _TOTAL.fullmatch(first) and not rest:
        return True
    return len(filled) == 1 and len(row) > 2 and row[0] is filled[0] and not _is_word(first)


def _is_figure(cell: Cell) -> bool:
    return parse_amount(cell.plain) is not None and not _YEAR.fullmatch(fold(cell.text))


def _is_word(text: str) -> bool:
    return bool(pattern("headings", "word").search(text))


def _deepens(above: Row, row: Row) -> bool:
    """Whether `row` is a further heading level: heading words under merged cells."""
    if _begins_body(row) or any(_LEVEL.fullmatch(a.plain) and not b.blank for a, b in zip(above, row, strict=False)):
        return False
    filled = [fold(cell.text) for cell in row if not cell.blank]
    share = sum(_is_word(text) for text in filled) / len(filled)
    merged = len(above) != len(row) or any(cell.blank for cell in (*above, *row)) or _repeats(above)
    opened = len(row) > len(above) or _fills_blanks(above, row)
    names = any(is_named_as(part.plain, whole.plain) for part in row for whole in above)
    return merged and (
        _parts_repeated(above, row)
        or share >= 0.5
        or (share > 0 and (row[0].blank or names))
        or (opened and max(map(len, filled)) <= _LONGEST)
    )


def _parts_repeated(above: Row, row: Row) -> bool:
    """Whether `row` parts every heading that `above` repeats over its columns, and repeats those of one column.

    So headings read whose merged cells were all filled when the table was made text, whatever their words.
    """
    runs = [list(group) for _, group in itertools.groupby(range(len(above)), lambda at: above[at].plain)]
    if len(row) != len(above) or any(cell.blank or len(cell.plain) > _LONGEST for cell in (*above, *row)):
        return False
    words = [[row[at].plain for at in run] for run in runs]
    return all(
        len(set(below)) > 1 if len(run) > 1 else below[0] == above[run[0]].plain
        for run, below in zip(runs, words, strict=True)
    )


def _goes_on_below(above: Row, row: Row, widest: int) -> bool:
    """Whether `row`, too short to be data, is headings without the blanks beside them, of which one belongs above."""
    if _begins_body(row) or not 1 < len(row) < widest or any(cell.blank for cell in row):
        return False
    words = [fold(cell.text) for cell in row]
    named = any(belongs(fold(whole.text), part) > 0 for part in words for whole in above)
    return named and max(map(len, words)) <= _LONGEST


def is_named_as(part: str, whole: str) -> bool:
    """Whether a heading begins with the words that a heading above it begins with (公务用车购置)."""
    return len(part) >= _NAME_LENGTH and part[:_NAME_LENGTH] == whole[:_NAME_LENGTH]


def _fills_blanks(above: Row, row: Row) -> bool:
    """Whether `row` prints words under the blank part of a heading that is merged over several columns."""
    pairs = list(zip(above, row, strict=False))
    return any(a.blank and not b.blank for a, b in pairs[1:]) and any(not a.blank for a, _ in pairs)


def _repeats(row: Row) -> bool:
    return any(a.plain and a.plain == b.plain for a, b in itertools.pairwise(row))


def column_paths(rows: Sequence[Row], width: int) -> tuple[tuple[str, ...], ...]:
    """For each column the printed headings from top to leaf, merged repeats once, whitespace dropped.

    A blank under a heading continues it downwards; any other blank belongs to the heading at its left, as far as the
    heading above reaches.
    """
    owners: list[list[tuple[int, int] | None]] = []
    for at, row in enumerate(rows):
        above = owners[-1] if owners else None
        owners.append((_numbered if is_numbers_row(row) else _owners)(at, row, width, above))
    return tuple(_path(column, owners, rows) for column in range(width))


def _numbered(
    at: int, row: Row, width: int, above: list[tuple[int, int] | None] | None
) -> list[tuple[int, int] | None]:
    """A row of column numbers heads nothing, but for 类, 款 and 项 where it prints them too."""
    heads = {column for column, cell in enumerate(row) if fold(cell.text) in CLASS_LEVELS}
    return [(at, column) if column in heads else above[column] if above else None for column in range(width)]


def _owners(at: int, row: Row, width: int, above: list[tuple[int, int] | None] | None) -> list[tuple[int, int] | None]:
    line: list[tuple[int, int] | None] = []
    for column in range(width):
        same_parent = column > 0 and (above is None or above[column] == above[column - 1])
        if column < len(row) and not row[column].blank:
            line.append((at, column))
        elif above is not None and above[column] is not None and _starts(above, column):
            line.append(above[column])
        elif same_parent and line[-1] is not None and line[-1][0] == at:
            line.append(line[-1])
        else:
            line.append(above[column] if above is not None else None)
    return line


def _starts(owners: list[tuple[int, int] | None], column: int) -> bool:
    owner = owners[column]
    return owner is not None and owner[1] == column


def _path(column: int, owners: list[list[tuple[int, int] | None]], levels: Sequence[Row]) -> tuple[str, ...]:
    path: list[str] = []
    for line in owners:
        owner = line[column]
        if owner is not None:
            words = levels[owner[0]][owner[1]].plain
            if not path or path[-1] != words:
                path.append(words)
    return tuple(path)
