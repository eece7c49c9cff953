"""Projects of a corpus to lines: one project as documents of several years and phases print it.

A line is inferred, scored, and never merges its projects. It joins those that one unit carries out under names that
are the same but for years and the number of a part (第二批, 一期); where codes are printed, they differ in their year
alone. What could be read in two ways is no line: two projects of one document are two.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mapping.cited import CONFIDENCE
from mapping.document import normal_name
from mapping.graph import CODE, DCT, DEF, DERIVED, LABEL, RDF_TYPE, XSD
from mapping.keys import UNKNOWN
from mapping.lexicon import pattern

Triple = tuple[str, str, str]
Said = Mapping[str, Mapping[str, Sequence[str]]]

_SPECIALIZES = "http://www.w3.org/ns/prov#specializationOf"
_ENTRY = re.compile(r"/document/[^/]+/project/\d+-\d+$")
_OF_ENTRY = frozenset(DEF + name for name in ("entryOf", "projectCode", "implementingUnit", "implementingUnitName"))
_OF_FACT = tuple(
    DEF + name for name in ("factProject", "reportingLevel", "operationCharacter", "carryOver", "fundScope", "flow")
)
OF_PROJECTS = frozenset({*_OF_ENTRY, *_OF_FACT, _SPECIALIZES, LABEL, DCT + "publisher"})
# {base}fact/{region}/{entity}/{year}/{phase}/{measure}-{scope}/{classes}
_FACT = re.compile(
    r"(?P<owner>.+/fact/[^/]+/[^/]+)/(?P<year>\d{4})/(?P<phase>[^/]+)/(?P<measure>[^/]+)-[0-9a-f]+/(?P<classes>[^/]+)"
)
# {base}disclosure/{region}/{entity}/{year}/{kind}
_DISCLOSURE = re.compile(r"/disclosure/(?P<region>[^/]+)/[^/]+/(?P<year>[^/]+)/[^/]+$")
# A shorter name is one of many things.
_LEAST = 4
# How much speaks for a line: names and unit alone, names and codes, names that differ in their part, a unit that some
# of its documents do not print.
_NAMES, _CODES, _PARTS, _UNPRINTED = map(Decimal, ("0.9", "0.95", "0.7", "0.8"))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one document says of one project; `whole` is its name without years, `owner` the unit, in normal form."""

    iri: str
    document: str
    project: str
    region: str
    year: str
    publisher: str
    owner: str
    printed: bool
    whole: str
    stem: str | None

    @property
    def bare(self) -> str:
        """Its name without years and without the number of its part."""
        return _without("part", self.whole)


@dataclass(frozen=True, slots=True)
class _Line:
    """The entries of one line, sorted by IRI."""

    entries: tuple[_Entry, ...]

    @property
    def projects(self) -> list[str]:
        """The projects that it joins, sorted."""
        return sorted({one.project for one in self.entries})

    @property
    def parts(self) -> bool:
        """Whether its names differ in their part."""
        return len({one.whole for one in self.entries}) > 1

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits that stand for whose line it is and what it is called."""
        first = self.entries[0]
        stem = min((one.stem for one in self.entries if one.stem), default="")
        name = first.bare if self.parts else first.whole
        return hashlib.sha256("|".join((first.region, first.owner, name, stem)).encode()).hexdigest()[:16]

    def score(self) -> tuple[Decimal, str]:
        """How much speaks for it, and what."""
        coded = all(one.stem for one in self.entries)
        score, reason = (_CODES if coded else _NAMES), "names that differ in years at most, and the same unit"
        if coded:
            reason += "; codes that differ in their year at most"
        if not all(one.printed or one.owner == one.publisher for one in self.entries):
            score, reason = min(score, _UNPRINTED), reason + "; some of the documents do not print the unit"
        if self.parts:
            score, reason = min(score, _PARTS), reason + "; the names differ in the number of a part"
        return score, reason


@dataclass(slots=True)
class Succession:
    """Takes in one document after the other."""

    base: str
    _entries: list[_Entry] = field(default_factory=list)
    _facts: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def wants(self, subject: str, predicate: str) -> bool:
        """Whether a statement is needed here."""
        return predicate in OF_PROJECTS and (predicate not in _OF_FACT or subject.startswith(f"{self.base}fact/"))

    def add(self, said: Said) -> None:
        """Takes in the statements of one document."""
        homes = {iri: values[_SPECIALIZES][0][1:-1] for iri, values in said.items() if values.get(_SPECIALIZES)}
        for iri, values in said.items():
            if values.get(DEF + "entryOf") and _ENTRY.search(iri):
                document = iri.rpartition("/project/")[0]
                if entry := _entry(iri, values, said, homes.get(document, "")):
                    self._entries.append(entry)
            elif values.get(DEF + "factProject"):
                dimensions = tuple(_first(values, name).rpartition("/")[2] for name in _OF_FACT[1:])
                self._facts[iri] = (_first(values, DEF + "factProject"), dimensions)

    def triples(self, stated: Collection[str]) -> Iterator[Triple]:
        """The lines, and the neighbours of the facts of their projects among those that are `stated`."""
        facts: dict[str, list[str]] = defaultdict(list)
        for fact, (project, _) in self._facts.items():
            if fact in stated:
                facts[project].append(fact)
        for line in _lines(self._entries):
            yield from self._described(line)
            if not line.parts:
                yield from self._neighbours([fact for project in line.projects for fact in facts[project]])

    def _described(self, line: _Line) -> Iterator[Triple]:
        iri = f"{self.base}project-line/{line.key}"
        score, reason = line.score()
        yield iri, RDF_TYPE, f"<{DEF}ProjectLine>"
        yield iri, LABEL, f'"{line.entries[0].bare if line.parts else line.entries[0].whole}"'
        yield iri, CONFIDENCE, f'"{score}"^^<{XSD}decimal>'
        yield iri, DEF + "grounding", f"<{CODE}grounding/inferred>"
        yield iri, DEF + "reason", f'"{reason}"'
        for project in line.projects:
            yield iri, DEF + "joins", f"<{project}>"
        for one in line.entries:
            yield iri, DERIVED, f"<{one.iri}>"

    def _neighbours(self, facts: Sequence[str]) -> Iterator[Triple]:
        """The year before of each fact of a line, and the budget of accounts, where there is one of its key but one."""
        alike: dict[tuple[str, ...], dict[tuple[int, str], list[str]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            parts, dimensions = _FACT.fullmatch(fact), self._facts[fact][1]
            known = UNKNOWN not in (dimensions[0], *dimensions[2:4])  # level, carry-over, fund scope
            if parts and known and parts["phase"] != "unspecified":
                key = (parts["owner"], parts["measure"], parts["classes"], *dimensions)
                alike[key][int(parts["year"]), parts["phase"]].append(fact)
        for times in alike.values():
            only = {when: found[0] for when, found in times.items() if len(found) == 1}
            for (year, phase), fact in only.items():
                if before := only.get((year - 1, phase)):
                    yield fact, DEF + "yearBefore", f"<{before}>"
                budget = only.get((year, "approved"))
                if phase == "finalAccounts" and budget:
                    yield fact, DEF + "accountsFor", f"<{budget}>"


# --- entries ---


def _entry(iri: str, values: Mapping[str, Sequence[str]], said: Said, disclosure: str) -> _Entry | None:
    """An entry as lines need it; None where year, unit or name say too little."""
    home = _DISCLOSURE.search(disclosure)
    publisher = normal_name(_label(said, _first(said.get(disclosure, {}), DCT + "publisher")))
    printed = _first(values, DEF + "implementingUnitName") or _label(said, _first(values, DEF + "implementingUnit"))
    owner = _own(normal_name(printed), publisher) if printed else publisher
    whole = _without("year", normal_name(_first(values, LABEL)))
    if home is None or not publisher or len(_without("part", whole)) < _LEAST:
        return None
    return _Entry(
        iri=iri,
        document=iri.rpartition("/project/")[0],
        project=_first(values, DEF + "entryOf"),
        region=home["region"],
        year=home["year"],
        publisher=publisher,
        owner=owner,
        printed=bool(printed),
        whole=whole,
        stem=_stem(_first(values, DEF + "projectCode")),
    )


def _own(unit: str, publisher: str) -> str:
    """A unit without the words that say that its own office is meant; 局本级 is that of the publisher.

    >>> _own("云岭县水务局本级", "云岭县水务局"), _own("局本级", "云岭县水务局"), _own("云岭县水文站", "云岭县水务局")
    ('云岭县水务局', '云岭县水务局', '云岭县水文站')
    """
    bare = pattern("organisations", "own-level").sub("", unit)
    return publisher if bare != unit and publisher.endswith(bare) else bare


def _stem(code: str) -> str | None:
    """A project code without the year that it was made in; None where there is no code.

    >>> _stem("14052524P0001"), _stem("1405000017")
    ('140525P0001', '1405000017')
    """
    found = pattern("succession", "code").fullmatch(code)
    return found["region"] + found["rest"] if found else code or None


def _without(words: str, name: str) -> str:
    """A name in normal form without its years (`year`), or without the number of its part (`part`).

    >>> _without("year", "2024年村道养护(2023-2024年度)"), _without("part", "“十四五”期间水库加固(二期)第3批")
    ('村道养护', '“十四五”期间水库加固')
    """
    return pattern("succession", words).sub("", name)


def _first(values: Mapping[str, Sequence[str]], name: str) -> str:
    """The first value of a property, IRIs bare, strings as they stand in the dump; empty where there is none."""
    term = min(values.get(name, ()), default="")
    return term[1:-1] if term.startswith("<") else term[1 : term.rindex('"')] if term else ""


def _label(said: Said, iri: str) -> str:
    return _first(said.get(iri, {}), LABEL)


# --- lines ---


def _lines(entries: Sequence[_Entry]) -> Iterator[_Line]:
    """The lines of all entries, in order of their first; a project that would stand in two of them stands in none."""
    groups: dict[tuple[str, str, str], list[_Entry]] = defaultdict(list)
    for one in _settled(entries):
        groups[one.region, one.owner, one.bare].append(one)
    found = [_Line(tuple(part)) for _, group in sorted(groups.items()) for part in _parted(group) if _is_line(part)]
    owners: dict[str, int] = defaultdict(int)
    for project in itertools.chain.from_iterable(line.projects for line in found):
        owners[project] += 1
    return (line for line in found if all(owners[project] == 1 for project in line.projects))


def _settled(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """The entries, those without a unit as the only unit that others of their name under the publisher print.

    Where several units are printed, it may be any of them: such an entry is left out.
    """
    named: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in entries:
        if one.printed:
            named[one.region, one.publisher, one.bare].add(one.owner)
    for one in entries:
        units = named[one.region, one.publisher, one.bare]
        if one.printed or not units:
            yield one
        elif len(units) == 1:
            yield replace(one, owner=min(units))


def _parted(group: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """A group of one name and unit, by the stems of their codes where they differ, and by part where a year has two."""
    for stemmed in _split(sorted(group, key=lambda one: one.iri), "stem"):
        names: dict[str, set[str]] = defaultdict(set)
        for one in stemmed:
            names[one.year].add(one.whole)
        several = any(len(wholes) > 1 for wholes in names.values())
        yield from _split(stemmed, "whole") if several else [stemmed]


def _split(entries: Sequence[_Entry], by: str) -> list[list[_Entry]]:
    """Entries by what they print of something; those that print nothing with the others where these agree."""
    values = {getattr(one, by) for one in entries} - {None}
    if len(values) < 2:
        return [list(entries)]
    return [[one for one in entries if getattr(one, by) == value] for value in sorted(values)]


def _is_line(entries: Sequence[_Entry]) -> bool:
    """Whether entries are of several projects, and those of each document of one."""
    documents: dict[str, set[str]] = defaultdict(set)
    for one in entries:
        documents[one.document].add(one.project)
    return len({one.project for one in entries}) > 1 and all(len(found) == 1 for found in documents.values())
