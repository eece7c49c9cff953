"""A document to a store of all it says, linked as if it were a release of its own."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from mapping.audit import open_graph
from mapping.built import Quarantined
from mapping.errors import SourceError
from mapping.gather import gather
from mapping.link import link
from mapping.pipeline import build_document


def open_document(path: Path, base: str, vocabulary: Iterable[Traversable]) -> Store:
    """A store in memory with the document's graph, its findings, its facts and the vocabulary as its default graph.

    Raises SourceError when the document cannot be read.
    """
    (source,) = gather([path])
    built = build_document(source, base)
    if isinstance(built, Quarantined):
        raise SourceError(f"{path}: {built.reason}")
    corpus = b"".join(link(base, [built.quads.encode().splitlines(keepends=True)])).decode()
    store = Store()
    for quads in (built.quads, built.findings, corpus):
        store.extend(open_graph(quads))
    for file in vocabulary:
        store.load(file.read_bytes(), format=RdfFormat.TURTLE)
    return store
