"""An office and the text that it discloses to the place of both, by GB/T 2260."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from mapping.document import Document
from mapping.lexicon import load
from mapping.regions import official_names, place_names, place_of, region_of, region_of_project

_HEAD = 12
# No names of a province, a city and a county are longer together.
_PLACES = 24


def situate(document: Document, publisher: str | None, lines: Sequence[str]) -> str | None:
    """The region of a document, of `publisher` and of the folded first `lines`; None where nothing says it.

    Codes of projects say it, then the name of the publisher, alone or as the text prints it with its place; where there
    is no publisher, or one that is named by the level of its place alone (县财政局), what the first lines are of.
    """
    content = document.text.content
    codes = re.findall(r"(?<![0-9A-Z])\d{8}[A-Z][0-9A-Z]{8,}", content)
    coded = next(filter(None, map(region_of_project, codes)), None)
    named = _named(content, publisher) if publisher else None
    if coded and not (named and named.startswith(coded.rstrip("0"))):
        return coded
    return named or _of_lines(lines, publisher) or (_sole(content, publisher) if publisher else None)


def whole_names(content: str, name: str) -> set[str]:
    """The names with their places by which a text speaks of the office that it also calls `name` (县财政局)."""
    return set(_placed(content, name, name))


def without_titles(words: str) -> str:
    """Words without the titles of documents in them: what these name is none of whose text it is."""
    return re.sub("《[^》]*》", "《》", words)


@cache
def shape(words: str) -> re.Pattern[str]:
    """A pattern of disclosing.yaml, the words in capitals filled in.

    >>> shape("^NAMEYEAR年").match("某县水利局2023年部门预算")["name"]
    '某县水利局'
    """
    lexicon = load("disclosing")
    meant = {"NAME": lexicon["name"], "PLACE": lexicon["place"], "YEAR": f"(?:{load('describe')['year-words']})"}
    for capitals, pattern in meant.items():
        words = words.replace(capitals, pattern)
    return re.compile(words)


def _named(content: str, publisher: str) -> str | None:
    """The region of an office, narrowed by how the text prints its name or the place that begins it."""
    if region := region_of(publisher):
        return region
    begins = next((one for one in _beginnings(publisher) if one in place_names()), "")
    for words in (publisher, begins):
        if words and len(found := {region_of(name) for name in _placed(content, words, publisher)}) == 1:
            return found.pop()
    return _shortened(content, publisher)


def _shortened(content: str, publisher: str) -> str | None:
    """The region of an office that is printed with the bare name of its place where the text prints the whole name."""
    for bare in _beginnings(publisher):
        for name in _by_bare_name().get(bare, ()):
            if (whole := name + publisher[len(bare) :]) in content:
                return region_of(whole)
    return None


def _beginnings(words: str) -> Sequence[str]:
    """What begins words, of any length, the longest first."""
    return [words[:length] for length in range(len(words), 0, -1)]


@cache
def _by_bare_name() -> Mapping[str, Sequence[str]]:
    """The names of places in GB/T 2260 by what stands in them before the character of their level (晋城: 晋城市)."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in official_names().values():
        if len(name) > 2:
            found[name[:-1]].append(name)
    return found


def _placed(content: str, words: str, name: str) -> Iterator[str]:
    """`name` behind the places that a text prints before `words`, which `name` begins with."""
    text = without_titles(re.sub(r"[ \t\u3000|*]", "", content))
    lexicon = load("disclosing")
    level = words[0] if words[0] in lexicon["levels"] else ""  # 市 of 市水利局 is of its place
    begins = re.compile(lexicon["before-place"])
    starts = (found.start() for found in re.finditer(re.escape(words), text))
    for before in sorted({text[max(0, start - _PLACES) : start] for start in starts}):
        if (before + level)[-1:] not in lexicon["levels"]:
            continue
        places = (before[at:] for at in range(len(before)) if begins.search(before[max(0, at - 2) : at]))
        if place := next((one for one in places if place_of(one + level)), None):
            yield place + name


def _of_lines(lines: Sequence[str], publisher: str | None) -> str | None:
    """The place whose budgets the first lines announce, of the level of the publisher where there is one."""
    lexicon = load("disclosing")
    for line in lines[:_HEAD]:
        for found in (one for words in lexicon["placed"] for one in shape(words).finditer(line)):
            place = next(iter(found.groupdict().values()))
            if (region := region_of(place)) and (publisher is None or publisher[0] == place[-1]):
                return region
    return None


def _sole(content: str, publisher: str) -> str | None:
    """The only province that a text names, for an office that is named as one of its province (省水利厅)."""
    level = load("disclosing")["sole"]
    if not publisher.startswith(level):
        return None
    names = set(re.findall(f"[\u4e00-\u9fff]{{2,3}}{level}", without_titles(content)))
    found = {region for name in names if (region := place_of(name) or place_of(name[1:]))}
    return found.pop() if len(found) == 1 else None
