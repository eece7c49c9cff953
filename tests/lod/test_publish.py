"""`yusuan publish`: refused with all that is missing at once; publisher.toml read strictly; what is published."""

from __future__ import annotations

import ipaddress
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from mapping.cli import main
from mapping.errors import PublisherError
from mapping.publisher import NOBODY, Publisher, Words, is_public_host, publisher_of, read_publishable, read_publisher
from mapping.release import current_release, read_manifest

DRAFT = "zezhou-2026-budget.txt"
SAID: dict[str, Any] = {
    "base": "https://data.example.org/budget/",
    "homepage": "https://www.example.org/",
    "contact": "open-data@example.org",
    "name.zh": "某市数据局",
    "name.en": "Data Office",
    "attribution.zh": "来源：某市数据局",
    "attribution.en": "Source: Data Office",
    "rights.facts": "https://creativecommons.org/licenses/by/4.0/",
    "rights.vocabulary": "http://creativecommons.org/publicdomain/zero/1.0/",
    "rights.source": "https://licence.example.com/source",
}


def toml(said: dict[str, Any]) -> str:
    """The keys, dotted, as TOML; what is no text is written as it is."""
    return "".join(f"{key} = {value if _is_toml(value) else json.dumps(value)}\n" for key, value in said.items())


def _is_toml(value: Any) -> bool:
    return not isinstance(value, str) or value.startswith("{")


def written(folder: Path, said: dict[str, Any]) -> Path:
    place = folder / "publisher.toml"
    place.write_text(toml(said), encoding="utf-8")
    return place


def run(*words: object) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


def corpus(folder: Path, samples: Path, *names: str) -> Path:
    """A folder with some documents of the sample corpus."""
    folder.mkdir()
    for name in names:
        shutil.copy(samples / name, folder)
    return folder


# --- publisher.toml ---


def problems(place: Path) -> list[str]:
    with pytest.raises(PublisherError) as raised:
        read_publishable(place)
    return list(map(str, raised.value.args))


@given(st.sets(st.sampled_from(sorted(SAID))))
def test_all_that_is_missing_is_named_at_once_with_the_remedy(
    tmp_path_factory: pytest.TempPathFactory, left_out: set[str]
) -> None:
    place = written(tmp_path_factory.mktemp("said"), {key: SAID[key] for key in SAID if key not in left_out})
    if not left_out:
        assert read_publishable(place).base == SAID["base"]
        return
    found = problems(place)
    assert {line.split()[0] for line in found} == left_out
    assert all(" is missing: write " in line for line in found)


MISTAKES: dict[str, list[object]] = {
    "base": [
        "https://data.example.org",
        "data.example.org/",
        "ftp://data.example.org/",
        "https://数据.example.org/",
        7,
    ],
    "homepage": ["www.example.org", "javascript:alert(1)", "https://a b.example.org/", "true"],
    "contact": ["nobody", "a@b", "mailto:open@example.org"],
    "rights.facts": ["CC BY 4.0", "https://licence.example.com/<x>"],
    "rights.source": ["all rights reserved"],
    "issued": ["2024-03-01", 2024],
    "colour": ["red"],
    "rights.text": ["https://licence.example.com/"],
}
WRONG = [(key, value) for key, values in MISTAKES.items() for value in values]


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_what_is_wrong_is_named_beside_what_is_missing(tmp_path: Path, key: str, value: object) -> None:
    said = {name: SAID[name] for name in SAID if name != "name.en"} | {key: value}
    place = written(tmp_path, said)
    found = problems(place)
    assert [line.split(":")[0].removesuffix(" is missing") for line in found] == [str(place), "name.en"]
    assert f"{place}: {key}: " in found[0]
    with pytest.raises(PublisherError, match=key):
        read_publisher(place)


def test_what_is_no_toml_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "publisher.toml"
    place.write_text('base = "https://data.example.org/\n')
    assert problems(place)[0].startswith(f"{place} cannot be read: ")


def test_a_source_may_have_a_statement_in_both_languages(tmp_path: Path) -> None:
    said = SAID | {"rights.source": '{ zh = "权利归公开单位", en = "" }'}
    assert [line.split()[0] for line in problems(written(tmp_path, said))] == ["rights.source.en"]
    said["rights.source"] = '{ zh = "权利归公开单位", en = "Rights stay with the units" }'
    assert read_publishable(written(tmp_path, said)).source == Words("权利归公开单位", "Rights stay with the units")


TEXT = st.none() | st.text(min_size=1)
WORDS = st.builds(Words, TEXT, TEXT)
PUBLISHERS = st.builds(Publisher, TEXT, WORDS, WORDS, TEXT, TEXT, TEXT, TEXT, TEXT | WORDS, WORDS, TEXT, TEXT)


@given(PUBLISHERS)
def test_a_manifest_holds_the_publisher_as_he_is(publisher: Publisher) -> None:
    assert publisher_of(json.loads(json.dumps(asdict(publisher)))) == publisher


@given(PUBLISHERS, PUBLISHERS)
def test_the_key_tells_publishers_apart(one: Publisher, other: Publisher) -> None:
    assert (list(one.key()) == list(other.key())) == (one == other)
    assert list(NOBODY.key()) == []


# --- hosts ---


@given(st.ip_addresses())
def test_only_a_global_address_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    mapped = getattr(address, "ipv4_mapped", None)
    assert is_public_host(str(address)) == (mapped or address).is_global


@given(st.ip_addresses(v=4))
def test_an_address_mapped_to_ipv6_is_as_public_as_it_is(address: ipaddress.IPv4Address) -> None:
    assert is_public_host(f"::ffff:{address}") == address.is_global


@given(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True))
def test_a_name_without_dots_or_of_an_inner_domain_is_not_public(name: str) -> None:
    assert not is_public_host(name)
    assert not any(
        is_public_host(f"{name}.{inner}") for inner in ("localhost", "local", "internal", "home.arpa", "lan")
    )
    assert is_public_host(f"{name}.example.org") and is_public_host(f"{name}.example.org.")


@pytest.mark.parametrize(
    "host", ["127.1", "0x7f.0.0.1", "2130706433", "10.0.0.300", "127.0.0.1.", "LOCALHOST", "a..b.org", ""]
)
def test_odd_spellings_of_addresses_are_not_public(host: str) -> None:
    assert not is_public_host(host)


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "10.1.2.3", "[::ffff:127.0.0.1]", "data.local"]
)
def test_a_base_that_others_cannot_reach_is_refused(tmp_path: Path, host: str) -> None:
    found = problems(written(tmp_path, SAID | {"base": f"http://{host}/budget/"}))
    assert len(found) == 1 and "others cannot reach" in found[0]


# --- the command ---


def test_without_a_publisher_nothing_is_released(tmp_path: Path, samples: Path) -> None:
    documents = corpus(tmp_path / "documents", samples, DRAFT)
    result = run("publish", documents, "--out", tmp_path / "out")
    assert result.exit_code == 2
    missing = [line.split()[0] for line in result.stderr.splitlines()[1:-1]]
    assert sorted(missing) == sorted(SAID)
    assert result.stderr.splitlines()[0].startswith("there is no publisher.toml beside the documents")
    assert result.stderr.splitlines()[-1] == "nothing is published"
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> tuple[Path, Result]:
    """Return where a release with a draft was published, and what was said of it."""
    folder = tmp_path_factory.mktemp("published")
    documents = corpus(folder / "documents", samples, DRAFT, "pingxiang-2023-budget.txt")
    written(documents, SAID)
    result = run("publish", documents, "--out", folder / "our data", "--jobs", 1)
    return folder / "our data", result


def test_it_says_what_is_hidden_and_where_things_are(published: tuple[Path, Result]) -> None:
    out, result = published
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    release = current_release(out)
    assert lines[0] == f"2 documents in release {release.name}"
    assert lines[1] == f"hidden from the public: {DRAFT} (reviewDraft)"
    assert lines[2] == f"catalogue: {SAID['base']}catalogue (file {release / 'catalogue-public.ttl'})"
    assert lines[3] == f"dump: {SAID['base']}dumps/dump-public.nq (file {release / 'dump-public.nq'})"
    assert lines[4].endswith(f": yusuan serve --data '{out}' --config FILE")
    assert (release / "catalogue-public.ttl").is_file() and (release / "dump-public.nq").is_file()
    notes = [line for line in result.stderr.splitlines() if line.startswith("note: recommended: ")]
    assert any("dct:modified" in line for line in notes)
    assert not any("catalogue/vocabulary" in line for line in notes)


def test_its_iris_begin_with_the_base_of_the_publisher(published: tuple[Path, Result]) -> None:
    manifest = read_manifest(current_release(published[0]))
    assert manifest.base == SAID["base"]
    assert manifest.publisher.name == Words("某市数据局", "Data Office")
    assert [document.source for document in manifest.documents if document.hidden] == [(DRAFT,)]
    assert all("publisher.toml" not in document.source for document in manifest.documents)
    assert run("verify", "--data", published[0]).exit_code == 0


def test_a_build_states_what_is_there_and_refuses_nothing(tmp_path: Path, samples: Path) -> None:
    documents = corpus(tmp_path / "documents", samples, DRAFT)
    written(documents, {"rights.facts": SAID["rights.facts"]})
    assert run("build", documents, "--out", tmp_path / "out", "--jobs", 1).exit_code == 0
    release = current_release(tmp_path / "out")
    graph = Graph().parse(release / "catalogue.ttl")
    licence = URIRef("http://purl.org/dc/terms/license")
    assert {str(each) for each in graph.objects(None, licence)} == {SAID["rights.facts"]}
    assert not list(graph.objects(None, URIRef("http://purl.org/dc/terms/publisher")))
    assert read_manifest(release).base == "http://localhost:8000/"


def test_a_build_takes_the_base_of_the_publisher_unless_told_another(tmp_path: Path, samples: Path) -> None:
    documents = corpus(tmp_path / "documents", samples, DRAFT)
    written(documents, {"base": SAID["base"]})
    told = "https://other.example.org/"
    for words, base in (((), SAID["base"]), (("--base", told), told)):
        assert run("build", documents, "--out", tmp_path / "out", "--jobs", 1, *words).exit_code == 0
        assert read_manifest(current_release(tmp_path / "out")).base == base


def test_a_build_names_what_is_wrong_in_the_file(tmp_path: Path, samples: Path) -> None:
    documents = corpus(tmp_path / "documents", samples, DRAFT)
    place = written(documents, {"contact": "nobody"})
    result = run("build", documents, "--out", tmp_path / "out")
    assert (result.exit_code, (tmp_path / "out").exists()) == (2, False)
    assert f"{place}: contact: 'nobody' must be an e-mail or http(s) address" in result.stderr


def test_two_files_that_differ_are_refused(tmp_path: Path, samples: Path) -> None:
    folders = [corpus(tmp_path / name, samples, DRAFT) for name in "ab"]
    for folder, contact in zip(folders, ("a@example.org", "b@example.org"), strict=True):
        written(folder, SAID | {"contact": contact})
    result = run("publish", *folders, "--out", tmp_path / "out")
    assert (result.exit_code, (tmp_path / "out").exists()) == (2, False)
    assert "do not say the same: keep one of them" in result.stderr


def test_a_file_that_is_named_takes_the_place_of_the_one_beside(tmp_path: Path, samples: Path) -> None:
    documents = corpus(tmp_path / "documents", samples, DRAFT)
    written(documents, SAID)
    (tmp_path / "other").mkdir()
    other = written(tmp_path / "other", SAID | {"base": "http://10.0.0.5/"})
    result = run("publish", documents, "--publisher", other, "--out", tmp_path / "out")
    assert result.exit_code == 2 and "10.0.0.5" in result.stderr
