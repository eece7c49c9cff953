"""Verification of a release's files, dumps and stores: what does not fit together is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mapping.built import Quarantined
from mapping.errors import ReleaseError
from mapping.publish import publish
from mapping.verify import Failure, verify
from tests.mapping.release_samples import (
    BASE,
    DEF,
    TEXT,
    changed,
    find,
    named,
    republished,
    sample,
    vocabulary,
)

DOCUMENT = sample().built()
TOTAL = f"{DOCUMENT.iri}/observation/{'-'.join(map(str, find(TEXT, '1,650.240')))}"
SAYS = f"<{TOTAL}> <{DEF}"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    draft = sample(TEXT + "内部\n", status="reviewDraft").built()
    left_out = [Quarantined("坏.txt", "不是文本")]
    return publish(tmp_path / "out", BASE, [DOCUMENT, draft], left_out, vocabulary(tmp_path))


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        (f"documents/{DOCUMENT.sha256}.nq", DOCUMENT.iri),
        (f"text/{DOCUMENT.sha256}.txt", DOCUMENT.iri),
        ("dump.nq", f"{BASE}release"),
    ],
)
@pytest.mark.parametrize("how", ["changed", "missing"])
def test_a_damaged_file_is_named(release: Path, path: str, iri: str, how: str) -> None:
    place = release / path
    if how == "changed":
        place.write_bytes(place.read_bytes() + b"\n")
    else:
        place.unlink()
    assert [f for f in verify(release) if f.iri == iri and path in f.problem]


def test_a_file_beside_the_release_is_named(release: Path) -> None:
    (release / "documents/more.nq").write_text("")
    assert verify(release) == [Failure(f"{BASE}release", "documents/more.nq is not listed in the manifest")]


@pytest.mark.parametrize(
    ("old", "new", "iri", "problem"),
    [
        ("坏.txt", "好.txt", f"{BASE}release", "does not say what the manifest says"),
        ('"status": "reviewDraft"', '"status": "published"', "", "its status"),
        (f"document/{DOCUMENT.sha256}", f"document/{'0' * 64}", f"{BASE}document/{'0' * 64}", "other files"),
        (f"text/{DOCUMENT.sha256}.txt", "text/../x.txt", DOCUMENT.iri, "other files"),
    ],
)
def test_a_manifest_that_does_not_fit_is_named(release: Path, old: str, new: str, iri: str, problem: str) -> None:
    place = release / "manifest.json"
    said = place.read_text()
    assert old in said
    place.write_text(said.replace(old, new))
    assert [f for f in verify(release) if f.iri.startswith(iri) and problem in f.problem]


def test_a_version_that_is_not_the_contents_is_named(release: Path) -> None:
    for name in ("manifest.json", "dump.nq"):
        place = release / name
        place.write_text(place.read_text().replace(release.name, "0123456789abcdef"))
    assert [f for f in verify(release) if f.iri == f"{BASE}release" and release.name in f.problem]


@pytest.mark.parametrize("how", ["draft", "gone", "broken"])
def test_a_store_that_is_not_the_dumps_is_named(release: Path, how: str) -> None:
    public = release / "store-public"
    shutil.rmtree(public)
    if how == "draft":
        shutil.copytree(release / "store", public)
    elif how == "broken":
        public.mkdir()
        (public / "CURRENT").write_text("{}")
    failures = verify(release)
    assert failures
    assert named(failures, f"{BASE}release") or how == "draft"
    assert any("/graph" in failure.iri for failure in failures) == (how == "draft")


def test_an_amount_of_the_store_that_differs_names_the_fact(release: Path, tmp_path: Path) -> None:
    quads = changed(f'{SAYS}amount> "16502400"', f'{SAYS}amount> "16502401"', DOCUMENT.quads)
    (tmp_path / "x").mkdir()
    other = publish(tmp_path / "x/out", BASE, [republished(DOCUMENT, quads)], [], vocabulary(tmp_path))
    shutil.rmtree(release / "store-public")
    shutil.copytree(other / "store", release / "store-public")
    problems = [failure.problem for failure in verify(release) if failure.iri == TOTAL]
    assert problems == [
        "the store-public and the dump do not say the same of it",
        "the default graph of store-public and the dump do not say the same of it",
        "the default graph of store-public and the dump do not say the same of it",
    ]


def test_a_folder_without_a_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="holds no release"):
        verify(tmp_path)
    (tmp_path / "manifest.json").write_text('{"version": 1}')
    with pytest.raises(ReleaseError, match=r"is damaged \(version must be a text, not a number\): build or import"):
        verify(tmp_path)


def test_a_store_that_is_missing_is_named_once_with_the_remedy(release: Path) -> None:
    shutil.rmtree(release / "store")
    problems = [failure.problem for failure in verify(release)]
    assert problems == ["store is missing: build the release again"]
