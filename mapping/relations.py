"""Citations to what they say of each other: documents that forward, issue or approve others, and what rests on what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mapping.bases import Cited
from mapping.citations import Mention
from mapping.document import Span
from mapping.legal import LegalDocument, name_document
from mapping.lexicon import load, pattern
from mapping.passages import unify

_INNER = re.compile("[《〈](?P<title>[^《〈》〉]{2,})[》〉]")


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two legal documents, with the words that say so; `kind` is a notation of `code:legal-relation`."""

    kind: str
    subject: LegalDocument
    object: LegalDocument
    spans: tuple[Span, ...]


def read_relations(citations: Sequence[Cited], region: str | None) -> list[Relation]:
    """The relations that a document states, in order; `region` is that of the document."""
    return [*_carried(citations, region), *_resting(citations)]


def _carried(citations: Sequence[Cited], region: str | None) -> Iterator[Relation]:
    """What each cited document carries by its own title: 关于印发《…》的通知."""
    for cited in citations:
        title = cited.mention.title
        if cited.names is None or title is None:
            continue
        for entry in load("bases")["carriers"]:
            if carried := _carried_title(title, entry["title"]):
                content = _content(cited.mention, cited.names, carried, region)
                if content and content.tail != cited.names.tail:
                    yield Relation(entry["relation"], cited.names, content, cited.spans)
                break


def _carried_title(title: str, shape: str) -> str | None:
    """The title inside a carrier's: what stands in the innermost signs, else the words after the verb.

    >>> _carried_title("关于印发《困难职工专项资金管理办法》的通知", "^.{0,40}?印发(?P<carried>.+?)(?:的通知)?$")
    '困难职工专项资金管理办法'
    """
    found = re.match(shape, title)
    if found is None:
        return None
    inner = _INNER.search(found["carried"])
    words = inner["title"] if inner else re.sub("[《》〈〉]", "", found["carried"])
    return words if pattern("bases", "carried").search(unify(words)) else None


def _content(mention: Mention, carrier: LegalDocument, title: str, region: str | None) -> LegalDocument | None:
    """The document that is carried: in the carrier's region, where its own title names none."""
    plain = replace(mention, kind="other", doc_number=None, title=title, article=None, informal=False)
    content = name_document(plain, region)
    return replace(content, region=content.region or carrier.region, issuers=()) if content else None


def _resting(citations: Sequence[Cited]) -> Iterator[Relation]:
    """What a document was made on: 根据《甲》…，制定《乙》, both in one sentence."""
    for at, made in enumerate(citations):
        bases = [other for other in citations[max(0, at - 6) : at] if _in_one_sentence(other, made)]
        if made.names is None or not bases or not pattern("bases", "cue").search(bases[0].before):
            continue
        if not pattern("bases", "based-on").search(_between(bases[-1], made)):
            continue
        for basis in bases:
            if basis.names and basis.names.tail != made.names.tail:
                yield Relation("based-on", made.names, basis.names, _passage(basis, made))


def _passage(basis: Cited, made: Cited) -> tuple[Span, ...]:
    """The words from the first to the last character of both."""
    return (Span(basis.spans[0].start, made.spans[-1].end),)


def _in_one_sentence(one: Cited, later: Cited) -> bool:
    return one.sentence.run is later.sentence.run and one.sentence.start == later.sentence.start


def _between(one: Cited, later: Cited) -> str:
    """The words between two citations of one sentence."""
    return one.sentence.words(one.mention.end, later.mention.start)
