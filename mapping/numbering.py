"""Words to the document numbers printed in them: 文号, orders, announcements, standards, cases; where each begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mapping import docnumber
from mapping.codes import code_start, is_lettered, is_place_letter, is_province_letter, letter_start, read_code
from mapping.docnumber import Number
from mapping.flatten import View
from mapping.wording import wording

_HAN = "[\u4e00-\u9fff]"
_YEAR = re.compile(
    rf"(?<!\d){docnumber.YEAR}|(?<=[(〈《]){docnumber.SHORT_YEAR}(?=[)〉》])|(?<!\d)(?:19|20)\d\d(?=\d{{1,4}}号)"
)
# What words before a code may begin with that belongs to the number before them: 号文, 2023年.
_RESIDUE = re.compile(r"(?<=号)文件?|(?<=\d)(?:年度?|月份?|日|元|万元)")
_LONGEST_CODE = 14
_LONGEST_ISSUER = 60
_CHUNK = re.compile(rf"{_HAN}+$")
# Ways to print year and serial, and whether the code before them must be a plausible one.
_WHOLE = (docnumber.DOUBLED, docnumber.BRACKETED)
_TAILS = tuple((re.compile(tail), tail not in _WHOLE) for tail in docnumber.TAILS)
_YEARLESS = re.compile(docnumber.YEARLESS)
_MORE = rf"(?:\((?P<year>{docnumber.YEAR})\))?第?(?P<serial>{docnumber.RANGE})(?P<end>号)?"
_NO_DATE = re.compile(r"[\d.%‰年月日元万亿个人期次届批辑版季章节条款项页倍名户-]|[,，]\d")
_MISREAD = re.compile("[OoIl]")
BRACKET_LOST = "a bracket is lost"


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
    if start is None or not _is_code(view, start, tail, weak):
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


def _reason(tail: re.Match[str], inherits: bool, listed: bool) -> str | None:
    if inherits:
        return "the code is that of the number before it"
    if _MISREAD.search(tail[0]):
        return "letters read as digits"
    if tail.re.pattern in (docnumber.UNCLOSED, docnumber.UNOPENED):
        return BRACKET_LOST
    return None if tail["end"] or listed else "号 is missing"


def _more(view: View, tail: re.Match[str]) -> list[re.Match[str]]:
    """The further years and serials that share the code: 、2号, 、〔2023〕98号, /5号."""
    found: list[re.Match[str]] = []
    end = tail.end()
    while (one := _next_serial().match(view.words, end)) and docnumber.serial_of(one["serial"]):
        found.append(_bare_serial(view.words, one))
        end = one.end()
    while found and not found[-1]["end"] and not found[-1]["year"]:
        found.pop()
    return found


@cache
def _next_serial() -> re.Pattern[str]:
    return re.compile(rf"{wording('number', 'joint').pattern}(?:{_MORE})")


def _bare_serial(words: str, found: re.Match[str]) -> re.Match[str]:
    """The match without the sign that joins it."""
    bare = _MORE_SHAPE.match(words, found.end(0) - len(found[0]) + len(_joint(found[0])), found.end())
    return bare or found


def _joint(printed: str) -> str:
    joint = wording("number", "joint").match(printed)
    return joint[0] if joint else ""


_MORE_SHAPE = re.compile(_MORE)


def _closes(words: str, tail: re.Match[str], more: list[re.Match[str]]) -> bool:
    """Whether the serial ends: with 号, its own or the last of a list, or in a whole bracketed form without it."""
    if tail["end"] or any(one["end"] for one in more):
        return True
    if tail.re.pattern != docnumber.BRACKETED or not tail["serial"].isdecimal() or len(tail["serial"]) > 4:
        return False
    return not _NO_DATE.match(words[tail.end() : tail.end() + 2])


def _yearless(view: View, tail: re.Match[str]) -> Iterator[Printed]:
    """晋政字第12号, with a code that the lexicon knows."""
    chunk = _CHUNK.search(view.words, max(0, tail.start() - _LONGEST_CODE), tail.start())
    start = code_start(chunk[0]) if chunk else None
    if chunk is None or start is None or wording("number", "no-after").match(view.words[tail.end() :]):
        return
    code = chunk[0][start:]
    number = docnumber.numbered(code, None, tail["serial"])
    if number and not wording("number", "no-code").search(code) and len(number.serial) < 5:
        yield Printed(chunk.start() + start, tail.end(), number)


_FRONTED = re.compile(docnumber.FRONTED)


def _fronted(view: View) -> Iterator[Printed]:
    """（91）财农字第320号: the year stands before the code."""
    for found in _FRONTED.finditer(view.words):
        code = found["code"]
        number = docnumber.numbered(code, found["year"], found["serial"])
        look_alike = wording("number", "no-code").search(code) or wording("number", "case").search(code)
        if number and (read_code(code) or not look_alike) and not _follows_code(view.words, found.start()):
            yield Printed(found.start(), found.end(), number, "the year stands before the code")


def _follows_code(words: str, at: int) -> bool:
    """Whether a code stands right before a year in brackets, which is then that code's."""
    return code_start(words[max(0, at - _LONGEST_CODE) : at]) is not None


# --- where a code begins ---


def find_code(view: View, stop: int, least: int = 0) -> int | None:
    """Where the agency code begins that ends at `stop`, not before `least`; None when none of 2 to 14 characters does.

    A known code counts first; else the words since the last sign, leading word, organ in full or whitespace. A code
    that names no place has the letters of one before it, where nothing else stands there (伊州财社, 师市办发).
    """
    start = _code_start(view, stop, least)
    chunk = None if start is None else _CHUNK.search(view.words, max(least, start - 4), start)
    if start is None or chunk is None or start in view.gaps:
        return start
    low, read = chunk.start(), read_code(view.words[start:stop].rstrip("-"))
    bare = read is not None and not (read.region or read.candidates)
    near = start - low == 1 or (start - low <= 3 and is_place_letter(view.words[low]))
    leads = wording("number", "lead").match(view.words, low) or wording("number", "no-letter").match(view.words, low)
    return low if bare and near and not leads else start


def _code_start(view: View, stop: int, least: int) -> int | None:
    stop -= len(view.words[:stop]) - len(view.words[:stop].rstrip("-"))
    if (bracketed := _bracketed_start(view, stop, least)) is not None:
        return bracketed
    chunk = _CHUNK.search(view.words, max(least, stop - 40), stop)
    if chunk is None:
        return None
    after = _RESIDUE.match(view.words, chunk.start())
    low = after.end() if after else chunk.start()
    if minutes := wording("number", "minutes").search(view.words, low, stop):
        return _without_lead(view, minutes.start(), stop, organs=False)
    start = _without_lead(view, low, stop)
    known = code_start(view.words[low:stop])
    if known is not None:
        return _known_start(view, start, low + known, stop)
    start = _since_gap(view, start, stop)
    start = _lettered_start(view, _after_place(view, start, stop), stop)
    shaped = wording("number", "shape").search(view.words, start, stop) if stop - start > 6 else None
    if shaped and shaped.start() > start + 2:
        start = shaped.start()
    single = view.words[start:stop] in docnumber.SINGLE
    return start if single or 2 <= stop - start <= _LONGEST_CODE else None


def _after_place(view: View, start: int, stop: int) -> int:
    """The place after a body's place before a code that begins with its letter (狮山镇狮府办, 第六师五家渠市师市发)."""
    for found in wording("number", "placed").finditer(view.words, start, stop - 2):
        own = view.words[found.end()] == view.words[found.start()]
        never = stop - found.end() > 2 and wording("number", "never-code-place").search(found[0])
        if found.start() == start and (own or never):
            start = found.end()
    return start


def _lettered_start(view: View, start: int, stop: int) -> int:
    """Where an unknown code begins in words that run into it: at the letter of a province or, after a word, a place."""
    start += letter_start(view.words[start:stop])
    for at in range(start + 2, stop - 2):
        if is_province_letter(view.words[at]) and read_code(view.words[at:stop]):
            return at
    for at in () if is_place_letter(view.words[start]) else range(start + 2, stop - 2):
        if is_place_letter(view.words[at]) and wording("number", "body").fullmatch(view.words, at + 1, stop):
            return at
    return start


def _bracketed_start(view: View, stop: int, least: int) -> int | None:
    """Where a code begins that has an office in brackets: a known one, or one of finance."""
    found = wording("number", "bracketed").search(view.words, max(least, stop - _LONGEST_CODE), stop)
    known = code_start(found[0]) if found else None
    if found and known is not None and known < found[0].index("("):
        letters = 0 < known <= 2 and found.start() not in view.gaps and is_place_letter(found[0][0])
        own = letters and not wording("number", "lead").match(found[0])
        return found.start() + (0 if own else known)
    finance = wording("number", "bracketed-code").search(view.words, max(least, stop - 12), stop)
    return _without_lead(view, finance.start(), stop) if finance else None


def _known_start(view: View, start: int, known: int, stop: int) -> int:
    """Where a code begins of which a known one is the end: at `start`, after the words before it, or at `known`."""
    if start > known and read_code(view.words[start:stop]) and (start in view.gaps or _cuts_word(view, known, stop)):
        return start
    return start if _runs_on(view, start, known, stop) else known


def _cuts_word(view: View, known: int, stop: int) -> bool:
    """Whether a place lies within a leading word (执行教基)."""
    low = max(0, known - 3)
    cuts = wording("number", "lead").finditer(view.words, low, stop)
    return any(cut.start() < known < cut.end() for cut in cuts)


def _runs_on(view: View, start: int, known: int, stop: int) -> bool:
    """Whether a known code is only the end of a longer one (泽发改审字), of the letters of two characters."""
    return (
        0 < known - start <= 2
        and known not in view.gaps
        and not wording("number", "no-letter").match(view.words, start)
        and not is_lettered(view.words[known:stop])
        and bool(wording("number", "shape").fullmatch(view.words, start, stop))
    )


def _without_lead(view: View, start: int, stop: int, *, organs: bool = True) -> int:
    """The place after the last leading word or organ that leaves a code of two characters, or one that is a code.

    A known code after a leading word ends the search, also one that begins with such a word (根据和政发).
    """
    words = view.words
    least = 1 if words[stop - 1 : stop] in docnumber.SINGLE else 2
    opens = start == 0 or words[start - 1] not in "》)号文件"
    for _ in range(8):
        rest = words[start:stop]
        if opens and _starts_code(rest) and read_code(rest):
            break
        cuts = sorted(_cuts(rest, organs))
        kept = [cut for cut in cuts if cut <= len(rest) - least and not (opens and cut == 1 and _starts_code(rest))]
        if not kept:
            break
        known = next((cut for cut in kept if read_code(rest[cut:]) and not _joins(rest, cut)), None)
        if known is not None:
            return start + known
        start += kept[-1]
        opens = False
    return start


def _cuts(rest: str, organs: bool) -> Iterator[int]:
    """Where in `rest` the leading words end, and the organs in full."""
    yield from (cut.end() for cut in wording("number", "lead").finditer(rest))
    if organs:
        yield from (cut.end() for cut in wording("number", "organ").finditer(rest))


def _joins(rest: str, at: int) -> bool:
    """Whether 和 at a place joins two things: it does but behind a basis word."""
    before = re.compile(f"(?:{wording('informal', 'basis').pattern})$")
    return rest[at] in "和与及" and before.search(rest, 0, at) is None


def _starts_code(rest: str) -> bool:
    return bool(wording("number", "starts-code").match(rest))


def _since_gap(view: View, start: int, stop: int) -> int:
    """The place after the last whitespace that parts words from a code, not the letters of a code."""
    for gap in sorted((one for one in view.gaps if start < one < stop), reverse=True):
        before, after = view.words[start:gap], view.words[gap:stop]
        if len(after) > 1 and read_code(after):
            return gap
        parts = len(before) == 1 or len(after) == 1 or after[0] in "办发函字规令"
        if not parts and not (len(before) + len(after) <= 8 and wording("number", "plausible").match(before + "发")):
            return gap
    return start


def _is_code(view: View, start: int, tail: re.Match[str], weak: bool) -> bool:
    words, gaps = view.words, view.gaps
    code = words[start : tail.start()].rstrip("-")
    known = read_code(code) is not None
    label = wording("number", "no-label").search(words, max(0, start - 14), start)
    if label or (not known and wording("number", "no-code").search(code)):
        return False
    if tail.re.pattern == docnumber.BARE and tail.start("serial") not in gaps:
        return False
    strict = weak or not tail["end"] or len(tail["year"]) == 2 or words[tail.start()] in "〈《"
    return known or not strict or bool(wording("number", "plausible").match(code))


# --- cases, standards, orders, announcements ---


_CASE = re.compile(docnumber.CASE)


def _cases(view: View) -> Iterator[Printed]:
    for found in _CASE.finditer(view.words):
        number = docnumber.case_number(found)
        if number:
            yield Printed(found.start(), found.end(), number)


@cache
def _standard() -> re.Pattern[str]:
    prefixes = wording("standard", "prefixes").pattern
    return re.compile(rf"(?P<prefix>{prefixes}){docnumber.STANDARD_SERIAL}")


def _standards(view: View) -> Iterator[Printed]:
    for found in _standard().finditer(view.words):
        number = docnumber.standard_number(found)
        counted = number.year or wording("standard", "yearless").match(number.code)
        if wording("standard", "no-label").search(view.words, max(0, found.start() - 8), found.start()):
            continue
        if counted and _is_edge(view, found.start(), -1) and _is_edge(view, found.end(), 0):
            yield Printed(found.start(), found.end(), number)


def _is_edge(view: View, place: int, beside: int) -> bool:
    """Whether letters and digits end at a place: by whitespace, or by what stands `beside`."""
    outside = view.words[max(0, place + beside) : place + beside + 1]
    return place == 0 or place in view.gaps or not re.match("[A-Za-z0-9-]", outside)


@cache
def _order_shapes() -> tuple[re.Pattern[str], ...]:
    year, serial = docnumber.YEAR, docnumber.SERIAL
    first = rf"(?:\(?(?P<year>{year})(?:年|\)))?第?(?P<serial>{serial})号(?P<kind>令|公告|通告)"
    last = (
        rf"(?P<kind>令|公告|通告)\(?(?:第[一二三四五六七八九十]+届)?\)?"
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


def _order(view: View, found: re.Match[str]) -> Printed | None:
    if wording("number", "no-after").match(view.words[found.end() :]):
        return None
    start = _issuer(view, found.start(), found["kind"] == "令")
    if start is None:
        return None
    read = docnumber.read_order if found["kind"] == "令" else docnumber.read_announcement
    end = found.end() + (found[0].count("(") > found[0].count(")") and view.words.startswith(")", found.end()))
    number = read(view.words[start:end].replace("、", ""))
    if number is None or not (number.year or len(number.code) > 2):
        return None
    return Printed(start, end, number)


def _issuer(view: View, stop: int, order: bool) -> int | None:
    """Where the issuer of an order or announcement begins; `stop` itself when an announcement prints none."""
    chunk = re.compile(rf"(?:{_HAN}|、)+$").search(view.words, max(0, stop - _LONGEST_ISSUER), stop)
    name = chunk[0] if chunk else ""
    if not order and (not name or _no_announcer(name)):
        return None if name else stop
    if chunk is None or not wording("orders", "issuer").search(name):
        return None if order else stop
    start = _organ_start(view.words, chunk.start(), stop)
    state = wording("orders", "state").search(view.words, 0, start)
    return state.start() if state else start


def _no_announcer(name: str) -> bool:
    return bool(wording("orders", "no-announcer").search(name))


def _organ_start(words: str, start: int, stop: int) -> int:
    """Where the organs begin that end at `stop`: after the last leading word, else after the last 、 or whitespace."""
    rest = words[start:stop]
    organs = wording("orders", "organs").search(rest)
    if organs:
        begin = organs.start() + len(organs[0]) - len(organs[0].lstrip("、"))
        return start + begin
    least = 1 if rest.endswith("国") else 2
    cuts = [cut.end() for cut in wording("number", "lead").finditer(rest) if cut.end() <= len(rest) - least]
    return start + max([0, *cuts, rest.rfind("、") + 1])
