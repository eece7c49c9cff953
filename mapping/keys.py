"""The key of a canonical fact: whose money, of which year and phase, of what (口径); and the facets that make it.

What nothing printed says is `unknown` (mapping/data/keys.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mapping.document import fold
from mapping.lexicon import compiled, load
from mapping.measures import measure_named, measures

UNKNOWN = "unknown"
INCOMES = ("income", "total-income", "total-fiscal-income")
BESIDE = re.compile(r"20\d\d年?度?|[(（](?:金额)?(?:单位[:：])?[亿万千百]*元[)）]|其中[:：]?|\*+")
"""What stands beside the name in a label: years, units, 其中."""
_NUMBERING = re.compile(
    r"^(?:其中[:：]?|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．]|[①-⑩]|[-—－])+"
)

Facets = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for every amount of a document: whose it is, at which level, of which year and phase.

    `draft_year` is the year whose budget awaits approval, its own or the one after it; `of_government` tells that
    some of the money may be of a place, `governs` that all of it is, whose government is the entity.
    """

    entity: str
    level: str
    year: int | None
    phase: str
    offices: frozenset[str]
    draft_year: int | None = None
    of_government: bool = False
    governs: bool = False

    def accounts_for(self, phase: str | None) -> bool:
        """Whether expenditure holds money carried over: in final accounts, and a government's (预算法 art. 42)."""
        return phase == "finalAccounts" or self.governs


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a canonical fact. Codes are notations; `project` is the project's IRI below the base, or None.

    `entity` is empty where the document does not say whose money it is.
    """

    entity: str
    level: str
    year: int
    phase: str
    measure: str
    character: str
    carry_over: str
    fund_scope: str
    flow: str
    functional: str | None = None
    economic: str | None = None
    government: str | None = None
    project: str | None = None

    @property
    def open(self) -> bool:
        """Whether a dimension is unknown: then it is comparable within its own document only."""
        unknown = UNKNOWN in (self.level, self.carry_over, self.fund_scope) or not self.entity
        return unknown or self.phase == "unspecified"

    @property
    def classes(self) -> tuple[tuple[str, str], ...]:
        """Scheme and code of each class that the fact is of."""
        named = (
            ("functional", self.functional),
            ("economic", self.economic),
            ("government-economic", self.government),
        )
        return tuple((scheme, code) for scheme, code in named if code)

    @property
    def scope(self) -> str:
        """The dimensions that have no step of their own in the IRI, in one line."""
        parts = (self.level, self.character, self.carry_over, self.fund_scope, self.flow, self.project or "")
        return "|".join(parts)


def make_key(found: Facets, frame: Frame, year: int, phase: str) -> Key:
    """The key that facets make; income of one fund has a measure of its own."""
    of_fund = load("keys")["income-of-fund"].get(found.get("fund")) if found["measure"] == "income" else None
    measure = measures()[of_fund or found["measure"]]
    counted = measures()[measure.counts_as]
    entity = _NUMBERING.sub("", found.get("office") or frame.entity)
    return Key(
        entity=entity,
        level=(found.get("level") or frame.level) if entity == frame.entity else "unit",
        year=year,
        phase=phase,
        measure=counted.notation,
        character=counted.character or UNKNOWN,
        carry_over=found.get("carry") or measure.carry_over or UNKNOWN,
        fund_scope=found.get("fund") or measure.fund_scope or UNKNOWN,
        flow=load("keys")["flows"].get(counted.notation, UNKNOWN),
        functional=found.get("functional"),
        economic=found.get("economic"),
        government=found.get("government-economic"),
        project=found.get("project"),
    )


def key_of_project(measure: str, project: str, frame: Frame) -> Key | None:
    """The key of a project's total in a form or sentence, of all sources; None when the year is unknown."""
    if frame.year is None:
        return None
    return make_key({"measure": measure, "project": project}, frame, frame.year, frame.phase)


def says_which(measure: str, words: str) -> bool:
    """Whether words tell what a measure that means several amounts is of: 债务余额, no 债务限额 and no 债务本金."""
    said = load("keys")["said-by"].get(measure)
    return said is None or bool(compiled(said).search(words))


def bare_label(label: str) -> str:
    """A label without numbering, and without the 小计 or 合计 that ends it."""
    words = _NUMBERING.sub("", BESIDE.sub("", fold(label)))
    return re.sub("(?<=.)(?:小计|合计)$", "", words) if measure_named(words) is None else words
