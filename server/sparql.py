"""/sparql for people: a form to write a query in, and the answer as a page."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request

from server.evaluate import Evaluation, Evaluator
from server.formats import JSON, TURTLE, Format
from server.protocol import SparqlRequest, read_sparql_request
from server.scan import scan
from server.table import columns_and_rows

ROWS_SHOWN = 500
"""Rows of an HTML table; the other formats have all."""

endpoint = Blueprint("sparql", __name__)


@endpoint.route("/sparql", methods=["GET", "POST"])
def answer_query() -> Response:
    """Return the page of the query of the request and its answer, or with an empty form."""
    body = request.get_data(cache=False) if request.method == "POST" else None
    asked = read_sparql_request(request.query_string, request.content_type or "", body)
    if asked is None:
        return Response(render_template("answer.html", text=""))
    if scan(asked.text).gives_graph:
        turtle = _evaluate(asked, TURTLE).decode("utf-8")
        return Response(render_template("answer.html", text=asked.text, turtle=turtle))
    columns, rows = columns_and_rows(_evaluate(asked, JSON))
    page = render_template("answer.html", text=asked.text, columns=columns, rows=rows[:ROWS_SHOWN], counted=len(rows))
    return Response(page)


def evaluator() -> Evaluator:
    """Return the evaluator of this application."""
    found: Evaluator = current_app.extensions["yusuan.evaluator"]
    return found


def _evaluate(asked: SparqlRequest, chosen: Format) -> bytes:
    return evaluator().evaluate(Evaluation(asked.text, chosen.name, dataset=asked.dataset))
