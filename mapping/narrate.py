"""Projects that running text names: under headings of their own, in sentences and in numbered lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mapping.amounts import parse_amount
from mapping.classes import codes_of
from mapping.document import Paragraph, Span, squeeze
from mapping.forms import Filled, yuan
from mapping.lexicon import pattern
from mapping.offices import office_name, office_words
from mapping.passages import is_heading, level_of, unify
from mapping.project import Project
from mapping.sections import Section, read_sections


def from_sections(lines: Sequence[Paragraph], year: int | None) -> Iterator[Project]:
    """Projects that have headings of their own (项目概述, 立项依据 …), of a document of `year`, in the order of it."""
    return map(_from_section, read_sections(lines, year))


def _from_section(section: Section) -> Project:
    unit, term, budget = map(section.value, ("implementing-unit", "project-term", "budget-amount"))
    return Project(
        section.name,
        (section.place,),
        amount=yuan(budget),
        implementing_unit=office_name(squeeze(unit.text)) if unit else None,
        term=squeeze(term.text) if term else None,
        stated=list(section.said),
    )


def from_sentences(lines: Sequence[Paragraph]) -> Iterator[tuple[Project, bool]]:
    """Projects that a sentence lists with amounts (项目支出32万元，具体为…); whether it is a whole list."""
    listed, entry, complete = (pattern("forms", name) for name in ("listed", "listed-entry", "listed-whole"))
    for line in lines:
        for said in listed.finditer(line.text):
            found = list(entry.finditer(line.text, said.start("list"), said.end("list")))
            for one in found if len(found) > 1 else []:
                yield _stated(line, one), bool(complete.search(said["intro"]))


def from_numbered(lines: Sequence[Paragraph]) -> Iterator[Project]:
    """Projects of numbered lines that make up the amount in the line above them (安排项目支出289万元，具体如下：)."""
    for at, line in enumerate(lines):
        whole = pattern("forms", "divided").search(line.text)
        entries = _making_up(whole, lines[at + 1 :]) if whole else []
        if 2 * sum(_names_no_project(entry["name"]) for _, entry in entries) < len(entries):
            yield from itertools.starmap(_stated, entries)


def from_appraisals(lines: Sequence[Paragraph]) -> Iterator[Project]:
    """Projects that summaries of their self-evaluation name (“渔港建设”项目绩效自评综述：…)."""
    for line in lines:
        for found in pattern("forms", "appraised").finditer(line.text):
            if not names_none(found["name"]):
                start, end = (line.span.start + at for at in found.span("name"))
                yield Project(squeeze(found["name"]), (Span(start, end),))


def names_none(name: str) -> bool:
    """Whether words that stand where a project is named are no name of one (部门整体, 重点项目)."""
    none = (pattern("forms", "no-names"), pattern("forms", "whole-department"), pattern("sections", "no-name"))
    return any(shape.search(squeeze(name)) for shape in none) or _names_no_project(name)


def _making_up(whole: re.Match[str], lines: Sequence[Paragraph]) -> list[tuple[Paragraph, re.Match[str]]]:
    """The first lines of one level of numbering whose amounts are exactly that of `whole`; none where they are not."""
    total = parse_amount(whole["number"])
    entries: list[tuple[Paragraph, re.Match[str]]] = []
    rest = total.value if total else Decimal(0)
    for line in lines:
        words = unify(line.text)
        level = level_of(words)
        if entries and (level > level_of(unify(entries[0][0].text)) or not (level or is_heading(words))):
            continue  # it explains the entry above
        entry = pattern("forms", "divided-entry").match(line.text)
        amount = parse_amount(entry["number"]) if entry and entry["unit"] == whole["unit"] else None
        if entry is None or amount is None or amount.value > rest:
            break
        entries.append((line, entry))
        rest -= amount.value
        if len(entries) > 1 and not rest:
            return entries
    return []


def _names_no_project(name: str) -> bool:
    """Whether a name is that of a class or of an office, which may divide an amount too."""
    return any(codes_of(scheme, name) for scheme in ("functional", "economic")) or bool(office_words().search(name))


def _stated(line: Paragraph, found: re.Match[str]) -> Project:
    start = line.span.start
    number = Span(start + found.start("number"), start + found.end("number"))
    filled = Filled("budget-amount", None, found["number"], (number,), parse_amount(found["number"]), found["unit"])
    name = Span(start + found.start("name"), start + found.end("name"))
    return Project(squeeze(found["name"]), (name,), amount=yuan(filled), stated=[filled])
