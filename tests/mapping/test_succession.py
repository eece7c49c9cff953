"""Lines of projects over years and phases: what joins them, what keeps them apart, and their facts' neighbours."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from mapping.identity import name_key
from mapping.link import link

BASE = "https://example.org/"
DEF = "https://w3id.org/yusuan/def#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
XSD = "http://www.w3.org/2001/XMLSchema#"
OFFICE = "云岭县水务局"


@dataclass
class Paper:
    """A document of an office with projects: each a name, and its unit and code where they are printed."""

    number: int
    year: int
    projects: Sequence[tuple[str, str | None, str | None]]
    kind: str = "budget"
    publisher: str = OFFICE
    phase: str = "approved"

    def iri(self, name: str, unit: str | None, code: str | None) -> str:
        if code and any(character.isalpha() for character in code):
            return f"{BASE}project/{code}"
        return f"{BASE}project/530000/{name_key(unit or self.publisher)}/{self.year}/{name_key(name)}"

    def lines(self) -> list[bytes]:
        document = f"{BASE}document/{self.number:064x}"
        disclosure = f"{BASE}disclosure/530000/{name_key(self.publisher)}/{self.year}/{self.kind}"
        body = f"{BASE}organisation/530000/{name_key(self.publisher)}"
        said = [
            (document, DEF + "sourcePath", f'"{self.number}.txt"'),
            (document, "http://www.w3.org/ns/prov#specializationOf", f"<{disclosure}>"),
            (disclosure, "http://purl.org/dc/terms/publisher", f"<{body}>"),
            (body, LABEL, f'"{self.publisher}"'),
        ]
        for at, (name, unit, code) in enumerate(self.projects):
            entry, project = f"{document}/project/{at}0-{at}9", self.iri(name, unit, code)
            said += [(entry, DEF + "entryOf", f"<{project}>"), (entry, LABEL, f'"{name}"')]
            said += [(entry, DEF + "implementingUnitName", f'"{unit}"')] if unit else []
            said += [(entry, DEF + "projectCode", f'"{code}"')] if code else []
            fact, claim = self.fact(at), f"{document}/observation/{at}0-{at}9"
            said += [(fact, DEF + "factProject", f"<{project}>"), (claim, DEF + "states", f"<{fact}>")]
            said += [(claim, DEF + bound, f'"100"^^<{XSD}decimal>') for bound in ("low", "high")]
            for dimension, list_, value in (
                ("reportingLevel", "reporting-level", "consolidated"),
                ("carryOver", "carry-over", "current"),
                ("fundScope", "fund-source", "all"),
                ("flow", "flow", "unknown"),
            ):
                said.append((fact, DEF + dimension, f"<https://w3id.org/yusuan/code/{list_}/{value}>"))
        return [f"<{s}> <{p}> {o} <{document}/graph> .\n".encode() for s, p, o in said]

    def fact(self, at: int) -> str:
        scope = f"{self.number:04x}{at:04x}"
        return f"{BASE}fact/530000/{name_key(self.publisher)}/{self.year}/{self.phase}/project-budget-{scope}/all"


def linked(*papers: Paper) -> dict[str, dict[str, list[str]]]:
    """What the corpus graph says, by subject and local name."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in link(BASE, (paper.lines() for paper in papers)):
        subject, predicate, rest = line.decode().split(" ", 2)
        term = rest.rpartition(" <")[0]
        value = term[1:-1] if term.startswith("<") else term[1 : term.rindex('"')]
        local = predicate[1:-1].replace("#", "/").rpartition("/")[2]
        found.setdefault(subject[1:-1], {}).setdefault(local, []).append(value)
    return found


def lines_of(*papers: Paper) -> list[dict[str, list[str]]]:
    return [said for iri, said in linked(*papers).items() if "/project-line/" in iri]


def one(name: str, unit: str | None = None, code: str | None = None) -> list[tuple[str, str | None, str | None]]:
    return [(name, unit, code)]


def test_a_name_that_differs_in_its_year_goes_on() -> None:
    (line,) = lines_of(Paper(1, 2023, one("2023年村道养护")), Paper(2, 2024, one("村道养护（2024年度）")))
    assert len(line["joins"]) == 2
    assert (line["label"], line["confidence"]) == (["村道养护"], ["0.9"])
    assert line["grounding"][0].endswith("/inferred")
    assert len(line["wasDerivedFrom"]) == 2


def test_what_the_budget_prints_of_the_own_level_and_the_accounts_of_no_unit_is_one() -> None:
    budget = Paper(1, 2023, one("水库除险加固", OFFICE + "本级"))
    accounts = Paper(2, 2023, one("水库除险加固"), kind="accounts", phase="finalAccounts")
    (line,) = lines_of(budget, accounts)
    assert len(set(line["joins"])) == 2
    said = linked(budget, accounts)
    assert said[accounts.fact(0)]["accountsFor"] == [budget.fact(0)]


def test_the_only_unit_that_is_printed_is_meant_with_less_confidence() -> None:
    (line,) = lines_of(Paper(1, 2023, one("水文监测运行", "云岭县水文站")), Paper(2, 2024, one("水文监测运行")))
    assert line["confidence"] == ["0.8"]


def test_where_two_units_are_printed_a_project_without_one_is_neither() -> None:
    both = [("水文监测运行", "云岭县水文站", None), ("水文监测运行", OFFICE + "本级", None)]
    assert lines_of(Paper(1, 2023, both), Paper(2, 2024, one("水文监测运行"))) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("村道养护", None, None), ("村道新建", None, None)),
        (("村道养护", "云岭县水文站", None), ("村道养护", "云岭县河长办", None)),
        (("村道养护", None, "53010023P0001"), ("村道养护", None, "53010024P0002")),
        (("培训", None, None), ("培训", None, None)),
        (("“十四五”期间水库加固", None, None), ("水库加固", None, None)),
    ],
    ids=["other name", "other unit", "other code", "too short", "no number of a part"],
)
def test_what_may_be_another_project_is_not_joined(
    before: tuple[str, str | None, str | None], after: tuple[str, str | None, str | None]
) -> None:
    assert lines_of(Paper(1, 2023, [before]), Paper(2, 2024, [after])) == []


def test_the_same_name_of_another_office_is_not_joined() -> None:
    assert lines_of(Paper(1, 2023, one("村道养护")), Paper(2, 2024, one("村道养护"), publisher="云岭县交通局")) == []


def test_codes_may_differ_in_their_year() -> None:
    (line,) = lines_of(
        Paper(1, 2023, one("村道养护", None, "53010023P0001")), Paper(2, 2024, one("村道养护", None, "53010024P0001"))
    )
    assert line["confidence"] == ["0.95"]


def test_parts_are_joined_with_less_confidence_and_their_money_is_not() -> None:
    papers = Paper(1, 2023, one("水库加固（一期）")), Paper(2, 2024, one("水库加固（二期）"))
    (line,) = lines_of(*papers)
    assert (line["label"], line["confidence"]) == (["水库加固"], ["0.7"])
    assert not any("yearBefore" in values for iri, values in linked(*papers).items() if "/fact/" in iri)


def test_parts_that_one_document_prints_are_lines_of_their_own() -> None:
    parts = [("水库加固第一批", None, None), ("水库加固第二批", None, None)]
    found = lines_of(Paper(1, 2023, parts), Paper(2, 2024, parts))
    assert sorted(line["label"][0] for line in found) == ["水库加固第一批", "水库加固第二批"]


def test_two_projects_of_one_document_are_never_one() -> None:
    twice = [("2023年村道养护", None, None), ("2024年村道养护", None, None)]
    assert lines_of(Paper(1, 2024, twice), Paper(2, 2023, one("村道养护"))) == []


def test_the_facts_of_a_line_are_neighbours() -> None:
    papers = [
        Paper(1, 2023, one("2023年村道养护")),
        Paper(2, 2024, one("2024年村道养护")),
        Paper(3, 2024, one("2024年村道养护"), kind="accounts", phase="finalAccounts"),
    ]
    said = linked(*papers)
    assert said[papers[1].fact(0)]["yearBefore"] == [papers[0].fact(0)]
    assert said[papers[2].fact(0)]["accountsFor"] == [papers[1].fact(0)]
    assert "yearBefore" not in said[papers[2].fact(0)]


def test_the_order_of_documents_makes_no_difference_to_lines() -> None:
    papers = [Paper(at, 2020 + at, one(f"{2020 + at}年村道养护")) for at in range(1, 5)]
    orders = itertools.islice(itertools.permutations(papers), 8)
    assert len({tuple(link(BASE, (paper.lines() for paper in order))) for order in orders}) == 1
