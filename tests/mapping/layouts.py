"""Rows of cells as the three text forms print them."""

from __future__ import annotations

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]


def pipe(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "--|" * len(rows[0]), *lines[1:]])


def tab(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def cells(rows: Rows) -> str:
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows)
