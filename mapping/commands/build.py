"""`yusuan build` and `publish`: documents to a release."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from shlex import quote

import click

from mapping.build import Building
from mapping.commands import options
from mapping.commands.asking import unborne
from mapping.commands.options import DEFAULT_BASE, LEFT_OUT
from mapping.commands.output import note, progress
from mapping.conformance import check_catalogue, summary
from mapping.errors import PublisherError, ReleaseError
from mapping.gather import gather, left_aside, review_files, unknown_replaced
from mapping.publish import publish as release_documents
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
    CATALOGUE,
    DUMP,
    PUBLIC_CATALOGUE,
    PUBLIC_DUMP,
    STORE,
    current_release,
    read_manifest,
)
from mapping.report import counted
from mapping.reviews import REVIEWS_NAME, read_reviews
from mapping.rules import vocabulary
from mapping.swap import check_target
from server.release import open_store

_TEMPORAL = "http://purl.org/dc/terms/temporal"


@click.command()
@options.paths
@options.out
@click.option(
    "--base", show_default=f"that of {PUBLISHER_NAME}, or {DEFAULT_BASE}", help="IRI that all our IRIs begin with."
)
@options.jobs
def build(paths: tuple[Path, ...], out: Path, base: str | None, jobs: int) -> None:
    """Documents (files, folders) to a new release."""
    place = find_publisher(paths)
    publisher = read_publisher(place) if place else NOBODY
    if _build(paths, out, (publisher.base or DEFAULT_BASE) if base is None else base, jobs, publisher=publisher):
        raise SystemExit(LEFT_OUT)


@click.command()
@options.paths
@options.out
@click.option(
    "--publisher",
    "place",
    type=options.Place(exists=True, dir_okay=False),
    show_default=f"{PUBLISHER_NAME} beside the documents",
    help="Who publishes, where and with which rights.",
)
@options.jobs
def publish(paths: tuple[Path, ...], out: Path, place: Path | None, jobs: int) -> None:
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
    note(left_aside(paths))
    sources = gather(paths)
    reviews = read_reviews(review_files(paths))
    building = Building(sources, base, jobs, reviews)
    with progress("reading", len(sources)) as finished:
        documents = building.documents(finished)
        try:
            release = release_documents(
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
    note(unknown_replaced(sources))
    if reviews:
        note((REVIEWS_NAME, words) for words in unborne(reviews, open_store(release / STORE)))
    click.echo(f"{counted(building.built, 'document')} in release {release.name}")
    return bool(building.quarantined)


def _staying(out: Path) -> str:
    current = out / "current"
    return f": release {current.readlink().name} stays current" if current.is_symlink() else ""


def _report(building: Building) -> None:
    note(building.notices)
    for left_out in building.quarantined:
        click.echo(f"left out: {left_out.source}: {left_out.reason}", err=True)


def _publishable(place: Path | None) -> Publisher:
    if place is None:
        raise PublisherError(
            f"there is no {PUBLISHER_NAME} beside the documents: write one, or name a file with --publisher",
            *unpublishable(NOBODY),
        )
    return read_publishable(place)


def _note_recommended(unsaid: dict[str, None], turtle: bytes) -> None:
    """Adds what the catalogue does not say and a publisher could; raises ReleaseError for what it must say.

    The vocabulary is of no year: nobody can state its dct:temporal.
    """
    said = check_catalogue(turtle)
    can_be_said = (one for one in said if not (one.path == _TEMPORAL and one.focus.endswith("/catalogue/vocabulary")))
    unsaid.update(dict.fromkeys(summary(can_be_said)))


def _say_where(out: Path, base: str) -> None:
    release = current_release(out)
    manifest = read_manifest(release)
    hidden = [document for document in manifest.documents if document.hidden]
    catalogue, dump = (PUBLIC_CATALOGUE, PUBLIC_DUMP) if hidden else (CATALOGUE, DUMP)
    for document in hidden:
        click.echo(f"hidden from the public: {', '.join(document.source)} ({document.status})")
    click.echo(f"catalogue: {base}catalogue (file {release / catalogue})")
    click.echo(f"dump: {base}dumps/{dump} (file {release / dump})")
    command = f"yusuan serve --data {quote(str(out))} --config FILE"
    click.echo(f"serve it behind {base} (public = true, or trusted_proxies): {command}")
