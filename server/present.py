"""How values are written on a page: amounts grouped exactly, changes, hostile text made harmless and short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import Any

from server.terms import CODE, Concept, Vocabulary, packaged
from server.wording import LANGUAGE_TAGS

LONGEST = 90
"""Characters of a name or quote that a page shows before it is cut."""
WHOLE = 5000
"""Characters of a long text that a page shows on request; the other formats have all."""
MOST_DIGITS = 28
"""Characters of a number; longer ones are no amount."""

_CHECKSUM = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{56}\b")
_HAN = re.compile(r"[\u3400-\u9fff]")
_TENTH = Decimal("0.1")
# Tab and line feed are white space like any other.
_PICTURES = {code: 0x2400 + code for code in (*range(9), *range(0x0B, 0x20))} | {0x7F: 0x2421}
# Controls, format, surrogates, and the separators of lines and paragraphs: nothing that is printed.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Change:
    """From one amount to a later one: `sign` is + or - or =, `amount` without sign, `percent` empty from nothing."""

    sign: str
    amount: str
    percent: str


def grouped(value: object) -> str:
    """Return a decimal number with its thousands separated, every digit kept; anything else as it is.

    >>> grouped("1234567.80"), grouped("-1000"), grouped("无")
    ('1,234,567.80', '-1,000', '无')
    """
    number = _number(value)
    return str(value) if number is None else f"{number:,f}"


def change(earlier: object, later: object) -> Change | None:
    """Return the change from one number to a later one, None where either is none.

    >>> change("200", "150.5")
    Change(sign='-', amount='49.5', percent='24.8')
    """
    before, after = _number(earlier), _number(later)
    if before is None or after is None:
        return None
    by = after - before
    percent = (abs(by) * 100 / abs(before)).quantize(_TENTH, ROUND_HALF_UP) if before else None
    return Change("=" if not by else "+" if by > 0 else "-", f"{abs(by):f}", "" if percent is None else f"{percent:f}")


def visible(text: object) -> str:
    """Return a text in which no character acts unseen: controls as pictures, those of format and direction by code.

    >>> visible("a" + chr(0) + chr(0x202E) + "b")
    'a␀[U+202E]b'
    """
    return "".join(_seen(each) for each in str(text).translate(_PICTURES))


def cut(text: object, length: int = LONGEST) -> str:
    """Return the beginning of a text, with an ellipsis where there is more.

    >>> cut("预算公开", 2)
    '预算…'
    """
    whole = str(text)
    return whole if len(whole) <= length else f"{whole[:length].rstrip()}…"


def brief(text: object) -> str:
    """Return an address in which checksums of documents are cut to the eight characters that tell them apart.

    >>> brief("document/" + "0123456789abcdef" * 4 + "/text")
    'document/01234567…/text'
    """
    return _CHECKSUM.sub(r"\1…", str(text))


def tongue(text: object, language: str) -> str:
    """Return the language tag of words of the data that a page in another language shows; empty where none is needed.

    >>> tongue("万元", "en"), tongue("万元", "zh"), tongue("2.5", "en")
    ('zh-Hans', '', '')
    """
    return LANGUAGE_TAGS["zh"] if language != "zh" and _HAN.search(str(text)) else ""


def coded(code_list: str, notation: str) -> Concept | None:
    """Return an entry of a small code list of the vocabulary, None where there is none."""
    return _concepts().get(f"{CODE}{code_list}/{notation}")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "grouped": grouped,
    "visible": visible,
    "cut": cut,
    "brief": brief,
    "tongue": tongue,
}
"""What templates write values with."""
FUNCTIONS: Mapping[str, Any] = {"change": change, "coded": coded, "WHOLE": WHOLE, "LONGEST": LONGEST}
"""What templates ask, wherever they are imported."""


@cache
def _concepts() -> Mapping[str, Concept]:
    return Vocabulary(packaged()).concepts


def _seen(character: str) -> str:
    unseen = unicodedata.category(character) in _UNSEEN and character not in "\t\n"
    return f"[U+{ord(character):04X}]" if unseen else character


def _number(value: object) -> Decimal | None:
    text = str(value)
    if len(text) > MOST_DIGITS:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and abs(exponent) <= MOST_DIGITS else None
