"""Every case of the protocol suite against `yusuan serve` over the suite's own data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.protocol.cases import DATA, Case, Talk
from tests.protocol.client import Endpoint
from tests.protocol.running import import_release, served
from tests.protocol.table import CASES

LEAST_CASES = 300


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Yield the endpoint of a server over the data of the suite."""
    folder = tmp_path_factory.mktemp("protocol")
    data = import_release([DATA], folder / "data")
    with served(data, folder / "log") as running:
        yield running.endpoint


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_endpoint_keeps_the_protocol(endpoint: Endpoint, case: Case | Talk) -> None:
    case.run(endpoint)


def test_no_case_is_lost() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= LEAST_CASES
