"""The integrity checks: silent on the sample, and each finds its own fault in a sample that is broken."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import Dataset

from server.catalogue import checks, questions
from tests.queries.engines import as_dataset, rows_of_pyoxigraph, rows_of_rdflib
from tests.server.sample_release import BASE, DOCUMENT, LEAF, TOTAL, sample_store

PREFIXES = """
PREFIX def: <https://w3id.org/yusuan/def#>
PREFIX code: <https://w3id.org/yusuan/code/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
SPAN = f"{DOCUMENT}/text#char=54,59"
ENTRY = f"{DOCUMENT}/project/109-113"
# A statement, a change, what they imply, and the facts that they state.
CLAIMS = Path(__file__).parent / "claims.ttl"
ANSWERS = Path(__file__).parent / "answers.ttl"
CITATIONS = Path(__file__).parent / "legal.ttl"
SAID = f"{BASE}document/{'c' * 64}/statement/9-14"
EARLIER = f"{BASE}document/{'c' * 64}/statement/22-26/earlier/expenditure"
ELSEWHERE = f"{BASE}document/{'c' * 64}/text#char=22,26"
FACTS = f"{BASE}fact/130700/0123456789abcdef"
FACT = f"{FACTS}/2024/approved/expenditure-01234567/f20129"
ABOVE = f"{FACTS}/2023/approved/expenditure-01234567/f20129"
LEGAL = f"{BASE}legal/cn/603b5de553d1-2003-25"
SENT = f"{BASE}legal/140525/620a8d22884c-2023-8"
CITED = f"{BASE}document/{'e' * 64}/citation"
RESTING = f"{BASE}document/{'e' * 64}/project"

# The fault, the update that makes it, and the thing that must be named.
FAULTS = {
    "observation-without-span": (f"DELETE WHERE {{ <{LEAF}> prov:wasDerivedFrom ?span }}", LEAF),
    "reading-without-grounding": (f"DELETE WHERE {{ <{LEAF}> def:grounding ?grounding }}", LEAF),
    "inferred-without-reason": (f"DELETE WHERE {{ <{ENTRY}> def:reason ?reason }}", ENTRY),
    "span-quote-length": (
        f'DELETE WHERE {{ <{SPAN}> def:quote ?quote }} ; INSERT DATA {{ <{SPAN}> def:quote "36.7" }}',
        SPAN,
    ),
    "span-outside-rendition": (
        f"DELETE WHERE {{ <{SPAN}> def:end ?end }} ; INSERT DATA {{ <{SPAN}> def:end 9999 }}",
        SPAN,
    ),
    "reading-start-without-span": (
        f'DELETE WHERE {{ <{LEAF}> def:starts ?starts }} ; INSERT DATA {{ <{LEAF}> def:starts "55" }}',
        LEAF,
    ),
    "safe-to-sum-on-total": (
        f"DELETE WHERE {{ <{TOTAL}> def:safeToSum ?safe }} ; INSERT DATA {{ <{TOTAL}> def:safeToSum true }}",
        TOTAL,
    ),
    "amount-differs-from-value-times-unit": (
        f"DELETE WHERE {{ <{LEAF}> def:amount ?amount }} ; INSERT DATA {{ <{LEAF}> def:amount 36.7 }}",
        LEAF,
    ),
    "coded-value-without-notation": (
        f"DELETE WHERE {{ <{LEAF}> def:phase ?phase }} ; INSERT DATA {{ <{LEAF}> def:phase code:none }}",
        LEAF,
    ),
    "sum-over-two-documents": (f"INSERT DATA {{ <{TOTAL}> def:summationOfRows <{TOTAL}> }}", TOTAL),
    "project-entry-without-has-targets": (f"DELETE WHERE {{ <{ENTRY}> def:hasTargets ?targets }}", ENTRY),
    "printed-value-with-separator": (f'INSERT DATA {{ <{TOTAL}> def:printedValue "1,870.30" }}', TOTAL),
    "interval-not-around-amount": (
        f"DELETE WHERE {{ <{SAID}> def:low ?low }} ; INSERT DATA {{ <{SAID}> def:low 366999.5 }}",
        SAID,
    ),
    "value-outside-clause": (f"INSERT DATA {{ <{SAID}> def:valueSpan <{ELSEWHERE}> }}", SAID),
    "fact-without-claim": (f"DELETE WHERE {{ ?claim def:states <{FACT}> }}", FACT),
    "fact-amount-outside-interval": (
        f"DELETE WHERE {{ <{FACT}> def:amount ?amount }} ; INSERT DATA {{ <{FACT}> def:amount 367050.5 }}",
        FACT,
    ),
    "safe-to-sum-beside-deeper-class": (
        f"DELETE WHERE {{ <{ABOVE}> def:safeToSum ?safe }} ; INSERT DATA {{ <{ABOVE}> def:safeToSum true }}",
        ABOVE,
    ),
    "legal-number-misspelled": (
        f'INSERT DATA {{ <{LEGAL}> a def:LegalDocument ; def:documentNumber "总工发〔2003〕26号" ; '
        f'def:agencyCode "总工发" ; def:issueYear "2003"^^xsd:gYear ; def:serial "25" }}',
        LEGAL,
    ),
    "citation-without-status": (
        f"DELETE WHERE {{ <{CITED}/300-311> def:citationStatus ?status }}",
        f"{CITED}/300-311",
    ),
    "court-case-names-document": (f"INSERT DATA {{ <{CITED}/436-452> def:names <{LEGAL}> }}", f"{CITED}/436-452"),
    "basis-without-citation": (f"INSERT DATA {{ <{RESTING}/25-29> def:justifiedBy <{SENT}> }}", f"{RESTING}/25-29"),
    "funded-and-justified": (f"INSERT DATA {{ <{RESTING}/48-53> def:justifiedBy <{SENT}> }}", f"{RESTING}/48-53"),
}


def sound_store() -> Store:
    """Return the sample release with measures, claims and citations in its default graph."""
    store = sample_store()
    for name in ("measures.ttl", "legal.ttl"):
        store.load(files("ontology").joinpath(name).read_bytes(), format=RdfFormat.TURTLE)
    for path in (CLAIMS, CITATIONS):
        store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def store() -> Store:
    return sound_store()


@pytest.fixture(scope="module")
def dataset(store: Store) -> Dataset:
    return as_dataset(store)


def test_every_check_has_a_fault() -> None:
    assert set(checks()) == set(FAULTS)
    assert len(FAULTS) >= 22


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_sound_release_has_no_row(store: Store, dataset: Dataset, name: str) -> None:
    assert rows_of_pyoxigraph(store, checks()[name], {}) == []
    assert rows_of_rdflib(dataset, checks()[name], {}) == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_the_fault_is_named(name: str) -> None:
    update, fault = FAULTS[name]
    broken = sound_store()
    broken.update(PREFIXES + update)
    rows = rows_of_pyoxigraph(broken, checks()[name], {})
    assert rows_of_rdflib(as_dataset(broken), checks()[name], {}) == rows
    assert [row[0] for row in rows] == [fault]
    assert all(row[1] != row[2] for row in rows)


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"fact-without-claim"}))
def test_the_sample_of_the_questions_has_no_row(name: str) -> None:
    """Most of its facts borrow a claim of the sample release, which does not state them."""
    store = sound_store()
    store.load(path=ANSWERS, format=RdfFormat.TURTLE)
    assert rows_of_pyoxigraph(store, checks()[name], {}) == []


def test_a_sum_over_two_documents_is_named() -> None:
    broken = sample_store()
    other = next(
        iri
        for *_, iri, _ in rows_of_pyoxigraph(broken, questions()["figures"], {})
        if not str(iri).startswith(DOCUMENT)
    )
    broken.update(f"{PREFIXES} INSERT DATA {{ <{TOTAL}> def:summationOfColumns <{other}> }}")
    rows = rows_of_pyoxigraph(broken, checks()["sum-over-two-documents"], {})
    assert rows == [(TOTAL, other, DOCUMENT)]


def test_a_derived_amount_outside_its_interval_is_named() -> None:
    broken = sound_store()
    broken.update(
        f"{PREFIXES} DELETE WHERE {{ <{EARLIER}> def:high ?high }} ; INSERT DATA {{ <{EARLIER}> def:high 1.0 }}"
    )
    rows = rows_of_pyoxigraph(broken, checks()["interval-not-around-amount"], {})
    assert [row[0] for row in rows] == [EARLIER]
