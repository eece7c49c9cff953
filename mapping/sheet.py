"""Rows to a spreadsheet that opens where its reader begins: a heading that stays, filters, lines that wrap."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

_WIDTHS = {"原文": 60, "问题": 60, "建议": 40, "文件": 28, "表格": 28, "实际": 16, "应为": 16}
_DEFAULT_WIDTH = 10


def spreadsheet(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as an XLSX file of one sheet; every cell is text, whatever sign it begins with."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
            sheet.set_column(place, place, _WIDTHS.get(name, _DEFAULT_WIDTH))
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell, wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return content.getvalue()
