"""The page of a performance indicator: its row as printed, what it rests on, and the way to those like it."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

from server.ask import Row, ask
from server.compare import LONGEST
from server.excerpts import Excerpt, Mark, excerpts
from server.release import Release


def show(iri: str, language: str) -> tuple[str, dict[str, Any]] | None:
    """Return the template of the page of an indicator and what it is told; None where the release has none."""
    asked = {"iri": iri}
    found = ask("indicator", asked, limit=1)
    if not found:
        return None
    row = found[0]
    spans = ask("reading-spans", asked)
    links = ask("indicator-links", asked)
    return "indicator.html", {
        "row": row,
        "spans": spans,
        "excerpts": _excerpts(row, spans),
        "bases": [each for each in links if each["relation"] == "basis"],
        "findings": [each for each in links if each["relation"] == "finding"],
        "message": f"message_{language}",
        "like": [
            (words, url_for("compare.compare_values", text=words[:LONGEST], lang=language)) for words in _matters(row)
        ],
    }


def _excerpts(row: Row, spans: list[Row]) -> list[Excerpt]:
    """Return the lines of the text that the indicator was read in; none where the release does not show the text."""
    release: Release = current_app.extensions["yusuan.release"]
    if row["digest"] not in {each.sha256 for each in release.shown_documents}:
        return []
    marks = [Mark(int(each["start"]), int(each["end"]), "focus") for each in spans]
    return excerpts(release.rendition(row["digest"]), marks, around=0)


def _matters(row: Row) -> list[str]:
    """Return the words by which the same matter is looked for elsewhere: its label, and the name of its project."""
    return [each for each in dict.fromkeys((row["level3"], row["project_name"])) if each]
