"""A document to what it says of itself: who publishes it, which year, budget or accounts, draft or not."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mapping.caption import read_captions
from mapping.disclosing import disclosing_office, is_office
from mapping.document import Caption, Document, Span, fold
from mapping.governing import government, is_of_government, may_own, prints_budgets_of_place
from mapping.lexicon import load, pattern
from mapping.periods import find_comparisons, find_years
from mapping.recognise import Recognised
from mapping.regions import region_of
from mapping.segment import watermark_status
from mapping.situate import situate, without_titles
from mapping.sources import SourceRecord

_TITLE_LINES = 40
_LONGEST_HEAD = 60
_HEAD = 3
_NUMERALS = "〇一二三四五六七八九○"


@dataclass(frozen=True, slots=True)
class Description:
    """What holds for the whole document; None where it does not say. `status` is a `code:publication-status`, `level` a
    `code:reporting-level`. `of_government` tells a text on a government's own budget: its money is of the place, and of
    the `government` where it is named;
    `proposed` is the year of the draft budget that such a report lays before the congress beside the year executed,
    `under_way` the one of whose first months a report on the accounts of a year tells too. `meant` are the words for
    years that it explains, and the years they mean."""

    publisher: str | None
    publisher_spans: tuple[Span, ...]
    publisher_code: str | None
    year: int | None
    kind: str
    status: str
    status_spans: tuple[Span, ...]
    unit: str | None
    region: str | None
    level: str = "unknown"
    of_government: bool = False
    government: str | None = None
    proposed: int | None = None
    under_way: int | None = None
    meant: tuple[tuple[str, int], ...] = ()

    @property
    def owner(self) -> str | None:
        """Whose money it prints: the government's, or the publisher's unless it reports on a government's money."""
        reports = self.of_government and not may_own(self.publisher or "")
        return self.government or (None if reports else self.publisher)

    @property
    def later_year(self) -> int | None:
        """The year that a report goes on with behind the one executed or accounted for."""
        return self.proposed or self.under_way

    @property
    def draft_year(self) -> int | None:
        """The year whose budget awaits approval: the document's own where it is a draft, or the one it proposes."""
        return self.year if self.status == "reviewDraft" else self.proposed


def describe(document: Document, tables: Sequence[Recognised], record: SourceRecord | None) -> Description:
    """Publisher, year, kind, status and region: from sources.csv where it says, else from the document's own words."""
    found = _from_words(document, tables)
    if record is None:
        return found
    publisher = record.publisher or found.publisher
    return replace(
        found,
        publisher=publisher,
        publisher_spans=_places(document, publisher),
        publisher_code=record.unit_code or found.publisher_code,
        year=record.year or found.year,
        kind=record.kind or found.kind,
        status=record.status or found.status,
        status_spans=() if record.status else found.status_spans,
        region=record.region or found.region,
    )


def _from_words(document: Document, tables: Sequence[Recognised]) -> Description:
    lines = _first_lines(document, tables)
    titles = list(_title_lines(document, tables))
    publisher = disclosing_office(document, tables, [words for _, words in lines], [one["name"] for one in titles])
    reports = _reports([line for _, line in lines])
    proposed = next((year for line in reports if (year := _proposed(line))), None)
    codes = [table.captions.office_code for table in tables if table.captions.office_code]
    status, status_spans = _status(document, tables)
    region = situate(document, publisher, [words for _, words in lines])
    headings = [fold(table.title or "") for table in tables]
    of_government = bool(reports) or (publisher is None and prints_budgets_of_place(headings))
    named = [*reports, *headings, *(line for _, line in lines)]
    body = government(named, publisher, region) if of_government else None
    return Description(
        publisher=publisher,
        publisher_spans=_places(document, publisher),
        publisher_code=Counter(codes).most_common(1)[0][0] if codes else None,
        year=_year(document, tables, titles),
        kind="budget" if proposed else _kind(document, tables, titles),
        status=status,
        status_spans=status_spans,
        unit=_unit(document, tables),
        region=region or (region_of(body) if body else None),
        level=_level(document, tables),
        of_government=of_government,
        government=body,
        proposed=proposed,
        under_way=_under_way([line for _, line in lines]),
        meant=tuple(_meant(document)),
    )


def _meant(document: Document) -> Iterator[tuple[str, int]]:
    """The words for years that a line explains, and the years they mean (本文所称去年指2024年，今年指2025年).

    In what the press tells, they are reckoned from the day that is printed above it.
    """
    pressed = any(pattern("describe", "press").search(fold(line.text)) for line in document.paragraphs)
    if pressed and (told := printed_year(document)):
        yield from (("去年", told - 1), ("今年", told))
    for line in document.paragraphs:
        if pattern("describe", "explains-years").search(words := fold(line.text)):
            yield from ((one["word"], int(one["year"])) for one in pattern("describe", "year-meant").finditer(words))


def printed_year(document: Document) -> int | None:
    """The latest year in which lines say that the document was published or signed, or None."""
    shapes = [re.compile(one) for one in load("describe")["published"]]
    found = (one for line in document.paragraphs for shape in shapes for one in shape.finditer(fold(line.text)))
    return max((_year_of(one["year"]) for one in found), default=None)


def _reports(lines: Sequence[str]) -> Sequence[str]:
    """The titles of reports on a government's own budget, on one line, two or three."""
    return [title for title in map("".join, _runs(lines)) if is_of_government(title)]


def _runs(lines: Sequence[str]) -> Sequence[Sequence[str]]:
    """Each line alone, then with the one below it, then with the two below it."""
    return [lines[at : at + count] for count in (1, 2, 3) for at in range(len(lines) - count + 1)]


def year_accounted(lines: Sequence[str]) -> int | None:
    """The year whose accounts the title of a report, on one of the lines or more, tells of, or None."""
    found = _of_accounts(lines)
    return int(found["year"]) if found else None


def _of_accounts(lines: Sequence[str]) -> re.Match[str] | None:
    shape = load("describe")["accounts-report"]
    return next((found for line in map("".join, _runs(lines)) if (found := re.search(shape, line))), None)


def _under_way(lines: Sequence[str]) -> int | None:
    """The year behind that of the accounts in the title of a report on them (…2022年决算和2023年上半年…), or None."""
    found = _of_accounts(lines)
    named = pattern("describe", "under-way").search(found[0][found.end("year") :]) if found else None
    return int(named["year"]) if found and named and int(named["year"]) == int(found["year"]) + 1 else None


def _parted(lines: Sequence[str]) -> dict[str, str]:
    """The titles of such reports that only lines together print, by each of them but the first.

    One that begins with 关于 on the first of three lines goes before what the others print.
    """
    runs = [run for run in _runs(lines) if is_of_government("".join(run)) and not _reports(run[:-1])]
    begins = load("describe")["title-begins"]
    whole = [run for run in runs if not _reports(run[1:]) or (len(run) == 3 and run[0].startswith(begins))]
    return {below: "".join(run) for run in whole for below in run[1:]}


def _proposed(report: str) -> int | None:
    """The year of the draft budget that the title of a government's report names, or None."""
    words = load("describe")
    found = re.search(words["proposed"].replace("YEAR", words["year-words"]), without_titles(report))
    return _year_of(found["year"]) if found else None


def _level(document: Document, tables: Sequence[Recognised]) -> str:
    """Whether a whole department, its own level or one unit discloses (`code:reporting-level`): by the first title."""
    lines = [words for _, words in _first_lines(document, tables)] + [fold(table.title or "") for table in tables]
    for entry in load("describe")["levels"]:
        if any(re.search(entry["words"], words) for words in lines if len(words) <= 60):
            return str(entry["level"])
    return "unknown"


def _status(document: Document, tables: Sequence[Recognised]) -> tuple[str, tuple[Span, ...]]:
    """The publication status that a watermark states, or a title in brackets (（送审稿）), and where."""
    for line in document.watermarks:
        if found := watermark_status(line.text):
            return found, (line.span,)
    for span, words in _first_lines(document, tables):
        for inside in re.findall(r"[(（]([^()（）]+)[)）]", words):
            if found := watermark_status(inside):
                return found, (span,)
    return "unknown", ()


def _places(document: Document, words: str | None) -> tuple[Span, ...]:
    """Where the characters of `words` stand in the text, blanks between them allowed; at most the first five."""
    if not words:
        return ()
    shape = re.compile(r"[ \u3000]*".join(re.escape(one) for one in words))
    found = itertools.islice(shape.finditer(document.text.content), 5)
    return tuple(Span(one.start(), one.end()) for one in found)


def _title_lines(document: Document, tables: Sequence[Recognised]) -> Iterator[re.Match[str]]:
    """The titles that a line prints whole, then those that begin with an office or a year and go on below it."""
    words = load("describe")
    shapes = [re.compile(one.replace("YEAR", words["year-words"])) for one in words["title"]]
    lines = [line for _, line in _first_lines(document, tables)]
    begun = [at for at in range(len(lines)) if _goes_on(lines, at, words["year-words"])]
    parted = ["".join(lines[at : at + count]) for count in (3, 2) for at in begun]
    halves = _parted(lines)
    for line in (*(one for one in lines if one not in halves), *parted):
        if found := next((one for shape in shapes if (one := shape.match(line))), None):
            yield found


def _goes_on(lines: Sequence[str], at: int, year: str) -> bool:
    """Whether a line is the place or the office of a title that the next one, which names no place, goes on with.

    Or the `year` of it.
    """
    if at + 1 == len(lines):
        return False
    dated = re.fullmatch(f"(?:{year})年?度?", lines[at])
    placed = pattern("disclosing", "place").fullmatch(lines[at]) and region_of(lines[at]) and is_office(lines[at + 1])
    return bool(dated) or (bool(placed or is_office(lines[at])) and region_of(lines[at + 1]) is None)


def _year_of(printed: str) -> int:
    """The year that four digits or four Chinese numerals print."""
    return int("".join(str(_NUMERALS.find(one) % 10) if one in _NUMERALS else one for one in printed))


def _first_lines(document: Document, tables: Sequence[Recognised]) -> list[tuple[Span, str]]:
    """Place and words of the first lines, those that became captions of a table among them, in order."""
    lines = [(line.span, line.text) for line in document.paragraphs[:_TITLE_LINES]]
    captions = [(one.span, one.text) for table in tables[:2] for one in table.table.captions]
    return [(span, title_words(text)) for span, text in sorted([*lines, *captions])[:_TITLE_LINES]]


def title_words(line: str) -> str:
    """The words of a line that may be a title, folded, without what is printed around one (【财政预算】, .pdf)."""
    return pattern("describe", "around-title").sub("", fold(line))


def _year(document: Document, tables: Sequence[Recognised], titles: Sequence[re.Match[str]]) -> int | None:
    captions = Counter(table.captions.year for table in tables if table.captions.year)
    if titles:
        return _year_of(titles[0]["year"])
    if captions:
        return captions.most_common(1)[0][0]
    lines = [line for _, line in _first_lines(document, tables)]
    if headed := year_accounted(lines) or _announced(lines):
        return headed
    said = Counter(int(one) for one in pattern("describe", "year").findall(fold(document.text.content)))
    years = Counter(table.title_year for table in tables if table.title_year)
    best = said.most_common(1) or years.most_common(1)
    return best[0][0] if best and best[0][0] else _only_year(document)


def _only_year(document: Document) -> int | None:
    """The one year that a text without a title names, money beside it; years compared with are left out."""
    told: dict[int, bool] = {}
    for line in (fold(line.text) for line in document.paragraphs):
        for one in find_years(line, find_comparisons(line)):
            if one.year and not one.dated:
                told[one.year] = told.get(one.year, False) or bool(re.search(r"\d[万亿]?元", line))
    return next((year for year, of_money in told.items() if of_money), None) if len(told) == 1 else None


def _announced(lines: Sequence[str]) -> int | None:
    """The year that the first of the first lines announces, whatever it calls it."""
    words = load("describe")
    shapes = [
        re.compile(words[one].replace("YEAR", words["year-words"]))
        for one in ("dated", "dated-behind", "allots", "announced")
    ]
    whole = (*_parted(lines).values(), *_evaluated(lines), *lines)
    found = (shape.search(line) for line in whole for shape in shapes)
    return next((_year_of(one["year"]) for one in found if one), None)


def _evaluated(lines: Sequence[str]) -> Iterator[str]:
    """The titles of evaluations that go on in the line below what was evaluated."""
    parted = pattern("describe", "evaluates-below")
    return (above + below for above, below in itertools.pairwise(lines) if parted.fullmatch(f"{above}\n{below}"))


def _kind(document: Document, tables: Sequence[Recognised], titles: Sequence[re.Match[str]]) -> str:
    if titles:
        return "accounts" if titles[0]["kind"] == "决算" else "budget"
    lines = [line for _, line in _first_lines(document, tables)]
    if year_accounted(lines):
        return "accounts"
    if any(re.search(load("describe")["evaluates"], line) for line in lines[:_HEAD]):
        return "unknown"
    heads = [fold(table.title or "") for table in tables]
    lines = [fold(line.text) for line in document.paragraphs]
    heads += [line for line in lines if len(line) <= _LONGEST_HEAD]
    announced = pattern("describe", "announces")
    heads += [one[0] for line in lines if len(line) > _LONGEST_HEAD for one in announced.finditer(line)]
    heads += ["/".join(column.path) for table in tables for column in table.columns if column.kind == "amount"]
    words = load("describe")["kind"]
    accounts, budget, appraisal = (
        sum(1 for head in heads if re.search(words[kind], head)) for kind in ("accounts", "budget", "appraisal")
    )
    if accounts > budget:
        return "accounts"
    return "budget" if budget > accounts + appraisal else "unknown"


def _unit(document: Document, tables: Sequence[Recognised]) -> str | None:
    """The one unit that all captions and standing 单位（…） lines state, or None when they differ or are silent."""
    stated = {table.captions.unit for table in tables if table.captions.unit and table.kind != "performance-target"}
    for line in document.paragraphs:
        if len(line.text) <= 20 and (unit := read_captions([Caption(line.text, line.span)]).unit):
            stated.add(unit)
    return stated.pop() if len(stated) == 1 else None
