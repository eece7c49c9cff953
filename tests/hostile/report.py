"""What the hostile suite only bounds, measured: how each killer ends, what it takes, and how soon others are answered.

Killers come one by one with two seconds to go, then twelve at once; then a limit of 500 ms, with the time to its end
and to the next answer. Usage: python -m tests.hostile.report. What breaks a promise comes last; exit 1 where one is.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.hostile.data import write_data
from tests.hostile.harm import QUERY_SECONDS, SETTINGS, Harm, ask_light, unleash
from tests.hostile.killers import EVALUATIONS, NESTED, Killer
from tests.protocol.client import Connection
from tests.protocol.running import Running, import_release, served

LIGHT_SECONDS = 1.0
AT_ONCE = 12
SHORT = 0.5
SHORT_ENDS, NEXT_COMES = 0.55, 0.05
"""Seconds within which a query limited to 500 ms ends, and then the next answer comes."""
_TRIES = 9
_TRIED = ("a count over a cartesian product", "a closure of a product", "a sort of a product")


def main() -> int:
    """Print the figures; what breaks a promise comes last."""
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        data = import_release([write_data(Path(folder) / "data.nq")], Path(folder) / "data")
        with served(data, Path(folder) / "log", SETTINGS) as running:
            broken += _one_by_one(running)
            broken += _at_once(running)
        short = SETTINGS | {"YUSUAN_QUERY_SECONDS": f"{SHORT:g}"}
        with served(data, Path(folder) / "log", short) as running:
            broken += _ended_soon(running)
    for line in broken:
        print("BROKEN", line)
    return 1 if broken else 0


def _one_by_one(running: Running) -> list[str]:
    broken = []
    print(f"{'killer':45} status seconds  MB more  slowest light query beside, ms")
    with running.endpoint.connect() as held:
        ask_light(held, running.endpoint, 0)
        for killer in (*EVALUATIONS, *NESTED):
            harm = unleash(running, [killer])
            outcome = harm.outcomes[0]
            figures = f"{outcome.status:6} {outcome.seconds:7.2f} {harm.grown / 2**20:8.0f} {1000 * harm.slowest:8.0f}"
            print(f"{killer.name:45} {figures}", flush=True)
            broken += _broken(killer.name, harm)
        ask_light(held, running.endpoint, 1)
    return broken


def _at_once(running: Running) -> list[str]:
    killers: Sequence[Killer] = [killer for killer in EVALUATIONS if not killer.grows][:AT_ONCE]
    harm = unleash(running, killers)
    longest = max(outcome.seconds for outcome in harm.outcomes)
    print(f"{AT_ONCE} at once: all ended after {longest:.2f} s, {harm.grown / 2**20:,.0f} MB more, ", end="")
    print(f"slowest of {harm.light} light queries beside {1000 * harm.slowest:.0f} ms")
    return _broken(f"{AT_ONCE} at once", harm)


def _broken(name: str, harm: Harm) -> list[str]:
    found = [f"{name}: {wrong}" for wrong in harm.wrong]
    longest = max(outcome.seconds for outcome in harm.outcomes)
    if longest > QUERY_SECONDS + 2:
        found.append(f"{name}: ended after {longest:.2f} s")
    if harm.is_large:
        found.append(f"{name}: {harm.grown / 2**30:.2f} GB more memory")
    if harm.slowest > LIGHT_SECONDS:
        found.append(f"{name}: a light query beside took {harm.slowest:.2f} s")
    return found


def _ended_soon(running: Running) -> list[str]:
    broken = []
    for killer in (each for each in EVALUATIONS if each.name in _TRIED):
        with running.endpoint.connect() as connection, running.endpoint.connect() as other:
            pairs = [_try(running, killer, connection, other) for _ in range(_TRIES)]
        for what, times, promised in zip(
            ("ended", "the next answer"), zip(*pairs, strict=True), (SHORT_ENDS, NEXT_COMES), strict=True
        ):
            median = statistics.median(times)
            shown = f"{1000 * median:.1f} ms (median of {_TRIES}; most {1000 * max(times):.1f})"
            print(f"{killer.name}, limit {SHORT * 1000:.0f} ms: {what} after {shown}")
            if median > promised:
                broken.append(f"{killer.name}: {what} after {1000 * median:.0f} ms")
    return broken


def _try(running: Running, killer: Killer, connection: Connection, other: Connection) -> tuple[float, float]:
    """Return the seconds until the killer was ended, and from there to the next answer on another connection."""
    begun = time.perf_counter()
    connection.send(running.endpoint.encoded(killer.request))
    answer = connection.receive()
    ended = time.perf_counter()
    assert answer.status == 503, answer.status
    ask_light(other, running.endpoint, 1)
    return ended - begun, time.perf_counter() - ended


if __name__ == "__main__":
    sys.exit(main())
