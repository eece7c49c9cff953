"""What the document steps hand to `publish`: a finished document, or the reason there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """One document ready for a release: its graph and its findings as sorted N-Quads, the text its spans point into."""

    iri: str
    sha256: str
    sources: tuple[str, ...]
    status: str
    quads: str
    findings: str
    rendition: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A source that is left out of the release, with the reason and what to do about it."""

    source: str
    reason: str
