"""Legal bases of whole disclosures, against gold answers written before the readers (tests/cases/cited-*)."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from mapping.facts import assemble
from mapping.link import link
from mapping.read import read
from mapping.rules import vocabulary
from mapping.triples import write_graph
from server.catalogue import question
from server.evaluate import evaluate, named_query
from server.parameters import bind
from tests.mapping.assembled import BASE, built

CASES = sorted((Path(__file__).parent.parent / "cases").glob("cited-*/source.txt"))
FIELDS = ("end", "quote", "doc_number", "title", "article", "role", "project", "status", "kind", "informal")
Row = Mapping[str, str]


@cache
def _graph(source: Path) -> list[bytes]:
    """The lines of the graph of a case."""
    return built(source).quads.encode().splitlines(True)


@cache
def _store(source: Path) -> Store:
    """What the one document and its links say, with the vocabulary, as the default graph of a store."""
    graph = _graph(source)
    lines = [*graph, *link(BASE, [graph])]
    triples = b"".join(line[: line.rindex(b" <")] + b" .\n" for line in lines)
    store = Store()
    store.load(triples, format=RdfFormat.N_TRIPLES)
    for part in vocabulary():
        store.load(part.read_bytes(), format=RdfFormat.TURTLE)
    return store


def _asked(source: Path, name: str, **values: str) -> list[Row]:
    query = question(name)
    found = evaluate(_store(source), named_query(query, bind(query, values), "csv"))
    return list(csv.DictReader(found.decode().splitlines()))


def _gold(source: Path, name: str) -> list[Row]:
    path = source.parent / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


def _known() -> dict[tuple[str, str], Counter[str]]:
    """What is known not to be read as the gold has it, by case and check: its differences, each once a line."""
    known: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    path = CASES[0].parent.parent / "KNOWN-cited.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        known[row["case"], row["check"]][row["difference"]] += 1
    return known


def test_there_are_cases() -> None:
    assert len(CASES) >= 77
    assert sum(len(_gold(source, "citations.csv")) for source in CASES) >= 6156
    assert sum(len(_gold(source, "linkage.csv")) for source in CASES) >= 2290
    assert sum(len(_gold(source, "discrepancies.csv")) for source in CASES) >= 163
    assert {name for name, _ in _known()} <= {source.parent.name for source in CASES}


@pytest.mark.parametrize("check", ["citations", "linkage", "discrepancies"])
@pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
def test_what_is_cited_is_read(source: Path, check: str) -> None:
    """The differences from the gold are those known, no more and no fewer."""
    assert differences(source, check) == _known()[source.parent.name, check]


def differences(source: Path, check: str) -> Counter[str]:
    """What is read otherwise than in the gold of a case."""
    gold = _gold(source, f"{check}.csv")
    if check == "citations":
        return Counter(_compared(gold, _asked(source, "citations")))
    if check == "linkage":
        numbers = sorted({row["doc_number"] for row in gold})
        found = [row for number in numbers for row in _asked(source, "policy-linkage", doc_number=number)]
        return Counter(_unlike(gold, found, ("doc_number", "link", "project", "amount_yuan", "fiscal_year")))
    return Counter(_unlike(gold, list(_discrepancies(source)), ("kind", "doc_numbers", "proposed")))


def _compared(gold: Sequence[Row], found: Sequence[Row]) -> Iterator[str]:
    read = {row["start"]: row for row in found}
    for row in gold:
        other = read.pop(row["start"], None)
        if other is None:
            yield f"missing {row['line']}: {row['quote']}"
            continue
        for field in FIELDS:
            if row[field] not in ("?", other[field]):
                yield f"{row['line']} {row['quote']}: {field} {other[field]} for {row[field]}"
    yield from (f"extra {row['line']}: {row['quote']}" for row in read.values())


def _unlike(gold: Sequence[Row], found: Sequence[Row], fields: Sequence[str]) -> Iterator[str]:
    left = [tuple(row[field] for field in fields) for row in found]
    for row in gold:
        wanted = tuple(row[field] for field in fields)
        same = next((one for one in left if all(a in ("?", b) for a, b in zip(wanted, one, strict=True))), None)
        if same is None:
            yield f"wants {'/'.join(wanted)}"
        else:
            left.remove(same)
    yield from (f"extra {'/'.join(one)}" for one in left)


def _discrepancies(source: Path) -> Iterator[Row]:
    """Each discrepancy once, with the numbers of its parties in order; of several proposals the most likely."""
    parties: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Row] = {}
    for row in _asked(source, "legal-discrepancies"):
        parties[row["discrepancy"]].add(row["doc_number"])
        known = first.get(row["discrepancy"], row)
        first[row["discrepancy"]] = max(known, row, key=lambda one: Decimal(one["score"]))
    seen: dict[tuple[str, str], Row] = {}
    for iri, row in sorted(first.items(), key=lambda item: -Decimal(item[1]["score"])):
        numbers = ";".join(sorted(parties[iri]))
        kind = row["kind"]
        seen.setdefault((kind, numbers), {"kind": kind, "doc_numbers": numbers, "proposed": row["proposed"]})
    yield from seen.values()


def _read_backwards() -> Iterator[list[bytes]]:
    """The graph of each case, all read anew one after the other, the last first."""
    for source in reversed(CASES):
        text = source.read_bytes()
        graph = write_graph(assemble(read(text), None), sha256(text).hexdigest(), [source.name], BASE)
        yield graph.encode().splitlines(True)


@cache
def _corpus(order: int) -> list[bytes]:
    """The corpus graph of all cases, in one of three orders: as they are, read backwards, and begun elsewhere."""
    graphs = list(_read_backwards() if order == 1 else map(_graph, CASES))
    return link(BASE, graphs if order < 2 else [*graphs[3:], *graphs[:3]])


@pytest.mark.last
@pytest.mark.parametrize("order", [1, 2])
def test_the_order_of_documents_makes_no_difference(order: int) -> None:
    assert _corpus(order) == _corpus(0)


@pytest.mark.last
def test_yearly_notices_in_two_disclosures_of_one_unit_follow_each_other() -> None:
    chained = {tuple(line.split()[::2]) for line in _corpus(0) if b"nextInSeries" in line}
    found = {
        (before.decode().strip("<>"), after.decode().strip("<>")) for before, after in (one[:2] for one in chained)
    }
    for region, code, first, then in (
        ("450000", "桂财行", "2023-95", "2024-88"),
        ("451000", "百工办发", "2023-41", "2024-37"),
    ):
        head = f"{BASE}legal/{region}/{code.encode('utf-16-be').hex()}"
        assert (f"{head}-{first}", f"{head}-{then}") in found


@pytest.mark.last
def test_counties_of_one_letter_keep_their_documents_apart() -> None:
    cited = {line.split()[2].decode() for line in _corpus(0) if b"def#cites>" in line}
    code = "平政办发".encode("utf-16-be").hex()
    assert {one for one in cited if f"{code}-2019-36" in one} == {
        f"<{BASE}legal/451082/{code}-2019-36>",
        f"<{BASE}legal/640221/{code}-2019-36>",
    }


@pytest.mark.last
def test_a_central_document_is_one_for_all_that_cite_it() -> None:
    citing = [line.split()[0] for line in _corpus(0) if b"def#cites> <" + f"{BASE}legal/cn/".encode() in line]
    documents = {one.split(b"/document/")[1][:64] for one in citing}
    assert len(documents) == len(CASES)
