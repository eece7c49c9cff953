"""Titles and numbers that a list prints in two columns (文件名称 | 文号) to one citation a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mapping.citations import Mention
from mapping.docnumber import Number, flatten, parse
from mapping.document import Cell, Document, Row, Table, squeeze
from mapping.following import agrees
from mapping.issuing import issuers_end, named_issuers
from mapping.lexicon import pattern
from mapping.runs import JOINT, Run, run_of
from mapping.wording import wording

_REASON = "title and number stand in two columns"

Read = tuple[Run, Mention]


def pair(mentions: Sequence[Read], document: Document) -> list[Read]:
    """The citations in order; a title alone in its cell and the number alone in that of the same row are one.

    So below headings that say so, where the one cell cites nothing but a title, the other nothing but a number. What
    the one cell prints is a title there by the number beside it, whatever it ends in (手册, 清单). A table without
    headings is such a list where its first row is one of a title and a number side by side, and nothing else in both.
    """
    content = document.text.content
    cells: dict[int, list[Read]] = {}
    for read in mentions:
        cells.setdefault(read[0].places[0], []).append(read)
    for title, number in _cells(document.tables, cells):
        numbered = cells.get(number.start, [])
        titled = cells.get(title.start, []) or list(_bare(run_of(content, title.spans)))
        if len(titled) == len(numbered) == 1 and (one := _joined(titled[0], numbered[0])):
            cells[max(title.start, number.start)] = []
            cells[min(title.start, number.start)] = [one]
    return [read for _, several in sorted(cells.items()) for read in several]


def _cells(tables: Sequence[Table], reads: Mapping[int, Sequence[Read]]) -> Iterator[tuple[Cell, Cell]]:
    """The cells of titles, each with that of its number: below headings, else side by side."""
    for table in tables:
        yield from list(_below_headings(table)) or _without_headings(table, reads)


def _below_headings(table: Table) -> Iterator[tuple[Cell, Cell]]:
    """The cells below a heading of titles, each with the one below the heading of numbers beside it."""
    columns: tuple[int, int] | None = None
    for row in table.rows:
        if found := _headed(row):
            columns = found
        elif columns and not any(row[at].blank for at in columns):
            yield row[columns[0]], row[columns[1]]


def _without_headings(table: Table, reads: Mapping[int, Sequence[Read]]) -> Iterator[tuple[Cell, Cell]]:
    """The cells of titles and of numbers in the two columns where the first row of a table holds one of each."""
    columns: tuple[int, int] | None = None
    for row in table.rows:
        columns = columns or _of_first(row, reads)
        if columns is None:
            return
        title, number = (row[at] for at in columns)
        if (numbered := _number_of(number, reads)) and (titled := _title_of(title, reads)) and agrees(titled, numbered):
            yield title, number


def _of_first(row: Row, reads: Mapping[int, Sequence[Read]]) -> tuple[int, int] | None:
    """The columns of the one number of a row and of the one title beside it, perhaps behind who issued it."""
    numbers = [at for at, cell in enumerate(row) if _number_of(cell, reads)]
    if len(numbers) != 1:
        return None
    at = numbers[0]
    beside = [one for one in (at - 1, at + 1) if 0 <= one < len(row)]
    beside += [at + 2 * (one - at) for one in beside if named_issuers(flatten(row[one].plain))]
    titles = [one for one in beside if 0 <= one < len(row) and _title_of(row[one], reads)]
    return (titles[0], at) if len(titles) == 1 else None


def _number_of(cell: Cell, reads: Mapping[int, Sequence[Read]]) -> Number | None:
    """The number that a cell prints and nothing else."""
    said = _only(cell, reads)
    whole = said and not said[1].title and said[1].kind != "case" and _printed(said) == cell.plain
    return parse(said[1].doc_number or "", coded=said[1].kind == "docnum") if said and whole else None


def _title_of(cell: Cell, reads: Mapping[int, Sequence[Read]]) -> str | None:
    """The title that a cell prints and nothing else, flattened; without 《》 one that ends as rules and notices do."""
    if not reads.get(cell.start):
        bare = pattern("bases", "bare-title").fullmatch(cell.plain)
        return flatten(cell.plain) if bare else None
    said = _only(cell, reads)
    if said is None or said[1].doc_number or not said[1].title:
        return None
    led = cell.plain.removesuffix(_printed(said))
    return flatten(said[1].title) if not led or (led != cell.plain and named_issuers(flatten(led))) else None


def _only(cell: Cell, reads: Mapping[int, Sequence[Read]]) -> Read | None:
    """The one citation of a cell."""
    found = reads.get(cell.start, ())
    return found[0] if len(found) == 1 else None


def _printed(read: Read) -> str:
    """The words of a citation, without whitespace."""
    return squeeze(read[0].text[read[1].start : read[1].end])


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
        flat = flatten(title)
        about = issuers_end(flat) if wording("unquoted", "notice-start").match(flat, issuers_end(flat)) else 0
        issuers = named_issuers(flat[:about])
        yield run, Mention(start, len(run.text.rstrip()), "other", title=title[about:], issuers=issuers)


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
