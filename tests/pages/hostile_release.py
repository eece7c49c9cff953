"""A release made of hostile labels and quotes: that of the sample corpus, all words of its data replaced."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from mapping.index import write_index
from server.release import QuarantinedSource, Release, open_release
from server.showing import local_name

MARKER = "x-hostile"
"""The element and the attribute that a page has where it takes data for markup."""
LONG = 1_000_000
"""Characters of the longest labels."""

_CONTROLS = "\x01\x08\x0b\x0c\x1b\x7f\x85\x9b\u2028\u2029"
_DIRECTIONS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\u061c"
PAYLOADS = (
    f"<{MARKER}>",
    f'"><{MARKER} onload=alert(1)><script>alert(1)</script>',
    f"' {MARKER}='1' onmouseover='alert(1)",
    f'" {MARKER}="1" onmouseover="alert(1)" style="position:fixed',
    f"</title></textarea></script></style></option></select><{MARKER}>",
    f"<!--<{MARKER}>--><![CDATA[<{MARKER}>]]>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}{{ config }}",
    f"{_DIRECTIONS}单位{_DIRECTIONS}",
    f"{_CONTROLS}甲{_CONTROLS}",
    "&lt;b&gt;&#x202e;&#0;&amp",
    "\ufeff\ufffe\ufdd0\U000e0001\U0010ffff",
    "𝒳" * 50 + "e" + "\u0301" * 200,
    "//example.com/%00/..;/\\..\\?#%",
    "=cmd|' /C calc'!A0",
    "\n\n\t  \n",
    "{zh: x}\r\nSet-Cookie: a=b",
)
# Kinds of which one thing has words as long as that.
_LONG_KINDS = (
    *("Disclosure", "Document", "Table", "Statement", "LegalDocument", "Project", "Indicator", "Organization"),
    *("Region", "Finding", "Citation", "Span", "ProjectEntry", "OrganisationEntry", "Staffing"),
)
_DEF = "https://w3id.org/yusuan/def#"
_LONG_WORDS = ("http://www.w3.org/2000/01/rdf-schema#label", f"{_DEF}clause", f"{_DEF}quote", f"{_DEF}citedTitle")
_STRING = "http://www.w3.org/2001/XMLSchema#string"
# What tells one thing from another, or where it stands: a build writes these, not a document.
_KEPT = {f"{_DEF}{name}" for name in ("starts", "ends", "sha256", "findingKey", "figuresKey", "region")}
_KEPT.add("http://www.w3.org/2004/02/skos/core#notation")
_LINKS = (
    "http://www.w3.org/2000/01/rdf-schema#seeAlso",
    "http://www.w3.org/ns/dcat#downloadURL",
    "http://purl.org/dc/terms/license",
)
_EVIL = (f"javascript:alert('{MARKER}')", f"data:text/html,{MARKER}", f"vbscript:{MARKER}", f"http://x.org/'{MARKER}")
_OURS = "https://w3id.org/yusuan/"


@dataclass(frozen=True)
class Hostile:
    """The release with its store; `long` are things with words of `LONG` characters."""

    release: Release
    store: Store
    long: tuple[str, ...]


def hostile_release(built: Path, out: Path) -> Hostile:
    """Return a hostile release below `out`, made of one that was built."""
    release = open_release(built)
    shutil.copytree(release.directory, out, ignore=shutil.ignore_patterns("store*", "*.sqlite", "*.nq"))
    quads = list(Store.read_only(str(release.store_path)).quads_for_pattern(None, None, None, DefaultGraph()))
    long = _one_of_each(quads)
    store = Store()
    store.extend(_hostile(quads, long))
    for document in release.documents:
        path = out / document.rendition
        path.write_bytes(_stretched(len(path.read_bytes().decode("utf-8"))).encode("utf-8"))
    write_index(store, out / "search.sqlite")
    changed = replace(
        release,
        directory=out,
        documents=tuple(replace(each, sources=PAYLOADS) for each in release.documents),
        quarantined=tuple(QuarantinedSource(each, each) for each in (*PAYLOADS, "甲" * LONG)),
    )
    return Hostile(changed, store, tuple(sorted(long)))


def _one_of_each(quads: Sequence[Quad]) -> set[str]:
    """Return one thing of each kind that has long words."""
    found: dict[str, str] = {}
    for quad in quads:
        subject, kind = quad.subject, quad.object
        if not quad.predicate.value.endswith("#type") or _ours(quad):
            continue
        if isinstance(kind, NamedNode) and isinstance(subject, NamedNode) and local_name(kind.value) in _LONG_KINDS:
            found.setdefault(kind.value, subject.value)
    return set(found.values())


def _ours(quad: Quad) -> bool:
    """Return whether it is the vocabulary that says so."""
    return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(_OURS)


def _hostile(quads: Sequence[Quad], long: set[str]) -> Iterator[Quad]:
    for quad in quads:
        term = quad.object
        if not isinstance(term, Literal) or _ours(quad) or quad.predicate.value in _KEPT:
            yield quad
        elif term.language or term.datatype.value == _STRING:
            yield Quad(quad.subject, quad.predicate, _words(quad, term, long))
        else:
            yield quad
    for at, thing in enumerate(sorted(long)):
        for link in _LINKS:
            yield Quad(NamedNode(thing), NamedNode(link), NamedNode(_EVIL[at % len(_EVIL)]))


def _words(quad: Quad, term: Literal, long: set[str]) -> Literal:
    """Return hostile words that are the same each time, in the language of those that they take the place of."""
    value = f"{quad.subject} {quad.predicate} {term}".encode("utf-8", "surrogatepass")
    chosen = PAYLOADS[int(hashlib.sha256(value).hexdigest(), 16) % len(PAYLOADS)]
    if isinstance(quad.subject, NamedNode) and quad.subject.value in long and quad.predicate.value in _LONG_WORDS:
        chosen = f"<{MARKER}>" * (LONG // 11)
    return Literal(chosen, language=term.language) if term.language else Literal(chosen)


def _stretched(length: int) -> str:
    """Return a text of some characters, which may end within a payload."""
    whole = "\n".join(PAYLOADS)
    return (whole * (length // len(whole) + 1))[:length]
