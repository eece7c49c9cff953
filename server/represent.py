"""The formats in which things are described: their suffixes, and triples written in each of them.

The same triples give the same bytes, whatever order they come in, so that a strong ETag tells the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Triple, serialize

from server.errors import NotAcceptableError
from server.evaluate import as_xml
from server.formats import GRAPH_WRITERS, HTML, JSONLD, NTRIPLES, RDFXML, TURTLE, Format
from server.jsonld import write_jsonld
from server.prefixes import prefixes

RDF_FORMATS = (TURTLE, JSONLD, RDFXML, NTRIPLES)
FORMATS = (HTML, *RDF_FORMATS)
"""What things are described in, in the server's order of preference."""
SUFFIXES: Mapping[str, Format] = {".html": HTML, ".ttl": TURTLE, ".jsonld": JSONLD, ".rdf": RDFXML, ".nt": NTRIPLES}
TITLES: Mapping[str, str] = {
    "html": "HTML",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF/XML",
    "ntriples": "N-Triples",
}
"""What people call the formats of `FORMATS`, by name."""

_SUFFIX_OF = {each.name: suffix for suffix, each in SUFFIXES.items()}


def split_suffix(path: str) -> tuple[str, Format | None]:
    """Return a path without the suffix that states a format, and that format.

    >>> split_suffix("/region/140525.ttl")[0], split_suffix("/region/140525")
    ('/region/140525', ('/region/140525', None))
    """
    for suffix, each in SUFFIXES.items():
        if path.endswith(suffix) and not path.endswith(f"/{suffix}"):
            return path.removesuffix(suffix), each
    return path, None


def suffix_of(each: Format) -> str:
    """Return the suffix that states a format of `FORMATS`."""
    return _SUFFIX_OF[each.name]


def format_links(address: str) -> list[dict[str, str]]:
    """Return the links of a page to the formats of RDF at its address: `href`, `media_type` and `title` of each."""
    return [
        {"href": f"{address}{suffix_of(each)}", "media_type": each.media_type, "title": TITLES[each.name]}
        for each in RDF_FORMATS
    ]


def write(triples: Iterable[Triple], chosen: Format, first: str = "") -> bytes:
    """Return triples in a format of `RDF_FORMATS`; `first` is the IRI that is described before all others.

    Raises `NotAcceptableError` where the format cannot say what they say.
    """
    ordered = sorted(set(triples), key=lambda each: (str(each.subject) != f"<{first}>", str(each)))
    if chosen is JSONLD:
        return write_jsonld(ordered)
    try:
        written = serialize(ordered, format=GRAPH_WRITERS[chosen.name], prefixes=_used(ordered, chosen))
    except (ValueError, OSError) as error:
        raise NotAcceptableError(f"{chosen.media_type} cannot say this: ask for another format") from error
    assert written is not None
    return as_xml(written) if chosen is RDFXML else written


def _used(triples: Iterable[Triple], chosen: Format) -> dict[str, str]:
    """Return the prefixes that the triples need."""
    if chosen is NTRIPLES:
        return {}
    text = "\n".join(map(str, triples))
    return {prefix: namespace for prefix, namespace in prefixes().items() if f"<{namespace}" in text}
