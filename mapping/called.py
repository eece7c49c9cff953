"""Documents' graphs to what a class is called that the official list of its year lacks: as most documents print it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mapping.graph import SKOS

Triple = tuple[str, str, str]
Said = Mapping[str, Mapping[str, Sequence[str]]]

_SCHEME, _PRINTED, _OFFICIAL = f"{SKOS}inScheme", f"{SKOS}altLabel", f"{SKOS}prefLabel"
OF_CLASSES = frozenset({_SCHEME, _PRINTED, _OFFICIAL})


@dataclass(slots=True)
class Calling:
    """Takes in one document after the other."""

    _printed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def wants(self, predicate: str) -> bool:
        """Whether a statement is needed here."""
        return predicate in OF_CLASSES

    def add(self, said: Said) -> None:
        """Takes in the statements of one document."""
        for iri, values in said.items():
            if values.get(_SCHEME) and not values.get(_OFFICIAL):
                self._printed[iri].update(values.get(_PRINTED, ()))

    def triples(self) -> Iterator[Triple]:
        """One name for each class: that of most documents, of several the first by characters; of none its code."""
        for iri, printed in self._printed.items():
            code = f'"{iri.rpartition("/")[2]}"'
            name = min(printed, key=lambda one: (-printed[one], one), default=code)
            yield iri, _OFFICIAL, f"{name}@zh-hans"
