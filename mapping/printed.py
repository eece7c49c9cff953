"""Numbers as they are printed, and what the words around one say of it."""

from __future__ import annotations

from dataclasses import dataclass

from mapping.docnumber import Number
from mapping.flatten import View
from mapping.wording import wording


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed from `start` to `end` of a view's words.

    `reason` says what was mended to read it (None: nothing). `inherits` tells one that has its code from the number
    before it.
    """

    start: int
    end: int
    number: Number
    reason: str | None = None
    inherits: bool = False

    @property
    def kind(self) -> str:
        """The kind of a citation by this number."""
        if self.number.form in ("order", "announcement"):
            return "decree"
        return "docnum" if self.number.form == "number" else self.number.form


def is_thing(view: View, start: int, end: int) -> bool:
    """Whether a further serial is that of a thing, whose name follows (3号楼); after a comma any word may be one."""
    after = view.words[end : end + 4]
    apart = view.words[start - 1] in ",;" and end not in view.gaps
    return bool(wording("number", "no-after").match(after) or (apart and wording("number", "no-further").match(after)))


def is_led(name: str) -> bool:
    """Whether words end in one that leads to a citation."""
    return any(found.end() == len(name) for found in wording("number", "lead").finditer(name))
