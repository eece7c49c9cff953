"""The queries of the pages of legal documents, projects, units and indicators: alike in two engines, hit and miss."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store
from rdflib import Dataset

from server.catalogue import pages
from tests.queries.conftest import ANSWERS, CLAIMS
from tests.queries.engines import Rows, as_dataset, rows_of_pyoxigraph, rows_of_rdflib
from tests.queries.test_findings import FINDINGS
from tests.queries.test_legal import LEGAL
from tests.server.sample_release import BASE, sample_store

OF_THING = {
    "legal-document": "def:LegalDocument",
    "legal-variants": "def:LegalDocument",
    "legal-citations": "def:LegalDocument",
    "legal-links": "def:LegalDocument",
    "legal-disputes": "def:LegalDocument",
    "legal-money": "def:LegalDocument",
    "project-entries": "def:Project",
    "project-form": "def:Project",
    "project-money": "def:Project",
    "project-line": "def:Project",
    "project-bases": "def:Project",
    "project-indicators": "def:Project",
    "project-findings": "def:Project",
    "unit-relations": "org:Organization",
    "unit-disclosures": "org:Organization",
    "unit-money": "org:Organization",
    "unit-functions": "org:Organization",
    "unit-projects": "org:Organization",
    "unit-staff": "org:Organization",
    "indicator": "def:Indicator",
    "indicator-links": "def:Indicator",
    "reading-spans": "def:Indicator",
    "reading-place": "def:Citation",
    "citation": "def:Citation",
    "citation-links": "def:Citation",
    "citation-others": "def:Citation",
    "project-entry": "def:ProjectEntry",
    "project-entry-amounts": "def:ProjectEntry",
    "project-entry-links": "def:ProjectEntry",
    "organisation-entry": "def:OrganisationEntry",
    "organisation-entry-links": "def:OrganisationEntry",
    "organisation-entry-names": "def:OrganisationEntry",
    "staffing": "def:Staffing",
}
"""Queries of one thing, with its class."""
ALL = Literal("all")
OTHERS: list[tuple[str, Mapping[str, Literal | NamedNode], bool]] = [
    ("compared-numbers", {"wanted": Literal("送温暖")}, True),
    ("compared-numbers", {"wanted": Literal("no such words")}, False),
    ("compared-facts", {"wanted": Literal("three-public")}, True),
    ("compared-facts", {"wanted": Literal("no-such-measure")}, False),
    ("compared-facts", {"wanted": Literal("reception-batches")}, False),
    ("comparable", {}, True),
    ("list-choices", {}, True),
    *(
        (name, {"wanted_region": region, "wanted_year": year}, hit)
        for kind in ("units", "projects")
        for name in (f"list-{kind}", f"count-{kind}")
        for region, year, hit in (
            (ALL, ALL, True),
            (Literal("1405"), Literal("2024"), True),
            (Literal("99"), ALL, False),
        )
    ),
    *(
        (name, {"wanted_region": region, "wanted_year": year, "wanted_status": status}, hit)
        for name in ("list-legal", "count-legal")
        for region, year, status, hit in (
            (ALL, ALL, ALL, True),
            (ALL, ALL, Literal("conflicting"), True),
            (Literal("99"), ALL, ALL, False),
        )
    ),
]
_PREFIXES = (
    "PREFIX def: <https://w3id.org/yusuan/def#> PREFIX org: <http://www.w3.org/ns/org#> "
    "PREFIX dct: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
)


@pytest.fixture(scope="module")
def store() -> Store:
    """Return the sample release with facts, findings and legal documents; tests must not change it."""
    store = sample_store()
    for name in ("audit.ttl", "legal.ttl", "measures.ttl"):
        store.load(files("ontology").joinpath(name).read_bytes(), format=RdfFormat.TURTLE)
    for path in (FINDINGS, CLAIMS, ANSWERS, LEGAL):
        store.load(path=path, format=RdfFormat.TURTLE)
    joined = " , ".join(map(str, things(store, "def:Project")[:3]))
    said = f"def:joins {joined} ; def:reason 'the names' ; def:confidence 0.9"
    store.update(f"{_PREFIXES} INSERT DATA {{ <{BASE}project-line/0> {said} }}")
    return store


@pytest.fixture(scope="module")
def dataset(store: Store) -> Dataset:
    return as_dataset(store)


def things(store: Store, kind: str) -> list[NamedNode]:
    """Return all things of a class, in order."""
    found = store.query(f"{_PREFIXES} SELECT DISTINCT ?x WHERE {{ ?x a {kind} }} ORDER BY ?x")
    assert isinstance(found, QuerySolutions)
    return [row[0] for row in found if isinstance(row[0], NamedNode)]


@pytest.mark.parametrize("name", sorted(OF_THING))
def test_what_is_said_of_a_thing(store: Store, dataset: Dataset, name: str) -> None:
    hits = 0
    for thing in things(store, OF_THING[name]):
        rows = rows_of_pyoxigraph(store, pages()[name], {"iri": thing})
        hits += bool(rows)
        assert rows == _of_rdflib(dataset, name, {"iri": thing}), thing
        assert len(rows) == len(set(rows)), thing
    assert hits, "no thing of the sample has a row"
    assert rows_of_pyoxigraph(store, pages()[name], {"iri": NamedNode(f"{BASE}nothing")}) == []


@pytest.mark.parametrize(("name", "bindings", "hit"), OTHERS)
def test_lists_and_comparisons(
    store: Store, dataset: Dataset, name: str, bindings: Mapping[str, Literal | NamedNode], hit: bool
) -> None:
    rows = rows_of_pyoxigraph(store, pages()[name], bindings)
    assert bool(rows) is hit
    assert rows == _of_rdflib(dataset, name, bindings)


def test_things_of_which_nothing_is_known_bring_no_rows_of_others() -> None:
    """An OPTIONAL with an unbound variable would match everything."""
    store = Store()
    lone = f"{BASE}lone"
    stated = [
        f"<{lone}/entry> a def:ProjectEntry ; def:entryOf <{lone}/project> ; def:justifiedBy <{lone}/legal>",
        f"<{lone}/entry> dct:isPartOf <{lone}/document>",
        f"<{lone}/unit> a org:Organization . <{lone}/legal> a def:LegalDocument",
        f"<{lone}/project> a def:Project . <{lone}/indicator> a def:Indicator",
        f"<{lone}/disclosure> dct:publisher <{lone}/unit> ; a def:Disclosure",
        f"<{lone}/citation> a def:Citation ; dct:isPartOf <{lone}/document> ; def:cites <{lone}/legal>",
        f"<{lone}/office> a def:OrganisationEntry ; def:entryOf <{lone}/unit> . <{lone}/staffing> a def:Staffing",
        *(f"<{lone}/x{each}> rdfs:label 'x{each}'" for each in range(5)),
    ]
    store.update(f"{_PREFIXES} INSERT DATA {{ {' . '.join(stated)} }}")
    asked = {
        "LegalDocument": "legal",
        "Project": "project",
        "Organization": "unit",
        "Indicator": "indicator",
        "Citation": "citation",
        "ProjectEntry": "entry",
        "OrganisationEntry": "office",
        "Staffing": "staffing",
    }
    for name, kind in OF_THING.items():
        thing = NamedNode(f"{lone}/{asked[kind.split(':')[1]]}")
        assert len(rows_of_pyoxigraph(store, pages()[name], {"iri": thing})) <= 1, name
    for name in ("list-units", "list-projects"):
        rows = rows_of_pyoxigraph(store, pages()[name], {"wanted_region": ALL, "wanted_year": ALL})
        assert len(rows) == 1, name


def _of_rdflib(dataset: Dataset, name: str, bindings: Mapping[str, Literal | NamedNode]) -> Rows:
    """Return the rows of rdflib, which filters what is computed only where the bindings come as a table."""
    return rows_of_rdflib(dataset, pages()[name], bindings, bindings)
