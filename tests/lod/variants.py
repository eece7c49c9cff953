"""Units and document numbers made on the spot, and the ways in which people spell them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mapping.regions import official_names, place_names, region_chain
from server.liken import distance
from tests.lod.indexed import Said
from tests.mapping.number_styles import CODES, STYLES

KINDS = ("总工会", "财政局", "教育局", "人民政府办公室", "市场监督管理局", "档案馆", "残疾人联合会", "妇女联合会")
_CHARACTERS = "青山绿水东西南北中新华民主光明文化服务发展建设平安永清河江海林泉洲择晋津吕晓骁"
_WIDE = str.maketrans("()0123456789", "（）０１２３４５６７８９")
_SUFFIXES = "省市县区旗州盟"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its name, the code of its place, and how that place is called in it."""

    name: str
    code: str
    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write the name of a thing; `style` says which."""

    text: str
    iri: str
    style: str


def units(most: int, seed: int) -> list[Unit]:
    """Return units of different places, no two of one name; a place with namesakes is named with the city above it."""
    chosen = random.Random(seed)
    names = Counter(official_names().values())
    found = []
    for code in chosen.sample(sorted(official_names()), most):
        chain = region_chain(code)
        place = chain[-1].name if names[chain[-1].name] == 1 else "".join(one.name for one in chain[-2:])
        kind = chosen.choice(KINDS)
        found.append(Unit(place + kind, code, place, kind))
    return list({unit.name: unit for unit in found}.values())


def numbers(most: int, seed: int) -> list[tuple[str, int, int]]:
    """Return document numbers, each once: code, year, serial."""
    chosen = random.Random(seed)
    found = {(chosen.choice(CODES), chosen.randint(1995, 2026), chosen.randint(1, 1500)) for _ in range(most)}
    return sorted(found)


def said(all_units: Sequence[Unit], all_numbers: Sequence[tuple[str, int, int]]) -> tuple[Said, dict[object, str]]:
    """Return a data set of units and numbered documents, and the IRI of each."""
    made = Said()
    iris: dict[object, str] = {}
    for unit in all_units:
        iris[unit] = made.unit(unit.name, unit.code)
    for code, year, serial in all_numbers:
        where = f"cn/{code.encode('utf-16-be').hex()}-{year}-{serial}"
        title = f"关于{year}年第{serial}批资金安排的通知"
        iris[code, year, serial] = made.legal(where, title, f"{code}〔{year}〕{serial}号", central=True)
    return made, iris


# --- units ---


def _above(unit: Unit, chosen: random.Random) -> str | None:
    """Return the name with the places above, one or all, before it."""
    above = [one.name for one in region_chain(unit.code)[:-1] if one.name not in unit.place]
    return "".join(above[chosen.choice([0, -1]) :]) + unit.name if above else None


def _bare(unit: Unit, chosen: random.Random) -> str | None:
    """Return the name with the place's without its suffix, where one place alone is called so."""
    bare = unit.place[:-1] if unit.place[-1] in _SUFFIXES else ""
    return bare + unit.kind if len(bare) > 1 and place_names().get(bare) == (unit.code,) else None


def _spaced(unit: Unit, chosen: random.Random) -> str:
    return chosen.choice([" ", "　", "  "]).join(unit.name)


def _own(unit: Unit, chosen: random.Random) -> str:
    """Return the name with what says that the unit itself is meant."""
    return unit.name + chosen.choice(["本级", "机关", "（本级）", "(机关)", "机关本级"])


def _quoted(unit: Unit, chosen: random.Random) -> str:
    return chosen.choice(["“{}”", "{}。", "（{}）", "1.{}", "{}："]).format(unit.name).translate(_WIDE)


def _changed(unit: Unit, chosen: random.Random) -> str:
    at = chosen.randrange(len(unit.name))
    return unit.name[:at] + chosen.choice(_CHARACTERS) + unit.name[at + 1 :]


def _dropped(unit: Unit, chosen: random.Random) -> str:
    at = chosen.randrange(len(unit.name))
    return unit.name[:at] + unit.name[at + 1 :]


def _doubled(unit: Unit, chosen: random.Random) -> str:
    at = chosen.randrange(len(unit.name))
    return unit.name[:at] + unit.name[at] + unit.name[at:]


def _swapped(unit: Unit, chosen: random.Random) -> str:
    at = chosen.randrange(len(unit.name) - 1)
    return unit.name[:at] + unit.name[at + 1] + unit.name[at] + unit.name[at + 2 :]


_SURE: dict[str, Callable[[Unit, random.Random], str | None]] = {
    "as it is": lambda unit, chosen: unit.name,
    "above": _above,
    "bare": _bare,
    "spaced": _spaced,
    "own": _own,
    "quoted": _quoted,
}
_SLIPS: dict[str, Callable[[Unit, random.Random], str]] = {
    "changed": _changed,
    "dropped": _dropped,
    "doubled": _doubled,
    "swapped": _swapped,
}


def spellings_of_units(all_units: Sequence[Unit], iris: dict[object, str], seed: int) -> Iterator[Spelling]:
    """Yield ways to write each unit: every sure one, and those slips that are nearer to it than to any other."""
    chosen = random.Random(seed)
    for unit in all_units:
        for style, write in _SURE.items():
            if text := write(unit, chosen):
                yield Spelling(text, iris[unit], style)
        for style, slip in _SLIPS.items():
            text = slip(unit, chosen)
            own = distance(text, unit.name)
            others = (other for other in all_units if other is not unit)
            if all(distance(text, other.name) > own for other in others):
                yield Spelling(text, iris[unit], style)


# --- document numbers ---


def spellings_of_numbers(
    all_numbers: Sequence[tuple[str, int, int]], iris: dict[object, str], seed: int
) -> Iterator[Spelling]:
    """Yield three ways to write each document number, blanks among them."""
    chosen = random.Random(seed)
    for number in all_numbers:
        for style in chosen.sample(sorted(STYLES), 3):
            text = STYLES[style](*number)
            if chosen.random() < 0.3:
                at = chosen.randrange(1, len(text))
                text = text[:at] + chosen.choice([" ", "　"]) + text[at:]
            yield Spelling(text, iris[number], style)
