"""Running text to names of projects that it prints with one character changed, or two that changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mapping.likeness import are_near
from mapping.marks import Mark
from mapping.passages import Passage, unify
from mapping.project import Project

# Shorter names are near too many other words.
_SHORTEST = 7


def read_mentions(passages: Sequence[Passage], projects: Sequence[Project]) -> Iterator[Mark]:
    """Marks of the kind near-name: words in text that are a project's name but for a character inside it."""
    names = {unify(project.name): project.name for project in projects}
    for name, printed in names.items():
        for passage in passages if len(name) >= _SHORTEST else ():
            for start in _places(passage.words, name):
                words = passage.words[start : start + len(name)]
                if _is_slip(words, name) and not any(words in other for other in names):
                    yield Mark("near-name", words, passage.spans(start, start + len(name)), printed)


def _places(words: str, name: str) -> list[int]:
    """Where words may be the name: where its first or its second half stands."""
    middle = len(name) // 2
    found: set[int] = set()
    for half, offset in ((name[:middle], 0), (name[middle:], middle)):
        at = words.find(half)
        while at >= 0:
            if 0 <= at - offset <= len(words) - len(name):
                found.add(at - offset)
            at = words.find(half, at + 1)
    return sorted(found)


def _is_slip(words: str, name: str) -> bool:
    """Whether two strings of one length differ inside only, by letters, and as names do that are near."""
    differing = [at for at, (one, other) in enumerate(zip(words, name, strict=True)) if one != other]
    inside = all(0 < at < len(name) - 1 for at in differing)
    letters = all("\u4e00" <= words[at] <= "\u9fff" and "\u4e00" <= name[at] <= "\u9fff" for at in differing)
    return 0 < len(differing) <= 2 and inside and letters and are_near(words, name)
