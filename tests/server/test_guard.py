"""Connections that go wrong, over real sockets: each limit answers or cuts, and the next client is served."""

from __future__ import annotations

import json
import re
import select
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from server.guard import SPARE
from tests.server.processes import served, until

pytestmark = pytest.mark.waiting

SETTINGS = {
    "YUSUAN_HEADER_KB": "8",
    "YUSUAN_HEADER_SECONDS": "1",
    "YUSUAN_BODY_SECONDS": "1",
    "YUSUAN_STALL_SECONDS": "1",
    "YUSUAN_IDLE_SECONDS": "1",
    "YUSUAN_LIGHT_WORKERS": "2",
}
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STRLEN(STR(?c)) > 1000000) }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000"
HEADERS = b"GET /health/live HTTP/1.1\r\nHost: x\r\n"
LIVE = HEADERS + b"\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
SECONDS = 20.0


@pytest.fixture(scope="module")
def port(data_dir: Path) -> Iterator[int]:
    """Yield the port of a server that has little patience."""
    with served(data_dir, **SETTINGS) as (server, address):
        yield int(address.rstrip("/").rpartition(":")[2])
        assert server.poll() is None


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """Yield a connection; afterwards the server must answer others."""
    with socket.create_connection(("127.0.0.1", port), SECONDS) as channel:
        yield channel
    with socket.create_connection(("127.0.0.1", port), SECONDS) as channel:
        channel.sendall(LIVE)
        assert channel.recv(65536).startswith(b"HTTP/1.1 200 ")


def rest(channel: socket.socket) -> bytes:
    """Return all that comes until the connection ends, however it does."""
    received = bytearray()
    while True:
        try:
            chunk = channel.recv(1 << 20)
        except ConnectionResetError:
            break
        if not chunk:
            break
        received += chunk
    return bytes(received)


def response(channel: socket.socket) -> bytes:
    """Return the next response with all of its body."""
    received = b""
    while not (whole := re.search(rb"(?is)content-length: (\d+)\r\n.*?\r\n\r\n", received)) or (
        len(received) < whole.end() + int(whole[1])
    ):
        chunk = channel.recv(65536)
        assert chunk, received
        received += chunk
    return received


def statuses(received: bytes) -> list[int]:
    """Return the statuses of the responses, in their order."""
    return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3}) ", received)]


def refused(received: bytes, status: int) -> None:
    """Assert that there is one response, an error in its one shape, after which the connection ends."""
    assert statuses(received) == [status]
    head, _, body = received.partition(b"\r\n\r\n")
    assert re.search(rb"(?im)^connection: close", head)
    assert re.search(rb"(?im)^content-type: application/json", head)
    assert f"content-length: {len(body)}".encode() in head.lower()
    shape = json.loads(body)
    assert (set(shape), shape["status"]) == ({"status", "error", "message"}, status)


def ends(port: int, *sent: bytes) -> list[bytes]:
    """Return what comes on connections at once until they end, on each of which something was sent."""
    with ExitStack() as stack:
        channels = [stack.enter_context(connected(port)) for _ in sent]
        for channel, each in zip(channels, sent, strict=True):
            channel.sendall(each)
        return [rest(channel) for channel in channels]


def test_slow_headers_are_refused(port: int) -> None:
    for received in ends(port, b"G", HEADERS, HEADERS + b"X: y", b"\r\n" + HEADERS):
        refused(received, 408)


def test_headers_that_trickle_are_refused(port: int) -> None:
    with connected(port) as channel:
        begun = time.monotonic()
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            for each in HEADERS + b"X: " + b"y" * 1000:
                channel.sendall(bytes([each]))
                time.sleep(0.05)
        assert time.monotonic() - begun < 10


def test_a_later_request_has_its_time_too(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(LIVE)
        assert statuses(response(channel)) == [200]
        channel.sendall(HEADERS)
        refused(rest(channel), 408)


def test_a_connection_on_which_nothing_more_is_asked_is_closed(port: int) -> None:
    received = ends(port, b"", b"\r\n\r\n", LIVE, LIVE + b"\r\n")
    assert [statuses(each) for each in received] == [[], [], [200], [200]]


def test_lines_between_requests_do_not_keep_a_connection(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(LIVE)
        assert statuses(response(channel)) == [200]
        channel.sendall(b"\r\n")
        assert rest(channel) == b""


def test_a_body_that_outlives_its_answer_does_not_keep_a_connection(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(b"PUT /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
        assert statuses(response(channel)) == [405]
        channel.sendall(b"some")
        assert rest(channel) == b""


@pytest.mark.parametrize("pause", [0, 0.2], ids=["at once", "by and by"])
def test_large_headers_are_refused(port: int, pause: float) -> None:
    with connected(port) as channel:
        channel.sendall(HEADERS)
        time.sleep(pause)
        channel.sendall(b"".join(b"X-%d: %s\r\n" % (each, b"y" * 100) for each in range(85)))
        time.sleep(pause)
        channel.sendall(b"\r\n")
        refused(rest(channel), 431)


@pytest.mark.parametrize("behind", [b"", LIVE], ids=["alone", "before a request"])
@pytest.mark.parametrize("before", [b"", LIVE], ids=["at first", "after an answer"])
def test_lines_without_end_are_refused(port: int, before: bytes, behind: bytes) -> None:
    with connected(port) as channel:
        if before:
            channel.sendall(before)
            assert statuses(response(channel)) == [200]
        channel.sendall(b"\r\n" * 20_000 + behind)
        refused(rest(channel), 431)


def test_a_few_lines_before_a_request_do_no_harm(port: int) -> None:
    with connected(port) as channel:
        for _ in range(5):
            channel.sendall(b"\r\n" * 1000 + LIVE)
            assert statuses(response(channel)) == [200]


@pytest.mark.parametrize("codings", [b"gzip, chunked", b"gzip\r\nTransfer-Encoding: chunked"])
def test_a_body_that_is_compressed_on_its_way_is_not_implemented(port: int, codings: bytes) -> None:
    with connected(port) as channel:
        channel.sendall(POST + b"Transfer-Encoding: %b\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n" % codings)
        refused(rest(channel), 501)


def test_notes_of_chunks_count_as_bytes_of_a_body(port: int) -> None:
    with connected(port) as channel, suppress(ConnectionError):
        channel.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n6;" + b"x" * (3 << 20) + b"\r\nASK {}\r\n")
        refused(rest(channel), 413)


@pytest.mark.serial  # the server has little time to end
def test_a_client_that_goes_is_no_fault(data_dir: Path) -> None:
    with served(data_dir, **SETTINGS) as (server, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        for path in (f"/sparql?query={quote(LARGE)}", "/def"):
            for pause in (0.0, 0.005, 0.02, 0.1, 0.3):
                with socket.create_connection(("127.0.0.1", port), SECONDS) as channel:
                    channel.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 3)
                    time.sleep(pause)
                    channel.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # RST
        with connected(port):
            pass
        server.terminate()
        assert server.communicate()[1] == ""


def test_one_endless_header_is_refused(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(HEADERS + b"X: " + b"y" * 20_000)
        refused(rest(channel), 431)


def test_a_long_url_is_refused(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(b"GET /?" + b"a" * 8200 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        refused(rest(channel), 414)


def test_what_is_just_small_enough_is_answered(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(HEADERS + b"X: " + b"y" * 8000 + b"\r\n\r\n")
        assert statuses(response(channel)) == [200]


@pytest.mark.parametrize(
    "sent",
    [
        b"hello\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://a@x/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://x,y:z/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://x/ HTTP/1.1\r\n\r\n",
        b"GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
        *(b"GET / HTTP/1.1\r\nHost: %b\r\n\r\n" % host for host in (b"a b", b"<x>", b"x/y", b"a@x", b"x:y", b"\xe9")),
        b'GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a"b\r\n\r\n',
        b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_garbage_is_refused(port: int, sent: bytes) -> None:
    with connected(port) as channel:
        channel.sendall(sent)
        refused(rest(channel), 400)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"one Host header"),
        (b"GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n", b"The target of a request"),
        (b"hello\r\n\r\n", b"no request of HTTP/1.1"),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", b"Transfer-Encoding"),
        (b"NONE / HTTP/1.1\r\nHost: x\r\n\r\n", b"no such method"),
    ],
)
def test_what_is_wrong_is_said(port: int, sent: bytes, said: bytes) -> None:
    with connected(port) as channel:
        channel.sendall(sent)
        assert said in rest(channel)


@pytest.mark.parametrize("host", [b"x", b"a_b:80", b"[::1]:8000", b"%E9.x", b""])
def test_a_host_is_what_an_address_may_have(port: int, host: bytes) -> None:
    with connected(port) as channel:
        channel.sendall(b"GET /health/live HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
        assert statuses(response(channel)) == [200]


@pytest.mark.parametrize("target", [b"http://x", b"HTTP://x?a=b", b"http://x:80/", b"https://x/health"])
def test_a_target_may_be_a_whole_address(port: int, target: bytes) -> None:
    with connected(port) as channel:
        channel.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: y\r\n\r\n")
        assert statuses(response(channel)) == [200]


def test_the_host_of_a_whole_address_counts_more_than_the_header(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(b"GET http://a.example/sparql HTTP/1.1\r\nHost: b.example\r\nAccept: text/turtle\r\n\r\n")
        received = response(channel)
    assert b"<http://a.example/sparql>" in received
    assert b"b.example" not in received


@pytest.mark.parametrize("line", [b"BREW / HTTP/1.1", b"get / HTTP/1.1", b"GETS /sparql?a HTTP/1.0"])
def test_an_unknown_method_is_not_implemented(port: int, line: bytes) -> None:
    with connected(port) as channel:
        channel.sendall(line + b"\r\nHost: x\r\n\r\n")
        refused(rest(channel), 501)


def test_a_client_of_http_1_0_is_not_told_to_go_on(port: int) -> None:
    headers = b"Host: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\nExpect: 100-continue\r\n"
    for version, expected in ((b"1.0", [200]), (b"1.1", [100, 200])):
        with connected(port) as channel:
            channel.sendall(b"POST /sparql HTTP/" + version + b"\r\n" + headers + b"Connection: close\r\n\r\n")
            time.sleep(0.2)
            channel.sendall(b"ASK {}")
            assert statuses(rest(channel)) == expected


def test_a_refusal_is_dated_and_readable_from_any_site(port: int) -> None:
    (received,) = ends(port, b"GET / HTTP/1.1\r\nHost x\r\n\r\n")
    assert len(re.findall(rb"(?m)^date: .* GMT\r$", received)) == 1
    assert b"\r\naccess-control-allow-origin: *\r\n" in received


@pytest.mark.parametrize("path", [b"/", b"/dumps/dump.nq", b"/static/style.css", b"/none"])
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_an_answer_has_one_date(port: int, method: bytes, path: bytes) -> None:
    with connected(port) as channel:
        channel.sendall(method + b" " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        head = rest(channel).partition(b"\r\n\r\n")[0]
    assert len(re.findall(rb"(?im)^date: ", head)) == 1


def test_a_body_that_goes_wrong_is_refused(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        time.sleep(0.2)
        channel.sendall(b"not a length\r\n")
        refused(rest(channel), 400)


def test_a_slow_body_is_refused(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nquery=")
        refused(rest(channel), 408)


@pytest.mark.parametrize("target", ["/?q=\udcff", "/sparql?query=\udcff", "/dumps?\udcff"])
def test_a_query_string_that_is_no_ascii_is_no_fault_of_the_server(port: int, target: str) -> None:
    with connected(port) as channel:
        channel.sendall(b"GET " + target.encode("utf-8", "surrogateescape") + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        (status,) = statuses(response(channel))
        assert status < 500


def asks_for_much(port: int) -> socket.socket:
    """Return a connection, with little room for what comes, on which a large answer is awaited."""
    channel = socket.socket()
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    channel.settimeout(SECONDS)
    channel.connect(("127.0.0.1", port))
    channel.sendall(f"GET /sparql?query={quote(LARGE)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    return channel


def stated_and_sent(received: bytes) -> tuple[int, int]:
    """Return the length of a body that a response states, and that which came."""
    head, _, body = received.partition(b"\r\n\r\n")
    stated = re.search(rb"content-length: (\d+)", head)
    assert stated
    return int(stated[1]), len(body)


def test_an_answer_is_cut_if_it_is_not_read_but_not_if_it_is_read_slowly(port: int) -> None:
    with asks_for_much(port) as unread, asks_for_much(port) as read:
        received = bytearray()
        for _ in range(15):
            received += read.recv(1 << 20)
            time.sleep(0.3)
        received += rest(read)
        stated, sent = stated_and_sent(bytes(received))
        assert stated == sent > 10_000_000
        stated, sent = stated_and_sent(rest(unread))
        assert stated > sent


def test_requests_in_a_row_are_answered_in_their_order(port: int) -> None:
    queries = [quote(text) for text in (SLOW, "ASK {}", "SELECT (7 AS ?x) {}")]
    requests = [f"GET /sparql?query={each} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n" for each in queries]
    with connected(port) as channel:
        channel.sendall("".join(requests).encode() + LIVE)
        received = rest(channel)
    assert statuses(received) == [200] * 4
    bodies = [received.index(each) for each in (b"n\r\n0\r\n", b"true", b"x\r\n7\r\n", b'"ok"')]
    assert bodies == sorted(bodies)


BRIEF = f"GET /sparql?query={quote('SELECT (8 AS ?x) {}')} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n".encode()


def undated(received: bytes) -> list[bytes]:
    """Return the lines of a response in order but for its date."""
    return [line for line in received.split(b"\r\n") if not line.startswith(b"date:")]


def test_a_request_is_answered_alike_whether_it_comes_at_once_or_in_pieces(port: int) -> None:
    answers = []
    with connected(port) as channel:
        for pieces in ((BRIEF + b"\r\n",), (BRIEF[:5], BRIEF[5:] + b"\r\n"), (BRIEF + b"X: \xe9\r\n\r\n",)) * 2:
            for piece in pieces:
                channel.sendall(piece)
                time.sleep(0.1)
            answers.append(undated(response(channel)))
    assert answers[0][0] == b"HTTP/1.1 200 OK"
    assert answers[0][-2:] == [b"8", b""]
    assert answers == [answers[0]] * 6


def test_a_client_that_asks_so_is_told_that_the_connection_ends(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(BRIEF + b"Connection: close\r\n\r\n")
        assert b"\r\nconnection: close\r\n" in rest(channel)


def test_a_body_is_not_taken_for_the_next_request(port: int) -> None:
    body = BRIEF + b"\r\n"
    with connected(port) as channel:
        channel.sendall(HEADERS + f"Content-Length: {len(body)}\r\n\r\n".encode())
        assert statuses(response(channel)) == [200]
        channel.sendall(body)
        time.sleep(0.2)
        channel.sendall(HEADERS + b"Connection: close\r\n\r\n")
        received = rest(channel)
    assert statuses(received) == [200]
    assert received.endswith(b'{"status": "ok"}\n')


UPGRADE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"


@pytest.mark.parametrize("pause", [0.0, 0.2])
@pytest.mark.parametrize(
    "framed", [b"Content-Length: 6\r\n\r\nASK {}", b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n"]
)
def test_a_body_behind_an_upgrade_is_read(port: int, framed: bytes, pause: float) -> None:
    head, _, body = (POST + UPGRADE + framed).partition(b"\r\n\r\n")
    with connected(port) as channel:
        for _ in range(2):
            channel.sendall(head + b"\r\n\r\n")
            time.sleep(pause)
            channel.sendall(body)
            assert b'"boolean":true' in response(channel).replace(b" ", b"")


def test_what_follows_an_upgrade_is_no_request_of_its_own_but_the_next_one(port: int) -> None:
    hidden = b"GET /none HTTP/1.1\r\nHost: x\r\n\r\n"
    post = POST + UPGRADE + b"Content-Length: %d\r\n\r\n" % len(hidden) + hidden
    last = HEADERS + UPGRADE.replace(b"Upgrade,", b"close, Upgrade,") + b"\r\n"
    with connected(port) as channel:
        channel.sendall(post + HEADERS + UPGRADE + b"\r\n" + last)
        assert statuses(rest(channel)) == [400, 200, 200]


def test_a_tunnel_is_not_built(port: int) -> None:
    with connected(port) as channel:
        channel.sendall(b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n" + UPGRADE + b"\r\n")
        refused(rest(channel), 400)


@pytest.mark.parametrize("pause", [0.0, 0.2])
def test_what_comes_while_a_request_is_answered_waits_its_turn(port: int, pause: float) -> None:
    slow = f"GET /sparql?query={quote(SLOW)} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode()
    with connected(port) as channel:
        for each in (slow, BRIEF + b"\r\n", LIVE):
            channel.sendall(each)
            time.sleep(pause)
        received = rest(channel)
    bodies = [received.index(each) for each in (b"n\r\n0\r\n", b"x\r\n8\r\n", b'"ok"')]
    assert bodies == sorted(bodies)
    assert statuses(received) == [200] * 3


def test_an_address_that_is_not_percent_encoded_is_told_how_to_be(port: int) -> None:
    line = "GET /legal?number=晋工发[2006]54号 HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    (received,) = ends(port, line)
    assert statuses(received) == [400]
    assert b'"message": "Percent-encode the address' in received


@pytest.mark.parametrize("after", [b"garbage\r\n\r\n", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n"])
def test_no_refusal_is_taken_for_the_answer_to_a_request_before(port: int, after: bytes) -> None:
    with connected(port) as channel:
        channel.sendall(f"GET /sparql?query={quote(SLOW)} HTTP/1.1\r\nHost: x\r\n\r\n".encode() + after)
        assert rest(channel) == b""


def test_one_connection_too_many_is_told_so_and_noted(data_dir: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    settings = SETTINGS | {"YUSUAN_CONNECTIONS": "2", "YUSUAN_IDLE_SECONDS": "20", "YUSUAN_ACCESS_LOG": str(log)}
    with served(data_dir, **settings) as (_, address), ExitStack() as opened:
        port = int(address.rstrip("/").rpartition(":")[2])
        for expected in (b"200 ", b"200 ", b"503 "):
            channel = opened.enter_context(socket.create_connection(("127.0.0.1", port), SECONDS))
            channel.sendall(LIVE)
            answer = channel.recv(65536)
            assert answer.startswith(b"HTTP/1.1 " + expected), answer
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 503
        opened.close()
        with socket.create_connection(("127.0.0.1", port), SECONDS) as channel:
            channel.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert b'yusuan_requests_total{status="503"} 1.0' in rest(channel)
    refused = [json.loads(line) for line in log.read_text().splitlines() if '"status": 503' in line]
    assert [each["client"] for each in refused] == ["127.0.0.1"]


def test_connections_are_bounded_though_nothing_is_asked(data_dir: Path) -> None:
    with served(data_dir, YUSUAN_CONNECTIONS="2") as (server, address), ExitStack() as stack:
        port = int(address.rstrip("/").rpartition(":")[2])
        channels = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), SECONDS)) for _ in range(2 + SPARE + 20)
        ]
        assert until(lambda: len(select.select(channels, [], [], 0)[0]) == 20)
        assert server.poll() is None


def test_a_client_with_ipv4_is_named_so_on_a_socket_of_ipv6(data_dir: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with served(data_dir, "::", YUSUAN_ACCESS_LOG=str(log)) as (_, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), SECONDS) as channel:
            channel.sendall(LIVE)
            assert statuses(response(channel)) == [200]
        assert until(log.read_text)
    assert json.loads(log.read_text(encoding="utf-8"))["client"] == "127.0.0.1"
