"""Pages of the audit: the list of findings with its filters, the list as a file, and the page of one finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for

from server.ask import Row, ask
from server.errors import PageUnknownError
from server.formats import CSV, XLSX, Format
from server.passages import Line
from server.present import coded, cut
from server.problems import (
    FILTERS,
    MOST_EXPORTED,
    SEVERITIES,
    STATUSES,
    Place,
    Problem,
    Wanted,
    count,
    difference,
    problem,
    problems,
    read_wanted,
    sum_of,
    units,
)
from server.protocol import read_fields
from server.release import Release
from server.saved import as_file
from server.terms import RULES, Rule
from server.validators import page_of, tag_of, tagged, unchanged
from server.view_text import lines_of
from server.vocabulary import audit_rules
from server.wording import chosen_language, word
from server.workbook import Sheet, spreadsheet_csv, workbook

audit = Blueprint("audit", __name__)

SIZE = 25
"""Findings of a page."""
MOST_PLACES = 60
"""Places of a finding that its page shows; the data have all."""

_COLUMNS = (
    *("severity", "unit", "year", "source", "tables", "lines", "quotes", "problem", "found", "expected", "remedy"),
    *("rule", "status", "reply", "address"),
)
_WIDTHS = {"quotes": 60, "problem": 60, "remedy": 40, "source": 28, "tables": 28, "unit": 24, "address": 40}
_MOST_QUOTES, _LONGEST_QUOTE, _LONGEST_CELL = 12, 60, 5000
# Around what a finding rests on; less than elsewhere, since two texts stand side by side.
_LINES, _CHARACTERS = 1, 70


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: what it is called, and how many findings there are of it (-1: not counted)."""

    value: str
    label: str
    findings: int


@dataclass(frozen=True, slots=True)
class Side:
    """Places that say one thing: the lines of each text round them, and those of which no text is shown."""

    key: str
    texts: tuple[tuple[Line, ...], ...]
    unread: tuple[Place, ...]

    @property
    def is_one_run(self) -> bool:
        """Return whether all places stand together, in lines of one text of which none is left out."""
        return len(self.texts) == 1 and not self.unread and not any(line.skips for line in self.texts[0])


@audit.get("/audit")
def list_findings() -> Response:
    """Return the page with the findings that are wanted."""
    return page_of(_release().version, _list)


def _list() -> str:
    language = chosen_language(request)
    wanted = read_wanted(read_fields(request.query_string))
    counted = count(wanted)
    pages = max(1, -(-counted.total // SIZE))
    if wanted.page > pages:
        raise PageUnknownError(f"the last page is {pages}")
    rules = audit_rules()
    return render_template(
        "audit.html",
        wanted=wanted,
        total=counted.total,
        pages=pages,
        before=(wanted.page - 1) * SIZE,
        most_exported=MOST_EXPORTED,
        choices=_choices(wanted, counted.by, rules, language),
        by_severity=[(name, counted.by["severity"].get(name, 0)) for name in SEVERITIES],
        problems=problems(wanted, SIZE) if counted.total else [],
        rule=rules.get(RULES + wanted.rule),
        rules=rules,
        at=lambda page=1, **narrowed: _at(wanted, page, **narrowed),
        file_at=lambda name: url_for(f"audit.send_{name}", **wanted.stated, lang=language),  # type: ignore[arg-type]
    )


@audit.get("/audit.xlsx")
def send_xlsx() -> Response:
    """Return the list of problems as a spreadsheet, with the filters of the page."""
    return _file(XLSX)


@audit.get("/audit.csv")
def send_csv() -> Response:
    """Return the list of problems as CSV, with the filters of the page."""
    return _file(CSV)


def show_finding(iri: str, language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the page of a finding: both sides with the source text, the arithmetic, and what to do."""
    found = problem(iri)
    if found is None:
        return None
    rule = audit_rules().get(found.row["rule_iri"])
    cause = problem(found.row["cause"]) if found.row["cause"] else None
    follows = () if cause else ask("audit-related", {"cause": iri}, limit=100)
    return "finding.html", {
        "problem": found,
        "rule": rule,
        "cause": cause,
        "follows": _once(follows),
        "sides": _sides(found),
        "checked": found.checked[:MOST_PLACES],
        "others": [each for each in found.places if each not in found.checked][:MOST_PLACES],
        "sum": sum_of(found.places),
        "difference": difference(found.row["found"], found.row["expected"]),
    }


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release


def _at(wanted: Wanted, page: int = 1, **narrowed: str) -> str:
    """Return the address of the list on another page, or narrowed down otherwise; an empty value widens it."""
    stated = {name: value for name, value in (wanted.stated | narrowed).items() if value}
    paged = {"page": page} if page > 1 else {}
    return url_for("audit.list_findings", **stated, **paged, lang=chosen_language(request))  # type: ignore[arg-type]


def _choices(
    wanted: Wanted, by: Mapping[str, Mapping[str, int]], rules: Mapping[str, Rule], language: str
) -> list[tuple[str, list[Choice]]]:
    """Return the filters with the values that find something, and the one that is stated."""
    called = {each.name: each.label.get(language, each.name) for each in rules.values()}
    found: dict[str, list[Choice]] = {
        "severity": [
            Choice(each, _coded("severity", each, language), by["severity"].get(each, 0)) for each in SEVERITIES
        ],
        "concern": [Choice(each, _coded("concern", each, language), number) for each, number in _most(by["concern"])],
        "rule": [Choice(each, called.get(each, each), number) for each, number in _most(by["rule"])],
        "unit": [Choice(row["unit"], row["unit_label"], -1) for row in units()],
        "year": [Choice(each, each, by["year"][each]) for each in sorted(by["year"], reverse=True) if each],
        "status": [
            Choice(each, _coded("finding-status", each, language), by["status"].get(each, 0)) for each in STATUSES
        ],
    }
    for name, value in wanted.stated.items():
        if value not in {each.value for each in found[name]}:
            label = _coded("concern", value, language) if name == "concern" else called.get(value, value)
            found[name].append(Choice(value, label, 0))
    return [(name, found[name]) for name in FILTERS]


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(((name, number) for name, number in counts.items() if number), key=lambda each: (-each[1], each[0]))


def _coded(code_list: str, notation: str, language: str) -> str:
    found = coded(code_list, notation)
    return found.label.get(language, notation) if found else notation


def _once(rows: Iterable[Row]) -> list[Row]:
    return list({row["iri"]: row for row in rows}.values())


# --- both sides of a finding ---


def _sides(found: Problem) -> list[Side]:
    """Return what the finding is of and what it is held against, as one where they stand together."""
    checked = {each.iri for each in found.checked}
    here = [_highlighted(each) for each in found.places if each.iri in checked][:MOST_PLACES]
    there = [each for each in found.places if each.iri not in checked][:MOST_PLACES]
    together = _side("together", [*here, *there])
    if not here or not there or together.is_one_run:
        return [together] if together.texts or together.unread else []
    first, second = ("one", "another") if found.rivals else ("here", "there")
    return [_side(first, here), _side(second, there)]


def _highlighted(place: Place) -> Place:
    return replace(place, marks=tuple(replace(mark, kind="focus") for mark in place.marks))


def _side(key: str, places: Sequence[Place]) -> Side:
    by_document: dict[str, list[Place]] = {}
    for each in places:
        by_document.setdefault(each.digest, []).append(each)
    texts: list[tuple[Line, ...]] = []
    unread: list[Place] = []
    for digest, standing in by_document.items():
        lines = lines_of(digest)
        marks = [mark for place in standing for mark in place.marks]
        if lines and (around := tuple(lines.around(marks, lines=_LINES, characters=_CHARACTERS))):
            texts.append(around)
        else:
            unread += standing
    return Side(key, tuple(texts), tuple(unread))


# --- the list as a file ---


def _file(chosen: Format) -> Response:
    """Return all that is wanted, whatever the page, up to `MOST_EXPORTED` findings."""
    language = chosen_language(request)
    tag = tag_of(_release().version, chosen, language)
    if (kept := unchanged(tag, chosen)) is not None:
        return kept
    wanted = replace(read_wanted(read_fields(request.query_string)), page=1)
    columns = [word(f"audit.column-{name}", language) for name in _COLUMNS]
    rules = audit_rules()
    rows = [_row(each, rules, language) for each in problems(wanted, size=MOST_EXPORTED)]
    if chosen is CSV:
        body = spreadsheet_csv([columns, *rows])
    else:
        widths = {word(f"audit.column-{name}", language): width for name, width in _WIDTHS.items()}
        body = workbook(Sheet(word("audit.sheet", language), columns, rows, widths))
    response = Response(body, content_type=chosen.content_type)
    return tagged(as_file(response, ["findings", *wanted.stated.values()], chosen.name), tag)


def _row(found: Problem, rules: Mapping[str, Rule], language: str) -> list[str]:
    row, rule = found.row, rules.get(found.row["rule_iri"])
    tables = dict.fromkeys(place.table for place in found.places if place.table)
    quotes = [
        word("audit.quote", language, line=place.line, quote=cut(" ".join(place.quote.split()), _LONGEST_QUOTE))
        for place in found.places[:_MOST_QUOTES]
    ]
    told = {
        "severity": _coded("severity", row["severity"], language),
        "unit": row["unit_label"],
        "year": row["fiscal_year"],
        "source": row["source"],
        "tables": "\n".join(tables),
        "lines": row["lines"],
        "quotes": "\n".join(quotes),
        "problem": found.message(language),
        "found": row["found"],
        "expected": row["expected"],
        "remedy": rule.remedy.get(language, "") if rule else "",
        "rule": row["rule"],
        "status": _coded("finding-status", row["status"], language),
        "reply": row["reply"],
        "address": found.iri,
    }
    return [cut(told[name], _LONGEST_CELL) for name in _COLUMNS]
