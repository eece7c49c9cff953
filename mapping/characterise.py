"""Words before a number to what kind of statement it is: amount, change, share, rate, count, threshold."""

from __future__ import annotations

import re

from mapping.drafts import Draft, Reading
from mapping.functions import class_in, class_labelled
from mapping.lexicon import pattern
from mapping.phrases import before
from mapping.quantities import Quantity

# Kinds of units (units.yaml) to the kind of a statement that no other words decide.
_KINDS = {"money": "amount", "ratio": "rate", "duration": "duration", "score": "score"}


def find_direction(here: Reading, draft: Draft) -> None:
    lead = re.sub("(?:约|近|超过?|不低于|不超过|达|≥|≤|>|<)$", "", here.lead(draft))
    both = pattern("statements", "undirected").search(lead)
    found = []
    for direction in ("increase", "decrease"):
        found += [(one.end(), direction) for one in pattern("statements", direction).finditer(lead)]
    if both and not lead[both.end() :].strip("了：为"):
        draft.kind = "change"
    elif found:
        end, direction = max(found)
        if not pattern("statements", "level").search(lead[end:]):
            draft.direction, draft.kind = direction, "change"


def find_kind(here: Reading, draft: Draft) -> None:
    quantity, lead = draft.quantity, here.lead(draft)
    clause = here.text[draft.clause[0] : quantity.start]
    if quantity.limits:
        draft.kind, draft.direction = "threshold", None
    elif quantity.kind == "ratio":
        share = not draft.kind and pattern("statements", "share").search(lead)
        draft.kind = "growth" if draft.kind else "share" if share else "rate"
    elif draft.kind == "change" and quantity.kind not in ("duration", "score"):
        return
    elif quantity.kind == "money" and (_limits_standard(here, draft) or _is_standard(here, clause, quantity)):
        draft.kind = "standard"
    else:
        draft.kind = _KINDS.get(quantity.kind, "count")
        draft.direction = None


def _is_standard(here: Reading, clause: str, quantity: Quantity) -> bool:
    return bool(pattern("statements", "standard").search(clause + (quantity.unit or "")))


def _limits_standard(here: Reading, draft: Draft) -> bool:
    """Whether a number in brackets limits the standard before them (200元（最高不超过200元）)."""
    if draft.scope is None or not here.clauses.scopes[draft.scope].bracket or not here.drafts:
        return False
    last = here.drafts[-1]
    return last.kind == "standard" and last.quantity.stop == here.clauses.scopes[draft.scope].at


def find_phrase(here: Reading, draft: Draft) -> None:
    start, end = here.start_of(draft), draft.quantity.start
    if draft.kind == "share":
        end = here.text.rfind("占", start, end)
    bodies = [one.end for one in here.named if start <= one.start and one.end <= end]
    phrase = before(here.text, max([start, *bodies]), end)
    generic = phrase and pattern("statements", "generic-phrase").fullmatch(here.text[phrase.start : phrase.end])
    draft.phrase = None if generic else phrase


def find_class(here: Reading, draft: Draft) -> None:
    if draft.quantity.kind != "money" or draft.kind in ("threshold", "standard"):
        return
    found = class_in(here.text[: draft.quantity.start])
    if found:
        draft.functional, draft.named = found[0], (found[1], found[2])
    elif draft.phrase:
        draft.functional = class_labelled(here.text[draft.phrase.start : draft.phrase.end])
