"""Documents' graphs to the corpus graph: canonical facts, lines of projects, names of classes, what citations mean.

Works on the dumps alone, so that anyone can link them again: the order of documents makes no difference. A fact's
dimensions stand in the graphs that state it; here stands what only all of them together say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from mapping.amounts import plain
from mapping.called import OF_CLASSES, Calling
from mapping.cited import OF_CITATIONS, Gathering
from mapping.graph import CODE, DEF, DERIVED, XSD
from mapping.release import ReleasedDocument, facts_graph, lines_of, parts_of, predicate_of
from mapping.resolve import Triple, resolve
from mapping.succession import OF_PROJECTS, Succession

# {base}fact/{region}/{entity}/{year}/{phase}/{measure}-{scope}/{classes}
_FACT = re.compile(r"(?P<head>.+/fact/[^/]+/[^/]+)/(?P<year>\d{4})/(?P<stage>[^/]+)(?P<rest>/[^/]+/[^/]+)")
# {base}disclosure/{region}/{entity}/{year}/{kind}
_DISCLOSURE = re.compile(r"(?P<head>.+/disclosure/[^/]+/[^/]+)/(?P<year>\d{4})/(?P<stage>budget|accounts)(?P<rest>)")
_REGION = re.compile(r"/disclosure/(\d{6})/")
_WANTED = frozenset(DEF + name for name in ("states", "low", "high", "sourcePath"))
_SPECIALIZES = "http://www.w3.org/ns/prov#specializationOf"
# What is read of a dump, as it is written there: of most lines nothing but the predicate is looked at.
_READ = frozenset(f"<{name}>".encode() for name in (*_WANTED, _SPECIALIZES, *OF_CITATIONS, *OF_PROJECTS, *OF_CLASSES))


@dataclass(slots=True)
class _Claims:
    """What states one fact: the claims with their intervals in 元, and the source paths they stand in."""

    bounds: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)


def link_release(release: Path, base: str, documents: Iterable[ReleasedDocument]) -> list[bytes]:
    """The corpus graph of some documents of a release directory, from their dumps."""
    return link(base, (lines_of(release / document.dump) for document in documents))


def link(base: str, dumps: Iterable[Iterable[bytes]]) -> list[bytes]:
    """The sorted N-Quads lines of the corpus graph of documents, each given as the lines of its dump."""
    claims: dict[str, _Claims] = defaultdict(_Claims)
    disclosures: set[str] = set()
    cited, succession, calling = Gathering(base), Succession(base), Calling()
    for dump in dumps:
        _read(dump, claims, disclosures, (cited, succession, calling))
    graph = facts_graph(base)
    triples = [
        *_amounts(claims),
        *_neighbours(claims, _FACT, "finalAccounts", "approved"),
        *succession.triples(claims),
        *calling.triples(),
        *_leaves(claims),
        *_neighbours(disclosures, _DISCLOSURE, "accounts", "budget"),
        *resolve(base, cited.corpus()),
    ]
    return sorted({f"<{s}> <{p}> {o} <{graph}> .\n".encode() for s, p, o in triples})


def _read(
    dump: Iterable[bytes],
    claims: dict[str, _Claims],
    disclosures: set[str],
    takers: tuple[Gathering, Succession, Calling],
) -> None:
    """Adds what one document claims, cites, says of projects and calls classes."""
    cited, succession, calling = takers
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    sources: list[str] = []
    regions: set[str] = set()
    for line in dump:
        if predicate_of(line) not in _READ or (found := parts_of(line)) is None:
            continue
        subject, predicate, term = found
        if predicate == DEF + "sourcePath":
            sources.append(_literal(term))
        elif (
            predicate in _WANTED
            or calling.wants(predicate)
            or cited.wants(subject, predicate)
            or succession.wants(subject, predicate)
        ):
            said[subject][predicate].append(term)
        if predicate == _SPECIALIZES:
            disclosures.add(term[1:-1])
            regions.update(_REGION.findall(term))
    cited.add(said, min(regions, default=None))
    succession.add(said)
    calling.add(said)
    for subject, values in said.items():
        for fact in values[DEF + "states"]:
            if values[DEF + "low"] and values[DEF + "high"]:
                low, high = (Decimal(_literal(values[DEF + name][0])) for name in ("low", "high"))
                claims[fact[1:-1]].bounds[subject] = (low, high)
                claims[fact[1:-1]].sources.update(sources)


def _literal(term: str) -> str:
    return term[1 : term.rindex('"')]


def _decimal(value: Decimal) -> str:
    return f'"{plain(value)}"^^<{XSD}decimal>'


# --- amounts ---


def _amounts(claims: Mapping[str, _Claims]) -> Iterator[Triple]:
    for fact, said in claims.items():
        bounds = said.bounds
        low, high = max(one for one, _ in bounds.values()), min(one for _, one in bounds.values())
        status = "single" if len(bounds) == 1 else "agreed" if low <= high else "conflicting"
        if status == "conflicting":
            low, high = min(one for one, _ in bounds.values()), max(one for _, one in bounds.values())
        else:
            yield fact, DEF + "amount", _decimal(min(max(_point(bounds), low), high))
        yield fact, DEF + "low", _decimal(low)
        yield fact, DEF + "high", _decimal(high)
        yield fact, DEF + "factStatus", f"<{CODE}fact-status/{status}>"
        yield fact, DEF + "sources", f'"{";".join(sorted(said.sources))}"'
        for claim in bounds:
            yield fact, DERIVED, f"<{claim}>"


def _point(bounds: Mapping[str, tuple[Decimal, Decimal]]) -> Decimal:
    """The amount that is stated most precisely, of equally precise ones the lowest; all together may not allow it."""
    _, low, high = min((high - low, low, high) for low, high in bounds.values())
    return (low + high) / 2


# --- neighbours ---


def _neighbours(found: Collection[str], shape: re.Pattern[str], accounts: str, budget: str) -> Iterator[Triple]:
    """Links facts or disclosures to the same of the year before, and accounts to the budget that they account for."""
    for iri in found:
        if (parts := shape.fullmatch(iri)) is None:
            continue
        before = f"{parts['head']}/{int(parts['year']) - 1}/{parts['stage']}{parts['rest']}"
        if before in found:
            yield iri, DEF + "yearBefore", f"<{before}>"
        budgeted = f"{parts['head']}/{parts['year']}/{budget}{parts['rest']}"
        if parts["stage"] == accounts and budgeted in found:
            yield iri, DEF + "accountsFor", f"<{budgeted}>"


def _leaves(claims: Mapping[str, _Claims]) -> Iterator[Triple]:
    """Marks the facts that may be added up: of one classification, with no deeper class of it beside them."""
    classes: dict[str, set[str]] = defaultdict(set)
    for fact in claims:
        classes[fact.rpartition("/")[0]].add(fact.rpartition("/")[2])
    for fact in claims:
        group, _, own = fact.rpartition("/")
        single = own != "all" and "-" not in own
        deeper = (other for other in classes[group] if other != own and other.startswith(own) and "-" not in other)
        leaf = single and not any(deeper)
        yield fact, DEF + "safeToSum", f'"{str(leaf).lower()}"^^<{XSD}boolean>'
