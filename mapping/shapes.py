"""What files in Turtle say of SHACL shapes: targets, constraints, paths, lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from mapping.rules import SH
from mapping.tally import Step

Term = NamedNode | BlankNode | Literal
Target = tuple[str, Term]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# How `?this` is reached from what a target names.
REACHED = {
    "targetClass": "?this a ?target .",
    "targetSubjectsOf": "?this ?target ?any .",
    "targetObjectsOf": "?any ?target ?this .",
    "targetNode": "VALUES ?this { ?target }",
}
_NO_CONSTRAINTS = {"path", "severity", "message", "ignoredProperties", *REACHED}


class UncompiledError(ValueError):
    """A shape uses what has no translation here: it is left to a SHACL engine."""


class Shapes:
    """What some Turtle files say of shapes, by node and by the local name of the property."""

    def __init__(self, texts: Iterable[bytes]) -> None:
        self._said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._nodes: dict[str, NamedNode] = {}
        for text in texts:
            for triple in parse(text, format=RdfFormat.TURTLE):
                name = triple.predicate.value.replace(SH, "sh:").replace(RDF, "rdf:")
                self._said[triple.subject.value][name].append(triple.object)
                if isinstance(triple.subject, NamedNode):
                    self._nodes[triple.subject.value] = triple.subject

    def targeted(self) -> list[NamedNode]:
        """The shapes that have targets, in order of their IRIs."""
        return [self._nodes[iri] for iri in sorted(self._nodes) if self.targets(self._nodes[iri])]

    def targets(self, shape: Term) -> tuple[Target, ...]:
        """The kinds of targets with what they name."""
        return tuple((kind, one) for kind in REACHED for one in self.values(shape, kind))

    def values(self, node: Term, name: str) -> list[Term]:
        """The values of a property of SHACL."""
        return self._said.get(node.value, {}).get(f"sh:{name}", [])

    def constraints(self, shape: Term) -> list[str]:
        """The parameters that make constraints of a shape."""
        names = (name.removeprefix("sh:") for name in self._said.get(shape.value, {}) if name.startswith("sh:"))
        return sorted(name for name in names if name not in _NO_CONSTRAINTS)

    def only(self, node: Term, name: str) -> Term:
        """The single value of a property; raises UncompiledError when there are more, or none."""
        values = self.values(node, name)
        if len(values) != 1:
            raise UncompiledError(f"{len(values)} values of sh:{name}")
        return values[0]

    def items(self, head: Term) -> list[Term]:
        """The members of an RDF list."""
        found = []
        while head.value != RDF + "nil":
            cell = self._said[head.value]
            found.append(cell["rdf:first"][0])
            head = cell["rdf:rest"][0]
        return found

    def path(self, path: Term) -> str:
        """A SHACL path in the words of SPARQL."""
        if isinstance(path, NamedNode):
            return str(path)
        if self._said[path.value]["rdf:first"]:
            return f"({'/'.join(map(self.path, self.items(path)))})"
        if inverse := self.values(path, "inversePath"):
            return f"^{self.path(inverse[0])}"
        if alternatives := self.values(path, "alternativePath"):
            return f"({'|'.join(map(self.path, self.items(alternatives[0])))})"
        raise UncompiledError("a path that repeats")

    def steps(self, path: Term) -> tuple[Step, ...]:
        """A SHACL path as a tally follows it; raises UncompiledError when it cannot."""
        if isinstance(path, NamedNode):
            return ((False, (str(path),)),)
        if self._said[path.value]["rdf:first"]:
            return tuple(step for one in self.items(path) for step in self.steps(one))
        inverse = self.values(path, "inversePath")
        alternatives = self.values(inverse[0] if inverse else path, "alternativePath")
        named = self.items(alternatives[0]) if alternatives else inverse
        if not named or not all(isinstance(one, NamedNode) for one in named):
            raise UncompiledError("a path of paths")
        return ((bool(inverse), tuple(map(str, named))),)

    def message(self, shape: Term) -> str:
        """The English message."""
        texts = (text for text in self.values(shape, "message") if isinstance(text, Literal) and text.language == "en")
        return next((text.value for text in texts), "")
