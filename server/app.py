"""The web application over one release: a factory, so that a test or a server brings its own evaluator."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from server.errors import ServerError
from server.evaluate import Evaluator
from server.formats import ERROR_JSON, ERROR_TEXT, HTML, negotiate
from server.pages import pages
from server.release import Release
from server.sparql import endpoint
from server.wording import LANGUAGE_TAGS, chosen_language, word

BODY_BYTES = 256 * 1024
"""Largest request body; a query is text for people to read."""

_ERROR_FORMATS = (ERROR_JSON, ERROR_TEXT, HTML)


@dataclass(frozen=True, slots=True)
class Config:
    """What an application needs: the release it shows, and what evaluates queries on the store of it."""

    release: Release
    evaluator: Evaluator
    body_bytes: int = BODY_BYTES


def create_app(config: Config) -> Flask:
    """Return the application; it holds no state but the configuration and an overview of the release."""
    app = Flask("server")
    app.config["MAX_CONTENT_LENGTH"] = config.body_bytes
    app.extensions["yusuan.release"] = config.release
    app.extensions["yusuan.evaluator"] = config.evaluator
    app.register_blueprint(endpoint)
    app.register_blueprint(pages)
    app.register_error_handler(ServerError, _answer_server_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.context_processor(_page_words)
    app.after_request(_with_headers)
    return app


def _page_words() -> dict[str, Any]:
    language = chosen_language(request)

    def say(key: str, **values: object) -> str:
        return word(key, language, **values)

    return {"say": say, "language": language, "language_tag": LANGUAGE_TAGS[language]}


def _answer_server_error(error: ServerError) -> Response:
    return _error_response(error.as_json(), {})


def _answer_http_error(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    code = error.name.lower().replace(" ", "-")
    shape = {"status": error.code or 500, "error": code, "message": error.description or error.name}
    kept = {name: value for name, value in error.get_headers() if name == "Allow"}
    return _error_response(shape, kept)


def _error_response(shape: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """Return an error in its one shape: JSON, one line of text, or a page, as the client accepts."""
    try:
        chosen = negotiate(request.headers.get("Accept"), _ERROR_FORMATS)
    except ServerError:
        chosen = ERROR_JSON
    if chosen is HTML:
        body = render_template("error.html", **shape)
    elif chosen is ERROR_TEXT:
        body = f"{shape['error']}: {shape['message']}\n"
    else:
        body = json.dumps(shape, ensure_ascii=False) + "\n"
    response = Response(body, status=shape["status"], content_type=chosen.content_type)
    response.headers.update(headers)
    return response


def _with_headers(response: Response) -> Response:
    """Return the response readable from any site, cacheable by what it was negotiated on."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
    response.vary.update(["Accept", "Accept-Language"] if response.mimetype == HTML.media_type else ["Accept"])
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; img-src 'self'"
    return response
