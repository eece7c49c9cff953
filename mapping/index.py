"""The store of a release to its search index: an SQLite file of names, words and places, the same for the same store.

`server/index.py` reads it; docs/graph.md has the layout. Nothing is in it that the store does not say, so it is made
again whenever it is lost.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Store

from mapping.docnumber import normalise
from mapping.lexicon import load
from mapping.regions import official_names, place_names
from mapping.searchable import KINDS, Entry, Reader, entries
from mapping.spellings import Affixes, Parts, fold, grams, parts, tokens

FORMAT = "1"
"""Version of the layout; a reader takes no other."""

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (name TEXT, code TEXT, official INTEGER NOT NULL, PRIMARY KEY (name, code)) WITHOUT ROWID;
CREATE TABLE entry (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, iri TEXT NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL,
    code TEXT NOT NULL, region TEXT NOT NULL, year TEXT NOT NULL, unit TEXT NOT NULL, document TEXT NOT NULL
);
CREATE TABLE name (
    key TEXT, form TEXT, entry INTEGER, name TEXT NOT NULL, PRIMARY KEY (key, form, entry)
) WITHOUT ROWID;
CREATE TABLE gram (gram TEXT, entry INTEGER, PRIMARY KEY (gram, entry)) WITHOUT ROWID;
CREATE TABLE frequency (gram TEXT PRIMARY KEY, entries INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (label, names, text, content='', tokenize='ascii', prefix='1');
CREATE TEMP TABLE found (
    place INTEGER, iri TEXT, entry TEXT NOT NULL, PRIMARY KEY (place, iri)
) WITHOUT ROWID;
CREATE TEMP TABLE spelled (key TEXT, form TEXT, entry INTEGER, name TEXT);
CREATE TEMP TABLE cut (gram TEXT, entry INTEGER);
"""
_FINISH = """
INSERT OR IGNORE INTO name SELECT key, form, entry, name FROM spelled ORDER BY key, form, entry, name;
INSERT OR IGNORE INTO gram SELECT gram, entry FROM cut ORDER BY gram, entry;
INSERT INTO frequency SELECT gram, COUNT(*) FROM gram GROUP BY gram ORDER BY gram;
CREATE INDEX entry_iri ON entry (iri);
CREATE INDEX name_entry ON name (entry);
INSERT INTO words (words) VALUES ('optimize');
DROP TABLE found; DROP TABLE spelled; DROP TABLE cut;
"""
# What the file holds, however it lies there: of each table its rows in order.
_CONTENT = (
    "SELECT * FROM about ORDER BY name",
    "SELECT * FROM place ORDER BY name, code",
    "SELECT * FROM entry ORDER BY number",
    "SELECT * FROM name ORDER BY key, form, entry",
    "SELECT * FROM gram ORDER BY gram, entry",
    "SELECT * FROM frequency ORDER BY gram",
    "SELECT * FROM temp.word ORDER BY term, doc, col, offset",
)


def write_index(store: Store, path: Path, *, imported: bool = False) -> None:
    """Returns when the index of a store stands at `path`, where there is none yet.

    Of an imported release whatever has a name is in it, of a built one the kinds of docs/graph.md alone.
    """
    reader = Reader(store, merged=not imported)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _fill(connection, reader, imported=imported)
    finally:
        connection.close()


def index_content(path: Path) -> str:
    """The SHA-256 of what an index holds, however SQLite laid it out; raises OSError where the file is none."""
    key = sha256()
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab (main, words, instance)")
            for query in _CONTENT:
                for row in connection.execute(query):
                    key.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise OSError(f"{path.name} is no search index: {error}") from error
    return key.hexdigest()


def _fill(connection: sqlite3.Connection, reader: Reader, *, imported: bool) -> None:
    """Writes in an order that only the store decides, without a journal: a file half written is not released."""
    connection.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
    )
    connection.executescript(_TABLES)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(_about().items()))
    connection.executemany("INSERT INTO place VALUES (?, ?, ?)", sorted(_places()))
    for place, entry in entries(reader, imported=imported):
        row = (place, entry.iri, json.dumps(asdict(entry), ensure_ascii=False))
        connection.execute("INSERT OR IGNORE INTO found VALUES (?, ?, ?)", row)
    found = connection.cursor().execute("SELECT entry FROM found ORDER BY place, iri")
    for number, (said,) in enumerate(found, start=1):
        _insert(connection, number, Entry(**json.loads(said)))
    connection.execute("COMMIT")
    connection.executescript(_FINISH)
    connection.execute("VACUUM")


def _insert(connection: sqlite3.Connection, number: int, entry: Entry) -> None:
    """Puts an entry where it is found by its words, by its names and by what is like them."""
    belongs = (entry.region, entry.year, entry.unit, entry.document)
    row = (number, entry.kind, entry.iri, entry.label, entry.text, entry.number, *belongs)
    connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    others = "\n".join((*entry.names, entry.number))
    columns = (
        ("", others, f"{entry.label}\n{entry.text}") if entry.kind in _QUOTED else (entry.label, others, entry.text)
    )
    cut = (" ".join(tokens(column)) for column in columns)
    connection.execute("INSERT INTO words (rowid, label, names, text) VALUES (?, ?, ?, ?)", (number, *cut))
    names = {(fold(name), "name", number, name) for name in (entry.label, *entry.names)}
    if entry.kind in _SPELLED:
        like = {gram for key, *_ in names for gram in grams(key)}
        connection.executemany("INSERT INTO cut VALUES (?, ?)", ((gram, number) for gram in sorted(like)))
    if entry.kind == "organisation" and entry.region:
        names |= {(one.core, "core", number, one.own) for key, *_ in names for one in _parts(key, entry.region)}
    if entry.number:
        names.add((normalise(entry.number) or fold(entry.number), "number", number, entry.number))
    connection.executemany("INSERT INTO spelled VALUES (?, ?, ?, ?)", sorted(one for one in names if one[0]))


_SPELLED = frozenset(kind.name for kind in KINDS if kind.spelled)
_QUOTED = frozenset(kind.name for kind in KINDS if kind.quoted)


def _parts(key: str, region: str) -> list[Parts]:
    """How the folded name of a unit of a region reads: without the region's name, else as a whole."""
    found = parts(key, _place_codes(), _affixes())
    return [one for one in found if region in one.codes][:1] or found[-1:]


@lru_cache(maxsize=1)
def _place_codes() -> Mapping[str, tuple[str, ...]]:
    return place_names()


@lru_cache(maxsize=1)
def _affixes() -> Affixes:
    return Affixes(load("regions")["leading"], load("search")["own"])


def _about() -> dict[str, str]:
    """What a reader of the file has to know beside the tables: its layout, and the affixes of names."""
    words = load("search")
    return {"format": FORMAT, "leading": _affixes().leading, **{name: str(words[name]) for name in sorted(words)}}


def _places() -> Iterator[tuple[str, str, int]]:
    official = official_names()
    for name, codes in _place_codes().items():
        for code in sorted(set(codes)):
            yield name, code, int(official.get(code) == name)
