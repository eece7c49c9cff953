"""The vocabulary as one graph, parsed once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds ontology/, shapes/, queries/ and mapping/."""
    return ROOT


@pytest.fixture(scope="session")
def vocabulary(root: Path) -> Graph:
    """Every triple of `ontology/*.ttl`."""
    graph = Graph()
    files = sorted((root / "ontology").glob("*.ttl"))
    assert len(files) >= 8
    for file in files:
        graph.parse(file, format="turtle")
    return graph


@pytest.fixture(scope="session")
def languages(vocabulary: Graph) -> Callable[[URIRef, URIRef], list[str]]:
    """A function from term and predicate to the sorted language tags of the values, repeated ones too."""

    def tags(term: URIRef, predicate: URIRef) -> list[str]:
        values = vocabulary.objects(term, predicate)
        texts = [value for value in values if isinstance(value, Literal) and value.strip()]
        return sorted(str(text.language).lower() for text in texts)

    return tags
