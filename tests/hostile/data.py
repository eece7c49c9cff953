"""The data that killers are let loose on: small, but its products have no end."""

from __future__ import annotations

from pathlib import Path

NAMESPACE = "http://example.org/"
KNOWS = f"{NAMESPACE}knows"
PEOPLE = 4_000
_GRAPHS = 4
TRIPLES = PEOPLE * 3
"""Triples of the merged graph; each stands in one named graph."""


def write_data(path: Path) -> Path:
    """Return the path after writing N-Quads there: people in one ring, each with a name and a number."""
    with path.open("w", encoding="utf-8") as out:
        for number in range(PEOPLE):
            person, graph = f"<{NAMESPACE}person/{number}>", f"<{NAMESPACE}graph/{number % _GRAPHS}>"
            out.write(f"{person} <{KNOWS}> <{NAMESPACE}person/{(number + 1) % PEOPLE}> {graph} .\n")
            out.write(f'{person} <{NAMESPACE}name> "预算单位第{number}号" {graph} .\n')
            out.write(
                f'{person} <{NAMESPACE}number> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> {graph} .\n'
            )
    return path
