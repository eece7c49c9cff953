"""A release is whole or not there: what is written, what is current, what a killed build leaves."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse

from mapping.built import BuiltDocument, Quarantined
from mapping.errors import CallError, ReleaseError
from mapping.publish import publish
from mapping.release import current_release, damaged_files, read_manifest
from mapping.swap import check_target
from tests.mapping.release_samples import BASE, DEF, TEXT, sample, vocabulary

ONE = sample().built()
OTHER = sample(TEXT + "又一份\n", sources=("青山/副本.txt", "甲.txt")).built()
DRAFT = sample(TEXT + "仅供内部审核\n", status="reviewDraft", sources=("草稿.txt",)).built()
LEFT_OUT = (Quarantined("坏.txt", "不是文本"),)


def release(out: Path, *documents: BuiltDocument, quarantined: tuple[Quarantined, ...] = ()) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    return publish(out, BASE, documents, quarantined, vocabulary(out.parent))


def files(folder: Path) -> dict[str, bytes]:
    """Every file that must be the same for the same input."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if not path.relative_to(folder).parts[0].startswith(("search", "store", "manifest"))
    }


def triples(store: Store) -> list[tuple[str, str, str]]:
    quads = store.quads_for_pattern(None, None, None, DefaultGraph())
    return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]


def test_the_release_has_the_files_of_the_contract(tmp_path: Path) -> None:
    made = release(tmp_path / "out", ONE, DRAFT, quarantined=LEFT_OUT)
    names = sorted(path.name for path in made.iterdir())
    everything = ["documents", "dump.nq", "findings", "manifest.json", "store", "text"]
    everything += ["catalogue.ttl", "search.sqlite"]
    public = ["catalogue-public.ttl", "dump-public.nq", "search-public.sqlite", "store-public"]
    assert names == sorted([*everything, *public])
    assert (made / f"documents/{ONE.sha256}.nq").read_bytes() == ONE.quads.encode()
    assert (made / f"findings/{ONE.sha256}.nq").read_bytes() == ONE.findings.encode()
    assert (made / f"text/{ONE.sha256}.txt").read_bytes() == ONE.rendition.encode()
    assert (tmp_path / "out/current").readlink() == Path("releases") / made.name
    assert current_release(tmp_path / "out") == made.resolve()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".lock", "current", "releases"]


def test_the_manifest_says_what_the_release_holds(tmp_path: Path) -> None:
    made = release(tmp_path / "out", OTHER, quarantined=LEFT_OUT)
    said = json.loads((made / "manifest.json").read_bytes())
    assert said["version"] == made.name
    assert said["base"] == BASE
    assert said["quarantined"] == [{"source": "坏.txt", "reason": "不是文本"}]
    assert said["documents"] == [
        {
            "iri": OTHER.iri,
            "sha256": OTHER.sha256,
            "source": ["甲.txt", "青山/副本.txt"],
            "status": "published",
            "dump": f"documents/{OTHER.sha256}.nq",
            "findings": f"findings/{OTHER.sha256}.nq",
            "rendition": f"text/{OTHER.sha256}.txt",
        }
    ]
    listed = {"dump.nq", "catalogue.ttl", *(said["documents"][0][name] for name in ("dump", "findings", "rendition"))}
    assert set(said["files"]) == listed
    assert list(damaged_files(made, said["files"])) == []


def test_the_dump_is_the_documents_then_the_release_then_the_vocabulary(tmp_path: Path) -> None:
    made = release(tmp_path / "out", OTHER, ONE, quarantined=LEFT_OUT)
    dump = (made / "dump.nq").read_text()
    first, second = sorted((ONE, OTHER), key=lambda document: document.iri)
    own = "".join(each.quads + each.findings for each in (first, second))
    assert dump.startswith(own)
    tail = dump.removeprefix(own).splitlines()
    graphs = [line.rsplit(" ", 2)[1] for line in tail]
    expected = [f"<{BASE}findings>"] * 2 + [f"<{BASE}release>"] * 9 + ["<https://w3id.org/yusuan/def>"] * 3
    assert graphs == expected
    assert tail[2:11] == sorted(tail[2:11]) and tail[11:] == sorted(tail[11:])
    assert f'<{BASE}release> <http://purl.org/dc/terms/hasVersion> "{made.name}" <{BASE}release> .' in tail
    assert sum(f"<{DEF}includes>" in line for line in tail) == 2
    assert any(f'<{DEF}reason> "不是文本"' in line for line in tail)


def test_the_dump_keeps_printed_decimals_as_they_were_written(tmp_path: Path) -> None:
    quads = ONE.quads.replace('"16502400"^^', '"16502400.00"^^')
    made = release(tmp_path / "out", replace(ONE, quads=quads))
    assert '"16502400.00"^^' in (made / "dump.nq").read_text()


def test_the_same_documents_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    first = release(tmp_path / "a/out", ONE, OTHER, DRAFT, quarantined=LEFT_OUT)
    second = release(tmp_path / "b/out", DRAFT, ONE, OTHER, quarantined=LEFT_OUT)
    assert first.name == second.name
    assert len(files(first)) == 13
    assert files(first) == files(second)


@pytest.mark.parametrize("changed", ["quads", "rendition", "quarantined"])
def test_the_version_follows_the_content(tmp_path: Path, changed: str) -> None:
    before = release(tmp_path / "a/out", ONE)
    quads = ONE.quads.replace('"1650.240"', '"1650.241"') if changed == "quads" else ONE.quads
    rendition = ONE.rendition + ("!" if changed == "rendition" else "")
    left_out = LEFT_OUT if changed == "quarantined" else ()
    after = release(tmp_path / "b/out", replace(ONE, quads=quads, rendition=rendition), quarantined=left_out)
    assert before.name != after.name


def test_the_store_holds_each_graph_and_their_merge_once(tmp_path: Path) -> None:
    made = release(tmp_path / "out", ONE, OTHER)
    store = Store.read_only(str(made / "store"))
    dump = list(parse(path=made / "dump.nq", format=RdfFormat.N_QUADS))
    assert len(list(store.named_graphs())) == 7
    for graph in store.named_graphs():
        held = list(store.quads_for_pattern(None, None, None, graph))
        assert len(held) == sum(quad.graph_name == graph for quad in dump)
    merged = triples(store)
    assert len(merged) == len({quad.triple for quad in dump})
    assert len(merged) == len(set(merged))


def test_what_two_documents_say_alike_is_in_the_merge_once(tmp_path: Path) -> None:
    shared = f'<{BASE}organisation/x/1> <{DEF}region> "140000"'
    both = [
        replace(one, quads="".join(sorted([*one.quads.splitlines(True), f"{shared} <{one.iri}/graph> .\n"])))
        for one in (ONE, OTHER)
    ]
    store = Store.read_only(str(release(tmp_path / "out", *both) / "store"))
    said = list(store.quads_for_pattern(NamedNode(f"{BASE}organisation/x/1"), None, None, None))
    assert len(said) == 3
    assert sum(isinstance(quad.graph_name, DefaultGraph) for quad in said) == 1


def test_the_public_store_knows_nothing_of_a_draft(tmp_path: Path) -> None:
    made = release(tmp_path / "out", ONE, DRAFT)
    public, whole = (Store.read_only(str(made / name)) for name in ("store-public", "store"))
    assert DRAFT.sha256 in str(triples(whole))
    assert DRAFT.sha256 not in str(list(public))
    expected = [t for t in triples(whole) if DRAFT.sha256 not in str(t)]
    assert sorted(triples(public)) == sorted(expected)


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_superseded_and_withdrawn_documents_are_hidden_too(tmp_path: Path, status: str) -> None:
    hidden = sample(TEXT + status, status=status).built()
    public = Store.read_only(str(release(tmp_path / "out", ONE, hidden) / "store-public"))
    assert hidden.sha256 not in str(list(public))


def test_there_is_no_public_store_without_drafts(tmp_path: Path) -> None:
    assert not (release(tmp_path / "out", ONE) / "store-public").exists()


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (replace(ONE, status="draft"), "status 'draft' is none of"),
        (replace(ONE, quads=ONE.quads + ONE.quads.splitlines(True)[0]), "out of order or repeated"),
        (replace(ONE, quads=ONE.quads.splitlines(True)[0] + ONE.quads), "out of order or repeated"),
        (replace(ONE, quads=ONE.quads.removesuffix("\n")), "outside its own graph"),
        (replace(ONE, quads=ONE.quads.replace("/graph>", "/graph2>")), "outside its own graph"),
        (replace(ONE, quads=f"<a b> <{DEF}line> 1 <{ONE.iri}/graph> .\n"), "not N-Quads"),
    ],
)
def test_a_document_that_is_not_its_graph_is_refused(tmp_path: Path, document: BuiltDocument, problem: str) -> None:
    before = release(tmp_path / "out", OTHER)
    with pytest.raises(ReleaseError, match=problem):
        release(tmp_path / "out", document)
    assert current_release(tmp_path / "out") == before.resolve()
    assert not list((tmp_path / "out").glob(".building-*"))


def test_one_document_built_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="built twice"):
        release(tmp_path / "out", ONE, ONE)


def test_nothing_at_all_does_not_replace_a_release(tmp_path: Path) -> None:
    before = release(tmp_path / "out", ONE)
    with pytest.raises(ReleaseError, match="no document to release: 1 quarantined"):
        release(tmp_path / "out", quarantined=LEFT_OUT)
    assert current_release(tmp_path / "out") == before.resolve()


@pytest.mark.parametrize(
    "base", ["https://example.org", "example.org/", "https://e.org/a b/", "https://e.org/#/", "http://例子.cn/"]
)
def test_a_base_that_gives_no_good_iris_is_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(CallError, match="must be an http"):
        publish(tmp_path / "out", base, [ONE], [], [])


@pytest.mark.parametrize(
    ("turtle", "problem"),
    [("<https://e.org/a> <https://e.org/b> [] .", "blank node"), ("<a", "bad.ttl is not Turtle")],
)
def test_a_vocabulary_that_cannot_be_released_is_refused(tmp_path: Path, turtle: str, problem: str) -> None:
    (tmp_path / "bad.ttl").write_text(turtle)
    with pytest.raises(ReleaseError, match=problem):
        publish(tmp_path / "out", BASE, [ONE], [], [tmp_path / "bad.ttl"])


def test_the_current_release_and_the_one_before_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second, third = (release(out, document) for document in (ONE, OTHER, DRAFT))
    assert not first.exists() and second.exists() and third.exists()
    again = release(out, OTHER)
    assert again == second
    assert {path.name for path in (out / "releases").iterdir()} == {second.name, third.name}
    assert current_release(out) == second.resolve()


def test_building_the_current_release_again_keeps_it_and_the_one_before(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second = release(out, ONE), release(out, OTHER)
    built = (second / "manifest.json").stat().st_ino
    assert release(out, OTHER) == second
    assert (second / "manifest.json").stat().st_ino == built
    assert first.exists()


@pytest.mark.parametrize("damage", ["dump.nq", "store/CURRENT", "store", "manifest.json"])
def test_a_damaged_release_of_the_same_version_is_replaced(tmp_path: Path, damage: str) -> None:
    made = release(tmp_path / "out", ONE)
    expected = files(made)
    place = made / damage
    if place.is_dir():
        place.rename(tmp_path / "elsewhere")
    else:
        place.write_bytes(b"{}")
    assert release(tmp_path / "out", ONE) == made
    assert files(made) == expected
    assert read_manifest(made).version == made.name
    assert len(Store.read_only(str(made / "store"))) > 100


def test_what_dead_builds_left_is_cleared_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / ".building-1-0").mkdir(parents=True)
    (out / ".building-1-0/half.nq").write_text("<")
    (out / ".building-2-0").symlink_to("nowhere")
    release(out, ONE)
    assert not list(out.glob(".building-*"))


def test_a_current_that_is_no_link_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out/current").mkdir(parents=True)
    with pytest.raises(CallError, match="is not a link"):
        release(tmp_path / "out", ONE)


def test_reading_what_was_never_built_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="run `yusuan build"):
        current_release(tmp_path)
    with pytest.raises(ReleaseError, match="run `yusuan build"):
        read_manifest(tmp_path)


# --- other processes ---

HOLD = """
import fcntl, sys
lock = open(sys.argv[1], "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""

# For each of argv, a number and a folder: publishes OTHER there in a fork, which kills itself at that many-th time it
# touches a file below, of a number below zero other than to open it, and prints how that ended: -9, or how many times
# were left.
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.mapping.test_publish import OTHER, release
def count(event, args):
    global left
    if event in ("open", "os.rename", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"):
        if any(out in str(arg) for arg in args) and (moment > 0 or event != "open"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
for stated in sys.argv[1:]:
    moment, out = stated.split(maxsplit=1)
    moment = int(moment)
    left = abs(moment)
    child = os.fork()
    if child == 0:
        sys.addaudithook(count)
        release(Path(out), OTHER)
        print(left, flush=True)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended:
        assert ended == -signal.SIGKILL
        print(ended, flush=True)
"""


def test_a_disk_that_is_full_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = release(tmp_path / "out", ONE)

    said = [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), OSError("of a store: No space left on device")]

    def full(path: Path, written: bytes) -> int:
        raise said.pop()

    monkeypatch.setattr(Path, "write_bytes", full)
    for match in ("^of a store: No space left on device$", "No space left on device: '.*/out'$"):
        with pytest.raises(OSError, match=match):
            release(tmp_path / "out", OTHER)
    assert current_release(tmp_path / "out") == before.resolve()


@pytest.mark.serial
def test_two_builds_do_not_collide(tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = release(out, ONE)
    held = [sys.executable, "-c", HOLD, str(out / ".lock")]
    with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(ReleaseError, match="another build is writing"):
            release(out, OTHER)
        other.communicate(b"")
    assert current_release(out) == before.resolve()
    assert current_release(out) != release(out, OTHER).resolve() == current_release(out)


def killed_at(moments: Mapping[Path, int]) -> list[int]:
    """How a build in each folder ended that is killed at a moment: -9, or how many of its moments were left."""
    command = [sys.executable, "-c", KILLED, *(f"{moment} {out}" for out, moment in moments.items())]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return [int(each) for each in ended.stdout.split()]


def moments(touched: Path, changed: Path) -> Iterator[int]:
    """Moments to be killed at: spread over all that a build touches, and before each of its renames and the like."""
    beyond = 100_000
    touches, changes = (beyond - left for left in killed_at({touched: beyond, changed: -beyond}))
    assert touches > 50 and changes >= 5
    yield from range(1, touches - 10, touches // 6)  # the files of a store are now and then some more or less
    yield from range(-changes, 0)


def test_a_build_killed_at_any_moment_leaves_a_whole_release_current(tmp_path: Path) -> None:
    first = tmp_path / "first/out"
    release(first, sample(TEXT + "前一份\n").built())
    expected = files(release(first, ONE))
    tried = {
        shutil.copytree(first, tmp_path / str(moment) / "out", symlinks=True): moment
        for moment in moments(
            *(shutil.copytree(first, tmp_path / f"try/{at}/out", symlinks=True) for at in ("touched", "changed"))
        )
    }
    before = {out: current_release(out) for out in tried}
    ended = killed_at(tried)
    assert len(ended) == len(tried)
    assert set(ended) == {-9}
    ended_on = set()
    for out in tried:
        current = current_release(out)
        ended_on.add(current == before[out])
        if current == before[out]:
            assert files(current) == expected
        for kept in (out / "releases").iterdir():
            assert list(damaged_files(kept, read_manifest(kept).files)) == []
        assert len(Store.read_only(str(current / "store"))) > 100
        after = release(out, OTHER)
        assert current_release(out) == after.resolve()
        assert not list(out.glob(".building-*"))
    assert ended_on == {True, False}


@pytest.mark.parametrize(("name", "message"), [("file", "is a file, not a folder"), ("file/below", "is a file")])
def test_a_target_that_cannot_be_is_refused(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CallError, match=message):
        check_target(tmp_path / name, BASE)


def test_a_target_that_cannot_be_written_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(CallError, match="cannot be written to: allow it, or choose another --out"):
        check_target(tmp_path / "new" / "out", BASE)
    assert list(tmp_path.iterdir()) == []


def test_a_release_that_is_not_made_leaves_no_folder_of_releases(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no document to release"):
        release(tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [".lock"]
