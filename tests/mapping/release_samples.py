"""A small invented document as the mapping hands it to `publish`, for the tests of releases."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from mapping.amounts import MULTIPLIERS, parse_amount, plain
from mapping.audit import open_graph
from mapping.built import BuiltDocument, Quarantined
from mapping.findings import write_findings
from mapping.publish import publish
from mapping.verify import Failure, verify

BASE = "https://example.org/"
DEF = "https://w3id.org/yusuan/def#"
CODE = "https://w3id.org/yusuan/code/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
DERIVED = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")

TEXT = """青山县总工会2024年度部门预算
表一 支出总表
单位：万元
项目\t合计\t基本支出
合计\t1,650.240\t1,300.00
行政运行\t1,300.00\t1,300.00
困难职工帮扶\t350.240\t
结余\t(12.50)\t-3
第二页接上页 9,87
续表 6.50
项目名称：困难职工帮扶
维修\t21.34\t13.45
年度资金总额：350.24万元
总体目标：帮扶困难职工
及时足额
"""

Span = tuple[int, int]


def find(text: str, words: str, occurrence: int = 1) -> Span:
    """The span of the n-th occurrence of `words`."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return start, start + len(words)


@dataclass
class Sample:
    """A document under construction: its text and the statements made of it so far."""

    text: str
    status: str = "published"
    sources: tuple[str, ...] = ("青山/2024.txt",)
    quads: list[Quad] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        self.iri = f"{BASE}document/{self.sha256}"
        self.graph = NamedNode(f"{self.iri}/graph")

    def say(self, subject: str, **statements: object) -> None:
        """Adds `def:` statements: str, int and IRI (NamedNode) objects."""
        for name, value in statements.items():
            said = value if isinstance(value, NamedNode | Literal) else Literal(value)  # type: ignore[arg-type]
            self.quads.append(Quad(NamedNode(subject), NamedNode(DEF + name), said, self.graph))

    def add(self, subject: str, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Adds one statement."""
        self.quads.append(Quad(NamedNode(subject), predicate, value, self.graph))

    def line(self, at: int) -> int:
        """The 1-based line of a code point."""
        return self.text.count("\n", 0, at) + 1

    def reading(self, part: str, kind: str, *spans: Span) -> str:
        """The IRI of a new reading with its spans."""
        iri = f"{self.iri}/{part}/{spans[0][0]}-{spans[0][1]}"
        self.add(iri, TYPE, NamedNode(DEF + kind))
        self.say(
            iri,
            line=self.line(spans[0][0]),
            starts=";".join(str(start) for start, _ in spans),
            ends=";".join(str(end) for _, end in spans),
            grounding=NamedNode(CODE + "grounding/verbatim"),
        )
        for start, end in spans:
            span = f"{self.iri}/text#char={start},{end}"
            self.add(iri, DERIVED, NamedNode(span))
            self.add(span, TYPE, NamedNode(DEF + "Span"))
            quote = self.text[start:end]
            rendition = NamedNode(f"{self.iri}/text")
            self.say(span, start=start, end=end, line=self.line(start), quote=quote, spanOf=rendition)
        return iri

    def money(self, part: str, kind: str, unit: str | None, *spans: Span) -> str:
        """The IRI of a new amount, its value read from the spans."""
        iri = self.reading(part, kind, *spans)
        printed = parse_amount("".join(self.text[start:end] for start, end in spans).replace("\n", ""))
        assert printed is not None
        self.say(iri, printedValue=printed.printed, decimals=printed.decimals)
        if unit:
            self.say(iri, unit=unit, unitMultiplier=MULTIPLIERS[unit])
            low, high = printed.interval(MULTIPLIERS[unit])
            self.say(iri, low=decimal(plain(low)), high=decimal(plain(high)))
            self.say(iri, amount=decimal(plain(printed.in_yuan(MULTIPLIERS[unit]))))
        return iri

    def words(self, part: str, kind: str, span: Span) -> str:
        """The IRI of a new reading of text, its printed value without line ends."""
        iri = self.reading(part, kind, span)
        self.say(iri, printedValue=self.text[span[0] : span[1]].replace("\n", ""))
        return iri

    def describe(self) -> None:
        """Adds the document and its rendition."""
        self.add(self.iri, TYPE, NamedNode(DEF + "Document"))
        status = NamedNode(f"{CODE}publication-status/{self.status}")
        rendition = f"{self.iri}/text"
        self.say(self.iri, sha256=self.sha256, rendition=NamedNode(rendition), publicationStatus=status)
        for source in self.sources:
            self.say(self.iri, sourcePath=source)
        self.add(rendition, TYPE, NamedNode(DEF + "Rendition"))
        self.say(rendition, sha256=self.sha256, length=len(self.text))

    def built(self) -> BuiltDocument:
        """The document as the mapping hands it over."""
        quads = dump(self.quads)
        findings = write_findings(open_graph(quads), self.iri)
        return BuiltDocument(self.iri, self.sha256, self.sources, self.status, quads, findings, self.text)


def decimal(lexical: str) -> Literal:
    """An xsd:decimal with exactly this lexical form."""
    return Literal(lexical, datatype=NamedNode(XSD + "decimal"))


def dump(quads: Iterable[Quad]) -> str:
    """Sorted, distinct N-Quads lines."""
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode().split("\n")
    return "".join(f"{line}\n" for line in sorted(set(lines)) if line)


def sample(text: str = TEXT, status: str = "published", sources: Sequence[str] = ("青山/2024.txt",)) -> Sample:
    """The invented document with a table, amounts of all spellings, a project, its form and its office."""
    made = Sample(text, status, tuple(sources))
    made.describe()
    table = made.reading("table", "Table", find(text, "表一 支出总表"), find(text, "项目"), find(text, "-3"))
    made.say(table, title="表一 支出总表", firstLine=4, lastLine=8, empty=False)
    for words, occurrence in (("1,650.240", 1), ("1,300.00", 1), ("1,300.00", 2), ("1,300.00", 3), ("-3", 1)):
        made.money("observation", "Observation", "万元", find(text, words, occurrence))
    made.money("observation", "Observation", "元", find(text, "(12.50)"))
    made.money("observation", "Observation", None, find(text, "9,87"), find(text, "6.50"))
    figure = made.money("observation", "Observation", "万元", find(text, "350.240"))
    project = _project(made)
    made.say(figure, project=NamedNode(project))
    _parts_of_a_row(made)
    office = made.reading("organisation", "OrganisationEntry", find(text, "青山县总工会"))
    made.add(office, LABEL, Literal("青山县总工会"))
    notice = f"{made.iri}/notice/no-accounts"
    made.add(notice, TYPE, NamedNode(DEF + "Notice"))
    made.add(notice, LABEL, Literal("没有决算表", language="zh-Hans"))
    return made


def _project(made: Sample) -> str:
    """The IRI of the project entry, whose form and table row both state its amount."""
    project = made.reading("project", "ProjectEntry", find(made.text, "困难职工帮扶", 2))
    made.add(project, LABEL, Literal("困难职工帮扶"))
    total = made.money("reading", "FormReading", "万元", find(made.text, "350.24", 2))
    target = made.words("reading", "FormReading", find(made.text, "帮扶困难职工\n及时足额"))
    made.say(project, reading=NamedNode(total), annualTotal=decimal("3502400"), amount=decimal("3502400"))
    made.say(project, reading=NamedNode(target))
    return project


def _parts_of_a_row(made: Sample) -> None:
    """A project whose row prints no total: its amount is the sum of the parts."""
    project = made.reading("project", "ProjectEntry", find(made.text, "维修"))
    made.add(project, LABEL, Literal("维修"))
    table = NamedNode("http://purl.org/linked-data/cube#dataSet")
    for printed in ("21.34", "13.45"):
        part = made.money("observation", "Observation", "万元", find(made.text, printed))
        role = NamedNode(CODE + "column-role/part")
        made.say(part, project=NamedNode(project), rowNumber=2, columnRole=role)
        made.add(part, table, NamedNode(f"{made.iri}/table/0-1"))
    made.say(project, amount=decimal("347900"))


def republished(document: BuiltDocument, quads: str | None = None, rendition: str | None = None) -> BuiltDocument:
    """The document with other facts or another text, and every checksum of it repaired."""
    text = document.rendition if rendition is None else rendition
    said = document.quads if quads is None else quads
    digest = hashlib.sha256(text.encode()).hexdigest()
    name = f"<{document.iri}/text> <{DEF}"
    lines = [line for line in said.split("\n") if line and not line.startswith((f"{name}sha256>", f"{name}length>"))]
    lines.append(f'{name}sha256> "{digest}" <{document.iri}/graph> .')
    lines.append(f'{name}length> "{len(text)}"^^<{XSD}integer> <{document.iri}/graph> .')
    facts = "".join(f"{line}\n" for line in sorted(set(lines)))
    return replace(document, quads=facts, findings=write_findings(open_graph(facts), document.iri), rendition=text)


def vocabulary(folder: Path) -> list[Path]:
    """Two small Turtle files."""
    first, second = folder / "one.ttl", folder / "two.ttl"
    first.write_text(f'<{DEF}Reading> <{LABEL.value}> "reading"@en , "读数"@zh-Hans .\n')
    second.write_text(f'<{DEF}Span> <{LABEL.value}> "span"@en .\n')
    return [first, second]


def verified(*documents: BuiltDocument) -> list[Failure]:
    """What verification says of a release of these documents, all checksums and stores made anew."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        return verify(publish(out / "out", BASE, documents, [Quarantined("坏", "x")], vocabulary(out)))


def named(failures: list[Failure], iri: str) -> bool:
    return any(failure.iri == iri for failure in failures)


def changed(old: str, new: str, quads: str) -> str:
    """The dump with one wording replaced, which must be there."""
    assert old in quads
    return quads.replace(old, new)
