"""Citations of a corpus: what each cites, how sure that is, what funds projects, and what does not agree."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.link import link
from mapping.rivals import _are_variants, differ_by_one
from mapping.scopes import may_be_cited, may_be_one
from tests.mapping.cited_samples import BASE, Legal, Paper, number

SUBSIDY = "关于财政拨款的行政事业单位工会经费有关问题的通知"
SUBSIDY_SET_ASIDE = "关于财政拨款的行政事业单位计提工会经费有关问题的通知"
REMIT = "关于进一步加强机关事业单位工会经费财政集中拨付的通知"
REMIT_OTHERWISE = "关于进一步加强机关企事业单位工会经费财政集中划拨的通知"

FEDERATION = Legal("cn", SUBSIDY, "总工发", 2003, "26")
PROVINCE = Legal("140000", REMIT, "晋工发", 2006, "54")
COUNTY = Legal("140525", "关于进一步做好困难职工帮扶工作的通知", "泽政办发", 2010, "23")
UNION_LAW = Legal("cn", "工会法", law=True)


class Said:
    """What the corpus graph says: `of(subject, property)` are values, IRIs by their last step or whole."""

    def __init__(self, *papers: Paper) -> None:
        self.lines = link(BASE, (paper.lines() for paper in papers))
        self._values: dict[tuple[str, str], list[str]] = {}
        for line in self.lines:
            subject, predicate, rest = line.decode().split(" ", 2)
            term = rest.rpartition(" <")[0]
            value = term[1:-1] if term.startswith("<") else term[1 : term.rindex('"')]
            name = predicate[1:-1].rpartition("#")[2]
            self._values.setdefault((subject[1:-1], name), []).append(value)

    def of(self, subject: str, name: str) -> list[str]:
        """The values of a property, sorted."""
        return sorted(self._values.get((subject, name), []))

    def cites(self, citation: str) -> tuple[str, str]:
        """What a citation cites, and its status."""
        (cited,), (status,) = self.of(citation, "cites"), self.of(citation, "citationStatus")
        return cited, status.rpartition("/")[2]

    def status(self, legal: Legal) -> str:
        """The status of a legal document."""
        (status,) = self.of(legal.iri, "legalStatus")
        return status.rpartition("/")[2]

    def discrepancies(self, kind: str) -> list[str]:
        """The IRIs of the discrepancies of a kind."""
        kinds = (
            (iri, value) for (iri, name), values in self._values.items() for value in values if name.endswith("Kind")
        )
        return sorted(iri for iri, value in kinds if value.endswith(f"discrepancy-kind/{kind}"))


def titled(legal: Legal, scope: str | None = None) -> Legal:
    """The document that the title alone names."""
    return replace(legal, scope=scope or legal.scope, code=None, year=None, serial=None)


def test_a_number_with_a_known_code_is_exact_and_cites_what_it_names() -> None:
    paper = Paper("one")
    citation = paper.cite(10, PROVINCE)
    said = Said(paper)
    assert said.cites(citation) == (PROVINCE.iri, "exact")
    assert said.status(PROVINCE) == "exact"


def test_a_number_with_an_unknown_code_is_unresolved() -> None:
    paper, unknown = Paper("one"), Legal("x-140525", None, "乾工发", 2010, "3", known=False)
    citation = paper.cite(10, unknown)
    said = Said(paper)
    assert said.cites(citation) == (unknown.iri, "unresolved")
    assert said.status(unknown) == "unresolved"


def test_a_law_of_the_lexicon_is_exact_without_a_number() -> None:
    paper = Paper("one")
    citation = paper.cite(10, UNION_LAW, informal=True)
    said = Said(paper)
    assert said.cites(citation) == (UNION_LAW.iri, "exact")
    assert said.status(UNION_LAW) == "exact"


def test_a_title_alone_is_title_only_and_an_unknown_informal_name_unresolved() -> None:
    paper = Paper("one")
    formal = paper.cite(10, Legal("x-140525", "关于规范基层工会收支的若干意见"))
    informal = paper.cite(20, Legal("x-140525", "县职工之家建设办法"), informal=True)
    said = Said(paper)
    assert said.cites(formal) == (titled(Legal("x-140525", "关于规范基层工会收支的若干意见")).iri, "title-only")
    assert said.cites(informal)[1] == said.status(Legal("x-140525", "县职工之家建设办法")) == "unresolved"
    assert said.status(Legal("x-140525", "关于规范基层工会收支的若干意见")) == "title-only"


# --- titles to numbers ---


def test_a_title_means_the_number_printed_beside_it_in_the_same_document() -> None:
    paper = Paper("one")
    paper.cite(10, PROVINCE)
    citation = paper.cite(30, titled(PROVINCE, "x-140525"))
    assert Said(paper).cites(citation) == (PROVINCE.iri, "title-only")


def test_a_title_without_the_state_s_name_means_the_same_act() -> None:
    order = Legal("cn", "中华人民共和国航标员条例", "国务院令", None, "494", kind="decree")
    paper, other = Paper("one"), Paper("two")
    paper.cite(10, order)
    short = replace(titled(order, "x-140525"), title="航标员条例")
    near, far = paper.cite(30, short), other.cite(30, short)
    assert [Said(paper, other).cites(one)[0] for one in (near, far)] == [order.iri, short.iri]


def test_a_short_title_means_a_number_in_its_own_document_only() -> None:
    short = replace(PROVINCE, title="经费办法")
    paper, other = Paper("one"), Paper("two")
    paper.cite(10, short)
    near, far = paper.cite(30, titled(short, "x-140525")), other.cite(30, titled(short, "x-140525"))
    said = Said(paper, other)
    assert said.cites(near) == (short.iri, "title-only")
    assert said.cites(far) == (titled(short, "x-140525").iri, "title-only")


@pytest.mark.parametrize(
    ("scope", "region", "found"),
    [
        ("cn", "140525", True),
        ("140000", "140525", True),
        ("140500", "140525", True),
        ("140525", "140525", True),
        ("x-140525", "140525", True),
        ("140525", "140500", False),
        ("140525", "140524", False),
        ("130000", "140525", False),
        ("x-130731", "140525", False),
        ("x-0123456789abcdef", "140525", False),
        ("140000", "x", False),
        ("cn", "x", True),
    ],
)
def test_a_title_means_a_number_of_another_document_from_its_own_or_a_higher_place(
    scope: str, region: str, found: bool
) -> None:
    source, paper = Paper("one", "130731"), Paper("two", region)
    numbered = replace(PROVINCE, scope=scope)
    source.cite(10, numbered)
    citation = paper.cite(30, titled(PROVINCE, f"x-{region}"))
    expected = numbered if found else titled(PROVINCE, f"x-{region}")
    assert Said(source, paper).cites(citation) == (expected.iri, "title-only")


def test_a_title_with_an_issuer_of_another_place_is_another_document() -> None:
    source, paper = Paper("one"), Paper("two")
    source.cite(10, replace(PROVINCE, scope="cn"))
    citation = paper.cite(30, titled(PROVINCE, "140000"))
    assert Said(source, paper).cites(citation) == (titled(PROVINCE, "140000").iri, "title-only")


@pytest.mark.parametrize(("issuer", "found"), [("省民政厅", False), ("民政部", True)])
def test_a_title_that_bodies_of_a_place_issued_is_no_document_of_the_centre(issuer: str, found: bool) -> None:
    source, paper = Paper("one"), Paper("two", "x")
    central = replace(PROVINCE, scope="cn")
    source.cite(10, central)
    citation = paper.cite(30, titled(PROVINCE, "x-0123456789abcdef"), issuers=[issuer])
    expected = central if found else titled(PROVINCE, "x-0123456789abcdef")
    assert Said(source, paper).cites(citation) == (expected.iri, "title-only")


def test_so_is_one_beside_a_number_of_another_place_in_its_own_document() -> None:
    paper = Paper("one")
    paper.cite(10, replace(PROVINCE, scope="cn"))
    citation = paper.cite(30, titled(PROVINCE, "140000"))
    assert Said(paper).cites(citation)[0] == titled(PROVINCE, "140000").iri


def test_a_title_of_a_number_with_an_unknown_code_is_unresolved() -> None:
    unknown = replace(PROVINCE, scope="x-140525", known=False)
    paper = Paper("one")
    paper.cite(10, unknown)
    citation = paper.cite(30, titled(PROVINCE))
    assert Said(paper).cites(citation) == (unknown.iri, "unresolved")


def test_a_title_of_several_numbers_is_unresolved() -> None:
    source, paper = Paper("one"), Paper("two")
    source.cite(10, PROVINCE)
    source.cite(30, replace(PROVINCE, code="晋财行", serial="12"))
    here, there = source.cite(50, titled(PROVINCE)), paper.cite(50, titled(PROVINCE))
    said = Said(source, paper)
    assert said.cites(here) == said.cites(there) == (titled(PROVINCE).iri, "unresolved")
    assert said.status(titled(PROVINCE)) == "unresolved"


def test_a_law_stays_itself_where_another_document_prints_an_order_beside_it() -> None:
    order = Legal("cn", "中华人民共和国预算法实施条例", "国务院令", None, "729", kind="decree")
    law = replace(titled(order), law=True)
    source, paper = Paper("one"), Paper("two")
    source.cite(10, order)
    here, there = source.cite(30, law), paper.cite(30, law)
    said = Said(source, paper)
    assert said.cites(here) == (order.iri, "exact")
    assert said.cites(there) == (law.iri, "exact")


# --- several titles, several numbers ---


def test_variants_of_a_title_under_one_number_stay_exact_and_both_mean_it() -> None:
    paper, other = Paper("one"), Paper("two")
    printed = [paper.cite(10, PROVINCE), paper.cite(30, replace(PROVINCE, title=REMIT_OTHERWISE))]
    alone = [
        paper.cite(50 + at, titled(replace(PROVINCE, title=title))) for at, title in enumerate((REMIT, REMIT_OTHERWISE))
    ]
    alone.append(other.cite(50, titled(replace(PROVINCE, title=REMIT_OTHERWISE), "x-140525")))
    said = Said(paper, other)
    (variants,) = said.discrepancies("title-variants")
    assert said.of(variants, "party") == [PROVINCE.iri]
    assert said.of(variants, "wasDerivedFrom") == sorted(printed)
    assert {said.cites(one) for one in printed} == {(PROVINCE.iri, "exact")}
    assert {said.cites(one) for one in alone} == {(PROVINCE.iri, "title-only")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于转发《联席会议纪要》的通知", "中共泽州县委办公室关于印发《联席会议纪要》的通知"),
        ("关于印发《帮扶规定》的通知", "在全县各级工会组织中认真学习并转发《帮扶规定》"),
        ("泽州县困难职工帮扶资金管理办法", "关于印发《泽州县困难职工帮扶资金管理办法》的通知"),
        ("关于印发地方志事业发展规划纲要的通知", "地方志事业发展规划纲要（2015—2020年）"),
        ("帮扶办法", "关于在全县范围内贯彻落实困难职工和农民工帮扶办法的若干意见"),
    ],
)
def test_titles_that_carry_or_hold_one_another_are_variants(one: str, other: str) -> None:
    paper = Paper("one")
    for at, title in enumerate((one, other)):
        paper.cite(10 * at, replace(COUNTY, title=title))
    said = Said(paper)
    assert len(said.discrepancies("title-variants")) == 1
    assert said.status(COUNTY) == "exact"


def test_unlike_titles_under_one_number_conflict() -> None:
    paper = Paper("one")
    citations = [paper.cite(10, COUNTY), paper.cite(30, replace(COUNTY, title="乡镇卫生院药品采购目录"))]
    said = Said(paper)
    (rivals,) = said.discrepancies("rival-titles")
    assert said.of(rivals, "party") == [COUNTY.iri]
    assert said.of(rivals, "wasDerivedFrom") == sorted(citations)
    assert {said.cites(one) for one in citations} == {(COUNTY.iri, "conflicting")}
    assert said.status(COUNTY) == "conflicting"
    assert said.discrepancies("title-variants") == []


def test_an_order_may_amend_laws_of_several_titles() -> None:
    paper, order = Paper("one"), Legal("cn", "预算法实施条例", "国务院令", None, "588", kind="decree")
    paper.cite(10, order)
    paper.cite(30, replace(order, title="工伤保险待遇规定"))
    assert Said(paper).discrepancies("rival-titles") == []


def test_one_title_under_two_numbers_of_one_year_conflicts_for_both() -> None:
    rival = replace(FEDERATION, title=SUBSIDY_SET_ASIDE, serial="25")
    paper = Paper("one")
    citations = [paper.cite(10, FEDERATION), paper.cite(30, rival)]
    alone = paper.cite(50, titled(FEDERATION))
    said = Said(paper)
    (rivals,) = said.discrepancies("rival-numbers")
    assert said.of(rivals, "party") == sorted((FEDERATION.iri, rival.iri))
    assert said.of(rivals, "reason")[0].startswith("misprint")
    assert said.of(rivals, "confidence") == ["0.96"]
    assert said.of(rivals, "wasDerivedFrom") == sorted(citations)
    assert [said.cites(one)[1] for one in citations] == ["conflicting", "conflicting"]
    assert said.cites(alone) == (FEDERATION.iri, "conflicting")
    assert said.status(FEDERATION) == said.status(rival) == "conflicting"


ONE_YEAR = [
    ("serials that have nothing in common", replace(FEDERATION, serial="108"), "unknown"),
    ("a serial with one digit more", replace(FEDERATION, serial="126"), "misprint"),
    ("a year with another digit", replace(FEDERATION, year=2013), "misprint"),
    ("another year and serial", replace(FEDERATION, year=2011, serial="7"), "reissued"),
]


@pytest.mark.parametrize(("other", "reason"), [case[1:] for case in ONE_YEAR], ids=[case[0] for case in ONE_YEAR])
def test_rivals_say_what_may_be_the_reason(other: Legal, reason: str) -> None:
    paper = Paper("one")
    paper.cite(10, FEDERATION)
    paper.cite(30, other)
    said = Said(paper)
    (rivals,) = said.discrepancies("rival-numbers")
    assert said.of(rivals, "reason")[0].startswith(reason)


EXPLAINED = [
    ("joint numbering", FEDERATION, replace(FEDERATION, code="财行", serial="7", issuers=("财政部",))),
    (
        "joint issuers",
        replace(FEDERATION, issuers=("中华全国总工会", "财政部")),
        replace(FEDERATION, code="财行", serial="7", issuers=("中华全国总工会", "财政部")),
    ),
    ("forwarded by title", replace(FEDERATION, title=f"关于转发{SUBSIDY}的通知"), replace(FEDERATION, serial="9")),
    (
        "forwarded by relation",
        replace(FEDERATION, forwards=replace(FEDERATION, serial="9").iri),
        replace(FEDERATION, serial="9"),
    ),
    (
        "batches",
        replace(FEDERATION, title="关于下达第一批帮扶资金的通知"),
        replace(FEDERATION, title="关于下达第二批帮扶资金的通知", serial="27"),
    ),
    (
        "another subject",
        replace(FEDERATION, title="中央和国家机关会议费管理办法"),
        replace(FEDERATION, title="中央和国家机关培训费管理办法", serial="27"),
    ),
    (
        "money of every year",
        replace(FEDERATION, title="关于下达困难职工帮扶资金的通知"),
        replace(FEDERATION, title="关于下达困难职工帮扶资金的通知", year=2004),
    ),
    (
        "a title that names nothing",
        replace(FEDERATION, title="实施意见"),
        replace(FEDERATION, title="实施意见", serial="27"),
    ),
    (
        "another place",
        replace(COUNTY, scope="x-140525", known=False),
        replace(COUNTY, scope="x-130731", serial="24", known=False),
    ),
    ("an order and the next", replace(FEDERATION, kind="decree"), replace(FEDERATION, kind="decree", serial="27")),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in EXPLAINED], ids=[case[0] for case in EXPLAINED])
def test_what_explains_two_numbers_makes_them_no_rivals(one: Legal, other: Legal) -> None:
    paper = Paper("one")
    citations = [paper.cite(10, one), paper.cite(30, other)]
    said = Said(paper)
    assert said.discrepancies("rival-numbers") == []
    assert "conflicting" not in {said.cites(citation)[1] for citation in citations}


def test_one_issuer_with_two_codes_and_one_title_conflicts() -> None:
    one = replace(FEDERATION, issuers=("中华全国总工会",))
    paper = Paper("one")
    paper.cite(10, one)
    paper.cite(30, replace(one, code="工厅发", serial="7"))
    assert len(Said(paper).discrepancies("rival-numbers")) == 1


# --- series ---


def test_yearly_documents_are_a_series_in_order_of_year() -> None:
    paper = Paper("one")
    years = [
        Legal("140000", f"关于下达{year}年工会经费补助的通知", "晋财行", year, str(serial))
        for year, serial in ((2020, 9), (2021, 4), (2023, 8))
    ]
    for at, legal in enumerate(years):
        paper.cite(10 * at, legal)
    said = Said(paper)
    assert [said.of(legal.iri, "nextInSeries") for legal in years] == [[years[1].iri], [years[2].iri], []]
    assert said.discrepancies("rival-numbers") == []


def test_a_quotation_without_its_frame_belongs_to_the_series() -> None:
    first = Legal("130000", "关于提前下达2023年困难职工帮扶专项资金的通知", "冀财行", 2022, "99")
    second = Legal("130000", "提前下达2024年困难职工帮扶专项资金", "冀财行", 2023, "98")
    paper, other = Paper("one", "130700"), Paper("two", "130532")
    paper.cite(10, first)
    other.cite(10, second)
    said = Said(paper, other)
    assert said.of(first.iri, "nextInSeries") == [second.iri]
    assert said.of(second.iri, "nextInSeries") == []


def test_a_batch_is_followed_by_the_same_batch_of_the_next_year() -> None:
    paper = Paper("one")
    batches = {
        (year, batch): Legal(
            "140000", f"关于下达{year}年第{batch}批工会补助的通知", "晋财行", year, str(ord(batch) % 90 + year)
        )
        for year, batch in itertools.product((2020, 2021), "一二")
    }
    for at, legal in enumerate(batches.values()):
        paper.cite(10 * at, legal)
    said = Said(paper)
    assert said.of(batches[2020, "二"].iri, "nextInSeries") == [batches[2021, "二"].iri]
    assert said.of(batches[2020, "一"].iri, "nextInSeries") == [batches[2021, "一"].iri]


def test_a_title_without_marks_is_a_series_only_where_it_sends_money() -> None:
    paper = Paper("one")
    money = [Legal("140000", "关于下达工会经费补助的通知", "晋财行", year, "5") for year in (2020, 2021)]
    rules = [Legal("140000", "关于调整差旅费标准的通知", "晋财行", year, "8") for year in (2013, 2020)]
    for at, legal in enumerate((*money, *rules)):
        paper.cite(10 * at, legal)
    said = Said(paper)
    assert said.of(money[0].iri, "nextInSeries") == [money[1].iri]
    assert said.of(rules[0].iri, "nextInSeries") == []
    assert [said.status(legal) for legal in rules] == ["conflicting", "conflicting"]


# --- misreadings ---


SUSPECT = Legal("x-140525", None, "管人社厅发", 2020, "5", known=False)
MEANT = Legal("140000", None, "晋人社厅发", 2020, "5")


def test_a_known_code_that_differs_by_one_character_is_proposed_and_never_merged() -> None:
    paper, other = Paper("one"), Paper("two")
    citation = paper.cite(10, SUSPECT)
    other.cite(10, MEANT)
    said = Said(paper, other)
    (misread,) = said.discrepancies("misread")
    assert said.of(misread, "party") == [SUSPECT.iri]
    assert said.of(misread, "proposed") == [MEANT.iri]
    assert said.of(misread, "proposedNumber") == []
    assert said.of(misread, "confidence") == ["0.8"]
    assert said.of(misread, "wasDerivedFrom") == [citation]
    assert said.cites(citation) == (SUSPECT.iri, "unresolved")


@pytest.mark.parametrize(
    "other",
    [
        replace(MEANT, serial="6"),
        replace(MEANT, year=2021),
        replace(MEANT, known=False),
        replace(MEANT, code="晋人社发"),
        replace(MEANT, code="人管社厅发"),
        replace(MEANT, scope="120000", code="津人社厅发"),
    ],
    ids=["serial", "year", "unknown", "two characters", "moved", "another province"],
)
def test_no_other_number_is_proposed(other: Legal) -> None:
    paper, source = Paper("one"), Paper("two")
    paper.cite(10, SUSPECT)
    source.cite(10, other)
    assert Said(paper, source).discrepancies("misread") == []


def test_a_document_that_prints_both_numbers_speaks_for_a_misreading_where_its_place_is_not_known() -> None:
    suspect = replace(SUSPECT, scope="x-0123456789abcdef")
    paper, other = Paper("one", "x"), Paper("two", "x")
    paper.cite(10, suspect)
    other.cite(10, MEANT)
    assert Said(paper, other).discrepancies("misread") == []
    paper.cite(30, MEANT)
    said = Said(paper, other)
    (misread,) = said.discrepancies("misread")
    assert said.of(misread, "confidence") == ["0.9"]


OWN = Legal("x-140525", None, "泽市科协", 2024, "31", known=False)
SLIP = replace(OWN, code="泽市科侨")


@pytest.mark.parametrize(
    ("suspect", "project", "others", "found"),
    [
        (SLIP, 1, [OWN], 1),
        (SLIP, 2, [OWN], 0),
        (SLIP, None, [OWN], 0),
        (SLIP, 1, [OWN, SLIP], 0),
        (replace(SLIP, code="潞市科协"), 1, [OWN], 0),
        (SLIP, 1, [replace(OWN, scope="140525")], 1),
    ],
    ids=[
        "one project",
        "two projects",
        "no project",
        "the suspect's code is borne",
        "another place",
        "the place of another number is known",
    ],
)
def test_a_code_that_other_numbers_bear_is_proposed_for_one_of_the_same_project(
    suspect: Legal, project: int | None, others: Sequence[Legal], found: int
) -> None:
    paper = Paper("one")
    paper.cite(10, OWN, "legal-basis-of-project", project=1)
    paper.cite(30, suspect, "legal-basis-of-project", project=project)
    for at, other in enumerate(others):
        paper.cite(50 + 10 * at, replace(other, serial="7"))
    said = Said(paper)
    assert [said.of(one, "proposed") for one in said.discrepancies("misread")] == [[OWN.iri]] * found


@pytest.mark.parametrize(("project", "found"), [(1, 1), (2, 0)], ids=["one project", "two projects"])
def test_a_letter_of_another_city_may_be_misread_where_both_are_cited_for_one_project(project: int, found: int) -> None:
    # 秦 is the letter of 秦皇岛.
    right = Legal("x-310120", None, "奉规资发", 2024, "31", known=False)
    paper = Paper("one")
    paper.cite(10, right, "legal-basis-of-project", project=1)
    paper.cite(30, replace(right, code="秦规资发"), "legal-basis-of-project", project=project)
    paper.cite(50, replace(right, serial="7"))
    said = Said(paper)
    assert [said.of(one, "proposed") for one in said.discrepancies("misread")] == [[right.iri]] * found


@pytest.mark.parametrize(
    ("code", "beside", "found"),
    [
        ("泽市移氏", True, 1),
        ("译市移民", True, 1),
        ("泽市移氏", False, 0),
        ("泽市移侨", True, 0),
        ("潞市移民", True, 0),
    ],
    ids=["often misread", "a letter misread", "in two documents", "unlike", "another place"],
)
def test_a_code_that_no_lexicon_has_is_proposed_for_one_misread_beside_it(code: str, beside: bool, found: int) -> None:
    right = replace(OWN, code="泽市移民")
    paper, other = Paper("one"), Paper("two")
    paper.cite(10, replace(OWN, code=code))
    (paper if beside else other).cite(30, right)
    said = Said(paper, other)
    assert [said.of(one, "proposed") for one in said.discrepancies("misread")] == [[right.iri]] * found


def test_a_proposal_of_a_document_stands_with_its_number_until_something_cites_that() -> None:
    paper, other = Paper("one"), Paper("two")
    paper.cite(10, SUSPECT)
    paper.propose(10, SUSPECT, number("晋人社厅发", 2020, 5), "0.9", "管 looks like 晋")
    alone = Said(paper)
    (misread,) = alone.discrepancies("misread")
    assert alone.of(misread, "proposedNumber") == ["晋人社厅发〔2020〕5号"]
    assert (alone.of(misread, "confidence"), alone.of(misread, "reason")) == (["0.9"], ["管 looks like 晋"])
    other.cite(10, MEANT)
    said = Said(paper, other)
    (misread,) = said.discrepancies("misread")
    assert said.of(misread, "proposed") == [MEANT.iri]
    assert said.of(misread, "confidence") == ["0.9"]
    assert "; " in said.of(misread, "reason")[0]


# --- projects ---


def test_bases_justify_projects_and_documents_that_send_money_fund_them() -> None:
    money = Legal("140000", "关于下达2024年工会补助资金的通知", "晋财行", 2024, "5", funding=True)
    paper = Paper("one")
    paper.cite(10, PROVINCE, "legal-basis-of-project", project=1)
    paper.cite(20, FEDERATION, "indicator-basis", indicators=[(70, 2), (80, 3)])
    paper.cite(30, COUNTY, "funding-document", project=1)
    paper.cite(40, money, "legal-basis-of-project", project=2)
    said = Said(paper)
    assert said.of(paper.project(1), "justifiedBy") == [PROVINCE.iri]
    assert said.of(paper.project(1), "fundedBy") == [COUNTY.iri]
    assert said.of(paper.project(2), "justifiedBy") == said.of(paper.project(3), "justifiedBy") == [FEDERATION.iri]
    assert said.of(paper.project(2), "fundedBy") == [money.iri]


def test_no_document_both_funds_and_justifies_one_project() -> None:
    paper = Paper("one")
    paper.cite(10, PROVINCE, "legal-basis-of-project", project=1)
    paper.cite(20, PROVINCE, "funding-document", project=1)
    paper.cite(30, PROVINCE, "legal-basis-of-project", project=2)
    said = Said(paper)
    assert (said.of(paper.project(1), "fundedBy"), said.of(paper.project(1), "justifiedBy")) == ([PROVINCE.iri], [])
    assert said.of(paper.project(2), "justifiedBy") == [PROVINCE.iri]


@pytest.mark.parametrize("role", ["mentioned", "disclosure-basis"])
def test_what_is_only_mentioned_justifies_no_project(role: str) -> None:
    paper = Paper("one")
    paper.cite(10, replace(PROVINCE, funding=True), role, project=1)
    said = Said(paper)
    assert said.of(paper.project(1), "justifiedBy") == said.of(paper.project(1), "fundedBy") == []


def test_a_project_rests_on_the_document_that_a_title_means() -> None:
    paper = Paper("one")
    paper.cite(10, PROVINCE)
    paper.cite(30, titled(PROVINCE), "legal-basis-of-project", project=1)
    assert Said(paper).of(paper.project(1), "justifiedBy") == [PROVINCE.iri]


# --- places, codes ---


@pytest.mark.parametrize(
    ("one", "other", "one_apart"),
    [
        ("25", "26", True),
        ("25", "125", True),
        ("25", "2", True),
        ("25", "25", False),
        ("25", "52", False),
        ("1", "123", False),
    ],
)
def test_strings_differ_by_one_character(one: str, other: str, one_apart: bool) -> None:
    assert differ_by_one(one, other) is differ_by_one(other, one) is one_apart


def test_an_open_place_may_be_any_and_two_known_ones_are_two() -> None:
    assert may_be_one("x-140525", "140000")
    assert not may_be_one("cn", "140000")
    assert not may_be_cited("150000", "140525")


# --- any corpus ---


SCOPES = ["cn", "140000", "140500", "140525", "130000", "x-140525", "x-130731"]
SOME_TITLES = [
    SUBSIDY,
    SUBSIDY_SET_ASIDE,
    REMIT,
    f"关于转发{REMIT}的通知",
    "关于下达2023年工会经费的通知",
    "关于下达2024年工会经费的通知",
    "实施意见",
    None,
]
NUMBERED = st.builds(
    Legal,
    scope=st.sampled_from(SCOPES),
    title=st.sampled_from(SOME_TITLES),
    code=st.sampled_from(["晋工发", "总工发", "管工发"]),
    year=st.sampled_from([2003, 2013]),
    serial=st.sampled_from(["25", "26", "5"]),
    known=st.booleans(),
)
ALONE = st.builds(Legal, scope=st.sampled_from(SCOPES), title=st.sampled_from(SOME_TITLES[:-1]), law=st.just(False))
MENTIONS = st.lists(st.one_of(NUMBERED, ALONE), min_size=1, max_size=4)
CORPORA = st.lists(st.tuples(st.sampled_from(["140525", "140500", "130731", "x"]), MENTIONS), min_size=1, max_size=4)


def papers(corpus: Iterable[tuple[str, Sequence[Legal]]]) -> list[Paper]:
    """Documents that cite, each of a region."""
    made = []
    for at, (region, mentions) in enumerate(corpus):
        paper = Paper(str(at), region)
        for place, legal in enumerate(mentions):
            paper.cite(place * 10, legal, "legal-basis-of-project", project=900)
        made.append(paper)
    return made


@given(CORPORA, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_neither_the_order_of_documents_nor_that_of_their_lines_makes_a_difference(corpus, random) -> None:  # type: ignore[no-untyped-def]
    dumps = [paper.lines() for paper in papers(corpus)]
    expected = link(BASE, dumps)
    assert expected
    random.shuffle(dumps)
    for dump in dumps:
        random.shuffle(dump)
    assert link(BASE, iter(dumps)) == expected


@given(CORPORA)
@settings(deadline=None)
def test_a_document_that_shares_nothing_changes_nothing_about_the_others(corpus: list[tuple[str, list[Legal]]]) -> None:
    stranger = Paper("stranger", "440100")
    stranger.cite(10, Legal("440000", "广东省基层工会文体活动场地补贴实施细则", "粤工总", 2019, "77"))
    stranger.cite(30, Legal("x-440100", "乾隆年间会馆捐输章程汇览", "乾会", 1999, "88", known=False))
    before = set(link(BASE, [paper.lines() for paper in papers(corpus)]))
    after = set(link(BASE, [*(paper.lines() for paper in papers(corpus)), stranger.lines()]))
    assert before < after
    assert {line for line in after - before if b"legal/44" not in line and b"legal/x-44" not in line} == {
        line for line in link(BASE, [stranger.lines()]) if b"legal/44" not in line and b"legal/x-44" not in line
    }


@given(MENTIONS, st.integers(0, 4))
@settings(deadline=None)
def test_a_document_cut_in_two_cites_the_same_numbers(mentions: list[Legal], cut: int) -> None:
    numbered = [legal for legal in mentions if legal.code]
    whole = Said(*papers([("140525", numbered)]))
    halves = Said(*papers([("140525", numbered[:cut]), ("140525", numbered[cut:])]))
    for legal in numbered:
        assert whole.of(legal.iri, "legalStatus") == halves.of(legal.iri, "legalStatus")
    kinds = ("rival-numbers", "rival-titles", "title-variants")
    assert [whole.discrepancies(kind) for kind in kinds] == [halves.discrepancies(kind) for kind in kinds]


@given(CORPORA)
@settings(deadline=None, max_examples=200)
def test_no_title_alone_joins_documents_of_places_that_are_not_compatible(
    corpus: list[tuple[str, list[Legal]]],
) -> None:
    made = papers(corpus)
    said = Said(*made)
    for paper, (region, mentions) in zip(made, corpus, strict=True):
        for place, legal in enumerate(mentions):
            cited, _ = said.cites(f"{paper.iri}/citation/{place * 10}-{place * 10 + 5}")
            scope = cited.removeprefix(f"{BASE}legal/").partition("/")[0]
            if legal.code:
                assert cited == legal.iri
            elif cited not in {legal.iri, *(one.iri for one in mentions)}:
                assert may_be_cited(scope, region)
                assert may_be_one(scope, legal.scope)
            else:
                assert may_be_one(scope, legal.scope)


@given(CORPORA)
@settings(deadline=None)
def test_every_citation_and_every_legal_document_has_one_status(corpus: list[tuple[str, list[Legal]]]) -> None:
    made = papers(corpus)
    said = Said(*made)
    for paper, (_, mentions) in zip(made, corpus, strict=True):
        for place, legal in enumerate(mentions):
            citation = f"{paper.iri}/citation/{place * 10}-{place * 10 + 5}"
            assert len(said.of(citation, "cites")) == len(said.of(citation, "citationStatus")) == 1
            assert len(said.of(legal.iri, "legalStatus")) == 1
            assert len(said.of(paper.project(900), "justifiedBy")) >= 1


def test_a_place_that_two_titles_share_makes_them_no_variants() -> None:
    assert not _are_variants("云岭市人民调解员补贴办法", "云岭市专职人民调解员考核细则")
    assert _are_variants("云岭市人民调解员补贴办法", "云岭市人民调解员补助办法")


OLD = Legal("140525", "泽州县困难职工帮扶实施办法", "泽政办发", 2010, "23")


def test_a_title_that_is_issued_is_not_the_document_of_that_title_that_is_repealed() -> None:
    paper = Paper("one")
    issued = paper.cite(10, titled(OLD), validity="issued")
    repealed = paper.cite(30, OLD, validity="repealed")
    said = Said(paper)
    assert said.cites(issued) == (titled(OLD).iri, "title-only")
    assert said.cites(repealed) == (OLD.iri, "exact")


def test_a_title_is_that_of_the_number_that_took_the_place_of_another() -> None:
    paper, new = Paper("one"), replace(OLD, year=2020, serial="9")
    citation = paper.cite(10, titled(OLD))
    paper.cite(30, new)
    paper.cite(50, OLD, validity="repealed")
    said = Said(paper)
    assert said.cites(citation) == (new.iri, "exact" if said.status(new) == "conflicting" else "title-only")
    assert said.discrepancies("rival-numbers") == []


def test_a_title_means_the_repealed_document_where_none_of_its_title_took_its_place() -> None:
    paper = Paper("one")
    citation = paper.cite(10, titled(OLD))
    paper.cite(30, OLD, validity="repealed")
    assert Said(paper).cites(citation) == (OLD.iri, "title-only")


def test_only_the_earlier_of_two_is_repealed_by_the_later() -> None:
    paper = Paper("one")
    paper.cite(30, replace(OLD, year=2020, serial="9"), validity="repealed")
    paper.cite(50, OLD)
    assert len(Said(paper).discrepancies("rival-numbers")) == 1
