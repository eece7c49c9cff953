"""The audit's rules, read from `shapes/audit`: which nodes each asks about, its query, and what it says.

A rule is a SHACL node shape with one `sh:sparql` constraint. `found`, `expected` and `slack` are columns of that very
SELECT, as are the `cells` that a result rests on; SHACL engines leave such columns out of their reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyoxigraph

RULE = "https://w3id.org/yusuan/rule/"
SH = "http://www.w3.org/ns/shacl#"
# SHACL's severities in the order that readers want to see them, with what a finding says instead.
SEVERITIES = {"Violation": "violation", "Warning": "warning", "Info": "info"}
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_CONCERN = "https://w3id.org/yusuan/def#concern"
_REMEDY = "https://w3id.org/yusuan/def#remedy"
_Said = Mapping[str, Mapping[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `name` is its IRI below RULE, `targets` pairs of target kind and IRI, `messages` templates by language.
    `concern` is what it compares: the notation of a `code:concern`.

    `prefixes` and `select` together are the query, in which `$this` is a node that the targets name. `remedy` says in
    Chinese what to check or to correct.
    """

    name: str
    severity: str
    concern: str
    targets: tuple[tuple[str, str], ...]
    prefixes: str
    select: str
    messages: Mapping[str, str]
    remedy: str

    @property
    def iri(self) -> str:
        """The shape's IRI."""
        return RULE + self.name


@cache
def audit_rules() -> tuple[Rule, ...]:
    """The rules of `shapes/audit`, which one document's graph is asked, by name; read once per process.

    Raises ValueError naming a rule that lacks a target, a severity, its query or a message in one of both languages.
    """
    return read_rules(each.read_bytes() for each in rule_files("audit"))


@cache
def corpus_rules() -> tuple[Rule, ...]:
    """The rules of `shapes/corpus`, which the merge of all graphs is asked; as `audit_rules`."""
    return read_rules(each.read_bytes() for each in rule_files("corpus"))


def vocabulary() -> list[Traversable]:
    """The Turtle files of the vocabulary and of the audit's rules, by name."""
    return [*turtle_files(files("ontology")), *rule_files("audit"), *rule_files("corpus")]


def rule_files(folder: str) -> list[Traversable]:
    """The Turtle files of a folder of rules with the one that declares their prefixes, by name."""
    declared = files("shapes") / "audit" / "rules.ttl"
    found = turtle_files(files("shapes") / folder)
    return sorted({each.name: each for each in (declared, *found)}.values(), key=lambda each: each.name)


def turtle_files(folder: Traversable) -> list[Traversable]:
    """The Turtle files of a folder, by name."""
    found = (each for each in folder.iterdir() if each.name.endswith(".ttl"))
    return sorted(found, key=lambda each: each.name)


def read_rules(texts: Iterable[bytes]) -> tuple[Rule, ...]:
    """The rules in some Turtle files by name; raises ValueError as `audit_rules` does."""
    said: dict[str, dict[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]]] = defaultdict(lambda: defaultdict(list))
    for text in texts:
        for triple in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
            said[triple.subject.value][triple.predicate.value].append(triple.object)
    shapes = [iri for iri, values in said.items() if any(one.value == SH + "NodeShape" for one in values[_TYPE])]
    return tuple(_rule(iri, said) for iri in sorted(shapes))


def _rule(iri: str, said: _Said) -> Rule:
    shape = said[iri]
    targets = tuple((kind, one.value) for kind in _TARGETS for one in shape.get(SH + kind, ()))
    severity = SEVERITIES.get(_only(iri, shape, "severity").value.removeprefix(SH), "")
    query = said[_only(iri, shape, "sparql").value]
    messages = {one.language: one.value for one in query.get(SH + "message", ()) if isinstance(one, pyoxigraph.Literal)}
    if not (iri.startswith(RULE) and targets and severity and messages.keys() >= {"en", "zh-hans"}):
        raise ValueError(f"{iri} is no rule: it needs a target, a severity and messages in en and zh-Hans")
    return Rule(
        name=iri.removeprefix(RULE),
        severity=severity,
        concern=next((one.value.rpartition("/")[2] for one in shape.get(_CONCERN, ())), ""),
        targets=targets,
        prefixes=_prefixes(_only(iri, query, "prefixes").value, said),
        select=_only(iri, query, "select").value,
        messages={"en": messages["en"], "zh": messages["zh-hans"]},
        remedy=_in_chinese(shape.get(_REMEDY, ())),
    )


def _in_chinese(texts: Iterable[pyoxigraph.NamedNode | pyoxigraph.Literal]) -> str:
    return next((one.value for one in texts if isinstance(one, pyoxigraph.Literal) and one.language == "zh-hans"), "")


def _only(
    iri: str, values: Mapping[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]], name: str
) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    found = values.get(SH + name, [])
    if len(found) != 1:
        raise ValueError(f"{iri} must have one sh:{name}, it has {len(found)}")
    return found[0]


def _prefixes(ontology: str, said: _Said) -> str:
    """The PREFIX lines that an ontology declares (SHACL 5.2.1)."""
    declared = [said[one.value] for one in said[ontology][SH + "declare"]]
    pairs = sorted((one[SH + "prefix"][0].value, one[SH + "namespace"][0].value) for one in declared)
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in pairs)
