"""Running text to its clauses, and to the lists (其中：…；…。, brackets) that divide an amount."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from mapping.functions import class_labelled
from mapping.lexicon import load, pattern

_CLASS = 3  # the digits of a functional class (类)


@dataclass(frozen=True, slots=True)
class Scope:
    """A list of parts: from `start` to `end`; `at` is where the words begin that announce it, `outer` its own list."""

    at: int
    start: int
    end: int
    outer: int | None
    bracket: bool


@dataclass(frozen=True)
class Clauses:
    """A text divided at its punctuation marks; `whole` are ranges that no mark divides (terms, numbers)."""

    text: str
    whole: tuple[tuple[int, int], ...]

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """The places of the marks that end a clause."""
        brackets = (one.span() for one in pattern("statements", "bracket-in-term").finditer(self.text))
        kept = {at for start, end in (*self.whole, *brackets) for at in range(start, end)}
        ends = pattern("statements", "clause-end").finditer(self.text)
        return tuple(one.start() for one in ends if one.start() not in kept)

    def clause(self, start: int, stop: int) -> tuple[int, int]:
        """The clause of the characters from `start` to `stop`, without numbering at its head."""
        at, upto = bisect_left(self.marks, start), bisect_left(self.marks, stop)
        first = self.marks[at - 1] + 1 if at else 0
        last = self.marks[upto] if upto < len(self.marks) else len(self.text)
        numbering = pattern("statements", "numbering").match(self.text[first:start])
        return first + (numbering.end() if numbering else 0), last

    def back_to(self, at: int, marks: str) -> int:
        """Where the part begins that `at` stands in, parts being divided by any of `marks`."""
        found = [mark + 1 for mark in self.marks[: bisect_left(self.marks, at)] if self.text[mark] in marks]
        return found[-1] if found else 0

    def sentence(self, at: int) -> int:
        """Where the sentence of `at` begins."""
        return self.back_to(at, "。！？")

    def segment(self, at: int) -> int:
        """Where the part of the sentence begins, divided by 。 and ；."""
        return self.back_to(at, "。！？；")

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """The lists of the text, outer before inner."""
        return tuple(_Scopes(self).read())

    def scope(self, at: int) -> int | None:
        """The innermost list that `at` stands in."""
        inside = [number for number, one in enumerate(self.scopes) if one.start <= at < one.end]
        return inside[-1] if inside else None

    def outer(self, scope: int | None) -> Iterable[int | None]:
        """A list, those it stands in, and None for the text itself."""
        while scope is not None:
            yield scope
            scope = self.scopes[scope].outer
        yield None

    @cached_property
    def reasons(self) -> tuple[tuple[int, int], ...]:
        """The ranges that give reasons, to the end of their part of the sentence."""
        shape = pattern("statements", "reason")
        ends = [mark for mark in self.marks if self.text[mark] in "。；！"] + [len(self.text)]
        return tuple((one.start(), ends[bisect_left(ends, one.start())]) for one in shape.finditer(self.text))

    def in_reason(self, at: int) -> bool:
        """Whether `at` stands where a reason is given."""
        return any(start <= at < end for start, end in self.reasons)


class _Scopes:
    """Reads the lists of a text from its marks and the words that announce parts."""

    def __init__(self, clauses: Clauses) -> None:
        self._clauses = clauses
        self._text = clauses.text
        self._found: list[tuple[int, int, int | None, bool]] = []
        self._ends: dict[int, int] = {}
        self._open: list[int] = []
        self._goes_on: set[int] = set()

    def read(self) -> Sequence[Scope]:
        for at, sign, stop in self._events():
            if sign == "（":
                self._begin(at, at + 1, bracket=True)
            elif sign == "）":
                self._close_bracket(at)
            elif sign in "。！？":
                self._close_lists(at, 0)
            elif sign == "；":
                self._close_lists(at, 0 if self._begins_anew(at) or self._leaves(at) else 1)
            else:
                self._begin(at, stop, bracket=False)
        size = len(self._text) + 1
        return [
            Scope(at, start, self._ends.get(number, size), outer, bracket)
            for number, (at, start, outer, bracket) in enumerate(self._found)
        ]

    def _events(self) -> list[tuple[int, str, int]]:
        marks = [(at, self._text[at], at + 1) for at in self._clauses.marks if self._text[at] in "（）。！？；"]
        shape = pattern("statements", "opener")
        reasons = self._clauses.in_reason
        openers = [(one.start(), "其", one.end()) for one in shape.finditer(self._text) if not reasons(one.start())]
        ends = [(one.start(), "。", one.end()) for one in pattern("statements", "list-end").finditer(self._text)]
        return sorted([*marks, *openers, *ends])

    def _begin(self, at: int, start: int, bracket: bool) -> None:
        outer = self._open[-1] if self._open else None
        if not bracket and outer is not None and self._found[outer][3] and self._found[outer][1] == at:
            return
        self._found.append((at, start, outer, bracket))
        self._open.append(len(self._found) - 1)

    def _close_bracket(self, at: int) -> None:
        """Ends the last bracket, or where none is open the lists ended by an amount right before (其中：…9万元）)."""
        if not any(self._found[number][3] for number in self._open):
            if self._text[at - 1] == "元":
                self._close_lists(at, 0)
        else:
            while self._open:
                number = self._open.pop()
                self._ends[number] = at
                if self._found[number][3]:
                    return

    def _close_lists(self, at: int, kept: int) -> None:
        """Ends the lists opened since the last bracket, but for the outermost `kept`."""
        for _ in range(self._inside() - kept):
            self._ends[self._open.pop()] = at
        self._goes_on |= set(self._open[-1:] if self._inside() else [])

    def _begins_anew(self, at: int) -> bool:
        """Whether the part after ； has a list of its own where the part before it had one only.

        A list that an earlier ； did not end goes on.
        """
        rest = re.sub("（[^（）]*）", "", re.split("[。；]", self._text[at + 1 :], maxsplit=1)[0])
        own = self._inside() == 1 and self._open[-1] not in self._goes_on
        return own and bool(re.search("其中|元中，", rest))

    def _leaves(self, at: int) -> bool:
        """Whether the part after ； is none of what the only open list divides (基本支出…，其中…；项目支出…)."""
        if self._inside() != 1:
            return False
        opened, start = self._found[self._open[-1]][:2]
        head, rest = self._text[self._clauses.segment(opened) : opened], self._text[at + 1 :]
        counts = pattern("statements", "counts-first")
        if self._text[start - 1] != "：" and counts.match(head) and counts.match(rest):
            return True
        if _class_of(head) and _class_of(rest) and _class_of(head) != _class_of(rest):
            return True
        apart = (other for one, other in load("statements")["apart"] if re.search(one, head))
        return any(re.match(other, rest) and not re.search(other, head) for other in apart)

    def _inside(self) -> int:
        """How many lists are open since the last bracket."""
        return next((n for n, one in enumerate(reversed(self._open)) if self._found[one][3]), len(self._open))


def _class_of(words: str) -> str | None:
    """The functional class (类) whose amount words begin with (节能环保支出9万元，…), or None."""
    named = re.match(r"(?P<name>[^，。；：、\d]{2,20}支出)(?:完成|为)?\d", words)
    code = class_labelled(named["name"]) if named else None
    return code if code and len(code) == _CLASS else None
