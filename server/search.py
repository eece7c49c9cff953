"""Search over the names and quotations of a release: a page, and the same as JSON, answered from its search index."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for

from mapping.docnumber import flatten, normalise
from mapping.spellings import fold, phrase, words
from server.addresses import href
from server.errors import PageUnknownError, ParameterError
from server.formats import ERROR_JSON, HTML
from server.index import Asking, Entry, Index, Value, index_of
from server.protocol import read_fields
from server.release import Release
from server.validators import tag_of, tagged, unchanged
from server.wording import chosen_language, word

search = Blueprint("search", __name__)

SIZE = 20
"""Entries of a page."""
FACETS = ("kind", "region", "year", "unit")
KINDS = (
    *("organisation", "project", "legal", "disclosure", "document", "table", "indicator", "statement", "citation"),
    *("measure", "class", "other"),
)
"""Kinds of entries as mapping/searchable.py has them."""

_LENGTH, _WORDS = 200, 16
_VALUES = 20
_EXCERPT = 120
_LAST_PAGE = 10_000
# How much a word counts in a label, in another name, in what else an entry says.
_WEIGHTS = "10.0, 5.0, 1.0"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, the one value of each facet that is stated, and the page."""

    text: str
    narrowed: Mapping[str, str]
    page: int = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with how many entries there are of it, all other facets as they are."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text, and where in it the words stand that were looked for: starts and ends."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the text in order, what is marked apart."""
        at = 0
        for start, end in self.marks:
            yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        yield self.text[at:], False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found: its label, and where the words are not in that, what else it says."""

    entry: Entry
    label: Excerpt
    text: Excerpt


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one page, how many there are on all, and how they divide."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[Choice, ...]]
    units: Mapping[str, str]

    @property
    def pages(self) -> int:
        """Return how many pages there are, one at least."""
        return max(1, -(-self.total // SIZE))


@search.get("/search")
def show_search() -> Response:
    """Return the page with what was found."""
    language = chosen_language(request)
    tag = tag_of(_release().version, HTML, language)
    if (kept := unchanged(tag, HTML)) is not None:
        return kept
    wanted = _read(request.query_string)
    index = index_of(_release())
    found = find(index, wanted)
    page = render_template(
        "search.html",
        wanted=wanted,
        found=found,
        facets=FACETS,
        at=_at,
        at_page=lambda page: _at(wanted, page),
        before=(wanted.page - 1) * SIZE,
        chosen=lambda facet, value: _chosen(found, facet, value, language),
        place=_place,
        address=_address,
        shown=_shown,
    )
    return tagged(Response(page), tag)


@search.get("/api/search")
def answer_search() -> Response:
    """Return what was found as JSON."""
    tag = tag_of(_release().version, ERROR_JSON)
    if (kept := unchanged(tag, ERROR_JSON)) is not None:
        return kept
    wanted = _read(request.query_string)
    said = _said(wanted, find(index_of(_release()), wanted))
    return tagged(Response(json.dumps(said, ensure_ascii=False) + "\n", content_type="application/json"), tag)


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release


def _read(query_string: bytes) -> Wanted:
    """Return what the request looks for; raises `ParameterError` naming what is wrong."""
    fields = read_fields(query_string)
    for name, values in fields.items():
        if name not in ("q", "page", "lang", *FACETS):
            raise ParameterError(f"there is no parameter {name!r}; there are q, page, {', '.join(FACETS)}")
        if len(values) != 1:
            raise ParameterError(f"{name} is stated more than once")
    stated = {name: values[0].strip() for name, values in fields.items()}
    text, page = stated.get("q", ""), stated.get("page") or "1"
    if len(text) > _LENGTH or len(words(text)) > _WORDS:
        raise ParameterError(f"q has at most {_LENGTH} characters and {_WORDS} words")
    if not re.fullmatch(r"\d{1,5}", page, re.ASCII) or not 1 <= int(page) <= _LAST_PAGE:
        raise ParameterError(f"page is a whole number from 1 to {_LAST_PAGE}")
    if stated.get("kind") and stated["kind"] not in KINDS:
        raise ParameterError(f"kind is one of {', '.join(KINDS)}")
    return Wanted(text, {name: stated[name] for name in FACETS if stated.get(name)}, int(page))


# --- finding ---


def find(index: Index, wanted: Wanted) -> Found:
    """Return one page of what there is, with three or four queries; raises `PageUnknownError` past the last page."""
    expression = match(wanted.text)
    with index.asking() as asking:
        if expression is None and wanted.text:
            groups: list[tuple[Value, ...]] = []
        else:
            groups = _groups(asking, expression)
        total = sum(int(count) for *facets, count in groups if _fits(facets, wanted.narrowed))
        found = Found((), total, {}, {})
        if wanted.page > found.pages:
            raise PageUnknownError(f"there are {found.pages} pages")
        entries = _entries(asking, expression, wanted) if total else []
        units = {entry.unit for entry in entries} | {str(group[FACETS.index("unit")]) for group in groups}
        labels = _labels(asking, units - {""})
    facets = {name: _choices(index, groups, wanted.narrowed, name, labels) for name in FACETS}
    patterns = _patterns(wanted.text)
    return Found(tuple(_hit(entry, patterns) for entry in entries), total, facets, labels)


def match(text: str) -> str | None:
    """Return the expression of FTS5 that finds a text: its words, each somewhere, or the document number that it is.

    None where there is nothing to find in it. Words are quoted, so that none is syntax.
    """
    found = [phrase(word) for word in words(text)]
    if not found:
        return None
    expression = " AND ".join(found)
    number = normalise(text)
    return f"({expression}) OR {phrase(number)}" if number else expression


def _groups(asking: Asking, expression: str | None) -> list[tuple[Value, ...]]:
    """Return how many entries of each kind, region, year and unit there are, whatever is narrowed down."""
    facets = ", ".join(FACETS)
    if expression is None:
        return asking.rows(f"SELECT {facets}, COUNT(*) FROM entry GROUP BY {facets}")
    query = (
        f"SELECT {facets}, COUNT(*) FROM words JOIN entry ON number = words.rowid WHERE words MATCH ? GROUP BY {facets}"
    )
    return asking.rows(query, [expression])


def _fits(facets: Sequence[Value], narrowed: Mapping[str, str], but: str = "") -> bool:
    return all(facets[FACETS.index(name)] == value for name, value in narrowed.items() if name != but)


def _entries(asking: Asking, expression: str | None, wanted: Wanted) -> list[Entry]:
    """Return the entries of the page, those first that are called just so."""
    narrowed = "".join(f" AND entry.{name} = ?" for name in wanted.narrowed)
    limits = (SIZE, (wanted.page - 1) * SIZE)
    chosen = "entry.number, kind, iri, entry.label, entry.text, code, region, year, unit, document"
    if expression is None:
        query = f"SELECT {chosen} FROM entry WHERE TRUE{narrowed} ORDER BY entry.number LIMIT ? OFFSET ?"
        rows = asking.rows(query, (*wanted.narrowed.values(), *limits))
    else:
        keys = (fold(wanted.text), normalise(wanted.text) or "")
        query = f"""SELECT {chosen} FROM words JOIN entry ON entry.number = words.rowid WHERE words MATCH ?{narrowed}
            ORDER BY entry.number IN (SELECT entry FROM name WHERE key IN (?, ?) AND form != 'core') DESC,
            bm25(words, {_WEIGHTS}), entry.number LIMIT ? OFFSET ?"""
        rows = asking.rows(query, (expression, *wanted.narrowed.values(), *keys, *limits))
    return [Entry(*row) for row in rows]  # type: ignore[arg-type]


def _labels(asking: Asking, iris: set[str]) -> dict[str, str]:
    most = sorted(iris)[:_LENGTH]
    return {entry.iri: entry.label for entry in asking.with_iris(most)}


def _choices(
    index: Index, groups: Sequence[tuple[Value, ...]], narrowed: Mapping[str, str], name: str, labels: Mapping[str, str]
) -> tuple[Choice, ...]:
    """Return the most frequent values of a facet; the others, as they are narrowed down, are kept to."""
    counts: Counter[str] = Counter()
    for *facets, count in groups:
        if _fits(facets, narrowed, but=name):
            counts[str(facets[FACETS.index(name)])] += int(count)
    counts.pop("", None)
    ranked = sorted(counts, key=lambda value: (-counts[value], value))[:_VALUES]
    called = {"unit": labels, "region": index.regions}.get(name, {})
    return tuple(Choice(value, called.get(value, value), counts[value]) for value in ranked)


# --- what is shown of a hit ---


def _patterns(text: str) -> re.Pattern[str] | None:
    """Return what marks the words of a search in a text that is flattened."""
    stated = [*words(text), *filter(None, [normalise(text)])]
    spelled = [r"\s*".join(map(re.escape, "".join(flatten(word).lower().split()))) for word in stated]
    return re.compile("|".join(sorted(spelled, key=len, reverse=True))) if spelled else None


def _hit(entry: Entry, patterns: re.Pattern[str] | None) -> Hit:
    label, text = excerpt(entry.label, patterns), excerpt(entry.text, patterns)
    return Hit(entry, label, text if text.marks or not label.marks else Excerpt("", ()))


def excerpt(text: str, patterns: re.Pattern[str] | None) -> Excerpt:
    """Return the piece of a text around the first word that was looked for, all of them marked."""
    flat = flatten(text).lower()
    found = [each.span() for each in patterns.finditer(flat)] if patterns and len(flat) == len(text) else []
    begin = max(0, found[0][0] - _EXCERPT // 3) if found and len(text) > _EXCERPT else 0
    end = min(len(text), begin + _EXCERPT)
    before, after = "…" * (begin > 0), "…" * (end < len(text))
    shift = len(before) - begin
    marks = tuple(
        (start + shift, min(stop, end) + shift) for start, stop in found if begin <= start < stop and start < end
    )
    return Excerpt(f"{before}{text[begin:end]}{after}", marks)


# --- answers ---


def _said(wanted: Wanted, found: Found) -> dict[str, Any]:
    return {
        "query": wanted.text,
        **wanted.narrowed,
        "total": found.total,
        "page": wanted.page,
        "pages": found.pages,
        "size": SIZE,
        "facets": {
            name: [{"value": each.value, "label": each.label, "count": each.count} for each in choices]
            for name, choices in found.facets.items()
        },
        "result": [_said_of(hit, found) for hit in found.hits],
    }


def _said_of(hit: Hit, found: Found) -> dict[str, Any]:
    entry = hit.entry
    shown = hit.text if hit.text.text else hit.label
    said = {
        "iri": entry.iri,
        "kind": entry.kind,
        "label": entry.label,
        "number": entry.code,
        "region": entry.region,
        "year": entry.year,
        "unit": {"iri": entry.unit, "label": found.units.get(entry.unit, entry.unit)} if entry.unit else None,
        "document": entry.document,
        "snippet": shown.text,
        "marks": [list(mark) for mark in shown.marks],
    }
    return {name: value for name, value in said.items() if value not in ("", None)}


def _at(wanted: Wanted, page: int = 1, **narrowed: str) -> str:
    """Return the address of the same search on another page, or narrowed down otherwise; an empty value widens it."""
    kept = {name: value for name, value in {**wanted.narrowed, **narrowed}.items() if value}
    stated = {"q": wanted.text, **kept, "lang": chosen_language(request)}
    return url_for("search.show_search", **stated, **({"page": page} if page > 1 else {}))  # type: ignore[arg-type]


def _address(iri: str) -> str | None:
    return href(iri, _release().base, request.script_root)


def _place(region: str) -> str:
    return index_of(_release()).regions.get(region, region)


def _shown(name: str, choice: Choice) -> str:
    """Return the key of the words for a kind, empty for the other facets, which bear their own names."""
    return f"found-{choice.value}" if name == "kind" else ""


def _chosen(found: Found, facet: str, value: str, language: str) -> str:
    """Return what the value of a facet is called that a search is narrowed down to."""
    if facet == "kind":
        return word(f"found-{value}", language)
    return _place(value) if facet == "region" else found.units.get(value, value)
