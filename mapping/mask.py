"""Text to text of equal length in which natural persons cannot be recognised.

Names after 法人, 负责人, 经办人 and the like, telephone, identity, account and plate numbers become █, code point for
code point, before anything else reads the document: nothing downstream can leak what it never sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mapping.lexicon import lines, load

MASK = "█"
_GAP = r"[ \t\u3000|]*\n?[ \t\u3000|]*"
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![\dA-Za-z.,，])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z.])")
_LANDLINE = re.compile(r"(?<![\dA-Za-z.])[(（]?0\d{2,3}[)）]?[-—－]\d{7,8}(?:[-—－]\d{1,5})?(?![\dA-Za-z])")
_PLATE = re.compile(
    "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]"
    r"[A-HJ-NP-Z][·•. ]?(?=[A-Z0-9]*\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mask(content: str) -> str:
    """`content` with everything that identifies a natural person replaced by █, offsets unchanged."""
    found_names = list(_names(content))
    names = {content[start:end] for start, end in found_names}
    places = [*found_names, *_numbers(content)]
    places += [found.span() for name in names if len(name) > 1 for found in re.finditer(re.escape(name), content)]
    masked = list(content)
    for start, end in places:
        for offset in range(start, end):
            if not masked[offset].isspace():
                masked[offset] = MASK
    return "".join(masked)


def _names(content: str) -> Iterator[tuple[int, int]]:
    for label in _label().finditer(content):
        end = label.end()
        while found := _name().match(content, end):
            yield found.span("name")
            end = found.end()
            if not re.match("[、，,和及]", content[end : end + 1]):
                break
            end += 1


def _numbers(content: str) -> Iterator[tuple[int, int]]:
    for found in _IDENTITY.finditer(content):
        if _is_identity(found[0]):
            yield found.span()
    for shape in (
        _MOBILE,
        _LANDLINE,
        _PLATE,
        _labelled_number("telephones", 7),
        _labelled_number("accounts", 9),
    ):
        for found in shape.finditer(content):
            yield found.span("number") if "number" in shape.groupindex else found.span()


def _is_identity(number: str) -> bool:
    """Whether the check digit holds (GB 11643-1999: ISO 7064 MOD 11-2) and the birth date can be one."""
    month, day = int(number[10:12]), int(number[12:14])
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return 1 <= month <= 12 and 1 <= day <= 31 and "10X98765432"[total % 11] == number[17].upper()


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(load("persons")["labels"])
    colon = rf"\s?(?:[(（][^()（）\n]{{1,8}}[)）])?[:：为是系]{_GAP}"
    alone = rf"(?<=[|\t\n])[ \u3000]*(?:{labels})[ \u3000]*[|\t\n]{_GAP}"
    return re.compile(rf"(?:{labels}){colon}|{alone}")


@cache
def _name() -> re.Pattern[str]:
    surnames = "|".join(sorted(lines("surnames.txt"), key=lambda one: (-len(one), one)))
    not_names = "|".join([*load("persons")["labels"], *load("persons")["not-names"]])
    han = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
    chinese = rf"(?:{surnames})(?:[ \u3000]{{0,2}}{han}){{1,2}}"
    dotted = rf"{han}{{2,6}}(?:[·•]{han}{{1,6}})+"
    ends = r"(?=[\s|,，。；;、：:（(）)/]|$|同志|先生|女士|主席|主任|局长|联系|电话|任|和|及)"
    return re.compile(rf"(?!{not_names})(?P<name>{dotted}|{chinese}){ends}")


@cache
def _labelled_number(kind: str, least: int) -> re.Pattern[str]:
    labels = "|".join(load("persons")[kind])
    return re.compile(rf"(?:{labels})\s?[:：]?{_GAP}(?P<number>\d[\d -]{{{least - 2},24}}\d)")


def of_no_person(words: str) -> str:
    """The words; ValueError with the remedy where they identify a person."""
    if mask(words) != words:
        raise ValueError("identifies a person; leave the name or number out")
    return words


def post_or_body(words: str) -> str:
    """The words; ValueError with the remedy where they would read as a name after 负责人：."""
    label = "负责人："
    if mask(label + words) != label + words:
        raise ValueError("identifies a person; write a post or a body, like 县审计局")
    return words
