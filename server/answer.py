"""Answering a request of the protocol within a worker: from its text and headers to the bytes that are sent."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import Store

from server.evaluate import Evaluation, evaluate
from server.formats import GRAPH_FORMATS, RESULT_FORMATS, Format, negotiate
from server.scan import Dataset, scan

LEAST_ZIPPED = 1024
"""Bytes below which compressing saves nothing."""
_GZIP_LEVEL = 4
# Functions whose value is another each time (SPARQL 1.1, 17.4): their answers are neither kept nor given a tag.
_FLEETING = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(")


class Asked(NamedTuple):
    """A query as a client asks it: its text, the graphs that the protocol names, and what the client accepts."""

    text: str
    accept: str | None
    dataset: Dataset | None = None
    zipped: bool = False


class Answer(NamedTuple):
    """What is sent: `encoding` is a content coding or empty; `lasting` if the same request is answered alike again."""

    body: bytes
    content_type: str
    encoding: str
    lasting: bool


def answer(store: Store, asked: Asked, largest: int, base: str = "") -> Answer:
    """Return the answer in the format that the client likes best; raises what `evaluate` and `negotiate` raise."""
    scanned = scan(asked.text, base)
    chosen = _negotiated(asked.accept, GRAPH_FORMATS if scanned.gives_graph else RESULT_FORMATS)
    dataset = asked.dataset or scanned.dataset
    body = evaluate(store, Evaluation(asked.text, chosen.name, dataset=dataset, largest=largest, base=base))
    encoding = "gzip" if asked.zipped and len(body) >= LEAST_ZIPPED else ""
    if encoding:
        body = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return Answer(body, chosen.content_type, encoding, not _is_fleeting(asked.text.lower()))


def _is_fleeting(lower: str) -> bool:
    may_be = "now" in lower or "rand" in lower or "uuid" in lower or "bnode" in lower
    return may_be and bool(_FLEETING.search(lower))


@lru_cache(maxsize=256)
def _negotiated(accept: str | None, offered: Sequence[Format]) -> Format:
    return negotiate(accept, offered)
