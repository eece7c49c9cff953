"""The order of the tests that look at the same files."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of one file (`source`) follow each other in the places of all of them, so that it is made once."""
    places = [at for at, item in enumerate(items) if _source(item)]
    for at, item in zip(places, sorted((items[at] for at in places), key=_source), strict=True):
        items[at] = item


def _source(item: pytest.Item) -> tuple[str, ...]:
    """The parts of the path of the file that a test looks at, or none."""
    source = item.callspec.params.get("source") if hasattr(item, "callspec") else None
    return source.parts if isinstance(source, Path) else ()
