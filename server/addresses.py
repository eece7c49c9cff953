"""Addresses of things: which path of this service answers for an IRI, and which IRI a path asks for.

The base of a release says what its IRIs look like; the service itself may be called under any host and prefix. What
it writes as a link is therefore a path from the root of the host, beginning with the prefix that the client sees.
"""

from __future__ import annotations

import re
from urllib.parse import quote

VOCABULARY = "https://w3id.org/yusuan/"
"""Where the terms of the vocabulary, the small code lists and the audit rules live, whatever the base."""

_OF_VOCABULARY = re.compile(r"(?:def|code|rule)(?:[/#].*)?", re.DOTALL)
# Classifications of a year are data, so they lie below the base: code/functional/2024/2012999.
_OF_A_YEAR = re.compile(r"code/(?:functional|economic|government-economic)/\d{4}(?:/.*)?", re.DOTALL)
_SPAN = re.compile(r"(/document/[^/#]+)/text#char=(\d+),(\d+)")
SAFE_IN_PATH = "/:@!$&'()*+,;=-._~%"
"""What stands in a path as it is (RFC 3986 3.3), and the percent sign of what has been encoded before."""


def local_path(iri: str, base: str) -> str | None:
    """Return the path, with fragment, at which this service answers for an IRI; None for those of others.

    >>> local_path("https://data.example.org/budget/region/140525", "https://data.example.org/budget/")
    '/region/140525'
    >>> local_path("https://w3id.org/yusuan/def#amount", "https://data.example.org/budget/")
    '/def#amount'
    """
    if iri.startswith(base):
        return f"/{iri.removeprefix(base)}"
    if iri.startswith(VOCABULARY) and _OF_VOCABULARY.fullmatch(iri, len(VOCABULARY)):
        return f"/{iri.removeprefix(VOCABULARY)}"
    return None


def iri_of(path: str, base: str) -> str:
    """Return the IRI that a path of this service asks for.

    >>> iri_of("/code/phase/approved", "https://data.example.org/budget/")
    'https://w3id.org/yusuan/code/phase/approved'
    >>> iri_of("/code/functional/2024/2012999", "https://data.example.org/budget/")
    'https://data.example.org/budget/code/functional/2024/2012999'
    """
    local = path.removeprefix("/")
    if _OF_VOCABULARY.fullmatch(local) and not _OF_A_YEAR.fullmatch(local):
        return VOCABULARY + local
    return base + local


def page_path(iri: str, base: str) -> str | None:
    """Return the path at which people read about a thing: of a span of a text it is that of its own description."""
    path = local_path(iri, base)
    if path and (span := _SPAN.fullmatch(path)):
        return f"{span[1]}/span/{span[2]}-{span[3]}"
    return path


def href(iri: str, base: str, prefix: str) -> str | None:
    """Return what a link to a thing says: a path below the prefix of this service, the IRI of others; else None.

    Only http and https are linked, so that no data can make a page run a script.
    """
    path = page_path(iri, base)
    if path is not None:
        before, mark, fragment = path.partition("#")
        return prefix + quote(before, safe=SAFE_IN_PATH) + mark + quote(fragment, safe=f"{SAFE_IN_PATH}?")
    return iri if iri.startswith(("http://", "https://")) else None
