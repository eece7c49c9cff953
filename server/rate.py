"""How often one client may ask: a bucket of tokens for each, filled steadily."""

from __future__ import annotations

import time
from collections import OrderedDict
from ipaddress import IPv6Address

from server.errors import RateError

_MOST_CLIENTS = 100_000


class RateLimit:
    """At most `burst` requests at once and `per_second` on average for each client."""

    def __init__(self, per_second: float, burst: int) -> None:
        """Take the limits; with 0 a second there is none."""
        self._per_second = per_second
        self._burst = burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, client: str) -> None:
        """Count a request; raises `RateError` with the seconds to wait in `retry_after`."""
        if not self._per_second:
            return
        now = time.monotonic()
        client = _network(client)
        tokens, then = self._buckets.pop(client, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - then) * self._per_second)
        admitted = tokens >= 1
        self._buckets[client] = (tokens - admitted, now)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        if not admitted:
            raise RateError("too many requests from this address: wait as long as Retry-After says")


def _network(client: str) -> str:
    """Return who counts as one client: an address, of IPv6 the /64 of which any one has all (RFC 6177 2).

    >>> _network("192.0.2.1"), _network("2001:db8::1") == _network("2001:db8::2:1")
    ('192.0.2.1', True)
    """
    try:
        return client if ":" not in client else IPv6Address(client).exploded[:19]
    except ValueError:
        return client
