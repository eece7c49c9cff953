"""The page of a citation: its words, what was understood, which document is meant, how sure that is, what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.ask import Row, ask
from server.standing import of_relation, standing, told

OTHERS = 20
"""Other places citing the same document that a page lists; the page of the document has all."""

_SPANS_OF_ONE = 4
_LINKS = 200


def show(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the template of the page of a citation and what it is told; None where no document has it."""
    asked = {"iri": iri}
    found, stands = ask("citation", asked, limit=1), standing(iri)
    if not found or stands is None:
        return None
    row = found[0]
    links = ask("citation-links", asked, limit=_LINKS)
    candidates = [each for each in of_relation(links, "candidate") if each["other"] != row["legal"]]
    return "citation.html", {
        "row": row,
        **told(stands, language),
        "why": why(row, candidates),
        "candidates": candidates if row["status"] == "unresolved" else [],
        "issuers": [each["label"] for each in of_relation(links, "issuer")],
        "projects": of_relation(links, "project"),
        "indicators": of_relation(links, "indicator"),
        "against": of_relation(links, "against"),
        "discrepancies": of_relation(links, "discrepancy"),
        "parties": [each for each in of_relation(links, "party") if each["other"] != row["legal"]],
        "others": merged(ask("citation-others", asked, limit=OTHERS * _SPANS_OF_ONE))[:OTHERS],
    }


def why(row: Row, candidates: Sequence[Row]) -> str:
    """Return the key of the words that say why a citation is, or is not, resolved to a document.

    `candidates` are the numbered documents of its very title, other than the one that it is resolved to.
    """
    status = row["status"]
    if status == "exact":
        return "exact-number" if row["number"] else "exact-name"
    if status != "unresolved":
        return status or ("case" if row["kind"] == "case" else "none")
    if row["number"] or row["legal_number"]:
        return "code"
    if len(candidates) > 1:
        return "several"
    return "informal" if row["informal"] == "true" else "unknown"


def merged(rows: Iterable[Row]) -> list[Row]:
    """Return one row a citation, in the order of the rows, with its words joined over its spans."""
    found: dict[str, Row] = {}
    seen: dict[str, set[str]] = {}
    for row in rows:
        one = found.setdefault(row["citation"], row | {"words": ""})
        starts = seen.setdefault(row["citation"], set())
        if row["start"] not in starts:
            starts.add(row["start"])
            one["words"] += row["words"]
    return list(found.values())
