"""Reading a request of the SPARQL 1.1 Protocol: query and dataset, from URL or body, strictly UTF-8."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from flask import Request

from server.errors import CallerError, MediaTypeError, QueryRefusedError
from server.scan import Dataset, Scanned, scan

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """One query as asked: its text, what the scan says of it, and the graphs to ask (None: the release)."""

    text: str
    scanned: Scanned
    dataset: Dataset | None


def read_sparql_request(request: Request) -> SparqlRequest:
    """Return the query of a GET or POST request.

    Raises `CallerError` where there is not exactly one query or it is no UTF-8, `MediaTypeError` for other
    bodies, `QueryRefusedError` for updates and SERVICE. Graphs of the protocol go before FROM (2.1.4).
    """
    fields = read_fields(request.query_string)
    if request.method == "POST":
        fields = _with_body(request, fields)
    if "update" in fields:
        raise QueryRefusedError("this server is read-only: updates are not offered")
    stated = fields.get("query", [])
    if len(stated) != 1 or not stated[0].strip():
        raise CallerError("state exactly one query, as the parameter `query` or as the body of a POST")
    scanned = scan(stated[0])
    return SparqlRequest(stated[0], scanned, _dataset(fields) or scanned.dataset)


def read_fields(encoded: bytes) -> dict[str, list[str]]:
    """Return the decoded fields of a query string or form; raises `CallerError` for what is no UTF-8."""
    try:
        text = encoded.decode("ascii")
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        raise CallerError("the request is not percent-encoded UTF-8") from None
    except ValueError:
        raise CallerError(f"the request has more than {MOST_FIELDS} fields") from None


def _with_body(request: Request, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    body = request.get_data(cache=False)
    if request.mimetype == FORM:
        return _joined(fields, read_fields(body))
    if request.mimetype == QUERY:
        try:
            return _joined(fields, {"query": [body.decode("utf-8")]})
        except UnicodeDecodeError:
            raise CallerError("the body is not UTF-8") from None
    if request.mimetype == UPDATE:
        raise QueryRefusedError("this server is read-only: updates are not offered")
    raise MediaTypeError(f"send the query as {FORM} or {QUERY}, not {request.mimetype or 'without a type'}")


def _joined(first: Mapping[str, Sequence[str]], second: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: [*first.get(name, ()), *second.get(name, ())] for name in (*first, *second)}


def _dataset(fields: Mapping[str, Sequence[str]]) -> Dataset | None:
    default, named = (tuple(fields.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
    return Dataset(default, named) if default or named else None
