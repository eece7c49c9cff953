"""Text to what was copied from the disclosure of another level of government, another place or another body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapping.aliases import Alias
from mapping.describe import Description
from mapping.document import Document, Span, fold, squeeze
from mapping.lexicon import load, pattern
from mapping.marks import Mark
from mapping.offices import office_words
from mapping.organisations import Office
from mapping.passages import Passage
from mapping.recognise import Recognised
from mapping.regions import region_of
from mapping.rivals import differ_by_one
from mapping.strangers import (
    NUMERALS,
    is_sibling,
    of_another_place,
    read_misprinted,
    read_only_unit,
    read_strangers,
    stands_alone,
)

# In so many captions the publisher's name is what all should say.
_CAPTIONS = 4
_ZONES = re.compile("开发区|高新|新区|示范区|园区|经开|合作区|保税")


@dataclass(frozen=True, slots=True)
class _Own:
    """The body that publishes: its name, all names that the document knows, its place by code and name.

    `end` is how the name of its place ends, which tells its level of government; None where that is not sure.
    `alone` is true of an institution without units of its own.
    """

    name: str
    names: frozenset[str]
    code: str | None
    end: str | None
    alone: bool


def read_copied(
    document: Document,
    passages: Sequence[Passage],
    tables: Sequence[Recognised],
    description: Description,
    *,
    offices: Sequence[Office],
    aliases: Sequence[Alias],
) -> Iterator[Mark]:
    """Marks of the kinds other-level, other-unit and publisher-name."""
    if description.publisher is None:
        return
    name = squeeze(description.publisher)
    names = {name, *(squeeze(office.name) for office in offices)}
    shorter = {other for alias in aliases for other in _other_names(alias) if not _is_misprint(other, name)}
    names |= {one for one in shorter if not office_words().fullmatch(one)}  # 以下简称支队: any body of its kind is one
    end = _stated_end(tables) or _end(name) or _end_above(name, offices)
    own = _Own(name, frozenset(names), description.region, end, stands_alone(name, offices))
    for passage in passages:
        yield from _other_level(passage, own)
        yield from _own_words(passage, own)
        yield from _other_subject(passage, own)
        yield from _other_places(passage, own)
        yield from _other_kind(passage, own, document.text.content)
    lone = _lone_captions(document.text.content, tables, own)
    for table in tables:
        yield from _other_caption(table, own, lone)
    yield from _other_titles(tables, own)
    known = names - {squeeze(office.name) for office in offices if office.role == "implementing-unit"} | {name}
    yield from read_strangers(document.text.content, name, offices, known)
    yield from read_misprinted(document.text.content, name, tables, document.paragraphs)
    yield from read_only_unit(document.text.content, name, offices, tables)


def _other_names(alias: Alias) -> tuple[str, str]:
    return squeeze(alias.name), squeeze(alias.other)


def _is_misprint(name: str, own: str) -> bool:
    """Whether two names differ by one character that tells no bodies apart, as a number, direction or the last does."""
    differing = set(name) ^ set(own)
    return differ_by_one(name, own) and name[-1] == own[-1] and not NUMERALS.search("".join(differing))


def _stated_end(tables: Sequence[Recognised]) -> str | None:
    """The level that titles of forms state, as the end of its places' names; None when silent or at odds."""
    found = {
        str(entry["end"])
        for table in tables
        for entry in load("marks")["stated-level"]
        if re.search(entry["words"], fold(table.title or ""))
    }
    return found.pop() if len(found) == 1 else None


def _end(name: str) -> str | None:
    """How the place ends whose own body `name` is; None when it begins with none, or a higher level may pay it."""
    if pattern("marks", "vertical").search(name):
        return None
    found = pattern("marks", "place").match(name)
    return found["end"] if found else None


def _end_above(name: str, offices: Sequence[Office]) -> str | None:
    """How the places end of the departments that a school or hospital names as its own; None when at odds."""
    if not pattern("marks", "affiliated").search(name):
        return None
    above = {_end(squeeze(office.name)) for office in offices if office.role == "competent-department"}
    return above.pop() if len(above) == 1 else None


# --- levels ---


def _other_level(passage: Passage, own: _Own) -> Iterator[Mark]:
    """What the template says of the level that publishes, where it names another one (指省直部门用财政拨款…)."""
    if own.end is None:
        return
    levels: Mapping[str, Mapping[str, Sequence[str]]] = load("marks")["levels"]
    said = "(?P<level>" + "|".join(sorted(levels, key=len, reverse=True)) + ")"
    for shape in load("marks")["own-level"]:
        for found in re.finditer(shape.replace("{level}", said), passage.words):
            if own.end not in levels[found["level"]]["own"]:
                spans = passage.spans(found.start(), found.end())
                yield Mark("other-level", found[0], spans, "乡级" if _is_township(own.name) else f"{own.end}级")


def _is_township(name: str) -> bool:
    """Whether a body is that of a town, a level below the place that its name begins with."""
    return bool(pattern("marks", "township").search(name))


# --- names of itself ---


def _own_words(passage: Passage, own: _Own) -> Iterator[Mark]:
    """我局 where neither the publisher nor any body of the document is a 局; 我县 where the place is none."""
    words = load("marks")["own-words"]
    for found in pattern("marks", "own-word").finditer(passage.words):
        known = any(re.search(words[found["word"]], name) for name in own.names)
        if not known and not _quoted(passage.words, found.start()):
            yield Mark("other-unit", found["word"], passage.spans(found.start(), found.end()), own.name)
    if own.end is None or _ZONES.search(own.name):
        return
    for found in pattern("marks", "own-place").finditer(passage.words):
        if found["end"] != own.end and not _quoted(passage.words, found.start()):
            yield Mark("other-unit", found[0], passage.spans(found.start(), found.end()), f"我{own.end}")


def _quoted(words: str, at: int) -> bool:
    """Whether a place in a text stands in a title or between signs of quotation."""
    before = words[:at]
    return before.count("《") > before.count("》") or before.count("“") % 2 == 1


def _other_subject(passage: Passage, own: _Own) -> Iterator[Mark]:
    """A body in the place of the publisher, in a sentence of the template on its own money."""
    marks = load("marks")
    shape = f"{marks['subject-before']}(?P<name>{marks['subject-name']}){marks['subject-after']}"
    for found in re.finditer(shape, passage.words):
        name = re.sub("(?:本级|机关|部门|单位)$", "", found["name"])
        if _is_another(name, own):
            kind = "publisher-name" if _is_misprint(name, own.name) else "other-unit"
            yield Mark(kind, name, passage.spans(*found.span("name")), own.name)


def _is_another(name: str, own: _Own) -> bool:
    """Whether `name` is of a body that the document does not know, and not the publisher's, longer or shorter.

    One that differs from the publisher's by one character may be a misprint of it, or be another body's (第二中学):
    in its place, either is wrong.
    """
    if not office_words().search(name) or any(name in one or one in name for one in own.names):
        return False
    if differ_by_one(name, own.name) or of_another_place(name, own.name):
        return True
    if own.alone and is_sibling(name, own.name):
        return True
    return region_of(name) is not None and region_of(name) != own.code


def _other_kind(passage: Passage, own: _Own, text: str) -> Iterator[Mark]:
    """A kind of body whose staff a sentence says an amount pays, in the text of one institution that is none of it.

    主要用于疾控中心人员经费 where a blood centre publishes, and nothing else in the text speaks of such a body.
    """
    for found in pattern("marks", "staff-of-kind").finditer(passage.words) if own.alone else ():
        name = found["name"]
        if not any(name in one for one in own.names) and fold(text).count(name) == 1:
            yield Mark("other-unit", name, passage.spans(*found.span("name")), own.name)


def _other_places(passage: Passage, own: _Own) -> Iterator[Mark]:
    """A body like the publisher, but of another place, that a sentence does not speak of on purpose."""
    place = pattern("marks", "place").match(own.name)
    if place is None or own.code is None:
        return
    body = own.name[place.end() :]
    for found in re.finditer(re.escape(body) if len(body) > 2 else "(?!)", passage.words):
        start = _place_before(passage.words, found.start(), body)
        if start is None:
            continue
        name, code = passage.words[start : found.end()], region_of(passage.words[start : found.end()]) or ""
        apart = not code.startswith(_stem(own.code)) and not own.code.startswith(_stem(code))
        led = pattern("marks", "on-purpose").search(passage.words[:start])
        if apart and not led and name not in own.names and not _quoted(passage.words, start):
            yield Mark("other-unit", name, passage.spans(start, found.end()), own.name)


def _place_before(words: str, at: int, body: str) -> int | None:
    """Where the name of a place begins that stands right before `at`; the longest that is of one place."""
    ends = words[at - 1 : at]
    starts = range(max(0, at - 8), at - 1) if ends and ends in "省市县区旗州盟" else ()
    return next((start for start in starts if region_of(words[start:at] + body)), None)


def _stem(code: str) -> str:
    """The digits that all places in a place share."""
    return re.sub("(?:00)+$", "", code)


def _other_titles(tables: Sequence[Recognised], own: _Own) -> Iterator[Mark]:
    """The only title that begins with a body of the publisher's place, where those of other tables do with its name.

    黔州市财政局收支预算总表 among tables of 黔州市体育局: nothing but the name of the body is another.
    """
    place = pattern("marks", "place").match(own.name)
    titled = [(table, _titled_body(table, place[0])) for table in tables] if place else []
    others = [(table, name) for table, name in titled if name and not name.startswith(own.name)]
    if len(others) != 1 or sum(bool(name) for _, name in titled) <= _CAPTIONS:
        return
    table, name = others[0]
    if any(name in one or one in name for one in own.names):
        return
    for caption in table.table.captions:
        if (start := caption.text.find(name)) >= 0:
            at = caption.span.start + start
            yield Mark("other-unit", name, (Span(at, at + len(name)),), own.name)
            return


def _titled_body(table: Recognised, place: str) -> str | None:
    """The name of a body of a place that the title of a table begins with."""
    title = squeeze(table.title or "")
    names = (title[: found.start()] for found in pattern("marks", "title-of-table").finditer(title))
    return next((one for one in names if one.startswith(place) and office_words().search(one)), None)


def _lone_captions(text: str, tables: Sequence[Recognised], own: _Own) -> frozenset[str]:
    """Bodies of the publisher's place that one caption names and nothing else, where all others name the publisher."""
    names = [squeeze(table.captions.office) for table in tables if table.captions.office]
    others = {name for name in names if name != own.name}
    place = pattern("marks", "place").match(own.name)
    if len(others) != 1 or names.count(own.name) < _CAPTIONS or place is None:
        return frozenset()
    name = others.pop()
    apart = name not in own.name and own.name not in name and name.startswith(place[0])
    return frozenset([name] if apart and office_words().search(name) and fold(text).count(fold(name)) == 1 else ())


def _other_caption(table: Recognised, own: _Own, lone: frozenset[str]) -> Iterator[Mark]:
    """A table whose caption names a body that the document does not know, or one of `lone`."""
    name = squeeze(table.captions.office or "")
    if len(name) < 4 or not (name in lone or _is_another(name, own)):
        return
    for caption in table.table.captions:
        words = fold(caption.text)
        if name in words:
            kind = "publisher-name" if _is_misprint(name, own.name) else "other-unit"
            start = caption.text.find(name)
            at = caption.span.start + max(start, 0)
            span = Span(at, at + len(name)) if start >= 0 else caption.span
            yield Mark(kind, name, (span,), own.name)
            return
