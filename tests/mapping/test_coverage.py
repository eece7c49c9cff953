"""The share of digits that facts explain, and the text that none does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mapping.built import BuiltDocument
from mapping.coverage import FACTS, Coverage, cover
from mapping.release import ReleasedDocument
from tests.mapping.assembled import made, make

SHARED = Path(os.environ.get("YUSUAN_DOCUMENTS", Path(__file__).parents[3] / "shared" / "documents"))
DOCUMENTS = sorted(SHARED.glob("*_*.txt"))
TEXT = """甲县农业农村局2025年部门预算

2025年甲县农业农村局支出预算120.50万元，其中：基本支出80.50万元，占66.80%；项目支出40.00万元。

门牌7788

- 3 -
"""


def covered(built: BuiltDocument, folder: Path) -> Coverage:
    """The coverage of a document."""
    (folder / "dump.nq").write_bytes(built.quads.encode())
    (folder / "text.txt").write_bytes(built.rendition.encode())
    names = ("dump.nq", "findings.nq", "text.txt")
    released = ReleasedDocument(built.iri, built.sha256, built.sources, built.status, *names)
    return cover(folder, released)


def test_numbers_of_facts_dates_and_furniture_are_told_apart(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    found = covered(make(source).built, tmp_path)
    assert found.explained["statement"] == len("12050805066804000")
    assert found.explained["date"] == len("20252025")
    assert found.digits == sum(found.explained.values()) + len("7788")
    assert [(gap.line, gap.quote) for gap in found.gaps] == [(5, "门牌7788")]


def test_rows_give_the_share_of_each_kind_and_each_gap(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    rows = covered(make(source).built, tmp_path).rows()
    assert ["a.txt", None, "unexplained", 4, "13.79%", None] in rows
    assert rows[-1] == ["a.txt", 5, "gap", None, None, "门牌7788"]


CODED = """甲县农业农村局2025年度部门决算

1.208社会保障和就业支出（类）05行政事业单位养老支出（款）02事业单位离退休（项）12.30万元。

2.208社会保障和就业支出类05行政事业单位养老支出款02事业单位离退休项2025年决算数12.30万元。

3.2080502事业单位离退休12.30万元，社会保障和就业支出208（类）12.30万元，30101基本工资4.00万元。
"""


def test_codes_of_classes_are_explained_where_they_stand_beside_names(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(CODED, encoding="utf-8")
    found = covered(make(source).built, tmp_path)
    assert [gap.quote for gap in found.gaps] == []


# A table of points by part of an evaluation (部分, 分值, 得分, 得分率), of which no fact is read.
# Tables with a cell a line whose rows nothing parts: they are named as not read.
LESS = {
    "said-report-guizhou-ceheng-farmland-pipe": 0.94,
    "said-accounts-anhui-chuhe-prison-cells": 0.87,
}


def test_there_are_documents() -> None:
    assert len(DOCUMENTS) >= 5


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:3])
def test_real_documents_are_explained(path: Path, tmp_path: Path) -> None:
    found = covered(make(path).built, tmp_path)
    assert found.share >= 0.98
    assert sum(found.explained[kind] for kind in FACTS) / found.digits >= 0.5


@pytest.mark.parametrize("source", sorted((Path(__file__).parent.parent / "cases").glob("said-*/source.txt")), ids=str)
def test_other_layouts_are_explained(source: Path, tmp_path: Path) -> None:
    assert covered(made(source).built, tmp_path).share >= LESS.get(source.parent.name, 0.96)
