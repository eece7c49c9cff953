"""Rows of purchases to what their amount is the product of: the price of one and how many are bought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapping.amounts import MULTIPLIERS, meet
from mapping.columns import Column
from mapping.counts import Quantity, printed_number
from mapping.document import fold
from mapping.figures import Figure
from mapping.lexicon import pattern
from mapping.lines import Block
from mapping.recognise import Recognised


@dataclass(frozen=True, slots=True)
class Product:
    """An amount with the price and the count of its row."""

    amount: Figure
    price: Figure
    count: Quantity

    @property
    def agrees(self) -> bool:
        """Whether the amount is the product, within rounding."""
        low, high = self.price.printed.interval(MULTIPLIERS[self.price.unit or "元"])
        heads = self.count.printed.value
        return meet((low * heads, high * heads), self.amount.printed.interval(MULTIPLIERS[self.amount.unit or "元"]))

    @property
    def divides(self) -> bool:
        """Whether the amount is the price a whole number of times, more than once."""
        price = self.price.printed.value * MULTIPLIERS[self.price.unit or "元"]
        amount = self.amount.printed.value * MULTIPLIERS[self.amount.unit or "元"]
        return 0 < price < amount and amount % price == 0


def multiply(
    table: Recognised, blocks: Sequence[Block], figures: Sequence[Figure], quantities: Sequence[Quantity]
) -> list[Product]:
    """The products of a table that prints prices, top to bottom.

    None where not most rows, and one of several things among them, agree: then price and amount have other units, or
    the amount is of something else. Where only rows of one thing agree, the others must be that price several times.
    """
    grid = {(one.row, one.column): one for one in figures}
    counts = {one.spans[0].start: one for one in quantities}
    return [one for block in blocks for one in _of_block(table, block, grid, counts)]


def _of_block(
    table: Recognised, block: Block, grid: Mapping[tuple[int, int], Figure], counts: Mapping[int, Quantity]
) -> list[Product]:
    prices, numbers, amounts = (_headed(block, name) for name in ("price", "bought", "paid"))
    if not len(prices) == len(numbers) == 1:
        return []
    tried = [list(_rows(table, block, grid, counts, (prices[0], numbers[0], one))) for one in amounts]
    best = max(tried, key=lambda rows: sum(one.agrees for one in rows), default=[])
    right = [one for one in best if one.agrees]
    several = any(one.count.printed.value > 1 for one in right)
    sure = several or all(one.divides for one in best if not one.agrees)
    return best if sure and len(right) * 2 > len(best) else []


def _headed(block: Block, name: str) -> list[Column]:
    shape = pattern("comparisons", name)
    return [one for one in block.columns if one.path and shape.search(fold(one.path[-1]))]


def _rows(
    table: Recognised,
    block: Block,
    grid: Mapping[tuple[int, int], Figure],
    counts: Mapping[int, Quantity],
    columns: tuple[Column, Column, Column],
) -> Iterator[Product]:
    for line in block.lines:
        price, number, amount = (column.index + line.offset for column in columns)
        found = printed_number(table.table.rows[line.row][number])
        each, paid = grid.get((line.row, price)), grid.get((line.row, amount))
        count = counts.get(found[2][0].start) if found else None
        if each and paid and count and each.unit and paid.unit and not count.printed.decimals:
            yield Product(paid, each, count)
