"""Reading releases: clear errors, and no draft where the public asks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from server.errors import FileUnknownError, ReleaseError
from server.release import open_release, open_store
from tests.server.sample_release import DRAFT, PUBLISHED, text


def test_the_current_release_is_read(data_dir: Path) -> None:
    release = open_release(data_dir)
    assert (release.version, len(release.documents), len(release.quarantined)) == ("sample", 2, 1)
    assert len(open_store(release.store_path)) > 0
    assert release.rendition(PUBLISHED) == text("published")
    own = {f"{kind}/{each}.nq" for kind in ("documents", "findings") for each in (PUBLISHED, DRAFT)}
    assert set(release.dumps) == {"dump.nq", *own}
    assert release.dump_file("dump.nq").is_file()


def test_the_public_sees_no_draft(data_dir: Path) -> None:
    release = open_release(data_dir, public=True)
    assert release.store_path.name == "store-public"
    assert [each.status for each in release.shown_documents] == ["published"]
    assert set(release.dumps) == {"dump-public.nq", f"documents/{PUBLISHED}.nq", f"findings/{PUBLISHED}.nq"}
    for hidden in ("dump.nq", f"documents/{DRAFT}.nq", f"findings/{DRAFT}.nq", "manifest.json", "../../current"):
        with pytest.raises(FileUnknownError):
            release.dump_file(hidden)
    with pytest.raises(FileUnknownError):
        release.rendition(DRAFT)


def copied(data_dir: Path, tmp_path: Path) -> Path:
    """Return a copy of the release directory, to be broken."""
    shutil.copytree(data_dir, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


def test_drafts_without_a_public_store_are_not_served(data_dir: Path, tmp_path: Path) -> None:
    data = copied(data_dir, tmp_path)
    shutil.rmtree(data / "current" / "store-public")
    assert open_release(data).store_path.name == "store"
    with pytest.raises(ReleaseError, match="no public store"):
        _ = open_release(data, public=True).store_path


def test_without_drafts_the_one_store_is_public(data_dir: Path, tmp_path: Path) -> None:
    data = copied(data_dir, tmp_path)
    shutil.rmtree(data / "current" / "store-public")
    manifest = json.loads((data / "current" / "manifest.json").read_text(encoding="utf-8"))
    manifest["documents"] = manifest["documents"][:1]
    (data / "current" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    release = open_release(data, public=True)
    assert release.store_path.name == "store"
    assert "dump.nq" in release.dumps


def test_no_release_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="run `yusuan build"):
        open_release(tmp_path)


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ("", "cannot be read"),
        ("[]", "it must be an object, not a list"),
        ("{}", "version is missing"),
        ('{"version": "1"}', "base is missing"),
    ],
)
def test_a_broken_manifest_is_named(data_dir: Path, tmp_path: Path, manifest: str, problem: str) -> None:
    data = copied(data_dir, tmp_path)
    (data / "current" / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(ReleaseError, match=rf"manifest.json .*{problem}.*: build or import the release again"):
        open_release(data)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("version", 5, "version must be a text, not a number"),
        ("documents", {}, "documents must be a list, not an object"),
        ("files", [], "files must be an object, not a list"),
        ("files", {"dump.nq": None}, "files.dump.nq must be a text, not null"),
        ("quarantined", ["a.pdf"], r"quarantined\[0\] must be an object, not a text"),
        ("previous", True, "previous must be a text, not true or false"),
    ],
)
def test_a_field_of_another_type_is_named(
    data_dir: Path, tmp_path: Path, field: str, value: object, problem: str
) -> None:
    data = copied(data_dir, tmp_path)
    place = data / "current" / "manifest.json"
    place.write_text(json.dumps(json.loads(place.read_text(encoding="utf-8")) | {field: value}), encoding="utf-8")
    with pytest.raises(ReleaseError, match=rf"manifest.json is damaged \({problem}\): build or import"):
        open_release(data)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("source", "a.txt", "source must be a list, not a text"),
        ("status", "reviewdraft", "status must be one of published"),
    ],
)
def test_a_document_of_another_type_or_status_is_named(
    data_dir: Path, tmp_path: Path, field: str, value: object, problem: str
) -> None:
    data = copied(data_dir, tmp_path)
    place = data / "current" / "manifest.json"
    manifest = json.loads(place.read_text(encoding="utf-8"))
    manifest["documents"][1][field] = value
    place.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ReleaseError, match=rf"documents\[1\]\.{problem}"):
        open_release(data)


def test_a_missing_store_is_named(data_dir: Path, tmp_path: Path) -> None:
    data = copied(data_dir, tmp_path)
    shutil.rmtree(data / "current" / "store")
    with pytest.raises(ReleaseError, match="no store"):
        _ = open_release(data).store_path
    with pytest.raises(ReleaseError, match="no store in nowhere"):
        open_store(tmp_path / "nowhere")


def test_a_damaged_store_is_named(data_dir: Path, tmp_path: Path) -> None:
    data = copied(data_dir, tmp_path)
    (data / "current" / "store" / "CURRENT").write_text("damaged", encoding="utf-8")
    with pytest.raises(
        ReleaseError, match=r"the store cannot be opened: Corruption.*: build or import the release again"
    ):
        open_store(open_release(data).store_path)


def test_files_that_somebody_took_away_are_named(data_dir: Path, tmp_path: Path) -> None:
    data = copied(data_dir, tmp_path)
    release = open_release(data)
    shutil.rmtree(release.directory)
    for ask in (release.catalogue, lambda: release.rendition(PUBLISHED), lambda: release.dump_file("dump.nq")):
        with pytest.raises(ReleaseError, match="files of this release are missing"):
            ask()
