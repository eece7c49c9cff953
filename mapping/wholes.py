"""Canonical facts that must fit together across tables, and tables that must hold every class of another.

What stands here is comparable; whether it agrees is left to `shapes/audit`. A tie between cells of one table is left to
the sums of that table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mapping.figures import Figure
from mapping.keys import UNKNOWN, Key
from mapping.lexicon import load
from mapping.recognise import Recognised

_INCLUDING = "including"
_ALL, _FISCAL = "all", "fiscal-appropriation"
_OF_THE_TREASURY = frozenset({"general-public", "government-fund", "state-capital"})
# Digits of the functional classes that others divide (类, 款), how many a level adds, how many classes must be divided.
_DIVIDED = (3, 5)
_STEP = 2
_SOME = 2

Keys = Mapping[int, Key]


@dataclass(frozen=True, slots=True)
class Share:
    """That `whole` is made up by `part`, with others, or equals it; `name` is the property that says so."""

    name: str
    whole: Key
    part: Key


@dataclass(frozen=True, slots=True)
class Undivided:
    """That nothing in its table divides the class of an amount, and a class below it in another table."""

    figure: Figure
    part: Figure


@dataclass(frozen=True, slots=True)
class Expected:
    """That the class of an amount must be printed in another table, too."""

    figure: Figure
    table: Recognised


def wholes(figures: Sequence[Figure], keys: Keys) -> list[Share]:
    """The parts of facts among those that figures state, each with its whole; `keys` are by the figures' `id`."""
    printed: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        key = keys.get(id(figure))
        if key and figure.unit and key.project is None:
            printed[key].append(figure)
    tied = {(key, keys.get(id(part))) for key, stating in printed.items() for one in stating for part in _summed(one)}
    return [
        one
        for entry in load("wholes")
        for one in (_of_class(entry, printed) if "economic" in entry else _of_entry(entry, printed, tied))
    ]


def _summed(figure: Figure) -> Iterator[Figure]:
    yield from figure.sum_of_rows
    yield from figure.sum_of_columns


def _of_entry(
    entry: Mapping[str, Any], printed: Mapping[Key, Sequence[Figure]], tied: set[tuple[Key, Key | None]]
) -> Iterator[Share]:
    groups: dict[tuple[object, ...], list[Key]] = defaultdict(list)
    for key in printed:
        if key.measure in entry["parts"] and key.fund_scope in entry.get("part-funds", [key.fund_scope]):
            groups[_sameness(key, entry["same"])].append(key)
    classes = tuple(entry.get("unless-classes", ()))
    others = (key for key in printed if key.measure in entry.get("unless", ()) or (key.functional or "")[:3] in classes)
    unless = [key for key in others if _is_nonzero(printed[key])]
    besides = {(key.entity, key.year) for key in unless}  # what the parts leave out of a whole
    for whole in printed:
        if whole.measure not in entry["whole"] or not _is_whole(whole, entry):
            continue
        parts = [part for part in groups[_sameness(whole, entry["same"])] if _is_part(part, entry)]
        if "inside" in entry:
            parts = [part for part in parts if _is_inside(part, whole, entry["inside"]) and (whole, part) not in tied]
        if (whole.entity, whole.year) not in besides and not any((whole, part) in tied for part in parts):
            yield from (Share(entry["name"], whole, part) for part in parts)


def _of_class(entry: Mapping[str, Any], printed: Mapping[Key, Sequence[Figure]]) -> Iterator[Share]:
    """The facts of an economic class inside those of a measure that is all of it."""
    parts = [key for key in printed if key.measure in entry["parts"] and key.economic in entry["economic"]]
    for whole in (key for key in printed if key.measure in entry["whole"] and not key.classes):
        funds = {whole.fund_scope, *entry["inside"].get(whole.fund_scope, ())} - {UNKNOWN}
        inside = (part for part in parts if part.functional is None and part.fund_scope in funds)
        yield from (Share(entry["name"], whole, part) for part in inside if _sameness(part, ()) == _sameness(whole, ()))


def _sameness(key: Key, names: Sequence[str]) -> tuple[object, ...]:
    return (key.entity, key.level, key.year, key.phase, *(getattr(key, name) for name in names))


def _is_whole(key: Key, entry: Mapping[str, Any]) -> bool:
    """Whether a fact can be a whole: its fund is known, and so is what a total says of carried-over money."""
    totals = entry["name"] in ("splitsByYear", "balancesWith", "contains")
    known = key.carry_over == _INCLUDING if totals else entry["name"] != "splitsByFund" or key.carry_over != UNKNOWN
    return known and key.fund_scope != UNKNOWN and key.fund_scope in entry.get("of-fund", [key.fund_scope])


def _is_part(key: Key, entry: Mapping[str, Any]) -> bool:
    return entry["name"] != "splitsByYear" or key.measure != "expenditure" or key.carry_over == _INCLUDING


def _is_inside(part: Key, whole: Key, inside: Mapping[str, Sequence[str]]) -> bool:
    """Whether a fact is of a fund inside that of the whole, or of the same without money carried over."""
    current = part.fund_scope == whole.fund_scope and part.carry_over == "current"
    return current or part.fund_scope in inside.get(whole.fund_scope, ())


def _is_nonzero(figures: Sequence[Figure]) -> bool:
    return any(figure.printed.value != 0 for figure in figures)


# --- classes ---


def expect_classes(figures: Sequence[Figure], keys: Keys, cut: frozenset[int]) -> list[Expected]:
    """The functional classes with an amount in one table that a wider table of expenditure must print as well.

        The wider table is of the same entity, level, year and phase, counts money carried over (or says of it what the
    other says), prints classes of that depth and is not `cut` (tables by `id`). A row of the same name without a known
        class may be the class.
    """
    keyed = [(figure, key) for figure in figures if (key := keys.get(id(figure))) and _is_class(key)]
    labels: dict[int, set[str]] = defaultdict(set)
    for figure in figures:
        labels[id(figure.table)].add(figure.row_label)
    tables: dict[int, _Wide] = {}
    for figure, key in keyed:
        if id(figure.table) not in cut:
            wide = tables.setdefault(id(figure.table), _Wide(figure.table, set(), set()))
            wide.classes.add(str(key.functional))
            wide.scopes.add(replace(key, functional="0" * len(key.functional or "")))
    found: dict[tuple[int, str], Expected] = {}
    for figure, key in sorted(keyed, key=lambda one: not one[0].code):
        others = [wide for wide in tables.values() if wide.table is not figure.table] if figure.printed.value else []
        for wide in _widest(key, others):
            if key.functional in wide.classes or figure.row_label not in labels[id(wide.table)]:
                found.setdefault((id(wide.table), str(key.functional)), Expected(figure, wide.table))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Wide:
    """A table with its functional classes, and the keys of its amounts with only the depth of the class kept."""

    table: Recognised
    classes: set[str]
    scopes: set[Key]


def _widest(key: Key, tables: Sequence[_Wide]) -> list[_Wide]:
    """The tables that must print the class of a fact: one of all funds, one of the treasury, the longest."""
    best: dict[str, _Wide] = {}
    for wide in tables:
        for scope in {one.fund_scope for one in wide.scopes if _holds(one, key)}:
            if scope not in best or len(wide.classes) > len(best[scope].classes):
                best[scope] = wide
    return list(best.values())


def _is_class(key: Key) -> bool:
    known = key.fund_scope in (_ALL, _FISCAL, *_OF_THE_TREASURY)
    return key.measure == "expenditure" and known and [scheme for scheme, _ in key.classes] == ["functional"]


def _holds(other: Key, key: Key) -> bool:
    """Whether a table that prints `other` must print the class of `key`: it is as deep, and wider in scope."""
    same = all(getattr(other, name) == getattr(key, name) for name in ("entity", "level", "year", "phase"))
    deep = len(other.functional or "") == len(key.functional or "")
    wider = other.fund_scope == _ALL != key.fund_scope
    wider = wider or (other.fund_scope == _FISCAL and key.fund_scope in _OF_THE_TREASURY)
    carried = other.carry_over == _INCLUDING or other.carry_over == key.carry_over != UNKNOWN
    return same and deep and wider and carried


def find_undivided(figures: Sequence[Figure], cut: frozenset[int]) -> list[Undivided]:
    """The one class of its length in a table that no row below divides, where another table has a class below it.

    Two others at least are divided, and the class is not in the last row, below which a page may be missing; tables
    that are `cut` (by `id`) are left out.
    """
    tables: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.classes.get("functional") and figure.printed.value > 0:
            tables[id(figure.table)].append(figure)
    printed = {place: {one.classes["functional"]: one for one in reversed(found)} for place, found in tables.items()}
    last = {place: max(one.row for one in found) for place, found in tables.items()}
    return [
        Undivided(whole, part)
        for place, classes in printed.items()
        if place not in cut
        for whole in _undivided(classes)
        if whole.row < last[place]
        for part in _below(whole, [found for other, found in printed.items() if other != place])[:1]
    ]


def _undivided(classes: Mapping[str, Figure]) -> Iterator[Figure]:
    for length in _DIVIDED:
        codes = {code for code in classes if len(code) == length}
        divided = {code[:length] for code in classes if len(code) == length + _STEP} & codes
        if len(divided) >= _SOME and len(codes - divided) == 1:
            yield classes[(codes - divided).pop()]


def _below(whole: Figure, tables: Sequence[Mapping[str, Figure]]) -> list[Figure]:
    own = whole.classes["functional"]
    parts = (part for classes in tables for code, part in classes.items() if code[:-_STEP] == own)
    return [part for part in parts if part.fiscal_year == whole.fiscal_year]
