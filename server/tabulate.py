"""The answer of a question as people read it: columns by their words, codes by their labels, places as links.

What a program is sent has none of this: names of columns and notations are the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.passages import line_address
from server.prefixes import shortened
from server.present import coded, grouped, tongue
from server.wording import page_words, word

LISTS: Mapping[str, str] = {
    "budget_phase": "phase",
    "carry_over": "carry-over",
    "citations-kind": "citation-kind",
    "citations-role": "citation-role",
    "citations-status": "citation-status",
    "concern": "concern",
    "direction": "direction",
    "documents-kind": "disclosure-kind",
    "documents-status": "publication-status",
    "fact_status": "fact-status",
    "findings-status": "finding-status",
    "flow": "flow",
    "fund_scope": "fund-source",
    "legal-discrepancies-kind": "discrepancy-kind",
    "legal-documents-kind": "citation-kind",
    "legal-documents-level": "legal-level",
    "legal-documents-status": "citation-status",
    "legal-relations-relation": "legal-relation",
    "level": "reporting-level",
    "operation_character": "operation-character",
    "organisations-role": "organisation-role",
    "phase": "phase",
    "policy-linkage-role": "citation-role",
    "policy-linkage-status": "citation-status",
    "role": "row-role",
    "scope": "scope",
    "severity": "severity",
    "statements-kind": "statement-kind",
    "status": "fact-status",
    "table_kind": "table-kind",
    "tables-kind": "table-kind",
    "validity": "validity",
}
"""The code lists that cells are notations of, by column; of one question alone by `question-column`."""
TRUTH: Mapping[str, str] = {"true": "common.yes", "false": "common.no"}
"""The keys of the words for truth values, by how data write these."""
_SOURCES = ("source", "sources", "budget_sources")
_LINES = ("line", "first_line", "last_line")
_YUAN = re.compile("(?:.*_)?yuan|low|high|earlier_(?:low|high)|slack")
_DOCUMENT = re.compile(r"(.*/document/[0-9a-f]{64})(?:/.*)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what stands in it, what a code is called, and its language where that is not the page's.

    `thing` is the IRI that it leads to, and `after` what is added to that thing's address.
    """

    text: str
    called: str = ""
    lang: str = ""
    number: bool = False
    thing: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Tabulated:
    """The answer of a question: what each column is called (empty: nothing but its name), and the cells by row.

    Of a reader's own query, whose `question` is empty, every IRI stays whole: it goes into the next query.
    """

    question: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def called(question: str, column: str, language: str) -> str:
    """Return what the column of a question is called; empty where nothing is known of it."""
    words = page_words()
    keys = (f"columns.{each}" for each in _keys(question, column))
    return next((word(key, language) for key in keys if key in words), "") if question else ""


def tabulate(
    question: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    language: str,
    documents: Mapping[str, str],
) -> Tabulated:
    """Return columns and rows for people; `documents` are the IRIs of documents by source path.

    Of the answer of a reader's own query, whose `question` is empty, no column is known.
    """
    heads = tuple(called(question, each, language) for each in columns)
    told = (_row(question, dict(zip(columns, row, strict=True)), language, documents) for row in rows)
    return Tabulated(question, heads, tuple(told))


def _row(question: str, row: Mapping[str, str], language: str, documents: Mapping[str, str]) -> tuple[Cell, ...]:
    text = _text_of(row, documents) if question else ""
    return tuple(
        Cell(value, number=True, thing=text, after=line_address(value))
        if text and column in _LINES and value.isdecimal()
        else _cell(question, column, value, language, documents)
        for column, value in row.items()
    )


def _cell(question: str, column: str, value: str, language: str, documents: Mapping[str, str]) -> Cell:
    if value.startswith(("http://", "https://")):
        return Cell(shortened(value) if question else value, thing=value)
    if value in documents and column in _SOURCES:
        return Cell(value, thing=documents[value])
    if question and _YUAN.fullmatch(column):
        return Cell(grouped(value), number=True)
    if question and value in TRUTH:
        return Cell(value, called=word(TRUTH[value], language))
    lists = (LISTS[each] for each in _keys(question, column) if each in LISTS)
    concept = coded(next(lists, ""), value) if question and value else None
    label = concept.label.get(language, "") if concept else ""
    return Cell(value, called="" if label == value else label, lang=tongue(value, language))


def _keys(question: str, column: str) -> tuple[str, str]:
    """Return by what a column is looked up: of this question alone, then of all."""
    return f"{question}-{column}", column


def _text_of(row: Mapping[str, str], documents: Mapping[str, str]) -> str:
    """Return the IRI of the text that a row is of; empty where it names no document."""
    found = _DOCUMENT.fullmatch(row.get("iri", ""))
    document = documents.get(row.get("source", "")) or (found[1] if found else "")
    return f"{document}/text" if document else ""
