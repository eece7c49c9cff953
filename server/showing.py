"""What shows a thing on a page of its own kind, by its classes; the pages themselves are in `server.views`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

View = Callable[[str, str], tuple[str, Mapping[str, Any]] | None]
"""From the IRI of a thing and the language of the page to a template, which extends `thing.html`, and what that is
told; None where the release says too little of the thing for such a page."""


def view_of(kinds: Iterable[str], views: Mapping[str, View]) -> View | None:
    """Return what makes the page of a thing with these classes, given as IRIs; None where nothing does."""
    names = {local_name(each) for each in kinds}
    return next((view for name, view in views.items() if name in names), None)


def local_name(kind: str) -> str:
    """Return the end of the IRI of a class.

    >>> local_name("http://www.w3.org/ns/org#Organization")
    'Organization'
    """
    return kind[max(kind.rfind("#"), kind.rfind("/")) + 1 :]
