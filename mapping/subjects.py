"""Running text to the organisations its sentences speak of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mapping.document import Caption, Paragraph, Span, without_markup
from mapping.lexicon import load, pattern


@dataclass(frozen=True, slots=True)
class Running:
    """A line without whitespace and markup, and where each of its characters stands."""

    words: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from `start` to `end`."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def group(self, found: re.Match[str], name: str) -> Span:
        """The place of a group of a match in `words`."""
        return self.span(found.start(name), found.end(name))


@dataclass(frozen=True, slots=True)
class Subject:
    """A body that a sentence speaks of; `reason` says why, unless the sentence names it. No `name`: none of ours."""

    name: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    subject: Subject


@dataclass(frozen=True, slots=True)
class Told:
    """A line with the bodies it mentions, of `names`; `before` is the one that the paragraph before speaks of."""

    line: Running
    mentions: tuple[_Mention, ...]
    before: Subject | None
    publisher: str | None
    names: frozenset[str]

    def subject(self, at: int) -> Subject | None:
        """The body that the words at `at` speak of: named last before them, else before, else the publisher."""
        last = self._last(at)
        if last is None:
            silent = Subject(self.publisher, "no body is named: the publisher's own") if self.publisher else None
            return self.before or silent
        if self.line.words.find("。", last.end, at) >= 0 and last.subject.name and not last.subject.reason:
            return replace(last.subject, reason="named in the sentence before")
        return last.subject

    def named(self, at: int, reach: int) -> str | None:
        """The body named in the same sentence at most `reach` characters before `at`, or by a word for it."""
        last = self._last(at)
        if last is None or at - last.end > reach or "。" in self.line.words[last.end : at]:
            return None
        return last.subject.name

    def _last(self, at: int) -> _Mention | None:
        """The last mention that ends before `at`."""
        before = bisect_right(self.mentions, at, key=lambda one: one.end)
        return self.mentions[before - 1] if before else None

    def name_before(self, at: int) -> str | None:
        """The body whose name ends at `at`."""
        ending = (name for name in self.names if self.line.words.endswith(name, 0, at))
        return max(ending, key=len, default=None)


def running(line: Paragraph | Caption) -> Running:
    """A line as patterns of sentences see it."""
    text = without_markup(line.text)
    kept = [(one, at) for at, one in enumerate(text, line.span.start) if not one.isspace()]
    return Running("".join(one for one, _ in kept), tuple(at for _, at in kept))


@cache
def sentence_pattern(words: str) -> re.Pattern[str]:
    """A pattern of organisations.yaml, the words in braces filled in."""
    lexicon = load("organisations")
    for name, meant in {**lexicon["words"], "body": lexicon["body"]}.items():
        words = words.replace("{" + name + "}", meant)
    return re.compile(words)


def tell(lines: Iterable[Running], publisher: str | None, names: Iterable[str]) -> Iterator[Told]:
    """Each line with the bodies among `names` that it speaks of."""
    bodies = frozenset(names) | ({publisher} if publisher else set())
    known = _Known(publisher, bodies)
    before: Subject | None = None
    for line in lines:
        if pattern("organisations", "subjects", "heading").search(line.words):
            before = None
        mentions = tuple(known.mentions(line.words, before))
        yield Told(line, mentions, before, publisher, bodies)
        named = [one.subject for one in mentions if one.subject.name and not one.subject.reason]
        if named:
            before = replace(named[0], reason="named in the paragraph before")


class _Known:
    """The names of bodies, full and short, and the words that stand for them."""

    def __init__(self, publisher: str | None, names: frozenset[str]) -> None:
        self._publisher = publisher
        self._names = names
        self._short = _short_names(names)
        words = load("organisations")["subjects"]
        self._words = words
        spelled = sorted([*names, *self._short], key=len, reverse=True)
        listed = "|".join(map(re.escape, spelled)) or "(?!)"
        self._shape = re.compile(
            f"(?P<name>{listed})|(?P<own>{words['own']})|(?P<proper>{words['office-proper']})"
            f"|(?P<elsewhere>{words['elsewhere']})|(?P<apart>{words['apart']})"
        )

    def mentions(self, words: str, before: Subject | None) -> Iterator[_Mention]:
        current = before
        for found in self._shape.finditer(words):
            subject = self._subject(found, words, current)
            if subject:
                current = subject
                yield _Mention(found.start(), found.end(), subject)

    def _subject(self, found: re.Match[str], words: str, current: Subject | None) -> Subject | None:
        if found["name"]:
            if re.search(
                self._words["not-after"], words[max(found.start() - 6, 0) : found.start()]
            ) or words.startswith("、", found.end()):
                return None
            return Subject(found[0] if found[0] in self._names else self._short[found[0]])
        if found["elsewhere"]:
            return Subject(None)
        if self._publisher is None:
            return None
        if found["proper"]:
            return self._proper(current)
        reason = "counted besides: the publisher's own" if found["apart"] else f"{found[0]} stands for the publisher"
        return Subject(self._publisher, reason)

    def _proper(self, current: Subject | None) -> Subject | None:
        """The publisher's own level where it has a name of its own, else the body at the head of the text."""
        own = load("organisations")["own-level"]
        level = sorted((one for one in self._names if one != re.sub(own, "", one) == self._publisher), key=len)
        if current and current.name and current.name not in (self._publisher, *level) and self._is_head(current.name):
            return Subject(current.name, current.reason)
        return Subject(level[0] if level else self._publisher, "its own offices are spoken of")

    def _is_head(self, name: str) -> bool:
        """Whether `name` is of the publisher's place and kind, not a unit below it."""
        return bool(re.search("(?:会|局|委|厅|院|府|部|办)$", name)) and self._publisher != name


def _short_names(names: Iterable[str]) -> dict[str, str]:
    """县总工会 for 泽州县总工会: what one name alone ends in, from the level of its place on."""
    place = pattern("organisations", "subjects", "place")
    found: dict[str, set[str]] = {}
    for name in names:
        if (start := place.match(name)) and len(name) - start.end() >= 2:
            found.setdefault(name[start.end() - 1 :], set()).add(name)
    return {short: bodies.pop() for short, bodies in found.items() if len(bodies) == 1}


def all_lines(paragraphs: Sequence[Paragraph], captions: Iterable[Caption]) -> list[Running]:
    """Paragraphs and the lines that introduce tables, in order, as patterns of sentences see them."""
    lines: list[Paragraph | Caption] = [*paragraphs, *captions]
    lines.sort(key=lambda line: line.span)
    return [one for line in lines if (one := running(line)).words]
