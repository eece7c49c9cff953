"""Search: what is found and counted, how it is narrowed down and paged, what no search can do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.searchable import KINDS as INDEXED
from mapping.searchable import OTHER
from mapping.spellings import words
from server.errors import PageUnknownError
from server.index import Index
from server.numbers import KIND as NUMBER
from server.search import FACETS, KINDS, SIZE, Wanted, excerpt, find, match
from server.wording import WORDS, page_words
from tests.lod.indexed import BASE, Said
from tests.mapping.number_styles import CODES, SERIALS, STYLES, YEARS, spaced
from tests.server.test_pages import BROWSER, Outline

ALPHABET = "送温暖工会经费春节"
LABELS = st.lists(st.text(alphabet=ALPHABET + "2，a", min_size=1, max_size=8), min_size=1, max_size=12, unique=True)


def found(index: Index, text: str, **narrowed: str) -> list[str]:
    """Return the labels of all that is found, page by page."""
    first = find(index, Wanted(text, narrowed))
    hits = [hit for page in range(1, first.pages + 1) for hit in find(index, Wanted(text, narrowed, page)).hits]
    assert len(hits) == first.total
    assert len({hit.entry.iri for hit in hits}) == len(hits)
    return [hit.entry.label for hit in hits]


@given(labels=LABELS, word=st.text(alphabet=ALPHABET, min_size=1, max_size=4))
@settings(max_examples=40)
def test_a_chinese_word_of_any_length_is_found_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory, labels: list[str], word: str
) -> None:
    said = Said()
    for label in labels:
        said.unit(label, "140525")
    index = said.index(tmp_path_factory.mktemp("index"))
    assert sorted(found(index, word)) == sorted(label for label in labels if word in label)


@given(text=st.text(max_size=30))
def test_no_text_is_read_as_syntax(one_index: Index, text: str) -> None:
    answer = find(one_index, Wanted(text, {}))
    assert answer.total <= 6
    if not words(text) and text:
        assert answer.total == 0


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "送 OR 工",
        "label:送",
        "送*",
        "NEAR(送 工)",
        "-送",
        "^送",
        "(送",
        "'; DROP TABLE entry; --",
        "送\x00工",
        "{label}: 送",
    ],
)
def test_signs_of_fts_are_no_syntax(one_index: Index, text: str) -> None:
    find(one_index, Wanted(text, {}))
    assert found(one_index, "送温暖")


@pytest.fixture(scope="module")
def one_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return the index of a few things."""
    return everything().index(tmp_path_factory.mktemp("one"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of pages over many things."""
    return many().client(tmp_path_factory.mktemp("many"))


def everything() -> Said:
    """Return a unit, its document and what stands in it."""
    said = Said()
    unit = said.unit("泽州县总工会", "140525")
    document = said.document("泽州县总工会2026年度部门预算", unit, "2026")
    said.project("送温暖经费", document)
    said.statement("依据晋工发[2006]054号文件，开展送温暖活动", document, 4)
    said.legal("140000/1", "关于工会经费财政集中划拨的通知", "晋工发〔2006〕54号", "140000")
    return said


def many() -> Said:
    """Return statements of two units in three years, more than fill a page."""
    said = Said()
    for name, region in (("泽州县总工会", "140525"), ("平乡县总工会", "130532")):
        unit = said.unit(name, region)
        for year in ("2023", "2024", "2025"):
            document = said.document(f"{name}{year}年度部门预算", unit, year)
            said.project(f"送温暖经费{year}", document)
            for at in range(int(year) - 2018):
                said.statement(f"{year}年第{at}次慰问，送温暖<b>&活动", document, at)
    return said


@given(number=st.tuples(st.sampled_from(CODES), YEARS, SERIALS), style=st.sampled_from(sorted(STYLES)), data=st.data())
@settings(max_examples=60)
def test_a_document_number_is_found_in_any_spelling_before_all_else(
    tmp_path_factory: pytest.TempPathFactory, number: tuple[str, int, int], style: str, data: st.DataObject
) -> None:
    said = Said()
    code, year, serial = number
    normal = f"{code}〔{year}〕{serial}号"
    said.statement(f"根据{normal}执行，见{normal}", f"{said.unit('某单位')}/d", 1)
    said.legal("cn/1", "关于某事的通知", normal)
    said.legal("cn/2", "关于另一事的通知", f"{code}〔{year}〕{serial + 1}号")
    index = said.index(tmp_path_factory.mktemp("index"))
    answer = find(index, Wanted(spaced(STYLES[style](code, year, serial), data), {}))
    assert answer.hits[0].entry.label == "关于某事的通知"
    assert "关于另一事的通知" not in [hit.entry.label for hit in answer.hits]


def test_a_thing_called_just_so_comes_first(tmp_path: Path) -> None:
    said = Said()
    for name in ("工会经费", "上解工会经费", "工会经费工会经费", "工会经费支出"):
        said.say(f"https://example.org/budget/project/{len(said.quads)}", "Project", label=name)
    assert found(said.index(tmp_path), "工会经费")[0] == "工会经费"


def test_a_citation_is_found_by_who_issued_it_after_what_is_called_so_and_shows_that(tmp_path: Path) -> None:
    said = Said()
    said.say(f"{BASE}citation/1", "Citation", citedTitle="财务管理办法", issuerName="泽州县总工会")
    said.say(f"{BASE}disclosure/1", "Disclosure", label="泽州县总工会2026年度部门预算")
    said.unit("泽州县总工会", "140525")
    hits = find(said.index(tmp_path), Wanted("泽州县总工会", {})).hits
    assert [hit.entry.kind for hit in hits] == ["organisation", "disclosure", "citation"]
    assert "泽州县总工会" in [text for text, marked in hits[2].text.pieces() if marked]


def test_a_number_is_found_where_a_text_prints_it_with_zeros(one_index: Index) -> None:
    assert found(one_index, "晋工发〔2006〕54号") == [
        "关于工会经费财政集中划拨的通知",
        "依据晋工发[2006]054号文件，开展送温暖活动",
    ]


def test_blanks_between_chinese_characters_of_a_text_do_not_count(tmp_path: Path) -> None:
    said = Said()
    said.unit("工 会\n经　费", "140525")
    assert found(said.index(tmp_path), "会经") == ["工 会\n经　费"]


def test_quotation_marks_of_a_text_do_not_count_and_are_marked_with_the_words(tmp_path: Path) -> None:
    said = Said()
    said.unit("“三公”经费", "140525")
    index = said.index(tmp_path)
    (hit,) = find(index, Wanted("三公经费", {})).hits
    assert list(hit.label.pieces()) == [("“", False), ("三公”经费", True), ("", False)]
    assert found(index, "“三公”经费") == found(index, '"三公"经费') == ["“三公”经费"]


def test_a_word_may_name_the_unit_or_year_of_what_says_another(one_index: Index) -> None:
    clause = "依据晋工发[2006]054号文件，开展送温暖活动"
    assert found(one_index, "泽州县总工会 活动") == found(one_index, "2026 活动") == [clause]
    assert found(one_index, "泽州 2026年 送温暖经费") == ["送温暖经费"]
    assert clause not in found(one_index, "泽州县总工会")
    assert clause not in found(one_index, "泽州县总工会 2026")
    assert found(one_index, "平乡县总工会 活动") == []


def test_words_must_all_be_found_and_may_stand_anywhere(one_index: Index) -> None:
    assert found(one_index, "活动 送温暖") == ["依据晋工发[2006]054号文件，开展送温暖活动"]
    assert found(one_index, "送温暖、活动") == ["依据晋工发[2006]054号文件，开展送温暖活动"]
    assert found(one_index, "送温暖 没有") == []
    assert found(one_index, "ＧＢ") == []
    assert match("，。") is None


def test_what_is_found_is_counted_by_every_facet(client: FlaskClient) -> None:
    whole = client.get("/api/search", query_string={"q": "送温暖"}).get_json()
    assert whole["total"] == 2 * (5 + 6 + 7) + 6
    for name in FACETS:
        counted = {each["value"]: each["count"] for each in whole["facets"][name]}
        assert sum(counted.values()) == whole["total"]
        for value, count in counted.items():
            narrowed = client.get("/api/search", query_string={"q": "送温暖", name: value}).get_json()
            assert narrowed["total"] == count
            again = {each["value"]: each["count"] for each in narrowed["facets"][name]}
            assert again == counted


def test_facets_together_narrow_down_and_each_counts_under_the_others(client: FlaskClient) -> None:
    asked = {"q": "送温暖", "year": "2024", "kind": "statement"}
    said = client.get("/api/search", query_string=asked).get_json()
    assert said["total"] == 12
    assert {each["value"]: each["count"] for each in said["facets"]["year"]} == {"2023": 10, "2024": 12, "2025": 14}
    assert {each["value"]: each["count"] for each in said["facets"]["kind"]} == {"statement": 12, "project": 2}
    assert {each["label"]: each["count"] for each in said["facets"]["region"]} == {"泽州县": 6, "平乡县": 6}
    assert {each["label"]: each["count"] for each in said["facets"]["unit"]} == {"泽州县总工会": 6, "平乡县总工会": 6}


def test_pages_part_what_is_found_without_gap_or_repetition(client: FlaskClient) -> None:
    pages = [
        client.get("/api/search", query_string={"q": "送温暖", "page": str(page)}).get_json() for page in (1, 2, 3)
    ]
    assert [len(page["result"]) for page in pages] == [SIZE, SIZE, 42 - 2 * SIZE]
    assert {(page["total"], page["pages"]) for page in pages} == {(42, 3)}
    assert len({hit["iri"] for page in pages for hit in page["result"]}) == 42
    past = client.get("/api/search", query_string={"q": "送温暖", "page": "4"})
    assert (past.status_code, past.get_json()["error"]) == (404, "page-unknown")


def test_without_words_everything_is_listed(client: FlaskClient) -> None:
    said = client.get("/api/search").get_json()
    assert said["total"] == 2 + 6 + 6 + 6 + 36
    assert client.get("/api/search", query_string={"kind": "project"}).get_json()["total"] == 6
    assert client.get("/api/search", query_string={"kind": "table"}).get_json()["total"] == 0


def test_a_hit_says_what_it_is_and_where_its_words_stand(client: FlaskClient) -> None:
    said = client.get("/api/search", query_string={"q": "慰问 送温暖", "year": "2023"}).get_json()
    hit = said["result"][0]
    assert hit["kind"] == "statement"
    assert (hit["region"], hit["year"], hit["unit"]["label"]) in (
        ("140525", "2023", "泽州县总工会"),
        ("130532", "2023", "平乡县总工会"),
    )
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["慰问", "送温暖"]


@given(text=st.text(alphabet="送温暖工会 、a", max_size=300), word=st.text(alphabet="送温暖", min_size=1, max_size=2))
def test_an_excerpt_is_a_piece_of_the_text_and_marks_its_words(text: str, word: str) -> None:
    piece = excerpt(text, re.compile(re.escape(word)))
    assert piece.text.strip("…") in text
    assert "".join(part for part, _ in piece.pieces()) == piece.text
    assert all(word.startswith(part) for part, marked in piece.pieces() if marked)
    assert bool(piece.marks) == (word in text)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"q": "字" * 201}, "q"),
        ({"q": "字 " * 17}, "q"),
        ({"page": "0"}, "page"),
        ({"page": "x"}, "page"),
        ({"page": "１"}, "page"),
        ({"page": "99999"}, "page"),
        ({"kind": "thing"}, "kind"),
        ({"sort": "year"}, "sort"),
        ({"q": ["a", "b"]}, "q"),
    ],
)
def test_what_cannot_be_searched_is_named(client: FlaskClient, asked: dict[str, str], named: str) -> None:
    response = client.get("/api/search", query_string=asked)
    assert (response.status_code, response.get_json()["error"]) == (400, "parameter-invalid")
    assert named in response.get_json()["message"]


def test_the_page_is_json_for_who_takes_no_page(client: FlaskClient) -> None:
    asked = {"q": "送温暖", "page": "2"}
    answer = client.get("/search", query_string=asked, headers={"Accept": "application/json"})
    assert answer.get_json() == client.get("/api/search", query_string=asked).get_json()
    assert "Accept" in answer.headers["Vary"]


def test_no_page_lies_past_the_last(one_index: Index) -> None:
    with pytest.raises(PageUnknownError):
        find(one_index, Wanted("送温暖", {}, 2))


@pytest.mark.parametrize("path", ["/search", "/api/search"])
def test_an_answer_is_not_sent_twice(client: FlaskClient, path: str) -> None:
    first = client.get(path, query_string={"q": "送温暖"})
    assert first.status_code == 200
    tag = first.headers["ETag"]
    again = client.get(path, query_string={"q": "送温暖"}, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    other = client.get(path, query_string={"q": "慰问"}, headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert first.headers["Access-Control-Allow-Origin"] == "*"


PAGES = [
    "/search",
    "/search?q=送温暖",
    "/search?q=送温暖&kind=statement&lang=en",
    "/search?q=送温暖&page=2",
    "/search?q=没有",
]


@pytest.mark.parametrize("path", PAGES)
def test_the_page_can_be_read_aloud_and_its_links_lead_to_searches(client: FlaskClient, path: str) -> None:
    page = Outline(client.get(quote(path, safe="/?&="), headers=BROWSER).text)
    assert page.attributes("html", "lang") in (["zh-Hans"], ["en"])
    assert all(src.startswith("/static/") for src in page.attributes("script", "src"))
    fields = [a["id"] for tag, a in page.tags if tag == "input" and a.get("type") != "hidden"]
    assert sorted(fields) == sorted(page.attributes("label", "for")) == ["q"]
    searches = [link for link in page.attributes("a", "href") if link.startswith("/search")]
    assert searches
    for link in searches:
        assert client.get(link, headers=BROWSER).status_code == 200


def test_the_page_marks_words_escapes_the_rest_and_leads_to_the_things(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "送温暖", "kind": "statement"}, headers=BROWSER).text
    assert page.count("<mark>送温暖</mark>") == SIZE
    assert "&lt;b&gt;&amp;活动" in page
    assert "<b>" not in page
    assert re.search(r'<a href="/document/[0-9a-f]{64}/statement/\d+">', page)
    hostile = client.get("/search", query_string={"q": '"><script>alert(1)</script>'}, headers=BROWSER).text
    assert "<script>alert" not in hostile


def test_a_narrowed_search_offers_to_be_widened(client: FlaskClient) -> None:
    page = Outline(client.get("/search", query_string={"q": "送温暖", "year": "2024"}, headers=BROWSER).text)
    links = [link for link in page.attributes("a", "href") if link.startswith("/search?")]
    assert any("year=" not in link and "q=" in link for link in links)
    assert any("year=2023" in link for link in links)


def test_every_kind_has_its_words_in_both_languages() -> None:
    assert sorted(KINDS) == sorted([*(kind.name for kind in INDEXED), OTHER, NUMBER])
    assert all(all(WORDS[f"found-{kind}"]) for kind in KINDS)
    assert all(f"search-{name}" in WORDS for name in FACETS)


def test_an_index_that_is_missing_is_the_release_s_fault(tmp_path: Path) -> None:
    client = many().client(tmp_path)
    (tmp_path / "search.sqlite").unlink()
    response = client.get("/api/search", query_string={"q": "送"})
    assert (response.status_code, json.loads(response.data)["error"]) == (503, "release-unusable")


# --- what is written otherwise, and what may be meant ---


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of pages over a unit, its project and a sum of money."""
    said = everything()
    said.unit("平乡县总工会", "130532")
    said.statement("工会经费支出28001900元", f"{BASE}document/{'c' * 64}", 9, printedValue="28001900", unit="元")
    said.statement("工会经费收入65万元", f"{BASE}document/{'c' * 64}", 40, printedValue="65", unit="万元")
    return said.client(tmp_path_factory.mktemp("written"))


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("澤州縣總工會", "泽州县总工会"),
        ("送溫暖經費", "送温暖经费"),
        ("泽州县\u200b总工会", "泽州县总工会"),
        ("￥2800.19万元", "工会经费支出28001900元"),
        ("人民币2800.19万元", "工会经费支出28001900元"),
        ("约 ２８００．１９ 万元", "工会经费支出28001900元"),
        ("RMB 28，001，900", "工会经费支出28001900元"),
    ],
)
def test_what_is_written_otherwise_is_found(written: FlaskClient, asked: str, label: str) -> None:
    said = written.get("/api/search", query_string={"q": asked}).get_json()
    assert label in [each["label"] for each in said["result"]]


@pytest.mark.parametrize("asked", ["泽州总工会", "泽州县总公会", "澤州總工會"])
def test_where_nothing_is_found_names_like_it_are_suggested(written: FlaskClient, asked: str) -> None:
    said = written.get("/api/search", query_string={"q": asked}).get_json()
    assert said["total"] == 0
    assert said["suggested"][0]["label"] == "泽州县总工会"
    page = written.get("/search", query_string={"q": asked, "lang": "zh"}, headers=BROWSER).text
    assert page_words()["search.near"][0] in page
    assert "泽州县总工会" in page


def test_a_figure_that_nobody_prints_is_suggested_as_money(written: FlaskClient) -> None:
    said = written.get("/api/search", query_string={"q": "工会经费 650,000"}).get_json()
    assert (said["total"], said["instead"]) == (0, "工会经费 650,000元")
    assert written.get("/api/search", query_string={"q": said["instead"]}).get_json()["total"] == 1


@pytest.mark.parametrize("asked", ["火箭发射场", "泽州县总工会", ""])
def test_nothing_is_suggested_for_what_is_found_or_like_no_name(written: FlaskClient, asked: str) -> None:
    said = written.get("/api/search", query_string={"q": asked}).get_json()
    assert "suggested" not in said
    assert "instead" not in said
