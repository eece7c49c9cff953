"""Statements of a catalogue, gathered and written as Turtle: the same statements are the same bytes."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from mapping.lexicon import load
from mapping.publisher import Words

PREFIXES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "def": "https://w3id.org/yusuan/def#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def expand(name: str) -> str:
    """The IRI of a name with a prefix of PREFIXES.

    >>> expand("dcat:Dataset")
    'http://www.w3.org/ns/dcat#Dataset'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class Listing:
    """Triples about resources, whose properties and classes are named with a prefix; what is None is not said."""

    def __init__(self) -> None:
        self._triples: set[Triple] = set()

    def typed(self, subject: str, *classes: str) -> None:
        """Says of which classes a resource is."""
        self.link(subject, "rdf:type", *map(expand, classes))

    def link(self, subject: str, name: str, *targets: str | None) -> None:
        """Relates a resource to others."""
        for target in targets:
            if target is not None:
                self._add(subject, name, NamedNode(target))

    def text(self, subject: str, name: str, text: str | None, language: str | None = None) -> None:
        """Says a text, in a language where one is given."""
        if text is not None:
            self._add(subject, name, Literal(text, language=_LANGUAGES.get(language or "", language)))

    def words(self, subject: str, name: str, words: Words) -> None:
        """Says the same in each language that there are words in."""
        self.text(subject, name, words.zh, "zh")
        self.text(subject, name, words.en, "en")

    def value(self, subject: str, name: str, value: str | int | None, datatype: str) -> None:
        """Says a value of a datatype of XML Schema."""
        if value is not None:
            self._add(subject, name, Literal(str(value), datatype=NamedNode(PREFIXES["xsd"] + datatype)))

    def as_turtle(self) -> bytes:
        """All that was said, ordered by subject, property and value."""
        written = serialize(sorted(self._triples, key=str), format=RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""
        lines = written.splitlines(keepends=True)
        declared = len(PREFIXES)
        return b"".join([*sorted(lines[:declared]), *lines[declared:]])  # the engine declares prefixes in any order

    def _add(self, subject: str, name: str, value: NamedNode | Literal) -> None:
        self._triples.add(Triple(NamedNode(subject), NamedNode(expand(name)), value))


def say(key: str, **values: object) -> Words:
    """The words of `mapping/data/catalogue.yaml` under a key, with `{…}` filled in."""
    found = load("catalogue")[key]
    return Words(*(found[language].format(**values) for language in _LANGUAGES))
