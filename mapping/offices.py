"""Names of offices as printed: with a code before them, with 本级 behind them, and what they end in."""

from __future__ import annotations

import re

from mapping.lexicon import load, pattern

_CODED_OFFICE = re.compile(r"[\[【［〔(（]?(?P<code>\d{2,12})[\]】］〕)）]?\s*[-－—_]?\s*(?P<name>\D.*)")


def office_name(words: str) -> str:
    """An office without the code printed before it (021-泽州县总工会)."""
    found = _CODED_OFFICE.fullmatch(words)
    return found["name"] if found else words


def office_code(words: str) -> str | None:
    """The code printed before an office's name, or None."""
    found = _CODED_OFFICE.fullmatch(words)
    return found["code"] if found else None


def own_unit(unit: str) -> str:
    """A unit without the words that only say that its own office is meant, none below it.

    >>> own_unit("云岭县财政局（本级）"), own_unit("云岭县财政局票据中心")
    ('云岭县财政局', '云岭县财政局票据中心')
    """
    return pattern("organisations", "own-level").sub("", unit)


def same_office(one: str, other: str) -> bool:
    """Whether two names are of one office, its own level or the places that it lies in perhaps left out of one.

    >>> same_office("青山省云岭县财政局", "云岭县财政局"), same_office("云岭县财政局", "云岭县财政局票据中心")
    (True, False)
    """
    short, long = sorted((own_unit(one), own_unit(other)), key=len)
    places = long.removesuffix(short)
    return places == "" or (places != long and bool(pattern("organisations", "places-before").fullmatch(places)))


def office_words() -> re.Pattern[str]:
    """What the name of an office ends in."""
    return re.compile(load("roles")["office"] + "$")
