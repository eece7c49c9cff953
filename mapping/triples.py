"""Facts to one named graph, as sorted N-Quads (docs/graph.md): the same facts give the same bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from mapping import identity
from mapping.aliases import Alias
from mapping.appraise import write_appraisals
from mapping.claims import write_claims
from mapping.comparables import write_comparables
from mapping.describe import printed_year
from mapping.document import Span, quote, squeeze
from mapping.facts import Facts
from mapping.figures import Figure
from mapping.fingerprint import figures_key
from mapping.forms import Filled
from mapping.graph import DCT, DEF, DERIVED, LABEL, PART_OF, RDF_TYPE, Graph
from mapping.marks import write_marks
from mapping.mask import names_person
from mapping.organisations import Office
from mapping.policies import write_policies
from mapping.project import Project
from mapping.recognise import Recognised
from mapping.resources import Resources
from mapping.sources import COLUMNS
from mapping.staffing import Staffing
from mapping.state import TOTALS, project_path

SPECIALIZES = "http://www.w3.org/ns/prov#specializationOf"
DCAT = "http://www.w3.org/ns/dcat#"
_UNIT_OF_OTHERS = "the unit is the one that the document's other tables state"
_CUBE = "http://purl.org/linked-data/cube#"
DATA_SET = f"{_CUBE}dataSet"
_STRUCTURES = "https://w3id.org/yusuan/def/cube/"


def write_graph(facts: Facts, sha256: str, sources: Sequence[str], base: str) -> str:
    """The document's graph: one N-Quads line a statement, sorted, no blank nodes."""
    return "".join(sorted(_Writer(facts, sha256, base).lines(sources)))


class _Writer:
    """The statements about one document, gathered."""

    def __init__(self, facts: Facts, sha256: str, base: str) -> None:
        self._facts = facts
        self._sha256 = sha256
        self._graph = Graph(base, identity.document_iri(base, sha256), facts.document)
        self._resources = Resources(self._graph, facts.description.region)
        self._offices = {(office.name, office.role): office for office in facts.offices}
        self._tables: dict[int, str] = {}

    def lines(self, sources: Sequence[str]) -> set[str]:
        """Every line of the graph."""
        self._about_document(sources)
        for table in self._facts.tables:
            self._about_table(table)
        for figure in self._facts.figures:
            self._about_figure(figure)
        for form in self._facts.forms:
            for filled in form.fields:
                self._about_field(filled)
        for project in self._facts.projects:
            for filled in project.stated:
                self._about_field(filled)
        for project in self._facts.projects:
            self._about_project(project)
        for office in self._facts.offices:
            self._about_office(office)
        for alias in self._facts.aliases:
            self._about_alias(alias)
        write_claims(self._facts, self._graph, self._resources)
        write_policies(self._facts, self._graph, self._resources)
        write_comparables(self._facts.comparables, self._graph, self._resources)
        write_marks(self._facts.marks, self._graph)
        write_appraisals(self._facts, self._graph)
        return self._graph.lines

    # --- document ---

    def _about_document(self, sources: Sequence[str]) -> None:
        said, iri = self._facts.description, self._graph.document
        kind = said.kind if said.kind in ("budget", "accounts") else "unknown"
        disclosure = identity.disclosure_iri(
            self._graph.base,
            said.region,
            said.publisher or said.government,
            said.year,
            kind if kind != "unknown" else identity.UNKNOWN,
            document=iri,
        )
        names = _GOVERNMENT_NAMES if said.of_government else _KIND_NAMES
        body = said.government or said.publisher or "（单位未知）"
        label = f"{body}{said.year or '（年度未知）'}年度{names[kind]}"
        self._graph.link(disclosure, RDF_TYPE, DEF + "Disclosure")
        self._graph.string(disclosure, LABEL, label)
        self._graph.code(disclosure, "disclosureKind", "disclosure-kind", kind)
        if said.year:
            self._graph.typed(disclosure, "fiscalYear", said.year, "gYear")
        if said.publisher:
            self._graph.link(disclosure, DCT + "publisher", self._resources.organisation(said.publisher))
        self._graph.link(iri, RDF_TYPE, DEF + "Document")
        self._graph.link(iri, SPECIALIZES, disclosure)
        self._graph.string(iri, LABEL, label)
        self._graph.string(iri, "sha256", self._sha256)
        self._graph.string(iri, "encoding", self._facts.document.encoding)
        self._graph.code(iri, "publicationStatus", "publication-status", said.status)
        for source in sources:
            self._graph.string(iri, "sourcePath", source)
        if printed := printed_year(self._facts.document):
            self._graph.typed(iri, "printedYear", printed, "gYear")
        self._about_rendition(iri)
        self._about_record(iri)
        self._about_status()

    def _about_rendition(self, document: str) -> None:
        iri = identity.text_iri(document)
        self._graph.link(document, DEF + "rendition", iri)
        self._graph.link(iri, RDF_TYPE, DEF + "Rendition")
        content = self._graph.rendition.content
        self._graph.string(iri, "sha256", hashlib.sha256(content.encode()).hexdigest())
        self._graph.typed(iri, "length", len(content), "integer")
        self._graph.link(iri, PART_OF, document)

    def _about_record(self, iri: str) -> None:
        """What sources.csv says of the document, and which of its columns say nothing."""
        record = self._facts.record
        for column in record.missing if record else COLUMNS[1:]:
            self._graph.string(iri, "missing", column)
        if record is None:
            return
        self._graph.code(iri, "provenance", "provenance", "manifest")
        if record.url:
            self._graph.link(iri, DCAT + "downloadURL", record.url)
        if record.published:
            self._graph.typed(iri, DCT + "issued", record.published.isoformat(), "date")
        if record.retrieved:
            self._graph.typed(iri, "retrieved", record.retrieved.isoformat(), "date")
        if record.publisher:
            self._graph.link(iri, DCT + "publisher", self._resources.organisation(record.publisher))
        self._graph.string(iri, DCT + "replaces", record.replaces)
        if record.licence:
            is_iri = re.fullmatch(r"https?://[^\s<>\"]+", record.licence)
            if is_iri:
                self._graph.link(iri, DCT + "license", record.licence)
            else:
                self._graph.string(iri, DCT + "license", record.licence)

    def _about_status(self) -> None:
        """The watermark that makes a document a draft, as a notice with its place."""
        said = self._facts.description
        if said.status_spans:
            words = self._graph.text.content[said.status_spans[0].start : said.status_spans[0].end]
            self._notice("publication-status", said.status_spans, f"{said.status}: {words}")

    def _notice(self, kind: str, spans: Sequence[Span], label: str) -> None:
        iri = self._graph.part("notice", spans)
        self._graph.link(iri, RDF_TYPE, DEF + "Notice")
        self._graph.string(iri, "noticeKind", kind)
        self._graph.string(iri, LABEL, label)
        self._graph.link(iri, PART_OF, self._graph.document)
        self._graph.evidence(iri, spans)

    # --- tables and figures ---

    def _about_table(self, table: Recognised) -> None:
        spans = table.spans
        iri = self._tables[id(table)] = self._graph.part("table", spans)
        self._graph.link(iri, RDF_TYPE, DEF + "Table")
        self._graph.link(iri, PART_OF, self._graph.document)
        self._graph.string(iri, "title", table.title)
        self._graph.string(iri, LABEL, table.title or table.kind)
        self._graph.code(iri, "tableKind", "table-kind", table.kind)
        self._graph.typed(iri, "firstLine", table.table.first_line, "integer")
        self._graph.typed(iri, "lastLine", table.table.last_line, "integer")
        self._graph.typed(iri, "empty", "true" if table.empty else "false", "boolean")
        self._graph.string(iri, "unit", table.captions.unit)
        self._graph.code(iri, "currency", "currency", "CNY")
        figures = [figure for figure in self._facts.figures if figure.table is table]
        self._graph.string(iri, "figuresKey", figures_key(figures))
        in_yuan = all(figure.unit for figure in figures)
        self._graph.link(iri, f"{_CUBE}structure", f"{_STRUCTURES}{'amountTable' if in_yuan else 'printedTable'}")
        self._graph.evidence(iri, spans)
        if table.title is None and table.kind != "toc":
            self._notice("untitled-table", spans[:1], f"no title above the table; its columns read as {table.kind}")

    def _about_figure(self, figure: Figure) -> None:
        iri = self._graph.part("observation", figure.spans)
        self._graph.link(iri, RDF_TYPE, DEF + "Observation")
        self._graph.link(iri, DATA_SET, self._tables[id(figure.table)])
        self._graph.string(iri, "rowLabel", figure.row_label)
        self._graph.string(iri, "columnPath", figure.column_path)
        self._graph.string(iri, "code", figure.code)
        self._graph.money(iri, figure.printed, figure.unit)
        if figure.fiscal_year:
            self._graph.typed(iri, "fiscalYear", figure.fiscal_year, "gYear")
        self._graph.code(iri, "phase", "phase", figure.phase)
        self._graph.code(iri, "rowRole", "row-role", figure.row_role)
        self._graph.code(iri, "columnRole", "column-role", figure.column_role)
        key = self._facts.stated.figures.get(id(figure))
        character = key.character if key and key.character != "unknown" else figure.character
        self._graph.code(iri, "operationCharacter", "operation-character", character)
        self._graph.typed(iri, "safeToSum", "true" if figure.safe_to_sum else "false", "boolean")
        if names_person(figure.row_label):
            self._graph.typed(iri, "smallCell", "true", "boolean")
        self._graph.typed(iri, "rowNumber", figure.row, "integer")
        self._graph.typed(iri, "columnNumber", figure.column, "integer")
        for scheme, code in figure.classes.items():
            printed = figure.row_label if figure.code == code else None
            self._resources.classify(iri, scheme, figure.fiscal_year, code, printed)
        for name, parts in (
            ("summationOfRows", figure.sum_of_rows),
            ("summationOfColumns", figure.sum_of_columns),
        ):
            for part in parts:
                self._graph.link(iri, DEF + name, self._graph.part("observation", part.spans))
        if publisher := self._facts.description.publisher:
            self._graph.link(iri, DEF + "reportingEntity", self._resources.organisation(publisher))
        self._graph.evidence(iri, figure.spans, _UNIT_OF_OTHERS if figure.unit_inferred else None)

    # --- projects, forms, organisations ---

    def _about_field(self, filled: Filled) -> str:
        iri = self._graph.part("reading", filled.spans)
        self._graph.link(iri, RDF_TYPE, DEF + "FormReading")
        self._graph.code(iri, "field", "form-field", filled.field)
        if filled.scope:
            self._graph.code(iri, "scope", "scope", filled.scope)
        if filled.amount:
            self._graph.money(iri, filled.amount, filled.unit)
        else:
            self._graph.string(iri, "printedValue", " ".join(filled.text.split()))
        self._graph.evidence(iri, filled.spans, _UNIT_OF_OTHERS if filled.unit_inferred else None)
        return iri

    def _about_project(self, project: Project) -> None:
        said = self._facts.description
        iri = self._graph.part("project", project.spans)
        one = self._graph.base + project_path(project, said)
        self._graph.link(one, RDF_TYPE, DEF + "Project")
        self._graph.string(one, LABEL, project.name)
        self._graph.string(one, "projectCode", project.code)
        if said.year:
            self._graph.typed(one, "fiscalYear", said.year, "gYear")
        self._graph.link(iri, RDF_TYPE, DEF + "ProjectEntry")
        self._graph.link(iri, DEF + "entryOf", one)
        self._graph.link(iri, PART_OF, self._graph.document)
        self._graph.string(iri, LABEL, project.name)
        self._graph.string(iri, "projectCode", project.code)
        self._graph.decimal(iri, "amount", project.amount)
        self._graph.decimal(iri, "periodTotal", project.period_total)
        self._graph.decimal(iri, "annualTotal", project.annual_total)
        self._graph.string(iri, "competentDepartmentName", project.competent_department)
        self._graph.string(iri, "projectAttribute", project.attribute)
        self._graph.string(iri, "projectTerm", project.term)
        self._graph.typed(iri, "hasTargets", "true" if project.has_targets else "false", "boolean")
        self._unit_of(iri, project)
        for figure in project.figures:
            self._graph.link(self._graph.part("observation", figure.spans), DEF + "project", iri)
            self._derive(iri, "observation", figure.spans, figure.amount is not None)
        for filled in project.readings:
            self._graph.link(iri, DEF + "reading", self._graph.part("reading", filled.spans))
            self._derive(iri, "reading", filled.spans, filled.field in TOTALS and filled.amount is not None)
        self._graph.evidence(iri, project.spans)

    def _derive(self, entry: str, kind: str, spans: Sequence[Span], states: bool) -> None:
        """Says that a project's amounts come from a figure or a field of its form that states one."""
        if states:
            self._graph.link(entry, DERIVED, self._graph.part(kind, spans))

    def _unit_of(self, iri: str, project: Project) -> None:
        name = project.implementing_unit
        if name is None:
            return
        for role in ("implementing-unit", "budget-unit", "publisher"):
            if office := self._offices.get((name, role)):
                self._graph.link(iri, DEF + "implementingUnit", self._graph.part("organisation", office.spans))
                return
        self._graph.string(iri, "implementingUnitName", name)

    def _about_office(self, office: Office) -> None:
        graph, iri = self._graph, self._graph.part("organisation", office.spans)
        graph.link(iri, RDF_TYPE, DEF + "OrganisationEntry")
        graph.link(iri, DEF + "entryOf", self._resources.organisation(office.name))
        graph.link(iri, PART_OF, graph.document)
        graph.string(iri, LABEL, office.name)
        graph.code(iri, "organisationRole", "organisation-role", office.role)
        graph.string(iri, "unitCode", office.code)
        for name in ("nature", "grade", "funding", "accounting"):
            graph.string(iri, name, getattr(office, name))
        for parent in office.parents or ((office.parent,) if office.parent else ()):
            self._above(iri, parent)
        for staffing in office.staffing:
            self._about_staffing(iri, staffing)
        printed = {span for spans in office.attribute_spans.values() for span in spans} - set(office.spans)
        graph.evidence(iri, (*office.spans, *sorted(printed)))

    def _above(self, iri: str, parent: str) -> None:
        """Links an organisation to the entry of its superior, or names the superior where it has none."""
        roles = ("publisher", "superior-body", "budget-unit", "subordinate-unit")
        entry = next((self._offices[parent, role] for role in roles if (parent, role) in self._offices), None)
        if entry:
            self._graph.link(iri, DEF + "parentEntry", self._graph.part("organisation", entry.spans))
        else:
            self._graph.string(iri, "parentName", parent)

    def _about_staffing(self, entry: str, said: Staffing) -> None:
        graph, iri = self._graph, self._graph.part("staffing", said.spans)
        graph.link(iri, RDF_TYPE, DEF + "Staffing")
        graph.link(iri, PART_OF, graph.document)
        graph.link(iri, DEF + "staffOf", entry)
        graph.code(iri, "measure", "measure", said.kind)
        printed = quote(graph.text.content, said.spans)
        graph.string(iri, "printedValue", re.sub("[,，]", "", squeeze(printed)))
        graph.typed(iri, "number", said.count, "decimal")
        graph.evidence(iri, said.spans, said.reason)

    def _about_alias(self, said: Alias) -> None:
        graph, iri = self._graph, self._graph.part("alias", said.spans)
        graph.link(iri, RDF_TYPE, DEF + "AliasEntry")
        graph.link(iri, PART_OF, graph.document)
        graph.link(iri, DEF + "aliasOf", self._resources.organisation(said.name))
        graph.link(iri, DEF + "alias", self._resources.organisation(said.other))
        graph.code(iri, "aliasStatus", "alias-status", said.status)
        graph.evidence(iri, (*said.spans, *said.other_spans), said.reason)


_KIND_NAMES = {"budget": "部门预算", "accounts": "部门决算", "unknown": "预决算公开"}
_GOVERNMENT_NAMES = {**_KIND_NAMES, "budget": "政府预算", "accounts": "政府决算"}
