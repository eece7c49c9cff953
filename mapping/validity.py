"""Citations to what their sentence says of whether the document is in force: issued, repealed, revised, former."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from mapping.bases import Cited
from mapping.document import Table
from mapping.lexicon import pattern


def read_validity(citations: Sequence[Cited], tables: Sequence[Table] = ()) -> list[Cited]:
    """The citations in order, each with the notation of `code:validity` that its sentence says of it, if any.

    What is said of a list is said of each document in it, and nothing of one of which an article is cited. A row of a
    table that cites in one cell says of that whether it is repealed in another one.
    """
    past = _past_cells(citations, tables)
    read = (one for _, group in groupby(citations, key=_sentence) for one in _said(tuple(group)))
    return [replace(one, validity="repealed") if _cell(one) in past and not one.validity else one for one in read]


def _past_cells(citations: Sequence[Cited], tables: Sequence[Table]) -> set[int]:
    """Where the cells begin that cite what another cell of their row says is repealed (文号 | 状态: 废止)."""
    citing = {_cell(one) for one in citations}
    found: set[int] = set()
    for row in (row for table in tables for row in table.rows):
        if any(pattern("bases", "repealed-cell").fullmatch(cell.plain) for cell in row):
            cells = {cell.start for cell in row if not cell.blank} & citing
            found |= cells if len(cells) == 1 else set()
    return found


def _cell(cited: Cited) -> int:
    """Where the text that a citation stands in begins: its cell, or a paragraph."""
    return cited.sentence.run.places[0]


def is_listed(one: Cited, following: Cited) -> bool:
    """Whether two citations stand side by side in one list."""
    joint = following.sentence.words(one.mention.end, following.mention.start)
    return _sentence(one) == _sentence(following) and bool(pattern("bases", "beside").search(joint))


def _sentence(cited: Cited) -> tuple[int, int]:
    return id(cited.sentence.run), cited.sentence.start


def _said(citations: Sequence[Cited]) -> Iterator[Cited]:
    for group in _lists(citations):
        said = None if any(one.mention.article for one in group) else _of_list(group)
        for one in group:
            yield replace(one, validity=said or _alone(one))


def _lists(citations: Sequence[Cited]) -> Iterator[list[Cited]]:
    """The citations of a sentence, those of one list together."""
    group: list[Cited] = []
    for one in citations:
        if group and not is_listed(group[-1], one):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _alone(cited: Cited) -> str | None:
    """What the words around one citation say of it: that it is the former one, or issued there as a title alone."""
    if pattern("bases", "former").search(cited.before):
        return "former"
    before, after = (pattern("bases", f"issued-{side}") for side in ("before", "after"))
    anew = pattern("bases", "issued-anew").search(cited.before)
    passed = after.search(cited.after) and (before.search(cited.before) or not cited.before)
    return "issued" if cited.mention.doc_number is None and (passed or anew) else None


def _of_list(group: Sequence[Cited]) -> str | None:
    """What the words around a list say of its documents."""
    before, after = group[0].before, group[-1].after
    if pattern("bases", "repealed").search(after) or pattern("bases", "repealing").search(before):
        return "repealed"
    revised = pattern("bases", "revised").search(after) and pattern("bases", "revising").search(before)
    return "revised" if revised else None
