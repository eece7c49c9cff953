"""Budget-like quads that are always the same, in the shapes of docs/graph.md: tables, observations, projects and facts.

Each document is a named graph; code lists and classes stand once, in the graph of the vocabulary. Documents of one unit
repeat what they say of it. The merge of all graphs, each triple once, follows as the default graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

BASE = "https://example.org/budget/"
DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
_VOCABULARY = "https://w3id.org/yusuan/def"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

YEARS = range(2021, 2026)
CLASSES, REGIONS = 200, 31
TABLES, OBSERVATIONS, PROJECTS, FACTS = 8, 100, 12, 20
CODES = {
    "measure": 10,
    "phase": 5,
    "row-role": 4,
    "fund-scope": 6,
    "level": 4,
    "status": 3,
    "table-kind": 8,
    "kind": 2,
}
"""The code lists and how many codes each has."""
QUADS_OF_A_DOCUMENT = 8 + 5 + 4 * TABLES + 12 * OBSERVATIONS + 6 * PROJECTS + 9 * FACTS


def document(number: int) -> str:
    """Return the IRI of a document."""
    return f"{BASE}document/{number:08x}"


def graph(number: int) -> str:
    """Return the IRI of the named graph of a document."""
    return f"{document(number)}/graph"


def unit(number: int) -> str:
    """Return the IRI of the unit that a document is of; it has one for each year."""
    return f"{BASE}organisation/{number // len(YEARS)}"


def region(number: int) -> str:
    """Return the IRI of the region of a document's unit."""
    return f"{BASE}region/{number // len(YEARS) % REGIONS}"


def year(number: int) -> int:
    """Return the year of a document."""
    return YEARS[number % len(YEARS)]


def functional_class(number: int) -> str:
    """Return the IRI of a functional class."""
    return f"{BASE}code/functional/{number % CLASSES}"


def code(name: str, number: int) -> str:
    """Return the IRI of a code of a list."""
    return f"{CODE}{name}/{number % CODES[name]}"


def write_quads(path: Path, quads: int) -> int:
    """Return how many documents were written as N-Quads, about so many quads in named graphs, and then their merge."""
    documents = max(1, quads // QUADS_OF_A_DOCUMENT)
    merged: set[str] = set()
    with path.open("w", encoding="utf-8") as out:
        for name, triples in _graphs(documents):
            for triple in triples:
                out.write(f"{triple} <{name}> .\n")
                merged.add(triple)
        out.writelines(f"{triple} .\n" for triple in sorted(merged))
    return documents


def is_named(line: str) -> bool:
    """Return whether a line of the file stands in a named graph, not in the merge."""
    return line.endswith(("/graph> .\n", f" <{_VOCABULARY}> .\n"))


def _graphs(documents: int) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the names of the graphs, each with its triples as they stand in N-Triples without the full stop."""
    yield _VOCABULARY, _vocabulary()
    for number in range(documents):
        yield graph(number), _document(number)


def _vocabulary() -> Iterator[str]:
    codes = [(code(name, number), f"{name}-{number}") for name, count in CODES.items() for number in range(count)]
    classes = [(functional_class(number), f"{2010000 + number}") for number in range(CLASSES)]
    regions = [(f"{BASE}region/{number}", f"{130000 + number}") for number in range(REGIONS)]
    for subject, notation in (*codes, *classes, *regions):
        yield f'<{subject}> <{NOTATION}> "{notation}"'
        yield f'<{subject}> <{_LABEL}> "代码{notation}"@zh'


def _document(number: int) -> Iterator[str]:
    one, of = document(number), unit(number)
    yield from _said(one, "Document", f"部门预算公开文件第{number}号", publisher=of, kind=code("kind", number))
    yield _year(one, number)
    yield _literal(one, "issued", f"{year(number)}-02-{number % 28 + 1:02}", "date")
    yield _iri(one, "rendition", f"{one}/text")
    yield _literal(one, "sourcePath", f"{number}.txt")
    yield from _said(of, "Organisation", f"甲省第{number // len(YEARS)}号单位", region=region(number))
    yield _literal(of, "serial", str(number // len(YEARS)), "integer")
    yield _iri(of, "parent", f"{BASE}organisation/{number // len(YEARS) // 10}")
    for index in range(TABLES):
        yield from _said(
            f"{one}/table/{index}", "Table", f"第{index}表", isPartOf=one, tableKind=code("table-kind", index)
        )
    for index in range(OBSERVATIONS):
        yield from _observation(number, index)
    for index in range(PROJECTS):
        project = f"{of}/project/{year(number)}/{index}"
        yield from _said(project, "Project", f"第{number}号文件的项目{index}", implementingUnit=of, isPartOf=one)
        yield _year(project, number)
        yield _amount(project, number, index)
    for index in range(FACTS):
        yield from _fact(number, index)


def _observation(number: int, index: int) -> Iterator[str]:
    observation = f"{document(number)}/observation/{index}"
    yield from _said(
        observation,
        "Observation",
        f"第{index}行",
        dataSet=f"{document(number)}/table/{index % TABLES}",
        reportingEntity=unit(number),
        functionalClass=functional_class(number + index % 40),
        phase=code("phase", number),
        rowRole=code("row-role", index),
        states=f"{unit(number)}/fact/{year(number)}/{index % FACTS}",
    )
    yield _year(observation, number)
    yield _amount(observation, number, index)
    yield _literal(observation, "line", str(10 + index), "integer")
    yield _literal(observation, "columnPath", f"合计 / 第{index % 7}栏")


def _fact(number: int, index: int) -> Iterator[str]:
    fact = f"{unit(number)}/fact/{year(number)}/{index}"
    yield f"<{fact}> <{_TYPE}> <{DEF}CanonicalFact>"
    yield _iri(fact, "reportingEntity", unit(number))
    yield _year(fact, number)
    yield _amount(fact, number, index)
    for name, list_name in (
        ("measure", "measure"),
        ("phase", "phase"),
        ("fundScope", "fund-scope"),
        ("reportingLevel", "level"),
        ("factStatus", "status"),
    ):
        yield _iri(fact, name, code(list_name, number + index))


def _said(subject: str, what: str, label: str, **links: str) -> Iterator[str]:
    yield f"<{subject}> <{_TYPE}> <{DEF}{what}>"
    yield f'<{subject}> <{_LABEL}> "{label}"'
    for predicate, target in links.items():
        yield _iri(subject, predicate, target)


def _iri(subject: str, predicate: str, target: str) -> str:
    return f"<{subject}> <{DEF}{predicate}> <{target}>"


def _literal(subject: str, predicate: str, value: str, datatype: str = "") -> str:
    return f'<{subject}> <{DEF}{predicate}> "{value}"' + (f"^^<{_XSD}{datatype}>" if datatype else "")


def _year(subject: str, number: int) -> str:
    return _literal(subject, "fiscalYear", str(year(number)), "gYear")


def _amount(subject: str, number: int, index: int) -> str:
    """Return an amount that no other subject of its kind has: an order by amount has one answer only."""
    yuan = (number * 7919 + index * 6101) % 100_003
    return _literal(subject, "amount", f"{yuan}.{number % 10_000:04}{index:03}1", "decimal")
