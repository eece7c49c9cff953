"""Titles of a place's own budget or accounts to the government whose money it is.

Each level of government has a budget of its own (预算法 art. 3), so the place and its level name the body, whatever
office reports. Towns and zones, which have no code in GB/T 2260, have none here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from mapping.lexicon import compiled, load, pattern
from mapping.regions import official_names, place_names, place_of


@lru_cache(maxsize=1 << 12)
def is_of_government(title: str) -> bool:
    """Whether a title is that of a government's own budget or accounts.

    >>> is_of_government("某县2024年政府预算公开"), is_of_government("某县水利局2024年部门预算公开")
    (True, False)
    """
    return bool(pattern("describe", "of-government").search(title))


def is_finance_office(name: str) -> bool:
    """Whether a name is that of an office that reports on a government's money, none of which is its own."""
    return bool(pattern("describe", "finance-office").search(name))


def may_own(name: str) -> bool:
    """Whether the money of a place may be the body's own that a name is of: a government's, a town's, a zone's.

    >>> may_own("泽州县人民政府"), may_own("金村镇"), may_own("泽州县财政局"), may_own("泽州县审计局")
    (True, True, False, False)
    """
    return any(pattern("describe", kind).search(name) for kind in ("government-office", "no-government"))


def prints_budgets_of_place(titles: Iterable[str]) -> bool:
    """Whether two tables or more are, by their titles, of the budgets of a place."""
    return len({title for title in titles if pattern("describe", "of-place-tables").search(title)}) > 1


def government(titles: Sequence[str], publisher: str | None, region: str | None) -> str | None:
    """The government of the place that its publisher or a title names, by the place's name in GB/T 2260; else None.

    A name that several places bear is that of the document's `region`; one that no place bears is kept as printed.

    Any other office that publishes (审计局) tells of money that is not its own, and of no government's as a whole.

    >>> government(["关于泽州县2024年财政决算草案的报告"], "泽州县财政局", "140525")
    '泽州县人民政府'
    """
    offices = (pattern("describe", kind) for kind in ("finance-office", "government-office"))
    reporting = next((found for office in offices if (found := office.search(publisher or ""))), None)
    if publisher and not reporting:
        return None
    seat = publisher[: reporting.start()] if publisher and reporting else ""
    named = [seat] if place_of(seat) or _is_lower(seat) else _places(titles)
    place = next(iter(named), None)
    return _body(_official(place, region)) if place and not _is_lower(place) else None


def _is_lower(place: str) -> bool:
    """Whether a place is none that has a government with a code of its own: a town, a zone."""
    return place_of(place) is None and bool(pattern("describe", "no-government").search(place))


def _places(titles: Sequence[str]) -> Iterator[str]:
    """The places that titles name as those whose money it is; a sentence names only those that GB/T 2260 has."""
    for title in titles:
        told = pattern("describe", "told").search(title)
        for shape in map(compiled, load("describe")["governed-place"]):
            named = (one["place"] for one in shape.finditer(title))
            yield from (one for one in named if _is_listed(one) or not (told or _begins_no_place(one)))


def _is_listed(place: str) -> bool:
    """Whether GB/T 2260 has a place, alone or behind those above it."""
    return place in place_names() or place_of(place) is not None


def _begins_no_place(words: str) -> bool:
    return bool(pattern("describe", "no-place").match(words))


def _official(place: str, region: str | None) -> str:
    names = official_names()
    code = place_of(place)
    if code is None and region and place.endswith(names.get(region, "\0")):
        code = region
    return names[code] if code else place


def _body(place: str) -> str:
    bodies = load("describe")["governments"]
    return place + str(next(entry["body"] for entry in bodies if re.search(entry["of"], place)))
