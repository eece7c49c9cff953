"""Words to the document numbers printed in them: 文号, orders, announcements, standards, court cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mapping import docnumber
from mapping.codes import code_start, read_code
from mapping.coding import CHUNK, LONGEST_CODE, find_code, may_be_code
from mapping.docnumber import Number
from mapping.flatten import View
from mapping.letters import is_province_letter
from mapping.wording import wording

_HAN = "[\u4e00-\u9fff]"
_YEAR = re.compile(
    rf"(?<!\d){docnumber.YEAR}|(?<=[(〈《]){docnumber.RECENT_YEAR}(?=[)〉》])|(?<!\d)(?:19|20)\d\d(?=\d{{1,4}}号)"
)
_YEARS_APART = 3
_LONGEST_ISSUER = 60
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


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed from `start` to `end` of a view's words.

    `reason` says what was mended to read it (None: nothing). `inherits` tells one that has its code from the number
    before it.
    """

    start: int
    end: int
    number: Number
    reason: str | None = None
    inherits: bool = False

    @property
    def kind(self) -> str:
        """The kind of a citation by this number."""
        if self.number.form in ("order", "announcement"):
            return "decree"
        return "docnum" if self.number.form == "number" else self.number.form


def find_numbers(view: View) -> list[Printed]:
    """The numbers in `view`, in order, none overlapping another."""
    found: list[Printed] = []
    taken = bytearray(len(view.words))
    first = [*_cases(view), *_fronted(view), *_standards(view), *_orders(view)]
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
    if not _closes(words, tail, more) or wording("number", "no-after").match(words[(more or [tail])[-1].end() :]):
        return []
    start = find_code(view, tail.start(), least)
    ends = bool(tail["end"] or more)
    if start is None or not _is_code(view, start, tail, weak or not ends):
        return []
    code = words[start : tail.start()].rstrip("-")
    if wording("number", "case").search(code):
        number = docnumber.numbered(code, tail["year"], tail["serial"])
        return [Printed(start, tail.end(), _as_case(number))] if number else []
    return list(_listed(code, start, tail, more))


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
    return None if tail["end"] or listed else "号 is missing"


def _more(view: View, tail: re.Match[str]) -> list[re.Match[str]]:
    """The further years and serials that share the code: 、2号, 、〔2023〕98号, /5号."""
    found: list[re.Match[str]] = []
    end = tail.end()
    while (one := _next_serial().match(view.words, end)) and docnumber.serial_of(one["serial"]):
        found.append(_bare_serial(view.words, one))
        end = one.end()
    while found and not found[-1]["year"] and (not found[-1]["end"] or _is_thing(view, *found[-1].span())):
        found.pop()
    return found


def _is_thing(view: View, start: int, end: int) -> bool:
    """Whether a further serial is that of a thing, whose name follows (3号楼); after a comma any word may be one."""
    after = view.words[end : end + 4]
    apart = view.words[start - 1] in ",;" and end not in view.gaps
    return bool(wording("number", "no-after").match(after) or (apart and wording("number", "no-further").match(after)))


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
    return not CHUNK.search(before) or _is_led(before) or ends or bool(wording("orders", "issuer").search(before))


# --- what is a code, and what a look-alike ---


def _is_code(view: View, start: int, tail: re.Match[str], weak: bool) -> bool:
    words, gaps = view.words, view.gaps
    code = words[start : tail.start()].rstrip("-")
    known = read_code(code) is not None
    masked = words[max(0, start - 1) : start] in _MASKED
    if masked or _is_labelled(words, start):
        return False
    if not (may_be_code(code, tail["serial"]) or wording("number", "case").search(code)):
        return False
    if not known and (_is_of_paper(view, start, tail.end()) or _ends_bare(tail)):
        return False
    if tail.re.pattern == docnumber.BARE and tail.start("serial") not in gaps:
        return False
    if not known and re.fullmatch("[12]\\d", tail["year"]):
        return False
    strict = weak or len(tail["year"]) == 2 or words[tail.start()] in "〈《“\"‘'"
    return known or not strict or bool(wording("number", "plausible").match(code))


def _ends_bare(tail: re.Match[str]) -> bool:
    """Whether a number in dashes lacks 号, as many that are none do."""
    return tail.re.pattern == docnumber.DASHED and not tail["end"]


def _is_of_paper(view: View, start: int, end: int) -> bool:
    """Whether a number is that of a paper named right before or behind it: a certificate, a report, an award."""
    words = view.words
    before = wording("number", "paper-before").search(words, max(0, start - 24), start)
    stop = min((one for one in view.breaks if one >= end), default=len(words))
    return bool(before or wording("number", "paper-after").match(words[end : min(stop, end + 24)]))


# --- cases, standards, orders, announcements ---


_CASE = re.compile(docnumber.CASE)


def _cases(view: View) -> Iterator[Printed]:
    for found in _CASE.finditer(view.words):
        number = docnumber.case_number(found)
        if number and not wording("number", "contract-label").search(view.words, 0, found.start()):
            yield Printed(found.start(), found.end(), number)


@cache
def _standard() -> re.Pattern[str]:
    prefixes = wording("standard", "prefixes").pattern
    return re.compile(rf"(?P<prefix>{prefixes}){docnumber.STANDARD_SERIAL}")


def _standards(view: View) -> Iterator[Printed]:
    for found in _standard().finditer(view.words):
        number = docnumber.standard_number(found)
        dashed = view.words.startswith("-", found.end("prefix"))
        counted = number.year or (wording("standard", "yearless").match(number.code) and not dashed)
        if wording("standard", "no-label").search(view.words, max(0, found.start() - 8), found.start()):
            continue
        if counted and not _is_span(number) and _is_edge(view, found.start(), -1) and _is_edge(view, found.end(), 0):
            yield Printed(found.start(), found.end(), number)


def _is_span(number: Number) -> bool:
    """Whether serial and year are two years one after the other (WS 2021-2022)."""
    return bool(number.year and number.serial.isdecimal() and 0 <= number.year - int(number.serial) <= _YEARS_APART)


def _is_edge(view: View, place: int, beside: int) -> bool:
    """Whether letters and digits end at a place: by whitespace, or by what stands `beside`."""
    outside = view.words[max(0, place + beside) : place + beside + 1]
    return place == 0 or place in view.gaps or not re.match("[A-Za-z0-9-]", outside)


@cache
def _order_shapes() -> tuple[re.Pattern[str], ...]:
    year, serial = docnumber.YEAR, docnumber.SERIAL
    first = rf"(?:\(?(?P<year>{year})(?:年|\)))?第?(?P<serial>{serial})号(?P<kind>令|公告|通告)"
    last = (
        rf"(?P<kind>令|公告|通告)\(?(?:第?[一二三四五六七八九十]+届)?\)?"
        rf"(?:\(?(?P<year>{year})(?:年\)?|\)))?\(?第?(?P<serial>{serial})号"
    )
    return re.compile(last), re.compile(first)


def _orders(view: View) -> Iterator[Printed]:
    if not re.search("令|公告|通告", view.words):
        return
    for shape in _order_shapes():
        for found in shape.finditer(view.words):
            one = _order(view, found)
            if one:
                yield one
                yield from _further_orders(view, one)


def _further_orders(view: View, order: Printed) -> Iterator[Printed]:
    """The further serials that share the issuer of an order: 财政部令第87号、第94号."""
    code, end = order.number.code, order.end
    while found := _next_order().match(view.words, end):
        serial = docnumber.serial_of(found["serial"])
        if serial is None or _is_thing(view, *found.span("whole")):
            return
        number = Number(code, None, serial, order.number.form)
        yield Printed(found.start("whole"), found.end(), number, "the issuer is that of the number before it", True)
        end = found.end()


@cache
def _next_order() -> re.Pattern[str]:
    return re.compile(rf"{wording('number', 'joint').pattern}(?P<whole>第?(?P<serial>{docnumber.SERIAL})号令?)")


def _order(view: View, found: re.Match[str]) -> Printed | None:
    if wording("number", "no-after").match(view.words[found.end() :]):
        return None
    start = _issuer(view, found.start(), found["kind"] == "令")
    if start is None:
        return None
    read = docnumber.read_order if found["kind"] == "令" else docnumber.read_announcement
    end = found.end() + (found[0].count("(") > found[0].count(")") and view.words.startswith(")", found.end()))
    former = wording("orders", "former").match(view.words, start, found.start())
    body = former.end() if former else start
    number = read(view.words[body:end].replace("、", ""))
    if number is None or not (number.year or len(number.code) > 2) or _is_coded(number.code, found[0]):
        return None
    return Printed(start if view.words.endswith("(", 0, start) else body, end, number)


def _is_coded(code: str, printed: str) -> bool:
    """Whether an order of a province has its year in brackets, as other document numbers have (渝府令〔2018〕322号)."""
    return "(" in printed and is_province_letter(code[0]) and read_code(code) is not None


def _issuer(view: View, stop: int, order: bool) -> int | None:
    """Where the issuer of an order or announcement begins; `stop` itself when an announcement prints none.

    The year or the day of an order may stand before its issuer (2018年云岭市人民政府令第1号).
    """
    chunk = re.compile(rf"(?:(?!(?<=\d)[年月日]){_HAN}|、)+$").search(view.words, max(0, stop - _LONGEST_ISSUER), stop)
    name = chunk[0] if chunk else ""
    if not order and code_start(f"{name}{view.words[stop : stop + 2]}") is not None:
        return None
    if not order and (not name or _no_announcer(name)):
        return None if name else stop
    if chunk is None or not wording("orders", "issuer").search(name):
        return stop if not order and _is_led(name) else None
    start = _organ_start(view.words, chunk.start(), stop)
    state = wording("orders", "state").search(view.words, 0, start)
    return state.start() if state else start


def _is_led(name: str) -> bool:
    """Whether words end in one that leads to a citation."""
    return any(found.end() == len(name) for found in wording("number", "lead").finditer(name))


def _no_announcer(name: str) -> bool:
    return bool(wording("orders", "no-announcer").search(name))


def _organ_start(words: str, start: int, stop: int) -> int:
    """Where the organs begin that end at `stop`: after the last leading word, else after the last 、 or whitespace."""
    rest = words[start:stop]
    if words.endswith("(", 0, start) and not wording("number", "lead").match(rest):
        return start
    organs = wording("orders", "organs").search(rest)
    if organs:
        begin = organs.start() + len(organs[0]) - len(organs[0].lstrip("、"))
        return start + begin
    least = 1 if rest.endswith("国") else 2
    cuts = [cut.end() for cut in wording("number", "lead").finditer(rest) if cut.end() <= len(rest) - least]
    return start + max([0, *cuts, rest.rfind("、") + 1])
