"""What a build costs, step by step, as ratios against reading the same bytes with rdflib in the same run.

The peer: rdflib parsing the N-Quads that the build writes. A ratio is stable where seconds are not; run it before and
after a change. Usage: `make bench`, or with a folder of documents as argument.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rdflib import Dataset

from mapping.facts import assemble
from mapping.link import link
from mapping.passages import read_passages
from mapping.read import read
from mapping.statements import read_statements
from mapping.triples import write_graph
from mapping.validate import validate

ROUNDS = 5
BASE = "http://localhost:8000/"


def seconds(work: Callable[[], object]) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> None:
    """Prints one line a step: its time over the peer's, and documents and characters of source a second."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "samples"
    sources = [path.read_bytes() for path in sorted(folder.glob("*.txt"))]
    documents = [read(data) for data in sources]
    facts = [assemble(document, None) for document in documents]
    graphs = [write_graph(fact, "0" * 64, ["a.txt"], BASE) for fact in facts]
    characters = sum(len(document.text.content) for document in documents)
    peer = seconds(lambda: [Dataset().parse(data=graph, format="nquads") for graph in graphs])
    steps: dict[str, Callable[[], object]] = {
        "read": lambda: [read(data) for data in sources],
        "assemble": lambda: [assemble(document, None) for document in documents],
        "- statements": lambda: [
            read_statements(
                fact.document,
                read_passages(fact.document, fact.tables, fact.forms),
                fact.tables,
                fact.description,
            )
            for fact in facts
        ],
        "triples": lambda: [write_graph(fact, "0" * 64, ["a.txt"], BASE) for fact in facts],
        "validate": lambda: [validate(graph) for graph in graphs],
        "link": lambda: link(BASE, [graph.encode().splitlines(True) for graph in graphs]),
    }
    print(
        f"{len(sources)} documents, {characters:,} characters, {sum(graph.count(chr(10)) for graph in graphs):,} quads"
    )
    print("step          over rdflib reading the same quads   documents a second   characters a second")
    for name, work in steps.items():
        taken = seconds(work)
        print(f"{name:13} {taken / peer:34.2f} {len(sources) / taken:20,.1f} {characters / taken:21,.0f}")


if __name__ == "__main__":
    main()
