"""What reconciling names costs and is worth: milliseconds a query in batches, and the share of spellings right first.

The peer: `difflib.get_close_matches` over the same names, in the same run. Usage: `make bench`, or
`python -m tests.bench.reconciling [UNITS]`.
"""

from __future__ import annotations

import difflib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from flask.testing import FlaskClient

from tests.lod.indexed import BASE, ask
from tests.lod.variants import Spelling, numbers, said, spellings_of_numbers, spellings_of_units, units

SIZES = (1, 10, 25, 50)
ASKED, PEERS = 2000, 40
SEED = 11


def main() -> None:
    """Prints the share that is right first, then by size of batch the time of a query, and that of the peer."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    all_units, all_numbers = units(count, SEED), numbers(count, SEED)
    made, iris = said(all_units, all_numbers)
    spellings = [*spellings_of_units(all_units, iris, SEED), *spellings_of_numbers(all_numbers, iris, SEED)]
    chosen = random.Random(SEED).sample(spellings, min(ASKED, len(spellings)))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        client = made.client(Path(folder))
        took = time.perf_counter() - begun
        size = (Path(folder) / "search.sqlite").stat().st_size
        print(f"{len(all_units)} units, {len(all_numbers)} document numbers, {len(chosen)} spellings asked")
        print(f"index made in {took:.2f} s, {size / 1e6:.1f} MB")
        print(f"right first: {_right(client, chosen):.4f}")
        peer = _peer([*(unit.name for unit in all_units), *(f"{a}〔{b}〕{c}号" for a, b, c in all_numbers)], chosen)
        print("queries a batch   ms a query, median   slowest batch   over difflib")
        for batch in SIZES:
            times = _times(client, chosen, batch)
            median = statistics.median(times)
            print(f"{batch:15}   {median:18.2f}   {max(times):13.2f}   {median / peer:12.3f}")


def _right(client: FlaskClient, chosen: Sequence[Spelling]) -> float:
    right = 0
    for start in range(0, len(chosen), max(SIZES)):
        some = chosen[start : start + max(SIZES)]
        for each, found in zip(some, ask(client, *(one.text for one in some)), strict=True):
            right += bool(found) and BASE + found[0]["id"] == each.iri
    return right / len(chosen)


def _times(client: FlaskClient, chosen: Sequence[Spelling], batch: int) -> list[float]:
    """Milliseconds a query of each batch."""
    found = []
    for start in range(0, min(len(chosen), 20 * batch), batch):
        some = [one.text for one in chosen[start : start + batch]]
        begun = time.perf_counter()
        ask(client, *some)
        found.append(1000 * (time.perf_counter() - begun) / len(some))
    return found


def _peer(names: Sequence[str], chosen: Sequence[Spelling]) -> float:
    """Milliseconds that the peer takes for a name."""
    begun = time.perf_counter()
    for one in chosen[:PEERS]:
        difflib.get_close_matches(one.text, names, n=5)
    return 1000 * (time.perf_counter() - begun) / PEERS


if __name__ == "__main__":
    main()
