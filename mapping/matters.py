"""Goals in running text and in forms to the targets that set a number for the same matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from mapping.bonds import Bond, Place
from mapping.document import Text, fold
from mapping.forms import Form
from mapping.indicators import Indicator
from mapping.lexicon import load
from mapping.scores import reached
from mapping.senses import label_kind, unit_kind
from mapping.statements import Statement

_SHORTEST = 4
_SHORT = 2
_COUNTED = ("persons", "households", "things")


def matter_bonds(
    statements: Sequence[Statement],
    indicators: Sequence[Indicator],
    forms: Sequence[Form],
    text: Text,
    *,
    reports: bool,
) -> Iterator[Bond]:
    """Each goal with the indicators and the goals of the same matter: rates by their names, counts within a form.

    Decided by words: a rate is the same where one name is the other, or its end with the rest in the same sentence.
    A goal that one of its targets agrees with leaves nothing to compare. Text that `reports` tells what was reached,
    and so do forms of evaluation, all but their goals.
    """
    bonds: list[Bond] = []
    if not reports:
        targets = [form for form in forms if form.table.kind == "performance-target"]
        bonds += _rates_of(statements, indicators, targets, text)
    for form in forms:
        if form.table.kind != "performance-target":
            goals = [one for one in statements if _is_goal(one, form)]
            bonds += _rates_of(goals, [one for one in indicators if one.form is form], (form,), text)
        bonds += _counts_of(form, statements, [one for one in indicators if one.form is form], text)
    numbers = {one.number: one.value for one in statements} | {
        one.spans: one.number for one in indicators if one.number is not None
    }
    met = {one.subject for one in bonds if numbers[one.subject.spans] == numbers[one.target.spans]}
    return (one for one in bonds if one.subject not in met)


# --- rates ---


def _rates_of(
    statements: Sequence[Statement], indicators: Sequence[Indicator], forms: Sequence[Form], text: Text
) -> Iterator[Bond]:
    rates = [one for one in statements if one.kind == "rate" and label_kind(one.subject or "") == "share"]
    targets = [one for one in indicators if one.number is not None and unit_kind(one.printed_unit) == "ratio"]
    targets = [one for one in targets if label_kind(_label(one)) == "share"]
    goals = [one for one in rates if _form_of(one, forms) is not None]
    for said in rates:
        form, name, sentence = _form_of(said, forms), said.subject or "", _sentence(said, text)
        for other in goals if form is None else ():
            if _same_names(name, other.subject or "", sentence):
                yield Bond("sameMatter", Place("statement", said.number), Place("statement", other.number))
        for target in targets:
            if form in (None, target.form) and _same_names(name, _label(target), sentence):
                yield Bond("sameMatter", Place("statement", said.number), Place("indicator", target.spans))


def _label(indicator: Indicator) -> str:
    return fold(indicator.level3.text) if indicator.level3 else ""


def _same_names(name: str, label: str, sentence: str) -> bool:
    """Whether two rates are of the same matter; what only the second names must stand in the sentence of the first."""
    one, other = core(name), core(label)
    if min(len(one), len(other)) < _SHORTEST:
        return False
    if one == other:
        return True
    rest = other.removesuffix(one)
    return rest != other and bool(rest) and rest in sentence


def core(name: str) -> str:
    """The name of a rate as names are compared: without words that say nothing, endings that mean the same alike.

    >>> core("全县劳模体检覆盖面")
    '劳模体检覆盖率'
    """
    words = re.sub(r"[(（][^()（）]*[)）]$", "", fold(name))
    words = re.sub(load("appraisals")["matters"]["empty"], "", words)
    for ending, same in load("appraisals")["matters"]["endings"].items():
        words = re.sub(f"{ending}$", same, words)
    return words


# --- counts ---


def _counts_of(
    form: Form, statements: Sequence[Statement], indicators: Sequence[Indicator], text: Text
) -> Iterator[Bond]:
    """Counts in a form's goal with the only quantity indicator of the same matter and unit."""
    goals = [one for one in statements if one.kind == "count" and _is_goal(one, form)]
    for unit in sorted({_unit(one.unit) for one in goals} - {""}):
        said = [one for one in goals if _unit(one.unit) == unit and _is_alone(one, unit, goals)]
        targets = [one for one in indicators if _unit(one.printed_unit) == unit and one.number is not None]
        yield from _counts_in(unit, said, targets, text)


def _counts_in(unit: str, said: Sequence[Statement], targets: Sequence[Indicator], text: Text) -> Iterator[Bond]:
    """The goals of one unit with their targets; a target that was reached as the goal says shows no slip."""
    only = len({_counted(one) for one in targets}) == len({one.value for one in said}) == 1
    total = sum((one.number for one in targets if one.number is not None), Decimal(0))
    for one in said:
        near = [other for other in targets if _is_counted(other, one, text, only=only)]
        if len({(_counted(other), other.number) for other in near}) != 1 or one.value in (total, reached(near[0])):
            continue
        again = [other for other in said if _is_counted(near[0], other, text, only=only)]
        if len({other.value for other in again}) == 1:
            yield from (Bond("sameMatter", Place("statement", one.number), Place("indicator", i.spans)) for i in near)


def _unit(printed: str | None) -> str:
    """A unit as units are compared; nothing for those that count no persons or things."""
    words = fold(printed or "")
    if unit_kind(words) not in _COUNTED:
        return ""
    return str(load("appraisals")["matters"]["units"].get(words, words))


def _is_alone(said: Statement, unit: str, goals: Sequence[Statement]) -> bool:
    """Whether the clause of a statement holds no other number of its unit."""
    return sum(one.spans == said.spans and _unit(one.unit) == unit for one in goals) == 1


def _is_goal(said: Statement, form: Form) -> bool:
    """Whether a statement stands in the goal of a form, or in the summary of one of targets."""
    at = said.number[0].start
    names = ("goal", "summary") if form.table.kind == "performance-target" else ("goal",)
    fields = [one for one in form.fields if one.field in names]
    return any(span.start <= at < span.end for one in fields for span in one.spans)


def _is_counted(indicator: Indicator, said: Statement, text: Text, *, only: bool) -> bool:
    """Whether a clause names what an indicator counts; a short name is enough where there is but `only` one count."""
    name, subject = _counted(indicator), fold(said.subject or "")
    if len(name) < (_SHORT if only else _SHORTEST) or not _same_half(indicator, said):
        return False
    clause = _clause(said, text)
    bare = re.sub(rf"\d[\d,，.]*{re.escape(fold(said.unit or ''))}", "", clause)
    bare = re.sub(load("appraisals")["matters"]["empty"], "", bare)
    rest = name.removesuffix(subject) if len(subject) >= _SHORTEST else name
    return name in clause or name in bare or (rest != name and rest in clause)


def _same_half(indicator: Indicator, said: Statement) -> bool:
    """Whether a goal is not of the other half of the form than an indicator (period and year)."""
    at = said.number[0].start
    goals = [one for one in indicator.form.fields if any(span.start <= at < span.end for span in one.spans)]
    scopes = {one.scope for one in goals} - {None}
    return indicator.scope is None or not scopes or indicator.scope in scopes


def _counted(indicator: Indicator) -> str:
    """What a quantity indicator counts: its label without 人数, 户数 and the like."""
    words = load("appraisals")["matters"]
    label = re.sub(words["empty"], "", _label(indicator))
    return re.sub(words["verbs"], "", re.sub(words["counted"], "", label))


# --- places ---


def _form_of(said: Statement, forms: Sequence[Form]) -> Form | None:
    """The form that a statement stands in."""
    at = said.number[0].start
    return next((form for form in forms if form.table.table.span.start <= at < form.table.table.span.end), None)


def _clause(said: Statement, text: Text) -> str:
    return fold("".join(text.content[span.start : span.end] for span in said.spans))


def _sentence(said: Statement, text: Text) -> str:
    """The sentence around a statement's number, in its line."""
    at = said.number[0].start
    start, end = (_bound(text.content, at, step) for step in (-1, 1))
    return fold(text.content[start:end])


def _bound(content: str, at: int, step: int) -> int:
    while 0 < at < len(content) and not _ends().match(content[at - (step < 0)]):
        at += step
    return at


@cache
def _ends() -> re.Pattern[str]:
    return re.compile("[。；;\n]")
