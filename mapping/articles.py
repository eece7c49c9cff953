"""Words after a title or a number to the article they name: 第三十四条第二款, 第三、四条, 第三条和第五条第（二）项."""

from __future__ import annotations

import re
from functools import cache

from mapping.wording import filled, wording


def article_end(words: str, at: int) -> int:
    """Where the article ends that begins at `at`; `at` itself when none does."""
    found = _article().match(words, at)
    return found.end() if found else at


@cache
def _article() -> re.Pattern[str]:
    one = filled(wording("article").pattern)
    item = filled(wording("article-item").pattern)
    chain = rf"(?:{one})(?:{one}|{item})*"
    return re.compile(rf"{chain}(?:(?:{wording('article-joint').pattern}){chain})*")
