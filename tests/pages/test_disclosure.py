"""The pages of a disclosure, a document, a table and a text: what was printed, in its place, with what was found."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, QuerySolutions

from server.addresses import href
from server.grid import Label, grid_of
from server.release import open_release
from server.view_disclosure import LARGE, SECTIONS, divide
from tests.lod.conftest import BASE, Counting
from tests.pages.visit import BROWSER, PREFIXES, first, read


def test_a_disclosure_shows_its_tables_with_every_number_a_link(client: FlaskClient, counting: Counting) -> None:
    path = first(counting, "?x a def:Disclosure")
    page = read(client, f"{path}?lang=zh")
    document = first(counting, f"?x prov:specializationOf <{BASE.rstrip('/')}{path}>")
    parts = int(found[1]) if (found := re.search(r"第 1 页，共 (\d+) 页", page)) else 1
    shown = page + "".join(read(client, f"{path}?part={part}") for part in range(2, parts + 1))
    store = counting.store.query(
        f"{PREFIXES} SELECT ?x WHERE {{ ?x qb:dataSet/dct:isPartOf <{BASE.rstrip('/')}{document}> }}"
    )
    assert isinstance(store, QuerySolutions)
    numbers = [str(href(row[0].value, BASE, "")) for row in store if isinstance(row[0], NamedNode)]
    assert len(numbers) > 20
    assert [each for each in numbers if f'href="{each}"' not in shown] == []


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_section_can_be_read(client: FlaskClient, counting: Counting, section: str, language: str) -> None:
    page = read(client, f"{first(counting, '?x a def:Disclosure')}?show={section}&lang={language}")
    assert page.count("<h1>") == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "def#" not in page.partition('<aside class="data"')[0]


@pytest.mark.parametrize(
    ("query", "status"), [("show=secrets", 400), ("part=0", 400), ("part=99999", 404), ("part=x", 400)]
)
def test_what_is_not_there_is_refused(client: FlaskClient, counting: Counting, query: str, status: int) -> None:
    response = client.get(f"{first(counting, '?x a def:Disclosure')}?{query}", headers=BROWSER)
    assert response.status_code == status


def test_a_text_without_tables_shows_its_numbers_and_is_no_version_of_another(nameless: FlaskClient) -> None:
    listed = sorted(set(re.findall(r'href="(/disclosure/[^"?]+)', read(nameless, "/"))))
    assert len(listed) == 2
    for path in listed:
        page = read(nameless, path, lang="zh")
        assert "“三公”经费预算合计" in page
        assert 'aria-current="true">正文中的数字' in page
        assert "其他版本" not in page
        assert "没有符合的结果" in read(nameless, path, lang="zh", show="tables")


def test_a_page_asks_few_queries(client: FlaskClient, counting: Counting) -> None:
    path = first(counting, "?x a def:Disclosure")
    counting.asked.clear()
    read(client, path)
    assert len(counting.asked) <= 10


def test_findings_stand_where_they_were_found(client: FlaskClient, counting: Counting) -> None:
    pattern = (
        "?f a def:Finding ; prov:wasDerivedFrom ?c . ?c qb:dataSet ?x FILTER NOT EXISTS { ?f def:consequenceOf ?y }"
    )
    page = read(client, f"{first(counting, pattern)}?lang=zh")
    assert 'class="number marked"' in page
    keys = set(re.findall(r'class="sign \w+" href="#(n\d+)"', page))
    assert keys
    assert keys <= set(re.findall(r'<li id="(n\d+)"', page))
    assert "违规" not in page


def test_a_text_has_numbered_lines_and_leads_to_what_was_read(client: FlaskClient, counting: Counting) -> None:
    number = first(counting, "?x a def:Observation")
    document, _, place = number.partition("/observation/")
    page = read(client, f"{document}/text?at={place}")
    text = open_release_text(client, document)
    start, end = map(int, place.split("-"))
    line = text.count("\n", 0, start) + 1
    found = re.search(rf'<mark id="e{place}">(.*?)</mark>', page)
    if line <= 400:
        assert found
        assert found[1] == text[start:end]
    assert 'id="L1"' in page
    assert client.get(f"{document}/text", headers={"Accept": "text/plain"}).text == text


def open_release_text(client: FlaskClient, document: str) -> str:
    """Return the text of a document as the release keeps it."""
    release = client.application.extensions["yusuan.release"]
    assert release.version == open_release(release.directory.parent.parent).version
    return str(release.rendition(document.rpartition("/")[2]))


@given(figures=st.lists(st.integers(0, 2 * LARGE), max_size=40))
def test_every_table_stands_in_one_part(figures: list[int]) -> None:
    parts = divide(figures)
    assert [at for part in parts for at in part] == list(range(len(figures)))


def cell(row: int, column: int, label: str, path: str, code: str = "") -> dict[str, str]:
    """Return a cell as the queries have it."""
    place = {"row": str(row), "column": str(column), "line": str(row), "cell": f"urn:{row}:{column}"}
    words = {"label": label, "path": path, "code": code, "role": "leaf"}
    return place | words | {"unit": "万元", "printed": "1", "yuan": "10000"}


def test_a_table_of_two_sides_has_its_headings_merged_and_its_blanks_blank() -> None:
    grid = grid_of(
        [
            cell(2, 1, "一、拨款", "收入/预算数"),
            cell(2, 3, "一、服务", "支出/合计"),
            cell(2, 4, "一、服务", "支出/其中"),
            cell(5, 3, "二、外交", "支出/合计"),
        ]
    )
    assert grid
    assert [[(each.text, each.columns, each.rows) for each in row] for row in grid.head] == [
        [("收入", 2, 1), ("支出", 3, 1)],
        [("", 1, 1), ("预算数", 1, 1), ("", 1, 1), ("合计", 1, 1), ("其中", 1, 1)],
    ]
    assert [row.gap for row in grid.rows] == [0, 2]
    labels = [[each.text for each in row.cells if isinstance(each, Label)] for row in grid.rows]
    assert labels == [["一、拨款", "一、服务"], ["", "二、外交"]]
    assert [row.cells.count(None) for row in grid.rows] == [0, 2]


PATHS = st.sampled_from(["", "x", "x/y", "z/y/w"])


@given(
    st.lists(
        st.tuples(
            st.integers(0, 6),
            st.integers(0, 5),
            st.sampled_from(["a", "b"]),
            st.sampled_from(["", "x", "x/y", "z/y/w"]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_head_is_as_wide_as_its_table(cells: list[tuple[int, int, str, str]]) -> None:
    grid = grid_of([cell(*each) for each in cells])
    assert grid
    width = max(len(row.cells) for row in grid.rows)
    covered = [0] * len(grid.head)
    for level, row in enumerate(grid.head):
        for each in row:
            for under in range(level, min(level + each.rows, len(grid.head))):
                covered[under] += each.columns
    assert set(covered) == {width}
