"""A run of raw text to the words that patterns of citations see, with the place of each character kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mapping.docnumber import flatten
from mapping.document import without_markup
from mapping.wording import wording

# A title, a number, and what parts them.
_LEAST_LINES = 2
_HARD = re.compile(r"\n[^\S\n]*\n|[\t|]")
_BROKEN = re.compile(
    r"《[^《》。；\n|\t]{2,60}(?P<between>(?:[^\S\n|\t]*\n){2,4})(?![^\S\n]*\n)[^《》。；\n|\t]{2,60}》"
)
_WORDS = re.compile(r"\S+")
_SINGLE = re.compile("〈([^〈〉]*[^〈〉\\d][^〈〉]*)〉")
_MARKED = re.compile(r"\*\*|#|<br|\[bookmark")


@dataclass(frozen=True, slots=True)
class View:
    """Words without whitespace and markup, flattened (`docnumber.flatten`); `places` are code points of the run.

    `gaps` are the places in `words` before which whitespace is printed, `breaks` those before which a line ends.
    `printed` are the same characters as they stand in the run.
    """

    words: str
    printed: str
    places: Sequence[int]
    gaps: frozenset[int]
    breaks: frozenset[int]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The code points in the run of the words from `start` to `end`."""
        return self.places[start], self.places[end - 1] + 1


def read_views(run: str) -> Iterator[View]:
    """The views of a run in order: `\\n\\n`, a tab and `|` end one.

    What parts the title that heads a document from its number is blank: an empty line, a line of the web site. So are
    empty lines within a title that the next line closes.
    """
    run = _closed(_headed(run))
    begin = 0
    for found in _HARD.finditer(run):
        if found.start() > begin:
            yield _view(run, begin, found.start())
        begin = found.end()
    if begin < len(run):
        yield _view(run, begin, len(run))


def _headed(run: str) -> str:
    """`run`, as long as before, with one line end and blanks between the title and the number of a document's head."""
    if run.count("\n") < _LEAST_LINES:
        return run
    for head in _heads():
        for found in head.finditer(flatten(run)):
            run = _without_lines(run, *found.span("between"))
    return run


def _closed(run: str) -> str:
    """`run`, as long as before, with one line end and blanks for the empty lines within a title in 《》."""
    for found in _BROKEN.finditer(run):
        run = _without_lines(run, *found.span("between"))
    return run


def _without_lines(run: str, start: int, end: int) -> str:
    return run[:start] + "\n" + " " * (end - start - 1) + run[end:]


@cache
def _heads() -> tuple[re.Pattern[str], ...]:
    site = wording("head", "site").pattern
    between = rf"[^\S\n]*(?P<between>(?:\n(?:{site}|[^\S\n]*)(?=\n)){{1,8}}\n)"
    pairs = (("title", "number"), ("order", "ordinal"))
    shapes = ((wording("head", above).pattern, wording("head", below).pattern) for above, below in pairs)
    return tuple(re.compile(f"^{above}{between}{below}$", re.MULTILINE) for above, below in shapes)


def _view(run: str, begin: int, end: int) -> View:
    text = run[begin:end]
    if _MARKED.search(text):
        text = without_markup(text)
    printed: list[str] = []
    places: list[int] = []
    gaps: list[int] = []
    breaks: list[int] = []
    last = 0
    for found in _WORDS.finditer(text):
        if places:
            gaps.append(len(places))
            if "\n" in text[last : found.start()]:
                breaks.append(len(places))
        printed.append(found[0])
        places += range(begin + found.start(), begin + found.end())
        last = found.end()
    whole = "".join(printed)
    return View(_doubled(flatten(whole)), whole, places, frozenset(gaps), frozenset(breaks))


def _doubled(words: str) -> str:
    """Titles in doubled signs (<<…>>) get one; as long as before, the second sign a character that no pattern knows.

    Where no 《》 are printed, single ones (<…>) stand for them.
    """
    if "〈" in words and "《" not in words and "》" not in words and "〈〈" not in words:
        return _SINGLE.sub(r"《\1》", words)
    if "〈〈" not in words and "〉〉" not in words:
        return words
    return words.replace("〈〈", "《\u0001").replace("〉〉", "\u0002》")
