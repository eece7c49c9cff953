"""Reconciliation: the Reconciliation Service API 0.2, who comes first, and what is never called certain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from mapping.docnumber import CODE, TAILS, YEARLESS, flatten
from mapping.regions import official_names
from server.candidates import PROPERTIES, TYPES
from server.extend import MOST
from server.liken import _EMBEDDED, distance, likeness
from server.reconcile import BATCH
from tests.lod.indexed import BASE, Said, ask
from tests.lod.variants import Spelling, numbers, said, spellings_of_numbers, spellings_of_units, units
from tests.server.test_pages import BROWSER, Outline

UNIT, PROJECT, LEGAL = (each.id for each in TYPES)
MANY, SEED = 150, 20
TITLE = "关于进一步加强机关企事业单位工会经费财政集中划拨的通知"
Candidates = list[list[dict[str, Any]]]


def sample() -> Said:
    """Return units of one county and of another, their projects of one name, and legal documents."""
    made = Said()
    for name, region, year in (("泽州县总工会", "140525", "2026"), ("平乡县总工会", "130532", "2023")):
        document = made.document(f"{name}{year}年度部门预算", made.unit(name, region), year)
        made.project("工会经费", document)
        made.project(
            "送温暖经费" if year == "2026" else "劳模体检疗休养项目",
            document,
            "14052526P0001" if year == "2026" else "",
        )
    made.unit("平乡县总工会本级", "130532")
    made.unit("山西省总工会", "140000")
    made.unit("工会职工文化活动中心", "140525")
    made.unit("财政部")
    made.legal("140000/n", TITLE, "晋工发〔2006〕54号", "140000")
    made.legal("140000/a", TITLE, "", "140000")
    made.legal("cn/t-1", "中华人民共和国预算法", central=True)
    made.legal("x-140525/1", "", "省总〔2015〕36号")
    made.legal("x-130532/1", "", "省总〔2015〕36号")
    made.legal("140525/t-2", "考核办法", "", "140525")
    return made


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client over the sample."""
    return sample().client(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def spelled(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, list[Spelling]]:
    """Return a client over many units and numbers, and the ways in which people write these."""
    all_units, all_numbers = units(MANY, SEED), numbers(MANY, SEED)
    made, iris = said(all_units, all_numbers)
    spellings = [
        *spellings_of_units(all_units, iris, SEED),
        *spellings_of_numbers(all_numbers, iris, SEED),
    ]
    return made.client(tmp_path_factory.mktemp("many")), spellings


def answered(client: FlaskClient, spellings: list[Spelling]) -> Candidates:
    """Return the candidates of each spelling, asked in batches as large as they may be."""
    found: Candidates = []
    for start in range(0, len(spellings), BATCH):
        found += ask(client, *(each.text for each in spellings[start : start + BATCH]))
    return found


# --- who is meant ---


def test_of_a_thousand_spellings_99_in_100_find_their_thing_first(spelled: tuple[FlaskClient, list[Spelling]]) -> None:
    client, spellings = spelled
    assert len(spellings) >= 1000
    assert len({each.style for each in spellings}) >= 30
    wrong = [
        (each, found[:2])
        for each, found in zip(spellings, answered(client, spellings), strict=True)
        if not found or BASE + found[0]["id"] != each.iri
    ]
    assert len(wrong) <= len(spellings) / 100, wrong[:10]


def test_what_is_certain_is_right(spelled: tuple[FlaskClient, list[Spelling]]) -> None:
    client, spellings = spelled
    sure = 0
    for each, found in zip(spellings, answered(client, spellings), strict=True):
        certain = [one for one in found if one["match"]]
        assert [BASE + one["id"] for one in certain] in ([], [each.iri]), each
        sure += bool(certain)
        assert not certain or each.style != "own"
    assert sure > len(spellings) / 2


def test_nothing_is_certain_of_what_is_not_there(spelled: tuple[FlaskClient, list[Spelling]]) -> None:
    client, _ = spelled
    known = {each.name for each in units(MANY, SEED)}
    others = [each for each in units(3 * MANY, SEED + 1) if each.name not in known][:200]
    absent = [number for number in numbers(MANY, SEED + 1) if number not in numbers(MANY, SEED)]
    asked = [each.name for each in others] + [f"{code}〔{year}〕{serial}号" for code, year, serial in absent]
    for start in range(0, len(asked), BATCH):
        for text, found in zip(asked[start:], ask(client, *asked[start : start + BATCH]), strict=False):
            assert not [one for one in found if one["match"]], text


def test_scores_fall_from_100_and_one_alone_may_be_certain(spelled: tuple[FlaskClient, list[Spelling]]) -> None:
    client, spellings = spelled
    for found in answered(client, spellings[::7]):
        scores = [one["score"] for one in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 100 for score in scores)
        assert [one["match"] for one in found].count(True) <= 1
        assert not any(one["match"] for one in found[1:])


@pytest.mark.parametrize(
    ("query", "name", "certain"),
    [
        ("泽州县总工会", "泽州县总工会", True),
        ("山西省晋城市泽州县总工会", "泽州县总工会", True),
        ("泽州总工会", "泽州县总工会", True),
        ("泽州县总工会（本级）", "泽州县总工会", False),
        ("平乡县总工会（本级）", "平乡县总工会本级", True),
        ("平乡县总工会", "平乡县总工会", True),
        ("河北省平乡总工会", "平乡县总工会", True),
        ("择州县总工会", "泽州县总工会", False),
        ("山西省择州县总工会", "泽州县总工会", False),
        ("山西总工会", "山西省总工会", True),
        ("财政部", "财政部", False),
        ("工会职工文化活动中心", "工会职工文化活动中心", False),
        ("晋工发2006年第54号", TITLE, True),
        ("《关于加强机关单位工会经费财政集中划拨的通知》（晋工发[2006] 054号）", TITLE, True),
        ("晋工发（2006）54号：关于某事的通知", TITLE, False),
        ("预算法", "中华人民共和国预算法", True),
        ("《预算法》", "中华人民共和国预算法", True),
        ("考核办法", "考核办法", False),
        ("14052526p0001", "送温暖经费", True),
        ("送温暖经费", "送温暖经费", False),
    ],
)
def test_the_right_one_is_first_and_certain_only_where_nothing_else_can_be_meant(
    client: FlaskClient, query: str, name: str, certain: bool
) -> None:
    first = ask(client, query)[0][0]
    assert (first["name"], first["match"]) == (name, certain)


def test_a_numbered_document_comes_before_its_bare_title(client: FlaskClient) -> None:
    found = ask(client, TITLE)[0]
    assert [one["id"] for one in found[:2]] == ["legal/140000/n", "legal/140000/a"]
    assert [one["score"] for one in found[:2]] == [98, 98]


def test_a_number_of_two_places_is_neither_for_certain(client: FlaskClient) -> None:
    found = ask(client, "省总[2015]36号")[0]
    assert {one["id"] for one in found[:2]} == {"legal/x-140525/1", "legal/x-130532/1"}
    assert [(one["score"], one["match"]) for one in found[:2]] == [(100, False)] * 2


def test_another_serial_is_another_document(client: FlaskClient) -> None:
    found = ask(client, "晋工发〔2006〕45号")[0]
    assert all(one["score"] <= 60 and not one["match"] for one in found)


# --- what is stated beside a name ---


@pytest.mark.parametrize(
    "region",
    ["140525", f"{BASE}region/140525", "泽州县", "泽州", {"id": "region/140525"}, ["x", "140525"], 140525, 140525.0],
)
def test_a_region_decides_between_namesakes_in_any_form(client: FlaskClient, region: object) -> None:
    query = {"query": "县总工会", "type": UNIT, "properties": [{"pid": "region", "v": region}]}
    found = ask(client, query)[0]
    assert [(one["name"], one["match"]) for one in found[:1]] == [("泽州县总工会", True)]
    assert {"id": "region", "value": True} in found[0]["features"]


def test_a_region_finds_its_unit_among_more_namesakes_than_are_looked_at(tmp_path: Path) -> None:
    counties = [code for code, name in official_names().items() if name.endswith("县")][:300]
    made = Said()
    for code in counties:
        made.unit(f"{official_names()[code]}总工会", code)
    client = made.client(tmp_path)
    for code in counties[::30]:
        first = ask(client, {"query": "县总工会", "properties": [{"pid": "region", "v": code}]})[0][0]
        assert (first["name"], first["match"]) == (f"{official_names()[code]}总工会", True)


def test_a_region_holds_what_lies_in_it(client: FlaskClient) -> None:
    query = {"query": "工会经费", "type": PROJECT, "properties": [{"pid": "region", "v": "山西省"}]}
    assert [one["description"] for one in ask(client, query)[0] if one["score"] == 100] == ["2026 · 泽州县"]


@pytest.mark.parametrize("unit", ["泽州县总工会", "泽州县 总工会", {"id": "organisation/140525/793e3a348f9fe232"}])
def test_a_project_is_certain_by_its_unit(client: FlaskClient, unit: object) -> None:
    query = {"query": "工会经费", "type": "def:Project", "properties": [{"pid": "unit", "v": unit}]}
    found = ask(client, query, {"query": "工会经费", "type": PROJECT})
    assert [(one["description"], one["match"]) for one in found[0][:1]] == [("2026 · 泽州县", True)]
    assert [one["match"] for one in found[1]][:2] == [False, False]


@pytest.mark.parametrize(
    ("pid", "value"), [("year", "2024"), ("fiscalYear", 2024), ("https://w3id.org/yusuan/def#fiscalYear", "2024年度")]
)
def test_what_differs_is_no_candidate(client: FlaskClient, pid: str, value: object) -> None:
    query = {"query": "送温暖经费", "type": PROJECT, "properties": [{"pid": pid, "v": value}]}
    right = {"query": "送温暖经费", "type": PROJECT, "properties": [{"pid": pid, "v": str(value).replace("4", "6")}]}
    assert ask(client, query)[0] == []
    assert ask(client, right)[0][0]["name"] == "送温暖经费"


def test_what_cannot_be_compared_is_not_certain(client: FlaskClient) -> None:
    unknown = {"query": "晋工发〔2006〕54号", "properties": [{"pid": "P31", "v": "Q1"}]}
    assert [(one["score"], one["match"]) for one in ask(client, unknown)[0][:1]] == [(100, False)]
    unplaced = {"query": "财政部", "properties": [{"pid": "region", "v": "140525"}]}
    assert not any(one["match"] for one in ask(client, unplaced)[0])


def test_a_number_alone_may_be_asked_for(client: FlaskClient) -> None:
    found = ask(client, {"properties": [{"pid": "number", "v": "晋工发(2006)54号"}]})[0]
    assert [(one["id"], one["match"]) for one in found] == [("legal/140000/n", True)]


@pytest.mark.parametrize("kind", [PROJECT, [PROJECT], {"id": PROJECT}, [{"id": PROJECT}], "def:Project", "Project"])
def test_a_type_is_kept_to(client: FlaskClient, kind: object) -> None:
    found = ask(client, {"query": "工会经费", "type": kind, "limit": 50})[0]
    assert found
    assert {each["id"] for one in found for each in one["type"]} == {PROJECT}


def test_a_type_that_is_not_offered_has_no_members(client: FlaskClient) -> None:
    assert ask(client, {"query": "工会经费", "type": "http://schema.org/Person"}) == [[]]


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_a_limit_is_kept_to(client: FlaskClient, limit: int) -> None:
    assert len(ask(client, {"query": "工会经费", "limit": limit})[0]) == limit


def test_an_identifier_finds_its_thing(client: FlaskClient) -> None:
    thing = ask(client, "泽州县总工会")[0][0]["id"]
    for identifier in (thing, BASE + thing):
        assert [(one["id"], one["score"], one["match"]) for one in ask(client, identifier)[0]] == [(thing, 100, True)]


@given(queries=st.lists(st.text(min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=4))
def test_queries_of_a_batch_do_not_touch_each_other(client: FlaskClient, queries: list[str]) -> None:
    assert ask(client, *queries) == [found for query in queries for found in ask(client, query)]


# --- the API ---


def is_url(value: object) -> bool:
    """Return whether a value is an address."""
    return isinstance(value, str) and urlsplit(value).scheme in ("http", "https")


def is_offer(value: Mapping[str, object]) -> bool:
    """Return whether a value is a type or property as the API names it (0.2, 3.2, 3.3)."""
    return all(isinstance(value.get(name), str) and value[name] for name in ("id", "name"))


def test_the_manifest_says_what_the_specification_asks_for(client: FlaskClient) -> None:
    response = client.get("/reconcile")
    manifest = response.get_json()
    assert response.content_type == "application/json"
    assert "0.2" in manifest["versions"]
    assert manifest["name"]
    assert (manifest["identifierSpace"], is_url(manifest["schemaSpace"])) == (BASE, True)
    assert all(map(is_offer, manifest["defaultTypes"]))
    assert len({each["id"] for each in manifest["defaultTypes"]}) == 3
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert "{{id}}" in template
        assert is_url(template)
    assert all(isinstance(manifest["preview"][name], int) for name in ("width", "height"))
    assert sorted(manifest["suggest"]) == ["entity", "property", "type"]
    assert manifest["batchSize"] == BATCH
    proposing = manifest["extend"]["propose_properties"]
    assert is_url(proposing["service_url"] + proposing["service_path"])
    assert manifest["extend"]["property_settings"] == []


def test_every_address_of_the_manifest_answers(client: FlaskClient) -> None:
    manifest = client.get("/reconcile").get_json()
    thing = ask(client, "泽州县总工会")[0][0]["id"]
    for each in manifest["suggest"].values():
        path = urlsplit(each["service_url"] + each["service_path"]).path
        assert client.get(path, query_string={"prefix": "工"}).status_code == 200
    for encoded in (quote(thing, safe=""), quote(thing)):
        view = client.get(urlsplit(manifest["view"]["url"]).path + "?id=" + encoded)
        assert (view.status_code, view.headers["Location"]) == (303, f"/{thing}")
        preview = client.get(urlsplit(manifest["preview"]["url"]).path + "?id=" + encoded)
        assert preview.status_code == 200
        assert "泽州县总工会" in preview.text
        assert Outline(preview.text).attributes("html", "lang") == ["zh-Hans"]


def test_addresses_are_those_under_which_the_service_is_called(client: FlaskClient) -> None:
    manifest = client.get("/reconcile", base_url="https://data.example.net/graph").get_json()
    assert manifest["suggest"]["entity"]["service_url"] == "https://data.example.net/graph"
    assert manifest["view"]["url"].startswith("https://data.example.net/graph/reconcile/view?")
    assert manifest["identifierSpace"] == BASE


def test_candidates_are_what_the_specification_says(client: FlaskClient) -> None:
    for found in ask(client, "泽州县总工会", "晋工发〔2006〕54号", "工会经费", "没有的事"):
        for one in found:
            assert isinstance(one["id"], str) and one["id"]
            assert isinstance(one["name"], str) and one["name"]
            assert isinstance(one["score"], int | float) and not isinstance(one["score"], bool)
            assert isinstance(one["match"], bool)
            assert isinstance(one["description"], str)
            assert all(map(is_offer, one["type"]))
            ids = [feature["id"] for feature in one["features"]]
            assert len(set(ids)) == len(ids)
            assert all(isinstance(feature["value"], bool | int | float) for feature in one["features"])


def test_a_batch_may_be_in_the_address(client: FlaskClient) -> None:
    batch = json.dumps({"a": {"query": "泽州县总工会"}, "": {"query": "预算法"}})
    got = client.get("/reconcile", query_string={"queries": batch})
    assert got.get_json() == client.post("/reconcile", data={"queries": batch}).get_json()
    assert sorted(got.get_json()) == ["", "a"]
    again = client.get("/reconcile", query_string={"queries": batch}, headers={"If-None-Match": got.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("asked", ["", "?queries=%7B%7D", "?extend=1"])
def test_head_is_answered_as_get(client: FlaskClient, asked: str) -> None:
    head, got = client.head(f"/reconcile{asked}"), client.get(f"/reconcile{asked}")
    assert (head.status_code, dict(head.headers)) == (got.status_code, dict(got.headers))


@pytest.mark.parametrize("strict", ["any", "should", "all", None])
def test_how_strict_a_type_is_may_be_stated(client: FlaskClient, strict: str | None) -> None:
    batch = json.dumps({"q": {"query": "泽州县总工会", "type": UNIT, "type_strict": strict, "limit": None}})
    assert client.post("/reconcile", data={"queries": batch}).get_json()["q"]["result"]


def test_a_preview_alone_may_be_framed(client: FlaskClient) -> None:
    unit = client.get("/reconcile/suggest/entity?prefix=泽州县总工会").get_json()["result"][0]["id"]
    shown = client.get("/reconcile/preview", query_string={"id": unit})
    kept = client.get("/reconcile/preview", query_string={"id": unit}, headers={"If-None-Match": shown.headers["ETag"]})
    assert (shown.status_code, kept.status_code) == (200, 304)
    for each in (shown, kept):
        assert each.headers["Content-Security-Policy"].endswith("; frame-ancestors *")
        assert "X-Frame-Options" not in each.headers
    for path in ("/", "/reconcile", "/search"):
        assert client.get(path).headers["Content-Security-Policy"].endswith("; frame-ancestors 'none'")


def test_things_are_extended_by_what_is_known_of_them(client: FlaskClient) -> None:
    unit = ask(client, "泽州县总工会")[0][0]["id"]
    project = ask(client, {"query": "送温暖经费", "type": PROJECT})[0][0]["id"]
    wanted = {"ids": [unit, project, "x/nothing", "\ud800/"], "properties": [{"id": each.id} for each in PROPERTIES]}
    body = {"extend": json.dumps(wanted | {"properties": [*wanted["properties"], {"id": "colour"}]})}
    told = client.post("/reconcile", data=body).get_json()
    assert told == json.loads(client.get("/reconcile", query_string=body).data)
    assert [each["id"] for each in told["meta"]] == [*(each.id for each in PROPERTIES), "colour"]
    region, year, of_unit, number, code = (each.id for each in PROPERTIES)
    assert told["rows"][unit] == {
        region: [{"str": "140525"}],
        year: [],
        of_unit: [],
        number: [],
        code: [],
        "colour": [],
    }
    assert told["rows"][project] == {
        region: [{"str": "140525"}],
        year: [{"str": "2026"}],
        of_unit: [{"id": unit, "name": "泽州县总工会"}],
        number: [],
        code: [{"str": "14052526P0001"}],
        "colour": [],
    }
    assert set(told["rows"]) == set(wanted["ids"])
    assert not any(value for name in wanted["ids"][2:] for value in told["rows"][name].values())


def test_a_document_is_extended_by_its_number(client: FlaskClient) -> None:
    document = ask(client, "晋工发〔2006〕54号")[0][0]["id"]
    wanted = {"ids": [document], "properties": [{"id": "number"}, {"id": "code"}]}
    told = client.post("/reconcile", data={"extend": json.dumps(wanted)}).get_json()
    assert told["rows"][document] == {"number": [{"str": "晋工发〔2006〕54号"}], "code": []}


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (UNIT, ["region"]),
        (PROJECT, ["region", "year", "unit", "code"]),
        (LEGAL, ["region", "year", "number"]),
        ("", ["region", "year", "unit", "number", "code"]),
        ("colour", []),
    ],
)
def test_properties_of_a_type_are_proposed(client: FlaskClient, kind: str, keys: list[str]) -> None:
    told = client.get("/reconcile/propose", query_string={"type": kind}).get_json()
    assert told["type"] == kind
    assert [each["id"] for each in told["properties"]] == [each.id for each in PROPERTIES if each.key in keys]
    assert all(map(is_offer, told["properties"]))


@pytest.mark.parametrize(
    "said", ["{", "[]", "1", '{"ids": []}', '{"ids": [1], "properties": []}', '{"ids": [], "properties": ["x"]}']
)
def test_what_is_no_extension_is_refused(client: FlaskClient, said: str) -> None:
    response = client.post("/reconcile", data={"extend": said})
    assert (response.status_code, response.get_json()["error"]) == (400, "parameter-invalid")


def test_an_extension_past_the_stated_size_is_refused(client: FlaskClient) -> None:
    for size, status in ((MOST, 200), (MOST + 1, 413)):
        wanted = {"ids": [f"x/{at}" for at in range(size)], "properties": [{"id": "region"}]}
        assert client.post("/reconcile", data={"extend": json.dumps(wanted)}).status_code == status


def test_an_empty_batch_has_no_answers(client: FlaskClient) -> None:
    assert client.post("/reconcile", data={"queries": "{}"}).get_json() == {}


def test_half_a_character_is_answered_as_it_came(client: FlaskClient) -> None:
    said = json.dumps({"\ud800": {"query": "泽州县总工会"}, "q": {"query": "x/\ud800"}})
    response = client.post("/reconcile", data={"queries": said})
    assert response.status_code == 200
    found = json.loads(response.data)
    assert set(found) == {"\ud800", "q"}
    assert found["\ud800"]["result"][0]["name"] == "泽州县总工会"


def test_a_batch_past_the_stated_size_is_refused(client: FlaskClient) -> None:
    for size, status in ((BATCH, 200), (BATCH + 1, 413)):
        batch = {f"q{at}": {"query": "工会"} for at in range(size)}
        response = client.post("/reconcile", data={"queries": json.dumps(batch)})
        assert response.status_code == status
    assert response.get_json()["error"] == "batch-too-large"


BROKEN: dict[str, Callable[[FlaskClient], Any]] = {
    "no batch": lambda client: client.post("/reconcile", data={}),
    "two batches": lambda client: client.post("/reconcile", data={"queries": ["{}", "{}"]}),
    "no JSON": lambda client: client.post("/reconcile", data={"queries": "{"}),
    "deep JSON": lambda client: client.post("/reconcile", data={"queries": "[" * 50_000}),
    "no object": lambda client: client.post("/reconcile", data={"queries": "[]"}),
    "another parameter": lambda client: client.get("/reconcile?colour=1"),
    "a batch and an extension": lambda client: client.get("/reconcile?queries=%7B%7D&extend=%7B%7D"),
    "another body": lambda client: client.post("/reconcile", json={"q0": {"query": "x"}}),
} | {
    f"query {query}": lambda client, query=query: client.post("/reconcile", data={"queries": json.dumps({"q": query})})
    for query in (
        1,
        {},
        {"query": 5},
        {"query": "x", "limit": -1},
        {"query": "x", "limit": 0},
        {"query": "x", "type_strict": "none"},
        {"query": "x", "type_strict": ["any"]},
        {"query": "x", "limit": "5"},
        {"query": "x", "limit": True},
        {"query": "x", "type": 5},
        {"query": "x", "type": [None]},
        {"query": "x", "properties": {"pid": "year"}},
        {"query": "x", "properties": [{"v": "2024"}]},
        {"query": "x", "properties": ["year"]},
    )
}


def test_a_blank_cell_has_no_candidates_and_keeps_no_other_from_theirs(client: FlaskClient) -> None:
    batch = {"q0": {"query": ""}, "q1": {"query": " "}, "q2": {"query": "总工会"}}
    found = client.post("/reconcile", data={"queries": json.dumps(batch)}).get_json()
    assert found["q0"] == found["q1"] == {"result": []}
    assert found["q2"]["result"]


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_batch_is_refused_with_the_reason(client: FlaskClient, broken: str) -> None:
    response = BROKEN[broken](client)
    assert response.status_code == 400
    assert response.get_json()["message"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
_QUERY = st.fixed_dictionaries(
    {},
    optional={
        "query": st.text(max_size=9) | _JSON,
        "type": _JSON,
        "type_strict": _JSON,
        "limit": _JSON,
        "properties": _JSON | st.just([]),
    },
)
_STATED = st.lists(
    st.fixed_dictionaries({"pid": st.sampled_from([*(each.id for each in PROPERTIES), "x"]), "v": _JSON}), max_size=3
)


@given(query=_QUERY | st.fixed_dictionaries({"query": st.text(min_size=1, max_size=9), "properties": _STATED}))
def test_no_query_is_a_fault_of_ours(client: FlaskClient, query: object) -> None:
    response = client.post("/reconcile", data={"queries": json.dumps({"q": query})})
    assert response.status_code in (200, 400)


def test_other_sites_may_ask(client: FlaskClient) -> None:
    for path in (
        "/reconcile",
        "/reconcile/suggest/entity?prefix=x",
        "/reconcile/suggest/type",
        "/reconcile/preview?id=x",
    ):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    asked = client.options(
        "/reconcile", headers={"Access-Control-Request-Method": "POST", "Origin": "https://e.example"}
    )
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    "path", ["/reconcile/view", "/reconcile/preview?id=organisation/140525/0", "/reconcile/view?id=def"]
)
def test_an_identifier_of_nothing_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "application/json"}).status_code == 404


# --- suggestions ---


def suggested(client: FlaskClient, what: str, **asked: str) -> list[str]:
    """Return the names of what is suggested."""
    said = client.get(f"/reconcile/suggest/{what}", query_string=asked).get_json()
    assert all(map(is_offer, said["result"]))
    assert all(is_offer(each) for one in said["result"] for each in one.get("notable", []))
    return [one["name"] for one in said["result"]]


def test_things_are_suggested_by_how_they_begin(client: FlaskClient) -> None:
    assert suggested(client, "entity", prefix="泽州") == ["泽州县总工会"]
    assert {"泽州县总工会", "山西省总工会"} < set(suggested(client, "entity", prefix="总工"))
    assert suggested(client, "entity", prefix="晋工发(2006)54号")[0].startswith("关于进一步加强")
    assert suggested(client, "entity", prefix="工会", type=PROJECT) == ["工会经费", "工会经费"]
    assert suggested(client, "entity", prefix="") == []
    thing = ask(client, "泽州县总工会")[0][0]["id"]
    assert suggested(client, "entity", prefix=thing) == ["泽州县总工会"]


def test_a_cursor_skips_suggestions(client: FlaskClient) -> None:
    whole = suggested(client, "entity", prefix="总")
    assert len(whole) >= 3
    assert [suggested(client, "entity", prefix="总", cursor=str(at))[:1] for at in range(len(whole))] == [
        [one] for one in whole
    ]
    assert client.get("/reconcile/suggest/entity?prefix=x&cursor=-1").status_code == 400


def test_types_and_properties_are_suggested_in_both_languages_and_by_identifier(client: FlaskClient) -> None:
    for what, offered in (("type", TYPES), ("property", PROPERTIES)):
        assert len(suggested(client, what, prefix="")) == len(offered)
        for each in offered:
            for prefix in (each.zh[:2], each.en[:4].lower(), each.id):
                assert f"{each.zh} {each.en}" in suggested(client, what, prefix=prefix)
    assert suggested(client, "type", prefix="无此类") == []


# --- numbers in names ---

_PIECES = ("晋财农字", "关于", "第", "〔2024〕", "(98)", "35号", "2024年", "一二", " ", "-", "（社）", "a", "号")


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_a_number_is_found_where_a_search_from_every_character_finds_it(text: str) -> None:
    flat = flatten(text)
    for shape, tail in zip(_EMBEDDED, (*TAILS, YEARLESS), strict=True):
        found, expected = shape.search(flat), re.search(f"(?P<code>{CODE}){tail}", flat)
        assert (found and found.span()) == (expected and expected.span())


def test_a_run_of_characters_is_searched_for_a_number_from_its_beginning_alone() -> None:
    text = flatten("晋财农〔2024〕35号")
    assert [shape.search(text, 1) for shape in _EMBEDDED] == [None] * len(_EMBEDDED)
    assert any(shape.search(text) for shape in _EMBEDDED)


# --- likeness ---


def slow_distance(one: str, other: str) -> int:
    """Return the edit distance by the table that everyone knows."""
    row = list(range(len(other) + 1))
    for at, left in enumerate(one, start=1):
        last, row[0] = row[0], at
        for to, right in enumerate(other, start=1):
            last, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, last + (left != right))
    return row[-1]


@given(one=st.text("abcd", max_size=70), other=st.text("abcd", max_size=12))
def test_the_distance_is_the_edit_distance(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) == slow_distance(one, other)


@given(one=st.text("送温暖工会", max_size=8), other=st.text("送温暖工会", max_size=8))
def test_likeness_is_from_0_to_1_the_same_both_ways_and_1_for_what_is_equal_alone(one: str, other: str) -> None:
    alike = likeness(one, other)
    assert 0 <= alike <= 1
    assert alike == likeness(other, one)
    assert (alike == 1) == (one == other)


def test_the_pages_of_a_browser_are_not_meant_here(client: FlaskClient) -> None:
    assert client.get("/reconcile", headers=BROWSER).content_type == "application/json"
