"""Answering a request of the protocol within a worker: from its text and headers to the bytes that are sent."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from server.errors import NotAcceptableError
from server.evaluate import Evaluation, check_syntax, evaluate
from server.formats import GRAPH_FORMATS, RESULT_FORMATS, Format, negotiate
from server.held import Held
from server.protocol import read_sparql_request
from server.scan import GAP, scan

LEAST_ZIPPED = 1024
"""Bytes below which compressing saves nothing."""
_GZIP_LEVEL = 4
# Functions whose value is another each time (SPARQL 1.1, 17.4): their answers are neither kept nor given a tag.
# Before and behind their names a query needs no blank, and may have a comment.
_FLEETING = re.compile(rf"(?:now|rand|uuid|bnode){GAP}\(")


class Asked(NamedTuple):
    """A request of the protocol as it came: the query string of its address, what its client accepts, and its body.

    `body` and its `content_type` are those of a POST; of a GET they are None and empty.
    """

    query_string: bytes
    accept: str | None
    zipped: bool = False
    content_type: str = ""
    body: bytes | None = None


class Answer(NamedTuple):
    """What is sent: `encoding` is a content coding or empty; `lasting` if the same request is answered alike again."""

    body: bytes
    content_type: str
    encoding: str
    lasting: bool


def answer(held: Held, asked: Asked, largest: int, base: str = "") -> Answer:
    """Return the answer in the format that the client likes best.

    Raises what `read_sparql_request`, `evaluate` and `negotiate` raise.
    """
    stated = read_sparql_request(asked.query_string, asked.content_type, asked.body)
    scanned = scan(stated.text, base)
    try:
        chosen = _negotiated(asked.accept, GRAPH_FORMATS if scanned.gives_graph else RESULT_FORMATS)
    except NotAcceptableError:
        check_syntax(stated.text, base)  # what is no query has no format
        raise
    evaluation = Evaluation(
        stated.text, chosen.name, dataset=stated.dataset or scanned.dataset, largest=largest, base=base
    )
    body = evaluate(held.store_for(stated.text, stated.dataset), evaluation)
    encoding = "gzip" if asked.zipped and len(body) >= LEAST_ZIPPED else ""
    if encoding:
        body = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return Answer(body, chosen.content_type, encoding, not _is_fleeting(stated.text.lower()))


def _is_fleeting(lower: str) -> bool:
    may_be = "now" in lower or "rand" in lower or "uuid" in lower or "bnode" in lower
    return may_be and bool(_FLEETING.search(lower))


@lru_cache(maxsize=256)
def _negotiated(accept: str | None, offered: Sequence[Format]) -> Format:
    return negotiate(accept, offered)
