"""Kinds with a page of their own: it takes the place of the bare description, with the same headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, DictLoader
from pyoxigraph import NamedNode, QuerySolutions

from server.addresses import href
from server.catalogue import pages, questions
from server.evaluate import named_query
from server.showing import View, local_name, view_of
from server.views import VIEWS
from tests.lod.conftest import BASE, Counting

BROWSER = {"Accept": "text/html"}


def shown(iri: str, language: str) -> tuple[str, Mapping[str, Any]]:
    """Return a page that says what it was told."""
    return "shown.html", {"told": f"{iri} in {language}"}


def nothing(iri: str, language: str) -> None:
    """Return no page: too little is known."""


@pytest.fixture
def disclosure(client: FlaskClient, counting: Counting) -> str:
    """Return the path of a disclosure; disclosures have a page of their own now."""
    _use(client.application, {"Disclosure": shown})
    query = "SELECT ?x WHERE { ?x a <https://w3id.org/yusuan/def#Disclosure> } ORDER BY ?x LIMIT 1"
    path = href(_values(counting, query)[0], BASE, "")
    assert path
    return path


def _values(counting: Counting, query: str) -> list[str]:
    """Return the first column of an answer."""
    found = counting.store.query(query)
    assert isinstance(found, QuerySolutions)
    return [row[0].value for row in found if isinstance(row[0], NamedNode)]


def _use(app: Flask, views: Mapping[str, View]) -> None:
    page = '{% extends "thing.html" %}{% block page %}<h1>{{ told }}</h1>{% endblock %}'
    assert app.jinja_loader
    app.jinja_env.loader = ChoiceLoader([DictLoader({"shown.html": page}), app.jinja_loader])
    app.extensions["yusuan.views"] = views


def test_a_view_takes_the_place_of_the_description(client: FlaskClient, disclosure: str) -> None:
    page = client.get(f"{disclosure}?lang=en", headers=BROWSER)
    assert f"<h1>{BASE.rstrip('/')}{disclosure} in en</h1>" in page.text
    assert 'rel="alternate" type="text/turtle"' in page.text
    assert f'<code class="long">{BASE.rstrip("/")}{disclosure}</code>' in page.text
    assert page.headers["Content-Location"] == f"{disclosure}.html?lang=en"
    assert 'rel="canonical"' in page.headers["Link"]
    same = client.get(f"{disclosure}?lang=en", headers=BROWSER | {"If-None-Match": page.headers["ETag"]})
    assert same.status_code == 304
    other = client.get(f"{disclosure}?lang=en&part=2", headers=BROWSER)
    assert other.headers["ETag"] != page.headers["ETag"]


def test_the_bare_description_stays_within_reach(client: FlaskClient, disclosure: str) -> None:
    bare = client.get(f"{disclosure}?view=data", headers=BROWSER)
    assert "<h1>" in bare.text
    assert " in zh</h1>" not in bare.text
    assert "def#" in bare.text
    assert client.get(bare.headers["Content-Location"], headers=BROWSER).data == bare.data
    assert client.get(f"{disclosure}.ttl").mimetype == "text/turtle"


def test_a_view_may_have_nothing_to_show(client: FlaskClient, disclosure: str) -> None:
    client.application.extensions["yusuan.views"] = {"Disclosure": nothing}
    assert "def#" in client.get(disclosure, headers=BROWSER).text


def test_the_first_kind_counts() -> None:
    views: Mapping[str, View] = {"Finding": nothing, "Organization": shown}
    both = ["http://www.w3.org/ns/org#Organization", "https://w3id.org/yusuan/def#Finding"]
    assert view_of(both, views) is nothing
    assert view_of(both[:1], views) is shown
    assert view_of(["https://w3id.org/yusuan/def#Span"], views) is None
    assert [local_name(each) for each in both] == ["Organization", "Finding"]


def test_views_are_of_classes_that_there_are(counting: Counting) -> None:
    kinds = {local_name(each) for each in _values(counting, "SELECT DISTINCT ?kind WHERE { ?x a ?kind }")}
    assert set(VIEWS) <= kinds


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_query_of_a_page_is_no_question_and_ends_in_its_order(name: str) -> None:
    query = pages()[name]
    assert name not in questions()
    assert "LIMIT" not in query.body.rpartition("}")[2].upper()
    assert named_query(query, {}, "json").hidden == query.hidden_variables
