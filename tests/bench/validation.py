"""What validation costs: the queries made of the shapes against stock pyshacl over the same documents and shapes.

Documents of about 2,000 triples each with a number changed, so that most have findings. Prints ratios and rates:
from the N-Quads of a graph to its failures and results, in one process and in two, and the memory of a worker over
1,000 documents. pyshacl takes so long that it sees one of them. Usage: python -m tests.bench.validation.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pyshacl

from mapping.audit import audit, open_graph
from mapping.errors import SourceError
from mapping.tally import read_tally
from mapping.validate import document_graph, validate
from tests.equivalence.agree import all_shapes, no_longer_than
from tests.equivalence.jobs import graph_of, whole_documents
from tests.equivalence.mutate import changed_text

LEAST, MOST = 1_400, 2_600  # triples
DOCUMENTS = 60
PATIENCE = 120  # seconds
MEMORY_OVER = 1_000
ROUNDS = 5


def main() -> None:
    """Prints the figures, one a line."""
    graphs = _graphs()
    triples = sum(graph.count("\n") for graph in graphs) / len(graphs)
    with_findings = sum(bool(_check(graph)) for graph in graphs) / len(graphs)
    print(f"{len(graphs)} documents of {triples:,.0f} triples on average, {with_findings:.0%} with findings")
    print("step                      ms a document")
    for name, work in (("open", open_graph), ("open and validate", validate), ("open, validate, audit", _check)):
        print(f"{name:25} {1000 * _seconds(graphs, work):13.1f}")
    ours = _seconds(graphs, _check)
    print(f"documents a second per core: {1 / ours:,.1f}")
    _print_processes(graphs)
    _print_memory(graphs)
    _print_ratio(min(graphs, key=len))


def _graphs() -> list[str]:
    """Graphs of changed whole documents that are about the right size."""
    found: list[str] = []
    number = 0
    texts = [text for text in whole_documents() if LEAST <= graph_of(text.encode()).count("\n") <= MOST]
    while len(found) < DOCUMENTS:
        random = Random(number)
        text = texts[number % len(texts)]
        for _ in range(4):
            text = changed_text(random, text)
        number += 1
        try:
            found.append(graph_of(text.encode()))
        except SourceError:
            continue
    return found


def _check(graph: str) -> int:
    """Failures and results of a document."""
    tally = read_tally(graph)
    store = open_graph(graph, tally)
    return len(validate(graph, store, tally)) + len(audit(store))


def _check_all(graphs: Sequence[str]) -> None:
    for graph in graphs:
        _check(graph)


def _seconds(graphs: Sequence[str], work: Callable[[str], object]) -> float:
    """The least CPU time a document of several rounds."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for graph in graphs:
            work(graph)
        taken.append(time.process_time() - begun)
    return min(taken) / len(graphs)


def _print_ratio(graph: str) -> None:
    """How much longer stock pyshacl takes, or a lower bound where patience ends."""
    ours, more = _seconds([graph], _check), ""
    begun = time.process_time()
    try:
        with no_longer_than(PATIENCE):
            pyshacl.validate(document_graph(graph), shacl_graph=all_shapes(), inference="none", inplace=True)
    except TimeoutError:
        more = "more than "
    stock = time.process_time() - begun
    print(f"stock pyshacl over the smallest: {more}{stock:,.1f} s, {more}{stock / ours:,.0f} times ours")


def _print_processes(graphs: Sequence[str]) -> None:
    """How much faster two processes are than one with the same work, started before the clock."""
    rates = {}
    for count in (1, 2):
        with multiprocessing.get_context("spawn").Pool(count) as pool:
            pool.map(_check_all, [graphs[:2]] * count * 2, chunksize=1)
            begun = time.perf_counter()
            pool.map(_check_all, [graphs[:30]] * 8, chunksize=1)
            rates[count] = time.perf_counter() - begun
    print(f"two processes against one: {rates[1] / rates[2]:.2f} times")


def _print_memory(graphs: Sequence[str]) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        after = pool.apply(_memory, (graphs[:20],))
    print(f"memory of a worker after 100 and {MEMORY_OVER:,} documents: {after[0]:,.0f} MB, {after[1]:,.0f} MB")


def _memory(graphs: Sequence[str]) -> tuple[float, float]:
    """What a process holds after 100 documents and after all, in MB; its peak would be that of its parent at least."""
    held = []
    for number in range(MEMORY_OVER):
        _check(graphs[number % len(graphs)])
        if number + 1 in (100, MEMORY_OVER):
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            held.append(pages * resource.getpagesize() / 1024**2)
    return held[0], held[1]


if __name__ == "__main__":
    main()
