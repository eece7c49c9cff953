"""What a query asks for, found before it is evaluated: its form, its dataset, and calls to other servers.

pyoxigraph has no parse tree and cannot switch SERVICE off, so the text is scanned here. Its parser knows no
tokens: it takes `SERVICESILENT<…>{`, `1e5SERVICEe:a{`, and `<` as "less than" where a scanner sees an IRI.
Calls are therefore looked for at every position that *some* reading takes for code. At worst a query
that makes no call is refused; none that makes one passes. Form and dataset come from the one usual reading.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import QuerySolutions, Store

from server.errors import QueryRefusedError, QuerySyntaxError

MOST_NESTED = 200
"""Brackets within brackets; the parser dies of some thousands, and no question needs a hundred."""
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
"""What a query may be."""

# Possessive quantifiers and bounded names keep every match linear, whatever the text.
GAP = r"(?:[\s\ufeff]++|#[^\r\n]*+)*+"
_IRI = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"
_PREFIX_NAME = r"(?:[^\W\d_](?:[\w.·-]{0,250}[\w·-])?)?:"
_LOCAL_NAME = r"(?:[\w:.·-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*+"
_PREFIXED = _PREFIX_NAME + _LOCAL_NAME
_VARIABLE = r"[?$]\w++"
_TARGET = rf"(?:{_VARIABLE}|{_IRI}|{_PREFIXED})"

_LONG_STRING = re.compile(r'"""(?:"{0,2}(?:[^"\\]|\\.))*+"{0,2}?"""' r"|'''(?:'{0,2}(?:[^'\\]|\\.))*+'{0,2}?'''", re.S)
_OPAQUE = re.compile(
    r'"(?:[^"\\\r\n]|\\.)*+"'
    r"|'(?:[^'\\\r\n]|\\.)*+'"
    rf"|#[^\r\n]*+|{_VARIABLE}|@[A-Za-z]++(?:-[A-Za-z0-9]++)*+"
)
_NAMED = re.compile(rf"{_IRI}|{_PREFIXED}")
_WORD = re.compile(r"[A-Za-z]++")
_SERVICE = re.compile(rf"SERVICE{GAP}(?:SILENT{GAP})?{_TARGET}{GAP}\{{", re.I)
_GRAPH = re.compile(rf"GRAPH{GAP}{_TARGET}{GAP}(?=\{{)", re.I)

_BASE = re.compile(rf"BASE{GAP}(?P<iri>{_IRI})", re.I)
_PREFIX = re.compile(rf"PREFIX{GAP}(?P<name>{_PREFIX_NAME}){GAP}(?P<iri>{_IRI})", re.I)
# Without a blank before it FROM is of one word with what it follows.
_FROM = re.compile(rf"(?:ASK|CONSTRUCT)?FROM{GAP}(?P<named>NAMED{GAP})?(?P<graph>{_IRI}|{_PREFIXED})", re.I)
_PROLOGUE = re.compile(
    rf"(?:{GAP}(?:BASE{GAP}{_IRI}|PREFIX{GAP}{_PREFIX_NAME}{GAP}{_IRI}))*+{GAP}(?P<form>[A-Za-z]++)", re.I
)
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a request asks about instead of the whole release, as IRIs."""

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What is known of a query before it is evaluated; `form` is empty when the text is no query."""

    form: str
    dataset: Dataset | None

    @property
    def gives_graph(self) -> bool:
        """Return whether the answer is RDF, not a table of results."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


@lru_cache(maxsize=128)
def scan(text: str, base: str = "") -> Scanned:
    """Return the form and the dataset of a query; refuses SERVICE, updates and deep nesting.

    Relative IRIs of graphs are resolved against BASE of the query, or `base`, as the engine does it.
    """
    _refuse_calls(text)
    begun = _PROLOGUE.match(text)
    if begun and begun["form"].upper() in FORMS and _is_plain(text):
        return Scanned(begun["form"].upper(), None)
    places = list(tokens(text))
    _refuse_nesting(text, places)
    return Scanned(_form(text, places), _dataset(text, places, base))


def _is_plain(text: str) -> bool:
    """Return whether a text can neither name a dataset nor be nested too deeply, which saves reading its tokens."""
    return sum(map(text.count, "({[")) <= MOST_NESTED and "from" not in text.lower()


def _refuse_calls(text: str) -> None:
    if "service" not in text.lower():
        return
    for position in _code_positions(text):
        if _SERVICE.match(text, position):
            raise QueryRefusedError("SERVICE is not offered here: ask the other endpoint itself")


def _code_positions(text: str) -> Iterator[int]:
    """Yield, in order, the positions that some reading of the text takes for code."""
    pending = {0}
    for position in range(len(text)):
        if position in pending:
            pending.discard(position)
            yield position
            pending.update(_following(text, position))


def _following(text: str, position: int) -> set[int]:
    opaque = _opaque_end(text, position)
    if opaque:
        return {opaque}
    graph = _GRAPH.match(text, position)
    if graph:
        return {graph.end()}
    named = _NAMED.match(text, position)
    if named is None:
        return {position + 1}
    return {named.end()} if text[position] == ":" else {named.end(), position + 1}


def _opaque_end(text: str, position: int) -> int:
    """Return where the string, comment, variable or language tag at a position ends, 0 where none begins."""
    if text.startswith(('"""', "'''"), position):
        long_string = _LONG_STRING.match(text, position)
        if long_string is None:
            raise QuerySyntaxError("a string opened by three quotation marks is not closed")
        return long_string.end()
    opaque = _OPAQUE.match(text, position)
    return opaque.end() if opaque else 0


def tokens(text: str) -> Iterator[int]:
    """Yield the starts of names, words and single signs in the usual reading."""
    position = 0
    while position < len(text):
        opaque = _opaque_end(text, position)
        if opaque:
            position = opaque
            continue
        yield position
        token = _NAMED.match(text, position) or _WORD.match(text, position)
        position = token.end() if token else position + 1


def undeclared_prefix(text: str) -> tuple[int, str]:
    """Return where the first name stands whose prefix no PREFIX declares, and that with its colon; empty if none does.

    >>> undeclared_prefix("PREFIX a: <x:> SELECT * { _:b a a:C ; def:amount ?amount }")
    (38, 'def:')
    """
    places = list(tokens(text))
    declared = {found["name"] for each in places if (found := _PREFIX.match(text, each))}
    for each in places:
        named = _NAMED.match(text, each)
        if named and text[each] != "<" and text[each - 1 : each] != "_":
            prefix = named[0].partition(":")[0] + ":"
            if prefix not in declared:
                return each, prefix
    return 0, ""


def first_word(text: str) -> tuple[int, str]:
    """Return where the word stands with which a text begins after its BASE and PREFIX, and the word; empty if none.

    >>> first_word("PREFIX a: <x:> SELEC *")
    (15, 'SELEC')
    """
    return _first_word(text, tokens(text))


def _first_word(text: str, places: Iterable[int]) -> tuple[int, str]:
    for position in places:
        word = _WORD.match(text, position)
        if word and not _NAMED.match(text, position) and word[0].upper() not in ("BASE", "PREFIX"):
            return position, word[0]
    return 0, ""


def _refuse_nesting(text: str, places: list[int]) -> None:
    depth = 0
    for position in places:
        depth += (text[position] in "({[") - (text[position] in ")}]")
        if depth > MOST_NESTED:
            raise QueryRefusedError(f"brackets are nested more than {MOST_NESTED} deep")


def _form(text: str, places: list[int]) -> str:
    name = _first_word(text, places)[1].upper()
    if name in _UPDATES:
        raise QueryRefusedError("this server is read-only: updates are not offered")
    return next((form for form in FORMS if name.startswith(form)), "")


def _dataset(text: str, places: list[int], base: str) -> Dataset | None:
    declared: list[str] = []
    prefixes: set[str] = set()
    default: list[str] = []
    named: list[str] = []
    for position in places:
        if found := _BASE.match(text, position):
            declared.append(found[0])
        elif found := _PREFIX.match(text, position):
            declared.append(found[0])
            prefixes.add(found["name"])
        elif (found := _FROM.match(text, position)) and not _is_declared(text, position, prefixes):
            (named if found["named"] else default).append(found["graph"])
    graphs = _resolved(declared, [*default, *named], base) if default or named else []
    return Dataset(tuple(graphs[: len(default)]), tuple(graphs[len(default) :])) if graphs else None


def _is_declared(text: str, position: int, prefixes: Container[str]) -> bool:
    """Return whether a name at a position has a declared prefix, as `from:a` may."""
    name = _NAMED.match(text, position)
    return name is not None and f"{name[0].partition(':')[0]}:" in prefixes


def _resolved(declared: Sequence[str], graphs: Sequence[str], base: str) -> list[str]:
    """Return the IRIs that names of graphs stand for below some declarations, none where the engine cannot read one.

    The engine reads them, so that a graph is the same in FROM as in GRAPH: what it cannot read it says of the query.

    >>> _resolved(["BASE <urn://x/a/>", "PREFIX e: <http://x/e#>"], ["<../b#>", "e:c"], "")
    ['urn://x/b#', 'http://x/e#c']
    """
    asked = f"{' '.join(declared)} SELECT ?graph {{ VALUES ?graph {{ {' '.join(graphs)} }} }}"
    try:
        solutions = Store().query(asked, base_iri=base or None)
    except SyntaxError:
        return []
    assert isinstance(solutions, QuerySolutions)
    return [solution["graph"].value for solution in solutions]
