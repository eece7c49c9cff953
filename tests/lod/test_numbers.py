"""Search for amounts: where tables and forms print them, in every unit, beside words, and never without an amount."""

from __future__ import annotations

import re
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from server.index import SECONDS, Index
from server.numbers import KIND as NUMBER
from server.release import open_release
from server.search import SIZE, Wanted, find, match
from tests.lod.indexed import BASE, Said, ask
from tests.lod.test_search import found
from tests.server.test_pages import BROWSER

UNIT = "泽州县总工会"
EQUAL = 100_000


def sample() -> Said:
    """Return a document in which tables, a form, sentences and an indicator print amounts, and one of another unit."""
    said = Said()
    document = said.document(f"{UNIT}2026年度部门预算", said.unit(UNIT, "140525"), "2026")
    cells = [("2800.19", "收入总计"), ("4.00", "劳务费"), ("0.00", "咨询费"), ("（1.05）", "结余"), ("4", "维修费")]
    for at, (printed, label) in enumerate(cells):
        said.cell(document, at * 20, printed, rowLabel=label, columnPath="支出/预算数", table="收支总表")
    said.cell(document, 300, "2800.19", "", rowLabel="合计", table="无单位表")
    said.field(document, 200, "28001900", unit="元", project="送温暖经费", name="年度资金总额")
    said.statement("本年收入2,800.19万元", document, 400, printedValue="2800.19", unit="万元")
    said.statement("慰问职工2800.19人次", document, 450, printedValue="2800.19", unit="人次")
    said.say(
        f"{document}/indicator/500-509",
        "Indicator",
        level3="救助标准",
        printedValue="28001.9",
        unit="千元",
        part=document,
    )
    other = said.document("平乡县总工会2023年度部门决算", said.unit("平乡县总工会", "130532"), "2023")
    said.cell(other, 7, "2800.190", "元", rowLabel="办公费", columnPath="支出/决算数", table="支出表")
    return said


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return the index of the sample."""
    return sample().index(tmp_path_factory.mktemp("numbers"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of pages over the sample."""
    return sample().client(tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize("typed", ["2800.19", "2,800.19", "2800.190", "２８００．１９"])
def test_a_figure_is_found_in_any_spelling_and_unit_sentences_first(index: Index, typed: str) -> None:
    assert set(found(index, typed)[:2]) == {"本年收入2,800.19万元", "慰问职工2800.19人次"}
    assert found(index, typed)[2:] == ["收入总计 · 支出/预算数", "合计", "办公费 · 支出/决算数"]


@pytest.mark.parametrize(
    "typed", ["2800.19万元", "2800.19 万", "28,001,900元", "0.280019亿元", "28001.9千元", "28.00190百万元"]
)
def test_with_a_unit_the_same_money_is_found_in_every_unit(index: Index, typed: str) -> None:
    labels = ["收入总计 · 支出/预算数", "送温暖经费 · 年度资金总额"]
    assert found(index, typed)[2:] == labels
    assert set(found(index, typed)) == {"本年收入2,800.19万元", "救助标准", *labels}
    assert found(index, "2,800.19元") == ["办公费 · 支出/决算数"]


@pytest.mark.parametrize(
    "text", ["收入总计", "劳务费", "送温暖经费 年度资金总额", "收支总表 支出/预算数", "万元", UNIT]
)
def test_words_alone_find_no_number(index: Index, text: str) -> None:
    assert NUMBER not in [hit.entry.kind for hit in find(index, Wanted(text, {})).hits]
    answer = find(index, Wanted(text, {"kind": NUMBER}))
    assert (answer.total, answer.note) == (0, "amount-needed")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("4", ["劳务费 · 支出/预算数", "维修费 · 支出/预算数"]),
        ("劳务费 4.00", ["劳务费 · 支出/预算数"]),
        ("4万元 维修", ["维修费 · 支出/预算数"]),
        ("收支总表 2026年度 泽州县 4 预算数", ["劳务费 · 支出/预算数", "维修费 · 支出/预算数"]),
        ("2026 4", ["劳务费 · 支出/预算数", "维修费 · 支出/预算数"]),
        ("2023 4", []),
        ("差旅费 4", []),
        ("-1.05", ["结余 · 支出/预算数"]),
        ("1.05", []),
    ],
)
def test_words_beside_an_amount_stand_in_row_column_table_or_document(
    index: Index, text: str, labels: list[str]
) -> None:
    assert found(index, text, kind=NUMBER) == labels
    assert [label for label in found(index, text) if label in labels] == labels


@pytest.mark.parametrize("typed", ["0", "0.00", "0元", "咨询费 0.00"])
def test_of_zeros_the_page_says_that_they_are_not_found(index: Index, made: FlaskClient, typed: str) -> None:
    answer = find(index, Wanted(typed, {}))
    assert NUMBER not in [hit.entry.kind for hit in answer.hits]
    assert answer.note == "zeros"
    assert '""' not in str(match(typed))
    assert "零和空白不能搜索" in made.get("/search", query_string={"q": typed, "lang": "zh"}).text
    assert "Zeros and blanks" in made.get("/search", query_string={"q": typed, "lang": "en"}).text


def test_a_hit_says_its_row_and_column_and_marks_the_figure(made: FlaskClient) -> None:
    said = made.get("/api/search", query_string={"q": "2800.19万元", "kind": NUMBER}).get_json()
    assert [(hit["label"], hit["snippet"], hit["year"], hit["region"]) for hit in said["result"]] == [
        ("收入总计 · 支出/预算数", "2800.19 万元 · 收支总表", "2026", "140525"),
        ("送温暖经费 · 年度资金总额", "28001900 元", "2026", "140525"),
    ]
    assert [hit["snippet"][start:end] for hit in said["result"] for start, end in hit["marks"]] == [
        "2800.19",
        "28001900",
    ]
    assert {hit["unit"]["label"] for hit in said["result"]} == {UNIT}
    assert said["result"][0]["iri"] == f"{said['result'][0]['document']}/observation/0-7"


def test_numbers_are_counted_by_every_facet(index: Index) -> None:
    whole = find(index, Wanted("2800.19", {}))
    assert {each.value: each.count for each in whole.facets["kind"]} == {NUMBER: 3, "statement": 2}
    assert {each.value: each.count for each in whole.facets["year"]} == {"2026": 4, "2023": 1}
    assert found(index, "2800.19", year="2023") == ["办公费 · 支出/决算数"]
    assert found(index, "2800.19", region="140525", kind=NUMBER) == ["收入总计 · 支出/预算数", "合计"]


def test_what_is_called_just_so_comes_before_numbers(tmp_path: Path) -> None:
    said = sample()
    said.project("某项目", f"{BASE}d", code="4")
    assert found(said.index(tmp_path), "4")[0] == "某项目"


@given(
    value=st.decimals(min_value=1, max_value=10**6, places=2),
    others=st.lists(st.decimals(1, 10**6, places=2), max_size=5),
)
@settings(max_examples=20, deadline=None)
def test_nothing_but_the_figure_is_found(
    tmp_path_factory: pytest.TempPathFactory, value: Decimal, others: list[Decimal]
) -> None:
    said = Said()
    document = said.document("某单位2024年度部门预算", said.unit("某单位"), "2024")
    for at, each in enumerate([value, *others]):
        said.cell(document, at * 30, f"{each:f}", rowLabel=f"第{at}行")
    index = said.index(tmp_path_factory.mktemp("index"))
    rows = [f"第{at}行" for at, each in enumerate([value, *others]) if each == value]
    assert found(index, f"{value:,.3f}", kind=NUMBER) == rows


def test_a_figure_in_very_many_places_is_counted_and_paged_within_the_limit(tmp_path: Path) -> None:
    sample().index(tmp_path)
    connection = sqlite3.connect(tmp_path / "search.sqlite")
    connection.execute(
        """WITH RECURSIVE place (at) AS (SELECT 1000 UNION ALL SELECT at + 1 FROM place LIMIT ?)
        INSERT INTO figure SELECT value, source, at, 'observation/' || at || '-9', printed, unit, label, path, title
        FROM figure, place WHERE value = '4' AND start = 20""",
        [EQUAL],
    )
    connection.commit()
    connection.close()
    index = Index(tmp_path / "search.sqlite", SECONDS)
    for text in ("4", "4万元", "劳务费 4"):
        first = find(index, Wanted(text, {}))
        assert first.total == EQUAL + (1 if "劳" in text else 2)
        assert sum(each.count for each in first.facets["year"]) == first.total
        assert len(find(index, Wanted(text, {}, first.pages)).hits) == first.total % SIZE


# --- of a release ---


def test_each_amount_of_a_built_release_leads_to_its_cell(built: Path, client: FlaskClient) -> None:
    index = Index(open_release(built).index_path)
    cells: dict[Decimal, set[str]] = {}
    for row in client.get("/api/figures.json").get_json():
        cells.setdefault(Decimal(row["value"]), set()).add(row["iri"])
    cells.pop(Decimal(0), None)
    assert sum(map(len, cells.values())) > 300
    for value, iris in cells.items():
        first = find(index, Wanted(f"{value:,}", {"kind": NUMBER}))
        pages = (find(index, Wanted(f"{value:,}", {"kind": NUMBER}, page)) for page in range(1, first.pages + 1))
        hits = [hit for page in pages for hit in page.hits]
        assert iris <= {hit.entry.iri for hit in hits}
        shown = {piece for hit in hits for piece, marked in hit.text.pieces() if marked}
        assert {Decimal(each) for each in shown} == {value}


def test_a_number_is_shown_with_the_separators_of_its_text_and_leads_to_its_page(client: FlaskClient) -> None:
    asked = {"q": "2463.57万元", "kind": NUMBER}
    said = client.get("/api/search", query_string=asked).get_json()
    shown = [hit["snippet"][start:end] for hit in said["result"] for start, end in hit["marks"]]
    assert set(shown) == {"2463.57", "24,635,700"}
    page = client.get("/search", query_string=asked, headers=BROWSER).text
    links = re.findall(r'<a href="(/document/[0-9a-f]{64}/(?:observation|reading)/\d+-\d+)">', page)
    assert len(links) == said["total"] <= SIZE
    for link, figure_ in zip(links, shown, strict=True):
        assert f"<mark>{figure_}</mark>" in page
        assert re.search(rf'<mark id="e[0-9-]+">{figure_}</mark>', client.get(link, headers=BROWSER).text)


@pytest.mark.parametrize("query", ["2800.19", "2,800.19万元", "收入总计"])
def test_reconciliation_offers_no_number(client: FlaskClient, query: str) -> None:
    assert ask(client, query) == [[]]
    said = client.get("/reconcile/suggest/entity", query_string={"prefix": query}).get_json()
    assert said["result"] == []
