"""A printed target (≥100人, 控制在5%以内, 2026年1月) to operator, value and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from mapping.amounts import parse_amount
from mapping.document import squeeze
from mapping.lexicon import load, pattern

QUALITATIVE = "定性"
_WIDTHS = str.maketrans({**{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F) if code not in (0x28, 0x29)}})
_NUMBER = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_RANGE = rf"{_NUMBER}(?:%|‰)?(?:-|－|—|–|~|～|至|到){{1,2}}{_NUMBER}"
_BRACKETED_UNIT = re.compile(r"[(（](?:单位[:：])?(?P<unit>[^()（）]{1,8})[)）]$")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d年?[-－—–~～至到])?(?:19|20)\d\d年$|(?:\d{1,2}[-－—–~～至到])?\d{1,2}[月日号]$"
    r"|(?:(?:19|20)\d\d[-－—./]\d{1,2}[-－—–~～至到]+)?(?:19|20)\d\d[-－—./]\d{1,2}$"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A target as printed, but for thousands separators: `operator` is one of = ≥ ≤ > < ≈ 定性, `number` one number."""

    operator: str
    value: str
    unit: str | None = None
    number: Decimal | None = None


def read_target(text: str, sign: str | None = None, unit: str | None = None, label: str | None = None) -> Target:
    """What a target cell says, with the operator and the unit that columns of their own print.

    A cell that is not wholly operator, number and unit is 定性 and keeps its words. A unit in brackets at the end of
    `label` counts where neither the cell nor a column prints one.

    >>> read_target("控制在5%以内")
    Target(operator='≤', value='5', unit='%', number=Decimal('5'))
    >>> read_target("2026年1月").operator
    '定性'
    """
    words = squeeze(text)
    stated, column = read_sign(sign), squeeze(unit or "").translate(_WIDTHS) or None
    measured = _measured(words)
    if measured is None:
        return Target(stated or QUALITATIVE, words, column)
    operator, value, own_unit = measured
    named = _BRACKETED_UNIT.search(squeeze(label or ""))
    printed = own_unit or column or (named["unit"] if named and is_unit(named["unit"]) else None)
    parsed = parse_amount(value)
    return Target(operator or stated or "=", value, printed or None, parsed.value if parsed else None)


def read_sign(text: str | None) -> str | None:
    """The operator that a cell of a column of signs names, or None."""
    words = squeeze(text or "").translate(_WIDTHS)
    return next((operator for operator, shape in _signs() if shape.match(words)), None) if words else None


def is_sign(text: str) -> bool:
    """Whether a cell holds nothing but an operator, or says that its indicator has none."""
    return read_sign(text) is not None or bool(pattern("indicators", "no-signs").match(squeeze(text)))


def is_unit(text: str) -> bool:
    """Whether `text` as a whole is a unit of measure that the lexicon knows."""
    return bool(re.fullmatch(_known_unit(), squeeze(text).translate(_WIDTHS)))


def is_measure(text: str) -> bool:
    """Whether `text` as a whole is operator, number and unit."""
    return _measured(squeeze(text)) is not None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A label and the target that ends it (慰问职工≥500人); `at` is where the target begins in the words given."""

    label: str
    target: str
    at: int


def split_phrase(text: str) -> Phrase | None:
    """The label and the target of a phrase that ends in operator, number and unit; None when it does not."""
    found = _phrase().fullmatch(text.strip())
    if found is None or not is_measure(found["target"]) or pattern("indicators", "phrase-never").search(found["label"]):
        return None
    return Phrase(found["label"].strip(":： "), found["target"], text.index(found["target"], len(found["label"])))


def _measured(words: str) -> tuple[str | None, str, str | None] | None:
    """Operator, value and unit of words that are nothing else."""
    found = _shape().fullmatch(words.translate(_WIDTHS))
    if found is None:
        return None
    operator = next(
        (name for name, shape in _beside("before") if found["before"] and shape.fullmatch(found["before"])), None
    )
    operator = operator or next(
        (name for name, shape in _beside("after") if found["after"] and shape.fullmatch(found["after"])), None
    )
    which = "unit" if found["bracketed"] is None else "bracketed"
    if operator is None and _DATE.match(found["value"] + found[which]):
        return None
    value = re.sub(r"(?<=\d)[,，](?=\d{3})", "", words[found.start("value") : found.end("value")])
    unit = words[found.start(which) : found.end(which)].replace("％", "%")
    return operator, value, unit or None


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((operator, re.compile(shape)) for operator, shape in load("indicators")["signs"].items())


@cache
def _beside(side: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((operator, re.compile(shape)) for operator, shape in load("indicators")[side].items())


@cache
def _known_unit() -> str:
    """An atom of the lexicon, and for what: further ones, or any short words behind / · 每; a bracket may follow."""
    lexicon = load("indicators")["units"]
    atom = f"(?:{lexicon['prefixes']})?(?:{lexicon['atoms']})"
    joined = rf"{atom}(?:(?:{lexicon['joints']})*{atom}){{0,3}}"
    return rf"{joined}(?:[(（](?![含及以])[^()（）\d]{{1,6}}[)）])?(?:{lexicon['per']}){{0,3}}"


@cache
def _any_unit() -> str:
    """A known unit, or a short word that holds no verb."""
    return rf"(?:{_known_unit()}|(?:(?!{load('indicators')['units']['never']})[\u4e00-\u9fff]){{1,4}})"


@cache
def _shape() -> re.Pattern[str]:
    """Lead, operator, number or range, unit, perhaps in brackets, operator: all but the number may be absent."""
    before = "|".join(load("indicators")["before"].values())
    after = "|".join(load("indicators")["after"].values())
    leads = f"(?:{load('indicators')['leads']})?"
    return re.compile(
        rf"{leads}(?P<before>{before})?{leads}(?P<value>{_RANGE}|{_NUMBER})"
        rf"(?:(?P<unit>(?:{_any_unit()})?)|[(（](?:单位[:：])?(?P<bracketed>{_known_unit()})[)）])(?P<after>{after})?"
    )


@cache
def _phrase() -> re.Pattern[str]:
    before = "|".join([*load("indicators")["before"].values(), load("indicators")["leads"]])
    return re.compile(rf"(?P<label>[^\d≥≤<>=，,。；;]{{2,40}}?)(?P<target>(?:{before})*\d[^，,。；;]*)")
