"""Lines of N-Quads to the store of a release: its named graphs and, as default graph, their merge."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from mapping.errors import ReleaseError
from mapping.release import without_graph


def fill_store(folder: Path, lines: Callable[[], Iterable[bytes]]) -> None:
    """Makes a store with the named graphs of the lines and, as default graph, their merge."""
    store = Store(str(folder))
    try:
        _load(store, lines)
    except SyntaxError as error:
        raise ReleaseError(f"the graph of a document is not N-Quads: {error}") from error
    store.optimize()
    store.flush()


def fill_as_given(folder: Path, dump: Path, *, merged: bool) -> None:
    """Makes a store of the dump; `merged` adds what its named graphs say to the default graph.

    Quad by quad: a store that parses lines itself gives every blank node another label.
    """
    store = Store(str(folder))
    store.bulk_extend(parse(path=dump, format=RdfFormat.N_QUADS))
    if merged:
        quads = parse(path=dump, format=RdfFormat.N_QUADS)
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    store.optimize()
    store.flush()


def complete_store(folder: Path, before: Iterable[bytes], added: Sequence[bytes]) -> None:
    """Puts lines that only the store's own content decides in place of those `before`."""
    store = Store(str(folder))
    for line in before:
        for each in (line, without_graph(line)):
            for quad in parse(each, format=RdfFormat.N_QUADS):
                store.remove(quad)
    _load(store, lambda: added)
    store.flush()


def _load(store: Store, lines: Callable[[], Iterable[bytes]]) -> None:
    """Adds lines to their named graphs, then to the default graph: its keys are the triples, so each is there once."""
    for form, made in ((RdfFormat.N_QUADS, lines()), (RdfFormat.N_TRIPLES, map(without_graph, lines()))):
        store.bulk_load(io.BufferedReader(_LineStream(made), 1 << 17), format=form)


class _LineStream(io.RawIOBase):
    """A byte stream over lines that are made while it is read."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = bytearray(self._rest)
        while len(chunk) < len(buffer) and (line := next(self._lines, b"")):
            chunk += line
        self._rest = bytes(chunk[len(buffer) :])
        given = min(len(chunk), len(buffer))
        buffer[:given] = chunk[:given]
        return given
