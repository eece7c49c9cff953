"""Goals in running text and in forms to the targets that set a number for the same matter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import cache

from mapping.amounts import swapped
from mapping.bonds import Bond, Place
from mapping.document import Span, Text, fold, quote
from mapping.forms import Form
from mapping.indicators import Indicator
from mapping.lexicon import load, pattern
from mapping.scores import printed_points, reached
from mapping.senses import label_kind, money_unit, unit_kind
from mapping.statements import Statement

_SHORTEST = 4
_SHORT = 2
# A number of fewer digits is not told from another by two digits changed over.
_MANY = 3
# How far behind a rate, in code points, the words may stand that say to what it is raised.
_BEHIND = 12
_FLOORS = ("=", "≥")
_RATES = ("share", "ratio")
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
    yield from (one for one in bonds if one.subject not in met)
    for form in forms:
        own = [one for one in indicators if one.form is form]
        yield from _standards_of(form, statements, own, text)
        yield from _amounts_of(form, statements, own)
        compared = {one.subject.spans for one in bonds}
        yield from _misread_of([one for one in statements if _form_of(one, (form,)) is not None], own, compared)
        yield from _misread_outside([one for one in statements if _form_of(one, forms) is None], own, text)


# --- rates ---


def _rates_of(
    statements: Sequence[Statement], indicators: Sequence[Indicator], forms: Sequence[Form], text: Text
) -> Iterator[Bond]:
    """The rates with the targets of their matter: shares, and other ratios of a goal only by the very name."""
    rates = [one for one in statements if one.kind == "rate" and label_kind(one.subject or "") in _RATES]
    begins = pattern("appraisals", "matters", "begins")
    rates = [one for one in rates if not begins.match(fold(text.content[one.number[-1].end :][:_BEHIND]))]
    targets = [one for one in indicators if one.number is not None and unit_kind(one.printed_unit) == "ratio"]
    targets = [one for one in targets if label_kind(one.label) in _RATES]
    goals = [one for one in rates if _form_of(one, forms) is not None]
    for said in rates:
        form, name, sentence = _form_of(said, forms), said.subject or "", _sentence(said, text)
        for other in goals if form is None else ():
            shares = {label_kind(name), label_kind(other.subject or "")} == {"share"}
            if shares and _same_names(name, other.subject or "", sentence):
                yield Bond("sameMatter", Place("statement", said.number), Place("statement", other.number))
        for target in targets:
            shares = {label_kind(name), label_kind(target.label)} == {"share"}
            same = _same_names(name, target.label, sentence) if shares else form and fold(name) == fold(target.label)
            if form in (None, target.form) and same:
                yield Bond("sameMatter", Place("statement", said.number), Place("indicator", target.spans))


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
    words = pattern("appraisals", "matters", "empty").sub("", words)
    for ending, same in load("appraisals")["matters"]["endings"].items():
        words = re.sub(f"{ending}$", same, words)
    return words


# --- counts ---


def _counts_of(
    form: Form, statements: Sequence[Statement], indicators: Sequence[Indicator], text: Text
) -> Iterator[Bond]:
    """Counts in a form's goal with the only quantity indicator of the same matter and unit."""
    goals = [one for one in statements if one.kind == "count" and _is_goal(one, form)]
    repeated = pattern("appraisals", "matters", "repeated")
    goals = [one for one in goals if not repeated.search(fold(one.lead(text.content)))]
    for unit in sorted({_unit(one.unit) for one in goals} - {""}):
        said = [one for one in goals if _unit(one.unit) == unit and _is_alone(one, unit, goals)]
        targets = [one for one in indicators if _unit(one.printed_unit) == unit and one.number is not None]
        yield from _counts_in(said, targets, text)
        yield from _named_behind([one for one in goals if _unit(one.unit) == unit and one not in said], targets, text)


def _counts_in(said: Sequence[Statement], targets: Sequence[Indicator], text: Text) -> Iterator[Bond]:
    """The goals of one unit with their targets.

    A goal that says what was reached shows no slip, unless all points were given though the target was missed.
    """
    only = len({_counted(one) for one in targets}) == len({one.value for one in said}) == 1
    total = sum((one.number for one in targets if one.number is not None), Decimal(0))
    for one in said:
        near = [other for other in targets if _is_counted(other, one, text, only=only)]
        if len({(_counted(other), other.number) for other in near}) != 1 or one.value == total:
            continue
        if one.value == reached(near[0]) and not _rewarded(near[0]):
            continue
        again = [other for other in said if _is_counted(near[0], other, text, only=only)]
        if len({other.value for other in again}) == 1:
            yield from (Bond("sameMatter", Place("statement", one.number), Place("indicator", i.spans)) for i in near)


def _named_behind(said: Sequence[Statement], targets: Sequence[Indicator], text: Text) -> Iterator[Bond]:
    """The goals that share a clause with others of their unit, with the only target that counts what follows them.

    保障120名县级代表和450名乡级代表: 县级代表人数.
    """
    for one in said:
        behind = fold(text.content[one.number[-1].end : one.spans[-1].end]).removeprefix(fold(one.unit or ""))
        names = [(other, _counted(other)) for other in targets if _same_half(other, one)]
        near = [other for other, name in names if len(name) >= _SHORTEST and behind.startswith(name)]
        if len(near) == 1 and one.value != reached(near[0]):
            yield Bond("sameMatter", Place("statement", one.number), Place("indicator", near[0].spans))


def _rewarded(target: Indicator) -> bool:
    """Whether an indicator that missed a floor, or a number, has all of its points."""
    actual, points = reached(target), printed_points(target.points)
    missed = actual is not None and target.number is not None and actual < target.number
    return missed and target.operator in _FLOORS and points is not None and points == printed_points(target.score)


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
    clause = fold(quote(text.content, said.spans))
    bare_label = only and not name and _verb(indicator) in clause
    if (len(name) < (_SHORT if only else _SHORTEST) and not bare_label) or not _same_half(indicator, said):
        return False
    if bare_label:
        return True
    bare = re.sub(rf"\d[\d,，.]*{re.escape(fold(said.unit or ''))}", "", clause)
    bare = pattern("appraisals", "matters", "empty").sub("", bare)
    rest = name.removesuffix(subject) if len(subject) >= _SHORTEST else name
    if name[:2] in clause and len(name[2:]) >= _SHORTEST and name[2:] in clause:
        return True  # 改造审判法庭, of 完成12个审判法庭智能化改造
    return name in clause or name in bare or (rest != name and rest in clause) or (only and _holds(bare, name))


def _holds(words: str, name: str) -> bool:
    """Whether the pairs of characters of a longer name stand in `words` in their order (保障湘江航道 for 保障航道)."""
    pairs = [name[at : at + 2] for at in range(0, len(name), 2)]
    return len(name) >= _SHORTEST and bool(re.search("[^，；。]*".join(map(re.escape, pairs)), words))


def _same_half(indicator: Indicator, said: Statement) -> bool:
    """Whether a goal is not of the other half of the form than an indicator (period and year)."""
    at = said.number[0].start
    goals = [one for one in indicator.form.fields if any(span.start <= at < span.end for span in one.spans)]
    scopes = {one.scope for one in goals} - {None}
    return indicator.scope is None or not scopes or indicator.scope in scopes


def _counted(indicator: Indicator) -> str:
    """What a quantity indicator counts: its label without 人数, 户数 and the like."""
    words = load("appraisals")["matters"]
    label = re.sub(words["empty"], "", indicator.label)
    return re.sub(words["verbs"], "", re.sub(words["counted"], "", label))


def _verb(indicator: Indicator) -> str:
    """What is done to those that a label counts without a name (发放 of 发放人数); never empty."""
    return pattern("appraisals", "matters", "counted").sub("", indicator.label) or indicator.label


# --- standards ---


def _standards_of(
    form: Form, statements: Sequence[Statement], indicators: Sequence[Indicator], text: Text
) -> Iterator[Bond]:
    """What a goal pays for one thing (每亩补助200元) with the only target that prints this number for one of it."""
    paid = [one for one in indicators if money_unit(one.printed_unit) and _one_of(one.printed_unit)]
    for said in statements:
        if said.kind != "standard" or not _is_goal(said, form):
            continue
        clause = fold(quote(text.content, said.spans))
        same = [one for one in paid if one.number == said.value and f"每{_one_of(one.printed_unit)}" in clause]
        if len(same) == 1:
            yield Bond("sameMatter", Place("statement", said.number), Place("indicator", same[0].spans))


def _amounts_of(form: Form, statements: Sequence[Statement], indicators: Sequence[Indicator]) -> Iterator[Bond]:
    """Amounts of a form's goal with the only target of that very name and unit (争取资金2亿元以上)."""
    goals = [one for one in statements if one.kind == "amount" and _is_goal(one, form) and one.subject]
    for said in goals:
        alike = [one for one in goals if fold(one.subject or "") == fold(said.subject or "")]
        same = [one for one in indicators if one.label == fold(said.subject or "") and one.number is not None]
        if len(alike) == len(same) == 1 and fold(same[0].printed_unit or "") == fold(said.unit or ""):
            yield Bond("sameMatter", Place("statement", said.number), Place("indicator", same[0].spans))


def _one_of(unit: str | None) -> str:
    """What a unit of money is paid for: 亩 of 元/亩."""
    return fold(unit or "").partition("/")[2]


# --- digits changed over ---


def _misread_of(
    goals: Sequence[Statement], indicators: Sequence[Indicator], compared: Collection[tuple[Span, ...]]
) -> Iterator[Bond]:
    """Numbers of a form's text with the only indicator whose number differs by two digits changed over.

    Only of three digits or more, where the form prints none of the two anywhere else; none that is `compared` already.
    """
    for said in goals:
        if said.operator == "=" and said.number not in compared and sum(map(str.isdigit, said.printed)) >= _MANY:
            yield from _misread(said, goals, indicators)


def _misread(said: Statement, goals: Sequence[Statement], indicators: Sequence[Indicator]) -> Iterator[Bond]:
    others = {one.value for one in goals if one is not said}
    alike = [one for one in indicators if one.number is not None and _in_its_unit(said, one)]
    values = {value for one in alike for value in (one.number, reached(one)) if value is not None}
    near = values & set(swapped(said.printed)) - others if said.value not in values | others else set()
    found = [one for one in alike if near & {one.number, reached(one)}]
    if len(near) == len(found) == 1:
        name = "sameMatter" if found[0].number in near else "reachedAs"
        yield Bond(name, Place("statement", said.number), Place("indicator", found[0].spans))


def _misread_outside(statements: Sequence[Statement], indicators: Sequence[Indicator], text: Text) -> Iterator[Bond]:
    """Counts of running text that change over two digits of the actual value of an indicator whose label they say."""
    for target in indicators:
        actual = reached(target)
        label = pattern("appraisals", "matters", "counted").sub("", _lowest_label(target))
        counts = [one for one in statements if one.kind == "count" and one.operator == "="]
        said = [one for one in counts if len(label) >= _SHORTEST and label in fold(quote(text.content, one.spans))]
        same = [one for one in said if _in_its_unit(one, target)]
        if len(same) == 1 and actual is not None and actual in set(swapped(same[0].printed)):
            yield Bond("reachedAs", Place("statement", same[0].number), Place("indicator", target.spans))


def _in_its_unit(said: Statement, target: Indicator) -> bool:
    """Whether a number has the unit of a target, what is counted printed behind it or in the label (90个工作日)."""
    units = load("appraisals")["matters"]["units"]
    one, other = fold(said.unit or ""), fold(target.printed_unit or "")
    rest = one.removeprefix(other)
    counted_so = bool(other) and rest != one and bool(rest) and _lowest_label(target).endswith(rest)
    return units.get(one, one) == units.get(other, other) or counted_so


def _lowest_label(target: Indicator) -> str:
    cell = target.level3 or target.level2
    return fold(cell.text) if cell else ""


# --- places ---


def _form_of(said: Statement, forms: Sequence[Form]) -> Form | None:
    """The form that a statement stands in."""
    at = said.number[0].start
    return next((form for form in forms if form.table.table.span.start <= at < form.table.table.span.end), None)


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
