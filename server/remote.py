"""Asking another server's SPARQL endpoint (SPARQL 1.1 Protocol, query by POST)."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from server.errors import CallerError, EndpointError
from server.evaluate import Evaluation, rewrite_results
from server.formats import GRAPH_FORMATS, JSON, RESULT_FORMATS
from server.scan import scan

_SECONDS_TO_WAIT = 120.0
_MEDIA_TYPES = {each.name: each.media_type for each in (*RESULT_FORMATS, *GRAPH_FORMATS)}


def query_endpoint(endpoint: str, evaluation: Evaluation) -> bytes:
    """Return the answer of the endpoint in the asked format; raises `EndpointError` with its reason.

    Raises `CallerError` for what is no address of one. Parameters travel as a VALUES block after the query, so their
    variables must stand in triple patterns.
    """
    text = with_values(evaluation.text, evaluation.bindings)
    if scan(evaluation.text).gives_graph or not evaluation.hidden:
        return _post(endpoint, text, _MEDIA_TYPES[evaluation.format])
    results = _post(endpoint, text, JSON.media_type)
    return rewrite_results(results, evaluation.hidden, evaluation.format)


def with_values(text: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """Return the query, unchanged, with a trailing VALUES block of the terms (SPARQL 1.1, 10.2)."""
    if not bindings:
        return text
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(term) for term in bindings.values())
    return f"{text}\nVALUES ({names}) {{ ({terms}) }}\n"


def _post(endpoint: str, text: str, media_type: str) -> bytes:
    if urllib.parse.urlsplit(endpoint).scheme not in ("http", "https"):
        raise CallerError(f"an endpoint is an http or https address, not {endpoint!r}")
    body = urllib.parse.urlencode({"query": text}).encode("ascii")
    headers = {"Accept": media_type, "Content-Type": "application/x-www-form-urlencoded"}
    request = urllib.request.Request(endpoint, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS_TO_WAIT) as answer:
            content: bytes = answer.read()
            return content
    except urllib.error.HTTPError as error:
        with error:
            reason = error.read(500).decode("utf-8", "replace").strip()
        raise EndpointError(f"{endpoint} answered {error.code}: {reason}") from error
    except (OSError, ValueError) as error:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        said = cause.strerror if isinstance(cause, OSError) else None
        raise EndpointError(f"{endpoint} did not answer: {said or cause}") from error
