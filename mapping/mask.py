"""Text to text of equal length in which natural persons cannot be recognised.

Names after 法人, 负责人, 经办人 and the like, telephone, identity, account and plate numbers and mail addresses
become █, code point for code point, before anything else reads the document: nothing downstream can leak what it never
sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from mapping.docnumber import UNPRINTED, as_printed
from mapping.lexicon import load, pattern
from mapping.personal import likely, made_of_names, named, private_columns, surname, told

MASK = "█"
_GAP = r"[ \t\u3000|]*\n?[ \t\u3000|]*"
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![\dA-Za-z.,，])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z.])")
_LANDLINE = re.compile(
    r"(?<![\dA-Za-z.])(?:[(（]0\d{2,3}[)）][-—－ ]?|0\d{2,3}[-—－])\d{3,4} ?\d{4}(?:[-—－转]\d{1,5})?(?![\dA-Za-z])"
)
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PLATE = re.compile(
    "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]"
    r"[A-HJ-NP-Z][·•. ]?(?=[A-Z0-9]*\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
_REACHED = r"(?:[及和、/](?:联系)?(?:电话|方式|手机))"
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
# Numbers in a column headed as such; those as long as identities and accounts may stand beside it. How many cells a row
# of headings has at least.
_COLUMN_NUMBER = re.compile(r"[\d*Xx -]{6,22}[\dXx]")
_LONG_NUMBER = 15
_LEAST_HEADS = 3
# A short number right behind a person; with a unit it is an amount.
_BEHIND = re.compile(r"(?:先生|女士|小姐|同志|老师)?[ \u3000，,:：(（]{1,3}(?P<number>\d{7,8})(?![\d.万元])")
# A person called by the surname before a number.
_CALLED = r"(?:先生|女士|小姐|同志|老师)[ \u3000，,:：(（]{0,3}(?:\d{7,8}(?![\d.万元])|0\d{2,3}[-—－]|1[3-9]\d{9})"
# An office before a name (联系人：某县财政局某某).
_OFFICE = re.compile(r"\S{2,}(?:[局处部委院]|中心|公司|科室)(?=\S{2,4}$)")
# Latin, Greek and Cyrillic, Arabic, Tibetan and Mongolian letters with their signs.
_OTHER_LETTERS = r"[A-Za-z\u00c0-\u024f\u0370-\u052f\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af]+"
# The places of the cells of a row.
_Row = Sequence[tuple[int, int]]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mask(content: str) -> str:
    """`content` with everything that identifies a natural person replaced by █, offsets unchanged.

    Characters that print nothing, and what Markdown writes for blanks, hide nobody: they are looked past, and stay.
    """
    masked = iter(_mask(UNPRINTED.sub(as_printed, content)))
    pieces, at = [], 0
    for found in UNPRINTED.finditer(content):
        pieces += [*islice(masked, found.start() - at), found[0]]
        if found["blank"]:
            next(masked)
        at = found.end()
    return "".join([*pieces, *masked])


def _mask(content: str) -> str:
    rows = list(_rows(content))
    certain = [*_names(content), *_close_names(content), *named(content)]
    columns = [*_named_in_columns(content, rows), *_responsible_in_columns(content, rows)]
    others = list(_other_names(content))
    names = {content[start:end] for start, end in (*certain, *columns)}
    names |= {name for start, end in others if _spreads(name := content[start:end])}
    places = [*certain, *columns, *others, *told(content), *_numbers(content)]
    places += [*_private_cells(content, rows), *_numbered_in_columns(content, rows)]
    places += [found.span("number") for _, end in (*certain, *others) if (found := _BEHIND.match(content, end))]
    places += [found.span() for name in names if len(name) > 1 for found in re.finditer(re.escape(name), content)]
    masked = list(content)
    for start, end in places:
        for offset in range(start, end):
            if not masked[offset].isspace():
                masked[offset] = MASK
    return "".join(masked)


def _names(content: str) -> Iterator[tuple[int, int]]:
    for label in _label().finditer(content):
        for found in _one_after_another(content, label.end(), _name()):
            yield found.span("name")


def _one_after_another(content: str, start: int, shape: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What stands at a place, and again behind each comma or 和 right after it."""
    while found := shape.match(content, start):
        yield found
        start = found.end() + 1
        if not re.match("[、，,和及]", content[start - 1 : start]):
            return


def _other_names(content: str) -> Iterator[tuple[int, int]]:
    """Names of any characters behind a label: with its colon all that has the length of one, else made of names."""
    for label in _label().finditer(content):
        gap = re.search(r"[ \t\u3000|\n]*$", label[0])
        plain = label["colon"] and gap and "\n" not in gap[0] and gap[0].count("|") + gap[0].count("\t") < 2
        for found in _one_after_another(content, label.end(), _other()):
            name = found["name"]
            if not (made_of_names(name) or (plain and not _is_other(name))):
                break
            office = _OFFICE.match(name)
            yield found.start("name") + (office.end() if office else 0), found.end("name")


def _is_other(words: str) -> bool:
    """Whether words behind a label name a body, a post or a place, or are words of a sentence.

    >>> _is_other("县审计局"), _is_other("按岗位分工"), _is_other("其其格")
    (True, True, False)
    """
    data = load("persons")
    ends = rf"(?:{data['bodies']}|{data['places']}|{data['other-ends']})$"
    return bool(re.search(rf"{ends}|{data['other-words']}", words))


def _spreads(name: str) -> bool:
    """Whether a name of any characters is masked wherever it stands: one of two may be a common word elsewhere."""
    return len(name) > 2 or made_of_names(name)


def _close_names(content: str) -> Iterator[tuple[int, int]]:
    """Names right behind their label, before another label, a telephone number or the end of the line."""
    for shape in (*_close_shapes(), *_page_shapes()):
        for found in shape.finditer(content):
            yield found.span("name")
    for head in re.finditer(rf"(?:{'|'.join(load('persons')['press'])})(?=[ \t\u3000:：])", content):
        yield from _names_in_a_row(content, head.end())
    for bracket in re.finditer(r"[(（][^()（）\n]{2,60}[)）]", content):
        named = _reported(_chinese()).search(content, *bracket.span())
        for found in _reported(rf"{_HAN}{{2,3}}").finditer(content, *bracket.span()) if named else ():
            yield found.span("name")
            yield from _names_in_a_row(content, found.end())


def _names_in_a_row(content: str, start: int) -> Iterator[tuple[int, int]]:
    """The names behind a label of the press, one after another (通讯员 某某 某某某)."""
    while found := _in_row().match(content, start):
        yield found.span("name")
        start = found.end()


def _named_in_columns(content: str, rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """The cells below a heading 姓名, up to the end of the rows that are as wide as the heading's."""
    heads: list[int] = []
    width = 0
    for row in rows:
        words = [content[start:end].strip() for start, end in row]
        found = [at for at, one in enumerate(words) if _column().fullmatch(one)]
        if found:
            heads, width = found, len(row)
        elif len(row) != width:
            heads, width = [], 0
        for at in heads:
            if not found and _of_somebody().fullmatch(words[at]):
                start = content.index(words[at], row[at][0])
                yield start, start + len(words[at])


def _responsible_in_columns(content: str, rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """The names below a heading of those responsible (责任人), in a table that is read or is not.

    Where a row is not as wide as the heading's, whose merged cells are lost, the cells as far from its end.
    """
    for head, row in _below(content, rows, "heads"):
        cells = [content[start:end].strip() for start, end in row]
        last = max((at for at, one in enumerate(cells) if one), default=-1)
        own = range(head.at, head.at + 1) if len(row) == head.width else range(last - head.behind, last + 1)
        for at in own:
            if 0 <= at < len(row) and _alone().fullmatch(cells[at]):
                for name in _listed_name().finditer(content, *row[at]):
                    yield name.span("name")


def _numbered_in_columns(content: str, rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """The numbers of persons below a heading of telephones, accounts or identities; short ones right below it."""
    for head, row in _below(content, rows, "number-heads"):
        for at, (start, end) in enumerate(row):
            own = at == head.at and len(row) == head.width
            number = _COLUMN_NUMBER.fullmatch(content[start:end].strip())
            if number and (own or len(number[0]) >= _LONG_NUMBER):
                yield start, end


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading: its place in its row, how wide that is, and how many printed cells stand behind it."""

    at: int
    width: int
    behind: int


def _below(content: str, rows: Sequence[_Row], kind: str) -> Iterator[tuple[_Head, _Row]]:
    """The headings of a kind, each with the rows below it to the end of its table or the next such row."""
    heads: list[_Head] = []
    shape = _head_of(kind)
    for row in rows:
        words = [content[start:end].strip() for start, end in row]
        printed = [at for at, one in enumerate(words) if one]
        found = [at for at in printed if shape.fullmatch(words[at])]
        found = [at for at in found if not _alone().fullmatch("".join(words[at + 1 : at + 2]))]
        if found and len(printed) >= _LEAST_HEADS and not any(re.search(r"\d{3}", words[at]) for at in printed):
            heads = [_Head(at, len(row), sum(one > at for one in printed)) for at in found]
        elif len(row) <= 1:
            heads = []
        else:
            yield from ((head, row) for head in heads)


def _private_cells(content: str, rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """The cells below headings of personal data, up to the end of the rows that are as wide as the heading's."""
    heads: dict[int, re.Pattern[str]] = {}
    width = 0
    for row in rows:
        words = [content[start:end].strip() for start, end in row]
        found = {at: hides for at, one in enumerate(words) if (hides := private_columns(one))}
        if any(_column().fullmatch(one) for one in words):
            heads, width = found, len(row)
        elif len(row) != width:
            heads, width = {}, 0
        else:
            for at, hides in heads.items():
                if hides.fullmatch(words[at]) and not re.fullmatch("[-—|:]*", words[at]):
                    yield row[at]


def _rows(content: str) -> Iterator[_Row]:
    """The places of the cells of each row: parted by pipes or tabs, or a line each and an empty line behind the row."""
    cells: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]*\n?", content):
        text = line[0].rstrip("\n")
        if text.startswith("\t") and "\t" not in text[1:] and "|" not in text:
            cells.append((line.start() + 1, line.start() + len(text)))
            continue
        if cells:
            yield cells
            cells = []
        if "|" in text or "\t" in text:
            cells_of_line = re.finditer(r"(?:^|(?<=[|\t]))[^|\t]*", text)
            yield [(line.start() + one.start(), line.start() + one.end()) for one in cells_of_line]
        elif text.strip():
            yield []


def _numbers(content: str) -> Iterator[tuple[int, int]]:
    for found in _IDENTITY.finditer(content):
        if _is_identity(found[0]):
            yield found.span()
    for shape in (
        _MOBILE,
        _LANDLINE,
        _MAIL,
        _PLATE,
        _labelled_number("telephones", 7),
        _labelled_number("accounts", 9),
        _labelled_number("identities", 15),
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
    signed = r"(?:签[字名章]|盖章)?"
    colon = rf"\s?{signed}{_REACHED}?(?:[(（][^()（）\n]{{1,8}}[)）])?(?:(?P<colon>[:：])|[为是系]){_GAP}"
    own = rf"(?:{labels}|{_HAN}{{1,4}}(?:{'|'.join(load('persons')['close'])}))"
    alone = rf"(?:(?<=[|\t\n])|\A)[ \u3000]*{own}{signed}{_REACHED}?[ \u3000]*[|\t\n]{_GAP}"
    return re.compile(rf"(?:{labels}){colon}|{alone}")


@cache
def _chinese() -> str:
    """A name of two to four characters that begins with a surname, and with no label or word that is none."""
    not_names = "|".join([*load("persons")["labels"], *load("persons")["not-names"]])
    return rf"(?!{not_names}){surname()}(?:[ \u3000]{{0,2}}{_HAN}){{1,2}}"


@cache
def _name() -> re.Pattern[str]:
    dotted = rf"{_HAN}{{2,6}}(?:[·•]{_HAN}{{1,6}})+"
    ends = r"(?=[\s|,，。；;、：:（(）)/]|$|同志|先生|女士|主席|主任|局长|联系|电话|任|和|及)"
    return re.compile(rf"(?P<name>{dotted}|{_chinese()}){ends}")


@cache
def _other() -> re.Pattern[str]:
    """What has the length of a name, up to the end of its cell, its clause or the next label."""
    words = load("persons")
    labels = "|".join([*words["labels"], *words["telephones"], *words["behind"], *words["pages"]])
    nobody = "|".join([*words["not-names"], *words["nobody"]])
    called = "先生|女士|同志"
    han = rf"{_HAN}(?:[·•]?{_HAN}){{1,8}}?"
    letters = rf"{_OTHER_LETTERS}(?:[ .·•-]{{1,2}}{_OTHER_LETTERS}){{0,4}}"
    ends = rf"(?=[\s|,，。；;、(（)）/]|$|{labels}|{called})"
    return re.compile(rf"(?P<name>(?!{labels}|{nobody})(?:{han}|{letters})){ends}")


@cache
def _close_shapes() -> tuple[re.Pattern[str], ...]:
    words = load("persons")
    close, telephones = "|".join(words["close"]), "|".join(words["telephones"])
    next_label = "|".join([*words["labels"], *words["behind"], *words["telephones"]])
    glued = rf"(?:{close})(?P<name>{_chinese()})(?=[ \u3000]*(?:{next_label}))"
    alone = rf"(?m:(?:^|(?<=[ \t\u3000|，,；;。]))[^\s|，,；;。]{{0,4}}(?:{close})(?:签[字名章])?[ \u3000]*"
    alone += rf"(?P<name>{_chinese()}|{likely()})(?=[ \u3000]*[，,；;]?[ \u3000]*(?:{next_label})|[ \u3000]*[；;]?$))"
    spaced = rf"(?:{close})[ \u3000]+(?P<name>{_chinese()})(?=[；;])"
    titled = rf"(?:{close})[:：]?[ \u3000]*(?P<name>{_HAN}{{1,4}}?)(?=先生|女士|小姐|同志)"
    alike = rf"(?P<name>{surname()})(?={_CALLED})"
    called = (
        rf"(?:{close})[:：]?[ \u3000]*(?P<name>(?!{'|'.join(words['not-names'])}){_HAN}{{2,4}}?)(?<!{words['bodies']})"
    )
    called += rf"(?=[ ，,\u3000]*(?:{telephones})[:：]?[ \u3000]*[(（]?\d)"
    reached = rf"(?:{close}){_REACHED}[:：]?[ \u3000]*(?P<name>{_chinese()})(?=[ ，,\u3000]*[(（]?\d{{3}})"
    answers = rf"(?:{telephones})[:：][ \u3000]*(?P<name>{_chinese()})(?=[ ，,\u3000]*[(（]?\d{{3}})"
    return tuple(map(re.compile, (glued, alone, spaced, titled, alike, called, reached, answers)))


@cache
def _page_shapes() -> tuple[re.Pattern[str], ...]:
    """Who wrote and checked a page: one behind each label of its head or foot, those of the press in brackets too."""
    words = load("persons")
    labels, press = "|".join(words["pages"]), "|".join(words["press"])
    name = rf"(?P<name>{_chinese()})(?<!{words['bodies']})(?<!{words['places']})"
    end = rf"(?=[ \t\u3000]*(?:$|[|)）\]】]|(?:{labels}|{press})\s?[:：])|[ \t\u3000]+(?:[^\s:：]{{2,6}}[:：]|\d))"
    labelled = rf"(?m:(?<!{_HAN})(?:{labels}|{press})\s?[:：][ \t\u3000]*{name}{end})"
    below = rf"(?m:^[^\n]{{0,30}}(?<!{_HAN})(?:{'|'.join(words['alone'])})\s?[:：][ \t\u3000]*\n"
    below += rf"[ \t\u3000]*{name}[ \t\u3000]*$)"
    byline = rf"(?m:^[ \t\u3000]*(?:\S{{0,4}}[报网台社])?(?:{press}){name}[ \t\u3000]*$)"
    signed = rf"(?m:(?<=[。！？”])[ \t\u3000]*[(（]{name}[)）][ \t\u3000]*$)"
    return tuple(map(re.compile, (labelled, below, byline, signed)))


@cache
def _reported(name: str) -> re.Pattern[str]:
    """A name of a shape right behind a label of the press, before another label or the end of its own words."""
    press = "|".join(load("persons")["press"])
    return re.compile(rf"(?:{press})[ \u3000]*(?P<name>(?!{press}){name})(?=[)）\s、，,]|{press})")


@cache
def _in_row() -> re.Pattern[str]:
    """A name in a row of them, with what stands before it; it begins with a surname and is no label."""
    words = load("persons")
    labels = "|".join((*words["press"], *words["not-names"]))
    name = rf"(?P<name>(?!{labels}){surname()}(?:{_HAN}{{1,2}}|[ \u3000]{_HAN}))"
    return re.compile(rf"[ \t\u3000:：、，,]{{1,3}}{name}(?<!{words['bodies']})(?=[\s、，,)）]|$|报道)")


@cache
def _column() -> re.Pattern[str]:
    return pattern("persons", "columns")


@cache
def _head_of(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(load("persons")[kind]))


@cache
def _alone() -> re.Pattern[str]:
    """A cell that holds names alone: one, or several that signs part, perhaps with telephone numbers."""
    words = load("persons")
    name = rf"{_chinese()}(?<!{words['bodies']})(?<!{words['villages']})"
    return re.compile(rf"{name}(?:[、，,/ \u3000]*{name})*[ \d()（）、，,/-]*")


@cache
def _listed_name() -> re.Pattern[str]:
    return re.compile(rf"(?<!{_HAN})(?P<name>{_chinese()})(?!{_HAN})")


@cache
def _of_somebody() -> re.Pattern[str]:
    nobody = "|".join(load("persons")["nobody"])
    return re.compile(rf"(?!{nobody}){_HAN}(?:[ \u3000·•]{{0,2}}{_HAN}){{1,7}}")


@cache
def _labelled_number(kind: str, least: int) -> re.Pattern[str]:
    labels = "|".join(load("persons")[kind])
    name = rf"(?:(?<=[:：])[ \u3000]*{_chinese()}[ ，,\u3000]*)?"
    digits = rf"[(（]?\d[\d ()（）-]{{{least - 2},24}}[\dXx](?:转\d{{1,5}})?"
    return re.compile(rf"(?:{labels})\s?[:：]?{_GAP}{name}(?P<number>{digits})")


def names_person(masked: str) -> bool:
    """Whether a label of the masked text is the name of a person and nothing else.

    >>> names_person("██·███"), names_person("███同志"), names_person("")
    (True, False, False)
    """
    return bool(masked) and not masked.strip(MASK + "·• ")


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
