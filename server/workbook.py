"""Rows to a spreadsheet that opens where its reader begins: a heading that stays, filters, lines that wrap."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

_DEFAULT_WIDTH = 10
_LONGEST = 32_000
"""Characters of a cell; a spreadsheet takes 32,767 and drops what is longer."""


def workbook(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Mapping[str, int]) -> bytes:
    """Return rows as an XLSX file of one sheet; every cell is text, whatever sign it begins with."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
            sheet.set_column(place, place, widths.get(name, _DEFAULT_WIDTH))
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell[:_LONGEST], wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return content.getvalue()
