"""Forms of targets and self-evaluations of invented projects, in every text form, with what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

# A cell with the columns and the rows it covers.
Merged = tuple[str, int, int]
FORMS = ("pipe", "pipe repeated", "tab", "cells", "cells printed once", "closed", "closed cells", "spaced cells")
_SECOND = {"产出指标": ("数量指标", "质量指标", "时效指标"), "效益指标": ("社会效益指标", "可持续影响指标")}
_SECOND |= {"满意度指标": ("服务对象满意度指标",)}
_THIRD = {
    "数量指标": (("培训班期数", "期"), ("维修房屋面积", "平方米")),
    "质量指标": (("验收合格率", "%"), ("资金使用合规率", "%")),
    "时效指标": (("资金拨付及时率", "%"), ("任务按期完成率", "%")),
    "社会效益指标": (("政策知晓率", "%"), ("社会影响", "")),
    "可持续影响指标": (("持续服务年限", "年"), ("长效管理机制", "")),
    "服务对象满意度指标": (("群众满意度", "%"), ("职工满意度", "%")),
}
_HEADS = {
    "target": ("指标值", "年度指标值"),
    "sign": ("指标性质", "符号"),
    "value": ("指标值",),
    "unit": ("度量单位", "指标值单位"),
    "points": ("分值", "权重"),
    "actual": ("实际完成值", "全年实际值"),
    "score": ("得分", "自评得分"),
    "note": ("备注", "未完成原因分析"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator: its three levels, the operator, value and unit of its target, points, result and score."""

    levels: tuple[str, str, str]
    operator: str
    value: str
    unit: str
    points: str
    actual: str
    score: str

    def cell(self, kind: str) -> str:
        sign = self.operator if self.operator != "定性" or kind == "sign" else ""
        shown = {"target": sign.replace("=", "") + self.value + self.unit, "sign": sign.replace("=", "＝"), "note": ""}
        return shown[kind] if kind in shown else str(getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Made:
    """A form as rows of merged cells, and what it says; `rate` is that of its execution."""

    title: str
    rows: Sequence[Sequence[Merged]]
    name: str
    unit: str
    kinds: Sequence[str]
    indicators: Sequence[Row]
    amount: str | None = None
    rate: str | None = None
    total: str | None = None


def targets(random: Random, name: str) -> Made:
    """A form of targets; the target in one cell or in three, the sums below one another or side by side."""
    kinds = random.choice(
        (["target"], ["target", "points"], ["sign", "value", "unit"], ["sign", "value", "unit", "points"])
    )
    width, indicators, amount = 4 + len(kinds), _indicators(random), f"{random.randint(100, 9999)}.00"
    half = width // 2
    names = ("年度资金总额", "其中：财政拨款", "其他资金")
    funds: list[list[Merged]] = [
        [(label, half - 1, 1), (amount if at < 2 else "0.00", width - half, 1)] for at, label in enumerate(names)
    ]
    if random.random() < 0.5:
        wide = (half - 1, 1, width - half - 1)
        funds = [[(label, size, 1) for label, size in zip(names, wide, strict=True)]]
        funds += [[(words, size, 1) for words, size in zip((amount, amount, "0.00"), wide, strict=True)]]
    funds[0] = [("项目资金（万元）", 1, len(funds)), *funds[0]]
    unit, rows = "云屏市水文局", [[("项目名称", 1, 1), (name, width - 1, 1)]]
    rows += [[("主管部门", 1, 1), ("云屏市水务局", half - 1, 1), ("实施单位", 1, 1), (unit, width - half - 1, 1)]]
    rows += [*funds, [("年度总体目标", 1, 1), ("完成全年水文监测任务，提高服务水平。", width - 1, 1)]]
    rows += _listed(random, indicators, kinds, "绩效指标")
    return Made("项目支出绩效目标表", rows, name, unit, kinds, indicators, amount=amount)


def evaluation(random: Random, name: str) -> Made:
    """A self-evaluation of the national template."""
    kinds, indicators, rate = ["target", "actual", "points", "score", "note"], _indicators(random), "92.50%"
    unit, rows = "云屏市水文局", [[("项目名称", 3, 1), (name, 6, 1)]]
    rows += [[("主管部门", 3, 1), ("云屏市水务局", 2, 1), ("实施单位", 1, 1), (unit, 3, 1)]]
    heads = ("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows += [[("项目资金（万元）", 1, 4), *((head, 1 if head else 2, 1) for head in heads)]]
    for label, sums in (
        ("年度资金总额", ("80.00", "80.00", "74.00", "10", rate, "9.25")),
        ("其中：财政拨款", ("80.00", "80.00", "74.00", "—", "—", "—")),
        ("其他资金", ("0.00", "0.00", "0.00", "—", "—", "—")),
    ):
        rows += [[(label, 2, 1), *((one, 1, 1) for one in sums)]]
    rows += [[("年度总体目标", 1, 2), ("预期目标", 4, 1), ("实际完成情况", 4, 1)]]
    rows += [[("完成全年水文监测任务。", 4, 1), ("各项监测任务已全部完成。", 4, 1)]]
    rows += [*_listed(random, indicators, kinds, "绩效指标")]
    rows += [[("总分", 6, 1), ("100", 1, 1), ("93.25", 1, 1), ("", 1, 1)]]
    return Made("项目支出绩效自评表", rows, name, unit, kinds, indicators, rate=rate, total="93.25")


def coded_evaluation(random: Random, name: str) -> Made:
    """A self-evaluation of Sichuan: code and name in one cell, the label of the grid of money merged beside it."""
    kinds, indicators, rate = (
        ["sign", "value", "unit", "actual", "points", "score", "note"],
        _indicators(random),
        "92.50%",
    )
    unit, rows = "云屏市水文局", [[("项目名称", 1, 1), (f"51000031R{random.randint(10**11, 10**12)}-{name}", 10, 1)]]
    rows += [[("主管部门", 1, 1), ("云屏市水务局", 4, 1), ("实施单位", 1, 1), (unit, 5, 1)]]
    heads = (
        ("年初预算", 2),
        ("调整后预算数", 1),
        ("预算执行数", 1),
        ("预算执行率", 2),
        ("权重", 1),
        ("得分", 1),
        ("原因", 1),
    )
    rows += [[("预算执行情况（10分）", 1, 3), ("年度预算数（万元）", 1, 1), *((head, wide, 1) for head, wide in heads)]]
    for label in ("总额", "其中：财政资金"):
        sums = ("80.00", "80.00", "74.00", rate, *(("10", "9.25") if label == "总额" else ("/", "/")), "")
        rows += [[(label, 1, 1), *((one, wide, 1) for one, (_, wide) in zip(sums, heads, strict=True))]]
    rows += [*_listed(random, indicators, kinds, "绩效指标（90分）")]
    rows += [
        [("合计", 8, 1), ("100", 1, 1), ("93.25", 1, 1), ("", 1, 1)],
        [("评价结论", 1, 1), ("项目完成较好。", 10, 1)],
    ]
    return Made("部门预算项目支出绩效自评表", rows, name, unit, kinds, indicators, rate=rate, total="93.25")


def _indicators(random: Random) -> Sequence[Row]:
    found = []
    for first, seconds in _SECOND.items():
        for second in random.sample(seconds, random.randint(1, len(seconds))):
            for third, unit in random.sample(_THIRD[second], random.randint(1, 2)):
                operator, value = (
                    (random.choice("≥≤="), random.choice(("100", "95", "36.5"))) if unit else ("定性", "逐步完善")
                )
                points = random.choice(("5", "10", "7.5"))
                found.append(Row((first, second, third), operator, value, unit, points, value + unit, points))
    return found


def _listed(random: Random, indicators: Sequence[Row], kinds: Sequence[str], section: str) -> Iterator[list[Merged]]:
    """Headings and rows of indicators; each level covers the rows it is the same in."""
    heads = ["一级指标", "二级指标", "三级指标", *(random.choice(_HEADS[kind]) for kind in kinds)]
    yield [(section, 1, len(indicators) + 1), *((head, 1, 1) for head in heads)]
    for at, one in enumerate(indicators):
        levels = [(one.levels[: depth + 1], _covered(indicators, at, depth)) for depth in (0, 1)]
        yield [
            *((words[-1], 1, rows) for words, rows in levels if rows),
            *((words, 1, 1) for words in (one.levels[2], *map(one.cell, kinds))),
        ]


def _covered(indicators: Sequence[Row], at: int, depth: int) -> int:
    """How many rows the level of a row covers from there; 0 where a row above begins it."""
    same = [one.levels[: depth + 1] == indicators[at].levels[: depth + 1] for one in indicators]
    return 0 if at and same[at - 1] else sum(same)


# --- text forms ---


def printed(rows: Sequence[Sequence[Merged]], form: str) -> str:
    """The form as text."""
    grid = _grid(rows)
    if form in ("pipe", "pipe repeated", "tab"):
        repeated = form == "pipe repeated"
        lines = [[words if repeated or not (down or right) else "" for words, down, right in row] for row in grid]
        if form == "tab":
            return "\n".join(map("\t".join, lines))
        ruled = [f"| {' | '.join(line)} |" for line in lines]
        return "\n".join([ruled[0], "|" + "---|" * len(grid[0]), *ruled[1:]])
    if form == "closed":
        kept = [[words for words, down, right in row if words and not (down or right)] for row in grid]
        return "\n".join(" | ".join(row) + " |" + "|" * (len(grid[0]) - len(row)) for row in kept)
    if form in ("closed cells", "spaced cells", "bare cells"):
        once = [words for row in grid for words, down, right in row if not (down or right)]
        if form == "bare cells":  # blank ones leave no trace
            return "\n".join(filter(None, once))
        return (
            "\n".join(f"{words} |" for words in once)
            if form == "closed cells"
            else "\n\n".join(w or "\u00a0" for w in once)
        )
    blank = form == "cells"
    kept = [["" if down else words for words, down, right in row if not right and (blank or not down)] for row in grid]
    return "\n\n".join("\n".join(f"\t{words or ' '}" for words in row) for row in kept)


def _grid(rows: Sequence[Sequence[Merged]]) -> list[list[tuple[str, int, int]]]:
    """Every place of the grid with the words of the cell that covers it, and how far its own place is up and left."""
    places: dict[tuple[int, int], tuple[str, int, int]] = {}
    for at, row in enumerate(rows):
        column = 0
        for words, wide, high in row:
            while (at, column) in places:
                column += 1
            places |= {
                (at + down, column + right): (words, down, right) for down in range(high) for right in range(wide)
            }
    width = 1 + max(column for _, column in places)
    return [[places.get((at, column), ("", 0, 0)) for column in range(width)] for at in range(len(rows))]
