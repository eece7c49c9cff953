"""What an address does not heed is as if it were not stated: one answer is made, with one tag."""

from __future__ import annotations

import pytest
from flask import request
from flask.testing import FlaskClient

from server.heed import _HEEDED, heed
from server.keep import Kept

BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize("path", ["/", "/units", "/compare", "/legal", "/def", "/code/phase", "/rule", "/void"])
@pytest.mark.parametrize("ignored", ["lang=xx", "%6cang=%ff", "x=1", "x=1&y", "&", "lang"])
def test_what_is_not_heeded_changes_nothing(client: FlaskClient, path: str, ignored: str) -> None:
    plain, stated = (client.get(address, headers=BROWSER) for address in (path, f"{path}?{ignored}"))
    assert (plain.status_code, plain.data, plain.headers["ETag"]) == (200, stated.data, stated.headers["ETag"])


def test_what_is_not_heeded_is_in_no_key(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = []
    monkeypatch.setattr(Kept, "find", lambda kept, key: keys.append(key))
    for ignored in ("", "lang=xx", "x=1", "lang=yy&x=2"):
        client.get(f"/units?region=14&{ignored}", headers=BROWSER)
    client.get("/units?region=14&lang=en", headers=BROWSER)
    assert (len(keys), len(set(keys))) == (5, 2)


def test_what_is_heeded_stays_as_it_was_written(client: FlaskClient) -> None:
    for path, kept in (
        ("/units?year=20%32%33&x=1&lang=en", b"year=20%32%33&lang=en"),
        ("/search?q=a&x=1&lang=de", b"q=a&x=1"),
        ("/compare?pick=a&pick=b&z", b"pick=a&pick=b"),
        ("/nowhere?view=data&at=1&of=2", b"view=data&at=1"),
    ):
        with client.application.test_request_context(path):
            heed()
            assert request.query_string == kept
    assert client.get("/search?q=a&x=1").status_code == 400


def test_every_address_that_is_named_is_one(client: FlaskClient) -> None:
    assert set(_HEEDED) <= set(client.application.view_functions)
