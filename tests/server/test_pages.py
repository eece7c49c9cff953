"""Pages and named queries over HTTP: both languages, the formats of an answer, dumps, no drafts in public."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from server.app import NAVIGATION, visit_first_pages
from server.catalogue import CATEGORIES, questions
from server.present import brief
from server.wording import WORDS
from tests.server.conftest import serving
from tests.server.sample_release import DRAFT, LEAF, PUBLISHED
from tests.server.web import Loop

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = ["/", "/?lang=en", "/dumps", "/query/figures", "/query/lineage", f"/query/lineage?iri={quote(LEAF)}"]
PAGES += ["/query/projects?lang=en&source=none", f"/sparql?query={quote('SELECT * { }')}"]


@pytest.mark.parametrize(("seconds", "visited"), [(60.0, True), (0.0, False)])
def test_the_pages_of_the_navigation_are_visited_while_there_is_time(
    client: FlaskClient, seconds: float, visited: bool
) -> None:
    paths: list[str] = []
    client.application.before_request(lambda: paths.append(request.path))
    visit_first_pages(client.application, seconds)
    assert paths[:1] == ["/"] * visited and len(paths) == len(NAVIGATION) * visited


@pytest.mark.serial
def test_a_release_is_served_once_its_first_pages_were_visited(
    loop: Loop, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[Flask] = []
    monkeypatch.setattr("server.service.visit_first_pages", lambda app, seconds: visited.append(app))
    with serving(loop, data_dir):
        assert len(visited) == 1


class Outline(HTMLParser):
    """What a screen reader needs of a page: language, headings, names of fields, links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag with its attributes."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def attributes(self, tag: str, name: str) -> list[str]:
        """Return the values of an attribute of all tags of a name."""
        return [attributes.get(name, "") for each, attributes in self.tags if each == tag]


@pytest.mark.parametrize("path", PAGES)
def test_pages_can_be_read_aloud_and_need_no_script(client: FlaskClient, path: str) -> None:
    page = Outline(client.get(path, headers=BROWSER).get_data(as_text=True))
    assert page.attributes("html", "lang") in (["zh-Hans"], ["en"])
    assert len(page.attributes("h1", "id")) == len(page.attributes("main", "id")) == 1
    assert all(each.startswith("/static/built/") for each in page.attributes("script", "src"))
    assert [a for tag, a in page.tags if tag == "script" and "defer" not in a] == []
    fields = [a["id"] for tag, a in page.tags if tag in ("input", "textarea", "select") and a.get("type") != "hidden"]
    assert sorted(fields) == sorted(page.attributes("label", "for"))
    assert all(scope in ("col", "row") for scope in page.attributes("th", "scope"))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "path",
    ["/", "/dumps", "/query/figures", "/sparql", "/audit", "/help", "/units", "/def", "/code/phase", "/rule/row-sum"],
)
def test_a_page_says_in_its_language_what_it_is_about(client: FlaskClient, path: str) -> None:
    said = {}
    for language in ("zh", "en"):
        tags = Outline(client.get(f"{path}?lang={language}", headers=BROWSER).get_data(as_text=True)).tags
        (said[language],) = (a["content"] for tag, a in tags if tag == "meta" and a.get("name") == "description")
    assert re.search("[\u4e00-\u9fff]", said["zh"])
    assert said["en"] != said["zh"]
    assert all(len(words.strip()) > 5 for words in said.values())


@pytest.mark.parametrize(
    "path", ["/", "/audit", "/help", "/dumps", "/units", "/projects", "/compare", "/about", "/search", "/legal", "/api"]
)
@pytest.mark.parametrize("accept", ["text/turtle", "application/json", "image/png"])
def test_what_there_is_as_a_page_alone_is_answered_with_nothing_else(
    client: FlaskClient, path: str, accept: str
) -> None:
    answer = client.get(path, headers={"Accept": accept})
    as_json = accept == "application/json" and path in ("/search", "/legal", "/api")
    assert answer.status_code == (200 if as_json else 406)
    assert answer.mimetype == "application/json"
    assert client.get(path, headers={"Accept": "*/*"}).mimetype == "text/html"


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_somewhere_on_this_site(client: FlaskClient, path: str) -> None:
    page = Outline(client.get(path, headers=BROWSER).get_data(as_text=True))
    links = page.attributes("a", "href") + page.attributes("link", "href")
    assert len(links) >= 5
    assert links.count("#content") == 1
    places = {f"#{each}" for name, values in page.tags if (each := values.get("id")) or name == "main"}
    for link in set(links) - places:
        assert link.startswith(("/", "?"))
        target = path.partition("?")[0] + link if link.startswith("?") else link
        with client.get(target, headers=BROWSER) as response:
            assert response.status_code == 200


def test_the_first_page_shows_what_is_in_the_graph(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    for shown in ("甲市总工会", "2024", "草案", "扫描件.pdf", "no text could be read"):
        assert shown in page
    assert "共收录 2 份公开文件" in page
    assert "5 张表格、7 个金额" in page
    assert len(set(re.findall(r'href="/query/([a-z-]+)\?', page))) == len(questions())


@pytest.mark.parametrize(("language", "titles"), [("zh", ("正文表述", "绩效")), ("en", ("Statements", "Performance"))])
def test_the_first_page_groups_the_questions_by_category(
    client: FlaskClient, language: str, titles: tuple[str, ...]
) -> None:
    assert {f"category-{each}" for each in CATEGORIES} <= set(WORDS)
    page = client.get(f"/?lang={language}").get_data(as_text=True)
    headings = [each.partition(" (")[0] for each in re.findall(r"<summary>([^<]+)</summary>", page)]
    assert set(titles) <= set(headings)
    assert len(headings) == len({each.category for each in questions().values()})
    assert page.index(titles[0]) < page.index("/query/statements?") < page.index("/query/indicators?")


def test_facts_in_an_answer_lead_to_their_pages(client: FlaskClient) -> None:
    page = client.get("/query/read-at", query_string={"source": "甲市/预算.txt", "line": "7"}, headers=BROWSER)
    path = urlsplit(LEAF).path.removeprefix("/budget")
    assert f'<a href="{path}">{brief(path.removeprefix("/"))}</a>' in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "accept_language", "language"),
    [
        ("", None, "zh-Hans"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "fr, zh-CN;q=0.8, en;q=0.7", "zh-Hans"),
        ("", "fr", "zh-Hans"),
        ("?lang=en", "zh-CN", "en"),
        ("?lang=zh", "en", "zh-Hans"),
        ("?lang=xx", "en", "en"),
    ],
)
def test_the_language_is_chosen(client: FlaskClient, query: str, accept_language: str | None, language: str) -> None:
    headers = {"Accept-Language": accept_language} if accept_language else {}
    response = client.get(f"/{query}", headers=headers)
    assert Outline(response.get_data(as_text=True)).attributes("html", "lang") == [language]
    assert "Accept-Language" in response.headers["Vary"]


def test_every_word_is_in_both_languages() -> None:
    assert len(WORDS) >= 30
    for chinese, english in WORDS.values():
        assert chinese
        assert english.isascii() or english == "中文"


@pytest.mark.parametrize(
    ("suffix", "accept", "content_type"),
    [
        ("", None, "text/csv; charset=utf-8"),
        ("", "*/*", "text/csv; charset=utf-8"),
        ("", "application/json", "application/sparql-results+json"),
        ("", BROWSER["Accept"], "text/html; charset=utf-8"),
        ("?format=csv", BROWSER["Accept"], "text/csv; charset=utf-8"),
        ("?format=json", None, "application/sparql-results+json"),
        ("?format=tsv", None, "text/tab-separated-values; charset=utf-8"),
        ("?format=xml", None, "application/sparql-results+xml"),
    ],
)
def test_a_named_query_has_formats(client: FlaskClient, suffix: str, accept: str | None, content_type: str) -> None:
    response = client.get(f"/query/figures{suffix}", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.content_type) == (200, content_type)


def test_a_named_query_takes_parameters(client: FlaskClient) -> None:
    every = client.get("/query/projects").get_data(as_text=True)
    one = client.get("/query/projects", query_string={"source": "乙县.txt"}).get_data(as_text=True)
    assert len(every.splitlines()) == 6
    (row,) = csv.DictReader(io.StringIO(one))
    assert (row["name"], row["amount_yuan"], row["has_targets"]) == ("下乡调研", "17800", "false")


def test_the_table_of_a_query_is_shown(client: FlaskClient) -> None:
    page = client.get("/query/lineage", query_string={"iri": LEAF}, headers=BROWSER).get_data(as_text=True)
    assert "<td>read-from</td>" in page
    assert "<td>fact</td>" not in page


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/query/nothing", 404, "query-unknown"),
        ("/query/lineage", 400, "parameter-invalid"),
        ("/query/lineage?iri=none", 400, "parameter-invalid"),
        ("/query/figures?colour=red", 400, "parameter-invalid"),
        ("/query/figures?source=a&source=b", 400, "parameter-invalid"),
        ("/query/figures?format=doc", 400, "parameter-invalid"),
        ("/query/figures?source=%FF", 400, "bad-request"),
        ("/dumps/manifest.json", 404, "file-unknown"),
        ("/dumps/../manifest.json", 404, "file-unknown"),
        ("/nothing", 404, "thing-unknown"),
    ],
)
def test_what_is_not_there_is_said_in_one_shape(client: FlaskClient, path: str, status: int, code: str) -> None:
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == status
    assert json.loads(response.data)["error"] == code


@pytest.mark.parametrize(
    ("path", "said", "leads"),
    [
        ("/nothing?lang=zh", "可按名称、文号或金额搜索", "/search?lang=zh"),
        ("/nothing?lang=en", "can be searched", "/search?lang=en"),
        ("/query/lineage?iri=none&lang=zh", "请按下面的说明改正", ""),
    ],
)
def test_the_page_of_an_error_says_what_a_reader_can_do(client: FlaskClient, path: str, said: str, leads: str) -> None:
    page = client.get(path, headers=BROWSER).get_data(as_text=True).partition("<main")[2]
    assert said in page
    assert ('href="/search' in page) is bool(leads)
    assert leads in page


def test_dumps_are_listed_and_sent(client: FlaskClient) -> None:
    page = client.get("/dumps").get_data(as_text=True)
    assert page.count("<code>") == 5
    with client.get(f"/dumps/documents/{PUBLISHED}.nq") as response:
        assert response.mimetype == "application/n-quads"
        assert f"document/{PUBLISHED}".encode() in response.data


def test_the_public_is_shown_no_draft(public_client: FlaskClient) -> None:
    first = public_client.get("/").get_data(as_text=True)
    assert "甲市总工会" in first
    assert "草案</span>" not in first
    assert "不在本站公布" in first
    dumps = public_client.get("/dumps").get_data(as_text=True)
    assert PUBLISHED in dumps
    assert DRAFT not in dumps
    assert "dump.nq" not in dumps
    assert public_client.get(f"/dumps/documents/{DRAFT}.nq").status_code == 404


def test_printed_text_is_escaped(client: FlaskClient) -> None:
    text = "SELECT ('<script>alert(1)</script>' AS ?x) {}"
    page = client.post("/sparql", data={"query": text}, headers=BROWSER).get_data(as_text=True)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
