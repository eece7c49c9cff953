"""What a query cannot do without: the properties and values that each of its answers must have read.

Parsing a query costs Oxigraph more than answering it over one document, so one that cannot find anything is not asked.
Only triple patterns outside of OPTIONAL, UNION, MINUS, FILTER and the like are read, and of those only what is certain:
a need that is missed costs time, one too many would hide a result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A property with the value that it must have, empty for any; both are IRIs.
Need = tuple[str, str]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TOKEN = re.compile(
    r"""#.*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>|[?$]\w+|[A-Za-z_][\w-]*:[\w-]+|[A-Za-z_]\w*|[0-9]+|\S"""
)
_PREFIX = re.compile(r"PREFIX\s+(\w+):\s*<([^>]*)>")
_CLOSES = {"{": "}", "(": ")"}
# What is no plain pattern, with what its part in brackets may begin with.
_ASIDE = {
    **dict.fromkeys(("OPTIONAL", "MINUS", "VALUES", "GRAPH", "SERVICE"), "{"),
    **dict.fromkeys(("FILTER", "BIND"), "{("),
}


def read_needs(query: str) -> tuple[Need, ...]:
    """The needs of a SELECT, in order of their first mention; none of what is not understood."""
    prefixes = dict(_PREFIX.findall(query))
    tokens = [token for token in _TOKEN.findall(_PREFIX.sub("", query)) if not token.startswith("#")]
    terms = (_pair(pair, prefixes) for pair in _of_select(tokens))
    return tuple(dict.fromkeys(pair for pair in terms if pair[0]))


def _of_select(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """The needs of SELECT … WHERE { … } …: none where an aggregate of nothing would be an answer."""
    start = tokens.index("{")
    end = _end(tokens, start)
    if "(" not in tokens[:start] or tokens[end + 1 : end + 3] == ["GROUP", "BY"]:
        yield from _of_group(tokens[start + 1 : end])


def _of_group(tokens: list[str]) -> Iterator[tuple[str, str]]:
    at, said = 0, list[str]()
    while at < len(tokens):
        token = tokens[at]
        if token in _ASIDE:
            yield from _of_triples(said)
            at, said = _aside(tokens, at), []
        elif token == "{":
            yield from _of_triples(said)
            end, said = _end(tokens, at), []
            while tokens[end + 1 : end + 3] == ["UNION", "{"]:
                at, end = len(tokens), _end(tokens, end + 2)
            if at < len(tokens):
                inner = tokens[at + 1 : end]
                yield from (_of_select if inner[:1] == ["SELECT"] else _of_group)(inner)
            at = end + 1
        else:
            said.append(token)
            at += 1
    yield from _of_triples(said)


def _aside(tokens: list[str], at: int) -> int:
    """Where what a keyword begins is over: behind its first pair of braces or brackets."""
    start = next(place for place in range(at, len(tokens)) if tokens[place] in _ASIDE[tokens[at]])
    return _end(tokens, start) + 1


def _end(tokens: list[str], start: int) -> int:
    """The place of the token that closes the one at `start`."""
    opening, closing, depth = tokens[start], _CLOSES[tokens[start]], 0
    for place in range(start, len(tokens)):
        depth += (tokens[place] == opening) - (tokens[place] == closing)
        if not depth:
            return place
    raise ValueError(f"no {closing} for the {opening} of {' '.join(tokens[start : start + 9])}")


def _of_triples(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """Predicate and object of each triple pattern `s p o`, `; p o` and `, o` of a list without braces.

    With a path or brackets the list is not understood from there to the end of the statement.
    """
    said: list[str] = []
    for token in [*tokens, "."]:
        if token not in (".", ";", ","):
            said.append(token)
            continue
        if len(said) == 3:
            yield said[1], said[2]
        said = {".": [], ";": said[:1], ",": said[:2]}[token]


def _pair(pair: tuple[str, str], prefixes: dict[str, str]) -> Need:
    predicate, value = pair
    return (_TYPE if predicate == "a" else _iri(predicate, prefixes), _iri(value, prefixes))


def _iri(token: str, prefixes: dict[str, str]) -> str:
    """The IRI that a token is, empty for a variable, a literal or a prefix that is not declared."""
    if token.startswith("<"):
        return token[1:-1]
    prefix, colon, name = token.partition(":")
    return prefixes[prefix] + name if colon and prefix in prefixes else ""
