"""Texts of documents and their spans: the very bytes, in part too, and selectors that find the same characters."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, parse

from server.formats import GRAPH_WRITERS
from server.release import Release, ReleasedDocument, open_release
from server.represent import RDF_FORMATS, suffix_of
from tests.lod.conftest import BASE

KEPT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
OA = "http://www.w3.org/ns/oa#"
AROUND = 32


@pytest.fixture(scope="module")
def release(built: Path) -> Release:
    """Return the built release."""
    return open_release(built)


@pytest.fixture(scope="module")
def document(release: Release) -> ReleasedDocument:
    """Return one of its documents."""
    return release.documents[0]


@pytest.fixture(scope="module")
def text(release: Release, document: ReleasedDocument) -> str:
    """Return the text of the document."""
    return release.rendition(document.sha256)


def test_a_text_is_sent_as_it_is(client: FlaskClient, document: ReleasedDocument, text: str) -> None:
    path, digest = f"/document/{document.sha256}/text", hashlib.sha256(text.encode()).hexdigest()
    for asked, accept in ((path, "*/*"), (path, "text/plain, text/html;q=0.9"), (f"{path}.txt", "image/png")):
        response = client.get(asked, headers={"Accept": accept})
        assert (response.status_code, response.content_type) == (200, "text/plain; charset=utf-8")
        assert response.data == text.encode()
        assert response.headers["ETag"] == f'"{digest}"'
        assert response.headers["Content-Location"] == f"{path}.txt"
    assert client.get(path, headers={"If-None-Match": f'"{digest}"'}).status_code == 304


@KEPT
@given(first=st.integers(0, 5000), count=st.integers(1, 5000))
def test_a_text_is_sent_in_part(
    client: FlaskClient, document: ReleasedDocument, text: str, first: int, count: int
) -> None:
    body = text.encode()
    response = client.get(f"/document/{document.sha256}/text", headers={"Range": f"bytes={first}-{first + count - 1}"})
    if first >= len(body):
        assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{len(body)}")
        return
    assert response.status_code == 206
    assert response.data == body[first : first + count]
    assert response.headers["Content-Range"].startswith(f"bytes {first}-")


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=0-1,3-4", "bytes=a-b", "bytes", "characters=0-", ""])
@pytest.mark.parametrize("path", ["/document/{}/text", "/dumps/dump.nq"])
def test_a_range_that_is_not_one_of_bytes_is_passed_over(
    client: FlaskClient, document: ReleasedDocument, path: str, asked: str
) -> None:
    def answered(method: str, stated: str) -> tuple[int, bytes]:
        response = client.open(path.format(document.sha256), method=method, headers={"Range": stated}, buffered=True)
        return response.status_code, response.data

    status, whole = answered("GET", asked)
    assert (status, whole) == (200, client.get(path.format(document.sha256), buffered=True).data)
    assert answered("HEAD", "bytes=0-1") == (200, b"")
    assert answered("GET", "Bytes=-2") == (206, whole[-2:])


def test_what_is_said_of_a_text_has_its_spans(client: FlaskClient, document: ReleasedDocument) -> None:
    path = f"/document/{document.sha256}/text"
    whole = _said(client.get(f"{path}.nt").data, "ntriples")
    spans = {subject for subject, predicate, _ in whole if predicate.endswith("def#spanOf")}
    assert len(spans) > 100
    quoted = {subject for subject, predicate, _ in whole if predicate.endswith("def#quote")}
    assert spans <= quoted
    page = client.get(path, headers=BROWSER)
    assert page.content_type == "text/html; charset=utf-8"
    assert f'href="{path}.txt"' in page.get_data(as_text=True)


@KEPT
@given(data=st.data())
def test_a_span_is_found_by_each_of_its_selectors(
    data: st.DataObject, client: FlaskClient, document: ReleasedDocument, text: str
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 500)))
    path = f"/document/{document.sha256}/span/{start}-{end}"
    graphs = []
    for each in RDF_FORMATS:
        response = client.get(path, headers={"Accept": each.media_type})
        assert (response.status_code, response.content_type) == (200, each.content_type)
        assert client.get(path + suffix_of(each)).data == response.data
        graphs.append(_said(response.data, each.name))
    assert all(graph == graphs[0] for graph in graphs)
    iri = f"{BASE}{path.removeprefix('/')}"
    said = {(subject, predicate): value for subject, predicate, value in graphs[0]}
    assert said[iri, f"{OA}hasSource"] == f"{document.iri}/text"
    assert (int(said[f"{iri}#position", f"{OA}start"]), int(said[f"{iri}#position", f"{OA}end"])) == (start, end)
    before, exact, after = (said[f"{iri}#quotation", OA + each] for each in ("prefix", "exact", "suffix"))
    assert before + exact + after == text[max(0, start - AROUND) : end + AROUND]
    assert exact == text[start:end]
    assert said[f"{iri}#fragment", "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"] == f"char={start},{end}"
    selectors = {value for _, predicate, value in graphs[0] if predicate == f"{OA}hasSelector"}
    assert selectors == {f"{iri}#{each}" for each in ("position", "quotation", "fragment")}


def test_a_span_that_was_read_is_described(client: FlaskClient, document: ReleasedDocument) -> None:
    found = client.get(f"/document/{document.sha256}/text.nt").data
    span = next(line.split(b"> ")[0][1:].decode() for line in found.split(b"\n") if b"def#quote" in line)
    start, end = span.partition("#char=")[2].split(",")
    nt = client.get(f"/document/{document.sha256}/span/{start}-{end}.nt").data.decode()
    assert f"<{span}> <https://w3id.org/yusuan/def#quote>" in nt
    assert f"<http://www.w3.org/ns/prov#wasDerivedFrom> <{span}>" in nt
    page = client.get(f"/document/{document.sha256}/span/{start}-{end}", headers=BROWSER).get_data(as_text=True)
    assert "<mark" in page


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        ("5-5", "ends after it starts"),
        ("6-5", "ends after it starts"),
        ("0-99999999", "the text has"),
        ("05-10", "written as"),
        ("-1-5", "written as"),
        ("1-2,4-5", "written as"),
        ("x", "written as"),
        ("٥-٩", "written as"),
    ],
)
def test_there_are_no_other_spans(client: FlaskClient, document: ReleasedDocument, span: str, reason: str) -> None:
    response = client.get(f"/document/{document.sha256}/span/{span}", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert reason in json.loads(response.data)["message"]


def test_the_last_character_has_a_span(client: FlaskClient, document: ReleasedDocument, text: str) -> None:
    path = f"/document/{document.sha256}/span"
    assert client.get(f"{path}/{len(text) - 1}-{len(text)}.ttl").status_code == 200
    assert client.get(f"{path}/{len(text) - 1}-{len(text) + 1}.ttl").status_code == 404
    assert client.get(f"{path}/0-{len(text)}.html").status_code == 200


def _said(body: bytes, name: str) -> set[tuple[str, str, str]]:
    """Return the triples of a graph as text, each term without what it is."""
    read = parse(body, format=GRAPH_WRITERS[name])
    return {(_value(each.subject), each.predicate.value, _value(each.object)) for each in read}


def _value(term: object) -> str:
    assert isinstance(term, NamedNode | Literal)
    return term.value
