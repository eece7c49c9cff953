"""A query of a reconciliation to its candidates: who is looked at, how well each fits, and which one is certain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mapping.docnumber import normalise
from mapping.spellings import fold, grams, within
from server.index import Asking, Entry, Index, Named
from server.liken import Asked, Fit, fit, read_name

SCHEMA = "https://w3id.org/yusuan/def#"
_NAMED_ALIKE, _SUGGESTED = 100, 20
# A score below this is chance.
_LEAST = 20.0
_CODE = re.compile(r"\d{6}", re.ASCII)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_WHOLE_COUNTRY = ("cn", "全国", "中央")


@dataclass(frozen=True, slots=True)
class Offered:
    """A type or a property as it is offered: the name that `key` has in the index, its IRI, its names."""

    key: str
    id: str
    zh: str
    en: str
    also: tuple[str, ...] = ()

    def as_json(self) -> dict[str, str]:
        """Return it as the API names it, in both languages."""
        return {"id": self.id, "name": f"{self.zh} {self.en}"}

    def is_called(self, name: str) -> bool:
        """Return whether an identifier means it: its IRI, with or without namespace, or what it was once called."""
        return name == self.id or name.rpartition("#")[2].rpartition(":")[2] in (
            re.split("[#/]", self.id)[-1],
            *self.also,
        )


TYPES = (
    Offered("organisation", "http://www.w3.org/ns/org#Organization", "单位", "Organisation", ("Organisation",)),
    Offered("project", f"{SCHEMA}Project", "项目", "Project"),
    Offered("legal", f"{SCHEMA}LegalDocument", "法规文件", "Legal document"),
)
PROPERTIES = (
    Offered("region", f"{SCHEMA}inRegion", "地区（GB/T 2260 代码或名称）", "Region", ("region",)),
    Offered("year", f"{SCHEMA}fiscalYear", "年度", "Year", ("year", "issueYear")),
    Offered("unit", f"{SCHEMA}reportingEntity", "单位", "Unit", ("unit", "publisher")),
    Offered("number", f"{SCHEMA}documentNumber", "文号", "Document number", ("number",)),
    Offered("code", f"{SCHEMA}projectCode", "项目代码", "Project code", ("code",)),
)
# Of which kinds a property can be compared.
COMPARED = {
    "region": ("organisation", "project", "legal"),
    "year": ("project", "legal"),
    "unit": ("project",),
    "number": ("legal",),
    "code": ("project",),
}


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a batch: a name, the kinds that are wanted, and values by property, any of which will do."""

    name: str
    kinds: tuple[str, ...]
    limit: int
    stated: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with how well it fits; `agreed` are the properties that it shares with what was stated."""

    entry: Entry
    fit: Fit
    agreed: tuple[str, ...] = ()


def candidates(index: Index, base: str, query: Query) -> list[Candidate]:
    """Return the entries that may be meant, the best first; certain is at most one, and then the first."""
    regions = _regions(index, query.stated.get("region", ()))
    with index.asking() as asking:
        if identified := [one for one in with_identifier(asking, query.name, base) if one.kind in query.kinds]:
            return [Candidate(identified[0], Fit(100.0, exact=True, certain=True))]
        name = query.name or " ".join(query.stated.get("number", query.stated.get("code", ())))
        asked = read_name(name, index, regions)
        entries = [one for one in asking.entries(_retrieved(asking, index, asked)) if one.kind in query.kinds]
        names = asking.names([entry.number for entry in entries])
        stated = _Stated(query.stated, regions, _units(asking, query, entries), base)
    fits = ((entry, fit(asked, entry, names[entry.number], index.about["state"])) for entry in entries)
    found = [one for entry, how in fits if how.score >= _LEAST and (one := stated.compare(entry, how))]
    found.sort(key=lambda one: (-one.fit.score, not one.entry.code, one.entry.number))
    return _decided(found)[: query.limit]


def _retrieved(asking: Asking, index: Index, asked: Asked) -> list[int]:
    """Return the numbers of the entries to look at: called just so, called so in such a place, and named alike."""
    found = asking.with_keys([asked.number or asked.key], "number", _NAMED_ALIKE)
    found += asking.with_keys(sorted({asked.key, asked.title}), "name", _NAMED_ALIKE)
    for reading in asked.readings:
        codes = sorted(reading.codes or asked.regions)
        found += asking.units_of([reading.core], codes, _NAMED_ALIKE)
    alike = asking.alike(grams(asked.key), index.entries)
    return list(dict.fromkeys([*found, *alike]))


def _decided(found: list[Candidate]) -> list[Candidate]:
    """Return the candidates with the one certain match, if there is one: none beside it may be certain as well.

    Of a title alone the one numbered document that bears it is meant (docs/graph.md, def:cites).
    """
    best = [one for one in found if one.fit.score == found[0].fit.score]
    sure = [one for one in best if one.fit.certain]
    if len(sure) > 1 and {one.entry.kind for one in sure} == {"legal"}:
        sure = [one for one in sure if one.entry.code]
    chosen = sure[0] if len(sure) == 1 else None
    return [replace(one, fit=replace(one.fit, certain=one is chosen)) for one in found]


@dataclass(frozen=True, slots=True)
class _Stated:
    """What is stated beside a name: values by property, the codes of the regions, the names of units by IRI."""

    values: Mapping[str, tuple[str, ...]]
    regions: frozenset[str]
    units: Mapping[str, list[Named]]
    base: str

    def compare(self, entry: Entry, how: Fit) -> Candidate | None:
        """Return the candidate as the properties leave it: None where one differs, unsure where one is not known."""
        compared = [name for name in self.values if entry.kind in COMPARED.get(name, (entry.kind,))]
        same = {name: self._agrees(name, entry) for name in compared}
        if False in same.values():
            return None
        owned = how.exact and entry.kind == "project" and bool(same.get("unit"))
        certain = (how.certain or owned) and None not in same.values()
        return Candidate(entry, replace(how, certain=certain), tuple(name for name in same if same[name]))

    def _agrees(self, name: str, entry: Entry) -> bool | None:
        """Return whether a thing has one of the values of a property; None where that is not known."""
        values = self.values[name]
        if name == "region" and self.regions and entry.region:
            return any(within(entry.region, code) for code in self.regions)
        if name == "year" and entry.year and (years := {year for value in values for year in _YEAR.findall(value)}):
            return entry.year in years
        if name == "unit" and entry.unit:
            keys = {one.key for one in self.units.get(entry.unit, ())}
            return any(entry.unit in (value, self.base + value) or fold(value) in keys for value in values)
        if name in ("number", "code") and entry.code:
            return any((normalise(value) or fold(value)) in (entry.code, fold(entry.code)) for value in values)
        return None


def _regions(index: Index, values: Sequence[str]) -> frozenset[str]:
    """Return the codes that values name: six digits, the IRI of a region, or a place; `cn` is the whole country."""
    found: set[str] = set()
    for value in values:
        last = value.rpartition("/")[2]
        if value in _WHOLE_COUNTRY:
            found.add("cn")
        else:
            found.update((last,) if _CODE.fullmatch(last) else index.places.get(fold(value), ()))
    return frozenset(found)


def _units(asking: Asking, query: Query, entries: Sequence[Entry]) -> dict[str, list[Named]]:
    """Return the names of the units of some entries by IRI, where a unit is stated."""
    if "unit" not in query.stated:
        return {}
    units = asking.with_iris(sorted({entry.unit for entry in entries if entry.unit}))
    names = asking.names([unit.number for unit in units])
    return {unit.iri: names[unit.number] for unit in units}


def with_identifier(asking: Asking, identifier: str, base: str) -> list[Entry]:
    """Return what an identifier or a whole IRI names."""
    if "/" not in identifier:
        return []
    kinds = {each.key for each in TYPES}
    return [entry for entry in asking.with_iris([identifier, base + identifier]) if entry.kind in kinds]


def suggest(index: Index, base: str, prefix: str, kinds: Sequence[str], skipped: int) -> list[Entry]:
    """Return the entries of some kinds that begin as stated: by name, by number in any spelling, by identifier."""
    with index.asking() as asking:
        if identified := [entry for entry in with_identifier(asking, prefix, base) if entry.kind in kinds]:
            return identified[skipped:]
        key = normalise(prefix) or fold(prefix)
        numbers = asking.starting(key, kinds, _SUGGESTED, skipped) if key else []
        place = {number: at for at, number in enumerate(numbers)}
        return sorted(asking.entries(numbers), key=lambda entry: place[entry.number])
