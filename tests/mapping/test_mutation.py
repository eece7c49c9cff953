"""A printed number changed to another changes the facts read there and what is derived from them, and nothing else."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from mapping.facts import Facts, assemble
from mapping.link import link
from mapping.read import read
from mapping.triples import write_graph

BASE = "https://example.org/"
DOCUMENT = f"<{BASE}document/{'0' * 64}>"
RENDITION = f"<{BASE}document/{'0' * 64}/text>"
ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*(ROOT / "samples").glob("*.txt"), *(ROOT / "cases").glob("said-mixed-*/source.txt")])
MUTATIONS = 8
# What the audit compares is chosen by both of its numbers, so that each end depends on the other.
COMPARED = (
    "atLeastSumOf balancedBy balancesWith blankTotalOf changeOf comparedWith completionBase completionOf contains "
    "counts denominator dividedInto expectedIn growthOf headFactor includesPart lacks minuend numerator postsOf "
    "reachedAs repeats sameMatter scoredAs shareOf shareWhole splitsByExpense splitsByFund splitsByKind splitsByUse "
    "splitsByYear standardFactor subtrahend sumOf timesFactor unchangedFrom"
)
LINKS = (
    "<http://www.w3.org/ns/prov#wasDerivedFrom>",
    "<https://w3id.org/yusuan/def#valueSpan>",
    *(f"<https://w3id.org/yusuan/def#{name}>" for name in COMPARED.split()),
)
DATA_SET = "<http://purl.org/linked-data/cube#dataSet>"
Graph = Mapping[str, set[str]]


def graph_of(text: str) -> tuple[Facts, Graph]:
    """The facts of a text, and what is said of each resource, all documents being this one."""
    facts = assemble(read(text.encode()), None)
    lines = write_graph(facts, "0" * 64, ["a.txt"], BASE).encode().splitlines(True)
    said: dict[str, set[str]] = defaultdict(set)
    for line in (*lines, *link(BASE, [lines])):
        subject, rest = line.decode().split(" ", 1)
        said[subject].add(rest)
    return facts, said


def numbers_of(facts: Facts) -> list[tuple[int, int]]:
    """The places of all numbers that a fact was read from."""
    spans = [span for figure in facts.figures for span in figure.spans]
    spans += [span for statement in facts.statements for span in statement.number]
    spans += [span for indicator in facts.indicators if indicator.number is not None for span in indicator.spans]
    spans += [span for quantity in facts.quantities for span in quantity.spans]
    return sorted({(span.start, span.end) for span in spans})


def derived(graph: Graph, seeds: Iterable[str]) -> set[str]:
    """The seeds and all that is derived from them, however many steps away."""
    readers: dict[str, set[str]] = defaultdict(set)
    for subject, said in graph.items():
        for one in said:
            predicate, target = one.split(" ", 2)[:2]
            if predicate in LINKS:
                readers[target].add(subject)
    found, waiting = set(seeds), list(seeds)
    while waiting:
        for reader in readers[waiting.pop()] - found:
            found.add(reader)
            waiting.append(reader)
    return found


def tables_of(graph: Graph, cells: Iterable[str]) -> set[str]:
    """The tables that hold the cells: the key of a table's figures is a hash of all of them."""
    said = (one.split(" ", 2) for cell in cells for one in graph.get(cell, ()))
    return {target for predicate, target, _ in said if predicate == DATA_SET}


def spans_at(graph: Graph, at: int) -> set[str]:
    """The spans that hold a character."""
    places = ((iri, re.search(r"#char=(\d+),(\d+)>$", iri)) for iri in graph)
    return {iri for iri, place in places if place and int(place[1]) <= at < int(place[2])}


def test_there_are_documents() -> None:
    assert len(DOCUMENTS) >= 7


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem if path.stem != "source" else path.parent.name)
def test_a_changed_number_changes_only_what_comes_from_it(path: Path) -> None:
    text = read(path.read_bytes()).text.content
    facts, before = graph_of(text)
    chance = random.Random(path.name)
    for start, end in chance.sample(numbers_of(facts), MUTATIONS):
        digits = [at for at in range(start, end) if text[at].isascii() and text[at].isdigit()]
        if not digits:
            continue
        at = chance.choice(digits)
        other = chance.choice([digit for digit in "123456789" if digit != text[at]])
        _, after = graph_of(text[:at] + other + text[at + 1 :])
        changed = {iri for iri in before.keys() | after.keys() if before.get(iri) != after.get(iri)}
        seeds = spans_at(before, at) | spans_at(after, at)
        allowed = derived(before, seeds) | derived(after, seeds) | {DOCUMENT, RENDITION}
        allowed |= tables_of(before, allowed) | tables_of(after, allowed)
        where = text[max(0, at - 20) : at + 10]
        assert seeds <= changed, where
        assert len(changed) > len(seeds), where
        assert changed <= allowed, (where, other, sorted(changed - allowed)[:5])
