"""Where crawlers may go: the sitemap of a release, in parts, and robots.txt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, request

from server.errors import PageUnknownError
from server.evaluate import Evaluation
from server.formats import JSON, Format
from server.release import Release
from server.sparql import evaluator
from server.table import columns_and_rows
from server.validators import tag_of, tagged, unchanged

sitemap = Blueprint("sitemap", __name__)

ENTRIES = 50_000
"""Most addresses of one file, by the protocol of sitemaps.org."""

_XML = Format("xml", "application/xml")
_TEXT = Format("text", "text/plain")
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_CLASSES = """VALUES ?class {
    <https://w3id.org/yusuan/def#Disclosure> <https://w3id.org/yusuan/def#Document>
    <https://w3id.org/yusuan/def#Project> <https://w3id.org/yusuan/def#LegalDocument>
    <http://www.w3.org/ns/org#Organization>
  }"""
_COUNT = f"SELECT (COUNT(DISTINCT ?thing) AS ?things) WHERE {{ {_CLASSES} ?thing a ?class FILTER(isIRI(?thing)) }}"
_PART = """SELECT DISTINCT ?thing WHERE {{ {classes} ?thing a ?class FILTER(isIRI(?thing)) }}
ORDER BY ?thing LIMIT {entries} OFFSET {offset}"""
_PAGES = (
    *("", "units", "projects", "legal", "compare", "audit", "help"),
    *("about", "catalogue", "release", "void", "dumps", "def", "code", "rule", "api"),
)
# What computes an answer for each request: nothing that a crawler should walk through.
_NOT_FOR_CRAWLERS = ("sparql", "query/", "search", "reconcile", "api/")


@sitemap.get("/sitemap.xml")
def list_parts() -> Response:
    """Return the index of the parts: the pages of this service, then the things of the release."""
    return _answer(lambda: _index(["sitemap-pages.xml", *(f"sitemap-{each + 1}.xml" for each in range(_parts()))]))


@sitemap.get("/sitemap-pages.xml")
def list_pages() -> Response:
    """Return the addresses of the pages that are there whatever the release holds."""
    return _answer(lambda: _addresses(f"{_release().base}{each}" for each in _PAGES))


@sitemap.get("/sitemap-<int:part>.xml")
def list_things(part: int) -> Response:
    """Return the addresses of one part of the things, counted from 1; raises `PageUnknownError`."""
    if not 1 <= part <= _parts():
        raise PageUnknownError(f"the last part is {_parts()}")
    text = _PART.format(classes=_CLASSES, entries=ENTRIES, offset=(part - 1) * ENTRIES)
    return _answer(lambda: _addresses(row[0] for row in _rows(text)))


@sitemap.get("/robots.txt")
def list_rules() -> Response:
    """Return what crawlers should leave alone, and where the sitemap is."""
    rules = ["User-agent: *", *(f"Disallow: {request.script_root}/{each}" for each in _NOT_FOR_CRAWLERS)]
    text = "\n".join([*rules, "", f"Sitemap: {_release().base}sitemap.xml", ""])
    return tagged(Response(text, content_type=_TEXT.content_type), tag_of(_release().version, _TEXT))


def _answer(make: Callable[[], str]) -> Response:
    """Return XML, made unless the client has it."""
    tag = tag_of(_release().version, _XML)
    return unchanged(tag, _XML) or tagged(Response(make(), content_type="application/xml; charset=utf-8"), tag)


def _parts() -> int:
    """Return how many files the things take, asked once: a release does not change while it is served."""
    kept = current_app.extensions
    if "yusuan.sitemap" not in kept:
        things = int(next(iter(_rows(_COUNT)))[0])
        kept["yusuan.sitemap"] = -(-things // ENTRIES)
    parts: int = kept["yusuan.sitemap"]
    return parts


def _rows(text: str) -> Iterable[list[str]]:
    return columns_and_rows(evaluator().evaluate(Evaluation(text, JSON.name)))[1]


def _index(names: Iterable[str]) -> str:
    entries = (f"<sitemap><loc>{escape(_release().base + each)}</loc></sitemap>\n" for each in names)
    return _document("sitemapindex", entries)


def _addresses(iris: Iterable[str]) -> str:
    return _document("urlset", (f"<url><loc>{escape(each)}</loc></url>\n" for each in iris))


def _document(name: str, entries: Iterator[str]) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_SCHEMA}">\n{"".join(entries)}</{name}>\n'


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release
