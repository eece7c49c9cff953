"""Rows to those that the sums among them are of: 小计 and 本年…合计 of the rows before or after, totals of the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapping.lexicon import load
from mapping.rows import Line, count_sums, own_parts, shared_names, sums, sums_somewhere


def name_wordless(lines: Sequence[Line]) -> None:
    """Makes the first row, or the last, the total of all others where it has no words and they make it up.

    One column that agrees tells it, where no row is called a sum.
    """
    if not lines or any(line.kind in ("total", "subtotal") for line in lines):
        return
    for at in (0, len(lines) - 1):
        tops = [line for index, line in enumerate(lines) if index != at and line.parent in (None, at)]
        if not lines[at].words and not lines[at].code and lines[at].kind == "item" and count_sums(lines[at], tops):
            for line in lines:
                line.parent = None if line.parent == at else line.parent
            lines[at].kind, lines[at].parent = "total", None
            return


def gather_sums(lines: Sequence[Line]) -> None:
    """Gives each 小计/本年合计 the free rows before it, or those after it that it heads; totals are of what is left.

    A total behind its rows (收入总计) ends them: what stands below it (支出) is of other sums. One that prints nothing
    is a heading.
    """
    headed = _head_their_rows(lines)
    free: list[int] = []
    for at, line in enumerate(lines):
        if line.kind == "total":
            free = [] if line.values else free
        elif line.kind == "subtotal":
            after = [] if _stands_beside(lines, at) else _free_after(lines, at)
            heads = bool(after) and (not free or headed)
            mine = own_parts(at, after, lines) if heads or not free else _shared_out(lines, at, free)
            for index in mine:
                lines[index].parent = at
            shared = at + 1 < len(lines) and _sharing(line) and _sharing(lines[at + 1])
            free = [index for index in free if index not in mine] if shared or heads else []
        elif line.parent is None:
            free.append(at)


def _stands_beside(lines: Sequence[Line], at: int) -> bool:
    """Whether a sum above all rows is one part beside them: the total is of both (a balance, 本年收入合计 first)."""
    free = [line for line in lines if line.parent is None and line.kind not in ("total", "subtotal", "memo")]
    totals = [line for line in lines if line.kind == "total"]
    if len(totals) != 1 or any(line.kind != "total" for line in lines[:at]) or sums(lines[at], free):
        return False
    both = [lines[at], *free]
    return sums(totals[0], both) and count_sums(totals[0], both) > 0


def _head_their_rows(lines: Sequence[Line]) -> bool:
    """Whether the subtotals that stand between rows head those after them: so it adds up more often, or so it looks.

    It looks so where all after them, and none before them, are indented further.
    """
    after = before = 0
    for at, line in enumerate(lines):
        if line.kind != "subtotal":
            continue
        below, above = _free_after(lines, at), _free_before(lines, at)
        if not below or not above:
            continue
        told = [count_sums(line, [lines[index] for index in rows]) for rows in (below, above)]
        if told[0] == told[1]:
            told[0] += _is_indented(lines, at, below) and not any(lines[index].indent > line.indent for index in above)
        after, before = after + (told[0] > told[1]), before + (told[1] > told[0])
    return after > before


def _is_indented(lines: Sequence[Line], at: int, rows: Sequence[int]) -> bool:
    """Whether rows are all indented further than the row at `at`."""
    return all(lines[index].indent > lines[at].indent for index in rows)


def _free_before(lines: Sequence[Line], at: int) -> list[int]:
    """The free rows before a subtotal since the last sum."""
    sums = (index for index in range(at) if lines[index].kind in ("subtotal", "total"))
    return [index for index in range(max(sums, default=-1) + 1, at) if lines[index].parent is None]


def _sharing(line: Line) -> str | None:
    return shared_names(line.words) if line.kind == "subtotal" else None


def _shared_out(lines: Sequence[Line], at: int, free: Sequence[int]) -> Sequence[int]:
    """The free rows that the subtotal at `at` is of: by name where others share them, none where a name is unknown.

    Others do that stand beside it, or whose rows are among the free ones (对个人和家庭的补助 above 公用经费合计).
    """
    beside = [_sharing(line) for line in lines[max(0, at - 1) : at + 2]]
    own = _sharing(lines[at])
    names = "|".join(entry["parts"] for entry in load("roles")["shared"])
    known = [index for index in free if re.search(names, lines[index].words)]
    mine = [index for index in known if own and re.search(own, lines[index].words)]
    if own is None or (sum(one is not None for one in beside) < 2 and known == mine):
        return free
    return mine if len(known) == len(free) else []


def _free_after(lines: Sequence[Line], at: int) -> list[int]:
    """The free rows after a subtotal up to the next sum; below 其中 only where they add up to it."""
    after = []
    for index in range(at + 1, len(lines)):
        if lines[index].kind in ("subtotal", "total"):
            break
        if lines[index].parent is None:
            after.append(index)
    listed = at + 1 < len(lines) and lines[at + 1].kind == "memo"
    return after if not listed or sums_somewhere(lines[at], [lines[index] for index in after]) else []
