"""The pages of a number: what it says, how and where it was printed, what else states, adds up to or doubts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from server.ask import Row, ask
from server.notes import notes_of
from server.passages import Mark, line_address
from server.present import coded
from server.view_text import Source, as_printed, document_of, source_at, sources_of

_RELATED = 200
_PLACES = 200
_NOTED = 300
_BESIDE = 4
"""Documents the text of which stands beside a fact."""
_RELATIONS = (
    *("sums", "divided", "splits", "contains", "derived", "computed", "change", "compared", "share"),
    *("balance", "repeats", "year", "accounts"),
)
_DIMENSIONS = (
    ("reportingLevel", "reporting-level"),
    ("operationCharacter", "operation-character"),
    ("carryOver", "carry-over"),
    ("fundScope", "fund-source"),
    ("flow", "flow"),
)
_CLASSES = ("functionalClass", "economicClass", "governmentEconomicClass")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property: what it is, what it is called, and its notation."""

    value: str
    label: str = ""
    notation: str = ""


@dataclass(slots=True)
class Said:
    """What is said of one thing, by the local name of the property."""

    iri: str = ""
    values: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))

    def one(self, name: str) -> str:
        """Return the first value of a property, empty where it has none."""
        return self.values[name][0].value if name in self.values else ""

    def code(self, name: str) -> str:
        """Return the notation of a coded property, empty where it has none."""
        return self.one(name).rpartition("/")[2]

    def all(self, name: str) -> list[Value]:
        """Return all values of a property."""
        return self.values.get(name, [])


@dataclass(frozen=True, slots=True)
class Relation:
    """Numbers that stand in one relation to this one: the relation, which way it points, and their rows."""

    name: str
    back: bool
    others: tuple[Row, ...]


def show_number(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of a number as it was read in one place of a document."""
    told = _told(ask("number-facts", {"iri": iri}))
    number, document = told["number"], told["document"]
    number.iri, fact = iri, told["fact"]
    if number.one("printedValue"):
        number.values["printedValue"] = [Value(as_printed(iri, number.one("printedValue")))]
    places = _places(fact.iri) if fact.iri else []
    return "number.html", {
        "number": number,
        "kind": number.code("type").rpartition("#")[2],
        "table": told["table"],
        "document": document,
        "fact": fact,
        "facts": number.all("states"),
        "places": places,
        "line_address": line_address,
        "elsewhere": len([each for each in places if each["claim"] != iri]),
        "sources": sources_of(ask("number-spans", {"iri": iri}, limit=100), document.one("sourcePath")),
        "relations": _relations(ask("number-relations", {"iri": iri}, limit=_RELATED)),
        "notes": notes_of(ask("number-findings", {"iri": iri}, limit=_NOTED), language),
        "dimensions": _dimensions(fact if fact.iri else number),
        "classes": [(each, number.all(each)[0]) for each in _CLASSES if number.all(each)],
    }


def show_fact(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of a fact: its amount under its key, and every place that states it side by side."""
    fact = _told(ask("number-facts", {"iri": iri}))["number"]
    places = _places(iri)
    return "fact.html", {
        "fact": fact,
        "places": places,
        "line_address": line_address,
        "sources": _sources(places),
        "relations": _relations(ask("number-relations", {"iri": iri}, limit=_RELATED)),
        "notes": notes_of(ask("number-findings", {"iri": iri}, limit=_NOTED), language),
        "dimensions": _dimensions(fact),
        "classes": [(each, fact.all(each)[0]) for each in _CLASSES if fact.all(each)],
    }


def _told(rows: Iterable[Row]) -> dict[str, Said]:
    """Return what is said of a number, its table, its document and its first fact."""
    told = {name: Said() for name in ("number", "table", "document", "fact")}
    for row in rows:
        said = told[row["about"]]
        said.iri = said.iri or row["subject"]
        if said.iri != row["subject"]:
            continue
        name = _local(row["property"])
        value = Value(row["value"], row["label"], row["notation"])
        if name == "type" and not value.value.startswith("https://w3id.org/yusuan/"):
            continue
        if all(value.value != each.value for each in said.values.get(name, [])):
            said.values[name].append(value)
    return told


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _places(fact: str) -> list[Row]:
    """Return the claims of a fact, each with its document, the digest of that and the path that it was read at."""
    names = {each.iri: each.sources for each in current_app.extensions["yusuan.release"].shown_documents}
    rows = ask("fact-places", {"iri": fact}, limit=_PLACES)
    for row in rows:
        document, digest = document_of(row["claim"])
        row |= {"document": document, "sha256": digest, "source": " ".join(names.get(document, ())[:1])}
        row["printed"] = as_printed(row["claim"], row["printed"])
    return rows


def _sources(places: Sequence[Row]) -> list[Source]:
    """Return the texts around all places of a fact that have characters of their own, document by document."""
    by_text: dict[tuple[str, str, str], list[Mark]] = defaultdict(list)
    for row in places:
        if row["starts"]:
            by_text[row["document"], row["sha256"], row["source"]] += _marks(row)
    found = (source_at(*each, marks) for each, marks in list(by_text.items())[:_BESIDE])
    return [each for each in found if each]


def _marks(row: Row) -> list[Mark]:
    """Return the characters of a claim: its own, and of a statement the number within its clause."""
    spans = zip(row["starts"].split(";"), row["ends"].split(";"), strict=True)
    marks = [Mark(int(start), int(end), "clause" if row["value_start"] else "own") for start, end in spans]
    if row["value_start"] and row["value_end"]:
        marks.append(Mark(int(row["value_start"]), int(row["value_end"])))
    return marks


def _relations(rows: Sequence[Row]) -> list[Relation]:
    """Return the numbers by relation, in the order in which people ask."""
    grouped: dict[tuple[str, bool], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        grouped[row["relation"], row["back"] == "true"].setdefault(row["other"], row)
    order = sorted(grouped, key=lambda key: (_RELATIONS.index(key[0]), key[1]))
    return [Relation(name, back, tuple(grouped[name, back].values())) for name, back in order]


def _dimensions(fact: Said) -> list[tuple[str, str, str]]:
    """Return the code lists, notations and properties of the key that are known."""
    return [
        (code_list, fact.code(name), name)
        for name, code_list in _DIMENSIONS
        if fact.code(name) not in ("", "unknown") and coded(code_list, fact.code(name))
    ]
