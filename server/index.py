"""Reading the search index of a release, which `mapping/index.py` writes: bounded queries on one read-only file."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from math import log
from pathlib import Path
from queue import Empty, SimpleQueue

from flask import current_app

from mapping.spellings import Affixes
from server.errors import QueryTimeoutError, ReleaseError, WorkersBusyError
from server.release import Release

FORMAT = "3"
SECONDS = 2.0
"""Time that one request may take in the index."""

_CONNECTIONS = 4
_STEPS = 20_000
# How many entries may share the rarer grams of a name, and how many of them are looked at.
_POSTINGS, _LIKE = 1500, 40
_ENTRY = "number, kind, iri, label, text, code, region, year, unit, document"
Value = str | int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is found; `number` is its place in the index, `code` its document number or code, if any."""

    number: int
    kind: str
    iri: str
    label: str
    text: str
    code: str
    region: str
    year: str
    unit: str
    document: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an entry: `form` is name, number, or core (of a unit without its place; `name` is then 本级 or so)."""

    form: str
    key: str
    name: str


class Index:
    """The index of one release; any thread may ask, as many at once as there are connections."""

    def __init__(self, path: Path, seconds: float = SECONDS) -> None:
        """Open the file; raises `ReleaseError` where there is none, or one of another layout."""
        self._seconds = seconds
        self._free: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        try:
            for _ in range(_CONNECTIONS):
                self._free.put(_connect(path))
            layout = self.about["format"]
        except (sqlite3.Error, KeyError) as error:
            raise ReleaseError("this release has no search index: build it again") from error
        if layout != FORMAT:
            raise ReleaseError("the search index of this release is of another version: build it again")

    @contextmanager
    def asking(self) -> Iterator[Asking]:
        """Yield what asks queries for one request; raises `QueryTimeoutError` once they have taken their time.

        Raises `WorkersBusyError` where others ask for as long as that.
        """
        try:
            connection = self._free.get(timeout=self._seconds)
        except Empty:
            raise WorkersBusyError("too many searches at once: try again in a moment") from None
        ends = time.monotonic() + self._seconds
        connection.set_progress_handler(lambda: int(time.monotonic() > ends), _STEPS)
        try:
            yield Asking(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            raise QueryTimeoutError("the search took too long: ask for rarer words, or narrow it down") from None
        finally:
            connection.set_progress_handler(None, 0)
            self._free.put(connection)

    @cached_property
    def about(self) -> Mapping[str, str]:
        """Return what the file says of itself, and its patterns of affixes."""
        with self.asking() as asking:
            return {str(name): str(value) for name, value in asking.rows("SELECT name, value FROM about")}

    @cached_property
    def affixes(self) -> Affixes:
        """Return the affixes of units' names."""
        return Affixes(self.about["leading"], self.about["own"])

    @cached_property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """Return the codes of each name of a place."""
        found: dict[str, tuple[str, ...]] = {}
        with self.asking() as asking:
            for name, code in asking.rows("SELECT name, code FROM place"):
                found[str(name)] = (*found.get(str(name), ()), str(code))
        return found

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """Return the official name of each code."""
        with self.asking() as asking:
            return {str(code): str(name) for name, code in asking.rows("SELECT name, code FROM place WHERE official")}

    def known(self, facet: str) -> Mapping[str, str]:
        """Return the values of a facet (region, year, unit) that entries and numbers have, with what each is called."""
        return self._known[facet]

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, str]]:
        with self.asking() as asking:
            regions, years, units = (
                [str(value) for (value,) in asking.rows(f"SELECT {name} FROM entry UNION SELECT {name} FROM source")]
                for name in ("region", "year", "unit")
            )
            called = asking.rows("SELECT iri, label FROM entry WHERE kind = 'organisation'")
        labels = {str(iri): str(label) for iri, label in called}
        return {
            "region": {each: self.regions.get(each, "") for each in regions if each},
            "year": {each: "" for each in years if each},
            "unit": {each: labels.get(each, "") for each in units if each},
        }

    @cached_property
    def entries(self) -> int:
        """Return how many entries there are."""
        with self.asking() as asking:
            return int(asking.rows("SELECT COUNT(*) FROM entry")[0][0])


class Asking:
    """A connection while it is one request's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, query: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Return the rows of a query, its values bound."""
        return self._connection.execute(query, values).fetchall()

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        """Return the entries with some numbers."""
        marks = _marks(numbers)
        return [Entry(*row) for row in self.rows(f"SELECT {_ENTRY} FROM entry WHERE number IN ({marks})", numbers)]  # type: ignore[arg-type]

    def with_iris(self, iris: Sequence[str]) -> list[Entry]:
        """Return the entries of some things."""
        marks = _marks(iris)
        return [Entry(*row) for row in self.rows(f"SELECT {_ENTRY} FROM entry WHERE iri IN ({marks})", iris)]  # type: ignore[arg-type]

    def names(self, numbers: Sequence[int]) -> dict[int, list[Named]]:
        """Return the names of some entries by number."""
        found: dict[int, list[Named]] = {number: [] for number in numbers}
        query = f"SELECT entry, form, key, name FROM name WHERE entry IN ({_marks(numbers)}) ORDER BY entry, form, key"
        for number, *named in self.rows(query, numbers):
            found[int(number)].append(Named(*named))  # type: ignore[arg-type]
        return found

    def with_keys(self, keys: Sequence[str], form: str, most: int) -> list[int]:
        """Return the numbers of entries that have one of some keys in a form."""
        query = f"SELECT DISTINCT entry FROM name WHERE key IN ({_marks(keys)}) AND form = ? ORDER BY entry LIMIT ?"
        return [int(number) for (number,) in self.rows(query, (*keys, form, most))]

    def units_of(self, cores: Sequence[str], codes: Sequence[str], most: int) -> list[int]:
        """Return the numbers of the units that are called so in one of some regions; in any where none is stated."""
        where = f"AND region IN ({_marks(codes)})" if codes else ""
        query = f"""SELECT DISTINCT entry FROM name JOIN entry ON entry.number = name.entry
            WHERE key IN ({_marks(cores)}) AND form = 'core' {where} ORDER BY entry LIMIT ?"""
        return [int(number) for (number,) in self.rows(query, (*cores, *codes, most))]

    def starting(self, key: str, kinds: Sequence[str], most: int, skipped: int) -> list[int]:
        """Return the numbers of entries with a name, with its place or without, or a number that begins with a key."""
        query = f"""SELECT entry FROM name JOIN entry ON entry.number = name.entry
            WHERE key >= ? AND key < ? AND kind IN ({_marks(kinds)})
            GROUP BY entry ORDER BY MIN(LENGTH(key)), MIN(key), entry LIMIT ? OFFSET ?"""
        return [int(number) for (number,) in self.rows(query, (key, key + "\U0010ffff", *kinds, most, skipped))]

    def alike(self, grams: Iterable[str], entries: int) -> list[int]:
        """Return the numbers of the entries that share most of some grams, rare ones counting more than common ones."""
        asked = sorted(grams)
        query = f"SELECT entries, gram FROM frequency WHERE gram IN ({_marks(asked)}) ORDER BY entries, gram"
        weights: Counter[int] = Counter()
        looked = 0
        for number, gram in self.rows(query, asked):
            if looked and looked + int(number) > _POSTINGS:
                break
            looked += int(number)
            weight = round(1000 * log(1 + entries / int(number)))
            for (entry,) in self.rows("SELECT entry FROM gram WHERE gram = ? LIMIT ?", (gram, _POSTINGS)):
                weights[int(entry)] += weight
        return nsmallest(_LIKE, weights, key=lambda entry: (-weights[entry], entry))


def index_of(release: Release) -> Index:
    """Return the index of a release, opened once for the application; raises `ReleaseError` where there is none."""
    kept = current_app.extensions
    if "yusuan.index" not in kept:
        kept["yusuan.index"] = Index(release.index_path)
    index: Index = kept["yusuan.index"]
    return index


def _connect(path: Path) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
