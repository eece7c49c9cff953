"""One pass over a document's N-Quads that rules constraints out: what it shows to be kept needs no query.

Terms are compared as they are written, never as what they mean, so that "ruled out" is certain and "not ruled out"
only means that a query must tell.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import chain

from mapping.lexicon import compiled

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
_STRING = f"<{_XSD}string>"
_IN_LANGUAGE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
_NUMBERS = {f"<{_XSD}integer>", f"<{_XSD}decimal>"}
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
# A tag in a language is one that a store gives back: it lowers the letters of others.
_LITERAL = re.compile(rf'"[^"\\]*(?:\\.[^"\\]*)*"(?:@[a-z]{{2,3}}(?:-[a-z]{{4}})?)?|"{CANONICAL}')
# IRIs of which no parser would ask more.
_SOUND = re.compile(
    r"<https?://[a-z0-9.-]+(?::[0-9]{1,5})?(?:/(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*)?(?:#[A-Za-z0-9._~=,-]*)?>"
)
_Pair = tuple[str, str]
# One step along one of several properties, backwards if so said; a path is several of them.
Step = tuple[bool, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a constraint says of the nodes of one target: `name` is SHACL's parameter, `bound` its value.

    `target` and `bound` are N-Triples terms. `above` leads from what the target names to the nodes, and `path` from
    them to their values; each is empty where they are the same. Where `bound` is a list it has one term a line, and
    that of a pattern is the pattern itself.
    """

    name: str
    kind: str
    target: str
    above: tuple[Step, ...]
    path: tuple[Step, ...]
    bound: str

    @property
    def predicate(self) -> str:
        """The property that the path is; raises ValueError where it is more than one."""
        match self.path:
            case ((False, (predicate,)),):
                return predicate
        raise ValueError(self.path)


class Tally:
    """The statements of a document by property; `sound` if all of their IRIs are as RFC 3987 wants them."""

    def __init__(self, pairs: dict[str, list[_Pair]], *, sound: bool = False) -> None:
        self.sound = sound
        self._pairs = pairs
        self._focus: dict[tuple[str, str, tuple[Step, ...]], frozenset[str]] = {}
        self._objects: dict[str, frozenset[str]] = {}
        self._subjects: dict[str, frozenset[str]] = {}
        self._datatypes: dict[frozenset[str], frozenset[str]] = {}
        self._ranges: dict[frozenset[str], tuple[Decimal, Decimal]] = {}
        self._texts: dict[frozenset[str], frozenset[str]] = {}

    def keeps(self, claim: Claim) -> bool:
        """Whether it is certain that no node breaks the claim."""
        try:
            if claim.name in _OF_NODES:
                return _OF_NODES[claim.name](self, claim)
            keeps = _OF_VALUES[claim.name]
            match claim.path:
                case ():
                    return keeps(self, self.focus(claim), claim.bound)
                case ((False, (predicate,)),) if keeps(self, self.objects(predicate), claim.bound):
                    return True
            return keeps(self, self._followed(self.focus(claim), claim.path), claim.bound)
        except ValueError:  # of what is no number, has characters escaped or is no single property
            return False

    def focus(self, claim: Claim) -> frozenset[str]:
        """The nodes that the claim is about."""
        key = (claim.kind, claim.target, claim.above)
        if key not in self._focus:
            self._focus[key] = self._followed(frozenset(self._reached(claim.kind, claim.target)), claim.above)
        return self._focus[key]

    def said(self, claim: Claim) -> Iterator[_Pair]:
        """The nodes that the claim is about with each of their values."""
        return self.having(self.focus(claim), claim.predicate)

    def having(self, nodes: frozenset[str], predicate: str) -> Iterator[_Pair]:
        """Some nodes with each of their values of a property."""
        return (pair for pair in self._pairs.get(predicate, ()) if pair[0] in nodes)

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

    def datatypes(self, values: frozenset[str]) -> frozenset[str]:
        """The datatypes of values, empty for a term without one."""
        if values not in self._datatypes:
            self._datatypes[values] = frozenset(map(_datatype, values))
        return self._datatypes[values]

    def texts(self, values: frozenset[str]) -> frozenset[str]:
        """The texts of IRIs and literals; raises ValueError where characters of them are escaped."""
        if values not in self._texts:
            self._texts[values] = frozenset(map(_lexical, values))
        return self._texts[values]

    def extremes(self, values: frozenset[str]) -> tuple[Decimal, Decimal]:
        """The lowest and the highest of some numbers; raises ValueError where there are none or others among them."""
        if values not in self._ranges:
            if not self.datatypes(values) <= _NUMBERS:
                raise ValueError(values)
            numbers = list(map(Decimal, map(_lexical, values)))
            self._ranges[values] = min(numbers), max(numbers)
        return self._ranges[values]

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

    def _followed(self, nodes: frozenset[str], path: Iterable[Step]) -> frozenset[str]:
        """Where a path leads from some nodes."""
        for backwards, predicates in path:
            pairs = [pair for predicate in predicates for pair in self._pairs.get(predicate, ())]
            if backwards:
                nodes = frozenset(subject for subject, value in pairs if value in nodes)
            else:
                nodes = frozenset(value for subject, value in pairs if subject in nodes)
        return nodes

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
    if _SUBCLASS in pairs:
        return None
    said = [pair for several in pairs.values() for pair in several]
    subjects, values = {subject for subject, _ in said}, {value for _, value in said}
    nodes = {value for value in values if value.startswith("<")}.union(subjects, pairs)
    sound = all(map(_SOUND.fullmatch, nodes))
    if not ((sound or all(map(_NODE.fullmatch, nodes))) and all(map(_LITERAL.fullmatch, values - nodes))):
        return None
    return Tally(pairs, sound=sound and _SOUND.fullmatch(suffix.removesuffix(" .\n").lstrip()) is not None)


@cache
def _listed(bound: str) -> frozenset[str]:
    """The terms of a list."""
    return frozenset(bound.split("\n"))


def _lexical(term: str) -> str:
    """The text of an IRI or a literal; raises ValueError where characters of it are escaped."""
    if "\\" in term:
        raise ValueError(term)
    return term[1:-1] if term.startswith("<") else term[1 : term.rindex('"')]


def _datatype(term: str) -> str:
    """The datatype of a literal, as an IRI in its brackets; empty for an IRI."""
    if term.startswith("<"):
        return ""
    suffix = term[term.rindex('"') + 1 :]
    return suffix[2:] if suffix.startswith("^^") else _IN_LANGUAGE if suffix else _STRING


def _closed(tally: Tally, claim: Claim) -> bool:
    return (
        claim.kind == "targetClass" and not claim.above and tally.used.get(claim.target, set()) <= _listed(claim.bound)
    )


def _has_enough(tally: Tally, claim: Claim) -> bool:
    least = _number(claim.bound)
    if least == 1 and len(claim.path) == 1:
        backwards, predicates = claim.path[0]
        return tally.focus(claim).issubset(chain(*map(tally.objects if backwards else tally.subjects, predicates)))
    others = {pair for pair in tally.said(claim) if pair[1].startswith("<")}
    counts = Counter(subject for subject, _ in others)
    return all(counts[node] >= least for node in tally.focus(claim))


def _has_few(tally: Tally, claim: Claim) -> bool:
    most = _number(claim.bound)
    if most > 0 and tally.single(claim.predicate):
        return True
    return max(Counter(subject for subject, _ in tally.said(claim)).values(), default=0) <= most


def _has_value(tally: Tally, claim: Claim) -> bool:
    return tally.focus(claim) <= {subject for subject, value in tally.said(claim) if value == claim.bound}


def _below(tally: Tally, claim: Claim) -> bool:
    """Whether each number lies below each of the others, or may be the same."""
    others: dict[str, list[Decimal]] = defaultdict(list)
    for subject, other in tally.having(tally.focus(claim), claim.bound):
        others[subject].append(_number(other))
    pairs = [
        (_number(value), other)
        for subject, value in tally.said(claim)
        if subject in others
        for other in others[subject]
    ]
    return all(one < other or (one == other and claim.name == "lessThanOrEquals") for one, other in pairs)


def _of_datatype(tally: Tally, values: frozenset[str], bound: str) -> bool:
    return tally.datatypes(values) <= {bound}


def _of_kind(tally: Tally, values: frozenset[str], bound: str) -> bool:
    kind = bound.rpartition("#")[2].rstrip(">")
    return kind == "IRIOrLiteral" or all(value[0] == {"IRI": "<", "Literal": '"'}.get(kind) for value in values)


def _of_class(tally: Tally, values: frozenset[str], bound: str) -> bool:
    return values <= tally.instances.get(bound, set())


def _in(tally: Tally, values: frozenset[str], bound: str) -> bool:
    return values <= _listed(bound)


def _matching(tally: Tally, values: frozenset[str], bound: str) -> bool:
    return all(map(compiled(bound).search, tally.texts(values)))


def _long_enough(tally: Tally, values: frozenset[str], bound: str) -> bool:
    least = _number(bound)
    return min(map(len, tally.texts(values)), default=least) >= least


def _short_enough(tally: Tally, values: frozenset[str], bound: str) -> bool:
    most = _number(bound)
    return max(map(len, tally.texts(values)), default=most) <= most


def _at_least(tally: Tally, values: frozenset[str], bound: str) -> bool:
    return not values or tally.extremes(values)[0] >= _number(bound)


def _at_most(tally: Tally, values: frozenset[str], bound: str) -> bool:
    return not values or tally.extremes(values)[1] <= _number(bound)


_OF_NODES: dict[str, Callable[[Tally, Claim], bool]] = {
    "closed": _closed,
    "minCount": _has_enough,
    "maxCount": _has_few,
    "hasValue": _has_value,
    "lessThan": _below,
    "lessThanOrEquals": _below,
}
_OF_VALUES: dict[str, Callable[[Tally, frozenset[str], str], bool]] = {
    "datatype": _of_datatype,
    "nodeKind": _of_kind,
    "class": _of_class,
    "in": _in,
    "pattern": _matching,
    "minLength": _long_enough,
    "maxLength": _short_enough,
    "minInclusive": _at_least,
    "maxInclusive": _at_most,
}
# The parameters of SHACL that a tally knows.
CLAIMED = frozenset((*_OF_NODES, *_OF_VALUES))


@lru_cache(maxsize=4096)
def _number(term: str) -> Decimal:
    """The number that a literal stands for; raises ValueError where it is none."""
    if _datatype(term) not in _NUMBERS:
        raise ValueError(term)
    return Decimal(_lexical(term))
