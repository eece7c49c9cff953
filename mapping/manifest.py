"""A manifest held against what one must be, before anything of it is believed.

Of both sides: who builds and verifies releases asks it, and who serves them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

STATUSES = ("published", "reviewDraft", "superseded", "withdrawn", "unknown")
"""Publication statuses of documents (code:publication-status)."""

# Of an object the fields, of which those that end in ? may be missing, and the field "" stands for all; of a list its
# entries; else a type, or the texts that there are.
_DOCUMENT = {
    **dict.fromkeys(("iri", "sha256", "dump", "findings", "rendition"), str),
    "source": [str],
    "status": STATUSES,
}
_MANIFEST = {
    "version": str,
    "base": str,
    "documents": [_DOCUMENT],
    "quarantined": [{"source": str, "reason": str}],
    "files": {"": str},
    "reviews?": [{"": str}],
    "sources?": [{"source": str, "sha256": str, "quads": int}],
    **dict.fromkeys(("built?", "kind?", "default_graph?", "previous?"), str),
}
_CALLED = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}


def misfit(said: object) -> str:
    """Which field of a manifest is missing, or is not what it must be; empty where all are.

    >>> misfit({"version": "1", "base": "http://x/", "documents": [{"iri": 5}]})
    'documents[0].iri must be a text, not a number'
    """
    return next(_misfits("", said, _MANIFEST), "")


def _misfits(place: str, said: Any, shape: Any) -> Iterator[str]:
    kind = shape if isinstance(shape, type) else str if isinstance(shape, tuple) else type(shape)
    fits = type(said) is kind
    if not fits:
        yield f"{place or 'it'} must be {_CALLED[kind]}, not {_CALLED.get(type(said), 'null')}"
    elif isinstance(shape, tuple) and said not in shape:
        yield f"{place} must be one of {', '.join(shape)}, not {said!r}"
    elif isinstance(shape, list):
        for number, entry in enumerate(said):
            yield from _misfits(f"{place}[{number}]", entry, shape[0])
    elif isinstance(shape, dict):
        yield from _misfits_of_fields(f"{place}." if place else "", said, shape)


def _misfits_of_fields(place: str, said: dict[str, Any], shape: dict[str, Any]) -> Iterator[str]:
    for field, part in shape.items():
        name = field.removesuffix("?")
        if name in said:
            yield from _misfits(f"{place}{name}", said[name], part)
        elif name == field and name:
            yield f"{place}{name} is missing"
        elif not name:
            for key, value in said.items():
                yield from _misfits(f"{place}{key}", value, part)
