"""What the tests of every folder share: where the repository and the sample corpus are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes is the machine's affair: lexicons and vocabularies are read by whichever comes first.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample corpus of `make run`."""
    return ROOT / "tests" / "samples"
