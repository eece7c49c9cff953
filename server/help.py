"""The page that explains the pages: how to read a number, what findings are, how to cite."""

from __future__ import annotations

from flask import Blueprint, render_template

guide = Blueprint("help", __name__)

SECTIONS = ("start", "number", "scope", "findings", "legal", "cite", "data", "query", "privacy")
"""The sections, in their order; their words are in `wording/help.yaml`."""


@guide.get("/help")
def show_help() -> str:
    """Return the page of explanations."""
    return render_template("help.html", sections=SECTIONS)
