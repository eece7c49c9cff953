"""Paths to sources: which files are disclosures, what each is called in the release, what sources.csv says of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mapping.errors import SourceError
from mapping.pipeline import Source
from mapping.sources import MANIFEST_NAME, SourceRecord, read_sources

# Files that stand beside disclosures and are none.
_BESIDE = ("readme", "license", "licence", "changelog", "notice")


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    name: str
    record: SourceRecord | None


def gather(paths: Sequence[Path]) -> list[Source]:
    """The sources below `paths`, ordered by name; files of equal bytes are one source with several names.

    A name is the path below the given folder (a file given directly: its name); where two differ in bytes and not in
    name, the folders above tell them apart. Raises SourceError for a path that does not exist or holds no file.
    """
    found = list(_unique_names([one for path in paths for one in _below(path)]))
    if not found:
        raise SourceError(f"no document in {', '.join(map(str, paths))}: name a text file or a folder of text files")
    groups: dict[str, list[_Found]] = {}
    for one in sorted(found, key=lambda one: one.name):
        groups.setdefault(_digest(one.path), []).append(one)
    return [_source(group) for group in groups.values()]


def _source(group: Sequence[_Found]) -> Source:
    record = next((one.record for one in group if one.record), None)
    return Source(group[0].path, tuple(dict.fromkeys(one.name for one in group)), record)


def _below(path: Path) -> Iterator[_Found]:
    if path.is_file():
        records = read_sources(path.parent)
        yield _Found(path, path.name, records.get(path.name))
        return
    if not path.is_dir():
        raise SourceError(f"{path} does not exist: name a text file or a folder of text files")
    records = read_sources(path)
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path)
        if file.is_file() and not _is_beside(name):
            yield _Found(file, name.as_posix(), records.get(name.as_posix()))


def _is_beside(name: Path) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    return hidden or name.name == MANIFEST_NAME or name.stem.lower() in _BESIDE


def _unique_names(found: Sequence[_Found]) -> Iterable[_Found]:
    times = Counter(one.name for one in {one.path.resolve(): one for one in found}.values())
    for one in {one.path.resolve(): one for one in found}.values():
        if times[one.name] > 1:
            above = Path(*one.path.resolve().parts[1:])
            yield _Found(one.path, _shortest(one, found, above), one.record)
        else:
            yield one


def _shortest(one: _Found, found: Sequence[_Found], above: Path) -> str:
    """As many folders before the name as tell it from every other path that ends in it."""
    others = [other.path.resolve() for other in found if other.path.resolve() != one.path.resolve()]
    least = len(Path(one.name).parts)
    for count in range(least, len(above.parts) + 1):
        tail = above.parts[-count:]
        if not any(other.parts[-count:] == tail for other in others):
            return "/".join(tail)
    return above.as_posix()


def _digest(path: Path) -> str:
    """The SHA-256 of a file, or its path when it cannot be read: `build_document` says why."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return str(path)
