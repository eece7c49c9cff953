"""The sample release on disk, an application over it, and a real pool of workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store

from server.app import Config, create_app
from server.evaluate import Evaluation, evaluate
from server.release import open_release
from server.workers import Limits, WorkerPool
from tests.server.sample_release import build_sample, sample_store


class InProcess:
    """An evaluator without processes, for tests that are not about them."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def evaluate(self, evaluation: Evaluation) -> bytes:
        """Return the answer in the asked format."""
        return evaluate(self.store, evaluation)


@pytest.fixture(scope="session")
def store() -> Store:
    """Return the sample release in memory; tests must not change it."""
    return sample_store()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory whose current release is the sample."""
    return build_sample(tmp_path_factory.mktemp("data"))


@pytest.fixture
def client(data_dir: Path, store: Store) -> FlaskClient:
    """Return a client of an application over the sample."""
    return create_app(Config(open_release(data_dir), InProcess(store))).test_client()


@pytest.fixture
def public_client(data_dir: Path) -> FlaskClient:
    """Return a client of an application that leaves the drafts out."""
    release = open_release(data_dir, public=True)
    return create_app(Config(release, InProcess(Store.read_only(str(release.store_path))))).test_client()


@pytest.fixture(scope="session")
def pool(data_dir: Path) -> Iterator[WorkerPool]:
    """Yield one worker over the sample, with a short time limit and a small answer."""
    limits = Limits(seconds=1.0, seconds_waiting=20.0, answer_bytes=50_000)
    with WorkerPool(open_release(data_dir).store_path, 1, limits) as pool:
        yield pool
