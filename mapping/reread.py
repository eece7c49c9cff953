"""A document's facts and its text to the facts that the text does not bear out.

Nothing here trusts what the graph says of itself: places come from the spans, words from the text with its corrections
made again, and amounts are parsed from those words again (`yusuan verify`).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Quad

from mapping.amounts import MULTIPLIERS, SIGN, parse_amount
from mapping.correct import Corrected, problems
from mapping.document import Correction, Span, squeeze
from mapping.measures import measures
from mapping.recheck import derived_problems, interval_problems, recheck
from mapping.release import DEF, ReleasedDocument

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
_GENERATED = "http://www.w3.org/ns/prov#wasGeneratedBy"
_USED = "http://www.w3.org/ns/prov#used"
_DATA_SET = "http://purl.org/linked-data/cube#dataSet"
_PARTS = frozenset(f"https://w3id.org/yusuan/code/column-role/{role}" for role in ("part", "single"))
_STATUS = "https://w3id.org/yusuan/code/publication-status/"
# A notice may speak of what is not there; every other reading was read somewhere.
_READ_SOMEWHERE = frozenset(
    f"{DEF}{name}"
    for name in (
        *("Table", "Observation", "ProjectEntry", "OrganisationEntry", "FormReading", "Reading"),
        *("Statement", "Indicator", "Quantity", "Staffing", "AliasEntry", "Citation", "LegalRelation", "Mark"),
    )
)
# Kinds whose words mapping/recheck.py reads again.
_RECHECKED = frozenset({"Statement", "Indicator", "Quantity", "Staffing", "OrganisationEntry", "Citation"})
_SAID_ONCE = tuple(
    f"{DEF}{name}"
    for name in (
        *("start", "end", "line", "quote", "spanOf", "starts", "ends", "printedValue", "decimals", "unit"),
        *("unitMultiplier", "amount", "annualTotal", "periodTotal", "title", "firstLine", "lastLine"),
        *("low", "high", "number", "least", "most", "clause", "valueStart", "valueEnd", "subject", "measure"),
        *("level1", "level2", "level3", "description", "actual", "points", "score", "basis", "operator"),
        *("documentNumber", "citedTitle", "article", "citationKind", "citationRole", "names"),
        *("asRead", "correctedTo", "reviewer", "reason", "grounding"),
    )
)
_MONEY = tuple(f"{DEF}{name}" for name in ("decimals", "unitMultiplier", "amount"))
_TOTALS = ("amount", "periodTotal", "annualTotal")
# A number that goes on in the next line; a line feed before or after it is outside its span.
_BROKEN = re.compile(r"(?<=\S)\n(?=\S)")
_PLACE = re.compile(r"/(\d+-\d+)")
# Blanks between the thousands of a number, and behind its sign.
_PARTED = re.compile(rf"(?<=\d)[ \u3000\xa0](?=\d{{3}})|(?<={SIGN})[ \u3000\xa0]+(?=\d)")

Said = Mapping[str, list[str]]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """A fact that does not hold, by its IRI, and what is wrong with it."""

    iri: str
    problem: str


def reread(document: ReleasedDocument, quads: Iterable[Quad], text: str) -> Iterator[Failure]:
    """Each fact of the document's dump that its frozen text does not bear out."""
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subject, value = quad.subject, quad.object
        facts[str(getattr(subject, "value", subject))][quad.predicate.value].append(str(getattr(value, "value", value)))
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            yield Failure(document.iri, f"a blank node in {quad}")
        if getattr(quad.graph_name, "value", None) != document.graph:
            yield Failure(document.iri, f"a statement outside its own graph: {quad}")
    yield from _Rereading(document, facts, text).failures()


class _Rereading:
    """The comparison of one document's facts with its text."""

    def __init__(self, document: ReleasedDocument, facts: Mapping[str, Said], text: str) -> None:
        self._document = document
        self._rendition = f"{document.iri}/text"
        self._facts = facts
        self._text = text
        self._line_ends = [at for at, character in enumerate(text) if character == "\n"]
        self._spans: dict[str, list[str]] = {}
        self._stated: dict[str, set[Decimal]] = {}
        corrections = (_correction(iri, said, facts) for iri, said in facts.items() if _is_correction(said))
        self._corrections = [one for one in corrections if one]
        failed = {id(one) for one, _, _ in problems(text, self._corrections)}
        self._corrected = Corrected(text, [one for one in self._corrections if id(one) not in failed])

    def failures(self) -> Iterator[Failure]:
        """Every failure: of the document, of repeated statements, of readings, of spans without a reading."""
        for problem in self._document_problems():
            yield Failure(self._document.iri, problem)
        self._spans = {
            iri: list(self._span_problems(iri, said))
            for iri, said in self._facts.items()
            if f"{DEF}spanOf" in said or f"{DEF}quote" in said or "#char=" in iri
        }
        self._stated = self._stated_amounts()
        yield from self._correction_failures()
        used: set[str] = set()
        for iri, said in self._facts.items():
            for problem in (*_repeated(said), *_measure_problems(said), *self._reading_problems(iri, said)):
                yield Failure(iri, problem)
            used.update(said.get(_DERIVED, ()), said.get(f"{DEF}valueSpan", ()))
        for iri in sorted(self._spans.keys() - used):
            yield from (Failure(iri, problem) for problem in self._spans[iri])

    # --- the document and its rendition ---

    def _document_problems(self) -> Iterator[str]:
        said, rendition = self._facts.get(self._document.iri, {}), self._facts.get(self._rendition, {})
        digest = hashlib.sha256(self._text.encode()).hexdigest()
        for what, found, expected in (
            ("SHA-256", said.get(f"{DEF}sha256"), [self._document.sha256]),
            ("rendition", said.get(f"{DEF}rendition"), [self._rendition]),
            ("status", said.get(f"{DEF}publicationStatus"), [_STATUS + self._document.status]),
            ("sources", sorted(said.get(f"{DEF}sourcePath", [])), sorted(self._document.source)),
            ("SHA-256 of the rendition", rendition.get(f"{DEF}sha256"), [digest]),
            ("length of the rendition", rendition.get(f"{DEF}length"), [str(len(self._text))]),
        ):
            if found != expected:
                yield f"its {what} is {expected}, but the graph says {found}"
        if "\r" in self._text:
            yield "the rendition has a carriage return: only line feeds end its lines"

    # --- spans ---

    def _span_problems(self, iri: str, said: Said) -> Iterator[str]:
        place = _place(said)
        if place is None:
            yield f"its span {iri} has no start and end"
            return
        start, end = place
        found = self._text[start:end]
        quote = "".join(said.get(f"{DEF}quote", ()))
        if not 0 <= start < end <= len(self._text):
            yield f"its span {start}-{end} is not inside the text"
        elif quote != found:
            yield f"its span {start}-{end} quotes {_short(quote)}, but the text has {_short(found)}"
        if iri != f"{self._rendition}#char={start},{end}":
            yield f"its span {start}-{end} is named {iri}"
        if said.get(f"{DEF}spanOf") != [self._rendition]:
            yield f"its span {start}-{end} is of another text than {self._rendition}"
        if said.get(f"{DEF}line") != [str(self._line(start))]:
            yield f"its span {start}-{end} is on line {self._line(start)}, not {said.get(f'{DEF}line')}"

    def _line(self, at: int) -> int:
        """The 1-based line of a code point; a line feed is the last character of its line."""
        return bisect_left(self._line_ends, at) + 1

    # --- corrections ---

    def _correction_failures(self) -> Iterator[Failure]:
        """Corrections that cannot have been made: not of one described place each, or not of what stands there."""
        for one, column, problem in problems(self._text, self._corrections):
            yield Failure(one.place, f"its {column}: {problem}")
        known = {one.place: one for one in self._corrections}
        for iri, said in self._facts.items():
            if not _is_correction(said):
                continue
            if iri not in known:
                yield Failure(iri, "it does not say one place and what is read there")
                continue
            span = known[iri].span
            yield from (Failure(iri, problem) for problem in self._place_problems(iri, said, (span.start, span.end)))
            for used in said.get(_USED, ()):
                yield from (Failure(iri, problem) for problem in self._spans.get(used, [f"{used} is not described"]))

    def _corrected_problems(self, said: Said, places: list[Place]) -> Iterator[str]:
        """Whether a reading names the corrections at its places, and no others, and is not called verbatim then."""
        touching = {one.place for start, end in places for one in self._corrected.touching(Span(start, end))}
        if touching != set(said.get(_GENERATED, ())):
            yield f"the corrections at its places are {sorted(touching)}, not {sorted(said.get(_GENERATED, ()))}"
        if touching and said.get(f"{DEF}grounding", [""])[0].endswith("/verbatim"):
            yield "it is called verbatim, but it was read as corrected"

    def _words(self, place: Place) -> str:
        """What stands at a place, as corrected."""
        return self._corrected.words(Span(*place))

    # --- readings ---

    def _reading_problems(self, iri: str, said: Said) -> Iterator[str]:
        spans = [span for span in said.get(_DERIVED, ()) if "#char=" in span]
        kinds = {kind.removeprefix(DEF) for kind in said.get(_TYPE, ())}
        if "DerivedAmount" in kinds:
            yield from self._derived_problems(said)
        if not spans:
            if not _READ_SOMEWHERE.isdisjoint(said.get(_TYPE, ())):
                yield "nothing says where it was read"
            return
        for span in (*spans, *said.get(f"{DEF}valueSpan", ())):
            yield from self._spans.get(span, [f"its span {span} is not described"])
        places = _stated_places(said)
        if sorted(places) != sorted(filter(None, (_place(self._facts.get(span, {})) for span in spans))):
            yield f"its starts and ends {places} are not those of its spans"
        if not places:
            return
        number = self._number_places(said)
        yield from self._place_problems(iri, said, number[0] if number else places[0])
        yield from self._corrected_problems(said, [*places, *number])
        quotes = [self._words(place) for place in places]
        yield from _value_problems(kinds, said, quotes)
        if not kinds.isdisjoint(_RECHECKED):
            yield from recheck(kinds, said, quotes, "".join(map(self._words, number)))
        if "Table" in kinds:
            yield from self._table_problems(said, places)
        if "ProjectEntry" in kinds:
            yield from self._total_problems(iri, said)

    def _number_places(self, said: Said) -> list[Place]:
        """Where the number of a statement stands, in reading order; none for other readings."""
        spans = (_place(self._facts.get(span, {})) for span in said.get(f"{DEF}valueSpan", ()))
        return sorted(place for place in spans if place)

    def _derived_problems(self, said: Said) -> Iterator[str]:
        claims = [self._facts.get(iri, {}) for iri in said.get(_DERIVED, ())]
        changes = [one for one in claims if one.get(f"{DEF}statementKind", [""])[0].endswith("/change")]
        bases = [one for one in claims if one not in changes]
        if len(changes) != 1 or len(bases) != 1:
            yield "it is not derived from one amount and one change"
        else:
            yield from derived_problems(said, bases[0], changes[0])

    def _place_problems(self, iri: str, said: Said, first: Place) -> Iterator[str]:
        line = self._line(first[0])
        if said.get(f"{DEF}line") != [str(line)] and not self._is_blank_cell(said, line):
            yield f"it is on line {line}, not {said.get(f'{DEF}line')}"
        if iri.startswith(f"{self._document.iri}/"):
            named = _PLACE.fullmatch(iri, iri.rindex("/"))
            if named is None or named[1] != f"{first[0]}-{first[1]}":
                yield f"its IRI does not name its first span {first[0]}-{first[1]}"

    def _is_blank_cell(self, said: Said, label: int) -> bool:
        """Whether a blank amount is said to be on a line of bars alone or nothing below that of its label."""
        line = _whole(said, f"{DEF}line")
        if f"{DEF}BlankAmount" not in said.get(_TYPE, ()) or line is None or not label < line <= len(self._line_ends):
            return False
        return not self._text[self._line_ends[line - 2] : self._line_ends[line - 1]].strip("| \t\r\n\u3000")

    def _table_problems(self, said: Said, places: list[Place]) -> Iterator[str]:
        """Its last span is the last printed cell, so the grid is around it; blank rows may follow."""
        cell, end = self._line(max(places)[0]), self._line(len(self._text))
        first, last = (_whole(said, f"{DEF}{name}") for name in ("firstLine", "lastLine"))
        if first is None or last is None or not 1 <= first <= cell <= last <= end:
            yield f"its grid is on lines {first} to {last}, but its last printed cell on line {cell}"

    # --- projects ---

    def _stated_amounts(self) -> dict[str, set[Decimal]]:
        """For each project entry the amounts of its form readings and figures, and the sums of its rows by phase."""
        stated: dict[str, set[Decimal]] = defaultdict(set)
        rows: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
        for iri, said in self._facts.items():
            for reading in said.get(f"{DEF}reading", ()):
                stated[iri].update(_decimals(self._facts.get(reading, {}).get(f"{DEF}amount", ())))
            for entry in said.get(f"{DEF}project", ()):
                amounts = _decimals(said.get(f"{DEF}amount", ()))
                stated[entry].update(amounts)
                if not _PARTS.isdisjoint(said.get(f"{DEF}columnRole", ())):
                    of_row = (*said.get(_DATA_SET, ()), *said.get(f"{DEF}rowNumber", ()), *said.get(f"{DEF}phase", ()))
                    rows[entry, *of_row] += sum(amounts)
        for (entry, *_), total in rows.items():
            stated[entry].add(total)
        return stated

    def _total_problems(self, iri: str, said: Said) -> Iterator[str]:
        for name in _TOTALS:
            for total in said.get(f"{DEF}{name}", ()):
                if _decimals([total]).isdisjoint(self._stated.get(iri, ())):
                    yield f"its {name} {total} is the amount of none of its readings, nor the sum of a row"


def _is_correction(said: Said) -> bool:
    return f"{DEF}Correction" in said.get(_TYPE, ())


def _correction(iri: str, said: Said, facts: Mapping[str, Said]) -> Correction | None:
    """The correction that the graph tells of, its IRI for its place; None when it does not say all of it once."""
    names = (f"{DEF}asRead", f"{DEF}correctedTo", f"{DEF}reason", f"{DEF}reviewer")
    words = [said[name][0] for name in names if len(said.get(name, ())) == 1]
    places = [_place(facts.get(span, {})) for span in said.get(_USED, ())]
    if len(words) != len(names) or len(places) != 1 or places[0] is None:
        return None
    as_read, corrected, reason, who = words
    return Correction(Span(*places[0]), as_read, corrected, reason, who, iri)


def _repeated(said: Said) -> Iterator[str]:
    for name in _SAID_ONCE:
        if len(said.get(name, ())) > 1:
            yield f"it says {name.removeprefix(DEF)} more than once: {sorted(said[name])}"


def _measure_problems(said: Said) -> Iterator[str]:
    for measure in said.get(f"{DEF}measure", ()):
        if measure.rpartition("/")[2] not in measures():
            yield f"its measure {measure} is none of the vocabulary's"


def _value_problems(kinds: set[str], said: Said, quotes: list[str]) -> Iterator[str]:
    """What a reading says of its words, against the words."""
    quote = "".join(quotes)
    if not kinds.isdisjoint({"Statement", "Indicator", "Quantity", "Staffing"}):
        return
    if "Observation" in kinds or (any(name in said for name in _MONEY) and "FormReading" in kinds):
        yield from _amount_problems(said, "".join(_BROKEN.sub("", part) for part in quotes))
    else:
        for printed in said.get(f"{DEF}printedValue", ()):
            if squeeze(printed) != squeeze(quote):
                yield f"its printedValue {_short(printed)} is not what is printed: {_short(quote)}"
    if not kinds.isdisjoint({"ProjectEntry", "OrganisationEntry"}):
        for label in said.get(_LABEL, ()):
            if not squeeze(quote).startswith(squeeze(label)):
                yield f"its label {_short(label)} is not what is printed: {_short(quote)}"
    for title in said.get(f"{DEF}title", ()):
        if squeeze(title) not in squeeze(quote):
            yield f"its title {_short(title)} is not printed in its spans"


def _amount_problems(said: Said, quote: str) -> Iterator[str]:
    """Value, decimals, unit and amount, recomputed from the printed number."""
    printed = parse_amount(_PARTED.sub("", quote))
    if printed is None:
        yield f"{_short(quote)} is not a number"
        return
    if said.get(f"{DEF}printedValue") != [printed.printed]:
        yield f"its printedValue is {printed.printed}, not {said.get(f'{DEF}printedValue')}"
    if said.get(f"{DEF}decimals") != [str(printed.decimals)]:
        yield f"it has {printed.decimals} decimals, not {said.get(f'{DEF}decimals')}"
    multiplier = MULTIPLIERS.get("".join(said.get(f"{DEF}unit", ())))
    if said.get(f"{DEF}unitMultiplier") != (None if multiplier is None else [str(multiplier)]):
        yield f"its unit {said.get(f'{DEF}unit')} is {multiplier} 元, not {said.get(f'{DEF}unitMultiplier')}"
    if multiplier is not None:
        yield from interval_problems(said, printed, multiplier)
    elif f"{DEF}amount" in said:
        yield f"its amount is unknown without a unit, not {said[f'{DEF}amount']}"


def _place(said: Said) -> Place | None:
    start, end = _whole(said, f"{DEF}start"), _whole(said, f"{DEF}end")
    return None if start is None or end is None else (start, end)


def _stated_places(said: Said) -> list[Place]:
    """The places that starts and ends list, in reading order; none when they are no lists of one length."""
    starts, ends = ("".join(said.get(f"{DEF}{name}", ())).split(";") for name in ("starts", "ends"))
    if len(starts) != len(ends) or not all(part.isascii() and part.isdigit() for part in (*starts, *ends)):
        return []
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _whole(said: Said, name: str) -> int | None:
    """The one non-negative integer that is said, or None."""
    found = said.get(name, [])
    return int(found[0]) if len(found) == 1 and found[0].isascii() and found[0].isdigit() else None


def _decimals(lexical: Iterable[str]) -> set[Decimal]:
    """The numbers, and not-a-number for what is none; that equals nothing."""
    numbers = set()
    for one in lexical:
        try:
            number = Decimal(one)
        except InvalidOperation:
            number = Decimal("NaN")
        numbers.add(number if number.is_finite() else Decimal("NaN"))
    return numbers


def _short(words: str) -> str:
    """The words quoted, cut after forty characters."""
    return repr(words if len(words) <= 40 else f"{words[:40]}…")
