"""Citations of one invented document that cannot both be right, and ways to print one that can."""

from __future__ import annotations

import pytest

from mapping.contradict import contradictions
from mapping.facts import assemble
from mapping.read import read

TITLE = "泽州县总工会2024年度部门预算公开\n\n"


def found(*citations: str) -> list[tuple[str | None, str | None]]:
    text = TITLE + "".join(f"依据{one}安排经费10万元。\n\n" for one in citations)
    pairs = contradictions(assemble(read(text.encode()), None).citations)
    return [(one.mention.doc_number, other.mention.doc_number) for one, other in pairs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "《关于财政拨款的行政事业单位工会经费有关问题的通知》（总工发〔2003〕26号）",
            "《关于财政拨款的行政事业单位计提工会经费有关问题的通知》（总工发〔2003〕25号）",
        ),
        (
            "《关于进一步加强机关事业单位工会经费集中拨付的通知》（晋工发〔2006〕54号）",
            "《关于进一步加强机关企事业单位工会经费集中划拨的通知》（晋工发〔2006〕54号）",
        ),
        (
            "《泽州县残疾人就业补贴实施办法》（泽政办发〔2019〕36号）",
            "《泽州县残疾人就业补贴实施办法》（泽政办发〔2019〕63号）",
        ),
        ("《博物馆条例》（国务院令第659号）", "《博物馆条例》（国务院令第569号）"),
        (  # the year alone
            "《基层科普员管理办法》（泽科协发〔2020〕6号）",
            "《基层科普员管理办法》（泽科协发〔2022〕6号）",
        ),
    ],
)
def test_one_title_with_two_numbers_and_one_number_with_two_titles(one: str, other: str) -> None:
    assert len(found(one, other)) == 1


def test_a_contradiction_that_is_printed_again_is_one() -> None:
    one = "《关于财政拨款的行政事业单位工会经费有关问题的通知》（总工发〔2003〕26号）"
    other = "《关于财政拨款的行政事业单位工会经费有关问题的通知》（总工发〔2003〕25号）"
    assert found(one, other, one, other) == [("总工发〔2003〕26号", "总工发〔2003〕25号")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # amended by another order
            "《医疗机构管理条例》（国务院令第149号）",
            "《医疗机构管理条例》（国务院令第752号）",
        ),
        (  # shortened
            "《关于进一步加强机关事业单位工会经费集中拨付的通知》（晋工发〔2006〕54号）",
            "《关于加强机关事业单位工会经费拨付的通知》（晋工发〔2006〕54号）",
        ),
        (  # the carrier and what it carries
            "《关于印发〈山西省工会经费收支管理办法〉的通知》（晋工发〔2006〕54号）",
            "《山西省工会经费收支管理办法》（晋工发〔2006〕54号）",
        ),
        (  # every year
            "《关于提前下达2023年困难职工帮扶资金的通知》（晋财行〔2022〕98号）",
            "《关于提前下达2024年困难职工帮扶资金的通知》（晋财行〔2022〕99号）",
        ),
        (  # the former one
            "《基层科普员管理办法》（泽科协发〔2022〕6号），原《基层科普员管理办法》（泽科协发〔2020〕6号）同时废止，",
            "《泽州县科普工作办法》（泽科协发〔2022〕9号）",
        ),
        (  # issued anew
            "《基层科普员管理办法》（泽科协发〔2020〕6号）",
            "《基层科普员管理办法》（泽科协发〔2022〕16号）",
        ),
        (  # a title that names nothing
            "《财务管理办法》（泽科协发〔2020〕6号）",
            "《财务管理办法》（泽科协发〔2022〕6号）",
        ),
        (  # two bodies
            "《关于做好困难职工帮扶工作的实施意见》（晋工发〔2020〕5号）",
            "《关于做好困难职工帮扶工作的实施意见》（泽工发〔2020〕9号）",
        ),
        (  # two subjects
            "《山西省机关会议费管理使用办法》（晋财行〔2016〕5号）",
            "《山西省机关培训费管理使用办法》（晋财行〔2016〕6号）",
        ),
    ],
)
def test_what_may_both_be_right_is_no_contradiction(one: str, other: str) -> None:
    assert found(one, other) == []
