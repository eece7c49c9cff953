"""The measures: names, kinds of units, and what the terms themselves say of the money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

BOTH = ["en", "zh-hans"]
Languages = Callable[[URIRef, URIRef], list[str]]
DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
SCHEME = URIRef(CODE + "measure")
UNIT_KIND = URIRef(DEF + "unitKind")
MONEY = URIRef(CODE + "unit-kind/money")
COUNTS_AS = URIRef(DEF + "countsAs")
# What a term can say of the money, with the list that its value is of.
SAID = {"operationCharacter": "operation-character", "carryOver": "carry-over", "fundScope": "fund-source"}


@pytest.fixture(scope="module")
def measures(vocabulary: Graph) -> set[URIRef]:
    return {node for node in vocabulary.subjects(SKOS.inScheme, SCHEME) if isinstance(node, URIRef)}


def test_there_are_many_and_each_has_notation_and_names(
    vocabulary: Graph, languages: Languages, measures: set[URIRef]
) -> None:
    assert len(measures) >= 90
    for node in measures:
        assert [str(text) for text in vocabulary.objects(node, SKOS.notation)] == [str(node).rpartition("/")[2]]
        assert languages(node, SKOS.prefLabel) == BOTH, node
        assert set(languages(node, SKOS.altLabel)) <= {"zh-hans"}, node


def test_each_is_defined_in_both_languages(vocabulary: Graph, languages: Languages, measures: set[URIRef]) -> None:
    assert [node for node in measures if languages(node, SKOS.definition) != BOTH] == []


def test_each_has_one_kind_of_unit_of_the_list(vocabulary: Graph, measures: set[URIRef]) -> None:
    kinds = set(vocabulary.subjects(SKOS.inScheme, URIRef(CODE + "unit-kind")))
    assert len(kinds) == 6
    assert [node for node in measures if len(set(vocabulary.objects(node, UNIT_KIND)) & kinds) != 1] == []


def test_only_money_says_something_of_the_money(vocabulary: Graph, measures: set[URIRef]) -> None:
    money = {node for node in measures if (node, UNIT_KIND, MONEY) in vocabulary}
    assert len(money) >= 40
    for name, scheme in SAID.items():
        members = set(vocabulary.subjects(SKOS.inScheme, URIRef(CODE + scheme)))
        for node in measures:
            values = list(vocabulary.objects(node, URIRef(DEF + name)))
            assert len(values) <= (1 if node in money else 0), (node, name)
            assert set(values) <= members, (node, name)


def test_a_measure_is_a_top_concept_or_below_one_of_its_kind(vocabulary: Graph, measures: set[URIRef]) -> None:
    for node in measures:
        above = list(vocabulary.objects(node, SKOS.broader))
        assert ((node, SKOS.topConceptOf, SCHEME) in vocabulary) == (above == []), node
        assert len(above) <= 1 and set(above) <= measures - {node}, node
        assert node not in set(vocabulary.transitive_objects(above[0], SKOS.broader) if above else ()), node
        for one in above:
            assert vocabulary.value(one, UNIT_KIND) == vocabulary.value(node, UNIT_KIND), node


def test_a_printed_name_is_of_one_measure(vocabulary: Graph, measures: set[URIRef]) -> None:
    names = Counter(
        (str(name), str(name.language).lower())
        for node in measures
        for name in {*vocabulary.objects(node, SKOS.prefLabel), *vocabulary.objects(node, SKOS.altLabel)}
        if isinstance(name, Literal)
    )
    assert len(names) >= 400
    assert [name for name, times in names.items() if times > 1] == []


def test_a_measure_counts_as_another_of_its_kind(vocabulary: Graph, measures: set[URIRef]) -> None:
    """Never as one that counts as a third: a canonical fact has the last word at once."""
    found = [(node, other) for node in measures for other in vocabulary.objects(node, COUNTS_AS)]
    assert len(found) >= 5
    for node, other in found:
        assert other in measures - {node}, node
        assert len(list(vocabulary.objects(node, COUNTS_AS))) == 1, node
        assert list(vocabulary.objects(other, COUNTS_AS)) == [], node
        for name in ("unitKind", "operationCharacter"):
            assert vocabulary.value(node, URIRef(DEF + name)) == vocabulary.value(other, URIRef(DEF + name)), node


def test_only_measures_have_their_properties(vocabulary: Graph, measures: set[URIRef]) -> None:
    for name in ("unitKind", "countsAs", *SAID):
        assert set(vocabulary.subjects(URIRef(DEF + name))) <= measures, name
