"""Numbers whose agency code is not known to the numbers that may have been meant: proposals, never merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from mapping.cited import Citing, Corpus, LegalDocument
from mapping.lookalikes import is_misread, looks_like
from mapping.rivals import Discrepancy, differ_by_one
from mapping.scopes import may_be_cited

_IN_CORPUS = "a number of the same year and serial with a known agency code that differs by one character is cited"
_BESIDE = f"{_IN_CORPUS} in the same document"
_OF_ONE_PROJECT = (
    "a number of the same year and serial that differs by one character is cited for the same project, "
    "with an agency code that other numbers bear too"
)
_LOOKS_LIKE = (
    "a number of the same year and serial is cited in the same document, "
    "and the one character that differs is often misread for the other's"
)


def find_misreads(corpus: Corpus, citations: Mapping[str, Sequence[Citing]]) -> Iterator[Discrepancy]:
    """One discrepancy for each suspect and number that it may be a misreading of.

    What the documents propose, and what they cite themselves: a number of the same year and serial whose known code
    differs by one character, of a place whose documents the suspect's own place may cite. A code that no lexicon knows
    counts where other numbers bear it, none but the suspect bears the suspect's, and both are cited for one project; or
    where one document prints both, and the suspect's character is known to be read for the other's (氏 for 民).
    """
    meant = _Meant(corpus, citations)
    for suspect in corpus.documents.values():
        if suspect.number and not suspect.code_known and (found := meant.by(suspect)):
            evidence = tuple(sorted(one.iri for one in citations.get(suspect.iri, ())))
            for number, (score, reasons) in sorted(found.items()):
                proposed = meant.document(number, suspect)
                yield Discrepancy(
                    kind="misread",
                    parties=(suspect.iri,),
                    score=score,
                    reason="; ".join(sorted(reasons)),
                    evidence=evidence,
                    proposed=proposed.iri if proposed else None,
                    number=None if proposed else number,
                )


_Found = dict[str, tuple[Fraction, set[str]]]


class _Meant:
    """What the numbers of a corpus may be misreadings of."""

    def __init__(self, corpus: Corpus, citations: Mapping[str, Sequence[Citing]]) -> None:
        self._citations = citations
        self._proposals = defaultdict(list)
        for proposal in corpus.proposals:
            self._proposals[proposal.suspect].append(proposal)
        self._numbered: dict[str, list[LegalDocument]] = defaultdict(list)
        self._near: dict[tuple[int | None, str | None, str], list[LegalDocument]] = defaultdict(list)
        self._borne = Counter(_bearer(one) for one in corpus.documents.values() if one.number)
        for one in corpus.documents.values():
            if one.number and one.code:
                self._numbered[one.number].append(one)
                for shortened in _shortened(one.code):
                    self._near[one.year, one.serial, shortened].append(one)

    def by(self, suspect: LegalDocument) -> _Found:
        """The numbers that a suspect may stand for, each with its best score and all reasons."""
        found: _Found = {}
        for proposal in self._proposals[suspect.iri]:
            _add(found, proposal.number, Fraction(Decimal(proposal.score or "0")), proposal.reason)
        for other in self._like(suspect):
            apart = Fraction(1, max(len(suspect.code or ""), len(other.code or "")))
            beside = self._are_beside(suspect, other)
            reason = self._reason(suspect, other, beside)
            _add(found, other.number or "", 1 - apart / (2 if beside else 1), reason)
        return found

    def _reason(self, suspect: LegalDocument, other: LegalDocument, beside: bool) -> str:
        """What speaks for a number that differs by one character."""
        if other.code_known:
            return _BESIDE if beside else _IN_CORPUS
        return _OF_ONE_PROJECT if self._are_of_one_project(suspect, other) else _LOOKS_LIKE

    def document(self, number: str, suspect: LegalDocument) -> LegalDocument | None:
        """The one document of a number that the suspect may stand for; None when there is none, or more than one."""
        found = [one for one in self._numbered[number] if self._may_be(suspect, one)]
        found = [one for one in found if one.code_known or self._is_borne(one)] or found
        return found[0] if len(found) == 1 else None

    def _like(self, suspect: LegalDocument) -> Iterator[LegalDocument]:
        code = suspect.code or ""
        keys = {(suspect.year, suspect.serial, shortened) for shortened in _shortened(code)}
        others = {one.iri: one for key in keys for one in self._near.get(key, ())}
        for _, one in sorted(others.items()):
            if not differ_by_one(code, one.code or ""):
                continue
            home = suspect.scope.removeprefix("x-")
            alike = self._are_beside(suspect, one) and is_misread(code, one.code or "", home)
            if self._may_be(suspect, one) if one.code_known else alike or self._are_of_one_project(suspect, one):
                yield one

    def _is_borne(self, one: LegalDocument) -> bool:
        """Whether more than one number bears the code of a document."""
        return self._borne[_bearer(one)] > 1

    def _are_of_one_project(self, suspect: LegalDocument, other: LegalDocument) -> bool:
        """Whether both are cited for one project, and the codes begin alike or as scanners read them.

        Only the suspect bears its own code.
        """
        code, meant = suspect.code or "", other.code or ""
        alike = (code[:1] == meant[:1] or looks_like(code, meant)) and self._is_borne(other)
        projects = {one for cited in self._citations.get(suspect.iri, ()) for one in cited.projects}
        shared = any(projects.intersection(cited.projects) for cited in self._citations.get(other.iri, ()))
        return alike and shared and not self._is_borne(suspect)

    def _may_be(self, suspect: LegalDocument, other: LegalDocument) -> bool:
        """Whether the place of the suspect allows it, or one document cites both."""
        return may_be_cited(other.scope, suspect.scope.removeprefix("x-")) or self._are_beside(suspect, other)

    def _are_beside(self, suspect: LegalDocument, other: LegalDocument) -> bool:
        """Whether one document cites both."""
        homes = {one.home.iri for one in self._citations.get(suspect.iri, ())}
        return any(one.home.iri in homes for one in self._citations.get(other.iri, ()))


def _bearer(one: LegalDocument) -> tuple[str, str | None]:
    """The place of a document, as sure as its code says it or only as who cites it, and its code."""
    return one.scope.removeprefix("x-"), one.code


def _shortened(code: str) -> set[str]:
    """A code and what is left of it without one character: codes that differ by one character share one of these."""
    return {code, *(code[:at] + code[at + 1 :] for at in range(len(code)))}


def _add(found: _Found, number: str, score: Fraction, reason: str) -> None:
    before, reasons = found.get(number, (Fraction(0), set()))
    found[number] = max(before, score), reasons | {reason}
