"""What a killer does while it is at work: how it ends, what it takes of memory, and how long others wait beside it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType

from tests.hostile.killers import HONEST, Killer
from tests.hostile.memory import memory_of
from tests.protocol.cases import is_status
from tests.protocol.client import BrokenAnswerError, Connection, Endpoint, Response, by_get
from tests.protocol.running import Running
from tests.protocol.terms import values_of

QUERY_SECONDS = 2.0
SETTINGS = {
    "YUSUAN_QUERY_SECONDS": f"{QUERY_SECONDS:g}",
    "YUSUAN_BODY_KB": "2048",  # so that what is 20,000 deep gets as far as the parser
    "YUSUAN_IDLE_SECONDS": "600",
    "YUSUAN_CACHE_MB": "0",
}
"""What the server under test is set to."""
MOST_GROWN = 1 << 30
"""Bytes that one query may take."""
BESIDE_GROWN = 64 << 20
"""Bytes that everything else may grow by meanwhile: light queries beside, and processes made ready for the next."""
BETWEEN_LIGHT = 0.1
BETWEEN_LOOKS = 0.05
PATIENCE = 30.0
"""Seconds after which a client gives up, whatever the server promises."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a killer ended: status (0 where no whole answer came), seconds, and what was wrong with it, if anything."""

    name: str
    status: int
    seconds: float
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Harm:
    """What several killers at once did: their outcomes, bytes of memory grown, and the light queries beside them."""

    outcomes: Sequence[Outcome]
    grown: int
    slowest: float
    light: int
    wrong: Sequence[str]

    @property
    def is_large(self) -> bool:
        """Return whether more memory was taken than so many queries may take."""
        return self.grown > len(self.outcomes) * MOST_GROWN + BESIDE_GROWN


def unleash(running: Running, killers: Sequence[Killer]) -> Harm:
    """Return what the killers did, all sent at once on connections of their own."""
    with Beside(running) as beside, ThreadPoolExecutor(len(killers)) as pool:
        outcomes = list(pool.map(lambda killer: _outcome(running.endpoint, killer), killers))
    return Harm(
        outcomes, beside.grown, beside.slowest, beside.asked, [*beside.wrong, *(o.wrong for o in outcomes if o.wrong)]
    )


def ask_light(connection: Connection, endpoint: Endpoint, number: int) -> float:
    """Return the seconds that a query took which touches little; fails where the answer is not right."""
    begun = time.monotonic()
    connection.send(endpoint.encoded(by_get(f"SELECT ({number} AS ?n) {{}}", accept="text/csv")))
    answer = connection.receive()
    assert answer.status == 200 and values_of(answer) == [[str(number)]], f"{answer.status} {answer.body[:200]!r}"
    return time.monotonic() - begun


class Beside:
    """While entered, asks light queries on new connections and watches the memory of the server."""

    def __init__(self, running: Running) -> None:
        self.slowest = 0.0
        self.asked = 0
        self.wrong: list[str] = []
        self._running = running
        self._done = threading.Event()
        self._before = self._most = memory_of(running.process.pid)
        self._threads = [threading.Thread(target=self._ask), threading.Thread(target=self._look)]

    def __enter__(self) -> Beside:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    @property
    def grown(self) -> int:
        """Return the bytes that the server held at most above what it held before."""
        return self._most - self._before

    def _ask(self) -> None:
        endpoint = self._running.endpoint
        while not self._done.wait(BETWEEN_LIGHT):
            self.asked += 1
            begun = time.monotonic()
            try:
                with endpoint.connect(PATIENCE) as connection:
                    ask_light(connection, endpoint, self.asked)
            except (AssertionError, BrokenAnswerError, OSError) as error:
                self.wrong.append(f"a light query: {type(error).__name__} {error}")
            self.slowest = max(self.slowest, time.monotonic() - begun)

    def _look(self) -> None:
        while not self._done.wait(BETWEEN_LOOKS):
            self._most = max(self._most, memory_of(self._running.process.pid))


def _outcome(endpoint: Endpoint, killer: Killer) -> Outcome:
    begun = time.monotonic()
    try:
        answer = endpoint.ask(killer.request, PATIENCE)
    except (BrokenAnswerError, OSError) as error:
        return Outcome(
            killer.name, 0, time.monotonic() - begun, f"{killer.name}: {type(error).__name__}: {error}"[:200]
        )
    seconds = time.monotonic() - begun
    if answer.status == 200:
        wrong = (
            "" if _is_right(killer, answer) else f"{killer.name}: 200 with what is not the answer: {answer.body[:80]!r}"
        )
    elif is_status(answer.status, HONEST):
        wrong = "" if len(answer.content) > 20 else f"{killer.name}: {answer.status} without a reason"
    else:
        wrong = f"{killer.name}: {answer.status} {answer.body[:200]!r}"
    return Outcome(killer.name, answer.status, seconds, wrong)


def _is_right(killer: Killer, answer: Response) -> bool:
    try:
        return killer.right(answer)
    except (AssertionError, ValueError, LookupError, SyntaxError):
        return False
