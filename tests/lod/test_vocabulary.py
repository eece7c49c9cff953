"""The vocabulary's pages and documents: every term, concept and rule, in each format, with what the data say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from werkzeug.test import TestResponse

from server.app import Config, create_app
from server.release import open_release
from server.represent import RDF_FORMATS, SUFFIXES
from server.terms import DEF, ONTOLOGY, RULES, Vocabulary, packaged, shapes_by_term
from tests.lod.conftest import BASE, Counting

# rdflib reads JSON-LD by a class of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
OURS = "https://w3id.org/yusuan"
VOCABULARY = Vocabulary(packaged())
THINGS = [ONTOLOGY, RULES, *VOCABULARY.code_lists, *VOCABULARY.concepts, *VOCABULARY.rules]
KEPT = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
PARSERS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}


class Page(HTMLParser):
    """The identifiers, links, names of facts and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.facts: Counter[str] = Counter()
        self.rows: list[list[str]] = []
        self.text = ""
        self._open = ""
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what is linked and what can be linked to."""
        stated = dict(attrs)
        self._open = tag
        self._in_cell = self._in_cell or tag in ("th", "td")
        self.ids += [stated["id"] or ""] if "id" in stated else []
        self.links += [stated["href"] or ""] if tag == "a" and "href" in stated else []
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """Leave a cell."""
        self._in_cell = self._in_cell and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        """Keep the text, and that of cells and names of facts by itself."""
        self.text += data
        self.facts[data] += self._open == "dt"
        if self._in_cell:
            self.rows[-1][-1] += data

    @property
    def counts(self) -> dict[str, int]:
        """The last cell of each row by the first, where it is a number."""
        return {row[0].strip(): int(row[-1]) for row in self.rows if row[-1].strip().isdigit()}


def path_of(iri: str) -> str:
    return iri.removeprefix(OURS)


def page(client: FlaskClient, path: str, language: str = "zh") -> Page:
    answer = client.get(path, headers=BROWSER, query_string={"lang": language})
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), path
    return Page(answer.get_data(as_text=True))


def graph(answer: TestResponse) -> Graph:
    """The graph of an answer, as a reader parses it who knows its media type."""
    assert answer.status_code == 200
    return Graph().parse(data=answer.data, format=PARSERS.get(answer.mimetype or "", "nt"))


@pytest.fixture(scope="session")
def quads(built: Path) -> list[Quad]:
    """All quads of the release."""
    return list(Store.read_only(str(open_release(built).store_path)))


@pytest.fixture(scope="session")
def said(quads: list[Quad]) -> Graph:
    """What the vocabulary's graph of the release says."""
    ours = [each.triple for each in quads if each.graph_name == NamedNode(ONTOLOGY)]
    return Graph().parse(data="".join(f"{each} .\n" for each in ours), format="nt")


@pytest.fixture(scope="session")
def things(quads: list[Quad]) -> Mapping[str, set[str]]:
    """Things of the data by the concept or rule that they name, or that the class of a year is which they name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in quads:
        if isinstance(each.object, NamedNode) and not str(each.subject).startswith(f"<{OURS}"):
            found[each.object.value].add(str(each.subject))
    for each in quads:
        if isinstance(each.object, NamedNode) and each.predicate.value == str(SKOS.exactMatch):
            found[each.object.value] |= found[str(each.subject)[1:-1]]
    return found


# --- terms ---


def test_there_is_a_vocabulary_to_show() -> None:
    assert len(VOCABULARY.terms) >= 280
    assert len(VOCABULARY.code_lists) >= 40
    assert len(VOCABULARY.concepts) >= 1100
    assert len(VOCABULARY.rules) >= 90


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_term_of_the_release_is_on_the_page_with_its_words(
    client: FlaskClient, said: Graph, language: str
) -> None:
    found = page(client, "/def", language)
    defined = {str(each) for each in said.subjects(RDFS.isDefinedBy, URIRef(ONTOLOGY))}
    terms = {each for each in defined if each.startswith(DEF)}
    assert len(terms) >= 280
    assert {each.removeprefix(DEF) for each in terms} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    words = [str(word) for each in terms for word in said.objects(URIRef(each), None) if getattr(word, "language", 0)]
    assert len(words) >= 4 * len(terms)
    assert [each for each in words if each not in found.text] == []


def test_a_term_is_linked_with_its_domain_range_parents_code_list_and_alignments(client: FlaskClient) -> None:
    links = page(client, "/def").links
    wanted = ["/def#Statement", "/code/phase", "http://www.w3.org/ns/prov#Entity", "/rule/row-sum"]
    wanted += ["http://data.europa.eu/eli/ontology#cites", "http://www.w3.org/2001/XMLSchema#decimal"]
    assert [each for each in wanted if each not in links] == []


def test_links_within_the_page_of_terms_lead_to_terms(client: FlaskClient) -> None:
    found = page(client, "/def")
    inside = {link.rpartition("#")[2] for link in found.links if link.startswith(("#", "/def#"))}
    assert len(inside) >= 280
    assert inside <= set(found.ids)


def test_terms_come_in_the_order_of_their_files(client: FlaskClient) -> None:
    """Each class is followed by the properties that it is the first to have."""
    ids = page(client, "/def").ids
    text = (Path(__file__).parents[2] / "ontology" / "budget.ttl").read_text(encoding="utf-8")
    classes = re.findall(r"^def:(\w+)\n    a owl:Class", text, re.MULTILINE)
    assert len(classes) >= 20
    for names in (classes, ["Disclosure", "disclosureKind", "Document", "sha256", "Citation", "cites", "Finding"]):
        assert names == sorted(names, key=ids.index)


def test_a_term_names_the_shapes_that_use_it(client: FlaskClient) -> None:
    using = shapes_by_term()
    assert set(using) <= set(VOCABULARY.terms)
    assert len(using) >= 270
    assert "row-sum" in {each.name for each in using[f"{DEF}summationOfRows"]}
    assert "row-sum" in {each.name for each in using[f"{DEF}unitMultiplier"]}  # only in the text of its query
    assert "Give at most one def:amount" in page(client, "/def", "en").text


def test_a_closed_shape_does_not_speak_of_what_it_allows() -> None:
    """It allows every property of its class, which would put its message below them all."""
    speaking = {each.name for each in shapes_by_term()[f"{DEF}sourcePath"]}
    assert speaking
    assert "DocumentProperties" not in speaking


def test_every_term_that_the_data_use_has_an_example_and_all_are_asked_at_once(
    client: FlaskClient, counting: Counting, quads: list[Quad]
) -> None:
    found = page(client, "/def")
    assert len(counting.asked) == 2  # the vocabulary, and the examples
    used = {each.predicate.value for each in quads}
    used |= {str(each.object)[1:-1] for each in quads if each.predicate.value == str(RDF.type)}
    assert found.facts["示例"] == len(used & set(VOCABULARY.terms))
    assert found.facts["示例"] >= 150
    page(client, "/def", "en")
    assert len(counting.asked) == 2


# --- code lists and rules ---


def test_the_lists_are_listed(client: FlaskClient) -> None:
    found = page(client, "/code")
    assert {path_of(each) for each in VOCABULARY.code_lists} <= set(found.links)
    sizes = {each.name: len(each.concepts) for each in VOCABULARY.code_lists.values()}
    assert found.counts == sizes


@KEPT
@given(name=st.sampled_from(sorted(VOCABULARY.code_lists)), language=st.sampled_from(["zh", "en"]))
def test_a_list_has_its_entries_and_counts_what_uses_each(
    client: FlaskClient, things: Mapping[str, set[str]], name: str, language: str
) -> None:
    code_list = VOCABULARY.code_lists[name]
    found = page(client, path_of(name), language)
    assert found.counts == {each.notation: len(things[each.iri]) for each in code_list.concepts}
    for each in code_list.concepts:
        assert path_of(each.iri) in found.links
        assert all(word in found.text for word in each.label.values())


def test_a_thing_that_names_an_entry_by_two_properties_counts_once(built: Path, counting: Counting) -> None:
    store = Store()
    store.extend(counting.store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY)))
    store.extend(Quad(each.subject, each.predicate, each.object) for each in list(store))
    approved = NamedNode(f"{OURS}/code/phase/approved")
    for name in ("phase", "relativePhase"):
        store.add(Quad(NamedNode(f"{BASE}thing"), NamedNode(f"{DEF}{name}"), approved))
    served = create_app(Config(open_release(built), Counting(store))).test_client()
    assert page(served, "/code/phase").counts["approved"] == 1
    assert [row[1] for row in page(served, "/code/phase/approved").rows[1:]] == ["1", "1"]


@KEPT
@given(iri=st.sampled_from(sorted(VOCABULARY.concepts)), language=st.sampled_from(["zh", "en"]))
def test_an_entry_has_its_words_and_says_by_what_it_is_used(
    client: FlaskClient, things: Mapping[str, set[str]], iri: str, language: str
) -> None:
    concept = VOCABULARY.concepts[iri]
    found = page(client, path_of(iri), language)
    words = (concept.notation, *concept.label.values(), *concept.definition.values(), *concept.names)
    assert [each for each in words if each not in found.text] == []
    used = [int(row[1]) for row in found.rows[1:]]
    assert bool(used) == bool(things[iri])
    assert max(used, default=0) <= len(things[iri]) <= sum(used)


@KEPT
@given(iri=st.sampled_from(sorted(VOCABULARY.rules)))
def test_a_rule_explains_itself_and_shows_a_finding_where_there_is_one(
    client: FlaskClient, counting: Counting, things: Mapping[str, set[str]], iri: str
) -> None:
    rule = VOCABULARY.rules[iri]
    found = page(client, path_of(iri))
    said = [*rule.label.values(), *rule.comment.values(), *rule.example.values(), *rule.remedy.values(), rule.source]
    assert [each for each in said if each not in found.text] == []
    assert rule.query in found.text
    findings = counting.store.quads_for_pattern(None, NamedNode(f"{DEF}rule"), NamedNode(iri), None)
    shown = {str(each.subject)[1:-1].replace(BASE, "/") for each in findings} & set(found.links)
    assert len(shown) == bool(things[iri])


def test_rules_are_listed_by_concern_with_their_findings(client: FlaskClient, quads: list[Quad]) -> None:
    found = page(client, "/rule", "en")
    assert {path_of(each) for each in VOCABULARY.rules} <= set(found.links)
    counted = {row[0].split()[-1]: int(row[-1]) for row in found.rows if row[-1].strip().isdigit()}
    assert len(counted) == len(VOCABULARY.rules)
    follow = {each.subject for each in quads if each.predicate.value == f"{DEF}consequenceOf"}
    first = {each.subject for each in quads if each.predicate.value == f"{DEF}rule"} - follow
    assert sum(counted.values()) == len(first) > 0


# --- RDF ---


@KEPT
@given(iri=st.sampled_from(THINGS))
def test_all_formats_of_a_thing_are_one_graph_that_speaks_of_it(client: FlaskClient, iri: str) -> None:
    graphs = [graph(client.get(path_of(iri), headers={"Accept": each.media_type})) for each in RDF_FORMATS]
    assert all(isomorphic(graphs[0], each) for each in graphs[1:])
    assert {getattr(one, "language", None) for one in graphs[0].objects(URIRef(iri))} >= {"en"}


@KEPT
@given(iri=st.sampled_from(THINGS), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_a_suffix_states_the_format(client: FlaskClient, iri: str, suffix: str) -> None:
    path = path_of(iri).rstrip("/")
    stated = client.get(path + suffix, headers={"Accept": "application/n-triples"})
    wanted = SUFFIXES[suffix]
    asked = client.get(path, headers={"Accept": wanted.media_type})
    assert (stated.status_code, stated.content_type) == (200, wanted.content_type)
    assert stated.headers["Content-Location"] == asked.headers["Content-Location"] == path + suffix
    assert stated.data == asked.data


@KEPT
@given(iri=st.sampled_from(THINGS))
def test_the_other_formats_are_linked_and_answer(client: FlaskClient, iri: str) -> None:
    answer = client.get(path_of(iri), headers={"Accept": "text/turtle"})
    links = re.findall(r'<([^>]*)>; rel="(\w+)"(?:; type="([^"]*)")?', ", ".join(answer.headers.getlist("Link")))
    assert ("canonical", iri) in [(relation, target) for target, relation, _ in links]
    alternates = [(target, kind) for target, relation, kind in links if relation == "alternate"]
    assert len(alternates) == 4
    for target, kind in alternates:
        assert client.get(target).mimetype == kind
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/code", "/code/", "/code.ttl"])
def test_the_code_lists_have_an_address_of_their_own(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<https://w3id.org/yusuan/code/>; rel="canonical"' in answer.headers.getlist("Link")


def test_the_document_of_the_ontology_says_all_that_the_release_says_of_it(client: FlaskClient, said: Graph) -> None:
    given_by = graph(client.get("/def.ttl"))
    wanted = [each for each in said if str(each[0]) == ONTOLOGY or str(each[0]).startswith((DEF, f"{ONTOLOGY}/"))]
    assert len(wanted) >= 2000
    assert [each for each in wanted if each not in given_by] == []
    assert (URIRef(ONTOLOGY), RDF.type, OWL.Ontology) in given_by


@pytest.mark.parametrize("suffix", ["", ".ttl"])
def test_parts_are_described_where_what_they_are_part_of_is(client: FlaskClient, suffix: str) -> None:
    for part, whole in (("/rule/row-sum-query", "/rule/row-sum"), ("/rule/prefix-def", "/rule")):
        answer = client.get(part + suffix)
        assert (answer.status_code, answer.headers["Location"]) == (303, whole + suffix)
    assert client.get(f"/def/prefix/prov{suffix}").headers["Location"] == f"/def{suffix}"
    assert client.get(f"/def/cube/amountTable{suffix}").headers["Location"] == f"/def{suffix}"


@pytest.mark.parametrize("character", ["%20", "%00", "%3C", "%22", "%7B", "%25", "%FF", "%7F", "%09", "%0D%0A"])
def test_a_path_that_is_no_iri_is_of_nothing(client: FlaskClient, character: str) -> None:
    for path in ("/def/prefix/{}", "/rule/{}", "/rule/{}-query", "/code/{}", "/code/phase/{}", "/none/{}"):
        assert client.get(path.format(character), headers={"Accept": "text/turtle"}).status_code == 404, path


# --- answers ---


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/def.txt",
            "/define",
            "/def/prefix/none",
            "/def/cube/none",
            "/code/none",
            "/code/none.ttl",
            "/code/phase/none",
            "/rule/none",
        ),
        "/rule.x",
    ],
)
def test_what_is_not_there_is_refused_in_the_one_shape(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.get_json()["error"] in ("thing-unknown", "not-found")


def test_what_is_not_offered_is_refused(client: FlaskClient) -> None:
    assert client.get("/def", headers={"Accept": "image/png"}).status_code == 406


def test_an_answer_is_made_again_only_for_who_has_another(client: FlaskClient, counting: Counting) -> None:
    tags = set()
    for path in ("/def", "/code", "/code/phase", "/code/phase/approved", "/rule", "/rule/row-sum"):
        for accept in ("text/html", "text/turtle", "application/ld+json"):
            for language in ("zh", "en"):
                headers = {"Accept": accept, "Accept-Language": language}
                tag = client.get(path, headers=headers).headers["ETag"]
                tags.add((accept, tag))
                asked = len(counting.asked)
                again = client.get(path, headers={**headers, "If-None-Match": tag})
                assert (again.status_code, again.data, len(counting.asked)) == (304, b"", asked)
    assert len(tags) == 6 * (2 + 1 + 1)


@pytest.mark.parametrize("path", ["/def", "/code", "/code/phase", "/code/phase/approved", "/rule", "/rule/row-sum"])
def test_every_link_begins_with_the_prefix_of_the_service(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER, environ_overrides={"SCRIPT_NAME": "/open/budget"})
    links = Page(answer.get_data(as_text=True)).links
    assert len(links) >= 5
    assert [each for each in links if not each.startswith(("/open/budget/", "http", "#", "?"))] == []
    assert answer.headers["Content-Location"].startswith(f"/open/budget{path}")


def test_the_vocabulary_is_that_of_the_release(built: Path, counting: Counting) -> None:
    """Not that of the program, which may be newer than what it serves."""
    store = Store()
    store.extend(counting.store)
    term, label, old = NamedNode(f"{DEF}amount"), NamedNode(str(RDFS.label)), NamedNode(ONTOLOGY)
    for each in list(store.quads_for_pattern(term, label, None, old)):
        store.remove(each)
    store.add(Quad(term, label, Literal("sum of old", language="en"), old))
    served = create_app(Config(open_release(built), Counting(store))).test_client()
    assert "sum of old" in page(served, "/def", "en").text


def test_a_release_without_a_vocabulary_is_read_by_that_of_the_program(built: Path) -> None:
    served = create_app(Config(open_release(built), Counting(Store()))).test_client()
    assert set(page(served, "/def").ids) >= {term.name for term in VOCABULARY.terms.values()}
    assert page(served, "/code/phase").counts["approved"] == 0


def test_an_example_is_of_the_data_where_they_use_the_term(client: FlaskClient) -> None:
    """Measures of the vocabulary have an operation character, too; that of a printed amount tells more."""
    text = client.get("/def", headers=BROWSER).get_data(as_text=True)
    entry = text[text.index('id="operationCharacter"') :]
    entry = entry[: entry.index("</section>")]
    assert re.search(r'示例</dt><dd><a href="/(?:document|fact)/', entry)
    entry = text[text.index('id="unitKind"') :]
    assert '示例</dt><dd><a href="/code/measure/' in entry[: entry.index("</section>")]
