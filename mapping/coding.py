"""Words before a year and a serial to the agency code (机关代字) they end in: where it begins, whether it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapping import docnumber
from mapping.codes import AgencyCode, code_start, cuts_word, is_lettered, is_local, read_code
from mapping.flatten import View
from mapping.letters import (
    BEHIND_LETTERS,
    SIGNS,
    is_place_letter,
    is_province_letter,
    letter_start,
    letters_of,
    longest_prefix,
    prefixes,
)
from mapping.lexicon import pattern
from mapping.printed import is_led
from mapping.regions import CENTRAL
from mapping.wording import wording

LONGEST_CODE = 14
# The name of a body in full, with which it numbers what it issues.
_LONGEST_BODY = 26
_LONGEST_SERIAL = 4
# Letters and an organ of a place: shorter words may be an organ's alone.
_SHORTEST_LETTERED = 3
# The words of an office between its organ and 字.
_LONGEST_DESK = 3
# What words before a code may begin with that belongs to the number before them: 号文, 2023年; what joins them to it.
_RESIDUE = re.compile(r"(?<=号)文件?|(?<=\d)(?:年度?|月份?|日|元|万元)")
_JOINT = re.compile(r"(?:(?<=[号》)])|(?<=号文)|(?<=号文件))(?:[和与及]|以及)")
CHUNK = re.compile("[\u4e00-\u9fff]+$")


def find_code(view: View, stop: int, least: int) -> int | None:
    """Where the agency code begins that ends at `stop`, not before `least`; None when none of 2 to 14 characters does.

    A known code counts first; else the words since the last sign, leading word, organ in full or whitespace. A code
    that names no place has the letters of one before it, where nothing else stands there (伊州财社, 师市办发).
    """
    start = _code_start(view, stop, least)
    if start is not None and _is_worded(view, start, stop):
        return start + 1
    chunk = None if start is None else CHUNK.search(view.words, max(least, start - 4), start)
    if start is None or chunk is None or start in view.gaps:
        return start
    low, read = chunk.start(), read_code(view.words[start:stop].rstrip("-"))
    bare = read is not None and not _is_whole(read)
    near = start - low == 1 or (start - low <= 3 and is_place_letter(view.words[low]))
    leads = any(wording("number", words).match(view.words, low) for words in ("lead", "no-letter", "short-body"))
    return low if bare and near and not leads and not _is_worded(view, low, stop) else start


def _is_worded(view: View, start: int, stop: int) -> bool:
    """Whether a code begins behind what could be its letter: 原岭政发, 原财库〔2009〕15号废止, 自财库〔2009〕15号起设.

    It is one that needs no other letter; else a known one, or an agency's behind the letter of its place
    (原岭高编发〔2006〕2号停止执行, 自岭巡办〔2016〕2号印发之日起), where the words behind its number say so.
    """
    code = view.words[start + 1 : stop].rstrip("-")
    if _is_word(view, start, stop):
        return True
    word = view.words[start : start + 1]
    behind = {"原": "former", "自": "since"}.get(word)
    if behind is None or not wording("number", behind).match(view.words, stop) or view.words.endswith(word, 0, start):
        return False
    if (read := read_code(code)) is not None:
        return word == "原" or _is_whole(read) or code[0] in SIGNS
    if not is_place_letter(code[0]):
        return False
    if word == "自":
        return not is_local(code)
    placed = len(code) > _SHORTEST_LETTERED or code[1] in BEHIND_LETTERS or is_local(code[1:])
    return placed and bool(wording("number", "agency").search(code))


def _code_start(view: View, stop: int, least: int) -> int | None:
    stop -= len(view.words[:stop]) - len(view.words[:stop].rstrip("-"))
    if (bracketed := _bracketed_start(view, stop, least)) is not None:
        return bracketed
    chunk = CHUNK.search(view.words, max(least, stop - 40), stop)
    if chunk is None:
        return None
    after = _RESIDUE.match(view.words, chunk.start())
    low = after.end() if after else chunk.start()
    if low not in view.breaks and (joint := _JOINT.match(view.words, low)):
        low = joint.end()
    low = _behind_place(view, low, stop)
    if minutes := wording("number", "minutes").search(view.words, low, stop):
        return _without_lead(view, minutes.start(), stop, organs=False)
    start = _without_lead(view, low, stop)
    known = code_start(view.words[low:stop])
    if known is not None:
        return _known_start(view, start, low + known, stop)
    start = _since_gap(view, start, stop)
    if stop - start <= _LONGEST_BODY and _is_of_body(view, start, stop):
        return start
    start = _lettered_start(view, _after_body(view, _after_place(view, start, stop), stop), stop)
    long = stop - start > 6 and not _is_of_campaign(view, start, stop)
    long = long and not _is_lettered_place(view.words[start : start + 2])
    shaped = wording("number", "shape").search(view.words, start, stop) if long else None
    if shaped and shaped.start() > start + 2:
        start = shaped.start() + _is_letter_apart(view, shaped.start(), stop)
    single = view.words[start:stop] in docnumber.SINGLE
    return start if single or 2 <= stop - start <= LONGEST_CODE else None


def _behind_place(view: View, low: int, stop: int) -> int:
    """The place after the whitespace behind the name of a place, before a code with its letter: 吉林 吉人社联."""
    for gap in sorted((one for one in view.gaps if low < one < stop - 1), reverse=True):
        names = (view.words[at:gap] for at in range(max(low, gap - longest_prefix()), gap - 1))
        if any(view.words[gap] in letters_of(code) for name in names for code in prefixes().get(name, ())):
            return gap
    return low


def _is_letter_apart(view: View, start: int, stop: int) -> bool:
    """Whether the second character from `start` is the letter of a body's place, and the first is none."""
    apart = not is_place_letter(view.words[start]) and is_place_letter(view.words[start + 1])
    return apart and bool(wording("number", "body").fullmatch(view.words, start + 2, stop))


def _is_of_campaign(view: View, start: int, stop: int) -> bool:
    """Whether words behind a sign, or from a province's letter on, are the code of a campaign's office of a place.

    So 忻改善城市人居环境办发; not words that run into the code of a body (环境整治平政办发).
    """
    apart = start == 0 or CHUNK.match(view.words, start - 1, start) is None
    placed = apart and is_place_letter(view.words[start])
    placed = placed or bool(wording("number", "strong-letter").match(view.words, start))
    if not placed or not wording("number", "campaign").fullmatch(view.words, start + 1, stop):
        return False
    body = _body_start(view, start, stop)
    return body is None or view.words[body + 1] == "办"


def _is_of_body(view: View, start: int, stop: int) -> bool:
    """Whether words behind a sign or a lead are a body's name, perhaps with a kind (健康中国行动推进委员会发)."""
    apart = start == 0 or CHUNK.match(view.words, start - 1, start) is None or is_led(view.words[:start])
    return apart and bool(wording("number", "named-body").fullmatch(view.words, start, stop))


def _body_start(view: View, start: int, stop: int) -> int | None:
    """Where the letter of a place and the code of a body begin, behind two characters or more; None where none do."""
    places = (at for at in range(start + 2, stop - 2) if is_place_letter(view.words[at]))
    letters = (at for at in places if not cuts_word(view.words, at))
    return next((at for at in letters if wording("number", "body").fullmatch(view.words, at + 1, stop)), None)


def _after_place(view: View, start: int, stop: int) -> int:
    """The place after a body's place before a code that begins with a letter of its name.

    So 狮山镇狮府办, 第六师五家渠市师市发, 察右后旗后政办发; 云岭省青川行政区青革字 behind two places.
    """
    reached = start
    for found in wording("number", "placed").finditer(view.words, start, stop - 2):
        own = view.words[found.end()] in found[0][:-1]
        never = stop - found.end() > 2 and wording("number", "never-code-place").search(found[0])
        if found.start() != reached:
            break
        reached = found.end()
        start = reached if own or never else start
    return start


def _after_body(view: View, start: int, stop: int) -> int:
    """The place after a body in full before an agency's code with the letter of a place: 原塔山县文物管理局塔文物管."""
    found = wording("number", "placed-body").match(view.words, start, stop - 2)
    if found is None or not is_place_letter(view.words[found.end()]):
        return start
    code = view.words[found.end() : stop]
    return found.end() if wording("number", "agency").search(code) or _is_of_desk(code) else start


def _lettered_start(view: View, start: int, stop: int) -> int:
    """Where an unknown code begins in words that run into it: at the letter of a province or, after a word, a place."""
    start += letter_start(view.words[start:stop]) or _is_before_letter(view.words[start:stop])
    for at in range(start + 2, stop - 2):
        if is_province_letter(view.words[at]) and read_code(view.words[at:stop]) and not cuts_word(view.words, at):
            return at
    led = is_place_letter(view.words[start]) or wording("number", "strong-letter").match(view.words, start)
    body = None if led else _body_start(view, start, stop)
    return start if body is None else body


def _is_before_letter(words: str) -> bool:
    """Whether a character that is the letter of no place, or a word too, stands before a province's and an organ."""
    worded = any(wording("number", one).match(words) for one in ("starts-code", "worded"))
    lettered = (worded or not is_place_letter(words[:1])) and wording("number", "weak-letter").match(words, 1)
    return bool(lettered and pattern("codes", "organ-words").match(words, 2))


def _is_letter_of(words: str) -> bool:
    """Whether words may begin with the letter of a place: （从府办函〔2023〕17号), not （由云编办复〔2022〕41号)."""
    return is_place_letter(words[0]) and not _is_before_letter(words)


def _bracketed_start(view: View, stop: int, least: int) -> int | None:
    """Where a code begins that has an office in brackets: a known one, or one of finance."""
    found = wording("number", "bracketed").search(view.words, max(least, stop - LONGEST_CODE), stop)
    known = code_start(found[0]) if found else None
    gap = max((gap for gap in view.gaps if found and found.start() < gap < stop), default=None)
    if known is None and gap is not None and read_code(view.words[gap:stop]):
        return gap
    if found and known is not None and known < found[0].index("("):
        letters = 0 < known <= 2 and found.start() not in view.gaps and is_place_letter(found[0][0])
        own = letters and not wording("number", "lead").match(found[0])
        return found.start() + (0 if own else known)
    finance = wording("number", "bracketed-code").search(view.words, max(least, stop - 12), stop)
    return _without_lead(view, finance.start(), view.words.index("(", finance.start())) if finance else None


def _known_start(view: View, start: int, known: int, stop: int) -> int:
    """Where a code begins of which a known one is the end: at `start`, after the words before it, or at `known`."""
    if known < start and _is_led_code(view.words[known:stop]):
        return start
    zone = wording("number", "zone").search(view.words, max(0, known - 3), stop)
    if zone and zone.start() < known <= zone.end():
        return zone.start()
    if _is_lettered_place(view.words[start:known]) and wording("number", "agency").search(view.words, start, stop):
        return start
    whole = start != known and read_code(view.words[start:stop]) is not None
    if wording("number", "short-body").fullmatch(view.words, start, known):
        return known
    if whole and (start < known or start in view.gaps or _cuts_word(view, known, stop)):
        return start
    return start if _runs_on(view, start, known, stop) or _is_lettered(view, start, known, stop) else known


def _is_lettered_place(words: str) -> bool:
    """Whether words are the letter of a place and what it is called (怀市, 塔地), which an unknown code has too."""
    lettered = len(words) == len("怀市") and words[1] in BEHIND_LETTERS and words in prefixes()
    return lettered and not wording("number", "whose").match(words)


def _is_lettered(view: View, start: int, known: int, stop: int) -> bool:
    """Whether a known code of some place is the end of a code of a province (沪发改价费)."""
    letter = 1 < known - start <= 3 and wording("number", "strong-letter").match(view.words, start)
    if not letter or is_province_letter(view.words[known]) or any(start < line <= known for line in view.breaks):
        return False
    return bool(wording("number", "agency").search(view.words, start, stop))


def _cuts_word(view: View, known: int, stop: int) -> bool:
    """Whether a place lies within a leading word (执行教基)."""
    low = max(0, known - 3)
    cuts = wording("number", "lead").finditer(view.words, low, stop)
    return any(cut.start() < known < cut.end() for cut in cuts)


def _runs_on(view: View, start: int, known: int, stop: int) -> bool:
    """Whether a known code is only the end of a longer one (泽发改审字), of the letters of two characters."""
    return (
        0 < known - start <= 2
        and known not in view.gaps
        and not (known == start + 1 and _is_word(view, start, stop))
        and not wording("number", "no-letter").match(view.words, start)
        and not is_lettered(view.words[known:stop])
        and bool(wording("number", "shape").fullmatch(view.words, start, stop))
    )


def _is_word(view: View, start: int, stop: int) -> bool:
    """Whether a letter that is a word too stands before a code that needs no other: of a place, or a central one."""
    code = view.words[start + 1 : stop].rstrip("-")
    read = read_code(code) if wording("number", "worded").match(view.words, start) else None
    return read is not None and _is_whole(read) and not (read.region == CENTRAL and is_local(code))


def _is_whole(read: AgencyCode) -> bool:
    """Whether a code says whose it is, so that no letter is missing before it."""
    return bool(read.region or read.candidates)


def _without_lead(view: View, start: int, stop: int, *, organs: bool = True) -> int:
    """The place after the last leading word or organ that leaves a code of two characters, or one that is a code.

    A known code after a leading word ends the search, also one that begins with such a word (根据和政发).
    """
    words = view.words
    least = 1 if words[stop - 1 : stop] in docnumber.SINGLE else 2
    opens = start == 0 or words[start - 1] not in "》)号文件"
    inside = words.endswith("(", 0, start)
    for _ in range(8):
        rest = words[start:stop]
        if opens and _starts_code(rest) and read_code(rest) and not _is_led_code(rest):
            break
        cuts = sorted(_cuts(rest, organs))
        own = opens and _starts_code(rest) and not _is_led_code(rest)
        kept = [cut for cut in cuts if cut <= len(rest) - least and not (own and cut == 1)]
        kept = [cut for cut in kept if not _is_named_place(words, start + cut - 1)]
        kept = [
            cut for cut in kept if read_code(rest[cut:]) or not wording("number", "kind-alone").fullmatch(rest, cut)
        ]
        kept = [cut for cut in kept if read_code(rest[cut:]) or not _is_own_name(rest, cut)]
        if inside and kept == [1] and _is_letter_of(rest) and not read_code(rest[1:]):
            break
        if not kept:
            break
        known = next((cut for cut in kept if _leaves_code(rest, cut)), None)
        if known is not None:
            return start + known
        start += kept[-1]
        opens = False
    return start


def _is_own_name(rest: str, cut: int) -> bool:
    """Whether a cut ends the name of a body that its codes begin with (工信部信管函)."""
    return any(found.end() == cut for found in wording("number", "own-name").finditer(rest))


def _is_named_place(words: str, at: int) -> bool:
    """Whether a place's letter that is a word too, and what the place is called, stand behind a basis word.

    根据和地交〔1998〕15号 is one of 和田地区.
    """
    return _is_lettered_place(words[at : at + 2]) and bool(wording("number", "before-and").search(words, 0, at))


def _cuts(rest: str, organs: bool) -> Iterator[int]:
    """Where in `rest` the leading words end, and the organs in full."""
    yield from (cut.end() for cut in wording("number", "lead").finditer(rest))
    if organs:
        yield from (cut.end() for cut in wording("number", "organ").finditer(rest))


def _leaves_code(rest: str, at: int) -> bool:
    """Whether what a cut leaves of words is a known code that no word of it stands before."""
    return read_code(rest[at:]) is not None and not _joins(rest, at) and not _is_led_code(rest[at:])


def _joins(rest: str, at: int) -> bool:
    """Whether 和 at a place joins two things: it does but behind a basis word."""
    return rest[at] in "和与及" and wording("number", "before-and").search(rest, 0, at) is None


def _starts_code(rest: str) -> bool:
    return bool(wording("number", "starts-code").match(rest))


def _is_led_code(rest: str) -> bool:
    """Whether 依 stands before a central code, or one with another place's letter: 依财行, 依鼎政办, not 依政办."""
    if not rest.startswith("依") or len(rest) < 3:
        return False
    inner = read_code(rest[1:])
    return bool(inner and inner.region == CENTRAL) or (is_place_letter(rest[1]) and read_code(rest) is None)


def _is_stem(words: str) -> bool:
    """Whether words are the letter of a place and an organ (泽发改), which a line that ends parts from their kind."""
    return (
        is_place_letter(words[0]) and words[0] not in SIGNS and len(words) > 2 and read_code(f"{words}发") is not None
    )


def _since_gap(view: View, start: int, stop: int) -> int:
    """The place after the last whitespace that parts words from a code, not the letters of a code."""
    for gap in sorted((one for one in view.gaps if start < one < stop), reverse=True):
        before, after = view.words[start:gap], view.words[gap:stop]
        if len(after) > 1 and read_code(after) and not (gap in view.breaks and _is_stem(before)):
            return gap
        parts = len(before) == 1 or len(after) == 1 or after[0] in "办发函字规令"
        if not parts and not (len(before) + len(after) <= 8 and wording("number", "plausible").match(before + "发")):
            return gap
    return start


def _is_of_desk(code: str) -> bool:
    """Whether a code in 字 is that of an office of a known organ of a place (皖民社救字: 皖民, its 社救)."""
    least = max(3, len(code) - 1 - _LONGEST_DESK)
    lettered = code.endswith("字") and is_place_letter(code[0])
    return lettered and any(read_code(code[:at] + "发") for at in range(least - 1, len(code) - 1))


def _is_of_committee(code: str) -> bool:
    """Whether a code is the letter of a place and 字: that of its party committee (岭字〔2001〕17号)."""
    return len(code) == len("岭字") and code[-1] == "字" and is_place_letter(code[0])


def _is_of_division(code: str) -> bool:
    """Whether one character stands behind the known code of an organ of a place: that of a division (岭科发成)."""
    known = len(code) >= len("岭科发成") and read_code(code[:-1])
    return bool(known and wording("number", "division").search(code))


def may_be_code(code: str, serial: str, *, titled: bool = False) -> bool:
    """Whether words before a year and a serial may be a code: a known one, or one that ends as bodies' codes do.

    `titled` tells a number in the bracket behind the title of a document, or right before one: it may end as it will.
    """
    if (len(serial.lstrip("0")) > _LONGEST_SERIAL and serial.isdecimal()) or re.search("[-~]0", serial):
        return False
    if read_code(code):
        return not wording("number", "never-code").search(code)
    looks = wording("number", "no-code").search(code) or wording("number", "case").search(code)
    if looks or titled or wording("number", "agency").search(code) or _is_of_division(code):
        return not looks
    named = code[:-1] if _is_of_desk(code) or _is_of_committee(code) else code
    return not serial.startswith("0") and not wording("number", "unlikely").search(named)
