"""Formats of answers: their names, media types and which kind of query has them; negotiation by Accept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import QueryResultsFormat, RdfFormat

from server.errors import NotAcceptableError


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the name used in options, the media type it is sent with, and others it answers to."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """Return the Content-Type header; text is UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


JSON = Format("json", "application/sparql-results+json", ("application/json",))
XML = Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Format("csv", "text/csv")
TSV = Format("tsv", "text/tab-separated-values")
TURTLE = Format("turtle", "text/turtle")
NTRIPLES = Format("ntriples", "application/n-triples", ("text/plain",))
JSONLD = Format("jsonld", "application/ld+json", ("application/json",))
RDFXML = Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml"))
NQUADS = Format("nquads", "application/n-quads")
TRIG = Format("trig", "application/trig")
PLAIN_JSON = Format("json", "application/json")
HTML = Format("html", "text/html", ("application/xhtml+xml",))
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

ERROR_JSON = Format("json", "application/json", ("application/sparql-results+json", "application/ld+json"))
ERROR_TEXT = Format("text", "text/plain", ("text/csv", "text/tab-separated-values"))
"""How an error is answered to who wants no page: as an object, or in a line."""

RESULT_FORMATS = (JSON, XML, CSV, TSV)
"""Formats of SELECT and ASK, in the server's order of preference."""
GRAPH_FORMATS = (TURTLE, NTRIPLES, JSONLD, RDFXML, NQUADS, TRIG)
"""Formats of CONSTRUCT and DESCRIBE, in the server's order of preference; those of data sets hold the default graph."""

RESULT_WRITERS: Mapping[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_WRITERS: Mapping[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}


_QUOTED = r'"(?:[^"\\]|\\.)*+\\?(?:"|$)'  # to its end where none is marked


def negotiate(accept: str | None, offered: Sequence[Format]) -> Format:
    """Return the offered format the client likes best (RFC 9110 12.5.1); raises `NotAcceptableError`.

    For each format the most specific range counts, so `text/csv;q=0, */*` is everything but CSV. Equal
    qualities go by the order of `offered`. No header, or an empty one, takes anything.
    """
    ranges = list(_ranges(accept or "")) or [("*/*", 1.0)]
    best = max(offered, key=lambda each: _quality(each, ranges))
    if _quality(best, ranges) <= 0:
        offers = ", ".join(each.media_type for each in offered)
        raise NotAcceptableError(f"this answer is offered as {offers}")
    return best


@lru_cache(maxsize=64)
def takes_gzip(accept_encoding: str | None) -> bool:
    """Return whether a client accepts gzip, and likes no coding at all no better (RFC 9110 12.5.3).

    >>> takes_gzip("br, gzip;q=0.8"), takes_gzip("x-gzip"), takes_gzip("gzip;q=0, *")
    (True, True, False)
    >>> takes_gzip("identity, gzip;q=0.5"), takes_gzip(None)
    (False, False)
    """
    stated = dict(_ranges(accept_encoding or ""))
    quality = stated.get("gzip", stated.get("x-gzip", stated.get("*", 0.0)))  # one coding (RFC 9110 8.4.1.3)
    return quality > 0 and quality >= stated.get("identity", 0.0)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for item in _split(accept, ","):
        media_range, *parameters = (part.strip().lower() for part in _split(item, ";"))
        if media_range:
            yield media_range, _weight(parameters)


def _split(listed: str, sign: str) -> list[str]:
    r"""Return the parts of a list; within quotation marks the sign parts nothing (RFC 9110 5.6.4).

    >>> _split(r'a;b="c,\",d",e', ",")
    ['a;b="c,\\",d"', 'e']
    """
    return re.findall(rf'(?:[^{sign}"]|{_QUOTED})+', listed) if '"' in listed else listed.split(sign)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(offer: Format, ranges: Sequence[tuple[str, float]]) -> float:
    for media_type in (offer.media_type, *offer.aliases):
        exact = [weight for media_range, weight in ranges if media_range == media_type]
        if exact:
            return max(exact)
    wildcards = (f"{offer.media_type.split('/', maxsplit=1)[0]}/*", "*/*")
    for wildcard in wildcards:
        matching = [weight for media_range, weight in ranges if media_range == wildcard]
        if matching:
            return max(matching)
    return 0.0
