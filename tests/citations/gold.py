"""The gold set of citations: its items read and checked, and what a reader finds scored against it (README.md here)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

Span = tuple[int, int]
FOLDER = Path(__file__).parent
SPLITS = ("dev", "frozen")
FIELDS = ("kind", "doc_number", "title", "article", "informal")
_ITEM_KEYS = {"id", "text", "citations", "negatives"}
_CITATION_KEYS = {"quote", "spans", *FIELDS}
_NUMBERS = {
    "docnum": re.compile(r"[^\s\d〔〕《》]+〔\d{4}〕[1-9]\d*号"),
    "decree": re.compile(r"[^\s\d〔〕《》]+令第[1-9]\d*号|[^\s\d〔〕《》]*公告(?:\d{4}年)?第[1-9]\d*号"),
    "standard": re.compile(r"[A-Z]+\d*(?:/[A-Z]+\d*)? [A-Z\d.]+(?:-\d{4})?"),
    "case": re.compile(r"（\d{4}）[^\s（）]+\d号(?:之[一二三四五六七八九十]+)?"),
}
_ALWAYS_NUMBERED = {"docnum", "decree", "case"}
KINDS = frozenset({*_NUMBERS, "law", "regulation", "other"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation, marked by a reader or by the gold: `spans` are code points of the item's text."""

    spans: tuple[Span, ...]
    kind: str
    doc_number: str | None
    title: str | None
    article: str | None
    informal: bool

    def quote(self, text: str) -> str:
        """The texts of the spans, joined with nothing between."""
        return "".join(text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a disclosure with everything it cites, and the look-alikes (`negatives`, as printed) it does not."""

    id: str
    text: str
    citations: tuple[Mention, ...]
    quotes: tuple[str, ...]
    negatives: tuple[str, ...]


Reader = Callable[[str], Sequence[Mention]]


def load(split: str) -> list[Item]:
    """The items of `dev` or `frozen`, in order. ValueError names the item whose keys are not those of the format."""
    lines = (FOLDER / f"{split}.jsonl").read_text(encoding="utf-8").split("\n")
    return [_item(json.loads(line)) for line in lines if line]


def _item(row: Mapping[str, object]) -> Item:
    name, text, said, negatives = (row.get(key) for key in ("id", "text", "citations", "negatives"))
    if not {"id", "text", "citations"} <= set(row) <= _ITEM_KEYS or not isinstance(said, list):
        raise ValueError(f"{name}: the keys of an item are {sorted(_ITEM_KEYS)}")
    if any(set(one) != _CITATION_KEYS for one in said):
        raise ValueError(f"{name}: the keys of a citation are {sorted(_CITATION_KEYS)}")
    citations = tuple(
        Mention(tuple((start, end) for start, end in one["spans"]), *(one[field] for field in FIELDS)) for one in said
    )
    looks = tuple(negatives) if isinstance(negatives, list) else ()
    return Item(str(name), str(text), citations, tuple(one["quote"] for one in said), looks)


def faults(item: Item) -> list[str]:
    """What is wrong with an item, in words; an empty list for a sound one."""
    flat = [span for one in item.citations for span in one.spans]
    ordered = all(before[1] <= after[0] for before, after in pairwise(flat))
    inside = all(0 <= start < end <= len(item.text) for start, end in flat)
    wrong = [] if ordered else ["spans overlap or are out of order"]
    wrong += [] if inside else ["a span is empty or leaves the text"]
    for one, quote in zip(item.citations, item.quotes, strict=True):
        wrong += [f"{quote}: {fault}" for fault in _faults(item.text, one, quote)]
    wrong += [f"{quote}: no such look-alike" for quote in item.negatives if not any(_places(item, quote))]
    return wrong


def _faults(text: str, said: Mention, quote: str) -> Iterator[str]:
    if not said.spans or said.quote(text) != quote:
        yield "the quote is not the text of its spans"
    if any(text[start:end] != text[start:end].strip() for start, end in said.spans):
        yield "blanks at the ends of a span"
    if said.kind not in KINDS:
        yield f"no kind {said.kind}"
    if said.doc_number is None and said.title is None:
        yield "neither number nor title"
    if any(re.search(r"\s", field) for field in (said.title or "", said.article or "")):
        yield "blanks inside title or article"
    if (said.title or "").startswith("《") and (said.title or "").endswith("》"):
        yield "outer marks in the title"
    if not re.fullmatch("(?:第.+)?", said.article or ""):
        yield "an article begins with 第"
    if type(said.informal) is not bool or (said.informal and said.doc_number):
        yield "informal is a boolean, and false beside a number"
    if not _number_fits(said):
        yield f"{said.doc_number} is no normal form of kind {said.kind}"


def _number_fits(said: Mention) -> bool:
    if said.doc_number is None:
        return said.kind not in _ALWAYS_NUMBERED
    form = _NUMBERS.get(said.kind)
    return form is not None and form.fullmatch(said.doc_number) is not None


def _places(item: Item, negative: str) -> Iterator[Span]:
    """Where a look-alike stands: each occurrence that touches no citation of a policy document."""
    policies = [one.spans for one in item.citations if one.kind != "case"]
    for found in re.finditer(re.escape(negative), item.text):
        if not any(_touch((found.span(),), spans) for spans in policies):
            yield found.span()


def _touch(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(start < stop and begin < end for start, end in one for begin, stop in other)


def cited(text: str) -> list[Mention]:
    """What `mapping.cite.cite` finds in a text."""
    from mapping.cite import cite  # noqa: PLC0415 (gold can be checked without a reader)

    return [
        Mention(
            tuple((span.start, span.end) for span in one.spans),
            *(one.kind, one.doc_number, one.title, one.article, one.informal),
        )
        for one in cite(text)
    ]


@dataclass(frozen=True, slots=True)
class Score:
    """How a reader does on items: counts, and what to look at, each as `item id: words`.

    `touched_gold` and `touching` count gold and found citations that overlap one of the other side; `right` counts
    each field among the exact spans; `numbers` of `numbered` gold numbers are found right at an overlapping span;
    `marked` are look-alikes and court cases taken for policy documents.
    """

    gold: int
    found: int
    exact: int
    touched_gold: int
    touching: int
    numbered: int
    numbers: int
    right: Mapping[str, int]
    hits: tuple[str, ...]
    missed: tuple[str, ...]
    spurious: tuple[str, ...]
    differing: tuple[str, ...]
    marked: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Found citations with a gold span exactly, of all found."""
        return _share(self.exact, self.found)

    @property
    def recall(self) -> float:
        """Gold citations found with their exact span, of all gold ones."""
        return _share(self.exact, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of exact-span precision and recall."""
        return _share(2 * self.exact, self.gold + self.found)

    @property
    def overlap_f1(self) -> float:
        """Harmonic mean of the shares of found and of gold citations that overlap one of the other side."""
        precision, recall = _share(self.touching, self.found), _share(self.touched_gold, self.gold)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def number_accuracy(self) -> float:
        """Gold numbers found right at an overlapping span, of all gold numbers."""
        return _share(self.numbers, self.numbered)

    def accuracy(self, field: str) -> float:
        """How often `field` (one of FIELDS) is right where the span is exact."""
        return _share(self.right[field], self.exact)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def score(items: Sequence[Item], read: Reader = cited) -> Score:
    """How `read` does on the items."""
    pairs = [(item, tuple(read(item.text))) for item in items]
    exact = [(item, *match) for item, found in pairs for match in _matches(item, found)]
    numbered = [(one, found) for item, found in pairs for one in item.citations if one.doc_number]
    return Score(
        gold=sum(len(item.citations) for item in items),
        found=sum(len(found) for _, found in pairs),
        exact=len(exact),
        touched_gold=sum(_met(one, found) for item, found in pairs for one in item.citations),
        touching=sum(_met(one, item.citations) for item, found in pairs for one in found),
        numbered=len(numbered),
        numbers=sum(_number_found(one, found) for one, found in numbered),
        right={field: sum(getattr(one, field) == getattr(other, field) for _, one, other in exact) for field in FIELDS},
        hits=tuple(_name(item, one) for item, one, _ in exact),
        missed=tuple(_name(*one) for item, found in pairs for one in _lacking(item, item.citations, found)),
        spurious=tuple(_name(*one) for item, found in pairs for one in _lacking(item, found, item.citations)),
        differing=tuple(words for match in exact for words in _differences(*match)),
        marked=tuple(words for item, found in pairs for words in _marked(item, found)),
    )


def _matches(item: Item, found: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    by_spans = {one.spans: one for one in found}
    return ((one, by_spans[one.spans]) for one in item.citations if one.spans in by_spans)


def _lacking(item: Item, ones: Sequence[Mention], others: Sequence[Mention]) -> Iterator[tuple[Item, Mention]]:
    known = {other.spans for other in others}
    return ((item, one) for one in ones if one.spans not in known)


def _met(one: Mention, others: Sequence[Mention]) -> bool:
    return any(_touch(one.spans, other.spans) for other in others)


def _number_found(gold: Mention, found: Sequence[Mention]) -> bool:
    return any(_touch(gold.spans, one.spans) and one.doc_number == gold.doc_number for one in found)


def _name(item: Item, one: Mention) -> str:
    """`item id@first offset: quote`, on one line."""
    return f"{item.id}@{one.spans[0][0]}: {one.quote(item.text)!r}"


def _differences(item: Item, gold: Mention, found: Mention) -> Iterator[str]:
    for field in FIELDS:
        expected, got = getattr(gold, field), getattr(found, field)
        if expected != got:
            yield f"{_name(item, gold)} {field}: expected {expected!r}, found {got!r}"


def _marked(item: Item, found: Sequence[Mention]) -> Iterator[str]:
    policies = [one for one in found if one.kind != "case"]
    looks = [place for negative in dict.fromkeys(item.negatives) for place in _places(item, negative)]
    cases = [span for one in item.citations if one.kind == "case" for span in one.spans]
    for start, end in dict.fromkeys([*looks, *cases]):
        if any(_touch(((start, end),), one.spans) for one in policies):
            yield f"{item.id}@{start}: {item.text[start:end]!r}"
