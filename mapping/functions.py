"""Printed names of functional classes, one in another (类, 款, 项) or alone, to their codes."""

from __future__ import annotations

import re
from functools import lru_cache

from mapping.classes import codes_of, names

_NAME = "(?P<{name}>(?:[^，。；：、（）.．\\d]|（[^（）类款项\\d]{{1,6}}）){{2,40}})"
_LEVEL = _NAME + "（(?:(?P<{name}code>\\d{{2,3}})?{level})）"
_LABELS = re.compile(
    _LEVEL.format(name="top", level="类")
    + "(?:"
    + _LEVEL.format(name="mid", level="款")
    + "(?:"
    + _LEVEL.format(name="low", level="项")
    + ")?)?"
)
# A level that the pattern above did not reach: then the class is not known.
_UNREAD = re.compile("[^，。；：]{0,40}（(?:\\d\\d)?[款项]）")
_QUOTED = re.compile("“([^“]*)“")
_ENDS = ("", "支出", "缴费支出", "经费支出")
_LENGTHS = {"top": 3, "mid": 5, "low": 7}


def class_in(text: str) -> tuple[str | None, int, int] | None:
    """Code (None when unknown) and place of the last class that `text` names as 类, 款 and 项 within each other."""
    found = next(iter(reversed(list(_LABELS.finditer(text)))), None)
    if found is None or _gone(text[found.end() :]):
        return None
    if _UNREAD.match(text, found.end()):
        return None, found.start(), found.end()
    code = _resolve(tuple((found[name], found[f"{name}code"]) for name in _LENGTHS))
    return code, found.start(), found.end()


def _gone(after: str) -> bool:
    """Whether the text has left the class that it named: two sentences on."""
    return after.strip("。").count("。") > 2


@lru_cache(maxsize=1 << 12)
def _resolve(labels: tuple[tuple[str | None, str | None], ...]) -> str | None:
    """The code of nested labels, each with the part of the code printed in its brackets."""
    code = ""
    for (label, printed), length in zip(labels, _LENGTHS.values(), strict=True):
        if label is None:
            break
        within = code + printed if printed and len(code + printed) == length else None
        found = within if within in names("functional") else _within(code, _QUOTED.sub(r"“\1”", label), length)
        if found is None:
            return None
        code = found
    return code or None


def _within(outer: str, label: str, length: int) -> str | None:
    """The code below `outer` that goes by `label`: exactly, with 支出 behind, or as the only name it abbreviates."""
    for end in _ENDS:
        fit = [code for code in codes_of("functional", label + end) if len(code) == length and code.startswith(outer)]
        if len(fit) == 1:
            return fit[0]
    below = {code: said for code, said in names("functional").items() if len(code) == length and code.startswith(outer)}
    for close in (_begins, _abbreviates):
        fit = [code for code, said in below.items() if any(close(label, name) for name in said)]
        if len(fit) == 1:
            return fit[0]
    return None


def _begins(label: str, name: str) -> bool:
    return name.startswith(label) or label.startswith(name)


def _abbreviates(label: str, name: str) -> bool:
    """Whether the characters of a label stand in a name in order (群团事务 in 群众团体事务)."""
    rest = iter(name)
    return len(label) >= 4 and all(one in rest for one in label)


@lru_cache(maxsize=1 << 12)
def class_labelled(label: str) -> str | None:
    """The code of the 类, or the only class, that a printed label names; None when it names none or several."""
    codes = codes_of("functional", label) or (codes_of("functional", label + "支出") if label.endswith("类") else ())
    tops = [code for code in codes if len(code) == 3]
    if tops or len(codes) == 1:
        return (tops or list(codes))[0]
    return None
