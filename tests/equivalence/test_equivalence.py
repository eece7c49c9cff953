"""Our queries and stock pyshacl report the same, on mutants of fixed seeds; `make equivalence` tries many more."""

from __future__ import annotations

from random import Random

import pytest

from mapping.compile import compile_shapes
from mapping.validate import compiled_shapes
from tests.equivalence.documents import LAYOUTS, small_document
from tests.equivalence.jobs import Job, compiled, graph_of, judge
from tests.equivalence.redundant import try_amount

MUTANTS = {"small": 6, "triple": 4, "structure": 150, "audit": 140}
SOUND = b"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
e:s sh:targetClass e:C ; sh:path e:p ; sh:minCount 1 ; sh:message "m"@en ."""


@pytest.mark.parametrize("kind", MUTANTS)
def test_mutants_break_the_same_constraints_for_pyshacl(kind: str) -> None:
    outcomes = [one for number in range(MUTANTS[kind]) if (one := judge(Job(kind, number))) is not None]
    assert len(outcomes) >= 0.9 * MUTANTS[kind]
    assert [one.disagreement for one in outcomes if one.disagreement] == []
    assert sum(bool(one.unanswered) for one in outcomes) <= 0.05 * len(outcomes)
    assert sum(not one.conforms for one in outcomes) >= len(outcomes) / 2


def test_at_most_a_twentieth_is_left_to_pyshacl() -> None:
    assert len(compiled_shapes().left) <= 0.05 * len(compiled())


def test_what_has_no_translation_is_left() -> None:
    assert compile_shapes([SOUND]).left == ()
    for unknown in (b"sh:node e:o", b"sh:qualifiedMinCount 1", b"sh:property [ sh:path e:q ; sh:minCount 1 ]"):
        assert compile_shapes(
            [
                SOUND,
                b"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> ."
                b" e:s " + unknown + b" .",
            ]
        ).left == ("https://example.org/s",)


def test_small_documents_are_read_in_every_layout() -> None:
    documents = [small_document(Random(seed)) for seed in range(60)]
    assert {document.layout for document in documents} == set(LAYOUTS)
    assert all("#summationOfRows>" in graph_of(document.text()) for document in documents)


def test_a_wrong_digit_of_a_redundant_amount_is_found_at_its_cell() -> None:
    randoms = [Random(seed) for seed in range(40)]
    trials = [try_amount(random, small_document(random).text().decode()) for random in randoms]
    beyond = [trial for trial in trials if trial is not None and trial.beyond]
    assert len(beyond) >= 30
    assert all(trial.found for trial in beyond)
    assert sum(trial.localised for trial in beyond) >= 0.9 * len(beyond)
