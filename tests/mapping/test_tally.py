"""A tally rules out what it can be sure of, and nothing of a graph that is not written plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapping.tally import Claim, Step, Tally, read_tally
from tests.mapping.assembled import made

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
IN_LANGUAGE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
P, Q = "<https://e.org/p>", "<https://e.org/q>"
A, B, CLASS = "<https://e.org/a>", "<https://e.org/b>", "<https://e.org/C>"


def number(value: str) -> str:
    return f'"{value}"^^<{XSD}integer>'


def graph(*said: tuple[str, str, str]) -> str:
    return "".join(f"{' '.join(one)} <https://e.org/graph> .\n" for one in said)


def tallied(*said: tuple[str, str, str]) -> Tally:
    tally = read_tally(graph(*said))
    assert tally is not None
    return tally


def claim(name: str, bound: str, *path: str, above: tuple[Step, ...] = ()) -> Claim:
    return Claim(name, "targetClass", CLASS, above, tuple((False, (one,)) for one in path), bound)


SMALL = ((A, TYPE, CLASS), (A, P, number("3")), (A, Q, number("5")), (B, P, number("12")), (B, P, number("-1")))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (claim("minCount", number("1"), P), True),
        (claim("minCount", number("1"), CLASS), False),
        (claim("maxCount", number("1"), P), True),  # B is of no class
        (claim("maxCount", number("0"), P), False),
        (claim("datatype", f"<{XSD}integer>", P), True),
        (claim("datatype", f"<{XSD}decimal>", P), False),
        (claim("minInclusive", number("3"), P), True),
        (claim("minInclusive", number("4"), P), False),
        (claim("maxInclusive", number("3"), P), True),
        (claim("lessThan", Q, P), True),
        (claim("lessThan", P, Q), False),
        (claim("lessThanOrEquals", P, P), True),
        (claim("nodeKind", "<http://www.w3.org/ns/shacl#IRI>", P), False),
        (claim("nodeKind", "<http://www.w3.org/ns/shacl#IRI>"), True),
        (claim("pattern", "^https://e.org/a$"), True),
        (claim("pattern", "b$"), False),
        (claim("in", f"{number('3')}\n{number('4')}", P), True),
        (claim("in", number("4"), P), False),
        (claim("class", CLASS), True),
        (claim("class", CLASS, P), False),
        (claim("closed", f"{TYPE}\n{P}\n{Q}"), True),
        (claim("closed", f"{TYPE}\n{P}"), False),
        (claim("hasValue", number("3"), P), True),
        (claim("minLength", number("2"), P), False),
        (claim("maxLength", number("1"), P), True),
        (claim("maxCount", number("9"), P, Q), False),  # a path of two is for the query
        (claim("in", number("5"), Q, above=((False, (P,)), (True, (P,)))), True),
    ],
)
def test_claims(said: Claim, kept: bool) -> None:
    assert tallied(*SMALL).keeps(said) is kept


def test_escaped_characters_are_for_the_query() -> None:
    tally = tallied((A, TYPE, CLASS), (A, P, r'"a\"b"'))
    assert not tally.keeps(claim("minLength", number("1"), P))


def test_names_in_a_language_are_tallied() -> None:
    tally = tallied((A, TYPE, CLASS), (A, P, '"支出"@zh-hans'), (A, Q, '"spending"@en'))
    assert tally.keeps(claim("datatype", IN_LANGUAGE, P))
    assert not tally.keeps(claim("datatype", f"<{XSD}string>", Q))
    assert tally.keeps(claim("maxLength", number("2"), P))


@pytest.mark.parametrize("source", SAMPLES, ids=lambda source: source.stem)
def test_the_graph_of_a_document_has_a_tally(source: Path) -> None:
    """Without one every constraint is asked, which takes longer than all the rest of a build."""
    tally = read_tally(made(source).built.quads)
    assert tally is not None
    assert tally.sound


@pytest.mark.parametrize(
    "quads",
    [
        "",
        "# nothing\n",
        graph((A, P, "_:b")),
        graph(("_:b", P, A)),
        graph((A, P, number("03"))),
        graph((A, P, '"支出"@zh-Hans')),  # a store would write zh-hans
        graph((A, "<http://www.w3.org/2000/01/rdf-schema#subClassOf>", CLASS)),
        graph((A, P, B)) + f"{A} {P} {A} <https://e.org/other> .\n",
        f"{A} {P} {B} .\n" + graph((A, P, B)),
        graph((A, P, B)).replace(" ", "\t", 1),
        "\n" + graph((A, P, B)),
        graph((A, P, B)) + "\n",
    ],
)
def test_what_is_not_written_plainly_has_no_tally(quads: str) -> None:
    assert read_tally(quads) is None


def test_only_iris_without_doubt_are_sound() -> None:
    assert tallied((A, P, "<https://e.org/text#char=0,8>")).sound
    for odd in ("<e.org>", "<https://e.org/%zz>", "<https://e.org/a#b#c>"):
        assert not tallied((A, P, odd)).sound
