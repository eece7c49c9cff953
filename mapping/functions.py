"""Printed names of functional classes, one in another (类, 款, 项) or alone, to their codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mapping.classes import codes_of, names
from mapping.lexicon import pattern
from mapping.likeness import abridges

_NAME = "(?P<name>(?:[^，。；：、（）.．\\d]|（[^（）类款项\\d]{1,6}）){2,40}?)"
# The digits of a level stand before its name, behind it or in its brackets; where they stand before it none need be
# around its word: 208社会保障和就业支出类05行政事业单位养老支出款02…, but not 119家企业获得贷款0.9.
_LEVEL = "(?P<behind>\\d{2,3})?（(?P<inside>\\d{2,3})?[类款项]）"
_BEFORE = "(?<!\\d)(?P<top>2[0-3]\\d)|(?<=[类款）])(?P<below>\\d\\d)"
_BARE = "(?:(?(top)(?<=支出)类|(?!))|(?(below)[款项]|(?!)))(?=\\d|[决预]算)"
LABEL = re.compile(f"(?:(?:{_BEFORE})(?=[\u4e00-\u9fff]))?{_NAME}(?:{_LEVEL}|{_BARE})")
_QUOTED = re.compile("“([^“]*)“")
_ENDS = ("", "支出", "缴费支出", "经费支出")
_CODED = re.compile("(?P<code>\\d{3}(?:\\d\\d){0,2})[-：]?[\u4e00-\u9fff]")
# What encloses the name of a class.
_BESIDE = re.compile("^“|“?(?:(?<=支出)类)?(?:科目)?$")
_REST = "其他"
LENGTHS = {"类": 3, "款": 5, "项": 7}


@dataclass(frozen=True, slots=True)
class _Named:
    """Labels one in another, outermost first, each with the part of the code in its brackets, and their place."""

    labels: Mapping[str, tuple[str, str | None]]
    start: int
    end: int

    def with_label(self, found: re.Match[str]) -> _Named:
        """The labels after one more: it stands in the levels above it and ends those below."""
        level = level_of(found)
        above = {name: label for name, label in self.labels.items() if LENGTHS[name] < LENGTHS[level]}
        start = self.start if found.start() == self.end and above else found.start()
        quoted = _QUOTED.fullmatch(found["name"])
        name = quoted[1] if quoted else found["name"]
        return _Named({**above, level: (name, code_printed(found))}, start, found.end())


def level_of(label: re.Match[str]) -> str:
    """The level, 类, 款 or 项, that a label ends with."""
    return label[0].removesuffix("）")[-1]


def code_printed(label: re.Match[str]) -> str | None:
    """The digits of its level that a label prints."""
    return label["top"] or label["below"] or label["behind"] or label["inside"]


def class_in(text: str) -> tuple[str | None, int, int] | None:
    """Code and place of the last class that `text` names as 类, 款 and 项 within each other.

    The code is None when it is unknown, and where only what is left of the class is told (（类）其他款项).
    A 款 or 项 without the levels above it stands in those named last.

    >>> class_in("“住房保障支出“（类）2023年度决算90万元")
    ('221', 0, 11)
    """
    named = _Named({}, -1, -1)
    for found in LABEL.finditer(text):
        named = named.with_label(found)
    if not named.labels or _gone(text[named.end :]):
        return None
    rest = pattern("statements", "class-others").match(text, named.end)
    return None if rest else _resolve(tuple(named.labels.items())), named.start, named.end


def _gone(after: str) -> bool:
    """Whether the text has left the class that it named: two sentences on."""
    return after.strip("。").count("。") > 2


@lru_cache(maxsize=1 << 12)
def _resolve(labels: tuple[tuple[str, tuple[str, str | None]], ...]) -> str | None:
    """The code of nested labels, each with the part of the code printed in its brackets."""
    code = ""
    for level, (label, printed) in labels:
        length = LENGTHS[level]
        within = code + printed if printed and len(code + printed) == length else None
        found = within if within in names("functional") else _unled(code, _closed(label), length)
        if found is None:
            return None
        code = found
    return code or None


def _closed(label: str) -> str:
    """A label with the quotes that it prints in pairs; not the one that opens before it (“农林水支出（类）…“3万元)."""
    return _QUOTED.sub(r"“\1”", label.removeprefix("“") if label.count("“") % 2 else label)


def _unled(outer: str, label: str, length: int) -> str | None:
    """The code below `outer` of a label, the words that lead to it (用于 …) left off when it is none with them."""
    lead = pattern("statements", "subject-lead").match(label)
    return _within(outer, label, length) or (_within(outer, label[lead.end() :], length) if lead else None)


def _within(outer: str, label: str, length: int) -> str | None:
    """The code below `outer` that goes by `label`: exactly, with 支出 behind, or as the only name it abbreviates."""
    for end in _ENDS:
        fit = [code for code in codes_of("functional", label + end) if len(code) == length and code.startswith(outer)]
        if len(fit) == 1:
            return fit[0]
    if not outer and length > LENGTHS["类"]:
        return None
    below = {code: said for code, said in names("functional").items() if len(code) == length and code.startswith(outer)}
    for close in (_begins, _abbreviates):
        fit = [code for code, said in below.items() if any(close(label, name) for name in said)]
        if len(fit) == 1:
            return fit[0]
    return None


def _begins(label: str, name: str) -> bool:
    return name.startswith(label) or label.startswith(name)


def _abbreviates(label: str, name: str) -> bool:
    """Whether the characters of a label stand in a name in order (群团事务 in 群众团体事务).

    Not in that of what is left of its own class (其他统计信息事务支出).
    """
    rest = name.startswith(_REST) and not label.startswith(_REST)
    return len(label) >= 4 and not rest and abridges(label, name)


@lru_cache(maxsize=1 << 12)
def class_labelled(label: str) -> str | None:
    """The code printed in a label (2010301-行政运行), or of the 类 or only class that it names; else None.

    >>> class_labelled("2010301-行政运行"), class_labelled("“城乡社区支出“科目"), class_labelled("办公支出")
    ('2010301', '212', None)
    """
    label = _BESIDE.sub("", label)
    coded = _CODED.match(label)
    if coded:
        return coded["code"] if coded["code"] in names("functional") else None
    codes = codes_of("functional", label) or (codes_of("functional", label + "支出") if label.endswith("类") else ())
    codes = codes or codes_of("functional", label.replace("与", "和"))
    tops = [code for code in codes if len(code) == 3]
    if tops or len(codes) == 1:
        return (tops or list(codes))[0]
    return None
