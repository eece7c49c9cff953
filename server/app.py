"""The web application over one release: a factory, so that a test or a server brings its own evaluator."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from server.api import api
from server.compare import compare
from server.deliver import built, serve_assets
from server.dereference import YearConverter, link, things
from server.errors import ServerError
from server.evaluate import Evaluator
from server.exchange import READ_HEADERS
from server.formats import ERROR_JSON, ERROR_TEXT, HTML, negotiate
from server.harvest import harvest
from server.heed import heed
from server.help import guide
from server.keep import keep_answers
from server.lists import lists
from server.pages import pages
from server.present import FILTERS, FUNCTIONS
from server.reasons import message_in
from server.reconcile import reconciliation
from server.release import Release
from server.search import search
from server.sitemap import sitemap
from server.sparql import endpoint
from server.view_audit import audit
from server.views import VIEWS
from server.vocabulary import vocabulary
from server.wording import COOKIE, LANGUAGE_TAGS, chosen_language, page_words, unstated_language, word

BODY_BYTES = 256 * 1024
"""Largest request body; a query is text for people to read."""

NAVIGATION = (
    ("pages.first_page", "common.overview"),
    ("search.show_search", "search"),
    ("lists.list_units", "common.units"),
    ("lists.list_projects", "lists.projects"),
    ("things.answer_legal", "common.legal"),
    ("compare.compare_values", "compare.title"),
    ("audit.list_findings", "common.audit"),
    ("sparql.answer_query", "common.query"),
    ("vocabulary.show_ontology", "vocabulary"),
)
"""The main navigation: endpoints, and the keys of their words."""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
# What clients of the reconciliation show in a frame (Reconciliation Service API 0.2, 6.2).
_FRAMED = "reconciliation.preview"
# Of other units, and of several ranges, the whole is the answer (RFC 9110 14.2); HEAD has no ranges.
_ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(?:\d+\s*-\s*\d*|-\s*\d+)\s*", re.IGNORECASE | re.ASCII)
_COOKIE_SECONDS = 365 * 24 * 3600
_ERROR_FORMATS = (ERROR_JSON, ERROR_TEXT, HTML)


@dataclass(frozen=True, slots=True)
class Config:
    """What an application needs: the release it shows, and what evaluates queries on the store of it."""

    release: Release
    evaluator: Evaluator
    body_bytes: int = BODY_BYTES
    kept_bytes: int = 0


def create_app(config: Config) -> Flask:
    """Return the application; it holds no state but the configuration, an overview and finished answers."""
    app = Flask("server", static_folder=None)
    app.url_map.converters["yearly"] = YearConverter
    app.url_map.merge_slashes = False  # two slashes are part of an IRI
    app.config["MAX_CONTENT_LENGTH"] = config.body_bytes
    app.extensions["yusuan.release"] = config.release
    app.extensions["yusuan.evaluator"] = config.evaluator
    app.extensions["yusuan.views"] = VIEWS
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(FUNCTIONS, built=built)
    app.before_request(heed)
    app.before_request(_match_whatever_there_is)
    keep_answers(app, config.kept_bytes)
    serve_assets(app)
    app.before_request(_ignore_odd_ranges)
    app.register_blueprint(endpoint)
    app.register_blueprint(pages)
    app.register_blueprint(search)
    app.register_blueprint(audit)
    app.register_blueprint(lists)
    app.register_blueprint(compare)
    app.register_blueprint(guide)
    app.register_blueprint(reconciliation)
    app.register_blueprint(vocabulary)
    app.register_blueprint(api)
    app.register_blueprint(harvest)
    app.register_blueprint(sitemap)
    app.register_blueprint(things)
    app.register_error_handler(ServerError, _answer_server_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.context_processor(_page_words)
    app.after_request(_with_headers)
    return app


def visit_first_pages(app: Flask, seconds: float) -> None:
    """Answer the pages of the main navigation once: the first reader need not wait for templates and overviews.

    None is begun after so many seconds.
    """
    until = time.monotonic() + seconds
    client = app.test_client()
    with app.test_request_context():
        addresses = [url_for(name) for name, _ in NAVIGATION]
    for each in addresses:
        if time.monotonic() < until:
            client.get(each, headers={"Accept": HTML.media_type})


def _page_words() -> dict[str, Any]:
    language = chosen_language(request)

    def say(key: str, **values: object) -> str:
        return word(key, language, **values)

    return {
        "say": say,
        "link": link,
        "language": language,
        "language_tag": LANGUAGE_TAGS[language],
        "navigation": NAVIGATION,
        "in_language": _in_language,
    }


def _in_language(language: str) -> str:
    """Return the address of this page in a language, relative to it: all else that it states stays."""
    stated = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"?{urlencode([*stated, ('lang', language)])}"


def _match_whatever_there_is() -> None:
    """Forget an If-Match of `*`, which holds for every answer that there is (RFC 9110 13.1.1), not for a tag."""
    if request.headers.get("If-Match", "").strip() == "*":
        request.environ.pop("HTTP_IF_MATCH")


def _ignore_odd_ranges() -> None:
    """Forget a Range that is not answered with a part."""
    if request.method != "GET" or not _ONE_RANGE.fullmatch(request.headers.get("Range", "")):
        request.environ.pop("HTTP_RANGE", None)


def _answer_server_error(error: ServerError) -> Response:
    return _error_response(error.as_json(), {}, error.see)


def _answer_http_error(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    code = error.name.lower().replace(" ", "-")
    shape = {"status": error.code or 500, "error": code, "message": error.description or error.name}
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Content-Range")}
    return _error_response(shape, kept)


def _error_response(
    shape: Mapping[str, Any], headers: Mapping[str, str], see: Iterable[tuple[str, str]] = ()
) -> Response:
    """Return an error in its one shape: JSON, one line of text, or a page, as the client accepts.

    The page is in its reader's language, and leads to what else there is to see.
    """
    try:
        chosen = negotiate(request.headers.get("Accept"), _ERROR_FORMATS)
    except ServerError:
        chosen = ERROR_JSON
    if chosen is HTML:
        said, tag = message_in(shape["message"], chosen_language(request))
        told = {**shape, "message": said, "tag": tag, "see": [(words, _way(where)) for words, where in see]}
        body = render_template("error.html", **told, advice=_advice(shape["status"]))
    elif chosen is ERROR_TEXT:
        body = f"{shape['error']}: {shape['message']}\n"
    else:
        body = json.dumps(shape, ensure_ascii=False) + "\n"
    response = Response(body, status=shape["status"], content_type=chosen.content_type)
    response.headers.update(headers)
    return response


def _way(where: str) -> str:
    """Return the link to an address below the service, in the language of the page, or to a thing by its IRI."""
    if not where.startswith("/"):
        return link(where) or where
    return f"{request.script_root}{where}&lang={chosen_language(request)}"


def _advice(status: int) -> str:
    """Return the key of the words that say what a reader can do (server/wording/errors.yaml)."""
    if f"errors.{status}" in page_words():
        return f"errors.{status}"
    return "errors.refused" if status < 500 else "errors.failed"


def _with_headers(response: Response) -> Response:
    """Return the response readable from any site, cacheable by what it was negotiated on."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Content-Location, Content-Range"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
        response.headers["Access-Control-Allow-Headers"] = READ_HEADERS
    for_people = response.mimetype == HTML.media_type
    if for_people and response.location and request.method != "HEAD":
        response.set_data(render_template("moved.html", address=response.location))
    response.vary.update(["Accept", "Accept-Language", "Cookie"] if for_people else ["Accept"])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    framing = "*" if request.endpoint == _FRAMED else "'none'"
    response.headers["Content-Security-Policy"] = f"{_POLICY}; frame-ancestors {framing}"
    return _with_cookie(response) if for_people else response


def _with_cookie(response: Response) -> Response:
    """Return the response with the language that the address states, where the reader would else be given another."""
    language = chosen_language(request)
    if language != unstated_language(request):
        path = f"{request.script_root}/"
        response.set_cookie(COOKIE, language, _COOKIE_SECONDS, path=path, secure=request.is_secure, samesite="Lax")
    return response
