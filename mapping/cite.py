"""The citations in a text, for anyone: `cite(text)` reads it as a disclosure is read and gives what it cites."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapping.citations import Mention, find_citations
from mapping.correct import Corrected
from mapping.docnumber import flatten, normal, parse
from mapping.document import Document, Span, Table
from mapping.lexicon import pattern
from mapping.paired import pair
from mapping.passages import Passage
from mapping.read import read
from mapping.runs import Run, read_runs
from mapping.titling import counts
from mapping.wording import wording

_RECALLED = "the year is that of the same number before it"
# What is printed, and where a blank line parts paragraphs; a line alone may end within a number.
_PRINTED = re.compile(r"\S|\n(?=\s*\n)")
# A row of headings has so many cells, and none longer.
_LEAST_HEADS = 2
_LONGEST_HEAD = 16


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a legal or policy document: `spans` are code points of the text, several where a page cut it.

    `kind` is docnum, law, regulation, decree, standard, case or other; `doc_number` the number in its normal form
    (GB/T 9704-2012, 7.2.5: 机关代字〔年份〕序号号); `title` is without its outer 《》; `article` as printed,
    第三十四条第二款; `issuers` are the bodies printed before it; `informal` tells a document that is named without
    《》 and without number.
    """

    spans: tuple[Span, ...]
    kind: str
    doc_number: str | None
    title: str | None
    article: str | None
    issuers: tuple[str, ...]
    informal: bool


def cite(text: str) -> list[Citation]:
    """The citations of a text in order, tables and page breaks understood; an empty list where there is none.

    Offsets are code points of `text`, in which only LF should end a line: a carriage return shifts them.

    >>> [(one.doc_number, one.title) for one in cite("依据《关于拨付工会经费的通知》（晋工发【2006】054号）")]
    [('晋工发〔2006〕54号', '关于拨付工会经费的通知')]
    """
    if not text.strip():
        return []
    seen = Corrected(text, ())
    return [
        Citation(
            tuple(map(seen.origin, run.spans(said.start, said.end))),
            *(said.kind, said.doc_number, said.title, said.article, said.issuers, said.informal),
        )
        for run, said in find_mentions(read(text.encode()))
    ]


def find_mentions(
    document: Document, passages: Sequence[Passage] = (), bases: Collection[int] = ()
) -> Iterator[tuple[Run, Mention]]:
    """A document's citations in order, each with the run of text it stands in.

    `bases` are the first code points of cells that hold nothing but bases, beside those of columns so headed: a bare
    title in one is a citation.
    """
    yield from pair(list(_in_runs(document, passages, bases)), document)


def _in_runs(document: Document, passages: Sequence[Passage], bases: Collection[int]) -> Iterator[tuple[Run, Mention]]:
    """The citations of each run by itself, in order."""
    stated = {*bases, *_basis_cells(document.tables)}
    given = list(_given(document.text.content))
    known: dict[tuple[str, str], set[str]] = {}
    for run in read_runs(document, passages):
        names = {name for place, name in given if place < run.places[-1]}
        found = find_citations(run.text, basis=run.places[0] in stated, given=names)
        for one in found:
            number = parse(one.doc_number or "", coded=one.kind == "docnum")
            if number and number.form == "number":
                known.setdefault((number.code, number.serial), set()).add(normal(number))
        for one in _recalled(run.text, known):
            if not any(_share(one, other) for other in found):
                found.append(one)
        for mention in sorted(found, key=lambda one: one.start):
            yield run, mention


def _share(one: Mention, other: Mention) -> bool:
    """Whether two citations have words in common."""
    return one.start < other.end and other.start < one.end


def _recalled(words: str, known: Mapping[tuple[str, str], Collection[str]]) -> Iterator[Mention]:
    """The numbers without their year (上述财农18号文, 云财农18号) of which one with a year was printed before.

    One without its code too is the only one of its serial before.
    """
    if not known:
        return
    places = [one.start() for one in _PRINTED.finditer(words)]
    flat = flatten("".join(words[at] for at in places))
    for found in wording("recalled").finditer(flat):
        same = ((code, numbers) for (code, serial), numbers in known.items() if serial == found["serial"])
        numbers = {one for code, several in same if found["code"] in (None, code) for one in several}
        if len(numbers) == 1:
            yield _pointing(places, *found.span("whole"), next(iter(numbers)))
    for found in wording("recalled-code").finditer(flat):
        numbers = set(known.get((found["code"], found["serial"]), ()))
        if len(numbers) == 1 and not wording("number", "no-after").match(flat[found.end() :]):
            yield _pointing(places, found.start("code"), found.end(), next(iter(numbers)))


def _pointing(places: Sequence[int], start: int, end: int, number: str) -> Mention:
    """The citation of a number printed without its year from `start` to `end` of words that stand at `places`."""
    return Mention(places[start], places[end - 1] + 1, "docnum", number, reason=_RECALLED)


def _given(content: str) -> Iterator[tuple[int, str]]:
    """The names that a document makes for others, by which they are known without 《》, and where it makes them."""
    for found in wording("given").finditer(flatten(content)):
        shapes = (wording("given-number"), wording("title", "kind-alone"))
        if any(shape.fullmatch(found["name"]) for shape in shapes) or counts(found["name"]):
            yield found.start(), found["name"]


def _basis_cells(tables: Sequence[Table]) -> Iterator[int]:
    """The first code points of cells below a heading of bases."""
    for table in tables:
        columns: set[int] = set()
        for row in table.rows:
            headed = {at for at, cell in enumerate(row) if pattern("bases", "column").fullmatch(cell.plain)}
            heads = [cell for cell in row if not cell.blank]
            if headed and (len(heads) < _LEAST_HEADS or any(len(cell.plain) > _LONGEST_HEAD for cell in heads)):
                headed = set()
            yield from (row[at].start for at in columns - headed if not row[at].blank)
            columns |= headed
