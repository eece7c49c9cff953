"""The failing examples of all shapes as graphs: what no change of a document reaches, a change of a triple does."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

SHAPES = Path(__file__).parents[1] / "shapes"
_SH = "http://www.w3.org/ns/shacl#"
_GRAPH = "<https://example.org/graph>"


@cache
def failing_examples(kind: str) -> tuple[tuple[str, ...], ...]:
    """The graphs of the failing examples of `structure` or `audit` as lines of N-Quads, without their reports."""
    paths = sorted((SHAPES / kind).glob("*/*.fail.ttl"))
    return tuple(as_quads(parse(path.read_bytes(), format=RdfFormat.TURTLE)) for path in paths)


def as_quads(triples: Iterable[Quad]) -> tuple[str, ...]:
    """The data among some triples as sorted lines of N-Quads, literals as a store writes them."""
    store = Store()
    store.extend(triples)
    reports = {quad.subject for quad in store if quad.predicate.value.startswith(_SH)}
    kept = (quad for quad in store if quad.subject not in reports)
    return tuple(sorted(f"{quad.triple} {_GRAPH} .\n" for quad in kept))
