"""Natural persons leave no trace, and no character moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.lexicon import lines
from mapping.mask import MASK, mask

SURNAMES = [name for name in lines("surnames.txt") if len(name) == 1][:100]
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂"
LAYOUTS = (
    "法人：{}。机关现设办公室",
    "法定代表人：{}\n地址",
    "| 负责人： | {} | 经办人： | 联系电话： |",
    "负责人:\t{}\t经办人:\t",
    "\t负责人：\n\t{}\n\n\t填报日期：\n",
    "项目负责人：{} 联系电话：03551234567",
    "| 联系人 | {} |",
    "审核人（签字）：{}",
    "单位负责人为{}，",
    "单位负责人{}项目负责人（签字）",
    "经办人{}\n",
    "填报人 {} 填报日期",
    "单位负责人签名 {}\n",
    "| 经办人及联系电话 | {} |",
    "联系人{}，电话03551234567",
    "| 序号 | 姓名 | 金额 |\n|--|--|--|\n| 1 | {} | 500 |\n| | 合计 | 500 |\n",
    "序号\t受助人姓名\t金额\n1\t{}\t500\n",
    "编辑:{}      审核:\n",
    "责任编辑：\n终审:{}",
    "【编辑：{}】",
    "(记者 {})",
    "（记者 {} 通讯员 {}）",
    "本报北流电 （记者{}）市财政局公布",
    "(记者{}通讯员{})",
    "(记者{}、{})",
    "本报记者{}\n",
    "作者:\n{}\n",
    "救助及时到位。（{}）\n",
    "通讯员：{}、{}\n",
    "记者 {}报道",
    "意见收集人：{}联系电话：03551234567",
    "意见收集人：{} 绩效目标",
    "项目负责人 {} 地址 河滨路8号",
    "联系人及电话:{}\n",
    "\t序号\n\t姓名\n\t金额\n\n\t1\n\t{}\n\t500\n",
)


@given(st.sampled_from(LAYOUTS), st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2))
def test_a_name_is_masked_in_every_layout_and_everywhere_else(layout: str, surname: str, given_name: str) -> None:
    name = surname + given_name
    text = layout.replace("{}", name) + f"\n会上{name}同志作了报告。"
    masked = mask(text)
    assert name not in masked
    assert len(masked) == len(text)
    assert masked.replace(MASK, "") == text.replace(name, "").replace("03551234567", "")


@pytest.mark.parametrize(
    "text",
    [
        "新闻记者、司机等岗位。",
        "记者从市财政局获悉。",
        "（记者 市财政局）",
        "（记者站）",
        "救助到位。（全文）",
        "编辑：\n审核：",
    ],
)
def test_what_stands_behind_a_label_of_the_press_and_is_no_name(text: str) -> None:
    assert mask(text) == text


def test_a_name_between_its_label_and_a_telephone_is_masked() -> None:
    assert mask("项目负责人及电话沈丽芳13812345678(办公)") == "项目负责人及电话██████████████(办公)"


@pytest.mark.parametrize(
    "private",
    [
        "联系电话：0355-2028888",
        "手机：13812345678",
        "联系方式 | 138 1234 5678 |",
        "身份证号 11010519491231002X",
        "账号：6222 0200 0112 3456 789",
        "公务用车晋A·12345 一辆",
        "电话：(0351)7654321转808",
        "(010) 6553 1234",
        "联系电话（0351）7654321",
        "电话 0351 7654321",
        "身份证号：140105198001011234",
    ],
)
def test_numbers_of_persons_are_masked(private: str) -> None:
    masked = mask(private)
    assert len(masked) == len(private)
    assert not any(character.isdigit() for character in masked)


@pytest.mark.parametrize("name", ["布冉", "买买提·艾力"])
def test_a_name_without_a_known_surname_is_masked_before_a_telephone_and_in_a_column(name: str) -> None:
    for text in (f"联系人：{name} 电话：0999-1234567", f"| 姓名 | 金额 |\n|--|--|\n| {name} | 500 |\n"):
        assert name.partition("·")[0] not in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "单位负责人和财务负责人签字",
        "| 姓名 | 金额 | 备注 |\n|--|--|--|\n| 合计 | 500 | 无 |\n| 其他 | 5 | 无 |\n",
        "联系人：办公室 地址：",
        "项目负责人制度，负责人任期，审核人高度重视",
        "一、工资 | 30 |\n姓名说明 | 文字 |\n",
        "负责人: | 经办人: | 联系电话: | 填报日期: | 20231117164739 |",
        "项目编码 13070024P00027610002U",
        "供稿：安居区\n审核：高新科\n作者：卓尼县财政局\n编辑：\n审核 安全生产费",
        "主要负责人用车0辆、机要通信用车0辆",
        "法人治理结构；负责人签字：\n",
        "负责人：\t经办人：\t联系电话：\t填报日期：\t20251021104329",
        "统一社会信用代码 11140000012345678A，2,800.19万元",
        "经济分类科目 30101 基本工资 94.47",
        "晋财行2019年195号，晋工发〔2006〕54号",
    ],
)
def test_what_is_no_person_stays(text: str) -> None:
    assert mask(text) == text


@given(st.text())
def test_offsets_hold_for_any_text(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(a in (b, MASK) for a, b in zip(masked, text, strict=True))
    assert mask(masked) == masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("| 序号 | 单位 | 联系人 | 联系电话 |\n| 1 | 甲镇 | 王大明 | 7654321 |\n", "| 1 | 甲镇 | ███ | ███████ |"),
        ("序号\t项目\t责任人\t金额\n1\t修路\t赵石\t30\n", "1\t修路\t██\t30"),
        # merged cells of the heading are lost: told from the end of the row, the last cells blank or not
        (
            "序号 | 项目 | 资金来源 | 责任单位 | 责任人 | 备注 |||\n中央 | 省级 |||||\n"
            "1 | 大棚 | 3 | 1 | 2 | 石桥镇政府 | 王大明 |\n",
            "1 | 大棚 | 3 | 1 | 2 | 石桥镇政府 | ███ |",
        ),
        ("| 姓名 | 银行账号 | 金额 |\n| 王大明 | 6228480402564890018 | 500 |\n", "| ███ | ███████████████████ | 500 |"),
        ("| 户主 | 身份证号 | 金额 |\n| 赵石 | 140221195001011 | 500 |\n", "| ██ | ███████████████ | 500 |"),
        ("户名：王大明 账号：6228480402564890018", "户名：███ 账号：███████████████████"),
        ("咨询电话:王大明 7654321", "咨询电话:███ ███████"),
        ("帮扶责任人 | 王大明 | 单位 | 甲局", "帮扶责任人 | ███ | 单位 | 甲局"),
    ],
)
def test_those_responsible_and_their_numbers_are_masked_in_columns(text: str, kept: str) -> None:
    assert kept in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "| 序号 | 项目 | 责任人 | 金额 |\n| 1 | 修路 | 石桥镇政府 | 3000000 |\n| 2 | 打井 | 白村 | 4000000 |\n",
        "| 项目名称 | 修路 | 负责人 | |\n| 主管部门 | 甲局 | 实施单位 | 高桥学校 |\n",
        "| 联系电话 | 单位 | 金额 |\n| 无 | 甲镇 | 7654321 |\n",
    ],
)
def test_what_stands_in_such_a_column_and_is_no_person_stays(text: str) -> None:
    assert mask(text) == text
