"""Two versions of what documents say to what they do not say alike, fact by fact.

A version is the answers to the questions `facts`, `projects`, `findings` and `documents`, and to `statements`,
`quantities` and `indicators`, whose numbers are compared where they are no facts (values.py). Facts are the same when
their key, 口径, is: that is their IRI, or of an open key, which stays within its document, its dimensions in the
documents of one path or, after that, of one disclosure. Amounts whose intervals meet do not differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.amounts import plain
from mapping.values import differing

COLUMNS = (
    *("change", "unit", "fiscal_year", "phase", "measure", "code", "label", "fund_scope"),
    *("old_amount_yuan", "new_amount_yuan", "difference_yuan", "old_status", "new_status", "sources", "iri"),
    *("kind", "level", "carry_over", "economic_code", "project", "old_low", "old_high", "new_low", "new_high"),
    *("old_value", "new_value"),
)
Row = Mapping[str, str]
_Pair = tuple[Row | None, Row | None]
# Columns of the question `facts` that say what of a key its IRI does not say without the document.
_DIMENSIONS = (
    *("unit", "region", "fiscal_year", "phase", "measure", "code", "economic_code", "project"),
    *("level", "operation_character", "carry_over", "fund_scope", "flow"),
)
_SAID = ("unit", "fiscal_year", "phase", "measure", "code", "label", "fund_scope", "level", "carry_over")
_ORDER = (*_SAID, "economic_code", "project", "change", "iri")
_KINDS = ("fact", "project", "indicator", "statement", "quantity", "finding")
# Amounts of a project: that of its table, form or sentence, and those of its form for the whole period and the year.
_OF_PROJECTS = ("amount_yuan", "period_total_yuan", "annual_total_yuan")


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a comparison: rows by column, missing values empty.

    `base` is what its IRIs begin with, `homes` the disclosure of each source path (one for all, to compare two files).
    """

    base: str
    facts: Sequence[Row]
    projects: Sequence[Row]
    findings: Sequence[Row]
    homes: Mapping[str, str]
    statements: Sequence[Row] = ()
    quantities: Sequence[Row] = ()
    indicators: Sequence[Row] = ()

    def home(self, path: str) -> str:
        """The disclosure of a source path; the path itself where it has none."""
        return self.homes.get(path, path)


def compare(old: Version, new: Version) -> list[Row]:
    """What differs, a row each with all COLUMNS: facts, projects, numbers that are no facts, and findings."""
    facts = list(_facts(old, new))
    rows = [*facts, *_appeared(old, new, "project"), *_changed_projects(old, new), *_appeared(old, new, "finding")]
    told = {(row["old_amount_yuan"], row["new_amount_yuan"]) for row in facts}
    for kind, before, after in (
        ("statement", old.statements, new.statements),
        ("quantity", old.quantities, new.quantities),
        ("indicator", old.indicators, new.indicators),
    ):
        for row in differing(kind, (before, old.home), (after, new.home)):
            amounts = (row["old_amount_yuan"], row["new_amount_yuan"])
            if amounts == ("", "") or amounts not in told:
                rows.append({**row, **_amounts(*amounts)})
    whole = [{column: row.get(column, "") for column in COLUMNS} for row in rows]
    return sorted(whole, key=lambda row: (_KINDS.index(row["kind"]), *(row[column] for column in _ORDER)))


# --- facts ---


def _facts(old: Version, new: Version) -> Iterator[Row]:
    for before, after in _paired(old, new):
        change = _change(before, after)
        if change:
            yield _fact_row(change, before, after)


def _paired(old: Version, new: Version) -> Iterator[_Pair]:
    """Facts of one key, side by side; those without counterpart alone."""
    olds, news = list(old.facts), list(new.facts)
    for key in (_iri, _in_path, _in_disclosure):
        before, after = _grouped(olds, key, old), _grouped(news, key, new)
        pairs = [pair for one, rows in before.items() for pair in _matched(rows, after.get(one, ()))]
        yield from pairs
        taken = {id(row) for pair in pairs for row in pair}
        olds, news = ([row for row in rows if id(row) not in taken] for rows in (olds, news))
    yield from ((row, None) for row in olds)
    yield from ((None, row) for row in news)


def _grouped(
    rows: Iterable[Row], key: Callable[[Row, Version], Hashable | None], version: Version
) -> Mapping[Hashable, list[Row]]:
    """Rows by a key; those that have none are left out."""
    groups: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        if (one := key(row, version)) is not None:
            groups[one].append(row)
    return groups


def _iri(row: Row, version: Version) -> Hashable:
    return row["iri"].removeprefix(version.base)


def _in_path(row: Row, _: Version) -> Hashable | None:
    return (_dimensions(row), row["sources"]) if _is_open(row) else None


def _in_disclosure(row: Row, version: Version) -> Hashable | None:
    if not _is_open(row):
        return None
    return _dimensions(row), frozenset(version.home(path) for path in row["sources"].split(";"))


def _dimensions(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in _DIMENSIONS)


def _matched(old: Sequence[Row], new: Sequence[Row]) -> list[_Pair]:
    """Rows of one key: first those that agree, then the others in the order of their amounts."""
    pairs: list[_Pair] = []
    rest = sorted(new, key=_amount_order)
    alone = []
    for row in sorted(old, key=_amount_order):
        alike = next((other for other in rest if _meet(row, other)), None)
        if alike is None:
            alone.append(row)
        else:
            rest = [other for other in rest if other is not alike]
            pairs.append((row, alike))
    return [*pairs, *zip(alone, rest, strict=False)]


def _amount_order(row: Row) -> tuple[Decimal, Decimal, str]:
    return Decimal(row["low"]), Decimal(row["high"]), row["iri"]


def _is_open(row: Row) -> bool:
    """Whether a dimension of the key is unknown, as `Key.open` of keys.py has it."""
    return "unknown" in (row["level"], row["carry_over"], row["fund_scope"]) or row["phase"] == "unspecified"


def _change(old: Row | None, new: Row | None) -> str | None:
    """What happened to a fact; None when it is the same."""
    if old is None or new is None:
        return "added" if new else "removed"
    if not _meet(old, new):
        return "changed"
    return "status" if old["status"] != new["status"] else None


def _meet(old: Row, new: Row) -> bool:
    """Whether the intervals meet; those of two conflicts are extremes, which must be the same."""
    ends = [Decimal(row[end]) for row in (old, new) for end in ("low", "high")]
    if old["status"] == new["status"] == "conflicting":
        return ends[:2] == ends[2:]
    return max(ends[0], ends[2]) <= min(ends[1], ends[3])


def _fact_row(change: str, old: Row | None, new: Row | None) -> Row:
    one = new or old or {}
    before, after = old or {}, new or {}
    sources = {path for row in (before, after) for path in row.get("sources", "").split(";") if path}
    return {
        **{column: one[column] for column in (*_SAID, "economic_code", "project", "iri")},
        "label": one["label"] or one["economic_label"],
        "kind": "fact",
        "change": change,
        "old_status": before.get("status", ""),
        "new_status": after.get("status", ""),
        **{f"old_{end}": before.get(end, "") for end in ("low", "high")},
        **{f"new_{end}": after.get(end, "") for end in ("low", "high")},
        **_amounts(before.get("amount_yuan", ""), after.get("amount_yuan", "")),
        "sources": ";".join(sorted(sources)),
    }


def _amounts(old: str, new: str) -> Row:
    """The amounts in 元 and by how much the new one is more; a conflicting fact has none."""
    difference = plain(Decimal(new) - Decimal(old)) if old and new else ""
    return {"old_amount_yuan": old, "new_amount_yuan": new, "difference_yuan": difference}


# --- projects and findings ---


def _appeared(old: Version, new: Version, kind: str) -> Iterator[Row]:
    """The projects, or findings, of a disclosure that only one of the versions has."""
    before, after = (dict(_named(version, kind)) for version in (old, new))
    for key in before.keys() - after.keys():
        yield {"kind": kind, "change": "removed", "old_amount_yuan": before[key].get("amount", ""), **before[key]}
    for key in after.keys() - before.keys():
        yield {"kind": kind, "change": "added", "new_amount_yuan": after[key].get("amount", ""), **after[key]}


def _changed_projects(old: Version, new: Version) -> Iterator[Row]:
    """The projects of which an amount became another, a row for each such amount; one that is new is named, too."""
    before, after = (dict(_named(version, "project")) for version in (old, new))
    for key in before.keys() & after.keys():
        for name in _OF_PROJECTS:
            amounts = before[key].get(name, ""), after[key].get(name, "")
            if amounts[0] != amounts[1]:
                said = {"measure": name.removesuffix("_yuan"), **_amounts(*amounts)}
                yield {"kind": "project", "change": "changed", **after[key], **said}


def _named(version: Version, kind: str) -> Iterable[tuple[Hashable, Row]]:
    """The projects by disclosure, unit and name, the findings by disclosure and key."""
    if kind == "project":
        for row in version.projects:
            said = {"unit": row["implementing_unit"], "label": row["name"], "code": row["code"]}
            key = (version.home(row["source"]), said["unit"], said["label"])
            amounts = {name: row.get(name, "") for name in _OF_PROJECTS}
            yield key, {**said, **amounts, "amount": row["amount_yuan"], "sources": row["source"]}
    else:
        for row in version.findings:
            said = {"measure": row["rule"], "label": row["message_zh"], "iri": row["iri"]}
            yield (version.home(row["source"]), row["key"]), {**said, "sources": row["source"]}
