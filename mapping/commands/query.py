"""`yusuan query`: a named query, or one in a file, asked of a release or an endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from mapping.commands import options
from mapping.commands.asking import store_of
from mapping.commands.output import write
from server.catalogue import Query, question, questions, read_query
from server.evaluate import Evaluation, evaluate, named_query
from server.formats import GRAPH_WRITERS, RESULT_WRITERS
from server.parameters import bind
from server.remote import query_endpoint
from server.scan import scan
from server.table import render_table


class _OfQuestions(click.Command):
    """A command whose help lists the named queries with their parameters."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Queries by NAME"):
            formatter.write_dl([(each.name, _summary(each)) for each in questions().values()])


def _summary(asked: Query) -> str:
    named = ", ".join(one.name if one.required else f"[{one.name}]" for one in asked.parameters)
    return f"{asked.summary} ({named})" if named else asked.summary


@click.command(cls=_OfQuestions)
@click.argument("name", metavar="NAME|FILE.rq")
@options.data
@click.option("--endpoint", help="Ask this SPARQL 1.1 endpoint instead of the release.")
@click.option(
    "--param", "params", multiple=True, metavar="K=V", help="A parameter of the query; once for each parameter."
)
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    help=f"table, {', '.join(RESULT_WRITERS)}; for graphs {', '.join(GRAPH_WRITERS)}, turtle where none is named.",
)
def query(name: str, data: Path, endpoint: str | None, params: Sequence[str], form: str) -> None:
    """A named query, or one in a file, asked of a release.

    With --endpoint it is asked of that endpoint. In brackets below are the parameters of each query; those in [] may
    be left out.
    """
    given = click.get_current_context().get_parameter_source("data")
    if endpoint is not None and given is ParameterSource.COMMANDLINE:
        raise click.UsageError("--data and --endpoint exclude each other: name the release or the endpoint to ask")
    if name.endswith(".rq") and not options.path_of(name):
        raise click.UsageError(f"there is no file {name}")
    if not name.endswith(".rq") and name not in questions() and (path := options.path_of(name)):
        kind = "folder" if path.is_dir() else "file"
        raise click.UsageError(f"{name} is a {kind}: the name of a file with a query ends in .rq")
    found = read_query(Path(name)) if name.endswith(".rq") else question(name)
    if form == "table" and scan(found.text).gives_graph:
        form = "turtle"
    evaluation = _evaluation(found, _values(params), form)
    answer = query_endpoint(endpoint, evaluation) if endpoint is not None else evaluate(store_of(data), evaluation)
    write(render_table(answer).encode() if form == "table" else answer)


def _values(params: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for words in params:
        key, sign, value = words.partition("=")
        if not sign:
            raise click.UsageError(f"--param {words!r} must be written K=V")
        if key in values:
            raise click.UsageError(f"--param {key} is stated more than once")
        values[key] = value
    return values


def _evaluation(found: Query, values: Mapping[str, str], form: str) -> Evaluation:
    wire = "json" if form == "table" else form
    if wire not in RESULT_WRITERS and wire not in GRAPH_WRITERS:
        raise click.UsageError(f"--format {form!r} is none of table, {', '.join((*RESULT_WRITERS, *GRAPH_WRITERS))}")
    return named_query(found, bind(found, values), wire)
