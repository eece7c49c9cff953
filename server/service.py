"""The whole service over ASGI: the endpoint on a short path, the pages behind it, and releases taking turns."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from server.answer import Answer, Asked
from server.app import Config, create_app, visit_first_pages
from server.cache import Cache
from server.endpoint import ALLOWED, PATH, Endpoint, wants_page
from server.errors import CodingError, MethodError, ReleaseError, ServerError, WorkersBusyError
from server.evaluate import Evaluation
from server.exchange import ClientGoneError, Exchange, Headers, Message, Receive, Send, retry_after
from server.forwarded import local
from server.journal import AccessLog, Metrics, counter, gauge
from server.pool import Pool
from server.rate import RateLimit
from server.release import Release, open_release
from server.settings import Settings

_PAGE_THREADS = 64
_OWN_METHODS = "GET, HEAD"
# How long a release may be kept from being served while its first pages are made ready.
_VISIT_SECONDS = 10.0
# While a worker has answered so lately the service counts as ready; else one has so long to answer.
_LATELY_SECONDS = 5.0
_PROOF_SECONDS = 1.0
_log = logging.getLogger(__name__)


class _Waiting:
    """An evaluator for threads: it hands queries to the pool's event loop and waits."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._loop = asyncio.get_running_loop()

    def evaluate(self, evaluation: Evaluation) -> bytes:
        """Return the answer in the asked format."""

        async def ask() -> bytes | Answer:
            return await self._pool.ask(evaluation)

        answer = asyncio.run_coroutine_threadsafe(ask(), self._loop).result()
        assert isinstance(answer, bytes)
        return answer


class _Served:
    """One release with its workers, and how many requests are at it."""

    def __init__(self, release: Release, pool: Pool, endpoint: Endpoint, settings: Settings) -> None:
        self.release = release
        self.pool = pool
        self.endpoint = endpoint
        self.requests = 0
        self.over = False
        self.closing: asyncio.Task[None] | None = None
        kept = settings.cache_mb * 1024 * 1024 // 2
        self.app = create_app(Config(release, _Waiting(pool), settings.body_kb * 1024, kept))
        self.pages = WSGIMiddleware(cast(WSGIApp, self.app.wsgi_app), workers=_PAGE_THREADS)

    async def prove(self) -> None:
        """Return when a worker has answered lately, or answers now, at once; else raise `ServerError`.

        A holder that ends ends this process, so what has answered lately still has its release.
        """
        if asyncio.get_running_loop().time() - self.pool.answered <= _LATELY_SECONDS:
            return
        try:
            async with asyncio.timeout(_PROOF_SECONDS):
                await self.pool.ask(Asked(b"query=ASK%20%7B%7D", None))
        except TimeoutError:
            raise WorkersBusyError(f"no worker has answered for {_LATELY_SECONDS + _PROOF_SECONDS:g} s") from None

    def leave(self) -> None:
        """Count one request less; after the last one of a release that is over its workers are ended."""
        self.requests -= 1
        self.close_if_left()

    def close_if_left(self) -> None:
        """End the workers once no request needs them."""
        if self.over and not self.requests:
            self.closing = asyncio.get_running_loop().create_task(self.pool.close())


class Service(Collector):
    """An ASGI application; `open` it before it is asked, `close` it afterwards."""

    def __init__(self, data_dir: Path, settings: Settings, *, public: bool) -> None:
        """Take where the releases are; nothing is opened yet."""
        self._data_dir = data_dir
        self._settings = settings
        self._public = public
        self._cache = Cache(settings.cache_mb * 1024 * 1024 // 2)
        self._rate = RateLimit(settings.rate_per_second, settings.rate_burst)
        self._access = AccessLog(settings.access_log)
        self._metrics = Metrics()
        self._metrics.watch(self)
        self._served: _Served | None = None
        self._watching: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()
        self._unusable = ""
        self._own: dict[str, Callable[[_Served, Exchange], Awaitable[None]]] = {
            "/health": self._ready,
            "/health/live": self._live,
            "/health/ready": self._ready,
        }
        if settings.metrics:
            self._own["/metrics"] = self._measure

    async def open(self) -> Release:
        """Return the current release once it is served; raises `ReleaseError`."""
        async with self._changing:  # a signal to look for another release waits until there is one
            self._served = await self._serve(open_release(self._data_dir, self._public))
        if self._settings.reload_seconds:
            self._watching = asyncio.get_running_loop().create_task(self._watch())
        return self._served.release

    async def close(self) -> None:
        """End the workers and the access log."""
        if self._watching:
            self._watching.cancel()
        if self._served:
            await self._served.pool.close()
        self._access.close()

    def stop(self) -> None:
        """End the queries that are under way, with an answer that says so."""
        if self._served:
            self._served.pool.stop()

    async def reload(self, *, repeats: bool = True) -> None:
        """Serve the current release, if it is another; requests that are under way stay with theirs.

        What keeps a release from being served is logged, the same once more only where this `repeats` itself.
        """
        async with self._changing:
            before = self._served
            assert before
            try:
                release = open_release(self._data_dir, self._public)
                if release.directory == before.release.directory:
                    self._unusable = ""
                    return
                self._served = await self._serve(release)
            except (ReleaseError, OSError) as error:
                if repeats or str(error) != self._unusable:
                    _log.error("the new release cannot be served, the one before goes on: %s", error)
                self._unusable = str(error)
                return
            self._unusable = ""
            _log.warning("release %s takes the place of %s", release.version, before.release.version)
            before.over = True
            before.close_if_left()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        served = self._served
        if scope["type"] != "http" or served is None:
            raise RuntimeError(f"not served: {scope['type']}")
        served.requests += 1
        exchange = Exchange(scope, receive, send)
        try:
            await self._answer(served, exchange, send)
        except ClientGoneError:
            exchange.noted["error"] = "client-gone"
        except Exception:
            _log.exception("a request was not answered")
            if exchange.status:
                raise  # an answer has begun: all that is left is to cut the connection
            await exchange.refuse(ServerError("the request could not be answered, for a fault of this server"))
        finally:
            served.leave()
            self._note(exchange)

    def refused(self, client: str, status: int) -> None:
        """Take note of a request that was refused before it was complete."""
        self._metrics.count(status)
        self._access.write(client=client, status=int(status))

    def collect(self) -> Iterator[Metric]:
        """Yield what is counted elsewhere, whenever the metrics are read."""
        if self._served:
            pool = self._served.pool
            yield counter("yusuan_workers_ended", "Workers ended, by reason", dict(pool.counts.ended), "reason")
            yield gauge("yusuan_queries_waiting", "Queries that wait for a worker", pool.waiting)
            yield gauge("yusuan_queries_long", "Long queries at work", pool.long)
            yield gauge("yusuan_release_in_memory", "Whether the release is served from memory", pool.in_memory)
        found = {"hit": self._cache.hits, "miss": self._cache.misses}
        yield counter("yusuan_cache_lookups", "Answers looked up in the cache", found, "result")

    async def _serve(self, release: Release) -> _Served:
        pool = Pool(release.store_path, self._settings, release.base)
        await pool.open()
        endpoint = Endpoint(release, pool, self._cache, self._metrics)
        served = _Served(release, pool, endpoint, self._settings)
        visits = asyncio.get_running_loop().run_in_executor(None, visit_first_pages, served.app, _VISIT_SECONDS)
        await asyncio.wait([visits], timeout=_VISIT_SECONDS)
        return served

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._settings.reload_seconds)
            if os.path.lexists(self._data_dir / "current"):
                await self.reload(repeats=False)

    async def _answer(self, served: _Served, exchange: Exchange, send: Send) -> None:
        path = local(exchange.scope)
        try:
            self._rate.admit(exchange.client)
            if path == PATH:
                await self._query(served, exchange, send)
            elif path in self._own:
                if exchange.method not in ("GET", "HEAD"):
                    raise MethodError(f"this address takes {_OWN_METHODS}")
                await self._own[path](served, exchange)
            else:
                if exchange.method == "POST":
                    exchange.expect_plain()
                await self._page(served, exchange, exchange.receive, send)
        except ServerError as error:
            await exchange.refuse(error, [*_taken(error, path), *retry_after(error, self._patience(error))])

    async def _query(self, served: _Served, exchange: Exchange, send: Send) -> None:
        body = await exchange.body(self._settings) if exchange.method == "POST" else None
        page = exchange.method in ("GET", "HEAD", "POST") and wants_page(exchange.header("accept"))
        if not page:
            await served.endpoint.answer(exchange, body)
            return

        async def again() -> Message:
            return {"type": "http.request", "body": body or b"", "more_body": False}

        await self._page(served, exchange, again, send)

    async def _page(self, served: _Served, exchange: Exchange, receive: Receive, send: Send) -> None:
        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
            exchange.sent += len(message.get("body", b""))
            await send(message)

        await served.pages(exchange.scope, receive, noting)  # type: ignore[arg-type]

    async def _live(self, served: _Served, exchange: Exchange) -> None:
        """Send that the process is there."""
        await exchange.respond(200, [("content-type", "application/json")], b'{"status": "ok"}\n')

    async def _ready(self, served: _Served, exchange: Exchange) -> None:
        """Send that queries are answered; raises what keeps them from it."""
        await served.prove()
        said = json.dumps({"status": "ok", "release": served.release.version}) + "\n"
        headers = [("content-type", "application/json"), ("cache-control", "no-store")]
        await exchange.respond(200, headers, said.encode())

    async def _measure(self, served: _Served, exchange: Exchange) -> None:
        """Send the metrics."""
        headers = [("content-type", "text/plain; version=0.0.4; charset=utf-8"), ("cache-control", "no-store")]
        await exchange.respond(200, headers, self._metrics.text())

    def _patience(self, error: ServerError) -> int:
        """Return after how many seconds a request that was refused for now may do better."""
        rate = self._settings.rate_per_second
        return max(1, round(1 / rate)) if error.status == 429 and rate else 1

    def _note(self, exchange: Exchange) -> None:
        if exchange.status:
            self._metrics.count(exchange.status)
        if not self._access.wanted:
            return
        scope = exchange.scope
        self._access.write(
            client=exchange.client,
            method=exchange.method,
            path=scope["path"],
            query=scope["query_string"].decode("latin-1")[:2000],
            status=exchange.status,
            bytes=exchange.sent,
            seconds=round(time.perf_counter() - exchange.begun, 4),
            agent=(exchange.header("user-agent") or "")[:200],
            **exchange.noted,
        )


def _taken(error: ServerError, path: str) -> Headers:
    """Return the header that says what an address takes instead (RFC 9110 15.5.6, 15.5.16)."""
    if isinstance(error, MethodError):
        return [("allow", ALLOWED if path == PATH else _OWN_METHODS)]
    return [("accept-encoding", "identity")] if isinstance(error, CodingError) else []
