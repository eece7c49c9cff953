"""Persons whom no label announces, to the places of their names: who is paid, who holds an office, who lives where.

A name without a label counts only where it begins with a frequent surname and goes on in characters of given names, or
is made of names of peoples without a Han surname, and where the words on both sides speak of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from mapping.lexicon import lines, load, pattern

# surnames.txt begins with so many by frequency.
_FREQUENT = 100
_MONEY = r"\d[\d.,]*(?:万元|元)"


def named(content: str) -> Iterator[tuple[int, int]]:
    """The places of names in running text, each name of a row of them alone."""
    for shape in _shapes():
        for found in shape.finditer(content):
            for one in _sure().finditer(content, *found.span("names")):
                yield one.span()


def made_of_names(words: str) -> bool:
    """Whether words are nothing but names of peoples who bear no Han surname.

    >>> made_of_names("扎西次仁"), made_of_names("实施单位")
    (True, False)
    """
    return bool(re.fullmatch(_unsurnamed(), words))


@cache
def likely() -> str:
    """An expression of what is a name by its characters alone.

    >>> [bool(re.fullmatch(likely(), one)) for one in ("刘志明", "次仁多吉", "高度", "安家费", "邓小平")]
    [True, True, False, False, False]
    """
    words, surnames = load("persons"), lines("surnames.txt")
    frequent = "|".join(surnames[:_FREQUENT])
    given = f"[{words['given']}]"
    han = rf"(?!{words['public']})(?:{surname()}{given}{{2}}|(?:{frequent}){given})"
    return f"(?:{han}|{_unsurnamed()})"


@cache
def surname() -> str:
    """An expression of any surname, compound ones first; those of one character as a class, which is quicker."""
    compound = sorted((one for one in lines("surnames.txt") if len(one) > 1), key=lambda one: (-len(one), one))
    single = "".join(one for one in lines("surnames.txt") if len(one) == 1)
    return f"(?:{'|'.join(compound)}|[{single}])"


@cache
def _unsurnamed() -> str:
    parts = "|".join(load("persons")["unsurnamed"])
    return rf"(?:{parts})(?:[·•]?(?:{parts})){{0,3}}[江汗木娜]?"


@cache
def _sure() -> re.Pattern[str]:
    return re.compile(likely())


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    words = load("persons")
    name, called = likely(), "(?:同志|先生|女士|小姐)"
    row = rf"(?P<names>{name}(?:[、和及]{name})*)"
    close = "|".join(words["close"])
    return tuple(
        re.compile(shape, re.MULTILINE)
        for shape in (
            rf"{words['recipients']}{row}(?={words['benefits']}|{_MONEY})",
            rf"(?<=[给为向、，。；：:（(\s]){row}(?={called}?的?(?:遗属|遗孀))",
            rf"(?<=[给向]){row}(?={words['benefits']}|{_MONEY})",
            rf"户名[:：][ \u3000]*{row}(?=[，,；;。\s|]|$)",
            rf"{row}(?={called})",
            rf"{words['offices']}[:：]?[ \u3000]?{row}(?={words['acts']}|[，,；;。)）(（\s]|$)",
            rf"(?P<names>{_long()})(?=副?(?:{words['offices']})(?:[，,、；;。)）]|{words['acts']}))",
            rf"{words['bodies']}[(（](?P<names>{_long()})[)）]",
            rf"(?:{close})[ \u3000]*{row}(?=[，,；;。、(（\s]|$)",
            rf"(?<=[：:、，,；;（(])(?P<names>{_long()})(?={_MONEY})",
            rf"(?<=[：:、，,；;（(])(?P<names>{name}{_MONEY}(?:[、，,；;和及]{name}{_MONEY})+)",
        )
    )


@cache
def _long() -> str:
    """A likely name of three characters: those of two are often places (高平, 金华)."""
    words = load("persons")
    frequent = "|".join(lines("surnames.txt")[:_FREQUENT])
    return rf"(?!{words['public']})(?:{frequent})[{words['given']}]{{2}}"


@lru_cache(maxsize=4096)
def private_columns(heading: str) -> re.Pattern[str] | None:
    """What cells below a heading of personal data (身份证号, 家庭住址) hide; None below any other heading."""
    if pattern("persons", "private").fullmatch(heading):
        return re.compile(r"[\dA-Za-z*Xx@._ ()（）-]{5,}")
    return re.compile(r".*\S.*") if pattern("persons", "dwellings").fullmatch(heading) else None


def told(content: str) -> Iterator[tuple[int, int]]:
    """The places of dwellings and names in chats behind their labels."""
    words = load("persons")
    dwelling = rf"(?:{'|'.join(words['dwellings'])})[ \u3000]*[:：][ \u3000]*(?P<said>[^\n|\t，,；;。]+)"
    chat = rf"{words['chats']}[ \u3000]*[:：][ \u3000]*(?P<said>[A-Za-z0-9_-]{{5,20}})"
    for shape in (dwelling, chat):
        for found in re.finditer(shape, content):
            yield found.span("said")
