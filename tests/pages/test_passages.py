"""Lines of a text with marks: what is marked is shown to the character on its line, and what is left out is bounded."""

from __future__ import annotations

import re
from time import process_time

import pytest
from flask import render_template_string
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from server.passages import MOST_LINES, Kind, Line, Lines, Mark, Piece
from server.present import WHOLE

KINDS: tuple[Kind, ...] = ("own", "focus", "suspect", "other", "clause", "reading")


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """Return a text and marks, most of them of characters that it has, over each other and over lines."""
    line = st.one_of(st.text("一二三四 |𝒳é<&\u202e", max_size=12), st.integers(0, 80).map(lambda length: "长" * length))
    text = "\n".join(draw(st.lists(line, max_size=15))) + draw(st.sampled_from(["", "\n"]))
    place, length = st.integers(-1, len(text) + 1), st.one_of(st.integers(0, 4), st.integers(0, len(text)))
    spans = draw(st.lists(st.tuples(place, length, st.sampled_from(KINDS)), max_size=8))
    return text, [Mark(start, start + length, kind) for start, length, kind in spans]


def sound(text: str, marks: list[Mark]) -> list[Mark]:
    """Return the marks of characters that the text has."""
    return [each for each in marks if 0 <= each.start < each.end <= len(text)]


def words(line: Line, marked: bool = False) -> str:
    """Return what a line shows, or only what is marked in it."""
    return "".join(each.text for each in line.pieces if each.mark or not marked)


def marked_of(text: str, marks: list[Mark]) -> dict[int, str]:
    """Return the characters that are marked, by the number of their line, worked out character by character."""
    number, found = 1, dict[int, str]()
    for at, each in enumerate(text):
        if each == "\n":
            number += 1
        elif any(mark.start <= at < mark.end for mark in sound(text, marks)):
            found[number] = found.get(number, "") + each
    return found


def shown(lines: list[Line]) -> dict[int, str]:
    """Return the characters that lines show as marked, by the number of the line."""
    return {line.number: words(line, marked=True) for line in lines if words(line, marked=True)}


# --- whole lines ---


@given(marked_texts())
def test_whole_lines_show_each_character_once(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    lines = Lines(text)
    window = lines.window(1, lines.count, marks)
    assert "\n".join(words(line) for line in window) == text.removesuffix("\n")
    assert [line.number for line in window] == list(range(1, lines.count + 1))
    assert not any(line.skips for line in window)
    assert all(piece.text for line in window for piece in line.pieces)
    assert shown(window) == marked_of(text, marks)


@given(marked_texts(), st.integers(-3, 60), st.integers(-3, 60))
def test_a_window_has_the_lines_that_there_are(marked: tuple[str, list[Mark]], first: int, last: int) -> None:
    text, marks = marked
    lines = Lines(text)
    whole = {line.number: words(line) for line in lines.window(1, lines.count, [])}
    window = lines.window(first, last, marks)
    assert {line.number: words(line) for line in window} == {
        number: line for number, line in whole.items() if first <= number <= last
    }


@given(marked_texts())
def test_of_marks_over_each_other_the_innermost_own_one_is_shown(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    start = 0
    for line in Lines(text).window(1, len(text), marks):
        at = start
        for piece in line.pieces:
            for place in range(at, at + len(piece.text)):
                over = [each for each in sound(text, marks) if each.start <= place < each.end]
                inner = min(((not each.own, each.end - each.start) for each in over), default=None)
                assert inner == (piece.mark and (not piece.mark.own, piece.mark.end - piece.mark.start))
            at += len(piece.text)
        start = at + 1


@given(marked_texts())
def test_a_mark_begins_once_where_it_is_first_shown(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    lines = Lines(text)
    for found in (lines.window(1, lines.count, marks), lines.around(marks, characters=7)):
        pieces = [piece for line in found for piece in line.pieces]
        begun = [piece.mark for piece in pieces if piece.begins]
        assert begun == list(dict.fromkeys(piece.mark for piece in pieces if piece.mark))
        names = [mark.name for mark in begun if mark and mark.own]
        assert len(names) == len(set(names))


# --- around marks ---


@given(marked_texts(), st.integers(0, 3), st.integers(1, 30))
def test_what_is_marked_is_shown_to_the_character(marked: tuple[str, list[Mark]], around: int, characters: int) -> None:
    text, marks = marked
    found = Lines(text).around(marks, around, characters)
    wanted = marked_of(text, marks)
    if len(found) < MOST_LINES:
        assert shown(found) == wanted
    assert shown(found).items() <= wanted.items()
    assert all(line.number in shown(found) for line in found if line.number in wanted)


@given(marked_texts(), st.integers(0, 3), st.integers(1, 30))
def test_lines_around_are_those_of_the_text(marked: tuple[str, list[Mark]], around: int, characters: int) -> None:
    text, marks = marked
    lines = text.split("\n")
    found = Lines(text).around(marks, around, characters)
    numbers = [line.number for line in found]
    assert numbers == sorted(set(numbers))
    assert [line.skips for line in found] == [
        at > 0 and numbers[at - 1] != number - 1 for at, number in enumerate(numbers)
    ]
    for line in found:
        whole = lines[line.number - 1]
        if len(whole) <= 3 * characters:
            assert words(line) == whole
        else:
            assert re.fullmatch(".*".join(map(re.escape, words(line).split("…"))), whole)


@given(marked_texts(), st.integers(0, 3))
def test_so_many_lines_stand_around_that_are_not_blank(marked: tuple[str, list[Mark]], around: int) -> None:
    text, marks = marked
    lines = Lines(text)
    inside, near = set[int](), set[int]()
    for each in sound(text, marks):
        first, last = lines.number(each.start), lines.number(each.end - 1)
        inside |= {*range(first, last + 1)}
        near |= {*range(max(1, first - around), min(lines.count, last + around) + 1)}
    told = {number for number in near if text.split("\n")[number - 1].strip()}
    found = [line.number for line in lines.around(marks, around)]
    assert set(found) <= near
    if len(found) < MOST_LINES:
        assert set(found) >= inside | told
        ends = {number for number in found if {number - 1, number + 1} - {*found}}
        assert ends <= inside | told


@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.integers(1, 50)), min_size=1, max_size=20),
    st.integers(1, 100),
    st.sampled_from(["长" * 60_050, "\n" * 60_050, ("短" * 20 + "\n") * 2860, ("长" * 5000 + "\n") * 12]),
)
def test_what_stands_around_is_bounded(places: list[tuple[int, int]], characters: int, text: str) -> None:
    marks = [Mark(start, start + length) for start, length in places if start + length <= len(text)]
    found = Lines(text).around(marks, characters=characters)
    assert len(found) <= MOST_LINES
    unmarked = sum(len(words(line)) - len(words(line, marked=True)) for line in found)
    assert unmarked <= len(found) * (3 * characters + 1) + len(marks) * (2 * characters + 1)
    assert sum(len(line.pieces) for line in found) <= 2 * len(found) + 4 * len(marks)
    begins = {Lines(text).number(each.start) for each in marks}
    assert begins <= {line.number for line in found}


@pytest.mark.serial
@pytest.mark.parametrize("text", ["长" * 1_000_000, "\n" * 1_000_000, "短\n" * 500_000], ids=["one", "empty", "short"])
@pytest.mark.parametrize("length", [1, 400_000])
def test_many_marks_in_a_text_of_a_million_characters_take_no_long_time(text: str, length: int) -> None:
    marks = [Mark(at, at + length, KINDS[at % 6]) for at in range(0, 500_000, 200)]
    begun = process_time()
    lines = Lines(text)
    found = [*lines.around(marks), *lines.window(1, 400, marks)]
    assert process_time() - begun < 5
    assert len(found) <= MOST_LINES + 400


def test_runs_have_a_gap_between_them() -> None:
    text = "\n".join(f"第{number}行" for number in range(1, 41))
    at = [text.index(f"第{number}行") for number in (2, 4, 30)]
    found = Lines(text).around([Mark(start, start + 1) for start in at], lines=1)
    assert [(line.number, line.skips) for line in found] == [
        *((number, False) for number in (1, 2, 3, 4, 5)),
        *((29, True), (30, False), (31, False)),
    ]


def test_a_long_line_is_cut_around_every_mark() -> None:
    text = f"{'左' * 500}甲{'间' * 15}乙{'中' * 500}丙{'右' * 500}"
    marks = [Mark(at, at + 1) for at in map(text.index, "甲乙丙")]
    (line,) = Lines(text).around(marks, characters=10)
    assert words(line) == f"…{'左' * 10}甲{'间' * 15}乙{'中' * 10}…{'中' * 10}丙{'右' * 10}…"
    assert words(line, marked=True) == "甲乙丙"


def test_of_a_long_line_without_marks_the_beginning_is_shown() -> None:
    found = Lines(f"{'上' * 100}\n中\n{'下' * 30}").around([Mark(101, 102)], characters=10)
    assert [words(line) for line in found] == [f"{'上' * 30}…", "中", "下" * 30]


def test_a_mark_across_lines_begins_once() -> None:
    found = Lines("一二\n\n三四").around([Mark(1, 5)])
    assert [line.pieces for line in found] == [
        (Piece("一"), Piece("二", Mark(1, 5), begins=True)),
        (),
        (Piece("三", Mark(1, 5)), Piece("四")),
    ]
    assert Mark(1, 5).name == "e1-5"


def test_a_number_within_its_clause_keeps_both() -> None:
    clause, number, link = Mark(0, 9, "clause"), Mark(3, 5), Mark(2, 9, "reading", "urn:x", "数字")
    (line,) = Lines("收入共55万元整。").window(1, 1, [link, number, clause])
    assert [(piece.text, piece.mark) for piece in line.pieces] == [
        ("收入", clause),
        ("共", link),
        ("55", number),
        ("万元整。", link),
    ]


def test_where_marks_begin_is_shown_before_all_else() -> None:
    text = "行\n" * 1000
    found = Lines(text).around([Mark(0, 1200), *(Mark(at, at + 1) for at in range(1400, 1500, 2))])
    numbers = {line.number for line in found}
    assert len(found) == MOST_LINES
    assert numbers >= {1, *range(701, 751)}


def test_what_the_text_does_not_have_is_left_out() -> None:
    assert Lines("一二").around([Mark(1, 9), Mark(2, 2), Mark(-1, 1)]) == []
    assert Lines("").around([]) == Lines("").window(1, 9, [Mark(0, 1)]) == []
    assert [words(line, marked=True) for line in Lines("一二").window(1, 1, [Mark(1, 9), Mark(0, 1)])] == ["一"]


# --- as pages draw them ---


def drawn(client: FlaskClient, lines: list[Line], told: str = "") -> str:
    """Return the lines as a page in English has them."""
    template = f'{{% from "_places.html" import numbered with context %}}{{{{ numbered(lines{told}) }}}}'
    with client.application.test_request_context("/?lang=en"):
        return render_template_string(template, lines=lines)


def test_a_mark_is_drawn_by_its_kind(client: FlaskClient) -> None:
    spans = enumerate([*KINDS, "reading"])
    hrefs = {5: "https://data.example.org/budget/x", 6: "javascript:alert(1)"}
    marks = [Mark(2 * at, 2 * at + 1, kind, hrefs.get(at, ""), "<b>" if at == 5 else "") for at, kind in spans]
    found = drawn(client, Lines("一-二-三-四-五-六-七").window(1, 1, marks), ", names=true, anchors=true")
    for each in (
        '<li value="1" id="L1">',
        '<mark id="e0-1">一</mark>-<mark id="e2-3" class="focus">二</mark>-<mark id="e4-5" class="suspect">三</mark>',
        '<mark id="e6-7" class="other">四</mark>-<span class="clause">五</span>',
        '<a href="/x" title="&lt;b&gt;">六</a>-<span class="clause">七</span>',
    ):
        assert each in found
    assert " id=" not in drawn(client, Lines("一-二").window(1, 1, marks[:2]))


def test_what_is_left_out_is_said(client: FlaskClient) -> None:
    found = drawn(client, Lines("行\n" * 20).around([Mark(0, 1), Mark(20, 21)], lines=1))
    assert 'aria-label="Source text line 1–12"' in found
    assert found.count('<li class="skipped" lang="en" aria-label="lines left out">') == 1
    assert found.index('value="2"') < found.index('class="skipped"') < found.index('value="10"')
    assert 'aria-label="Source text line 3"' in drawn(client, Lines("\n\n行").around([Mark(2, 3)]))
    assert "<li" not in drawn(client, [])


def test_lines_are_harmless_and_not_endless(client: FlaskClient) -> None:
    text = f"{'长' * 1_000_000}<b>\u202e\x1b&"
    for marks in ([], [Mark(0, len(text))], [Mark(0, 1_000_000)]):
        found = drawn(client, Lines(text).window(1, 1, marks))
        assert len(found) < 2 * WHOLE + 1000
        assert "<b>" not in found
        assert "\u202e" not in found
    assert "&lt;b&gt;[U+202E]␛&amp;" in found
