"""What depends on settings of the server: the rate of one client, the cache, limits, and a release swapped in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.protocol.cases import CSV, DATA, EXAMPLE, JSON, is_status
from tests.protocol.client import BrokenAnswerError, Endpoint, by_body, by_get
from tests.protocol.running import end, import_release, served
from tests.protocol.terms import values_of

_SPENT = f"SELECT (SUM(?v) AS ?n) {{ ?s <{EXAMPLE}spent> ?v }}"
_CLIENTS = 4


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of releases with the data of the suite."""
    return import_release([DATA], tmp_path_factory.mktemp("settings") / "data")


def test_one_client_is_held_to_its_rate(release: Path, tmp_path: Path) -> None:
    settings = {"YUSUAN_RATE_PER_SECOND": "1", "YUSUAN_RATE_BURST": "3"}
    with served(release, tmp_path / "log", settings) as running:
        answers = [running.endpoint.ask(by_get("ASK {}", accept=JSON)) for _ in range(12)]
        statuses = [answer.status for answer in answers]
        assert statuses[:3] == [200] * 3 and set(statuses[5:]) == {429}, statuses
        refused = answers[-1]
        wait = int(refused.header("Retry-After") or "0")
        assert (
            1 <= wait <= 5 and refused.json()["status"] == 429 and refused.header("Access-Control-Allow-Origin") == "*"
        )
        time.sleep(wait + 0.2)
        assert running.endpoint.ask(by_get("ASK {}")).status == 200


def test_the_cache_is_not_to_be_seen(release: Path, tmp_path: Path) -> None:
    with served(release, tmp_path / "log", {"YUSUAN_CACHE_MB": "8"}) as running:
        for accept in (JSON, CSV, JSON):
            for request in (by_get(_SPENT, accept=accept), by_body(_SPENT, accept=accept)):
                first, second = running.endpoint.ask(request), running.endpoint.ask(request)
                assert first.status == second.status == 200 and first.body == second.body
                assert first.media_type == second.media_type == accept
        fresh = by_get("SELECT (RAND() AS ?x) (STRUUID() AS ?y) {}", accept=CSV)
        assert running.endpoint.ask(fresh).body != running.endpoint.ask(fresh).body
        assert running.endpoint.ask(by_get("ASK {")).status == 400


_SMALL = {"YUSUAN_BODY_KB": "4", "YUSUAN_HEADER_KB": "8", "YUSUAN_ANSWER_MB": "1"}
_LARGE = {"YUSUAN_BODY_KB": "1024", "YUSUAN_HEADER_KB": "64", "YUSUAN_ANSWER_MB": "32"}
_ROWS = by_get(f"SELECT * {{ VALUES ?x {{ {'1 ' * 1000} }} ?s ?p ?o }}", accept=JSON)
# A request, what it is answered with where limits are small, and where they are large.
_LIMITED = (
    (by_body(f"#{'x' * 5000}\nASK {{}}"), "413", "200"),
    (by_body(f"#{'x' * 3000}\nASK {{}}"), "200", "200"),
    (by_body(f"#{'x' * 900_000}\nASK {{}}"), "413", "200"),
    (by_get("ASK {}", headers=(("X-Large", "x" * 9000),)), "431", "200"),
    (by_get(f"#{'x' * 9000}\nASK {{}}"), "414|431", "200"),
    (by_get(f"#{'x' * 40_000}\nASK {{}}"), "414|431", "200"),
    (_ROWS, "413|422", "200"),
)


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_limits_are_those_set(release: Path, tmp_path: Path, large: bool) -> None:
    with served(release, tmp_path / "log", _LARGE if large else _SMALL) as running:
        for number, (asked, *statuses) in enumerate(_LIMITED):
            answer = running.endpoint.ask(asked)
            assert is_status(answer.status, statuses[large]), f"{number}: {answer.status} {answer.body[:200]!r}"


def test_a_release_is_swapped_in_under_load_without_a_failed_request(tmp_path: Path) -> None:
    data = import_release([DATA], tmp_path / "data")
    more = tmp_path / "more.trig"
    more.write_text(
        f"{DATA.read_text(encoding='utf-8')}\n<{EXAMPLE}graph/new> {{ <{EXAMPLE}new> <{EXAMPLE}spent> 1000 . }}"
    )
    settings = {"YUSUAN_RELOAD_SECONDS": "0.2", "YUSUAN_CACHE_MB": "8"}
    with served(data, tmp_path / "log", settings) as running:
        before = running.endpoint.ask(by_get(_SPENT, accept=CSV))
        with _load(running.endpoint) as seen:
            time.sleep(0.5)
            import_release([DATA, more], data)
            sums = {values_of(before)[0][0]}
            until = time.monotonic() + 20
            while len(set(seen)) < 2 and time.monotonic() < until:
                time.sleep(0.1)
            time.sleep(0.5)
        after = running.endpoint.ask(by_get(_SPENT, accept=CSV))
        sums.add(values_of(after)[0][0])
        assert set(seen) == sums and len(sums) == 2, set(seen)
        assert after.header("ETag") != before.header("ETag")
        changed = by_get(_SPENT, accept=CSV, headers=(("If-None-Match", before.header("ETag") or ""),))
        assert running.endpoint.ask(changed).status == 200
        assert running.process.poll() is None


def test_the_server_ends_at_once_and_listens_no_more(release: Path, tmp_path: Path) -> None:
    with served(release, tmp_path / "log") as running:
        with running.endpoint.connect() as idle:
            assert end(running.process) < 5
            assert idle.is_ended()
        with pytest.raises(OSError):
            running.endpoint.connect().socket.close()


@contextmanager
def _load(endpoint: Endpoint) -> Iterator[list[str]]:
    """Yield what clients see that ask without a pause, by kept connections and new ones; a failure is seen too."""
    seen: list[str] = []
    done = threading.Event()

    def ask(kept: bool) -> None:
        while not done.is_set():
            try:
                with endpoint.connect() as connection:
                    for _ in range(200 if kept else 1):
                        connection.send(endpoint.encoded(by_get(_SPENT, accept=CSV)))
                        answer = connection.receive()
                        seen.append(values_of(answer)[0][0] if answer.status == 200 else f"status {answer.status}")
                        if done.wait(0.002) or "close" in answer.listed("Connection"):
                            break
            except (BrokenAnswerError, OSError) as error:
                seen.append(repr(error))

    threads = [threading.Thread(target=ask, args=(number % 2 == 0,)) for number in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        done.set()
        for thread in threads:
            thread.join()
