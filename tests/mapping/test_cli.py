"""The command line on the sample corpus: what it prints, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from mapping.cli import main


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    out = tmp_path_factory.mktemp("samples")
    result = run("build", samples, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("5 documents in release ")
    return out


@pytest.mark.parametrize("name", ["documents", "figures", "organisations", "projects", "tables"])
def test_every_named_query_answers_in_every_format(data: Path, name: str) -> None:
    answer = run("query", name, "--data", data, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert len(rows) >= 5
    bindings = json.loads(run("query", name, "--data", data, "--format", "json").stdout)["results"]["bindings"]
    assert len(bindings) == len(rows)
    assert f"({len(rows)} rows)" in run("query", name, "--data", data).stdout


def test_a_parameter_narrows_a_query(data: Path) -> None:
    whole = run("query", "figures", "--data", data, "--format", "csv").stdout
    one = run("query", "figures", "--data", data, "--format", "csv", "--param", "source=zezhou-2026-budget.txt").stdout
    assert 10 < len(one.splitlines()) < len(whole.splitlines())
    assert all(line.startswith("zezhou") for line in one.splitlines()[1:])


def test_a_query_of_ones_own_is_asked(data: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text("SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/yusuan/def#Document> }", encoding="utf-8")
    assert run("query", own, "--data", data, "--format", "csv").stdout.split() == ["n", "5"]


def test_a_fact_is_traced_from_words_to_characters(data: Path) -> None:
    result = run("trace", "养老救助经费", "--data", data)
    assert result.exit_code == 0
    assert "read-from" in result.stdout
    assert "zezhou-2026-budget.txt" in result.stdout
    iri = next(word for word in result.stdout.split() if "/project/" in word)
    assert "养老救助经费" in run("trace", iri, "--data", data).stdout


def test_a_release_is_verified(data: Path) -> None:
    result = run("verify", "--data", data)
    assert result.exit_code == 0
    assert "5 documents, every span re-read" in result.stdout


@pytest.mark.parametrize("form", ["nquads", "trig"])
def test_an_export_is_the_release(data: Path, form: str) -> None:
    result = CliRunner().invoke(main, ["export", "--data", str(data), "--format", form], catch_exceptions=False)
    read = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}[form]
    dump = (data / "current" / "dump.nq").read_bytes()
    assert set(parse(result.stdout_bytes, read)) == set(parse(dump, RdfFormat.N_QUADS))


def test_csv_export_is_the_figures(data: Path) -> None:
    assert (
        run("export", "--data", data, "--format", "csv").stdout
        == run("query", "figures", "--data", data, "--format", "csv").stdout
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["query", "nothing"], 1, "no query is named"),
        (["query", "lineage"], 1, "needs the parameter 'iri'"),
        (["query", "figures", "--param", "source"], 2, "must be written K=V"),
        (["query", "figures", "--format", "pdf"], 2, "is none of"),
        (["trace", "没有这样的文字"], 1, "nothing in the release"),
        (["serve", "--port", "99999"], 2, "99999"),
    ],
)
def test_a_mistake_is_answered_with_its_remedy(data: Path, words: list[str], code: int, message: str) -> None:
    result = run(*words, "--data", data)
    assert result.exit_code == code
    assert message in result.stderr


@pytest.mark.parametrize("command", ["verify", "export", "trace x", "query figures", "serve"])
def test_without_a_release_each_command_says_what_to_do(tmp_path: Path, command: str) -> None:
    result = run(*command.split(), "--data", tmp_path)
    assert result.exit_code == 1
    assert "yusuan build" in result.stderr
