"""A release to its catalogue: DCAT 3 with the counts of VoID, made of its store and files and of publisher.toml.

It states what is known and nothing more: without a publisher no publisher, without a licence no licence. The public one
of two is made of the store and the dump without hidden documents. There is no clock in it, and no blank node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from mapping.entries import Entry, Unit, read_entries, replaced, years_before
from mapping.export import prefixes
from mapping.lexicon import load
from mapping.listing import Listing, say
from mapping.partitions import describe_statistics
from mapping.publisher import Words
from mapping.regions import revision_of
from mapping.release import DUMP, PUBLIC_DUMP, PUBLIC_STORE, STORE, VOCABULARY_GRAPH, Manifest, file_sha256
from mapping.statistics import count

_VOCABULARY = "https://w3id.org/yusuan/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_FORMATS = {"application/n-quads": "RDF_N_QUADS", "text/turtle": "RDF_TURTLE", "text/plain": "TXT"}
_THEMES = "http://publications.europa.eu/resource/authority/data-theme"
_ACCESS = "http://publications.europa.eu/resource/authority/access-right/"
_CHINA = "http://publications.europa.eu/resource/authority/country/CHN"
_YEARLY = "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
_CHINESE = "http://id.loc.gov/vocabulary/iso639-1/zh"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_RECONCILIATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"


@dataclass(frozen=True, slots=True)
class _File:
    """A distribution: `name` is its fragment and the key of its words; without `path` its bytes are not counted."""

    name: str
    url: str
    access: str
    media_type: str | None = None
    path: str | None = None


def write_catalogue(release: Path, manifest: Manifest, *, public: bool) -> bytes:
    """The catalogue of the release in a folder, as Turtle; `public` is that of what is not hidden.

    Raises OSError where a store or file of the release cannot be opened.
    """
    return _Catalogue(release, manifest, public).as_turtle()


class _Catalogue:
    """The statements of one catalogue, gathered."""

    def __init__(self, release: Path, manifest: Manifest, public: bool) -> None:
        self._folder, self._manifest, self._publisher = release, manifest, manifest.publisher
        self._base, self._dump = manifest.base, PUBLIC_DUMP if public else DUMP
        self._iri, self._dataset = f"{manifest.base}catalogue", f"{manifest.base}release"
        self._said = Listing()
        store = Store.read_only(str(release / (PUBLIC_STORE if public else STORE)))
        shown = (each for each in manifest.documents if not (public and each.hidden))
        self._entries = read_entries(store, shown)
        self._counted = count(store, self._base, (_VOCABULARY, *prefixes().values()))

    def as_turtle(self) -> bytes:
        """The whole catalogue."""
        self._about_catalogue()
        self._about_publisher()
        self._about_release()
        if not self._manifest.imported:
            self._about_vocabulary()
        self._about_datasets()
        self._about_series()
        self._about_services()
        if not self._manifest.imported:
            self._about_terms_of_others()
        return self._said.as_turtle()

    # --- the catalogue and who publishes it ---

    def _about_catalogue(self) -> None:
        said, iri = self._said, self._iri
        said.typed(iri, "dcat:Catalog")
        self._titled(iri, self._title, self._summary)
        self._published(iri)
        said.value(iri, "dct:issued", self._publisher.issued, "date")
        said.value(iri, "dct:modified", self._publisher.modified, "date")
        said.link(iri, "foaf:homepage", self._base)
        said.typed(self._base, "foaf:Document")
        if not self._manifest.imported:
            said.link(iri, "dcat:themeTaxonomy", _THEMES)
        said.link(iri, "dct:license", self._publisher.facts)
        said.link(iri, "dcat:dataset", self._dataset)
        self._attributed(iri)
        self._placed(iri, self._units)

    @property
    def _title(self) -> Words:
        own, default = self._publisher.title, say("imported-title" if self._manifest.imported else "title")
        return Words(own.zh or default.zh, own.en or default.en)

    @property
    def _summary(self) -> Words:
        if self._manifest.imported:
            return say("imported", files=len(self._manifest.sources))
        return say("description")

    @property
    def _units(self) -> list[Unit]:
        return list(dict.fromkeys(entry.unit for entry in self._entries if entry.unit))

    def _about_publisher(self) -> None:
        said, publisher = self._said, self._publisher
        if publisher.name != Words():
            agent = f"{self._iri}#publisher"
            said.typed(agent, "foaf:Agent", "org:Organization")
            said.words(agent, "foaf:name", publisher.name)
            said.link(agent, "foaf:homepage", publisher.homepage)
            if publisher.homepage:
                said.typed(publisher.homepage, "foaf:Document")
        if publisher.contact:
            contact = f"{self._iri}#contact"
            said.typed(contact, "vcard:Organization", "vcard:Kind")
            said.words(contact, "vcard:fn", publisher.name if publisher.name != Words() else self._title)
            is_web = publisher.contact.startswith(("http://", "https://"))
            address = publisher.contact if is_web else f"mailto:{publisher.contact}"
            said.link(contact, "vcard:hasURL" if is_web else "vcard:hasEmail", address)
        if publisher.attribution != Words():
            self._rights_statement(f"{self._iri}#attribution", publisher.attribution)
        if isinstance(publisher.source, Words):
            self._rights_statement(f"{self._iri}#source-rights", publisher.source)
        for licence in (publisher.facts, publisher.vocabulary, publisher.source):
            if isinstance(licence, str):
                said.typed(licence, "dct:LicenseDocument")

    def _rights_statement(self, iri: str, words: Words) -> None:
        self._said.typed(iri, "dct:RightsStatement")
        self._said.words(iri, "rdfs:label", words)

    # --- data sets ---

    def _about_release(self) -> None:
        said, iri = self._said, self._dataset
        self._a_dataset(iri, self._title, self._summary)
        said.text(iri, "dcat:version", self._manifest.version)
        said.text(iri, "dct:identifier", self._manifest.version)
        said.value(iri, "dct:modified", self._publisher.modified, "date")
        said.link(iri, "dct:license", self._publisher.facts)
        said.link(iri, "dcat:landingPage", self._base)
        self._attributed(iri)
        self._accessible(iri, hidden=False)
        self._placed(iri, self._units)
        self._timed(iri, (entry.year for entry in self._entries))
        if not self._manifest.imported:
            self._keywords(iri, ("all", *sorted({entry.kind for entry in self._entries})))
        dump = _File("dump", f"{self._base}dumps/{self._dump}", f"{self._base}dumps", "application/n-quads", self._dump)
        self._facts_file(iri, dump)
        said.link(iri, "void:sparqlEndpoint", f"{self._base}sparql")
        said.link(iri, "void:dataDump", dump.url)
        if not self._manifest.imported:
            said.text(iri, "void:uriSpace", self._base)
        describe_statistics(said, iri, f"{self._base}void", self._counted)

    def _about_vocabulary(self) -> None:
        said, iri = self._said, f"{self._iri}/vocabulary"
        self._a_dataset(iri, say("vocabulary-title"), say("vocabulary"))
        said.link(self._iri, "dcat:dataset", iri)
        said.link(iri, "dcat:landingPage", f"{self._base}def")
        said.typed(f"{self._base}def", "foaf:Document")
        said.link(iri, "foaf:primaryTopic", VOCABULARY_GRAPH)
        said.link(iri, "dct:spatial", _CHINA)
        said.typed(_CHINA, "dct:Location")
        said.link(iri, "dct:license", self._publisher.vocabulary)
        self._accessible(iri, hidden=False)
        self._keywords(iri, ("all",))
        turtle = _File("ontology", f"{self._base}def.ttl", f"{self._base}def", "text/turtle")
        said.link(self._file(iri, turtle), "dct:license", self._publisher.vocabulary)

    def _about_datasets(self) -> None:
        before, earlier = years_before(self._entries), replaced(self._entries)
        for entry in self._entries:
            iri, document = self._dataset_of(entry), entry.document
            self._about_document(iri, entry)
            if previous := before.get(document.iri):
                self._said.link(iri, "dcat:prev", self._dataset_of(previous))
            if other := earlier.get(document.iri):
                self._said.link(iri, "dct:replaces", self._dataset_of(other))
                self._said.link(iri, "dcat:previousVersion", self._dataset_of(other))

    def _about_document(self, iri: str, entry: Entry) -> None:
        said, document = self._said, entry.document
        self._a_dataset(iri, Words(zh=entry.title), say("dataset", title=entry.title))
        said.link(self._iri, "dcat:dataset", iri)
        said.link(self._dataset, "dct:hasPart", iri)
        said.text(iri, "dct:identifier", document.sha256)
        said.value(iri, "dct:issued", entry.issued, "date")
        said.link(iri, "dct:subject", entry.disclosure)
        said.link(iri, "prov:wasDerivedFrom", document.iri)
        said.link(iri, "dcat:landingPage", document.iri)
        said.typed(document.iri, "foaf:Document")
        said.link(iri, "dct:license", self._publisher.facts)
        self._attributed(iri)
        self._accessible(iri, hidden=document.hidden)
        self._timed(iri, [entry.year])
        self._keywords(iri, ("all", entry.kind))
        if entry.unit:
            self._disclosed(iri, entry.unit)
            said.text(iri, "dcat:keyword", entry.unit.name, "zh")
            said.link(iri, "dcat:inSeries", self._series_of(entry.unit))
        self._files(iri, entry)

    def _files(self, iri: str, entry: Entry) -> None:
        document, base = entry.document, self._base
        for name, path in (("facts", document.dump), ("findings", document.findings)):
            self._facts_file(iri, _File(name, f"{base}dumps/{path}", document.iri, "application/n-quads", path))
        rendition = f"{document.iri}/text"
        text = self._file(iri, _File("text", rendition, rendition, "text/plain", document.rendition))
        self._source_rights(text, entry)
        if entry.url:
            self._source_rights(self._file(iri, _File("source", entry.url, entry.url)), entry)

    # --- series and services ---

    def _about_series(self) -> None:
        said = self._said
        series: dict[Unit, list[Entry]] = defaultdict(list)
        for entry in self._entries:
            if entry.unit:
                series[entry.unit].append(entry)
        for unit, members in series.items():
            iri = self._series_of(unit)
            said.typed(iri, "dcat:DatasetSeries")
            said.link(self._iri, "dcat:dataset", iri)
            self._titled(iri, say("series-title", unit=unit.name), say("series", unit=unit.name))
            self._published(iri)
            self._disclosed(iri, unit)
            self._timed(iri, (entry.year for entry in members))
            said.link(iri, "dcat:seriesMember", *map(self._dataset_of, members))
            said.link(iri, "dct:accrualPeriodicity", _YEARLY)
            said.typed(_YEARLY, "dct:Frequency")

    def _about_services(self) -> None:
        sparql, api = f"{self._base}sparql", f"{self._base}api"
        reconcile = f"{self._base}reconcile"
        self._service("sparql", sparql, sparql, _PROTOCOL)
        self._service("api", api, f"{api}/openapi.json", None)
        self._service("reconciliation", reconcile, reconcile, _RECONCILIATION)

    def _service(self, name: str, url: str, description: str, standard: str | None) -> None:
        said, iri = self._said, f"{self._iri}#{name}"
        said.typed(iri, "dcat:DataService")
        said.link(self._iri, "dcat:service", iri)
        self._titled(iri, say(f"{name}-title"), self._words(name))
        self._published(iri)
        said.link(iri, "dcat:endpointURL", url)
        said.link(iri, "dcat:endpointDescription", description)
        said.link(iri, "dcat:servesDataset", self._dataset)
        said.link(iri, "dct:license", self._publisher.facts)
        self._accessible(iri, hidden=False)
        self._conforms(iri, standard)

    # --- what several of them say ---

    def _dataset_of(self, entry: Entry) -> str:
        return f"{self._iri}/dataset/{entry.document.sha256}"

    def _series_of(self, unit: Unit) -> str:
        """The series of a unit, whose IRI ends as that of the unit."""
        return f"{self._iri}/series/{unit.iri.partition('/organisation/')[2]}"

    def _a_dataset(self, iri: str, title: Words, summary: Words) -> None:
        self._said.typed(iri, "dcat:Dataset")
        self._titled(iri, title, summary)
        self._published(iri)
        for theme in () if self._manifest.imported else load("catalogue")["themes"]:
            self._said.link(iri, "dcat:theme", f"{_THEMES}/{theme}")

    def _titled(self, iri: str, title: Words, summary: Words) -> None:
        """Title and description, and the language, which of an import nobody knows."""
        self._said.words(iri, "dct:title", title)
        self._said.words(iri, "dct:description", summary)
        if not self._manifest.imported:
            self._said.link(iri, "dct:language", _CHINESE)

    def _words(self, name: str) -> Words:
        """What a distribution or service is, where an import has no words of its own for it."""
        graph = self._manifest.default_graph if self._manifest.imported else ""
        words = load("catalogue")["imports"].get(graph, {}).get(name)
        return Words(**words) if words else say(name)

    def _published(self, iri: str) -> None:
        if self._publisher.name != Words():
            self._said.link(iri, "dct:publisher", f"{self._iri}#publisher")
        if self._publisher.contact:
            self._said.link(iri, "dcat:contactPoint", f"{self._iri}#contact")

    def _disclosed(self, iri: str, unit: Unit) -> None:
        """Whose document it is, apart from who publishes the data."""
        said = self._said
        said.link(iri, "dct:creator", unit.iri)
        said.link(iri, "prov:wasAttributedTo", unit.iri)
        said.typed(unit.iri, "foaf:Agent", "org:Organization")
        said.text(unit.iri, "foaf:name", unit.name, "zh")
        self._placed(iri, [unit])

    def _placed(self, iri: str, units: Iterable[Unit]) -> None:
        said = self._said
        for unit in units:
            if unit.region and unit.region_code:
                said.link(iri, "dct:spatial", unit.region)
                said.typed(unit.region, "dct:Location")
                said.text(unit.region, "rdfs:label", unit.region_name, "zh")
                said.text(unit.region, "dct:identifier", unit.region_code)
                self._revised(unit.region, revision_of(unit.region_code))

    def _revised(self, region: str, revision: str | None) -> None:
        """The revision of GB/T 2260 that the code of a region is taken from."""
        if revision:
            scheme = f"{self._iri}#gbt2260-{revision}"
            self._said.link(region, "skos:inScheme", scheme)
            self._said.typed(scheme, "skos:ConceptScheme")
            self._said.text(scheme, "dct:title", f"GB/T 2260 ({revision})", "en")
            self._said.text(scheme, "owl:versionInfo", revision)

    def _timed(self, iri: str, years: Iterable[str | None]) -> None:
        """The fiscal years, which in China are those of the calendar (预算法, article 18)."""
        for year in sorted({year for year in years if year}):
            period = f"{self._iri}#year-{year}"
            self._said.link(iri, "dct:temporal", period)
            self._said.typed(period, "dct:PeriodOfTime")
            self._said.value(period, "dcat:startDate", f"{year}-01-01", "date")
            self._said.value(period, "dcat:endDate", f"{year}-12-31", "date")

    def _keywords(self, iri: str, kinds: Sequence[str]) -> None:
        for kind in kinds:
            for words in load("catalogue")["keywords"].get(kind, ()):
                self._said.words(iri, "dcat:keyword", Words(**words))

    def _accessible(self, iri: str, *, hidden: bool) -> None:
        right = f"{_ACCESS}{'NON_PUBLIC' if hidden else 'PUBLIC'}"
        self._said.link(iri, "dct:accessRights", right)
        self._rights_statement(right, say("hidden" if hidden else "public"))

    def _attributed(self, iri: str) -> None:
        if self._publisher.attribution != Words():
            self._said.link(iri, "dct:rights", f"{self._iri}#attribution")

    def _conforms(self, iri: str, standard: str | None) -> None:
        if standard:
            self._said.link(iri, "dct:conformsTo", standard)
            self._said.typed(standard, "dct:Standard")

    # --- files ---

    def _facts_file(self, dataset: str, file: _File) -> None:
        iri = self._file(dataset, file)
        self._said.link(iri, "dct:license", self._publisher.facts)
        self._attributed(iri)
        if not self._manifest.imported:
            self._conforms(iri, VOCABULARY_GRAPH)

    def _file(self, dataset: str, file: _File) -> str:
        """The IRI of the distribution, described all but its rights."""
        said = self._said
        home = self._iri if dataset == self._dataset else dataset
        iri = f"{home}#{file.name}"
        said.link(dataset, "dcat:distribution", iri)
        said.typed(iri, "dcat:Distribution")
        said.words(iri, "dct:title", say(f"{file.name}-title"))
        said.words(iri, "dct:description", self._words(file.name))
        said.link(iri, "dcat:accessURL", file.access)
        said.link(iri, "dcat:downloadURL", file.url)
        if file.media_type:
            self._formatted(iri, file.media_type)
        if file.path:
            place, checksum = self._folder / file.path, f"{iri}-checksum"
            said.value(iri, "dcat:byteSize", place.stat().st_size, "nonNegativeInteger")
            said.link(iri, "spdx:checksum", checksum)
            said.typed(checksum, "spdx:Checksum")
            said.link(checksum, "spdx:algorithm", _SHA256)
            said.value(checksum, "spdx:checksumValue", file_sha256(place), "hexBinary")
        return iri

    def _formatted(self, iri: str, media_type: str) -> None:
        said, media, kind = self._said, _MEDIA + media_type, _FILE_TYPES + _FORMATS[media_type]
        said.link(iri, "dcat:mediaType", media)
        said.typed(media, "dct:MediaType")
        said.link(iri, "dct:format", kind)
        said.typed(kind, "dct:MediaTypeOrExtent")
        said.text(kind, "rdfs:label", load("catalogue")["formats"][media_type], "en")

    def _source_rights(self, iri: str, entry: Entry) -> None:
        """What holds for the source text: of this document, where sources.csv says it, else of all."""
        right = entry.licence or self._publisher.source
        if isinstance(right, Words):
            self._said.link(iri, "dct:rights", f"{self._iri}#source-rights")
        elif right and right.startswith(("http://", "https://")):
            self._said.link(iri, "dct:license", right)
            self._said.typed(right, "dct:LicenseDocument")
        elif right:
            statement = f"{self._dataset_of(entry)}#source-rights"
            self._said.link(iri, "dct:rights", statement)
            self._rights_statement(statement, Words(zh=right))

    # --- terms of others, named as far as a reader needs it ---

    def _about_terms_of_others(self) -> None:
        said = self._said
        said.typed(_CHINESE, "dct:LinguisticSystem")
        said.words(_CHINESE, "rdfs:label", Words("中文", "Chinese"))
        said.typed(_THEMES, "skos:ConceptScheme")
        said.words(_THEMES, "dct:title", say("theme-scheme"))
        for theme, words in load("catalogue")["themes"].items():
            said.typed(f"{_THEMES}/{theme}", "skos:Concept")
            said.words(f"{_THEMES}/{theme}", "skos:prefLabel", Words(**words))
            said.link(f"{_THEMES}/{theme}", "skos:inScheme", _THEMES)
