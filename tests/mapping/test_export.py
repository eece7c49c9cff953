"""An export says what the dump says, in the words of the dump."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from mapping.errors import ReleaseError
from mapping.export import FORMATS, export, prefixes
from mapping.publish import publish
from mapping.release import DUMP
from tests.mapping.release_samples import BASE, DEF, TEXT, republished, sample, vocabulary

PARSERS = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
}
# Lexical forms that a store, or a writer of native numbers, would change.
KEPT = ["650.240", "1870.30", "-0.50", "+3.0", "007.00", "100000000000000000000.10"]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    document = sample().built()
    said = [f'<{document.iri}/observation/{at}-9> <{DEF}amount> "{kept}"' for at, kept in enumerate(KEPT)]
    typed = [f"{one}^^<http://www.w3.org/2001/XMLSchema#decimal> <{document.iri}/graph> ." for one in said]
    first = republished(document, document.quads + "\n".join(typed) + "\n")
    return publish(folder / "out", BASE, [first, sample(TEXT + "二\n").built()], [], vocabulary(folder))


def exported(release: Path, form: str) -> bytes:
    stream = io.BytesIO()
    export(release, form, stream)
    return stream.getvalue()


def quads(content: bytes, form: str) -> set[Quad]:
    return set(parse(content, format=PARSERS[form]))


def test_every_format_is_tested() -> None:
    assert set(FORMATS) == set(PARSERS)


def test_nquads_are_the_bytes_of_the_dump(release: Path) -> None:
    assert exported(release, "nquads") == (release / "dump.nq").read_bytes()


@pytest.mark.parametrize("form", ["trig", "jsonld"])
def test_a_dataset_says_what_the_dump_says(release: Path, form: str) -> None:
    expected = quads((release / "dump.nq").read_bytes(), "nquads")
    assert len(expected) > 300
    assert quads(exported(release, form), form) == expected


def test_turtle_is_the_merge_of_the_graphs(release: Path) -> None:
    expected = {quad.triple for quad in quads((release / "dump.nq").read_bytes(), "nquads")}
    assert {quad.triple for quad in quads(exported(release, "turtle"), "turtle")} == expected


@pytest.mark.parametrize("form", FORMATS)
def test_printed_decimals_survive(release: Path, form: str) -> None:
    content = exported(release, form).decode()
    assert all(kept in content for kept in KEPT)
    objects = {str(getattr(quad.object, "value", "")) for quad in parse(content, format=PARSERS[form])}
    assert objects.issuperset(KEPT)


@pytest.mark.parametrize("form", ["trig", "turtle"])
def test_names_are_shortened_with_our_prefixes(release: Path, form: str) -> None:
    content = exported(release, form).decode()
    assert f"@prefix def: <{DEF}> ." in content
    assert "a def:Observation" in content or "rdf:type def:Observation" in content


def test_prefixes_are_those_of_the_ontology() -> None:
    declared = prefixes()
    assert len(declared) >= 15
    assert declared["def"] == DEF
    assert declared["prov"] == "http://www.w3.org/ns/prov#"


def test_json_is_one_document(release: Path) -> None:
    assert len(json.loads(exported(release, "jsonld"))) >= 4


def test_what_cannot_be_exported_is_refused(tmp_path: Path, release: Path) -> None:
    with pytest.raises(ReleaseError, match="'csv' is none of nquads, trig, turtle, jsonld"):
        export(release, "csv", io.BytesIO())
    with pytest.raises(ReleaseError, match="holds no release"):
        export(tmp_path, "trig", io.BytesIO())


@pytest.mark.parametrize("form", ["turtle", "trig", "jsonld"])
def test_a_damaged_dump_is_named_with_the_remedy(release: Path, tmp_path: Path, form: str) -> None:
    whole = (release / DUMP).read_bytes()
    (tmp_path / DUMP).write_bytes(whole[: len(whole) // 2 - 1])
    with pytest.raises(ReleaseError, match=f"{DUMP} is damaged .*: build or import the release again"):
        exported(tmp_path, form)
