"""/legal: a document by its number in any spelling, several, the nearest, and the list of all."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from server import lookup
from server.app import Config, create_app
from server.release import open_release
from tests.lod.conftest import BASE, Counting

KEPT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DEF = "https://w3id.org/yusuan/def#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
BROWSER = {"Accept": "text/html"}
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture(scope="module")
def numbers(built: Path) -> Mapping[str, set[str]]:
    """Return the legal documents of the built release by number."""
    found: dict[str, set[str]] = defaultdict(set)
    store = Store.read_only(str(open_release(built).store_path))
    for each in store.quads_for_pattern(None, NamedNode(f"{DEF}documentNumber"), None, None):
        if isinstance(each.subject, NamedNode) and isinstance(each.object, Literal) and "/legal/" in each.subject.value:
            found[each.object.value].add(each.subject.value)
    assert len(found) >= 10
    return {number: found[number] for number in sorted(found)}


def spelt(data: st.DataObject, number: str) -> str:
    """Return another spelling of a number of the common form, the same of any other."""
    parts = re.fullmatch(r"(\D+)〔(\d{4})〕(\d+)号", number)
    if not parts:
        return number
    code, year, serial = parts.groups()
    opened, closed = tuple(data.draw(st.sampled_from(["〔〕", "[]", "【】", "()", "（）", "［］"])))
    zeros = data.draw(st.sampled_from(["", "0", "00"]))
    gap = data.draw(st.sampled_from(["", " ", "　"]))
    written = f"{code}{gap}{opened}{year}{closed}{gap}{zeros}{serial}{gap}号"
    return written.translate(_FULL) if data.draw(st.booleans()) else written


@KEPT
@given(data=st.data())
def test_any_spelling_leads_to_the_document(
    data: st.DataObject, client: FlaskClient, numbers: Mapping[str, set[str]]
) -> None:
    known = list(numbers)
    number = known[data.draw(st.integers(0, len(known) - 1))]
    response = client.get(
        "/legal", query_string={"number": spelt(data, number)}, headers={"Accept": "application/json"}
    )
    expected = {iri.removeprefix(BASE) for iri in numbers[number]}
    if len(expected) == 1:
        assert (response.status_code, response.headers["Location"]) == (303, f"/{expected.pop()}")
        assert client.get(response.headers["Location"], headers={"Accept": "text/turtle"}).status_code == 200
    else:
        assert response.status_code == 300
        assert {each["iri"] for each in json.loads(response.data)["documents"]} == numbers[number]


def _small(built: Path, *documents: tuple[str, str]) -> FlaskClient:
    """Return a client over legal documents by path and number."""
    store = Store()
    for path, number in documents:
        iri = NamedNode(f"{BASE}legal/{path}")
        store.add(Quad(iri, TYPE, NamedNode(f"{DEF}LegalDocument")))
        if number:
            code, serial = number.partition("〔")[0], number.partition("〕")[2].rstrip("号")
            store.add(Quad(iri, NamedNode(f"{DEF}documentNumber"), Literal(number)))
            store.add(Quad(iri, NamedNode(f"{DEF}agencyCode"), Literal(code)))
            store.add(Quad(iri, NamedNode(f"{DEF}serial"), Literal(serial)))
    return create_app(Config(open_release(built), Counting(store))).test_client()


def test_several_regions_are_a_choice(built: Path) -> None:
    client = _small(
        built, ("140525/a", "泽发〔2020〕1号"), ("140600/a", "泽发〔2020〕1号"), ("140600/b", "泽发〔2020〕2号")
    )
    for accept in ("application/json", "text/html"):
        response = client.get("/legal?number=泽发[2020]1号", headers={"Accept": accept})
        body = response.get_data(as_text=True)
        assert response.status_code == 300
        assert "140525/a" in body
        assert "140600/a" in body
        assert "140600/b" not in body


def test_a_number_as_a_citation_prints_it_leads_to_the_document(built: Path) -> None:
    store = Store()
    document, citation = NamedNode(f"{BASE}legal/cn/a"), NamedNode(f"{BASE}document/d/citation/1-9")
    store.add(Quad(document, TYPE, NamedNode(f"{DEF}LegalDocument")))
    store.add(Quad(document, NamedNode(f"{DEF}documentNumber"), Literal("住房和城乡建设部令第37号")))
    store.add(Quad(citation, NamedNode(f"{DEF}documentNumber"), Literal("住建部令第37号")))
    store.add(Quad(citation, NamedNode(f"{DEF}names"), document))
    client = create_app(Config(open_release(built), Counting(store))).test_client()
    for number in ("住建部令第37号", "住房和城乡建设部第37号令"):
        response = client.get("/legal", query_string={"number": number}, headers={"Accept": "application/json"})
        assert (response.status_code, response.headers["Location"]) == (303, "/legal/cn/a")


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "image/png", "*/*"])
def test_the_way_to_a_document_is_for_whoever_asks(built: Path, accept: str) -> None:
    client = _small(built, ("x/a", "泽发〔2020〕1号"), ("x/b", "泽发〔2020〕2号"), ("y/b", "泽发〔2020〕2号"))
    for number, status in (
        ("泽发〔2020〕1号", 303),
        ("泽发\u200b〔20\ufeff20〕2\u2060号", 406),
        ("泽发〔2020〕3号", 404),
    ):
        response = client.get("/legal", query_string={"number": number}, headers={"Accept": accept})
        assert response.status_code == (300 if (status, accept) == (406, "*/*") else status), number


def test_the_nearest_are_named_where_there_is_none(built: Path) -> None:
    client = _small(built, ("x/a", "泽发〔2020〕1号"), ("x/b", "泽发〔2021〕12号"), ("x/c", "国发〔2014〕45号"))
    response = client.get("/legal?number=泽发2020-2号", headers={"Accept": "application/json"})
    message = json.loads(response.data)["message"]
    assert response.status_code == 404
    assert "泽发〔2020〕2号" in message
    assert "泽发〔2020〕1号" in message
    assert "国发" not in message


@pytest.mark.parametrize("number", ["第3号楼", "abc", "'; DROP", "〔2020〕", "号" * 300])
def test_what_is_no_number_is_refused(client: FlaskClient, number: str) -> None:
    response = client.get("/legal", query_string={"number": number}, headers={"Accept": "application/json"})
    assert (response.status_code, json.loads(response.data)["error"]) == (400, "parameter-invalid")


@pytest.mark.parametrize("page", [3, 7, 100])
def test_the_list_has_each_once(built: Path, monkeypatch: pytest.MonkeyPatch, page: int, client: FlaskClient) -> None:
    monkeypatch.setattr(lookup, "PAGE", page)
    documents = [(f"x/{each:02}", f"泽发〔2020〕{each}号" if each % 3 else "") for each in range(20)]
    small, seen = _small(built, *documents), []
    pages = -(-20 // page)
    for number in range(1, pages + 1):
        found = json.loads(small.get(f"/legal?page={number}", headers={"Accept": "application/json"}).data)
        assert (found["total"], found["page"], found["pages"]) == (20, number, pages)
        seen += [each["iri"].removeprefix(f"{BASE}legal/") for each in found["documents"]]
        body = small.get(f"/legal?page={number}", headers=BROWSER).get_data(as_text=True)
        assert all(each["iri"].removeprefix(BASE) in body for each in found["documents"])
    assert sorted(seen) == [path for path, _ in documents]
    assert small.get(f"/legal?page={pages + 1}").status_code == 404
    tag = client.get("/legal", headers=BROWSER).headers["ETag"]
    assert client.get("/legal", headers={**BROWSER, "If-None-Match": tag}).status_code == 304
