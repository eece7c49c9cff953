"""The page that explains the pages: how to read a number, what findings are, how to cite."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from server.release import Release
from server.validators import page_of

guide = Blueprint("help", __name__)

SECTIONS = ("start", "number", "scope", "findings", "legal", "cite", "data", "query", "privacy")
"""The sections, in their order; their words are in `wording/help.yaml`."""


@guide.get("/help")
def show_help() -> Response:
    """Return the page of explanations."""
    release: Release = current_app.extensions["yusuan.release"]
    return page_of(release.version, lambda: render_template("help.html", sections=SECTIONS))
