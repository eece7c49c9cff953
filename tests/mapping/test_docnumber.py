"""Document numbers: every printed form of one number has one normal form, and what is no number has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.docnumber import flatten, normal, normalise, parse, read_number, serial_of, year_of
from tests.mapping.number_styles import CHINESE_YEARS, CODES, SERIALS, STYLES, YEARS, spaced

FORMS = {
    "晋工发【2006】54号": "晋工发〔2006〕54号",
    "晋工发﹝2006﹞54号": "晋工发〔2006〕54号",
    "晋工发﹙2006﹚54号": "晋工发〔2006〕54号",
    "晋工发[2006]54号": "晋工发〔2006〕54号",
    "晋工发［2006］54号": "晋工发〔2006〕54号",
    "晋工发{2006}54号": "晋工发〔2006〕54号",
    "晋工发「2006」54号": "晋工发〔2006〕54号",
    "晋工发„2006‟54号": "晋工发〔2006〕54号",
    "晋工发<2006>54号": "晋工发〔2006〕54号",
    "晋工发〈2006〉54号": "晋工发〔2006〕54号",
    "晋工发《2006》54号": "晋工发〔2006〕54号",
    "晋工发〔2006】54号": "晋工发〔2006〕54号",
    "晋工发〔2006 54号": "晋工发〔2006〕54号",
    "晋工发2006〕54号": "晋工发〔2006〕54号",
    "晋工发〔２００６〕０５４号": "晋工发〔2006〕54号",
    "晋工发〔2O06〕54号": "晋工发〔2006〕54号",
    "晋工发〔2006〕l4号": "晋工发〔2006〕14号",
    "晋工发〔二〇〇六〕五十四号": "晋工发〔2006〕54号",
    "晋工发〔2006〕54": "晋工发〔2006〕54号",
    "晋工发〔2006〕54号文": "晋工发〔2006〕54号",
    "晋工发〔2006〕54号文件": "晋工发〔2006〕54号",
    "晋 工 发\n〔2006〕 54 号": "晋工发〔2006〕54号",
    "财建2006-468号": "财建〔2006〕468号",
    "晋财建—2006—12号": "晋财建〔2006〕12号",
    "晋财行2019年195号": "晋财行〔2019〕195号",
    "晋财行2019年第195号": "晋财行〔2019〕195号",
    "晋财行2019（195）号": "晋财行〔2019〕195号",
    "吕财行字(2002)807号": "吕财行字〔2002〕807号",
    "国发[1996]字第5号": "国发〔1996〕5号",
    "总工发〔2012〕-16号": "总工发〔2012〕16号",
    "晋政发〔2020〕第3号": "晋政发〔2020〕3号",
    "闽价〔2002〕服610号": "闽价服〔2002〕610号",
    "财预[98]3号": "财预〔1998〕3号",
    "晋财行〔2019〕1-3号": "晋财行〔2019〕1-3号",
    "闽财（社）指〔2020〕58号": "闽财（社）指〔2020〕58号",
    "晋政字第12号": "晋政字第12号",
    "陕财办社〔〔2022〕〕64号": "陕财办社〔2022〕64号",
    "新财社((2020)88号)": "新财社〔2020〕88号",
    "（91）财农字第320号": "财农字〔1991〕320号",
    "（2005）湘财行字第8号": "湘财行字〔2005〕8号",
    "法〔2020〕129号": "法〔2020〕129号",
    "法释〔2020〕17号": "法释〔2020〕17号",
    "JTG 2111-2019": "JTG 2111-2019",
    "JTG/T F50-2011": "JTG/T F50-2011",
    "JTG F40/2-2019": "JTG F40/2-2019",
    "TSG T5002—2017": "TSG T5002-2017",
    "国务院令第588号": "国务院令第588号",
    "国务院第588号令": "国务院令第588号",
    "国务院588号令": "国务院令第588号",
    "国令第588号": "国务院令第588号",
    "中华人民共和国国务院令（第588号）": "国务院令第588号",
    "主席令第二十二号": "主席令第22号",
    "中华人民共和国主席令第二十二号": "主席令第22号",
    "主席令（第十三届）第22号": "主席令第22号",
    "财政部令第102号": "财政部令第102号",
    "省政府令第271号": "省政府令第271号",
    "国家发展改革委2019年第29号令": "国家发展改革委令2019年第29号",
    "公告2023年第12号": "公告2023年第12号",
    "财政部 税务总局公告2023年第12号": "财政部税务总局公告2023年第12号",
    "国家税务总局2018年第60号公告": "国家税务总局公告2018年第60号",
    "GB/T 9704—2012": "GB/T 9704-2012",
    "GB50016-2014": "GB 50016-2014",
    "GB 3095-82": "GB 3095-1982",
    "DB13/T1234-2019": "DB13/T 1234-2019",
    "(2021)晋0525民初12号": "（2021）晋0525民初12号",
    "（2012）泽民初字第123号": "（2012）泽民初字第123号",
    "（2019）黔03执456号之一": "（2019）黔03执456号之一",
    "（2021）晋05委赔2号": "（2021）晋05委赔2号",
    "财建[2021-12号]": "财建〔2021〕12号",
    "财建2021(12号)": "财建〔2021〕12号",
    "财建2021〕12〕号": "财建〔2021〕12号",
    "财建〔2021】第〔12〕号": "财建〔2021〕12号",
    "财建〔2021〕年第12号": "财建〔2021〕12号",
    "财建[2021]-第12号": "财建〔2021〕12号",
    "财建2021字第12号": "财建〔2021〕12号",
    "财建“2021”12號": "财建〔2021〕12号",
    "（1983）国发12号": "国发〔1983〕12号",
    "省人大常委会公告（十三届第12号）": "省人大常委会公告第12号",
    "晋检办字第2021-17号": "晋检办字〔2021〕17号",
    "GBT 9704-2012": "GB/T 9704-2012",
    "DB14T 1234-2019": "DB14/T 1234-2019",
    "T/YLSSHXH 002-2021": "T/YLSSHXH 002-2021",
    "GB 5749—2O06": "GB 5749-2006",
}
NONE = (
    "",
    "54号",
    "〔2006〕54号",
    "第3号楼",
    "2023年12月1号",
    "晋工发〔3019〕5号",
    "晋工发〔2019〕0号",
    "13070024P00027610002U",
    "ZYCG-2023-15号",
    "关于拨付工会经费的通知",
    "晋工发〔2006〕54号、55号",
    "0349-2023154",
    "发〔2006〕54号",
    "号令1",
)


@pytest.mark.parametrize(("printed", "expected"), FORMS.items())
def test_each_printed_form_has_its_normal_form(printed: str, expected: str) -> None:
    assert normalise(printed) == expected


@pytest.mark.parametrize("sign", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_what_has_no_width_is_no_part_of_a_number(sign: str) -> None:
    assert normalise(f"{sign}晋工发{sign}〔20{sign}06〕54号{sign}") == "晋工发〔2006〕54号"


@pytest.mark.parametrize("printed", NONE)
def test_what_is_no_number_has_no_normal_form(printed: str) -> None:
    assert normalise(printed) is None
    assert parse(printed) is None


@pytest.mark.parametrize("expected", sorted({*FORMS.values()}))
def test_a_normal_form_is_its_own(expected: str) -> None:
    number = parse(expected)
    assert number is not None
    assert normal(number) == expected == normalise(expected)


@given(st.sampled_from(CODES), YEARS, SERIALS, st.sampled_from(sorted(STYLES)), st.data())
def test_no_style_and_no_whitespace_changes_a_number(
    code: str, year: int, serial: int, style: str, data: st.DataObject
) -> None:
    printed = spaced(STYLES[style](code, year, serial), data)
    assert normalise(printed) == f"{code}〔{year}〕{serial}号"


@given(st.text(alphabet="晋财行发令字第号〔〕[]（）年-0129 GB/T", max_size=16))
def test_normalising_twice_is_normalising_once(printed: str) -> None:
    once = normalise(printed)
    assert once is None or normalise(once) == once


@given(st.text(max_size=30))
def test_flattening_keeps_every_place(text: str) -> None:
    assert len(flatten(text)) == len(text)


def test_the_parts_of_each_form_are_told_apart() -> None:
    said = {
        each: read_number(flatten(each)) for each in ("财建〔2006〕468号", "国务院令第588号", "财政部公告2023年第12号")
    }
    parts = {(one.code, one.year, one.serial, one.form) for one in said.values() if one}
    assert parts == {
        ("财建", 2006, "468", "number"),
        ("国务院令", None, "588", "order"),
        ("财政部公告", 2023, "12", "announcement"),
    }
    case, standard = parse("（2021）晋0525民初12号"), parse("GB/T 9704-2012")
    assert case is not None
    assert standard is not None
    assert (case.code, case.serial, case.form) == ("晋0525民初", "12", "case")
    assert (standard.code, standard.year, standard.serial, standard.form) == ("GB/T", 2012, "9704", "standard")


@given(YEARS)
def test_a_year_in_chinese_digits_is_the_year(year: int) -> None:
    assert year_of(CHINESE_YEARS(year)) == year == year_of(str(year))


@pytest.mark.parametrize(("printed", "serial"), [("〇五", "5"), ("一百零二", "102"), ("007", "7"), ("12-15", "12-15")])
def test_a_serial_has_no_leading_zeros(printed: str, serial: str) -> None:
    assert serial_of(printed) == serial
