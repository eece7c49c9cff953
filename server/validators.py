"""Validators of what is served from a release: ETags, and the answers 304 that they allow (RFC 9110 13).

A release does not change, so what an answer depends on is its version, that of this program and the request; the tag is
made of these and asks for no query.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Response, request

from server.errors import PreconditionError
from server.formats import HTML, Format, negotiate
from server.wording import chosen_language


def tag_of(version: str, chosen: Format, *told: object) -> str:
    """Return the ETag, unquoted, of the answer to this request in a format; `told` is what else it depends on.

    Path, query and prefix of the request are always told.
    """
    asked = (version, _edition(), chosen.name, request.script_root, request.path, request.query_string, *told)
    return hashlib.blake2b(repr(asked).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def page_of(version: str, make: Callable[[], str]) -> Response:
    """Return a page that there is as HTML alone, with its ETag; 304 where the client has it, so that it is not made.

    Raises `NotAcceptableError` where the client takes no HTML.
    """
    chosen = negotiate(request.headers.get("Accept"), (HTML,))
    tag = tag_of(version, chosen, chosen_language(request))
    return unchanged(tag, chosen) or tagged(Response(make(), content_type=chosen.content_type), tag)


def unchanged(tag: str, chosen: Format) -> Response | None:
    """Return the answer 304 where the client has the answer with this tag; None where it must be made."""
    known = request.if_none_match
    if request.method not in ("GET", "HEAD") or known.star_tag or not known.contains_weak(tag):
        return None
    return tagged(Response(status=304, content_type=chosen.content_type), tag)


def tagged(response: Response, tag: str) -> Response:
    """Return the response with its ETag, to be asked for again each time; 304 where the client has it.

    Raises `PreconditionError` where If-Match states another tag.
    """
    response.set_etag(tag)
    response.cache_control.no_cache = True
    response.make_conditional(request)
    if response.status_code == HTTPStatus.PRECONDITION_FAILED:
        raise PreconditionError("the answer has another ETag than If-Match states")
    return response


@cache
def _edition() -> str:
    """Return a digest of this program's files, which also decide what an answer looks like."""
    files = sorted(each for each in Path(__file__).parent.rglob("*") if each.suffix in (".py", ".html", ".yaml"))
    return hashlib.sha256(b"".join(each.read_bytes() for each in files)).hexdigest()
