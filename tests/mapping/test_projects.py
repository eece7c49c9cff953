"""Projects of whole disclosures: which amount counts, what is of all years, units of forms, versions of a project."""

from __future__ import annotations

import csv
from decimal import Decimal
from hashlib import sha256

import pytest
from pyoxigraph import RdfFormat, Store, parse

from mapping.facts import Facts, assemble
from mapping.link import link
from mapping.read import read
from mapping.release import ReleasedDocument
from mapping.reread import reread
from mapping.rules import vocabulary
from mapping.triples import write_graph
from server.catalogue import question
from server.evaluate import evaluate, named_query
from server.parameters import bind

BASE = "https://example.org/"
BUDGET, ACCOUNTS = "云岭县水务局2024年部门预算公开", "云岭县水务局2024年度部门决算公开"
TABLE = """{head}

项目支出{kind}表
单位：万元
|项目名称|{heads}|
|村道养护|{amounts}|
|合计|{amounts}|
"""
ACCOUNT = """{head}

支出决算表
单位：万元
|科目编码|科目名称|合计|基本支出|项目支出|
||合计|900.00|600.00|300.00|
|2130305|水利工程建设|900.00|600.00|300.00|
"""
FORM = """
项目支出绩效自评表
|项目名称|村道养护|||||
|立项依据|《云岭省村道养护管理办法》（冀水建管〔2021〕18号）|||||
|年初预算数|{budget}|全年预算数|{adjusted}|全年执行数|{adjusted}|
|一级指标|二级指标|三级指标|年度指标值|实际完成值|得分|
|产出指标|数量指标|养护里程|≥5公里|5公里|30|
"""


def told(text: str) -> Facts:
    return assemble(read(text.encode()), None)


def table(head: str, heads: str, amounts: str) -> str:
    kind = "决算" if "决算" in head else "预算"
    return TABLE.format(head=head, kind=kind, heads=heads, amounts=amounts)


@pytest.mark.parametrize(
    ("head", "heads", "amounts", "yuan"),
    [
        (ACCOUNTS, "年初预算数|决算数", "300.00|296.50", "3000000"),
        (ACCOUNTS, "年初预算数|全年预算数|全年执行数", "300.00|310.00|296.50", "3000000"),
        (ACCOUNTS, "调整预算数|决算数", "310.00|296.50", "3100000"),
        (ACCOUNTS, "一般公共预算|政府性基金", "200.00|100.00", "3000000"),
        (ACCOUNTS, "年初预算/一般公共预算|决算数", "|296.50", "2965000"),
        (BUDGET, "申报数|审核数", "400.00|300.00", "3000000"),
        (BUDGET, "申报数", "400.00", "4000000"),
        (BUDGET, "单价|总投资|本年安排", "3.00|1000.00|300.00", "3000000"),
        (BUDGET, "2024年申报数|2024年审核数|2025年计划数", "400.00|300.00|50.00", "3000000"),
        (BUDGET, "一般公共预算|政府性基金|财政专户", "200.00|100.00|5.00", "3050000"),
    ],
)
def test_a_row_that_prints_several_phases_has_the_amount_of_one(head: str, heads: str, amounts: str, yuan: str) -> None:
    (project,) = told(table(head, heads, amounts)).projects
    assert project.amount == Decimal(yuan)


def test_total_investment_is_another_measure_than_the_budget_of_the_year() -> None:
    facts = told(table(BUDGET, "项目总投资|2024年预算安排", "1000.00|300.00"))
    keyed = [(figure, facts.stated.figures[id(figure)]) for figure in facts.figures]
    of_project = {(figure.printed.printed, key.measure) for figure, key in keyed if key.project}
    assert of_project == {("1000.00", "period-funds"), ("300.00", "project-budget")}


def test_total_investment_in_a_sentence_is_not_the_budget_of_the_year_either() -> None:
    facts = told(table(BUDGET, "金额", "300.00") + "\n村道养护项目总投资1000.00万元，2024年安排300.00万元。\n")
    stated = [
        (facts.statements[at].printed, key.measure)
        for at, keys in facts.stated.statements.items()
        for key in keys
        if key.project
    ]
    assert ("1000.00", "project-budget") not in stated


# --- the unit of a form ---


def test_a_form_without_a_unit_takes_that_of_the_tables_with_a_reason() -> None:
    text = ACCOUNT.format(head=ACCOUNTS) + FORM.format(budget="300", adjusted="310")
    (project,) = told(text).projects
    assert project.amount == Decimal(3000000)
    graph = write_graph(told(text), "0" * 64, ["a.txt"], BASE)
    money = [one.partition(" ")[0] for one in graph.splitlines() if "/reading/" in one and "unitMultiplier" in one]
    for reading in money:
        said = [one for one in graph.splitlines() if one.startswith(reading)]
        assert any("grounding/inferred" in one for one in said)
        assert any("def#reason" in one for one in said)


def test_a_form_without_a_unit_takes_none_where_it_would_cost_more_than_all_that_is_spent() -> None:
    facts = told(ACCOUNT.format(head=ACCOUNTS) + FORM.format(budget="3000000", adjusted="3100000"))
    assert [project.amount for project in facts.projects] == [None]
    assert all(one.unit is None for form in facts.forms for one in form.fields if one.amount)


# --- the phase of a form ---

GRID = """
项目支出绩效自评表
项目名称	村道养护
项目资金（万元）	{heads}	分值	执行率	得分
	年度资金总额	{amounts}	10	95%	9.5
一级指标	二级指标	三级指标	年度指标值	实际完成值	得分
产出指标	数量指标	养护里程	≥5公里	5公里	30
"""


@pytest.mark.parametrize(
    ("form", "phase"),
    [
        (FORM.format(budget="300", adjusted="310"), "approved"),
        (FORM.replace("年初预算数", "预算数").format(budget="300", adjusted="310"), "unspecified"),
        (GRID.format(heads="年初预算数\t全年预算数\t全年执行数", amounts="300.00\t310.00\t296.50"), "approved"),
        (GRID.format(heads="全年预算数\t全年执行数", amounts="310.00\t296.50"), "adjusted"),
    ],
)
def test_the_budget_of_an_evaluation_is_of_the_phase_that_its_heading_names(form: str, phase: str) -> None:
    facts = told(ACCOUNT.format(head=ACCOUNTS) + form)
    assert {key.phase for _, key in facts.stated.readings} == {phase}


# --- one project in several documents ---

PLAN = FORM.split("|年初预算数", maxsplit=1)[0].replace("自评", "目标") + "|预算金额|300万元|||||\n"


def asked(texts: list[str], name: str, **values: str) -> list[dict[str, str]]:
    """The answer of a question on documents, as they are linked."""
    graphs = [
        write_graph(told(text), sha256(text.encode()).hexdigest(), [f"{at}.txt"], BASE).encode().splitlines(True)
        for at, text in enumerate(texts)
    ]
    store = Store()
    lines = {line[: line.rindex(b" <")] + b" .\n" for part in (*graphs, link(BASE, graphs)) for line in part}
    store.load(b"".join(sorted(lines)), format=RdfFormat.N_TRIPLES)
    for part in vocabulary():
        store.load(part.read_bytes(), format=RdfFormat.TURTLE)
    query = question(name)
    return list(csv.DictReader(evaluate(store, named_query(query, bind(query, values), "csv")).decode().splitlines()))


YEARS = [
    table(BUDGET, "项目单位|金额", "云岭县水务局本级|300.00") + PLAN,
    table(BUDGET, "项目单位|金额", "云岭县水务局本级|300.00") + PLAN + "\n更正公开。\n",
    table(ACCOUNTS, "年初预算数|决算数", "300.00|296.50") + FORM.format(budget="300", adjusted="310"),
    table(BUDGET.replace("2024", "2025"), "金额", "330.00") + PLAN.replace("300", "330"),
]


@pytest.mark.parametrize("name", ["legal-documents", "shared-bases"])
def test_money_that_rests_on_a_document_counts_versions_and_accounts_once(name: str) -> None:
    found = {row["doc_number"]: (row["projects"], row["amount_yuan"]) for row in asked(YEARS, name)}
    assert found["冀水建管〔2021〕18号"] == ("2", "6300000")


def test_what_rests_on_a_document_has_the_amount_of_its_phase() -> None:
    rows = asked(YEARS[2:3], "policy-linkage", doc_number="冀水建管〔2021〕18号")
    assert {(row["phase"], row["amount_yuan"]) for row in rows} == {
        ("approved", "3000000"),
        ("finalAccounts", "2965000"),
    }


def test_lineage_leads_from_a_project_to_its_line_and_the_others_of_it() -> None:
    rows = asked(YEARS, "policy-linkage", doc_number="冀水建管〔2021〕18号")
    (iri,) = {row["project_iri"] for row in rows if row["fiscal_year"] == "2025"}
    found = {(row["relation"], row["type"]) for row in asked(YEARS, "lineage", iri=iri)}
    assert {("in-line", "ProjectLine"), ("same-line", "Project")} <= found


# --- verification ---


def test_a_sum_over_phases_does_not_hold() -> None:
    text = table(ACCOUNTS, "年初预算数|决算数", "300.00|296.50")
    digest = sha256(text.encode()).hexdigest()
    iri = f"{BASE}document/{digest}"
    document = ReleasedDocument(iri, digest, ("a.txt",), "published", "", "", "")
    quads = write_graph(told(text), digest, ["a.txt"], BASE)
    said = next(line for line in quads.splitlines() if "/project/" in line.split()[0] and "#amount>" in line)
    summed = quads.replace(said, said.replace("3000000", "5965000"))

    def problems(lines: str) -> list[str]:
        found = reread(document, parse(lines.encode(), format=RdfFormat.N_QUADS), text)
        return [one.problem for one in found if one.iri != iri]

    assert problems(quads) == []
    assert [one.split(" 5965000")[0] for one in problems(summed)] == ["its amount"]


def test_a_measure_that_the_vocabulary_does_not_have_does_not_hold() -> None:
    text = table(BUDGET, "金额", "300.00")
    digest = sha256(text.encode()).hexdigest()
    document = ReleasedDocument(f"{BASE}document/{digest}", digest, ("a.txt",), "published", "", "", "")
    quads = write_graph(told(text), digest, ["a.txt"], BASE).replace("measure/project-budget>", "measure/foo>")
    found = {one.problem for one in reread(document, parse(quads.encode(), format=RdfFormat.N_QUADS), text)}
    assert "its measure https://w3id.org/yusuan/code/measure/foo is none of the vocabulary's" in found


def test_only_rows_that_print_targets_list_them() -> None:
    rows = "|项目名称|合计|绩效目标|\n|---|---|---|\n|村道养护|3.00|养护5公里|\n|桥梁检测|2.00||\n|渡口修缮|1.00|—|\n"
    found = told(f"{BUDGET}\n\n项目支出预算表\n单位：万元\n\n{rows}").projects
    assert {one.name: one.has_targets for one in found} == {"村道养护": True, "桥梁检测": False, "渡口修缮": False}


def test_services_bought_are_no_projects_but_projects_with_their_income_are() -> None:
    rows = "|一级目录|二级目录|预算金额|\n|---|---|---|\n|履职辅助服务|安保服务|3.00|\n|合计||3.00|\n"
    assert told(f"{BUDGET}\n\n政府购买服务项目支出预算表\n单位：万元\n\n{rows}").projects == []
    rows = "|科目编码|项目名称|本年收入|本年支出|\n|---|---|---|---|\n|2130305|渠道清淤|4.00|3.00|\n||合计|4.00|3.00|\n"
    (project,) = told(f"{ACCOUNTS}\n\n项目收入支出决算表\n单位：万元\n\n{rows}").projects
    assert (project.name, project.amount) == ("渠道清淤", Decimal(30000))


def test_what_the_year_of_the_budget_provides_is_the_total_of_the_year() -> None:
    rows = "|项目名称|渠道清淤|||\n|---|---|---|---|\n|项目总投资|90.00|2024年预算安排|30.00|\n"
    rows += "|年度绩效目标|清淤5公里|||\n|一级指标|二级指标|三级指标|指标值|\n|产出指标|数量指标|清淤里程|≥5公里|\n"
    text = f"{BUDGET}\n\n项目支出绩效目标表\n（2024年度） 单位：万元\n\n{rows}"
    (project,) = told(text).projects
    assert (project.period_total, project.annual_total) == (Decimal(900000), Decimal(300000))
    assert [one.scope for one in told(text).indicators] == ["annual"]
    longer = text.replace("|年度绩效目标|清淤5公里|||", "|中期目标|清淤9公里|年度目标|清淤5公里|")
    assert [one.scope for one in told(longer).indicators] == [None]


def test_a_unit_printed_once_is_that_of_all_its_projects_whatever_its_name() -> None:
    rows = "|农技站|防虫经费|3.00|\n||防火经费|2.00|\n|种子库|种子储备|1.00|\n||种子检测|1.00|\n|合计||7.00|\n"
    found = told(f"{BUDGET}\n\n项目支出预算表\n单位：万元\n\n|单位名称|项目名称|合计|\n|---|---|---|\n{rows}").projects
    assert [one.implementing_unit for one in found] == ["农技站", "农技站", "种子库", "种子库"]


LISTED = "2024年安排项目支出9.5万元，具体情况如下：\n"


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("1、渠道清淤4万元；\n测算标准：4公里，每公里1万元。\n2、水质检测3.5万元，同上年；\n3、水法宣传：2万元。\n", 3),
        ("（1）渠道清淤经费安排4万元；\n（2）第3届水法宣传周5.5万元。\n", 2),
        ("1、渠道清淤4万元；\n2、水质检测3.5万元；\n3、水法宣传3万元。\n", 0),  # they do not make it up
        ("1、教育支出4万元；\n2、农林水支出5.5万元。\n", 0),
        ("1、水文站4万元；\n2、灌溉所5.5万元。\n", 0),
    ],
)
def test_numbered_lines_that_make_up_an_amount_of_projects_name_them(lines: str, named: int) -> None:
    found = told(f"{BUDGET}\n\n{LISTED}{lines}").projects
    assert len(found) == named
    assert sum(one.amount or 0 for one in found) == (95000 if named else 0)


GOALS = """
项目绩效目标表
|项目名称|绩效目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|
|---|---|---|---|---|---|---|---|
|渠道维护补助资金|疏通渠道|产出指标|数量指标|渠道长度|>=|12|公里|
|防汛物资储备经费|储备物资|产出指标|数量指标|编织袋|>=|5|万条|

四、项目情况
"""


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("渠道维护补助资金320万元，依据云水发〔2023〕8号安排。", 3_200_000),
        ("渠道维护补助资金320万元，用于维修。渠道维护补助资金300万元。", None),
        ("主要原因是渠道维护补助资金320万元。", None),
        ("防汛物资储备经费150万元。", None),
    ],
)
def test_a_project_without_an_amount_in_a_table_has_that_of_the_sentence_that_states_it(
    words: str, amount: int | None
) -> None:
    text = f"云岭省{BUDGET}\n{GOALS}{words}\n"
    found = next(one for one in told(text).projects if one.name == "渠道维护补助资金")
    assert found.amount == amount


SEVERAL = """云岭省海事局2024年部门预算

项目支出预算表
单位：万元
|项目名称|实施单位|预算数|
|---|---|---|
|巡航监管|{unit}|300.00|
|合计||300.00|

项目绩效目标表
|项目名称|巡航监管|||
|实施单位|云岭省海事局|年度资金总额（万元）|{amount}|
|一级指标|二级指标|三级指标|指标值|
|产出指标|数量指标|巡航里程|≥8万公里|
"""


@pytest.mark.parametrize(
    ("unit", "amount", "named"),
    [
        ("青川海事局等5个单位", "300.00", 1),
        ("青川海事局等五家所属单位", "", 1),
        ("青川海事局等单位", "300.00", 1),
        ("青川海事局等5个单位", "60.00", 2),
        ("青川海事局", "300.00", 2),
        ("青川中等职业学校", "300.00", 2),
    ],
)
def test_a_table_names_several_units_by_the_first_and_a_form_who_answers_for_all(
    unit: str, amount: str, named: int
) -> None:
    found = told(SEVERAL.format(unit=unit, amount=amount)).projects
    assert [one.name for one in found] == ["巡航监管"] * named
    assert found[0].amount == 3_000_000


def test_an_office_alone_in_a_row_of_a_list_of_targets_heads_the_projects_below_it() -> None:
    head, *rows = GOALS.split("四、", maxsplit=1)[0].strip().splitlines()[1:]
    offices = [["|云岭县水文站||||||||", rows[1]], ["|云岭县灌溉管理所||||||||", rows[2]]]
    lines = "\n".join([head, rows[0], *(line for pair in offices for line in pair)])
    found = told(f"{BUDGET}\n\n项目绩效目标表\n{lines}\n").projects
    assert [one.implementing_unit for one in found] == ["云岭县水文站", "云岭县灌溉管理所"]


SUMMED_UP = """云岭县水务局2024年度部门决算公开

（一）预算绩效情况说明
我局对2024年度项目支出开展绩效自评，共涉及项目12个，涉及资金994.35万元。“村道养护”项目绩效自评综述：该项目自评得分为96.5分。项目全年预算数180万元，执行数172.36万元，完成预算的95.76%。
（2）渔港建设项目绩效自评综述：全年预算数为300万元，执行数为250万元，完成预算的83.33%。修建渔港2座。
部门整体支出绩效自评综述：全年预算数为990万元。
2024年度项目绩效自评综述：得分96分。
"""


def test_a_summary_of_a_self_evaluation_names_its_project() -> None:
    facts = told(SUMMED_UP)
    amounts = {one.name: one.amount for one in facts.projects}
    assert amounts == {"村道养护": Decimal(1_800_000), "渔港建设": Decimal(3_000_000)}
    said = {one.printed: one.subject for one in facts.statements}
    assert {said[number] for number in ("96.5", "180", "172.36", "95.76")} == {"村道养护"}
    assert {said[number] for number in ("300", "250", "83.33")} == {"渔港建设"}
    assert said["2"] == "修建渔港"
    assert said["990"] == "云岭县水务局"


def test_what_a_summary_says_was_planned_and_spent_is_of_the_project() -> None:
    keys = [key for keys in told(SUMMED_UP).stated.statements.values() for key in keys if key.project]
    assert sorted(key.phase for key in keys) == ["adjusted", "adjusted", "executed", "executed"]
    assert len({key.project for key in keys}) == 2


def test_a_summary_that_cuts_the_name_of_a_project_names_no_other() -> None:
    accounts = SUMMED_UP.replace("渔港建设", "养护") + FORM.format(budget="3.00", adjusted="3.00")
    assert [one.name for one in told(accounts).projects] == ["村道养护"]
