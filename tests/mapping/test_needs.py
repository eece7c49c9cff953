"""What a query cannot do without: never more than it really needs."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from mapping.audit import audit
from mapping.compile import compile_rule
from mapping.needs import Need, read_needs
from mapping.rules import Rule, audit_rules, corpus_rules

EXAMPLES = sorted((Path(__file__).parents[1] / "shapes").glob("*/*/*.fail.ttl"))
RULES = {rule.name: rule for rule in (*audit_rules(), *corpus_rules()) if compile_rule(rule).needs}
PREFIX = "PREFIX ex: <http://example.org/>\n"
A, B, C = ("http://example.org/a", "http://example.org/b", "http://example.org/c")


@pytest.mark.parametrize(
    ("body", "needs"),
    [
        ("SELECT * WHERE { ?x ex:a ?y ; ex:b ex:c , ?z . }", [(A, ""), (B, C), (B, "")]),
        ("SELECT * WHERE { ?x a ex:c }", [("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", C)]),
        ("SELECT * WHERE { ?x <http://example.org/a> ?y # and ex:c of { nothing\n }", [(A, "")]),
        ("SELECT * WHERE { ?x ex:a ?y OPTIONAL { ?x ex:b ?z } }", [(A, "")]),
        ("SELECT * WHERE { { ?x ex:a ?y } UNION { ?x ex:b ?y } ?x ex:c ?z }", [(C, "")]),
        ("SELECT * WHERE { { ?x ex:a ?y } UNION { ?x ex:a ?y } UNION { ?x ex:b ?y } ?x ex:c ?z }", [(C, "")]),
        ("SELECT * WHERE { { ?x ex:a ?y } FILTER NOT EXISTS { ?x ex:b ?y } ?x ex:c ?z }", [(A, ""), (C, "")]),
        ("SELECT * WHERE { VALUES (?x ?y) { (ex:a ex:b ) } ?x ?y ?z MINUS { ?x ex:c ?z } }", []),
        ('SELECT * WHERE { FILTER(REGEX(?y, "ex:a } ex:b \'")) ?x ex:c ?y }', [(C, "")]),
        ("SELECT * WHERE { ?x ex:a/ex:b ?y . ?x ex:b* ?z . ?x ^ex:c ?y ; (ex:a|ex:b) ?y }", []),
        ("SELECT * WHERE { { SELECT ?x (COUNT(?y) AS ?n) WHERE { ?x ex:a ?y } GROUP BY ?x } }", [(A, "")]),
        ("SELECT * WHERE { { SELECT (COUNT(?y) AS ?n) WHERE { ?x ex:a ?y } } ?x ex:b ?n }", [(B, "")]),
        ("SELECT (COUNT(?y) AS ?n) WHERE { ?x ex:a ?y }", []),
        ("SELECT * WHERE { ?x ex:a 1.5 ; other:b ?y }", [(A, "")]),
    ],
)
def test_needs_of_a_query(body: str, needs: list[Need]) -> None:
    assert list(read_needs(PREFIX + body)) == needs


def test_braces_that_do_not_close_are_an_error() -> None:
    with pytest.raises(ValueError, match=r"no \} for the \{"):
        read_needs("SELECT * WHERE { ?x ?y ?z")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_finds_nothing_without_any_of_its_needs(rule: Rule) -> None:
    """Each failing example, less the statements of one need, has no result by the query itself."""
    examples = [path for path in EXAMPLES if path.name.split(".")[0] == rule.name]
    assert examples
    for path in examples:
        for need in compile_rule(rule).needs:
            store = pyoxigraph.Store()
            store.load(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
            assert audit(store, [rule])
            for quad in list(store.quads_for_pattern(*_pattern(need))):
                store.remove(quad)
            found = store.query(compile_rule(rule).text)
            assert isinstance(found, pyoxigraph.QuerySolutions)
            assert not list(found), need


def test_nearly_every_rule_has_needs() -> None:
    assert len(RULES) >= 85


def _pattern(need: Need) -> tuple[None, pyoxigraph.NamedNode, pyoxigraph.NamedNode | None]:
    return None, pyoxigraph.NamedNode(need[0]), pyoxigraph.NamedNode(need[1]) if need[1] else None
