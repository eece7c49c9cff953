"""The queries of the first page and of the audit's pages: alike in two engines, with a hit and a miss each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from rdflib import Dataset

from server.catalogue import pages
from tests.queries.conftest import ANSWERS, CLAIMS
from tests.queries.engines import Rows, as_dataset, rows_of_pyoxigraph, rows_of_rdflib
from tests.queries.test_findings import FINDINGS, ROOT
from tests.server.sample_release import DOCUMENT, ORGANISATION, sample_store

Bindings = Mapping[str, Literal | NamedNode]
SCOPE = {"fund_scope": "all", "carry_over": "current", "phase": "approved", "level": "consolidated"}
CASES: list[tuple[str, Bindings, bool]] = [
    ("audit-findings", {}, True),
    *(("audit-findings", {"severity": Literal(each)}, True) for each in ("violation", "warning", "info")),
    ("audit-findings", {"severity": Literal("error")}, False),
    ("audit-findings", {"rule": Literal("near-names")}, True),
    ("audit-findings", {"rule": Literal("income-expenditure-balance")}, False),
    ("audit-findings", {"unit": NamedNode(ORGANISATION)}, True),
    ("audit-findings", {"unit": NamedNode(DOCUMENT)}, False),
    ("audit-findings", {"fiscal_year": Literal("2024")}, True),
    ("audit-findings", {"fiscal_year": Literal("1999")}, False),
    ("audit-findings", {"status": Literal("explained")}, True),
    ("audit-findings", {"status": Literal("corrected")}, False),
    ("audit-findings", {"status": Literal("open"), "unit": NamedNode(ORGANISATION)}, True),
    ("audit-counts", {}, True),
    ("audit-counts-of-unit", {"unit": NamedNode(ORGANISATION)}, True),
    ("audit-counts-of-unit", {"unit": NamedNode(DOCUMENT)}, False),
    ("audit-units", {}, True),
    ("audit-places", {"finding": NamedNode(ROOT)}, True),
    ("audit-places", {"finding": NamedNode(DOCUMENT)}, False),
    ("audit-finding", {"iri": NamedNode(ROOT)}, True),
    ("audit-finding", {"iri": NamedNode(DOCUMENT)}, False),
    ("audit-related", {"cause": NamedNode(ROOT)}, True),
    ("audit-related", {"cause": NamedNode(DOCUMENT)}, False),
    ("overview-counts", {}, True),
    ("overview-units", {}, True),
    ("overview-places", {}, True),
    ("overview-money", {}, True),
]


@pytest.fixture(scope="module")
def store() -> Store:
    """Return the sample release with findings and facts in pyoxigraph; tests must not change it."""
    store = sample_store()
    for name in ("audit.ttl", "measures.ttl"):
        store.load(files("ontology").joinpath(name).read_bytes(), format=RdfFormat.TURTLE)
    for path in (FINDINGS, CLAIMS, ANSWERS):
        store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def dataset(store: Store) -> Dataset:
    return as_dataset(store)


@pytest.mark.parametrize(("name", "bindings", "hit"), CASES)
def test_both_engines_answer_alike(store: Store, dataset: Dataset, name: str, bindings: Bindings, hit: bool) -> None:
    rows = rows_of_pyoxigraph(store, pages()[name], bindings)
    assert rows == _of_rdflib(dataset, name, bindings)
    assert bool(rows) is hit
    assert len(set(rows)) == len(rows)


def test_nothing_of_nothing() -> None:
    empty = Store()
    for name, bindings, _ in CASES:
        assert rows_of_pyoxigraph(empty, pages()[name], bindings) == [], name


def test_the_units_of_a_sum_are_those_that_it_counts(store: Store, dataset: Dataset) -> None:
    money = [_named("overview-money", row) for row in rows_of_pyoxigraph(store, pages()["overview-money"], {})]
    assert money
    for row in money:
        scope = {name: Literal(str(row[name])) for name in SCOPE}
        rows = rows_of_pyoxigraph(store, pages()["overview-money-units"], scope)
        assert rows == _of_rdflib(dataset, "overview-money-units", scope)
        named = [_named("overview-money-units", each) for each in rows]
        assert len([each for each in named if each["fiscal_year"] == row["fiscal_year"]]) >= int(str(row["units"]))
    none = {name: Literal("none") for name in SCOPE}
    assert rows_of_pyoxigraph(store, pages()["overview-money-units"], none) == []


def _of_rdflib(dataset: Dataset, name: str, bindings: Bindings) -> Rows:
    """Return the rows of rdflib, which filters what is computed only where the bindings come as a table."""
    return rows_of_rdflib(dataset, pages()[name], {}, bindings)


def _named(name: str, row: tuple[object, ...]) -> dict[str, object]:
    columns = re.findall(r"\?(\w+)", re.sub(r"\([^()]*\([^()]*\) AS (\?\w+)\)", r"\1", _selected(name)))
    return dict(zip(columns, row, strict=True))


def _selected(name: str) -> str:
    return pages()[name].text.partition("SELECT")[2].partition("WHERE")[0]


def test_what_only_follows_is_no_row_but_counted(store: Store) -> None:
    rows = rows_of_pyoxigraph(store, pages()["audit-findings"], {"rule": Literal("row-sum")})
    assert len(rows) == 1
    assert 1 in rows[0]
    assert len(rows_of_pyoxigraph(store, pages()["audit-findings"], {})) == 3
