"""What a document says to its graph: statements, indicators, and the canonical facts that amounts state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mapping.amounts import MULTIPLIERS, PrintedAmount
from mapping.counts import Quantity
from mapping.document import Cell, Span, quote
from mapping.facts import Facts
from mapping.graph import DEF, DERIVED, PART_OF, RDF_TYPE, Graph
from mapping.imply import Implied
from mapping.indicators import Indicator
from mapping.remarks import Remark
from mapping.resources import Resources
from mapping.scores import numbers_beside
from mapping.statements import Statement
from mapping.tied import Tie

# Signs of operators to their notations' last step in an IRI.
OPERATORS = {
    "=": "equal",
    "≥": "at-least",
    "≤": "at-most",
    ">": "more-than",
    "<": "less-than",
    "≈": "about",
    "定性": "qualitative",
}
# The printed cells of an indicator beside its target, by property.
_CELLS = ("level1", "level2", "level3", "description", "actual", "points", "score", "basis")


def write_claims(facts: Facts, graph: Graph, resources: Resources) -> None:
    """Writes what the document says, in running text, forms and tables, into its graph."""
    _Claims(facts, graph, resources).write()


class _Claims:
    """The claims of one document."""

    def __init__(self, facts: Facts, graph: Graph, resources: Resources) -> None:
        self._facts = facts
        self._graph = graph
        self._resources = resources
        self._projects = {id(form): project for project in facts.projects for form in project.forms}
        self._numbers = {one.spans for one in facts.quantities}

    def write(self) -> None:
        for at, statement in enumerate(self._facts.statements):
            self._about_statement(at, statement)
        for indicator in self._facts.indicators:
            self._about_indicator(indicator)
        for quantity in self._facts.quantities:
            self._about_quantity(quantity)
        for implied in self._facts.stated.implied:
            self._about_implied(implied)
        for figure in self._facts.figures:
            if figure.unit and (key := self._facts.stated.figures.get(id(figure))):
                self._states(self._graph.part("observation", figure.spans), [self._resources.fact(key)])
        for spans, key in self._facts.stated.readings:
            self._states(self._graph.part("reading", spans), [self._resources.fact(key)])
        for tie in self._facts.ties:
            self._about_tie(tie)
        for at, reason in self._facts.reasons.items():
            claim = self._statement(self._facts.statements[at])
            self._graph.code(claim, "reasonDirection", "direction", reason.direction)
            self._graph.string(claim, "reasonWords", reason.words)
        for remark in self._facts.remarks:
            self._about_remark(remark)
        for at, totals in self._facts.stated.leans.items():
            claim = self._statement(self._facts.statements[at])
            for total in totals:
                self._graph.link(claim, DERIVED, self._graph.part("observation", total))

    def _states(self, claim: str, facts: Iterable[str]) -> None:
        for fact in facts:
            self._graph.link(claim, DEF + "states", fact)

    # --- statements ---

    def _about_statement(self, at: int, said: Statement) -> None:
        graph, iri = self._graph, self._statement(said)
        graph.link(iri, RDF_TYPE, DEF + "Statement")
        graph.link(iri, PART_OF, graph.document)
        graph.code(iri, "statementKind", "statement-kind", said.kind)
        graph.code(iri, "measure", "measure", said.measure)
        graph.string(iri, "subject", said.subject)
        graph.string(iri, "clause", graph.words(said.spans))
        graph.code(iri, "operator", "operator", OPERATORS[said.operator])
        self._number(iri, said)
        if said.fiscal_year:
            graph.typed(iri, "fiscalYear", said.fiscal_year, "gYear")
        graph.string(iri, "asOf", said.as_of)
        if said.direction:
            graph.code(iri, "direction", "direction", said.direction)
        if said.phase:
            graph.code(iri, "phase", "phase", said.phase)
        self._relative(iri, said)
        if said.functional_class:
            self._resources.classify(iri, "functional", said.fiscal_year, said.functional_class)
        for span in said.number:
            graph.link(iri, DEF + "valueSpan", graph.span(span))
        graph.typed(iri, "valueStart", graph.place(said.number[0]).start, "integer")
        graph.typed(iri, "valueEnd", graph.place(said.number[-1]).end, "integer")
        graph.evidence(iri, said.spans, said.reason, line=graph.text.line_of(said.number[0].start))
        self._states(iri, map(self._resources.fact, self._facts.stated.statements.get(at, ())))

    def _statement(self, said: Statement) -> str:
        return self._graph.part("statement", said.number)

    def _number(self, iri: str, said: Statement) -> None:
        graph = self._graph
        if said.unit in MULTIPLIERS:
            printed = PrintedAmount(said.printed, said.value, said.decimals)
            graph.money(iri, printed, said.unit, None if said.high is None else replace(printed, value=said.high))
        else:
            graph.string(iri, "printedValue", said.printed)
            graph.typed(iri, "decimals", said.decimals, "integer")
            graph.string(iri, "unit", said.unit)
        graph.decimal(iri, "number", said.value)
        graph.decimal(iri, "least", said.low)
        graph.decimal(iri, "most", said.high)

    def _relative(self, iri: str, said: Statement) -> None:
        """What a change, a growth or a share is relative to, and the statement whose amount a list divides."""
        graph = self._graph
        if said.relative_year:
            graph.typed(iri, "relativeYear", said.relative_year, "gYear")
        if said.relative_phase:
            graph.code(iri, "relativePhase", "phase", said.relative_phase)
        if said.relative_measure:
            graph.code(iri, "relativeMeasure", "measure", said.relative_measure)
        if said.parent is not None:
            graph.link(iri, DEF + "partOfStatement", self._statement(self._facts.statements[said.parent]))

    def _about_tie(self, tie: Tie) -> None:
        claim, other = self._statement(self._facts.statements[tie.at]), tie.to
        if isinstance(other, int):
            self._graph.link(claim, DEF + tie.name, self._statement(self._facts.statements[other]))
        else:
            kind = "quantity" if tie.name == "tabledAs" else "observation"
            self._graph.link(claim, DEF + tie.name, self._graph.part(kind, other))
        if tie.times:
            self._graph.typed(claim, "timesFactor", tie.times, "integer")

    def _about_remark(self, said: Remark) -> None:
        graph, iri = self._graph, self._graph.part("remark", said.spans)
        graph.link(iri, RDF_TYPE, DEF + "Remark")
        graph.link(iri, PART_OF, graph.document)
        graph.code(iri, "remarkKind", "remark-kind", said.kind)
        graph.string(iri, "clause", quote(graph.text.content, said.spans))
        if said.year:
            graph.typed(iri, "ownYear", said.year, "gYear")
        if said.expected:
            graph.typed(iri, "expectedYear", said.expected, "gYear")
        if said.empty:
            graph.link(iri, DEF + "emptyTable", graph.part("table", said.empty))
        graph.string(iri, "missingTable", said.missing)
        for key in said.denied:
            graph.link(iri, DEF + "denies", self._resources.fact(key))
        graph.evidence(iri, said.spans, "understood from its wording")

    def _about_implied(self, implied: Implied) -> None:
        graph = self._graph
        base, change = (self._facts.statements[at] for at in (implied.base, implied.change))
        fact = self._resources.fact(implied.key)
        iri = f"{self._statement(change)}/earlier/{implied.key.measure}"
        graph.link(iri, RDF_TYPE, DEF + "DerivedAmount")
        graph.link(iri, PART_OF, graph.document)
        graph.link(iri, DERIVED, self._statement(base))
        graph.link(iri, DERIVED, self._statement(change))
        graph.code(iri, "grounding", "grounding", "derived")
        graph.string(iri, "reason", "the amount less its increase, or plus its decrease")
        graph.decimal(iri, "amount", (implied.low + implied.high) / 2)
        graph.interval(iri, (implied.low, implied.high))
        self._states(iri, [fact])

    # --- counts and rates of tables, indicators ---

    def _about_quantity(self, said: Quantity) -> None:
        graph, iri = self._graph, self._graph.part("quantity", said.spans)
        graph.link(iri, RDF_TYPE, DEF + "Quantity")
        graph.link(iri, PART_OF, graph.document)
        if said.table:
            graph.link(iri, DEF + "inTable", graph.part("table", said.table.spans))
        graph.string(iri, "rowLabel", said.row_label)
        graph.string(iri, "columnPath", said.column_path)
        graph.string(iri, "printedValue", said.printed.printed)
        graph.typed(iri, "decimals", said.printed.decimals, "integer")
        graph.decimal(iri, "number", said.printed.value)
        graph.string(iri, "unit", said.unit)
        if said.fiscal_year:
            graph.typed(iri, "fiscalYear", said.fiscal_year, "gYear")
        if said.repeats:
            graph.link(iri, DERIVED, graph.part("statement", said.repeats))
        graph.evidence(iri, said.spans, said.reason)

    def _about_indicator(self, said: Indicator) -> None:
        graph, iri = self._graph, self._graph.part("indicator", said.spans)
        graph.link(iri, RDF_TYPE, DEF + "Indicator")
        graph.link(iri, PART_OF, graph.document)
        graph.link(iri, DEF + "inTable", graph.part("table", said.form.table.spans))
        if project := self._projects.get(id(said.form)):
            graph.link(iri, DEF + "project", graph.part("project", project.spans))
        graph.typed(iri, "wholeDepartment", "true" if said.form.whole_department else "false", "boolean")
        if said.scope:
            graph.code(iri, "scope", "scope", said.scope)
        for name in _CELLS:
            cell: Cell | None = getattr(said, name)
            graph.string(iri, name, cell.plain if cell else None)
        for name, number in numbers_beside(said):
            graph.link(iri, DEF + name, graph.part("quantity", number.spans))
            if number.spans not in self._numbers:  # one cell may hold the points of several rows
                self._numbers.add(number.spans)
                self._about_quantity(number)
        if said.operator:
            graph.code(iri, "operator", "operator", OPERATORS[said.operator])
        graph.string(iri, "printedValue", said.value)
        graph.string(iri, "unit", said.printed_unit)
        graph.decimal(iri, "number", said.number)
        graph.evidence(iri, _indicator_spans(said), said.reason)


def _indicator_spans(said: Indicator) -> Sequence[Span]:
    """The spans of an indicator: those that name it first, then those of its other printed cells."""
    cells: list[Cell | None] = [said.target, said.unit, *(getattr(said, name) for name in _CELLS)]
    others = sorted({span for cell in cells if cell and not cell.blank for span in cell.spans} - set(said.spans))
    return (*said.spans, *others)
