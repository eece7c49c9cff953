"""Finished pages and descriptions kept in memory, and sent compressed: a release does not change, nor do they."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from flask import Flask, Response, g, request

from server.formats import takes_gzip
from server.wording import chosen_language, unstated_language

_OVERHEAD = 2000
"""Bytes that an entry takes beside its body, about."""
_LEAST_ZIPPED = 1024
_GZIP_LEVEL = 5
_TEXTS = ("text/", "application/json", "application/ld+json", "application/rdf+xml", "application/n-triples")
# What an answer is negotiated on beside the language; the address has the rest.
_NEGOTIATED = ("Accept", "Host")

Answer = tuple[bytes, int, list[tuple[str, str]]]


class Kept:
    """Answers by what asked for them, up to some bytes, the least recently asked for given up first; for threads."""

    def __init__(self, most_bytes: int) -> None:
        """Keep at most so many bytes; with 0 nothing is kept."""
        self._left = most_bytes
        self._largest = most_bytes // 8
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Answer | None:
        """Return the answer, if it is kept."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer, unless it alone would displace much."""
        size = _size(answer)
        with self._lock:
            if size > self._largest or key in self._answers:
                return
            self._answers[key] = answer
            self._left -= size
            while self._left < 0:
                self._left += _size(self._answers.popitem(last=False)[1])


def keep_answers(app: Flask, most_bytes: int) -> None:
    """Let an application keep what it answers with an ETag, and compress it; register this before its other hooks."""
    kept = Kept(most_bytes)

    def find() -> Response | None:
        if request.method not in ("GET", "HEAD") or "Range" in request.headers:
            return None
        found = kept.find(_key())
        if found is None:
            return None
        g.kept = True
        body, status, headers = found
        response = Response(body, status, headers)
        response.make_conditional(request)
        return response

    def keep(response: Response) -> Response:
        response.headers.pop("Date", None)  # the server in front states it
        if g.get("kept"):
            return response
        _zip(response)
        whole = request.method == "GET" and response.status_code == 200 and not response.is_streamed
        if whole and response.get_etag()[0] and "Set-Cookie" not in response.headers:
            kept.keep(_key(), (response.get_data(), 200, list(response.headers)))
        return response

    app.before_request(find)
    app.after_request(keep)


def _key() -> Hashable:
    stated = tuple(request.headers.get(name) for name in _NEGOTIATED)
    languages = (chosen_language(request), unstated_language(request))
    return (request.script_root, request.path, request.query_string, stated, languages, _zips())


def _zips() -> bool:
    return takes_gzip(request.headers.get("Accept-Encoding"))


def _zip(response: Response) -> None:
    """Compress a text in place for a client that can read that; its ETag is then a weak one (RFC 9110 8.8.1)."""
    if not (response.mimetype or "").startswith(_TEXTS) or response.is_streamed or response.content_encoding:
        return
    response.vary.add("Accept-Encoding")
    if not _zips() or len(response.get_data()) < _LEAST_ZIPPED:
        return
    response.set_data(gzip.compress(response.get_data(), _GZIP_LEVEL, mtime=0))
    response.content_encoding = "gzip"
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)


def _size(answer: Answer) -> int:
    return len(answer[0]) + _OVERHEAD
