"""One HTTP exchange over ASGI: reading the request within limits, sending the response, keeping what to log."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http import HTTPStatus
from typing import Any

from server.errors import (
    BodySlowError,
    BodyTooLargeError,
    CodingError,
    NotAcceptableError,
    RateError,
    ServerError,
    WorkersBusyError,
)
from server.formats import ERROR_JSON, ERROR_TEXT, negotiate
from server.settings import Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = Iterable[tuple[str, str]]

EVERYWHERE = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After, Content-Encoding"),
    (b"x-content-type-options", b"nosniff"),
)
"""Headers of every answer that is no page."""
READ_HEADERS = "Accept, Accept-Language, Content-Type, If-Match, If-None-Match, Range"
"""What scripts of any site may send (Fetch, CORS protocol)."""
_LISTS = ("accept", "if-match", "if-none-match")


class ClientGoneError(Exception):
    """The client closed the connection before it was answered."""


class Exchange:
    """A request and its response; `status`, `sent` and `noted` are what the access log has of it."""

    def __init__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Take what ASGI gives."""
        self.begun = time.perf_counter()
        self.scope = scope
        self.status = 0
        self.sent = 0
        self.noted: dict[str, Any] = {}
        self.receive = receive
        self._send = send
        self._headers = dict(reversed(scope["headers"]))
        self._repeats = len(self._headers) < len(scope["headers"])

    @property
    def method(self) -> str:
        """Return the method."""
        return str(self.scope["method"])

    @property
    def client(self) -> str:
        """Return the address of the client, empty where it is not known."""
        return self.scope["client"][0] if self.scope.get("client") else ""

    def header(self, name: str) -> str | None:
        """Return the value of a request header; of one that is a list all of them as one (RFC 9110 5.3)."""
        found: bytes | None = self._headers.get(name.encode())
        if found is None:
            return None
        if self._repeats and name.startswith(_LISTS):
            found = b", ".join(value for key, value in self.scope["headers"] if key == name.encode())
        return found.decode("latin-1")

    async def body(self, settings: Settings) -> bytes:
        """Return the request body; raises what `expect_plain` does, `BodyTooLargeError`, `BodySlowError` and
        `ClientGoneError`.
        """
        self.expect_plain()
        largest = settings.body_kb * 1024
        stated = self.header("content-length")
        if stated and int(stated) > largest:
            raise BodyTooLargeError(f"a request body may have {settings.body_kb} kB")
        try:
            async with asyncio.timeout(settings.body_seconds):
                return await self._read(largest, settings)
        except TimeoutError:
            raise BodySlowError(f"the body did not arrive within {settings.body_seconds:g} s") from None

    def expect_plain(self) -> None:
        """Raise `CodingError` where the request body has a content coding."""
        if (self.header("content-encoding") or "identity").lower() != "identity":
            raise CodingError("a body is read as it is: send it without Content-Encoding")

    async def _read(self, largest: int, settings: Settings) -> bytes:
        parts, length, more = [], 0, True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientGoneError
            parts.append(message.get("body", b""))
            length += len(parts[-1])
            more = message.get("more_body", False)
            if length > largest:
                raise BodyTooLargeError(f"a request body may have {settings.body_kb} kB")
        return b"".join(parts)

    async def gone(self) -> None:
        """Return when the client has closed the connection; the request's body must have been read."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def respond(self, status: int, headers: Headers, body: bytes = b"") -> None:
        """Send a response; its length is stated, and there is no body where there can be none (RFC 9110 6.4.1)."""
        length = [] if status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED) else [("content-length", len(body))]
        stated = [(name.encode("latin-1"), str(value).encode("latin-1")) for name, value in (*headers, *length)]
        self.status = status
        self.sent = 0 if self.method == "HEAD" else len(body)
        await self._send({"type": "http.response.start", "status": status, "headers": [*stated, *EVERYWHERE]})
        await self._send({"type": "http.response.body", "body": body})

    async def refuse(self, error: ServerError, headers: Headers = ()) -> None:
        """Send an error in its one shape: JSON, or a line of text where the client likes that better."""
        shape = error.as_json()
        self.noted["error"] = error.code
        try:
            chosen = negotiate(self.header("accept"), (ERROR_JSON, ERROR_TEXT))
        except NotAcceptableError:
            chosen = ERROR_JSON
        text = json.dumps(shape, ensure_ascii=False) if chosen is ERROR_JSON else f"{error.code}: {error.message}"
        every = [("content-type", chosen.content_type), ("vary", "Accept"), ("cache-control", "no-store"), *headers]
        if isinstance(error, BodySlowError | BodyTooLargeError):
            every.append(("connection", "close"))
        await self.respond(error.status, every, (text + "\n").encode())


def retry_after(error: ServerError, seconds: int) -> Headers:
    """Return the header that says when to ask again, for errors that may be over by then."""
    return [("retry-after", str(seconds))] if isinstance(error, RateError | WorkersBusyError) else []
