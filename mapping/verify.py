"""A release to the facts in it that do not hold: files, dumps, every span against its text, and the stores.

A checksum says only that a file is the one that was written; what counts is `reread`, which trusts none.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, zip_longest
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store, parse

from mapping.audit import open_graph
from mapping.catalogue import write_catalogue
from mapping.findings import write_corpus_findings, write_findings
from mapping.identity import corpus_findings_iri
from mapping.index import index_content, write_index
from mapping.link import link_release
from mapping.release import (
    CATALOGUE,
    DUMP,
    INDEXES,
    MERGE,
    PUBLIC_CATALOGUE,
    PUBLIC_DUMP,
    PUBLIC_STORE,
    STORE,
    VOCABULARY_GRAPH,
    Manifest,
    ReleasedDocument,
    content_key,
    damaged_files,
    facts_graph,
    file_sha256,
    import_key,
    lines_of,
    read_manifest,
    release_lines,
    version_line,
    visible_lines,
)
from mapping.reread import Failure, reread
from mapping.stores import fill_as_given

__all__ = ["Failure", "verify"]

_Graph = NamedNode | BlankNode | DefaultGraph


def verify(release: Path) -> list[Failure]:
    """Every fact of the release that fails, by IRI; empty when all hold.

    A damaged file stands for its document or, if it has none, for the release. Raises ReleaseError when the
    folder holds no manifest to check against.
    """
    manifest = read_manifest(release)
    failures = [*_file_failures(release, manifest)]
    whole = f"{manifest.base}release"
    missing = [store for store in _stores(manifest) if not (release / store).is_dir()]
    if missing:
        return [*failures, *(Failure(whole, f"{store} is missing: build the release again") for store in missing)]
    for store, index in INDEXES.items():
        if (release / store).exists():
            failures += _guarded(whole, _index_failures(release, manifest, store, index))
    if manifest.imported:
        failures += _guarded(whole, _import_failures(release, manifest))
        return [*failures, *_guarded(whole, _catalogue_failures(release, manifest, CATALOGUE))]
    for document in manifest.documents:
        failures += _guarded(document.iri, _document_failures(release, manifest, document))
    failures += _guarded(whole, _dump_failures(release, manifest))
    hidden = [document for document in manifest.documents if document.hidden]
    failures += _guarded(whole, _store_failures(release, manifest, STORE, ()))
    if hidden or (release / PUBLIC_STORE).exists():
        failures += _guarded(whole, _store_failures(release, manifest, PUBLIC_STORE, hidden))
        failures += _guarded(whole, _public_dump_failures(release, manifest, hidden))
        failures += _guarded(whole, _catalogue_failures(release, manifest, PUBLIC_CATALOGUE))
    failures += _guarded(whole, _catalogue_failures(release, manifest, CATALOGUE))
    return failures


def _stores(manifest: Manifest) -> Sequence[str]:
    """The stores that a release has: that of what is public only where something is hidden."""
    return (STORE, PUBLIC_STORE) if any(document.hidden for document in manifest.documents) else (STORE,)


def _guarded(iri: str, failures: Iterator[Failure]) -> Iterator[Failure]:
    """The failures, and one more when a file cannot be read at all."""
    try:
        yield from failures
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        yield Failure(iri, f"cannot be read: {error}")


def _file_failures(release: Path, manifest: Manifest) -> Iterator[Failure]:
    owners = {path: one.iri for one in manifest.documents for path in (one.dump, one.findings, one.rendition)}
    for path, problem in damaged_files(release, manifest.files):
        yield Failure(owners.get(path, f"{manifest.base}release"), f"{path} {problem}")


def _import_failures(release: Path, manifest: Manifest) -> Iterator[Failure]:
    """Whether the dump of an imported release has its version, and the store what it says; nothing else was read."""
    version = import_key(lines_of(release / DUMP), manifest.base, manifest.default_graph, manifest.sources)
    if version != manifest.version:
        yield Failure(f"{manifest.base}release", f"its content has version {version}, not {manifest.version}")
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / STORE
        fill_as_given(again, release / DUMP, merged=manifest.default_graph == MERGE)
        if _sum_of(release / STORE) != _sum_of(again):
            yield Failure(f"{manifest.base}release", f"{STORE} does not say what {DUMP} says")


def _sum_of(folder: Path) -> tuple[int, int]:
    """How many quads a store holds, and the sum of their hashes: alike for the same quads, in whatever order."""
    store = Store.read_only(str(folder))
    return len(store), sum(map(hash, store))


def _index_failures(release: Path, manifest: Manifest, store: str, index: str) -> Iterator[Failure]:
    """Whether an index holds what its store says: it is made again, and compared by what it holds."""
    held = index_content(release / index)
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / index
        write_index(Store.read_only(str(release / store)), again, imported=manifest.imported)
        if held != index_content(again):
            yield Failure(f"{manifest.base}release", f"{index} does not hold what {store} says")


def _document_failures(release: Path, manifest: Manifest, document: ReleasedDocument) -> Iterator[Failure]:
    names = (f"{manifest.base}document/{document.sha256}", *_names(document.sha256))
    if (document.iri, document.dump, document.findings, document.rendition) != names:
        yield Failure(document.iri, f"the manifest names other files or bytes: {document}")
        return
    text = (release / document.rendition).read_bytes().decode()
    quads = (release / document.dump).read_bytes()
    yield from reread(document, parse(quads, format=RdfFormat.N_QUADS), text)
    if (release / document.findings).read_bytes() != _findings(manifest, document, quads):
        yield Failure(document.iri, f"{document.findings} does not say what the audit of its facts finds")


def _findings(manifest: Manifest, document: ReleasedDocument, quads: bytes) -> bytes:
    """What the audit of a document's facts finds, asked again."""
    return write_findings(open_graph(quads.decode()), document.iri, manifest.reviews).encode()


def _names(sha256: str) -> tuple[str, str, str]:
    """The dump, the findings and the rendition of a document, as docs/graph.md names them."""
    return f"documents/{sha256}.nq", f"findings/{sha256}.nq", f"text/{sha256}.txt"


def _dump_failures(release: Path, manifest: Manifest) -> Iterator[Failure]:
    """What the whole dump does not have of its parts, and whether the version is that of the content."""
    with (release / DUMP).open("rb") as dump:
        for document in manifest.documents:
            for _, file in document.graphs:
                expected = (release / file).read_bytes()
                if dump.read(len(expected)) != expected:
                    yield Failure(document.iri, f"{DUMP} does not hold {file} where it belongs")
                    return
        linked = b"".join(link_release(release, manifest.base, manifest.documents))
        if dump.read(len(linked)) != linked:
            yield Failure(facts_graph(manifest.base), f"{DUMP} does not say what its documents together say")
            return
        found = b"".join(write_corpus_findings(release / STORE, manifest.base, manifest.reviews))
        if dump.read(len(found)) != found:
            yield Failure(corpus_findings_iri(manifest.base), f"{DUMP} does not say what the audit of all finds")
            return
        about = b"".join(_release_lines(manifest))
        if dump.read(len(about)) != about:
            yield Failure(f"{manifest.base}release", f"{DUMP} does not say what the manifest says")
            return
        yield from _vocabulary_failures(dump)
    renditions = (file_sha256(release / document.rendition) for document in manifest.documents)
    stated = version_line(manifest.base, manifest.version)
    version = content_key(lines_of(release / DUMP), stated, renditions, manifest.publisher)
    if version != manifest.version:
        yield Failure(f"{manifest.base}release", f"its content has version {version}, not {manifest.version}")


def _public_dump_failures(release: Path, manifest: Manifest, hidden: Sequence[ReleasedDocument]) -> Iterator[Failure]:
    """Where the public dump is not the whole one without what is hidden; releases of old have none."""
    if PUBLIC_DUMP not in manifest.files:
        return
    shown = (document for document in manifest.documents if document not in hidden)
    facts = link_release(release, manifest.base, shown)
    visible = visible_lines(lines_of(release / DUMP), manifest.base, hidden, facts)
    expected = chain(visible, _public_findings(release, manifest))
    for line, other in zip_longest(expected, lines_of(release / PUBLIC_DUMP)):
        if line != other:
            first = (line or other or b"").decode().rstrip()
            yield Failure(
                f"{manifest.base}release", f"{PUBLIC_DUMP} does not say what is public, from here on: {first}"
            )
            return


def _catalogue_failures(release: Path, manifest: Manifest, name: str) -> Iterator[Failure]:
    """Whether the catalogue says what the release holds, made again; releases of old have none."""
    if name not in manifest.files:
        return
    if (release / name).read_bytes() != write_catalogue(release, manifest, public=name == PUBLIC_CATALOGUE):
        yield Failure(f"{manifest.base}catalogue", f"{name} does not say what the release holds")


def _release_lines(manifest: Manifest) -> list[bytes]:
    return release_lines(manifest.base, manifest.documents, manifest.quarantined, manifest.version)


def _vocabulary_failures(lines: Iterable[bytes]) -> Iterator[Failure]:
    end = f" <{VOCABULARY_GRAPH}> .\n".encode()
    before = b""
    for line in lines:
        if not line.endswith(end) or line <= before:
            yield Failure(VOCABULARY_GRAPH, f"out of order or in another graph: {line.decode()}")
        before = line


def _store_failures(
    release: Path, manifest: Manifest, folder: str, hidden: Sequence[ReleasedDocument]
) -> Iterator[Failure]:
    """What a store holds beside or short of the dump, by subject; numbers are compared by value."""
    store = Store.read_only(str(release / folder))
    stated: set[int] = set()
    for part in _parts(release, manifest, hidden):
        for graph, said in _by_graph(part).items():
            held = _triples(store, NamedNode(graph))
            expected = _as_kept(said, held)
            yield from _differences(folder, held ^ expected)
            stated.update(map(hash, expected))
    merge = f"default graph of {folder}"
    merged: set[int] = set()
    with tempfile.TemporaryFile() as lines:  # large, so it is not held as a whole
        store.dump(lines, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        lines.seek(0)
        for line in lines:
            merged.add(key := hash(line))
            if key not in stated:
                yield from _differences(merge, [line])
    if not stated <= merged:
        for part in _parts(release, manifest, hidden):
            for said in _by_graph(part).values():
                yield from _differences(merge, (line for line in _as_kept(said, set()) if hash(line) not in merged))
    yield from _unknown_graphs(store, manifest, folder, hidden)


def _unknown_graphs(
    store: Store, manifest: Manifest, folder: str, hidden: Sequence[ReleasedDocument]
) -> Iterator[Failure]:
    known = {graph for document in manifest.documents if document not in hidden for graph, _ in document.graphs}
    known |= {
        f"{manifest.base}release",
        facts_graph(manifest.base),
        corpus_findings_iri(manifest.base),
        VOCABULARY_GRAPH,
    }
    for graph in store.named_graphs():
        if graph.value not in known:
            yield Failure(graph.value, f"a graph of {folder} that the dump does not have")


def _parts(release: Path, manifest: Manifest, hidden: Sequence[ReleasedDocument]) -> Iterator[bytes]:
    """The dump in parts: one a visible document, one with the corpus, the release and the vocabulary."""
    documents = 0
    for document in manifest.documents:
        dump = b"".join((release / file).read_bytes() for _, file in document.graphs)
        documents += len(dump)
        if document not in hidden:
            yield dump
    with (release / DUMP).open("rb") as stream:
        stream.seek(documents)
        shown = (document for document in manifest.documents if document not in hidden)
        facts = [*link_release(release, manifest.base, shown), *_public_findings(release, manifest)] if hidden else ()
        yield b"".join(visible_lines(stream, manifest.base, hidden, facts))


def _public_findings(release: Path, manifest: Manifest) -> list[bytes]:
    """What the documents of the public store do not agree in."""
    return write_corpus_findings(release / PUBLIC_STORE, manifest.base, manifest.reviews)


def _by_graph(nquads: bytes) -> Mapping[str, set[bytes]]:
    """What each named graph says, as lines of N-Triples."""
    found: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for line in BytesIO(nquads):
        end = line.rindex(b" <")
        found[line[end:]].add(line[:end] + b" .\n")
    return {end[2:].partition(b">")[0].decode(): lines for end, lines in found.items()}


def _as_kept(lines: set[bytes], held: set[bytes]) -> set[bytes]:
    """Lines of N-Triples as a store writes them; what it has `held` as it is, is so.

    The others go through a store in memory, which writes numbers as one on disk does.
    """
    others = lines - held
    if not others:
        return lines
    store = Store()
    store.bulk_load(b"".join(others), format=RdfFormat.N_TRIPLES)
    return lines & held | _triples(store, DefaultGraph())


def _triples(store: Store, graph: _Graph) -> set[bytes]:
    """What a graph of a store says, as lines of N-Triples: they compare faster than the triples themselves."""
    return set(BytesIO(store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""))


def _differences(where: str, triples: Iterable[bytes]) -> Iterator[Failure]:
    """One failure a subject."""
    subjects = sorted({triple.partition(b" ")[0].decode().removeprefix("_:").strip("<>") for triple in triples})
    return (Failure(subject, f"the {where} and the dump do not say the same of it") for subject in subjects)
