"""Documents to a store of all they say, without a release: to check them, or to compare two versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
from mapping.sources import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """Documents in a store, what of the files could not be read, and the notices on each that could, by its name."""

    store: Store
    left_out: Sequence[Quarantined]
    notices: Sequence[tuple[str, str]]


def open_documents(
    sources: Sequence[Source],
    base: str,
    vocabulary: Iterable[Traversable],
    finished: Callable[[str], None],
) -> Opened:
    """A store in memory, the documents' graphs, their findings, their facts and the vocabulary as its default graph.

    `finished` hears each source's name once it is read.
    """
    results: list[BuiltDocument | Quarantined] = []
    for source in sources:
        results.append(build_document(source, base))
        finished(source.names[0])
    built = [one for one in results if isinstance(one, BuiltDocument)]
    corpus = b"".join(link(base, (one.quads.encode().splitlines(keepends=True) for one in built))).decode()
    store = Store()
    for quads in (*(lines for one in built for lines in (one.quads, one.findings)), corpus):
        store.extend(open_graph(quads))
    for file in vocabulary:
        store.load(file.read_bytes(), format=RdfFormat.TURTLE)
    left_out = [one for one in results if isinstance(one, Quarantined)]
    return Opened(store, left_out, [(one.sources[0], words) for one in built for words in one.notices])


def open_document(path: Path, base: str, vocabulary: Iterable[Traversable], finished: Callable[[str], None]) -> Store:
    """The store of one document, of which `finished` hears.

    Raises SourceError when the document does not exist or cannot be read.
    """
    opened = open_documents(gather([path]), base, vocabulary, finished)
    for one in opened.left_out:
        raise SourceError(f"{path}: {one.reason}")
    return opened.store
