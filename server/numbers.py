"""The numbers of tables and forms in a search index: those that print an amount beside the words that are asked for.

Without an amount none is found; zeros are not in the index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.spellings import fold
from mapping.worth import Amount
from server.index import Asking, Value

KIND = "number"
Asked = Sequence[tuple[str, Amount | None]]

_BESIDE = "(label IN said{0} OR path IN said{0} OR title IN said{0} OR source IN of{0})"


@dataclass(frozen=True, slots=True)
class Number:
    """One number in its place: as printed, in its unit, and what row, column and table say; unknown is empty."""

    iri: str
    printed: str
    measure: str
    label: str
    path: str
    title: str
    region: str
    year: str
    unit: str
    document: str


class Numbers:
    """The numbers that a search finds: one word is the amount, row, column, table or document say the others."""

    def __init__(self, asking: Asking, asked: Asked) -> None:
        """Take the words, each with the amount that it is; where several are, each may be the number's."""
        self._asking = asking
        self._words = [fold(word) for word, _ in asked]
        self._values: list[Value] = []
        cases = [self._case(at, amount) for at, (_, amount) in enumerate(asked) if amount]
        figures = {value for _, amount in asked if amount for value, _ in amount.places}
        self._values = [*sorted(figures), *self._values]
        self._condition = f"value IN ({', '.join('?' * len(figures))}) AND ({' OR '.join(cases)})"
        # Parameters by number are those of the words, so that each may stand twice; all others follow them.
        self._said = "WITH " + ", ".join(
            f"said{at} AS MATERIALIZED (SELECT number FROM saying WHERE instr(folded, ?{at + 1})), "
            f"of{at} AS MATERIALIZED (SELECT number FROM source WHERE instr(names, ?{at + 1}))"
            for at in range(len(asked))
        )

    def _case(self, at: int, amount: Amount) -> str:
        """Return the condition of what prints the amount that one of the words is, beside the other words."""
        places = []
        for value, unit in amount.places:
            places.append("(value = ? AND unit = ?)" if unit else "value = ?")
            self._values += [value, unit] if unit else [value]
        others = [_BESIDE.format(other) for other in range(len(self._words)) if other != at]
        return f"(({' OR '.join(places)}) AND {' AND '.join(['TRUE', *others])})"

    def groups(self) -> list[tuple[Value, ...]]:
        """Return the kind and how many numbers of each region, year and unit there are."""
        query = f"""{self._said} SELECT '{KIND}', region, year, unit, SUM(numbers)
            FROM (SELECT source, COUNT(*) AS numbers FROM figure WHERE {self._condition} GROUP BY source)
            JOIN source ON number = source GROUP BY region, year, unit"""
        return self._asking.rows(query, (*self._words, *self._values))

    def page(self, narrowed: Mapping[str, str], size: int, skipped: int) -> list[Number]:
        """Return some numbers of the documents that a search is narrowed down to, those of the newest year first."""
        facets = {name: value for name, value in narrowed.items() if name != "kind"}
        within = "".join(f" AND {name} = ?" for name in facets)
        query = f"""{self._said}, page AS MATERIALIZED (
                SELECT * FROM figure WHERE {self._condition}
                AND source IN (SELECT number FROM source WHERE TRUE{within})
                ORDER BY source, start, place, value LIMIT ? OFFSET ?)
            SELECT iif(document = '', place, document || '/' || place), printed, page.unit,
                label.text, path.text, title.text, region, year, source.unit, document
            FROM page JOIN source ON source.number = source JOIN saying AS label ON label.number = label
            JOIN saying AS path ON path.number = path JOIN saying AS title ON title.number = title
            ORDER BY source, start, place, value"""
        rows = self._asking.rows(query, (*self._words, *self._values, *facets.values(), size, skipped))
        return [Number(*map(str, row)) for row in rows]
