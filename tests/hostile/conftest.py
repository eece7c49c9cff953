"""The data of the hostile suite as a release, and a server over it whose queries may take two seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.data import write_data
from tests.hostile.harm import SETTINGS
from tests.protocol.running import Running, import_release, served


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of releases with the data of the hostile suite."""
    folder = tmp_path_factory.mktemp("hostile")
    return import_release([write_data(folder / "data.nq")], folder / "data")


@pytest.fixture(scope="module")
def server(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server for the tests of one module."""
    with served(release, tmp_path_factory.mktemp("log") / "log", SETTINGS) as running:
        yield running
