"""What commands ask of a release: named queries and their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Store

from mapping.report import CORRECTED, OPEN, Listed, listed
from mapping.reviews import Review
from server.catalogue import question
from server.evaluate import evaluate, named_query
from server.parameters import bind
from server.release import open_release, open_store
from server.table import columns_and_rows


def store_of(data: Path) -> Store:
    """The store of the current release of a folder."""
    return open_store(open_release(data).store_path)


def answer(store: Store, name: str, form: str = "json", **values: str) -> bytes:
    """What a named query with these parameters answers, in a format."""
    found = question(name)
    return evaluate(store, named_query(found, bind(found, values), form))


def rows(store: Store, name: str) -> list[Mapping[str, str]]:
    """The rows that a named query has in a store, by column; missing values are empty."""
    columns, found = columns_and_rows(answer(store, name))
    return [dict(zip(columns, row, strict=True)) for row in found]


def findings(store: Store) -> list[Listed]:
    """The findings of a store, worst first."""
    return listed(rows(store, "findings"), rows(store, "finding-cells"))


def exit_for(found: Sequence[Listed]) -> None:
    """Ends with exit code 1 where a contradiction is open."""
    if any(one.row["severity"] == "violation" and one.row["status"] == OPEN for one in found):
        raise SystemExit(1)


def unborne(reviews: Collection[Review], store: Store) -> Iterator[str]:
    """What to say of reviews whose key no finding of a release bears; what is corrected is found no more."""
    keys = {row["key"] for row in rows(store, "findings")}
    for review in reviews:
        if review.key not in keys and review.status != CORRECTED:
            yield f"no finding has the key {review.key}: correct or remove its row"
