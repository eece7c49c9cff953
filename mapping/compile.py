"""SHACL shapes to SPARQL that asks about all of their focus nodes at once.

A SHACL engine visits one focus node after the other. Here the targets of a shape are the first pattern of a query whose
rows are the results. Constraints that differ in constants only become rows of one VALUES table: parsing a query costs
more than running it over one document.

A store keeps values, not lexical forms, and knows no subclasses unless asked: the queries answer as SHACL does for
graphs whose literals are canonical and which declare no class (`mapping.validate` looks).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from pyoxigraph import BlankNode, Literal, NamedNode

from mapping.ask import MATCHES, TABLE, Constraint, Query, Row
from mapping.needs import Need, read_needs
from mapping.rules import SH, Rule
from mapping.shapes import RDF, REACHED, Shapes, Target, Term, UncompiledError
from mapping.tally import CLAIMED, Claim

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_TYPE = NamedNode(RDF + "type")
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_PREFIX = re.compile(r"PREFIX (\w+): <[^>]*>\n")


def _in_order(one: str, sign: str, other: str) -> str:
    """An expression that compares values.

    Those that cannot be compared do not conform; rdflib, and so pyshacl, sets them in order of their datatypes.
    """
    kinds = f"STR(DATATYPE({one})) < STR(DATATYPE({other}))"
    strings = " && ".join(f"DATATYPE({value}) != <{_XSD_STRING}>" for value in (one, other))
    return f"COALESCE({one} {sign} {other}, isLiteral({one}) && isLiteral({other}) && {strings} && {kinds})"


# What must hold of each value, given the constraint's parameter as `?bound`.
_OF_A_VALUE = {
    "datatype": "isLiteral({value}) && datatype({value}) = ?bound",
    "class": "EXISTS {{ {value} a ?bound }}",
    "minLength": "!isBlank({value}) && STRLEN(STR({value})) >= ?bound",
    "maxLength": "!isBlank({value}) && STRLEN(STR({value})) <= ?bound",
    "pattern": f"{MATCHES}({{value}}, ?bound)",
    "minInclusive": _in_order("?bound", "<=", "{value}"),
    "maxInclusive": _in_order("{value}", "<=", "?bound"),
}
_OF_A_KIND = {
    "IRI": "isIRI({value})",
    "Literal": "isLiteral({value})",
    "IRIOrLiteral": "!isBlank({value})",
}
_COMPARED = {
    "lessThan": _in_order("{value}", "<", "?other"),
    "lessThanOrEquals": _in_order("{value}", "<=", "?other"),
}
# What is looked up once for all: nodes with several values of a property, and the properties that a class has.
_SEVERAL = (
    "{ SELECT ?this ?predicate (COUNT(?one) AS ?many) WHERE { ?this ?predicate ?one } "
    "GROUP BY ?this ?predicate HAVING(COUNT(?one) > 1) }"
)
_USED = "{ SELECT DISTINCT ?target ?path WHERE { ?one a ?target . ?one ?path ?any } }"
_IS_TARGET = "FILTER(EXISTS { ?this a ?target } || EXISTS { ?this ?target ?any } || EXISTS { ?any ?target ?this })"
_LISTED = 'CONTAINS(?bound, CONCAT(" ", STR({value}), " "))'
_MOST_VALUES = 3
# A path of two properties within EXISTS: Oxigraph joins all that have both, again for every node. So the second is
# asked of what the first leads to.
_TWO_STEPS = re.compile(r"EXISTS \{ (\S+) \((<[^<>]*>)/(<[^<>]*>)\) (\S+) \. ?(FILTER\(.*\))? ?\}")
_ONE_BY_ONE = r"EXISTS { \1 \2 \4_ . FILTER(EXISTS { \4_ \3 \4 . \5 }) }"


@dataclass(frozen=True, slots=True)
class Compiled:
    """The queries of some shapes, and the shapes with targets that are left to a SHACL engine, by IRI."""

    queries: tuple[Query, ...]
    left: tuple[str, ...]

    @property
    def constraints(self) -> list[Constraint]:
        """Every constraint that the queries check."""
        return list(dict.fromkeys(constraint for query in self.queries for constraint in query.constraints))


def compile_rule(rule: Rule) -> Query:
    """The rule's SELECT over all of its target nodes at once."""
    return _compile_select(rule.targets, rule.prefixes, rule.select)


@cache
def _compile_select(named: tuple[tuple[str, str], ...], prefixes: str, select: str) -> Query:
    targets = tuple((kind, NamedNode(iri)) for kind, iri in named)
    used = _PREFIX.sub(lambda line: line[0] if f"{line[1]}:" in select else "", prefixes)
    text = used + _WHERE.sub(lambda found: f"{found[0]} {_reached(targets)}", select, count=1)
    return Query(text, _found_by(targets), needs=read_needs(text))


def compile_shapes(texts: Iterable[bytes]) -> Compiled:
    """The shapes of some Turtle files, in SHACL Core."""
    shapes = Shapes(texts)
    checks: list[_Check] = []
    left = []
    for shape in shapes.targeted():
        try:
            checks.extend(_checks(shapes, shape, shapes.targets(shape)))
        except UncompiledError:
            left.append(shape.value)
    return Compiled(tuple(_queries(checks)), tuple(left))


def _found_by(targets: Iterable[Target]) -> tuple[Need, ...]:
    """What in the data shows that a target has nodes; nothing with a node that is named, which need not be there."""
    found = dict.fromkeys(targets)
    if any(kind == "targetNode" for kind, _ in found):
        return ()
    named = ((_TYPE.value, term.value) if kind == "targetClass" else (term.value, "") for kind, term in found)
    return tuple(dict.fromkeys(named))


def _reached(targets: Sequence[Target]) -> str:
    """A pattern that binds `?this` once to each node of all targets."""
    patterns = [REACHED[kind].replace("?target", str(target)) for kind, target in targets]
    if len(targets) == 1 and targets[0][0] in ("targetClass", "targetNode"):
        return patterns[0]
    return f"{{ SELECT DISTINCT ?this WHERE {{ {' UNION '.join(f'{{ {one} }}' for one in patterns)} }} }}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a constraint is asked about: the variable of the node, the path from it, and that of the path's values.

    Of a node shape the path is empty and the node its own value.
    """

    node: str
    path: str
    value: str

    @property
    def reads(self) -> str:
        """The pattern that binds the values."""
        return f"{self.node} {self.path} {self.value} ." if self.path else ""

    def many(self, count: int) -> str:
        """A pattern that is found where there are at least so many values; raises UncompiledError for large numbers."""
        if not 0 < count <= _MOST_VALUES:
            raise UncompiledError(f"{count} values")
        names = [f"{self.value}_{number}" for number in range(count)]
        unlike = "".join(f" FILTER(!sameTerm({one}, {other}))" for one, other in combinations(names, 2))
        return " ".join(f"{self.node} {self.path} {name} ." for name in names) + unlike


@dataclass(frozen=True, slots=True)
class _Test:
    """Part of a constraint: what must hold wherever `reads` finds something, and the variable to report as value.

    `?bound` stands for the parameter; a test that `merges` may share its query with others of the same pattern, and
    then looks up something `first`.
    """

    reads: str
    holds: str
    value: str = ""
    bound: str = ""
    merges: bool = False
    first: str = ""

    @property
    def broken(self) -> str:
        """The pattern that finds what does not hold."""
        if self.holds.startswith("NOT EXISTS "):
            return f"{self.reads} FILTER({self.holds.removeprefix('NOT ')})"
        if re.fullmatch(r"EXISTS \{[^{}]*\}", self.holds):
            return f"{self.reads} FILTER(NOT {self.holds})"
        return f"{self.reads} FILTER(!({self.holds}))"

    @property
    def reported(self) -> str:
        """The column ?value in the words of SELECT."""
        return "(?this AS ?value)" if self.value == "?this" else self.value

    @property
    def kept(self) -> str:
        """An expression that says whether nothing is broken."""
        kept = f"NOT EXISTS {{ {self.broken} }}" if self.reads else f"({self.holds})"
        return _TWO_STEPS.sub(_ONE_BY_ONE, kept).replace("?bound", self.bound)


@dataclass(frozen=True, slots=True)
class _Check:
    """A test of a shape with targets; `above` leads from the targets, then `?above`, to the node of a nested shape.

    `claim` is what it says of a target yet to be named, if a tally can tell.
    """

    constraint: Constraint
    targets: tuple[Target, ...]
    above: str
    test: _Test
    predicate: str
    claim: Claim | None

    def claimed(self, target: Target) -> Claim | None:
        """What it says of one of its targets."""
        kind, term = target
        return replace(self.claim, kind=kind, target=str(term)) if self.claim else None


def _checks(shapes: Shapes, shape: Term, targets: tuple[Target, ...], parent: Term | None = None) -> Iterator[_Check]:
    """The checks of a shape, below its `parent` if it is nested, and of those nested in it."""
    if isinstance(shape, BlankNode):
        raise UncompiledError("results would name a shape without a name")
    path = shapes.values(shape, "path")
    predicate = str(path[0]) if path and isinstance(path[0], NamedNode) else ""
    over = shapes.values(parent, "path") if parent else []
    above = f"?above {shapes.path(over[0])} ?this ." if over else "BIND(?above AS ?this)" if parent else ""
    read = "?predicate" if predicate else shapes.path(path[0]) if path else ""
    place = _Place("?this", read, "?value" if path else "?this")
    for name in shapes.constraints(shape):
        if name == "property":
            if above:
                raise UncompiledError("shapes nested more than once")
            for nested in shapes.values(shape, name):
                yield from _checks(shapes, nested, targets, shape)
            continue
        constraint = Constraint(
            shape=shape.value,
            component=f"{name[0].upper()}{name[1:]}ConstraintComponent",
            path=predicate.strip("<>"),
            message=shapes.message(shape),
        )
        for test in _tests(shapes, shape, name, place):
            claim = _claim(shapes, name, (over, path), _bound(shapes, shape, name, test))
            yield _Check(constraint, targets, above, test, predicate, claim)


def _claim(shapes: Shapes, name: str, paths: tuple[Sequence[Term], Sequence[Term]], bound: str) -> Claim | None:
    """What a constraint says, for a tally; the `paths` are those to the nodes and to their values, if there are any."""
    if name not in CLAIMED or not bound:
        return None
    try:
        above, path = (shapes.steps(one[0]) if one else () for one in paths)
    except UncompiledError:
        return None
    return Claim(name, "", "", above, path, bound)


def _bound(shapes: Shapes, shape: Term, name: str, test: _Test) -> str:
    """A constraint's parameter as claims hold it."""
    if name == "pattern":
        return shapes.only(shape, name).value
    if name == "in":
        return "\n".join(map(str, shapes.items(shapes.only(shape, name))))
    return "\n".join(map(str, _allowed(shapes, shape))) if name == "closed" else test.bound


def _tests(shapes: Shapes, shape: Term, name: str, place: _Place) -> Iterator[_Test]:
    """The tests of one constraint of a shape at a place."""
    if name == "closed":
        yield _closed(shapes, shape, place)
    elif name in ("or", "in", "nodeKind") or name in _OF_A_VALUE:
        yield _value_test(shapes, shape, name, place)
    elif name == "uniqueLang":
        yield _unlike_test(place)
    elif name in ("minCount", "maxCount", "hasValue"):
        yield _count_test(name, shapes.only(shape, name), place)
    else:
        yield from _pair_tests(name, str(shapes.only(shape, name)), place)


def _closed(shapes: Shapes, shape: Term, place: _Place) -> _Test:
    if place.path or shapes.only(shape, "closed").value != "true":
        raise UncompiledError("closed values")
    listed = _listed(_allowed(shapes, shape))
    return _Test(f"{place.node} ?path ?value .", _LISTED.format(value="?path"), "?value", listed, True, _USED)


def _allowed(shapes: Shapes, shape: Term) -> list[Term]:
    """The properties that the nodes of a closed shape may have."""
    nested = [shapes.only(one, "path") for one in shapes.values(shape, "property")]
    return [*shapes.items(shapes.only(shape, "ignoredProperties")), *nested]


def _listed(nodes: Iterable[Term]) -> str:
    """IRIs as one string, in which _LISTED finds each."""
    return str(Literal(f" {' '.join(one.value for one in nodes)} "))


def _value_test(shapes: Shapes, shape: Term, name: str, place: _Place) -> _Test:
    parameter, value = shapes.only(shape, name), place.value
    if name in _OF_A_VALUE:
        return _Test(place.reads, _OF_A_VALUE[name].format(value=value), value, str(parameter), True)
    if name == "nodeKind":
        holds = _OF_A_KIND.get(parameter.value.removeprefix(SH))
        if not holds:
            raise UncompiledError(f"a kind of node: {parameter}")
        return _Test(place.reads, holds.format(value=value), value, str(parameter), True)
    if name == "or":
        kept = " || ".join(f"({_conforms(shapes, one, value)})" for one in shapes.items(parameter))
        return _Test(place.reads, kept, value)
    items = shapes.items(parameter)
    if all(isinstance(one, NamedNode) for one in items):
        holds = f"isIRI({value}) && {_LISTED.format(value=value)}"
        return _Test(place.reads, holds, value, _listed(items), True)
    return _Test(place.reads, " || ".join(f"sameTerm({value}, {one})" for one in items), value)


def _count_test(name: str, parameter: Term, place: _Place) -> _Test:
    if not place.path:
        raise UncompiledError("a number of values without a path")
    if name == "hasValue":
        return _Test("", f"EXISTS {{ {place.node} {place.path} ?bound }}", bound=str(parameter), merges=True)
    if name == "minCount":
        return _Test("", f"EXISTS {{ {place.many(int(parameter.value))} }}", bound=str(parameter), merges=True)
    if place.path == "?predicate" and parameter.value != "0":
        return _Test("", "?many <= ?bound", bound=str(parameter), merges=True, first=_SEVERAL)
    return _Test("", f"NOT EXISTS {{ {place.many(int(parameter.value) + 1)} }}", bound=str(parameter))


def _unlike_test(place: _Place) -> _Test:
    reads = f"{place.reads} {place.node} {place.path} ?twin . BIND(LANG({place.value}) AS ?other)"
    return _Test(reads, f'?other = "" || ?other != LANG(?twin) || sameTerm({place.value}, ?twin)')


def _pair_tests(name: str, other: str, place: _Place) -> Iterator[_Test]:
    node, value = place.node, place.value
    if name in _COMPARED:
        yield _Test(f"{place.reads} {node} {other} ?other .", _COMPARED[name].format(value=value), value, other)
    elif name == "disjoint":
        yield _Test(place.reads, f"NOT EXISTS {{ {node} {other} {value} }}", value)
    elif name == "equals":
        yield _Test(place.reads, f"EXISTS {{ {node} {other} {value} }}", value)
        yield _Test(f"{node} {other} {value} .", f"EXISTS {{ {place.reads} }}", value)
    else:
        raise UncompiledError(f"sh:{name}")


def _conforms(shapes: Shapes, shape: Term, node: str) -> str:
    """An expression: whether a node conforms to a shape."""
    kept: list[str] = []
    path = shapes.values(shape, "path")
    place = _Place(node, shapes.path(path[0]), f"{node}_") if path else _Place(node, "", node)
    for name in shapes.constraints(shape):
        if name == "property":
            if path:
                raise UncompiledError("shapes nested more than once")
            kept.extend(_conforms(shapes, one, node) for one in shapes.values(shape, name))
        else:
            kept.extend(test.kept for test in _tests(shapes, shape, name, place))
    return " && ".join(kept)


def _queries(checks: Iterable[_Check]) -> Iterator[Query]:
    """One query for all checks that share pattern and kind of target, one for each that cannot."""
    tables: dict[tuple[str, str], list[tuple[_Check, Target]]] = defaultdict(list)
    for check in checks:
        mergeable = check.test.merges and not check.above
        for target in check.targets if mergeable else ():
            tables[_reach(check, target), check.test.broken].append((check, target))
        if not mergeable:
            yield _single(check)
    for (reach, pattern), rows in tables.items():
        yield _merged(reach, pattern, rows)


def _reach(check: _Check, target: Target) -> str:
    """The pattern from a target to `?this`: none where the test reads the very property that makes the target."""
    kind, term = target
    if check.test.first == _SEVERAL:
        return _IS_TARGET
    if kind == "targetNode":
        return "BIND(?target AS ?this)"
    own = check.test.reads and kind == "targetSubjectsOf" and str(term) == check.predicate
    return "" if own else REACHED[kind]


def _single(check: _Check) -> Query:
    pattern = check.test.broken.replace("?predicate", check.predicate).replace("?bound", check.test.bound)
    reached = _reached(check.targets)
    if check.above:
        reached = f"{reached.replace('?this', '?above')} {check.above}"
    text = f"SELECT DISTINCT ?this {check.test.reported} ?path ?other ?above WHERE {{ {reached} {pattern} }}"
    claims = tuple(claim for target in check.targets if (claim := check.claimed(target)))
    return Query(text, _found_by(check.targets), (check.constraint,), claims=claims)


def _merged(reach: str, pattern: str, checks: Sequence[tuple[_Check, Target]]) -> Query:
    test = checks[0][0].test
    constraints = tuple(dict.fromkeys(check.constraint for check, _ in checks))
    numbers = {constraint: number for number, constraint in enumerate(constraints)}
    rows = tuple(
        Row(
            f"({numbers[check.constraint]} {target[1]} {check.predicate or 'UNDEF'} {check.test.bound or 'UNDEF'})",
            _found_by((target, *_read(check))),
            check.claimed(target),
        )
        for check, target in checks
    )
    text = (
        f"SELECT DISTINCT ?n ?this {test.reported} ?path WHERE {{ {test.first} "
        f"VALUES (?n ?target ?predicate ?bound) {{ {TABLE} }} {reach} {pattern} }}"
    )
    return Query(text, _found_by(target for _, target in checks), constraints, rows)


def _read(check: _Check) -> tuple[Target, ...]:
    """The property without which a test has nothing to find."""
    if check.predicate and (check.test.reads or check.test.first):
        return (("targetSubjectsOf", NamedNode(check.predicate.strip("<>"))),)
    return ()
