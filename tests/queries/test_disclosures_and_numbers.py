"""The queries of the pages of disclosures and numbers: alike in two engines, with a hit and a miss each."""

from __future__ import annotations

from importlib.resources import files

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store
from rdflib import Dataset

from server.catalogue import pages
from tests.queries.conftest import ANSWERS, CLAIMS
from tests.queries.engines import as_dataset, rows_of_pyoxigraph
from tests.queries.test_findings import FINDINGS
from tests.queries.test_pages_of_things import _of_rdflib
from tests.server.sample_release import BASE, DOCUMENT, TOTAL, sample_store

LEGAL = ANSWERS.with_name("legal.ttl")
Terms = dict[str, Literal | NamedNode]
MISSING = NamedNode(f"{BASE}nothing")
LINES = {"first_line": Literal(1), "last_line": Literal(100_000)}
OF_DOCUMENT = ("document-facts", "document-counts", "document-tables", "document-findings", "document-projects")
OF_LINES = ("document-cells", "document-fields", "finding-marks", "text-readings")


@pytest.fixture(scope="module")
def store() -> Store:
    """Return the sample release with findings and facts in pyoxigraph; tests must not change it."""
    store = sample_store()
    for name in ("audit.ttl", "measures.ttl"):
        store.load(files("ontology").joinpath(name).read_bytes(), format=RdfFormat.TURTLE)
    for path in (FINDINGS, CLAIMS, ANSWERS, LEGAL):
        store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def dataset(store: Store) -> Dataset:
    return as_dataset(store)


def _first(store: Store, pattern: str) -> NamedNode:
    found = store.query(f"PREFIX def: <https://w3id.org/yusuan/def#> SELECT ?x WHERE {{ {pattern} }} ORDER BY ?x")
    assert isinstance(found, QuerySolutions)
    term = next(iter(found))["x"]
    assert isinstance(term, NamedNode)
    return term


def _cases(store: Store) -> list[tuple[str, Terms]]:
    """Return the queries with terms that each finds something of."""
    document, span = NamedNode(DOCUMENT), "^<http://www.w3.org/ns/prov#wasDerivedFrom>"
    found: list[tuple[str, Terms]] = [(name, {"of_document": document}) for name in OF_DOCUMENT]
    read = {"document-indicators": "Indicator", "document-statements": "Statement", "document-citations": "Citation"}
    for name, kind in read.items():
        where = f"?y a def:{kind} ; <http://purl.org/dc/terms/isPartOf> ?x"
        found.append((name, {"of_document": _first(store, where)}))
    found += [(name, {"of_document": document, **LINES}) for name in OF_LINES]
    found.append(("disclosure-versions", {"disclosure": _first(store, "?x a def:Disclosure")}))
    table = _first(store, f"<{TOTAL}> <http://purl.org/linked-data/cube#dataSet> ?x")
    found.append(("table-cells", {"table": table, "first_row": Literal(0), "last_row": Literal(1000)}))
    found += [(name, {"thing": NamedNode(TOTAL)}) for name in ("number-facts", "number-spans", "number-relations")]
    finding = "?y a def:Finding ; <http://www.w3.org/ns/prov#wasDerivedFrom> ?x"
    found.append(("number-findings", {"thing": _first(store, finding)}))
    found.append(("fact-places", {"fact": _first(store, "?x a def:CanonicalFact . ?y def:states ?x ; def:low ?z")}))
    found.append(("span-readings", {"span": _first(store, f"?x {span} ?y . ?y a def:Observation")}))
    return found


def test_both_engines_answer_alike_with_a_hit_and_a_miss(store: Store, dataset: Dataset) -> None:
    problems = []
    for name, terms in _cases(store):
        rows = rows_of_pyoxigraph(store, pages()[name], terms)
        if not rows:
            problems.append(f"{name}: nothing found")
        if len(set(rows)) != len(rows):
            problems.append(f"{name}: rows repeat")
        if rows != _of_rdflib(dataset, name, terms):
            problems.append(f"{name}: rdflib has other rows")
        missed = {key: MISSING if isinstance(term, NamedNode) else term for key, term in terms.items()}
        if rows_of_pyoxigraph(store, pages()[name], missed):
            problems.append(f"{name}: rows for nothing")
    assert not problems, problems


def test_only_what_stands_between_the_lines_is_found(store: Store) -> None:
    far: Terms = {"of_document": NamedNode(DOCUMENT), "first_line": Literal(90_000), "last_line": Literal(99_999)}
    assert [name for name in OF_LINES if rows_of_pyoxigraph(store, pages()[name], far)] == []
