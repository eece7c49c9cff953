"""The search index of a release: the same for the same store, whole, checked, and without what is hidden."""

from __future__ import annotations

import random
import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from mapping.index import index_content, write_index
from mapping.publish import publish
from mapping.release import INDEX, PUBLIC_INDEX, current_release, released_files
from mapping.spellings import fold, grams, phrase, tokens, words
from mapping.verify import verify
from server.errors import QueryTimeoutError, ReleaseError, WorkersBusyError
from server.index import Index
from server.search import Wanted, find
from tests.lod.indexed import BASE, CODE, Said
from tests.mapping import release_samples


def sample() -> Said:
    """Return two units with a document each, a project, statements and a law."""
    said = Said()
    unit = said.unit("泽州县总工会", "140525")
    document = said.document("泽州县总工会2026年度部门预算", unit, "2026")
    said.project("送温暖经费", document)
    said.statement("春节前走访慰问，送温暖送关怀", document, 1)
    said.cell(document, 40, "2800.19", rowLabel="收入总计", columnPath="预算数", table="收支总表")
    said.field(document, 90, "60000", unit="元", project="送温暖经费", name="年度资金总额")
    said.unit("晋城市总工会", "140500")
    said.legal("cn/t-1", "中华人民共和国预算法", central=True)
    return said


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query on an index."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@given(order=st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_same_data_give_the_same_bytes(tmp_path_factory: pytest.TempPathFactory, order: random.Random) -> None:
    folder = tmp_path_factory.mktemp("index")
    said = sample()
    write_index(said.store(), folder / "a.sqlite")
    order.shuffle(said.quads)
    write_index(said.store(), folder / "b.sqlite")
    assert (folder / "a.sqlite").read_bytes() == (folder / "b.sqlite").read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET label = label || '!' WHERE number = 1",
        "UPDATE entry SET year = '2025' WHERE kind = 'document'",
        "DELETE FROM name WHERE form = 'core'",
        "DELETE FROM gram WHERE gram = '送'",
        "UPDATE frequency SET entries = 9 WHERE gram = '送'",
        "UPDATE place SET official = 0",
        "UPDATE saying SET text = '支出总计' WHERE text = '收入总计'",
        "UPDATE source SET year = '2025'",
        "UPDATE figure SET printed = '2800.190' WHERE value = '2800.19'",
        "DELETE FROM figure WHERE unit = '元'",
        "INSERT INTO words (rowid, label) VALUES (99, '多余')",
        "UPDATE about SET value = '' WHERE name = 'own'",
    ],
)
def test_another_content_has_another_digest(tmp_path: Path, change: str) -> None:
    path = tmp_path / "search.sqlite"
    write_index(sample().store(), path)
    before = index_content(path)
    connection = sqlite3.connect(path)
    connection.execute(change)
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    assert index_content(path) != before


def test_another_layout_on_disk_has_the_same_digest(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    write_index(sample().store(), path)
    before, content = path.read_bytes(), index_content(path)
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA page_size = 8192; VACUUM;")
    connection.close()
    assert path.read_bytes() != before
    assert index_content(path) == content


def test_a_thing_takes_place_year_and_unit_from_its_document(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    write_index(sample().store(), path)
    found = rows(path, "SELECT kind, label, region, year, unit != '' FROM entry ORDER BY number")
    assert found == [
        ("organisation", "晋城市总工会", "140500", "", 1),
        ("organisation", "泽州县总工会", "140525", "", 1),
        ("project", "送温暖经费", "140525", "2026", 1),
        ("legal", "中华人民共和国预算法", "cn", "", 0),
        ("disclosure", "泽州县总工会2026年度部门预算", "140525", "2026", 1),
        ("document", "泽州县总工会2026年度部门预算", "140525", "2026", 1),
        ("table", "收支总表", "140525", "2026", 1),
        ("statement", "春节前走访慰问，送温暖送关怀", "140525", "2026", 1),
    ]


def test_zeros_are_no_numbers_of_an_index(tmp_path: Path) -> None:
    said = Said()
    for at, printed in enumerate(["0", "0.00", "-0.0", "（0.00）", "0.01"]):
        said.cell(f"{BASE}document/d", at * 10, printed)
    write_index(said.store(), tmp_path / "search.sqlite")
    assert rows(tmp_path / "search.sqlite", "SELECT value, place FROM figure") == [("0.01", "observation/40-44")]


def test_a_number_with_an_iri_of_another_form_keeps_it_whole(tmp_path: Path) -> None:
    said = Said()
    said.say("http://elsewhere.example/n#1", "Observation", printedValue="5.00", decimals="2")
    index = said.index(tmp_path)
    assert [hit.entry.iri for hit in find(index, Wanted("5", {})).hits] == ["http://elsewhere.example/n#1"]


def test_a_unit_bears_the_names_of_its_entries_and_of_what_it_is_the_same_as(tmp_path: Path) -> None:
    said = Said()
    unit, other, third = (said.unit(name, "140525") for name in ("泽州县工人文化宫", "泽州文化宫", "泽州县职工之家"))
    said.say(f"{BASE}document/d/organisation/1-2", "OrganisationEntry", label="县文化宫", entryOf=unit)
    for at, (alias, status) in enumerate([(other, "same"), (third, "proposed")]):
        iri = f"{BASE}document/d/alias/{at}"
        said.say(iri, "AliasEntry", aliasOf=unit, alias=alias, aliasStatus=f"{CODE}alias-status/{status}")
    write_index(said.store(), tmp_path / "search.sqlite")
    query = "SELECT name.name FROM name JOIN entry ON number = entry WHERE label = '泽州县工人文化宫' AND form = 'name'"
    assert {name for (name,) in rows(tmp_path / "search.sqlite", query)} == {
        "泽州县工人文化宫",
        "县文化宫",
        "泽州文化宫",
    }


def test_a_law_bears_the_names_by_which_it_goes(tmp_path: Path) -> None:
    write_index(sample().store(), tmp_path / "search.sqlite")
    names = rows(tmp_path / "search.sqlite", "SELECT key FROM name JOIN entry ON number = entry WHERE kind = 'legal'")
    assert set(names) == {("中华人民共和国预算法",), ("预算法",)}


def test_of_an_import_whatever_has_a_name_is_found(tmp_path: Path) -> None:
    said = sample()
    said.say("http://elsewhere.example/1", "http://elsewhere.example/Thing", label="别处的事物")
    write_index(said.store(), tmp_path / "built.sqlite")
    write_index(said.store(), tmp_path / "imported.sqlite", imported=True)
    query = "SELECT label FROM entry WHERE kind = 'other'"
    assert rows(tmp_path / "built.sqlite", query) == []
    assert ("别处的事物",) in rows(tmp_path / "imported.sqlite", query)


# --- in a release ---


@pytest.fixture(scope="module")
def released(built: Path) -> Path:
    """Return the folder of a release of the samples, one of which is a draft; tests must not change it."""
    return current_release(built)


def test_a_release_has_an_index_of_each_store_which_the_manifest_does_not_list(released: Path) -> None:
    for store, index in (("store", INDEX), ("store-public", PUBLIC_INDEX)):
        assert (released / store).is_dir() == (released / index).is_file()
    assert (released / PUBLIC_INDEX).is_file()
    assert not {INDEX, PUBLIC_INDEX} & released_files(released)


def test_the_public_index_names_nothing_that_is_hidden(released: Path) -> None:
    public = Store.read_only(str(released / "store-public"))
    shown = {
        quad.subject.value
        for quad in public.quads_for_pattern(None, None, None, None)
        if hasattr(quad.subject, "value")
    }
    found = {str(iri) for (iri,) in rows(released / PUBLIC_INDEX, "SELECT iri FROM entry")}
    everything = {str(iri) for (iri,) in rows(released / INDEX, "SELECT iri FROM entry")}
    assert found <= shown
    assert found < everything
    hidden = rows(released / INDEX, "SELECT DISTINCT document FROM entry WHERE document != ''")
    left = rows(released / PUBLIC_INDEX, "SELECT DISTINCT document FROM entry WHERE document != ''")
    assert len(hidden) - len(left) == 1
    printing, shown_printing = (
        rows(released / index, "SELECT document FROM source") for index in (INDEX, PUBLIC_INDEX)
    )
    assert set(shown_printing) <= set(left)
    assert len(printing) - len(shown_printing) == 1
    sayings = [rows(released / index, "SELECT text FROM saying") for index in (INDEX, PUBLIC_INDEX)]
    assert set(sayings[1]) < set(sayings[0])


def test_no_word_of_a_masked_name_is_indexed(released: Path) -> None:
    connection = sqlite3.connect(released / INDEX)
    connection.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab (main, words, row)")
    found = [term for (term,) in connection.execute("SELECT term FROM temp.word")]
    connection.close()
    assert len(found) > 1000
    assert not [term for term in found if "█" in term]
    assert not rows(released / INDEX, "SELECT folded FROM saying WHERE instr(folded, '█')")


@pytest.mark.parametrize("harm", ["gone", "no index", "changed"])
def test_verification_names_an_index_that_does_not_hold_what_its_store_says(tmp_path: Path, harm: str) -> None:
    document = release_samples.sample().built()
    made = publish(tmp_path / "out", release_samples.BASE, [document], (), release_samples.vocabulary(tmp_path))
    assert verify(made) == []
    if harm == "gone":
        (made / INDEX).unlink()
    elif harm == "no index":
        (made / INDEX).write_bytes(b"nothing")
    else:
        connection = sqlite3.connect(made / INDEX)
        connection.execute("UPDATE figure SET printed = '别的'")
        connection.commit()
        connection.close()
    assert [INDEX in failure.problem for failure in verify(made)] == [True]


# --- reading ---


def test_a_release_without_an_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="build it again"):
        Index(tmp_path / "search.sqlite")
    (tmp_path / "search.sqlite").write_bytes(b"x" * 5000)
    with pytest.raises(ReleaseError, match="build it again"):
        Index(tmp_path / "search.sqlite")


def test_an_index_of_another_layout_is_not_read(tmp_path: Path) -> None:
    write_index(sample().store(), tmp_path / "search.sqlite")
    connection = sqlite3.connect(tmp_path / "search.sqlite")
    connection.execute("UPDATE about SET value = '0' WHERE name = 'format'")
    connection.commit()
    connection.close()
    with pytest.raises(ReleaseError, match="another version"):
        Index(tmp_path / "search.sqlite")
    with pytest.raises(OSError, match="another version"):
        index_content(tmp_path / "search.sqlite")


@pytest.mark.serial
def test_a_query_that_takes_too_long_is_ended_and_the_connection_goes_on(tmp_path: Path) -> None:
    write_index(sample().store(), tmp_path / "search.sqlite")
    index = Index(tmp_path / "search.sqlite", seconds=0.05)
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
    for _ in range(8):
        with pytest.raises(QueryTimeoutError), index.asking() as asking:
            asking.rows(endless)
    with index.asking() as asking:
        assert asking.rows("SELECT COUNT(*) FROM entry") == [(8,)]


@pytest.mark.serial
def test_more_searches_than_connections_wait_and_are_then_refused(tmp_path: Path) -> None:
    write_index(sample().store(), tmp_path / "search.sqlite")
    index = Index(tmp_path / "search.sqlite", seconds=0.05)
    with ExitStack() as held:
        for _ in range(4):
            held.enter_context(index.asking())
        with pytest.raises(WorkersBusyError), index.asking():
            pass
    with index.asking() as asking:
        assert asking.rows("SELECT COUNT(*) FROM entry") == [(8,)]


def test_an_index_cannot_be_written(tmp_path: Path) -> None:
    write_index(sample().store(), tmp_path / "search.sqlite")
    before = (tmp_path / "search.sqlite").read_bytes()
    index = Index(tmp_path / "search.sqlite")
    with pytest.raises(sqlite3.OperationalError, match="readonly"), index.asking() as asking:
        asking.rows("DELETE FROM entry")
    assert (tmp_path / "search.sqlite").read_bytes() == before


# --- spellings ---

# What is no token of FTS5's tokenizer `ascii`: it takes every character beyond ASCII for part of one.
_SYNTAX = {chr(code) for code in range(128) if not chr(code).isalnum()}


@given(st.text(max_size=40))
def test_tokens_and_phrases_have_no_sign_of_any_syntax(text: str) -> None:
    assert not _SYNTAX & set("".join(tokens(text)))
    for word in words(text):
        inner = phrase(word).removesuffix(" *")
        assert inner[0] == inner[-1] == '"'
        assert inner[1:-1].strip()
        assert not _SYNTAX & set(inner[1:-1].replace(" ", ""))


@given(st.text(alphabet="送温暖工会经费ab12 ，〔〕", max_size=30))
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_folding_twice_changes_nothing_and_grams_are_of_the_folded_text(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert all(gram in key for gram in grams(key))
