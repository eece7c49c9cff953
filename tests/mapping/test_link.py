"""Canonical facts of a corpus: agreement by interval, conflict, neighbours, leaves, and no dependence on order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.amounts import PrintedAmount, plain
from mapping.link import link
from tests.mapping.cited_samples import Legal, Paper

BASE = "https://example.org/"
DEF = "https://w3id.org/yusuan/def#"
FACT = f"{BASE}fact/140525/0123456789abcdef/2024/approved/expenditure-00000000/all"


def claim(document: int, number: int, fact: str, printed: str, unit: int = 10000) -> list[bytes]:
    """The lines of a document that state a fact by one printed amount."""
    amount = PrintedAmount(printed, Decimal(printed), len(printed.partition(".")[2]))
    low, high = map(plain, amount.interval(unit))
    graph = f"<{BASE}document/{document}/graph>"
    iri = f"<{BASE}document/{document}/observation/{number}-{number + 5}>"
    return [
        f'<{BASE}document/{document}> <{DEF}sourcePath> "{document}.txt" {graph} .\n'.encode(),
        f'{iri} <{DEF}high> "{high}"^^<http://www.w3.org/2001/XMLSchema#decimal> {graph} .\n'.encode(),
        f'{iri} <{DEF}low> "{low}"^^<http://www.w3.org/2001/XMLSchema#decimal> {graph} .\n'.encode(),
        f"{iri} <{DEF}states> <{fact}> {graph} .\n".encode(),
    ]


def said(lines: Iterable[bytes], fact: str = FACT) -> dict[str, list[str]]:
    """What the corpus graph says of a fact: local names of properties to values."""
    found: dict[str, list[str]] = {}
    for line in lines:
        subject, predicate, rest = line.decode().split(" ", 2)
        if subject == f"<{fact}>":
            term = rest.rpartition(" <")[0]
            value = term[1:-1].rpartition("/")[2] if term.startswith("<") else term[1:].partition('"')[0]
            found.setdefault(predicate[1:-1].rpartition("#")[2], []).append(value)
    return found


def test_one_statement_is_single_with_its_interval() -> None:
    found = said(link(BASE, [claim(1, 10, FACT, "36.70")]))
    assert found["factStatus"] == ["single"]
    assert (found["low"], found["high"], found["amount"]) == (["366950"], ["367050"], ["367000"])
    assert found["sources"] == ["1.txt"]


def test_intervals_that_meet_agree_and_the_most_precise_amount_counts() -> None:
    found = said(link(BASE, [claim(1, 10, FACT, "36.70"), claim(2, 20, FACT, "366992", 1)]))
    assert found["factStatus"] == ["agreed"]
    assert found["amount"] == ["366992"]
    assert (found["low"], found["high"]) == (["366991.5"], ["366992.5"])
    assert found["sources"] == ["1.txt;2.txt"]
    assert sorted(found["wasDerivedFrom"]) == ["10-15", "20-25"]


def test_intervals_that_do_not_meet_conflict_and_no_amount_is_chosen() -> None:
    found = said(link(BASE, [claim(1, 10, FACT, "2800.19") + claim(1, 20, FACT, "393.08")]))
    assert found["factStatus"] == ["conflicting"]
    assert "amount" not in found
    assert (found["low"], found["high"]) == (["3930750"], ["28001950"])


def test_touching_intervals_meet() -> None:
    assert said(link(BASE, [claim(1, 1, FACT, "1.05") + claim(1, 9, FACT, "1.06")]))["factStatus"] == ["agreed"]
    assert said(link(BASE, [claim(1, 1, FACT, "1.05") + claim(1, 9, FACT, "1.07")]))["factStatus"] == ["conflicting"]


@given(st.lists(st.decimals("0", "9999", places=2), min_size=1, max_size=5), st.randoms())
def test_the_order_of_documents_makes_no_difference(amounts: list[Decimal], random: object) -> None:
    dumps = [claim(at, at * 10, FACT, f"{amount:f}") for at, amount in enumerate(amounts)]
    orders = list(itertools.islice(itertools.permutations(dumps), 6))
    assert len({tuple(link(BASE, order)) for order in orders}) == 1


def test_years_and_phases_of_one_fact_are_neighbours() -> None:
    before = FACT.replace("/2024/", "/2023/")
    accounts = FACT.replace("/approved/", "/finalAccounts/")
    lines = link(BASE, [claim(1, 1, FACT, "1.00"), claim(2, 2, before, "2.00"), claim(3, 3, accounts, "3.00")])
    assert f"<{FACT}> <{DEF}yearBefore> <{before}>".encode() in b"".join(lines)
    assert f"<{accounts}> <{DEF}accountsFor> <{FACT}>".encode() in b"".join(lines)
    assert b"".join(lines).count(b"yearBefore") == 1
    assert b"".join(lines).count(b"accountsFor") == 1


@pytest.mark.parametrize(
    ("classes", "leaf"),
    [
        ("all", "false"),
        ("f201", "false"),
        ("f20129", "false"),
        ("f2012901", "true"),
        ("f208", "true"),
        ("f2012901-e30101", "false"),
        ("e301", "true"),
    ],
)
def test_only_the_deepest_classes_of_one_classification_may_be_added(classes: str, leaf: str) -> None:
    found = ("all", "f201", "f20129", "f2012901", "f208", "f2012901-e30101", "e301")
    facts = [FACT.removesuffix("all") + one for one in found]
    lines = link(BASE, [claim(1, at * 10, fact, "1.00") for at, fact in enumerate(facts)])
    assert said(lines, FACT.removesuffix("all") + classes)["safeToSum"] == [leaf]


def test_disclosures_of_one_entity_are_linked() -> None:
    def disclosed(document: int, year: int, kind: str) -> list[bytes]:
        iri = f"{BASE}disclosure/140525/0123456789abcdef/{year}/{kind}"
        specializes = "http://www.w3.org/ns/prov#specializationOf"
        return [f"<{BASE}document/{document}> <{specializes}> <{iri}> <{BASE}document/{document}/graph> .\n".encode()]

    said_by = [disclosed(1, 2023, "budget"), disclosed(2, 2024, "budget"), disclosed(3, 2024, "accounts")]
    lines = b"".join(link(BASE, said_by))
    assert b"2024/budget> <https://w3id.org/yusuan/def#yearBefore> <" + f"{BASE}disclosure/140525".encode() in lines
    assert b"2024/accounts> <https://w3id.org/yusuan/def#accountsFor>" in lines
    assert lines.count(b"\n") == 2


# --- classifications ---


def test_a_yearly_classification_is_a_scheme_with_a_name_and_top_classes() -> None:
    scheme, skos = f"{BASE}code/functional/2024", "http://www.w3.org/2004/02/skos/core#"
    said_of = f"<{skos}inScheme> <{scheme}> <{BASE}document/1/graph> .\n"
    lines = [f"<{scheme}/{code}> {said_of}".encode() for code in ("208", "20805")]
    own = [line.decode() for line in link(BASE, [lines]) if line.startswith(f"<{scheme}>".encode())]
    found = {line.partition("> ")[2] for line in own}
    assert found == {
        f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{skos}ConceptScheme> <{BASE}facts> .\n",
        f'<{skos}prefLabel> "2024年支出功能分类"@zh-hans <{BASE}facts> .\n',
        f'<{skos}prefLabel> "functional classification of expenditure, 2024"@en <{BASE}facts> .\n',
        f"<{skos}hasTopConcept> <{scheme}/208> <{BASE}facts> .\n",
    }


# --- legal documents (more in test_resolve.py) ---


def test_facts_and_citations_stand_in_one_corpus_graph() -> None:
    paper = Paper("one")
    citation = paper.cite(10, Legal("140000", None, "晋工发", 2006, "54"))
    lines = link(BASE, [claim(1, 10, FACT, "1.00"), paper.lines()])
    assert lines == sorted({*link(BASE, [claim(1, 10, FACT, "1.00")]), *link(BASE, [paper.lines()])})
    assert any(line.startswith(f"<{citation}> <{DEF}cites>".encode()) for line in lines)
    assert all(line.endswith(f" <{BASE}facts> .\n".encode()) for line in lines)


def test_a_document_that_is_left_out_makes_no_conflict_for_the_others() -> None:
    shown, hidden = Paper("shown"), Paper("hidden")
    shown.cite(10, Legal("cn", "关于财政拨款的行政事业单位工会经费有关问题的通知", "总工发", 2003, "26"))
    hidden.cite(10, Legal("cn", "关于财政拨款的行政事业单位计提工会经费有关问题的通知", "总工发", 2003, "25"))
    assert b"citation-status/conflicting" in b"".join(link(BASE, [shown.lines(), hidden.lines()]))
    public = b"".join(link(BASE, [shown.lines()]))
    assert b"citation-status/exact" in public
    assert b"conflicting" not in public
    assert hidden.iri.encode() not in public
