"""Levels of merged cells to every row they stand for: carried down, or from a row nearby where the words show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mapping.document import Cell, fold
from mapping.lexicon import load
from mapping.place import LEVELS, families

NEXT_LEVEL = "level 2 from the next row: the value fits it, not the level above"
OTHER_HALF = "level 2 from the same indicator in the other half"
LATER_LEVEL = "level 1 from a row below: merged cell, printed once"
_OUTPUT = re.compile("(?:产出)?(?:数量|质量|时效|进度|成本)")


@dataclass(slots=True)
class Draft:
    """An indicator while the rows around it are still to be read: its printed cells, and levels carried to it."""

    half: int
    cells: dict[str, Cell]
    project: Cell | None
    reasons: list[str]
    carried: dict[str, Cell] = field(default_factory=dict)
    total: bool = False

    @property
    def bare(self) -> bool:
        """Whether the row prints no level and no label of its own."""
        return not any(level in self.cells for level in LEVELS)

    def level(self, kind: str) -> Cell | None:
        """The level printed in the row, else the one carried to it."""
        return self.cells.get(kind) or self.carried.get(kind)

    def words(self, kind: str) -> str:
        """The folded words of a printed cell; "" when there is none."""
        return fold(self.cells[kind].text) if kind in self.cells else ""


def fill_levels(drafts: Sequence[Draft], all_drafts: Sequence[Draft]) -> None:
    """Levels printed once for several rows to each of these rows."""
    _carry(drafts)
    for at, draft in enumerate(drafts):
        if "level2" not in draft.cells and "level3" in draft.cells:
            _correct_level2(draft, drafts[at + 1 :], all_drafts)
    for at, draft in enumerate(drafts):
        if "level1" not in draft.cells:
            _correct_level1(draft, drafts[at + 1 :], drafts)


def _carry(drafts: Sequence[Draft]) -> None:
    current: dict[str, Cell] = {}
    project = drafts[0].project
    for draft in drafts:
        if draft.project is not project:
            current, project = {}, draft.project
        current = dict(draft.carried) or current
        if "level1" in draft.cells and not _agree(draft.cells["level1"], current.get("level2")):
            current.pop("level2", None)
        draft.carried = {kind: cell for kind, cell in current.items() if kind not in draft.cells}
        current |= {kind: cell for kind, cell in draft.cells.items() if kind in ("level1", "level2")}


def _agree(level1: Cell | None, level2: Cell | None) -> bool:
    """Whether a level-2 indicator is known to belong to a level-1 indicator."""
    if level1 is None or level2 is None:
        return False
    return bool(families(fold(level1.text), 1) & families(fold(level2.text), 2))


def _correct_level2(draft: Draft, below: Sequence[Draft], others: Sequence[Draft]) -> None:
    carried = draft.carried.get("level2")
    if carried is None or _measures(carried, draft) in (True, None):
        return
    twin = next((one for one in others if one.half != draft.half and _is_twin(one, draft)), None)
    twin_level = twin.level("level2") if twin else None
    following = below[0].cells.get("level2") if below else None
    for level, reason in ((twin_level, OTHER_HALF), (following, NEXT_LEVEL)):
        if level is not None and _measures(level, draft) and _OUTPUT.match(level.plain):
            draft.carried["level2"] = level
            draft.reasons.append(reason)
            return


def _is_twin(one: Draft, other: Draft) -> bool:
    """Whether two labels are the same, or one is the other cut off."""
    short, long = sorted((one.words("level3"), other.words("level3")), key=len)
    return len(short) >= 4 and long.startswith(short)


def _measures(level2: Cell, draft: Draft) -> bool | None:
    """Whether what an indicator measures fits a level-2 indicator; None when its words do not tell."""
    lexicon = load("indicators")
    printed = {"label": draft.words("level3"), "target": draft.words("target") + draft.words("unit")}
    for entry in lexicon["classes"]:
        if any(re.search(entry[kind], words) for kind, words in printed.items() if kind in entry):
            return bool(re.search(lexicon["measures"][entry["class"]], fold(level2.text)))
    return None


def _is_satisfaction(level1: Cell, level2: Cell) -> bool:
    """Whether satisfaction stands below benefits."""
    return families(fold(level1.text), 1) == {"benefit"} and families(fold(level2.text), 2) == {"satisfaction"}


def _is_of_satisfaction(draft: Draft) -> bool:
    """Whether a row prints satisfaction as its level 1."""
    return "satisfaction" in families(draft.words("level1"), 1)


def _correct_level1(draft: Draft, below: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    """A level 1 that the level 2 does not belong to is the one printed further down, or not known.

    Satisfaction is a benefit in a form that has no level 1 of its own for it.
    """
    level1, level2 = draft.carried.get("level1"), draft.level("level2")
    known = level2 is not None and families(fold(level2.text), 2)
    if not known or _agree(level1, level2) or (level1 is not None and not families(fold(level1.text), 1)):
        return
    if level1 and level2 and _is_satisfaction(level1, level2) and not any(_is_of_satisfaction(one) for one in drafts):
        return
    draft.carried.pop("level1", None)
    later = next((one.cells["level1"] for one in below if "level1" in one.cells), None)
    if later is not None and _agree(later, level2):
        draft.carried["level1"] = later
        draft.reasons.append(LATER_LEVEL)
