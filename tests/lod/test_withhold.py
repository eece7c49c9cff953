"""What the public is not shown: drafts are unknown, withdrawn documents are gone, superseded ones lead to the newer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, Store

from server.app import Config, create_app
from server.release import Release, open_release
from server.represent import FORMATS, suffix_of
from tests.lod.conftest import Counting
from tests.server.sample_release import BASE, DRAFT, PUBLISHED, build_sample, fill, quads

PATHS = [
    "",
    ".ttl",
    ".html",
    "/text",
    "/text.txt",
    "/text.ttl",
    "/span/0-5",
    "/span/0-5.ttl",
    "/graph",
    "/table/0-40",
    "/x",
]
SECRET = "乙县"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with the sample release, one document of which is a draft."""
    return build_sample(tmp_path_factory.mktemp("sample"))


def pages(sample: Path, status: str, replaces: str = "", *, public: bool = True) -> FlaskClient:
    """Return a client of a release whose hidden document has a status, and which another may say it replaces."""
    release = open_release(sample, public)
    documents = tuple(
        replace(each, status=status, sources=("乙/旧.txt",)) if each.sha256 == DRAFT else each
        for each in release.documents
    )
    store = Store()
    fill(store, quads("published", "release") if public else quads("published", "draft", "release"))
    if replaces:
        newer = NamedNode(f"{BASE}document/{PUBLISHED}")
        store.add(Quad(newer, NamedNode("http://purl.org/dc/terms/replaces"), Literal(replaces)))
    stated: Release = replace(release, documents=documents)
    return create_app(Config(stated, Counting(store))).test_client()


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [("reviewDraft", 404, "thing-unknown"), ("withdrawn", 410, "gone"), ("superseded", 410, "gone")],
)
@pytest.mark.parametrize("path", PATHS)
def test_a_hidden_document_and_all_below_it_is_refused(
    sample: Path, status: str, code: int, error: str, path: str
) -> None:
    client = pages(sample, status)
    for accept in ("application/json", "text/html", "text/turtle"):
        response = client.get(f"/document/{DRAFT}{path}", headers={"Accept": accept})
        assert response.status_code == code
        assert SECRET not in response.get_data(as_text=True)
    response = client.get(f"/document/{DRAFT}{path}", headers={"Accept": "application/json"})
    assert json.loads(response.data)["error"] == error


def test_a_draft_is_refused_as_what_never_was(sample: Path) -> None:
    client = pages(sample, "reviewDraft")
    for path in PATHS[:3]:
        draft, never = (
            client.get(f"/document/{each}{path}", headers={"Accept": "application/json"}) for each in (DRAFT, "c" * 64)
        )
        assert (draft.status_code, draft.data) == (never.status_code, never.data)


@pytest.mark.parametrize(("status", "code"), [("reviewDraft", 404), ("withdrawn", 410), ("superseded", 410)])
def test_the_catalogue_entry_of_a_hidden_document_is_gone_as_that_is(sample: Path, status: str, code: int) -> None:
    client = pages(sample, status)
    hidden, never = (
        client.get(f"/catalogue/dataset/{each}", headers={"Accept": "application/json"}) for each in (DRAFT, "c" * 64)
    )
    assert hidden.status_code == code
    assert (hidden.data == never.data) == (status == "reviewDraft")


def test_the_page_of_what_is_gone_leads_to_the_newer(sample: Path) -> None:
    client = pages(sample, "superseded", DRAFT)
    page = client.get(f"/document/{DRAFT}{PATHS[3]}?lang=zh", headers={"Accept": "text/html"})
    assert f'<a href="/document/{PUBLISHED}">' in page.text
    assert "取代" in page.text


@pytest.mark.parametrize("replaces", [f"{BASE}document/{DRAFT}", DRAFT, "乙/旧.txt"])
@pytest.mark.parametrize("suffix", ["", *map(suffix_of, FORMATS)])
def test_a_superseded_document_leads_to_the_newer(sample: Path, replaces: str, suffix: str) -> None:
    response = pages(sample, "superseded", replaces).get(f"/document/{DRAFT}{suffix}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/document/{PUBLISHED}{suffix}")


def test_what_is_below_a_superseded_document_is_gone_and_names_the_newer(sample: Path) -> None:
    client = pages(sample, "superseded", DRAFT)
    for path in PATHS[3:]:
        response = client.get(f"/document/{DRAFT}{path}", headers={"Accept": "application/json"})
        assert response.status_code == 410
        assert f"{BASE}document/{PUBLISHED}" in json.loads(response.data)["message"]


@pytest.mark.parametrize("status", ["reviewDraft", "withdrawn"])
def test_only_the_superseded_lead_on(sample: Path, status: str) -> None:
    assert pages(sample, status, DRAFT).get(f"/document/{DRAFT}").status_code in (404, 410)


@pytest.mark.parametrize("status", ["reviewDraft", "withdrawn", "superseded"])
def test_who_is_shown_all_is_shown_it(sample: Path, status: str) -> None:
    client = pages(sample, status, DRAFT, public=False)
    for path in ("", ".ttl", "/text", "/span/0-5", "/table/0-40"):
        assert client.get(f"/document/{DRAFT}{path}", headers={"Accept": "*/*"}).status_code == 200


def test_other_documents_are_shown(sample: Path) -> None:
    client = pages(sample, "withdrawn")
    for path in ("", ".ttl", "/text", "/span/0-5", "/table/16-72"):
        assert client.get(f"/document/{PUBLISHED}{path}").status_code == 200
