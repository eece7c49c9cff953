"""Words to the titles printed in 《》: nested, badly nested or unclosed; and what kind of document a title names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mapping.flatten import View
from mapping.laws import law_named
from mapping.printed import Printed
from mapping.wording import wording

_SIGNS = re.compile(r"[《》。\n]")
_LONGEST, _LONGEST_END = 200, 12
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Title:
    """A title from `start` to `end` of a view's words, with its signs; `low` to `high` is the title proper.

    `number` is the document number printed within the signs, `article` the article, as places in the words. `broken`
    tells one whose signs do not pair.
    """

    start: int
    end: int
    low: int
    high: int
    number: Printed | None = None
    article: tuple[int, int] | None = None
    broken: bool = False
    quoted: bool = True


def find_titles(view: View, numbers: Sequence[Printed]) -> list[Title]:
    """The titles in 《》 of a view, in order, whatever they name."""
    found: list[Title] = []
    at = 0
    words = view.words
    while at < len(words):
        sign = re.compile("[《》]").search(words, at)
        if sign is None:
            break
        if sign[0] == "》":
            one = _unopened(words, found[-1].end if found else 0, sign.start())
        elif _is_year(words, sign.start()):
            at = words.find("》", sign.start()) + 1 or sign.end()
            continue
        else:
            one = _to_number(words, sign.start(), numbers) or _opened(words, sign.start())
        if one:
            found.append(_inside(view, one, numbers))
        at = max(sign.end(), one.end if one else 0)
    return _carried(view, found)


def _carried(view: View, titles: list[Title]) -> list[Title]:
    """The titles, but 关于印发《…》的通知 without signs of its own in the place of the one it carries.

    None that a line ends in, the next of which begins a sentence (根据《…》第十条的规定).
    """
    words = view.words
    found = [one.span() for one in wording("unquoted", "carrier").finditer(words)]
    begun = [at for at in view.breaks if wording("unquoted", "begins-line").match(words, at)]
    found = [(low, high) for low, high in found if not any(low < at < high for at in begun)]
    whole = [
        Title(low, high + words.startswith("》", high), low, high, quoted=False)
        for low, high in found
        if not _within(low, titles)
    ]
    kept = [one for one in titles if not _within(one.start, whole)]
    return sorted([*kept, *whole], key=lambda one: one.start) if whole else titles


def _within(place: int, titles: Sequence[Title]) -> bool:
    """Whether a place lies in one of the titles, which are in order."""
    at = bisect_right(titles, place, key=lambda one: one.start) - 1
    return at >= 0 and place < titles[at].end


def _is_year(words: str, at: int) -> bool:
    """Whether the signs are those of a year (财建《2006》468号)."""
    return bool(re.compile(r"《(?:19|20)\d\d》").match(words, at))


def _opened(words: str, start: int) -> Title | None:
    """The title that opens at `start`; None when it does not end."""
    depth, end, inner = 0, start, -1
    for sign in _SIGNS.finditer(words, start, min(len(words), start + _LONGEST)):
        at = sign.start()
        if sign[0] == "《":
            if depth and wording("title", "first-complete").search(words, max(start + 1, at - _LONGEST_END), at):
                return _unclosed(words, start, at)
            depth += 1
            if depth > _DEEPEST:
                return None
        elif sign[0] == "》":
            depth, inner = depth - 1, at
            if depth == 0:
                return _whole(words, start, at)
        elif depth:
            end = at
            break
    return _unclosed(words, start, end if end > start else min(len(words), start + _LONGEST), inner)


def _to_number(words: str, start: int, numbers: Sequence[Printed]) -> Title | None:
    """A title that lacks its last sign and ends in a type of document where a number begins."""
    at = bisect_left(numbers, start, key=lambda one: one.start)
    if at == len(numbers) or numbers[at].start - start > _LONGEST:
        return None
    stop = numbers[at].start - words.endswith("(", 0, numbers[at].start)
    inner = words[start + 1 : stop]
    if "。" in inner or inner.count("《") != inner.count("》") or not wording("title", "typed").search(inner):
        return None
    sign = _SIGNS.search(words, numbers[at].end)
    return None if sign and sign[0] == "》" else Title(start, stop, start + 1, stop, broken=True)


def _whole(words: str, start: int, close: int) -> Title:
    """The title that closes at `close`, or further on, where an inner 〈 was closed by 》."""
    inner = words[start + 1 : close]
    if inner.count("〈") > inner.count("〉"):
        more = re.compile(r"[^《》，。；\n]{0,24}》").match(words, close + 1)
        if more:
            return Title(start, more.end(), start + 1, more.end() - 1, broken=True)
    return Title(start, close + 1, start + 1, close)


def _unclosed(words: str, start: int, stop: int, inner: int = -1) -> Title | None:
    """A title that lacks its last sign: to the first type of document at which it can end."""
    if inner > 0:
        rest = wording("title", "goes-on").match(words[inner + 1 : stop])
        if rest:
            return Title(start, inner + 1 + rest.end(), start + 1, inner + 1 + rest.end(), broken=True)
        within = words.rfind("《", start + 1, inner)
        return Title(within, inner + 1, within + 1, inner) if within > 0 else None
    found = wording("title", "ends").search(words[start + 1 : stop])
    if found:
        end = start + 1 + found.end()
        return Title(start, end, start + 1, end, broken=True)
    if wording("title", "first-complete").search(words, start + 1, stop):
        end = stop - len(re.sub(".*?([、,和及与以]*)$", r"\1", words[start:stop], flags=re.DOTALL))
        return Title(start, end, start + 1, end, broken=True)
    return None


def _unopened(words: str, least: int, close: int) -> Title | None:
    """A title that lacks its first sign."""
    found = wording("title", "unopened").search(words, max(least, close - 100), close)
    if found is None:
        return None
    start = found.start()
    if not words.startswith("关于", start):
        cuts = [cut.end() for cut in wording("number", "lead").finditer(words, start, close) if cut.end() < close - 3]
        start = max([start, *cuts])
    counted = wording("title", "counts").search(words, start, close)
    return Title(start, close + 1, start, close, broken=True) if counted else None


# --- what stands inside the signs ---


def _inside(view: View, title: Title, numbers: Sequence[Printed]) -> Title:
    """The title proper: without a label, an article, and a number, date or amendment in brackets at its end."""
    words, low, high = view.words, title.low, title.high
    low, high = low + words.startswith("\u0001", low), high - words.endswith("\u0002", low, high)
    while re.compile("《[^《》]+》").fullmatch(words, low, high):
        low, high = low + 1, high - 1
    if label := wording("title", "label").match(words[low:high]):
        low += label.end()
    at = bisect_left(numbers, low, key=lambda one: one.start)
    within = numbers[at : bisect_left(numbers, high, at, key=lambda one: one.start)]
    number = next((one for one in within if one.end <= high and _outer(words, one, low, high)), None)
    if number and number.start - low <= 1:
        low = high - len(re.sub("^(?:文件$)?[-):：,，]*", "", words[number.end : high]))
    elif number:
        high = number.start
    high = without_notes(words, low, high)
    high -= len(words[low:high]) - len(words[low:high].rstrip("(-"))
    article = wording("title", "article").search(words, low, high)
    if article and article.start() > low:
        return Title(title.start, title.end, low, article.start(), number, article.span(), title.broken)
    return Title(title.start, title.end, low, high, number, None, title.broken)


def _outer(words: str, number: Printed, low: int, high: int) -> bool:
    """Whether a number is the title's own: at its beginning, or in brackets or alone at its end."""
    return number.start - low <= 1 or not words[number.end : high].strip(")文件")


def without_notes(words: str, low: int, high: int) -> int:
    """Where a title ends that stands from `low` to `high`: before the brackets at its end that say number or date."""
    while (bracket := re.compile(r"\(([^()]*)\)?$").search(words, low, high)) and _is_note(bracket[1]):
        high = bracket.start()
    return high


def _is_note(content: str) -> bool:
    return bool(wording("bracket", "whole").fullmatch(content)) and content not in ("试行", "暂行", "修订")


# --- what a title names ---


def counts(title: str) -> bool:
    """Whether a title (flattened, without 《》) names a legal, policy or rule document."""
    title = title.rstrip("〉")
    if law_named(title) or wording("title", "regulation").search(title):
        return True
    if wording("title", "never").search(title):
        return False
    if wording("title", "act").search(title):
        return not wording("title", "no-act").search(title) or bool(wording("title", "counts").search(title))
    return bool(wording("title", "counts").search(title) or wording("title", "named").match(title))


def kind_of(title: str) -> str:
    """law, regulation or other: what a title without number names."""
    if known := law_named(title):
        return known.kind
    if wording("title", "law").match(title):
        return "law"
    if wording("title", "regulation").search(title):
        return "regulation"
    named = wording("title", "act").search(title) and not wording("title", "no-act").search(title)
    return "law" if named else "other"
