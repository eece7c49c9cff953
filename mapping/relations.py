"""Citations to what they say of each other: what forwards, issues or approves what, rests on, repeals or revises it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mapping.bases import Cited
from mapping.citations import Mention
from mapping.cited import PAST
from mapping.document import Span
from mapping.legal import LegalDocument, name_document
from mapping.lexicon import load, pattern
from mapping.passages import unify
from mapping.validity import is_listed

_INNER = re.compile("[《〈](?P<title>[^《〈》〉]{2,})[》〉]")
_SIGNS = str.maketrans("<>＜＞", "〈〉〈〉")
# Titles side by side, and what none of them ends in where it is cited.
_LISTED = re.compile("[^《〈》〉]*(?:[《〈][^《〈》〉]{2,}[》〉](?:[、，,和与及]|以及)*){2,}(?:等)?")
_NOTE = re.compile(r"[（(](?:(?:19|20)\d\d年?)?(?:修订|修正|修改)[版稿本]?[）)]$")
_ENDING = {"repealed": "repeals", "revised": "revises"}
# Characters of a sentence and of the one before it in which a document speaks of itself.
_CONTEXT = 120


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two legal documents, with the words that say so; `kind` is a notation of `code:legal-relation`."""

    kind: str
    subject: LegalDocument
    object: LegalDocument
    spans: tuple[Span, ...]


def read_relations(citations: Sequence[Cited], region: str | None) -> list[Relation]:
    """The relations that a document states, in order; `region` is that of the document."""
    return [*_carried(citations, region), *_resting(citations), *_ending(citations)]


def _carried(citations: Sequence[Cited], region: str | None) -> Iterator[Relation]:
    """What each cited document carries by its own title: 关于印发《…》的通知."""
    for cited in citations:
        if cited.names is None or cited.mention.title is None:
            continue
        title = cited.mention.title.translate(_SIGNS)
        for entry in load("bases")["carriers"]:
            if carried := _carried_titles(title, entry["title"]):
                for at, inner in enumerate(carried):
                    content = _content(cited.mention, cited.names, inner, region)
                    spans = _up_to(cited, inner) if at else cited.spans
                    if spans and content and content.tail != cited.names.tail:
                        yield Relation(entry["relation"], cited.names, content, spans)
                break


def _carried_titles(title: str, shape: str) -> list[str]:
    """The titles inside a carrier's: what stands in the innermost signs, else the words after the verb.

    >>> _carried_titles("关于印发《困难职工专项资金管理办法》的通知", "^.{0,40}?印发(?P<carried>.+?)(?:的通知)?$")
    ['困难职工专项资金管理办法']
    """
    found = re.match(shape, title)
    if found is None:
        return []
    inner = [one["title"] for one in _INNER.finditer(found["carried"])]
    if len(inner) > 1 and not _LISTED.fullmatch(found["carried"]):
        inner = inner[:1]
    titles = [_NOTE.sub("", one) for one in inner or [re.sub("[《》〈〉]", "", found["carried"])]]
    return [one for one in titles if pattern("bases", "carried").search(unify(one))]


def _up_to(cited: Cited, title: str) -> tuple[Span, ...]:
    """A citation up to a further title that it carries; none where whitespace stands within that."""
    start = cited.sentence.run.text.find(title, cited.mention.start, cited.mention.end)
    return cited.sentence.run.spans(cited.mention.start, start + len(title)) if start >= 0 else ()


def _content(mention: Mention, carrier: LegalDocument, title: str, region: str | None) -> LegalDocument | None:
    """The document that is carried: in the carrier's region, where its own title names none."""
    plain = replace(mention, kind="other", doc_number=None, title=title, article=None, informal=False)
    content = name_document(plain, region)
    return replace(content, region=content.region or carrier.region, issuers=()) if content else None


def _resting(citations: Sequence[Cited]) -> Iterator[Relation]:
    """What a document was made on: 根据《甲》…，制定《乙》, both in one sentence."""
    for at, made in enumerate(citations):
        earlier = [other for other in citations[max(0, at - 6) : at] if other.validity not in PAST]
        bases = [other for other in earlier if _in_one_sentence(other, made)]
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


# --- what repeals or revises what ---


def _ending(citations: Sequence[Cited]) -> Iterator[Relation]:
    """What a document repeals or revises: 《甲》自…起施行，《乙》同时废止, and what the text says so of itself."""
    itself = _itself(citations)
    for at, ended in enumerate(citations):
        kind = _ENDING.get(ended.validity or "")
        maker = _maker(citations, at, itself) if kind else None
        if kind and maker and maker.names and ended.names and maker.names.tail != ended.names.tail:
            said = ended.sentence.run.spans(ended.mention.start, max(ended.mention.end, ended.sentence.end))
            yield Relation(kind, maker.names, ended.names, (*said, *maker.spans))


def _maker(citations: Sequence[Cited], at: int, itself: Cited | None) -> Cited | None:
    """The document before a list of others that comes into force in their place, or behind it, else the text itself."""
    first = last = at
    while first and is_listed(citations[first - 1], citations[first]):
        first -= 1
    while last + 1 < len(citations) and is_listed(citations[last], citations[last + 1]):
        last += 1
    later = citations[last + 1] if last + 1 < len(citations) else None
    if later and _becomes(citations[last], later):
        return later
    ended, run = citations[first], citations[first].sentence.run
    prior = citations[first - 1] if first else None
    if prior and prior.sentence.run is run and prior.validity not in PAST:
        between = unify(run.text[prior.mention.end : ended.mention.start])
        if pattern("bases", "takes-effect").search(between):
            return prior
    before = unify(run.text[max(0, ended.mention.start - _CONTEXT) : ended.mention.start])
    return itself if pattern("bases", "of-itself").search(before) else None


def _becomes(revised: Cited, later: Cited) -> bool:
    """Whether a sentence says that a document was revised into the one behind it."""
    words = _between(revised, later) if _in_one_sentence(revised, later) else ""
    return bool(pattern("bases", "becomes").search(words))


def _itself(citations: Sequence[Cited]) -> Cited | None:
    """The text itself, where its own number heads it: the first number, with its title on lines of their own."""
    first = next((one for one in citations if one.mention.kind == "docnum"), None)
    if first is None:
        return None
    head, rest = first.sentence.run.text[: first.mention.start], first.sentence.run.text[first.mention.end :]
    spoken_of = re.search("[，。；：、《》（）(),;:]", head.rpartition("\n")[2] + rest.partition("\n")[0])
    return None if spoken_of or "。" in head else first
