"""Documents to a store of their findings, without a release: an office's own check before publication."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from mapping.audit import open_graph
from mapping.built import BuiltDocument, Quarantined
from mapping.gather import gather
from mapping.pipeline import build_document

# Nothing of it is kept; no one can look an IRI up.
_BASE = "http://localhost/"


def check(paths: Sequence[Path], vocabulary: Iterable[Traversable]) -> tuple[Store, list[Quarantined]]:
    """A store in memory, the documents and their findings as its default graph; and what could not be read.

    Raises SourceError for a path that does not exist.
    """
    store = Store()
    left_out = []
    for source in gather(paths):
        built = build_document(source, _BASE)
        if isinstance(built, BuiltDocument):
            store.extend(open_graph(built.quads))
            store.extend(open_graph(built.findings))
        else:
            left_out.append(built)
    for file in vocabulary:
        store.load(file.read_bytes(), format=RdfFormat.TURTLE)
    return store, left_out
