"""Documents' graphs to what they cite: citations, the legal documents they name, and proposals of other numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern

from mapping.graph import DEF, DERIVED, LABEL
from mapping.legal import issued_by_places
from mapping.titles import carried_titles, normal, stateless

Said = Mapping[str, Mapping[str, Sequence[str]]]

# What says of a document that another one took its place, and what that it is the new one (`code:validity`).
PAST = frozenset({"repealed", "revised", "former"})
_ISSUED = "issued"
# How much speaks for a proposal or a discrepancy.
CONFIDENCE = DEF + "confidence"
_CARRIES = frozenset(DEF + name for name in ("carries", "forwards", "issues", "approves"))
_OF_LEGAL = _CARRIES | {
    LABEL,
    *(DEF + name for name in ("documentNumber", "agencyCode", "issueYear", "serial", "legalKind", "issuedBy")),
    *(DEF + name for name in ("codeKnown", "lawKnown", "sendsFunds")),
}
# What is needed of the readings of a document, by the step of their IRI.
_OF_READINGS = {
    "citation": {
        DEF + name
        for name in ("names", "citedTitle", "informal", "citationRole", "project", "basisOf", "issuerName", "validity")
    },
    "proposal": {CONFIDENCE, DERIVED, *(DEF + name for name in ("ofDocument", "proposedNumber", "reason"))},
    "indicator": {DEF + "project"},
}
OF_CITATIONS = _OF_LEGAL.union(*_OF_READINGS.values())
_READING = re.compile("/document/[^/]+/(citation|proposal|indicator)/")
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Home:
    """The document that cites: `region` is that of what it discloses, None where it is not known."""

    iri: str
    region: str | None


@dataclass(frozen=True, slots=True)
class Citing:
    """One citation: the legal document that its own words name, in normal form its title, and what it is a basis of.

    `local` are the numbered documents to which its own document gives the same title, `past` those of them that
    this citation does not mean, since its document says that a newer one of this title took their place. `placed` tells
    one of which the words before it say that bodies of places issued it.
    """

    home: Home
    place: str
    names: str
    title: str
    informal: bool
    role: str
    projects: tuple[str, ...]
    local: tuple[str, ...]
    past: tuple[str, ...]
    placed: bool

    @property
    def iri(self) -> str:
        """The IRI of the citation."""
        return f"{self.home.iri}/{self.place}"


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """What all documents together say of one legal document; `titles` are in normal form, sorted.

    `scope` is the step of its IRI that names its region: `cn`, six digits, or `x-` and the region or the document
    that cites it. `past` tells one of which some document says that it is repealed, revised or the former one.
    """

    iri: str
    scope: str
    titles: tuple[str, ...] = ()
    number: str | None = None
    code: str | None = None
    year: int | None = None
    serial: str | None = None
    kind: str | None = None
    code_known: bool = False
    law_known: bool = False
    funding: bool = False
    issuers: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    past: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another number that a citation of `suspect` may have meant; number, score and reason are as in the graph."""

    suspect: str
    number: str
    score: str
    reason: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What some documents cite: legal documents in order of IRI, the rest as it came."""

    documents: Mapping[str, LegalDocument]
    citations: Sequence[Citing]
    proposals: Sequence[Proposal]


@dataclass(slots=True)
class Gathering:
    """Takes in one document after the other."""

    base: str
    _citations: list[Citing] = field(default_factory=list)
    _proposals: list[Proposal] = field(default_factory=list)
    _drafts: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _past: set[str] = field(default_factory=set)

    def wants(self, subject: str, predicate: str) -> bool:
        """Whether a statement is needed here."""
        if predicate not in OF_CITATIONS:
            return False
        if subject.startswith(f"{self.base}legal/"):
            return predicate in _OF_LEGAL
        reading = _READING.search(subject)
        return bool(reading and predicate in _OF_READINGS[reading[1]])

    def add(self, said: Said, region: str | None) -> None:
        """Takes in the statements of one document, which is of this region."""
        for subject, values in said.items():
            if subject.startswith(f"{self.base}legal/"):
                self._describe(subject, values)
        past = _said_to_be(said, PAST)
        self._past |= past
        printed = _Printed(self._local(said), past, _newer(said, past))
        homes: dict[str, Home] = {}
        for subject, values in said.items():
            if values.get(DEF + "names"):
                document, _, place = subject.partition("/citation/")
                home = homes.setdefault(document, Home(document, region))
                self._citations.append(_citing(home, f"citation/{place}", values, said, printed))
            elif values.get(DEF + "ofDocument"):
                self._proposals += _proposals(values)

    def corpus(self) -> Corpus:
        """All that was taken in."""
        return Corpus(
            documents={
                iri: _document(self.base, iri, self._drafts[iri], iri in self._past) for iri in sorted(self._drafts)
            },
            citations=self._citations,
            proposals=self._proposals,
        )

    def _describe(self, iri: str, values: Mapping[str, Sequence[str]]) -> None:
        draft = self._drafts.setdefault(iri, defaultdict(set))
        for predicate, terms in values.items():
            draft[predicate].update(map(intern, terms))

    def _local(self, said: Said) -> dict[str, set[str]]:
        """The numbered documents of one document by the titles that it prints of them."""
        found: dict[str, set[str]] = defaultdict(set)
        for iri, values in said.items():
            if iri.startswith(f"{self.base}legal/") and values.get(DEF + "documentNumber"):
                for title in _strings(values, LABEL):
                    found[stateless(normal(title))].add(intern(iri))
        return found


@dataclass(frozen=True, slots=True)
class _Printed:
    """What one document prints: its numbered documents by title, those that it calls past ones, titles of others."""

    local: Mapping[str, set[str]]
    past: set[str]
    newer: set[str]


def _said_to_be(said: Said, validity: Collection[str]) -> set[str]:
    """The legal documents of which a document says this of their validity."""
    return {
        intern(iri)
        for values in said.values()
        if _validity(values) in validity
        for iri in _targets(values, DEF + "names")
    }


def _validity(values: Mapping[str, Sequence[str]]) -> str:
    """The notation of what a citation says of the validity of its document; empty where it says nothing."""
    return min(_targets(values, DEF + "validity"), default="").rpartition("/")[2]


def _newer(said: Said, past: Collection[str]) -> set[str]:
    """The titles of the documents that a document does not call past ones: those it issues, or names by a number."""
    issued = _said_to_be(said, {_ISSUED})
    named = (iri for iri, values in said.items() if values.get(DEF + "documentNumber") and iri not in past)
    titles = {normal(title) for iri in (*issued, *named) for title in _strings(said.get(iri, {}), LABEL)}
    return titles.union(*map(carried_titles, titles))


def _citing(
    home: Home,
    place: str,
    values: Mapping[str, Sequence[str]],
    said: Said,
    printed: _Printed,
) -> Citing:
    names = min(_targets(values, DEF + "names"))
    titles = _strings(values, DEF + "citedTitle") or _strings(said.get(names, {}), LABEL)
    title = min(map(normal, titles), default="")
    same = printed.local.get(stateless(title), set()) if title else set()
    projects = set(_targets(values, DEF + "project"))
    for indicator in _targets(values, DEF + "basisOf"):
        projects.update(_targets(said.get(indicator, {}), DEF + "project"))
    return Citing(
        home=home,
        place=place,
        names=intern(names),
        title=intern(title),
        informal=_true(values, DEF + "informal"),
        role=intern(min(_targets(values, DEF + "citationRole"), default="").rpartition("/")[2]),
        projects=tuple(map(intern, sorted(projects))),
        local=tuple(sorted(same)),
        past=tuple(sorted(same & printed.past)) if title in printed.newer and _validity(values) not in PAST else (),
        placed=issued_by_places(_strings(values, DEF + "issuerName")),
    )


def _proposals(values: Mapping[str, Sequence[str]]) -> Iterator[Proposal]:
    score, reason = (min(_strings(values, name), default="") for name in (CONFIDENCE, DEF + "reason"))
    citations = tuple(sorted(_targets(values, DERIVED)))
    for suspect in _targets(values, DEF + "ofDocument"):
        for number in _strings(values, DEF + "proposedNumber"):
            yield Proposal(intern(suspect), number, score, reason, citations)


def _document(base: str, iri: str, draft: Mapping[str, Iterable[str]], past: bool) -> LegalDocument:
    values = {predicate: sorted(terms) for predicate, terms in draft.items()}
    year = _first(values, "issueYear")
    kinds = {kind.rpartition("/")[2] for kind in _targets(values, DEF + "legalKind")}
    return LegalDocument(
        iri=iri,
        scope=iri.removeprefix(f"{base}legal/").partition("/")[0],
        titles=tuple(sorted({title for one in _strings(values, LABEL) if (title := normal(one))})),
        number=_first(values, "documentNumber"),
        code=_first(values, "agencyCode"),
        year=int(year) if year else None,
        serial=_first(values, "serial"),
        kind="docnum" if "docnum" in kinds else min(kinds, default=None),
        code_known=_true(values, DEF + "codeKnown"),
        law_known=_true(values, DEF + "lawKnown"),
        funding=_true(values, DEF + "sendsFunds"),
        issuers=tuple(_targets(values, DEF + "issuedBy")),
        carries=tuple(sorted({one for name in _CARRIES for one in _targets(values, name)})),
        past=past,
    )


# --- terms ---


def _strings(values: Mapping[str, Sequence[str]], predicate: str) -> list[str]:
    """The lexical forms of the literals of a property."""
    return [_lexical(term) for term in values.get(predicate, ()) if term.startswith('"')]


def _first(values: Mapping[str, Sequence[str]], name: str) -> str | None:
    return min(_strings(values, DEF + name), default=None)


def _targets(values: Mapping[str, Sequence[str]], predicate: str) -> list[str]:
    """The IRIs of a property."""
    return [term[1:-1] for term in values.get(predicate, ()) if term.startswith("<")]


def _true(values: Mapping[str, Sequence[str]], predicate: str) -> bool:
    return "true" in _strings(values, predicate)


def _lexical(term: str) -> str:
    words = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescaped, words) if "\\" in words else words


def _unescaped(found: re.Match[str]) -> str:
    sign = found[1]
    return chr(int(sign[1:], 16)) if sign[0] in "uU" and len(sign) > 1 else _CONTROLS.get(sign, sign)
