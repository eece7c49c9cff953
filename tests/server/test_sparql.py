"""/sparql as the SPARQL 1.1 Protocol has it: operations, media types, datasets, and errors in one shape."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import errors
from server.app import BODY_BYTES, Config, create_app
from server.errors import ServerError
from server.evaluate import Evaluation
from server.release import open_release
from server.workers import WorkerPool
from tests.server.sample_release import DOCUMENT, GRAPH

SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/yusuan/def#Document> }"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{DOCUMENT}>) }}"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def ask(client: FlaskClient, query: str, accept: str | None = None) -> TestResponse:
    """Return the response to a query by GET."""
    return client.get("/sparql", query_string={"query": query}, headers={"Accept": accept} if accept else {})


@pytest.mark.parametrize("accept", [None, "application/sparql-results+json"])
def test_the_three_operations_answer_alike(client: FlaskClient, accept: str | None) -> None:
    by_get = ask(client, SELECT, accept)
    by_form = client.post("/sparql", data={"query": SELECT})
    by_body = client.post("/sparql", data=SELECT.encode(), content_type=f"{QUERY}; charset=utf-8")
    assert by_get.status_code == by_form.status_code == by_body.status_code == 200
    assert len(json.loads(by_get.data)["results"]["bindings"]) == 2
    assert by_get.data == by_form.data == by_body.data


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
        ("ASK {}", "text/csv", "text/csv; charset=utf-8"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml, text/turtle;q=0.5", "application/rdf+xml"),
        (CONSTRUCT, "text/html", "text/html; charset=utf-8"),
        (f"DESCRIBE <{DOCUMENT}>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_content_negotiation(client: FlaskClient, query: str, accept: str | None, content_type: str) -> None:
    response = ask(client, query, accept)
    assert (response.status_code, response.content_type) == (200, content_type)
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.data


@pytest.mark.parametrize(
    ("method", "kwargs", "status", "code"),
    [
        ("GET", {}, 400, "bad-request"),
        ("GET", {"query_string": "query="}, 400, "bad-request"),
        ("GET", {"query_string": "query=ASK{}&query=ASK{}"}, 400, "bad-request"),
        ("GET", {"query_string": "query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%7D"}, 400, "bad-request"),
        ("GET", {"query_string": "&".join(["a=b"] * 1001)}, 400, "bad-request"),
        ("GET", {"query_string": {"query": "ASK {"}}, 400, "query-syntax"),
        ("GET", {"query_string": {"query": "ASK {", "update": "x"}}, 400, "query-refused"),
        ("GET", {"query_string": {"query": "ASK {SERVICE<http://127.0.0.1:1/>{}}"}}, 400, "query-refused"),
        ("GET", {"query_string": {"query": "DROP ALL"}}, 400, "query-refused"),
        (
            "GET",
            {"query_string": {"query": "ASK {}", "default-graph-uri": "http://x/"}},
            400,
            "query-refused",
        ),
        (
            "GET",
            {"query_string": {"query": SELECT}, "headers": {"Accept": "image/png"}},
            406,
            "not-acceptable",
        ),
        (
            "GET",
            {"query_string": {"query": SELECT}, "headers": {"Accept": "text/turtle"}},
            406,
            "not-acceptable",
        ),
        ("POST", {"data": b"ASK {}"}, 415, "media-type-unsupported"),
        ("POST", {"data": b"ASK {}", "content_type": "text/plain"}, 415, "media-type-unsupported"),
        ("POST", {"data": b"ASK { ?s ?p '\xff' }", "content_type": QUERY}, 400, "bad-request"),
        ("POST", {"data": b"query=%FF", "content_type": FORM}, 400, "bad-request"),
        ("POST", {"data": b"query=\xff", "content_type": FORM}, 400, "bad-request"),
        ("POST", {"data": b"update=DROP+ALL", "content_type": FORM}, 400, "query-refused"),
        ("POST", {"data": b"DROP ALL", "content_type": "application/sparql-update"}, 400, "query-refused"),
        (
            "POST",
            {"data": b"x" * (BODY_BYTES + 1), "content_type": QUERY},
            413,
            "request-entity-too-large",
        ),
        ("PUT", {"data": b"ASK {}"}, 405, "method-not-allowed"),
        ("DELETE", {}, 405, "method-not-allowed"),
    ],
)
def test_errors_have_one_shape(
    client: FlaskClient, method: str, kwargs: dict[str, object], status: int, code: str
) -> None:
    response = client.open("/sparql", method=method, **kwargs)  # type: ignore[arg-type]
    assert response.status_code == status
    shape = json.loads(response.data)
    assert (set(shape), shape["status"], shape["error"]) == ({"status", "error", "message"}, status, code)
    assert shape["message"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_405_says_what_is_allowed(client: FlaskClient) -> None:
    allowed = client.put("/sparql").headers["Allow"]
    assert set(allowed.split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_options_answers_a_preflight(client: FlaskClient) -> None:
    response = client.options("/sparql")
    assert response.status_code == 200
    assert "POST" in response.headers["Access-Control-Allow-Methods"]


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    response = client.head("/sparql", query_string={"query": SELECT})
    assert (response.status_code, response.data) == (200, b"")
    assert response.content_type == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("accept", "start"),
    [("text/plain", b"bad-request: "), ("text/html", b"<!DOCTYPE html>"), ("image/png", b"{")],
)
def test_errors_come_as_the_client_reads_them(client: FlaskClient, accept: str, start: bytes) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.data.startswith(start)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_protocol_states_the_dataset(client: FlaskClient, method: str) -> None:
    count = "SELECT (COUNT(DISTINCT ?g) AS ?n) FROM <http://x/none> { GRAPH ?g { ?s ?p ?o } }"
    target = f"/sparql?named-graph-uri={quote(GRAPH, safe='')}"
    if method == "GET":
        response = client.get(f"{target}&query={quote(count)}", headers={"Accept": "text/csv"})
    else:
        response = client.post(target, data=count, content_type=QUERY, headers={"Accept": "text/csv"})
    assert response.data == b"n\r\n1\r\n"


def test_the_default_graph_is_the_merge(client: FlaskClient) -> None:
    label = '{ ?s ?p "甲市总工会2024年部门预算" }'
    merged = ask(client, f"SELECT (COUNT(*) AS ?n) {label}", "text/csv")
    named = ask(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {label} }}", "text/csv")
    assert merged.data == named.data != b"n\r\n0\r\n"


def test_a_draft_is_not_asked_in_public(client: FlaskClient, public_client: FlaskClient) -> None:
    draft = "ASK { ?s <https://w3id.org/yusuan/def#sourcePath> '乙县.txt' }"
    assert ask(client, draft, "text/csv").data == b"true"
    assert ask(public_client, draft, "text/csv").data == b"false"


def test_every_error_class_has_its_own_code() -> None:
    classes = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, ServerError)]
    assert len(classes) >= 15
    assert len({each.code for each in classes}) == len(classes)
    documented = errors.__doc__ or ""
    missing = [f"{each.__name__} {each.status} {each.code}" for each in classes if each.code not in documented]
    assert missing == []
    assert all(f"{each.status} {each.code}" in documented for each in classes)


@pytest.mark.parametrize("error", [errors.QueryTimeoutError, errors.WorkersBusyError, errors.QueryCrashedError])
def test_faults_of_the_server_are_not_blamed_on_the_caller(data_dir: Path, error: type[ServerError]) -> None:
    class Failing:
        def evaluate(self, evaluation: Evaluation) -> bytes:
            raise error(f"no answer to {evaluation.format}")

    client = create_app(Config(open_release(data_dir), Failing())).test_client()
    response = ask(client, SELECT)
    assert response.status_code >= 500
    assert json.loads(response.data)["error"] == error.code


def test_a_real_pool_answers_the_endpoint(data_dir: Path, pool: WorkerPool) -> None:
    client = create_app(Config(open_release(data_dir), pool)).test_client()
    assert len(json.loads(ask(client, SELECT).data)["results"]["bindings"]) == 2
    assert ask(client, "SELECT * { ?s ?p ?o }").status_code == 422
    assert client.get("/health").json == {"status": "ok", "release": "sample"}
