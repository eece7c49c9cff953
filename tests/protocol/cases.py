"""What a case of the protocol suite is: a request and what its answer must be, or a whole talk on a connection.

Cases name nothing of the server under test, so that the same table runs against any endpoint (`control.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from tests.protocol.client import Endpoint, Request, Response
from tests.protocol.terms import Row, boolean_of, graph_of, rows_of, triples_of, values_of, variables_of

DATA = Path(__file__).parent / "data.trig"
EXAMPLE = "http://example.org/"
GRAPH_A, GRAPH_B, GRAPH_C, GRAPH_VALUES = (f"{EXAMPLE}graph/{name}" for name in ("a", "b", "c", "values"))
UNKNOWN = f"{EXAMPLE}graph/nowhere"

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TABLES = (JSON, XML, CSV, TSV)
TURTLE = "text/turtle"
NTRIPLES = "application/n-triples"
RDFXML = "application/rdf+xml"
JSONLD = "application/ld+json"
GRAPHS = (TURTLE, NTRIPLES, RDFXML, JSONLD)

Check = Callable[[Response], None]


@dataclass(frozen=True, slots=True)
class Case:
    """One request; `status` is one of HTTP, several with `|`, or a class such as 4xx."""

    name: str
    request: Request
    status: str
    checks: tuple[Check, ...] = ()

    def run(self, endpoint: Endpoint) -> None:
        """Fail unless the endpoint answers as stated."""
        answer = endpoint.ask(self.request)
        assert is_status(answer.status, self.status), f"{answer.status}, not {self.status}: {answer.body[:300]!r}"
        for check in self.checks:
            check(answer)


@dataclass(frozen=True, slots=True)
class Talk:
    """Several requests, or one that is no single well-formed request; `run` fails with what was wrong."""

    name: str
    run: Callable[[Endpoint], None]


Cases = Sequence[Case | Talk]


def is_status(status: int, expected: str) -> bool:
    """Return whether a status is one of the expected: 404, 200|204, 4xx."""
    return any(
        str(status) == each or (each.endswith("xx") and each[0] == str(status)[0]) for each in expected.split("|")
    )


def media_type(expected: str) -> Check:
    """Check the media type; several with a blank between."""

    def check(answer: Response) -> None:
        assert answer.media_type in expected.split(), f"Content-Type: {answer.header('Content-Type')}"

    return check


def says(boolean: bool) -> Check:
    """Check the answer to an ASK."""

    def check(answer: Response) -> None:
        assert boolean_of(answer) is boolean, answer.text

    return check


def has_rows(count: int) -> Check:
    """Check the number of solutions in JSON, XML or TSV."""

    def check(answer: Response) -> None:
        assert len(rows_of(answer)) == count, answer.text

    return check


def has_solutions(expected: Iterable[Row]) -> Check:
    """Check the solutions in JSON, XML or TSV, in any order."""
    wanted = sorted(map(_sortable, expected))

    def check(answer: Response) -> None:
        assert sorted(map(_sortable, rows_of(answer))) == wanted, answer.text

    return check


def has_triples(count: int) -> Check:
    """Check that the body is an RDF graph in the stated format, and how many triples it has."""

    def check(answer: Response) -> None:
        assert len(graph_of(answer)) == count, answer.text

    return check


def is_graph(expected: Callable[[], Graph]) -> Check:
    """Check that the body is the expected graph but for the names of blank nodes and how numbers are written."""

    def check(answer: Response) -> None:
        assert triples_of(graph_of(answer)) == triples_of(expected()), answer.text

    return check


def has_columns(*names: str) -> Check:
    """Check the columns of a table in any format, in order."""

    def check(answer: Response) -> None:
        assert variables_of(answer) == list(names), answer.text

    return check


def has_cells(*rows: Sequence[str]) -> Check:
    """Check the cells of a table in CSV."""

    def check(answer: Response) -> None:
        assert values_of(answer) == [list(row) for row in rows], answer.text

    return check


def contains(text: str) -> Check:
    """Check that the body has a text in it."""

    def check(answer: Response) -> None:
        assert text in answer.text, answer.text

    return check


def header(name: str, accepts: Callable[[str], bool]) -> Check:
    """Check that there is a header, and its value."""

    def check(answer: Response) -> None:
        value = answer.header(name)
        assert value is not None and accepts(value), f"{name}: {value}"

    return check


def lists(name: str, *items: str) -> Check:
    """Check that a header that is a list has these items, whatever their case."""

    def check(answer: Response) -> None:
        missing = {item.lower() for item in items} - answer.listed(name)
        assert not missing, f"{name}: {answer.header(name)}"

    return check


def lacks(name: str) -> Check:
    """Check that there is no such header."""

    def check(answer: Response) -> None:
        assert answer.header(name) is None, f"{name}: {answer.header(name)}"

    return check


def _sortable(row: Row) -> list[tuple[str, str]]:
    return sorted((name, repr(term)) for name, term in row.items())
