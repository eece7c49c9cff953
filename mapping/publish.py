"""Documents, or RDF files, to an immutable release (docs/graph.md): dumps, renditions, stores and catalogues."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from mapping.built import BuiltDocument, Quarantined
from mapping.catalogue import write_catalogue
from mapping.errors import ReleaseError
from mapping.findings import write_corpus_findings
from mapping.imported import RdfFile, merge_parts, write_parts
from mapping.link import link_release
from mapping.manifest import STATUSES
from mapping.publisher import NOBODY, Publisher
from mapping.release import (
    AUTO,
    CATALOGUE,
    DUMP,
    GIVEN,
    IMPORTED,
    MERGE,
    PUBLIC_CATALOGUE,
    PUBLIC_DUMP,
    PUBLIC_STORE,
    STORE,
    VOCABULARY_GRAPH,
    Manifest,
    ReleasedDocument,
    content_key,
    file_sha256,
    import_key,
    lines_of,
    nquads_lines,
    release_lines,
    version_line,
    visible_lines,
)
from mapping.reviews import Review
from mapping.stores import complete_store, fill_as_given, fill_store
from mapping.swap import swap


def publish(
    out: Path,
    base: str,
    documents: Iterable[BuiltDocument],
    quarantined: Sequence[Quarantined],
    vocabulary: Sequence[Traversable],
    *,
    reviews: Sequence[Review] = (),
    publisher: Publisher = NOBODY,
    check_catalogue: Callable[[bytes], object] | None = None,
) -> Path:
    """The folder of the new release, which `{out}/current` then names.

    `documents` are consumed one at a time, so memory does not grow with their text; `quarantined` is read
    after them; of `reviews` those of findings are kept; what `check_catalogue` raises for a catalogue keeps it from
    being released. Raises CallError where `check_target` does, ReleaseError when another build is under way, a
    document's lines are not its graph's, or there is no document; the release before stays current.
    """

    def write(building: Path) -> Manifest:
        manifest = _write(building, base, documents, quarantined, vocabulary, reviews=reviews, publisher=publisher)
        _write_catalogues(building, manifest, check_catalogue)
        return manifest

    return swap(out, base, write)


def publish_imported(
    out: Path, base: str, files: Sequence[RdfFile], default_graph: str, finished: Callable[[str], None]
) -> Path:
    """The folder of the new release of RDF files as they are, which `{out}/current` then names.

    `default_graph` is AUTO, MERGE or GIVEN, `finished` hears the name of each file that was read. Raises RdfError with
    all files that cannot be imported, CallError and ReleaseError as `publish` does; the release before stays current.
    """
    return swap(out, base, lambda building: _write_imported(building, base, files, default_graph, finished))


def _write(
    building: Path,
    base: str,
    documents: Iterable[BuiltDocument],
    quarantined: Sequence[Quarantined],
    vocabulary: Sequence[Traversable],
    *,
    reviews: Sequence[Review],
    publisher: Publisher,
) -> Manifest:
    """The manifest, its files not yet listed, of the release that now stands in `building`."""
    released = _write_documents(building, documents)
    left_out = tuple(sorted(quarantined, key=lambda q: (q.source, q.reason)))
    if not released:
        raise ReleaseError(f"no document to release: {len(left_out)} quarantined; the release before stays")
    terms = vocabulary_lines(vocabulary)
    facts = link_release(building, base, released)

    def lines(version: str, findings: Sequence[bytes] = ()) -> Iterator[bytes]:
        tail = [*facts, *findings, *release_lines(base, released, left_out, version), *terms]
        return _dump_lines(building, released, tail)

    fill_store(building / STORE, lambda: lines(""))
    findings = write_corpus_findings(building / STORE, base, reviews)
    version = content_key(
        lines("", findings),
        version_line(base, ""),
        (file_sha256(building / document.rendition) for document in released),
        publisher,
    )
    with (building / DUMP).open("wb") as stream:
        stream.writelines(lines(version, findings))
    complete_store(building / STORE, [version_line(base, "")], [*findings, version_line(base, version)])
    _write_public_store(building, base, released, reviews)
    return Manifest(version, base, tuple(released), left_out, tuple(reviews), files={}, built="", publisher=publisher)


def _write_catalogues(building: Path, manifest: Manifest, check: Callable[[bytes], object] | None = None) -> None:
    """Makes the catalogue of the release, and that of what is public where something is hidden."""
    names = [(CATALOGUE, False), (PUBLIC_CATALOGUE, True)]
    for name, public in names if (building / PUBLIC_STORE).exists() else names[:1]:
        written = write_catalogue(building, manifest, public=public)
        if check:
            check(written)
        (building / name).write_bytes(written)


def _write_imported(
    building: Path, base: str, files: Sequence[RdfFile], default_graph: str, finished: Callable[[str], None]
) -> Manifest:
    """The manifest, its files not yet listed, of the data set that now stands in `building`."""
    parts = building / "parts"
    parts.mkdir()
    sources = write_parts(files, base, parts, finished)
    merge_parts(parts, building / DUMP)
    shutil.rmtree(parts)
    if default_graph == AUTO:
        default_graph = GIVEN if _states_default(building / DUMP) else MERGE
    fill_as_given(building / STORE, building / DUMP, merged=default_graph == MERGE)
    version = import_key(lines_of(building / DUMP), base, default_graph, sources)
    manifest = Manifest(version, base, (), (), (), {}, "", IMPORTED, default_graph, sources)
    _write_catalogues(building, manifest)
    return manifest


def _states_default(dump: Path) -> bool:
    """Whether N-Quads state anything in no named graph."""
    return any(isinstance(quad.graph_name, DefaultGraph) for quad in parse(path=dump, format=RdfFormat.N_QUADS))


def _write_documents(building: Path, documents: Iterable[BuiltDocument]) -> list[ReleasedDocument]:
    """The documents whose dumps and renditions are now in `building`, by IRI."""
    for folder in ("documents", "findings", "text"):
        (building / folder).mkdir()
    released: dict[str, ReleasedDocument] = {}
    for document in documents:
        if document.iri in released:
            raise ReleaseError(f"{document.iri} is built twice: one document takes all its sources")
        released[document.iri] = _write_document(building, document)
    return [released[iri] for iri in sorted(released)]


def _write_document(building: Path, document: BuiltDocument) -> ReleasedDocument:
    entry = ReleasedDocument(
        iri=document.iri,
        sha256=document.sha256,
        source=tuple(sorted(document.sources)),
        status=document.status,
        dump=f"documents/{document.sha256}.nq",
        findings=f"findings/{document.sha256}.nq",
        rendition=f"text/{document.sha256}.txt",
    )
    if entry.status not in STATUSES:
        raise ReleaseError(f"{entry.iri}: status {entry.status!r} is none of {', '.join(STATUSES)}")
    for (graph, file), lines in zip(entry.graphs, (document.quads, document.findings), strict=True):
        quads = lines.encode()
        _check_graph(entry.iri, graph, quads)
        (building / file).write_bytes(quads)
    (building / entry.rendition).write_bytes(document.rendition.encode())
    return entry


def _check_graph(iri: str, graph: str, quads: bytes) -> None:
    """Raises ReleaseError unless the lines are sorted, distinct and of the one graph."""
    end = f" <{graph}> .\n".encode()
    before = b""
    for line in io.BytesIO(quads):
        if not line.endswith(end):
            raise ReleaseError(f"{iri}: a line outside its own graph: {line.decode()!r}")
        if line <= before:
            raise ReleaseError(f"{iri}: lines out of order or repeated at: {line.decode()!r}")
        before = line


def _dump_lines(building: Path, documents: Iterable[ReleasedDocument], tail: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of the dump: each document's two graphs, then those of the corpus, the release and the vocabulary."""
    for document in documents:
        for _, file in document.graphs:
            yield from lines_of(building / file)
    yield from tail


def vocabulary_lines(vocabulary: Sequence[Traversable]) -> list[bytes]:
    """The vocabulary graph as sorted N-Quads lines.

    Raises ReleaseError naming a file that is not Turtle or has blank nodes, which a release may not have.
    """
    graph = NamedNode(VOCABULARY_GRAPH)
    quads = []
    for source in vocabulary:
        try:
            for said in parse(source.read_bytes(), format=RdfFormat.TURTLE):
                if isinstance(said.subject, BlankNode) or isinstance(said.object, BlankNode):
                    raise ReleaseError(f"{source.name}: give the blank node of {said.triple} an IRI")
                quads.append(Quad(said.subject, said.predicate, said.object, graph))
        except SyntaxError as error:
            raise ReleaseError(f"{source.name} is not Turtle: {error}") from error
    return nquads_lines(quads)


def _write_public_store(
    building: Path, base: str, released: Sequence[ReleasedDocument], reviews: Sequence[Review]
) -> None:
    """When a document is hidden, the store and the dump without it."""
    hidden = [document for document in released if document.hidden]
    if not hidden:
        return
    facts = link_release(building, base, (document for document in released if not document.hidden))
    folder = building / PUBLIC_STORE
    fill_store(folder, lambda: visible_lines(lines_of(building / DUMP), base, hidden, facts))
    findings = write_corpus_findings(folder, base, reviews)
    complete_store(folder, [], findings)
    with (building / PUBLIC_DUMP).open("wb") as stream:
        stream.writelines(visible_lines(lines_of(building / DUMP), base, hidden, facts))
        stream.writelines(findings)
