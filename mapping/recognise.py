"""Tables to recognised tables: captions, columns and kind read together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mapping.amounts import parse_amount
from mapping.caption import Captions, is_empty_note, read_captions
from mapping.chart import is_chart
from mapping.classify import classify
from mapping.columns import Column, read_columns
from mapping.docnumber import flatten, year_of
from mapping.document import Document, Row, Span, Table, fold, plain
from mapping.header import is_numbers_row
from mapping.lexicon import pattern


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table with its kind (notation of `code:table-kind`), captions and columns."""

    table: Table
    kind: str
    captions: Captions
    columns: tuple[Column, ...]

    @property
    def title(self) -> str | None:
        """The title as printed, runs of whitespace made one blank."""
        return " ".join(plain(self.captions.title.text).split()) if self.captions.title else None

    @property
    def title_year(self) -> int | None:
        """The first year that the title names, in digits or in Chinese ones (二〇三〇年)."""
        found = re.search(r"(20\d\d|二[〇零][〇零一二三四五六七八九]{2})年", flatten(fold(self.title or "")))
        return year_of(found[1]) if found else None

    @property
    def stated_kind(self) -> str:
        """Whether the title says 预算 or 决算: `budget`, `accounts` or `unknown`."""
        words = fold(self.title or "")
        return "accounts" if "决算" in words else "budget" if re.search("预算(?!拨款|财政)", words) else "unknown"

    @property
    def empty(self) -> bool:
        """Whether the table prints no number, or says so in a 注 and prints none."""
        if any(is_empty_note(note.text) for note in self.table.notes):
            return not self._amounts()
        if not self.table.told:
            return False
        return self.kind not in ("toc", "organisation", "performance-target", "self-evaluation") and not self._amounts()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the table is read: its title, and the first and the last printed cell of its grid."""
        printed = [cell for row in self.table.rows for cell in row if not cell.blank and cell.start < cell.end]
        first, last = min(cell.spans[0] for cell in printed), max(cell.spans[-1] for cell in printed)
        title = [self.captions.title.span] if self.captions.title else []
        return tuple(dict.fromkeys(sorted([*title, first, last])))

    def _amounts(self) -> bool:
        columns = [column.index for column in self.columns if column.kind in ("amount", "count", "percent")]
        return any(parse_amount(row[at].plain) is not None for _, row in self.body() for at in columns)

    def body(self) -> Iterator[tuple[int, Row]]:
        """Number and cells of each data row."""
        first = max(self.table.header_rows, 0)
        for at, row in enumerate(self.table.rows[first:], first):
            if not (is_numbers_row(row) and at < first + 2):
                yield at, row


def recognise(document: Document) -> tuple[Recognised, ...]:
    """The document's tables, each with its kind."""
    return tuple(_recognise(table) for table in document.tables)


def _recognise(table: Table) -> Recognised:
    captions = read_captions(table.captions)
    columns = read_columns(table)
    if captions.counted and not captions.unit:
        columns = tuple(replace(one, kind="count") if _is_uncounted(one) else one for one in columns)
    if is_chart(table):
        return Recognised(table, "chart", captions, columns)
    title = captions.title.text if captions.title else None
    return Recognised(table, classify(table, title, columns), captions, columns)


def _is_uncounted(column: Column) -> bool:
    """Whether a column reads as one of money, and no heading of it says so."""
    return column.kind == "amount" and not any(pattern("headings", "money").search(level) for level in column.path)
