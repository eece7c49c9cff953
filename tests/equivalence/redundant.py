"""Amounts that a document states at least twice: what the audit finds when one digit of one of them is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from pyoxigraph import Literal, QuerySolutions, Store

from mapping.audit import Result, audit, open_graph
from mapping.errors import SourceError
from tests.equivalence.jobs import graph_of
from tests.equivalence.mutate import other_digit

LOUD = ("violation", "warning")
_AMOUNTS = """PREFIX def: <https://w3id.org/yusuan/def#>
SELECT ?this ?half ?starts ?ends ?multiplier WHERE {
  ?this def:low ?low ; def:high ?high ; def:unitMultiplier ?multiplier .
  OPTIONAL { ?this def:valueStart ?valueStart ; def:valueEnd ?valueEnd }
  OPTIONAL { ?this def:starts ?start ; def:ends ?end }
  BIND((?high - ?low) / 2 AS ?half)
  BIND(STR(COALESCE(?valueStart, ?start)) AS ?starts) BIND(STR(COALESCE(?valueEnd, ?end)) AS ?ends)
}"""
# Groups of amounts that are bound to each other: all claims of a fact, a total with its parts.
_TIES = """PREFIX def: <https://w3id.org/yusuan/def#>
SELECT ?group ?kind ?this WHERE {
  { ?this def:states ?group BIND("fact" AS ?kind) }
  UNION { ?group def:summationOfRows ?this BIND("rows" AS ?kind) }
  UNION { ?group def:summationOfColumns ?this BIND("columns" AS ?kind) }
}"""


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount: its reading, its place in the text, its unit, and the slack of its tightest tie in yuan."""

    reading: str
    start: int
    end: int
    multiplier: Decimal
    slack: Decimal


@dataclass(frozen=True, slots=True)
class Trial:
    """A changed digit: whether it is more than rounding explains, found at all, and found at the changed cell."""

    beyond: bool
    found: bool
    localised: bool
    place: str


def redundant_amounts(store: Store) -> list[Amount]:
    """The amounts of a document that others of it determine."""
    rows = _rows(store, _AMOUNTS)
    halves = {row["this"].value: Decimal(row["half"].value) for row in rows}
    slacks = _slacks(store, halves)
    return [
        Amount(
            reading=row["this"].value,
            start=int(row["starts"].value),
            end=int(row["ends"].value),
            multiplier=Decimal(row["multiplier"].value),
            slack=slacks[row["this"].value],
        )
        for row in rows
        if row["this"].value in slacks and row["starts"].value.isdigit() and row["ends"].value.isdigit()
    ]


def _slacks(store: Store, halves: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What rounding explains at most in the tightest tie of each amount, given half the width of their intervals."""
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows(store, _TIES):
        groups[row["kind"].value, row["group"].value].add(row["this"].value)
    slacks: dict[str, Decimal] = {}
    for (kind, group), members in groups.items():
        tied = members & halves.keys() if kind == "fact" else members | {group}
        if len(tied) < 2 or not tied <= halves.keys():
            continue
        for reading in tied:
            others = [halves[other] for other in tied if other != reading]
            slack = halves[reading] + (min(others) if kind == "fact" else sum(others))
            slacks[reading] = min(slack, slacks.get(reading, slack))
    return slacks


def try_amount(random: Random, text: str) -> Trial | None:
    """One digit of one redundant amount changed; None where the document has none or cannot be read any more."""
    before = open_graph(graph_of(text.encode()))
    amounts = redundant_amounts(before)
    if not amounts:
        return None
    amount = random.choice(amounts)
    printed = text[amount.start : amount.end]
    if not any(sign.isdigit() for sign in printed):
        return None
    changed = other_digit(random, printed)
    moved = abs(_value(changed) - _value(printed)) * amount.multiplier
    try:
        after = open_graph(graph_of(f"{text[: amount.start]}{changed}{text[amount.end :]}".encode()))
    except SourceError:
        return None
    new = _keys(audit(after)).keys() - _keys(audit(before)).keys()
    cells = {cell for _, _, _, cells in new for cell in cells}
    line = text.count("\n", 0, amount.start) + 1
    return Trial(moved > amount.slack, bool(new), amount.reading in cells, f"line {line}: {printed} -> {changed}")


def _keys(results: Iterable[Result]) -> dict[tuple[str, str, str, tuple[str, ...]], Result]:
    return {(one.rule.name, one.focus, one.value, one.cells): one for one in results if one.rule.severity in LOUD}


def _value(printed: str) -> Decimal:
    return Decimal("".join(sign for sign in printed if sign.isdigit() or sign == "."))


def _rows(store: Store, query: str) -> list[dict[str, Literal]]:
    rows = store.query(query)
    if not isinstance(rows, QuerySolutions):
        raise TypeError("no SELECT")
    names = [variable.value for variable in rows.variables]
    return [{name: row[name] for name in names} for row in rows]
