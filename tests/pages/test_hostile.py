"""Every kind of page over a hostile release: data are shown as text, and a page stays small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from jinja2 import StrictUndefined
from pyoxigraph import NamedNode, QuerySolutions

from server.addresses import href
from server.app import Config, create_app
from server.catalogue import questions
from server.showing import local_name
from server.views import VIEWS
from tests.browser.kinds import FIXED
from tests.lod.conftest import BASE
from tests.pages.hostile_release import LONG, MARKER, PAYLOADS, Hostile, hostile_release
from tests.pages.reading import Element, Reading
from tests.server.conftest import InProcess

MOST_BYTES = 1_500_000
"""Bytes of the largest page."""
BROWSER = {"Accept": "text/html"}
ELEMENTS = frozenset(
    (
        *("html", "head", "title", "meta", "link", "script", "body", "header", "nav", "main", "footer", "aside"),
        *("section", "div", "p", "span", "bdi", "mark", "strong", "em", "code", "pre", "blockquote", "br", "small"),
        *(
            "q",
            "figure",
            "figcaption",
            "form",
            "label",
            "input",
            "select",
            "datalist",
            "option",
            "textarea",
            "button",
            "a",
            "details",
            "summary",
        ),
        *("h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("svg", "g", "path", "line", "text", "rect", "circle", "desc", "marker", "defs", "polyline", "polygon"),
    )
)
"""Elements that pages have; there are no pictures, frames or objects."""
_ADDRESSES = ("href", "src", "action", "formaction", "data-href", "cite", "poster")
_HARMLESS = re.compile(r"(?:https?://|/(?!/)|\?|#|$)")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_EACH = "SELECT ?kind ?x WHERE { ?x a ?kind } ORDER BY ?kind ?x"


@pytest.fixture(scope="module")
def hostile(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """Return the hostile release; tests must not change it."""
    return hostile_release(built, tmp_path_factory.mktemp("hostile") / "release")


@pytest.fixture(scope="module")
def visitor(hostile: Hostile) -> FlaskClient:
    """Return a client of its pages."""
    app = create_app(Config(hostile.release, InProcess(hostile.store)))
    app.jinja_env.undefined = StrictUndefined
    return app.test_client()


def kinds(hostile: Hostile) -> dict[str, list[str]]:
    """Return things of each kind: the first, and those with a long label."""
    found: dict[str, list[str]] = {}
    rows = hostile.store.query(_EACH)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        thing = row["x"]
        if isinstance(thing, NamedNode):
            things = found.setdefault(local_name(row["kind"].value), [])
            if not things or thing.value in hostile.long:
                things.append(thing.value)
    return found


def paths(hostile: Hostile) -> Iterator[str]:
    """Yield addresses of pages of all kinds, of some with what is wanted stated by an attacker."""
    yield from FIXED
    yield from ("/audit", "/audit?severity=violation", "/help", "/search", "/search?kind=organisation&page=2")
    for payload in PAYLOADS:
        yield f"/search?{urlencode({'q': payload})}"
        yield f"/search?{urlencode({'unit': payload, 'region': payload, 'year': payload})}"
        yield f"/legal?{urlencode({'number': payload})}"
        yield f"/?{urlencode({'scope': payload})}"
        yield f"/audit?{urlencode({'rule': payload})}"
        yield f"/{quote(payload)}"
        yield f"/query/{quote(payload)}"
        yield f"/sparql?{urlencode({'query': payload})}"
        yield f"/query/lineage?{urlencode({'iri': payload})}"
    yield f"/sparql?{urlencode({'query': 'SELECT * WHERE { ?x ?y ?z } LIMIT 400'})}"
    yield from (f"/query/{name}" for name in questions())
    for things in kinds(hostile).values():
        for thing in things:
            path = (href(thing, BASE, "") or "").partition("#")[0]
            if path.startswith("/"):
                yield path
                yield f"{path}?view=data"


def wrong(page: Reading) -> Iterator[str]:
    """Yield what a page must not have."""
    for each in page.elements:
        if each.tag not in ELEMENTS:
            yield f"<{each.tag}>"
        for name, value in each.attributes.items():
            if name.startswith("on") or name in (MARKER, "style", "srcdoc", "http-equiv"):
                yield f"<{each.tag} {name}>"
            if name in _ADDRESSES and not _HARMLESS.match(value):
                yield f"{name}={value[:60]!r}"
        if each.tag == "script" and not _is_harmless(each):
            yield f"script {each.attributes} {each.text[:60]!r}"


def unseen(page: Reading) -> Iterator[str]:
    """Yield the characters that act unseen; fields keep what was written into them."""
    for each in page.elements:
        if each.tag in ("title", "main", "nav"):
            fields = {piece for field in page.all("textarea") for piece in field.pieces}
            yield from (ascii(one) for piece in each.pieces if piece not in fields for one in _UNSEEN.findall(piece))
        for name, value in each.attributes.items():
            if name != "value":
                yield from (f"{name}: {one!a}" for one in _UNSEEN.findall(value))


def _is_harmless(script: Element) -> bool:
    if script.attributes.get("type") == "application/ld+json":
        return "<" not in script.text
    return script.attributes.get("src", "").startswith("/static/built/") and not script.text.strip()


def test_the_release_is_hostile(hostile: Hostile) -> None:
    assert len(hostile.long) >= 10
    found = kinds(hostile)
    assert set(VIEWS) <= set(found)
    assert len(found) > 30
    assert any(len(quad.object.value) > LONG // 2 for quad in hostile.store if hasattr(quad.object, "value"))


def test_pages_take_data_for_nothing_but_text(visitor: FlaskClient, hostile: Hostile) -> None:
    found: dict[str, list[str]] = {}
    visited = answered = 0
    for at, path in enumerate(dict.fromkeys(paths(hostile))):
        language = "en" if at % 3 == 0 else "zh"
        with visitor.get(f"{path}{'&' if '?' in path else '?'}lang={language}", headers=BROWSER) as response:
            visited += 1
            answered += response.status_code == 200
            problems = [f"status {response.status_code}"] if response.status_code >= 500 else []
            if len(response.data) > MOST_BYTES:
                problems.append(f"{len(response.data)} bytes")
            elif response.mimetype == "text/html":
                page = Reading(response.get_data(as_text=True))
                problems += sorted({*wrong(page), *unseen(page)})
        if problems:
            found[path] = problems
    assert found == {}, "\n".join(f"{path}: {problems}" for path, problems in found.items())
    assert visited > 250
    assert answered > 100


def test_files_of_hostile_findings_open(visitor: FlaskClient) -> None:
    for path in ("/audit.xlsx", "/audit.csv"):
        response = visitor.get(path)
        assert response.status_code == 200
        assert len(response.data) < MOST_BYTES
    cells = [cell for line in visitor.get("/audit.csv").text.splitlines() for cell in line.split(",")]
    assert not [each for each in cells if each.startswith(("=", "@", '"=', '"@'))]


def test_reading_finds_what_is_wrong() -> None:
    for payload in PAYLOADS[:4]:
        assert list(wrong(Reading(f'<p title="{payload}">{payload}</p>'))) or "'" in payload
    assert list(wrong(Reading('<a href="javascript:alert(1)">x</a>')))
    assert list(wrong(Reading('<a href="//example.com">x</a>')))
    assert list(wrong(Reading("<script>alert(1)</script>")))
    assert not list(wrong(Reading('<a href="/audit">x</a><script src="/static/built/charts.js?v=1"></script>')))
