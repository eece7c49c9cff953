"""A release served behind a proxy under another host and path: nothing leads out of it, and IRIs stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.lod.conftest import BASE
from tests.lod.crawl import Answer, Bounds, crawl
from tests.lod.proxy import proxied
from tests.protocol.running import served

PREFIX, HOST = "/pub/budget-data", "portal.example.net"


def ask(host: str, path: str, accept: str) -> Answer:
    """Return the response to a GET on a connection of its own."""
    connection = HTTPConnection(host, timeout=60)
    with closing(connection):
        connection.request("GET", path, headers={"Accept": accept, "Connection": "close"})
        response = connection.getresponse()
        headers = {name.lower(): ", ".join(response.headers.get_all(name, [])) for name in response.headers}
        return Answer(response.status, headers, response.read())


class Outside:
    """The site as the public sees it; for a crawl the prefix is taken off every link, `led` are those without it."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.led: set[str] = set()

    def get(self, path: str, accept: str) -> Answer:
        """Return the response to a GET, redirections as such."""
        answer = ask(self.host, PREFIX + path, accept)
        headers = {name: self._off(value) for name, value in answer.headers.items()}
        if answer.media_type == "text/html":
            for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.body.decode()):
                if not link.startswith(f"{PREFIX}/"):
                    self.led.add(f"{path}: {link}")
            return replace(answer, headers=headers, body=self._off(answer.body.decode()).encode())
        return replace(answer, headers=headers)

    def _off(self, text: str) -> str:
        return text.replace(f"{PREFIX}/", "/")


@pytest.fixture
def address(built: Path, tmp_path: Path) -> Iterator[str]:
    """Yield the address of a proxy before a server that believes it."""
    settings = {"YUSUAN_TRUSTED_PROXIES": "127.0.0.1", "YUSUAN_ACCESS_LOG": ""}
    with (
        served(built, tmp_path / "log", settings) as running,
        proxied(running.endpoint.port, PREFIX, HOST) as address,
    ):
        yield address


def test_behind_a_proxy_nothing_leads_outside_and_nothing_is_dead(address: str) -> None:
    outside = Outside(address)
    report = crawl(outside, BASE, Bounds(things=1, variants=1))
    assert report.faults == []
    assert sorted(outside.led) == []
    assert len(report.things) >= 40


def test_what_is_described_is_named_by_its_iri_and_the_service_by_its_public_address(address: str) -> None:
    host = urlsplit(address).netloc
    described = ask(host, f"{PREFIX}/def", "text/turtle")
    assert described.status == 200
    assert "portal.example" not in described.body.decode()
    assert described.headers["content-location"] == f"{PREFIX}/def.ttl"
    service = ask(host, f"{PREFIX}/sparql", "text/turtle").body.decode()
    assert f"https://{HOST}{PREFIX}/sparql" in service
    manifest = ask(host, f"{PREFIX}/reconcile", "application/json").body.decode()
    assert f"https://{HOST}{PREFIX}/" in manifest
    moved = ask(host, f"{PREFIX}/.well-known/void", "text/turtle")
    assert urlsplit(moved.headers["location"]).path == f"{PREFIX}/void"
