"""Citations of a corpus to the legal documents that they mean, how sure that is, and the projects that rest on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from pyoxigraph import Literal

from mapping.amounts import plain
from mapping.cited import CONFIDENCE, Citing, Corpus, LegalDocument
from mapping.graph import CODE, DEF, DERIVED, RDF_TYPE, XSD
from mapping.misreads import find_misreads
from mapping.regions import CENTRAL
from mapping.rivals import Discrepancy, find_rivals, find_series
from mapping.scopes import may_be_cited, may_be_one
from mapping.titles import is_specific

Triple = tuple[str, str, str]

_BASES = frozenset({"legal-basis-of-project", "indicator-basis"})
_FUNDING = "funding-document"
_THOUSANDTH = Decimal("0.001")


def resolve(base: str, corpus: Corpus) -> Iterator[Triple]:
    """What the corpus graph says of citations, legal documents, the projects they are for, and discrepancies."""
    citations: dict[str, list[Citing]] = defaultdict(list)
    for one in corpus.citations:
        citations[one.names].append(one)
    discrepancies = [*find_rivals(corpus.documents.values(), citations), *find_misreads(corpus, citations)]
    conflicting = {party for one in discrepancies if one.conflicting for party in one.parties}
    resolved = _Resolution(corpus, conflicting)
    for one, cited, status in resolved.citations:
        yield one.iri, DEF + "cites", f"<{cited.iri}>"
        yield one.iri, DEF + "citationStatus", _status(status)
    yield from resolved.statuses()
    yield from _projects(resolved.citations)
    for discrepancy in discrepancies:
        yield from _described(base, discrepancy)
    for before, after in find_series(corpus.documents.values()):
        yield before, DEF + "nextInSeries", f"<{after}>"


_Resolved = tuple[Citing, LegalDocument, str]


class _Resolution:
    """What citations cite: `citations` are all of them, each with the document that it cites and its status."""

    def __init__(self, corpus: Corpus, conflicting: set[str]) -> None:
        self._documents = corpus.documents
        self._conflicting = conflicting
        self._by_title: dict[str, list[LegalDocument]] = defaultdict(list)
        for one in corpus.documents.values():
            for title in one.titles if one.number else ():
                self._by_title[title].append(one)
        self.citations: Sequence[_Resolved] = [(one, *self._read(one)) for one in corpus.citations]
        self._said: dict[str, set[str]] = defaultdict(set)
        for _, cited, status in self.citations:
            self._said[cited.iri].add(status)

    def statuses(self) -> Iterator[Triple]:
        """The status of each document."""
        for one in self._documents.values():
            yield one.iri, DEF + "legalStatus", _status(self._status_of(one))

    def _status_of(self, one: LegalDocument) -> str:
        """That of a document without number is the best that its citations have."""
        if one.iri in self._conflicting:
            return "conflicting"
        if one.number:
            return "exact" if one.code_known else "unresolved"
        if one.law_known:
            return "exact"
        return "unresolved" if self._said[one.iri] == {"unresolved"} else "title-only"

    def _read(self, citation: Citing) -> tuple[LegalDocument, str]:
        named = self._documents.get(citation.names) or LegalDocument(citation.names, "")
        if named.number:
            return named, self._status_of(named)
        same = [one for one in self._same_title(citation, named) if one.iri not in citation.past]
        candidates = [one for one in same if not (citation.placed and one.scope == CENTRAL)]
        cited = candidates[0] if len(candidates) == 1 else named
        if cited.iri in self._conflicting:
            return cited, "conflicting"
        if len(candidates) > 1:
            return cited, "unresolved"
        if named.law_known:
            return cited, "exact"
        unknown = not cited.code_known if cited.number else citation.informal
        return cited, "unresolved" if unknown else "title-only"

    def _same_title(self, citation: Citing, named: LegalDocument) -> Sequence[LegalDocument]:
        """The numbered documents of a citation's title: those of its own document, else those of the corpus.

        A law of the lexicon is amended under several numbers: beyond the document that prints one it stays itself.
        """
        local = [self._documents[iri] for iri in citation.local]
        if found := [one for one in local if may_be_one(one.scope, named.scope)]:
            return found
        if named.law_known or not is_specific(citation.title):
            return ()
        region = citation.home.region
        return [
            one
            for one in self._by_title.get(citation.title, ())
            if may_be_one(one.scope, named.scope) and may_be_cited(one.scope, region)
        ]


# --- projects ---


def _projects(citations: Iterable[_Resolved]) -> Iterator[Triple]:
    """What funds a project, and what justifies it; of one pair the former goes before."""
    links: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, cited, _ in citations:
        if one.role == _FUNDING or one.role in _BASES:
            link = "fundedBy" if one.role == _FUNDING or cited.funding else "justifiedBy"
            for project in one.projects:
                links[project, cited.iri].add(link)
    for (project, iri), said in links.items():
        yield project, DEF + ("fundedBy" if "fundedBy" in said else "justifiedBy"), f"<{iri}>"


# --- discrepancies ---


def _described(base: str, said: Discrepancy) -> Iterator[Triple]:
    iri = f"{base}discrepancy/{said.key}"
    yield iri, RDF_TYPE, f"<{DEF}Discrepancy>"
    yield iri, DEF + "discrepancyKind", f"<{CODE}discrepancy-kind/{said.kind}>"
    yield iri, CONFIDENCE, f'"{_rounded(said.score)}"^^<{XSD}decimal>'
    yield iri, DEF + "reason", str(Literal(said.reason))
    for party in said.parties:
        yield iri, DEF + "party", f"<{party}>"
    if said.proposed:
        yield iri, DEF + "proposed", f"<{said.proposed}>"
    if said.number:
        yield iri, DEF + "proposedNumber", str(Literal(said.number))
    for citation in said.evidence:
        yield iri, DERIVED, f"<{citation}>"


def _status(status: str) -> str:
    return f"<{CODE}citation-status/{status}>"


def _rounded(score: Fraction) -> str:
    """At most three decimals."""
    return plain((Decimal(score.numerator) / Decimal(score.denominator)).quantize(_THOUSANDTH))
