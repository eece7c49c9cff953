"""The crawl finds nothing wrong with the sample release, and finds every fault that is put before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse, serialize

from server.release import open_release
from tests.lod.conftest import BASE
from tests.lod.crawl import RDF, Answer, Bounds, crawl, dump_faults, kind_of

PAGE = "text/html; charset=utf-8"
TRIPLE = (
    "<https://data.example.org/budget/thing> <http://purl.org/dc/terms/relation> <https://w3id.org/yusuan/def#a> .\n"
)
DEFINED = '<https://w3id.org/yusuan/def#a> <http://www.w3.org/2000/01/rdf-schema#label> "a" .\n'


class InProcess:
    """The pages over the sample release, in this process."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, accept: str) -> Answer:
        """Return the response to a GET, redirections as such."""
        with closing(self.client.get(path, headers={"Accept": accept})) as answer:
            headers = {name.lower(): ", ".join(answer.headers.getlist(name)) for name, _ in answer.headers}
            return Answer(answer.status_code, headers, answer.data)


class Paper:
    """A site of two pages and two things, in which a test puts what is wrong; answers by path and first media type."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Answer] = {}
        self.say("/", "text/html", '<a href="/thing">thing</a> <a href="/other#here">other</a>')
        self.say("/other", "text/html", '<p id="here"><a href="https://example.net/">elsewhere</a></p>')
        self.thing("/thing", TRIPLE)
        self.thing("/def", DEFINED)

    def thing(self, path: str, triple: str) -> None:
        """Say one triple in all formats."""
        (quad,) = parse(triple, format=RdfFormat.N_TRIPLES)
        links = ", ".join(f'<{path}{suffix}>; rel="alternate"' for suffix in (".ttl", ".nt"))
        self.say(path, "text/html", f"<p id='a'>{path}</p>", link=links)
        for media_type, form in RDF.items():
            written = serialize([quad.triple], format=form) or b""
            self.say(path, media_type, written.decode(), link=links)
        self.say(f"{path}.ttl", "text/html", triple, kind="text/turtle")
        self.say(f"{path}.nt", "text/html", triple, kind="application/n-triples")

    def say(self, path: str, accept: str, body: str, kind: str = "", **headers: str) -> None:
        """Answer so."""
        stated = {"content-type": kind or accept, "vary": "Accept", **headers}
        self.answers[path, accept] = Answer(200, stated, body.encode())

    def change(self, path: str, accept: str, **changes: object) -> None:
        """Answer otherwise in one respect."""
        self.answers[path, accept] = replace(self.answers[path, accept], **changes)  # type: ignore[arg-type]

    def get(self, path: str, accept: str) -> Answer:
        """Return the response to a GET."""
        return self.answers.get((path, accept.partition(",")[0]), Answer(404, {}, b""))


def crawled(site: Paper) -> list[str]:
    return crawl(site, BASE, Bounds(), starts=["/"]).faults


def moved(site: Paper, location: str) -> None:
    site.answers["/other", "text/html"] = Answer(303, {"location": location}, b"")


FAULTS: Mapping[str, tuple[Callable[[Paper], object], str]] = {
    "a dead link": (lambda site: site.answers.pop(("/other", "text/html")), "/other, linked from /: 404"),
    "a place that is not in the page": (
        lambda site: site.say("/other", "text/html", "<p id='there'>"),
        "/other#here, linked from /: there is no such place",
    ),
    "a term that its graph does not speak of": (
        lambda site: site.thing("/def", DEFINED.replace("#a", "#b")),
        "/def#a, linked from /thing: there is no such place",
    ),
    "a thing of ours that is not there": (
        lambda site: [site.answers.pop(key) for key in list(site.answers) if key[0] == "/def"],
        "/def, linked from /thing: 404",
    ),
    "a format that is missing": (
        lambda site: site.answers.pop(("/thing", "application/rdf+xml")),
        "/thing, linked from /: 404 for application/rdf+xml",
    ),
    "a format that says something else": (
        lambda site: site.change("/thing", "application/ld+json", body=b"{}"),
        "application/ld+json differs from Turtle by 1 triples",
    ),
    "a format that cannot be read": (
        lambda site: site.change("/thing", "application/rdf+xml", body=b"<rdf"),
        "application/rdf+xml cannot be read",
    ),
    "another format than was asked for": (
        lambda site: site.change("/thing", "text/turtle", headers={"content-type": "text/html", "vary": "Accept"}),
        "text/html where text/turtle was asked for",
    ),
    "a format without Vary": (
        lambda site: site.change("/thing", "text/turtle", headers={"content-type": "text/turtle"}),
        "text/turtle without Vary",
    ),
    "a document of a format that is not there": (
        lambda site: site.answers.pop(("/thing.nt", "text/html")),
        "/thing.nt, linked from /thing: 404",
    ),
    "a thing of which nothing is said": (
        lambda site: site.change("/thing", "text/turtle", body=b""),
        "nothing is said of it in Turtle",
    ),
    "a redirection to another site": (lambda site: moved(site, "https://example.net/"), "leads away"),
    "a redirection to nowhere": (lambda site: moved(site, "/nowhere"), "404 for text/html"),
    "a redirection to itself": (lambda site: moved(site, "/other"), "303 for text/html"),
}


def test_a_sound_site_has_no_faults() -> None:
    report = crawl(Paper(), BASE, Bounds(), starts=["/"])
    assert report.faults == []
    assert dict(report.things) == {"/thing": 1, "/def": 1}
    assert dict(report.pages) == {"/": 1, "/other": 1, "/thing.ttl": 1, "/thing.nt": 1, "/def.ttl": 1, "/def.nt": 1}
    assert (report.requests, report.triples) == (6 + 2 * 5, 2)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name: str) -> None:
    put, said = FAULTS[name]
    site = Paper()
    put(site)
    assert any(said in each for each in crawled(site)), crawled(site)


def test_bounds_are_kept_and_what_they_leave_out_is_counted() -> None:
    site = Paper()
    links = "".join(f'<a href="/page/{number}">{number}</a><a href="/?q={number}">{number}</a>' for number in range(9))
    site.say("/", "text/html", links)
    for number in range(9):
        site.say(f"/page/{number}", "text/html", "")
        site.say(f"/?q={number}", "text/html", "")
    report = crawl(site, BASE, Bounds(things=4, variants=2), starts=["/"])
    assert (report.faults, dict(report.pages)) == ([], {"/": 1, "/page/…": 4, "/?q": 2})
    assert dict(report.left) == {"/page/…": 5, "/?q": 7}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "/"),
        ("/api/tables.csv?limit=2&offset=4", "/api/tables.csv?limit&offset"),
        ("/document/" + "0a" * 32, "/document/…"),
        ("/document/" + "0a" * 32 + "/finding/row-sum/0123456789abcdef", "/document/…/finding/…/…"),
        ("/fact/130700/0123456789abcdef/2024/approved/income-1/all", "/fact/…/…/…/…/…/…"),
        ("/organisation/x/0123456789abcdef.jsonld", "/organisation/…/….jsonld"),
        ("/code/functional/2024/2012999", "/code/…/…/…"),
        ("/query/tables", "/query/tables"),
    ],
)
def test_kinds(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_nothing_is_wrong_with_the_sample_release(client: FlaskClient) -> None:
    """Three things of each kind; `python -m tests.lod.crawl --data …` asks for all."""
    report = crawl(InProcess(client), BASE, Bounds(things=3, variants=2))
    assert report.faults == []
    assert sum(report.things.values()) >= 100
    assert len(report.things) >= 40
    wanted = "/document/… /document/…/observation/… /legal/…/… /organisation/…/… /def /code/… /code/…/… /rule/… /void"
    assert [each for each in wanted.split() if not report.things[each]] == []
    assert report.triples >= 10_000


def test_dumps_loaded_into_a_fresh_store_equal_what_is_served(built: Path) -> None:
    assert dump_faults(open_release(built)) == []
