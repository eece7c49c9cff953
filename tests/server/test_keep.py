"""What an application keeps of its answers: those with a tag, for who asks alike, within a bound; what it zips."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request
from hypothesis import given
from hypothesis import strategies as st

from server.keep import _OVERHEAD, Kept, keep_answers

LONG = "预算 " * 1000


def application(most: int = 1 << 20) -> tuple[Flask, list[str]]:
    """Return an application, and what it was asked for and did not have."""
    app, asked = Flask("kept", static_folder=None), []
    keep_answers(app, most)

    @app.get("/<name>")
    def answer(name: str) -> Response:
        asked.append(request.full_path)
        response = Response(f"{name} {request.headers.get('Accept-Language')} {LONG}")
        if name != "untagged":
            response.set_etag("t1")
        if name == "cookie":
            response.set_cookie("lang", "en")
        return response

    return app, asked


def test_an_answer_with_a_tag_is_made_once() -> None:
    app, asked = application()
    client = app.test_client()
    first, second = client.get("/a"), client.get("/a")
    assert first.data == second.data
    assert dict(first.headers) == dict(second.headers)
    assert client.get("/a", headers={"If-None-Match": '"t1"'}).status_code == 304
    assert client.head("/a").data == b""
    assert asked == ["/a?"]


def test_what_differs_in_the_request_is_asked_again() -> None:
    app, asked = application()
    client = app.test_client()
    for headers in ({}, {"Accept-Language": "en"}, {"Accept": "text/html"}, {"Host": "elsewhere.example"}):
        client.get("/a", headers=headers)
    client.get("/a?x=1")
    assert len(asked) == 5
    assert b"en " in client.get("/a", headers={"Accept-Language": "en"}).data


def test_of_what_a_reader_accepts_only_the_language_of_the_page_differs() -> None:
    app, asked = application()
    client = app.test_client()
    for accepted in ("en", "en-GB", "de, en;q=0.7", "en;q=0.123, fr"):
        assert b"en " in client.get("/a", headers={"Accept-Language": accepted}).data
    client.set_cookie("lang", "en")
    assert b"en " in client.get("/a").data
    client.get("/a?lang=zh")
    client.set_cookie("lang", "nonsense")
    client.get("/a")
    assert asked == ["/a?", "/a?lang=zh", "/a?"]


def test_without_a_tag_or_with_a_cookie_nothing_is_kept() -> None:
    app, asked = application()
    for name in ("untagged", "untagged", "cookie"):
        app.test_client().get(f"/{name}")
    app.test_client().get("/cookie")
    assert len(asked) == 4


def test_a_text_is_compressed_for_who_can_read_it_and_only_for_them() -> None:
    client = application()[0].test_client()
    plain, zipped = client.get("/a"), client.get("/a", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data) == plain.data
    assert len(zipped.data) < len(plain.data) / 10
    assert (plain.headers.get("Content-Encoding"), zipped.headers["Content-Encoding"]) == (None, "gzip")
    assert (plain.headers["ETag"], zipped.headers["ETag"]) == ('"t1"', 'W/"t1"')
    assert "Accept-Encoding" in plain.headers["Vary"]
    again = client.get("/a", headers={"Accept-Encoding": "gzip", "If-None-Match": 'W/"t1"'})
    assert (again.status_code, again.data) == (304, b"")


@given(sizes=st.lists(st.integers(0, 5000), max_size=60), most=st.integers(0, 60_000))
def test_what_is_kept_stays_within_the_bound(sizes: list[int], most: int) -> None:
    kept = Kept(most)
    for number, size in enumerate(sizes):
        kept.keep(number, (bytes(size), 200, []))
    found = [each for number in range(len(sizes)) if (each := kept.find(number))]
    assert sum(len(body) + _OVERHEAD for body, *_ in found) <= most
    if sizes and sizes[-1] + _OVERHEAD <= most // 8:
        assert kept.find(len(sizes) - 1) is not None
