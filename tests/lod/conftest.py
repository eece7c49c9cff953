"""A release built of the sample corpus, and its pages over an evaluator that counts what is asked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from jinja2 import StrictUndefined
from pyoxigraph import Store

from mapping.cli import main
from server.app import Config, create_app
from server.evaluate import Evaluation, evaluate
from server.release import open_release

BASE = "https://data.example.org/budget/"


class Counting:
    """An evaluator without processes; `asked` are the evaluations so far.

    `answers` are those of a store that nothing changes, kept by what was asked: tests ask the same over and over.
    """

    def __init__(self, store: Store, answers: dict[str, bytes] | None = None) -> None:
        self.store = store
        self.asked: list[Evaluation] = []
        self._answers = answers

    def evaluate(self, evaluation: Evaluation) -> bytes:
        """Return the answer in the asked format."""
        self.asked.append(evaluation)
        if self._answers is None:
            return evaluate(self.store, evaluation)
        if (asked := repr(evaluation)) not in self._answers:
            self._answers[asked] = evaluate(self.store, evaluation)
        return self._answers[asked]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """Return a data directory with a release of the sample corpus; tests must not change it."""
    return _built(tmp_path_factory.getbasetemp() / "built", samples)


@cache
def _built(out: Path, samples: Path) -> Path:
    """Build the corpus, once for all folders whose tests have the fixture."""
    words = ["build", str(samples), "--out", str(out), "--base", BASE, "--jobs", "1"]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    return out


@cache
def _opened(built: Path) -> tuple[Store, dict[str, bytes]]:
    """Return the store of the built release, and what it has answered so far."""
    return Store.read_only(str(open_release(built).store_path)), {}


@pytest.fixture
def counting(built: Path) -> Counting:
    """Return an evaluator over the built release."""
    return Counting(*_opened(built))


@pytest.fixture
def client(built: Path, counting: Counting) -> FlaskClient:
    """Return a client of the pages over the built release; its application is new, so that it has kept nothing."""
    app = create_app(Config(open_release(built), counting))
    app.jinja_env.undefined = StrictUndefined
    return app.test_client()
