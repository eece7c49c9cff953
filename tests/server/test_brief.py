"""Brief requests are what a parser of HTTP makes of them, and whatever is not plain is left to it."""

from __future__ import annotations

import httptools
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.brief import read_brief

PLAIN = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n"
LINES = (
    *(b"Accept: */*\r\n", b"X:\r\n", b"X: a\tb \r\n", b"x-y_z:!~\r\n", b"Connection: keep-alive\r\n"),
    *(b"Cookie: a=b; c=d\r\n", b"User-Agent: a/1 (b; c)\r\n", b"Origin: http://x\r\n"),
)
PIECES = (
    *(b"GET ", b"/sparql?", b" HTTP/1.1\r\n", b"Host: y\r\n", b"\r\n", b"\n", b"\r", b" ", b"\t", b":", b"#"),
    *(b" folded\r\n", b"%00", b"\x00", b"\xc3\xa9", b"Connection: close\r\n", b"Content-Length: 1\r\n"),
    *(b"Expect: 100-continue\r\n", b"Upgrade: h2c\r\n", b"Connection: upgrade\r\n"),
)


class Parsed:
    """What a parser of HTTP makes of some bytes."""

    def __init__(self, sent: bytes) -> None:
        self.url = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.complete = 0
        self.body = b""
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(sent)

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value.rstrip(b"\t ")))  # RFC 9112 5.1: no part of the value

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.complete += 1


def test_a_plain_request_is_read() -> None:
    brief = read_brief(PLAIN)
    assert brief
    assert brief.query_string == b"query=ASK%7B%7D"
    assert list(brief.headers) == [(b"host", b"x"), (b"accept", b"text/csv")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"GET", b"HEAD"),
        (b"GET", b"get"),
        (b"/sparql?", b"/sparql"),
        (b"/sparql?", b"/sparql/?"),
        (b"/sparql?", b"http://x/sparql?"),
        (b"%7B", b"{\xc3\xa9"),
        (b"ASK", b"ASK #"),
        (b"ASK", b"#"),
        (b"1.1", b"1.0"),
        (b"1.1", b"2.0"),
        (b"Host: x\r\n", b""),
        (b"Host: x\r\n", b"Host: x\r\nHost: y\r\n"),
        (b"Host: x\r\n", b"Host: x\r\n y\r\n"),
        (b"Host: x", b"Host : x"),
        (b"Host: x", b"Host: \xff"),
        (b"Host: x", b"Host: x y"),
        (b"Host: x", b"Host: <x>"),
        (b"Host: x", b"Host: x\x00"),
        (b"Host: x\r\n", b"Host: x\n"),
        (b"text/csv", b"text/html,*/*;q=0.8"),
        (b"text/csv", b"application/xhtml+xml, text/HTML"),
        (b"Accept", b": x\r\nAccept"),
        (b"Accept", b"Connection: close\r\nAccept"),
        (b"Accept", b"Connection: Upgrade\r\nUpgrade: websocket\r\nAccept"),
        (b"Accept", b"Content-Length: 0\r\nAccept"),
        (b"Accept", b"transfer-encoding: chunked\r\nAccept"),
        (b"Accept", b"Expect: 100-continue\r\nAccept"),
        (b"\r\n\r\n", b"\r\n"),
        (b"\r\n\r\n", b"\r\n\r\n\r\n"),
        (b"\r\n\r\n", b"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(before: bytes, after: bytes) -> None:
    assert PLAIN.count(before) == 1
    assert read_brief(PLAIN.replace(before, after)) is None


@given(st.lists(st.sampled_from(LINES) | st.sampled_from(LINES + PIECES), max_size=6).map(b"".join))
def test_what_is_read_is_what_a_parser_reads(lines: bytes) -> None:
    sent = b"GET /sparql?a=b HTTP/1.1\r\nHost: x\r\n" + lines + b"\r\n"
    brief = read_brief(sent)
    if brief is None:
        return
    parsed = Parsed(sent)
    assert (parsed.complete, parsed.body) == (1, b"")
    assert parsed.parser.should_keep_alive()
    assert not parsed.parser.should_upgrade()
    assert parsed.url == b"/sparql?" + brief.query_string
    assert parsed.headers == list(brief.headers)
