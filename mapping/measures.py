"""What amounts, counts and rates are of: the measures of ontology/measures.ttl and the names they are printed by.

Names that only vary in small words (一般公共预算当年财政拨款收入) are put together of mapping/data/measures.yaml.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from pyoxigraph import RdfFormat, parse

from mapping.document import fold
from mapping.lexicon import load

_DEF = "https://w3id.org/yusuan/def#"
_MEASURE = "https://w3id.org/yusuan/code/measure/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_QUOTES = re.compile('[“”＂"]')


@dataclass(frozen=True, slots=True)
class Measure:
    """A concept of `code:measure`: its notation, Chinese label, all printed names, and what the term itself says.

    `unit_kind` is a notation of `code:unit-kind`; `character`, `carry_over` and `fund_scope` of their lists, or None;
    `counts_as` is the measure of the canonical fact, which has the fund scope in a dimension of its own.
    """

    notation: str
    label: str
    names: frozenset[str]
    unit_kind: str
    character: str | None
    carry_over: str | None
    fund_scope: str | None
    broader: str | None
    counts_as: str


@cache
def measures() -> Mapping[str, Measure]:
    """The measures by notation."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse((files("ontology") / "measures.ttl").read_bytes(), RdfFormat.TURTLE):
        subject = str(getattr(quad.subject, "value", ""))
        if subject.startswith(_MEASURE):
            name = quad.predicate.value.removeprefix(_SKOS).removeprefix(_DEF)
            language = getattr(quad.object, "language", None)
            value = str(getattr(quad.object, "value", "")).rpartition("/")[2]
            said[subject.removeprefix(_MEASURE)][f"{name}@{language.lower()}" if language else name].append(
                str(getattr(quad.object, "value", "")) if language else value
            )
    return _with_composed({notation: _measure(notation, values) for notation, values in sorted(said.items())})


def _with_composed(found: dict[str, Measure]) -> Mapping[str, Measure]:
    """The measures with the names that are put together of parts, none of which is another one's already."""
    taken = {name for measure in found.values() for name in measure.names}
    for entry in load("measures")["composed"]:
        names = {"".join(parts) for parts in itertools.product(*entry["parts"])} - taken
        measure = found[entry["measure"]]
        found[entry["measure"]] = replace(measure, names=measure.names | names)
        taken |= names
    return found


def _measure(notation: str, said: Mapping[str, list[str]]) -> Measure:
    def one(name: str) -> str | None:
        return said[name][0] if name in said else None

    label = said["prefLabel@zh-hans"][0]
    return Measure(
        notation=notation,
        label=label,
        names=frozenset([label, *said.get("altLabel@zh-hans", [])]),
        unit_kind=said["unitKind"][0],
        character=one("operationCharacter"),
        carry_over=one("carryOver"),
        fund_scope=one("fundScope"),
        broader=one("broader"),
        counts_as=one("countsAs") or notation,
    )


@cache
def _by_name() -> Mapping[str, Measure]:
    return {_spelled(name): measure for measure in measures().values() for name in measure.names}


def measure_named(name: str) -> Measure | None:
    """The measure that a printed name (whitespace, width and quotation marks aside) is a name of, or None."""
    return _by_name().get(_spelled(name))


def _spelled(name: str) -> str:
    return _QUOTES.sub("", fold(name))


def whole_of(parts: Collection[str]) -> str | None:
    """The narrowest measure that several make up together, or None: all that lie right within it, or their own parts.

    >>> whole_of({"abroad", "reception", "vehicle-purchase", "vehicle-operation"}), whole_of({"abroad", "reception"})
    ('three-public', None)
    """
    above = min(parts) if parts else None
    while above:
        if all(lies_within(one, above) for one in parts) and _made_up(above, parts):
            return above
        above = measures()[above].broader
    return None


def _made_up(whole: str, parts: Collection[str]) -> bool:
    narrower = [one.notation for one in measures().values() if one.broader == whole]
    return whole in parts or (bool(narrower) and all(_made_up(one, parts) for one in narrower))


def lies_within(notation: str, whole: str) -> bool:
    """Whether a measure is another one or narrower than it (skos:broader)."""
    above: str | None = notation
    while above and above != whole:
        above = measures()[above].broader
    return above == whole
