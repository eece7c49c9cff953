"""Killers against the server: each is ended in time with an honest status, and others are answered beside it.

Times are bounds that hold on a loaded machine; `python -m tests.hostile.report` prints what they really are.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.hostile.data import PEOPLE, TRIPLES
from tests.hostile.harm import QUERY_SECONDS, SETTINGS, Harm, ask_light, unleash
from tests.hostile.killers import EVALUATIONS, NESTED, Killer
from tests.hostile.memory import processes_of
from tests.protocol.client import BrokenAnswerError, Connection, by_get
from tests.protocol.running import Running, end, served
from tests.protocol.terms import values_of

LONGEST = QUERY_SECONDS + 2
AT_ONCE = 12
SECONDS_TO_END = 3.0
_BATCH = 4


def _batches(killers: Sequence[Killer]) -> list[list[Killer]]:
    """Return those that grow alone, so that their memory is theirs, and the others a few at once."""
    others = [killer for killer in killers if not killer.grows]
    batches = [others[start : start + _BATCH] for start in range(0, len(others), _BATCH)]
    return [[killer] for killer in killers if killer.grows] + batches


def _named(batch: Sequence[Killer]) -> str:
    return ", ".join(killer.name for killer in batch)


def _check(harm: Harm) -> None:
    assert list(harm.wrong) == []
    assert max(outcome.seconds for outcome in harm.outcomes) < LONGEST, harm.outcomes
    assert harm.slowest < LONGEST, f"a light query beside took {harm.slowest:.2f} s"
    assert not harm.is_large, f"{harm.grown / 2**30:.2f} GB more memory"


@pytest.fixture(scope="module")
def held(server: Running) -> Iterator[Connection]:
    """Yield a connection opened before any killer came: it lasts as long as the process that serves."""
    with server.endpoint.connect() as connection:
        ask_light(connection, server.endpoint, 0)
        yield connection


@pytest.mark.parametrize("batch", _batches(EVALUATIONS), ids=_named)
def test_what_has_no_end_is_ended(server: Running, held: Connection, batch: Sequence[Killer]) -> None:
    _check(unleash(server, batch))
    ask_light(held, server.endpoint, 1)


@pytest.mark.parametrize("batch", _batches(NESTED), ids=_named)
def test_what_is_too_deep_is_refused_or_answered(server: Running, held: Connection, batch: Sequence[Killer]) -> None:
    _check(unleash(server, batch))
    ask_light(held, server.endpoint, 2)


def test_twelve_at_once_leave_room_for_others(server: Running, held: Connection) -> None:
    killers = [killer for killer in EVALUATIONS if not killer.grows][:AT_ONCE]
    _check(unleash(server, killers))
    ask_light(held, server.endpoint, 3)


def test_clients_that_leave_take_their_queries_along(server: Running, held: Connection) -> None:
    for killer in [EVALUATIONS[1]] * AT_ONCE * 3:
        with server.endpoint.connect() as connection:
            connection.send(server.endpoint.encoded(killer.request))
            time.sleep(0.01)
    ask_light(held, server.endpoint, 4)
    time.sleep(QUERY_SECONDS)
    _check(unleash(server, [EVALUATIONS[1]] * 3))


def test_the_server_is_the_same_after_all(server: Running, held: Connection) -> None:
    assert server.process.poll() is None
    ask_light(held, server.endpoint, 5)
    for query, expected in (
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", TRIPLES),
        ("SELECT (SUM(?v) AS ?n) { ?s <http://example.org/number> ?v }", PEOPLE * (PEOPLE - 1) // 2),
    ):
        assert values_of(server.endpoint.ask(by_get(query, accept="text/csv"))) == [[str(expected)]]


def test_the_server_ends_though_killers_are_at_work(release: Path, tmp_path: Path) -> None:
    def ask(killer: Killer) -> int:
        try:
            return running.endpoint.ask(killer.request).status
        except (BrokenAnswerError, OSError):
            return 0

    with served(release, tmp_path / "log", SETTINGS | {"YUSUAN_QUERY_SECONDS": "60"}) as running:
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(ask, EVALUATIONS[1]) for _ in range(4)]
            time.sleep(1.5)
            assert end(running.process) < SECONDS_TO_END
            assert 200 not in [each.result() for each in asked]
        time.sleep(1)
        assert processes_of(running.process.pid) == []


def test_no_killer_is_lost() -> None:
    names = [killer.name for killer in (*EVALUATIONS, *NESTED)]
    assert len(set(names)) == len(names) >= 80
