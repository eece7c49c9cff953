"""Names of laws, regulations and rules that disclosures cite, to the act that bears them.

The acts are in `mapping/data/laws.yaml`; local acts that carry out a law, and local 条例, are known by their form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from mapping.docnumber import SIMPLIFIED
from mapping.lexicon import load, pattern
from mapping.regions import CENTRAL, region_chain, region_of

_STATE = "中华人民共和国"
_ACTS = ("实施细则", "实施条例")


@dataclass(frozen=True, slots=True)
class Law:
    """An act: `key` is its full name, `kind` law, regulation or other, `region` 'cn' or six digits of GB/T 2260.

    `short` are its other names, `number` the order that issued its present text, in normal form (国务院令第729号),
    where that is sure.
    """

    key: str
    kind: str
    region: str
    short: tuple[str, ...] = ()
    number: str | None = None


@lru_cache(maxsize=1 << 12)
def law_named(name: str) -> Law | None:
    """The act of a full or short name, with or without 中华人民共和国, 《》, whitespace and an amendment in brackets.

    Local acts are known by their form: 实施…法办法, …法实施办法 and …条例 of a province, a city or an autonomous
    place. None for any other name.
    """
    bare = _normal(name)
    return _listed().get(bare) or _carrying(bare) or _local_act(bare)


@cache
def law_names() -> tuple[str, ...]:
    """Every name that means its act also without 《》, the longest first.

    A reader has to see that no place stands before it (河北省工会法…) and no word goes on behind it (预算法定).
    """
    names = {
        name for entry in _entries() for name in (*_with_state(entry), *entry.get("bare", ()), *_carried_out(entry))
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def article_names() -> tuple[str, ...]:
    """Names of acts that other words hold too, so that only an article behind them shows what is meant: 水法第八条."""
    short = {one for entry in _entries() if entry["kind"] == "law" for one in entry.get("short", ())}
    regulations = {entry["name"] for entry in _entries() if entry["kind"] == "regulation"}
    return tuple(sorted((short | regulations) - set(law_names()), key=lambda name: (-len(name), name)))


def _normal(name: str) -> str:
    bare = re.sub(r"\s+|[《》〈〉<>]", "", unicodedata.normalize("NFKC", name)).translate(SIMPLIFIED)
    return pattern("laws", "amended").sub("", bare).replace(_STATE, "")


# --- the list ---


@cache
def _entries() -> tuple[dict[str, Any], ...]:
    """The acts with their kinds, `number` in normal form."""
    return tuple({**entry, "kind": kind} for kind, entries in load("laws")["acts"].items() for entry in entries)


@cache
def _listed() -> dict[str, Law]:
    laws = map(_law, _entries())
    return {_normal(name): law for law in laws for name in (law.key, *law.short)}


def _law(entry: dict[str, Any]) -> Law:
    short = (*entry.get("short", ()), *entry.get("bare", ()))
    others = tuple(one for one in short if one != entry["name"])
    return Law(entry["name"], entry["kind"], CENTRAL, others, _number(entry))


def _number(entry: dict[str, Any]) -> str | None:
    return f"国务院令第{entry['order']}号" if "order" in entry else None


def _with_state(entry: dict[str, Any]) -> tuple[str, ...]:
    """A name that begins with the state's is part of no other words."""
    return (entry["name"],) if entry["name"].startswith(_STATE) else ()


def _carrying(bare: str) -> Law | None:
    """The act of the State Council or a ministry that carries out a law of the list, by its name."""
    for act in _ACTS:
        law = _listed().get(bare.removesuffix(act)) if bare.endswith(act) else None
        if law and law.kind == "law":
            return Law(f"{law.key}{act}", "regulation", CENTRAL)
    return None


def _carried_out(entry: dict[str, Any]) -> Iterator[str]:
    """The names of acts that carry out a law: 计量法实施细则."""
    short = entry["name"].removeprefix(_STATE)
    if entry["kind"] == "law" and short.endswith("法"):
        yield from (short + act for act in _ACTS)


# --- local acts ---


def _local_act(name: str) -> Law | None:
    found = pattern("laws", "local").fullmatch(name)
    region = region_of(name) if found else None
    if found is None or region is None or not _legislates(region):
        return None
    carried = found["carried"] or found["carrying"]
    return Law(name, "regulation", region) if carried is None or carried in _listed() else None


def _legislates(region: str) -> bool:
    """Whether a place has acts of its own: provinces, cities with districts and autonomous places do."""
    place = region_chain(region)[-1]
    return place.level != "county" or "自治" in place.name
