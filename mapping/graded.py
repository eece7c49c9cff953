"""Text and tables to grades of evaluation that are not those of their scores by the scale that the text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mapping.document import fold
from mapping.lexicon import compiled, load, pattern
from mapping.marks import Mark
from mapping.passages import Passage, unify
from mapping.recognise import Recognised

# The points of each grade: at least, and less than or at most.
_Scale = dict[str, tuple[Decimal, Decimal]]
_ALL = Decimal(100)


def read_graded(passages: Sequence[Passage], tables: Sequence[Recognised]) -> Iterator[Mark]:
    """Marks of the kind grade: a score and its grade, with the grade that the scale gives it.

    Only where the scale says two grades or more, each once, and the score lies within one of them, on no bound. The
    note of a table may say the scale, and its rows have scores and grades (得分, 等级).
    """
    notes = (unify(note.text) for table in tables for note in table.table.notes)
    scale = _scale("\n".join((*(one.words for one in passages), *notes)))
    for table in tables if len(scale) > 1 else ():
        yield from _of_table(table, scale)
    shape = pattern("marks", "grades", "given")
    for passage in passages if len(scale) > 1 else ():
        for found in shape.finditer(passage.words):
            if fitting := _other_grade(found["score"], found["grade"], scale):
                spans = passage.spans(found.start("score"), found.end("grade"))
                yield Mark("grade", f"{found['score']}分为{found['grade']}", spans, fitting)


def _of_table(table: Recognised, scale: _Scale) -> Iterator[Mark]:
    """The rows of a table with one column of scores and one of grades."""
    words = load("marks")["grades"]
    found = [
        [one.index for one in table.columns if one.path and compiled(words[name]).search(fold(one.path[-1]))]
        for name in ("scores", "graded")
    ]
    if [len(one) for one in found] != [1, 1]:
        return
    for _, row in table.body():
        score, grade = (row[one[0]] for one in found)
        points = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)分?", fold(score.text))
        if points and not grade.blank and (fitting := _other_grade(points[1], fold(grade.text), scale)):
            yield Mark("grade", f"{points[1]}分为{fold(grade.text)}", (*score.spans, *grade.spans), fitting)


def _other_grade(score: str, grade: str, scale: _Scale) -> str | None:
    """The grade that the scale gives a score, where it is another one of the scale."""
    points = Decimal(score)
    fitting = [name for name, (least, most) in scale.items() if least < points < most or points == most == _ALL]
    return fitting[0] if grade[0] in scale and len(fitting) == 1 and fitting[0] != grade[0] else None


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
