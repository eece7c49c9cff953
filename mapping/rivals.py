"""Legal documents to what does not agree among them: rival numbers and titles, variants of a title, series."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mapping.cited import Citing, LegalDocument
from mapping.lexicon import pattern
from mapping.titles import (
    SPECIFIC,
    carried_titles,
    difference,
    is_yearly,
    likeness,
    marks,
    near_pairs,
    sends_money,
    stateless,
    stem,
    year_of,
)

# From here on two titles are nearly the same: of two numbers, and under one number.
NEAR = Fraction(8, 10)
VARIANT = Fraction(6, 10)
# Shorter titles (通知, 实施意见) name nothing.
_BARE = 5
# The kind of the documents that rival each other by number: orders promulgate or amend several laws at once.
_NUMBERED = "docnum"
_ORDER = "decree"

_SAME, _NEARLY = "the same title", "nearly the same title"
_MISPRINT = "misprint: {title} under numbers that differ by one digit"
_REISSUED = "reissued: {title} under numbers of different years"
_UNKNOWN = "unknown: nothing explains {title} under two numbers of one year"
_TITLES = "unknown: one number with titles that have little in common"
_VARIANTS = "one number with titles that are nearly the same, carry the same document, or hold one another"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Legal documents that do not agree with each other; `kind` is a notation of `code:discrepancy-kind`.

    Of a misreading, the party is the suspect, and either `proposed`, a document, or `number` is what may be meant.
    """

    kind: str
    parties: tuple[str, ...]
    score: Fraction
    reason: str
    evidence: tuple[str, ...]
    proposed: str | None = None
    number: str | None = None

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits of a hash of kind and parties."""
        said = "|".join((self.kind, *self.parties, self.proposed or self.number or ""))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def conflicting(self) -> bool:
        """Whether nothing explains it."""
        return self.kind in ("rival-numbers", "rival-titles")


def find_rivals(documents: Iterable[LegalDocument], citations: Mapping[str, Sequence[Citing]]) -> Iterator[Discrepancy]:
    """What does not agree among documents, each discrepancy once; `citations` are those that name each document."""
    numbered = [one for one in documents if one.number]
    for one in numbered:
        yield from _own_titles(one, citations)
    yield from _rival_numbers([one for one in numbered if one.kind == _NUMBERED], citations)


# --- one number, several titles ---


def _own_titles(one: LegalDocument, citations: Mapping[str, Sequence[Citing]]) -> Iterator[Discrepancy]:
    titles = sorted({stateless(title) for title in one.titles})
    if len(titles) < 2:
        return
    groups = _groups(titles)
    evidence = _titled([one], one.titles, citations)
    if len(groups) == 1:
        least = min(likeness(a, b) for a, b in itertools.combinations(titles, 2))
        yield Discrepancy("title-variants", (one.iri,), least, _VARIANTS, evidence)
    elif one.kind != _ORDER:
        apart = itertools.combinations(groups, 2)
        most = max(likeness(a, b) for these, those in apart for a in these for b in those)
        yield Discrepancy("rival-titles", (one.iri,), most, _TITLES, evidence)


def _groups(titles: Sequence[str]) -> list[list[str]]:
    """Titles put together that are variants of each other, directly or by others."""
    groups: list[list[str]] = []
    for title in titles:
        joined = [group for group in groups if any(_are_variants(title, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*itertools.chain.from_iterable(joined), title])
    return groups


def _are_variants(one: str, other: str) -> bool:
    if one in other or other in one or _carry_the_same(one, other):
        return True
    return likeness(*_without_place(one, other)) >= VARIANT


def _without_place(one: str, other: str) -> tuple[str, str]:
    """Two titles without the place that both begin with, which says nothing of what they have in common.

    >>> _without_place("云岭县养老服务办法", "云岭县殡葬细则")
    ('养老服务办法', '殡葬细则')
    """
    place = pattern("legal", "place").match(one)
    shared = place.end() if place and other.startswith(place[0]) else 0
    return one[shared:], other[shared:]


def _carry_the_same(one: str, other: str) -> bool:
    """Whether one title is, or carries, what the other is or carries, with or without the years it is for."""
    these, those = (
        {pattern("legal", "span").sub("", title) for title in (each, *carried_titles(each))} for each in (one, other)
    )
    return bool(these & those)


# --- one title, several numbers ---


def _rival_numbers(
    documents: Sequence[LegalDocument], citations: Mapping[str, Sequence[Citing]]
) -> Iterator[Discrepancy]:
    found: dict[tuple[str, str], Discrepancy] = {}
    for one, other, titles, alike in (*_of_one_year(documents), *_of_one_title(documents)):
        if _is_forwarded(one, other) or _is_followed(one, other):
            continue
        parties = (min(one.iri, other.iri), max(one.iri, other.iri))
        rivals = Discrepancy(
            kind="rival-numbers",
            parties=parties,
            score=alike,
            reason=_reason(one, other, _SAME if alike == 1 else _NEARLY),
            evidence=_titled((one, other), titles, citations),
        )
        before = found.get(parties)
        found[parties] = max(before, rivals, key=_weight) if before else rivals
    yield from found.values()


def _weight(rivals: Discrepancy) -> tuple[Fraction, tuple[str, ...]]:
    return rivals.score, rivals.evidence


_Pair = tuple[LegalDocument, LegalDocument, tuple[str, ...], Fraction]
_Holders = Mapping[str, Sequence[LegalDocument]]


def _of_one_year(documents: Sequence[LegalDocument]) -> Iterator[_Pair]:
    """Documents of one agency code or one issuer and one year with nearly the same title.

    Only titles with the same marks are compared: others are siblings.
    """
    blocks: dict[tuple[object, ...], dict[str, list[LegalDocument]]] = defaultdict(lambda: defaultdict(list))
    for one in documents:
        for title in one.titles if one.year else ():
            blocks[one.scope, one.code, one.year, marks(title)][title].append(one)
            if len(one.issuers) == 1:
                blocks[one.issuers, one.year, marks(title)][title].append(one)
    for holders in blocks.values():
        yield from _same(holders)
        compared = [title for title in holders if len(title) >= SPECIFIC and not sends_money(title)]
        for title, other, alike in near_pairs(compared, NEAR):
            if difference(title, other) == "slip":
                for pair in itertools.product(holders[title], holders[other]):
                    if _are_two(*pair):
                        yield *pair, (title, other), alike


def _same(holders: _Holders) -> Iterator[_Pair]:
    for title, sharing in holders.items():
        for one, other in itertools.combinations(sharing if len(title) >= _BARE else (), 2):
            if _are_two(one, other):
                yield one, other, (title,), Fraction(1)


def _of_one_title(documents: Sequence[LegalDocument]) -> Iterator[_Pair]:
    """Documents of one agency code and any years with the same title.

    Of what comes every year only under one serial, where the title says of which year it is.
    """
    blocks: dict[tuple[str | None, ...], dict[str, list[LegalDocument]]] = defaultdict(lambda: defaultdict(list))
    for one in documents:
        for title in one.titles if one.year else ():
            comes_again = is_yearly(title) or one.funding
            if len(title) >= SPECIFIC and (year_of(title) or not comes_again):
                blocks[one.scope, one.code, one.serial if comes_again else None][title].append(one)
    for holders in blocks.values():
        yield from _same(holders)


def _are_two(one: LegalDocument, other: LegalDocument) -> bool:
    return one.number != other.number


def _is_forwarded(one: LegalDocument, other: LegalDocument) -> bool:
    """Whether one of two documents carries the other, as documents or by title."""
    if other.iri in one.carries or one.iri in other.carries:
        return True
    return _carries_title(one, other) or _carries_title(other, one)


def _is_followed(one: LegalDocument, other: LegalDocument) -> bool:
    """Whether one of two documents took the place of the other: the earlier is repealed, revised or the former one."""
    return min((one, other), key=lambda document: document.year or 0).past


def _carries_title(carrier: LegalDocument, content: LegalDocument) -> bool:
    return any(inner in content.titles for title in carrier.titles for inner in carried_titles(title))


def _reason(one: LegalDocument, other: LegalDocument, title: str) -> str:
    numbers = [(f"{document.code} {document.year}", document.serial or "") for document in (one, other)]
    (code, serial), (other_code, other_serial) = numbers
    if (code == other_code and differ_by_one(serial, other_serial)) or (
        serial == other_serial and len(code) == len(other_code) and differ_by_one(code, other_code)
    ):
        return _MISPRINT.format(title=title)
    return (_UNKNOWN if one.year == other.year else _REISSUED).format(title=title)


def differ_by_one(one: str, other: str) -> bool:
    """Whether two different strings become the same when one character is put in, left out or replaced."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[start:] == long[start + 1 :] or short[start + 1 :] == long[start + 1 :]


def _titled(
    documents: Iterable[LegalDocument], titles: Sequence[str], citations: Mapping[str, Sequence[Citing]]
) -> tuple[str, ...]:
    """The citations of documents that print one of the titles; all of them where none does."""
    found = [one for document in documents for one in citations.get(document.iri, ())]
    return tuple(sorted(one.iri for one in found if one.title in titles) or sorted(one.iri for one in found))


# --- series ---


def find_series(documents: Iterable[LegalDocument]) -> Iterator[tuple[str, str]]:
    """Pairs of a document and the next of its series: one agency code, one stem of the titles, a later year.

    The year is the one in the title, else that of the number. Among several of the next year those with the same
    marks besides years are meant, where there are any.
    """
    groups: dict[tuple[str, str | None, str], dict[int, set[tuple[str, LegalDocument]]]]
    groups = defaultdict(lambda: defaultdict(set))
    for one in documents:
        for title in one.titles if one.number and one.kind == _NUMBERED else ():
            period = year_of(title) or one.year
            if period and len(title) >= SPECIFIC and stem(title):
                groups[one.scope, one.code, stem(title)][period].add((title, one))
    for periods in groups.values():
        for before, after in itertools.pairwise(sorted(periods)):
            yield from _next(periods[before], periods[after])


def _next(
    before: Iterable[tuple[str, LegalDocument]], after: Iterable[tuple[str, LegalDocument]]
) -> Iterator[tuple[str, str]]:
    for title, one in before:
        later = [(other_title, other) for other_title, other in after if _follows(title, one, other_title, other)]
        same = [entry for entry in later if _batch(entry[0]) == _batch(title)]
        for _, other in same or later:
            yield one.iri, other.iri


def _follows(title: str, one: LegalDocument, other_title: str, other: LegalDocument) -> bool:
    """Equal titles are a series only of what comes every year; else they rival each other."""
    return _are_two(one, other) and (title != other_title or is_yearly(title) or one.funding or other.funding)


def _batch(title: str) -> tuple[str, ...]:
    return tuple(mark for mark in marks(title) if year_of(mark) is None)
