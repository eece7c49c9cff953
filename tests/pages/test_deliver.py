"""Scripts and styles: addressed by content, compressed where that is taken, never changing under an address."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient

from server.deliver import assets, built


def test_the_scripts_are_built() -> None:
    assert {"style.css", "icon.svg", "built/editor.js", "built/editor.css", "built/charts.js"} <= set(assets())
    assert built("editor.js")
    assert not built("nothing.js")


def test_pages_call_a_file_by_its_content(client: FlaskClient) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html"}).text
    called = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(called) >= 4
    for address in called:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Content-Security-Policy"]


def test_at_another_address_a_file_is_asked_for_again(client: FlaskClient) -> None:
    for query in ("", "?v=0000"):
        response = client.get(f"/static/style.css{query}")
        assert response.headers["Cache-Control"] == "no-cache"
        again = client.get(f"/static/style.css{query}", headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "zipped"),
    [("gzip, br", True), ("*", True), ("gzip;q=0", False), ("br", False), ("", False), ("gzip;q=0.1", True)],
)
def test_what_a_client_takes_is_sent(client: FlaskClient, accepted: str, zipped: bool) -> None:
    response = client.get("/static/built/editor.js", headers={"Accept-Encoding": accepted})
    assert (response.headers.get("Content-Encoding") == "gzip") == zipped
    assert "Accept-Encoding" in response.headers["Vary"]
    body = gzip.decompress(response.data) if zipped else response.data
    assert body == assets()["built/editor.js"].body
    assert response.content_type == "text/javascript; charset=utf-8"


def test_each_coding_has_its_tag(client: FlaskClient) -> None:
    plain = client.get("/static/style.css", headers={"Accept-Encoding": ""})
    packed = client.get("/static/style.css", headers={"Accept-Encoding": "gzip"})
    assert plain.headers["ETag"] != packed.headers["ETag"]


@pytest.mark.parametrize("name", ["nothing.js", "built/.ready", "../app.py", "built/../../app.py", "built"])
def test_nothing_else_is_sent(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_no_page_may_run_what_is_not_ours(client: FlaskClient) -> None:
    policy = client.get("/", headers={"Accept": "text/html"}).headers["Content-Security-Policy"]
    rules = dict(each.split(" ", 1) for each in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in policy
