"""Every IRI of a release answers at its path: one graph in every format, validators, pages of what points to it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple, parse
from rdflib import Graph
from werkzeug.test import TestResponse

from server import resource
from server.addresses import href, iri_of, local_path
from server.app import Config, create_app
from server.formats import GRAPH_WRITERS, HTML, Format
from server.release import open_release
from server.represent import FORMATS, RDF_FORMATS, suffix_of
from tests.lod.conftest import BASE, Counting

# rdflib reads JSON-LD by a class of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

PARSERS = {"turtle": "turtle", "jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PRESERVED = "https://w3id.org/yusuan/"
KEPT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MOST_QUERIES, MOST_OF_A_VIEW = 4, 10
"""Queries of a description, and of a page that shows a thing of its kind: few, and never one a neighbour."""
_NUMBERS = re.compile(r"[0-9a-f]{16,64}|\d+")


@pytest.fixture(scope="module")
def whole(built: Path) -> Store:
    """Return the store of the built release."""
    return Store.read_only(str(open_release(built).store_path))


@pytest.fixture(scope="module")
def things(whole: Store) -> Mapping[str, Sequence[str]]:
    """Return all IRIs below the base that the release has, as a name of anything, by the shape of their paths."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in whole:
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                iri = term.value.partition("#")[0]
                if iri == f"{BASE}release":
                    continue  # the catalogue's
                found[_NUMBERS.sub("0", iri.removeprefix(BASE))].add(iri)
    assert len(found) >= 40
    return {shape: sorted(found[shape]) for shape in sorted(found)}


def any_of(data: st.DataObject, things: Mapping[str, Sequence[str]]) -> str:
    """Draw a thing, each kind as often as every other."""
    kinds = list(things.values())
    kind = kinds[data.draw(st.integers(0, len(kinds) - 1))]
    return kind[data.draw(st.integers(0, 10_000)) % len(kind)]


def triples(response: TestResponse, written: Format) -> set[Triple]:
    """Return the triples of a response as they are written, by a strict reader."""
    read = parse(response.data, format=GRAPH_WRITERS[written.name])
    return {Triple(each.subject, each.predicate, each.object) for each in read}


def path_of(iri: str) -> str:
    """Return the path that a client asks for."""
    path = href(iri, BASE, "")
    assert path is not None
    return path


def links(response: TestResponse) -> dict[str, list[str]]:
    """Return the targets of the Link header by relation."""
    found: dict[str, list[str]] = defaultdict(list)
    for target, relation in re.findall(r'<([^>]*)>; rel="([a-z]+)"', response.headers.get("Link", "")):
        found[relation].append(target)
    return found


@KEPT
@given(data=st.data())
def test_every_thing_is_one_graph_in_every_format(
    data: st.DataObject, client: FlaskClient, whole: Store, things: Mapping[str, Sequence[str]]
) -> None:
    iri = any_of(data, things)
    strict, loose = [], []
    for each in RDF_FORMATS:
        response = client.get(path_of(iri), headers={"Accept": each.media_type})
        assert (response.status_code, response.content_type) == (200, each.content_type), iri
        strict.append(triples(response, each))
        loose.append(Graph().parse(data=response.data, format=PARSERS[each.name]))
    assert all(graph == strict[0] for graph in strict), iri
    assert all(set(graph) == set(loose[0]) for graph in loose), iri  # there are no blank nodes
    assert {each.triple for each in whole.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())} <= strict[0]
    graph = _graph_of(whole, iri)
    stated = (Quad(each.subject, each.predicate, each.object, graph) for each in strict[0])
    assert [each for each in stated if each not in whole] == [], iri


def _graph_of(whole: Store, iri: str) -> NamedNode | DefaultGraph:
    """Return the graph of the release that has all that a description of a thing may say: its own, where it is one."""
    named = any(True for _ in whole.quads_for_pattern(None, None, None, NamedNode(iri)))
    return NamedNode(iri) if named else DefaultGraph()


@KEPT
@given(data=st.data())
def test_what_is_negotiated_is_where_it_says_and_can_be_kept(
    data: st.DataObject, client: FlaskClient, things: Mapping[str, Sequence[str]]
) -> None:
    iri, chosen = any_of(data, things), data.draw(st.sampled_from(FORMATS))
    response = client.get(path_of(iri), headers={"Accept": chosen.media_type})
    located = response.headers["Content-Location"]
    assert located.partition("?")[0] == path_of(iri) + suffix_of(chosen)
    assert client.get(located, headers={"Accept": "image/png"}).data == response.data
    assert "Accept" in response.headers["Vary"]
    relations = links(response)
    assert relations["canonical"] == [iri]
    assert len(relations["alternate"]) == len(FORMATS) - 1
    tag = response.headers["ETag"]
    again = client.get(path_of(iri), headers={"Accept": chosen.media_type, "If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Vary"] == response.headers["Vary"]
    assert again.headers["Content-Location"] == located
    head = client.head(path_of(iri), headers={"Accept": chosen.media_type})
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(response.data))


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/units/?region=140525&nothing=1", "/units?region=140525&nothing=1"),
        ("/region/140525//", "/region/140525"),
        ("/legal/", "/legal"),
        ("/catalogue/vocabulary/?page=1", "/catalogue/vocabulary?page=1"),
        ("/%2Fevil.example//", "/evil.example"),
        ("/nothing at all/", "/nothing%20at%20all"),
    ],
)
def test_a_slash_at_the_end_leads_to_the_address_without_it(client: FlaskClient, path: str, target: str) -> None:
    for accept in ("*/*", "text/html", "text/csv", "application/sparql-results+json"):
        response = client.get(path, headers={"Accept": accept})
        assert (response.status_code, response.headers["Location"]) == (301, target)


def test_tags_differ_by_format_language_page_and_prefix(
    client: FlaskClient, whole: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(_most_pointed(whole))
    monkeypatch.setattr(resource, "PAGE", 7)
    asked: list[dict[str, Any]] = [{"headers": {"Accept": each.media_type}} for each in RDF_FORMATS]
    asked += [{"headers": BROWSER, "query_string": {"lang": each}} for each in ("zh", "en")]
    asked.append({"headers": {"Accept": "text/turtle"}, "query_string": {"page": 2}})
    asked.append({"headers": {"Accept": "text/turtle"}, "environ_overrides": {"SCRIPT_NAME": "/below"}})
    tags = [client.get(path, **each).headers["ETag"] for each in asked]
    assert len(set(tags)) == len(tags)


def test_alternates_are_the_other_formats(client: FlaskClient, things: Mapping[str, Sequence[str]]) -> None:
    path = path_of(things["region/0"][0])
    for target in links(client.get(path, headers=BROWSER))["alternate"]:
        response = client.get(target)
        chosen = next(each for each in FORMATS if target.endswith(suffix_of(each)))
        assert (response.status_code, response.content_type) == (200, chosen.content_type)


def test_every_kind_has_a_page_that_leads_on(client: FlaskClient, things: Mapping[str, Sequence[str]]) -> None:
    for shape, iris in things.items():
        response = client.get(path_of(iris[0]), headers=BROWSER)
        assert (response.status_code, response.content_type) == (200, HTML.content_type), shape
        page = response.get_data(as_text=True)
        assert iris[0] in page
        for language in ("zh", "en"):
            again = client.get(path_of(iris[0]), headers=BROWSER, query_string={"lang": language})
            assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in again.get_data(as_text=True)[:60]


def test_no_page_asks_once_per_neighbour(
    client: FlaskClient, counting: Counting, things: Mapping[str, Sequence[str]]
) -> None:
    for iris in things.values():
        for each in FORMATS:
            counting.asked.clear()
            assert client.get(path_of(iris[-1]) + suffix_of(each)).status_code == 200
            most = MOST_OF_A_VIEW if each is HTML else MOST_QUERIES
            assert 1 <= len(counting.asked) <= most, iris[-1]


def _pointing(whole: Store, iri: str) -> set[Triple]:
    return {each.triple for each in whole.quads_for_pattern(None, None, NamedNode(iri), DefaultGraph())}


def _most_pointed(whole: Store) -> str:
    counted: dict[str, int] = defaultdict(int)
    for each in whole.quads_for_pattern(None, None, None, DefaultGraph()):
        if isinstance(each.object, NamedNode) and each.object.value.startswith(f"{BASE}document/"):
            counted[each.object.value] += 1
    return max((iri for iri in counted if "#" not in iri and "/text" not in iri), key=counted.__getitem__)


@pytest.mark.parametrize(("page", "most"), [(7, 10_000), (30, 10_000), (13, 0)])
def test_pages_have_all_that_points_to_a_thing_once(
    client: FlaskClient, whole: Store, monkeypatch: pytest.MonkeyPatch, page: int, most: int
) -> None:
    monkeypatch.setattr(resource, "PAGE", page)
    monkeypatch.setattr(resource, "SORTED", most)
    iri = _most_pointed(whole)
    expected = _pointing(whole, iri)
    assert len(expected) > page
    seen: list[Triple] = []
    for response in _walk(client, path_of(iri), "next"):
        found = [each for each in triples(response, RDF_FORMATS[0]) if each.object == NamedNode(iri)]
        assert 0 < len(found) <= page
        seen += found
    assert len(seen) == len(expected)
    assert set(seen) == expected
    last = links(client.get(f"{path_of(iri)}.ttl"))["last"][0]
    assert len(list(_walk(client, last, "prev"))) == -(-len(expected) // page)
    assert client.get(f"{path_of(iri)}.ttl", query_string={"page": len(expected) // page + 2}).status_code == 404
    page_of_all = client.get(f"{path_of(iri)}.html", query_string={"view": "data", "lang": "zh"}).get_data(as_text=True)
    assert f"共 {len(expected)} 条" in page_of_all


def _walk(client: FlaskClient, path: str, relation: str) -> Iterator[TestResponse]:
    while path:
        response = client.get(path, headers={"Accept": "text/turtle"})
        assert response.status_code == 200
        yield response
        path = next(iter(links(response).get(relation, [])), "")


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "", "99999999999"])
def test_a_page_is_a_number(client: FlaskClient, page: str) -> None:
    response = client.get("/region/140525", query_string={"page": page}, headers={"Accept": "application/json"})
    assert (response.status_code, response.json["error"]) == (400, "parameter-invalid")  # type: ignore[index]


@pytest.mark.parametrize("path", ["/nothing", "/region/000000", "/document/abc", "/a b", "/%00", "/<x>"])
def test_what_nothing_is_said_of_is_not_found(client: FlaskClient, path: str) -> None:
    for each in FORMATS:
        assert client.get(path, headers={"Accept": each.media_type}).status_code == 404
    for accept in ("application/json", "image/png"):
        assert client.get(path, headers={"Accept": accept}).json["status"] == 404  # type: ignore[index]


def test_what_is_not_offered_is_not_acceptable(client: FlaskClient) -> None:
    graph = path_of(f"{BASE}facts")
    for path in ("/region/140525", graph):
        response = client.get(path, headers={"Accept": "image/png, text/turtle;q=0"})
        assert (response.status_code, response.json["error"]) == (406, "not-acceptable")  # type: ignore[index]


@pytest.mark.parametrize("path", ["/region/140525", "/api/tables", "/dumps/dump.nq", "/reconcile"])
def test_scripts_of_any_site_may_send_conditions(client: FlaskClient, path: str) -> None:
    answered = client.options(path, headers={"Origin": "https://e.example", "Access-Control-Request-Method": "GET"})
    allowed = answered.headers["Access-Control-Allow-Headers"].split(", ")
    assert {"Accept", "Accept-Language", "Content-Type", "If-Match", "If-None-Match", "Range"} <= set(allowed)


def test_a_named_graph_is_all_that_stands_in_it(client: FlaskClient, whole: Store) -> None:
    graphs = [each.value for each in whole.named_graphs() if isinstance(each, NamedNode)]
    unsaid = [each for each in graphs if each.startswith(BASE) and not _stated(whole, each)]
    assert unsaid
    for iri in unsaid:
        expected = {each.triple for each in whole.quads_for_pattern(None, None, None, NamedNode(iri))}
        assert triples(client.get(f"{path_of(iri)}.nt"), RDF_FORMATS[3]) == expected
        assert str(len(expected)) in client.get(path_of(iri), headers=BROWSER).get_data(as_text=True)


def _stated(whole: Store, iri: str) -> bool:
    return any(whole.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()))


@KEPT
@given(data=st.data())
def test_paths_and_iris_are_each_others(data: st.DataObject, things: Mapping[str, Sequence[str]]) -> None:
    iri = any_of(data, things)
    path = local_path(iri, BASE)
    assert path is not None
    assert iri_of(path, BASE) == iri


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (f"{PRESERVED}def#amount", "/def#amount"),
        (f"{PRESERVED}def", "/def"),
        (f"{PRESERVED}code/functional", "/code/functional"),
        (f"{PRESERVED}code/functional/2012999", "/code/functional/2012999"),
        (f"{PRESERVED}rule/text-against-table", "/rule/text-against-table"),
        (f"{PRESERVED}other", None),
        (f"{PRESERVED}defamation", None),
        ("https://w3id.org/yusuanx/def", None),
        (f"{BASE}code/functional/2024/2012999", "/code/functional/2024/2012999"),
        (f"{BASE}code/government-economic/2024", "/code/government-economic/2024"),
        ("https://data.example.org/", None),
    ],
)
def test_the_vocabulary_keeps_its_own_address(iri: str, path: str | None) -> None:
    assert local_path(iri, BASE) == path
    if path:
        assert iri_of(path.partition("#")[0], BASE) == iri.partition("#")[0]


# --- releases of one's own: odd IRIs, things that have moved ---


def small(built: Path, *stated: Triple) -> FlaskClient:
    """Return a client of pages over some triples."""
    store = Store()
    store.extend(Quad(each.subject, each.predicate, each.object) for each in stated)
    return create_app(Config(open_release(built), Counting(store))).test_client()


def said(subject: str, predicate: str, value: str | NamedNode | BlankNode) -> Triple:
    """Return a triple; text is a literal."""
    term = value if isinstance(value, NamedNode | BlankNode) else Literal(value)
    return Triple(NamedNode(subject), NamedNode(predicate), term)


LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
REPLACED = "http://purl.org/dc/terms/isReplacedBy"
ODD = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=12
)


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


@KEPT
@given(local=ODD.map(lambda text: f"thing/{text}").filter(lambda text: _is_iri(BASE + text)))
def test_a_link_to_any_iri_leads_to_it(built: Path, local: str) -> None:
    iri = BASE + local.partition("#")[0].partition("?")[0]
    client = small(built, said(iri, LABEL, "a thing"))
    response = client.get(path_of(iri), headers={"Accept": "application/n-triples"})
    assert response.status_code == 200
    assert triples(response, RDF_FORMATS[3]) == {said(iri, LABEL, "a thing")}


@pytest.mark.parametrize(
    "encoded", ["thing/a%20b", "thing/中%20文", "thing/%E4%B8%AD", "thing/a//b", "thing/x.ttl", "thing/y.html"]
)
def test_what_an_iri_has_encoded_is_found(built: Path, encoded: str) -> None:
    client = small(built, said(BASE + encoded, LABEL, "a thing"))
    assert client.get(path_of(BASE + encoded), headers={"Accept": "text/turtle"}).status_code == 200
    assert client.get(f"{path_of(BASE + encoded)}.nt").data.startswith(f"<{BASE}{encoded}>".encode())


def test_pages_show_no_markup_of_the_data(built: Path) -> None:
    kind = said(
        f"{BASE}d", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", NamedNode("https://w3id.org/yusuan/def#Document")
    )
    hostile = '</script><script>alert(1)</script>"&<b>'
    link = said(f"{BASE}d", "http://example.org/p", NamedNode("javascript:alert(1)"))
    client = small(built, kind, said(f"{BASE}d", LABEL, hostile), link)
    page = client.get("/d", headers=BROWSER).get_data(as_text=True)
    assert "<script>" not in page
    assert page.count("</script>") == page.count("<script ")
    assert "alert(1)</script>" not in page
    assert hostile in json.loads(page.partition('application/ld+json">')[2].partition("</script>")[0])["name"]
    assert "<b>" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("suffix", ["", ".ttl", ".html"])
def test_what_has_moved_leads_to_its_last_place(built: Path, suffix: str) -> None:
    moves = [said(f"{BASE}{old}", REPLACED, NamedNode(f"{BASE}{new}")) for old, new in (("a", "b"), ("b", "c"))]
    client = small(built, *moves, said(f"{BASE}c", LABEL, "here"))
    response = client.get(f"/a{suffix}", headers={} if suffix else BROWSER, environ_overrides={"SCRIPT_NAME": "/below"})
    assert (response.status_code, response.headers["Location"]) == (301, f"/below/c{suffix}")
    assert client.get(f"/c{suffix}").status_code == 200


def test_what_has_moved_away_leads_there(built: Path) -> None:
    client = small(built, said(f"{BASE}a", REPLACED, NamedNode("https://elsewhere.example/a")))
    assert client.get("/a.ttl").headers["Location"] == "https://elsewhere.example/a"


@pytest.mark.parametrize("moves", ["ab ba", "aa", "ab ac"])
def test_moves_that_lead_nowhere_are_told(built: Path, moves: str) -> None:
    client = small(
        built, *[said(f"{BASE}{old}", REPLACED, NamedNode(f"{BASE}{new}")) for old, new in map(tuple, moves.split())]
    )
    assert client.get("/a.ttl").status_code == 200
