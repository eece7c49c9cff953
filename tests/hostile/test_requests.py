"""Wrong requests, slow clients and very many of them: refused or waited for, and never at the cost of others."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.hostile.harm import Beside
from tests.hostile.memory import open_files_of, share_of
from tests.hostile.requests import MARK, Wrong, malformed, smuggling
from tests.hostile.slow import SECONDS, SETTINGS, End, dribbled, opened, poured, silent, unread
from tests.protocol.cases import is_status
from tests.protocol.client import Endpoint, Request, by_body, by_get
from tests.protocol.running import Running, served
from tests.server.processes import until

LONGEST = SECONDS + 2
MOST_TAKEN = 32 * 1024 * 1024
MEGABYTE = 1 << 20
CROWD = 300
_STATUS = re.compile(rb"HTTP/1\.[01] (\d\d\d) ")
_REFUSAL = 2000
"""Bytes that the answer to a query that is refused has at most: on a machine with other work some of many are."""
_LARGE = f"SELECT * {{ VALUES ?n {{ {' '.join(map(str, range(15)))} }} ?s ?p ?o }}"
"""About 14 MB of rows, written in less than a second."""
_PLACE = Endpoint("127.0.0.1", 1)
_NAMES = [wrong.name for wrong in (*smuggling(_PLACE), *malformed(_PLACE))]


@pytest.fixture(scope="module")
def impatient(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server that waits a second at most for anything."""
    with served(release, tmp_path_factory.mktemp("log") / "log", SETTINGS) as running:
        yield running


def _light(endpoint: Endpoint) -> None:
    assert endpoint.ask(by_get("ASK {}")).status == 200


@pytest.fixture(scope="module")
def answered(impatient: Running) -> dict[str, tuple[Wrong, bytes]]:
    """Return each wrong request by its name with all that came back; many are sent at once, each has its connection."""
    endpoint = impatient.endpoint
    wrong = [*smuggling(endpoint), *malformed(endpoint)]
    with ThreadPoolExecutor(16) as pool:
        came = list(pool.map(lambda each: _answers(endpoint, each), wrong))
    return {each.name: (each, answers) for each, answers in zip(wrong, came, strict=True)}


def _answers(endpoint: Endpoint, wrong: Wrong) -> bytes:
    """Return all that comes back, until nothing more does."""
    with endpoint.connect() as connection:
        with contextlib.suppress(ConnectionError):
            connection.send(wrong.data)
        return connection.rest(10.0)


@pytest.mark.parametrize("name", _NAMES)
def test_wrong_requests_are_refused(impatient: Running, answered: dict[str, tuple[Wrong, bytes]], name: str) -> None:
    wrong, came = answered[name]
    statuses = [status.decode() for status in _STATUS.findall(came)]
    assert MARK not in came, came[-300:]
    assert wrong.least <= len(statuses) <= wrong.answers, f"{len(statuses)} answers: {came[:300]!r}"
    assert all(is_status(int(each), wrong.status) for each in statuses), (
        f"{statuses[0]}, not {wrong.status}: {came[:300]!r}"
    )
    _light(impatient.endpoint)


_POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
_CHUNKED = _POST + b"Transfer-Encoding: chunked\r\n\r\n"
# Clients without end, and what they may be told; 0 is no more than the end of the connection.
_ENDLESS: dict[str, tuple[Callable[[Endpoint], End], tuple[int, ...]]] = {
    "a header byte by byte": (
        partial(dribbled, data=b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + b"X: y\r\n" * 500),
        (408,),
    ),
    "a first line byte by byte": (partial(dribbled, data=b"GET /" + b"x" * 2000), (408,)),
    "a body byte by byte": (partial(dribbled, data=_POST + b"Content-Length: 3000\r\n\r\n" + b"#" * 3000), (408,)),
    "chunks one by one": (partial(dribbled, data=_CHUNKED + b"1\r\n#\r\n" * 500), (408,)),
    "half a header": (partial(silent, data=b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n"), (408,)),
    "half a body": (partial(silent, data=_POST + b"Content-Length: 6\r\n\r\nASK"), (408,)),
    "half a chunk": (partial(silent, data=_CHUNKED + b"6\r\nASK"), (408,)),
    "chunks without the last": (partial(silent, data=_CHUNKED + b"6\r\nASK {}\r\n"), (408,)),
    "nothing": (partial(silent), (0, 408)),
    "nothing after an answer": (
        partial(silent, data=b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"),
        (200,),
    ),
    "headers without end": (partial(poured, first=b"GET / HTTP/1.1\r\n", again=b"X-Y: z\r\n" * 100), (431,)),
    "one header without end": (partial(poured, first=b"GET / HTTP/1.1\r\nX: ", again=b"x" * 4096), (431,)),
    "a first line without end": (partial(poured, first=b"GET /", again=b"x" * 4096), (414, 431)),
    "a method without end": (partial(poured, first=b"G", again=b"G" * 4096), (400, 405, 414, 431, 501)),
    "ends of lines without end": (partial(poured, first=b"\r\n", again=b"\r\n" * 2048), (0, 400, 408, 431)),
    "chunks without end": (partial(poured, first=_CHUNKED, again=b"1000\r\n" + b"#" * 4096 + b"\r\n"), (413,)),
    "small chunks without end": (partial(poured, first=_CHUNKED, again=b"1\r\n#\r\n" * 800), (408, 413)),
    "a chunk's size without end": (partial(poured, first=_CHUNKED, again=b"0" * 4096), (400, 408, 413, 431)),
    "a chunk's note without end": (partial(poured, first=_CHUNKED + b"6;", again=b"x=y;" * 1024), (400, 408, 413, 431)),
    "trailers without end": (
        partial(poured, first=_CHUNKED + b"0\r\n", again=b"X: y\r\n" * 700),
        (200, 400, 408, 413, 431),
    ),
    "a body longer than stated": (
        partial(poured, first=_POST + b"Content-Length: 6\r\n\r\nASK {}", again=b"G" * 4096),
        (0, 200, 400),
    ),
}


def test_clients_without_end_are_ended(impatient: Running) -> None:
    with Beside(impatient) as beside, ThreadPoolExecutor(len(_ENDLESS)) as pool:
        ends = dict(zip(_ENDLESS, pool.map(lambda each: each[0](impatient.endpoint), _ENDLESS.values()), strict=True))
    for name, (_, statuses) in _ENDLESS.items():
        came = ends[name]
        assert came.status in statuses, f"{name}: {came.status}, not {statuses}: {came.told[:200]!r}"
        assert came.seconds < LONGEST + 2, f"{name}: ended after {came.seconds:.1f} s"
        assert came.sent < MOST_TAKEN or came.status == 408, f"{name}: {came.sent} bytes were taken"
    assert beside.wrong == [] and beside.slowest < LONGEST and beside.grown < 100 * MEGABYTE


def test_who_does_not_read_is_cut_off(impatient: Running) -> None:
    before = share_of(impatient.process.pid)
    with Beside(impatient) as beside, ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: unread(impatient.endpoint, _LARGE), range(8)))
    assert all(cut or length < _REFUSAL for length, cut in got) and any(cut for _, cut in got), got
    assert beside.wrong == [] and beside.slowest < LONGEST
    assert share_of(impatient.process.pid) - before < 50 * MEGABYTE  # eight answers have twice as much


@pytest.mark.parametrize(
    "data",
    [b"", b"GET /sparql", _POST + b"Content-Length: 9\r\n\r\nASK"],
    ids=["nothing", "half a line", "half a body"],
)
def test_a_crowd_that_says_nothing_leaves_room(impatient: Running, data: bytes) -> None:
    files = open_files_of(impatient.process.pid)
    crowd = opened(impatient.endpoint, CROWD, data)
    try:
        with Beside(impatient) as beside:
            time.sleep(LONGEST)
        assert beside.asked >= 3 and beside.wrong == [] and beside.slowest < LONGEST
        assert sum(map(_is_ended, crowd)) == CROWD
    finally:
        for each in crowd:
            each.close()
    _light(impatient.endpoint)
    assert open_files_of(impatient.process.pid) <= files + 5


def test_connections_that_are_reset_leave_nothing(impatient: Running) -> None:
    files = open_files_of(impatient.process.pid)
    for number in range(CROWD):
        request = by_body(_LARGE) if number % 3 == 0 else by_get("ASK {}") if number % 3 == 1 else Request("GET")
        with impatient.endpoint.connect() as connection:
            connection.send(impatient.endpoint.encoded(request)[: None if number % 2 else -5])
            connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    time.sleep(LONGEST)
    until(lambda: open_files_of(impatient.process.pid) <= files + 5)  # spare workers are kept for a while
    _light(impatient.endpoint)
    assert open_files_of(impatient.process.pid) <= files + 5


def test_no_wrong_request_is_lost() -> None:
    assert len(set(_NAMES)) == len(_NAMES) >= 55
    assert len(_ENDLESS) >= 20


def _is_ended(connection: socket.socket) -> bool:
    connection.settimeout(LONGEST)
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True
