"""The named queries, read from the headers of the `.rq` files.

A header is the run of lines at the top of a file that begin with `#+`. Without the mark they are one YAML
mapping:

    summary, summary-zh    one line each, required
    category               one of `CATEGORIES`, required
    description            required
    description-zh         the same in Chinese; required of questions, which are public
    parameters             list of mappings: name, type (one of `PARAMETER_TYPES`), summary, summary-zh;
                           required (default true); variable (default the name); codes (the code list, or `rule`,
                           whose notations alone are values). A variable named otherwise than its parameter carries
                           the value in and is left out of the answer.

The idea is grlc's `#+`; unlike grlc, parameters are bound as RDF terms, never written into the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from server.errors import QueryFileError, QueryUnknownError

CATEGORIES = (
    "structure",
    "money",
    "statements",
    "projects",
    "performance",
    "legal",
    "organisations",
    "provenance",
    "integrity",
)
PARAMETER_TYPES = ("string", "iri", "document-number", "integer", "count")

_MARK = re.compile(r"#\+( |$)")
_VARIABLE = re.compile(r"[a-z][a-z0-9_]*")
_HEADER_KEYS = ("summary", "summary-zh", "category", "description")
_PARAMETER_KEYS = ("name", "type", "summary", "summary-zh")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query; `variable` is the SPARQL variable its value is bound to.

    `codes` names the code list that its values are notations of; empty where any value may be given.
    """

    name: str
    type: str
    summary: str
    summary_zh: str
    required: bool = True
    variable: str = ""
    codes: str = ""

    @property
    def hidden(self) -> bool:
        """Return whether the variable only carries the value in and is no column."""
        return self.variable != self.name


@dataclass(frozen=True, slots=True)
class Query:
    """One question: its text, and what its header says of it."""

    name: str
    text: str
    summary: str = ""
    summary_zh: str = ""
    category: str = ""
    description: str = ""
    description_zh: str = ""
    parameters: tuple[Parameter, ...] = ()

    @property
    def body(self) -> str:
        """Return the text without its header, as one begins to change it."""
        lines = self.text.splitlines(keepends=True)
        return "".join(each for each in lines if not _MARK.match(each)).lstrip("\n")

    @property
    def hidden_variables(self) -> tuple[str, ...]:
        """Return the variables that are no columns of the answer."""
        return tuple(each.variable for each in self.parameters if each.hidden)


class _StrictLoader(yaml.CSafeLoader):
    """YAML without duplicate keys, which the safe loader silently overwrites."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.YAMLError(f"stated twice: {', '.join(twice)}")
        return super().construct_mapping(node, deep)


@cache
def questions() -> Mapping[str, Query]:
    """Return the public queries by name, in order of their names."""
    return _folder("questions")


@cache
def pages() -> Mapping[str, Query]:
    """Return the queries that the pages ask, by name; they are no part of the public catalogue."""
    return _folder("pages")


@cache
def checks() -> Mapping[str, Query]:
    """Return the integrity checks by name; on a sound release none returns a row."""
    return _folder("checks")


def question(name: str) -> Query:
    """Return the public query of this name; raises `QueryUnknownError`, which lists the names there are."""
    found = questions().get(name)
    if found is None:
        raise QueryUnknownError(f"no query is named {name!r}; there are: {', '.join(questions())}")
    return found


def read_query(path: Path) -> Query:
    """Return the query in a file of the user's own; a file without header has no parameters."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise QueryFileError(f"cannot read {path}: {reason}") from error
    return parse_query(path.stem, text) if _MARK.match(text) else Query(path.stem, text)


def parse_query(name: str, text: str) -> Query:
    """Return the query with what its header says; raises `QueryFileError` for a broken header."""
    header = _header(name, text)
    _expect_keys(name, "the header", header, _HEADER_KEYS, ("description-zh", "parameters"))
    if header["category"] not in CATEGORIES:
        raise QueryFileError(f"{name}: category {header['category']!r} is none of {', '.join(CATEGORIES)}")
    stated = header.get("parameters", [])
    if not isinstance(stated, list):
        raise QueryFileError(f"{name}: parameters must be a list")
    parameters = tuple(_parameter(name, each) for each in stated)
    _expect_distinct(name, [each.name for each in parameters])
    return Query(
        name,
        text,
        header["summary"],
        header["summary-zh"],
        header["category"],
        header["description"],
        header.get("description-zh", ""),
        parameters,
    )


def _folder(name: str) -> dict[str, Query]:
    found = (each for each in files("queries").joinpath(name).iterdir() if each.name.endswith(".rq"))
    return {each.name.removesuffix(".rq"): _read_resource(each) for each in sorted(found, key=_by_name)}


def _by_name(resource: Traversable) -> str:
    return resource.name


def _read_resource(resource: Traversable) -> Query:
    return parse_query(resource.name.removesuffix(".rq"), resource.read_text(encoding="utf-8"))


def _header(name: str, text: str) -> dict[str, Any]:
    lines = []
    for line in text.splitlines():
        if not _MARK.match(line):
            break
        lines.append(line[3:])
    try:
        header = yaml.load("\n".join(lines), Loader=_StrictLoader)
    except yaml.YAMLError as error:
        raise QueryFileError(f"{name}: the header is not YAML: {error}") from error
    if not isinstance(header, dict):
        raise QueryFileError(f"{name}: there is no header; lines of it begin with '#+ '")
    return header


def _parameter(query: str, stated: Any) -> Parameter:
    if not isinstance(stated, dict):
        raise QueryFileError(f"{query}: a parameter must be a mapping")
    _expect_keys(query, "a parameter", stated, _PARAMETER_KEYS, ("required", "variable", "codes"))
    name, kind = stated["name"], stated["type"]
    variable, required = stated.get("variable") or name, stated.get("required", True)
    if kind not in PARAMETER_TYPES:
        raise QueryFileError(f"{query}: type {kind!r} is none of {', '.join(PARAMETER_TYPES)}")
    if not isinstance(required, bool):
        raise QueryFileError(f"{query}: required of {name} must be true or false")
    if not all(isinstance(each, str) and _VARIABLE.fullmatch(each) for each in (name, variable)):
        raise QueryFileError(f"{query}: {name!r} and its variable must be small letters, digits and _")
    codes = stated.get("codes", "")
    return Parameter(name, kind, stated["summary"], stated["summary-zh"], required, variable, codes)


def _expect_keys(
    query: str, where: str, stated: Mapping[str, Any], required: Iterable[str], optional: Iterable[str]
) -> None:
    for key in required:
        if not isinstance(stated.get(key), str) or not stated[key].strip():
            raise QueryFileError(f"{query}: {where} lacks {key}")
    unknown = sorted(str(key) for key in set(stated) - {*required, *optional})
    if unknown:
        raise QueryFileError(f"{query}: {where} has unknown keys: {', '.join(unknown)}")


def _expect_distinct(query: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise QueryFileError(f"{query}: parameters stated twice: {', '.join(twice)}")
