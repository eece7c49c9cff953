"""Names of bodies to those that stand in the publisher's place but are of another place, or of another body like it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from mapping.amounts import MULTIPLIERS, parse_amount
from mapping.document import Paragraph, Span, fold, squeeze
from mapping.figures import Grid
from mapping.forms import FORMS
from mapping.lexicon import load, pattern
from mapping.likeness import abridges, common_start, difference
from mapping.marks import Mark
from mapping.offices import office_words
from mapping.organisations import Office
from mapping.passages import Passage, unnumbered
from mapping.recognise import Recognised
from mapping.rivals import differ_by_one

# What tells two bodies apart that have otherwise one name.
NUMERALS = re.compile("[一二三四五六七八九十百\\d东西南北中上下前后左右大小甲乙丙丁新老]")
_BELOW = ("budget-unit", "subordinate-unit")
_ABOVE = ("competent-department", "superior-body")
# What two names of one place begin with alike is at least this long.
_SHORTEST = 3


def read_strangers(text: str, publisher: str, offices: Sequence[Office], known: Collection[str]) -> Iterator[Mark]:
    """Marks of the kind other-unit: implementing units of forms that stand in the publisher's place.

    `text` is the whole document, `known` the names that it knows otherwise. A unit of a department is no stranger, nor
    is one that the document speaks of elsewhere.
    """
    alone = stands_alone(publisher, offices)
    above = {squeeze(office.name) for office in offices if office.role in _ABOVE}
    for office in offices:
        name = squeeze(office.name)
        familiar = any(name in one or (one in name and one not in above) for one in known)
        if office.role != "implementing-unit" or familiar:
            continue
        led = publisher in {squeeze(one) for one in office.parents}
        single = fold(text).count(fold(name)) == 1
        if of_another_place(name, publisher) or (alone and single and not led and is_sibling(name, publisher)):
            yield Mark("other-unit", name, office.spans, publisher)


def read_misprinted(
    text: str, publisher: str, tables: Sequence[Recognised], paragraphs: Sequence[Paragraph]
) -> Iterator[Mark]:
    """Marks of the kind other-unit: names that are one of the document but for a character of the publisher's place.

    上海市浦江区青少年活动中心 where the publisher is of 上海市浦川区: alone in a cell or on a line, and nowhere else in
    `text`, the whole document, which holds the right name twice or more.
    """
    words, names = fold(text), _names(tables, paragraphs)
    for right in names:
        place = pattern("marks", "place").match(right)
        if place is None or place[0] not in publisher or words.count(right) < 2:
            continue
        for name, spans in names.items():
            apart = "".join(difference(name, right))
            misprint = name.endswith(right[place.end("end") - 1 :]) and differ_by_one(name, right)
            if misprint and len(name) == len(right) and words.count(name) == 1 and not NUMERALS.search(apart):
                yield Mark("other-unit", name, spans, right)


def _names(tables: Sequence[Recognised], paragraphs: Sequence[Paragraph]) -> dict[str, tuple[Span, ...]]:
    """What may be a name alone in a cell or on a line, without its numbering, and where it stands first."""
    found: dict[str, tuple[Span, ...]] = {}
    cells = (cell for table in tables if table.kind != "toc" for row in table.table.rows for cell in row)
    printed = [(cell.text, cell.spans) for cell in cells] + [(one.text, (one.span,)) for one in paragraphs]
    for words, spans in printed:
        name = unnumbered(fold(words))
        if pattern("marks", "name-alone").fullmatch(name):
            found.setdefault(name, spans)
    return found


def read_only_unit(
    text: str, publisher: str, offices: Sequence[Office], tables: Sequence[Recognised]
) -> Iterator[Mark]:
    """A mark of the kind other-unit: the only unit of a document, in a row of money, that is another body of its place.

    It stands nowhere else in the document, and its name is no shorter or longer form of the publisher's.
    """
    listed = [office for office in offices if office.role in _BELOW]
    own = pattern("marks", "place").match(publisher)
    money = [one.table.span for one in tables if one.kind not in (*FORMS, "organisation", "other", "toc", "glossary")]
    for office in listed if len(listed) == 1 else ():
        name = squeeze(office.name)
        if not any(span.start <= office.spans[0].start < span.end for span in money):
            continue
        alike = name[: common_start(name, publisher)]
        placed = alike.startswith(own[0]) if own else len(alike) > _SHORTEST
        other = not abridges(name, publisher) and not abridges(publisher, name)
        if placed and other and not office.code and fold(text).count(fold(name)) == 1:
            yield Mark("other-unit", name, office.spans, publisher)


def read_bought(grids: Sequence[Grid], passages: Sequence[Passage]) -> Iterator[Mark]:
    """Marks of the kind other-unit: a unit that a sentence buys cars for with the money of another one.

    The tables print a row for each of the two, and the amount in the row of only one unit.
    """
    shape, words = load("marks")["bought-for"], load("marks")["bought-column"]
    bought: dict[str, set[Decimal]] = {}
    for figure in (one for grid in grids for one in grid.figures if re.search(words, fold(one.column_path))):
        if figure.amount is not None:
            bought.setdefault(squeeze(figure.office or figure.row_label), set()).add(figure.amount)
    for passage in passages:
        for found in re.finditer(shape, passage.words):
            printed = parse_amount(found["number"])
            amount = printed.in_yuan(MULTIPLIERS[found["money"]]) if printed else None
            units = [unit for unit, amounts in bought.items() if amount in amounts and office_words().search(unit)]
            if len(units) == 1 and found["name"] in bought and found["name"] != units[0]:
                yield Mark("other-unit", found["name"], passage.spans(*found.span()), units[0])


def stands_alone(publisher: str, offices: Sequence[Office]) -> bool:
    """Whether a document is of one institution (a school, hospital or museum) that names no units below it."""
    below = {squeeze(office.name) for office in offices if office.role in _BELOW}
    return bool(pattern("marks", "institution").search(publisher)) and all(publisher in name for name in below)


def of_another_place(name: str, publisher: str) -> bool:
    """Whether two names are of one body but for the place.

    >>> of_another_place("岷阳县林业和草原局", "洮阳县林业和草原局"), of_another_place("洮阳县体育局", "洮阳县教育局")
    (True, False)
    """
    places = difference(name, publisher)
    body = publisher[common_start(name, publisher) + len(places[1]) :]
    return bool(pattern("marks", "placed-body").match(body)) and all(map(_is_place, places))


def _is_place(words: str) -> bool:
    return bool(pattern("marks", "place-name").fullmatch(words))


def is_sibling(name: str, publisher: str) -> bool:
    """Whether two institutions are of one place, or one body above, and neither is part of the other."""
    place = pattern("marks", "place").match(publisher)
    alike = name[: common_start(name, publisher)]
    shared = alike.startswith(place[0]) if place else len(alike) > _SHORTEST
    return (
        bool(pattern("marks", "institution").search(name))
        and len(alike) >= _SHORTEST
        and shared
        and not name.startswith(publisher)
        and not publisher.startswith(name)
    )
