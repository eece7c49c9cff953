"""Running text to grades of evaluation that are not those of their scores by the scale that the text itself gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mapping.lexicon import load
from mapping.marks import Mark
from mapping.passages import Passage

# The points of each grade: at least, and less than or at most.
_Scale = dict[str, tuple[Decimal, Decimal]]
_ALL = Decimal(100)


def read_graded(passages: Sequence[Passage]) -> Iterator[Mark]:
    """Marks of the kind grade: a score and its grade, with the grade that the scale gives it.

    Only where the scale says two grades or more, each once, and the score lies within one of them, on no bound.
    """
    scale = _scale("\n".join(one.words for one in passages))
    shape = re.compile(load("marks")["grades"]["given"])
    for passage in passages if len(scale) > 1 else ():
        for found in shape.finditer(passage.words):
            score, grade = Decimal(found["score"]), found["grade"][0]
            fitting = [name for name, (least, most) in scale.items() if least < score < most or score == most == _ALL]
            if grade in scale and len(fitting) == 1 and fitting[0] != grade:
                spans = passage.spans(found.start("score"), found.end("grade"))
                yield Mark("grade", f"{found['score']}分为{found['grade']}", spans, fitting[0])


def _scale(words: str) -> _Scale:
    """The grades by their first character; none where one has two places."""
    found: _Scale = {}
    for shape in load("marks")["grades"]["scale"]:
        for one in re.finditer(shape, words):
            groups = one.groupdict()
            bounds = Decimal(groups.get("least") or 0), Decimal(groups.get("most") or 100)
            if found.setdefault(one["grade"][0], bounds) != bounds:
                return {}
    return found
