"""Names of laws, regulations and rules to their acts."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.docnumber import normalise
from mapping.laws import Law, law_named, law_names
from mapping.lexicon import load
from mapping.regions import region_chain

ACTS = load("laws")["acts"]
NAMES = [entry["name"] for entries in ACTS.values() for entry in entries]
STATE = "中华人民共和国"


def known(name: str) -> Law:
    law = law_named(name)
    assert law is not None, name
    return law


@pytest.mark.parametrize(
    ("name", "key", "kind"),
    [
        ("中华人民共和国工会法", "中华人民共和国工会法", "law"),
        ("《中华人民共和国工会法》", "中华人民共和国工会法", "law"),
        ("工会法", "中华人民共和国工会法", "law"),
        ("《预算法》", "中华人民共和国预算法", "law"),
        ("中华人民共和国 预算法\n", "中华人民共和国预算法", "law"),
        ("中华人民共和国预算法（2018年修正）", "中华人民共和国预算法", "law"),
        ("水法", "中华人民共和国水法", "law"),
        ("公务员法", "中华人民共和国公务员法", "law"),
        ("保密法", "中华人民共和国保守国家秘密法", "law"),
        ("地方组织法", "中华人民共和国地方各级人民代表大会和地方各级人民政府组织法", "law"),
        ("民法典", "中华人民共和国民法典", "law"),
        ("预算法实施条例", "中华人民共和国预算法实施条例", "regulation"),
        ("政府信息公开条例", "中华人民共和国政府信息公开条例", "regulation"),
        ("中华人民共和国机关事务管理条例", "机关事务管理条例", "regulation"),
        ("党政机关厉行节约反对浪费条例", "党政机关厉行节约反对浪费条例", "regulation"),
        ("中国共产党支部工作条例", "中国共产党支部工作条例（试行）", "regulation"),
        ("中国共产党支部工作条例(试行)", "中国共产党支部工作条例（试行）", "regulation"),
        ("中央八项规定", "中央八项规定", "other"),
        ("八项规定", "中央八项规定", "other"),
        ("中国工会章程", "中国工会章程", "other"),
        ("民间非营利组织会计制度", "民间非营利组织会计制度", "other"),
        ("政府会计制度", "政府会计制度——行政事业单位会计科目和报表", "other"),
        ("小企业会计准则", "小企业会计准则", "other"),
        ("党章", "中国共产党章程", "other"),
    ],
)
def test_a_name_says_its_act(name: str, key: str, kind: str) -> None:
    law = known(name)
    assert (law.key, law.kind, law.region) == (key, kind, "cn")


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("预算法实施条例", "国务院令第729号"),
        ("政府采购法实施条例", "国务院令第658号"),
        ("政府信息公开条例", "国务院令第711号"),
        ("机关事务管理条例", "国务院令第621号"),
        ("事业单位人事管理条例", "国务院令第652号"),
        ("国务院关于废止和修改部分行政法规的决定", "国务院令第588号"),
        ("住房公积金管理条例", None),
        ("工会法", None),
    ],
)
def test_an_act_has_the_number_of_the_order_that_issued_it_where_that_is_sure(name: str, number: str | None) -> None:
    assert known(name).number == number


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("河北省实施《中华人民共和国工会法》办法", "130000"),
        ("山西省实施〈中华人民共和国预算法〉办法", "140000"),
        ("河北省工会法实施办法", "130000"),
        ("山西省预算监督条例", "140000"),
        ("太原市物业管理条例", "140100"),
        ("内蒙古自治区实施《中华人民共和国残疾人保障法》办法", "150000"),
        ("广西壮族自治区实施工会法办法", "450000"),
        ("北京市实施《中华人民共和国工会法》办法", "110000"),
        ("恩施土家族苗族自治州旅游条例", "422800"),
        ("大厂回族自治县城市管理条例", "131028"),
    ],
)
def test_an_act_of_a_place_is_known_by_its_form(name: str, region: str) -> None:
    law = known(name)
    assert (law.kind, law.region) == ("regulation", region)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "法",
        "条例",
        "办法",
        "中华人民共和国",
        "泽州县物业管理条例",  # a county has no acts
        "山西省实施打狗法办法",  # carries out no law
        "某省预算监督条例",
        "省政府工作条例",
        "河北省困难职工及劳模帮扶救助专项资金管理办法",
        "关于进一步推进预算公开工作的实施意见",
        "工会法第三十四条",
        "工会工作要点",
    ],
)
def test_other_names_are_no_act(name: str) -> None:
    assert law_named(name) is None


def test_the_list_is_as_large_as_it_is_said_to_be() -> None:
    assert set(ACTS) == {"law", "regulation", "other"}
    assert len(ACTS["law"]) >= 150
    assert len(ACTS["regulation"]) >= 120
    assert len(NAMES) == len(set(NAMES))


def test_no_two_acts_share_a_name() -> None:
    owners: dict[str, set[str]] = {}
    for entry in chain.from_iterable(ACTS.values()):
        for name in (entry["name"], *entry.get("short", ()), *entry.get("bare", ())):
            owners.setdefault(name.replace(STATE, ""), set()).add(entry["name"])
    assert {name: one for name, one in owners.items() if len(one) > 1} == {}


def test_each_law_is_a_law_of_the_state() -> None:
    assert [one["name"] for one in ACTS["law"] if not re.search("(?:法|法典|宪法|民法通则)$", one["name"])] == []
    assert [one["name"] for one in ACTS["law"] if not one["name"].startswith(STATE)] == []


@given(name=st.sampled_from(NAMES), quoted=st.booleans(), state=st.booleans())
def test_every_act_is_found_by_its_full_name_however_printed(name: str, quoted: bool, state: bool) -> None:
    printed = name if state else name.replace(STATE, "")
    law = known(f"《{printed}》" if quoted else printed)
    assert law.key == name
    assert name not in law.short


@given(st.sampled_from(NAMES))
def test_every_number_is_a_normal_form_and_every_region_is_central(name: str) -> None:
    law = known(name)
    assert law.region == "cn"
    assert law.number is None or normalise(law.number) == law.number


@given(st.sampled_from(["山西省", "晋城市", "泽州县", "河北省", "恩施土家族苗族自治州"]), st.sampled_from(NAMES))
def test_a_place_before_a_name_never_gives_the_act_of_the_centre(place: str, name: str) -> None:
    law = law_named(place + name.replace(STATE, ""))
    assert law is None or (law.region != "cn" and region_chain(law.region))


def test_names_that_count_without_marks_are_acts_and_stand_longest_first() -> None:
    names = law_names()
    assert len(names) > 400
    assert len(set(names)) == len(names)
    assert list(map(len, names)) == sorted(map(len, names), reverse=True)
    assert [name for name in names if law_named(name) is None] == []
    assert {"预算法", "工会法", "中央八项规定", "中国工会章程", "中华人民共和国公务员法"} <= set(names)


def test_words_that_stand_in_other_words_need_their_marks() -> None:
    assert set(law_names()).isdisjoint({"水法", "教育法", "保险法", "农业法", "公务员法", "计量法", "合同法", "党章"})


@given(st.sampled_from(law_names()), st.sampled_from(law_names()))
def test_a_short_name_inside_a_longer_one_is_another_act_only_where_the_longer_counts_too(one: str, other: str) -> None:
    if one in other and one != other and known(one) != known(other):
        assert law_names().index(other) < law_names().index(one)
