"""/sparql for people: a form to write a query in, the answer as a page, and as a file to keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for

from server.catalogue import CATEGORIES, question, questions
from server.errors import CallerError, FileUnknownError, ServerError
from server.evaluate import Evaluation, Evaluator
from server.fill import fill
from server.formats import GRAPH_FORMATS, JSON, RESULT_FORMATS, TURTLE, Format
from server.parameters import bind
from server.prefixes import prefixes
from server.protocol import SparqlRequest, asks_nothing, read_sparql_request
from server.reasons import message_in
from server.saved import as_file
from server.scan import scan
from server.table import columns_and_rows
from server.tabulate import tabulate
from server.wording import chosen_language

ROWS_SHOWN = 500
"""Rows of an HTML table; the other formats have all."""
LONGEST_ADDRESS = 16_000
"""Characters of an address that states a query; a longer one is posted, and has no address to share."""

_SUFFIXES = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "nquads": "nq"}
# Columns whose numbers count nothing: they name a place, a class or a year, and so a row.
_NAMING = re.compile(r"(?:.*_)?(?:line|start|end|code|year)")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")

endpoint = Blueprint("sparql", __name__)


@dataclass(frozen=True, slots=True)
class Plotted:
    """What of an answer can be drawn, as places of columns: those that name a row, and those with numbers."""

    labels: tuple[int, ...]
    values: tuple[int, ...]


@endpoint.route("/sparql", methods=["GET", "POST"])
def answer_query() -> Response:
    """Return the page of the query of the request and its answer, or with an empty form or an example in it.

    An example that needs values has them in it where they are stated, and else leads to the page that asks for them.
    What is wrong with a query is said beside it, where people read it, with the status of the error.
    """
    asked = _asked()
    if asked is None:
        return _example() if request.args.get("example") else Response(_page("", ""))
    stated = _stated(asked)
    shared = f"{url_for('sparql.answer_query')}?{stated}" if len(stated) <= LONGEST_ADDRESS else ""
    try:
        return Response(_page(asked.text, shared, **_answer(asked, stated)))
    except ServerError as error:
        if not request.accept_mimetypes.accept_html:
            raise
        problem = message_in(error.message, chosen_language(request))
        return Response(_page(asked.text, shared, problem=problem), status=error.status)


@endpoint.route("/sparql/answer.<suffix>", methods=["GET", "POST"])
def send_answer(suffix: str) -> Response:
    """Return the answer as a file; raises `FileUnknownError` for a format that the query does not have."""
    asked = _asked()
    if asked is None:
        raise CallerError("state the query, as the parameter `query` or as the body of a POST")
    offered = GRAPH_FORMATS if scan(asked.text).gives_graph else RESULT_FORMATS
    chosen = next((each for each in offered if _suffix(each) == suffix), None)
    if chosen is None:
        raise FileUnknownError(f"this answer is offered as {', '.join(map(_suffix, offered))}")
    response = Response(_evaluate(asked, chosen), content_type=chosen.content_type)
    return as_file(response, ["answer"], suffix)


def evaluator() -> Evaluator:
    """Return the evaluator of this application."""
    found: Evaluator = current_app.extensions["yusuan.evaluator"]
    return found


def plotted(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Plotted | None:
    """Return what of an answer can be drawn; None where no column has numbers, or there is one row only.

    A column has numbers where all its values are, and one is there; those in yuan come first, other columns name rows,
    those too that are the line, span, code or year of something.
    """
    if len(rows) < 2:
        return None
    numbers = tuple(
        place
        for place, column in enumerate(columns)
        if not _NAMING.fullmatch(column) and _has_numbers([row[place] for row in rows])
    )
    labels = sorted(range(len(columns)), key=numbers.__contains__)
    values = sorted(numbers, key=lambda place: not columns[place].endswith("yuan"))
    return Plotted(tuple(labels), tuple(values)) if numbers else None


def _has_numbers(values: Sequence[str]) -> bool:
    stated = [each for each in values if each]
    return bool(stated) and all(_NUMBER.fullmatch(each) for each in stated)


def _example() -> Response:
    query = question(request.args["example"])
    values = {each.name: request.args.get(each.name, "") for each in query.parameters}
    if any(each.required and not values[each.name] for each in query.parameters):
        address = url_for("pages.answer_named_query", name=query.name, lang=chosen_language(request))
        return make_response(redirect(address, 303))
    return Response(_page(fill(query, bind(query, values)), ""))


def _asked() -> SparqlRequest | None:
    """Return the query of the request, with the line ends that it was written with: a form sends others."""
    body = request.get_data(cache=False) if request.method == "POST" else None
    if body is None and asks_nothing(request.query_string):
        return None
    asked = read_sparql_request(request.query_string, request.content_type or "", body)
    return replace(asked, text=asked.text.replace("\r\n", "\n"))


def _answer(asked: SparqlRequest, stated: str) -> dict[str, Any]:
    """Return what the page tells of an answer; raises `ServerError` where there is none."""
    if scan(asked.text).gives_graph:
        return {"turtle": _evaluate(asked, TURTLE).decode("utf-8"), "files": _files(stated, GRAPH_FORMATS)}
    columns, rows = columns_and_rows(_evaluate(asked, JSON))
    return {
        "columns": columns,
        "told": tabulate("", columns, rows[:ROWS_SHOWN], chosen_language(request), {}),
        "counted": len(rows),
        "plotted": plotted(columns, rows[:ROWS_SHOWN]),
        "files": _files(stated, RESULT_FORMATS),
    }


def _page(text: str, shared: str, **told: Any) -> str:
    examples = [(each, [one for one in questions().values() if one.category == each]) for each in CATEGORIES]
    return render_template(
        "answer.html",
        text=text,
        shared=shared,
        examples=[(category, found) for category, found in examples if found],
        prefixes=dict(prefixes()),
        **told,
    )


def _stated(asked: SparqlRequest) -> str:
    """Return a request as the query string of its address: its query, and the graphs that it names."""
    fields = [("query", asked.text)]
    if asked.dataset:
        fields += [("default-graph-uri", each) for each in asked.dataset.default]
        fields += [("named-graph-uri", each) for each in asked.dataset.named]
    return urlencode(fields)


def _files(stated: str, formats: Sequence[Format]) -> list[tuple[str, str]]:
    """Return the files of an answer: what each is called, and its address; none where that would be too long."""
    if len(stated) > LONGEST_ADDRESS:
        return []
    return [(_suffix(each), f"{url_for('sparql.send_answer', suffix=_suffix(each))}?{stated}") for each in formats]


def _suffix(each: Format) -> str:
    return _SUFFIXES.get(each.name, each.name)


def _evaluate(asked: SparqlRequest, chosen: Format) -> bytes:
    return evaluator().evaluate(Evaluation(asked.text, chosen.name, dataset=asked.dataset))
