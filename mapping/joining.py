"""Numbers, titles and names of laws of one view to citations: what stands side by side is one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from mapping.articles import article_end
from mapping.codes import CENTRAL, read_code
from mapping.docnumber import read_announcement
from mapping.flatten import View
from mapping.issuing import issuers_before, issuers_end, named_issuers
from mapping.laws import article_names, law_named
from mapping.numbering import Printed
from mapping.titling import Title, counts, kind_of
from mapping.wording import wording

_LONGEST_BRACKET = 160
_LONGEST_TITLE = 160
_LONGEST_ISSUERS = 60
_LONGEST_OWNER = 24
# The name of a rule in a list says more of itself than its kind.
_LEAST_RULE = 10
_FORWARDED = re.compile("(?:转发|批转)了?$")
_QUOTES = ("“", '"', "”")
# Where no other word runs into a name.
_UNLED = "(?:(?<![\u4e00-\u9fff])|(?<=[据照按依行守和与及由见]))"


@dataclass(frozen=True, slots=True)
class Part:
    """One citation as places of a view's words.

    `low` to `high` is the title proper; `wanted` is false for a title that names no document. `informal` tells one
    without 《》, `broken` one that lacks a sign.
    """

    start: int
    end: int
    low: int = 0
    high: int = 0
    number: Printed | None = None
    article: tuple[int, int] | None = None
    wanted: bool = True
    informal: bool = False
    broken: bool = False


def join(
    view: View, numbers: Sequence[Printed], titles: Sequence[Title], names: Sequence[tuple[int, int]]
) -> list[Part]:
    """The citations of a view in order, none overlapping another."""
    around = _Around(view, numbers)
    titled = list(_titled(around, titles))
    used = {part.number.start for part in titled if part.number}
    numbered = list(_numbered(around, used))
    titled = _not_carried(titled, numbered)
    signed = bytearray(len(view.words))
    for title in titles:
        signed[title.start : title.end] = b"\1" * (title.end - title.start)
    shared = [name for name in names if not _is_own(view.words, *name)]
    loose = [part for part in (*_named(around, shared), *_unquoted(around)) if not signed[part.start]]
    return _apart(view, (*titled, *numbered, *loose))


def _not_carried(titled: Sequence[Part], numbered: Iterable[Part]) -> list[Part]:
    """The titles that do not stand within the unquoted title of a number (关于印发《…》的通知)."""
    whole = sorted((one.low, one.high) for one in numbered if one.high)
    kept = []
    for part in titled:
        at = bisect_left(whole, (part.start + 1, 0)) - 1
        if at < 0 or part.end > whole[at][1]:
            kept.append(part)
    return kept


def _apart(view: View, parts: Iterable[Part]) -> list[Part]:
    """The parts that overlap none before them, in order of place; of these, the ones that count."""
    taken = bytearray(len(view.words))
    found = []
    for part in parts:
        clear = not any(taken[part.start : part.end])
        kept = part if clear or part.number is None else Part(part.number.start, part.number.end, number=part.number)
        if not any(taken[kept.start : kept.end]):
            taken[kept.start : kept.end] = b"\1" * (kept.end - kept.start)
            found.append(kept)
    return sorted((one for one in found if one.wanted), key=lambda one: one.start)


def issuers_of(view: View, part: Part) -> tuple[str, ...]:
    """The issuers before a citation, else those at the beginning of its title, else between title and number.

    Who forwards a title that has no number, or that of a central body, did not issue it.
    """
    read = read_code(part.number.number.code) if part.number else None
    central = part.number is None or (read is not None and read.region == CENTRAL)
    forwarded = central and _FORWARDED.search(view.words, max(0, part.start - 3), part.start)
    before = () if forwarded else issuers_before(view, part.start)
    if before or not part.high:
        return before
    title = view.words[part.low : part.high]
    about = title.find("关于")
    if named := named_issuers(title[:about]) if about > 0 else ():
        return named
    if part.number is None:
        return ()
    return issuers_before(view, max(part.low, part.number.start), min(part.high, part.number.end))


class _Around:
    """The words of a view and its numbers, and what stands around a place."""

    def __init__(self, view: View, numbers: Sequence[Printed]) -> None:
        self.view = view
        self.words = view.words
        self.numbers = numbers
        self._starts = [one.start for one in numbers]

    def within(self, start: int, stop: int) -> list[Printed]:
        """The numbers from `start` to `stop`."""
        found = self.numbers[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]
        return [one for one in found if one.end <= stop]

    def following(self, place: int) -> Printed | None:
        """The first number at or after a place."""
        at = bisect_left(self._starts, place)
        return self.numbers[at] if at < len(self.numbers) else None

    def preceding(self, place: int) -> Printed | None:
        """The last number that begins before a place."""
        at = bisect_left(self._starts, place)
        return self.numbers[at - 1] if at else None

    def closing(self, at: int) -> int:
        """The place of the bracket that closes the one at `at`; the end of the words when none does."""
        depth = 0
        for place in range(at, min(len(self.words), at + _LONGEST_BRACKET)):
            depth += {"(": 1, ")": -1}.get(self.words[place], 0)
            if depth == 0:
                return place
        return len(self.words)

    def bracket_end(self, at: int) -> int:
        """The same, also where the number that the bracket begins with lacks one of its own brackets or doubles it."""
        number = self.following(at)
        first = number and number.start == at + 1 and self.words.startswith(")", number.end)
        return number.end if number and first else self.closing(at)

    def is_own(self, start: int, close: int, numbers: Sequence[Printed]) -> bool:
        """Whether a bracket says only number, date, amendment, short name or issuer; # stands for a number."""
        content = ""
        for one in numbers:
            content += self.words[start : one.start] + "#"
            start = one.end
        content += self.words[start:close]
        return close < len(self.words) and bool(content and wording("bracket", "whole").fullmatch(content))


# --- what follows a title, a number, a name ---


def _followed(around: _Around, part: Part) -> Part:
    """A part with the brackets, the number and the article that follow it."""
    while longer := _with_bracket(around, part) or _with_number(around, part) or _with_article(around, part):
        part = longer
    return part


def _with_article(around: _Around, part: Part) -> Part | None:
    end = article_end(around.words, part.end)
    return None if part.article or end == part.end else replace(part, end=end, article=(part.end, end))


def _with_bracket(around: _Around, part: Part) -> Part | None:
    if not around.words.startswith("(", part.end):
        return None
    begin, close = part.end + 1, around.bracket_end(part.end)
    inside = around.within(begin, close)
    if announced := _announced(around, part, close):
        return announced
    whole = around.is_own(begin, close, inside)
    if not inside:
        named = wording("bracket", "short").match(around.words, begin)
        cited = not named or article_end(around.words, close + 1) > close + 1
        return replace(part, end=close + 1) if whole and cited else None
    direct = begin == inside[0].start or bool(
        wording("bracket", "whole").fullmatch(around.words, begin, inside[0].start)
    )
    if part.number or not direct:
        return None
    own = whole and (len(inside) == 1 or _amends(around, inside[1:]))
    return replace(part, end=close + 1 if own else inside[0].end, number=inside[0])


def _amends(around: _Around, numbers: Sequence[Printed]) -> bool:
    """Whether orders only amend what the first number of their bracket promulgated, or promulgated it with that.

    第322号公布，第695号修订; 1990年国家教委令第10号、卫生部令第1号.
    """
    amended, beside = wording("bracket", "amended"), wording("bracket", "beside")
    return all(
        one.kind == "decree"
        and not one.inherits
        and (amended.match(around.words, one.end) or beside.search(around.words, 0, one.start))
        for one in numbers
    )


def _announced(around: _Around, part: Part, close: int) -> Part | None:
    """A title of an announcement with year and serial in the bracket; the issuer stands there, in or before it."""
    if part.number or not part.high or close == len(around.words):
        return None
    content = re.fullmatch(r"([^\d()]*)(\d{4}年第?\d{1,4}号)(?:公告|通告)?", around.words[part.end + 1 : close])
    kind = re.search("(?:公告|通告)$", around.words[part.low : part.high])
    issuers = named_issuers(content[1]) if content and content[1] else issuers_of(around.view, part)
    number = content and kind and issuers and read_announcement("".join(issuers) + kind[0] + content[2])
    if not number:
        return None
    return replace(part, end=close + 1, number=Printed(part.end + 1, close, number, "the issuer is that of the title"))


def _with_number(around: _Around, part: Part) -> Part | None:
    """A number that follows a title without bracket, perhaps after its issuers; in a bracket only after them."""
    following = None if part.number else around.following(part.end)
    if following is None or following.inherits or following.kind == "case":
        return None
    stop = following.start - around.words.endswith("(", part.end, following.start)
    between = around.words[part.end : stop]
    joined = between.startswith(("、", "和", "与", "及")) or issuers_end(between) != len(between)
    if (between and joined) or around.words.startswith("》", following.end) or _is_apart(around, part, following):
        return None
    if stop == following.start:
        return replace(part, end=following.end, number=following)
    close = around.bracket_end(stop)
    own = around.is_own(stop + 1, close, [following])
    return replace(part, end=close + 1 if own else following.end, number=following) if between else None


def _is_apart(around: _Around, part: Part, number: Printed) -> bool:
    """Whether a number after a title is not its own.

    A law has none but an order's, a regulation none set off by whitespace. Such a number belongs to the title that
    follows it, or to none where another number stands before the title and a line ends.
    """
    if _is_law(around, part, number):
        return True
    if number.start not in around.view.gaps:
        return False
    if number.kind == "docnum" and kind_of(around.words[part.low : part.high]) == "regulation":
        return True
    if number.start in around.view.breaks and _is_of_state(around.words[part.low : part.high], number):
        return True
    before = around.preceding(part.start)
    led = number.start in around.view.breaks and before and _leads(around, before, part)
    return bool(led) or around.words.startswith("《", number.end)


def _is_of_state(title: str, number: Printed) -> bool:
    """Whether a title names the whole country and a number's code no central body: they are of two documents."""
    if number.kind != "docnum" or not wording("title", "of-state").match(title):
        return False
    read = read_code(number.number.code)
    return read is None or read.region != CENTRAL


def _is_law(around: _Around, part: Part, number: Printed) -> bool:
    """Whether a title is that of a law, and the number that of a document."""
    return number.kind == "docnum" and kind_of(around.words[part.low : part.high]) == "law"


# --- titles in 《》 ---


def _titled(around: _Around, titles: Sequence[Title]) -> Iterator[Part]:
    used: set[int] = set()
    for title in titles:
        proper = around.words[title.low : title.high]
        part = Part(title.start, title.end, title.low, title.high, title.number, title.article)
        wanted = counts(proper) and not _renames(around.words, title.start)
        part = replace(part, wanted=wanted, informal=not title.quoted, broken=title.broken)
        part = _followed(around, part)
        before = around.preceding(title.start)
        if part.number is None and before and before.start not in used and _leads(around, before, part):
            end = part.end + around.words.startswith("(", title.start - 1)
            part = replace(part, start=before.start - _bracketed(around.words, before), end=end, number=before)
        if part.number:
            used.add(part.number.start)
            part = replace(part, wanted=not wording("title", "private").search(proper))
        yield part


def _renames(words: str, start: int) -> bool:
    """Whether a title or a name is only said to be short for another (以下简称《办法》)."""
    return bool(wording("title", "short-for").search(words, max(0, start - 8), start))


def _leads(around: _Around, number: Printed, part: Part) -> bool:
    """Whether a number stands right before a title: 54号《…, （54号）《…, 54号文件《…, 54号（《…》）.

    The number of a court's case is that of no document: what it cites may follow it.
    """
    words = around.words
    if number.kind == "case":
        return False
    if part.start in around.view.gaps and not (part.wanted or number.kind == "standard"):
        return False
    if part.start in around.view.breaks and kind_of(words[part.low : part.high]) in ("law", "regulation"):
        return False
    stop = part.start - (words.endswith("(", 0, part.start) and words.startswith(")", part.end))
    return not _is_law(around, part, number) and bool(wording("title", "led").fullmatch(words, number.end, stop))


def _bracketed(words: str, number: Printed) -> bool:
    """Whether a number stands alone in brackets."""
    return words.endswith("(", 0, number.start) and words.startswith(")", number.end)


# --- titles without 《》 beside a number ---


def _numbered(around: _Around, used: set[int]) -> Iterator[Part]:
    last = 0
    for number in around.numbers:
        if number.start in used:
            continue
        part = Part(number.start, number.end, number=number)
        titled = None
        if number.kind != "case" and not number.inherits:
            titled = _title_before(around, number)
        titled = titled if titled and titled.start >= last else None
        if titled and wording("title", "pointing").match(around.words[titled.low : titled.high]):
            part = Part(number.start, number.end, number=number)
        else:
            part = titled or _title_after(around, part, number) or _alone_in_bracket(around, part, number)
        part = _with_bracket(around, part) or part
        part = _with_article(around, part) or part
        last = part.end
        yield part


def _alone_in_bracket(around: _Around, part: Part, number: Printed) -> Part:
    """The number with the bracket around it that holds nothing else: (教财〔2019〕19号文)."""
    if number.kind == "case" or number.inherits or not around.words.endswith("(", 0, number.start):
        return part
    close = around.bracket_end(number.start - 1)
    own = around.is_own(number.start, close, around.within(number.start, close)[:1])
    doubled = own and around.words.startswith("))", close) and "(" not in around.words[: number.start - 1]
    return replace(part, start=number.start - 1, end=close + 1 + doubled) if own else part


def _title_before(around: _Around, number: Printed) -> Part | None:
    """A number with the unquoted title before it, in brackets or right behind the title."""
    words = around.words
    bracketed = words.endswith("(", 0, number.start)
    stop = number.start - (bracketed or words.endswith("通知-", 0, number.start))
    inner = words.endswith(_QUOTES, 0, stop)
    low = _unquoted_start(around, stop - inner, number if bracketed else None)
    if low is None or (inner and not words.endswith(_QUOTES, 0, low)):
        return None
    part = Part(low - inner, number.end, low, stop - inner, number)
    close = around.bracket_end(stop) if bracketed else len(words)
    return replace(part, end=close + 1) if around.is_own(stop + 1, close, [number]) else part


def _unquoted_start(around: _Around, stop: int, bracketed: Printed | None) -> int | None:
    """Where a title without 《》 begins that ends at `stop`, perhaps before a bracketed number; None when none does."""
    words = around.words
    standard = bracketed and bracketed.kind == "standard"
    if not wording("unquoted", "of-standard" if standard else "before").search(words, max(0, stop - 20), stop):
        return None
    chunk = wording("unquoted", "chunk").search(words, _line_start(around, stop), stop)
    if chunk is None:
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


def _line_start(around: _Around, stop: int) -> int:
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


def _title_after(around: _Around, part: Part, number: Printed) -> Part | None:
    """A number with the unquoted title after it: 807号 关于…的通知, 98号-提前下达…资金."""
    words = around.words
    closed = _bracketed(words, number)
    between = wording("unquoted", "between").match(words, number.end + closed)
    low = between.end() if between else number.end + closed
    if words.startswith("(", low):
        return _title_in_bracket(around, part, low)
    following = around.following(number.end)
    stop = min(following.start if following else len(words), low + _LONGEST_TITLE)
    notice = wording("unquoted", "notice").match(words, low, stop)
    found = notice or _untitled(around, number, low, stop)
    if found is None:
        return None
    cut = None if notice else wording("unquoted", "funding-cut").search(words, low, found.end())
    end = cut.end() if cut else found.end()
    return replace(part, start=part.start - closed, low=low, high=end, end=end)


def _untitled(around: _Around, number: Printed, low: int, stop: int) -> re.Match[str] | None:
    """The words of a title that is no notice, after a number: money it sends, a rule by its name.

    None where the number is what a clause speaks of: 一是…98号提前下达资金.
    """
    words = around.words
    at = number.end + _bracketed(words, number)
    spoken_of = wording("unquoted", "subject").search(words, max(0, number.start - 8), number.start)
    if spoken_of or words.startswith("文", at):
        return None
    apart = low in around.view.gaps or low > at
    funding = wording("unquoted", "funding-apart" if apart else "funding").match(words, low, stop)
    if low in around.view.breaks:
        return funding
    return wording("unquoted", "rule" if low in around.view.gaps else "local-rule").match(words, low, stop) or funding


def _title_in_bracket(around: _Around, part: Part, at: int) -> Part | None:
    """A number with the unquoted title in the bracket after it: 98号（关于…的通知）."""
    close = around.closing(at)
    shapes = (wording("unquoted", "notice"), wording("unquoted", "funding"))
    if close == len(around.words) or not any(one.fullmatch(around.words, at + 1, close) for one in shapes):
        return None
    return replace(part, low=at + 1, high=close, end=close + 1)


# --- named without 《》 and without number ---


def _named(around: _Around, names: Sequence[tuple[int, int]]) -> Iterator[Part]:
    for start, end in names:
        if not (wording("informal", "no-after").match(around.words, end) or _renames(around.words, start)):
            yield _followed(around, _longer(around.words, Part(start, end, start, end, informal=True)))
    for found in wording("informal", "yearly").finditer(around.words):
        yield Part(*found.span(), *found.span(), informal=True)
    for found in _short_laws().finditer(around.words):
        start, end = found.span()
        if article_end(around.words, end) > end:
            yield _followed(around, Part(start, end, start, end, informal=True))


@cache
def _short_laws() -> re.Pattern[str]:
    """Names of laws that count with an article behind them, where no other word runs into them."""
    return re.compile(rf"{_UNLED}(?:{'|'.join(article_names())})(?=第)")


def given_names(words: str, given: Collection[str]) -> Iterator[tuple[int, int]]:
    """The places of names that a document made: of short numbers (18号文), of others with an article behind them."""
    for name in given:
        apart = r"(?<![\d-])(?<!\d{4}\))" if name[0].isdigit() else _UNLED
        behind = "" if name[0].isdigit() else "(?=第)"
        for found in re.finditer(f"{apart}{re.escape(name)}{behind}", words):
            if behind == "" or article_end(words, found.end()) > found.end():
                yield found.span()


def _is_own(words: str, start: int, end: int) -> bool:
    """Whether a name of a rule is only the end of that of a unit's own rule: 本单位差旅费管理办法."""
    local = wording("informal", "local").search(words, start, end)
    return bool(local and wording("informal", "own").search(words, max(0, start - _LONGEST_OWNER), start))


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


def _unquoted(around: _Around) -> Iterator[Part]:
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
            yield _followed(around, Part(low, found.end(), low, found.end(), informal=True))


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
            yield Part(low, end, low, end, informal=True)


def _is_listed_rule(words: str) -> bool:
    """Whether a piece of a list is the name of a rule, no notice, long enough to say of what, and no unit's own."""
    other = "关于" in words or wording("informal", "never").search(words)
    return len(words) >= _LEAST_RULE and not other and _fills_cell(words, 0, basis=False)


def _unmarked(words: str, start: int, end: int) -> tuple[int, int]:
    """A piece of a list without the mark that it begins with."""
    mark = wording("unquoted", "listed").match(words, start, end)
    return (mark.end() if mark else start), end


def _piece_part(start: int, end: int, words: str, parts: Sequence[Part], basis: bool) -> Part | None:
    """A piece of a cell as a title without 《》; None when it is none, or is better read by its parts."""
    low = start + issuers_end(words[start:end])
    notice = wording("informal", "notice").fullmatch(words[low:end])
    if not notice and (parts or not _fills_cell(words[start:end], low - start, basis)):
        return None
    return Part(low, end, low, end, informal=True)


def _fills_cell(words: str, low: int, basis: bool) -> bool:
    title = words[low:]
    if len(title) < 4 or not counts(title) or wording("informal", "never-cell").search(words):
        return False
    generic = wording("informal", "generic").fullmatch(title)
    if basis:
        return not generic or (low > 0 and not wording("informal", "vague").search(title))
    return not generic and bool(wording("informal", "cell").fullmatch(title))
