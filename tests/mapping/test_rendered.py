"""What tables say does not depend on their form, nor on pages, widths of digits or where totals stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from mapping.document import Table
from mapping.facts import assemble
from mapping.read import read
from tests.mapping.layouts import cells, pipe, tab

NAMES = (
    "anhui-archive-ocr-pipe",
    "guangdong-budget-pipe",
    "guizhou-counts-and-money",
    "jiangxi-accounts-phases",
    "jilin-budget-changes",
    "shanghai-budget-yuan-pipe",
)
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?")
_TOTAL = re.compile(r"[合总]\s*计")
# Rows of words, and how many of them are headings.
Raw = tuple[list[list[str]], int]


def tabs_cut(raw: Raw) -> str:
    """Tabs, none of them at the end of a line."""
    return "\n".join(line.rstrip("\t") for line in tab(raw[0]).split("\n"))


def wide_tabs(raw: Raw) -> str:
    """Tabs, amounts in full-width digits."""
    rows, count = raw
    wide = [[word.translate(WIDE) if _AMOUNT.fullmatch(word) else word for word in row] for row in rows[count:]]
    return tab([*rows[:count], *wide])


def celled(raw: Raw) -> str:
    """A cell a line: merged headings once where they are wide, blanks below those that are merged downwards."""
    rows, count = raw
    return cells([*map(_merged, rows[:count], [None, *rows[: count - 1]]), *rows[count:]])


def _merged(row: Sequence[str], above: Sequence[str] | None) -> Sequence[str]:
    return [word for at, word in enumerate(row) if word or at == 0 or (above and above[at])]


def paged(raw: Raw) -> str:
    """A page that ends between two rows: its number, then the rest without headings."""
    rows, count = raw
    middle = count + (len(rows) - count) // 2
    rest = pipe(rows[middle:]).split("\n")
    return "\n".join([pipe(rows[:middle]), "", "- 7 -", "", rest[0], *rest[2:]])


def turned(raw: Raw) -> str:
    """The total of a table of one level of headings and one side at its other end."""
    rows, count = raw
    totals = [at for at, row in enumerate(rows) if sum(bool(_TOTAL.fullmatch(word)) for word in row) == 1]
    if totals not in ([count], [len(rows) - 1]) or sum(bool(_TOTAL.search(word)) for row in rows for word in row) > 1:
        return pipe(rows)
    body = [row for at, row in enumerate(rows[count:], count) if at not in totals]
    total = [rows[totals[0]]]
    return pipe([*rows[:count], *((*body, *total) if totals == [count] else (*total, *body))])


def rendered(text: str, form: Callable[[Raw], str]) -> str:
    """A text with its tables in pipes in another form, but forms of targets."""
    lines = text.split("\n")
    for table in reversed(read(text.encode()).tables):
        if raw := _raw(table, lines[table.first_line - 1 : table.last_line]):
            lines[table.first_line - 1 : table.last_line] = [form(raw)]
    return "\n".join(lines)


def _raw(table: Table, lines: Sequence[str]) -> Raw | None:
    rows = [[word.strip(" ") for word in line.split("|")[1:-1]] for line in lines if not re.match(r"\|[-|:]+\|$", line)]
    alike = all(line.startswith("|") for line in lines) and len({len(row) for row in rows}) == 1
    whole = alike and len(rows) == len(table.rows) and 0 < table.header_rows < len(rows) - 2
    return (rows, table.header_rows) if whole else None


def said(text: str) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            one.printed.value,
            one.amount,
            one.row_label,
            one.code,
            one.column_path,
            one.row_role,
            one.column_role,
            one.table.kind,
            one.fiscal_year,
            one.phase,
        )
        for one in assemble(read(text.encode()), None).figures
    )


@cache
def _text(name: str) -> str:
    return read((Path(__file__).parent.parent / "cases" / name / "source.txt").read_bytes()).text.content


@cache
def _as_is(name: str) -> Counter[tuple[object, ...]]:
    return said(_text(name))


FORMS = (tabs_cut, wide_tabs, celled, paged, turned)


def test_the_forms_differ() -> None:
    texts = {text for name in NAMES for text in (_text(name), *(rendered(_text(name), form) for form in FORMS))}
    assert len(texts) >= 34


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_what_a_table_says_does_not_depend_on_its_form(name: str, form: Callable[[Raw], str]) -> None:
    assert said(rendered(_text(name), form)) == _as_is(name)
