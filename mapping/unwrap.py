"""A text to itself with each passage on one line: the ends of lines that a page is cut at, or wide, are blanks.

What words stand on a line, above it and behind a number then means the paragraph, however it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable

from mapping.passages import Passage


def unwrap(content: str, passages: Iterable[Passage]) -> str:
    """`content`, as long as before, with a blank for each line end within a passage of running text."""
    parts: list[str] = []
    done = 0
    for passage in passages:
        for piece in passage.pieces[1:] if passage.form is None else ():
            start, end = passage.places[piece - 1] + 1, passage.places[piece]
            if start >= done:
                parts += [content[done:start], content[start:end].replace("\n", " ")]
                done = end
    return "".join([*parts, content[done:]])
