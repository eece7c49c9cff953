"""/api: every public question at a REST address, answered as JSON or CSV, and what OpenAPI says of them all."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, current_app, render_template, request

from server.catalogue import CATEGORIES, Query, question, questions
from server.errors import ParameterError, QueryUnknownError
from server.evaluate import Evaluation
from server.formats import CSV, HTML, JSON, PLAIN_JSON, Format, negotiate
from server.openapi import columns, describe_api
from server.parameters import bind, stated_once
from server.protocol import read_fields
from server.release import Release
from server.saved import as_file
from server.sparql import evaluator
from server.validators import tag_of, tagged, unchanged
from server.wording import chosen_language

_FORMATS = (PLAIN_JSON, CSV)
_WHOLE = re.compile(r"[0-9]{1,9}")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _INTEGER = f"{_XSD}boolean", f"{_XSD}integer"

api = Blueprint("api", __name__)


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of an answer are asked for: `limit` of them (None: all) from `offset` on."""

    limit: int | None
    offset: int


@api.get("/api")
def list_api() -> Response:
    """Return the page that lists the questions with their addresses; to a program, the description of the API."""
    chosen = negotiate(request.headers.get("Accept"), (HTML, PLAIN_JSON))
    if chosen is PLAIN_JSON:
        return send_description()
    tag = tag_of(_release().version, chosen, chosen_language(request))
    response = unchanged(tag, chosen)
    if response is None:
        grouped = [(name, [each for each in questions().values() if each.category == name]) for name in CATEGORIES]
        page = render_template("api.html", questions=[each for each in grouped if each[1]], columns=columns)
        response = tagged(Response(page), tag)
    return response


@api.get("/api/openapi.json")
def send_description() -> Response:
    """Return the description of the API in OpenAPI 3.1."""
    version = _release().version
    tag = tag_of(version, PLAIN_JSON)
    response = unchanged(tag, PLAIN_JSON)
    if response is None:
        response = tagged(_json(describe_api(questions().values(), request.script_root, version)), tag)
    return response


@api.get("/api/<name>")
def answer_question(name: str) -> Response:
    """Return the answer of a question: as JSON, or as CSV where the address ends in it or the client prefers it."""
    name, mark, suffix = name.partition(".")
    query = question(name)
    chosen = _suffixed(suffix) if mark else negotiate(request.headers.get("Accept"), _FORMATS)
    values = stated_once(read_fields(request.query_string))
    window = Window(_whole(values, "limit", least=1), _whole(values, "offset") or 0)
    bindings = bind(query, values)
    tag = tag_of(_release().version, chosen)
    response = unchanged(tag, chosen)
    if response is None:
        asked = Evaluation(windowed(query, window), JSON.name, bindings, query.hidden_variables)
        results = json.loads(evaluator().evaluate(asked))
        response = _page_of(results, chosen, window, f"{_address(name, chosen)}?{urlencode(values)}")
        response = tagged(as_file(response, [name, *values.values()], chosen.name, opened=True), tag)
    response.headers["Content-Location"] = _address(name, chosen, request.query_string.decode("ascii"))
    return response


def windowed(query: Query, window: Window) -> str:
    """Return the text of a question with a window to its rows; one row more than asked for tells whether there are any.

    The order of the question goes first; rows that it leaves equal are put in order by their columns, so that no
    page repeats or lacks a row. A question ends with its ORDER BY (tests/lod/test_api.py).
    """
    if window.limit is None and not window.offset:
        return query.text
    every = " ".join(f"?{each}" for each in columns(query))
    limit = "" if window.limit is None else f" LIMIT {window.limit + 1}"
    return f"{query.text.rstrip()} {every}{limit} OFFSET {window.offset}"


def typed(term: Mapping[str, str]) -> str | int | bool:
    """Return a term of SPARQL results as JSON has it: truth values and whole numbers as such, all else as a string.

    A decimal is a string, since a reader of JSON may take a number for a binary one and lose cents.
    """
    value, datatype = term["value"], term.get("datatype", "")
    if datatype == _BOOLEAN:
        return value in ("true", "1")
    return int(value) if datatype == _INTEGER else value


def _page_of(results: Mapping[str, Any], chosen: Format, window: Window, address: str) -> Response:
    """Return rows of SPARQL results in JSON, and in its Link header the pages before and after (RFC 8288)."""
    names, rows = results["head"]["vars"], results["results"]["bindings"]
    response = _written(names, rows[: window.limit], chosen)
    if window.limit is None:
        return response
    beside = {"prev": max(0, window.offset - window.limit)} if window.offset else {}
    if len(rows) > window.limit:
        beside["next"] = window.offset + window.limit
    for relation, offset in beside.items():
        stated = f"{address}&limit={window.limit}&offset={offset}".replace("?&", "?")
        response.headers.add("Link", f'<{stated}>; rel="{relation}"')
    return response


def _written(names: Sequence[str], rows: Sequence[Mapping[str, Mapping[str, str]]], chosen: Format) -> Response:
    if chosen is PLAIN_JSON:
        return _json([{name: typed(row[name]) if name in row else None for name in names} for row in rows])
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([row[name]["value"] if name in row else "" for name in names] for row in rows)
    return Response(text.getvalue(), content_type=CSV.content_type)


def _json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False) + "\n", content_type=PLAIN_JSON.content_type)


def _suffixed(suffix: str) -> Format:
    for each in _FORMATS:
        if each.name == suffix:
            return each
    offered = " or ".join(f".{each.name}" for each in _FORMATS)
    raise QueryUnknownError(f"the address of an answer ends in {offered}, not in .{suffix}")


def _whole(values: dict[str, str], name: str, least: int = 0) -> int | None:
    """Return a whole number that is stated, and take it out of the values; raises `ParameterError`."""
    stated = values.pop(name, None)
    if stated is None:
        return None
    if not _WHOLE.fullmatch(stated) or int(stated) < least:
        raise ParameterError(f"{name} must be a whole number from {least} on, not {stated!r}")
    return int(stated)


def _address(name: str, chosen: Format, query_string: str = "") -> str:
    path = f"{request.script_root}/api/{quote(name)}.{chosen.name}"
    return f"{path}?{query_string}" if query_string else path


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release
