"""The prefixes that the vocabulary declares (ontology/prefixes.ttl), for everything that is written short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, RdfFormat, parse

_SHACL = "http://www.w3.org/ns/shacl#"


@cache
def prefixes() -> Mapping[str, str]:
    """Return the namespaces by prefix, in the order of prefixes."""
    declared: dict[str, dict[str, str]] = defaultdict(dict)
    for each in parse(files("ontology").joinpath("prefixes.ttl").read_bytes(), format=RdfFormat.TURTLE):
        if isinstance(each.object, Literal) and each.predicate.value.startswith(_SHACL):
            declared[str(each.subject)][each.predicate.value.removeprefix(_SHACL)] = each.object.value
    return dict(sorted((each["prefix"], each["namespace"]) for each in declared.values()))


def shortened(iri: str) -> str:
    """Return an IRI with its prefix, for people to read; whole where none is declared.

    >>> shortened("http://purl.org/dc/terms/isPartOf"), shortened("urn:x")
    ('dct:isPartOf', 'urn:x')
    """
    for prefix, namespace in prefixes().items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
