"""What a caller states: each parameter once, one of the values that there are, a number; for a query as RDF terms.

What cannot be is refused with the name of the parameter and what it may be, on every page and for every program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from mapping.docnumber import normalise
from server.catalogue import Parameter, Query
from server.errors import ParameterError, QueryFileError
from server.terms import notations

_TYPE_NAMES = {
    "string": "text",
    "iri": "an absolute IRI",
    "document-number": "a document number such as 财建〔2006〕468号",
    "integer": "a whole number",
    "count": "a whole number from 0 on",
}
_MOST_NAMED, _MOST_NEAR = 16, 5
# What a year and the code of a region look like: those that a release does not have are asked for in good faith.
_WELL_FORMED = {"year": "(?:19|20)[0-9]{2}", "region": "[0-9]{2,6}"}
# Characters of what a caller stated that an error repeats.
_LONGEST = 80
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def bind(query: Query, values: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return the terms by SPARQL variable; raises `ParameterError` naming what is wrong."""
    known = {each.name: each for each in query.parameters}
    for name in values:
        if name not in known:
            offered = ", ".join(known) or "none"
            raise ParameterError(f"{query.name} has no parameter {name!r}; it has: {offered}")
    for each in query.parameters:
        if each.required and not values.get(each.name):
            raise ParameterError(f"{query.name} needs the parameter {each.name!r}: {each.summary}")
    return {known[name].variable: _term(known[name], value) for name, value in values.items() if value}


def stated_once(fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the one value of each field; raises `ParameterError` for one that has several."""
    for name, stated in fields.items():
        if len(stated) != 1:
            raise ParameterError(f"{name[:_LONGEST]} is stated more than once")
    return {name: values[0] for name, values in fields.items()}


def one_of(name: str, value: str, known: Mapping[str, str], names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the known value that is stated, by itself, by the label that it alone has, or by one of its `names`.

    Raises `ParameterError`, which offers those there are, or the nearest, with their labels. A year or a region's code
    that nothing is of is no error: the answer to it has no rows.

    >>> one_of("region", "泽州县", {"140525": "泽州县", "140500": "晋城市"})
    '140525'
    >>> one_of("region", "泽州", {"140525": "泽州县", "140500": "晋城市"})
    Traceback (most recent call last):
    server.errors.ParameterError: region must be one of 140500 (晋城市), 140525 (泽州县), not '泽州'
    """
    if value in known or re.fullmatch(_WELL_FORMED.get(name, "(?!)"), value):
        return value
    times = Counter(known.values())
    labels = {label: each for each, label in known.items() if label and times[label] == 1}
    if (meant := _called(value, {**labels, **names, **{each: each for each in known}})) in known:
        return meant
    called = sorted(known)
    if len(known) > _MOST_NAMED:
        values = {written: each for each, label in known.items() for written in (each, label) if written}
        near = (values[each] for each in get_close_matches(value, sorted(values), _MOST_NEAR, cutoff=0))
        called = list(dict.fromkeys(near))
    offered = [f"{each} ({known[each]})" if known[each] not in ("", each) else each for each in called]
    raise ParameterError(_not_among(name, value, offered, len(known)))


def whole_number(name: str, values: Mapping[str, str]) -> int:
    """Return the number from 1 on that a caller gives, 1 where none is given; raises `ParameterError`.

    >>> whole_number("page", {"page": "20"}), whole_number("page", {})
    (20, 1)
    """
    stated = values.get(name, "1")
    if not re.fullmatch("[1-9][0-9]{0,8}", stated):
        raise ParameterError(f"{name} is a whole number from 1 on")
    return int(stated)


def _term(parameter: Parameter, value: str) -> NamedNode | Literal:
    if parameter.codes:
        return Literal(_notation(parameter, value.strip()))
    try:
        return _READERS[parameter.type](value.strip())
    except ValueError as error:
        raise ParameterError(f"{parameter.name} must be {_TYPE_NAMES[parameter.type]}, not {value!r}") from error


def _notation(parameter: Parameter, value: str) -> str:
    """Return the notation that a value is or names by its label; raises `ParameterError` naming those there are."""
    known = notations(parameter.codes)
    if not known:
        raise QueryFileError(f"codes of {parameter.name}: there is no code list {parameter.codes!r}")
    if meant := _called(value, known):
        return meant
    every = sorted(set(known.values()))
    near = every if len(every) <= _MOST_NAMED else get_close_matches(value, sorted(known), cutoff=0)
    raise ParameterError(_not_among(parameter.name, value, near, len(every)))


def _called(value: str, names: Mapping[str, str]) -> str:
    """Return what a value names, whatever its letters' case; empty where it is no name."""
    folded = {name.casefold(): meant for name, meant in names.items()}
    return names.get(value) or folded.get(value.casefold(), "")


def _not_among(name: str, value: str, offered: Sequence[str], count: int) -> str:
    """Return what is said of a value that is none of so many, of which some or all are offered."""
    among = "one of" if len(offered) == count else f"one of {count}, such as"
    return f"{name} must be {among} {', '.join(offered)}, not {value[:_LONGEST]!r}"


def _iri(value: str) -> NamedNode:
    if not _ABSOLUTE.fullmatch(value):
        raise ValueError(value)
    return NamedNode(value)


def _integer(value: str) -> Literal:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise ValueError(value)
    return Literal(int(value))


def _count(value: str) -> Literal:
    if value.startswith("-"):
        raise ValueError(value)
    return _integer(value)


def _document_number(value: str) -> Literal:
    """Return the normal form of a number in any spelling: 机关代字〔年份〕序号号 (GB/T 9704), 国务院令第588号."""
    number = normalise(value)
    if number is None:
        raise ValueError(value)
    return Literal(number)


_READERS: Mapping[str, Callable[[str], NamedNode | Literal]] = {
    "string": Literal,
    "iri": _iri,
    "document-number": _document_number,
    "integer": _integer,
    "count": _count,
}
