"""The query tests of the W3C's SPARQL 1.1 protocol list, each in our own words and under its name there.

The list: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest. The request of
query-multiple-dataset encodes the `&` between two parameters by mistake; here it is a separator, as was meant.
"""

from __future__ import annotations

from urllib.parse import quote

from tests.protocol.cases import CSV, EXAMPLE, GRAPHS, JSON, TSV, XML, Case, Cases, Check, media_type, says
from tests.protocol.client import Request, by_body, by_form, by_get

_ONE, _TWO, _THREE, _NONE = (f"{EXAMPLE}data/{number}" for number in (1, 2, 3, 0))
_DEFAULT = f"?default-graph-uri={quote(_NONE, safe='')}"
_BOTH_DEFAULT = f"ASK {{ <{_ONE}> a ?type . <{_TWO}> a ?type }}"
_BOTH_NAMED = f"ASK {{ GRAPH ?g1 {{ <{_ONE}> a ?type }} GRAPH ?g2 {{ <{_TWO}> a ?type }} }}"
_ALL = f"ASK {{ <{_THREE}> a ?type GRAPH ?g1 {{ <{_ONE}> a ?type }} GRAPH ?g2 {{ <{_TWO}> a ?type }} }}"
_TRUE: tuple[Check, ...] = (media_type(f"{JSON} {XML}"), says(True))
_TABULAR = media_type(f"{JSON} {XML} {CSV} {TSV}")
_RDF = media_type(" ".join((*GRAPHS, "application/n-quads", "application/trig")))


def _search(*parameters: tuple[str, str]) -> str:
    return "?" + "&".join(f"{name}-graph-uri={quote(graph, safe='')}" for name, graph in parameters)


_TWO_DEFAULT = (("default", _ONE), ("default", _TWO))
_TWO_NAMED = (("named", _ONE), ("named", _TWO))


def _get(query: str, *graphs: tuple[str, str]) -> Request:
    return by_get(query, *((f"{kind}-graph-uri", graph) for kind, graph in graphs))


CASES: Cases = (
    Case("w3c query_get", _get("ASK {}", ("default", _NONE)), "2xx", _TRUE),
    Case("w3c query_post_form", by_form(("query", "ASK {}"), search=_DEFAULT), "2xx", _TRUE),
    Case("w3c query_post_direct", by_body("ASK {}"), "2xx", _TRUE),
    Case(
        "w3c query_dataset_default_graph",
        by_body(f"ASK {{ <{_ONE}> ?p ?o }}", _search(("default", _ONE))),
        "2xx",
        _TRUE,
    ),
    Case("w3c query_dataset_default_graphs_get", _get(_BOTH_DEFAULT, *_TWO_DEFAULT), "2xx", _TRUE),
    Case("w3c query_dataset_default_graphs_post", by_body(_BOTH_DEFAULT, _search(*_TWO_DEFAULT)), "2xx", _TRUE),
    Case("w3c query_dataset_named_graphs_get", _get(_BOTH_NAMED, *_TWO_NAMED), "2xx", _TRUE),
    Case("w3c query_dataset_named_graphs_post", by_body(_BOTH_NAMED, _search(*_TWO_NAMED)), "2xx", _TRUE),
    Case("w3c query_dataset_full", by_body(_ALL, _search(("default", _THREE), *_TWO_NAMED)), "2xx", _TRUE),
    Case(
        "w3c query_multiple_dataset",
        by_body(_BOTH_NAMED.replace("ASK", f"ASK FROM <{_THREE}>"), _search(*_TWO_NAMED)),
        "2xx",
        _TRUE,
    ),
    Case("w3c query_content_type_select", by_body("SELECT (1 AS ?value) {}", _DEFAULT), "2xx", (_TABULAR,)),
    Case("w3c query_content_type_ask", by_body("ASK {}", _DEFAULT), "2xx", (media_type(f"{JSON} {XML}"),)),
    Case("w3c query_content_type_describe", by_body("DESCRIBE <http://example.org/>", _DEFAULT), "2xx", (_RDF,)),
    Case("w3c query_content_type_construct", by_body("CONSTRUCT { <s> <p> 1 } WHERE {}", _DEFAULT), "2xx", (_RDF,)),
    Case("w3c bad_query_method", Request("PUT", f"{_DEFAULT}&query=ASK%20%7B%7D", body=b""), "4xx"),
    Case("w3c bad_multiple_queries", Request("GET", "?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"), "4xx"),
    Case("w3c bad_query_wrong_media_type", by_body("ASK {}", headers=(("Content-Type", "text/plain"),)), "4xx"),
    Case("w3c bad_query_missing_form_type", Request("POST", body=b"query=ASK%20%7B%7D"), "4xx"),
    Case("w3c bad_query_missing_direct_type", Request("POST", body=b"ASK {}"), "4xx"),
    Case(
        "w3c bad_query_non_utf8",
        by_body("ASK {}".encode("utf-16"), headers=(("Content-Type", "application/sparql-query; charset=UTF-16"),)),
        "4xx",
    ),
    Case("w3c bad_query_syntax", Request("GET", "?query=ASK%20%7B"), "4xx"),
)
