"""From N-Quads to failures: what of a document's graph is wrong, where, and what to do about it."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest

from mapping.validate import ShapeFailure, compiled_shapes, document_graph, structural_shapes, validate

DEF = "https://w3id.org/yusuan/def#"
DOCUMENT = "https://example.org/document/" + "0123456789abcdef" * 4
TOTAL = f"{DOCUMENT}/observation/113-118"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def conforming() -> str:
    """The whole example document as the N-Quads of its graph."""
    turtle = (Path(__file__).parents[1] / "shapes" / "document.ttl").read_bytes()
    triples = pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    quads = [f"{quad.triple} <{DOCUMENT}/graph> ." for quad in triples]
    assert len(quads) >= 250
    return "\n".join(quads) + "\n"


def without(quads: str, subject: str, term: str) -> str:
    """`quads` without the values of one property of `subject`."""
    kept = [line for line in quads.splitlines(True) if not line.startswith(f"<{subject}> <{DEF}{term}> ")]
    assert len(kept) < quads.count("\n")
    return "".join(kept)


def quad(subject: str, term: str, value: str) -> str:
    return f"<{subject}> <{DEF}{term}> {value} <{DOCUMENT}/graph> .\n"


def test_conforming_document_has_no_failure(conforming: str) -> None:
    assert validate(conforming) == []


def test_failure_names_node_property_shape_and_remedy(conforming: str) -> None:
    assert validate(without(conforming, TOTAL, "columnRole")) == [
        ShapeFailure(
            shape="ColumnRole",
            focus=TOTAL,
            path=f"{DEF}columnRole",
            value="",
            component="MinCountConstraintComponent",
            message="Give exactly one def:columnRole: part, total, memo, difference or single.",
        )
    ]


def test_failure_holds_the_wrong_value(conforming: str) -> None:
    broken = without(conforming, TOTAL, "rowNumber") + quad(TOTAL, "rowNumber", f'"-1"^^<{XSD}integer>')
    assert [(failure.shape, failure.value) for failure in validate(broken)] == [("RowNumber", "-1")]


def test_safe_to_sum_belongs_to_leaf_rows(conforming: str) -> None:
    broken = without(conforming, TOTAL, "safeToSum") + quad(TOTAL, "safeToSum", f'"true"^^<{XSD}boolean>')
    assert [(failure.shape, failure.focus) for failure in validate(broken)] == [("SafeRow", TOTAL)]


def test_boolean_is_true_or_false_and_nothing_else(conforming: str) -> None:
    broken = without(conforming, TOTAL, "safeToSum") + quad(TOTAL, "safeToSum", f'"1"^^<{XSD}boolean>')
    assert [(failure.shape, failure.value) for failure in validate(broken)] == [("SafeToSumValue", "1")]


def test_failures_are_sorted_whatever_the_order_of_quads(conforming: str) -> None:
    broken = without(without(conforming, TOTAL, "phase"), TOTAL, "decimals")
    backwards = "".join(reversed(broken.splitlines(True)))
    found = validate(broken)
    assert [failure.shape for failure in found] == ["Decimals", "MultipliedDecimals", "Phase", "StatedPhase"]
    assert validate(backwards) == found


def test_failure_without_single_path_has_none(conforming: str) -> None:
    broken = without(conforming, TOTAL, "unitMultiplier")
    assert [(failure.shape, failure.path) for failure in validate(broken)] == [("AmountMultiplier", "")]


def test_document_graph_keeps_lexical_forms() -> None:
    graph = document_graph(quad(TOTAL, "amount", f'"36.70"^^<{XSD}decimal>') + quad(TOTAL, "unit", '"万元"'))
    assert sorted(value.n3() for value in graph.objects()) == [
        '"36.70"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '"万元"',
    ]


def test_document_graph_keeps_languages_and_blank_nodes() -> None:
    graph = document_graph(f'_:a <{DEF}rowLabel> "合计"@zh-Hans <{DOCUMENT}/graph> .\n')
    assert [(subject.n3(), value.n3().lower()) for subject, value in graph.subject_objects()] == [
        ("_:a", '"合计"@zh-hans')
    ]


def test_document_graph_refuses_what_is_not_n_quads() -> None:
    with pytest.raises(SyntaxError):
        document_graph("not a quad")


def test_validating_leaves_the_shapes_as_they_are(conforming: str) -> None:
    validate(conforming)
    before = set(structural_shapes())
    validate(without(conforming, TOTAL, "phase"))
    assert set(structural_shapes()) == before


def test_no_expression_joins_over_again_what_all_nodes_have() -> None:
    """A path of two properties in EXISTS costs as many looks as there are pairs of nodes."""
    queries = [query.text for query in compiled_shapes().queries]
    assert not [text for text in queries if re.search(r"FILTER\(!.*EXISTS \{ \S+ \(<[^<>]*>/", text)]
    assert len([text for text in queries if "?this__ . FILTER(EXISTS { ?this__ " in text]) >= 3
