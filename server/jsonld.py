"""JSON-LD with a context of ours: short keys for the vocabulary's terms, plain strings for exact numbers.

The context is made from the ontology. A description carries the part of it that it uses, so that it can be read
without asking for anything else; the whole is at /context.jsonld.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from server.addresses import VOCABULARY
from server.errors import NotAcceptableError
from server.prefixes import prefixes

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DEF = f"{VOCABULARY}def#"
_TYPE = NamedNode(f"{_RDF}type")
_STRING, _LANGUAGE_STRING = f"{_XSD}string", f"{_RDF}langString"

# Texts in two languages: each has a key of its own for Chinese, for English, and for what is in neither.
_TEXTS = {
    "label": f"{_RDFS}label",
    "comment": f"{_RDFS}comment",
    "prefLabel": f"{_SKOS}prefLabel",
    "altLabel": f"{_SKOS}altLabel",
    "definition": f"{_SKOS}definition",
}
_LANGUAGES = {"zh": "zh-hans", "en": "en"}
_NATIVE = {f"{_XSD}boolean": re.compile("true|false"), f"{_XSD}integer": re.compile("0|-?[1-9][0-9]{0,14}")}
_LOCAL = re.compile(r"[A-Za-z_][\w-]*")

Context = Mapping[str, Any]
Term = NamedNode | BlankNode | Literal


@cache
def whole_context() -> Context:
    """Return the terms by key, without prefixes: those of the ontology's properties, and of texts in two languages."""
    terms: dict[str, Any] = {"id": "@id", "type": "@type"}
    for key, iri in _TEXTS.items():
        terms[key] = {"@id": iri}
        for language, tag in _LANGUAGES.items():
            terms[f"{key}_{language}"] = {"@id": iri, "@language": tag}
    for iri, kind in sorted(_properties().items()):
        name = iri.removeprefix(_DEF)
        if name not in prefixes():  # else it would be taken for the prefix
            terms.setdefault(name, {"@id": iri} | ({"@type": kind} if kind else {}))
    return terms


@cache
def context_document() -> bytes:
    """Return the whole context as a JSON-LD document."""
    return _bytes({"@context": {**prefixes(), **whole_context()}})


def write_jsonld(triples: Sequence[Triple]) -> bytes:
    """Return the triples, which come ordered by subject, with the part of the context that they use.

    Raises `NotAcceptableError` for a triple that speaks of a triple.
    """
    writer = _Writer()
    nodes = [writer.node(subject, stated) for subject, stated in _by_subject(triples)]
    return _bytes({"@context": writer.context(), "@graph": nodes})


def _bytes(document: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def _properties() -> dict[str, str]:
    """Return the properties of the ontology, each with what its values are: @id, a datatype, or nothing fixed."""
    found: dict[str, str] = {}
    ranges: dict[str, str] = {}
    for file in files("ontology").iterdir():
        if not file.name.endswith(".ttl"):
            continue
        for each in parse(file.read_bytes(), format=RdfFormat.TURTLE):
            if not isinstance(each.subject, NamedNode) or not isinstance(each.object, NamedNode):
                continue
            if each.predicate == _TYPE and each.object.value == f"{_OWL}ObjectProperty":
                found[each.subject.value] = "@id"
            elif each.predicate == _TYPE and each.object.value == f"{_OWL}DatatypeProperty":
                found.setdefault(each.subject.value, "")
            elif each.predicate.value == f"{_RDFS}range":
                ranges[each.subject.value] = each.object.value
    return {
        iri: kind or (ranges.get(iri, "") if ranges.get(iri) not in (_STRING, _LANGUAGE_STRING) else "")
        for iri, kind in found.items()
        if iri.startswith(_DEF)
    }


def _by_subject(triples: Iterable[Triple]) -> Iterator[tuple[str, list[Triple]]]:
    found: dict[str, list[Triple]] = {}
    for each in triples:
        if isinstance(each.subject, Triple) or isinstance(each.object, Triple):
            raise NotAcceptableError("JSON-LD has no triples about triples: ask for another format")
        found.setdefault(_node_name(each.subject), []).append(each)
    yield from found.items()


def _node_name(node: NamedNode | BlankNode) -> str:
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


class _Writer:
    """Writes nodes, and remembers which terms and prefixes it has used."""

    def __init__(self) -> None:
        self._used: dict[str, Any] = {}

    def context(self) -> Context:
        """Return the part of the context that was used, in the order of keys."""
        always = {key: whole_context()[key] for key in ("id", "type")}
        return always | {key: self._used[key] for key in sorted(self._used)}

    def node(self, name: str, stated: Iterable[Triple]) -> dict[str, Any]:
        """Return one node with all that is stated of it."""
        values: dict[str, list[Any]] = {}
        for each in stated:
            key, value = self._key_and_value(each.predicate.value, each.object)
            values.setdefault(key, []).append(value)
        return {"id": name} | {key: found if len(found) > 1 else found[0] for key, found in values.items()}

    def _key_and_value(self, predicate: str, term: Term | Triple) -> tuple[str, Any]:
        if predicate == f"{_RDF}type" and isinstance(term, NamedNode):
            return "type", self._compact(term.value)
        language = term.language if isinstance(term, Literal) else None
        key = _keys().get((predicate, language or "")) or _keys().get((predicate, ""))
        if key is None:
            return self._compact(predicate), _value(term, "", "")
        self._used[key] = stated = whole_context()[key]
        return key, _value(term, stated.get("@type", ""), stated.get("@language", ""))

    def _compact(self, iri: str) -> str:
        for prefix, namespace in prefixes().items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self._used[prefix] = namespace
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri


@cache
def _keys() -> Mapping[tuple[str, str], str]:
    """Return the keys by property and language, which is empty where the key does not fix one."""
    terms = {key: each for key, each in whole_context().items() if isinstance(each, dict)}
    return {(each["@id"], each.get("@language", "")): key for key, each in terms.items()}


def _value(term: Term | Triple, kind: str, language: str) -> Any:
    """Return a value as it stands under a key whose values are of a kind and in a language, if it fixes them."""
    if isinstance(term, NamedNode | BlankNode):
        return _node_name(term) if kind == "@id" else {"id": _node_name(term)}
    assert isinstance(term, Literal)
    if term.language:
        return term.value if term.language == language else {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if datatype == _STRING:
        return {"@value": term.value} if kind or language else term.value
    if datatype != kind:
        return {"@value": term.value, "@type": datatype}
    native = _NATIVE.get(datatype)
    return json.loads(term.value) if native and native.fullmatch(term.value) else term.value
