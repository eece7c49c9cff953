"""`yusuan check`: an office's own check of files before publication."""

from __future__ import annotations

from pathlib import Path

import click

from mapping.commands import options
from mapping.commands.asking import exit_for, findings, rows
from mapping.commands.options import DEFAULT_BASE, LEFT_OUT
from mapping.commands.output import output, progress, write, write_rows
from mapping.gather import gather, left_aside
from mapping.pipeline import NOT_READ
from mapping.report import (
    LIST_COLUMNS,
    LIST_HEADINGS,
    LIST_WIDTHS,
    Counted,
    office_rows,
    reason_in_chinese,
    render_office,
)
from mapping.rules import vocabulary
from mapping.unreleased import open_documents
from server.workbook import Sheet, workbook


@click.command()
@click.argument("paths", nargs=-1, required=True, type=options.Place(exists=True), metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "xlsx"]), default="table", show_default=True
)
def check(paths: tuple[Path, ...], form: str) -> None:
    """An office's own check of files before publication.

    What does not agree, where, and what to do. Nothing is kept and nothing sent; xlsx is written to standard output.
    Exit code 1 where there is a contradiction,
    3 where a file could not be read.
    """
    for name, reason in left_aside(paths):
        click.echo(f"未作检查 {name}：{reason_in_chinese(reason)}", err=True)
    sources = gather(paths)
    with progress("正在读取", len(sources)) as finished:
        opened = open_documents(sources, DEFAULT_BASE, vocabulary(), finished)
    found = findings(opened.store)
    partly = len({source for source, words in opened.notices if NOT_READ in words})
    if form == "table":
        counts = Counted(len(rows(opened.store, "documents")), len(opened.left_out), partly)
        write(render_office(found, counts).encode())
    elif form == "xlsx":
        with output() as stream:
            stream.write(workbook(Sheet("问题清单", LIST_HEADINGS, office_rows(found), LIST_WIDTHS)))
    else:
        write_rows(LIST_COLUMNS, office_rows(found), form)
    for source, words in opened.notices:
        click.echo(f"注意 {source}：{reason_in_chinese(words)}", err=True)
    for one in opened.left_out:
        click.echo(f"未能读取 {one.source}：{reason_in_chinese(one.reason)}", err=True)
    exit_for(found)
    if opened.left_out:
        raise SystemExit(LEFT_OUT)
