"""A crawl of a served release: every link and every IRI of ours leads somewhere, and says the same in every format.

    python -m tests.lod.crawl --data data [--per-kind 50] [--variants 20] [--jobs 4] [--public]

serves the release on a free port, begins at `/` and `/.well-known/void`, follows every link of every page and every
IRI of ours in every graph, and prints what it counted; it ends with 1 where something is wrong. `--per-kind` bounds
how many things of one kind are asked for (0: all), `--variants` how many addresses with a query or a suffix.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from threading import local
from typing import Protocol
from urllib.parse import quote, unquote, urljoin, urlsplit

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from server.addresses import local_path
from server.release import Release, open_release
from tests.server.processes import served

STARTS = ("/", "/.well-known/void")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDF = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-triples": RdfFormat.N_TRIPLES,
}
_SITE = "http://site.invalid"
_MOVED = (301, 302, 303, 307, 308)
# What one thing of a kind has of its own in its path: digests, keys, codes, places; all that follows some words.
_OWN = re.compile(r"[0-9a-f]{16,64}|.*\d.*|x")
_ALL_OWN = frozenset({"code", "rule", "fact"})
_NEXT_OWN = frozenset({"finding", "earlier", "mark", "legal-relation", "prefix"})
_SUFFIXED = re.compile(r"\.(?:ttl|jsonld|rdf|nt|html|txt)$")
_IN_LINE = re.compile(r'<([^>]*)>((?:;\s*[\w-]+="[^"]*")*)')


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: header names are in lower case, those that come several times joined by commas."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Return the media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


class Site(Protocol):
    """What answers: a server, or an application in this process."""

    def get(self, path: str, accept: str) -> Answer:
        """Return the response to a GET, redirections as such."""


class Served:
    """A server at an address; each thread has a connection of its own."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._kept = local()

    def get(self, path: str, accept: str) -> Answer:
        """Return the response to a GET, redirections as such."""
        if not hasattr(self._kept, "connection"):
            self._kept.connection = HTTPConnection(self._host, timeout=120)
        connection: HTTPConnection = self._kept.connection
        connection.request("GET", path, headers={"Accept": accept})
        response = connection.getresponse()
        headers: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in response.getheaders():
            headers[name.lower()].append(value)
        return Answer(response.status, {name: ", ".join(each) for name, each in headers.items()}, response.read())


@dataclass(slots=True)
class Report:
    """What a crawl came to: requests, things and triples by kind, and every fault with where it was found."""

    requests: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    things: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    triples: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many are asked for of one kind of thing, and of addresses with a query or a format's suffix; None: all."""

    things: int | None = None
    variants: int | None = 20


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where something leads: a path, the fragment that must be there, and whether a page says so or a graph."""

    path: str
    fragment: str
    from_page: bool


@dataclass(slots=True)
class _Seen:
    """What one address came to; `anchors` are places of its page, `described` fragments that its graph speaks of."""

    requests: int = 0
    kind: str = ""
    is_thing: bool = False
    triples: int = 0
    faults: list[str] = field(default_factory=list)
    leads: set[_Lead] = field(default_factory=set)
    anchors: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()


class _Links(HTMLParser):
    """What a page links to, and what can be linked to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep every link: of anchors, resources, relations and forms that are sent by GET."""
        stated = {name: value or "" for name, value in attrs}
        self.anchors.add(stated.get("id", ""))
        self.links += [stated[name] for name in ("href", "src") if name in stated]
        if tag == "form" and stated.get("method", "get").lower() == "get" and "action" in stated:
            self.links.append(stated["action"])


def crawl(site: Site, base: str, bounds: Bounds, jobs: int = 1, starts: Iterable[str] = STARTS) -> Report:
    """Return what following everything from the starts came to; `base` is that of the release."""
    report = Report()
    there: dict[tuple[str, bool], frozenset[str]] = {}
    wanted: dict[_Lead, str] = {}
    known: set[str] = set()
    asked: Counter[str] = Counter()
    ahead = [(each, "the start") for each in starts]
    with ThreadPoolExecutor(jobs) as threads:
        while ahead:
            due = list(_due(ahead, known, asked, bounds, report))
            ahead = []
            for (path, place), seen in zip(due, threads.map(lambda each: visit(site, base, each[0]), due), strict=True):
                _count(report, seen)
                report.faults += [f"{path}, linked from {place}: {each}" for each in seen.faults]
                there[path, True], there[path, False] = seen.anchors, seen.described
                for each in sorted(seen.leads, key=lambda lead: (lead.path, lead.fragment)):
                    ahead.append((each.path, path))
                    wanted.setdefault(each, path)
    report.faults += [
        f"{each.path}#{each.fragment}, linked from {place}: there is no such place"
        for each, place in wanted.items()
        if each.fragment and each.fragment not in there.get((each.path, each.from_page), {each.fragment})
    ]
    return report


def visit(site: Site, base: str, path: str) -> _Seen:
    """Return what an address came to: asked for as a browser does, and where it is a thing, in every format."""
    seen = _Seen(kind=kind_of(path))
    answer, place = _follow(site, path, BROWSER, seen)
    if answer is None:
        return seen
    if answer.media_type == "text/html":
        page = _Links(answer.body.decode("utf-8"))
        seen.anchors = frozenset(page.anchors - {""})
        seen.leads |= {each for link in page.links if (each := _own(urljoin(f"{_SITE}{place}", link), base, True))}
    elif answer.media_type in RDF:
        _read(answer, place, base, seen)
    relations = _relations(answer.headers.get("link", ""))
    seen.leads |= {each for _, to in relations if (each := _own(urljoin(f"{_SITE}{place}", to), base, False))}
    stated = _SUFFIXED.search(place.partition("?")[0])
    if not stated and any(relation == "alternate" and target.endswith(".ttl") for relation, target in relations):
        seen.is_thing = True
        _compare(site, base, path, seen)
    return seen


def kind_of(path: str) -> str:
    """Return what an address is one of many of: its path without what is its own, its query without values.

    >>> kind_of("/document/4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945/observation/40-48?page=2")
    '/document/…/observation/…?page'
    >>> kind_of("/code/phase/approved.ttl")
    '/code/…/….ttl'
    """
    bare, mark, query = path.partition("?")
    stem, suffix = _SUFFIXED.sub("", bare), "".join(_SUFFIXED.findall(bare))
    parts = stem.split("/")
    kept = [
        "…" if _OWN.fullmatch(part) or (place > 1 and (parts[1] in _ALL_OWN or parts[place - 1] in _NEXT_OWN)) else part
        for place, part in enumerate(parts)
    ]
    names = "&".join(sorted(each.partition("=")[0] for each in query.split("&"))) if mark else ""
    return "/".join(kept) + suffix + mark + names


def _due(
    ahead: Iterable[tuple[str, str]], known: set[str], asked: Counter[str], bounds: Bounds, report: Report
) -> Iterator[tuple[str, str]]:
    """Yield what is to be asked for yet, within the bounds; what is left out is counted."""
    for path, found_at in ahead:
        if path in known:
            continue
        known.add(path)
        kind = kind_of(path)
        most = bounds.variants if "?" in path or _SUFFIXED.search(path.partition("?")[0]) else bounds.things
        if most is not None and asked[kind] >= most:
            report.left[kind] += 1
            continue
        asked[kind] += 1
        yield path, found_at


def _count(report: Report, seen: _Seen) -> None:
    report.requests += seen.requests
    report.triples += seen.triples
    (report.things if seen.is_thing else report.pages)[seen.kind] += 1


def _follow(site: Site, path: str, accept: str, seen: _Seen) -> tuple[Answer | None, str]:
    """Return the answer, once it is one, and where it was found; None where there is none, with a fault."""
    place = path
    for _ in range(5):
        seen.requests += 1
        answer = site.get(quote(place, safe="/?&=%:;,@!$'()*+~-._"), accept)
        if answer.status not in _MOVED:
            break
        moved = urljoin(f"{_SITE}{place}", answer.headers.get("location", ""))
        if not moved.startswith(_SITE):
            seen.faults.append(f"leads away to {moved}")
            return None, place
        place = moved.removeprefix(_SITE).partition("#")[0]
    if answer.status != 200:
        seen.faults.append(f"{answer.status} for {accept.partition(',')[0]}")
        return None, place
    return answer, place


def _compare(site: Site, base: str, path: str, seen: _Seen) -> None:
    """Ask for a thing in every RDF format, and see that all say the same."""
    graphs: dict[str, set[Triple]] = {}
    for media_type in RDF:
        answer, place = _follow(site, path, media_type, seen)
        if answer is None:
            continue
        if answer.media_type != media_type:
            seen.faults.append(f"{answer.media_type} where {media_type} was asked for")
        elif "accept" not in answer.headers.get("vary", "").lower():
            seen.faults.append(f"{media_type} without Vary")
        else:
            graphs[media_type] = _read(answer, place, base, seen)
    first = graphs.get("text/turtle", set())
    about = {_own(str(each.subject)[1:-1], base, False) for each in first}
    seen.described = frozenset(each.fragment for each in about if each and each.path == path)
    seen.triples += len(first)
    if not first:
        seen.faults.append("nothing is said of it in Turtle")
    seen.faults += [
        f"{media_type} differs from Turtle by {len(found ^ first)} triples, such as {next(iter(found ^ first))}"
        for media_type, found in graphs.items()
        if found != first
    ]


def _read(answer: Answer, place: str, base: str, seen: _Seen) -> set[Triple]:
    """Return the triples of an answer, and note the IRIs of ours among their terms."""
    try:
        quads = list(parse(answer.body, format=RDF[answer.media_type], base_iri=f"{_SITE}{place}"))
    except (SyntaxError, ValueError) as error:
        seen.faults.append(f"{answer.media_type} cannot be read: {error}")
        return set()
    for each in {term for quad in quads for term in (quad.subject, quad.predicate, quad.object)}:
        if isinstance(each, NamedNode) and (found := _own(each.value, base, False)):
            seen.leads.add(found)
    return {each.triple for each in quads}


def _own(iri: str, base: str, from_page: bool) -> _Lead | None:
    """Return where an IRI leads on this site; None for those of others."""
    path = iri.removeprefix(_SITE) if iri.startswith(f"{_SITE}/") else local_path(iri, base)
    if path is None:
        return None
    bare, _, fragment = path.partition("#")
    # A place in plain text (RFC 5147) is none of a page.
    return _Lead(bare, "" if from_page and fragment.startswith("char=") else unquote(fragment), from_page)


def _relations(header: str) -> list[tuple[str, str]]:
    """Return the relations and targets of a Link header (RFC 8288)."""
    found = []
    for target, parameters in _IN_LINE.findall(header):
        relation = re.search(r'rel="([^"]*)"', parameters)
        found += [(each, target) for each in (relation[1].split() if relation else ())]
    return found


# --- dumps ---


def dump_faults(release: Release) -> list[str]:
    """Return how the dumps of a release differ from what is served: loaded into a fresh store, they are to be equal."""
    dumps = release.dumps
    whole = [each for each in dumps if each.startswith("dump") and each.endswith(".nq")]
    if not whole:
        return ["there is no dump of the whole"]
    fresh = Store()
    fresh.bulk_load(path=str(release.dump_file(whole[0])), format=RdfFormat.N_QUADS)
    loaded = set(fresh)
    stored = set(Store.read_only(str(release.store_path)))
    named = {each for each in stored if not isinstance(each.graph_name, DefaultGraph)}
    merged = {Quad(each.subject, each.predicate, each.object) for each in loaded}
    faults = [] if loaded == named else [f"{whole[0]} and the store differ by {len(loaded ^ named)} quads"]
    if merged != stored - named:
        faults.append(f"the default graph is not the merge of {whole[0]}")
    of_documents: set[Quad] = set()
    for each in set(dumps) - set(whole):
        if each.endswith(".nq"):
            of_documents |= set(parse(path=str(release.dump_file(each)), format=RdfFormat.N_QUADS))
    stray = of_documents - loaded
    return faults + ([f"{len(stray)} quads of documents' dumps are not in {whole[0]}"] if stray else [])


def print_report(report: Report, seconds: float) -> None:
    """Print what was counted, the most frequent kinds first, and every fault."""
    print(f"{report.requests} requests in {seconds:.0f} s, {report.triples} triples read")
    for name, counted in (("things", report.things), ("pages and files", report.pages), ("left out", report.left)):
        print(f"{sum(counted.values())} {name} of {len(counted)} kinds")
        for kind, times in counted.most_common():
            print(f"  {times:7} {kind}")
    print(f"{len(report.faults)} faults")
    for each in report.faults[:100]:
        print(f"  {each[:400]}")


def main() -> int:
    """Crawl a release of a data directory; returns 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.lod.crawl", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--per-kind", type=int, default=0)
    parser.add_argument("--variants", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--public", action="store_true")
    given = parser.parse_args()
    release = open_release(given.data, public=given.public)
    begun = time.monotonic()
    with served(given.data, YUSUAN_LIGHT_WORKERS="3", YUSUAN_PUBLIC=str(given.public).lower()) as (_, address):
        bounds = Bounds(given.per_kind or None, given.variants or None)
        report = crawl(Served(address), release.base, bounds, given.jobs)
    report.faults += dump_faults(release)
    print_report(report, time.monotonic() - begun)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
