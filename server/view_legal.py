"""The page of a legal document: how it is printed, what is in doubt about it, and the money that rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import request, url_for

from server.ask import MOST_ROWS, Row, ask
from server.errors import PageUnknownError
from server.parameters import whole_number
from server.pivot import Amount, amounts
from server.reasons import reason_in

PLACES = 50
"""Citing places of one page."""
FUNDED, JUSTIFIED = "funded-by", "justified-by"


@dataclass(frozen=True, slots=True)
class Money:
    """The amount of a project for one year, phase and measure; several where no one fund scope holds the others."""

    year: str
    phase: str
    measure: str
    fund_scope: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Resting:
    """A project that rests on a document, as one unit reports it.

    `own` is what the documents state of it, in yuan, where no amount of a year is known; `bases` counts all documents
    that the project rests on; `row` is the first row of it, with its place.
    """

    project: str
    name: str
    unit: str
    unit_name: str
    bases: int
    own: tuple[str, ...]
    money: tuple[Money, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class Sum:
    """What the projects of one unit come to in one year, phase, measure and fund scope: exact yuan, none left out."""

    unit: str
    unit_name: str
    year: str
    phase: str
    measure: str
    fund_scope: str
    projects: int
    yuan: str


def show(iri: str, language: str) -> tuple[str, dict[str, Any]] | None:
    """Return the template of the page of a legal document and what it is told; None where the release has none."""
    asked = {"iri": iri}
    found = ask("legal-document", asked, limit=1)
    if not found:
        return None
    legal, part = found[0], whole_number("part", request.args)
    citing = int(legal["citations"] or 0)
    parts = max(1, -(-citing // PLACES))
    if part > parts:
        raise PageUnknownError(f"the last page is {parts}")
    variants = ask("legal-variants", asked)
    money = ask("legal-money", asked)
    links = ask("legal-links", asked)
    funded = resting([row for row in money if row["link"] == FUNDED])
    return "legal-document.html", {
        "legal": legal,
        "variants": variants,
        "titles": titles(variants),
        "issuers": [row for row in links if row["relation"] == "issued-by"],
        "relations": relations(links),
        "disputes": disputes(ask("legal-disputes", asked)),
        "funded": funded,
        "justified": resting([row for row in money if row["link"] == JUSTIFIED]),
        "sums": sums(funded),
        "shortened": len(money) == MOST_ROWS,
        "citations": ask("legal-citations", asked, PLACES, (part - 1) * PLACES),
        "part": part,
        "reason_in": reason_in,
        "parts": parts,
        "part_at": lambda number: f"?part={number}&lang={language}#places",
        "all_money": _all_money(legal, language),
    }


def resting(rows: Sequence[Row]) -> list[Resting]:
    """Return the projects of rows of `legal-money`, by project and unit, in their order."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["project"], row["unit"] or row["stated_unit"]), []).append(row)
    return [_resting(group) for group in found.values()]


def _resting(rows: Sequence[Row]) -> Resting:
    first = rows[0]
    money: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row["fact"]:
            money.setdefault((row["year"], row["phase"], row["measure"]), []).append(row)
    shown = [
        Money(*key, amount_rows[0]["fund_scope"], amount)
        for key, of_key in money.items()
        for amount_rows in _by_scope(of_key)
        for amount in amounts(amount_rows)
    ]
    return Resting(
        first["project"],
        first["name"],
        first["unit"],
        first["unit_name"] or first["stated_unit"],
        int(first["bases"] or 1),
        tuple(dict.fromkeys(row["own"] for row in rows if row["own"])),
        tuple(shown),
        first,
    )


def _by_scope(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows by fund scope; those of all funds alone where there are any, since they hold the others."""
    scopes: dict[str, list[Row]] = {}
    for row in rows:
        scopes.setdefault(row["fund_scope"], []).append(row)
    return [scopes["all"]] if "all" in scopes else list(scopes.values())


def sums(projects: Sequence[Resting]) -> list[Sum]:
    """Return what several projects of one unit come to, where every one of them has an amount without conflict.

    It adds up the projects of one document only, and of one unit: what passes through several units would count twice.
    """
    found: dict[tuple[str, str, str, str, str, str], list[str]] = {}
    for each in projects:
        for money in each.money:
            key = (each.unit, each.unit_name, money.year, money.phase, money.measure, money.fund_scope)
            found.setdefault(key, []).append(money.amount.yuan)
    return [
        Sum(*key, len(known), f"{sum(map(Decimal, known)):f}")
        for key, known in found.items()
        if len(known) > 1 and all(known)
    ]


def titles(variants: Sequence[Row]) -> list[tuple[str, int]]:
    """Return the titles that were read, with how many places print each, the most frequent first."""
    counted: dict[str, int] = {}
    for row in variants:
        if row["title"]:
            counted[row["title"]] = counted.get(row["title"], 0) + int(row["mentions"])
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def relations(links: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Return the documents that it is related to, by the name of the relation, which tells the direction too."""
    found: dict[str, list[Row]] = {}
    for row in links:
        if row["relation"] != "issued-by":
            name = f"{row['relation']}-inverse" if row["inverse"] == "true" else row["relation"]
            found.setdefault(name, []).append(row)
    return list(found.items())


def disputes(rows: Sequence[Row]) -> list[tuple[Row, list[Row], list[Row]]]:
    """Return each discrepancy with its parties and with what it proposes, each of them once."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["discrepancy"], []).append(row)
    shown = []
    for group in found.values():
        parties = {row["party"]: row for row in group}
        proposed = {row["proposed"] or row["proposed_number"]: row for row in group if row["proposed_number"]}
        shown.append((group[0], list(parties.values()), list(proposed.values())))
    return shown


def _all_money(legal: Row, language: str) -> str:
    """Return the address of the whole list of what rests on a numbered document, else nothing."""
    if not legal["doc_number"]:
        return ""
    values = {"name": "policy-linkage", "doc_number": legal["doc_number"], "lang": language}
    return url_for("pages.answer_named_query", **values)  # type: ignore[arg-type]
