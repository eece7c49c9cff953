"""/sparql: the SPARQL 1.1 Protocol, read-only, on a path of its own before the pages."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from server.answer import Answer, Asked
from server.cache import Cache, entity_tag
from server.description import describe_service
from server.errors import CallerError, MethodError, NotAcceptableError, PreconditionError, ServerError
from server.exchange import READ_HEADERS, ClientGoneError, Exchange, Headers
from server.formats import GRAPH_FORMATS, GRAPH_WRITERS, HTML, RESULT_FORMATS, negotiate, takes_gzip
from server.journal import Metrics
from server.pool import Pool
from server.protocol import asks_nothing
from server.release import Release

PATH = "/sparql"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
ALLOWED = ", ".join(METHODS)
_NO_QUERY = "state a query, as the parameter `query`; without one there is the service description"
_VARIES = ("vary", "Accept, Accept-Encoding")
_KEPT, _NOT_KEPT = ("cache-control", "no-cache"), ("cache-control", "no-store")


class Endpoint:
    """The endpoint over one release."""

    def __init__(self, release: Release, pool: Pool, cache: Cache, metrics: Metrics) -> None:
        """Take what it answers from."""
        self._version = release.version
        self._pool = pool
        self._cache = cache
        self._metrics = metrics

    async def answer(self, exchange: Exchange, body: bytes | None) -> None:
        """Send the answer to a request that wants no page; `body` is that of a POST. Raises `ServerError`."""
        if exchange.method == "OPTIONS":
            await exchange.respond(204, _preflight())
            return
        if exchange.method not in METHODS:
            raise MethodError(f"the endpoint takes {ALLOWED}")
        if body is None and asks_nothing(exchange.scope["query_string"]):
            await self._describe(exchange)
            return
        zipped = takes_gzip(exchange.header("accept-encoding"))
        content_type = "" if body is None else exchange.header("content-type") or ""
        asked = Asked(exchange.scope["query_string"], exchange.header("accept"), zipped, content_type, body)
        await self._send(exchange, asked)

    async def _send(self, exchange: Exchange, asked: Asked) -> None:
        tag = entity_tag(self._version, asked)
        conditional = exchange.method != "POST"
        matching = exchange.header("if-none-match") or "" if conditional else ""
        expected = exchange.header("if-match") if conditional else None
        holds = expected is None or expected.strip() == "*" or _has_tag(expected, tag)
        kept = [("etag", tag), _KEPT]
        if holds and _has_tag(matching.replace("W/", ""), tag):  # only ever given for an answer that lasts
            await exchange.respond(304, [_VARIES, *kept])
            return
        answer = self._cache.find(tag)
        exchange.noted["cache"] = "hit" if answer else "miss"
        if answer is None:
            answer = await self._evaluate(exchange, asked)
            self._cache.keep(tag, answer)
        if not holds:
            raise PreconditionError("the answer has another ETag than If-Match states")
        if answer.lasting and matching.strip() == "*":
            await exchange.respond(304, [_VARIES, *kept])
            return
        headers = [("content-type", answer.content_type), _VARIES, *(kept if answer.lasting else [_NOT_KEPT])]
        if answer.encoding:
            headers.append(("content-encoding", answer.encoding))
        await exchange.respond(200, headers, answer.body)

    async def _evaluate(self, exchange: Exchange, asked: Asked) -> Answer:
        """Return the answer of a worker; where the client leaves meanwhile, the query is ended."""
        watching: list[asyncio.Task[None]] = []
        begun = time.perf_counter()

        def watch() -> None:
            task = asyncio.get_running_loop().create_task(exchange.gone())
            task.add_done_callback(lambda done: done.cancelled() or reply.cancel())
            watching.append(task)

        reply = self._pool.ask(asked, watch)
        try:
            answer = await reply
        except asyncio.CancelledError:
            if watching and watching[0].done():
                raise ClientGoneError from None
            raise
        finally:
            for task in watching:
                task.cancel()
            seconds = time.perf_counter() - begun
            exchange.noted["query_seconds"] = round(seconds, 4)
            self._metrics.time(seconds)
        assert isinstance(answer, Answer)
        return answer

    async def _describe(self, exchange: Exchange) -> None:
        """Send the service description, in the format that the client likes best."""
        try:
            chosen = negotiate(exchange.header("accept"), GRAPH_FORMATS)
        except NotAcceptableError as error:
            raise NotAcceptableError(f"{_NO_QUERY}: {error.message}") from None
        try:
            description = describe_service(address(exchange.scope), GRAPH_WRITERS[chosen.name])
        except ValueError:
            raise CallerError("the Host header names no host") from None
        await exchange.respond(200, [("content-type", chosen.content_type), _VARIES, _KEPT], description)


def _has_tag(stated: str, tag: str) -> bool:
    """Return whether a list of tags has one, none of them weak (RFC 9110 13.1.1)."""
    return tag in (each.strip() for each in stated.split(","))


def wants_page(accept: str | None) -> bool:
    """Return whether a client likes a page better than any format of an answer."""
    if not accept or "html" not in accept.lower():
        return False
    try:
        return negotiate(accept, (*RESULT_FORMATS, *GRAPH_FORMATS, HTML)) is HTML
    except ServerError:
        return False


def address(scope: Any) -> str:
    """Return the address of the endpoint as the client called it."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "localhost")
    return f"{scope['scheme']}://{host}{scope.get('root_path', '')}{PATH}"


def _preflight() -> Headers:
    """Return what browsers of any site may send (Fetch, CORS protocol)."""
    return [
        ("allow", ALLOWED),
        ("access-control-allow-methods", ALLOWED),
        ("access-control-allow-headers", READ_HEADERS),
        ("access-control-max-age", "86400"),
        ("vary", "Access-Control-Request-Method, Access-Control-Request-Headers"),
    ]
