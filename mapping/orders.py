"""Words to the numbers in them that have no code: orders, announcements, standards, court cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mapping import docnumber
from mapping.codes import code_start, read_code
from mapping.docnumber import Number
from mapping.flatten import View
from mapping.letters import is_province_letter
from mapping.printed import Printed, is_led, is_thing
from mapping.wording import wording

_CASE = re.compile(docnumber.CASE)
# Names up to a place; the sign of a year or a day before them is none of theirs.
_NAMES = re.compile(r"(?:(?!(?<=\d)[年月日])[\u4e00-\u9fff]|、)+$")
_YEARS_APART = 3
_LONGEST_ISSUER = 60


def find_orders(view: View) -> Iterator[Printed]:
    """The orders, announcements, standards and cases of a view, those of each kind in order."""
    yield from _cases(view)
    yield from _standards(view)
    yield from _orders(view)


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
    first = rf"(?:\(?(?P<year>{year})(?:年|\)))?第?(?P<serial>{serial})(?P<end>号)(?P<kind>令|公告|通告)"
    last = (
        rf"(?P<kind>令|公告|通告)\(?(?:第?[一二三四五六七八九十]+届)?\)?"
        rf"(?:\(?(?P<year>{year})(?:年\)?|\)))?\(?第?(?P<serial>{serial})(?P<end>号|(?<=令第\d\d\d)(?=\)))"
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
        if serial is None or is_thing(view, *found.span("whole")):
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
    number = read(wording("orders", "within").sub("", view.words[body:end]))
    if number is None or not (number.year or len(number.code) > 2) or _is_coded(number.code, found[0]):
        return None
    reason = None if found["end"] else "号 is missing"
    return Printed(start if view.words.endswith("(", 0, start) else body, end, number, reason)


def _is_coded(code: str, printed: str) -> bool:
    """Whether an order of a province has its year in brackets, as other document numbers have (渝府令〔2018〕322号)."""
    return "(" in printed and is_province_letter(code[0]) and read_code(code) is not None


def _issuer(view: View, stop: int, order: bool) -> int | None:
    """Where the issuer of an order or announcement begins; `stop` itself when an announcement prints none.

    The year or the day of an order may stand before its issuer (2018年云岭市人民政府令第1号).
    """
    stop -= order and view.words.endswith("以", 0, stop)
    chunk = _NAMES.search(view.words, max(0, stop - _LONGEST_ISSUER), stop)
    name = chunk[0] if chunk else ""
    if not order and code_start(f"{name}{view.words[stop : stop + 2]}") is not None:
        return None
    if not order and (not name or wording("orders", "no-announcer").search(name)):
        return None if name else stop
    if chunk is None or not wording("orders", "issuer").search(name):
        return stop if not order and is_led(name) else None
    start = _organ_start(view.words, chunk.start(), stop)
    state = wording("orders", "state").search(view.words, 0, start)
    return state.start() if state else start


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
