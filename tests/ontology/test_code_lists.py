"""Every concept of the code lists and classifications, and that none of the design is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

BOTH = ["en", "zh-hans"]
Languages = Callable[[URIRef, URIRef], list[str]]
BASE = "https://w3id.org/yusuan/code/"
CLASSIFICATIONS = {"functional": 600, "economic": 100, "government-economic": 70}

LISTS = {
    "table-kind": "budget-summary income expenditure fiscal-appropriation-summary general-public-expenditure "
    "basic-expenditure-economic gov-fund-income gov-fund-expenditure state-capital three-public "
    "operating-cost project-expenditure project-carryover performance-target self-evaluation "
    "organisation procurement assets chart toc glossary other",
    "phase": "reviewDraft approved adjusted executed finalAccounts unspecified",
    "row-role": "leaf subtotal total memo",
    "column-role": "part total memo difference single",
    "grounding": "verbatim derived inferred",
    "publication-status": "published reviewDraft superseded withdrawn unknown",
    "disclosure-kind": "budget accounts unknown",
    "operation-character": "income expenditure balance unknown",
    "organisation-role": "publisher budget-unit subordinate-unit implementing-unit competent-department superior-body",
    "scope": "period annual",
    "form-field": "project-name project-code competent-department implementing-unit project-attribute "
    "project-term period-total annual-total budget-amount period-central period-provincial "
    "period-local period-own period-other annual-central annual-provincial annual-local annual-own "
    "annual-other period-fiscal period-carried-over annual-fiscal annual-carried-over "
    "fiscal-funds central provincial local own other-funds legal-basis necessity measures "
    "implementation-plan summary goal use-of-funds spending-plan",
    "fund-source": "all fiscal-appropriation general-public government-fund state-capital special-account "
    "unit-funds unknown",
    "currency": "CNY",
    "provenance": "manifest",
    "statement-kind": "amount change growth share count rate standard score duration threshold",
    "direction": "increase decrease",
    "operator": "= ≥ ≤ > < ≈ 定性",
    "unit-kind": "money count ratio area score duration",
    "carry-over": "current including carry-over unknown",
    "reporting-level": "consolidated ownLevel unit allLevels governmentLevel governmentOwn directUnits localLevels "
    "unknown",
    "flow": "own upward downward pass-through unknown",
    "fact-status": "single agreed conflicting",
    "alias-status": "same proposed",
    "remark-kind": "own-year none empty-table filled-table missing-table",
    "sense": "more-is-better less-is-better entitlement",
    "target-kind": "share ratio money persons households time things",
    "mark-kind": "class-name class-parent placeholder garbled watermark other-level other-unit publisher-name "
    "title-year list-count impossible-date near-name doubled table-unit purchase-kind grade term-year citation-year",
    "severity": "violation warning info",
    "concern": "in-table cross-table text-table text project indicator classification organisation citation damage "
    "corpus",
    "finding-status": "open explained corrected dismissed",
    "citation-kind": "docnum law regulation decree standard case other",
    "citation-role": "legal-basis-of-project indicator-basis disclosure-basis funding-document mentioned",
    "citation-status": "exact title-only conflicting unresolved",
    "legal-level": "central provincial municipal county unknown",
    "legal-relation": "forwards issues approves based-on repeals revises",
    "validity": "issued repealed revised former",
    "discrepancy-kind": "rival-numbers rival-titles title-variants misread",
}

# The notation of an operator is the sign that queries print, which an IRI in ASCII cannot end in: the only such list.
SIGNS = {
    "=": "equal",
    "≥": "at-least",
    "≤": "at-most",
    ">": "more-than",
    "<": "less-than",
    "≈": "about",
    "定性": "qualitative",
}

CLASSES = {
    "functional": {
        "201": "一般公共服务支出",
        "208": "社会保障和就业支出",
        "210": "卫生健康支出",
        "219": "援助其他地区支出",
        "221": "住房保障支出",
        "234": "抗疫特别国债安排的支出",
        "20129": "群众团体事务",
        "2012901": "行政运行",
        "2012902": "一般行政管理事务",
        "2012906": "工会事务",
        "2012950": "事业运行",
        "2012999": "其他群众团体事务支出",
        "2050201": "学前教育",
        "2070114": "文化和旅游管理事务",
        "2079903": "文化产业发展专项支出",
        "20805": "行政事业单位养老支出",
        "2080501": "行政单位离退休",
        "2080502": "事业单位离退休",
        "2080505": "机关事业单位基本养老保险缴费支出",
        "2080506": "机关事业单位职业年金缴费支出",
        "2081105": "残疾人就业",
        "2082701": "财政对失业保险基金的补助",
        "2082702": "财政对工伤保险基金的补助",
        "2100799": "其他计划生育事务支出",
        "2101101": "行政单位医疗",
        "2101102": "事业单位医疗",
        "2101103": "公务员医疗补助",
        "2101199": "其他行政事业单位医疗支出",
        "2121999": "其他国有土地使用权出让收入对应专项债务收入安排的支出",
        "2150899": "其他支持中小企业发展和管理支出",
        "2210201": "住房公积金",
        "22198": "超长期特别国债安排的支出",
        "2219899": "其他住房保障支出",
    },
    "economic": {
        "301": "工资福利支出",
        "30101": "基本工资",
        "30112": "其他社会保障缴费",
        "302": "商品和服务支出",
        "30228": "工会经费",
        "30239": "其他交通费用",
        "303": "对个人和家庭的补助",
        "30305": "生活补助",
        "399": "其他支出",
    },
    "government-economic": {
        "501": "机关工资福利支出",
        "50101": "工资奖金津补贴",
        "50501": "工资福利支出",
        "50901": "社会福利和救助",
        "50905": "离退休费",
        "599": "其他支出",
    },
}


def concepts(vocabulary: Graph, scheme: str) -> dict[str, URIRef]:
    """Notation to concept of a scheme; fails when two concepts share a notation."""
    members = list(vocabulary.subjects(SKOS.inScheme, URIRef(BASE + scheme)))
    notations = [str(vocabulary.value(node, SKOS.notation, any=False)) for node in members]
    assert [notation for notation, times in Counter(notations).items() if times > 1] == []
    return {notation: node for notation, node in zip(notations, members, strict=True) if isinstance(node, URIRef)}


def test_every_concept_has_notation_labels_and_a_known_scheme(vocabulary: Graph, languages: Languages) -> None:
    members = [node for node in vocabulary.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)]
    schemes = set(vocabulary.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(members) >= 900
    assert set(members) == set(vocabulary.subjects(SKOS.inScheme))
    wrong = [
        node
        for node in members
        if languages(node, SKOS.prefLabel) != BOTH
        or len(list(vocabulary.objects(node, SKOS.notation))) != 1
        or len(schemes & set(vocabulary.objects(node, SKOS.inScheme))) != 1
    ]
    assert wrong == []


def test_every_scheme_has_label_definition_and_ontology(vocabulary: Graph, languages: Languages) -> None:
    schemes = [node for node in vocabulary.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(node, URIRef)]
    assert {str(node).removeprefix(BASE) for node in schemes} == {*LISTS, *CLASSIFICATIONS, "measure"}
    for node in schemes:
        assert languages(node, RDFS.label) == BOTH, node
        assert languages(node, SKOS.definition) == BOTH, node
        assert (node, RDFS.isDefinedBy, URIRef("https://w3id.org/yusuan/def")) in vocabulary


def test_every_notation_is_the_end_of_its_iri(vocabulary: Graph) -> None:
    """Operators excepted, and only they: their notations are signs."""
    checked = 0
    for scheme in {*LISTS, *CLASSIFICATIONS, "measure"} - {"operator"}:
        for notation, node in concepts(vocabulary, scheme).items():
            assert str(node) == f"{BASE}{scheme}/{notation}"
            checked += 1
    assert checked >= 900


def test_every_operator_has_its_sign_and_an_ascii_name(vocabulary: Graph) -> None:
    found = {notation: str(node) for notation, node in concepts(vocabulary, "operator").items()}
    assert found == {sign: f"{BASE}operator/{name}" for sign, name in SIGNS.items()}


@pytest.mark.parametrize("scheme", sorted(LISTS))
def test_a_list_has_exactly_the_tokens_of_the_design(vocabulary: Graph, scheme: str) -> None:
    assert sorted(concepts(vocabulary, scheme)) == sorted(LISTS[scheme].split())


def test_there_are_twenty_two_table_kinds(vocabulary: Graph) -> None:
    assert len(concepts(vocabulary, "table-kind")) == 22


@pytest.mark.parametrize("scheme", sorted(LISTS))
def test_concepts_of_a_list_are_defined_top_concepts(vocabulary: Graph, languages: Languages, scheme: str) -> None:
    for node in concepts(vocabulary, scheme).values():
        assert languages(node, SKOS.definition) == BOTH, node
        assert (node, SKOS.topConceptOf, URIRef(BASE + scheme)) in vocabulary


@pytest.mark.parametrize("scheme", sorted(LISTS))
def test_labels_of_a_list_tell_its_concepts_apart(vocabulary: Graph, scheme: str) -> None:
    labels = Counter(
        str(label) + "@" + str(label.language)
        for node in concepts(vocabulary, scheme).values()
        for label in vocabulary.objects(node, SKOS.prefLabel)
        if isinstance(label, Literal)
    )
    assert [label for label, times in labels.items() if times > 1] == []


@pytest.mark.parametrize("scheme", sorted(CLASSIFICATIONS))
def test_classes_are_broader_by_two_digits(vocabulary: Graph, scheme: str) -> None:
    members = concepts(vocabulary, scheme)
    assert len(members) >= CLASSIFICATIONS[scheme]
    lengths = {3, 5, 7} if scheme == "functional" else {3, 5}
    assert {len(digits) for digits in members} == lengths
    for digits, node in members.items():
        assert digits.isascii() and digits.isdigit()
        broader = list(vocabulary.objects(node, SKOS.broader))
        assert broader == ([members[digits[:-2]]] if len(digits) > 3 else []), digits
        assert ((node, SKOS.topConceptOf, None) in vocabulary) == (len(digits) == 3), digits


@pytest.mark.parametrize(
    ("scheme", "digits", "name"),
    [(scheme, digits, name) for scheme, names in CLASSES.items() for digits, name in names.items()],
)
def test_a_class_that_disclosures_print_is_there(vocabulary: Graph, scheme: str, digits: str, name: str) -> None:
    node = concepts(vocabulary, scheme)[digits]
    assert Literal(name, lang="zh-Hans") in set(vocabulary.objects(node, SKOS.prefLabel))


def test_all_functional_classes_are_there(vocabulary: Graph) -> None:
    """Those of the general public budget and its neighbours; 218, 225, 226 and 228 are not in use."""
    gone = {218, 225, 226, 228}
    expected = sorted(str(number) for number in range(201, 235) if number not in gone)
    assert sorted(digits for digits in concepts(vocabulary, "functional") if len(digits) == 3) == expected


def test_an_earlier_name_is_an_alternative_label(vocabulary: Graph) -> None:
    node = concepts(vocabulary, "functional")["20805"]
    assert Literal("行政事业单位离退休", lang="zh-Hans") in set(vocabulary.objects(node, SKOS.altLabel))


def test_names_of_siblings_differ(vocabulary: Graph) -> None:
    """A name resolves within its parent, except where years moved an item to a new code."""
    moved = {"2089901", "2299901"}
    for scheme in CLASSIFICATIONS:
        names = Counter(
            (digits[:-2] if len(digits) > 3 else "", str(label))
            for digits, node in concepts(vocabulary, scheme).items()
            if digits not in moved
            for predicate in (SKOS.prefLabel, SKOS.altLabel)
            for label in vocabulary.objects(node, predicate)
            if isinstance(label, Literal) and label.language != "en"
        )
        assert [name for name, times in names.items() if times > 1] == []
