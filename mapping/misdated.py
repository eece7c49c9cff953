"""Titles to those that name another year than the document they stand in, terms to those that leave out a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mapping.describe import Description
from mapping.document import Cell, Document, Span, fold
from mapping.lexicon import load, pattern
from mapping.marks import Mark
from mapping.passages import Passage
from mapping.recognise import Recognised

_KINDS = {"预算": "budget", "决算": "accounts"}
_LONGEST = 60
# Forms of the year that a document of a kind is of.
_FORMS = {"budget": "performance-target", "accounts": "self-evaluation"}


def read_misdated(document: Document, tables: Sequence[Recognised], description: Description) -> Iterator[Mark]:
    """Marks of the kind title-year: titles of the document's own kind (budget or accounts) with one, another year.

    A report on two years may name either.
    """
    if description.year is None:
        return
    for span, line in _lines(document, tables):
        year = _titled_year(line, description.kind)
        if year and year not in (description.year, description.proposed):
            yield Mark("title-year", f"{year}年", (span,), f"{description.year}年")
    for table in tables if description.proposed is None else ():
        yield from _captioned(table, description.year, description.kind)
        yield from _headed(table, description.year, description.kind)
        yield from _labelled(table, description.year)


def read_early(passages: Sequence[Passage]) -> Iterator[Mark]:
    """Marks of the kind citation-year: notices on the work of a year with a number of two years before, or earlier.

    〔2022〕 beside 关于开展2024年度绩效自评的通知: a number of the year before may be that of a notice sent out early.
    """
    for passage in passages:
        for found in pattern("marks", "notice-of-year").finditer(passage.words):
            if int(found["issued"]) < int(found["year"]) - 1:
                spans = passage.spans(*found.span("number"))
                yield Mark("citation-year", found["number"], spans, f"{found['year']}年")


def read_outlasting(passages: Sequence[Passage]) -> Iterator[Mark]:
    """Marks of the kind term-year: terms with a year outside them of which their sentence gives an investment."""
    words = load("marks")["terms"]
    for passage in passages:
        for term in re.finditer(words["term"], passage.words):
            sentence = re.split("。", passage.words[term.end() :], maxsplit=1)[0]
            years = [int(one["year"]) for one in re.finditer(words["spent"], sentence)]
            outside = [year for year in years if not int(term["first"]) <= year <= int(term["last"])]
            if outside and len(set(years)) > 1:
                spans = passage.spans(term.start(), term.end())
                yield Mark("term-year", term[0], spans, f"{outside[0]}年")


def _lines(document: Document, tables: Sequence[Recognised]) -> Iterator[tuple[Span, str]]:
    """Place and words of each line that may be a title: paragraphs, captions, cells of contents."""
    for paragraph in document.paragraphs:
        yield paragraph.span, fold(paragraph.text)
    for table in tables:
        for caption in table.table.captions:
            yield caption.span, fold(caption.text)
        cells = (cell for row in table.table.rows for cell in row if table.kind == "toc" and not cell.blank)
        yield from ((cell.spans[0], fold(cell.text)) for cell in cells)


def _titled_year(line: str, kind: str) -> int | None:
    """The one year of a title of the document's own kind; None for any other line."""
    if len(line) > _LONGEST or len(set(re.findall(r"20\d\d", line))) != 1:
        return None
    found = pattern("marks", "year-title").match(line)
    if found is None or _KINDS[found["kind"]] != kind or pattern("marks", "other-years").search(line):
        return None
    return int(found["year"])


def _captioned(table: Recognised, year: int, kind: str) -> Iterator[Mark]:
    """A table, or a form of the document's own kind, whose caption (预算年度：2023) names another year."""
    stated = table.captions.year
    own = table.stated_kind != "unknown" or (table.kind == _FORMS.get(kind) and table.title_year in (None, stated))
    if stated is None or int(stated) == year or not own:
        return
    for caption in _naming(table, str(stated)):
        yield Mark("title-year", f"{stated}年", (caption[0],), f"{year}年")
        return


def _headed(table: Recognised, year: int, kind: str) -> Iterator[Mark]:
    """The heading of the year's own column where it names the year before: no other column is of this year's budget."""
    headings = {column.printed_path for column in table.columns if column.kind == "amount"}
    dated = [(int(found[1]), words) for words in map(fold, headings) if (found := re.search(r"(20\d\d)年", words))]
    if table.title_year == year - 1 or pattern("marks", "other-years").search(fold(table.title or "")):
        return
    budgets = {at for at, words in dated if "预算" in words}
    others = {at for at, words in dated if "预算" not in words}
    stale = budgets == {year - 1} and (others == {year, year - 1} if kind == "accounts" else others <= {year - 1})
    if stale:
        for cell in _heads_of(table, year - 1):
            yield Mark("title-year", f"{year - 1}年", (cell.spans[0],), f"{year}年")
            return
    if kind == "budget" and table.title_year is None and budgets == {year - 1, year - 2} and not others:
        last = max((at, words) for at, words in _budget_columns(table))[1]
        for cell in _heads_of(table, last):
            yield Mark("title-year", f"{last}年", (cell.spans[0],), f"{year}年")
            return


def _labelled(table: Recognised, year: int) -> Iterator[Mark]:
    """The row of the year before, where it names the year before that: the only row beside that of the year itself.

    2023年预算数 above 2025年预算数: a budget is compared with that of the year before.
    """
    rows = [(cell, found) for row in table.table.rows for cell in row[:1] if (found := _row_year(cell))]
    years = [int(found["year"]) for _, found in rows]
    if sorted(years) == [year - 2, year] and len({found["what"] for _, found in rows}) == 1:
        stale = rows[years.index(year - 2)][0]
        yield Mark("title-year", f"{year - 2}年", (stale.spans[0],), f"{year - 1}年")


def _row_year(cell: Cell) -> re.Match[str] | None:
    return pattern("marks", "year-of-row").fullmatch(fold(cell.text)) if not cell.blank else None


def _budget_columns(table: Recognised) -> Iterator[tuple[int, int]]:
    """Place and year of each column of a budget."""
    for column in table.columns:
        found = re.search(r"(20\d\d)年[^/]*预算", fold(column.printed_path))
        if found and column.kind == "amount":
            yield column.index, int(found[1])


def _heads_of(table: Recognised, year: int) -> Iterator[Cell]:
    rows = table.table.rows[: max(table.table.header_rows, 0)]
    return (cell for row in rows for cell in row if f"{year}年" in fold(cell.text) and "预算" in cell.text)


def _naming(table: Recognised, year: str) -> Iterable[tuple[Span, str]]:
    return ((one.span, one.text) for one in table.table.captions if year in fold(one.text))
