"""The sample release of these tests: two small documents, written by hand as TriG, with their texts."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from mapping.catalogue import write_catalogue
from mapping.index import write_index
from mapping.release import Manifest, ReleasedDocument

HERE = Path(__file__).parent / "release"
BASE = "https://example.org/budget/"
PUBLISHED, DRAFT = "a" * 64, "b" * 64
DOCUMENT = f"{BASE}document/{PUBLISHED}"
GRAPH = f"{DOCUMENT}/graph"
DRAFT_GRAPH = f"{BASE}document/{DRAFT}/graph"
TOTAL = f"{DOCUMENT}/observation/40-48"
LEAF = f"{DOCUMENT}/observation/54-59"
ORGANISATION = f"{BASE}organisation/130700/0000000000000001"
PROJECT = f"{BASE}project/130700/0000000000000001/2024/0000000000000003"
_WHOLE = ("dump.nq", "dump-public.nq", "catalogue.ttl", "catalogue-public.ttl")
VOCABULARY = NamedNode("https://w3id.org/yusuan/def")


def quads(*names: str) -> list[Quad]:
    """Return the quads of the named sample graphs and of the code lists."""
    found = [quad for name in names for quad in parse(path=HERE / f"{name}.trig", format=RdfFormat.TRIG)]
    code_lists = files("ontology").joinpath("code-lists.ttl").read_bytes()
    triples = parse(code_lists, format=RdfFormat.TURTLE)
    return found + [Quad(each.subject, each.predicate, each.object, VOCABULARY) for each in triples]


def fill(store: Store, graphs: list[Quad]) -> None:
    """Add the named graphs to the store, and their merge as its default graph."""
    store.extend(graphs)
    store.extend(Quad(each.subject, each.predicate, each.object) for each in graphs)


def sample_store() -> Store:
    """Return the whole sample release in memory."""
    store = Store()
    fill(store, quads("published", "draft", "release"))
    return store


def text(name: str) -> str:
    """Return the rendition of a sample document, `published` or `draft`."""
    return (HERE / f"{name}.txt").read_bytes().decode("utf-8")


def build_sample(out: Path) -> Path:
    """Write the sample release below `out` as docs/graph.md says, and return `out`."""
    version = out / "releases" / "sample"
    for folder in ("documents", "findings", "text"):
        (version / folder).mkdir(parents=True)
    _fill_on_disk(version / "store", quads("published", "draft", "release"))
    _fill_on_disk(version / "store-public", quads("published", "release"))
    entries = [_document(version, PUBLISHED, "published"), _document(version, DRAFT, "draft")]
    (version / "dump.nq").write_bytes(b"".join((version / each["dump"]).read_bytes() for each in entries))
    (version / "dump-public.nq").write_bytes((version / entries[0]["dump"]).read_bytes())
    _write_catalogues_and_indexes(version, entries)
    manifest = {
        "version": "sample",
        "base": BASE,
        "documents": entries,
        "quarantined": [{"source": "扫描件.pdf", "reason": "no text could be read"}],
        "files": {
            path: _digest(version / path)
            for path in (*_WHOLE, *(one[kind] for one in entries for kind in ("dump", "findings")))
        },
        "built": "2026-01-01T00:00:00Z",
    }
    (version / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (out / "current").symlink_to(Path("releases") / "sample")
    return out


def build_other(out: Path) -> None:
    """Write a second release beside the sample, without the draft; the current one stays the sample."""
    sample, other = out / "releases" / "sample", out / "releases" / "other"
    shutil.copytree(sample, other, ignore=shutil.ignore_patterns("store*"))
    _fill_on_disk(other / "store", quads("published", "release"))
    manifest = json.loads((sample / "manifest.json").read_text(encoding="utf-8"))
    manifest |= {"version": "other", "documents": manifest["documents"][:1]}
    (other / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def switch(out: Path, name: str) -> None:
    """Make a release the current one by one rename, as a build does."""
    (out / "next").symlink_to(Path("releases") / name)
    (out / "next").rename(out / "current")


def _fill_on_disk(path: Path, graphs: list[Quad]) -> None:
    store = Store(str(path))
    fill(store, graphs)
    store.flush()


def _write_catalogues_and_indexes(version: Path, entries: list[dict[str, Any]]) -> None:
    documents = tuple(ReleasedDocument(**each | {"source": tuple(each["source"])}) for each in entries)
    manifest = Manifest("sample", BASE, documents, (), (), {}, "")
    for end, public in (("", False), ("-public", True)):
        (version / f"catalogue{end}.ttl").write_bytes(write_catalogue(version, manifest, public=public))
        write_index(Store.read_only(str(version / f"store{end}")), version / f"search{end}.sqlite")


def _document(version: Path, sha256: str, name: str) -> dict[str, Any]:
    dump, findings, rendition = f"documents/{sha256}.nq", f"findings/{sha256}.nq", f"text/{sha256}.txt"
    graph = Store()
    graph.extend(parse(path=HERE / f"{name}.trig", format=RdfFormat.TRIG))
    graph.dump(str(version / dump), format=RdfFormat.N_QUADS)
    (version / findings).write_bytes(b"")
    (version / rendition).write_bytes((HERE / f"{name}.txt").read_bytes())
    status = {"published": "published", "draft": "reviewDraft"}[name]
    iri = f"{BASE}document/{sha256}"
    return {
        "iri": iri,
        "sha256": sha256,
        "source": [name],
        "status": status,
        "dump": dump,
        "findings": findings,
        "rendition": rendition,
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
