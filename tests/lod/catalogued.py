"""A small invented release with a publisher, units, years, places and a draft, for the tests of its catalogue."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from mapping.built import BuiltDocument
from mapping.publish import publish
from mapping.publisher import Publisher, Words
from tests.mapping.release_samples import BASE, CODE, DEF, LABEL, TEXT, TYPE, Sample, sample, vocabulary

DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
OFFICE = Publisher(
    base=BASE,
    name=Words("青山县数据局", "Data Office of Qingshan"),
    homepage="https://www.example.net/",
    contact="open-data@example.net",
    facts="https://creativecommons.org/licenses/by/4.0/",
    vocabulary="http://creativecommons.org/publicdomain/zero/1.0/",
    source=Words("原文的权利归公开单位所有。", "Rights stay with the units."),
    attribution=Words("来源：青山县数据局", "Source: Data Office of Qingshan"),
    issued="2024-03-01",
    modified="2024-05-01",
)


def disclosed(
    year: int,
    kind: str = "budget",
    unit: str = "青山县总工会",
    status: str = "published",
    version: int = 1,
    **said: str,
) -> BuiltDocument:
    """The invented document as what a unit disclosed of a year; `said` are more properties of it by prefixed name."""
    path = f"{unit}-{year}-{kind}-{version}.txt"
    made = sample(f"{TEXT}{path}\n", status, (path,))
    _disclose(made, year, kind, unit)
    for name, value in said.items():
        prefix, _, local = name.partition("_")
        predicate = NamedNode({"dcat": DCAT, "dct": DCT}[prefix] + local)
        made.add(made.iri, predicate, NamedNode(value) if value.startswith("http") else Literal(value))
    return made.built()


def _disclose(made: Sample, year: int, kind: str, unit: str) -> None:
    key = hashlib.sha256(unit.encode()).hexdigest()[:16]
    office, region = f"{BASE}organisation/140525/{key}", f"{BASE}region/140525"
    disclosure = f"{BASE}disclosure/140525/{key}/{year}/{kind}"
    made.add(made.iri, NamedNode("http://www.w3.org/ns/prov#specializationOf"), NamedNode(disclosure))
    made.add(made.iri, LABEL, Literal(f"{unit}{year}年度"))
    made.add(disclosure, TYPE, NamedNode(f"{DEF}Disclosure"))
    made.add(disclosure, NamedNode(f"{DCT}publisher"), NamedNode(office))
    made.say(disclosure, disclosureKind=NamedNode(f"{CODE}disclosure-kind/{kind}"), fiscalYear=str(year))
    made.add(office, TYPE, NamedNode("http://www.w3.org/ns/org#Organization"))
    made.add(office, LABEL, Literal(unit))
    made.say(office, inRegion=NamedNode(region))
    made.add(region, LABEL, Literal("泽州县"))
    made.add(region, NamedNode("http://www.w3.org/2004/02/skos/core#notation"), Literal("140525"))


DOCUMENTS = (
    disclosed(
        2023,
        dcat_downloadURL="https://budget.example.com/2023",
        dct_issued="2023-02-01",
        dct_license="https://licence.example.com/open",
    ),
    disclosed(2024, dct_license="仅供参考"),
    disclosed(2024, "accounts"),
    disclosed(2024, unit="白水县总工会"),
    disclosed(2025, status="reviewDraft"),
)


def released(out: Path, *documents: BuiltDocument, publisher: Publisher = OFFICE) -> Path:
    """The folder of the release of some documents, all of DOCUMENTS if none are named."""
    out.parent.mkdir(parents=True, exist_ok=True)
    said = vocabulary(out.parent)
    return publish(out, BASE, documents or dated(DOCUMENTS), [], said, publisher=publisher)


def dated(documents: tuple[BuiltDocument, ...]) -> tuple[BuiltDocument, ...]:
    """The documents, their days of issue with the datatype that the mapping writes."""
    old, new = '"2023-02-01" <', '"2023-02-01"^^<http://www.w3.org/2001/XMLSchema#date> <'
    return tuple(replace(each, quads=each.quads.replace(old, new)) for each in documents)
