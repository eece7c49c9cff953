"""Sentences to the units below an organisation and the bodies above it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mapping.document import Span
from mapping.lexicon import load, pattern
from mapping.offices import office_words, own_unit
from mapping.subjects import Running, Told, sentence_pattern

_CHUNK = re.compile("(?:[（(][^（()）]*[)）]|[^、，,；;。：:])*")
_NUMBERING = re.compile(r"(?:\d{1,2}[.、．]|[(（][\d一二三四五六七八九十]{1,3}[)）]|[①-⑩])")
# No listed name, with what is said of it in brackets, is longer.
_LONGEST = 200

_Accepts = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A body that a sentence puts below another (`role` subordinate-unit, budget-unit) or above it (superior-body).

    `other` is the name of the body that it is below or above.
    """

    name: str
    span: Span
    role: str
    other: str | None
    nature: str | None = None
    nature_span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    span: Span
    last: bool = False


def read_units(told: Sequence[Told]) -> Iterator[Affiliation]:
    """The units that sentences and lists of lines name as below an organisation, in order."""
    opened: Told | None = None
    for one in told:
        item = _whole_item(one.line) if opened else None
        if opened and item:
            yield Affiliation(item.name, item.span, "subordinate-unit", _head(opened, len(opened.line.words)))
            continue
        opened = one if _announces(one.line.words) else None
        yield from _introduced(one)
        yield from _concluded(one)


def read_superiors(told: Sequence[Told]) -> Iterator[Affiliation]:
    """The bodies that sentences name as above an organisation, in order."""
    lexicon = load("organisations")
    for one in told:
        for words in lexicon["superiors"]:
            for found in sentence_pattern(words).finditer(one.line.words):
                below = _spoken_of(one, found.start())
                for item in _split(one.line, found.start("names"), found.end("names"), _is_superior) if below else []:
                    if item.name != below:
                        yield Affiliation(item.name, item.span, "superior-body", below)


def _spoken_of(told: Told, at: int) -> str | None:
    """The body that a sentence names not far before `at`; the one spoken of before where the sentence begins there."""
    words = told.line.words
    unnamed = not any(one.start < at for one in told.mentions)
    if at == 0 or words[at - 1] == "。" or (unnamed and words.startswith(load("organisations")["business"], at)):
        subject = told.subject(at)
        return subject.name if subject else None
    return told.named(at, load("organisations")["reach"])


def _is_superior(name: str) -> bool:
    lexicon = load("organisations")
    ends = re.search(lexicon["superior-end"], name) or office_words().search(name)
    return bool(ends and re.search(lexicon["superior-name"], name))


# --- lists ---


def _announces(words: str) -> bool:
    return bool(pattern("organisations", "units-follow").search(words))


def _introduced(told: Told) -> Iterator[Affiliation]:
    """Units after 下属事业单位2个：, 预算单位包括 and the like."""
    words = told.line.words
    for entry in load("organisations")["units-below"]:
        for found in sentence_pattern(entry["intro"]).finditer(words):
            groups = found.groupdict()
            loose = "named" in groups and not groups["named"] and not groups["told"]
            nature = found.start("nature") >= 0 if "nature" in groups else False
            items = list(_items(told.line, found.end()))
            for item in [] if _is_alone(told, found, items) else items:
                if loose and not _stands_alone(item.name, nature):
                    break
                yield Affiliation(
                    item.name,
                    item.span,
                    entry["role"],
                    _head(told, found.start()),
                    groups["nature"] if nature else None,
                    told.line.group(found, "nature") if nature else None,
                )


def _is_alone(told: Told, intro: re.Match[str], items: Sequence[_Item]) -> bool:
    """Whether a list names nothing but the department's own level, and no unit is below it: 共1个，为某局本级."""
    own = len(items) == 1 and items[0].name != own_unit(items[0].name) == _head(told, intro.start())
    return own and bool(sentence_pattern(load("organisations")["none-below"]).search(told.line.words, intro.start()))


def _concluded(told: Told) -> Iterator[Affiliation]:
    """Units before 2个所属事业单位; the department's own level before them is none."""
    own = load("organisations")["own-level"]
    for found in sentence_pattern(load("organisations")["units-before"]).finditer(told.line.words):
        start = found.start("list")
        for joint in pattern("organisations", "joint").finditer(found["list"]):
            if re.search(own, _trimmed(found["list"][: joint.start()])):
                start = found.start("list") + joint.end()
        for item in _split(told.line, start, found.end("list"), _is_unit):
            place = told.line.group(found, "nature") if found["nature"] else None
            yield Affiliation(item.name, item.span, "subordinate-unit", _head(told, start), found["nature"], place)


def _head(told: Told, at: int) -> str | None:
    """The body that a list at `at` is of: the department, where its own level is spoken of."""
    subject = told.subject(at)
    whole = pattern("organisations", "own-level").sub("", subject.name) if subject and subject.name else None
    return told.publisher if whole in (None, told.publisher) or subject is None else subject.name


def _stands_alone(name: str, introduced: bool) -> bool:
    """Whether a name that no 包括 introduces is one of a unit: an institution after 事业单位, or named by a place."""
    lexicon = load("organisations")
    placed = re.search(lexicon["subjects"]["place"], name)
    return bool(placed or (introduced and re.search(lexicon["institutions"], name)))


def _items(line: Running, at: int) -> Iterator[_Item]:
    """The units listed from `at` on; the first words that name none end the list."""
    first = True
    while at < len(line.words):
        end = found.end() if (found := _CHUNK.match(line.words, at, at + _LONGEST)) else len(line.words)
        items = list(_split(line, at, end, _is_unit))
        if not items and (first or line.words[at - 1] == "、"):
            items = list(_opening(line, at, end))
        yield from items
        own = pattern("organisations", "own-level").search(_trimmed(line.words[at:end]))
        if (not items and not own) or any(item.last for item in items) or line.words[end : end + 1] in ("", "。"):
            return
        at, first = end + 1, False


def _opening(line: Running, at: int, end: int) -> Iterator[_Item]:
    """A unit that a sentence names before it goes on."""
    for found in pattern("organisations", "after-unit").finditer(line.words[at:end]):
        name = line.words[at : at + found.start()]
        if _is_unit(name):
            yield _Item(name, line.span(at, at + len(name)), last=True)
            return


def _whole_item(line: Running) -> _Item | None:
    """The unit that a line of a list names."""
    found = list(_split(line, 0, len(line.words.rstrip("；;。，,")), _is_unit))
    return found[0] if len(found) == 1 else None


def _split(line: Running, start: int, end: int, accepts: _Accepts) -> Iterator[_Item]:
    """The names between `start` and `end`, parted by 、 and, where both sides are names, by 和."""
    for found in re.finditer("(?:[（(][^（()）]*[)）]|[^、])+", line.words[start:end]):
        yield from _parted(line, start + found.start(), start + found.end(), accepts)


def _parted(line: Running, start: int, end: int, accepts: _Accepts) -> Iterator[_Item]:
    for joint in pattern("organisations", "joint").finditer(line.words, start, end):
        left, right = _named(line, start, joint.start(), accepts), list(_parted(line, joint.end(), end, accepts))
        if left and right:
            yield from (left, *right)
            return
    if one := _named(line, start, end, accepts):
        yield one


def _named(line: Running, start: int, end: int, accepts: _Accepts) -> _Item | None:
    if numbering := _NUMBERING.match(line.words, start, end):
        start = numbering.end()
    name = _trimmed(line.words[start:end])
    return _Item(name, line.span(start, start + len(name))) if name and accepts(name) else None


def _trimmed(name: str) -> str:
    bare = sentence_pattern(load("organisations")["after-name"]).sub("", name)
    return bare if pattern("organisations", "own-level").search(bare) else re.sub("[(（][^()（）]*[)）]$", "", bare)


def _is_unit(name: str) -> bool:
    lexicon = load("organisations")
    if not 4 <= len(name) <= 40 or re.search(lexicon["no-name"], name) or re.search("[^\u4e00-\u9fff（）()·]", name):
        return False
    placed = re.search(lexicon["subjects"]["place"], name)
    if not placed and (re.search(lexicon["inner"], name) or re.search(lexicon["own-level"], name)):
        return False
    return bool(office_words().search(name) or re.search(lexicon["institutions"], name))
