"""A document to its running text: paragraphs, sentences over page breaks joined, and the text cells of forms."""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import east_asian_width

from mapping.amounts import spaced_thousands
from mapping.caption import bare_title, is_empty_note
from mapping.document import Caption, Cell, Document, Paragraph, Span, fold, without_markup
from mapping.forms import FORMS, Form
from mapping.lexicon import compiled, load, pattern
from mapping.periods import find_comparisons, find_years
from mapping.recognise import Recognised

# Stands for whitespace between two digits, so that two printed numbers stay two.
_APART = "¦"
# A blank between the thousands of an amount of money parts no two numbers.
_THOUSANDS = spaced_thousands(r"[ \u00a0\u2009\u202f]") + r"(?=\s*[千万亿]?元)"
_BETWEEN_NUMBERS = re.compile(rf"(?P<whole>{_THOUSANDS})|(?<=[\d.])\s+(?=\d)")
# One sign for the ways to print it; as many characters as before.
_SIGNS = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "／": "/", "～": "~", "﹪": "%"}
    | dict.fromkeys('"”＂', "“")
    | dict.fromkeys("－—–―−﹣‐", "-")
)
# A full stop of half width (下降9%.原因是…), which is no decimal point and no numbering.
_STOP = re.compile(r"(?<=[%‰元])\.(?=[\u4e00-\u9fff])")
_ENDS = re.compile("[。；：！？…]$")
_STOPS = re.compile("[。：！？…]$")
# A heading in bold that a line begins with (Markdown).
_BOLD = re.compile(r"\*\*[^*\n]{2,50}\*\*(?=\s*[^\s*])")
_NOTE = re.compile(r"^(?:注|备注|说明|附注|注释)[\d①②③]?[:：、.]\s*")
# What a line of sentences prints, what stands behind a number there and not in a row, and a number of a cell.
PUNCTUATED = re.compile("[，。；]|万元|亿元")
_TOLD = re.compile(r"(?:\.\d+|[,，]\d{3})(?:[\u4e00-\u9fff]|[ \u3000]*[元、])|[,;][\u4e00-\u9fff]")
_NUMBER = re.compile(r"(?<![\d.,，])(?:\d[\d,，]*\.\d+|\d{1,3}(?:[,，]\d{3})+)(?![\d.,，])")
# What no line begins with but one that was cut before it.
_AMOUNT = re.compile(r"\d[\d，.]*(?:万|亿)?元")
_YEAR = re.compile(r"20\d\d")
_UNIT = re.compile("[百千万亿]*元|%|个百分点")
_LONGEST_GAP = 6
_HEADING = 50
# The depth of the numbering of headings (一、, （一）) that rule the text below a table, too, that they stand above.
_NUMBERED = (2, 3)
# A text is wrapped where so many of its lines reach, within five full-width signs, a width that next to none exceeds.
_LEAST_WRAPPED, _LEAST_WIDTH, _RAGGED, _LONGER = 5, 40, 10, 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text: its characters without whitespace and markup, folded for patterns, and where each stands.

    `pieces` are the places in `words` where the text goes on after a page break. `heading` is the heading above it,
    which stands at `headed`, `year` the one that its section or table is headed by, `form` the form whose cell it is.
    `defines` tells a passage of a glossary, `listed` one that goes on with the list that the passage before announces.
    """

    words: str
    places: tuple[int, ...]
    pieces: tuple[int, ...] = (0,)
    heading: str = ""
    headed: tuple[Span, ...] = ()
    year: int | None = None
    form: Form | None = None
    defines: bool = False
    listed: bool = False

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where the characters from `start` to `end` are printed: a span for each piece."""
        first, last = bisect_right(self.pieces, start) - 1, bisect_right(self.pieces, end - 1)
        bounds = [start, *self.pieces[first + 1 : last], end]
        return tuple(Span(self.places[a], self.places[b - 1] + 1) for a, b in itertools.pairwise(bounds))


@lru_cache(maxsize=1 << 12)  # headings, cells and names come again and again, and each is asked for several times
def unify(text: str) -> str:
    """`text` without whitespace as patterns of running text see it: one sign for brackets, quotes, dashes of any width.

    As long as the text without whitespace and markup.
    """
    return _STOP.sub("。", fold(text).translate(_SIGNS))


def is_row(line: str) -> bool:
    """Whether a line looks like the row of a table that has lost its rules: several numbers and no sentence.

    >>> is_row("2010101 行政运行 1,203.50 903.50 300.00"), is_row("收入1,203.50万元，支出903.50万元")
    (True, False)
    """
    return not (PUNCTUATED.search(line) or _TOLD.search(line)) and len(_NUMBER.findall(line)) > 1


def read_passages(
    document: Document, tables: Sequence[Recognised], forms: Sequence[Form], proposed: int | None = None
) -> Iterator[Passage]:
    """The running text of a document in order; headings, contents, captions, other notes and chart residue left out.

    `proposed` is the year that a government's report goes on with: of the budget that it lays before the congress, or
    the one under way.
    """
    content = document.text.content
    lines = [line for line in document.paragraphs if not is_row(line.text)]
    full = _wrapped(content, [line.span for line in lines])
    running = _of_paragraphs(content, _lines(content, lines, tables, full), full, proposed)
    found = [*running, *_of_notes(content, tables), *_of_forms(content, tables, forms, proposed)]
    return iter(sorted((one for one in found if one.words), key=lambda passage: passage.places[0]))


# --- paragraphs ---


def _lines(content: str, lines: Sequence[Paragraph], tables: Sequence[Recognised], full: float) -> list[Span]:
    """The places of lines, and of the headings and sentences that stand above tables as if they were captions."""
    found: list[Paragraph | Caption] = [*lines]
    for table in tables:
        captions = table.table.captions
        found += [one for one in captions if _is_sentence(one.text) or _width(content, one.span) >= full]
        found += [one for one in captions if is_heading(unify(one.text)) and level_of(unify(one.text)) in _NUMBERED]
    return sorted({part for line in found for part in _headed(line.text, line.span)})


def _headed(text: str, span: Span) -> Sequence[Span]:
    """The bold heading that a line begins with and the text that goes on behind it, or the whole line."""
    found = _BOLD.match(text)
    if found is None or not is_heading(_passage(text, (Span(0, found.end()),)).words):
        return (span,)
    middle = span.start + found.end()
    return Span(span.start, middle), Span(middle, span.end)


def _is_sentence(caption: str) -> bool:
    return "。" in caption or len(caption) > _HEADING or caption.rstrip().endswith(("：", ":"))


def _of_paragraphs(content: str, lines: Iterable[Span], full: float, proposed: int | None) -> Iterator[Passage]:
    state = _Section(proposed=proposed)
    before: Passage | None = None
    depth = 0
    for passage in _without_rows(_unwrapped(content, lines, full)):
        if is_heading(passage.words):
            cut = before if before and pattern("statements", "cut-heading").match(before.words) else None
            whole = _joined(cut, passage) if cut else passage
            state = state.under(whole.words, whole.spans(0, len(whole.words)))
            yield from _placed(None if cut else before)
            before = None
            continue
        if before and _goes_on(before, passage, content):
            before = _joined(before, passage)
            continue
        yield from _placed(before)
        listed = bool(before and (_announces(before.words) or (before.listed and _goes_with(before, passage))))
        depth = level_of(before.words) if before and _opens(before) else depth if listed else 0
        listed = listed and not 0 < level_of(passage.words) <= depth
        defines = state.defines and not pattern("statements", "preface").search(passage.words)
        before = replace(passage, heading=state.heading, headed=state.headed, year=state.year)
        before = replace(before, defines=defines, listed=listed)
    yield from _placed(before)


def _without_rows(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages without the numbered labels of a table of one cell a line (一、本级收入 above 167500)."""
    for one, below in itertools.pairwise([*passages, Passage("", ())]):
        row = pattern("statements", "cell-below").fullmatch(below.words) and not _YEAR.fullmatch(below.words)
        if not (row and level_of(one.words) and is_heading(one.words)):
            yield one


def _unwrapped(content: str, lines: Iterable[Span], full: float) -> Iterator[Passage]:
    """The passages of lines; those that are at least `full` wide are joined to what they are cut from."""
    before: Passage | None = None
    cut = False
    for line in lines:
        passage = _passage(content, (line,))
        if not passage.words:
            continue
        cut = cut or (full < math.inf and bool(_AMOUNT.match(passage.words)))
        if before and (cut or _is_rest(before, passage)) and _is_cut(before, passage, content):
            before = _joined(before, passage)
        else:
            if before:
                yield before
            before = passage
        cut = _width(content, line) >= full
    if before:
        yield before


def _placed(passage: Passage | None) -> Iterator[Passage]:
    if passage and _is_running(passage.words):
        yield passage


def is_heading(words: str) -> bool:
    """Whether a line without whitespace is a heading: short, numbered or bare, no sentence."""
    rest = unnumbered(words)
    if len(words) > _HEADING or re.search("[。；！？]$", words):
        return False
    if len(rest) == len(words):
        return bool(pattern("statements", "heading").fullmatch(words))
    return not re.search(r"[。；，：]|\d(?:\.\d+)?(?:万元|元|%|人|个|名|辆)", rest)


@dataclass(frozen=True, slots=True)
class _Section:
    """The section that a line stands in: its heading, whether it is a glossary, and the years of it and those around it
    by the level of the heading that names them."""

    heading: str = ""
    headed: tuple[Span, ...] = ()
    defines: bool = False
    level: int = 0
    years: tuple[tuple[int, int | None], ...] = ()
    proposed: int | None = None

    @property
    def year(self) -> int | None:
        """The year named by the nearest of the headings that name any; None where that names several."""
        return self.years[-1][1] if self.years else None

    def under(self, heading: str, headed: tuple[Span, ...]) -> _Section:
        years = self._years_under(heading)
        if pattern("statements", "glossary").search(heading):
            return _Section(heading, headed, True, level_of(heading), years, self.proposed)
        level, words = level_of(heading), unnumbered(heading)
        ends = 0 in (level, self.level) and pattern("statements", "after-glossary").search(words)
        inside = self.defines and not ends and (level > self.level or level == 0)
        return _Section(heading, headed, inside, self.level if inside else 0, years, self.proposed)

    def _years_under(self, heading: str) -> tuple[tuple[int, int | None], ...]:
        """The years that rule below a heading: one rules to the next heading as high, or without number that names one.

        A report goes on with the year that it proposes: what is to be done follows the draft.
        """
        so_far = {self.proposed} if self.proposed and pattern("statements", "so-far").search(heading) else set()
        level, named = level_of(heading), _years_of(heading) or so_far
        goes_on = self.year is not None and self.year == self.proposed and not named
        around = tuple(one for one in self.years if level == 0 or one[0] < level)
        if not named:
            return self.years if goes_on else around
        alone = len(named) == 1 and not pattern("statements", "rest-of-title").match(heading)
        return (*(around if level else ()), (max(level, 1), named.pop() if alone else None))


def _years_of(heading: str) -> set[int | None]:
    """The years that a heading names, without days and years compared with; None for several together (2023-2025年)."""
    named = find_years(heading, find_comparisons(heading))
    return {one.year for one in named if not (one.as_of or one.dated) and one.back is None}


def unnumbered(words: str) -> str:
    """Words without the number that they begin with."""
    return pattern("statements", "numbering").sub("", words)


def level_of(words: str) -> int:
    """How deep the numbering of words stands: 1 for 第一部分, then 一、, （一）, 1., and 5 for （1）; 0 without one."""
    shapes = load("statements")["levels"]
    return next((at for at, shape in enumerate(shapes, 1) if compiled(shape).match(words)), 0)


def _announces(words: str) -> bool:
    return words.endswith(("：", "其中")) or heads_list(words)


def _opens(passage: Passage) -> bool:
    """Whether a passage opens a list that no passage of its own level is in: it is in none, or a title of one."""
    return heads_list(passage.words) or (_announces(passage.words) and not passage.listed)


def heads_list(words: str) -> bool:
    """Whether a line is a numbered title with the amount that the lines below it divide (一、中央资金（9万元）)."""
    return bool(pattern("statements", "heads-list").match(words))


def _goes_with(before: Passage, passage: Passage) -> bool:
    """Whether a passage goes on with the list of an item before it: one that begins with a dash, after such a one."""
    return _is_item(passage.words) and (passage.words.startswith("-") or not before.words.startswith("-"))


def _is_item(words: str) -> bool:
    return bool(pattern("statements", "numbering").match(words)) or bool(pattern("statements", "item").match(words))


def _is_running(words: str) -> bool:
    """Whether a line is text, not residue of a chart or a label: punctuated, or a number in its sentence."""
    if len(re.findall("[\u4e00-\u9fff]", words)) < 4:
        return False
    return bool(re.search("[，。；：、]", words) or pattern("statements", "bare-sentence").search(words))


def _goes_on(before: Passage, passage: Passage, content: str) -> bool:
    """Whether a passage is the rest of the sentence that a page break cut, or a sentence on the class named before."""
    if pattern("statements", "goes-on-class").match(passage.words) and re.search("（[类款项]）", before.words):
        return True
    gap = content.count("\n", before.places[-1], passage.places[0])
    whole = _ENDS.search(before.words) or not re.search("[，。；、：]", before.words)
    apart = whole or pattern("statements", "particulars").match(before.words)
    rest = re.search("[。，]", passage.words) and not _is_item(passage.words)
    return not apart and gap <= _LONGEST_GAP and bool(rest)


def _is_rest(before: Passage, passage: Passage) -> bool:
    """Whether a line begins with what was cut from the one before: the unit of its number, or the rest of a class."""
    parted = before.words[-1].isdigit() and _UNIT.match(passage.words)
    classed = pattern("statements", "cut-class").search(before.words)
    named = classed and pattern("statements", "class-rest").match(passage.words)
    return bool(parted or named or pattern("statements", "cut-head").match(passage.words))


def _is_cut(before: Passage, passage: Passage, content: str) -> bool:
    """Whether a line that is as wide as lines are goes on with the passage, within a sentence or with the next one."""
    gap = content.count("\n", before.places[-1], passage.places[0])
    if gap > _LONGEST_GAP or pattern("statements", "numbering").match(passage.words):
        return False
    if pattern("statements", "goes-on").match(passage.words):
        return True
    return not _STOPS.search(before.words) and not pattern("statements", "long-heading").fullmatch(before.words)


def _wrapped(content: str, lines: Sequence[Span]) -> float:
    """From which width a line of a text is cut at its end, where most lines end; infinite where it is not wrapped."""
    widths = sorted(width for line in lines if (width := _width(content, line)) >= _LEAST_WIDTH)
    for at, width in enumerate(widths):
        wrapped = at + 1 - bisect_left(widths, width - _RAGGED)
        if wrapped >= max(_LEAST_WRAPPED, _LONGER * (len(widths) - at - 1)):
            return width - _RAGGED
    return math.inf


def _width(content: str, line: Span) -> int:
    """How many columns a line takes: two for each full-width sign."""
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in content[line.start : line.end].strip())


def _joined(before: Passage, passage: Passage) -> Passage:
    return replace(
        before,
        words=before.words + passage.words,
        places=before.places + passage.places,
        pieces=(*before.pieces, *(len(before.words) + at for at in passage.pieces)),
    )


def _passage(content: str, spans: Sequence[Span]) -> Passage:
    """The passage printed at `spans`, whitespace and markup left out."""
    words: list[str] = []
    places: list[int] = []
    pieces: list[int] = []
    for span in spans:
        text = without_markup(content[span.start : span.end])
        text = re.sub(r"^\s*[-*•●■◆▪]\s+", lambda found: " " * len(found[0]), text)
        text = _BETWEEN_NUMBERS.sub(lambda found: found["whole"] or _APART + found[0][1:], text)
        kept = [(one, at) for at, one in enumerate(text, span.start) if not one.isspace()]
        if kept:
            pieces.append(len(places))
            words += [one for one, _ in kept]
            places += [at for _, at in kept]
    return Passage(unify("".join(words)), tuple(places), tuple(pieces) or (0,))


# --- notes ---


def _of_notes(content: str, tables: Sequence[Recognised]) -> Iterator[Passage]:
    """The notes that explain their table's amounts in sentences, without the word for them, headed by its title."""
    for table in tables:
        for note in table.table.notes:
            if found := pattern("statements", "explanation").match(note.text):
                span = Span(note.span.start + found.end(), note.span.end)
                heading = unify(bare_title(table.title or ""))
                yield replace(_passage(content, (span,)), heading=heading, year=_year_of(table, None))


def read_notes(document: Document, tables: Sequence[Recognised]) -> Iterator[Passage]:
    """The notes that say of their table, which prints nothing, that it is empty; without the word for a note."""
    for table in tables:
        for note in table.table.notes if table.empty else ():
            if is_empty_note(note.text):
                start = note.span.start + len(note.text) - len(_NOTE.sub("", note.text))
                yield _passage(document.text.content, (Span(start, note.span.end),))


# --- forms ---


def _of_forms(
    content: str, tables: Sequence[Recognised], forms: Sequence[Form], proposed: int | None
) -> Iterator[Passage]:
    read = {id(form.table): form for form in forms}
    for table in tables:
        if table.kind in FORMS:
            form = read.get(id(table))
            for cell in _text_cells(table, form):
                yield replace(
                    _passage(content, cell.spans),
                    form=form,
                    heading=unify(table.title or ""),
                    year=_year_of(table, proposed),
                )


def _year_of(table: Recognised, proposed: int | None) -> int | None:
    """The year of a form: its own, else of targets that the year that the report proposes, which they are set for."""
    return table.captions.year or table.title_year or (proposed if table.kind == "performance-target" else None)


def _text_cells(table: Recognised, form: Form | None) -> Iterator[Cell]:
    """The cells of a form that hold text, each once: no labels, money, targets, scores, codes or dates."""
    fields = form.fields if form else ()
    seen = {one.spans for one in fields if one.field not in load("statements")["text-fields"]}
    labels: frozenset[int] = frozenset()
    remarks: frozenset[int] = frozenset()
    for row in table.table.rows:
        words = [cell.plain for cell in row]
        if heads := _label_columns(words):
            labels, remarks = heads, _columns(words, "remark-heads")
            continue
        remark = pattern("statements", "remark-heads").fullmatch(next((one for one in words if one), ""))
        for at, cell in enumerate(row):
            label = at in labels and not remark
            if cell.spans not in seen and not cell.blank and not label and _is_text(cell, at in remarks):
                yield cell
            seen.add(cell.spans)


def _label_columns(words: Sequence[str]) -> frozenset[int]:
    """The columns of the labels of indicators, when `words` are the row that heads them."""
    heads = _columns(words, "indicator-heads")
    return heads if len(heads) > 1 and _columns(words, "level-heads") else frozenset()


def _columns(words: Sequence[str], heads: str) -> frozenset[int]:
    shape = pattern("statements", heads)
    return frozenset(at for at, one in enumerate(words) if shape.fullmatch(one))


def _is_text(cell: Cell, remark: bool) -> bool:
    """Whether a cell holds text: a sentence, or in a column of remarks words with a number."""
    words = unify(cell.text)
    letters = len(re.findall("[\u4e00-\u9fff]", words))
    if not remark and pattern("statements", "no-text").fullmatch(words):
        return False
    return letters >= load("statements")["least-letters-of-remarks" if remark else "least-letters"] and bool(
        re.search(r"\d|[一二两三四五六七八九十]", words)
    )
