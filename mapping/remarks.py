"""Running text to what it says without an amount: the year it calls its own, and what it says there is none of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mapping.describe import Description
from mapping.document import Span
from mapping.keys import Key
from mapping.lexicon import load, pattern
from mapping.passages import Passage, unify
from mapping.sayings import bounds, is_share
from mapping.state import Stated
from mapping.statements import Statement
from mapping.tied import exact

# So many characters behind their years paragraphs on the same of two years have in common.
_SAME = 10
# Of so many other classes at least the year is told that their changes are from.
_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark: its clause, and what it says.

    The year it gives as its own and the one `expected`, the keys of the facts that it denies, the spans of the table
    that it calls empty, or the name of a table that is missing.
    """

    spans: tuple[Span, ...]
    kind: str
    year: int | None = None
    expected: int | None = None
    denied: tuple[Key, ...] = ()
    empty: tuple[Span, ...] = ()
    missing: str | None = None


def read_remarks(
    passages: Sequence[Passage],
    notes: Sequence[Passage],
    description: Description,
    stated: Stated,
    statements: Sequence[Statement],
) -> list[Remark]:
    """The remarks of a document in order; its own year only where it is another than the document's.

    Of the `notes` of tables only what they say there is none of, and of what year.
    """
    found: list[Remark] = [*_ends_of_years(passages, description)]
    facts = {*stated.figures.values(), *(key for keys in stated.statements.values() for key in keys)}
    for passage in passages:
        if passage.form is None and not passage.defines:
            if not _is_beside_own(passage, passages, description):
                found += _years(passage, description, facts, statements)
            found += _denials(passage, description, facts)
            found += _compared_years(passage, description, _within(passage, statements))
            found += _noted_year(passage, description)
    for note in notes:
        found += _denials(note, description, facts)
        found += _noted_year(note, description)
    found += _odd_year(statements, description)
    return sorted(found, key=lambda one: one.spans)


def _shape(name: str, description: Description) -> re.Pattern[str]:
    return _filled(load("remarks")[name], description)


def _filled(shape: str, description: Description) -> re.Pattern[str]:
    """A shape with the publisher's name where it says WHO."""
    return re.compile(shape.replace("WHO", re.escape(unify(description.publisher or "本部门"))))


def _within(passage: Passage, statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements of a passage."""
    first, last = passage.places[0], passage.places[-1]
    return [one for one in statements if first <= one.number[0].start <= last]


def _years(
    passage: Passage, description: Description, facts: Iterable[Key], statements: Sequence[Statement]
) -> Iterator[Remark]:
    """The year at the head of a paragraph on the publisher's money, where it is not the document's and alone.

    Not alone, where what the paragraph says of the document's own year is a share of the amount of that year.
    """
    yield from _compared_with_itself(passage, description)
    found = _shape("own-year", description).match(passage.words)
    if found is None or description.year is None or int(found["year"]) == description.year:
        return
    sentence = re.split("[。；]", passage.words, maxsplit=1)[0]
    own = str(description.year) in passage.words
    alone = not own or _is_shared(_within(passage, statements), description.year, facts)
    compared = re.search("较|比|与(?:上年|20)", sentence)
    told = description.kind == "budget" and pattern("remarks", "spent-before").search(sentence)
    if alone and not compared and not told and not pattern("remarks", "not-own").search(sentence):
        yield Remark(passage.spans(0, len(sentence)), "own-year", int(found["year"]), description.year)


def _is_beside_own(passage: Passage, passages: Sequence[Passage], description: Description) -> bool:
    """Whether another paragraph begins as this one does, with the document's own year (2030年预算中…)."""
    found = _shape("own-year", description).match(passage.words)
    if found is None or description.year is None:
        return False
    begins = passage.words[: found.end("year") + _SAME].replace(found["year"], str(description.year))
    return any(other is not passage and other.words.startswith(begins) for other in passages)


def _is_shared(statements: Sequence[Statement], year: int, facts: Iterable[Key]) -> bool:
    """Whether a share of a measure in `year` is one of the amount of another year, and no fact of `year` is of it."""
    for part, share in itertools.pairwise(statements):
        named = share.kind == "share" and share.fiscal_year == part.fiscal_year == year
        if not named or share.relative_measure is None or not exact(part):
            continue
        wholes = [one for one in statements if one.measure == share.relative_measure and exact(one)]
        own = any(key.measure == share.relative_measure and key.year == year for key in facts)
        if not own and any(one.fiscal_year != year and is_share(share, part, bounds(one)) for one in wholes):
            return True
    return False


def _compared_years(passage: Passage, description: Description, statements: Sequence[Statement]) -> Iterator[Remark]:
    """A change from the year before last, where the paragraph tells other changes of its list from the last year.

    支出9万元，其中：基本支出5万元，比2022年增加1万元；项目支出4万元，比2021年增加1万元.
    """
    year = description.year
    told = [one for one in statements if one.kind == "change" and one.fiscal_year == year and one.base is not None]
    last = [one for one in told if year and one.relative_year == year - 1]
    for one in told if year else ():
        earlier = one.relative_year == (year or 0) - 2 and f"{one.relative_year}年" in passage.words
        again = any(other.base == one.base for other in last)
        alike = [other for other in last if other.measure != one.measure and other.relative_phase == one.relative_phase]
        printed = any(amount.fiscal_year == one.relative_year for amount in statements if amount.kind == "amount")
        if earlier and alike and not (again or printed):
            yield Remark(one.spans, "own-year", one.relative_year, one.relative_year + 1 if one.relative_year else None)


def _odd_year(statements: Sequence[Statement], description: Description) -> Iterator[Remark]:
    """The only change of a class from the year before last, where those of at least three others are from the last.

    Or the only one of all income or expenditure beside those of anything else. None where an amount of such in that
    year is printed, but the one that the change is from.
    """
    year = description.year or 0
    changes = [one for one in statements if one.kind == "change" and one.fiscal_year == year and exact(one)]
    for of in ({"functional-expenditure"}, {*load("remarks")["of-account"]}):
        earlier = [one for one in changes if one.measure in of and one.relative_year == year - 2]
        among = changes if "functional-expenditure" not in of else [one for one in changes if one.measure in of]
        phases = {one.relative_phase for one in earlier}
        last = {one.base for one in among if one.relative_year == year - 1 and one.relative_phase in phases}
        bases = {one.base for one in earlier}
        amounts = (one for one in statements if one.kind == "amount" and one.measure in of)
        printed = any(one.fiscal_year == year - 2 and one.base not in bases for one in amounts)
        if len(earlier) == 1 and len(last) >= _ALIKE and not printed:
            yield Remark(earlier[0].spans, "own-year", year - 2, year - 1)


def _noted_year(note: Passage, description: Description) -> Iterator[Remark]:
    """The year of which a note says that there was nothing, so that its table is empty, where it is not the document's.

    A document on two years may have tables of both.
    """
    found = _shape("empty-in-year", description).search(note.words)
    if found and description.year and description.proposed is None and int(found["year"]) == description.year - 1:
        yield Remark(note.spans(*found.span()), "own-year", int(found["year"]), description.year)


def _compared_with_itself(passage: Passage, description: Description) -> Iterator[Remark]:
    """The year at the head of a paragraph that is not the document's, and that it then compares with."""
    shapes = load("remarks")["compared-with-itself"]
    if description.kind not in shapes:
        return
    found = _filled(shapes[description.kind], description).match(passage.words)
    if found and description.year == int(found["year"]) + 1:
        yield Remark(passage.spans(*found.span()), "own-year", int(found["year"]), description.year)


def _ends_of_years(passages: Iterable[Passage], description: Description) -> Iterator[Remark]:
    """Sentences on posts, staff, vehicles and assets at the end of a year that is past: before the year of accounts,
    or before the year that precedes a budget, where it is of staff or other sentences of its own say that one.
    """
    if description.year is None or description.kind not in ("accounts", "budget"):
        return
    words = load("remarks")
    expected = description.year - (description.kind == "budget")
    running = [one for one in passages if one.form is None and not one.defines]
    found = [(one, told) for one in running for told in re.finditer(words["end-of-year"], one.words)]
    ends = [told for one in running for told in re.finditer(words["at-end"], one.words)]
    current = any(int(told["year"]) == expected for told in (*ends, *(told for _, told in found)))
    for passage, told in found:
        sure = description.kind == "accounts" or current or re.search(words["staffed"], told["what"])
        if int(told["year"]) < expected and sure and not re.search(words["not-own"], told["what"]):
            start = told.start("clause")
            yield Remark(passage.spans(start, told.end("clause")), "own-year", int(told["year"]), expected)


def _denials(passage: Passage, description: Description, facts: Iterable[Key]) -> Iterator[Remark]:
    words = load("remarks")
    for found in _shape("none", description).finditer(passage.words):
        apart = re.search(words["none-of-others"], passage.words[: found.start()])
        if apart or re.search(words["none-unless"], found[0]) or _is_of_another_year(found[0], description):
            continue
        bare = found["what"]
        before = ""
        while before != bare:
            before, bare = bare, re.sub(words["none-beside"], "", bare)
        entry = next((one for one in words["denied"] if re.fullmatch(one["words"], bare)), None)
        denied = tuple(key for key in facts if entry and _is_denied(key, entry, description))
        if denied:
            start = found.start() + len(found[0]) - len(found[0].lstrip("，。；："))
            yield Remark(passage.spans(start, found.end()), "none", denied=tuple(sorted(denied, key=str)))


def _is_of_another_year(words: str, description: Description) -> bool:
    """Whether a clause says of another year alone that there was none (2021年度没有政府性基金收入, of 2022)."""
    years = set(re.findall(r"20\d\d", words))
    return description.year is not None and bool(years) and str(description.year) not in years


def _is_denied(key: Key, entry: dict[str, str], description: Description) -> bool:
    """Whether a fact is the whole of what is denied: of the publisher and its year, of no class or project."""
    own = (key.entity, key.year) == (description.owner or "", description.year) and not key.project
    if not own or key.classes or key.carry_over == "carry-over":
        return False
    return key.fund_scope == entry["fund"] if "fund" in entry else key.measure == entry["measure"]
