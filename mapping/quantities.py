"""Running text to the numbers printed in it: exact value, unit and operator; dates, codes and numbering are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from mapping.lexicon import load, pattern

# A character that no pattern knows: it stands for what is no number.
_PUT_OUT = "□"
# 3亿 and 3亿2万 before what the last unit counts (3亿2万5千元).
_ABOVE = r"(?:\d{1,4}亿(?:\d{1,4}万)?|\d{1,4}万)(?=\d{1,4}(?:\.\d+)?(?:[万千百十]+[\u4e00-\u9fff]|元))"
_NUMBER = rf"(?:{_ABOVE})?(?:\d{{1,3}}(?:，\d{{3}})+(?!\d)|\d+)(?:\.\d+)?"
# The further numbers of a row, the last of which prints the unit of all.
_ROW = re.compile(rf"(?:[、和及与]{_NUMBER})*[、和及与](?P<last>{_NUMBER})(?![\d，.])")
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_DIGITS = {one: at for at, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_DIGITS |= {one: at for at, one in enumerate(_FORMAL, 1)}
_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_NUMERAL = f"[一二两三四五六七八九十百千万亿零〇{_FORMAL}拾佰仟]+"
_POINTED = f"{_NUMERAL}(?:点[{''.join(_DIGITS)}]+)?"
_PER_CENT = re.compile(f"百分之(?P<numeral>{_POINTED})")
_SCALED_MONEY = re.compile(f"(?P<numeral>{_NUMERAL}点[{''.join(_DIGITS)}]+)(?P<unit>[万亿]元)")
# 三十余万元, and 百 alone where the word before it says that it is a number (近百万元, 上千元).
_ROUGH_MONEY = re.compile(
    f"(?P<numeral>{_NUMERAL})(?P<more>[余多])(?P<unit>[万亿]?元)"
    "|(?:(?<=[近逾约超破])|(?<=超过)|(?<!以)(?<=上))(?P<round>[十百千])(?P<of>[万亿]?元)"
)
# 三分之一, and half behind what is divided (占一半, 下降近一半).
_PARTS = f"(?P<parts>[二三四五六七八九])分之(?P<taken>{_NUMERAL})|一半|半数"
_FRACTION = re.compile(f"(?<![十百千万亿零〇])(?:(?=[二三四五六七八九])|(?<=[占近约超过了降少的]))(?:{_PARTS})")
# Decimals of a fraction in words.
_PLACES = 3
_NEAR = 12
# How far behind the noun that says it is money a number without 元 may stand.
_BEHIND_NOUN = 40
# Kinds of units whose numbers may limit what is counted.
_LIMITS = ("money", "ratio", "area", "duration")
# Units of scores, of which a range is a grade: two numbers, not one.
_GRADED = ("分",)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A printed number in a text: `start` to `end` is the number alone, `stop` where its unit ends.

    `kind` says what the unit counts (mapping/data/units.yaml), `measure` what such numbers are of when no term says so.
    `low` and `high` are those of a printed range, whose `value` is the lower. `limits` tells a threshold.
    """

    start: int
    end: int
    stop: int
    value: Decimal
    decimals: int
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    kind: str
    measure: str
    operator: str
    limits: bool


def find_quantities(text: str) -> tuple[PrintedNumber, ...]:
    """The numbers of a text (as `passages.unify` makes it) that count something, in order."""
    if not re.search(r"\d|[名人户辆台家个所位元条倍番成半]|分之", text):
        return ()
    shown = pattern("units", "inert").sub(lambda found: _PUT_OUT * len(found[0]), text)
    arabic = [one for found in _printed().finditer(shown) for one in _read(shown, found)]
    taken = {at for one in arabic for at in range(one.start, one.stop)}
    chinese = [one for one in _numerals(shown) if not taken & set(range(one.start, one.stop))]
    return tuple(sorted([*arabic, *chinese], key=lambda one: one.start))


@cache
def _printed() -> re.Pattern[str]:
    words = load("units")
    unit = _unit_pattern()
    more, scale = words["more"], words["scale"]
    tail = f"(?P<more>{more})?(?P<scale>{scale})??(?P<extra>{more})?(?P<unit>{unit})(?P<rest>{words['composite']})?"
    same = "|".join(rf"{one}(?=[-~至到]\d[\d.]*{one}元)" for one in "万亿")  # 5亿-10亿元
    first = f"(?:(?:{scale})??(?:{unit})|{same})?(?:（不?含）)?"
    closed = f"(?P<closed>{words['in-brackets']})?"
    return re.compile(
        rf"(?<![\dA-Za-z.×+]){closed}(?P<low>(?:(?:(?<=[为率是长额：加少降低（余差])|(?<=周转金)|(?<=调节基金)|(?<=[%点][、和及])|(?<=[省市县区州盟旗])(?=-\d+(?:\.\d+)?%)|(?:(?<=收入)|(?<=支出)|(?<=补助)|(?<=返还))(?=-\d[\d.，]*[万亿]?元))-)?{_NUMBER})"
        rf"(?:(?P<first>{first})[-~至到](?P<high>{_NUMBER}))?(?![\d])(?:(?(closed)）){tail})?"
    )


@cache
def _unit_pattern() -> str:
    listed = []
    for entry in load("units")["units"]:
        unless = f"(?!{entry['unless']})" if "unless" in entry else ""
        listed += [(len(re.sub(r"\(.*", "", word)), word + unless) for word in entry["words"]]
    return "|".join(word for _, word in sorted(listed, key=lambda one: -one[0]))


@cache
def _entries() -> dict[str, tuple[str, str]]:
    """Kind and measure of each unit."""
    return {
        re.sub(r"\(.*", "", word): (entry["kind"], entry["measure"])
        for entry in load("units")["units"]
        for word in entry["words"]
    }


def _read(text: str, found: re.Match[str]) -> Iterator[PrintedNumber]:
    if found["high"] and found["unit"] in _GRADED:
        yield from _grade(text, found)
    elif found["high"] and not _is_range(found):
        yield from _halves(text, found)
    elif found["unit"]:
        yield _quantity(text, found)
    elif not found["high"] and (shared := _of_shared_unit(text, found)):
        yield shared
    elif not found["high"] and _is_bare(text, found):
        yield _bare(text, found)
    elif not found["high"]:
        yield from _bare_money(text, found)


def _of_shared_unit(text: str, found: re.Match[str]) -> PrintedNumber | None:
    """One of several amounts or rates whose unit only the last prints (分别提高2、1.5和3个百分点); None elsewhere."""
    row = _ROW.match(text, found.end())
    last = _printed().match(text, row.start("last")) if row else None
    apart = re.search(r"分别[^，。；：\d]*[\d.、和及与]*$", text[: found.start()])
    if last is None or not apart or not last["unit"] or last["high"]:
        return None
    whole = _quantity(text, last)
    start, end = found.span("low")
    own = replace(whole, start=start, end=end, stop=end, value=_value(found["low"]), decimals=_decimals(found["low"]))
    return own if whole.kind in ("money", "ratio") else None


def _is_range(found: re.Match[str]) -> bool:
    return _value(found["low"]) < _value(found["high"]) and not (found["first"] and "到" in found[0])


def _halves(text: str, found: re.Match[str]) -> Iterator[PrintedNumber]:
    """Two numbers that only look like a range (从280元到320元), each read alone."""
    for start in (found.start("low"), found.start("high")):
        alone = _printed().match(text, start, found.end("first") if start == found.start("low") else found.end())
        if alone:
            yield from _read(text, alone)


def _grade(text: str, found: re.Match[str]) -> Iterator[PrintedNumber]:
    """The two scores between which a grade lies (80（含）-90分), each a number of its own."""
    whole = _quantity(text, found)
    for name in ("low", "high"):
        start, end = found.span(name)
        stop = found.end("first") if name == "low" else found.end()
        value, decimals = _value(found[name]), _decimals(found[name])
        yield replace(whole, start=start, end=end, stop=stop, value=value, decimals=decimals, low=None, high=None)


def _value(printed: str) -> Decimal:
    """The number that digits print, of an amount in several units that in front of the last one."""
    return Decimal(re.split("[亿万]", printed)[-1].replace("，", ""))


def compound(printed: str, unit: str) -> Decimal | None:
    """The number that digits with 亿 and 万 between them are in the unit behind them; None for other words.

    >>> compound("12亿3456", "万元"), compound("3万5", "千元"), compound("12", "元")
    (Decimal('123456'), Decimal('35'), None)
    """
    found = re.fullmatch(r"(?:(?P<hundred>\d+)亿)?(?:(?P<ten>\d+)万)?(?P<last>\d+(?:\.\d+)?)", printed)
    if not found or not (found["hundred"] or found["ten"]):
        return None
    step = _step_of(unit)
    above = int(found["hundred"] or 0) * _GROUPS["亿"] + int(found["ten"] or 0) * _GROUPS["万"]
    return Decimal(above) / step + Decimal(found["last"])


def _step_of(unit: str) -> int:
    """How many one of a unit is: 10,000 of 万元, 1 of 元."""
    scale = pattern("units", "scale").match(unit)
    return numeral("一" + scale[0]) or 1 if scale else 1


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _quantity(text: str, found: re.Match[str]) -> PrintedNumber:
    kind, measure = _entries()[found["unit"]]
    unit = (found["scale"] or "") + found["unit"] + (found["rest"] or "")
    low = compound(found["low"], unit) or _value(found["low"])
    ranged = found["high"] is not None
    number = found["high"] or found["low"]
    start, end = found.start("low"), found.end("high") if ranged else found.end("low")
    more = bool(found["more"] or found["extra"])
    operator = ">" if more else "=" if ranged else operator_of(text, start, found.end(), kind)
    return PrintedNumber(
        start=start,
        end=end,
        stop=found.end(),
        value=low,
        decimals=_decimals(number),
        low=low if ranged else None,
        high=_value(found["high"]) if ranged else None,
        unit=unit,
        kind=kind,
        measure=measure,
        operator=operator,
        limits=kind in _LIMITS and _limits(text, start, found.end(), operator),
    )


def operator_of(text: str, start: int, stop: int, kind: str = "") -> str:
    """The operator that the words before `start` and after `stop` give a number of a kind: one of = ≥ ≤ > < ≈."""
    before, after = text[max(0, start - _NEAR) : start], text[stop : stop + _NEAR]
    for shape_before, shape_after, sign in _operators(kind):
        if shape_before.search(before) or shape_after.search(after):
            return sign
    return "="


@cache
def _operators(kind: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    listed = [one for one in load("units")["operators"] if kind in one.get("kinds", (kind,))]
    return tuple((re.compile(one["before"]), re.compile(one["after"]), one["sign"]) for one in listed)


def _limits(text: str, start: int, stop: int, operator: str) -> bool:
    words = load("units")["threshold"]
    before, after = text[max(0, start - _NEAR) : start], text[stop : stop + 2 * _NEAR]
    if operator in "≥>" and re.search(words["before"], before):
        return True
    return operator not in "=≈" and bool(re.match(words["after"], after))


def _is_bare(text: str, found: re.Match[str]) -> bool:
    words = load("units")["bare"]
    before = text[max(0, found.start() - _NEAR) : found.start()]
    return bool(re.search(words["before"], before) and re.match(words["after"], text[found.end() :]))


def _bare(text: str, found: re.Match[str]) -> PrintedNumber:
    value = _value(found["low"])
    scored = "分" in text[max(0, found.start() - 4) : found.start()]
    persons = pattern("units", "bare", "persons").search(text[max(0, found.start() - _NEAR) : found.start()])
    kind, measure = ("score", "score") if scored else ("persons", "persons") if persons else ("pieces", "pieces")
    start, end = found.span("low")
    return PrintedNumber(start, end, end, value, _decimals(found["low"]), None, None, None, kind, measure, "=", False)


def _bare_money(text: str, found: re.Match[str]) -> Iterator[PrintedNumber]:
    """The amount that a number is whose 元 is left out (公务接待费8万, 其他收入为0): its unit is what is meant."""
    words = load("units")["bare-money"]
    start, end = found.span("low")
    before, value = text[max(0, start - _BEHIND_NOUN) : start], _value(found["low"])
    behind = re.match(words["after"], text[end : end + _NEAR])
    beside = behind and behind["scale"] == "亿" and re.search(words["beside"], text)
    if behind and (beside or re.search(words["before"], before)):
        unit = (behind["scale"] + "元", "money", "money")
        operator = operator_of(text, start, end + 1)
        yield PrintedNumber(start, end, end + 1, value, _decimals(found["low"]), None, None, *unit, operator, False)
    elif not value and re.search(words["none"], before) and re.match(words["none-after"], text[end:]):
        yield PrintedNumber(start, end, end, value, 0, None, None, "元", "money", "money", "=", False)


# --- Chinese numerals ---


@cache
def _classified() -> re.Pattern[str]:
    listed = [f"(?P<u{at}>{one['unit']}){one['follows']}" for at, one in enumerate(load("units")["numerals"]["units"])]
    return re.compile(f"(?P<numeral>{_POINTED})(?:{'|'.join(listed)})")


def _numerals(text: str) -> Iterator[PrintedNumber]:
    words = load("units")["numerals"]
    for found in _classified().finditer(text):
        entry = words["units"][int(str(found.lastgroup)[1:])]
        start, end = found.span("numeral")
        printed = spelled(found["numeral"]) if re.search("[^百千万亿]", found["numeral"]) else None
        named = re.search(words["unless-after"], text[max(0, start - 2) : start])
        if printed and printed[0] >= entry["least"] and not named:
            yield _worded(text, (start, end, found.end()), printed, (entry["unit"], *_entries()[entry["unit"]]))
    for found in _PER_CENT.finditer(text):
        if printed := spelled(found["numeral"]):
            yield _worded(text, (found.start("numeral"), found.end(), found.end()), printed, ("%", "ratio", "rate"))
    for found in _ROUGH_MONEY.finditer(text):
        yield _rough_money(text, found)
    for found in _FRACTION.finditer(text):
        if ends := fraction(found[0]):
            place = (*found.span(), found.end())
            read = _worded(text, place, (ends[1], _PLACES), ("", "ratio", "rate"))
            yield replace(read, unit=None, low=ends[0], high=ends[2])
    for found in _SCALED_MONEY.finditer(text):
        if printed := spelled(found["numeral"]):
            yield _worded(text, (*found.span("numeral"), found.end()), printed, (found["unit"], "money", "money"))


def _worded(
    text: str, place: tuple[int, int, int], printed: tuple[Decimal, int], unit: tuple[str, str, str]
) -> PrintedNumber:
    start, end, stop = place
    operator = operator_of(text, start, stop)
    return PrintedNumber(start, end, stop, *printed, None, None, *unit, operator, False)


def _rough_money(text: str, found: re.Match[str]) -> PrintedNumber:
    """An amount of which a numeral says only what it is more than, or near to."""
    name, unit = ("numeral", "unit") if found["more"] else ("round", "of")
    printed = (Decimal(numeral(found[name]) or 0), 0)
    read = _worded(text, (*found.span(name), found.end()), printed, (found[unit], "money", "money"))
    least = text[max(0, read.start - 1) : read.start] == "上"
    return replace(read, operator=">" if found["more"] else "≥" if least else read.operator)


def fraction(printed: str) -> tuple[Decimal, Decimal, Decimal] | None:
    """The lowest, the very and the highest part of one that words for a fraction mean; None for other words.

    Each of its parts counts like a last decimal: half of one either way.

    >>> [str(one) for one in fraction("三分之一") or ()], fraction("百分之五")
    (['0.167', '0.333', '0.500'], None)
    """
    found = re.fullmatch(_PARTS, printed)
    taken, parts = (numeral(found["taken"]), numeral(found["parts"])) if found and found["parts"] else (1, 2)
    if not found or not taken or not parts or taken >= parts:
        return None
    step = Decimal(1).scaleb(-_PLACES)
    low, value, high = (
        (Decimal(each) / parts / 2).quantize(step) for each in (2 * taken - 1, 2 * taken, 2 * taken + 1)
    )
    return low, value, high


def whole_number(printed: str) -> int:
    """The whole number that digits, with separators or without, or Chinese numerals print; 0 for what is neither.

    >>> whole_number("1,230"), whole_number("十二"), whole_number("一百三十五")
    (1230, 12, 135)
    """
    digits = re.sub("[,，]", "", printed)
    return int(digits) if digits.isdecimal() else numeral(printed) or 0


def spelled(printed: str) -> tuple[Decimal, int] | None:
    """The number that a Chinese numeral is, with the decimals that it says after 点; None when it is none.

    >>> spelled("十二点五"), spelled("零点零八"), spelled("三十"), spelled("点五")
    ((Decimal('12.5'), 1), (Decimal('0.08'), 2), (Decimal('30'), 0), None)
    """
    whole, _, fraction = printed.partition("点")
    value = numeral(whole) if whole else None
    if value is None or any(one not in _DIGITS for one in fraction):
        return None
    digits = "".join(str(_DIGITS[one]) for one in fraction)
    return Decimal(f"{value}.{digits}" if digits else value), len(digits)


def numeral(printed: str) -> int | None:
    """The number that a Chinese numeral is, or None when it is none.

    >>> numeral("三十四"), numeral("两"), numeral("一千零五"), numeral("二百万"), numeral("一一")
    (34, 2, 1005, 2000000, None)
    """
    total = group = 0
    digit: int | None = None
    for one in printed:
        if one in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[one]
        elif one in _STEPS:
            group += (1 if digit is None else digit) * _STEPS[one]
            digit = None
        else:
            group += digit or 0
            if not group:
                return None
            total, group, digit = total + group * _GROUPS[one], 0, None
    return total + group + (digit or 0)
