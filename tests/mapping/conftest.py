"""The tests that look at the same files: their order, and what they share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mapping.assembled import keep_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of one file (`source`) follow each other in the places of all of them, so that it is made once.

    Those that look at many of them (`last`) come after all others.
    """
    places = [at for at, item in enumerate(items) if _source(item)]
    for at, item in zip(places, sorted((items[at] for at in places), key=_source), strict=True):
        items[at] = item
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def _source(item: pytest.Item) -> tuple[str, ...]:
    """The parts of the path of the file that a test looks at, or none."""
    source = item.callspec.params.get("source") if hasattr(item, "callspec") else None
    return source.parts if isinstance(source, Path) else ()


@pytest.fixture(scope="session", autouse=True)
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """Let all processes of a run keep what they make of files in one place: the folder above those of each."""
    own = tmp_path_factory.getbasetemp()
    keep_in(own if worker_id == "master" else own.parent)
