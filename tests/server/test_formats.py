"""Negotiation by Accept (RFC 9110 12.5.1)."""

from __future__ import annotations

import pytest

from server.errors import NotAcceptableError
from server.formats import GRAPH_FORMATS, RESULT_FORMATS, Format, negotiate


@pytest.mark.parametrize(
    ("accept", "offered", "name"),
    [
        (None, RESULT_FORMATS, "json"),
        ("", RESULT_FORMATS, "json"),
        ("*/*", RESULT_FORMATS, "json"),
        ("*/*", GRAPH_FORMATS, "turtle"),
        ("text/csv", RESULT_FORMATS, "csv"),
        ("TEXT/CSV ; Q=0.5", RESULT_FORMATS, "csv"),
        ("application/json", RESULT_FORMATS, "json"),
        ("text/xml", RESULT_FORMATS, "xml"),
        ("text/*", RESULT_FORMATS, "csv"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.9", RESULT_FORMATS, "tsv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.5", RESULT_FORMATS, "xml"),
        ("application/sparql-results+json;q=0, */*", RESULT_FORMATS, "xml"),
        ("*/*;q=0.1, text/csv", RESULT_FORMATS, "csv"),
        ("image/png, text/turtle;q=0.2", GRAPH_FORMATS, "turtle"),
        ('text/csv;a="b,c";q=0.5, text/tab-separated-values;q=0.7', RESULT_FORMATS, "tsv"),
        ('application/ld+json;profile="urn:a;q=0"', GRAPH_FORMATS, "jsonld"),
        (r'text/csv;a="\",;q=0;\\", */*;q=0.1', RESULT_FORMATS, "csv"),
        ('text/csv, text/turtle;a="b', RESULT_FORMATS, "csv"),
        ("text/plain", GRAPH_FORMATS, "ntriples"),
        ("application/json", GRAPH_FORMATS, "jsonld"),
        ("application/rdf+xml, text/turtle;q=0.9", GRAPH_FORMATS, "rdfxml"),
    ],
)
def test_the_best_liked_is_chosen(accept: str | None, offered: tuple[Format, ...], name: str) -> None:
    assert negotiate(accept, offered).name == name


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0", "text/csv;q=none", "text/turtle"])
def test_nothing_acceptable_is_an_error(accept: str) -> None:
    with pytest.raises(NotAcceptableError, match="offered as application/sparql-results"):
        negotiate(accept, RESULT_FORMATS)
