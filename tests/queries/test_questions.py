"""The public questions: their columns, their answers in two engines, and what they print of the sample."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pyoxigraph import Literal, NamedNode, Store
from rdflib import Dataset

from server.catalogue import question, questions
from server.evaluate import Evaluation, evaluate, named_query
from server.fill import fill
from tests.queries.engines import answer, rows_of_pyoxigraph, rows_of_rdflib
from tests.server.sample_release import (
    BASE,
    DOCUMENT,
    LEAF,
    ORGANISATION,
    PROJECT,
    TOTAL,
    text,
)

# From the table of stable columns of the design; columns may be appended, never moved.
COLUMNS = {
    "documents": "source, title, fiscal_year, kind, status, tables, figures, projects, iri, disclosure",
    "tables": "source, title, kind, first_line, last_line, empty",
    "figures": "source, line, start, end, table_kind, row_label, code, column, value, unit, amount_yuan, "
    "role, fiscal_year, phase, iri, safe_to_sum",
    "projects": "source, name, code, amount_yuan, period_total_yuan, annual_total_yuan, implementing_unit, has_targets",
    "organisations": "source, name, role, code, nature, grade, funding, parent, line, region, iri",
    "statements": "source, line, start, end, quote, subject, measure, value, unit, fiscal_year, direction, "
    "kind, operator, number, amount_yuan, relative_to, as_of, phase, value_start, value_end, iri",
    "indicators": "source, line, project, scope, level1, level2, level3, description, operator, value, unit, "
    "actual, score, basis, points, number, reason, iri",
    "quantities": "source, line, start, end, table_kind, row_label, column, value, unit, fiscal_year, iri",
    "facts": "unit, region, fiscal_year, phase, measure, code, label, fund_scope, amount_yuan, low, high, status, "
    "sources, iri, level, carry_over, economic_code, project, safe_to_sum, statements, economic_label, "
    "operation_character, flow",
    "expenditure-by-function": "unit, fiscal_year, phase, code, label, fund_scope, carry_over, amount_yuan, status, "
    "sources, iri, level",
    "basic-and-project": "unit, fiscal_year, phase, fund_scope, carry_over, basic_yuan, project_yuan, project_share, "
    "basic, project, level",
    "budget-and-accounts": "unit, fiscal_year, measure, code, label, fund_scope, carry_over, level, budget_phase, "
    "budget_yuan, accounts_yuan, difference_yuan, percent, budget_sources, sources, budget_iri, iri",
    "three-public": "unit, fiscal_year, phase, measure, fund_scope, amount_yuan, low, high, status, sources, iri, "
    "level, carry_over",
    "largest-changes": "source, line, measure, fiscal_year, direction, amount_yuan, relative_year, earlier_low, "
    "earlier_high, quote, iri, subject",
    "indicators-compared": "unit, fiscal_year, project, amount_yuan, scope, level2, level3, operator, value, "
    "unit_of_value, number, source, line, iri",
    "said-about": "source, line, type, quote, value, unit, fiscal_year, iri",
    "read-at": "source, line, start, end, type, quote, value, iri, fact",
    "findings": "source, severity, rule, lines, found, expected, message_zh, message_en, iri, status, slack, "
    "consequences, reply, key, concern",
    "audit-summary": "source, violations, warnings, infos, amounts, not_comparable, iri",
    "rules": "rule, severity, concern, label_zh, label_en, why_zh, why_en, source, example_zh, example_en, "
    "false_alarm_zh, false_alarm_en, remedy_zh, remedy_en, findings, iri",
    "finding-cells": "finding, line, start, end, quote, table, label, column, suspect, iri",
    "find": "source, line, type, label, value, iri",
    "lineage": "step, relation, iri, type, label, value, source, line, start, end, quote",
    "citations": "source, line, start, end, quote, doc_number, title, article, role, project, status, "
    "kind, informal, legal_iri, issuers, indicator, reason, iri, amended, validity",
    "legal-documents": "iri, doc_number, title, region, issuer, year, status, citations, documents, projects, "
    "amount_yuan, kind, level, code, funding, carries",
    "policy-linkage": "doc_number, legal_iri, title, link, project, project_iri, unit, fiscal_year, phase, "
    "amount_yuan, source, line, quote, status, role, low, high, fact_status, fact_iri, indicators",
    "projects-without-basis": "source, project, unit, fiscal_year, amount_yuan, project_iri, form",
    "old-bases": "doc_number, title, year, fiscal_year, age, project, unit, source, line, quote, iri",
    "bases-after-plan": "doc_number, title, year, fiscal_year, years_after, project, unit, source, line, quote, "
    "disclosure, iri",
    "bases-of-other-years-or-levels": "doc_number, title, why, found, expected, project, unit, fiscal_year, source, "
    "line, quote, iri",
    "shared-bases": "legal_iri, doc_number, title, units, unit_names, projects, amount_yuan",
    "most-cited-laws": "region, title, legal_iri, citations, documents, units",
    "legal-discrepancies": "kind, score, reason, party, doc_number, title, proposed, source, line, quote, iri, "
    "discrepancy",
    "legal-relations": "relation, from_doc_number, from_title, from_iri, to_doc_number, to_title, to_iri, source, "
    "line, quote, iri",
    "legal-series": "code, doc_number, title, year, next_doc_number, next_title, iri, next_iri",
    "funding-lines": "doc_number, title, project, source, line, table_kind, row_label, column, value, unit, "
    "amount_yuan, fiscal_year, phase, role, iri",
}
OPEN = (
    "basic-and-project",
    "documents",
    "expenditure-by-function",
    "facts",
    "figures",
    "indicators",
    "largest-changes",
    "organisations",
    "projects",
    "quantities",
    "statements",
    "tables",
    "three-public",
)
"""Questions that need no parameter."""
HITS = ("甲市/预算.txt", "copies/甲市.txt", "乙县.txt")
BY_SOURCE = ("tables", "figures", "projects", "organisations")
SAID = "丁县/决算.txt"
SAID_BY_SOURCE = ("statements", "indicators", "quantities")
SPAN = f"{DOCUMENT}/text#char=54,59"
# The statements, indicators and facts of answers.ttl.
ACCOUNTS = f"{BASE}document/{'d' * 64}"
HEAD = f"{ACCOUNTS}/statement/24-29"
LESS = f"{ACCOUNTS}/statement/68-69"
FACT = f"{BASE}fact/510422/00000000000000d1/2024/finalAccounts/project-expenditure-0000000a/all"
THINGS = (
    TOTAL,
    LEAF,
    SPAN,
    PROJECT,
    ORGANISATION,
    DOCUMENT,
    f"{DOCUMENT}/text",
    f"{DOCUMENT}/table/16-72",
    f"{DOCUMENT}/organisation/162-168",
    f"{DOCUMENT}/reading/187-194",
    f"{BASE}disclosure/130700/0000000000000001/2024/budget",
    f"{BASE}code/functional/2024/2012999",
    HEAD,
    LESS,
    f"{LESS}/earlier/project-expenditure",
    FACT,
    f"{ACCOUNTS}/indicator/141-145",
    f"{ACCOUNTS}/quantity/177-178",
    f"{ACCOUNTS}/staffing/185-187",
    f"{ACCOUNTS}/alias/189-202",
    f"{BASE}region/510422",
    "https://w3id.org/yusuan/code/measure/three-public",
)
CASES: list[tuple[str, Mapping[str, Literal | NamedNode], bool]] = [
    *((name, {}, True) for name in OPEN),
    *((name, {"source": Literal(source)}, True) for name in BY_SOURCE for source in HITS),
    *((name, {"source": Literal(SAID)}, True) for name in SAID_BY_SOURCE),
    *((name, {"source": Literal("no such file")}, False) for name in (*BY_SOURCE, *SAID_BY_SOURCE)),
    ("statements", {"source": Literal("丙市/预算.txt")}, True),
    ("indicators", {"source": Literal("丙市/预算.txt")}, False),
    *(("facts", {"wanted_unit": Literal(unit)}, True) for unit in ("丁县总工会", "丙市总工会")),
    ("facts", {"wanted_unit": Literal("丁县总工会本级")}, False),
    ("facts", {"wanted_measure": Literal("basic-expenditure")}, True),
    ("facts", {"wanted_measure": Literal("基本支出")}, False),
    ("facts", {"wanted_unit": Literal("丁县总工会"), "wanted_measure": Literal("reception")}, True),
    ("facts", {"wanted_unit": Literal("丙市总工会"), "wanted_measure": Literal("reception")}, False),
    ("budget-and-accounts", {}, True),
    ("budget-and-accounts", {"wanted_measure": Literal("three-public")}, True),
    ("budget-and-accounts", {"wanted_measure": Literal("reception")}, False),
    ("expenditure-by-function", {"code": Literal("2012901")}, True),
    ("expenditure-by-function", {"code": Literal("201")}, False),
    *(("indicators-compared", {"wanted": Literal(text)}, True) for text in ("送温暖", "慰问", "满意度", "部门整体")),
    ("indicators-compared", {"wanted": Literal("no such words")}, False),
    *(
        ("said-about", {"wanted": Literal(text)}, True)
        for text in ("送温暖", "支出总计", "丁县", "工会经费", "慰问人数")
    ),
    ("said-about", {"wanted": Literal("no such words")}, False),
    *(("read-at", {"source": Literal(SAID), "line": Literal(line)}, True) for line in (1, 2, 3, 6, 9, 11, 12)),
    ("read-at", {"source": Literal("copies/甲市.txt"), "line": Literal(7)}, True),
    ("read-at", {"source": Literal(SAID), "line": Literal(99)}, False),
    ("read-at", {"source": Literal("no such file"), "line": Literal(2)}, False),
    *(
        ("find", {"wanted": Literal(text)}, True)
        for text in ("培训", "36.70", "36.70万元", "24P0000", "乙县", "困难职工", "12")
    ),
    ("find", {"wanted": Literal("no such words")}, False),
    *(("lineage", {"fact": NamedNode(iri)}, True) for iri in THINGS),
    ("lineage", {"fact": NamedNode(f"{BASE}nothing")}, False),
]


def test_every_question_is_tested() -> None:
    assert set(questions()) == set(COLUMNS)
    assert len(CASES) >= 90


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_columns_are_those_promised(store: Store, name: str) -> None:
    header = evaluate(store, named_query(question(name), {}, "csv")).decode("utf-8").split("\r\n")[0]
    assert header == COLUMNS[name].replace(", ", ",")


@pytest.mark.parametrize(("name", "bindings", "hit"), CASES)
def test_both_engines_answer_alike(
    store: Store, dataset: Dataset, name: str, bindings: Mapping[str, NamedNode | Literal], hit: bool
) -> None:
    rows = rows_of_pyoxigraph(store, question(name), bindings)
    assert rows == rows_of_rdflib(dataset, question(name), bindings)
    assert bool(rows) is hit


@pytest.mark.parametrize(("name", "bindings", "hit"), [case for case in CASES if case[1]])
def test_a_question_with_its_values_written_in_answers_as_with_them_bound(
    store: Store, name: str, bindings: Mapping[str, NamedNode | Literal], hit: bool
) -> None:
    written = evaluate(store, Evaluation(fill(question(name), bindings), "csv"))
    assert written == evaluate(store, named_query(question(name), bindings, "csv"))


def test_what_a_value_says_is_no_variable() -> None:
    written = fill(question("read-at"), {"source": Literal('?line".txt'), "line": Literal(8)})
    assert 'def:sourcePath "?line\\".txt"' in written


@pytest.mark.parametrize("name", OPEN)
def test_every_column_is_filled_somewhere(store: Store, name: str) -> None:
    rows = answer(store, name)
    assert [column for column in rows[0] if not any(row[column] for row in rows)] == []


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("documents", "title fiscal_year"),
        ("tables", "title"),
        ("figures", "row_label code column unit amount_yuan fiscal_year"),
        ("projects", "code amount_yuan period_total_yuan annual_total_yuan implementing_unit"),
        ("organisations", "code nature grade funding parent region"),
        ("statements", "subject fiscal_year direction amount_yuan relative_to as_of phase"),
        (
            "indicators",
            "project scope level1 level2 level3 description operator value unit actual score basis points number "
            "reason",
        ),
        ("quantities", "table_kind row_label column unit fiscal_year"),
        ("facts", "unit code label amount_yuan economic_code economic_label project region"),
        ("expenditure-by-function", "amount_yuan"),
        ("basic-and-project", "basic_yuan project_share"),
        ("three-public", "unit amount_yuan"),
        ("largest-changes", "subject"),
    ],
)
def test_every_optional_column_is_empty_somewhere(store: Store, name: str, columns: str) -> None:
    rows = answer(store, name)
    assert [column for column in columns.split() if all(row[column] for row in rows)] == []


def test_figures_print_values_as_promised(store: Store) -> None:
    rows = answer(store, "figures", source=Literal("甲市/预算.txt"))
    assert [(row["value"], row["amount_yuan"], row["role"]) for row in rows] == [
        ("1870.30", "18703000", "total"),
        ("36.70", "367000", "leaf"),
        ("1833.60", "18336000", "leaf"),
        ("1833.60", "", "leaf"),
        ("0", "", "leaf"),
    ]
    assert [(row["fiscal_year"], row["phase"]) for row in rows][2:4] == [
        ("2024", "approved"),
        ("", "unspecified"),
    ]


def test_figures_leave_out_tables_of_targets(store: Store) -> None:
    assert "performance-target" in {row["kind"] for row in answer(store, "tables")}
    assert "performance-target" not in {row["table_kind"] for row in answer(store, "figures")}


def test_offsets_of_figures_read_the_value(store: Store) -> None:
    rows = answer(store, "figures", source=Literal("甲市/预算.txt"))
    assert any(";" in row["start"] for row in rows)
    for row in rows:
        pairs = zip(row["start"].split(";"), row["end"].split(";"), strict=True)
        printed = "".join(text("published")[int(start) : int(end)] for start, end in pairs)
        assert printed.replace(",", "") == row["value"]


@pytest.mark.parametrize("name", ["figures", "tables"])
def test_rows_follow_the_text_by_number(store: Store, name: str) -> None:
    first = "start" if name == "figures" else "first_line"
    rows = answer(store, name, source=Literal("甲市/预算.txt"))
    starts = [int(row[first].split(";")[0]) for row in rows]
    assert starts == sorted(starts)
    assert [str(start) for start in starts] != sorted(str(start) for start in starts)


def test_a_document_of_two_paths_gives_a_row_each(store: Store) -> None:
    named = [row["source"] for row in answer(store, "projects") if row["name"] == "职工培训项目"]
    assert named == ["copies/甲市.txt", "甲市/预算.txt"]


def test_implementing_unit_is_a_name_in_either_form(store: Store) -> None:
    units = {row["name"]: row["implementing_unit"] for row in answer(store, "projects")}
    assert units == {"职工培训项目": "甲市职工学校", "慰问项目": "", "下乡调研": "乙县工人文化宫", "送温暖": ""}


def test_booleans_are_true_and_false(store: Store) -> None:
    assert {row["has_targets"] for row in answer(store, "projects")} == {"true", "false"}
    assert {row["empty"] for row in answer(store, "tables")} == {"true", "false"}


def test_documents_are_counted_once_each(store: Store) -> None:
    counts = {row["source"]: (row["tables"], row["figures"], row["projects"]) for row in answer(store, "documents")}
    assert counts == {
        "甲市/预算.txt": ("4", "6", "2"),
        "copies/甲市.txt": ("4", "6", "2"),
        "乙县.txt": ("1", "1", "1"),
        SAID: ("2", "0", "1"),
    }


def test_find_names_each_thing_once_per_path(store: Store) -> None:
    rows = answer(store, "find", wanted=Literal("36.70"))
    assert [(row["source"], row["type"], row["label"], row["iri"]) for row in rows] == [
        ("copies/甲市.txt", "Observation", "工会经费", LEAF),
        ("丙市/预算.txt", "Statement", "2024年支出预算36.70万元", f"{BASE}document/{'c' * 64}/statement/9-14"),
        ("甲市/预算.txt", "Observation", "工会经费", LEAF),
    ]


def test_find_takes_a_number_with_the_unit_of_its_table(store: Store) -> None:
    rows = answer(store, "find", wanted=Literal("36.70万元"))
    assert [(row["source"], row["type"]) for row in rows] == [
        ("copies/甲市.txt", "Observation"),
        ("丙市/预算.txt", "Statement"),
        ("甲市/预算.txt", "Observation"),
    ]
    assert not answer(store, "find", wanted=Literal("36.70元"))


def relations(store: Store, iri: str) -> set[tuple[str, str, str]]:
    """Return step, relation and IRI below the document of what is linked to a thing."""
    rows = answer(store, "lineage", fact=NamedNode(iri))
    return {(row["step"], row["relation"], row["iri"].removeprefix(DOCUMENT)) for row in rows}


def test_lineage_of_a_leaf_goes_both_ways(store: Store) -> None:
    assert relations(store, LEAF) >= {
        ("0", "self", "/observation/54-59"),
        ("1", "read-from", "/text#char=54,59"),
        ("1", "in-table", "/table/16-72"),
        ("1", "part-of-sum", "/observation/40-48"),
        ("1", "classified-as", f"{BASE}code/functional/2024/2012999"),
        ("2", "in-document", ""),
        ("3", "in-disclosure", f"{BASE}disclosure/130700/0000000000000001/2024/budget"),
    }


def test_lineage_of_a_total_names_its_parts(store: Store) -> None:
    parts = {iri for step, relation, iri in relations(store, TOTAL) if (step, relation) == ("1", "sum-of")}
    assert parts == {"/observation/54-59", "/observation/64-72"}


def test_lineage_of_a_project_reaches_entry_span_and_amount(store: Store) -> None:
    found = {(step, relation) for step, relation, _ in relations(store, PROJECT)}
    assert found >= {("0", "self"), ("1", "stated-by"), ("2", "read-from"), ("2", "named-by")}


def test_lineage_quotes_the_span(store: Store) -> None:
    rows = answer(store, "lineage", fact=NamedNode(LEAF))
    (span,) = {(row["quote"], row["line"], row["start"], row["end"]) for row in rows if row["type"] == "Span"}
    assert span == ("36.70", "7", "54", "59")
    itself = next(row for row in rows if row["relation"] == "self")
    assert (itself["type"], itself["label"], itself["value"]) == ("Observation", "工会经费 / 预算数", "36.70")
    assert itself["source"] == "copies/甲市.txt"


def test_statements_read_their_clause_and_number(store: Store) -> None:
    rows = answer(store, "statements", source=Literal(SAID))
    assert [(row["value"], row["unit"], row["kind"], row["fiscal_year"]) for row in rows] == [
        ("50.00", "万元", "amount", "2024"),
        ("30.00", "万元", "amount", "2024"),
        ("20.00", "万元", "amount", "2024"),
        ("5", "万元", "change", "2024"),
        ("40", "%", "share", ""),
        ("60", "人", "count", ""),
    ]
    change, share, count = rows[3:]
    assert (change["measure"], change["direction"], change["relative_to"]) == ("项目支出", "decrease", "2023")
    assert (change["subject"], change["number"], change["amount_yuan"]) == ("丁县总工会", "5", "50000")
    assert (share["relative_to"], share["amount_yuan"]) == ("支出总计", "")
    assert (count["as_of"], count["direction"]) == ("2024-12-31", "")
    for row in rows:
        first = int(row["value_start"]) - int(row["start"])
        assert row["quote"][first : first + len(row["value"])] == row["value"]


def test_indicators_say_whose_they_are(store: Store) -> None:
    rows = answer(store, "indicators", source=Literal(SAID))
    assert [(row["project"], row["scope"], row["operator"], row["value"]) for row in rows] == [
        ("送温暖", "period", "≈", "90"),
        ("送温暖", "annual", "≥", "60"),
        ("", "", "", ""),
        ("(部门整体)", "", "定性", "满意"),
    ]
    assert (rows[0]["points"], rows[0]["score"], rows[0]["number"]) == ("10", "9.5", "90")
    assert rows[0]["reason"].startswith("stands outside")


def test_indicators_are_compared_with_the_budget_of_their_project(store: Store) -> None:
    rows = answer(store, "indicators-compared", wanted=Literal("满意度"))
    assert [(row["unit"], row["fiscal_year"], row["project"]) for row in rows] == [("丁县总工会", "2024", "(部门整体)")]
    amounts = [row["amount_yuan"] for row in answer(store, "indicators-compared", wanted=Literal("送温暖"))]
    assert amounts == ["200000", "200000"]


def test_quantities_print_as_they_are_written(store: Store) -> None:
    rows = answer(store, "quantities")
    assert [(row["table_kind"], row["row_label"], row["column"], row["value"], row["unit"]) for row in rows] == [
        ("assets", "车辆", "2023年", "3", "辆"),
        ("", "", "", "5.0", ""),
    ]


def test_facts_are_one_row_each_with_one_name_each(store: Store) -> None:
    rows = answer(store, "facts")
    assert len({row["iri"] for row in rows}) == len(rows) == 29
    assert {row["unit"] for row in rows} == {"丁县总工会", "丙市总工会", ""}
    assert {(row["code"], row["label"]) for row in rows} >= {
        ("201", "一般公共服务支出"),
        ("2012901", "行政运行"),
        ("2012999", "其他群众团体事务支出"),
    }
    economic = {(row["economic_code"], row["economic_label"]) for row in rows}
    assert economic == {("", ""), ("30101", "基本工资"), ("50101", "工资")}
    assert {row["project"] for row in rows} == {"", "送温暖"}


def test_a_conflicting_fact_has_no_amount(store: Store) -> None:
    rows = answer(store, "facts", wanted_unit=Literal("丁县总工会"))
    assert {row["status"] for row in rows} == {"single", "agreed", "conflicting"}
    assert all((row["status"] == "conflicting") == (row["amount_yuan"] == "") for row in rows)
    agreed = next(row for row in rows if row["iri"].endswith("basic-expenditure-0000000a/all"))
    assert (agreed["amount_yuan"], agreed["low"], agreed["high"]) == ("300000", "299950", "300050")
    assert (agreed["statements"], agreed["region"], agreed["measure"]) == ("2", "510422", "基本支出")


def test_money_of_an_unknown_unit_is_not_left_out(store: Store) -> None:
    (fact,) = (row for row in answer(store, "facts") if not row["unit"])
    assert (fact["measure"], fact["amount_yuan"], fact["region"]) == ("公务接待费", "500", "")
    assert [row["amount_yuan"] for row in answer(store, "three-public") if not row["unit"]] == ["500"]
    assert answer(store, "facts", wanted_unit=Literal("丙市总工会"))[0]["unit"] == "丙市总工会"


def test_accounts_stand_beside_the_budget_of_the_same_money(store: Store) -> None:
    shown = ("unit", "measure", "budget_phase", "budget_yuan", "accounts_yuan", "difference_yuan", "percent")
    assert [tuple(row[each] for each in shown) for row in answer(store, "budget-and-accounts")] == [
        ("丁县总工会", "“三公”经费", "approved", "700", "900", "200", "28.57"),
        ("丁县总工会", "因公出国（境）费", "approved", "0", "0", "0", ""),
    ]


def test_expenditure_by_function_counts_nothing_twice(store: Store) -> None:
    rows = answer(store, "expenditure-by-function")
    assert [(row["code"], row["label"], row["amount_yuan"], row["status"]) for row in rows] == [
        ("2012901", "行政运行", "300000", "single"),
        ("2012999", "其他群众团体事务支出", "", "conflicting"),
    ]


def test_basic_and_project_expenditure_share_a_key(store: Store) -> None:
    rows = answer(store, "basic-and-project")
    found = [
        (row["fiscal_year"], row["fund_scope"], row["basic_yuan"], row["project_yuan"], row["project_share"])
        for row in rows
    ]
    assert found == [
        ("2023", "general-public", "0", "0", ""),
        ("2024", "all", "300000", "200000", "0.4"),
        ("2024", "general-public", "", "0", ""),
    ]


def test_three_public_names_the_total_before_its_parts(store: Store) -> None:
    rows = answer(store, "three-public")
    assert [(row["fiscal_year"], row["measure"], row["amount_yuan"]) for row in rows] == [
        ("2024", "公务接待费", "500"),
        ("2023", "“三公”经费", ""),
        ("2024", "“三公”经费", "700"),
        ("2024", "因公出国（境）费", "0"),
        ("2024", "“三公”经费", "900"),
        ("2024", "因公出国（境）费", "0"),
        ("2024", "公务用车购置及运行维护费", "0"),
        ("2024", "公务用车购置费", "0"),
        ("2024", "公务用车运行维护费", "0"),
        ("2024", "公务接待费", "900"),
    ]


def test_changes_are_ordered_by_their_money(store: Store) -> None:
    rows = answer(store, "largest-changes")
    found = [(row["amount_yuan"], row["direction"], row["earlier_low"], row["earlier_high"]) for row in rows]
    assert found == [("50000", "decrease", "244950", "255050"), ("30000", "increase", "336900", "337100")]


def test_what_is_said_is_quoted_with_its_unit(store: Store) -> None:
    rows = answer(store, "said-about", wanted=Literal("支出总计"))
    assert [(row["type"], row["quote"], row["value"], row["unit"]) for row in rows] == [
        ("statement", "2024年支出总计50.00万元", "50.00", "万元"),
        ("statement", "送温暖占支出总计的40%", "40", "%"),
    ]
    types = {row["type"] for text in ("工会经费", "慰问") for row in answer(store, "said-about", wanted=Literal(text))}
    assert types == {"figure", "statement", "indicator"}


def test_a_line_shows_each_statement_once_with_its_fact(store: Store) -> None:
    rows = answer(store, "read-at", source=Literal(SAID), line=Literal(2))
    assert [(row["type"], row["quote"], row["value"], bool(row["fact"])) for row in rows] == [
        ("Statement", "2024年支出总计50.00万元", "50.00", True),
        ("Statement", "基本支出30.00万元", "30.00", True),
        ("Statement", "项目支出20.00万元", "20.00", True),
        ("Statement", "项目支出比上年减少5万元", "5", False),
    ]
    kinds = {row["type"] for line in range(1, 13) for row in answer(store, "read-at", line=Literal(line))}
    assert kinds >= {"Indicator", "Quantity", "Staffing", "AliasEntry", "OrganisationEntry", "ProjectEntry", "Table"}


def test_lineage_of_a_fact_names_each_claim_once(store: Store) -> None:
    found = relations(store, FACT)
    assert {relation for _, relation, iri in found if iri.startswith(ACCOUNTS)} == {"stated-by", "read-from"}
    assert ("1", "stated-by", f"{ACCOUNTS}/statement/51-56") in found
    assert ("1", "year-before", FACT.replace("2024", "2023")) in found
    assert not {iri for step, relation, iri in found if (step, relation) == ("1", "read-from")}
    labels = {row["relation"]: row["label"] for row in answer(store, "lineage", fact=NamedNode(FACT))}
    assert (labels["self"], labels["measures"]) == ("项目支出 2024", "项目支出")


def test_lineage_of_a_statement_reaches_its_head_and_its_fact(store: Store) -> None:
    found = relations(store, f"{ACCOUNTS}/statement/51-56")
    assert {("1", "part-of-statement", HEAD), ("1", "states", FACT)} <= found
    assert {iri for _, relation, iri in relations(store, HEAD) if relation == "divided-by"} == {
        f"{ACCOUNTS}/statement/39-44",
        f"{ACCOUNTS}/statement/51-56",
    }
    assert ("1", "states", FACT.replace("2024", "2023")) in relations(store, f"{LESS}/earlier/project-expenditure")


def test_organisations_say_where_they_are(store: Store) -> None:
    rows = answer(store, "organisations", source=Literal(SAID))
    assert [(row["line"], row["region"], row["iri"], row["parent"]) for row in rows] == [
        ("1", "510422", f"{BASE}organisation/510422/00000000000000d1", "中共丁县委")
    ]
