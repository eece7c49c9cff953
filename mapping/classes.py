"""Names and codes of the government classifications (政府收支分类科目), from the vocabulary's code lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from mapping.document import squeeze
from mapping.graph import LABEL
from mapping.lexicon import load

_BASE = "https://w3id.org/yusuan/code/"
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.])")
_LANGUAGES = ("zh-hans", "en")
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@cache
def _labels(scheme: str) -> Mapping[str, Mapping[str, list[tuple[str, str]]]]:
    """Code to prefLabel and altLabel, to the languages and names that the vocabulary gives."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse((files("ontology") / f"{scheme}.ttl").read_bytes(), RdfFormat.TURTLE):
        kind = quad.predicate.value.removeprefix(_SKOS)
        code = str(getattr(quad.subject, "value", "")).removeprefix(f"{_BASE}{scheme}/")
        language = getattr(quad.object, "language", None) or ""
        if kind in ("prefLabel", "altLabel") and code.isdigit():
            found[code][kind].append((language.lower(), str(getattr(quad.object, "value", ""))))
    return found


@cache
def scheme_names(scheme: str) -> dict[str, str]:
    """Language to the name of one scheme.

    >>> scheme_names("functional")["zh-hans"]
    '支出功能分类'
    """
    quads = parse((files("ontology") / f"{scheme}.ttl").read_bytes(), RdfFormat.TURTLE)
    own = [quad for quad in quads if quad.subject == NamedNode(_BASE + scheme) and quad.predicate.value == LABEL]
    return {
        (one.language or "").lower(): one.value for one in (quad.object for quad in own) if isinstance(one, Literal)
    }


@cache
def names(scheme: str) -> dict[str, frozenset[str]]:
    """Code to the Chinese names it goes by or went by, for one scheme: functional, economic or government-economic."""
    return {
        code: frozenset(squeeze(name) for kind in kinds.values() for language, name in kind if language == "zh-hans")
        for code, kinds in _labels(scheme).items()
    }


def official_name(scheme: str, code: str, year: int) -> Mapping[str, str]:
    """Language to the name that the official list of a year has for a code; nothing where the vocabulary lacks it.

    Names that were changed are those of mapping/data/renamed.yaml.

    >>> official_name("functional", "210", 2018)["zh-hans"], official_name("functional", "210", 2019)["zh-hans"]
    ('医疗卫生与计划生育支出', '卫生健康支出')
    """
    former: list[dict[str, str]] = [one for one in load("renamed")[scheme].get(code, ()) if year <= one["until"]]
    if former:
        return {language: former[0][language] for language in _LANGUAGES}
    return dict(_labels(scheme)[code]["prefLabel"]) if code in _labels(scheme) else {}


@cache
def _codes(scheme: str) -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for code, labels in sorted(names(scheme).items()):
        for label in labels:
            codes[label] = (*codes.get(label, ()), code)
    return codes


def codes_of(scheme: str, label: str) -> tuple[str, ...]:
    """The codes that go by a printed label (its numbering 一、 left out, 其它 read as 其他), in ascending order."""
    return _codes(scheme).get(_NUMBERING.sub("", squeeze(label)).replace("其它", "其他"), ())


def class_code(scheme: str, label: str) -> str | None:
    """The code of the 类 (three digits) that a printed label names, or None."""
    return next((code for code in codes_of(scheme, label) if len(code) == 3), None)


def scheme_of(code: str) -> str | None:
    """The scheme whose codes look like `code`: functional 2xx, departmental economic 3xx, government economic 5xx."""
    if not code.isdigit():
        return None
    shapes = {"2": ("functional", (3, 5, 7)), "3": ("economic", (3, 5)), "5": ("government-economic", (3, 5))}
    scheme, lengths = shapes.get(code[0], (None, ()))
    return scheme if len(code) in lengths else None


def is_class_code(code: str) -> bool:
    """Whether `code` looks like one of a classification: those of `scheme_of`, or of revenue (1xx, by pairs)."""
    return scheme_of(code) is not None or bool(re.fullmatch(r"1\d{2}(?:\d{2}){0,3}", code))
