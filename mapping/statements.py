"""Running text to statements: every amount, change, share and count, with what it is of, of whom and of which year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapping.characterise import find_class, find_comparand, find_direction, find_kind, find_phrase
from mapping.dating import find_comparison, find_phase, find_year
from mapping.describe import Description
from mapping.document import Document, Span
from mapping.drafts import Draft, Reading
from mapping.halves import WHOLE, Halves
from mapping.lexicon import pattern
from mapping.measures import measures
from mapping.measuring import find_measure
from mapping.naming import find_subject
from mapping.parts import SIDES, find_parent
from mapping.passages import Passage, heads_list, unify
from mapping.periods import Year, find_years
from mapping.phrases import Bodies
from mapping.quantities import PrintedNumber
from mapping.recognise import Recognised
from mapping.relating import completes, differs, plans

# Operators of numbers that limit what is defined (不超过20公里的地区).
_LIMITS = ("≥", "≤", ">", "<")


@dataclass(frozen=True, slots=True)
class Statement:
    """A printed number and what it says.

    `spans` is its clause, `number` the number alone, `printed` as printed without thousands separators. `measure` is a
    notation of `code:measure`, `kind` of `code:statement-kind`, `phase` of `code:phase`; `low` and `high` are those of
    a range. `parent` is the place, in the list, of the amount that its list divides, `base` of the amount that a
    change, share or rate is said of. `reason` tells what was understood from context.
    """

    spans: tuple[Span, ...]
    number: tuple[Span, ...]
    printed: str
    value: Decimal
    decimals: int
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    operator: str
    kind: str
    measure: str
    subject: str | None
    measure_spans: tuple[Span, ...]
    fiscal_year: int | None
    as_of: str | None
    direction: str | None
    phase: str | None
    relative_year: int | None
    relative_phase: str | None
    relative_measure: str | None
    functional_class: str | None
    parent: int | None
    base: int | None
    reason: str | None

    def lead(self, content: str) -> str:
        """The characters of its clause before the number; `content` is the text that it is printed in."""
        end = self.number[0].start
        return "".join(content[span.start : min(span.end, end)] for span in self.spans if span.start < end)


def read_statements(
    document: Document,
    passages: Iterable[Passage],
    tables: Sequence[Recognised],
    description: Description,
    *,
    units: Iterable[str] = (),
    halves: Halves = WHOLE,
) -> list[Statement]:
    """The statements of a document in order, one for each number printed in its running text, its passages.

    `units` are the names of those that it lists as its own, `halves` its parts of a year and kind of their own.
    """
    publisher = None if description.of_government else description.publisher
    bodies = Bodies(publisher, {*_names(tables), *units}, description.of_government)
    found: list[Draft] = []
    heads: Sequence[Draft] = ()
    state: Year | None = None
    for passage in passages:
        announced = (heads, state) if passage.listed else ((), None)
        said = halves.described(description, passage.places[0])
        reading = Reading(passage, announced[0], bodies, said, announced[1])
        _read(reading, len(found))
        found += reading.drafts
        heads, state = _announced(reading), _announced_state(reading)
    return [_statement(draft, document.text.content) for draft in found]


def _names(tables: Sequence[Recognised]) -> Iterable[str]:
    """The organisations that captions name."""
    return {table.captions.office for table in tables if table.captions.office}


def _read(here: Reading, first: int) -> None:
    """Drafts the numbers of a passage, of a definition its limits; `first` is the place of the next statement.

    And the money of a sentence behind the definition that a year heads (经费拨款：指…。2030年预算安排5万元).
    """
    defined = here.passage.defines or bool(pattern("statements", "definition").match(here.text))
    for quantity in here.quantities:
        defines = defined and not _is_behind_definition(here, quantity)
        if not defines or _limits(quantity) or _is_price(here, quantity):
            draft = here.draft(first + len(here.drafts), quantity)
            _decide(here, draft, timeless=defines)
            here.drafts.append(draft)


def _is_behind_definition(here: Reading, quantity: PrintedNumber) -> bool:
    """Whether an amount of money stands behind the first sentence, which defines, in one that tells of a year."""
    sentence = here.clauses.sentence(quantity.start)
    told = pattern("statements", "told-of-year").match(here.text, sentence)
    return quantity.kind == "money" and sentence > 0 and bool(told)


def _limits(quantity: PrintedNumber) -> bool:
    """Whether a number limits what is defined: of money only a price (单价50万元以上的设备), no fine or sum."""
    return quantity.limits or (quantity.kind != "money" and quantity.operator in _LIMITS)


def _is_price(here: Reading, quantity: PrintedNumber) -> bool:
    """Whether money in a definition is what something is sold for (检测费：指…，每份收费标准30元)."""
    return quantity.kind == "money" and bool(pattern("statements", "priced").search(here.text[: quantity.start]))


def _decide(here: Reading, draft: Draft, timeless: bool) -> None:
    for step in _STEPS:
        step(here, draft)
    if not timeless:
        find_year(here, draft)
        find_phase(here, draft)
    find_subject(here, draft)


_STEPS = (
    find_direction,
    find_comparand,
    find_kind,
    find_phrase,
    find_parent,
    find_class,
    find_measure,
    find_comparison,
)


def _announced(here: Reading) -> Sequence[Draft]:
    """The amounts whose parts the passages after this one list: those that its last words name, else its own."""
    wholes = [one for one in here.drafts if one.kind in ("amount", "count") and not one.compared_with]
    wholes = [one for one in wholes if not (completes(here, one) or plans(here, one) or differs(here, one))]
    found = [one for one in wholes if not here.clauses.in_reason(one.quantity.start)]
    own = _of_announced_side(here, [one for one in found if one.scope is None])
    if heads_list(here.text):
        return found
    if not own or not here.text.endswith(("：", "其中")):
        return here.heads
    if pattern("statements", "list-of-all").search(here.text) and len({one.measure for one in own}) > 1:
        return ()
    named = [measure for start, _, measure in here.terms if start >= here.quantities[-1].stop]
    return _latest([one for one in found if one.measure in named[-1:]] or own)


def _of_announced_side(here: Reading, amounts: Sequence[Draft]) -> Sequence[Draft]:
    """The amounts on the side of the account whose list the last words announce (支出情况如下：); all if none is."""
    side = pattern("statements", "side-announced").search(here.text)
    alike = [one for one in amounts if side and measures()[one.measure].character == SIDES[side[1]]]
    return alike or amounts


def _latest(amounts: Sequence[Draft]) -> Sequence[Draft]:
    """The amounts without those of an earlier year than the same one is printed of."""
    years = {one.measure: max(other.year or 0 for other in amounts if other.measure == one.measure) for one in amounts}
    return [one for one in amounts if (one.year or 0) == years[one.measure]]


def _announced_state(here: Reading) -> Year | None:
    """The day that the passages after this one speak of (截至2023年12月31日，基本情况如下：)."""
    if not here.text.endswith("："):
        return here.state
    return next((one for one in reversed(find_years(here.text)) if one.as_of), None)


def _statement(draft: Draft, content: str) -> Statement:
    passage, quantity = draft.passage, draft.quantity
    return Statement(
        spans=passage.spans(*draft.clause),
        number=passage.spans(quantity.start, quantity.end),
        printed=_printed(passage, quantity, content),
        value=quantity.value,
        decimals=quantity.decimals,
        low=quantity.low,
        high=quantity.high,
        unit=_unit(passage, quantity, content),
        operator=quantity.operator,
        kind=draft.kind,
        measure=draft.measure,
        subject=_subject(draft, content),
        measure_spans=_measure_spans(draft),
        fiscal_year=draft.year,
        as_of=draft.as_of,
        direction=draft.direction,
        phase=draft.phase,
        relative_year=draft.relative_year,
        relative_phase=draft.relative_phase,
        relative_measure=draft.whole,
        functional_class=draft.functional,
        parent=draft.parent.at if draft.parent else None,
        base=draft.base.at if draft.base else None,
        reason="; ".join(dict.fromkeys(draft.reasons)) or None,
    )


def _printed(passage: Passage, quantity: PrintedNumber, content: str) -> str:
    """The number as printed, without thousands separators."""
    characters = (content[at] for at in passage.places[quantity.start : quantity.end])
    return "".join(one for one in characters if one not in ",，")


def _unit(passage: Passage, quantity: PrintedNumber, content: str) -> str | None:
    """The unit; brackets in it as printed (台(套))."""
    unit = quantity.unit
    if unit is None or "（" not in unit:
        return unit
    printed = "".join(content[at] for at in passage.places[quantity.stop - len(unit) : quantity.stop])
    return printed if unify(printed) == unit else unit


def _measure_spans(draft: Draft) -> tuple[Span, ...]:
    """Where the term stands that says the measure: its own, or that of the amount whose measure it has."""
    if draft.term:
        return draft.passage.spans(*draft.term)
    return _measure_spans(draft.like) if draft.like else draft.headed


def _subject(draft: Draft, content: str) -> str | None:
    if draft.subject is None:
        return None
    printed = (content[at] for at in draft.passage.places[draft.subject.start : draft.subject.end])
    return draft.subject.name or "".join(printed)
