"""Reconciliation of names with units, projects and legal documents: the Reconciliation Service API, version 0.2.

Identifiers are IRIs without the base of the release (`organisation/140525/…`), or whole where they do not begin with
it. A service that is asked without parameters says what it offers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request

from mapping.spellings import fold
from server.addresses import href
from server.candidates import PROPERTIES, SCHEMA, TYPES, Candidate, Offered, Query, candidates, suggest, with_identifier
from server.errors import BatchTooLargeError, CallerError, ParameterError, ThingUnknownError
from server.extend import encodable, extended, proposed, read_extension
from server.formats import ERROR_JSON, HTML
from server.index import Entry, Index, index_of
from server.protocol import FORM, read_fields
from server.release import Release
from server.validators import tag_of, tagged, unchanged
from server.wording import chosen_language

reconciliation = Blueprint("reconciliation", __name__)

BATCH = 50
"""Most queries of a batch; the manifest says so."""
MOST = 50
"""Most candidates of a query, and `LIMIT` unless it says otherwise."""
LIMIT = 5
_LENGTH = 500
_STRICT = ("any", "should", "all")


@reconciliation.route("/reconcile", methods=["GET", "POST"])
def reconcile() -> Response:
    """Return the candidates of a batch of queries, what is known of identified things, or what this service offers."""
    fields = read_fields(request.query_string)
    if request.method == "POST":
        if request.mimetype != FORM:
            raise CallerError(f"send the batch as the field `queries` of a form, as {FORM}")
        fields = {**fields, **read_fields(request.get_data(cache=False))}
    if "extend" in fields:
        wanted = fields["extend"]
        if len(wanted) != 1 or "queries" in fields:
            raise ParameterError("state one extension, as the parameter `extend`, and no batch beside it")
        told = extended(index_of(_release()), _release().base, read_extension(wanted[0]))
        return _json(told) if request.method == "POST" else _kept(told)
    stated = fields.get("queries", [])
    if not stated and request.method != "POST" and not fields.keys() - {"lang"}:
        return _kept(_manifest())
    if len(stated) != 1:
        raise ParameterError("state the batch once, as the parameter `queries`")
    queries = read_batch(stated[0])
    found = answer(index_of(_release()), _release().base, queries)
    return _json(found) if request.method == "POST" else _kept(found)


@reconciliation.get("/reconcile/suggest/entity")
def suggest_entities() -> Response:
    """Return the things with a name or number that begins as stated, or that are identified so."""
    prefix, skipped = _prefix()
    kinds = _kinds([value for value in request.args.getlist("type") if value])
    entries = suggest(index_of(_release()), _release().base, prefix, kinds, skipped)
    return _kept({"result": [_suggested(entry) for entry in entries]})


@reconciliation.get("/reconcile/suggest/type")
def suggest_types() -> Response:
    """Return the types with such a name or identifier."""
    return _kept({"result": _offers(TYPES, *_prefix())})


@reconciliation.get("/reconcile/suggest/property")
def suggest_properties() -> Response:
    """Return the properties with such a name or identifier."""
    return _kept({"result": _offers(PROPERTIES, *_prefix())})


@reconciliation.get("/reconcile/propose")
def propose_properties() -> Response:
    """Return the properties of a type, by which things of it can be extended."""
    kind = request.args.get("type", "")
    return _kept({"type": kind, "properties": [each.as_json() for each in proposed(kind)]})


@reconciliation.get("/reconcile/view")
def view() -> Response:
    """Return the redirection to a thing by its identifier."""
    entry = _entry(request.args.get("id", ""))
    where = href(entry.iri, _release().base, request.script_root)
    if where is None:
        raise ThingUnknownError("this thing has no address")
    return redirect(where, 303)  # type: ignore[return-value]


@reconciliation.get("/reconcile/preview")
def preview() -> Response:
    """Return the small page that a client shows of a thing."""
    tag = tag_of(_release().version, HTML, chosen_language(request))
    entry = _entry(request.args.get("id", ""))
    with index_of(_release()).asking() as asking:
        units = asking.with_iris([entry.unit]) if entry.unit and entry.unit != entry.iri else []
    told = {"entry": entry, "unit": units[0] if units else None, "place": _place(entry.region)}
    return unchanged(tag, HTML) or tagged(Response(render_template("preview.html", **told)), tag)


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release


def _json(said: object) -> Response:
    """Return an answer; half a surrogate pair in the name of a query is said as it came (RFC 8259 8.2)."""
    body = (json.dumps(said, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
    return Response(body, content_type="application/json")


def _kept(said: object) -> Response:
    """Return an answer with its ETag: a release does not change, so only the request decides it."""
    tag = tag_of(_release().version, ERROR_JSON, request.host_url)
    return unchanged(tag, ERROR_JSON) or tagged(_json(said), tag)


def _manifest() -> dict[str, Any]:
    """Return what this service offers; its own addresses are those under which it was asked."""
    root, base = request.root_url.rstrip("/"), _release().base

    def suggests(what: str) -> dict[str, str]:
        return {"service_url": root, "service_path": f"/reconcile/suggest/{what}"}

    return {
        "versions": ["0.2"],
        "name": "预算公开知识图谱 Budget disclosure graph",
        "identifierSpace": base,
        "schemaSpace": SCHEMA,
        "defaultTypes": [each.as_json() for each in TYPES],
        "documentation": f"{root}/api",
        "serviceVersion": _release().version,
        "batchSize": BATCH,
        "view": {"url": f"{root}/reconcile/view?id={{{{id}}}}"},
        "preview": {"url": f"{root}/reconcile/preview?id={{{{id}}}}", "width": 420, "height": 180},
        "suggest": {what: suggests(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/reconcile/propose"},
            "property_settings": [],
        },
    }


def _prefix() -> tuple[str, int]:
    cursor = request.args.get("cursor", "0") or "0"
    if not re.fullmatch(r"\d{1,6}", cursor, re.ASCII):
        raise ParameterError("cursor is a whole number: how many suggestions to skip")
    return request.args.get("prefix", "")[:_LENGTH], int(cursor)


def _offers(offered: Sequence[Offered], prefix: str, skipped: int) -> list[dict[str, str]]:
    key = fold(prefix)
    found = [each for each in offered if key in fold(f"{each.zh} {each.en}") or each.is_called(prefix)]
    return [each.as_json() for each in found[skipped:]]


def _suggested(entry: Entry) -> dict[str, Any]:
    said = {"id": _id(entry.iri, _release().base), "name": entry.label, "notable": [_type(entry).as_json()]}
    return said | ({"description": described} if (described := _description(entry)) else {})


def _entry(identifier: str) -> Entry:
    with index_of(_release()).asking() as asking:
        found = with_identifier(asking, identifier, _release().base)
    if not found:
        raise ThingUnknownError("nothing in this release has this identifier")
    return found[0]


def _type(entry: Entry) -> Offered:
    return next(each for each in TYPES if each.key == entry.kind)


def _id(iri: str, base: str) -> str:
    return iri.removeprefix(base)


def _place(region: str) -> str:
    return "全国" if region == "cn" else index_of(_release()).regions.get(region, region)


def _description(entry: Entry) -> str:
    """Return what tells a thing from its namesakes: number or code, year, place."""
    code = entry.code if entry.code != entry.label else ""
    return " · ".join(part for part in (code, entry.year, _place(entry.region)) if part)


def answer(index: Index, base: str, queries: Mapping[str, Query]) -> dict[str, Any]:
    """Return the candidates of each query of a batch, each for itself, as the API writes them; of a blank cell none."""
    found = {
        name: candidates(index, base, query) if query.name.strip() or query.stated else ()
        for name, query in queries.items()
    }
    return {name: {"result": [_said(one, base) for one in each]} for name, each in found.items()}


def _said(candidate: Candidate, base: str) -> dict[str, Any]:
    entry = candidate.entry
    features = [
        {"id": "exact", "value": candidate.fit.exact},
        *({"id": name, "value": True} for name in candidate.agreed),
    ]
    return {
        "id": _id(entry.iri, base),
        "name": entry.label,
        "description": _description(entry),
        "type": [_type(entry).as_json()],
        "score": round(candidate.fit.score, 1),
        "match": candidate.fit.certain,
        "features": features,
    }


def read_batch(text: str) -> dict[str, Query]:
    """Return the queries of a batch by their names; raises `ParameterError`, `BatchTooLargeError` past `BATCH`."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise ParameterError("queries is an object in JSON: queries by any name") from None
    if not isinstance(said, dict):
        raise ParameterError("queries is an object in JSON: queries by any name")
    if len(said) > BATCH:
        raise BatchTooLargeError(f"a batch may have {BATCH} queries, this one has {len(said)}")
    return {name: _read_query(name, query) for name, query in said.items()}


def _read_query(name: str, said: object) -> Query:
    if not isinstance(said, dict):
        raise ParameterError(f"query {name!r} is an object with `query`")
    text, limit, stated = said.get("query", ""), said.get("limit"), said.get("properties") or []
    limit = LIMIT if limit is None else limit
    if not isinstance(text, str) or not ("query" in said or stated):
        raise ParameterError(f"query {name!r} needs a text as its `query`, or `properties`")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 1 <= limit <= 1e9:
        raise ParameterError(f"limit of query {name!r} is a whole number above 0")
    if said.get("type_strict") not in (None, *_STRICT):
        raise ParameterError(f"type_strict of query {name!r} is one of {', '.join(_STRICT)}")
    text = encodable(text[:_LENGTH])
    return Query(text, _kinds(_listed(name, said.get("type"))), min(int(limit), MOST), _stated(name, stated))


def _listed(name: str, types: object) -> list[str]:
    """Return the identifiers of types, which come as text, as an object with `id`, or as a list of these."""
    listed = types if isinstance(types, list) else [] if types in (None, "") else [types]
    found = [one.get("id") if isinstance(one, dict) else one for one in listed]
    if not all(isinstance(one, str) for one in found):
        raise ParameterError(f"type of query {name!r} is an identifier, or a list of them")
    return [one for one in found if isinstance(one, str)]


def _kinds(types: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds that are of one of some types, all where none is named; types not offered have no members."""
    return tuple(each.key for each in TYPES if not types or any(each.is_called(name) for name in types))


def _stated(name: str, said: object) -> dict[str, tuple[str, ...]]:
    """Return the values by property; of a property that is not offered nothing can be compared."""
    if not isinstance(said, list) or not all(isinstance(one, dict) and isinstance(one.get("pid"), str) for one in said):
        raise ParameterError(f"properties of query {name!r} are a list of objects with `pid` and `v`")
    found: dict[str, tuple[str, ...]] = {}
    for one in said:
        known = next((each.key for each in PROPERTIES if each.is_called(one["pid"])), one["pid"])
        if values := tuple(_values(one.get("v"))):
            found[known] = (*found.get(known, ()), *values)
    return found


def _values(said: object) -> Iterable[str]:
    """Yield values as text; a thing that is reconciled already is its identifier."""
    for one in said if isinstance(said, list) else [said]:
        value = one.get("id") if isinstance(one, dict) else one
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            yield str(value).strip()
