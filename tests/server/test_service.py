"""The whole service: releases that take turns under load, answers that are kept, limits of a client, health, log."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from prometheus_client.parser import text_string_to_metric_families
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.errors import ReleaseError
from server.service import Service
from server.settings import Settings
from tests.server.conftest import QUICK, serving
from tests.server.processes import processes_over, until
from tests.server.sample_release import switch
from tests.server.web import Answered, Application, Loop, Web

pytestmark = pytest.mark.serial

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/yusuan/def#Document> }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNTED = {"sample": b"n\r\n2\r\n", "other": b"n\r\n1\r\n"}
BROWSER = "text/html"
PROXY, CLIENT = "192.0.2.1", "198.51.100.7"


def count(web: Web, **headers: str) -> Answered:
    """Return the response to the query that releases answer differently."""
    return web.get("/sparql", {"query": COUNT}, "text/csv", **headers)


def release_of(web: Web) -> str:
    """Return the version that the service says it serves."""
    return str(web.get("/health").json["release"])


def measured(web: Web) -> dict[str, float]:
    """Return the metrics, each with the values of its labels."""
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(web.get("/metrics").text)
        for sample in family.samples
    }


# --- releases ---


class Asking:
    """Threads that ask steadily until they are told to end; `wrong` are the responses that there must not be."""

    def __init__(self, web: Web, threads: int) -> None:
        self.seen: dict[bytes, int] = {}
        self.wrong: list[Any] = []
        self._web = web
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(each,)) for each in range(threads)]

    def __enter__(self) -> Asking:
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        for each in self._threads:
            each.join()

    def _ask(self, number: int) -> None:
        while not self._over.is_set():
            try:
                self._note(count(self._web) if number else self._web.get("/", accept=BROWSER))
            except Exception as error:
                self.wrong.append(error)

    def _note(self, answered: Answered) -> None:
        page = answered.content_type.startswith(BROWSER)
        if answered.status != 200 or not (page or answered.body in COUNTED.values()):
            self.wrong.append(answered)
        elif not page:
            self.seen[answered.body] = self.seen.get(answered.body, 0) + 1


def test_no_request_fails_while_releases_take_turns(loop: Loop, own_data: Path) -> None:
    with serving(loop, own_data, replace(QUICK, cache_mb=0)) as service:
        web = Web(loop, service)
        with Asking(web, 4) as asking:
            for name in ("other", "sample", "other", "sample", "other"):
                switch(own_data, name)
                loop.run(service.reload())
                assert release_of(web) == name
                assert count(web).body == COUNTED[name]
        assert asking.wrong == []
        assert set(asking.seen) == set(COUNTED.values())
        assert until(lambda: processes_over(own_data / "releases" / "sample" / "store").holders == frozenset())
        assert len(processes_over(own_data / "releases" / "other" / "store").holders) == 1


def test_a_request_under_way_is_answered_by_the_release_that_it_began_with(loop: Loop, own_data: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/yusuan/def#Document> . ?a ?b ?c . ?d ?e ?f }"
    answered: list[Answered] = []
    with serving(loop, own_data, replace(QUICK, query_seconds=20.0)) as service:
        web = Web(loop, service)
        thread = threading.Thread(target=lambda: answered.append(web.get("/sparql", {"query": slow}, "text/csv")))
        thread.start()
        old = own_data / "releases" / "sample" / "store"
        assert until(lambda: len(processes_over(old).workers) > QUICK.light_workers)
        switch(own_data, "other")
        loop.run(service.reload())
        assert count(web).body == COUNTED["other"]
        thread.join()
        assert until(lambda: not processes_over(old).holders)
    assert answered[0].status == 200
    assert int(answered[0].text.split()[1]) > 1_000_000


def test_a_new_release_is_looked_for(loop: Loop, own_data: Path) -> None:
    with serving(loop, own_data, replace(QUICK, reload_seconds=0.05)) as service:
        web = Web(loop, service)
        assert release_of(web) == "sample"
        switch(own_data, "other")
        assert until(lambda: release_of(web) == "other")
        (own_data / "current").unlink()
        assert count(web).body == COUNTED["other"]
        (own_data / "current").symlink_to(Path("releases") / "sample")
        assert until(lambda: release_of(web) == "sample")


@pytest.mark.parametrize("broken", ["no manifest", "no store", "an empty store"])
def test_a_release_that_cannot_be_served_leaves_the_one_before(loop: Loop, own_data: Path, broken: str) -> None:
    other = own_data / "releases" / "other"
    if broken == "no manifest":
        (other / "manifest.json").write_text("{}", encoding="utf-8")
    else:
        for each in (other / "store").iterdir():
            each.unlink()
        if broken == "no store":
            (other / "store").rmdir()
    with serving(loop, own_data) as service:
        web = Web(loop, service)
        switch(own_data, "other")
        loop.run(service.reload())
        assert release_of(web) == "sample"
        assert count(web).body == COUNTED["sample"]


def test_without_a_release_there_is_no_service(loop: Loop, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="there is no release"):
        loop.run(Service(tmp_path, QUICK, public=False).open())


# --- answers that are kept ---


def test_an_answer_is_kept_and_its_tag_goes_with_the_release(loop: Loop, own_data: Path) -> None:
    with serving(loop, own_data) as service:
        web = Web(loop, service)
        first, second = count(web), count(web)
        assert first == second
        assert first.headers["cache-control"] == "no-cache"
        unchanged = count(web, if_none_match=f'"x", W/{first.headers["etag"]}')
        assert (unchanged.status, unchanged.body) == (304, b"")
        assert unchanged.headers["etag"] == first.headers["etag"]
        assert count(web, if_none_match="*").status == 304
        assert count(web, if_none_match='"x"').status == 200
        switch(own_data, "other")
        loop.run(service.reload())
        changed = count(web, if_none_match=first.headers["etag"])
        assert (changed.status, changed.body) == (200, COUNTED["other"])
        assert changed.headers["etag"] != first.headers["etag"]


FLEETING = (
    "SELECT (NOW() AS ?n) {}",
    "SELECT (rand ( ) AS ?n) {}",
    "SELECT (UUID() AS ?n) {}",
    "SELECT (RAND # any\n () AS ?n) {}",
    f"SELECT ?n {{ VALUES ?n {{ {' '.join(map(str, range(100)))} }} }} ORDER BYRAND()",
)


@pytest.mark.parametrize("text", FLEETING)
def test_what_is_another_each_time_is_neither_kept_nor_tagged(web: Web, text: str) -> None:
    first, second = (web.get("/sparql", {"query": text}) for _ in range(2))
    assert first.status == second.status == 200
    assert first.body != second.body
    assert "etag" not in first.headers
    assert first.headers["cache-control"] == "no-store"
    assert web.get("/sparql", {"query": text}, if_none_match="*").status == 200


# --- who asks ---


def limited(loop: Loop, data_dir: Path) -> Iterator[Service]:
    """Yield a service that takes two requests at once of each client, and hardly another."""
    with serving(loop, data_dir, replace(QUICK, rate_per_second=0.05, rate_burst=2)) as service:
        yield service


limited_service = pytest.fixture(limited)


def test_who_asks_too_often_is_told_when_to_come_again(loop: Loop, limited_service: Service) -> None:
    web = Web(loop, limited_service)
    assert [count(web).status for _ in range(3)] == [200, 200, 429]
    refused = count(web)
    assert refused.headers["retry-after"] == "20"
    assert refused.text.startswith("too-many-requests: ")
    assert count(Web(loop, limited_service, CLIENT)).status == 200


def statuses_through(loop: Loop, application: Application, through: str, *clients: str) -> list[int]:
    """Return the statuses of requests that come from one address, forwarded for some clients."""
    web = Web(loop, application, through)
    return [count(web, x_forwarded_for=each).status for each in clients]


def test_forwarded_addresses_are_believed_of_trusted_proxies_only(loop: Loop, limited_service: Service) -> None:
    trusting = cast(Application, ProxyHeadersMiddleware(cast(Any, limited_service), trusted_hosts=f"{PROXY}, ::1"))
    direct = cast(Application, limited_service)
    clients = [f"198.51.100.{each}" for each in range(4)]
    assert statuses_through(loop, direct, "192.0.2.2", *clients) == [200, 200, 429, 429]
    assert statuses_through(loop, trusting, "192.0.2.3", *clients) == [200, 200, 429, 429]
    assert statuses_through(loop, trusting, PROXY, *clients) == [200] * 4
    forged = [f"203.0.113.{each}, {CLIENT}" for each in range(3)]
    assert statuses_through(loop, trusting, PROXY, *forged) == [200, 200, 429]


def test_the_description_says_https_where_the_proxy_does(loop: Loop, data_dir: Path) -> None:
    with serving(loop, data_dir) as service:
        trusting = cast(Application, ProxyHeadersMiddleware(cast(Any, service), trusted_hosts=PROXY))
        for client, scheme in ((PROXY, "https"), (CLIENT, "http")):
            described = Web(loop, trusting, client).get("/sparql", x_forwarded_proto="https", host="example.org")
            assert f"<{scheme}://example.org/sparql>" in described.text


# --- what the operator sees ---


def test_health_says_whether_queries_are_answered(web: Web) -> None:
    for path in ("/health", "/health/ready"):
        assert web.get(path).json == {"status": "ok", "release": "sample"}
    assert web.get("/health/live").json == {"status": "ok"}


def test_health_does_not_wait_behind_queries_while_some_are_answered(loop: Loop, data_dir: Path) -> None:
    busy = replace(QUICK, light_workers=1, heavy_queries=0, light_seconds=4.0, query_seconds=3.0)
    with serving(loop, data_dir, busy) as service:
        web = Web(loop, service)
        assert count(web).status == 200
        thread = threading.Thread(target=lambda: web.get("/sparql", {"query": ENDLESS}))
        thread.start()
        time.sleep(0.3)
        begun = time.monotonic()
        assert web.get("/health/ready").status == 200
        assert time.monotonic() - begun < 0.5
        thread.join()


def test_health_is_not_ready_for_want_of_an_answer_within_a_second(
    loop: Loop, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.service._LATELY_SECONDS", 0.0)
    busy = replace(QUICK, light_workers=1, heavy_queries=0, light_seconds=4.0, query_seconds=3.0)
    with serving(loop, data_dir, busy) as service:
        web = Web(loop, service)
        thread = threading.Thread(target=lambda: web.get("/sparql", {"query": ENDLESS}))
        thread.start()
        time.sleep(0.3)
        begun = time.monotonic()
        refused = web.get("/health/ready")
        assert (refused.status, refused.json["error"]) == (503, "workers-busy")
        assert time.monotonic() - begun < 1.5
        thread.join()
        assert web.get("/health/ready").status == 200


def test_health_is_not_ready_while_no_worker_is_free(
    loop: Loop, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.service._LATELY_SECONDS", 0.1)
    busy = replace(QUICK, light_workers=1, heavy_queries=0, light_seconds=2.0, query_seconds=3.0, waiting_seconds=0.2)
    with serving(loop, data_dir, busy) as service:
        web = Web(loop, service)
        thread = threading.Thread(target=lambda: web.get("/sparql", {"query": ENDLESS}))
        thread.start()
        assert until(lambda: web.get("/health").status == 503)
        refused = web.get("/health")
        assert (refused.json["error"], refused.headers["retry-after"]) == ("workers-busy", "1")
        assert web.get("/health/live").status == 200
        thread.join()
        assert web.get("/health").status == 200


def test_metrics_count_what_happens(loop: Loop, data_dir: Path) -> None:
    with serving(loop, data_dir) as service:
        web = Web(loop, service)
        ended = measured(web).get("yusuan_workers_ended_total time", 0)  # on a busy machine the first pages may
        assert [count(web).status for _ in range(3)] == [200] * 3
        assert web.get("/sparql", {"query": "ASK {"}).status == 400
        assert web.get("/sparql", {"query": ENDLESS}).status == 503
        read = measured(web)
    assert read["yusuan_requests_total 200"] == 4
    assert read["yusuan_requests_total 400"] == 1
    assert read["yusuan_workers_ended_total time"] == ended + 1
    assert (read["yusuan_cache_lookups_total hit"], read["yusuan_cache_lookups_total miss"]) == (2, 3)
    assert read["yusuan_query_seconds_count"] == 3
    assert read["yusuan_queries_waiting"] == read["yusuan_queries_long"] == 0
    assert read["yusuan_release_in_memory"] == 1


def test_metrics_may_be_left_out(loop: Loop, data_dir: Path) -> None:
    with serving(loop, data_dir, replace(QUICK, metrics=False)) as service:
        assert Web(loop, service).get("/metrics").status == 404


def logged(loop: Loop, data_dir: Path, path: Path, settings: Settings = QUICK) -> Iterator[Web]:
    """Yield a client of a service that logs to a file."""
    with serving(loop, data_dir, replace(settings, access_log=str(path))) as service:
        yield Web(loop, service)


def test_every_request_is_logged(loop: Loop, data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    for web in logged(loop, data_dir, path, replace(QUICK, query_seconds=10.0)):
        for _ in range(2):
            count(web, user_agent="test/1")
        web.get("/sparql", {"query": "ASK {"})
        web.get("/", accept=BROWSER)
        web.open("HEAD", "/sparql")
        web.open("GET", "/sparql", query={"query": ENDLESS}, leaves=0.6)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [each["status"] for each in lines] == [200, 200, 400, 200, 200, 0]
    assert [each.get("cache") for each in lines] == ["miss", "hit", "miss", None, None, "miss"]
    assert [each.get("error") for each in lines] == [None, None, "query-syntax", None, None, "client-gone"]
    first = lines[0]
    assert first["client"] == "192.0.2.7"
    assert (first["method"], first["path"], first["agent"]) == ("GET", "/sparql", "test/1")
    assert first["query"].startswith("query=SELECT")
    assert first["bytes"] == len(COUNTED["sample"])
    assert first["seconds"] >= first["query_seconds"] > 0
    assert lines[3]["bytes"] > 1000
    assert lines[4]["bytes"] == 0


def test_a_client_that_leaves_ends_its_query(loop: Loop, data_dir: Path) -> None:
    with serving(loop, data_dir, replace(QUICK, query_seconds=20.0)) as service:
        web = Web(loop, service)
        assert web.open("GET", "/sparql", query={"query": ENDLESS}, leaves=0.6).status == 0
        read = measured(web)
        assert read["yusuan_workers_ended_total client-gone"] == 1
        assert read["yusuan_queries_long"] == 0
        assert count(web).status == 200


def test_a_fault_of_the_service_is_said_in_the_one_shape(
    loop: Loop, data_dir: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(scope: object) -> str:
        raise ZeroDivisionError("secret")

    with serving(loop, data_dir) as service:
        monkeypatch.setattr("server.endpoint.address", fault)
        answered = Web(loop, service).get("/sparql")
    assert (answered.status, answered.json["error"]) == (500, "internal")
    assert "secret" not in answered.text
    assert "secret" in caplog.text
