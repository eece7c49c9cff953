"""Data rows to a hierarchy: which row each belongs under, and what role that gives it.

类/款/项 stand under each other by code, economic items under their class by name, others by numbering, indentation and
其中; 本年…合计 and 合计 sum the rows before or after them; offices head their projects.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from mapping.classes import class_code, is_class_code
from mapping.lexicon import pattern
from mapping.outline import outline
from mapping.rows import (
    Line,
    count_sums,
    is_known_part,
    name_kinds,
    net_values,
    sums,
    sums_but_once,
    sums_somewhere,
    total_parts,
)
from mapping.subtotals import gather_sums, name_wordless

# So many columns that agree tell that rows make up another, though one column does not.
_SURE = 2


def place_rows(lines: list[Line], table_kind: str, offices: frozenset[str]) -> list[Line]:
    """`lines` (top to bottom, one side of a table) with parent, children and role filled in."""
    name_kinds(lines, table_kind, offices)
    coded = sum(1 for line in lines if is_class_code(line.code)) >= 2
    grouped = any(line.kind in ("category", "group") for line in lines)
    _nest_parts(lines)
    _nest_memos(lines)
    _nest_worn(lines)
    _nest_by_code(lines) if coded and not grouped else _nest_by_label(lines)
    _nest_known_parts(lines)
    _nest_by_sum(lines)
    _nest_gathered(lines)
    _nest_classes(lines)
    _nest_unmarked(lines)
    name_wordless(lines)
    gather_sums(lines)
    for index, line in enumerate(lines):
        if line.parent is not None:
            lines[line.parent].children.append(index)
    for line in lines:
        line.role = _role(line, lines)
    return lines


# --- nesting ---


def _nest_by_code(lines: Sequence[Line]) -> None:
    above: list[int] = []
    office: int | None = None
    for at, line in enumerate(lines):
        if line.kind == "office":
            line.parent, office, above = _office_above(lines, at), at, []
        elif line.kind == "item" and line.code:
            while above and not (line.code.startswith(lines[above[-1]].code) and line.code != lines[above[-1]].code):
                above.pop()
            line.parent = above[-1] if above else office
            above.append(at)


def _office_above(lines: Sequence[Line], at: int) -> int | None:
    """The office that heads the office at `at`: one directly before it, or the first one that heads several."""
    before = [index for index in range(at) if lines[index].kind == "office"]
    if not before:
        return None
    if before[-1] == at - 1:
        return before[-1]
    above = lines[before[-1]].parent
    return above if above is not None and _has_room(lines[above], at, above, lines) else None


def _has_room(whole: Line, at: int, above: int, lines: Sequence[Line]) -> bool:
    """Whether the office at `at` can be one more part of `whole`: the parts so far leave that much."""
    parts = [*(line for line in lines[:at] if line.kind == "office" and line.parent == above), lines[at]]
    for column, total in whole.values.items():
        if sum(part.values[column].value for part in parts if column in part.values) > total.value + 1:
            return False
    return True


def _nest_by_label(lines: Sequence[Line]) -> None:
    depths = _depths(lines)
    stack: list[int] = []
    for at, line in enumerate(lines):
        if line.kind in ("total", "subtotal"):
            stack = []
            continue
        if line.kind in ("memo", "part"):
            continue
        if line.kind == "office":
            line.parent, stack = _office_above(lines, at), [at]
            continue
        if line.kind in ("category", "group"):
            stack = [index for index in stack if lines[index].kind == "office"]
            line.parent = stack[-1] if stack else None
            stack.append(at)
            continue
        while stack and lines[stack[-1]].kind in ("item", "class") and depths[stack[-1]] >= depths[at]:
            stack.pop()
        if stack and lines[stack[-1]].kind == "group" and line.label != lines[stack[-1]].label:
            stack.pop()
        line.parent = stack[-1] if stack else None
        stack.append(at)


def _depths(lines: Sequence[Line]) -> list[float]:
    """How deep each row stands, by class name, numbering and indentation."""
    items = [line for line in lines if line.kind in ("item", "class")]
    levels = [line.level for line in items if line.level]
    if any(line.kind == "class" for line in lines):
        return [0 if line.kind == "class" else 1 for line in lines]
    if not levels:
        indents = sorted({line.indent for line in items})
        return [float(indents.index(line.indent)) if line.indent in indents else 0.0 for line in lines]
    plain = 0.0 if not items[0].level else float(min(levels))
    return _numbered_depths(lines, plain)


def _numbered_depths(lines: Sequence[Line], plain: float) -> list[float]:
    """Depths where rows are numbered: an unnumbered row is `plain`, or deeper where it is indented below one.

    So it is where several right below a numbered row make it up. After 本年…合计 it heads what follows
    (年初财政拨款结转和结余, then 一、二、三 again).
    """
    depths: list[float] = []
    above: tuple[int, float] | None = None
    made_up = {
        part: lines[at].level
        for at in range(len(lines))
        if len(parts := _numberless(lines, at)) > 1 and _is_made_up(at, parts, lines)
        for part in parts
    }
    for at, line in enumerate(lines):
        level = float(line.level)
        if line.kind == "subtotal" and re.match("[本当]年|[本当]期", line.words):
            plain = 0.0
        if level:
            above = (line.indent, level)
            depths.append(level)
        elif at in made_up:
            depths.append(made_up[at] + 0.5)
        elif above and line.indent > above[0]:
            depths.append(above[1] + 0.5 + line.indent / 1000)
        else:
            above = (line.indent, plain) if above and line.indent < above[0] else above
            depths.append(plain)
    return depths


def _nest_parts(lines: Sequence[Line]) -> None:
    """Puts 其中 and the unmarked rows after it under the row right above them where together they make it up.

    One sum that agrees tells it of a subtotal, all together of another row that nothing marks.
    """
    for at, line in enumerate(lines[1:], 1):
        above = lines[at - 1]
        if line.kind != "memo" or not (above.kind == "subtotal" or (_is_unnumbered(above) and above.values)):
            continue
        rest = list(itertools.takewhile(_is_unnumbered, lines[at + 1 :]))
        runs = ([line, *rest[:count]] for count in range(1, len(rest) + 1))
        makes_up = sums_somewhere if above.kind == "subtotal" else sums
        for part in next((run for run in runs if makes_up(above, run)), []):
            part.parent, part.kind = at - 1, "part"


def _nest_memos(lines: Sequence[Line]) -> None:
    """Puts 其中 rows, and the unnumbered rows that go on with them, under the row they explain."""
    whole: int | None = None
    memo: Line | None = None
    for at, line in enumerate(lines):
        if line.kind == "memo":
            if memo is None:
                whole = next((index for index in range(at - 1, -1, -1) if lines[index].kind != "memo"), None)
            line.parent, memo = whole, line
        elif memo is not None and whole is not None and _goes_on(line, memo, lines[whole]):
            line.parent, line.kind = whole, "memo"
        else:
            memo = None


def _goes_on(line: Line, memo: Line, whole: Line) -> bool:
    if line.kind not in ("item", "class") or line.code:
        return False
    if line.level:
        return line.level > (whole.level or 9)
    if line.indent > whole.indent:
        return True
    return is_known_part(line, whole) or (bool(whole.level) and not is_known_part(memo, whole))


def _nest_worn(lines: Sequence[Line]) -> None:
    """Puts what a net value is computed from under it: the value as bought, and what is taken off (减：累计折旧)."""
    for net, gross, off in net_values(lines):
        for at in (gross, *off):
            if lines[at].kind == "item":
                lines[at].parent, lines[at].kind = net, "memo"


def _nest_known_parts(lines: Sequence[Line]) -> None:
    """Puts rows under the row right above that is known to consist of them (年初结转, then the three funds)."""
    for at, whole in enumerate(lines):
        if whole.kind != "item":
            continue
        for part in lines[at + 1 :]:
            if part.kind != "item" or not is_known_part(part, whole):
                break
            if part.level == 0 or part.level != whole.level:
                part.parent = at


def _nest_by_sum(lines: Sequence[Line]) -> None:
    """Puts unnumbered rows under the numbered row right above them when they make it up: 一、…拨款, then its kinds.

    A single row that prints the same is one of its kinds where other numbered rows have theirs; so are all where the
    total counts none of them.
    """
    below = _numbered_groups(lines)
    groups = [(at, parts) for at, parts in below if all(lines[part].parent == lines[at].parent for part in parts)]
    right = [group for group in groups if _is_made_up(*group, lines)]
    found = [(at, parts) for at, parts in right if len(parts) > 1]
    made_up = [at for at, parts in below if _is_made_up(at, parts, lines)]
    if sum(any(amount.value for amount in lines[at].values.values()) for at in made_up) > 1:
        found = groups if _counts_none(groups, lines) else right
    for at, parts in found:
        if not _nest_outline(lines, at, lines[at], parts):
            for part in parts:
                lines[part].parent = at


def _nest_gathered(lines: Sequence[Line]) -> None:
    """Puts unnumbered rows under the row of transfers right above them: as many as together make it up."""
    for at, whole in enumerate(lines):
        if whole.kind != "item" or not pattern("roles", "gathers").search(whole.words):
            continue
        rest = list(itertools.takewhile(_is_unnumbered, lines[at + 1 :]))
        runs = (rest[:count] for count in range(len(rest), 0, -1))
        for part in next((run for run in runs if sums(whole, run)), []):
            part.parent = at


def _nest_classes(lines: Sequence[Line]) -> None:
    """Puts rows that nothing marks under the 类 above them, where rows named as 类 alone make up a sum.

    Where no one way to read those of a 类 adds up, they are some of what it is.
    """
    free = [at for at, line in enumerate(lines) if line.kind == "item" and line.values]
    tops = [at for at in free if class_code("functional", lines[at].label)]
    if len(tops) < 2 or tops == free or tops[0] != free[0] or not all(_stands_free(lines[at]) for at in free):
        return
    whole, classes = [line for line in lines if line.kind in ("total", "subtotal")], [lines[at] for at in tops]
    if not any(sums(line, classes) and count_sums(line, classes) for line in whole):
        return
    for at, after in itertools.pairwise([*tops, len(lines)]):
        parts = list(itertools.takewhile(lambda part: _stands_free(lines[part]), range(at + 1, after)))
        if _is_made_up(at, parts, lines):
            for part in parts:
                lines[part].parent = at
        elif not _nest_outline(lines, at, lines[at], parts):
            for part in parts:
                lines[part].parent, lines[part].kind = at, "memo"


def _stands_free(line: Line) -> bool:
    return _is_unnumbered(line) and line.parent is None


def _nest_unmarked(lines: Sequence[Line]) -> None:
    """Puts rows that no number marks under each other where one way to read them adds up, and the given does not.

    They stand below a numbered row, or are all rows of a total; pages may indent them by different widths. Where the
    total counts the numbered rows alone and no such way is found, they are some of what their row is of.
    """
    groups = _numbered_groups(lines)
    if not groups:
        free = [at for at, line in enumerate(lines) if line.kind not in ("total", "memo", "part")]
        totals = [line for line in lines if line.kind == "total"]
        if len(totals) == 1 and all(_is_unnumbered(lines[at]) for at in free):
            _nest_outline(lines, None, totals[0], free)
        return
    alone = _counts_none(groups, lines)
    for at, parts in groups:
        nested = _nest_outline(lines, at, lines[at], parts)
        if alone and not nested and all(lines[part].parent == lines[at].parent for part in parts):
            made_up = _is_made_up(at, parts, lines) or _is_made_up_but_once(at, parts, lines)
            for part in parts:
                lines[part].parent, lines[part].kind = at, "item" if made_up else "memo"


def _nest_outline(lines: Sequence[Line], at: int | None, whole: Line, parts: Sequence[int]) -> bool:
    """Puts rows under each other, and under the row at `at`, as they add up; False where they do so, or no way does."""
    found = None if _adds_up(lines, whole, parts) else outline(whole, [lines[part] for part in parts])
    heads = [head for place, head in (found or {}).items() if head is not None and lines[parts[place]].values]
    if found is None or (at is None and len(set(heads)) == len(heads)):  # such rows may stand there twice
        return False
    for place, head in found.items():
        lines[parts[place]].parent = at if head is None else parts[head]
    return True


def _adds_up(lines: Sequence[Line], whole: Line, parts: Sequence[int]) -> bool:
    """Whether a row, and each of its parts that has parts of its own, is the sum of these."""
    below: dict[int | None, list[Line]] = {}
    for part in parts:
        above = lines[part].parent
        if lines[part].values:
            below.setdefault(above if above in parts else None, []).append(lines[part])
    return all(sums(whole if at is None else lines[at], rows) for at, rows in below.items())


def _numbered_groups(lines: Sequence[Line]) -> list[tuple[int, list[int]]]:
    """The numbered rows that have unnumbered ones right below, each with these."""
    return [(at, parts) for at in range(len(lines)) if (parts := _numberless(lines, at))]


def _numberless(lines: Sequence[Line], at: int) -> list[int]:
    """The unnumbered rows right below a numbered one, without what 其中 says of these."""
    if lines[at].kind != "item" or not lines[at].level or not lines[at].values:
        return []
    below = (index for index in range(at + 1, len(lines)) if not _explains(lines[index], at))
    return list(itertools.takewhile(lambda index: _is_unnumbered(lines[index]), below))


def _explains(line: Line, at: int) -> bool:
    """Whether a row is some of what a row below the one at `at` is."""
    return line.kind in ("memo", "part") and line.parent is not None and line.parent > at


def _is_made_up(at: int, parts: Sequence[int], lines: Sequence[Line]) -> bool:
    return sums(lines[at], [lines[part] for part in parts])


def _is_made_up_but_once(at: int, parts: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether rows make up another but for one column: two agree, one of them with several amounts."""
    rows = [lines[part] for part in parts]
    return sums_but_once(lines[at], rows, _SURE) and count_sums(lines[at], rows) > 0


def _counts_none(groups: Sequence[tuple[int, Sequence[int]]], lines: Sequence[Line]) -> bool:
    """Whether a total is the sum of the rows above all of these groups, without the rows in them."""
    inside = {part for _, parts in groups for part in parts}
    totals = [at for at, line in enumerate(lines) if line.kind == "total"]
    tops = {at: [lines[part] for part in total_parts(lines, at) if part not in inside] for at in totals}
    return any(sums(lines[at], parts) for at, parts in tops.items())


def _is_unnumbered(line: Line) -> bool:
    return line.kind == "item" and not line.level and not line.code


# --- roles ---


def _role(line: Line, lines: Sequence[Line]) -> str:
    if line.kind == "total":
        return "total"
    if line.kind == "subtotal":
        return "subtotal"
    if line.kind == "memo" and line.parent is not None and not _completes(lines[line.parent], lines):
        return "memo"
    children = [lines[index] for index in line.children]
    printed = [child for child in children if child.values]
    if line.kind in ("office", "category", "group") and children:
        return "subtotal"
    if not printed or (printed[0].kind == "memo" and not _completes(line, lines)):
        return "leaf"
    return "subtotal"


def _completes(whole: Line, lines: Sequence[Line]) -> bool:
    """Whether the 其中 rows of `whole` make it up: they add to it, it is blank, or their names say so."""
    parts = [lines[index] for index in whole.children if lines[index].kind == "memo"]
    printed = [part for part in parts if part.values]
    if not printed:
        return False
    return not whole.values or sums(whole, printed) or len([one for one in parts if is_known_part(one, whole)]) > 1
