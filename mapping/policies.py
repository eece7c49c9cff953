"""What a document cites to its graph: citations, the legal documents they name, and what these say of each other."""

from __future__ import annotations

import re
from collections import Counter

from mapping.bases import Cited
from mapping.contradict import contradictions
from mapping.facts import Facts
from mapping.graph import DEF, DERIVED, LABEL, PART_OF, RDF_TYPE, Graph
from mapping.legal import LegalDocument, region_of_issuer
from mapping.lookalikes import similar_codes
from mapping.regions import CENTRAL
from mapping.relations import Relation
from mapping.resources import Resources

_MISREAD = "{code} is no known agency code; {other} differs by one character"


def write_policies(facts: Facts, graph: Graph, resources: Resources) -> None:
    """Writes the citations of a document, and the legal documents they name, into its graph."""
    _Policies(facts, graph, resources).write()


class _Policies:
    """The citations of one document."""

    def __init__(self, facts: Facts, graph: Graph, resources: Resources) -> None:
        self._facts = facts
        self._graph = graph
        self._resources = resources
        self._region = facts.description.region
        # Where a region is not known, a document stays apart from those that other regions cite.
        self._letters = _letters(facts)
        self._apart = f"x-{self._region or graph.document.rpartition('/')[2][:16]}"

    def write(self) -> None:
        for cited in self._facts.citations:
            self._about_citation(cited)
        for one, other in contradictions(self._facts.citations):
            citation, rival = (self._graph.part("citation", cited.spans) for cited in (one, other))
            self._graph.link(citation, DEF + "contradicts", rival)
        for relation in self._facts.relations:
            self._about_relation(relation)

    def _about_citation(self, cited: Cited) -> None:
        graph, said = self._graph, cited.mention
        iri = graph.part("citation", cited.spans)
        graph.link(iri, RDF_TYPE, DEF + "Citation")
        graph.link(iri, PART_OF, graph.document)
        graph.code(iri, "citationKind", "citation-kind", said.kind)
        graph.code(iri, "citationRole", "citation-role", cited.role)
        graph.string(iri, "documentNumber", said.doc_number)
        graph.string(iri, "citedTitle", said.title)
        graph.string(iri, "article", said.article)
        if cited.amended:
            graph.typed(iri, "amended", cited.amended, "gYear")
        if cited.validity:
            graph.code(iri, "validity", "validity", cited.validity)
        for issuer in said.issuers:
            graph.string(iri, "issuerName", issuer)
        graph.typed(iri, "informal", "true" if said.informal else "false", "boolean")
        self._about_use(iri, cited)
        if cited.names:
            named = self._document(cited.names)
            graph.link(iri, DEF + "names", named)
            self._propose(iri, cited, cited.names, named)
        graph.evidence(iri, cited.spans, cited.reason)

    def _about_use(self, iri: str, cited: Cited) -> None:
        """The project and the indicators that a citation is for."""
        if cited.project:
            self._graph.link(iri, DEF + "project", self._graph.part("project", cited.project.spans))
        for indicator in cited.indicators:
            self._graph.link(iri, DEF + "basisOf", self._graph.part("indicator", indicator.spans))

    def _document(self, said: LegalDocument) -> str:
        """A legal document, with what this document prints of it."""
        graph = self._graph
        iri = f"{graph.base}legal/{said.region or self._apart}/{said.tail}"
        graph.link(iri, RDF_TYPE, DEF + "LegalDocument")
        graph.code(iri, "legalKind", "citation-kind", said.kind)
        graph.code(iri, "legalLevel", "legal-level", said.level)
        graph.string(iri, LABEL, said.title)
        graph.string(iri, "documentNumber", said.number)
        graph.string(iri, "agencyCode", said.code)
        graph.string(iri, "serial", said.serial)
        if said.year:
            graph.typed(iri, "issueYear", said.year, "gYear")
        for name, known in (("codeKnown", said.code_known), ("lawKnown", said.law_known)):
            if known is not None:
                graph.typed(iri, name, "true" if known else "false", "boolean")
        if said.funding:
            graph.typed(iri, "sendsFunds", "true", "boolean")
        if said.region and said.region != CENTRAL:
            self._resources.locate(iri, said.region)
        for issuer in said.issuers:
            self._issued(iri, issuer)
        return iri

    def _issued(self, iri: str, issuer: str) -> None:
        """Who issued a document: bodies that are named by their level alone are no names of bodies."""
        region = region_of_issuer(issuer, None)
        if region:
            body = self._resources.body(issuer, None if region == CENTRAL else region)
            self._graph.link(iri, DEF + "issuedBy", body)

    def _propose(self, citation: str, cited: Cited, said: LegalDocument, named: str) -> None:
        """Known codes that the code of the document `named`, not known, may be a misreading of: a proposal each."""
        if said.code is None or said.code_known or said.number is None:
            return
        similar = similar_codes(said.code, self._region, lettered=said.code[0] in self._letters)
        for at, (code, score) in enumerate(similar[:3]):
            iri = f"{self._graph.part('proposal', cited.spans)}" + (f"/{at + 1}" if at else "")
            self._graph.link(iri, RDF_TYPE, DEF + "Proposal")
            self._graph.link(iri, PART_OF, self._graph.document)
            self._graph.link(iri, DERIVED, citation)
            self._graph.link(iri, DEF + "ofDocument", named)
            self._graph.string(iri, "proposedNumber", re.sub(f"^{re.escape(said.code)}", code, said.number))
            self._graph.decimal(iri, "confidence", score)
            self._graph.string(iri, "reason", _MISREAD.format(code=said.code, other=code))

    def _about_relation(self, relation: Relation) -> None:
        graph = self._graph
        iri = graph.part(f"legal-relation/{relation.kind}", relation.spans)
        subject, target = self._document(relation.subject), self._document(relation.object)
        graph.link(iri, RDF_TYPE, DEF + "LegalRelation")
        graph.link(iri, PART_OF, graph.document)
        graph.code(iri, "relationKind", "legal-relation", relation.kind)
        graph.link(iri, DEF + "fromDocument", subject)
        graph.link(iri, DEF + "toDocument", target)
        graph.link(subject, DEF + _PROPERTIES[relation.kind], target)
        graph.evidence(iri, relation.spans)


_PROPERTIES = {
    **{kind: kind for kind in ("forwards", "issues", "approves", "repeals", "revises")},
    "based-on": "basedOn",
}


def _letters(facts: Facts) -> frozenset[str]:
    """The first characters of unknown codes that are those of a place, not misread ones.

    Several codes of a document have them, or a town that it names has (竹园镇: 竹府发).
    """
    named = (cited.names for cited in facts.citations)
    codes = {one.code for one in named if one and one.code and not one.code_known}
    counted = Counter(code[0] for code in codes)
    content = facts.document.text.content
    return frozenset(letter for letter, count in counted.items() if count > 1 or _names_town(letter, content))


def _names_town(letter: str, content: str) -> bool:
    """Whether a text names a town, behind no other word, whose name begins with a character."""
    return bool(re.search(f"(?<![\u4e00-\u9fff]){re.escape(letter)}[\u4e00-\u9fff]{{1,3}}(?:镇|乡|街道)", content))
