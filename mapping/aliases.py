"""Names of one document that stand for the same body, each with what speaks for it; 合署办公 does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mapping.describe import Description
from mapping.document import Caption, Paragraph, Span, squeeze
from mapping.lexicon import load, pattern
from mapping.offices import office_words, own_unit
from mapping.organisations import Office
from mapping.recognise import Recognised
from mapping.subjects import Running, all_lines, running, sentence_pattern

# What stands before a name that is printed whole.
_CLAUSE = re.compile('(?:[，,。；;：:、“”"（(）)原]|更名为|改名为|改称|^)$')


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names of one body. `status` is same where the text says so, proposed where it only suggests it."""

    name: str
    other: str
    status: str
    reason: str
    spans: tuple[Span, ...]
    other_spans: tuple[Span, ...]


def read_aliases(
    description: Description, tables: Sequence[Recognised], offices: Sequence[Office], lines: Sequence[Paragraph]
) -> list[Alias]:
    """The pairs of names that a document gives to one body, one for each pair, in order of evidence."""
    captions = [caption for table in tables for caption in table.table.captions]
    text = all_lines(lines, captions)
    known = {office.name for office in offices}
    below = _below(tables, offices)
    found: dict[frozenset[str], Alias] = {}
    for alias in (
        *_stated(text, known),
        *_coded(tables, offices),
        *_titled(description, below, text),
        *_publishing(description, below, text),
    ):
        if alias.name != alias.other:
            found.setdefault(frozenset((alias.name, alias.other)), alias)
    return list(found.values())


# --- what a sentence states ---


def _stated(text: Iterable[Running], known: set[str]) -> Iterator[Alias]:
    lexicon = load("organisations")
    for line in text:
        for entry in lexicon["aliases"]:
            if not re.search(entry["cue"], line.words):
                continue
            for found in sentence_pattern(entry["pattern"]).finditer(line.words):
                name, other = (_body(line.words, *found.span(group), known) for group in ("name", "other"))
                if entry["reason"] != "the text gives a former name":
                    other = found.span("other")
                if not name or not other or re.search(lexicon["no-alias"], line.words[slice(*other)]):
                    continue
                yield Alias(
                    line.words[slice(*name)],
                    line.words[slice(*other)],
                    "same",
                    entry["reason"],
                    (line.span(*name),),
                    (line.span(*other),),
                )


def _body(words: str, start: int, end: int, known: set[str]) -> tuple[int, int] | None:
    """The name that ends at `end`: a known one, else all of a clause when it begins with a place."""
    printed = words[start:end]
    longest = max((name for name in known if printed.endswith(name)), key=len, default=None)
    if longest:
        return end - len(longest), end
    begins = pattern("organisations", "subjects", "place").search(printed)
    return (start, end) if begins and _CLAUSE.search(words[:start]) else None


# --- the same unit code ---


def _coded(tables: Sequence[Recognised], offices: Sequence[Office]) -> Iterator[Alias]:
    """Names beside which captions, forms and tables print the same code."""
    named: dict[str, dict[str, tuple[Span, ...]]] = {}
    for code, name, spans in (*_coded_captions(tables), *((one.code, one.name, one.spans) for one in offices)):
        if code and office_words().search(name):
            named.setdefault(code, {}).setdefault(name, spans)
    for code, names in named.items():
        first, *others = names
        for other in others:
            if own_unit(first) != own_unit(other):
                yield Alias(first, other, "same", f"both names bear the unit code {code}", names[first], names[other])


def _coded_captions(tables: Sequence[Recognised]) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    for table in tables:
        code, name = table.captions.office_code, table.captions.office
        for caption in table.table.captions if code and name else ():
            if code and name and f"{code}" in squeeze(caption.text) and (span := _place(caption, name)):
                yield code, name, (span,)


def _place(caption: Caption, name: str) -> Span | None:
    line = running(caption)
    at = line.words.find(name)
    return line.span(at, at + len(name)) if at >= 0 else None


# --- names of one publisher, by suggestion ---


def _titled(description: Description, below: set[str], text: Sequence[Running]) -> Iterator[Alias]:
    """A name in the title of the document where captions print another."""
    lexicon = load("describe")
    for line in text[:40]:
        for title in lexicon["title"]:
            found = re.match(title.replace("YEAR", lexicon["year-words"]), line.words)
            if found and found["name"]:
                yield from _proposed(description, below, line, found, "the title names one, captions the other")
                break


def _publishing(description: Description, below: set[str], text: Sequence[Running]) -> Iterator[Alias]:
    """A name that sentences give to the publisher of this very budget, beside the one that captions print."""
    years = load("describe")["year-words"]
    reason = "sentences speak of both as the publisher of this budget"
    for line in text:
        for one in load("organisations")["publishes"]:
            if found := sentence_pattern(one.replace("YEAR", f"(?:{years})")).match(line.words):
                yield from _proposed(description, below, line, found, reason)


def _below(tables: Sequence[Recognised], offices: Sequence[Office]) -> set[str]:
    """The names that the text or a table of units gives to units, which are no second names of the publisher."""
    listed = (cell.plain for one in tables if one.kind == "organisation" for row in one.table.rows for cell in row)
    return {*listed, *(one.name for one in offices if one.role == "subordinate-unit")}


def _proposed(
    description: Description, below: set[str], line: Running, found: re.Match[str], reason: str
) -> Iterator[Alias]:
    publisher, name = description.publisher, found["name"]
    if publisher and description.publisher_spans and name not in below and _alike(publisher, name):
        reason = f"{reason}; both bear the same place and kind of body"
        spans = (line.group(found, "name"),)
        yield Alias(publisher, name, "proposed", reason, description.publisher_spans[:1], spans)


def _alike(one: str, other: str) -> bool:
    """Whether two names share place and kind: the branch of a body at a place, or one name less some characters."""
    first, second = _parts(one), _parts(other)
    if not first or not second or one in other or other in one:
        return False
    if first[0] == second[0]:
        short, long = sorted((first[1], second[1]), key=len)
        rest = iter(long)
        return short[-2:] == long[-2:] and all(character in rest for character in short)
    return any(
        place[:-1] in name and body in name for (place, body), name in ((second, one), (first, other)) if len(place) > 2
    )


def _parts(name: str) -> tuple[str, str] | None:
    """A name's place and what follows it."""
    found = pattern("organisations", "subjects", "place").match(name)
    return (found[0], name[found.end() :]) if found and len(name) - found.end() >= 2 else None
