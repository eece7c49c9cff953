"""Search over names, quotations and numbers of a release: a page, and the same as JSON, answered from its index."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for

from mapping.docnumber import flatten, normalise
from mapping.spellings import SIGNS, fold, phrase
from mapping.worth import ZERO, Amount, asked
from server.addresses import href
from server.candidates import TYPES, Query, candidates
from server.errors import PageUnknownError, ParameterError
from server.formats import HTML, PLAIN_JSON, Format, negotiate
from server.index import Asking, Entry, Index, Value, index_of
from server.numbers import KIND, Asked, Number, Numbers
from server.parameters import one_of, stated_once
from server.protocol import read_fields
from server.release import Release
from server.validators import tag_of, tagged, unchanged
from server.view_text import as_printed
from server.wording import chosen_language, word

search = Blueprint("search", __name__)

SIZE = 20
"""Entries of a page."""
FACETS = ("kind", "region", "year", "unit")
KINDS = (
    *("organisation", "project", "legal", "disclosure", "document", "table", "indicator", "statement", "citation"),
    *("measure", "class", "other", KIND),
)
"""Kinds of entries as mapping/searchable.py has them, and that of the numbers of tables and forms."""

_LENGTH, _WORDS = 200, 16
_VALUES = 20
_EXCERPT = 120
_LAST_PAGE = 10_000
# How many names are suggested, and how well each fits at least (`candidates`).
_NEAR, _LEAST = 5, 50.0
# How much a word counts in a label, in another name, in what else an entry says, in the names of what it is of.
_WEIGHTS = "10.0, 5.0, 1.0, 0.0"
_OWN = "{label names text}"
_JUST_SO = "entry.number IN (SELECT entry FROM name WHERE key IN (?, ?) AND form != 'core')"
_FOUND = "entry.number IN (SELECT rowid FROM words WHERE words MATCH ?)"


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
    """The hits of one page, how many there are on all, and how they divide.

    `note` says what no search finds, though it was asked for: zeros, or numbers without an amount. Of a search that
    finds nothing at all, `near` are the things whose names are most like it, `instead` a search that finds its money.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[Choice, ...]]
    units: Mapping[str, str]
    note: str = ""
    near: tuple[Entry, ...] = ()
    instead: str = ""

    @property
    def pages(self) -> int:
        """Return how many pages there are, one at least."""
        return max(1, -(-self.total // SIZE))


@search.get("/search")
def show_search() -> Response:
    """Return the page with what was found, or the same as JSON."""
    return _answer(negotiate(request.headers.get("Accept"), (HTML, PLAIN_JSON)))


@search.get("/api/search")
def answer_search() -> Response:
    """Return what was found as JSON."""
    return _answer(PLAIN_JSON)


def _answer(chosen: Format) -> Response:
    tag = tag_of(_release().version, chosen, chosen_language(request))
    if (kept := unchanged(tag, chosen)) is not None:
        return kept
    wanted = _read(request.query_string)
    index = index_of(_release())
    found = _suggested(index, wanted, find(index, wanted, as_printed))
    body = _page(wanted, found) if chosen is HTML else json.dumps(_said(wanted, found), ensure_ascii=False) + "\n"
    return tagged(Response(body, content_type=chosen.content_type), tag)


def _page(wanted: Wanted, found: Found) -> str:
    language = chosen_language(request)
    return render_template(
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


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release


def _read(query_string: bytes) -> Wanted:
    """Return what the request looks for; raises `ParameterError` naming what is wrong."""
    fields = read_fields(query_string)
    for name in fields:
        if name not in ("q", "page", "lang", *FACETS):
            raise ParameterError(f"there is no parameter {name!r}; there are q, page, {', '.join(FACETS)}")
    stated = {name: value.strip() for name, value in stated_once(fields).items()}
    text, page = stated.get("q", ""), stated.get("page") or "1"
    if len(text) > _LENGTH or len(asked(text)) > _WORDS:
        raise ParameterError(f"q has at most {_LENGTH} characters and {_WORDS} words")
    if not re.fullmatch(r"\d{1,5}", page, re.ASCII) or not 1 <= int(page) <= _LAST_PAGE:
        raise ParameterError(f"page is a whole number from 1 to {_LAST_PAGE}")
    for name in FACETS:
        if stated.get(name):
            known = dict.fromkeys(KINDS, "") if name == "kind" else index_of(_release()).known(name)
            stated[name] = one_of(name, stated[name], known)
    return Wanted(text, {name: stated[name] for name in FACETS if stated.get(name)}, int(page))


# --- finding ---


def find(index: Index, wanted: Wanted, printed: Callable[[str, str], str] = lambda iri, value: value) -> Found:
    """Return one page of what there is, with a few queries; raises `PageUnknownError` past the last page.

    `printed` makes of the IRI of a number and its value the characters that the text has.
    """
    words = _words(wanted.text)
    patterns = _patterns(wanted.text)
    with index.asking() as asking:
        parts = _parts(asking, wanted, words)
        groups = [part.groups() for part in parts]
        counts = [sum(int(count) for *facets, count in each if _fits(facets, wanted.narrowed)) for each in groups]
        found = Found((), sum(counts), {}, {})
        if wanted.page > found.pages:
            raise PageUnknownError(f"the last page is {found.pages}")
        hits: list[Hit] = []
        skipped = (wanted.page - 1) * SIZE
        for part, count in zip(parts, counts, strict=True):
            if skipped < count and len(hits) < SIZE:
                rows = part.page(wanted.narrowed, SIZE - len(hits), skipped)
                hits += [
                    _hit_number(each, patterns, printed) if isinstance(each, Number) else _hit(each, patterns)
                    for each in rows
                ]
            skipped = max(0, skipped - count)
        divided = [group for each in groups for group in each]
        units = {hit.entry.unit for hit in hits} | {str(group[FACETS.index("unit")]) for group in divided}
        labels = _labels(asking, units - {""})
    facets = {name: _choices(index, divided, wanted.narrowed, name, labels) for name in FACETS}
    return Found(tuple(hits), found.total, facets, labels, _note(wanted, words))


def _suggested(index: Index, wanted: Wanted, found: Found) -> Found:
    """Return what was found; where that is nothing, however little it is narrowed down, with what may be meant."""
    if found.total or not wanted.text or (wanted.narrowed and find(index, Wanted(wanted.text, {})).total):
        return found
    query = Query(wanted.text, tuple(each.key for each in TYPES), _NEAR, {})
    near = (each.entry for each in candidates(index, _release().base, query) if each.fit.score >= _LEAST)
    return replace(found, near=tuple(near), instead=_in_yuan(index, wanted.text))


def _in_yuan(index: Index, text: str) -> str:
    """Return the search for the figures of a text as money in 元, where that finds something, else nothing."""
    said = asked(text)
    bare = [amount for _, amount in said if amount and not amount.unit]
    instead = " ".join(f"{word}元" if amount in bare else word for word, amount in said)
    return instead if bare and find(index, Wanted(instead, {})).total else ""


def _words(text: str) -> Asked:
    """Return the words of a search, each once and with the amount that it is; zeros, which no index has, are none."""
    found = ((word, amount if amount and amount.figure != ZERO else None) for word, amount in asked(text))
    return list(dict.fromkeys(found))


def _parts(asking: Asking, wanted: Wanted, words: Asked) -> list[Entries | Numbers]:
    """Return what a search finds, in order: what states its amount or is called so, numbers, what else says it."""
    expression, exact = match(wanted.text), _exact(words)
    if wanted.text and expression is None:
        return []
    if exact is None:
        return [Entries(asking, wanted.text, expression)]
    first, rest = (Entries(asking, wanted.text, expression, exact, others=others) for others in (False, True))
    return [first, Numbers(asking, words), rest]


def match(text: str) -> str | None:
    """Return the expression of FTS5 that finds a text: its words, each somewhere, or the document number that it is.

    One of them at least is what an entry says itself; the others may name its document, its unit or its year.
    None where there is nothing to find in it. Words are quoted, so that none is syntax.
    """
    found = [_either(word, amount) for word, amount in _words(text)]
    if not found:
        return None
    expression = f"{' AND '.join(found)} AND {_OWN} : ({' OR '.join(found)})"
    number = normalise(text)
    return f"({expression}) OR {phrase(number)}" if number else expression


def _exact(words: Asked) -> str | None:
    """Return the expression that finds what states one of the amounts of a search beside its other words, if any."""
    cases = []
    for at, (_, amount) in enumerate(words):
        if amount:
            others = [_either(*each) for other, each in enumerate(words) if other != at]
            cases.append(" AND ".join([f'"{amount.token}"', *others]))
    return " OR ".join(f"({case})" for case in cases) or None


def _either(word: str, amount: Amount | None) -> str:
    """Return the expression for a word, and for the amount that it is."""
    return f'({phrase(word)} OR "{amount.token}")' if amount else phrase(word)


class Entries:
    """The entries that an expression finds, of an empty text all.

    With an exact expression it is those that this one finds, too, or that are called just so; `others` are the rest.
    """

    def __init__(
        self, asking: Asking, text: str, expression: str | None, exact: str | None = None, *, others: bool = False
    ) -> None:
        """Take the text that was asked for, too, which tells what is called just so."""
        self._asking = asking
        self._from = "entry WHERE TRUE"
        self._keys: tuple[str, ...] = ()
        self._values: tuple[str, ...] = ()
        if expression:
            self._from = "words JOIN entry ON entry.number = words.rowid WHERE words MATCH ?"
            self._keys, self._values = (fold(text), normalise(text) or ""), (expression,)
        if exact:
            self._from += f" AND {'NOT' if others else ''} ({_JUST_SO} OR {_FOUND})"
            self._values += (*self._keys, exact)

    def groups(self) -> list[tuple[Value, ...]]:
        """Return how many entries of each kind, region, year and unit there are, whatever is narrowed down."""
        facets = ", ".join(FACETS)
        return self._asking.rows(f"SELECT {facets}, COUNT(*) FROM {self._from} GROUP BY {facets}", self._values)

    def page(self, narrowed: Mapping[str, str], size: int, skipped: int) -> list[Entry]:
        """Return some entries, those first that are called just so."""
        chosen = "entry.number, kind, iri, entry.label, entry.text, code, region, year, unit, document"
        within = "".join(f" AND entry.{name} = ?" for name in narrowed)
        best = f"{_JUST_SO} DESC, bm25(words, {_WEIGHTS}), " if self._keys else ""
        query = f"SELECT {chosen} FROM {self._from}{within} ORDER BY {best}entry.number LIMIT ? OFFSET ?"
        rows = self._asking.rows(query, (*self._values, *narrowed.values(), *self._keys, size, skipped))
        return [Entry(*row) for row in rows]  # type: ignore[arg-type]


def _note(wanted: Wanted, words: Asked) -> str:
    """Return what to say of a search that asks for what is in no index, empty where it does not."""
    if any(amount and amount.figure == ZERO for _, amount in asked(wanted.text)):
        return "zeros"
    return "amount-needed" if wanted.narrowed.get("kind") == KIND and not any(amount for _, amount in words) else ""


def _fits(facets: Sequence[Value], narrowed: Mapping[str, str], but: str = "") -> bool:
    return all(facets[FACETS.index(name)] == value for name, value in narrowed.items() if name != but)


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
    said = asked(text)
    stated = [*(word for word, _ in said), *filter(None, [normalise(text)])]
    spelled = [rf"[\s{SIGNS}]*".join(map(re.escape, "".join(flatten(word).lower().split()))) for word in stated]
    amounts = [_shape(*place) for _, amount in said if amount for place in amount.places]
    found = [*amounts, *sorted(spelled, key=len, reverse=True)]
    return re.compile("|".join(found)) if found else None


def _shape(figure: str, unit: str) -> str:
    """Return what a figure looks like in a text, with separators and further zeros, before a unit if one is stated."""
    whole, _, fraction = figure.partition(".")
    digits = ",?".join(whole).replace("-,?", "-")
    zeros = rf"\.{fraction}0*" if fraction else r"(?:\.0+)?"
    behind = rf"\s*{unit}" if unit else r"(?!\d|\.\d|,\d{3}(?!\d))"
    return rf"(?<!\d)(?<!\d[.,]){digits}{zeros}{behind}"


def _hit(entry: Entry, patterns: re.Pattern[str] | None) -> Hit:
    label, text = excerpt(entry.label, patterns), excerpt(entry.text, patterns)
    return Hit(entry, label, text if text.marks or not label.marks else Excerpt("", ()))


def _hit_number(number: Number, patterns: re.Pattern[str] | None, printed: Callable[[str, str], str]) -> Hit:
    """Return a number by what its row and column say, and below that as it is printed, in its table."""
    said = " · ".join(filter(None, (number.label, number.path))) or number.title
    label = excerpt(said, patterns)
    value = printed(number.iri, number.printed)
    text = " · ".join(filter(None, (f"{value} {number.measure}".strip(), number.title[:_EXCERPT])))
    where = (number.region, number.year, number.unit, number.document)
    entry = Entry(0, KIND, number.iri, said, text, "", *where)
    return Hit(entry, label, Excerpt(text, ((0, len(value)),)))


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
    near = [{"iri": each.iri, "kind": each.kind, "label": each.label} for each in found.near]
    suggested = {name: value for name, value in (("suggested", near), ("instead", found.instead)) if value}
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
        **suggested,
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
