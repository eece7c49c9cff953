"""The sample release in both engines."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, Store
from rdflib import Dataset

from tests.server.sample_release import sample_store


@pytest.fixture(scope="session")
def store() -> Store:
    """Return the sample release in pyoxigraph; tests must not change it."""
    return sample_store()


@pytest.fixture(scope="session")
def dataset(store: Store) -> Dataset:
    """Return the same merge in rdflib, as the default graph of a dataset."""
    dump = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    assert dump is not None
    dataset = Dataset()
    dataset.default_graph.parse(data=dump, format="nt")
    return dataset
