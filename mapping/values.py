"""Numbers that are no canonical facts in two versions: those of sentences, tables and indicators, to what differs.

A number is the same where all but its value is said of it alike in one disclosure; of several, those of one value go
together first. Where one of the versions has nothing of a disclosure, nothing is told: the documents come or go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from mapping.amounts import Interval, parse_amount

Row = Mapping[str, str]
Home = Callable[[str], str]
# Columns of the questions that say what a number is of; the disclosure of its source comes before them.
_KEYS = {
    "statement": (
        "subject",
        "measure",
        "fiscal_year",
        "direction",
        "kind",
        "operator",
        "relative_to",
        "as_of",
        "phase",
    ),
    "quantity": ("table_kind", "row_label", "column", "fiscal_year"),
    "indicator": ("project", "scope", "level1", "level2", "level3", "description"),
}
_OF_INDICATORS = ("value", "actual", "score")


def differing(kind: str, old: tuple[Sequence[Row], Home], new: tuple[Sequence[Row], Home]) -> Iterator[Row]:
    """The numbers of one kind that changed, came or went, a row each; rows of a version come with their disclosures."""
    before, after = ({home(row["source"]) for row in rows} for rows, home in (old, new))
    both = before & after
    for value in _OF_INDICATORS if kind == "indicator" else ("value",):
        olds, news = (_grouped(kind, value, rows, home, both) for rows, home in (old, new))
        for key in [*olds, *(key for key in news if key not in olds)]:
            yield from _changes(kind, value, olds.get(key, []), news.get(key, []))


def _grouped(
    kind: str, value: str, rows: Iterable[Row], home: Home, both: set[str]
) -> dict[tuple[str, ...], list[Row]]:
    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if home(row["source"]) in both and row[value]:
            groups[home(row["source"]), *(row[column] for column in _KEYS[kind])].append(row)
    return groups


def _changes(kind: str, value: str, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Row]:
    rest, alone = list(new), []
    for row in old:
        alike = next((other for other in rest if _alike(row, other, value)), None)
        if alike is None:
            alone.append(row)
        else:
            rest = [other for other in rest if other is not alike]
    for before, after in zip(alone, rest, strict=False):
        yield {"change": "changed", **_told(kind, value, before, after)}
    for before in alone[len(rest) :]:
        yield {"change": "removed", **_told(kind, value, before, None)}
    for after in rest[len(alone) :]:
        yield {"change": "added", **_told(kind, value, None, after)}


def _alike(old: Row, new: Row, value: str) -> bool:
    """Whether two values are one: their intervals meet in one unit or in 元, or they are printed alike."""
    first, second = (_interval(row, value) for row in (old, new))
    in_yuan = old.get("amount_yuan") and new.get("amount_yuan")
    same_unit = in_yuan or old.get("unit") == new.get("unit")
    if first and second and same_unit and old.get("operator") == new.get("operator"):
        return max(first[0], second[0]) <= min(first[1], second[1])
    return _printed(old, value) == _printed(new, value)


def _interval(row: Row, value: str) -> Interval | None:
    """What a printed number stands for, an amount of money in 元; of a count that is exact, itself."""
    printed = parse_amount(row[value])
    if printed is None:
        return None
    amount = row.get("amount_yuan", "")
    if amount and printed.value:
        low, high = printed.interval(1)
        factor = Decimal(amount) / printed.value
        return low * factor, high * factor
    return printed.value, printed.value


def _told(kind: str, value: str, old: Row | None, new: Row | None) -> Row:
    one = new or old or {}
    before, after = old or {}, new or {}
    label = one.get("quote") or one.get("level3") or one.get("row_label") or one.get("description", "")
    return {
        "kind": kind,
        "unit": one.get("subject", ""),
        "fiscal_year": one.get("fiscal_year", ""),
        "phase": one.get("phase", ""),
        "measure": one.get("measure") or one.get("column") or (value if kind == "indicator" else ""),
        "label": label,
        "project": one.get("project", ""),
        "old_amount_yuan": before.get("amount_yuan", ""),
        "new_amount_yuan": after.get("amount_yuan", ""),
        "sources": ";".join(sorted({row["source"] for row in (before, after) if row})),
        "iri": one["iri"],
        "old_value": _printed(before, value),
        "new_value": _printed(after, value),
    }


def _printed(row: Row, value: str) -> str:
    """A value as it is printed, a target with its sign and unit; empty where there is none."""
    if not row or value != "value":
        return row.get(value, "")
    return f"{row.get('operator', '').removeprefix('=')}{row[value]}{row.get('unit', '')}"
