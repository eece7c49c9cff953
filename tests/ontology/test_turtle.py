"""The Turtle itself: two parsers agree, no blank nodes, one namespace for each prefix."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH

FILES = (
    "audit",
    "alignments",
    "budget",
    "code-lists",
    "cube",
    "economic",
    "functional",
    "government-economic",
    "legal",
    "measures",
    "prefixes",
)
ONTOLOGY = URIRef("https://w3id.org/yusuan/def")
PREFIX_LINE = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_rdflib_and_pyoxigraph_read_the_same_number_of_triples(root: Path, name: str) -> None:
    file = root / "ontology" / f"{name}.ttl"
    with_rdflib = len(Graph().parse(file, format="turtle"))
    with_pyoxigraph = len(set(pyoxigraph.parse(path=str(file))))
    assert with_rdflib == with_pyoxigraph > 30


def test_every_turtle_file_is_tested(root: Path) -> None:
    assert sorted(file.stem for file in (root / "ontology").glob("*.ttl")) == sorted(FILES)


def test_there_are_no_blank_nodes(vocabulary: Graph) -> None:
    """A release has none (docs/graph.md), and the vocabulary is part of it."""
    assert [term for triple in vocabulary for term in triple if isinstance(term, BNode)] == []


def test_language_tags_are_zh_hans_and_en_only(root: Path) -> None:
    """Read with pyoxigraph: rdflib folds the case of tags."""
    tags = {
        triple.object.language
        for file in (root / "ontology").glob("*.ttl")
        for triple in pyoxigraph.parse(path=str(file))
        if isinstance(triple.object, pyoxigraph.Literal) and triple.object.language
    }
    assert {str(tag).lower() for tag in tags} == {"zh-hans", "en"}


def test_tags_are_written_in_one_way(root: Path) -> None:
    written = [
        tag
        for file in (root / "ontology").glob("*.ttl")
        for tag in re.findall(r'"@([A-Za-z-]+)', file.read_text(encoding="utf-8"))
    ]
    assert len(written) > 2000
    assert set(written) == {"zh-Hans", "en"}


def test_chinese_stands_in_chinese_labels_and_in_no_english_ones(vocabulary: Graph) -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    texts = [term for term in vocabulary.objects() if isinstance(term, Literal) and term.language]
    english = [text for text in texts if text.language == "en" and han.search(text)]
    chinese = [text for text in texts if text.language != "en" and not han.search(text)]
    assert len(texts) > 1000
    assert {str(text) for text in english} <= {"The printed unit, such as 元 or 万元."}
    assert {str(text) for text in chinese} <= {"SHA-256"}


def declared_prefixes(vocabulary: Graph) -> dict[str, str]:
    """Prefix to namespace, as `prefixes.ttl` declares them on the ontology."""
    found: dict[str, str] = {}
    for node in vocabulary.objects(ONTOLOGY, SH.declare):
        prefix = str(vocabulary.value(node, SH.prefix, any=False))
        assert prefix not in found
        found[prefix] = str(vocabulary.value(node, SH.namespace, any=False))
    return found


def test_prefixes_are_declared_once(vocabulary: Graph) -> None:
    declared = declared_prefixes(vocabulary)
    assert {"code", "dct", "def", "oa", "org", "prov", "qb", "rdfs", "sh", "skos", "xsd"} <= set(declared)
    assert len(set(declared.values())) == len(declared) >= 20


def test_a_declared_prefix_has_the_same_namespace_everywhere(root: Path, vocabulary: Graph) -> None:
    """A shape or query that binds `def:` to another namespace matches nothing, and says so nowhere."""
    declared = declared_prefixes(vocabulary)
    uses = [
        (file.name, prefix, namespace)
        for folder in ("ontology", "shapes", "queries")
        for file in sorted((root / folder).rglob("*"))
        if file.suffix in {".ttl", ".rq"}
        for prefix, namespace in PREFIX_LINE.findall(file.read_text(encoding="utf-8"))
    ]
    assert len(uses) >= 40
    assert [use for use in uses if declared.get(use[1], use[2]) != use[2]] == []
