"""Running text to counts that are not the number of the names listed after, before or below them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from mapping.amounts import parse_amount
from mapping.document import Document, Paragraph, fold
from mapping.lexicon import load, pattern
from mapping.marks import Mark
from mapping.passages import Passage, unify
from mapping.quantities import whole_number
from mapping.recognise import Recognised

_BRACKETED = re.compile("（[^（）]*）")
# What a line holds that is no number of a page.
_WORDS = re.compile("[\u4e00-\u9fff]{4}")
_COUNTS = re.compile("(\\d{1,3}|[一二两三四五六七八九十])[个家所]")


def read_enumerated(document: Document, passages: Sequence[Passage], tables: Sequence[Recognised]) -> Iterator[Mark]:
    """Marks of the kind list-count: counts with what the names of their list come to."""
    for passage in passages:
        yield from _listed_below(passage, document.paragraphs)
    for passage in passages:
        yield from _in_all(passage)
        yield from _projects(passage)
        yield from _in_table(passage, tables)
        for entry in _shapes():
            for found in entry.finditer(passage.words):
                said = whole_number(found["count"])
                if mark := _miscounted(passage, found, said):
                    yield mark


def _miscounted(passage: Passage, found: re.Match[str], said: int) -> Mark | None:
    least, most = _told(found)
    if least <= said <= most or not most:
        return None
    before = [*map(whole_number, _COUNTS.findall(_sentence_before(passage.words, found.start())))]
    if any(least <= said + sum(before[at:]) <= most for at in range(len(before))):
        return None
    unit, what = found["unit"], pattern("marks", "before-counted").split(found["of"])[-1]
    return Mark("list-count", f"{what}{found['count']}{unit}", passage.spans(*found.span()), f"{most}{unit}")


def _in_all(passage: Passage) -> Iterator[Mark]:
    """A number of units, or of projects, that the numbers of two kinds right before it do not come to.

    Units with the department's own level. So of budget units that the numbers of all kinds behind it do not come to.
    """
    for shape, own in (("units-in-all", 1), ("projects-summed", 0)):
        for found in pattern("marks", shape).finditer(passage.words):
            told = own + whole_number(found["first"]) + whole_number(found["second"])
            if told != whole_number(found["count"]):
                yield _mark(passage, found, told)
    for found in pattern("marks", "units-of-kinds").finditer(passage.words):
        told = sum(map(whole_number, _COUNTS.findall(found["listed"])))
        if told != whole_number(found["count"]):
            yield _mark(passage, found, told)


def _mark(passage: Passage, found: re.Match[str], told: int) -> Mark:
    words = f"{found['of']}{found['count']}{found['unit']}"
    return Mark("list-count", words, passage.spans(*found.span()), f"{told}{found['unit']}")


def _projects(passage: Passage) -> Iterator[Mark]:
    """A number of projects that is not that of the list behind it, whose amounts come to all their money.

    All their money is said before the list or behind it.
    """
    shapes = (load("marks")[name] for name in ("projects-in-all", "projects-listed"))
    for found in itertools.chain.from_iterable(re.finditer(shape, passage.words) for shape in shapes):
        listed = re.findall(r"([^，。；：、\d]{2,30})(\d[\d，.]*)" + found["money"], found["list"])
        amounts = [parse_amount(number.replace("，", ",")) for _, number in listed]
        whole = parse_amount(found["whole"].replace("，", ","))
        known = whole and all(amounts) and len({name for name, _ in listed}) == len(listed)
        named = not any(pattern("marks", "no-project").search(name) for name, _ in listed)
        complete = named and known and whole and sum(one.value for one in amounts if one) == whole.value
        if complete and len(listed) != whole_number(found["count"]):
            yield _mark(passage, found, len(listed))


def _in_table(passage: Passage, tables: Sequence[Recognised]) -> Iterator[Mark]:
    """A number of projects that is not that of the numbered rows of the table below, which the words refer to."""
    found = pattern("marks", "counts-in-table").search(passage.words)
    found = found or pattern("marks", "counts-above-table").search(passage.words)
    below = [one for one in tables if one.table.span.start > passage.places[-1]] if found else []
    numbers = _row_numbers(min(below, key=lambda one: one.table.span.start)) if below else []
    in_order = len(numbers) > 1 and numbers == [str(at) for at in range(1, len(numbers) + 1)]
    if found and in_order and len(numbers) != whole_number(found["count"]):
        words = f"{found['of']}{found['count']}{found['unit']}"
        yield Mark("list-count", words, passage.spans(*found.span()), f"{len(numbers)}{found['unit']}")


def _row_numbers(table: Recognised) -> list[str]:
    """What the only column of numbers (序号) of a table prints."""
    columns = [one.index for one in table.columns if one.kind == "sequence"]
    rows = table.table.rows[table.table.header_rows :] if len(columns) == 1 else ()
    return [fold(row[columns[0]].text) for row in rows if not row[columns[0]].blank]


def _listed_below(passage: Passage, paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    """A count of units that the numbered names on the lines below do not come to.

    Sure where the parts of the count come to what is listed, or the list begins with the department's own level.
    """
    found = pattern("marks", "counts-below").search(passage.words)
    if found is None:
        return
    below = [one for one in paragraphs if one.span.start > passage.places[-1] and _WORDS.search(one.text)]
    names = list(_numbered(below))
    said = whole_number(found["count"])
    parts = [*map(whole_number, _COUNTS.findall(passage.words[found.end("count") + 1 :]))]
    own = bool(names) and not parts and bool(pattern("marks", "own-level-listed").search(names[0]))
    if len(names) > 1 and said != len(names) and (own or (len(parts) > 1 and sum(parts) == len(names))):
        unit = found["unit"]
        spans = passage.spans(found.start("of"), found.end("unit"))
        yield Mark("list-count", f"{found['of']}{found['count']}{unit}", spans, f"{len(names)}{unit}")


def _numbered(lines: Sequence[Paragraph]) -> Iterator[str]:
    """The names on lines numbered from 1 on; none where a line so numbered is no name alone."""
    names: list[str] = []
    for line in lines:
        found = pattern("marks", "numbered-name").fullmatch(unify(line.text))
        if found is None or whole_number(found["at"]) != len(names) + 1:
            break
        names.append(found["name"])
    follows = len(names) < len(lines) and re.match(rf"[（]?{len(names) + 1}[、.）]", unify(lines[len(names)].text))
    yield from () if follows else names


def _told(found: re.Match[str]) -> tuple[int, int]:
    """How many the words beside a count come to, at least and at most (和 may join two names or two parts of one)."""
    groups = found.groupdict()
    if groups.get("more"):
        whole = 1 + whole_number(found["more"])
        return whole, whole
    names = [name for name in _BRACKETED.sub("", found["list"]).split("、") if name]
    parts = [pattern("organisations", "joint").split(name) for name in names]
    joints = sum(len(one) - 1 for one in parts if all(map(_is_name, one)))
    last = pattern("organisations", "joint").split(names[-1]) if names else []
    sure = len(names) > 1 and len(set(names)) == len(names) and all(map(_is_name, names))
    if not sure:
        return 0, 0
    if len(last) > 1 and all(map(_is_name, last)):
        return len(names) + 1 - (joints > 1), len(names) + joints
    return len(names), len(names) + joints


def _is_name(words: str) -> bool:
    return bool(pattern("marks", "listed-name").fullmatch(words))


def _sentence_before(words: str, at: int) -> str:
    return re.split("[。；]", words[:at])[-1]


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, load("marks")["list-counts"]))
