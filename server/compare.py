"""Comparing one matter between units and years: only values of one kind stand in one table, each with its evidence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flask import Blueprint, Response, current_app, render_template, request

from server.ask import MOST_ROWS, Row, ask
from server.errors import ParameterError
from server.lists import choices
from server.parameters import one_of
from server.release import Release
from server.terms import notations
from server.validators import page_of
from server.wording import chosen_language

compare = Blueprint("compare", __name__)

LONGEST = 60
"""Characters of the words that are looked for."""
OFFERED = 24
"""Measures, and labels of indicators, that the page offers."""

MOST_PICKED = 40
"""Values that a reader puts side by side."""

_NAMES = ("text", "measure", "region", "year")
# What a unit of money is in yuan; what follows it (元/户, 万元/年) stays.
_TIMES = {"百万元": 1_000_000, "亿元": 100_000_000, "万元": 10_000, "千元": 1_000, "元": 1}


@dataclass(frozen=True, slots=True)
class Value:
    """One printed number of a matter: `amount` is it in `unit`, exact (money in yuan); `things` are its readings.

    Readings of both halves of a form that say the same are one value; `scopes` has a notation for each. `key` is what
    a reader picks it by.
    """

    row: Row
    amount: str
    unit: str
    key: str
    things: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Values in one unit, with how many units of government state one; `unit` is empty where a reader mixed them.

    They are `drawn` where they are of one matter, or where a reader chose them: others are beside each other only.
    """

    unit: str
    money: bool
    values: tuple[Value, ...]
    entities: int
    drawn: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Amounts of a measure in one phase, fund scope, carry-over and level, which alone can be compared."""

    phase: str
    fund_scope: str
    carry_over: str
    level: str
    rows: tuple[Row, ...]
    entities: int


@compare.get("/compare")
def compare_values() -> Response:
    """Return the page that compares a matter or a measure; without either, what can be compared."""
    release: Release = current_app.extensions["yusuan.release"]
    return page_of(release.version, _body)


def _body() -> str:
    wanted = {name: "".join(filter(str.isprintable, request.args.get(name, ""))).strip() for name in _NAMES}
    if any(len(value) > LONGEST for value in wanted.values()):
        raise ParameterError(f"words to compare have at most {LONGEST} characters")
    wanted |= _known(wanted)
    picked = _picked()
    numbers = ask("compared-numbers", {"text": wanted["text"]}) if wanted["text"] else []
    facts = ask("compared-facts", {"measure": wanted["measure"]}) if wanted["measure"] and not numbers else []
    rows = numbers or facts
    offered = comparable()
    return render_template(
        "compare.html",
        wanted=wanted,
        asked=bool(wanted["text"] or wanted["measure"]),
        alike=alike(narrowed(numbers, wanted), picked),
        picked=picked,
        facts=fact_groups(narrowed(facts, wanted)),
        regions=sorted({(row["region"], row["place"]) for row in rows if row["region"]}),
        years=sorted({row["year"] for row in rows if row["year"]}),
        shortened=len(rows) == MOST_ROWS,
        measures=[row for row in offered if row["kind"] == "measure"][:OFFERED],
        labels=[row for row in offered if row["kind"] == "indicator"][:OFFERED],
        label=f"label_{chosen_language(request)}",
    )


def _known(wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the measure, region and year that are stated, as the release has them.

    Raises `ParameterError` for one that there is not; that it has no rows is an answer.
    """
    measures = {row["value"]: row["label_zh"] for row in comparable() if row["kind"] == "measure"}
    known = {
        "measure": dict.fromkeys(notations("measure").values(), "") | measures,
        **{name: {row["value"]: row["label"] for row in rows} for name, rows in choices("units").items()},
    }
    names = {"measure": notations("measure")}
    return {
        name: one_of(name, wanted[name], values, names.get(name, {})) for name, values in known.items() if wanted[name]
    }


def comparable() -> list[Row]:
    """Return what can be compared, asked once: a release does not change while it is served."""
    kept = current_app.extensions
    if "yusuan.comparable" not in kept:
        kept["yusuan.comparable"] = ask("comparable", {})
    found: list[Row] = kept["yusuan.comparable"]
    return found


def narrowed(rows: Sequence[Row], wanted: dict[str, str]) -> list[Row]:
    """Return the rows of a region and a year, where these are stated."""
    return [row for row in rows if all(wanted[name] in ("", row[name]) for name in ("region", "year"))]


def alike(rows: Sequence[Row], picked: Collection[str] = ()) -> list[Alike]:
    """Return the values by unit, money first, then those of most units of government; what differs is not merged.

    万元 and 元 are one unit, exactly converted; 元 and 元/户 are two, unless a reader picked both.
    """
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        said = (row["entity"], row["year"], row["matter"], row["project"], row["operator"], row["printed"], row["unit"])
        found.setdefault((*said, "" if row["kind"] == "indicator" else row["thing"]), []).append(row)
    groups: dict[tuple[str, bool], list[Value]] = {}
    for value in map(_value, found.values()):
        money = in_yuan(value.row["unit"])[1] > 0
        if not picked:
            groups.setdefault((value.unit, money), []).append(value)
        elif value.key in picked:
            groups.setdefault(("" if money else value.unit, money), []).append(value)
    made = [_alike(money, values, bool(picked)) for (_, money), values in groups.items()]
    return sorted(made, key=lambda each: (not each.money, -each.entities, -len(each.values), each.unit))


def _alike(money: bool, values: Sequence[Value], chosen: bool) -> Alike:
    units = {each.unit for each in values}
    entities = {each.row["entity"] or each.row["source"] for each in values}
    one_matter = len({each.row["matter"] for each in values}) == 1
    drawn = len(values) > 1 and (chosen or one_matter)
    return Alike(units.pop() if len(units) == 1 else "", money, tuple(values), len(entities), drawn)


def in_yuan(unit: str) -> tuple[str, int]:
    """Return a unit of money as one of 元 and how many of these it is; of other units 0.

    >>> in_yuan("万元/年"), in_yuan("元/户"), in_yuan("户")
    (('元/年', 10000), ('元/户', 1), ('户', 0))
    """
    for name, times in _TIMES.items():
        if unit.startswith(name):
            return f"元{unit.removeprefix(name)}", times
    return unit, 0


def scaled(number: str, times: int) -> str:
    """Return a printed number in the unit of its table, exact and without trailing zeros; nothing where it is none.

    >>> scaled("0.05", 10000), scaled("90", 0), scaled("", 1)
    ('500', '90', '')
    """
    try:
        exact = Decimal(number) * (times or 1)
    except InvalidOperation:
        return ""
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _value(rows: Sequence[Row]) -> Value:
    first = rows[0]
    unit, times = in_yuan(first["unit"])
    things = tuple(row["thing"] for row in rows)
    key = hashlib.blake2b(things[0].encode(), digest_size=5).hexdigest()
    return Value(
        first, scaled(first["number"], times), unit, key, things, tuple(row["scope"] for row in rows if row["scope"])
    )


def _picked() -> list[str]:
    """Return the keys of the values that a reader picked."""
    stated = request.args.getlist("pick")
    if len(stated) > MOST_PICKED or not all(re.fullmatch("[0-9a-f]{10}", each) for each in stated):
        raise ParameterError(f"at most {MOST_PICKED} values are picked, by the keys that the page gives them")
    return stated


def fact_groups(rows: Sequence[Row]) -> list[Facts]:
    """Return the amounts of a measure by what they cover, those of most units first.

    An amount that several facts of a unit and year are, as of versions whose key (口径) is not known whole, is one row.
    """
    found: dict[tuple[str, str, str, str], dict[tuple[str, ...], Row]] = {}
    for row in rows:
        group = found.setdefault((row["phase"], row["fund_scope"], row["carry_over"], row["level"]), {})
        said = (row["entity"], row["year"], row["amount"] or row["fact"], row["low"], row["high"], row["status"])
        group.setdefault(said, row)
    made = [Facts(*key, tuple(group.values()), len({each[0] for each in group})) for key, group in found.items()]
    return sorted(made, key=lambda each: (-each.entities, -len(each.rows), each.phase, each.fund_scope))
