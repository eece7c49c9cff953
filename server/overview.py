"""What stands in a release, for the first page: how much of what, whose, where and when, money by function, the audit.

Everything is asked once for a release; only the units of another 口径 are asked when that is looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from flask import current_app

from server.ask import Row, ask
from server.errors import ParameterError
from server.present import coded
from server.problems import SEVERITIES, Problem, Wanted, every_count, problems
from server.wording import word

Made = TypeVar("Made")

COUNTED = ("documents", "publishers", "tables", "figures", "statements", "projects", "indicators", "legal", "facts")
"""Kinds of things that the first page counts, as the query `overview-counts` names them."""
MOST_UNITS = 60
"""Units that the first page lists."""
MOST_WORST = 5
"""Findings that the first page shows."""

_MOST_DISCLOSURES, _MOST_PLACES, _MOST_MONEY, _MOST_NAMED = 3000, 5000, 20_000, 500
# Of 口径 with equally many units the broadest is shown first.
_BROADEST = ("all", "fiscal-appropriation", "general-public")
_SCOPE_PARTS = ("fund_scope", "carry_over", "phase", "level")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with what it has published: disclosures by year."""

    iri: str
    name: str
    region: str
    disclosures: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its name, with how many units and disclosures there are of it."""

    iri: str
    name: str
    units: int
    disclosures: int


@dataclass(frozen=True, slots=True)
class Scope:
    """The 口径 of a sum: which funds, with carried-over money or not, at which phase, at which level of report."""

    fund_scope: str
    carry_over: str
    phase: str
    level: str

    @property
    def key(self) -> str:
        """Return how an address names it."""
        return ".".join((self.fund_scope, self.carry_over, self.phase, self.level))

    def words(self, language: str) -> str:
        """Return how people call it."""

        def called(code_list: str, notation: str) -> str:
            found = coded(code_list, notation)
            return found.label.get(language, notation) if found else notation

        return word(
            "overview.scope-words",
            language,
            funds=called("fund-source", self.fund_scope),
            carried=called("carry-over", self.carry_over),
            phase=called("phase", self.phase),
            level=called("reporting-level", self.level),
        )


@dataclass(frozen=True, slots=True)
class Money:
    """Expenditure by functional class and year in one 口径, in yuan; what is summed over units is not consolidated."""

    scope: Scope
    years: tuple[str, ...]
    rows: tuple[tuple[str, Mapping[str, str]], ...]
    totals: Mapping[str, str]
    units: Mapping[str, tuple[Row, ...]]
    left_out: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands in the release; `more_units` are not listed, `unknown` disclosures have no known publisher.

    Of these `more_unknown` are not listed. Years that are not known are empty, the last of all.
    """

    counts: Mapping[str, int]
    years: tuple[str, ...]
    documents_of_years: Mapping[str, int]
    regions: tuple[Region, ...]
    units: tuple[Unit, ...]
    more_units: int
    unknown: tuple[Row, ...]
    more_unknown: int
    scopes: tuple[Scope, ...]
    severities: tuple[tuple[str, int], ...]
    worst: tuple[Problem, ...]


def overview() -> Overview:
    """Return what stands in the release."""
    return _kept("overview", _overview)


def money(key: str) -> Money | None:
    """Return the money of the 口径 that an address names, else of the first; None where there is none at all.

    Raises `ParameterError` for a 口径 of which nothing is known.
    """
    scopes = overview().scopes
    if not key and not scopes:
        return None
    scope = scopes[0] if not key else next((each for each in scopes if each.key == key), None)
    if scope is None:
        raise ParameterError("there is no money of this scope: the first page lists those there are")
    return _kept(f"money {scope.key}", lambda: _money(scope))


def _overview() -> Overview:
    counts = {row["kind"]: int(row["things"]) for row in ask("overview-counts", {})}
    places = ask("overview-places", {}, limit=_MOST_PLACES)
    disclosures = ask("overview-units", {}, limit=_MOST_DISCLOSURES)
    units = _units([row for row in disclosures if row["unit"]])
    by_severity: Counter[str] = Counter()
    for row in every_count():
        by_severity[row["severity"]] += int(row["findings"])
    by_year: Counter[str] = Counter()
    for row in places:
        by_year[row["fiscal_year"]] += int(row["documents"])
    shown = units[:MOST_UNITS]
    unknown = [row for row in disclosures if not row["unit"]]
    return Overview(
        counts,
        _unknown_last({year for unit in shown for year in unit.disclosures}),
        {year: by_year[year] for year in _unknown_last(by_year)},
        _regions(places),
        tuple(shown),
        max(counts.get("publishers", 0), len(units)) - len(shown),
        tuple(unknown[:MOST_UNITS]),
        len(unknown[MOST_UNITS:]),
        _scopes(_kept("money", _ask_money)),
        tuple((each, by_severity[each]) for each in SEVERITIES),
        tuple(problems(Wanted(), size=MOST_WORST)) if by_severity.total() else (),
    )


def _unknown_last(years: Iterable[str]) -> tuple[str, ...]:
    """Return years in order, that which is not known, empty, behind all."""
    return tuple(sorted(years, key=lambda year: (not year, year)))


def _units(rows: Sequence[Row]) -> list[Unit]:
    by_unit: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_unit[row["unit"]].append(row)
    return [_unit(iri, found) for iri, found in by_unit.items()]


def _unit(iri: str, rows: Sequence[Row]) -> Unit:
    by_year: defaultdict[str, list[Row]] = defaultdict(list)
    for row in {each["disclosure"]: each for each in rows}.values():
        by_year[row["fiscal_year"]].append(row)
    first = rows[0]
    return Unit(iri, first["unit_label"], first["region_label"], {year: tuple(one) for year, one in by_year.items()})


def _regions(rows: Sequence[Row]) -> tuple[Region, ...]:
    """Return the regions with most disclosures first; a unit may publish in several years, the most of one count."""
    by_region: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["region"]:
            by_region[row["region"], row["region_label"]].append(row)
    found = [
        Region(iri, name, max(int(row["units"]) for row in said), sum(int(row["disclosures"]) for row in said))
        for (iri, name), said in by_region.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.disclosures, each.iri)))


# --- money by function ---


def _ask_money() -> list[Row]:
    return ask("overview-money", {}, limit=_MOST_MONEY)


def _scope(row: Row) -> Scope:
    return Scope(*(row[name] for name in _SCOPE_PARTS))


def _scopes(rows: Sequence[Row]) -> tuple[Scope, ...]:
    """Return every 口径, those with most units and years first."""
    units: defaultdict[Scope, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        of_scope, year = units[_scope(row)], row["fiscal_year"]
        of_scope[year] = max(of_scope[year], int(row["units"]))

    def rank(scope: Scope) -> tuple[int, int, str]:
        known = _BROADEST.index(scope.fund_scope) if scope.fund_scope in _BROADEST else len(_BROADEST)
        return -sum(units[scope].values()), known, scope.key

    return tuple(sorted(units, key=rank))


def _money(scope: Scope) -> Money:
    amounts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    left_out = 0
    for row in _kept("money", _ask_money):
        if _scope(row) == scope:
            amounts[row["class"]][row["fiscal_year"]] = row["amount"]
            totals[row["fiscal_year"]] += Decimal(row["amount"])
            left_out += int(row["left_out"])
    units: defaultdict[str, list[Row]] = defaultdict(list)
    stated = dict(zip(_SCOPE_PARTS, (scope.fund_scope, scope.carry_over, scope.phase, scope.level), strict=True))
    for row in ask("overview-money-units", stated, limit=_MOST_NAMED):
        units[row["fiscal_year"]].append(row)
    return Money(
        scope,
        tuple(sorted(totals)),
        tuple(sorted(amounts.items())),
        {year: f"{total:f}" for year, total in totals.items()},
        {year: tuple(rows) for year, rows in units.items()},
        left_out,
    )


def class_name(code: str, language: str) -> str:
    """Return what a functional class of the national list is called, empty where it has no such."""
    found = coded("functional", code)
    return found.label.get(language) or found.label.get("zh", "") if found else ""


def _kept(name: str, make: Callable[[], Made]) -> Made:
    """Return what is made once for a release, which does not change while an application serves it."""
    kept: dict[str, Made] = current_app.extensions.setdefault("yusuan.overview", {})
    if name not in kept:
        kept[name] = make()
    return kept[name]
