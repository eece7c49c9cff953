"""The store of a release to its search index: an SQLite file of names, words, places and numbers, the same each time.

`server/index.py` reads it; docs/graph.md has the layout. Nothing is in it that the store does not say, so it is made
again whenever it is lost.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Store

from mapping.docnumber import normalise
from mapping.lexicon import load
from mapping.locate import Number, numbers, sources
from mapping.regions import official_names, place_names
from mapping.searchable import KINDS, Entry, Reader, entries
from mapping.spellings import Affixes, Parts, fold, grams, parts, tokens

FORMAT = "3"
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
CREATE VIRTUAL TABLE words USING fts5 (label, names, text, of, content='', tokenize='ascii', prefix='1');
CREATE TABLE saying (number INTEGER PRIMARY KEY, text TEXT NOT NULL, folded TEXT NOT NULL);
CREATE TABLE source (
    number INTEGER PRIMARY KEY, document TEXT NOT NULL, region TEXT NOT NULL, year TEXT NOT NULL, unit TEXT NOT NULL,
    names TEXT NOT NULL
);
CREATE TABLE figure (
    value TEXT, source INTEGER, start INTEGER, place TEXT, printed TEXT NOT NULL, unit TEXT NOT NULL,
    label INTEGER NOT NULL, path INTEGER NOT NULL, title INTEGER NOT NULL, PRIMARY KEY (value, source, start, place)
) WITHOUT ROWID;
CREATE TEMP TABLE found (
    place INTEGER, iri TEXT, entry TEXT NOT NULL, PRIMARY KEY (place, iri)
) WITHOUT ROWID;
CREATE TEMP TABLE spelled (key TEXT, form TEXT, entry INTEGER, name TEXT);
CREATE TEMP TABLE cut (gram TEXT, entry INTEGER);
CREATE TEMP TABLE number (
    document TEXT, start INTEGER, place TEXT, value TEXT, printed TEXT, unit TEXT, label TEXT, path TEXT, title TEXT
);
"""
_FINISH = """
INSERT OR IGNORE INTO name SELECT key, form, entry, name FROM spelled ORDER BY key, form, entry, name;
INSERT OR IGNORE INTO gram SELECT gram, entry FROM cut ORDER BY gram, entry;
INSERT INTO frequency SELECT gram, COUNT(*) FROM gram GROUP BY gram ORDER BY gram;
INSERT OR IGNORE INTO figure
    SELECT value, source.number, start, place, printed, number.unit, label.number, path.number, title.number
    FROM number JOIN source USING (document) JOIN saying AS label ON label.text = number.label
    JOIN saying AS path ON path.text = number.path JOIN saying AS title ON title.text = number.title
    ORDER BY value, source.number, start, place, printed, number.unit, label.number, path.number, title.number;
CREATE INDEX entry_iri ON entry (iri);
CREATE INDEX name_entry ON name (entry);
INSERT INTO words (words) VALUES ('optimize');
DROP TABLE found; DROP TABLE spelled; DROP TABLE cut; DROP TABLE number;
"""
# What the file holds, however it lies there: of each table its rows in order.
_CONTENT = (
    "SELECT * FROM about ORDER BY name",
    "SELECT * FROM place ORDER BY name, code",
    "SELECT * FROM entry ORDER BY number",
    "SELECT * FROM name ORDER BY key, form, entry",
    "SELECT * FROM gram ORDER BY gram, entry",
    "SELECT * FROM frequency ORDER BY gram",
    "SELECT * FROM saying ORDER BY number",
    "SELECT * FROM source ORDER BY number",
    "SELECT * FROM figure ORDER BY value, source, start, place",
    "SELECT * FROM temp.word ORDER BY term, doc, col, offset",
)
# How many of these rows are read at once.
_AT_ONCE = 1000


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
    """The SHA-256 of what an index holds, however SQLite laid it out.

    Raises OSError where the file is no index, or one of another layout.
    """
    key = sha256()
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            (layout,) = connection.execute("SELECT value FROM about WHERE name = 'format'").fetchone() or ("",)
            if layout != FORMAT:
                raise OSError(f"{path.name} is a search index of another version: build the release again")
            connection.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab (main, words, instance)")
            for query in _CONTENT:
                rows = connection.execute(query)
                while some := rows.fetchmany(_AT_ONCE):
                    key.update(repr(some).encode())
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
    connection.executemany("INSERT INTO place VALUES (?, ?, ?)", _places())
    write = json.JSONEncoder(ensure_ascii=False).encode
    for place, entry in entries(reader, imported=imported):
        row = (place, entry.iri, write([getattr(entry, name) for name in _SAID]))
        connection.execute("INSERT OR IGNORE INTO found VALUES (?, ?, ?)", row)
    found = connection.cursor().execute("SELECT entry FROM found ORDER BY place, iri")
    for number, (said,) in enumerate(found, start=1):
        _insert(connection, number, Entry(*json.loads(said)))
    _insert_numbers(connection, reader)
    connection.execute("COMMIT")
    connection.executescript(_FINISH)
    connection.execute("VACUUM")


def _insert(connection: sqlite3.Connection, number: int, entry: Entry) -> None:
    """Puts an entry where it is found by its words, by its names and by what is like them."""
    belongs = (entry.region, entry.year, entry.unit, entry.document)
    row = (number, entry.kind, entry.iri, entry.label, entry.text, entry.number, *belongs)
    connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    others = [*tokens("\n".join((*entry.names, entry.number))), *entry.worth]
    label, text = ("", f"{entry.label}\n{entry.text}") if entry.kind in _QUOTED else (entry.label, entry.text)
    cut = (" ".join(column) for column in (tokens(label), others, tokens(text), entry.of))
    connection.execute("INSERT INTO words (rowid, label, names, text, of) VALUES (?, ?, ?, ?, ?)", (number, *cut))
    names = {(fold(name), "name", number, name) for name in (entry.label, *entry.names)}
    if entry.kind in _SPELLED:
        like = {gram for key, *_ in names for gram in grams(key)}
        connection.executemany("INSERT INTO cut VALUES (?, ?)", ((gram, number) for gram in sorted(like)))
    if entry.kind == "organisation" and entry.region:
        names |= {(one.core, "core", number, one.own) for key, *_ in names for one in _parts(key, entry.region)}
    if entry.number:
        names.add((normalise(entry.number) or fold(entry.number), "number", number, entry.number))
    connection.executemany("INSERT INTO spelled VALUES (?, ?, ?, ?)", sorted(one for one in names if one[0]))


def _insert_numbers(connection: sqlite3.Connection, reader: Reader) -> None:
    """Puts the numbers of tables and forms aside, and numbers all that they say and the documents that print them."""
    marks = ", ".join("?" * len(Number._fields))
    connection.executemany(f"INSERT INTO number VALUES ({marks})", numbers(reader))
    said = "SELECT label FROM number UNION SELECT path FROM number UNION SELECT title FROM number ORDER BY 1"
    texts = ((at, text, fold(text)) for at, (text,) in enumerate(connection.cursor().execute(said), start=1))
    connection.executemany("INSERT INTO saying VALUES (?, ?, ?)", texts)
    documents = [document for (document,) in connection.execute("SELECT DISTINCT document FROM number")]
    found = enumerate(sources(reader, documents), start=1)
    connection.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", ((at, *one) for at, one in found))


_SAID = tuple(field.name for field in fields(Entry))
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


@lru_cache(maxsize=1)
def _places() -> Sequence[tuple[str, str, int]]:
    """The names of places, sorted: each with a code that it may mean, and whether it is the whole name of it."""
    official = official_names()
    named = ((name, code) for name, codes in _place_codes().items() for code in set(codes))
    return sorted((name, code, int(official.get(code) == name)) for name, code in named)
