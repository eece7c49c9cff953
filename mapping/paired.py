"""Titles and numbers that a list prints in two columns (文件名称 | 文号) to one citation a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mapping.citations import Mention
from mapping.document import Cell, Document, Row, Table, squeeze
from mapping.lexicon import pattern
from mapping.runs import JOINT, Run, run_of
from mapping.wording import wording

_REASON = "title and number stand in two columns"

Read = tuple[Run, Mention]


def pair(mentions: Sequence[Read], document: Document) -> list[Read]:
    """The citations in order; a title alone in its cell and the number alone in that of the same row are one.

    So below headings that say so, where the one cell cites nothing but a title, the other nothing but a number. What
    the one cell prints is a title there by the number beside it, whatever it ends in (手册, 清单).
    """
    content = document.text.content
    cells: dict[int, list[Read]] = {}
    for read in mentions:
        cells.setdefault(read[0].places[0], []).append(read)
    for title, number in _cells(document.tables):
        numbered = cells.get(number.start, [])
        titled = cells.get(title.start, []) or list(_bare(run_of(content, title.spans)))
        if len(titled) == len(numbered) == 1 and (one := _joined(titled[0], numbered[0])):
            cells[max(title.start, number.start)] = []
            cells[min(title.start, number.start)] = [one]
    return [read for _, several in sorted(cells.items()) for read in several]


def _cells(tables: Sequence[Table]) -> Iterator[tuple[Cell, Cell]]:
    """The cells below a heading of titles, each with the one below the heading of numbers beside it."""
    for table in tables:
        columns: tuple[int, int] | None = None
        for row in table.rows:
            if found := _headed(row):
                columns = found
            elif columns and not any(row[at].blank for at in columns):
                yield row[columns[0]], row[columns[1]]


def _headed(row: Row) -> tuple[int, int] | None:
    """The columns of titles and of numbers that a row heads; None where it heads no such list."""
    titles, numbers = (
        [at for at, cell in enumerate(row) if pattern("bases", name).fullmatch(cell.plain)]
        for name in ("title-column", "number-column")
    )
    return (titles[0], numbers[0]) if len(titles) == len(numbers) == 1 else None


def _bare(run: Run) -> Iterator[Read]:
    """What a cell prints as a title: all of it, where it is no name of a private paper and nothing but a name."""
    said = pattern("bases", "listed-title").fullmatch(run.text.strip())
    title = squeeze(said["title"]) if said else ""
    if title and not wording("title", "private").search(title):
        start = len(run.text) - len(run.text.lstrip())
        yield run, Mention(start, len(run.text.rstrip()), "other", title=title)


def _joined(titled: Read, numbered: Read) -> Read | None:
    """The citation of a title and its number, in a run of both cells; None where one says what the other should."""
    title, number = titled[1], numbered[1]
    if not title.title or title.doc_number or number.title or not number.doc_number or number.kind == "case":
        return None
    (first, before), (last, after) = sorted((titled, numbered), key=lambda read: read[0].places[0])
    run = Run(f"{first.text}\n{last.text}", [*first.places, JOINT, *last.places])
    end = len(first.text) + 1 + after.end
    issuers = title.issuers or number.issuers
    said = replace(number, start=before.start, end=end, title=title.title, issuers=issuers, reason=_REASON)
    return run, said
