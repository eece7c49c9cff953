"""Every structural shape against its passing and its failing example, and the shapes as texts.

An example is Turtle; a failing one ends with the validation report it must lead to:
focus node, path, constraint.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from mapping.validate import failures, only, structural_shapes

ROOT = Path(__file__).parents[2]
SHAPE_FILES = sorted((ROOT / "shapes" / "structure").glob("*.ttl"))
EXAMPLES = sorted((Path(__file__).parent / "structure").glob("*/*.ttl"))
WHOLE_DOCUMENT = Path(__file__).parent / "document.ttl"
DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
SHAPE = "https://w3id.org/yusuan/shapes#"
DOMAIN = URIRef("https://schema.org/domainIncludes")
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
NO_CONSTRAINTS = {*TARGETS, SH.path, SH.property, SH.severity, SH.message, SH.ignoredProperties}
ABSTRACT = {"Reading", "carries"}  # named in docs/graph.md, but never written: only their kinds are
OF_MEASURES = {"unitKind", "countsAs"}  # only in the vocabulary: tests/ontology/test_measures.py

Result = tuple[str, str, str]


@cache
def named_shapes() -> dict[str, URIRef]:
    """The shapes that have a name of their own; those without one are alternatives inside another."""
    found = {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in structural_shapes().subjects(RDF.type, kind)
        if isinstance(shape, URIRef)
    }
    return {str(shape).removeprefix(SHAPE): shape for shape in found}


@cache
def targeted_shapes() -> dict[str, URIRef]:
    shapes = structural_shapes()
    return {
        name: shape
        for name, shape in named_shapes().items()
        if any((shape, target, None) in shapes for target in TARGETS)
    }


def with_nested(shape: URIRef) -> set[str]:
    """The name of `shape` and of the shapes it leads to: results name the latter."""
    nested = structural_shapes().objects(shape, SH.property)
    return {str(each).removeprefix(SHAPE) for each in (shape, *nested)}


@cache
def structural_vocabulary() -> Graph:
    """The classes and properties of the vocabulary."""
    graph = Graph()
    for name in ("budget.ttl", "legal.ttl", "audit.ttl", "alignments.ttl"):
        graph.parse(ROOT / "ontology" / name)
    return graph


def above_of(vocabulary: Graph, kind: Node) -> set[Node]:
    """A class with all above it."""
    return {above for above in vocabulary.transitive_objects(kind, RDFS.subClassOf) if above}


def expected_results(example: Graph) -> list[Result]:
    return sorted(
        (
            anonymous(example.value(result, SH.focusNode)),
            str(example.value(result, SH.resultPath) or ""),
            str(example.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
        )
        for result in example.objects(None, SH.result)
    )


def anonymous(node: Node | None) -> str:
    """The node as text; blank nodes, whose names change, are all alike."""
    return "[]" if isinstance(node, BNode) else str(node)


def reported_results(example: Graph, shape: URIRef) -> list[Result]:
    """What `shape` and those it leads to report; the others would take most of the time, and are not asked."""
    blank = {str(node) for node in example.subjects() if isinstance(node, BNode)}
    own = with_nested(shape)
    return sorted(
        ("[]" if failure.focus in blank else failure.focus, failure.path, failure.component)
        for failure in failures(example, only(structural_shapes(), [shape]))
        if failure.shape in own
    )


def focus_nodes(shape: URIRef, target: URIRef, data: Graph) -> set[Node]:
    """What `target` of `shape` selects in `data`, by SHACL's definition; target nodes if they occur."""
    found: set[Node] = set()
    for value in structural_shapes().objects(shape, target):
        if target == SH.targetClass:
            found |= set(data.subjects(RDF.type, value))
        elif target == SH.targetSubjectsOf:
            found |= set(data.subjects(value, None))
        elif target == SH.targetObjectsOf:
            found |= set(data.objects(None, value))
        elif (None, None, value) in data:
            found.add(value)
    return found


def components(shape: URIRef) -> set[str]:
    """The constraint components that can fail at `shape`; sh:minCount has sh:MinCountConstraintComponent."""
    predicates = set(structural_shapes().predicates(shape)) - NO_CONSTRAINTS
    names = {str(each).removeprefix(str(SH)) for each in predicates if str(each).startswith(str(SH))}
    return {f"{name[0].upper()}{name[1:]}ConstraintComponent" for name in names}


def name_of(example: Path) -> str:
    return example.name.split(".")[0]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shape_reports_what_the_example_expects(example: Path) -> None:
    data = Graph().parse(example)
    expected = expected_results(data)
    assert bool(expected) == example.name.endswith(".fail.ttl")
    assert reported_results(data, targeted_shapes()[name_of(example)]) == expected


def test_every_shape_has_a_passing_and_a_failing_example() -> None:
    assert len(targeted_shapes()) >= 200
    for kind in ("pass", "fail"):
        names = {name_of(example) for example in EXAMPLES if example.name.endswith(f".{kind}.ttl")}
        assert names == set(targeted_shapes())


def test_every_shape_is_reached() -> None:
    reached = {name for shape in targeted_shapes().values() for name in with_nested(shape)}
    assert reached == set(named_shapes())


def test_every_constraint_of_a_shape_fails_in_its_example() -> None:
    tried: set[tuple[str, str]] = set()
    untried: set[tuple[str, str]] = set()
    for example in (path for path in EXAMPLES if path.name.endswith(".fail.ttl")):
        fired = {component for _, _, component in expected_results(Graph().parse(example))}
        for component in components(targeted_shapes()[name_of(example)]):
            (tried if component in fired else untried).add((example.name, component))
    assert untried == set()
    assert len(tried) >= 560


def test_every_target_finds_nodes_in_the_passing_example() -> None:
    selected = 0
    for example in (path for path in EXAMPLES if path.name.endswith(".pass.ttl")):
        shape, data = targeted_shapes()[name_of(example)], Graph().parse(example)
        for target in TARGETS:
            if (shape, target, None) in structural_shapes():
                assert focus_nodes(shape, target, data), f"{example.name}: {target} finds nothing"
                selected += 1
    assert selected >= 200


def test_a_whole_document_conforms() -> None:
    assert failures(Graph().parse(WHOLE_DOCUMENT), structural_shapes()) == []


def test_the_whole_document_uses_every_property_of_the_vocabulary() -> None:
    data = Graph().parse(WHOLE_DOCUMENT)
    used = {str(term).removeprefix(DEF) for term in {*data.predicates(), *data.objects(None, RDF.type)}}
    assert documented_terms() - used == ABSTRACT | OF_MEASURES


@pytest.mark.parametrize("asked", ["subjects", "objects"])
def test_the_whole_document_uses_every_property_between_the_classes_it_names(asked: str) -> None:
    vocabulary = structural_vocabulary()
    data = Graph().parse(WHOLE_DOCUMENT)
    wrong = set()
    for subject, predicate, value in data:
        named = set(vocabulary.objects(predicate, DOMAIN if asked == "subjects" else RDFS.range))
        node = subject if asked == "subjects" else value
        kinds = {above for kind in data.objects(node, RDF.type) for above in above_of(vocabulary, kind)}
        ours = any(str(kind).startswith(DEF) for kind in kinds)
        if named and ours and not named & kinds:
            wrong.add((str(predicate).removeprefix(DEF), *sorted(kind.removeprefix(DEF) for kind in map(str, kinds))))
    assert wrong == set()


@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment, SH.message], ids=["label", "comment", "message"])
def test_every_shape_speaks_both_languages(predicate: URIRef) -> None:
    assert len(named_shapes()) >= 200
    for name, shape in named_shapes().items():
        texts = [text for text in structural_shapes().objects(shape, predicate) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "zh-Hans"], name
        assert all(text.strip() for text in texts), name


def test_every_shape_states_its_severity() -> None:
    severities = {structural_shapes().value(shape, SH.severity) for shape in named_shapes().values()}
    assert severities == {SH.Violation}


def documented_terms() -> set[str]:
    """The terms of the vocabulary that docs/graph.md names."""
    text = (ROOT / "docs" / "graph.md").read_text(encoding="utf-8")
    return set(re.findall(r"\bdef:([A-Za-z]\w*)", text))


def test_shapes_use_the_documented_vocabulary_and_all_of_it() -> None:
    terms = {
        str(term).removeprefix(DEF) for triple in structural_shapes() for term in triple if str(term).startswith(DEF)
    }
    assert len(terms) >= 130
    assert terms == documented_terms() - ABSTRACT - OF_MEASURES


def test_lists_of_codes_are_those_of_the_ontology() -> None:
    shapes, ontology = structural_shapes(), Graph()
    for name in ("audit", "code-lists", "legal"):
        ontology.parse(ROOT / "ontology" / f"{name}.ttl")
    lists: dict[str, set[str]] = {}
    for head in shapes.objects(None, SH["in"]):
        for code in (str(item) for item in shapes.items(head) if str(item).startswith(CODE)):
            lists.setdefault(code.rpartition("/")[0], set()).add(code)
    assert len(lists) >= 24
    for scheme, codes in lists.items():
        concepts = {str(concept) for concept in ontology.subjects(SKOS.inScheme, URIRef(scheme))}
        assert codes == concepts, scheme


def test_a_prefix_means_one_namespace_everywhere() -> None:
    """A namespace mistyped in one file conforms silently: its targets find nothing."""
    bindings = {
        binding
        for file in (*SHAPE_FILES, *EXAMPLES, WHOLE_DOCUMENT)
        for binding in re.findall(r"^@prefix ([\w-]*): <(.*)> \.$", file.read_text(encoding="utf-8"), re.M)
    }
    declared = Graph().parse(ROOT / "ontology" / "prefixes.ttl")
    bindings |= {
        (str(declared.value(each, SH.prefix)), str(declared.value(each, SH.namespace)))
        for each in declared.subjects(RDF.type, SH.PrefixDeclaration)
    }
    assert len(SHAPE_FILES) >= 28
    assert len({prefix for prefix, _ in bindings}) == len(bindings) >= 25
    assert len({namespace for _, namespace in bindings}) == len(bindings)


def test_closed_shapes_allow_every_property_that_is_required() -> None:
    shapes = structural_shapes()
    closed = list(shapes.subjects(SH.closed, None))
    assert len(closed) >= 20
    for shape in closed:
        properties = shapes.value(shape, SH.ignoredProperties)
        assert properties is not None
        allowed = set(shapes.items(properties))
        required = {
            shapes.value(other, SH.path)
            for other in shapes.subjects(SH.targetClass, shapes.value(shape, SH.targetClass))
            if isinstance(shapes.value(other, SH.path), URIRef)
        }
        assert required and required <= allowed


def test_shapes_are_well_formed() -> None:
    """By the shapes for shapes, an appendix of the SHACL recommendation that pyshacl brings along."""
    rules = Graph().parse(data=(files("pyshacl") / "assets" / "shacl-shacl.ttl").read_text(encoding="utf-8"))
    conforms, _, text = pyshacl.validate(structural_shapes(), shacl_graph=rules, max_validation_depth=40)
    assert conforms, text


def test_structural_shapes_are_shacl_core() -> None:
    """SPARQL constraints cost pyshacl a hundred times as much; they belong to the audit."""
    beyond_core = {SH.sparql, SH.select, SH.ask, SH.rule, SH.target, SH.js}
    assert not beyond_core & set(structural_shapes().predicates())
