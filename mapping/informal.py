"""Laws by their names, titles after a basis word, in cells and in lists: citations without 《》 and without number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from mapping.articles import article_end
from mapping.flatten import View
from mapping.following import Around, Part, followed, renames
from mapping.issuing import issuers_end
from mapping.laws import article_names, law_named
from mapping.titling import counts
from mapping.wording import wording

_LONGEST_ISSUERS = 60
_LONGEST_OWNER = 24
# The name of a rule in a list says more of itself than its kind.
_LEAST_RULE = 10
# Where no other word runs into a name.
_UNLED = "(?:(?<![\u4e00-\u9fff])|(?<=[据照按依行守和与及由见]))"


def named(around: Around, names: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """The names that are citations: not of a unit's own rules, nor only said to be short for another.

    Rules of exchanges by their names are, with an article behind them.
    """
    for start, end in names:
        owned = wording("informal", "no-after").match(around.words, end) or _is_own(around.words, start, end)
        if not (owned or renames(around.words, start)):
            yield followed(around, _longer(around.words, _informal(start, end)))
    for found in wording("informal", "yearly").finditer(around.words):
        yield _informal(*found.span())
    for found in wording("informal", "of-exchange").finditer(around.words):
        if (part := followed(around, _informal(*found.span()))).article:
            yield part
    for found in _short_laws().finditer(around.words):
        if article_end(around.words, found.end()) > found.end():
            yield followed(around, _informal(*found.span()))


def _informal(start: int, end: int) -> Part:
    return Part(start, end, start, end, informal=True)


def _is_own(words: str, start: int, end: int) -> bool:
    """Whether a name of a rule is only the end of that of a unit's own rule: 本单位差旅费管理办法."""
    local = wording("informal", "local").search(words, start, end)
    return bool(local and wording("informal", "own").search(words, max(0, start - _LONGEST_OWNER), start))


@cache
def _short_laws() -> re.Pattern[str]:
    """Names of laws that count with an article behind them, where no other word runs into them."""
    return re.compile(rf"{_UNLED}(?:{'|'.join(article_names())})(?=第)")


def _longer(words: str, part: Part) -> Part:
    """A name of a law with what makes it that of a local act: 河北省工会法实施办法, 云岭市本级差旅费管理办法."""
    tail = wording("informal", "tail").match(words, part.high)
    place = wording("informal", "place").search(words, max(0, part.start - 14), part.start)
    local = wording("informal", "local").search(words, part.start, part.high)
    if local and not place:
        place = wording("informal", "owner").search(words, max(0, part.start - _LONGEST_OWNER), part.start)
    local = place and local
    if not local and (tail is None or not (place or wording("informal", "carrying").match(tail[0]))):
        return part
    start, end = place.start() if place else part.start, tail.end() if tail else part.end
    return replace(part, start=start, low=start, high=end, end=end)


def given_names(words: str, given: Collection[str]) -> Iterator[tuple[int, int]]:
    """The places of names that a document made: of short numbers (18号文), of others with an article behind them."""
    for name in given:
        apart = r"(?<![\d-])(?<!\d{4}\))" if name[0].isdigit() else _UNLED
        behind = "" if name[0].isdigit() else "(?=第)"
        for found in re.finditer(f"{apart}{re.escape(name)}{behind}", words):
            if behind == "" or article_end(words, found.end()) > found.end():
                yield found.span()


def after_basis(around: Around) -> Iterator[Part]:
    """Titles without 《》 after a basis word."""
    words = around.words
    for basis in wording("informal", "basis").finditer(words):
        found = wording("informal", "name").match(words, basis.end())
        low = basis.end()
        if not (found and law_named(found[0])):
            low += issuers_end(words[low : low + _LONGEST_ISSUERS])
            low += words[low : low + 1] in ("、", ",", ":")
            found = wording("informal", "name").match(words, low)
        if found and _is_name(found[0], low > basis.end()):
            yield followed(around, _informal(low, found.end()))


def _is_name(words: str, issued: bool) -> bool:
    """Whether words after a basis word are a title: a notice by its words, or a rule of a specific name."""
    if wording("informal", "notice").match(words) or law_named(words):
        return True
    if wording("informal", "never").search(words) or len(words) < 6:
        return False
    return bool(wording("informal", "strong").search(words)) and (issued or len(words) >= 8)


def cell_part(view: View, parts: list[Part], basis: bool) -> list[Part]:
    """The whole of a cell as an informal citation, when it is a title; else the `parts` found in it.

    `basis` tells a cell of a column of bases, which may hold several; of other cells the title must say more of itself.
    """
    pieces = list(re.finditer("[^;。]+", view.words))
    if parts and len(pieces) > 1:
        return parts
    found = [one for one in (_piece_part(*piece.span(), view.words, parts, basis) for piece in pieces) if one]
    return found if found and (basis or len(pieces) == 1) else parts


def _piece_part(start: int, end: int, words: str, parts: Sequence[Part], basis: bool) -> Part | None:
    """A piece of a cell as a title without 《》; None when it is none, or is better read by its parts."""
    low = start + issuers_end(words[start:end])
    dated = wording("informal", "dated").search(words, low, end)
    high = dated.start() if dated else end
    notice = wording("informal", "notice").fullmatch(words[low:high])
    if not notice and (parts or not _fills_cell(words[start:high], low - start, basis)):
        return None
    return replace(_informal(low, high), end=end)


def _fills_cell(words: str, low: int, basis: bool) -> bool:
    title = words[low:]
    if len(title) < 4 or not counts(title) or wording("informal", "never-cell").search(words):
        return False
    generic = wording("informal", "generic").fullmatch(title)
    if basis:
        return not generic or (low > 0 and not wording("informal", "vague").search(title))
    return not generic and bool(wording("informal", "cell").fullmatch(title))


def listed_parts(view: View, parts: Sequence[Part]) -> Iterator[Part]:
    """The notices and rules without 《》 and number that stand in a list beside a piece that begins with a citation.

    Each is nothing but issuers and a title, perhaps behind a mark of the list: …；2.教育部 财政部关于…的通知；…, or a
    rule by a name of its own: 云岭省职业教育专项资金管理办法；云财教〔2019〕8号.
    """
    pieces = [_unmarked(view.words, *piece.span()) for piece in re.finditer("[^;。]+", view.words)]
    cites = [any(part.start == start for part in parts) for start, _ in pieces]
    for at, (start, end) in enumerate(pieces):
        beside = any(cites[max(0, at - 1) : at + 2])
        low = start + issuers_end(view.words[start:end])
        if not beside or any(part.start < end and start < part.end for part in parts):
            continue
        notice = low > start and wording("informal", "listed").fullmatch(view.words, low, end)
        low = low if notice or low in view.gaps else start
        if notice or _is_listed_rule(view.words[low:end]):
            yield _informal(low, end)


def _is_listed_rule(words: str) -> bool:
    """Whether a piece of a list is the name of a rule, no notice, long enough to say of what, and no unit's own."""
    other = "关于" in words or wording("informal", "never").search(words)
    return len(words) >= _LEAST_RULE and not other and _fills_cell(words, 0, basis=False)


def _unmarked(words: str, start: int, end: int) -> tuple[int, int]:
    """A piece of a list without the mark that it begins with."""
    mark = wording("unquoted", "listed").match(words, start, end)
    return (mark.end() if mark else start), end
