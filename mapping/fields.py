"""The label of a form's field to its entry in `forms.yaml`: what is filled in beside or below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mapping.lexicon import compiled, load


def fields_named(words: str) -> Iterator[dict[str, Any]]:
    """The entries whose label begins some words without whitespace, in their order: the first is the field's own."""
    return (entry for entry in load("forms")["fields"] if compiled(entry["label"]).match(words))
