"""A table's figures to one key: tables that print the same amounts beside the same labels have the same key."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from mapping.amounts import plain
from mapping.document import squeeze
from mapping.figures import Figure

# Fewer different amounts than this may agree by chance, or be one amount that several rows repeat.
_LEAST = 6


def figures_key(figures: Sequence[Figure]) -> str | None:
    """Sixteen hexadecimal digits over labels and amounts in 元, whatever year the headings name.

    None where fewer than six different amounts other than 0 are printed, or one has no unit.
    """
    in_order = sorted(figures, key=lambda figure: figure.spans)
    amounts = [(squeeze(figure.row_label), figure.amount) for figure in in_order]
    said = [(label, plain(amount)) for label, amount in amounts if amount]
    if len({amount for _, amount in said}) < _LEAST or any(amount is None for _, amount in amounts):
        return None
    return hashlib.sha256("\n".join(f"{label}\t{amount}" for label, amount in said).encode()).hexdigest()[:16]
