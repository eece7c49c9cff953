"""Rows to files for spreadsheets: XLSX with a heading that stays, filters, lines that wrap; CSV that opens as text.

CSV for programs is that of the W3C, cell by cell what the data say; this one is for people who open it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), full-width signs too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# A signed number with a unit in Chinese, which computes nothing.
_NUMBER = re.compile(r"[+\-－＋]\d[\d,]*(?:\.\d+)?\s*[%‰]?[\u3400-\u9fff]*(?:/[\u3400-\u9fff]+)?", re.ASCII)
_MARK = "\ufeff"
_DEFAULT_WIDTH = 10
_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; one with more is written as text."""
_LONGEST = 32_000
"""Characters of a cell; a spreadsheet takes 32,767 and drops what is longer."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, columns and rows; a column has the width that is stated by its name.

    What is a number is one in the file, too; every text is text, whatever sign it begins with: a code keeps its zeros.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | Decimal]]
    widths: Mapping[str, int] = field(default_factory=dict)


def workbook(*sheets: Sheet) -> bytes:
    """Return sheets as an XLSX file."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for each in sheets:
            _write(each, book.add_worksheet(each.title), bold, wrapped)
    return content.getvalue()


def _write(told: Sheet, sheet: Any, bold: Any, wrapped: Any) -> None:
    for place, name in enumerate(told.columns):
        sheet.write_string(0, place, name, bold)
        sheet.set_column(place, place, told.widths.get(name, _DEFAULT_WIDTH))
    for number, row in enumerate(told.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _DIGITS:
                sheet.write_number(number, place, float(cell), wrapped)
            else:
                sheet.write_string(number, place, str(cell)[:_LONGEST], wrapped)
    # Codes are text on purpose: no cell is marked as a number that should have been one.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(len(told.rows), len(told.columns) - 1)}"})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(told.rows), 1), len(told.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def spreadsheet_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV that spreadsheets open in UTF-8, as its mark at the beginning says, and as text."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return f"{_MARK}{text.getvalue()}".encode()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before it; a signed number stays one.

    >>> harmless("=1+1"), harmless("-3.5万元"), harmless("-2+3+cmd|' /C calc'!A0"), harmless("-1,000.5%")
    ("'=1+1", '-3.5万元', "'-2+3+cmd|' /C calc'!A0", '-1,000.5%')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
