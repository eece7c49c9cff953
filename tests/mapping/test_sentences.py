"""Sentences of disclosures that are right: nothing louder than a note may be found in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mapping.test_audited import LOUD, audited

RIGHT = {
    "kinds of projects": (
        "清河县水利局2023年部门预算",
        "2023年本部门编制绩效目标的项目9个，其中：人员类项目4个，公用经费项目2个，运转类项目1个，特定目标类项目2个。",
    ),
    "part of what is left": (
        "清河县水利局2020年度部门决算",
        "年初结转和结余20万元，其中：基本支出结转5万元，项目支出结转和结余15万元。年末结转和结余30万元，"
        "其中：基本支出结转10万元，项目支出结转和结余20万元。",
    ),
    "difference of budget and account": (
        "清河县水利局2020年度部门决算",
        "一般公共预算财政拨款支出900万元，完成年初预算103.45%，决算数大于预算数30万元。其中：",
        "1.教育支出700万元。",
        "2.住房保障支出200万元。",
    ),
    "staff is no part of posts": (
        "清河县人民检察院2020年度部门决算",
        "我院批复编制为52人，其中政法编制52人，现有政法编制人员45人。",
    ),
    "part without a known term": (
        "清河县水利局2020年“三公”经费决算",
        "公务用车购置及运行维护费100万元（其中：公务用车购置费20万元，公务用车运行维护费60万元，租车费20万元）。",
    ),
    "base of each change": (
        "清河县水利局2020年“三公”经费情况",
        "2020年“三公”经费支出431万元，比上年累计支出433万元减少2万元，下降0.46%。其中，公务用车支出251万元，"
        "比上年累计支出285万元下降34万元，下降11.93%；公务接待支出124万元，比上年累计支出148万元下降24万元，下降16.22%。",
    ),
    "plan beside what was done": (
        "柳溪县人民政府2024年度决算公开",
        "2024年，全县一般公共预算收入完成112853万元，占年计划100500万元的112.29%，同比增长21.41%。",
    ),
    "items headed by their measure": (
        "清河县中学2021年部门预算",
        "（一）因公出国费用。2021年预算支出为0万元，本年度计划无人员出国。",
        "（二）公务接待费。2021年预算支出11.77万元，比2020年预算减少0.13万元，下降1.09%。",
        "（三）公务用车购置及运行费。2021年预算支出5万元，与上年持平。",
    ),
    "fund behind the year": (
        "国家石油局2013年度部门决算",
        "因公出国（境）费2013年度财政拨款决算数为93.87万元。",
        "公务用车购置及运行费2013年度财政拨款决算数为294万元。",
    ),
    "what was spent the year before": (
        "林业总局2011年部门预算",
        "2010年，林业总局因公出国（境）费财政拨款预算1492.78万元，实际支出1307.13万元。",
    ),
    "average beside a zero": (
        "清河市各民主党派2018年三公经费预算情况说明",
        "2017年清河市民主党派财政拨款“三公”经费支出合计13.78万元，比上年减少15万元。具体情况如下：",
        "1、因公出国（境）费用0万元，比去年减少15万元，原因是2018年没有因公临时出境活动支出。",
        "2、公务接待费8.5万元，与去年持平，严控公务接待开支。",
        "3、公务用车购置及运行维护费支出5.28万元，与去年持平，主要包括：（1）公务用车购置费0万元；（2）公务车保有量3辆，"
        "全年运行维护费支出5.28万元，平均每辆1.76万元。",
    ),
    "share of the total income": (
        "清河县水利局2022年度部门决算",
        "2022年度收入合计80万元。其中：财政拨款收入60万元，占总收入的75.00%；其他收入20万元，占总收入的25.00%。",
        "2022年度收入总计100万元，支出总计100万元。",
    ),
    "what is paid of an income": (
        "清河县水利局2022年度部门决算",
        "2022年度其他收入35万元。使用其他收入安排的支出31万元。",
    ),
}
WRONG = {
    "delegates": (
        "standard-times-heads",
        "清河县妇联2021年部门预算",
        "会期3天，代表160人，每人每天综合定额550元，会议费17.60万元。",
    ),
    "classes": ("text-parts-exceed", "清河县幼儿园2021年部门预算", "办园规模12个班，其中小班5个、中班4个、大班4个。"),
    "net value": (
        "text-parts",
        "清河县幼儿园2021年部门预算",
        "固定资产原值300.50万元，其中房屋200.50万元、家具及其他100.00万元；累计折旧100.20万元，净值203.00万元。",
    ),
    "unit of the whole": (
        "text-parts",
        "清河海关2021年部门决算",
        "征收税款12.84万元，其中关税1.26亿元、进口环节税11.58亿元。",
    ),
    "no works": (
        "text-parts",
        "清河县水利局2021年部门预算",
        "政府采购预算9.80万元，其中：政府采购货物预算7.60万元、政府采购工程预算0万元、政府采购服务预算2.00万元。",
    ),
    "average in another unit": (
        "average",
        "清河县公积金中心2021年部门决算",
        "发放贷款2000笔8.00亿元，平均每笔40.00元。",
    ),
    "bought": (
        "average",
        "清河海关2021年部门决算",
        "公务用车购置费108.00万元，全年更新购置执法用车9辆，平均每辆18.00万元。",
    ),
    "sections listed": (
        "list-count",
        "清河县水利局2021年部门预算",
        "局内设3个科室：办公室、财务科；下设2个管理部：河东管理部、河西管理部。",
    ),
    "units in all": (
        "list-count",
        "清河海关2021年部门决算",
        "部门决算包括：海关本级决算、所属5个隶属海关决算和2个事业单位决算。纳入决算编制范围的预算单位共7个。",
    ),
    "projects listed": (
        "list-count",
        "清河县水利局2021年部门决算",
        "对3个项目进行了绩效自评，涉及资金30.00万元。其中：水库维修20.00万元，河道清淤10.00万元。",
    ),
    "share of the first whole": (
        "share-of-whole",
        "清河县水利局2021年部门预算",
        "2021年支出预算总额353.69万元。",
        "一般公共服务支出272.02万元，占支出预算总额的76.91%；社会保障和就业支出46.58万元，占13.17%；"
        "卫生健康支出17.19万元，占4.86%；住房保障支出17.90万元，占5.34%。",
    ),
    "year compared with": (
        "stale-year",
        "清河海关2020年度部门决算",
        "财政拨款支出900万元。其中：基本支出500万元，比2019年增加6万元；项目支出400万元，比2018年减少3万元。",
    ),
}


def found(folder: Path, lines: tuple[str, ...]) -> set[str]:
    path = folder / "source.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return {one.rule for one in audited(path) if one.severity in LOUD}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_raises_no_alarm(name: str, tmp_path: Path) -> None:
    assert found(tmp_path, RIGHT[name]) == set()


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found(name: str, tmp_path: Path) -> None:
    rule, *lines = WRONG[name]
    assert rule in found(tmp_path, tuple(lines))
