"""Pages and files for people: the first page, the named queries, the dumps."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, redirect, render_template, request, send_file, url_for

from server.catalogue import CATEGORIES, Query, question, questions
from server.evaluate import named_query
from server.formats import CSV, HTML, JSON, RESULT_FORMATS, XLSX, Format, negotiate
from server.overview import COUNTED, class_name, money, overview
from server.parameters import bind, one_of, stated_once
from server.present import grouped
from server.protocol import read_fields
from server.release import Release
from server.saved import as_file
from server.sparql import ROWS_SHOWN, evaluator, plotted
from server.table import columns_and_rows, columns_and_typed_rows
from server.tabulate import called, tabulate
from server.validators import page_of
from server.wording import chosen_language, word
from server.workbook import Sheet, spreadsheet_csv, workbook

pages = Blueprint("pages", __name__)

SHEET = Format("sheet", CSV.media_type)
"""CSV for people: a file that opens in a spreadsheet, where no cell computes anything."""
MOST_OFFERED = 500
"""Sources of documents that the form of a question offers."""
_QUERY_FORMATS = (CSV, *(each for each in RESULT_FORMATS if each is not CSV), HTML)


@pages.get("/")
def first_page() -> Response:
    """Return the page that shows what is in the graph, of which money by function in one 口径 (`scope`)."""
    return page_of(_release().version, _first_page)


def _first_page() -> str:
    found = overview()
    return render_template(
        "home.html",
        overview=found,
        counts={name: grouped(found.counts.get(name, 0)) for name in COUNTED},
        money=money(request.args.get("scope", "")),
        class_name=class_name,
        release=_release(),
        questions=_by_category(),
    )


@pages.get("/query")
def list_queries() -> Response:
    """Return the way to the page that lists the questions."""
    return redirect(url_for("api.list_api", lang=chosen_language(request)), 303)  # type: ignore[return-value]


@pages.get("/query/<name>")
def answer_named_query(name: str) -> Response:
    """Return the answer of a named query: CSV, unless `format=` or the Accept header says otherwise."""
    query = question(name)
    values = stated_once(read_fields(request.query_string))
    values.pop("lang", None)
    stated_format = values.pop("format", "")
    accept = request.headers.get("Accept")
    chosen = _named_format(stated_format) if stated_format else negotiate(accept, _QUERY_FORMATS)
    if chosen is HTML:
        return _query_page(query, values)
    kept = chosen in (SHEET, XLSX)
    answer = evaluator().evaluate(named_query(query, bind(query, values), JSON.name if kept else chosen.name))
    if chosen is SHEET:
        columns, rows = columns_and_rows(answer)
        answer = spreadsheet_csv([columns, *rows])
    elif chosen is XLSX:
        answer = _workbook(query, values, answer)
    response = Response(answer, content_type=chosen.content_type)
    suffix = CSV.name if chosen is SHEET else chosen.name
    return as_file(response, [name, *values.values()], suffix, opened=not kept)


@pages.get("/dumps")
def list_dumps() -> Response:
    """Return the page that lists the dumps of the release with their checksums."""
    return page_of(_release().version, _dumps_page)


def _dumps_page() -> str:
    documents = {path: each for each in _release().shown_documents for path in (each.dump, each.findings)}
    return render_template("dumps.html", dumps=_release().dumps, documents=documents)


@pages.get("/dumps/<path:path>")
def send_dump(path: str) -> Response:
    """Return one dump as N-Quads."""
    return send_file(_release().dump_file(path), mimetype="application/n-quads")


@pages.get("/favicon.ico")
def send_icon() -> Response:
    """Return the redirection to the icon, which browsers ask for unbidden."""
    return redirect(url_for("static", filename="icon.svg"), 301)  # type: ignore[return-value]


def _release() -> Release:
    release: Release = current_app.extensions["yusuan.release"]
    return release


def _by_category() -> list[tuple[str, list[Query]]]:
    """Return the categories that have questions, in their order, with these."""
    grouped = [
        (category, [each for each in questions().values() if each.category == category]) for category in CATEGORIES
    ]
    return [(category, found) for category, found in grouped if found]


def _query_page(query: Query, values: dict[str, str]) -> Response:
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    language = chosen_language(request)
    asked = values or not any(each.required for each in query.parameters)
    if asked:
        answer = evaluator().evaluate(named_query(query, bind(query, values), JSON.name))
        columns, rows = columns_and_rows(answer)
    sources = sorted(each for document in _release().shown_documents for each in document.sources)
    names_source = any(each.name == "source" for each in query.parameters)
    page = render_template(
        "query.html",
        query=query,
        sources=sources[:MOST_OFFERED] if names_source else (),
        unknown_source=names_source and bool(values.get("source")) and values["source"] not in sources,
        values=values,
        asked=asked,
        columns=columns,
        told=tabulate(query.name, columns, rows[:ROWS_SHOWN], language, _documents()),
        counted=len(rows),
        plotted=plotted(columns, rows[:ROWS_SHOWN]),
        formats=[each.name for each in _QUERY_FORMATS if each is not HTML],
    )
    return Response(page)


def _documents() -> dict[str, str]:
    """Return the IRIs of the documents by their source paths."""
    shown = _release().shown_documents
    return {source: f"{_release().base}document/{each.sha256}" for each in shown for source in each.sources}


def _workbook(query: Query, values: dict[str, str], answer: bytes) -> bytes:
    """Return an answer as XLSX, its columns named as in every format, with a sheet that says what it is and of what."""
    language = chosen_language(request)
    columns, rows = columns_and_typed_rows(answer)
    told = [
        ("question", query.summary_zh if language == "zh" else query.summary),
        ("about", query.description_zh if language == "zh" else query.description),
        ("address", request.base_url),
        *((name, value) for name, value in values.items()),
        ("release", _release().version),
        *((each, called(query.name, each, language)) for each in columns),
    ]
    about = Sheet(word("query.sheet-about", language), ["name", "value"], told, {"name": 24, "value": 90})
    wide = dict.fromkeys(("quote", "title", "message_zh", "message_en", "unit"), 40)
    return workbook(Sheet(word("query.sheet-answer", language), columns, rows, wide), about)


def _named_format(name: str) -> Format:
    offered = {each.name: each for each in (*_QUERY_FORMATS, SHEET, XLSX)}
    return offered[one_of("format", name, dict.fromkeys(offered, ""))]
