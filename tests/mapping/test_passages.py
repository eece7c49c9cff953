"""What is running text, and where its characters stand."""

import pytest

from mapping.passages import is_heading, read_passages, unify
from mapping.read import read
from mapping.recognise import recognise


def words(text: str) -> list[str]:
    document = read(text.encode())
    return [passage.words for passage in read_passages(document, recognise(document), [])]


def test_paragraphs_without_whitespace_and_markup() -> None:
    assert words("**收入** 预算 5 万元,其中:\n") == ["收入预算5万元，其中："]


def test_two_printed_numbers_stay_two() -> None:
    assert words("支出分别为 12.5 34 万元。\n") == ["支出分别为12.5¦34万元。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目支出 1 234.56 万元", "项目支出1234.56万元"),
        ("项目支出12 345 678元", "项目支出12345678元"),
        ("项目支出2024 123.45万元", "项目支出2024¦123.45万元"),
        ("分别为 5 120 人", "分别为5¦120人"),
        ("支出12.5 340万元", "支出12.5¦340万元"),
    ],
)
def test_a_blank_between_the_thousands_of_money_parts_nothing(text: str, expected: str) -> None:
    assert words(text + "。\n") == [expected + "。"]


def test_a_cut_sentence_is_joined_and_its_parts_keep_their_places() -> None:
    text = "涉及资金10万元，其中基本支出0万\n\n元，项目支出2621万元。\n"
    (passage,) = read_passages(read(text.encode()), (), ())
    start = passage.words.rindex("0万元")
    assert [text[span.start : span.end] for span in passage.spans(start, start + 3)] == ["0万", "元"]


def test_headings() -> None:
    assert is_heading("（二）支出决算情况说明")
    assert is_heading("第四部分名词解释")
    assert not is_heading("（二）人员概况。编制4人。")
    assert not is_heading("公用经费支出5万元。")


def test_a_bold_heading_is_no_part_of_the_text_behind_it() -> None:
    assert words("**二、政府采购** 预算为5万元，均为货物。\n") == ["预算为5万元，均为货物。"]


def test_a_chapter_ends_the_glossary_that_the_contents_name() -> None:
    document = read("第二章 名词解释\n\n第一章 概况\n\n2025年预算为5万元，均为货物。\n".encode())
    assert [passage.defines for passage in read_passages(document, (), ())] == [False]


@pytest.mark.parametrize(
    ("heading", "defines"),
    [
        ("2025年部门预算编制说明", False),
        ("一、“三公”经费预算情况说明", False),
        ("收入科目", True),
        ("（二）支出预算", True),
    ],
)
def test_a_section_ends_a_glossary_without_number(heading: str, defines: bool) -> None:
    text = f"名词解释\n\n财政拨款收入：指财政拨付的资金。\n\n{heading}\n\n2025年预算为5万元，均为货物。\n"
    assert [passage.defines for passage in read_passages(read(text.encode()), (), ())] == [True, defines]


def test_a_note_that_explains_its_table_is_text_and_another_is_not() -> None:
    table = "支出总表\n\n|科目名称|合计|\n|---|---|\n|教育支出|5.00|\n\n"
    explained = words(f"{table}说明：2025年支出5.00万元，比上年增加1.00万元。\n")
    assert explained == ["2025年支出5.00万元，比上年增加1.00万元。"]
    assert words(f"{table}说明：本表金额转换为万元时，可能存在尾数误差。\n") == []


def test_one_sign_for_each_mark() -> None:
    assert unify("（１）“三公”经费,(2)—") == "（1）“三公“经费，（2）-"


def test_remarks_beside_indicators_are_text_and_labels_are_not() -> None:
    text = (
        "2024年度项目支出绩效自评表\n"
        "| 项目资金 | 年初预算数 | 执行数 | 分值 | 得分 |\n"
        "| 年度资金总额 | 5 | 5 | 10 | 10 |\n"
        "| 年度目标 | 全年救助困难群众60户。 |  |  | 全年救助困难群众61户。 |\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 | 偏差原因 |\n"
        "| 产出指标 | 数量指标 | 救助困难群众户数 | ≥60户 | 1户未完成 |\n"
    )
    found = words(text)
    assert "全年救助困难群众61户。" in found
    assert "1户未完成" in found
    assert not any("≥60户" in one for one in found)


def test_a_sentence_that_announces_a_table_is_text() -> None:
    text = "纳入预算编制范围的预算单位共3家，详见下表：\n| 序号 | 单位名称 |\n|---|---|\n| 1 | 青河县林场 |\n"
    assert "纳入预算编制范围的预算单位共3家，详见下表：" in words(text)


WRAPPED = """（一）国有资产占有使用情况
截至2025年8月31日，某某区城市更新局共有车辆63辆，其中：机要通信用
车0辆、应急保障用车0辆、执法执勤用车63辆；单价100万元以上设备2套。
财政拨款支出预算4748.35万元，比上年减少；一般公共预算拨款支出预算数
4748.35万元，比上年减少19.79万元，主要是项目减少。政府性基金预算拨款
支出预算0万元，与上年持平；国有资本经营预算0万元，也与上年预算持平。
（二）其他需要说明的重要事项以及对下转移支付情况的有关补充说明（续）
本部门无其他需要说明的事项。
"""


def test_lines_cut_at_a_width_are_joined() -> None:
    said = words(WRAPPED)
    assert len(said) == 3
    assert "机要通信用车0辆、" in said[0]
    assert "支出预算数4748.35万元，" in said[1]
    assert said[2].startswith("本部门")


def test_no_line_of_a_wrapped_text_begins_with_an_amount() -> None:
    cut = "2025年度收入支出总计\n2659.08万元，比上年增加。\n"
    assert words(WRAPPED + cut)[-1].startswith("2025年度收入支出总计2659.08万元，")
    assert words(cut) == ["2659.08万元，比上年增加。"]


def test_rows_of_a_table_without_rules_are_no_text_and_tell_no_width() -> None:
    row = "2080505 机关事业单位基本养老保险缴费支出 1,229.67 1,229.67 0.00 0.00 0.00 0.00\n"
    assert words(row * 9 + WRAPPED) == words(WRAPPED)
    assert words("支出包括教育支出850.3元、农林水支出116.12\n元、其他支出9.5元。")[0].startswith(
        "支出包括教育支出850.3元、"
    )
    assert words("辖区面积38.6平方公里,已建成21.4平方公里\n") == ["辖区面积38.6平方公里，已建成21.4平方公里"]


def test_a_text_of_lines_of_their_own_is_not_joined() -> None:
    lines = ["机要通信用车12辆，其中", "应急保障用车10辆", "其他用车2辆，都在用"]
    assert words("\n".join(lines)) == ["机要通信用车12辆，其中", "应急保障用车10辆", "其他用车2辆，都在用"]
