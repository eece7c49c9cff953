"""HTTP connections with limits: their number, time and size of headers, time of unread answers."""

from __future__ import annotations

import asyncio
import fcntl
import json
import math
import re
import sys
import termios
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from httptools import HttpParserInvalidMethodError, HttpRequestParser
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from server.brief import Brief, BriefCycle, read_brief
from server.endpoint import PATH
from server.exchange import EVERYWHERE
from server.forwarded import STATED_HOST
from server.settings import Settings

SPARE = 32
"""Connections beyond those that there may be which are told so; more are cut, so that their number is bounded."""
_CHUNKING = 8
"""Bytes on the wire for each byte of a body, at most: chunks of one byte have six."""
_MAPPED = "::ffff:"
_REQUEST_LINE = re.compile(rb"[\w!#$%&'*+.^`|~-]+ [!-~]+ HTTP/1\.[01]\r\n")
# A target typed as it is shown to people.
_RAW_TARGET = re.compile(rb"[A-Z]+ [!-~]*[\x80-\xff]")
_NOT_ENCODED = (
    "Percent-encode the address: characters outside ASCII as UTF-8, like %E5%B7%A5 (curl: -G --data-urlencode)"
)
_NO_HOST = "A request has one Host header, which names a host and, if need be, its port"
_NO_TARGET = "The target of a request is a path, or an address of http or https"
_NO_CODING = "A body comes whole or by chunks: no other Transfer-Encoding is known here"
_NO_REQUEST = "What came is no request of HTTP/1.1: its first line, a header or the framing of its body cannot be read"
# A target that is a whole address; one with a user's name in it is none (RFC 9110 4.2.4).
_WHOLE_ADDRESS = re.compile(rb"https?://([^/?#@]+)((?:[/?].*)?)", re.IGNORECASE | re.DOTALL)


class Guarded(HttpToolsProtocol):
    """One connection; `_heading` counts the bytes that have come of a request, once it `_began`.

    `_between` requests none has begun that is not complete; `_blank` are the ends of lines before the next one.
    """

    settings: ClassVar[Settings]
    noted: ClassVar[Callable[[str, int], None]]
    url = b""
    _heading = 0
    _blank = 0
    _began = False
    _between = True
    _trailing: int | None = None
    _came = b""
    _unread = b""
    _clock: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Give the first request its time; of an IPv6 socket the clients with IPv4 are named as others name them."""
        super().connection_made(transport)
        if self.client and self.client[0].startswith(_MAPPED) and "." in self.client[0]:
            self.client = (self.client[0].removeprefix(_MAPPED), self.client[1])
        if len(self.connections) > self.settings.connections + SPARE:
            transport.abort()
            return
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        self._headers_came()
        self._drained()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take a brief request; of others count what comes before the headers are complete."""
        if self._between and len(data) <= self._longest() and not self._at_work() and (brief := read_brief(data)):
            self._answer(brief)
            return
        self._heading += len(data)
        if self._between:
            self._blank += len(data) - len(data.lstrip(b"\r\n"))
        self._unread = data
        while self._unread:
            self._came, self._unread = self._unread, b""
            super().data_received(self._came)
        if max(self._blank, self._heading if self._clock else 0) > self._longest():
            self._refuse(self._too_large())
        elif not self._clock and self._heading > self._most() and self.cycle and self.cycle.more_body:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif self.cycle and self.cycle.response_complete and not (self._clock or self.transport.is_closing()):
            self._wait_for_headers()  # what came begins no request, yet has stopped the clock of idle connections

    def on_message_begin(self) -> None:
        """Give a request its time."""
        super().on_message_begin()
        if not self._clock:
            self._wait_for_headers()
        self._began = True
        self._between = False
        self._trailing = None

    def on_message_complete(self) -> None:
        """Take note that the next bytes begin a request."""
        if self._asks_upgrade():
            return
        self._between = True
        super().on_message_complete()

    def _asks_upgrade(self) -> bool:
        """Return whether a request asks for another protocol: it is then begun anew without (RFC 9110 7.8).

        The parser takes what comes after such a head for that protocol: a body would be left out, and if it came
        later be read as the next request.
        """
        return bool(self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT")

    def _unsupported_upgrade_warning(self) -> None:
        """Have a request that asked for another protocol read again without its Upgrade."""
        if not self._asks_upgrade():
            return  # CONNECT is refused
        upgrade = sys.exception()
        assert upgrade is not None
        rest = self._came[upgrade.args[0] :]
        kept = [b"%b: %b\r\n" % each for each in self.headers if each[0] != b"upgrade"]
        line = b"%b %b HTTP/%b\r\n" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
        self.parser = HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self._unread = b"".join((line, *kept, b"\r\n", rest))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; of those after a body only the bytes are counted, so that they have an end."""
        if self._trailing is None:
            super().on_header(name, value)
            return
        self._trailing += len(name) + len(value)
        if self._trailing > self._longest():
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            raise ValueError("refused")  # so that the parser stops

    def on_headers_complete(self) -> None:
        """Begin to answer, unless the headers are too large though they came at once."""
        if self._asks_upgrade():
            return
        self._headers_came()
        self._trailing = 0
        version = self.parser.get_http_version()
        self.expect_100_continue = self.expect_100_continue and version != "1.0"  # RFC 9110 10.1.1
        head = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        blank, self._blank = self._blank, 0
        if head + blank > self._longest():
            self._refuse(self._too_large())
        elif len(self.connections) > self.settings.connections:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        elif version not in ("1.0", "1.1"):
            self._refuse(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
        elif not self._names_host(version):
            self._refuse(HTTPStatus.BAD_REQUEST, _NO_HOST)
        elif not self._read_target():
            self._refuse(HTTPStatus.BAD_REQUEST, _NO_TARGET)
        elif not self._knows_coding():
            self._refuse(HTTPStatus.NOT_IMPLEMENTED, _NO_CODING)
        if self.transport.is_closing():
            raise ValueError("refused")  # so that the parser stops
        super().on_headers_complete()

    def _names_host(self, version: str) -> bool:
        """Return whether there is one Host, which HTTP/1.0 need not have, and it may be one (RFC 9112 3.2)."""
        hosts = [value for name, value in self.headers if name == b"host"]
        return (len(hosts) == 1 and bool(STATED_HOST.fullmatch(hosts[0]))) or (not hosts and version == "1.0")

    def _knows_coding(self) -> bool:
        """Return whether a body is coded for its way in no way but by chunks (RFC 9112 6.1)."""
        return all(value.lower() == b"chunked" for name, value in self.headers if name == b"transfer-encoding")

    def _read_target(self) -> bool:
        """Return whether the target is one; of a whole address the host takes the place of Host (RFC 9112 3.2.2)."""
        if self.url.startswith((b"/", b"*")):
            return True
        found = _WHOLE_ADDRESS.fullmatch(self.url)
        if found is None or not STATED_HOST.fullmatch(found[1]):
            return False
        self.headers[:] = [*(each for each in self.headers if each[0] != b"host"), (b"host", found[1])]
        self.url = found[2] if found[2].startswith(b"/") else b"/" + found[2]
        return True

    def _at_work(self) -> bool:
        """Return whether a request is being answered, or the connection has ended or is one too many."""
        busy = self.cycle is not None and not self.cycle.response_complete
        return busy or self.transport.is_closing() or len(self.connections) > self.settings.connections

    def _answer(self, brief: Brief) -> None:
        """Begin to answer a request that came whole."""
        self._headers_came()
        self._unset_keepalive_if_required()
        self.cycle = BriefCycle(
            scope=self._scope(brief),
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=True,
            on_response=self.on_response_complete,
        )
        self.cycle.more_body = False
        self._start_asgi_task(self.cycle, self.app)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Begin to answer; a client that has gone meanwhile is told nothing, and that is no error.

        uvloop closes a transport that cannot be written to before it says that the connection is lost.
        """

        async def answering(scope: Any, receive: Any, send: Any) -> None:
            async def sending(message: Any) -> None:
                try:
                    await send(message)
                except RuntimeError:
                    if not self.transport.is_closing():
                        raise
                    cycle.disconnected = True

            await app(scope, receive, sending)

        super()._start_asgi_task(cycle, answering)

    def _scope(self, brief: Brief) -> Any:
        """Return what ASGI says of a brief request, as uvicorn does."""
        path = self.root_path + PATH
        return {
            "type": "http",
            "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
            "http_version": "1.1",
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "method": "GET",
            "root_path": self.root_path,
            "path": path,
            "raw_path": path.encode(),
            "query_string": brief.query_string,
            "headers": brief.headers,
            "state": self.app_state.copy(),
        }

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong, unless the request is refused already."""
        self._headers_came()
        unknown = isinstance(sys.exception(), HttpParserInvalidMethodError) and _REQUEST_LINE.match(self._came)
        said = _NOT_ENCODED if _RAW_TARGET.match(self._came) else _NO_REQUEST
        if unknown:
            self._refuse(HTTPStatus.NOT_IMPLEMENTED, "There is no such method")
        else:
            self._refuse(HTTPStatus.BAD_REQUEST, said)

    def pause_writing(self) -> None:
        """Give the client its time to read."""
        super().pause_writing()
        if not self._stalled:
            self._wait_for_reader()

    def resume_writing(self) -> None:
        """Take note that the client reads."""
        self._drained()
        super().resume_writing()

    def _wait_for_reader(self, before: float = math.inf) -> None:
        """Cut the connection unless something was read since the last time, else look again later."""
        unread = self._untaken()
        if unread < before:
            self._stalled = self.loop.call_later(self.settings.stall_seconds, self._wait_for_reader, unread)
        else:
            self.transport.abort()

    def _untaken(self) -> int:
        """Return the bytes that the client has not taken yet: those held here and by the kernel (tcp(7))."""
        held: int = self.transport.get_write_buffer_size()
        queued = fcntl.ioctl(self.transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4))
        return held + int.from_bytes(queued, sys.byteorder)

    def _drained(self) -> None:
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None

    def _longest(self) -> int:
        """Return the bytes that a request line and headers may have together."""
        return self.settings.header_kb * 1024

    def _most(self) -> int:
        """Return the bytes on the wire that a request may have."""
        return self._longest() + self.settings.body_kb * 1024 * _CHUNKING

    def _too_large(self) -> HTTPStatus:
        if len(self.url) > self._longest() // 2:
            return HTTPStatus.REQUEST_URI_TOO_LONG
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE

    def _wait_for_headers(self) -> None:
        self._heading = 0
        self._began = False
        self._clock = self.loop.call_later(self.settings.header_seconds, self._too_slow)

    def _headers_came(self) -> None:
        if self._clock:
            self._clock.cancel()
            self._clock = None

    def _too_slow(self) -> None:
        """Close; with an answer where a request has begun."""
        if self._began:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        self.transport.close()

    def _refuse(self, status: HTTPStatus, message: str = "") -> None:
        """Answer with an error and close; without, where an answer is due to a request before."""
        if self.transport.is_closing() or self._owes():
            self.transport.close()
            return
        type(self).noted(self.client[0] if self.client else "", status)
        shape = {
            "status": status,
            "error": status.phrase.lower().replace(" ", "-"),
            "message": message or status.description,
        }
        body = json.dumps(shape).encode("ascii") + b"\n"
        framing = ((b"content-length", b"%d" % len(body)), (b"connection", b"close"))
        head = (*self.server_state.default_headers, (b"content-type", b"application/json"), *framing, *EVERYWHERE)
        lines = [STATUS_LINE[status], *(b"%b: %b\r\n" % each for each in head), b"\r\n", body]
        self.transport.write(b"".join(lines))
        self.transport.close()

    def _owes(self) -> bool:
        """Return whether a request is being answered, other than one whose body is still to come."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            return False
        return bool(self.pipeline) or cycle.response_started or not cycle.more_body


def guarded(settings: Settings, noted: Callable[[str, int], None]) -> type[Guarded]:
    """Return uvicorn's protocol for HTTP/1.1 with the limits of some settings.

    `noted` hears the address of the client and the status of each request that is refused before it is one.
    """
    return type("Guarded", (Guarded,), {"settings": settings, "noted": staticmethod(noted)})
