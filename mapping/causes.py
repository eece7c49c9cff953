"""Results to causes: where one wrong number breaks several sums, one of the results stands for all of them.

Only results that compare amounts (those with a slack) have causes in common. A cell that several of them rest on is
suspected: it takes the most results first, as whoever checks by hand would look there first. Where tables contradict
each other in many places, no cell is wrong: the tables belong to different budgets, which is one cause, too. What
does not agree between other places and a table in the wrong unit, or amounts in the wrong rows, follows from these
before all else, and so do sums of amounts in the wrong rows, and what is computed from an amount in the wrong unit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, UNIT_PATTERN
from mapping.audit import Result
from mapping.rules import SEVERITIES

_ACROSS = "cross-table"
# So many contradictions between tables, none with a cell in common, are no slips.
_MANY = 4
# The rules that doubt the unit of a whole table, which is a cell of their results, and amounts in the wrong rows.
_SHIFTED = "shifted-figures"
_WIDE = ("table-unit", _SHIFTED)
# The rule of parts that are more than their whole, of another table.
_ABOVE = "part-above-whole"
# The rule that doubts the unit of one amount, its focus.
_SLIP = "unit-slip"
_ORDER = tuple(SEVERITIES.values())


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that does not agree: the result to show, others that follow from it, and the cells all rest on."""

    result: Result
    consequences: tuple[Result, ...]
    suspects: tuple[str, ...]


def find_causes(results: Sequence[Result], tables: Mapping[str, str]) -> list[Cause]:
    """Every result in exactly one cause, worst causes first; `tables` says in which table a cell stands."""
    wide, results = _wide_causes(results, tables)
    slips, results = _slip_causes(results)
    blocks = _blocks([one for one in results if one.rule.concern == _ACROSS], tables)
    taken = {id(one) for block in blocks for one in block}
    rest = [one for one in results if id(one) not in taken]
    said = {
        (one.rule.name, one.message("zh"), tuple(one.cells)): one for one in reversed(rest) if "slack" not in one.said
    }
    alone = [Cause(one, (), ()) for one in reversed(said.values())]
    causes = [_block_cause(block) for block in blocks]
    open_results = [one for one in rest if "slack" in one.said]
    while open_results:
        group = _largest_group(open_results)
        causes.append(_cause(group))
        open_results = [one for one in open_results if not any(one is other for other in group)]
    return sorted([*wide, *slips, *alone, *causes], key=_rank)


def _wide_causes(results: Sequence[Result], tables: Mapping[str, str]) -> tuple[list[Cause], list[Result]]:
    """A cause for each table in the wrong unit or with shifted rows, with what follows; and the results left over."""
    causes: list[Cause] = []
    left = [one for one in results if one.rule.name not in _WIDE]
    for result in (one for one in results if one.rule.name in _WIDE):
        inside = result.rule.name == _SHIFTED
        followed = [one for one in left if _follows(one, set(result.cells), tables, inside=inside)]
        causes.append(Cause(result, tuple(followed), ()))
        left = [one for one in left if not any(one is other for other in followed)]
    return causes, left


def _slip_causes(results: Sequence[Result]) -> tuple[list[Cause], list[Result]]:
    """A cause for each amount in the wrong unit, with what else was computed from it; and the results left over."""
    causes: list[Cause] = []
    left = [one for one in results if one.rule.name != _SLIP]
    for result in (one for one in results if one.rule.name == _SLIP):
        followed = [one for one in left if result.focus in (one.focus, *one.cells)]
        causes.append(Cause(result, tuple(followed), ()))
        left = [one for one in left if not any(one is other for other in followed)]
    return causes, left


def _follows(result: Result, wrong: set[str], tables: Mapping[str, str], *, inside: bool) -> bool:
    """Whether a result compares `wrong` cells, or one of a wrong table, with others: outside of that table or `inside`.

    Percentages do not follow, nor does what is said of tables.
    """
    places = {tables.get(cell) for cell in result.cells}
    of_tables = any(tables.get(cell) == cell for cell in result.cells)
    touched = not wrong.isdisjoint((*result.cells, *filter(None, places)))
    return touched and (inside or len(places) > 1) and not of_tables and not result.said.get("found", "").endswith("%")


def _blocks(results: Sequence[Result], tables: Mapping[str, str]) -> list[list[Result]]:
    """Results between tables that contradict each other in many places, by tables that are linked by them."""
    groups: list[tuple[set[str], list[Result]]] = []
    for result in results:
        reached = {tables[cell] for cell in result.cells if cell in tables}
        linked = [group for group in groups if group[0] & reached]
        groups = [group for group in groups if not group[0] & reached]
        merged = [one for _, members in linked for one in members]
        groups.append((reached.union(*(where for where, _ in linked)), [*merged, result]))
    return [members for _, members in groups if _apart(members)]


def _apart(results: Sequence[Result]) -> bool:
    """Whether so many results have no cell in common that no single cell can be wrong."""
    met: set[str] = set()
    count = 0
    for result in results:
        if met.isdisjoint(result.cells):
            count += 1
        met.update(result.cells)
    return count >= _MANY


def _largest_group(results: Sequence[Result]) -> list[Result]:
    """The results that share the cell which most of them rest on; the first of all where none is shared."""
    by_cell: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        for cell in result.cells:
            by_cell[cell].append(result)
    groups = [(cell, _of_one_cell(group)) for cell, group in sorted(by_cell.items())]
    most = max(len(group) for _, group in groups)
    return next(group for _, group in groups if len(group) == most)


def _of_one_cell(group: Sequence[Result]) -> list[Result]:
    """The results that one wrong amount may break: a part above its whole is wrong by no more than it is itself."""
    above = [one for one in group if one.rule.name == _ABOVE]
    sums = [one for one in group if one.rule.name != _ABOVE]
    most = max((gap for one in sums if (gap := _gap(one)) is not None), default=Decimal(0))
    small = [one for one in above if (worth := _worth(one.said.get("found", ""))) is not None and worth < most]
    return [one for one in group if one not in small]


def _gap(result: Result) -> Decimal | None:
    """By how much, in 元, what a result found is not what it expected; None where it says no amounts."""
    found, expected = (_worth(result.said.get(name, "")) for name in ("found", "expected"))
    return None if found is None or expected is None else abs(found - expected)


def _worth(printed: str) -> Decimal | None:
    """An amount with its unit in 元; None for what is none."""
    read = re.fullmatch(rf"(-?[\d.]+)({UNIT_PATTERN})", printed)
    return Decimal(read[1]) * MULTIPLIERS[read[2]] if read else None


def _cause(group: Sequence[Result]) -> Cause:
    """The result on the fewest cells stands for the others: it says most nearly where to look."""
    first, *others = sorted(group, key=lambda one: (_severity(one), len(one.cells), *_key(one)))
    return Cause(first, tuple(others), _shared(group))


def _block_cause(block: Sequence[Result]) -> Cause:
    """The result on the most cells stands for the others: it shows most of the tables."""
    first, *others = sorted(block, key=lambda one: (_severity(one), -len(one.cells), *_key(one)))
    return Cause(first, tuple(others), ())


def _shared(group: Sequence[Result]) -> tuple[str, ...]:
    """The cells that all results of a group rest on; none where there is but one result."""
    shared = set.intersection(*(set(one.cells) for one in group))
    return tuple(sorted(shared)) if len(group) > 1 else ()


def _rank(cause: Cause) -> tuple[int, int, tuple[str, ...]]:
    return _severity(cause.result), -len(cause.consequences), _key(cause.result)


def _severity(result: Result) -> int:
    return _ORDER.index(result.rule.severity)


def _key(result: Result) -> tuple[str, ...]:
    return (result.rule.name, result.focus, result.value)
