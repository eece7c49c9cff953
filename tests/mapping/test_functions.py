"""Printed functional classes to codes."""

import pytest

from mapping.functions import class_in, class_labelled


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.一般公共服务支出（类）群众团体事务（款）行政运行（项）：", "2012901"),
        ("1.一般公共服务（类）群团事务（款）行政运行（项）：", "2012901"),
        ("社会保障和就业（类）行政事业单位养老（款）机关事业单位职业年金（项）", "2080506"),
        ("卫生健康支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）", "2101101"),
        ("208社会保障和就业支出（类）05行政事业单位养老支出（款）02事业单位离退休（项）", "2080502"),
        ("社会保障和就业支出208（类）行政事业单位养老支出05（款）事业单位离退休02（项）", "2080502"),
        ("1.208社会保障和就业支出类05行政事业单位养老支出款02事业单位离退休项2023年决算数", "2080502"),
        ("教育支出（类）", "205"),
        ("节能环保支出（类）环境保护管理事务（款）环境保护法规、规划及标准（项）", "2110105"),
        # what is left of a class is not named as the class
        ("一般公共服务支出（类）统计信息事务（款）统计信息事务（项）", None),
        ("一般公共服务支出（类）统计信息事务（款）其他统计信息事务（项）", "2010599"),
        ("不存在的支出（类）", None),
    ],
)
def test_classes_within_each_other(text: str, code: str | None) -> None:
    found = class_in(text)
    assert found is not None
    assert found[0] == code


def test_the_word_of_a_level_without_brackets_ends_a_label_only_behind_its_code() -> None:
    assert class_in("社会保障和就业支出类2023年决算数") is None
    assert class_in("205教育支出项目2024年") is None
    assert class_in("帮助119家企业获得贷款0.9亿元，投放贷款205笔，发放19家小微企业贷款3亿元") is None
    assert class_in("农林水支出（类），支持201家企业申请贷款5亿元") == ("213", 0, 8)


def test_a_label_alone_names_a_top_class_or_the_only_one() -> None:
    assert class_labelled("教育支出") == "205"
    assert class_labelled("行政运行") is None
    assert class_labelled("劳模慰问") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("农林水支出（类）农业农村（款）行政运行（项）6万元；农业农村（款）事业运行（项）", "2130104"),
        ("教育支出（类）普通教育（款）：学前教育（项）20万元，小学教育（项）", "2050202"),
        ("用于残疾人事业（款）", "20811"),
        ("行政运行（项）", None),
        ("教育支出（类）不存在的名称（款）行政运行（项）", None),
    ],
)
def test_a_label_stands_in_the_levels_named_before(text: str, code: str | None) -> None:
    found = class_in(text)
    assert found is not None
    assert found[0] == code


def test_a_code_printed_in_a_label() -> None:
    assert class_labelled("2010301-行政运行") == "2010301"
    assert class_labelled("9990301-行政运行") is None
