"""Worker processes: they answer, are ended at the time limit, are replaced when they die, keep to limits."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from server.errors import (
    QueryCrashedError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    ReleaseError,
    ResultTooLargeError,
    ServerError,
    WorkersBusyError,
)
from server.evaluate import Evaluation
from server.release import open_release
from server.workers import Limits, WorkerPool

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# Unary signs nest without brackets, which the scan counts; the parser runs out of stack.
FATAL = f"ASK {{ FILTER({'!' * 200_000}true) }}"
ALIVE = Evaluation("ASK {}", "csv")


def test_a_worker_answers(pool: WorkerPool) -> None:
    assert pool.evaluate(ALIVE) == b"true"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (ENDLESS, QueryTimeoutError),
        (FATAL, QueryCrashedError),
        ("SELECT * { ?s ?p ?o }", ResultTooLargeError),
        ("SELECT {", QuerySyntaxError),
        ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefusedError),
        ("ASK FROM <http://x/none> {}", QueryRefusedError),
    ],
)
def test_after_every_error_the_next_query_is_answered(pool: WorkerPool, text: str, error: type[ServerError]) -> None:
    with pytest.raises(error):
        pool.evaluate(Evaluation(text, "json"))
    assert pool.evaluate(ALIVE) == b"true"


def test_no_free_worker_is_said(data_dir: Path) -> None:
    limits = Limits(seconds_waiting=0.01)
    with (
        WorkerPool(open_release(data_dir).store_path, 0, limits) as pool,
        pytest.raises(WorkersBusyError, match="ask again"),
    ):
        pool.evaluate(ALIVE)


def test_two_workers_answer_two_threads(data_dir: Path) -> None:
    answers: list[bytes] = []
    with WorkerPool(open_release(data_dir).store_path, 2) as pool:
        asking = [threading.Thread(target=lambda: answers.append(pool.evaluate(ALIVE))) for _ in range(8)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
    assert answers == [b"true"] * 8


def test_a_store_that_does_not_open_is_said(tmp_path: Path) -> None:
    with WorkerPool(tmp_path / "none", 1) as pool, pytest.raises(ReleaseError, match="no store"):
        pool.evaluate(ALIVE)
