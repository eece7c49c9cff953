"""Documents to a store of all they say, without a release: to check them, or to compare two versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from mapping.audit import open_graph
from mapping.built import BuiltDocument, Quarantined
from mapping.errors import SourceError
from mapping.gather import gather
from mapping.link import link
from mapping.pipeline import build_document


@dataclass(frozen=True, slots=True)
class Opened:
    """Documents in a store, what of the files could not be read, and the notices on each that could, by its name."""

    store: Store
    left_out: Sequence[Quarantined]
    notices: Sequence[tuple[str, str]]


def open_documents(paths: Sequence[Path], base: str, vocabulary: Iterable[Traversable]) -> Opened:
    """A store in memory, the documents' graphs, their findings, their facts and the vocabulary as its default graph.

    Raises SourceError for a path that does not exist.
    """
    results = [build_document(source, base) for source in gather(paths)]
    built = [one for one in results if isinstance(one, BuiltDocument)]
    corpus = b"".join(link(base, (one.quads.encode().splitlines(keepends=True) for one in built))).decode()
    store = Store()
    for quads in (*(lines for one in built for lines in (one.quads, one.findings)), corpus):
        store.extend(open_graph(quads))
    for file in vocabulary:
        store.load(file.read_bytes(), format=RdfFormat.TURTLE)
    left_out = [one for one in results if isinstance(one, Quarantined)]
    return Opened(store, left_out, [(one.sources[0], words) for one in built for words in one.notices])


def open_document(path: Path, base: str, vocabulary: Iterable[Traversable]) -> Store:
    """The store of one document.

    Raises SourceError when the document cannot be read.
    """
    opened = open_documents([path], base, vocabulary)
    for one in opened.left_out:
        raise SourceError(f"{path}: {one.reason}")
    return opened.store
