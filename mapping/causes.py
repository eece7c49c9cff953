"""Results to causes: where one wrong number breaks several sums, one of the results stands for all of them.

Only results that compare amounts (those with a slack) have causes in common. A cell that several of them rest on is
suspected: it takes the most results first, as whoever checks by hand would look there first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mapping.audit import Result

_ORDER = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that does not agree: the result to show, others that follow from it, and the cells all rest on."""

    result: Result
    consequences: tuple[Result, ...]
    suspects: tuple[str, ...]


def find_causes(results: Sequence[Result]) -> list[Cause]:
    """Every result in exactly one cause, worst causes first."""
    alone = [Cause(one, (), ()) for one in results if "slack" not in one.said]
    open_results = [one for one in results if "slack" in one.said]
    causes = []
    while open_results:
        group = _largest_group(open_results)
        causes.append(_cause(group))
        open_results = [one for one in open_results if not any(one is other for other in group)]
    return sorted([*alone, *causes], key=_rank)


def _largest_group(results: Sequence[Result]) -> list[Result]:
    """The results that share the cell which most of them rest on; the first of all where none is shared."""
    by_cell: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        for cell in result.cells:
            by_cell[cell].append(result)
    most = max(len(group) for group in by_cell.values())
    return next(group for _, group in sorted(by_cell.items()) if len(group) == most)


def _cause(group: Sequence[Result]) -> Cause:
    first, *others = sorted(group, key=lambda one: (_ORDER.index(one.rule.severity), len(one.cells), *_key(one)))
    shared = set.intersection(*(set(one.cells) for one in group))
    return Cause(first, tuple(others), tuple(sorted(shared)) if others else ())


def _rank(cause: Cause) -> tuple[int, int, tuple[str, ...]]:
    return _ORDER.index(cause.result.rule.severity), -len(cause.consequences), _key(cause.result)


def _key(result: Result) -> tuple[str, ...]:
    return (result.rule.name, result.focus, result.value)
