"""The pages over a release of the sample corpus, as the tests of linked data have them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from jinja2 import StrictUndefined
from pyoxigraph import Store

from mapping.cli import main
from server.app import Config, create_app
from server.release import open_release
from tests.lod.conftest import BASE, built, client, counting
from tests.server.conftest import InProcess

__all__ = ["built", "client", "counting"]


@pytest.fixture(scope="session")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of the pages over two texts without tables of which nobody says who published them or when."""
    folder = tmp_path_factory.mktemp("nameless")
    texts, data = folder / "texts", folder / "data"
    texts.mkdir()
    for name, amount in (("one.txt", "5.00"), ("two.txt", "6.00")):
        (texts / name).write_text(f"“三公”经费预算合计{amount}万元。\n", encoding="utf-8")
    words = ["build", str(texts), "--out", str(data), "--base", BASE, "--jobs", "1"]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    release = open_release(data)
    app = create_app(Config(release, InProcess(Store.read_only(str(release.store_path)))))
    app.jinja_env.undefined = StrictUndefined
    return app.test_client()
