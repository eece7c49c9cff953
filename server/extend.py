"""Data extension of the reconciliation API: what is known of things that a client has identified, by property."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.candidates import COMPARED, PROPERTIES, TYPES, Offered, with_identifier
from server.errors import BatchTooLargeError, ParameterError
from server.index import Asking, Entry, Index

MOST = 250
"""Things of one request."""

_SHAPE = "extend is an object in JSON: `ids`, a list of identifiers, and `properties`, a list of objects with `id`"


@dataclass(frozen=True, slots=True)
class Extension:
    """What is asked: identifiers of things, and the properties that are wanted of each, as the client names them."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def read_extension(text: str) -> Extension:
    """Return what is asked; raises `ParameterError`, `BatchTooLargeError` past `MOST`."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise ParameterError(_SHAPE) from None
    ids, wanted = (said.get("ids"), said.get("properties")) if isinstance(said, dict) else (None, None)
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise ParameterError(_SHAPE)
    named = [each.get("id") if isinstance(each, dict) else None for each in wanted]
    if not all(isinstance(each, str) for each in (*ids, *named)):
        raise ParameterError(_SHAPE)
    if len(ids) > MOST:
        raise BatchTooLargeError(f"an extension may be of {MOST} things, this one is of {len(ids)}")
    return Extension(tuple(ids), tuple(each for each in named if isinstance(each, str)))


def proposed(kind: str) -> list[Offered]:
    """Return the properties that things of a type can have, all where the type is not stated."""
    known = next((each.key for each in TYPES if kind and each.is_called(kind)), "")
    return [each for each in PROPERTIES if not kind or known in COMPARED[each.key]]


def extended(index: Index, base: str, asked: Extension) -> dict[str, Any]:
    """Return the values of each property of each thing; an unknown thing or property has none."""
    known = {name: next((each for each in PROPERTIES if each.is_called(name)), None) for name in asked.properties}
    with index.asking() as asking:
        things = {each: next(iter(with_identifier(asking, encodable(each), base)), None) for each in asked.ids}
        units = _units(asking, [each for each in things.values() if each])
    return {
        "meta": [{"id": name, "name": each.as_json()["name"] if each else name} for name, each in known.items()],
        "rows": {
            identifier: {
                name: _values(each.key, thing, units, base) if each and thing else [] for name, each in known.items()
            }
            for identifier, thing in things.items()
        },
    }


def encodable(text: str) -> str:
    """Return a text with ? for half a surrogate pair, which JSON can write and no name or identifier has."""
    return text.encode("utf-8", "replace").decode()


def _units(asking: Asking, things: Sequence[Entry]) -> dict[str, Entry]:
    iris = sorted({each.unit for each in things if each.unit})
    return {each.iri: each for each in asking.with_iris(iris)} if iris else {}


def _values(key: str, thing: Entry, units: Mapping[str, Entry], base: str) -> list[dict[str, str]]:
    if thing.kind not in COMPARED[key]:
        return []
    if key == "unit":
        unit = units.get(thing.unit)
        return [{"id": unit.iri.removeprefix(base), "name": unit.label}] if unit else []
    value = {"region": thing.region, "year": thing.year}.get(key, thing.code)
    return [{"str": value}] if value else []
