"""The catalogue in the words of schema.org, for search engines of data sets: JSON-LD that stands in a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from server.inventory import DCAT, DCT, TYPE, Inventory
from server.markup import embed

_NAME = "http://xmlns.com/foaf/0.1/name"
_SPDX = "http://spdx.org/rdf/terms#"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def catalogue_markup(found: Inventory, members: Sequence[str], language: str) -> Markup:
    """Return the catalogue with the data sets of one page."""
    described = _Describer(found, language)
    about = described.titled(found.catalogue, "DataCatalog")
    return embed(about | {"dataset": [described.titled(iri, "Dataset") for iri in members]})


def dataset_markup(found: Inventory, iri: str, language: str) -> Markup:
    """Return one data set with all that is known of it and of its files."""
    return embed(_Describer(found, language).dataset(iri))


class _Describer:
    """Describes things of a catalogue in one language."""

    def __init__(self, found: Inventory, language: str) -> None:
        self._found = found
        self._tag = {"zh": "zh-hans"}.get(language, language)

    def titled(self, iri: str, kind: str) -> dict[str, Any]:
        """Return what everything in a catalogue has; what is not known is left out."""
        publisher = next(iter(self._found.iris(iri, f"{DCT}publisher")), "")
        said = {
            "@context": "https://schema.org/",
            "@type": kind,
            "@id": iri,
            "url": iri,
            "name": self._word(iri, f"{DCT}title"),
            "description": self._word(iri, f"{DCT}description"),
            "license": next(iter(self._found.iris(iri, f"{DCT}license")), ""),
            "publisher": {"@type": "Organization", "@id": publisher, "name": self._word(publisher, _NAME)}
            if publisher
            else "",
        }
        return {key: value for key, value in said.items() if value}

    def dataset(self, iri: str) -> dict[str, Any]:
        """Return a data set; of a series its members are its parts."""
        found = self._found
        parts = found.iris(iri, f"{DCAT}seriesMember")
        said = {
            "version": self._word(iri, f"{DCAT}version"),
            "datePublished": self._word(iri, f"{DCT}issued"),
            "inLanguage": "zh-Hans",
            "keywords": found.literals(iri, f"{DCAT}keyword"),
            "temporalCoverage": [each.rpartition("-")[2] for each in found.iris(iri, f"{DCT}temporal")],
            "spatialCoverage": [
                {"@type": "Place", "@id": each, "name": self._word(each, "http://www.w3.org/2000/01/rdf-schema#label")}
                for each in found.iris(iri, f"{DCT}spatial")
            ],
            "creator": [
                {"@type": "GovernmentOrganization", "@id": each, "name": self._word(each, _NAME)}
                for each in found.iris(iri, f"{DCT}creator")
            ],
            "isPartOf": [{"@type": "Dataset", "@id": each} for each in found.iris(iri, f"{DCAT}inSeries")],
            "hasPart": [{"@type": "Dataset", "@id": each} for each in parts],
            "includedInDataCatalog": {"@type": "DataCatalog", "@id": found.catalogue},
            "distribution": [self._file(each) for each in found.iris(iri, f"{DCAT}distribution")],
        }
        kind = "Dataset" if set(found.iris(iri, TYPE)) & {f"{DCAT}Dataset", f"{DCAT}DatasetSeries"} else "CreativeWork"
        return self.titled(iri, kind) | {key: value for key, value in said.items() if value}

    def _file(self, iri: str) -> dict[str, str]:
        found = self._found
        checksum = next(iter(found.iris(iri, f"{_SPDX}checksum")), "")
        media_type = next(iter(found.iris(iri, f"{DCAT}mediaType")), "")
        said = {
            "@type": "DataDownload",
            "name": self._word(iri, f"{DCT}title"),
            "contentUrl": next(iter(found.iris(iri, f"{DCAT}downloadURL")), ""),
            "encodingFormat": media_type.removeprefix(_MEDIA_TYPES),
            "contentSize": self._word(iri, f"{DCAT}byteSize"),
            "sha256": self._word(checksum, f"{_SPDX}checksumValue"),
            "license": next(iter(found.iris(iri, f"{DCT}license")), ""),
        }
        return {key: value for key, value in said.items() if value}

    def _word(self, iri: str, name: str) -> str:
        words = self._found.words(iri, name)
        return words.get(self._tag) or next(iter(words.values()), "")
