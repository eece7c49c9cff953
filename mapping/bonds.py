"""The noun that comparisons within a document pass along: two readings, and what the one is to the other."""

from __future__ import annotations

from dataclasses import dataclass

from mapping.document import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A reading by its kind (a step of its IRI, docs/graph.md) and its spans."""

    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """`name` is the local name of the property that leads from one reading to the other."""

    name: str
    subject: Place
    target: Place
