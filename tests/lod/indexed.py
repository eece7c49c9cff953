"""Small data sets for the search index: things with made names, their index, and pages that answer from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, Store

from mapping.identity import name_key
from mapping.index import write_index
from server.app import Config, create_app
from server.index import Index
from server.release import Release
from tests.server.conftest import InProcess

BASE = "https://example.org/budget/"
DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ORGANISATION = "http://www.w3.org/ns/org#Organization"
PUBLISHER, PART_OF = "http://purl.org/dc/terms/publisher", "http://purl.org/dc/terms/isPartOf"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DATA_SET = "http://purl.org/linked-data/cube#dataSet"
SPECIALISES = "http://www.w3.org/ns/prov#specializationOf"


@dataclass
class Said:
    """A data set under construction."""

    quads: list[Quad] = field(default_factory=list)

    def say(self, iri: str, kind: str, **said: str | Sequence[str]) -> str:
        """Return the IRI of a thing of a class, once its statements are added: of def: where the name has no `:`."""
        self.add(iri, TYPE, NamedNode(kind if ":" in kind else DEF + kind))
        for name, values in said.items():
            for value in [values] if isinstance(values, str) else values:
                iris = value.startswith(("http://", "https://"))
                self.add(iri, _NAMES.get(name, DEF + name), NamedNode(value) if iris else Literal(value))
        return iri

    def add(self, iri: str, name: str, value: NamedNode | Literal) -> None:
        """Add one statement to the default graph."""
        self.quads.append(Quad(NamedNode(iri), NamedNode(name), value))

    def unit(self, name: str, region: str = "", **said: str) -> str:
        """Return the IRI of a unit in a region."""
        placed = {"region": region} if region else {}
        return self.say(
            f"{BASE}organisation/{region or 'x'}/{name_key(name)}", ORGANISATION, label=name, **placed, **said
        )

    def legal(self, where: str, title: str = "", number: str = "", region: str = "", central: bool = False) -> str:
        """Return the IRI of a legal document."""
        said = {"label": title, "documentNumber": number, "inRegion": f"{BASE}region/{region}" if region else ""}
        level = {"legalLevel": f"{CODE}legal-level/central"} if central else {}
        known = {name: value for name, value in (said | level).items() if value}
        return self.say(f"{BASE}legal/{where}", "LegalDocument", **known)

    def document(self, name: str, unit: str, year: str) -> str:
        """Return the IRI of a document of a unit and a year."""
        disclosure = f"{BASE}disclosure/{name_key(name)}"
        self.say(disclosure, "Disclosure", label=name, publisher=unit, fiscalYear=year)
        return self.say(f"{BASE}document/{name_key(name) * 4}", "Document", label=name, specialises=disclosure)

    def project(self, name: str, document: str, code: str = "") -> str:
        """Return the IRI of a project with its entry in a document."""
        iri = self.say(
            f"{BASE}project/{name_key(name + document)}",
            "Project",
            label=name,
            **({"projectCode": code} if code else {}),
        )
        self.say(f"{document}/project/{name_key(name)}", "ProjectEntry", label=name, entryOf=iri, part=document)
        return iri

    def statement(self, clause: str, document: str, at: int, **said: str) -> str:
        """Return the IRI of a statement."""
        return self.say(f"{document}/statement/{at}", "Statement", clause=clause, part=document, **said)

    def cell(self, document: str, at: int, printed: str, unit: str = "万元", table: str = "", **said: str) -> str:
        """Return the IRI of a cell that begins at a character of a document."""
        iri = f"{document}/observation/{at}-{at + len(printed)}"
        if table:
            said["set"] = self.say(f"{document}/table/{name_key(table)}", "Table", label=table, part=document)
        if unit:
            said["unit"] = unit
        return self.say(iri, "Observation", printedValue=printed, decimals="2", **said)

    def field(self, document: str, at: int, printed: str, *, unit: str, project: str, name: str) -> str:
        """Return the IRI of a field of a project's form that begins at a character of a document."""
        iri, field = f"{document}/reading/{at}-{at + len(printed)}", f"{CODE}form-field/{name_key(name)}"
        for label, language in ((name, "zh-Hans"), ("a field", "en")):
            self.add(field, f"{SKOS}prefLabel", Literal(label, language=language))
        self.say(f"{document}/project/{name_key(project)}", "ProjectEntry", label=project, reading=iri, part=document)
        return self.say(iri, "FormReading", printedValue=printed, decimals="0", unit=unit, field=field)

    def store(self) -> Store:
        """Return the data set in memory."""
        store = Store()
        store.extend(self.quads)
        return store

    def index(self, folder: Path, name: str = "search.sqlite") -> Index:
        """Return the index of the data set, read from a new file."""
        write_index(self.store(), folder / name)
        return Index(folder / name)

    def client(self, folder: Path) -> FlaskClient:
        """Return a client of pages over the data set."""
        write_index(self.store(), folder / "search.sqlite")
        return create_app(Config(release(folder), InProcess(self.store()))).test_client()


_NAMES = {"label": LABEL, "publisher": PUBLISHER, "part": PART_OF, "specialises": SPECIALISES, "set": DATA_SET}


def release(folder: Path) -> Release:
    """Return a release that is nothing but its folder."""
    return Release(folder, "v1", BASE, (), (), {})


def ask(client: FlaskClient, *queries: object) -> list[list[dict[str, Any]]]:
    """Return the candidates of each query of a batch, sent as OpenRefine sends it."""
    batch = {f"q{at}": {"query": query} if isinstance(query, str) else query for at, query in enumerate(queries)}
    response = client.post("/reconcile", data={"queries": json.dumps(batch, ensure_ascii=False)})
    assert response.status_code == 200, response.text
    said = response.get_json()
    assert list(said) == list(batch)
    found: list[list[dict[str, Any]]] = [said[name]["result"] for name in batch]
    return found
