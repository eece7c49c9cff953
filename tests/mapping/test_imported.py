"""RDF files to a release: the data set as the files state it, or nothing and every reason."""

from __future__ import annotations

import csv
import errno
import gzip
import io
import json
import os
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize
from rdflib import Dataset as RdflibDataset

from mapping import imported
from mapping.cli import main
from mapping.errors import RdfError
from mapping.gather import named_files
from mapping.imported import FORMATS, RdfFile, merge_parts, rdf_files, write_part, write_parts
from mapping.release import read_manifest
from mapping.verify import verify
from server.app import Config, create_app
from server.evaluate import Evaluation, evaluate
from server.release import open_release, open_store

BASE = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n%s\n</rdf:RDF>\n'
THRICE = "@prefix e: <http://e/> . e:s e:p 1.50 . e:g { e:s e:p 1.50 } e:h { e:s e:p 1.50 . e:t e:p 2 }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def imports(folder: Path, *words: object, **files: str | bytes) -> Result:
    """The import of files, their last underscore a dot, to `{folder}/out`."""
    source = write(folder, **files)
    return run("import", source, "--out", folder / "out", "--base", BASE, *words)


def write(folder: Path, **files: str | bytes) -> Path:
    source = folder / "in"
    source.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        said = content.encode() if isinstance(content, str) else content
        (source / ".".join(name.rsplit("_", 1))).write_bytes(said)
    return source


def dump(folder: Path) -> list[str]:
    return (folder / "out/current/dump.nq").read_bytes().decode().split("\n")[:-1]


def count(folder: Path, query: str = COUNT) -> int:
    store = open_store(open_release(folder / "out").store_path)
    return int(evaluate(store, Evaluation(query, "csv")).split()[1])


def canonical(lines: bytes) -> str:
    """A data set in which blank nodes have names that only its structure decides."""
    dataset = Dataset(parse(lines, format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return "".join(sorted(f"{quad}\n" for quad in dataset))


# --- the data set ---

SAME = {
    ".trig": "<http://e/s> <http://e/p> <http://e/o>, 1.50 .",
    ".nq": f'<http://e/s> <http://e/p> <http://e/o> .\n<http://e/s> <http://e/p> "1.50"^^<{XSD}decimal> .\n',
    ".nt": f'<http://e/s> <http://e/p> <http://e/o> .\n<http://e/s> <http://e/p> "1.50"^^<{XSD}decimal> .\n',
    ".ttl": "@prefix e: <http://e/> . e:s e:p e:o, 1.50 .",
    ".rdf": RDF_XML % f'<rdf:Description rdf:about="http://e/s"><e:p rdf:resource="http://e/o"/>'
    f'<e:p rdf:datatype="{XSD}decimal">1.50</e:p></rdf:Description>',
    ".jsonld": json.dumps(
        {"@id": "http://e/s", "http://e/p": [{"@id": "http://e/o"}, {"@value": "1.50", "@type": f"{XSD}decimal"}]}
    ),
}
SAME[".owl"] = SAME[".rdf"]


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_states_the_same_data_set(tmp_path: Path, ending: str, compressed: bool) -> None:
    data = SAME[ending].encode()
    file = tmp_path / f"数据{ending.upper()}{'.gz' if compressed else ''}"
    file.write_bytes(gzip.compress(data) if compressed else data)
    result = run("import", file, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("1 file in release ")
    assert dump(tmp_path) == [
        f'<http://e/s> <http://e/p> "1.50"^^<{XSD}decimal> .',
        "<http://e/s> <http://e/p> <http://e/o> .",
    ]


def test_graphs_stay_as_they_are_and_literals_as_written(tmp_path: Path) -> None:
    assert (
        imports(tmp_path, a_trig=THRICE, b_ttl='<http://e/s> <http://e/p> 1.5, 01, "a\\n\u0085\\u2028"@en .').exit_code
        == 0
    )
    assert dump(tmp_path) == sorted(
        [
            *(f'<http://e/s> <http://e/p> "1.50"^^<{XSD}decimal>{graph} .' for graph in ("", " <http://e/g>", " <http://e/h>")),
            f'<http://e/t> <http://e/p> "2"^^<{XSD}integer> <http://e/h> .',
            f'<http://e/s> <http://e/p> "1.5"^^<{XSD}decimal> .',
            f'<http://e/s> <http://e/p> "01"^^<{XSD}integer> .',
            '<http://e/s> <http://e/p> "a\\n\u0085\u2028"@en .',
        ],
        key=str.encode,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "statements", "default_graph", "counted"),
    [
        ("given", THRICE, "given", 1),
        ("merge", THRICE, "merge", 2),
        ("auto", THRICE, "given", 1),
        ("auto", THRICE.replace("e:s e:p 1.50 . e:g", "e:g"), "merge", 2),
        ("given", THRICE.replace("e:s e:p 1.50 . e:g", "e:g"), "given", 0),
        ("auto", "<http://e/s> <http://e/p> 1 .", "given", 1),
    ],
)
def test_the_default_graph_is_as_given_where_there_is_one(
    tmp_path: Path, said: str, statements: str, default_graph: str, counted: int
) -> None:
    assert imports(tmp_path, "--default", said, a_trig=statements).exit_code == 0
    assert read_manifest((tmp_path / "out/current").resolve()).default_graph == default_graph
    assert count(tmp_path) == counted


def test_the_default_graph_changes_the_release_and_not_its_dump(tmp_path: Path) -> None:
    assert imports(tmp_path / "merge", "--default", "merge", a_trig=THRICE).exit_code == 0
    assert imports(tmp_path / "given", "--default", "given", a_trig=THRICE).exit_code == 0
    named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert [count(tmp_path / one) for one in ("merge", "given")] == [2, 1]
    assert [count(tmp_path / one, named) for one in ("merge", "given")] == [3, 3]
    assert dump(tmp_path / "merge") == dump(tmp_path / "given")
    releases = [(tmp_path / one / "out/current").resolve().name for one in ("merge", "given")]
    assert releases[0] != releases[1]


def test_the_merge_knows_a_blank_node_of_several_graphs_as_one(tmp_path: Path) -> None:
    graphs = "_:b <http://e/p> 1 . <http://e/g> { _:b <http://e/p> 1 } _:g { _:b <http://e/q> 2 }"
    assert imports(tmp_path, "--default", "merge", a_trig=graphs).exit_code == 0
    assert count(tmp_path) == 2
    assert count(tmp_path, "SELECT (COUNT(DISTINCT ?s) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }") == 1


def test_blank_nodes_of_two_files_stay_apart_and_keep_their_names(tmp_path: Path) -> None:
    line = '_:b0 <http://e/p> "x" .\n'
    files = {"a_nt": line, "b_nt": line, "c_ttl": "[] <http://e/p> [ <http://e/q> ( 1 2 ) ] .", "d_nq": line}
    assert imports(tmp_path / "1", **files).exit_code == 0
    assert imports(tmp_path / "2", **files).exit_code == 0
    assert dump(tmp_path / "1") == dump(tmp_path / "2")
    assert count(tmp_path / "1", 'SELECT (COUNT(*) AS ?n) { ?s <http://e/p> "x" }') == 3
    nodes = {word for line in dump(tmp_path / "1") for word in line.split() if word.startswith("_:")}
    assert len(nodes) == 3 + 4
    assert all(re.fullmatch(r"_:n[0-9a-f]{12}x(b0|\d)", node) for node in nodes)


def test_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    one, other = write(tmp_path / "a", x_nt="_:b <http://e/p> 'x' ."), tmp_path / "b"
    for folder in (one.parent, other):
        write(folder, x_nt='_:b <http://e/p> "x" .\n')
    result = run("import", one / "x.nt", other / "in/x.nt", one / "x.nt", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert len(dump(tmp_path)) == 2
    said = json.loads((tmp_path / "out/current/manifest.json").read_bytes())
    assert [each["source"] for each in said["sources"]] == ["a/in/x.nt", "b/in/x.nt"]


def test_relative_iris_are_read_from_the_base(tmp_path: Path) -> None:
    files = {
        "a_ttl": "<s> <p> <#o> .",
        "b_jsonld": '{"@id": "t", "http://e/p": 1}',
        "c_rdf": RDF_XML % '<e:C rdf:about="u"/>',
    }
    assert imports(tmp_path, **files).exit_code == 0
    assert [line.split()[0] for line in dump(tmp_path)] == [f"<{BASE}{name}>" for name in "stu"]
    assert f"<{BASE}p> <{BASE}#o>" in dump(tmp_path)[0]


def test_a_byte_order_mark_is_no_part_of_the_data(tmp_path: Path) -> None:
    files = {f"a{ending.replace('.', '_')}": "\ufeff" + said for ending, said in SAME.items()}
    assert imports(tmp_path, **files).exit_code == 0
    assert len(dump(tmp_path)) == 2


def test_nothing_stated_is_a_data_set_too_and_noted(tmp_path: Path) -> None:
    result = imports(tmp_path, a_ttl="# nothing\n", b_jsonld='{"name": "no context"}')
    assert result.exit_code == 0
    assert "note: a.ttl: states nothing\nnote: b.jsonld: states nothing\n" in result.stderr
    assert dump(tmp_path) == [] and count(tmp_path) == 0


def test_the_vocabulary_is_not_added(tmp_path: Path) -> None:
    assert imports(tmp_path, a_trig=THRICE).exit_code == 0
    assert count(tmp_path, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == 2


_NODES = st.sampled_from(["<http://e/a>", "<http://e/b>", "_:b0", "_:b1", "_:x-1"])
_OBJECTS = st.one_of(
    _NODES,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=4).map(
        lambda text: '"' + "".join(f"\\U{ord(char):08X}" for char in text) + '"'
    ),
    st.sampled_from(['"x"@zh-hans', f'"1.50"^^<{XSD}decimal>', f'"1.5"^^<{XSD}decimal>', f'"01"^^<{XSD}integer>']),
)
_GRAPHS = st.sampled_from(["", "<http://e/g> ", "<http://e/h> ", "_:b0 ", "_:g "])
_FILES = st.lists(st.lists(st.tuples(_NODES, _OBJECTS, _GRAPHS), max_size=8), min_size=1, max_size=3)


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_FILES, st.integers(1, 200))
def test_the_dump_is_the_data_set_of_the_files(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[str, str, str]]], run_bytes: int
) -> None:
    folder = tmp_path_factory.mktemp("files")
    expected = b""
    for number, statements in enumerate(files):
        lines = "".join(f"{s} <http://e/p> {o} {g}.\n" for s, o, g in statements)
        apart = re.sub(r"(^| )_:", rf"\1_:f{number}", lines, flags=re.MULTILINE)
        expected += apart.encode()
        quads = serialize(parse(lines, format=RdfFormat.N_QUADS), format=RdfFormat.TRIG)
        file = folder / (f"{number}.trig" if number % 2 else f"{number}.nq")
        file.write_bytes((quads or b"") if number % 2 else lines.encode())
        write_part(RdfFile(file, file.name), BASE, folder / f"part-{number}.nq")
    parts = folder / "parts"
    parts.mkdir()
    for part in folder.glob("part-*"):
        part.rename(parts / part.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(imported, "_RUN_BYTES", run_bytes)
        merge_parts(parts, folder / "dump")
    made = (folder / "dump").read_bytes()
    assert canonical(made) == canonical(expected)
    rdflib = RdflibDataset()
    rdflib.parse(data=made, format="nquads")
    assert len(list(rdflib.quads())) == made.count(b"\n")
    assert made.split(b"\n") == [*sorted(set(made.split(b"\n")) - {b""}), b""]


# --- what cannot be imported ---

TENFOLD = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
BOMB = f'<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">{TENFOLD}]>\n'
DEEP = '{"http://e/p":' * 6000 + "1" + "}" * 6000
WRONG: dict[str, tuple[str | bytes, str]] = {
    "syntax.ttl": ("<http://e/s> <http://e/p> 1 .\n 中 <x> <y> .", "syntax.ttl, line 2, column 2: "),
    "quads.nq": ("<http://e/s> <http://e/p> <http://e/o> <g> .", "quads.nq, line 1, column "),
    "empty.jsonld": ('{"@id":\n "a",', "empty.jsonld, line 2, column 6: "),
    "remote.jsonld": ('{"@context": "https://schema.org/", "name": "x"}', "write that context into the file"),
    "scoped.jsonld": (
        '{"@context": {"a": {"@id": "http://e/a", "@context": "c"}}, "a": {"b": 1}}',
        "nothing is fetched",
    ),
    "value.jsonld": ('{"@id": 5}', "value.jsonld: @id value must be a string"),
    "deep.jsonld": (DEEP, "deep.jsonld: the parser died of it"),
    "tags.rdf": (RDF_XML % "<e:C></e:D>", "tags.rdf, line 2, column 8: not XML: mismatched tag"),
    "meaning.rdf": (RDF_XML % '<e:C/>\n<e:C rdf:about="中"\n  rdf:ID="1 2"/>', "meaning.rdf, line 4, column 16: "),
    "bomb.rdf": (
        BOMB + RDF_XML % "<e:C><e:p>&a9;</e:p></e:C>",
        "bomb.rdf, line 1, column 26: declares the entity 'a0'",
    ),
    "late.rdf": (RDF_XML % (BOMB + "<e:C><e:p>&a9;</e:p></e:C>"), "late.rdf, line 2, column 3: not XML"),
    "outside.rdf": ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RDF_XML % "", "declares the entity 'a'"),
    "old.rdf": ('<?xml version="1.0" encoding="GB18030"?>' + RDF_XML % "", "is written in GB18030: save it as UTF-8"),
    "bytes.ttl": (b'<http://e/s> <http://e/p> "\xd6\xd0" .', "bytes.ttl, line 1, column "),
    "torn.nt.gz": (
        gzip.compress(b"<http://e/s> <http://e/p> <http://e/o> .\n" * 99)[:-9],
        "torn.nt.gz: cannot be read: ",
    ),
    "plain.nt.gz": (b"<http://e/s> <http://e/p> <http://e/o> .\n", "plain.nt.gz: cannot be read: Not a gzipped file"),
    "triple.ttl": ("<s> <p> <<( <s> <p> <o> )>> .", "state them in RDF 1.1"),
    "annotated.ttl": ("<s> <p> <o> {| <q> 1 |} .", "state them in RDF 1.1"),
    "direction.ttl": ('<s> <p> "x"@ar--rtl .', "state them in RDF 1.1"),
    "table.csv": ("a,b\n", "table.csv: not known as RDF by its ending: .trig, .nq, .ttl, .nt, .rdf, .owl, .jsonld"),
    "data.json": ("{}", "data.json: not known as RDF by its ending"),
    "open.ttl": ('<http://e/s> <http://e/p> "x .\n', "open.ttl, line 1, column 27: Unexpected end of file"),
    "chinese.ttl": ('<http://e/s> <http://e/p> "预算" .'.encode("gb18030"), "; save it as UTF-8"),
    "sixteen.nt": ('<http://e/s> <http://e/p> "x" .'.encode("utf-16"), "; save it as UTF-8"),
    "turtle.nt": ("@prefix e: <http://e/> .\ne:s e:p 1 .", "; it begins like Turtle (.ttl)"),
    "turtle.rdf": ("PREFIX e: <http://e/>\ne:s e:p 1 .", "not XML: syntax error; it begins like Turtle (.ttl)"),
    "xml.ttl": (RDF_XML % "<e:C/>", "; it begins like RDF/XML (.rdf)"),
    "json.nq": ('[{"@id": "http://e/s"}]', "; it begins like JSON-LD (.jsonld)"),
    "page.ttl": ("<!DOCTYPE html>\n<html></html>", "; it begins like a web page: fetch the data itself"),
    "reifier.ttl": ("_:s <p> <<( <s> <p> <o> )>> .", "reifier.ttl: a blank node <"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_imported_is_named_with_its_place_and_remedy(tmp_path: Path, name: str) -> None:
    content, message = WRONG[name]
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    result = run("import", tmp_path / name, "--out", tmp_path / "out", "--base", BASE)
    assert result.exit_code == 2
    assert name in result.stderr and message in result.stderr
    assert not (tmp_path / "out/current").exists()
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name != "releases"] == [".lock"]


def test_every_file_that_fails_is_listed_and_the_release_before_stays(tmp_path: Path) -> None:
    assert imports(tmp_path, a_nt='_:b <http://e/p> "x" .\n').exit_code == 0
    before = (tmp_path / "out/current").resolve()
    content = {path: path.read_bytes() for path in before.rglob("*") if path.is_file()}
    result = imports(
        tmp_path, b_ttl="<", c_jsonld=DEEP, d_nt="<http://e/s> .", e_csv="", f_jsonld=DEEP, z_ttl="<s> <p> 1 ."
    )
    assert result.exit_code == 2
    lines = result.stderr.split("\n")
    assert [line.split(".")[0] for line in lines if re.match(r"[a-z]\.[a-z]", line)] == ["b", "c", "d", "e", "f"]
    assert "nothing is released" in lines
    assert (tmp_path / "out/current").resolve() == before
    assert content == {path: path.read_bytes() for path in before.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "message"), [("missing", "does not exist"), ("empty", "name RDF files")])
def test_where_there_is_no_file_the_call_is_wrong(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    result = run("import", tmp_path / name, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_release_is_no_file_but_its_dump_is(tmp_path: Path) -> None:
    assert imports(tmp_path, a_ttl="<s> <p> 1 .").exit_code == 0
    for place in (tmp_path / "out", tmp_path / "out" / "current"):
        result = run("import", place, "--out", tmp_path / "again")
        assert result.exit_code == 2
        assert "holds a release, which is no RDF file: name its dump.nq" in result.stderr


def test_what_stands_beside_the_data_is_left_out_but_no_data(tmp_path: Path) -> None:
    source = write(tmp_path, README_md="#", LICENSE_txt="", readme_ttl="", a_ttl="")
    (source / ".hidden.ttl").write_text("<")
    assert [file.name for file in rdf_files([source])] == ["a.ttl", "readme.ttl"]
    assert [name for _, name in named_files([source / "README.md"], ())] == ["README.md"]


def test_a_parser_that_dies_leaves_no_part_unread(tmp_path: Path) -> None:
    source = write(tmp_path, a_jsonld=DEEP, b_ttl="<s> <p> 1 .")
    heard: list[str] = []
    with pytest.raises(RdfError) as raised:
        write_parts(rdf_files([source]), BASE, tmp_path, heard.append)
    assert len(raised.value.args) == 1
    assert heard == ["a.jsonld", "b.ttl"]
    assert (tmp_path / "1.nq").read_bytes().startswith(b"<https://example.org/s>")


# --- the release ---


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    blank = "<http://e/s> <http://e/q> [ a <http://e/C> ] ."
    assert imports(folder, "--default", "merge", a_trig=THRICE, b_ttl=blank).exit_code == 0
    return folder


def test_the_manifest_says_what_was_imported(released: Path) -> None:
    said = json.loads((released / "out/current/manifest.json").read_bytes())
    assert (said["kind"], said["default_graph"], said["base"], said["documents"]) == ("import", "merge", BASE, [])
    assert [(each["source"], each["quads"]) for each in said["sources"]] == [("a.trig", 4), ("b.ttl", 2)]
    assert list(said["files"]) == ["catalogue.ttl", "dump.nq"]
    names = ["catalogue.ttl", "dump.nq", "manifest.json", "search.sqlite", "store"]
    assert sorted(path.name for path in (released / "out/current").iterdir()) == names


def test_the_same_files_give_the_same_release(released: Path, tmp_path: Path) -> None:
    words = ("--out", tmp_path / "out", "--base", BASE, "--default", "merge")
    again = run("import", released / "in/b.ttl", released / "in/a.trig", *words)
    assert again.exit_code == 0
    assert dump(tmp_path) == dump(released)
    assert (tmp_path / "out/current").resolve().name == (released / "out/current").resolve().name
    renamed = write(tmp_path, c_trig=THRICE)
    assert run("import", renamed, "--out", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out/current").resolve().name != (released / "out/current").resolve().name


def test_a_release_is_imported_again_from_its_own_dump(released: Path, tmp_path: Path) -> None:
    assert run("import", released / "out/current/dump.nq", "--out", tmp_path / "out").exit_code == 0
    text = ["\n".join(dump(folder)).encode() for folder in (released, tmp_path)]
    assert canonical(text[0]) == canonical(text[1])


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_an_export_is_the_data_set(released: Path, form: str) -> None:
    result = run("export", "--data", released / "out", "--format", form)
    read = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}[form]
    lines = serialize(parse(result.stdout_bytes, format=read), format=RdfFormat.N_QUADS) or b""
    assert canonical(lines) == canonical((released / "out/current/dump.nq").read_bytes())


class _Evaluator:
    """Answers in this process."""

    def __init__(self, path: Path) -> None:
        self.store = open_store(path)

    def evaluate(self, evaluation: Evaluation) -> bytes:
        return evaluate(self.store, evaluation)


def test_the_server_serves_it_like_a_built_one(released: Path) -> None:
    release = open_release(released / "out", public=True)
    assert list(release.dumps) == ["dump.nq"]
    client = create_app(Config(release, _Evaluator(release.store_path))).test_client()
    with client.get("/dumps/dump.nq") as answer:
        assert answer.data == (released / "out/current/dump.nq").read_bytes()
    for path in ("/", "/dumps", "/query/documents", "/sparql?query=SELECT%20*%20%7B?s%20?p%20?o%7D"):
        assert client.get(path, headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200


def test_a_triple_of_several_graphs_is_counted_once(released: Path) -> None:
    assert count(released) == 4
    for graphs, triples in (("FROM <http://e/h>", 2), ("FROM <http://e/g> FROM <http://e/h>", 2)):
        assert count(released, COUNT.replace("WHERE", f"{graphs} WHERE")) == triples


def test_queries_of_ones_own_are_asked(released: Path) -> None:
    own = released / "own.rq"
    own.write_text("SELECT ?o WHERE { GRAPH <http://e/g> { ?s ?p ?o } }", encoding="utf-8")
    answer = run("query", own, "--data", released / "out", "--format", "csv").stdout
    assert list(csv.reader(io.StringIO(answer))) == [["o"], ["1.5"]]


@pytest.mark.parametrize("command", ["verify", "audit", "coverage", "diff"])
def test_commands_about_documents_say_that_there_are_none(released: Path, command: str) -> None:
    data = released / "out"
    result = run("diff", data, data) if command == "diff" else run(command, "--data", data)
    assert result.exit_code == 0
    assert "was imported: " in result.stdout + result.stderr


@pytest.fixture
def damaged(released: Path) -> Iterator[Path]:
    file = (released / "out/current").resolve() / "dump.nq"
    kept = file.read_bytes()
    file.write_bytes(kept.replace(b"1.50", b"1.51"))
    yield released / "out"
    file.write_bytes(kept)


def test_a_damaged_dump_does_not_hold(damaged: Path) -> None:
    result = run("verify", "--data", damaged)
    assert result.exit_code == 1
    assert "dump.nq is not the file that was released" in result.stdout
    assert result.stderr.endswith(": import it again\n")


@pytest.mark.parametrize("default", ["merge", "given"])
def test_a_store_that_says_otherwise_than_the_dump_does_not_hold(tmp_path: Path, default: str) -> None:
    (tmp_path / "a.trig").write_text('<http://e/g> { <http://e/s> <http://e/p> "x" } _:b <http://e/p> 1.50 .')
    assert run("import", tmp_path / "a.trig", "--out", tmp_path / "out", "--default", default).exit_code == 0
    assert run("verify", "--data", tmp_path / "out").exit_code == 0
    store = Store(str(tmp_path / "out/current/store"))
    graph = NamedNode("http://e/g")
    store.remove(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("x"), graph))
    store.add(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("y"), graph))
    del store
    result = run("verify", "--data", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stdout == "http://localhost:8000/release: store does not say what dump.nq says\n"


@pytest.mark.serial
def test_what_verify_takes_does_not_grow_with_the_quads(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("".join(f'<http://e/{n}> <http://e/p> "{n}" .\n' for n in range(20_000)))
    assert run("import", tmp_path / "a.nq", "--out", tmp_path / "out").exit_code == 0
    tracemalloc.start()
    try:
        assert verify(tmp_path / "out/current") == []
        assert tracemalloc.get_traced_memory()[1] < 20_000 * 40
    finally:
        tracemalloc.stop()


def test_a_dump_that_is_missing_is_named_with_the_remedy_once(tmp_path: Path) -> None:
    assert imports(tmp_path, a_nt='<http://e/s> <http://e/p> "x" .\n').exit_code == 0
    (tmp_path / "out/current/dump.nq").unlink()
    result = run("verify", "--data", tmp_path / "out")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert len(lines) == len(set(lines)) == 2
    assert re.fullmatch(r"Error: 2 failures in release [0-9a-f]{16}: import it again\n", result.stderr)


def test_a_table_of_figures_of_other_data_is_noted(released: Path) -> None:
    result = run("export", "--data", released / "out", "--format", "csv")
    assert "was imported: csv lists the figures in this vocabulary" in result.stderr


def test_a_folder_that_cannot_be_read_and_a_link_to_nothing_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path, a_ttl="")
    (source / "locked").mkdir()
    (source / "gone.ttl").symlink_to("nowhere.ttl")
    (source / "round").symlink_to(".")
    listed = os.walk

    def walk(top: Path, onerror: Callable[[OSError], None]) -> Iterator[tuple[str, list[str], list[str]]]:
        yield from listed(top)
        onerror(PermissionError(errno.EACCES, "Permission denied", str(source / "locked")))

    monkeypatch.setattr(os, "walk", walk)
    result = run("import", source, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "locked/: the folder cannot be read: make it readable" in result.stderr
    assert "round/: a link to a folder, which is not followed: name that folder" in result.stderr
    assert "gone.ttl: cannot be read: No such file or directory" in result.stderr
