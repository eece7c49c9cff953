"""Facts to one named graph, as sorted N-Quads (docs/graph.md): the same facts give the same bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from decimal import Decimal

from mapping import identity
from mapping.amounts import PrintedAmount, multiplier, plain
from mapping.classes import names
from mapping.document import Cell, Span, squeeze
from mapping.facts import Facts
from mapping.figures import Figure
from mapping.forms import Filled
from mapping.organisations import Office
from mapping.projects import Project
from mapping.recognise import Recognised
from mapping.regions import region_of
from mapping.sources import COLUMNS

DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
SPECIALIZES = "http://www.w3.org/ns/prov#specializationOf"
PART_OF = "http://purl.org/dc/terms/isPartOf"
DCT = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORGANIZATION = "http://www.w3.org/ns/org#Organization"
DATA_SET = "http://purl.org/linked-data/cube#dataSet"
XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def write_graph(facts: Facts, sha256: str, sources: Sequence[str], base: str) -> str:
    """The document's graph: one N-Quads line a statement, sorted, no blank nodes."""
    return "".join(sorted(_Writer(facts, sha256, base).lines(sources)))


class _Writer:
    """The statements about one document, gathered."""

    def __init__(self, facts: Facts, sha256: str, base: str) -> None:
        self._facts = facts
        self._base = base
        self._sha256 = sha256
        self._document = identity.document_iri(base, sha256)
        self._graph = identity.graph_iri(self._document)
        self._text = facts.document.text
        self._lines: set[str] = set()
        self._offices = {(office.name, office.role): office for office in facts.offices}
        self._table_spans = {id(table): table_spans(table) for table in facts.tables}

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
        return self._lines

    # --- writing ---

    def _say(self, subject: str, predicate: str, term: str) -> None:
        self._lines.add(f"<{subject}> <{predicate}> {term} <{self._graph}> .\n")

    def _link(self, subject: str, predicate: str, target: str) -> None:
        self._say(subject, predicate, f"<{target}>")

    def _string(self, subject: str, name: str, words: str | None) -> None:
        if words:
            predicate = name if name.startswith("http") else DEF + name
            self._say(subject, predicate, f'"{words.translate(_ESCAPES)}"')

    def _typed(self, subject: str, name: str, lexical: str | int, datatype: str) -> None:
        predicate = name if name.startswith("http") else DEF + name
        self._say(subject, predicate, f'"{lexical}"^^<{XSD}{datatype}>')

    def _code(self, subject: str, name: str, scheme: str, notation: str) -> None:
        self._link(subject, DEF + name, f"{CODE}{scheme}/{notation}")

    def _decimal(self, subject: str, name: str, amount: Decimal | None) -> None:
        if amount is not None:
            self._typed(subject, name, plain(amount), "decimal")

    # --- evidence ---

    def _evidence(self, subject: str, spans: Sequence[Span], reason: str | None = None) -> None:
        """What every reading has: its spans, line, offsets and how it is grounded."""
        for span in spans:
            self._link(subject, DERIVED, self._span(span))
        self._typed(subject, "line", self._text.line_of(spans[0].start), "integer")
        self._string(subject, "starts", ";".join(str(span.start) for span in spans))
        self._string(subject, "ends", ";".join(str(span.end) for span in spans))
        self._code(subject, "grounding", "grounding", "inferred" if reason else "verbatim")
        self._string(subject, "reason", reason)

    def _span(self, span: Span) -> str:
        iri = identity.span_iri(self._document, span)
        self._link(iri, RDF_TYPE, DEF + "Span")
        self._typed(iri, "start", span.start, "integer")
        self._typed(iri, "end", span.end, "integer")
        self._typed(iri, "line", self._text.line_of(span.start), "integer")
        self._string(iri, "quote", self._text.content[span.start : span.end])
        self._link(iri, DEF + "spanOf", identity.text_iri(self._document))
        return iri

    def _part(self, kind: str, spans: Sequence[Span]) -> str:
        return identity.part_iri(self._document, kind, spans[0])

    # --- document ---

    def _about_document(self, sources: Sequence[str]) -> None:
        said, iri = self._facts.description, self._document
        kind = said.kind if said.kind in ("budget", "accounts") else "unknown"
        disclosure = identity.disclosure_iri(
            self._base,
            said.region,
            said.publisher,
            said.year,
            kind if kind != "unknown" else identity.UNKNOWN,
        )
        label = f"{said.publisher or '（单位未知）'}{said.year or '（年度未知）'}年度{_KIND_NAMES[kind]}"
        self._link(disclosure, RDF_TYPE, DEF + "Disclosure")
        self._string(disclosure, LABEL, label)
        self._code(disclosure, "disclosureKind", "disclosure-kind", kind)
        if said.year:
            self._typed(disclosure, "fiscalYear", said.year, "gYear")
        if said.publisher:
            self._link(disclosure, DCT + "publisher", self._organisation(said.publisher))
        self._link(iri, RDF_TYPE, DEF + "Document")
        self._link(iri, SPECIALIZES, disclosure)
        self._string(iri, LABEL, label)
        self._string(iri, "sha256", self._sha256)
        self._string(iri, "encoding", self._facts.document.encoding)
        self._code(iri, "publicationStatus", "publication-status", said.status)
        for source in sources:
            self._string(iri, "sourcePath", source)
        self._about_rendition(iri)
        self._about_record(iri)
        self._about_status()

    def _about_rendition(self, document: str) -> None:
        iri = identity.text_iri(document)
        self._link(document, DEF + "rendition", iri)
        self._link(iri, RDF_TYPE, DEF + "Rendition")
        self._string(iri, "sha256", hashlib.sha256(self._text.content.encode()).hexdigest())
        self._typed(iri, "length", len(self._text.content), "integer")
        self._link(iri, PART_OF, document)

    def _about_record(self, iri: str) -> None:
        """What sources.csv says of the document, and which of its columns say nothing."""
        record = self._facts.record
        for column in record.missing if record else COLUMNS[1:]:
            self._string(iri, "missing", column)
        if record is None:
            return
        self._code(iri, "provenance", "provenance", "manifest")
        if record.url:
            self._link(iri, DCAT + "downloadURL", record.url)
        if record.published:
            self._typed(iri, DCT + "issued", record.published.isoformat(), "date")
        if record.retrieved:
            self._typed(iri, "retrieved", record.retrieved.isoformat(), "date")
        if record.publisher:
            self._link(iri, DCT + "publisher", self._organisation(record.publisher))
        self._string(iri, DCT + "replaces", record.replaces)
        if record.licence:
            is_iri = re.fullmatch(r"https?://[^\s<>\"]+", record.licence)
            if is_iri:
                self._link(iri, DCT + "license", record.licence)
            else:
                self._string(iri, DCT + "license", record.licence)

    def _about_status(self) -> None:
        """The watermark that makes a document a draft, as a notice with its place."""
        said = self._facts.description
        if said.status_spans:
            words = self._text.content[said.status_spans[0].start : said.status_spans[0].end]
            self._notice("publication-status", said.status_spans, f"{said.status}: {words}")

    def _notice(self, kind: str, spans: Sequence[Span], label: str) -> None:
        iri = self._part("notice", spans)
        self._link(iri, RDF_TYPE, DEF + "Notice")
        self._string(iri, "noticeKind", kind)
        self._string(iri, LABEL, label)
        self._link(iri, PART_OF, self._document)
        self._evidence(iri, spans)

    # --- tables and figures ---

    def _about_table(self, table: Recognised) -> None:
        spans = self._table_spans[id(table)]
        iri = self._part("table", spans)
        self._link(iri, RDF_TYPE, DEF + "Table")
        self._link(iri, PART_OF, self._document)
        self._string(iri, "title", table.title)
        self._string(iri, LABEL, table.title or table.kind)
        self._code(iri, "tableKind", "table-kind", table.kind)
        self._typed(iri, "firstLine", table.table.first_line, "integer")
        self._typed(iri, "lastLine", table.table.last_line, "integer")
        self._typed(iri, "empty", "true" if table.empty else "false", "boolean")
        self._string(iri, "unit", table.captions.unit)
        self._code(iri, "currency", "currency", "CNY")
        self._evidence(iri, spans)
        if table.title is None and table.kind != "toc":
            self._notice("untitled-table", spans[:1], f"no title above the table; its columns read as {table.kind}")

    def _about_figure(self, figure: Figure) -> None:
        iri = self._part("observation", figure.spans)
        self._link(iri, RDF_TYPE, DEF + "Observation")
        self._link(iri, DATA_SET, self._part("table", self._table_spans[id(figure.table)]))
        self._string(iri, "rowLabel", figure.row_label)
        self._string(iri, "columnPath", figure.column_path)
        self._string(iri, "code", figure.code)
        self._money(iri, figure.printed, figure.unit)
        if figure.fiscal_year:
            self._typed(iri, "fiscalYear", figure.fiscal_year, "gYear")
        self._code(iri, "phase", "phase", figure.phase)
        self._code(iri, "rowRole", "row-role", figure.row_role)
        self._code(iri, "columnRole", "column-role", figure.column_role)
        self._code(iri, "operationCharacter", "operation-character", figure.character)
        self._typed(iri, "safeToSum", "true" if figure.safe_to_sum else "false", "boolean")
        self._typed(iri, "rowNumber", figure.row, "integer")
        self._typed(iri, "columnNumber", figure.column, "integer")
        self._classes(iri, figure)
        for name, parts in (
            ("summationOfRows", figure.sum_of_rows),
            ("summationOfColumns", figure.sum_of_columns),
        ):
            for part in parts:
                self._link(iri, DEF + name, self._part("observation", part.spans))
        if self._facts.description.publisher:
            self._link(iri, DEF + "reportingEntity", self._organisation(self._facts.description.publisher))
        reason = "the unit is the one that the document's other tables state" if figure.unit_inferred else None
        self._evidence(iri, figure.spans, reason)

    def _money(self, iri: str, printed: PrintedAmount, unit: str | None) -> None:
        self._string(iri, "printedValue", printed.printed)
        self._typed(iri, "decimals", printed.decimals, "integer")
        if unit:
            self._string(iri, "unit", unit)
            self._typed(iri, "unitMultiplier", multiplier(unit), "integer")
            self._decimal(iri, "amount", printed.in_yuan(multiplier(unit)))

    def _classes(self, iri: str, figure: Figure) -> None:
        for scheme, code in figure.classes.items():
            if figure.fiscal_year:
                label = figure.row_label if figure.code == code else None
                self._link(iri, DEF + _CLASS_PROPERTIES[scheme], self._class(scheme, figure.fiscal_year, code, label))

    def _class(self, scheme: str, year: int, code: str, label: str | None) -> str:
        """A class of the year's classification with the classes above it."""
        iri = identity.class_iri(self._base, scheme, year, code)
        known = names(scheme).get(code)
        self._link(iri, RDF_TYPE, SKOS + "Concept")
        self._string(iri, SKOS + "notation", code)
        self._link(iri, SKOS + "inScheme", f"{self._base}code/{scheme}/{year}")
        for name in [label] if label else sorted(known or [code]):
            self._string(iri, SKOS + "altLabel", name)
        if known:
            self._link(iri, SKOS + "exactMatch", f"{CODE}{scheme}/{code}")
        if len(code) > 3:
            self._link(iri, SKOS + "broader", self._class(scheme, year, code[:-2], None))
        return iri

    # --- projects, forms, organisations ---

    def _about_field(self, filled: Filled) -> str:
        iri = self._part("reading", filled.spans)
        self._link(iri, RDF_TYPE, DEF + "FormReading")
        self._code(iri, "field", "form-field", filled.field)
        if filled.scope:
            self._code(iri, "scope", "scope", filled.scope)
        if filled.amount:
            self._money(iri, filled.amount, filled.unit)
        else:
            self._string(iri, "printedValue", " ".join(filled.text.split()))
        self._evidence(iri, filled.spans)
        return iri

    def _about_project(self, project: Project) -> None:
        said = self._facts.description
        iri = self._part("project", project.spans)
        owner = project.implementing_unit or said.publisher
        one = identity.project_iri(
            self._base, project.code, project.name, region=said.region, entity=owner, year=said.year
        )
        self._link(one, RDF_TYPE, DEF + "Project")
        self._string(one, LABEL, project.name)
        self._string(one, "projectCode", project.code)
        if said.year:
            self._typed(one, "fiscalYear", said.year, "gYear")
        self._link(iri, RDF_TYPE, DEF + "ProjectEntry")
        self._link(iri, DEF + "entryOf", one)
        self._link(iri, PART_OF, self._document)
        self._string(iri, LABEL, project.name)
        self._string(iri, "projectCode", project.code)
        self._decimal(iri, "amount", project.amount)
        self._decimal(iri, "periodTotal", project.period_total)
        self._decimal(iri, "annualTotal", project.annual_total)
        self._string(iri, "competentDepartmentName", project.competent_department)
        self._string(iri, "projectAttribute", project.attribute)
        self._string(iri, "projectTerm", project.term)
        self._typed(iri, "hasTargets", "true" if project.has_targets else "false", "boolean")
        self._unit_of(iri, project)
        for figure in project.figures:
            self._link(self._part("observation", figure.spans), DEF + "project", iri)
        for filled in project.readings:
            self._link(iri, DEF + "reading", self._part("reading", filled.spans))
        self._evidence(iri, project.spans)

    def _unit_of(self, iri: str, project: Project) -> None:
        name = project.implementing_unit
        if name is None:
            return
        for role in ("implementing-unit", "budget-unit", "publisher"):
            if office := self._offices.get((name, role)):
                self._link(iri, DEF + "implementingUnit", self._part("organisation", office.spans))
                return
        self._string(iri, "implementingUnitName", name)

    def _about_office(self, office: Office) -> None:
        iri = self._part("organisation", office.spans)
        self._link(iri, RDF_TYPE, DEF + "OrganisationEntry")
        self._link(iri, DEF + "entryOf", self._organisation(office.name))
        self._link(iri, PART_OF, self._document)
        self._string(iri, LABEL, office.name)
        self._code(iri, "organisationRole", "organisation-role", office.role)
        self._string(iri, "unitCode", office.code)
        self._string(iri, "nature", office.nature)
        self._string(iri, "grade", office.grade)
        self._string(iri, "funding", office.funding)
        parent = self._offices.get((office.parent or "", "publisher"))
        if parent:
            self._link(iri, DEF + "parentEntry", self._part("organisation", parent.spans))
        self._evidence(iri, office.spans)

    def _organisation(self, name: str) -> str:
        """An organisation: in the region that its name says, else in that of the department that publishes."""
        region = region_of(name) or self._facts.description.region
        iri = identity.organisation_iri(self._base, region, name)
        self._link(iri, RDF_TYPE, ORGANIZATION)
        self._string(iri, LABEL, squeeze(name))
        self._string(iri, "region", region)
        return iri


_KIND_NAMES = {"budget": "部门预算", "accounts": "部门决算", "unknown": "预决算公开"}
_CLASS_PROPERTIES = {
    "functional": "functionalClass",
    "economic": "economicClass",
    "government-economic": "governmentEconomicClass",
}


def table_spans(table: Recognised) -> tuple[Span, ...]:
    """Where a table is read: its title, and the first and the last printed cell of its grid."""
    cells = sorted(cell.spans[0] for row in table.table.rows for cell in row if _printed(cell))
    ends = sorted(cell.spans[-1] for row in table.table.rows for cell in row if _printed(cell))
    title = [table.captions.title.span] if table.captions.title else []
    return tuple(dict.fromkeys(sorted([*title, cells[0], ends[-1]])))


def _printed(cell: Cell) -> bool:
    return not cell.blank and cell.start < cell.end
