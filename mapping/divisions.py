"""Lists to the parts of a whole by their measures: such as make up all of it, and such as exclude each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mapping.adding import first_added
from mapping.lexicon import load, pattern
from mapping.sayings import come_to
from mapping.statements import Statement
from mapping.tied import Tie, Told, counted, counts_in, exact, is_amount

# How many amounts may stand between one and a sentence that names it again.
_NEAR = 4


def complete_parts(statements: Sequence[Statement], whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The parts that by their terms make up all of `whole`; none when one is missing, twice there, or not exact."""
    one = statements[whole]
    for division in load("ties")["divisions"]:
        if one.measure not in division["of"] or one.functional_class:
            continue
        members = {*division["all"], *division.get("also", ())}
        places = [at for at in listed if statements[at].measure in members and _is_member(statements[at], one)]
        times = Counter(statements[at].measure for at in places)
        others = [at for at in listed if at not in places and _is_member(statements[at], one)]
        others += [at for at in listed if _is_of_no_term(statements[at], one)]
        if any(statements[at].measure == one.measure and statements[at].value == one.value for at in places):
            return ()  # 实有97人，其中在职97人，退休6人: what is all of it leaves nothing to the others
        if set(division["all"]) <= times.keys() and max(times.values()) == 1 and not others:
            counting = all(counts_in(statements[at], one) for at in places)
            return (_with_unnamed(statements, whole, listed) or places) if counting else ()
    return ()


def named_again(told: Told) -> Iterator[tuple[int, Sequence[int]]]:
    """Amounts, each with those of a sentence behind it that begins with its name (支出预算9万元。支出预算中，…)."""
    amounts = [at for at, one in enumerate(told.all) if is_amount(one) and one.operator == "="]
    for place, first in enumerate(amounts):
        before = (
            (at, re.search(load("ties")["named-again"], told.between(at, first))) for at in amounts[:place][-_NEAR:]
        )
        wholes = [at for at, found in before if found and told.lead(at).endswith(found["name"])]
        if wholes:
            yield wholes[-1], [at for at in amounts[place:] if told.near(first, at)]


def is_whole_by_terms(statements: Sequence[Statement], whole: int, parts: Sequence[int]) -> bool:
    """Whether parts are, in every year, all that `whole` is made up of: no other term may stand beside theirs."""
    measures = sorted(statements[at].measure for at in parts)
    closed = (one for one in load("ties")["divisions"] if "also" not in one and statements[whole].measure in one["of"])
    return any(measures == sorted(one["all"]) for one in closed)


def _with_unnamed(statements: Sequence[Statement], whole: int, listed: Sequence[int]) -> Sequence[int]:
    """All amounts of a list, of terms known or not (租车费), where together they come to its whole; else none."""
    one = statements[whole]
    amounts = [at for at in listed if counts_in(statements[at], one)]
    sure = one.kind == "amount" and all(exact(statements[at]) for at in (whole, *amounts))
    return amounts if sure and come_to((statements[at] for at in amounts), one) else ()


def _is_of_no_term(part: Statement, whole: Statement) -> bool:
    """Whether a part has a name of its own that is no term, so that the list says nothing of it but what it divides.

    An amount of its whole's measure, or persons (实有20人，其中在职9人、退休8人、甲中心3人).
    """
    named = part.subject not in (None, whole.subject) and part.functional_class is None
    measure = {"amount": whole.measure, "count": "persons"}.get(whole.kind)
    return named and part.kind == whole.kind and part.measure == measure


def _is_member(part: Statement, whole: Statement) -> bool:
    """Whether a part is of the whole's body as such, not of one of its projects or classes."""
    return part.subject == whole.subject and part.functional_class is None


def with_next(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The counts of a list, with the one that its line tells right behind it where only so they come to their whole.

    实有60人，其中：在职40人，退休12人。编外8人.
    """
    one, after = told.all[whole], listed[-1] + 1 if listed else 0
    parts = [told.all[at] for at in listed if counts_in(told.all[at], one)]
    if not parts or after not in told.line(whole) or not (counted(one) and counted(told.all[after])):
        return listed
    rest = one.value - sum(part.value for part in parts)
    alike = told.all[after].unit == one.unit and told.all[after].parent is None
    return [*listed, after] if alike and told.all[after].value == rest else listed


def with_amounts(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The counts of a list that each have their amount right behind them, where these come to the amount of the whole.

    项目11个，资金90万元，其中：甲类9个，资金80万元；乙类2个，资金10万元. Only of what no two parts count (projects).
    """
    behind = [at + 1 for at in listed]
    if len(listed) < 2 or behind[-1] >= len(told.all) or told.all[whole].measure not in load("ties")["counted-once"]:
        return ()
    alike = all(counted(told.all[at]) and told.all[at].unit == told.all[whole].unit for at in listed)
    wholes = {told.all[at].parent if is_amount(told.all[at]) else None for at in behind}
    money = wholes.pop() if len(wholes) == 1 else None
    if money is None or not alike or not is_amount(told.all[money]) or not told.near(whole, money):
        return ()
    return listed if come_to((told.all[at] for at in behind), told.all[money]) else ()


def exclusive_parts(told: Told, whole: int, listed: Sequence[int]) -> Iterator[Tie]:
    """Parts of an amount, of its year and phase, that by their terms exclude each other, though not all are listed.

    None of a list that goes on with what is added to the amount, or with a total.
    """
    statements, one = told.all, told.all[whole]
    if first_added(told, listed[-1]) is not None or any(re.search("[合总]计", told.lead(at)) for at in listed):
        return
    for division in (*load("ties")["divisions"], *load("ties")["exclusive"]):
        if one.measure not in division["of"] or one.kind != "amount" or one.functional_class:
            continue
        alike = [at for at in listed if _is_member(statements[at], one) and counts_in(statements[at], one)]
        alike = [at for at in alike if statements[at].fiscal_year == one.fiscal_year]
        alike = [at for at in alike if statements[at].phase in (None, one.phase)]
        times = Counter(measure for at in alike if (measure := statements[at].measure) in division["all"])
        if times and max(times.values()) == 1:
            yield from (Tie(whole, "includesPart", at) for at in alike if statements[at].measure in times)
            return


def single_part(told: Told, whole: int, listed: Sequence[int]) -> Iterator[Tie]:
    """The only part of an amount, of its term or one within it, that 其中 leads to in the same sentence.

    It is no more than that.

    收入32亿元，增长2%，其中开发区9亿元.
    """
    one, part = told.all[whole], told.all[listed[0]]
    alone = len(listed) == 1 and is_amount(one) and is_amount(part) and one.value > 0
    within = one.measure in (part.measure, load("ties")["within"].get(part.measure))
    same = within and part.fiscal_year == one.fiscal_year and part.phase in (None, one.phase)
    between = told.between(whole, listed[0])
    led = pattern("ties", "divides").search(told.lead(listed[0])) and not re.search("[。；]", between)
    if alone and same and led and one.measure not in load("ties")["of-anything"]:
        yield Tie(whole, "includesPart", listed[0])
