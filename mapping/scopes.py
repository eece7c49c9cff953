"""Regions of legal documents to who may cite them by title alone, as the step of their IRI names the region."""

from __future__ import annotations

import re

from mapping.regions import CENTRAL

_OPEN = "x-"
_REGION = re.compile(r"\d{6}")


def may_be_cited(scope: str, region: str | None) -> bool:
    """Whether a document of `scope` is one that a document of `region` may cite without its number.

    It is central, or of a place that is or holds the region (GB/T 2260: 140000 holds 140500, which holds 140525). A
    document of no known region counts as one of the region that its scope names, that of who cites it.

    >>> may_be_cited("140500", "140525"), may_be_cited("140525", "140500"), may_be_cited("x-140525", "140525")
    (True, False, True)
    """
    if scope == CENTRAL:
        return True
    place = scope.removeprefix(_OPEN)
    if region is None or not _REGION.fullmatch(place) or not _REGION.fullmatch(region):
        return False
    return region.startswith(re.sub("(?:00){1,2}$", "", place))


def may_be_one(scope: str, other: str) -> bool:
    """Whether two scopes may be of one document: the same, or one of them leaves the region open."""
    return scope == other or scope.startswith(_OPEN) or other.startswith(_OPEN)
