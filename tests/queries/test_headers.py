"""Headers of the query files: read strictly, in one place, and complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.catalogue import CATEGORIES, Query, checks, parse_query, question, questions, read_query
from server.errors import QueryFileError, QueryUnknownError

GOOD = """#+ summary: One
#+ summary-zh: 一
#+ category: money
#+ description: Says one.
#+ parameters:
#+   - name: source
#+     type: string
#+     summary: a path
#+     summary-zh: 路径

SELECT ?source WHERE { ?s ?p ?source }
"""
ALL = [*questions().values(), *checks().values()]


def test_the_queries_are_found() -> None:
    assert len(questions()) >= 6
    assert len(checks()) >= 12


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_headers_are_complete(query: Query) -> None:
    assert query.category in CATEGORIES
    assert query.summary != query.summary_zh
    assert not query.summary_zh.isascii()
    assert query.text.endswith("\n")


@pytest.mark.parametrize("query", questions().values(), ids=lambda query: query.name)
def test_a_question_is_described_in_both_languages(query: Query) -> None:
    assert re.search("[一-鿿]{2}", query.description_zh)
    assert not re.search("[，。；]", query.description)
    columns = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", query.description_zh))
    assert columns <= set(re.findall(r"\w+", query.description)), "columns of which the other language says nothing"
    assert " \n" not in query.description_zh and "  " not in query.description_zh


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_parameters_are_projected_so_that_they_are_bound(query: Query) -> None:
    selected = query.text.split("SELECT", 1)[1].split("WHERE", 1)[0].split()
    assert [each.name for each in query.parameters if f"?{each.variable}" not in selected] == []


def test_every_category_is_used() -> None:
    assert {each.category for each in ALL} == set(CATEGORIES)


def test_a_parameter_is_read() -> None:
    (parameter,) = parse_query("one", GOOD).parameters
    assert (parameter.name, parameter.variable, parameter.required, parameter.hidden) == (
        "source",
        "source",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("#+ summary: One\n", "", "lacks summary"),
        ("summary-zh: 一", "summary-zh: ''", "lacks summary-zh"),
        ("category: money", "category: gold", "none of"),
        ("#+ description: Says one.\n", "", "lacks description"),
        ("description: Says", "title: Says", "lacks description"),
        ("#+ category: money\n", "#+ category: money\n#+ endpoint: x\n", "unknown keys: endpoint"),
        ("#+ category: money\n", "#+ category: money\n#+ category: money\n", "stated twice: category"),
        ("type: string", "type: text", "none of"),
        ("#+     type: string\n", "", "lacks type"),
        ("type: string", "required: maybe\n#+     type: string", "true or false"),
        ("name: source", "name: So urce", "small letters"),
        ("#+ summary: One", "#+summary: One", "no header"),
        ("summary: One", "summary: One: two", "not YAML"),
        ("#+   - name", "#+     name", "must be a list"),
    ],
)
def test_a_broken_header_is_refused(old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryFileError, match=reason):
        parse_query("one", GOOD.replace(old, new))


def test_a_parameter_stated_twice_is_refused() -> None:
    entry = GOOD.partition("parameters:\n")[2].partition("\n\n")[0]
    with pytest.raises(QueryFileError, match="parameters stated twice: source"):
        parse_query("one", GOOD.replace(entry, f"{entry}\n{entry}"))


def test_an_unknown_question_lists_the_known() -> None:
    with pytest.raises(QueryUnknownError, match=r"figures, .*lineage"):
        question("figure")


def test_a_file_of_ones_own_needs_no_header(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")
    assert read_query(path) == Query("mine", "SELECT * WHERE { ?s ?p ?o }")
    path.write_text(GOOD, encoding="utf-8")
    assert read_query(path).parameters
    with pytest.raises(QueryFileError, match="cannot read"):
        read_query(tmp_path / "none.rq")
