"""/sparql: the SPARQL 1.1 Protocol over the release, read-only."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request

from server.evaluate import Evaluation
from server.formats import GRAPH_FORMATS, HTML, JSON, RESULT_FORMATS, TURTLE, Format, negotiate
from server.protocol import SparqlRequest, read_sparql_request
from server.table import columns_and_rows
from server.workers import Evaluator

ROWS_SHOWN = 500
"""Rows of an HTML table; the other formats have all."""

endpoint = Blueprint("sparql", __name__)


@endpoint.route("/sparql", methods=["GET", "POST"])
def answer_query() -> Response:
    """Return the answer to the query of the request, in the format its Accept header likes best."""
    asked = read_sparql_request(request)
    offered = GRAPH_FORMATS if asked.scanned.gives_graph else RESULT_FORMATS
    chosen = negotiate(request.headers.get("Accept"), (*offered, HTML))
    if chosen is HTML:
        return _page(asked)
    return Response(_evaluate(asked, chosen), content_type=chosen.content_type)


def evaluator() -> Evaluator:
    """Return the evaluator of this application."""
    found: Evaluator = current_app.extensions["yusuan.evaluator"]
    return found


def _evaluate(asked: SparqlRequest, chosen: Format) -> bytes:
    return evaluator().evaluate(Evaluation(asked.text, chosen.name, dataset=asked.dataset))


def _page(asked: SparqlRequest) -> Response:
    if asked.scanned.gives_graph:
        turtle = _evaluate(asked, TURTLE).decode("utf-8")
        return Response(render_template("answer.html", text=asked.text, turtle=turtle))
    columns, rows = columns_and_rows(_evaluate(asked, JSON))
    page = render_template("answer.html", text=asked.text, columns=columns, rows=rows[:ROWS_SHOWN], counted=len(rows))
    return Response(page)
