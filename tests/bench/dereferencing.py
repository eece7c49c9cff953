"""How many things a second are described in each format, against DESCRIBE of the same things in the same run.

Things of several kinds of the sample documents are asked for at their addresses, with DESCRIBE at our /sparql and at
`oxigraph serve` over the same quads. A description has more than DESCRIBE gives: what points to the thing and what its
neighbours are called. Usage: python -m tests.bench.dereferencing [--seconds 2] [--clients 8] [FOLDER of documents].
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, parse

from server.release import open_release
from server.represent import FORMATS, suffix_of
from tests.bench import peers
from tests.bench.load import Figures, run_load
from tests.protocol.cases import NTRIPLES
from tests.protocol.client import Endpoint, Request, by_get
from tests.protocol.running import COMMAND, served

SAMPLES = Path(__file__).parent.parent / "samples"
BASE = "https://data.example.org/budget/"
KINDS = ("Document", "Disclosure", "Observation", "Statement", "ProjectEntry", "CanonicalFact", "LegalDocument")
OF_A_KIND = 10
UNCACHED = {"YUSUAN_CACHE_MB": "0", "YUSUAN_ACCESS_LOG": ""}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def main() -> None:
    """Print a line for each format, with ratios against both."""
    options = _options()
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        build = [COMMAND, "build", str(options.documents), "--out", str(data), "--base", BASE]
        subprocess.run(build, check=True, capture_output=True)
        quads = open_release(data).directory / "dump.nq"
        things = _things(quads)
        with (
            served(data, Path(place) / "log", UNCACHED) as ours,
            peers.oxigraph_in_memory(peers.make_environment(), _merged(quads, Path(place))) as peer,
        ):
            _compare(ours.endpoint, peer.endpoint, things, options)


def _compare(ours: Endpoint, peer: Endpoint, things: Mapping[str, Sequence[str]], options: argparse.Namespace) -> None:
    print(f"things a second, {options.clients} clients, by kind and format; DESCRIBE as {NTRIPLES}")
    print(f"{'':16}{'/sparql':>10}{'oxigraph':>10}" + "".join(f"{each.name:>24}" for each in FORMATS))
    for kind, iris in things.items():
        texts = [f"DESCRIBE <{iri}>" for iri in iris]
        own, other = (
            _load(at, [at.encoded(by_get(text, accept=NTRIPLES)) for text in texts], options) for at in (ours, peer)
        )
        line = f"{kind:16}{own.rate:10,.0f}{other.rate:10,.0f}"
        for each in FORMATS:
            figures = _load(ours, [_asking(ours, iri, suffix_of(each)) for iri in iris], options)
            line += f"{figures.rate:10,.0f} ({figures.rate / own.rate:4.2f}, {figures.rate / other.rate:4.2f})"
        print(line, flush=True)


def _load(at: Endpoint, requests: Sequence[bytes], options: argparse.Namespace) -> Figures:
    figures = run_load(at.host, at.port, requests, options.clients, options.seconds)
    assert not figures.failed, f"{figures.failed} requests were not answered"
    return figures


def _asking(at: Endpoint, iri: str, suffix: str) -> bytes:
    return at.encoded(Request(), quote(f"/{iri.removeprefix(BASE)}{suffix}"))


def _things(quads: Path) -> dict[str, list[str]]:
    """Return some things of each kind, evenly over those that there are."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in parse(path=quads, format=RdfFormat.N_QUADS):
        if each.predicate.value == _TYPE and isinstance(each.subject, NamedNode) and isinstance(each.object, NamedNode):
            found[each.object.value.rpartition("#")[2]].add(each.subject.value)
    return {kind: sorted(found[kind])[:: max(1, len(found[kind]) // OF_A_KIND)] for kind in KINDS if found[kind]}


def _merged(quads: Path, folder: Path) -> Path:
    """Return the quads with their merge as default graph, as our store has them."""
    merged = folder / "merged.nq"
    triples: set[str] = set()
    with merged.open("w", encoding="utf-8") as out:
        for each in parse(path=quads, format=RdfFormat.N_QUADS):
            out.write(f"{each} .\n")
            triples.add(f"{each.triple} .\n")
        out.writelines(sorted(triples))
    return merged


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each kind in each format")
    parser.add_argument("--clients", type=int, default=8)
    return parser.parse_args()


if __name__ == "__main__":
    main()
