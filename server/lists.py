"""Lists of units, projects and legal documents, page by page, narrowed down by region, year and status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for

from server import lookup
from server.ask import Row, ask, total
from server.errors import PageUnknownError
from server.parameters import one_of, whole_number
from server.release import Release
from server.terms import notations
from server.validators import page_of
from server.wording import chosen_language

lists = Blueprint("lists", __name__)

PAGE = 50
"""Rows of one page."""

_ALL = "all"
# By what each list is narrowed down, and the kinds of choices for it.
_FILTERS: Mapping[str, Mapping[str, str]] = {
    "units": {"region": "region", "year": "year"},
    "projects": {"region": "region", "year": "year"},
    "legal": {"region": "legal-region", "year": "legal-year", "status": "legal-status"},
}
_TEMPLATES = {"units": "units.html", "projects": "projects.html", "legal": "legal-list.html"}
_ENDPOINTS = {"units": "lists.list_units", "projects": "lists.list_projects", "legal": "things.answer_legal"}


@lists.get("/units")
def list_units() -> Response:
    """Return one page of the units, those that publish first."""
    return _page("units")


@lists.get("/projects")
def list_projects() -> Response:
    """Return one page of the projects, each entry of a project in a document once."""
    return _page("projects")


def legal_documents() -> str:
    """Return the body of one page of the legal documents, those with a number first."""
    return _body("legal")


def choices(kind: str) -> dict[str, list[Row]]:
    """Return by what a list is narrowed down, with the values that there are, asked once of a release."""
    kept = current_app.extensions
    if "yusuan.choices" not in kept:
        kept["yusuan.choices"] = ask("list-choices", {})
    rows: list[Row] = kept["yusuan.choices"]
    return {name: [row for row in rows if row["kind"] == of] for name, of in _FILTERS[kind].items()}


def within(code: str) -> str:
    """Return the digits that the codes of a region and of all regions in it begin with.

    >>> within("130000"), within("130500"), within("130532"), within("")
    ('13', '1305', '130532', 'all')
    """
    return re.sub("(00){1,2}$", "", code) or _ALL


def _page(kind: str) -> Response:
    release: Release = current_app.extensions["yusuan.release"]
    return page_of(release.version, lambda: _body(kind))


def _body(kind: str) -> str:
    wanted = {name: request.args.get(name, "") for name in _FILTERS[kind]}
    known = choices(kind)
    for name, value in wanted.items():
        if value:
            names = notations("citation-status") if name == "status" else {}
            wanted[name] = one_of(name, value, {row["value"]: row["label"] for row in known[name]}, names)
    return render_template(_TEMPLATES[kind], **_told(kind, wanted))


def _told(kind: str, wanted: Mapping[str, str]) -> dict[str, Any]:
    values = {name: value or _ALL for name, value in wanted.items()} | {"region": within(wanted["region"])}
    counted, page = total(f"count-{kind}", values), whole_number("page", request.args)
    size = lookup.PAGE if kind == "legal" else PAGE
    pages = max(1, -(-counted // size))
    if page > pages:
        raise PageUnknownError(f"the last page is {pages}")

    def at(number: int) -> str:
        kept = {name: value for name, value in wanted.items() if value}
        return url_for(_ENDPOINTS[kind], **kept, page=number, lang=chosen_language(request))  # type: ignore[arg-type]

    return {
        "rows": ask(f"list-{kind}", values, size, (page - 1) * size),
        "total": counted,
        "page": page,
        "pages": pages,
        "page_at": at,
        "wanted": wanted,
        "choices": choices(kind),
        "action": url_for(_ENDPOINTS[kind]),
    }
