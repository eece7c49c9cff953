"""The patterns of citations (mapping/data/citations.yaml), words in braces filled in, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from mapping.lexicon import load

# Signs that flattened text (mapping/docnumber.py) has in ASCII only.
_FLAT = str.maketrans("，；：！？", ",;:!?")
_BRACED = re.compile(r"\{([a-z][a-z-]*)\}")


@cache
def wording(*path: str) -> re.Pattern[str]:
    """The pattern under `path`; a list is one of its patterns."""
    entry: Any = load("citations")
    for step in path:
        entry = entry[step]
    listed = entry if isinstance(entry, list) else [entry]
    return re.compile("|".join(f"(?:{filled(one)})" for one in listed).translate(_FLAT))


def filled(pattern: str) -> str:
    """`pattern` with the entries of `words` in the place of their names in braces."""
    words: Mapping[str, str] = load("citations")["words"]
    while found := _BRACED.search(pattern):
        pattern = pattern[: found.start()] + words[found[1]] + pattern[found.end() :]
    return pattern
