"""Paths to sources: which files are disclosures, what each is called in the release, what the files beside say of it.

sources.csv says where a document was published, corrections.csv what of it was misread, publisher.toml who publishes.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from mapping.corrections import CORRECTIONS_NAME, read_corrections
from mapping.decode import readable_name
from mapping.document import Correction
from mapping.errors import SourceError
from mapping.publisher import PUBLISHER_NAME
from mapping.release import is_release
from mapping.reviews import REVIEWS_NAME
from mapping.sources import MANIFEST_NAME, Source, SourceRecord, read_sources

# Files that stand beside disclosures and are none.
_BESIDE = ("readme", "license", "licence", "changelog", "notice")
# Endings of data and programs, in which nobody publishes a disclosure.
_DATA = re.compile(
    r"\.(?:db|gz|json|jsonld|log|nq|nt|owl|py|rdf|rq|sh|sparql|sqlite|toml|trig|ttl|ya?ml)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    name: str
    record: SourceRecord | None
    corrections: tuple[Correction, ...]


def gather(paths: Sequence[Path]) -> list[Source]:
    """The sources below `paths`, ordered by name; files of equal bytes are one source with several names.

    A name is the path below the given folder (a file given directly: its name); where two differ in bytes and not in
    name, the folders above tell them apart. Of a folder, what `left_aside` names is left out. Raises SourceError for a
    path that does not exist or holds no file.
    """
    found = list(_unique_names([one for path in paths for one in _below(path)]))
    if not found:
        raise SourceError(f"no document in {', '.join(map(str, paths))}: name a text file or a folder of text files")
    groups: dict[str, list[_Found]] = {}
    for one in sorted(found, key=lambda one: one.name):
        groups.setdefault(_digest(one.path), []).append(one)
    return [_source(group) for group in groups.values()]


def left_aside(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """What of the folders among `paths` holds no disclosure, by name, each with why it is left out."""
    for path in paths:
        for file, name in _files(path):
            if is_release(file):
                yield name, "a release, which holds no documents: left out"
            elif file != path and _is_data(Path(name)) and not _is_beside(Path(name)):
                yield name, "data, no disclosure: left out"


def unknown_replaced(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """Sources that replace a document which is none of them, by name, each with what to say of it."""
    names = {name for source in sources for name in source.names}
    for source in sources:
        replaced = source.record.replaces if source.record else None
        if replaced and replaced not in names:
            yield source.names[0], f"{MANIFEST_NAME}, column replaces: no document here is called {replaced!r}"


def review_files(paths: Sequence[Path]) -> list[Path]:
    """Where reviews of the documents below `paths` may stand: beside them."""
    return [(path.parent if path.is_file() else path) / REVIEWS_NAME for path in paths]


def _source(group: Sequence[_Found]) -> Source:
    record = next((one.record for one in group if one.record), None)
    corrections = tuple(dict.fromkeys(correction for one in group for correction in one.corrections))
    return Source(group[0].path, tuple(dict.fromkeys(one.name for one in group)), record, corrections)


def named_files(paths: Sequence[Path], data: Collection[str]) -> list[tuple[Path, str]]:
    """The files below `paths` with their names, ordered by these; named as sources are.

    Of a folder, hidden files are left out, and what stands beside, unless its ending is one of `data`. Raises
    SourceError for a path that does not exist.
    """
    found = [
        _Found(file, name, None, ())
        for path in paths
        for file, name in _files(path)
        if not is_release(file) and (path.is_file() or Path(name).suffix.lower() in data or not _is_beside(Path(name)))
    ]
    return sorted(((one.path, one.name) for one in _unique_names(found)), key=lambda one: one[1])


def _below(path: Path) -> Iterator[_Found]:
    beside = path.parent if path.is_file() else path
    files = list(_files(path))
    records, corrections = read_sources(beside), read_corrections(beside)
    for file, name in files:
        if file == path or not (is_release(file) or _is_beside(Path(name)) or _is_data(Path(name))):
            yield _Found(file, name, records.get(name), corrections.get(name, ()))


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """The files below a path but the hidden ones, each with its path from there; a release stands for all in it."""
    if path.is_file():
        yield path, readable_name(PurePath(path.name))
        return
    if not path.is_dir():
        problem = "is neither a file nor a folder" if path.exists() else "does not exist"
        raise SourceError(f"{path} {problem}: name a file or a folder")
    closed: list[Path] = []
    for file in sorted([*_walk(path, closed), *closed]):
        name = file.relative_to(path)
        if not any(part.startswith(".") for part in name.parts):
            end = "/" if file in closed or is_release(file) else ""
            yield file, (readable_name(name) or readable_name(PurePath(file.name))) + end


def _walk(folder: Path, closed: list[Path]) -> Iterator[Path]:
    """The files below a folder, also what cannot be looked at, which `build_document` leaves out and says why.

    Folders that cannot be read, and links to folders, are added to `closed`; releases are not looked into.
    """
    for above, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        place = Path(above)
        if is_release(place):
            folders.clear()
            yield place
        else:
            linked = (place / name for name in folders if (place / name).is_symlink())
            closed.extend(one for one in linked if not is_release(one))
            yield from (file for name in names if not _is_other(file := place / name))


def _is_other(path: Path) -> bool:
    """Whether it is known that no file lies there: a pipe, a device."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _is_beside(name: Path) -> bool:
    return name.name in (MANIFEST_NAME, CORRECTIONS_NAME, REVIEWS_NAME, PUBLISHER_NAME) or name.stem.lower() in _BESIDE


def _is_data(name: Path) -> bool:
    return bool(_DATA.fullmatch(name.suffix))


def _unique_names(found: Sequence[_Found]) -> Iterable[_Found]:
    files: dict[Path, _Found] = {}
    for one in found:
        known = files.get(_real(one.path))
        files[_real(one.path)] = _joined(known, one) if known else one
    times = Counter(one.name for one in files.values())
    for one in files.values():
        if times[one.name] > 1:
            above = Path(*_real(one.path).parts[1:])
            yield replace(one, name=_shortest(one, found, above))
        else:
            yield one


def _joined(one: _Found, other: _Found) -> _Found:
    """One file found twice, with what the files beside say of either path; named as itself, not as a link to it."""
    named, also = (one, other) if other.path.is_symlink() and not one.path.is_symlink() else (other, one)
    return replace(named, record=named.record or also.record, corrections=also.corrections + named.corrections)


def _shortest(one: _Found, found: Sequence[_Found], above: Path) -> str:
    """As many folders before the name as tell it from every other path that ends in it."""
    others = [_real(other.path) for other in found if _real(other.path) != _real(one.path)]
    least = len(Path(one.name).parts)
    for count in range(least, len(above.parts) + 1):
        tail = above.parts[-count:]
        if not any(other.parts[-count:] == tail for other in others):
            return readable_name(PurePath(*tail))
    return readable_name(above)


def _real(path: Path) -> Path:
    """The path without links; a link that leads to itself stays."""
    return Path(os.path.realpath(path))


def _digest(path: Path) -> str:
    """The SHA-256 of a file, or its path when it cannot be read: `build_document` says why."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return str(path)
