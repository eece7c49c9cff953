"""Findings to what people read: a list in Chinese and English, worst first, each with its lines and quotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.lexicon import load
from mapping.rules import audit_rules, corpus_rules

Row = Mapping[str, str]
OPEN = "open"
CORRECTED = "corrected"
SEVERITIES = {"violation": "矛盾", "warning": "疑点", "info": "提示"}
LIST_COLUMNS = ("file", "severity", "table", "lines", "quote", "message", "found", "expected", "suggestion", "rule")
LIST_HEADINGS = ("文件", "程度", "表格", "行", "原文", "问题", "实际", "应为", "建议", "规则")
LIST_WIDTHS = {"原文": 60, "问题": 60, "建议": 40, "文件": 28, "表格": 28, "实际": 16, "应为": 16}
"""Widths of columns of the list, in characters; others are narrow."""
_MOST_CELLS = 12
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the question `findings` with its rows of `finding-cells`, in the order of the text."""

    row: Row
    cells: tuple[Row, ...]


def listed(findings: Sequence[Row], cells: Sequence[Row]) -> list[Listed]:
    """The findings of two answers, in the order of the first."""
    of_finding: dict[str, list[Row]] = defaultdict(list)
    for cell in cells:
        of_finding[cell["finding"]].append(cell)
    return [Listed(row, tuple(of_finding[row["iri"]])) for row in findings]


def render_findings(found: Sequence[Listed], summary: Sequence[Row], reviewed: int) -> str:
    """The findings as text for a terminal, then what they come to; `reviewed` were left out."""
    parts = [_render(number, one) for number, one in enumerate(found, 1)]
    return "\n".join([*parts, *_totals(found, summary, reviewed)]) + "\n"


def _render(number: int, one: Listed) -> str:
    row = one.row
    place = f"{row['source']}:{row['lines']}"
    lines = [f"{number}. {SEVERITIES[row['severity']]} {row['severity']}  {row['rule']}  {place}"]
    lines += [f"   {row['message_zh']}", f"   {row['message_en']}"]
    lines += [_cell(cell) for cell in one.cells[:_MOST_CELLS]]
    if len(one.cells) > _MOST_CELLS:
        lines.append(f"   … 另有 {len(one.cells) - _MOST_CELLS} 处 more places")
    if row["consequences"] != "0":
        lines.append(f"   随之不符 {row['consequences']} 处 more follow from this")
    if row["status"] != OPEN:
        lines.append(f"   {row['status']}: {row['reply']}")
    return "\n".join(lines) + "\n"


def _cell(cell: Row) -> str:
    said = " · ".join(filter(None, (_short(cell["label"]), _short(cell["column"]))))
    mark = "  ← 疑误 suspect" if cell["suspect"] == "true" else ""
    return f"   {cell['line']:>6}  {said + '  ' if said else ''}“{_short(cell['quote'])}”{mark}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_QUOTE else flat[: _LONGEST_QUOTE - 1] + "…"


def _totals(found: Sequence[Listed], summary: Sequence[Row], reviewed: int) -> list[str]:
    counts = Counter(one.row["severity"] for one in found)
    amounts, unkeyed = (sum(int(row[name]) for row in summary) for name in ("amounts", "not_comparable"))
    in_chinese = "，".join(f"{words} {counts[name]}" for name, words in SEVERITIES.items())
    nouns = {"violation": "contradiction", "warning": "doubt", "info": "hint"}
    in_english = ", ".join(counted(counts[name], noun) for name, noun in nouns.items())
    return [
        f"共 {len(found)} 项：{in_chinese}；已核查未列 {reviewed} 项；金额 {amounts} 处，不可比 {unkeyed} 处",
        f"{counted(len(found), 'finding')}: {in_english}; {reviewed} reviewed left out; "
        f"{counted(amounts, 'amount')}, {unkeyed} not comparable (stated once, by a key not known whole)",
    ]


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "document"), counted(2, "document")
    ('1 document', '2 documents')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# --- the list for an office ---


def office_rows(found: Sequence[Listed]) -> list[list[str]]:
    """The findings as an office's list of problems, one row each, in LIST_COLUMNS, worded in Chinese."""
    remedies = {rule.name: rule.remedy for rule in (*audit_rules(), *corpus_rules())}
    return [_office_row(one, remedies[one.row["rule"]]) for one in found]


def _office_row(one: Listed, remedy: str) -> list[str]:
    row = one.row
    tables = dict.fromkeys(cell["table"] for cell in one.cells if cell["table"])
    places = dict.fromkeys(f"{cell['line']}行“{_short(cell['quote'])}”" for cell in one.cells)
    quotes = "；".join([*places][:_MOST_CELLS])
    words = (row["message_zh"], row["found"], row["expected"], remedy, row["rule"])
    return [row["source"], SEVERITIES[row["severity"]], "；".join(tables), row["lines"], quotes, *words]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the files were checked, how many could not be read, and in how many of the former tables were not."""

    checked: int
    unread: int
    partly: int


def render_office(found: Sequence[Listed], files: Counted) -> str:
    """The list of problems as text for a terminal, in Chinese."""
    lines = []
    for number, (file, severity, tables, _, quotes, message, _, _, remedy, _) in enumerate(office_rows(found), 1):
        lines += [f"{number}. 【{severity}】{file}" + (f"　{tables}" if tables else ""), f"   {message}"]
        lines += [f"   原文：{quotes}", f"   建议：{remedy}", ""]
    return "\n".join([*lines, _outcome(found, files)]) + "\n"


def _outcome(found: Sequence[Listed], files: Counted) -> str:
    counts = Counter(SEVERITIES[one.row["severity"]] for one in found)
    of_each = "，".join(f"{words} {counts[words]} 项" for words in SEVERITIES.values())
    outcome = f"共 {len(found)} 项问题：{of_each}" if found else "未发现问题"
    if not files.checked:
        return f"未作检查：{files.unread} 份文件均未能读取"
    if files.partly:
        of_which = f"其中 {files.partly} 份文件" if files.checked > 1 else ""
        outcome += f"；{of_which}有表格未能读取，未作检查"
    if files.unread:
        return f"已检查 {files.checked} 份文件，{outcome}；另有 {files.unread} 份未能读取，未作检查"
    return outcome


def reason_in_chinese(reason: str) -> str:
    """Why a document or a part of it is left out, or another notice, in Chinese; as it is where no words are known."""
    for expression, words in load("unread"):
        if found := re.match(expression, reason):
            return found.expand(words)
    return reason
