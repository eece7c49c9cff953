"""The findings of the audit as a list of problems: narrowed down, counted, paged, each with the places it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from flask import current_app

from server.ask import Row, ask, ask_about
from server.errors import ParameterError
from server.lists import choices
from server.parameters import one_of, stated_once
from server.passages import Kind, Mark
from server.resource import describe
from server.sparql import evaluator
from server.terms import notations
from server.vocabulary import audit_rules

Made = TypeVar("Made")

MOST_EXPORTED = 5000
"""Findings of one file."""
SEVERITIES = ("violation", "warning", "info")
STATUSES = ("open", "explained", "corrected", "dismissed")
FILTERS = ("severity", "concern", "rule", "unit", "year", "status")

_LAST_PAGE = 100_000
_MOST_COUNTS, _MOST_UNITS, _MOST_PLACES = 20_000, 500, 6000
_BATCH = 250
# Between amounts that are found of one thing: 393.08万元; 2800.19万元.
_BETWEEN_RIVALS = "; "
_SPAN = re.compile(r".*/document/([0-9a-f]{64})/text#char=\d+,\d+", re.DOTALL)
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,500}")
_MEASURED = re.compile(r"([+-]?\d{1,24}(?:\.\d{1,12})?)(.{0,12})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed down to; empty is all."""

    severity: str = ""
    concern: str = ""
    rule: str = ""
    unit: str = ""
    year: str = ""
    status: str = ""
    page: int = 1

    @property
    def stated(self) -> dict[str, str]:
        """Return the filters that are stated, by their names in an address."""
        return {name: value for name in FILTERS if (value := str(getattr(self, name)))}

    @property
    def parameters(self) -> dict[str, str]:
        """Return the same by the names that queries have for them."""
        return {"fiscal_year" if name == "year" else name: value for name, value in self.stated.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """A reading that a finding rests on; `marks` are its characters in the text of the document with this digest.

    `amount`, `low` and `high` are yuan; `role` is focus, part (the focus is a sum of it) or other.
    """

    iri: str
    line: str
    span: str
    digest: str
    quote: str
    printed: str
    unit: str
    amount: str
    low: str
    high: str
    table: str
    table_iri: str
    label: str
    column: str
    clause: str
    role: str
    suspect: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding: its row of a query, and the places it rests on, in the order of the text."""

    row: Row
    places: tuple[Place, ...] = ()

    @property
    def iri(self) -> str:
        """Return the IRI of the finding."""
        return self.row["iri"]

    @property
    def checked(self) -> tuple[Place, ...]:
        """Return the places that print what was found, else those that the finding is of; may be none."""
        found = _measured(self.row["found"].partition(_BETWEEN_RIVALS)[0])
        printing = tuple(each for each in self.places if found and _measured(each.printed + each.unit) == found)
        return printing or tuple(each for each in self.places if each.role == "focus")

    @property
    def rivals(self) -> bool:
        """Return whether several amounts are found, none of which is what was expected."""
        return _BETWEEN_RIVALS in self.row["found"]

    @property
    def first(self) -> Place | None:
        """Return the place to show where there is room for one."""
        return next(iter((*self.checked, *self.places)), None)

    def message(self, language: str) -> str:
        """Return what the finding says."""
        return self.row[f"message_{language}"]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many findings there are, by each filter; of one filter all others are kept to."""

    total: int
    by: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Sum:
    """What parts come to, in yuan, and what is printed for it; `gap` is what rounding does not explain."""

    amount: Decimal
    low: Decimal
    high: Decimal
    gap: Decimal = field(default=Decimal(0))


def read_wanted(fields: Mapping[str, Sequence[str]]) -> Wanted:
    """Return what a request wants; raises `ParameterError` naming what is wrong."""
    for name in fields:
        if name not in (*FILTERS, "page", "lang"):
            raise ParameterError(f"there is no parameter {name!r}; there are {', '.join((*FILTERS, 'page'))}")
    values = {name: value.strip() for name, value in stated_once(fields).items()}
    for name, known in _KNOWN.items():
        if values.get(name) and not (name == "unit" and _is_thing(values[name])):
            names = notations(_CODES[name]) if name in _CODES else {}
            values[name] = one_of(name, values[name], known(), names)
    page = values.get("page") or "1"
    if not re.fullmatch("[1-9][0-9]{0,5}", page) or int(page) > _LAST_PAGE:
        raise ParameterError(f"page is a whole number from 1 to {_LAST_PAGE}")
    return Wanted(**{name: values.get(name, "") for name in FILTERS}, page=int(page))


def count(wanted: Wanted) -> Counted:
    """Return how many findings there are of what is wanted, with one query at most."""
    rows = ask("audit-counts-of-unit", {"unit": wanted.unit}, limit=_MOST_COUNTS) if wanted.unit else every_count()
    names = {each: each for each in ("severity", "concern", "rule", "status")} | {"year": "fiscal_year"}
    kept = {name: value for name, value in wanted.stated.items() if name in names}

    def fits(row: Row, but: str = "") -> bool:
        return all(row[names[name]] == value for name, value in kept.items() if name != but)

    by: dict[str, Counter[str]] = {name: Counter() for name in names}
    for name, column in names.items():
        for row in rows:
            if fits(row, but=name):
                by[name][row[column]] += int(row["findings"])
    return Counted(sum(int(row["findings"]) for row in rows if fits(row)), by)


def every_count() -> list[Row]:
    """Return the findings of the release by severity, concern, rule, status and year, asked once."""
    return kept_once("counts", lambda: ask("audit-counts", {}, limit=_MOST_COUNTS))


def units() -> list[Row]:
    """Return the units with most findings, asked once."""
    return kept_once("units", lambda: ask("audit-units", {}, limit=_MOST_UNITS))


def problems(wanted: Wanted, size: int) -> list[Problem]:
    """Return one page of the findings that are wanted, worst first, with their places."""
    rows = ask("audit-findings", wanted.parameters, limit=size, offset=(wanted.page - 1) * size)
    once = {row["iri"]: row for row in reversed(rows)}
    found = [row for row in rows if once[row["iri"]] is row]
    places: dict[str, tuple[Place, ...]] = {}
    for start in range(0, len(found), _BATCH):
        places |= places_of([row["iri"] for row in found[start : start + _BATCH]])
    return [Problem(row, places.get(row["iri"], ())) for row in found]


def problem(iri: str) -> Problem | None:
    """Return one finding, whatever it follows from, with its places; None where there is no such."""
    rows = ask("audit-finding", {"iri": iri}, limit=1)
    return Problem(rows[0], places_of([iri]).get(iri, ())) if rows else None


def places_of(findings: Sequence[str]) -> dict[str, tuple[Place, ...]]:
    """Return the places of some findings, in the order of the text."""
    if not findings:
        return {}
    found: dict[str, dict[str, list[Row]]] = {}
    for row in ask_about("audit-places", "finding", findings, limit=_MOST_PLACES):
        found.setdefault(row["finding"], {}).setdefault(row["iri"], []).append(row)
    return {finding: tuple(_place(rows) for rows in readings.values()) for finding, readings in found.items()}


def sum_of(places: Iterable[Place]) -> tuple[Place, Sum] | None:
    """Return the printed sum and what its parts come to; None where no sum is tested, or a part has no amount."""
    known = list(places)
    printed = next((each for each in known if each.role == "focus" and each.low and each.high), None)
    parts = [each for each in known if each.role == "part"]
    if printed is None or not parts or not all(each.amount and each.low and each.high for each in parts):
        return None
    amount, low, high = (
        sum((Decimal(getattr(each, name)) for each in parts), Decimal(0)) for name in ("amount", "low", "high")
    )
    gap = max(Decimal(0), Decimal(printed.low) - high, low - Decimal(printed.high))
    return printed, Sum(amount, low, high, gap)


def difference(found: str, expected: str) -> tuple[str, str] | None:
    """Return by how much what was found differs from what was expected, and the unit; None where units differ.

    >>> difference("2621.00万元", "2639.28万元")
    ('-18.28', '万元')
    """
    one, other = _measured(found), _measured(expected)
    if one is None or other is None or one[1] != other[1]:
        return None
    return f"{one[0] - other[0]:f}", one[1]


def kept_once(name: str, make: Callable[[], Made]) -> Made:
    """Return what is made once for a release, which does not change while an application serves it."""
    kept: dict[str, Made] = current_app.extensions.setdefault("yusuan.problems", {})
    if name not in kept:
        kept[name] = make()
    return kept[name]


def _rules() -> dict[str, str]:
    return {each.name: "" for each in audit_rules().values()} | {row["rule"]: "" for row in every_count()}


def _years() -> dict[str, str]:
    stated = [row["fiscal_year"] for row in every_count()] + [row["value"] for row in choices("units")["year"]]
    return {each: "" for each in stated if each}


def _is_thing(iri: str) -> bool:
    """Return whether the release says something of an IRI: that nothing was found in a unit is an answer too."""
    return bool(_IRI.fullmatch(iri)) and describe(evaluator(), iri, 1, for_people=False) is not None


# The code lists of which some filters are, and what each filter may be.
_CODES = {"severity": "severity", "concern": "concern", "rule": "rule", "status": "finding-status"}
_KNOWN: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "severity": lambda: dict.fromkeys(SEVERITIES, ""),
    "concern": lambda: dict.fromkeys(notations("concern").values(), ""),
    "status": lambda: dict.fromkeys(STATUSES, ""),
    "rule": _rules,
    "year": _years,
    "unit": lambda: {row["unit"]: row["unit_label"] for row in units()},
}


def _measured(text: str) -> tuple[Decimal, str] | None:
    """Return the number and the unit of a text that is these two, else None."""
    read = _MEASURED.fullmatch(text)
    return (Decimal(read[1]), read[2].strip()) if read else None


def _place(rows: Sequence[Row]) -> Place:
    """Return a reading of its rows, one for each of its spans."""
    once = list({row["span"]: row for row in rows}.values())
    once.sort(key=lambda row: int(row["start"]))
    first = once[0]
    span = _SPAN.fullmatch(first["span"])
    suspect = first["suspect"] == "true"
    role = "focus" if first["focus"] == "true" else "part" if first["sums"] == "true" else "other"
    kind: Kind = "focus" if role == "focus" else "suspect" if suspect else "other"
    told = ("printed", "unit", "amount", "low", "high", "table", "table_iri", "label", "column", "clause")
    return Place(
        iri=first["iri"],
        line=first["line"],
        span=first["span"],
        digest=span[1] if span else "",
        quote="".join(row["quote"] for row in once),
        **{name: first[name] for name in told},
        role=role,
        suspect=suspect,
        marks=tuple(Mark(int(row["start"]), int(row["end"]), kind) for row in once),
    )
