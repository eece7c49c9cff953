"""A release to one RDF file of another syntax, every literal as the dump writes it.

Parsed from the dump, never read from a store: a store would write 650.240 as 650.24.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, parse, serialize

from mapping.errors import ReleaseError
from mapping.release import DUMP, read_manifest

_DATASETS: Mapping[str, RdfFormat] = {"trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
FORMATS = ("nquads", "trig", "turtle", "jsonld")
_SH = "http://www.w3.org/ns/shacl#"


def export(release: Path, form: str, stream: BinaryIO) -> None:
    """Returns when the release stands in `stream` in one of FORMATS.

    nquads are the bytes of the dump. turtle has no graphs: it is their merge, where a triple of two graphs
    may be written twice. Raises ReleaseError when there is no dump, or a damaged one, or the format is another.
    """
    dump = release / DUMP
    if form not in FORMATS:
        raise ReleaseError(f"format {form!r} is none of {', '.join(FORMATS)}")
    if not dump.is_file():
        raise ReleaseError(f"{release} holds no release: {DUMP} is missing; run `yusuan build` first")
    if form == "nquads":
        with dump.open("rb") as source:
            shutil.copyfileobj(source, stream)
    elif form == "turtle":
        serialize((quad.triple for quad in _quads(dump)), stream, RdfFormat.TURTLE, prefixes=prefixes())
    else:
        serialize(_quads(dump), stream, _DATASETS[form], prefixes=prefixes())


def export_findings(release: Path, stream: BinaryIO) -> None:
    """Returns when the findings of the release stand in `stream` as Turtle, a SHACL report a document."""
    paths = (release / document.findings for document in read_manifest(release).documents)
    triples = (quad.triple for path in paths for quad in _quads(path))
    serialize(triples, stream, RdfFormat.TURTLE, prefixes=prefixes())


def prefixes() -> dict[str, str]:
    """The prefixes that ontology/prefixes.ttl declares, with their namespaces."""
    declared: dict[str, dict[str, str]] = {}
    source = files("ontology").joinpath("prefixes.ttl").read_bytes()
    for quad in parse(source, format=RdfFormat.TURTLE):
        name = quad.predicate.value.removeprefix(_SH)
        if name in ("prefix", "namespace"):
            declared.setdefault(str(quad.subject), {})[name] = str(getattr(quad.object, "value", ""))
    return {one["prefix"]: one["namespace"] for one in declared.values()}


def _quads(path: Path) -> Iterator[Quad]:
    """The quads of a file of the release; raises ReleaseError where it is gone or damaged."""
    try:
        yield from parse(path=path, format=RdfFormat.N_QUADS)
    except (OSError, SyntaxError) as error:
        raise ReleaseError(f"{path} is damaged ({error}): build or import the release again") from error
