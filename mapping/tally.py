"""One pass over a document's N-Quads that rules constraints out: what it shows to be kept needs no query.

Terms are compared as they are written, never as what they mean, so that "ruled out" is certain and "not ruled out"
only means that a query must tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
_NUMBERS = (f"<{_XSD}integer>", f"<{_XSD}decimal>")
_YEAR = f"<{_XSD}gYear>"
_IRI = r'<[^\s<>"\\{}|^`]*>'
# The one way to write a typed value which a store gives back as it was.
CANONICAL = (
    r"(?:(?:0|-?[1-9][0-9]{0,17})\"\^\^<X#integer>"
    r"|(?!-0\")-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{0,17}[1-9])?\"\^\^<X#decimal>"
    r"|(?:true|false)\"\^\^<X#boolean>"
    r"|[0-9]{4}\"\^\^<X#gYear>"
    r"|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])\"\^\^<X#date>)".replace("X#", _XSD)
)
_NODE = re.compile(_IRI)
_OBJECT = re.compile(rf'{_IRI}|"(?:[^"\\]|\\.)*"(?:@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)?|"{CANONICAL}')
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a constraint says of the nodes of one target: `name` is SHACL's parameter, `bound` its value.

    `target`, `predicate` and `bound` are N-Triples terms, several IRIs in `bound` one string literal; `predicate` is
    empty where the nodes are their own values.
    """

    name: str
    kind: str
    target: str
    predicate: str
    bound: str


class Tally:
    """The statements of a document by property."""

    def __init__(self, pairs: dict[str, list[_Pair]]) -> None:
        self._pairs = pairs
        self._focus: dict[tuple[str, str], frozenset[str]] = {}
        self._objects: dict[str, frozenset[str]] = {}
        self._subjects: dict[str, frozenset[str]] = {}

    def keeps(self, claim: Claim) -> bool:
        """Whether it is certain that no node breaks the claim."""
        if claim.name in _OF_NODES:
            return _OF_NODES[claim.name](self, claim)
        keeps = _OF_VALUES.get(claim.name)
        if keeps is None:
            return False
        if not claim.predicate:
            return keeps(self, self.focus(claim), claim.bound)
        return keeps(self, self.objects(claim.predicate), claim.bound) or keeps(
            self, frozenset(value for _, value in self.said(claim)), claim.bound
        )

    def focus(self, claim: Claim) -> frozenset[str]:
        """The nodes of the claim's target."""
        key = (claim.kind, claim.target)
        if key not in self._focus:
            self._focus[key] = frozenset(self._reached(*key))
        return self._focus[key]

    def said(self, claim: Claim) -> Iterator[_Pair]:
        """The nodes of the claim's target with each of their values."""
        focus = self.focus(claim)
        return (pair for pair in self._pairs.get(claim.predicate, ()) if pair[0] in focus)

    def objects(self, predicate: str) -> frozenset[str]:
        """The values of a property, whatever has them."""
        if predicate not in self._objects:
            self._objects[predicate] = frozenset(value for _, value in self._pairs.get(predicate, ()))
        return self._objects[predicate]

    def subjects(self, predicate: str) -> frozenset[str]:
        """What has a property."""
        if predicate not in self._subjects:
            self._subjects[predicate] = frozenset(subject for subject, _ in self._pairs.get(predicate, ()))
        return self._subjects[predicate]

    def single(self, predicate: str) -> bool:
        """Whether nothing has two values of a property."""
        return len(self._pairs.get(predicate, ())) == len(self.subjects(predicate))

    @cached_property
    def instances(self) -> dict[str, set[str]]:
        """The members of each class."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject, value in self._pairs.get(_TYPE, ()):
            found[value].add(subject)
        return dict(found)

    @cached_property
    def used(self) -> dict[str, set[str]]:
        """The properties of each class's members."""
        classes: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for subject, value in self._pairs.get(_TYPE, ()):
            classes[subject] += (value,)
        met = {
            (kinds, predicate)
            for predicate in self._pairs
            for kinds in set(map(classes.get, self.subjects(predicate)))
            if kinds
        }
        found: dict[str, set[str]] = defaultdict(set)
        for kinds, predicate in met:
            for kind in kinds:
                found[kind].add(predicate)
        return dict(found)

    def _reached(self, kind: str, target: str) -> Iterable[str]:
        if kind == "targetClass":
            return self.instances.get(target, ())
        if kind == "targetSubjectsOf":
            return self.subjects(target)
        return self.objects(target) if kind == "targetObjectsOf" else (target,)


def read_tally(quads: str) -> Tally | None:
    """The tally of one named graph, given as N-Quads.

    None unless they are written plainly, line by line, without blank nodes, declare no class and hold only values that
    a store gives back as they are written.
    """
    suffix = quads[quads.rfind(" <") :]
    if not suffix.endswith("> .\n"):
        return None
    pairs: dict[str, list[_Pair]] = defaultdict(list)
    lines = quads.split(suffix)
    if lines.pop():
        return None
    try:
        for line in lines:
            subject, predicate, value = line.split(" ", 2)
            pairs[predicate].append((subject, value))
    except ValueError:
        return None
    if _SUBCLASS in pairs or not all(map(_NODE.fullmatch, pairs)):
        return None
    said = [pair for several in pairs.values() for pair in several]
    plain = all(map(_NODE.fullmatch, {subject for subject, _ in said}))
    return Tally(pairs) if plain and all(map(_OBJECT.fullmatch, {value for _, value in said})) else None


def _listed(bound: str) -> frozenset[str]:
    """The IRIs that one string literal lists."""
    return frozenset(f"<{iri}>" for iri in bound.strip('"').split())


def _lexical(term: str) -> str:
    """The text of an IRI or a literal; raises ValueError where characters of it are escaped."""
    if "\\" in term:
        raise ValueError(term)
    return term[1:-1] if term.startswith("<") else term[1 : term.rindex('"')]


def _datatype(term: str) -> str:
    """The datatype of a literal, as an IRI in its brackets; empty for an IRI and for a text in a language."""
    if term.endswith('"'):
        return f"<{_XSD}string>"
    return term[term.rindex('"') + 3 :] if term[0] == '"' and term[-1] == ">" else ""


def _closed(tally: Tally, claim: Claim) -> bool:
    return claim.kind == "targetClass" and tally.used.get(claim.target, set()) <= _listed_once(claim.bound)


def _has_any(tally: Tally, claim: Claim) -> bool:
    return _number(claim.bound) == 1 and tally.focus(claim) <= tally.subjects(claim.predicate)


def _has_one_at_most(tally: Tally, claim: Claim) -> bool:
    limit = _number(claim.bound)
    if limit == 0:
        return tally.focus(claim).isdisjoint(tally.subjects(claim.predicate))
    return tally.single(claim.predicate)


def _has_value(tally: Tally, claim: Claim) -> bool:
    return tally.focus(claim) <= {subject for subject, value in tally.said(claim) if value == claim.bound}


def _below(tally: Tally, claim: Claim) -> bool:
    """Whether each single number lies below the other, or may be the same."""
    if not (tally.single(claim.predicate) and tally.single(claim.bound)):
        return False
    others = dict(tally.said(Claim(claim.name, claim.kind, claim.target, claim.bound, "")))
    try:
        return all(
            _number(value) <= _number(others[subject])
            if claim.name == "lessThanOrEquals"
            else _number(value) < _number(others[subject])
            for subject, value in tally.said(claim)
            if subject in others
        )
    except ValueError:
        return False


def _of_datatype(tally: Tally, values: Iterable[str], bound: str) -> bool:
    return all(_datatype(value) == bound for value in values)


def _of_kind(tally: Tally, values: Iterable[str], bound: str) -> bool:
    kind = bound.rpartition("#")[2].rstrip(">")
    return kind == "IRIOrLiteral" or all(value[0] == {"IRI": "<", "Literal": '"'}.get(kind) for value in values)


def _of_class(tally: Tally, values: frozenset[str], bound: str) -> bool:
    return values <= tally.instances.get(bound, set())


def _in(tally: Tally, values: frozenset[str], bound: str) -> bool:
    return values <= _listed_once(bound)


def _matching(tally: Tally, values: Iterable[str], bound: str) -> bool:
    search = _expression(bound)
    try:
        return all(map(search, map(_lexical, values))) if search else False
    except ValueError:
        return False


def _long_enough(tally: Tally, values: Iterable[str], bound: str) -> bool:
    try:
        return all(len(_lexical(value)) >= _number(bound) for value in values)
    except ValueError:
        return False


def _short_enough(tally: Tally, values: Iterable[str], bound: str) -> bool:
    try:
        return all(len(_lexical(value)) <= _number(bound) for value in values)
    except ValueError:
        return False


def _at_least(tally: Tally, values: Iterable[str], bound: str) -> bool:
    try:
        return all(_compared(value, bound) >= 0 for value in values)
    except ValueError:
        return False


def _at_most(tally: Tally, values: Iterable[str], bound: str) -> bool:
    try:
        return all(_compared(value, bound) <= 0 for value in values)
    except ValueError:
        return False


@cache
def _number(term: str) -> Decimal:
    """The number that a literal stands for; raises ValueError where it is none."""
    if _datatype(term) not in _NUMBERS:
        raise ValueError(term)
    return Decimal(_lexical(term))


def _compared(one: str, other: str) -> Decimal:
    """Above zero where a number or year is above another; raises ValueError where they cannot be compared."""
    if _datatype(one) == _datatype(other) == _YEAR:
        return Decimal(int(_lexical(one)) - int(_lexical(other)))
    return _number(one) - _number(other)
