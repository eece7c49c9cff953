"""The files that pages are made with: addressed by their content, kept by browsers for a year, sent compressed."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from flask import Flask, Response, request

from server.errors import FileUnknownError
from server.formats import takes_gzip

ENDPOINT = "static"
"""The name of the route, as `url_for` knows it from Flask."""
BUILT = "built/"
"""The folder of the scripts that `make` bundles."""

_YEAR = 365 * 24 * 3600
_LEAST_ZIPPED = 1024
_TEXTS = ("text/", "image/svg")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: `version` is the beginning of the hash of its bytes, `zipped` is empty where that saves nothing."""

    body: bytes
    zipped: bytes
    content_type: str
    version: str


def serve_assets(app: Flask) -> None:
    """Let an application send the files, and write their versions into their addresses."""
    app.add_url_rule("/static/<path:filename>", ENDPOINT, send_asset)
    app.url_defaults(_with_version)


def send_asset(filename: str) -> Response:
    """Return one file, which never changes at an address that has its version; raises `FileUnknownError`."""
    found = assets().get(filename)
    if found is None:
        raise FileUnknownError("there is no such file")
    zipped = bool(found.zipped) and takes_gzip(request.headers.get("Accept-Encoding"))
    response = Response(found.zipped if zipped else found.body, content_type=found.content_type)
    if zipped:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{found.version}{'-gzip' if zipped else ''}")
    if request.args.get("v") == found.version:
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


@cache
def assets() -> Mapping[str, Asset]:
    """Return the files by their names below the folder; they are read once, since a running service keeps its own."""
    return {name: _read(name, each.read_bytes()) for name, each in _files(files("server").joinpath("static"), "")}


def built(name: str) -> bool:
    """Return whether a script has been bundled; where it has not, a page does without it."""
    return f"{BUILT}{name}" in assets()


def _with_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == ENDPOINT and (found := assets().get(values.get("filename", ""))):
        values.setdefault("v", found.version)


def _files(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each, f"{before}{each.name}/")
        elif not each.name.startswith("."):
            yield f"{before}{each.name}", each


def _read(name: str, body: bytes) -> Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    content_type = f"{media_type}; charset=utf-8" if media_type.startswith(_TEXTS) else media_type
    zipped = gzip.compress(body, 9, mtime=0) if media_type.startswith(_TEXTS) and len(body) >= _LEAST_ZIPPED else b""
    return Asset(body, zipped, content_type, hashlib.sha256(body).hexdigest()[:16])
