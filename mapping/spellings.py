"""A text in the forms that searches compare: tokens, folded keys, grams, and the parts of a unit's name.

Pure, no files: the index is written with it and read with it, so that both sides cut a text alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mapping.docnumber import SIMPLIFIED, UNSEEN

HAN = "〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SIGNS = "“”‘’「」『』\"'"
"""Quotation marks, which a search leaves out: “三公”经费 is called 三公经费."""
_RUN = re.compile(rf"[{HAN}]+|\d+|[^\W\d_{HAN}]+")
_BETWEEN = re.compile(rf"(?<=[{HAN}])[\s{SIGNS}]+(?=[{HAN}])")
# What ends a word of a search: blanks, and signs between two Chinese characters.
_APART = re.compile(rf"\s+|(?<=[{HAN}])[^\w\s]+(?=[{HAN}])")
_LEVELS = {"省": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture"} | dict.fromkeys(
    "县区旗", "county"
)
Places = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Affixes:
    """Patterns over folded names: what may stand before the place, what names a part of a unit that is the unit too."""

    leading: str
    own: str


@dataclass(frozen=True, slots=True)
class Parts:
    """One way to read a unit's name: `codes` of the place that it begins with (none named: empty) or its bare `level`.

    `core` is the rest, without what `own` (本级, 机关) ends it.
    """

    core: str
    own: str = ""
    codes: frozenset[str] = frozenset()
    level: str = ""


def plain(text: str) -> str:
    """A text with full-width and traditional characters made plain, without those that print nothing.

    >>> plain("澤州縣總工會 ２０２４"), plain("工会\u200b经费")
    ('泽州县总工会 2024', '工会经费')
    """
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(SIMPLIFIED)


def fold(text: str) -> str:
    """Letters, digits and Chinese characters of a text alone, `plain` and without capitals.

    >>> fold("泽州县 总工会（本级）"), fold("ＧＢ／Ｔ 9704")
    ('泽州县总工会本级', 'gbt9704')
    """
    return "".join(one for one in plain(text).casefold() if one.isalnum())


def tokens(text: str) -> list[str]:
    """The words of a text in order: pairs of neighbouring Chinese characters, the last of a run alone, numbers, words.

    >>> tokens("春节送温暖2024年"), tokens("送 “温” 暖"), tokens("第054号")
    (['春节', '节送', '送温', '温暖', '暖', '2024', '年'], ['送温', '温暖', '暖'], ['第', '54', '号'])
    """
    return [token for run in _runs(text) for token in _of_run(run, whole=True)]


def words(search: str) -> list[str]:
    """What a search asks for, each to be found by itself: parted by blanks, or by signs between Chinese characters.

    >>> words("工会、经费 2024年度")
    ['工会', '经费', '2024年度']
    """
    return [word for word in _APART.split(plain(search).strip()) if fold(word)]


def phrase(word: str) -> str:
    """An expression of FTS5 that finds one of `words` where its characters follow each other; no sign of it is syntax.

    A Chinese character alone, or after a number, also begins a pair.

    >>> phrase("送温暖"), phrase("送"), phrase('2024年"*')
    ('"送温 温暖"', '"送" *', '"2024 年" *')
    """
    *before, last = _runs(word)
    found = [token for run in before for token in _of_run(run, whole=True)] + _of_run(last, whole=False)
    return f'"{" ".join(found)}"' + (" *" if len(last) == 1 and re.match(f"[{HAN}]", last) else "")


def grams(folded: str) -> frozenset[str]:
    """The characters of a folded name and the pairs of them that are neighbours."""
    return frozenset(folded) | frozenset(map("".join, pairwise(folded)))


def within(code: str, region: str) -> bool:
    """Whether a place of GB/T 2260 is a region or in it.

    >>> within("140525", "140500"), within("140525", "140000"), within("140500", "140525")
    (True, True, False)
    """
    return code.startswith(region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region)


def level(code: str) -> str:
    """The level of a code: province, prefecture or county."""
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def parts(folded: str, places: Places, affixes: Affixes) -> list[Parts]:
    """The ways to read a folded name, the one that takes most of it for a place first; the last takes nothing.

    >>> found = parts("泽州县总工会机关", {"泽州县": ("140525",)}, Affixes("^中共", "机关$"))
    >>> [(one.core, one.own, sorted(one.codes)) for one in found]
    [('总工会', '机关', ['140525']), ('泽州县总工会', '机关', [])]
    """
    found = [*_placed(folded, places, affixes), Parts(*_without_own(folded, affixes))]
    if len(found) == 1 and folded[:1] in _LEVELS and len(folded) > 2:
        core, own = _without_own(folded[1:], affixes)
        found.insert(0, Parts(core, own, level=_LEVELS[folded[0]]))
    return found


def _placed(folded: str, places: Places, affixes: Affixes) -> Iterator[Parts]:
    """The reading without the places, each in the one before it, that a name has at its head."""
    lead = re.match(affixes.leading, folded)
    at = begun = lead.end() if lead else 0
    codes: frozenset[str] = frozenset()
    while found := _place_at(folded, at, codes, places):
        at, codes = found
    if at > begun and at < len(folded):
        core, own = _without_own(folded[:begun] + folded[at:], affixes)
        yield Parts(core, own, codes)


def _place_at(folded: str, at: int, outer: frozenset[str], places: Places) -> tuple[int, frozenset[str]] | None:
    """Where the longest name of a place ends that begins here, and its codes inside `outer`."""
    for end in range(min(len(folded), at + _LONGEST), at + 1, -1):
        named = places.get(folded[at:end], ())
        codes = frozenset(code for code in named if not outer or any(within(code, one) for one in outer - {code}))
        if codes:
            return end, codes
    return None


_LONGEST = 16


def _without_own(name: str, affixes: Affixes) -> tuple[str, str]:
    found = re.search(affixes.own, name)
    return (name[: found.start()], found[0]) if found and found.start() > 1 else (name, "")


def _runs(text: str) -> list[str]:
    return _RUN.findall(_BETWEEN.sub("", plain(text).lower()))


def _of_run(run: str, *, whole: bool) -> list[str]:
    """The tokens of a run; `whole` adds its last Chinese character, which the end of a search has not."""
    if not re.match(f"[{HAN}]", run):
        return [run.lstrip("0") or "0"] if run.isdecimal() else [run]
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*pairs, run[-1]] if whole or not pairs else pairs
