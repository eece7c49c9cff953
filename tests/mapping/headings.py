"""Tables of invented figures that add up, under headings of several levels, in every text form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

# A heading and the headings under it.
Tree = tuple[str, tuple["Tree", ...]]
FORMS = ("pipe", "tab", "cells with blanks", "cells printed once")
_TOTALS = ("小计", "合计", "总计", "收入合计", "支出合计", "“三公”经费合计")
_NAMES = ("项目", "行次", "序号", "单位名称", "科目编码", "科目名称", "类", "款", "项", "单位")
_CODES = ("208", "20805", "2080505", "210", "21011", "2101101")
_LABELS = ("社会保障和就业支出", "养老支出", "养老保险缴费支出", "卫生健康支出", "医疗支出", "单位医疗")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading where it stands: its row, how many rows and columns it covers."""

    words: str
    row: int
    column: int
    high: int
    wide: int


def leaves(*words: str) -> tuple[Tree, ...]:
    return tuple((word, ()) for word in words)


def three_public(random: Random) -> tuple[Tree, ...]:
    """The headings of a table of 三公经费, some for several years or phases."""
    bought = [random.choice(("公务用车购置费", "购置费", "公务用车购置"))]
    bought += [random.choice(("公务用车运行维护费", "运行费", "公务用车运行费"))]
    cars = random.choice(("公务用车购置及运行费", "公务用车购置及运行维护费", "公务用车费"))
    parts = [
        *leaves(random.choice(("因公出国（境）费", "出国费"))),
        (cars, leaves(*(["小计"] if random.random() < 0.7 else []), *bought)),
        *leaves(random.choice(("公务接待费", "接待费"))),
    ]
    whole = (*leaves(random.choice(("合计", "“三公”经费合计"))), *parts)
    years = random.choice(((), (), ("预算数", "决算数"), ("2030年预算数", "2031年预算数")))
    columns = tuple((year, whole) for year in years) or whole
    return (*leaves(*random.choice(((), ("单位名称",), ("单位",)))), *columns)


def income(random: Random) -> tuple[Tree, ...]:
    """The headings of a table of income by source."""
    funds = ["一般公共预算", "政府性基金预算", "国有资本经营预算"][: random.randint(2, 3)]
    own = ["事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"][: random.randint(2, 5)]
    shape = random.randrange(4)
    total = leaves(random.choice(("合计", "收入合计", "总计")))
    if shape == 0:
        return (
            *_lead(random),
            *total,
            ("本年收入", leaves("小计", *funds, *own)),
            ("上年结转", leaves("小计", *funds)),
        )
    if shape == 1:
        return (*_lead(random), *total, ("财政拨款收入", leaves("小计", *funds)), *leaves(*own))
    if shape == 2:
        return (*_lead(random), *total, *leaves(*funds), ("单位资金", leaves(*own)))
    inner = (*leaves("小计", *funds), ("单位资金", leaves("小计", *own)))
    return (*_lead(random), *total, ("本年收入", inner), *leaves("上年结转"))


def expenditure(random: Random) -> tuple[Tree, ...]:
    """The headings of a table of expenditure, some of several years or with balances."""
    basic = random.choice((("人员经费", "公用经费"), ("小计", "人员经费", "公用经费"), ()))
    project = random.choice(((), ("小计", "其他运转类", "特定目标类")))
    parts = (("基本支出", leaves(*basic)), ("项目支出", leaves(*project)))
    shape = random.randrange(3)
    if shape == 0:
        return (*_lead(random), *leaves(random.choice(("合计", "支出合计"))), *parts, *leaves("上缴上级支出"))
    if shape == 1:
        years = (("2030年执行数", ()), ("2031年预算数", (*leaves("小计"), *parts)))
        return (*_lead(random), *years, ("2031年预算数比2030年执行数", leaves("增减额", "增减%")))
    carried = ("年初结转和结余", leaves("合计", "基本支出结转", "项目支出结转和结余"))
    return (
        *_lead(random),
        carried,
        *((year, leaves("合计", "基本支出", "项目支出")) for year in ("本年收入", "本年支出")),
    )


def two_sided(random: Random) -> tuple[Tree, ...]:
    """The headings of a table of income beside expenditure."""
    amounts = (("预算数",), ("合计", "一般公共预算", "政府性基金预算"), ("2030年预算数", "2031年预算数"))
    numbered = leaves("序号") if random.random() < 0.4 else ()
    lines = ["行次"] if random.random() < 0.3 else []
    sides = ((side, leaves("项目", *lines, *random.choice(amounts))) for side in ("收入", "支出"))
    return (*numbered, *sides)


def _lead(random: Random) -> tuple[Tree, ...]:
    code: Tree = ("科目编码", leaves("类", "款", "项"))
    shapes = (
        leaves("科目编码", "科目名称"),
        (code, *leaves("科目名称")),
        (("项目", leaves("科目编码", "科目名称")),),
        (("科目", (code, *leaves("科目名称"))),),
        leaves("单位名称"),
    )
    return random.choice(shapes)


def paths(trees: Sequence[Tree], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The headings over each column, from top to leaf."""
    found: list[tuple[str, ...]] = []
    for words, parts in trees:
        found += paths(parts, (*above, words)) if parts else [(*above, words)]
    return found


def printed(trees: Sequence[Tree], random: Random, form: str, rows: int) -> str:
    """A table under these headings in one of the text forms."""
    placed = list(_placed(trees, _depth(trees), 0, 0))
    body = [_row(trees, random, at) for at in range(rows)]
    width, depth = len(paths(trees)), _depth(trees)
    if form in ("pipe", "tab"):
        head = [[_words(placed, row, column) for column in range(width)] for row in range(depth)]
    else:
        head = [list(_cells(placed, row, width, blanks=form == "cells with blanks")) for row in range(depth)]
    grid = [*head, *body]
    if form == "pipe":
        lines = ["| " + " | ".join(row) + " |" for row in grid]
        return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])
    if form == "tab":
        return "\n".join("\t".join(row) for row in grid)
    return "\n\n".join("\n".join("\t" + (words or " ") for words in row) for row in grid)


def _depth(trees: Sequence[Tree]) -> int:
    return max((1 + _depth(parts) for _, parts in trees), default=0)


def _placed(trees: Sequence[Tree], depth: int, row: int, column: int) -> Iterator[Heading]:
    for words, parts in trees:
        wide = len(paths([(words, parts)]))
        yield Heading(words, row, column, 1 if parts else depth - row, wide)
        yield from _placed(parts, depth, row + 1, column)
        column += wide


def _words(placed: Sequence[Heading], row: int, column: int) -> str:
    return next((one.words for one in placed if (one.row, one.column) == (row, column)), "")


def _cells(placed: Sequence[Heading], row: int, width: int, blanks: bool) -> Iterator[str]:
    """The cells of a row as word processors print them: a wide one once, one merged downwards again as a blank."""
    column = 0
    while column < width:
        over = next(
            one
            for one in placed
            if one.column <= column < one.column + one.wide and one.row <= row < one.row + one.high
        )
        if over.row == row or blanks:
            yield over.words if over.row == row else ""
        column = over.column + over.wide


def _row(trees: Sequence[Tree], random: Random, at: int) -> list[str]:
    cells: list[str] = []
    values = _amounts(trees, random)
    code = _CODES[at % len(_CODES)]
    named = {"科目编码": code, "类": code[:3], "款": code[3:5], "项": code[5:7], "科目名称": _LABELS[at % len(_LABELS)]}
    named |= {"项目": _LABELS[at % len(_LABELS)], "行次": str(at + 1), "序号": str(at + 1)}
    named |= {"单位名称": f"云屏市第{'一二三四五六'[at % 6]}中心", "单位": "云屏市水文局"}
    for path, value in zip(paths(trees), values, strict=True):
        cells.append(named[path[-1]] if path[-1] in named else f"{value / 100:.2f}")
    return cells


def _amounts(trees: Sequence[Tree], random: Random) -> list[int]:
    """An amount for each column, in hundredths: a total is the sum of the headings beside it."""
    found = {words: _amounts(parts, random) if parts else [random.randint(1, 99999)] for words, parts in trees}
    wholes = {words: _whole(parts, found[words]) for words, parts in trees if words not in _NAMES}
    total = next((words for words, parts in trees if not parts and words in _TOTALS), None)
    if total:
        found[total] = [sum(amount for words, amount in wholes.items() if words != total)]
    return [amount for words, _ in trees for amount in found[words]]


def _whole(parts: Sequence[Tree], amounts: Sequence[int]) -> int:
    """What headings come to that cover others: their total, else all of them."""
    names = any(words in _NAMES for words, _ in parts)
    if names:
        return 0
    columns = paths(parts)
    total = next((at for at, path in enumerate(columns) if len(path) == 1 and path[0] in _TOTALS), None)
    return amounts[total] if total is not None else sum(amounts)
