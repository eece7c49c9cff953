"""Nothing in the server calls out, however it is asked to; and a query that only speaks of calling is answered."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.hostile.canary import HARMLESS, Canary, calls, canary, spelled
from tests.protocol.cases import is_status
from tests.protocol.client import BrokenAnswerError, Response, by_get
from tests.protocol.running import Running

LEAST_CALLS = 500
LEAST_SPELLINGS = 8
_BAIT = ("root:", "singing", "YUSUAN_")
"""What an answer would have in it that had read a file, heard the bird or looked into the environment."""


@pytest.fixture(scope="module")
def bird() -> Iterator[Canary]:
    """Yield the canary that is not to be visited."""
    with canary() as found:
        yield found


def test_the_canary_counts(bird: Canary) -> None:
    socket.create_connection(("127.0.0.1", bird.port)).close()
    for _ in range(100):
        if bird.hits:
            break
    bird.hits = 0
    assert len(spelled(bird.port)) >= LEAST_SPELLINGS


def test_nobody_comes_by(server: Running, bird: Canary) -> None:
    before, wrong, asked = bird.hits, [], 0
    for call in calls(bird.port):
        asked += 1
        try:
            answer = server.endpoint.ask(call.request, target=call.target)
        except BrokenAnswerError as error:
            wrong.append(f"{call.name}: {error}")
            continue
        if not (call.status == "xxx" or is_status(answer.status, call.status)):
            wrong.append(f"{call.name}: {answer.status}, not {call.status}")
        if any(bait in answer.text for bait in _BAIT) or not _is_empty(answer):
            wrong.append(f"{call.name}: {answer.text[:200]}")
    assert bird.hits == before, f"{bird.hits - before} calls went out"
    assert wrong == []
    assert asked >= LEAST_CALLS


@pytest.mark.parametrize("query", HARMLESS)
def test_who_only_speaks_of_calling_is_answered(server: Running, query: str) -> None:
    assert server.endpoint.ask(by_get(query)).status == 200


def _is_empty(answer: Response) -> bool:
    """Return whether an answer holds no solution and no triple: a graph that is not there is an empty graph."""
    if answer.status == 200 and answer.media_type == "application/sparql-results+json":
        shape = answer.json()
        return not shape["results"]["bindings"] if "results" in shape else True
    return True
