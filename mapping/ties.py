"""Statements to the readings they are said of: a change to its amounts, a share to part and whole, parts to their sum.

What is tied is comparable; whether it agrees is left to `shapes/audit`. What words and keys leave open is not tied.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from mapping.amounts import MULTIPLIERS
from mapping.changes import tie_changes
from mapping.completions import tie_completions
from mapping.divisions import is_whole_by_terms
from mapping.factors import tie_averages, tie_factors
from mapping.keys import Key
from mapping.kinds import tie_parts
from mapping.lexicon import load, pattern
from mapping.readings import Readings
from mapping.sayings import come_to
from mapping.shares import tie_shares
from mapping.tied import Target, Tie, Told, counted, is_amount, signed_twice

# How far before a count of staff, in code points, the posts stand that it fills.
_NEAR = 60
_STAFF = frozenset({"staff", "staff-civil", "staff-institution", "staff-worker"})


def tie(read: Readings, units: Collection[str]) -> list[Tie]:
    """All ties of a document's statements; `units` are the bodies that it covers."""
    told = read.told
    steps = (tie_factors, tie_averages, _restated, _posts, _left)
    ties = [one for at in range(len(told.all)) for step in steps for one in step(told, at)]
    ties += [one for at in range(len(told.all)) for one in _balance(read, at)]
    changes, parts = list(tie_changes(read)), list(tie_parts(told, units))
    ties += [*changes, *tie_shares(read), *tie_completions(read), *parts]
    return [*ties, *_changed_parts(told, changes, parts)]


def _changed_parts(told: Told, changes: Sequence[Tie], parts: Sequence[Tie]) -> Iterator[Tie]:
    """The change of an amount to those of its parts, where these are by their terms all of it and each has one.

    “三公”经费9万元，减少3万元，其中：因公出国费2万元，减少4万元；公务用车费6万元，增加1万元；公务接待费1万元，增加0万元.
    """
    changed: dict[tuple[Target, int | None, str | None], list[int]] = {}
    for one in changes:
        said = told.all[one.at]
        exactly = said.operator == "=" and said.low is None and not signed_twice(said)
        if one.name == "changeOf" and exactly and said.unit in MULTIPLIERS:
            changed.setdefault((one.to, said.relative_year, said.relative_phase), []).append(one.at)
    divided: dict[Target, list[int]] = {}
    for one in parts:
        if one.name == "dividedInto" and isinstance(one.to, int):
            divided.setdefault(one.at, []).append(one.to)
    for (whole, year, phase), own in changed.items():
        listed = divided.get(whole, ())
        found = [changed.get((part, year, phase), []) for part in listed]
        alone = len(own) == 1 and all(len(one) == 1 for one in found)
        if listed and alone and isinstance(whole, int) and is_whole_by_terms(told.all, whole, listed):
            yield from (Tie(own[0], "dividedInto", one[0]) for one in found)


def _restated(told: Told, at: int) -> Iterator[Tie]:
    """An amount in brackets to the one before it that it repeats in another unit, or in words.

    85759元（折合8.58万元）; 120万元（大写：壹佰贰拾万元整）.
    """
    one, before = told.all[at], told.all[max(at - 1, 0)]
    alike = at and is_amount(one) and is_amount(before)
    words = load("ties")["restates-unless"]
    broken = alike and any(re.match(words, told.behind(place)) for place in (at - 1, at))
    if alike and not broken and pattern("ties", "restates").search(told.between(at - 1, at)):
        yield Tie(at, "restates", at - 1)


def _left(told: Told, at: int) -> Iterator[Tie]:
    """A budget to what was spent of it and what is left, right behind it in its sentence: parts of it.

    全年预算9万元，执行7万元，结余2万元.
    """
    words, line = load("ties"), told.line(at)
    parts = [place for place in range(at + 1, line.stop) if told.all[place].kind != "rate"][:2]
    if len(parts) < 2 or not all(map(is_amount, (told.all[at], *(told.all[place] for place in parts)))):
        return
    said = [told.lead(place) for place in (at, *parts)]
    shapes = (words["budget-spent"][name] for name in ("budget", "spent", "left"))
    near = told.near(at, parts[-1]) and "；" not in told.between(at, parts[-1])
    if near and all(map(re.search, shapes, said)):
        yield from (Tie(at, "dividedInto", place) for place in parts)


def _posts(told: Told, at: int) -> Iterator[Tie]:
    """The posts that a count of staff fills: those of the same body shortly before it."""
    one = told.all[at]
    if one.measure != "staff" or one.kind != "count" or one.operator != "=" or one.parent is not None:
        return
    posts: list[int] = []
    for place in range(at - 1, -1, -1):
        found = told.all[place]
        if one.number[0].start - found.number[-1].end > _NEAR or found.measure in _STAFF:
            break
        exact = found.kind == "count" and found.operator == "=" and found.parent is None
        if exact and found.measure == "authorised-posts" and found.subject == one.subject:
            posts.append(place)
    if (total := _total(told, posts)) is not None and not _within(told, at, total):
        yield Tie(_on_posts(told, at), "postsOf", total)
        yield from _vacant(told, at, total)


def _within(told: Told, at: int, posts: int) -> bool:
    """Whether staff without those of its list who have no posts is no more than the posts (在职9人（含聘用2人）)."""
    parts = [one.value for one in told.all if one.parent == at and one.measure == "staff-other"]
    return bool(parts) and told.all[at].value - sum(parts) <= told.all[posts].value


def _vacant(told: Told, at: int, posts: int) -> Iterator[Tie]:
    """The posts that a count of staff leaves free, right behind it, with the staff: parts of all posts.

    核定编制30名，在职26人，空编4名.
    """
    free = at + 1
    beside = free < len(told.all) and counted(told.all[free]) and told.near(at, free)
    vacant = beside and pattern("ties", "vacant").fullmatch(told.lead(free))
    if vacant and _on_posts(told, at) == at:
        yield from (Tie(posts, "dividedInto", part) for part in (at, free))


def _on_posts(told: Told, at: int) -> int:
    """The only part of a count of staff that has posts (在岗34人，其中：在编21人，聘用13人), else all of it."""
    parts = [place for place in range(at + 1, len(told.all)) if told.all[place].parent == at]
    filled = [place for place in parts if pattern("ties", "on-posts").search(told.lead(place))]
    return filled[0] if len(filled) == 1 and counted(told.all[filled[0]]) else at


def _total(told: Told, counts: Sequence[int]) -> int | None:
    """Of several counts the one that the others add up to; the only one."""
    values = {place: told.all[place].value for place in counts}
    whole = sum(values.values())
    fit = [place for place, value in values.items() if len(counts) == 1 or value * 2 == whole]
    return fit[0] if len(fit) == 1 else None


def _balance(read: Readings, at: int) -> Iterator[Tie]:
    """Total expenditure to the total income of its sentence: of one year, phase and fund."""
    told = read.told
    spent = {_account(key) for key in read.keys.get(at, ()) if key.measure == "total-expenditure"}
    for place in range(at - 1, -1, -1) if len(read.keys.get(at, ())) == 1 and spent else ():
        if not told.near(place, at):
            return
        keys = read.keys.get(place, ())
        if len(keys) == 1 and keys[0].measure == "total-income" and _account(keys[0]) in spent:
            if not _leaves(read, place, at):
                yield Tie(at, "balancedBy", place)
            return


def _leaves(read: Readings, income: int, spent: int) -> bool:
    """Whether the line says what is left of an income behind its expenditure (收入9万元，支出7万元。结余2万元)."""
    told = read.told
    behind = (told.all[at] for at in range(spent + 1, told.line(spent).stop))
    left = (one for one in behind if one.measure == "closing-carry-over" and is_amount(one))
    return any(come_to((told.all[spent], one), told.all[income]) for one in left)


def _account(key: Key) -> tuple[str, str, int, str, str]:
    """What total income and total expenditure that must balance have in common."""
    return key.entity, key.level, key.year, key.phase, key.fund_scope
