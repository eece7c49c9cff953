"""A document to the places whose words show how it was made: damage, templates, copies, classes by a wrong name."""

from __future__ import annotations

from collections.abc import Sequence

from mapping.aliases import Alias
from mapping.copied import read_copied
from mapping.damage import read_damage
from mapping.describe import Description
from mapping.document import Document
from mapping.enumerated import read_enumerated
from mapping.figures import Grid
from mapping.graded import read_graded
from mapping.marks import Mark, distinct
from mapping.mentions import read_mentions
from mapping.misdated import read_early, read_misdated, read_outlasting
from mapping.misnamed import read_misnamed
from mapping.organisations import Office
from mapping.passages import Passage
from mapping.project import Project
from mapping.purchased import read_purchased
from mapping.strangers import read_bought


def read_marks(
    document: Document,
    description: Description,
    grids: Sequence[Grid],
    passages: Sequence[Passage],
    *,
    offices: Sequence[Office],
    aliases: Sequence[Alias],
    projects: Sequence[Project],
) -> list[Mark]:
    """The marks of a document in order of appearance."""
    tables = [grid.table for grid in grids]
    marks = distinct(
        (
            *read_damage(document, description, passages),
            *read_misnamed(grids, passages),
            *read_misdated(document, tables, description),
            *read_mentions(passages, projects),
            *read_copied(document, passages, tables, description, offices=offices, aliases=aliases),
            *read_bought(grids, passages),
            *read_enumerated(document, passages, tables),
            *read_purchased(grids),
            *read_graded(passages, tables),
            *read_early(passages),
            *read_outlasting(passages),
        )
    )
    return sorted(marks, key=lambda mark: (mark.spans, mark.kind))
