"""What the tests of every folder share: where the repository and the sample corpus are."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from types import CodeType

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, BytecodeCache

from mapping import publish

# How long an example takes is the machine's affair: lexicons and vocabularies are read by whichever comes first, and
# other processes run beside.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# Python keeps so few expressions compiled that the documents of many tests make it compile those of the lexicons anew.
re._MAXCACHE = 1 << 12  # type: ignore[attr-defined]

ROOT = Path(__file__).parent.parent
# Hundreds of folders of texts, without a test.
collect_ignore = ["audited", "cases", "samples"]
APART = {"hostile": "serial", "protocol": "waiting"}
"""Folders whose tests measure time or memory, or kill processes: they run one by one, with nothing beside; or serve,
and wait more than they compute: they run one by one beside all others."""


class _Compiled(BytecodeCache):
    """Templates as compiled: tests make applications by the hundred, and a template is the same in each."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put what is kept of a template of this name and text into its bucket."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options["bytecode_cache"] = _Compiled()


def _kept(lines_of: Callable[[Sequence[Traversable]], list[bytes]]) -> Callable[[Sequence[Traversable]], list[bytes]]:
    """The lines of vocabularies, made once of the same files: tests make releases by the hundred."""
    made: dict[tuple[tuple[str, bytes], ...], list[bytes]] = {}

    def kept(vocabulary: Sequence[Traversable]) -> list[bytes]:
        files = tuple((file.name, file.read_bytes()) for file in vocabulary)
        if files not in made:
            made[files] = lines_of(vocabulary)
        return made[files]

    return kept


publish.vocabulary_lines = _kept(publish.vocabulary_lines)  # type: ignore[assignment]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of these folders; in the others a module or a test marks itself."""
    for item in items:
        for folder in APART.keys() & set(item.path.relative_to(ROOT / "tests").parts):
            item.add_marker(APART[folder])


def pytest_collection_finish() -> None:
    """Leave what is there until the end, the tests themselves above all, out of every search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample corpus of `make run`."""
    return ROOT / "tests" / "samples"
