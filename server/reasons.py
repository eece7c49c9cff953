"""Why something is in doubt, in the language of a page: the data say it in English words that are known."""

from __future__ import annotations

import re
from functools import cache

from server.wording import page_words

_PAGE = "reasons."
_CASE = re.compile(r"\\\{([a-z]+)\\\}")


def reason_in(reason: str, language: str) -> tuple[str, str]:
    """Return a reason in the language of a page with the tag of the language that it is in; English where not known.

    >>> reason_in("丙发 is no known agency code; 甲发 differs by one character", "zh")
    ('丙发不是已知的机关代字，甲发与它只差一个字', 'zh-Hans')
    >>> reason_in("a bracket is lost; read as corrected: 甲 → 乙", "zh")
    ('文号缺半个括号；按更正读取：甲 → 乙', 'zh-Hans')
    >>> reason_in("somewhat odd", "zh")
    ('somewhat odd', 'en')
    """
    if language == "zh":
        if said := _said(reason):
            return said, "zh-Hans"
        parts = [_said(each) for each in reason.split("; ")]
        if all(parts):
            return "；".join(parts), "zh-Hans"
    return reason, "en"


def _said(reason: str) -> str:
    """Return a single reason in Chinese, empty where it is not known."""
    for pattern, words in _known():
        if found := pattern.fullmatch(reason):
            return words.format(**found.groupdict())
    return ""


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    stated = (words for key, words in page_words().items() if key.startswith(_PAGE))
    return tuple(
        (re.compile(_CASE.sub(r"(?P<\1>\\S{1,60})", re.escape(english))), chinese) for chinese, english in stated
    )
