"""The command line: `yusuan build | publish | query | trace | cite | …` (design §7; others script against it).

Exit codes: 0 done, 1 failed or something does not hold, 2 the command was called wrongly or its answer could not be
written, 3 done, but documents were left out, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import BinaryIO

import click
from click.core import ParameterSource
from pyoxigraph import Store

from mapping.build import Building
from mapping.cite import Citation, cite
from mapping.conformance import check_catalogue, summary
from mapping.coverage import COLUMNS, cover
from mapping.decode import decode
from mapping.diff import COLUMNS as DIFFERENCES
from mapping.diff import Version, compare
from mapping.docnumber import normalise
from mapping.errors import INTERRUPTED, PublisherError, RdfError, ReleaseError, SourceError, YusuanError
from mapping.export import FORMATS, export, export_findings
from mapping.gather import gather, review_files, unknown_replaced
from mapping.imported import rdf_files
from mapping.publish import check_target, publish, publish_imported
from mapping.publisher import (
    NOBODY,
    PUBLISHER_NAME,
    Publisher,
    find_publisher,
    read_publishable,
    read_publisher,
    unpublishable,
)
from mapping.release import (
    AUTO,
    CATALOGUE,
    DUMP,
    GIVEN,
    MANIFEST,
    MERGE,
    PUBLIC_CATALOGUE,
    PUBLIC_DUMP,
    STORE,
    current_release,
    read_manifest,
)
from mapping.report import (
    CORRECTED,
    LIST_COLUMNS,
    LIST_HEADINGS,
    LIST_WIDTHS,
    OPEN,
    Listed,
    counted,
    listed,
    office_rows,
    reason_in_chinese,
    render_findings,
    render_office,
)
from mapping.reviews import REVIEWS_NAME, Review, read_reviews
from mapping.rules import rule_files
from mapping.unreleased import open_document, open_documents
from mapping.verify import verify
from server.catalogue import Query, question, questions, read_query
from server.errors import ServerError
from server.evaluate import Evaluation, evaluate, named_query
from server.formats import GRAPH_WRITERS, RESULT_WRITERS
from server.parameters import bind
from server.release import open_release, open_store
from server.remote import query_endpoint
from server.scan import scan
from server.serve import serve as serve_release
from server.settings import read_settings
from server.table import columns_and_rows, render_rows, render_table
from server.workbook import workbook

DEFAULT_BASE = "http://localhost:8000/"
LEFT_OUT = 3
_TRACED = 5
_LONGEST_PATH = 1024
_LIKE_A_PATH = re.compile(r"[^\s《》〔〕]*(?:/[^\s《》〔〕]+|\.(?:txt|md))")
_PLACE = re.compile(r"(.+):([0-9]{1,18})")
_data = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Folder of the release.",
)
_out = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Folder that the release goes to; what reads it takes it as --data.",
)
_paths = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
_jobs = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default=True,
    help="Processes that read documents side by side.",
)
_form = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)


class _OutputError(click.ClickException):
    """An answer that cannot be written."""

    exit_code = 2


class _Reported(click.Group):
    """Commands whose expected errors are lines on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (YusuanError, ServerError) as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            sys.stderr.close()
            raise SystemExit(1) from None
        except OSError as error:
            _drop_output()
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}{error.strerror or error}") from error
        except KeyboardInterrupt:
            raise SystemExit(INTERRUPTED) from None


@contextlib.contextmanager
def _output() -> Iterator[BinaryIO]:
    """Standard output for bytes; raises _OutputError where it is closed or full."""
    if sys.stdout is None:
        raise _OutputError("the answer cannot be written: standard output is closed")
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.filename or isinstance(error, BrokenPipeError):
            raise
        _drop_output()
        raise _OutputError(f"the answer cannot be written: {error.strerror or error}") from error


def _drop_output() -> None:
    """Sends to nowhere what is still to be written, or the interpreter would fail at it once more when it ends."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=_Reported, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="yusuan")
def main() -> None:
    """A knowledge graph of Chinese government budget disclosures, traceable to the character."""


# --- build ---


@main.command()
@_paths
@_out
@click.option(
    "--base", show_default=f"that of {PUBLISHER_NAME}, or {DEFAULT_BASE}", help="IRI that all our IRIs begin with."
)
@_jobs
def build(paths: tuple[Path, ...], out: Path, base: str | None, jobs: int) -> None:
    """Documents (files, folders) to a new release."""
    place = find_publisher(paths)
    publisher = read_publisher(place) if place else NOBODY
    if _build(paths, out, base or publisher.base or DEFAULT_BASE, jobs, publisher=publisher):
        raise SystemExit(LEFT_OUT)


def _build(
    paths: Sequence[Path],
    out: Path,
    base: str,
    jobs: int,
    *,
    publisher: Publisher,
    check: Callable[[bytes], object] | None = None,
) -> bool:
    """Whether documents were left out of the release that is now built; says what became of each."""
    check_target(out, base)
    sources = gather(paths)
    reviews = read_reviews(review_files(paths))
    building = Building(sources, base, jobs, reviews)
    with click.progressbar(length=len(sources), label="reading", file=sys.stderr) as bar:
        documents = building.documents(lambda _: bar.update(1))
        try:
            release = publish(
                out,
                base,
                documents,
                building.quarantined,
                vocabulary(),
                reviews=reviews,
                publisher=publisher,
                check_catalogue=check,
            )
        except ReleaseError:
            _report(building)
            if building.quarantined and not building.built:
                click.echo(f"no release is made, nothing could be read{_staying(out)}", err=True)
                raise SystemExit(LEFT_OUT) from None
            raise
    _report(building)
    _note(unknown_replaced(sources))
    if reviews:
        _note((REVIEWS_NAME, words) for words in _unborne(reviews, open_store(release / STORE)))
    click.echo(f"{counted(building.built, 'document')} in release {release.name}")
    return bool(building.quarantined)


def _staying(out: Path) -> str:
    current = out / "current"
    return f": release {current.readlink().name} stays current" if current.is_symlink() else ""


def _unborne(reviews: Collection[Review], store: Store) -> Iterator[str]:
    """What to say of reviews whose key no finding of a release bears; what is corrected is found no more."""
    keys = {row["key"] for row in _rows(store, "findings")}
    for review in reviews:
        if review.key not in keys and review.status != CORRECTED:
            yield f"no finding has the key {review.key}: correct or remove its row"


def vocabulary() -> list[Traversable]:
    """The Turtle files of the vocabulary and of the audit's rules, by name."""
    found = [each for each in files("ontology").iterdir() if each.name.endswith(".ttl")]
    rules = [each for folder in ("audit", "corpus") for each in rule_files(folder)]
    return [*sorted(found, key=lambda each: each.name), *rules]


def _report(building: Building) -> None:
    _note(building.notices)
    for left_out in building.quarantined:
        click.echo(f"left out: {left_out.source}: {left_out.reason}", err=True)


def _note(notices: Iterable[tuple[str, str]]) -> None:
    for source, words in notices:
        click.echo(f"note: {source}: {words}", err=True)


# --- publish ---


@main.command("publish")
@_paths
@_out
@click.option(
    "--publisher",
    "place",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    show_default=f"{PUBLISHER_NAME} beside the documents",
    help="Who publishes, where and with which rights.",
)
@_jobs
def publish_command(paths: tuple[Path, ...], out: Path, place: Path | None, jobs: int) -> None:
    """Documents to a new release for the public.

    Publisher, base and rights are stated, and the catalogue is checked. Exit code 2 where something is missing: then
    nothing is released.
    """
    try:
        publisher = _publishable(place or find_publisher(paths))
    except PublisherError as error:
        click.echo(f"{error}\nnothing is published", err=True)
        raise SystemExit(2) from None
    unsaid: dict[str, None] = {}
    assert publisher.base
    try:
        check = partial(_note_recommended, unsaid)
        left_out = _build(paths, out, publisher.base, jobs, publisher=publisher, check=check)
    finally:
        for line in unsaid:
            click.echo(f"note: recommended: {line}", err=True)
    _say_where(out, publisher.base)
    if left_out:
        raise SystemExit(LEFT_OUT)


def _publishable(place: Path | None) -> Publisher:
    if place is None:
        raise PublisherError(
            f"there is no {PUBLISHER_NAME} beside the documents: write one, or name a file with --publisher",
            *unpublishable(NOBODY),
        )
    return read_publishable(place)


def _note_recommended(unsaid: dict[str, None], turtle: bytes) -> None:
    """Adds what the catalogue does not say; raises ReleaseError for what it must say."""
    unsaid.update(dict.fromkeys(summary(check_catalogue(turtle))))


def _say_where(out: Path, base: str) -> None:
    release = current_release(out)
    manifest = read_manifest(release)
    hidden = [document for document in manifest.documents if document.hidden]
    catalogue, dump = (PUBLIC_CATALOGUE, PUBLIC_DUMP) if hidden else (CATALOGUE, DUMP)
    for document in hidden:
        click.echo(f"hidden from the public: {', '.join(document.source)} ({document.status})")
    click.echo(f"catalogue: {base}catalogue (file {release / catalogue})")
    click.echo(f"dump: {base}dumps/{dump} (file {release / dump})")
    click.echo(f"serve it behind {base} (public = true, or trusted_proxies): yusuan serve --data {out} --config FILE")


# --- import ---


_DEFAULT_GRAPHS = {MERGE: "the merge of all graphs", GIVEN: "what the files state in no named graph"}


@main.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RDF...")
@_out
@click.option(
    "--base", default=DEFAULT_BASE, show_default=True, help="IRI that relative IRIs of the files are read from."
)
@click.option(
    "--default",
    "default_graph",
    type=click.Choice([AUTO, MERGE, GIVEN]),
    default=AUTO,
    show_default=True,
    help="The default graph: as the files give it, or the merge of all graphs; auto: given, if they state any.",
)
def import_command(paths: tuple[Path, ...], out: Path, base: str, default_graph: str) -> None:
    """RDF files (or folders) as they are, to a release.

    TriG, N-Quads, Turtle, N-Triples, RDF/XML and JSON-LD by their endings, also .gz of them. Exit code 2 where a file
    cannot be imported: then nothing is released.
    """
    check_target(out, base)
    try:
        files = rdf_files(paths)
        with click.progressbar(length=len(files), label="reading", file=sys.stderr) as bar:
            release = publish_imported(out, base, files, default_graph, lambda _: bar.update(1))
    except (RdfError, SourceError) as error:
        click.echo(f"{error}\nnothing is released", err=True)
        raise SystemExit(2) from None
    manifest = read_manifest(release)
    for source in manifest.sources:
        if not source.quads:
            click.echo(f"note: {source.source}: states nothing", err=True)
    click.echo(f"note: the default graph is {_DEFAULT_GRAPHS[manifest.default_graph]}", err=True)
    click.echo(f"{counted(len(files), 'file')} in release {release.name}")


def _note_imported(data: Path, words: str) -> bool:
    """Whether the release was imported, which is then noted with what that means for a command."""
    release = data if (data / MANIFEST).is_file() else current_release(data)
    imported = read_manifest(release).imported
    if imported:
        click.echo(f"note: release {release.name} was imported: {words}", err=True)
    return imported


# --- query, trace ---


class _OfQuestions(click.Command):
    """A command whose help lists the named queries with their parameters."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Queries by NAME"):
            formatter.write_dl([(each.name, _summary(each)) for each in questions().values()])


def _summary(asked: Query) -> str:
    named = ", ".join(one.name if one.required else f"[{one.name}]" for one in asked.parameters)
    return f"{asked.summary} ({named})" if named else asked.summary


@main.command(cls=_OfQuestions)
@click.argument("name", metavar="NAME|FILE.rq")
@_data
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
    if endpoint and given is ParameterSource.COMMANDLINE:
        raise click.UsageError("--data and --endpoint exclude each other: name the release or the endpoint to ask")
    if name.endswith(".rq") and not Path(name).is_file():
        raise click.UsageError(f"there is no file {name}")
    found = read_query(Path(name)) if name.endswith(".rq") else question(name)
    if form == "table" and scan(found.text).gives_graph:
        form = "turtle"
    answer = _ask(found, dict(map(_pair, params)), data, endpoint, form)
    _write(render_table(answer).encode() if form == "table" else answer)


def _pair(words: str) -> tuple[str, str]:
    key, sign, value = words.partition("=")
    if not sign:
        raise click.UsageError(f"--param {words!r} must be written K=V")
    return key, value


def _ask(found: Query, values: dict[str, str], data: Path, endpoint: str | None, form: str) -> bytes:
    wire = "json" if form == "table" else form
    if wire not in RESULT_WRITERS and wire not in GRAPH_WRITERS:
        raise click.UsageError(f"--format {form!r} is none of table, {', '.join((*RESULT_WRITERS, *GRAPH_WRITERS))}")
    evaluation: Evaluation = named_query(found, bind(found, values), wire)
    if endpoint:
        return query_endpoint(endpoint, evaluation)
    return evaluate(_store(data), evaluation)


def _store(data: Path) -> Store:
    return open_store(open_release(data).store_path)


def _write(answer: bytes) -> None:
    with _output() as stream:
        stream.write(answer if answer.endswith(b"\n") else answer + b"\n")


@main.command()
@click.argument("what", metavar="IRI|SOURCE:LINE|TEXT")
@_data
def trace(what: str, data: Path) -> None:
    """Where a fact comes from and what it feeds.

    Named by its IRI, by a place SOURCE:LINE (2024.txt:162), or by a TEXT: facts are found by it in labels, clauses,
    values and codes, legal documents by any spelling of their number.
    """
    if not what.strip():
        raise click.UsageError("nothing is asked for: name an IRI, a place SOURCE:LINE, or a text")
    what = normalise(what) or what
    iris = [what] if what.startswith(("http://", "https://")) else list(dict.fromkeys(_found(what, data)))
    shown = 0
    for iri in iris[:_TRACED]:
        lineage = _ask(question("lineage"), {"iri": iri}, data, None, "json")
        shown += len(columns_and_rows(lineage)[1])
        _write(f"\n{iri}\n{render_table(lineage)}".encode())
    if len(iris) > _TRACED:
        click.echo(f"… and {len(iris) - _TRACED} more: trace one by its iri", err=True)
    if not shown:
        raise click.ClickException(f"nothing in the release is, or bears, {what!r}{_no_such_place(what, data)}")


def _found(what: str, data: Path) -> list[str]:
    """The IRIs of what was read at a place, or bears a text; printed as a table too."""
    found = _read_at(what, data) or _ask(question("find"), {"text": what}, data, None, "json")
    columns, rows = columns_and_rows(found)
    _write(render_table(found).encode())
    return [row[columns.index("iri")] for row in rows]


def _read_at(what: str, data: Path) -> bytes | None:
    """What was read at a place SOURCE:LINE; none where `what` is no such place, though a text with a colon."""
    place = _PLACE.fullmatch(what)
    if not place:
        return None
    found = _ask(question("read-at"), {"source": place[1], "line": place[2]}, data, None, "json")
    return found if columns_and_rows(found)[1] else None


def _no_such_place(what: str, data: Path) -> str:
    """Why nothing can be at a place SOURCE:LINE; empty where `what` is no such place, or one of the release."""
    place = _PLACE.fullmatch(what)
    release = open_release(data)
    if not place or not release.documents:
        return ""
    for document in release.documents:
        if place[1] in document.sources:
            lines = len(release.rendition(document.sha256).splitlines())
            return f": {place[1]} has only {lines} lines" if int(place[2]) > lines else ""
    return f": no document of it is called {place[1]}"


# --- audit, check ---


@main.command("audit")
@_data
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "ttl"]), default="table", show_default=True
)
@click.option(
    "--accepted",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A reviews.csv: findings that it says are explained, corrected or dismissed are left out and counted.",
)
def audit_command(data: Path, form: str, accepted: Path | None) -> None:
    """What does not agree in a release, worst first.

    Exit code 1 where a contradiction is open.
    """
    store = _store(data)
    _note_imported(data, "nothing of it was audited, only findings that it states itself are listed")
    reviews = read_reviews([accepted] if accepted else [])
    if accepted:
        _note((accepted.name, words) for words in _unborne(reviews, store))
    reviewed = {review.key for review in reviews if review.status != OPEN}
    everything = _findings(store)
    found = [one for one in everything if one.row["key"] not in reviewed]
    if form == "table":
        _write(render_findings(found, _rows(store, "audit-summary"), len(everything) - len(found)).encode())
    elif form == "csv":
        _write(_without(_answer(store, "findings", "csv"), reviewed))
    elif form == "json":
        said = [{**one.row, "cells": [dict(cell) for cell in one.cells]} for one in found]
        _write(json.dumps(said, ensure_ascii=False, indent=1).encode())
    else:
        with _output() as stream:
            export_findings(current_release(data), stream)
    _exit_for(found)


def _without(answer: bytes, keys: Collection[str]) -> bytes:
    """The rows of a CSV answer that have none of the keys."""
    heading, *rows = csv.reader(io.StringIO(answer.decode(), newline=""))
    written = io.StringIO()
    kept = [row for row in rows if row[heading.index("key")] not in keys]
    csv.writer(written, lineterminator="\r\n").writerows([heading, *kept])
    return written.getvalue().encode()


def _findings(store: Store) -> list[Listed]:
    return listed(_rows(store, "findings"), _rows(store, "finding-cells"))


def _rows(store: Store, name: str) -> list[Mapping[str, str]]:
    """The rows that a question has in a store, by column; missing values are empty."""
    columns, rows = columns_and_rows(_answer(store, name, "json"))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _answer(store: Store, name: str, form: str) -> bytes:
    return evaluate(store, named_query(question(name), {}, form))


def _exit_for(found: Sequence[Listed]) -> None:
    """Ends with exit code 1 where a contradiction is open."""
    if any(one.row["severity"] == "violation" and one.row["status"] == OPEN for one in found):
        raise SystemExit(1)


@main.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "xlsx"]), default="table", show_default=True
)
def check_command(paths: tuple[Path, ...], form: str) -> None:
    """An office's own check of files before publication.

    What does not agree, where, and what to do. Nothing is kept and nothing sent; xlsx is written to standard output.
    Exit code 1 where there is a contradiction,
    3 where a file could not be read.
    """
    store, left_out = open_documents(paths, DEFAULT_BASE, vocabulary())
    found = _findings(store)
    if form == "table":
        _write(render_office(found, len(_rows(store, "documents")), len(left_out)).encode())
    elif form == "xlsx":
        with _output() as stream:
            stream.write(workbook("问题清单", LIST_HEADINGS, office_rows(found), LIST_WIDTHS))
    else:
        _write_rows(LIST_COLUMNS, office_rows(found), form)
    for one in left_out:
        click.echo(f"未能读取 {one.source}：{reason_in_chinese(one.reason)}", err=True)
    _exit_for(found)
    if left_out:
        raise SystemExit(LEFT_OUT)


# --- cite ---

_CITED = ("line", "start", "end", "quote", "doc_number", "title", "article", "kind", "informal")


@main.command("cite")
@click.argument("what", metavar="TEXT|FILE")
@_form
def cite_command(what: str, form: str) -> None:
    """The citations in a text, or in a FILE; - reads standard input.

    Offsets are code points of the whole text, in which only LF ends a line; several spans are joined by ;.
    """
    text = _cited_text(what)
    _write_rows(_CITED, [_cited_row(text, citation) for citation in cite(text)], form)


def _cited_text(what: str) -> str:
    """The text that is meant: standard input, a file, or the words themselves, which may look like a path."""
    if what == "-":
        return decode(sys.stdin.buffer.read()).content
    if not what.strip():
        raise click.ClickException("the text is empty: give a text, a file, or - for standard input")
    path = Path(what) if len(what.encode(errors="surrogateescape")) < _LONGEST_PATH else None
    if path and path.is_dir():
        raise click.UsageError(f"{what} is a folder: name a file")
    if path and path.is_file():
        return decode(path.read_bytes()).content
    if _LIKE_A_PATH.fullmatch(what):
        click.echo(f"note: there is no file {what}: read as a text", err=True)
    return decode(what.encode()).content


def _cited_row(text: str, said: Citation) -> list[str]:
    first = text.count("\n", 0, said.spans[0].start) + 1
    starts, ends = (";".join(str(getattr(span, name)) for span in said.spans) for name in ("start", "end"))
    quote = "".join(text[span.start : span.end] for span in said.spans)
    fields = (said.doc_number, said.title, said.article, said.kind, "true" if said.informal else "false")
    return [str(first), starts, ends, quote, *(one or "" for one in fields)]


def _write_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> None:
    if form == "table":
        _write(render_rows(columns, rows).encode())
    elif form == "csv":
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows([columns, *rows])
        _write(written.getvalue().encode())
    else:
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        _write(json.dumps(named, ensure_ascii=False, indent=1).encode())


# --- diff ---


@main.command("diff")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@_form
def diff_command(old: Path, new: Path, form: str) -> None:
    """What two releases, or two documents, say differently.

    Fact by fact; the documents are versions of one. OLD and NEW are folders (data or one release) or two document
    files. Exit code 1 where something differs.
    """
    if old.is_dir() != new.is_dir():
        raise click.UsageError(f"{old} and {new} cannot be compared: name two folders of releases, or two documents")
    side = _released if old.is_dir() else _unreleased
    if old.is_dir():
        for folder in (old, new):
            _note_imported(folder, "only figures, projects and findings in this vocabulary are compared")
    rows = compare(side(old), side(new))
    _write_rows(DIFFERENCES, [[row[column] for column in DIFFERENCES] for row in rows], form)
    if rows:
        raise SystemExit(1)


def _released(folder: Path) -> Version:
    release = folder if (folder / MANIFEST).is_file() else current_release(folder)
    store, base = open_store(release / STORE), read_manifest(release).base
    documents = _rows(store, "documents")
    return _version(store, base, {row["source"]: row["disclosure"].removeprefix(base) for row in documents})


def _unreleased(path: Path) -> Version:
    """A document of its own; it and the other are versions of one, whatever they are called."""
    return _version(open_document(path, DEFAULT_BASE, vocabulary()), DEFAULT_BASE, {path.name: ""})


def _version(store: Store, base: str, homes: Mapping[str, str]) -> Version:
    facts, projects, findings = (_rows(store, name) for name in ("facts", "projects", "findings"))
    return Version(base, facts, projects, findings, homes)


# --- verify, export, serve ---


@main.command("verify")
@_data
def verify_command(data: Path) -> None:
    """Re-reads every span of a release.

    Names every fact that does not hold.
    """
    release = current_release(data)
    failures = verify(release)
    for failure in failures:
        click.echo(f"{failure.iri}: {failure.problem}")
    manifest = read_manifest(release)
    if failures:
        raise click.ClickException(f"{counted(len(failures), 'failure')} in release {release.name}")
    if manifest.imported:
        click.echo(f"release {release.name} was imported: its dump is the one released, there is no span to re-read")
        return
    documents = counted(len(manifest.documents), "document")
    click.echo(f"release {release.name} holds: {documents}, every span re-read")


@main.command("coverage")
@_data
@_form
def coverage_command(data: Path, form: str) -> None:
    """The share of digits that facts explain.

    For each document, with the text that no fact explains.
    """
    release = current_release(data)
    _note_imported(data, "it has no documents")
    found = (cover(release, document) for document in read_manifest(release).documents)
    rows = [row for one in sorted(found, key=lambda one: one.source) for row in one.rows()]
    _write_rows(COLUMNS, rows, form)


@main.command("export")
@_data
@click.option("--format", "form", type=click.Choice([*FORMATS, "csv"]), default="nquads", show_default=True)
def export_command(data: Path, form: str) -> None:
    """The whole release on standard output.

    csv is the table of figures.
    """
    if form == "csv":
        _note_imported(data, "csv lists the figures in this vocabulary, which it may not have; nquads is all of it")
        _write(_ask(question("figures"), {}, data, None, "csv"))
        return
    with _output() as stream:
        export(current_release(data), form, stream)


@main.command("serve")
@_data
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Settings in TOML; docs/operations.md lists them.",
)
@click.option("--host", help="Address to listen on; 127.0.0.1 where nothing says otherwise.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 8000 where nothing says otherwise.")
@click.option("--workers", "light_workers", type=click.IntRange(1), help="Processes that answer short queries.")
def serve_command(data: Path, config: Path | None, **given: str | int | None) -> None:
    """Serves a release: pages and /sparql.

    Drafts are left out on public addresses.
    """
    serve_release(data, read_settings(config, os.environ, **given))
