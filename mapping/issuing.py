"""Words before a citation to the bodies that issued the document: 山西省总工会、山西省财政厅《…."""

from __future__ import annotations

import re
from functools import cache

from mapping.flatten import View
from mapping.wording import filled, wording

_BEFORE = 90
# A tax bureau of a place is named after the one of the whole country.
_OF_TAXES = "国家税务总局(?=.{2,12}税务局)"
_JOINED = re.compile("(?:[、,，和与及]|以及|会同|联合)$")


@cache
def _organ() -> re.Pattern[str]:
    listed = rf"(?:中共)?{filled('{national}')}|(?:中共|共青团|{_OF_TAXES})?{filled('{body}')}"
    return re.compile(rf"(?:{listed}|{filled('{campaign-body}')}|{filled('{company}')})$")


def issuers_before(view: View, at: int, least: int = 0) -> tuple[str, ...]:
    """The issuers printed directly before the place `at`, not before `least`, in order; empty where none stands."""
    words = view.words[max(least, at - _BEFORE) : at].rstrip("《(:")
    if basis := list(wording("issuers-after").finditer(words)):
        words = words[basis[-1].end() :]
    return tuple(name for name, _ in _split(_without_verb(words)))


def _without_verb(words: str) -> str:
    """Words without what they end in that says how the bodies before it issued something: 等十部门近日联合印发."""
    for _ in range(2):
        if verb := wording("issuers-verb").search(words):
            words = words[: verb.start()]
    return words


def _split(words: str) -> list[tuple[str, int]]:
    """The organs at the end of `words`, each with its place, in order."""
    found: list[tuple[str, int]] = []
    while organ := _organ().search(words):
        found.append((organ[0], organ.start()))
        words = words[: organ.start()]
        if joined := _JOINED.search(words):
            words = words[: joined.start()]
    return found[::-1]


def issuers_end(words: str) -> int:
    """How many characters at the beginning of `words` are issuers."""
    found = _leading().match(words)
    return found.end() if found else 0


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{filled('{organ}')})+(?:等(?:[一二三四五六七八九十\d]{{1,3}}个?)?(?:部门|单位|部委)(?:联合)?)?"
    )


def named_issuers(words: str) -> tuple[str, ...]:
    """The issuers that `words` name, all of them; empty when `words` hold anything else."""
    found = _split(_without_verb(words))
    return tuple(name for name, _ in found) if found and found[0][1] == 0 else ()
