"""What stands in a page, read as a browser reads it: elements with their attributes, and the text in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "base", "source", "embed", "area", "col", "wbr"})


@dataclass
class Element:
    """An element of a page; `pieces` are the texts in it and in all within."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text in the element and in all within."""
        return "".join(self.pieces)


@dataclass
class Reading(HTMLParser):
    """A page that was read."""

    page: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self._pieces: list[str] = []
        self.feed(self.page)
        self.close()

    @property
    def text(self) -> str:
        """Return all text."""
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that were left open."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Keep text with all elements that it is in."""
        self._pieces.append(data)
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of a name with these attributes; of `class` one of its names (as `class_`)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self.elements
            if each.tag == tag
            and all(
                value in each.attributes.get(name, "").split()
                if name == "class"
                else each.attributes.get(name) == value
                for name, value in wanted.items()
            )
        ]
