"""How many queries a second the server answers, against peers over the same quads in the same run.

Eight questions at 1, 8 and 32 clients, our cache and access log off as the peers have none; every peer is asked each
question right after the others, and all answers are compared before anything is timed. rdflib-endpoint is met at a
tenth of the quads. Our cache at 90 % hits comes apart, at the end. Usage: python -m tests.bench.serving
[--quads 1500000] [--seconds 2] [--clients 1,8,32] [--only disk,memory,virtuoso,rdflib].
"""

from __future__ import annotations

import argparse
import contextlib
import math
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import peers
from tests.bench.asked import accept_of, questions
from tests.bench.load import Figures, run_load
from tests.bench.peers import Peer
from tests.bench.quads import write_quads
from tests.protocol.cases import NTRIPLES
from tests.protocol.client import Request, Response, by_get
from tests.protocol.running import import_release, served
from tests.protocol.terms import Term, graph_of, rows_of, triples_of

QUADS = 1_500_000
SMALLER = 10
"""How much less rdflib-endpoint gets."""
CLIENTS = (1, 8, 32)
PEERS = ("disk", "memory", "virtuoso", "rdflib")
COMPARED = 3
"""Of how many things the answers to a question are compared before it is timed."""
PATIENCE = 300.0
WARM_SECONDS = 2.0
"""How long every server is asked each question before its answers count: none is measured while it first meets it."""
UNCACHED = {"YUSUAN_CACHE_MB": "0", "YUSUAN_ACCESS_LOG": ""}
CACHED = {"YUSUAN_CACHE_MB": "256", "YUSUAN_ACCESS_LOG": ""}
CACHED_CLIENTS = 8
WARM, ASKED = 20, 40_000
"""Different queries in the cache, and how many requests are made ready, a tenth of them asked for once only."""

_COLUMNS = "a second  median ms     99 % ms"

Questions = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one server did with one question at one number of clients."""

    question: str
    clients: int
    figures: Figures


def main() -> None:
    """Print the tables and the geometric means."""
    options = _options()
    commands = peers.make_environment()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        quads = folder / "data.nq"
        documents = write_quads(quads, options.quads)
        size = f"{quads.stat().st_size / 2**20:,.0f} MB"
        print(f"{documents:,} documents, {options.quads:,} quads in named graphs and their merge, {size}")
        with contextlib.ExitStack() as stack:
            servers = [stack.enter_context(each) for each in _servers(options.only, commands, quads, folder)]
            _compare(servers, questions(documents), options)
        if "rdflib" in options.only:
            _compare_smaller(commands, folder, options)
        _measure_cache(folder / "ours", folder, questions(documents), options.seconds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=QUADS)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each question at each number of clients")
    parser.add_argument("--clients", type=lambda text: [int(part) for part in text.split(",")], default=list(CLIENTS))
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(PEERS), help=", ".join(PEERS))
    return parser.parse_args()


def _servers(
    only: Sequence[str], commands: Path, quads: Path, folder: Path
) -> Iterator[contextlib.AbstractContextManager[Peer]]:
    yield _timed(_ours(quads, folder / "ours", UNCACHED))
    if "disk" in only:
        yield _timed(peers.oxigraph_on_disk(commands, quads, folder))
    if "memory" in only:
        yield _timed(peers.oxigraph_in_memory(commands, quads))
    if "virtuoso" in only and peers.has_virtuoso():
        yield _timed(peers.virtuoso(quads, folder / "virtuoso"))


@contextmanager
def _timed(starting: contextlib.AbstractContextManager[Peer]) -> Iterator[Peer]:
    begun = time.monotonic()
    with starting as peer:
        print(f"{peer.name}: loaded and ready after {time.monotonic() - begun:.0f} s", flush=True)
        yield peer


@contextmanager
def _ours(quads: Path, data: Path, settings: Mapping[str, str]) -> Iterator[Peer]:
    import_release([quads], data, default="given")
    with served(data, data.with_suffix(".log"), settings) as running:
        yield Peer("yusuan", running.endpoint)


def _compare_smaller(commands: Path, folder: Path, options: argparse.Namespace) -> None:
    quads = folder / "smaller.nq"
    documents = write_quads(quads, options.quads // SMALLER)
    print(f"\n{documents:,} documents, {options.quads // SMALLER:,} quads in named graphs and their merge")
    with (
        _timed(_ours(quads, folder / "ours-smaller", UNCACHED)) as ours,
        _timed(peers.rdflib_endpoint(commands, quads)) as theirs,
    ):
        _compare([ours, theirs], questions(documents), options)


def _compare(servers: Sequence[Peer], asked: Questions, options: argparse.Namespace) -> None:
    for name, texts in asked.items():
        _check_alike(servers, name, texts)
    print(f"\n{'question':24} clients  {'  '.join(f'{peer.name:>32}' for peer in servers)}")
    print(f"{'':33}{'  '.join([f'{_COLUMNS:>32}'] * len(servers))}")
    cells: list[list[Cell]] = [[] for _ in servers]
    for name, texts in asked.items():
        for clients in options.clients:
            for peer, its in zip(servers, cells, strict=True):
                its.append(
                    Cell(name, clients, _load(peer, [_request(peer, text) for text in texts], clients, options.seconds))
                )
            print(f"{name:24} {clients:7}  {'  '.join(_shown(its[-1].figures) for its in cells)}", flush=True)
    for peer, its in zip(servers[1:], cells[1:], strict=True):
        _print_ratios(peer, cells[0], its)


def _check_alike(servers: Sequence[Peer], name: str, texts: Sequence[str]) -> None:
    """Fail unless all servers give the same answers to a question, whatever their order and numbers' way of writing."""
    rows = 0
    for text in texts[:: max(1, len(texts) // COMPARED)]:
        answers = [_answer(peer, text) for peer in servers]
        rows += len(answers[0])
        for peer, answer in zip(servers, answers, strict=True):
            assert answer == answers[0], (
                f"{peer.name} answers otherwise ({len(answer)}, {len(answers[0])} rows): {text}"
            )
    assert rows, f"{name}: no answers at all"


def _answer(peer: Peer, text: str) -> list[tuple[object, ...]]:
    """Return the rows of an answer in order."""
    accept = NTRIPLES if "CONSTRUCT" in text else peer.tables
    answer = peer.endpoint.ask(_request(peer, text, accept), PATIENCE)
    assert answer.status == 200, f"{peer.name}: {answer.status} {answer.body[:300]!r}"
    return sorted(_rows(answer, text), key=repr)


def _rows(answer: Response, text: str) -> Iterator[tuple[object, ...]]:
    if "CONSTRUCT" in text:
        for triple in triples_of(graph_of(answer)):
            yield tuple(map(_value, triple))
        return
    for row in rows_of(answer):
        yield tuple((name, _value(row[name])) for name in sorted(row))


def _value(term: Term) -> tuple[str, str]:
    return term.kind, term.value


def _request(peer: Peer, text: str, accept: str = "") -> Request:
    dataset = [("default-graph-uri", peer.default_graph)] if peer.default_graph and "GRAPH" not in text else []
    return by_get(text, *dataset, accept=accept or accept_of(text))


def _load(peer: Peer, requests: Sequence[Request], clients: int, seconds: float) -> Figures:
    encoded = [peer.endpoint.encoded(request) for request in requests]
    return run_load(peer.endpoint.host, peer.endpoint.port, encoded, clients, seconds, warm=WARM_SECONDS)


def _shown(figures: Figures) -> str:
    failed = f"  {figures.failed} FAILED" if figures.failed else ""
    return f"{figures.rate:10,.1f} {figures.median:10,.2f} {figures.p99:10,.2f}{failed}"


def _print_ratios(peer: Peer, ours: Sequence[Cell], theirs: Sequence[Cell]) -> None:
    """Print how many times as many answers a second are ours: all in all, by clients, and where it is least."""
    ratios = {
        (own.question, own.clients): own.figures.rate / its.figures.rate for own, its in zip(ours, theirs, strict=True)
    }
    parts = []
    for clients in dict.fromkeys(cell.clients for cell in ours):
        some = [ratio for (_, at), ratio in ratios.items() if at == clients]
        parts.append(f"{clients} clients {_geometric_mean(some):.2f}")
    least = min(ratios, key=ratios.__getitem__)
    by_question = {
        name: _geometric_mean([ratio for (question, _), ratio in ratios.items() if question == name])
        for name in dict.fromkeys(question for question, _ in ratios)
    }
    print(f"\nyusuan over {peer.name}: {_geometric_mean(list(ratios.values())):.2f} times ({', '.join(parts)})")
    print("  " + ", ".join(f"{name} {ratio:.2f}" for name, ratio in by_question.items()))
    print(f"  least: {least[0]} at {least[1]} clients, {ratios[least]:.2f}", flush=True)


def _geometric_mean(values: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, values)) / len(values))


def _measure_cache(data: Path, folder: Path, asked: Questions, seconds: float) -> None:
    print(f"\nwith the cache, 90 % hits, {CACHED_CLIENTS} clients{'':8}{_COLUMNS}")
    with served(data, folder / "cached.log", CACHED) as running:
        ours = Peer("yusuan", running.endpoint)
        for name, texts in asked.items():
            warm = [_request(ours, text) for text in texts[:WARM]]
            for request in warm:
                assert running.endpoint.ask(request, PATIENCE).status == 200
            requests = [
                warm[number % WARM] if number % 10 else _request(ours, f"{texts[number // 10 % len(texts)]} # {number}")
                for number in range(ASKED)
            ]
            print(f"{name:42}{_shown(_load(ours, requests, CACHED_CLIENTS, seconds))}", flush=True)


if __name__ == "__main__":
    main()
