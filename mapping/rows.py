"""Data rows to what each is, by its words, code and amounts: a sum, 其中, an office, a category, or an item.

And which rows add up to another: offices and projects show themselves by sums where names do not tell.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mapping.amounts import PrintedAmount, agree
from mapping.classes import class_code, is_class_code
from mapping.document import Cell, fold
from mapping.lexicon import compiled, load, pattern

# 一、 I. A. | （一） A1. | 1. | (1) | ① a.
_NUMBERINGS = (
    re.compile(r"(?:[一二三四五六七八九十]{1,3}|[IVX]{1,5}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,2}|[A-Z])[、.．]"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]|[A-Z]\d{1,2}[、.．]"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]"),
    re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]|[a-z][、.．)）]"),
)
# Kinds of tables whose rows may stand below the offices that they are of; so may rows by class in any table.
_UNDER_OFFICES = ("project", "procurement", "assets")
# So many sums of a row that agree tell what it is, though one more does not.
_SEVERAL = 3


@dataclass(slots=True)
class Line:
    """One side of a data row while its place is being found. `values` are its printed amounts by column.

    `offset` is how many columns further right its cells stand than the columns of its block: where a list goes on in
    the columns beside it.
    """

    row: int
    label: str
    code: str
    indent: int
    values: Mapping[int, PrintedAmount]
    cell: Cell | None = None
    mark: str = ""
    offset: int = 0
    kind: str = "item"  # item, total, subtotal, memo, part, office, category, group, class
    parent: int | None = None
    children: list[int] = field(default_factory=list)
    role: str = "leaf"

    @property
    def words(self) -> str:
        """The label as it is matched: with its mark, known misreadings read over."""
        return fold(self.mark + self.label)

    @property
    def level(self) -> int:
        """The level of the number that the label, or the 序号 beside it, begins with."""
        return numbering(self.words)


def numbering(label: str) -> int:
    """The level of the number a label begins with: 1 for 一、 to 5 for ①; 0 for none."""
    return next((level for level, shape in enumerate(_NUMBERINGS, 1) if shape.match(label)), 0)


# --- kinds ---


def name_kinds(lines: Sequence[Line], table_kind: str, offices: frozenset[str]) -> None:
    """Gives rows (top to bottom, one side of a table) their kinds; `offices` are those that the document knows."""
    words = load("roles")
    for line in lines:
        if re.match(words["total"], line.words) and not is_class_code(line.code):
            line.kind = "total"
        elif re.search(words["subtotal"], line.words) and not line.level:
            line.kind = "subtotal"
        elif re.match(words["memo"], line.words):
            line.kind = "memo"
        elif table_kind.startswith("project") and re.match(words["category"], line.words):
            line.kind = "category"
        elif table_kind == "basic-expenditure-economic" and not line.code and class_code("economic", line.words):
            line.kind = "class"
    _name_offices(lines, table_kind, offices)
    summed = [line for line in lines if line.kind in ("total", "subtotal")]
    if len(summed) == 1 and (summed[0].words == "小计" or _ends_side(summed[0], lines)):
        summed[0].kind = "total"
    first = words["first-total"].get(table_kind)
    if first and lines and re.match(first, lines[0].words):
        lines[0].kind = "total"


def _ends_side(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a row is a sum of all rows above it by its name and place: 一般公共预算收入合计, and nothing below."""
    return line is lines[-1] and bool(pattern("roles", "last-total").search(line.words))


def _name_offices(lines: Sequence[Line], table_kind: str, offices: frozenset[str]) -> None:
    """Marks rows that name an office and head the rows below them: by sum, or because the document knows the office."""
    named = [at for at, line in enumerate(lines) if line.kind == "item" and _is_office(line, offices)]
    beside = _codes_beside(lines, offices)
    coded = [at for at in named if _only_coded(lines[at], offices) and (beside or _repeats_code(lines, at))]
    named = [at for at in named if at not in coded]
    named = sorted({*named, *_like_offices(lines, named)})
    _name_head_of_units(lines, offices)
    classed = any(is_class_code(line.code) or class_code("economic", line.words) for line in lines)
    headed = classed or table_kind.startswith(_UNDER_OFFICES)
    if not headed or len(named) == len(lines):
        return
    if table_kind.startswith("project"):
        _name_groups(lines)
    for place, at in reversed(list(enumerate(named))):
        following = named[place + 1] if place + 1 < len(named) else len(lines)
        below = lines[at + 1 : following]
        kinds = {line.kind for line in below}
        wanted = next((kind for kind in ("category", "class") if kind in kinds), "item")
        inside = [line for line in below if line.kind == wanted and not _has_prefix(line, lines)]
        heads = following < len(lines) and lines[following].kind == "office" and not inside
        known = lines[at].label in offices or _has_unit_code(lines[at])
        if heads or (inside and (known or sums(lines[at], inside))):
            lines[at].kind = "office"


def _like_offices(lines: Sequence[Line], named: Sequence[int]) -> Iterator[int]:
    """The rows without a code that stand beside offices without one and are, as these, the sum of the classes below.

    They are offices of other names (储备库, 车队).
    """
    bare = [at for at, line in enumerate(lines) if line.kind == "item" and not line.code]
    for at in bare if set(named).intersection(bare) else ():
        below = list(itertools.takewhile(lambda line: line.kind == "item" and line.code, lines[at + 1 :]))
        tops = [line for line in below if is_class_code(line.code) and not _has_prefix(line, below)]
        if at not in named and len(tops) > 1 and sums(lines[at], tops):
            yield at


def _name_head_of_units(lines: Sequence[Line], offices: frozenset[str]) -> None:
    """Marks the department above its units in a table whose rows are units only: its row is the sum of theirs.

    Its own level (本级) is no such row: it is one more unit, whatever a column of small numbers comes to. Of many sums
    one may be wrong.
    """
    items = [line for line in lines if line.kind == "item"]
    own = items and pattern("organisations", "own-level").search(items[0].words)
    units = len(items) > 2 and not own and all(_is_office(line, offices) for line in items)
    if units and (sums(items[0], items[1:]) or sums_but_once(items[0], items[1:], _SEVERAL)):
        items[0].kind = "office"
    if items == list(lines) and len(items) > 2 and _names_place_of(items) and count_sums(items[0], items[1:]):
        items[0].kind = "total"


def _names_place_of(items: Sequence[Line]) -> bool:
    """Whether the first of some rows names a place, and the second its own level (省本级)."""
    own, place = pattern("organisations", "own-level"), pattern("roles", "place")
    return bool(place.search(items[0].words) and own.search(items[1].words) and not own.search(items[0].words))


def _name_groups(lines: Sequence[Line]) -> None:
    """Marks a project's own row where the rows below it print the same project again, by class or source."""
    for at, line in enumerate(lines):
        rest = lines[at + 1 :]
        same = rest[: next((place for place, one in enumerate(rest) if one.label != line.label), len(rest))]
        again = at > 0 and lines[at - 1].label == line.label
        if line.kind == "item" and same and not again and sums(line, same):
            line.kind = "group"


def _is_office(line: Line, offices: frozenset[str]) -> bool:
    if is_class_code(line.code) and len(line.code) > 3:
        return False
    return _has_unit_code(line) or line.label in offices or bool(re.search(load("roles")["office"] + "$", line.label))


def _repeats_code(lines: Sequence[Line], at: int) -> bool:
    """Whether a row bears the code of the unit above it: a project of that unit."""
    return any(one.code == lines[at].code for one in lines[:at])


def _codes_beside(lines: Sequence[Line], offices: frozenset[str]) -> bool:
    """Whether every row that names no office bears the code of its unit, so that the code heads none."""
    items = [line for line in lines if line.kind == "item" and _only_coded(line, offices)]
    return all(_has_unit_code(line) for line in items) and len({line.code for line in items}) < len(items)


def _only_coded(line: Line, offices: frozenset[str]) -> bool:
    """Whether nothing but its code can say that a row is an office."""
    return not _is_office(replace(line, code=""), offices)


def _has_unit_code(line: Line) -> bool:
    """Whether the code of a row is that of a budget unit (711001): six digits or more, and of no classification."""
    return len(line.code) >= 6 and line.code.isdigit() and not is_class_code(line.code)


def _has_prefix(line: Line, lines: Sequence[Line]) -> bool:
    return is_class_code(line.code) and any(
        other.code and line.code != other.code and line.code.startswith(other.code) for other in lines
    )


def net_values(lines: Sequence[Line]) -> Iterator[tuple[int, int, list[int]]]:
    """The rows of net values of assets, each with the row of the value as bought and those of what is taken off that.

    These two stand right above the net value, or right below it, and name the same assets.
    """
    for at, line in enumerate(lines):
        name = _valued(line, "net") if line.kind == "item" else None
        if name is None:
            continue
        above = list(itertools.takewhile(lambda index: _is_taken_off(lines[index]), range(at - 1, -1, -1)))
        below = list(itertools.takewhile(lambda index: _is_taken_off(lines[index]), range(at + 2, len(lines))))
        for gross, off in ((at - len(above) - 1, above), (at + 1, below)):
            if off and 0 <= gross < len(lines) and _valued(lines[gross], "gross") == name:
                yield at, gross, sorted(off)
                break


def _valued(line: Line, value: str) -> str | None:
    """The assets whose value a row prints where it is called `net` or `gross`; empty where it names none.

    >>> _valued(Line(0, "二、固定资产净值", "", 0, {}), "net")
    '固定资产'
    """
    found = pattern("roles", f"value-{value}").fullmatch(line.words)
    return str(found["of"]) if found else None


def _is_taken_off(line: Line) -> bool:
    return line.kind in ("item", "memo") and bool(pattern("roles", "value-off").search(line.words))


# --- sums ---


def is_known_part(line: Line, whole: Line) -> bool:
    """Whether a row is known by its name to be a part of what another one names (公务接待费 of “三公”经费)."""
    complete = (entry for entry in load("roles")["complete"] if compiled(entry["whole"]).search(whole.label))
    return any(compiled(part).search(line.label) for entry in complete for part in entry["parts"])


def total_parts(lines: Sequence[Line], at: int) -> list[int]:
    """The rows that the total at `at` is the sum of: those under no other row, since the total before.

    A total above its rows sums those up to the next total, or all of them; with 其中 right below it only those that
    add up to it.
    """
    free = [index for index, line in enumerate(lines) if line.kind != "total" and line.parent is None]
    totals = [index for index, line in enumerate(lines) if line.kind == "total"]
    before = max((index for index in totals if index < at), default=-1)
    after = min((index for index in totals if index > at), default=len(lines))
    above = [index for index in free if before < index < at]
    below = [index for index in free if at < index < after]
    if totals[0] != 0 or not below:
        return own_parts(at, above or free, lines)
    listed = lines[at + 1].kind == "memo"
    summed = not listed or sums_somewhere(lines[at], [lines[index] for index in below])
    return own_parts(at, below, lines) if summed else []


def own_parts(at: int, parts: list[int], lines: Sequence[Line]) -> list[int]:
    """The rows among `parts` that the sum at `at` is of: not 会议费 under 三公经费, not what another sum repeats.

    It is repeated where the rows without a sum of their own, or the 小计 alone, make it up in more columns than all:
    全州合计, 一般债务, 专项债务, then a 小计 of each level.
    """
    for entry in load("roles")["alone"]:
        own = [index for index in parts if re.search(entry["parts"], lines[index].words)]
        named = re.search(entry["total"], lines[at].words)
        if len(own) > 1 and (named or sums(lines[at], [lines[index] for index in own])):
            return own
    split = [[index for index in parts if (lines[index].kind == "subtotal") == summed] for summed in (False, True)]
    counts = [count_sums(lines[at], [lines[index] for index in rows]) for rows in (parts, *split)]
    return next((rows for rows, count in zip(split, counts[1:], strict=True) if count > counts[0]), parts)


def count_sums(whole: Line, parts: Sequence[Line]) -> int:
    """In how many columns several parts make up an amount of `whole` that is not zero."""
    columns = [
        (total, [part.values[column] for part in parts if column in part.values])
        for column, total in whole.values.items()
        if total.value
    ]
    return sum(sum(amount.value != 0 for amount in amounts) > 1 and agree(total, amounts) for total, amounts in columns)


def shared_names(words: str) -> str | None:
    """The names of the rows that a subtotal of such words is of which may stand beside another one of the same rows."""
    return next((str(entry["parts"]) for entry in load("roles")["shared"] if re.search(entry["total"], words)), None)


def sums_somewhere(whole: Line, parts: Sequence[Line]) -> bool:
    """Whether an amount of `whole` that is not zero is the sum of its parts'."""
    return any(_sums_by_column(whole, parts))


def completes_by_name(whole: Line, lines: Sequence[Line]) -> bool:
    """Whether the names of the rows under `whole` say that they make it up (购置费 and 运行维护费)."""
    return len([index for index in whole.children if is_known_part(lines[index], whole)]) > 1


def sums_but_once(whole: Line, parts: Sequence[Line], least: int) -> bool:
    """Whether the amounts of `whole` that are not zero are the sums of its parts' but for one, `least` of several."""
    told = list(_sums_by_column(whole, parts))
    return told.count(False) == 1 and told.count(True) >= least


def _sums_by_column(whole: Line, parts: Sequence[Line]) -> Iterator[bool]:
    """Whether each amount of `whole` that is not zero is the sum of its parts'."""
    columns = ({column: total} for column, total in whole.values.items() if total.value)
    return (sums(replace(whole, values=column), parts) for column in columns)


def sums(whole: Line, parts: Sequence[Line]) -> bool:
    """Whether every printed amount of `whole` is the sum of its parts' within the printed precision."""
    compared = 0
    for column, total in whole.values.items():
        amounts = [part.values[column] for part in parts if column in part.values]
        if amounts:
            compared += 1
            if not agree(total, amounts):
                return False
    return compared > 0
