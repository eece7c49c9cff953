"""The counts of a data set as VoID says them: totals, partitions by class and property, link sets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from mapping.export import prefixes
from mapping.graph import DEF
from mapping.listing import Listing
from mapping.publisher import Words
from mapping.statistics import Statistics

_FORMATS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_EXAMPLES = (
    *(DEF + name for name in ("Disclosure", "Document", "Table", "Observation", "Statement", "CanonicalFact")),
    *(DEF + name for name in ("Project", "LegalDocument", "Finding")),
    "http://www.w3.org/ns/org#Organization",
)
_MOST_EXAMPLES = len(_EXAMPLES)


def describe_statistics(said: Listing, dataset: str, page: str, counted: Statistics) -> None:
    """Says the counts of `dataset`; partitions and link sets are named by fragments of `page`."""
    said.typed(page, "void:DatasetDescription")
    said.words(page, "dct:title", Words("数据集说明（VoID）", "Description of the data set (VoID)"))
    said.link(page, "foaf:primaryTopic", dataset)
    said.typed(dataset, "void:Dataset")
    _totals(said, dataset, counted)
    _class_partitions(said, dataset, page, counted)
    _property_partitions(said, dataset, page, counted)
    _link_sets(said, dataset, page, counted)
    said.link(dataset, "void:vocabulary", *_vocabularies(counted))
    said.link(dataset, "void:exampleResource", *_examples(counted))
    said.link(dataset, "void:feature", *(f"http://www.w3.org/ns/formats/{name}" for name in _FORMATS))


def _totals(said: Listing, dataset: str, counted: Statistics) -> None:
    for name, number in (
        ("triples", counted.triples),
        ("entities", counted.entities),
        ("classes", len(counted.classes)),
        ("properties", len(counted.properties)),
        ("distinctSubjects", counted.subjects),
        ("distinctObjects", counted.objects),
    ):
        said.value(dataset, f"void:{name}", number, "integer")


def _class_partitions(said: Listing, dataset: str, page: str, counted: Statistics) -> None:
    for each in counted.classes:
        part = f"{page}#class-{_key(each.iri)}"
        said.link(dataset, "void:classPartition", part)
        said.typed(part, "void:Dataset")
        said.link(part, "void:class", each.iri)
        said.value(part, "void:entities", each.entities, "integer")


def _property_partitions(said: Listing, dataset: str, page: str, counted: Statistics) -> None:
    for each in counted.properties:
        part = f"{page}#property-{_key(each.iri)}"
        said.link(dataset, "void:propertyPartition", part)
        said.typed(part, "void:Dataset")
        said.link(part, "void:property", each.iri)
        said.value(part, "void:triples", each.triples, "integer")
        said.value(part, "void:distinctSubjects", each.subjects, "integer")
        said.value(part, "void:distinctObjects", each.objects, "integer")


def _link_sets(said: Listing, dataset: str, page: str, counted: Statistics) -> None:
    for each in counted.links:
        part, target = f"{page}#links-{_key(each.target + each.property)}", f"{page}#target-{_key(each.target)}"
        said.link(dataset, "void:subset", part)
        said.typed(part, "void:Linkset")
        said.link(part, "void:subjectsTarget", dataset)
        said.link(part, "void:objectsTarget", target)
        said.link(part, "void:linkPredicate", each.property)
        said.value(part, "void:triples", each.triples, "integer")
        said.typed(target, "void:Dataset")
        said.text(target, "void:uriSpace", each.target)


def _vocabularies(counted: Statistics) -> Iterator[str]:
    """The namespaces of the terms that the data set uses, as far as a prefix is declared for them."""
    terms = [each.iri for each in counted.classes] + [each.iri for each in counted.properties]
    return (space for space in prefixes().values() if any(iri.startswith(space) for iri in terms))


def _examples(counted: Statistics) -> Iterable[str]:
    """A thing of each of the main classes; where none of them is there, of the first classes."""
    found = {each.iri: each.example for each in counted.classes if each.example}
    chosen = [found[iri] for iri in _EXAMPLES if iri in found]
    return chosen or list(dict.fromkeys(found.values()))[:_MOST_EXAMPLES]


def _key(iri: str) -> str:
    """Twelve hexadecimal digits that stand for an IRI in a fragment."""
    return hashlib.sha256(iri.encode()).hexdigest()[:12]
