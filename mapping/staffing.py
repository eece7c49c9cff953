"""Sentences and tables to counts of posts and staff, each with the organisation that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mapping.document import Cell, Row, Span, fold
from mapping.lexicon import compiled, load
from mapping.quantities import whole_number
from mapping.recognise import Recognised
from mapping.subjects import Running, Told, sentence_pattern

_NUMBER = re.compile(r"(?P<count>\d{1,3}(?:[,，]\d{3})+|\d{1,6})(?:人|名|个)?")
_CLAUSE_END = re.compile("[，,。；;：:（(）)]")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Staffing:
    """A count of posts or persons: `kind` is a notation of `code:measure`, `label` the words for what is counted.

    `spans` read the digits. `reason` says why the count is of its organisation where the sentence or row does not name
    it.
    """

    kind: str
    label: str
    count: int
    spans: tuple[Span, ...]
    reason: str | None = None


def read_staffing(told: Sequence[Told]) -> Iterator[tuple[str, Staffing]]:
    """The counts of staff in sentences, each with the name of the body that it is of, in order."""
    for one in told:
        if not re.search(_lexicon()["anchor"], one.line.words):
            continue
        for kind, count, label in _counts(one.line):
            subject = one.subject(label[1])
            if subject and subject.name and not _counts_else(one.line.words, min(label[0], count[0])):
                yield subject.name, _stated(one.line, kind, count, label, subject.reason)


def staffing_of_row(table: Recognised, row: Row) -> tuple[Staffing, ...]:
    """The counts of staff in a row of a table of organisations, by its columns."""
    found = []
    for at, label in _staff_columns(table):
        kind = _kind(label)
        if kind and (one := _printed(row[at], kind, label, None)):
            found.append(one)
    return tuple(found)


def staffing_of_table(table: Recognised) -> Iterator[Staffing]:
    """The counts of a table whose rows are kinds of staff (人员情况表): they are the publisher's."""
    labels = next((column.index for column in table.columns if column.path), None)
    if labels is None or not re.search(_lexicon()["title"], fold(table.title or "")):
        return
    reason = "the table names no body: the publisher's own"
    for _, row in table.body():
        for at, path in _staff_columns(table):
            label = f"{row[labels].plain}/{path}"
            kind = None if at == labels or re.search(_lexicon()["no-column"], label) else _kind(fold(label))
            if kind and (one := _printed(row[at], kind, label, reason)):
                yield one


def _lexicon() -> dict[str, str]:
    words: dict[str, str] = load("organisations")["staffing"]
    return words


# --- sentences ---

_Place = tuple[int, int]


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns of kinds: 现有8名职工, then those with the label before the number, then those with it behind."""
    lexicon = load("organisations")["staffing"]
    after = [
        (
            one["kind"],
            re.compile(f"(?P<term>(?:{one['term']}){lexicon['total']}){lexicon['between']}{lexicon['number']}"),
        )
        for one in lexicon["terms"]
    ]
    first = [
        (one["kind"], sentence_pattern(f"{lexicon['number-first']}(?P<term>{one['term']}){{stop}}"))
        for one in lexicon["terms"]
        if one["kind"] != "staff"
    ]
    return (("staff", re.compile(lexicon["staff-after"])), *after, *first)


def _counts(line: Running) -> Iterator[tuple[str, _Place, _Place]]:
    """Kind, place of the digits and place of the label of each count; no character serves two."""
    taken: set[int] = set()
    found: list[tuple[str, _Place, _Place]] = []
    for kind, shape in _shapes():
        for one in shape.finditer(line.words):
            places = set(range(*one.span("count"))) | set(range(*one.span("term")))
            if not places & taken:
                taken |= places
                found.append((kind, one.span("count"), one.span("term")))
    yield from sorted(found, key=lambda one: one[1])


def _counts_else(words: str, at: int) -> bool:
    """Whether the clause before `at` says that something else is counted."""
    start = max((found.end() for found in _CLAUSE_END.finditer(words, max(at - 100, 0), at)), default=max(at - 100, 0))
    return bool(re.search(_lexicon()["no-clause"], words[start:at]))


def _stated(line: Running, kind: str, count: _Place, label: _Place, reason: str | None) -> Staffing:
    digits, words = line.words[slice(*count)], line.words[slice(*label)]
    return Staffing(kind, words, whole_number(digits), (line.span(*count),), reason)


# --- tables ---


def _staff_columns(table: Recognised) -> Iterator[tuple[int, str]]:
    """Index and path of the columns that may count staff; of columns of several years those of the last."""
    years = [year for column in table.columns for year in _YEAR.findall("/".join(column.path))]
    for column in table.columns:
        label = "/".join(fold(one) for one in column.path)
        own = _YEAR.findall(label)
        if label and not re.search(_lexicon()["no-column"], label) and (not own or max(own) == max(years)):
            yield column.index, label


def _kind(label: str) -> str | None:
    kinds = load("organisations")["staffing"]["columns"]
    return next((one["kind"] for one in kinds if compiled(one["term"]).search(label)), None)


def _printed(cell: Cell, kind: str, label: str, reason: str | None) -> Staffing | None:
    found = _NUMBER.fullmatch(fold(cell.text))
    return Staffing(kind, label, whole_number(found["count"]), cell.spans, reason) if found else None
