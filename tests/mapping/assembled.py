"""What the mapping makes of a source file, made once in a process, or in a run, for all tests that look at it."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar
from unittest.mock import patch

from mapping import findings, pipeline
from mapping.audit import Result
from mapping.built import BuiltDocument
from mapping.facts import Facts
from mapping.sources import Source

BASE = "https://example.org/"
T = TypeVar("T")
_folders: list[Path] = []


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document, with the facts and the results of the audit that it was made of."""

    built: BuiltDocument
    facts: Facts
    results: list[Result]


def make(source: Path) -> Made:
    """Return what `build_document` makes of a file."""
    with _returned(pipeline, "assemble") as facts, _returned(findings, "audit") as results:
        built = pipeline.build_document(Source(source, (source.name,), None), BASE)
    assert isinstance(built, BuiltDocument), built
    return Made(built, facts[-1], results[-1])


# Few, for they are large. The tests of a file follow each other (conftest).
@lru_cache(maxsize=10)
def made(source: Path) -> Made:
    """Return what `build_document` makes of a file; tests must not change it."""
    return make(source)


def assembled(source: Path) -> Facts:
    """Return the facts of a file; tests must not change them."""
    return made(source).facts


def built(source: Path) -> BuiltDocument:
    """Return the finished document of a file, built once in all processes of a run."""
    return kept("built", source, lambda made: made.built)


def kept(name: str, source: Path, made_of: Callable[[Made], T]) -> T:
    """Return what is made of a finished document, under a name of its own, once in all processes of a run."""
    place = Path(_folders[-1], "-".join((name, *source.parts[-3:])))
    if not place.exists():
        whole = place.with_name(f"{place.name}-{os.getpid()}")
        whole.write_bytes(pickle.dumps(made_of(made(source))))
        whole.rename(place)
    found: T = pickle.loads(place.read_bytes())
    return found


def keep_in(folder: Path) -> None:
    """Let a folder, which all processes of a run know, hold what is `kept`."""
    _folders.append(folder)


@contextmanager
def _returned(module: ModuleType, name: str) -> Iterator[list[Any]]:
    """Yield what a function of a module returns from now on, call by call."""
    function: Callable[..., Any] = getattr(module, name)
    returned: list[Any] = []

    def called(*given: object) -> Any:
        returned.append(function(*given))
        return returned[-1]

    with patch.object(module, name, called):
        yield returned
