"""Invented documents that cite legal documents, as the lines of their dumps, for the tests of `link`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

BASE = "https://example.org/"
DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PROV = "http://www.w3.org/ns/prov#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

Triple = tuple[str, str, str]


def number(code: str, year: int, serial: int | str) -> str:
    """A document number in its normal form."""
    return f"{code}〔{year}〕{serial}号"


@dataclass(frozen=True)
class Legal:
    """A legal document as one document describes it."""

    scope: str
    title: str | None = None
    code: str | None = None
    year: int | None = None
    serial: str | None = None
    known: bool = True
    law: bool = False
    funding: bool = False
    kind: str = "docnum"
    issuers: tuple[str, ...] = ()
    forwards: str | None = None

    @property
    def iri(self) -> str:
        """Its IRI, as docs/graph.md makes it."""
        if self.code:
            return f"{BASE}legal/{self.scope}/{self.code.encode('utf-16-be').hex()}-{self.year or 'x'}-{self.serial}"
        return f"{BASE}legal/{self.scope}/t-{hashlib.sha256((self.title or '').encode()).hexdigest()[:16]}"

    def triples(self) -> Iterable[Triple]:
        """What its document says of it."""
        about = self.iri
        yield about, DEF + "legalKind", f"<{CODE}citation-kind/{self.kind if self.code else 'other'}>"
        yield about, DEF + "sendsFunds", boolean(self.funding)
        if self.title:
            yield about, LABEL, f'"{self.title}"'
        if self.forwards:
            yield about, DEF + "forwards", f"<{self.forwards}>"
        for issuer in self.issuers:
            yield about, DEF + "issuedBy", f"<{BASE}organisation/x/{hashlib.sha256(issuer.encode()).hexdigest()[:16]}>"
        if self.code is None:
            yield about, DEF + "lawKnown", boolean(self.law)
            return
        yield about, DEF + "codeKnown", boolean(self.known)
        yield about, DEF + "agencyCode", f'"{self.code}"'
        yield about, DEF + "serial", f'"{self.serial}"'
        printed = number(self.code, self.year, self.serial or "") if self.year else f"{self.code}第{self.serial}号"
        yield about, DEF + "documentNumber", f'"{printed}"'
        if self.year:
            yield about, DEF + "issueYear", f'"{self.year}"^^<{XSD}gYear>'


@dataclass
class Paper:
    """One disclosure that cites; `region` is the step of its disclosure's IRI."""

    name: str
    region: str = "140525"
    said: list[Triple] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.iri = f"{BASE}document/{hashlib.sha256(self.name.encode()).hexdigest()}"
        disclosure = f"<{BASE}disclosure/{self.region}/0123456789abcdef/2024/budget>"
        self.said.append((self.iri, PROV + "specializationOf", disclosure))

    def cite(
        self,
        at: int,
        legal: Legal,
        role: str = "mentioned",
        *,
        project: int | None = None,
        indicators: Sequence[tuple[int, int]] = (),
        informal: bool = False,
        issuers: Sequence[str] = (),
        validity: str | None = None,
    ) -> str:
        """The IRI of a new citation of a legal document, which is described too; `indicators` are (place, project)."""
        iri = f"{self.iri}/citation/{at}-{at + 5}"
        self.said += legal.triples()
        self.said.append((iri, DEF + "names", f"<{legal.iri}>"))
        self.said.append((iri, DEF + "informal", boolean(informal)))
        self.said.append((iri, DEF + "citationRole", f"<{CODE}citation-role/{role}>"))
        if legal.title:
            self.said.append((iri, DEF + "citedTitle", f'"{legal.title}"'))
        for issuer in issuers:
            self.said.append((iri, DEF + "issuerName", f'"{issuer}"'))
        if validity:
            self.said.append((iri, DEF + "validity", f"<{CODE}validity/{validity}>"))
        if project is not None:
            self.said.append((iri, DEF + "project", f"<{self.project(project)}>"))
        for place, of in indicators:
            self.said.append((iri, DEF + "basisOf", f"<{self.iri}/indicator/{place}-{place + 1}>"))
            self.said.append((f"{self.iri}/indicator/{place}-{place + 1}", DEF + "project", f"<{self.project(of)}>"))
        return iri

    def propose(self, at: int, suspect: Legal, meant: str, score: str, reason: str) -> None:
        """Adds another number that the citation at this place may have meant."""
        iri = f"{self.iri}/proposal/{at}-{at + 5}/2"
        self.said.append((iri, DEF + "ofDocument", f"<{suspect.iri}>"))
        self.said.append((iri, DEF + "proposedNumber", f'"{meant}"'))
        self.said.append((iri, DEF + "confidence", f'"{score}"^^<{XSD}decimal>'))
        self.said.append((iri, DEF + "reason", f'"{reason}"'))
        self.said.append((iri, PROV + "wasDerivedFrom", f"<{self.iri}/citation/{at}-{at + 5}>"))

    def project(self, at: int) -> str:
        """The IRI of a project entry of this document."""
        return f"{self.iri}/project/{at}-{at + 1}"

    def lines(self) -> list[bytes]:
        """Its dump: sorted N-Quads lines."""
        return sorted({f"<{s}> <{p}> {o} <{self.iri}/graph> .\n".encode() for s, p, o in self.said})


def boolean(value: bool) -> str:
    """An xsd:boolean as an N-Quads term."""
    return f'"{str(value).lower()}"^^<{XSD}boolean>'
