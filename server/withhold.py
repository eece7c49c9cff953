"""What a public address does not show any more, or not yet: documents of a release, with all that is below them."""

from __future__ import annotations

import re

from server.errors import GoneError, ThingUnknownError
from server.evaluate import Evaluation, Evaluator
from server.formats import JSON
from server.release import Release, ReleasedDocument
from server.table import columns_and_rows

DRAFT = "reviewDraft"
"""Status of a document that the public does not know of."""

_DOCUMENT = re.compile(r"/?document/([0-9a-f]{64})(?:[/.].*)?", re.DOTALL)
_SUCCESSORS = """PREFIX dct: <http://purl.org/dc/terms/> PREFIX def: <https://w3id.org/yusuan/def#>
SELECT DISTINCT ?newer ?replaced WHERE { ?newer a def:Document ; dct:replaces ?replaced }"""


def withheld(path: str, release: Release) -> ReleasedDocument | None:
    """Return the document of a path that this release has and does not show here; None of any other path."""
    found = _DOCUMENT.fullmatch(path)
    if not found or not release.public:
        return None
    shown = {each.sha256 for each in release.shown_documents}
    documents = (each for each in release.documents if each.sha256 == found[1] and each.sha256 not in shown)
    return next(documents, None)


def successor(document: ReleasedDocument, evaluator: Evaluator) -> str | None:
    """Return the IRI of the one shown document that says it replaces a superseded one, by IRI, hash or path."""
    if document.status != "superseded":
        return None
    _, rows = columns_and_rows(evaluator.evaluate(Evaluation(_SUCCESSORS, JSON.name)))
    known = {document.iri, document.sha256, *document.sources}
    newer = {iri for iri, replaced in rows if replaced in known}
    return newer.pop() if len(newer) == 1 else None


def refusal(document: ReleasedDocument, newer: str | None) -> GoneError | ThingUnknownError:
    """Return the error that is answered for what is withheld; of a draft it does not say that there is one."""
    if document.status == DRAFT:
        return ThingUnknownError("this release says nothing of it")
    if newer:
        return GoneError(f"this version was superseded; it is replaced by {newer}", see=[(newer, newer)])
    return GoneError("this document was withdrawn" if document.status == "withdrawn" else "this version was superseded")
