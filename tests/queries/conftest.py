"""The sample release in both engines, with statements, indicators and canonical facts."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import Dataset

from tests.queries.engines import as_dataset
from tests.server.sample_release import sample_store

HERE = Path(__file__).parent
ANSWERS = HERE / "answers.ttl"
CLAIMS = HERE / "claims.ttl"


@pytest.fixture(scope="session")
def store() -> Store:
    """Return the sample release in pyoxigraph; tests must not change it."""
    store = sample_store()
    store.load(files("ontology").joinpath("measures.ttl").read_bytes(), format=RdfFormat.TURTLE)
    for path in (CLAIMS, ANSWERS):
        store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def dataset(store: Store) -> Dataset:
    """Return the same merge in rdflib, as the default graph of a dataset."""
    return as_dataset(store)
