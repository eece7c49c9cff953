"""Things that many documents speak of, described in each graph naming them: organisations, places, classes, facts."""

from __future__ import annotations

from mapping import identity
from mapping.classes import official_name
from mapping.document import squeeze
from mapping.graph import CODE, DEF, LABEL, RDF_TYPE, SKOS, Graph
from mapping.keys import Key
from mapping.regions import region_chain, region_of

ORGANIZATION = "http://www.w3.org/ns/org#Organization"
_CLASS_PROPERTIES = {
    "functional": "functionalClass",
    "economic": "economicClass",
    "government-economic": "governmentEconomicClass",
}


class Resources:
    """Writes shared things into one document's graph, each described once."""

    def __init__(self, graph: Graph, region: str | None) -> None:
        self._graph = graph
        self._region = region
        self._facts: dict[Key, str] = {}

    def region_of(self, name: str) -> str | None:
        """The region that an organisation's name says, else that of the department that publishes."""
        return region_of(name) or self._region

    def organisation(self, name: str) -> str:
        """An organisation by region and name."""
        return self.body(name, self.region_of(name))

    def body(self, name: str, region: str | None) -> str:
        """An organisation of a known region; None is for those of the whole country."""
        iri = identity.organisation_iri(self._graph.base, region, name)
        if self._graph.is_new(iri, name):
            self._graph.link(iri, RDF_TYPE, ORGANIZATION)
            self._graph.string(iri, LABEL, squeeze(name))
            self._graph.string(iri, "region", region)
            if region:
                self.locate(iri, region)
        return iri

    def locate(self, subject: str, region: str) -> None:
        """The place of something, by its six digits of GB/T 2260; nothing where no place has the code."""
        if place := self._place(region):
            self._graph.link(subject, DEF + "inRegion", place)

    def _place(self, code: str) -> str | None:
        """A place of GB/T 2260 with the places above it; None when there is none of this code."""
        above: str | None = None
        for region in region_chain(code):
            iri = identity.region_iri(self._graph.base, region.code)
            self._graph.link(iri, RDF_TYPE, DEF + "Region")
            self._graph.string(iri, LABEL, region.name)
            self._graph.string(iri, SKOS + "notation", region.code)
            if above:
                self._graph.link(iri, DEF + "within", above)
            above = iri
        return above

    def classify(self, subject: str, scheme: str, year: int | None, code: str, printed: str | None = None) -> None:
        """The class of something, in the classification of its year; without a year there is none."""
        if year:
            self._graph.link(subject, DEF + _CLASS_PROPERTIES[scheme], self._concept(scheme, year, code, printed))

    def _concept(self, scheme: str, year: int, code: str, label: str | None) -> str:
        """A class of the year's classification with the classes above it: its official name, others as printed."""
        graph = self._graph
        iri = identity.class_iri(graph.base, scheme, year, code)
        if not graph.is_new(iri, label or ""):
            return iri
        official = official_name(scheme, code, year)
        graph.link(iri, RDF_TYPE, SKOS + "Concept")
        graph.string(iri, SKOS + "notation", code)
        graph.link(iri, SKOS + "inScheme", f"{graph.base}code/{scheme}/{year}")
        for language, name in official.items():
            graph.worded(iri, SKOS + "prefLabel", name, language)
        if label and squeeze(label) not in official.values():
            graph.string(iri, SKOS + "altLabel", label)
        if official:
            graph.link(iri, SKOS + "exactMatch", f"{CODE}{scheme}/{code}")
        if len(code) > 3:
            graph.link(iri, SKOS + "broader", self._concept(scheme, year, code[:-2], None))
        return iri

    def fact(self, key: Key) -> str:
        """The canonical fact of a key, with its dimensions; its amount is the corpus's to say."""
        if key not in self._facts:
            self._facts[key] = self._described(key)
        return self._facts[key]

    def _described(self, key: Key) -> str:
        graph = self._graph
        alone = graph.document.removeprefix(graph.base) if key.open else ""
        iri = identity.fact_iri(
            graph.base,
            self.region_of(key.entity),
            key.entity,
            when=f"{key.year}/{key.phase}",
            measure=key.measure,
            scope=f"{key.scope}|{alone}",
            classes="-".join(scheme[0] + code for scheme, code in key.classes) or "all",
        )
        graph.link(iri, RDF_TYPE, DEF + "CanonicalFact")
        if key.entity:
            graph.link(iri, DEF + "reportingEntity", self.organisation(key.entity))
        graph.code(iri, "reportingLevel", "reporting-level", key.level)
        graph.typed(iri, "fiscalYear", key.year, "gYear")
        graph.code(iri, "phase", "phase", key.phase)
        graph.code(iri, "measure", "measure", key.measure)
        graph.code(iri, "operationCharacter", "operation-character", key.character)
        graph.code(iri, "carryOver", "carry-over", key.carry_over)
        graph.code(iri, "fundScope", "fund-source", key.fund_scope)
        graph.code(iri, "flow", "flow", key.flow)
        for scheme, code in key.classes:
            self.classify(iri, scheme, key.year, code)
        if key.project:
            graph.link(iri, DEF + "factProject", graph.base + key.project)
        return iri
