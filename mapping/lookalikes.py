"""Agency codes that are not known to the known ones that they may be misreadings of: one character is another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from mapping.codes import read_code
from mapping.letters import is_of_another, is_place_letter, letters_around, letters_of
from mapping.lexicon import load
from mapping.regions import CENTRAL, region_chain

_BASE, _EVIDENCE = Decimal("0.5"), Decimal("0.2")
# A letter, an organ and a kind: of two characters (外发) a letter alone says nothing, each place has 岭发.
_SHORTEST = 3


def similar_codes(code: str, region: str | None, *, lettered: bool = False) -> list[tuple[str, Decimal]]:
    """Known codes that differ from an unknown one in one character, best first; empty for a known code.

    Score: 0.5, and 0.2 when the character is a letter of the citing document's place or of one above it (shared by the
    letters that do equally well), and 0.2 when the two shapes are known to be taken for each other. One of the two is
    needed. At most 0.9: a proposal is never a reading. In a `lettered` code, and where the name of the document's place
    or of one in its prefecture has its first character (前政办发 of 科尔沁右翼前旗), or codes of another place begin so
    (宝政办函 in a document of 汉中), only shapes count.
    """
    if not code or read_code(code, region) is not None:
        return []
    lettered = lettered or bool(region and (code[0] in letters_around(region) or is_of_another(code[0], region)))
    other = lettered or len(code) < _SHORTEST
    letters = {one for one in _chain_variants(code, region) if _known_in(one, region)} if not other else set()
    shapes = {one for one in _shape_variants(code) if _known_in(one, region)}
    share = _EVIDENCE / len(letters) if letters else Decimal(0)
    scores = {
        one: _BASE + (share if one in letters else 0) + (_EVIDENCE if one in shapes else 0) for one in letters | shapes
    }
    rounded = {one: score.quantize(Decimal("0.01")) for one, score in scores.items()}
    return sorted(rounded.items(), key=lambda item: (-item[1], item[0]))


def is_misread(code: str, other: str, region: str) -> bool:
    """Whether a code differs from another in one character that scanners read for the other's.

    No letter of a place that documents of `region` may cite; of any place where that is no region.
    """
    lettered = is_of_another(code[0], region) if region.isdecimal() else is_place_letter(code[0])
    return looks_like(code, other) and (code[0] == other[0] or not lettered)


def looks_like(code: str, other: str) -> bool:
    """Whether a code differs from another in one character that scanners read for the other's."""
    return other in _shape_variants(code)


def _known_in(code: str, region: str | None) -> bool:
    """Whether a code reads to one place: a central body or one of the citing document's chain, if it has one."""
    reading = read_code(code, region)
    if reading is None or reading.region is None:
        return False
    chain = [one.code for one in region_chain(region)] if region else []
    return reading.region == CENTRAL or not chain or reading.region in chain


def _chain_variants(code: str, region: str | None) -> Iterator[str]:
    for place in region_chain(region) if region else ():
        letters = letters_of(place.code)
        yield from (letter + code[1:] for letter in letters if letter != code[0])


def _shape_variants(code: str) -> Iterator[str]:
    for index, char in enumerate(code):
        yield from (code[:index] + other + code[index + 1 :] for other in _shapes().get(char, ()))


@cache
def _shapes() -> dict[str, tuple[str, ...]]:
    """What each misread character may stand for."""
    found: dict[str, list[str]] = defaultdict(list)
    for right, wrong in load("codes")["shapes"].items():
        for char in wrong:
            found[char].append(right)
    return {char: tuple(rights) for char, rights in found.items()}
