"""Words to the numbers printed in them: 文号, and those that `orders` finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mapping import docnumber
from mapping.codes import code_start, read_code
from mapping.coding import CHUNK, LONGEST_CODE, find_code, may_be_code
from mapping.docnumber import Number
from mapping.flatten import View
from mapping.orders import find_orders
from mapping.printed import Printed, is_led, is_thing
from mapping.wording import wording

_HAN = "[\u4e00-\u9fff]"
_YEAR = re.compile(
    rf"(?<!\d){docnumber.YEAR}|(?<=[(〈《]){docnumber.RECENT_YEAR}(?=[)〉》])|(?<!\d)(?:19|20)\d\d(?=\d{{1,4}}号)"
)
# The code of a number that stands alone on its line: one of two characters may be the end of a longer one.
_OWN_CODE = re.compile(rf"\(?{_HAN}{{3,}}")
# Ways to print year and serial, and whether the code before them must be a plausible one.
_WHOLE = (docnumber.DOUBLED, docnumber.BRACKETED)
_TAILS = tuple((re.compile(tail), tail not in _WHOLE) for tail in docnumber.TAILS)
_YEARLESS = re.compile(docnumber.YEARLESS)
_MORE = rf"(?:\((?P<year>{docnumber.YEAR})\))?第?(?P<serial>{docnumber.RANGE})(?P<end>号)?"
_NO_DATE = re.compile(r"[A-Za-z\d.%‰年月日元万亿个人期次届批辑版季章节条款项页倍名户-]|[,，]\d")
# A serial that is no year, and what may not stand behind it where 号 is missing.
_SHORT_SERIAL = re.compile(r"[1-9]\d{0,2}")
_GOES_ON = re.compile(rf"{_HAN}|[A-Za-z\d.%‰~/-]")
_CALLED = re.compile(rf"文件?[^。;；()]{{1,30}}?[,，](?P<whole>第?(?P<serial>{docnumber.SERIAL})号)文(?![化明物体])")
_HEADLESS = re.compile(
    rf"[^。;；()、,，《》]{{1,20}}[,，](?P<whole>\((?P<year>{docnumber.YEAR})\)第?(?P<serial>{docnumber.SERIAL})号)"
)
_SHARED = "the code is that of the number before it"
_MISREAD = re.compile("[OoIl]")
# Signs that stand for the letters of a place where none is to be named.
_MASKED = ("X", "x", "×", "*", "＊")
_BRACKET_LOST = "a bracket is lost"
_PARTED = "the year stands within the code"


def find_numbers(view: View) -> list[Printed]:
    """The numbers in `view`, in order, none overlapping another."""
    found: list[Printed] = []
    taken = bytearray(len(view.words))
    first = [*find_orders(view), *_fronted(view)]
    for one in [*sorted(first, key=lambda one: (one.start, -one.end)), *_coded(view)]:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            found.append(one)
    return sorted(found, key=lambda one: one.start)


# --- 机关代字〔年份〕序号号 ---


def _coded(view: View) -> Iterator[Printed]:
    last = 0
    for year in _YEAR.finditer(view.words):
        if year.start() < last:
            continue
        for one in _of_year(view, year.start(), last):
            yield one
            last = one.end
            for later in (_called(view, one), _headless(view, one)):
                if later:
                    yield later
                    last = later.end
    for tail in _YEARLESS.finditer(view.words):
        yield from _yearless(view, tail)


def _of_year(view: View, at: int, least: int) -> Iterator[Printed]:
    """The numbers of the year printed at `at`: one, or several after one code."""
    for shape, weak in _TAILS:
        for begin in (at - 3, at - 2, at - 1, at):
            tail = shape.match(view.words, begin) if begin > least else None
            if tail and tail.start("year") == at:
                found = _numbered(view, tail, weak, least)
                if found:
                    yield from found
                    return


def _numbered(view: View, tail: re.Match[str], weak: bool, least: int) -> list[Printed]:
    """The number with this tail and those that go on after it; none when it is a look-alike."""
    words = view.words
    more = _more(view, tail)
    if not _closes(words, tail, more) or _is_of_thing(view, (more or [tail])[-1].end()):
        return []
    start = find_code(view, tail.start(), max(least, _own_line(view, tail)))
    ends = bool(tail["end"] or more)
    if start is None or not _is_code(view, start, tail, weak or not ends):
        return []
    code = words[start : tail.start()].rstrip("-") + tail.groupdict().get("desk", "")
    if wording("number", "case").search(code):
        number = docnumber.numbered(code, tail["year"], tail["serial"])
        return [Printed(start, tail.end(), _as_case(number))] if number else []
    return list(_listed(code, start, tail, more))


def _is_of_thing(view: View, end: int) -> bool:
    """Whether the name of a thing that is numbered stands right behind a serial (18号楼), not behind whitespace."""
    return end not in view.gaps and bool(wording("number", "no-after").match(view.words[end:]))


def _own_line(view: View, tail: re.Match[str]) -> int:
    """Where the line begins that holds nothing but a number, below the title that it is of; 0 where none does.

    The title's last characters are none of the code (…决算草案的议案, 岭北政综〔2030〕5号).
    """
    begin = max((one for one in view.breaks if one < tail.start()), default=0)
    stop = min((one for one in view.breaks if one >= tail.end()), default=len(view.words))
    above = max((one for one in view.breaks if one < begin), default=0)
    alone = stop <= tail.end() + 1 and _OWN_CODE.fullmatch(view.words, begin, tail.start())
    titled = alone and wording("number", "title-line").search(view.words, above, begin)
    return begin if titled else 0


def _as_case(number: Number) -> Number:
    return Number(number.code, number.year, number.serial, "case")


def _listed(code: str, start: int, tail: re.Match[str], more: list[re.Match[str]]) -> Iterator[Printed]:
    year = tail["year"]
    for at, one in enumerate([tail, *more]):
        year = (one["year"] or year) if at else year
        number = docnumber.numbered(code, year, one["serial"])
        if number is None:
            return
        begin = start if at == 0 else one.start()
        yield Printed(begin, one.end(), number, _reason(one, at > 0, bool(more)), at > 0)


def _called(view: View, number: Printed) -> Printed | None:
    """A serial later in the sentence that shares the code, where both are called documents: 27号文…，31号文…."""
    found = _CALLED.match(view.words, number.end)
    serial = docnumber.serial_of(found["serial"]) if found else None
    if found is None or serial is None:
        return None
    shared = Number(number.number.code, number.number.year, serial, number.number.form)
    return Printed(*found.span("whole"), shared, _SHARED, True)


def _headless(view: View, number: Printed) -> Printed | None:
    """A year and a serial behind the next sign of the sentence, which have the code of the number before them.

    由同编办字〔2021〕72号设立，〔2022〕16号更名.
    """
    found = _HEADLESS.match(view.words, number.end)
    shared = docnumber.numbered(number.number.code, found["year"], found["serial"]) if found else None
    if found is None or shared is None or number.number.form != "number":
        return None
    return Printed(*found.span("whole"), shared, _SHARED, True)


def _reason(tail: re.Match[str], inherits: bool, listed: bool) -> str | None:
    if inherits:
        return _SHARED
    if _MISREAD.search(tail[0]):
        return "letters read as digits"
    if tail.re.pattern in (docnumber.UNCLOSED, docnumber.UNOPENED):
        return _BRACKET_LOST
    if tail.re.pattern == docnumber.PARTED:
        return _PARTED
    return None if tail["end"] or listed else "号 is missing"


def _more(view: View, tail: re.Match[str]) -> list[re.Match[str]]:
    """The further years and serials that share the code: 、2号, 、〔2023〕98号, /5号."""
    found: list[re.Match[str]] = []
    end = tail.end()
    while (one := _next_serial().match(view.words, end)) and docnumber.serial_of(one["serial"]):
        found.append(_bare_serial(view.words, one))
        end = one.end()
    while found and not found[-1]["year"] and (not found[-1]["end"] or is_thing(view, *found[-1].span())):
        found.pop()
    return found


@cache
def _next_serial() -> re.Pattern[str]:
    joint = rf"(?:{wording('number', 'gloss').pattern})?{wording('number', 'joint').pattern}"
    return re.compile(rf"(?P<joint>{joint}|(?=\((?:19|20)\d\d\)))(?:{_MORE})")


def _bare_serial(words: str, found: re.Match[str]) -> re.Match[str]:
    """The match without what joins it."""
    return _MORE_SHAPE.match(words, found.end("joint"), found.end()) or found


_MORE_SHAPE = re.compile(_MORE)


def _closes(words: str, tail: re.Match[str], more: list[re.Match[str]]) -> bool:
    """Whether the serial ends: with 号, its own or the last of a list, or in a whole form without it.

    That is one with brackets, or with dashes and nothing behind it (岭政发2018-14；).
    """
    if tail["end"] or any(one["end"] for one in more):
        return True
    if tail.re.pattern == docnumber.DASHED:
        return bool(_SHORT_SERIAL.fullmatch(tail["serial"]) and not _GOES_ON.match(words, tail.end()))
    if tail.re.pattern != docnumber.BRACKETED or not tail["serial"].isdecimal() or len(tail["serial"]) > 4:
        return False
    return not _NO_DATE.match(words[tail.end() : tail.end() + 2])


def _yearless(view: View, tail: re.Match[str]) -> Iterator[Printed]:
    """晋政字第12号, with a code that the lexicon knows."""
    chunk = CHUNK.search(view.words, max(0, tail.start() - LONGEST_CODE), tail.start())
    start = code_start(chunk[0]) if chunk else None
    if chunk is None or start is None or wording("number", "no-after").match(view.words[tail.end() :]):
        return
    code = chunk[0][start:]
    number = docnumber.numbered(code, None, tail["serial"])
    padded = tail["serial"].startswith("00")
    if number and not wording("number", "no-code").search(code) and not padded and len(number.serial) < 5:
        yield Printed(chunk.start() + start, tail.end(), number)


_FRONTED = re.compile(docnumber.FRONTED)


def _fronted(view: View) -> Iterator[Printed]:
    """（91）财农字第320号: the year stands before the code."""
    for found in _FRONTED.finditer(view.words):
        code = found["code"]
        number = docnumber.numbered(code, found["year"], found["serial"])
        worded = code.endswith("字") or view.words[found.end("code")] == "第"
        likely = may_be_code(code, found["serial"]) if worded else read_code(code)
        coded = _follows_code(view.words, found.start()) or _is_labelled(view.words, found.start())
        if number and likely and not coded and (read_code(code) or _begins_number(view.words, found.start())):
            yield Printed(found.start(), found.end(), number, "the year stands before the code")


def _is_labelled(words: str, at: int) -> bool:
    """Whether a label right before `at` says that the number there is none of a document (合同编号)."""
    return bool(wording("number", "no-label").search(words, max(0, at - 14), at))


def _follows_code(words: str, at: int) -> bool:
    """Whether a code stands right before a year in brackets, which is then that code's."""
    return code_start(words[max(0, at - LONGEST_CODE) : at]) is not None


def _begins_number(words: str, at: int) -> bool:
    """Whether an unknown code's year in brackets at `at` stands behind a sign, an issuer in full or a leading word.

    Behind other letters it is theirs (泽财〔2022〕农字6号).
    """
    before = words[max(0, at - LONGEST_CODE) : at]
    ends = any(found.end() == len(before) for found in wording("number", "organ").finditer(before))
    return not CHUNK.search(before) or is_led(before) or ends or bool(wording("orders", "issuer").search(before))


# --- what is a code, and what a look-alike ---


def _is_code(view: View, start: int, tail: re.Match[str], weak: bool) -> bool:
    words, gaps = view.words, view.gaps
    code = words[start : tail.start()].rstrip("-")
    known = read_code(code) is not None
    masked = words[max(0, start - 1) : start] in _MASKED
    if masked or _is_labelled(words, start):
        return False
    if not (_may_be_code(view, start, tail, known) or wording("number", "case").search(code)):
        return False
    if not known and (_is_of_paper(view, start, tail.end()) or _ends_bare(tail)):
        return False
    if tail.re.pattern == docnumber.BARE and tail.start("serial") not in gaps:
        return False
    if not known and re.fullmatch("[12]\\d", tail["year"]):
        return False
    strict = weak or len(tail["year"]) == 2 or words[tail.start()] in "〈《“\"‘'"
    return known or not strict or bool(wording("number", "plausible").match(code))


def _may_be_code(view: View, start: int, tail: re.Match[str], known: bool) -> bool:
    """Whether the words of a code may be one; one that the year parts must be `known`."""
    if tail.re.pattern == docnumber.PARTED and not known:
        return False
    titled = wording("number", "of-title").search(view.words, max(0, start - 16), start)
    titled = titled or wording("number", "before-title").match(view.words, tail.end())
    return may_be_code(view.words[start : tail.start()].rstrip("-"), tail["serial"], titled=bool(titled))


def _ends_bare(tail: re.Match[str]) -> bool:
    """Whether a number in dashes lacks 号, as many that are none do."""
    return tail.re.pattern == docnumber.DASHED and not tail["end"]


def _is_of_paper(view: View, start: int, end: int) -> bool:
    """Whether a number is that of a paper named right before or behind it: a certificate, a report, an award."""
    words = view.words
    before = wording("number", "paper-before").search(words, max(0, start - 24), start)
    stop = min((one for one in view.breaks if one >= end), default=len(words))
    return bool(before or wording("number", "paper-after").match(words[end : min(stop, end + 24)]))
