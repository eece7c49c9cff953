"""The wording of provinces as data: YAML files beside this module, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """What `mapping/data/{name}.yaml` holds."""
    text = (files("mapping") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)  # about ten times as quick as the one in Python


@cache
def lines(name: str) -> tuple[str, ...]:
    """The non-empty lines of `mapping/data/{name}`, without comments."""
    text = (files("mapping") / "data" / name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def compiled(words: str) -> re.Pattern[str]:
    """An expression, compiled once: `re` keeps fewer than there are, and compiles the others anew."""
    return re.compile(words)


def any_of(names: Iterable[str]) -> str:
    """An expression that matches any of some names, the longest first; none where there are none."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"


@cache
def pattern(name: str, *path: str) -> re.Pattern[str]:
    """The expression under `path` of a lexicon; a list is one that matches any of its patterns, an empty one none."""
    entry = load(name)
    for step in path:
        entry = entry[step]
    if isinstance(entry, str):
        return compiled(entry)
    return re.compile("|".join(f"(?:{one})" for one in entry) if entry else r"(?!)")
