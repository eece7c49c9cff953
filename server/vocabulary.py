"""Pages of the vocabulary, at /def, /code and /rule: for people, and as RDF, made of what the release says."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from server.addresses import local_path
from server.catalogue import question
from server.errors import ThingUnknownError
from server.evaluate import Evaluation, named_query
from server.formats import HTML, JSON, NTRIPLES, negotiate
from server.prefixes import prefixes
from server.release import Release
from server.represent import FORMATS, SUFFIXES, format_links, split_suffix, suffix_of, write
from server.sparql import evaluator
from server.terms import (
    CODE,
    DEF,
    LABEL,
    ONTOLOGY,
    RULES,
    CodeList,
    Example,
    Rule,
    Vocabulary,
    packaged,
    shapes_by_term,
)
from server.validators import tag_of, tagged, unchanged
from server.wording import LANGUAGES, chosen_language, word

vocabulary = Blueprint("vocabulary", __name__)

Made = TypeVar("Made")
_DIGEST = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{56}\b")
_VOCABULARY_GRAPH = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}"
# What a concept is used by: things that name it, or, where it is of a national list, the class of a year that it is.
_USES = """
  { ?thing ?property ?concept }
  UNION
  { ?class <http://www.w3.org/2004/02/skos/core#exactMatch> ?concept . ?thing ?property ?class }
  FILTER(!STRSTARTS(STR(?thing), "https://w3id.org/yusuan/"))
"""
_USES_OF_LIST = f"""SELECT ?list ?concept (COUNT(DISTINCT ?thing) AS ?things)
WHERE {{ ?concept <http://www.w3.org/2004/02/skos/core#inScheme> ?list . {_USES} }} GROUP BY ?list ?concept"""
_USES_OF_CONCEPT = f"""SELECT ?concept ?property (COUNT(DISTINCT ?thing) AS ?things) (SAMPLE(?thing) AS ?example)
WHERE {{ {_USES} }} GROUP BY ?concept ?property ORDER BY DESC(?things) ?property"""

_OF_DATA = 'FILTER(!STRSTARTS(STR(?thing), "https://w3id.org/yusuan/"))'
_EXAMPLE_OF_CLASS = "{{ SELECT ?term ?thing WHERE {{ BIND({0} AS ?term) ?thing a {0} {1} }} LIMIT 1 }}"
_EXAMPLE_OF_PROPERTY = "{{ SELECT ?term ?thing ?value WHERE {{ BIND({0} AS ?term) ?thing {0} ?value {1} }} LIMIT 1 }}"
_EXAMPLES = "SELECT ?term ?thing ?value ?label WHERE {{ {0} OPTIONAL {{ ?thing {1} ?label }} }}"
_FINDING = f"""PREFIX def: <{DEF}>
SELECT ?rule ?finding ?label ?lines ?document ?document_label WHERE {{
  {{ SELECT ?rule ?finding WHERE {{ ?finding def:rule ?rule }} ORDER BY ?finding LIMIT 1 }}
  ?finding <{LABEL}> ?label .
  OPTIONAL {{ ?finding def:lines ?lines }}
  OPTIONAL {{
    ?finding <http://purl.org/dc/terms/isPartOf> ?document .
    ?document a def:Document ; <{LABEL}> ?document_label
  }}
}}"""


@dataclass(frozen=True, slots=True)
class Use:
    """How many things name a concept by one property, and one of them."""

    property: str
    things: int
    example: str


@dataclass(frozen=True, slots=True)
class FoundByRule:
    """A finding to show what a rule finds: what it says by language, and where."""

    iri: str
    label: Mapping[str, str]
    lines: str = ""
    document: str = ""
    document_label: str = ""


@vocabulary.get("/def")
@vocabulary.get("/def<suffix>")
def show_ontology(suffix: str = "") -> Response:
    """Return the ontology: its classes and properties, as a page or as RDF."""
    found = _vocabulary()
    subjects = [each for each in found.subjects(ONTOLOGY) if each == ONTOLOGY or each.startswith((DEF, f"{ONTOLOGY}/"))]
    return _answer("/def", suffix, ONTOLOGY, subjects, lambda: _ontology_page(found))


@vocabulary.get("/code")
@vocabulary.get("/code/")
@vocabulary.get("/code<suffix>")
def list_code_lists(suffix: str = "") -> Response:
    """Return the code lists, without their entries."""
    found = _vocabulary()
    lists = list(found.code_lists.values())
    subjects = [each.iri for each in lists]
    return _answer("/code", suffix, CODE, subjects, lambda: _page("codelists.html", code_lists=lists))


@vocabulary.get("/code/<name>")
def show_code_list(name: str) -> Response:
    """Return one code list with its entries; raises `ThingUnknownError`."""
    name, suffix = _split(name)
    found = _vocabulary()
    code_list = found.code_lists.get(CODE + name)
    if code_list is None:
        raise ThingUnknownError(f"there is no code list {name!r}: /code lists those there are")
    subjects = [code_list.iri, *(each.iri for each in code_list.concepts)]
    return _answer(f"/code/{name}", suffix, code_list.iri, subjects, lambda: _code_list_page(found, code_list))


@vocabulary.get("/code/<name>/<notation>")
def show_concept(name: str, notation: str) -> Response:
    """Return one entry of a code list; raises `ThingUnknownError`."""
    notation, suffix = _split(notation)
    found = _vocabulary()
    concept = found.concepts.get(f"{CODE}{name}/{notation}")
    if concept is None:
        raise ThingUnknownError(f"the code list {name!r} has no entry {notation!r}: /code/{name} lists them")
    path = f"/code/{name}/{notation}"
    return _answer(path, suffix, concept.iri, [concept.iri], lambda: _concept_page(found, concept.iri))


@vocabulary.get("/rule")
@vocabulary.get("/rule/")
@vocabulary.get("/rule<suffix>")
def list_rules(suffix: str = "") -> Response:
    """Return the rules of the audit."""
    found = _vocabulary()
    return _answer("/rule", suffix, RULES, found.subjects(RULES), lambda: _rules_page(found))


@vocabulary.get("/rule/<name>")
def show_rule(name: str) -> Response:
    """Return one rule, or where its parts are described; raises `ThingUnknownError`."""
    name, suffix = _split(name)
    found = _vocabulary()
    rule = found.rules.get(RULES + name)
    if rule is None:
        return _see_owner(found, RULES + name, suffix)
    subjects = [rule.iri, *found.parts_of(rule.iri)]
    return _answer(f"/rule/{name}", suffix, rule.iri, subjects, lambda: _rule_page(rule))


@vocabulary.get("/def/<any(prefix, cube):kind>/<name>")
def show_part(kind: str, name: str) -> Response:
    """Return where a prefix is declared, or a structure of tables defined; raises `ThingUnknownError`."""
    name, suffix = _split(name)
    return _see_owner(_vocabulary(), f"{ONTOLOGY}/{kind}/{name}", suffix)


def audit_rules() -> Mapping[str, Rule]:
    """Return the rules of the audit by IRI, as the release has them."""
    return _vocabulary().rules


def concept_label(iri: str) -> str:
    """Return the label of a concept in the language of the page, else its IRI with a prefix."""
    found = _vocabulary().concepts.get(iri)
    return _in_language(found.label) if found else short(iri)


def short(iri: str) -> str:
    """Return an IRI with a prefix where one is declared, one of the release without its base, others as they are."""
    for name, namespace in prefixes().items():
        local = iri.removeprefix(namespace)
        if local != iri and "#" not in local and ("/" not in local or namespace == CODE):
            return f"{name}:{local}"
    return _DIGEST.sub(r"\1…", iri.removeprefix(_release().base))


# --- pages ---


def _ontology_page(found: Vocabulary) -> str:
    language = chosen_language(request)
    parts = [(word(f"part-{name}" if name else "part-other", language), group) for name, group in found.sections()]
    children: defaultdict[str, list[str]] = defaultdict(list)
    for each in found.terms.values():
        for parent in each.parents:
            children[parent].append(each.iri)
    return _page(
        "vocabulary.html",
        title=found.words(ONTOLOGY, "http://purl.org/dc/terms/title"),
        description=found.words(ONTOLOGY, "http://purl.org/dc/terms/description"),
        iri=ONTOLOGY,
        prefix="def",
        namespace=DEF,
        version=found.text(ONTOLOGY, "http://www.w3.org/2002/07/owl#versionInfo"),
        licences=found.iris(ONTOLOGY, "http://purl.org/dc/terms/license"),
        sections=parts,
        children=children,
        properties_of={iri: [each.iri for each in found.properties_of(iri)] for iri in found.terms},
        examples=_kept("examples", lambda: _ask_examples(found)),
        shapes=shapes_by_term(),
    )


def _code_list_page(found: Vocabulary, code_list: CodeList) -> str:
    return _page(
        "codelist.html",
        code_list=code_list,
        used_by=[each.iri for each in found.terms.values() if each.code_list == code_list.iri],
        uses=_kept(f"uses {code_list.iri}", lambda: _ask_uses_of_list(code_list.iri)),
    )


def _concept_page(found: Vocabulary, iri: str) -> str:
    concept = found.concepts[iri]
    code_list = next(each for each in found.code_lists.values() if concept in each.concepts)
    return _page(
        "term.html",
        concept=concept,
        code_list=code_list,
        narrower=[each for each in code_list.concepts if iri in each.broader],
        uses=_kept(f"uses {iri}", lambda: _ask_uses_of_concept(iri)),
    )


def _rules_page(found: Vocabulary) -> str:
    by_concern: defaultdict[str, list[Rule]] = defaultdict(list)
    for each in found.rules.values():
        by_concern[each.concern].append(each)
    return _page("rules.html", by_concern=list(by_concern.items()), counts=_findings_by_rule())


def _rule_page(rule: Rule) -> str:
    return _page(
        "rule.html",
        rule=rule,
        findings=_findings_by_rule().get(rule.iri, 0),
        finding=_kept(f"finding {rule.iri}", lambda: _ask_finding(rule.iri)),
    )


def _page(template: str, **values: Any) -> str:
    language = chosen_language(request)
    address = request.script_root + split_suffix(request.path)[0].rstrip("/")
    return render_template(
        template,
        **values,
        format_links=format_links(address),
        other=next(each for each in LANGUAGES if each != language),
        short=short,
        concept_label=concept_label,
        severity_iri=lambda rule: f"{CODE}severity/{rule.severity}",
    )


def _in_language(words: Mapping[str, str]) -> str:
    language = chosen_language(request)
    return words.get(language) or next(iter(words.values()), "")


# --- answers ---


def _answer(path: str, suffix: str, iri: str, subjects: Iterable[str], page: Callable[[], str]) -> Response:
    """Return what is at a path, as the suffix says or the client likes; `iri` is what it is about."""
    if suffix and suffix not in SUFFIXES:
        raise ThingUnknownError(f"there is nothing at {path}{suffix}: an address ends in {', '.join(SUFFIXES)} or none")
    chosen = SUFFIXES[suffix] if suffix else negotiate(request.headers.get("Accept"), FORMATS)
    tag = tag_of(_release().version, chosen, chosen_language(request) if chosen is HTML else "")
    response = unchanged(tag, chosen)
    if response is None:
        body = page() if chosen is HTML else write(_triples(subjects), chosen, iri)
        response = tagged(Response(body, content_type=chosen.content_type), tag)
    address = f"{request.script_root}{path}"
    response.headers["Content-Location"] = f"{address}{suffix_of(chosen)}"
    for each in FORMATS:
        if each is not chosen:
            response.headers.add("Link", f'<{address}{suffix_of(each)}>; rel="alternate"; type="{each.media_type}"')
    response.headers.add("Link", f'<{iri}>; rel="canonical"')
    return response


def _see_owner(found: Vocabulary, iri: str, suffix: str) -> Response:
    """Return where a part of something is described; raises `ThingUnknownError` where it is part of nothing."""
    owner = found.owner(iri)
    if not owner:
        raise ThingUnknownError(f"the vocabulary says nothing of {iri}")
    path = (local_path(owner, _release().base) or "").rstrip("/")
    return make_response(redirect(f"{request.script_root}{path}{suffix}", 303))


def _triples(subjects: Iterable[str]) -> Iterator[Triple]:
    """Yield what the vocabulary says of some subjects, and the names of what that points to."""
    found = _vocabulary()
    described = set(subjects)
    for each in found.graph(described):
        yield each
        if isinstance(each.object, NamedNode) and each.object.value not in described:
            yield from found.names(each.object.value)


def _split(name: str) -> tuple[str, str]:
    """Return the last part of a path without the suffix of a format, and that suffix."""
    bare, chosen = split_suffix(f"/{name}")
    return bare.removeprefix("/"), suffix_of(chosen) if chosen else ""


# --- the release ---


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release


def _kept(name: str, make: Callable[[], Made]) -> Made:
    """Return what is made once for a release; there are as many names as the vocabulary has terms."""
    kept: dict[str, Any] = current_app.extensions.setdefault("yusuan.vocabulary", {})
    if name not in kept:
        kept[name] = make()
    made: Made = kept[name]
    return made


def _vocabulary() -> Vocabulary:
    return _kept("itself", _read_vocabulary)


def _read_vocabulary() -> Vocabulary:
    return _vocabulary_of(evaluator().evaluate(Evaluation(_VOCABULARY_GRAPH, NTRIPLES.name)))


# Of two: releases have the vocabulary of the one before as long as the program that builds them is the same.
@lru_cache(maxsize=2)
def _vocabulary_of(written: bytes) -> Vocabulary:
    stated = Vocabulary(each.triple for each in parse(written, format=RdfFormat.N_TRIPLES))
    return stated if ONTOLOGY in stated else Vocabulary(packaged())


def _ask_examples(found: Vocabulary) -> dict[str, Example]:
    """Return a thing for each term that is used, all asked at once: of the data, else of the vocabulary itself."""
    asked = (
        (_EXAMPLE_OF_CLASS if each.kind == "class" else _EXAMPLE_OF_PROPERTY).format(NamedNode(each.iri), _OF_DATA)
        for each in found.terms.values()
    )
    rows: defaultdict[str, list[dict[str, dict[str, str]]]] = defaultdict(list)
    for row in _rows(Evaluation(_EXAMPLES.format(" UNION ".join(asked), NamedNode(LABEL)), JSON.name)):
        rows[row["term"]["value"]].append(row)
    return found.examples() | {iri: _example(said) for iri, said in rows.items()}


def _example(rows: Sequence[Mapping[str, Mapping[str, str]]]) -> Example:
    """Return what the rows of one term say, one for each label of the thing."""
    value = rows[0].get("value", {})
    return Example(rows[0]["thing"]["value"], _words(rows), value.get("value", ""), value.get("type") == "uri")


def _ask_uses_of_list(iri: str) -> dict[str, int]:
    rows = _rows(Evaluation(_USES_OF_LIST, JSON.name, {"list": NamedNode(iri)}))
    return {each["concept"]["value"]: int(each["things"]["value"]) for each in rows if "concept" in each}


def _ask_uses_of_concept(iri: str) -> list[Use]:
    rows = _rows(Evaluation(_USES_OF_CONCEPT, JSON.name, {"concept": NamedNode(iri)}))
    return [
        Use(each["property"]["value"], int(each["things"]["value"]), each["example"]["value"])
        for each in rows
        if "property" in each
    ]


def _findings_by_rule() -> dict[str, int]:
    return _kept("findings", _ask_findings_by_rule)


def _ask_findings_by_rule() -> dict[str, int]:
    rows = _rows(named_query(question("rules"), {}, JSON.name))
    return {each["iri"]["value"]: int(each["findings"]["value"]) for each in rows}


def _ask_finding(rule: str) -> FoundByRule | None:
    rows = _rows(Evaluation(_FINDING, JSON.name, {"rule": NamedNode(rule)}))
    if not rows:
        return None
    said = {name: term["value"] for name, term in rows[0].items()}
    lines = said.get("lines", "").replace(",", ", ")
    document, name = said.get("document", ""), said.get("document_label", "")
    return FoundByRule(said["finding"], _words(rows), lines, document, name)


def _words(rows: Iterable[Mapping[str, Mapping[str, str]]]) -> dict[str, str]:
    """Return the labels by language; one without a language is as printed, in Chinese."""
    labels = [each["label"] for each in rows if "label" in each]
    return {each.get("xml:lang", "zh").split("-")[0].lower(): each["value"] for each in labels}


def _rows(asked: Evaluation) -> list[dict[str, dict[str, str]]]:
    rows: list[dict[str, dict[str, str]]] = json.loads(evaluator().evaluate(asked))["results"]["bindings"]
    return rows
