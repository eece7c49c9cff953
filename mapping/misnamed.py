"""Class codes to those that stand beside the name of another class, or below the heading of another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mapping.classes import codes_of, names, scheme_of
from mapping.document import Span, fold, squeeze
from mapping.figures import Grid
from mapping.functions import LABEL, LENGTHS, code_printed, level_of
from mapping.lines import Block
from mapping.marks import Mark
from mapping.passages import Passage
from mapping.rows import Line

_BRACKETED = re.compile("(?P<name>[\u4e00-\u9fff]{3,30})（(?P<code>2\\d{2}(?:\\d{2}){0,2})）")
_LED = re.compile("(?<![\\d.，-])(?P<code>2\\d{4}(?:\\d{2})?)[-“《（]?(?P<name>[\u4e00-\u9fff]{3,30})")
# The first year of the vocabulary's classes: before the reform (财预〔2017〕98号) names stood beside other codes.
_CLASSES_SINCE = 2018
# Names of classes may end in this word, or not.
_SPENDING = "支出"
# A name of so many classes is that of one under every class above.
_EVERYWHERE = 20
# A table that lists its classes otherwise than each below its own has more of these.
_MOST_ASTRAY = 2


def read_misnamed(grids: Sequence[Grid], passages: Iterable[Passage]) -> Iterator[Mark]:
    """Marks of the kinds class-name and class-parent."""
    yield from _twins(grids)
    for grid in grids:
        for block in grid.blocks:
            astray = {mark.spans[0]: mark for mark in _astray(grid, block)}
            yield from astray.values()
            yield from _misnamed_rows(grid, [one for one in block.lines if not astray.keys() & {*_spans(grid, one)}])
    for passage in passages:
        yield from _misnamed_levels(passage)
        yield from _misnamed_codes(passage)


# --- tables ---


def _misnamed_rows(grid: Grid, lines: Sequence[Line]) -> Iterator[Mark]:
    if any(figure.fiscal_year and figure.fiscal_year < _CLASSES_SINCE for figure in grid.figures):
        return
    for line in lines:
        if line.cell and (other := other_class(line.code, line.label)):
            yield from _named_rows(grid, line, f"{other} {line.label}")


def other_class(code: str, label: str) -> str | None:
    """The class whose name is printed beside `code`, when it is another one of its level; None where nothing is sure.

    A name that holds, or stands in, one of the code's own is its own. A code that the vocabulary does not know may be
    an old one: beside it only the name of a class right beside it counts, or one whose codes all end alike (机关服务).
    """
    scheme = scheme_of(code)
    own = names(scheme).get(code, frozenset()) if scheme else frozenset()
    if scheme is None or any(label in name or name in label for name in own):
        return None
    others = [other for other in codes_of(scheme, label) if len(other) == len(code)]
    if not others or code in others:
        return None
    inside = [other for other in others if other[:-2] == code[:-2]]
    alike = inside or (others if own else [])
    ends = {other[-2:] for other in others}
    if not alike and len(others) >= _EVERYWHERE and len(ends) == 1 and code[-2:] not in ends:
        alike = [code[:-2] + ends.pop()]
    return alike[0] if len(alike) == 1 else None


def _twins(grids: Sequence[Grid]) -> Iterator[Mark]:
    """Classes that the document prints with two codes beside each other: the code that fewer of its rows print.

    Where the vocabulary knows the name beside one of the codes, `other_class` tells.
    """
    places: dict[tuple[str, str], dict[str, list[tuple[Grid, Line]]]] = {}
    for grid in grids:
        for line in (line for block in grid.blocks for line in block.lines):
            scheme = scheme_of(line.code)
            if line.cell and scheme and len(line.code) > 3 and not codes_of(scheme, line.label):
                codes = places.setdefault((line.code[:-2], squeeze(line.label)), {})
                codes.setdefault(line.code, []).append((grid, line))
    for (_, label), codes in places.items():
        order = sorted(codes, key=lambda code: len(codes[code]))
        if len(order) == 2 and len(codes[order[0]]) < len(codes[order[1]]):
            for grid, line in codes[order[0]]:
                yield from _named_rows(grid, line, f"{order[1]} {label}")


def _named_rows(grid: Grid, line: Line, meant: str) -> Iterator[Mark]:
    """The mark of a row's code and name; where each cell has a line of its own, another of the name alone."""
    spans = _spans(grid, line)
    apart = grid.table.table.form == "cell" and line.cell is not None and line.cell.spans != spans
    for place in (spans, line.cell.spans if line.cell and apart else ()):
        if place:
            yield Mark("class-name", f"{line.code} {line.label}", place, meant)


def _spans(grid: Grid, line: Line) -> tuple[Span, ...]:
    """Where a row prints its code and its name."""
    printed = [cell for cell in grid.table.table.rows[line.row] if fold(cell.text) == line.code]
    cells = [*printed[:1], *([line.cell] if line.cell else [])]
    return tuple(dict.fromkeys(span for cell in cells for span in cell.spans))


def _astray(grid: Grid, block: Block) -> Iterator[Mark]:
    """Classes that stand among those of another one: below its heading, before and after classes of it."""
    found: list[Mark] = []
    for run in _runs(block.lines):
        found += _astray_in(grid, run)
    if len(found) <= _MOST_ASTRAY:
        yield from found


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The classes of one list: an office or a sum among them begins another."""
    run: list[Line] = []
    for line in lines:
        if scheme_of(line.code):
            run.append(line)
        elif line.kind in ("office", "total", "category", "group"):
            yield run
            run = []
    yield run


def _astray_in(grid: Grid, run: Sequence[Line]) -> Iterator[Mark]:
    for at, line in enumerate(run):
        for length in (3, 5):
            if len(line.code) <= length:
                continue
            heading = next((one for one in reversed(run[:at]) if len(one.code) <= length), None)
            if heading is None or len(heading.code) != length or line.code.startswith(heading.code):
                continue
            if _among(run, at, heading.code):
                spans = (*_spans(grid, line), *_spans(grid, heading))
                yield Mark(
                    "class-parent",
                    f"{line.code} {line.label}",
                    tuple(dict.fromkeys(spans)),
                    f"{heading.code} {heading.label}",
                )
                break


def _among(run: Sequence[Line], at: int, heading: str) -> bool:
    """Whether what stands before and after row `at` belongs to `heading`, and no other row below it goes astray.

    The last class of a list has nothing after it but the next heading.
    """
    before = run[at - 1].code
    after = run[at + 1].code if at + 1 < len(run) else None
    follows = after is None or after.startswith(heading) or len(after) <= len(heading)
    return before.startswith(heading) and follows


# --- text ---


def _misnamed_levels(passage: Passage) -> Iterator[Mark]:
    """类, 款 and 项 within each other, each with its digits: 社会保障和就业（208类）行政事业单位养老（08款）."""
    outer, end, printed = "", -1, ""
    for found in LABEL.finditer(passage.words):
        code, length = code_printed(found), LENGTHS[level_of(found)]
        if code is None:
            continue
        if length == 3:
            outer, printed = code, ""
        elif found.start() != end or len(outer) != length - 2:
            outer, end = "", -1
            continue
        else:
            outer += code
        end = found.end()
        printed += found[0]
        if len(outer) != length:
            outer = ""
        elif other := _other_within(outer, found["name"]):
            span = passage.spans(found.start(), found.end())
            yield Mark("class-name", f"{outer} {found['name']}", span, other)
            outer = ""


def _other_within(code: str, label: str) -> str | None:
    """Code and name of the class beside `code` that a label of text (支出 left off) is; None where nothing is sure."""
    own = names("functional").get(code)
    label = re.sub("^(?:用于|其中)", "", label)
    if own is None or any(label in name or name in label for name in own):
        return None
    others = [
        f"{other} {name}"
        for other, known in names("functional").items()
        for name in (label, label + _SPENDING)
        if len(other) == len(code) and other[:-2] == code[:-2] and name in known and other != code
    ]
    return others[0] if len(others) == 1 else None


def _misnamed_codes(passage: Passage) -> Iterator[Mark]:
    """Whole codes before a name or in brackets after it: 行政单位离退休（2080502）."""
    for shape, at_end in ((_BRACKETED, True), (_LED, False)):
        for found in shape.finditer(passage.words):
            label = _longest_name(found["name"], at_end)
            if label and (other := other_class(found["code"], label)):
                spans = passage.spans(found.start(), found.end())
                yield Mark("class-name", f"{found['code']} {label}", spans, f"{other} {label}")


def _longest_name(words: str, at_end: bool) -> str | None:
    """The longest name of a class that `words` end with, or begin with."""
    parts = (words[at:] if at_end else words[: len(words) - at] for at in range(len(words) - 2))
    return next((part for part in parts if codes_of("functional", part)), None)
