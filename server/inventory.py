"""The catalogue of a release, read once, by page: what a program is told at the address of each thing in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from server.errors import PageUnknownError, ThingUnknownError

DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
VOID = "http://rdfs.org/ns/void#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MEMBERS = 250
"""Data sets of one page of the catalogue."""

_HYDRA = "http://www.w3.org/ns/hydra/core#"
_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The statements of a catalogue by subject; `base` is what the IRIs of the release begin with."""

    base: str
    statements: Mapping[str, Sequence[Triple]]

    @property
    def catalogue(self) -> str:
        """Return the IRI of the catalogue."""
        return f"{self.base}catalogue"

    @property
    def dataset(self) -> str:
        """Return the IRI of the data set that the whole release is."""
        return f"{self.base}release"

    @property
    def members(self) -> list[str]:
        """Return the data sets and series of the catalogue: the whole first, then in order of their IRIs."""
        return sorted(self.iris(self.catalogue, f"{DCAT}dataset"), key=lambda iri: (iri != self.dataset, iri))

    @property
    def pages(self) -> int:
        """Return how many pages the catalogue has, at least one."""
        return max(1, -(-len(self.members) // MEMBERS))

    def iris(self, subject: str, *properties: str) -> list[str]:
        """Return the resources that a subject has as values of some properties, in order."""
        found = (each.object for each in self._stated(subject, properties))
        return sorted({each.value for each in found if isinstance(each, NamedNode)})

    def words(self, subject: str, name: str) -> dict[str, str]:
        """Return the texts of a property by language, which is empty where none is stated."""
        return {each.language or "": each.value for each in sorted(self._literals(subject, name), key=str)}

    def literals(self, subject: str, name: str) -> list[str]:
        """Return the texts of a property in whatever language, in order."""
        return sorted(each.value for each in self._literals(subject, name))

    def listing(self, page: int) -> list[Triple]:
        """Return one page of the catalogue, its members described; raises `PageUnknownError`.

        The partitions of the counts, which only /void describes, are left out.
        """
        if not 1 <= page <= self.pages:
            raise PageUnknownError(f"the last page is {self.pages}")
        members = self.members[(page - 1) * MEMBERS : page * MEMBERS]
        shown = {NamedNode(each) for each in members}
        found = self._closure([self.catalogue, *members], lambda iri: not self._is_partition(iri))
        return [
            *(
                each
                for each in found
                if not (isinstance(each.object, NamedNode) and self._is_partition(each.object.value))
                and (each.predicate.value != f"{DCAT}dataset" or each.object in shown)
            ),
            *(self._view(page) if self.pages > 1 else ()),
        ]

    def described(self, iri: str, *beside: str) -> list[Triple]:
        """Return what is said at the address of an entry, of others `beside` it, and of what they lead to.

        Raises `ThingUnknownError` where the catalogue has no such entry.
        """
        if iri not in self.statements:
            raise ThingUnknownError("the catalogue has no such entry")
        return self._closure([iri, *beside], lambda _: True)

    def _literals(self, subject: str, name: str) -> list[Literal]:
        return [each.object for each in self._stated(subject, (name,)) if isinstance(each.object, Literal)]

    def _stated(self, subject: str, properties: Iterable[str]) -> list[Triple]:
        return [each for each in self.statements.get(subject, ()) if each.predicate.value in properties]

    def _closure(self, iris: Iterable[str], follows: Callable[[str], bool]) -> list[Triple]:
        """Return what is said of some subjects and of all they lead to that has no address of its own."""
        wanted, done = list(iris), set[str]()
        found: list[Triple] = []
        while wanted:
            iri = wanted.pop()
            if iri in done:
                continue
            done.add(iri)
            for each in self.statements.get(iri, ()):
                found.append(each)
                if isinstance(each.object, NamedNode) and not self._has_page(each.object.value):
                    wanted += [each.object.value] if follows(each.object.value) else []
        return found

    def _is_partition(self, iri: str) -> bool:
        return iri.startswith(f"{self.base}void#")

    def _has_page(self, iri: str) -> bool:
        """Return whether an IRI of the catalogue has an address of its own, at which it is described."""
        own = iri.startswith((self.catalogue, f"{self.base}void", self.dataset))
        return own and "#" not in iri

    def _view(self, page: int) -> list[Triple]:
        """Return how the pages of the catalogue hang together (Hydra)."""
        at = [NamedNode(f"{self.catalogue}?page={number}") for number in range(self.pages + 1)]
        steps = {"first": 1, "previous": page - 1, "next": page + 1, "last": self.pages}
        size = Literal(str(len(self.members)), datatype=_INTEGER)
        return [
            Triple(NamedNode(self.catalogue), NamedNode(f"{_HYDRA}view"), at[page]),
            Triple(NamedNode(self.catalogue), NamedNode(f"{_HYDRA}totalItems"), size),
            Triple(at[page], NamedNode(TYPE), NamedNode(f"{_HYDRA}PartialCollectionView")),
            *(
                Triple(at[page], NamedNode(_HYDRA + name), at[number])
                for name, number in steps.items()
                if 1 <= number <= self.pages
            ),
        ]


def read_inventory(turtle: bytes, base: str, previous: str) -> Inventory:
    """Return the catalogue of a release that took the place of the version `previous`, if it is not empty."""
    found: dict[str, list[Triple]] = defaultdict(list)
    read = (quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE))
    for each in (*read, *_succession(base, previous)):
        if isinstance(each.subject, NamedNode):
            found[each.subject.value].append(each)
    return Inventory(base, found)


def _succession(base: str, previous: str) -> list[Triple]:
    if not previous:
        return []
    whole, before = NamedNode(f"{base}release"), NamedNode(f"{base}release/{previous}")
    return [
        Triple(whole, NamedNode(f"{DCAT}previousVersion"), before),
        Triple(before, NamedNode(TYPE), NamedNode(f"{DCAT}Dataset")),
        Triple(before, NamedNode(f"{DCAT}version"), Literal(previous)),
        Triple(before, NamedNode(f"{DCT}title"), Literal(f"版本 {previous}", language="zh-Hans")),
        Triple(before, NamedNode(f"{DCT}title"), Literal(f"Release {previous}", language="en")),
        Triple(before, NamedNode(f"{DCT}description"), Literal("已被新的版本替代，不再提供。", language="zh-Hans")),
        Triple(before, NamedNode(f"{DCT}description"), Literal("Replaced, and no longer offered.", language="en")),
        Triple(before, NamedNode(f"{DCT}isReplacedBy"), whole),
    ]
