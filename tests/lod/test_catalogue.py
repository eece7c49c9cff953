"""The catalogue of a release: its counts are those of SPARQL, its dumps are the store, each of its shapes can fail."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SKOS, VOID
from rdflib.term import Node

from mapping.built import BuiltDocument
from mapping.conformance import INFO, VIOLATION, Lack, catalogue_shapes, check_catalogue, lacks
from mapping.entries import Entry, Unit, replaced, years_before
from mapping.errors import ReleaseError
from mapping.publisher import NOBODY, Words
from mapping.release import ReleasedDocument, read_manifest
from mapping.statistics import count
from mapping.verify import verify
from tests.lod.catalogued import DOCUMENTS, OFFICE, dated, disclosed, released
from tests.mapping.release_samples import BASE

DCAT = Namespace("http://www.w3.org/ns/dcat#")  # version 3, which rdflib does not know yet
SPDX = "http://spdx.org/rdf/terms#"
SHAPE = "https://w3id.org/yusuan/shapes#"
CATALOGUE, RELEASE = URIRef(f"{BASE}catalogue"), URIRef(f"{BASE}release")
BOTH = [("catalogue.ttl", "store"), ("catalogue-public.ttl", "store-public")]
DRAFT = DOCUMENTS[-1]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release with a publisher and a draft."""
    return released(tmp_path_factory.mktemp("catalogued") / "out")


@pytest.fixture(scope="module")
def whole(release: Path) -> Graph:
    """Return its whole catalogue; tests must not change it."""
    return Graph().parse(release / "catalogue.ttl")


def dataset_of(sha256: str) -> URIRef:
    return URIRef(f"{CATALOGUE}/dataset/{sha256}")


# --- VoID: what is counted ---


def asked(store: Store, query: str) -> int:
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    return int(next(answer)[0].value)


def stated(graph: Graph, subject: Node, name: str) -> int:
    values = [str(each) for each in graph.objects(subject, VOID[name])]
    assert len(values) == 1, f"{subject} {name}: {values}"
    return int(values[0])


@pytest.mark.parametrize(("file", "folder"), BOTH)
def test_the_totals_are_those_that_sparql_counts(release: Path, file: str, folder: str) -> None:
    graph, store = Graph().parse(release / file), Store.read_only(str(release / folder))
    for name, query in {
        "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a [] }",
        "classes": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    }.items():
        assert stated(graph, RELEASE, name) == asked(store, query) > 0, name


@pytest.mark.parametrize(("file", "folder"), BOTH)
def test_every_partition_is_what_sparql_counts_and_none_is_missing(release: Path, file: str, folder: str) -> None:
    graph, store = Graph().parse(release / file), Store.read_only(str(release / folder))
    classes = list(graph.objects(RELEASE, VOID.classPartition))
    assert len(classes) == stated(graph, RELEASE, "classes")
    for part in classes:
        kind = graph.value(part, VOID["class"])
        assert stated(graph, part, "entities") == asked(store, f"SELECT (COUNT(?s) AS ?n) {{ ?s a <{kind}> }}")
    properties = list(graph.objects(RELEASE, VOID.propertyPartition))
    assert len(properties) == stated(graph, RELEASE, "properties")
    for part in properties:
        where = f"{{ ?s <{graph.value(part, VOID.property)}> ?o }}"
        for name, counted in (
            ("triples", "*"),
            ("distinctSubjects", "DISTINCT ?s"),
            ("distinctObjects", "DISTINCT ?o"),
        ):
            assert stated(graph, part, name) == asked(store, f"SELECT (COUNT({counted}) AS ?n) {where}")


def test_a_link_set_counts_the_links_out_of_the_data_set(release: Path, whole: Graph) -> None:
    store = Store.read_only(str(release / "store"))
    found = {}
    for part in whole.subjects(RDF.type, VOID.Linkset):
        target = whole.value(whole.value(part, VOID.objectsTarget), VOID.uriSpace)
        predicate = whole.value(part, VOID.linkPredicate)
        where = f'{{ ?s <{predicate}> ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), "{target}")) }}'
        assert stated(whole, part, "triples") == asked(store, f"SELECT (COUNT(*) AS ?n) {where}") > 0
        found[str(target)] = predicate
    assert found["https://budget.example.com/"] == DCAT.downloadURL
    assert not any(target.startswith((BASE, "https://w3id.org/")) for target in found)


NODES = st.sampled_from([*(NamedNode(f"{BASE}{each}") for each in "abc"), NamedNode("http://other.example/x")])
PROPERTIES = st.sampled_from([NamedNode("http://e/p"), NamedNode("http://e/q"), NamedNode(str(RDF.type))])
VALUES = st.one_of(NODES, st.sampled_from([pyoxigraph.Literal("1"), pyoxigraph.Literal(1), pyoxigraph.BlankNode("b")]))


@given(st.sets(st.tuples(NODES, PROPERTIES, VALUES)))
def test_counts_are_those_of_the_triples(triples: set[tuple[NamedNode, NamedNode, NamedNode]]) -> None:
    store = Store()
    store.extend(Quad(*each) for each in triples)
    store.extend(Quad(*each, NamedNode(f"{BASE}graph")) for each in triples)
    found = count(store, BASE, ())
    typed = [(s, o) for s, p, o in triples if p.value == str(RDF.type)]
    assert (found.triples, found.entities) == (len(triples), len({s for s, _ in typed}))
    assert (found.subjects, found.objects) == (len({s for s, _, _ in triples}), len({o for _, _, o in triples}))
    assert sum(each.entities for each in found.classes) == len(typed)
    assert {each.iri: each.triples for each in found.properties} == {
        name.value: sum(p == name for _, p, _ in triples) for _, name, _ in triples
    }
    links = [(s, p, o) for s, p, o in triples if isinstance(o, NamedNode) and o.value.startswith("http://other")]
    assert sum(each.triples for each in found.links) == sum(p.value != str(RDF.type) for _, p, _ in links)


IRIS = st.sampled_from(
    [
        *(
            "http://e.org/",
            "http://e.org/a",
            "http://e.org/dc/terms/x",
            "http://e.org/dc/y",
            "http://e.org/dc/terms/a/z",
        ),
        *(
            "http://e.org/b/c#d",
            "http://e.org/b/v#e",
            "http://data.org/base/x",
            "http://data.org/other/y",
            "http://f.org/",
        ),
    ]
).map(NamedNode)


@given(st.sets(st.tuples(NODES, PROPERTIES, IRIS)))
def test_a_link_set_has_all_that_its_space_has(triples: set[tuple[NamedNode, NamedNode, NamedNode]]) -> None:
    base, vocabularies = "http://data.org/base/", ("http://e.org/dc/terms/", "http://e.org/b/v#")
    store = Store()
    store.extend(Quad(*each) for each in triples)
    for link in count(store, base, vocabularies).links:
        inside = [o.value for _, p, o in triples if p.value == link.property and o.value.startswith(link.target)]
        assert link.triples == len(inside) > 0
        assert not any(iri.startswith((base, *vocabularies)) for iri in inside)


# --- dumps ---


def named(store: Store) -> set[Quad]:
    return {quad for quad in store if not isinstance(quad.graph_name, DefaultGraph)}


def loaded(*paths: Path) -> Store:
    store = Store()
    for path in paths:
        store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    return store


@pytest.mark.parametrize(("dump", "folder"), [("dump.nq", "store"), ("dump-public.nq", "store-public")])
def test_a_dump_in_a_fresh_store_is_the_store(release: Path, dump: str, folder: str) -> None:
    store = Store.read_only(str(release / folder))
    assert named(loaded(release / dump)) == named(store)
    lines = (release / dump).read_bytes().splitlines()
    assert len(lines) == len(set(lines)) == len(named(store))
    assert (DRAFT.iri.encode() in (release / dump).read_bytes()) == (dump == "dump.nq")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.sources[0])
def test_the_dumps_of_a_document_are_its_graphs(release: Path, document: BuiltDocument) -> None:
    sha256 = document.sha256
    store = Store.read_only(str(release / "store"))
    for folder, graph in (("documents", "graph"), ("findings", "findings")):
        name = NamedNode(f"{BASE}document/{sha256}/{graph}")
        assert named(loaded(release / folder / f"{sha256}.nq")) == set(store.quads_for_pattern(None, None, None, name))


@pytest.mark.parametrize("file", [file for file, _ in BOTH])
def test_sizes_and_checksums_are_those_of_the_files(release: Path, file: str) -> None:
    graph, checked = Graph().parse(release / file), 0
    for each in graph.subjects(URIRef(f"{SPDX}checksum"), None):
        path = str(graph.value(each, DCAT.downloadURL)).removeprefix(BASE).removeprefix("dumps/")
        if path.endswith("/text"):
            path = f"text/{path.split('/')[1]}.txt"
        content = (release / path).read_bytes()
        checksum = graph.value(each, URIRef(f"{SPDX}checksum"))
        assert int(str(graph.value(each, DCAT.byteSize))) == len(content)
        assert str(graph.value(checksum, URIRef(f"{SPDX}checksumValue"))) == hashlib.sha256(content).hexdigest()
        checked += 1
    shown = len(DOCUMENTS) - (file == "catalogue-public.ttl")
    assert checked == 1 + 3 * shown


# --- DCAT ---


def test_the_catalogue_conforms_and_lacks_only_what_nobody_can_say(whole: Graph) -> None:
    found = [one for one in lacks(whole) if one.severity != INFO]
    assert [(one.severity, one.focus, one.path) for one in found] == [
        ("Warning", f"{CATALOGUE}/vocabulary", str(DCTERMS.temporal))
    ]


def test_without_a_publisher_nothing_is_invented(tmp_path: Path) -> None:
    made = released(tmp_path / "out", publisher=NOBODY)
    graph = Graph().parse(made / "catalogue.ttl")
    absent = (DCTERMS.publisher, DCAT.contactPoint, DCTERMS.rights)
    licences = {str(each) for each in graph.objects(None, DCTERMS.license)}
    assert licences == {"https://licence.example.com/open"}
    assert {str(graph.value(each, RDFS.label)) for each in graph.objects(None, DCTERMS.rights)} == {"仅供参考"}
    assert not any((None, each, None) in graph for each in absent[:2])
    with pytest.raises(ReleaseError, match=r"dct:publisher .*\(https://example.org/catalogue\)"):
        check_catalogue((made / "catalogue.ttl").read_bytes())


def test_three_rights_stand_apart(whole: Graph) -> None:
    licence = {name: set(whole.objects(URIRef(name), DCTERMS.license)) for name in map(str, whole.subjects())}
    document = dataset_of(DOCUMENTS[2].sha256)
    assert licence[f"{document}#facts"] == licence[f"{CATALOGUE}#dump"] == {URIRef(str(OFFICE.facts))}
    assert licence[f"{CATALOGUE}/vocabulary#ontology"] == {URIRef(str(OFFICE.vocabulary))}
    assert licence[f"{document}#text"] == set()
    assert set(whole.objects(URIRef(f"{document}#text"), DCTERMS.rights)) == {URIRef(f"{CATALOGUE}#source-rights")}
    assert isinstance(OFFICE.source, Words)
    words = {str(each) for each in whole.objects(URIRef(f"{CATALOGUE}#source-rights"), RDFS.label)}
    assert words == {OFFICE.source.zh, OFFICE.source.en}


def test_a_document_may_have_rights_of_its_own(whole: Graph) -> None:
    own, words = dataset_of(DOCUMENTS[0].sha256), dataset_of(DOCUMENTS[1].sha256)
    for name in ("text", "source"):
        found = list(whole.objects(URIRef(f"{own}#{name}"), DCTERMS.license))
        assert found == [URIRef("https://licence.example.com/open")]
    right = whole.value(URIRef(f"{words}#text"), DCTERMS.rights)
    assert str(whole.value(right, RDFS.label)) == "仅供参考"


def test_who_publishes_the_data_is_not_who_disclosed_the_document(whole: Graph) -> None:
    dataset = dataset_of(DOCUMENTS[0].sha256)
    publisher, creator = whole.value(dataset, DCTERMS.publisher), whole.value(dataset, DCTERMS.creator)
    assert str(whole.value(publisher, FOAF.name)) in (OFFICE.name.zh, OFFICE.name.en)
    assert str(whole.value(creator, FOAF.name)) == "青山县总工会"
    assert whole.value(dataset, PROV.wasAttributedTo) == creator
    assert str(whole.value(dataset, DCTERMS.issued)) == "2023-02-01"


def test_place_and_year_are_stated_with_the_revision_of_the_standard(whole: Graph) -> None:
    dataset = dataset_of(DOCUMENTS[0].sha256)
    place, period = whole.value(dataset, DCTERMS.spatial), whole.value(dataset, DCTERMS.temporal)
    assert (str(place), str(whole.value(place, DCTERMS.identifier))) == (f"{BASE}region/140525", "140525")
    assert str(whole.value(whole.value(place, SKOS.inScheme), DCTERMS.title)) == "GB/T 2260 (2023-06)"
    assert [str(whole.value(period, name)) for name in (DCAT.startDate, DCAT.endDate)] == ["2023-01-01", "2023-12-31"]


def test_a_series_is_a_unit_across_years(whole: Graph) -> None:
    datasets = [dataset_of(each.sha256) for each in DOCUMENTS]
    series = {each: whole.value(each, DCAT.inSeries) for each in datasets}
    assert len(set(series.values())) == 2
    assert series[datasets[0]] == series[datasets[1]] == series[datasets[2]] == series[datasets[4]]
    for each, of in series.items():
        assert (of, DCAT.seriesMember, each) in whole
        assert (CATALOGUE, DCAT.dataset, of) in whole
    before = {each: whole.value(each, DCAT.prev) for each in datasets}
    assert before == dict(zip(datasets, [None, datasets[0], None, None, datasets[1]], strict=True))


def test_the_public_catalogue_does_not_know_what_is_hidden(release: Path) -> None:
    assert DRAFT.sha256 in (release / "catalogue.ttl").read_text()
    assert DRAFT.sha256 not in (release / "catalogue-public.ttl").read_text()
    graph = Graph().parse(release / "catalogue.ttl")
    access = graph.value(dataset_of(DRAFT.sha256), DCTERMS.accessRights)
    assert str(access).endswith("/NON_PUBLIC")


def test_there_is_no_blank_node(whole: Graph) -> None:
    assert not any(isinstance(term, BNode) for triple in whole for term in triple)


# --- order of documents ---

UNITS = [Unit(f"{BASE}organisation/x/{name}", name, None, None, None) for name in "ab"]


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Entries of two units over four years, some in several versions, some hidden, some of unknown year or unit."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        status = draw(st.sampled_from(["published", "reviewDraft"]))
        path, files = f"{number}.txt", (f"d/{number}", f"f/{number}", f"t/{number}")
        document = ReleasedDocument(f"{BASE}document/{number:02}", str(number), (path,), status, *files)
        found.append(
            Entry(
                document=document,
                title=path,
                disclosure=None,
                kind=draw(st.sampled_from(["budget", "budget", "budget", "accounts", "unknown"])),
                year=draw(st.sampled_from([None, "2021", "2022", "2024"])),
                unit=draw(st.sampled_from([*UNITS, None])),
                url=None,
                issued=None,
                licence=None,
                replaces=draw(st.sampled_from([None, "1.txt", "3.txt", "none.txt"])),
            )
        )
    return found


@given(entries())
def test_the_year_before_is_the_last_one_with_one_shown_version(listed: list[Entry]) -> None:
    found = years_before(listed)
    for entry in listed:
        same = [
            other
            for other in listed
            if entry.unit and entry.kind != "unknown" and (other.unit, other.kind) == (entry.unit, entry.kind)
        ]
        years = sorted({other.year for other in same if other.year and entry.year and other.year < entry.year})
        shown = [other for other in same if years and other.year == years[-1] and not other.document.hidden]
        assert found.get(entry.document.iri) == (shown[0] if len(shown) == 1 else None)


def test_of_two_shown_versions_of_a_year_none_is_the_one_before(tmp_path: Path) -> None:
    first, second = disclosed(2023), disclosed(2023, version=2)
    for versions in ((first,), (first, second)):
        graph = Graph().parse(released(tmp_path / "out", *versions, disclosed(2024)) / "catalogue.ttl")
        before = [dataset_of(first.sha256)] if len(versions) == 1 else []
        assert list(graph.objects(dataset_of(disclosed(2024).sha256), DCAT.prev)) == before


@given(entries())
def test_a_document_replaces_the_one_of_that_path(listed: list[Entry]) -> None:
    found = replaced(listed)
    for entry in listed:
        others = [other for other in listed if entry.replaces in other.document.source and other != entry]
        assert found.get(entry.document.iri) == (others[0] if others else None)


def test_a_version_names_the_one_it_replaces(tmp_path: Path) -> None:
    old = disclosed(2024, status="superseded")
    new = disclosed(2024, version=2, dct_replaces=old.sources[0])
    graph = Graph().parse(released(tmp_path / "out", old, new) / "catalogue.ttl")
    assert (dataset_of(new.sha256), DCAT.previousVersion, dataset_of(old.sha256)) in graph
    assert (dataset_of(old.sha256), DCAT.previousVersion, None) not in graph


# --- the release ---


def test_a_release_with_a_catalogue_holds(release: Path) -> None:
    assert verify(release) == []


@pytest.mark.parametrize("name", ["catalogue.ttl", "catalogue-public.ttl", "dump-public.nq"])
def test_what_is_changed_or_missing_is_named_even_with_its_checksum(tmp_path: Path, name: str) -> None:
    made = released(tmp_path / "out")
    text = (made / name).read_bytes()
    changed = text.replace("青山县".encode(), "白山县".encode(), 1)
    assert changed != text
    (made / name).write_bytes(changed)
    manifest = read_manifest(made)
    files = manifest.files | {name: hashlib.sha256(changed).hexdigest()}
    (made / "manifest.json").write_bytes(replace(manifest, files=files).as_json())
    assert [failure.problem.split()[0] for failure in verify(made)][:1] == [name]


def test_the_same_documents_and_publisher_give_the_same_bytes(tmp_path: Path) -> None:
    first = released(tmp_path / "a/out", *dated(DOCUMENTS))
    second = released(tmp_path / "b/out", *reversed(dated(DOCUMENTS)))
    assert first.name == second.name
    for name in ("catalogue.ttl", "catalogue-public.ttl", "dump-public.nq"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


CHANGES = [
    replace(OFFICE, facts="https://licence.example.com/other"),
    replace(OFFICE, attribution=Words("另一种", "Another")),
    replace(OFFICE, source="https://licence.example.com/source"),
    replace(OFFICE, name=Words("甲", OFFICE.name.en)),
    replace(OFFICE, modified=None),
    NOBODY,
]


def test_the_version_depends_on_who_publishes_and_how(tmp_path: Path) -> None:
    names = [
        released(tmp_path / str(number) / "out", publisher=each).name for number, each in enumerate([OFFICE, *CHANGES])
    ]
    assert len(set(names)) == len(names)


def test_the_version_before_is_known_and_changes_nothing_else(tmp_path: Path) -> None:
    first = released(tmp_path / "out", DOCUMENTS[1])
    assert read_manifest(first).previous == ""
    second = released(tmp_path / "out", DOCUMENTS[1], DOCUMENTS[2])
    assert read_manifest(second).previous == first.name
    assert released(tmp_path / "out", DOCUMENTS[1], DOCUMENTS[2]) == second
    assert read_manifest(second).previous == first.name
    alone = released(tmp_path / "other/out", DOCUMENTS[1], DOCUMENTS[2])
    assert (alone / "catalogue.ttl").read_bytes() == (second / "catalogue.ttl").read_bytes()


# --- shapes: each can fail, and each finds something to look at ---

NOWHERE = URIRef("https://nowhere.example/x")
WRONG: dict[Node, Node] = {SH.Literal: NOWHERE, SH.IRI: Literal("x")}


def shapes() -> dict[str, URIRef]:
    graph = catalogue_shapes()
    kinds = itertools.chain(*(graph.subjects(RDF.type, each) for each in (SH.PropertyShape, SH.NodeShape)))
    return {str(each).removeprefix(SHAPE): each for each in kinds if isinstance(each, URIRef)}


def focus_nodes(shape: URIRef, data: Graph) -> list[URIRef]:
    graph = catalogue_shapes()
    found = [node for kind in graph.objects(shape, SH.targetClass) for node in data.subjects(RDF.type, kind)]
    found += [node for name in graph.objects(shape, SH.targetObjectsOf) for node in data.objects(None, name)]
    return sorted({node for node in found if isinstance(node, URIRef)})


def mutations(shape: URIRef) -> Iterator[tuple[str, list[Node], list[Node]]]:
    """Each component of a property shape, with the paths to clear and the values to add that make it fail."""
    graph = catalogue_shapes()
    path = graph.value(shape, SH.path)
    assert path is not None
    if (shape, SH.minCount, None) in graph:
        yield "MinCount", [path], []
    if (shape, SH.maxCount, None) in graph:
        yield "MaxCount", [], [URIRef(f"{NOWHERE}{number}") for number in range(2)]
    if kind := graph.value(shape, SH.nodeKind):
        yield "NodeKind", [], [WRONG[kind]]
    if (shape, SH["class"], None) in graph:
        yield "Class", [], [NOWHERE]
    if (shape, SH.datatype, None) in graph:
        yield "Datatype", [], [Literal("x")]


def cases() -> list[tuple[str, str]]:
    """Every shape with every component that it can fail by."""
    graph, found = catalogue_shapes(), []
    for name, shape in sorted(shapes().items()):
        alternatives = (shape, SH["or"], None) in graph
        found += [(name, "Or")] if alternatives else [(name, each) for each, _, _ in mutations(shape)]
    return found


def only(shape: URIRef) -> Graph:
    """What the shapes say of one of them."""
    found, wanted = Graph(), list[Node]([shape])
    while wanted:
        node = wanted.pop()
        for triple in catalogue_shapes().triples((node, None, None)):
            found.add(triple)
            wanted += [triple[2]] if isinstance(triple[2], BNode) else []
    return found


# What stands for one another in a shape with alternatives: none of it is left in the broken example.
ALTERNATIVES = [
    *((name, None) for name in (DCTERMS.license, DCTERMS.rights)),
    *((URIRef(f"http://www.w3.org/2006/vcard/ns#{each}"), None) for each in ("hasEmail", "hasURL")),
    *((RDF.type, each) for each in (DCAT.Dataset, DCAT.DatasetSeries)),
]


def broken(data: Graph, shape: URIRef, focus: Node, component: str) -> Graph:
    """A copy of a catalogue in which the constraint of a shape does not hold for a node."""
    graph, changed = catalogue_shapes(), Graph()
    changed += data
    if component == "Or":
        for predicate, kind in ALTERNATIVES:
            changed.remove((focus, predicate, kind))
        return changed
    _, cleared, added = next(each for each in mutations(shape) if each[0] == component)
    for each in cleared:
        changed.remove((focus, each, None))
    path = graph.value(shape, SH.path)
    for value in added:
        assert path is not None
        changed.add((focus, path, value))
    return changed


@pytest.mark.parametrize(("name", "component"), cases())
def test_a_shape_fails_where_its_constraint_is_broken(
    whole: Graph, monkeypatch: pytest.MonkeyPatch, name: str, component: str
) -> None:
    shape = shapes()[name]
    only_this = only(shape)
    focus, severity = focus_nodes(shape, whole)[0], catalogue_shapes().value(shape, SH.severity)
    changed = broken(whole, shape, focus, component)
    monkeypatch.setattr("mapping.conformance.catalogue_shapes", lambda: only_this)
    expected = (name, str(focus), f"{component}ConstraintComponent")
    assert expected in {(one.shape, one.focus, one.component) for one in lacks(changed)}
    before = {(one.shape, one.focus, one.component) for one in lacks(whole)}
    assert (expected in before) == (severity == SH.Info), "only what nobody but a publisher can say is always missing"


def test_every_shape_finds_nodes_and_speaks_both_languages(whole: Graph) -> None:
    assert len(shapes()) >= 100
    for name, shape in shapes().items():
        assert focus_nodes(shape, whole), name
        for predicate in (RDFS.label, RDFS.comment, SH.message):
            texts = [each for each in catalogue_shapes().objects(shape, predicate) if isinstance(each, Literal)]
            assert sorted(str(each.language) for each in texts) == ["en", "zh-Hans"], name


def test_what_is_recommended_never_stops_a_release() -> None:
    graph = catalogue_shapes()
    severities: dict[Node | None, int] = defaultdict(int)
    for name, shape in shapes().items():
        severity = graph.value(shape, SH.severity)
        severities[severity] += 1
        assert name.endswith("Stated") == (severity != SH.Violation), name
    assert min(severities[SH.Violation], severities[SH.Warning]) >= 20


def test_a_violation_names_what_to_do(whole: Graph) -> None:
    data = Graph()
    data += whole
    data.remove((CATALOGUE, DCTERMS.title, None))
    with pytest.raises(ReleaseError, match="Write dct:title as text"):
        check_catalogue(data.serialize(format="turtle").encode())
    assert any(isinstance(one, Lack) and one.severity == VIOLATION for one in lacks(data))
