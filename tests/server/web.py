"""A client that asks an ASGI application in this process as uvicorn does, and the event loop that it answers in."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import unquote, urlencode

import uvloop

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Fields = Mapping[str, str] | Sequence[tuple[str, str]] | str
Result = TypeVar("Result")

FORM = "application/x-www-form-urlencoded"
SECONDS = 30.0
"""Time after which a test is given up."""
_CHUNK = 64 * 1024


class Loop:
    """An event loop in a thread of its own, as a server has one."""

    def __init__(self) -> None:
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Return what a coroutine comes to in the loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(SECONDS)

    def call(self, function: Callable[..., Result], *given: Any) -> Result:
        """Return what a function comes to that must be called in the loop."""

        async def calling() -> Result:
            return function(*given)

        return self.run(calling())

    def close(self) -> None:
        """End the loop and its thread, once what is under way is done."""
        self.run(_finish())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _finish() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()


@dataclass(frozen=True, slots=True)
class Answered:
    """A response as a client reads it; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)

    @property
    def content_type(self) -> str:
        """Return the Content-Type header, empty where there is none."""
        return self.headers.get("content-type", "")


class Web:
    """Requests to an application in a loop, from one address; `leaves` closes the connection after some seconds."""

    def __init__(self, loop: Loop, application: Application, client: str = "192.0.2.7") -> None:
        self._loop = loop
        self._application = application
        self._client = client

    def get(self, path: str, query: Fields = "", accept: str | None = None, **headers: str) -> Answered:
        """Return the response to a GET; names of headers are stated with underscores."""
        return self.open("GET", path, query=query, headers=_headers(accept, headers))

    def post(
        self,
        path: str,
        data: bytes | Mapping[str, str],
        content_type: str | None = None,
        query: Fields = "",
        accept: str | None = None,
        **headers: str,
    ) -> Answered:
        """Return the response to a POST; a mapping is sent as a form."""
        form = isinstance(data, Mapping)
        body = urlencode(data).encode() if isinstance(data, Mapping) else data
        stated = _headers(accept, headers)
        if content_type or form:
            stated["content-type"] = content_type or FORM
        return self.open("POST", path, query=query, headers=stated, body=body)

    def open(
        self,
        method: str,
        path: str,
        *,
        query: Fields = "",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        client: str | None = None,
        leaves: float | None = None,
    ) -> Answered:
        """Return the response to any request; of one who left before it began the status is 0."""
        target, _, stated = path.partition("?")
        encoded = query if isinstance(query, str) else urlencode(query)
        every = {"host": "localhost:8000"} | ({"content-length": str(len(body))} if body else {}) | dict(headers or {})
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in every.items()]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "server": ("127.0.0.1", 8000),
            "client": (client or self._client, 50000),
            "scheme": "http",
            "root_path": "",
            "headers": raw,
            "state": {},
            "method": method,
            "path": unquote(target),
            "raw_path": target.encode("ascii"),
            "query_string": "&".join(each for each in (stated, encoded) if each).encode("ascii"),
        }
        return self._loop.run(_exchange(self._application, scope, body, leaves))


def _headers(accept: str | None, stated: Mapping[str, str]) -> dict[str, str]:
    named = {name.replace("_", "-"): value for name, value in stated.items()}
    return named | ({"accept": accept} if accept is not None else {})


async def _exchange(application: Application, scope: Message, body: bytes, leaves: float | None) -> Answered:
    over = asyncio.Event()
    chunks = [body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK)] or [b""]
    sent: list[Message] = []

    async def receive() -> Message:
        if chunks:
            return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}
        await over.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if not over.is_set():
            sent.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                over.set()

    if leaves is not None:
        asyncio.get_running_loop().call_later(leaves, over.set)
    await application(scope, receive, send)
    return _answered(scope, sent)


def _answered(scope: Message, sent: Sequence[Message]) -> Answered:
    """Return the response, once it is seen to be one that uvicorn sends."""
    if not sent:
        return Answered(0, {}, b"")
    start, *parts = sent
    assert start["type"] == "http.response.start"
    assert all(part["type"] == "http.response.body" for part in parts)
    assert all(name == name.lower() for name, _ in start["headers"])
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    assert len(headers) == len(start["headers"])
    body = b"".join(part.get("body", b"") for part in parts)
    if scope["method"] == "HEAD":
        return Answered(start["status"], headers, b"")
    assert int(headers.get("content-length", len(body))) == len(body)
    assert not (body and start["status"] in (204, 304))
    return Answered(start["status"], headers, body)
