"""Answers of every result format read back as rows of terms, without the code that wrote them."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from rdflib import BNode, Graph, Literal
from rdflib.term import Node

from tests.protocol.client import Response

XSD = "http://www.w3.org/2001/XMLSchema#"
_RESULTS = "{http://www.w3.org/2005/sparql-results#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}
_TSV_TERM = re.compile(
    r'<(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>'
    r"|_:(?P<blank>\S+)"
    r'|"(?P<text>(?:[^"\\\n\r]|\\.)*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?'
    r"|(?P<integer>[+-]?[0-9]+)"
    r"|(?P<decimal>[+-]?[0-9]*\.[0-9]+)"
    r"|(?P<double>[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+)"
    r"|(?P<boolean>true|false)"
)
_TSV_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.S)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term; of numbers the value counts, not how it is written, and of blank nodes only that they are one."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


Row = Mapping[str, Term]


def iri(value: str) -> Term:
    """Return an IRI."""
    return Term("iri", value)


def literal(value: str, datatype: str = "", language: str = "") -> Term:
    """Return a literal; `datatype` is an IRI or a local name of XML Schema, and xsd:string is none."""
    full = XSD + datatype if datatype and ":" not in datatype else datatype
    if full in _NUMBERS:
        value = f"{float(value):g}" if full.endswith(("double", "float")) else str(Decimal(value).normalize())
    return Term("literal", value, "" if full == f"{XSD}string" else full, language.lower())


BLANK = Term("blank", "")


def rows_of(response: Response) -> list[Row]:
    """Return the solutions of an answer in JSON, XML or TSV, in order; fails on what the formats do not allow."""
    return _READERS[response.media_type](response.text)


def variables_of(response: Response) -> list[str]:
    """Return the names of the columns in JSON, XML, TSV or CSV."""
    text = response.text
    match response.media_type:
        case "text/csv":
            return next(csv.reader(io.StringIO(text, newline="")))
        case "text/tab-separated-values":
            return [name.removeprefix("?") for name in text.split("\n", 1)[0].split("\t")]
        case "application/sparql-results+json":
            return list(response.json()["head"]["vars"])
        case _:
            head = ElementTree.fromstring(text).findall(f"{_RESULTS}head/{_RESULTS}variable")
            return [each.attrib["name"] for each in head]


def boolean_of(response: Response) -> bool:
    """Return the answer to an ASK in JSON or XML."""
    if response.media_type == "application/sparql-results+json":
        found = response.json()["boolean"]
        assert isinstance(found, bool), response.text
        return found
    text = ElementTree.fromstring(response.text).findtext(f"{_RESULTS}boolean")
    assert text in ("true", "false"), response.text
    return text == "true"


def values_of(response: Response) -> list[list[str]]:
    """Return the cells of an answer in CSV below its head."""
    return list(csv.reader(io.StringIO(response.text, newline="")))[1:]


def graph_of(response: Response, base: str = "http://base.invalid/") -> Graph:
    """Return the graph of an answer in an RDF format; `base` is where it was got."""
    found = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's own parts, used by its parsers
        found.parse(data=response.content, format=RDFLIB_NAMES[response.media_type], publicID=base)
    return found


def triples_of(graph: Graph) -> list[tuple[Term, ...]]:
    """Return the triples of a graph as terms, in an order that is always the same."""
    return sorted((tuple(map(_rdflib_term, triple)) for triple in graph), key=repr)


def _rdflib_term(node: Node) -> Term:
    if isinstance(node, Literal):
        return literal(str(node), str(node.datatype or ""), node.language or "")
    return BLANK if isinstance(node, BNode) else iri(str(node))


RDFLIB_NAMES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


def _read_json(text: str) -> list[Row]:
    rows: list[Row] = []
    for binding in json.loads(text)["results"]["bindings"]:
        rows.append({name: _json_term(term) for name, term in binding.items()})
    return rows


def _json_term(term: Mapping[str, Any]) -> Term:
    match term["type"]:
        case "uri":
            return iri(term["value"])
        case "bnode":
            return BLANK
        case "literal":
            assert set(term) <= {"type", "value", "datatype", "xml:lang"}, term
            return literal(term["value"], term.get("datatype", ""), term.get("xml:lang", ""))
    raise AssertionError(f"no term of SPARQL results in JSON: {term}")


def _read_xml(text: str) -> list[Row]:
    root = ElementTree.fromstring(text)
    assert root.tag == f"{_RESULTS}sparql", root.tag
    return [
        {each.attrib["name"]: _xml_term(each[0]) for each in result}
        for result in root.findall(f"{_RESULTS}results/{_RESULTS}result")
    ]


def _xml_term(element: ElementTree.Element) -> Term:
    text = element.text or ""
    match element.tag.removeprefix(_RESULTS):
        case "uri":
            return iri(text)
        case "bnode":
            return BLANK
        case "literal":
            return literal(text, element.get("datatype", ""), element.get(_LANGUAGE, ""))
    raise AssertionError(f"no term of SPARQL results in XML: {element.tag}")


def _read_tsv(text: str) -> list[Row]:
    assert text.endswith("\n"), "the last row has no end"
    head, *lines = text.removesuffix("\n").split("\n")
    names = head.split("\t")
    assert all(name.startswith("?") for name in names if name), head
    return [dict(_tsv_cells([name[1:] for name in names], line.split("\t"))) for line in lines]


def _tsv_cells(names: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, Term]]:
    assert len(cells) == len(names), cells
    return ((name, _tsv_term(cell)) for name, cell in zip(names, cells, strict=True) if cell)


def _tsv_term(cell: str) -> Term:
    found = _TSV_TERM.fullmatch(cell)
    assert found, f"no term of SPARQL results in TSV: {cell!r}"
    parts = found.groupdict()
    for datatype in ("integer", "decimal", "double", "boolean"):
        if parts[datatype] is not None:
            return literal(parts[datatype], datatype)
    if parts["iri"] is not None:
        return iri(parts["iri"])
    if parts["blank"] is not None:
        return BLANK
    return literal(_TSV_ESCAPE.sub(_unescaped, parts["text"]), parts["datatype"] or "", parts["language"] or "")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" and len(code) > 1 else _ESCAPED.get(code, code)


_READERS: Mapping[str, Callable[[str], list[Row]]] = {
    "application/sparql-results+json": _read_json,
    "application/sparql-results+xml": _read_xml,
    "text/tab-separated-values": _read_tsv,
}
