"""Every term of `def#`: labels and comments in both languages, ontology, range; and no unknown names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
BOTH = ["en", "zh-hans"]
Languages = Callable[[URIRef, URIRef], list[str]]
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
TERM = re.compile(r"(?<![\w-])def:([A-Za-z]\w*)")
CONCEPT = re.compile(r"(?<![\w-])code:([a-z-]+)/(\{[\w-]+(?:,[\w-]+)+\}|\w[\w-]*)")


def terms(vocabulary: Graph) -> set[URIRef]:
    """The classes and properties of our namespace: all subjects in it."""
    return {node for node in vocabulary.subjects() if isinstance(node, URIRef) and node.startswith(DEF)}


def properties(vocabulary: Graph) -> set[URIRef]:
    return {term for term in terms(vocabulary) if set(PROPERTIES) & set(vocabulary.objects(term, RDF.type))}


def test_every_term_is_a_class_or_a_property(vocabulary: Graph) -> None:
    kinds = {OWL.Class, *PROPERTIES}
    found = terms(vocabulary)
    assert len(found) >= 140
    assert [term for term in found if len(kinds & set(vocabulary.objects(term, RDF.type))) != 1] == []


def test_every_term_has_one_label_and_one_comment_in_each_language(vocabulary: Graph, languages: Languages) -> None:
    missing = [
        (term, predicate)
        for term in terms(vocabulary)
        for predicate in (RDFS.label, RDFS.comment)
        if languages(term, predicate) != BOTH
    ]
    assert missing == []


def test_every_term_names_its_ontology(vocabulary: Graph) -> None:
    ontology = URIRef(DEF.rstrip("#"))
    assert (ontology, RDF.type, OWL.Ontology) in vocabulary
    assert [term for term in terms(vocabulary) if (term, RDFS.isDefinedBy, ontology) not in vocabulary] == []


def test_every_property_has_a_range_or_says_why_it_has_none(vocabulary: Graph, languages: Languages) -> None:
    found = properties(vocabulary)
    assert len(found) >= 115
    without = [
        term
        for term in found
        if len(set(vocabulary.objects(term, RDFS.range))) != 1 and languages(term, SKOS.scopeNote) != BOTH
    ]
    assert without == []


def test_a_range_fits_the_kind_of_property(vocabulary: Graph) -> None:
    ranges = [(term, str(end)) for term in properties(vocabulary) for end in vocabulary.objects(term, RDFS.range)]
    datatype = "http://www.w3.org/2001/XMLSchema#"
    wrong = [
        term
        for term, end in ranges
        if end.startswith((datatype, str(RDF.langString))) != ((term, RDF.type, OWL.DatatypeProperty) in vocabulary)
    ]
    assert len(ranges) >= 115
    assert wrong == []


def test_no_property_has_a_domain_that_infers(vocabulary: Graph) -> None:
    assert list(vocabulary.subject_objects(RDFS.domain)) == []
    domain = URIRef("https://schema.org/domainIncludes")
    assert [term for term in properties(vocabulary) if (term, domain, None) not in vocabulary] == []


def test_sums_by_rows_and_by_columns_are_sums(vocabulary: Graph) -> None:
    for name in ("summationOfRows", "summationOfColumns"):
        assert (URIRef(DEF + name), RDFS.subPropertyOf, URIRef(DEF + "summationOf")) in vocabulary


def test_what_forwards_issues_or_approves_carries(vocabulary: Graph) -> None:
    carriers = {
        str(node).removeprefix(DEF) for node in vocabulary.subjects(RDFS.subPropertyOf, URIRef(DEF + "carries"))
    }
    assert carriers == {"forwards", "issues", "approves"}


def test_a_legal_document_is_a_legal_resource(vocabulary: Graph) -> None:
    """Of the European Legislation Identifier; a citation is a mention of one and is none."""
    resource = URIRef("http://data.europa.eu/eli/ontology#LegalResource")
    assert list(vocabulary.subjects(RDFS.subClassOf, resource)) == [URIRef(DEF + "LegalDocument")]


def names_in_text(text: str) -> set[str]:
    """The IRIs of our namespaces that a text writes out or shortens; `code:list/{a,b}` stands for two."""
    found = {DEF + name for name in TERM.findall(text)}
    found |= set(re.findall(rf"{re.escape(DEF)}\w+", text))
    found |= set(re.findall(rf"{re.escape(CODE)}[a-z-]+/\w[\w-]*", text))
    for scheme, tokens in CONCEPT.findall(text):
        found |= {f"{CODE}{scheme}/{token}" for token in tokens.strip("{}").split(",")}
    return found


def names_in_turtle(file: Path) -> set[str]:
    """The IRIs of our namespaces in the triples of a file, whatever prefix they are written with."""
    nodes = {node for triple in pyoxigraph.parse(path=str(file)) for node in triple}
    iris = {node.value for node in nodes if isinstance(node, pyoxigraph.NamedNode)}
    return {iri for iri in iris if iri.startswith((DEF, CODE))}


def names_used(root: Path) -> dict[str, set[str]]:
    """Our names by the file that uses them: vocabulary, shapes, queries, code, contract of the graph."""
    files = [file for folder in ("ontology", "shapes") for file in (root / folder).rglob("*.ttl")]
    found = {str(file.relative_to(root)): names_in_turtle(file) for file in files}
    texts = [root / "docs" / "graph.md", *files, *(root / "queries").rglob("*.rq")]
    texts += [file for folder in ("mapping", "server") for file in (root / folder).rglob("*.py")]
    for file in texts:
        name = str(file.relative_to(root))
        found[name] = found.get(name, set()) | names_in_text(file.read_text(encoding="utf-8"))
    return found


def test_no_undefined_name_is_used(root: Path, vocabulary: Graph) -> None:
    defined = {str(node) for node in vocabulary.subjects(RDF.type)}
    used = names_used(root)
    assert len(used["docs/graph.md"]) >= 180
    assert sum(len(names) for names in used.values()) >= 1000
    unknown = {file: sorted(names - defined) for file, names in used.items() if names - defined}
    assert unknown == {}


def test_every_term_is_in_the_contract_of_the_graph(root: Path, vocabulary: Graph) -> None:
    """A term that no data uses is only there to be sub-classed or sub-propertied, or is dead."""
    used = names_in_text((root / "docs" / "graph.md").read_text(encoding="utf-8"))
    parents = {str(node) for step in (RDFS.subClassOf, RDFS.subPropertyOf) for node in vocabulary.objects(None, step)}
    assert sorted(str(term) for term in terms(vocabulary) if str(term) not in used | parents) == []


def test_the_scan_reads_every_spelling() -> None:
    text = "def:amount code:scope/{period,annual} code:currency/CNY <https://w3id.org/yusuan/def#line>"
    assert names_in_text(text) == {
        DEF + "amount",
        DEF + "line",
        CODE + "scope/period",
        CODE + "scope/annual",
        CODE + "currency/CNY",
    }
