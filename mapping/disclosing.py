"""What a document prints to the office that discloses it: captions, titles, signature, labels, lines, sentences."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from mapping.document import Document, fold, plain, squeeze
from mapping.lexicon import load, pattern
from mapping.recognise import Recognised
from mapping.regions import region_of
from mapping.situate import shape, whole_names, without_titles

_LAST_LINES = 30
_HEAD = 8
# Particulars of a page may stand above its title.
_TITLES = 16
_PARTICULARS = 3000
_LONGEST = 40
_LONGEST_TITLE = 300


def disclosing_office(
    document: Document, tables: Sequence[Recognised], lines: Sequence[str], titled: Sequence[str | None]
) -> str | None:
    """The office by the best evidence there is; None where none names one. `lines` are the folded first lines, `titled`
    the names that their titles print.

    Captions go before titles, these before headings, these before who signs, these before first lines that are titles
    and what labels of the page say, these before other first lines, forms and sentences.
    """
    evidence: tuple[Callable[[], str | None], ...] = (
        partial(_captioned, tables),
        partial(_titled, titled),
        partial(_headed, document, lines),
        partial(_issued, document),
        partial(_stated, document),
        partial(_signed, document, tables),
        partial(_begun, [words for words in lines[:_TITLES] if pattern("disclosing", "entitled").search(words)]),
        partial(_labelled, document, "pages"),
        partial(_above, document, lines[:_HEAD]),
        partial(_begun, lines[:_HEAD]),
        partial(_labelled, document, "sources"),
        partial(_of_forms, document),
        partial(_told, document),
        partial(_most_named, document),
    )
    return next((name for find in evidence if (name := find())), None)


def is_office(words: str) -> bool:
    """Whether words end like the name of an office and hold nothing that none holds."""
    ends = pattern("roles", "office").search(words) or pattern("disclosing", "offices").search(words)
    return bool(ends and not pattern("disclosing", "no-office").search(words))


def _trimmed(printed: str) -> str:
    lexicon = load("disclosing")
    return re.sub(lexicon["after-name"], "", re.sub(lexicon["before-name"], "", printed))


def _office(printed: str | None) -> str | None:
    """A printed name without what says of which scope it is (（部门）); None for what is no name (万元、万亩)."""
    name = _trimmed(printed or "")
    long_enough = len(name) >= 4 or re.fullmatch("..[镇乡]", name)
    return name if long_enough and not re.search("[、，]|万元|平方米|目录|预算|决算", name) else None


def _cut(printed: str) -> str | None:
    """The name of an office that is cut out of a line, None for words that stand for any office."""
    lexicon, name = load("disclosing"), _trimmed(printed)
    if not is_office(name) or re.search(lexicon["no-name"], name):
        return None
    return name if region_of(name) or not re.search(lexicon["no-begin"], name) else None


# --- evidence, the best first ---


def _captioned(tables: Sequence[Recognised]) -> str | None:
    captions = Counter(name for table in tables if (name := _office(table.captions.office)))
    return captions.most_common(1)[0][0] if captions else None


def _titled(titled: Sequence[str | None]) -> str | None:
    return _first([name for one in titled if (name := _office(one)) and is_office(name)])


def _headed(document: Document, lines: Sequence[str]) -> str | None:
    """The office by the heading of the part that tells what it is (第一部分 某县水利局概况)."""
    headed = shape(load("disclosing")["headed"])
    found = (one for line in lines if (one := headed.match(line)))
    return next((name for one in found if (name := _whole(document.text.content, one["name"]))), None)


def _first(names: Sequence[str]) -> str | None:
    """The first of the names of titles, as a later one prints it with the places before it."""
    whole = (name for name in names if names[0] in name and region_of(name) and not region_of(names[0]))
    return next(itertools.chain(whole, names), None)


def _issued(document: Document) -> str | None:
    """Who issues what the title of a notice, a reply or a report announces, or holds the report."""
    issued = [shape(one) for one in load("disclosing")["issued"]]
    lines = [line for one in document.paragraphs[:_HEAD] if len(line := plain(one.text).strip()) <= _LONGEST_TITLE]
    parted = (above + below for above, below in itertools.pairwise(lines) if not is_office(above))
    found = (one for line in (*lines, *parted) for form in issued if (one := form.match(line)))
    return next((name for one in found if (name := _whole(document.text.content, one["name"]))), None)


def _stated(document: Document) -> str | None:
    """The office that lines without a table name most often (编制部门：…), with the place before it if any has it."""
    stated = pattern("disclosing", "stated")
    lines = (stated.match(fold(line.text)) for line in document.paragraphs)
    names = [name for found in lines if found and (name := _office(found["name"] or found["other"]))]
    names = [name for name in names if is_office(name)]
    often = Counter(names).most_common(1)
    return max((name for name in names if name.endswith(often[0][0])), key=len) if often else None


def _signed(document: Document, tables: Sequence[Recognised]) -> str | None:
    """The office above the date that closes a text, its letters perhaps apart; of several that sign the first.

    So too where the text goes on with tables, whose captions both became.
    """
    above = [(one.span, one.text) for table in tables for one in table.table.captions]
    lines = sorted([*above, *((one.span, one.text) for one in document.paragraphs[-_LAST_LINES:])])
    for (_, line), (_, below) in itertools.pairwise(lines):
        names = [fold(name) for name in line.split()]
        names = ["".join(names)] if all(len(name) == 1 for name in names) else names
        if pattern("disclosing", "day").fullmatch(fold(below)) and all(map(is_office, names)):
            return names[0] if names and region_of(names[-1]) else "".join(names)
    return None


def _labelled(document: Document, labels: str) -> str | None:
    """The office behind a label of the block of particulars above a page; behind 来源 only one of a known place."""
    content = document.text.content
    names = _behind(content[:_PARTICULARS], content, load("disclosing")[labels])
    return next((name for name in names if labels == "pages" or region_of(name)), None)


def _of_forms(document: Document) -> str | None:
    """The one office that carries out the projects of a document of forms, else the one department above."""
    lexicon, content = load("disclosing"), document.text.content
    if not re.search(lexicon["of-forms"], squeeze(content)):
        return None
    names = (set(_behind(content, content, label)) for label in lexicon["forms"])
    return next((one.pop() for one in names if len(one) == 1), None)


def _behind(searched: str, content: str, label: str) -> Iterator[str]:
    """The offices behind a label, each with a place or of the whole country."""
    lexicon, place = load("disclosing"), load("organisations")["subjects"]["place"]
    for found in shape(f"{label}{lexicon['label']}").finditer(searched):
        name = _whole(content, found["name"])
        if name and (re.match(place, name) or re.match(lexicon["national"], name)):
            yield name


def _whole(content: str, printed: str) -> str | None:
    """The name of an office cut out of a line, with its place where only the level of it is printed (县财政局).

    Also where nothing of it is, if the text has it with one place only (检察院 in a text that prints 某市检察院).
    """
    name = _cut(printed)
    if name is None or region_of(name):
        return name
    whole = sorted(whole_names(content, name))
    if name[0] in load("disclosing")["levels"]:
        return next(iter(whole), None)
    bare = pattern("disclosing", "any-place").fullmatch(name)
    return whole[0] if len(whole) == 1 else None if bare else name


def _above(document: Document, head: Sequence[str]) -> str | None:
    """The first line that is an office and nothing else, but what a label of a form on the line above is for."""
    labels = pattern("disclosing", "forms")
    for above, words in itertools.pairwise(("", *head)):
        if len(words) <= _LONGEST and is_office(words) and not labels.fullmatch(above):
            return _whole(document.text.content, words) or _trimmed(words)
    return None


def _begun(head: Sequence[str]) -> str | None:
    """The office that a first line begins with, the year or the money of it behind."""
    named = [shape(one) for one in load("disclosing")["named"]]
    found = (one for line in head for form in named if (one := form.search(line)))
    return _first([name for one in found if (name := _cut(one["name"]))])


def _told(document: Document) -> str | None:
    """The office that sentences say most often that they speak of; None where another is said as often."""
    sentences = [shape(one) for one in load("disclosing")["sentences"]]
    lines = [fold(line.text) for line in document.paragraphs]
    found = (one["name"] for line in lines for form in sentences for one in form.finditer(line))
    names = Counter(name for one in found if (name := _whole(document.text.content, one)))
    often = names.most_common(2)
    return often[0][0] if often and (len(often) == 1 or often[0][1] > often[1][1]) else None


def _most_named(document: Document) -> str | None:
    """The office that the text names most often, what the titles of documents name left out."""
    lexicon = load("disclosing")
    names: Counter[str] = Counter()
    for line in document.paragraphs:
        for found in re.finditer(lexicon["office"], without_titles(fold(line.text))):
            start = re.search(lexicon["before-office"], found[0])
            names[found[0][start.end() :] if start else found[0]] += 1
    likely = [(count, name) for name, count in names.items() if count > 2 and region_of(name)]
    return max(likely, default=(0, None))[1]
