"""One change at random: to a small document, to the text of a whole one, or to a triple of a graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.equivalence.documents import Row, SmallDocument

_NUMBER = re.compile(r"(?<![\d.,])\d+(?:\.\d+)?(?![\d.,])")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_OTHER_VALUES = (
    "<https://example.org/elsewhere>",
    '""',
    '"变更"',
    f'"-1"^^<{_XSD}integer>',
    f'"7"^^<{_XSD}integer>',
    f'"99999999"^^<{_XSD}integer>',
    f'"0.5"^^<{_XSD}decimal>',
    f'"-987654321.25"^^<{_XSD}decimal>',
    f'"1987"^^<{_XSD}gYear>',
    f'"true"^^<{_XSD}boolean>',
    f'"false"^^<{_XSD}boolean>',
    f'"2024-05-06"^^<{_XSD}date>',
    f'"01.50"^^<{_XSD}decimal>',
    f'"x"^^<{_XSD}integer>',
)


def changed_document(random: Random, document: SmallDocument) -> SmallDocument:
    """The document with one number, digit, code, label, row or sentence changed."""
    return random.choice(_DOCUMENT_CHANGES)(random, document)


def changed_text(random: Random, text: str) -> str:
    """The text with one number of it changed, or one line gone."""
    if random.random() < 0.2:
        lines = text.splitlines(True)
        del lines[random.randrange(len(lines))]
        return "".join(lines)
    place = random.choice([found for found in _NUMBER.finditer(text) if found.end() - found.start() > 2])
    return text[: place.start()] + _other_number(random, place[0]) + text[place.end() :]


def changed_graph(random: Random, quads: Sequence[str], *, alike: bool = False) -> list[str]:
    """The lines of N-Quads with one statement changed, gone or added; `alike`: by another value of its datatype."""
    at = random.randrange(len(quads))
    change = random.choice((_gone, _alike, _alike, _alike) if alike else _STATEMENT_CHANGES)
    return [*quads[:at], *change(random, quads[at], quads), *quads[at + 1 :]]


def other_digit(random: Random, number: str) -> str:
    """The number with one of its digits another, as long as before."""
    at = random.choice([place for place, sign in enumerate(number) if sign.isdigit()])
    return number[:at] + random.choice([sign for sign in "0123456789" if sign != number[at]]) + number[at + 1 :]


def _other_number(random: Random, number: str) -> str:
    if random.random() < 0.6:
        return other_digit(random, number)
    return f"{random.randint(0, 99999)}.{random.randint(0, 99):02}" if random.random() < 0.8 else ""


def _number(random: Random, document: SmallDocument) -> SmallDocument:
    return _with_cell(random, document, "0123456789", lambda cell: _other_number(random, cell))


def _code(random: Random, document: SmallDocument) -> SmallDocument:
    def other(row: Row) -> Row:
        return (other_digit(random, row[0] if row[0].isdigit() else "208"), *row[1:])

    return _with_row(random, document, other)


def _label(random: Random, document: SmallDocument) -> SmallDocument:
    def other(label: str) -> str:
        cut = random.randrange(len(label))
        return label[:cut] + random.choice(("", "其他", "小计", "二")) + label[cut + 1 :]

    return _with_cell(random, document, "", other)


def _with_cell(random: Random, document: SmallDocument, last: str, change: Callable[[str], str]) -> SmallDocument:
    """The document with a cell changed that ends in one of these characters: a word, if there are none."""

    def other(row: Row) -> Row:
        fits = [at for at, cell in enumerate(row) if cell and (cell[-1] in last if last else not cell[-1].isdigit())]
        at = random.choice([one for one in fits if "." in row[one] or not last])
        return (*row[:at], change(row[at]), *row[at + 1 :])

    return _with_row(random, document, other)


def _row(random: Random, document: SmallDocument) -> SmallDocument:
    rows = list(document.rows)
    at = random.randrange(1, len(rows))
    kind = random.choice(("gone", "twice", "swapped"))
    if kind == "gone":
        del rows[at]
    elif kind == "twice":
        rows.insert(at, rows[at])
    else:
        other = random.randrange(1, len(rows))
        rows[at], rows[other] = rows[other], rows[at]
    return replace(document, rows=tuple(rows))


def _sentence(random: Random, document: SmallDocument) -> SmallDocument:
    at = random.randrange(len(document.said))
    said = changed_text(random, document.said[at])
    return replace(document, said=(*document.said[:at], said, *document.said[at + 1 :]))


def _with_row(random: Random, document: SmallDocument, change: Callable[[Row], Row]) -> SmallDocument:
    at = random.randrange(1, len(document.rows))
    return replace(document, rows=(*document.rows[:at], change(document.rows[at]), *document.rows[at + 1 :]))


_DOCUMENT_CHANGES = (_number, _number, _number, _code, _label, _row, _sentence)


def _parts(quad: str) -> tuple[str, str, str, str]:
    subject, predicate, rest = quad.split(" ", 2)
    value, graph = rest.rsplit(" <", 1)
    return subject, predicate, value, f" <{graph}"


def _gone(random: Random, quad: str, quads: Sequence[str]) -> list[str]:
    return []


def _other_value(random: Random, quad: str, quads: Sequence[str]) -> list[str]:
    subject, predicate, _, graph = _parts(quad)
    return [f"{subject} {predicate} {random.choice(_OTHER_VALUES)}{graph}"]


def _further_value(random: Random, quad: str, quads: Sequence[str]) -> list[str]:
    return [quad, *_other_value(random, quad, quads)]


def _swapped_value(random: Random, quad: str, quads: Sequence[str]) -> list[str]:
    """The value that some other statement has."""
    subject, predicate, _, graph = _parts(quad)
    return [f"{subject} {predicate} {_parts(random.choice(quads))[2]}{graph}"]


def _alike(random: Random, quad: str, quads: Sequence[str]) -> list[str]:
    """Another value of the same datatype, or another node."""
    subject, predicate, value, graph = _parts(quad)
    said = {_parts(other)[2] for other in quads} | set(_OTHER_VALUES[:-2])
    others = sorted(one for one in said if _datatype(one) == _datatype(value) and one != value)
    return [f"{subject} {predicate} {random.choice(others or [value])}{graph}"]


def _datatype(value: str) -> str:
    return value[value.rfind('"') :] if value.startswith('"') else "node"


def _other_predicate(random: Random, quad: str, quads: Sequence[str]) -> list[str]:
    subject, predicate, value, graph = _parts(quad)
    other = random.choice((f"{predicate[:-1]}x>", _parts(random.choice(quads))[1]))
    return [f"{subject} {other} {value}{graph}"]


def _other_subject(random: Random, quad: str, quads: Sequence[str]) -> list[str]:
    subject, predicate, value, graph = _parts(quad)
    near = f"{subject[:-1]}x>" if subject.startswith("<") else f"{subject}x"
    other = random.choice((near, _parts(random.choice(quads))[0], "_:b1"))
    return [f"{other} {predicate} {value}{graph}"]


_STATEMENT_CHANGES = (_gone, _other_value, _further_value, _swapped_value, _other_predicate, _other_subject)
