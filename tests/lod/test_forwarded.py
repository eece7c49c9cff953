"""The host and the path that the public calls: by setting, by headers of a trusted proxy, never of anybody else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.forwarded import Forwarded, Message, is_prefix, local

PROXY, STRANGER = "10.0.0.4", "198.51.100.7"
_SEGMENT = st.text("abcXYZ019-_~", min_size=1, max_size=8)
_PREFIX = st.lists(_SEGMENT, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))
_PATH = st.lists(_SEGMENT, max_size=4).map(lambda parts: "/" + "/".join(parts))


def called(root: str, trusted: str, path: str, client: str = STRANGER, **headers: str) -> Message:
    """Return the scope that the application gets of a request."""
    got: list[Message] = []

    async def application(scope: Message, receive: Any, send: Any) -> None:
        got.append(scope)

    raw = [(b"host", b"inner:8000")]
    raw += [(f"x-forwarded-{name}".encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "path": path, "raw_path": path.encode(), "headers": raw, "client": (client, 1)}
    asyncio.run(Forwarded(application, root, trusted)(scope, None, None))
    return got[0]


def host(scope: Message) -> str:
    """Return the one Host header."""
    (found,) = [value for name, value in scope["headers"] if name == b"host"]
    return str(found.decode())


@given(prefix=_PREFIX, path=_PATH)
def test_a_trusted_proxy_states_the_prefix_that_it_took_off(prefix: str, path: str) -> None:
    scope = called("/other", "10.0.0.0/24", path, PROXY, prefix=prefix)
    assert (scope["root_path"], scope["path"], local(scope)) == (prefix, prefix + path, path)
    assert scope["raw_path"] == scope["path"].encode()


@given(prefix=_PREFIX, path=_PATH)
def test_nobody_else_is_believed(prefix: str, path: str) -> None:
    for trusted in ("", "10.0.0.4", "10.0.0.0/24, ::1"):
        scope = called("", trusted, path, prefix=prefix, host="evil.example")
        assert (scope.get("root_path", ""), local(scope), host(scope)) == ("", path, "inner:8000")


@given(prefix=_PREFIX, path=_PATH)
def test_the_setting_goes_for_paths_with_and_without_it(prefix: str, path: str) -> None:
    assert local(called(prefix, "", prefix + path)) == path
    scope = called(prefix, "", path)
    assert scope["root_path"] == prefix
    assert local(scope) == path or path.startswith(prefix)


@pytest.mark.parametrize(
    "prefix", ["//evil.example", "javascript:alert(1)", "/a b", '/"><script>', "/../..", "a", "/a?b", "/a#b"]
)
def test_what_is_no_prefix_is_no_prefix(prefix: str) -> None:
    assert local(called("/own", "*", "/x", prefix=prefix)) == "/x"
    assert called("/own", "*", "/x", prefix=prefix)["root_path"] == "/own"
    assert not is_prefix(prefix)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("data.example.org", "data.example.org"),
        ("data.example.org:8443", "data.example.org:8443"),
        ("[::1]:80", "[::1]:80"),
        ("client.example, data.example.org", "data.example.org"),
        ("evil.example/path", "inner:8000"),
        ("a b", "inner:8000"),
        ("", "inner:8000"),
    ],
)
def test_a_trusted_proxy_states_the_host(stated: str, expected: str) -> None:
    assert host(called("", PROXY, "/x", PROXY, host=stated)) == expected


def test_a_prefix_that_is_empty_takes_the_place_of_the_setting() -> None:
    scope = called("/own", PROXY, "/x", PROXY, prefix="/")
    assert (scope.get("root_path", ""), local(scope)) == ("", "/x")


def test_a_connection_without_an_address_is_not_trusted() -> None:
    assert called("", PROXY, "/x", "", prefix="/p").get("root_path", "") == ""
