"""Things to IRIs (docs/graph.md): ASCII, the same for the same sources, and distinct for distinct things.

Nothing here looks at the order of tables, at a unit code alone, or at a reading of characters that others share: keys
of names are hashes of the characters themselves.
"""

from __future__ import annotations

import hashlib
import re

from mapping.document import Span, normal_name

UNKNOWN = "x"
_PROJECT_CODE = re.compile(r"[0-9A-Z]{8,40}")


def name_key(name: str) -> str:
    """Sixteen hexadecimal digits that stand for the characters of `name` (NFKC, without whitespace).

    >>> name_key("泽州县 总工会") == name_key("泽州县总工会")
    True
    """
    return hashlib.sha256(normal_name(name).encode()).hexdigest()[:16]


def document_iri(base: str, sha256: str) -> str:
    """The IRI of one version: these very bytes."""
    return f"{base}document/{sha256}"


def graph_iri(document: str) -> str:
    """The named graph of a document."""
    return f"{document}/graph"


def findings_graph_iri(document: str) -> str:
    """The named graph of what the audit of a document found."""
    return f"{document}/findings"


def corpus_findings_iri(base: str) -> str:
    """The named graph of what only several documents together show."""
    return f"{base}findings"


def finding_iri(document: str, rule: str, key: str) -> str:
    """A finding, by its rule and by what its cells say."""
    return f"{document}/finding/{rule}/{key}"


def review_iri(document: str, key: str) -> str:
    """What became of a finding of a document."""
    return f"{document}/review/{key}"


def text_iri(document: str) -> str:
    """The frozen rendition of a document."""
    return f"{document}/text"


def span_iri(document: str, span: Span) -> str:
    """Code points of the rendition, as an RFC 5147 fragment."""
    return f"{document}/text#char={span.start},{span.end}"


def part_iri(document: str, kind: str, span: Span) -> str:
    """A thing read in a document: `kind` is table, observation, statement, indicator, … (docs/graph.md)."""
    return f"{document}/{kind}/{span.start}-{span.end}"


def organisation_iri(base: str, region: str | None, name: str) -> str:
    """An organisation by region and name; a unit code is not part of it (711 is a union in many places)."""
    return f"{base}organisation/{region or UNKNOWN}/{name_key(name)}"


def region_iri(base: str, code: str) -> str:
    """A place by its six digits of GB/T 2260."""
    return f"{base}region/{code}"


def disclosure_iri(
    base: str, region: str | None, name: str | None, year: int | None, kind: str, *, document: str
) -> str:
    """What stays the same when a disclosure is published anew; of nobody known, what this document alone discloses.

    >>> disclosure_iri("urn:", None, None, 2024, "budget", document="urn:document/0123456789abcdef01")
    'urn:disclosure/x/x-0123456789abcdef/2024/budget'
    """
    entity = name_key(name) if name else f"{UNKNOWN}-{document.rpartition('/')[2][:16]}"
    return f"{base}disclosure/{region or UNKNOWN}/{entity}/{year or UNKNOWN}/{kind}"


def project_iri(
    base: str, code: str | None, name: str, *, region: str | None, entity: str | None, year: int | None
) -> str:
    """One year's project: by its nation-wide code, else by region, entity, year and name."""
    if code and _PROJECT_CODE.fullmatch(code) and re.search("[A-Z]", code):
        return f"{base}project/{code}"
    owner = name_key(entity) if entity else UNKNOWN
    return f"{base}project/{region or UNKNOWN}/{owner}/{year or UNKNOWN}/{name_key(name)}"


def class_iri(base: str, scheme: str, year: int, code: str) -> str:
    """A class of one year's classification."""
    return f"{base}code/{scheme}/{year}/{code}"


def fact_iri(base: str, region: str | None, entity: str, *, when: str, measure: str, scope: str, classes: str) -> str:
    """A canonical fact by its key; `when` is year/phase, the only steps in which facts of two years or phases differ.

    `entity` is empty where unknown. `scope` names all dimensions without a step of their own, `classes` are f2012901,
    e30101, g50101 or all.
    """
    owner = f"{region or UNKNOWN}/{name_key(entity) if entity else UNKNOWN}"
    return f"{base}fact/{owner}/{when}/{measure}-{hashlib.sha256(scope.encode()).hexdigest()[:8]}/{classes}"
