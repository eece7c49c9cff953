"""The command line on the sample corpus: what it prints, and how it ends."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from mapping import start
from mapping.cite import Citation
from mapping.cli import COMMANDS, main
from mapping.commands import cite, output
from mapping.coverage import COLUMNS
from mapping.errors import INTERRUPTED
from mapping.release import INDEX

MODULES = list(Path(cite.__file__).parent.glob("*.py"))
RATIO = """平度市总工会2024年部门预算

部门支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t36.70\t30.00\t6.70
2012901\t行政运行\t30.00\t30.00\t
2012999\t配套1:3\t6.70\t\t6.70
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> tuple[Path, str]:
    """The releases of the samples, and what their build printed."""
    out = tmp_path_factory.mktemp("samples")
    result = run("build", samples, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("5 documents in release ")
    return out, result.stdout


@pytest.fixture(scope="module")
def data(made: tuple[Path, str]) -> Path:
    return made[0]


def test_amounts_paid_to_one_person_are_in_no_list_and_no_search(tmp_path: Path) -> None:
    paid = tmp_path / "paid.txt"
    rows = "| 1 | 刘一鸣 | 5123.00 |\n| 2 | 陈二妹 | 3000.00 |\n| | 合计 | 8123.00 |\n"
    head = "青河县民政局2024年部门预算公开\n\n救助发放表\n单位：元\n\n| 序号 | 姓名 | 金额 |\n|--|--|--|\n"
    paid.write_text(head + rows, encoding="utf-8")
    out = tmp_path / "data"
    assert run("build", paid, "--out", out).exit_code == 0
    dump = (out / "current" / "dump.nq").read_text(encoding="utf-8")
    assert dump.count('def#smallCell> "true"') == 2
    assert "刘一鸣" not in dump
    assert run("verify", "--data", out).exit_code == 0
    for asked in (("query", "figures", "--format", "csv"), ("export", "--format", "csv")):
        assert [row["value"] for row in csv.DictReader(io.StringIO(run(*asked, "--data", out).stdout))] == ["8123.00"]
    with sqlite3.connect(out / "current" / INDEX) as index:
        assert [row[0] for row in index.execute("SELECT printed FROM figure")] == ["8123.00"]


@pytest.mark.parametrize(
    "name",
    [
        "documents",
        "facts",
        "figures",
        "indicators",
        "largest-changes",
        "organisations",
        "projects",
        "quantities",
        "statements",
        "tables",
        "three-public",
    ],
)
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


def test_a_language_has_one_tag_in_dump_and_store(data: Path, tmp_path: Path) -> None:
    dump = (data / "current" / "dump.nq").read_text(encoding="utf-8")
    assert set(re.findall(r'"@([A-Za-z-]+) ', dump)) == {"zh-hans", "en"}
    own = tmp_path / "own.rq"
    own.write_text(
        'SELECT DISTINCT (LANG(?o) AS ?l) { ?s ?p ?o FILTER(LANGMATCHES(LANG(?o), "zh-Hans")) }', encoding="utf-8"
    )
    assert run("query", own, "--data", data, "--format", "csv").stdout.split() == ["l", "zh-hans"]


def test_a_fact_is_traced_from_words_to_characters(data: Path) -> None:
    result = run("trace", "养老救助经费", "--data", data)
    assert result.exit_code == 0
    assert "read-from" in result.stdout
    assert "zezhou-2026-budget.txt" in result.stdout
    iri = next(word for word in result.stdout.split() if "/project/" in word)
    assert "养老救助经费" in run("trace", iri, "--data", data).stdout


def test_a_legal_document_is_traced_by_any_spelling_of_its_number(data: Path) -> None:
    result = run("trace", "晋工发2006年054号", "--data", data)
    assert result.exit_code == 0
    assert {"cited-by", "justifies"} <= set(result.stdout.split())


def test_an_amount_is_traced_as_it_is_printed(data: Path) -> None:
    asked = run("query", "figures", "--data", data, "--format", "csv")
    value = next(row["value"] for row in csv.DictReader(io.StringIO(asked.stdout)) if float(row["value"]) >= 1000)
    iris = [
        {word for word in run("trace", one, "--data", data).stdout.split() if "/observation/" in word}
        for one in (value, f"{float(value):,.{len(value.partition('.')[2])}f}")
    ]
    assert iris[0] == iris[1] != set()


def test_a_place_is_traced_to_what_was_read_there(data: Path) -> None:
    asked = run("query", "statements", "--data", data, "--format", "csv", "--param", "source=zezhou-2026-budget.txt")
    row = next(row for row in csv.DictReader(io.StringIO(asked.stdout)) if row["kind"] == "amount")
    result = run("trace", f"{row['source']}:{row['line']}", "--data", data)
    assert result.exit_code == 0
    assert row["quote"] in result.stdout
    assert f"\n{row['iri']}\n" in result.stdout
    assert "read-from" in result.stdout


def test_a_fact_is_traced_to_the_statements_of_it(data: Path) -> None:
    asked = run("query", "facts", "--data", data, "--format", "csv")
    row = next(row for row in csv.DictReader(io.StringIO(asked.stdout)) if row["status"] == "agreed")
    result = run("trace", row["iri"], "--data", data)
    assert result.exit_code == 0
    assert result.stdout.count("stated-by") == int(row["statements"]) > 1
    assert row["measure"] in result.stdout


def test_a_severity_is_named_in_either_language(data: Path) -> None:
    by_label, by_notation = (
        run("query", "findings", "--data", data, "--param", f"severity={word}").stdout for word in ("疑点", "warning")
    )
    assert by_label == by_notation


@pytest.mark.parametrize("place", ["zezhou-2026-budget.txt:99999", "no-such-file.txt:1"])
def test_a_place_where_nothing_was_read_is_a_miss(data: Path, place: str) -> None:
    result = run("trace", place, "--data", data)
    assert result.exit_code == 1
    assert f"nothing in the release is, or bears, {place!r}" in result.stderr


def test_a_text_that_looks_like_a_place_is_still_found(tmp_path: Path) -> None:
    source = tmp_path / "sources"
    source.mkdir()
    (source / "pingdu-2024-budget.txt").write_text(RATIO, encoding="utf-8")
    assert run("build", source, "--out", tmp_path / "out").exit_code == 0
    result = run("trace", "配套1:3", "--data", tmp_path / "out")
    assert result.exit_code == 0
    assert "read-from" in result.stdout


def test_coverage_is_told_in_three_formats(data: Path) -> None:
    shown = run("coverage", "--data", data)
    assert shown.exit_code == 0
    assert shown.stdout.split()[: len(COLUMNS)] == list(COLUMNS)
    rows = list(csv.DictReader(io.StringIO(run("coverage", "--data", data, "--format", "csv").stdout)))
    told = json.loads(run("coverage", "--data", data, "--format", "json").stdout)
    assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in told] == rows
    assert {type(row["digits"]) for row in told if row["kind"] != "gap"} == {int}
    assert all(row["line"] is None for row in told if row["kind"] != "gap")
    assert f"({len(rows)} rows)" in shown.stdout
    assert len({row["source"] for row in rows}) == 5
    assert tuple(rows[0]) == COLUMNS


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
        (["query", "nothing"], 2, "no query is named"),
        (["query", "none.rq"], 2, "there is no file none.rq"),
        (["query", __file__], 2, "is a file: the name of a file with a query ends in .rq"),
        (["query", str(Path(__file__).parent)], 2, "is a folder: the name of a file with a query ends in .rq"),
        (["query", "n" * 300 + ".rq"], 2, "there is no file nnn"),
        (["trace", " "], 2, "nothing is asked for"),
        (["query", "lineage"], 2, "needs the parameter 'iri'"),
        (["query", "figures", "--param", "source"], 2, "must be written K=V"),
        (["query", "figures", "--param", "foo=bar"], 2, "has no parameter 'foo'"),
        (["query", "figures", "--param", "source=a", "--param", "source=b"], 2, "source is stated more than once"),
        (["query", "read-at", "--param", "source=a", "--param", "line=abc"], 2, "line must be a whole number from 0"),
        (["query", "old-bases", "--param", "years=-1"], 2, "years must be a whole number from 0 on, not '-1'"),
        (["query", "findings", "--param", "severity=nope"], 2, "severity must be one of info, violation, warning"),
        (["query", "findings", "--param", "rule=amount-sums"], 2, "rule must be one of"),
        (["query", "figures", "--format", "pdf"], 2, "is none of"),
        (["query", "figures", "--format", "turtle"], 2, "SELECT and ASK answer as"),
        (["trace", "没有这样的文字"], 1, "nothing in the release"),
        (["serve", "--port", "99999"], 2, "99999"),
    ],
)
def test_a_mistake_is_answered_with_its_remedy(data: Path, words: list[str], code: int, message: str) -> None:
    result = run(*words, "--data", data)
    assert result.exit_code == code
    assert message in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        *(f"{each} --data" for each in ("verify", "export", "coverage", "audit", "trace x", "query figures", "serve")),
        *("build . --out", "publish . --out", "import . --out", "publish . --publisher", "audit --accepted"),
        *("build", "publish", "import", "check", "diff", "diff .", "serve --config"),
    ],
)
def test_an_empty_path_is_none(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*command.split(), "")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "the path is empty" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["query", ""], "no query is named ''"),
        (["query", "figures", "--endpoint", ""], "an endpoint is an http or https address, not ''"),
        (["build", __file__, "--base", ""], "base '' must be an http(s) address"),
    ],
)
def test_what_is_empty_is_not_taken_for_what_is_not_stated(words: list[str], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_text_that_nobody_gives_is_asked_for() -> None:
    result = CliRunner().invoke(main, ["cite", "-"], input="\n")
    assert (result.exit_code, "standard input is empty: give it a text" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", ["verify", "export", "coverage", "trace x", "query figures", "serve"])
def test_without_a_release_each_command_says_what_to_do(tmp_path: Path, command: str) -> None:
    result = run(*command.split(), "--data", tmp_path)
    assert result.exit_code == 2
    assert "yusuan build" in result.stderr


@pytest.mark.parametrize("command", ["verify", "export", "coverage", "audit", "query documents", "trace 工会"])
def test_one_release_is_read_as_the_folder_of_releases_is(data: Path, command: str) -> None:
    of_folder, of_release = (run(*command.split(), "--data", place) for place in (data, data / "current"))
    assert (of_release.exit_code, of_release.stdout) == (of_folder.exit_code, of_folder.stdout)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("build DOCUMENTS --base foo", "must be an http(s) address in ASCII"),
        ("build DOCUMENTS --base http://例子.cn/", "must be an http(s) address in ASCII"),
        ("build EMPTY", "no document in"),
        ("build PIPE", "is neither a file nor a folder"),
        ("build DOCUMENTS --out FILE", "is a file, not a folder"),
        ("build DOCUMENTS --out RELEASE", "is a release, which never changes"),
        ("build WRONG", "column year: '24' is no year"),
        ("import EMPTY", "no file in"),
        ("import DOCUMENTS", "not known as RDF"),
        ("query QUERY", "not a SPARQL 1.1 query"),
        ("query figures --endpoint foo", "an endpoint is an http or https address"),
        ("serve --config FILE", "cannot read the settings"),
        ("serve --config SETTINGS", "there is no such setting"),
        ("audit --data RELEASE --accepted REVIEWS", "is no key of a finding"),
        ("publish DOCUMENTS", "there is no publisher.toml"),
        ("diff FILE EMPTY", "cannot be compared"),
        ("diff FILE DAMAGED", "an HTML page, not text"),
        ("cite DAMAGED", "an HTML page, not text"),
    ],
)
def test_what_another_call_or_a_mended_file_puts_right_is_called_wrongly(
    data: Path, tmp_path: Path, samples: Path, command: str, message: str
) -> None:
    places = {"DOCUMENTS": samples, "RELEASE": (data / "current").resolve(), "EMPTY": tmp_path / "empty"}
    places["WRONG"] = tmp_path / "wrong"
    for folder in (places["EMPTY"], places["WRONG"]):
        folder.mkdir()
    (tmp_path / "wrong/a.txt").write_text(RATIO, encoding="utf-8")
    (tmp_path / "wrong/sources.csv").write_text("file,year\na.txt,24\n", encoding="utf-8")
    os.mkfifo(tmp_path / "PIPE")
    written = {"FILE": RATIO, "QUERY": "SELECT", "SETTINGS": "colour = 1", "DAMAGED": "<html>"}
    for name, text in {**written, "REVIEWS": "key,status\nx,open\n"}.items():
        places[name] = tmp_path / (f"{name}.rq" if name == "QUERY" else name)
        places[name].write_text(text, encoding="utf-8")
    asked = [str(places.get(word, tmp_path / word if word == "PIPE" else word)) for word in command.split()]
    if asked[0] == "query" and "--endpoint" not in asked:
        asked += ["--data", str(data)]
    result = run(
        *asked, *(["--out", tmp_path / "out"] if asked[0] in ("build", "import") and "--out" not in asked else [])
    )
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr


def test_a_folder_of_releases_among_documents_is_left_out_and_named(
    made: tuple[Path, str], tmp_path: Path, samples: Path
) -> None:
    data, printed = made
    folder, out = tmp_path / "all", tmp_path / "out"
    shutil.copytree(samples, folder)
    shutil.copytree(data, folder / "data-2023", symlinks=True)
    for name in ("facts.nq", "list.json", "terms.ttl"):
        (folder / name).write_text("预算 1.00 万元\n", encoding="utf-8")
    (folder / "publisher.toml").write_text("", encoding="utf-8")
    result = run("build", folder, "--out", out)
    assert (result.exit_code, result.stdout) == (0, printed)
    assert "publisher.toml" not in result.stderr
    release = (data / "current").resolve().name
    assert f"note: data-2023/releases/{release}/: a release, which holds no documents: left out" in result.stderr
    for name in ("facts.nq", "list.json", "terms.ttl"):
        assert f"note: {name}: data, no disclosure: left out" in result.stderr
    assert "未作检查 terms.ttl：是数据文件，不是公开文件" in run("check", folder).stderr
    assert run("build", folder / "data-2023", "--out", tmp_path / "none").exit_code == 2


@pytest.mark.parametrize("command", ["query documents", "verify"])
def test_a_command_that_is_proposed_can_be_copied(tmp_path: Path, command: str) -> None:
    result = run(*command.split(), "--data", tmp_path / "a b")
    assert f"run `yusuan build PATH --out '{tmp_path}/a b'`" in result.stderr


@pytest.mark.parametrize("command", ["build", "publish", "check", "import", "diff x"])
def test_a_path_that_is_not_there_is_a_wrong_call(tmp_path: Path, command: str) -> None:
    result = run(*command.split(), tmp_path / "nowhere")
    assert (result.exit_code, "does not exist" in result.stderr) == (2, True)


def test_a_construct_answers_as_turtle_where_no_format_is_named(data: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3", encoding="utf-8")
    result = run("query", own, "--data", data)
    assert result.exit_code == 0
    assert len(list(parse(result.stdout, RdfFormat.TURTLE))) == 3


def test_an_endpoint_that_does_not_answer_is_named_without_words_of_python(tmp_path: Path) -> None:
    result = run("query", "figures", "--endpoint", "http://127.0.0.1:9/")
    assert result.exit_code == 1
    assert result.stderr == "Error: http://127.0.0.1:9/ did not answer: Connection refused\n"
    both = run("query", "figures", "--endpoint", "http://127.0.0.1:9/", "--data", tmp_path)
    assert (both.exit_code, "exclude each other" in both.stderr) == (2, True)


def test_a_place_that_is_not_there_is_told_from_one_without_facts(data: Path) -> None:
    lines = len((data / "current").resolve().joinpath("manifest.json").read_text(encoding="utf-8"))
    asked = run("trace", f"zezhou-2026-budget.txt:{lines * 1000}", "--data", data)
    assert "zezhou-2026-budget.txt has only " in asked.stderr
    assert "no document of it is called nope.txt" in run("trace", "nope.txt:3", "--data", data).stderr
    for places in ("41-43", "41,43"):
        several = run("trace", f"zezhou-2026-budget.txt:{places}", "--data", data)
        assert "name one line, zezhou-2026-budget.txt:41" in several.stderr


def test_help_lists_the_queries_with_their_parameters() -> None:
    said = " ".join(run("query", "--help").stdout.split())
    assert "once for each parameter" in said
    assert "policy-linkage" in said
    assert "(text)" in said


def test_no_line_of_the_help_is_cut() -> None:
    assert "..." not in run("--help").stdout.partition("Commands:")[2]


@pytest.mark.parametrize("words", ["audit", "query figures", "export", "export --format csv", "cite 《工会法》"])
def test_an_answer_that_cannot_be_written_is_a_line(data: Path, tmp_path: Path, words: str) -> None:
    asked = words.split() if words.startswith("cite") else [*words.split(), "--data", str(data)]
    command = [sys.executable, "-m", "mapping.start", *asked]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1] == "Error: the answer cannot be written: No space left on device"
    closed = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], stderr=subprocess.PIPE, check=False, text=True)
    assert closed.returncode == 2
    assert closed.stderr.splitlines()[-1] == "Error: the answer cannot be written: standard output is closed"


def test_an_interrupt_while_the_program_loads_ends_it_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importlib, "import_module", interrupted)
    with pytest.raises(SystemExit) as ended:
        start.main()
    assert ended.value.code == INTERRUPTED


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command
    assert command.name == name
    assert (command.help or "").partition("\n")[0] == COMMANDS[name][2]


def test_there_is_no_command_that_is_not_listed() -> None:
    written = re.findall(r"^@click\.command", "".join(each.read_text() for each in MODULES), re.MULTILINE)
    assert len(written) == len(COMMANDS) == 13


def test_a_command_waits_for_nothing_that_it_does_not_use() -> None:
    used = "mapping.cli, mapping.commands.query, mapping.commands.audit, mapping.commands.imports"
    code = f"import sys, {used}; print('spacy' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def test_an_interrupt_of_a_command_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(text: str) -> list[Citation]:
        raise KeyboardInterrupt

    monkeypatch.setattr(cite, "citations", interrupted)
    assert run("cite", "《工会法》").exit_code == INTERRUPTED


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.waiting
def test_progress_is_seen_to_go_on_while_one_thing_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _Terminal()
    monkeypatch.setattr("sys.stderr", seen)
    monkeypatch.setattr(output, "TICK", 0.01)
    with output.progress("正在读取", 1) as finished:
        until = time.monotonic() + 10
        while "0%  1 s" not in seen.getvalue() and time.monotonic() < until:
            time.sleep(0.01)
        finished("a.txt")
    assert "0%  1 s" in seen.getvalue()
    assert "100%" in seen.getvalue()
