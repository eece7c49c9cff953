"""Text to what a template left in it, what was damaged, dates that do not exist, doubled words, a draft's watermark.

Patterns are in marks.yaml.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator

from mapping.describe import Description
from mapping.document import Document, Span, squeeze
from mapping.lexicon import load, pattern
from mapping.marks import Mark
from mapping.passages import Passage, unify

_BOLD = re.compile(r"\*\*(?=\S)[^*\n]+?(?<=\S)\*\*")
_LONGEST = 40
_AROUND = 8
_MONTHS = 12


def read_damage(document: Document, description: Description, passages: Iterable[Passage]) -> Iterator[Mark]:
    """Marks of the kinds placeholder, garbled, impossible-date, doubled and watermark."""
    for start, line in document.text.lines():
        yield from _left_in(start, line)
        yield from _garbled_in(start, line)
        yield from _impossible_in(start, line)
        yield from _doubled_in(start, line)
    for passage in passages:
        yield from _lost_in(passage)
        yield from _turned_in(passage)
        yield from _named_twice(passage, description)
    yield from _watermark(document, description)


def _left_in(start: int, line: str) -> Iterator[Mark]:
    """What a template left in a line: one mark for all of it."""
    words = _BOLD.sub(lambda found: " " * len(found[0]), line)
    whole = pattern("marks", "stand-in").match(words.strip())
    if whole:
        at = start + words.index(words.strip())
        yield _placeholder((Span(at, at + len(words.strip())),), _shortened(words.strip()))
        return
    for name in ("placeholders", "instructions"):
        places = [found.span() for found in pattern("marks", name).finditer(words)]
        if places:
            spans = tuple(Span(start + first, start + last) for first, last in places)
            first, last = places[0]
            around = line[max(0, first - _AROUND) : last + _AROUND] if name == "placeholders" else line[first:last]
            yield _placeholder(spans, _shortened(squeeze(around.replace("|", " "))))
            return


def _placeholder(spans: tuple[Span, ...], printed: str) -> Mark:
    return Mark("placeholder", printed, spans)


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


def _lost_in(passage: Passage) -> Iterator[Mark]:
    """Sentences that lost their number (占%, 增加万元)."""
    for found in pattern("marks", "lost-numbers").finditer(passage.words):
        start, end = max(0, found.start() - _AROUND), found.end()
        spans = passage.spans(found.start(), found.end())
        yield _placeholder(spans, passage.words[start:end].replace("¦", ""))


def _garbled_in(start: int, line: str) -> Iterator[Mark]:
    bullets = pattern("marks", "bullets")
    for found in pattern("marks", "garbled").finditer(line):
        if not bullets.fullmatch(found[0]):
            yield Mark("garbled", _visible(found[0]), (Span(start + found.start(), start + found.end()),))


def _impossible_in(start: int, line: str) -> Iterator[Mark]:
    """Dates that no calendar has (11月31日, 2023年2月29日); without a year, February has 29 days."""
    for shape in load("marks")["dates"]:
        for found in re.finditer(shape, line):
            said = found.groupdict()
            year, month, day = (int(said.get(name) or given) for name, given in (("year", 4), ("month", 1), ("day", 1)))
            if not 1 <= month <= _MONTHS or not 1 <= day <= monthrange(year, month)[1]:
                yield Mark("impossible-date", squeeze(found[0]), (Span(start + found.start(), start + found.end()),))


def _turned_in(passage: Passage) -> Iterator[Mark]:
    """Times that end before they begin (2024年3月至2023年12月): also of the kind impossible-date."""
    for found in re.finditer(load("marks")["from-to"], passage.words):
        first, last = ((int(found[f"{end}year"]), int(found[f"{end}month"])) for end in ("first", "last"))
        if last < first:
            yield Mark("impossible-date", found[0], passage.spans(found.start(), found.end()))


def _doubled_in(start: int, line: str) -> Iterator[Mark]:
    for found in pattern("marks", "doubled").finditer(line):
        if not pattern("marks", "may-double").search(found["word"]):
            yield Mark("doubled", found[0], (Span(start + found.start(), start + found.end()),))


def _named_twice(passage: Passage, description: Description) -> Iterator[Mark]:
    """The publisher's name again right after itself, or after its year (某局2024年某局收入预算)."""
    name = re.escape(unify(description.publisher or ""))
    for found in re.finditer(f"{name}{load('marks')['between-names']}{name}", passage.words) if name else ():
        yield Mark("doubled", found[0], passage.spans(found.start(), found.end()))


def _visible(damaged: str) -> str:
    """Damaged characters as can be printed: those without a sign by their number."""
    return "".join(one if one.isprintable() or one == "\ufffd" else f"U+{ord(one):04X}" for one in damaged)


def _watermark(document: Document, description: Description) -> Iterator[Mark]:
    """The words that call the document a draft, at the first place that prints them."""
    spans = tuple(line.span for line in document.watermarks) or description.status_spans
    if spans:
        words = squeeze(document.text.content[spans[0].start : spans[0].end])
        yield Mark("watermark", words, spans[:1])
