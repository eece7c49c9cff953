"""What the data and the errors say in English words that are known, in the language of a page."""

from __future__ import annotations

import re
from functools import cache

from server.wording import page_words

_REASONS, _MESSAGES = "reasons.", "messages."
_CASE = re.compile(r"\\\{([a-z]+)\\\}")
# What may stand in a place that is to be filled; the inner part of an error is an error of its own.
_FILLED = {_REASONS: "[^ ]{1,60}", _MESSAGES: ".{0,2000}?"}
_INNER = "inner"


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
        if said := _said(_REASONS, reason):
            return said, "zh-Hans"
        parts = [_said(_REASONS, each) for each in reason.split("; ")]
        if all(parts):
            return "；".join(parts), "zh-Hans"
    return reason, "en"


def message_in(message: str, language: str) -> tuple[str, str]:
    """Return what an error says, in the language of a page with the tag of the language that it is in.

    >>> message_in("year must be one of 2025, 2026, not '2019'", "zh")
    ("参数 year 的值应为 2025, 2026 之一，而不是 '2019'", 'zh-Hans')
    """
    said = _said(_MESSAGES, message) if language == "zh" else ""
    return (said, "zh-Hans") if said else (message, "en")


def _said(page: str, words: str) -> str:
    """Return a single reason or message in Chinese, empty where it is not known."""
    for pattern, chinese in _known(page):
        if found := pattern.fullmatch(words):
            filled = found.groupdict()
            inner = {_INNER: _said(page, filled[_INNER]) or filled[_INNER]} if _INNER in filled else {}
            return chinese.format(**filled | inner)
    return ""


@cache
def _known(page: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    stated = (words for key, words in page_words().items() if key.startswith(page))
    return tuple(
        (re.compile(_CASE.sub(rf"(?P<\1>{_FILLED[page]})", re.escape(english)), re.DOTALL), chinese)
        for chinese, english in stated
    )
