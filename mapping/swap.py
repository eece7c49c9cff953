"""A release in the place of the one that is current: sealed in a folder of its own, then one rename of `current`.

Everything is written into `.building-*` and synced before it is renamed to `releases/{version}`; `current` is replaced
last. A build killed at any moment leaves the release that was current before, whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Store

from mapping.errors import CallError, ReleaseError
from mapping.index import write_index
from mapping.publisher import is_base
from mapping.release import (
    INDEXES,
    MANIFEST,
    Manifest,
    damaged_files,
    file_sha256,
    is_release,
    read_manifest,
    released_files,
)


def swap(out: Path, base: str, write: Callable[[Path], Manifest]) -> Path:
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
        except OSError as error:
            if error.strerror and not error.filename:
                error.filename = str(out)  # a disk that is full does not say which
            raise
        finally:
            shutil.rmtree(building, ignore_errors=True)
        before = _point(out, release)
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


def _version_before(out: Path, version: str) -> str:
    """The version that `version` takes the place of; that of the release there is, when it is built again."""
    try:
        current = read_manifest(out / "current")
    except (ReleaseError, OSError):
        return ""
    return current.previous if current.version == version else current.version


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
        return unchanged and whole and _stores(release) == _stores(building)
    except (ReleaseError, OSError, RuntimeError):  # a store that is no store raises either of the last two
        return False


def _stores(release: Path) -> list[tuple[int, str]]:
    """How many quads each store holds, and the SHA-256 of its index; OSError or RuntimeError where one is broken."""
    there = [(release / store, release / index) for store, index in INDEXES.items() if (release / store).exists()]
    return [(len(Store.read_only(str(store))), file_sha256(index)) for store, index in there]


def _point(out: Path, release: Path) -> str | None:
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
