"""The sample release on disk, an application over it, and a service with real workers in an event loop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store

from server.app import Config, create_app
from server.evaluate import Evaluation, evaluate
from server.release import open_release
from server.service import Service
from server.settings import Settings
from tests.server.sample_release import build_other, build_sample, sample_store
from tests.server.web import Loop, Web

QUICK = Settings(
    light_workers=2,
    heavy_queries=2,
    query_seconds=1.0,
    waiting_seconds=20.0,
    answer_mb=1,
    reload_seconds=0,
    access_log="",
)
"""Settings for tests: a short time limit, a small answer, no release looked for unbidden."""


class InProcess:
    """An evaluator without processes, for tests that are not about them."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def evaluate(self, evaluation: Evaluation) -> bytes:
        """Return the answer in the asked format."""
        return evaluate(self.store, evaluation)


@contextmanager
def serving(loop: Loop, data_dir: Path, settings: Settings = QUICK, *, public: bool = False) -> Iterator[Service]:
    """Yield a service over the current release of a data directory."""
    service = Service(data_dir, settings, public=public)
    loop.run(service.open())
    try:
        yield service
    finally:
        loop.run(service.close())


@pytest.fixture(scope="session")
def store() -> Store:
    """Return the sample release in memory; tests must not change it."""
    return sample_store()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory whose current release is the sample."""
    return build_sample(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with two releases, the sample being the current one; tests must not change it."""
    out = build_sample(tmp_path_factory.mktemp("two"))
    build_other(out)
    return out


@pytest.fixture
def own_data(two_releases: Path, tmp_path: Path) -> Path:
    """Return a copy of a data directory with two releases; only processes of one test serve it."""
    return shutil.copytree(two_releases, tmp_path / "data", symlinks=True)


@pytest.fixture
def client(data_dir: Path, store: Store) -> FlaskClient:
    """Return a client of the pages over the sample."""
    return create_app(Config(open_release(data_dir), InProcess(store))).test_client()


@pytest.fixture
def public_client(data_dir: Path) -> FlaskClient:
    """Return a client of pages that leave the drafts out."""
    release = open_release(data_dir, public=True)
    return create_app(Config(release, InProcess(Store.read_only(str(release.store_path))))).test_client()


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    """Yield an event loop in a thread."""
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def web(loop: Loop, data_dir: Path) -> Iterator[Web]:
    """Yield a client of the service over the sample."""
    with serving(loop, data_dir) as service:
        yield Web(loop, service)


@pytest.fixture(scope="session")
def public_web(loop: Loop, data_dir: Path) -> Iterator[Web]:
    """Yield a client of the service over the sample as the public sees it."""
    with serving(loop, data_dir, public=True) as service:
        yield Web(loop, service)
