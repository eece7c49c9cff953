"""What is wrong with a text that is no query, where the parser says no more than what else it could have read.

The usual slips are looked for in the text itself: signs of a Chinese keyboard, an IRI with a blank in it or without its
brackets, a first word that begins no query, a prefix that nobody declared. Only then is the parser quoted, whose place
is the end of what it could read in any way, and which names a few of the words and signs that might follow there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from server.prefixes import prefixes
from server.scan import FORMS, first_word, tokens, undeclared_prefix

REASON_LENGTH = 200
"""Characters of a parser's message that are shown; it lists every sign it would have taken."""

_HALF = dict(zip("？｛｝（）＜＞：；，．。＝＆｜！＊＋－／＄＃＠“”‘’", "?{}()<>:;,..=&|!*+-/$#@\"\"''", strict=True))
# What somebody meant for an IRI: a scheme, and up to the bracket something that no IRI has (RFC 3987 2.2).
_MEANT = re.compile(r"<[A-Za-z][\w+.-]*:[^<>\r\n]*>", re.ASCII)
_NOT_IN_IRI = re.compile(r"[\x00-\x20\"{}|^`\\]")
# An address that stands bare: read as a prefix, its name empty, before two slashes.
_BARE = re.compile(r"[A-Za-z][\w+.-]*://[^\s<>{}|^`\\\"]*", re.ASCII)
_SAID = re.compile(r"error at (\d+:\d+): expected (?:one of )?(.*)", re.DOTALL)
# The words that it would have taken are some of many; the signs are those that are usually missing.
_SIGN = re.compile(r"\"(?:\\.|[^\"\\\s\w])+\"")
_TWICE, _UNGROUPED = "Duplicated variable name in SELECT", "The SELECT contains a variable that is unbound"


def explain(text: str, said: str) -> str:
    """Return what is wrong with a text, with its place, line and column from 1; `said` is what the parser says of it.

    >>> explain("SELECT ？x { ?x ?y ?z }", "error at 1:16: expected DISTINCT")
    'error at 1:8: ？ is a full-width sign, SPARQL has ?'
    >>> explain("SELEC x", "error at 1:8: expected one of VERSION, [_]")
    'error at 1:1: SELEC begins no query, which begins with one of SELECT, ASK, CONSTRUCT, DESCRIBE'
    """
    every = list(tokens(text))
    return _slip(text, every) or _quoted(" ".join(said.split()))


def _slip(text: str, every: Iterable[int]) -> str:
    """Return what the text itself shows to be wrong, empty where nothing does."""
    for at in every:
        if text[at] in _HALF:
            return f"{_place(text, at)}: {text[at]} is a full-width sign, SPARQL has {_HALF[text[at]]}"
        if (meant := _MEANT.match(text, at)) and (wrong := _NOT_IN_IRI.search(meant[0])):
            sign = "a blank" if wrong[0].isspace() else wrong[0]
            return f"{_place(text, at)}: {meant[0][:REASON_LENGTH]} is no IRI, which cannot have {sign}"
    at, word = first_word(text)
    if word and not word.upper().startswith(FORMS):
        forms = ", ".join(FORMS)
        return f"{_place(text, at)}: {word[:REASON_LENGTH]} begins no query, which begins with one of {forms}"
    at, prefix = undeclared_prefix(text)
    if bare := _BARE.match(text, at) if prefix else None:
        return f"{_place(text, at)}: an IRI stands in angle brackets: <{bare[0][:REASON_LENGTH]}>"
    if prefix:
        known = prefixes().get(prefix[:-1], "…")
        return f"{_place(text, at)}: the prefix {prefix} is not declared, begin with PREFIX {prefix} <{known}>"
    return ""


def _quoted(said: str) -> str:
    """Return what the parser says without the signs that it would have taken, which may be any."""
    found = _SAID.fullmatch(said)
    if found is None:
        return said[:REASON_LENGTH]
    place, expected = found[1], found[2]
    if _TWICE in expected:
        return f"error at {place}: SELECT names a variable twice"
    if _UNGROUPED in expected:
        return f"error at {place}: SELECT names a variable that GROUP BY does not"
    named = ", ".join(_SIGN.findall(expected))
    on = f"; it may go on with {named[:REASON_LENGTH]}, among others" if named else ""
    return f"error at {place}: it cannot be read further than this{on}"


def _place(text: str, at: int) -> str:
    """Return where a character stands, as the parser says it."""
    line, before = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at)
    return f"error at {line}:{at - before}"
