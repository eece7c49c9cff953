"""Budget-like quads that are always the same: documents with observations, units, projects and facts.

Each document is a named graph. Units, classes and measures are said again in each document that speaks of them, so that
the merge, which follows as the default graph, has fewer triples than the graphs together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

BASE = "https://example.org/budget/"
DEF = "https://w3id.org/yusuan/def#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NAME = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

CLASSES, MEASURES, REGIONS = 200, 10, 31
YEARS = range(2021, 2026)
OBSERVATIONS, PROJECTS, FACTS, CLASSES_SAID = 150, 15, 20, 40
DOCUMENTS_OF_A_UNIT = len(YEARS)
QUADS_OF_A_DOCUMENT = 8 + 5 + 2 * CLASSES_SAID + 8 * OBSERVATIONS + 6 * PROJECTS + 6 * FACTS


def document(number: int) -> str:
    """Return the IRI of a document."""
    return f"{BASE}document/{number:08x}"


def graph(number: int) -> str:
    """Return the IRI of the named graph of a document."""
    return f"{document(number)}/graph"


def unit(number: int) -> str:
    """Return the IRI of the unit that a document is of; it has one for each year."""
    return f"{BASE}organisation/{number // DOCUMENTS_OF_A_UNIT}"


def region(number: int) -> str:
    """Return the IRI of a region."""
    return f"{BASE}region/{number % REGIONS}"


def functional_class(number: int) -> str:
    """Return the IRI of a functional class."""
    return f"{BASE}class/{number % CLASSES}"


def measure(number: int) -> str:
    """Return the IRI of a measure."""
    return f"{BASE}measure/{number % MEASURES}"


def write_quads(path: Path, quads: int) -> int:
    """Return how many documents were written as N-Quads, about so many quads in named graphs, and then their merge."""
    documents = max(1, quads // QUADS_OF_A_DOCUMENT)
    merged: set[str] = set()
    with path.open("w", encoding="utf-8") as out:
        for number in range(documents):
            context = f" <{graph(number)}> .\n"
            for triple in _triples(number):
                out.write(triple + context)
                merged.add(triple)
        out.writelines(f"{triple} .\n" for triple in sorted(merged))
    return documents


def _triples(number: int) -> Iterator[str]:
    """Yield the triples of one document as they stand in N-Triples, without the full stop."""
    one, of, year = document(number), unit(number), YEARS[number % len(YEARS)]
    yield from _said(one, "Document", f"部门预算公开文件第{number}号", unit=of)
    yield _literal(one, "fiscalYear", str(year), "gYear")
    yield _literal(one, "published", f"{year}-02-{number % 28 + 1:02}", "date")
    yield _iri(one, "kind", f"{BASE}kind/{'budget' if number % 2 else 'accounts'}")
    yield _iri(one, "text", f"{one}/text")
    yield _literal(one, "sourcePath", f"{number}.txt")
    yield from _said(
        of, "Organisation", f"甲省第{number // DOCUMENTS_OF_A_UNIT}号单位", region=region(number // DOCUMENTS_OF_A_UNIT)
    )
    yield _literal(of, "level", str(number // DOCUMENTS_OF_A_UNIT % 5), "integer")
    yield _iri(of, "parent", f"{BASE}organisation/{number // DOCUMENTS_OF_A_UNIT // 10}")
    for offset in range(CLASSES_SAID):
        each = number + offset
        yield _literal(functional_class(each), "notation", f"{2010000 + each % CLASSES}")
        yield f'<{functional_class(each)}> <{_NAME}> "功能分类第{each % CLASSES}类"@zh'
    for index in range(OBSERVATIONS):
        yield from _observation(number, index, year)
    for index in range(PROJECTS):
        project = f"{of}/project/{year}/{index}"
        yield from _said(project, "Project", f"第{number}号文件的项目{index}", organisation=of)
        yield _literal(project, "fiscalYear", str(year), "gYear")
        yield _amount(project, number, index)
        yield _iri(project, "document", one)
    for index in range(FACTS):
        fact = f"{of}/fact/{year}/{index}"
        yield f"<{fact}> <{_TYPE}> <{DEF}Fact>"
        yield _iri(fact, "entity", of)
        yield _iri(fact, "measure", measure(index))
        yield _literal(fact, "fiscalYear", str(year), "gYear")
        yield _amount(fact, number, index + PROJECTS)
        yield _iri(fact, "statedBy", f"{one}/observation/{index}")


def _observation(number: int, index: int, year: int) -> Iterator[str]:
    observation = f"{document(number)}/observation/{index}"
    yield from _said(observation, "Observation", f"第{index}行", document=document(number))
    yield _iri(observation, "entity", unit(number))
    yield _iri(observation, "functionalClass", functional_class(number + index % CLASSES_SAID))
    yield _amount(observation, number, index)
    yield _literal(observation, "fiscalYear", str(year), "gYear")
    yield _literal(observation, "row", str(index), "integer")


def _said(subject: str, kind: str, name: str, **link: str) -> Iterator[str]:
    yield f"<{subject}> <{_TYPE}> <{DEF}{kind}>"
    yield f'<{subject}> <{_NAME}> "{name}"'
    for predicate, target in link.items():
        yield _iri(subject, predicate, target)


def _iri(subject: str, predicate: str, target: str) -> str:
    return f"<{subject}> <{DEF}{predicate}> <{target}>"


def _literal(subject: str, predicate: str, value: str, datatype: str = "") -> str:
    return f'<{subject}> <{DEF}{predicate}> "{value}"' + (f"^^<{_XSD}{datatype}>" if datatype else "")


def _amount(subject: str, number: int, index: int) -> str:
    """Return an amount that no other subject has: an order by amount has one answer only."""
    return _literal(subject, "amount", f"{number * 7919 % 100_003}.{number % 10_000:04}{index:03}1", "decimal")
