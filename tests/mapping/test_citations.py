"""Citations in running text: spans to the character, one for what stands side by side, none for look-alikes."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapping.citations import Mention, find_citations
from tests.mapping.number_styles import CODES, SERIALS, STYLES, YEARS, spaced

# Text in which » « enclose what is cited, and number, title, article of each.
CITED: list[tuple[str, list[tuple[str | None, str | None, str | None]]]] = [
    ("根据财政部»财建〔2006〕468号«文件精神", [("财建〔2006〕468号", None, None)]),
    (
        "依据某市总工会»《关于收缴经费的通知》(晋工发【2006】54号)«执行",
        [("晋工发〔2006〕54号", "关于收缴经费的通知", None)],
    ),
    (
        "»《中华人民共和国工会法》第四十三条第一款第（二）项«规定",
        [(None, "中华人民共和国工会法", "第四十三条第一款第（二）项")],
    ),
    ("»《预算法》第四十八、四十九条«", [(None, "预算法", "第四十八、四十九条")]),
    (
        "»《某省预算管理办法》（冀政办字〔2019〕5号，以下简称《办法》）第三条«的规定",
        [("冀政办字〔2019〕5号", "某省预算管理办法", "第三条")],
    ),
    (
        "»《中华人民共和国预算法实施条例》（国务院令第729号，2020年8月修订）«。",
        [("国务院令第729号", "中华人民共和国预算法实施条例", None)],
    ),
    ("»《工会法》（2021年12月24日修正）第三条«", [(None, "工会法", "第三条")]),
    (
        "»《关于调整补助的通知》（川财社〔2021〕7号«、»12号«）",
        [
            ("川财社〔2021〕7号", "关于调整补助的通知", None),
            ("川财社〔2021〕12号", None, None),
        ],
    ),
    ("»冀财行〔2022〕99号«、»〔2023〕98号«", [("冀财行〔2022〕99号", None, None), ("冀财行〔2023〕98号", None, None)]),
    ("»粤财社〔2019〕4«/»5号«", [("粤财社〔2019〕4号", None, None), ("粤财社〔2019〕5号", None, None)]),
    ("»京财预〔2021〕12«、»13号«", [("京财预〔2021〕12号", None, None), ("京财预〔2021〕13号", None, None)]),
    (
        "»财建2006-7号 关于印发《困难职工资金管理办法》的通知«",
        [("财建〔2006〕7号", "关于印发《困难职工资金管理办法》的通知", None)],
    ),
    (
        "»冀财行〔2023〕9号-提前下达2024年帮扶专项资金«绩效目标表",
        [("冀财行〔2023〕9号", "提前下达2024年帮扶专项资金", None)],
    ),
    (
        "»冀财行[2022]9号关于提前下达2023年帮扶资金的通知«、困难配套、金秋助学",
        [("冀财行〔2022〕9号", "关于提前下达2023年帮扶资金的通知", None)],
    ),
    (
        "根据某县人民政府办公室»转发某县退休职工救助办法试行的通知(泽政办发【2010】3号)«，经调查",
        [("泽政办发〔2010〕3号", "转发某县退休职工救助办法试行的通知", None)],
    ),
    (
        "根据某县人民政府办公室»困难企业职工救助试行办法(泽政办发【2010】3号文件)«。",
        [("泽政办发〔2010〕3号", "困难企业职工救助试行办法", None)],
    ),
    (
        "»《关于送温暖的通知》某市总工会 晋市工办发【2020】1号«文件",
        [("晋市工办发〔2020〕1号", "关于送温暖的通知", None)],
    ),
    (
        "»晋财行〔2020〕1号《关于甲项工作的通知》«、»晋财行〔2020〕2号《关于乙项工作的通知》«",
        [
            ("晋财行〔2020〕1号", "关于甲项工作的通知", None),
            ("晋财行〔2020〕2号", "关于乙项工作的通知", None),
        ],
    ),
    ("»（晋财行〔2020〕1号）《关于甲项工作的通知》«", [("晋财行〔2020〕1号", "关于甲项工作的通知", None)]),
    ("»《关于甲项工作的通知（晋财行〔2020〕1号）》«", [("晋财行〔2020〕1号", "关于甲项工作的通知", None)]),
    ("»《晋财行〔2020〕1号关于甲项工作的通知》«", [("晋财行〔2020〕1号", "关于甲项工作的通知", None)]),
    (
        "»《立项依据:关于机关缴费项目的通知》(晋人社厅发〔2016〕8号)«文件第二项",
        [("晋人社厅发〔2016〕8号", "关于机关缴费项目的通知", None)],
    ),
    (
        "»《某县总工会《联席会议纪要》的通知》(泽办发【2005】7号)«",
        [("泽办发〔2005〕7号", "某县总工会《联席会议纪要》的通知", None)],
    ),
    (
        "»《某办公室关于转发《联席会议纪要》的通知(泽办发【2005】7号)«",
        [("泽办发〔2005〕7号", "某办公室关于转发《联席会议纪要》的通知", None)],
    ),
    ("»《工会法«、»《劳动法》«", [(None, "工会法", None), (None, "劳动法", None)]),
    (
        "»《关于印发<差旅费管理办法>的通知》（财行〔2013〕5号）«",
        [("财行〔2013〕5号", "关于印发<差旅费管理办法>的通知", None)],
    ),
    (
        "»《国家税务总局关于进一步优化征管的公告》（2018年第60号）«",
        [("国家税务总局公告2018年第60号", "国家税务总局关于进一步优化征管的公告", None)],
    ),
    ("»财政部 税务总局公告2023年第12号«", [("财政部税务总局公告2023年第12号", None, None)]),
    (
        "»国务院第588号令«、»中华人民共和国主席令第二十二号«",
        [
            ("国务院令第588号", None, None),
            ("主席令第22号", None, None),
        ],
    ),
    ("执行»GB/T 9704-2012《党政机关公文格式》«", [("GB/T 9704-2012", "党政机关公文格式", None)]),
    ("»（2021）晋0525民初12号«民事判决书", [("（2021）晋0525民初12号", None, None)]),
    ("»闽财（社）指〔2021〕58号«", [("闽财（社）指〔2021〕58号", None, None)]),
    ("落实»中央八项规定«精神，依»工会法第三十四条«", [(None, "中央八项规定", None), (None, "工会法", "第三十四条")]),
    ("»河北省工会法实施办法«", [(None, "河北省工会法实施办法", None)]),
    ("根据»河北省困难职工帮扶专项资金管理办法«规定", [(None, "河北省困难职工帮扶专项资金管理办法", None)]),
    ("依据省财政厅»关于工会专项资金的通知«要求申报", [(None, "关于工会专项资金的通知", None)]),
    ("»冀办发[2018]38«", [("冀办发〔2018〕38号", None, None)]),
    (
        "»冀办发[2018]38\n号«、»冀财规[2022]27号«",
        [("冀办发〔2018〕38号", None, None), ("冀财规〔2022〕27号", None, None)],
    ),
    ("»省总2015-36号«", [("省总〔2015〕36号", None, None)]),
    ("出台»《某县工会工作要点》«", [(None, "某县工会工作要点", None)]),
    ("2023年»泽工经审〔2023〕1号«", [("泽工经审〔2023〕1号", None, None)]),
    ("依据»县政府常务会议纪要（2022）第12号«", [("县政府常务会议纪要〔2022〕12号", None, None)]),
    ("“三定”方案»泽办字〔2019〕20号«", [("泽办字〔2019〕20号", None, None)]),
    (
        "»GB/T19001-2016«/»ISO9001:2015« »GB 5749«",
        [
            ("GB/T 19001-2016", None, None),
            ("ISO 9001-2015", None, None),
            ("GB 5749", None, None),
        ],
    ),
    ("全国人大常委会»关于修改《工会法》的决定«", [(None, "关于修改《工会法》的决定", None)]),
]
LOOK_ALIKES = (
    "项目编码 13070024P00027610002U",
    "采购编号 ZYCG-2023-15号",
    "浙采竞磋2023-15号",
    "招标编号（2023）12号",
    "合同编号：泽工合〔2023〕5号",
    "项目编号：泽采〔2023〕15号",
    "解放路54号",
    "18号楼3单元",
    "车牌晋A54321号",
    "电话0349-2023154号",
    "邮编030000",
    "2023年12月1号",
    "2023年第3季度",
    "第三号表",
    "2023年3号线开通",
    "统一社会信用代码 11140525012345678X",
    "京ICP备2023001号",
    "京公网安备11010502030001号",
    "国药准字H20230012号",
    "国用（2008）第0123号",
    "京房权证海字第2015-36号",
    "建字第140525202301010101号",
    "苏（2019）无锡市不动产权第0012345号",
    "银行账号0405012023015号",
    "发票号码2023-0015号",
    "第15号议案",
    "政协第12号提案",
    "2023-15号",
    "附件1",
    "《施工许可证》",
    "《山西日报》",
    "《焦点访谈》",
    "《红楼梦》",
    "《部门预算公开表》",
    "《劳动合同》",
    "《2023年度绩效自评报告》",
    "《平安夜》",
    "《孙子兵法》",
    "《入党申请书》",
    "按照有关规定执行",
    "按照工作计划开展",
    "依据相关文件",
    "工会法人资格",
    "预算法律责任",
    "采购公告第12号",
    "水泵型号SL-2012",
    "内存256GB",
    "竞争性磋商文件晋采磋〔2023〕15号",
    "京津冀2023年1号工程",
    "投资项目代码2020-140525-77-03-015号",
    "鉴定意见书（2023）临鉴字第123号",
    "身份证号140525199001011234号",
    "《名词解释》",
    "《中小企业声明函》",
    "县长办公会议纪要（2023）第5期",
)
FILLING = st.sampled_from(["", "安排资金5万元，", "共有12人。", "2023年，我单位", "1、", "（一）", "全年", "；", "\n"])


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and the spans that the marks enclose."""
    spans: list[tuple[int, int]] = []
    plain, start = "", 0
    for one in text:
        if one == "»":
            start = len(plain)
        elif one == "«":
            spans.append((start, len(plain)))
        else:
            plain += one
    return plain, spans


def spans(found: list[Mention]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found]


@pytest.mark.parametrize(("text", "said"), CITED, ids=[text for text, _ in CITED])
def test_each_form_is_found_to_the_character(text: str, said: list[tuple[str | None, str | None, str | None]]) -> None:
    plain, expected = marked(text)
    found = find_citations(plain)
    assert spans(found) == expected
    assert [(one.doc_number, one.title, one.article) for one in found] == said


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_no_citation(text: str) -> None:
    assert find_citations(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("晋财行〔2020〕1号", "docnum"),
        ("《中华人民共和国工会法》", "law"),
        ("《刑法修正案（十一）》", "law"),
        ("《预算法实施条例》", "regulation"),
        ("《某省实施〈中华人民共和国工会法〉办法》", "regulation"),
        ("《事业单位财务规则》（财政部令第108号）", "decree"),
        ("财政部公告2023年第12号", "decree"),
        ("GB 50016-2014", "standard"),
        ("（2021）晋0525民初12号", "case"),
        ("《中国工会章程》", "other"),
        ("《关于做好工作的实施意见》", "other"),
    ],
)
def test_the_kind_is_that_of_the_number_or_of_the_title(text: str, kind: str) -> None:
    assert [one.kind for one in find_citations(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("依据山西省总工会、山西省财政厅《关于收缴的通知》", ("山西省总工会", "山西省财政厅")),
        ("和中华全国总工会、财政部《关于经费的通知》", ("中华全国总工会", "财政部")),
        ("财政部印发的《工会会计制度》", ("财政部",)),
        ("《中共某县委办公室、某县人民政府办公室关于转发方案的通知》", ("中共某县委办公室", "某县人民政府办公室")),
        ("《关于送温暖的通知》晋城市总工会 晋市工办发【2020】1号", ("晋城市总工会",)),
        ("根据财政部财建〔2006〕468号", ("财政部",)),
        ("依照《中国工会章程》", ()),
    ],
)
def test_issuers_are_told_where_they_are_printed(text: str, issuers: tuple[str, ...]) -> None:
    assert [one.issuers for one in find_citations(text)] == [issuers]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("泽发改审字〔2021〕15号", "泽发改审字〔2021〕15号"),
        ("工资 财建〔2021〕15号", "财建〔2021〕15号"),
        ("劳模补助资金管理办法 总工办发〔2018〕13号", "总工办发〔2018〕13号"),
        ("和政发〔2018〕13号", "和政发〔2018〕13号"),
        ("54号文 财建〔2006〕468号", "财建〔2006〕468号"),
    ],
)
def test_a_code_begins_where_its_words_begin(text: str, number: str) -> None:
    assert [one.doc_number for one in find_citations(text)] == [number]


def test_a_name_without_signs_and_number_is_informal() -> None:
    assert [one.informal for one in find_citations("依照工会法和《预算法》")] == [True, False]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("晋工发〔2006〕54号", None),
        ("晋工发〔2006 54号", "a bracket is lost"),
        ("晋工发〔2O06〕54号", "letters read as digits"),
        ("晋工发〔2006〕54", "号 is missing"),
        ("《关于经费的通知，", "a sign of the title is lost"),
    ],
)
def test_what_was_mended_is_said(text: str, reason: str | None) -> None:
    assert [one.reason for one in find_citations(text)] == [reason]


def test_a_whole_cell_of_a_column_of_bases_is_a_title() -> None:
    assert find_citations("省级劳模津贴发放办法") == []
    found = find_citations("省级劳模津贴发放办法", basis=True)
    assert [(one.title, one.informal) for one in found] == [("省级劳模津贴发放办法", True)]
    assert find_citations("工作计划", basis=True) == []


@pytest.mark.parametrize("end", ["\n\n", "\t", "|"])
def test_a_hard_end_parts_a_title_from_a_number(end: str) -> None:
    found = find_citations(f"《关于经费的通知》{end}晋财行〔2020〕1号")
    assert [(one.doc_number, one.title) for one in found] == [(None, "关于经费的通知"), ("晋财行〔2020〕1号", None)]


@given(
    st.tuples(st.sampled_from(CODES), YEARS, SERIALS, st.sampled_from(sorted(STYLES))),
    st.sampled_from(["", "根据", "依据财政部", "（", "1.", "按照省财政厅", "详见", "安排资金5万元，根据"]),
    st.sampled_from(["", "文件精神", "文件规定，安排资金", "）", "。", "；2023年共3人", "，"]),
    st.data(),
)
def test_a_number_in_a_sentence_is_found_to_the_character(
    number: tuple[str, int, int, str], before: str, after: str, data: st.DataObject
) -> None:
    code, year, serial, style = number
    printed = spaced(STYLES[style](code, year, serial), data)
    text = before + printed + after
    found = find_citations(text)
    assert [(one.start, one.end, one.doc_number) for one in found] == [
        (len(before), len(before) + len(printed), f"{code}〔{year}〕{serial}号")
    ]


@given(st.sampled_from([one for one, _ in CITED]), st.data())
def test_a_blank_anywhere_changes_no_number_no_title_and_no_article(text: str, data: st.DataObject) -> None:
    plain, _ = marked(text)
    at = data.draw(st.integers(0, len(plain)))
    wide = plain[:at] + " " + plain[at:]
    assert [(one.doc_number, one.title, one.article) for one in find_citations(wide)] == [
        (one.doc_number, one.title, one.article) for one in find_citations(plain)
    ]


@given(st.lists(st.tuples(FILLING, st.sampled_from(LOOK_ALIKES)), min_size=1, max_size=5))
@example([("", "《劳动合同》"), ("1、", "合同编号：泽工合〔2023〕5号")])
def test_text_of_look_alikes_cites_nothing(pieces: list[tuple[str, str]]) -> None:
    assert find_citations("，".join(filling + one for filling, one in pieces)) == []


@given(st.text(alphabet="《》〈〉（）()〔〕[]关于的通知办法第三条号令2020年12晋财行、和\n |", max_size=60))
def test_mentions_are_in_order_apart_and_within_the_run(text: str) -> None:
    found = find_citations(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(not text[one.start].isspace() and not text[one.end - 1].isspace() for one in found)
