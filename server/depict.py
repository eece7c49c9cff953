"""A description as people read it: names in their language, links, and long things cut short."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from server.addresses import href, local_path
from server.prefixes import shortened
from server.reasons import reason_in
from server.resource import LABEL, NAMES, TELLING, Description
from server.wording import FOREIGN, LANGUAGE_TAGS

VALUES_SHOWN = 100
"""Values of one property that a page shows; the other formats have all."""
_LENGTH = 90
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DIGEST = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{8,56}\b")
# Written without a gap: 36.70万元.
_UNIT = "https://w3id.org/yusuan/def#unit"

_REASON = "https://w3id.org/yusuan/def#reason"
# What tells which thing is meant that has neither a name nor words of its own: what it is of, in this order.
_DEF, _PART_OF = "https://w3id.org/yusuan/def#", "http://purl.org/dc/terms/isPartOf"
_BESIDE = tuple(
    _DEF + each
    for each in (
        *("aliasOf", "alias", "fromDocument", "relationKind", "toDocument"),
        *("discrepancyKind", "party", "proposed", "ofDocument", "proposedNumber"),
    )
)

Names = Mapping[str, Mapping[str, Sequence[Literal]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One term: its text, where it leads and its IRI, if anywhere; of a text in a language its tag."""

    text: str
    href: str | None = None
    iri: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One property with what it says; `more` values are left out."""

    property: Shown
    values: tuple[Shown, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Depicted:
    """What a page shows of a thing; `pointing` are things with the property by which they point to it."""

    title: str
    kinds: tuple[Shown, ...]
    rows: tuple[Row, ...]
    pointing: tuple[tuple[Shown, Shown], ...]


class Depicter:
    """Shows terms in a language, under the prefix that this service is called by."""

    def __init__(self, triples: Iterable[Triple], language: str, base: str, prefix: str) -> None:
        """Take the triples that may name what is shown."""
        self._names = _names(triples)
        self._tag = LANGUAGE_TAGS[language].lower()
        self._language = language
        self._base = base
        self._prefix = prefix

    def depict(self, description: Description) -> Depicted:
        """Return what a page shows of a thing."""
        kinds = [self.show(each.object) for each in description.stated if each.predicate.value == _TYPE]
        pointing = [(self.show(each.subject), self.property(each.predicate.value)) for each in description.pointing]
        title = self._title(description, [each.text for each in kinds])
        return Depicted(title, tuple(kinds), tuple(self._rows(description)), tuple(pointing))

    def name(self, iri: str) -> str:
        """Return what a thing is called, or else the words that tell it from others, or the end of its IRI."""
        return self._named(iri) or self._end(iri)

    def _named(self, iri: str) -> str:
        """Return the name of a thing, or the words that tell it from others; empty where there are none."""
        known = self._names.get(iri, {})
        named = next((self._chosen(known[each]).value for each in NAMES if each in known), "")
        return _cut(reason_in(named, self._language)[0] or _told(known))

    def _title(self, description: Description, kinds: Sequence[str]) -> str:
        """Return what the page of a thing is headed with; without a name it is its kind and what it is of.

        >>> tag = "https://w3id.org/yusuan/def#"
        >>> iri, of = NamedNode("https://e.example/report"), NamedNode("https://e.example/d")
        >>> stated = [Triple(iri, NamedNode(_PART_OF), of), Triple(of, NamedNode(LABEL), Literal("某局预算"))]
        >>> about = Description(iri.value, tuple(stated[:1]), (), 0, tuple(stated[1:]))
        >>> Depicter(stated, "zh", "https://e.example/", "")._title(about, ["审核报告"])
        '审核报告：某局预算'
        """
        if named := self._named(description.thing):
            return named
        beside = self._beside(description, _BESIDE) or self._beside(description, (_PART_OF,))
        if not kinds or not beside:
            return self._end(description.thing)
        return f"{kinds[0]}{'：' if self._language == 'zh' else ': '}{_cut(' · '.join(beside))}"

    def _beside(self, description: Description, properties: Sequence[str]) -> list[str]:
        """Return what some properties of a thing say, in their order."""
        return [
            self.show(each.object).text
            for property in properties
            for each in description.stated
            if each.predicate.value == property
        ]

    def property(self, iri: str) -> Shown:
        """Return a property by its label."""
        known = self._names.get(iri, {}).get(LABEL)
        words = self._chosen(known).value if known else FOREIGN.get(shortened(iri), {}).get(self._language)
        return Shown(words or shortened(iri), href(iri, self._base, self._prefix), iri)

    def show(self, term: object) -> Shown:
        """Return a term: a thing by its name, a literal by its text."""
        if isinstance(term, NamedNode):
            return Shown(self.name(term.value), href(term.value, self._base, self._prefix), term.value)
        if isinstance(term, Literal):
            return Shown(term.value, language=term.language or "")
        return Shown(str(term))

    def _rows(self, description: Description) -> Iterable[Row]:
        found: dict[str, list[Triple]] = defaultdict(list)
        for each in description.stated:
            if each.predicate.value != _TYPE:
                found[each.predicate.value].append(each)
        for iri in sorted(found, key=lambda iri: (iri not in NAMES, self.property(iri).text)):
            values = [self._said(each) for each in found[iri][:VALUES_SHOWN]]
            yield Row(self.property(iri), tuple(values), len(found[iri]) - len(values))

    def _said(self, stated: Triple) -> Shown:
        """Return what a triple says of a thing; a reason is said in the language of the page."""
        if stated.predicate.value != _REASON or not isinstance(stated.object, Literal):
            return self.show(stated.object)
        words, tag = reason_in(stated.object.value, self._language)
        return Shown(words, language=tag)

    def _chosen(self, words: Sequence[Literal]) -> Literal:
        """Return the text in the language of the page, else one in none, else the first."""
        return min(words, key=lambda each: ((each.language or "") != self._tag, bool(each.language), each.value))

    def _end(self, iri: str) -> str:
        if called := FOREIGN.get(shortened(iri), {}).get(self._language):
            return called
        path = local_path(iri, self._base)
        return _DIGEST.sub(r"\1…", path.removeprefix("/")) if path else shortened(iri)


def _names(triples: Iterable[Triple]) -> Names:
    found: dict[str, dict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for each in triples:
        if isinstance(each.subject, NamedNode) and isinstance(each.object, Literal):
            found[each.subject.value][each.predicate.value].append(each.object)
    return found


def _told(known: Mapping[str, Sequence[Literal]]) -> str:
    """Return the words that tell a thing without a name from others: 工会经费 · 预算数 · 36.70万元."""
    told = ""
    for each in TELLING:
        for term in known.get(each, ())[:1]:
            gap = "" if each == _UNIT or not told else " · "
            told += gap + " ".join(term.value.split())
    return told


def _cut(text: str) -> str:
    return text if len(text) <= _LENGTH else f"{text[:_LENGTH]}…"
