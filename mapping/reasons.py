"""Changes of the 三公 money to where their printed reason would lead (mapping/data/remarks.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.lexicon import load
from mapping.passages import unify
from mapping.statements import Statement

# How far behind a change, in code points, its reason may begin and end.
_NEAR = 160


@dataclass(frozen=True, slots=True)
class Reason:
    """A printed reason, without whitespace, and where it leads: a notation of `code:direction`."""

    direction: str
    words: str


def read_reasons(statements: Sequence[Statement], text: str) -> Mapping[int, Reason]:
    """The reasons of changes by the place of the change in the list, where their words lead one way only."""
    found: dict[int, Reason] = {}
    for at, one in enumerate(statements):
        if one.kind == "change" and one.direction and one.measure in load("remarks")["reason-of"]:
            start = one.number[-1].end
            reason = _reason(text[start : start + _NEAR])
            if reason:
                found[at] = reason
    return found


def _reason(behind: str) -> Reason | None:
    """The reason in the words behind a change, before any other change and what it divides into."""
    words = load("remarks")
    shown = unify(behind)
    found = re.search(words["reason"], shown)
    if found is None or re.search(words["another-change"], shown[: found.start()]):
        return None
    why = found["why"] or found["whence"]
    less, more = re.search(words["less"], why), re.search(words["more"], why)
    if re.search(words["open"], why) or bool(less) == bool(more):
        return None
    return Reason("decrease" if less else "increase", why)
