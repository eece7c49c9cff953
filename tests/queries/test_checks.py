"""The integrity checks: silent on the sample, and each finds its own fault in a sample that is broken."""

from __future__ import annotations

import pytest
from pyoxigraph import Store
from rdflib import Dataset

from server.catalogue import checks, questions
from tests.queries.engines import rows_of_pyoxigraph, rows_of_rdflib
from tests.server.sample_release import DOCUMENT, LEAF, TOTAL, sample_store

PREFIXES = """
PREFIX def: <https://w3id.org/yusuan/def#>
PREFIX code: <https://w3id.org/yusuan/code/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX qb: <http://purl.org/linked-data/cube#>
"""
SPAN = f"{DOCUMENT}/text#char=54,59"
ENTRY = f"{DOCUMENT}/project/109-113"

# The fault, the update that makes it, and the thing that must be named.
FAULTS = {
    "observation-without-span": (f"DELETE WHERE {{ <{LEAF}> prov:wasDerivedFrom ?span }}", LEAF),
    "reading-without-grounding": (f"DELETE WHERE {{ <{LEAF}> def:grounding ?grounding }}", LEAF),
    "inferred-without-reason": ("DELETE WHERE { ?entry def:reason ?reason }", ENTRY),
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
}


def test_every_check_has_a_fault() -> None:
    assert set(checks()) == set(FAULTS)
    assert len(FAULTS) >= 12


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_sound_release_has_no_row(store: Store, dataset: Dataset, name: str) -> None:
    assert rows_of_pyoxigraph(store, checks()[name], {}) == []
    assert rows_of_rdflib(dataset, checks()[name], {}) == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_the_fault_is_named(name: str) -> None:
    update, fault = FAULTS[name]
    broken = sample_store()
    broken.update(PREFIXES + update)
    rows = rows_of_pyoxigraph(broken, checks()[name], {})
    assert [row[0] for row in rows] == [fault]
    assert all(row[1] != row[2] for row in rows)


def test_a_sum_over_two_documents_is_named() -> None:
    broken = sample_store()
    other = next(
        row[-1]
        for row in rows_of_pyoxigraph(broken, questions()["figures"], {})
        if not str(row[-1]).startswith(DOCUMENT)
    )
    broken.update(f"{PREFIXES} INSERT DATA {{ <{TOTAL}> def:summationOfColumns <{other}> }}")
    rows = rows_of_pyoxigraph(broken, checks()["sum-over-two-documents"], {})
    assert rows == [(TOTAL, other, DOCUMENT)]
