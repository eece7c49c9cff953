"""Tables to what is said of them and is not so: called empty or filled when they are not, or named and not there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mapping.classify import title_kind
from mapping.describe import Description
from mapping.document import Cell, Document, Span
from mapping.figures import Figure
from mapping.lexicon import load, pattern
from mapping.passages import Passage, unify
from mapping.quantities import whole_number
from mapping.recognise import Recognised
from mapping.remarks import Remark

# Lists of tables, and tables of a list that are there, have at least so many; what a name of a table is at least.
_LEAST = 3
_SHORTEST = 4


def read_absent(
    document: Document,
    tables: Sequence[Recognised],
    figures: Iterable[Figure],
    passages: Sequence[Passage],
    description: Description,
) -> list[Remark]:
    """Remarks of the kinds empty-table, filled-table and missing-table, in order."""
    filled = {id(one.table.table) for one in figures if one.printed.value > 0}
    found = [
        *(one for table in tables if id(table.table) in filled for one in _called_empty(table)),
        *_flagged(tables, filled),
        *_unlisted(document, tables, description),
        *_unnumbered(document, passages),
    ]
    return sorted(found, key=lambda one: one.spans)


# --- called empty ---


def _called_empty(table: Recognised) -> Iterator[Remark]:
    """The note of a table that says it has no data: below it, or in a row of its own."""
    notes = [(note.text, (note.span,)) for note in table.table.notes]
    for words, spans in (*notes, *((cell.text, cell.spans) for cell in _rows_of_words(table))):
        if pattern("remarks", "empty").search(unify(words)):
            yield Remark(spans, "empty-table", empty=table.spans)
            return


def _rows_of_words(table: Recognised) -> Iterator[Cell]:
    for row in table.table.rows:
        filled = [cell for cell in row if not cell.blank]
        if filled and len({cell.plain for cell in filled}) == 1:
            yield filled[0]


# --- flagged in the contents ---


def _flagged(tables: Sequence[Recognised], filled: Collection[int]) -> Iterator[Remark]:
    """Rows of a list of tables that say of one whether it is empty (是否空表), and are wrong."""
    words = load("remarks")["flags"]
    named: dict[str, list[Recognised]] = {}
    for table in tables:
        named.setdefault(_bare_name(table.title or ""), []).append(table)
    for listing in tables:
        flags = [one.index for one in listing.columns if one.path and re.search(words["heading"], unify(one.path[-1]))]
        for row in listing.table.rows if len(flags) == 1 else ():
            names = [cell for cell in row if len(_bare_name(cell.text)) >= _SHORTEST and _bare_name(cell.text) in named]
            tables_named = named[_bare_name(names[0].text)] if len(names) == 1 else []
            flag = row[flags[0]]
            if len(tables_named) == 1 and (kind := words["says"].get(flag.plain)):
                table = tables_named[0]
                wrong = id(table.table) in filled if kind == "empty-table" else table.empty
                if wrong:
                    yield Remark((*names[0].spans, *flag.spans), kind, empty=table.spans)


def _bare_name(title: str) -> str:
    return pattern("remarks", "tables", "beside").sub("", unify(title))


# --- listed and not there ---


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without whitespace, and what is left of it as the name of a table (empty where it names none)."""

    span: Span
    words: str
    name: str
    number: str


def _unlisted(document: Document, tables: Sequence[Recognised], description: Description) -> Iterator[Remark]:
    """Tables of the contents that the document does not print, where it prints most of them.

    A table whose title is missing or names none of the list may be one of its kind that seems not to be there.
    """
    lines = [line for line in _lines(document, description) if line.words]
    listed: list[_Line] = []
    for run in _runs(lines):
        listed += run
    places = {line.span for line in listed}
    others = [line for line in lines if line.span not in places and "表" in line.words]
    there = [line for line in listed if any(_names(line, other) for other in others)]
    if len(there) >= _LEAST and 3 * len(there) >= 2 * len(listed):
        nameless = Counter(_nameless(tables, listed))
        for line in listed:
            if line in there or any(_names(line, other) for other in listed if other is not line):
                continue
            kind = next((one for one in (title_kind(line.name), None) if nameless[one]), "")
            nameless[kind] -= 1
            if kind == "":
                yield Remark((line.span,), "missing-table", missing=line.words)


def _nameless(tables: Sequence[Recognised], listed: Sequence[_Line]) -> Iterator[str | None]:
    """The kinds of the tables of money that bear no name of a list; None of one without any title."""
    for table in tables:
        named = any(line.name in unify(table.title or "") for line in listed)
        if not named and table.kind not in ("toc", "glossary", "organisation", "chart", "other"):
            yield table.kind if table.title else None


def _lines(document: Document, description: Description) -> Iterator[_Line]:
    words = load("remarks")["tables"]
    body = re.escape(unify(description.publisher or "本部门"))
    for start, line in document.text.lines():
        printed = line.strip()
        at = start + (line.index(printed) if printed else 0)
        shown = re.sub(words["page"], "", unify(printed))
        number = re.search(words["number"], shown)
        named = re.fullmatch(words["name"], re.sub(words["number"], "", re.sub(words["numbering"], "", shown)))
        name = re.sub(words["beside"], "", re.sub(body, "", named[0])) if named else ""
        yield _Line(Span(at, at + len(printed)), shown, name if len(name) >= _SHORTEST else "", _digits(number))


def _digits(found: re.Match[str] | None) -> str:
    return re.sub(r"\D", "", found[0]).lstrip("0") if found else ""


def _runs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Names of tables on lines that follow each other."""
    run: list[_Line] = []
    for line in [*lines, None]:
        if line and line.name:
            run.append(line)
            continue
        if len(run) >= _LEAST:
            yield run
        run = []


def _names(listed: _Line, other: _Line) -> bool:
    """Whether a line names the table that a list names: by its name, or by its number in a line of its own."""
    rest = pattern("remarks", "tables", "beside").sub("", other.words)
    return listed.name in rest or (bool(listed.number) and listed.number == other.number)


def _unnumbered(document: Document, passages: Sequence[Passage]) -> Iterator[Remark]:
    """Numbers of tables and annexes that the text refers to, beyond those that the document numbers without a gap."""
    words = load("remarks")["tables"]
    for kind in ("表", "附件"):
        shape = re.compile(words["headed"].replace("KIND", kind))
        found = (shape.match(unify(line)) for _, line in document.text.lines() if len(line) <= 80)
        numbers = {whole_number(one["number"]) for one in found if one}
        if len(numbers) < _LEAST - (kind == "附件") or numbers != set(range(1, len(numbers) + 1)):
            continue
        refers = re.compile(words["refers"].replace("KIND", kind))
        for passage in passages:
            for one in refers.finditer(passage.words):
                if whole_number(one["number"]) > len(numbers):
                    yield Remark(passage.spans(*one.span()), "missing-table", missing=f"{kind}{one['number']}")
