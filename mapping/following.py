"""A title, a number or a name to what belongs to it: the brackets, the number, the article behind it, who issued it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mapping.articles import article_end
from mapping.codes import read_code
from mapping.docnumber import Number, read_announcement
from mapping.flatten import View
from mapping.issuing import issuers_before, issuers_end, named_issuers
from mapping.laws import law_named
from mapping.lexicon import pattern
from mapping.printed import Printed
from mapping.regions import CENTRAL, region_of
from mapping.titling import kind_of
from mapping.wording import wording

_LONGEST_BRACKET = 160
_ABOUT = re.compile("(?<=.)(?:关于|转发|批转|印发)")
_CALLED = re.compile("文件?(?=第)")
_FORWARDED = re.compile("(?:转发|批转)了?$")


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


class Around:
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


def followed(around: Around, part: Part) -> Part:
    """A part with the brackets, the number and the article that follow it."""
    while longer := (
        with_bracket(around, part)
        or _with_number(around, part)
        or _behind_comma(around, part)
        or with_article(around, part)
    ):
        part = longer
    return part


def with_article(around: Around, part: Part) -> Part | None:
    """A part with the article right behind it; None where none stands there, or it has one.

    Between a number and its article may stand what a number is called: 48号文第一条.
    """
    start = part.end
    if part.number and part.end == part.number.end and (called := _CALLED.match(around.words, start)):
        start = called.end()
    end = article_end(around.words, start)
    if part.article or end == start or _heads_paragraph(around, start, end):
        return None
    return replace(part, end=end, article=(start, end))


def _heads_paragraph(around: Around, start: int, end: int) -> bool:
    """Whether an article begins a line of the text itself: 第一条 根据…, below the title of a document."""
    begins, goes_on = (wording(name).match(around.words, end) for name in ("article-begins", "article-goes-on"))
    gap = end in around.view.gaps and end not in around.view.breaks
    return start in around.view.breaks and bool(begins or (gap and not goes_on))


def with_bracket(around: Around, part: Part) -> Part | None:
    """A part with the bracket behind it, or with the number that this begins with; None where it is not its own."""
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
    if part.number and whole and all(one.number == part.number.number for one in inside):
        return replace(part, end=close + 1)
    if part.number or not direct or _is_of_several(around, part, inside):
        return None
    own = whole and (len(inside) == 1 or _amends(around, inside[1:]))
    return replace(part, end=close + 1 if own else inside[0].end, number=inside[0])


def _is_of_several(around: Around, part: Part, inside: Sequence[Printed]) -> bool:
    """Whether a bracket holds the numbers of several titles, the last right before it: 《…》和《…》（1号、2号）."""
    beside = wording("title", "beside").search(around.words, 0, part.start)
    codes = [one for one in inside if one.kind == "docnum"]
    return len(codes) > 1 and beside is not None


def _amends(around: Around, numbers: Sequence[Printed]) -> bool:
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


def _announced(around: Around, part: Part, close: int) -> Part | None:
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


def _with_number(around: Around, part: Part) -> Part | None:
    """A number that follows a title without bracket, perhaps after its issuers; in a bracket only after them."""
    following = None if part.number else around.following(part.end)
    if following is None or following.inherits or following.kind == "case":
        return None
    stop = following.start - around.words.endswith(("(", "〈"), part.end, following.start)
    between = around.words[part.end : stop]
    joined = between.startswith(("、", "和", "与", "及")) or issuers_end(between) != len(between)
    joined = joined and not _is_promulgated(around, between, following)
    joined = joined and not wording("title", "number-label").fullmatch(between)
    if (between and joined) or around.words.startswith("》", following.end) or _is_apart(around, part, following):
        return None
    if stop == following.start:
        return replace(part, end=following.end, number=following)
    if around.words[stop] == "〈":
        own = not between and around.words.startswith("〉", following.end)
        return replace(part, end=following.end + 1, number=following) if own else None
    close = around.bracket_end(stop)
    own = around.is_own(stop + 1, close, [following])
    return replace(part, end=close + 1 if own else following.end, number=following) if between else None


def _behind_comma(around: Around, part: Part) -> Part | None:
    """A title in 《》 with the number behind a comma, perhaps after its issuers: 《…规划》，国发〔2030〕35号.

    None where the two may be of a list: no number stands before the title, or behind the number; nor where the number
    is one of another place than the title.
    """
    words, number = around.words, around.following(part.end)
    title = words[part.low : part.high]
    named = part.wanted or wording("title", "typed").search(title)
    wanted = named and not (part.number or part.article or part.informal)
    if number is None or not wanted or not words.startswith(",", part.end) or number.kind in ("case", "standard"):
        return None
    between = words[part.end + 1 : number.start]
    if issuers_end(between) != len(between) or _is_listed(around, part, number):
        return None
    return replace(part, end=number.end, number=number) if _is_numbered_so(title, number.number) else None


def _is_listed(around: Around, part: Part, number: Printed) -> bool:
    """Whether a title and a number behind it may be two of a list: titles stand before it, or numbers behind it."""
    words, end = around.words, number.end
    beside = around.following(end)
    between = words[end + 1 : beside.start] if beside and words.startswith((",", "、"), end) else "-"
    further = issuers_end(between) == len(between)
    set_off = end in around.view.breaks or wording("title", "set-off").match(words, end)
    return bool(further or not set_off or wording("title", "listed").search(words, 0, part.start))


def _is_numbered_so(title: str, number: Number) -> bool:
    """Whether a title may be that of a number: an act has that of an order, a known rule that of who made it."""
    coded, known = number.form == "number", law_named(title)
    foreign = known is not None and known.region == CENTRAL and not _is_central(number)
    act = kind_of(title) in ("law", "regulation")
    return not (coded and (act or foreign)) and agrees(title, number)


def agrees(title: str, number: Number) -> bool:
    """Whether a title (flattened, without 《》) and a number are not of two places, so far as both say one."""
    place = region_of(title)
    if number.form == "number":
        read = read_code(number.code)
        where = read.region if read else None
    else:
        where = CENTRAL if pattern("bases", "central").search(number.code) else region_of(number.code)
    return not _is_of_state(title, number) and (None in (place, where) or place == where)


def _is_promulgated(around: Around, between: str, number: Printed) -> bool:
    """Whether a title is said to have been made known by an order: 《…条例》由国务院令第588号公布."""
    made_known = wording("orders", "made-known").match(around.words, number.end)
    return number.kind == "decree" and bool(made_known and wording("orders", "by").fullmatch(between))


def _is_apart(around: Around, part: Part, number: Printed) -> bool:
    """Whether a number after a title is not its own.

    A law has none but an order's, a regulation none set off by whitespace. Such a number belongs to the title that
    follows it, or to none where another number stands before the title and a line ends, or a notice follows.
    """
    if _is_law(around, part, number):
        return True
    if number.start not in around.view.gaps:
        return False
    if number.kind == "docnum" and kind_of(around.words[part.low : part.high]) == "regulation":
        return True
    if number.start in around.view.breaks and _is_of_state(around.words[part.low : part.high], number.number):
        return True
    before = around.preceding(part.start)
    set_off = number.start in around.view.breaks or wording("unquoted", "notice-start").match(around.words, number.end)
    led = set_off and before and leads(around, before, part)
    return bool(led) or around.words.startswith("《", number.end)


def _is_of_state(title: str, number: Number) -> bool:
    """Whether a title names the whole country and a number's code no central body: they are of two documents."""
    return number.form == "number" and bool(wording("title", "of-state").match(title)) and not _is_central(number)


def _is_central(number: Number) -> bool:
    """Whether a number's code is that of a central body."""
    read = read_code(number.code)
    return read is not None and read.region == CENTRAL


def _is_law(around: Around, part: Part, number: Printed) -> bool:
    """Whether a title is that of a law, and the number that of a document."""
    return number.kind == "docnum" and kind_of(around.words[part.low : part.high]) == "law"


def leads(around: Around, number: Printed, part: Part) -> bool:
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


def bracketed(words: str, number: Printed) -> bool:
    """Whether a number stands alone in brackets."""
    return words.endswith("(", 0, number.start) and words.startswith(")", number.end)


def renames(words: str, start: int) -> bool:
    """Whether a title or a name is only said to be short for another (以下简称《办法》)."""
    return bool(wording("title", "short-for").search(words, max(0, start - 8), start))


def issuers_of(view: View, part: Part) -> tuple[str, ...]:
    """The issuers before a citation, else those at the beginning of its title, else between title and number.

    Who forwards a title that has no number, or that of a central body, did not issue it.
    """
    central = part.number is None or _is_central(part.number.number)
    forwarded = central and _FORWARDED.search(view.words, max(0, part.start - 3), part.start)
    before = () if forwarded else issuers_before(view, part.start)
    if before or not part.high:
        return before
    title = view.words[part.low : part.high]
    about = _ABOUT.search(title)
    if named := named_issuers(title[: about.start()].rstrip("〈《<")) if about else ():
        return named
    if part.number is None:
        return ()
    return issuers_before(view, max(part.low, part.number.start), min(part.high, part.number.end))
