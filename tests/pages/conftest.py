"""The pages over a release of the sample corpus, as the tests of linked data have them."""

from __future__ import annotations

from tests.lod.conftest import built, client, counting

__all__ = ["built", "client", "counting"]
