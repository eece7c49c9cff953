"""Documents, or RDF files, to an immutable release: dumps, renditions, stores and manifest, then one swap of `current`.

The layout is docs/graph.md's. Everything is written into `.building-*` and synced before it is renamed to
`releases/{version}`; `current` is replaced last, by one rename. A build killed at any moment leaves the
release that was current before, whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources.abc import Traversable
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse, serialize

from mapping.built import BuiltDocument, Quarantined
from mapping.catalogue import write_catalogue
from mapping.errors import CallError, ReleaseError
from mapping.findings import write_corpus_findings
from mapping.imported import RdfFile, merge_parts, write_parts
from mapping.index import write_index
from mapping.link import link_release
from mapping.publisher import NOBODY, Publisher, is_base
from mapping.release import (
    AUTO,
    CATALOGUE,
    DUMP,
    GIVEN,
    IMPORTED,
    INDEXES,
    MANIFEST,
    MERGE,
    PUBLIC_CATALOGUE,
    PUBLIC_DUMP,
    PUBLIC_STORE,
    STATUSES,
    STORE,
    VOCABULARY_GRAPH,
    Manifest,
    ReleasedDocument,
    content_key,
    damaged_files,
    file_sha256,
    import_key,
    is_release,
    lines_of,
    read_manifest,
    release_lines,
    released_files,
    sorted_lines,
    version_line,
    visible_lines,
    without_graph,
)
from mapping.reviews import Review


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

    return _publish(out, base, write)


def publish_imported(
    out: Path, base: str, files: Sequence[RdfFile], default_graph: str, finished: Callable[[str], None]
) -> Path:
    """The folder of the new release of RDF files as they are, which `{out}/current` then names.

    `default_graph` is AUTO, MERGE or GIVEN, `finished` hears the name of each file that was read. Raises RdfError with
    all files that cannot be imported, CallError and ReleaseError as `publish` does; the release before stays current.
    """
    return _publish(out, base, lambda building: _write_imported(building, base, files, default_graph, finished))


def _publish(out: Path, base: str, write: Callable[[Path], Manifest]) -> Path:
    """The folder of the release that `write` writes into an empty folder, all but its manifest."""
    check_target(out, base)
    out.mkdir(parents=True, exist_ok=True)
    with _only_build(out):
        _remove(out.glob(".building-*"), out)
        building = _fresh(out)
        try:
            building.mkdir()
            manifest = write(building)
            version = _seal(building, replace(manifest, previous=_version_before(out, manifest.version)))
            release = _place(building, out / "releases" / version, out)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        before = _swap(out, release)
        _prune(out, release, before)
    return release


def check_target(out: Path, base: str) -> None:
    """Raises CallError where no release can be written to `out`, or the base is none; changes nothing."""
    if not is_base(base):
        raise CallError(
            f"base {base!r} must be an http(s) address in ASCII that ends in '/', like https://example.org/"
        )
    if is_release(out):
        raise CallError(f"{out} is a release, which never changes: choose another --out")
    try:
        current = out / "current"
        if current.exists() and not current.is_symlink():
            raise CallError(f"{current} is not a link to a release: move it away, or choose another --out")
        nearest = next(one for one in (out, *out.absolute().parents) if one.exists())
        if not nearest.is_dir():
            raise CallError(f"{nearest} is a file, not a folder: choose another --out")
        writable = os.access(nearest, os.W_OK | os.X_OK)
    except PermissionError:
        nearest, writable = out, False
    if not writable:
        raise CallError(f"{nearest} cannot be written to: allow it, or choose another --out")


@contextlib.contextmanager
def _only_build(out: Path) -> Iterator[None]:
    """Holds the lock of `out`; raises ReleaseError when another process does.

    A record lock, which the kernel drops with this process. A flock would live on in forked workers that
    outlast a killed build, and refuse the next one.
    """
    with (out / ".lock").open("w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ReleaseError(
                f"another build is writing to {out}: wait until it ends, or choose another --out"
            ) from error
        yield


def _fresh(out: Path) -> Path:
    """A path in `out` that no build has used and every later build clears away."""
    return out / f".building-{os.getpid()}-{secrets.token_hex(4)}"


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
    unstated = [*facts, *release_lines(base, released, left_out, ""), *terms]
    _fill(building / STORE, lambda: _dump_lines(building, released, unstated))
    findings = _corpus_findings(building / STORE, base, reviews)
    unstated = [*facts, *findings, *release_lines(base, released, left_out, ""), *terms]
    version = content_key(
        _dump_lines(building, released, unstated),
        version_line(base, ""),
        (file_sha256(building / document.rendition) for document in released),
        publisher,
    )
    stated = [*facts, *findings, *release_lines(base, released, left_out, version), *terms]
    with (building / DUMP).open("wb") as stream:
        stream.writelines(_dump_lines(building, released, stated))
    _complete(building / STORE, [version_line(base, "")], [*findings, version_line(base, version)])
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


def _seal(building: Path, manifest: Manifest) -> str:
    """The version of the release in `building`, which now has its indexes and its manifest and is synced."""
    for store, index in INDEXES.items():
        if (building / store).exists():
            write_index(Store.read_only(str(building / store)), building / index, imported=manifest.imported)
    files = {path: file_sha256(building / path) for path in sorted(released_files(building))}
    built = datetime.now(UTC).isoformat(timespec="seconds")
    (building / MANIFEST).write_bytes(replace(manifest, files=files, built=built).as_json())
    _sync_tree(building)
    return manifest.version


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
    _fill_as_given(building / STORE, building / DUMP, merged=default_graph == MERGE)
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
    return sorted_lines(serialize(quads, format=RdfFormat.N_QUADS) or b"")


def _write_public_store(
    building: Path, base: str, released: Sequence[ReleasedDocument], reviews: Sequence[Review]
) -> None:
    """When a document is hidden, the store and the dump without it."""
    hidden = [document for document in released if document.hidden]
    if not hidden:
        return
    facts = link_release(building, base, (document for document in released if not document.hidden))
    folder = building / PUBLIC_STORE
    _fill(folder, lambda: visible_lines(lines_of(building / DUMP), base, hidden, facts))
    findings = _corpus_findings(folder, base, reviews)
    _complete(folder, [], findings)
    with (building / PUBLIC_DUMP).open("wb") as stream:
        stream.writelines(visible_lines(lines_of(building / DUMP), base, hidden, facts))
        stream.writelines(findings)


def _corpus_findings(folder: Path, base: str, reviews: Sequence[Review]) -> list[bytes]:
    return write_corpus_findings(Store.read_only(str(folder)), base, reviews)


def _fill(folder: Path, lines: Callable[[], Iterable[bytes]]) -> None:
    """Makes a store with the named graphs of the lines and, as default graph, their merge.

    Both loads stream the lines; the store's keys are the triples, so what several graphs say is merged once.
    """
    store = Store(str(folder))
    try:
        _load(store, lines(), RdfFormat.N_QUADS)
        _load(store, map(without_graph, lines()), RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise ReleaseError(f"the graph of a document is not N-Quads: {error}") from error
    store.optimize()
    store.flush()


def _fill_as_given(folder: Path, dump: Path, *, merged: bool) -> None:
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


def _load(store: Store, lines: Iterable[bytes], form: RdfFormat) -> None:
    store.bulk_load(io.BufferedReader(_LineStream(lines), 1 << 17), format=form)


def _complete(folder: Path, before: Iterable[bytes], added: Sequence[bytes]) -> None:
    """Puts lines that only the store's own content decides in place of those `before`."""
    store = Store(str(folder))
    for line in before:
        for each in (line, without_graph(line)):
            for quad in parse(each, format=RdfFormat.N_QUADS):
                store.remove(quad)
    _load(store, added, RdfFormat.N_QUADS)
    _load(store, map(without_graph, added), RdfFormat.N_TRIPLES)
    store.flush()


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


def _place(building: Path, release: Path, out: Path) -> Path:
    """The release's folder under its version: the one already there when intact, else the one just built."""
    release.parent.mkdir(exist_ok=True)
    if os.path.lexists(release):
        if _same_and_intact(release, building):
            return release
        _remove([release], out)
    building.rename(release)
    _sync(release.parent)
    return release


def _same_and_intact(release: Path, building: Path) -> bool:
    """Whether a release of this version still holds what was just built, stores and indexes included."""
    try:
        there, built = read_manifest(release), read_manifest(building)
        unchanged = replace(there, built="", previous="") == replace(built, built="", previous="")
        whole = not any(damaged_files(release, there.files))
        return unchanged and whole and _sizes(release) == _sizes(building) and _indexes(release) == _indexes(building)
    except (ReleaseError, OSError, RuntimeError):  # a store that is no store raises either of the last two
        return False


def _sizes(release: Path) -> dict[str, int]:
    """How many quads each store holds; raises OSError or RuntimeError when one cannot be opened."""
    stores = [folder for folder in (STORE, PUBLIC_STORE) if (release / folder).exists()]
    return {folder: len(Store.read_only(str(release / folder))) for folder in stores}


def _version_before(out: Path, version: str) -> str:
    """The version that `version` takes the place of; that of the release there is, when it is built again."""
    try:
        current = read_manifest(out / "current")
    except (ReleaseError, OSError):
        return ""
    return current.previous if current.version == version else current.version


def _indexes(release: Path) -> list[str]:
    """The SHA-256 of each index; raises OSError when one is missing."""
    return [file_sha256(release / index) for store, index in INDEXES.items() if (release / store).exists()]


def _swap(out: Path, release: Path) -> str | None:
    """The version that was current until now; `current` names `release` from now on, by one rename."""
    current = out / "current"
    before = current.readlink().name if current.is_symlink() else None
    link = _fresh(out)
    link.symlink_to(Path("releases") / release.name)
    link.replace(current)
    _sync(out)
    return before


def _prune(out: Path, release: Path, before: str | None) -> None:
    """Removes all releases but the current one and the one before it."""
    others = [folder for folder in (out / "releases").iterdir() if folder.name != release.name]
    others.sort(key=lambda folder: (folder.name == before, folder.lstat().st_mtime, folder.name))
    _remove(others[:-1], out)


def _remove(paths: Iterable[Path], out: Path) -> None:
    """Removes files and folders; a release is first renamed away, so that half of one is never met."""
    for path in list(paths):
        doomed = _fresh(out)
        path.rename(doomed)
        if doomed.is_dir() and not doomed.is_symlink():
            shutil.rmtree(doomed)
        else:
            doomed.unlink()


def _sync_tree(folder: Path) -> None:
    """Returns when every file and folder below `folder` is on disk."""
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
