"""Citations as many provinces, ministries and parties print them: number or title, whose they are, who issued them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from mapping.citations import Mention, find_citations
from mapping.legal import name_document

# Columns: region of the document that cites (empty: unknown), text, and what it cites as `_said` prints it.
with (Path(__file__).parent / "varied.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = [(row["region"], row["text"], row["cited"]) for row in csv.DictReader(stream)]


def _said(mention: Mention, region: str | None) -> Iterator[str]:
    """Number or title, `@` and its region (cn; ? where it is unknown), `#` and the issuers before it."""
    named = name_document(mention, region)
    yield mention.doc_number or f"《{mention.title}》"
    yield f"@{(named and named.region) or '?'}"
    yield f"#{'、'.join(mention.issuers)}" if mention.issuers else ""


@pytest.mark.parametrize(("region", "text", "cited"), ROWS)
def test_what_a_sentence_cites(region: str, text: str, cited: str) -> None:
    found = ("".join(_said(mention, region or None)) for mention in find_citations(text))
    assert "; ".join(found) == cited


def test_the_sentences_are_many() -> None:
    assert sum(len(cited.split("; ")) for _, _, cited in ROWS if cited) >= 150
