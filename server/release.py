"""Reading a release: the only module that knows the files of a release directory (docs/graph.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from pyoxigraph import Store

from mapping.manifest import misfit
from server.errors import FileUnknownError, ReleaseError, ReleaseMissingError

HIDDEN = frozenset({"reviewDraft", "superseded", "withdrawn"})
"""Publication statuses that a public address does not show (design: drafts, superseded and withdrawn versions)."""


@dataclass(frozen=True, slots=True)
class ReleasedDocument:
    """One document of a release; `dump`, `findings` and `rendition` are paths below the release directory."""

    iri: str
    sha256: str
    sources: tuple[str, ...]
    status: str
    dump: str
    findings: str
    rendition: str


@dataclass(frozen=True, slots=True)
class QuarantinedSource:
    """A source that could not be read, with the reason."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """One immutable release on disk; `public` leaves out drafts, superseded and withdrawn documents.

    `previous` is the version that this one took the place of; empty for a first one.
    """

    directory: Path
    version: str
    base: str
    documents: tuple[ReleasedDocument, ...]
    quarantined: tuple[QuarantinedSource, ...]
    files: Mapping[str, str]
    public: bool = False
    previous: str = ""

    @property
    def store_path(self) -> Path:
        """Return the directory of the store to ask; raises `ReleaseError` rather than show what is hidden."""
        path = self.directory / ("store-public" if self.public and self.hides_some else "store")
        if not path.is_dir():
            raise ReleaseError(
                "this release holds drafts and has no public store: build it again, or serve it on 127.0.0.1"
                if path.name == "store-public"
                else f"release {self.version} has no store: build it again"
            )
        return path

    @property
    def index_path(self) -> Path:
        """Return the file of the search index of what is shown."""
        return self.directory / ("search-public.sqlite" if self.public and self.hides_some else "search.sqlite")

    @property
    def hides_some(self) -> bool:
        """Return whether any document is hidden from the public, or the build made a store without some."""
        hidden = any(each.status in HIDDEN for each in self.documents)
        return hidden or (self.directory / "store-public").is_dir()

    @property
    def shown_documents(self) -> tuple[ReleasedDocument, ...]:
        """Return the documents to show: all, or all but the hidden ones."""
        return tuple(each for each in self.documents if not (self.public and each.status in HIDDEN))

    @property
    def dumps(self) -> dict[str, str]:
        """Return the sha256 of the dumps to show by path; where something is hidden the one without that."""
        shown = {path for each in self.shown_documents for path in (each.dump, each.findings)}
        shown.add("dump-public.nq" if self.public and self.hides_some else "dump.nq")
        return {path: digest for path, digest in sorted(self.files.items()) if path in shown}

    def dump_file(self, path: str) -> Path:
        """Return the file of a dump that `dumps` names; raises `FileUnknownError` for any other path."""
        if path not in self.dumps:
            raise FileUnknownError("no such dump in this release")
        return self._file(path)

    def catalogue(self) -> bytes:
        """Return the catalogue of what is shown, in Turtle; raises `FileUnknownError` where a release has none."""
        name = "catalogue-public.ttl" if self.public and self.hides_some else "catalogue.ttl"
        if name not in self.files:
            raise FileUnknownError("this release has no catalogue: it was built before there was one, build it again")
        return self._file(name).read_bytes()

    def rendition(self, sha256: str) -> str:
        """Return the frozen text of a shown document, in which the offsets of its spans count."""
        for document in self.shown_documents:
            if document.sha256 == sha256:
                return self._file(document.rendition).read_bytes().decode("utf-8")
        raise FileUnknownError("no such document in this release")

    def _file(self, path: str) -> Path:
        """Return a file that the manifest names; raises `ReleaseError` where somebody has taken it away."""
        if not (self.directory / path).is_file():
            raise ReleaseError("files of this release are missing: build it again")
        return self.directory / path


def open_release(data_dir: Path, public: bool = False) -> Release:
    """Return the current release of a data directory, or the one whose directory it is.

    The symbolic link `current` is followed once, so that a build meanwhile does not mix two releases. Raises
    `ReleaseError` saying what to do.
    """
    current = data_dir / "current"
    found = current if current.exists() else data_dir
    if not current.exists() and not (data_dir / "manifest.json").is_file():
        command = f"yusuan build PATH --out {quote(str(data_dir))}"
        raise ReleaseMissingError(f"there is no release in {data_dir}: run `{command}`")
    directory = found.resolve()
    place = directory / "manifest.json"
    try:
        manifest = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ReleaseError(f"{place} cannot be read ({reason}): build or import the release again") from error
    if problem := misfit(manifest):
        raise ReleaseError(f"{place} is damaged ({problem}): build or import the release again")
    return _release(directory, manifest, public)


def open_store(path: Path) -> Store:
    """Return the store, opened read-only; raises `ReleaseError` where there is none."""
    if not path.is_dir():
        raise ReleaseError(f"there is no store in {path.name}: build the release again")
    try:
        return Store.read_only(str(path))
    except (OSError, RuntimeError) as error:  # what is damaged is the latter
        raise ReleaseError(f"the store cannot be opened: {error}: build or import the release again") from error


def _release(directory: Path, manifest: dict[str, Any], public: bool) -> Release:
    return Release(
        directory,
        manifest["version"],
        manifest["base"],
        tuple(_document(each) for each in manifest["documents"]),
        tuple(QuarantinedSource(each["source"], each["reason"]) for each in manifest["quarantined"]),
        manifest["files"],
        public,
        manifest.get("previous", ""),
    )


def _document(entry: dict[str, Any]) -> ReleasedDocument:
    return ReleasedDocument(
        entry["iri"],
        entry["sha256"],
        tuple(entry["source"]),
        entry["status"],
        entry["dump"],
        entry["findings"],
        entry["rendition"],
    )
