"""What is known of the numbers of a passage while it is read: the nouns of the steps that decide what each says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from mapping.amounts import MULTIPLIERS
from mapping.clauses import Clauses
from mapping.describe import Description
from mapping.document import Span
from mapping.language import Term, pipeline, terms
from mapping.lexicon import pattern
from mapping.passages import Passage
from mapping.periods import Comparison, Year
from mapping.phrases import Bodies, Phrase
from mapping.quantities import PrintedNumber

# Names of measures that a noun right before them makes the names of some of it, and what may stand there.
_BARE = (("bare-terms", "before-bare"), ("bare-totals", "before-total"), ("bare-funds", "before-funds"))
# The phases of budgets.
BUDGETS = frozenset({"approved", "adjusted"})
# Phases of money that is planned, for the whole year.
PLANNED = frozenset({*BUDGETS, "reviewDraft"})
# Counts of posts and of persons divide each other (编制21个，16名公务员编制).
_STAFF = {"pieces", "persons"}
# Money in a unit with a scale (3千万元), or of another country.
_SCALED = re.compile("[十百千万亿]*(?:[美欧港日]?元|英镑|卢布)")


@dataclass(slots=True)
class Draft:
    """A statement in the making; places are those of its passage.

    `at` is its place among the statements of the document; `base` the amount that a change, share or rate is said of,
    `like` the amount whose measure it has, `headed` where the heading stands that says it, `named` where its functional
    class is printed, `compared` the year it is compared with.
    """

    passage: Passage
    at: int
    quantity: PrintedNumber
    clause: tuple[int, int]
    scope: int | None
    kind: str = ""
    measure: str = ""
    term: tuple[int, int] | None = None
    headed: tuple[Span, ...] = ()
    phrase: Phrase | None = None
    subject: Phrase | None = None
    year: int | None = None
    as_of: str | None = None
    direction: str | None = None
    phase: str | None = None
    compared: Year | None = None
    relative_year: int | None = None
    relative_phase: str | None = None
    whole: str | None = None
    functional: str | None = None
    named: tuple[int, int] | None = None
    parent: Draft | None = None
    base: Draft | None = None
    like: Draft | None = None
    reasons: list[str] = field(default_factory=list)

    @property
    def label(self) -> tuple[int, int] | None:
        """Where the words stand that say what the number is of."""
        return self.named or self.term or (self.phrase.place if self.phrase else None)

    @property
    def compared_with(self) -> bool:
        """Whether it is the amount or count that another is compared with (比2023年预算5万元增加1万元)."""
        return self.kind in ("amount", "count", "score", "duration") and self.compared is not None

    def divides(self, other: Draft) -> bool:
        """Whether it can be a part of `other`: both amounts, counts or changes, of one kind of unit."""
        kinds = {self.quantity.kind, other.quantity.kind}
        return (self.kind == "change") == (other.kind == "change") and (len(kinds) == 1 or kinds == _STAFF)


class Reading:
    """A passage and the drafts read from it so far.

    `heads` are amounts whose parts the passage before announced, `state` the day that it says they are of, `said` what
    the document says of itself.
    """

    def __init__(
        self, passage: Passage, heads: Sequence[Draft], bodies: Bodies, said: Description, state: Year | None
    ) -> None:
        self.passage = passage
        self.text = passage.words
        self.heads = heads
        self.bodies = bodies
        self.said = said
        self.document_year = passage.year or said.year
        self.state = state
        self._doc = pipeline()(passage.words)
        self.quantities: Sequence[PrintedNumber] = self._doc._.quantities
        self.years: Sequence[Year] = [self._meant(one) for one in self._doc._.years]
        self.comparisons: Sequence[Comparison] = [
            replace(one, year=self._meant(one.year)) if one.year else one for one in self._doc._.comparisons
        ]
        self.drafts: list[Draft] = []

    def _meant(self, year: Year) -> Year:
        """A year that a word names, as the document explains the word; any other as it is."""
        word = self.text[year.start : year.end]
        meant = next((one for name, one in self.said.meant if year.back is not None and name in word), None)
        return year if meant in (None, year.of(self.document_year)) else replace(year, year=meant, back=None)

    @cached_property
    def terms(self) -> list[Term]:
        """The terms of the text.

        Not those of what is part of another noun (网络运行经费, 工资性支出预算), nor of what is denied (非本级资金).
        """
        return [one for one in terms(self._doc) if not self._is_part(*one.place)]

    def _is_part(self, start: int, end: int) -> bool:
        if pattern("statements", "denied").search(self.text, 0, start):
            return True
        bare = [led for name, led in _BARE if pattern("statements", name).fullmatch(self.text, start, end)]
        return any(not pattern("statements", led).search(self.text, 0, start) for led in bare)

    @cached_property
    def clauses(self) -> Clauses:
        """The text divided at its punctuation, terms and numbers whole."""
        numbers = ((one.start, one.stop) for one in self.quantities)
        return Clauses(self.text, (*(one.place for one in self.terms), *numbers))

    @cached_property
    def named(self) -> list[Phrase]:
        """The organisations that the text names."""
        return self.bodies.find(self.text)

    def draft(self, at: int, quantity: PrintedNumber) -> Draft:
        """A new draft for a number, with its clause and its list."""
        clause = self.clauses.clause(quantity.start, quantity.stop)
        draft = Draft(self.passage, at, quantity, clause, self.clauses.scope(quantity.start))
        if quantity.kind == "money" and "元" not in self.text[quantity.end : quantity.stop]:
            draft.reasons.append("元 is not printed")
        elif quantity.unit and quantity.unit not in MULTIPLIERS and _SCALED.fullmatch(quantity.unit):
            draft.reasons.append(f"no amount: {quantity.unit} is no unit of the tables")
        return draft

    def phrase(self, draft: Draft) -> str:
        """The noun phrase before a number; "" where there is none."""
        return self.text[draft.phrase.start : draft.phrase.end] if draft.phrase else ""

    def told(self, draft: Draft) -> list[Draft]:
        """The drafts of the sentence of a number."""
        sentence = self.clauses.sentence(draft.quantity.start)
        return [one for one in self.drafts if one.quantity.start >= sentence]

    def changed_from(self, draft: Draft) -> bool:
        """Whether a number is the one that something was changed from (由280元提高到320元)."""
        after = self.text[draft.quantity.stop : draft.clause[1]]
        led = pattern("statements", "changed-from").search(self.lead(draft))
        return bool(led and pattern("statements", "changed-to").match(after))

    def changed(self, draft: Draft) -> Draft | None:
        """The number before it in its clause, where that was changed to this one."""
        last = self.drafts[-1] if self.drafts else None
        return last if last and last.clause == draft.clause and self.changed_from(last) else None

    def names_whole(self, draft: Draft) -> bool:
        """Whether the clause of an amount calls it the whole that something is a share of (占总支出90万元的44%)."""
        return bool(pattern("statements", "whole-led").search(self.text[draft.clause[0] : draft.quantity.start]))

    def start_of(self, draft: Draft) -> int:
        """Where the words before a number begin: after the number before it, in its clause."""
        ends = [one.stop for one in self.quantities if one.stop <= draft.quantity.start]
        added = pattern("statements", "added-to").search(self.text[draft.clause[0] : draft.quantity.start])
        return max([draft.clause[0] + (added.end() if added else 0), *ends[-1:]])

    def explained(self, draft: Draft) -> tuple[int, int] | None:
        """The place of the words before the bracket that an amount stands behind (基本支出（人员、公用）为9万元).

        None where words of its own stand between.
        """
        start = self.start_of(draft)
        closes = self.text[start - 1 : start] == "）"
        if not closes or not pattern("statements", "after-term").fullmatch(self.lead(draft)):
            return None
        opened, depth = start - 1, 1
        while depth and opened:
            opened -= 1
            depth += {"）": 1, "（": -1}.get(self.text[opened], 0)
        ends = [one.stop for one in self.quantities if one.stop <= opened]
        return max([self.clauses.clause(opened, opened)[0], *ends[-1:]]), opened

    def lead(self, draft: Draft) -> str:
        """The words before a number, in its clause and after the number before it."""
        return self.text[self.start_of(draft) : draft.quantity.start]
