"""The vocabulary as its pages show it: terms, code lists, audit rules, and the shapes that speak of each.

It is what the release says in the vocabulary's graph, or, where a release has none of it (an imported one), what this
package has. Only the order of a reader, which is that of the files, and the structural shapes come from the package.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from server.addresses import VOCABULARY

ONTOLOGY = f"{VOCABULARY}def"
DEF = f"{ONTOLOGY}#"
CODE = f"{VOCABULARY}code/"
RULES = f"{VOCABULARY}rule/"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SH = "http://www.w3.org/ns/shacl#"
_SCHEMA = "https://schema.org/"
TYPE = f"{_RDF}type"
LABEL, COMMENT = f"{_RDFS}label", f"{_RDFS}comment"
CLASS, OBJECT_PROPERTY, DATATYPE_PROPERTY = (
    f"{_OWL}{each}" for each in ("Class", "ObjectProperty", "DatatypeProperty")
)
NOTATION, DEFINITION, EXAMPLE = (f"{_SKOS}{each}" for each in ("notation", "definition", "example"))
_KINDS = {CLASS: "class", OBJECT_PROPERTY: "object-property", DATATYPE_PROPERTY: "datatype-property"}
_PARENTS = (f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf")
_ALIGNED = (
    f"{_RDFS}seeAlso",
    f"{_OWL}equivalentClass",
    f"{_OWL}equivalentProperty",
    *(f"{_SKOS}{each}Match" for each in ("exact", "close", "broad", "narrow", "related")),
)
_DOMAINS, _RANGES = (f"{_SCHEMA}domainIncludes",), (f"{_RDFS}range", f"{_SCHEMA}rangeIncludes")
_CODE_LIST = "http://purl.org/linked-data/cube#codeList"
# Properties that a closed shape allows: naming them there says nothing of them.
_IGNORED = f"{_SH}ignoredProperties"
# The files with terms, in the order of a reader; others come after them by name.
_READING = {"budget.ttl": 0, "legal.ttl": 1, "audit.ttl": 2}
_NAMED_IN_QUERY = re.compile(r"(?<![\w-])def:([A-Za-z]\w*)")

Words = Mapping[str, str]
"""One text by language of `server.wording.LANGUAGES`; a language that nobody has stated is not there."""


@dataclass(frozen=True, slots=True)
class UsingShape:
    """A shape that speaks of a term: its name, and what it says where it is not kept. `iri` only of audit rules."""

    name: str
    message: Words
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A thing that a term is used of, by its IRI and label, and with what value."""

    thing: str
    label: Words
    value: str = ""
    value_is_iri: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology; all but the words are IRIs."""

    iri: str
    kind: str
    label: Words
    comment: Words
    note: Words
    parents: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    code_list: str
    aligned: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name within the ontology, which is the fragment of the IRI."""
        return self.iri.removeprefix(DEF)


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a code list."""

    iri: str
    notation: str
    label: Words
    definition: Words
    names: tuple[str, ...]
    broader: tuple[str, ...]
    matches: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class CodeList:
    """One code list with its concepts in the order of a reader."""

    iri: str
    label: Words
    definition: Words
    concepts: tuple[Concept, ...]

    @property
    def name(self) -> str:
        """Return the last part of the IRI."""
        return self.iri.removeprefix(CODE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the audit; `severity` is the notation of its findings' severity, `query` the text that finds them."""

    iri: str
    name: str
    severity: str
    concern: str
    label: Words
    comment: Words
    example: Words
    false_alarm: Words
    remedy: Words
    message: Words
    source: str
    query: str


class Vocabulary:
    """Triples of the vocabulary, by subject, and what they make up."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Read the triples; those about blank nodes are left aside."""
        self._said: defaultdict[str, defaultdict[str, list[NamedNode | Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for each in triples:
            if isinstance(each.subject, NamedNode) and isinstance(each.object, NamedNode | Literal):
                self._said[each.subject.value][each.predicate.value].append(each.object)
        self.terms = {each.iri: each for each in self._terms()}
        self.code_lists = {each.iri: each for each in self._code_lists()}
        self.concepts = {one.iri: one for each in self.code_lists.values() for one in each.concepts}
        self.rules = {each.iri: each for each in self._rules()}

    def __contains__(self, iri: str) -> bool:
        """Return whether the vocabulary says anything of an IRI."""
        return iri in self._said

    def words(self, iri: str, predicate: str) -> Words:
        """Return the texts of a property by language."""
        found = [each for each in self._values(iri, predicate) if isinstance(each, Literal)]
        return {(each.language or "en").split("-")[0].lower(): each.value for each in found}

    def text(self, iri: str, predicate: str) -> str:
        """Return the first text of a property, or nothing."""
        return next((each.value for each in self._values(iri, predicate) if isinstance(each, Literal)), "")

    def iris(self, iri: str, *predicates: str) -> tuple[str, ...]:
        """Return the IRIs that are values of some properties, each once."""
        found = (each for predicate in predicates for each in self._values(iri, predicate))
        return tuple(dict.fromkeys(each.value for each in found if isinstance(each, NamedNode)))

    def sections(self) -> list[tuple[str, list[tuple[Term, list[Term]]]]]:
        """Return the terms as one reads them: by file, each class with the properties that it is the first to have.

        Properties that no class of ours is the first to have come last, under the term that they are nearest to.
        """
        of_class: defaultdict[str, list[Term]] = defaultdict(list)
        for each in self.terms.values():
            if each.kind != "class":
                of_class[next((one for one in each.domains if one in self.terms), "")].append(each)
        grouped: defaultdict[str, list[tuple[Term, list[Term]]]] = defaultdict(list)
        for each in self.terms.values():
            if each.kind == "class":
                grouped[_file_of(each.iri)].append((each, of_class[each.iri]))
        for each in of_class[""]:
            grouped[_file_of(each.iri)].append((each, []))
        return list(grouped.items())

    def properties_of(self, iri: str) -> list[Term]:
        """Return the properties that a class is said to have."""
        return [each for each in self.terms.values() if iri in each.domains]

    def examples(self) -> dict[str, Example]:
        """Return for each term that the vocabulary itself uses a subject of it."""
        found: dict[str, Example] = {}
        for iri, said in self._said.items():
            label = self.words(iri, LABEL) or self.words(iri, f"{_SKOS}prefLabel")
            for kind in self.iris(iri, TYPE):
                found.setdefault(kind, Example(iri, label))
            for predicate, values in said.items():
                found.setdefault(predicate, Example(iri, label, values[0].value, isinstance(values[0], NamedNode)))
        return {iri: example for iri, example in found.items() if iri in self.terms}

    def parts_of(self, iri: str) -> tuple[str, ...]:
        """Return the nodes that say something only as parts of a rule: its queries."""
        return self.iris(iri, f"{_SH}sparql")

    def owner(self, iri: str) -> str:
        """Return what declares a prefix, has a query as its part, or else defines an IRI; empty where nothing does."""
        whole = (each for each in self._said if iri in self.iris(each, f"{_SH}declare", f"{_SH}sparql"))
        return next(iter((*whole, *self.iris(iri, f"{_RDFS}isDefinedBy"))), "")

    def graph(self, subjects: Iterable[str]) -> Iterator[Triple]:
        """Yield all that is said of some subjects."""
        for subject in subjects:
            for predicate, values in self._said.get(subject, {}).items():
                for value in values:
                    yield Triple(NamedNode(subject), NamedNode(predicate), value)

    def names(self, iri: str) -> Iterator[Triple]:
        """Yield what something is called: its labels and notations."""
        for predicate in (LABEL, f"{_SKOS}prefLabel", NOTATION):
            for value in self._values(iri, predicate):
                yield Triple(NamedNode(iri), NamedNode(predicate), value)

    def subjects(self, beginning: str) -> list[str]:
        """Return the subjects whose IRIs begin so, in the order of a reader."""
        return sorted((each for each in self._said if each.startswith(beginning)), key=_place)

    def _values(self, iri: str, predicate: str) -> Sequence[NamedNode | Literal]:
        return self._said[iri].get(predicate, ()) if iri in self._said else ()

    def _of_kind(self, kind: str) -> list[str]:
        return sorted((each for each, said in self._said.items() if NamedNode(kind) in said.get(TYPE, ())), key=_place)

    def _terms(self) -> Iterator[Term]:
        for iri in self.subjects(DEF):
            kinds = [_KINDS[each] for each in self.iris(iri, TYPE) if each in _KINDS]
            if kinds:
                yield Term(
                    iri,
                    kinds[0],
                    self.words(iri, LABEL),
                    self.words(iri, COMMENT),
                    self.words(iri, f"{_SKOS}scopeNote"),
                    self.iris(iri, *_PARENTS),
                    self.iris(iri, *_DOMAINS),
                    self.iris(iri, *_RANGES),
                    next(iter(self.iris(iri, _CODE_LIST)), ""),
                    self.iris(iri, *_ALIGNED),
                )

    def _code_lists(self) -> Iterator[CodeList]:
        members: defaultdict[str, list[str]] = defaultdict(list)
        for iri in self._of_kind(f"{_SKOS}Concept"):
            for scheme in self.iris(iri, f"{_SKOS}inScheme"):
                members[scheme].append(iri)
        for iri in self._of_kind(f"{_SKOS}ConceptScheme"):
            concepts = tuple(self._concept(each) for each in members[iri])
            yield CodeList(iri, self.words(iri, LABEL), self.words(iri, DEFINITION), concepts)

    def _concept(self, iri: str) -> Concept:
        return Concept(
            iri,
            self.text(iri, NOTATION),
            self.words(iri, f"{_SKOS}prefLabel"),
            self.words(iri, DEFINITION),
            tuple(each.value for each in self._values(iri, f"{_SKOS}altLabel") if isinstance(each, Literal)),
            self.iris(iri, f"{_SKOS}broader"),
            self.iris(iri, *_ALIGNED),
            self._depth(iri),
        )

    def _depth(self, iri: str) -> int:
        """Return how many broader concepts stand above one."""
        above: list[str] = []
        while (broader := self.iris(iri, f"{_SKOS}broader")) and broader[0] not in above:
            iri = broader[0]
            above.append(iri)
        return len(above)

    def _rules(self) -> Iterator[Rule]:
        for iri in self._of_kind(f"{DEF}AuditRule"):
            queries = self.iris(iri, f"{_SH}sparql")
            query = queries[0] if queries else ""
            severity = next(iter(self.iris(iri, f"{_SH}severity")), f"{_SH}Violation")
            yield Rule(
                iri,
                self.text(iri, NOTATION),
                severity.removeprefix(_SH).lower(),
                next(iter(self.iris(iri, f"{DEF}concern")), ""),
                self.words(iri, LABEL),
                self.words(iri, COMMENT),
                self.words(iri, EXAMPLE),
                self.words(iri, f"{DEF}falseAlarm"),
                self.words(iri, f"{DEF}remedy"),
                self.words(query, f"{_SH}message"),
                self.text(iri, f"{DEF}ruleSource"),
                self.text(query, f"{_SH}select"),
            )


@cache
def packaged() -> tuple[Triple, ...]:
    """Return the vocabulary of this package: its terms, code lists and rules, without blank nodes."""
    found = (triple for file in _files() for triple in _parsed(file))
    return tuple(each for each in found if not isinstance(each.subject, BlankNode))


@cache
def notations(codes: str) -> Mapping[str, str]:
    """Return the notations of a code list of this package by themselves, by their labels and by other names.

    The code list is named by its own notation; `rule` stands for the rules of the audit. Empty where there is none.

    >>> notations("severity")["矛盾"], notations("measure")["三公经费"]
    ('violation', 'three-public')
    """
    vocabulary = Vocabulary(packaged())
    if codes == "rule":
        entries = [(each.name, tuple(each.label.values())) for each in vocabulary.rules.values()]
    else:
        listed = vocabulary.code_lists.get(f"{CODE}{codes}")
        entries = [(each.notation, (*each.names, *each.label.values())) for each in listed.concepts] if listed else []
    named = {name: notation for notation, names in entries for name in names}
    return {**named, **{notation: notation for notation, _ in entries}}


@cache
def shapes_by_term() -> Mapping[str, tuple[UsingShape, ...]]:
    """Return the shapes of this package by the terms that they speak of, in their own words or in their queries."""
    using: defaultdict[str, dict[str, UsingShape]] = defaultdict(dict)
    for folder in ("structure", "audit", "corpus"):
        for file in _turtle("shapes", folder):
            triples = list(_parsed(file))
            vocabulary = Vocabulary(triples)
            for iri in sorted(vocabulary.subjects(VOCABULARY)):
                if f"{_SH}NodeShape" in vocabulary.iris(iri, TYPE) or f"{_SH}PropertyShape" in vocabulary.iris(
                    iri, TYPE
                ):
                    shape = _using(vocabulary, iri)
                    for term in _named_by(triples, iri):
                        using[term].setdefault(iri, shape)
    return {term: tuple(found.values()) for term, found in using.items()}


def _using(vocabulary: Vocabulary, iri: str) -> UsingShape:
    if iri.startswith(RULES):
        return UsingShape(iri.removeprefix(RULES), vocabulary.words(iri, LABEL), iri)
    message = vocabulary.words(iri, f"{_SH}message") or vocabulary.words(iri, COMMENT)
    return UsingShape(iri.rpartition("#")[2], message)


def _named_by(triples: Sequence[Triple], shape: str) -> set[str]:
    """Return the terms that a shape names, in the nodes that hang on it and in the text of its queries."""
    of_subject: defaultdict[NamedNode | BlankNode, list[Triple]] = defaultdict(list)
    for each in triples:
        if isinstance(each.subject, NamedNode | BlankNode):
            of_subject[each.subject].append(each)
    found: set[str] = set()
    ahead: list[NamedNode | BlankNode] = [NamedNode(shape)]
    seen = set(ahead)
    while ahead:
        for each in of_subject[ahead.pop()]:
            value = each.object
            if each.predicate.value in (_IGNORED, f"{_SH}declare", f"{_SH}prefixes"):
                continue
            if isinstance(value, Literal):
                found |= {DEF + name for name in _NAMED_IN_QUERY.findall(value.value)}
            elif isinstance(value, NamedNode) and value.value.startswith(DEF):
                found.add(value.value)
            elif isinstance(value, NamedNode | BlankNode) and value not in seen and _hangs(value, shape):
                seen.add(value)
                ahead.append(value)
    return found - {f"{DEF}AuditRule"}


def _hangs(node: NamedNode | BlankNode, shape: str) -> bool:
    """Return whether a node belongs to a shape, as its query does, rather than being another one."""
    return isinstance(node, BlankNode) or node.value.startswith(f"{shape}-")


@cache
def _places() -> Mapping[str, tuple[int, str]]:
    """Return where each subject of the package's vocabulary first stands: how many before it, and in which file."""
    places: dict[str, tuple[int, str]] = {}
    for file in _files():
        for each in _parsed(file):
            if isinstance(each.subject, NamedNode) and each.predicate.value == TYPE:
                places.setdefault(each.subject.value, (len(places), file.name.removesuffix(".ttl")))
    return places


def _place(iri: str) -> tuple[int, str]:
    places = _places()
    return places[iri][0] if iri in places else len(places), iri


def _file_of(iri: str) -> str:
    return _places()[iri][1] if iri in _places() else ""


def _files() -> Iterator[Traversable]:
    """Yield the files of the vocabulary as one reads them: those that have terms first, in their order."""
    yield from sorted(_turtle("ontology"), key=lambda each: (_READING.get(each.name, len(_READING)), each.name))
    for folder in ("audit", "corpus"):
        yield from _turtle("shapes", folder)


def _turtle(*place: str) -> list[Traversable]:
    package, *folders = place
    folder: Traversable = files(package)
    for each in folders:
        folder = folder.joinpath(each)
    found = [each for each in folder.iterdir() if each.name.endswith(".ttl")]
    return sorted(found, key=lambda each: each.name)


def _parsed(file: Traversable) -> Iterator[Triple]:
    yield from (each.triple for each in parse(file.read_bytes(), format=RdfFormat.TURTLE))
