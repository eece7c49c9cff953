"""Numbers to citations by them, each with the title without 《》 that stands before or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mapping.articles import article_end
from mapping.following import Around, Part, bracketed, with_article, with_bracket
from mapping.issuing import issuers_end
from mapping.laws import law_named
from mapping.printed import Printed
from mapping.titling import counts, without_notes
from mapping.wording import wording

_LONGEST_TITLE, _LONGEST_DATE = 160, 14
_QUOTES = ("“", '"', "”")
_UNQUOTE = re.compile('[”"]')


def numbered(around: Around, titled: Sequence[Part]) -> Iterator[Part]:
    """The citations by all numbers but those that some parts have, of which none gives its title to another."""
    ends = {part.number.start: part.end for part in titled if part.number}
    last = 0
    for number in around.numbers:
        if number.start in ends:
            last = max(last, ends[number.start])
            continue
        part = Part(number.start, number.end, number=number)
        behind = None
        if number.kind != "case" and not number.inherits:
            behind = _title_before(around, number)
        behind = behind if behind and behind.start >= last else None
        if behind and wording("title", "pointing").match(around.words[behind.low : behind.high]):
            part = Part(number.start, number.end, number=number)
        else:
            part = behind or _title_after(around, part, number) or _alone_in_bracket(around, part, number)
        part = with_bracket(around, part) or part
        part = with_article(around, part) or part
        last = part.end
        yield part


def _alone_in_bracket(around: Around, part: Part, number: Printed) -> Part:
    """The number with the bracket around it that holds nothing else: (教财〔2019〕19号文)."""
    if number.kind == "case" or number.inherits or not around.words.endswith("(", 0, number.start):
        return part
    close = around.bracket_end(number.start - 1)
    own = around.is_own(number.start, close, around.within(number.start, close)[:1])
    doubled = own and around.words.startswith("))", close) and "(" not in around.words[: number.start - 1]
    return replace(part, start=number.start - 1, end=close + 1 + doubled) if own else part


def _title_before(around: Around, number: Printed) -> Part | None:
    """A number with the unquoted title before it, in brackets or right behind the title."""
    words = around.words
    bracketed = words.endswith("(", 0, number.start)
    stop = number.start - (bracketed or words.endswith(("通知-", "的通知:"), 0, number.start))
    if dated := _dated(around, number):
        stop, bracketed = dated.start(), dated[0].startswith("(")
    inner = words.endswith(_QUOTES, 0, stop)
    low = _unquoted_start(around, stop - inner, number if bracketed else None)
    if low is None or (inner and not words.endswith(_QUOTES, 0, low)):
        return None
    part = Part(low - inner, number.end, low, without_notes(words, low, stop - inner), number)
    close = around.bracket_end(stop) if bracketed else len(words)
    return replace(part, end=close + 1) if around.is_own(stop + 1, close, [number]) else part


def _dated(around: Around, number: Printed) -> re.Match[str] | None:
    """The day before a number, with the bracket that it opens, or on the line of the number alone."""
    found = wording("unquoted", "dated").search(around.words, max(0, number.start - _LONGEST_DATE), number.start)
    own = found and (
        found[0].startswith("(") or (found.start() in around.view.breaks and number.start in around.view.gaps)
    )
    return found if own else None


def _unquoted_start(around: Around, stop: int, bracketed: Printed | None) -> int | None:
    """Where a title without 《》 begins that ends at `stop`, perhaps before a bracketed number; None when none does."""
    words = around.words
    standard = bracketed and bracketed.kind == "standard"
    if not wording("unquoted", "of-standard" if standard else "before").search(words, max(0, stop - 20), stop):
        return None
    chunk = wording("unquoted", "chunk").search(words, _line_start(around, stop), stop)
    if chunk is None or wording("unquoted", "no-title").search(words, chunk.start(), stop):
        return None
    if wording("unquoted", "money-end").search(words, stop - 2, stop):
        sent = wording("unquoted", "sent").search(words, chunk.start(), stop) if bracketed else None
        return sent.start() if sent else None
    start = chunk.start() + _title_start(chunk[0])
    if not wording("unquoted", "notice-start").match(words, start):
        start = _bare_start(words, start, stop)
        if not bracketed or not (standard or counts(words[start:stop])):
            return None
    start += words.startswith("、", start)
    return start if stop - start > 4 or law_named(words[start:stop]) else None


def _line_start(around: Around, stop: int) -> int:
    """Where the words begin that a title before `stop` can hold: after a line that it does not go on from."""
    low = max(0, stop - _LONGEST_TITLE)
    lines = [low, *sorted(one for one in around.view.breaks if low < one < stop)]
    apart = (
        line
        for before, line in pairwise(lines)
        if wording("unquoted", "no-wrap").fullmatch(around.words, before, line)
        and not around.words.startswith("的", line)
    )
    return max(apart, default=low)


def _bare_start(words: str, start: int, stop: int) -> int:
    """Where a title begins that is no notice: behind the last number, title, bracket or mark of a list before it."""
    title = words.rfind("》", start, stop - 4) + 1
    if title > start:
        start = article_end(words, title)
        start += len(words[start:stop]) - len(words[start:stop].lstrip("和与及、以"))
    stop = without_notes(words, start, stop)
    return max(start, *(words.rfind(sign, start, max(start, stop - 8)) + 1 for sign in "、()号"))


def _title_start(chunk: str) -> int:
    """Where in a piece of a sentence the title begins that it ends in: after basis words and issuers."""
    found = (one.start() for one in re.finditer("关于", chunk))
    notices = [at for at in found if chunk.count("《", 0, at) == chunk.count("》", 0, at)]
    if notices:
        whole = (
            at for at in notices if (one := wording("unquoted", "notice").match(chunk, at)) and one.end() == len(chunk)
        )
        start = next(whole, notices[0])
        verb = wording("unquoted", "carrying").search(chunk, 0, start)
        return verb.start() if verb else start
    ends = [one.end() for one in wording("unquoted", "basis").finditer(chunk)]
    basis = [end for end in ends if end < len(chunk) - 4 or law_named(chunk[end:])]
    start = basis[-1] if basis else 0
    if listed := wording("unquoted", "listed").match(chunk, start):
        start = listed.end()
    return start + issuers_end(chunk[start:])


def _title_after(around: Around, part: Part, number: Printed) -> Part | None:
    """A number with the unquoted title after it: 807号 关于…的通知, 98号-提前下达…资金."""
    words = around.words
    closed = bracketed(words, number)
    between = wording("unquoted", "between").match(words, number.end + closed)
    low = between.end() if between else number.end + closed
    if words.startswith(("(", *_QUOTES), low):
        return _title_enclosed(around, part, low)
    following = around.following(number.end)
    stop = min(following.start if following else len(words), low + _LONGEST_TITLE)
    notice = wording("unquoted", "notice").match(words, low, stop)
    found = notice or _untitled(around, number, low, stop)
    if found is None:
        return None
    cut = None if notice else wording("unquoted", "funding-cut").search(words, low, found.end())
    end = cut.end() if cut else found.end()
    return replace(part, start=part.start - closed, low=low, high=end, end=end)


def _untitled(around: Around, number: Printed, low: int, stop: int) -> re.Match[str] | None:
    """The words of a title that is no notice, after a number: money it sends, a rule by its name.

    None where the number is what a clause speaks of: 一是…98号提前下达资金.
    """
    words = around.words
    at = number.end + bracketed(words, number)
    spoken_of = wording("unquoted", "subject").search(words, max(0, number.start - 8), number.start)
    if spoken_of or words.startswith("文", at):
        return None
    apart = low in around.view.gaps or low > at
    funding = wording("unquoted", "funding-apart" if apart else "funding").match(words, low, stop)
    if low in around.view.breaks:
        return funding
    return wording("unquoted", "rule" if low in around.view.gaps else "local-rule").match(words, low, stop) or funding


def _title_enclosed(around: Around, part: Part, at: int) -> Part | None:
    """A number with the title in brackets or quotes after it: 98号（关于…的通知）, 32号（管理办法）, 8号“关于…”."""
    if around.words[at] == "(":
        close = around.closing(at)
    else:
        quoted = _UNQUOTE.search(around.words, at + 1, at + _LONGEST_TITLE)
        close = quoted.start() if quoted else len(around.words)
    shapes = (wording("unquoted", "notice"), wording("unquoted", "funding"), wording("unquoted", "rule"))
    short = wording("bracket", "short").match(around.words, at + 1)
    if short or close == len(around.words) or not any(one.fullmatch(around.words, at + 1, close) for one in shapes):
        return None
    return replace(part, low=at + 1, high=close, end=close + 1)
