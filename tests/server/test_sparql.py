"""/sparql as the SPARQL 1.1 Protocol has it: operations, media types, datasets, errors in one shape; and as a page."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from server import errors
from server.app import Config, create_app
from server.errors import ServerError
from server.evaluate import Evaluation
from server.release import open_release
from tests.server.sample_release import DOCUMENT, DRAFT_GRAPH, GRAPH
from tests.server.web import FORM, Web

pytestmark = pytest.mark.waiting

SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/yusuan/def#Document> }"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{DOCUMENT}>) }}"
QUERY = "application/sparql-query"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
LARGEST = 256 * 1024
JSON_LD = "application/ld+json"
TRIPLE_TERM = "<<( <http://x/s> <http://x/p> 1 )>>"


def ask(web: Web, query: str, accept: str | None = None) -> bytes:
    """Return the answer to a query by GET."""
    answered = web.get("/sparql", {"query": query}, accept)
    assert answered.status == 200, answered.text
    return answered.body


@pytest.mark.parametrize("accept", [None, "application/sparql-results+json"])
def test_the_three_operations_answer_alike(web: Web, accept: str | None) -> None:
    by_get = ask(web, SELECT, accept)
    by_form = web.post("/sparql", {"query": SELECT}, accept=accept)
    by_body = web.post("/sparql", SELECT.encode(), f"{QUERY}; charset=utf-8", accept=accept)
    assert by_form.status == by_body.status == 200
    assert len(json.loads(by_get)["results"]["bindings"]) == 2
    assert by_get == by_form.body == by_body.body


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv, */*;q=0.1", "text/csv; charset=utf-8"),
        (SELECT, "text/csv;q=0.1, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/html,application/xml;q=0.9", "text/html; charset=utf-8"),
        (SELECT, "text/html;q=0.1,application/xml", "application/sparql-results+xml"),
        ("ASK {}", "text/csv", "text/csv; charset=utf-8"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml, text/turtle;q=0.5", "application/rdf+xml"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
        (CONSTRUCT, "text/html;q=0.1, application/trig", "application/trig"),
        (CONSTRUCT, "text/html", "text/html; charset=utf-8"),
        (f"DESCRIBE <{DOCUMENT}>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_content_negotiation(web: Web, query: str, accept: str | None, content_type: str) -> None:
    answered = web.get("/sparql", {"query": query}, accept)
    assert (answered.status, answered.content_type) == (200, content_type)
    assert "Accept" in answered.headers["vary"]
    assert answered.headers["access-control-allow-origin"] == "*"
    assert answered.headers["x-content-type-options"] == "nosniff"
    assert answered.body


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("GET", {"query": "query="}, 400, "bad-request"),
    ("GET", {"query": "query=ASK{}&query=ASK{}"}, 400, "bad-request"),
    ("GET", {"query": "query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%7D"}, 400, "bad-request"),
    ("GET", {"query": "&".join(["a=b"] * 1001)}, 400, "bad-request"),
    ("GET", {"query": {"query": "ASK {"}}, 400, "query-syntax"),
    ("GET", {"query": {"query": "ASK {", "update": "x"}}, 400, "query-refused"),
    ("GET", {"query": {"query": "ASK {SERVICE<http://127.0.0.1:1/>{}}"}}, 400, "query-refused"),
    ("GET", {"query": {"query": "DROP ALL"}}, 400, "query-refused"),
    ("GET", {"query": {"query": "ASK {}", "default-graph-uri": "no iri"}}, 400, "query-syntax"),
    ("GET", {"query": {"query": SELECT}, "headers": {"accept": "image/png"}}, 406, "not-acceptable"),
    ("GET", {"query": {"query": SELECT}, "headers": {"accept": "text/turtle"}}, 406, "not-acceptable"),
    ("GET", {"query": {"query": CONSTRUCT}, "headers": {"accept": "image/*, text/csv;q=0"}}, 406, "not-acceptable"),
    ("GET", {"headers": {"accept": "application/sparql-results+json"}}, 406, "not-acceptable"),
    ("POST", {"body": b"ASK {}"}, 415, "media-type-unsupported"),
    ("POST", {"body": b"ASK {}", "headers": {"content-type": "text/plain"}}, 415, "media-type-unsupported"),
    (
        "POST",
        {"body": b"ASK {}", "headers": {"content-type": f"{QUERY}; charset=gb18030"}},
        415,
        "media-type-unsupported",
    ),
    ("POST", {"body": b"ASK { ?s ?p '\xff' }", "headers": {"content-type": QUERY}}, 400, "bad-request"),
    ("POST", {"headers": {"content-type": QUERY}}, 400, "bad-request"),
    ("POST", {"body": b"query=%FF", "headers": {"content-type": FORM}}, 400, "bad-request"),
    ("POST", {"body": b"query=\xff", "headers": {"content-type": FORM}}, 400, "bad-request"),
    ("POST", {"body": b"update=DROP+ALL", "headers": {"content-type": FORM}}, 400, "query-refused"),
    (
        "POST",
        {"body": b"DROP ALL", "headers": {"content-type": "application/sparql-update"}},
        400,
        "query-refused",
    ),
    ("POST", {"body": b"x" * (LARGEST + 1), "headers": {"content-type": QUERY}}, 413, "body-too-large"),
    ("GET", {"query": {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}}, 422, "result-too-large"),
    ("PUT", {"body": b"ASK {}"}, 405, "method-not-allowed"),
    ("DELETE", {}, 405, "method-not-allowed"),
    ("GET", {"headers": {"host": "no host"}}, 400, "bad-request"),
    ("GET", {"query": {"query": "SELECT (<http://e.org/f>(1) AS ?x) {}"}}, 400, "query-syntax"),
    ("GET", {"query": {"query": "ASK {"}, "headers": {"accept": "image/png"}}, 400, "query-syntax"),
    ("GET", {"query": {"query": "ASK {}"}, "headers": {"if-match": '"x", W/"y"'}}, 412, "precondition-failed"),
    ("GET", {"query": {"query": "ASK {"}, "headers": {"if-match": '"x"'}}, 400, "query-syntax"),
    ("POST", {"body": b"ASK {}", "headers": {"content-encoding": "gzip"}}, 415, "coding-unsupported"),
    (
        "GET",
        {"query": {"query": f"CONSTRUCT {{ ?s a {TRIPLE_TERM} }} {{ ?s ?p ?o }}"}, "headers": {"accept": JSON_LD}},
        406,
        "not-acceptable",
    ),
]


def test_who_states_no_query_is_told_to(web: Web) -> None:
    refused = web.open("GET", "/sparql", headers={"accept": "application/sparql-results+json"})
    assert refused.status == 406
    assert "state a query" in refused.text


def test_an_answer_is_unchanged_for_its_own_tag_alone(web: Web) -> None:
    tag = web.open("GET", "/sparql", query={"query": SELECT}, headers={"accept": "text/csv"}).headers["etag"]
    for stated, status in ((tag, 304), (f'"x", W/{tag}', 304), (f"{tag}x", 200), (f"x{tag}", 200)):
        headers = {"accept": "text/csv", "if-none-match": stated}
        assert web.open("GET", "/sparql", query={"query": SELECT}, headers=headers).status == status


@pytest.mark.parametrize(("method", "request_", "status", "code"), REFUSED)
def test_errors_have_one_shape(web: Web, method: str, request_: dict[str, Any], status: int, code: str) -> None:
    answered = web.open(method, "/sparql", **request_)
    assert answered.status == status
    shape = answered.json
    assert (set(shape), shape["status"], shape["error"]) == ({"status", "error", "message"}, status, code)
    assert shape["message"]
    assert answered.headers["access-control-allow-origin"] == "*"
    assert answered.headers["cache-control"] == "no-store"


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(web: Web) -> None:
    stated = {"content-type": QUERY, "content-length": str(LARGEST + 1)}
    answered = web.open("POST", "/sparql", headers=stated)
    assert (answered.status, answered.headers["connection"]) == (413, "close")


def test_405_says_what_is_allowed(web: Web) -> None:
    answered = web.open("PUT", "/sparql")
    assert set(answered.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_a_tag_that_is_still_that_of_the_answer_is_answered(web: Web) -> None:
    tag = web.get("/sparql", {"query": "ASK {}"}).headers["etag"]
    for stated in (tag, f'"x", {tag}', "*"):
        assert web.get("/sparql", {"query": "ASK {}"}, if_match=stated).status == 200
    assert web.get("/sparql", {"query": "ASK {}"}, if_match='"x"', if_none_match=tag).status == 412


@pytest.mark.parametrize("path", ["/health", "/health/live", "/metrics"])
@pytest.mark.parametrize("method", ["DELETE", "PUT", "POST"])
def test_what_the_service_says_of_itself_is_only_read(web: Web, method: str, path: str) -> None:
    answered = web.open(method, path)
    assert (answered.status, answered.headers["allow"]) == (405, "GET, HEAD")
    assert web.open("HEAD", path).status == 200


@pytest.mark.parametrize("path", ["/sparql", "/reconcile", "/none"])
def test_a_body_with_a_coding_is_refused_everywhere(web: Web, path: str) -> None:
    answered = web.post(path, {"queries": "{}"}, content_encoding="gzip")
    assert (answered.status, answered.headers["accept-encoding"]) == (415, "identity")
    assert web.post("/sparql", {"query": "ASK {}"}, content_encoding="Identity").status == 200


def test_options_answers_a_preflight(web: Web) -> None:
    asked = {"origin": "https://example.org", "access-control-request-method": "POST"}
    answered = web.open("OPTIONS", "/sparql", headers=asked)
    assert (answered.status, answered.body) == (204, b"")
    assert "POST" in answered.headers["access-control-allow-methods"]
    assert "Content-Type" in answered.headers["access-control-allow-headers"]
    assert answered.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("query", [{"query": SELECT}, {}])
def test_head_has_the_headers_of_get(web: Web, query: dict[str, str]) -> None:
    head, get = web.open("HEAD", "/sparql", query=query), web.get("/sparql", query)
    assert (head.status, head.body) == (200, b"")
    assert head.headers == get.headers


@pytest.mark.parametrize(
    ("accept", "start"),
    [("text/csv", "query-syntax: "), ("text/html", "<!DOCTYPE html>"), ("application/xml", "{"), (None, "{")],
)
def test_errors_come_as_the_client_reads_them(web: Web, accept: str | None, start: str) -> None:
    answered = web.get("/sparql", {"query": "ASK {"}, accept)
    assert answered.status == 400
    assert answered.text.startswith(start)


@pytest.mark.parametrize(
    ("accept_encoding", "zipped"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip ; q=0.01, *", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("br, gzip; q=0.000 ,deflate", False),
        ("identity;q=1, gzip;q=0.5", False),
        ("identity;q=0.5, gzip", True),
        ("x-gzip-like", False),
    ],
)
def test_answers_are_compressed_for_who_takes_it(web: Web, accept_encoding: str, zipped: bool) -> None:
    every = {"query": "SELECT * { ?s ?p ?o } LIMIT 100"}
    plain = web.get("/sparql", every)
    answered = web.get("/sparql", every, accept_encoding=accept_encoding)
    assert answered.headers.get("content-encoding") == ("gzip" if zipped else None)
    assert (gzip.decompress(answered.body) if zipped else answered.body) == plain.body
    assert "Accept-Encoding" in plain.headers["vary"]
    assert (answered.headers["etag"] != plain.headers["etag"]) is zipped


def test_a_small_answer_is_not_compressed(web: Web) -> None:
    answered = web.get("/sparql", {"query": "ASK {}"}, accept_encoding="gzip")
    assert "content-encoding" not in answered.headers


@pytest.mark.parametrize("method", ["GET", "POST", "form"])
def test_the_protocol_states_the_dataset(web: Web, method: str) -> None:
    count = "SELECT (COUNT(DISTINCT ?g) AS ?n) FROM <http://x/none> { GRAPH ?g { ?s ?p ?o } }"
    dataset = f"named-graph-uri={quote(GRAPH, safe='')}&named-graph-uri={quote(DRAFT_GRAPH, safe='')}"
    if method == "GET":
        answered = web.get(f"/sparql?{dataset}&query={quote(count)}", accept="text/csv")
    elif method == "POST":
        answered = web.post(f"/sparql?{dataset}", count.encode(), QUERY, accept="text/csv")
    else:
        answered = web.post("/sparql", f"{dataset}&query={quote(count)}".encode(), FORM, accept="text/csv")
    assert answered.body == b"n\r\n2\r\n"


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_not_there_is_empty(web: Web, name: str) -> None:
    answered = web.get(
        "/sparql", {"query": "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", name: "http://x/none"}
    )
    assert (answered.status, answered.json["boolean"]) == (200, False)


def test_the_default_graph_is_the_merge(web: Web) -> None:
    label = '{ ?s ?p "甲市总工会2024年部门预算" }'
    merged = ask(web, f"SELECT (COUNT(*) AS ?n) {label}", "text/csv")
    named = ask(web, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {label} }}", "text/csv")
    assert merged == named != b"n\r\n0\r\n"


def test_a_draft_is_not_asked_in_public(web: Web, public_web: Web) -> None:
    draft = "ASK { ?s <https://w3id.org/yusuan/def#sourcePath> '乙县.txt' }"
    assert ask(web, draft, "text/csv") == b"true"
    assert ask(public_web, draft, "text/csv") == b"false"
    assert ask(public_web, f"ASK {{ GRAPH <{DRAFT_GRAPH}> {{ ?s ?p ?o }} }}", "text/csv") == b"false"


def test_every_error_class_has_its_own_code() -> None:
    classes = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, ServerError)]
    assert len(classes) >= 20
    assert len({each.code for each in classes}) == len(classes)
    documented = errors.__doc__ or ""
    missing = [f"{each.__name__} {each.status} {each.code}" for each in classes if each.code not in documented]
    assert missing == []
    assert all(f"{each.status} {each.code}" in documented for each in classes)


# --- as a page ---


@pytest.mark.parametrize("query", ["", f"?query={quote(SELECT + ' ORDER BY ?s')}", f"?query={quote('ASK {}')}"])
def test_a_browser_gets_a_page(web: Web, client: FlaskClient, query: str) -> None:
    served = web.get(f"/sparql{query}", accept=BROWSER)
    page = client.get(f"/sparql{query}", headers={"Accept": BROWSER})
    assert (served.status, served.content_type) == (200, "text/html; charset=utf-8")
    assert served.body == page.data
    assert {"Accept", "Accept-Language"} <= set(served.headers["vary"].split(", "))


def test_the_page_answers_a_form(web: Web) -> None:
    page = web.post("/sparql", {"query": SELECT}, accept=BROWSER)
    assert page.text.count(f">{DOCUMENT}</a></td>") == 1
    turtle = web.post("/sparql", {"query": CONSTRUCT}, accept=BROWSER)
    assert f"&lt;{DOCUMENT}&gt;" in turtle.text


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"query": "ASK {"}, 400, "这不是 SPARQL 1.1 查询"),
        ({}, 400, "请只写一个查询"),
        ({"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}, 422, "LIMIT"),
        ({"query": "x" * LARGEST}, 413, "256 kB"),
    ],
)
def test_errors_of_the_page_are_pages(web: Web, data: dict[str, str], status: int, said: str) -> None:
    page = web.post("/sparql", data, accept=BROWSER)
    assert page.status == status
    assert said in page.text


@pytest.mark.parametrize("error", [errors.QueryTimeoutError, errors.WorkersBusyError, errors.QueryCrashedError])
def test_faults_of_the_server_are_not_blamed_on_the_caller(data_dir: Path, error: type[ServerError]) -> None:
    class Failing:
        def evaluate(self, evaluation: Evaluation) -> bytes:
            raise error(f"no answer to {evaluation.format}")

    client = create_app(Config(open_release(data_dir), Failing())).test_client()
    response = client.get("/sparql", query_string={"query": SELECT}, headers={"Accept": "application/json"})
    assert response.status_code >= 500
    assert json.loads(response.data)["error"] == error.code
