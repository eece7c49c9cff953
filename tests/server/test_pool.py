"""Queries in processes: answered, ended at their limits, replaced when they die, never in each other's way."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest

from server.answer import Answer, Asked
from server.errors import (
    QueryCrashedError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    ReleaseError,
    ResultTooLargeError,
    ServerError,
    WorkersBusyError,
)
from server.evaluate import Evaluation
from server.pool import Pool
from server.release import open_release
from server.scan import Dataset
from server.settings import Settings
from tests.server.conftest import QUICK
from tests.server.processes import Processes, processes_over, until
from tests.server.sample_release import DRAFT_GRAPH, GRAPH
from tests.server.web import Loop

pytestmark = pytest.mark.serial

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# Unary signs nest without brackets, which the scan counts; the parser runs out of stack.
FATAL = f"ASK {{ FILTER({'!' * 200_000}true) }}"
COUNTING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"
ALIVE = Evaluation("ASK {}", "csv")
STEADY = replace(QUICK, query_seconds=20.0)
MANY = 12
NOTHING = Processes(frozenset(), frozenset())


@contextmanager
def opened(loop: Loop, store_path: Path, settings: Settings) -> Iterator[Pool]:
    """Yield a pool over a store."""
    pool = Pool(store_path, settings)
    loop.run(pool.open())
    try:
        yield pool
    finally:
        loop.run(pool.close())


@pytest.fixture(scope="module")
def store_path(data_dir: Path) -> Path:
    """Return the sample's store on disk."""
    return open_release(data_dir).store_path


@pytest.fixture
def own_store(store_path: Path, tmp_path: Path) -> Path:
    """Return a copy of the store, so that only the processes of one test name it."""
    return shutil.copytree(store_path, tmp_path / "store")


@pytest.fixture(scope="module")
def pool(loop: Loop, store_path: Path) -> Iterator[Pool]:
    """Yield a pool with the limits of tests, and little memory for each query."""
    with opened(loop, store_path, replace(QUICK, query_memory_mb=64)) as pool:
        yield pool


def ask(loop: Loop, pool: Pool, message: Evaluation | Asked) -> bytes | Answer:
    """Return the reply."""

    async def asking() -> bytes | Answer:
        return await pool.ask(message)

    return loop.run(asking())


def begin(loop: Loop, pool: Pool, text: str, count: int = 1) -> list[asyncio.Future[bytes | Answer]]:
    """Return the replies to come of queries that are asked at once."""
    return [loop.call(pool.ask, Evaluation(text, "csv")) for _ in range(count)]


def error_of(loop: Loop, reply: asyncio.Future[bytes | Answer]) -> BaseException | None:
    """Return what a reply comes to, if it is an error."""

    async def waiting() -> BaseException | None:
        await asyncio.wait([reply])
        return reply.exception()

    return loop.run(waiting())


def test_a_worker_answers(loop: Loop, pool: Pool) -> None:
    assert pool.in_memory
    assert ask(loop, pool, ALIVE) == b"true"


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        (ENDLESS, QueryTimeoutError, "more than 1 s"),
        (FATAL, QueryRefusedError, "nested too deeply"),
        (HUNGRY, QueryMemoryError, "more memory"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", ResultTooLargeError, "LIMIT"),
        ("SELECT {", QuerySyntaxError, "not a SPARQL 1.1 query"),
        ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefusedError, "SERVICE"),
        ("DROP ALL", QueryRefusedError, "read-only"),
        (f"ASK {{ {'{' * 300}{'}' * 300} }}", QueryRefusedError, "nested more than"),
    ],
    ids=["endless", "fatal", "hungry", "large", "wrong", "calling", "changing", "nested"],
)
def test_after_every_error_the_next_query_is_answered(
    loop: Loop, pool: Pool, text: str, error: type[ServerError], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        ask(loop, pool, Evaluation(text, "json"))
    with pytest.raises(error, match=reason):
        ask(loop, pool, Asked(urlencode({"query": text}).encode(), None))
    assert ask(loop, pool, ALIVE) == b"true"


def test_what_was_ended_is_counted(loop: Loop, store_path: Path) -> None:
    with opened(loop, store_path, replace(QUICK, query_memory_mb=64, query_seconds=2.0)) as pool:
        for text in (ENDLESS, HUNGRY, FATAL):
            with pytest.raises(ServerError):
                ask(loop, pool, Evaluation(text, "json"))
        assert pool.counts.ended == {"time": 1, "query-memory": 1, "query-refused": 1}


def test_many_queries_share_few_workers(loop: Loop, pool: Pool) -> None:
    async def asking() -> list[bytes | Answer]:
        return await asyncio.gather(*(pool.ask(ALIVE) for _ in range(200)))

    assert loop.run(asking()) == [b"true"] * 200


def test_short_queries_are_answered_beside_more_long_ones_than_workers(loop: Loop, store_path: Path) -> None:
    with opened(loop, store_path, replace(STEADY, heavy_queries=4, light_workers=2)) as pool:
        long = begin(loop, pool, ENDLESS, 4)
        for _ in range(MANY):
            assert ask(loop, pool, ALIVE) == b"true"
        assert until(lambda: pool.long == 4)
        for _ in range(MANY):
            assert ask(loop, pool, ALIVE) == b"true"
        assert not any(each.done() for each in long)


@pytest.mark.parametrize(("stuck", "lengthened"), [(0.0, True), (60.0, False)], ids=["stuck", "answering"])
def test_way_is_made_for_what_waits_only_where_none_is_answered(
    loop: Loop, store_path: Path, monkeypatch: pytest.MonkeyPatch, stuck: float, lengthened: bool
) -> None:
    monkeypatch.setattr("server.pool._STUCK_SECONDS", stuck)
    settings = replace(STEADY, light_workers=1, heavy_queries=4, light_seconds=10.0, waiting_seconds=1.0)
    with opened(loop, store_path, settings) as pool:
        assert ask(loop, pool, ALIVE) == b"true"
        begin(loop, pool, ENDLESS)
        (waiting,) = begin(loop, pool, ALIVE.text)
        assert (error_of(loop, waiting) is None) == lengthened
        assert pool.long == lengthened


def test_too_many_long_queries_are_said(loop: Loop, store_path: Path) -> None:
    with opened(loop, store_path, replace(STEADY, heavy_queries=1, waiting_seconds=20.0)) as pool:
        (first,) = begin(loop, pool, ENDLESS)
        assert until(lambda: pool.long == 1)
        (second,) = begin(loop, pool, ENDLESS)
        assert isinstance(error_of(loop, second), WorkersBusyError)
        assert pool.counts.ended == {"busy": 1}
        assert not first.done()
        assert ask(loop, pool, ALIVE) == b"true"


def test_a_long_query_is_answered_too(loop: Loop, store_path: Path) -> None:
    with opened(loop, store_path, replace(STEADY, light_seconds=0.01)) as pool:
        for _ in range(3):
            answer = ask(loop, pool, Evaluation(COUNTING, "csv"))
            assert isinstance(answer, bytes)
            assert int(answer.split()[1]) > 1_000_000
        assert pool.long == 0


def test_a_long_query_has_lower_priority_and_what_its_worker_answers_next_has_not(loop: Loop, own_store: Path) -> None:
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    with opened(loop, own_store, replace(STEADY, light_workers=1, light_seconds=0.1)) as pool:
        assert ask(loop, pool, ALIVE) == b"true"
        worker = processes_over(own_store).worker
        assert priorities(worker) == {usual}
        (long,) = begin(loop, pool, COUNTING)
        assert until(lambda: priorities(worker) == {usual, 10})
        assert error_of(loop, long) is None
        assert ask(loop, pool, ALIVE) == b"true" == ask(loop, pool, ALIVE)
        assert until(lambda: priorities(worker) == {usual})  # the thread that answered may be about to end
        assert worker in processes_over(own_store).workers


def priorities(worker: int) -> set[int]:
    """Return the priorities of the threads of a process."""
    threads = Path(f"/proc/{worker}/task").iterdir()
    return {os.getpriority(os.PRIO_PROCESS, int(each.name)) for each in threads}


def test_waiting_too_long_is_said(loop: Loop, store_path: Path) -> None:
    settings = replace(STEADY, light_workers=1, heavy_queries=0, light_seconds=10.0, waiting_seconds=0.3)
    with opened(loop, store_path, settings) as pool:
        begin(loop, pool, ENDLESS)
        with pytest.raises(WorkersBusyError, match="ask again"):
            ask(loop, pool, ALIVE)
        assert pool.waiting == 0


def test_a_query_that_waits_has_its_client_watched_and_leaves_with_it(loop: Loop, store_path: Path) -> None:
    settings = replace(STEADY, light_workers=1, heavy_queries=0, light_seconds=10.0, waiting_seconds=10.0)
    watched: list[int] = []
    with opened(loop, store_path, settings) as pool:
        begin(loop, pool, ENDLESS)

        async def wait_and_leave() -> None:
            replies = [pool.ask(Evaluation(ENDLESS, "csv"), partial(watched.append, at)) for at in range(MANY)]
            await asyncio.sleep(0.3)
            assert pool.waiting == MANY
            for reply in replies:
                reply.cancel()

        loop.run(wait_and_leave())
        assert until(lambda: pool.waiting == 0)
    assert sorted(watched) == list(range(MANY))
    assert pool.counts.ended["client-gone"] == MANY


def test_where_too_many_long_queries_are_at_work_others_go_soon(loop: Loop, store_path: Path) -> None:
    settings = replace(STEADY, light_workers=1, heavy_queries=1, light_seconds=0.1, waiting_seconds=10.0)
    with opened(loop, store_path, settings) as pool:
        begin(loop, pool, ENDLESS)
        assert until(lambda: pool.long == 1)
        begin(loop, pool, ENDLESS, MANY)
        begun = time.monotonic()
        assert ask(loop, pool, ALIVE) == b"true"
        assert time.monotonic() - begun < settings.waiting_seconds
        assert pool.counts.ended["busy"] >= MANY


def test_the_time_limit_holds_for_a_query_that_others_wait_for(loop: Loop, store_path: Path) -> None:
    settings = replace(STEADY, light_workers=1, heavy_queries=1, light_seconds=5.0, query_seconds=2.0)
    with opened(loop, store_path, settings) as pool:
        (long,) = begin(loop, pool, ENDLESS)
        begun = time.monotonic()
        assert ask(loop, pool, ALIVE) == b"true"
        assert isinstance(error_of(loop, long), QueryTimeoutError)
        assert time.monotonic() - begun > 1


@pytest.mark.parametrize("when", ["short", "long", "waiting"])
def test_a_reply_that_is_cancelled_ends_its_query(loop: Loop, store_path: Path, when: str) -> None:
    settings = replace(STEADY, light_workers=1, heavy_queries=1, light_seconds=0.5)
    with opened(loop, store_path, settings) as pool:
        if when == "waiting":
            begin(loop, pool, ENDLESS)
        (reply,) = begin(loop, pool, ENDLESS)
        if when == "long":
            assert until(lambda: pool.long == 1)
        loop.call(reply.cancel)
        assert ask(loop, pool, ALIVE) == b"true"
        assert until(lambda: pool.long == (1 if when == "waiting" else 0))
        assert pool.waiting == 0


def test_where_no_worker_can_be_had_the_time_limit_holds_and_workers_come_later(
    loop: Loop, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(loop, store_path, replace(QUICK, light_seconds=0.1, query_seconds=1.0)) as pool:
        assert ask(loop, pool, ALIVE) == b"true"
        pair = socket.socketpair

        def none() -> tuple[socket.socket, socket.socket]:
            raise OSError(errno.EMFILE, "Too many open files")

        monkeypatch.setattr(socket, "socketpair", none)
        replies = begin(loop, pool, ENDLESS, QUICK.light_workers)
        assert [type(error_of(loop, each)) for each in replies] == [QueryTimeoutError] * QUICK.light_workers
        monkeypatch.setattr(socket, "socketpair", pair)
        assert ask(loop, pool, ALIVE) == b"true"


def test_many_workers_are_made_at_once(loop: Loop, own_store: Path) -> None:
    with opened(loop, own_store, replace(QUICK, light_workers=300)):
        assert until(lambda: len(processes_over(own_store).workers) == 300, 60)


def test_a_worker_killed_from_outside_is_replaced_and_explained(loop: Loop, own_store: Path) -> None:
    with opened(loop, own_store, replace(STEADY, light_workers=1)) as pool:
        assert until(lambda: processes_over(own_store).workers)
        idle = processes_over(own_store).worker
        os.kill(idle, signal.SIGKILL)
        assert until(lambda: processes_over(own_store).workers - {idle})
        busy = processes_over(own_store).worker
        (reply,) = begin(loop, pool, ENDLESS)
        os.kill(busy, signal.SIGKILL)
        error = error_of(loop, reply)
        assert isinstance(error, QueryCrashedError)
        assert "simpler" in error.message
        assert ask(loop, pool, ALIVE) == b"true"
        assert not {idle, busy} & processes_over(own_store).workers


def test_closing_ends_all_processes_and_says_so_to_who_waits(loop: Loop, own_store: Path) -> None:
    with opened(loop, own_store, replace(STEADY, heavy_queries=1, light_seconds=0.2)) as pool:
        long, short = begin(loop, pool, ENDLESS, 2)
        assert until(lambda: pool.long == 1 and len(processes_over(own_store).workers) >= 2)
    assert isinstance(error_of(loop, long), ServerError)
    assert isinstance(error_of(loop, short), ServerError)
    assert until(lambda: processes_over(own_store) == NOTHING)


def test_closing_while_workers_are_made_leaves_none(loop: Loop, own_store: Path) -> None:
    with opened(loop, own_store, replace(STEADY, light_workers=8)):
        assert processes_over(own_store).holders
    assert until(lambda: processes_over(own_store) == NOTHING)


def test_a_store_on_disk_is_answered_alike(loop: Loop, store_path: Path) -> None:
    triples, graphs = "{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }"
    texts = [triples, graphs, f"FROM <{GRAPH}> {triples}", f"FROM NAMED <{GRAPH}> {graphs}", f"FROM <{GRAPH}> {graphs}"]
    asked = [Evaluation(f"SELECT * {each} ORDER BY ?g ?s ?p ?o", "csv") for each in texts]
    asked += [replace(each, dataset=Dataset((GRAPH,), (DRAFT_GRAPH,))) for each in asked[:2]]
    settings = replace(QUICK, query_seconds=5.0, answer_mb=8)
    with (
        opened(loop, store_path, settings) as in_memory,
        opened(loop, store_path, replace(settings, memory_store_mb=0)) as on_disk,
    ):
        assert in_memory.in_memory and not on_disk.in_memory
        answers = [ask(loop, on_disk, each) for each in asked]
        assert len({*answers}) >= 4
        assert answers == [ask(loop, in_memory, each) for each in asked]
        with pytest.raises(QueryTimeoutError):
            ask(loop, on_disk, Evaluation(ENDLESS, "csv"))
        assert ask(loop, on_disk, ALIVE) == b"true"


@pytest.mark.parametrize("memory_store_mb", [0, 1])
def test_a_store_that_does_not_open_is_said(loop: Loop, tmp_path: Path, memory_store_mb: int) -> None:
    settings = replace(QUICK, memory_store_mb=memory_store_mb)
    with pytest.raises(ReleaseError, match="no store"):
        loop.run(Pool(tmp_path / "none", settings).open())
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReleaseError, match="cannot be opened"):
        loop.run(Pool(tmp_path / "empty", settings).open())


def test_the_kernel_limits_a_worker(loop: Loop, own_store: Path) -> None:
    with opened(loop, own_store, replace(STEADY, light_workers=1, query_memory_mb=100)) as pool:
        assert ask(loop, pool, ALIVE) == b"true"
        worker = Path(f"/proc/{processes_over(own_store).worker}")
        lines = (worker / "limits").read_text(encoding="ascii").splitlines()
        limits = {line[:26].strip(): line[26:].split()[:2] for line in lines}
        assert limits["Max open files"] == ["0", "0"]
        assert limits["Max core file size"] == ["0", "0"]
        space = int((worker / "statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGESIZE")
        assert space <= int(limits["Max address space"][1]) <= space + 100 * 1024 * 1024


def test_a_worker_answers_in_a_thread_with_a_heap_of_its_own(loop: Loop, own_store: Path) -> None:
    with opened(loop, own_store, replace(STEADY, light_workers=1)) as pool:
        assert ask(loop, pool, ALIVE) == b"true"
        begin(loop, pool, ENDLESS)
        worker = processes_over(own_store).worker

        def used() -> dict[int, int]:
            stated = {int(each.name): (each / "stat").read_text() for each in Path(f"/proc/{worker}/task").iterdir()}
            return {task: int(line.rpartition(")")[2].split()[11]) for task, line in stated.items()}

        assert until(lambda: sum(used().values()) > 5)
        assert used().pop(worker) < 3 and len(used()) == 2


def test_a_worker_over_a_store_on_disk_has_no_network(loop: Loop, own_store: Path) -> None:
    """Where the kernel lets anyone leave it (`unshare -Un true`), which containers may forbid."""
    with opened(loop, own_store, replace(QUICK, light_workers=1, memory_store_mb=0)) as pool:
        assert ask(loop, pool, ALIVE) == b"true"
        own = Path(f"/proc/{processes_over(own_store).worker}/ns/net").readlink()
    allowed = subprocess.run(["unshare", "-Un", "true"], check=False, capture_output=True).returncode == 0
    assert (own != Path("/proc/self/ns/net").readlink()) == allowed


# A worker as the holder forks it, but whose scan lets SERVICE pass: first the query unlimited, then in a worker.
UNSCANNED = """
import os, socket, sys
from pyoxigraph import Store
import server.evaluate
from server.evaluate import Evaluation, evaluate
from server.frames import receive_frame
from server.held import Held
from server.scan import Scanned
from server.worker import Conditions, read_reply, work, write_message

server.evaluate.scan = lambda *text: Scanned("ASK", None)
calling = Evaluation(sys.argv[1], "csv")
if sys.argv[2] == "unlimited":
    print(evaluate(Store(), calling).decode())
else:
    ours, theirs = socket.socketpair()
    if not os.fork():
        ours.close()
        work(theirs, Held(Store(), Store()), Conditions(1 << 28, 1 << 20, ""))
        os._exit(0)
    theirs.close()
    for message in (calling, Evaluation("ASK {}", "csv")):
        ours.sendall(write_message(message))
        print(read_reply(receive_frame(ours))[0])
"""


@pytest.mark.parametrize(("how", "calls", "answers"), [("unlimited", 1, ["true"]), ("limited", 0, ["b'true'"] * 2)])
def test_a_worker_reaches_no_other_host_whatever_the_scan_lets_pass(how: str, calls: int, answers: list[str]) -> None:
    called: list[object] = []

    def hang_up() -> None:
        while True:
            try:
                channel, address = listening.accept()
            except OSError:
                return
            called.append(address)
            channel.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=hang_up)
        thread.start()
        text = f"ASK {{ SERVICE SILENT <http://127.0.0.1:{listening.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        command = [sys.executable, "-c", UNSCANNED, text, how]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert done.stdout.split("\n")[:-1] == answers, done.stderr
    assert min(len(called), 1) == calls
