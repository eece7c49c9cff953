"""A release's store as workers have it: read from disk, or in memory and then once more without its named graphs.

In memory the quads of all graphs with one subject, property or object are one chain, so that a query of the default
graph alone would also walk past those of the named graphs; the store of the default graph spares it that.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, Store

from server.release import open_store
from server.scan import Dataset


@dataclass(frozen=True, slots=True)
class Held:
    """Both stores: of the whole data set, and of its default graph; on disk they are the same."""

    whole: Store
    default: Store

    def store_for(self, text: str, dataset: Dataset | None) -> Store:
        """Return the store to ask: that of the default graph, unless the query may speak of other graphs."""
        named = dataset is not None or "graph" in (lowered := text.lower()) or "from" in lowered
        return self.whole if named else self.default


def read_from_disk(path: Path) -> Held:
    """Return the store on disk, opened read-only; raises `ReleaseError` where there is none."""
    store = open_store(path)
    return Held(store, store)


def load_into_memory(path: Path) -> Held:
    """Return in memory all that a store on disk has; raises `ReleaseError` where there is none."""
    store = open_store(path)
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        quads, triples = Path(folder) / "all.nq", Path(folder) / "default.nt"
        store.dump(str(quads), format=RdfFormat.N_QUADS)
        store.dump(str(triples), format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        return Held(_loaded(quads, RdfFormat.N_QUADS), _loaded(triples, RdfFormat.N_TRIPLES))


def _loaded(path: Path, form: RdfFormat) -> Store:
    store = Store()
    store.bulk_load(path=str(path), format=form, lenient=True)
    return store
