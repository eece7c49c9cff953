"""What is to be compared within and across tables, to the graph; whether it agrees is left to `shapes/audit`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.blanks import Blank, read_blanks
from mapping.compare import Comparison, compare
from mapping.counts import Quantity
from mapping.figures import Figure, Grid
from mapping.graph import DEF, PART_OF, RDF_TYPE, Graph
from mapping.keys import Key
from mapping.multiply import Product, multiply
from mapping.resources import Resources
from mapping.shifted import Shift, read_shifted
from mapping.subcounts import Subcount, read_subcounts
from mapping.wholes import Expected, Share, Undivided, expect_classes, find_undivided, wholes

# The properties of a difference or rate, by kind: of the newer amount or the part, of the older one or the whole.
_SIDES = {
    "difference": ("minuend", "subtrahend"),
    "growth": ("minuend", "subtrahend"),
    "share": ("numerator", "denominator"),
}
# The property of a count that others make up, by whether these are all.
_SUMS = {True: "sumOf", False: "atLeastSumOf"}


@dataclass(frozen=True, slots=True)
class Comparables:
    """Blank amounts, columns that compare or multiply, facts and counts that make up others, classes that other tables
    must print, and amounts in the wrong row.
    """

    blanks: Sequence[Blank]
    comparisons: Sequence[Comparison]
    products: Sequence[Product]
    shares: Sequence[Share]
    expected: Sequence[Expected]
    undivided: Sequence[Undivided]
    subcounts: Sequence[Subcount]
    shifts: Sequence[Shift]


def read_comparables(
    grids: Sequence[Grid], quantities: Sequence[Quantity], keys: Mapping[int, Key], cut: frozenset[int]
) -> Comparables:
    """What the tables of a document must agree on.

    `keys` are by the figures' `id`; `cut` are tables, by `id`, that go on under headings that slipped.
    """
    figures = [figure for grid in grids for figure in grid.figures]
    rates = {id(grid.table): [one for one in quantities if one.table is grid.table] for grid in grids}
    return Comparables(
        blanks=[blank for grid in grids for blank in read_blanks(grid.table, grid.blocks, figures)],
        comparisons=[
            one for grid in grids for one in compare(grid.table, grid.blocks, grid.figures, rates[id(grid.table)])
        ],
        products=[
            one for grid in grids for one in multiply(grid.table, grid.blocks, grid.figures, rates[id(grid.table)])
        ],
        shares=wholes(figures, keys),
        expected=expect_classes(figures, keys, cut),
        undivided=find_undivided(figures, cut),
        subcounts=[
            one
            for grid in grids
            if id(grid.table) not in cut
            for one in read_subcounts(grid.table, grid.blocks, rates[id(grid.table)])
        ],
        shifts=read_shifted(figures, keys),
    )


def write_comparables(found: Comparables, graph: Graph, resources: Resources) -> None:
    """Writes what a document's tables must agree on into its graph."""
    for blank in found.blanks:
        _about_blank(blank, graph)
    for comparison in found.comparisons:
        _about_comparison(comparison, graph)
    for product in found.products:
        amount = _observation(product.amount, graph)
        graph.link(amount, DEF + "standardFactor", _observation(product.price, graph))
        graph.link(amount, DEF + "headFactor", graph.part("quantity", product.count.spans))
        graph.typed(amount, "timesFactor", 1, "integer")
    for share in found.shares:
        graph.link(resources.fact(share.whole), DEF + share.name, resources.fact(share.part))
    for shift in found.shifts:
        graph.link(_observation(shift.figure, graph), DEF + "shiftedFrom", _observation(shift.source, graph))
    for subcount in found.subcounts:
        whole = graph.part("quantity", subcount.whole.spans)
        for part in subcount.parts:
            graph.link(whole, DEF + _SUMS[subcount.complete], graph.part("quantity", part.spans))
    for one in found.expected:
        graph.link(_observation(one.figure, graph), DEF + "expectedIn", graph.part("table", one.table.spans))
    for lacking in found.undivided:
        graph.link(_observation(lacking.figure, graph), DEF + "lacksClass", _observation(lacking.part, graph))


def _about_blank(blank: Blank, graph: Graph) -> None:
    iri = graph.part(f"blank/{blank.column}", blank.spans)
    graph.link(iri, RDF_TYPE, DEF + "BlankAmount")
    graph.link(iri, PART_OF, graph.document)
    graph.link(iri, DEF + "inTable", graph.part("table", blank.table.spans))
    graph.string(iri, "rowLabel", blank.row_label)
    graph.string(iri, "columnPath", blank.column_path)
    graph.typed(iri, "rowNumber", blank.row, "integer")
    graph.typed(iri, "columnNumber", blank.column, "integer")
    for part in blank.parts:
        graph.link(iri, DEF + "blankTotalOf", _observation(part, graph))
    if blank.whole:
        graph.link(_observation(blank.whole, graph), DEF + "lacks", iri)
    reason = "a blank has no characters of its own: it is read beside the label of its row"
    graph.evidence(iri, blank.spans, reason, line=graph.text.line_of(blank.at))


def _about_comparison(comparison: Comparison, graph: Graph) -> None:
    said = comparison.said
    iri = graph.part("observation" if isinstance(said, Figure) else "quantity", said.spans)
    for name, figure in zip(_SIDES[comparison.kind], (comparison.first, comparison.second), strict=True):
        if figure:
            graph.link(iri, DEF + name, _observation(figure, graph))


def _observation(figure: Figure, graph: Graph) -> str:
    return graph.part("observation", figure.spans)
