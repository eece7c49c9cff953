"""Who discloses a document: what captions, titles, labels, first lines, forms and sentences say of it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.disclosing import is_office
from mapping.facts import assemble
from mapping.read import read

MONEY = "\n\n公务接待费支出3万元。\n"


def publisher(text: str) -> str | None:
    return assemble(read(text.encode()), None).description.publisher


@pytest.mark.parametrize(
    ("head", "name"),
    [
        # organs of the party, offices of governments and parties
        ("2017年岳阳市委宣传部“三公”经费增减情况说明", "岳阳市委宣传部"),
        ("临泽县纪委监委2021年“三公”经费决算情况", "临泽县纪委监委"),
        ("榕江县委政法委2021年部门决算", "榕江县委政法委"),
        ("民盟榕江市委会2021年部门预算", "民盟榕江市委会"),
        ("第三部分 共青团中央2021年部门预算情况说明", "共青团中央"),
        ("德清县政府办2021年度一般公共预算财政拨款“三公”经费支出预算为4万元。", "德清县政府办"),
        ("本溪市各民主党派2018年三公经费预算情况说明", "本溪市各民主党派"),
        ("柳溪市十届人大\n三次会议材料（17）\n关于2030年预算执行情况的报告\n柳溪市财政局", "柳溪市财政局"),
        # titles with words before the name, with other words behind, of other kinds
        ("关于南京市江宁区民政局2019年度部门决算的说明", "南京市江宁区民政局"),
        ("纳入南山市公安局交通警察大队2020年度部门决算编制范围的预算单位包括：1.本级。", "南山市公安局交通警察大队"),
        ("2010年财政部批复国家冰川监测局的“三公经费”财政拨款预算38万元。", "国家冰川监测局"),
        ("按照要求,现将青木镇2020年度“三公”经费决算情况公布如下:", "青木镇"),
        ("玉溪市农业技术推广站财政拨款“三公”经费预算2014年情况如下:", "玉溪市农业技术推广站"),
        ("2015年北海市民政局部门“三公”经费情况统计表 | ||", "北海市民政局"),
        ("吉安市城市管理指挥中心2018绩效评价自评报告及评分表", "吉安市城市管理指挥中心"),
        ("2021年清远市林业局部门整体支出绩效自评报告.pdf", "清远市林业局"),
        (
            "青木镇2020年“三公”经费预算安排\n\n山西省泽州县青木镇人民政府2020年“三公”经费预算",
            "山西省泽州县青木镇人民政府",
        ),
        # who issues a notice, the first of several
        ("玉溪市财政局 玉溪市水利局关于下达2021年补助资金的通知", "玉溪市财政局"),
        ("财政部、教育部关于下达2024年补助经费预算的通知", "财政部"),
        ("玉溪市人民政府关于2024年度市本级预算执行\n和其他财政收支的审计工作报告", "玉溪市人民政府"),
        ("玉溪市人民政府\n\n玉溪市财政局对玉溪市政协第三次会议第122号提案的答复", "玉溪市财政局"),
        ("附件\n\n2022年10月27日通知\n\n财  政  部 \n\n2022年10月27日", "财政部"),
        ("——2022年11月25日在玉溪市第六届人大常委会上\n\n玉溪市财政局副局长 王某某", "玉溪市财政局"),
        ("市财政局局长 王某某", None),
        # labels of pages and forms
        ("[ 发布机构 ] 泽州县财政局\n\n泽州县本级2021年度“三公”经费决算汇总说明", "泽州县财政局"),
        ("索引号:0001 发布机构:泽州县财政局\n\n泽州县2021年“三公”经费决算汇总说明", "泽州县财政局"),
        ("发布机构\n\n泽州县财政局\n\n标题\n\n2021年“三公”经费说明", "泽州县财政局"),
        ("2021年“三公”经费\n\n来源:县财政局2021-05-11\n\n经泽州县财政局汇总,公布如下。", "泽州县财政局"),
        ("公开单位：国家冰川监测局\n\n2021年“三公”经费说明", "国家冰川监测局"),
        # a title that begins with the unit goes before the label of the page
        ("发布机构 | 泽州县教育局 |\n\n泽州县巴公初级中学2021年“三公”经费预算情况说明", "泽州县巴公初级中学"),
        ("发布机构：泽州县人民政府\n\n泽州县人民政府办公室2021年“三公”经费预算公开", "泽州县人民政府办公室"),
        ("发布机构：泽州县教育局\n\n泽州县巴公初级中学2021年举行运动会，很成功。", "泽州县教育局"),
        ("2021年“三公”经费\n\n来源:中国会计网 2021-05-11", None),
        ("项目支出绩效自评表\n\n主管部门\n\n泽州县教育局\n\n实施单位\n\n泽州县第二小学", "泽州县第二小学"),
        ("项目支出绩效自评表\n\n实施单位:泽州县教育局\n\n项目支出绩效自评表\n\n实施单位:泽州县水务局", None),
        # sentences
        ("概况\n\n泽州县第二小学是泽州县教育局直属的财政全额拨款事业单位,有教师3人。", "泽州县第二小学"),
        ("概况\n\n(一)公务费。2021年泽州中学预算。\n\n泽州县中学2021年“三公”经费预算为3万元。", "泽州县中学"),
        ("说明\n\n7月15日,卫生部在其网站公布“三公”经费情况。", "卫生部"),
        ("截至2024年末,泽州县总工会核定编制4人(其中:工勤编制1人)。", "泽州县总工会"),
        ("根据规定,泽州县审计局派出审计组,自4月8日至6月25日对2024年度县本级预算执行情况进行了审计。", "泽州县审计局"),
        ("截至2024年末,泽州县财政局核定编制4人,泽州县民政局核定编制5人。", None),
        ("检察院的主要职能包括:提起公诉。\n\n2017年泽州县检察院本年收入合计3万元。", "泽州县检察院"),
        ("检察院的主要职能包括:提起公诉。", None),
        ("根据《机构编制规定》,山西省人民政府驻上海办事处主要履行以下职责:", "山西省人民政府驻上海办事处"),
        ("市商务委\n\n晋城市商务委昨天公布了“三公”经费。", "晋城市商务委"),
        ("来源:泽州县财政局\n\n第一部分 泽州县人民政府办公室概况\n\n一、职责", "泽州县人民政府办公室"),
        ("目 录\n\n第一部分 青木镇人民政府概况\n\n一、主要职能\n\n二、机构设置情况", "青木镇人民政府"),
        (
            "泽州县第二人民医院（泽州县第二人民医院医疗集团总院）2022年度单位决算公开",
            "泽州县第二人民医院（泽州县第二人民医院医疗集团总院）",
        ),
        # words for any office, and names in the titles of others' documents
        ("\n\n".join(["按照《玉溪市水利局财务规则》办理。"] * 3), None),
        ("2019年玉溪市水利局\n\n一、三公经费", None),
        ("《玉溪市财政局关于下达2021年补助资金的通知》", None),
        ("2016年市本级财政拨款“三公”经费情况说明", None),
        ("泽州县本级2021年“三公”经费4万元。", None),
        ("泽州县乡镇2021年“三公”经费4万元。", None),
        ("2021年区本级一般公共预算“三公”经费4万元。", None),
        ("现将我县2020年“三公”经费公布如下:", None),
        ("省财政厅关于下达2022年补助资金的通知", None),
        # what a report of others tells of one
        ("多家单位晒出决算。\n\n国家冰川监测局2021年的会议费增加了一些,为3万元。", None),
    ],
)
def test_the_best_evidence_names_the_office(head: str, name: str | None) -> None:
    assert publisher(head + MONEY) == name


@pytest.mark.parametrize("name", ["全椒县水利局", "本溪市财政局", "和平县民政局", "对外友好协会"])
def test_a_place_may_begin_like_a_word(name: str) -> None:
    assert publisher(f"{name}2021年“三公”经费预算情况{MONEY}") == (name if name[-2] != "协" else None)


@given(
    st.sampled_from(["水利局", "人民法院", "档案馆", "第二小学", "政府办", "县委党校"]),
    st.text("：:,，;；|", min_size=1, max_size=2),
    st.text(string.ascii_letters + string.digits + "表说明", max_size=3),
)
def test_no_office_holds_marks(tail: str, marks: str, words: str) -> None:
    assert is_office(f"泽州县{tail}")
    assert not is_office(f"泽州县{marks}{words}{tail}")


@given(st.sampled_from(["发布机构", "发文机关", "制定机关"]), st.sampled_from([":", "：", " | ", " ] ", "\n\n"]))
def test_a_label_is_no_part_of_a_name(label: str, between: str) -> None:
    assert publisher(f"{label}{between}泽州县财政局\n\n2021年“三公”经费决算汇总说明{MONEY}") == "泽州县财政局"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("关于泽州县文化局\n财政拨款“三公”经费预算2014年情况的\n说明", "泽州县文化局"),
        ("受柳口镇人民政府委托，向大会作2024年财政预算执行情况报告。", "柳口镇人民政府"),
        ("我受镇人民政府委托，向大会作2024年财政预算执行情况报告。", None),
        ("受自治区人民政府委托，向大会作2024年财政预算执行情况报告。", None),
    ],
)
def test_a_name_is_cut_from_what_leads_to_it(head: str, name: str | None) -> None:
    assert publisher(f"{head}{MONEY}") == name
