"""Statements, indicators, counts and derived amounts against the words they were read from.

Numbers are read again from the very characters, Chinese numerals and full-width digits too; every label that an
indicator or an organisation bears must stand in its spans; an implied amount is computed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from mapping.amounts import MULTIPLIERS, PrintedAmount, parse_amount, plain
from mapping.citations import find_citations
from mapping.docnumber import serial_of
from mapping.document import fold, squeeze
from mapping.quantities import compound, fraction, spelled
from mapping.release import DEF

Said = Mapping[str, list[str]]
# A range prints its unit behind both numbers, or behind the last one alone (1000元至3000, 80（含）-90).
_TO = "-~～—－至到"
_RANGE = re.compile(rf"(?P<least>\d[\d.,，]*|[^{_TO}]+)(?:(?<=\d)[^{_TO}\d]{{1,8}})?[{_TO}](?P<most>.+)")
_WORDS = ("level1", "level2", "level3", "description", "actual", "points", "score", "basis", "printedValue", "unit")
_ATTRIBUTES = ("nature", "grade", "funding", "accounting")


def recheck(kinds: set[str], said: Said, quotes: Sequence[str], number: str) -> Iterator[str]:
    """What is wrong with a reading of such a kind; `quotes` are its texts, `number` that of a statement's value."""
    if "Statement" in kinds:
        yield from _statement_problems(said, quotes, number)
    if "Quantity" in kinds or "Staffing" in kinds:
        yield from _number_problems(said, "".join(quotes))
    if "Indicator" in kinds:
        yield from _word_problems(said, _WORDS, quotes)
        if _one(said, "number") is not None:
            yield from _number_problems(said, _one(said, "printedValue") or "")
    if "OrganisationEntry" in kinds:
        yield from _word_problems(said, _ATTRIBUTES, quotes)
    if "Citation" in kinds:
        yield from _citation_problems(said, quotes)


def read_number(words: str, unit: str = "") -> PrintedAmount | None:
    """A printed number before a unit, in digits of any width or a Chinese numeral; of a range its lower end."""
    least = found["least"] if (found := _RANGE.fullmatch(squeeze(words))) else words
    if amount := parse_amount(fold(least)):
        return amount
    if (value := compound(fold(least), unit)) is not None:
        return PrintedAmount(squeeze(least), value, len(fold(least).partition(".")[2]))
    if part := fraction(squeeze(least)):
        return PrintedAmount(squeeze(least), part[1], -int(part[1].as_tuple().exponent))
    found_value = spelled(squeeze(least))
    return PrintedAmount(squeeze(least), *found_value) if found_value else None


def _one(said: Said, name: str) -> str | None:
    found = said.get(DEF + name, [])
    return found[0] if len(found) == 1 else None


def _decimal(said: Said, name: str) -> Decimal:
    """The one number that is said, or not-a-number, which equals nothing."""
    try:
        found = Decimal(_one(said, name) or "NaN")
    except InvalidOperation:
        return Decimal("NaN")
    return found if found.is_finite() else Decimal("NaN")


def _number_problems(said: Said, words: str) -> Iterator[str]:
    """The printed value and the exact number, read again."""
    printed = read_number(words, _one(said, "unit") or "")
    if printed is None:
        yield f"{words[:40]!r} is not a number"
        return
    if re.sub("[,，]", "", squeeze(words)) != squeeze(_one(said, "printedValue") or ""):
        yield f"its printedValue is {words!r}, not {_one(said, 'printedValue')!r}"
    if _decimal(said, "number") != printed.value:
        yield f"its number is {plain(printed.value)}, not {_one(said, 'number')}"
    if _one(said, "decimals") not in (None, str(printed.decimals)):
        yield f"it has {printed.decimals} decimals, not {_one(said, 'decimals')}"
    multiplier = MULTIPLIERS.get(_one(said, "unit") or "")
    if multiplier and DEF + "amount" in said:
        most = _upper(squeeze(words))
        yield from interval_problems(said, printed, multiplier, None if most is None else replace(printed, value=most))


def interval_problems(
    said: Said, printed: PrintedAmount, multiplier: int, upper: PrintedAmount | None = None
) -> Iterator[str]:
    """The amount in 元 and the interval that the printed decimals leave open, of a range up to its `upper` end."""
    low, high = printed.interval(multiplier)[0], (upper or printed).interval(multiplier)[1]
    for name, value in (("amount", printed.in_yuan(multiplier)), ("low", low), ("high", high)):
        if _decimal(said, name) != value:
            yield f"its {name} is {plain(value)}, not {_one(said, name)}"


def _statement_problems(said: Said, quotes: Sequence[str], number: str) -> Iterator[str]:
    clause = "".join(quotes)
    if _one(said, "clause") != clause:
        yield f"its clause is {clause[:40]!r}, not {(_one(said, 'clause') or '')[:40]!r}"
    if squeeze(number) not in squeeze(clause):
        yield f"its number {number!r} does not stand in its clause"
    yield from _number_problems(said, number)
    if (most := _one(said, "most")) is not None:
        upper = _upper(squeeze(number))
        if upper != _decimal(said, "most"):
            yield f"its range does not end at {most}"


def _upper(number: str) -> Decimal | None:
    """Where a printed range ends, or the interval of a fraction in words."""
    if part := fraction(number):
        return part[2]
    ends = _RANGE.fullmatch(number)
    read = read_number(ends["most"]) if ends else None
    return read.value if read else None


def _word_problems(said: Said, names: Sequence[str], quotes: Sequence[str]) -> Iterator[str]:
    """Words that none of the quotes print, nor several in order (a label that a page break cut)."""
    shown = [squeeze(quote) for quote in quotes]
    for name in names:
        alike = [*shown, *map(fold, shown)] if name == "unit" else shown  # ％ is the unit %
        for words in said.get(DEF + name, ()):
            plainly = re.sub("[,，]", "", squeeze(words))
            if not any(plainly in re.sub("[,，]", "", one) for one in alike) and not _is_pieced(squeeze(words), alike):
                yield f"its {name} {words[:40]!r} is not printed in its spans"


def _citation_problems(said: Said, quotes: Sequence[str]) -> Iterator[str]:
    """Title and article against the words; the number found in them again, of one that context completed its serial."""
    quote = "\n".join(quotes)
    yield from _word_problems(said, ("citedTitle", "article"), ["".join(quotes)])
    number = _one(said, "documentNumber")
    if number is None:
        return
    if not (_one(said, "grounding") or "").endswith("/inferred"):
        wholes = (quote, f"{quote}号")  # of the serials of a list only the last may have its sign
        if number not in {mention.doc_number for whole in wholes for mention in find_citations(whole)}:
            yield f"its documentNumber {number} is not what {quote[:40]!r} says"
    elif not _prints_serial(fold(quote), re.findall(r"\d+", number)[-1]):
        yield f"the serial of its documentNumber {number} is not printed in {quote[:40]!r}"


def _prints_serial(quote: str, serial: str) -> bool:
    """Whether digits, or letters printed for them (l0号), end in a serial; a lost bracket puts the year before them."""
    return any((serial_of(found) or "").endswith(serial) for found in re.findall(r"[\dOoIl〇]+", quote))


def _is_pieced(words: str, shown: Sequence[str]) -> bool:
    """Whether words are made up of quotes, in their order."""
    for one in shown:
        if one and words.startswith(one):
            words = words[len(one) :]
    return not words


def derived_problems(said: Said, base: Said, change: Said) -> Iterator[str]:
    """An implied earlier amount, computed again from the amount and its change."""
    now, by = (tuple(_decimal(one, name) for name in ("low", "high")) for one in (base, change))
    rises = (_one(change, "direction") or "").endswith("/increase")
    low, high = (now[0] - by[1], now[1] - by[0]) if rises else (now[0] + by[0], now[1] + by[1])
    if (_decimal(said, "low"), _decimal(said, "high")) != (low, high):
        yield f"it lies between {plain(low)} and {plain(high)}, not {_one(said, 'low')} and {_one(said, 'high')}"
