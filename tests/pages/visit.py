"""Pages as readers reach them: the path of a thing, by what is said of it, and the page at a path."""

from __future__ import annotations

from html import unescape

from flask.testing import FlaskClient
from pyoxigraph import NamedNode, QuerySolutions

from server.addresses import href
from tests.lod.conftest import BASE, Counting

BROWSER = {"Accept": "text/html"}
PREFIXES = """PREFIX def: <https://w3id.org/yusuan/def#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def first(counting: Counting, pattern: str) -> str:
    """Return the path of the first thing that a pattern finds as ?x."""
    found = counting.store.query(f"{PREFIXES} SELECT ?x WHERE {{ {pattern} }} ORDER BY ?x LIMIT 1")
    assert isinstance(found, QuerySolutions)
    (term,) = next(iter(found))
    assert isinstance(term, NamedNode)
    path = href(term.value, BASE, "")
    assert path
    return path


def named(counting: Counting, kind: str, name: str) -> str:
    """Return the path of the first thing of a class, `def:Project`, with a label."""
    return first(counting, f'?x a {kind} ; rdfs:label ?name FILTER(STR(?name) = "{name}")')


def read(client: FlaskClient, path: str, **asked: str | list[str]) -> str:
    """Return the page at a path."""
    response = client.get(path, headers=BROWSER, query_string=asked or None)
    assert response.status_code == 200, response.text
    return response.text


def page(client: FlaskClient, path: str, **asked: str | list[str]) -> str:
    """Return the page at a path, in Chinese unless asked otherwise, with its characters as people see them."""
    return unescape(read(client, path, **{"lang": "zh", **asked}))
