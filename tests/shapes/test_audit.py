"""Every audit rule against its passing and its failing examples, in our own way and in stock pyshacl.

An example is Turtle, `{audit,corpus}/{file of the rule}/{rule}.pass.ttl`, `.fail.ttl` or `{rule}.{what}.pass.ttl`; a
failing one ends with the validation report that it must lead to. Nodes in it need no more than the rule asks for.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from mapping.audit import Result, audit
from mapping.rules import RULE, Rule, audit_rules, corpus_rules
from mapping.validate import only
from tests.equivalence.agree import parsing_once

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RULE_FILES = [file for folder in ("audit", "corpus") for file in sorted((ROOT / "shapes" / folder).glob("*.ttl"))]
EXAMPLES = [file for folder in ("audit", "corpus") for file in sorted((HERE / folder).glob("*/*.ttl"))]
DEF = "https://w3id.org/yusuan/def#"
RULES = {rule.name: rule for rule in (*audit_rules(), *corpus_rules())}
DOCUMENTED = (RDFS.label, RDFS.comment, URIRef(DEF + "falseAlarm"), URIRef(DEF + "remedy"), SKOS.example)


@cache
def shapes() -> Graph:
    graph = Graph()
    for file in RULE_FILES:
        graph.parse(file)
    return graph


def rule_of(example: Path) -> Rule:
    return RULES[example.name.split(".")[0]]


def expected_results(data: Graph) -> list[dict[str, object]]:
    found = []
    for result in data.objects(None, SH.result):
        said: dict[str, object] = {"focus": str(data.value(result, SH.focusNode))}
        for name in ("value", "found", "expected", "slack"):
            term = data.value(result, SH.value if name == "value" else URIRef(DEF + name))
            if term is not None:
                said[name] = str(term)
        cells = sorted(str(cell) for cell in data.objects(result, URIRef(DEF + "cell")))
        found.append({**said, "cells": tuple(cells)})
    return sorted(found, key=str)


def our_results(example: Path, rule: Rule) -> list[Result]:
    store = pyoxigraph.Store()
    store.load(example.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
    return audit(store, [rule])


def as_expected(result: Result, wanted: dict[str, object]) -> dict[str, object]:
    """What the example says of a result, as it came out."""
    said: dict[str, object] = {"focus": result.focus, "value": result.value, "cells": result.cells, **result.said}
    return {name: said.get(name) for name in wanted}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_rule_reports_what_the_example_expects(example: Path) -> None:
    wanted, rule = expected_results(Graph().parse(example)), rule_of(example)
    assert bool(wanted) == example.name.endswith(".fail.ttl")
    results = our_results(example, rule)
    assert len(results) == len(wanted)
    assert sorted(map(as_expected, results, wanted), key=str) == wanted
    for result in results:
        assert result.cells, "a finding without a place in the source"
        for language in ("zh", "en"):
            assert "?" not in result.message(language), result.message(language)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_stock_pyshacl_reports_the_same(example: Path) -> None:
    rule, data = rule_of(example), Graph().parse(example)
    with parsing_once():
        _, report, _ = pyshacl.validate(data, shacl_graph=only(shapes(), [rule.iri]), inference="none")
    assert isinstance(report, Graph)
    reported = sorted(
        (str(report.value(each, SH.focusNode)), str(report.value(each, SH.value)), severity_of(report, each))
        for each in report.objects(None, SH.result)
    )
    results = our_results(example, rule)
    ours = [(one.focus, one.value or one.focus, one.rule.severity) for one in results]
    assert reported == sorted(ours)
    said = {comparable(str(text)) for text in report.objects(None, SH.resultMessage)}
    assert said == {comparable(one.message(language)) for one in results for language in ("zh", "en")}


def comparable(text: str) -> str:
    """A message as engines agree on it: without zeros behind decimals, the words of a list in any order."""
    plain = re.sub(r"\d+\.\d+", lambda found: found[0].rstrip("0").rstrip("."), text)
    return "".join(sorted(plain))


def severity_of(report: Graph, result: Node) -> str:
    return str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)).lower()


def test_every_rule_has_a_passing_and_a_failing_example() -> None:
    for kind in ("pass", "fail"):
        names = {example.name.split(".")[0] for example in EXAMPLES if example.name.endswith(f".{kind}.ttl")}
        assert names == set(RULES)


def test_every_rule_documents_itself_in_both_languages() -> None:
    for name, rule in RULES.items():
        shape = URIRef(rule.iri)
        for predicate in DOCUMENTED:
            texts = [text for text in shapes().objects(shape, predicate) if isinstance(text, Literal)]
            assert sorted(str(text.language) for text in texts) == ["en", "zh-Hans"], f"{name}: {predicate}"
        assert shapes().value(shape, URIRef(DEF + "ruleSource")), name
        assert shapes().value(shape, URIRef(DEF + "concern")), name
        assert str(shapes().value(shape, SKOS.notation)) == name


def test_no_rule_speaks_of_violations_of_law() -> None:
    for rule in RULES.values():
        said = [*rule.messages.values(), *map(str, shapes().objects(URIRef(rule.iri)))]
        assert not any("违规" in text or "违法" in text for text in said), rule.name


def test_messages_speak_only_of_columns_of_their_query() -> None:
    for rule in RULES.values():
        head = re.split(r"\bWHERE\b", rule.select, maxsplit=1)[0]
        for text in rule.messages.values():
            for name in re.findall(r"\{[?$](\w+)\}", text):
                assert re.search(rf"[?$]{name}\b", head), f"{rule.name}: {name}"


def test_no_query_uses_what_shacl_forbids() -> None:
    """SHACL 5.2.1: no MINUS, VALUES or SERVICE, and a nested SELECT projects $this."""
    for rule in RULES.values():
        assert not re.search(r"\b(MINUS|VALUES|SERVICE)\b", rule.select), rule.name
        for nested in rule.select.split("SELECT")[1:]:
            assert "$this" in re.split(r"\bWHERE\b", nested, maxsplit=1)[0], rule.name
        assert all(rule.iri.startswith(RULE) for rule in RULES.values())


def test_whatever_the_rules_describe_is_of_a_class() -> None:
    assert [node for node in shapes().subjects(unique=True) if (node, RDF.type, None) not in shapes()] == []


def test_rules_have_no_blank_nodes() -> None:
    """They are published in every release, which has none."""
    for file in RULE_FILES:
        for triple in pyoxigraph.parse(file.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
            assert not isinstance(triple.subject, pyoxigraph.BlankNode), file.name
            assert not isinstance(triple.object, pyoxigraph.BlankNode), file.name
