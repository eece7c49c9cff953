"""Tables to kinds: title and columns vote, so that a damaged or missing title does not decide alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mapping.amounts import parse_amount
from mapping.caption import bare_title
from mapping.columns import Column
from mapping.document import Table, fold, unbracketed
from mapping.lexicon import compiled, load
from mapping.segment import lists_pages

_YEAR = re.compile(r"(?:20\d\d|[二零〇一二三四五六七八九]{4})年?度?")
_LEADERS = re.compile(r"(?:\.\s?){3,}|…{2,}|[·•]{4,}")


def classify(table: Table, title: str | None, columns: Sequence[Column]) -> str:
    """The kind of a table (a notation of `code:table-kind`); `other` when neither title nor columns speak."""
    if table.form == "toc" or is_contents(table):
        return "toc"
    words = _mended(_YEAR.sub("", bare_title(fold(title)))) if title else ""
    titled = _titled(words)
    texts = _texts(table, columns)
    sided = any(column.side for column in columns)
    votes = {
        entry["kind"]: _evidence(entry, texts) + (int(entry.get("sided", 0)) if sided else 0)
        for entry in load("tables")["kinds"]
        if not _any(entry.get("never", ()), words)
    }
    if titled in votes:
        votes[titled] += load("tables")["title-weight"]
    best = max(votes, key=lambda kind: (votes[kind], kind == titled))
    return best if votes[best] >= load("tables")["least"] else "other"


def _mended(words: str) -> str:
    """A title in which the long phrases that tell kinds apart are as they should be, one character of each misread."""
    for phrase in load("tables")["phrases"]:
        size = len(phrase)
        for at in range(len(words) - size + 1):
            if sum(a != b for a, b in zip(words[at : at + size], phrase, strict=True)) == 1:
                words = words[:at] + phrase + words[at + size :]
    return words


def _titled(words: str) -> str | None:
    """The kind a title names; a form only when its name says so outside brackets (预算表（含绩效目标） is none)."""
    whole, bare = title_kind(words), title_kind(unbracketed(words))
    return bare if bare and (whole is None or whole in ("performance-target", "self-evaluation")) else whole


def title_kind(words: str) -> str | None:
    """The kind that a title names, or None."""
    for entry in load("tables")["kinds"]:
        if _any(entry.get("not-title", ()), words):
            continue
        if words and _any(entry["title"], words):
            return str(entry["kind"])
    return None


def _any(patterns: Sequence[str], words: str) -> bool:
    return any(compiled(one).search(words) for one in patterns)


def _texts(table: Table, columns: Sequence[Column]) -> dict[str, list[str]]:
    """The distinct words that speak for a kind: of headings, of all cells, of labels and codes, of fields.

    A heading is no label, and an amount speaks for none, though it may read like a class code. What a row of a form
    begins with is a field; its first row may be the heading of a list.
    """
    money = {column.index for column in columns if column.kind == "amount"}
    printed = [[(at, fold(cell.text)) for at, cell in enumerate(row) if not cell.blank] for row in table.rows]
    cells = dict.fromkeys(words for row in printed for _, words in row)
    rows = dict.fromkeys(
        words
        for row in printed[table.header_rows :]
        for at, words in row
        if at not in money or parse_amount(words) is None
    )
    fields = [row[0][1] for row in printed[1:] if row]
    headings = [fold(column.printed_path) for column in columns]
    return {"columns": headings, "rows": list(rows), "cells": list(cells), "fields": fields}


def _evidence(entry: Mapping[str, Any], texts: Mapping[str, Sequence[str]]) -> int:
    return sum(
        int(weight)
        for name, found in texts.items()
        for words, weight in entry.get(name, {}).items()
        if any(compiled(words).search(text) for text in found)
    )


def is_contents(table: Table) -> bool:
    """Whether most rows end in dot leaders or the table is a list of titles with page numbers."""
    rows = [row for row in table.rows if any(not cell.blank for cell in row)]
    led = sum(1 for row in rows if any(_LEADERS.search(cell.text) for cell in row))
    pages = [[cell for cell in row if not cell.blank] for row in rows]
    return table.width <= 3 and (led * 2 > len(rows) or lists_pages(pages))
