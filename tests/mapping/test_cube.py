"""The tables of a document are well-formed data cubes (W3C RDF Data Cube, section 11.1: the constraints that apply)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import Quad, QueryBoolean, RdfFormat, Store, parse

from tests.mapping.assembled import made
from tests.mapping.layouts import pipe

GOLD = (Path(__file__).parent.parent / "cases").glob("*/figures.csv")
CASES = sorted(source for gold in GOLD for source in gold.parent.glob("source*.txt"))
PREFIXES = """
    PREFIX qb: <http://purl.org/linked-data/cube#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX e: <https://example.org/>
    PREFIX def: <https://w3id.org/yusuan/def#>
"""
OF_CELL = "?cell qb:dataSet/qb:structure/qb:component ?part ."

# Each constraint: what breaks it, and the least change to a cube (BROKEN_OF) that does.
CONSTRAINTS = {
    "IC-1": (
        """{ ?cell a def:Observation . FILTER NOT EXISTS { ?cell qb:dataSet ?set } }
           UNION { ?cell qb:dataSet ?one, ?two . FILTER(?one != ?two) }""",
        "INSERT DATA { e:cell qb:dataSet e:other }",
    ),
    "IC-2": (
        """?set a def:Table . FILTER NOT EXISTS { ?set qb:structure/rdfs:label ?known }""",
        "DELETE DATA { e:table qb:structure e:structure }",
    ),
    "IC-2, one": (
        """?set qb:structure ?one, ?two . FILTER(?one != ?two)""",
        "INSERT DATA { e:table qb:structure e:other }",
    ),
    "IC-3": (
        """?structure a qb:DataStructureDefinition . FILTER NOT EXISTS { ?structure qb:component/qb:measure ?some }""",
        "DELETE DATA { e:structure qb:component e:measured }",
    ),
    "IC-4": (
        """?some a qb:DimensionProperty . FILTER NOT EXISTS { ?some rdfs:range ?any }""",
        "DELETE DATA { e:phase rdfs:range skos:Concept }",
    ),
    "IC-5": (
        """?some a qb:DimensionProperty ; rdfs:range skos:Concept . FILTER NOT EXISTS { ?some qb:codeList ?any }""",
        "DELETE DATA { e:phase qb:codeList e:phases }",
    ),
    "IC-6": (
        """?part qb:componentRequired false . FILTER NOT EXISTS { ?part qb:attribute ?some }""",
        "INSERT DATA { e:measured qb:componentRequired false }",
    ),
    "IC-11": (
        f"""{OF_CELL} ?part qb:dimension ?some . FILTER NOT EXISTS {{ ?cell ?some ?any }}""",
        "DELETE DATA { e:cell e:phase e:planned }",
    ),
    "IC-12": (
        """?one qb:dataSet ?set ; def:rowNumber ?row ; def:columnNumber ?column .
           ?two qb:dataSet ?set ; def:rowNumber ?row ; def:columnNumber ?column . FILTER(?one != ?two)""",
        "INSERT DATA { e:cell def:rowNumber 1 ; def:columnNumber 1 . "
        "e:second qb:dataSet e:table ; def:rowNumber 1 ; def:columnNumber 1 }",
    ),
    "IC-13": (
        f"""{OF_CELL} ?part qb:attribute ?some ; qb:componentRequired true .
            FILTER NOT EXISTS {{ ?cell ?some ?any }}""",
        "INSERT DATA { e:structure qb:component e:role . e:role qb:attribute e:is ; qb:componentRequired true }",
    ),
    "IC-14": (
        f"""{OF_CELL} ?part qb:measure ?some . FILTER NOT EXISTS {{ ?cell ?some ?any }}""",
        "DELETE DATA { e:cell e:amount 1 }",
    ),
    "IC-19": (
        f"""{OF_CELL} ?part qb:dimension ?some . ?some qb:codeList ?list . ?cell ?some ?value .
            FILTER NOT EXISTS {{ ?value a skos:Concept ; skos:inScheme ?list }}""",
        "DELETE DATA { e:planned skos:inScheme e:phases }",
    ),
    "every name of the structure is a property of its kind": (
        """{ ?part qb:dimension ?some . FILTER NOT EXISTS { ?some a qb:DimensionProperty } }
           UNION { ?part qb:measure ?some . FILTER NOT EXISTS { ?some a qb:MeasureProperty } }
           UNION { ?part qb:attribute ?some . FILTER NOT EXISTS { ?some a ?kind
             FILTER(?kind IN (qb:AttributeProperty, qb:MeasureProperty)) } }""",
        "DELETE DATA { e:amount a qb:MeasureProperty }",
    ),
}
SOUND = """
    @prefix qb: <http://purl.org/linked-data/cube#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <https://example.org/> .
    @prefix def: <https://w3id.org/yusuan/def#> .
    e:cell a def:Observation ; qb:dataSet e:table ; e:phase e:planned ; e:amount 1 .
    e:table a def:Table ; qb:structure e:structure .
    e:structure a qb:DataStructureDefinition ; rdfs:label "known" ; qb:component e:phased, e:measured .
    e:phased qb:dimension e:phase . e:phase a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList e:phases .
    e:measured qb:measure e:amount . e:amount a qb:MeasureProperty .
    e:planned a skos:Concept ; skos:inScheme e:phases .
"""


def broken(store: Store) -> list[str]:
    """Return the constraints that a store breaks."""
    return [name for name, (breach, _) in CONSTRAINTS.items() if asked(store, breach)]


def asked(store: Store, pattern: str) -> bool:
    """Return whether a pattern is found in any graph."""
    answer = store.query(f"{PREFIXES} ASK {{ {pattern} }}", use_default_graph_as_union=True)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


@cache
def vocabulary() -> list[Quad]:
    """Return the vocabulary but for the classes of expenditure, which no dimension is of."""
    read = ("budget.ttl", "code-lists.ttl", "cube.ttl")
    return [
        Quad(*said) for name in read for said in parse(files("ontology").joinpath(name).read_bytes(), RdfFormat.TURTLE)
    ]


def with_vocabulary(source: Path) -> Store:
    """Return the graph of a file beside the vocabulary."""
    store = Store()
    store.extend(vocabulary())
    store.load(made(source).built.quads.encode(), format=RdfFormat.N_QUADS)
    return store


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
    assert len(CONSTRAINTS) >= 13


def test_a_sound_cube_breaks_nothing() -> None:
    store = Store()
    store.load(SOUND.encode(), format=RdfFormat.TURTLE)
    assert broken(store) == []


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_what_breaks_a_constraint_is_found(name: str) -> None:
    store = Store()
    store.load(SOUND.encode(), format=RdfFormat.TURTLE)
    store.update(PREFIXES + CONSTRAINTS[name][1])
    assert name in broken(store)


@pytest.mark.parametrize("source", CASES, ids=lambda source: source.parent.name)
def test_the_tables_of_a_disclosure_are_cubes(source: Path) -> None:
    assert broken(with_vocabulary(source)) == []


@pytest.mark.parametrize(("unit", "structure"), [("单位：万元", "amountTable"), ("", "printedTable")])
def test_a_table_without_unit_has_no_amounts_for_measure(tmp_path: Path, unit: str, structure: str) -> None:
    source = tmp_path / "source.txt"
    rows = [["科目", "合计", "财政拨款"], ["档案事务", "12.50", "12.50"], ["合计", "12.50", "12.50"]]
    source.write_text(f"某市档案馆2025年部门预算\n收入总表\n{unit}\n{pipe(rows)}", encoding="utf-8")
    store = with_vocabulary(source)
    assert asked(store, f"?cell qb:dataSet/qb:structure <https://w3id.org/yusuan/def/cube/{structure}>")
    assert broken(store) == []
