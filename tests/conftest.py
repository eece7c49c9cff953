"""What the tests of every folder share: where the repository and the sample corpus are."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample corpus of `make run`."""
    return ROOT / "tests" / "samples"
