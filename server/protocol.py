"""Reading a request of the SPARQL 1.1 Protocol: query and dataset, from URL or body, strictly UTF-8."""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from server.errors import CallerError, MediaTypeError, QueryRefusedError
from server.scan import Dataset

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_FIELDS = 1000

_NOT_UTF8 = "the request is not percent-encoded UTF-8"
# What some editors begin a file with (RFC 3629 6): no part of the query.
_BOM = "\ufeff"
_ASKS = re.compile(rb"(?:^|&)query=")
# A parameter of a media type (RFC 9110 5.6.6).
_PARAMETER = re.compile(r';[ \t]*([^\s;="]++)=("(?:[^"\\]|\\.)*+"|[^\s;"]*+)')
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """One query as asked: its text, and the graphs that the protocol names (None: those of the query itself)."""

    text: str
    dataset: Dataset | None


def asks_nothing(query_string: bytes) -> bool:
    """Return whether the query string of a GET states neither query nor update; raises what `read_fields` raises."""
    return not _ASKS.search(query_string) and {"query", "update"}.isdisjoint(read_fields(query_string))


def read_sparql_request(query_string: bytes, content_type: str, body: bytes | None) -> SparqlRequest:
    """Return the query of a request; `body` is None for a GET.

    Raises `CallerError` where there is not exactly one query or it is no UTF-8, `MediaTypeError` for other
    bodies, `QueryRefusedError` for updates. Graphs of the protocol go before FROM (2.1.4).
    """
    fields = read_fields(query_string)
    if body is not None:
        fields = _with_body(content_type, body, fields)
    if "update" in fields:
        raise QueryRefusedError("this server is read-only: updates are not offered")
    stated = fields.get("query", [])
    if len(stated) != 1 or not stated[0].strip():
        raise CallerError("state exactly one query, as the parameter `query` or as the body of a POST")
    return SparqlRequest(stated[0].removeprefix(_BOM), _dataset(fields))


def read_fields(encoded: bytes) -> dict[str, list[str]]:
    """Return the decoded fields of a query string or form (WHATWG URL, 5.1).

    Raises `CallerError` for what is no UTF-8 below its encoding, and for more than `MOST_FIELDS`.
    """
    if encoded.count(b"&") >= MOST_FIELDS:
        raise CallerError(f"the request has more than {MOST_FIELDS} fields")
    if not encoded.isascii():
        raise CallerError(_NOT_UTF8)
    fields: dict[str, list[str]] = {}
    try:
        for name, _, value in (field.partition(b"=") for field in encoded.split(b"&") if field):
            fields.setdefault(_decoded(name), []).append(_decoded(value))
    except UnicodeDecodeError:
        raise CallerError(_NOT_UTF8) from None
    return fields


def _decoded(part: bytes) -> str:
    r"""Return a name or a value as it was; a `%` that begins no escape stands for itself.

    Where all of them do, this is quoted-printable but for its sign: what decodes that is ten times faster.

    >>> _decoded(b"1+%2B+1%3D2"), _decoded(b"100%"), _decoded(b"%E9%A2%84")
    ('1 + 1=2', '100%', '预')
    """
    spaced = part.replace(b"+", b" ")
    if b"%" not in spaced:
        return spaced.decode("ascii")
    if _NO_ESCAPE.search(spaced):
        return unquote_to_bytes(spaced).decode("utf-8")
    return a2b_qp(spaced.replace(b"=", b"=3D").replace(b"%", b"=")).decode("utf-8")


def _with_body(content_type: str, body: bytes, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    media_type = _media_type(content_type)
    if media_type == FORM:
        return _joined(fields, read_fields(body))
    if media_type == QUERY:
        try:
            return _joined(fields, {"query": [body.decode("utf-8")]})
        except UnicodeDecodeError:
            raise CallerError("the body is not UTF-8") from None
    if media_type == UPDATE:
        raise QueryRefusedError("this server is read-only: updates are not offered")
    raise MediaTypeError(f"send the query as {FORM} or {QUERY}, not {media_type or 'without a type'}")


def _media_type(content_type: str) -> str:
    """Return the media type of a body; raises `MediaTypeError` for a charset other than UTF-8."""
    if content_type in (FORM, QUERY, ""):
        return content_type
    stated = (value for name, value in _PARAMETER.findall(content_type) if name.lower() == "charset")
    charset = next(stated, "utf-8").strip('"').lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise MediaTypeError(f"send the query in UTF-8, not {charset}")
    return content_type.partition(";")[0].strip().lower()


def _joined(first: Mapping[str, Sequence[str]], second: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: [*first.get(name, ()), *second.get(name, ())] for name in (*first, *second)}


def _dataset(fields: Mapping[str, Sequence[str]]) -> Dataset | None:
    default, named = (tuple(fields.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
    return Dataset(default, named) if default or named else None
