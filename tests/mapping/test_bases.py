"""What citations are for: documents written here, read whole."""

from __future__ import annotations

import pytest

from mapping.bases import Cited
from mapping.facts import Facts, assemble
from mapping.read import read

FORM = """戊县总工会2024年部门预算

送温暖经费项目绩效目标表

| 项目名称 | 送温暖经费 | | |
|---|---|---|---|
| 实施单位 | 戊县总工会 | 年度资金总额（万元） | 6.00 |
| 立项依据 | {basis} | | |
| 项目设立必要性 | {need} | | |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据 |
| 产出指标 | 数量指标 | 慰问户数 | ≥60户 | {indicator} |

"""


def _facts(text: str) -> Facts:
    return assemble(read(text.encode()), None)


def _cited(text: str) -> list[Cited]:
    return list(_facts(text).citations)


def _form(basis: str = "无", need: str = "无", indicator: str = "名册") -> list[Cited]:
    return _cited(FORM.format(basis=basis, need=need, indicator=indicator))


def test_what_stands_in_the_field_of_bases_is_the_basis_of_the_project() -> None:
    (cited,) = _form(basis="《关于开展送温暖活动的通知》（晋工发〔2019〕3号）")
    assert (cited.role, cited.project and cited.project.name) == ("legal-basis-of-project", "送温暖经费")


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("根据《中华人民共和国工会法》第四十二条开展活动。", "legal-basis-of-project"),
        ("《中华人民共和国工会法》第四十二条规定", "legal-basis-of-project"),
        ("贯彻《中华人民共和国工会法》，强化意识。", "mentioned"),
        ("按时发放。学习《中国工会章程》。", "mentioned"),
    ],
)
def test_another_field_states_a_basis_where_its_sentence_rests_on_it(words: str, role: str) -> None:
    (cited,) = _form(need=words)
    assert (cited.role, cited.project and cited.project.name) == (role, "送温暖经费")


def test_the_column_of_bases_says_on_what_an_indicator_rests() -> None:
    (cited,) = _form(indicator="晋办发〔2018〕38号")
    assert cited.role == "indicator-basis"
    assert [one.level3.plain for one in cited.indicators if one.level3] == ["慰问户数"]
    assert cited.project and cited.project.name == "送温暖经费"


def test_a_notice_that_sends_money_is_a_funding_document_in_the_field_of_bases_too() -> None:
    (cited,) = _form(basis="《关于提前下达2024年困难职工帮扶资金的通知》（晋财行〔2023〕98号）")
    assert cited.role == "funding-document"


def test_a_project_named_by_a_number_is_paid_under_it() -> None:
    text = FORM.format(basis="无", need="无", indicator="无").replace("送温暖经费", "晋财行〔2023〕98号帮扶资金")
    roles = {(one.role, one.project.name if one.project else "") for one in _cited(text)}
    assert roles == {("funding-document", "晋财行〔2023〕98号帮扶资金")}


def test_the_number_of_another_project_is_no_reason_to_leave_the_form_it_stands_in() -> None:
    first = FORM.format(basis="无", need="无", indicator="无").replace("送温暖经费", "晋财行〔2023〕98号帮扶资金")
    second = FORM.format(basis="配套晋财行〔2023〕98号", need="无", indicator="无")
    cited = _cited(first + second.partition("\n\n")[2])
    assert [one.project.name for one in cited if one.project][-1] == "送温暖经费"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("按照《中华人民共和国预算法》规定，现将戊县总工会2024年部门预算公开如下：", "disclosure-basis"),
        ("按照《中华人民共和国预算法》的要求，现就2024年部门预算说明如下：", "disclosure-basis"),
        ("为贯彻落实《中华人民共和国预算法》，现将戊县总工会2024年部门预算公开如下：", "disclosure-basis"),
        ("为贯彻落实《中华人民共和国工会法》，组织学习教育活动。", "mentioned"),
        ("依照《中华人民共和国工会法》，组织和指导全县工会工作，维护职工权益。", "mentioned"),
        ("依《中国工会章程》公开捐赠信息。", "mentioned"),
        ("依《中华人民共和国预算法》公开部门预算信息。", "disclosure-basis"),
        ("根据《关于下达2024年帮扶资金的通知》（晋财行〔2024〕8号），安排资金10.00万元。", "funding-document"),
    ],
)
def test_running_text_tells_the_basis_of_the_disclosure_from_mere_mention(sentence: str, role: str) -> None:
    (cited,) = _cited(f"戊县总工会2024年部门预算\n\n{sentence}\n")
    assert (cited.role, cited.project) == (role, None)


def test_a_section_about_one_project_gives_its_bases_to_it() -> None:
    text = FORM.format(basis="无", need="无", indicator="无")
    text += "一、送温暖经费\n\n（一）项目概述\n\n慰问困难职工，年年开展。\n\n（二）立项依据\n\n"
    text += "《戊县送温暖工作办法》、戊政办发〔2020〕5号。\n"
    cited = _cited(text)
    assert [(one.role, one.project and one.project.name) for one in cited] == [
        ("legal-basis-of-project", "送温暖经费"),
        ("legal-basis-of-project", "送温暖经费"),
    ]


def test_a_glossary_rests_on_nothing() -> None:
    text = "戊县总工会2024年部门预算\n\n第四部分 名词解释\n\n一、工会经费：指根据《中华人民共和国工会法》取得的经费。\n"
    (cited,) = _cited(text)
    assert cited.role == "mentioned"


@pytest.mark.parametrize("made", ["以下简称《办法》", "以下簡稱《辦法》"])
def test_a_shortened_name_means_the_long_one_from_then_on(made: str) -> None:
    text = (
        "戊县总工会2024年部门预算\n\n"
        f"根据《戊县困难职工帮扶资金管理办法》（戊财行〔2020〕7号，{made}）安排资金，专款专用。\n\n"
        f"依照{made[4:]}第九条，装备经费不低于30%。\n"
    )
    long, short = _cited(text)
    assert long.names and short.names
    assert (short.names.tail, short.mention.article) == (long.names.tail, "第九条")
    assert short.reason


def test_a_court_case_names_no_document() -> None:
    (cited,) = _form(need="申请人为（2022）鲁1122执恢57号案申请人。")
    assert (cited.mention.kind, cited.names, cited.role) == ("case", None, "mentioned")


@pytest.mark.parametrize(
    ("bracket", "year"),
    [
        ("（2018年修正）", 2018),
        ("（2018年12月29日第二次修正）", 2018),
        ("（2021年修订）", 2021),
        ("（国务院令第729号，2020年8月修订）", 2020),
        ("（2021年）", None),
    ],
)
def test_the_amendment_that_a_citation_names_is_kept(bracket: str, year: int | None) -> None:
    (cited,) = _form(basis=f"《中华人民共和国预算法》{bracket}")
    assert cited.amended == year


@pytest.mark.parametrize(
    ("heading", "cell", "role"),
    [
        ("资金来源文件", "晋财行〔2023〕98号", "funding-document"),
        ("资金来源文件", "《帮扶资金管理办法》（晋财行〔2023〕98号）", "legal-basis-of-project"),
        ("立项依据", "晋财行〔2023〕98号", "legal-basis-of-project"),
        ("资金指标文号", "晋财行〔2023〕98号", "funding-document"),
        ("资金安排文件", "晋财行〔2023〕98号", "funding-document"),
        ("上级资金文号", "晋财行〔2023〕98号", "funding-document"),
        ("专项资金下达文件", "晋财行〔2023〕98号", "funding-document"),
        ("转移支付文号", "晋财行〔2023〕98号", "funding-document"),
        ("资金来源（文号）", "晋财行〔2023〕98号", "funding-document"),
        ("上级资金文号", "《帮扶资金管理办法》（晋财行〔2023〕98号）", "legal-basis-of-project"),
        ("上级或本级下达文号", "晋财行〔2023〕98号", "funding-document"),
        ("中央和省级资金文号", "晋财行〔2023〕98号", "funding-document"),
        ("项目和资金安排依据", "晋财行〔2023〕98号", "legal-basis-of-project"),
        ("资金管理", "见晋财行〔2023〕98号", "mentioned"),
        ("批复（备案）文号", "见晋财行〔2023〕98号", "legal-basis-of-project"),
        ("项目核准文号", "见晋财行〔2023〕98号", "legal-basis-of-project"),
        ("备注", "见晋财行〔2023〕98号", "mentioned"),
    ],
)
def test_a_heading_of_funds_says_what_sends_them(heading: str, cell: str, role: str) -> None:
    text = f"戊县总工会2024年部门预算\n\n项目支出预算表\n\n单位：万元\n\n| 项目名称 | 金额 | {heading} |\n|--|--|--|\n"
    text += f"| 送温暖经费 | 6.00 | {cell} |\n| 劳模慰问 | 5.00 | |\n"
    (cited,) = _cited(text)
    assert (cited.role, cited.project and cited.project.name) == (role, "送温暖经费")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("设立依据（文件名称）", "legal-basis-of-project"),
        ("政策依据", "legal-basis-of-project"),
        ("立项依据文件名称", "legal-basis-of-project"),
        ("文件名称", "mentioned"),
        ("依据说明", "mentioned"),
    ],
)
def test_numbers_beside_a_column_of_titles_of_bases_are_bases(heading: str, role: str) -> None:
    text = f"戊县总工会2024年部门预算\n\n项目支出预算表\n\n单位：万元\n\n| 项目名称 | 金额 | {heading} | 文号 |\n"
    text += "|--|--|--|--|\n"
    text += "| 送温暖经费 | 6.00 | | 见晋财行〔2023〕98号、见晋财行〔2023〕9号 |\n| 劳模慰问 | 5.00 | | |\n"
    assert {(one.role, one.project and one.project.name) for one in _cited(text)} == {(role, "送温暖经费")}


PARTS = """云岭县2023年度农村道路补助资金
绩效评价报告

表1 {part}安排情况表
单位：元

| {part}名称 | 实施单位 | 安排金额 |
|--|--|--|
| 青川路养护 | 青川镇人民政府 | 3860000 |
| 白水路养护 | 白水镇人民政府 | 1140000 |
| 合计 | | 5000000 |

附件 {part}绩效评价指标表

| {part}名称 | 青川路养护 | | |
|--|--|--|--|
| 实施单位 | 青川镇人民政府 | 安排金额 | 386万元 |
| 立项依据 | 冀农发〔2022〕118号 | | |
| 指标 | 评价标准 | 依据 | |
| 养护里程 | ≥8公里 | 冀农发〔2022〕7号 | |

| {part}名称 | 白水路养护 | | |
|--|--|--|--|
| 实施单位 | 白水镇人民政府 | 安排金额 | 114万元 |
| 立项依据 | 冀农发〔2022〕118号 | | |
| 指标 | 评价标准 | 依据 | |
| 养护里程 | ≥2公里 | 冀农发〔2022〕9号 | |
"""


@pytest.mark.parametrize("part", ["子项目", "分项目", "项目"])
def test_forms_of_parts_of_a_project_are_forms_too(part: str) -> None:
    first, second = ("青川路养护", "白水路养护")
    said = [(one.role, one.project.name if one.project else None) for one in _cited(PARTS.format(part=part))]
    assert said == [(role, name) for name in (first, second) for role in ("legal-basis-of-project", "indicator-basis")]


def test_what_a_line_of_tabs_cut_off_stands_in_the_field_where_it_began() -> None:
    text = "戊县总工会2024年部门预算\n\n项目绩效目标表\n\n项目名称\t送温暖经费\t年度资金总额\t6.00\n"
    text += (
        "立项依据\t《关于开展送温暖活动的通知》（晋工发\n〔2019〕3号）；（二）晋办发〔2018〕38号、晋财行〔2020〕2号\n"
    )
    text += "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t慰问户数\t≥60户\n"
    assert {one.role for one in _cited(text)} == {"legal-basis-of-project"}


def test_a_number_of_an_unknown_code_is_of_the_place_printed_beside_it_elsewhere() -> None:
    text = "戊县总工会2024年部门预算\n\n按闽海晒规〔2022〕2号发放，年年如此。\n\n"
    text += "落实《福建省晒盐补贴办法》（闽海晒规〔2022〕2号）。\n"
    first, second = _cited(text)
    assert first.names and second.names
    assert first.names.region == second.names.region == "350000"
    assert not first.names.code_known


@pytest.mark.parametrize(
    ("first", "regions"),
    [
        ("按照住房城乡建设部印发的《老旧小区改造五年方案》要求", {"cn"}),
        ("根据《老旧小区改造五年方案》要求", {None}),
        ("按照住房城乡建设部印发的《老旧小区改造五年方案》和戊县人民政府印发的《老旧小区改造五年方案》要求", None),
    ],
)
def test_a_title_alone_is_of_the_one_place_that_the_same_title_has_elsewhere(
    first: str, regions: set[str | None] | None
) -> None:
    text = f"青山省戊县住房和城乡建设局2024年部门预算\n\n{first}，改造小区。\n\n依据《老旧小区改造五年方案》编制。\n"
    cited = [one.names for one in assemble(read(text.encode()), None).citations if one.names]
    assert len(cited) > 1
    if regions is not None:
        assert {one.region for one in cited} == regions
    else:
        assert cited[-1].region is None


def test_forms_without_indicators_that_follow_each_other_are_of_their_own_projects() -> None:
    text = "戊县总工会2024年部门预算\n\n项目绩效目标表\n\n"
    for name, number in (("送温暖经费", 3), ("劳模慰问经费", 5)):
        text += f"| 项目名称： | {name} | 项目类别： | 经常性项目 |\n|--|--|--|--|\n"
        text += f"| 立项依据： | 晋工发〔2019〕{number}号 | | |\n\n"
    found = {one.mention.doc_number: one.project and one.project.name for one in _cited(text)}
    assert found == {"晋工发〔2019〕3号": "送温暖经费", "晋工发〔2019〕5号": "劳模慰问经费"}


def test_a_labelled_basis_below_the_form_is_of_the_only_project() -> None:
    form = "| 项目名称： | {} | 项目类别： | 经常性项目 |\n|--|--|--|--|\n| 绩效目标： | 慰问60户 | | |\n\n"
    for names, project in ((["送温暖经费"], "送温暖经费"), (["送温暖经费", "劳模慰问经费"], None)):
        forms = "".join(map(form.format, names))
        (cited,) = _cited(f"戊县总工会2024年部门预算\n\n项目绩效目标表\n\n{forms}立项依据：晋工发〔2019〕3号。\n")
        assert (cited.role, cited.project and cited.project.name) == ("legal-basis-of-project", project)


SHEETS = """戊县总工会2024年部门预算

项目支出预算表

单位：万元

| 项目名称 | 金额 |
|---|---|
| 送温暖经费 | 6.00 |
| 合计 | 6.00 |

（一）送温暖经费项目

| 项目名称 | 送温暖经费 |
|---|---|
| 政策依据 | 晋工发〔2019〕3号；晋工发〔2020〕9号 |
| 实施内容 | 慰问60户 |
| 技术依据 | GB/T 9704-2012 |
"""


def test_a_sheet_about_one_project_says_on_what_it_rests_and_lists_none() -> None:
    facts = _facts(SHEETS)
    assert [(one.name, one.has_targets) for one in facts.projects] == [("送温暖经费", False)]
    found = [(one.role, one.project and one.project.name) for one in facts.citations]
    assert found == [("legal-basis-of-project", "送温暖经费")] * 3


NAMED = """戊县总工会2024年部门预算

一般公共预算及政府性基金预算项目支出表

单位：万元

| 单位名称（项目） | 金额 | 项目依据 | 资金来源文件 |
|---|---|---|---|
| 合计 | 6.00 | | |
| 送温暖经费 | 6.00 | 晋工发〔2019〕3号 | 晋财行〔2023〕7号 |

"""


def test_a_sheet_without_bases_lists_no_projects_either() -> None:
    facts = _facts(SHEETS.replace("政策依据 | 晋工发〔2019〕3号；晋工发〔2020〕9号", "实施主体 | 戊县总工会"))
    assert [one.name for one in facts.projects] == ["送温暖经费"]


def test_a_row_with_bases_may_name_by_its_name_a_project_that_a_form_is_about() -> None:
    form = FORM.format(basis="无", need="无", indicator="名册").partition("\n\n")[2]
    found = [(one.role, one.project and one.project.name) for one in _cited(NAMED + form)]
    assert found == [("legal-basis-of-project", "送温暖经费"), ("funding-document", "送温暖经费")]


LISTED = """戊县总工会2024年度部门决算

项目支出绩效自评汇总表

| 项目名称 | 全年预算数 | 执行数 | 资金来源文件 | 立项依据 |
|---|---|---|---|---|
| 送温暖经费 | 6.00 | 5.80 | 晋财行〔2023〕7号 | 《中国工会章程》 |
| 劳模慰问 | 4.00 | 4.00 | 晋财行〔2023〕8号 | 《中华人民共和国工会法》 |

项目支出绩效自评表

| 项目名称 | 送温暖经费 | | |
|---|---|---|---|
| 实施单位 | 戊县总工会 | 年度资金总额（万元） | 6.00 |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 慰问户数 | ≥60户 |

"""


def test_a_list_of_evaluated_projects_says_what_they_rest_on() -> None:
    roles = [(one.role, one.project and one.project.name) for one in _cited(LISTED)][:2]
    assert roles == [("funding-document", "送温暖经费"), ("legal-basis-of-project", "送温暖经费")]


def test_a_project_that_only_the_list_names_is_one_beside_others_and_alone() -> None:
    roles = [(one.role, one.project and one.project.name) for one in _cited(LISTED)][2:]
    assert roles == [("funding-document", "劳模慰问"), ("legal-basis-of-project", "劳模慰问")]
    alone = LISTED.partition("项目支出绩效自评表")[0]
    assert [one.project and one.project.name for one in _cited(alone)] == ["送温暖经费"] * 2 + ["劳模慰问"] * 2


TABLE = """戊县总工会2024年部门预算

项目支出预算表

单位：万元

| 项目名称 | 金额 | 立项依据 |
|---|---|---|
| 送温暖经费 | 6.00 | {basis} |
| | | {more} |
| 劳模慰问 | 5.00 | |
| 合计 | 11.00 | |

{note}
"""


def _table(basis: str = "", more: str = "", note: str = "") -> list[tuple[str | None, str, str | None]]:
    cited = _cited(TABLE.format(basis=basis, more=more, note=note))
    return [(one.mention.doc_number, one.role, one.project.name if one.project else None) for one in cited]


def test_a_row_without_a_name_goes_on_with_the_project_above() -> None:
    said = ("legal-basis-of-project", "送温暖经费")
    assert _table("晋工发〔2019〕3号", "泽工发〔2020〕5号") == [
        ("晋工发〔2019〕3号", *said),
        ("泽工发〔2020〕5号", *said),
    ]


@pytest.mark.parametrize(
    ("note", "role"),
    [
        ("注：送温暖经费由晋财行〔2023〕98号、99号提前下达。", "funding-document"),
        ("注：送温暖经费按晋财行〔2023〕98号、99号下达任务书。", "legal-basis-of-project"),
        ("注：送温暖经费的绩效目标由晋财行〔2023〕98号、99号下达。", "mentioned"),
        ("注：上级补助由晋财行〔2023〕98号、99号提前下达。", "mentioned"),
    ],
)
def test_a_number_that_its_sentence_says_sends_money_is_a_funding_document(note: str, role: str) -> None:
    project = None if role == "mentioned" else "送温暖经费"
    assert _table(note=note) == [(f"晋财行〔2023〕{at}号", role, project) for at in (98, 99)]


def test_so_it_is_among_the_bases_of_a_project_too() -> None:
    note = "注：送温暖经费由晋财行〔2023〕98号提前下达。"
    assert _table("见晋工发〔2019〕3号、晋财行〔2023〕98号", note=note)[1] == (
        "晋财行〔2023〕98号",
        "funding-document",
        "送温暖经费",
    )
    assert (
        _table("《帮扶资金管理办法》（晋财行〔2023〕98号）", "晋财行〔2023〕98号", note)[1][1]
        == "legal-basis-of-project"
    )


@pytest.mark.parametrize(
    "words",
    [
        "按进度完成维修，严禁超《办公用房建设标准》。",
        "按进度完成维修，标准不高于《办公用房建设标准》。",
        "规划由市民政局依《行政区划管理条例》第五条审批。",
    ],
)
def test_what_is_measured_against_or_done_by_another_body_rests_on_nothing(words: str) -> None:
    (cited,) = _form(need=words)
    assert cited.role == "mentioned"


UNHEADED = """戊县总工会2024年部门预算

项目支出绩效目标表

项目名称\t送温暖经费
项目类别\t特定目标类\t项目期\t1年
立项依据\t1.《中国工会章程》
\t2.晋工发〔2019〕3号、5号
产出指标\t数量指标\t慰问户数\t≥60户\t晋工发〔2019〕8号
效益指标\t社会效益指标\t知晓率\t≥90%\t《中华人民共和国工会法》第四十二条

"""


def test_bases_go_on_below_their_label_and_stand_last_in_rows_without_heading() -> None:
    cited = _cited(UNHEADED)
    assert {one.project and one.project.name for one in cited} == {"送温暖经费"}
    assert [one.role for one in cited] == [*["legal-basis-of-project"] * 3, *["indicator-basis"] * 2]


MERGED = """戊县总工会2024年部门预算

项目支出绩效目标表

\t项目名称
\t送温暖经费
\t预算金额
\t6.00

\t主管部门
\t戊县总工会
\t实施单位
\t戊县总工会

\t{label}
\t1.《中国工会章程》第三十八条

\t{second}

\t{third}

\t一级指标
\t二级指标
\t三级指标
\t指标值

\t产出指标
\t数量指标
\t慰问户数
\t≥60户

"""


@pytest.mark.parametrize("label", ["立项依据", "项目设立的政策依据", "政策依据及文号"])
@pytest.mark.parametrize(
    ("second", "third", "roles"),
    [
        ("2.晋工发〔2019〕 3号", "3.《帮扶资金管理办法》（晋财行〔2023〕98号）", ["legal-basis-of-project"] * 3),
        ("（二）晋财（社）发[2019]3号", "全国总工会《关于送温暖活动的意见》", ["legal-basis-of-project"] * 3),
        ("主要内容", "与《帮扶资金管理办法》衔接", ["legal-basis-of-project", "mentioned"]),
        ("注：《帮扶资金管理办法》另行公布", "慰问困难职工", ["legal-basis-of-project", "mentioned"]),
    ],
    ids=["numbered", "in brackets and without", "another label between", "a note"],
)
def test_bases_stand_below_a_merged_label_that_leaves_no_blank(
    label: str, second: str, third: str, roles: list[str]
) -> None:
    cited = _cited(MERGED.format(label=label, second=second, third=third))
    assert [one.role for one in cited] == roles
    assert {one.project and one.project.name for one in cited} == {"送温暖经费"}


def test_a_kind_alone_means_the_document_of_that_kind_named_before() -> None:
    text = "戊县总工会2024年部门预算\n\n"
    text += "转发《关于工会经费的通知》（晋工发〔2015〕20号）。《通知》要求足额拨缴。《意见》指出不得截留。\n"
    long, short = _cited(text)
    assert long.names and short.names and short.mention.title == "通知"
    assert (short.names.number, short.reason is None) == (long.names.number, False)


def test_a_preface_below_the_contents_is_no_glossary() -> None:
    text = "戊县总工会2024年部门预算\n\n目录\n一、部门概况\n二、名词解释\n\n"
    for preface in ("为贯彻落实《预算法实施条例》，现将预算公开如下。", "根据《预算法》，现向社会公开我会预算。"):
        assert [one.role for one in _cited(f"{text}{preface}\n")] == ["disclosure-basis"]


def test_a_note_says_by_which_number_the_money_of_a_quoted_project_came() -> None:
    (cited,) = _table(note="注：“送温暖经费”含补助资金4.00万元，文号为晋财社〔2023〕9号。")
    assert cited == ("晋财社〔2023〕9号", "funding-document", "送温暖经费")


@pytest.mark.parametrize("sent", ["（晋财社〔2023〕9号）下达", "晋财社〔2023〕9号下达"])
def test_a_number_in_brackets_sends_money_too(sent: str) -> None:
    (cited,) = _table(note=f"注：送温暖经费由市财政局{sent}。")
    assert cited[1] == "funding-document"


def test_a_basis_goes_on_in_lines_without_tabs_until_its_row_is_filled() -> None:
    text = (
        "戊县总工会2024年部门预算\n\n项目绩效目标表\n项目名称\t送温暖经费\t\t\n主管部门\t戊县总工会\t用款单位\t戊县总工会\n"
        "年度预算（万元）\t6.00\t\t\n立项依据\t《关于慰问的通知》（晋工发〔2019〕3号）\n《关于帮扶的通知》（晋工发〔2020〕5号）\n"
        "晋办发〔2018〕38号\n晋财行〔2020〕2号《帮扶资金管理办法》\t\t\n"
        "一级指标\t二级指标\t三级指标\t目标值\t目标值依据\n产出指标\t数量指标\t慰问户数\t≥60户\t晋工发〔2019〕3号\n"
    )
    assert [(one.role, one.project and one.project.name) for one in _cited(text)] == [
        *[("legal-basis-of-project", "送温暖经费")] * 4,
        ("indicator-basis", "送温暖经费"),
    ]


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("立项依据：《戊县送温暖办法》（戊工发〔2020〕9号）。", "legal-basis-of-project"),
        ("（二）项目设立依据：《戊县送温暖办法》（戊工发〔2020〕9号）。", "legal-basis-of-project"),
        ("说明立项依据时提到：《戊县送温暖办法》（戊工发〔2020〕9号）。", "mentioned"),
    ],
)
def test_a_label_says_the_role_whatever_project_is_found(sentence: str, role: str) -> None:
    (cited,) = _cited(f"戊县总工会2024年部门预算\n\n{sentence}\n")
    assert (cited.role, cited.project) == (role, None)


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("现将晋财社〔2020〕17号下达给我县的补助资金906.33万元安排给你们。", "funding-document"),
        ("晋财债〔2022〕7号、27号共转贷我县新增债券资金158554万元。", "funding-document"),
        ("晋财社〔2020〕17号下达后，各单位认真学习。", "mentioned"),
        ("增长的原因：一是晋财社〔2020〕17号下达帮扶资金；二是调资。", "funding-document"),
        ("一是晋财社〔2020〕17号下达全年指导性计划；二是调资。", "mentioned"),
        ("含省级补助300.00万元，由晋财社〔2020〕17号、晋财农〔2020〕9号下达；", "funding-document"),
        ("省对下转移支付300.00万元由晋财社〔2020〕17号、18号提前下达。", "funding-document"),
    ],
)
def test_a_number_that_its_sentence_says_sends_an_amount_is_a_funding_document(sentence: str, role: str) -> None:
    assert {one.role for one in _cited(f"戊县总工会2024年部门预算\n\n{sentence}\n")} == {role}


def test_a_standard_without_year_is_the_one_edition_that_the_document_prints() -> None:
    text = "戊县住房局2024年部门预算\n\n依据《计价规范》（GB 50500-2013）、{other}和GB 50500编制。\n"
    names = [one.names for one in _cited(text.format(other="GB 50854"))]
    assert [one.year for one in names if one] == [2013, None, 2013]
    assert [one.names.year for one in _cited(text.format(other="GB 50500-2024")) if one.names] == [2013, 2024, None]


LABELLED = """戊县总工会2024年部门预算

项目名称：送温暖经费
设立的政策依据：晋工发〔2019〕3号；《戊县送温暖
办法》（戊工发〔2020〕9号）；财行〔2020〕5号
预算安排规模：6.00万元，按晋财行〔2020〕7号核定

项目名称：帮扶经费
设立的政策依据：晋工发〔2019〕4号

三、其他
依据晋工发〔2019〕5号开展其他工作。

| 项目名称 | 金额（万元） |
|---|---|
| 送温暖经费 | 6.00 |
| 帮扶经费 | 5.00 |
| 合计 | 11.00 |
"""


def test_lines_with_labels_say_of_a_project_on_what_it_rests() -> None:
    cited = _cited(LABELLED)
    assert [(one.project.name if one.project else None, one.role) for one in cited] == [
        *[("送温暖经费", "legal-basis-of-project")] * 4,
        ("帮扶经费", "legal-basis-of-project"),
        (None, "mentioned"),
    ]


def test_an_indicator_of_a_list_rests_on_a_basis_for_the_project_of_its_row() -> None:
    text = (
        "戊县总工会2024年部门预算\n\n项目支出表\n\n项目名称\t金额（万元）\n送温暖经费\t6.00\n帮扶经费\t5.00\n合计\t11.00\n\n"
        "项目支出绩效目标表\n项目名称\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t绩效指标值设定依据及数据来源\n"
        "送温暖经费\t产出指标\t数量指标\t慰问户数\t>=\t60\t户\t晋工发〔2019〕3号\n"
        "\t产出指标\t质量指标\t发放准确率\t=\t100\t%\t晋工发〔2019〕4号\n"
        "帮扶经费\t产出指标\t数量指标\t帮扶户数\t>=\t20\t户\t晋工发〔2019〕5号\n"
    )
    assert [(one.role, one.project and one.project.name) for one in _cited(text)] == [
        ("indicator-basis", "送温暖经费"),
        ("indicator-basis", "送温暖经费"),
        ("indicator-basis", "帮扶经费"),
    ]


@pytest.mark.parametrize("heading", ["四、重点项目情况", "重点项目安排情况说明", "（二）项目情况"])
def test_the_basis_in_the_first_line_below_a_heading_is_that_of_the_project_it_begins_with(heading: str) -> None:
    lines = "送温暖经费项目依据戊工发〔2023〕7号设立。\n帮扶中心经费项目依据戊工发〔2023〕8号设立。\n"
    table = "项目支出表\n单位：万元\n\n|项目名称|金额|\n|---|---|\n|送温暖经费|6.00|\n|帮扶中心经费|2.00|\n\n"
    found = _cited(f"戊县总工会2024年部门预算\n\n{table}{heading}\n{lines}")
    assert [(one.role, one.project and one.project.name) for one in found] == [
        ("legal-basis-of-project", "送温暖经费"),
        ("legal-basis-of-project", "帮扶中心经费"),
    ]
