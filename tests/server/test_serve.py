"""Serving for real, in this process, and asking the served endpoint as a client of another server does."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from server.catalogue import question
from server.errors import EndpointError
from server.evaluate import Evaluation, evaluate, named_query
from server.remote import query_endpoint, with_values
from server.serve import is_loopback
from tests.server.sample_release import LEAF, sample_store

SERVE = """
import sys
from pathlib import Path
from server.serve import serve
serve(Path(sys.argv[1]), port=0, workers=1)
"""


@pytest.fixture(scope="module")
def endpoint(data_dir: Path) -> Iterator[str]:
    """Yield the address of /sparql of a server in its own process, on a free loopback port."""
    command = [sys.executable, "-c", SERVE, str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        ready = server.stdout.readline()
        found = re.search(r"release sample is ready at (http://127\.0\.0\.1:\d+/)", ready)
        assert found, ready
        yield f"{found[1]}sparql"
        server.terminate()


@pytest.mark.parametrize("format_name", ["json", "csv", "tsv", "xml"])
@pytest.mark.parametrize(
    ("name", "bindings"), [("figures", {}), ("lineage", {"fact": NamedNode(LEAF)}), ("lineage", {})]
)
def test_the_endpoint_answers_as_the_store_does(
    endpoint: str, name: str, bindings: dict[str, NamedNode], format_name: str
) -> None:
    evaluation = named_query(question(name), bindings, format_name)
    assert query_endpoint(endpoint, evaluation) == evaluate(sample_store(), evaluation)


def test_the_endpoint_gives_graphs(endpoint: str) -> None:
    answer = query_endpoint(endpoint, Evaluation(f"DESCRIBE <{LEAF}>", "ntriples"))
    assert f"<{LEAF}>".encode() in answer


@pytest.mark.parametrize(
    ("address", "text", "reason"),
    [
        ("{endpoint}", "ASK {", "answered 400: .*query-syntax"),
        ("{endpoint}/none", "ASK {}", "answered 404"),
        ("http://127.0.0.1:1/", "ASK {}", "did not answer"),
        ("file:///etc/hostname", "ASK {}", "http or https"),
    ],
)
def test_a_failing_endpoint_is_named(endpoint: str, address: str, text: str, reason: str) -> None:
    with pytest.raises(EndpointError, match=reason):
        query_endpoint(address.format(endpoint=endpoint), Evaluation(text, "json"))


def test_an_answer_that_is_no_result_is_named(endpoint: str) -> None:
    page = endpoint.removesuffix("sparql") + "sparql?default-graph-uri="
    with pytest.raises(EndpointError):
        query_endpoint(page, Evaluation("ASK {}", "json", hidden=("x",)))


def test_values_follow_a_comment() -> None:
    text = "SELECT ?s { ?s ?p ?o } # last"
    values = with_values(text, {"s": NamedNode("http://x/")})
    assert values == f"{text}\nVALUES (?s) {{ (<http://x/>) }}\n"
    assert with_values(text, {}) == text


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_only_loopback_addresses_show_drafts(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
