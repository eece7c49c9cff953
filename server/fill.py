"""A question with values written into it: what somebody begins to change who has asked it with these values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from server.catalogue import Query

# Where a variable is named rather than used: what is selected, by what is grouped and ordered.
_CLAUSE = re.compile(r"(\bSELECT\b.*?\bWHERE\b|\bGROUP BY\b[^\n]*|\bORDER BY\b[^\n]*)", re.DOTALL)


def fill(query: Query, terms: Mapping[str, NamedNode | Literal]) -> str:
    """Return the text of a question in which its variables are terms; it answers as the question bound to them does.

    A variable that is a column stays one. It is said once, by the first SELECT: those within it leave it out.
    """
    before, selected, *rest = _CLAUSE.split(query.body)
    selected = _without(query.hidden_variables, selected)
    shown = {name: f"({term} AS ?{name})" for name, term in terms.items()}
    written = [_used(shown, selected)]
    for place, part in enumerate(rest):
        if part.startswith("ORDER BY"):
            written.append(part)
        else:
            written.append(_without(terms, part) if place % 2 else _used(terms, part))
    return "".join((before, *written))


def _without(names: Iterable[str], clause: str) -> str:
    """Return a clause that names none of some variables."""
    unnamed = set(names)
    return re.sub(r"\s+\?(\w+)", lambda found: "" if found[1] in unnamed else found[0], clause)


def _used(terms: Mapping[str, object], pattern: str) -> str:
    """Return a pattern with terms for variables, all at once: what a term says is no variable."""
    return re.sub(r"\?(\w+)", lambda found: str(terms.get(found[1], found[0])), pattern)
