"""What search engines read in a page: a thing in the words of schema.org, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from pyoxigraph import NamedNode

from server.depict import Depicter
from server.release import Release
from server.resource import Description

_DEF = "https://w3id.org/yusuan/def#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_KINDS = {f"{_DEF}Disclosure": "Dataset", f"{_DEF}Document": "CreativeWork"}
_VERSION_OF = "http://www.w3.org/ns/prov#specializationOf"


def markup(description: Description, depicter: Depicter, release: Release) -> Markup | None:
    """Return the JSON-LD of a disclosure or a document, safe within a script element; None of other things."""
    kinds = [_KINDS[each] for each in description.values(_TYPE) if each in _KINDS]
    if not kinds:
        return None
    common = {
        "@context": "https://schema.org/",
        "@type": kinds[0],
        "@id": description.thing,
        "url": description.thing,
        "name": depicter.name(description.thing),
        "inLanguage": "zh-Hans",
        "isPartOf": {"@type": "Dataset", "@id": f"{release.base}release"},
    }
    own = _disclosure(description, depicter) if kinds[0] == "Dataset" else _document(description, depicter, release)
    return embed({key: value for key, value in (common | own).items() if value})


def embed(stated: Mapping[str, Any]) -> Markup:
    """Return JSON that stands in a script element: nothing in it can end the element."""
    written = json.dumps(stated, ensure_ascii=False, indent=1).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(written)


def _disclosure(description: Description, depicter: Depicter) -> dict[str, Any]:
    versions = [each.subject for each in description.pointing if each.predicate.value == _VERSION_OF]
    return {
        "description": depicter.name(description.thing),
        "temporalCoverage": next(iter(description.values(f"{_DEF}fiscalYear")), ""),
        "creator": _bodies(description, depicter),
        "hasPart": [{"@type": "CreativeWork", "@id": each.value} for each in versions if isinstance(each, NamedNode)],
    }


def _document(description: Description, depicter: Depicter, release: Release) -> dict[str, Any]:
    digest = next(iter(description.values(f"{_DEF}sha256")), "")
    dump = next((each.dump for each in release.shown_documents if each.sha256 == digest), "")
    encoding = [{"@type": "MediaObject", "contentUrl": f"{description.thing}/text.txt", "encodingFormat": "text/plain"}]
    if dump:
        address = f"{release.base}dumps/{dump}"
        encoding.append({"@type": "MediaObject", "contentUrl": address, "encodingFormat": "application/n-quads"})
    return {
        "datePublished": next(iter(description.values("http://purl.org/dc/terms/issued")), ""),
        "license": next(iter(description.values("http://purl.org/dc/terms/license")), ""),
        "isBasedOn": next(iter(description.values("http://www.w3.org/ns/dcat#downloadURL")), ""),
        "exampleOfWork": [{"@type": "Dataset", "@id": each} for each in description.values(_VERSION_OF)],
        "creator": _bodies(description, depicter),
        "encoding": encoding,
    }


def _bodies(description: Description, depicter: Depicter) -> list[dict[str, str]]:
    """Return the organisations that publish, by name."""
    found = description.values("http://purl.org/dc/terms/publisher")
    return [{"@type": "GovernmentOrganization", "@id": each, "name": depicter.name(each)} for each in found]
