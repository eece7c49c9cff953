"""Queries that shapes and rules became, and asking them of a store: only where the data has what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Store, Triple

from mapping.lexicon import compiled
from mapping.needs import Need
from mapping.tally import Claim, Tally

TABLE = "# rows #"
"""What the rows of a query's table take the place of."""
# sh:pattern as a function: REGEX compiles its expression again in every query, which takes longer than the query.
MATCHES = NamedNode("https://w3id.org/yusuan/shapes#matches")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of one shape, both by IRI: `path` is empty when it is no single property."""

    shape: str
    component: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a query's table: one constraint for one target, and what the data must have for it to find anything.

    `claim` is what a tally may show to hold.
    """

    text: str
    needs: tuple[Need, ...]
    claim: Claim | None


class Known(dict[Need, bool]):
    """Whether a store has a statement with a property and a value, or any value where that is empty; looked up once."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def __missing__(self, need: Need) -> bool:
        predicate, value = need
        pattern = (None, NamedNode(predicate), NamedNode(value) if value else None)
        found = any(True for _ in self._store.quads_for_pattern(*pattern))
        self[need] = found
        return found


@dataclass(frozen=True, slots=True)
class Query:
    """A SELECT of which every row is a result.

    It is asked only where one of its `targets` and all that it `needs` are in the data, and then with those `rows` of
    its table, if it has one, that can find something. `constraints` are what its column `?n` counts; the query of a
    rule has none. Where all of its `claims` are kept it finds nothing.
    """

    text: str
    targets: tuple[Need, ...]
    constraints: tuple[Constraint, ...] = ()
    rows: tuple[Row, ...] = ()
    needs: tuple[Need, ...] = ()
    claims: tuple[Claim, ...] = ()

    def ask(self, store: Store, known: Known, tally: Tally | None = None) -> tuple[list[str], Iterable[QuerySolution]]:
        """The columns and the rows; `known` is of the same store and shared with other queries, as is the `tally`."""
        reached = not self.targets or any(map(known.__getitem__, self.targets))
        if not (reached and all(map(known.__getitem__, self.needs))):
            return [], ()
        if self.claims and tally and all(map(tally.keeps, self.claims)):
            return [], ()
        text = self.text
        if self.rows:
            rows = [row for row in self.rows if all(map(known.__getitem__, row.needs))]
            table = [row.text for row in rows if not (tally and row.claim and tally.keeps(row.claim))]
            if not table:
                return [], ()
            text = text.replace(TABLE, " ".join(table), 1)
        found = store.query(text, custom_functions=_FUNCTIONS)
        if not isinstance(found, QuerySolutions):
            raise TypeError(f"no SELECT: {text}")
        return [variable.value for variable in found.variables], found


def _matches(value: object, expression: object) -> Literal:
    """Whether an expression is found in a term; never in a blank node."""
    if not isinstance(expression, Literal):
        raise TypeError(f"no expression: {expression}")
    found = isinstance(value, Literal | NamedNode) and compiled(expression.value).search(value.value)
    return _TRUE if found else _FALSE


_TRUE, _FALSE = Literal(True), Literal(False)
_FUNCTIONS: dict[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]] = {MATCHES: _matches}
