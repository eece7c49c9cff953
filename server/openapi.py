"""The description of the API in OpenAPI 3.1: questions from the headers of their files, the rest from openapi.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pyoxigraph import QuerySolutions, Store

from server.catalogue import CATEGORIES, Parameter, Query
from server.terms import notations
from server.wording import word

_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "string": {"type": "string"},
    "iri": {"type": "string", "format": "iri"},
    "document-number": {"type": "string"},
    "integer": {"type": "integer"},
    "count": {"type": "integer", "minimum": 0},
}
_ERRORS = {"400": "Refused", "404": "Unknown", "406": "NotAcceptable", "422": "TooLarge", "503": "Busy"}
_WINDOW = ("limit", "offset")


def describe_api(queries: Iterable[Query], prefix: str, version: str) -> dict[str, Any]:
    """Return the description: `prefix` is what all addresses begin with, `version` that of the release."""
    described: dict[str, Any] = yaml.load(
        files("server").joinpath("openapi.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    described["info"]["x-release"] = version
    described["servers"] = [{"url": prefix or "/"}]
    paths = {f"/api/{each.name}": {"get": _operation(each)} for each in queries}
    described["paths"] = {**dict(sorted(paths.items())), **described["paths"]}
    described["tags"] = [*(_tag(each) for each in CATEGORIES if _has(paths, each)), *described["tags"]]
    return described


@cache
def columns(query: Query) -> tuple[str, ...]:
    """Return the columns of a question's answer, which an empty store tells, too."""
    answer = Store().query(query.text)
    assert isinstance(answer, QuerySolutions)
    return tuple(each.value for each in answer.variables if each.value not in query.hidden_variables)


def _operation(query: Query) -> dict[str, Any]:
    row = {
        "type": "object",
        "properties": {each: {"$ref": "#/components/schemas/Value"} for each in columns(query)},
        "required": list(columns(query)),
        "additionalProperties": False,
    }
    return {
        "operationId": query.name,
        "tags": [query.category],
        "summary": query.summary,
        "x-summary-zh": query.summary_zh,
        "description": query.description,
        "x-description-zh": query.description_zh,
        "parameters": [
            *(_parameter(each) for each in query.parameters),
            *({"$ref": f"#/components/parameters/{each}"} for each in _WINDOW),
        ],
        "responses": {
            "200": {
                "description": "Rows of the answer, in the order of the question.",
                "headers": {each: {"$ref": f"#/components/headers/{each}"} for each in ("ETag", "Link")},
                "content": {
                    "application/json": {"schema": {"type": "array", "items": row}},
                    "text/csv": {"schema": {"type": "string"}},
                },
            },
            "304": {"$ref": "#/components/responses/Unchanged"},
            **{status: {"$ref": f"#/components/responses/{name}"} for status, name in _ERRORS.items()},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.summary,
        "x-description-zh": parameter.summary_zh,
        "schema": {**_SCHEMAS[parameter.type], **_enumerated(parameter)},
    }


def _enumerated(parameter: Parameter) -> dict[str, Any]:
    """Return which values a parameter has: the notations of its code list, or what these are called."""
    names = notations(parameter.codes) if parameter.codes else {}
    called, short = names.keys() - names.values(), set(names.values())
    return {"anyOf": [{"enum": sorted(each)} for each in (short, called) if each]} if names else {}


def _tag(category: str) -> dict[str, str]:
    return {"name": category, "description": " / ".join(word(f"category-{category}", each) for each in ("zh", "en"))}


def _has(paths: Mapping[str, Any], category: str) -> bool:
    return any(category in each["get"]["tags"] for each in paths.values())
