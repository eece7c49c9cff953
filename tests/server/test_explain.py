"""What is said of a text that is no query: the slip where it is, not the place to which the parser came."""

from __future__ import annotations

import pytest

from server.errors import QuerySyntaxError
from server.evaluate import check_syntax
from server.protocol import read_sparql_request


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { <http://a b> ?p ?o }", "error at 1:12: <http://a b> is no IRI, which cannot have a blank"),
        ("SELECT *\n{ ?s ?p <urn:{x}> }", "error at 2:9: <urn:{x}> is no IRI, which cannot have {"),
        ("SELECT ？x { ?x ?y ?z }", "error at 1:8: ？ is a full-width sign, SPARQL has ?"),
        ("SELECT * { ?s ?p “x” }", "“ is a full-width sign"),
        (
            "SELECT * { ?s a http://a.b/c#d ; ?p ?o }",
            "error at 1:17: an IRI stands in angle brackets: <http://a.b/c#d>",
        ),
        ("SELEC x\n", "error at 1:1: SELEC begins no query"),
        ("PREFIX a: <x:>\nFIND ?x", "error at 2:1: FIND begins no query"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", "SELECT names a variable twice"),
        ("SELECT ?x { ?x ?y ?z } GROUP BY ?y", "SELECT names a variable that GROUP BY does not"),
        ("SELECT * { ?x ?y ?z ", 'it may go on with ",", ".", ";"'),
        ("SELECT * { ?s ?p", r'"?", "[", "\"", "\"\"\"", among others'),
        ("SELECT <script> {}", "error at 1:16: it cannot be read further than this"),
    ],
)
def test_a_slip_is_said_where_it_is(text: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError) as found:
        check_syntax(text, "")
    assert said in found.value.message
    assert "[_]" not in found.value.message
    assert "DISTINCT" not in found.value.message


def test_signs_in_texts_are_no_slips() -> None:
    with pytest.raises(QuerySyntaxError, match="ex: is not declared"):
        check_syntax('SELECT * { ?s ex:p "为什么？" } # （注）', "")


@pytest.mark.parametrize("body", [b"\xef\xbb\xbfSELECT * {}", None])
def test_a_byte_order_mark_is_no_part_of_a_query(body: bytes | None) -> None:
    query = b"" if body else b"query=%EF%BB%BFSELECT%20*%20%7B%7D"
    assert read_sparql_request(query, "application/sparql-query" if body else "", body).text == "SELECT * {}"
