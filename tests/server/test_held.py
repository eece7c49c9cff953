"""A release in memory: all of it, its default graph apart, and which of the two a query is asked of."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from server.held import Held, load_into_memory
from tests.server.sample_release import fill, quads

NAMED = (
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM<http://x/> { ?s ?p ?o }",
    "SELECT*FROM <http://x/> { ?s ?p ?o }",
    "SELECT * { ?s ?p 10GRAPH?g{} }",
    "select * { {}graph ?g { ?s ?p ?o } }",
    "SELECT * { \\u0047RAPH ?g { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'é'GRAPH ?g { } }",
    "ASKFROM<http://x/>{}",
    "constructfrom<http://x/>WHERE{}",
    "SELECT * { ?s ?p trueGRAPH?g{} }",
    "SELECT * { ?s ?p falseGRAPH?g{} }",
)
DEFAULT = (
    "SELECT * { ?s prov:wasDerivedFrom ?o }",
    "SELECT * { ?s :from ?graph ; :o $from }",
    "SELECT * { ?s <http://x/about_from> ?o ; x:telegraph 1 }",
)


@pytest.mark.parametrize("text", NAMED)
def test_a_query_of_other_graphs_is_asked_of_all(text: str) -> None:
    whole, default = Store(), Store()
    assert Held(whole, default).store_for(text, None) is whole


@pytest.mark.parametrize("text", DEFAULT)
def test_a_name_that_ends_like_a_word_of_them_is_no_such_query(text: str) -> None:
    whole, default = Store(), Store()
    assert Held(whole, default).store_for(text, None) is default


def test_in_memory_there_is_all_that_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.held._SORTED_BYTES", 700)  # so that a graph is sorted in several parts
    store = Store(str(tmp_path / "store"))
    fill(store, quads("published", "draft", "release"))
    store.flush()
    expected = set(store)
    del store
    held = load_into_memory(tmp_path / "store")
    assert set(held.whole) == expected
    assert set(held.default) == {quad for quad in expected if str(quad.graph_name) == "DEFAULT"}
    assert len(held.default) > 100
