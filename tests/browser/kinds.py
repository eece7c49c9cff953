"""One address of every kind of page that a service has."""

from __future__ import annotations

import json
import urllib.request
from urllib.parse import quote, urlencode

from server.addresses import href
from server.showing import local_name
from server.views import VIEWS
from tests.lod.conftest import BASE

_PLOTTED = "SELECT ?kind (COUNT(?x) AS ?count) WHERE { ?x a ?kind } GROUP BY ?kind ORDER BY DESC(?count) ?kind LIMIT 5"
FIXED = (
    "/",
    "/?lang=en",
    "/search?q=工会",
    "/search?q=%E2%80%AE",
    "/search?q=zzqq&kind=project",
    "/search?q=2463.57万元",
    "/search?q=0&kind=number&lang=en",
    "/audit",
    "/audit?severity=warning&lang=en",
    "/help",
    "/legal",
    "/units",
    "/projects",
    "/compare",
    "/compare?text=%E9%80%81%E6%B8%A9%E6%9A%96",
    "/sparql",
    "/sparql?lang=en&example=figures",
    f"/sparql?query={quote(_PLOTTED)}",
    f"/sparql?query={quote('CONSTRUCT { ?x a ?y } WHERE { ?x a ?y } LIMIT 2')}",
    "/query/documents",
    "/query/lineage",
    "/query/findings",
    "/dumps",
    "/catalogue",
    "/about",
    "/api",
    "/def",
    "/code",
    "/code/severity",
    "/code/severity/violation",
    "/rule",
)
"""Pages whose addresses are the same in every release."""
_ONE_OF_EACH = """SELECT ?kind (MIN(STR(?thing)) AS ?one) WHERE { ?thing a ?kind } GROUP BY ?kind ORDER BY ?kind"""
# Kinds that are looked at whether they have a view or not: a rule, a span with its text, and what is said of a thing.
_ANYHOW = ("AuditRule", "Span", "Document", "Organization")


def addresses(site: str) -> list[str]:
    """Return the paths of one page of every kind: the fixed ones, and of one thing of each kind that has a view."""
    asked = urllib.request.Request(
        f"{site}/sparql?{urlencode({'query': _ONE_OF_EACH})}", headers={"Accept": "application/sparql-results+json"}
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        rows = json.load(answer)["results"]["bindings"]
    one = {local_name(row["kind"]["value"]): row["one"]["value"] for row in rows}
    missing = {*VIEWS, *_ANYHOW} - set(one)
    assert not missing, f"the sample has none of these kinds: {missing}"
    return [*FIXED, *(str(href(one[each], BASE, "")) for each in dict.fromkeys((*_ANYHOW, *VIEWS)))]
