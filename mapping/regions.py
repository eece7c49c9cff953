"""Names of places to six-digit codes of GB/T 2260."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|县|区|旗|盟|州)$")


@cache
def _names() -> dict[str, str]:
    text = (files("mapping") / "data" / "regions.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for code, name in _names().items():
        codes[name].append(code)
    return {name: tuple(found) for name, found in codes.items()}


@cache
def _any_name() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_codes(), key=len, reverse=True))))


def region_of(name: str) -> str | None:
    """The region that an organisation's name begins with, its most specific level; None when it is not unique.

    A name nested in another narrows it: 山西省…吕梁… is 吕梁市 in 山西省. Names that several provinces bear need such a
    name before them.
    """
    within: str | None = None
    rest = name
    while found := _any_name().match(rest):
        inside = [code for code in _codes()[found[0]] if within is None or _is_in(code, within)]
        if len(inside) != 1:
            break
        within, rest = inside[0], rest[found.end() :]
    return _short_name_in(rest, within) if within and within.endswith("0000") else within


def _short_name_in(rest: str, province: str) -> str:
    """The prefecture of `province` that `rest` mentions without its suffix, else the province."""
    found = {
        code
        for code, name in _names().items()
        if _is_in(code, province) and code.endswith("00") and code != province
        if len(_SUFFIX.sub("", name)) >= 2 and _SUFFIX.sub("", name) in rest
    }
    return found.pop() if len(found) == 1 else province


def _is_in(code: str, region: str) -> bool:
    return code.startswith(region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region)


def region_of_project(code: str) -> str | None:
    """The region that a nation-wide project code begins with (13070024P… is 130700, of 2024)."""
    found = re.match(r"(\d{6})\d{2}[A-Z]", code)
    if found is None:
        return None
    region = found[1]
    return region if region in _names() else None
