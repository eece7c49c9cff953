"""Sentences to what they say of an organisation: nature, grade, funding, accounting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapping.document import Span
from mapping.lexicon import load
from mapping.subjects import Told, sentence_pattern

ATTRIBUTES = ("nature", "grade", "funding", "accounting")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value, as printed, that a sentence gives to an organisation; `field` is one of `ATTRIBUTES`."""

    body: str
    field: str
    value: str
    span: Span


def read_attributes(told: Sequence[Told]) -> Iterator[Attribute]:
    """What sentences say of the bodies that they name, in order of patterns."""
    lexicon = load("organisations")
    for one in told:
        for pattern in lexicon["said"] if one.mentions else ():
            for found in sentence_pattern(pattern).finditer(one.line.words):
                subject = one.subject(found.start())
                for said in _values(one, found, subject.name if subject else None):
                    if not (subject and subject.reason and re.search(lexicon["in-passing"], said.value)):
                        yield said
        for pattern in lexicon["said-in-brackets"]:
            for found in sentence_pattern(pattern).finditer(one.line.words):
                yield from _values(one, found, one.name_before(found.start()))


def _values(told: Told, found: re.Match[str], body: str | None) -> Iterator[Attribute]:
    for field, value in found.groupdict().items():
        if body and value:
            yield Attribute(body, field, value, told.line.group(found, field))
