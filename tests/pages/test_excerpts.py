"""Excerpts of a text: whatever is marked in it is shown to the character, on the line where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.excerpts import Excerpt, Mark, excerpts

TEXTS = st.text(alphabet="一二三四 |\n𝒳é<&", max_size=600)


def marked(found: list[Excerpt]) -> dict[int, str]:
    """Return the marked characters of excerpts by the number of their line."""
    shown: dict[int, str] = {}
    for excerpt in found:
        for line in excerpt.lines:
            shown[line.number] = "".join(piece.text for piece in line.pieces if piece.mark)
    return {number: text for number, text in shown.items() if text}


@given(TEXTS, st.lists(st.tuples(st.integers(0, 600), st.integers(1, 5)), max_size=5))
def test_marks_are_shown_to_the_character(text: str, places: list[tuple[int, int]]) -> None:
    marks = [Mark(start, start + length) for start, length in places]
    sound = [mark for mark in marks if mark.end <= len(text)]
    covered = {at for mark in sound for at in range(mark.start, mark.end) if text[at] != "\n"}
    wanted: dict[int, str] = {}
    for at in sorted(covered):
        number = text.count("\n", 0, at) + 1
        wanted[number] = wanted.get(number, "") + text[at]
    assert marked(excerpts(text, marks)) == wanted


@given(TEXTS)
def test_lines_are_those_of_the_text(text: str) -> None:
    lines = text.split("\n")
    for excerpt in excerpts(text, [Mark(at, at + 1) for at in range(0, len(text), 50)]):
        numbers = [line.number for line in excerpt.lines]
        assert numbers == sorted(set(numbers))
        for line in excerpt.lines:
            shown = "".join(piece.text for piece in line.pieces)
            whole = lines[line.number - 1]
            assert shown == whole or all(part in whole for part in shown.split("…"))


def test_places_near_each_other_stand_in_one_excerpt() -> None:
    text = "\n".join(f"第{number}行" for number in range(1, 41))
    at = [text.index(f"第{number}行") for number in (2, 4, 30)]
    found = excerpts(text, [Mark(start, start + 1) for start in at])
    assert [[line.number for line in each.lines] for each in found] == [[1, 2, 3, 4, 5], [29, 30, 31]]
    assert [each.first for each in found] == [2, 30]


def test_a_long_line_is_shown_around_what_is_marked() -> None:
    text = "左" * 5000 + "中" + "右" * 5000
    (excerpt,) = excerpts(text, [Mark(5000, 5001)])
    assert "".join(piece.text for piece in excerpt.lines[0].pieces) == f"…{'左' * 70}中{'右' * 70}…"


def test_a_mark_across_lines_begins_once() -> None:
    (excerpt,) = excerpts("一二\n三四", [Mark(1, 4)])
    pieces = [piece for line in excerpt.lines for piece in line.pieces if piece.mark]
    assert [(piece.text, piece.begins) for piece in pieces] == [("二", True), ("三", False)]
    assert pieces[0].mark and pieces[0].mark.name == "e1-4"


def test_what_the_text_does_not_have_is_left_out() -> None:
    assert excerpts("一二", [Mark(1, 9), Mark(2, 2), Mark(-1, 1)]) == []
    assert excerpts("", []) == []
