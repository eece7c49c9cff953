"""The page of a performance indicator: its row as printed, what it rests on, and the way to those like it."""

from __future__ import annotations

from typing import Any

from flask import url_for

from server.ask import Row, ask
from server.compare import LONGEST
from server.passages import Line, Mark
from server.view_text import lines_of


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
        "lines": _lines(row, spans),
        "bases": [each for each in links if each["relation"] == "basis"],
        "findings": [each for each in links if each["relation"] == "finding"],
        "message": f"message_{language}",
        "like": [
            (words, url_for("compare.compare_values", text=words[:LONGEST], lang=language)) for words in _matters(row)
        ],
    }


def _lines(row: Row, spans: list[Row]) -> list[Line]:
    """Return the lines of the text that the indicator was read in; none where the release does not show the text."""
    text = lines_of(row["digest"])
    return text.around((Mark(int(each["start"]), int(each["end"])) for each in spans), lines=0) if text else []


def _matters(row: Row) -> list[str]:
    """Return the words by which the same matter is looked for elsewhere: its label, and the name of its project."""
    return [each for each in dict.fromkeys((row["level3"], row["project_name"])) if each]
