"""Numbers that stand alone on a line, as labels of a chart do, to the statement before them that prints the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR

from mapping.amounts import parse_amount
from mapping.classes import official_name
from mapping.counts import Quantity
from mapping.document import Paragraph, Span, fold
from mapping.measures import measures
from mapping.statements import Statement

_ALONE = re.compile(r"[-－]?\d[\d,，]*(?:[.．]\d+)?\s*[%％]?(?:\s+[-－]?\d[\d,，]*(?:[.．]\d+)?\s*[%％]?)*")
_NUMBER = re.compile(r"(?P<number>[-－]?\d[\d,，]*(?:[.．]\d+)?)\s*(?P<percent>[%％])?")
# How far before a label, in code points, the statement stands that it repeats.
_NEAR = 800
_REASON = "a number alone on its line, as charts print their labels; a sentence before it states the same"


def read_labels(lines: Sequence[Paragraph], statements: Sequence[Statement]) -> Iterator[Quantity]:
    """The labels of charts whose number a near sentence states; others have no subject and are none."""
    for line in lines:
        for found in _NUMBER.finditer(line.text) if _ALONE.fullmatch(line.text) else ():
            start = line.span.start + found.start()
            said = _repeated(found["number"], bool(found["percent"]), start, statements)
            printed = parse_amount(found["number"])
            if said and printed:
                span = Span(start, start + len(found["number"]))
                year, name = said.fiscal_year, _name(said)
                yield Quantity(None, (span,), printed, name, "", said.unit, year, _REASON, said.number)


def _name(said: Statement) -> str:
    """What a statement's number is of: its class by the official name of its year, else its measure."""
    named = official_name("functional", said.functional_class or "", said.fiscal_year or MAXYEAR)
    return named.get("zh-hans") or measures()[said.measure].label


def _repeated(number: str, percent: bool, start: int, statements: Sequence[Statement]) -> Statement | None:
    """The last statement before a label that prints the same number; a bare number repeats no percentage."""
    for said in reversed(statements):
        place = said.number[0].start
        if place < start - _NEAR:
            return None
        if place < start and fold(said.printed) == fold(number) and (said.unit in ("%", "％")) == percent:
            return said
    return None
