"""What the mapping makes of a source file, made once in a process for all tests that look at it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mapping.facts import Facts, assemble
from mapping.read import read


@cache
def assembled(source: Path) -> Facts:
    """Return the facts of a file; tests must not change them."""
    return assemble(read(source.read_bytes()), None)
