"""Lists to what they divide: parts that are all of it, or that exclude each other."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from mapping.adding import read_added
from mapping.amounts import meet, swapped, together
from mapping.divisions import complete_parts, exclusive_parts, named_again, single_part, with_amounts, with_next
from mapping.lexicon import load, pattern
from mapping.quantities import whole_number
from mapping.sayings import bounds, come_to
from mapping.statements import Statement
from mapping.tied import Tie, Told, counted, counts_in, exact, in_one_unit, is_amount
from mapping.totals import tie_total

# No shorter name tells a unit.
_SHORTEST_UNIT = 3
# An amount of fewer digits may come to a sum by chance once two of them are changed over.
_MANY = 5
_FEW = 3


def tie_parts(told: Told, units: Collection[str]) -> Iterator[Tie]:
    """The parts of every divided amount or count: all of them, or such as exclude each other.

    `units` are the names of the bodies that the document covers.
    """
    for whole, children in (*_nested(told, _children(told.all)), *named_again(told)):
        listed = with_next(told, whole, _without_beside(told, whole, children))
        if not listed or told.all[whole].operator != "=" or told.all[whole].low is not None:
            continue
        by_unit = _by_unit(told, whole, listed, units)
        listed = [at for at in listed if at < by_unit[0]] if by_unit else listed
        complete = complete_parts(told.all, whole, listed) or _slipped(told.all, whole, listed)
        complete = complete or _opposites(told, whole, listed) or _of_debt(told, whole, listed)
        complete = complete or _by_words(told, whole, listed) or with_amounts(told, whole, listed)
        complete = complete or _all_years(told, whole, listed) or _swapped(told.all, whole, listed)
        if by_unit and (not complete or _is_sum_of(told, whole, complete)):
            complete = by_unit
        yield from (Tie(whole, "dividedInto", part) for part in complete)
        if listed and (not complete or complete is by_unit):
            others = list(_kinds(told, whole, listed)) or list(exclusive_parts(told, whole, listed))
            others = others or list(single_part(told, whole, listed))
            yield from (tie for tie in others if not complete or tie.name != "dividedInto")
    for added in read_added(told):
        yield from (Tie(added.total, "dividedInto", part) for part in (added.base, *added.others))
    for at in range(len(told.all)):
        yield from _counts_of_years(told, at)
        yield from _amounts_of_years(told, at)
        yield from _changed(told, at)
        yield from _by_origin(told, at)
        yield from _worn_behind(told, at)
        yield from tie_total(told, at)


def _children(statements: Sequence[Statement]) -> Mapping[int, Sequence[int]]:
    """The places of the parts of each number, by its own."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(statements):
        if one.parent is not None:
            found[one.parent].append(at)
    return found


def _nested(told: Told, children: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, Sequence[int]]]:
    """The lists by what they divide, without counts that divide a part before them, which are a list of their own.

    实有62人，其中：在职人数小计49人，行政在职人数19人、事业在职人数30人；退休人数13人.
    """
    for whole, listed in children.items():
        own: dict[int, list[int]] = {}
        within: int | None = None
        for at in listed:
            if within is None or not _is_kind_of(told, at, within):
                within = at
            own.setdefault(within, []).append(at)
        yield whole, list(own)
        yield from ((part, kinds[1:]) for part, kinds in own.items() if len(kinds) > 1)


def _is_kind_of(told: Told, at: int, part: int) -> bool:
    """Whether a count is called what the part before it is called, with more words before that."""
    words = load("ties")
    noun, named = (re.sub(words["sum-of-kinds"], "", told.lead(one)) for one in (part, at))
    noun = re.sub(words["unit-lead"], "", noun)
    alike = counted(told.all[at]) and counted(told.all[part]) and told.all[at].unit == told.all[part].unit
    return alike and bool(re.search(words["of-kinds"], noun)) and named != noun and named.endswith(noun)


def _without_beside(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The numbers of a list without counts of what is beside its whole, unless only with them it comes to the whole.

    在编40人，其中管理人员12人、专业人员28人；另有劳务派遣9人; 在职40人，其中教师36人，退休9人.
    """
    lead = told.lead(whole)
    beside = [one["beside"] for one in load("ties")["beside-whole"] if re.search(one["of"], lead)]
    aside = [at for at in listed if counted(told.all[at]) and any(re.search(one, told.lead(at)) for one in beside)]
    alike = [told.all[at].value for at in listed if counts_in(told.all[at], told.all[whole])]
    return listed if sum(alike) == told.all[whole].value else [at for at in listed if at not in aside]


def _counted_alike(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The counts of a list that are in the unit of its whole."""
    return [at for at in listed if counted(told.all[at]) and told.all[at].unit == told.all[whole].unit]


# --- parts that are all of their whole ---


def _by_unit(told: Told, whole: int, listed: Sequence[int], units: Collection[str]) -> Sequence[int]:
    """The numbers of a list that names the department's own level and each unit below it once, and no other.

    在职79人，其中：局本级31人，休养所25人，陵园管理中心23人; what comes before them divides the whole in another way
    (采购9万元，其中货物7万元、服务2万元。按单位分，局本级6万元、服务中心3万元).
    """
    words = load("ties")
    alike = [at for at in listed if is_amount(told.all[at])] if is_amount(told.all[whole]) else ()
    parts = alike or _counted_alike(told, whole, listed)
    named = [(at, re.sub(words["unit-lead"], "", told.lead(at))) for at in parts]
    named = list(itertools.dropwhile(lambda one: not _is_unit(one[1], units), named))
    known = dict(itertools.takewhile(lambda one: _is_unit(one[1], units), named))
    own = sum(bool(re.search(words["own-unit"], name)) for name in known.values()) == 1
    all_named = own and len(set(known.values())) == len(known) == len(units) > 1
    return list(known) if all_named and (alike or counted(told.all[whole])) else ()


def _is_sum_of(told: Told, whole: int, parts: Sequence[int]) -> bool:
    """Whether parts make up their whole."""
    one = told.all[whole]
    if is_amount(one):
        return come_to((told.all[at] for at in parts), one)
    return sum(told.all[at].value for at in parts) == one.value


def _is_unit(name: str, units: Collection[str]) -> bool:
    """Whether words are the department's own level, or the name of a unit with or without its place."""
    own = pattern("ties", "own-unit").search(name)
    return bool(own) or (len(name) >= _SHORTEST_UNIT and sum(unit.endswith(name) for unit in units) == 1)


def _slipped(statements: Sequence[Statement], whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The parts that make up an amount once the only number of another unit (元) is read in that of the others (万元).

    The list may go on with amounts of something else, where it is the whole that is in another unit.
    """
    parts = [at for at in listed if is_amount(statements[at]) and statements[at].value]
    for count in range(len(parts), 1, -1):
        numbers = [statements[at] for at in (whole, *parts[:count])]
        units = Counter(one.unit for one in numbers)
        usual = max(units, key=lambda unit: units[unit])
        alone = len(units) == 2 and units[usual] == count and (count == len(listed) or numbers[0].unit != usual)
        read = [bounds(replace(one, unit=usual)) for one in numbers]
        if exact(numbers[0]) and numbers[0].value and alone and meet(read[0], together(read[1:])):
            return parts[:count]
    return ()


def _swapped(statements: Sequence[Statement], whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The amounts that make up another exactly once two digits of one of them are changed over.

    Only of numbers of so many digits that no list that leaves something out comes to it by chance.
    """
    numbers = [statements[at] for at in (whole, *listed)]
    if not all(map(is_amount, numbers)) or len({one.unit for one in numbers}) > 1:
        return ()
    sure = not come_to(numbers[1:], numbers[0])
    return listed if sure and _changed_over(statements, whole, listed, _MANY) else ()


def _changed_over(statements: Sequence[Statement], whole: int, listed: Sequence[int], digits: int) -> bool:
    """Whether two digits of one number, of so many, are changed over: else the list would come to its whole exactly."""
    numbers = [statements[at] for at in (whole, *listed)]
    gap = numbers[0].value - sum(one.value for one in numbers[1:])
    long = [(at, one) for at, one in enumerate(numbers) if sum(map(str.isdigit, one.printed)) >= digits]
    changes = [(one.value - value) * (-1 if at else 1) for at, one in long for value in swapped(one.printed)]
    return len(listed) > 1 and gap in changes


def _opposites(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """Two counts that by their words leave nothing besides: men and women, above and below one bound."""
    words, one = load("ties"), told.all[whole]
    pair = _counted_alike(told, whole, listed)[:2]
    names = [re.sub(words["opposite-beside"], "", told.lead(at)) for at in pair]
    if not counted(one) or len(pair) < 2:
        return ()
    for first, second in words["opposites"]:
        rest = [re.sub(first, "", names[0], count=1), re.sub(second, "", names[1], count=1)]
        bare = re.sub(words["opposite-bound"], "", rest[0])
        if rest[0] == rest[1] and rest[0] != names[0] and rest[1] != names[1] and bare in told.lead(whole):
            return pair
    return ()


def _of_debt(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The two amounts of a list of nothing else that by their words are all that a government owes.

    到期债务9亿元，其中一般债务5亿元、专项债务4亿元.
    """
    words = load("ties")["kinds-of-debt"]
    names = [pattern("ties", "opposite-beside").sub("", told.lead(at)) for at in listed]
    kinds = [re.match(words, name) for name in names]
    rest = {name[one.end() :] for name, one in zip(names, kinds, strict=True) if one}
    both = len(listed) == len({one[0] for one in kinds if one}) == 2 and len(rest) == 1
    exactly = all(is_amount(told.all[at]) for at in (whole, *listed))
    return listed if both and exactly and rest.pop() in told.lead(whole) else ()


def _by_words(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The amounts of a list of nothing else that by their words are all that their whole is made up of.

    人员经费9万元（工资福利支出8万元、对个人和家庭的补助1万元）.
    """
    exactly = all(is_amount(told.all[at]) for at in (whole, *listed))
    for one in load("ties")["divided-by-words"]:
        named = [at for words in one["parts"] for at in listed if re.search(words, told.lead(at))]
        each = len(named) == len(listed) == len(one["parts"]) and set(named) == set(listed)
        if exactly and each and told.all[whole].measure in one["of"]:
            return listed
    return ()


def _all_years(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The amounts of all years that the words before a whole say it is of (三年共90万元：2023年20万元…).

    Of so many years, or from one to another (2022年至2024年累计90万元).
    """
    years = _of_years(told, whole, listed)
    count = pattern("ties", "all-years").search(told.lead(whole))
    ends = pattern("ties", "from-to-year").search(told.lead(whole))
    closed = bool(years) and sorted(years) == list(range(min(years), min(years) + len(years)))
    said = (count and whole_number(count[1]) == len(years)) or (
        ends and years and (int(ends[1]), int(ends[2])) == (min(years), max(years))
    )
    return listed if closed and said else ()


def _counts_of_years(told: Told, whole: int) -> Iterator[Tie]:
    """The counts of all years right behind a count that is said to be of so many (三年共新建54栋，2024年16栋，…)."""
    count = pattern("ties", "years-of-count").search(told.lead(whole)) if counted(told.all[whole]) else None
    years = whole_number(count[1]) if count else None
    listed = range(whole + 1, min(whole + 1 + (years or 0), len(told.all)))
    named = [pattern("ties", "of-year").search(told.lead(at)) for at in listed]
    first = int(named[0][1]) if named and named[0] else 0
    in_order = [int(one[1]) if one else 0 for one in named] == list(range(first, first + len(listed)))
    if (
        years
        and len(_counted_alike(told, whole, listed)) == years
        and first
        and in_order
        and told.near(whole, listed[-1])
    ):
        yield from (Tie(whole, "dividedInto", at) for at in listed)


def _amounts_of_years(told: Told, whole: int) -> Iterator[Tie]:
    """The amounts of all years behind that of a period, which its sentence names.

    2024-2025年项目，总投资9万元，2024年安排4万元，2025年安排5万元.
    """
    term = pattern("ties", "term-of-period").search(told.before(whole)) if is_amount(told.all[whole]) else None
    if term is None or not pattern("ties", "of-period").search(told.lead(whole)):
        return
    years = list(range(int(term[1]), int(term[2]) + 1))
    listed = range(whole + 1, min(whole + 1 + len(years), len(told.all)))
    if len(listed) == len(years) > 1 and told.near(whole, listed[-1]) and _of_years(told, whole, listed) == years:
        yield from (Tie(whole, "dividedInto", at) for at in listed)


def _of_years(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The years of the amounts of a list that has one amount for each year; none of any other."""
    shape = load("ties")["of-year"]
    amounts = [told.all[at] for at in (whole, *listed)]
    named = [re.search(shape, told.lead(at)) for at in listed]
    years = [int(one[1]) for one in named if one]
    alike = all(map(is_amount, amounts)) and len(years) == len(listed) > 1
    return years if alike and len(set(years)) == len(years) else ()


# --- parts that exclude each other ---


def _kinds(told: Told, whole: int, listed: Sequence[int]) -> Iterator[Tie]:
    one = told.all[whole]
    assets = _assets(told, whole, listed)
    if not assets or come_to((told.all[at] for at in assets), one):
        assets = _worn(told, whole, listed) or assets
    if assets:
        yield from (Tie(whole, "dividedInto", part) for part in assets)
        return
    if one.kind != "count":
        period = pattern("ties", "of-period").search(told.lead(whole)) and _of_years(told, whole, listed)
        parts = listed if period else _sources(told, whole, listed) or _classes(told.all, whole, listed)
        yield from (Tie(whole, "includesPart", part) for part in parts)
        return
    kinds, closed = _family(told, whole, [at for at in listed if counted(told.all[at])])
    parts = kinds or _alike(told, whole, listed)
    yield from (Tie(whole, "includesPart", part) for part in parts)
    named = kinds if closed else parts if _changed_over(told.all, whole, parts, _FEW) else ()
    yield from (Tie(whole, "listsKind", part) for part in named)


def _assets(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The kinds of assets that make up the value of all of them: the last is what is left (家具及其他)."""
    words, one = load("ties")["assets"], told.all[whole]
    if one.kind != "amount" or one.measure not in words["of"] or len(listed) < 2:
        return ()
    kinds = all(re.search(words["kinds"], told.lead(at)) and counts_in(told.all[at], one) for at in listed)
    return listed if kinds and re.search(words["last"], told.lead(listed[-1])) else ()


def _worn(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """What is written off of the value of assets and what is left of it (原值9万元，累计折旧4万元，净值5万元)."""
    words, one = load("ties")["assets"], told.all[whole]
    if one.kind != "amount" or one.measure not in words["of"] or not re.search(words["gross"], told.lead(whole)):
        return ()
    found = [[at for at in listed if re.fullmatch(words[name], told.lead(at))] for name in ("worn", "left")]
    pair = [at for places in found for at in places]
    return pair if [len(one) for one in found] == [1, 1] and all(counts_in(told.all[at], one) for at in pair) else ()


def _worn_behind(told: Told, at: int) -> Iterator[Tie]:
    """The same of the two amounts right behind a value that is not called divided, in its sentence."""
    pair = [at + 1, at + 2]
    plain = pair[-1] < len(told.all) and told.near(at, pair[-1]) and all(told.all[one].parent is None for one in pair)
    yield from (Tie(at, "dividedInto", part) for part in (_worn(told, at, pair) if plain else ()))


def _sources(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """The money of each level of government in a list of nothing else (中央资金6万元，省级资金2万元，县级资金3万元).

    None where that of all local levels (地方) may hold that of some of them.
    """
    shape, one = load("ties")["sources"], told.all[whole]
    found = {level[1]: at for at in listed if (level := re.search(shape, told.lead(at)))}
    sure = len(found) == len(listed) > 1 and all(counts_in(told.all[at], one) and exact(told.all[at]) for at in listed)
    wide = [found[level] for level in ("中央", "地方") if level in found]
    held = sure and len(wide) > 1 and come_to((told.all[at] for at in wide), one)
    return listed if sure and exact(one) and not held else ()


def _classes(statements: Sequence[Statement], whole: int, listed: Sequence[int]) -> Sequence[int]:
    """Parts of one depth of the functional classification."""
    fit = [at for at in listed if counts_in(statements[at], statements[whole])]
    classes = {at: statements[at].functional_class for at in fit if statements[at].functional_class}
    if not classes or statements[whole].kind != "amount":
        return ()
    depth = min(len(code or "") for code in classes.values())
    level = [at for at, code in classes.items() if len(code or "") == depth]
    return level if len({classes[at] for at in level}) == len(level) else ()


def _family(told: Told, whole: int, listed: Sequence[int]) -> tuple[Sequence[int], bool]:
    """The kinds at the head of a list that are of one family, and whether they seem to be all; none if others follow.

    What follows behind a semicolon speaks of something else.
    """
    for family in load("ties")["families"]:
        if told.all[whole].measure not in family["of"]:
            continue
        first = told.all[listed[0]] if listed else None
        all_of_it = first is not None and first.value == told.all[whole].value and first.unit == told.all[whole].unit
        if all_of_it and not re.search(family["kinds"], told.lead(listed[0])):
            listed = listed[1:]  # 在职40人，其中财政补助40人，管理人员5人、专业技术人员35人
        kinds = _leading(told, listed, family["kinds"])
        rest = [at for at in listed[len(kinds) :] if kinds and in_one_unit(told.all[at], told.all[kinds[-1]])]
        names = [told.lead(at) for at in kinds]
        if len(kinds) < 2 or len(set(names)) < len(names):
            continue
        if "unless" in family and any(re.search(family["unless"], name) for name in names):
            continue
        if rest and not re.search("[；。]", told.between(kinds[-1], rest[0])):
            return (), False
        shapes = [family[shape] for shape in ("closed", "beside") if shape in family]
        closed = all(any(re.search(shape, name) for name in names) for shape in shapes)
        ends = re.match("[^，、；。]{0,3}等", told.text[told.all[kinds[-1]].number[-1].end :])
        return kinds, closed and not ends
    return (), False


def _leading(told: Told, listed: Sequence[int], shape: str) -> Sequence[int]:
    """The numbers at the head of a list whose words are of a shape, to the semicolon that ends two of them or more."""
    for count, at in enumerate(listed):
        ends = count > 1 and re.search("[；。]", told.between(listed[count - 1], at))
        apart = count > 0 and ends and not re.search("；", told.between(listed[0], listed[1]))
        if apart or not re.search(shape, told.lead(at)):
            return listed[:count]
    return listed


def _alike(told: Told, whole: int, listed: Sequence[int]) -> Sequence[int]:
    """Counts of what their whole counts, of no kinds that may overlap (党员, 女职工).

    What follows behind a semicolon speaks of something else, as in a family.
    """
    one, listed = told.all[whole], _leading(told, listed, "")
    same = [at for at in listed if counted(told.all[at]) and told.all[at].measure == one.measure]
    overlap = any(pattern("ties", "overlapping").search(told.lead(at)) for at in same)
    return () if overlap else _to_the_whole(told, whole, [at for at in same if told.all[at].unit == one.unit])


def _to_the_whole(told: Told, whole: int, parts: Sequence[int]) -> Sequence[int]:
    """The parts called what the whole is called, where they are all of it.

    建议36件，其中重点建议11件、一般建议25件，办结33件.
    """
    noun = told.lead(parts[0])[-2:] if parts else ""
    named = list(itertools.takewhile(lambda at: told.lead(at).endswith(noun), parts))
    complete = sum(told.all[at].value for at in named) == told.all[whole].value
    return named if len(named) > 1 and noun in told.lead(whole) and complete else parts


# --- money of the year and of years before ---


def _by_origin(told: Told, at: int) -> Iterator[Tie]:
    """A kind of expenditure to the year's money and the money carried over that the sentence behind divides it into.

    项目支出40万元。项目支出中，当年财政拨款安排30万元，上年结转安排10万元: nothing else pays for it.
    """
    words, carried = load("ties")["by-origin"], at + 1
    head = re.search(words["current"], told.before(at)) if is_amount(told.all[at]) else None
    if head is None or carried == len(told.all) or not is_amount(told.all[carried]) or not told.near(at, carried):
        return
    closed = re.match(words["closed"], told.behind(carried)) and re.search(words["carried"], told.lead(carried))
    before = range(told.first_of_line(at), at)
    wholes = [one for one in before if is_amount(told.all[one]) and told.lead(one).endswith(head["name"])]
    if closed and len(wholes) == 1:
        yield from (Tie(wholes[0], "dividedInto", part) for part in (at, carried))


# --- counts that changed ---


def _changed(told: Told, at: int) -> Iterator[Tie]:
    """The larger of the counts of two years, right before a change, to the other and to what came or went.

    在职214人，比上年末219人减少5人: the 219 are those who are left and those who went.
    """
    change = told.all[at]
    if at < 2 or change.kind != "change" or change.direction is None or change.operator != "=":
        return
    now, before = told.all[at - 2], told.all[at - 1]
    alike = all(counted(one) and one.unit == change.unit for one in (now, before)) and now.measure == before.measure
    years = now.fiscal_year is not None and before.fiscal_year == now.fiscal_year - 1
    led = pattern("ties", "from-count").search(told.lead(at - 1)) and told.near(at - 2, at)
    if alike and years and led:
        whole, rest = (at - 2, at - 1) if change.direction == "increase" else (at - 1, at - 2)
        yield from (Tie(whole, "dividedInto", part) for part in (rest, at))
