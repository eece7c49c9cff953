"""REST addresses of the questions: the same rows as the query, typed, in pages that neither repeat nor lack one."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from server.api import Window, typed, windowed
from server.catalogue import Query, questions
from server.openapi import columns
from tests.lod.conftest import Counting

FREE = sorted(name for name, each in questions().items() if not any(one.required for one in each.parameters))
BOUND = sorted(set(questions()) - set(FREE))
KEPT = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
XSD = "http://www.w3.org/2001/XMLSchema#"


def rows(client: FlaskClient, path: str, **query: object) -> list[dict[str, Any]]:
    answer = client.get(path, query_string=query)
    assert (answer.status_code, answer.content_type) == (200, "application/json"), answer.get_data(as_text=True)
    found: list[dict[str, Any]] = answer.get_json()
    return found


def as_text(value: str | int | bool | None) -> str:
    """A value of JSON as CSV has it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def some_value(client: FlaskClient, query: Query) -> dict[str, str]:
    """Values for the required parameters of a question that the sample has."""
    legal = rows(client, "/api/legal-documents.json")
    known = {
        "iri": rows(client, "/api/figures.json", limit=1)[0]["iri"],
        "doc_number": next(each["doc_number"] for each in legal if each["doc_number"]),
        "source": rows(client, "/api/documents.json")[0]["source"],
        "line": "20",
        "years": "1",
        "text": "工会",
    }
    return {each.name: known.get(each.name, "工会") for each in query.parameters if each.required}


# --- rows ---


def test_there_are_questions_with_and_without_parameters_that_must_be_given() -> None:
    assert len(FREE) >= 25
    assert len(BOUND) >= 5


@pytest.mark.parametrize("name", sorted(questions()))
def test_rows_are_those_of_the_named_query(client: FlaskClient, name: str) -> None:
    values = some_value(client, questions()[name])
    page = client.get(f"/query/{name}", query_string={**values, "format": "csv"})
    wanted = list(csv.reader(io.StringIO(page.get_data(as_text=True), newline="")))
    given_as_csv = client.get(f"/api/{name}.csv", query_string=values)
    assert given_as_csv.content_type == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(given_as_csv.get_data(as_text=True), newline=""))) == wanted
    given_as_json = rows(client, f"/api/{name}.json", **values)
    assert [[as_text(row[each]) for each in wanted[0]] for row in given_as_json] == wanted[1:]
    assert all(list(row) == wanted[0] for row in given_as_json)


def test_most_questions_have_rows_in_the_sample(client: FlaskClient) -> None:
    assert sum(bool(rows(client, f"/api/{name}.json", limit=1)) for name in FREE) >= 20


@given(st.integers())
def test_whole_numbers_are_numbers(number: int) -> None:
    assert typed({"value": str(number), "type": "literal", "datatype": f"{XSD}integer"}) == number


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_keep_their_digits(number: Decimal) -> None:
    text = f"{number:f}"
    assert typed({"value": text, "type": "literal", "datatype": f"{XSD}decimal"}) == text


@given(st.text())
def test_texts_and_iris_are_strings_even_where_they_look_otherwise(text: str) -> None:
    assert typed({"value": text, "type": "literal"}) == text
    assert typed({"value": text, "type": "uri"}) == text
    assert typed({"value": "true", "type": "literal"}) == "true"


def test_truth_values_are_truth_values() -> None:
    for text, value in (("true", True), ("1", True), ("false", False), ("0", False)):
        assert typed({"value": text, "type": "literal", "datatype": f"{XSD}boolean"}) is value


def test_amounts_are_strings_and_lines_are_numbers(client: FlaskClient) -> None:
    found = rows(client, "/api/figures.json")
    assert len(found) >= 100
    amounts = [each["amount_yuan"] for each in found if each["amount_yuan"] is not None]
    assert amounts and all(isinstance(each, str) and re.fullmatch(r"-?\d+(\.\d+)?", each) for each in amounts)
    assert all(isinstance(each["line"], int) for each in found)
    assert {type(each["empty"]) for each in rows(client, "/api/tables.json")} == {bool}


# --- windows ---


@pytest.mark.parametrize("query", questions().values(), ids=lambda query: query.name)
def test_a_question_ends_with_its_order(query: Query) -> None:
    """So that a window may be put after it."""
    last = [line for line in query.text.splitlines() if line.strip()]
    place = max(number for number, line in enumerate(last) if line.startswith("ORDER BY "))
    assert not re.search(r"[{}#]|LIMIT|OFFSET|VALUES", "".join(last[place:]).replace("XMLSchema#", ""))
    assert not {"limit", "offset", "format", "lang"} & {each.name for each in query.parameters}
    assert columns(query)
    Store().query(f"{query.text.rstrip()} ?{columns(query)[0]} LIMIT 1 OFFSET 1")


@KEPT
@given(name=st.sampled_from(FREE), limit=st.integers(1, 400), suffix=st.sampled_from(["json", "csv"]))
def test_pages_make_up_the_whole(client: FlaskClient, name: str, limit: int, suffix: str) -> None:
    """Following the links from the first page on, whatever the size; sorted, since rows may be equal in order."""
    whole = client.get(f"/api/{name}.{suffix}")
    wanted = parsed(whole.data, suffix)
    assume(len(wanted) / limit < 30)
    address: str | None = f"/api/{name}.{suffix}?limit={limit}"
    found: list[str] = []
    while address:
        answer = client.get(address)
        page = parsed(answer.data, suffix)
        assert answer.status_code == 200
        assert len(page) <= limit
        found += page
        assert len(found) <= len(wanted)
        links = {relation: target for target, relation in re.findall(r'<([^>]*)>; rel="(\w+)"', links_of(answer))}
        assert ("prev" in links) == (address != f"/api/{name}.{suffix}?limit={limit}")
        address = links.get("next")
    assert sorted(found) == sorted(wanted)


@given(
    st.sets(st.tuples(st.integers(0, 2), st.integers(0, 99)), max_size=12),
    st.integers(1, 5),
    st.randoms(use_true_random=False),
)
def test_no_row_is_repeated_where_the_order_of_the_question_leaves_it_open(
    pairs: set[tuple[int, int]], limit: int, chance: Random
) -> None:
    """Each page comes from a store that was filled in another order, as from a server that was started anew."""
    query = Query("pairs", "SELECT ?a ?b WHERE { ?row <urn:a> ?a ; <urn:b> ?b } ORDER BY ?a")
    found: list[str] = []
    for offset in range(0, len(pairs), limit):
        store = Store()
        for number, pair in enumerate(chance.sample(sorted(pairs), len(pairs))):
            row = NamedNode(f"urn:row:{number}")
            store.extend(
                Quad(row, NamedNode(f"urn:{name}"), Literal(each)) for name, each in zip("ab", pair, strict=True)
            )
        results = store.query(windowed(query, Window(limit, offset)))
        assert isinstance(results, QuerySolutions)
        found += [str(row) for row in list(results)[:limit]]
    assert len(set(found)) == len(found) == len(pairs)


def parsed(body: bytes, suffix: str) -> list[str]:
    """The rows of an answer, each as one text."""
    if suffix == "json":
        return [json.dumps(each) for each in json.loads(body)]
    return [json.dumps(each) for each in csv.reader(io.StringIO(body.decode("utf-8"), newline=""))][1:]


def links_of(answer: Any) -> str:
    return ", ".join(answer.headers.getlist("Link"))


@KEPT
@given(name=st.sampled_from(FREE), offset=st.integers(0, 300))
def test_an_offset_leaves_out_the_first_rows(client: FlaskClient, name: str, offset: int) -> None:
    whole = client.get(f"/api/{name}.json?offset=0").get_json()
    assert client.get(f"/api/{name}.json?offset={offset}").get_json()[:5] == whole[offset : offset + 5]


def test_links_keep_the_parameters_and_the_prefix(client: FlaskClient) -> None:
    source = client.get("/api/documents.json").get_json()[0]["source"]
    answer = client.get(
        "/api/figures.csv",
        query_string={"source": source, "limit": 2, "offset": 2},
        environ_overrides={"SCRIPT_NAME": "/open"},
    )
    links = links_of(answer)
    assert f'</open/api/figures.csv?source={source}&limit=2&offset=4>; rel="next"' in links
    assert f'</open/api/figures.csv?source={source}&limit=2&offset=0>; rel="prev"' in links


# --- refusals and headers ---


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("/api/none.json", (404, "query-unknown", "none")),
        ("/api/figures.xml", (404, "query-unknown", ".xml")),
        ("/api/figures.", (404, "query-unknown", ".")),
        ("/api/figures.json?limit=0", (400, "parameter-invalid", "limit")),
        ("/api/figures.json?limit=", (400, "parameter-invalid", "limit")),
        ("/api/figures.json?limit=-1", (400, "parameter-invalid", "limit")),
        ("/api/figures.json?limit=%D9%A3", (400, "parameter-invalid", "limit")),
        ("/api/figures.json?limit=1e3", (400, "parameter-invalid", "limit")),
        ("/api/figures.json?offset=x", (400, "parameter-invalid", "offset")),
        ("/api/figures.json?limit=1&limit=2", (400, "parameter-invalid", "limit")),
        ("/api/figures.json?sources=a", (400, "parameter-invalid", "sources")),
        ("/api/lineage.json", (400, "parameter-invalid", "iri")),
        ("/api/lineage.json?iri=no", (400, "parameter-invalid", "iri")),
        ("/api/policy-linkage.json?doc_number=abc", (400, "parameter-invalid", "doc_number")),
        ("/api/read-at.json?source=a&line=two", (400, "parameter-invalid", "line")),
        ("/api/figures.json?source=%ff", (400, "bad-request", "UTF-8")),
    ],
)
def test_what_is_wrong_is_named_in_the_one_shape(
    client: FlaskClient, counting: Counting, path: str, refusal: tuple[int, str, str]
) -> None:
    status, code, named = refusal
    answer = client.get(path)
    said = answer.get_json()
    assert (answer.status_code, said["status"], said["error"]) == (status, status, code)
    assert set(said) == {"status", "error", "message"}
    assert named in said["message"]
    assert counting.asked == []


def test_the_format_is_negotiated(client: FlaskClient) -> None:
    for accept, kind, suffix in (
        ("application/json", "application/json", "json"),
        ("text/csv", "text/csv; charset=utf-8", "csv"),
        ("*/*", "application/json", "json"),
        ("text/html,*/*;q=0.8", "application/json", "json"),
    ):
        answer = client.get("/api/tables?limit=1", headers={"Accept": accept})
        assert (answer.content_type, answer.headers["Content-Location"]) == (kind, f"/api/tables.{suffix}?limit=1")
        assert "Accept" in answer.headers["Vary"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/tables", headers={"Accept": "text/turtle"}).status_code == 406
    assert client.post("/api/tables").status_code == 405


def test_an_answer_is_not_made_again_for_who_has_it(client: FlaskClient, counting: Counting) -> None:
    tags = set()
    for path in ("/api/tables.json", "/api/tables.csv", "/api/tables.json?limit=1", "/api/openapi.json", "/api"):
        tag = client.get(path).headers["ETag"]
        tags.add(tag)
        asked = len(counting.asked)
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, len(counting.asked)) == (304, b"", asked)
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert len(tags) == 5


# --- description ---


def description(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").get_json()
    return found


def referred(described: Any, whole: dict[str, Any]) -> list[Any]:
    """What a description refers to, each found in it."""
    if isinstance(described, list):
        return [one for each in described for one in referred(each, whole)]
    if not isinstance(described, dict):
        return []
    found = [one for each in described.values() for one in referred(each, whole)]
    if "$ref" in described:
        place: Any = whole
        for part in described["$ref"].removeprefix("#/").split("/"):
            place = place[part]
        found.append(place)
    return found


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, each) for path, item in described["paths"].items() for method, each in item.items()]


def test_the_description_has_what_openapi_requires(client: FlaskClient) -> None:
    """Required fields of OpenAPI 3.1 for the objects that are used here."""
    described = description(client)
    assert described["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(described["info"])
    assert set(described) <= {"openapi", "info", "servers", "paths", "components", "tags"}
    assert all("url" in each for each in described["servers"])
    assert len(referred(described, described)) >= 200
    names = [each["operationId"] for _, _, each in operations(described)]
    assert len(names) == len(set(names)) >= 37
    tags = {each["name"] for each in described["tags"]}
    for path, method, each in operations(described):
        assert path.startswith("/")
        assert method in ("get", "post")
        assert set(each["tags"]) <= tags
        for status, response in each["responses"].items():
            assert re.fullmatch(r"[1-5]\d\d", status)
            assert "description" in response or "$ref" in response
        for parameter in each.get("parameters", []):
            assert "$ref" in parameter or ({"name", "in", "schema"} <= set(parameter) and parameter["in"] == "query")


def test_the_description_is_made_of_the_headers(client: FlaskClient) -> None:
    described = description(client)
    for name, query in questions().items():
        operation = described["paths"][f"/api/{name}"]["get"]
        assert (operation["summary"], operation["x-summary-zh"]) == (query.summary, query.summary_zh)
        assert (operation["description"], operation["x-description-zh"]) == (query.description, query.description_zh)
        stated = {each["name"]: each["required"] for each in operation["parameters"] if "name" in each}
        assert stated == {each.name: each.required for each in query.parameters}
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert tuple(schema["items"]["required"]) == columns(query)


def test_a_code_may_be_stated_as_readers_see_it_and_the_description_says_so(client: FlaskClient) -> None:
    (severity,) = (
        each
        for each in description(client)["paths"]["/api/findings"]["get"]["parameters"]
        if each.get("name") == "severity"
    )
    short, called = (each["enum"] for each in severity["schema"]["anyOf"])
    assert short == ["info", "violation", "warning"]
    assert {"矛盾", "contradiction"} <= set(called)
    stated = ("violation", quote("矛盾"), "Contradiction")
    answers = [client.get(f"/api/findings.csv?severity={each}").text for each in stated]
    assert len(set(answers)) == 1
    assert answers[0].count("\n") > 1


def test_answers_are_as_described(client: FlaskClient) -> None:
    described = description(client)
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
    allowed = {kinds[each] for each in described["components"]["schemas"]["Value"]["type"]}
    for name in FREE:
        schema = described["paths"][f"/api/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        for row in rows(client, f"/api/{name}.json", limit=20):
            assert set(row) == set(schema["items"]["properties"]) == set(schema["items"]["required"])
            assert {type(value) for value in row.values()} <= allowed


def unlike(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> list[str]:
    """What of a value is not as a schema of the description says."""
    if "$ref" in schema:
        return unlike(value, whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]], whole)
    kinds = {"string": str, "integer": int, "array": list, "object": dict}
    if type(value) is not kinds[schema["type"]]:
        return [f"{value!r} is no {schema['type']}"]
    if isinstance(value, list):
        return [each for one in value for each in unlike(one, schema["items"], whole)]
    if not isinstance(value, dict):
        return []
    known, others = schema.get("properties", {}), schema["additionalProperties"]
    found = [f"{name} is missing" for name in schema.get("required", ()) if name not in value]
    found += [f"{name} is not described" for name in value if name not in known and not others]
    told = ((one, known.get(name, others)) for name, one in value.items())
    return found + [each for one, of in told if of for each in unlike(one, of, whole)]


@pytest.mark.parametrize(
    "asked",
    [{"q": "工会", "kind": "project"}, {"q": "2800.19"}, {"q": "晋工发[2006]54号", "region": "140525"}, {"q": "zzqq"}],
)
def test_what_a_search_finds_is_as_described(client: FlaskClient, asked: dict[str, str]) -> None:
    described = description(client)
    schema = described["paths"]["/api/search"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    found = client.get("/api/search", query_string=asked).get_json()
    assert unlike(found, schema, described) == []
    assert bool(found["result"]) is (asked["q"] != "zzqq")
    assert unlike(found | {"more": 1, "total": "1"}, schema, described) == [
        "more is not described",
        "'1' is no integer",
    ]


def test_every_described_address_answers(client: FlaskClient) -> None:
    """With its required parameters; what it may be asked otherwise is tested where it is made."""
    unit = client.get("/reconcile/suggest/entity?prefix=泽州县总工会").get_json()["result"][0]["id"]
    for path, method, each in operations(description(client)):
        name = path.removeprefix("/api/")
        values = some_value(client, questions()[name]) if name in questions() else {"id": unit}
        if each.get("requestBody"):
            answer = client.open(path, method=method, data={"queries": "{}"})
        else:
            required = {one["name"] for one in each.get("parameters", []) if one.get("required")}
            values = {name: value for name, value in values.items() if name in required}
            answer = client.open(path, method=method, query_string=values)
        status = min(each["responses"])
        assert answer.status_code == int(status), (path, answer.get_data(as_text=True))
        assert status == "303" or answer.mimetype in each["responses"][status]["content"]
        if tag := answer.headers.get("ETag"):
            again = client.open(path, method=method, query_string=values, headers={"If-None-Match": tag})
            assert again.status_code == 304
        assert bool(tag) == ("304" in each["responses"]) == ("ETag" in each["responses"][status].get("headers", {}))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/search?q=none&page=9999", 404),
        ("/api/search?none=1", 400),
        ("/reconcile?queries=x", 400),
        ("/reconcile/suggest/entity?cursor=x", 400),
        ("/reconcile/suggest/type?cursor=x", 400),
        ("/reconcile/suggest/property?cursor=x", 400),
        ("/reconcile/preview?id=x/y", 404),
        ("/reconcile/view?id=x/y", 404),
    ],
)
def test_what_is_refused_is_described(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status
    assert str(status) in description(client)["paths"][address.partition("?")[0]]["get"]["responses"]


def test_the_description_says_under_which_prefix_it_is(client: FlaskClient) -> None:
    assert description(client)["servers"] == [{"url": "/"}]
    answer = client.get("/api/openapi.json", environ_overrides={"SCRIPT_NAME": "/open/budget"})
    assert answer.get_json()["servers"] == [{"url": "/open/budget"}]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_lists_every_question_with_its_addresses(client: FlaskClient, language: str) -> None:
    text = client.get("/api", headers={"Accept": "text/html"}, query_string={"lang": language}).get_data(as_text=True)
    for name, query in questions().items():
        assert (query.summary_zh if language == "zh" else query.summary) in text
        assert f"/query/{name}?lang={language}" in text
        assert (f'href="/api/{name}.csv"' in text) == (name in FREE)
        assert f"/api/{name}.json" in text
    assert 'href="/api/openapi.json"' in text
    assert client.get("/api", headers={"Accept": "application/json"}).get_json() == description(client)
