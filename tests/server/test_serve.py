"""Serving for real, in this process, and asking the served endpoint as a client of another server does."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode

from server.catalogue import question
from server.errors import CallerError, EndpointError
from server.evaluate import Evaluation, evaluate, named_query
from server.remote import query_endpoint, with_values
from server.serve import is_loopback
from tests.server.processes import COMMAND, processes_over, served, until
from tests.server.sample_release import LEAF, sample_store, switch

pytestmark = pytest.mark.waiting

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/yusuan/def#Document> }"


@pytest.fixture(scope="module")
def endpoint(data_dir: Path) -> Iterator[str]:
    """Yield the address of /sparql of a server in its own process, on a free loopback port."""
    with served(data_dir) as (server, address):
        yield f"{address}sparql"
        assert server.poll() is None


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
        ("{endpoint}/none", "ASK {}", "answered 405"),
        ("http://127.0.0.1:1/", "ASK {}", "did not answer"),
        ("file:///etc/hostname", "ASK {}", "http or https"),
    ],
)
def test_a_failing_endpoint_is_named(endpoint: str, address: str, text: str, reason: str) -> None:
    with pytest.raises((CallerError, EndpointError), match=reason):
        query_endpoint(address.format(endpoint=endpoint), Evaluation(text, "json"))


def test_an_answer_that_is_no_result_is_named(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.remote._post", lambda *_: b'{"status": "ok"}')
    with pytest.raises(EndpointError, match="did not answer with SPARQL results"):
        query_endpoint(endpoint, Evaluation("ASK {}", "json", hidden=("x",)))


def test_values_follow_a_comment() -> None:
    text = "SELECT ?s { ?s ?p ?o } # last"
    values = with_values(text, {"s": NamedNode("http://x/")})
    assert values == f"{text}\nVALUES (?s) {{ (<http://x/>) }}\n"
    assert with_values(text, {}) == text


def answers(address: str, text: str = "ASK {}") -> str:
    """Return the answer to a query as CSV."""
    return query_endpoint(f"{address}sparql", Evaluation(text, "csv")).decode()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_when_the_server_ends_so_do_its_processes(own_data: Path, how: signal.Signals) -> None:
    store = own_data / "releases" / "sample" / "store"
    with served(own_data) as (server, address):
        assert answers(address) == "true"
        assert processes_over(store).workers
        server.send_signal(how)
        server.wait(10)
        assert until(lambda: not processes_over(store).holders | processes_over(store).workers)


def test_a_server_whose_release_is_lost_ends(own_data: Path) -> None:
    store = own_data / "releases" / "sample" / "store"
    with served(own_data) as (server, address):
        assert answers(address) == "true"
        os.kill(processes_over(store).holder, signal.SIGKILL)
        server.wait(10)
        assert server.stderr is not None
        assert server.stderr.read().count("the process that holds the release ended") == 1
        assert until(lambda: not processes_over(store).holders | processes_over(store).workers)


def test_sighup_takes_the_current_release(own_data: Path) -> None:
    with served(own_data) as (server, address):
        assert answers(address, COUNT) == "n\r\n2\r\n"
        switch(own_data, "other")
        assert answers(address, COUNT) == "n\r\n2\r\n"
        server.send_signal(signal.SIGHUP)
        assert until(lambda: answers(address, COUNT) == "n\r\n1\r\n")


def test_on_a_public_address_drafts_are_left_out(data_dir: Path) -> None:
    with served(data_dir, "0.0.0.0") as (_, address):
        assert answers(address.replace("0.0.0.0", "127.0.0.1"), COUNT) == "n\r\n1\r\n"


@pytest.mark.parametrize("setting", [{"YUSUAN_PUBLIC": "true"}, {"YUSUAN_TRUSTED_PROXIES": "127.0.0.1"}])
def test_behind_a_proxy_drafts_are_left_out(data_dir: Path, setting: dict[str, str]) -> None:
    with served(data_dir, **setting) as (_, address):
        assert answers(address, COUNT) == "n\r\n1\r\n"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_all_processes_is_for_the_server_alone(own_data: Path, how: signal.Signals) -> None:
    store = own_data / "releases" / "sample" / "store"
    with served(own_data) as (server, address):
        assert until(lambda: processes_over(store).workers)
        processes = processes_over(store)
        for each in processes.holders | processes.workers:
            os.kill(each, how)
        assert answers(address) == "true"
        assert processes_over(store).holders == processes.holders
        assert server.poll() is None


@pytest.mark.parametrize(
    ("host", "remedy"), [("192.0.2.1", "no address of this machine"), ("999.1.1.1", "neither an address nor a name")]
)
def test_what_keeps_from_serving_is_said_in_a_line(data_dir: Path, host: str, remedy: str) -> None:
    command = [COMMAND, "serve", "--data", str(data_dir), "--host", host]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: cannot listen on {host} port 8000: ")
    assert remedy in done.stderr
    assert done.stderr.count("\n") == 1


def test_of_a_port_that_is_taken_the_remedy_is_said(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [COMMAND, "serve", "--data", str(data_dir), "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert "another program listens there: end it, or name another port with --port" in done.stderr
    assert "Errno" not in done.stderr


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


def test_a_query_that_is_under_way_at_the_end_is_told_so(own_data: Path) -> None:
    endless = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    for how in (signal.SIGTERM, signal.SIGINT):
        with served(own_data) as (server, address):
            host, port = address.removeprefix("http://").rstrip("/").split(":")
            with socket.create_connection((host, int(port)), 20) as channel:
                channel.sendall(f"GET /sparql?query={endless} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                time.sleep(0.5)
                server.send_signal(how)
                received = channel.recv(65536)
            assert received.startswith(b"HTTP/1.1 503 ")
            assert b"the service is being stopped" in received
            server.wait(10)
            assert server.stderr is not None
            assert "Exception in ASGI" not in server.stderr.read()


def test_a_release_that_cannot_be_served_is_said_once(own_data: Path) -> None:
    with served(own_data, YUSUAN_RELOAD_SECONDS="0.1") as (server, address):
        broken = shutil.copytree(own_data / "releases" / "other", own_data / "releases" / "broken")
        (broken / "store" / "CURRENT").write_text("damaged", encoding="utf-8")
        switch(own_data, "broken")
        time.sleep(1.5)
        assert answers(address, COUNT) == "n\r\n2\r\n"
        (own_data / "current").unlink()
        (own_data / "current").symlink_to("none")
        time.sleep(0.5)
        switch(own_data, "other")
        assert until(lambda: answers(address, COUNT) == "n\r\n1\r\n")
        server.terminate()
        assert server.stderr is not None
        said = server.stderr.read().splitlines()
    assert [line.partition("goes on: ")[2][:28] for line in said[:2]] == [
        "the store cannot be opened: ",
        "there is no release in " + str(own_data)[:5],
    ]
    assert len(said) == 3


def test_connections_are_what_files_may_be_open_for() -> None:
    asked = """
import logging, resource, sys
from dataclasses import replace
from server.serve import affordable_connections
from server.settings import Settings
resource.setrlimit(resource.RLIMIT_NOFILE, (128, int(sys.argv[1])))
found = affordable_connections(replace(Settings(), connections=300))
print(found.connections, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""

    def given(most: int) -> tuple[str, str]:
        command = [sys.executable, "-c", asked, str(most)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
        return done.stdout, done.stderr

    assert given(4096) == ("300 411\n", "")
    few, said = given(200)
    assert few == "89 200\n"
    assert "connections is 89: no more than 200 files may be open" in said
