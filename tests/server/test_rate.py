"""The limit of requests of one client: so many at once, then so many a second."""

from __future__ import annotations

import pytest

from server import rate
from server.errors import RateError
from server.rate import RateLimit


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """Return the time in seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock that the limit goes by."""
    clock = Clock()
    monkeypatch.setattr(rate, "time", clock)
    return clock


def admitted(limit: RateLimit, client: str, times: int) -> int:
    """Return how many of some requests at once are admitted."""
    count = 0
    for _ in range(times):
        try:
            limit.admit(client)
        except RateError:
            continue
        count += 1
    return count


def test_without_a_limit_all_are_admitted(clock: Clock) -> None:
    assert admitted(RateLimit(0, 1), "a", 1000) == 1000


def test_a_client_may_ask_some_times_at_once_then_steadily(clock: Clock) -> None:
    limit = RateLimit(2.0, 5)
    assert admitted(limit, "a", 10) == 5
    clock.now += 0.5
    assert admitted(limit, "a", 10) == 1
    clock.now += 1.0
    assert admitted(limit, "a", 10) == 2
    clock.now += 3600
    assert admitted(limit, "a", 10) == 5


def test_who_is_refused_does_not_wait_longer_for_it(clock: Clock) -> None:
    limit = RateLimit(1.0, 1)
    assert admitted(limit, "a", 1) == 1
    for _ in range(10):
        clock.now += 0.125
        limit_reached = admitted(limit, "a", 1)
    assert limit_reached == 0
    clock.now += 1.0
    assert admitted(limit, "a", 1) == 1


def test_one_client_does_not_use_up_what_another_has(clock: Clock) -> None:
    limit = RateLimit(1.0, 3)
    assert [admitted(limit, each, 5) for each in ("a", "b", "a", "")] == [3, 3, 0, 3]


def test_a_client_of_ipv6_is_all_addresses_of_its_network(clock: Clock) -> None:
    limit = RateLimit(1.0, 3)
    assert sum(admitted(limit, f"2001:db8:0:1::{each}", 1) for each in range(10)) == 3
    assert admitted(limit, "2001:db8:0:2::1", 10) == 3
    assert admitted(limit, "no: address", 10) == 3


def test_the_clients_remembered_are_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "_MOST_CLIENTS", 2)
    limit = RateLimit(1.0, 1)
    assert [admitted(limit, each, 1) for each in ("a", "b", "a", "c", "b", "c")] == [1, 1, 0, 1, 1, 0]
