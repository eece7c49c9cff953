"""What finding citations is worth and costs: accuracy on the development gold, speed, gains and losses of a change.

The peer: `spacy.blank("zh")` cutting the same texts into characters. Usage: `make bench`, or
`python -m tests.bench.citations [REF]`; REF is the commit to compare with, the one before the last unless given.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from mapping.citations import find_citations
from mapping.cite import cite
from mapping.read import read
from mapping.runs import read_runs
from tests.bench.run import seconds
from tests.citations.gold import FIELDS, Item, Mention, Score, load, score

_Row = tuple[Sequence[tuple[int, int]], str, str | None, str | None, str | None, bool]
ROOT = Path(__file__).parent.parent.parent
# Runs in the folder of another commit, whose packages come first there: texts in, what is cited and whose code out.
_READER = """
import json, sys
import mapping
from mapping.cite import cite
said = [
    [
        [[[span.start, span.end] for span in one.spans], one.kind, one.doc_number, one.title, one.article, one.informal]
        for one in cite(text)
    ]
    for text in json.load(sys.stdin)
]
json.dump({"code": mapping.__file__, "said": said}, sys.stdout)
"""


def main() -> None:
    """Prints accuracy, speed over the peer's, and the citations gained and lost since the other commit."""
    items = load("dev")
    now = score(items)
    _print_score(now, len(items))
    _print_speed([path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/samples").glob("*.txt"))], items)
    _print_changes(items, now, sys.argv[1] if len(sys.argv) > 1 else "HEAD~1")


def _print_score(now: Score, items: int) -> None:
    print(f"development gold: {items} items, {now.gold} citations, {now.numbered} of them numbered")
    print(f"exact spans: precision {now.precision:.4f}, recall {now.recall:.4f}, F1 {now.f1:.4f}")
    print(f"overlapping spans: F1 {now.overlap_f1:.4f}; numbers right: {now.number_accuracy:.4f}")
    print("of exact spans: " + ", ".join(f"{field} {now.accuracy(field):.4f}" for field in FIELDS))
    print(f"look-alikes taken for policy documents: {len(now.marked)}")


def _print_speed(samples: Sequence[str], items: Sequence[Item]) -> None:
    texts = [*samples, *(item.text for item in items)]
    runs = [run.text for text in texts for run in read_runs(read(text.encode()))]
    tokenizer = spacy.blank("zh").tokenizer
    peer = seconds(lambda: [tokenizer(text) for text in texts])
    characters = sum(map(len, texts))
    steps: dict[str, tuple[int, Callable[[], object]]] = {
        "cite, reading included": (characters, lambda: [cite(text) for text in texts]),
        "grammar alone": (sum(map(len, runs)), lambda: [find_citations(run) for run in runs]),
    }
    print(f"{len(samples)} samples and {len(items)} items, {characters:,} characters")
    print("step                      over spaCy's characters   characters a second")
    for name, (length, work) in steps.items():
        taken = seconds(work)
        print(f"{name:25} {taken / peer:23.2f} {length / taken:21,.0f}")


def _print_changes(items: Sequence[Item], now: Score, ref: str) -> None:
    before = _score_at(ref, items)
    if isinstance(before, str):
        print(before)
        return
    print(f"{ref}: F1 {before.f1:.4f}, numbers right {before.number_accuracy:.4f}, look-alikes {len(before.marked)}")
    for title, newer, older in (
        ("gained", now.hits, before.hits),
        ("lost", before.hits, now.hits),
        ("newly marked wrongly", now.spurious, before.spurious),
        ("no longer marked wrongly", before.spurious, now.spurious),
    ):
        changed = [name for name in newer if name not in set(older)]
        print("\n    ".join([f"{title}: {len(changed)}", *changed]))


def _score_at(ref: str, items: Sequence[Item]) -> Score | str:
    """The score of the code of commit `ref`, or in words why there is none."""
    if _git("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}") is None:
        return f"no commit {ref}: nothing to compare with"
    if _git("cat-file", "-e", f"{ref}:mapping/cite.py") is None:
        return f"{ref} has no mapping/cite.py: nothing to compare with"
    archive = _git("archive", "--format=tar", ref)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive or b"")) as tree:
            tree.extractall(folder, filter="data")
        return _score_in(Path(folder).resolve(), ref, items)


def _score_in(folder: Path, ref: str, items: Sequence[Item]) -> Score | str:
    texts = json.dumps([item.text for item in items])
    command = [sys.executable, "-B", "-c", _READER]
    ran = subprocess.run(command, cwd=folder, input=texts, capture_output=True, text=True, check=False)
    if ran.returncode:
        return f"{ref}: its mapping/cite.py does not run\n{ran.stderr[-400:]}"
    answer = json.loads(ran.stdout)
    if not Path(answer["code"]).resolve().is_relative_to(folder):
        return f"{ref}: another mapping than that of the commit was read"
    said = {item.text: _mentions(rows) for item, rows in zip(items, answer["said"], strict=True)}
    return score(items, said.__getitem__)


def _mentions(rows: Sequence[_Row]) -> list[Mention]:
    return [
        Mention(tuple((start, end) for start, end in spans), kind, number, title, article, informal)
        for spans, kind, number, title, article, informal in rows
    ]


def _git(*words: str) -> bytes | None:
    """What a reading git command prints, None where it fails."""
    ran = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, check=False)
    return None if ran.returncode else ran.stdout


if __name__ == "__main__":
    main()
