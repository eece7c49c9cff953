"""A text whose lines are cut at a width, as those of a PDF are, says what it says uncut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from mapping.cite import cite
from mapping.document import Document, Span
from mapping.facts import Facts, assemble
from mapping.read import read
from tests.mapping.assembled import assembled

CASES = Path(__file__).parent.parent / "cases"
SAID = sorted(CASES.glob("said-*/source.txt"))
CITED = sorted(CASES.glob("cited-*/source.txt"))
WIDTHS = (28, 33, 38, 45)
"""Full-width signs a line: a page of a letter has 28 to 45."""
LEAST_CUT, LEAST_SAID, LEAST_KEPT = 13, 60, 0.97
"""Lines more and statements of each text, and the share of these that stays."""
# What is never cut: a number with its separators, a word in Latin letters; and signs that begin no line.
_WHOLE = re.compile(r"[0-9][0-9.,，]*[0-9]%?|[A-Za-z]+|.")
_HANGING = re.compile("[，。；：、）》”！？%]")


def wrapped(document: Document, width: int) -> str:
    """The text of a document with its running text cut into lines of `width` full-width signs."""
    text, said, last = document.text.content, list[str](), 0
    for span in (one.span for one in document.paragraphs):
        said += [text[last : span.start], "\n".join(_cut(text[span.start : span.end], 2 * width))]
        last = span.end
    return "".join([*said, text[last:]])


def _cut(line: str, columns: int) -> Iterator[str]:
    row, used = "", 0
    for token in _WHOLE.findall(line):
        taken = sum(2 if east_asian_width(one) in "WFA" else 1 for one in token)
        if row and used + taken > columns and not _HANGING.fullmatch(token):
            yield row
            row, used = "", 0
        row, used = row + token, used + taken
    yield row


def _printed(text: str, spans: Sequence[Span]) -> str:
    return "".join(re.sub(r"\s", "", text[span.start : span.end]) for span in spans)


def statements(facts: Facts) -> Counter[tuple[object, ...]]:
    """What a text says, without where."""
    return Counter(
        (
            _printed(facts.document.text.content, said.spans),
            said.printed,
            said.unit,
            said.measure,
            said.subject,
            said.fiscal_year,
            said.direction,
        )
        for said in facts.statements
    )


# Of some texts, much stands below headings that end with a line of 33 or 28 signs, or behind sentences that do.
LESS = {
    "said-accounts-henan-culture-2017-pipe": 0.96,
    "said-accounts-heilongjiang-yichun-forestry-2019-cells": 0.94,
    "said-accounts-shanghai-fengxian-welfare-home-pipe": 0.93,
    "said-budget-sichuan-batang-grassland-pipe": 0.95,
    "said-budget-xinjiang-wushi-womens-federation-cells": 0.92,
    "said-budget-yunnan-court-tabs": 0.95,
    "said-mixed-shaanxi-tongchuan-museum-tabs": 0.96,
}
# How many citations lose the letter of a banner that ends a line alone (科左后旗后 / 政办发): it reads as a word.
CUT = {"cited-neimenggu-tongliao-court-tabs": 1}


def citations(text: str) -> Counter[tuple[object, ...]]:
    """What a text cites, without where."""
    return Counter((_printed(text, one.spans), one.doc_number, one.title, one.article) for one in cite(text))


def test_there_are_texts() -> None:
    assert len(SAID) >= 21
    assert len(CITED) >= 22


@pytest.mark.parametrize("source", [*SAID, *CITED], ids=lambda source: source.parent.name)
def test_lines_are_cut(source: Path) -> None:
    document = assembled(source).document
    assert wrapped(document, 28).count("\n") - document.text.content.count("\n") >= LEAST_CUT


@pytest.mark.parametrize("source", SAID, ids=lambda source: source.parent.name)
def test_what_is_said_does_not_depend_on_where_lines_end(source: Path) -> None:
    """All but a few: where a sentence ends with its line, whether the paragraph does cannot be told."""
    facts = assembled(source)
    uncut = statements(facts)
    for width in WIDTHS[SAID.index(source) % 2 :: 2]:
        cut = statements(assemble(read(wrapped(facts.document, width).encode()), None))
        assert cut.total() == uncut.total() >= LEAST_SAID, width
        assert (uncut & cut).total() >= LESS.get(source.parent.name, LEAST_KEPT) * uncut.total(), width


@pytest.mark.parametrize("source", CITED, ids=lambda source: source.parent.name)
def test_what_is_cited_does_not_depend_on_where_lines_end(source: Path) -> None:
    document = assembled(source).document
    cut, uncut = citations(wrapped(document, 28)), citations(document.text.content)
    assert ((cut - uncut).total(), (uncut - cut).total()) == (CUT.get(source.parent.name, 0),) * 2
