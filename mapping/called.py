"""Documents' graphs to yearly classifications and their classes: a scheme of each year, its name and its top classes.

A class that the official list of its year lacks is called as most documents print it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mapping.classes import scheme_names
from mapping.graph import RDF_TYPE, SKOS

Triple = tuple[str, str, str]
Said = Mapping[str, Mapping[str, Sequence[str]]]

_SCHEME, _PRINTED, _OFFICIAL = f"{SKOS}inScheme", f"{SKOS}altLabel", f"{SKOS}prefLabel"
# Digits of a class at the top (类).
_TOP = 3
OF_CLASSES = frozenset({_SCHEME, _PRINTED, _OFFICIAL})


@dataclass(slots=True)
class Calling:
    """Takes in one document after the other."""

    _printed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _tops: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def wants(self, predicate: str) -> bool:
        """Whether a statement is needed here."""
        return predicate in OF_CLASSES

    def add(self, said: Said) -> None:
        """Takes in the statements of one document."""
        for iri, values in said.items():
            for scheme in values.get(_SCHEME, ()):
                self._tops[scheme[1:-1]] |= {iri} if len(iri.rpartition("/")[2]) <= _TOP else set()
            if values.get(_SCHEME) and not values.get(_OFFICIAL):
                self._printed[iri].update(values.get(_PRINTED, ()))

    def triples(self) -> Iterator[Triple]:
        """One name for each class: that of most documents, of several the first by characters; of none its code."""
        for iri, printed in self._printed.items():
            code = f'"{iri.rpartition("/")[2]}"'
            name = min(printed, key=lambda one: (-printed[one], one), default=code)
            yield iri, _OFFICIAL, f"{name}@zh-hans"
        for scheme, tops in self._tops.items():
            yield from _scheme(scheme, tops)


def _scheme(iri: str, tops: Iterable[str]) -> Iterator[Triple]:
    """A yearly classification ({base}code/{scheme}/{year}): its name with the year, and the classes at its top."""
    name, year = iri.split("/")[-2:]
    yield iri, RDF_TYPE, f"<{SKOS}ConceptScheme>"
    for language, words in scheme_names(name).items():
        label = f"{year}年{words}" if language.startswith("zh") else f"{words}, {year}"
        yield iri, _OFFICIAL, f'"{label}"@{language}'
    for top in tops:
        yield iri, f"{SKOS}hasTopConcept", f"<{top}>"
