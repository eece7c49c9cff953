"""Lines of a table that has lost its rules: to words parted by blanks, and words back to cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.align import blank_at
from mapping.amounts import parse_amount
from mapping.caption import is_note, title_score
from mapping.divide import is_of_kind
from mapping.document import Cell, Span, fold
from mapping.lexicon import pattern

_LONGEST_LINE = 300
# A number with separators or decimals is a word of its own, also where the next cell's stand right behind it. Words of
# two characters that headings set apart (项 目) are one.
_APART = r"(?<!\S)(?:项[ \u3000]+目|科[ \u3000]+目|[合小总][ \u3000]+计|金[ \u3000]+额|[收支][ \u3000]+[入出])(?!\S)"
_WORD = re.compile(_APART + r"|(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?=[\u4e00-\u9fff（“])|\S+")
_DASH = re.compile("[-－—–]+")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a blank between them; `line` counts from the first line of the table."""

    start: int
    text: str
    line: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_number(self) -> bool:
        return parse_amount(self.text) is not None or bool(_DASH.fullmatch(self.text))

    @property
    def is_total(self) -> bool:
        return bool(pattern("headings", "total").search(fold(self.text)))

    @property
    def is_label(self) -> bool:
        """Whether it heads a column of names."""
        return is_of_kind(fold(self.text), ("label",))


def words_of(lines: Sequence[tuple[int, str]]) -> Iterator[Word]:
    """The words of lines, given with their offsets, up to the first line that is no part of a table."""
    for number, (start, text) in enumerate(lines):
        if len(text) > _LONGEST_LINE or "。" in text or is_note(text) or title_score(text) > 2:
            return
        for found in _WORD.finditer(text):
            yield Word(start + found.start(), found[0], number)


def cell_of(words: Sequence[Word], place: int = 0) -> Cell:
    """A cell of words, each where it stands; a blank one at a place where there are none."""
    if not words:
        return blank_at(place)
    return Cell(" ".join(one.text for one in words), tuple(Span(one.start, one.end) for one in words))
