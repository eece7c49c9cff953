"""A generic DCAT client harvests a published release by the specification alone; what stands beside the catalogue."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, RdfFormat, Store, Triple
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF, VOID
from rdflib.term import Node
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from mapping.cli import main
from mapping.conformance import VIOLATION, lacks
from server import inventory, sitemap
from server.app import Config, create_app
from server.release import Release, open_release
from tests.lod.conftest import Counting

DCAT = Namespace("http://www.w3.org/ns/dcat#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
BASE = "https://data.example.org/budget/"
DRAFT, BUDGET, FORMER = "zezhou-2026-budget.txt", "zhangjiakou-2024-budget.txt", "pingxiang-2023-budget.txt"
SOURCES = f"""file,url,published,region,status
{BUDGET},https://www.example.net/2024.html,2024-02-20,130700,published
"""
PUBLISHER = f"""base = "{BASE}"
homepage = "https://www.example.net/"
contact = "https://www.example.net/contact"
name = {{ zh = "某市数据局", en = "Data Office" }}
attribution = {{ zh = "来源：某市数据局", en = "Source: Data Office" }}
[rights]
facts = "https://creativecommons.org/licenses/by/4.0/"
vocabulary = "http://creativecommons.org/publicdomain/zero/1.0/"
source = {{ zh = "权利归公开单位", en = "Rights stay with the units" }}
"""
FORMATS = {
    "turtle": "text/turtle",
    "json-ld": "application/ld+json",
    "xml": "application/rdf+xml",
    "nt": "application/n-triples",
}
SUFFIXES = {"turtle": ".ttl", "json-ld": ".jsonld", "xml": ".rdf", "nt": ".nt"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """Return a data directory with two published releases, the later one with one document more."""
    folder = tmp_path_factory.mktemp("harvested")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "publisher.toml").write_text(PUBLISHER, encoding="utf-8")
    for names, said in (((DRAFT, BUDGET), SOURCES), ((FORMER,), None)):
        for name in names:
            shutil.copy(samples / name, documents)
        if said:
            (documents / "sources.csv").write_text(said, encoding="utf-8")
        words = ["publish", str(documents), "--out", str(folder / "out"), "--jobs", "1"]
        assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    return folder / "out"


@pytest.fixture(scope="module")
def release(data: Path) -> Release:
    """Return the release as the public is shown it."""
    return open_release(data, public=True)


@pytest.fixture
def asked(release: Release) -> Counting:
    """Return an evaluator over what is public, which counts."""
    return Counting(Store.read_only(str(release.store_path)))


@pytest.fixture
def client(release: Release, asked: Counting) -> FlaskClient:
    """Return a client of the pages."""
    return create_app(Config(release, asked)).test_client()


# --- a client of any DCAT catalogue: it knows the specification and nothing of this service ---


@dataclass
class Harvest:
    """What a client found: the statements by the address they were read at, and the files that it fetched."""

    graph: Graph = field(default_factory=Graph)
    datasets: list[URIRef] = field(default_factory=list)
    series: list[URIRef] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)


class Harvester:
    """Walks a catalogue from its address: data sets, series, distributions, downloads, services."""

    def __init__(self, client: FlaskClient, base: str) -> None:
        self._client, self._base = client, base
        self.found = Harvest()

    def harvest(self, address: str) -> Harvest:
        """Everything that the catalogue at an address leads to."""
        catalogue, page = URIRef(address), address
        seen = set()
        while page and page not in seen:
            seen.add(page)
            own = self._read(page)
            views = own.objects(catalogue, HYDRA.view)
            page = next((str(each) for view in views for each in own.objects(view, HYDRA.next)), "")
        assert (catalogue, RDF.type, DCAT.Catalog) in self.found.graph
        for entry in sorted(map(str, self.found.graph.objects(catalogue, DCAT.dataset))):
            self._entry(URIRef(entry))
        return self.found

    def get(self, address: str, accept: str) -> Response:
        """The answer at an address, redirections followed, as if this service stood there."""
        assert address.startswith(self._base), f"{address} is somebody else's"
        with self._client.get(f"/{address.removeprefix(self._base)}", headers={"Accept": accept}) as answer:
            assert answer.status_code == 200, f"{address}: {answer.status}"
            assert answer.data  # read before it is closed
        return answer

    def _read(self, address: str) -> Graph:
        accept = "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8"
        answer = self.get(urldefrag(address).url, accept)
        assert "Accept" in answer.headers["Vary"]
        read = Graph().parse(data=answer.data, format=answer.mimetype)
        self.found.graph += read
        return read

    def _entry(self, entry: URIRef) -> None:
        own = self._read(str(entry))
        kinds = set(own.objects(entry, RDF.type))
        if DCAT.DatasetSeries in kinds:
            self.found.series.append(entry)
            return
        assert DCAT.Dataset in kinds, f"{entry} is {kinds}"
        self.found.datasets.append(entry)
        for distribution in own.objects(entry, DCAT.distribution):
            assert (distribution, RDF.type, DCAT.Distribution) in own
            for address in own.objects(distribution, DCAT.downloadURL):
                self._download(own, distribution, str(address))

    def _download(self, own: Graph, distribution: Node, address: str) -> None:
        if not address.startswith(self._base):
            self.found.foreign.append(address)
            return
        stated = str(own.value(distribution, DCAT.mediaType)).partition("/media-types/")[2]
        answer = self.get(address, "*/*")
        content = answer.data
        assert answer.mimetype == stated
        size, checksum = own.value(distribution, DCAT.byteSize), own.value(distribution, SPDX.checksum)
        if size is not None:
            assert len(content) == int(str(size)), address
        if checksum is not None:
            assert own.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
            assert hashlib.sha256(content).hexdigest() == str(own.value(checksum, SPDX.checksumValue)), address
        self.found.files[address] = content


@pytest.fixture
def harvested(client: FlaskClient) -> Harvest:
    """Return what a client finds from the address of the catalogue on."""
    return Harvester(client, BASE).harvest(f"{BASE}catalogue")


def test_everything_is_found_and_every_file_is_what_was_promised(harvested: Harvest, release: Release) -> None:
    documents = [each.sha256 for each in release.shown_documents]
    assert len(documents) == 2
    expected = {f"{BASE}catalogue/dataset/{each}" for each in documents}
    assert set(map(str, harvested.datasets)) == {f"{BASE}release", f"{BASE}catalogue/vocabulary", *expected}
    assert len(harvested.series) == 2
    checked = {f"{BASE}dumps/{each}" for each in release.dumps} | {f"{BASE}document/{each}/text" for each in documents}
    assert set(harvested.files) == checked | {f"{BASE}def.ttl"}
    assert harvested.foreign == ["https://www.example.net/2024.html"]


def test_nothing_of_the_draft_is_harvested(harvested: Harvest, data: Path) -> None:
    hidden = [each.sha256 for each in open_release(data).documents if each.status == "reviewDraft"]
    assert len(hidden) == 1
    assert hidden[0] not in harvested.graph.serialize(format="nt")
    assert not any(hidden[0].encode() in content for content in harvested.files.values())


def test_the_dump_that_was_harvested_is_the_store(harvested: Harvest, asked: Counting) -> None:
    fresh = Store()
    fresh.bulk_load(harvested.files[f"{BASE}dumps/dump-public.nq"], format=RdfFormat.N_QUADS)
    assert set(fresh) == {quad for quad in asked.store if not isinstance(quad.graph_name, DefaultGraph)}
    parts = Store()
    for address, content in harvested.files.items():
        if "/dumps/documents/" in address or "/dumps/findings/" in address:
            parts.bulk_load(content, format=RdfFormat.N_QUADS)
    assert set(parts) < set(fresh) and len(parts) > 1000


def test_the_vocabulary_that_was_harvested_is_that_of_the_store(harvested: Harvest) -> None:
    found = Graph().parse(data=harvested.files[f"{BASE}def.ttl"], format="turtle")
    assert (URIRef("https://w3id.org/yusuan/def"), RDF.type, URIRef("http://www.w3.org/2002/07/owl#Ontology")) in found


def test_the_graph_that_was_harvested_conforms_as_the_file_does(harvested: Harvest) -> None:
    assert [one for one in lacks(harvested.graph) if one.severity == VIOLATION] == []


def test_every_service_answers_where_it_is_said_to_be_described(harvested: Harvest, client: FlaskClient) -> None:
    services = list(harvested.graph.subjects(RDF.type, DCAT.DataService))
    assert len(services) == 3
    for service in services:
        assert harvested.graph.value(service, DCAT.servesDataset) == URIRef(f"{BASE}release")
        described = str(harvested.graph.value(service, DCAT.endpointDescription))
        if described != f"{BASE}sparql":  # answered in front of the pages: tests/server/test_description.py
            assert client.get(f"/{described.removeprefix(BASE)}").status_code == 200, described


def test_the_version_before_is_named_and_answers(harvested: Harvest, client: FlaskClient, data: Path) -> None:
    versions = {path.name for path in (data / "releases").iterdir()}
    current = str(harvested.graph.value(URIRef(f"{BASE}release"), DCAT.version))
    before = harvested.graph.value(URIRef(f"{BASE}release"), DCAT.previousVersion)
    assert {current, str(before).rpartition("/")[2]} == versions
    found = Graph().parse(data=client.get(f"/{str(before).removeprefix(BASE)}.ttl").data, format="turtle")
    assert found.value(before, DCTERMS.isReplacedBy) == URIRef(f"{BASE}release")
    answer = client.get(f"/release/{current}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/release")
    assert client.get("/release/0123456789abcdef").status_code == 404


# --- one address after the other ---

ADDRESSES = ["catalogue", "void", "release", "catalogue/vocabulary"]


def entries(release: Release) -> list[str]:
    found = inventory.read_inventory(release.catalogue(), release.base, release.previous)
    return [*ADDRESSES, *(each.removeprefix(BASE) for each in found.members if each != f"{BASE}release")]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # how rdflib reads JSON-LD
def test_the_formats_of_an_address_say_the_same(client: FlaskClient, release: Release) -> None:
    for path in entries(release):
        graphs = []
        for name, media_type in FORMATS.items():
            for answer in (
                client.get(f"/{path}{SUFFIXES[name]}"),
                client.get(f"/{path}", headers={"Accept": media_type}),
            ):
                assert (answer.status_code, answer.mimetype) == (200, media_type), path
                assert answer.headers["Content-Location"] == f"/{path}{SUFFIXES[name]}"
                graphs.append(Graph().parse(data=answer.data, format=name))
        assert len(graphs[0]) > 10
        assert all(isomorphic(graphs[0], each) for each in graphs[1:]), path


def test_an_address_is_a_page_in_both_languages_that_links_its_formats(client: FlaskClient, release: Release) -> None:
    for path in [*entries(release), "about"]:
        for language, tag in (("zh", "zh-Hans"), ("en", "en")):
            answer = client.get(f"/{path}?lang={language}", headers={"Accept": "text/html"})
            assert answer.status_code == 200 and f'<html lang="{tag}">' in answer.text, path
            if path != "about":
                assert f'href="/{path}.ttl"' in answer.text
                alternates = [each for each in answer.headers.getlist("Link") if 'rel="alternate"' in each]
                assert len(alternates) == len(FORMATS)


def test_an_answer_is_not_sent_twice(client: FlaskClient, release: Release) -> None:
    for path in [*entries(release), "about", "sitemap.xml", "robots.txt"]:
        first = client.get(f"/{path}")
        again = client.get(f"/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
        assert client.head(f"/{path}").status_code == 200


def test_another_tag_than_if_match_states_is_an_error_with_words(client: FlaskClient) -> None:
    assert client.get("/catalogue.ttl", headers={"If-Match": '"*"'}).status_code == 412
    refused = client.get("/catalogue.ttl", headers={"If-Match": '"zzz"'})
    assert (refused.status_code, b"another ETag than If-Match states" in refused.data) == (412, True)
    tag = client.get("/catalogue.ttl").headers["ETag"]
    assert client.get("/catalogue.ttl", headers={"If-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/catalogue.ttl", "/dumps/dump-public.nq", "/api/documents.csv", "/def.nt"])
def test_any_tag_matches_what_is_there(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"If-Match": "*"}, buffered=True).status_code == 200


def test_the_catalogue_alone_conforms(client: FlaskClient) -> None:
    answer = client.get("/catalogue.nt").text
    assert f"<{BASE}void#" not in answer
    assert not [each for each in lacks(Graph().parse(data=answer, format="nt")) if each.severity == VIOLATION]


@pytest.mark.parametrize(
    "path", ["catalogue/nothing", "catalogue/dataset/0", "catalogue.xyz", "catalogue/vocabularyx", "void.csv"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/{path}").status_code == 404
    assert client.get(f"/{path}", headers={"Accept": "image/png"}).status_code == 404


def test_a_format_that_is_not_there_is_refused(client: FlaskClient) -> None:
    assert client.get("/catalogue", headers={"Accept": "image/png"}).status_code == 406
    for page in ("x", "0", "-1", "１"):
        assert client.get(f"/catalogue?page={page}").status_code == 400, page
    assert client.get("/catalogue?page=2").status_code == 404


def test_void_is_found_where_the_note_says(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/void")
    found = Graph().parse(data=client.get("/void.ttl").data, format="turtle")
    assert found.value(URIRef(f"{BASE}void"), FOAF.primaryTopic) == URIRef(f"{BASE}release")
    assert (URIRef(f"{BASE}void"), RDF.type, VOID.DatasetDescription) in found
    assert str(found.value(URIRef(f"{BASE}release"), VOID.uriSpace)) == BASE


def test_the_pages_of_a_long_catalogue_hang_together(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Harvester(client, BASE).harvest(f"{BASE}catalogue")
    monkeypatch.setattr(inventory, "MEMBERS", 2)
    paged = Harvester(client, BASE).harvest(f"{BASE}catalogue")
    assert (paged.datasets, paged.series) == (whole.datasets, whole.series)
    first = client.get("/catalogue.ttl")
    assert '</catalogue.ttl?page=2>; rel="next"' in first.headers.getlist("Link")
    graph = Graph().parse(data=first.data, format="turtle")
    assert len(list(graph.objects(URIRef(f"{BASE}catalogue"), DCAT.dataset))) == 2
    assert int(str(graph.value(URIRef(f"{BASE}catalogue"), HYDRA.totalItems))) == 6
    assert 'rel="next" href="?page=2' in client.get("/catalogue", headers={"Accept": "text/html"}).text


def test_a_page_tells_its_own_parts_and_not_those_of_what_it_lists(client: FlaskClient, release: Release) -> None:
    def parts(path: str) -> list[str]:
        return re.findall('<section id="([^"]+)"', client.get(path, headers={"Accept": "text/html"}).text)

    assert "publisher" in parts("/catalogue")
    assert "text" not in parts("/catalogue")
    assert "text" in parts(f"/catalogue/dataset/{release.documents[0].sha256}")


def test_a_page_of_the_catalogue_is_looked_up_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[int] = []
    listing = inventory.Inventory.listing

    def counted(found: inventory.Inventory, page: int) -> list[Triple]:
        pages.append(page)
        return listing(found, page)

    monkeypatch.setattr(inventory.Inventory, "listing", counted)
    assert client.get("/catalogue", headers={"Accept": "text/html"}).status_code == 200
    assert pages == [1]


def test_a_page_asks_at_most_once(client: FlaskClient, asked: Counting, release: Release) -> None:
    for path in entries(release):
        for accept in ("text/html", "text/turtle"):
            asked.asked.clear()
            client.get(f"/{path}", headers={"Accept": accept})
            assert len(asked.asked) <= 1, path


def test_links_follow_the_prefix_and_iris_do_not(client: FlaskClient) -> None:
    answer = client.get("/catalogue", base_url="http://other.example/data", headers={"Accept": "text/html"})
    links = re.findall(r'href="(/[^"]*)"', answer.text)
    assert links and all(each.startswith("/data/") for each in links)
    assert "http://other.example" not in answer.text
    turtle = client.get("/catalogue.ttl", base_url="http://other.example/data")
    assert b"other.example" not in turtle.data
    assert turtle.headers["Content-Location"] == "/data/catalogue.ttl"


# --- rights and search engines ---


def test_the_page_of_rights_tells_them_apart(client: FlaskClient) -> None:
    page = client.get("/about?lang=en").text
    terms = re.findall(r"<dt>([^<]*)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    said = {term: re.sub("<[^>]*>", "", words).strip() for term, words in terms}
    assert said["Publisher"] == "Data Office"
    assert said["Licence of the facts"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["Licence of the vocabulary"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    assert said["Rights in the source texts"] == "Rights stay with the units"
    assert said["Attribution"] == "Source: Data Office"


def markup(client: FlaskClient, path: str) -> Mapping[str, object]:
    page = client.get(path, headers={"Accept": "text/html"}).text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    said: Mapping[str, object] = json.loads(found[0])
    return said


def test_search_engines_read_the_catalogue_and_its_data_sets(client: FlaskClient, release: Release) -> None:
    catalogue = markup(client, "/catalogue?lang=en")
    assert catalogue["@type"] == "DataCatalog"
    assert len(catalogue["dataset"]) == 6  # type: ignore[arg-type]
    document = next(each for each in release.shown_documents if each.sources == (BUDGET,))
    dataset = markup(client, f"/catalogue/dataset/{document.sha256}?lang=zh")
    assert (dataset["@type"], dataset["datePublished"]) == ("Dataset", "2024-02-20")
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    files = dataset["distribution"]
    assert isinstance(files, list)
    assert {each["sha256"] for each in files if each["name"].startswith("事实")} == {release.files[document.dump]}


def test_a_release_of_old_says_that_it_has_no_catalogue(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "old", symlinks=True)
    place = (tmp_path / "old/current").resolve() / "manifest.json"
    manifest = json.loads(place.read_text())
    manifest["files"] = {path: each for path, each in manifest["files"].items() if not path.startswith("catalogue")}
    del manifest["publisher"], manifest["previous"]
    place.write_text(json.dumps(manifest))
    release = open_release(tmp_path / "old", public=True)
    client = create_app(Config(release, Counting(Store.read_only(str(release.store_path))))).test_client()
    answer = client.get("/catalogue", headers={"Accept": "application/json"})
    assert answer.status_code in (404, 406)
    assert client.get("/catalogue", headers={"Accept": "text/html"}).status_code == 404
    assert "build it again" in client.get("/catalogue", headers={"Accept": "*/*"}).text


# --- sitemap, robots ---

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(answer: TestResponse) -> Iterator[str]:
    assert answer.mimetype == "application/xml"
    for each in ElementTree.fromstring(answer.data).iter(f"{SITEMAP}loc"):
        yield str(each.text)


KINDS = [f"https://w3id.org/yusuan/def#{each}" for each in ("Disclosure", "Document", "Project", "LegalDocument")]


def test_the_sitemap_names_every_thing_once_in_parts_that_are_not_too_long(
    client: FlaskClient, asked: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "ENTRIES", 7)
    parts = list(locations(client.get("/sitemap.xml")))
    assert parts[0] == f"{BASE}sitemap-pages.xml"
    found: Counter[str] = Counter()
    for part in parts[1:]:
        addresses = list(locations(client.get(f"/{part.removeprefix(BASE)}")))
        assert 0 < len(addresses) <= 7
        found.update(addresses)
    assert list(found) == sorted(found)
    graph = [quad for quad in asked.store if str(quad.predicate) == f"<{RDF.type}>"]
    kinds = {f"<{each}>" for each in (*KINDS, "http://www.w3.org/ns/org#Organization")}
    expected = {quad.subject.value for quad in graph if str(quad.object) in kinds}
    assert set(found) == expected and set(found.values()) == {1}
    for address in sorted(found)[::9]:
        assert client.get(f"/{address.removeprefix(BASE)}").status_code == 200, address
    assert client.get(f"/sitemap-{len(parts)}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_pages_of_the_sitemap_are_there(client: FlaskClient) -> None:
    found = [address.removeprefix(BASE) for address in locations(client.get("/sitemap-pages.xml"))]
    for path in found:
        assert client.get(f"/{path}").status_code == 200, path
    assert {"", "units", "projects", "legal", "compare", "audit", "help", "def"} <= set(found)


def test_robots_keep_away_from_what_computes(client: FlaskClient) -> None:
    text = client.get("/robots.txt", base_url="http://other.example/data").text
    assert "Disallow: /data/sparql\n" in text and "Disallow: /data/query/\n" in text
    assert text.endswith(f"Sitemap: {BASE}sitemap.xml\n")


@pytest.mark.parametrize("default", ["merge", "given"])
def test_the_catalogue_of_an_import_says_nothing_that_the_files_do_not(tmp_path: Path, default: str) -> None:
    (tmp_path / "a.trig").write_text("<http://e/g> { <http://e/a> <http://e/p> <http://e/b> }", encoding="utf-8")
    words = ["import", str(tmp_path / "a.trig"), "--out", str(tmp_path / "out"), "--default", default]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    graph = Graph().parse(tmp_path / "out" / "current" / "catalogue.ttl")
    for said in (DCTERMS.language, DCAT.theme, DCAT.themeTaxonomy, DCAT.keyword, DCTERMS.spatial):
        assert list(graph.subject_objects(said)) == []
    assert not any("budget" in title.lower() for title in map(str, graph.objects(None, DCTERMS.title)))
    described = " ".join(map(str, graph.objects(None, DCTERMS.description)))
    assert "for each document" not in described
    assert ("merge of all named graphs" in described) == (default == "merge")
    assert ("in no named graph" in described) == (default == "given")


def test_an_imported_release_has_a_catalogue_too(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<http://e/a> a <http://e/A> ; <http://e/p> [ <http://e/q> "1" ] .')
    words = ["import", str(tmp_path / "a.ttl"), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    release = open_release(tmp_path / "out")
    client = create_app(Config(release, Counting(Store.read_only(str(release.store_path))))).test_client()
    graph = Graph().parse(data=client.get("/void.ttl").data, format="turtle")
    whole = URIRef("http://localhost:8000/release")
    assert graph.value(whole, VOID.triples) == Literal(3)
    assert list(graph.objects(whole, VOID.exampleResource)) == [URIRef("http://e/a")]
    harvested = Harvester(client, "http://localhost:8000/").harvest("http://localhost:8000/catalogue")
    assert list(harvested.files) == ["http://localhost:8000/dumps/dump.nq"]
    assert list(locations(client.get("/sitemap.xml"))) == ["http://localhost:8000/sitemap-pages.xml"]
