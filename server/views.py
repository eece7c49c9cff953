"""Which kinds of things have a page of their own, and what makes it; all others are shown as what is said of them."""

from __future__ import annotations

from collections.abc import Mapping

from server.showing import View
from server.view_audit import show_finding
from server.view_citation import show as show_citation
from server.view_disclosure import show_disclosure, show_document, show_table
from server.view_entry import show_organisation_entry, show_project_entry, show_staffing
from server.view_indicator import show as show_indicator
from server.view_legal import show as show_legal
from server.view_number import show_fact, show_number
from server.view_project import show as show_project
from server.view_text import show_span, show_text
from server.view_unit import show as show_unit

VIEWS: Mapping[str, View] = {
    "Finding": show_finding,
    "Disclosure": show_disclosure,
    "Document": show_document,
    "Table": show_table,
    "CanonicalFact": show_fact,
    "Observation": show_number,
    "Statement": show_number,
    "FormReading": show_number,
    "Quantity": show_number,
    "DerivedAmount": show_number,
    "BlankAmount": show_number,
    "Rendition": show_text,
    "Span": show_span,
    "LegalDocument": show_legal,
    "Project": show_project,
    "Indicator": show_indicator,
    "Organization": show_unit,
    "Citation": show_citation,
    "ProjectEntry": show_project_entry,
    "OrganisationEntry": show_organisation_entry,
    "Staffing": show_staffing,
}
"""The pages by the local name of a class; of several kinds of a thing the first here counts."""
