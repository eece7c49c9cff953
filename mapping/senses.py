"""The label of an indicator to what it says of its target: whether more or less is wanted, and what it counts."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from mapping.amounts import MULTIPLIERS
from mapping.document import fold
from mapping.indicators import Indicator
from mapping.lexicon import load, pattern
from mapping.targets import read_target

_BRACKETED = re.compile(r"[(（][^()（）]{1,6}[)）]$")
NONE = "none"


def read_sense(indicator: Indicator) -> str | None:
    """The notation of `code:sense` that the label says, or None where it says nothing for certain."""
    label, under, kind = _label(indicator), _under(indicator), unit_kind(indicator.printed_unit)
    for entry in _entries("senses"):
        counted = "unit" not in entry or entry["unit"].search(fold(indicator.printed_unit or ""))
        if counted and _matches(entry, label, under) and entry.get("kind") in (None, kind):
            return None if entry["sense"] == NONE else str(entry["sense"])
    return None


def read_kind(indicator: Indicator) -> str | None:
    """The notation of `code:target-kind` of what the label counts, or None.

    None too where a row of execution prints the two amounts that its rate is of, and not the rate.
    """
    actual = read_target(indicator.actual.text) if indicator.actual else None
    amounts = money_unit(indicator.printed_unit) and actual and money_unit(actual.unit)
    if amounts and pattern("appraisals", "execution", "indicator").search(_label(indicator)):
        return None
    return label_kind(_label(indicator), _under(indicator))


def label_kind(label: str, under: str = "") -> str | None:
    """What a label counts; `under` is the words of the levels above it."""
    words = _BRACKETED.sub("", fold(label))
    for entry in _entries("kinds"):
        if _matches(entry, words, under):
            return None if entry["kind"] == NONE else str(entry["kind"])
    return None


def unit_kind(unit: str | None) -> str | None:
    """The notation of `code:target-kind` of what a printed unit counts, or None."""
    words = fold(unit or "")
    found = (entry for entry in _entries("units") if entry["unit"].search(words))
    return next((str(entry["kind"]) for entry in found), None)


def money_unit(unit: str | None) -> str | None:
    """The unit of money that a target is in, by itself or for one of what it pays (元/亩), or None."""
    words = re.split("[/／]", fold(unit or ""), maxsplit=1)[0]
    return words if words in MULTIPLIERS else None


def _label(indicator: Indicator) -> str:
    return _BRACKETED.sub("", indicator.label)


def _under(indicator: Indicator) -> str:
    return "".join(fold(cell.text) for cell in (indicator.level1, indicator.level2) if cell)


def _matches(entry: dict[str, Any], label: str, under: str) -> bool:
    if not label or not entry["label"].search(label):
        return False
    if "not" in entry and entry["not"].search(label):
        return False
    if "not-under" in entry and entry["not-under"].search(under):
        return False
    return "under" not in entry or bool(entry["under"].search(under))


@cache
def _entries(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of a list of the lexicon, patterns compiled."""
    patterns = {"label", "not", "under", "not-under", "unit"}
    return tuple(
        {key: re.compile(value) if key in patterns else value for key, value in entry.items()}
        for entry in load("senses")[name]
    )
