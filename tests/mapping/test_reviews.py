"""Reviews of findings: read from a table, kept with the release, and left out of what must be read again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapping.cli import main
from mapping.errors import ManifestError
from mapping.reviews import Review, read_reviews
from tests.mapping.test_findings import WRONG

KEY = "0123456789abcdef"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def written(folder: Path, *rows: str, heading: str = "key,status,reply,reviewer,date") -> Path:
    place = folder / "reviews.csv"
    place.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return place


def findings(data: Path, *options: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("audit", "--data", data, "--format", "csv", *options).stdout)))


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/wrong.txt").write_text(WRONG, encoding="utf-8")
    return tmp_path / "documents"


def test_a_row_is_read(tmp_path: Path) -> None:
    place = written(tmp_path, f"{KEY},explained,系四舍五入,财务科,2026-03-01")
    assert read_reviews([place]) == (Review(KEY, "explained", "系四舍五入", "财务科", "2026-03-01"),)


def test_without_a_file_nothing_is_reviewed(tmp_path: Path) -> None:
    assert read_reviews([tmp_path / "reviews.csv"]) == ()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("xyz,explained,,,", "is no key of a finding"),
        (f"{KEY},done,,,", "write one of open, explained"),
        (f"{KEY},open,电话13800138000,,", "identifies a person"),
        (f"{KEY},open,,张伟,", "write a post or a body"),
        (f"{KEY},open,,,2026/3/1", "write it as 2024-03-01"),
        (f"{KEY},open,,,2026-02-30", "day"),
        (f"{KEY},open,,,\n{KEY},dismissed,,,", "reviewed otherwise before"),
    ],
)
def test_a_mistake_names_row_column_and_remedy(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(ManifestError, match=r"reviews\.csv, row [23]") as caught:
        read_reviews([written(tmp_path, row)])
    assert words in str(caught.value)


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    place = written(tmp_path, "xyz,done,,,2026-02-30", KEY, f"{KEY},open,,,", heading="key,status,reply,reviewer,date")
    with pytest.raises(ManifestError) as caught:
        read_reviews([place])
    places = [str(line).partition("reviews.csv, ")[2].partition(":")[0] for line in caught.value.args]
    assert places == ["row 2, column key", "row 2, column status", "row 2, column date", "row 3, column status"]


def test_a_review_is_kept_with_the_release_and_with_the_next_version(documents: Path, tmp_path: Path) -> None:
    run("build", documents, "--out", tmp_path / "data")
    (open_finding,) = findings(tmp_path / "data")
    assert open_finding["status"] == "open"
    written(documents, f"{open_finding['key']},explained,另有一项未列,,")
    for text in (WRONG, WRONG.replace("表1", "说明。\n\n表1")):
        (documents / "wrong.txt").write_text(text, encoding="utf-8")
        run("build", documents, "--out", tmp_path / "data")
        (explained,) = findings(tmp_path / "data")
        assert (explained["status"], explained["reply"]) == ("explained", "另有一项未列")
        assert run("verify", "--data", tmp_path / "data").exit_code == 0


def test_what_is_explained_is_no_open_contradiction(documents: Path, tmp_path: Path) -> None:
    run("build", documents, "--out", tmp_path / "data")
    assert run("audit", "--data", tmp_path / "data").exit_code == 1
    written(documents, f"{findings(tmp_path / 'data')[0]['key']},explained,,,")
    run("build", documents, "--out", tmp_path / "data")
    assert run("audit", "--data", tmp_path / "data").exit_code == 0


@pytest.mark.parametrize(("status", "left"), [("dismissed", 0), ("open", 1)])
def test_accepted_findings_are_left_out_and_counted(documents: Path, tmp_path: Path, status: str, left: int) -> None:
    run("build", documents, "--out", tmp_path / "data")
    (found,) = findings(tmp_path / "data")
    accepted = written(tmp_path, f"{found['key']},{status},,,")
    assert len(findings(tmp_path / "data", "--accepted", accepted)) == left
    result = run("audit", "--data", tmp_path / "data", "--accepted", accepted)
    assert f"已核查未列 {1 - left} 项" in result.stdout
    assert result.exit_code == left


def test_a_review_of_nothing_is_not_published(documents: Path, tmp_path: Path) -> None:
    written(documents, f"{KEY},dismissed,,,")
    run("build", documents, "--out", tmp_path / "data")
    assert KEY not in (tmp_path / "data/current/dump.nq").read_text(encoding="utf-8")


def test_a_key_that_no_finding_has_is_noted(documents: Path, tmp_path: Path) -> None:
    accepted = written(documents, f"{KEY},dismissed,,,", "1" + KEY[1:] + ",corrected,,,")
    built = run("build", documents, "--out", tmp_path / "data")
    assert f"note: reviews.csv: no finding has the key {KEY}" in built.stderr
    assert "1" + KEY[1:] not in built.stderr
    audited = run("audit", "--data", tmp_path / "data", "--accepted", accepted)
    assert f"no finding has the key {KEY}" in audited.stderr
