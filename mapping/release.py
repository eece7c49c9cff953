"""What a release directory is made of: its manifest, its checksums, its own graph and its lines.

`publish` writes these, `verify` and `export` read them; the layout is docs/graph.md's.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from mapping.built import Quarantined
from mapping.errors import CallError, ReleaseError
from mapping.identity import corpus_findings_iri, findings_graph_iri, graph_iri
from mapping.manifest import misfit
from mapping.publisher import NOBODY, Publisher, publisher_of
from mapping.reviews import Review

DEF = "https://w3id.org/yusuan/def#"
VOCABULARY_GRAPH = "https://w3id.org/yusuan/def"
# Documents of these statuses are built and audited, but not published.
HIDDEN_STATUSES = frozenset({"reviewDraft", "superseded", "withdrawn"})

MANIFEST = "manifest.json"
DUMP = "dump.nq"
PUBLIC_DUMP = "dump-public.nq"
CATALOGUE = "catalogue.ttl"
PUBLIC_CATALOGUE = "catalogue-public.ttl"
STORE = "store"
PUBLIC_STORE = "store-public"
INDEX = "search.sqlite"
PUBLIC_INDEX = "search-public.sqlite"
# Made again from the dumps, so no part of what a manifest lists: each store with the index of it.
INDEXES = {STORE: INDEX, PUBLIC_STORE: PUBLIC_INDEX}

# How a release came to be; what the default graph of its store is: the merge of all graphs, or as the files have it.
BUILT, IMPORTED = "build", "import"
MERGE, GIVEN = "merge", "given"
# Which of both an import takes by itself: GIVEN where files state anything in no named graph.
AUTO = "auto"

_STATEMENT = re.compile(r"<([^>]*)> <([^>]*)> (.*) <[^>]*> \.\n")
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DATASET = NamedNode("http://www.w3.org/ns/dcat#Dataset")
_HAS_VERSION = NamedNode("http://purl.org/dc/terms/hasVersion")


@dataclass(frozen=True, slots=True)
class ReleasedDocument:
    """One document of a release: who it is and which files, relative to the release, hold it."""

    iri: str
    sha256: str
    source: tuple[str, ...]
    status: str
    dump: str
    findings: str
    rendition: str

    @property
    def graph(self) -> str:
        """The IRI of the named graph that holds the document's facts."""
        return graph_iri(self.iri)

    @property
    def graphs(self) -> tuple[tuple[str, str], ...]:
        """The document's named graphs in order of the dump, each with the file that holds it."""
        return (self.graph, self.dump), (findings_graph_iri(self.iri), self.findings)

    @property
    def hidden(self) -> bool:
        """Whether the public store leaves the document out."""
        return self.status in HIDDEN_STATUSES


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """One RDF file of an imported release, with the number of quads read from it."""

    source: str
    sha256: str
    quads: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What manifest.json says: version, documents, and the sha256 of every file outside the stores.

    A release of `kind` IMPORTED has no documents but `sources`; `default_graph` says what that of its store is.
    `previous` is the version that was current before; like `built` it is no part of what is compared.
    """

    version: str
    base: str
    documents: tuple[ReleasedDocument, ...]
    quarantined: tuple[Quarantined, ...]
    reviews: tuple[Review, ...]
    files: dict[str, str]
    built: str
    kind: str = BUILT
    default_graph: str = MERGE
    sources: tuple[ImportedSource, ...] = ()
    publisher: Publisher = NOBODY
    previous: str = ""

    @property
    def imported(self) -> bool:
        """Whether the release was imported from RDF files, not built from documents."""
        return self.kind == IMPORTED

    def as_json(self) -> bytes:
        """The manifest as written to disk: indented UTF-8 that ends in a line feed."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(release: Path) -> Manifest:
    """The manifest of the release in this folder.

    Raises ReleaseError when it is missing or not a manifest, naming the first field that is none of one.
    """
    place = release / MANIFEST
    try:
        said = json.loads(place.read_bytes())
        if problem := misfit(said):
            raise ValueError(problem)
        return _manifest(said)
    except FileNotFoundError:
        raise ReleaseError(f"{release} holds no release: {MANIFEST} is missing; run `yusuan build` first") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{place} is damaged ({error}): build or import the release again") from error


def _manifest(said: Any) -> Manifest:
    return Manifest(
        version=said["version"],
        base=said["base"],
        documents=tuple(_released(entry) for entry in said["documents"]),
        quarantined=tuple(Quarantined(q["source"], q["reason"]) for q in said["quarantined"]),
        reviews=tuple(Review(**review) for review in said.get("reviews", ())),
        files=said["files"],
        built=said.get("built", ""),
        kind=said.get("kind", BUILT),
        default_graph=said.get("default_graph", MERGE),
        sources=tuple(ImportedSource(**source) for source in said.get("sources", ())),
        publisher=publisher_of(said["publisher"]) if "publisher" in said else NOBODY,
        previous=said.get("previous", ""),
    )


def _released(entry: Any) -> ReleasedDocument:
    return ReleasedDocument(
        iri=entry["iri"],
        sha256=entry["sha256"],
        source=tuple(entry["source"]),
        status=entry["status"],
        dump=entry["dump"],
        findings=entry["findings"],
        rendition=entry["rendition"],
    )


def current_release(out: Path) -> Path:
    """The folder of the release that `{out}/current` names, or `out` itself where it is one release.

    Raises CallError when there is none.
    """
    current = out / "current"
    if current.is_dir():
        return current.resolve()
    if (out / MANIFEST).is_file():
        return out.resolve()
    raise CallError(f"{out} has no current release; run `yusuan build PATH --out {quote(str(out))}` first")


def is_release(folder: Path) -> bool:
    """Whether a folder is one release, which is never written to again and holds no document to read."""
    return (folder / MANIFEST).is_file() and (folder / DUMP).is_file()


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def damaged_files(release: Path, files: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each file that is not what the manifest lists: its relative path and what is wrong with it."""
    present = released_files(release)
    for path, digest in files.items():
        if path not in present:
            yield path, "is missing"
        elif file_sha256(release / path) != digest:
            yield path, "is not the file that was released: its checksum differs"
    for path in sorted(present - files.keys()):
        yield path, "is not listed in the manifest"


def released_files(release: Path) -> set[str]:
    """Relative paths of the files a manifest lists: all but itself, the stores and their indexes."""
    found = (path.relative_to(release) for path in release.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if path.parts[0] not in (*INDEXES, *INDEXES.values(), MANIFEST)}


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a dump, each with its line feed."""
    with path.open("rb") as stream:
        yield from stream


def predicate_of(line: bytes) -> bytes:
    """The predicate of a dump's line as it is written, with its brackets; whatever stands there in another line.

    >>> predicate_of(b'<s> <p> "two words" <g> .')
    b'<p>'
    """
    start = line.find(b" ") + 1
    return line[start : line.find(b" ", start)]


def parts_of(line: bytes) -> tuple[str, str, str] | None:
    """Subject, predicate and the object's N-Quads term of a dump's line, IRIs bare; None for what is no such line."""
    found = _STATEMENT.fullmatch(line.decode())
    return (found[1], found[2], found[3]) if found else None


def facts_graph(base: str) -> str:
    """The named graph of what only the documents together say."""
    return f"{base}facts"


def visible_lines(
    lines: Iterable[bytes], base: str, hidden: Sequence[ReleasedDocument], facts: Sequence[bytes]
) -> Iterator[bytes]:
    """The lines left without the hidden documents: neither their graphs nor the release's word of them.

    `facts` are the lines of the corpus graph of the documents that are left; they replace those of all. What the
    documents together do not agree in is left out, too: it is asked of the store that is made of these lines.
    """
    if not hidden:
        yield from lines
        return
    left_out = [graph for document in hidden for graph, _ in document.graphs]
    graphs = {f"<{graph}> .\n".encode() for graph in (*left_out, facts_graph(base), corpus_findings_iri(base))}
    inclusions = set(nquads_lines(_inclusions(base, hidden)))
    for line in lines:
        if line not in inclusions and line[line.rindex(b" <") + 1 :] not in graphs:
            yield line
    yield from facts


def without_graph(line: bytes) -> bytes:
    """The N-Triples line of an N-Quads line in a named graph."""
    return line[: line.rindex(b" <")] + b" .\n"


def release_lines(
    base: str, documents: Sequence[ReleasedDocument], quarantined: Sequence[Quarantined], version: str
) -> list[bytes]:
    """The graph about the release itself as sorted N-Quads lines."""
    release = NamedNode(f"{base}release")
    quads = [
        Quad(release, _RDF_TYPE, _DATASET, release),
        Quad(release, _RDF_TYPE, NamedNode(f"{DEF}Release"), release),
        Quad(release, _HAS_VERSION, Literal(version), release),
        *_inclusions(base, documents),
    ]
    for source in quarantined:
        quads += _quarantine(base, source)
    return nquads_lines(quads)


def _inclusions(base: str, documents: Iterable[ReleasedDocument]) -> Iterator[Quad]:
    release = NamedNode(f"{base}release")
    for document in documents:
        yield Quad(release, NamedNode(f"{DEF}includes"), NamedNode(document.iri), release)


def _quarantine(base: str, left_out: Quarantined) -> list[Quad]:
    release = NamedNode(f"{base}release")
    key = hashlib.sha256(left_out.source.encode()).hexdigest()[:16]
    source = NamedNode(f"{base}release/quarantined/{key}")
    return [
        Quad(release, NamedNode(f"{DEF}quarantined"), source, release),
        Quad(source, _RDF_TYPE, NamedNode(f"{DEF}QuarantinedSource"), release),
        Quad(source, NamedNode(f"{DEF}sourcePath"), Literal(left_out.source), release),
        Quad(source, NamedNode(f"{DEF}reason"), Literal(left_out.reason), release),
    ]


def nquads_lines(quads: Iterable[Quad]) -> list[bytes]:
    """The distinct lines of N-Quads in byte order, which for UTF-8 is code point order."""
    nquads = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return sorted({line + b"\n" for line in nquads.split(b"\n") if line})


def content_key(lines: Iterable[bytes], stated: bytes, renditions: Iterable[str], publisher: Publisher = NOBODY) -> str:
    """The version of a release: 16 hexadecimal digits over its dump, the SHA-256 of each rendition and who publishes.

    `stated`, the line that states the version itself, does not count.
    """
    key = hashlib.sha256()
    for line in lines:
        if line != stated:
            key.update(line)
    for digest in (*renditions, *publisher.key()):
        key.update(f"{digest}\n".encode())
    return key.hexdigest()[:16]


def import_key(lines: Iterable[bytes], base: str, default_graph: str, sources: Iterable[ImportedSource]) -> str:
    """The version of an imported release, over its dump, its sources and what else decides the store."""
    stated = (f"{source.sha256} {source.source}" for source in sources)
    return content_key(lines, b"", (f"{IMPORTED} {default_graph} {base}", *stated))


def version_line(base: str, version: str) -> bytes:
    """The line of the release's graph that states its version."""
    release = NamedNode(f"{base}release")
    return nquads_lines([Quad(release, _HAS_VERSION, Literal(version), release)])[0]
