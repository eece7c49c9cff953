"""The questions on legal bases: their answers in two engines, and what they print of the sample of `legal.ttl`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store
from rdflib import Dataset

from server.catalogue import question, questions
from server.parameters import bind
from tests.queries.engines import answer, as_dataset, rows_of_pyoxigraph, rows_of_rdflib
from tests.server.sample_release import BASE, sample_store

LEGAL = Path(__file__).parent / "legal.ttl"
BUDGET, ACCOUNTS, OTHER = "戊县/预算.txt", "戊县/决算.txt", "己市/预算.txt"
COPY = "copies/己市.txt"
COUNTY = f"{BASE}document/{'e' * 64}"
ALLOCATION = f"{BASE}legal/140000/664b5de553d1-2006-54"
MISREAD = f"{BASE}legal/x-140525/7ba14eba793e538553d1-2016-82"
UNION_LAW = f"{BASE}legal/cn/t-00000000000000b4"
MEASURES = f"{BASE}legal/140525/t-00000000000000b1"
NUMBER = "晋工发〔2006〕54号"
SENT = "冀财行〔2022〕99号"
FUNDS = f"{BASE}project/140525/00000000000000e1/2024/00000000000000d1"

OPEN = (
    "bases-after-plan",
    "bases-of-other-years-or-levels",
    "citations",
    "funding-lines",
    "legal-discrepancies",
    "legal-documents",
    "legal-relations",
    "legal-series",
    "most-cited-laws",
    "projects-without-basis",
    "shared-bases",
)
"""Questions that need no parameter."""
THINGS = (
    ALLOCATION,
    UNION_LAW,
    MEASURES,
    MISREAD,
    FUNDS,
    f"{COUNTY}/citation/97-126",
    f"{COUNTY}/citation/272-284",
    f"{COUNTY}/proposal/300-311",
    f"{COUNTY}/legal-relation/issues/454-482",
    f"{COUNTY}/project/25-29",
    f"{BASE}discrepancy/00000000000000c1",
    f"{BASE}fact/140525/00000000000000e1/2024/approved/project-budget-000000e1/all",
)
CASES: list[tuple[str, Mapping[str, Literal | NamedNode], bool]] = [
    *((name, {}, True) for name in OPEN),
    *(
        (name, {"source": Literal(source)}, True)
        for name in ("citations", "bases-of-other-years-or-levels")
        for source in (OTHER, COPY)
    ),
    ("citations", {"source": Literal(ACCOUNTS)}, False),
    ("bases-of-other-years-or-levels", {"source": Literal(BUDGET)}, False),
    ("projects-without-basis", {"source": Literal(BUDGET)}, True),
    ("projects-without-basis", {"source": Literal(ACCOUNTS)}, False),
    *(
        ("policy-linkage", {"doc_number": Literal(number)}, True)
        for number in (NUMBER, SENT, "总工发〔2003〕25号", "管人社厅发〔2016〕82号")
    ),
    *(
        ("policy-linkage", {"doc_number": Literal(number)}, False)
        for number in ("戊工办〔2010〕3号", "晋工发〔2006〕55号", "（2021）晋0525民初12号")
    ),
    *(("old-bases", {"least": Literal(years)}, True) for years in (0, 18, 21)),
    ("old-bases", {"least": Literal(22)}, False),
    ("funding-lines", {"doc_number": Literal("戊财行〔2023〕8号")}, True),
    ("funding-lines", {"doc_number": Literal(NUMBER)}, False),
    *(
        ("find", {"wanted": Literal(text)}, True)
        for text in ("54号", "工会法", "（总工发〔2003〕26号）", "管人社厅发", "财政拨付的通知")
    ),
    ("find", {"wanted": Literal("总工发〔2003〕27号")}, False),
    *(
        ("said-about", {"wanted": Literal(text)}, True)
        for text in ("工会经费", "民初12号", "管人社厅发〔2016〕82号", "（总工发")
    ),
    ("said-about", {"wanted": Literal("总工发〔2003〕27号")}, False),
    *(("read-at", {"source": Literal(BUDGET), "line": Literal(line)}, True) for line in (7, 14, 16, 25)),
    ("read-at", {"source": Literal(BUDGET), "line": Literal(15)}, False),
    *(("lineage", {"fact": NamedNode(iri)}, True) for iri in THINGS),
    ("lineage", {"fact": NamedNode(f"{BASE}legal/cn/603b5de553d1-2003-27")}, False),
]


@pytest.fixture(scope="module")
def store() -> Store:
    """Return the sample release with legal bases in pyoxigraph; tests must not change it."""
    store = sample_store()
    for name in ("measures.ttl", "legal.ttl"):
        store.load(files("ontology").joinpath(name).read_bytes(), format=RdfFormat.TURTLE)
    store.load(path=LEGAL, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def dataset(store: Store) -> Dataset:
    return as_dataset(store)


def linked(store: Store, number: str) -> list[dict[str, str]]:
    """Return the rows of the linkage of a document, its number as a user writes it."""
    bindings = bind(question("policy-linkage"), {"doc_number": number})
    return answer(store, "policy-linkage", **bindings)


def test_every_question_of_the_category_is_tested() -> None:
    legal = {name for name, query in questions().items() if query.category == "legal"}
    assert legal == {*OPEN, "policy-linkage", "old-bases"}
    assert legal <= {name for name, _, _ in CASES}
    assert len(CASES) >= 60


@pytest.mark.parametrize(("name", "bindings", "hit"), CASES)
def test_both_engines_answer_alike(
    store: Store, dataset: Dataset, name: str, bindings: Mapping[str, NamedNode | Literal], hit: bool
) -> None:
    rows = rows_of_pyoxigraph(store, question(name), bindings)
    assert rows == rows_of_rdflib(dataset, question(name), bindings)
    assert bool(rows) is hit
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", OPEN)
def test_every_column_is_filled_somewhere(store: Store, name: str) -> None:
    rows = answer(store, name)
    empty = [column for column in rows[0] if not any(row[column] for row in rows)]
    assert empty == (["to_doc_number"] if name == "legal-relations" else [])


@pytest.mark.parametrize("name", [*OPEN, "find", "said-about"])
def test_a_release_that_cites_nothing_has_no_row(name: str) -> None:
    """The projects of the sample have one form, and it names no basis."""
    bindings = {"wanted": Literal("晋工发")} if name in ("find", "said-about") else {}
    rows = rows_of_pyoxigraph(sample_store(), question(name), bindings)
    assert len(rows) == (2 if name == "projects-without-basis" else 0)


# --- citations ---


def test_a_citation_is_quoted_at_its_place(store: Store) -> None:
    rows = answer(store, "citations", source=Literal(BUDGET))
    assert len(rows) == 12
    first = rows[0]
    assert (first["line"], first["start"], first["end"]) == ("7", "97", "126")
    assert first["quote"] == "《关于工会经费财政划拨的通知》（晋工发〔2006〕54号）"
    assert (first["doc_number"], first["title"]) == (NUMBER, "关于工会经费财政划拨的通知")
    assert (first["role"], first["project"], first["status"]) == ("legal-basis-of-project", "工会经费", "exact")
    assert (first["issuers"], first["informal"], first["legal_iri"]) == ("戊省总工会;戊省财政厅", "false", ALLOCATION)


def test_a_number_cut_by_a_page_has_two_places_and_one_quote(store: Store) -> None:
    (row,) = (row for row in answer(store, "citations") if row["doc_number"] == "管人社厅发〔2016〕82号")
    assert (row["start"], row["end"], row["quote"]) == ("300;316", "311;319", "管人社厅发〔2016〕82号")
    assert row["status"] == "unresolved"


def test_a_court_case_is_reported_without_a_document(store: Store) -> None:
    (row,) = (row for row in answer(store, "citations") if row["kind"] == "case")
    assert (row["doc_number"], row["legal_iri"], row["status"]) == ("（2021）晋0525民初12号", "", "")


def test_a_title_alone_leads_to_the_number_it_has_elsewhere(store: Store) -> None:
    row = next(row for row in answer(store, "citations") if row["line"] == "23")
    assert (row["doc_number"], row["title"], row["legal_iri"]) == ("", "关于工会经费财政划拨的通知", ALLOCATION)


def test_a_document_of_two_paths_gives_its_citations_twice(store: Store) -> None:
    counts = Counter(row["source"] for row in answer(store, "citations"))
    assert counts == {BUDGET: 12, OTHER: 7, COPY: 7}


# --- legal documents ---


def documents(store: Store) -> dict[str, dict[str, str]]:
    return {row["iri"]: row for row in answer(store, "legal-documents")}


def test_a_document_is_one_row_with_what_rests_on_it(store: Store) -> None:
    row = documents(store)[ALLOCATION]
    assert (row["doc_number"], row["code"], row["year"], row["region"]) == (NUMBER, "晋工发", "2006", "140000")
    assert (row["citations"], row["documents"], row["projects"]) == ("3", "1", "2")
    assert row["amount_yuan"] == "417000"
    assert (row["kind"], row["level"], row["issuer"]) == ("docnum", "provincial", "戊省总;戊省财政厅")


def test_the_title_is_the_one_cited_most(store: Store) -> None:
    found = documents(store)
    assert found[ALLOCATION]["title"] == "关于工会经费财政划拨的通知"
    assert found[UNION_LAW]["title"] == "中华人民共和国工会法"


def test_a_document_cited_by_nobody_says_so(store: Store) -> None:
    """The content of a carrier is a row; a title that is resolved to a number is none of its own."""
    found = documents(store)
    assert (found[MEASURES]["citations"], found[MEASURES]["amount_yuan"]) == ("0", "")
    assert f"{BASE}legal/140000/t-00000000000000b2" not in found
    assert len(found) == 14
    assert {row["carries"] for row in found.values()} == {"", "工会经费管理办法"}


def test_regions_are_digits_cn_or_unknown(store: Store) -> None:
    found = documents(store)
    assert found[UNION_LAW]["region"] == "cn"
    assert found[MISREAD]["region"] == ""
    assert {row["funding"] for row in found.values()} == {"true", "false"}


# --- policy linkage ---


def test_linkage_has_a_row_for_each_project_year_and_phase(store: Store) -> None:
    rows = linked(store, NUMBER)
    assert [(row["project"], row["fiscal_year"], row["phase"], row["amount_yuan"]) for row in rows] == [
        ("工会经费", "2023", "approved", "300000"),
        ("工会经费", "2024", "approved", "367000"),
        ("工会经费", "2024", "finalAccounts", "350000"),
        ("送温暖经费", "2024", "", "50000"),
    ]


def test_linkage_gives_the_amount_of_the_project_and_the_interval_of_its_fact(store: Store) -> None:
    """36.70万元 of the project table is 367000, though the fact is known to the yuan."""
    row = linked(store, NUMBER)[1]
    assert (row["amount_yuan"], row["low"], row["high"]) == ("367000", "366991.5", "366992.5")
    assert (row["fact_status"], row["project_iri"]) == ("agreed", FUNDS)
    assert row["fact_iri"].endswith("/2024/approved/project-budget-000000e1/all")


def test_linkage_quotes_the_citation_of_the_project(store: Store) -> None:
    rows = linked(store, NUMBER)
    assert {(row["source"], row["line"]) for row in rows} == {(BUDGET, "7"), (BUDGET, "12")}
    assert (rows[0]["quote"], rows[0]["role"]) == (
        "《关于工会经费财政划拨的通知》（晋工发〔2006〕54号）",
        "legal-basis-of-project",
    )
    assert (rows[3]["quote"], rows[3]["role"], rows[3]["indicators"]) == (NUMBER, "indicator-basis", "2")


def test_linkage_names_the_unit_that_implements_else_the_publisher(store: Store) -> None:
    numbers = (NUMBER, "管人社厅发〔2016〕82号")
    units = {row["project"]: row["unit"] for number in numbers for row in linked(store, number)}
    assert units == {"工会经费": "戊县职工服务中心", "送温暖经费": "戊县困难职工帮扶中心", "遗属补助": "戊县总工会"}


def test_linkage_tells_money_sent_from_money_justified(store: Store) -> None:
    assert {row["link"] for row in linked(store, NUMBER)} == {"justified-by"}
    rows = linked(store, SENT)
    assert [(row["project"], row["link"], row["amount_yuan"]) for row in rows] == [
        ("2022年疗休养项目", "funded-by", ""),
        ("劳模慰问", "funded-by", "458200"),
    ]
    assert {row["source"] for row in rows} == {COPY}


def test_linkage_of_a_conflicting_fact_has_no_amount_but_its_extremes(store: Store) -> None:
    (row,) = linked(store, "管人社厅发〔2016〕82号")
    assert (row["amount_yuan"], row["low"], row["high"], row["fact_status"]) == ("", "17800", "23000", "conflicting")
    assert (row["status"], row["title"]) == ("unresolved", "")


@pytest.mark.parametrize("written", ["晋工发[2006]54号", "晋工发【2006】５４号", " 晋工发〔2006〕 54号 "])
def test_linkage_takes_a_number_however_it_is_written(store: Store, written: str) -> None:
    assert len(linked(store, written)) == 4


# --- questions of an auditor ---


def test_old_bases_are_oldest_first(store: Store) -> None:
    rows = answer(store, "old-bases", least=Literal(18))
    ages = [int(row["age"]) for row in rows]
    assert ages == sorted(ages, reverse=True)
    assert len(rows) == 8
    assert {(row["year"], row["fiscal_year"], row["age"]) for row in rows if row["doc_number"] == NUMBER} == {
        ("2006", "2024", "18")
    }
    assert "least" not in rows[0]


def test_a_basis_issued_after_the_year_is_named(store: Store) -> None:
    rows = answer(store, "bases-after-plan")
    assert {(row["doc_number"], row["fiscal_year"], row["years_after"], row["disclosure"]) for row in rows} == {
        ("平办〔2024〕1号", "2023", "1", "budget")
    }


def test_bases_that_do_not_fit_say_why(store: Store) -> None:
    rows = answer(store, "bases-of-other-years-or-levels", source=Literal(OTHER))
    assert [(row["doc_number"], row["why"], row["found"], row["expected"]) for row in rows] == [
        ("冀财行〔2023〕98号", "year-in-title", "2024", "2023"),
        ("戊办发〔2005〕7号", "other-region", "140525", "130500"),
        ("平办〔2024〕1号", "lower-level", "130532", "130500"),
        (SENT, "year-in-project-name", "2022", "2023"),
    ]


def one_more(store: Store, title: str, year: int) -> list[str]:
    """Return why a further document that sends money for a project of 2023 does not fit."""
    other = Store()
    other.extend(store.quads_for_pattern(None, None, None, DefaultGraph()))
    other.update(f"""
        PREFIX def: <https://w3id.org/yusuan/def#>
        PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        INSERT {{
            <{BASE}new> def:cites <{BASE}legal/cn/new> ; a def:Citation ; def:project ?entry ; dct:isPartOf ?document ;
                def:citationRole <https://w3id.org/yusuan/code/citation-role/funding-document> ; def:line 1 ;
                def:starts "0" ; def:citedTitle "{title}" ; prov:wasDerivedFrom ?span .
            <{BASE}legal/cn/new> a def:LegalDocument ; def:issueYear "{year}"^^xsd:gYear .
            ?entry def:fundedBy <{BASE}legal/cn/new>
        }} WHERE {{
            ?document def:sourcePath "{OTHER}" .
            ?entry dct:isPartOf ?document ; def:amount 458200.0 ; prov:wasDerivedFrom ?span .
        }}""")
    rows = answer(other, "bases-of-other-years-or-levels", source=Literal(OTHER))
    return [row["why"] for row in rows if row["iri"] == f"{BASE}new"]


@pytest.mark.parametrize(
    ("title", "year", "why"),
    [
        ("关于下达2023年资金的通知", 2022, []),
        ("关于下达2023年资金的通知", 2023, []),
        ("关于下达2023年资金的通知", 2021, ["year-of-number"]),
        ("关于下达2022年资金的通知", 2022, ["year-in-title"]),
        ("关于下达2022年、2023年资金的通知", 2022, []),
        ("关于下达资金的通知", 2024, ["year-of-number"]),
        ("资金管理办法2021-2025年", 2023, []),
        ("资金管理办法（2021年修订）", 2023, []),
    ],
)
def test_years_of_money_that_is_sent_are_compared(store: Store, title: str, year: int, why: list[str]) -> None:
    assert one_more(store, title, year) == why


def test_projects_without_basis_have_a_form(store: Store) -> None:
    rows = answer(store, "projects-without-basis", source=Literal(BUDGET))
    assert [(row["project"], row["amount_yuan"], row["form"]) for row in rows] == [
        ("慰问劳模", "", "true"),
        ("职工培训", "12000.5", "false"),
    ]


def test_shared_bases_count_units_and_money(store: Store) -> None:
    rows = answer(store, "shared-bases")
    assert [(row["doc_number"], row["units"], row["projects"], row["amount_yuan"]) for row in rows] == [
        ("总工发〔2003〕25号", "2", "2", "508200"),
        (NUMBER, "2", "2", "417000"),
        (SENT, "1", "2", "458200"),
    ]
    assert rows[0]["unit_names"] == "己市总工会;戊县困难职工帮扶中心"


def test_laws_are_counted_by_region(store: Store) -> None:
    rows = answer(store, "most-cited-laws")
    assert [(row["region"], row["title"], row["citations"], row["units"]) for row in rows] == [
        ("130500", "中华人民共和国工会法", "1", "1"),
        ("140525", "中华人民共和国工会法", "1", "1"),
        ("140525", "中华人民共和国预算法", "1", "1"),
    ]


def test_discrepancies_name_each_party_with_its_words(store: Store) -> None:
    rows = answer(store, "legal-discrepancies")
    assert [(row["kind"], row["doc_number"], row["proposed"], row["source"]) for row in rows] == [
        ("misread", "管人社厅发〔2016〕82号", "晋人社厅发〔2016〕82号", BUDGET),
        ("misread", "平办〔2024〕1号", NUMBER, COPY),
        ("misread", "平办〔2024〕1号", NUMBER, OTHER),
        ("rival-numbers", "总工发〔2003〕25号", "", BUDGET),
        ("rival-numbers", "总工发〔2003〕26号", "", BUDGET),
    ]
    assert rows[3]["quote"] == "总工发〔2003〕25号《关于工会经费有关问题的通知》"
    assert (rows[1]["discrepancy"] == rows[2]["discrepancy"]) and len({row["discrepancy"] for row in rows}) == 3


def test_relations_and_series_name_both_documents(store: Store) -> None:
    (relation,) = answer(store, "legal-relations")
    assert (relation["relation"], relation["from_doc_number"]) == ("issues", "戊工办〔2010〕3号")
    assert (relation["to_title"], relation["to_iri"], relation["line"]) == ("工会经费管理办法", MEASURES, "25")
    (series,) = answer(store, "legal-series")
    assert (series["code"], series["doc_number"], series["next_doc_number"]) == ("冀财行", SENT, "冀财行〔2023〕98号")
    assert (series["title"], series["next_title"]) == (
        "关于提前下达2023年劳模资金的通知",
        "关于提前下达2024年劳模资金的通知",
    )


def test_funding_lines_are_the_figures_of_the_projects_funded(store: Store) -> None:
    (row,) = answer(store, "funding-lines")
    assert (row["doc_number"], row["project"], row["row_label"]) == ("戊财行〔2023〕8号", "送温暖经费", "送温暖经费")
    assert (row["value"], row["unit"], row["amount_yuan"], row["role"]) == ("5.00", "万元", "50000", "leaf")


# --- finding and tracing ---


def test_find_names_the_document_before_its_citations(store: Store) -> None:
    rows = answer(store, "find", wanted=Literal("54号"))
    assert [(row["type"], row["line"], row["value"]) for row in rows if row["type"] != "FormReading"] == [
        ("LegalDocument", "", NUMBER),
        ("Citation", "7", NUMBER),
        ("Citation", "12", NUMBER),
    ]
    assert (rows[0]["source"], rows[0]["iri"]) == ("", ALLOCATION)


def test_what_is_cited_for_a_project_is_said_about_it(store: Store) -> None:
    rows = answer(store, "said-about", wanted=Literal("遗属"))
    assert ("citation", "管人社厅发〔2016〕82号") in {(row["type"], row["quote"]) for row in rows}


def test_a_line_shows_its_citations(store: Store) -> None:
    rows = answer(store, "read-at", source=Literal(BUDGET), line=Literal(7))
    assert [(row["type"], row["start"], row["value"]) for row in rows if row["type"] == "Citation"] == [
        ("Citation", "97", NUMBER),
        ("Citation", "127", "总工发〔2003〕26号"),
    ]


def relations(store: Store, iri: str) -> set[tuple[str, str, str]]:
    """Return step, relation and IRI of what is linked to a thing, below the base."""
    rows = answer(store, "lineage", fact=NamedNode(iri))
    return {(row["step"], row["relation"], row["iri"].removeprefix(BASE)) for row in rows}


def test_lineage_of_a_document_reaches_citations_projects_and_money(store: Store) -> None:
    found = relations(store, ALLOCATION)
    entry = COUNTY.removeprefix(BASE)
    assert {iri for step, relation, iri in found if relation == "cited-by"} == {
        f"{entry}/citation/97-126",
        f"{entry}/citation/272-284",
        f"{entry}/citation/410-425",
    }
    assert {
        ("1", "justifies", f"{entry}/project/25-29"),
        ("2", "justifies", FUNDS.removeprefix(BASE)),
        ("3", "justifies", "fact/140525/00000000000000e1/2024/approved/project-budget-000000e1/all"),
        ("1", "issued-by", "organisation/140000/00000000000000a1"),
        ("1", "proposed-by", "discrepancy/00000000000000c3"),
    } <= found
    (row,) = (row for row in answer(store, "lineage", fact=NamedNode(ALLOCATION)) if row["step"] == "0")
    assert (row["type"], row["label"], row["value"]) == ("LegalDocument", "关于工会经费财政划拨的通知", NUMBER)


def test_lineage_of_money_reaches_its_basis(store: Store) -> None:
    fact = f"{BASE}fact/140525/00000000000000e1/2024/approved/project-budget-000000e1/all"
    legal = ALLOCATION.removeprefix(BASE)
    assert ("3", "justified-by", legal) in relations(store, fact)
    assert ("2", "justified-by", legal) in relations(store, FUNDS)
    assert ("1", "justified-by", legal) in relations(store, f"{COUNTY}/project/25-29")


def test_lineage_of_a_citation_reaches_document_span_and_indicator(store: Store) -> None:
    found = relations(store, f"{COUNTY}/citation/272-284")
    own = COUNTY.removeprefix(BASE)
    assert {("1", "cites", ALLOCATION.removeprefix(BASE)), ("1", "read-from", f"{own}/text#char=272,284")} <= found
    assert [iri for _, relation, iri in found if relation == "basis-of"] == [f"{own}/indicator/268-271"]


def test_lineage_of_a_doubtful_number_names_what_is_proposed(store: Store) -> None:
    rows = answer(store, "lineage", fact=NamedNode(MISREAD))
    doubts = {(row["type"], row["value"]) for row in rows if row["relation"] == "doubted-by"}
    assert doubts == {("Proposal", "晋人社厅发〔2016〕82号"), ("Discrepancy", "晋人社厅发〔2016〕82号")}


def test_lineage_follows_carriers_and_series(store: Store) -> None:
    assert ("1", "carried-by", "legal/140525/620a5de5529e-2010-3") in relations(store, MEASURES)
    later = f"{BASE}legal/130000/51808d22884c-2023-98"
    assert ("1", "previous-in-series", "legal/130000/51808d22884c-2022-99") in relations(store, later)
