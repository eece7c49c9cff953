"""All cases of the protocol suite in one table."""

from __future__ import annotations

from tests.protocol import caching, connections, datasets, description, explaining, formats, operations, w3c
from tests.protocol.cases import Cases

CASES: Cases = (
    *w3c.CASES,
    *formats.CASES,
    *operations.CASES,
    *datasets.CASES,
    *caching.CASES,
    *connections.CASES,
    *explaining.CASES,
    *description.CASES,
)
